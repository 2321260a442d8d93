"""What the words of an item bear out of its labels, scopes, manners and quotations."""

from collections.abc import Iterable, Mapping

import pytest

from plandata.schema import edition
from plandata.texts import wording

TEXTS = {"a": "孕产妇死亡率下降", "b": "妇女常见病筛查率提高", "c": "女童入学率提高"}


def told(outcomes: Iterable[wording.Outcome]) -> list[str]:
    """What is amiss, each with its item."""
    return [f"{item_id}: {detail}" for item_id, holds, detail in outcomes if not holds]


@pytest.mark.parametrize(
    ("labels", "kinds", "amiss"),
    [
        ({"a": "孕产妇死亡率", "b": "常见病筛查", "c": "女童入学"}, {}, []),
        ({"a": "孕产妇护理服务", "b": "常见病筛查", "c": "女童入学"}, {}, []),
        ({"a": "加强孕产妇护理服务", "b": "常见病筛查", "c": "女童入学"}, {}, []),
        ({"a": "加强孕产妇护理服务了", "b": "常见病筛查", "c": "女童入学"}, {}, ["a: label: not in the item's words"]),
        ({"a": "女童入学", "b": "常见病筛查", "c": "女童入学"}, {}, ["a: label 女童入学 fits c better"]),
        ({"a": "女童入学", "b": "筛查", "c": "入学"}, {"a": "measure"}, ["a: label: not in the item's words"]),
        ({"a": "妇死亡率提高", "b": "筛查", "c": "入学"}, {}, []),
        ({"a": "率提高妇死亡", "b": "筛查", "c": "入学"}, {}, []),
        ({"a": "死亡率提高", "b": "筛查", "c": "入学"}, {}, []),
        ({"a": "筛查率提高死亡", "b": "筛查", "c": "入学"}, {}, ["a: label 筛查率提高死亡 fits b better"]),
    ],
)
def test_a_label_fits_its_item_and_no_other_of_its_kind_better(
    labels: dict[str, str], kinds: Mapping[str, str], amiss: list[str]
) -> None:
    rows = {
        item_id: {"label_zh": label, "domain_id": "d", "plan_id": "p", "kind": kinds.get(item_id, "goal")}
        for item_id, label in labels.items()
    }
    assert told(wording.labels(TEXTS, rows)) == amiss


def test_items_are_taken_for_each_other_within_a_domain_or_in_a_plan_outside_its_domains() -> None:
    assert wording.place({"domain_id": "d", "plan_id": "p", "kind": "goal"}) == "d goal"
    assert wording.place({"domain_id": "", "plan_id": "p", "kind": "project"}) == "p project"


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        ("", None),
        ("农村妇女", True),
        ("县级", True),
        ("妇女农民", True),
        ("农户女子", True),
        ("农户小子", False),
        ("城镇职工", False),
        ("农村甲乙丙丁戊己庚辛", False),
        ("农村妇女甲乙丙丁戊己庚", True),
    ],
)
def test_a_scope_is_said_by_its_words_or_most_of_their_signs(scope: str, holds: bool | None) -> None:
    found = list(wording.scopes("a", "农村妇女参加全县会议", [{"scope_zh": scope}]))
    assert [one[1] for one in found] == ([] if holds is None else [holds])


@pytest.mark.parametrize(
    ("phrase", "sentences"),
    [
        ("90%", ["体检率达到90%"]),
        ("提高", ["就诊方便,入学率提高"]),
        ("率", ["体检率", "就诊方便,入学率"]),
        ("没有", []),
    ],
)
def test_a_phrase_stands_in_its_sentence_from_where_that_begins(phrase: str, sentences: list[str]) -> None:
    assert list(wording.sentences_to(phrase, "体检率达到90%。就诊方便,入学率提高;完。")) == sentences


@pytest.mark.parametrize(
    ("timing", "commitment", "text", "held"),
    [
        ("end", "firm", "体检率达到90%", []),
        ("", "", "体检率达到90%", []),
        ("unknown", "", "体检率达到90%", []),
        ("throughout", "firm", "始终使体检率达到90%", [True]),
        ("throughout", "firm", "体检率达到90%", [False]),
        ("throughout", "firm", "始终听汇报。体检率达到90%", [False]),
        ("throughout", "encourage", "鼓励始终使体检率达到90%", [True, True]),
        ("throughout", "encourage", "始终使体检率达到90%,鼓励参加", [True, False]),
    ],
)
def test_another_timing_or_commitment_than_the_usual_is_said_before_the_figure(
    timing: str, commitment: str, text: str, held: list[bool]
) -> None:
    target = {"value_text": "90%", "name_text": "体检率", "timing": timing, "commitment": commitment}
    assert [holds for _, holds, _ in wording.manner("a", text, [target], edition().codes)] == held


def test_something_of_what_a_remark_quotes_stands_in_the_item() -> None:
    remarks = ["“孕产妇……下降”应为另一句", "没有引文", "“婴儿……上升”缺字"]
    assert told(wording.quotations("a", TEXTS["a"], remarks)) == ["a: “婴儿” is not in the item"]


@pytest.mark.parametrize(
    ("phrase", "coded"),
    [("90%", False), ("死亡率下降", True), ("下降5%", True), ("5%", False), ("人人", False)],
)
def test_a_figure_within_what_is_to_rise_or_fall_is_its_target(phrase: str, coded: bool) -> None:
    text = "参与率90%。孕产妇死亡率下降5%,人人参加"
    outcomes = list(wording.directions("a", text, [{"value_text": phrase, "name_text": "婴儿"}]))
    assert [holds for _, holds, _ in outcomes] == [coded]


@pytest.mark.parametrize(
    ("name", "amiss"),
    [
        ("孕产妇死亡率", []),
        ("死亡率的下降", []),
        ("婴儿死亡率的", []),
        ("婴儿的死亡", ["a: 孕产妇死亡率下降 is no target"]),
        ("", ["a: 孕产妇死亡率下降 is no target"]),
    ],
)
def test_what_is_to_rise_or_fall_is_a_target_or_named_by_one(name: str, amiss: list[str]) -> None:
    rows = [{"value_text": "", "name_text": name}] if name else []
    assert told(wording.directions("a", TEXTS["a"], rows)) == amiss

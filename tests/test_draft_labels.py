"""The drafted labels: those of the same text, of its indicators, of a known item with nearly the same words."""

import pytest

from plandata.texts.draft import distinct
from plandata.texts.draft.labels import Labels, of_indicators
from plandata.texts.segment import segment

KNOWN = {"id": "g1", "kind": "goal", "text_sha256": "aa", "label_zh": "普查妇女常见病", "label_en": "Screening women"}
LABELS = Labels([KNOWN])
NEAR = ("普查妇女常见病", "Screening women", "that of a near item, g1")
NONE = ("", "", "")


@pytest.mark.parametrize(
    ("kind", "text", "label"),
    [
        ("goal", "普查妇女常见病。", NEAR),
        ("goal", "普查妇女的常见病。", NEAR),
        ("goal", "普查全县妇女的常见病。", NONE),
        ("goal", "普查妇女常见病的村子多起来、老师傅教新手开车、账目都贴出来给大家看。", NONE),
        ("goal", "大家都来看一看。普查妇女常见病。", NONE),
        ("measure", "普查妇女常见病。", NONE),
        ("project", "普查妇女常见病。", NEAR),
    ],
)
def test_a_label_is_that_of_a_known_item_whose_words_are_near(kind: str, text: str, label: tuple[str, ...]) -> None:
    assert LABELS.near(kind, text) == label


def test_the_same_text_has_the_same_label() -> None:
    assert LABELS.of("measure", "另一句话。", "aa", []) == (*NEAR[:2], "that of the same text")


def test_of_two_near_labels_that_with_more_of_the_heading_is_taken() -> None:
    shorter = {**KNOWN, "id": "g2", "label_zh": "普查妇女", "label_en": "Screening"}
    for known in ([KNOWN, shorter], [shorter, KNOWN]):
        assert Labels(known).near("goal", "普查妇女常见病。") == NEAR


@pytest.mark.parametrize(
    ("kind", "indicators", "label"),
    [
        ("goal", [{"name_zh": "普查率", "name_en": "Rate"}], ("普查率", "Rate", "the names of its indicators")),
        ("overall", [{"name_zh": "普查率", "name_en": "Rate"}], ("普查率", "Rate", "the names of its indicators")),
        ("goal", [{"name_zh": "普查率", "name_en": ""}], NEAR),
        ("goal", [], NEAR),
        ("project", [{"name_zh": "普查率", "name_en": "Rate"}], NEAR),
    ],
)
def test_a_goal_is_labelled_by_its_indicators_before_a_near_item(
    kind: str, indicators: list[dict[str, str]], label: tuple[str, ...]
) -> None:
    assert LABELS.of(kind, "普查妇女常见病。", "bb", indicators) == label


def named(count: int, zh: str = "覆盖率", en: str = "Coverage rate") -> list[dict[str, str]]:
    return [{"name_zh": f"{n}{zh}", "name_en": f"{en} {n}"} for n in range(count)]


@pytest.mark.parametrize(
    ("indicators", "label"),
    [
        ([], None),
        (named(1), ("0覆盖率", "Coverage rate 0")),
        (named(2), ("0覆盖率与1覆盖率", "Coverage rate 0 and coverage rate 1")),
        (named(2) + named(1), ("0覆盖率与1覆盖率", "Coverage rate 0 and coverage rate 1")),
        (named(3), None),
        ([*named(1), {"name_zh": "入园率", "name_en": ""}], None),
        (named(1, zh="率" * 39), ("0" + "率" * 39, "Coverage rate 0")),
        (named(1, zh="率" * 40), None),
        (named(1, en=" ".join(["rate"] * 14)), ("0覆盖率", " ".join(["rate"] * 14) + " 0")),
        (named(1, en=" ".join(["rate"] * 15)), None),
    ],
)
def test_up_to_two_indicators_make_a_label_of_at_most_40_signs_and_15_words(
    indicators: list[dict[str, str]], label: tuple[str, str] | None
) -> None:
    assert of_indicators(indicators) == label


def test_of_two_printings_of_a_plan_the_fuller_one_is_kept_and_of_equal_ones_the_first() -> None:
    text = """云汀县妇女发展规划（2021—2025年）
一、发展领域
（一）妇女与健康
主要目标：
1．体检点的覆盖率达到80%以上。
"""
    (first,), (second,) = segment(text), segment(text)
    (fuller,) = segment(text + "2．给每个村配上车。\n")
    assert [plan is first for plan in distinct([first, second], text)] == [True]
    assert [plan is fuller for plan in distinct([first, fuller, second], text)] == [True]

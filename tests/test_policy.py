"""The mix of instruments, named groups, cited documents, owed duties, and what the text proves of them."""

import pytest
from conftest import Bench
from packages import Cells, frame

from plandata.api import open_package
from plandata.package.reader import ROW
from plandata.read.policy import (
    cited_documents,
    duties_owed,
    groups_named,
    groups_of_targets,
    instrument_mix,
    plans_with,
    specificity,
)
from plandata.schema import Code, edition
from plandata.tables import Tables
from plandata.text import Text
from plandata.texts.policy import addressed, body, borne, cited, demanded, often, owed, prescribed, telling

PLANS = [
    {"plan_id": "hai-both", "place_id": "hai", "population": "both"},
    {"plan_id": "yun-women", "place_id": "yun", "population": "women"},
]
DOMAINS = [
    {"domain_id": "hai-both.health", "plan_id": "hai-both", "population": "children", "theme": "health"},
    {"domain_id": "yun-women.health", "plan_id": "yun-women", "population": "women", "theme": "health"},
    {"domain_id": "yun-women.law", "plan_id": "yun-women", "population": "women", "theme": "law"},
]
M = ("hai-both.health.m01", "yun-women.health.m01", "yun-women.health.m02", "yun-women.law.m01")
MONITORING = "yun-women.monitoring.m01"
MEASURES = [
    *({"measure_id": m, "plan_id": m.partition(".")[0], "domain_id": m[:-4], "kind": "measure"} for m in M),
    {"measure_id": MONITORING, "plan_id": "yun-women", "kind": "monitoring"},
]
GOALS = [
    {"goal_id": f"{domain}.g0{n}", "plan_id": domain.partition(".")[0], "domain_id": domain, "kind": "goal"}
    for domain, n in (("hai-both.health", 1), ("yun-women.health", 1), ("yun-women.health", 2))
]
HAI, YUN, YUN2 = (goal["goal_id"] for goal in GOALS)
BASE: dict[str, list[Cells]] = {"plans": PLANS, "domains": DOMAINS, "goals": GOALS, "measures": MEASURES}
CODED = ((M[0], "build"), (M[0], "fund"), (M[1], "train"), (M[1], "serve"), (M[2], "inform"), (M[3], "inform"))
MORE = (*CODED, (M[3], "regulate"), (MONITORING, "survey"))
MIX = [{"measure_id": measure, "instrument": code} for measure, code in MORE]


def tables(**cells: list[Cells]) -> Tables:
    """Tables with the rows given and those of BASE; every other table is empty."""
    made = {}
    for name, table in edition().tables.items():
        filled = {other: rows for other, rows in made.items() if rows.height}
        made[name] = frame(table, {**BASE, **cells}.get(name, []), filled)
    return Tables({name: rows.with_row_index(ROW) for name, rows in made.items()}, edition())


def test_a_measure_counts_once_for_each_of_its_instruments() -> None:
    mix = instrument_mix(tables(instruments=MIX))
    assert mix.columns == ["instrument", "measures", "of", "share"]
    assert mix["instrument"].to_list() == list(edition().codes["instrument"])
    held = {code: (measures, of, share) for code, measures, of, share in mix.iter_rows() if measures}
    once = (1, 5, 0.2)
    one = dict.fromkeys(("regulate", "build", "serve", "fund", "train", "survey"), once)
    assert held == {**one, "inform": (2, 5, 0.4)}
    assert set(mix.filter(~mix["instrument"].is_in(list(held))).rows()) == {
        (code, 0, 5, 0.0) for code in edition().codes["instrument"] if code not in held
    }


def test_a_measure_counts_once_for_a_class_into_which_several_of_its_instruments_fall() -> None:
    """To train and to serve are both organisation; to survey is nodality."""
    mix = instrument_mix(tables(instruments=MIX), classes="nato")
    assert mix.select("nato", "measures", "of").rows() == [
        ("nodality", 3, 5),
        ("authority", 1, 5),
        ("treasure", 1, 5),
        ("organisation", 2, 5),
    ]
    assert mix["share"].to_list() == pytest.approx([0.6, 0.2, 0.2, 0.4])


def test_the_other_classes_are_counted_alike() -> None:
    t = tables(instruments=MIX)
    assert instrument_mix(t, classes="rothwell_zegveld").select("rothwell_zegveld", "measures").rows() == [
        ("supply", 3),
        ("environment", 2),
        ("demand", 0),
    ]
    assert instrument_mix(t, classes="mcdonnell_elmore").select("mcdonnell_elmore", "measures").rows() == [
        ("mandate", 1),
        ("inducement", 1),
        ("capacity_building", 3),
        ("system_change", 0),
        ("exhortation", 2),
    ]


def test_the_mix_of_each_group_is_a_share_of_its_own_measures() -> None:
    """A measure without a domain has no theme; they are a group too."""
    mix = instrument_mix(tables(instruments=MIX), ["theme"], "nato")
    assert mix.columns == ["theme", "nato", "measures", "of", "share"]
    assert [row[:4] for row in mix.rows()] == [
        ("health", "nodality", 1, 3),
        ("health", "authority", 0, 3),
        ("health", "treasure", 1, 3),
        ("health", "organisation", 2, 3),
        ("law", "nodality", 1, 1),
        ("law", "authority", 1, 1),
        ("law", "treasure", 0, 1),
        ("law", "organisation", 0, 1),
        (None, "nodality", 1, 1),
        (None, "authority", 0, 1),
        (None, "treasure", 0, 1),
        (None, "organisation", 0, 1),
    ]
    assert mix["share"].to_list()[:5] == pytest.approx([1 / 3, 0, 1 / 3, 2 / 3, 1])


def test_the_mix_by_several_columns_has_a_group_for_each_combination_that_there_is() -> None:
    mix = instrument_mix(tables(instruments=MIX), ("place_id", "population", "kind"))
    groups = mix.select("place_id", "population", "kind", "of").unique(maintain_order=True).rows()
    assert groups == [
        ("hai", "children", "measure", 1),
        ("yun", "women", "measure", 3),
        ("yun", "women", "monitoring", 1),
    ]
    assert mix.height == 3 * len(edition().codes["instrument"])
    assert [row[:5] for row in mix.rows() if row[3] == "inform"] == [
        ("hai", "children", "measure", "inform", 0),
        ("yun", "women", "measure", "inform", 2),
        ("yun", "women", "monitoring", "inform", 0),
    ]


def test_measures_without_instruments_are_counted_among_those_that_could_have_some() -> None:
    mix = instrument_mix(tables())
    assert mix.select("measures", "of", "share").unique().rows() == [(0, 5, 0.0)]


@pytest.mark.parametrize(
    ("by", "classes", "named"), [(["colour"], "", "colour"), (["theme", "mood"], "nato", "mood"), ([], "hood", "hood")]
)
def test_an_unknown_column_or_class_is_refused_by_its_name(by: list[str], classes: str, named: str) -> None:
    with pytest.raises(KeyError, match=f"'{named}'"):
        instrument_mix(tables(instruments=MIX), by, classes)


def about(group: str = "rural", item: str = YUN, **cells: str) -> list[tuple[str, ...]]:
    """The groups of one target of a goal; cells are those of its row or of its indicator."""
    indicator = {"indicator_id": "coverage", "name_zh": "覆盖率", "population_zh": "全体居民"}
    target = {"target_id": f"{YUN}.t1", "goal_id": YUN, "indicator_id": "coverage", "name_text": "覆盖率"}
    for name, cell in cells.items():
        (indicator if name in indicator else target)[name] = cell
    named = [{"goal_id": item, "target_group": group}]
    return groups_of_targets(tables(indicators=[indicator], targets=[target], target_groups=named)).rows()


@pytest.mark.parametrize("column", ["name_text", "scope_zh", "name_zh", "population_zh"])
def test_a_target_is_about_a_group_that_any_of_its_texts_names(column: str) -> None:
    assert about(**{column: "农村妇女"}) == [(f"{YUN}.t1", "rural")]
    assert about(**{column: "城镇妇女"}) == []


def test_a_target_whose_item_does_not_name_the_group_is_not_about_it() -> None:
    assert about(item=YUN2, scope_zh="农村妇女") == []
    assert about(group="disabled", scope_zh="农村妇女") == []


def test_the_words_of_a_group_are_sought_in_normal_form() -> None:
    assert about(scope_zh="农 村妇女") == [(f"{YUN}.t1", "rural")]
    assert about(group="infants", population_zh="３岁以下儿童") == [(f"{YUN}.t1", "infants")]


def test_no_word_of_a_group_stands_across_two_texts() -> None:
    assert about(name_text="务农", scope_zh="村民") == []


def test_a_target_may_be_about_several_groups() -> None:
    target = {"target_id": f"{YUN}.t1", "goal_id": YUN, "indicator_id": "coverage", "name_text": "农村残疾妇女覆盖率"}
    indicator = {"indicator_id": "coverage", "name_zh": "覆盖率", "population_zh": "全体居民"}
    named = [{"goal_id": YUN, "target_group": group} for group in ("rural", "disabled", "older")]
    found = groups_of_targets(tables(indicators=[indicator], targets=[target], target_groups=named))
    assert set(found.rows()) == {(f"{YUN}.t1", "rural"), (f"{YUN}.t1", "disabled")}


def test_groups_are_counted_the_most_named_first_and_those_without_targets_with_zero() -> None:
    items = [
        *({"goal_id": goal, "target_group": "rural"} for goal in (HAI, YUN, YUN2)),
        {"measure_id": M[0], "target_group": "rural"},
        *({"measure_id": measure, "target_group": "older"} for measure in M[1:3]),
        {"goal_id": YUN, "target_group": "migrant"},
        {"goal_id": YUN, "target_group": "disabled"},
    ]
    indicator = {"indicator_id": "coverage", "name_zh": "覆盖率", "population_zh": "全体居民"}
    targets = [
        {"target_id": f"{HAI}.t1", "goal_id": HAI, "name_text": "农村覆盖率", "value": "90"},
        {"target_id": f"{YUN}.t1", "goal_id": YUN, "name_text": "农村覆盖率", "value": ""},
        {"target_id": f"{YUN2}.t1", "goal_id": YUN2, "name_text": "覆盖率", "value": "80"},
        {"target_id": f"{YUN}.t2", "goal_id": YUN, "name_text": "残疾妇女覆盖率", "value": "70"},
    ]
    found = groups_named(tables(target_groups=items, targets=targets, indicators=[indicator]))
    assert found.columns == ["target_group", "goals", "measures", "plans", "targets", "figures"]
    assert found.rows() == [
        ("rural", 3, 1, 2, 2, 1),
        ("older", 0, 2, 1, 0, 0),
        ("disabled", 1, 0, 1, 1, 1),
        ("migrant", 1, 0, 1, 0, 0),
    ]


def citation(zh: str, en: str, level: str, plan: str = "yun-women", **cells: str) -> Cells:
    return {"title_zh": zh, "title_en": en, "level": level, "plan_id": plan, "kind": "law", "position": "1", **cells}


def test_cited_documents_stand_from_the_state_down_and_the_most_cited_first() -> None:
    rows = [
        citation("云潭县条例", "County", "county", measure_id=M[1]),
        citation("山河行动", "Nowhere", "", measure_id=M[2]),
        citation("省条例", "Province", "provincial", goal_id=YUN),
        citation("市条例", "City", "prefecture", goal_id=YUN, position="2"),
        citation("乙法", "B law", "national", measure_id=M[1], position="2"),
        citation("甲法", "A law", "national", measure_id=M[1], position="3"),
        citation("丙法", "C law", "national", measure_id=M[3]),
        citation("丙法", "C law", "national", measure_id=M[2], position="2"),
        citation("丁法", "D law", "national", "hai-both", goal_id=HAI),
        citation("丁法", "D law", "national"),
    ]
    found = cited_documents(tables(citations=rows))
    assert found.columns == ["title_zh", "title_en", "kind", "level", "plans", "items"]
    assert found.select("title_en", "level", "plans", "items").rows() == [
        ("D law", "national", 2, 2),
        ("C law", "national", 1, 2),
        ("A law", "national", 1, 1),
        ("B law", "national", 1, 1),
        ("Province", "provincial", 1, 1),
        ("City", "prefecture", 1, 1),
        ("County", "county", 1, 1),
        ("Nowhere", None, 1, 1),
    ]


def test_a_document_is_one_row_by_its_english_title_under_the_first_printed_name() -> None:
    """A preamble is an item of its plan."""
    rows = [
        citation("云潭山水法", "Hills Law", "national", "hai-both", goal_id=HAI),
        citation("山水法", "Hills Law", "national", measure_id=M[1]),
        citation("山水法", "Hills Law", "national"),
    ]
    found = cited_documents(tables(citations=rows))
    assert found.rows() == [("云潭山水法", "Hills Law", "law", "national", 2, 3)]


def test_an_item_that_cites_a_document_by_two_names_counts_once() -> None:
    rows = [
        citation("云潭山水法", "Hills Law", "national", measure_id=M[1]),
        citation("山水法", "Hills Law", "national", measure_id=M[1], position="2"),
    ]
    assert cited_documents(tables(citations=rows))["items"].to_list() == [1]


def duty(measure: str, kind: str, n: int = 1, **cells: str) -> Cells:
    return {"duty_id": f"{measure}.d{n}", "measure_id": measure, "kind": kind, **cells}


DUTIES = [
    duty(M[0], "funding"),
    duty(M[1], "funding"),
    duty(M[3], "funding"),
    duty(MONITORING, "monitoring"),
    {"duty_id": f"{YUN}.d1", "goal_id": YUN, "kind": "monitoring"},
]


def test_duties_are_counted_by_kind_and_plan_in_goals_and_measures() -> None:
    found = duties_owed(tables(duties=DUTIES))
    assert found.columns == ["kind", "plan_id", "duties"]
    assert set(found.rows()) == {
        ("funding", "hai-both", 1),
        ("funding", "yun-women", 2),
        ("monitoring", "yun-women", 2),
    }


@pytest.mark.parametrize(
    ("kind", "plans"),
    [("funding", ["hai-both", "yun-women"]), ("monitoring", ["yun-women"]), ("publication", [])],
)
def test_plans_that_prescribe_a_duty_stand_in_the_order_of_the_data(kind: str, plans: list[str]) -> None:
    assert plans_with(tables(duties=DUTIES[::-1]), kind) == plans


ON = {"measure_id": M[1]}
TARGET = {"target_id": f"{M[1]}.t1", "indicator_id": "coverage", **ON}
SOURCES: dict[str, tuple[str, Cells, set[str]]] = {
    "a target with a value": ("targets", TARGET | {"value": "9"}, {"number"}),
    "a target without a value": ("targets", TARGET, set()),
    "a sum of money": ("targets", TARGET | {"value": "9", "unit_of_measure": "yuan"}, {"number", "money"}),
    "a sum without a value": ("targets", TARGET | {"unit_of_measure": "yuan"}, {"money"}),
    "an age": ("non_targets", ON | {"value_text": "35岁", "reason": "age"}, {"number"}),
    "a year": ("non_targets", ON | {"value_text": "2020年", "reason": "year"}, {"number", "date"}),
    "a deadline": ("non_targets", ON | {"value_text": "1个月内", "reason": "deadline"}, {"number", "date"}),
    "a duty alone": ("duties", duty(M[1], "reporting"), set()),
    "a duty by a date": ("duties", duty(M[1], "reporting", deadline_text="1月底前"), {"date"}),
    "a body that owes": ("duties", duty(M[1], "reporting", from_unit_id="yun.a"), {"body"}),
    "a body to which is owed": ("duties", duty(M[1], "reporting", to_unit_id="yun.a"), {"body"}),
    "a duty of funding": ("duties", duty(M[1], "funding"), {"money"}),
    "an assignment": ("assignments", ON | {"unit_id": "yun.a", "position": "1"}, {"body"}),
    "the instrument fund": ("instruments", ON | {"instrument": "fund"}, {"money"}),
    "the instrument tax": ("instruments", ON | {"instrument": "tax"}, set()),
}


@pytest.mark.parametrize("name", SOURCES)
def test_each_source_makes_its_measure_specific_and_no_other(name: str) -> None:
    table, cells, told = SOURCES[name]
    found = specificity(tables(**{table: [cells]}))
    assert found.columns == ["measure_id", "number", "date", "body", "money"]
    assert found["measure_id"].to_list() == [*M, MONITORING]
    for row in found.to_dicts():
        names = {column for column, cell in row.items() if cell is True}
        assert names == (told if row["measure_id"] == M[1] else set())


def test_what_hangs_on_goals_makes_no_measure_specific() -> None:
    goal = {"goal_id": YUN}
    rows = {
        "targets": [goal | {"target_id": f"{YUN}.t1", "indicator_id": "coverage", "value": "9"}],
        "non_targets": [goal | {"value_text": "2020年", "reason": "year"}],
        "assignments": [goal | {"unit_id": "yun.a", "position": "1"}],
        "duties": [goal | {"duty_id": f"{YUN}.d1", "kind": "funding", "deadline_text": "x", "to_unit_id": "yun.a"}],
    }
    assert not any(any(row[1:]) for row in specificity(tables(**rows)).rows())


def test_a_package_gives_the_codes_of_a_list_with_the_classes_that_they_have(bench: Bench) -> None:
    package = open_package(bench.root)
    texts = ["label_zh", "label_en", "definition_zh", "definition_en"]
    levels = package.codes("citation_level")
    assert levels.columns == ["code", *texts]
    assert levels["code"].to_list() == ["national", "provincial", "prefecture", "county"]
    means = package.codes("instrument")
    assert means.columns == ["code", *texts, "rothwell_zegveld", "mcdonnell_elmore", "nato"]
    assert means.filter(means["code"] == "fund").select("label_en", "nato").rows() == [("fund", "treasure")]
    with pytest.raises(KeyError, match="colours"):
        package.codes("colours")


def test_a_package_gives_its_mix_of_instruments(bench: Bench) -> None:
    first, second = (bench.rows("measures")[n]["measure_id"] for n in (0, 1))
    row = {"position": "1", "name_text": "培训"}
    coded = [{"measure_id": first, "instrument": code, **row} for code in ("train", "serve")]
    bench.write("instruments", [*coded, {"measure_id": second, "instrument": "fund", **row}])
    package, all_measures = open_package(bench.root), len(bench.rows("measures"))
    held = [row for row in package.instrument_mix().rows() if row[1]]
    assert held == [(code, 1, all_measures, 1 / all_measures) for code in ("serve", "fund", "train")]
    assert package.instrument_mix(classes="nato")["measures"].to_list() == [0, 0, 1, 1]
    by_plan = package.instrument_mix(["plan_id"], "nato")
    assert by_plan["measures"].sum() == 2
    assert by_plan["plan_id"].n_unique() == len({row["plan_id"] for row in bench.rows("measures")})
    with pytest.raises(KeyError, match="colour"):
        package.instrument_mix(["colour"])


def test_a_package_gives_the_groups_that_it_names(bench: Bench) -> None:
    goals = [row["goal_id"] for row in bench.rows("goals") if row["domain_id"]][:2]
    named = [(goals[0], "", "older"), (goals[1], "", "older"), ("", bench.rows("measures")[0]["measure_id"], "men")]
    columns = ("goal_id", "measure_id", "target_group")
    bench.write("target_groups", [dict(zip(columns, row, strict=True)) | {"name_text": "老年"} for row in named])
    plans = len({goal.partition(".")[0] for goal in goals})
    assert open_package(bench.root).groups_named().rows() == [("older", 2, 0, plans, 0, 0), ("men", 0, 1, 1, 0, 0)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"name_text": "年度监测"}, [True]),
        ({"name_text": "年 度监测"}, [True]),
        ({"name_text": "中期评估"}, [False]),
        ({"name_text": "年度监测", "deadline_text": "1月底前"}, [True, True]),
        ({"name_text": "年度监测", "deadline_text": "2月底前"}, [True, False]),
        ({"name_text": "年度监测", "deadline_text": ""}, [True]),
    ],
)
def test_the_telling_words_and_the_deadline_stand_in_the_item(row: dict[str, str], expected: list[bool]) -> None:
    found = list(telling("x.m01", "每年1月底前完成年度监测。", [row]))
    assert [holds for _, holds, _ in found] == expected
    assert {item for item, _, _ in found} == {"x.m01"}


def test_what_is_not_told_is_named() -> None:
    missing = {"name_text": "中期评估", "deadline_text": "2月底前"}
    assert [told for _, _, told in telling("x.m01", "年度监测。", [missing])] == [
        "name_text 中期评估 is not in the item",
        "deadline_text 2月底前 is not beside 中期评估",
    ]


@pytest.mark.parametrize(
    ("words", "holds"),
    [("提交报告", True), ("完成监测", False), ("通报结果", False)],
)
def test_a_deadline_stands_in_the_part_of_the_sentence_that_tells_the_duty(words: str, holds: bool) -> None:
    row = {"name_text": words, "deadline_text": "3月底前"}
    text = "完成监测；3月底前，提交报告。通报结果。".replace("；", ";")
    assert [held for _, held, _ in telling("x.m01", text, [row])] == [True, holds]


@pytest.mark.parametrize(
    ("words", "holds"),
    [("完成监测", True), ("提交报告", True), ("通报结果", False)],
)
def test_how_often_a_duty_is_owed_stands_in_its_sentence(words: str, holds: bool) -> None:
    yearly = Code("yearly", Text("", ""), Text("", ""), words=("每年",))
    row = {"duty_id": "x.m01.d1", "name_text": words, "frequency": "yearly"}
    text = "每年完成监测;提交报告。通报结果。"
    assert [held for _, held, _ in often("x.m01", text, [row], {"yearly": yearly})] == [holds]


def code(name: str, *words: str) -> Code:
    return Code(name, Text(name, name), Text("", ""), words=("禁令",), demanding_words=words)


CODES = {"ban": code("ban", "禁止", "不得"), "lamp": code("lamp", "点灯"), "kite": code("kite")}


def test_a_printed_word_demands_its_code() -> None:
    assert list(demanded("x.m01", "不得砍树。", ["lamp"], CODES)) == [
        ("x.m01", False, "不得 is printed, but ban is not coded")
    ]
    assert [holds for _, holds, _ in demanded("x.m01", "不得砍树。", ["ban"], CODES)] == [True]


def test_each_code_is_demanded_once_and_only_by_its_demanding_words() -> None:
    both = "禁止砍树,不得点火,夜间点灯。"
    assert [(holds, told[:2]) for _, holds, told in demanded("x.m01", both, ["ban"], CODES)] == [
        (True, "禁止"),
        (False, "点灯"),
    ]
    assert list(demanded("x.m01", "颁布禁令。", [], CODES)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加强宣传。开展培训。再培训。", "开展培训。再培训。"),
        ("加强宣传。", "加强宣传"),
        ("加强宣传", "加强宣传"),
        ("", ""),
    ],
)
def test_the_body_of_a_measure_stands_behind_its_heading(text: str, expected: str) -> None:
    assert body(text) == expected


def told_of(text: str, *titles: str, own: str = "") -> list[tuple[bool, str]]:
    """What is found of the citations of a text."""
    return [(holds, told) for _, holds, told in cited("x.m01", text, [{"title_zh": title} for title in titles], own)]


def test_a_cited_title_stands_in_the_text_with_its_marks_or_without() -> None:
    assert told_of("落实山水法。", "山水法") == [(True, "山水法 is not in the text")]
    assert told_of("落实《山水法》。", "山 水法") == [
        (True, "山水法 is not in the text"),
        (True, "《山水法》 is not cited"),
    ]
    assert told_of("落实河湖法。", "山水法") == [(False, "山水法 is not in the text")]


def test_a_printed_title_is_cited_whole_or_by_its_short_name() -> None:
    assert told_of("落实《云潭县山水法》。") == [(False, "《云潭县山水法》 is not cited")]
    assert told_of("落实《云潭县山水法》。", "山水法")[1:] == [(True, "《云潭县山水法》 is not cited")]
    assert told_of("落实《山水法》。", "云潭县山水法") == [
        (False, "云潭县山水法 is not in the text"),
        (False, "《山水法》 is not cited"),
    ]


@pytest.mark.parametrize("form", ["规划", "告知单", "统计表"])
def test_forms_and_the_plan_itself_are_no_citations(form: str) -> None:
    assert told_of(f"填写《{form}》。") == []


@pytest.mark.parametrize("title", ["山水规划", "表彰办法", "单位条例"])
def test_a_title_that_only_holds_the_word_of_a_form_is_a_citation(title: str) -> None:
    assert told_of(f"落实《{title}》。") == [(False, f"《{title}》 is not cited")]


def test_the_own_title_of_a_plan_is_no_citation() -> None:
    own = "云潭县妇女发展规划(2021-2025年)"
    assert told_of("实施《云潭县妇女发展规划》。", own=own) == []
    assert told_of("实施《海宁县妇女发展规划》。", own=own) == [(False, "《海宁县妇女发展规划》 is not cited")]


def named(text: str, *names: str, to: str = "") -> list[bool]:
    """Whether the bodies of a duty that yun.a owes are named in a text; names are those of yun.a."""
    row = {"from_unit_id": "yun.a", "to_unit_id": to}
    return [holds for _, holds, _ in owed("x.m01", text, [row], {"yun.a": names})]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("妇女儿童工委负责。", True),
        ("妇女儿童事业。", True),  # three pairs of five: 妇女, 女儿, 儿童
        ("妇女和儿童事业。", False),  # two of five
        ("各部门负责。", False),
    ],
)
def test_most_of_a_bodys_name_stands_in_the_item(text: str, holds: bool) -> None:
    assert named(text, "妇女儿童工委") == [holds]


@pytest.mark.parametrize("name", ["妇联", "县妇联", "自治县妇联", "上级妇联", "各级妇联", "市妇联"])
def test_the_place_and_rank_before_a_name_do_not_count(name: str) -> None:
    assert named("由妇联承担。", name) == [True]
    assert named("由工会承担。", name) == [False]


def test_a_rank_within_a_name_counts() -> None:
    """Of 农村县妇联 only 妇联 stands in the text, one pair of four."""
    assert named("由妇联承担。", "农村县妇联") == [False]


def test_any_printed_name_of_a_body_will_do() -> None:
    assert named("由妇联承担。", "妇女联合会") == [False]
    assert named("由妇联承担。", "妇女联合会", "县妇联") == [True]
    assert named("由妇联承担。") == [False]


def test_both_bodies_of_a_duty_are_looked_for_and_only_those_that_it_has() -> None:
    assert named("由妇联报告。", "县妇联", to="yun.b") == [True, False]
    nobody = {"from_unit_id": "", "to_unit_id": ""}
    assert list(owed("x.m01", "由妇联报告。", [nobody], {})) == []
    receiver = {"from_unit_id": "", "to_unit_id": "yun.b"}
    found = list(owed("x.m01", "由妇联报告。", [receiver], {"yun.b": ["县政府"]}))
    assert found == [("x.m01", False, "yun.b is not named in the item")]


def duty_in(words: str, owing: str = "", to: str = "") -> dict[str, str]:
    return {"duty_id": "x.m01.d1", "name_text": words, "from_unit_id": owing, "to_unit_id": to}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县妇联报送数据。", [False]),
        ("县妇联每年总结，并报送数据。", [False]),
        ("县妇联:报送数据。", [False]),
        ("总结经验,县妇联报送数据。", [False]),
        ("会同县妇联报送数据。", []),
        ("报送数据,县妇联总结。", []),
        ("县妇联总结。报送数据。", []),
        ("县妇联总结;报送数据。", []),
        ("总结经验。", []),
    ],
)
def test_a_duty_in_a_sentence_with_a_body_as_its_subject_is_owed(text: str, expected: list[bool]) -> None:
    text, names = text.replace("，", ","), {"x.women": ["县妇联"]}
    found = [(held, what) for _, held, what in borne("x.m01", text, [duty_in("报送数据")], names)]
    assert [held for held, what in found if "is its subject" in what] == expected
    owing = [duty_in("报送数据", owing="x.women")]
    assert all(held for _, held, _ in borne("x.m01", text, owing, names))


def test_the_longest_name_that_a_clause_begins_with_is_its_subject() -> None:
    names = {"x.women": ["妇联"], "x.bodies": ["妇联组织"]}
    told = [what for _, held, what in borne("x.m01", "妇联组织报送数据。", [duty_in("报送数据")], names) if not held]
    assert told == ["x.m01.d1: owed by none, but 妇联组织 is its subject", "妇联组织 owes nothing of 妇联组织报送数据"]


@pytest.mark.parametrize(
    ("text", "owing", "missing"),
    [
        ("县妇联、县工会和各部门报送数据。", ("x.women", "x.union", "x.bodies"), []),
        ("县妇联、县工会和各部门报送数据。", ("x.women", "x.union"), ["部门"]),
        ("县妇联、县工会和各部门报送数据。", ("x.women", "x.bodies"), ["县工会"]),
        ("县妇联(县工会)报送数据。", ("x.women",), ["县工会"]),
        ("县妇联向县工会报送数据。", ("x.women",), []),
        ("县妇联报送数据。县工会总结。", ("x.women",), []),
        ("县妇联总结,县工会报送数据。", ("x.union",), ["县妇联"]),
    ],
)
def test_each_body_that_is_the_subject_of_a_sentence_owes_a_duty_of_it(
    text: str, owing: tuple[str, ...], missing: list[str]
) -> None:
    names = {"x.women": ["县妇联"], "x.union": ["县工会"], "x.bodies": ["部门"]}
    duties = [duty_in("报送数据", owing=unit) for unit in owing]
    told = [what.partition(" ")[0] for _, held, what in borne("x.m01", text, duties, names) if not held]
    assert told == missing


@pytest.mark.parametrize(
    ("kind", "words", "holds"),
    [
        ("funding", "纳入预算", [True]),
        ("funding", "经费纳入", [True]),
        ("funding", "定期检查", [False]),
        ("supervision", "纳入预算", [False]),
    ],
)
def test_a_clause_with_a_demanding_word_holds_a_duty_of_its_kind(kind: str, words: str, holds: list[bool]) -> None:
    funding = Code("funding", Text("", ""), Text("", ""), demanding_words=("预算",))
    found = prescribed("x.m01", "定期检查,经费纳入预算。", [duty_in(words) | {"kind": kind}], {"funding": funding})
    assert [held for _, held, _ in found] == holds


@pytest.mark.parametrize(
    ("text", "words", "to", "expected"),
    [
        ("向县统计局报送数据。", "报送数据", "", [False]),
        ("向县统计局报送数据。", "报送数据", "x.women", [False]),
        ("向县统计局报送数据。", "报送数据", "x.statistics", [True]),
        ("向县统计局报送数据。", "向县统计局报送", "x.statistics", [True]),
        ("总结经验并报送县统计局。", "报送县统计局", "", [False]),
        ("总结经验并报送县统计局。", "总结经验", "", []),
        ("向县统计局报送数据,总结经验。", "总结经验", "", []),
        ("目标分解到县妇联。", "目标分解到县妇联", "x.women", [True]),
        ("目标分解到县妇联。", "目标分解到县妇联", "x.statistics", [False]),
        ("向社会报告结果。", "报告结果", "", []),
        ("向社会报告结果。", "报告结果", "x.women", [False]),
        ("总结经验。", "总结经验", "x.women", []),
    ],
)
def test_a_duty_is_owed_to_whom_it_is_told(text: str, words: str, to: str, expected: list[bool]) -> None:
    names = {"x.women": ["县妇联"], "x.statistics": ["县统计局"]}
    assert [held for _, held, _ in addressed("x.m01", text, [duty_in(words, to=to)], names)] == expected

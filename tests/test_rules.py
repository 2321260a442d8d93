"""Every rule is seen to fail just outside its boundary and to pass just inside, and says what it is for."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest
from conftest import Bench, Where, findings_by, where
from damaged import copy_package, put
from hypothesis import given, settings
from hypothesis import strategies as st
from packages import HEALTH
from rule_cases import CASES, PAIRS, Pair, coded_twice, write_pair

from plandata import rules
from plandata.files import PackageError
from plandata.finding import Finding, Rule, prose
from plandata.package.folder import Folder
from plandata.package.order import moved_rows, ordered, rising
from plandata.package.reader import ROW, read_sheet
from plandata.read.explain import explained
from plandata.rules import (
    RULES,
    TABLE_RULES,
    broken_rows,
    indicators,
    observations,
    official,
    rule_findings,
    sources,
    spelling,
    validate,
)  # fmt: skip
from plandata.rules.guard import guarded
from plandata.rules.keys import asked_by_several
from plandata.rules.official import foreign_province
from plandata.rules.policy import without_its_words
from plandata.rules.targets import misread_value
from plandata.rules.wording import different_numbers, numerals
from plandata.schema import edition, home
from plandata.tables import ITEM, Tables, as_number
from plandata.texts.draft.labels import of_indicators

OBSERVED = [name for name, rule in RULES.items() if rule.group == "observations"]
Write = Callable[[Bench, bool], Where]


def example(rule: Rule) -> Write | None:
    """The examples of a rule as a change of the small package; None where they are texts."""
    told = rule.prose
    if isinstance(told.bad, str) or isinstance(told.good, str):
        return None
    pair = Pair(rule.id, told.bad, told.good)
    return lambda b, broken: write_pair(b, pair, broken)


def changes() -> Iterator[tuple[str, str, Write]]:
    """Every change that is tried: the name of the test, the rule, and what writes it."""
    yield from ((f"{name}-example", name, write) for name, rule in RULES.items() if (write := example(rule)))
    yield from ((name, name.partition("__")[0], write) for name, write in CASES.items())
    for n, pair in enumerate(PAIRS):
        yield f"{pair.rule}-{n}", pair.rule, lambda b, broken, pair=pair: write_pair(b, pair, broken)


CHANGES = {name: (rule, write) for name, rule, write in changes()}
# In how many lines the bad case and the good one differ, where one line cannot show it.
KEYS = ("primary_key", "unique_keys", "foreign_key", "type", "codes", "pattern", "script")
LINES = {"key_is_unique__empty": 2, **{f"constraint_is_no_weaker_than_the_editions__{key}": 6 for key in KEYS}}


@pytest.mark.parametrize("name", CHANGES)
def test_a_rule_is_broken_just_outside_its_boundary_and_kept_just_inside(bench: Bench, name: str) -> None:
    rule, write = CHANGES[name]
    good = Bench(shutil.copytree(bench.root, bench.root.with_name("good")))
    untouched = texts(bench.root)
    expected = write(bench, True)
    assert expected in map(where, bench.findings(rule))
    write(good, False)
    package = Folder(good.root)
    assert findings_by(RULES[rule], package, good.touched) == []
    assert rule not in rules.unchecked(package)
    assert texts(good.root) != untouched, "the good case changes nothing"
    assert different_lines(texts(bench.root), texts(good.root)) <= LINES.get(name, 1)


def texts(root: Path) -> dict[str, list[bytes]]:
    """The lines of every file of a package."""
    paths = [path for path in root.rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes().split(b"\n") for path in sorted(paths)}


def different_lines(one: Mapping[str, list[bytes]], other: Mapping[str, list[bytes]]) -> int:
    """How many lines stand in one of two packages only; a file that has another name differs in one."""
    both = [(lines, other[name]) for name, lines in one.items() if name in other]
    renamed = len(one.keys() ^ other.keys()) // 2
    return renamed + sum(max(len({*mine} - {*theirs}), len({*theirs} - {*mine})) for mine, theirs in both)


def test_only_the_rows_of_a_doubled_wording_are_told(bench: Bench) -> None:
    """Another scope in the same English, another name of the same bodies, stay out of it."""
    CASES["texts_have_one_translation__scope"](bench, True)
    bench.patch("targets", 5, scope_zh="乡村", scope_en="countryside")
    bench.patch("targets", 6, scope_zh="农村", scope_en="rural")
    assert {finding.line for finding in bench.findings("texts_have_one_translation")} == {2, 4, 8}
    CASES["printed_name_means_one_unit"](bench, True)
    own = bench.rows("assignments")[0]["unit_id"]
    bench.patch("assignments", 1, printed_as="某局", unit_id=own)
    bench.patch("assignments", -1, printed_as="某单位", unit_id="xuyou.health-bureau")
    assert {finding.line for finding in bench.findings("printed_name_means_one_unit")} == {2, 4}


def test_an_amount_of_the_plan_needs_a_unit_that_is_one(bench: Bench) -> None:
    row = bench.find("targets", basis="cumulative")
    bench.patch("targets", row, unit_of_measure="")
    found = bench.findings("amount_of_the_plan_is_counted")
    assert [where(finding) for finding in found] == [bench.at("targets", row, "basis")]


def test_printed_titles_may_lie_a_slip_of_the_pen_apart(bench: Bench) -> None:
    for row, title in enumerate(("威宁自治县妇女发展规划", "威宁自治县妇儿发展规划")):
        bench.patch("documents", row, title_zh=title, title_en="Plan for women")
        bench.patch("goals", row, label_zh=title, label_en="Plan for women")
    assert {finding.table for finding in bench.findings("wordings_are_more_than_a_slip_apart")} == {"goals"}


def test_a_replacement_of_what_has_no_parent_may_be_any(bench: Bench) -> None:
    bench.patch("retired_ids", 0, old_id="weining-old", table_name="places", replaced_by="xuyou")
    assert bench.findings("replacement_stands_beside_the_retired_id") == []


def test_an_anomaly_without_a_resolution_may_speak_of_an_item_too(bench: Bench) -> None:
    bench.patch("anomalies", 2, description_zh="本条未说明“两者”何指。", resolution_zh="")
    found = bench.findings("anomaly_that_speaks_of_an_item_names_it")
    assert [where(finding) for finding in found] == [bench.at("anomalies", 2, "goal_id")]


def test_the_kind_of_a_source_without_a_publisher_is_told_by_its_title(bench: Bench) -> None:
    bench.patch("bibliography", 0, kind="international", title_zh="国家标准", publisher="")
    found = bench.findings("kind_of_a_source_fits_its_title")
    assert [where(finding) for finding in found] == [bench.at("bibliography", 0, "kind")]


def test_what_one_coder_alone_has_coded_is_no_matter_of_both(bench: Bench) -> None:
    goal = bench.rows("serves")[0]["goal_id"]
    coded_twice(bench, f"{goal}\n{HEALTH}.m03,{HEALTH}.g02", goal)
    assert bench.findings("what_both_coders_gave_stands") == []


@pytest.mark.parametrize(
    ("code", "province", "told"),
    [
        ("520526", "贵州省", None),
        ("520526", "四川省", "the code says 贵州省"),
        ("990000", "贵州省", "the code says no province"),
        (None, "贵州省", None),
        (None, "云汀省", "no province"),
    ],
)
def test_a_province_is_that_of_the_code_or_at_least_one(code: str | None, province: str, told: str | None) -> None:
    assert foreign_province(code, province) == told


@pytest.mark.parametrize(
    ("reference", "title", "publisher", "told"),
    [
        ("who-rights", "Rights of women", "World Health Organization", None),
        ("who-right", "Rights of women", "World Health Organization", None),
        ("who-law", "Rights of women", "World Health Organization", "law"),
        ("women-rights", "Rights of women", "World Health Organization", "no part is of the publisher"),
        ("health-rights", "Rights of women", "World Health Organization", None),
    ],
)
def test_the_id_of_a_source_names_its_title_and_its_publisher(
    reference: str, title: str, publisher: str, told: str | None
) -> None:
    assert sources.unnamed(reference, title, publisher) == told


@pytest.mark.parametrize(
    ("indicator", "printed", "fits"),
    [("甲乙", "", True), ("", "戊己", True), ("甲", "戊", False), ("甲乙丙丁", "", True)],
)
def test_a_printed_name_fits_where_a_third_of_it_stands_on_the_other_side(
    indicator: str, printed: str, fits: bool
) -> None:
    assert (indicators.unnamed("甲乙丙丁", printed, indicator, "戊己庚辛") is None) is fits


@pytest.mark.parametrize(
    ("told", "detail"),
    [
        (misread_value("3", "达到5%"), "printed: 5"),
        (misread_value("3", "不断提高"), "printed: no number"),
        (misread_value("5", "达到5%"), None),
        (official.other_kind("赫章县", "Hezhang"), "ends in no kind, not in County"),
        (official.other_kind("毕节市", "Bijie County"), "ends in County, not in none"),
        (official.other_kind("赫章县", "Hezhang County"), None),
        (official.wrong_level("某院", None, "county"), None),
        (official.wrong_level("赫章县", None, "prefecture"), "赫章县 is a county"),
        (official.wrong_level("赫章县", None, "region"), None),
        (official.misjudged_sameness(None, "孕产妇死亡率"), "孕产妇死亡率 is 3.1.1"),
        (official.misjudged_sameness("3.1.1", "某率"), "某率 is not known to be the same as 3.1.1"),
        (official.misjudged_sameness("~3.1.1", "某率"), None),
        (sources.unfit_year(None, "2020年"), "the title says 2020"),
        (sources.unfit_year("2020", "术语表"), "the title says none"),
        (different_numbers("5人", "Age"), "5 / -"),
        (different_numbers("人", "Age 3"), "- / 3"),
        (indicators.unsaid_unit("per_100k", "每10万人", None), None),
        (indicators.unsaid_unit("per_100k", None, "10万"), None),
        (indicators.unsaid_unit("per_100k", None, None), "no 10万 in the definition"),
    ],
)
def test_a_finding_tells_what_its_cells_should_hold(told: str | None, detail: str | None) -> None:
    assert told == detail


def test_tens_in_characters_are_read_with_and_without_what_stands_around_them() -> None:
    assert numerals("三十") == {3, 10, 30}
    assert numerals("三十五") == {3, 5, 10, 35}


@pytest.mark.parametrize(
    ("word", "other", "apart", "ending"),
    [
        ("brith", "birth", True, False), ("birht", "birth", True, False), ("ibrth", "birth", True, False),
        ("bith", "birth", True, False), ("birthh", "birth", True, False), ("barth", "birth", True, False),
        ("irbth", "birth", False, False), ("brihh", "birth", False, False), ("bth", "birth", False, False),
        ("ibrtz", "birth", False, False), ("off", "offs", True, True), ("of", "ofs", True, False),
        ("dres", "dress", True, False), ("shared", "share", True, True), ("sharer", "share", True, True),
        ("sharep", "share", True, False), ("healthd", "health", True, False), ("healthy", "health", True, True),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_told_from_an_ending(word: str, other: str, apart: bool, ending: bool) -> None:
    assert (spelling.one_slip(word, other), spelling.inflected(word, other)) == (apart, ending)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("e", "a"), ("fo", "of"), ("Fo", None), ("E", None), ("brit", "birt"), ("bir", "birt"), ("dea", None)],
)
def test_only_small_fragments_are_slips_of_short_words(word: str, meant: str | None) -> None:
    assert spelling.slip_of(word, spelling.Lexicon(frozenset({"a", "of", "birt"}), frozenset())) == meant


def test_a_code_without_words_of_its_own_is_told_by_any(small_package: Path) -> None:
    train = edition().codes["instrument"]["train"]
    rows = pl.DataFrame({ROW: [0, 1], "instrument": ["train", "train"], "name_text": ["培训", "门诊"]})
    assert without_its_words(rows, "instrument", {"train": train})[ROW].to_list() == [1]
    assert without_its_words(rows, "instrument", {"train": replace(train, words=())}).is_empty()
    assert without_its_words(rows, "instrument", {}).is_empty()


def test_bodies_of_two_places_may_have_one_chinese_name(bench: Bench) -> None:
    own = bench.rows("units")[0]
    bench.add("units", **{**own, "unit_id": "xuyou.health-office", "place_id": "xuyou", "name_en": "Office of Xuyou"})
    assert own["name_en"] != "Office of Xuyou"
    assert bench.findings("texts_have_one_translation") == []


def test_every_rule_is_tried() -> None:
    tried = {rule for rule, _ in CHANGES.values()}
    assert tried | set(OBSERVED) | {"rule_can_run"} == set(RULES)


def fails(error: BaseException) -> Callable[..., object]:
    """A check that does nothing but fail."""

    def check(*about: object) -> object:
        raise error

    return check


FAILING = {
    "table": ("percent_is_within_100", "data/targets.csv", "targets"),
    "key": ("key_is_unique", "data/places.csv", "places"),
    "cell": ("code_is_known", "data/places.csv", "places"),
    "schema": ("code_list_is_there", "schemas", "none"),
}


@pytest.mark.parametrize("name", FAILING)
@pytest.mark.parametrize(
    "error", [ValueError("odd\ncell"), pl.exceptions.PanicException("i < self.len()"), RecursionError()]
)
def test_a_rule_that_fails_is_one_finding_and_the_others_are_asked(
    bench: Bench, stop: Callable[[str, BaseException], None], name: str, error: BaseException
) -> None:
    CHANGES["unit_has_assignments"][1](bench, True)
    rule, path, table = FAILING[name]
    whole = validate(Folder(bench.root)).findings
    stop(rule, error)
    findings = validate(Folder(bench.root)).findings
    failed = [finding for finding in findings if finding.rule == "rule_can_run"]
    assert {(finding.value, finding.path) for finding in failed if finding.path == path} == {(rule, path)}
    assert {finding.value for finding in failed} == {rule}
    assert all(f"{type(error).__name__} in " in finding.detail and "\n" not in finding.detail for finding in failed)
    assert any(finding.detail.endswith(f"tables: {table}") for finding in failed)
    assert [finding for finding in findings if finding.rule != "rule_can_run"] == [f for f in whole if f.rule != rule]


def test_the_finding_names_the_innermost_function_that_failed() -> None:
    names = [{"name_zh": "甲", "name_en": "A"}, {"name_zh": "乙", "name_en": 5}]
    (finding,) = guarded(RULES["key_is_unique"], "data/targets.csv", ["targets"], lambda: of_indicators(names))
    with pytest.raises(TypeError) as failed:
        of_indicators(names)
    line = failed.traceback[-1].lineno + 1
    assert finding.detail == f"TypeError in lower, line {line}: 'int' object is not subscriptable; tables: targets"


def test_the_finding_names_a_function_of_ours_where_a_library_failed() -> None:
    (finding,) = guarded(RULES["key_is_unique"], "data/targets.csv", [], lambda: list(as_number(5)))  # type: ignore
    assert re.search(r"in as_number, line \d+: .*; tables: none$", finding.detail)


@pytest.fixture
def stop() -> Iterator[Callable[[str, BaseException], None]]:
    """Has a rule fail, until the test is over. Rules are frozen, so their one object is changed in place."""
    stopped: list[tuple[Rule, object]] = []

    def put_in(rule: str, error: BaseException) -> None:
        stopped.append((RULES[rule], RULES[rule].check))
        object.__setattr__(RULES[rule], "check", fails(error))

    yield put_in
    for rule, check in stopped:
        object.__setattr__(rule, "check", check)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), MemoryError(), PackageError("gone"), PermissionError(13, "no")])
def test_what_no_rule_can_be_blamed_for_ends_the_run(
    bench: Bench, stop: Callable[[str, BaseException], None], error: BaseException
) -> None:
    stop("percent_is_within_100", error)
    with pytest.raises(type(error)):
        validate(Folder(bench.root))


def test_two_values_of_one_place_are_a_contradiction_and_no_panic(tmp_path: Path) -> None:
    root = copy_package(tmp_path)
    targets = Folder(root).text("targets")["target_id"].to_list()
    put(root, "targets", "value", targets.index("jiaxing-children-2021.family.i02.t1"), "74")
    told = {(finding.rule, finding.row) for finding in validate(Folder(root)).findings}
    assert ("contradiction_is_recorded", "jiaxing-children-2021.family.i02.t1") in told
    assert "rule_can_run" not in {rule for rule, _ in told}


def test_no_rule_uses_what_panics_after_a_filter() -> None:
    """pl.format on columns whose chunks a filter has emptied fails an assertion of polars; pl.concat_str does not."""
    sources = Path(rules.__file__).parent.glob("*.py")
    assert [path.name for path in sources if "pl.format(" in path.read_text(encoding="utf-8")] == []


def measured(t: Tables) -> pl.DataFrame:
    """What the targets of a package measure: place, indicator, scope, and the unit of observations."""
    own = t["indicators"].select("indicator_id", "name_zh", own="unit_of_measure")
    period = pl.when(pl.col("basis") == "rate_per_period").then("unit_of_measure")
    joined = t.joined("targets").join(own, on="indicator_id")
    return joined.with_columns(unit=pl.coalesce(period, "own"))


SHIPPED = Folder(home())
MEASURED = measured(Tables.of(SHIPPED))


def findings_on(rule: str, line: str) -> list[Finding]:
    """What is found by a rule in an observations file of one line."""
    table = edition().observations
    first = line.partition("\n")[0]
    head = table.needed if first.count(",") + 1 == len(table.needed) else table.columns
    content = f"{','.join(head)}\n{line.replace('…', 'report')}\n".encode()
    sheet = read_sheet(content, "observations.csv", table)
    assert sheet.findings == []
    check = next(check for asked, check in (*observations.VALUES, *observations.FITS) if asked.id == rule)
    assert check is not None
    return list(broken_rows(RULES[rule], sheet, check(sheet.frame, MEASURED)))


# Indicator, scope, and of the value and its unit one that is too much and one that is not.
KINDERGARTEN = "jiaxing,kindergarten-enrolment"
# All of a year, and the one half of two that are a third and two thirds of it.
ADDED, THIRD = "weining,x,,,,,2023,50,3,60,per_mille,…,,,\nweining,x,,", ",2023,50,1,20,per_mille,…,,,\nweining,x,,"
BOUNDARIES = [
    ("value_is_possible_in_its_unit", "weining,x,,2023,{},per_mille,…", "1000.1", "1000"),
    ("value_is_possible_in_its_unit", "weining,x,,2023,{},per_10k,…", "10000.5", "10000"),
    ("value_is_possible_in_its_unit", "weining,x,,2023,{},hour_per_day,…", "24.5", "24"),
    ("value_is_possible_in_its_unit", "weining,x,,2023,{},count,…", "-0.1", "0"),
    ("value_is_possible_in_its_unit", "weining,x,,2023,-1,{},…", "percent", "percentage_point"),
    ("value_is_possible_in_its_unit", "weining,x,,2023,{},count,…", f"1{'0' * 30}", "9" * 29),
    ("percent_is_within_100", "weining,x,,2023,{},percent,…", "100.1", "100"),
    ("percent_is_within_100", "weining,x,,2023,{},percentage_point,…", "-100.1", "-100"),
    ("percent_is_within_100", "weining,x,,2023,101,{},…", "percent", "per_mille"),
    ("counts_stand_together", "weining,x,,,,,2023,0,0,{},per_100k,…,,,", "0", "1"),
    ("counts_stand_together", "weining,x,,,,,2023,0,{},9,per_100k,…,,,", "", "0"),
    ("counts_stand_together", "weining,x,,,,,2023,50,1,2,{},…,,,", "percentage_point", "percent"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},3,26549,per_100k,…,,,", "11.4", "11.3"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},3,26549,per_100k,…,,,", "11.28", "11.29"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},3,26549,per_100k,…,,,", "13", "12"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},7,8,per_10k,…,,,", "8751.1", "8750"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},7,8,per_10k,…,,,", "8750.9", "8750.0"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},7,8,ratio,…,,,", "0.877", "0.875"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},3,6,per_1000,…,,,", "50", "500"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},3,6,per_1000,…,,,", "5", "0.5"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},3,6,per_mille,…,,,", "0.5", "500"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},7,8,per_10k,…,,,", "8752", "8751"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},3,6,per_1000,…,,,", "498", "499"),
    ("value_is_possible_in_its_unit", "weining,x,,2023,{},per_100k,…", "100000.5", "100000"),
    ("counts_stand_together", "weining,x,,,,,2023,5,{},count,…,,,", "1,2", ","),
    ("counts_stand_together", "weining,x,,,,,2023,5,{},per_mille,…,,,", ",2", ","),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},3,6,per_1000,…,,,", "0.7", "0.6"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},7,8,percent,…,,,", "87.7", "87.6"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},7,8,per_mille,…,,,", "873", "874"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},7,8,per_100k,…,,,", "87499.8", "87499.9"),
    ("value_is_that_of_its_counts", "weining,x,,,,,2023,{},3,6,per_1000,…,,,", "0.3", "0.4"),
    ("parts_add_up_to_their_whole", f"{ADDED}female,,{THIRD}male,,,2023,50,{{}},per_mille,…,,,", "3,40", "2,40"),
    ("parts_add_up_to_their_whole", f"{ADDED}female,,{THIRD}male,,,2023,50,{{}},per_mille,…,,,", "2,41", "2,40"),
    ("parts_add_up_to_their_whole", f"{ADDED},,urban{THIRD},,rural,2023,50,{{}},per_mille,…,,,", "2,41", "2,40"),
    ("parts_add_up_to_their_whole", f"{ADDED}female,,{THIRD}male,{{}},,2023,50,2,41,per_mille,…,,,", "", "0-2"),
    ("parts_add_up_to_their_whole", f"{ADDED}female,,{THIRD}male,,,{{}},50,2,41,per_mille,…,,,", "2023", "2022"),
    ("parts_add_up_to_their_whole", f"{ADDED}female,,{THIRD}male,,,2023,50,2,{{}},per_mille,…,,,", "41", ""),
    ("observation_has_the_scope_of_a_target", "jiaxing,upper-secondary-enrolment,{},2023,1,percent,…", "男生", "女生"),
    ("observation_has_a_target", "{},maternal-mortality,,2023,1,per_100k,…", "nowhere", "weining"),
    ("observation_has_the_scope_of_a_target", "jiaxing,upper-secondary-enrolment,{},2023,1,percent,…", "boys", "girls"),
]


@pytest.mark.parametrize("rule", OBSERVED)
def test_the_examples_of_rules_about_observations(rule: str) -> None:
    told = RULES[rule].prose
    assert [(found.table, found.line) for found in findings_on(rule, str(told.bad))] == [("observations", 2)]
    assert findings_on(rule, str(told.good)) == []


@pytest.mark.parametrize(("rule", "line", "bad", "good"), BOUNDARIES)
def test_rules_about_observations_at_their_boundaries(rule: str, line: str, bad: str, good: str) -> None:
    assert [(found.table, found.line) for found in findings_on(rule, line.format(bad))] == [("observations", 2)]
    assert findings_on(rule, line.format(good)) == []


def test_a_gross_rate_may_pass_100_percent() -> None:
    gross = MEASURED.filter(pl.col("name_zh").str.contains(observations.GROSS))["indicator_id"][0]
    assert findings_on("percent_is_within_100", f"weining,{gross},,2023,101,percent,…") == []


def test_a_validation_asks_every_rule_of_its_tables(bench: Bench) -> None:
    for name in ("percent_is_within_100-example", "key_is_unique__column", "unit_has_assignments", "table_has_rows"):
        CHANGES[name][1](bench, True)
    package = Folder(bench.root)
    whole = validate(package).findings
    for rule in TABLE_RULES:
        alone = list(rule_findings(rule, Tables.of(package), package.sheets))
        assert sorted(map(str, alone)) == sorted(str(found) for found in whole if found.rule == rule.id)
    assert {"percent_is_within_100", "key_is_unique", "unit_has_assignments", "table_has_rows"} <= {
        f.rule for f in whole
    }


class Watched(dict[str, pl.DataFrame]):
    """Frames that remember which of them were asked for."""

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        super().__init__(frames)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> pl.DataFrame:
        self.asked.add(name)
        return super().__getitem__(name)


@pytest.mark.parametrize("rule", TABLE_RULES, ids=lambda rule: rule.id)
def test_a_rule_names_every_table_that_it_looks_at(small_package: Path, rule: Rule) -> None:
    package = Folder(small_package)
    t = Tables.of(package)
    t.frames = frames = Watched(t.frames)
    list(rule_findings(rule, t, package.sheets))
    assert frames.asked <= {*rule.tables, *rule.needs}


def test_no_rule_stands_outside_the_list() -> None:
    folder = Path(rules.__file__).parent
    names = [f"plandata.rules.{path.stem}" for path in folder.glob("*.py") if path.stem != "__init__"]
    assert {module.__name__ for module in rules.MODULES if module.__name__.startswith("plandata.rules")} == set(names)
    assert all(RULES[name].id == name for name in RULES)
    listed: list[ModuleType] = [*rules.MODULES]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_explains_itself_in_both_languages(rule: Rule) -> None:
    told = rule.prose
    said = [text[lang] for text in (told.must, told.why, told.mend) for lang in ("en", "zh")]
    assert all(said)
    assert len(set(said)) == len(said)
    assert all(any("一" <= c <= "鿿" for c in text["zh"]) for text in (told.must, told.why, told.mend))
    assert told.bad != told.good
    for lang in ("en", "zh"):
        assert len(explained(rule, lang).splitlines()) >= 5


def test_nothing_is_told_of_a_rule_that_is_gone() -> None:
    assert set(prose()) == set(RULES)
    with pytest.raises(PackageError, match=r"rules\.yaml: tells nothing of the rule no_such_rule; add why"):
        Rule("no_such_rule", "items", "Nothing.").prose  # noqa: B018 - the access is the test


def test_validation_tells_its_steps_and_what_it_could_not_check(bench: Bench) -> None:
    bench.path("units").unlink()
    steps: list[str] = []
    report = validate(Folder(bench.root), steps.append)
    assert {"files", "targets", "items"} <= set(steps)
    assert report.unchecked["unit_has_assignments"] == ["units"]
    assert "percent_is_within_100" not in report.unchecked


def test_findings_stand_by_table_those_on_files_first_and_hold_the_cell(bench: Bench) -> None:
    bench.patch("goals", 0, label_en=" x")
    bench.patch("places", 0, name_en=" y")
    (bench.root / "data" / "stray.csv").write_text("a\n", encoding="utf-8")
    found = validate(Folder(bench.root)).findings
    assert [f.table for f in found] == sorted((f.table for f in found), key=["", *edition().tables].index)
    assert found[0].table == ""
    assert [f.value for f in found if f.rule == "cell_has_no_stray_space"] == [" y", " x"]


def test_rules_are_asked_in_turn_of_all_kinds_and_each_once() -> None:
    order = [*rules.apart(TABLE_RULES)]
    assert sorted(order, key=TABLE_RULES.index) == TABLE_RULES
    places = [TABLE_RULES.index(rule) for rule in order]
    assert {below - above for above, below in pairwise(places) if below > above} == {rules.STRIDE}
    assert rules.STRIDE > 2


def test_what_several_tables_ask_for_is_found_before_and_by_itself(small_package: Path) -> None:
    t = Tables.of(Folder(small_package))
    found: list[set[tuple[str, str]]] = []
    for find in asked_by_several(t):
        before = set(t.links)
        find()
        found.append({(key.table, key.reference) for _, key in set(t.links) - before})
    *links, shared = found
    assert [len(named) for named in links] == [1] * len(links)
    assert shared == set()
    assert "shared_ids" in t.kept
    keys = {(table, key) for table in t.frames for key in t.foreign_keys(table)}
    assert set(t.links) == keys
    rows = [sum(t[table].height for table, key in keys if {(key.table, key.reference)} == named) for named in links]
    assert rows == sorted(rows, reverse=True)


def test_a_table_that_cannot_be_read_is_not_linked_to(bench: Bench) -> None:
    bench.path("units").unlink()
    t = Tables.of(Folder(bench.root))
    for find in asked_by_several(t):
        find()
    assert {key.table for _, key in t.links} & {"units", "goals"} == {"goals"}


@pytest.mark.parametrize("error", [ValueError("no"), pl.exceptions.PanicException("no")])
def test_what_fails_before_the_rules_is_told_by_the_rule_that_asks_for_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    asked = property(fails(error))
    monkeypatch.setattr(Tables, "shared_ids", asked)
    findings = validate(Folder(bench.root)).findings
    assert {(found.rule, found.value) for found in findings} == {("rule_can_run", "id_is_unique_in_the_package")}


@pytest.mark.parametrize("error", [KeyboardInterrupt(), MemoryError(), PackageError("gone")])
def test_what_no_rule_can_be_blamed_for_ends_the_run_before_the_rules(error: BaseException) -> None:
    with pytest.raises(type(error)):
        rules.found_early(fails(error))
    assert rules.found_early(lambda: 5) == []


def test_what_is_left_out_is_told_from_what_the_edition_never_had(bench: Bench) -> None:
    bench.leave_out("goals", "nothing")
    details = {finding.value: finding.detail for finding in bench.findings("left_out_is_not_there")}
    assert details == {"goals": "it is there", "nothing": "the edition has no such table or column"}


def test_every_bad_row_is_counted(bench: Bench) -> None:
    first = bench.rows("assignments")
    many = [first[0] | {"role": "boss", "position": str(n), "unit_id": f"nowhere.u{n}"} for n in range(1, 5001)]
    bench.write("assignments", [*first, *many])
    counts = validate(Folder(bench.root)).counts
    assert (counts["code_is_known"], counts["reference_exists"]) == (5000, 5000)


COLUMNS = [(name, field) for name, table in edition().tables.items() for field in table.fields]
ODD = st.sampled_from(["", "x", "-1", "1e400", "１２", " a ", "9" * 40, "=1", "NaN", "a,b", 'a"b', "\n", "Cafe\u0301"])
SPOTS = st.tuples(st.sampled_from(range(len(COLUMNS))), st.integers(0, 40))
ODD_CELLS = st.dictionaries(SPOTS, ODD, min_size=1, max_size=60)


@settings(max_examples=15, deadline=None)
@given(ODD_CELLS)
def test_no_cell_stops_the_validation(small_package: Path, cells: dict[tuple[int, int], str]) -> None:
    package = Folder(small_package)
    missing = set()
    for (column, row), cell in cells.items():
        table, field = COLUMNS[column]
        sheet = package.sheets[table]
        here = pl.int_range(pl.len()) == row % sheet.frame.height
        changed = pl.when(here).then(pl.lit(cell or None)).otherwise(field.name)
        sheet.frame = sheet.frame.with_columns(changed.alias(field.name))
        place = (table, sheet.line(row % sheet.frame.height), field.name)
        missing = missing | {place} if field.required and not cell else missing - {place}
    findings = validate(package).findings
    assert missing == {(f.table, f.line, f.column) for f in findings if f.rule == "cell_is_present"}


def natural(cell: str) -> tuple[str, int]:
    stem = cell.rstrip("0123456789")
    return stem, int(cell[len(stem) :] or -1)


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-c.]{0,2}[0-9]{0,3}", fullmatch=True).filter(bool), min_size=1, max_size=12))
def test_rows_are_sorted_by_their_stems_and_then_by_their_numbers(ids: list[str]) -> None:
    table, frame = edition().tables["places"], pl.DataFrame({"place_id": ids})
    order = sorted(range(len(ids)), key=lambda i: natural(ids[i]))
    assert ordered(frame, table)["place_id"].to_list() == [ids[i] for i in order]
    assert moved_rows(frame, table).to_list() == [i for i, old in enumerate(order) if i != old]
    assert moved_rows(frame[order], table).is_empty()


KEY_CELLS = st.sampled_from([None, "a", "b", "b1"])


@settings(deadline=None)
@given(st.lists(st.tuples(KEY_CELLS, KEY_CELLS, st.sampled_from([None, "1", "2", "10", "x"])), min_size=0, max_size=6))
def test_rows_of_several_keys_are_in_order_where_sorting_moves_none(rows: list[tuple[str | None, ...]]) -> None:
    table = edition().tables["assignments"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(table.sorted_by, pl.String), orient="row")
    places = ordered(frame.with_row_index("place"), table)["place"]
    moved = [i for i, place in enumerate(places) if i != place]
    assert moved_rows(frame, table).to_list() == moved
    parents = [[(cell is None, cell or "") for cell in row[:-1]] for row in rows]
    keys = [(*cells, row[-1] is None, natural(row[-1] or "")) for cells, row in zip(parents, rows, strict=True)]
    assert rising(frame, table) == all(above < below for above, below in pairwise(keys))


def test_the_items_of_the_small_package_are_those_that_its_rows_hang_on(small_package: Path) -> None:
    t = Tables.of(Folder(small_package))
    hanging = pl.concat(t[name].select(ITEM) for name in ("targets", "assignments", "non_targets"))
    assert set(hanging["item_id"]) <= set(t.placed["item_id"])

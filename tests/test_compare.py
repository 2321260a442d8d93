"""plandata compare: which indicators a word finds, the order of strictness, the required change, and the forms."""

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
from conftest import Bench
from rich.cells import cell_len
from typer.testing import CliRunner

import plandata
from plandata.cli import app
from plandata.cli.read import Form
from plandata.read.compare import (
    COLUMNS,
    MOST,
    change,
    change_words,
    comparable,
    compare,
    group_named,
    indicators_named,
    met_at_baseline,
    ranked,
    strictness,
)
from plandata.report.rows import FORMS, render
from plandata.words import Words

ROW = {
    "indicator_id": "x",
    "comparator": "ge",
    "value": 90.0,
    "unit_of_measure": "percent",
    "basis": "level",
    "scope_en": None,
    "better": "higher",
    "baseline_value": None,
    "baseline_year": None,
    "target_year": 2025,
}


@pytest.fixture(scope="module")
def package() -> plandata.Package:
    return plandata.open()


def run(*arguments: str) -> tuple[int, bytes, str]:
    result = CliRunner().invoke(app, ["compare", *arguments])
    return result.exit_code, result.stdout_bytes, result.stderr


def order(*changes: dict[str, object]) -> list[int]:
    """The places of rows, changed from ROW, when the strictest comes first."""
    rows = [ROW | changed for changed in changes]
    return sorted(range(len(rows)), key=lambda i: strictness(rows[i]))


@pytest.mark.parametrize(
    "name", ["maternal-mortality", "孕产妇死亡率", "Maternal mortality ratio", " MATERNAL-MORTALITY "]
)
def test_an_id_or_a_whole_name_finds_one_indicator(package: plandata.Package, name: str) -> None:
    assert indicators_named(package, name) == ["maternal-mortality"]


@pytest.mark.parametrize("word", ["myopia", "近视", "Myopia"])
def test_a_word_in_either_language_finds_all_that_hold_it(package: plandata.Package, word: str) -> None:
    assert {"child-myopia-rate", "child-new-myopia-rate"} <= set(indicators_named(package, word))


@pytest.mark.parametrize(
    ("word", "told"), [("率", "fits"), ("zzz", "Near: none"), ("", "Near"), ("motrality", "mortality")]
)
def test_no_and_too_many_indicators_are_refused(package: plandata.Package, word: str, told: str) -> None:
    with pytest.raises(plandata.PackageError, match=told):
        indicators_named(package, word)


@pytest.mark.parametrize("word", ["mortality", "儿童", "women"])
def test_a_word_finds_no_more_than_can_be_compared(package: plandata.Package, word: str) -> None:
    columns = package["indicators"].select("indicator_id", "name_zh", "name_en")
    fitting = columns.filter(pl.any_horizontal(pl.all().str.to_lowercase().str.contains(word)))[
        "indicator_id"
    ].to_list()
    if len(fitting) <= MOST:
        assert indicators_named(package, word) == fitting
    else:
        with pytest.raises(plandata.PackageError, match=f"fits {len(fitting)} indicators.*name one of them"):
            indicators_named(package, word)


def test_higher_is_stricter_where_higher_is_better() -> None:
    assert order({"value": 90.0}, {"value": 95.0}, {"value": 85.0}) == [1, 0, 2]


def test_lower_is_stricter_where_lower_is_better() -> None:
    le = {"better": "lower", "comparator": "le"}
    assert order(le | {"value": 12.0}, le | {"value": 7.0}, le | {"value": 8.5}) == [1, 2, 0]


def test_at_one_value_more_than_is_stricter_than_at_least_and_that_than_about() -> None:
    assert order({"comparator": "approx"}, {"comparator": "ge"}, {"comparator": "gt"}) == [2, 1, 0]
    assert order({"comparator": "le", "better": "lower"}, {"comparator": "lt", "better": "lower"}) == [1, 0]


def test_at_one_value_exactly_that_is_as_strict_as_at_least_that() -> None:
    assert order({"comparator": "ge"}, {"comparator": "eq"}) == [0, 1]
    assert order({"comparator": "eq"}, {"comparator": "ge"}) == [0, 1]
    rows = [ROW | {"comparator": comparator} for comparator in ("gt", "ge", "eq", "approx")]
    assert [row["rank"] for row in ranked(rows)] == [1, 2, 2, 4]


def test_a_larger_fall_is_stricter_also_where_lower_is_better() -> None:
    fall = {"better": "lower", "basis": "annual_decrease", "unit_of_measure": "percentage_point"}
    assert order(fall | {"value": 0.5}, fall | {"value": 1.0}) == [1, 0]


def test_what_cannot_be_compared_comes_after_and_without_a_number_last() -> None:
    wordless = {"value": None, "comparator": "increase"}
    assert order(wordless, {"comparator": "le"}, {"value": 1.0}) == [2, 1, 0]
    assert not comparable(ROW | wordless)
    assert not comparable(ROW | {"comparator": "le"})
    assert not comparable(ROW | {"better": "none"})


def test_ranks_count_within_one_basis_unit_and_scope() -> None:
    rows = [ROW | {"value": 95.0}, ROW | {"value": 95.0}, ROW | {"value": 90.0}, ROW | {"scope_en": "rural"}]
    assert [row["rank"] for row in ranked(rows)] == [1, 1, 3, None]


def test_every_comparison_is_sorted_by_strictness(package: plandata.Package) -> None:
    for name in package["targets"]["indicator_id"].unique().sort().to_list()[::15]:
        rows = compare(package, name).to_dicts()
        assert [strictness(row) for row in rows] == sorted(strictness(row) for row in rows)
        assert {row["indicator_id"] for row in rows} == {name}


def test_all_targets_of_an_indicator_are_compared(package: plandata.Package) -> None:
    found = compare(package, "maternal-mortality")
    expected = package["targets"].filter(pl.col("indicator_id") == "maternal-mortality")
    assert sorted(found["target_id"]) == sorted(expected["target_id"])
    assert found.columns == list(COLUMNS)
    assert found["place_id"].n_unique() == package["places"].height


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"baseline_value": 80.0, "baseline_year": 2020}, (10.0, 12.5, 2.0)),
        ({"baseline_value": 0.0, "baseline_year": 2020}, (90.0, None, 18.0)),
        ({"baseline_value": 90.0, "baseline_year": 2020}, (0.0, 0.0, 0.0)),
        ({"baseline_value": 80.0}, (10.0, 12.5, None)),
        ({"baseline_value": 80.0, "baseline_year": 2025}, (10.0, 12.5, None)),
        ({}, (None, None, None)),
        ({"baseline_value": 80.0, "value": None}, (None, None, None)),
        ({"baseline_value": 80.0, "basis": "annual_increase"}, (None, None, None)),
        ({"baseline_value": 99.6, "baseline_year": 2020, "value": 99.0}, (-0.6, -0.6, -0.12)),
    ],
)
def test_the_required_change(changes: dict[str, object], expected: tuple[float | None, ...]) -> None:
    assert tuple(change(ROW | changes).values()) == expected


@pytest.mark.parametrize(
    ("changes", "met"),
    [
        ({"baseline_value": 95.0}, True),
        ({"baseline_value": 85.0}, False),
        ({"baseline_value": 90.0}, True),
        ({"baseline_value": 90.0, "comparator": "gt"}, False),
        ({"baseline_value": 85.0, "better": "lower", "comparator": "le"}, True),
        ({"baseline_value": 85.0, "better": "none"}, False),
        ({"baseline_value": None}, False),
    ],
)
def test_met_at_the_baseline(changes: dict[str, object], met: bool) -> None:
    row = ROW | changes
    assert met_at_baseline(row | change(row)) is met


def test_the_change_in_words() -> None:
    row = ROW | {"baseline_value": 80.0, "baseline_year": 2020}
    assert change_words(row | change(row), Words({}, "en")) == "+10 (+12.5%)"
    zero = ROW | {"baseline_value": 0.0, "baseline_year": 2020}
    assert change_words(zero | change(zero), Words({}, "en")) == "+90"
    assert change_words(ROW | change(ROW), Words({}, "en")) == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_columns_of_the_text_align(package: plandata.Package, lang: str) -> None:
    lines = render(compare(package, "maternal-mortality"), "text", package.words(lang)).splitlines()[2:]
    ids = [line.split()[-1] for line in lines]
    assert len({cell_len(line) - cell_len(last) for line, last in zip(lines, ids, strict=True)}) == 1


def test_numbers_end_and_words_begin_below_their_heads(package: plandata.Package) -> None:
    frame = compare(package, "leadership-with-women-share")
    head, *lines = render(frame, "text", package.words("en")).splitlines()[2:]
    baseline, change = (head.index(title) + len(title) for title in ("baseline", "required change"))
    for line in lines:
        assert line[:4] == line[:4].strip().rjust(4)
        assert not line[head.index("place")].isspace()
        assert not line[head.index("id", change)].isspace()
        assert line[baseline - 1 : baseline + 1] in ("  ", "0 ")
        assert line[change - 1 : change + 1] in ("  ", "e ", ") ")
    assert {line[change - 1] for line in lines} >= {"e", ")"}
    assert {line[baseline - 1] for line in lines} == {" ", "0"}


def test_csv_and_json_hold_the_same_rows(package: plandata.Package) -> None:
    frame = compare(package, "myopia")
    code, out, _ = run("myopia", "--format", "json")
    assert code == 0
    assert json.loads(out) == frame.to_dicts()
    code, out, _ = run("近视", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out.decode("utf-8"))))
    assert code == 0
    assert [row["target_id"] for row in rows] == frame["target_id"].to_list()
    assert list(rows[0]) == list(COLUMNS)


def test_charts_are_drawn_without_addresses(package: plandata.Package, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    code, out, _ = run("maternal-mortality", "--format", "svg", "--lang", "zh")
    assert code == 0
    text = out.decode("utf-8")
    assert "孕产妇死亡率" in text
    assert "威宁彝族回族苗族自治县" in text
    assert {part.split('"')[0] for part in text.split("http")[1:]} <= {
        "://www.w3.org/2000/svg",
        "://www.w3.org/1999/xlink",
    }
    picture = tmp_path / "a.png"
    assert run("maternal-mortality", "--format", "png", "-o", str(picture))[0] == 0
    assert picture.read_bytes().startswith(b"\x89PNG\r\n")


def test_a_chart_has_a_sign_for_each_number_and_a_cross_for_each_baseline(package: plandata.Package) -> None:
    from plandata.charts.dots import comparison
    from plandata.charts.drawing import WIDE

    frame = compare(package, "kindergarten-enrolment")
    drawn = [mark for figure in comparison(frame, package.words("en")) for mark in figure.draw(WIDE).marks]
    numbers = frame.filter(pl.col("value").is_not_null())
    signs = [mark for mark in drawn if mark.tag in ("circle", "rect") or "l7 7" in mark.get("d", "")]
    assert len(signs) == numbers.height
    crosses = [mark for mark in drawn if mark.get("class") == "cross" and "stroke-width" in mark.attrib]
    assert len(crosses) == numbers.filter(pl.col("baseline_value").is_not_null(), pl.col("basis") == "level").height > 0


def test_an_indicator_without_numbers_cannot_be_drawn() -> None:
    code, out, err = run("child-new-myopia-rate", "--format", "svg")
    assert (code, out) == (2, b"")
    assert "no target of this indicator has a number" in err
    assert err.count("\n") == 1


def test_a_missing_library_is_told_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    assert run("maternal-mortality", "--format", "svg")[0] == 0
    code, _, err = run("maternal-mortality", "--format", "png")
    assert code == 2
    assert "plandata[charts]" in err


def test_an_unknown_format_and_an_unwritable_file_are_refused(tmp_path: Path) -> None:
    assert run("maternal-mortality", "--format", "pdf")[0] == 2
    (tmp_path / "file").write_text("")
    code, _, err = run("maternal-mortality", "-o", str(tmp_path / "file" / "x.txt"))
    assert code == 2
    assert err.count("\n") == 1


def test_the_command_offers_the_forms_of_the_library_and_two_pictures() -> None:
    assert [form.value for form in Form] == [*FORMS, "svg", "png"]


def test_csv_runs_in_no_spreadsheet(package: plandata.Package) -> None:
    run = {"place_en": "=HYPERLINK(1)", "place_zh": "＝1", "indicator_en": " @a", "indicator_zh": "'+1"}
    frame = compare(package, "maternal-mortality").with_columns(**{name: pl.lit(text) for name, text in run.items()})
    rows = list(csv.DictReader(io.StringIO(render(frame, "csv", package.words("en")))))
    for name, text in run.items():
        assert {row[name] for row in rows} == {f"'{text}"}
    assert any(row["change"].startswith("7") or row["change"].startswith("-") for row in rows if row["change"])


@pytest.mark.parametrize("name", ["in_difficulty", "困难人群", "People in difficulty", " IN_DIFFICULTY "])
def test_a_group_is_found_by_its_code_and_its_labels(package: plandata.Package, name: str) -> None:
    assert group_named(package, name) == "in_difficulty"
    assert package.compare(group=name).equals(package.compare(group="in_difficulty"))


@pytest.mark.parametrize(
    ("name", "near"),
    [("rurla", "Near: rural"), ("农村人", "Near: 农村"), ("orphan", "Near: orphans"), ("zzz", "rural, disabled")],
)
def test_an_unknown_group_is_refused_with_those_that_are_near_or_all(
    package: plandata.Package, name: str, near: str
) -> None:
    with pytest.raises(plandata.PackageError, match=f"no target group is named '{name}'.*{near}"):
        package.compare(group=name)


def test_a_group_alone_has_its_targets_of_all_indicators(package: plandata.Package) -> None:
    found, tables = package.compare(group="rural"), package["target_groups"]
    naming = tables.filter(pl.col("target_group") == "rural").select(pl.coalesce("goal_id", "measure_id")).to_series()
    assert found["indicator_id"].n_unique() > 1
    assert found["target_id"].is_unique().all()
    assert {target.rpartition(".")[0] for target in found["target_id"]} <= set(naming)
    for _, rows in found.group_by("indicator_id", maintain_order=True):
        keys = [strictness(row) for row in rows.to_dicts()]
        assert keys == sorted(keys)


def test_a_text_has_a_block_for_each_indicator_in_the_order_of_the_comparison(package: plandata.Package) -> None:
    found = package.compare(group="rural")
    blocks = render(found, "text", package.words("en")).split("\n\n")
    heads = [(head.split("  ")[-1], rows.count("\n")) for head, rows in zip(blocks[::2], blocks[1::2], strict=True)]
    counts = found.group_by("indicator_id", maintain_order=True).len().rows()
    assert [(name, lines) for name, lines in heads[:-1]] == counts[:-1]
    assert heads[-1] == (counts[-1][0], counts[-1][1] + 1)


def test_a_group_narrows_the_targets_of_an_indicator(package: plandata.Package) -> None:
    """Each remains that is about the group, and no other."""
    whole = package.compare("breast-screening-rate")
    rural = package.compare("breast-screening-rate", "rural")
    assert 0 < rural.height < whole.height
    about = set(package.compare(group="rural")["target_id"])
    assert rural["target_id"].to_list() == [target for target in whole["target_id"] if target in about]
    assert package.compare("maternal-mortality", "men").is_empty()
    assert package.compare("maternal-mortality", "men").columns == list(COLUMNS)


def test_ranks_count_only_the_targets_about_the_group(bench: Bench) -> None:
    """The small package has two targets of child mortality, of 4 and 3.5; both are about preschool children."""
    named = [{"goal_id": row["goal_id"]} for row in bench.rows("targets") if row["indicator_id"] == "under5-mortality"]
    rows = [row | {"measure_id": "", "target_group": "preschool", "name_text": "5岁以下儿童"} for row in named]
    bench.write("target_groups", rows)
    both = plandata.open(bench.root).compare("under5-mortality", "preschool")
    assert both.select("value", "rank").rows() == [(3.5, 1), (4.0, 2)]
    bench.write("target_groups", rows[:1])
    one = plandata.open(bench.root).compare("under5-mortality", "preschool")
    assert one.select("value", "rank").rows() == [(4.0 if "weining" in named[0]["goal_id"] else 3.5, None)]


def test_with_a_group_a_word_may_fit_any_number_of_indicators(package: plandata.Package) -> None:
    with pytest.raises(plandata.PackageError, match="fits"):
        package.compare("率")
    found = package.compare("率", "农村")
    assert not found.is_empty()
    assert set(found["indicator_zh"].str.contains("率")) == {True}
    assert set(found["target_id"]) <= set(package.compare(group="rural")["target_id"])
    with pytest.raises(plandata.PackageError, match="no indicator is named 'zzz'"):
        package.compare("zzz", "rural")


def test_an_indicator_or_a_group_must_be_named(package: plandata.Package) -> None:
    with pytest.raises(plandata.PackageError, match="name an indicator or a target group"):
        package.compare()
    code, out, err = run()
    assert (code, out) == (2, b"")
    assert "name an indicator or a target group" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("--group", "农村"), ("率", "--group", "rural people")])
def test_the_command_compares_the_targets_about_a_group(package: plandata.Package, arguments: tuple[str, ...]) -> None:
    code, out, _ = run(*arguments, "--format", "json")
    assert code == 0
    word = arguments[0] if len(arguments) == 3 else ""
    assert json.loads(out) == package.compare(word, "rural").to_dicts()


def test_the_command_refuses_an_unknown_group_in_one_line() -> None:
    code, out, err = run("maternal-mortality", "--group", "rurla")
    assert (code, out) == (2, b"")
    assert "no target group is named 'rurla'. Near: rural" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"baseline_value": None}, (None, None, None)),
        ({"value": None}, (None, None, None)),
        ({"basis": "annual_increase"}, (None, None, None)),
        ({}, (10.0, 12.5, 2.0)),
        ({"baseline_value": 100.0}, (-10.0, -10.0, -2.0)),
        ({"baseline_value": 0.0}, (90.0, None, 18.0)),
        ({"baseline_year": None}, (10.0, 12.5, None)),
        ({"target_year": None}, (10.0, 12.5, None)),
        ({"baseline_year": 2025}, (10.0, 12.5, None)),
        ({"baseline_year": 2024}, (10.0, 12.5, 10.0)),
        ({"value": 80.3, "baseline_value": 80.1, "baseline_year": 2022}, (0.2, 0.25, 0.0667)),
    ],
)
def test_a_change_is_told_where_both_ends_are_levels(cells: dict[str, object], told: tuple[float | None, ...]) -> None:
    made = change(ROW | {"baseline_value": 80.0, "baseline_year": 2020} | cells)
    assert tuple(made.values()) == told
    assert list(made) == ["change", "change_percent", "change_per_year"]


@pytest.mark.parametrize(
    ("better", "comparator", "moved", "met"),
    [
        ("higher", "ge", -1.0, True),
        ("higher", "ge", 0.0, True),
        ("higher", "gt", 0.0, False),
        ("higher", "ge", 1.0, False),
        ("lower", "le", 1.0, True),
        ("lower", "le", 0.0, True),
        ("lower", "lt", 0.0, False),
        ("lower", "le", -1.0, False),
        ("higher", "le", -1.0, False),
        ("none", "ge", -1.0, False),
        ("higher", "eq", 0.0, True),
        ("higher", "ge", None, False),
    ],
)
def test_what_the_baseline_fulfils_is_met(better: str, comparator: str, moved: float | None, met: bool) -> None:
    assert met_at_baseline(ROW | {"better": better, "comparator": comparator, "change": moved}) == met


@pytest.mark.parametrize(
    ("moved", "share", "told"),
    [
        (2.0, 12.5, "+2 (+12.5%)"),
        (2.0, None, "+2"),
        (0.5, 0.0, "+0.5 (+0%)"),
        (-1.0, -1.0, "met at baseline"),
        (None, None, ""),
    ],
)
def test_a_change_in_words(moved: float | None, share: float | None, told: str) -> None:
    assert change_words(ROW | {"change": moved, "change_percent": share}, Words({}, "en")) == told


@pytest.mark.parametrize(
    ("cells", "can"),
    [
        ({}, True),
        ({"comparator": "eq"}, True),
        ({"comparator": "le"}, False),
        ({"comparator": "lt", "better": "lower"}, True),
        ({"comparator": "gt", "better": "lower"}, False),
        ({"better": "none", "comparator": "eq"}, False),
        ({"value": None}, False),
        ({"value": 0.0}, True),
        ({"basis": "annual_decrease", "better": "lower"}, True),
        ({"basis": "annual_decrease", "better": "lower", "comparator": "le"}, False),
        ({"basis": "cumulative", "better": "lower"}, False),
    ],
)
def test_a_value_tells_how_strict_it_is_on_the_side_that_is_better(cells: dict[str, object], can: bool) -> None:
    assert comparable(ROW | cells) == can


def test_words_of_a_target_without_a_number_stand_in_their_order() -> None:
    rows = [{"value": None, "comparator": comparator} for comparator in ("increase", "ge", "universal", "eliminate")]
    assert order(*rows) == [1, 3, 2, 0]
    # Levels before changes, then by unit and by scope.
    rows = [{"basis": "annual_increase"}, {"basis": "odd"}, {"scope_en": "rural"}, {"unit_of_measure": "count"}, {}]
    assert order(*rows) == [3, 4, 2, 0, 1]


def test_equally_strict_targets_share_a_rank_and_one_alone_has_none() -> None:
    rows = [ROW | {"value": value} for value in (95.0, 90.0, 90.0, 85.0)] + [ROW | {"comparator": "le"}] * 2
    assert [row["rank"] for row in ranked(rows)] == [1, 2, 2, 4, None, None]
    others = [ROW, ROW | {"indicator_id": "y"}, ROW | {"unit_of_measure": None}]
    assert [row["rank"] for row in ranked(others)] == [None, None, None]
    assert next(iter(ranked([ROW]))).keys() >= set(COLUMNS)


def test_a_word_may_fit_as_many_indicators_as_can_be_compared(bench: Bench) -> None:
    rows = bench.rows("indicators")
    for count in (MOST, MOST + 1):
        bench.write("indicators", [rows[0] | {"indicator_id": f"odd-{n}", "name_en": "Odd"} for n in range(count)])
        known = plandata.open(bench.root)
        if count <= MOST:
            assert len(indicators_named(known, "odd-")) == count
        else:
            with pytest.raises(plandata.PackageError, match=rf"'odd-' fits {count} indicators, odd-0, .* …; name one"):
                indicators_named(known, "odd-")
        assert len(indicators_named(known, "odd-", None)) == count
        assert indicators_named(known, "ODD-1") == ["odd-1"]
        assert len(indicators_named(known, "odd", None)) == count


def test_of_targets_that_cannot_be_compared_those_with_a_number_come_first_then_benchmarks() -> None:
    benchmark, eliminated = {"value": None}, {"value": None, "comparator": "eliminate"}
    assert order(benchmark, {"comparator": "le"}) == [1, 0]
    assert order(eliminated, benchmark) == [1, 0]
    assert order({}, {"unit_of_measure": "count"}) == [1, 0]
    falling = [{"comparator": comparator, "better": "lower"} for comparator in ("eq", "le")]
    assert order(*falling) == order(*reversed(falling)) == [0, 1]

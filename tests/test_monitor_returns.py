"""What is told of the workbooks that came back: lines and their sums, copies, what is printed."""

import io
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from plandata.monitor.collect import Draft, ask_shares
from plandata.monitor.reporting import Series, reporting
from plandata.monitor.returns import Collected, Line, Results, Returned
from plandata.monitor.sheets import Grid, Reader
from plandata.package.folder import Folder
from plandata.schema import home
from plandata.tables import Tables
from plandata.text import Text

NAMES = {"health": Text("Health Bureau", "卫健局"), "women": Text("Women's federation", "妇联")}


def line(what: str, cell: str = "B2", **told: str) -> Line:
    why = (Text("so", "如此"), Text("and so", "这般"))
    return Line("a.xlsx", "表1", cell, "health", "x", what, why, **told)


def file(name: str, *rows: Line) -> Returned:
    return Returned(Path(name), Line(name, "", "", "", "", "read"), list(rows))


def collected(*files: Returned, missing: Sequence[Line] = ()) -> Collected:
    return Collected("weining", 2023, files, missing, NAMES, "observations")


# Lines and their sums


def test_a_line_tells_where_it_is_and_what_became_of_it() -> None:
    told = line("refused", before="约9", after="", at="C2")
    assert told.place() == "a.xlsx 表1 B2"
    assert line("refused", cell="").place() == "a.xlsx 表1"
    assert told.cells() == ["a.xlsx", "表1", "C2", "health", "x", "refused", "如此；这般", "so; and so", "约9", ""]
    assert line("taken").cells()[2] == "B2"
    assert Line("a", "", "", "", "", "taken").reason == Text("", "")


def test_the_line_of_a_file_sums_up_its_rows_and_the_lines_that_were_skipped() -> None:
    one = file("a.xlsx", line("taken"), line("taken"), line("refused"))
    one.skipped.update({"empty": 3, "total": 0, "remark": 1})
    one.settle()
    assert one.line.why == (
        Text("taken as it is: 2, refused: 1", "直接采用2，退回1"),
        Text("lines skipped: empty: 3, remarks: 1", "略过的行：空行3，注释1"),
    )
    bare = file("b.xlsx", line("taken"))
    bare.settle()
    assert bare.line.why == (Text("taken as it is: 1", "直接采用1"),)
    kept = file("c.xlsx")
    kept.line.what, kept.line.why = "refused", (Text("broken", "损坏"),)
    kept.settle()
    assert kept.line.why == (Text("broken", "损坏"),)


# Copies with notes


@pytest.mark.parametrize(
    ("names", "copies"),
    [
        (["a.xlsx", "b.xlsm"], ["a.xlsx", "b.xlsx"]),
        (["x/a.xlsx", "y/A.xlsx", "z/a.xlsx"], ["a.xlsx", "A (2).xlsx", "a (3).xlsx"]),
        (["a.xlsx", "a (2).xlsx", "y/a.xlsx"], ["a.xlsx", "a (2).xlsx", "a (2) (2).xlsx"]),
        (["a.csv", "b.xls", "c.ods"], []),
        (["~某.xlsx"], ["workbook.xlsx"]),
    ],
)
def test_each_workbook_with_something_to_mend_gets_a_copy_of_its_own(names: list[str], copies: list[str]) -> None:
    results = Results(collected(*(file(name, line("refused")) for name in names)), Reader(), "zh")
    assert list(results.copies) == [f"annotated/{copy}" for copy in copies]
    assert list(results) == [*results.copies, "observations.csv", "returns.csv"]
    assert len(results) == len(copies) + 2


@pytest.mark.parametrize(
    ("what", "noted"),
    [("taken", False), ("skipped", False), ("changed", True), ("not_reported", True), ("refused", True)],
)
def test_a_note_stands_on_what_was_changed_refused_or_left_empty(what: str, noted: bool) -> None:
    one = file("a.XLSX", line(what, at="C2"))
    assert one.to_annotate is noted
    assert list(one.notes("zh")) == (["表1"] if noted else [])
    if noted:
        (cell,) = one.notes("zh")["表1"].items()
        assert (cell[0], cell[1][0], cell[1][1].endswith("】如此；这般")) == ("C2", what, True)


# What is printed


@pytest.mark.parametrize(("refused", "more"), [(30, False), (31, True)])
def test_the_first_thirty_problems_are_printed(refused: int, more: bool) -> None:
    found = collected(file("a.xlsx", line("taken"), *[line("refused")] * refused))
    head, taken, number, *problems = found.summary("en")
    assert (head, taken.split(), number.split()) == (
        f"1 files, {refused + 1} rows read",
        ["1", "taken", "as", "it", "is"],
        [str(refused), "refused"],
    )
    assert problems[:30] == ["a.xlsx 表1 B2 (Health Bureau): so; and so"] * 30
    assert problems[30:] == (["… and 1 more in returns.csv"] if more else [])


def test_bodies_that_sent_nothing_are_counted_and_named() -> None:
    gone = [Line("", "", "", body, "", "not_returned") for body in ("health", "women")]
    assert list(collected(missing=gone).summary("zh"))[-1] == "2个单位尚未报送：卫健局、妇联"
    assert list(collected().summary("zh")) == ["共 0 个文件，读取 0 行"]


@pytest.mark.parametrize(
    ("what", "clean"),
    [("taken", True), ("changed", True), ("skipped", True), ("refused", False), ("not_reported", False)],
)
def test_all_is_clean_where_nothing_was_refused_and_nothing_is_missing(what: str, clean: bool) -> None:
    found = collected(file("a.xlsx", line(what)))
    assert found.clean is clean
    assert not replace(found, missing=[Line("", "", "", "health", "", "not_returned")]).clean
    assert found.values == (what in ("taken", "changed"))


def test_the_cells_of_a_line_are_cut_and_name_no_person() -> None:
    long = line("taken", before="甲" * 401, after="13800138000")
    before, after = long.cells()[-2:]
    assert before.startswith("甲" * 400 + "…")
    assert "13800138000" not in after
    assert line("taken", before="甲" * 400).cells()[-2] == "甲" * 400


def test_the_files_to_write_are_made_when_asked_for_and_no_others() -> None:
    results = Results(collected(file("a.csv", line("taken"))), Reader(), "zh")
    assert results["observations.csv"] == b"observations"
    head, of_file, of_row = results["returns.csv"].decode().splitlines()
    assert (head.split(",")[0], of_file.split(",")[0], of_row.split(",")[:3]) == (
        "file",
        "a.csv",
        ["a.xlsx", "表1", "B2"],
    )
    with pytest.raises(KeyError):
        results["annotated/a.xlsx"]


def test_a_workbook_that_cannot_be_copied_gets_its_notes_in_a_list(tmp_path: Path) -> None:
    one = file(str(tmp_path / "gone.xlsx"), line("refused", at="C2"), line("taken"))
    results = Results(collected(one), Reader(), "zh")
    with results.reader:
        book = openpyxl.load_workbook(io.BytesIO(results["annotated/gone.xlsx"]))
    assert list(book.active.iter_rows(values_only=True)) == [
        ("工作表", "单元格", "需修改事项"),
        ("表1", "C2", "【退回】如此；这般"),
    ]
    assert one.line.reason.zh == "原工作簿无法改写，批注另列成表"


@pytest.mark.parametrize(
    ("row", "column", "own", "shown"),
    [
        (0, 0, "a", "a"),
        (0, 1, None, "a"),
        (1, 0, "", "a"),
        (1, 1, "b", "b"),
        (0, 2, None, None),
        (1, 2, None, None),
        (2, 0, None, None),
        (3, 3, None, None),
    ],
)
def test_a_cell_outside_a_grid_is_empty_and_an_empty_one_under_a_merged_one_says_what_that_says(
    row: int, column: int, own: str | None, shown: str | None
) -> None:
    merged = {(0, 1): (0, 0), (1, 0): (0, 0), (1, 1): (0, 0)}
    grid = Grid("", [["a", None], ["", "b"]], merged=merged)
    assert (grid.cell(row, column), grid.spread(row, column)) == (own, shown)
    assert not grid.hidden
    assert not grid.formatted


# Shares without a percent sign


@pytest.fixture(scope="module")
def share() -> Series:
    """A series in percent with one target."""
    forms = reporting(Tables.of(Folder(home())), "weining", 2023).forms
    found = (one for form in forms for one in form.own if one.unit == "percent" and len(one.aims) == 1)
    return next(found)


def with_target(series: Series, value: str | None) -> Series:
    (aim,) = series.aims
    return replace(series, aims=(replace(aim, target=replace(aim.target, value=value and Fraction(value))),))


@pytest.mark.parametrize(
    ("values", "target", "formatted", "refused"),
    [
        (["0.9"], "95", True, [True]),
        (["0.9", "1.5"], "95", True, [True, True]),
        (["0.9", "1.51"], "95", True, [False, False]),
        (["0.9"], "1.5", True, [False]),
        (["0.9"], "1.6", True, [True]),
        (["0.9"], None, True, [False]),
        (["0.9", "95"], "95", False, [True, False]),
        (["0.9", "95"], "20", False, [True, False]),
        (["1.5", "95"], "20", False, [True, False]),
        (["0.9", "95"], "19", False, [False, False]),
        (["0", "0.9"], "95", True, [False, True]),
        (["-0.9"], "95", False, [False]),
    ],
)
def test_a_bare_number_that_may_be_a_share_is_asked_about(
    share: Series, values: list[str], target: str | None, formatted: bool, refused: list[bool]
) -> None:
    series = (with_target(share, target),)
    drafts = [Draft(line("taken"), series, value, "percent", False, formatted) for value in map(Decimal, values)]
    ask_shares(drafts)
    assert [draft.line.what == "refused" for draft in drafts] == refused
    if refused[0] and values == ["0.9"]:
        assert "是否指90%" in drafts[0].line.reason.zh

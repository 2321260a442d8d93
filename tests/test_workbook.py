"""The one look of workbooks for people: what a cell and a sheet's name hold, how high, wide and printed sheets are."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from plandata.report.workbook import (
    CELL_LENGTH,
    HIGHEST,
    TO_FILL,
    Book,
    Column,
    Sheet,
    clean,
    cut,
    fitted,
    lines,
    sheet_name,
)

COLUMNS = (
    Column("id", "Id", hidden=True),
    Column("name", "Name", width=10),
    Column("value", "Value", look="fill_number", to_fill=True),
    Column("note", "Note", printed=False),
)


def page(write: Callable[[Sheet], object], columns: tuple[Column, ...] = COLUMNS, dense: bool = False) -> Any:
    """A sheet that was written, as it is read again."""
    book = Book("Title", datetime(2022, 1, 2), "en", dense=dense)
    write(book.sheet("Rows", columns, frozen=2))
    return openpyxl.load_workbook(io.BytesIO(book.content()))["Rows"]


@pytest.mark.parametrize(
    ("name", "taken", "legal"),
    [
        ("a" * 31, (), "a" * 31),
        ("a" * 32, (), "a" * 31),
        ("a" * 31, {"a" * 31}, "a" * 27 + " (2)"),
        ("A", {"a", "a (2)"}, "A (3)"),
        ("A", {"a", "a (2)", "a (3)"}, "A (4)"),
        ("'a'", (), "a"),
        ("History", (), "History x"),
        ("[]:*?/\\", (), "x"),
        ("很" * 40, (), "很" * 31),
        ("𠀀" * 16, (), "𠀀" * 15),
        ("a" * 30 + " b", (), "a" * 30),
        ("a" * 30 + "'b", (), "a" * 30),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes_and_no_other_sheet_has(name: str, taken: set[str], legal: str) -> None:
    assert sheet_name(name, taken, "x") == legal
    assert len(legal.encode("utf-16-le")) // 2 <= 31


def test_a_text_is_cut_in_the_units_in_which_excel_counts() -> None:
    assert [cut("a𠀀b", most) for most in (1, 2, 3, 4)] == ["a", "a", "a𠀀", "a𠀀b"]


def test_a_cell_is_cut_where_excel_would_not_take_it() -> None:
    assert clean("a" * CELL_LENGTH) == "a" * CELL_LENGTH
    assert clean("a" * (CELL_LENGTH + 1)) == "a" * CELL_LENGTH
    assert len(clean("\x01" * CELL_LENGTH)) == CELL_LENGTH


@pytest.mark.parametrize(
    ("text", "width", "count"),
    [
        ("很" * 5, 11, 1),
        ("很" * 5, 10, 2),
        ("a" * 11, 10, 1),
        ("a" * 12, 10, 2),
        ("a\n\nb", 10, 3),
        ("aa", 0, 1),
        ("aaa", 0, 2),
    ],
)
def test_latin_letters_need_less_room_than_chinese_signs_and_every_line_counts(
    text: str, width: float, count: int
) -> None:
    assert lines(text, width) == count


WIDE = Column("a", "Head", width=40)


@pytest.mark.parametrize(
    ("columns", "keep", "across", "widths"),
    [
        ([WIDE], (), 0, [40]),
        ([WIDE, Column("b", "B", width=20)], (), 0, [36, 24]),
        ([WIDE, Column("b", "B", width=20)], ("b",), 0, [14, 46]),
        ([WIDE, Column("b", "B", width=20)], (), 10, [6, 4]),
        ([WIDE, Column("b", "B", width=20)], (), 100, [60, 40]),
        ([Column("a", "Head", width=400), Column("b", "B", width=200)], (), 0, [90, 60]),
        ([WIDE, Column("note", "Note", width=7, printed=False)], (), 0, [40, 7]),
        ([Column("note", "Note", width=7, printed=False)], (), 0, [7]),
    ],
)
def test_columns_share_the_width_of_the_page_by_what_their_texts_need(
    columns: list[Column], keep: tuple[str, ...], across: int, widths: list[int]
) -> None:
    rows = [{"a": "aaaa", "b": "bb"}, {"a": None, "b": "b\nb"}]
    assert [column.width for column in fitted(columns, rows, keep, across)] == widths


def test_cells_hold_texts_as_texts_numbers_as_numbers_and_dates_as_dates() -> None:
    def write(sheet: Sheet) -> None:
        for value in ("=1+1", 0, 1.5, date(2022, 1, 2), "", None):
            sheet.row({"name": value})

    cells = [page(write).cell(row, 2) for row in range(1, 7)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=1+1", "s"),
        (0, "n"),
        (1.5, "n"),
        (44563, "n"),
        (None, "n"),
        (None, "n"),
    ]


def test_rows_are_as_high_as_their_longest_cell_in_print_up_to_a_bound() -> None:
    texts = ({"name": "a"}, {"name": "\n" * 4}, {"name": "\n" * 100}, {"id": "\n" * 9}, {"note": "\n" * 9})

    def write(sheet: Sheet) -> None:
        assert [sheet.row(cells) for cells in texts] == [0, 1, 2, 3, 4]
        assert sheet.row({}, least=50) == 5

    rows = page(write).row_dimensions
    heights = [rows[number].height for number in range(1, 7)]
    assert heights == pytest.approx([22, 75, HIGHEST, 22, 22, 50], abs=0.5)


def test_a_dense_sheet_has_lower_lines_that_take_more_letters() -> None:
    def write(sheet: Sheet) -> None:
        sheet.row({"name": "a" * 24})
        sheet.row({"name": "\n\n"})

    rows = [page(write, dense=dense).row_dimensions for dense in (False, True)]
    (letters, three), (dense_letters, dense_three) = [[own[number].height for number in (1, 2)] for own in rows]
    assert dense_letters < dense_three < letters == three


def test_what_is_written_across_is_one_cell_over_the_columns_in_sight() -> None:
    def write(sheet: Sheet) -> None:
        sheet.title("A title")
        sheet.band("A band")
        sheet.line("A line")

    sheet = page(write)
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["B1:D1", "B2:D2", "B3:D3"]
    assert [sheet.cell(row, 2).value for row in (1, 2, 3)] == ["A title", "A band", "A line"]
    single = page(write, COLUMNS[:2])
    assert [str(cell) for cell in single.merged_cells.ranges] == []
    assert single["B1"].value == "A title"


@pytest.mark.parametrize("write", [Sheet.title, Sheet.line, Sheet.band])
def test_what_goes_over_several_lines_has_the_height_of_them(write: Callable[[Sheet, str], None]) -> None:
    rows = page(lambda sheet: [write(sheet, "a " * n) for n in (5, 30, 60, 2000)]).row_dimensions
    heights = [rows[number].height for number in (1, 2, 3, 4)]
    assert heights[0] < heights[1] < heights[2] < heights[3] == pytest.approx(HIGHEST, abs=0.5)


def test_a_header_of_several_lines_is_higher() -> None:
    one, three = (
        page(Sheet.head, (Column("a", title),)).row_dimensions[1].height for title in ("Head", "Head\nand\nmore")
    )
    assert 0 < one < three


def test_a_row_without_cells_has_the_height_of_a_line_even_where_less_would_do() -> None:
    rows = page(lambda sheet: (sheet.row({}, least=1), sheet.row({"name": "a"}, least=1))).row_dimensions
    assert rows[1].height == rows[2].height > 10


@pytest.mark.parametrize(
    ("look", "locked"),
    [
        *(("text", True), ("number", True), ("date", True), ("grey", True)),
        *(("fill", False), ("fill_text", False), ("fill_number", False), ("sign", False)),
    ],
)
def test_only_cells_to_fill_are_open_in_a_protected_sheet(look: str, locked: bool) -> None:
    sheet = page(lambda sheet: (sheet.row({}, {"name": look}), sheet.protect()))
    assert sheet["B1"].protection.locked == locked
    allowed = ("selectLockedCells", "selectUnlockedCells", "formatColumns", "formatRows", "formatCells")
    assert [getattr(sheet.protection, name) for name in allowed] == [False, False, False, False, True]


def test_the_header_stays_in_sight_and_a_table_is_filtered_and_printed_without_what_is_not_for_print() -> None:
    def write(sheet: Sheet) -> None:
        sheet.title("A title")
        sheet.head()
        for name in ("one", "two"):
            sheet.row({"name": name})
        sheet.close("From A & B")

    sheet = page(write)
    assert [cell.value for cell in sheet[2]] == ["Id", "Name", "Value", "Note"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("C3", "$2:$2", "A2:D4")
    assert sheet.print_area == "'Rows'!$A$1:$C$4"
    assert sheet.oddHeader.left.text == "From A && B"
    assert [sheet.column_dimensions[letter].hidden for letter in "ABCD"] == [True, False, False, False]
    fills = [sheet.cell(2, place).fill.fgColor.rgb.endswith(TO_FILL[1:]) for place in (2, 3)]
    assert fills == [False, True]


def test_a_table_without_rows_is_filtered_and_printed_as_its_header() -> None:
    sheet = page(lambda sheet: (sheet.head(), sheet.close("Nothing")))
    assert (sheet.auto_filter.ref, sheet.print_area) == ("A1:D1", "'Rows'!$A$1:$C$1")


def test_prompts_stand_side_by_side_below_the_rows_and_the_cells_behind_them_are_open() -> None:
    def write(sheet: Sheet) -> None:
        assert sheet.row({"name": "one"}) == 0
        sheet.signs(["Filled by", "Date"])
        assert sheet.row({"name": "two"}) == 3

    sheet = page(write, tuple(Column(key, key) for key in "abcd"))
    assert [cell.value for cell in sheet[3]] == ["Filled by", None, "Date", None]
    assert [cell.protection.locked for cell in sheet[3]] == [False] * 4


def test_a_protected_sheet_takes_in_each_cell_what_its_rule_allows_and_marks_what_is_wrong() -> None:
    rule = {"validate": "integer", "criteria": ">=", "value": 0}

    def write(sheet: Sheet) -> None:
        sheet.head()
        row = sheet.row({"name": "one", "value": 7})
        sheet.check(row, "value", rule)
        sheet.mark(row, "value", f"={sheet.cell(row, 'value')}>9")
        sheet.protect()
        with pytest.raises(StopIteration):
            sheet.place("nosuch")

    sheet = page(write)
    (checked,) = sheet.data_validations.dataValidation
    (marked,) = sheet.conditional_formatting
    assert (str(checked.sqref), checked.type, str(marked.sqref)) == ("C2", "whole", "C2")
    assert [own.formula for own in marked.rules] == [["$C$2>9"]]
    assert (sheet["B2"].protection.locked, sheet["C2"].protection.locked) == (True, False)
    assert (sheet.protection.sheet, sheet.protection.password, sheet.protection.formatColumns) == (True, None, False)


def test_sheets_of_one_name_get_names_of_their_own_and_a_long_title_is_cut() -> None:
    book = Book("t" * 300, datetime(2022, 1, 2), "zh")
    for name in ("Rows", "rows", "?"):
        book.sheet(name, COLUMNS).head()
    read = openpyxl.load_workbook(io.BytesIO(book.content()))
    assert read.sheetnames == ["Rows", "rows (2)", "表"]
    assert (read.properties.title, read.properties.created) == ("t" * 255, datetime(2022, 1, 2))

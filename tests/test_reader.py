"""Whatever text the cells hold, a table that is written is read back with the same cells and the right lines."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plandata.package.canonical import table_csv
from plandata.package.reader import (
    BOM,
    ROW,
    Sheet,
    has_stray_quote,
    needed_quotes,
    numbered_rows,
    quotes_are_closed,
    read_regular,
    read_sheet,
    row_has_every_cell,
    typed,
)
from plandata.schema import Field, Table, edition
from plandata.text import Text

TABLE = edition().tables["assignments"]
# Carriage returns and NUL are findings of their own, and are mended while the file is read.
CELL = st.none() | st.text(
    st.sampled_from("a,\"\n' 中=；é\t") | st.characters(exclude_characters="\r\0", codec="utf-8"), min_size=1
)
ROWS = st.lists(st.tuples(*[CELL] * len(TABLE.columns)), min_size=1, max_size=8)
PLAIN = "\n".join([",".join(TABLE.columns), "a,,u1,lead,1,", "a,,u2,responsible,2,妇联"]) + "\n"


def read(content: bytes) -> Sheet:
    return read_sheet(content, "table.csv", TABLE)


@settings(deadline=None)
@given(ROWS)
def test_what_is_written_is_read_back(rows: list[tuple[str | None, ...]]) -> None:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(TABLE.columns, pl.String), orient="row")
    sheet = read(table_csv(frame))
    assert sheet.findings == []
    assert sheet.frame.drop(ROW).rows() == rows
    lines, line = [], 2
    for row in rows:
        lines.append(line)
        line += 1 + sum((cell or "").count("\n") for cell in row)
    assert [sheet.line(row) for row in range(len(rows))] == lines


@settings(deadline=None)
@given(ROWS)
def test_the_fast_way_and_the_careful_way_agree(rows: list[tuple[str | None, ...]]) -> None:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(TABLE.columns, pl.String), orient="row")
    fast = read_regular(table_csv(frame), TABLE.columns)
    if fast is None:
        assert any("\n" in (cell or "") for row in rows for cell in row) or '"' in table_csv(frame).decode()
    else:
        assert fast.rows() == rows


def test_a_plain_file_goes_the_fast_way() -> None:
    quoted = PLAIN.replace("妇联", '"妇联, ""工会"""')
    for content in (PLAIN, quoted, quoted.replace('""', "")):
        assert read_regular(content.encode("utf-8"), TABLE.columns) is not None


# Each leaves as many bytes, commas, lines or quotes as there should be, or nearly.
DAMAGE: dict[str, Callable[[str], str]] = {
    "a comma moved to another row": lambda text: text.replace("1,\n", "1\n").replace("2,妇联", "2,,妇联"),
    "a row cut off": lambda text: text.replace("a,,u1,lead,1,", "a,,u1,lead"),
    "a row too long": lambda text: text.replace("妇联", "妇联,x"),
    "a blank line": lambda text: text.replace("\na,,u2", "\n\na,,u2"),
    "a stray quote": lambda text: text.replace("妇联", '妇"联'),
    "a quote that never closes": lambda text: text.replace("a,,u1", '"a,,u1'),
    "text after a quoted cell": lambda text: text.replace("妇联", '"妇"联'),
    "a stray pair and needless quotes": lambda text: text.replace("妇联", '妇"工"联').replace("u1,lead", '"u1","lead"'),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_polars_would_guess_at_is_a_finding(damage: str) -> None:
    sheet = read(DAMAGE[damage](PLAIN).encode("utf-8"))
    assert sheet.findings != []
    assert {finding.rule for finding in sheet.findings} <= {row_has_every_cell.id, quotes_are_closed.id}


def test_needless_quotes_and_empty_quotes_say_nothing() -> None:
    sheet = read(PLAIN.replace("a,,u1", '"a","",u1').encode("utf-8"))
    assert sheet.findings == []
    assert sheet.frame.row(0)[1:4] == ("a", None, "u1")


def columns(*named: str, optional: str = "") -> Table:
    """A table of texts."""
    fields = tuple(Field(name, "string", Text("", ""), Text("", ""), optional=name == optional) for name in named)
    return Table("t", Text("", ""), Text("", ""), fields)


AB = columns("a", "b")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a,b\n1,2\n", []),
        (b"", [("file_is_not_empty", 0, "")]),
        (b" \n\n", [("file_is_not_empty", 0, "")]),
        (b"a,b\n", [("table_has_rows", 1, "")]),
        (b"a,b", [("file_ends_with_a_line_end", 1, ""), ("table_has_rows", 1, "")]),
        (b"a,b\n1,2", [("file_ends_with_a_line_end", 2, "")]),
        (BOM + b"a,b\n1,2\n", [("file_has_no_byte_order_mark", 1, "")]),
        (b"a,b\n1,2\n3,\0\0\n", [("file_has_no_nul", 3, "2 x NUL")]),
        (b"a,b\n1,2\r\n3,4\r\n", [("line_ends_are_lf", 2, "2 x CR")]),
        (b"a,b\n1,2\n\xff,4\n", [("file_is_plain_utf8", 3, "unknown?")]),
        ("a,b\n1,2\n3,规划\n".encode("gbk"), [("file_is_plain_utf8", 3, "GBK?")]),
        ("a,b\n1,2\n".encode("utf-16"), [("file_is_plain_utf8", 1, "UTF-16")]),
        (b"a\n1\n", [("column_is_present", 1, "")]),
        (b"a,b,c\n1,2,3\n", [("column_is_known", 1, "")]),
        (b"a,b,b\n1,2,3\n", [("column_stands_once", 1, "2 x")]),
        (b"b,a\n1,2\n", [("columns_are_in_order", 1, "a,b")]),
        (b"a,b\n1\n1,2\n1,2,3\n", [("row_has_every_cell", 2, "1 != 2"), ("row_has_every_cell", 4, "3 != 2")]),
        (b'a,b\n"1\n2",3\n4\n', [("row_has_every_cell", 4, "1 != 2")]),
        (b'a,b\n1"x,3\n4,5\n', [("quotes_are_closed", 2, "a quote inside a cell without quotes")]),
        (b'a,b\n1,2\n"3,4\n5,6\n', [("quotes_are_closed", 3, "unexpected end of data")]),
    ],
)
def test_what_is_wrong_with_the_form_of_a_file_is_told_with_its_line(
    content: bytes, told: list[tuple[str, int, str]]
) -> None:
    sheet = read_sheet(content, "t.csv", AB)
    assert [(finding.rule, finding.line, finding.detail) for finding in sheet.findings] == told
    assert sheet.size == len(content)


@pytest.mark.parametrize(
    ("content", "rows", "lines"),
    [
        (b"a,b\n1,2\n3,\n", [("1", "2"), ("3", None)], [2, 3]),
        (b"a,b\r1,2\r\n3,4\n", [("1", "2"), ("3", "4")], [2, 3]),
        (b"a,b\n1\n1,2,3\n", [("1", None), ("1", "2")], [2, 3]),
        (b'a,b\n"1\n\n2",3\n4,5\n', [("1\n\n2", "3"), ("4", "5")], [2, 5]),
        (b'a,b\n"1,2\n3,4\n', [("1,2", None), ("3", "4")], [2, 3]),
        (b'a,b\n1,"x""y"\n', [("1", 'x"y')], [2]),
    ],
)
def test_rows_are_cut_or_filled_and_keep_their_lines(
    content: bytes, rows: list[tuple[str | None, ...]], lines: list[int]
) -> None:
    sheet = read_sheet(content, "t.csv", AB)
    assert sheet.usable
    assert sheet.frame.drop(ROW).rows() == rows
    assert sheet.frame[ROW].to_list() == list(range(len(rows)))
    assert [sheet.line(row) for row in range(len(rows))] == lines


def test_an_optional_column_that_a_file_leaves_out_is_empty() -> None:
    table = columns("a", "b", "c", optional="b")
    for content in (b"a,c\n1,2\n", BOM + b"a,c\r\n1,2\r\n"):
        sheet = read_sheet(content, "t.csv", table)
        assert (sheet.usable, sheet.frame.columns, sheet.frame.row(0)) == (
            True,
            [ROW, "a", "b", "c"],
            (0, "1", None, "2"),
        )
    assert read_sheet(b"a,b,c\n1,x,2\n", "t.csv", table).frame.row(0) == (0, "1", "x", "2")
    assert not read_sheet(b"a,b\n1,x\n", "t.csv", table).usable


@pytest.mark.parametrize(
    ("content", "spent"),
    [
        (b"a,b\n", 0),
        (b'a,b\n"1,5",2\n', 2),
        (b'a,b\n"1,5","2,5"\n', 4),
        (b'a,b\n"5""",2\n', 3),
        (b'a,b\n"""5""",2\n', 4),
        (b'a,b\n"1",2\n', None),
        (b'a,b\n1"5,2\n', None),
        (b'a,b\n"1,\n5",2\n', None),
        (b'a,b\n"1,5",2"\n', None),
    ],
)
def test_quotes_are_counted_where_they_are_needed(content: bytes, spent: int | None) -> None:
    assert needed_quotes(content) == spent


@pytest.mark.parametrize(
    ("row", "stray"),
    [
        ("a,b\n", False),
        ('"a","b"\n', False),
        ('"a""b",c\n', False),
        ('"a"b,c\n', True),
        ('a"b",c\n', True),
        ('a,"b\n', True),
        ('a""b\n', True),
        ('"",c\n', False),
    ],
)
def test_a_quote_opens_or_closes_a_cell_or_is_stray(row: str, stray: bool) -> None:
    assert has_stray_quote(row) == stray


def test_reading_goes_on_behind_a_broken_row() -> None:
    told = list(numbered_rows('a,b\n"1,2\n"3\n4",5\n6,"7\n8,9\n'))
    rows = [(line, cells) for line, cells, broken in told if not broken]
    assert rows == [(1, ["a", "b"]), (3, ["3\n4", "5"]), (6, ["8", "9"])]
    assert [line for line, _, broken in told if broken] == [2, 5]


@pytest.mark.parametrize(
    ("kind", "cells", "values"),
    [
        ("integer", ["7", "x", None, "1.5"], [7, None, None, None]),
        ("number", ["7", "1.5", "inf", "nan", None], [7.0, 1.5, None, None, None]),
        ("boolean", ["true", "false", None], [True, False, None]),
        ("date", ["2021-02-03", "2021-02-30", None], [date(2021, 2, 3), None, None]),
        ("string", ["7", None], ["7", None]),
    ],
)
def test_a_cell_is_of_its_type_or_null(kind: str, cells: list[str | None], values: list[object]) -> None:
    table = Table("t", Text("", ""), Text("", ""), (Field("a", kind, Text("", ""), Text("", "")),))
    assert typed(pl.DataFrame({"a": cells, "b": cells}), table).to_dict(as_series=False) == {"a": values, "b": cells}

"""Whatever text the cells hold, a table that is written is read back with the same cells and the right lines."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plandata.package.canonical import table_csv
from plandata.package.reader import ROW, Sheet, quotes_are_closed, read_regular, read_sheet, row_has_every_cell
from plandata.schema import edition

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

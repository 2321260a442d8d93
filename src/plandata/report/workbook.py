"""The one look of workbooks for people: title, header, cells to fill and cells that are given, ready to print.

A sheet has a few columns that a Column describes, title rows above its one header row, and rows of cells below. All
texts are written as texts, never as formulas or links. Protection has no password: it keeps ids and formats whole, and
whoever must change them can lift it.
"""

import io
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from rich.cells import cell_len

from plandata.files import need
from plandata.text import Text, harmless

A4 = 9
# No text is a formula, a link or a number.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# What Excel takes of a sheet's name and of a cell, of a row's height in points and of its own reserved name.
NAME_LENGTH, CELL_LENGTH, HIGHEST, RESERVED = 31, 32_000, 400, "history"
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")
# The width of a printed page in Latin characters at nine tenths of their size.
ACROSS = 150
# A line of cells in points; what one row has at least.
LINE, LOWEST = 14.0, 22.0
# The size of letters and what a row has beside its lines, in points; in a dense workbook, of hundreds of rows to read.
OPEN, DENSE = (10, 5.0), (9, 1.5)
# By name, as official documents are set; a machine that does not have them takes its own.
BODY, TITLE = Text("Times New Roman", "宋体"), Text("Times New Roman", "方正小标宋简体")
PAGES = Text("&10Page &P of &N", '&"宋体"&10第 &P 页 共 &N 页')
SHEET = Text("Sheet", "表")
PALE, YELLOW, GREY, DARK, LINES = "#E8EEF4", "#FFFBE0", "#EDEDED", "#595959", "#8C8C8C"
TO_FILL = "#FFE699"
THIN: Mapping[str, Any] = {"border": 1, "border_color": LINES, "text_wrap": True, "valign": "vcenter"}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_size": 18, "align": "center", "valign": "vcenter", "text_wrap": True},
    "line": {"font_size": 10.5, "align": "left", "valign": "vcenter", "text_wrap": True},
    "sign": {"font_size": 11, "valign": "bottom", "locked": False},
    "head": {**THIN, "bold": True, "align": "center", "bg_color": PALE},
    "head_fill": {**THIN, "bold": True, "align": "center", "bg_color": TO_FILL},
    "band": {**THIN, "bold": True, "align": "left", "bg_color": PALE},
    "text": {**THIN, "align": "left"},
    "middle": {**THIN, "align": "center"},
    "number": {**THIN, "align": "right"},
    "date": {**THIN, "align": "center", "num_format": "yyyy-mm-dd"},
    "fill": {**THIN, "align": "left", "bg_color": YELLOW, "locked": False},
    "fill_text": {**THIN, "align": "center", "bg_color": YELLOW, "locked": False, "num_format": "@"},
    "fill_number": {**THIN, "align": "right", "bg_color": YELLOW, "locked": False, "num_format": "General"},
    "grey": {**THIN, "align": "left", "bg_color": GREY, "font_color": DARK},
    "grey_middle": {**THIN, "align": "center", "bg_color": GREY, "font_color": DARK},
    "wrong": {"bg_color": "#F8CBAD", "font_color": "#9C0006"},
}
# What may be done with a protected sheet: look, select, make columns and rows wider.
ALLOWED = {"select_locked_cells": True, "select_unlocked_cells": True, "format_columns": True, "format_rows": True}
Cell = str | int | float | date | None


@dataclass(frozen=True)
class Column:
    """A column: its key among the cells of a row, its title, its width in Latin characters, the look of its cells.

    A hidden one is there for machines; one to fill has a header that stands out. The columns that are not printed stand
    to the right of those that are.
    """

    key: str
    title: str
    width: int = 12
    look: str = "text"
    hidden: bool = False
    to_fill: bool = False
    printed: bool = True


class Book:
    """A workbook in one language, dated by its data, so that the same data makes the same bytes.

    Raises PackageError that names the extra where xlsxwriter is not installed.
    """

    def __init__(self, title: str, dated: datetime, lang: str, extra: str = "office", dense: bool = False) -> None:
        self.lang = lang
        self.size, self.pad = DENSE if dense else OPEN
        self.stream = io.BytesIO()
        self.book = need("xlsxwriter", extra).Workbook(self.stream, OPTIONS)
        self.book.set_properties({"title": clean(title)[:255], "created": dated})
        self.book.set_size(2400, 1500)
        self.formats: dict[str, Any] = {}
        self.names: set[str] = set()

    def look(self, name: str) -> Any:
        """The format of that name in LOOKS, made once."""
        if name not in self.formats:
            font = {"font_name": (TITLE if name == "title" else BODY)[self.lang], "font_size": self.size}
            self.formats[name] = self.book.add_format({} if name == "wrong" else font)
            for key, value in LOOKS[name].items():
                getattr(self.formats[name], f"set_{key}")(value)
        return self.formats[name]

    def sheet(self, name: str, columns: Sequence[Column], frozen: int = 0) -> "Sheet":
        """A new sheet, whose name is made legal and its own; so many of its first columns stay in sight."""
        legal = sheet_name(name, self.names, SHEET[self.lang])
        self.names.add(legal.lower())
        return Sheet(self, self.book.add_worksheet(legal), tuple(columns), frozen)

    def content(self) -> bytes:
        """The bytes of the finished workbook."""
        self.book.close()
        return self.stream.getvalue()


@dataclass
class Sheet:
    """A sheet that is written from the top down; at is its next row, counted from 0."""

    book: Book
    page: Any
    columns: tuple[Column, ...]
    frozen: int = 0
    at: int = 0
    headed: int = field(default=-1)

    def __post_init__(self) -> None:
        for place, column in enumerate(self.columns):
            self.page.set_column(place, place, column.width, None, {"hidden": column.hidden})
        self.page.set_landscape()
        self.page.set_paper(A4)
        self.page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.page.fit_to_pages(1, 0)
        self.page.center_horizontally()
        self.page.set_footer(f"&C{PAGES[self.book.lang]}")
        self.page.hide_gridlines(2)

    @property
    def shown(self) -> list[int]:
        """The places of the columns that are not hidden."""
        return [place for place, column in enumerate(self.columns) if not column.hidden]

    @property
    def line_height(self) -> float:
        """The height of a line of cells in points."""
        return LINE * self.book.size / OPEN[0]

    @property
    def breadth(self) -> int:
        """The width of all columns in sight, in Latin characters."""
        return sum(self.columns[place].width for place in self.shown)

    def title(self, text: str) -> None:
        """A title over all columns."""
        self.across(text, "title", 30.0 * lines(text, self.breadth * 0.55))

    def line(self, text: str) -> None:
        """A line of text over all columns."""
        self.across(text, "line", max(18.0, 15.0 * lines(text, self.breadth * 0.92)))

    def band(self, text: str) -> None:
        """A line that heads the rows below it."""
        self.across(text, "band", max(LOWEST, LINE * lines(text, self.breadth)))

    def across(self, text: str, look: str, height: float) -> None:
        """A text over all columns in sight, in a row of a height in points."""
        self.page.set_row(self.at, min(height, HIGHEST))
        first, last = self.shown[0], self.shown[-1]
        style = self.book.look(look)
        if first == last:
            self.page.write_string(self.at, first, clean(text), style)
        else:
            self.page.merge_range(self.at, first, self.at, last, "", style)
            self.page.write_string(self.at, first, clean(text), style)
        self.at += 1

    def head(self) -> None:
        """The header row, which stays in sight and is printed on each page."""
        for place, column in enumerate(self.columns):
            self.page.write_string(
                self.at, place, clean(column.title), self.book.look("head_fill" if column.to_fill else "head")
            )
        highest = max(lines(self.columns[place].title, self.columns[place].width) for place in self.shown)
        self.page.set_row(self.at, max(LOWEST + 5, LINE * highest + 8))
        self.page.repeat_rows(self.at)
        self.headed = self.at
        self.at += 1
        self.page.freeze_panes(self.at, self.frozen)

    def row(self, cells: Mapping[str, Cell], looks: Mapping[str, str] | None = None, least: float = LOWEST) -> int:
        """A row of cells by the keys of their columns, those in looks in another look; gives its number from 0."""
        highest = 1
        for place, column in enumerate(self.columns):
            value = cells.get(column.key)
            self.write(place, value, (looks or {}).get(column.key, column.look))
            if column.printed and not column.hidden:
                highest = max(highest, lines(str(value or ""), column.width * OPEN[0] / self.book.size))
        self.page.set_row(self.at, min(max(least, self.line_height * highest + self.book.pad), HIGHEST))
        self.at += 1
        return self.at - 1

    def write(self, place: int, value: Cell, look: str) -> None:
        """One cell of the next row: a text as text, a number as number, nothing as an empty cell that has its look."""
        style = self.book.look(look)
        if value is None or value == "":
            self.page.write_blank(self.at, place, None, style)
        elif isinstance(value, str):
            self.page.write_string(self.at, place, clean(value), style)
        elif isinstance(value, date):
            self.page.write_datetime(self.at, place, value, style)
        else:
            self.page.write_number(self.at, place, value, style)

    def signs(self, prompts: Sequence[str]) -> None:
        """Prompts that are filled by hand, side by side below the rows, with open cells behind them."""
        self.at += 1
        self.page.set_row(self.at, 30)
        starts = {self.shown[len(self.shown) * n // len(prompts)]: prompt for n, prompt in enumerate(prompts)}
        for place in self.shown:
            self.write(place, starts.get(place), "sign")
        self.at += 1

    def close(self, heading: str) -> None:
        """Ends a table to read: each column can be filtered, and every printed page says what it is from."""
        last = max((place for place in self.shown if self.columns[place].printed), default=0)
        self.page.autofilter(self.headed, 0, max(self.at - 1, self.headed), len(self.columns) - 1)
        self.page.print_area(0, 0, max(self.at - 1, self.headed), last)
        self.page.set_header(f"&L&8{clean(heading)[:200].replace('&', '&&')}&R&8&A")

    def check(self, row: int, key: str, rule: Mapping[str, Any]) -> None:
        """What a cell of a row takes, as a data validation of xlsxwriter."""
        place = self.place(key)
        self.page.data_validation(row, place, row, place, dict(rule))

    def mark(self, row: int, key: str, formula: str) -> None:
        """Shows a cell of a row as wrong where a formula over cells of the sheet is true."""
        place = self.place(key)
        rule = {"type": "formula", "criteria": formula, "format": self.book.look("wrong")}
        self.page.conditional_format(row, place, row, place, rule)

    def place(self, key: str) -> int:
        """The place of a column by its key, from 0. Raises StopIteration for one that is not there."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)

    def cell(self, row: int, key: str) -> str:
        """The name of a cell, as formulas have it: F7."""
        letters = need("xlsxwriter.utility", "office").xl_col_to_name(self.place(key))
        return f"${letters}${row + 1}"

    def protect(self) -> None:
        """Locks all cells but those that are to be filled, without a password."""
        self.page.protect("", ALLOWED)


def fitted(
    columns: Sequence[Column], rows: Sequence[Mapping[str, Cell]], keep: Collection[str] = (), across: int = 0
) -> list[Column]:
    """Columns that are no wider than the texts of their rows need, and those in keep as they are.

    What they do not need of their own widths, at most those of a printed page, is shared out again: a narrow sheet
    would be printed enlarged. With across they are at least so wide in all. Columns that are not printed stay as they
    are.
    """
    if not all(column.printed for column in columns):
        printed = [column for column in columns if column.printed]
        return [*fitted(printed, rows, keep, across), *(column for column in columns if not column.printed)]
    widths = [column.width if column.key in keep else needed(column, rows) for column in columns]
    wanted = across or min(sum(column.width for column in columns), ACROSS)
    more = max(1.0, wanted / max(sum(widths), 1))
    return [replace(column, width=round(width * more)) for column, width in zip(columns, widths, strict=True)]


def needed(column: Column, rows: Sequence[Mapping[str, Cell]]) -> int:
    """The width that a column's title and cells need, up to its own."""
    texts = [column.title, *(line for row in rows for line in str(row.get(column.key) or "").split("\n"))]
    return breadth([f"{text}  " for text in texts], 0, column.width)


def clean(text: str) -> str:
    r"""A text as a cell may hold it: line ends stay, other control characters become escapes, and it is not endless.

    >>> clean("=a\x01\nb")
    '=a\\u0001\nb'
    """
    return harmless(text[:CELL_LENGTH])[:CELL_LENGTH]


def lines(text: str, width: float) -> int:
    r"""How many lines a text takes in a column so many Latin characters wide.

    >>> lines("孕产妇死亡率", 6), lines("a\nb", 10), lines("", 10)
    (3, 2, 1)
    """
    # Latin letters of a book face are narrower than the digits in which widths are counted.
    room = max(width * (1.2 if cell_len(text) == len(text) else 1) - 1, 2)
    return sum(max(1, math.ceil(cell_len(line) / room)) for line in clean(text).split("\n"))


def sheet_name(name: str, taken: Iterable[str], otherwise: str) -> str:
    """A name that Excel takes for a sheet: without its signs, at most 31 characters, none that is taken in lower case.

    >>> sheet_name("[a]/b:c", {"ab"}, "x"), sheet_name("AB", {"ab"}, "x"), sheet_name("?", (), "x")
    ('abc', 'AB (2)', 'x')
    """
    bare = FORBIDDEN.sub("", name).strip().strip("'").strip() or otherwise
    bare, used = cut(bare, NAME_LENGTH), set(taken)
    if bare.lower() == RESERVED:
        bare = f"{bare} "[:NAME_LENGTH] + otherwise
    tried, n = bare, 2
    while tried.lower() in used:
        tried, n = f"{cut(bare, NAME_LENGTH - len(f' ({n})'))} ({n})", n + 1
    return tried


def cut(text: str, most: int) -> str:
    """The beginning of a text of at most so many units of UTF-16, in which Excel counts."""
    while len(text.encode("utf-16-le", "surrogatepass")) // 2 > most:
        text = text[:-1]
    return text.strip().strip("'")


def breadth(texts: Iterable[str], narrowest: int, widest: int) -> int:
    """How broad a column of texts is, in Latin characters; a Chinese one takes two of them.

    >>> breadth(["孕产妇死亡率", "12"], 4, 30)
    12
    """
    return min(max([narrowest, *map(cell_len, texts)]), widest)

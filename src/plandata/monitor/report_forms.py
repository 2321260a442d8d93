"""A report's content as a Word document, as one self-contained page and as a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from rich.cells import cell_len

from plandata.charts import page_png
from plandata.charts.course import COLOURS, ink_on
from plandata.files import PackageError
from plandata.monitor import document as word
from plandata.monitor.content import (
    Blanks,
    Block,
    Cell,
    Charts,
    Content,
    Definitions,
    Paragraph,
    Row,
    Section,
    Table,
)
from plandata.report import page, with_policy
from plandata.report.workbook import Book, Column, Sheet
from plandata.schema import edition
from plandata.text import Text
from plandata.words import COLON

# Nothing is loaded, and nothing runs.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
PAGE_WORDS = {
    "contents": Text("Contents", "目录"),
    "skip": Text("Skip to the report", "跳到正文"),
    "dashboard": Text("Dashboard", "监测看板"),
    "top": Text("Back to the top", "回到顶部"),
    "fill": Text("to be filled in", "由有关单位填写"),
}
NOTES, TERM, MEANING = Text("Notes", "说明"), Text("Term", "名词"), Text("Meaning", "含义")
PLAN, DOMAIN = Text("Plan", "规划"), Text("Domain", "领域")
# Charts side by side in print, the width of bars in millimetres, lines that a blank has.
ABREAST, BARS_WIDTH, RULED = 2, 150, 2
# The legend of a picture, in pixels.
LEGEND_WIDTH, LEGEND_STEP, SWATCH = 620, 24, 12


# Word


def document(content: Content, year: int) -> bytes:
    """The report as a Word document, dated by the end of its year. Raises PackageError without the extra `office`."""
    made = word.Document(content.title, content.lang, datetime(year, 12, 31))
    for section in content.sections:
        if section.annex and section.title:
            made.signature(content.signature)
            made.part(section.title)
        elif section.title:
            made.heading(section.title, section.level)
        for block in section.blocks:
            write_block(made, block, content.lang)
    return made.content()


def write_block(made: word.Document, block: Block, lang: str) -> None:
    """One block of a section."""
    match block:
        case Paragraph():
            made.paragraph(block.text)
        case Table():
            write_table(made, block)
        case Charts():
            write_charts(made, block, lang)
        case Definitions():
            for term, told in block.entries:
                made.paragraph(f"{term}{COLON[lang]}{told}")
        case Blanks():
            for prompt in block.prompts:
                made.blank(prompt, RULED)


def write_table(made: word.Document, table: Table) -> None:
    """A table with its caption and its note."""
    right = [place for place, column in enumerate(table.columns) if column.right]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    widths = [column.width for column in table.columns]
    made.table([column.title for column in table.columns], rows, widths, right, table.caption)
    if table.note:
        made.note(table.note)


def write_charts(made: word.Document, charts: Charts, lang: str) -> None:
    """Charts as pictures, side by side where there are several; without the library that draws, none."""
    try:
        pictures = [(page_png(chart.svg), chart.title or charts.caption) for chart in charts.charts]
        key = page_png(legend(lang)) if charts.key else b""
    except PackageError:
        return
    if charts.key:
        made.picture(pictures[0][0], pictures[0][1], BARS_WIDTH)
        made.picture(key, charts.caption, BARS_WIDTH, charts.caption)
    else:
        made.pictures(pictures, ABREAST, charts.caption)
        made.note(charts.told)


def legend(lang: str) -> str:
    """The colours of the statuses as an SVG element."""
    parts, x, y = [], 0, 0
    for code, colour in COLOURS.items():
        label = edition().assessment["status"][code].label[lang]
        room = SWATCH + 8 + round(cell_len(label) * 7) + 16
        if x + room > LEGEND_WIDTH:
            x, y = 0, y + LEGEND_STEP
        parts.append(f'<rect x="{x}" y="{y + 4}" width="{SWATCH}" height="{SWATCH}" fill="{colour}"/>')
        parts.append(f'<text x="{x + SWATCH + 6}" y="{y + 15}" font-size="13">{label}</text>')
        x += room
    return f'<svg viewBox="0 0 {LEGEND_WIDTH} {y + LEGEND_STEP}">{"".join(parts)}</svg>'


# A page


def page_of(content: Content, dashboard: str) -> str:
    """The report as one self-contained page; dashboard is the relative address of another page, "" for none."""
    made = page(
        "monitor_report.html.j2",
        lang=content.lang,
        content=content,
        sections=list(map(block_kinds, content.sections)),
        words={name: text[content.lang] for name, text in PAGE_WORDS.items()},
        colours={code: (colour, ink_on(colour)) for code, colour in COLOURS.items()},
        labels={code: told.label[content.lang] for code, told in edition().assessment["status"].items()},
        dashboard=dashboard,
    )
    return with_policy(made, POLICY)


def block_kinds(section: Section) -> dict[str, Any]:
    """A section for the template: each block with the name of its kind, drawings as the markup that they are."""
    blocks = [(type(block).__name__.lower(), block, drawings(block)) for block in section.blocks]
    anchor = section.key.replace("/", "-")
    return {"about": section, "id": anchor, "blocks": blocks}


def drawings(block: Block) -> list[tuple[str, Markup]]:
    """The charts of a block with their titles. Markup: our own SVG, in which every text is escaped."""
    if not isinstance(block, Charts):
        return []
    return [(chart.title, Markup(chart.svg)) for chart in block.charts]  # noqa: S704


# A workbook


@dataclass(frozen=True)
class Rows:
    """The tables of one sheet, which have one head."""

    tables: tuple[Table, ...]

    @property
    def grouped(self) -> bool:
        return bool(self.tables[0].group)

    @property
    def name(self) -> str:
        return self.tables[0].sheet

    @property
    def title(self) -> str:
        """The caption of its one table; of several the name of the sheet."""
        return self.tables[0].caption if len(self.tables) == 1 else self.name


def workbook(content: Content, year: int) -> bytes:
    """The report as a workbook: a sheet for each kind of table, the notes last. Raises PackageError without it."""
    book = Book(content.title, datetime(year, 12, 31), content.lang)
    for rows in sheets(content.tables):
        write_sheet(book, rows, content)
    write_notes(book, content)
    return book.content()


def sheets(tables: Iterable[Table]) -> list[Rows]:
    """Tables by their sheet, in the order of the first of each."""
    found: dict[str, list[Table]] = {}
    for table in tables:
        found.setdefault(table.sheet, []).append(table)
    return [Rows(tuple(own)) for own in found.values()]


def write_sheet(book: Book, rows: Rows, content: Content) -> None:
    """A sheet with its title, its head that filters, and the rows of its tables."""
    first = rows.tables[0]
    groups = [Column(f"g{n}", text[content.lang], 20) for n, text in enumerate((PLAN, DOMAIN)) if rows.grouped]
    own = [Column(c.key, c.title, max(round(c.width), 9), "number" if c.right else "text") for c in first.columns]
    sheet = book.sheet(rows.name, [*groups, *own], len(groups) or 1)
    sheet.title(content.title)
    sheet.line(rows.title)
    if first.note:
        sheet.line(first.note)
    sheet.head()
    top = sheet.at - 1
    for table in rows.tables:
        for row in table.rows:
            sheet.row(dict(cells_of(table, row)))
    sheet.page.autofilter(top, 0, sheet.at - 1, len(sheet.columns) - 1)


def cells_of(table: Table, row: Row) -> Iterator[tuple[str, str | float]]:
    """The cells of a row by key; a number as number."""
    yield from ((f"g{n}", name) for n, name in enumerate(table.group))
    for column, cell in zip(table.columns, row.cells, strict=True):
        yield column.key, cell_value(cell)


def cell_value(cell: Cell) -> str | float:
    """The number of a cell, else its text."""
    if cell.value is None:
        return cell.text
    return int(cell.value) if cell.value.removeprefix("-").isdigit() else float(cell.value)


def write_notes(book: Book, content: Content) -> None:
    """The last sheet: what the report says in sentences, and what the terms mean."""
    columns = [Column("term", TERM[content.lang], 24), Column("told", MEANING[content.lang], 90)]
    sheet = book.sheet(NOTES[content.lang], columns)
    sheet.title(content.title)
    for section in content.sections:
        told = [block.text for block in section.blocks if isinstance(block, Paragraph)]
        if told and section.title:
            sheet.band(f"{section.number}{section.title}")
        for text in told:
            sheet.line(text)
    sheet.head()
    write_definitions(sheet, [block for section in content.sections for block in section.blocks])


def write_definitions(sheet: Sheet, blocks: Sequence[Block]) -> None:
    for block in blocks:
        if isinstance(block, Definitions):
            for term, told in block.entries:
                sheet.row({"term": term, "told": told})

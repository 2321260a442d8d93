"""What a report says, said once: sections of paragraphs, tables, charts and blanks, from which every form is made.

A cell holds its text, and its number where it is one, which is read off the text: no form can say another number.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from plandata.monitor.document import numbered
from plandata.text import Text
from plandata.words import Number, Words, number

NOTHING_THERE = "—"
TABLE, FIGURE = Text("Table {n}. {caption}", "表{n}  {caption}"), Text("Figure {n}. {caption}", "图{n}  {caption}")


@dataclass(frozen=True)
class Cell:
    """A cell: its text; its number as decimal text, None for words; the code of the status that it names."""

    text: str
    value: str | None = None
    status: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its key, its title, its share of the width; right for numbers."""

    key: str
    title: str
    width: float = 10
    right: bool = False


@dataclass(frozen=True)
class Row:
    """A row, with the id of what it is about (a target, a unit, a group)."""

    about: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table. sheet names the sheet of a workbook that it stands on; tables of one head and sheet become one there.

    group is what then tells its rows from those of the others: plan and domain.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sheet: str
    group: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart as an SVG element of a page, with the target that it is of ("" for none) and its name."""

    about: str
    title: str
    svg: str


@dataclass(frozen=True)
class Charts:
    """Charts side by side under one caption; told is what the colours and lines mean, key the colours by status."""

    caption: str
    charts: tuple[Chart, ...]
    told: str = ""
    key: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True)
class Definitions:
    """Terms and what they mean."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Blanks:
    """Prompts with room that only people fill."""

    prompts: tuple[str, ...]


Block = Paragraph | Table | Charts | Blanks | Definitions


@dataclass(frozen=True)
class Section:
    """A heading of level 1 to 3 with its number, and what stands below it; an annex has no number."""

    key: str
    title: str
    level: int
    blocks: tuple[Block, ...] = ()
    number: str = ""
    annex: bool = False


@dataclass(frozen=True)
class Content:
    """A whole report in one language. facts are what machines need to know of it."""

    title: str
    lang: str
    facts: Mapping[str, Any]
    sections: tuple[Section, ...]
    signature: tuple[str, ...] = ()

    @property
    def tables(self) -> Iterator[Table]:
        """All tables in their order."""
        return (block for section in self.sections for block in section.blocks if isinstance(block, Table))


def words(text: str, status: str = "") -> Cell:
    """A cell of words; a dash where there are none."""
    return Cell(text or NOTHING_THERE, None, status)


def figure(value: Number | None, mark: str = "") -> Cell:
    """A cell of a number as people read it, with a mark behind it; a dash where there is none.

    >>> figure(1180.5, "*"), figure(None).text
    (Cell(text='1,180.5*', value='1180.5', status=''), '—')
    """
    if value is None:
        return Cell(NOTHING_THERE)
    text = number(value)
    return Cell(text + mark, text.replace(",", ""))


def share(value: Decimal | None) -> Cell:
    """A cell of a share in percent, with the decimals that it is counted with.

    >>> share(Decimal("60.0")).text
    '60.0'
    """
    return figure(None) if value is None else Cell(str(value), str(value))


def settled(sections: Iterable[Section], say: Words) -> tuple[Section, ...]:
    """Sections with their numbers, their tables and charts with theirs; a table without rows is left out."""
    counters, counted = [0, 0, 0], {TABLE: 0, FIGURE: 0}
    made = []
    for section in sections:
        if not section.annex:
            counters[section.level - 1] += 1
            counters[section.level :] = [0] * (len(counters) - section.level)
        told = "" if section.annex else numbered(counters[: section.level], say.lang)
        blocks = tuple(captioned(block, counted, say) for block in section.blocks if filled(block))
        made.append(replace(section, blocks=blocks, number=told))
    return tuple(made)


def filled(block: Block) -> bool:
    """Whether there is anything in a table or among charts."""
    return not ((isinstance(block, Table) and not block.rows) or (isinstance(block, Charts) and not block.charts))


def captioned(block: Block, counted: dict[Text, int], say: Words) -> Block:
    """A table or charts with their number before the caption."""
    if not isinstance(block, Table | Charts):
        return block
    form = TABLE if isinstance(block, Table) else FIGURE
    counted[form] += 1
    return replace(block, caption=say(form, n=counted[form], caption=block.caption))


def record(content: Content) -> dict[str, Any]:
    """All of a report as JSON takes it, without the drawings."""
    return {
        "title": content.title,
        "lang": content.lang,
        **content.facts,
        "sections": [
            {
                "key": section.key,
                "level": section.level,
                "number": section.number.strip(),
                "title": section.title,
                "blocks": [block_record(block) for block in section.blocks],
            }
            for section in content.sections
        ],
    }


def block_record(block: Block) -> dict[str, Any]:
    """One block of a section."""
    match block:
        case Table():
            return table_record(block)
        case Charts():
            named = [{"about": chart.about or None, "title": chart.title} for chart in block.charts]
            return {"kind": "charts", "caption": block.caption, "told": block.told, "charts": named}
        case Blanks():
            return {"kind": "blanks", "prompts": list(block.prompts)}
        case Definitions():
            return {"kind": "definitions", "entries": [{"term": term, "told": told} for term, told in block.entries]}
        case Paragraph():
            return {"kind": "paragraph", "text": block.text}


def table_record(table: Table) -> dict[str, Any]:
    """A table: its columns, and its rows with the text and the number of each cell by the key of its column."""
    keys = [column.key for column in table.columns]
    return {
        "kind": "table",
        "key": table.key,
        "caption": table.caption,
        "group": list(table.group),
        "columns": [{"key": column.key, "title": column.title} for column in table.columns],
        "rows": [
            {"about": row.about, "cells": {key: cell_record(cell) for key, cell in zip(keys, row.cells, strict=True)}}
            for row in table.rows
        ],
        "note": table.note or None,
    }


def cell_record(cell: Cell) -> dict[str, str | None]:
    """A cell: its text, its number, and the code of a status."""
    return {"text": cell.text, "value": cell.value} | ({"status": cell.status} if cell.status else {})


def row(about: str, cells: Iterable[Cell]) -> Row:
    """A row of cells."""
    return Row(about, tuple(cells))

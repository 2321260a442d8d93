"""How pictures, workbooks and documents look, as lines of text: what a snapshot keeps, and a person reads in a diff.

A line stands for a mark, a range of cells that look alike, an element. Texts are kept where they are drawn; of a
workbook and a document only the form is told, since other tests hold what they say.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.etree import ElementTree

import docx
import openpyxl
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import html
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from plandata.charts.drawing import Drawing

NAMESPACE = re.compile(r"\{[^}]*\}")


def drawing(made: Drawing) -> list[str]:
    """A drawing: its size, then its marks from the lowest to the topmost."""
    return [f"{made.width:.1f} x {made.height:.1f}", *(line for mark in made.marks for line in element(mark))]


def svg(text: str | bytes) -> list[str]:
    """An SVG element."""
    return list(element(ElementTree.fromstring(text)))


def element(node: ElementTree.Element, depth: int = 0) -> Iterator[str]:
    """An element and those inside it, a line each."""
    told = [NAMESPACE.sub("", node.tag), *(f"{NAMESPACE.sub('', key)}={node.attrib[key]}" for key in node.attrib)]
    yield "  " * depth + " ".join([*told, *filter(None, [(node.text or "").strip()])])
    for child in node:
        yield from element(child, depth + 1)


def workbook(content: bytes) -> list[str]:
    """The form of each sheet of a workbook: page, columns, rows, what cells look like, take and warn of."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [line for sheet in book for line in sheet_lines(sheet)]


def sheet_lines(sheet: Worksheet) -> Iterator[str]:
    yield f"# {sheet.sheet_state} sheet"
    page, margins = sheet.page_setup, sheet.page_margins
    yield f"page {page.orientation} {page.paperSize} {page.fitToWidth}x{page.fitToHeight}"
    yield f"margins {margins.left} {margins.right} {margins.top} {margins.bottom}"
    yield f"in sight {sheet.freeze_panes} {sheet.print_title_rows} {sheet.auto_filter.ref}"
    yield f"held {sheet.protection.sheet} {sheet.protection.formatColumns}"
    widths = ((key, (told.width, told.hidden)) for key, told in sorted(sheet.column_dimensions.items()))
    yield from (f"column {key} {width} {'hidden' if hidden else ''}".rstrip() for key, (width, hidden) in widths)
    heights = ((n, told.height) for n, told in sorted(sheet.row_dimensions.items()))
    yield from (f"rows {first}-{last} high {height}" for (first, last), height in runs(heights))
    yield from (f"merged {ref}" for ref in sorted(map(str, sheet.merged_cells.ranges)))
    looks = ((row[0].row, " ".join(row_look(row))) for row in sheet.iter_rows())
    yield from (f"look {first}-{last}: {look}" for (first, last), look in runs(looks))
    for rule in sheet.data_validations.dataValidation:
        yield f"takes {rule.sqref} {rule.type} {rule.operator} {rule.formula1} {rule.formula2} {rule.errorStyle}"
    for place in sheet.conditional_formatting:
        yield from (f"warns {place.sqref} {rule.type} {rule.formula}" for rule in place.rules)


def row_look(row: tuple[Cell, ...]) -> Iterator[str]:
    """The cells of a row in runs that look alike."""
    for look, cells in groupby(row, key=cell_look):
        yield f"{len(list(cells))} * {look};"


def cell_look(cell: Cell) -> str:
    font, align, fill = cell.font, cell.alignment, cell.fill
    told = [
        f"{font.sz:g}" if font.sz else "",
        "bold" if font.b else "",
        str(font.color.rgb) if font.color and font.color.type == "rgb" else "",
        str(fill.fgColor.rgb) if fill.fill_type else "",
        cell.border.left.style or cell.border.bottom.style or "",
        align.horizontal or "",
        align.vertical or "",
        "wrap" if align.wrap_text else "",
        "" if cell.number_format == "General" else cell.number_format,
        "" if cell.protection.locked else "open",
        "" if cell.value is None else type(cell.value).__name__,
    ]
    return "/".join(filter(None, told)) or "-"


def runs(told: Iterable[tuple[int, object]]) -> Iterator[tuple[tuple[int, int], object]]:
    """Things by number, those together that are alike and stand in a row: first and last number, and the thing."""
    for what, same in groupby(told, key=lambda pair: pair[1]):
        numbers = [n for n, _ in same]
        yield (numbers[0], numbers[-1]), what


def document(content: bytes, *parts: str) -> list[str]:
    """Parts of a document, all elements of each without their texts."""
    with zipfile.ZipFile(io.BytesIO(content)) as inside:
        return [line for part in parts for line in element(untexted(ElementTree.fromstring(inside.read(part))))]


def untexted(root: ElementTree.Element) -> ElementTree.Element:
    for node in root.iter():
        node.text = f"({len(node.text)})" if (node.text or "").strip() else None
    return root


def outline(content: bytes) -> list[str]:
    """The body of a document: a line for each paragraph, for each row of a table, and for each run of like ones."""
    paper = docx.Document(io.BytesIO(content))
    lines = [line for part in paper.iter_inner_content() for line in part_lines(part)]
    return [line if times == 1 else f"{times} * {line}" for line, times in counted(lines)]


def part_lines(part: Paragraph | Table) -> Iterator[str]:
    if isinstance(part, Paragraph):
        yield paragraph(part)
        return
    yield "table " + " ".join(str(column.width) for column in part.columns)
    for row in part.rows:
        cells = counted(" ".join(map(paragraph, cell.paragraphs)) for cell in row.cells)
        yield "  " + "; ".join(f"{times} * {look}" for look, times in cells)


def paragraph(told: Paragraph) -> str:
    """The style of a paragraph, what it has beside, and its pictures."""
    own = [node for node in told._p.iter() if node.tag.endswith(("}jc", "}ind", "}sz", "}b", "}u", "}extent"))]
    attributes = (" ".join([NAMESPACE.sub("", node.tag), *node.attrib.values()]) for node in own)
    return ", ".join([told.style.name if told.style else "", *(told for told, _ in counted(attributes))])


def counted(told: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Texts with how many times each comes in a row."""
    for text, same in groupby(told):
        yield text, len(list(same))


def page(text: str) -> list[str]:
    """The body of a page: an element each line, with its own text."""
    body = html.fromstring(text).find("body")
    return [line for line in tags(body) if line.strip()]


def tags(node: html.HtmlElement, depth: int = 0) -> Iterator[str]:
    if not isinstance(node.tag, str) or node.tag in ("style", "script"):
        return
    told = [node.tag, *(f"{key}={value}" for key, value in node.attrib.items()), (node.text or "").strip()]
    yield " " * depth + " ".join(filter(None, told))
    for child in node:
        yield from tags(child, depth + 1)
        if (child.tail or "").strip():
            yield " " * (depth + 1) + child.tail.strip()

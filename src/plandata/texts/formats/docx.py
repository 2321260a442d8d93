"""Word documents (.docx, .docm), read from their XML: as printed, tracked changes accepted, numbers restored."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from plandata.files import PackageError
from plandata.text import normalise
from plandata.texts.formats.archive import read_xml, unpack
from plandata.texts.formats.document import Document, Line, Place
from plandata.texts.formats.numbering import LEVELS, Numbering, W, read_numbering, value_of, whole_number

STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
MAIN = "word/document.xml"
# No table of a plan has more; a cell may claim to span any number of columns.
COLUMNS, CELLS = 200, 50_000
BASES = 50
# Content that is not printed: what was deleted or moved away, codes of fields, properties.
UNPRINTED = {
    *("del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid"),
    *("trPr", "tcPr", "rt", "rubyPr", "sectPr", "annotationRef", "footnoteRef", "endnoteRef"),
}
SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
CONTENTS = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)", re.IGNORECASE)
OFF = ("0", "false", "off", "none")
# What the fonts Symbol and Wingdings print for the codes that plans have; any other of their signs is a bullet.
SYMBOL = {0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xB7: "·"}
WINGDINGS = {0xFC: "✓", 0xFE: "☑", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x75: "◆", 0xE0: "→", 0xD8: "➢", 0xA7: "▪"}
# Text, row, column, rows, columns.
Cell = list[Any]
WORD_BLOCKS = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body", "txbxContent")


def looks(content: bytes, names: Sequence[str], ending: str) -> bool:
    """Whether an archive of these parts is a Word document."""
    return any(re.fullmatch(r"(?:.*/)?word/document\d*\.xml", name) for name in names)


def read(content: bytes, file: int) -> Document:
    """The paragraphs and cells of a Word document.

    Raises PackageError, without the name of the file, for one that is damaged, locked, or made to hurt.
    """
    parts = unpack(content, lambda name: name.endswith((".xml", ".rels")))
    main = main_part(parts)
    related = relations(parts, main)
    root = read_word(parts, main)
    body = root.find(W + "body")
    if body is None:
        raise PackageError("has no body of a Word document; ask for the file again")
    styles = read_styles(read_word(parts, related["styles"][0]) if related.get("styles") else None)
    numbers = read_word(parts, related["numbering"][0]) if related.get("numbering") else None
    reader = Reader(styles, read_numbering(numbers, styles.lists), file)
    reader.read_blocks(body)
    for kind in ("header", "footer"):
        for name in related.get(kind, ()):
            reader.read_margin(read_word(parts, name))
    return reader.document


def main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the part that has the text. Raises PackageError where there is none."""
    main = next(iter(relations(parts, "").get("officeDocument", ())), MAIN)
    main = main if main in parts else MAIN
    if main not in parts:
        raise PackageError("has no text of a Word document; ask for the file again")
    return main


def relations(parts: Mapping[str, bytes], name: str) -> dict[str, list[str]]:
    """The parts that a part names, by their kind; those that are there."""
    folder, base = posixpath.split(name)
    content = parts.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    found: dict[str, list[str]] = {}
    for relation in read_xml(content) if content else ():
        if isinstance(relation.tag, str) and relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            if target in parts:
                found.setdefault(relation.get("Type", "").rpartition("/")[2], []).append(target)
    return found


def read_word(parts: Mapping[str, bytes], name: str) -> Any:
    """The root of a part, in the one namespace of Word's two."""
    return read_xml(parts[name].replace(STRICT, W[1:-1].encode()))


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_on(parent: Any | None, name: str) -> bool | None:
    """Whether a property is switched on, None where it is not stated."""
    found = parent.find(W + name) if parent is not None else None
    return None if found is None else found.get(W + "val", "1") not in OFF


@dataclass
class Styles:
    """The styles of a document: the elements by their ids, the default of paragraphs, the lists of list styles."""

    elements: dict[str, Any] = field(default_factory=dict)
    default: str = ""
    lists: dict[str, str] = field(default_factory=dict)

    def chain(self, style: str) -> Iterator[tuple[str, Any]]:
        """A style and those that it is based on, from the nearest."""
        seen: set[str] = set()
        while style in self.elements and style not in seen and len(seen) < BASES:
            seen.add(style)
            yield style, self.elements[style]
            style = value_of(self.elements[style], "basedOn")

    def stated(self, style: str, path: str) -> str:
        """The nearest value at a path in a style and what it is based on."""
        return next((value for _, element in self.chain(style) if (value := value_of(element, path))), "")

    def hides(self, style: str) -> bool:
        found = (is_on(element.find(W + "rPr"), "vanish") for _, element in self.chain(style))
        return next((hidden for hidden in found if hidden is not None), False)

    def name(self, style: str) -> str:
        return value_of(self.elements.get(style), "name") or style


def read_styles(root: Any | None) -> Styles:
    made = Styles()
    for element in root.findall(W + "style") if root is not None else ():
        style = element.get(W + "styleId", "")
        made.elements[style] = element
        if element.get(W + "type") == "paragraph" and element.get(W + "default", "0") not in OFF:
            made.default = style
        if element.get(W + "type") == "numbering":
            made.lists[style] = value_of(element, "pPr/numPr/numId")
    return made


@dataclass
class Paragraph:
    """A paragraph's properties: its element, and its style by its id."""

    element: Any
    styles: Styles

    @cached_property
    def properties(self) -> Any | None:
        return self.element.find(W + "pPr")

    @cached_property
    def style(self) -> str:
        return value_of(self.properties, "pStyle") or self.styles.default

    @property
    def is_joined(self) -> bool:
        """Whether its end was deleted or moved away, or is a hidden one that only parts two styles."""
        mark = self.properties.find(W + "rPr") if self.properties is not None else None
        if mark is None:
            return False
        return any(mark.find(W + name) is not None for name in ("del", "moveFrom")) or bool(is_on(mark, "specVanish"))

    @property
    def level(self) -> int:
        """The level of a heading, by the paragraph's own outline, its style's, or the style's name."""
        outline = value_of(self.properties, "outlineLvl") or self.styles.stated(self.style, "pPr/outlineLvl")
        if outline:
            level = whole_number(outline, 9)
            return level + 1 if 0 <= level < LEVELS else 0
        names = (HEADING.fullmatch(self.styles.name(style).strip()) for style, _ in self.styles.chain(self.style))
        # A document without its part of styles still names them.
        found = next((name for name in names if name), HEADING.fullmatch(self.style))
        return int(found[1]) if found else 0

    @property
    def is_contents(self) -> bool:
        return CONTENTS.fullmatch(self.styles.name(self.style).strip()) is not None

    def label(self, numbering: Numbering) -> str:
        """The number that Word prints before it, and so counts."""
        list_id = value_of(self.properties, "numPr/numId") or self.styles.stated(self.style, "pPr/numPr/numId")
        own = value_of(self.properties, "numPr/ilvl")
        if own:
            return numbering.label(list_id, whole_number(own))
        for style, _ in self.styles.chain(self.style):
            level = numbering.level_of_style(list_id, style)
            if level is not None:
                return numbering.label(list_id, level)
        return numbering.label(list_id, whole_number(self.styles.stated(self.style, "pPr/numPr/ilvl")))


@dataclass
class Reader:
    """The state of one pass over a document: lists that count, fields that are open, and how far it has come."""

    styles: Styles
    numbering: Numbering
    file: int
    document: Document = field(default_factory=lambda: Document("docx"))
    # Of each open field whether its result has begun, and its code.
    fields: list[list[Any]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    cells: int = 0
    held: tuple[str, str, Paragraph] | None = None

    def read_margin(self, root: Any) -> None:
        """The paragraphs of a header or footer, as furniture."""
        for element in root.iter(W + "p"):
            text = self.text_of(element).strip()
            self.boxes.clear()
            if text:
                self.document.furniture.append(Line(text, Place(self.file), whole=True))

    def read_blocks(self, parent: Any) -> None:
        for block in blocks(parent):
            if block.tag == W + "p":
                self.read_paragraph(block)
            else:
                self.release()
                self.read_table(block)
        self.release()

    def read_paragraph(self, element: Any) -> None:
        """Emits a paragraph, or holds it until the one that it is joined with."""
        contents = any("TOC" in code.split()[:1] for _, code in self.fields)
        paragraph = Paragraph(element, self.styles)
        text = self.text_of(element)
        contents = contents or paragraph.is_contents or any("TOC" in code.split()[:1] for _, code in self.fields)
        label = "" if self.held and (self.held[0] or self.held[1]) else self.label_of(paragraph, text)
        if self.held and (self.held[0] or self.held[1]):
            label, text, paragraph = self.held[0], self.held[1] + text, self.held[2]
        self.held = (label, text, paragraph)
        if not Paragraph(element, self.styles).is_joined:
            self.release(contents)
        for box in self.taken_boxes():
            self.read_blocks(box)

    def label_of(self, paragraph: Paragraph, text: str) -> str:
        """The number of a paragraph; one of which all was deleted, its end too, is none and counts nothing."""
        return "" if paragraph.is_joined and not text else paragraph.label(self.numbering)

    def taken_boxes(self) -> list[Any]:
        taken, self.boxes = self.boxes, []
        return taken

    def release(self, contents: bool = False) -> None:
        """Emits the held paragraph, unless it is empty."""
        if self.held:
            label, text, paragraph = self.held
            self.held = None
            if text.strip():
                self.emit((label + text).strip(), paragraph.level, contents)

    def emit(self, text: str, level: int, contents: bool) -> None:
        self.paragraphs += 1
        line = Line(text, Place(self.file, paragraph=self.paragraphs), level, whole=True)
        lines, furniture = self.document.lines, self.document.furniture
        if contents and lines and normalise(lines[-1].text) == "目录":
            furniture.append(lines.pop())
        (furniture if contents else lines).append(line)

    def read_table(self, table: Any) -> None:
        """Emits the cells of a table; a single cell is a frame around paragraphs."""
        rows = list(children(table, "tr"))
        if len(rows) == 1 and len(frame := list(children(rows[0], "tc"))) == 1 and len(list(blocks(frame[0]))) > 1:
            self.read_blocks(frame[0])
            return
        self.tables += 1
        number = self.tables
        for text, row, column, height, width in self.cells_of(rows):
            self.paragraphs += 1
            place = Place(self.file, 0, self.paragraphs, number, row, column, height, width)
            self.document.lines.append(Line(text, place, whole=True))

    def cells_of(self, rows: list[Any]) -> list[tuple[str, int, int, int, int]]:
        """The cells with text of a table: text, row, column, rows, columns; a cell merged downwards is one."""
        made: list[Cell] = []
        open_cells: dict[int, Cell] = {}
        for number, row in enumerate((row for row in rows if not is_deleted(row)), 1):
            column = 1 + span(value_of(row, "trPr/gridBefore", "0"), 0)
            merged: dict[int, Cell] = {}
            for cell in children(row, "tc"):
                column = self.read_cell(cell, number, column, open_cells, merged, made)
            open_cells = merged
        return [(text, row, column, height, width) for text, row, column, height, width in made if text]

    def read_cell(
        self, cell: Any, row: int, column: int, above: dict[int, Cell], merged: dict[int, Cell], made: list[Cell]
    ) -> int:
        """Reads a cell, or lengthens the one above that it is merged with; returns the next column."""
        properties = cell.find(W + "tcPr")
        if properties is not None and properties.find(W + "cellDel") is not None:
            return column
        width = span(value_of(properties, "gridSpan", "1"), 1)
        merge = properties.find(W + "vMerge") if properties is not None else None
        continues = merge is not None and merge.get(W + "val", "continue") == "continue" and column in above
        if continues:
            merged[column] = above[column]
            merged[column][3] += 1
        else:
            self.cells += 1
            if self.cells > CELLS:
                raise PackageError(f"has tables of more than {CELLS:,} cells; ask for a file that holds the plan only")
            made.append([self.cell_text(cell), row, column, 1, width])
            if merge is not None:
                merged[column] = made[-1]
        return min(column + width, COLUMNS)

    def cell_text(self, cell: Any) -> str:
        """The paragraphs of a cell, those of tables in it too, one below the other; a number alone is one (序号)."""
        texts: list[str] = []
        joined = ""
        for element in paragraphs(cell):
            paragraph = Paragraph(element, self.styles)
            text = self.text_of(element)
            boxes = ["\n".join(self.text_of(p).strip() for p in paragraphs(box)) for box in self.taken_boxes()]
            joined += text if joined else self.label_of(paragraph, text) + text
            if not paragraph.is_joined:
                texts += [joined.strip(), *boxes]
                joined = ""
        return "\n".join(text for text in [*texts, joined.strip()] if text)

    def text_of(self, paragraph: Any) -> str:
        """The printed text of a paragraph; text boxes in it are put aside."""
        hidden = self.styles.hides(value_of(paragraph.find(W + "pPr"), "pStyle") or self.styles.default)
        text = "".join(self.pieces(paragraph, hidden))
        # A field whose result never begins would swallow all that follows.
        self.fields = [each for each in self.fields if each[0]]
        return text

    def pieces(self, parent: Any, hidden: bool) -> Iterator[str]:
        for element in parent:
            name = local(element)
            if name == "AlternateContent":
                yield from self.pieces(chosen(element), hidden)
            elif name == "txbxContent":
                self.boxes.append(element)
            elif name == "r":
                yield from self.pieces(element, self.is_hidden(element, hidden))
            elif name == "fldChar":
                self.turn_field(element.get(W + "fldCharType", ""))
            elif name == "instrText" and self.fields and not self.fields[-1][0]:
                self.fields[-1][1] += element.text or ""
            elif name and name not in UNPRINTED:
                sign = self.sign(element, name)
                if sign and not hidden and all(begun for begun, _ in self.fields):
                    yield sign
                if name != "t":
                    yield from self.pieces(element, hidden)

    def sign(self, element: Any, name: str) -> str:
        """What an element prints itself."""
        if element.tag in (W + "t", MATH_TEXT):
            return element.text or ""
        if not element.tag.startswith(W):
            return ""
        if name == "br":
            return "" if element.get(W + "type") in ("page", "column") else "\n"
        if name == "sym":
            return symbol(element.get(W + "font", ""), element.get(W + "char", ""))
        return SIGNS.get(name, "") if local(element.getparent()) == "r" else ""

    def is_hidden(self, run: Any, paragraph: bool) -> bool:
        properties = run.find(W + "rPr")
        own = is_on(properties, "vanish")
        if own is not None:
            return own
        style = value_of(properties, "rStyle")
        return self.styles.hides(style) if style and self.styles.stated(style, "name") else paragraph

    def turn_field(self, kind: str) -> None:
        """Opens a field, begins its result, or closes it."""
        if kind == "begin":
            self.fields.append([False, ""])
        elif kind == "separate" and self.fields:
            self.fields[-1][0] = True
        elif kind == "end" and self.fields:
            self.fields.pop()


def blocks(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables of a body, a cell or a text box, also within controls and insertions."""
    for element in parent:
        name = local(element)
        if name == "AlternateContent":
            yield from blocks(chosen(element))
        elif element.tag in (W + "p", W + "tbl"):
            yield element
        elif name in WORD_BLOCKS:
            yield from blocks(element)


def paragraphs(parent: Any) -> Iterator[Any]:
    """The paragraphs of a cell and of the tables in it."""
    for block in blocks(parent):
        if block.tag == W + "p":
            yield block
        else:
            for row in children(block, "tr"):
                for cell in children(row, "tc") if not is_deleted(row) else ():
                    yield from paragraphs(cell)


def children(parent: Any, kind: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also within controls and insertions."""
    for element in parent:
        name = local(element)
        if name == kind:
            yield element
        elif name in WORD_BLOCKS:
            yield from children(element, kind)


def chosen(alternate: Any) -> Any:
    """The one of several versions of a content that is printed: the first, unless only the fall-back has text."""
    versions = [*alternate.findall(MC + "Choice")[:1], *alternate.findall(MC + "Fallback")[:1]]
    with_text = (version for version in versions if next(version.iter(W + "t", MATH_TEXT), None) is not None)
    return next(with_text, versions[0] if versions else ())


def is_deleted(row: Any) -> bool:
    """Whether a row of a table was deleted, as tracked."""
    return row.find(f"{W}trPr/{W}del") is not None


def span(text: str, least: int) -> int:
    return max(least, min(whole_number(text, least), COLUMNS))


def symbol(font: str, code: str) -> str:
    """The character that a font of signs prints for a code; a bullet for one that is not known."""
    if not re.fullmatch("[0-9A-Fa-f]{1,4}", code):
        return ""
    value = int(code, 16)
    table: Mapping[int, str] | None = SYMBOL if font == "Symbol" else WINGDINGS if "dings" in font else None
    if 0xE000 <= value <= 0xF8FF or table is not None:
        return (table or {}).get(value & 0xFF, "●")
    return chr(value) if value >= 0x20 and not 0xD800 <= value < 0xE000 else ""

"""Web pages: what a browser shows of them, one line for each block and each piece between line breaks."""

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from plandata.files import PackageError
from plandata.texts.formats import txt
from plandata.texts.formats.document import Document, Line, Place
from plandata.texts.formats.numbering import BULLET, LARGEST, STARTS, printed

# Where a page says its encoding, a browser looks this far.
HEAD_BYTES, SNIFFED = 4096, 2**18
ENDINGS = ("html", "htm", "xhtml", "shtml")
DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""")
# What Chinese pages declare, and what it is read as; the sets of old are parts of the one of today.
SETS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "gb_2312", "chinese"), "gb18030"),
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
MARKUP = re.compile(
    r"<(?:!doctype\s+html|/?(?:html|head|body|meta|title|div|p|br|span|table|tr|td|h[1-6]|ul|ol|li|a|font|section|"
    r"article|main|center|b|strong)(?:\s[^<>]*)?/?)>",
    re.IGNORECASE,
)
PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?([a-z][a-z-]*)", re.IGNORECASE)
UNSHOWN = {
    *("script", "style", "template", "noscript", "head", "svg", "math", "button", "select", "textarea", "input"),
    *("object", "applet", "iframe", "audio", "video", "canvas", "datalist", "map", "rp", "rt", "title", "option"),
}
MARGINS = {"nav", "header", "footer", "aside"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
    *("html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td"),
    *("tfoot", "th", "thead", "tr", "ul", "caption", "colgroup", "marquee"),
}
LISTS = {"ol", "ul", "menu", "dir"}
TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
# What stands behind the number of an item, by the style of list that a page names.
LIST_STYLES = {
    "decimal": ("decimal", "."),
    "decimal-leading-zero": ("decimalZero", "."),
    "lower-alpha": ("lowerLetter", "."),
    "lower-latin": ("lowerLetter", "."),
    "upper-alpha": ("upperLetter", "."),
    "upper-latin": ("upperLetter", "."),
    "lower-roman": ("lowerRoman", "."),
    "upper-roman": ("upperRoman", "."),
    "cjk-ideographic": ("chineseCountingThousand", "、"),
    "simp-chinese-informal": ("chineseCountingThousand", "、"),
    "trad-chinese-informal": ("chineseCountingThousand", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}
BULLETS = {"disc", "circle", "square"}
# A cell of more text than this, in several blocks, holds a page and no entry of a table.
LAYOUT_SIGNS = 300
# No table of a plan has more; HTML allows 1,000 columns and 65,534 rows, of one cell.
COLUMNS, ROWS, CELLS, NESTED_TABLES = 200, 2_000, 50_000, 20
SPACE = re.compile(r"[ \t\r\n\f]+")
INVISIBLE = re.compile("[\u00ad\u200b\ufeff\x00]")


def looks(content: bytes, names: Sequence[str], ending: str) -> bool:
    """Whether a text is a web page from its first sign on, or a part of one by its ending and its tags."""
    if names or b"<" not in content[:HEAD_BYTES].replace(b"\0", b""):
        return False
    head = txt.decoded(content[:SNIFFED])
    return txt.is_text(head) and bool(PAGE.match(head) or (ending in ENDINGS and MARKUP.search(head)))


def decoded(content: bytes) -> str:
    """The text of a page: by its byte order mark, what it declares where it can be read so, and else as any text."""
    declared = DECLARED.search(content[:HEAD_BYTES]) or XML_DECLARED.search(content[:HEAD_BYTES])
    if declared and not content.startswith(tuple(bom for bom, _ in txt.BOMS)):
        # A declaration that can be read is not in UTF-16, and one of Latin letters is a mistake that reads anything.
        encoding = SETS.get(declared[1].decode("ascii").lower(), "")
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            return content.decode(encoding or "utf-8")
    return txt.decoded(content)


def read(content: bytes, file: int) -> Document:
    """The lines and cells of a web page.

    Raises PackageError, without the name of the file, for one that is nested too deeply or has tables without end.
    """
    from lxml import etree

    # Pages with tags that never close are deeper than the 256 that the parser allows by itself; 2,048 it always keeps.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(INVISIBLE.sub("", decoded(content)).encode("utf-8", "replace"), parser)
    if any("depth" in entry.message for entry in parser.error_log):
        raise PackageError("has tags nested too deeply; save the page anew, as text or from a browser")
    reader = Reader(file)
    if root is not None:
        reader.read_blocks(root)
        reader.end_line()
    return reader.document


def style_of(element: Any) -> str:
    return str(element.get("style") or "")


def is_unshown(element: Any) -> bool:
    """Whether a browser shows nothing of an element and what is in it."""
    tag = element.tag
    if not isinstance(tag, str) or tag in UNSHOWN or "hidden" in element.attrib:
        return True
    return bool("style" in element.attrib and HIDDEN.search(style_of(element)))


def is_margin(element: Any) -> bool:
    """Whether an element holds what stands around a page's content; an article's header with its heading does not."""
    if element.tag not in MARGINS:
        return False
    titled = element.tag == "header" and next(element.iter("h1"), None) is not None
    return not (titled and any(above.tag in ("article", "main") for above in element.iterancestors()))


@dataclass
class Reader:
    """The state of one pass over a page: the line that is written, lists that count, the tags that are open."""

    file: int
    document: Document = field(default_factory=lambda: Document("html"))
    line: list[str] = field(default_factory=list)
    marker: str = ""
    levels: list[int] = field(default_factory=list)
    lists: list[dict[str, Any]] = field(default_factory=list)
    # How many elements around are furniture, preformatted, tables.
    margins: int = 0
    preformatted: int = 0
    tables_around: int = 0
    paragraphs: int = 0
    tables: int = 0
    cells: int = 0

    def read_blocks(self, root: Any) -> None:
        """Reads an element and all in it into lines; without recursion, for pages are deeper than Python allows."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: set[Any] = set()
        for event, element in walk:
            if event == "end":
                if element in skipped:
                    skipped.discard(element)
                else:
                    self.leave(element)
                if element is not root:
                    self.write(element.tail)
            elif is_unshown(element) or self.enter(element):
                skipped.add(element)
                walk.skip_subtree()

    def enter(self, element: Any) -> bool:
        """Begins an element; whether all of it is read already."""
        tag = element.tag
        if tag in BLOCKS or tag == "br":
            self.end_line()
        if tag == "table" and self.read_table(element):
            return True
        self.margins += is_margin(element)
        self.preformatted += tag == "pre"
        self.tables_around += tag == "table"
        if tag in LISTS:
            self.lists.append(counter(element))
        if tag == "li" and self.lists:
            self.marker = next_marker(self.lists[-1], element)
        if tag[0] == "h" and tag[1:] in set("123456"):
            self.levels.append(int(tag[1:]))
        self.write(element.text)
        return False

    def leave(self, element: Any) -> None:
        """Ends an element that was begun."""
        tag = element.tag
        if tag in BLOCKS:
            self.end_line()
        if tag in LISTS and self.lists:
            self.lists.pop()
        if tag == "li":
            self.marker = ""
        if tag[0] == "h" and tag[1:] in set("123456"):
            self.levels.pop()
        self.margins -= is_margin(element)
        self.preformatted -= tag == "pre"
        self.tables_around -= tag == "table"

    def write(self, text: str | None) -> None:
        """Adds a text to the line; in a preformatted one its line ends count."""
        if not text:
            return
        if not self.preformatted:
            self.line.append(text)
            return
        first, *others = text.split("\n")
        self.line.append(first)
        for other in others:
            self.end_line()
            self.line.append(other)

    def end_line(self) -> None:
        """Emits what was written since the last end of a line, unless it is empty."""
        text = INVISIBLE.sub("", SPACE.sub(" ", "".join(self.line))).strip(" \xa0\u3000")
        self.line.clear()
        if text:
            marker, self.marker = self.marker, ""
            text = text if STARTS.match(text) else marker + text
            self.emit(text, Place(self.file, paragraph=self.paragraphs + 1), not self.preformatted)

    def emit(self, text: str, place: Place, whole: bool) -> None:
        self.paragraphs += 1
        lines = self.document.furniture if self.margins else self.document.lines
        lines.append(Line(text, place, self.levels[-1] if self.levels and not place.table else 0, whole))

    def read_table(self, table: Any) -> bool:
        """Emits the cells of a table; whether it is one, and not only the layout of a page."""
        if self.tables_around > NESTED_TABLES:
            return False
        rows = list(own_rows(table))
        if is_layout(rows):
            return False
        self.tables += 1
        number = self.tables
        for caption in table.findall("caption"):
            self.read_cell_into_line(caption)
        for element, row, column, height, width in self.grid(rows):
            text = cell_text(element, self.file)
            if text:
                place = Place(self.file, 0, self.paragraphs + 1, number, row, column, height, width)
                self.emit(text, place, True)
        return True

    def read_cell_into_line(self, element: Any) -> None:
        """A caption, as the line above its table."""
        text = cell_text(element, self.file)
        if text and not is_unshown(element):
            self.emit(text, Place(self.file, paragraph=self.paragraphs + 1), True)

    def grid(self, rows: list[Any]) -> Iterator[tuple[Any, int, int, int, int]]:
        """The cells of a table, each with row, column, rows, columns; a cell from above keeps its columns."""
        taken: dict[int, int] = {}
        for number, row in enumerate(rows, 1):
            column = 1
            for cell in own_cells(row):
                while taken.get(column, 0) >= number:
                    column += 1
                if column > COLUMNS:
                    break
                self.cells += 1
                if self.cells > CELLS:
                    raise PackageError(f"has tables of more than {CELLS:,} cells; save the part with the plan only")
                width = min(spanned(cell, "colspan", COLUMNS), COLUMNS + 1 - column)
                # 0 is all rows that are left, and no cell is longer than its table.
                left = len(rows) + 1 - number
                height = min(spanned(cell, "rowspan", ROWS) or left, left)
                taken.update((each, number + height - 1) for each in range(column, column + width))
                yield cell, number, column, height, max(width, 1)
                column += max(width, 1)


def counter(element: Any) -> dict[str, Any]:
    """The state of a list: how it prints numbers, and its next one."""
    start = str(element.get("start") or "1").strip()
    named = LIST_STYLE.search(style_of(element))
    first = int(start) if re.fullmatch("-?[0-9]{1,6}", start) else 1
    style = named[1].lower() if named else ""
    return {"ordered": element.tag == "ol", "type": element.get("type") or "", "style": style, "next": first}


def next_marker(state: dict[str, Any], item: Any) -> str:
    """What a browser prints before an item of a list."""
    value = str(item.get("value") or "").strip()
    number = int(value) if re.fullmatch("-?[0-9]{1,6}", value) else state["next"]
    state["next"] = number + 1
    named = LIST_STYLE.search(style_of(item))
    style = named[1].lower() if named else state["style"]
    if style == "none":
        return ""
    if style in BULLETS or (not state["ordered"] and style not in LIST_STYLES):
        return BULLET
    kind, behind = LIST_STYLES.get(style, (TYPES.get(item.get("type") or state["type"], "decimal"), "."))
    return (printed(number, kind) if 0 < number <= LARGEST else str(number)) + behind


def own_rows(table: Any) -> Iterator[Any]:
    """The rows of a table that are shown, none of a table in it."""
    for element in table:
        if element.tag in ("thead", "tbody", "tfoot") and not is_unshown(element):
            yield from (row for row in element if row.tag == "tr" and not is_unshown(row))
        elif element.tag == "tr" and not is_unshown(element):
            yield element


def own_cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row if cell.tag in ("td", "th") and not is_unshown(cell))


def is_layout(rows: list[Any]) -> bool:
    """Whether a table only puts blocks of a page side by side: it has one cell, or a whole text in one of them."""
    cells = [cell for row in rows for cell in own_cells(row)]
    return len(cells) < 2 or any(holds_page(cell) for cell in cells)


def holds_page(cell: Any) -> bool:
    blocks = sum(1 for _ in zip(cell.iter("p", "div", "br", "li", "h1", "h2", "h3", "table"), range(2), strict=False))
    if blocks < 2:
        return False
    length = 0
    for text in cell.itertext():
        length += len(text.strip())
        if length > LAYOUT_SIGNS:
            return True
    return False


def cell_text(cell: Any, file: int) -> str:
    """The lines of a cell, one below the other; a table in it is read as its lines."""
    inner = Reader(file, tables_around=NESTED_TABLES + 1)
    inner.read_blocks(cell)
    inner.end_line()
    return "\n".join(line.text for line in inner.document.lines)


def spanned(cell: Any, name: str, most: int) -> int:
    """How many rows or columns a cell says that it spans; 1 for what is no number."""
    text = str(cell.get(name) or "1").strip()
    return min(int(text), most) if re.fullmatch("[0-9]{1,9}", text) else 1

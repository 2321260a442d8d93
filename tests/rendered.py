"""Paragraphs and tables rendered as files of every format, for tests of the reading of files.

A paragraph is a str; a table is a list of rows of cells, each a str or (str, rowspan, colspan).

    as_docx(["云汀县妇女发展规划", [["序号", "指标"], ["1", "孕产妇死亡率（1/10万）"]]])
"""

import html as markup
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

Cell = str | tuple[str, int, int]
Table = Sequence[Sequence[Cell]]
Paragraph = str | Table
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMESPACES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
# Inch-free: points for PDF, millimetres for OFD. (width, height, margin, font size, leading)
PDF_PAGE, OFD_PAGE = (595.0, 842.0, 85.0, 14.0, 24.0), (210.0, 297.0, 28.0, 5.0, 8.5)
CLOSING = "，。、；：！？）》”’】"


def parts_of(cell: Cell) -> tuple[str, int, int]:
    return (cell, 1, 1) if isinstance(cell, str) else cell


def placed(table: Table) -> Iterator[tuple[str, int, int, int, int]]:
    """The cells of a table with row, column, rows and columns, all from 0."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table):
        column = 0
        for cell in cells:
            text, rows, columns = parts_of(cell)
            while (row, column) in taken:
                column += 1
            taken |= {(r, c) for r in range(row, row + rows) for c in range(column, column + columns)}
            yield text, row, column, rows, columns
            column += columns


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of parts, the same bytes each time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def as_txt(paragraphs: Sequence[Paragraph], encoding: str = "utf-8") -> bytes:
    """Plain text; each cell of a table on a line of its own."""
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [paragraph] if isinstance(paragraph, str) else [text for text, *_ in placed(paragraph) if text]
    return ("\n".join(lines) + "\n").encode(encoding)


def as_html(paragraphs: Sequence[Paragraph], encoding: str = "utf-8") -> bytes:
    """A web page."""
    blocks = "\n".join(
        f"<p>{markup.escape(each)}</p>" if isinstance(each, str) else html_table(each) for each in paragraphs
    )
    head = f'<!DOCTYPE html><html><head><meta charset="{encoding}"><title>x</title></head><body>'
    return f"{head}\n{blocks}\n</body></html>".encode(encoding)


def html_table(table: Table) -> str:
    rows: dict[int, str] = dict.fromkeys(range(len(table)), "")
    for text, row, _, high, wide in placed(table):
        rows[row] += f'<td rowspan="{high}" colspan="{wide}">{markup.escape(text)}</td>'
    return "<table>" + "".join(f"<tr>{cells}</tr>" for cells in rows.values()) + "</table>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{markup.escape(text)}</w:t></w:r>'


def docx_paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run(text)}</w:p>"


def docx_table(table: Table) -> str:
    """A table of Word: merged downwards by vMerge, sidewards by gridSpan."""
    cells = list(placed(table))
    rows = []
    for row in range(len(table)):
        made = ""
        for text, first, _, high, wide in sorted(cells, key=lambda cell: cell[2]):
            if first <= row < first + high:
                merge = (
                    '<w:vMerge w:val="restart"/>' if high > 1 and row == first else "<w:vMerge/>" if high > 1 else ""
                )
                own = docx_paragraph(text) if row == first else "<w:p/>"
                made += f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/>{merge}</w:tcPr>{own}</w:tc>'
        rows.append(f"<w:tr>{made}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def docx(body: str, **parts: str) -> bytes:
    """A Word document of the XML of its body; parts are the inner XML of numbering, styles, header1, footer1 …"""
    roots = {"numbering": "numbering", "styles": "styles", "header": "hdr", "footer": "ftr"}
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations({"officeDocument": ["word/document.xml"]}),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    kinds: dict[str, list[str]] = {}
    for name, inner in parts.items():
        kind = name.rstrip("0123456789")
        kinds.setdefault(kind, []).append(f"{name}.xml")
        files[f"word/{name}.xml"] = f"<w:{roots[kind]} {NAMESPACES}>{inner}</w:{roots[kind]}>"
    files["word/_rels/document.xml.rels"] = relations(kinds)
    return packed(files)


def relations(kinds: dict[str, list[str]]) -> str:
    made = "".join(
        f'<Relationship Id="r{kind}{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for kind, targets in kinds.items()
        for n, target in enumerate(targets)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def as_docx(paragraphs: Sequence[Paragraph]) -> bytes:
    """A Word document without styles."""
    return docx("".join(docx_paragraph(each) if isinstance(each, str) else docx_table(each) for each in paragraphs))


def broken(text: str, first: float, width: float, size: float) -> Iterator[str]:
    """The printed lines of a paragraph: full to the width, no closing sign at the beginning of one."""
    line, room = "", first
    for n, sign in enumerate(text):
        own = advance(sign, size)
        following = text[n + 1 : n + 2]
        needed = own + (advance(following, size) if following in CLOSING and following else 0)
        if room < needed - 0.01 and sign not in CLOSING:
            yield line
            line, room = "", width
        line += sign
        room -= own
    yield line


def advance(sign: str, size: float) -> float:
    return size * (0.5 if sign < "\u0250" else 1.0)


class Pages:
    """Lays paragraphs and tables out on pages; put(page, text, x, y, size) and rule(page, x0, y0, x1, y1) draw."""

    def __init__(
        self, sheet: tuple[float, ...], put: Callable[..., Any], rule: Callable[..., Any], indent: int
    ) -> None:
        self.width, self.height, self.margin, self.size, self.leading = sheet
        self.put, self.rule, self.indent = put, rule, indent
        self.page, self.y = 1, self.margin + self.size

    @property
    def inner(self) -> float:
        """The width of the text: whole signs."""
        return (self.width - 2 * self.margin) // self.size * self.size

    def feed(self, need: float) -> bool:
        if self.y + need <= self.height - self.margin:
            return False
        self.page, self.y = self.page + 1, self.margin + self.size
        return True

    def paragraph(self, text: str, centred: bool = False) -> None:
        indent = 0.0 if centred else self.indent * self.size
        for n, line in enumerate(broken(text, self.inner - indent, self.inner, self.size)):
            self.feed(0)
            aside = indent if n == 0 else 0.0
            if centred:
                aside = (self.inner - sum(advance(sign, self.size) for sign in line)) / 2
            self.put(self.page, line, self.margin + aside, self.y, self.size)
            self.y += self.leading

    def table(self, table: Table) -> None:
        cells = list(placed(table))
        columns = max(column + wide for _, _, column, _, wide in cells)
        wide = self.inner / columns
        lines = {
            (row, column): list(broken(text, span * wide - self.size, span * wide - self.size, self.size))
            for text, row, column, _, span in cells
        }
        highs = [
            max([1, *(len(lines[r, c]) for _, r, c, high, _ in cells if r == row and high == 1)]) * self.leading
            for row in range(len(table))
        ]
        row = 0
        while row < len(table):
            self.feed(highs[row])
            top = self.y - self.size
            end = row + 1
            while end < len(table) and top + sum(highs[row : end + 1]) <= self.height - self.margin + self.size:
                end += 1
            self.draw_rows(cells, lines, highs, row, end, top, wide)
            self.y = top + sum(highs[row:end]) + self.leading + self.size
            row = end

    def draw_rows(
        self, cells: Any, lines: Any, highs: list[float], begin: int, end: int, top: float, wide: float
    ) -> None:
        """Draws the rows of a table that one page has; a cell that spans beyond it has its rest on the next."""
        for _, row, column, high, span in cells:
            first, last = max(row, begin), min(row + high, end)
            if first < last:
                y0, y1 = top + sum(highs[begin:first]), top + sum(highs[begin:last])
                x0, x1 = self.margin + column * wide, self.margin + (column + span) * wide
                for ends in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                    self.rule(self.page, *ends)
                for n, line in enumerate(lines[row, column] if row >= begin else ()):
                    self.put(self.page, line, x0 + self.size / 2, y0 + n * self.leading + self.size * 1.3, self.size)

    def lay(self, paragraphs: Sequence[Paragraph]) -> int:
        """Lays all out, the first paragraph centred as a title; returns the number of pages."""
        for n, each in enumerate(paragraphs):
            if isinstance(each, str):
                self.paragraph(each, centred=n == 0 and len(each) * self.size < 0.8 * self.inner)
            else:
                self.table(each)
        return self.page


@cache
def pdf_font() -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


Draw = tuple[Any, ...]


def as_pdf(
    paragraphs: Sequence[Paragraph],
    indent: int = 2,
    header: str = "",
    footer: str = "",
    picture: bool = False,
    password: str = "",
) -> bytes:
    """A PDF; header and footer are printed on each page, {page} and {pages} in them are numbers."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    drawn: list[Draw] = []
    rules: list[Draw] = []
    pages = Pages(PDF_PAGE, lambda *a: drawn.append(a), lambda *a: rules.append(a), indent).lay(paragraphs)
    made = io.BytesIO()
    width, height, margin, size, _ = PDF_PAGE
    encrypt = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(made, pagesize=(width, height), invariant=1, encrypt=encrypt)
    for page in range(1, pages + 1):
        canvas.setFont(pdf_font(), size)
        for _, text, x, y, _ in (each for each in drawn if each[0] == page):
            draw_text(canvas, text, x, height - y, size)
        for _, x0, y0, x1, y1 in (each for each in rules if each[0] == page):
            canvas.line(x0, height - y0, x1, height - y1)
        for text, y in ((header, height - margin / 2), (footer, margin / 2)):
            canvas.drawCentredString(width / 2, y, text.format(page=page, pages=pages))
        if picture:
            draw_picture(canvas)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def draw_text(canvas: Any, text: str, x: float, y: float, size: float) -> None:
    """Draws a text sign by sign where the widths of the font are not those of a grid."""
    if not text.isascii() and any(sign < "\u0250" for sign in text):
        for sign in text:
            canvas.drawString(x, y, sign)
            x += advance(sign, size)
    else:
        canvas.drawString(x, y, text)


def draw_picture(canvas: Any) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), (200, 200, 200))), 100, 100, 300, 300)


def as_ofd(paragraphs: Sequence[Paragraph], indent: int = 2, header: str = "", footer: str = "") -> bytes:
    """An OFD file; header and footer as in as_pdf."""
    drawn: list[Draw] = []
    rules: list[Draw] = []
    pages = Pages(OFD_PAGE, lambda *a: drawn.append(a), lambda *a: rules.append(a), indent).lay(paragraphs)
    width, height, margin, size, _ = OFD_PAGE
    contents = []
    for page in range(1, pages + 1):
        objects = [ofd_text(text, x, y, size) for p, text, x, y, _ in drawn if p == page]
        objects += [ofd_line(*ends) for p, *ends in rules if p == page]
        for text, y in ((header, margin / 2), (footer, height - margin / 2)):
            shown = text.format(page=page, pages=pages)
            aside = sum(advance(sign, size) for sign in shown) / 2
            objects += [ofd_text(shown, width / 2 - aside, y, size)] if shown else []
        contents.append("".join(objects))
    return ofd(contents)


def ofd_text(text: str, x: float, y: float, size: float) -> str:
    """A text object with its base line at y, its steps in the short form where all are alike."""
    steps = [advance(sign, size) for sign in text[:-1]]
    delta = (
        f"g {len(steps)} {steps[0]:g}" if steps and len(set(steps)) == 1 else " ".join(f"{step:g}" for step in steps)
    )
    wide = sum(steps) + size
    box = f"{x:.3f} {y - size:.3f} {wide:.3f} {size * 1.2:.3f}"
    return (
        f'<ofd:TextObject ID="1" Boundary="{box}" Font="1" Size="{size:g}">'
        f'<ofd:TextCode X="0" Y="{size:g}" DeltaX="{delta}">{markup.escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def ofd_line(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject ID="1" Boundary="{x0:.3f} {y0:.3f} {x1 - x0:.3f} {y1 - y0:.3f}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:.3f} {y1 - y0:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd(contents: Sequence[str], common: str = "", inner: str = "", **parts: str) -> bytes:
    """An OFD file of the XML of its pages' layers; common is more of CommonData, inner stands in each page before."""
    pages = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(contents)))
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": (
            f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
        ),
    }
    for n, content in enumerate(contents):
        files[f"Doc_0/Pages/Page_{n}/Content.xml"] = ofd_page(content, inner)
    files.update({f"Doc_0/{name}.xml": content for name, content in parts.items()})
    return packed(files)


def ofd_page(content: str, inner: str = "") -> str:
    return f'<ofd:Page {OFD}>{inner}<ofd:Content><ofd:Layer ID="1">{content}</ofd:Layer></ofd:Content></ofd:Page>'


RENDERED: dict[str, Callable[[Sequence[Paragraph]], bytes]] = {
    "txt": as_txt,
    "html": as_html,
    "docx": as_docx,
    "pdf": as_pdf,
    "ofd": as_ofd,
}

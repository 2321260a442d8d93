"""PDF files with text: the signs and drawn lines of their pages, as PDFium finds them."""

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from plandata.files import PackageError
from plandata.texts.formats.document import Document, Line, Place
from plandata.texts.formats.layout import IDENTITY, Glyph, Matrix, Sheet, applied, draw, multiplied, read_sheets

# A page of a plan has 700 signs, and as many objects where each sign is one.
PAGES, GLYPHS, OBJECTS, SEGMENTS, FORMS = 2_000, 50_000, 100_000, 1_000, 5
# All pages of a gazette have 2 million.
ALL_GLYPHS = 5_000_000
BLANK = {*range(33), 0xA0, 0x3000, 0xFFFE, 0xFFFF, 0xFEFF, 0x200B, 0xAD}
ASCII = 0x80
MAGIC, END = b"%PDF-", b"%%EOF"
# A drawn rectangle this thin is a line.
THIN = 3.0
# Signs that a font gives where it does not tell what they are.
UNTOLD = 0.3
PICTURES = "holds pictures of pages and no text; have it recognised (OCR), or ask for the file with text"
# Fewer signs than this on pages of pictures are a stamp or the name of a scanner.
LEAST = 20


def looks(content: bytes, names: Sequence[str], ending: str) -> bool:
    """Whether a file says that it is a PDF, where its readers look for it."""
    return not names and MAGIC in content[:1024]


def read(content: bytes, file: int) -> Document:
    """The paragraphs and cells of a PDF.

    Raises PackageError, without the name of the file, for one that is damaged, locked, has pictures of pages only, or
    fonts that do not tell their characters; ImportError without pypdfium2.
    """
    import pypdfium2 as pdfium

    # Half a file may be opened, and would be read as a plan that ends early.
    if END not in content.rstrip(b"\0 \t\r\n")[-2048:]:
        raise PackageError("is a PDF whose end is missing; ask for the file again")
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise PackageError(reason(str(error))) from None
    try:
        return read_pages(document, file)
    finally:
        document.close()


def reason(error: str) -> str:
    if "password" in error.lower() or "security" in error.lower():
        return "is locked with a password; ask for the file without one"
    return "is a damaged PDF; ask for the file again"


def read_pages(document: Any, file: int) -> Document:
    count = len(document)
    if count > PAGES:
        raise PackageError(f"has {count:,} pages, more than {PAGES:,}; take out those of the plan")
    if not count:
        raise PackageError("is a PDF without pages; ask for the file again")
    pictured: list[int] = []
    sheets: list[Sheet] = []
    signs = 0
    for number in range(1, count + 1):
        sheets.append(read_page(document, number, pictured))
        signs += len(sheets[-1].glyphs)
        if signs > ALL_GLYPHS:
            raise PackageError(f"has more than {ALL_GLYPHS:,} signs; take out the pages of the plan")
    textless = [number for number in pictured if not sheets[number - 1].glyphs]
    check_text(sheets, textless)
    made = read_sheets(sheets, "pdf", file)
    if pictured and sum(len(line.text) for line in made.lines) < LEAST:
        raise PackageError(PICTURES)
    # A page of which nothing can be read is told, and not lost in silence.
    made.furniture += [Line("[picture of a page, without text]", Place(file, number)) for number in textless]
    return made


def check_text(sheets: list[Sheet], pictures: list[int]) -> None:
    """Refuses what holds no text, or only codes for it."""
    signs = [glyph.sign for sheet in sheets for glyph in sheet.glyphs]
    if not signs:
        raise PackageError(PICTURES if pictures else "is a PDF without text; ask for the file with text")
    if len(pictures) > len(sheets) / 2:
        raise PackageError(PICTURES)
    untold = sum("\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" or sign < " " for sign in signs)
    if untold > UNTOLD * len(signs):
        raise PackageError("has fonts that do not tell their characters; have it recognised (OCR), or ask for the text")


def read_page(document: Any, number: int, pictured: list[int]) -> Sheet:
    """The signs and lines of a page, as it is seen; a page that shows a picture is noted."""
    page = document[number - 1]
    try:
        rotation = page.get_rotation()
        left, bottom, right, top = page.get_bbox()
        width, height = right - left, top - bottom
        seen = View(rotation, left, bottom, width, height)
        sheet = Sheet(number, *((height, width) if rotation in (90, 270) else (width, height)))
        # What lies beside the page is seen by nobody.
        sheet.glyphs = [g for g in glyphs(page, seen) if 0 <= g.left <= sheet.width and 0 <= g.y <= sheet.height]
        if read_objects(page, seen, sheet):
            pictured.append(number)
        return sheet
    finally:
        page.close()


@dataclass
class View:
    """From the coordinates of a page to those of its reader: turned, and y from the top."""

    rotation: int
    left: float
    bottom: float
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.rotation == 90:
            return y, x
        if self.rotation == 180:
            return self.width - x, y
        if self.rotation == 270:
            return self.height - y, self.width - x
        return x, self.height - y

    def is_upright(self, a: float, b: float) -> bool:
        """Whether text whose line runs along a, b is read from left to right."""
        along = {0: a, 90: b, 180: -a, 270: -b}.get(self.rotation, a)
        across = a if self.rotation in (90, 270) else b
        return along > 0 and abs(across) < 0.1 * along


def glyphs(page: Any, view: View) -> Iterator[Glyph]:
    """The signs of a page that stand upright and are not white space."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    handle = text.raw
    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    to_box, to_matrix, to_x, to_y = map(ctypes.byref, (box, matrix, x, y))
    # A page has hundreds of signs: what is looked up for each of them is looked up once.
    unicode_of, generated, matrix_of = raw.FPDFText_GetUnicode, raw.FPDFText_IsGenerated, raw.FPDFText_GetMatrix
    origin_of, box_of, size_of = raw.FPDFText_GetCharOrigin, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetFontSize
    for i in range(min(raw.FPDFText_CountChars(handle), GLYPHS)):
        code = unicode_of(handle, i)
        # Only white space and hyphens are ever generated.
        if code in BLANK or 0xD800 <= code < 0xE000 or (code < ASCII and generated(handle, i) == 1):
            continue
        matrix_of(handle, i, to_matrix)
        if not view.is_upright(matrix.a, matrix.b):
            continue
        origin_of(handle, i, to_x, to_y)
        box_of(handle, i, to_box)
        left, base = view.point(x.value, y.value)
        if view.rotation:
            right = max(view.point(box.left, box.bottom)[0], view.point(box.right, box.top)[0], left)
        else:
            right = max(box.right - view.left, left)
        size = size_of(handle, i) * math.hypot(matrix.c, matrix.d)
        yield Glyph(chr(code), left, right, base, size or 1.0, i)
    text.close()


def read_objects(page: Any, view: View, sheet: Sheet) -> bool:
    """Puts the lines that a page draws on its sheet; whether it shows a picture."""
    import pypdfium2.raw as raw

    kinds = {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING}
    picture = False
    for kind, item, matrix in objects(page.raw):
        if kind in kinds and kind != raw.FPDF_PAGEOBJ_PATH:
            picture = True
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            for points, is_stroked in paths(item):
                draw(sheet, [view.point(*applied(matrix, *point)) for point in points], is_stroked, THIN)
    return picture


def objects(page: Any) -> Iterator[tuple[int, Any, Matrix]]:
    """The objects of a page, also those within forms, each with its matrix."""
    import pypdfium2.raw as raw

    waiting = [
        (raw.FPDFPage_GetObject(page, i), IDENTITY, 0) for i in range(raw.FPDFPage_CountObjects(page) - 1, -1, -1)
    ]
    found = raw.FS_MATRIX()
    for _ in range(OBJECTS):
        if not waiting:
            break
        item, around, depth = waiting.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found))
        matrix = multiplied((found.a, found.b, found.c, found.d, found.e, found.f), around)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < FORMS:
            inside = range(raw.FPDFFormObj_CountObjects(item) - 1, -1, -1)
            waiting += [(raw.FPDFFormObj_GetObject(item, i), matrix, depth + 1) for i in inside]
        yield kind, item, matrix


def paths(item: Any) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The straight pieces of a path, each as its points, and whether it is stroked; none of what is not drawn."""
    import pypdfium2.raw as raw

    fill, stroke, x, y = ctypes.c_int(), ctypes.c_int(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    count = raw.FPDFPath_CountSegments(item)
    if not (fill.value or stroke.value) or count > SEGMENTS:
        return
    points: list[tuple[float, float]] = []
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind != raw.FPDF_SEGMENT_LINETO:
            yield points, bool(stroke.value)
            points = []
        if kind != raw.FPDF_SEGMENT_BEZIERTO:
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append((x.value, y.value))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
    yield points, bool(stroke.value)

"""OFD files (GB/T 33190): the texts and drawn lines of their pages, of templates and shared graphics."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plandata.files import PackageError
from plandata.texts.formats.archive import read_xml, unpack
from plandata.texts.formats.document import Document, Line, Place
from plandata.texts.formats.layout import IDENTITY, Glyph, Matrix, Sheet, applied, draw, multiplied, read_sheets

PAGES, GLYPHS, DEPTH = 2_000, 50_000, 20
# A graphic may show graphics, itself too: there is no end without one.
OBJECTS = 1_000_000
A4 = (210.0, 297.0)
# In millimetres, in which OFD measures.
THIN = 1.0
ENTRY = "OFD.xml"
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
FAR = 1e6


def looks(content: bytes, names: Sequence[str], ending: str) -> bool:
    """Whether an archive of these parts is an OFD file."""
    return any(name.lstrip("/") == ENTRY for name in names)


def read(content: bytes, file: int) -> Document:
    """The paragraphs and cells of an OFD file.

    Raises PackageError, without the name of the file, for one that is damaged, locked, made to hurt,
    or has pictures only.
    """
    parts = {
        name.lstrip("/"): part for name, part in unpack(content, lambda name: name.lower().endswith(".xml")).items()
    }
    reader = Reader(parts)
    for body in named(reader.xml(ENTRY), "DocBody"):
        for root in named(body, "DocRoot"):
            reader.read_document(resolved("", root.text))
    if not any(sheet.glyphs for sheet in reader.sheets):
        problem = "holds pictures of pages and no text; have it recognised (OCR), or ask for the file with text"
        raise PackageError(problem if reader.pictures else "is an OFD file without text; ask for the file with text")
    document = read_sheets(reader.sheets, "ofd", file)
    document.furniture += [Line(text, Place(file)) for text in reader.behind]
    return document


def named(parent: Any, *names: str) -> Iterator[Any]:
    """The children of these names, whatever their namespace is."""
    return (child for child in parent if local(child) in names) if parent is not None else iter(())


def local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def below(parent: Any, *path: str) -> Iterator[Any]:
    """The elements at a path of names."""
    found = [parent]
    for name in path:
        found = [child for element in found for child in named(element, name)]
    return iter(found)


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; what is far off any page is none."""
    return [value for found in NUMBER.findall(text or "") if abs(value := float(found)) < FAR]


def resolved(folder: str, location: str | None) -> str:
    """The name of a part that a location names, from the folder of the part that names it or from the root."""
    return posixpath.normpath(posixpath.join("/", folder, (location or "").strip())).lstrip("/")


def matrix_of(element: Any) -> Matrix:
    """From an object's own coordinates to those around it: its matrix, and then the corner of its boundary."""
    own = numbers(element.get("CTM"))
    matrix: Matrix = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else IDENTITY
    corner = numbers(element.get("Boundary"))
    return multiplied(matrix, (1, 0, 0, 1, *corner[:2])) if len(corner) == 4 else matrix  # type: ignore[arg-type]


def spread(text: str | None) -> list[float]:
    """The distances of DeltaX; g 3 4.2 says 4.2 three times.

    >>> spread("g 3 4.2 5")
    [4.2, 4.2, 4.2, 5.0]
    """
    made: list[float] = []
    words = (text or "").split()
    while words and len(made) < GLYPHS:
        word = words.pop(0)
        if word == "g" and len(words) >= 2:
            times, value = numbers(words.pop(0)), numbers(words.pop(0))
            made += value[:1] * int(min(max(times[0], 0), GLYPHS)) if times and value else []
        else:
            made += numbers(word)[:1]
    return made


@dataclass
class Reader:
    """The state of one pass over an OFD file: its parts, and the pages that were read."""

    parts: Mapping[str, bytes]
    sheets: list[Sheet] = field(default_factory=list)
    pictures: int = 0
    behind: list[str] = field(default_factory=list)
    graphics: dict[str, Any] = field(default_factory=dict)
    objects: int = 0

    def xml(self, name: str) -> Any:
        """The root of a part. Raises PackageError where there is none."""
        if name not in self.parts:
            raise PackageError(f"has no part {name[:80]!r}, which an OFD file needs; ask for the file again")
        return read_xml(self.parts[name])

    def read_document(self, name: str) -> None:
        root = self.xml(name)
        folder = posixpath.dirname(name)
        common = next(named(root, "CommonData"), None)
        for resource in named(common, "PublicRes", "DocumentRes"):
            self.read_resource(resolved(folder, resource.text))
        templates = {
            page.get("ID", ""): resolved(folder, page.get("BaseLoc")) for page in named(common, "TemplatePage")
        }
        pages = list(below(root, "Pages", "Page"))
        if len(self.sheets) + len(pages) > PAGES:
            raise PackageError(f"has more than {PAGES:,} pages; take out those of the plan")
        size = page_size(common, A4)
        roots = [
            (self.xml(resolved(folder, page.get("BaseLoc"))), resolved(folder, page.get("BaseLoc"))) for page in pages
        ]
        used = [template.get("TemplateID", "") for page, _ in roots for template in named(page, "Template")]
        for page, place in roots:
            self.read_page(page, place, size, {k: v for k, v in templates.items() if used.count(k) == 1})
        for template in sorted({k for k in used if used.count(k) > 1} & templates.keys()):
            self.read_behind(templates[template], size)

    def read_resource(self, name: str) -> None:
        """Notes the graphics that pages show by their ids; a resource that is missing is no loss of text."""
        if name in self.parts:
            for unit in below(self.xml(name), "CompositeGraphicUnits", "CompositeGraphicUnit"):
                self.graphics[unit.get("ID", "")] = unit

    def read_page(self, page: Any, name: str, size: tuple[float, float], templates: Mapping[str, str]) -> None:
        """Reads a page, and what a template puts on it alone; what it puts on many is furniture."""
        for resource in named(page, "PageRes"):
            self.read_resource(resolved(posixpath.dirname(name), resource.text))
        sheet = Sheet(len(self.sheets) + 1, *page_size(page, size))
        for template in named(page, "Template"):
            part = templates.get(template.get("TemplateID", ""), "")
            if part in self.parts:
                self.read_content(self.xml(part), sheet)
        self.read_content(page, sheet)
        self.sheets.append(sheet)

    def read_behind(self, name: str, size: tuple[float, float]) -> None:
        """The texts of a template that stands behind several pages, as furniture."""
        if name in self.parts:
            sheet = Sheet(1, *size)
            self.read_content(self.xml(name), sheet)
            self.behind += [line.text for line in read_sheets([sheet], "ofd", 1).lines]

    def read_content(self, page: Any, sheet: Sheet) -> None:
        for layer in below(page, "Content", "Layer"):
            self.read_objects(layer, IDENTITY, sheet, 0)

    def read_objects(self, parent: Any, around: Matrix, sheet: Sheet, depth: int) -> None:
        for element in parent:
            kind = local(element)
            self.objects += 1
            if self.objects > OBJECTS:
                raise PackageError(f"has more than {OBJECTS:,} objects on its pages; take out those of the plan")
            if element.get("Visible", "true") in ("false", "0") or depth > DEPTH:
                continue
            if kind == "TextObject":
                self.read_text(element, around, sheet)
            elif kind == "PathObject":
                read_path(element, around, sheet)
            elif kind in ("PageBlock", "Layer"):
                self.read_objects(element, around, sheet, depth + 1)
            elif kind == "CompositeObject":
                self.read_graphic(element, around, sheet, depth)
            elif kind == "ImageObject":
                self.pictures += 1

    def read_graphic(self, element: Any, around: Matrix, sheet: Sheet, depth: int) -> None:
        unit = self.graphics.get(element.get("ResourceID", ""))
        for content in named(unit, "Content"):
            self.read_objects(content, multiplied(matrix_of(element), around), sheet, depth + 1)

    def read_text(self, element: Any, around: Matrix, sheet: Sheet) -> None:
        """Puts the signs of a text object on a sheet; text that is turned is none of the page's text."""
        matrix = multiplied(matrix_of(element), around)
        a, b, _, d = matrix[:4]
        turned = numbers(element.get("ReadDirection"))[:1] not in ([], [0.0])
        if a <= 0 or d <= 0 or abs(b) > 0.1 * a or turned:
            return
        size = (numbers(element.get("Size")) or [1.0])[0]
        wide = size * (numbers(element.get("HScale")) or [1.0])[0]
        x = y = 0.0
        for code in named(element, "TextCode"):
            x, y = (numbers(code.get("X")) or [x])[0], (numbers(code.get("Y")) or [y])[0]
            if any(spread(code.get("DeltaY"))):
                continue
            steps = spread(code.get("DeltaX"))
            for n, sign in enumerate(code.text or ""):
                own = wide * (0.5 if sign < "\u0250" else 1.0)
                step = steps[n] if n < len(steps) else own
                if not sign.isspace() and len(sheet.glyphs) < GLYPHS:
                    left, base = applied(matrix, x, y)
                    right = left + a * min(own, step or own)
                    sheet.glyphs.append(Glyph(sign, left, right, base, d * size, len(sheet.glyphs)))
                x += step


def page_size(parent: Any, otherwise: tuple[float, float]) -> tuple[float, float]:
    """The width and height that a page states."""
    for area in named(parent, "PageArea", "Area"):
        for box in named(area, "PhysicalBox"):
            sides = numbers(box.text)
            if len(sides) == 4 and sides[2] > 0 and sides[3] > 0:
                return sides[2], sides[3]
    return otherwise


def read_path(element: Any, around: Matrix, sheet: Sheet) -> None:
    """Puts the straight lines of a path on a sheet."""
    matrix = multiplied(matrix_of(element), around)
    is_stroked = element.get("Stroke", "true") not in ("false", "0")
    if not is_stroked and element.get("Fill", "false") not in ("true", "1"):
        return
    for data in named(element, "AbbreviatedData"):
        for points in pieces(data.text or ""):
            draw(sheet, [applied(matrix, *point) for point in points], is_stroked, THIN)


def pieces(data: str) -> Iterator[list[tuple[float, float]]]:
    """The straight pieces of a path as their points: M and S move, L draws, C closes, curves end a piece.

    >>> list(pieces("M 0 0 L 5 0 L 5 5 C"))
    [[(0.0, 0.0), (5.0, 0.0), (5.0, 5.0), (0.0, 0.0)]]
    """
    points: list[tuple[float, float]] = []
    for command, text in re.findall(r"([SMLQBAC])([^SMLQBAC]*)", data):
        values = numbers(text)
        end = (values[-2], values[-1]) if len(values) >= 2 else None
        if command == "C":
            points += points[:1]
        elif command == "L" and end:
            points.append(end)
        else:
            if points:
                yield points
            points = [end] if end else []
    if points:
        yield points

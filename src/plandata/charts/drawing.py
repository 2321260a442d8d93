"""Drawings for pages and files, written here: marks have classes in place of colours, so that one style serves both.

A drawing is made for a width, in pixels of the text beside it: text, rows and marks keep their size, and what a chart
does with more room is its own affair. A page holds one for a desktop and one for a phone, and shows one of them. In a
page the colours are those of its stylesheet (--pd-ink, --pd-women …), which change with its light and dark forms; in a
file they are COLOURS.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from string import Template
from xml.etree.ElementTree import Element, SubElement, tostring

from rich.cells import cell_len

from plandata.charts import FILE_FONT, POPULATIONS, SVG, shortened
from plandata.text import printable

Scale = Callable[[float], float]
# The widths that charts are drawn for: the measure of a text, and a phone of 360 pixels without its margins.
WIDE, NARROW = 680.0, 328.0
# Pixels that a line of text, a Latin character of a wide font and a Chinese one take.
LINE, LATIN, HAN = 20.0, 8.0, 14.0
# A page's text is so many pixels high where its root is: a picture grows with the reader's own size of text.
ROOT = 20
COLOURS = {
    "ink": "#1a1a1a",
    "paper": "#ffffff",
    "muted": "#595959",
    "line": "#d0d0d0",
    "count": "#57788a",
    **POPULATIONS,
}
STYLE = Template(
    ".pd-svg text{font-size:14px;fill:$ink}.pd-svg .muted{fill:$muted}.pd-svg .bold{font-weight:600}"
    ".pd-svg .head{font-size:17px;font-weight:600}"
    ".pd-svg .line{stroke:$line;fill:none}.pd-svg .ink{fill:$ink}.pd-svg .count{fill:$count}"
    ".pd-svg .way{stroke:$count;fill:none}.pd-svg .tile{fill:none;stroke:$line}.pd-svg .ground{fill:$paper}"
    ".pd-svg .women{fill:$women;stroke:$women}.pd-svg .children{fill:$children;stroke:$children}"
    ".pd-svg .both{fill:$both;stroke:$both}.pd-svg .open{fill:$paper}.pd-svg .cross{stroke:$ink;fill:none}"
)


def page_style() -> str:
    """The style of drawings in a page; a colour that the page does not name is that of files."""
    own = COLOURS | {"ink": "currentColor"}
    return STYLE.substitute({name: f"var(--pd-{name},{colour})" for name, colour in own.items()})


@dataclass
class Drawing:
    """Marks on a ground of so many pixels."""

    width: float
    height: float
    marks: list[Element] = field(default_factory=list)

    def mark(self, name: str, kind: str, **values: float | str) -> None:
        """Adds an element of a class; numbers are lengths, and an underscore in a name stands for a hyphen."""
        told = {
            key.replace("_", "-"): value if isinstance(value, str) else short(value) for key, value in values.items()
        }
        self.marks.append(Element(name, {"class": kind, **told} if kind else told))

    def text(self, x: float, y: float, text: str, kind: str = "", anchor: str = "start", turn: float = 0) -> None:
        """Writes a text on a line; turn tilts it by so many degrees about its beginning."""
        self.mark("text", kind, x=x, y=y)
        if anchor != "start":
            self.marks[-1].set("text-anchor", anchor)
        if turn:
            self.marks[-1].set("transform", f"rotate({short(turn)} {short(x)} {short(y)})")
        self.marks[-1].text = printable(text)

    def rule(self, kind: str, x1: float, y1: float, x2: float, y2: float, **values: float | str) -> None:
        """Draws a straight line."""
        self.mark("path", kind, d=f"M{short(x1)} {short(y1)}L{short(x2)} {short(y2)}", **values)

    def block(self, kind: str, x: float, y: float, width: float, height: float, **values: float | str) -> None:
        """Draws a rectangle."""
        self.mark("rect", kind, x=x, y=y, width=width, height=height, **values)

    def take(self, other: "Drawing", x: float, y: float) -> None:
        """Puts another drawing at a place of this one."""
        held = Element("g", {"transform": f"translate({short(x)} {short(y)})"})
        held.extend(other.marks)
        self.marks.append(held)


# How deep the colour of the parts of a bar is, by the code of each.
PARTS = {"first": 1.0, "second": 0.35}


def sign(drawing: Drawing, code: str, x: float, y: float, is_open: bool = False) -> None:
    """The sign of a population: a circle of women, a square of children, a diamond of both; an open one is hollow.

    That of a part of a bar is a piece of it.
    """
    kind = f"{code} open" if is_open else code
    if code in PARTS:
        drawing.block("count", x - 7, y - 5, 14, 10, opacity=str(PARTS[code]))
    elif code == "children":
        drawing.block(kind, x - 5, y - 5, 10, 10, stroke_width="2")
    elif code == "both":
        drawing.mark("path", kind, d=f"M{short(x)} {short(y - 7)}l7 7l-7 7l-7-7z", stroke_width="2")
    else:
        drawing.mark("circle", kind, cx=x, cy=y, r=5.5, stroke_width="2")


def inline(drawing: Drawing, alt_text: str = "", kind: str = "") -> str:
    """A drawing as an element of a page, with a text in its place for those who do not see it; "" for an ornament."""
    told = {"role": "img", "aria-label": printable(alt_text)} if alt_text else {"aria-hidden": "true"}
    size = {"viewBox": f"0 0 {short(drawing.width)} {short(drawing.height)}"}
    style = {"style": f"width:{drawing.width / ROOT:.2f}rem"}
    svg = Element("svg", {"class": f"pd-svg {kind}".rstrip(), **size, **told, **style})
    svg.extend(drawing.marks)
    return tostring(svg, encoding="unicode")


def standalone(drawing: Drawing, title: str) -> bytes:
    """A drawing as an SVG file on white, with a margin and its own style."""
    edge = 16
    width, height = (short(side + 2 * edge) for side in (drawing.width, drawing.height))
    view = f"{-edge} {-edge} {width} {height}"
    named = {
        "xmlns": SVG,
        "class": "pd-svg",
        "viewBox": view,
        "width": width,
        "height": height,
        "font-family": FILE_FONT,
    }
    svg = Element("svg", named)
    SubElement(svg, "title").text = printable(title)
    SubElement(svg, "style").text = STYLE.substitute(COLOURS)
    ground = {"x": str(-edge), "y": str(-edge), "width": width, "height": height, "class": "ground"}
    SubElement(svg, "rect", ground)
    svg.extend(drawing.marks)
    return bytes(tostring(svg, encoding="utf-8", xml_declaration=True))


def room(text: str) -> float:
    """The pixels that a text takes at most.

    >>> room("Baodi"), room("宝坻区")
    (40.0, 42.0)
    """
    shown = printable(text)
    wide = cell_len(shown) - len(shown)
    return wide * HAN + (len(shown) - wide) * LATIN


def cut(text: str, pixels: float) -> str:
    """A text that takes at most so many pixels, shortened where it takes more."""
    return text if room(text) <= pixels else shortened(text, max(int(pixels / LATIN), 2))


def broken(text: str, pixels: float) -> list[str]:
    """A text in lines of at most so many pixels, broken at spaces, and between Chinese signs.

    >>> broken("from the least to the most", 90), broken("从最小到最大", 45)
    (['from the', 'least to', 'the most'], ['从最小', '到最大'])
    """
    lines = [""]
    for piece in pieces(printable(text)):
        if lines[-1] and room(lines[-1] + piece.rstrip()) > pixels:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


# Signs that begin no line.
CLOSING = "，。；：、）》”"


def pieces(text: str) -> list[str]:
    """What a text may be broken into: words with the space after them, and Chinese signs with the stop after them."""
    parts: list[str] = []
    for sign_ in text:
        joins = parts and (
            sign_ in CLOSING or (cell_len(sign_) == 1 and cell_len(parts[-1][-1]) == 1 and parts[-1][-1] != " ")
        )
        if joins:
            parts[-1] += sign_
        else:
            parts.append(sign_)
    return parts


def widest(texts: Sequence[str], most: float) -> float:
    """The room of the longest of some texts, at most so many pixels."""
    return min(max(map(room, texts), default=0.0), most)


# Degrees by which heads of columns are tilted where they have no room, the share of a head's length that it then rises
# and reaches to the side, and the lines that a level one takes at most.
TILT, RISE, REACH, LINES = 50, 0.77, 0.65, 3
# Pixels that a tilted head takes at most.
LONGEST = 200.0


def heads(drawing: Drawing, names: Mapping[float, str], y: float, space: float) -> None:
    """Writes the heads of columns by the middle of each, ending at a height: level, or all tilted."""
    level = levelled(list(names.values()), space)
    for n, (x, name) in enumerate(names.items()):
        if level is None:
            drawing.text(x + 4, y, cut(name, LONGEST), turn=-TILT)
            continue
        for line, text in enumerate(reversed(level[n])):
            drawing.text(x, y - line * (LINE - 3), text, anchor="middle")


def levelled(names: Sequence[str], space: float) -> list[list[str]] | None:
    """The lines of level heads; None where one of them has no room.

    >>> levelled(["Baodi", "Xinjiang"], 50), levelled(["威宁彝族回族"], 50)
    (None, [['威宁彝', '族回族']])
    """
    lines = [broken(name, space) for name in names]
    fits = all(len(own) <= LINES and all(room(line) <= space for line in own) for own in lines)
    return lines if fits else None


def head_room(names: Sequence[str], space: float) -> tuple[float, float]:
    """The height that heads of columns take, and how far they reach beyond the last one."""
    level = levelled(names, space)
    if level is not None:
        return LINE + (LINE - 3) * (max(map(len, level), default=1) - 1), 0.0
    last = widest(names[-1:], LONGEST)
    return widest(names, LONGEST) * RISE + LINE, max(last * REACH - space / 2, 0.0) + 8


def scale(held: tuple[float, float], room: tuple[float, float]) -> Scale:
    """Where a value stands in some room; of a single value in its middle.

    >>> scale((0, 10), (0, 100))(5), scale((3, 3), (0, 100))(3)
    (50.0, 50.0)
    """
    (first, last), (start, end) = held, room
    if first == last:
        return lambda value: (start + end) / 2
    return lambda value: start + (end - start) * (value - first) / (last - first)


def short(value: float) -> str:
    """A length with at most one decimal.

    >>> short(12.04), short(3.26)
    ('12', '3.3')
    """
    return f"{value:.1f}".removesuffix(".0")

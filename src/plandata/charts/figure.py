"""A figure: what is drawn for one question, with the sentence that answers it, its key, and the rows it is drawn from.

Every chart of the site, and those of `plandata compare`, is one: a page, a file and a table of it say the same.
"""

import codecs
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plandata.charts.drawing import LINE, NARROW, WIDE, Drawing, broken, inline, room, sign, standalone
from plandata.files import csv_text, need
from plandata.text import Text, paired
from plandata.words import Words

SOURCE = Text("Source: {title}, version {version}, {licence}", "来源：{title}，版本{version}，{licence}")
# Between the parts of a file, and the side of a sign in a key.
GAP, SIGN = 14.0, 20.0


@dataclass(frozen=True)
class Figure:
    """A chart with all that is told of it.

    key: its name in addresses. title: a sentence computed from the data. draw: its drawing for a width in pixels.
    columns, rows: what is drawn, as a table. signs: the populations or the parts of bars that are drawn, with
    what each is called. note: what its
    marks mean.
    """

    key: str
    title: str
    draw: Callable[[float], Drawing]
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    signs: Sequence[tuple[str, str]] = ()
    note: str = ""

    @property
    def pictures(self) -> str:
        """Its drawings for a desktop and for a phone, as elements of a page that shows one of them."""
        wide, narrow = self.draw(WIDE), self.draw(NARROW)
        return inline(wide, self.title, "pd-at-desk") + inline(narrow, self.title, "pd-at-hand")

    @property
    def height(self) -> float:
        """Pixels that its drawing for a desktop is high."""
        return self.draw(WIDE).height

    @property
    def table(self) -> bytes:
        """Its rows as CSV that Excel reads and runs nothing of."""
        return codecs.BOM_UTF8 + csv_text(self.columns, self.rows, "\r\n", safe=True).encode()


def credit(about: Mapping[str, Any], say: Words) -> str:
    """Where figures are from, and how they may be used, from the descriptor of a package."""
    title = paired(about, "title")[say.lang] or about["title"]
    return say(SOURCE, title=title, version=about["version"], licence=about["licenses"][0]["name"])


def swatch(code: str) -> str:
    """A sign for the key of a page."""
    drawing = Drawing(SIGN, SIGN)
    sign(drawing, code, SIGN / 2, SIGN / 2)
    return inline(drawing)


def svg_file(figures: Sequence[Figure], source: str) -> bytes:
    """Figures one below the other as an SVG file, each with its title and its key, at the end where they are from."""
    whole = Drawing(WIDE, 0)
    for figure in figures:
        add(whole, figure)
    write(whole, source, "muted")
    whole.height -= LINE / 2
    return standalone(whole, figures[0].title)


def png_file(svg: bytes) -> bytes:
    """An SVG file as PNG, two pixels for each."""
    return bytes(need("vl_convert", "charts").svg_to_png(svg.decode(), scale=2))


def add(whole: Drawing, figure: Figure) -> None:
    """Adds a figure at the foot of a drawing."""
    for line in broken(figure.title, WIDE / 1.25):
        whole.text(0, whole.height + 15, line, "head")
        whole.height += LINE + 4
    whole.height += GAP / 2
    drawn = figure.draw(WIDE)
    whole.take(drawn, 0, whole.height)
    whole.height += drawn.height + GAP / 2
    x = 0.0
    for code, label in figure.signs:
        sign(whole, code, x + SIGN / 2, whole.height + 10)
        whole.text(x + SIGN + 4, whole.height + 15, label)
        x += SIGN + room(label) + 2 * GAP
    whole.height += LINE if figure.signs else 0
    write(whole, figure.note, "muted")
    whole.height += GAP


def write(whole: Drawing, text: str, kind: str) -> None:
    """Writes a text in lines at the foot of a drawing."""
    for line in broken(text, WIDE):
        whole.text(0, whole.height + 15, line, kind)
        whole.height += LINE

"""Charts, drawn without a network: one look for all.

`drawing` draws those of plans, `figure` puts them into pages and files; the courses of assessed targets are drawn by
Vega-Altair, which needs the extra `charts`, and so does PNG. A chart in a page takes the page's ink, so that it follows
its light and dark forms, and has an alt text; a chart in a file stands on white. Colours are those of Okabe and Ito
(2008), which people with any common colour blindness can tell apart; each reaches a contrast of 3:1 on a light and on a
dark page.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from rich.cells import cell_len, set_cell_size

from plandata.files import need
from plandata.text import printable

Spec = dict[str, Any]
BLUE, ORANGE, GREEN, PURPLE, GREY = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a8a8a"
POPULATIONS = {"women": ORANGE, "children": BLUE, "both": GREEN}
PAGE_INK, FILE_INK = "currentColor", "#1a1a1a"
# Fonts that hold Chinese come first, since a renderer takes the first that it finds.
FILE_FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
FONT_SIZE = 13
# The width of a Latin character at that size in a wide font (a Chinese one takes two), and how many times
# larger than drawn a chart is shown at most.
CELL, LARGEST = 8.1, 1.2
SVG = "http://www.w3.org/2000/svg"
# What Vega tells assistive technology of each mark; our charts have one text for the whole.
SAID = ("role", "class", "font-family", "pointer-events")


def altair() -> Any:
    """The library; raises PackageError that names the extra where it is not installed."""
    return need("altair", "charts")


def in_page(spec: Mapping[str, Any], values: Sequence[Mapping[str, Any]], alt_text: str) -> str:
    """A Vega-Lite chart with its values as an SVG element for a page.

    The chart's padding must hold the texts that stand outside the plot: measured fonts differ between machines.
    """
    own = {"data": {"values": list(values)}, "autosize": {"type": "none"}, "config": look(PAGE_INK)}
    ElementTree.register_namespace("", SVG)
    drawn = ElementTree.fromstring(rendered(dict(spec) | own))  # noqa: S314 - made by our own library a line above
    for element in drawn.iter():
        for name in [n for n in element.attrib if n in SAID or n.startswith("aria-")]:
            del element.attrib[name]
    width = float(drawn.attrib.pop("width")) * LARGEST
    drawn.attrib.pop("height")
    drawn.attrib |= {"role": "img", "aria-label": printable(alt_text), "style": f"max-width:{width:.0f}px"}
    return ElementTree.tostring(drawn, encoding="unicode")


def page_png(svg: str) -> bytes:
    """A chart that was drawn for a page as a PNG file without a ground, for a document; three pixels a point."""
    ink = svg.replace(PAGE_INK, FILE_INK)
    space = "" if " xmlns=" in ink else f' xmlns="{SVG}"'
    whole = ink.replace("<svg", f'<svg{space} font-family="{FILE_FONT}"', 1)
    return bytes(need("vl_convert", "charts").svg_to_png(whole, scale=3))


def rendered(spec: Spec) -> str:
    return str(need("vl_convert", "charts").vegalite_to_svg(drawable(spec)))


def drawable(part: Any) -> Any:
    r"""A chart, or a part of one, with the control characters of its texts as escapes: the renderer aborts at them.

    >>> drawable({"values": [{"label": "a\x07"}]})
    {'values': [{'label': 'a\\x07'}]}
    """
    if isinstance(part, str):
        return printable(part)
    if isinstance(part, Mapping):
        return {name: drawable(value) for name, value in part.items()}
    return [drawable(value) for value in part] if isinstance(part, list | tuple) else part


def look(ink: str) -> Spec:
    """The common look: ink for text and lines, a faint grid, no frame."""
    text = {"labelColor": ink, "titleColor": ink, "labelFontSize": FONT_SIZE, "titleFontSize": FONT_SIZE}
    lines = {"domainColor": ink, "tickColor": ink, "gridColor": ink, "gridOpacity": 0.14, "titleFontWeight": 400}
    return {
        "background": "transparent",
        "font": "sans-serif",
        "axis": text | lines,
        "legend": text | {"labelLimit": 0},
        "title": {"color": ink, "subtitleColor": ink, "anchor": "start"},
        "text": {"color": ink, "fontSize": FONT_SIZE},
        "view": {"stroke": None},
    }


def shortened(text: str, room: int) -> str:
    """A text that takes at most so many Latin characters.

    >>> shortened("villages and towns", 10), shortened("村", 10)
    ('villages…', '村')
    """
    whole = printable(text)
    return whole if cell_len(whole) <= room else set_cell_size(whole, room - 1).rstrip() + "…"


def width(labels: Sequence[str], room: int) -> float:
    """The room in pixels that the longest of some labels takes, cut at so many Latin characters."""
    return max(min(cell_len(label), room) for label in labels) * CELL

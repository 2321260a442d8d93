"""Altair charts as SVG that stands in a page: it scales, takes the page's ink in light and dark, and has an alt text.

Colours are those of Okabe and Ito (2008), which people with any common colour blindness can tell apart; each
reaches a contrast of 3:1 on the light and on the dark page.
"""

import re
from html import escape
from typing import Any

BLUE, ORANGE, GREEN = "#0072b2", "#d55e00", "#009e73"
# Vega needs a colour to draw with; the SVG gets the page's own instead.
INK = "#010101"
FONT_SIZE = 13
# The width of a Latin character at that size in a wide font (a Chinese one takes two), and how many times
# larger than drawn a chart is shown at most.
CELL, LARGEST = 8.1, 1.2


def svg(chart: dict[str, Any], values: list[dict[str, Any]], alt: str) -> str:
    """The SVG element of a Vega-Lite chart with its values; its size follows the page.

    The chart's padding must hold the texts that stand outside the plot: measured fonts differ between machines.
    """
    import vl_convert

    own = {"data": {"values": values}, "autosize": {"type": "none"}, "config": look()}
    drawn: str = vl_convert.vegalite_to_svg(chart | own)
    drawn = drawn.replace(INK, "currentColor").replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    drawn = re.sub(r' (?:role|aria-[a-z]+|class|font-family|pointer-events)="[^"]*"', "", drawn)
    drawn = re.sub(r'^<svg([^>]*?) width="([^"]*)" height="[^"]*"', sized, drawn)
    return drawn.replace("<svg", f'<svg role="img" aria-label="{escape(alt, quote=True)}"', 1)


def sized(head: re.Match[str]) -> str:
    return f'<svg{head[1]} style="max-width:{float(head[2]) * LARGEST:.0f}px"'


def look() -> dict[str, Any]:
    """The common look: no background, ink for text and lines, a faint grid."""
    ink = {"labelColor": INK, "titleColor": INK, "labelFontSize": FONT_SIZE, "titleFontSize": FONT_SIZE}
    return {
        "background": "transparent",
        "axis": ink
        | {"domainColor": INK, "tickColor": INK, "gridColor": INK, "gridOpacity": 0.14, "titleFontWeight": 400},
        "legend": ink | {"labelLimit": 0},
        "text": {"color": INK, "fontSize": FONT_SIZE},
        "view": {"stroke": None},
    }


def cells(text: str) -> int:
    """The width of a text in Latin characters.

    >>> cells("ab"), cells("妇女")
    (2, 4)
    """
    from rich.cells import cell_len

    return cell_len(text)


def shortened(text: str, room: int) -> str:
    """A text that takes at most so many Latin characters.

    >>> shortened("villages and towns", 10), shortened("村", 10)
    ('villages…', '村')
    """
    if cells(text) <= room:
        return text
    while cells(text) > room - 1:
        text = text[:-1]
    return text.rstrip() + "…"

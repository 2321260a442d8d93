"""A grid of tiles, one for each division of a country at its place among its neighbours: all alike, no boundaries.

tiles.csv beside this module has the provincial-level divisions: the first two digits of the code (GB/T 2260), the
letters of ISO 3166-2, short names, and the place, which is ours.
"""

import csv
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from plandata.charts.drawing import LINE, Drawing, broken, room
from plandata.text import Text, paired

PLACES = Path(__file__).parent / "tiles.csv"
GAP, WIDEST = 4.0, 94.0
# What most texts take of the room that is reckoned for them.
TIGHT = 0.93
# How deep the tile with the smallest and with the largest count is.
PALE, DEEP = 0.2, 0.6


class Place(NamedTuple):
    """Where a division stands in the grid, what it is called, and its letters where its name has no room."""

    column: int
    row: int
    letters: str
    name: Text


@cache
def grid() -> Mapping[str, Place]:
    """The places of the divisions by the first two digits of their codes."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {
            row["code"]: Place(int(row["column"]), int(row["row"]), row["letters"], paired(row, "name")) for row in rows
        }


def tiles(counts: Mapping[str, tuple[int, int]], lang: str) -> Callable[[float], Drawing]:
    """All divisions as tiles: those with a count filled, its part as a bar at the foot; the others empty."""
    columns, rows = (1 + max(getattr(place, axis) for place in grid().values()) for axis in ("column", "row"))
    most = max((n for n, _ in counts.values()), default=1) or 1

    def draw(width: float) -> Drawing:
        side = min((width + GAP) / columns - GAP, WIDEST)
        high = 64.0
        drawing = Drawing((side + GAP) * columns - GAP, (high + GAP) * rows - GAP)
        for code, place in grid().items():
            x, y = place.column * (side + GAP), place.row * (high + GAP)
            told = written(place.name[lang], place.letters, side - 2)
            if code not in counts:
                drawing.block("tile", x + 0.5, y + 0.5, side - 1, high - 1, rx="4")
                write(drawing, told, x + side / 2, y + high / 2, "muted")
                continue
            n, part = counts[code]
            drawing.block("count", x, y, side, high, rx="4", opacity=f"{PALE + (DEEP - PALE) * n / most:.2f}")
            drawing.block("ink", x + 5, y + high - 8, (side - 10) * (part / n if n else 0), 3)
            drawing.block("ink", x + 5, y + high - 8, side - 10, 3, opacity="0.25")
            write(
                drawing,
                [*told, f"{n} · {part}" if room(f"{n} · {part}") <= side else str(n)],
                x + side / 2,
                y + high / 2 - 5,
                "",
            )
        return drawing

    return draw


def written(name: str, letters: str, space: float) -> list[str]:
    """The lines of a name, or its letters where one has no room."""
    lines = broken(name, space / TIGHT)
    return lines if all(room(line) <= space / TIGHT for line in lines) else [letters]


def write(drawing: Drawing, lines: list[str], x: float, middle: float, kind: str) -> None:
    """Writes lines about a point."""
    for place, line in enumerate(lines):
        drawing.text(x, middle + 5 + (place - (len(lines) - 1) / 2) * (LINE - 3), line, kind, "middle")

"""Who works with whom: bodies as a list, each with its count, and an arc between any two that share something.

A network drawn in the plane has no order in which to be read, and no room for names. In a list names stand side by
side; the order brings those together that share most, so that arcs are short and groups show.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

from plandata.charts.drawing import LINE, Drawing, broken, short, widest

ROW, GAP, LABELS, MOST, THICKEST = 24.0, 12.0, 330.0, 220.0, 9.0
Pair = tuple[str, str]


def arcs(counts: Mapping[str, int], shared: Mapping[Pair, int], names: Mapping[str, str]) -> Callable[[float], Drawing]:
    """Bodies in the order of names, each with a dot as large as its count, and arcs as thick as what two share."""

    def draw(width: float) -> Drawing:
        figures = widest([str(n) for n in counts.values()], LABELS)
        label = widest(list(names.values()), min(LABELS, width * 0.62))
        stem = label + GAP / 2 + figures + GAP + 8
        lines = {key: broken(name, label) for key, name in names.items()}
        ends = list(accumulate((ROW + (len(own) - 1) * LINE for own in lines.values()), initial=0.0))
        middles = {key: (top + end) / 2 for key, top, end in zip(names, ends, ends[1:], strict=False)}
        drawing = Drawing(stem + min(width - stem, MOST), ends[-1])
        join(drawing, shared, middles, (stem, drawing.width - stem - THICKEST))
        for key, own in lines.items():
            y = middles[key] + 5
            for n, line in enumerate(own):
                drawing.text(label, y + (n - (len(own) - 1) / 2) * LINE, line, anchor="end")
            drawing.text(label + GAP / 2 + figures, y, str(counts[key]), "muted", "end")
            drawing.mark("circle", "ink", cx=stem, cy=y - 5, r=2.5 + 5.5 * (counts[key] / max(counts.values())) ** 0.5)
        return drawing

    return draw


def join(drawing: Drawing, shared: Mapping[Pair, int], middles: Mapping[str, float], room: tuple[float, float]) -> None:
    """Draws the arcs from a line, within some room beside it: the thickest last, the longest reach furthest."""
    (stem, reach), most = room, max(shared.values())
    far = max(abs(middles[one] - middles[other]) for one, other in shared)
    for (one, other), n in sorted(shared.items(), key=lambda pair: pair[1]):
        first, last = sorted((middles[one], middles[other]))
        high = (last - first) / 2
        wide = min(reach * ((last - first) / far) ** 0.6, high * 1.6)
        way = f"M{short(stem)} {short(first)}A{short(wide)} {short(high)} 0 0 1 {short(stem)} {short(last)}"
        thick = 1 + (THICKEST - 1) * (n - 1) / max(most - 1, 1)
        drawing.mark("path", "way", d=way, stroke_width=thick, opacity="0.55")


def told_apart(names: Sequence[str]) -> list[str]:
    """Names without the words with which most of them begin, which tell none from another.

    >>> told_apart(["A City Court", "A City Bureau", "Offices"])
    ['Court', 'Bureau', 'Offices']
    """
    starts = Counter(" ".join(words[:n]) + " " for words in map(str.split, names) for n in range(1, len(words)))
    common = max((start for start, n in starts.items() if n > len(names) / 2), key=len, default="")
    return [name.removeprefix(common) for name in names]


def nearest(keys: Sequence[str], shared: Mapping[Pair, int]) -> list[str]:
    """Bodies in an order that keeps those together that share most: each is moved to where all ways are shortest.

    >>> nearest(["a", "b", "c", "d"], {("a", "d"): 3, ("b", "c"): 1})
    ['b', 'c', 'a', 'd']
    """
    order, best = list(keys), ways(keys, shared)
    moved = True
    while moved:
        moved = False
        for key in keys:
            rest = [other for other in order if other != key]
            tried = [[*rest[:n], key, *rest[n:]] for n in range(len(order))]
            shortest = min(tried, key=lambda own: ways(own, shared))
            if ways(shortest, shared) < best:
                order, best, moved = shortest, ways(shortest, shared), True
    return order


def ways(order: Sequence[str], shared: Mapping[Pair, int]) -> int:
    """How far apart those stand that share something, all together."""
    place = {key: n for n, key in enumerate(order)}
    return sum(n * abs(place[one] - place[other]) for (one, other), n in shared.items())

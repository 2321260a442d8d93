"""Who works with whom: bodies as a list, each with its count, and an arc between any two that share something.

A network drawn in the plane has no order in which to be read, and no room for names. In a list names stand side by
side; the order brings those together that share most, so that arcs are short and groups show.
"""

from collections.abc import Callable, Mapping, Sequence

from plandata.charts.drawing import Drawing, cut, short, widest

ROW, GAP, LABELS, MOST, THICKEST = 24.0, 12.0, 330.0, 220.0, 9.0
Pair = tuple[str, str]


def arcs(counts: Mapping[str, int], shared: Mapping[Pair, int], names: Mapping[str, str]) -> Callable[[float], Drawing]:
    """Bodies in the order of names, each with a dot as large as its count, and arcs as thick as what two share."""
    place = {key: n for n, key in enumerate(names)}

    def draw(width: float) -> Drawing:
        figures = widest([str(n) for n in counts.values()], LABELS)
        label = widest(list(names.values()), min(LABELS, width * 0.66))
        stem = label + GAP / 2 + figures + GAP + 8
        reach = min(width - stem - THICKEST, MOST)
        far = max((abs(place[a] - place[b]) for a, b in shared), default=1)
        drawing = Drawing(stem + reach + THICKEST, ROW * len(names))
        y = {key: ROW * (n + 0.5) for key, n in place.items()}
        for (one, other), n in sorted(shared.items(), key=lambda pair: pair[1]):
            first, last = sorted((y[one], y[other]))
            wide = reach * ((last - first) / (far * ROW)) ** 0.6
            way = f"M{short(stem)} {short(first)}A{short(wide)} {short((last - first) / 2)} 0 0 1 {short(stem)} {short(last)}"
            thick = 1 + (THICKEST - 1) * (n - 1) / max(max(shared.values()) - 1, 1)
            drawing.mark("path", "way", d=way, stroke_width=thick, opacity="0.55")
        for key, name in names.items():
            radius = 2.5 + 5.5 * (counts[key] / max(counts.values())) ** 0.5
            drawing.text(label, y[key] + 5, cut(name, label), anchor="end")
            drawing.text(label + GAP / 2 + figures, y[key] + 5, str(counts[key]), "muted", "end")
            drawing.mark("circle", "ink", cx=stem, cy=y[key], r=radius)
        return drawing

    return draw


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
            tried = [rest[:n] + [key] + rest[n:] for n in range(len(order))]
            shortest = min(tried, key=lambda own: ways(own, shared))
            if ways(shortest, shared) < best:
                order, best, moved = shortest, ways(shortest, shared), True
    return order


def ways(order: Sequence[str], shared: Mapping[Pair, int]) -> int:
    """How far apart those stand that share something, all together."""
    place = {key: n for n, key in enumerate(order)}
    return sum(n * abs(place[one] - place[other]) for (one, other), n in shared.items())

"""How much goes from where to where: bands between two columns of blocks, as high as what they carry."""

from collections.abc import Callable, Mapping, Sequence

from plandata.charts.drawing import LINE, Drawing, broken, short, widest

# Pixels that the largest column of blocks is high, between blocks, of a block's width, and of names at the sides.
HIGH, APART, BLOCK, GAP, SIDE = 360.0, 26.0, 12.0, 8.0, 170.0
Pair = tuple[str, str]
# The depth of the bands of each block, from the first one down.
DEPTHS = (0.7, 0.5, 0.38, 0.28, 0.18)


def flow(counts: Mapping[Pair, int], left: Sequence[str], right: Sequence[str]) -> Callable[[float], Drawing]:
    """Bands from the blocks at the left to those at the right, each block with its name and its sum."""
    whole = sum(counts.values()) or 1
    sums = (
        {key: sum(n for pair, n in counts.items() if pair[side] == key) for key in keys}
        for side, keys in enumerate((left, right))
    )
    from_sums, to_sums = sums
    step = HIGH / whole

    def draw(width: float) -> Drawing:
        sides = [min(widest(names, SIDE), width * 0.3) for names in (left, right)]
        start, end = sides[0] + GAP + BLOCK, min(width, 640.0) - sides[1] - GAP - BLOCK
        drawing = Drawing(min(width, 640.0), HIGH + APART * max(len(left), len(right)))
        down = blocks(drawing, from_sums, step, (start - BLOCK, start - BLOCK - GAP, sides[0]), "end")
        to = blocks(drawing, to_sums, step, (end, end + BLOCK + GAP, sides[1]), "start")
        for place, one in enumerate(left):
            for other in right:
                high = counts.get((one, other), 0) * step
                if high:
                    depth = DEPTHS[min(place, len(DEPTHS) - 1)]
                    drawing.mark("path", "count", d=band(start, down[one], end, to[other], high), opacity=str(depth))
                    down[one] += high
                    to[other] += high
        return drawing

    return draw


def blocks(
    drawing: Drawing, sums: Mapping[str, int], step: float, columns: tuple[float, float, float], anchor: str
) -> dict[str, float]:
    """Draws the blocks of a column with their names and gives where each begins.

    columns: where blocks and names stand, and the room for a name.
    """
    x, names, space = columns
    used, begins = sum(sums.values()) * step + APART * (len(sums) - 1), {}
    top = (drawing.height - used) / 2
    for key, n in sums.items():
        begins[key] = top
        drawing.block("count", x, top, BLOCK, max(n * step, 1))
        lines = [*broken(key, space), str(n)]
        y = top + n * step / 2 - LINE * 0.8 * (len(lines) / 2) + 13
        for place, line in enumerate(lines):
            drawing.text(names, y + LINE * 0.8 * place, line, "muted" if place == len(lines) - 1 else "", anchor)
        top += n * step + APART
    return begins


def band(x1: float, y1: float, x2: float, y2: float, high: float) -> str:
    """The way round a band from one place to another."""
    middle = short((x1 + x2) / 2)
    there = f"M{short(x1)} {short(y1)}C{middle} {short(y1)} {middle} {short(y2)} {short(x2)} {short(y2)}"
    back = f"C{middle} {short(y2 + high)} {middle} {short(y1 + high)} {short(x1)} {short(y1 + high)}"
    return f"{there}v{short(high)}{back}z"

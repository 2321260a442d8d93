"""Text in columns, in which a Chinese character counts as the two cells it takes."""

from collections.abc import Sequence

from rich.cells import cell_len


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Rows of cells as lines whose columns stand below each other; right names the columns that end there.

    >>> aligned([["地区", "value"], ["Baodi", "93%"]], right=[1])
    ['地区   value', 'Baodi    93%']
    """
    if not rows:
        return []
    widths = [max(cell_len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(pad(c, w, i in right) for i, (c, w) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]


def pad(cell: str, width: int, right: bool = False) -> str:
    """A cell filled with spaces to a width in terminal cells.

    >>> pad("目标", 6), pad("目标", 6, right=True)
    ('目标  ', '  目标')
    """
    space = " " * (width - cell_len(cell))
    return space + cell if right else cell + space

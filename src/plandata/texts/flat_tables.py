"""Tables that a plain text left as a run of cells, row by row, without what merged cells hold below their first row.

The heads tell what each column holds, the serial numbers where rows begin; which columns a row lacks is told by what
fits the others best.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from plandata.texts.formats.document import Line, Place
from plandata.texts.marks import unmarked
from plandata.texts.notes import entries
from plandata.texts.roles import DOMAIN, theme_of

FEWEST_HEADS, MOST_HEADS, HEAD = 3, 12, 14
# Of how many lines of text a cell may be.
MOST_LINES = 4
GROUP = re.compile("(?:指标|目标|数|属性)?值|目标|指标|数值")
UNDER_GROUP = re.compile(r"\d{4}|基[数期]|现状|目标|基准")
NUMBER = re.compile(r"[<>≤≥]?\d[\d.]*[%‰]?|[-—/]+|\d.*|.*\d.*")
UNIT = re.compile(r"[%‰]|1?/\d*万?|[^\d。,;]{1,6}|.{0,4}/.{0,6}")
TIME = re.compile(r"(?:\d{4}年?.{0,6}|长期.{0,6}|每年.{0,6}|持续.{0,6})")
NATURE = re.compile("预期性?|约束性?|参考性?")
# What it costs to leave a column of a kind without a cell.
SKIP = {"goal": 4.0, "measure": 4.0, "name": 4.0, "domain": 0.8, "baseline": 2.0, "target": 1.5, "unit": 1.0}
Kind = Callable[[str], str]


@dataclass
class Column:
    """A column: its head, what it holds, and its last cell."""

    head: str
    kind: str
    last: Line | None = None


def gridded(cells: Sequence[Line], kind: Kind) -> list[Line]:
    """The cells of a flat table in rows and columns, its heads in row 1; empty for what is no such table.

    kind tells what a head says that its column holds, "" for nothing known.
    """
    first = next((i for i, cell in enumerate(cells) if cell.text == "1"), 0)
    first -= first > 0 and heads_rows(cells[first - 1])
    again = [cell.text for cell in cells[:first]]
    cells = [*cells[:first], *without(cells[first:], again)]
    heads = [Column(text, kind(text) or "other") for text in again]
    kinds = {column.kind for column in heads}
    if not (FEWEST_HEADS <= len(heads) <= MOST_HEADS and kinds & {"goal", "measure", "name"}):
        return []
    if heads[0].kind != "serial" or any(len(column.head) > HEAD for column in heads):
        return []
    columns = ungrouped(heads, kind)
    made = [at(cells[0], column.head, 1, n) for n, column in enumerate(columns, 1)]
    starts = list(serials(cells, first))
    for row, (start, end) in enumerate(zip(starts, [*starts[1:], len(cells)], strict=True), 1):
        inside = [cell for cell in cells[start:end] if not heads_rows(cell)]
        if heads_rows(cells[start - 1]):
            title = at(cells[start - 1], unmarked(cells[start - 1].text), 2 * row, 1)
            made.append(replace(title, place=replace(title.place, columns=len(columns))))
        made += filled(inside, columns, 2 * row + 1, end == len(cells))
    return made


def heads_rows(cell: Line) -> bool:
    """Whether a cell is the numbered name of a domain, on a row of its own above the domain's rows."""
    return unmarked(cell.text) != cell.text and DOMAIN.fullmatch(unmarked(cell.text)) is not None


def without(cells: Sequence[Line], heads: list[str]) -> Iterator[Line]:
    """Cells without the heads that each page of a long table begins with."""
    i = 0
    while i < len(cells):
        if heads and [cell.text for cell in cells[i : i + len(heads)]] == heads:
            i += len(heads)
        else:
            yield cells[i]
            i += 1


def ungrouped(heads: list[Column], kind: Kind) -> list[Column]:
    """The columns of heads in two rows: a head of a group gives way to those that stand in the second row."""
    group = next((n for n, column in enumerate(heads) if n and GROUP.fullmatch(column.head)), None)
    under = 0
    while under < len(heads) and UNDER_GROUP.search(heads[-1 - under].head):
        under += 1
    if group is None or not 2 <= under < len(heads) - group:
        return heads
    return [*heads[:group], *heads[-under:], *heads[group + 1 : -under]]


def serials(cells: Sequence[Line], first: int) -> Iterator[int]:
    """Where the serial numbers stand that count the rows."""
    expected, before = 1, first - 2
    for i in range(first, len(cells)):
        if cells[i].text == str(expected) and i - before >= 2:
            yield i
            expected, before = expected + 1, i


def filled(cells: Sequence[Line], columns: list[Column], row: int, last: bool) -> Iterator[Line]:
    """The cells of one row in their columns; merged ones that it lacks are those above."""
    taken = aligned([cell.text for cell in cells], [column.kind for column in columns], last)
    i = 0
    for n, (column, count) in enumerate(zip(columns, taken, strict=True), 1):
        if count:
            text = "\n".join(cell.text for cell in cells[i : i + count])
            column.last = at(cells[i], text, row, n)
            yield column.last
        elif column.last is not None and column.kind in ("domain", "bodies", "goal"):
            yield replace(column.last, place=replace(column.last.place, row=row, paragraph=cells[0].place.paragraph))
        i += count


def at(cell: Line, text: str, row: int, column: int) -> Line:
    place = Place(cell.place.file, cell.place.page, cell.place.paragraph, 1, row, column)
    return Line(text, place)


def aligned(texts: list[str], kinds: list[str], last: bool) -> list[int]:
    """How many of the texts of a row each column takes; behind the last row may stand what is none of it."""

    @cache
    def best(i: int, n: int) -> tuple[float, tuple[int, ...]]:
        if n == len(kinds):
            left = len(texts) - i
            return (-1.5 * left if last or not left else -100.0 * left), ()
        found = [(cost + rest, (0, *more)) for cost in [-skip(kinds, n)] for rest, more in [best(i, n + 1)]]
        told = 0.0
        for count in range(1, min(MOST_LINES, len(texts) - i) + 1):
            told += fits(texts[i + count - 1], kinds[n]) - (count > 1) * (0.2 if kinds[n] == "bodies" else 2.5)
            rest, more = best(i + count, n + 1)
            found.append((told + rest, (count, *more)))
        return max(found, key=lambda one: one[0])

    return list(best(0, 0)[1])


def skip(kinds: list[str], n: int) -> float:
    """What it costs to leave a column empty; of two for bodies the first is more often the merged one."""
    if kinds[n] == "bodies":
        return 0.9 if "bodies" in kinds[n + 1 :] else 1.1
    return SKIP.get(kinds[n], 1.0)


def fits(text: str, kind: str) -> float:
    """How well a text fits a column of a kind."""
    body = bool(entries(text, "", strict=True))
    if kind == "bodies":
        return 3.0 if body else -3.0
    if body:
        return -3.0
    if kind in ("goal", "measure", "name"):
        return 1.0 + (len(text) > HEAD) if len(text) > 2 and not TIME.fullmatch(text) else -2.0
    if kind == "domain":
        return 2.5 if len(text) <= HEAD and theme_of(text) and text[-1] not in "。;" else -2.0
    tests: dict[str, str | re.Pattern[str]] = {"serial": r"\d+", "unit": UNIT, "other": TIME}
    if kind == "other" and NATURE.fullmatch(text):
        return 2.5
    return 2.0 if re.fullmatch(tests.get(kind, NUMBER), text) else -2.0 if kind != "target" else 0.0

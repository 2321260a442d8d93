"""Agreement between two independent codings of the same items.

Rows of an item are paired one to one, best fitting first; F1 tells how far both coders found the same rows,
Krippendorff's alpha for nominal data (Krippendorff, Content Analysis, chapter on reliability) how far they agree on
what they coded of them. Intervals are those of a bootstrap over the domains, the units that were drawn (Efron and
Tibshirani, An Introduction to the Bootstrap, chapter on percentile intervals).

Run `python -m plandata.texts.agreement [FOLDER]` to print the table; FOLDER defaults to coding/.
"""

import csv
import io
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from plandata.files import TABLE_BYTES, utf8
from plandata.text import Text

Row = dict[str, str]
# What is counted of two codings: the two cells of a row, or how many rows hold of how many.
T = TypeVar("T", tuple[str, str], tuple[int, int])
CODED = ("indicator_id", "comparator", "value", "unit_of_measure", "basis", "scope_zh")
# What a direction, a benchmark, full coverage is coded of; and what every target has beside its number.
DIRECTED = ("indicator_id", "scope_zh", "comparator", "basis", "benchmark_zh", "timing", "commitment", "name_text")
WORDED = ("name_text", "timing", "commitment")
# What two rows of one item must share at least to mean the same target, and how much each sign tells.
WEIGHTS = {"indicator_id": 4, "value": 2, "comparator": 1, "scope_zh": 2, "value_text": 1}
ENOUGH = 4
# How often the domains are drawn anew for an interval, and what the draws begin with.
DRAWS, SEED = 400, 2021
OUTSIDE = 0.025


class Agreement(NamedTuple):
    """pairs of rows that both coders have, rows that only one has."""

    pairs: list[tuple[Row, Row]]
    only_first: list[Row]
    only_second: list[Row]

    @property
    def f1(self) -> float:
        """2 x pairs over all rows of both coders; 1 where neither has a row."""
        rows = 2 * len(self.pairs) + len(self.only_first) + len(self.only_second)
        return 2 * len(self.pairs) / rows if rows else 1.0

    def alpha(self, column: str) -> float:
        """Krippendorff's alpha of one column over the pairs."""
        return alpha((first[column], second[column]) for first, second in self.pairs)


def alpha(pairs: Iterable[tuple[str, str]]) -> float:
    """Krippendorff's alpha for two coders and nominal data, without missing values; nan without a pair.

    1 is full agreement, 0 what chance would give.

    >>> round(alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")]), 3)
    0.533
    """
    observed = list(pairs)
    counts = Counter(code for pair in observed for code in pair)
    n = sum(counts.values())
    expected = sum(count * (n - count) for count in counts.values())
    if not n:
        return float("nan")
    disagreements = sum(first != second for first, second in observed)
    return 1.0 if expected == 0 else 1 - (n - 1) * 2 * disagreements / expected


def compare(first: Sequence[Row], second: Sequence[Row]) -> Agreement:
    """Pairs the targets of two codings item by item.

    >>> one = {"item_id": "p.g01", "indicator_id": "x", "value": "5"}
    >>> one |= {"comparator": "ge", "scope_zh": "", "value_text": "5%"}
    >>> compare([one], [dict(one, comparator="gt")]).f1
    1.0
    """
    of_first, of_second = grouped(first), grouped(second)
    result = Agreement([], [], [])
    for item in sorted(of_first.keys() | of_second.keys()):
        left, right = list(of_first[item]), list(of_second[item])
        for i, k in best_pairs(left, right):
            result.pairs.append((left[i], right[k]))
            left[i] = right[k] = {}
        result.only_first.extend(filter(None, left))
        result.only_second.extend(filter(None, right))
    return result


def grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    items: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        items[row["item_id"]].append(row)
    return items


def best_pairs(left: list[Row], right: list[Row]) -> Iterator[tuple[int, int]]:
    """One-to-one pairs of rows that share enough, best first."""
    scored = [(likeness(a, b), -i, -k) for i, a in enumerate(left) for k, b in enumerate(right)]
    used: tuple[set[int], set[int]] = (set(), set())
    for score, i, k in sorted(scored, reverse=True):
        if score >= ENOUGH and -i not in used[0] and -k not in used[1]:
            used[0].add(-i)
            used[1].add(-k)
            yield -i, -k


def likeness(one: Row, other: Row) -> int:
    return sum(weight for column, weight in WEIGHTS.items() if one[column] == other[column])


def read(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(utf8(path, TABLE_BYTES), newline="")))


class Figure(NamedTuple):
    """One figure of agreement: of which coding, of what, over how many rows, how many of them differ, its value and
    the 95 percent interval.
    """

    group: Text
    what: Text
    rows: int
    differ: int
    value: float
    low: float
    high: float


NUMBERS = Text("targets with a number", "有数值的目标")
WORDS = Text("their names, timing, commitment", "其名称、时限方式、承诺强度")
DIRECTIONS = Text("commitments without a number", "无数值的承诺")
AGAIN = Text("commitment, coded anew after its rule was sharpened", "承诺强度（规则收紧后重新编码）")
BODIES = Text("assignments", "责任分工")
FOUND = Text("F1 of finding", "找到程度 F1")
ALPHA = Text("alpha {column}", "α {column}")


def figures(folder: Path) -> list[Figure]:
    """Every figure of agreement between the codings in a folder."""
    found = []
    for group, name, columns in ((NUMBERS, "targets", CODED), (DIRECTIONS, "directions", DIRECTED)):
        agreed = compare(*both(folder, name))
        found += [of_finding(group, agreed), *(of_column(group, agreed.pairs, column) for column in columns)]
    found += [of_column(WORDS, by_target(*both(folder, "words")), column) for column in WORDED]
    found.append(of_column(AGAIN, by_target(*both(folder, "commitment")), "commitment"))
    return [*found, of_assignments(*both(folder, "assignments"))]


def both(folder: Path, name: str) -> tuple[list[Row], list[Row]]:
    return read(folder / f"first_{name}.csv"), read(folder / f"second_{name}.csv")


def by_target(first: Sequence[Row], second: Sequence[Row]) -> list[tuple[Row, Row]]:
    """The rows of two codings that are about the same target, in the order of the first."""
    others = {row["target_id"]: row for row in second}
    return [(row, others[row["target_id"]]) for row in first if row["target_id"] in others]


def of_finding(group: Text, agreed: Agreement) -> Figure:
    """How far both coders found the same rows."""
    shared = [domain(pair[0]) for pair in agreed.pairs]
    return figure(group, FOUND, counted(shared, map(domain, (*agreed.only_first, *agreed.only_second))), share)


def of_column(group: Text, pairs: Sequence[tuple[Row, Row]], column: str) -> Figure:
    """How far both coders agree on one column of the rows that both have."""
    told = [(domain(one), (one[column], other[column])) for one, other in pairs]
    return figure(group, ALPHA.format(column=column), told, alpha)


def of_assignments(first: Iterable[Row], second: Iterable[Row]) -> Figure:
    """How far both coders assign the same bodies: F1 of (item, unit, role)."""
    sets = [{(domain(row), row["item_id"], row["unit"], row["role"]) for row in rows} for rows in (first, second)]
    shared, only = ([key[0] for key in sorted(keys)] for keys in (sets[0] & sets[1], sets[0] ^ sets[1]))
    return figure(BODIES, FOUND, counted(shared, only), share)


def counted(shared: Iterable[str], only: Iterable[str]) -> list[tuple[str, tuple[int, int]]]:
    """The domains of the rows that both coders have and of those that one has, each with how many rows hold of how
    many: what F1 adds up.
    """
    return [(name, (2, 2)) for name in shared] + [(name, (0, 1)) for name in only]


def figure(group: Text, what: Text, told: Sequence[tuple[str, T]], measure: Callable[[list[T]], float]) -> Figure:
    """A figure over pairs, each with its domain."""
    pairs = [pair for _, pair in told]
    differ = sum(one != other for one, other in pairs)
    return Figure(group, what, len(pairs), differ, measure(pairs), *interval(told, measure))


def domain(row: Row) -> str:
    return row["item_id"].rpartition(".")[0]


def share(pairs: Sequence[tuple[int, int]]) -> float:
    """The first numbers as a share of the second ones."""
    whole = sum(of for _, of in pairs)
    return sum(held for held, _ in pairs) / whole if whole else 1.0


def interval(told: Sequence[tuple[str, T]], measure: Callable[[list[T]], float]) -> tuple[float, float]:
    """The ends between which 95 percent of a figure lie when the domains are drawn anew, with replacement.

    >>> interval([("a", (2, 2)), ("a", (2, 2)), ("b", (2, 2))], share)
    (1.0, 1.0)
    """
    by_domain: dict[str, list[T]] = defaultdict(list)
    for name, one in told:
        by_domain[name].append(one)
    domains = list(by_domain.values())
    drawn = random.Random(SEED)  # noqa: S311 - draws of a bootstrap, no secrets
    values = sorted(
        measure([one for own in drawn.choices(domains, k=len(domains)) for one in own]) for _ in range(DRAWS)
    )
    return values[int(OUTSIDE * DRAWS)], values[-1 - int(OUTSIDE * DRAWS)]


def table(folder: Path) -> str:
    """The agreement of the codings in a folder as aligned text."""
    lines, group = [f"{'':<36}{'rows':>6}{'differ':>8}{'value':>8}   95 % interval"], None
    for figure in figures(folder):
        if figure.group != group:
            group = figure.group
            lines += ["", group.en]
        told = f"  {figure.what.en:<34}{figure.rows:>6}{figure.differ:>8}{figure.value:>8.3f}"
        lines.append(f"{told}   {figure.low:.3f} to {figure.high:.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table(Path(sys.argv[1] if len(sys.argv) > 1 else "coding")) + "\n")

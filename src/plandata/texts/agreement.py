"""Agreement between two independent codings of the same items.

Targets of an item are paired one to one, best fitting first; F1 tells how far both coders found the same
targets, Krippendorff's alpha for nominal data (Krippendorff, Content Analysis, chapter on reliability)
how far they agree on what they coded of them. Assignments are compared as sets.

Run `python -m plandata.texts.agreement [FOLDER]` to print the table; FOLDER defaults to coding/.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

Row = dict[str, str]
CODED = ("indicator_id", "comparator", "value", "unit_of_measure", "basis", "scope_zh")
# What two rows of one item must share at least to mean the same target, and how much each sign tells.
WEIGHTS = {"indicator_id": 4, "value": 2, "comparator": 1, "scope_zh": 2, "value_text": 1}
ENOUGH = 4


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


def shared_assignments(first: Iterable[Row], second: Iterable[Row]) -> float:
    """F1 of (item, unit, role) over two codings of assignments."""
    sets = [{(row["item_id"], row["unit"], row["role"]) for row in rows} for rows in (first, second)]
    rows = len(sets[0]) + len(sets[1])
    return 2 * len(sets[0] & sets[1]) / rows if rows else 1.0


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(folder: Path) -> str:
    """The agreement of the codings in a folder as aligned text."""
    first, second = read(folder / "first_targets.csv"), read(folder / "second_targets.csv")
    agreed = compare(first, second)
    assignments = [read(folder / f"{coder}_assignments.csv") for coder in ("first", "second")]
    lines = [
        ("targets of the first coder", f"{len(first)}"),
        ("targets of the second coder", f"{len(second)}"),
        ("targets found by both", f"{len(agreed.pairs)}"),
        ("F1 of finding a target", f"{agreed.f1:.3f}"),
        *((f"alpha {column}", f"{agreed.alpha(column):.3f}") for column in CODED),
        ("assignments of the first coder", f"{len(assignments[0])}"),
        ("assignments of the second coder", f"{len(assignments[1])}"),
        ("F1 of assignments", f"{shared_assignments(*assignments):.3f}"),
    ]
    return "\n".join(f"{name:<34}{figure:>8}" for name, figure in lines)


if __name__ == "__main__":
    sys.stdout.write(table(Path(sys.argv[1] if len(sys.argv) > 1 else "coding")) + "\n")

"""Agreement between two independent codings of the same items.

Rows of an item are paired one to one, best fitting first; F1 tells how far both coders found the same rows, alpha how
far they agree on what they coded of them. Where an item has any number of codes of one list, the two sets are compared.
What the figures are, and how their intervals are made, stands in `plandata.texts.reliability`.

Run `python -m plandata.texts.agreement [FOLDER]` to print the table; FOLDER defaults to coding/.
"""

import csv
import io
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from plandata.files import TABLE_BYTES, utf8
from plandata.text import Text
from plandata.texts.reliability import (
    Codes,
    Figure,
    alpha,
    confusions,
    counted,
    domain,
    figure,
    of_sets,
    share,
)

Row = dict[str, str]
# Where in a package its two codings stand.
CODING = "coding"
CODED = ("indicator_id", "comparator", "value", "unit_of_measure", "basis", "scope_zh")
# What a direction, a benchmark, full coverage is coded of; and what every target has beside its number.
DIRECTED = ("indicator_id", "scope_zh", "comparator", "basis", "benchmark_zh", "timing", "commitment", "name_text")
WORDED = ("name_text", "timing", "commitment")
# What two rows of one item must share at least to mean the same target, and how much each sign tells.
WEIGHTS = {"indicator_id": 4, "value": 2, "comparator": 1, "scope_zh": 2, "value_text": 1}
ENOUGH = 4
# The like for citations and duties, and what is coded of them.
NAMED, NAMED_WEIGHTS = ("kind", "level"), {"title_zh": 4}
OWED = ("frequency", "deadline_text", "from_unit", "to_unit")
OWED_WEIGHTS = {"kind": 4, "from_unit": 2, "to_unit": 2, "frequency": 1, "deadline_text": 1}
# The tables in which an item has any number of codes: the column of the code.
SETS = {"instruments": "instrument", "target_groups": "target_group", "serves": "goal_id"}
# Those that have a list of codes; a fifth of them was coded once more at the end.
RECODED = ("instruments", "target_groups")


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


def compare(first: Sequence[Row], second: Sequence[Row], weights: Mapping[str, int] = WEIGHTS) -> Agreement:
    """Pairs the rows of two codings item by item; weights say how much each equal cell tells that two are the same.

    >>> one = {"item_id": "p.g01", "indicator_id": "x", "value": "5"}
    >>> one |= {"comparator": "ge", "scope_zh": "", "value_text": "5%"}
    >>> compare([one], [dict(one, comparator="gt")]).f1
    1.0
    """
    of_first, of_second = grouped(first), grouped(second)
    result = Agreement([], [], [])
    for item in sorted(of_first.keys() | of_second.keys()):
        left, right = list(of_first[item]), list(of_second[item])
        for i, k in best_pairs(left, right, weights):
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


def best_pairs(left: list[Row], right: list[Row], weights: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """One-to-one pairs of rows that share enough, best first."""
    scored = [(likeness(a, b, weights), -i, -k) for i, a in enumerate(left) for k, b in enumerate(right)]
    used: tuple[set[int], set[int]] = (set(), set())
    for score, i, k in sorted(scored, reverse=True):
        if score >= ENOUGH and -i not in used[0] and -k not in used[1]:
            used[0].add(-i)
            used[1].add(-k)
            yield -i, -k


def likeness(one: Row, other: Row, weights: Mapping[str, int]) -> int:
    return sum(weight for column, weight in weights.items() if one[column] == other[column])


def read(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(utf8(path, TABLE_BYTES), newline="")))


NUMBERS = Text("targets with a number", "有数值的目标")
WORDS = Text("their names, timing, commitment", "其名称、时限方式、承诺强度")
DIRECTIONS = Text("commitments without a number", "无数值的承诺")
AGAIN = Text("commitment, coded anew after its rule was sharpened", "承诺强度（规则收紧后重新编码）")
BODIES = Text("assignments", "责任分工")
CITATIONS, DUTIES = Text("citations", "引用文件"), Text("duties", "实施责任")
GROUPS = {
    "instruments": Text("instruments", "政策工具"),
    "target_groups": Text("target groups", "特定群体"),
    "serves": Text("goals that measures serve", "措施所服务的目标"),
}
CODE_SETS = Text("alpha of all codes of an item (MASI distance)", "整条代码集合 α（MASI距离）")
DRIFT = Text("a fifth coded again at the end: alpha with the first coding", "末期重编五分之一，与第一次编码的 α")
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
    found.append(of_assignments(*both(folder, "assignments")))
    return [*found, *of_policies(folder)]


def of_policies(folder: Path) -> Iterator[Figure]:
    """The figures of what measures do, whom items name, what they cite and what plans owe."""
    for name, group in GROUPS.items():
        yield of_sets(group, CODE_SETS, sets_of(folder, name))
        if name in RECODED:
            yield of_sets(group, DRIFT, sets_of(folder, name, ("first", "again")))
    for group, name, columns, weights in (
        (CITATIONS, "citations", NAMED, NAMED_WEIGHTS), (DUTIES, "duties", OWED, OWED_WEIGHTS)
    ):  # fmt: skip
        agreed = compare(*both(folder, name), weights)
        yield of_finding(group, agreed)
        yield from (of_column(group, agreed.pairs, column) for column in columns)


def sets_of(
    folder: Path, name: str, coders: tuple[str, str] = ("first", "second")
) -> list[tuple[str, tuple[Codes, Codes]]]:
    """The codes that two coders gave to each item that both saw, with its domain. A row without a code says that the
    item was seen and has none.
    """
    first, second = (code_sets(read(folder / f"{coder}_{name}.csv"), SETS[name]) for coder in coders)
    return [(item.rpartition(".")[0], (first[item], second[item])) for item in sorted(first.keys() & second.keys())]


def code_sets(rows: Iterable[Row], column: str) -> dict[str, Codes]:
    """The codes of each item."""
    return {item: frozenset(row[column] for row in own if row[column]) for item, own in grouped(rows).items()}


def by_code(folder: Path, name: str) -> list[Figure]:
    """Alpha of each code of a table (whether an item has it), over the items to which either coder gave it; the codes
    that fewest agree on first.
    """
    told = sets_of(folder, name)

    def seen(code: str) -> Figure:
        of_code = [(where, (first & {code}, second & {code})) for where, (first, second) in told]
        either = sum(bool(first | second) for _, (first, second) in of_code)
        return of_sets(GROUPS[name], Text(code, code), of_code)._replace(rows=either)

    codes = {code for _, (first, second) in told for code in first | second}
    return sorted(map(seen, sorted(codes)), key=lambda figure: figure.value)


def mistaken_for(folder: Path, name: str) -> dict[str, list[tuple[str, int]]]:
    """For each code of a table the codes that the other coder had instead, the commonest first; "" is none."""
    return {code: seen.most_common() for code, seen in confusions(pair for _, pair in sets_of(folder, name)).items()}


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


def table(folder: Path) -> str:
    """The agreement of the codings in a folder as aligned text."""
    lines, group = [f"{'':<64}{'rows':>6}{'differ':>8}{'value':>8}   95 % interval"], None
    for told in figures(folder):
        if told.group != group:
            group = told.group
            lines += ["", group.en]
        lines.append(line(told))
    for name in RECODED:
        lines += ["", f"{GROUPS[name].en}, code by code", *map(line, by_code(folder, name))]
    return "\n".join(lines)


def line(told: Figure) -> str:
    """A figure as a line of the table."""
    counts = f"{told.rows:>6}{told.differ:>8}{told.value:>8.3f}"
    return f"  {told.what.en:<62}{counts}   {told.low:.3f} to {told.high:.3f}"


if __name__ == "__main__":
    sys.stdout.write(table(Path(sys.argv[1] if len(sys.argv) > 1 else "coding")) + "\n")

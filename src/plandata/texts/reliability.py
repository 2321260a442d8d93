"""How far two coders agree: Krippendorff's alpha, F1, and intervals for both.

alpha is that for nominal data (Krippendorff, Content Analysis, chapter on reliability); where an item may have several
codes, two sets of codes differ by the MASI distance (Passonneau, Measuring Agreement on Set-Valued Items, 2006).
Intervals draw the domains anew, with replacement (Efron and Tibshirani, An Introduction to the Bootstrap, chapter on
percentile intervals); for sets the disagreement that chance would give is that of the whole sample in each draw, as
Krippendorff does (Bootstrapping Distributions for alpha).
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from plandata.text import Text

# What is counted of two codings: the two cells of a row, or how many rows hold of how many.
T = TypeVar("T", tuple[str, str], tuple[int, int])
D = TypeVar("D")
Codes = frozenset[str]
# How often the domains are drawn anew for an interval, and what the draws begin with.
DRAWS, SEED = 400, 2021
OUTSIDE = 0.025
# How much two sets share in the view of MASI: they are equal, one holds the other, they overlap.
WITHIN, CROSSING = 2 / 3, 1 / 3


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


def masi(first: Codes, second: Codes) -> float:
    """The MASI distance of two sets of codes, 0 to 1: one less their Jaccard index times how they lie to each other.

    >>> masi(frozenset("ab"), frozenset("abc")) == 1 - 2 / 3 * WITHIN
    True
    """
    if first == second:
        return 0.0
    shared = first & second
    lie = WITHIN if first < second or second < first else CROSSING
    return 1 - len(shared) / len(first | second) * lie


def by_chance(pairs: Iterable[tuple[Codes, Codes]]) -> float:
    """The mean distance of any two of all the sets that two coders gave."""
    counts = Counter(codes for pair in pairs for codes in pair)
    n = sum(counts.values())
    return sum(2 * counts[a] * counts[b] * masi(a, b) for a, b in combinations(counts, 2)) / (n * (n - 1))


def of_sets(group: Text, what: Text, told: Sequence[tuple[str, tuple[Codes, Codes]]]) -> Figure:
    """Alpha over pairs of sets of codes, each with its domain; 1 where nobody gave different sets, nan without a pair.

    >>> pair = (frozenset("a"), frozenset("b"))
    >>> of_sets(Text("", ""), Text("", ""), [("x", pair), ("y", pair[::-1])]).value
    -0.5
    """
    pairs = [pair for _, pair in told]
    if not pairs:
        return Figure(group, what, 0, 0, *[float("nan")] * 3)
    expected = by_chance(pairs)
    apart: dict[str, list[float]] = defaultdict(list)
    for name, pair in told:
        apart[name].append(masi(*pair))

    def value(parts: Sequence[Sequence[float]]) -> float:
        return 1 - sum(map(sum, parts)) / sum(map(len, parts)) / expected if expected else 1.0

    domains = list(apart.values())
    differ = sum(first != second for first, second in pairs)
    return Figure(group, what, len(pairs), differ, value(domains), *percentiles(domains, value))


def confusions(pairs: Iterable[tuple[Codes, Codes]]) -> dict[str, Counter[str]]:
    """For each code what the other coder has instead where only one has it: each code that only the other has; where
    there is none, "".

    >>> confusions([(frozenset("ab"), frozenset("ac"))])["b"]
    Counter({'c': 1})
    """
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for first, second in pairs:
        for own, other in ((first - second, second - first), (second - first, first - second)):
            for code in own:
                seen[code].update(other or [""])
    return seen


def figure(group: Text, what: Text, told: Sequence[tuple[str, T]], measure: Callable[[list[T]], float]) -> Figure:
    """A figure over pairs, each with its domain."""
    pairs = [pair for _, pair in told]
    differ = sum(one != other for one, other in pairs)
    return Figure(group, what, len(pairs), differ, measure(pairs), *interval(told, measure))


def counted(shared: Iterable[str], only: Iterable[str]) -> list[tuple[str, tuple[int, int]]]:
    """The domains of the rows that both coders have and of those that one has, each with how many rows hold of how
    many: what F1 adds up.
    """
    return [(name, (2, 2)) for name in shared] + [(name, (0, 1)) for name in only]


def share(pairs: Sequence[tuple[int, int]]) -> float:
    """The first numbers as a share of the second ones."""
    whole = sum(of for _, of in pairs)
    return sum(held for held, _ in pairs) / whole if whole else 1.0


def domain(row: Mapping[str, str]) -> str:
    """The domain of a coded row, or the section of its plan."""
    return row["item_id"].rpartition(".")[0]


def interval(told: Sequence[tuple[str, T]], measure: Callable[[list[T]], float]) -> tuple[float, float]:
    """The ends between which 95 percent of a figure lie when the domains are drawn anew, with replacement.

    >>> interval([("a", (2, 2)), ("a", (2, 2)), ("b", (2, 2))], share)
    (1.0, 1.0)
    """
    by_domain: dict[str, list[T]] = defaultdict(list)
    for name, one in told:
        by_domain[name].append(one)
    return percentiles(list(by_domain.values()), lambda drawn: measure([one for own in drawn for one in own]))


def percentiles(domains: Sequence[D], measure: Callable[[Sequence[D]], float]) -> tuple[float, float]:
    """The ends between which 95 percent of a figure over domains lie when they are drawn anew, with replacement."""
    drawn = random.Random(SEED)  # noqa: S311 - draws of a bootstrap, no secrets
    values = sorted(measure(drawn.choices(domains, k=len(domains))) for _ in range(DRAWS))
    return values[int(OUTSIDE * DRAWS)], values[-1 - int(OUTSIDE * DRAWS)]

"""A text cut into sentences and clauses, and the place of a number in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from plandata.texts.draft.quantities import Quantity
from plandata.texts.draft.vocabulary import CLAUSE_END, SENTENCE_END

# How long a printed phrase may be in a row.
LONGEST_PHRASE = 24


@dataclass(frozen=True)
class Figure:
    """One printed figure that a plan commits to, with all that the words around it say.

    begins and ends are those of its phrase; name is printed, whole the name of the member of a list; place are the
    words of the body or place that it holds for; due is the year that a list of years gives it;
    said is the sentence as far as the phrase, clause its last clause.
    """

    begins: int
    ends: int
    comparator: str
    value: Decimal
    unit: str
    basis: str
    name: str
    whole: str
    place: str
    said: str
    clause: str
    reference_year: str = ""
    baseline: Decimal | None = None
    baseline_year: str = ""
    due: str = ""


@dataclass
class Sentence:
    """A sentence as it is read: what its clauses named last, its last clause without a number, its figures, and
    where it only tells how things are.
    """

    start: int
    name: str = ""
    last: str = ""
    bodies: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    states: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Clause:
    """Where a clause of a sentence begins and ends in the text."""

    text: str
    sentence: Sentence
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]


@dataclass(frozen=True)
class Place:
    """One list of numbers in its clause.

    before are the words since the figure before it, as far as its phrase; after the words up to the next number; rest
    the words behind the last number of the clause.
    """

    clause: Clause
    group: list[Quantity]
    before: str
    after: str
    rest: str

    @property
    def first(self) -> Quantity:
        return self.group[0]

    @property
    def lead(self) -> str:
        """The clause as far as the number."""
        return self.clause.text[self.clause.start : self.first.start]

    @property
    def said(self) -> str:
        """The sentence as far as the number."""
        return self.clause.text[self.clause.sentence.start : self.first.start]

    @property
    def near(self) -> str:
        """The words right before the number, since the figure before it."""
        return self.before + self.clause.text[self.first.first : self.first.start]

    @property
    def apart(self) -> bool:
        """Whether each member of a list has a number of its own."""
        return bool(re.search("分别|各自|依次", self.near))

    @property
    def comparator(self) -> str:
        """The comparator of its words, or of the figure whose list it goes on: 至少组织2次指导和1次活动."""
        joined = re.search("(?:和|及|与|以及|、)$", self.before) and self.first.unit in ("count", "person", "time")
        return self.first.comparator or (self.figure_before.comparator if joined and self.figure_before else "")

    @property
    def figure_before(self) -> Figure | None:
        """The last figure of the same clause."""
        figures = self.clause.sentence.figures
        return figures[-1] if figures and figures[-1].ends > self.clause.start else None

    @property
    def adds(self) -> bool:
        """Whether it only adds to the list that the figure before began: 建设10个基地、100个站点."""
        before = self.figure_before
        counted = before is not None and before.unit not in ("percent", "per_mille", "per_100k", "per_10k", "ratio")
        return counted and bool(re.match("、|和|及|与|以及", self.before) or re.search("(?:、|和|及|与)$", self.before))


def spans(text: str, ends: str, offset: int = 0) -> Iterator[tuple[int, int]]:
    """Where the parts of a text between these signs begin and end, counted from offset.

    >>> list(spans("甲。乙丙。", SENTENCE_END))
    [(0, 1), (2, 4)]
    """
    start = 0
    for sign in (*re.finditer(ends, text), None):
        end = sign.start() if sign else len(text)
        if end > start:
            yield offset + start, offset + end
        start = sign.end() if sign else end


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text; those of one sentence share it, and what it speaks of goes on behind a semicolon."""
    sentence = Sentence(0)
    for start, end in spans(text, SENTENCE_END):
        sentence = Sentence(start, sentence.name if text[start - 1 : start] == ";" else "")
        for first, last in spans(text[start:end], CLAUSE_END, start):
            yield Clause(text, sentence, first, last)


def places(clause: Clause, groups: list[list[Quantity]]) -> Iterator[Place]:
    """The lists of numbers of a clause, each with the words around it since the last one that became a figure."""
    floor = clause.start
    for at, group in enumerate(groups):
        end = group[-1].end
        upto = groups[at + 1][0].first if at + 1 < len(groups) else clause.end
        known = len(clause.sentence.figures)
        yield Place(
            clause, group, clause.text[floor : group[0].first], clause.text[end : max(upto, end)],
            clause.text[groups[-1][-1].end : clause.end],
        )  # fmt: skip
        floor = end if len(clause.sentence.figures) > known else floor

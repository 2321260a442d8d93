"""Lists inside a printed name: the members that are measured apart, each with its whole name.

新生儿、婴儿和5岁以下儿童死亡率 names three rates that share one ending; 艾滋病、梅毒感染孕产妇及所生儿童治疗率 four.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from plandata.texts.draft.vocabulary import APART, HEAD, LISTED, POOLED, SEPARATOR

ENDS_WITH_HEAD = re.compile(f"{HEAD}$")
CUT = re.compile(SEPARATOR)
BRACKET = re.compile(r"\([^()]*\)")
ALTERNATIVE = re.compile(r"([^()、和]{1,8})\(([^()、和]{1,8})\)")
PEOPLE = re.compile(
    r"^(?:\d+(?:[-—~至]\d+)?(?:周?岁|个?月)(?:以下|以内)?)?(?:适龄)?"
    "(?:孕产妇|妇女|女性|婴幼儿|新生儿|婴儿|儿童|中小学生|学生)"
)
OWN_PEOPLE = re.compile(
    f"(?:{PEOPLE.pattern})|小学|初中|高中|中学|中小学|学前|义务教育|幼儿园|[女男]|农村|城[镇市乡]|残疾|低?出生"
)


class Member(NamedTuple):
    """One member of a name: where the shortest printed run that holds its name begins and ends, and its whole name."""

    start: int
    end: int
    full: str


def run_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Two or more words of one kind with nothing but a separator, and a short qualifier, between them."""
    word = f"(?:[^、和及与,()。]{{0,3}}?)(?:{'|'.join(words)})(?:保险|成员|委员|人员)?"
    return re.compile(f"{word}(?:(?:{SEPARATOR}){word})+")


RUNS = tuple(map(run_of, LISTED))
RUNS_APART = tuple(map(run_of, APART))


def separators(text: str) -> Iterator[re.Match[str]]:
    """The separators of a list that stand outside brackets."""
    inside = [range(*bracket.span()) for bracket in BRACKET.finditer(text)]
    return (cut for cut in CUT.finditer(text) if not any(cut.start() in span for span in inside))


def parts(text: str) -> list[tuple[int, int]]:
    """Where the parts between the separators of a text begin and end.

    >>> parts("、甲、乙"), parts("甲")
    ([(1, 2), (3, 4)], [(0, 1)])
    """
    cuts = [(0, 0), *(cut.span() for cut in separators(text)), (len(text), len(text))]
    return [(before[1], after[0]) for before, after in pairwise(cuts) if after[0] > before[1]]


def pieces(name: str) -> list[tuple[int, int]]:
    """The whole names that a list puts side by side: it is cut where a part ends as names of quantities do."""
    found, start = [], 0
    for cut in separators(name):
        if ENDS_WITH_HEAD.search(name[start : cut.start()]):
            found.append((start, cut.start()))
            start = cut.end()
    return [*found, (start, len(name))] if start < len(name) else found


def run_in(text: str, apart: bool) -> tuple[int, int] | None:
    """The first list of words of one kind in a text, without a separator before it; None where it is pooled."""
    runs = (*RUNS, *RUNS_APART) if apart else RUNS
    found = [match.span() for run in runs if (match := run.search(text))]
    span = min(found, key=lambda span: (span[0], -span[1]), default=None)
    return None if span and re.match(POOLED, text[span[1] :]) else span


def alternatives(text: str, apart: bool) -> list[tuple[int, str]]:
    """Each reading of a text with one member of each of its lists, and where its own words begin."""
    span = run_in(text, apart)
    if span is None:
        return [(0, text)]
    first, last = span
    endings = [ending for _, ending in alternatives(text[last:], apart)]
    starts = [(first + start, first + end) for start, end in parts(text[first:last])]
    return [
        (0 if start == first else start, text[:first] + text[start:end] + ending)
        for start, end in starts
        for ending in endings
    ]


def members(name: str, apart: bool = False) -> list[Member]:
    """The members of a name that are measured apart; apart is whether the sentence says 分别.

    >>> [member.full for member in members("婴儿和5岁以下儿童死亡率")]
    ['婴儿死亡率', '5岁以下儿童死亡率']
    >>> [member.full for member in members("眼保健和视力检查覆盖率")]
    ['眼保健和视力检查覆盖率']
    """
    found = []
    people = PEOPLE.match(name)
    for start, end in pieces(name):
        piece = name[start:end]
        shared = people[0] if people and start and not OWN_PEOPLE.match(piece) else ""
        for own, full in alternatives(piece, apart):
            found.append(Member(0 if shared else start + own, end, shared + full))
    return found


def members_of(name: str, count: int) -> list[Member]:
    """The members of a name to which a sentence gives so many values with 分别; fewer where it cannot be told.

    >>> [member.full for member in members_of("社区(村)建立家长学校比例", 2)]
    ['社区建立家长学校比例', '村建立家长学校比例']
    """
    found = members(name, apart=True)
    if len(found) == count:
        return found
    if count == 2 and (pair := ALTERNATIVE.search(name)):
        before, after = name[: pair.start()], name[pair.end() :]
        return [Member(0, len(name), before + word + after) for word in pair.groups()]
    spans = parts(name)
    if len(spans) == count:
        last = name[spans[-1][0] :]
        return [Member(start, len(name), with_ending(name[start:end], last)) for start, end in spans]
    return found


def with_ending(part: str, last: str) -> str:
    """A part of a list with the ending that it shares with the last part."""
    if ENDS_WITH_HEAD.search(part) or part == last:
        return part
    shared = next((last[at + 1 :] for at in range(len(last)) if part and last[at] == part[-1]), last[len(part) :])
    return part + (shared or last)

"""The targets without a number: directions, full coverage, elimination, a fitting share, comparisons with a benchmark.

A clause is asked for each kind in turn, and the first that it states counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from plandata.texts.draft.clauses import LONGEST_PHRASE, clauses
from plandata.texts.draft.lists import members
from plandata.texts.draft.naming import short, spoken_of, trimmed
from plandata.texts.draft.vocabulary import (
    ALL_COVERED,
    ALMOST,
    BENCHMARK,
    BESIDE_IT,
    CASES,
    COUNTED,
    DIRECTED,
    FALLS,
    FITTING,
    HARM,
    MANNER,
    NEARLY,
    NO_HARM,
    NO_MORE,
    NONE_LEFT,
    NOT_DIRECTED,
    PEOPLE,
    RATE,
    RISES,
    UNCOUNTED,
    ZERO,
)

MOVE = f"(?:(?P<rise>{RISES})|(?P<fall>{FALLS}))"
MOVED = re.compile(f"(?:{MANNER})*{MOVE}(?:并|和|、)?")
LAST = re.compile(f"(?:{MANNER})*(?:稳中)?{MOVE}了?$")
ONLY_MOVED = re.compile(f"并?(?:{MANNER})*(?:{RISES}|{FALLS})$")
NEXT_MOVE = re.compile(f"、(?=(?:{MANNER})*(?:{RISES}|{FALLS}))")
QUANTITY = re.compile(rf"(?P<name>.*(?:{DIRECTED})(?:\([^()]*\))?)(?:[和及与、].*)?$")
IS_QUANTITY = re.compile(rf"(?:{DIRECTED})(?:\([^()]*\))?$")
IS_NONE = re.compile(f"(?:{NOT_DIRECTED})$")
BESIDE = re.compile(f"(?:{BESIDE_IT})[、和及与]")
# Things of which there are to be more, and harm of which there is to be less.
THINGS = re.compile(f"(?P<name>.*(?:{COUNTED}))$")
MADE_MORE = ("增加", "扩大", "壮大", "增设", "增多", "扩充", "拓宽", "扩展")
HARMED = re.compile(f"(?P<name>.*(?:{HARM}))(?:等.{{0,4}})?$")
MORE = re.compile(f"更多(?P<name>.*(?:{COUNTED}|设施))$")
MORE_WOMEN = re.compile(
    "更多(?:优秀)?(?:妇女|女性)(?:进入|成为|参与|担任)(?P<name>.*(?:董事会|监事会|管理层|成员|人员|干部).*)$"
)
HELD_DOWN = re.compile("(?P<name>.*上升趋势)(?:得到)?(?:有效)?(?:控制|遏制|减缓)$")
HELD_DOWN_FIRST = re.compile("(?:控制|遏制|减缓)(?P<name>.*上升趋势)$")
KEPT = re.compile(
    f"(?P<name>.*(?:{RATE}|数量))(?:均|总体)?"
    "(?:(?:保持|维持)(?:总体|基本|相对)?稳定|保持|维持|得到(?:有效)?控制|不再?(?:降低|下降)|(?:总体)?稳定)$"
)
KEPT_FIRST = re.compile(f"(?:控制|维持[^,。;]{{0,8}}?的)(?P<name>[^,。;]*(?:{RATE}))$")
COVERED = re.compile(f"(?:实现|实行|做到|确保|推进|推动|达到|基本实现)?(?:{ALL_COVERED})")
BEFORE_COVERED = re.compile("(?:建设|改造|服务)$")
NEARLY_ALL = re.compile(NEARLY)
IS_ALL = re.compile(ALMOST)
EACH_HAS = re.compile(
    "(?:各(?!级)[^,。;]{1,10}?|每[个一所家县村镇][^,。;]{1,12}?|[^,。;]{1,12}?(?:均|都))(?:要|应|须|至少)?(?:独立)?"
    "(?:配备|选配|安排|配置|组建|设立|设置|建立|建有|建成|设有|开设|配有)(?P<name>[^,。;]{2,24})$"
)
NONE_OF = re.compile(f"(?:{NONE_LEFT})(?P<name>[^,。;]*(?:{CASES})[^,。;]*)$")
ZERO_OF = re.compile(f"(?P<name>[^,。;]*?)(?:实现|保持|确保)?(?:{ZERO})$")
HELD = re.compile(f"(?P<name>[^,。;]*?)(?:实现|保持)?(?:{NO_MORE})$")
ONLY_PEOPLE = re.compile(f"(?:{PEOPLE})")
OF_SEXES = re.compile("(?:男女|性别|两性)+(?:之间)?(?:的)?差距")
OF_MINDS = re.compile(UNCOUNTED)
FITS = re.compile(FITTING)
BENCHMARKED = re.compile(
    rf"(?P<word>不低于|不少于|不高于|不超过|低于|达到或超过|达到|达(?!标)|高于|超过|与)(?P<benchmark>[^,。;\d]{{0,24}}?(?:{BENCHMARK}))"
    "(?P<fits>相?适应|相?匹配|相?协调|相一致|相当|同步)?$"
)
COMPARED = {
    "不高于": "le",
    "不超过": "le",
    "低于": "lt",
    "不低于": "ge",
    "不少于": "ge",
    "达到或超过": "ge",
    "达到": "eq",
    "达": "eq",
    "高于": "gt",
    "超过": "gt",
}
LOOSELY = re.compile("(?:一般|原则上)$")
DIGIT = re.compile(r"\d")
# Numbers that do not make a target numeric: ages, the level from which it is to move, its year.
UNREAD = re.compile(
    r"\d+(?:[-—~至]\d+)?(?:周?岁|个月)(?:以[上下内])?|在20\d\d年\d+(?:\.\d+)?%的?基础上|(?:到|至)20\d\d年(?:底|末)?"
    r"|\d+人以上的?(?=超?大班额)"
)


class Read(NamedTuple):
    """What a clause commits to: its comparator, where the phrase stands in it, the printed name, the benchmark."""

    comparator: str
    begins: int
    ends: int
    name: str
    benchmark: str = ""


@dataclass(frozen=True)
class Commitment:
    """One commitment without a number: where its phrase stands, and what it is about.

    name is printed, whole the name of the member of a list; said is the sentence as far as the phrase, clause its
    last clause.
    """

    begins: int
    ends: int
    comparator: str
    name: str
    whole: str
    clause: str
    said: str
    benchmark: str = ""


def commitments(text: str) -> list[Commitment]:
    """The commitments without a number in a text in normal form, in its order.

    >>> [(c.comparator, c.name) for c in commitments("提高妇女健康素养,男女收入差距逐步缩小。")]
    [('increase', '妇女健康素养'), ('decrease', '男女收入差距')]
    """
    found: list[Commitment] = []
    last = ""
    for clause in clauses(text):
        carried = clause.sentence.name
        before = "" if clause.start == clause.sentence.start else last
        for read in of_clause(clause.words, carried, before):
            begins, ends = clause.start + read.begins, clause.start + read.ends
            said = text[clause.sentence.start : ends]
            found += (
                Commitment(
                    max(begins, ends - LONGEST_PHRASE), ends, read.comparator,
                    short(read.name[member.start : member.end]), member.full, clause.words[: read.ends], said,
                    read.benchmark,
                )
                for member in members(read.name)
            )  # fmt: skip
        clause.sentence.name = spoken_of(clause.words) or clause.sentence.name
        last = clause.words
    return found


def of_clause(clause: str, carried: str, last: str) -> Iterator[Read]:
    """What a clause commits to; carried is what the clauses before it speak of, last the one before it in case none
    says so.
    """
    readers = [read for read, signs in READERS if not signs.isdisjoint(clause)]
    if readers and (not DIGIT.search(clause) or not DIGIT.search(UNREAD.sub("", clause))):
        before = carried or short(trimmed(last))
        for read in readers:
            found = [told for told in read(clause, before) if told.name]
            if found:
                yield from found
                return


def of_benchmark(clause: str, _: str) -> Iterator[Read]:
    """A comparison with another quantity than a number."""
    match = BENCHMARKED.search(clause)
    if match and "实际需求" not in match[0]:
        name = trimmed(LOOSELY.sub("", clause[: match.start()]))
        code = "approx" if match["word"] == "与" and match["fits"] else COMPARED.get(match["word"], "")
        if code and (IS_QUANTITY.search(name) or name.endswith(("寿命", "数"))):
            ends = min(len(clause), match.start() + LONGEST_PHRASE)
            yield Read(code, match.start(), ends, name, match["benchmark"])


def of_fitting(clause: str, before: str) -> Iterator[Read]:
    """A fitting or balanced share or number."""
    if match := FITS.search(clause):
        name = trimmed(clause[: match.start()]) or trimmed(clause[match.end() :].removeprefix("的")) or before
        yield Read("appropriate", *match.span(), name)


def of_kept(clause: str, _: str) -> Iterator[Read]:
    """A rate that is to be kept, or not to become worse."""
    match = KEPT.match(clause) or KEPT_FIRST.search(clause) or HELD.match(clause)
    if match and "上升趋势" not in clause:
        yield Read("maintain", *match.span(), trimmed(match["name"]))


def of_coverage(clause: str, before: str) -> Iterator[Read]:
    """All who are entitled, all places that need it."""
    if match := COVERED.search(clause):
        own = trimmed(BEFORE_COVERED.sub("", clause[: match.start()])) or trimmed(clause[match.end() :])
        yield Read("universal", *match.span(), own if names(own) and "尽" not in own else before)
    elif (match := NEARLY_ALL.search(clause)) and IS_ALL.search(clause):
        name = trimmed(clause[match.end() :]) or trimmed(clause[: match.start()])
        code = "eliminate" if "消除" in match[0] else "universal"
        yield Read(code, match.start(), min(len(clause), match.start() + LONGEST_PHRASE), name)
    elif match := EACH_HAS.search(clause):
        ends = min(match.end(), match.start() + LONGEST_PHRASE)
        yield Read("universal", match.start(), ends, trimmed(match["name"]))


def names(own: str) -> bool:
    """Whether words name what all are to have, not only who all are."""
    return len(own) > 1 and not ONLY_PEOPLE.fullmatch(own)


def of_none_left(clause: str, before: str) -> Iterator[Read]:
    """Something that can be counted and of which none is to be left."""
    match = NONE_OF.search(clause) or ZERO_OF.search(clause)
    if match and not OF_MINDS.search(match["name"]):
        yield Read(
            "eliminate", *match.span(), trimmed(match["name"].removesuffix("目标").removesuffix("实现")) or before
        )


def of_held_down(clause: str, _: str) -> Iterator[Read]:
    """A rise that is to be slowed."""
    if match := HELD_DOWN.match(clause) or HELD_DOWN_FIRST.search(clause):
        yield Read("decrease", *match.span(), trimmed(match["name"]))


def of_movement(clause: str, before: str) -> Iterator[Read]:
    """A quantity that is to rise or fall, named before the verb or behind it."""
    if last := LAST.search(clause):
        name = trimmed(clause[: last.start()])
        if clause.startswith("并") or not name:
            name = before if ONLY_MOVED.match(clause) else ""
        elif not IS_QUANTITY.search(name) or IS_NONE.search(name):
            name = ""
        if not nameless_gap(name, before):
            yield Read("increase" if last["rise"] else "decrease", 0, len(clause), name)
        return
    for moved in MOVED.finditer(clause):
        rest = NEXT_MOVE.split(clause[moved.end() :])[0]
        if (name := moved_name(moved, rest)) and not nameless_gap(name, before):
            ends = moved.end() + rest.find(name) + len(name)
            code = "increase" if moved["rise"] else "decrease"
            yield Read(code, moved.start(), min(ends, moved.start() + LONGEST_PHRASE), trimmed(name))
            return
    if more := MORE_WOMEN.search(clause) or MORE.search(clause):
        yield Read("increase", more.start(), min(more.end(), more.start() + LONGEST_PHRASE), trimmed(more["name"]))


def nameless_gap(name: str, before: str) -> bool:
    """Whether a gap between the sexes is meant of which the words before say no quantity."""
    return bool(OF_SEXES.fullmatch(name)) and not IS_QUANTITY.search(before)


def moved_name(moved: re.Match[str], rest: str) -> str:
    """What is to rise or fall, in the words behind the verb; "" where nothing counts it."""
    found = QUANTITY.match(rest)
    if found and not IS_NONE.search(found["name"]):
        return str(BESIDE.split(found["name"])[-1])
    if moved["rise"] in MADE_MORE and (found := THINGS.match(rest)):
        return str(found["name"])
    if moved["fall"] and (found := HARMED.match(rest)) and not re.search(NO_HARM, rest):
        return str(found["name"])
    return ""


# Each kind with the signs of which all its clauses hold one: most clauses are asked for few kinds.
READERS = (
    (of_benchmark, frozenset("均求例届年占重")),
    (of_fitting, frozenset("例量模应当衡化占重额")),
    (of_kept, frozenset("持制降定增")),
    (of_coverage, frozenset("覆尽齐本各每均都")),
    (of_none_left, frozenset("除灭绝零")),
    (of_held_down, frozenset("势")),
    (of_movement, frozenset("提增扩延长升壮加拓上递攀降减下缩少有收更")),
)

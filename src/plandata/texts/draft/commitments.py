"""The targets without a number: directions, full coverage, elimination, a fitting share, comparisons with a benchmark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plandata.texts.draft.lists import members
from plandata.texts.draft.naming import short, trimmed
from plandata.texts.draft.vocabulary import (
    ALL_COVERED,
    BENCHMARK,
    BESIDE_IT,
    CASES,
    CLAUSE_END,
    COUNTED,
    DIRECTED,
    FALLS,
    FITTING,
    HARM,
    MANNER,
    NEARLY,
    NO_HARM,
    NONE_LEFT,
    NOT_DIRECTED,
    RATE,
    RISES,
    SENTENCE_END,
    UNCOUNTED,
)

LONGEST_PHRASE = 24
MOVED = re.compile(f"(?P<manner>(?:{MANNER})*)(?:(?P<rise>{RISES})|(?P<fall>{FALLS}))(?:并|和|、)?")
LAST = re.compile(f"(?:{MANNER})*(?:稳中)?(?:(?P<rise>{RISES})|(?P<fall>{FALLS}))(?:了)?$")
QUANTITY = re.compile(f"^(?P<name>.*(?:{DIRECTED})(?:\\([^()]*\\))?)(?P<rest>(?:[和及与、].*)?)$")
QUANTITY_ONLY = re.compile(f"(?:{DIRECTED})(?:\\([^()]*\\))?$")
THINGS = re.compile(f"^(?P<name>.*(?:{COUNTED}))$")
HARMED = re.compile(f"^(?P<name>.*(?:{HARM}))(?:等.{{0,4}})?$")
MORE_WOMEN = re.compile(
    "更多(?:优秀)?(?:妇女|女性)(?:进入|成为|参与|担任)(?P<name>.*(?:董事会|监事会|管理层|成员|人员|干部).*)$"
)
MORE = re.compile("(?:更多|提供更多|创造更多|培养更多)(?P<name>.+)$")
HELD_DOWN = re.compile("^(?P<name>.*上升趋势)(?:得到)?(?:有效)?(?:控制|遏制|减缓)$")
HELD_DOWN_FIRST = re.compile("(?:控制|遏制|减缓)(?P<name>.*上升趋势)$")
KEPT = re.compile(
    f"^(?P<name>.*(?:{RATE}|数量))(?:均|总体)?(?:保持(?:总体|基本)?稳定|保持|得到(?:有效)?控制|不(?:再)?(?:降低|下降)|(?:总体)?稳定)$"
)
KEPT_FIRST = re.compile(f"(?:控制|维持[^,。;]{{0,8}}?的)(?P<name>[^,。;]*(?:{RATE}))$")
COVERED = re.compile(f"(?:实现|实行|做到|确保|推进|推动|达到|基本实现)?(?:{ALL_COVERED})")
ALMOST = "全覆盖|普及|改造|消除|厕所|覆盖"
EACH_HAS = re.compile(
    "(?P<who>各(?!级)[^,。;]{1,10}?|每[个一所家县村镇][^,。;]{1,12}?|[^,。;]{1,12}?(?:均|都))(?:要|应|须|至少)?(?:独立)?"
    "(?P<verb>配备|设立|设置|建立|建有|建成|设有|开设|配有)(?P<name>[^,。;]{2,24})$"
)
BENCHMARKED = re.compile(
    f"(?P<word>不低于|不少于|达到或超过|达到|高于|超过|与)(?P<benchmark>[^,。;\\d]{{0,24}}?(?:{BENCHMARK}))(?P<fits>相适应|相当|同步)?$"
)


@dataclass(frozen=True)
class Commitment:
    """One commitment without a number: where its phrase stands, its comparator, and the names in its words."""

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
    for begin, end in cut(text, 0, SENTENCE_END):
        name = previous = ""
        for start, stop in cut(text[begin:end], begin, CLAUSE_END):
            clause = text[start:stop]
            read = list(of_clause(clause, name or previous))
            for comparator, span, printed, benchmark in read:
                listed = members(printed) if printed else []
                for member in listed:
                    found.append(
                        Commitment(
                            start + max(span[0], span[1] - LONGEST_PHRASE), start + span[1], comparator,
                            short(printed[member.start : member.end]), member.full, clause[: span[1]],
                            text[begin : start + span[1]], benchmark,
                        )
                    )  # fmt: skip
            name, previous = subject(clause) or name, short(trimmed(clause))
    return found


def cut(text: str, offset: int, ends: str) -> Iterator[tuple[int, int]]:
    start = 0
    for sign in (*re.finditer(ends, text), None):
        end = sign.start() if sign else len(text)
        if end > start:
            yield offset + start, offset + end
        start = sign.end() if sign else end


def subject(clause: str) -> str:
    """What a clause speaks of, for a next one that only says 并逐步提高."""
    found = re.search(f"^(.*?(?:{RATE}|数量|人数|干部|女性|代表|委员))", clause)
    return trimmed(found[1]) if found else ""


# Numbers that do not make a target numeric: ages, and the level from which it is to move.
UNREAD = re.compile(
    r"\d+(?:[-—~至]\d+)?(?:周?岁|个月)(?:以[上下内])?|在20\d\d年\d+(?:\.\d+)?%的?基础上|(?:到|至)20\d\d年(?:底|末)?"
)
Read = tuple[str, tuple[int, int], str, str]


def of_clause(clause: str, before: str) -> Iterator[Read]:
    """The comparator, the span of the phrase, the printed name and the benchmark of what a clause commits to."""
    if re.search(r"\d", UNREAD.sub("", clause)):
        return
    for read in (of_benchmark, of_fitting, of_kept, of_coverage, of_none_left, of_harm_held, of_direction):
        found = list(read(clause, before))
        if found:
            yield from found
            return


def of_benchmark(clause: str, before: str) -> Iterator[Read]:
    match = BENCHMARKED.search(clause)
    if not match or "实际需求" in match[0]:
        return
    name = trimmed(re.sub("(?:一般|原则上)$", "", clause[: match.start()]))
    codes = {"不低于": "ge", "不少于": "ge", "达到或超过": "ge", "达到": "eq", "高于": "gt", "超过": "gt"}
    code = "approx" if match["word"] == "与" and match["fits"] else codes.get(match["word"], "")
    if code and (QUANTITY_ONLY.search(name) or re.search("寿命|数$", name)):
        yield code, (match.start(), min(len(clause), match.start() + LONGEST_PHRASE)), name, match["benchmark"]


def of_fitting(clause: str, before: str) -> Iterator[Read]:
    match = re.search(FITTING, clause)
    if match:
        name = trimmed(clause[: match.start()]) or trimmed(re.sub("^的", "", clause[match.end() :])) or before
        yield "appropriate", (match.start(), match.end()), name, ""


def of_kept(clause: str, before: str) -> Iterator[Read]:
    if "上升趋势" in clause:
        return
    if match := KEPT.search(clause):
        yield "maintain", (0, len(clause)), trimmed(match["name"]), ""
    elif match := KEPT_FIRST.search(clause):
        yield "maintain", match.span(), trimmed(match["name"]), ""


def of_coverage(clause: str, before: str) -> Iterator[Read]:
    if match := COVERED.search(clause):
        own = trimmed(re.sub("(?:建设|改造|服务)$", "", clause[: match.start()])) or trimmed(clause[match.end() :])
        name = own if len(own) > 2 and "尽" not in own else before
        yield "universal", match.span(), name, ""
    elif (match := re.search(NEARLY, clause)) and re.search(ALMOST, clause):
        name = trimmed(clause[match.end() :]) or trimmed(clause[: match.start()])
        code = "eliminate" if "消除" in match[0] else "universal"
        yield code, (match.start(), min(len(clause), match.start() + LONGEST_PHRASE)), name, ""
    elif match := EACH_HAS.search(clause):
        yield "universal", (match.start(), min(match.end(), match.start() + LONGEST_PHRASE)), trimmed(match["name"]), ""


def of_none_left(clause: str, before: str) -> Iterator[Read]:
    match = re.search(f"(?:{NONE_LEFT})(?P<name>[^,。;]+)$", clause)
    if match and re.search(CASES, match["name"]) and not re.search(UNCOUNTED, match["name"]):
        name = trimmed(re.sub("目标$", "", match["name"]))
        yield "eliminate", match.span(), name or before, ""


def of_harm_held(clause: str, before: str) -> Iterator[Read]:
    match = HELD_DOWN.search(clause) or HELD_DOWN_FIRST.search(clause)
    if match:
        yield "decrease", match.span(), trimmed(match["name"]), ""


def of_direction(clause: str, before: str) -> Iterator[Read]:
    last = LAST.search(clause)
    if last:
        name = trimmed(clause[: last.start()])
        if clause.startswith("并") or not name:
            name = before if re.match(f"并?(?:{MANNER})*(?:{RISES}|{FALLS})$", clause) else ""
        elif not (QUANTITY_ONLY.search(name) and not re.search(f"(?:{NOT_DIRECTED})$", name)):
            name = ""
        if name:
            yield "increase" if last["rise"] else "decrease", (0, len(clause)), name, ""
        return
    for moved in MOVED.finditer(clause):
        rest = re.split(f"、(?=(?:{MANNER})*(?:{RISES}|{FALLS}))", clause[moved.end() :])[0]
        name = moved_name(moved, rest)
        if name:
            ends = moved.end() + rest.find(name) + len(name) if name in rest else len(clause)
            begins = moved.start()
            span = begins, min(ends, begins + LONGEST_PHRASE)
            yield "increase" if moved["rise"] else "decrease", span, trimmed(name), ""
            return
    if more := MORE_WOMEN.search(clause):
        yield "increase", (more.start(), min(more.end(), more.start() + LONGEST_PHRASE)), trimmed(more["name"]), ""
    elif (more := MORE.search(clause)) and re.search(f"(?:{COUNTED}|设施)$", more["name"]):
        yield "increase", more.span(), trimmed(more["name"]), ""


def moved_name(moved: re.Match[str], rest: str) -> str:
    """What is to rise or fall, in the words behind the verb; "" where nothing counts it."""
    found = QUANTITY.match(rest)
    if found and not re.search(f"(?:{NOT_DIRECTED})$", found["name"]):
        return re.split(f"(?:{BESIDE_IT})[、和及与]", found["name"])[-1]
    if moved["rise"] and moved["rise"] in ("增加", "扩大", "壮大", "增设") and (found := THINGS.match(rest)):
        return found["name"]
    if moved["fall"] and (found := HARMED.match(rest)) and not re.search(NO_HARM, rest):
        return found["name"]
    return ""

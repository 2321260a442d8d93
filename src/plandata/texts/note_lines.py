"""Lines of their own that name the bodies of other items: of some by their numbers, of all before, of the last one."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plandata.texts.marks import worth
from plandata.texts.names import OPEN
from plandata.texts.notes import LABEL, SHORT, Named, entries, read_note, spaced, spans

CIRCLED = {ord(sign): f"{number}、" for number, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
# Without such a word no line is a note; most lines have none.
ROLE = re.compile(SHORT)
NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
NUMBERS = rf"\(?{NUMERAL}\)?(?:[项条款点]?[、,.和及与至到~—–―-]+第?\(?{NUMERAL}\)?)*[、.]?"
ITEMS = "主要目标|重点目标|具体目标|发展目标|目标任务|目标|指标|策略措施|主要措施|具体措施|主要任务"
ITEMS += "|任务|措施|内容|工作|事项|领域"
KINDS = {"goal": "目标|指标", "measure": "措施|举措"}
SHARED = re.compile(
    rf"[{re.escape(OPEN)}]?(?:(?:以上|上述|上列|其中|本领域|该领域)?(?:{ITEMS})?中?的?"
    rf"第?(?P<numbers>{NUMBERS})[项条点款个]?(?:{ITEMS})?"
    rf"|(?P<all>(?:以上|上述|上列|本|该|此|全部|所有|各)(?:领域|部分|板块|章|节|方面)?(?:的?(?:各项?|所有|全部)*)*(?:(?:{ITEMS}|条款|项)[和与及、]?)*"
    r"|主要目标|策略措施|主要措施|目标任务|(?:妇女|儿童)与\w{2,8}?|\w{2,10}(?:领域|方面)))"
    rf"(?:的|均|都)?(?:[,:]?(?=由|{LABEL}|(?:{SHORT}):)|(?<=[项条点款个标施\d]):)(?P<rest>.+)"
)


class Shared(NamedTuple):
    """The bodies that a line of its own names, and for which items: their numbers, all, or the item before it.

    kind is goal or measure where the line says so, else "". Without numbers it is for all items that it follows
    (everything) or for the item right before it.
    """

    numbers: frozenset[int]
    everything: bool
    kind: str
    bodies: tuple[Named, ...]


def shared(line: str) -> list[Shared]:
    """What a line of its own says on the bodies of other items; empty for a line that says more or something else.

    >>> [(sorted(one.numbers), one.bodies[0].name) for one in shared("（第1—3项责任单位：市教育局）")]
    [([1, 2, 3], '市教育局')]
    >>> shared("责任单位：市教育局")[0].everything, shared("以上目标责任单位：市教育局")[0].everything
    (False, True)
    """
    clean = spaced(line.translate(CIRCLED))
    starts = list(part_starts(clean))
    if not starts:
        return [Shared(frozenset(), False, "", tuple(read_note(line)))] if is_note(clean) else []
    if starts[0].start():
        return []
    read: list[Shared] = []
    ends = [*(match.start() for match in starts[1:]), len(clean)]
    for match, end in zip(starts, ends, strict=True):
        bodies = read_rest(clean[match.start("rest") : end])
        if not bodies:
            return []
        head = clean[match.start() : match.start("rest")]
        kinds = [kind for kind, words in KINDS.items() if re.search(words, head)]
        kind = kinds[0] if len(kinds) == 1 else read[-1].kind if read and not kinds else ""
        read.append(Shared(numbers_of(match["numbers"] or ""), match["all"] is not None, kind, tuple(bodies)))
    return read


def is_shared(line: str) -> bool:
    """Whether a line of its own names the bodies of several items, by their numbers or of all.

    >>> is_shared("1—3项责任单位：市教育局"), is_shared("责任单位：市教育局"), is_shared("1.提高普及率。")
    (True, False, False)
    """
    if ROLE.search(line[:80]) is None or next(part_starts(line.translate(CIRCLED)), None) is None:
        return False
    return any(one.numbers or one.everything for one in shared(line))


def starts_note(line: str) -> bool:
    """Whether a line is a note of bodies by itself, for the item before it."""
    return ROLE.search(line[:60]) is not None and bool(shared(line))


def part_starts(clean: str) -> Iterator[re.Match[str]]:
    """Where in a line what is said on numbered items, or on all, begins."""
    read = 0
    for at in [0, *(match.end() for match in re.finditer(r"[;,。)】\]]", clean))]:
        found = SHARED.match(clean, at) if at >= read else None
        if found:
            read = found.start("rest")
            yield found


def read_rest(rest: str) -> list[Named]:
    """The bodies of a shared line behind what it is for; empty where not all of it names bodies."""
    bare = rest.rstrip("。;,)】]〕")
    if re.match(rf"{LABEL}[】〕\]]", bare):
        bare = f"【{bare}"
    whole = bare + ")" * (bare.count("(") - bare.count(")"))
    return [named for span in spans(whole) for named in span.named] if is_note(whole) else entries(whole, "", True)


def is_note(clean: str) -> bool:
    """Whether a line is a note and nothing else."""
    found = spans(clean)
    between = zip([0, *(span.end for span in found)], [*(span.start for span in found), len(clean)], strict=True)
    return not re.search(r"\w", "".join(clean[end:start] for end, start in between).replace("注", ""))


def numbers_of(printed: str) -> frozenset[int]:
    """The numbers of a printed list with its ranges.

    >>> sorted(numbers_of("1、3-5,(七)"))
    [1, 3, 4, 5, 7]
    """
    found: list[int] = []
    for sign, numeral in re.findall(rf"([至到~—–―-]?)第?\(?({NUMERAL})", printed):
        number = worth(numeral)
        found += range(found[-1] + 1, number + 1) if sign and found else [number]
    return frozenset(found)

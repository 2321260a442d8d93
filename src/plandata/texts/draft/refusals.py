"""The numbers of a text that are no targets by their print alone: ages, years, documents, names, deadlines, units.

Each pattern names the phrase that a row of non_targets quotes. The order decides where two would read one number.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plandata.texts.draft.vocabulary import CALLED, SENTENCE_END
from plandata.texts.figures import WORDED_AGE

YEAR = r"(?:19|20)\d\d"
DASH = "[-—–~至到]"
AGE_UNIT = "(?:周岁|岁|个月龄?|月龄|周龄|龄)"
TITLE = re.compile("《[^《》]*》")
QUOTED = re.compile("“([^“”]{1,12})”")
# In a title the years, else the number with the words that it counts.
IN_TITLE = re.compile(rf"{YEAR}(?:{DASH}{YEAR})?年?|\d+(?:\.\d+)?(?:{DASH}\d+)?{AGE_UNIT}?(?:以[上下内])?")
# Who is employed, left alone or sold to at an age is a rule in force.
FORBIDDEN = re.compile("不得|禁止|严禁")
# Life expectancy is told in the unit of ages.
EXPECTANCY = re.compile("寿命[^,。;]{0,12}$")
PATTERNS = (
    ("document", rf"[〔\[(【]?{YEAR}[〕\])】](?:第)?\d+号|第\d+[号条款]"),
    ("deadline", r"[^,。;、]{0,5}\d+周至[^,。;、]{0,5}\d+天内"),
    ("name", "1000天"),
    ("legal", r"(?:产假|生育假|护理假|育儿假|陪产假|婚假|探亲假)[^,。;\d]{0,4}(?P<own>\d+个?(?:天|日|月))"),
    ("legal", r"\d+(?:天|日|个月)(?=[^,。;\d]{0,3}(?:产|生育|护理|育儿|婚|探亲)假)"),
    ("legal", r"享受[^,。;\d]{0,3}(?P<own>\d+个?(?:小时|天|日))(?!以上)"),
    ("legal", r"\d+万?元(?:以上\d+万?元)?以下(?=的?罚)"),
    ("legal", r"孕[^,。;\d]{0,6}(?P<own>\d+个?(?:月|周|小时)(?:以[上下])?)"),
    ("legal", "9年(?:免费)"),
    ("description", r"\d+[×xX*]\d+小时"),
    ("name", r"\d+分钟[^,。;、“”\d]{0,8}圈"),
    ("name", r"\d+(?:\+\d+)+(?:\+[A-Za-z])?"),
    ("name", r"学前\d+年|\d+年一贯|\d+年(?:制)?义务"),
    ("description", r"\d+(?:\.\d+)?(?:ug|μg|mg|ml|kg|cm|mm|km|g)(?![A-Za-z])"),
    ("description", r"常住人口[^,。;、\d]{0,2}\d+(?:\.\d+)?[万千]?人?(?:以[上下内])?"),
    ("description", r"\d+人以上的?(?=超?大班额)"),
    ("description", r"(?<![每\d.])\d+(?:\.\d+)?万?人口(?:以[上下内])?"),
    ("name", r"\d+(?:\.\d+)?[A-Za-z]+"),
    ("legal", r"(?:标准|工资|基数)的?\d+(?:\.\d+)?%(?=[^,。;]{0,4}(?:享受|发放|支付|计发|补贴|给付|缴纳))"),
    ("age", rf"[未不]满\d+{AGE_UNIT}|[未不]满[一二三四五六七八九十百]+周?岁"),
    ("age", rf"\d+(?:周岁|岁|个月|月龄)?{DASH}\d+{AGE_UNIT}(?!内)(?:以[上下内])?"),
    ("age", r"\d+(?:周岁|岁|月龄|个月龄)及?(?:以[上下内]|内)?"),
    ("age", r"\d+个月(?:以[上下内]|内婴儿|(?=婴|幼|的婴|龄))"),
    ("age", rf"{WORDED_AGE.pattern}(?:老人|以[上下内])?"),
    ("year", rf"{YEAR}年?{DASH}{YEAR}年?|{YEAR}{DASH}\d\d年|{YEAR}年"),
    ("deadline", r"\d{1,2}月(?:底|末|初|\d{1,2}日)?之?前(?=[^,。;]{0,6}(?:报|上报|提交|汇总|反馈))"),
    ("year", r"第\d+个?年|\d{1,2}月\d{1,2}日|\d+月(?:份|底|\d+日)"),
    ("deadline", r"\d+个?(?:工作日|月|周|天|日)之?内|提前\d+个?(?:工作日|月|周|天|日)"),
    ("year", r"\d+年(?:之?内|来|期|规划|为|后|以来|(?=累计|共))|每\d+年|未来\d+年"),
    ("description", r"\d+(?:小时|分钟)之?内"),
    ("unit", r"(?<=\()1/(?:10?)?万(?=\))|(?<=每)(?:10万|1000|1万)(?=名|人|活产|儿童|妇女)"),
    ("name", r"(?<![\d.])(?:12\d{3}|96\d{3})(?![\d.%‰人名个元万年所家次/])"),
    ("name", rf"(?<![\d.])1(?:10|19|20|22|14)(?=[^,。;\d]{{0,4}}(?:{CALLED}))"),
)  # fmt: skip
COMPILED = tuple((reason, re.compile(pattern)) for reason, pattern in PATTERNS)


class Refusal(NamedTuple):
    """A number that is no target: where its phrase stands, and the code of the reason."""

    start: int
    end: int
    reason: str


def refusals(text: str) -> list[Refusal]:
    """The numbers of a text in normal form that are no targets, in its order.

    >>> text = "到2025年,3岁以下婴幼儿的家长拨打12338"
    >>> [(text[r.start : r.end], r.reason) for r in refusals(text)]
    [('2025年', 'year'), ('3岁以下', 'age'), ('12338', 'name')]
    """
    found: list[Refusal] = []
    taken: set[int] = set()
    for refusal in candidates(text):
        span = range(refusal.start, refusal.end)
        if taken.isdisjoint(span):
            taken.update(span)
            found.append(refusal)
    return sorted(found)


def candidates(text: str) -> Iterator[Refusal]:
    """What the patterns find, the most telling first."""
    for title in TITLE.finditer(text):
        for number in IN_TITLE.finditer(title[0]):
            yield Refusal(title.start() + number.start(), title.start() + number.end(), "document")
    for reason, pattern in COMPILED:
        for match in pattern.finditer(text):
            if not is_other(reason, match, text):
                group = "own" if "own" in match.groupdict() else 0
                yield Refusal(match.start(group), match.end(group), told_apart(reason, match, text))
    for quoted in QUOTED.finditer(text):
        if re.search(r"\d", quoted[1]) and not re.search("[%‰]", quoted[1]):
            yield Refusal(quoted.start(1), quoted.end(1), "name")


def is_other(reason: str, match: re.Match[str], text: str) -> bool:
    """Whether what looks like an age is a length of life, which a target may be about."""
    return reason == "age" and bool(EXPECTANCY.search(text[max(0, match.start() - 20) : match.start()]))


def told_apart(reason: str, match: re.Match[str], text: str) -> str:
    """The reason, but an age below which something is forbidden is a rule in force."""
    if reason == "age" and match[0][0] in "未不":
        begins = max([0, *(end.end() for end in re.finditer(SENTENCE_END, text[: match.start()]))])
        ends = re.search(SENTENCE_END, text[match.end() :])
        sentence = text[begins : match.end() + ends.start() if ends else len(text)]
        return "legal" if FORBIDDEN.search(sentence) else reason
    if reason == "deadline" and re.search("内婴", text[match.start() : match.end() + 1]):
        return "age"
    return reason

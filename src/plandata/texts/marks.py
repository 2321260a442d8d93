"""The numbers and signs that open headings and items: 第一章, 一、, （一）, 1., （1）, ①, 一是, 目标1, ◆, 【】.

A mark has a style, a value in its sequence and the number as printed. Which marks open something is decided by the
sequence in which they stand (`plandata.texts.outline`), not here.
"""

import re
from functools import cache
from typing import NamedTuple

from plandata.text import normalise

CHINESE_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
# NFKC makes ① a plain 1; these look-alikes outlive it, and are made digits again when a text is done.
CIRCLED = {ord("①") + i: chr(0x2776 + i if i < 10 else 0x24EB + i - 10) for i in range(20)}
UNCIRCLED = {ord(char): str(i) for i, char in enumerate(CIRCLED.values(), 1)}
RINGS = "".join(CIRCLED.values())
NUMERAL = "[一二三四五六七八九十百〇零]{1,5}"
BULLETS = "◆◇●○■□▪▫•·★☆▲△▶►➢➤❖※◎⊙✦✧▷"
# The styles, each with its pattern; the groups are the number, and before it (in dotted ones) that of the parent.
STYLES = {
    "part": rf"第({NUMERAL}|\d{{1,3}})(?:部分|篇|编)[:、.]?",
    "chapter": rf"第({NUMERAL}|\d{{1,3}})章[:、.]?",
    "section": rf"第({NUMERAL}|\d{{1,3}})节[:、.]?",
    "article": rf"第({NUMERAL}|\d{{1,3}})条[:、.]?",
    "domain": rf"(?:领域({NUMERAL}|\d{{1,2}})|第({NUMERAL}|\d{{1,2}})个?领域)[:、.]?",
    "is": rf"({NUMERAL})是[,:]?",
    "numeral": rf"({NUMERAL})[、.,](?=[^、])",
    # The bracket that should close may be lost before a heading.
    "(numeral)": rf"[(〔\[]({NUMERAL})[)〕\]][、.:]?|({NUMERAL})\)|\(({NUMERAL})(?=[^()。;,是]{{2,20}}$)",
    "(digit)": r"[(〔\[](\d{1,3})[)〕\]][、.]?",
    "digit)": r"(\d{1,3})\)[、.]?",
    "dotted three": r"(\d{1,2})\.\d{1,2}\.(\d{1,2})(?=\.?[\u3400-\u9fff《“\"])\.?",
    "dotted": r"(\d{1,2})\.([1-9]\d?)(?=\.?[\u3400-\u9fff《“\"])(?![%‰]|[个万亿倍张名人元岁年所家次项分至到])\.?",
    "digit.": r"(\d{1,3})\.",
    "digit、": r"(\d{1,3})(?:、|,(?=\D))",
    "ring": f"([{RINGS}])[、.]?",
    "letter.": r"([A-Z])[.、](?=[\u3400-\u9fff《“\"])",
    "(letter)": r"\(?([a-z])\)[、.]?",
    "label goal": rf"(?:主要|工作|发展|重点)?(?:目标|指标)({NUMERAL}|\d{{1,3}})(?:[:、.]|(?=\D))",
    "label measure": rf"(?:主要|工作|策略|重点)?(?:措施|任务|举措|策略)({NUMERAL}|\d{{1,3}})(?:[:、.]|(?=\D))",
    "label project": rf"(?:重点|实事|重大)?(?:项目|工程|行动|专栏)({NUMERAL}|\d{{1,3}})(?:[:、.]|(?=\D))",
    "bullet": rf"[{BULLETS}]|[—━─―]{{2,3}}|[—━─―](?=[^\d)])|-{{1,2}}(?=[^\d\s)-])",
}  # fmt: skip
# Styles that one document mixes on one level.
ALIKE = ({"digit.", "digit、"}, {"(digit)", "digit)"})
# What a mark inside a paragraph begins with.
INNER = rf"第{NUMERAL}条|[(〔]?(?:{NUMERAL}|\d{{1,3}})[)〕、.]|{NUMERAL}是|[{RINGS}{BULLETS}]|——"


class Mark(NamedTuple):
    """What opens a line: style as in STYLES, value in its sequence (0: bullets have none), number as printed.

    parent is the number before the dot of a dotted one (2.1), loose says that a digit follows, so that it may be a
    decimal; end is where the text behind it begins.
    """

    style: str
    value: int
    printed: str
    end: int
    parent: int = 0
    loose: bool = False


def plain(text: str) -> str:
    """The normal form of a text, in which numbers in circles stay apart from digits.

    >>> plain("① 提高２％"), normalise("①")
    ('❶提高2%', '1')
    """
    return normalise(text.translate(CIRCLED))


def printed(text: str) -> str:
    """The normal form again of a text that `plain` made."""
    return text.translate(UNCIRCLED)


def mark(text: str) -> Mark | None:
    """The mark that a text in `plain` form begins with, or None.

    >>> mark("（三）妇女与健康"), mark(plain("（三）妇女与健康"))[:4]
    (None, ('(numeral)', 3, '三', 3))
    >>> mark("2.5%的乡镇").loose, mark("平均")
    (True, None)
    """
    for style, pattern in patterns().items():
        found = pattern.match(text)
        if found:
            return made(style, found, text)
    return None


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The styles with what opens a line in them, compiled when a text is read: the rules on tables need none of it."""
    return {style: re.compile(pattern) for style, pattern in STYLES.items()}


def unmarked(text: str) -> str:
    """A heading without its mark."""
    found = mark(text)
    return text[found.end :] if found else text


def made(style: str, found: re.Match[str], text: str) -> Mark:
    """The mark of a style that a pattern found."""
    groups = [group for group in found.groups() if group]
    if not groups:
        return Mark(f"{style} {found[0][0]}", 0, "", found.end())
    number = groups[-1].translate(UNCIRCLED)
    parent = int(groups[0]) if style.startswith("dotted") else 0
    loose = style in ("digit.", "digit、", "dotted") and text[found.end() : found.end() + 1].isdigit()
    return Mark(style, worth(number), number, found.end(), parent, loose)


def alike(style: str) -> set[str]:
    """The styles that may continue a sequence of this one, itself included."""
    return next((group for group in ALIKE if style in group), {style})


def worth(number: str) -> int:
    """The value of a number in digits, in Chinese numerals below 1,000, or of a letter.

    >>> [worth(n) for n in ("12", "十", "二十", "三十一", "一百零五", "〇", "B")]
    [12, 10, 20, 31, 105, 0, 2]
    """
    if number.isdigit() and number.isascii():
        return int(number)
    if number.isalpha() and number.isascii():
        return ord(number.lower()) - ord("a") + 1
    total = digit = 0
    for char in number:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + CHINESE_DIGITS[char]
    return total + digit

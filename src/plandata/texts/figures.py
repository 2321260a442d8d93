"""Numbers as the plans print them: where they stand in a text and what they are worth."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from plandata.text import normalise

CHINESE = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
# A rate's denominator (8.5/10万, 1/10万) belongs to its number; 人 in 万人 does not.
FIGURE = re.compile(r"\d+(?:\.\d+)?(?:/10万)?")
MEASURE_WORDS = "名家个次所项人张座处"
# Numerals abound in names (一体化, 三孩); as a quantity they stand after a comparator, in a rate or in 一半.
WORDED = re.compile(
    "一半|半数|(?:(?:不少于|不低于|至少|超过|不超过|多于)[各均设有建成立配备]{0,4}|每(?:年|学期|月|周|天)[^,。;]{0,14}?)"
    f"([一二两三四五六七八九十])[{MEASURE_WORDS}]"
)
# Ages in words are numbers that a text must account for, but no quantities.
WORDED_AGE = re.compile("[一二三四五六七八九十百]+周?岁")
# Shares in words: 百分之九十, 三分之一, 三成; 十万分之十二 is 12 for every 100,000.
FRACTION = re.compile(r"(十万|[百千万]|[二三四五六七八九十]+)分之(\d+(?:\.\d+)?|[零一二三四五六七八九十百点]+)")
PARTS = re.compile(r"(?<![\d/.])([1-9])/([2-9])(?![\d/.万])")
TENTHS = re.compile(
    "(?<![一-龥])[一两二三四五六七八九]成(?=以[上下内]|左右)"
    "|(?<=[达到过于近约超持占为在降升高低少加长])[一两二三四五六七八九]成(?=以[上下内]|左右|[,。;、的]|$)"
)
DIGIT_TENTHS = re.compile(r"(?<![\d.])([1-9])成(?=以[上下内]|左右|[,。;、的]|$)")
# Twice as much is a rise by 100 percent, four times as much by 300.
DOUBLED = re.compile("翻(?:了)?([一两三])番")
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
RATIO = re.compile(r"(\d+(?:\.\d+)?)[:∶](\d+(?:\.\d+)?)")
AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(?:/10万|[余多]?([万亿]))?")
ALL = re.compile(r"全部|所有|均|都|100%")


class Token(NamedTuple):
    """A number in a text: characters start to end (exclusive) of the normalised text."""

    start: int
    end: int
    text: str


def tokens(text: str) -> list[Token]:
    """The numbers of a text, in its order: digits, and numerals that state a quantity or an age.

    >>> [t.text for t in tokens("孕产妇死亡率控制在8.5/10万以下，一半以上的班子至少配备1名")]
    ['8.5/10万', '一半', '1']
    """
    return list(tokens_of(normalise(text)))


# The numbers of an item are asked for with each of its phrases: drafting takes a tenth less time with the cache.
@lru_cache(maxsize=2_000)
def tokens_of(clean: str) -> tuple[Token, ...]:
    """The numbers of a text in normal form."""
    numbers = [Token(m.start(), m.end(), m[0]) for m in FIGURE.finditer(clean)]
    for worded in (WORDED, WORDED_AGE, FRACTION, TENTHS, DOUBLED):
        numbers += [Token(m.start(), m.end(), m[0]) for m in worded.finditer(clean) if not re.search(r"\d", m[0])]
    return tuple(sorted(numbers))


def numeral(words: str) -> Decimal:
    """What a numeral in words is worth, up to 999, with what stands behind its point; 0 where it is none.

    >>> numeral("九十五"), numeral("十二"), numeral("三点五")
    (Decimal('95'), Decimal('12'), Decimal('3.5'))
    """
    whole, _, behind = words.partition("点")
    hundreds, hundred, rest = whole.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * CHINESE.get(hundreds, 1) * bool(hundred) + 10 * CHINESE.get(tens, 1) * bool(ten)
    digits = "".join(str(CHINESE.get(sign, 0)) for sign in behind)
    return Decimal(f"{value + CHINESE.get(ones.removeprefix('零'), 0)}{'.' * bool(digits)}{digits}")


def ratio(one: str, other: str) -> Decimal:
    """One amount divided by another, to four decimals.

    >>> ratio("3", "2"), ratio("2", "3")
    (Decimal('1.5'), Decimal('0.6667'))
    """
    return round(Decimal(one) / Decimal(other), 4).normalize()


def doubled(times: str) -> Decimal:
    """By how many percent an amount rises that doubles so often.

    >>> doubled("一"), doubled("两")
    (Decimal('100'), Decimal('300'))
    """
    return 100 * (2 ** Decimal(CHINESE[times]) - 1)


def fraction(of: str, part: str) -> Decimal:
    """What a share in words is worth: parts of a hundred, thousand and so on as they are, others in percent.

    >>> fraction("百", "九十"), fraction("三", "一"), fraction("十万", "12"), fraction("3", "2")
    (Decimal('90'), Decimal('33.33'), Decimal('12'), Decimal('66.67'))
    """
    parts, whole = (Decimal(words) if words[0].isdigit() else numeral(words) for words in (part, of))
    if of in ("百", "千", "万", "十万") or not whole:
        return parts
    return round(100 * parts / whole, 2)


def values(phrase: str) -> list[Decimal]:
    """What the numbers in a printed figure are worth, in its order; 万 counts, 3:2 is 1.5, 一半 is 50, 三成 is 30.

    >>> values("达4万人次"), values("至少为3:2"), values("一半以上"), values("不少于一家"), values("三分之一以上")
    ([Decimal('40000')], [Decimal('1.5')], [Decimal('50')], [Decimal('1')], [Decimal('33.33')])
    """
    clean = normalise(phrase)
    worths = [(m.start(), ratio(m[1], m[2])) for m in RATIO.finditer(clean) if Decimal(m[2])]
    rest = RATIO.sub(blank, clean)
    worths += [(m.start(), fraction(m[2], m[1])) for m in PARTS.finditer(rest)]
    rest = PARTS.sub(blank, rest)
    worths += [(m.start(), fraction(m[1], m[2])) for m in FRACTION.finditer(rest)]
    rest = FRACTION.sub(blank, rest)
    worths += [(m.start(), 10 * numeral(m[0][0])) for m in TENTHS.finditer(rest)]
    worths += [(m.start(), 10 * Decimal(m[1])) for m in DIGIT_TENTHS.finditer(rest)]
    rest = DIGIT_TENTHS.sub(blank, rest)
    worths += [(m.start(), doubled(m[1])) for m in DOUBLED.finditer(rest)]
    worths += [(m.start(), Decimal(m[1]) * SCALES[m[2] or ""]) for m in AMOUNT.finditer(rest)]
    worths += [(m.start(), Decimal(CHINESE[m[1]] if m[1] else 50)) for m in WORDED.finditer(rest)]
    if not worths and ALL.search(clean):
        worths = [(0, Decimal(100))]
    return [value for _, value in sorted(worths)]


def blank(found: re.Match[str]) -> str:
    """As many spaces as there are characters."""
    return " " * len(found[0])


def occurrences(phrase: str, text: str) -> list[tuple[int, int]]:
    """Where a printed figure stands in a text without cutting one of the text's numbers in two.

    >>> occurrences("5%以下", "控制在35%以下、5%以下")
    [(9, 13)]
    """
    needle, clean = normalise(phrase), normalise(text)
    if not needle:
        return []
    found, start = [], clean.find(needle)
    edges = {inner for t in tokens_of(clean) for inner in range(t.start + 1, t.end)} if start >= 0 else set()
    while start >= 0:
        end = start + len(needle)
        if start not in edges and end not in edges:
            found.append((start, end))
        start = clean.find(needle, start + 1)
    return found

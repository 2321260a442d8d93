"""The numbers of a text that state a quantity: what they are worth, in which unit, and how words compare with them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from plandata.texts.draft.vocabulary import ADVERB, BEFORE, BEHIND, CLAUSE_END, THINGS, TO_VALUE
from plandata.texts.figures import DIGIT_TENTHS, DOUBLED, FRACTION, PARTS, TENTHS, doubled, fraction, numeral, ratio

NUMBER = r"\d+(?:\.\d+)?"
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
# How a unit is printed behind its number, the longer before the shorter.
PRINTED_UNITS = (
    ("percentage_point", "个?百分点"),
    ("percent", "%"),
    ("per_mille", "‰"),
    ("per_100k", "/10万|/100000"),
    ("per_10k", "/1?万"),
    ("person_time", "多?余?人次"),
    ("yuan", "多?余?元"),
    ("square_metre", "平方米|m2"),
    ("hour", "个?小时"),
    ("minute", "分钟"),
    ("year", "周?年(?!级)"),
    ("age", "周?岁"),
    ("month", "个?月龄?"),
    ("day", "个?工作日|天|日"),
    ("week", "周"),
    ("time", "次"),
    ("session", "场次?|[期轮堂讲](?!间|内|末|限|报)"),
    ("person", "多?余?(?:名|人(?!次|均|大)|位)"),
    ("count", f"多?余?(?:{THINGS})"),
)  # fmt: skip
UNIT = "|".join(f"(?P<{code}>{signs})" for code, signs in PRINTED_UNITS)
AMOUNT = re.compile(f"(?P<number>{NUMBER})(?:[余多]?(?P<scale>[万亿]))?(?:{UNIT})?")
RANGE = re.compile(f"(?P<low>{NUMBER})(?:%|‰|/10万|个|名|次|项)?[-—~至到](?P<rest>{AMOUNT.pattern})")
RATIO = re.compile(rf"({NUMBER})[:∶]({NUMBER})(?![\d:∶])")
# Two numbers with one decimal each that have lost what stood between them: 3.55.0‰.
DAMAGED = re.compile(r"(\d+\.\d)(?=\d+\.\d(?:%|‰))(\d+\.\d)(%|‰)")
HALF = re.compile("一半|半数")
# A numeral in words is a quantity behind a comparing word or a period, as texts.figures reads it.
LEADS = "(?:不少于|不低于|至少|超过|不超过|多于)[各均设有建成立配备]{0,4}|每(?:年|学期|月|周|天)[^,。;]{0,14}?"
WORDED = re.compile(f"(?:{LEADS})(?P<numeral>[一二两三四五六七八九十])(?:{UNIT})")
FRACTION_UNITS = {"百": "percent", "千": "per_mille", "万": "per_10k", "十万": "per_100k"}
BESIDE = re.compile("(?:、|和|及|与|以及)?")
SHARES = ("percent", "per_mille", "per_10k", "per_100k")
LEAD_UP = re.compile(f"(?:(?:{ADVERB})*(?:{TO_VALUE})?(?:{ADVERB})*)$")
COMPARING = tuple((code, re.compile(words)) for code, words in BEFORE)
ENDINGS = tuple((code, re.compile(words)) for code, words in BEHIND)
CLAUSE_ENDS = re.compile(CLAUSE_END)
# What stands between a comparing word and a number that it does not compare with.
APART = re.compile(r"\d|(?<!不)(?:达到|控制在|保持在|稳定在|降至)")
# How far before its number a comparing word may stand: 不低于全市居民人均消费支出的60%.
REACH = 14


@dataclass(frozen=True)
class Quantity:
    """One number: where it stands with its unit and the ending that compares, what it is worth, in which unit.

    comparator is "" where no word compares; first is where the phrase of its comparing words begins; group counts the
    lists of numbers of the text, since members of one list share their ending.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    comparator: str = ""
    first: int = -1
    group: int = 0


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text in normal form, in its order; ages and years are among them, by their unit.

    >>> [(q.comparator, str(q.value), q.unit) for q in quantities("死亡率分别降至2‰、3‰和4‰以下")]
    [('le', '2', 'per_mille'), ('le', '3', 'per_mille'), ('le', '4', 'per_mille')]
    >>> [(q.comparator, str(q.value), q.unit) for q in quantities("至少各配备1名女干部,掌握1-2项技能")]
    [('ge', '1', 'person'), ('ge', '1', 'count'), ('le', '2', 'count')]
    """
    return [quantity for group in grouped(text, sorted(raw(text), key=lambda q: q.start)) for quantity in group]


def raw(text: str) -> Iterator[Quantity]:
    """The numbers as they stand, without what compares with them."""
    taken: set[int] = set()
    for pattern, read in READERS:
        for found in pattern.finditer(text):
            if taken.isdisjoint(range(*found.span())):
                taken.update(range(*found.span()))
                yield from read(found)


def unit_of(found: re.Match[str]) -> str:
    return next((code for code, _ in PRINTED_UNITS if found.groupdict().get(code)), "")


def read_amount(found: re.Match[str]) -> Iterator[Quantity]:
    value = Decimal(found["number"]) * SCALES[found["scale"] or ""]
    yield Quantity(*found.span(), value, unit_of(found))


def read_range(found: re.Match[str]) -> Iterator[Quantity]:
    """A printed range, as at least its lower and at most its upper end."""
    unit, scale = unit_of(found), SCALES[found["scale"] or ""]
    for comparator, number in (("ge", found["low"]), ("le", found["number"])):
        yield Quantity(*found.span(), Decimal(number) * scale, unit, comparator)


def read_ratio(found: re.Match[str]) -> Iterator[Quantity]:
    if Decimal(found[2]):
        yield Quantity(*found.span(), ratio(found[1], found[2]), "ratio")


def read_damaged(found: re.Match[str]) -> Iterator[Quantity]:
    unit = "percent" if found[3] == "%" else "per_mille"
    yield Quantity(*found.span(), Decimal(found[1]), unit)
    yield Quantity(*found.span(), Decimal(found[2]), unit)


def read_fraction(found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(*found.span(), fraction(found[1], found[2]), FRACTION_UNITS.get(found[1], "percent"))


def read_parts(found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(*found.span(), fraction(found[2], found[1]), "percent")


def read_tenths(found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(*found.span(), 10 * numeral(found[0][0]), "percent")


def read_digit_tenths(found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(*found.span(), 10 * Decimal(found[1]), "percent")


def read_doubled(found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(*found.span(), doubled(found[1]), "percent")


def read_half(found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(*found.span(), Decimal(50), "percent")


def read_worded(found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(found.start("numeral"), found.end(), numeral(found["numeral"]), unit_of(found))


READERS = (
    (DAMAGED, read_damaged),
    (FRACTION, read_fraction),
    (TENTHS, read_tenths),
    (PARTS, read_parts),
    (DOUBLED, read_doubled),
    (DIGIT_TENTHS, read_digit_tenths),
    (RATIO, read_ratio),
    (RANGE, read_range),
    (AMOUNT, read_amount),
    (HALF, read_half),
    (WORDED, read_worded),
)


def grouped(text: str, numbers: list[Quantity]) -> Iterator[list[Quantity]]:
    """The numbers in their lists, each with the comparator that it has or shares."""
    lists: list[list[Quantity]] = []
    for number in numbers:
        if lists and together(text, lists[-1][-1], number):
            lists[-1].append(number)
        else:
            lists.append([number])
    floor = 0
    for count, members in enumerate(lists):
        yield compared(text, members, floor, count)
        floor = members[-1].end


def together(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers stand side by side in a list: nothing but a separator lies between them. Rates may be for
    different numbers of persons: 8/10万、3‰和4‰.
    """
    same = one.unit == other.unit or not one.unit or (one.unit in SHARES and other.unit in SHARES)
    return same and (one.start == other.start or bool(BESIDE.fullmatch(text[ending(text, one.end) : other.start])))


def ending(text: str, at: int) -> int:
    """Where the ending that compares stops, if one stands at this place."""
    return max((m.end() for _, words in ENDINGS if (m := words.match(text, at))), default=at)


def compared(text: str, members: list[Quantity], floor: int, group: int) -> list[Quantity]:
    """The members of one list with their comparators: a word before the first and an ending of the last are shared."""
    first, last = members[0], members[-1]
    before, begins = word_before(text, first.start, floor)
    behind = next((code for code, words in ENDINGS if words.match(text, last.end)), "")
    told = []
    for member in members:
        own = next((code for code, words in ENDINGS if words.match(text, member.end)), "")
        comparator = member.comparator or own or before or behind
        unit = member.unit or last.unit
        end = ending(text, member.end)
        told.append(replace(member, end=end, unit=unit, comparator=comparator, first=begins, group=group))
    return told


def word_before(text: str, at: int, floor: int) -> tuple[str, int]:
    """The comparator of a word before a number, and where its phrase begins: at the verb that leads up to the value."""
    clause = max((m.end() for m in CLAUSE_ENDS.finditer(text, floor, at)), default=floor)
    said = text[clause:at]
    found = [(m.end(), -len(m[0]), m.start(), code) for code, words in COMPARING for m in words.finditer(said)]
    for end, _, start, code in sorted(found, reverse=True):
        between = said[end:]
        if len(between) <= REACH and not APART.search(between):
            negated = [length for last, length, begins, _ in found if begins < start < last]
            if not negated and (code != "approx" or not between):
                return code, clause + leading_up(said[:start])
    return "", clause + leading_up(said)


def leading_up(said: str) -> int:
    """Where the adverbs and the verb begin that stand at the end of what is said before a value."""
    found = LEAD_UP.search(said)
    return found.start() if found else len(said)

"""Dates and periods as documents print them: at their head, at their foot, and in titles."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plandata.text import PUNCTUATION, normalise
from plandata.texts.marks import worth

YEAR_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
RANGE = re.compile(r"(?<!\d)((?:19|20)\d\d)年?[-—–~至到]+((?:19|20)\d\d)(?!\d)")
PERIOD_ZH = re.compile("([一二三四五六七八九十]+)五(?:[”』」]|时期|规划|计划)")
PERIOD_EN = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) Five-Year\b")
# The plans of five years follow each other without a break since the third, of 1966-1970.
THIRD = 1966
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
HEADING = re.compile(r"((?:19|20)\d\d)年[^\d,。;]{0,6}")
FIGURES = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)")
WORDS = re.compile("([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
# What a page prints before a date that is the document's own, and before one that is the page's.
LABELS = {"issued_on": ("成文日期",), "published_on": ("发布日期", "发布时间", "公开日期", "生成日期", "时间", "日期")}
LABELLED = {"文号", *(label for labels in LABELS.values() for label in labels)}
NUMBER = re.compile(r"(?:文号:?)?([^\d:,。《》]{2,12}[〔\[(]\d{4}[〕\])]\d+号)")
MARKS = "•·* "
# A date below the name of who signs may have lost its 年, 月 and 日.
UNMARKED = re.compile(r"((?:19|20)\d\d)([1-9]\d{1,3})")
SIGNING = ("政府", "办公室", "委员会")


class Printed(NamedTuple):
    """A date that a line prints: of which column of documents it is, and the date in ISO form."""

    column: str
    date: str


def five_years(number: int) -> tuple[int, int]:
    """The first and the last year of a five-year plan, from the third on.

    >>> five_years(14), five_years(15)
    ((2021, 2025), (2026, 2030))
    """
    start = THIRD + 5 * (number - 3)
    return start, start + 4


def periods(text: str) -> set[tuple[int, int]]:
    """The periods that a title names: two years, or a five-year plan in Chinese or English.

    >>> periods("妇女发展“十四五”规划"), periods("妇女发展规划（2021—2030年）"), periods("the 14th Five-Year Plan")
    ({(2021, 2025)}, {(2021, 2030)}, {(2021, 2025)})
    """
    clean = normalise(text)
    ranges = {(int(m[1]), int(m[2])) for m in RANGE.finditer(clean)}
    numbers = [worth(m[1]) for m in PERIOD_ZH.finditer(clean)]
    numbers += [int(m[1]) for m in PERIOD_EN.finditer(text)]
    return ranges | {five_years(number) for number in numbers if number > 2}


def iso(line: str) -> tuple[int, int, str] | None:
    """The first date of a line: where it begins and ends, and the date in ISO form."""
    if m := FIGURES.search(line):
        return m.start(), m.end(), f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}"
    if m := WORDS.search(line):
        year = m[1].translate(YEAR_DIGITS)
        return m.start(), m.end(), f"{year}-{worth(m[2]):02}-{worth(m[3]):02}"
    return None


def spaced(text: str) -> Iterator[str]:
    """The lines of a text in normal form but for single spaces, each label that stands alone before its value."""
    label = ""
    for raw in text.split("\n"):
        line = " ".join(filter(None, map(normalise, raw.split()))).strip(MARKS)
        if line:
            yield label + line
            label = line if line.rstrip(":") in LABELLED else ""


def printed_dates(text: str) -> set[Printed]:
    r"""The dates that a document or its page prints as its own: on a line of their own, or after a label.

    >>> sorted(printed_dates("发布日期：2022-11-11 16:12\n某市人民政府\n2021年12月13日"))
    [Printed(column='issued_on', date='2021-12-13'), Printed(column='published_on', date='2022-11-11')]
    """
    lines = list(spaced(text))
    return {date for before, line in zip(["", *lines], lines, strict=False) for date in dates_of(line, before)}


def dates_of(line: str, before: str) -> list[Printed]:
    """What one line prints: one in Chinese form on a line of its own is the document's, one in figures the page's."""
    found = iso(line)
    if found is None:
        return [Printed("issued_on", date) for date in unmarked(line)] if before.endswith(SIGNING) else []
    start, end, date = found
    label = line[:start].rstrip(": ")
    column = next((column for column, labels in LABELS.items() if label in labels), "")
    if not column and (start, end) == (0, len(line)):
        column = "issued_on" if line.endswith("日") else "published_on"
    return [Printed(column, date)] if column else []


def unmarked(line: str) -> list[str]:
    """The ways in which the digits of a date without its signs can be read.

    >>> unmarked("202355"), unmarked("2021112")
    (['2023-05-05'], ['2021-01-12', '2021-11-02'])
    """
    year, digits = m.groups() if (m := UNMARKED.fullmatch(line)) else ("", "")
    cuts = ((digits[:n], digits[n:]) for n in (1, 2))
    read = [(month, day) for month, day in cuts if day[:1] not in ("", "0") and int(month) <= 12 and int(day) <= 31]
    return [f"{year}-{int(month):02}-{int(day):02}" for month, day in read]


def years(text: str) -> set[str]:
    """The years that a text names, and the ends of the periods.

    >>> sorted(years("比“十三五”末下降20%，2023年底前完成"))
    ['2020', '2023']
    """
    return {*YEAR.findall(normalise(text)), *(str(last) for _, last in periods(text))}


def heading_years(text: str) -> set[str]:
    """The years that stand on a line of their own, as the headings of a table's columns do."""
    return {m[1] for line in text.split("\n") if (m := HEADING.fullmatch(normalise(line)))}


def has_title(title: str, text: str) -> bool:
    r"""Whether one to four whole lines of a text are a title, whatever their punctuation.

    >>> has_title("某市儿童规划（2021—2025年）", "某市\n儿童规划20212025年）\n正文")
    True
    >>> has_title("儿童规划", "某市儿童规划")
    False
    """
    wanted = words_of(title)
    lines = [words for line in text.split("\n") if (words := words_of(line)) and words in wanted]
    return any("".join(lines[i : i + n]) == wanted for i in range(len(lines)) for n in range(1, 5))


def words_of(line: str) -> str:
    return PUNCTUATION.sub("", normalise(line))


def printed_numbers(text: str) -> set[str]:
    """The document numbers that stand on a line of their own."""
    return {m[1] for line in spaced(text) if (m := NUMBER.fullmatch(normalise(line)))}

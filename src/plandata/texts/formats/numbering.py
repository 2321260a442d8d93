"""Numbers before paragraphs: how a value is printed in each style of numbers, and the lists of Word that count them."""

import re
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# What begins a paragraph of its own: 一、 （一） 第一章 1. 1.1 （1） 1） ① 【 and a bullet; 1.5‰ and 2025年 do not.
NUMERAL = "[〇○零一二三四五六七八九十百]"
STARTS = re.compile(
    rf"\s*(?:[（(]\s*(?:{NUMERAL}{{1,5}}|[0-9０-９]{{1,3}}|[a-zA-Zivx]{{1,4}})\s*[)）]|{NUMERAL}{{1,5}}\s*[、.．]"
    rf"|第\s*(?:{NUMERAL}{{1,5}}|[0-9]{{1,3}})\s*[章节条编篇部]|[0-9０-９]{{1,3}}\s*(?:[、)）]|[.．](?![0-9０-９]))"
    r"|[1-9][0-9]?(?:[.．][1-9][0-9]?){1,3}(?:\s+(?=[\u4e00-\u9fff])|(?<=[.．][1-9][.．][1-9])(?=[\u4e00-\u9fff]))"
    rf"|[\u2460-\u249b\u3220-\u3229\u3251-\u325f\u32b1-\u32bf]|{NUMERAL}是|【|[●■◆▪•·➢✓○□]\s*(?=\S))"
)
CHINESE, LEGAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
BULLET = "●"
# Beyond these nobody numbers, and letters would repeat without end.
LARGEST, LEVELS, LINKS = 9_999, 9, 50


def places(value: int, units: tuple[str, ...], digits: str) -> str:
    """A value below 10,000 with the names of its places, a zero for those it skips.

    >>> places(105, ("", "十", "百", "千"), "零一二三四五六七八九")
    '一百零五'
    """
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        text += ("零" if gap and digit else "") + (digits[digit] + units[place] if digit else "")
        gap = not digit and bool(text)
    return text or digits[0]


def counting(value: int) -> str:
    """一 … 十, 十一 … 一百零一: as a thing is counted.

    >>> [counting(n) for n in (1, 10, 12, 20, 110)]
    ['一', '十', '十二', '二十', '一百一十']
    """
    text = places(value, ("", "十", "百", "千"), CHINESE)
    return text[1:] if 10 <= value < 20 else text


def digital(value: int) -> str:
    """Each digit for itself: 一〇 is 10."""
    return "".join(CHINESE[int(digit)] for digit in str(value))


def counting_to_99(value: int) -> str:
    return counting(value) if value < 100 else digital(value)


def legal(value: int) -> str:
    """壹 … 壹拾: as sums of money are written."""
    return places(value, ("", "拾", "佰", "仟"), LEGAL)


def japanese(value: int) -> str:
    """As counting, but 百 for 100 and no zero for what is skipped."""
    text = places(value, ("", "十", "百", "千"), CHINESE).replace("零", "")
    return re.sub("一(?=[十百千])", "", text)


def roman(value: int) -> str:
    text = ""
    for size, sign in ROMAN:
        text += sign * (value // size)
        value %= size
    return text


def letter(value: int) -> str:
    """From a to z, then aa, bb …: as Word goes on."""
    return string.ascii_lowercase[(value - 1) % 26] * ((value - 1) // 26 + 1)


def sign_of(signs: str) -> Callable[[int], str]:
    """A style that has one sign for each value, and digits beyond them."""
    return lambda value: signs[value - 1] if 1 <= value <= len(signs) else str(value)


def signs(*ranges: tuple[int, int]) -> str:
    """The characters of ranges of Unicode, ends included."""
    return "".join(chr(code) for first, last in ranges for code in range(first, last + 1))


def ordinal(value: int) -> str:
    teens = value % 100 in (11, 12, 13)
    return str(value) + ("th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th"))


CIRCLES = sign_of(signs((0x2460, 0x2473), (0x3251, 0x325F), (0x32B1, 0x32BF)))
# By the names that Word gives them; a style that is not here counts in digits, as Word does in a font without it.
STYLES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": lambda value: roman(value).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda value: letter(value).upper(),
    "lowerLetter": letter,
    "ordinal": ordinal,
    "chineseCounting": counting_to_99,
    "chineseCountingThousand": counting,
    "chineseLegalSimplified": legal,
    "ideographDigital": digital,
    "ideographLegalTraditional": legal,
    "japaneseCounting": japanese,
    "japaneseDigitalTenThousand": digital,
    "taiwaneseCounting": counting_to_99,
    "taiwaneseCountingThousand": counting,
    "taiwaneseDigital": digital,
    "decimalEnclosedCircle": CIRCLES,
    "decimalEnclosedCircleChinese": CIRCLES,
    "decimalEnclosedParen": sign_of(signs((0x2474, 0x2487))),
    "decimalEnclosedFullstop": sign_of(signs((0x2488, 0x249B))),
    "ideographEnclosedCircle": sign_of(signs((0x3280, 0x3289))),
    "decimalFullWidth": lambda value: str(value).translate({ord(d): ord(d) + 0xFEE0 for d in string.digits}),
    "decimalFullWidth2": lambda value: str(value).translate({ord(d): ord(d) + 0xFEE0 for d in string.digits}),
    "decimalHalfWidth": str,
    "ideographTraditional": sign_of(STEMS),
    "ideographZodiac": sign_of(BRANCHES),
    "numberInDash": lambda value: f"- {value} -",
    "none": lambda value: "",
}


def printed(value: int, style: str) -> str:
    """A value in a style of numbers, by the name that Word gives it.

    >>> [printed(12, style) for style in ("chineseCounting", "decimalEnclosedCircle", "lowerRoman", "ideographDigital")]
    ['十二', '⑫', 'xii', '一二']
    """
    if not 1 <= value <= LARGEST:
        return "" if style == "none" else str(value)
    return STYLES.get(style, str)(value)


@dataclass
class Level:
    """A level of a list: its first value, style, text with %1 for the first level's number, and what stands behind."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "\t"
    restart: int | None = None
    digits_only: bool = False
    paragraph_style: str = ""
    pad: int = 0


@dataclass
class Numbering:
    """The lists of a document and how far each has counted.

    levels are those of each list (num) by its id, with its own overrides; series says which lists count on together
    (those of one abstractNum); fresh holds the values at which a list starts anew the first time it is used.
    """

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, list_id: str, level: int) -> str:
        """The number that Word prints before the next paragraph of a list, with what stands behind it.

        "" for a list that the document does not have.
        """
        levels = self.levels.get(list_id)
        if levels is None or level not in levels:
            return ""
        counts = self.count(list_id, level)
        own = levels[level]
        if own.style == "bullet":
            return own.text + own.suffix if own.text else ""
        text = re.sub("%([1-9])", lambda found: self.number(levels, counts, int(found[1]) - 1, own), own.text)
        return text + own.suffix if text else ""

    def count(self, list_id: str, level: int) -> dict[int, int]:
        """Counts a list on by one at a level; the levels below begin anew."""
        levels, counts = self.levels[list_id], self.counts.setdefault(self.series[list_id], {})
        for each, start in self.fresh.pop(list_id, {}).items():
            counts.pop(each, None)
            if each != level:
                continue
            counts[each] = start - 1
        counts[level] = min(counts[level] + 1, LARGEST) if level in counts else levels[level].start
        for below in [each for each in counts if each > level]:
            restart = levels[below].restart if below in levels else None
            # A level restarts behind any higher one, or behind the one it names and those above; 0 is never.
            if restart is None or (restart and level + 1 <= restart):
                del counts[below]
        return counts

    def number(self, levels: Mapping[int, Level], counts: Mapping[int, int], level: int, own: Level) -> str:
        """The number of one level within the text of another."""
        if level not in levels:
            return ""
        other = levels[level]
        value = counts.get(level, other.start)
        style = "decimal" if own.digits_only and other.style != "none" else other.style
        return printed(value, style).rjust(other.pad, "0") if other.style != "bullet" else ""

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level of a list that a paragraph style is bound to."""
        levels = self.levels.get(list_id, {})
        return next((number for number, level in levels.items() if level.paragraph_style == style), None)


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def value_of(element: Any, path: str, default: str = "") -> str:
    """The w:val of the first child at a path of names (a/b), default where there is none."""
    found = element.find("/".join(W + name for name in path.split("/"))) if element is not None else None
    return default if found is None else str(found.get(W + "val", default))


def whole_number(text: str, default: int = 0) -> int:
    """A number of a stranger's file: default for what is none, and never more than people use."""
    return max(-1, min(int(text), LARGEST)) if re.fullmatch(r"\s*[+-]?[0-9]{1,9}\s*", text) else default


def read_numbering(root: Any | None, numbering_styles: Mapping[str, str]) -> Numbering:
    """The lists that numbering.xml (its root element; None where there is none) defines.

    numbering_styles says which list (num) a style of numbering has.
    """
    made = Numbering()
    if root is None:
        return made
    abstracts = {element.get(W + "abstractNumId", ""): element for element in root.findall(W + "abstractNum")}
    nums = {element.get(W + "numId", ""): element for element in root.findall(W + "num")}
    links = {series: value_of(element, "numStyleLink") for series, element in abstracts.items()}
    behind = {style: value_of(nums.get(list_id), "abstractNumId") for style, list_id in numbering_styles.items()}
    behind |= {value_of(element, "styleLink"): series for series, element in abstracts.items()}
    for list_id, num in nums.items():
        series = behind_links(value_of(num, "abstractNumId"), links, behind)
        levels = dict(read_levels(abstracts[series])) if series in abstracts else {}
        fresh = {}
        for override in num.findall(W + "lvlOverride"):
            level = whole_number(override.get(W + "ilvl", "0"))
            levels.update(read_levels(override))
            start = value_of(override, "startOverride")
            if start:
                fresh[level] = whole_number(start, 1)
        made.levels[list_id], made.series[list_id], made.fresh[list_id] = levels, series, fresh
    return made


def behind_links(series: str, links: Mapping[str, str], behind: Mapping[str, str]) -> str:
    """The abstractNum that has the levels: one may only name a style (links), behind which another stands."""
    for _ in range(LINKS):
        if not links.get(series):
            break
        series = behind.get(links[series], "")
    return series


def read_levels(parent: Any) -> Iterator[tuple[int, Level]]:
    """The levels that an abstractNum or an override holds."""
    for element in parent.findall(W + "lvl"):
        number = whole_number(element.get(W + "ilvl", "0"))
        if 0 <= number < LEVELS:
            yield number, read_level(element)


def read_level(element: Any) -> Level:
    formats = list(element.iter(W + "numFmt"))
    style = formats[0].get(W + "val", "decimal") if formats else "decimal"
    zeros = re.match("0*", formats[0].get(W + "format", "") if style == "custom" else "")
    restart = value_of(element, "lvlRestart")
    legal_flag = element.find(W + "isLgl")
    text = value_of(element, "lvlText")
    return Level(
        whole_number(value_of(element, "start", "1"), 1),
        style,
        bullet(text, element) if style == "bullet" else text,
        {"space": " ", "nothing": ""}.get(value_of(element, "suff"), "\t"),
        whole_number(restart) if restart else None,
        legal_flag is not None and legal_flag.get(W + "val", "1") not in ("0", "false", "off"),
        value_of(element, "pStyle"),
        len(zeros[0]) + 1 if zeros and zeros[0] else 0,
    )


def bullet(text: str, element: Any) -> str:
    """A bullet as a character that any font has; fonts of signs give letters another look."""
    fonts = element.find(f"{W}rPr/{W}rFonts")
    names = " ".join(str(name) for name in fonts.attrib.values()) if fonts is not None else ""
    if text and (any("\ue000" <= sign <= "\uf8ff" for sign in text) or re.search("Symbol|Wingdings|Webdings", names)):
        return BULLET
    return text

"""What an office writes in a cell, read as it is meant: a number with its unit, a year, a part of the people.

Nothing is guessed: a cell is read exactly, or it has a fault that says how to mend it, and whatever was stripped or
converted on the way is told as a change. The words that offices use in cells stand here, and nowhere else.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from plandata.schema import CodeLists
from plandata.text import LANGS, Text, normalise


@dataclass(frozen=True)
class Dated:
    """A cell that the workbook holds as a day or a time, and nobody typed as text; text is it in ISO 8601."""

    text: str


Cell = str | float | bool | Dated | None


def plain(text: str) -> str:
    """A text as it is compared: normalised, in small letters.

    >>> plain(" Ｎ/Ａ")
    'n/a'
    """
    return normalise(text).casefold()


def frozen(words: str) -> frozenset[str]:
    """Words that stand one after the other, as they are compared."""
    return frozenset(map(plain, words.split()))


# What a workbook tells of a cell beside its value: a format in percent, a formula without a result, an error.
PERCENT_FORMAT, NO_RESULT, ERROR = "percent", "formula", "error"
NOTHING = frozen(
    "- -- --- — —— – ... ...... ・・・ / // \\ * 无 暂无 暂缺 缺 空 无数据 暂无数据 没有数据 未统计 未监测 未报 不详 "
    "na n/a n.a. n.a null none nil nodata missing"
)
UNIT_WORDS: Mapping[str, str] = {
    "percent": "% 百分比 百分数 百分率 百分之 percent pct",
    "percentage_point": "百分点 个百分点 percentagepoint percentagepoints pp",
    "per_mille": "‰ 千分比 千分率 千分之 permille perthousand",
    "per_10k": "/万 1/万 每万 万分之 万分之一 /10000 1/10000 /万人 每万人 ‱ per10000",
    "per_100k": "/10万 1/10万 每10万 10万分之一 10万分之 /十万 1/十万 每十万 十万分之 十万分之一 /100000 1/100000 "
    "/10万人 每10万人 每十万人 /10万活产 per100000",
    "per_1000": "/千人 每千人 每千人口 个/千人 人/千人 张/千人 个/千人口 /1000 per1000",
    "year": "年 岁 周岁 year years",
    "hour": "小时 hour hours h",
    "hour_per_day": "小时/天 小时/日 每天小时数 小时 hoursaday hours/day",
    "count": "个 所 家 处 项 件 例 张 套 座 支 部 场 条 期 种 户 count number",
    "person": "人 名 位 person persons people",
    "person_time": "人次 person-time person-times",
    "ratio": "比值 比 倍 ratio",
    "square_metre": "平方米 m2 平米 squaremetres",
    "yuan": "元 人民币元 元/月 元/人月 元/人·月 元/年 yuan rmb cny",
    "time_per_year": "次 次/年 每年次数",
    "time_per_term": "次 次/学期 每学期次数",
}
MULTIPLES: Mapping[str, int] = {"百万": 10**6, "千万": 10**7, "万": 10**4, "亿": 10**8, "千": 10**3, "百": 100}
SEXES: Mapping[str, str] = {
    "female": "女 女性 女生 女童 女孩 female f women girls",
    "male": "男 男性 男生 男童 男孩 male m men boys",
}
AREAS: Mapping[str, str] = {
    "urban": "城镇 城市 城区 urban",
    "rural": "乡村 农村 rural",
}
# Words for all of the people or of the place.
WHOLE = frozen(
    "全县 全市 全区 全州 全域 全县合计 全市合计 全区合计 合计 总计 总体 全部 全体 小计 不分 不分性别 不分城乡 不分年龄 "
    "男女合计 城乡合计 all total both overall"
)
# Words of a limit or of a guess: what stands with them is no value.
BOUNDS = re.compile(
    "以上|以下|以内|不低于|不少于|不超过|不高于|超过|高于|低于|大于|小于|至少|至多|接近|约|左右|上下|近|余|多|几|"
    r"[<>≥≤≈～~±]|atleast|atmost|about|over|under"
)
NUMBER = re.compile(
    r"(?P<before>[^\d.,+\-−]*)(?P<sign>[+\-−]?)(?P<whole>\d[\d,]*)?(?P<part>\.\d+)?(?P<after>.*)", re.DOTALL
)
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
APART = re.compile(r"[\d０-９.．][\s\u3000]+[\d０-９.．]")
SPACED_THOUSANDS = re.compile(r"\s*\d{1,3}(?:\s\d{3})+(?!\d).*")
DAY = re.compile(r"\d{1,4}年?\d{0,2}月(?:\d{1,2}日?)?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\D.*)?|\d{1,2}:\d\d.*")
CALENDAR_YEAR = re.compile(r"(?:19|20)\d\d年")
PARTS, LONGEST = 10, 15
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
TO = r"(?:-|—|–|~|至|到)"
AGES = re.compile(rf"(\d{{1,2}})(?:周岁|岁)?{TO}(\d{{1,3}})(?:周岁|岁)?")
AGE_AND_MORE = re.compile(r"(\d{1,2})(?:(?:周岁|岁)?(?:及以上|以上)|\+)")
# Numbers by which a person can be reached or known, digits full-width or in groups; what a label says is a name.
PERSONAL = re.compile(
    r"(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d(?:[-.\s]?\d{4}){2}(?!\d)|"
    r"(?<!\d)[(（]?0\d{2,3}[)）]?[-—–\s]?\d{7,8}(?!\d)|"
    r"(?<!\d)\d{6}\s?\d{8}\s?\d{3}[\dXxＸｘ](?!\d)|"
    r"[〇零幺一二三四五六七八九]{7,}|"
    r"(?:电话|手机|座机|联系方式|微信|QQ|[Tt]el\.?|[Pp]hone)(?:号码?)?\s*[:：]?\s*[A-Za-z0-9_][\w\s.-]{4,}|"
    r"(?P<label>(?:填表|填报|制表|经办|审核|复核|联系|负责)(?:人员?\s*[:：]*|\s*[:：]+))\s*[^\s。；;:：][^。；;]{0,30}|"
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
MASK = "〔略〕"
# Words beside a number that are not its unit or its limit might be a name.
NAMING = re.compile(
    "(?:(?![约近超过不足以上下左右内每万亿千百十人次个例所年月日元岁时天小张床位名家率比分点至到之无暂未报])[一-鿿]){2,}"
)
WIDE_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}
KEPT_WIDE = frozenset("，；：？！（）～")
# Signs in notes that have plain forms; others that are no letters, digits or punctuation are left out.
PLAIN_SIGNS = str.maketrans({"×": "x", "÷": "/", "→": "-", "●": "·", "•": "·", "−": "-", "℃": "度"})
KEPT_SIGNS = frozenset("≥≤")

STRIPPED_UNIT = Text("the unit sign {sign} stands apart from the number", "数值与单位“{sign}”分开")
GROUPS = Text("separators of thousands left out", "去掉千分位分隔符")
MULTIPLIED = Text("{word} is {times:,}", "“{word}”折算为{times:,}")
WIDTH = Text("full-width or invisible characters made plain", "全角或不可见字符改为普通字符")
NOISE = Text("noise of the workbook's arithmetic rounded off", "去掉表格运算的尾差")
ROUNDED = Text("rounded to 10 decimals", "四舍五入到10位小数")
FROM_PERCENT = Text("the cell is shown in percent: times 100", "单元格为百分比格式，乘以100")
PLAIN_YEAR = Text("the year as four digits", "年份只留四位数字")
PLAIN_AGES = Text("ages as from-to", "年龄写作“起-止”")

NO_NUMBER = Text(
    "holds no number; write the number alone, or leave the cell empty", "不是数值；请只填数字，没有数据的请留空"
)
NO_VALUE = Text(
    "is a limit or a guess, no value; write the exact number, and the rest into the note",
    "是界限或约数，不是实际值；请填确切数字，说明写入备注",
)
DATE = Text(
    "is a date; if a decimal such as 5.6 is meant, format the cell as text or number and write it again",
    "被识别为日期；如本意是5.6这样的小数，请把单元格设为文本或数值格式后重新填写",
)
YEAR_AS_VALUE = Text("is a calendar year, no value; write the value", "是年份，不是数值；请填数值")
FRACTION = Text(
    "is a fraction; write its parts into numerator and denominator, and the rate as value",
    "是分数；请把分子、分母分别填入“分子”“分母”两列，数值列填比率",
)
SPAN = Text("is a span of numbers; write one number", "是一个区间；请只填一个数")
SPACED = Text("has a space between its digits; write them together", "数字之间有空格；请连写")
COMMA = Text(
    "has a comma where no thousands end; write a point or no sign (5.6, 5600)",
    "逗号位置不是千分位；小数请用小数点（如5.6），整数请去掉逗号（如5600）",
)
STRANGE = Text(
    "has a unit or words that nobody knows ({words}); write the number alone",
    "带有无法识别的单位或文字（{words}）；请只填数字",
)
STRANGE_WORDS = Text("has words beside its number; write the number alone", "数字之外还有文字；请只填数字")
TRUTH = Text("is a truth value; write a number", "是逻辑值；请填数字")
TOO_LONG = Text("has more digits than any figure; look it over", "位数过多；请核对")
TOO_FINE = Text("has more than 10 decimals; round it", "小数超过10位；请四舍五入")
PHONE = Text(
    "looks like a telephone number; write the value (an amount in 万 or 亿)", "像是电话号码；请填数值（大数请用万、亿）"
)
WAS_ERROR = Text(
    "holds an error ({sign}); mend the formula or write the number", "出错（{sign}）；请修正公式或直接填数"
)
FORMULA_ONLY = Text(
    "holds a formula without a result; open the file in Excel or WPS, save it, and send it again",
    "公式没有计算结果；请用Excel或WPS打开并保存后重新报送",
)
FORMULA_TEXT = Text("begins like a formula; write the number", "以公式符号开头；请直接填数")
NO_AGES = Text("is no age group; write 0-6 or 65+", "不是年龄段；请写作0-6或65+")


@dataclass(frozen=True)
class Figure:
    """A cell that should hold a number.

    value is exact; units are the codes that what stands beside the number may mean, empty where nothing stands there.
    times is by how much it was multiplied. Without a value it has a fault, or it is blank and nothing is reported.
    """

    value: Decimal | None = None
    units: frozenset[str] = frozenset()
    changes: tuple[Text, ...] = ()
    fault: Text | None = None
    times: int = 1

    @property
    def blank(self) -> bool:
        return self.value is None and self.fault is None


@dataclass(frozen=True)
class Unit:
    """What a unit written by an office means: codes that it may stand for, and by how much its numbers are to be
    multiplied (万人 is 10,000 persons).
    """

    codes: frozenset[str]
    times: int = 1
    word: str = ""


def written(cell: Cell) -> str:
    """A cell as it is shown to people: 12 and not 12.0, numbers of persons masked."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell).upper()
    if isinstance(cell, Dated):
        return cell.text
    return masked(f"{cell:.15g}" if isinstance(cell, float) else cell)


def said_words(words: Mapping[str, str]) -> dict[str, str]:
    """The code of each of the words that stand for it."""
    return {plain(word): code for code, listed in words.items() for word in listed.split()}


SEX_OF, AREA_OF = said_words(SEXES), said_words(AREAS)


def unit_words(codes: CodeLists) -> dict[str, frozenset[str]]:
    """The codes of each word for a unit: what offices write, and the labels and signs of the codes themselves.

    >>> from plandata.schema import edition
    >>> sorted(unit_words(edition().codes)["小时"])
    ['hour', 'hour_per_day']
    """
    named: dict[str, set[str]] = {}
    for code, entry in codes.get("unit_of_measure", {}).items():
        signs = [entry.sign[lang] for lang in LANGS] if entry.sign else []
        own = [code, *(entry.label[lang] for lang in LANGS), *signs, *UNIT_WORDS.get(code, "").split()]
        for word in filter(None, map(plain, own)):
            named.setdefault(word, set()).add(code)
    return {word: frozenset(found) for word, found in named.items()}


def unit_of(text: str, words: Mapping[str, frozenset[str]]) -> Unit | None:
    """The unit that a text names, None for one that nobody knows.

    >>> unit_of("万人次", {"人次": frozenset({"person_time"})})
    Unit(codes=frozenset({'person_time'}), times=10000, word='万')
    """
    word = plain(text).strip("()[]:")
    if word in words:
        return Unit(words[word])
    for multiple, times in MULTIPLES.items():
        rest = word.removeprefix(multiple)
        if rest != word and (not rest or rest in words):
            return Unit(words.get(rest, frozenset()), times, multiple)
    return None


def figure(cell: Cell, words: Mapping[str, frozenset[str]], mark: str = "") -> Figure:
    """A cell as a number; words are those of units, mark is what the workbook tells of the cell.

    >>> figure("９６．４％", {"%": frozenset({"percent"})}).value
    Decimal('96.4')
    >>> figure(5.6000000000000005, {}).value, figure("—", {}).blank, figure("95%以上", {}).fault == NO_VALUE
    (Decimal('5.6'), True, True)
    """
    if mark.startswith(ERROR):
        return Figure(fault=WAS_ERROR.format(sign=mark.removeprefix(ERROR)[:12]))
    if mark == NO_RESULT:
        return Figure(fault=FORMULA_ONLY)
    if isinstance(cell, bool):
        return Figure(fault=TRUTH)
    if isinstance(cell, Dated):
        return Figure(fault=DATE)
    if isinstance(cell, float):
        return of_float(cell, mark == PERCENT_FORMAT)
    return Figure() if is_blank(cell) else of_text(str(cell), words)


def is_blank(cell: Cell) -> bool:
    """Whether a cell says that there is nothing to say.

    >>> is_blank("……"), is_blank("0")
    (True, False)
    """
    return cell is None or (isinstance(cell, str) and (plain(cell) == "" or plain(cell) in NOTHING))


def of_float(number: float, percent: bool) -> Figure:
    """A number of a workbook: the shortest decimal that it can mean, without the noise of binary arithmetic."""
    if not math.isfinite(number) or abs(number) >= 10**LONGEST:
        return Figure(fault=TOO_LONG)
    value = shortest(number)
    if PERSONAL.fullmatch(f"{value:f}"):
        return Figure(fault=PHONE)
    changes = [NOISE] if value != Decimal(repr(number)) else []
    if percent:
        value *= 100
        changes.append(FROM_PERCENT)
    if value != round(value, PARTS):
        value = round(value, PARTS)
        changes.append(ROUNDED)
    codes = frozenset({"percent"}) if percent else frozenset()
    return checked(Figure(tidy(value), codes, tuple(changes)))


def shortest(number: float) -> Decimal:
    """The decimal of at most 15 significant digits; of at most 12 where that takes off a tail of noise.

    A whole number has no such tail.

    >>> shortest(0.1 + 0.2), shortest(1 / 3)
    (Decimal('0.3'), Decimal('0.333333333333333'))
    """
    fine, coarse = Decimal(f"{number:.15g}"), Decimal(f"{number:.12g}")
    digits = len(coarse.normalize().as_tuple().digits)
    return coarse if digits <= 9 and not number.is_integer() else fine


def tidy(value: Decimal) -> Decimal:
    """A decimal without an exponent, without zeros at its end, and without a sign before zero."""
    return Decimal(f"{value.normalize():f}") if value else Decimal(0)


def of_text(text: str, words: Mapping[str, frozenset[str]]) -> Figure:
    """A number that stands as text, with what stands around it."""
    stripped = text.strip().lstrip("'’‘").strip()
    if APART.search(stripped) and not SPACED_THOUSANDS.fullmatch(stripped):
        return Figure(fault=SPACED)
    bare = plain(stripped)
    if bare.startswith(("=", "@")):
        return Figure(fault=FORMULA_TEXT)
    fault = no_value(bare)
    if fault:
        return Figure(fault=fault)
    found = NUMBER.fullmatch(bare)
    if not found or not (found["whole"] or found["part"]):
        return Figure(fault=NO_NUMBER)
    return of_parts(found, words, wide=unicodedata.normalize("NFKC", stripped).strip() != stripped)


def no_value(bare: str) -> Text | None:
    """Why a text is no value though it has digits, None where it may be one."""
    if PERSONAL.search(bare):
        return PHONE
    if DAY.fullmatch(bare):
        return DATE
    if CALENDAR_YEAR.match(bare):
        return YEAR_AS_VALUE
    if re.search(rf"\d[%‰]?{TO}\d", bare):
        return SPAN
    return NO_VALUE if BOUNDS.search(bare) else None


def of_parts(found: re.Match[str], words: Mapping[str, frozenset[str]], wide: bool) -> Figure:
    """A number from its sign, digits and what stands before and after them."""
    whole, part = found["whole"] or "0", found["part"] or ""
    if "," in whole and not THOUSANDS.fullmatch(whole):
        return Figure(fault=COMMA)
    beside = found["before"] + found["after"]
    unit = unit_of(beside, words) if beside else Unit(frozenset())
    # Only a word such as 百分之 stands before its number.
    if unit is None or (found["before"] and (found["after"] or not found["before"].endswith("之"))):
        return Figure(fault=strange(found["before"], found["after"]))
    digits = whole.replace(",", "").lstrip("0") or "0"
    value = Decimal(f"{'-' if found['sign'] in ('-', '−') else ''}{digits}{part}") if sized(digits, part) else None
    if value is None:
        return Figure(fault=TOO_FINE if len(part) > PARTS + 1 else TOO_LONG)
    changes = [WIDTH] * wide + [GROUPS] * ("," in whole)
    if unit.times > 1:
        changes.append(MULTIPLIED.format(word=unit.word, times=unit.times))
        value = tidy(value * unit.times)
    if unit.codes and beside.removeprefix(unit.word):
        changes.append(STRIPPED_UNIT.format(sign=beside.removeprefix(unit.word)))
    return checked(Figure(value if value else abs(value), unit.codes, tuple(changes), times=unit.times))


def sized(digits: str, part: str) -> bool:
    """Whether a number has at most 15 digits before and 10 after its point."""
    return len(digits) <= LONGEST and len(part) <= PARTS + 1


def checked(read: Figure) -> Figure:
    """A figure as it is, or with a fault where multiplying made it longer than a cell may be."""
    value = read.value
    return Figure(fault=TOO_LONG) if value is not None and abs(value) >= 10**LONGEST else read


def strange(before: str, after: str) -> Text:
    """What is wrong with a number that has words around it; only short ones are repeated."""
    if re.fullmatch(r"/\d[\d,.]*", after):
        return FRACTION
    beside = before + after
    return STRANGE.format(words=unnamed(beside)) if len(beside) <= 6 and not before else STRANGE_WORDS


def year_of(cell: Cell) -> tuple[int | None, Text | None]:
    """The year that a cell names, None for no single one, and what was changed to get it.

    >>> year_of("2023年度")[0], year_of(2023.0), year_of("2022-2023学年")[0], year_of("二〇二三年")[0]
    (2023, (2023, None), None, 2023)
    >>> year_of(Dated("2023-12-31"))[0], year_of(Dated("12:30:00"))[0]
    (2023, None)
    """
    if isinstance(cell, float):
        return (int(cell), None) if cell.is_integer() and 1900 <= cell < 2100 else (None, None)
    if isinstance(cell, Dated):
        return int(cell.text[:4]) if cell.text[:4].isdigit() else None, PLAIN_YEAR
    if not isinstance(cell, str):
        return None, None
    bare = plain(cell).translate(CHINESE_DIGITS)
    years = set(YEAR.findall(bare))
    if len(years) != 1 or re.search(r"[-~至到—]\d", bare):
        return None, None
    year = years.pop()
    return int(year), None if cell == year else PLAIN_YEAR


def ages_of(cell: Cell) -> tuple[str | None, Text | None]:
    """The ages that a cell names in the form of the schema, None for what names none, and what was changed.

    >>> ages_of("0～6岁")[0], ages_of("65岁及以上")[0], ages_of("0-6"), ages_of("5岁以下")[0]
    ('0-6', '65+', ('0-6', None), None)
    """
    bare = plain(cell) if isinstance(cell, str) else ""
    span, more = AGES.fullmatch(bare), AGE_AND_MORE.fullmatch(bare)
    if not span and not more:
        return None, None
    found = f"{int(span[1])}-{int(span[2])}" if span else f"{int(more[1])}+" if more else ""
    return found, None if found == cell else PLAIN_AGES


def is_whole(text: str) -> bool:
    """Whether a text means all of the people or of the place."""
    return is_blank(text) or plain(text) in WHOLE


# Cells are looked at several times, and most are alike: collecting takes a fifth longer without the cache.
@lru_cache(maxsize=10_000)
def masked(text: str) -> str:
    """A text in which telephone and identity numbers, addresses of mail and labelled names are covered.

    >>> masked("统计台账，0857-6222222")
    '统计台账，〔略〕'
    """
    digits = text.translate(WIDE_DIGITS)
    covered = PERSONAL.sub(lambda found: f"{found['label'] or ''}{MASK}", digits)
    return covered if covered != digits else text


def unnamed(text: str) -> str:
    """A cell that should have been a number, without what might name a person.

    >>> unnamed("96%以上"), unnamed("钱多多2023")
    ('96%以上', '〔略〕2023')
    """
    return NAMING.sub(MASK, masked(text))


def prose(text: str) -> str:
    r"""A text for source and note: no control or invisible characters, no full-width letters, single spaces.

    >>> prose(" 统计\n年鉴２０２４，表３\u200b ★3×2")
    '统计 年鉴2024，表3 3x2'
    """
    signs = text.translate(PLAIN_SIGNS)
    plainer = "".join(c if c in KEPT_WIDE else unicodedata.normalize("NFKC", c) for c in signs)
    spaced = "".join(" " if c.isspace() else c for c in plainer)
    return " ".join("".join(filter(belongs, spaced)).split())


def belongs(character: str) -> bool:
    """Whether a character may stand in a note: no control, no format character, no sign outside of ASCII."""
    kind = unicodedata.category(character)[0]
    return (character.isascii() and kind != "C") or character in KEPT_SIGNS or kind not in "CS"


def one_of(names: Iterable[str | Text], most: int = 5) -> Text:
    """Some names one after the other, at most so many.

    >>> one_of(["0-6", "65+"]).en, one_of(["0-6", "65+"]).zh
    ('0-6, 65+', '0-6、65+')
    """
    first = list(names)[:most]
    said = {lang: [name if isinstance(name, str) else name[lang] for name in first] for lang in LANGS}
    return Text(", ".join(said["en"]), "、".join(said["zh"]))

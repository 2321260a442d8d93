"""Finds the tables in a grid: their header by the names that columns bear, what each column means, and their rows.

The names of columns are those of the schema of observations, its titles in both languages, and what offices write in
their place, which stands here and nowhere else.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from plandata.monitor.cells import AREA_OF, SEX_OF, WHOLE, Cell, is_blank, masked, plain, said_words, written
from plandata.monitor.sheets import Grid, address
from plandata.schema import Table
from plandata.text import LANGS

INDICATOR, VALUE, YEAR, UNIT, BODY, PERSON = "indicator_id", "value", "year", "unit_of_measure", "body", "person"
# What offices call the columns of the schema, and two that it does not have: who reports, and who wrote it down.
SYNONYMS: Mapping[str, str] = {
    "place_id": "地方 地方名称 地区 地区名称 地区标识 区县 县区 县(市、区) 行政区划 行政区 所属地区",
    INDICATOR: "指标 指标名称 监测指标 统计指标 主要指标 评估指标 指标内容 监测项目 监测评估指标 指标项目 "
    "indicatorname",
    "scope": "人群 对象 适用范围 统计范围 范围(人群) population",
    "sex": "男女",
    "age_group": "年龄 年龄段 年龄分组",
    "area": "城乡分组 地域",
    YEAR: "年度 数据年份 数据年度 统计年度 统计年份 监测年度 监测年份 报告年度 所属年份",
    VALUE: "完成值 实际值 实际完成 实际完成值 实际完成数 实际数 完成数 完成情况 监测值 监测数据 监测数值 指标值 数据 "
    "本年值 本年数 本年数值 当年值 当年数 本期值 现状值 填报值 填报数 实际水平 actual result reportedvalue",
    "numerator": "分子数 分子值 分子数值",
    "denominator": "分母数 分母值 分母数值",
    UNIT: "单位 数据单位 指标单位 数值单位 unit",
    "source": "数据来源 资料来源 出处 数据出处 来源出处 来源说明 datasource",
    "status": "数据性质 数据类型 状态",
    "revision": "修订号 更正次数 修订",
    "note": "备注说明 情况说明 填报说明 说明 notes remark remarks",
    BODY: "填报单位 责任单位 牵头单位 报送单位 上报单位 单位名称 部门 责任部门 牵头部门 填报部门 数据提供单位 "
    "body reportingbody",
    PERSON: "填表人 填报人 制表人 联系人 审核人 复核人 负责人 单位负责人 经办人 联系电话 电话 手机 手机号 手机号码 "
    "联系方式 身份证号 身份证号码 姓名 preparedby checkedby telephone phone contact name",
}
# What stands over a column of values that were not measured in its year.
NO_LEVEL = re.compile("目标|计划|规划|预期|基期|基数|上年|去年|同期|target|baseline|last")
# What columns of persons are also called by.
OF_PERSONS = re.compile("姓名|电话|手机|身份证|联系人|填表人|填报人|审核人|经办人")
YEARLY = re.compile(r"(?:(?P<text>.*?)\()?(?P<year>(?:19|20)\d\d)(?:\.0)?(?:年度|年末|年底|年)?\)?(?P<rest>.*)")
BRACKETED = re.compile(r"(?P<name>.+?)\((?P<inside>[^()]*)\)")
# Labels of those who fill in and sign, and those that begin names of indicators too and need a sign behind them.
SIGNATURE = re.compile(
    r"填表人|填报人|制表人|经办人|审核人|复核人|审签人|审批人|联系人|联系电话|联系方式|填报日期|填表日期|报出日期|上报日期|"
    r"单位盖章|单位\(盖章\)|填报单位\(盖章\)|\(盖章\)|\(公章\)|盖章|"
    r"(?:单位负责人|主要负责人|统计负责人|负责人|分管领导|电话|手机|"
    r"preparedby|filledinby|filledby|checkedby|telephone|phone|contact|stamp|seal\w*)(?=[:(\d]|$)"
)
REMARK = re.compile(r"注\d*[::、.]|附注|说明[::]|备注[::]|填报说明|填表说明|note[s]?:")
TOTAL = re.compile(r"(?:合计|小计|总计|共计|total|subtotal)\W*")
NUMBERING = re.compile("[甲乙丙丁戊己庚辛壬癸]|[a-z]|[0-9]{1,2}(?:\\.0)?|序号|栏次")
# A header that stands lower than this is none of a table but a text of its own.
HIGHEST_HEADER, LONGEST_NAME, LONGEST_HEAD = 30, 40, 200
# How many texts are remembered with their meaning: rows of data are looked at too.
MOST_KEPT = 10_000


@dataclass(frozen=True)
class Meaning:
    """What a column holds: a column of the schema, BODY or PERSON; the year, part and unit that its header names.

    known tells that the header has the name that the schema gives, and not one that offices use for it.
    """

    field: str
    year: int | None = None
    parts: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    known: bool = False


@dataclass(frozen=True)
class Block:
    """One table of a sheet: where its columns stand, its rows from 0, and how many others were skipped, by why.

    titles are the texts above it. beside are further columns for what another column holds already. people are the
    cells that may name persons, each with what may stay of it.
    """

    grid: Grid
    header: int
    columns: Mapping[Meaning, int]
    rows: Sequence[int] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    beside: tuple[tuple[Meaning, int], ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str, year: int | None = None) -> int | None:
        """Where a column of the schema stands: that of a year before that of none."""
        places = {meaning.year: at for meaning, at in self.columns.items() if meaning.field == name}
        return places.get(year, places.get(None))

    def cell(self, row: int, name: str, year: int | None = None) -> Cell:
        """What a row holds of a column of the schema; what stands in a merged cell holds for all rows under it."""
        at = self.column(name, year)
        return None if at is None else self.grid.spread(row, at)

    @property
    def values(self) -> list[tuple[Meaning, int]]:
        """The columns of values, one or several by year or part."""
        return [(meaning, at) for meaning, at in self.columns.items() if meaning.field == VALUE]


class Vocabulary:
    """The names of columns, by their plain form."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.kept: dict[str, Meaning | None] = {}

    @cached_property
    def names(self) -> dict[str, Meaning]:
        """The meaning of each name: what the schema says goes before what offices say."""
        said = {word: Meaning(name) for word, name in said_words(SYNONYMS).items()}
        for column in self.table.fields:
            for name in (column.name, *(column.title[lang] for lang in LANGS)):
                said[plain(name)] = Meaning(column.name, known=True)
        return said

    def meaning(self, cell: Cell) -> Meaning | None:
        """What the header of a column means; None for one that is not known.

        >>> from plandata.schema import edition
        >>> words = Vocabulary(edition().observations)
        >>> words.meaning("指标名称").field, words.meaning("2023年完成值").year, words.meaning("2025年目标值")
        ('indicator_id', 2023, None)
        """
        shown = cell if isinstance(cell, str) else written(cell)
        text = plain(shown) if shown and len(shown) <= LONGEST_HEAD else ""
        if not text or len(text) > LONGEST_NAME:
            return None
        if len(self.kept) > MOST_KEPT:
            self.kept.clear()
        if text not in self.kept:
            self.kept[text] = self.found(text.strip("*:※"))
        return self.kept[text]

    def found(self, text: str) -> Meaning | None:
        if text in self.names:
            return self.names[text]
        yearly = YEARLY.fullmatch(text)
        if yearly:
            rest = (yearly["text"] or "") + yearly["rest"].strip("()")
            inner = self.names.get(rest) if rest else Meaning(VALUE)
            return replace(inner, year=int(yearly["year"])) if inner and inner.field != YEAR else None
        if OF_PERSONS.search(text):
            return Meaning(PERSON)
        bracketed = BRACKETED.fullmatch(text)
        inner = self.names.get(bracketed["name"]) if bracketed else None
        if bracketed and inner:
            return replace(inner, unit=bracketed["inside"] if inner.field == VALUE else "")
        return None

    def combined(self, top: Cell, bottom: Cell) -> Meaning | None:
        """What a column means whose header stands in two rows."""
        above, below, over = self.meaning(top), self.meaning(bottom), plain(written(top))
        if is_blank(bottom):
            return above
        part = part_of(bottom)
        if part is not None:
            return replace(above, parts=part) if above and above.field == VALUE else None
        if below is None:
            return None
        if above and above.field == VALUE and above.year and below.year is None:
            return replace(below, year=above.year)
        if above and below.field == VALUE and below.year:
            return (
                replace(above, year=below.year) if above.field in (VALUE, YEAR, "numerator", "denominator") else below
            )
        if below.field == VALUE and NO_LEVEL.search(over):
            return None
        named = YEARLY.fullmatch(over)
        return replace(below, year=int(named["year"])) if named and below.year is None else below


def part_of(cell: Cell) -> tuple[tuple[str, str], ...] | None:
    """The part of the people that a column of values is of; () for all of them, None for no part."""
    text = plain(cell) if isinstance(cell, str) else ""
    if text in WHOLE:
        return ()
    if text in SEX_OF:
        return (("sex", SEX_OF[text]),)
    return (("area", AREA_OF[text]),) if text in AREA_OF else None


def blocks(grid: Grid, words: Vocabulary) -> Iterator[Block]:
    """The tables of a sheet from the top down."""
    heads = list(headers(grid, words))
    ends = [*(header for header, _, _ in heads[1:]), len(grid.rows)] if heads else []
    top = 0
    for (header, first, columns), end in zip(heads, ends, strict=True):
        block = laid_out(Block(grid, header, {}, titles=tuple(texts(grid, range(top, header)))), columns)
        yield filled(block, first, end, range(top, header))
        top = first


def headers(grid: Grid, words: Vocabulary) -> Iterator[tuple[int, int, dict[int, Meaning]]]:
    """Each header of a sheet: its row, the first row below it, what its columns mean."""
    row, found = 0, False
    while row < len(grid.rows) and (found or row < HIGHEST_HEADER):
        columns, height = header_at(grid, row, words)
        fields = {meaning.field for meaning in columns.values()}
        if {INDICATOR, VALUE} <= fields:
            yield row, row + height, columns
            found = True
            row += height
        else:
            row += 1


def header_at(grid: Grid, row: int, words: Vocabulary) -> tuple[dict[int, Meaning], int]:
    """What the columns mean if their header stands in a row, or in it and the next; and how many rows it has."""
    single = {at: words.meaning(cell) for at, cell in enumerate(grid.rows[row])}
    if not any(meaning and meaning.field == INDICATOR for meaning in single.values()):
        return {}, 1
    if two_rows(grid, row, single, words):
        tops = carried(grid, row)
        double = {at: words.combined(tops[at], grid.cell(row + 1, at)) for at in single}
        return {at: meaning for at, meaning in double.items() if meaning}, 2
    return {at: meaning for at, meaning in single.items() if meaning}, 1


def two_rows(grid: Grid, row: int, single: Mapping[int, Meaning | None], words: Vocabulary) -> bool:
    """Whether the row below goes on with the header: all that stands in it are names of columns, years or parts."""
    below = grid.rows[row + 1] if row + 1 < len(grid.rows) else ()
    said = [cell for cell in below if not is_blank(cell)]
    known = all(words.meaning(cell) or part_of(cell) is not None for cell in said)
    names = [at for at, meaning in single.items() if meaning and meaning.field == INDICATOR]
    return bool(said) and known and all(is_blank(grid.cell(row + 1, at)) for at in names)


def carried(grid: Grid, row: int) -> list[Cell]:
    """The cells of a header's upper row; an empty one above a name goes on with its left neighbour."""
    tops: list[Cell] = []
    for at in range(len(grid.rows[row])):
        top = grid.spread(row, at)
        beneath = not is_blank(grid.cell(row + 1, at))
        tops.append(tops[-1] if is_blank(top) and beneath and tops else top)
    return tops


def laid_out(block: Block, columns: Mapping[int, Meaning]) -> Block:
    """A table with the place of each of its columns; of two for the same the one with the name of the schema holds."""
    best: dict[tuple[object, ...], tuple[int, Meaning]] = {}
    beside: list[tuple[Meaning, int]] = []
    for at, meaning in columns.items():
        key = (meaning.field, meaning.year, meaning.parts)
        held = best.get(key)
        if held is None or (meaning.known and not held[1].known):
            if held:
                beside.append((held[1], held[0]))
            best[key] = (at, meaning)
        else:
            beside.append((meaning, at))
    return replace(block, columns={meaning: at for at, meaning in best.values()}, beside=tuple(beside))


def filled(block: Block, first: int, end: int, above: Iterable[int]) -> Block:
    """A table with its rows, up to the lines that are signed; what stands below those is not looked at."""
    rows: list[int] = []
    skipped: dict[str, int] = {}
    signed = end
    for row in range(first, end):
        kind = line_kind(block, row)
        if kind == "signature":
            signed = row
            skipped[kind] = end - row
            break
        if kind:
            skipped[kind] = skipped.get(kind, 0) + 1
        else:
            rows.append(row)
    people = [*above, *signatures(block, signed, end)]
    return replace(block, rows=rows, skipped=skipped, people=personal(block, people, rows, after=signed))


def signatures(block: Block, first: int, end: int) -> Iterator[int]:
    """The lines of signatures: all to the end of the sheet, to the first empty one where another table follows."""
    for row in range(first, end):
        if end < len(block.grid.rows) and all(is_blank(cell) for cell in block.grid.rows[row]):
            return
        yield row


def line_kind(block: Block, row: int) -> str:
    """Why a row holds no value: empty, signature, remark, total, numbering; "" where it may hold one."""
    said = [written(cell) for cell in block.grid.rows[row] if not is_blank(cell)]
    if not said:
        return "empty"
    first = plain(said[0])
    if SIGNATURE.match(first):
        return "signature"
    if REMARK.match(first):
        return "remark"
    named = plain(written(block.cell(row, INDICATOR)))
    if TOTAL.fullmatch(named) or (not named and TOTAL.fullmatch(first)):
        return "total"
    return "numbering" if all(NUMBERING.fullmatch(plain(text)) for text in said) and len(said) > 1 else ""


def personal(block: Block, lines: Iterable[int], rows: Iterable[int], after: int) -> dict[str, str]:
    """The cells that may name persons, each with what may stay of it: lines of signatures, columns of persons."""
    covered: dict[str, str] = {}
    for row in lines:
        told = False
        for at, cell in enumerate(block.grid.rows[row]):
            signs = SIGNATURE.findall(plain(cell)) if isinstance(cell, str) else []
            told = told or bool(signs) or row >= after
            if told and not is_blank(cell):
                covered[address(row, at)] = "　".join(f"{sign}：" for sign in signs)
    places = [at for meaning, at in (*block.columns.items(), *block.beside) if meaning.field == PERSON]
    return covered | {address(row, at): "" for row in rows for at in places}


def texts(grid: Grid, rows: Iterable[int]) -> Iterator[str]:
    """The texts of some rows."""
    for row in rows:
        yield from (masked(cell) for cell in grid.rows[row] if isinstance(cell, str) and not is_blank(cell))

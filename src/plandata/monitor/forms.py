"""The workbooks that bodies fill for a year of monitoring, one a body, and the list of them.

Each has a form with a row for each series that the body fills, a sheet for parts by age where plans ask for them, a
grey one of what others fill, and how to fill it all in. Collecting reads the forms as it reads any table: the header
bears the titles of the observations (schemas/observations.yaml), those of ids in hidden and locked columns; what is
only for people has other titles.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plandata.assess.model import load_targets
from plandata.assess.observations import sound_rows
from plandata.files import PackageError
from plandata.monitor.bodies import named
from plandata.monitor.checks import checks, has_line, length
from plandata.monitor.reporting import AGE, Form, Reporting, Series, reporting
from plandata.package.folder import Folder
from plandata.report.workbook import Book, Cell, Column, fitted
from plandata.tables import Tables
from plandata.text import Text
from plandata.words import Words, number

INDEX = "index"
TITLE = Text("Monitoring data of {year}: {place}", "{place}妇女儿童发展规划{year}年监测数据填报表")
BY_AGE_TITLE = Text(
    "Monitoring data of {year} by age: {place}", "{place}妇女儿童发展规划{year}年监测数据填报表（分年龄）"
)
FILLED_BY = Text(
    "Filled by: {unit}      Year: {year}      Fill the yellow cells only; leave empty what you do not have.",
    "填报单位：{unit}　　　数据年份：{year}年　　　只填黄色单元格；没有数据的留空，不填“0”或“无”。",
)
TO_HAND_OUT = Text(
    "No lead unit is named for these; the office suggests: {unit}      Year: {year}      Fill the yellow cells only.",
    "规划未明确牵头单位，建议填报单位：{unit}　　　数据年份：{year}年　　　"
    "只填黄色单元格；没有数据的留空，不填“0”或“无”。",
)
OFFICE = Text("the office of the committee on women and children", "妇儿工委办公室")
COLLECTIVE = Text(
    "This name stands for several bodies: settle which of them fills which row.",
    "本单位为多个单位的统称，请先商定各行由哪个单位填报。",
)
FORM, BY_AGE, BY_OTHERS, GUIDE = (
    Text("Form", "填报表"),
    Text("By age", "分年龄"),
    Text("Filled by others", "他单位填报"),
    Text("How to fill in", "填报说明"),
)
BY_AGE_LINE = Text(
    "The plan asks for figures by age. State the age groups that you count by (0-6, 60+), one a row; "
    "leave the others empty.",
    "规划要求分年龄统计。请按本单位的统计口径填写年龄组（写作 0-6、60+），一组一行；不用的行留空。",
)
BY_OTHERS_TITLE = Text("Led together, filled by others", "共同牵头、由其他单位填报的指标")
BY_OTHERS_LINE = Text(
    "Nothing is to be filled in here: {unit} leads these too, and another lead unit reports them.",
    "本表不用填写：{unit}同为牵头单位，数据由所列单位填报。",
)
NUMBER, INDICATOR, POPULATION = (
    Text("No.", "序号"),
    Text("What is reported", "填报指标"),
    Text("Who is counted", "统计对象"),
)
ABOVE, BELOW = Text("What the numerator counts", "分子口径"), Text("What the denominator counts", "分母口径")
COUNTED_IN, TARGET, BEFORE = Text("Counted in", "计数单位"), Text("Target", "目标值"), Text("Last value", "上次数值")
SCOPE, FILLER, DEFINITION = (
    Text("Of whom or where", "统计范围"),
    Text("Who fills it", "填报单位"),
    Text("Definition", "指标定义"),
)
PART = Text("  of these: {part}", "　其中：{part}")
AS_BENCHMARK = Text("the quantity that the target is compared with", "目标所比照的量")
IN_YEAR = Text("{figure}\n({year})", "{figure}\n（{year}年）")
APART = Text("; ", "；")
SIGNS = (
    Text("Filled in by:", "填表人："),
    Text("Checked by:", "审核人："),
    Text("Telephone:", "联系电话："),
    Text("Seal of the body:", "单位（盖章）："),
)
INDEX_TITLE = Text("Forms of {year}: {place}", "{place}{year}年监测数据填报清单")
FILE, ROWS, INDICATORS, ELSEWHERE = (
    Text("File", "文件名"),
    Text("Rows to fill", "填报行数"),
    Text("Indicators", "指标数"),
    Text("Led, filled by others", "他单位填报"),
)
WHICH = Text("What it reports", "填报指标")
TOTAL = Text("Total", "合计")
GUIDE_TITLE = Text("How to fill in", "填报说明")
STEPS = (
    Text(
        "Fill the yellow cells of the sheets before this one, one row for each indicator and scope; the other cells "
        "are locked, so that the forms can be put together by machine. Do not add, move or delete columns or sheets.",
        "请填写前面各表的黄色单元格，每个指标、每个范围一行。其余单元格已锁定，供机器汇总；请勿增删、移动行列和工作表。",
    ),
    Text(
        "Value: the level of the indicator in {year}, a number alone in the unit of the row: 99.5 for 99.5%, 12 for 12 "
        "per 100,000. Where the target is a rise or a fall, report the level itself, not the change.",
        "数值：填{year}年的实际水平，只填数字，按本行的单位填：99.5% 填 99.5，12/10万填 12。"
        "目标为升降幅度的，也填当年实际水平，不填升降幅度。",
    ),
    Text(
        "Where the target is a total over the years (in total), report the running total since the plan began, not "
        "that of the year alone.",
        "目标标明“累计”的，填规划开始以来的累计数，不填当年数。",
    ),
    Text(
        "Numerator and denominator: for shares, rates and ratios fill both, as counts, and as defined below; a value "
        "that does not follow from them turns red.",
        "分子、分母：比例、率、比值须同时填写，填实际计数，口径见下表；数值与分子、分母推算不符的，单元格变红，请核对。",
    ),
    Text(
        "Rows of these: … are the same figure for one sex or one area alone; the row above them is for all together.",
        "“其中”各行填女、男或城镇、乡村等分组的数值；其上一行填合计。",
    ),
    Text(
        "A row whose scope is an average or another quantity is that quantity itself (the average of the province), "
        "with which the target is compared.",
        "范围为“平均水平”等参照量的行，填该参照量本身的数值（如全省平均水平），供目标比较。",
    ),
    Text(
        "An empty value means: not reported. It is not zero; a zero that was counted is written as 0.",
        "数值留空表示未填报，不等于零；实际为零的填 0。",
    ),
    Text(
        "Status: preliminary where the value may still change, final where it will not. Source: the table, system or "
        "survey in which it can be looked up; needed with each value.",
        "数据状态：以后可能修订的选“初步数”，不再修订的选“最终数”。来源：可以查到该数的报表、系统或调查，有数值的必填。",
    ),
    Text(
        "Note: what a reader must know, for example another definition. No names or telephone numbers of persons: "
        "those stand below the form only, stay in the workbook and are not collected.",
        "备注：阅读该数须知的事项，如口径不同。不要写个人姓名、电话；"
        "姓名、电话只填在表末，留在本工作簿内，汇总时不采集。",
    ),
)
# Columns of ids, hidden; how many rows an indicator gets for ages.
HIDDEN = ("place_id", "indicator_id", "year", "unit_of_measure")
AGE_ROWS = 3
Before = Mapping[tuple[str, ...], tuple[int, str]]
KEY = ("indicator_id", "scope", "sex", AGE, "area")


@dataclass(frozen=True)
class Setting:
    """What all forms of a year have in common: whose they are, the words, and the values of the years before."""

    t: Tables
    found: Reporting
    say: Words
    before: Before

    def title(self, column: str) -> str:
        """The title of a column of the observations in the language of the form."""
        return self.t.schemas.observations.field(column).title[self.say.lang]

    @property
    def dated(self) -> datetime:
        """The last day of the year that is reported."""
        return datetime(self.found.year, 12, 31)


@dataclass(frozen=True)
class Line:
    """A row to fill: a series, or a part of it that a column names by a code."""

    series: Series
    part: str = ""
    code: str = ""


def forms(
    package: Folder, place_id: str, year: int, last: str | Path | None = None, lang: str = "zh"
) -> dict[str, bytes]:
    """The workbooks of a place for a year by file name, with index.xlsx, the list of them.

    last names a file of observations whose newest values before the year are shown beside the cells to fill.

    Raises PackageError for a place or a year for which there is no plan, for observations that have findings, for an
    id that can name no file; OSError for a file that cannot be opened.
    """
    t = Tables.of(package)
    found = reporting(t, place_id, year)
    setting = Setting(t, found, Words(t.schemas.labels, lang), {} if last is None else before(t, Path(last), year))
    made = {f"{file_stem(form, place_id)}.xlsx": workbook(form, setting) for form in found.forms}
    if len(made) < len(found.forms) or f"{INDEX}.xlsx" in made:
        raise PackageError("two bodies would have one file; run plandata validate")
    return {f"{INDEX}.xlsx": index(setting), **made}


def file_stem(form: Form, place_id: str) -> str:
    """The name of a form's file without its ending: the id of its body, or that of the place and office.

    Raises PackageError for an id that is more than letters, digits, points and hyphens.
    """
    stem = form.unit.unit_id if form.unit else f"{place_id}-office"
    if not stem.replace(".", "a").replace("-", "a").isalnum() or not stem.isascii() or stem.startswith("."):
        raise PackageError(f"units: {stem[:60]!r} can name no file; run plandata validate")
    return stem


def before(t: Tables, path: Path, year: int) -> Before:
    """The newest values before a year in a file of observations, by KEY.

    Raises PackageError where the file has findings.
    """
    newest: dict[tuple[str, ...], tuple[int, int, str]] = {}
    for row in sound_rows(path, t, load_targets(t)):
        if int(row["year"]) < year:
            key = tuple(row.get(column, "") for column in ("place_id", *KEY))
            told = (int(row["year"]), int(row.get("revision") or 0), row["value"])
            newest[key] = max(newest.get(key, told), told, key=lambda each: each[:2])
    return {key: (each[0], each[2]) for key, each in newest.items()}


def workbook(form: Form, setting: Setting) -> bytes:
    """The workbook of a body: its forms, what others fill, how to fill in."""
    say = setting.say
    book = Book(say(TITLE, place=setting.found.place, year=setting.found.year), setting.dated, say.lang)
    for name, head, series in parts(form, setting):
        write_form(book, name, [head, *remarks(form, say)], list(lines(series, setting)), setting)
    by_age = [Line(one, AGE) for one in form.own if AGE in one.parts for _ in range(AGE_ROWS)]
    if by_age:
        head = say(FILLED_BY, unit=form.unit.name if form.unit else OFFICE, year=setting.found.year)
        write_form(book, say(BY_AGE), [head, say(BY_AGE_LINE)], by_age, setting, BY_AGE_TITLE)
    if form.others:
        write_others(book, form, setting)
    write_guide(book, form, setting)
    return book.content()


def remarks(form: Form, say: Words) -> list[str]:
    """What is to be said of a body before its rows."""
    return [say(COLLECTIVE)] if form.unit and form.unit.collective else []


def parts(form: Form, setting: Setting) -> Iterator[tuple[str, str, Sequence[Series]]]:
    """The sheets of a form: name, line above, series. The office has one for each body that it may hand it to."""
    say, year = setting.say, setting.found.year
    if form.unit:
        if form.own:
            yield say(FORM), say(FILLED_BY, unit=form.unit.name, year=year), form.own
        return
    for body in dict.fromkeys(one.suggested for one in form.own):
        own = [one for one in form.own if one.suggested == body]
        yield body[say.lang], say(TO_HAND_OUT, unit=body, year=year), own


def lines(series: Sequence[Series], setting: Setting) -> Iterator[Line]:
    """The rows of a form: each series as a whole, then its parts by codes; ages have a sheet of their own."""
    for one in series:
        yield Line(one)
        for part in one.parts:
            if part != AGE:
                yield from (Line(one, part, code) for code in setting.t.schemas.codes.get(part, {}))


def columns(rows: Sequence[Line], setting: Setting) -> list[Column]:
    """The columns of a form, those of ids last; a column of parts only where there are any."""
    say, title = setting.say, setting.title
    used = {line.part for line in rows}
    return [
        Column("n", say(NUMBER), 4, "middle"),
        Column("name", say(INDICATOR), 18),
        Column("population", say(POPULATION), 13),
        Column("above", say(ABOVE), 16),
        Column("below", say(BELOW), 14),
        Column("counted_in", say(COUNTED_IN), 8, "middle"),
        Column("scope", title("scope"), 10, "middle"),
        *(Column(part, title(part), 5, "middle") for part in ("sex", "area") if part in used),
        *(Column(part, title(part), 9, "fill_text", to_fill=True) for part in (AGE,) if part in used),
        Column("target", say(TARGET), 13, "middle"),
        Column("before", say(BEFORE), 9, "middle"),
        Column("value", title("value"), 9, "fill_number", to_fill=True),
        Column("numerator", title("numerator"), 9, "fill_number", to_fill=True),
        Column("denominator", title("denominator"), 9, "fill_number", to_fill=True),
        Column("source", title("source"), 13, "fill", to_fill=True),
        Column("status", title("status"), 8, "fill_text", to_fill=True),
        Column("note", title("note"), 10, "fill", to_fill=True),
        *(Column(name, title(name), hidden=True) for name in HIDDEN),
    ]


def write_form(
    book: Book, name: str, head: Sequence[str], rows: Sequence[Line], setting: Setting, title: Text = TITLE
) -> None:
    """A sheet to fill: title, lines, header, rows with what their cells take, and where it is signed."""
    say = setting.say
    sheet = book.sheet(name, columns(rows, setting), frozen=2)
    sheet.title(say(title, place=setting.found.place, year=setting.found.year))
    for text in head:
        sheet.line(text)
    sheet.head()
    n, series = 0, None
    for line in rows:
        again = line.series is series
        n, series = n + (not again), line.series
        at = sheet.row({"n": None if again else n, **cells(line, again, setting)}, looks(line))
        checks(sheet, at, line.series, setting.t.schemas, say)
        if line.part == AGE:
            sheet.check(at, AGE, length(say))
    sheet.signs([say(sign) for sign in SIGNS])
    sheet.protect()


def cells(line: Line, again: bool, setting: Setting) -> dict[str, Cell]:
    """The given cells of a row; what stands in the row above of the same series is not repeated for people."""
    say, one = setting.say, line.series
    ids: dict[str, Cell] = {
        "place_id": setting.found.place_id,
        "indicator_id": one.indicator["indicator_id"],
        "year": setting.found.year,
        "unit_of_measure": one.unit,
        "scope": one.scope[say.lang],
        "counted_in": say.label("unit_of_measure", one.unit),
        "before": told_before(line, setting),
    }
    if line.code:
        part = say.label(setting.t.schemas.observations.field(line.part).codes, line.code)
        return ids | {line.part: part, "name": say(PART, part=part)}
    if again:
        return ids | {"name": say.of(one.indicator)}
    return ids | {
        "name": say.of(one.indicator),
        "population": say.of(one.indicator, "population"),
        "above": say.of(one.indicator, "numerator"),
        "below": say.of(one.indicator, "denominator"),
        "target": targets(one, say),
    }


def targets(one: Series, say: Words) -> str:
    """What the targets of a series demand, in a few signs, each once."""
    if one.benchmark:
        return say(AS_BENCHMARK)
    by_year: dict[str, list[str]] = {}
    for aim in one.aims:
        by_year.setdefault(aim.row["target_year"], []).append(say.figure(aim.row))
    told = [(say(APART).join(dict.fromkeys(figures)), year) for year, figures in by_year.items()]
    return "\n".join(say(IN_YEAR, figure=figure, year=year) if year else figure for figure, year in told)


def told_before(line: Line, setting: Setting) -> str:
    """The newest value of an earlier year with its year, or nothing; of a scope in either language."""
    one, found = line.series, setting.found
    parts = tuple(line.code if part == line.part else "" for part in ("sex", AGE, "area"))
    if line.part == AGE:
        return ""
    for scope in (one.scope.zh, one.scope.en):
        known = setting.before.get((found.place_id, one.indicator["indicator_id"], scope, *parts))
        if known:
            return setting.say(IN_YEAR, figure=number(known[1]), year=known[0])
    return ""


def looks(line: Line) -> dict[str, str]:
    """Which cells of a row look otherwise than their columns: no numerator and denominator where there is no line."""
    return {} if has_line(line.series) else dict.fromkeys(("numerator", "denominator"), "grey")


def write_others(book: Book, form: Form, setting: Setting) -> None:
    """The grey sheet of what a body leads too and another fills."""
    say = setting.say
    sheet = book.sheet(
        say(BY_OTHERS),
        [
            Column("n", say(NUMBER), 6, "grey_middle"),
            Column("name", say(INDICATOR), 32, "grey"),
            Column("population", say(POPULATION), 36, "grey"),
            Column("counted_in", say(COUNTED_IN), 10, "grey_middle"),
            Column("scope", say(SCOPE), 18, "grey_middle"),
            Column("target", say(TARGET), 26, "grey_middle"),
            Column("filler", say(FILLER), 26, "grey"),
        ],
        frozen=2,
    )
    sheet.title(say(BY_OTHERS_TITLE))
    sheet.line(say(BY_OTHERS_LINE, unit=form.unit.name if form.unit else ""))
    sheet.head()
    for n, one in enumerate(form.others, 1):
        told = cells(Line(one), False, setting)
        sheet.row({"n": n, "filler": named(one.leads[:1], say), **told})
    sheet.protect()


def write_guide(book: Book, form: Form, setting: Setting) -> None:
    """The sheet that tells how to fill in, and defines each indicator of the form in full."""
    say = setting.say
    sheet = book.sheet(
        say(GUIDE),
        [
            Column("n", say(NUMBER), 6, "middle"),
            Column("name", say(INDICATOR), 24),
            Column("definition", say(DEFINITION), 44),
            Column("population", say(POPULATION), 28),
            Column("above", say(ABOVE), 30),
            Column("below", say(BELOW), 28),
            Column("counted_in", say(COUNTED_IN), 9, "middle"),
        ],
    )
    sheet.title(say(GUIDE_TITLE))
    for n, step in enumerate(STEPS if form.own else (), 1):
        sheet.line(f"{n}. {say(step, year=setting.found.year)}")
    sheet.head()
    indicators = {one.indicator["indicator_id"]: one for one in (*form.own, *form.others)}
    for n, one in enumerate(indicators.values(), 1):
        told = cells(Line(one), False, setting)
        sheet.row({"n": n, **told, "definition": say.of(one.indicator, "definition")})
    sheet.protect()


def index(setting: Setting) -> bytes:
    """The list of the forms: which body, which file, how many rows and indicators."""
    say, found = setting.say, setting.found
    title = say(INDEX_TITLE, place=found.place, year=found.year)
    book = Book(title, setting.dated, say.lang)
    listed = [index_row(form, setting) for form in found.forms]
    columns = [
        Column("n", say(NUMBER), 6, "middle"),
        Column("unit", say(FILLER), 50),
        Column("file", say(FILE), 50),
        Column("rows", say(ROWS), 16, "middle"),
        Column("indicators", say(INDICATORS), 16, "middle"),
        Column("others", say(ELSEWHERE), 22, "middle"),
        Column("which", say(WHICH), 60),
    ]
    sheet = book.sheet(title, fitted(columns, listed), frozen=2)
    sheet.title(title)
    sheet.head()
    for n, row in enumerate(listed, 1):
        sheet.row({"n": n, **row})
    sheet.row({"unit": say(TOTAL), "rows": sum(1 for form in found.forms for _ in lines(form.own, setting))})
    return book.content()


def index_row(form: Form, setting: Setting) -> dict[str, Cell]:
    """What the list of the forms says of one."""
    say = setting.say
    names = list(dict.fromkeys(say.of(one.indicator) for one in form.own))
    return {
        "unit": form.unit.called(say) if form.unit else say(OFFICE),
        "file": f"{file_stem(form, setting.found.place_id)}.xlsx",
        "rows": sum(1 for _ in lines(form.own, setting)),
        "indicators": len(names),
        "others": len(form.others),
        "which": say.listed(names),
    }

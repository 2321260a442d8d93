"""Workbooks to read and to print, one in each language: what they are, the targets, and what stands around them.

Every sheet says in words what the tables say in codes and ids. Its last columns are grey and are not printed: they have
the ids, under their names in the tables, by which a row is cited and joined. Needs the extra `export`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from plandata.charts.dots import short_place
from plandata.package.about import CITATION
from plandata.package.folder import Folder
from plandata.read.cite import STYLES, citation
from plandata.read.flat import flat
from plandata.report.workbook import Book, Cell, Column, Sheet, fitted
from plandata.tables import ITEM_KINDS, NUMERIC, Row, Tables, as_rows, grouped
from plandata.text import Text, paired
from plandata.words import Words

TITLE = Text("Excel, to read and print, in words", "Excel，供阅读和打印，代码均译为文字")
# How a citation is given to the readers of each language.
STYLE = Text("apa", "gb7714")
# What the lowest row has in points, and the width of a page in Latin characters: letters of 7.5 points when printed.
LOW, ACROSS = 14.0, 175
Cells = dict[str, Cell]

ABOUT = Text("About", "说明")
COMPARED = Text("How to read a target", "怎样读目标值")
SHEETS_HEAD = Text("The sheets", "工作表")
SAID = {
    "what": Text("What this is", "这是什么"),
    "edition": Text("Edition", "版本"),
    "licence": Text("Licence", "许可"),
    "method": Text("How it was made", "如何编制"),
    "cite": Text("To cite", "如何引用"),
    "prevail": Text("Mind", "请注意"),
    "grey": Text("Grey columns", "灰色列"),
    "rest": Text("All columns", "全部数据"),
}
EDITION = Text("version {version} of {day}", "{version}版，{day}")
ROWS = Text("{about} {n} rows.", "{about}共{n}行。")
PREVAIL = Text(
    "The rows say what plans promise, not what was done. Labels are our own short wording, the English is no official "
    "translation; the documents prevail.",
    "收录的是各地规划的承诺，不是执行结果。标签为我们的简短概括，不是原文；以原文为准。",
)
GREY = Text(
    "To the right, not printed: figures to compute with, and in grey the ids, by which a row is cited and found again "
    "in the CSV tables.",
    "位于右侧，不打印：供计算的数值；灰色为标识，用于引用某一行，或在CSV表中找到同一行。",
)
REST = Text(
    "This workbook leaves out what serves checking only. The CSV tables have every column.",
    "本工作簿略去仅供核验的内容，全部列见CSV表。",
)
UNNUMBERED = Text(
    "A target without a number has only its words. Empty means not stated.",
    "没有数值的目标值只有文字；空白表示未说明。",
)
NAMED_FIGURE, EACH = Text("{name}: {figure}", "{name}：{figure}"), "\n"


@dataclass(frozen=True)
class Head:
    """The header of a column with the width and the look of its cells."""

    title: Text
    width: int
    look: str = "text"
    printed: bool = True


def unprinted(title: Text, width: int = 10, look: str = "text") -> Head:
    """The header of a column that is there to filter and compute."""
    return Head(title, width, look, printed=False)


def ids(*names: str) -> dict[str, Head]:
    """The headers of grey columns, named as in the tables."""
    return {name: Head(Text(name, name), 30, "grey", printed=False) for name in names}


# The columns of the sheets, each described once.
HEADS: Mapping[str, Head] = {
    "place": Head(Text("Place", "地方"), 10, "middle"),
    "population": Head(Text("For", "对象"), 8, "middle"),
    "domain": Head(Text("Domain", "领域"), 13),
    "kind": Head(Text("Kind", "类别"), 11, "middle"),
    "number": Head(Text("No.", "编号"), 6, "middle"),
    "item": Head(Text("Goal or measure", "目标（措施）"), 26),
    "indicator": Head(Text("Indicator", "指标"), 30),
    "scope": Head(Text("Scope", "范围"), 14),
    "target": Head(Text("Target", "目标值"), 22),
    "value": Head(Text("Number", "数值"), 8, "number"),
    "unit": Head(Text("Unit", "计量单位"), 9, "middle"),
    "baseline": Head(Text("Baseline", "基期"), 13),
    "lead": Head(Text("Lead bodies", "牵头单位"), 18),
    "printed": unprinted(Text("Printed figure", "印刷数值"), 30),
    "baseline_value": unprinted(Text("Baseline number", "基期值"), 10, "number"),
    "baseline_year": unprinted(Text("Baseline year", "基期年"), 8, "number"),
    "target_year": unprinted(Text("Target year", "目标年"), 8, "number"),
    "basis": unprinted(Text("Basis", "口径")),
    "commitment": unprinted(Text("Commitment", "承诺强度")),
    "note": unprinted(Text("Note", "备注"), 30),
    "label": Head(Text("Content", "内容"), 46),
    "targets": Head(Text("Targets", "目标值"), 56),
    "others": Head(Text("Other bodies", "其他责任单位"), 24),
    "groups": Head(Text("Groups named", "特定群体"), 16),
    "instruments": Head(Text("Instruments", "政策工具"), 28),
    "serves": Head(Text("Serves goals no.", "服务的目标编号"), 11, "middle"),
    "body": Head(Text("Body", "单位"), 40),
    "function": Head(Text("Function", "职能"), 16, "middle"),
    "role": Head(Text("Role", "角色"), 13, "middle"),
    "nature": Head(Text("Nature", "性质"), 14, "middle"),
    "leads": Head(Text("Leads", "牵头"), 9, "number"),
    "shares": Head(Text("Shares", "参与"), 9, "number"),
    "owes": Head(Text("Owes the plan", "实施责任"), 10, "number"),
    "frequency": Head(Text("How often", "频次"), 12, "middle"),
    "deadline": Head(Text("Printed deadline", "印刷期限"), 16),
    "from": Head(Text("Owed by", "责任方"), 30),
    "to": Head(Text("Owed to", "对象单位"), 26),
    "theme": Head(Text("Theme", "主题"), 14, "middle"),
    "better": Head(Text("Better", "方向"), 11, "middle"),
    "definition": Head(Text("Definition", "定义"), 70),
    "counted": Head(Text("Who is counted", "统计对象"), 28),
    "numerator": unprinted(Text("Numerator", "分子"), 40),
    "denominator": unprinted(Text("Denominator", "分母"), 40),
    "reports": Head(Text("Reported by", "填报部门"), 14, "middle"),
    "places": Head(Text("Places with a target", "设目标的地方数"), 10, "number"),
    "plan": Head(Text("Plan", "规划"), 44),
    "document": Head(Text("Document", "文件"), 56),
    "issuer": Head(Text("Issued by", "印发机关"), 26),
    "document_number": Head(Text("Number", "文号"), 20),
    "issued": Head(Text("Issued on", "成文日期"), 12, "date"),
    "published": Head(Text("Published on", "发布日期"), 12, "date"),
    "period": Head(Text("Period", "规划期"), 12, "middle"),
    "cited": Head(Text("What is cited", "引用的文件"), 60),
    "level": Head(Text("Level", "层级"), 12, "middle"),
    "description": Head(Text("What stands there", "情况"), 70),
    "resolution": Head(Text("How it was coded", "处理"), 70),
    "table": Head(Text("Sheet or table", "所在表"), 20),
    "column": Head(Text("Column", "列"), 20),
    "code": Head(Text("Code", "代码"), 22),
    "meaning": Head(Text("Label", "标签"), 24),
    **ids(
        "target_id", "goal_id", "measure_id", "item_id", "indicator_id", "plan_id", "unit_id", "duty_id", "anomaly_id"
    ),
}  # fmt: skip
WHERE = ("place", "population", "domain", "number")


class Told:
    """The tables of a package in the words of one language: what the sheets take their rows from."""

    def __init__(self, package: Folder, lang: str) -> None:
        self.package, self.t = package, Tables.of(package)
        self.say = Words(package.schemas.labels, lang)

    @cached_property
    def places(self) -> dict[str, str]:
        return {key: short_place(row, self.say, "name") for key, row in self.t.keyed("places").items()}

    @cached_property
    def units(self) -> dict[str, Row]:
        return self.t.keyed("units")

    @cached_property
    def indicators(self) -> dict[str, Row]:
        return self.t.keyed("indicators")

    @cached_property
    def items(self) -> dict[str, Row]:
        """Goals and measures in the order of their plans."""
        domains, kinds = self.t.keyed("domains"), [kind for codes in self.kinds.values() for kind in codes]

        def order(item: Row) -> tuple[str, int, int, int]:
            domain = domains.get(item["domain_id"])
            return item["plan_id"], position(domain), kinds.index(item["kind"]), position(item)

        return {item["item_id"]: item for item in sorted(as_rows(self.t.placed), key=order)}

    @cached_property
    def kinds(self) -> dict[str, list[str]]:
        """The kinds of goals, and those of measures."""
        return {table: list(self.package.schemas.codes.get(codes, ())) for table, codes in ITEM_KINDS.items()}

    @cached_property
    def domain_titles(self) -> dict[str, str]:
        return {key: self.say.of(row, "title") for key, row in self.t.keyed("domains").items()}

    def placed(self, item: Row) -> Cells:
        """Where a goal or a measure stands, and its name."""
        return {
            "place": self.places[item["place_id"]],
            "population": self.say.label("plan_population", item["population"]),
            "domain": self.domain_titles.get(item["domain_id"], ""),
            "kind": self.say.label(ITEM_KINDS[item["item_table"]], item["kind"]),
            "number": item["number"],
            "item": self.say.of(item, "label"),
            "item_id": item["item_id"],
        }

    @cached_property
    def bodies(self) -> Mapping[str, list[Row]]:
        """The assignments of each item, in the order of the print."""
        return grouped(sorted(self.t.rows("assignments"), key=position), "item_id")

    def named(self, item_id: str, leading: bool) -> str:
        """The names of the bodies that lead an item, or of the others."""
        rows = [row for row in self.bodies[item_id] if (row["role"] == "lead") == leading]
        return self.say.listed(self.say.of(self.units[row["unit_id"]]) for row in rows)

    def many(self, table: str, column: str) -> dict[str, str]:
        """The labels of the codes that each item has in a table."""
        rows = grouped([row | {"on": row.get("item_id") or row["measure_id"]} for row in self.t.rows(table)], "on")
        ordered = {key: sorted(own, key=position) for key, own in rows.items()}
        return {
            key: self.say.listed(self.say.label(column, row[column]) for row in own) for key, own in ordered.items()
        }


def position(row: Mapping[str, str] | None) -> int:
    """The place of a row among its like; 0 for one that has none."""
    return int((row or {}).get("position") or 0)


def targets(told: Told) -> Iterator[Cells]:
    """Every target with all that belongs to it, from the flat table."""
    say = told.say
    for row in flat(told.t).iter_rows(named=True):
        item_id = row["goal_id"] or row["measure_id"]
        yield {
            **told.placed(told.items[item_id]),
            "indicator": say.of(row, "indicator"),
            "scope": say.of(row, "scope"),
            "target": say.of(row, "target"),
            "value": row["value"],
            "unit": say.of(row, "unit_of_measure") if row["value"] is not None else "",
            "baseline": say.baseline(row),
            "lead": say.of(row, "lead"),
            "printed": row["value_text"],
            **{name: row[name] for name in ("baseline_value", "baseline_year", "target_year")},
            **{name: say.of(row, name) for name in ("basis", "commitment", "note")},
            **{name: row[name] for name in ("target_id", "goal_id", "measure_id", "indicator_id", "plan_id")},
        }


def plans(told: Told) -> Iterator[Cells]:
    """The plans with the documents that they stand in."""
    say, documents = told.say, told.t.keyed("documents")
    for plan_id, plan in told.t.keyed("plans").items():
        document = documents[plan["document_id"]]
        yield {
            "place": told.places[plan["place_id"]],
            "population": say.label("plan_population", plan["population"]),
            "plan": say.of(plan, "title"),
            "period": f"{plan['start_year']}–{plan['end_year']}",
            "document": say.of(document, "title"),
            "issuer": say.of(document, "issuer"),
            "document_number": document["document_number"],
            "issued": day(document["issued_on"]),
            "published": day(document["published_on"]),
            "plan_id": plan_id,
        }


def day(cell: str) -> date | None:
    """A day as a cell of a workbook."""
    return date.fromisoformat(cell) if cell else None


def goals(told: Told) -> Iterator[Cells]:
    """Every goal with its targets in a few signs, its bodies and the groups that it names."""
    groups, own = told.many("target_groups", "target_group"), grouped(told.t.rows("targets"), "item_id")
    for item in told.items.values():
        if item["item_table"] == "goals":
            yield {
                **told.placed(item),
                "targets": EACH.join(figure(told, row) for row in own[item["item_id"]]),
                "lead": told.named(item["item_id"], leading=True),
                "others": told.named(item["item_id"], leading=False),
                "groups": groups.get(item["item_id"], ""),
                "goal_id": item["item_id"],
            }


def figure(told: Told, target: Row) -> str:
    """A target in a few signs, behind the name of its indicator."""
    name = told.say.of(told.indicators[target["indicator_id"]])
    scope = told.say.bracketed(told.say.of(target, "scope"))
    return told.say(NAMED_FIGURE, name=f"{name}{scope}", figure=told.say.figure(target))


def measures(told: Told) -> Iterator[Cells]:
    """Every measure with what it does, for whom, by whom, and which goals it serves."""
    means, groups = told.many("instruments", "instrument"), told.many("target_groups", "target_group")
    served = grouped(told.t.rows("serves"), "measure_id")
    for item in told.items.values():
        if item["item_table"] == "measures":
            numbers = [told.items[row["goal_id"]]["number"] for row in served[item["item_id"]]]
            yield {
                **told.placed(item),
                "instruments": means.get(item["item_id"], ""),
                "groups": groups.get(item["item_id"], ""),
                "lead": told.named(item["item_id"], leading=True),
                "others": told.named(item["item_id"], leading=False),
                "serves": told.say.listed(sorted(filter(None, numbers), key=lambda n: (len(n), n))),
                "measure_id": item["item_id"],
            }


def assignments(told: Told) -> Iterator[Cells]:
    """What each body leads and shares, body by body."""
    say, roles = told.say, list(told.package.schemas.codes["role"])
    places = {item_id: n for n, item_id in enumerate(told.items)}
    rows = told.t.rows("assignments")
    for row in sorted(rows, key=lambda row: (row["unit_id"], roles.index(row["role"]), places[row["item_id"]])):
        unit = told.units[row["unit_id"]]
        yield {
            **told.placed(told.items[row["item_id"]]),
            "body": say.of(unit),
            "function": say.label("function", unit["function"]),
            "role": say.label("role", row["role"]),
            "unit_id": row["unit_id"],
        }


def units(told: Told) -> Iterator[Cells]:
    """The bodies with the number of items that they lead, that they share, and of the duties that they owe."""
    say, owed = told.say, grouped(told.t.rows("duties"), "from_unit_id")
    duties = grouped(told.t.rows("assignments"), "unit_id")
    for unit_id, unit in told.units.items():
        leads = sum(row["role"] == "lead" for row in duties[unit_id])
        yield {
            "place": told.places[unit["place_id"]],
            "body": say.of(unit),
            "nature": say.label("unit_kind", unit["kind"]),
            "function": say.label("function", unit["function"]),
            "leads": leads,
            "shares": len(duties[unit_id]) - leads,
            "owes": len(owed[unit_id]),
            "unit_id": unit_id,
        }


def duties(told: Told) -> Iterator[Cells]:
    """What the plans prescribe about their own running, and their promises of money."""
    say = told.say
    for row in told.t.rows("duties"):
        body = {end: told.units.get(row[f"{end}_unit_id"]) for end in ("from", "to")}
        yield {
            **told.placed(told.items[row["item_id"]]),
            "kind": say.label("duty_kind", row["kind"]),
            "label": say.of(row, "label"),
            "frequency": say.label("frequency", row["frequency"]),
            "deadline": row["deadline_text"],
            **{end: say.of(unit) if unit else "" for end, unit in body.items()},
            "duty_id": row["duty_id"],
        }


def indicators(told: Told) -> Iterator[Cells]:
    """The indicators with all that defines them, by theme."""
    say, own = told.say, grouped(told.t.rows("targets"), "indicator_id")
    for key, row in sorted(told.indicators.items(), key=lambda pair: pair[1]["theme"]):
        yield {
            "theme": say.label("theme", row["theme"]),
            "indicator": say.of(row),
            "unit": say.label("unit_of_measure", row["unit_of_measure"]),
            "better": say.label("better", row["better"]),
            "definition": say.of(row, "definition"),
            "counted": say.of(row, "population"),
            **{name: say.of(row, name) for name in ("numerator", "denominator")},
            "reports": say.label("function", row["function"]),
            "places": len({target["place_id"] for target in own[key]}),
            "indicator_id": key,
        }


def citations(told: Told) -> Iterator[Cells]:
    """The laws, plans, standards and programmes that items and preambles name."""
    say, plans = told.say, told.t.keyed("plans")
    for row in told.t.rows("citations"):
        plan = plans[row["plan_id"]]
        whole = {"place": told.places[plan["place_id"]], "item": say.of(plan, "title")}
        whole["population"] = say.label("plan_population", plan["population"])
        yield {
            **(told.placed(told.items[row["item_id"]]) if row["item_id"] else whole),
            "cited": say.of(row, "title"),
            "kind": say.label("citation_kind", row["kind"]),
            "level": say.label("citation_level", row["level"]),
            "plan_id": row["plan_id"],
        }


def anomalies(told: Told) -> Iterator[Cells]:
    """The damage, the contradictions and the doubts of the texts, and how each was coded."""
    say, documents = told.say, told.t.keyed("documents")
    for row in told.t.rows("anomalies"):
        item = told.items.get(row["item_id"])
        yield {
            **(told.placed(item) if item else {}),
            "place": told.places[documents[row["document_id"]]["place_id"]],
            "kind": say.label("anomaly_kind", row["kind"]),
            **{name: say.of(row, name) for name in ("description", "resolution")},
            "anomaly_id": row["anomaly_id"],
        }


def codes(told: Told) -> Iterator[Cells]:
    """Every code that a column of the tables takes, once a list."""
    schemas, say, seen = told.package.schemas, told.say, set[str]()
    for table in schemas.tables.values():
        for field in table.fields:
            for code in () if field.codes in seen else schemas.codes.get(field.codes, {}).values():
                yield {
                    "table": say(table.title),
                    "column": say(field.title),
                    "code": code.code,
                    "meaning": say(code.label),
                    "definition": say(code.definition),
                }
            seen.add(field.codes)


@dataclass(frozen=True)
class Part:
    """A sheet: its name, what is in it, its columns, and what makes its rows. It needs a table, where it names one."""

    title: Text
    about: Text
    columns: tuple[str, ...]
    rows: Callable[[Told], Iterator[Cells]]
    table: str = ""


FIGURES = ("printed", "baseline_value", "baseline_year", "target_year", "basis", "commitment", "note")
PARTS = (
    Part(
        Text("Targets", "目标值"),
        Text(
            "Every target with its place, goal or measure, indicator and lead bodies.",
            "每项目标值及其地方、目标（措施）、指标和牵头单位。",
        ),
        (
            *WHERE,
            "item",
            "indicator",
            "scope",
            "target",
            "value",
            "unit",
            "baseline",
            "lead",
            *FIGURES,
            "target_id",
            "goal_id",
            "measure_id",
            "indicator_id",
            "plan_id",
        ),
        targets,
    ),
    Part(
        Text("Plans", "规划"),
        Text("The plans and the documents that they stand in.", "各规划及其所在的文件。"),
        (
            "place",
            "population",
            "plan",
            "period",
            "document",
            "issuer",
            "document_number",
            "issued",
            "published",
            "plan_id",
        ),
        plans,
    ),
    Part(
        Text("Goals", "主要目标"),
        Text("The goals with their targets and bodies.", "目标及其目标值和责任单位。"),
        (*WHERE, "item", "targets", "lead", "others", "groups", "goal_id"),
        goals,
    ),
    Part(
        Text("Measures", "策略措施"),
        Text(
            "The measures: what they do, for whom, by whom, for which goals.",
            "措施：采用的工具、面向的群体、责任单位和服务的目标。",
        ),
        (
            "place",
            "population",
            "domain",
            "kind",
            "number",
            "item",
            "instruments",
            "groups",
            "lead",
            "others",
            "serves",
            "measure_id",
        ),
        measures,
    ),
    Part(
        Text("Who does what", "责任分工"),
        Text("What each body leads and shares.", "各单位牵头和参与的目标、措施。"),
        ("place", "body", "function", "role", "population", "domain", "kind", "number", "item", "unit_id", "item_id"),
        assignments,
        "assignments",
    ),
    Part(
        Text("Bodies", "责任单位"),
        Text("The bodies and how much each leads, shares and owes.", "各单位及其牵头、参与和实施责任的件数。"),
        ("place", "body", "nature", "function", "leads", "shares", "owes", "unit_id"),
        units,
        "units",
    ),
    Part(
        Text("Duties", "实施责任"),
        Text(
            "What plans prescribe about their own running, and promises of money.",
            "规划对自身实施的规定，以及财政投入的承诺。",
        ),
        ("place", "population", "kind", "label", "frequency", "deadline", "from", "to", "item", "duty_id", "item_id"),
        duties,
        "duties",
    ),
    Part(
        Text("Indicators", "指标"),
        Text("What each indicator measures, and who reports it.", "各指标的定义和填报部门。"),
        (
            "theme",
            "indicator",
            "unit",
            "better",
            "definition",
            "counted",
            "reports",
            "places",
            "numerator",
            "denominator",
            "indicator_id",
        ),
        indicators,
    ),
    Part(
        Text("Citations", "引用文件"),
        Text("Laws, plans, standards and programmes that the plans name.", "规划点名的法律、规划、标准和专项行动。"),
        ("place", "population", "domain", "item", "cited", "kind", "level", "plan_id", "item_id"),
        citations,
        "citations",
    ),
    Part(
        Text("Anomalies", "异常"),
        Text("Damage, contradictions and doubts in the texts.", "文件中的残缺、矛盾与疑点。"),
        ("place", "population", "item", "kind", "description", "resolution", "anomaly_id", "item_id"),
        anomalies,
        "anomalies",
    ),
    Part(
        Text("Codes", "代码"),
        Text("The codes of the CSV tables and what they mean.", "CSV表所用的代码及其含义。"),
        ("table", "column", "code", "meaning", "definition"),
        codes,
    ),
)


def files_in(package: Folder, lang: str) -> dict[str, bytes]:
    """One workbook, named as the dataset with its language."""
    told, about = Told(package, lang), package.descriptor
    title = paired(about, "title")[lang]
    # The day of the version, so that the same data makes the same bytes.
    book = Book(title, datetime.fromisoformat(about["created"][:10]), lang, extra="export", dense=True)
    rows = {part: list(part.rows(told)) for part in PARTS if not part.table or part.table in told.t.frames}
    explain(book, told, title, rows)
    for part, cells in rows.items():
        fill(book, part, cells, title)
    return {f"{package.stated('name')}-{lang}.xlsx": book.content()}


def fill(book: Book, part: Part, rows: list[Cells], heading: str) -> None:
    """Writes a sheet: its header in the first row, then its rows."""
    columns = fitted([column(name, book.lang) for name in part.columns], rows, across=ACROSS)
    sheet = book.sheet(part.title[book.lang], columns, frozen=1)
    sheet.head()
    for cells in rows:
        sheet.row(cells, least=LOW)
    sheet.close(heading)


def column(name: str, lang: str) -> Column:
    head = HEADS[name]
    return Column(name, head.title[lang], head.width, head.look, printed=head.printed)


def explain(book: Book, told: Told, title: str, rows: Mapping[Part, list[Cells]]) -> None:
    """Writes the first sheet: what this is, its sheets, and how to read a target."""
    say = told.say
    sheet = book.sheet(say(ABOUT), [Column("name", "", 22), Column("text", "", 110)])
    sheet.title(title)
    for name, text in statements(told).items():
        sheet.row({"name": say(SAID[name]), "text": text}, least=LOW)
    sheet.band(say(SHEETS_HEAD))
    for part, cells in rows.items():
        sheet.row({"name": say(part.title), "text": say(ROWS, about=say(part.about), n=f"{len(cells):,}")}, least=LOW)
    sheet.band(say(COMPARED))
    comparators(sheet, told)
    sheet.row({"name": "", "text": say(UNNUMBERED)}, least=LOW)


def statements(told: Told) -> dict[str, str]:
    """What is said of the whole, by the names of SAID, as far as the package tells it."""
    say, about = told.say, told.package.descriptor
    stated = {
        "what": paired(about, "description")[say.lang],
        "edition": say(EDITION, version=about["version"], day=about["created"][:10]),
        "licence": say.bracketed(about["licenses"][0]["path"]).join((about["licenses"][0]["name"], "")),
        "method": paired(about, "method")[say.lang],
        "cite": STYLES[STYLE[say.lang]](citation(told.package)) if told.package.beside(CITATION) is not None else "",
        "prevail": say(PREVAIL),
        "grey": say(GREY),
        "rest": say(REST),
    }
    return {name: text for name, text in stated.items() if text}


def comparators(sheet: Sheet, told: Told) -> None:
    """Writes what each sign and word of comparison means."""
    for code in told.package.schemas.codes["comparator"].values():
        symbol = code.symbol if code.code in NUMERIC else ""
        shown = f"{told.say(code.label)}{told.say.bracketed(symbol)}"
        sheet.row({"name": shown, "text": told.say(code.definition)}, least=LOW)

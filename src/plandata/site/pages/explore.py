"""The explorer: a page per table, whose rows a script loads, filters and sorts; here are the rows and its settings.

Every view has an address, to which any page may link: `explore/?theme=health&theme=education&measurable=yes`, below the
language's root; the other tables stand at `explore/goals/`, `explore/measures/` and `explore/assignments/`. A parameter
is a filter of the view (View.filters) with a code or an id; several values of one filter widen it, several filters
narrow the rows. `q` is searched in all cells of both languages, `sort=figure.desc` sorts, `cols=place.figure` shows
these columns. What a view does not know is left out.

`measurable` is told in the codebook's words. A target is numeric where it has a number (yes); without one it is a
direction, full coverage, elimination or a benchmark (no). A goal or a measure is what the most measurable of its
targets is, and none where it has no target.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files as files_of
from typing import Any

from plandata.charts.dots import short_place
from plandata.files import FORMULA
from plandata.read.flat import flat_table
from plandata.schema import Schemas
from plandata.site.edition import Edition
from plandata.site.page import Files, Kind, Nav, Values, data_script
from plandata.tables import ITEM_KINDS, ITEM_TABLES, Row
from plandata.text import LANGS, Text
from plandata.words import COLON, COMMA, Words

SECTION = Text("Explore", "数据浏览")
ABOUT = Text("Search, filter, sort and download the table.", "检索、筛选、排序并下载数据表。")
# The code list of each coded column; that of the kind of an item depends on its table.
CODED = {
    "population": "plan_population", "theme": "theme", "role": "role", "function": "function",
    "comparator": "comparator", "commitment": "commitment", "basis": "basis", "timing": "timing",
    "target_groups": "target_group", "instruments": "instrument",
}  # fmt: skip
MEASURABLE = {
    "yes": Text("yes: a number", "有数值"),
    "no": Text("no: direction, coverage, elimination or benchmark", "无数值：方向、全覆盖、消除或比照"),
    "none": Text("no target", "没有目标值"),
}
# How the comparators of one value follow each other.
SIDES = ("lt", "le", "eq", "approx", "ge", "gt")
# What parts the codes and ids of a cell that has several.
SEVERAL = re.compile("[ ;]")
# What a module of JavaScript exports, and the name of its default in it.
EXPORT, DEFAULT = re.compile(r"\bexport\s*\{[^}]*\};?"), re.compile(r"([\w$]+) as default\b")
TITLES = {
    "place": Text("Place", "地方"), "place_id": Text("Place", "地方"), "plan": Text("Plan", "规划"),
    "domain": Text("Domain", "领域"), "theme": Text("Theme", "主题"), "population": Text("Population", "人群"),
    "indicator": Text("Indicator", "指标"), "indicator_id": Text("Indicator", "指标"), "scope": Text("Scope", "范围"),
    "figure": Text("Target", "目标值"), "target": Text("Target in words", "目标值（文字）"),
    "measurable": Text("Measurable", "能否衡量"), "target_groups": Text("Target groups", "特定群体"),
    "instruments": Text("Instruments", "政策工具"), "unit_id": Text("Body", "责任单位"),
    "targets": Text("Targets", "目标值数"),
    "item": Text("Goal or measure", "目标或措施"), "label": Text("Label", "名称"),
    "kind": Text("Kind", "类别"), "unit": Text("Body", "责任单位"),
    "lead": Text("Lead bodies", "牵头单位"), "function": Text("Function of bodies", "单位职能"),
    "unit_of_measure": Text("Unit of measure", "计量单位"), "item_id": Text("Id of goal or measure", "目标或措施标识"),
}  # fmt: skip
# What the script says.
SAID = {
    "search": Text("Search in both languages", "中英文检索"), "all": Text("all", "全部"),
    "narrow": Text("Find in this list", "在列表中查找"), "remove": Text("Remove filter: {name}", "取消筛选：{name}"),
    "order": Text("Sort by", "排序依据"), "unsorted": Text("as in the plans", "按规划顺序"),
    "filters": Text("Filters", "筛选"), "colon": COLON, "comma": COMMA,
    "shown": Text("{n} of {all} rows", "{all}行中的{n}行"),
    "csv": Text("Download these rows as CSV", "下载当前结果（CSV）"), "columns": Text("Columns", "列"),
    "reset": Text("Clear all filters", "清除筛选"), "link": Text("Copy link to this view", "复制本视图链接"),
    "copied": Text("Link copied", "已复制"), "none": Text("No row matches.", "没有符合条件的行。"),
    "previous": Text("previous page", "上一页"), "next": Text("next page", "下一页"),
    "first": Text("first page", "首页"), "last": Text("last page", "末页"),
    "loading": Text("Loading …", "加载中……"), "sort": Text("sort", "排序"),
    "failed": Text("The rows could not be loaded. Download the table instead.", "数据未能加载，请改为下载数据表。"),
}  # fmt: skip


@dataclass(frozen=True)
class View:
    """One table of the explorer. A shown column named "place" stands for place_zh or place_en, by language.

    tab: its name among the others. links: per shown column the address below the language's root, with {columns}
    of the row.
    """

    table: str
    tab: Text
    rows: list[Row]
    shown: tuple[str, ...]
    hidden: tuple[str, ...]
    filters: tuple[str, ...]
    links: Mapping[str, str] = field(default_factory=dict)
    # For columns that are not sorted by what they show: of each row its group and its place in it.
    order: Mapping[str, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        return list(self.rows[0]) if self.rows else []

    def column(self, name: str, lang: str) -> str:
        """The data column behind a shown one."""
        return f"{name}_{lang}" if f"{name}_{lang}" in self.columns else name

    @property
    def script(self) -> bytes:
        """The columns and rows as the page loads them."""
        data = {"columns": self.columns, "rows": [list(row.values()) for row in self.rows], "order": self.order}
        return data_script("pdRows", data)


@cache
def views(edition: Edition) -> dict[str, View]:
    """The tables of the explorer, that of the targets first; made once for pages and files of both languages.

    >>> from plandata.package.folder import Folder
    >>> from plandata.schema import home
    >>> list(views(Edition(Folder(home()))))
    ['targets', 'goals', 'measures', 'assignments']
    """
    items = item_view(edition, "goals", Text("Goals", "目标")), item_view(edition, "measures", Text("Measures", "措施"))
    return {view.table: view for view in (target_view(edition), *items, assignment_view(edition))}


def target_view(edition: Edition) -> View:
    """The flat table, with each target in a few signs, and the bodies of its item with their functions and roles."""
    item_of = {row["target_id"]: row["item_id"] for row in edition.targets}
    flat = list(edition.flat.iter_rows(named=True))
    places = value_order(flat, edition.schemas)
    return View(
        "targets", Text("Targets", "目标值"),
        [
            {name: as_text(cell) for name, cell in row.items()}
            | {f"figure_{lang}": edition.say(lang).figure(row) for lang in LANGS}
            | {"measurable": "no" if row["value"] is None else "yes"}
            | bodies(edition, item_of[row["target_id"]])
            for row in flat
        ],
        ("place", "population", "theme", "indicator", "scope", "figure", "target_year", "item"),
        (
            "target", "value", "unit_of_measure", "comparator", "basis", "timing", "commitment", "baseline_value",
            "value_text", "lead", "domain", "plan", "target_id",
        ),
        (
            "place_id", "population", "theme", "indicator_id", "measurable", "comparator", "basis", "timing",
            "commitment", "target_groups", "instruments", "unit_id", "role", "function",
        ),
        {"item": "plans/{plan_id}/#{target_id}", "indicator": "compare/#{indicator_id}"},
        dict.fromkeys(("figure", "target"), places),
    )  # fmt: skip


def value_order(rows: Sequence[Mapping[str, Any]], schemas: Schemas) -> list[tuple[int, int]]:
    """For each target the group of those with its unit and basis, and its place in it by value, the smallest first.

    Targets without a number are the last group, in the order of the comparators.

    >>> from plandata.schema import edition
    >>> rows = [("le", 7.0), ("increase", None), ("lt", 7.0), ("ge", 0.5)]
    >>> like = {"unit_of_measure": "percent", "basis": "level"}
    >>> value_order([{"comparator": sign, "value": value, **like} for sign, value in rows], edition())
    [(0, 2), (1, 0), (0, 1), (0, 0)]
    """
    keys = [value_key(row, schemas) for row in rows]
    groups = {group: n for n, group in enumerate(sorted({group for group, _ in keys}))}
    own = {group: sorted({place for other, place in keys if other == group}) for group in groups}
    return [(groups[group], own[group].index(place)) for group, place in keys]


def value_key(row: Mapping[str, Any], schemas: Schemas) -> tuple[tuple[int, int], tuple[float, int]]:
    """What sorts the groups of `value_order`, and the targets in each."""
    unit, basis, sign = (position(schemas, name, row[name]) for name in ("unit_of_measure", "basis", "comparator"))
    if row["value"] is None:
        return (len(schemas.codes["unit_of_measure"]) + 1, 0), (0.0, sign)
    return (unit, basis), (row["value"], SIDES.index(row["comparator"]) if row["comparator"] in SIDES else len(SIDES))


def position(schemas: Schemas, codes: str, code: str | None) -> int:
    """The place of a code in its list; behind all for none."""
    return next((n for n, known in enumerate(schemas.codes[codes]) if known == code), len(schemas.codes[codes]))


def as_text(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell)


def item_view(edition: Edition, table: str, tab: Text) -> View:
    """The goals or the measures with place, labels, how many targets they have, what they do and who leads them."""
    key = ITEM_TABLES[table]
    rows = [
        {key: item["item_id"], **belonging(edition, item), "kind": item["kind"]}
        | labels(edition, "kind", ITEM_KINDS[table], item["kind"])
        | {name: item[name] for name in ("number", "label_zh", "label_en")}
        | {"targets": str(len(edition.targets_of.get(item["item_id"], [])))}
        | leads(edition, item)
        | {"measurable": measurable(edition.targets_of.get(item["item_id"], []))}
        | several(edition, item["item_id"])
        | bodies(edition, item["item_id"])
        for item in edition.items.values()
        if item["item_table"] == table
    ]
    means = ("instruments",) if table == "measures" else ()
    return View(
        table, tab, rows,
        ("place", "population", "theme", "kind", "number", "label", "targets", "lead"), ("plan_id", key),
        (
            "place_id", "population", "theme", "kind", "measurable", "target_groups", *means, "unit_id", "role",
            "function",
        ),
        {"label": f"plans/{{plan_id}}/#{{{key}}}"},
    )  # fmt: skip


def measurable(targets: Iterable[Row]) -> str:
    """Whether any of an item's targets has a number, none has, or it has no target.

    >>> measurable([{"value": ""}, {"value": "0"}]), measurable([{"value": ""}]), measurable([])
    ('yes', 'no', 'none')
    """
    values = [row["value"] for row in targets]
    return "yes" if any(values) else "no" if values else "none"


def several(edition: Edition, item_id: str) -> Row:
    """The codes of the groups that an item names and of what it does."""
    groups, means = edition.groups_of.get(item_id, []), edition.instruments_of.get(item_id, [])
    return {
        "target_groups": " ".join(row["target_group"] for row in groups),
        "instruments": " ".join(dict.fromkeys(row["instrument"] for row in means)),
    }


def assignment_view(edition: Edition) -> View:
    """The assignments with body, function and item."""
    rows = []
    for row in edition.assignments:
        item, unit = edition.items[row["item_id"]], edition.units[row["unit_id"]]
        cells = {"item_id": row["item_id"], "item_zh": item["label_zh"], "item_en": item["label_en"]}
        cells |= belonging(edition, item)
        cells |= {"unit_id": row["unit_id"], "unit_zh": unit["name_zh"], "unit_en": unit["name_en"]}
        for name in ("function", "role"):
            cells |= {name: row[name], **labels(edition, name, CODED[name], row[name])}
        rows.append(cells | {"position": row["position"], "printed_as": row["printed_as"]})
    return View(
        "assignments", Text("Duties", "责任"), rows,
        ("place", "population", "theme", "role", "unit", "function", "item"),
        ("plan_id", "item_id", "position", "printed_as"),
        ("place_id", "population", "theme", "unit_id", "role", "function"),
        {"item": "plans/{plan_id}/#{item_id}", "unit": "places/{place_id}/#{unit_id}"},
    )  # fmt: skip


def belonging(edition: Edition, item: Row) -> Row:
    """Where an item belongs: plan, place, population and theme, with labels."""
    place = edition.places[item["place_id"]]
    cells = {"plan_id": item["plan_id"], "place_id": item["place_id"]}
    cells |= {f"place_{lang}": place[f"name_{lang}"] for lang in ("zh", "en")}
    for name in ("population", "theme"):
        cells |= {name: item[name], **labels(edition, name, CODED[name], item[name])}
    return cells


def labels(edition: Edition, name: str, codes: str, code: str) -> Row:
    return {f"{name}_{lang}": edition.say(lang).label(codes, code) for lang in ("zh", "en")}


def leads(edition: Edition, item: Row) -> Row:
    """The names of an item's lead bodies."""
    duties = edition.assigned_to.get(item["item_id"], [])
    units = [edition.units[row["unit_id"]] for row in duties if row["role"] == "lead"]
    said = [edition.say(lang) for lang in ("zh", "en")]
    return {f"lead_{say.lang}": say.listed(map(say.of, units)) for say in said}


def bodies(edition: Edition, item_id: str) -> Row:
    """The bodies of an item, their functions and their roles; each once."""
    duties = edition.assigned_to.get(item_id, [])
    return {name: " ".join(dict.fromkeys(row[name] for row in duties)) for name in ("function", "role", "unit_id")}


def files(edition: Edition) -> Files:
    """The rows of every view, and DataTables."""
    rows = {f"assets/rows/{view.table}.js": view.script for view in views(edition).values()}
    return rows | {"assets/datatables.js": datatables()}


def datatables() -> bytes:
    """DataTables with all that it needs: the module that itables ships, as a script that sets globalThis.pdDataTable.

    Raises LookupError where the module names no default export.
    """
    module = files_of("itables").joinpath("html/dt_bundle.js").read_text(encoding="utf-8")
    names = EXPORT.search(module)
    default = names and DEFAULT.search(names[0])
    if not names or not default:
        raise LookupError("dt_bundle.js of itables exports no default")
    inside = f"{module[: names.start()]}globalThis.pdDataTable={default[1]};{module[names.end() :]}"
    return f"(()=>{{{inside}\n}})()\n".encode()


def page(table: str, path: str, title: Text, nav: Nav) -> Kind:
    """The page of a view; all views show all tabs."""

    def make(edition: Edition, say: Words) -> Iterator[Values]:
        listed = views(edition)
        tabs = [(name, "" if name == "targets" else f"{name}/", view.tab) for name, view in listed.items()]
        yield {"view": listed[table], "settings": settings(edition, listed[table], say), "tabs": tabs}

    offered = files if table == "targets" else None
    return Kind(path, "explore.md.j2", title, ABOUT, make, nav, hide=("navigation", "toc"), files=offered)


EXPLORERS = [
    page(
        "targets", "explore/index", Text("Explore targets", "浏览目标值"), Nav(40, Text("Targets", "目标值"), SECTION)
    ),
    page("goals", "explore/goals", Text("Explore goals", "浏览目标"), Nav(41, Text("Goals", "目标"), SECTION)),
    page(
        "measures", "explore/measures", Text("Explore measures", "浏览措施"), Nav(42, Text("Measures", "措施"), SECTION)
    ),
    page(
        "assignments",
        "explore/assignments",
        Text("Explore duties", "浏览责任分工"),
        Nav(43, Text("Duties", "责任"), SECTION),
    ),
]


def settings(edition: Edition, view: View, say: Words) -> dict[str, object]:
    """What the script needs to know: columns, filters with the labels of their values, and words."""
    title = titles(edition)
    return {
        "table": view.table,
        "columns": [
            {
                "name": name,
                "data": view.column(name, say.lang),
                "title": say(title[name]),
                "visible": name in view.shown,
                "link": view.links.get(name, ""),
            }
            for name in (*view.shown, *view.hidden)
        ],
        "filters": [
            {"name": name, "title": say(title[name]), "labels": filter_labels(edition, view, name, say)}
            for name in view.filters
        ],
        "words": {name: text[say.lang] for name, text in SAID.items()},
        "formula": FORMULA,
    }


def titles(edition: Edition) -> dict[str, Text]:
    """The title of each column that the schemas define, with or without labels beside it, and of our own."""
    tables = [*edition.schemas.tables.values(), flat_table(edition.schemas)]
    known = {field.name: field.title for table in tables for field in table.fields}
    return known | TITLES


def filter_labels(edition: Edition, view: View, name: str, say: Words) -> dict[str, str]:
    """The label of each value that the rows have in a filter's column, in the order of their list."""
    used = {value for row in view.rows for value in SEVERAL.split(row[name])}
    if name == "place_id":
        labels = {key: short_place(place, say, "name") for key, place in edition.places.items()}
    elif name == "indicator_id":
        named = {key: say.of(row) for key, row in edition.indicators.items()}
        labels = dict(sorted(named.items(), key=lambda pair: pair[1]))
    elif name == "unit_id":
        labels = {key: body(edition, unit, say) for key, unit in edition.units.items()}
    elif name == "measurable":
        labels = {key: say(text) for key, text in MEASURABLE.items()}
    else:
        codes = ITEM_KINDS[view.table] if name == "kind" else CODED[name]
        labels = {key: say.label(codes, key) for key in edition.schemas.codes[codes]}
    return {key: label for key, label in labels.items() if key in used}


def body(edition: Edition, unit: Row, say: Words) -> str:
    """A body with its place, since bodies of several places have one name."""
    return say.of(unit) + say.bracketed(short_place(edition.places[unit["place_id"]], say, "name"))

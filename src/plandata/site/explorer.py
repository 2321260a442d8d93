"""What the explorer shows: the rows of each of its tables with labels, and the columns and filters of its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plandata.flat import flat, flat_table
from plandata.schema import schemas
from plandata.site.edition import Edition, Row
from plandata.site.words import code

LANGS = ("zh", "en")
CODED = {"population": "plan_population", "theme": "theme", "role": "role", "function": "function"}
KINDS = {"goals": "goal_kind", "measures": "measure_kind"}


@dataclass(frozen=True)
class View:
    """One table of the explorer. A shown column named "place" stands for place_zh or place_en, by language.

    links: per shown column the address below the language's root, with {columns} of the row.
    """

    table: str
    rows: list[Row]
    shown: tuple[str, ...]
    hidden: tuple[str, ...]
    filters: tuple[str, ...]
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        return list(self.rows[0]) if self.rows else []

    @property
    def data(self) -> dict[str, list[object]]:
        return {"columns": list(self.columns), "rows": [list(row.values()) for row in self.rows]}


def views(edition: Edition) -> list[View]:
    """The tables of the explorer, that of the targets first.

    >>> from plandata.package import open_package
    >>> [view.table for view in views(Edition(open_package()))]
    ['targets', 'goals', 'measures', 'assignments']
    """
    item_filters = ("place_id", "population", "theme", "kind", "function")
    shown = ("place", "population", "theme", "kind", "number", "label", "targets", "lead")
    items = [
        View(table, item_rows(edition, table, key), shown, ("plan_id", key), item_filters, {"label": item_link(key)})
        for table, key in (("goals", "goal_id"), ("measures", "measure_id"))
    ]
    return [target_view(edition), *items, assignment_view(edition)]


def item_link(key: str) -> str:
    return f"plans/{{plan_id}}/#{{{key}}}"


def target_view(edition: Edition) -> View:
    frame = flat(edition.package)
    rows = [{name: plain(cell) for name, cell in row.items()} for row in frame.iter_rows(named=True)]
    functions = {item_id: functions_of(assigned) for item_id, assigned in edition.assigned_to.items()}
    return View(
        "targets",
        [row | {"function": functions.get(row["goal_id"] or row["measure_id"], "")} for row in rows],
        ("place", "population", "theme", "indicator", "scope", "target", "item"),
        (
            "value", "unit_of_measure", "comparator", "basis", "baseline_value", "target_year", "value_text",
            "lead", "domain", "plan", "target_id",
        ),
        ("place_id", "population", "theme", "indicator_id", "comparator", "function"),
        {"item": "plans/{plan_id}/#{target_id}", "indicator": "compare/#{indicator_id}"},
    )  # fmt: skip


def plain(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell)


def item_rows(edition: Edition, table: str, key: str) -> list[Row]:
    """The goals or the measures with place, labels, how many targets they have and who leads them."""
    return [
        {key: item["item_id"], **belonging(edition, item), "kind": item["kind"]}
        | worded("kind", KINDS[table], item["kind"])
        | {name: item[name] for name in ("number", "label_zh", "label_en")}
        | {"targets": str(len(edition.targets_of.get(item["item_id"], [])))}
        | led(edition, item)
        for item in edition.items.values()
        if item["table"] == table
    ]  # fmt: skip


def assignment_view(edition: Edition) -> View:
    rows = []
    for row in edition.assignments:
        item, unit = edition.items[row["item_id"]], edition.units[row["unit_id"]]
        cells = {"item_id": row["item_id"], "item_zh": item["label_zh"], "item_en": item["label_en"]}
        cells |= belonging(edition, item)
        cells |= {"unit_id": row["unit_id"], "unit_zh": unit["name_zh"], "unit_en": unit["name_en"]}
        for name in ("function", "role"):
            cells |= {name: row[name], **worded(name, CODED[name], row[name])}
        rows.append(cells | {"position": row["position"], "printed_as": row["printed_as"]})
    return View(
        "assignments", rows,
        ("place", "population", "theme", "role", "unit", "function", "item"),
        ("plan_id", "item_id", "position", "printed_as"),
        ("place_id", "population", "theme", "role", "function"),
        {"item": "plans/{plan_id}/#{item_id}", "unit": "places/{place_id}/#{unit_id}"},
    )  # fmt: skip


def belonging(edition: Edition, item: Row) -> Row:
    """Where an item belongs: plan, place, population and theme, with labels."""
    place = edition.places[item["place_id"]]
    found = {"plan_id": item["plan_id"], "place_id": item["place_id"]}
    found |= {f"place_{lang}": place[f"name_{lang}"] for lang in LANGS}
    for name in ("population", "theme"):
        found |= {name: item[name], **worded(name, CODED[name], item[name])}
    return found


def worded(name: str, codes: str, value: str) -> Row:
    return {f"{name}_{lang}": code(codes, value, lang) for lang in LANGS}


def led(edition: Edition, item: Row) -> Row:
    assigned = edition.assigned_to.get(item["item_id"], [])
    leads = [edition.units[row["unit_id"]] for row in assigned if row["role"] == "lead"]
    return {
        "lead_zh": "、".join(unit["name_zh"] for unit in leads),
        "lead_en": "; ".join(unit["name_en"] for unit in leads),
        "function": functions_of(assigned),
    }


def functions_of(assigned: Iterable[Row]) -> str:
    return " ".join(dict.fromkeys(row["function"] for row in assigned))


def titles(view: View, lang: str) -> dict[str, str]:
    """The title of each column of a view, from the schema that defines it; its name where none does."""
    fields = [f for table in schemas().tables.values() for f in table.fields] + list(flat_table().fields)
    known = {f.name: f.title_zh if lang == "zh" else f.title for f in fields}
    known |= {
        stem: known[f"{stem}_{lang}"].partition(" (")[0].partition("（")[0]
        for stem in STEMS
        if f"{stem}_{lang}" in known
    }
    return {name: OWN[lang].get(name, known.get(name, name)) for name in (*view.shown, *view.hidden, *view.filters)}


STEMS = ("population", "theme", "kind", "function", "role", "comparator", "basis", "unit_of_measure")
OWN = {
    "en": {
        "place": "Place", "place_id": "Place", "plan": "Plan", "domain": "Domain", "theme": "Theme",
        "population": "Population", "indicator": "Indicator", "indicator_id": "Indicator", "scope": "Scope",
        "target": "Target", "targets": "Targets", "item": "Goal or measure", "label": "Label", "kind": "Kind",
        "unit": "Body", "lead": "Lead bodies", "function": "Function of bodies", "unit_of_measure": "Unit of measure",
    },
    "zh": {
        "place": "地方", "place_id": "地方", "plan": "规划", "domain": "领域", "theme": "主题",
        "population": "人群", "indicator": "指标", "indicator_id": "指标", "scope": "范围",
        "target": "目标值", "targets": "目标值数", "item": "目标或措施", "label": "名称", "kind": "类别",
        "unit": "单位", "lead": "牵头单位", "function": "单位职能", "unit_of_measure": "计量单位",
    },
}  # fmt: skip

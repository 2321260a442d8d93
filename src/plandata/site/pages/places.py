"""Places and plans: the list of each, a page for each place with its bodies, and for each plan with its items."""

from collections.abc import Iterator
from typing import Any

from plandata.charts.figure import Figure
from plandata.charts.tiles import grid, tiles
from plandata.site.edition import Edition
from plandata.site.jsonld import place_json, plan_json
from plandata.site.page import Nav, Values, kind
from plandata.tables import ITEM_KINDS, Row, grouped
from plandata.text import Text
from plandata.words import Words, number

SECTION = Text("Places and plans", "地方与规划")
TILED = Text(
    "Plans from {n} of {all} provincial-level divisions: {targets} targets, {numeric} of them with a number",
    "本版收录{all}个省级行政区中{n}个的规划：{targets}个目标值，其中{numeric}个有数值",
)
TILES = Text(
    "A tile is a division; in it the targets of its plans and how many have a number, as a bar too; an empty one none",
    "每格为一个省级行政区；格内为其规划的目标值数和有数值者，底部横条为后者的比例；空格为尚无规划收录",
)
OUTSIDE = Text("; places outside the grid: {n}", "；不在图中的地方：{n}个")
PROVINCE = (
    Text("Province", "省级行政区"),
    Text("Places", "地方"),
    Text("Plans", "规划"),
    Text("Targets", "目标值"),
    Text("With a number", "有数值"),
)
COUNTS = {
    "goals": Text("goals", "条目标"),
    "targets": Text("targets", "个目标值"),
    "figures": Text("of them with a number", "个有数值"),
    "measures": Text("measures", "条措施"),
    "assignments": Text("assignments of bodies", "项责任分工"),
    "duties": Text("duties of its own running", "项实施责任"),
}


@kind(
    "places/index", "places.md.j2",
    Text("Places", "地方"), Text("The places whose plans are in this edition.", "本版收录规划的地方。"),
    nav=Nav(10, Text("Places", "地方"), SECTION),
)  # fmt: skip
def places(edition: Edition, say: Words) -> Iterator[Values]:
    """The places with their plans."""
    plans = grouped(edition.plans.values(), "place_id")
    yield {"places": [(place, plans[key]) for key, place in edition.places.items()]}


@kind(
    "where/index", "where.md.j2", Text("Where the plans are", "分布"),
    Text(
        "The provinces whose places have plans in this edition, and what these promise.",
        "本版收录了哪些省份的规划，承诺了什么。",
    ),
    nav=Nav(12, Text("Where", "分布"), SECTION),
)  # fmt: skip
def where(edition: Edition, say: Words) -> Iterator[Values]:
    """The provinces as tiles, with the targets of their plans."""
    yield {"map": provinces(edition, say)}


def provinces(edition: Edition, say: Words) -> Figure:
    """How many targets the plans of each province set, and how many of them have a number."""
    codes = {key: province(row) for key, row in edition.places.items()}
    targets, plans = (grouped(rows, "place_id") for rows in (edition.targets, edition.plans.values()))
    rows: list[list[Any]] = []
    counts: dict[str, tuple[int, int]] = {}
    for code in sorted({code for code in codes.values() if code}):
        own = [key for key, of in codes.items() if of == code]
        set_there = [row for key in own for row in targets[key]]
        numeric = sum(bool(row["value"]) for row in set_there)
        counts[code] = len(set_there), numeric
        names = say.listed(say.of(edition.places[key]) for key in own)
        rows.append([grid()[code].name[say.lang], names, sum(len(plans[key]) for key in own), len(set_there), numeric])
    all_targets, all_numeric = (number(sum(row[column] for row in rows)) for column in (-2, -1))
    title = say(TILED, n=len(rows), all=len(grid()), targets=all_targets, numeric=all_numeric)
    outside = list(codes.values()).count(None)
    note = say(TILES) + (say(OUTSIDE, n=outside) if outside else "")
    return Figure("where", title, tiles(counts, say.lang), [say(head) for head in PROVINCE], rows, note=note)


def province(place: Row) -> str | None:
    """The code of the province of a place, by its Chinese name; None where it is no province of the grid."""
    return next((code for code, own in grid().items() if place["province_zh"].startswith(own.name.zh)), None)


@kind(
    "places/{place[place_id]}", "place.md.j2", Text("{place[name_en]}", "{place[name_zh]}"),
    Text("The plans and responsible bodies of {place[name_en]}.", "{place[name_zh]}的规划与责任单位。"),
)  # fmt: skip
def place(edition: Edition, say: Words) -> Iterator[Values]:
    """A place with its plans, and its bodies, those that lead most first."""
    plans, units = grouped(edition.plans.values(), "place_id"), grouped(edition.units.values(), "place_id")
    duties, owes = grouped(edition.assignments, "unit_id"), grouped(edition.duties, "from_unit_id")
    for key, row in edition.places.items():
        bodies = [(unit, *by_role(edition, duties[unit["unit_id"]])) for unit in units[key]]
        bodies.sort(key=lambda body: (-len(body[1]), -body[2]))
        counted = [(plan, numbers(edition, plan)) for plan in plans[key]]
        documents = [document for document in edition.documents.values() if document["place_id"] == key]
        yield {
            "place": row, "plans": counted, "documents": documents, "units": bodies, "owes": owes,
            "json_ld": place_json(edition, row, say.lang, f"places/{key}"),
        }  # fmt: skip


def by_role(edition: Edition, duties: list[Row]) -> tuple[list[Row], int]:
    """The items that a body leads, and how many it has another part in."""
    leads = [edition.items[row["item_id"]] for row in duties if row["role"] == "lead"]
    return leads, len(duties) - len(leads)


@kind(
    "plans/index", "plans.md.j2",
    Text("Plans", "规划"), Text("The plans of this edition with their counts.", "本版收录的规划及其条目数。"),
    nav=Nav(11, Text("Plans", "规划"), SECTION),
)  # fmt: skip
def plans(edition: Edition, say: Words) -> Iterator[Values]:
    """The plans with their places and counts."""
    rows = edition.plans.values()
    yield {"plans": [(plan, edition.places[plan["place_id"]], numbers(edition, plan)) for plan in rows]}


@kind(
    "plans/{plan[plan_id]}", "plan.md.j2", Text("{plan[title_en]}", "{plan[title_zh]}"),
    Text("Goals, targets, bodies and measures: {plan[title_en]}.", "{plan[title_zh]}的目标、指标、责任单位与措施。"),
)  # fmt: skip
def plan(edition: Edition, say: Words) -> Iterator[Values]:
    """A plan with its domains, and the items of each in printed order."""
    items = grouped(edition.items.values(), "plan_id")
    for key, row in edition.plans.items():
        count = numbers(edition, row)
        yield {
            "plan": row,
            "place": edition.places[row["place_id"]],
            "document": edition.documents[row["document_id"]],
            "counts": [(count[name], name, word) for name, word in COUNTS.items()],
            "domains": [(domain, *inside(edition, items[key], domain)) for domain in domains_of(edition, row)],
            "rest": outside(edition, items[key], say),
            "citing": edition.row_citations,
            "json_ld": plan_json(edition, row, say.lang, f"plans/{key}"),
        }


def numbers(edition: Edition, plan: Row) -> dict[str, int]:
    """How many rows of each kind hang on a plan."""
    own = plan["plan_id"]
    tables = [item["item_table"] for item in edition.items.values() if item["plan_id"] == own]
    targets = [row for row in edition.targets if row["plan_id"] == own]
    return {
        "goals": tables.count("goals"),
        "targets": len(targets),
        "figures": sum(bool(row["value"]) for row in targets),
        "measures": tables.count("measures"),
        "assignments": sum(row["plan_id"] == own for row in edition.assignments),
        "duties": sum(row["plan_id"] == own for row in edition.duties),
    }


def domains_of(edition: Edition, plan: Row) -> list[Row]:
    """The domains of a plan in printed order; in a plan for both, those of women first."""
    own = [domain for domain in edition.domains.values() if domain["plan_id"] == plan["plan_id"]]
    return sorted(own, key=lambda domain: (domain["population"] != "women", int(domain["position"])))


def inside(edition: Edition, items: list[Row], domain: Row) -> list[list[Row]]:
    """The goals (indicator lines after them) and the measures of a domain."""
    own = [item for item in items if item["domain_id"] == domain["domain_id"]]
    codes = edition.schemas.codes
    return [
        [item for kind in codes[kinds] for item in of_kind(own, table, kind)] for table, kinds in ITEM_KINDS.items()
    ]


def outside(edition: Edition, items: list[Row], say: Words) -> list[tuple[str, str, list[Row]]]:
    """The items that stand in no domain: their kind, its label, and they; the overall objective first."""
    free = [item for item in items if not item["domain_id"]]
    kinds = [(table, codes, kind) for table, codes in ITEM_KINDS.items() for kind in edition.schemas.codes[codes]]
    kinds.sort(key=lambda entry: entry[2] != "overall")
    rows = [(kind, say.label(codes, kind), of_kind(free, table, kind)) for table, codes, kind in kinds]
    return [entry for entry in rows if entry[2]]


def of_kind(items: list[Row], table: str, kind: str) -> list[Row]:
    own = [item for item in items if item["item_table"] == table and item["kind"] == kind]
    return sorted(own, key=lambda item: int(item["position"]))

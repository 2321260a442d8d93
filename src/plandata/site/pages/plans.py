"""The list of plans, and a page for each with its domains, goals, targets, bodies and measures."""

from collections.abc import Iterator

from plandata.schema import schemas
from plandata.site.citing import row_citations
from plandata.site.edition import Edition, Row
from plandata.site.page import Page, make, pick
from plandata.site.words import code, named

KINDS = {"goals": "goal_kind", "measures": "measure_kind"}


def pages(edition: Edition, lang: str) -> Iterator[Page]:
    listed = [(plan, edition.places[plan["place_id"]], numbers(edition, plan)) for plan in edition.plans.values()]
    title = pick(lang, "Plans", "规划")
    described = pick(lang, "The plans of this edition with their counts.", "本版收录的规划及其条目数。")
    yield make(edition, lang, "plans/index", title, described, "plans.md.j2", listed=listed)
    for plan in edition.plans.values():
        yield plan_page(edition, lang, plan)


def plan_page(edition: Edition, lang: str, plan: Row) -> Page:
    items = [item for item in edition.items.values() if item["plan_id"] == plan["plan_id"]]
    title = named(plan, "title", lang)
    described = pick(lang, f"Goals, targets, bodies and measures: {title}.", f"{title}的目标、指标、责任单位与措施。")
    return make(
        edition, lang, f"plans/{plan['plan_id']}", title, described, "plan.md.j2",
        plan=plan,
        place=edition.places[plan["place_id"]],
        document=edition.documents[plan["document_id"]],
        counts=counts(edition, plan, lang),
        domains=[(domain, *inside(items, domain)) for domain in domains_of(edition, plan)],
        rest=outside(items, lang),
        citing=row_citations(edition),
    )  # fmt: skip


def domains_of(edition: Edition, plan: Row) -> list[Row]:
    """The domains of a plan in printed order; in a plan for both, those of women first."""
    own = [domain for domain in edition.domains.values() if domain["plan_id"] == plan["plan_id"]]
    return sorted(own, key=lambda domain: (domain["population"] != "women", int(domain["position"])))


def inside(items: list[Row], domain: Row) -> tuple[list[Row], list[Row]]:
    """The goals (indicator lines after them) and the measures of a domain."""
    own = [item for item in items if item["domain_id"] == domain["domain_id"]]
    return of_table(own, "goals"), of_table(own, "measures")


def of_table(items: list[Row], table: str) -> list[Row]:
    return [item for kind in schemas().codes[KINDS[table]] for item in of_kind(items, table, kind)]


def of_kind(items: list[Row], table: str, kind: str) -> list[Row]:
    found = [item for item in items if item["table"] == table and item["kind"] == kind]
    return sorted(found, key=lambda item: int(item["position"]))


def outside(items: list[Row], lang: str) -> list[tuple[str, str, list[Row]]]:
    """The items that stand in no domain: their kind, its label, and they; the overall objective first."""
    free = [item for item in items if not item["domain_id"]]
    kinds = [
        ("goals", "overall"),
        *((table, kind) for table, codes in KINDS.items() for kind in schemas().codes[codes]),
    ]
    found = {kind: (code(KINDS[table], kind, lang), of_kind(free, table, kind)) for table, kind in dict.fromkeys(kinds)}
    return [(kind, label, rows) for kind, (label, rows) in found.items() if rows]


def numbers(edition: Edition, plan: Row) -> dict[str, int]:
    """How many rows of each kind hang on a plan."""
    own = plan["plan_id"]
    items = [item for item in edition.items.values() if item["plan_id"] == own]
    return {
        "goals": sum(item["table"] == "goals" for item in items),
        "targets": sum(row["plan_id"] == own for row in edition.targets),
        "figures": sum(row["plan_id"] == own and bool(row["value"]) for row in edition.targets),
        "measures": sum(item["table"] == "measures" for item in items),
        "assignments": sum(row["plan_id"] == own for row in edition.assignments),
    }


def counts(edition: Edition, plan: Row, lang: str) -> list[tuple[int, str]]:
    found = numbers(edition, plan)
    words = {
        "goals": pick(lang, "goals", "条目标"),
        "targets": pick(lang, "targets", "个指标值"),
        "figures": pick(lang, "of them with a number", "个有数值"),
        "measures": pick(lang, "measures", "条措施"),
        "assignments": pick(lang, "duties of named bodies", "项责任分工"),
    }
    return [(found[key], word) for key, word in words.items()]

"""The list of places, and a page for each with its plans and its bodies."""

from collections import Counter
from collections.abc import Iterator

from plandata.site.edition import Edition, Row, grouped
from plandata.site.page import Page, make, pick
from plandata.site.pages.plans import numbers
from plandata.site.words import named


def pages(edition: Edition, lang: str) -> Iterator[Page]:
    title = pick(lang, "Places", "地方")
    described = pick(lang, "The places whose plans are in this edition.", "本版收录规划的地方。")
    listed = [(place, plans_of(edition, place)) for place in edition.places.values()]
    yield make(edition, lang, "places/index", title, described, "places.md.j2", listed=listed)
    for place, plans in listed:
        yield place_page(edition, lang, place, plans)


def place_page(edition: Edition, lang: str, place: Row, plans: list[Row]) -> Page:
    title = named(place, "name", lang)
    described = pick(lang, f"The plans and responsible bodies of {title}.", f"{title}的规划与责任单位。")
    units = [unit for unit in edition.units.values() if unit["place_id"] == place["place_id"]]
    return make(
        edition, lang, f"places/{place['place_id']}", title, described, "place.md.j2",
        place=place,
        plans=[(plan, numbers(edition, plan)) for plan in plans],
        units=sorted(((unit, *duties(edition, unit)) for unit in units), key=lambda entry: (-len(entry[1]), -entry[2])),
        kinds=Counter(unit["kind"] for unit in units),
    )  # fmt: skip


def plans_of(edition: Edition, place: Row) -> list[Row]:
    return [plan for plan in edition.plans.values() if plan["place_id"] == place["place_id"]]


def duties(edition: Edition, unit: Row) -> tuple[list[Row], int]:
    """The items that a body leads, and how many it shares the responsibility for."""
    own = grouped(edition.assignments_by_unit[unit["unit_id"]], "role")
    return [edition.items[row["item_id"]] for row in own["lead"]], len(own["responsible"])

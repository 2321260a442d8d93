"""Who is responsible: functions of bodies by theme and place, and a page for each function."""

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from plandata.schema import schemas
from plandata.site.edition import Edition, Row, grouped
from plandata.site.heat import heat_map
from plandata.site.page import Page, make, pick
from plandata.site.words import code, short_place


def pages(edition: Edition, lang: str) -> Iterator[Page]:
    title = pick(lang, "Who is responsible", "责任分工")
    described = pick(lang, "Which bodies lead or share which themes.", "哪些单位牵头或共同负责哪些主题。")
    views = [view for role in schemas().codes["role"] for view in role_views(edition, role, lang)]
    yield make(
        edition,
        lang,
        "responsibility/index",
        title,
        described,
        "responsibility.md.j2",
        views=views,
        functions=functions(edition),
    )
    for function, _ in functions(edition):
        yield function_page(edition, lang, function)


def functions(edition: Edition) -> list[tuple[str, int]]:
    """The functions that bodies have, with the number of their duties, most first."""
    duties = Counter({unit["function"]: 0 for unit in edition.units.values()})
    duties.update(row["function"] for row in edition.assignments)
    return duties.most_common()


def role_views(edition: Edition, role: str, lang: str) -> Iterator[dict[str, object]]:
    """The heat maps of a role: all places together, then each place that assigns it."""
    found = [row for row in edition.assignments if row["role"] == role]
    everywhere = pick(lang, "all places", "全部地方")
    yield heat_view(found, role, everywhere, "all", lang)
    by_place = grouped(found, "place_id")
    for place_id, place in edition.places.items():
        if place_id in by_place:
            yield heat_view(by_place[place_id], role, short_place(place, lang), place_id, lang)


def heat_view(found: list[Row], role: str, where: str, key: str, lang: str) -> dict[str, object]:
    """One heat map with its title, its table and its chart."""
    counts = Counter((code("function", row["function"], lang), theme_label(row["theme"], lang)) for row in found)
    totals = Counter(code("function", row["function"], lang) for row in found)
    used = {row["theme"] for row in found}
    columns = [theme_label(theme, lang) for theme in (*schemas().codes["theme"], "") if theme in used]
    rows = [label for label, _ in totals.most_common()]
    first = rows[0]
    label = code("role", role, lang)
    title = pick(
        lang,
        f"{label.capitalize()}, {where}: {first} is named most often ({totals[first]} of {len(found)})",
        f"{where}的{label}：{first}最多（{len(found)}项中的{totals[first]}项）",
    )
    return {
        "id": f"{role}.{key}", "role": role, "key": key, "where": where, "title": title,
        "rows": [(row, [counts[row, column] for column in columns], totals[row]) for row in rows],
        "columns": columns,
        "chart": Markup(heat_map(counts, rows, columns, title)),  # noqa: S704 - made by svg, escaped there
    }  # fmt: skip


def theme_label(theme: str, lang: str) -> str:
    return code("theme", theme, lang) or pick(lang, "organisation", "组织实施")


def function_page(edition: Edition, lang: str, function: str) -> Page:
    title = code("function", function, lang)
    described = pick(lang, f"What {title} bodies lead and share, by place.", f"各地{title}单位的牵头与共同负责事项。")
    units = [unit for unit in edition.units.values() if unit["function"] == function]
    own = [row for row in edition.assignments if row["function"] == function]
    by_place = grouped(own, "place_id")
    roles = list(schemas().codes["role"])
    found = [
        (place, [unit for unit in units if unit["place_id"] == place_id], by_role(by_place.get(place_id, []), roles))
        for place_id, place in edition.places.items()
    ]
    return make(
        edition, lang, f"responsibility/{function}", title.capitalize(), described, "function.md.j2",
        function=schemas().codes["function"][function],
        found=found,
        roles=roles,
        theme_label=lambda theme: theme_label(theme, lang),
    )  # fmt: skip


def by_role(found: list[Row], roles: list[str]) -> dict[str, list[Row]]:
    return {role: [row for row in found if row["role"] == role] for role in roles}

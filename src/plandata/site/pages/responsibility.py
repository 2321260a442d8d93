"""Who is responsible: functions of bodies by theme and place, and a page for each function."""

import re
from collections import Counter
from collections.abc import Iterator

from plandata.charts.counts import heat_map
from plandata.charts.dots import short_place
from plandata.rules.official import KINDS
from plandata.site.edition import Edition
from plandata.site.page import Nav, Values, kind, picture
from plandata.tables import Row, grouped
from plandata.text import Text
from plandata.texts.policy import RANK
from plandata.words import Words

# What stands between the place and the work of a body in its English name.
LEVELS = "|".join(("Municipal", *(kind for _, _, kind in KINDS)))
EVERYWHERE = Text("all places", "全部地方")
ORGANISATION = Text("organisation", "组织实施")
MOST = Text(
    "{role}, {where}: {first} is named most often ({n} of {all})", "{where}的{role}：{first}最多（{all}项中的{n}项）"
)


@kind(
    "responsibility/index", "responsibility.md.j2", Text("Who is responsible", "责任分工"),
    Text("Which bodies lead or share which themes.", "哪些单位牵头或共同负责哪些主题。"),
    nav=Nav(30, Text("Responsibility", "责任分工")),
)  # fmt: skip
def responsibility(edition: Edition, say: Words) -> Iterator[Values]:
    """The heat maps of each role, and the functions."""
    roles = edition.schemas.codes["role"]
    yield {
        "views": [view for role in roles for view in role_views(edition, role, say)],
        "functions": functions(edition),
    }


def functions(edition: Edition) -> list[tuple[str, int]]:
    """The functions that bodies have, with the number of their duties, most first."""
    duties = Counter({unit["function"]: 0 for unit in edition.units.values()})
    duties.update(row["function"] for row in edition.assignments)
    return duties.most_common()


def role_views(edition: Edition, role: str, say: Words) -> Iterator[Values]:
    """The heat maps of a role: all places together, then each place that assigns it."""
    duties = [row for row in edition.assignments if row["role"] == role]
    if duties:
        yield {"role": role, "key": "all", **heat_view(edition, duties, role, say(EVERYWHERE), say)}
    by_place = grouped(duties, "place_id")
    for place_id, place in edition.places.items():
        if by_place[place_id]:
            where = short_place(place, say, "name")
            yield {"role": role, "key": place_id, **heat_view(edition, by_place[place_id], role, where, say)}


def heat_view(edition: Edition, duties: list[Row], role: str, where: str, say: Words) -> Values:
    """One heat map with its title, its table and its chart."""
    cells = [(say.label("function", row["function"]), theme_label(row["theme"], say)) for row in duties]
    counts, totals = Counter(cells), Counter(label for label, _ in cells)
    used = {row["theme"] for row in duties}
    columns = [theme_label(theme, say) for theme in (*edition.schemas.codes["theme"], "") if theme in used]
    rows = [label for label, _ in totals.most_common()]
    named = {"role": say.label("role", role), "where": where, "first": rows[0]}
    title = say(MOST, **named, n=totals[rows[0]], all=len(duties))
    title = title[0].upper() + title[1:]
    return {
        "where": where,
        "title": title,
        "rows": [(row, [counts[row, column] for column in columns], totals[row]) for row in rows],
        "columns": columns,
        "chart": picture(heat_map(counts, rows, columns, title)),
    }


def theme_label(theme: str, say: Words) -> str:
    """A theme; what concerns a plan as a whole has none."""
    return say.label("theme", theme) or say(ORGANISATION)


@kind(
    "responsibility/{function.code}", "function.md.j2", Text("{heading}", "{heading}"),
    Text(
        "What {function.label.en} bodies lead and share, by place.",
        "各地{function.label.zh}单位的牵头与共同负责事项。",
    ),
)  # fmt: skip
def function(edition: Edition, say: Words) -> Iterator[Values]:
    """A function with its bodies and their duties in each place."""
    units, duties = grouped(edition.units.values(), "function"), grouped(edition.assignments, "function")
    given = {row["role"] for row in edition.assignments}
    for code, _ in functions(edition):
        bodies, by_place = grouped(units[code], "place_id"), grouped(duties[code], "place_id")
        yield {
            "function": edition.schemas.codes["function"][code],
            "heading": say.label("function", code).capitalize(),
            "places": [(row, bodies[key], grouped(by_place[key], "role")) for key, row in edition.places.items()],
            "roles": [role for role in edition.schemas.codes["role"] if role in given],
            "theme_label": lambda theme: theme_label(theme, say),
            "names": sorted({name for row in units[code] for name in general_names(row)}),
        }


def general_names(unit: Row) -> tuple[str, str]:
    """What a body is called in every place: its names without the place and its level.

    >>> row = {"place_id": "liaocheng", "name_zh": "市卫生健康委", "name_en": "Liaocheng Municipal Health Commission"}
    >>> general_names(row)
    ('卫生健康委', 'Health Commission')
    """
    place = unit["place_id"].replace("-", " ")
    return RANK.sub("", unit["name_zh"]), re.sub(rf"^{place} (?:{LEVELS}) ", "", unit["name_en"], flags=re.IGNORECASE)

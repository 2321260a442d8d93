"""Who is responsible: functions of bodies by theme and place, who leads with whom, and a page for each function."""

import re
from collections import Counter
from collections.abc import Iterator

from plandata.charts.arcs import arcs, nearest, told_apart
from plandata.charts.counts import FEWER, MOST, counted, pairs
from plandata.charts.dots import short_place
from plandata.charts.drawing import PARTS
from plandata.charts.figure import Figure
from plandata.rules.official import KINDS
from plandata.site.edition import Edition, led_together
from plandata.site.page import Nav, Values, kind
from plandata.tables import Row, grouped
from plandata.text import Text
from plandata.texts.policy import RANK
from plandata.words import Words, number

# What stands between the place and the work of a body in its English name.
LEVELS = "|".join(("Municipal", *(kind for _, _, kind in KINDS)))
# The section of the navigation that tells what plans do.
DOING = Text("What plans do", "规划做什么")
TOGETHER = Text(
    "{where}: no two bodies lead more together than {one} and {other}, {n} of the {all} items with several lead units",
    "{where}：共同牵头最多的是{one}和{other}，在有多家牵头的{all}条目标和措施中占{n}条",
)
SEVERAL = Text(
    "{where}: goals and measures with several lead units: {all} of {led}",
    "{where}：有牵头单位的{led}条目标和措施中{all}条有多家牵头",
)
ARCS = Text(
    "A dot is as large as the number of items that a body leads, an arc as thick as that of those led by both",
    "圆点越大，牵头的目标和措施越多；弧线越粗，两家共同牵头的越多",
)
ALONE = Text("; bodies that lead alone are left out: {n}", "；只单独牵头的{n}家未画出")
PAIR = (Text("Body", "单位"), Text("leads with", "共同牵头单位"), Text("Together", "共同牵头"), Text("Themes", "主题"))
EVERYWHERE = Text("all places", "全部地方")
ORGANISATION = Text("organisation", "组织实施")
FUNCTION = Text("Function", "职能")
LED, SHARED, COLUMN = (
    Text("leads", "牵头"),
    Text("has another part", "其他责任"),
    Text("{place}, {part}", "{place}{part}"),
)
LEADS = Text("Bodies of {first} lead most: {n} of {all} lead duties", "{first}牵头最多：{all}项牵头事项中的{n}项")
NAMED = Text(
    "{role}, {where}: {first} is named most often ({n} of {all})", "{where}的{role}：{first}最多（{all}项中的{n}项）"
)


@kind(
    "responsibility/index", "responsibility.md.j2", Text("Who is responsible", "责任分工"),
    Text("Which bodies lead or share which themes.", "哪些单位牵头或共同负责哪些主题。"),
    nav=Nav(30, Text("Responsibility", "责任分工")),
)  # fmt: skip
def responsibility(edition: Edition, say: Words) -> Iterator[Values]:
    """Functions by place at one glance, then by theme for each role, in all places and in each."""
    duties = grouped(edition.assignments, "role")
    roles = [role for role in edition.schemas.codes["role"] if duties[role]]
    yield {
        "overview": overview(edition, say) if roles else None,
        "roles": [
            (role, by_theme(edition, role, "", duties[role], say), by_place(edition, role, duties[role], say))
            for role in roles
        ],
        "functions": functions(edition),
    }


def functions(edition: Edition) -> list[tuple[str, int]]:
    """The functions that bodies have, with the number of their duties, most first."""
    duties = Counter({unit["function"]: 0 for unit in edition.units.values()})
    duties.update(row["function"] for row in edition.assignments)
    return duties.most_common()


def overview(edition: Edition, say: Words) -> Figure:
    """What bodies of each function lead in each place, and what else they have a part in."""
    named = grouped(edition.assignments, "place_id")
    places = {key: short_place(row, say, "name") for key, row in edition.places.items() if named[key]}
    led, shared = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in edition.assignments:
        tally = led if row["role"] == "lead" else shared
        tally[say.label("function", row["function"]), places[row["place_id"]]] += 1
    sums = {say.label("function", code): 0 for code, n in functions(edition) if n}
    for (label, _), n in led.items():
        sums[label] += n
    first, *_ = labels = sorted(sums, key=sums.__getitem__, reverse=True)
    title = say(LEADS, first=first, n=sums[first], all=sum(sums.values()))
    heads = [say(COLUMN, place=place, part=say(part)) for place in places.values() for part in (LED, SHARED)]
    rows = [[label, *(tally[label, place] for place in places.values() for tally in (led, shared))] for label in labels]
    drawn = labels[:MOST]
    note = say(FEWER, n=len(drawn), all=len(labels)) if len(drawn) < len(labels) else ""
    signs = list(zip(PARTS, (say(LED), say(SHARED)), strict=True))
    draw = pairs(led, shared, drawn, list(places.values()))
    return Figure("responsibility", title[0].upper() + title[1:], draw, [say(FUNCTION), *heads], rows, signs, note)


def by_place(edition: Edition, role: str, duties: list[Row], say: Words) -> list[tuple[Row, Figure]]:
    """What bodies of each function do in a role, by theme, in each place that names some."""
    own = grouped(duties, "place_id")
    return [(place, by_theme(edition, role, key, own[key], say)) for key, place in edition.places.items() if own[key]]


def by_theme(edition: Edition, role: str, place: str, duties: list[Row], say: Words) -> Figure:
    """Functions by theme in a role: in one place, or in all ("")."""
    cells = [(say.label("function", row["function"]), theme_label(row["theme"], say)) for row in duties]
    used = {row["theme"] for row in duties}
    columns = [theme_label(theme, say) for theme in (*edition.schemas.codes["theme"], "") if theme in used]
    rows = dict(Counter(label for label, _ in cells).most_common())
    where = short_place(edition.places[place], say, "name") if place else say(EVERYWHERE)
    first, n = next(iter(rows.items()))
    title = say(NAMED, role=say.label("role", role), where=where, first=first, n=n, all=number(len(duties)))
    key = ".".join(filter(None, ("responsibility", role, place)))
    return counted(key, title[0].upper() + title[1:], Counter(cells), rows, columns, FUNCTION, say)


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


@kind(
    "together/index", "together.md.j2", Text("Who leads with whom", "协同网络"),
    Text(
        "Which bodies lead goals and measures together, in each place and on each theme.",
        "各地、各主题哪些单位共同牵头目标和措施。",
    ),
    nav=Nav(35, Text("Bodies together", "协同网络"), DOING),
)  # fmt: skip
def together(edition: Edition, say: Words) -> Iterator[Values]:
    """For each place the bodies that lead something together, over all themes and on each."""
    led = grouped((row for row in edition.assignments if row["role"] == "lead"), "place_id")
    views = []
    for key, place in edition.places.items():
        whole = network(edition, key, "", led[key], say)
        if whole:
            themes = grouped(led[key], "theme")
            parts = [(code, network(edition, key, code, themes[code], say)) for code in edition.schemas.codes["theme"]]
            views.append((place, whole, [(theme, drawn) for theme, drawn in parts if drawn]))
    views.sort(key=lambda view: -len(view[1].rows))
    shown = [view[0] for view in views]
    yield {"views": views, "none": [place for place in edition.places.values() if place not in shown]}


def network(edition: Edition, place: str, theme: str, led: list[Row], say: Words) -> Figure | None:
    """The bodies of a place that lead something together, on one theme or on all (""); None where no two do."""
    of_item = {item: sorted({row["unit_id"] for row in rows}) for item, rows in grouped(led, "item_id").items()}
    counts = Counter(unit for units in of_item.values() for unit in units)
    items = led_together(led)
    if not items:
        return None
    shared = {pair: len(own) for pair, own in sorted(items.items(), key=lambda entry: (-len(entry[1]), entry[0]))}
    names = {
        unit: say.of(edition.units[unit])
        for unit in nearest(sorted({unit for pair in shared for unit in pair}), shared)
    }
    drawn = dict(zip(names, told_apart(list(names.values())), strict=True))
    (one, other), n = next(iter(shared.items()))
    both = sum(len(units) > 1 for units in of_item.values())
    title = say(
        TOGETHER if n > 1 else SEVERAL,
        where=where(edition, place, theme, say), one=names[one], other=names[other], n=n, all=both, led=len(of_item),
    )  # fmt: skip
    rows = [[names[a], names[b], n, say.listed(themes_of(edition, items[a, b], say))] for (a, b), n in shared.items()]
    note = say(ALONE, n=len(counts) - len(names)) if len(counts) > len(names) else ""
    key = ".".join(filter(None, ("together", place, theme)))
    return Figure(key, title, arcs(counts, shared, drawn), [say(head) for head in PAIR], rows, note=say(ARCS) + note)


def where(edition: Edition, place: str, theme: str, say: Words) -> str:
    """A place, with a theme where there is one."""
    return short_place(edition.places[place], say, "name") + (say.bracketed(say.label("theme", theme)) if theme else "")


def themes_of(edition: Edition, items: list[str], say: Words) -> list[str]:
    """The themes of some items, the most frequent first."""
    return [
        theme for theme, _ in Counter(theme_label(edition.items[item]["theme"], say) for item in items).most_common()
    ]

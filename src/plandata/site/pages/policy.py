"""What plans do, whom they name, what they cite and what they owe: a page for each of the four."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plandata.charts.counts import ALL, counted
from plandata.charts.dots import short_place
from plandata.charts.figure import Figure
from plandata.charts.flow import flow
from plandata.read.policy import CLASSES, cited_documents, duties_owed, groups_named, instrument_mix, specificity
from plandata.site.edition import Edition
from plandata.site.page import Nav, Values, kind
from plandata.site.pages.responsibility import DOING, theme_label
from plandata.tables import Row, grouped
from plandata.text import Text
from plandata.texts.reliability import Figure as Agreement
from plandata.words import Words

Levels = Sequence[tuple[str, Sequence[Row]]]
# What measures are told apart by on the page of instruments: the column, and what it is called.
APART = {"place_id": Text("Place", "地方"), "population": Text("Population", "人群")}
SPECIFIC = {
    "number": Text("a number", "数字"),
    "date": Text("a date", "时间"),
    "body": Text("a body", "单位"),
    "money": Text("money", "资金"),
}
COMMONEST = Text(
    "The commonest instrument is to {first}: {n} of {all} measures", "最常用的工具是“{first}”：{all}条措施中的{n}条"
)
NAMED_MOST = Text("{first} are named most often: in {n} goals and measures", "“{first}”点名最多：{n}条目标和措施")
CASCADE = Text("Of {all} citations, by level: {parts}", "{all}处引用，按层级：{parts}")
PART = Text("{n} {level}", "{level}{n}处")
BANDS = Text(
    "A band is as high as the number of citations that lead from a level to the plans of a place",
    "色带越宽，该地规划引用该层级文件的次数越多",
)
SPREAD = Text(
    "{level}: {n} of {all} documents are cited in more than one place; {first} in {most}",
    "{level}：{all}份文件中{n}份为一个以上地方引用；{first}为{most}个地方引用",
)
LEVEL, DOCUMENT = Text("Level", "层级"), Text("Document", "文件")
UNTOLD = Text("not told by the name", "名称未示层级")
INSTRUMENT, GROUP = Text("Instrument", "政策工具"), Text("Group", "人群")
PREAMBLE = Text("preamble", "前言")


@kind(
    "instruments/index", "instruments.md.j2", Text("Instruments", "政策工具"),
    Text("Which means the measures use, by theme, population and place.", "各领域、人群和地方的措施采用哪些手段。"),
    nav=Nav(31, Text("Instruments", "政策工具"), DOING),
)  # fmt: skip
def instruments(edition: Edition, say: Words) -> Iterator[Values]:
    """The instruments by theme as a heat map, their shares by place and population, classes, and what is specific."""
    t = edition.tables
    whole = instrument_mix(t).sort("measures", descending=True, maintain_order=True).to_dicts()
    codes = edition.schemas.codes
    yield {
        "themes": by_theme(edition, whole, say),
        "codes": [codes["instrument"][row["instrument"]] for row in whole],
        "whole": {row["instrument"]: row for row in whole},
        "apart": {by: (title, columns(edition, by, say), shares(edition, by, "")) for by, title in APART.items()},
        "classes": [(name, list(codes[name].values()), shares(edition, "place_id", name)) for name in CLASSES],
        "places": columns(edition, "place_id", say),
        "specific": SPECIFIC,
        "specificity": specific_by_place(edition),
        "reliability": reliability(edition, "instruments"),
        "examples": examples(edition),
    }


def examples(edition: Edition) -> dict[str, list[Row]]:
    """For each instrument two measures of different places that have it, those first that have little else."""
    rows = edition.tables.rows("instruments")
    rows.sort(key=lambda row: len(edition.instruments_of[row["measure_id"]]))
    shown: dict[str, dict[str, Row]] = {}
    for row in rows:
        shown.setdefault(row["instrument"], {}).setdefault(edition.items[row["measure_id"]]["place_id"], row)
    return {code: list(places.values())[:2] for code, places in shown.items()}


def by_theme(edition: Edition, whole: Sequence[dict[str, Any]], say: Words) -> Figure:
    """Instruments by theme."""
    mix = instrument_mix(edition.tables, ["theme"])
    used = [theme for theme in (*edition.schemas.codes["theme"], "") if theme in {*mix["theme"].fill_null("")}]
    heads = [theme_label(theme, say) for theme in used]
    labels = {row["instrument"]: say.label("instrument", row["instrument"]) for row in whole}
    rows = mix.iter_rows(named=True)
    counts = {(labels[row["instrument"]], theme_label(row["theme"] or "", say)): row["measures"] for row in rows}
    first = whole[0]
    title = say(COMMONEST, first=labels[first["instrument"]], n=first["measures"], all=first["of"])
    told = {labels[row["instrument"]]: row["measures"] for row in whole}
    return counted("instruments", title, counts, told, heads, INSTRUMENT, say)


def columns(edition: Edition, by: str, say: Words) -> dict[str, str]:
    """The groups of measures that a column makes, with what each is called."""
    if by == "place_id":
        return {key: short_place(place, say, "name") for key, place in edition.places.items()}
    used = {item["population"] for item in edition.items.values() if item["item_table"] == "measures"}
    return {
        code: say.label("plan_population", code) for code in edition.schemas.codes["plan_population"] if code in used
    }


def shares(edition: Edition, by: str, classes: str) -> dict[tuple[str, str], float]:
    """The share of the measures of each group that have an instrument, or a class of them; by code and group."""
    mix = instrument_mix(edition.tables, [by], classes)
    return {(row[classes or "instrument"], row[by]): row["share"] for row in mix.iter_rows(named=True)}


def specific_by_place(edition: Edition) -> dict[str, dict[str, float]]:
    """For each place which share of its measures names a number, a date, a body, money."""
    told = specificity(edition.tables).iter_rows(named=True)
    by_place = grouped(({**row, "place": edition.items[row["measure_id"]]["place_id"]} for row in told), "place")
    return {
        place: {name: sum(row[name] for row in rows) / len(rows) for name in SPECIFIC}
        for place, rows in by_place.items()
    }


def reliability(edition: Edition, name: str) -> dict[str, Agreement]:
    """The agreement of two coders on each code; empty for a package without codings."""
    return {figure.what.en: figure for figure in edition.agreed_codes.get(name, ())}


@kind(
    "groups/index", "groups.md.j2", Text("Who is named", "点名哪些人群"),
    Text("Which groups of people goals, measures and targets name.", "目标、措施和目标值点名了哪些人群。"),
    nav=Nav(32, Text("Groups", "人群"), DOING),
)  # fmt: skip
def groups(edition: Edition, say: Words) -> Iterator[Values]:
    """The groups by place as a heat map, and each with its items."""
    rows = groups_named(edition.tables).to_dicts()
    named = edition.tables.rows("target_groups")
    places = columns(edition, "place_id", say)
    labels = {row["target_group"]: say.label("target_group", row["target_group"]) for row in rows}
    counts = Counter((labels[row["target_group"]], places[row["place_id"]]) for row in named)
    totals = {labels[row["target_group"]]: row["goals"] + row["measures"] for row in rows}
    first, n = next(iter(totals.items()), ("", 0))
    title = say(NAMED_MOST, first=first, n=n)
    yield {
        "rows": rows,
        "view": counted("groups", title[:1].upper() + title[1:], counts, totals, list(places.values()), GROUP, say),
        "items": grouped(named, "target_group"),
        "codes": edition.schemas.codes["target_group"],
        "reliability": reliability(edition, "target_groups"),
    }


@kind(
    "citations/index", "citations.md.j2", Text("What is cited", "引用哪些文件"),
    Text("Laws, outlines, plans and programmes that plans name.", "规划点名的法律、纲要、规划和专项行动。"),
    nav=Nav(33, Text("Citations", "引用文件"), DOING),
)  # fmt: skip
def citations(edition: Edition, say: Words) -> Iterator[Values]:
    """What is cited, from the state down to the place, and which places cite it how often."""
    documents = grouped(cited_documents(edition.tables).fill_null("").to_dicts(), "level")
    named = grouped(edition.tables.rows("citations"), "title_en")
    levels = [(code, documents[code]) for code in (*edition.schemas.codes["citation_level"], "") if documents[code]]
    yield {
        "levels": levels,
        "figures": [cascade(edition, say), *spread(edition, levels, named, say)] if levels else [],
        "places": columns(edition, "place_id", say),
        "named": named,
        "counts": {title: Counter(place_of(edition, row) for row in rows) for title, rows in named.items()},
        "preamble": say(PREAMBLE),
    }


def cascade(edition: Edition, say: Words) -> Figure:
    """How many citations of each place name documents of each level, from the state down."""
    cited, places = edition.tables.rows("citations"), columns(edition, "place_id", say)
    by_level = Counter(row["level"] for row in cited)
    names = {code: level_name(code, say) for code in (*edition.schemas.codes["citation_level"], "") if by_level[code]}
    counts = Counter((names[row["level"]], places[place_of(edition, row)]) for row in cited)
    parts = tuple(say(PART, n=by_level[code], level=say.label("citation_level", code) or say(UNTOLD)) for code in names)
    title = say(CASCADE, all=len(cited), parts=parts)
    rows = [[name, *(counts[name, place] for place in places.values()), by_level[code]] for code, name in names.items()]
    draw = flow(counts, list(names.values()), list(places.values()))
    return Figure("cascade", title, draw, [say(LEVEL), *places.values(), say(ALL)], rows, note=say(BANDS))


def spread(edition: Edition, levels: Levels, named: Mapping[str, list[Row]], say: Words) -> Iterator[Figure]:
    """For each level the documents that two or more places cite, and how often each place does."""
    places = columns(edition, "place_id", say)
    for level, documents in levels:
        told = {say.of(own, "title"): named[own["title_en"]] for own in documents}
        cited = {title: Counter(places[place_of(edition, row)] for row in rows) for title, rows in told.items()}
        common = sorted((title for title, own in cited.items() if len(own) > 1), key=lambda title: -len(cited[title]))
        if common:
            counts = {(title, place): n for title in common for place, n in cited[title].items()}
            most = len(cited[common[0]])
            title = say(SPREAD, level=level_name(level, say), n=len(common), all=len(told), first=common[0], most=most)
            totals = {title: cited[title].total() for title in common}
            yield counted(f"cascade.{level or 'untold'}", title, counts, totals, list(places.values()), DOCUMENT, say)


def level_name(level: str, say: Words) -> str:
    """What a level is called at the head of what stands on it."""
    name = say.label("citation_level", level) or say(UNTOLD)
    return name[0].upper() + name[1:]


def place_of(edition: Edition, row: Row) -> str:
    """The place of the plan that a row is of."""
    return edition.plans[row["plan_id"]]["place_id"]


@kind(
    "duties/index", "duties.md.j2", Text("What plans owe", "规划自身的责任"),
    Text(
        "Reporting, monitoring, evaluation, warning and funding that plans prescribe.",
        "规划规定的报告、监测、评估、预警和经费。",
    ),
    nav=Nav(34, Text("Duties", "实施责任"), DOING),
)  # fmt: skip
def duties(edition: Edition, say: Words) -> Iterator[Values]:
    """The kinds of duties side by side over the plans, and each with its rows."""
    counts = {(row["kind"], row["plan_id"]): row["duties"] for row in duties_owed(edition.tables).iter_rows(named=True)}
    rows = grouped(edition.tables.rows("duties"), "kind")
    yield {
        "kinds": [code for code in edition.schemas.codes["duty_kind"].values() if rows[code.code]],
        "counts": counts,
        "rows": {code: grouped(own, "plan_id") for code, own in rows.items()},
        "heads": {key: head(edition, plan, say) for key, plan in edition.plans.items()},
    }


def head(edition: Edition, plan: Row, say: Words) -> tuple[str, str]:
    """What a plan is called at the head of a column: its place and its population."""
    place = short_place(edition.places[plan["place_id"]], say, "name")
    return place, say.label("plan_population", plan["population"])

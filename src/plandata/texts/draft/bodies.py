"""Drafts the units of a plan's place and their assignments from the bodies that its items name.

What known plans say of a body of the same name decides on its id, English name, kind and function; a dictionary of
words of function (`bodies.yaml`) stands in where they know none; what neither tells is left empty. Each is a doubt
where it is not sure.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from plandata.schema import edition
from plandata.text import normalise
from plandata.texts.draft.body_names import (
    BRACKET,
    Key,
    Naming,
    abbreviates,
    place_of,
    shortened,
    vocabulary,
    words_of,
)
from plandata.texts.draft.doubt import Doubt
from plandata.texts.names import GROUPS, is_body
from plandata.texts.notes import Named, first_leads

Row = dict[str, str]
# What is drafted of a unit from its name.
FACTS = ("id", "en", "kind", "function")
FULL_WIDTH = str.maketrans("(),:", "（），：")
MEASURE = re.compile(r"\.m\d+$")
LEVELS_ALL = re.compile("各级(?!.*(?:成员单位|部门|各|有关|相关))|各级(?:统计|财政)部门")
LOWER = re.compile(
    "(?:镇|乡|街道|村|县级|下级).*(?:政府|办事处|委员会|工委|委)|.*(?:团体|组织|机构|单位|部门)$|各|承担"
)
KINDS = (
    ("judiciary", re.compile("法院|检察院|中院")),
    ("legislature", re.compile("人大|政协")),
    (
        "mass_organisation",
        re.compile(
            "妇联|总工会|共青团|^团|团委|残联|科协|工商联|关工委|文联|侨联|社科联|红十字|计生协"
            "|人民团体|群团|学会"
        ),
    ),
    (
        "party",
        re.compile(
            "^委|纪委|党校|编办|网信办|文明办|组织部|宣传部|统战部|政法委|社会工作部|机关工委|教育工委"
            "|两新工委|党委|老干部"
        ),
    ),
    ("other", re.compile("妇儿工委|成员单位|特邀|(?:单位|机构|公司|银行|医院|院校|学校|企业|社会团体|社会组织)$")),
)  # fmt: skip


class Bodies(NamedTuple):
    """The drafted rows of units and assignments, in the order of the tables, and what is unsure in them."""

    units: list[Row]
    assignments: list[Row]
    doubts: list[Doubt]


class Unit(NamedTuple):
    """One body: its restored names by how often they are printed, and whether only their likeness joins them."""

    names: Counter[str]
    likeness: bool


def bodies(
    notes: Mapping[str, Sequence[Named]],
    place: Mapping[str, str],
    known_units: Iterable[Mapping[str, str]] = (),
    known_places: Iterable[Mapping[str, str]] = (),
    text: str = "",
) -> Bodies:
    """The units and assignments of a plan, or of all plans of a document, whose items name these bodies.

    notes: for each item, by its id, the bodies as printed, in print order. place: its row of places (place_id, name_zh,
    name_en). known_units, known_places: rows of the tables of known plans; those of the same place keep their ids.
    text: that of the document, in which a committee may be printed in full where no item names it so, and which may say
    that the first body of each list leads.

    >>> place = {"place_id": "yunting", "name_zh": "云汀县", "name_en": "Yunting County"}
    >>> named = [Named("lead", "县卫健局"), Named("responsible", "妇联")]
    >>> drafted = bodies({"yunting-women-2021.health.g01": named}, place)
    >>> [(row["name_zh"], row["name_en"]) for row in drafted.units]
    [('县卫健局', 'Yunting County Health Bureau'), ('县妇联', "Yunting County Women's Federation")]
    >>> [(row["unit_id"], row["role"], row["printed_as"]) for row in drafted.assignments]
    [('yunting.health-bureau', 'lead', ''), ('yunting.womens-federation', 'responsible', '妇联')]
    """
    if first_leads(text):
        notes = {item: led(listed) for item, listed in notes.items()}
    printed = [named.name for listed in notes.values() for named in listed]
    naming = Naming(place_of(place), printed)
    restored = {item: restore(listed, naming) for item, listed in notes.items()}
    units = joined([name for listed in restored.values() for name in listed], naming)
    learned = Known(known_units, known_places)
    rows: dict[str, Row] = {}
    doubts: list[Doubt] = []
    text = normalise(text)
    for unit in units:
        taken = {row["unit_id"] for row in rows.values()}
        row, unsure = unit_row(unit, in_full(fullest(unit, naming), naming, text), naming, learned, taken)
        rows |= dict.fromkeys(unit.names, row)
        doubts += unsure
    assignments = [row for item in notes for row in assigned(item, notes[item], restored[item], rows)]
    distinct = {row["unit_id"]: row for row in rows.values()}
    assignments.sort(key=lambda row: (row["goal_id"], row["measure_id"], int(row["position"])))
    return Bodies([distinct[unit_id] for unit_id in sorted(distinct)], assignments, doubts)


def led(listed: Sequence[Named]) -> list[Named]:
    """The bodies of an item of which the first leads where none is said to."""
    leaders = any(named.role == "lead" for named in listed)
    return [Named("lead", listed[0].name), *listed[1:]] if listed and not leaders else list(listed)


def restore(listed: Sequence[Named], naming: Naming) -> list[str]:
    """The names of one list, each with its elided beginning."""
    restored: list[str] = []
    for named in listed:
        restored.append(naming.restored(named.name, restored[-1] if restored else ""))
    return restored


def joined(names: Sequence[str], naming: Naming) -> list[Unit]:
    """The bodies that restored names mean, in the order of their first print; variants of one name are one body."""
    by_key: dict[Key, Counter[str]] = {}
    for name in names:
        by_key.setdefault(naming.key(name).loose, Counter())[name] += 1
    likened: dict[Key, bool] = {}
    for key in list(by_key):
        if key.own and (fuller := fuller_key(key, by_key, naming)):
            by_key[fuller] += by_key.pop(key)
            likened[fuller] = True
    return [Unit(counted, likened.get(key, False)) for key, counted in by_key.items()]


def beside(key: Key, fuller: Key, others: Iterable[Key]) -> bool:
    """Whether what a fuller name says more is the name of a body of its own, as 体育局 beside 教育局."""
    more = set(fuller.stem.split("、")) - set(key.stem.split("、"))
    return any(other.stem in more for other in others if other != fuller)


def own_part(name: str, naming: Naming) -> str:
    return name.removeprefix(naming.head(name))


def fuller_key(key: Key, by_key: Mapping[Key, Counter[str]], naming: Naming) -> Key | None:
    """The one other body of which a name is an abbreviation that no dictionary knows; None for none or several."""
    names = {other: own_part(max(counted, key=len), naming) for other, counted in by_key.items() if other.own}
    found = [
        other
        for other, full in names.items()
        if other != key and abbreviates(names[key], full) and not beside(key, other, by_key)
    ]
    return found[0] if len(found) == 1 else None


def fullest(unit: Unit, naming: Naming) -> str:
    """The name of a unit: the longest of its prints, the first of them, begun as most names of the document are."""
    exact = [name for name in unit.names if not name.endswith("部门")]
    return max(map(naming.uniform, exact or unit.names), key=len)


def assigned(item: str, printed: Sequence[Named], restored: Sequence[str], rows: Mapping[str, Row]) -> Iterator[Row]:
    """The rows of one item: each body once, in print order; one that is printed twice has the role of the first."""
    seen: set[str] = set()
    for named, name in zip(printed, restored, strict=True):
        unit = rows[name]
        if unit["unit_id"] in seen:
            continue
        seen.add(unit["unit_id"])
        measure = MEASURE.search(item) is not None
        yield {
            "goal_id": "" if measure else item,
            "measure_id": item if measure else "",
            "unit_id": unit["unit_id"],
            "role": named.role,
            "position": str(len(seen)),
            "printed_as": "" if normalise(unit["name_zh"]) == named.name else named.name.translate(FULL_WIDTH),
        }


def in_full(name: str, naming: Naming, text: str) -> str:
    """A name with the committee in full, where the text prints it so; the government of the place always in full."""
    if name == f"{naming.prefix}政府":
        return f"{naming.prefix}人民政府"
    longer = name.replace("妇儿工委", "妇女儿童工作委员会")
    return longer if longer in text else name


def unit_row(unit: Unit, name: str, naming: Naming, learned: "Known", taken: set[str]) -> tuple[Row, list[Doubt]]:
    """The row of a unit of this name, and what is unsure in it."""
    facts = learned.facts(name, naming)
    place = naming.place
    slug = facts["id"] or "body"
    unit_id = next(one for one in numbered(f"{place.place_id}.{slug}") if one not in taken)
    row = {
        "unit_id": unit_id,
        "place_id": place.place_id,
        "name_zh": name.translate(FULL_WIDTH),
        "name_en": facts["en"],
        "kind": facts["kind"],
        "function": facts["function"],
        "collective": "true" if collective(name, naming) else "false",
    }
    why = dict(reasons(row, unit, naming, facts))
    return row, [Doubt("units", unit_id, column, row[column], said) for column, said in why.items()]


def numbered(unit_id: str) -> Iterator[str]:
    yield unit_id
    yield from (f"{unit_id}-{number}" for number in range(2, 1000))


def reasons(row: Row, unit: Unit, naming: Naming, facts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The columns of a unit that a person must look at, and why."""
    if not facts["id"] or not row["unit_id"].endswith(facts["id"]):
        yield "unit_id", "no known plan and no word of the dictionary tells what to call it"
    if not is_body(normalise(row["name_zh"])):
        yield "name_zh", "does not end as names of bodies do"
    elif unit.likeness:
        yield "name_zh", f"{'、'.join(unit.names)} are read as one body, by their likeness alone"
    elif not naming.told and naming.head(row["name_zh"]) == naming.prefix:
        yield "name_zh", f"the text prints no name that begins with {naming.prefix}"
    yield from (
        (column, "not told by known plans or the dictionary") for column in ("name_en", "function") if not row[column]
    )
    if facts.get("guess") and row["kind"]:
        yield "kind", "told by the end of the name alone"


def collective(name: str, naming: Naming) -> bool:
    """Whether a name is that of several bodies; one that stands once at each level is none."""
    if LEVELS_ALL.match(name):
        return False
    if re.search("成员单位|特邀单位", name):
        return True
    lower = not naming.head(name) and LOWER.match(name) is not None
    return lower or (GROUPS.fullmatch(name) is not None and "级" not in name[:2])


class Known:
    """What known plans tell of bodies by their names; English names with {place} and {party} for those of the place."""

    def __init__(self, units: Iterable[Mapping[str, str]], places: Iterable[Mapping[str, str]]) -> None:
        namings = {row["place_id"]: Naming(place_of(row), []) for row in places}
        self.exact: dict[Key, dict[str, str]] = {}
        self.loose: dict[Key, dict[str, str]] = {}
        self.same: dict[str, dict[Key, str]] = {}
        for row in units:
            if naming := namings.get(row["place_id"]):
                self.learn(row, naming)

    def learn(self, row: Mapping[str, str], naming: Naming) -> None:
        key = naming.key(row["name_zh"])
        place = naming.place
        english = (
            row["name_en"].replace(f"the CPC {place.english} Committee", "{party}").replace(place.english, "{place}")
        )
        facts = {"id": row["unit_id"].partition(".")[2], "kind": row["kind"], "function": row["function"]}
        if place.core not in row["name_zh"] or key.stem == "共青团":
            self.exact.setdefault(key, facts | {"en": english})
        self.loose.setdefault(key.loose, facts)
        self.same.setdefault(place.place_id, {})[key.loose] = facts["id"]

    def facts(self, name: str, naming: Naming) -> dict[str, str]:
        """The facts of a unit from its name: those of known plans first, then of the dictionary, then of its ending."""
        key = naming.key(name)
        told = dict(self.exact.get(key) or {})
        like = {
            column: cell for column, cell in self.loose.get(key.loose, {}).items() if column in ("kind", "function")
        }
        spelled = self.spelled(name, key, naming)
        facts = {column: told.get(column) or like.get(column) or spelled.get(column, "") for column in FACTS}
        if not facts["kind"]:
            facts |= {"kind": kind_of(name, naming), "guess": "yes"}
        facts["function"] = facts["function"] or function_of(name, naming)
        facts["id"] = self.same.get(naming.place.place_id, {}).get(key.loose) or facts["id"]
        place = naming.place.english
        facts["en"] = facts["en"].format(place=place, party=f"the CPC {place} Committee")
        return facts

    def spelled(self, name: str, key: Key, naming: Naming) -> dict[str, str]:
        """The facts that the dictionary tells of a name."""
        known = vocabulary()
        if whole := wholes(naming).get(key):
            return whole
        clean = normalise(name)
        if not key.own or GROUPS.fullmatch(clean):
            return next((group for sign, group in known.groups if sign.search(clean)), {}) or branch(clean)
        if not key.ending:
            return {}
        words = words_of(re.sub(f"{key.ending}$", "", shortened(BRACKET.sub("", own_part(clean, naming)))))
        ending = known.endings[key.ending]
        return {
            "id": "-".join([*(word["id"] for word in words), ending["id"]]) if words else "",
            "en": f"{{place}} {listed([word['en'] for word in words])} {ending['en']}" if words else "",
            "kind": "government" if key.ending in ("局", "委", "厅", "部门") else "",
            "function": next((word["function"] for word in words if word.get("function")), ""),
        }


def wholes(naming: Naming) -> dict[Key, dict[str, str]]:
    """The bodies that the dictionary names whole, by the key of their name."""
    return {naming.key(f"{naming.prefix}{name}"): facts for name, facts in vocabulary().wholes.items()}


def listed(words: Sequence[str]) -> str:
    """English words of function as the name of one body joins them.

    >>> listed(["Culture", "Sports", "Tourism"]), listed(["Science and Technology"])
    ('Culture, Sports and Tourism', 'Science and Technology')
    """
    parts = [part for word in words for part in re.split(", | and ", word)]
    return words[0] if len(words) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def branch(name: str) -> dict[str, str]:
    """What the one word of function in the name of a branch of a higher body tells of it."""
    words = [found[0] for found in vocabulary().pattern.finditer(shortened(name)) if len(found[0]) > 1]
    if not name.endswith("局") or len(words) != 1:
        return {}
    word = vocabulary().words[words[0]]
    return {"id": f"{word['id']}-bureau", "kind": "government", "function": word.get("function", "")}


def kind_of(name: str, naming: Naming) -> str:
    """The kind of a body by the words of its name."""
    short = shortened(own_part(name, naming))
    return next((kind for kind, words in KINDS if words.search(short)), "government")


def function_of(name: str, naming: Naming) -> str:
    """The function of a body by the first word of function in its name, else by the words of the codes; "" for none."""
    short = shortened(own_part(name, naming))
    known = vocabulary()
    for found in known.pattern.finditer(short):
        if len(found[0]) > 1 and (function := known.words[found[0]].get("function")):
            return str(function)
    codes = edition().codes["function"].values()
    return next((code.code for code in codes if any(word in short for word in code.words)), "")

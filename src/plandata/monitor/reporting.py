"""What is to be reported of a place in a year, and by whom: the series behind its targets, each once.

A series is one indicator in one scope and unit; a quantity that a target is compared with is one too, its name standing
as scope. The first lead unit of the items that hold its targets fills it, the other leads see it. What has no lead is
for the office to hand out, with a body that is suggested.

Whether a series is told by parts is decided from the tables alone:

1. Its plan asks for it: a duty of the kind disaggregation of that plan has in its label or its telling words the word
   of the part (性别, 年龄, 城乡).
2. It counts persons: its unit is persons, or what stands above and below the line of its share or rate are both numbers
   of persons. A number for every 1,000, a ratio and a gap between groups have no parts.
3. It is of no part already: neither the indicator (name, population, numerator, denominator) nor the scope names one of
   the part's own words (女, 妇, 孕, 男; 城, 乡, 农, 村; 岁, 月龄, 新生儿 …); 男女 is both.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plandata.assess.model import year_in
from plandata.files import PackageError
from plandata.monitor.bodies import Aim, Assigned, Item, Unit, assigned, unit_of
from plandata.tables import Row, Tables, grouped
from plandata.text import Text

DISAGGREGATION = "disaggregation"
AGE = "age_group"
# Each part that a column of the observations tells: the word by which a duty asks for it, and how a text names one.
PARTS: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "sex": ("性别", re.compile("[女妇孕男]")),
    "area": ("城乡", re.compile("[城乡农村]")),
    AGE: ("年龄", re.compile("岁|月龄|个月|新生儿|婴|产")),
}
BOTH = "男女"
BY_FUNCTION, UNKNOWN = Text("{function} (by function)", "{function}（按职能）"), Text("not known", "待定")
COUNTED = ("percent", "per_mille", "per_10k", "per_100k")
PERSONS = re.compile("(?:人|人口|人员|生|儿童|婴儿|幼儿|新生儿|产儿|活产|产妇|者|职工|师|死亡)(?:总)?(?:人)?数$")
GAP = "差距"
ASIDE = re.compile("（[^）]*）|[，；].*")
TOLD = ("name_zh", "population_zh", "numerator_zh", "denominator_zh")


@dataclass(frozen=True)
class Series:
    """What is reported as one row a year: an indicator in a scope and a unit, with the targets that it serves.

    indicator is its row of the table. leads are the lead units of all its items, in the order of the plans; benchmark
    tells that targets are compared with it. parts names the columns of the observations by which it is told apart.
    suggested is the body that might have the figure.
    """

    indicator: Row
    scope: Text
    unit: str
    aims: tuple[Aim, ...]
    leads: tuple[Unit, ...]
    benchmark: bool
    parts: tuple[str, ...]
    suggested: Text

    @property
    def filler(self) -> Unit | None:
        """The body that fills it; None where no lead unit is named."""
        return self.leads[0] if self.leads else None


@dataclass(frozen=True)
class Form:
    """What a body has to do with: the series that it fills, and those that it leads too but another fills.

    The unit of the office's form is None.
    """

    unit: Unit | None
    own: tuple[Series, ...]
    others: tuple[Series, ...] = ()


@dataclass(frozen=True)
class Reporting:
    """The forms of a place for a year: bodies in the order of the plans, the office's last."""

    place_id: str
    place: Text
    year: int
    forms: tuple[Form, ...]


@dataclass
class Gathered:
    """A series while its targets are gathered from the items."""

    indicator: Row
    scope: Text
    unit: str
    benchmark: bool
    aims: list[Aim]
    items: list[Item]


def reporting(t: Tables, place_id: str, year: int) -> Reporting:
    """Who reports what of a place for a year, from the plans that run in it.

    Raises PackageError for a place that the package does not have, for a year in which no plan of it runs, and where a
    table cannot be read.

    >>> from plandata.package.folder import Folder
    >>> from plandata.schema import home
    >>> found = reporting(Tables.of(Folder(home())), "weining", 2023)
    >>> found.forms[0].unit.function, found.forms[-1].unit
    ('health', None)
    """
    found = assigned(t, place_id)
    running = running_plans(t, place_id, year)
    series = tuple(series_of(t, found, running))
    units = {unit.unit_id: unit for one in series for unit in one.leads}
    forms = [form_of(unit, series) for unit in units.values()]
    left = tuple(one for one in series if one.filler is None)
    office = [Form(None, left)] if left else []
    return Reporting(place_id, found.place, year, (*forms, *office))


def form_of(unit: Unit, series: Iterable[Series]) -> Form:
    """The form of a body that leads some of the series."""
    led = [one for one in series if unit in one.leads]
    own = tuple(one for one in led if one.filler == unit)
    return Form(unit, own, tuple(one for one in led if one.filler != unit))


def running_plans(t: Tables, place_id: str, year: int) -> set[str]:
    """The plans of a place that run in a year. Raises PackageError where none does."""
    spans = {
        row["plan_id"]: (year_in(row, "start_year") or 0, year_in(row, "end_year") or 0)
        for row in t.rows("plans")
        if row["place_id"] == place_id
    }
    running = {plan for plan, (first, last) in spans.items() if first <= year <= last}
    if not running:
        told = ", ".join(sorted({f"{first}-{last}" for first, last in spans.values()})) or "none"
        raise PackageError(f"no plan of {place_id} runs in {year}; its plans: {told}")
    return running


def series_of(t: Tables, found: Assigned, running: set[str]) -> Iterator[Series]:
    """The series behind the targets of some plans, in the order of their items."""
    indicators, asked = t.keyed("indicators"), asked_parts(t)
    bodies = bodies_by_function(t, found.place_id)
    gathered: dict[tuple[str, str, str], Gathered] = {}
    for item in found.items:
        for aim in item.aims if item.plan_id in running else ():
            gather(gathered, item, aim, indicators)
    for one in gathered.values():
        wanted = {part for item in one.items for part in asked.get(item.plan_id, ())}
        leads = tuple(dict.fromkeys(unit for item in one.items for unit in item.leads))
        yield Series(
            one.indicator,
            one.scope,
            one.unit,
            tuple(one.aims),
            leads,
            one.benchmark,
            tuple(part for part in PARTS if part in wanted and parted(one.indicator, one.scope, part)),
            suggested(one, bodies, t),
        )


def gather(gathered: dict[tuple[str, str, str], Gathered], item: Item, aim: Aim, indicators: Mapping[str, Row]) -> None:
    """Puts a target to its series, and to that of the quantity that it is compared with."""
    target = aim.target
    indicator = indicators.get(target.indicator_id)
    if indicator is None:
        raise PackageError(f"{target.target_id}: no indicator {target.indicator_id!r}; run plandata validate")
    for scope, benchmark in ((target.scope, False), (target.benchmark, True)):
        if scope.zh or not benchmark:
            key = (target.indicator_id, scope.zh, target.unit)
            one = gathered.setdefault(key, Gathered(indicator, scope, target.unit, benchmark, [], []))
            one.aims.append(aim)
            one.items.append(item)


def asked_parts(t: Tables) -> Mapping[str, set[str]]:
    """The parts by which the duties of each plan ask its indicators to be told; none where a package has no duties."""
    asked: dict[str, set[str]] = {}
    for row in t.rows("duties") if "duties" in t.frames else ():
        if row["kind"] == DISAGGREGATION:
            words = row["label_zh"] + row["name_text"]
            asked.setdefault(row["plan_id"], set()).update(part for part, (word, _) in PARTS.items() if word in words)
    return asked


def parted(indicator: Row, scope: Text, part: str) -> bool:
    """Whether an indicator in a scope can be told by a part: it counts persons, and is of no such part already."""
    named = "".join([scope.zh, *(indicator[column] for column in TOLD)]).replace(BOTH, "")
    return counts_persons(indicator) and not PARTS[part][1].search(named)


def counts_persons(indicator: Row) -> bool:
    """Whether an indicator counts persons, as what it says of itself tells.

    >>> counts = {"name_zh": "控烟率", "numerator_zh": "吸烟人数", "denominator_zh": "人口数（每10万）"}
    >>> counts_persons(counts | {"unit_of_measure": "per_100k"}), counts_persons(counts | {"unit_of_measure": "count"})
    (True, False)
    """
    if GAP in indicator["name_zh"]:
        return False
    if indicator["unit_of_measure"] in COUNTED:
        return all(PERSONS.search(ASIDE.sub("", indicator[column])) for column in ("numerator_zh", "denominator_zh"))
    return indicator["unit_of_measure"] == "person"


def bodies_by_function(t: Tables, place_id: str) -> Mapping[str, list[Unit]]:
    """The bodies of a place that are one body each, by their function."""
    own = [row for row in t.rows("units") if row["place_id"] == place_id and row["collective"] != "true"]
    return {function: [unit_of(row) for row in rows] for function, rows in grouped(own, "function").items()}


def suggested(one: Gathered, bodies: Mapping[str, list[Unit]], t: Tables) -> Text:
    """Who might have the figure of a series without a lead: the body that its item names as responsible, else one of
    the place with the function of those who usually report the indicator, else the name of that function.
    """
    function = one.indicator["function"]
    named = [share.unit for item in one.items for share in item.shares if not share.unit.collective]
    known = named + bodies.get(function, [])
    if known:
        return known[0].name
    functions = t.schemas.codes.get("function", {})
    return BY_FUNCTION.format(function=functions[function].label) if function in functions else UNKNOWN

"""Who leads and who shares each goal and measure of one place, and the targets that these hold.

A plan names bodies behind its items: lead units, responsible ones, cooperating and participating ones. The lead of a
target is the first lead unit of its item. Units that stand for several bodies (各成员单位) are kept and marked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plandata.assess.model import Target, load_targets
from plandata.files import PackageError
from plandata.tables import ITEM_KINDS, ITEM_TABLES, Row, Tables, grouped, whole_number
from plandata.text import Text, paired
from plandata.words import Words

LEAD = "lead"
SEVERAL = Text(" (several bodies)", "（统称）")
NUMBERED = {"goals": Text("Goal {number}", "目标{number}"), "measures": Text("Measure {number}", "措施{number}")}
# Items of a plan come in this order: what concerns it as a whole, its domains, and these, which stand in none.
FIRST, LAST = "overall", ("project", "implementation", "monitoring")


@dataclass(frozen=True)
class Unit:
    """A body; a collective one stands for several."""

    unit_id: str
    name: Text
    kind: str
    function: str
    collective: bool

    def called(self, say: Words) -> str:
        """Its name, marked where it stands for several bodies."""
        return self.name[say.lang] + (say(SEVERAL) if self.collective else "")


@dataclass(frozen=True)
class Share:
    """The part that a body has in an item: its role."""

    unit: Unit
    role: str


@dataclass(frozen=True)
class Aim:
    """A target with its row of the table, from which it is put into words."""

    target: Target
    row: Row

    def short(self, say: Words) -> str:
        """What is measured, of whom, and the figure: 孕产妇死亡率 ≤ 12/10万."""
        return f"{self.target.name[say.lang]}{say.bracketed(self.target.scope[say.lang])} {say.figure(self.row)}"


@dataclass(frozen=True)
class Item:
    """A goal or a measure with the bodies that its plan names behind it, in the order of the print."""

    item_id: str
    table: str
    kind: str
    number: str
    label: Text
    plan_id: str
    plan: Text
    domain: Text
    shares: tuple[Share, ...]
    aims: tuple[Aim, ...]

    @property
    def leads(self) -> tuple[Unit, ...]:
        """The lead units; empty where the plan names none."""
        return tuple(share.unit for share in self.shares if share.role == LEAD)

    @property
    def lead(self) -> Unit | None:
        """The first lead unit, which leads its targets; None where the plan names none."""
        return self.leads[0] if self.leads else None

    @property
    def kind_codes(self) -> str:
        """The code list of its kind."""
        return ITEM_KINDS[self.table]


@dataclass(frozen=True)
class Body:
    """A body with all that it leads and shares, in the order of the plans."""

    unit: Unit
    duties: tuple[tuple[str, Item], ...]

    def having(self, *roles: str) -> tuple[Item, ...]:
        """The items in which it has one of these roles."""
        return tuple(item for role, item in self.duties if role in roles)


@dataclass(frozen=True)
class Assigned:
    """The goals and measures of a place in the order of its plans, and its bodies by their place among them."""

    place_id: str
    place: Text
    items: tuple[Item, ...]
    bodies: tuple[Body, ...]

    @property
    def led(self) -> tuple[Item, ...]:
        """The items that have a lead unit."""
        return tuple(item for item in self.items if item.leads)

    @property
    def leaderless(self) -> tuple[Item, ...]:
        """The items for which the plans name no lead unit."""
        return tuple(item for item in self.items if not item.leads)


def assigned(t: Tables, place_id: str) -> Assigned:
    """Who leads and who shares what in a place.

    Raises PackageError for a place that the package does not have, and where a table cannot be read.

    >>> from plandata.package.folder import Folder
    >>> from plandata.schema import home
    >>> found = assigned(Tables.of(Folder(home())), "weining")
    >>> found.items[0].kind, len(found.led) + len(found.leaderless) == len(found.items)
    ('overall', True)
    """
    places = t.keyed("places")
    if place_id not in places:
        raise PackageError(f"no place {place_id!r} in this package; places: {', '.join(places)}")
    items = tuple(items_of(t, place_id))
    return Assigned(place_id, paired(places[place_id], "name"), items, bodies_of(items))


def items_of(t: Tables, place_id: str) -> Iterator[Item]:
    """The goals and measures of a place in the order of its plans."""
    plans, domains = t.keyed("plans"), t.keyed("domains")
    shares, aims = shares_by_item(t), aims_by_item(t)
    rows = [
        row
        for table in ITEM_TABLES
        for row in t.rows(table)
        if plans.get(row["plan_id"], {}).get("place_id") == place_id
    ]
    for row in sorted(rows, key=lambda row: standing(row, domains)):
        table = next(name for name, key in ITEM_TABLES.items() if key in row)
        item_id = row[ITEM_TABLES[table]]
        yield Item(
            item_id,
            table,
            row["kind"],
            row["number"],
            paired(row, "label"),
            row["plan_id"],
            paired(plans[row["plan_id"]], "title"),
            paired(domains.get(row["domain_id"], {}), "title"),
            tuple(shares.get(item_id, ())),
            tuple(aims.get(item_id, ())),
        )


def standing(row: Row, domains: Mapping[str, Row]) -> tuple[object, ...]:
    """Where an item stands among those of all plans: its plan, its part of it, its domain, goals before measures."""
    domain = domains.get(row["domain_id"])
    last = 2 + LAST.index(row["kind"]) if row["kind"] in LAST and domain is None else 1
    part = 0 if row["kind"] == FIRST else last
    # One plan for women and for children counts the domains of each from 1.
    among = (domain["population"], whole_number(domain, "position")) if domain else ("", 0)
    return row["plan_id"], part, *among, "measure_id" in row, row["kind"], whole_number(row, "position")


def item_names(t: Tables) -> dict[str, Text]:
    """What each goal and measure is called as its plan numbers it: 目标3; by its place where no number is printed."""
    return {
        row[key]: NUMBERED[table].format(number=row["number"] or row["position"])
        for table, key in ITEM_TABLES.items()
        for row in t.rows(table)
    }


def shares_by_item(t: Tables) -> Mapping[str, list[Share]]:
    """The bodies behind each item in the order of the print; a unit that no table knows is left out."""
    units = {key: unit_of(row) for key, row in t.keyed("units").items()}
    rows = sorted(t.rows("assignments"), key=lambda row: whole_number(row, "position"))
    return {
        item: [Share(units[row["unit_id"]], row["role"]) for row in own if row["unit_id"] in units]
        for item, own in grouped(rows, "item_id").items()
    }


def unit_of(row: Row) -> Unit:
    return Unit(row["unit_id"], paired(row, "name"), row["kind"], row["function"], row["collective"] == "true")


def aims_by_item(t: Tables) -> Mapping[str, list[Aim]]:
    """The targets of each item."""
    aims: dict[str, list[Aim]] = {}
    for target, row in zip(load_targets(t), t.rows("targets"), strict=True):
        aims.setdefault(target.item_id, []).append(Aim(target, row))
    return aims


def bodies_of(items: tuple[Item, ...]) -> tuple[Body, ...]:
    """The bodies behind items, in the order in which the items first name them."""
    units: dict[str, Unit] = {}
    duties: dict[str, list[tuple[str, Item]]] = {}
    for item in items:
        for share in item.shares:
            units.setdefault(share.unit.unit_id, share.unit)
            duties.setdefault(share.unit.unit_id, []).append((share.role, item))
    return tuple(Body(unit, tuple(duties[key])) for key, unit in units.items())


def named(units: tuple[Unit, ...], say: Words) -> str:
    """The names of units, one after the other."""
    return say.listed(unit.called(say) for unit in units)

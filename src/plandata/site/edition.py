"""The tables of a package joined for reading: each row as a dictionary of text cells, with what hangs on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from plandata.package import Package
from plandata.verify import rows

Row = dict[str, str]
KEYS = {"goals": "goal_id", "measures": "measure_id"}


class Edition:
    """A package with its rows keyed and joined. Cells are texts, empty cells "".

    >>> from plandata.package import open_package
    >>> edition = Edition(open_package())
    >>> {target["place_id"] for target in edition.targets} <= set(edition.places)
    True
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.about = package.descriptor

    def rows(self, table: str) -> list[Row]:
        """The rows of a table in its order, without line numbers."""
        return [{column: cell for column, cell in row.items() if column != "row"} for row in rows(self.package, table)]

    def keyed(self, table: str, key: str) -> dict[str, Row]:
        return {row[key]: row for row in self.rows(table)}

    @cached_property
    def places(self) -> dict[str, Row]:
        return self.keyed("places", "place_id")

    @cached_property
    def documents(self) -> dict[str, Row]:
        return self.keyed("documents", "document_id")

    @cached_property
    def plans(self) -> dict[str, Row]:
        return self.keyed("plans", "plan_id")

    @cached_property
    def domains(self) -> dict[str, Row]:
        return self.keyed("domains", "domain_id")

    @cached_property
    def indicators(self) -> dict[str, Row]:
        return self.keyed("indicators", "indicator_id")

    @cached_property
    def units(self) -> dict[str, Row]:
        return self.keyed("units", "unit_id")

    @cached_property
    def anomalies(self) -> list[Row]:
        return [row | {"item_id": item_of(row)} for row in self.rows("anomalies")]

    @cached_property
    def items(self) -> dict[str, Row]:
        """Goals and measures by id, each with item_id, table, place_id, population and theme ("" without a domain)."""
        return {row[key]: self.item(table, row, row[key]) for table, key in KEYS.items() for row in self.rows(table)}

    def item(self, table: str, row: Row, item_id: str) -> Row:
        plan, domain = self.plans[row["plan_id"]], self.domains.get(row["domain_id"], {})
        return row | {
            "item_id": item_id,
            "table": table,
            "place_id": plan["place_id"],
            "population": domain.get("population") or plan["population"],
            "theme": domain.get("theme", ""),
        }

    @cached_property
    def targets(self) -> list[Row]:
        return self.hanging("targets")

    @cached_property
    def assignments(self) -> list[Row]:
        return [row | {"function": self.units[row["unit_id"]]["function"]} for row in self.hanging("assignments")]

    @cached_property
    def non_targets(self) -> list[Row]:
        return self.hanging("non_targets")

    def hanging(self, table: str) -> list[Row]:
        """The rows of a table that hang on goals or measures, with the item's plan, place, population and theme."""
        carried = ("item_id", "plan_id", "place_id", "population", "domain_id", "theme", "kind")
        return [row | {key: self.items[item_of(row)][key] for key in carried} for row in self.rows(table)]

    @cached_property
    def targets_of(self) -> Mapping[str, list[Row]]:
        return grouped(self.targets, "item_id")

    @cached_property
    def assigned_to(self) -> Mapping[str, list[Row]]:
        """The assignments of each item, in the order in which the plan names the bodies."""
        return grouped(sorted(self.assignments, key=lambda row: int(row["position"])), "item_id")

    @cached_property
    def assignments_by_unit(self) -> Mapping[str, list[Row]]:
        return grouped(self.assignments, "unit_id")

    @cached_property
    def rejected_of(self) -> Mapping[str, list[Row]]:
        return grouped(self.non_targets, "item_id")

    @cached_property
    def anomalies_of(self) -> Mapping[str, list[Row]]:
        return grouped(self.anomalies, "item_id")

    @cached_property
    def targets_for(self) -> Mapping[str, list[Row]]:
        """The targets of each indicator."""
        return grouped(self.targets, "indicator_id")

    @cached_property
    def compared(self) -> list[str]:
        """The indicators that two or more plans set a target for, in the order of the table."""
        shared = {key for key, found in self.targets_for.items() if len({row["plan_id"] for row in found}) > 1}
        return [indicator for indicator in self.indicators if indicator in shared]


def item_of(row: Row) -> str:
    """The id of the goal or measure that a row hangs on."""
    return row["goal_id"] or row["measure_id"]


def grouped(found: Iterable[Row], key: str) -> Mapping[str, list[Row]]:
    """Rows by the value of a column, in their order; a value that no row has gives an empty list.

    >>> dict(grouped([{"a": "x"}, {"a": "x"}], "a"))
    {'x': [{'a': 'x'}, {'a': 'x'}]}
    """
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        groups[row[key]].append(row)
    return groups

"""Every row of a package as a record: all that is known of it, in both languages, as the static API gives it.

A record is made for each id of the package and for each id that a release withdrew. It holds JSON values only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from typing import Any

from plandata.package.folder import Folder
from plandata.read.cite import STYLES, Citation, citation
from plandata.read.ids import Ids, Row, name_in
from plandata.read.show import ITEM_ROWS, SIBLINGS, View, key_column
from plandata.schema import Table
from plandata.tables import Tables, grouped
from plandata.text import LANGS
from plandata.words import Words

# The styles that a record is cited in.
CITED_IN = ("bibtex", "apa", "ris", "gb7714")
# The rows of these tables stand in a plan, and are told with it where a row that stands in none lists them.
IN_NO_PLAN = ("places", "documents", "indicators", "units", "bibliography")
CURRENT, RETIRED = STATUSES = ("current", "retired")
RETIRED_IDS = "retired_ids"
Record = dict[str, Any]


class Lookup(Ids):
    """Ids of which all rows are asked for: each table is read into a dictionary once."""

    @cached_property
    def by_id(self) -> Mapping[str, Mapping[str, list[Row]]]:
        return {
            table.name: grouped(self.frame(table.name).iter_rows(named=True), table.primary_key[0])
            for table in self.keyed
            if table.name in self.t.frames
        }

    def rows(self, table: Table, row_id: str) -> list[Row]:
        return self.by_id.get(table.name, {}).get(row_id, [])


class Records:
    """The records of a package, by id.

    >>> from plandata.schema import home
    >>> records = Records(Folder(home()))
    >>> record = records["maternal-mortality"]
    >>> record["table"], record["text"]["zh"], record["cells"]["better"]
    ('indicators', '孕产妇死亡率', 'lower')
    """

    def __init__(self, package: Folder, address: str = "") -> None:
        """Address is where the records will be published, "" where that is not known."""
        self.package, self.address = package, address
        self.t = Tables.of(package)
        self.schemas = package.schemas
        self.ids = Lookup(self.t)
        self.views = {lang: View(self.ids, Words(self.schemas.labels, lang)) for lang in LANGS}
        self.name = cache(self.name_of)

    @cached_property
    def table_of(self) -> dict[str, Table]:
        """The table of each id, the first one where several have it."""
        listed = [
            (row_id, table) for table in self.ids.keyed for row_id in self.ids.by_id.get(table.name, ()) if row_id
        ]
        return dict(reversed(listed))

    @cached_property
    def retired(self) -> Mapping[str, list[Row]]:
        """The rows of each id that a release withdrew."""
        rows = self.t.rows(RETIRED_IDS) if RETIRED_IDS in self.t.frames else []
        return {row_id: own for row_id, own in grouped(rows, "old_id").items() if row_id not in self.table_of}

    def __iter__(self) -> Iterator[str]:
        """The ids, table by table in the order of the rows; those that were withdrawn last."""
        for table in self.ids.keyed:
            yield from (one for one in self.ids.by_id.get(table.name, ()) if self.table_of.get(one) is table)
        yield from self.retired

    def __getitem__(self, row_id: str) -> Record:
        """The record of an id. Raises KeyError for one that the package never had."""
        if row_id in self.table_of:
            return self.current(self.table_of[row_id], row_id)
        return self.withdrawn(row_id, self.retired[row_id])

    def row(self, row_id: str) -> Row:
        """The row of an id with typed cells and, where it hangs on an item, what it takes from that."""
        return self.ids.rows(self.table_of[row_id], row_id)[0]

    def current(self, table: Table, row_id: str) -> Record:
        """A row with its cells, the words for them, what hangs on it, what stands beside it, and how it is cited."""
        row = self.row(row_id)
        record = self.head(row_id, table.name, CURRENT) | {"text": self.both(lambda view: view.brief(table.name, row))}
        if table.name == "targets":
            record["figure"] = self.both(lambda view: view.say.target(row))
            record["baseline"] = self.both(lambda view: view.say.baseline(row)) if row["baseline_value"] else None
        keys = {key.field: key.table for key in table.foreign_keys if row[key.field] is not None}
        record |= self.cells(table, row) | {
            "names": {name: self.name(other, row[name]) for name, other in keys.items()}
        }
        record["related"] = self.related(table, row_id)
        if table.name == "targets":
            record["of_item"] = self.related(self.schemas.tables[row["item_table"]], row["item_id"], ITEM_ROWS)
        record["neighbours"] = self.neighbours(table, row_id)
        return record | {"citation": self.citation(row_id, self.cited_name(table, row))}

    def withdrawn(self, row_id: str, rows: list[Row]) -> Record:
        """What became of an id that a release withdrew; several rows where several took its place."""
        replaced = [
            {
                "replaced_by": self.link(row["replaced_by"]),
                "reason": {lang: row[f"reason_{lang}"] for lang in LANGS},
                "since": row["version"],
            }
            for row in rows
        ]
        return self.head(row_id, rows[0]["table_name"], RETIRED) | {"retired": replaced}

    def head(self, row_id: str, table: str, status: str) -> Record:
        return {
            "$schema": "schema.json",
            "id": row_id,
            "table": table,
            "status": status,
            "version": str(self.package.descriptor["version"]),
        }

    def cells(self, table: Table, row: Row) -> Record:
        """The cells of a row, and the labels of its codes."""
        codes = {field.name: field.codes for field in table.fields if field.codes and row[field.name] is not None}
        labels = {
            name: {lang: view.say.label(codes[name], row[name]) for lang, view in self.views.items()} for name in codes
        }
        return {"cells": {column: plain(row[column]) for column in table.columns}, "labels": labels}

    def related(self, table: Table, row_id: str, only: tuple[str, ...] = ()) -> dict[str, list[Record]]:
        """The rows of other tables that name a row, by table."""
        found: dict[str, list[Record]] = {}
        for other in self.schemas.tables.values():
            columns = [name for name in other.refers(table.name) if other.name in self.t.frames]
            if columns and (not only or other.name in only):
                hanging = self.hanging(other, columns, row_id)
                if hanging:
                    far = table.name in IN_NO_PLAN
                    found[other.name] = [self.entry(other, columns, row, row_id, far) for row in hanging]
        return found

    def hanging(self, other: Table, columns: list[str], row_id: str) -> list[Row]:
        """The rows of a table that name an id in any of some columns, in their order."""
        first, *rest = (self.naming[other.name, column].get(row_id, []) for column in columns)
        if not any(rest):
            return first
        numbered = {id(row): row for rows in (first, *rest) for row in rows}
        return list(numbered.values())

    @cached_property
    def naming(self) -> Mapping[tuple[str, str], Mapping[str, list[Row]]]:
        """For each column that names rows of another table its own rows, by what they name."""
        found: dict[tuple[str, str], Mapping[str, list[Row]]] = {}
        for table in self.schemas.tables.values():
            if table.foreign_keys and table.name in self.t.frames:
                rows = self.rows(table)
                found |= {(table.name, key.field): grouped(rows, key.field) for key in table.foreign_keys}
        return found

    def rows(self, table: Table) -> list[Row]:
        """All rows of a table; those with an id are the ones that are looked up."""
        if table.primary_key:
            return [row for rows in self.ids.by_id[table.name].values() for row in rows]
        return self.ids.frame(table.name).to_dicts()

    def entry(self, table: Table, columns: list[str], row: Row, seen_from: str, far: bool) -> Record:
        """A row as the one that it names lists it; one without an id of its own brings its cells along."""
        key = key_column(table, columns)
        entry: Record = {"id": row[key]} if key and row[key] else {}
        entry["text"] = self.both(lambda view: view.seen(table, key, row))
        if len(columns) > 1:
            entry["by"] = [column for column in columns if row[column] == seen_from]
        if far and row.get("plan_id"):
            entry["plan"] = {"id": row["plan_id"], "text": self.name("plans", row["plan_id"])}
        return entry if table.primary_key else entry | self.cells(table, row)

    def neighbours(self, table: Table, row_id: str) -> dict[str, Record | None]:
        """The rows before and after among those of the same parent."""
        before, after = self.beside.get(row_id, (None, None))
        return {"previous": self.link(before), "next": self.link(after)}

    @cached_property
    def beside(self) -> dict[str, tuple[str | None, str | None]]:
        """The ids before and after each id."""
        found: dict[str, tuple[str | None, str | None]] = {}
        for name, columns in SIBLINGS.items():
            rows = self.rows(self.schemas.tables[name]) if name in self.t.frames else []
            siblings: dict[tuple[object, ...], list[str]] = defaultdict(list)
            for row in rows:
                siblings[tuple(row[column] for column in columns)].append(row[self.t.id_columns[name]])
            for ids in siblings.values():
                found |= zip(ids, zip([None, *ids[:-1]], [*ids[1:], None], strict=True), strict=True)
        return found

    def link(self, row_id: str | None) -> Record | None:
        """An id with what it stands for; None for none."""
        if not row_id:
            return None
        table = self.table_of.get(row_id)
        return {"id": row_id, "text": self.name(table.name, row_id) if table else dict.fromkeys(LANGS, row_id)}

    def name_of(self, table: str, row_id: str) -> dict[str, str]:
        return self.both(lambda view: view.name(table, row_id) or row_id)

    def both(self, told: Callable[[View], str]) -> dict[str, str]:
        """What is told in each language."""
        return {lang: told(view) for lang, view in self.views.items()}

    def cited_name(self, table: Table, row: Row) -> dict[str, str]:
        """The name that a row is cited by: a target has none of its own, and is cited by that of its indicator."""
        if table.name == "targets":
            return self.name("indicators", row["indicator_id"])
        return {lang: name_in(row, lang) or row[table.primary_key[0]] for lang in LANGS}

    def citation(self, row_id: str, name: Mapping[str, str]) -> dict[str, str]:
        """How a row is cited, in each style; with its address where that is known."""
        url = f"{self.address}id/{row_id}/" if self.address else self.whole.url
        part = replace(self.whole, part_id=row_id, part=name["en"], part_zh=name["zh"], url=url)
        return {style: STYLES[style](part) for style in CITED_IN}

    @cached_property
    def whole(self) -> Citation:
        return citation(self.package)


def plain(value: object) -> object:
    """A typed cell as JSON has it: a day as text, a whole number without a fraction.

    >>> plain(8.0), plain(8.5), plain(date(2026, 1, 2)), plain(None)
    (8, 8.5, '2026-01-02', None)
    """
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value

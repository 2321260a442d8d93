"""One row of the dataset with all that hangs on it, as `plandata show` prints it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from plandata.files import PackageError
from plandata.package.folder import Folder
from plandata.read.ids import Ids, Row, name_in
from plandata.schema import Table
from plandata.tables import ITEM_TABLES, Tables
from plandata.text import Text
from plandata.words import COLON, COMMA, Words

# The rows that share these columns are neighbours.
SIBLINGS = {
    "plans": ("place_id",),
    "domains": ("plan_id",),
    "goals": ("plan_id", "domain_id", "kind"),
    "measures": ("plan_id", "domain_id", "kind"),
    "indicators": ("theme",),
    "targets": ("goal_id", "measure_id"),
    "units": ("place_id",),
    "anomalies": ("document_id",),
    "duties": ("goal_id", "measure_id"),
}
# What hangs on a target's goal or measure is shown with the target too.
ITEM_ROWS = ("assignments", "target_groups", "instruments", "anomalies")
# The tables whose rows are told by a code and the words that say it: the column of the code, and its list.
TOLD_BY = {"instruments": "instrument", "target_groups": "target_group"}
ARROW = " → "
# A list of more rows is cut, its total told.
LONGEST = 20
IN_WORDS, BASELINE, NEIGHBOURS = Text("in words", "文字"), Text("baseline", "基期"), Text("Neighbours", "邻近")
BESIDE = ((Text("before", "上一条"), -1), (Text("after", "下一条"), 1))
MORE = Text("… {n} more", "……另有 {n} 条")


@dataclass
class Shown:
    """A row with what hangs on it. fields and the lists of related hold (name, text) in one language."""

    table: str
    id: str
    heading: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    related: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def show(package: Folder, row_id: str, lang: str = "en") -> list[Shown]:
    """What the dataset holds of an id; two rows where a document and a plan share it.

    Raises PackageError, with the ids that look like it, where there is no such row.

    >>> from plandata.schema import home
    >>> show(Folder(home()), "maternal-mortality")[0].heading
    'Indicators: maternal-mortality'
    """
    ids = Ids(Tables.of(package))
    rows = [(table, row) for table in ids.keyed for row in ids.rows(table, row_id)]
    if not rows:
        raise PackageError(ids.unknown(row_id))
    return [View(ids, Words(package.schemas.labels, lang)).whole(table, row) for table, row in rows]


@dataclass(frozen=True)
class View:
    """Rows as they are shown in one language."""

    ids: Ids
    say: Words

    def whole(self, table: Table, row: Row) -> Shown:
        """A row with its cells, all that hangs on it and its neighbours."""
        row_id = row[table.primary_key[0]]
        result = Shown(table.name, row_id, f"{self.say(table.title)}: {row_id}", list(self.field_texts(table, row)))
        for other in self.ids.t.schemas.tables.values():
            hanging = list(self.hanging(table.name, row_id, other))
            if table.name == "targets" and other.name in ITEM_ROWS:
                hanging = [text for items in ITEM_TABLES for text in self.hanging(items, row["item_id"], other)]
            if hanging:
                result.related[self.say(other.title)] = hanging
        beside = list(self.neighbours(table, row))
        if beside:
            result.related[self.say(NEIGHBOURS)] = beside
        return result

    def field_texts(self, table: Table, row: Row) -> Iterator[tuple[str, str]]:
        """Every cell that is not empty: codes with their labels, keys with the names they stand for."""
        referred = {key.field: key.table for key in table.foreign_keys}
        for column in table.fields:
            if row[column.name] is not None:
                yield self.say(column.title), self.cell(column.codes, referred.get(column.name), row[column.name])
        if table.name == "targets":
            yield self.say(IN_WORDS), self.say.target(row)
            if row["baseline_value"] is not None:
                yield self.say(BASELINE), self.say.baseline(row)

    def cell(self, codes: str, referred: str | None, value: object) -> str:
        if codes:
            return f"{self.say.label(codes, str(value))} ({value})"
        if referred:
            return f"{value}  {self.name(referred, str(value))}".rstrip()
        return f"{value:.10g}" if isinstance(value, float) else str(value)

    def name(self, table: str, row_id: str) -> str:
        """The name, title or label of a row, or ""."""
        known = self.ids.t.schemas.tables.get(table)
        rows = self.ids.rows(known, row_id) if known is not None and known.primary_key else []
        return self.brief(table, rows[0]) if rows else ""

    def brief(self, table: str, row: Row) -> str:
        """What a row is, in a few words: 0-6岁: age; lead unit: Weining County Health Bureau."""
        say = self.say
        if table == "targets":
            name = self.name("indicators", row["indicator_id"]) + say.bracketed(say.of(row, "scope"))
            return f"{name}{say(COLON)}{say.target(row)}"
        if table == "assignments":
            return f"{say.label('role', row['role'])}{say(COLON)}{self.name('units', row['unit_id'])}"
        if table == "non_targets":
            return f"{row['value_text']}{say(COLON)}{say.label('reason', row['reason'])}"
        if table in TOLD_BY:
            column = TOLD_BY[table]
            return f"{say.label(column, row[column])}{say(COLON)}{row['name_text']}"
        if table == "citations":
            return f"{say.of(row, 'title')}{say.bracketed(say.label('citation_kind', row['kind']))}"
        if table == "duties":
            return self.duty(row)
        if table == "anomalies":
            return f"{say.label('anomaly_kind', row['kind'])}{say(COLON)}{say.of(row, 'description')}"
        return name_in(row, say.lang)

    def assigned(self, row: Row) -> str:
        """An assignment as its body sees it: lead unit: Maternal mortality ratio."""
        item = self.name(row["item_table"], row["item_id"])
        return f"{self.say.label('role', row['role'])}{self.say(COLON)}{item}"

    def duty(self, row: Row) -> str:
        """A duty in a few words: yearly data, yearly: Member bodies → Statistics departments."""
        say = self.say
        told = [say.of(row, "label"), say.label("frequency", row["frequency"] or ""), row["deadline_text"] or ""]
        owing, receiving = (self.name("units", row[column] or "") for column in ("from_unit_id", "to_unit_id"))
        ends = owing + (ARROW + receiving if receiving else "")
        return say(COLON).join(filter(None, (say(COMMA).join(filter(None, told)), ends.strip())))

    def hanging(self, table: str, row_id: str, other: Table) -> Iterator[tuple[str, str]]:
        """The rows of another table that name a row of this one, the first ones where there are many."""
        columns = other.refers(table)
        if not columns:
            return
        frame = self.ids.frame(other.name).filter(pl.any_horizontal(pl.col(*columns) == row_id))
        key = key_column(other, columns)
        if key == "item_id":
            # What hangs on no item stands in the preamble.
            frame = frame.sort(pl.col(key).is_not_null(), maintain_order=True)
        for row in frame.head(LONGEST).iter_rows(named=True):
            yield (str(row[key] or "") if key else ""), self.seen(other, key, row)
        if frame.height > LONGEST:
            yield "", self.say(MORE, n=frame.height - LONGEST)

    def seen(self, table: Table, key: str, row: Row) -> str:
        """A row in a few words, as the row that it hangs on sees it; key is the column that leads on from it."""
        from_body = table.name == "assignments" and key == "item_id"
        told = self.assigned(row) if from_body else self.brief(table.name, row)
        ends = {foreign.field: foreign.table for foreign in table.foreign_keys}
        return told or self.name(ends.get(key, ""), str(row[key] or "") if key else "")

    def neighbours(self, table: Table, row: Row) -> Iterator[tuple[str, str]]:
        """The rows before and after among the row's siblings."""
        columns = SIBLINGS.get(table.name)
        if not columns:
            return
        same = pl.all_horizontal(pl.col(name).eq_missing(pl.lit(row[name])) for name in columns)
        siblings = self.ids.frame(table.name).filter(same).to_dicts()
        key = table.primary_key[0]
        place = next(i for i, sibling in enumerate(siblings) if sibling[key] == row[key])
        for word, step in BESIDE:
            if 0 <= place + step < len(siblings):
                sibling = siblings[place + step]
                yield sibling[key] or "", f"{self.say(word)}{self.say(COLON)}{self.brief(table.name, sibling)}"


def key_column(table: Table, used: list[str]) -> str:
    """The column that tells the rows of a table apart for a reader: the id, else the other end of the row, which is the
    item where another end is looked from; "" where there is none.
    """
    if table.primary_key:
        return table.primary_key[0]
    ends = (key for key in table.foreign_keys if key.field not in used and key.table != "plans")
    other = next((key.field for key in ends if table.field(key.field).required), "")
    on_items = {*ITEM_TABLES.values()} <= {*table.columns} and not {*ITEM_TABLES.values()} & {*used}
    return other or ("item_id" if on_items else "")

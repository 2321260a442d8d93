"""One row of the dataset with all that hangs on it, as `plandata show` prints it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from plandata.files import PackageError
from plandata.package.folder import Folder
from plandata.read.ids import Ids, Row, name_in
from plandata.read.search import CODES, RANK, TABLES, TOLD, Hit, entries, found
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
# The tables whose rows are shown by name; a name of a target is that of its indicator.
NAMED_TABLES = [table for table in TABLES if table not in ("targets", "duties", "citations", CODES)]
# A list of more rows is cut, its total told; so many ids are told of those that share a name.
LONGEST, FEW = 20, 5
IN_WORDS, BASELINE, NEIGHBOURS = Text("in words", "文字"), Text("baseline", "基期"), Text("Neighbours", "邻近")
BESIDE = ((Text("before", "上一条"), -1), (Text("after", "下一条"), 1))
YES, NO = Text("yes", "是"), Text("no", "否")
MORE = Text("… {n} more", "……另有 {n} 条")


@dataclass
class Shown:
    """A row with what hangs on it: its cells and the lists of the rest as (name, text), in one language."""

    table: str
    id: str
    heading: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    related: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


class ManyNamedError(PackageError):
    """Several rows have a name; hits are the rows."""

    def __init__(self, name: str, hits: list[Hit]) -> None:
        self.name, self.hits = name, hits
        ids = ", ".join(hit.entry.id for hit in hits[:FEW]) + (" …" if len(hits) > FEW else "")
        super().__init__(f"{name!r} fits {len(hits)} rows; name one by its id: {ids}")


def show(package: Folder, asked: str, lang: str = "en") -> list[Shown]:
    """What the dataset holds of an id, or of a name in either language; two rows where a document and a plan share an
    id.

    Raises ManyNamedError where several rows have the name, and PackageError, with the ids that look like it, where none
    has.

    >>> from plandata.schema import home
    >>> show(Folder(home()), "孕产妇死亡率")[0].heading
    'Indicators: Maternal mortality ratio (maternal-mortality)'
    """
    t = Tables.of(package)
    ids = Ids(t)
    rows = with_id(ids, asked) or with_id(ids, named(t, asked))
    if not rows:
        raise PackageError(ids.unknown(asked))
    return [View(ids, Words(package.schemas.labels, lang)).whole(table, row) for table, row in rows]


def with_id(ids: Ids, row_id: str) -> list[tuple[Table, Row]]:
    """The rows that have an id, each with its table."""
    return [(table, row) for table in ids.keyed for row in ids.rows(table, row_id)]


def named(t: Tables, name: str) -> str:
    """The id of the row that a name means: the only one of those that fit it best, "" where none has it.

    Raises ManyNamedError where it is not the only one.
    """
    hits = found([entry for entry in entries(t) if entry.table in NAMED_TABLES], name, t.schemas.synonyms)
    best = [hit for hit in hits if alike(hit) == alike(hits[0]) and hit.level != TOLD]
    if len(best) > 1:
        raise ManyNamedError(name, best)
    return best[0].entry.id if best else ""


def alike(hit: Hit) -> tuple[int, int]:
    """How well a hit fits, and its rank: what hits must share for a name to mean each as much."""
    return hit.level, RANK[hit.entry.table]


@dataclass(frozen=True)
class View:
    """Rows as they are shown in one language."""

    ids: Ids
    say: Words

    def whole(self, table: Table, row: Row) -> Shown:
        """A row with its cells, all that hangs on it and its neighbours."""
        row_id = row[table.primary_key[0]]
        heading = f"{self.say(table.title)}{self.say(COLON)}{self.brief(table.name, row)}{self.say.bracketed(row_id)}"
        result = Shown(table.name, row_id, heading, list(self.field_texts(table, row)))
        for other in self.ids.t.schemas.tables.values():
            shared = table.name == "targets" and other.name in ITEM_ROWS
            for name, end in [(items, row["item_id"]) for items in ITEM_TABLES] if shared else [(table.name, row_id)]:
                columns = other.refers(name)
                hanging = self.hanging(columns, end, other)
                if not hanging.is_empty():
                    result.related |= dict(self.parts(other, columns, hanging))
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
        if isinstance(value, bool):
            return self.say(YES if value else NO)
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

    def duty(self, row: Row) -> str:
        """A duty in a few words: yearly data, yearly: Member bodies → Statistics departments."""
        say = self.say
        told = [say.of(row, "label"), say.label("frequency", row["frequency"] or ""), row["deadline_text"] or ""]
        owing, receiving = (self.name("units", row[column] or "") for column in ("from_unit_id", "to_unit_id"))
        ends = owing + (ARROW + receiving if receiving else "")
        return say(COLON).join(filter(None, (say(COMMA).join(filter(None, told)), ends.strip())))

    def hanging(self, columns: list[str], row_id: str, other: Table) -> pl.DataFrame:
        """The rows of another table whose columns name a row."""
        if not columns:
            return pl.DataFrame()
        frame = self.ids.frame(other.name).filter(pl.any_horizontal(pl.col(*columns) == row_id))
        # What hangs on no item stands in the preamble.
        by_item = key_column(other, columns) == "item_id"
        return frame.sort(pl.col("item_id").is_not_null(), maintain_order=True) if by_item else frame

    def parts(
        self, other: Table, columns: list[str], rows: pl.DataFrame
    ) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The rows of another table under its title, those of a body under each of its roles."""
        title = self.say(other.title)
        if not self.of_body(other, columns):
            yield title, list(self.told(other, columns, rows))
            return
        for role in self.say.codes.get("role", {}):
            own = rows.filter(pl.col("role") == role)
            if not own.is_empty():
                head = f"{title}{self.say(COLON)}{self.say.label('role', role)}{self.say.bracketed(str(own.height))}"
                yield head, list(self.told(other, columns, own))

    def of_body(self, other: Table, columns: list[str]) -> bool:
        """Whether rows of another table are the assignments of a body."""
        return other.name == "assignments" and key_column(other, columns) == "item_id"

    def told(self, other: Table, columns: list[str], rows: pl.DataFrame) -> Iterator[tuple[str, str]]:
        """Rows of another table by their ids, the first ones where there are many."""
        key = key_column(other, columns)
        for row in rows.head(LONGEST).iter_rows(named=True):
            yield (str(row[key] or "") if key else ""), self.seen(other, columns, row)
        if rows.height > LONGEST:
            yield "", self.say(MORE, n=rows.height - LONGEST)

    def seen(self, table: Table, columns: list[str], row: Row) -> str:
        """What a row is, in a few words, beside the row that its columns name."""
        if self.of_body(table, columns):
            return self.name(row["item_table"], row["item_id"])
        if table.name == "targets" and columns == ["indicator_id"]:
            scope = self.say.bracketed(self.say.of(row, "scope"))
            return f"{self.name('places', row['place_id'])}{scope}{self.say(COLON)}{self.say.target(row)}"
        key = key_column(table, columns)
        ends = {foreign.field: foreign.table for foreign in table.foreign_keys}
        return self.brief(table.name, row) or self.name(ends.get(key, ""), str(row[key] or "") if key else "")

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

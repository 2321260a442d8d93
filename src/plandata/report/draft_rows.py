"""The rows of a draft as the page of its review finds them: each subject, what hangs on it, and its doubts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from plandata.schema import Table, edition
from plandata.tables import ITEM_TABLES
from plandata.text import printable
from plandata.texts.draft.doubt import Doubt
from plandata.texts.draft.model import Draft, Row
from plandata.words import Words

# The tables whose rows hang on no item and are chosen from lists, then those of the items.
LISTED = ("documents", "places", "plans", "domains", "indicators", "units", "bibliography")
SUBJECTS = (*LISTED, *ITEM_TABLES)
# The tables whose rows a block of the text becomes, and the columns of the row that another one hangs on.
PRINTED = (*ITEM_TABLES, "domains", "plans")
HOLDERS = (*ITEM_TABLES.values(), "plan_id", "document_id")


def plainly(text: str) -> str:
    r"""A text on one line for people: any white space is one of ours, and what cannot be seen is an escape.

    >>> plainly("a\u3000b\n\x1b")
    'a b \\x1b'
    """
    return printable("".join(" " if c.isspace() else c for c in text))


@dataclass(frozen=True)
class Shelf:
    """The rows of a draft as the page finds them."""

    draft: Draft
    say: Words
    schemas: Mapping[str, Table] = field(default_factory=lambda: edition().tables)

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table with every column that its schema has."""
        columns = self.schemas[table].columns if table in self.schemas else []
        return ({**dict.fromkeys(columns, ""), **row} for row in self.draft.tables.get(table, []))

    @cached_property
    def subjects(self) -> list[tuple[str, str, Row]]:
        """Each subject: its table, its id, its row."""
        return [(table, row[self.key(table)], row) for table in SUBJECTS for row in self.rows(table)]

    @cached_property
    def at(self) -> dict[str, int]:
        """The place of each subject among them, by its id; of two with one id that which the text prints."""
        numbered = sorted(enumerate(self.subjects), key=lambda named: named[1][0] in PRINTED)
        return {key: n for n, (_, key, _) in numbered}

    @cached_property
    def at_row(self) -> dict[tuple[str, str], int]:
        """The same by table and id, as two tables may have one id."""
        return {(table, key): n for n, (table, key, _) in enumerate(self.subjects)}

    @cached_property
    def hanging(self) -> dict[str, dict[str, list[Row]]]:
        """The rows that hang on each item, plan or document, by their tables."""
        found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for table in self.schemas:
            for row in self.rows(table) if table not in SUBJECTS else ():
                found[holder_of(row)][table].append(row)
        return found

    @cached_property
    def linked(self) -> dict[tuple[str, str], list[int]]:
        """The subjects whose rows, or whose hanging rows, name a row of another table."""
        found: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        for n, (table, key, row) in enumerate(self.subjects):
            own = [(table, row)] + [(t, r) for t, rows in self.hanging.get(key, {}).items() for r in rows]
            for holder, cells in own if table in ITEM_TABLES else own[:1]:
                for foreign in self.schemas[holder].foreign_keys:
                    if foreign.table in LISTED and cells[foreign.field]:
                        found[foreign.table, cells[foreign.field]][n] = None
        return {name: list(numbers) for name, numbers in found.items()}

    @cached_property
    def blocks(self) -> dict[str, list[int]]:
        """The blocks of the text that each row became of."""
        found: dict[str, list[int]] = defaultdict(list)
        for n, block in enumerate(self.draft.blocks):
            if block.row:
                found[block.row].append(n)
        return found

    @cached_property
    def doubted(self) -> list[int]:
        """For each doubt the subject that it belongs to; -1 for none."""
        return [self.subject_of(doubt) for doubt in self.draft.doubts]

    @cached_property
    def cells(self) -> set[tuple[str, str, str]]:
        """The cells that are doubted: table, row, column."""
        return {(doubt.table, doubt.row, doubt.column) for doubt in self.draft.doubts}

    @cached_property
    def holders(self) -> dict[str, str]:
        """What each row hangs on that has an id of its own and is no subject."""
        tables = [name for name in self.schemas if name not in SUBJECTS and len(self.schemas[name].primary_key) == 1]
        return {row[self.key(table)]: holder_of(row) for table in tables for row in self.rows(table)}

    def key(self, table: str) -> str:
        return self.schemas[table].primary_key[0]

    def subject_of(self, doubt: Doubt) -> int:
        """The subject of a doubt; where its row has no id of its own, the one whose id its name begins with."""
        own = self.at_row.get((doubt.table, doubt.row))
        if own is not None:
            return own
        known = self.at.get(self.holders.get(doubt.row, doubt.row))
        begins = (doubt.row[:end] for end in range(len(doubt.row), 0, -1))
        return known if known is not None else next((self.at[name] for name in begins if name in self.at), -1)

    def name(self, table: str, row: Row) -> str:
        """What a row is called: its label, title or name, in the page's language where there is one."""
        langs = (self.say.lang, "zh", "en")
        names = (row.get(f"{stem}_{lang}") for lang in langs for stem in ("label", "title", "name"))
        return next(filter(None, names), "") or row.get(self.key(table), "")


def holder_of(row: Row) -> str:
    """The item that a row hangs on, else its plan or its document; "" for none."""
    return next((row[key] for key in HOLDERS if row.get(key)), "")


def row_name(shelf: Shelf, table: str, row: Row) -> str:
    """The id of a row; "" where its table has none."""
    return row[shelf.key(table)] if shelf.schemas[table].primary_key else ""

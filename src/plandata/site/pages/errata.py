"""Errata: what was corrected since each earlier edition, from the changes that the package keeps of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plandata.files import PackageError
from plandata.read.changes import (
    CODE_ADDED,
    COLUMN_ADDED,
    COLUMN_RENAMED,
    CREATED,
    ID_REMOVED,
    ROW_REMOVED,
    TABLE_ADDED,
    VERSION,
    Changes,
    kept_as,
    kept_changes,
)
from plandata.report.changes import SAID, detail
from plandata.schema import Field, Table
from plandata.site.edition import Edition
from plandata.site.page import DATA, Nav, Values, kind
from plandata.tables import grouped
from plandata.text import LANGS, Text
from plandata.words import Words

TITLE = Text("Errata", "勘误")
# What came to the tables and corrects nothing.
ADDED = (TABLE_ADDED, COLUMN_RENAMED, COLUMN_ADDED, CODE_ADDED)
WORDING = Text("Rewording, {old} to {new}", "文字修改：{old} 至 {new}")
SUMMARY = Text(
    "Edition {old} ({first}) to {new} ({last}): figures, codes and links corrected {corrected}, texts reworded in both "
    "languages {reworded}.",
    "{old} 版（{first}）至 {new} 版（{last}）：更正数值、代码与行间关系 {corrected} 处，中英文文字修改 {reworded} 处。",
)
Row = Mapping[str, Any]


@kind(
    "errata", "errata.md.j2", TITLE,
    Text("What was corrected since each earlier edition.", "与各早期版本相比更正了什么。"),
    nav=Nav(57, TITLE, DATA), hide=(), linked=True,
)  # fmt: skip
def errata(edition: Edition, say: Words) -> Iterator[Values]:
    """For each earlier edition its counts, the corrected figures and codes, and the ids that were withdrawn."""
    yield {"since": [since(made, edition, say) for made in kept(edition)], "summary": SUMMARY}


@kind(
    "errata-{old}-to-{new}", "rewording.md.j2", WORDING,
    Text("Labels, names, definitions and notes that were reworded.", "措辞有改动的标签、名称、定义与备注。"),
    hide=(), linked=True,
)  # fmt: skip
def rewording(edition: Edition, say: Words) -> Iterator[Values]:
    """What was reworded since an earlier edition, in the language of the page."""
    for made in kept(edition):
        old, new = made.edition(VERSION)
        yield {"old": old, "new": new, "tables": own_wording(made, edition, say), "record": record(made)}


def kept(edition: Edition) -> list[Changes]:
    """The changes that the package keeps; none where its records cannot be read, as a site is made all the same."""
    try:
        return kept_changes(edition.package.root)
    except PackageError:
        return []


def record(made: Changes) -> str:
    """The address of the file of changes, below the root of the site."""
    return kept_as(*made.edition(VERSION)).removeprefix("docs/")


def since(made: Changes, edition: Edition, say: Words) -> Values:
    """What is told of the changes since one edition."""
    old, new = made.edition(VERSION)
    first, last = (created[:10] for created in made.edition(CREATED))
    facts, reworded = made.cells(wording=False).to_dicts(), made.cells(wording=True).height
    figures = {"corrected": f"{len(facts):,}", "reworded": f"{reworded:,}"}
    return {
        "old": old, "new": new, "told": {"old": old, "new": new, "first": first, "last": last, **figures},
        "stale": new == edition.about.get("version") and not made.leads_to(edition.about),
        "record": record(made),
        "counts": list(counts(made, edition)),
        "facts": by_table(facts, edition, say), "reworded": reworded,
        "withdrawn": list(withdrawn(made, edition)),
        "removed": made.of(ROW_REMOVED).to_dicts(),
        "came": [(SAID[kind], list(map(named, rows))) for kind in ADDED if (rows := made.of(kind).to_dicts())],
    }  # fmt: skip


def named(row: Row) -> str:
    """A table, column or code that came, by its whole name."""
    return ".".join(filter(None, (row["table"], detail(row))))


def counts(made: Changes, edition: Edition) -> Iterator[Values]:
    """For each table that both editions have the cells corrected and reworded, the rows that came and went."""
    facts, wording = (grouped(made.cells(wording=worded).to_dicts(), "table") for worded in (False, True))
    for row in made.counts("table").to_dicts():
        name = row["table"]
        told = {"corrected": len(facts.get(name, ())), "reworded": len(wording.get(name, ()))}
        yield row | told | {"name": name, "title": title(edition.schemas.tables.get(name), name)}


def title(thing: Table | Field | None, name: str) -> Text:
    """What a table or a column of today is called; its name for one that is gone."""
    return thing.title if thing else Text(name, name)


def own_wording(made: Changes, edition: Edition, say: Words) -> list[tuple[Text, list[Values]]]:
    """The cells that were reworded in the language of a page, by table."""
    rows = made.cells(wording=True).to_dicts()
    return by_table((row for row in rows if row["column"].endswith(f"_{say.lang}")), edition, say)


def by_table(rows: Iterable[Row], edition: Edition, say: Words) -> list[tuple[Text, list[Values]]]:
    """Changed cells by table, as they are shown."""
    tables = edition.schemas.tables
    return [
        (title(tables.get(name), name), [cell(row, tables.get(name), say) for row in own])
        for name, own in grouped(rows, "table").items()
    ]


def cell(row: Row, table: Table | None, say: Words) -> Values:
    """A changed cell: the ids that its row is called by, its column, both values, a code with its label."""
    known = {field.name: field for field in table.fields} if table else {}
    field = known.get(row["column"])
    codes, keys = field.codes if field else "", {key.field for key in table.foreign_keys} if table else set()
    return {
        "ids": row["row_id"].split("/"),
        "column": title(field, row["column"]),
        "values": [say.label(codes, row[side]) if codes else row[side] for side in ("old", "new")],
        "code": row["column"] in keys,
    }


def withdrawn(made: Changes, edition: Edition) -> Iterator[Values]:
    """The ids that went, each with what took its place and the reason that retired_ids gives."""
    listed = edition.tables.rows("retired_ids") if "retired_ids" in edition.tables.frames else []
    reasons = {(row["table_name"], row["old_id"], row["replaced_by"]): row for row in listed}
    for row in made.of(ID_REMOVED).to_dicts():
        told = reasons.get((row["table"], row["row_id"], row["new"]), {})
        yield row | {f"reason_{lang}": told.get(f"reason_{lang}", "") for lang in LANGS}

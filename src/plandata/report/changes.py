"""What a new edition changes, as `plandata diff` prints it: as text, JSON, CSV, and Markdown for the changelog."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from plandata.files import json_text
from plandata.read import changes as kinds
from plandata.read.changes import Changes
from plandata.report import columns
from plandata.text import MARKDOWN, Text, harmless, inert
from plandata.words import COLON, COMMA, SEMICOLON, SPACE, STOP, Words

ARROW = "→"
EMPTY = Text("(empty)", "（空）")
OTHERS = Text("(no plan)", "（不属单个规划）")
HEADS = (
    Text("rows before", "原有行数"), Text("rows now", "现有行数"),
    Text("added", "新增"), Text("removed", "删除"), Text("replaced", "替换"),
    Text("rows changed", "改动行数"), Text("cells changed", "改动单元格"),
)  # fmt: skip
TABLE, PLAN = Text("table", "数据表"), Text("plan", "规划")
# What is said of tables, columns and codes; of a changed row only its sign.
SAID = {
    kinds.TABLE_ADDED: Text("new table", "新增数据表"),
    kinds.TABLE_REMOVED: Text("table removed", "删除数据表"),
    kinds.TABLE_UNREAD: Text(
        "cannot be read as a table, so only its file was compared", "无法按表格读取，只比较了文件"
    ),
    kinds.COLUMN_ADDED: Text("new column", "新增列"),
    kinds.COLUMN_REMOVED: Text("column removed", "删除列"),
    kinds.COLUMN_RENAMED: Text("column renamed", "列改名"),
    kinds.COLUMN_RETYPED: Text("column of another type", "列类型改变"),
    kinds.CODE_ADDED: Text("new code", "新增代码"),
    kinds.CODE_REMOVED: Text("code removed", "删除代码"),
}
SIGNS = {kinds.ROW_ADDED: "+", kinds.ROW_REMOVED: "-", kinds.ID_REMOVED: "-", kinds.CELL: "~"}
FILES = Text("Other files that differ", "其他有改动的文件")
SAME = Text("The editions are equal.", "两版相同。")
WHY = {
    kinds.MAJOR: Text("removed or renamed ids, columns or codes", "有标识、列或代码被删除或改名"),
    kinds.MINOR: Text("new rows, columns, tables or codes", "有新增的行、列、数据表或代码"),
    kinds.PATCH: Text("corrections", "有更正"),
}
NAMES = {
    kinds.MAJOR: Text("major", "主版本"), kinds.MINOR: Text("minor", "次版本"), kinds.PATCH: Text("patch", "修订"),
}  # fmt: skip
DEMANDS = Text("{why} ({level}) demand version {least} or higher", "{why}（{level}），版本号不得低于 {least}")
ENOUGH, TOO_LOW = Text("{new} satisfies it.", "{new} 符合要求。"), Text("{new} is too low.", "{new} 过低。")
NO_VERSION = Text("no version", "无版本号")
HAS_NONE = Text("The new edition has none.", "新版无版本号。")
UNCOUNTED = Text("{why} ({level}); the old edition has no version", "{why}（{level}）；旧版无版本号")
LOST = Text(
    "{table}: {id} is gone, and retired_ids does not tell what became of it; add a row there, or restore it",
    "{table}：{id} 已不存在，retired_ids 也没有说明去向；请补一行，或恢复该标识",
)
SINCE = Text("Changes of the data since {old}", "自 {old} 以来数据的改动")
COUNTED = {
    "added": Text("rows added", "新增行"), "removed": Text("rows removed", "删除行"),
    "replaced": Text("of them replaced", "其中被替换"), "cells": Text("cells changed", "改动单元格"),
}  # fmt: skip
IDS = Text("ids withdrawn", "停用的标识")


def refused(lost: list[tuple[str, str]], say: Words) -> list[str]:
    """What is said of each id (table, id) that an edition may not leave out."""
    return [say(LOST, table=table, id=row_id) for table, row_id in lost]


def verdict(made: Changes, say: Words) -> str:
    """The version that the changes demand, and whether the new edition bears it."""
    if made.level == kinds.EQUAL:
        return say(SAME)
    form = DEMANDS if made.demanded else UNCOUNTED
    demand = begun(say(form, why=say(WHY[made.level]), level=say(NAMES[made.level]), least=made.demanded)) + say(STOP)
    if not made.demanded:
        return demand
    new = made.edition(kinds.VERSION)[1]
    borne = (ENOUGH if made.satisfied else TOO_LOW) if new else HAS_NONE
    return f"{demand}{say(SPACE)}{say(borne, new=new)}"


def text(made: Changes, difference: Mapping[str, Any], say: Words) -> str:
    """Counts by table and plan, what became of tables and columns, then each row, last the version."""
    old, new = made.edition(kinds.VERSION)
    versions = f"{old or say(NO_VERSION)} {ARROW} {new or say(NO_VERSION)}"
    lines = [" ".join(filter(None, (difference["new"].get("name"), versions)))]
    lines += [
        line for part in (tables(made, say), plans(made, say), [*structure(made, say)]) if part for line in ("", *part)
    ]
    paths = other_files(made)
    lines += ["", f"{say(FILES)}{say(COLON)}{say(COMMA).join(paths)}"] if paths else []
    for (table,), rows in made.of(*SIGNS).group_by("table", maintain_order=True):
        lines += ["", str(table), *(f"  {row_line(row, say)}" for row in rows.iter_rows(named=True))]
    return written([*lines, "", verdict(made, say)])


def written(lines: Iterable[str]) -> str:
    """Lines as a text; none is broken by what the data hold."""
    return harmless("\n".join(line.replace("\n", "\\n") for line in lines) + "\n")


def tables(made: Changes, say: Words) -> list[str]:
    """A line for each table that changed."""
    counts = {row["table"]: row for row in made.counts("table").to_dicts()}
    rows = [
        [name, old, new, *numbers(counts.get(name, {}))]
        for name, old, new in made.of(kinds.ROWS).select("table", "old", "new").iter_rows()
    ]
    return columns([[say(TABLE), *map(say, HEADS)], *rows], range(1, 8)) if rows else []


def plans(made: Changes, say: Words) -> list[str]:
    """A line for each plan in which rows changed, last what stands in no single one."""
    counts = made.counts("plan_id").sort(pl.col("plan_id") == "", maintain_order=True).to_dicts()
    rows = [[row["plan_id"] or say(OTHERS), *numbers(row)] for row in counts]
    return columns([[say(PLAN), *map(say, HEADS[2:])], *rows], range(1, 6)) if rows else []


def numbers(counts: Mapping[str, int]) -> list[str]:
    return [str(counts.get(name) or "") for name in ("added", "removed", "replaced", "changed", "cells")]


def structure(made: Changes, say: Words) -> Iterator[str]:
    """What became of tables, columns and codes, a line for each kind in each table."""
    for (table, kind), rows in made.of(*SAID).group_by("table", "change", maintain_order=True):
        words = f"{table}{say(COLON)}{say(SAID[str(kind)])}"
        yield " ".join(filter(None, (words, say(COMMA).join(map(detail, rows.iter_rows(named=True))))))


def detail(row: Mapping[str, str]) -> str:
    """A column or a code of which something became; "" for a table."""
    if row["change"] == kinds.COLUMN_RENAMED:
        return f"{row['old']} {ARROW} {row['new']}"
    if row["change"] == kinds.COLUMN_RETYPED:
        return f"{row['column']} ({row['old']} {ARROW} {row['new']})"
    code = row["old"] or row["new"]
    return f"{row['column']}={code}" if code else row["column"]


def other_files(made: Changes) -> list[str]:
    """The files that differ and are no table."""
    return [path for path in made.of(kinds.FILE)["column"] if not path.endswith(".csv")]


def row_line(row: Mapping[str, str], say: Words) -> str:
    """One change of a row."""
    line = f"{SIGNS[row['change']]} {row['row_id']}"
    if row["change"] == kinds.CELL:
        return f"{line}  {row['column']}{say(COLON)}{row['old'] or say(EMPTY)} {ARROW} {row['new'] or say(EMPTY)}"
    return f"{line} {ARROW} {row['new']}" if row["new"] else line


def markdown(made: Changes, say: Words) -> str:
    """The part of the changelog that tells what the data changed: counts, structure and ids, not each cell."""
    lines = [f"{say(SINCE, old=plain(made.edition(kinds.VERSION)[0]))}{say(COLON).rstrip()}", ""]
    lines += [f"- {line}{say(STOP)}" for line in (*grouped(made, say), *counted(made, say), *ids(made, say))]
    return written([*lines, "", plain(verdict(made, say))])


def plain(value: str) -> str:
    return inert(value, MARKDOWN)


def grouped(made: Changes, say: Words) -> Iterator[str]:
    """What became of tables, columns and codes, a line for each kind."""
    for kind, words in SAID.items():
        listed = [f"`{plain('.'.join(filter(None, (row['table'], detail(row)))))}`" for row in made.of(kind).to_dicts()]
        if listed:
            yield f"{begun(say(words))}{say(COLON)}{say(COMMA).join(listed)}"


def begun(words: str) -> str:
    """Words as a sentence begins."""
    return words[:1].upper() + words[1:]


def counted(made: Changes, say: Words) -> Iterator[str]:
    """For each table how many rows came and went and how many cells changed, in which columns."""
    cells = made.of(kinds.CELL).group_by("table", "column").len().sort("len", "column", descending=[True, False])
    for row in made.counts("table").iter_rows(named=True):
        parts = [f"{say(words)} {row[name]:,}" for name, words in COUNTED.items() if row[name]]
        by = [f"`{plain(column)}` {n}" for table, column, n in cells.iter_rows() if table == row["table"]]
        listed = say.bracketed(say(COMMA).join(by)) if by else ""
        yield f"`{plain(row['table'])}`{say(COLON)}{say(COMMA).join(parts)}{listed}"


def ids(made: Changes, say: Words) -> Iterator[str]:
    """The ids that are gone, each with what took its place."""
    rows = made.of(kinds.ID_REMOVED).select("row_id", "new").rows()
    listed = [f"`{plain(row_id)}`" + (f" {ARROW} `{plain(new)}`" if new else "") for row_id, new in rows]
    if listed:
        yield f"{begun(say(IDS))}{say(COLON)}{say(SEMICOLON).join(listed)}"


FORMS: dict[str, Callable[[Changes, Mapping[str, Any], Words], str]] = {
    "text": text,
    "json": lambda made, difference, say: json_text(difference),
    "csv": lambda made, difference, say: made.csv,
    "md": lambda made, difference, say: markdown(made, say),
}

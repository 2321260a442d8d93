"""The page on which a person judges a draft: the text beside the rows that were drafted from it, and every doubt.

The page holds text and doubts as they are read without JavaScript, and as JSON the rows, of which its script shows
those of one subject at a time. A subject is what can be selected: a goal or a measure with all that hangs on it, or a
row of another table with an id.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from plandata.files import FORMULA
from plandata.package.doubts import COLUMNS, SETTLED
from plandata.report import hashes, page, with_policy
from plandata.report.draft_rows import LISTED, PRINTED, Shelf, plainly, row_name
from plandata.report.draft_text import ROLES, runs, tag
from plandata.schema import Field, Table, edition
from plandata.tables import ITEM_TABLES
from plandata.text import Text
from plandata.texts.draft.doubt import Doubt
from plandata.texts.draft.model import Draft, Row
from plandata.words import Words

# Nothing but what is in the page: its one script and its one style, by their hashes.
POLICY = "default-src 'none'; script-src {scripts}; style-src {styles}; base-uri 'none'; form-action 'none'"
WORDS = {
    "title": Text("Review of a draft", "草案审核"),
    "text": Text("Text", "原文"),
    "rows": Text("Rows", "数据"),
    "doubts": Text("Doubts", "疑点"),
    "views": Text("Views", "视图"),
    "judged": Text("Judged", "已判定"),
    "judge": Text("Mark as judged", "标为已判定"),
    "unjudge": Text("Take back", "撤回判定"),
    "progress": Text("{n} of {all} judged", "已判定 {n} / {all}"),
    "shown": Text("{n} shown", "显示 {n} 条"),
    "at": Text("Doubt {n} of {all}", "第 {n} / {all} 条疑点"),
    "at_none": Text("No doubt selected", "未选中疑点"),
    "previous": Text("Previous", "上一条"),
    "next": Text("Next", "下一条"),
    "save": Text("Save doubts.csv", "保存 doubts.csv"),
    "saved": Text(
        "Saved. Put doubts.csv into the folder of the draft, then run plandata adopt.",
        "已保存。请把 doubts.csv 放入草案文件夹，再运行 plandata adopt。",
    ),
    "filter": Text("Filter doubts", "筛选疑点"),
    "table": Text("Table", "表"),
    "column": Text("Column", "列"),
    "all_tables": Text("All tables", "所有表"),
    "all_columns": Text("All columns", "所有列"),
    "open": Text("Only open", "只看未判定"),
    "no_doubts": Text("Nothing is doubted in this draft.", "本草案没有疑点。"),
    "no_match": Text("No doubt fits the filter.", "没有符合筛选条件的疑点。"),
    "help": Text("Keys", "快捷键"),
    "close": Text("Close", "关闭"),
    "empty": Text("(empty)", "（空）"),
    "value": Text("Drafted", "草拟值"),
    "unclaimed": Text("Nothing was drafted from this part of the text.", "这段文字没有草拟任何数据。"),
    "no_row": Text(
        "The text and the rows stand side by side. Select a doubt, a part of the text, or a list above.",
        "原文与数据并列显示。请选择一条疑点、一段原文，或上方的列表。",
    ),
    "to_text": Text("Show in the text", "在原文中查看"),
    "lists": Text("Rows by table", "按表查看数据"),
    "targets": Text("Targets", "目标值"),
    "non_targets": Text("Numbers that are no targets", "不是目标值的数字"),
    "bodies": Text("Responsible bodies", "责任单位"),
    "members": Text("Rows that stand on this one", "与此相连的数据"),
    "loose": Text("Other doubts here", "此处的其他疑点"),
    "notes": Text("Notes on the draft", "草案说明"),
    "no_script": Text(
        "Without JavaScript this page shows the text and the doubts, but not the rows.",
        "未启用 JavaScript：本页只显示原文和疑点，不显示数据。",
    ),
    "key_value": Text("Figure of a target", "目标值的数字"),
    "key_name": Text("Name of an indicator", "指标名称"),
    "key_number": Text("Number that is no target", "不是目标值的数字"),
    "legend": Text("Colours of the text", "原文中的颜色"),
}
KEYS = (
    ("j ↓", Text("next doubt", "下一条疑点")),
    ("k ↑", Text("previous doubt", "上一条疑点")),
    ("n", Text("next part of the text", "下一段原文")),
    ("p", Text("previous part of the text", "上一段原文")),
    ("Space Enter", Text("mark as judged, or take back", "标为已判定，或撤回")),
    ("/", Text("to the filter; Esc leaves it", "到筛选框；Esc 离开")),
    ("?", Text("these keys", "显示快捷键")),
)
# What tells nothing to a person.
UNTOLD = ("text_sha256", "sha256", "position")
# What the page tells above an item, and for all that hangs on it.
ABOVE = ("document_id", "plan_id", "domain_id", *ITEM_TABLES.values())


def review(draft: Draft, lang: str) -> str:
    """The page `review.html` of a draft. Raises KeyError for a language that we do not speak."""
    shelf = Shelf(draft, Words(edition().labels, lang))
    say = shelf.say
    html = page(
        "review.html.j2",
        lang=lang,
        words={name: say(word) for name, word in WORDS.items()},
        roles={role or "unclaimed": say(word) for role, word in ROLES.items()},
        keys=[(keys.split(), say(told)) for keys, told in KEYS],
        heading=plainly(heading(draft, say)),
        notes=[plainly(note) for note in draft.notes],
        runs=list(runs(shelf)),
        groups=list(groups(shelf)),
        total=len(draft.doubts),
        data=data(shelf),
    )
    return with_policy(html, POLICY.format(scripts=hashes(html, "script"), styles=hashes(html, "style")))


def heading(draft: Draft, say: Words) -> str:
    """What the page is about: the titles of the documents, else nothing."""
    rows = draft.tables.get("documents", [])
    return say.listed(row.get(f"title_{say.lang}") or row.get("title_zh") or "" for row in rows)


def keys_of(doubts: Iterable[Doubt]) -> Iterator[str]:
    """The name of each doubt in the memory of the browser: a later draft has it again where nothing changed.

    Of doubts that are the same in all their cells each has its own.
    """
    seen: Counter[Doubt] = Counter()
    for doubt in doubts:
        cells = "\0".join((*cells_of(doubt), str(seen[doubt])))
        seen[doubt] += 1
        yield hashlib.sha256(cells.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def cells_of(doubt: Doubt) -> list[str]:
    """The cells of a doubt in the order of COLUMNS, without the last."""
    return [doubt.table, doubt.row, doubt.column, doubt.value, doubt.why]


# What the page's script reads


def data(shelf: Shelf) -> dict[str, Any]:
    """All that the script needs; doubts as the draft tells them, all other texts as they are shown."""
    say, schemas = shelf.say, shelf.schemas
    return {
        "digest": shelf.draft.digest,
        "words": {name: say(word) for name, word in WORDS.items()},
        "tables": {name: say(table.title) for name, table in schemas.items()},
        "columns": {name: {f.name: say(f.title) for f in table.fields} for name, table in schemas.items()},
        "lists": LISTED,
        "header": COLUMNS,
        "settled": SETTLED,
        "formula": FORMULA,
        "doubts": [cells_of(doubt) for doubt in shelf.draft.doubts],
        "keys": list(keys_of(shelf.draft.doubts)),
        "of": shelf.doubted,
        "blocks": [shelf.at.get(block.row, -1) if block.row else -1 for block in shelf.draft.blocks],
        "subjects": [subject(shelf, *named) for named in shelf.subjects],
    }


def subject(shelf: Shelf, table: str, key: str, row: Row) -> dict[str, Any]:
    """A subject as the page shows it; what is empty is left out."""
    kinds = {"goals": "goal_kind", "measures": "measure_kind"}
    kind = shelf.say.label(kinds[table], row["kind"]) if table in kinds else shelf.say(shelf.schemas[table].title)
    above = [(t, row[f]) for t, f in (("plans", "plan_id"), ("domains", "domain_id")) if row.get(f) and table != t]
    shown = {
        "table": table,
        "id": plainly(key),
        "row": key,
        "name": plainly(shelf.name(table, row)),
        "kind": plainly(f"{kind} {row.get('number', '')}".strip()),
        "above": [shelf.at_row[named] for named in above if named in shelf.at_row],
        "blocks": shelf.blocks.get(key, []),
        "fields": fields(shelf, table, row),
        "parts": [*parts(shelf, key)] if table in (*PRINTED, "documents") else [],
        "members": shelf.linked.get((table, key), []),
    }
    return {name: value for name, value in shown.items() if value not in ("", [])}


def fields(shelf: Shelf, table: str, row: Row) -> list[list[Any]]:
    """The cells of a row that are filled or doubted."""
    schema, name = shelf.schemas[table], row_name(shelf, table, row)
    hidden = {schema.key[0], *UNTOLD, *(() if table in LISTED else ABOVE)}
    kept = (f for f in schema.fields if (row[f.name] and f.name not in hidden) or (table, name, f.name) in shelf.cells)
    return [cell(shelf, table, f, row[f.name]) for f in kept]


def cell(shelf: Shelf, table: str, column: Field, value: str) -> list[Any]:
    """One cell: column, value, what its code or id stands for, the subject that it names; the last two may lack."""
    foreign = next((key.table for key in shelf.schemas[table].foreign_keys if key.field == column.name), "")
    named = shelf.at_row.get((foreign, value), -1)
    label = shelf.say.label(column.codes, value) if column.codes else ""
    if named >= 0:
        label = shelf.name(*shelf.subjects[named][::2])
    shown = [column.name, plainly(value), plainly(label), named]
    return shown if named >= 0 else shown[: 3 if label else 2]


def parts(shelf: Shelf, key: str) -> Iterator[dict[str, Any]]:
    """What hangs on a subject: targets, other numbers, bodies by role, then every other table that has rows of it."""
    hanging = shelf.hanging.get(key, {})
    if hanging.get("targets"):
        cards = [target(shelf, row) for row in hanging["targets"]]
        yield {"title": shelf.say(WORDS["targets"]), "cards": cards}
    if hanging.get("non_targets"):
        cards = [rejected(shelf, row) for row in hanging["non_targets"]]
        yield {"title": shelf.say(WORDS["non_targets"]), "cards": cards}
    if hanging.get("assignments"):
        yield {"title": shelf.say(WORDS["bodies"]), "roles": list(roles(shelf, hanging["assignments"]))}
    for table, rows in hanging.items():
        if table not in ("targets", "non_targets", "assignments"):
            cards = [{"table": table, "row": row_name(shelf, table, row), "fields": fields(shelf, table, row)}
                     for row in rows]  # fmt: skip
            yield {"title": shelf.say(shelf.schemas[table].title), "cards": cards}


def target(shelf: Shelf, row: Row) -> dict[str, Any]:
    """A target as a card: its short name (t1), its indicator, what it demands, and every cell."""
    key = row["target_id"]
    named = shelf.at_row.get(("indicators", row["indicator_id"]), -1)
    name = shelf.name(*shelf.subjects[named][::2]) if named >= 0 else row["indicator_id"]
    return {
        "table": "targets",
        "row": key,
        "id": plainly(key),
        "tag": tag(row),
        "name": plainly(name),
        "figure": plainly(figure(row, shelf.say)),
        "fields": fields(shelf, "targets", row),
    }


def figure(row: Row, say: Words) -> str:
    """What a target demands in a few signs; its cells as they are where they make no figure."""
    try:
        return say.figure(row)
    except (ValueError, ArithmeticError):
        return " ".join(filter(None, (row["comparator"], row["value"], row["unit_of_measure"])))


def rejected(shelf: Shelf, row: Row) -> dict[str, Any]:
    """A number that is no target, with the reason."""
    reason = shelf.say.label("reason", row["reason"])
    cells = fields(shelf, "non_targets", row)
    return {"table": "non_targets", "row": "", "name": plainly(row["value_text"]), "figure": plainly(reason),
            "quiet": True, "fields": cells}  # fmt: skip


def roles(shelf: Shelf, rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """The bodies of an item by their roles, in the order of the print."""
    by_role: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_role[row["role"]].append(row)
    for role, own in by_role.items():
        yield {"role": plainly(shelf.say.label("role", role)), "bodies": [body(shelf, row) for row in own]}


def body(shelf: Shelf, row: Row) -> list[Any]:
    """A body of an item: its id, its name, how it is printed where that differs, and its subject."""
    named = shelf.at_row.get(("units", row["unit_id"]), -1)
    name = shelf.name(*shelf.subjects[named][::2]) if named >= 0 else row["unit_id"]
    return [plainly(row["unit_id"]), plainly(name), plainly(row["printed_as"]), named]


# What the page shows without its script: the doubts


def groups(shelf: Shelf) -> Iterator[dict[str, Any]]:
    """The doubts by table and column, what most stands on first; within a column in the order of the text."""
    order = {table: n for n, table in enumerate(shelf.schemas)}

    def importance(n: int) -> tuple[Any, ...]:
        doubt, own = shelf.draft.doubts[n], shelf.doubted[n]
        stands = shelf.blocks.get(shelf.subjects[own][1], [len(shelf.draft.blocks)])[0] if own >= 0 else -1
        rank, place = weight(shelf.schemas.get(doubt.table), doubt.column)
        return rank, order.get(doubt.table, len(order)), doubt.table, place, doubt.column, stands, n

    def named(n: int) -> tuple[str, str]:
        return shelf.draft.doubts[n].table, shelf.draft.doubts[n].column

    for (table, column), numbers in groupby(sorted(range(len(shelf.draft.doubts)), key=importance), named):
        doubts = [doubt_shown(shelf, n) for n in numbers]
        yield {"table": table, "column": column, **titles(shelf, table, column), "doubts": doubts}


def weight(table: Table | None, column: str) -> tuple[int, int]:
    """How early a column is judged: what is coded, counted or joined, then what is printed, then our English words."""
    known = next(((n, f) for n, f in enumerate(table.fields) if f.name == column), None) if table else None
    if table is None or known is None:
        return 1, 0
    place, told = known
    joins = column in table.key or any(key.field == column for key in table.foreign_keys)
    if joins or told.codes or told.type != "string":
        return 0, place
    return 2 if column.endswith("_en") else 1, place


def titles(shelf: Shelf, table: str, column: str) -> dict[str, str]:
    """What a table and a column of it are called; by their names where no schema has them."""
    schema = shelf.schemas.get(table)
    told = next((f.title for f in schema.fields if f.name == column), None) if schema else None
    return {
        "table_title": shelf.say(schema.title) if schema else plainly(table),
        "column_title": shelf.say(told) if told else plainly(column),
    }


def doubt_shown(shelf: Shelf, n: int) -> dict[str, Any]:
    doubt, own = shelf.draft.doubts[n], shelf.doubted[n]
    name = plainly(shelf.name(*shelf.subjects[own][::2])) if own >= 0 else ""
    known = {f.name: f.codes for f in shelf.schemas[doubt.table].fields} if doubt.table in shelf.schemas else {}
    label = shelf.say.label(known.get(doubt.column, ""), doubt.value) if known.get(doubt.column) else ""
    shown = {"row": plainly(doubt.row), "value": plainly(doubt.value), "label": plainly(label)}
    return {"n": n, "name": name, "why": plainly(doubt.why), **shown}

"""Drafts for the tests of the review page: the rows of a shipped plan, with texts that were invented for them."""

import polars as pl
from hostile import hostile

import plandata
from plandata.schema import edition
from plandata.tables import ITEM_TABLES
from plandata.texts.draft.doubt import Doubt
from plandata.texts.draft.model import Block, Draft, Row
from plandata.texts.formats.document import Document, Line, Place

FILLER = "坚持统筹推进，完善工作机制，加强部门协作，健全服务网络，让成果惠及每一个人。"


def rows_of(plan_id: str) -> dict[str, list[Row]]:
    """The tables of the shipped edition as a draft of one plan would hold them."""
    package = plandata.open()
    tables = {name: texts(package.tables[name].drop("row", strict=False)) for name in edition().tables}
    plan = next(row for row in tables["plans"] if row["plan_id"] == plan_id)
    kept = {name: [row for row in rows if belongs(row, plan)] for name, rows in tables.items()}
    named = {row["indicator_id"] for row in kept["targets"]}
    kept["indicators"] = [row for row in tables["indicators"] if row["indicator_id"] in named]
    return kept


def texts(frame: pl.DataFrame) -> list[Row]:
    return frame.with_columns(pl.all().cast(pl.String).fill_null("")).to_dicts()


def belongs(row: Row, plan: Row) -> bool:
    """Whether a row is of a plan, its document or its place."""
    item = next((row[key] for key in ITEM_TABLES.values() if row.get(key)), "")
    if item:
        return item.startswith(plan["plan_id"] + ".")
    own = ("plan_id", "document_id", "place_id")
    return (
        any(row.get(key) == plan[key] for key in own if key in row)
        and row.get("plan_id", plan["plan_id"]) == plan["plan_id"]
    )


def draft(plan_id: str = "weining-women-2021") -> Draft:
    """A draft of a shipped plan with blocks of every role and doubts about many columns."""
    tables = rows_of(plan_id)
    blocks = list(blocks_of(tables, plan_id))
    return Draft(tables, doubts_of(tables), blocks, Document("txt"), "ab" * 32, ["Two pages were scanned."])


def blocks_of(tables: dict[str, list[Row]], plan_id: str) -> list[Block]:
    """Invented text in which the names and figures of the rows stand."""
    title = next(row["title_zh"] for row in tables["plans"])
    made = [Block(title, "", "title", plan_id), Block(f"　　{FILLER}\n{FILLER}", "", "note")]
    domain = ""
    for table, role in (("goals", "goal"), ("measures", "measure")):
        for row in tables[table]:
            if row["domain_id"] != domain and row["domain_id"]:
                domain = row["domain_id"]
                name = next(d["title_zh"] for d in tables["domains"] if d["domain_id"] == domain)
                made += [
                    Block("— 3 —", "", "furniture"),
                    Block(title, "", "furniture"),
                    Block(name, "", "heading", domain),
                ]
            made.append(Block(invented(row, tables, ITEM_TABLES[table]), "", role, row[ITEM_TABLES[table]]))
        made.append(Block(f"此外，{FILLER}", "", ""))
    made.append(Block("指标\t单位\t2025年", "", "table"))
    places = [str(Place(page=1 + n // 20, paragraph=n + 1)) for n in range(len(made))]
    return [Block(b.text, place, b.role, b.row) for b, place in zip(made, places, strict=True)]


def invented(row: Row, tables: dict[str, list[Row]], key: str) -> str:
    """A text for an item, with all that its rows must find in it."""
    targets = [t for t in tables["targets"] if t[key] == row[key]]
    others = [t["value_text"] for t in tables["non_targets"] if t[key] == row[key]]
    said = "".join(f"{t['name_text']}{t['value_text'] or '逐步提高'}，" for t in targets)
    return f"{row['number']}. {row['label_zh']}。{said}{'涉及' + '、'.join(others) + '。' if others else ''}{FILLER}"


def doubts_of(tables: dict[str, list[Row]]) -> list[Doubt]:
    """Doubts as the readers of a text tell them, each about a row that there is, and one about none."""
    made = [
        Doubt("places", row["place_id"], "gb_code", row["gb_code"], "the code was not in the text")
        for row in tables["places"]
    ]
    made += [Doubt("goals", r["goal_id"], "label_en", "", "the label needs its English") for r in tables["goals"][:12]]
    for n, row in enumerate(tables["targets"]):
        cell = ("indicator_id", "comparator", "scope_zh")[n % 3]
        why = (
            "no known indicator is named like this; the nearest is another",
            "the sentence says both at least and about",
            "another target of the item would be the same; the scope is in the printed words",
        )[n % 3]
        made.append(Doubt("targets", row["target_id"], cell, row[cell], why))
    for row in tables["non_targets"][:9]:
        made.append(
            Doubt(
                "non_targets",
                row["goal_id"] or row["measure_id"],
                "reason",
                row["reason"],
                "a number that the words commit nobody to; is it a target?",
            )
        )
    made += [
        Doubt("units", row["unit_id"], "function", row["function"], "the name tells two functions")
        for row in tables["units"][:8]
    ]
    return [*made, Doubt("targets", "nowhere.t1", "value", "=1+1", 'two, "quoted" readings')]


def hostile_draft() -> Draft:
    """A draft in which every text tries to be read as code."""
    plain = draft()
    bad = {
        "name_zh",
        "name_en",
        "label_zh",
        "label_en",
        "title_zh",
        "title_en",
        "scope_zh",
        "scope_en",
        "value",
        "number",
        "printed_as",
        "value_text",
        "name_text",
        "reason",
        "role",
        "comparator",
    }
    tables = {
        name: [{c: f"{hostile(n)} {n}" if c in bad and v else v for c, v in row.items()} for n, row in enumerate(rows)]
        for name, rows in plain.tables.items()
    }
    doubts = [Doubt(d.table, d.row, d.column, hostile(n), hostile(n + 1)) for n, d in enumerate(plain.doubts)]
    doubts += [Doubt(hostile(n), hostile(n + 1), hostile(n + 2), hostile(n + 3), hostile(n)) for n in range(8)]
    blocks = [Block(f"{b.text}{hostile(n)}", hostile(n), b.role, b.row) for n, b in enumerate(plain.blocks)]
    return Draft(tables, doubts, blocks, Document("txt", [Line("", Place())]), hostile(3), [hostile(4)])


def large_draft(blocks: int = 1500, doubts: int = 3000) -> Draft:
    """A draft of the largest size that is to be expected."""
    plain = draft()
    many = [plain.blocks[n % len(plain.blocks)] for n in range(blocks)]
    asked = [plain.doubts[n % len(plain.doubts)] for n in range(doubts)]
    asked = [Doubt(d.table, d.row, d.column, d.value, f"{d.why} ({n})") for n, d in enumerate(asked)]
    return Draft(plain.tables, asked, many, Document("txt"), "cd" * 32)

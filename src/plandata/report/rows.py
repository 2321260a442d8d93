"""Hits, a row, a comparison and a proof, as the commands search, show, compare and verify print them."""

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from plandata.files import csv_text, json_text
from plandata.read.compare import change_words
from plandata.read.flat import CODES as CODES_TABLE
from plandata.read.search import CODES
from plandata.read.show import Shown
from plandata.report import columns
from plandata.schema import Schemas
from plandata.text import Text, harmless
from plandata.texts.original import Mark, marked
from plandata.texts.verify import CHECKS, Proof, gaps
from plandata.words import Words

HEADS = (
    Text("rank", "序"), Text("place", "地方"), Text("population", "人群"), Text("scope", "范围"),
    Text("target", "目标值"), Text("baseline", "基期"), Text("required change", "所需变化"), Text("id", "标识"),
)  # fmt: skip
RIGHT = (0, 5, 6)
FOUND = (Text("id", "标识"), Text("what", "类别"), Text("name", "名称"), Text("where", "所在"))
CODES_TITLE, _ = CODES_TABLE
MACHINE_FORMS = ("csv", "json")
WORDING = Text(
    "Original wording, its figures in ⟦ ⟧ with the target or the reason", "原文，数值以⟦ ⟧标出，后为目标值或理由"
)


def show_text(row: Shown, room: int | None = None) -> str:
    """A row as text, its values below each other; room as in `columns`."""
    lines = [row.heading, "", *columns(row.fields, indent="  ", room=room, whole=[0])]
    for title, related in row.related.items():
        lines += ["", title, *columns(related, indent="  ", room=room, whole=[0])]
    return harmless("\n".join(lines) + "\n")


def render_hits(hits: pl.DataFrame, form: str, say: Words, schemas: Schemas, room: int | None = None) -> str:
    """Hits of a search as text, csv or json; room as in `columns`. Raises KeyError for any other form."""
    if form in MACHINE_FORMS:
        return FORMS[form](hits, say, room)
    if form != "text":
        raise KeyError(form)
    titles = {CODES: CODES_TITLE} | {name: table.title for name, table in schemas.tables.items()}
    rows = [
        (row["id"], say(titles[row["table"]]), say.of(row, "title"), say.of(row, "where"))
        for row in hits.iter_rows(named=True)
    ]
    lines = columns([list(map(say, FOUND)), *rows], room=room, whole=[0])
    return harmless("".join(f"{line}\n" for line in lines))


def render(comparison: pl.DataFrame, form: str, say: Words, room: int | None = None) -> str:
    """A comparison as text in one of FORMS; room as in `columns`. Raises KeyError for any other form."""
    return FORMS[form](comparison, say, room)


def text(comparison: pl.DataFrame, say: Words, room: int | None = None) -> str:
    """One block an indicator: its name and direction, then a line for each target."""
    blocks = comparison.partition_by("indicator_id", maintain_order=True)
    return harmless("\n\n".join("\n".join(block(targets, say, room)) for targets in blocks) + "\n")


def block(targets: pl.DataFrame, say: Words, room: int | None) -> Iterator[str]:
    first = targets.row(0, named=True)
    better = say.bracketed(say.label("better", first["better"]))
    yield f"{say.of(first, 'indicator')}{better}  {first['indicator_id']}"
    yield ""
    rows = [list(map(say, HEADS)), *(cells(row, say) for row in targets.iter_rows(named=True))]
    yield from columns(rows, RIGHT, room=room)


def cells(row: dict[str, Any], say: Words) -> list[str]:
    """One target as the cells of its line."""
    return [
        str(row["rank"] or ""),
        say.of(row, "place"),
        say.label("plan_population", row["population"]),
        say.of(row, "scope"),
        say.of(row, "target"),
        say.baseline(row),
        change_words(row, say),
        row["target_id"] or "",
    ]


def csv(comparison: pl.DataFrame, say: Words, room: int | None = None) -> str:
    return csv_text(comparison.columns, comparison.iter_rows(), safe=True)


def json(comparison: pl.DataFrame, say: Words, room: int | None = None) -> str:
    return json_text(comparison.to_dicts())


FORMS: dict[str, Callable[[pl.DataFrame, Words, int | None], str]] = {"text": text, "csv": csv, "json": json}


def proof_text(proofs: list[Proof]) -> str:
    """What was proven, a line per plan, then each gap."""
    table = [("plan", *(title.en for title in CHECKS.values())), *(proof_row(proof) for proof in proofs)]
    if len(proofs) > 1:
        table.append(proof_row(total(proofs)))
    lines = columns(table) + [f"{gap.item or gap.plan}: {gap.check}: {gap.detail}" for gap in gaps(proofs)]
    return harmless("\n".join(lines) + "\n")


def proof_row(proof: Proof) -> tuple[str, ...]:
    return (proof.plan, *(share(*proof.tally(check)) for check in CHECKS))


def share(held: int, total: int) -> str:
    """A tally as its count and, truncated so that only a full one reads 100, its percentage.

    >>> share(999, 1000), share(0, 0)
    ('999/1000 99.9 %', '0/0 100 %')
    """
    percent = 1000 * held // total / 10 if total else 100
    return f"{held}/{total} {percent:g} %"


def total(proofs: list[Proof]) -> Proof:
    """The tallies of all plans together."""
    summed = Proof("all plans")
    for check in CHECKS:
        tally = getattr(summed, check)
        tally.held, tally.total = (sum(part) for part in zip(*(proof.tally(check) for proof in proofs), strict=True))
    return summed


def original_text(text: str, figures: list[Mark], lang: str) -> str:
    """The original wording of an item, its figures marked."""
    return harmless(f"{WORDING[lang]}\n  {marked(text, figures)}\n")

"""The original wording of a goal or measure from the texts of the documents, its figures marked.

The dataset holds no sentences of the plans; who has the documents' texts can see them beside the rows.
"""

from dataclasses import dataclass
from pathlib import Path

from plandata.figures import occurrences
from plandata.package import Package, PackageError
from plandata.segment import Item, segment
from plandata.text import normalise
from plandata.verify import Proof, by_item, coded_items, domain_ids, matched, rows, source_texts

OPEN, CLOSE = "⟦", "⟧"


@dataclass(frozen=True, order=True)
class Mark:
    """A figure in the normalised text, characters start to end (exclusive), and what it was coded as."""

    start: int
    end: int
    coded_as: str


def original(package: Package, sources: Path, item_id: str) -> tuple[str, list[Mark]]:
    """The normalised text of a goal or measure and its figures: t1, t2 … for targets, the reason for other numbers.

    item_id may also be that of a target; then it is that of the target's item. Raises PackageError where the
    id is neither, or the folder does not hold the document.
    """
    item_id = item_of(package, item_id)
    text = normalise(printed_item(package, sources, item_id).text)
    return text, marks(package, item_id, text)


def item_of(package: Package, row_id: str) -> str:
    """The goal or measure of a target; any other id as it is."""
    targets = (row for row in rows(package, "targets") if row["target_id"] == row_id)
    return next((row["goal_id"] or row["measure_id"] for row in targets), row_id)


def printed_item(package: Package, sources: Path, item_id: str) -> Item:
    """The item of the segmented text that a goal or measure was coded from."""
    for plan in rows(package, "plans"):
        items = coded_items(package, plan["plan_id"])
        if item_id in items:
            break
    else:
        raise PackageError(f"{item_id} is no goal, measure or target: it has no wording of its own")
    document = next(row for row in rows(package, "documents") if row["document_id"] == plan["document_id"])
    text = source_texts(sources).get(document["sha256"])
    if text is None:
        raise PackageError(f"{sources}: no text in it has the fingerprint of {document['document_id']}")
    segmented = next((p for p in segment(text) if p.population == plan["population"]), None)
    found = {}
    if segmented is not None:
        found = matched(Proof(plan["plan_id"]), items, segmented, domain_ids(package, plan["plan_id"], segmented))
    if item_id not in found:
        raise PackageError(f"{item_id} is not found in the text of {document['document_id']}; run plandata verify")
    return found[item_id]


def marks(package: Package, item_id: str, text: str) -> list[Mark]:
    """Where the coded figures of an item stand in its text; figures of one place are one mark."""
    coded: dict[tuple[int, int], list[str]] = {}
    for table in ("targets", "non_targets"):
        for row in by_item(package, table)[item_id]:
            name = row["target_id"].rpartition(".")[2] if table == "targets" else row["reason"]
            for span in occurrences(row["value_text"], text):
                coded.setdefault(span, []).append(name)
    return sorted(Mark(*span, " ".join(dict.fromkeys(names))) for span, names in coded.items())


def marked(text: str, found: list[Mark]) -> str:
    """The text with every figure in ⟦brackets⟧ and what it was coded as behind them.

    >>> marked("控制在12/10万以下。", [Mark(3, 11, "t1")])
    '控制在⟦12/10万以下⟧t1。'
    """
    pieces = []
    for i in range(len(text) + 1):
        # Of marks that end at one place the inner one, which started last, is closed first.
        pieces += [CLOSE + mark.coded_as for mark in sorted(found, reverse=True) if mark.end == i]
        pieces += [OPEN for mark in found if mark.start == i]
        pieces.append(text[i : i + 1])
    return "".join(pieces)

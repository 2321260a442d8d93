"""The original wording of a goal or measure from the texts of the documents, its figures marked.

The dataset holds no sentences of the plans; who has the documents' texts can see them beside the rows.
"""

from dataclasses import dataclass
from pathlib import Path

from plandata.files import PackageError
from plandata.package.folder import Folder
from plandata.tables import Tables
from plandata.text import normalise
from plandata.texts.figures import occurrences
from plandata.texts.published import found, sources_in
from plandata.texts.segment import Item
from plandata.texts.verify import Coded, Proof, domain_ids, matched

OPEN, CLOSE = "⟦", "⟧"


@dataclass(frozen=True, order=True)
class Mark:
    """A figure in the normalised text, characters start to end (exclusive), and what it was coded as."""

    start: int
    end: int
    coded_as: str


def original(package: Folder, sources: Path, row_id: str) -> tuple[str, list[Mark]]:
    """The normalised text of a goal or measure and its figures: t1, t2 … for targets, the reason for other numbers.

    row_id may also be that of a target; then it is that of the target's item. Raises PackageError where the
    id is neither, or the folder does not hold the document.
    """
    t = Tables.of(package)
    item_id = next((row["item_id"] for row in t.rows("targets") if row["target_id"] == row_id), row_id)
    coded = Coded(t)
    text = normalise(printed_item(t, coded, sources, item_id).text)
    return text, marks(coded, item_id, text)


def printed_item(t: Tables, coded: Coded, sources: Path, item_id: str) -> Item:
    """The item of the segmented text that a goal or measure was coded from."""
    plan = next((plan for plan in t.rows("plans") if item_id in coded.plan(plan["plan_id"])), None)
    if plan is None:
        raise PackageError(f"{item_id} is no goal, measure or target: it has no wording of its own")
    document = t.keyed("documents").get(plan["document_id"])
    if document is None:
        raise PackageError(f"{plan['plan_id']}: no document {plan['document_id']!r}; run plandata validate")
    documents = {document["document_id"]: document["sha256"]}
    source = found(sources_in(sources)[0], documents, coded.fingerprints(t)).get(document["document_id"])
    if source is None:
        raise PackageError(f"{sources}: no text in it has the fingerprint of {document['document_id']}")
    segmented = next((p for p in source.plans if p.population == plan["population"]), None)
    printed = {}
    if segmented is not None:
        domains = domain_ids(coded.domains, plan["plan_id"], segmented)
        printed = matched(Proof(plan["plan_id"]), coded.plan(plan["plan_id"]), segmented, domains)
    if item_id not in printed:
        raise PackageError(f"{item_id} is not found in the text of {document['document_id']}; run plandata verify")
    return printed[item_id]


def marks(coded: Coded, item_id: str, text: str) -> list[Mark]:
    """Where the coded figures of an item stand in its text; figures of one place are one mark."""
    names: dict[tuple[int, int], list[str]] = {}
    targets, rejected = coded.on(item_id)
    told = [(row["value_text"], row["target_id"].rpartition(".")[2]) for row in targets]
    for phrase, name in told + [(row["value_text"], row["reason"]) for row in rejected]:
        for span in occurrences(phrase, text):
            names.setdefault(span, []).append(name)
    return sorted(Mark(*span, " ".join(dict.fromkeys(own))) for span, own in names.items())


def marked(text: str, figures: list[Mark]) -> str:
    """The text with every figure in ⟦brackets⟧ and what it was coded as behind them.

    >>> marked("控制在12/10万以下。", [Mark(3, 11, "t1")])
    '控制在⟦12/10万以下⟧t1。'
    """
    pieces = []
    for i in range(len(text) + 1):
        # Of marks that end at one place the inner one, which started last, is closed first.
        pieces += [CLOSE + mark.coded_as for mark in sorted(figures, reverse=True) if mark.end == i]
        pieces += [OPEN for mark in figures if mark.start == i]
        pieces.append(text[i : i + 1])
    return "".join(pieces)

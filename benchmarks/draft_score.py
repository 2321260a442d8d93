"""How well targets are drafted from texts: each document is drafted with what the other ones call their indicators.

PLANDATA_SOURCES=FOLDER python benchmarks/draft_score.py [--errors]
"""

import csv
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from plandata.text import fingerprint, normalise
from plandata.texts.draft.dictionary import Dictionary
from plandata.texts.draft.targets import Context, Drafted, drafted
from plandata.texts.segment import Item, segment

DATA = Path(__file__).parents[1] / "data"
Row = dict[str, str]
# What is compared, and by which columns of the rows of one item.
LEVELS = {
    "numeric": ("comparator", "value", "unit_of_measure"),
    "+ basis": ("comparator", "value", "unit_of_measure", "basis"),
    "+ indicator": ("comparator", "value", "unit_of_measure", "indicator_id"),
    "+ manner": ("comparator", "value", "unit_of_measure", "timing", "commitment"),
    "+ scope": ("comparator", "value", "unit_of_measure", "scope_zh"),
    "direction": ("comparator",),
    "direction + indicator": ("comparator", "indicator_id"),
    "direction + manner": ("comparator", "timing", "commitment"),
    "non_targets": ("value_text", "reason"),
}


def table(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def item_of(row: Row) -> str:
    return row["goal_id"] or row["measure_id"]


def known_without(document: str, plans: dict[str, Row]) -> Dictionary:
    """What the other documents call their indicators."""
    targets = [row for row in table("targets") if plans[item_of(row).split(".")[0]]["document_id"] != document]
    used = {row["indicator_id"] for row in targets}
    return Dictionary(targets, [row for row in table("indicators") if row["indicator_id"] in used])


def printed(folder: Path) -> Iterator[tuple[str, Row, str, Item]]:
    """Each item of the texts: its id, its plan, the theme of its domain, the item."""
    plans = {(row["document_id"], row["population"]): row for row in table("plans")}
    documents = {row["sha256"]: row["document_id"] for row in table("documents")}
    themes = {row["domain_id"]: row["theme"] for row in table("domains")}
    rows = {}
    for row in (*table("goals"), *table("measures")):
        rows[row["plan_id"], row["kind"], row["number"], row["text_sha256"]] = row
    for path in sorted(folder.iterdir()):
        text = path.read_text(encoding="utf-8")
        for plan in segment(text):
            row = plans[documents[fingerprint(text)], plan.population]
            for item in plan.items:
                own = rows[row["plan_id"], item.kind, item.number, item.sha256]
                yield own.get("goal_id") or own["measure_id"], row, themes.get(own["domain_id"], ""), item


def drafts(folder: Path) -> Iterator[tuple[str, str, Drafted]]:
    """The document and the id of each item, and what is drafted from it by what the other documents know."""
    plans = {row["plan_id"]: row for row in table("plans")}
    known: dict[str, Dictionary] = {}
    for item_id, plan, theme, item in printed(folder):
        document = plan["document_id"]
        if document not in known:
            known[document] = known_without(document, plans)
        population = item_id.split(".")[1].split("-")[0] if plan["population"] == "both" else plan["population"]
        context = Context(int(plan["end_year"]), known[document], population, theme)
        yield document, item_id, drafted(item, context)


def counted(rows: list[Row], columns: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(normalise(row[name]) for name in columns) for row in rows)


def parted(level: str, targets: list[Row], rejected: list[Row]) -> list[Row]:
    """The rows of an item that a level compares."""
    if level == "non_targets":
        return rejected
    return [row for row in targets if bool(row["value"]) != level.startswith("direction")]


def score(folder: Path, errors: bool = False) -> dict[str, dict[str, list[int]]]:
    """For each document and level how many rows are right, drafted and coded; errors prints each item that differs."""
    coded: dict[str, tuple[list[Row], list[Row]]] = {}
    for number, name in enumerate(("targets", "non_targets")):
        for row in table(name):
            coded.setdefault(item_of(row), ([], []))[number].append(row)
    scores: dict[str, dict[str, list[int]]] = {}
    for document, item_id, draft in drafts(folder):
        own = coded.get(item_id, ([], []))
        for level, columns in LEVELS.items():
            drawn = counted(parted(level, draft.targets, draft.non_targets), columns)
            right = counted(parted(level, *own), columns)
            tally = scores.setdefault(document, {}).setdefault(level, [0, 0, 0])
            for at, count in enumerate((drawn & right, drawn, right)):
                tally[at] += count.total()
            if errors and drawn != right:
                print(f"{level}: {item_id}: drafted {dict(drawn - right)}; coded {dict(right - drawn)}")
    return scores


def f1(tally: list[int]) -> float:
    held, drawn, right = tally
    return 2 * held / (drawn + right) if drawn + right else 1.0


def main() -> None:
    started = time.process_time()
    scores = score(Path(os.environ["PLANDATA_SOURCES"]), "--errors" in sys.argv)
    took = time.process_time() - started
    whole = {level: [sum(levels[level][at] for levels in scores.values()) for at in range(3)] for level in LEVELS}
    for document, levels in {**scores, "all": whole}.items():
        told = (f"{level} {f1(tally):.3f} ({'/'.join(map(str, tally))})" for level, tally in levels.items())
        print(document, " · ".join(told))
    print(f"{took:.2f} s")


if __name__ == "__main__":
    main()

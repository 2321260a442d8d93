"""How well plans are drafted: each document by what the other ones know, its rows compared with the curated ones.

    PLANDATA_SOURCES=FOLDER python benchmarks/draft_score.py [--record docs/data/draft.json] [--errors]

Rows are compared with the text of their item, not with its id: (population and theme), the text of goals and of
measures, the body and role on an item, comparator with value and unit on an item. With --errors each difference is
printed.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import rendered

from plandata.package.folder import Folder
from plandata.package.reader import ROW
from plandata.schema import home
from plandata.tables import Row, Tables
from plandata.texts.draft import draft
from plandata.texts.published import Source, found, sources_in

# What is compared, and its Chinese, in the order in which it is told.
LEVELS = {
    "domains (population and theme)": "领域（人群与主题）",
    "goals": "目标条目",
    "measures": "措施条目",
    "assignments (body and role)": "责任分工（单位与角色）",
    "numeric targets (comparator, value, unit)": "量化指标（比较、数值、单位）",
    "the same with basis": "同上并含计算基础",
    "the same with indicator": "同上并含所属指标",
    "targets without number (comparator)": "非量化指标（比较）",
    "the same with indicator, without number": "非量化指标（比较与所属指标）",
    "numbers that are no targets (phrase and reason)": "非指标数字（文字与原因）",
}
MAKERS = {
    "txt": rendered.as_txt,
    "html": rendered.as_html,
    "docx": rendered.as_docx,
    "pdf": rendered.as_pdf,
    "ofd": rendered.as_ofd,
}
Counts = dict[str, Counter[Hashable]]


def known_without(package: Folder, place: str) -> Tables:
    """What is known without one place: its rows are gone from all tables, and the indicators that only it has."""
    frames = dict(package.tables)
    plans = frames["plans"].filter(pl.col("place_id") == place)["plan_id"].to_list()
    for name in ("places", "documents", "plans", "units"):
        frames[name] = frames[name].filter(pl.col("place_id") != place)
    item = pl.coalesce("goal_id", "measure_id").str.split(".").list.first()
    for name in ("targets", "assignments", "non_targets"):
        frames[name] = frames[name].filter(~item.is_in(plans))
    for name in ("domains", "goals", "measures"):
        frames[name] = frames[name].filter(~pl.col("plan_id").is_in(plans))
    used = frames["targets"]["indicator_id"].unique().implode()
    frames["indicators"] = frames["indicators"].filter(pl.col("indicator_id").is_in(used))
    counted = {name: frame.drop(ROW).with_row_index(ROW) for name, frame in frames.items()}
    return Tables(counted, package.schemas, package.root)


def compared(rows: Mapping[str, Sequence[Row]], themes: Mapping[str, str]) -> Counts:
    """What of some tables is compared, by the text of the items."""
    items = {row["goal_id"]: row for row in rows["goals"]} | {row["measure_id"]: row for row in rows["measures"]}
    text = {row_id: (themes.get(row["domain_id"], ""), row["text_sha256"]) for row_id, row in items.items()}
    names = {row["unit_id"]: row["name_zh"] for row in rows["units"]}

    def on(row: Row) -> tuple[str, str]:
        return text.get(row["goal_id"] or row["measure_id"], ("", ""))

    def told(targets: list[Row], *columns: str) -> Counter[Hashable]:
        return Counter((on(row), *(row[column] for column in columns)) for row in targets)

    numeric = [row for row in rows["targets"] if row["value"]]
    others = [row for row in rows["targets"] if not row["value"]]
    figures = ("comparator", "value", "unit_of_measure")
    found = (
        Counter((row["population"], row["theme"]) for row in rows["domains"]),
        Counter(text[row["goal_id"]] for row in rows["goals"]),
        Counter(text[row["measure_id"]] for row in rows["measures"]),
        Counter((on(row), names.get(row["unit_id"], ""), row["role"]) for row in rows["assignments"]),
        told(numeric, *figures),
        told(numeric, *figures, "basis"),
        told(numeric, *figures, "indicator_id"),
        told(others, "comparator"),
        told(others, "comparator", "indicator_id"),
        Counter((on(row), row["value_text"], row["reason"]) for row in rows["non_targets"]),
    )
    return dict(zip(LEVELS, found, strict=True))


def curated(t: Tables, document: str) -> Counts:
    """What of the curated rows of a document is compared."""
    plans = {row["plan_id"] for row in t.rows("plans") if row["document_id"] == document}
    place = next(row["place_id"] for row in t.rows("documents") if row["document_id"] == document)
    rows = {name: [row for row in t.rows(name) if row["plan_id"] in plans] for name in ("domains", "goals", "measures")}
    for name in ("targets", "assignments", "non_targets"):
        rows[name] = [row for row in t.rows(name) if row["plan_id"] in plans]
    rows["units"] = [row for row in t.rows("units") if row["place_id"] == place]
    return compared(rows, {row["domain_id"]: row["theme"] for row in rows["domains"]})


def drafted(tables: Mapping[str, Sequence[Row]]) -> Counts:
    return compared(tables, {row["domain_id"]: row["theme"] for row in tables["domains"]})


def f1(right: int, drawn: int, coded: int) -> float:
    return 2 * right / (drawn + coded) if drawn + coded else 1.0


def same_in_all_formats(source: Source, known: Tables, slug: str) -> list[str]:
    """The formats in which the text of a source gives other rows than as plain text."""
    lines = [line.text for line in source.document.lines if line.text.strip()]
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        for ending, maker in MAKERS.items():
            path = Path(folder) / f"plan.{ending}"
            path.write_bytes(maker(lines))
            tables = dict(draft([path], known, slug).tables)
            made[ending] = json.dumps(
                {name: rows for name, rows in tables.items() if name != "documents"}, sort_keys=True
            )
    return [ending for ending, rows in made.items() if rows != made["txt"]]


class Scored(NamedTuple):
    """The draft of a document: what is right, drafted and coded at each level, the seconds it took, what it was of."""

    document: str
    tallies: dict[str, list[int]]
    seconds: float
    source: Source
    known: Tables
    place: str


def scores(package: Folder, folder: Path, errors: bool = False) -> Iterator[Scored]:
    """Drafts each document of which a folder holds the text; with errors each difference is printed."""
    t = Tables.of(package)
    sources, _ = sources_in(folder)
    ids = {row["document_id"]: row["sha256"] for row in t.rows("documents")}
    for document, source in sorted(found(sources, ids, {}).items()):
        place = next(row["place_id"] for row in t.rows("documents") if row["document_id"] == document)
        known = known_without(package, place)
        started = time.perf_counter()
        made = draft([source.path], known, place)
        took = time.perf_counter() - started
        drawn, coded = drafted(made.tables), curated(t, document)
        tallies = {}
        for level in LEVELS:
            tallies[level] = [count.total() for count in (drawn[level] & coded[level], drawn[level], coded[level])]
            if errors:
                for sign, left in (("+", drawn[level] - coded[level]), ("-", coded[level] - drawn[level])):
                    for row in sorted(map(str, left.elements())):
                        print(f"{document} {level} {sign} {row}")
        yield Scored(document, tallies, took, source, known, place)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--record", type=Path, help="write the table to this file")
    options.add_argument("--errors", action="store_true", help="print every row that differs")
    chosen = options.parse_args()
    package = Folder(home())
    told = list(scores(package, Path(os.environ["PLANDATA_SOURCES"]), chosen.errors))
    if not told:
        sys.exit("PLANDATA_SOURCES holds none of the documents")
    whole = {level: [sum(one.tallies[level][i] for one in told) for i in range(3)] for level in LEVELS}
    for level in LEVELS:
        own = " ".join(f"{one.document.split('-')[0]} {f1(*one.tallies[level]):.3f}" for one in told)
        print(f"{f1(*whole[level]):.3f} {level}: {own}")
    print("seconds", " ".join(f"{one.seconds:.1f}" for one in told))
    formats = {one.document: same_in_all_formats(one.source, one.known, one.place) for one in told}
    for document, other in formats.items():
        print(
            f"{document}: {'other rows as ' + ', '.join(other) if other else 'the same rows in ' + ', '.join(MAKERS)}"
        )
    if chosen.record:
        kept = {
            "version": package.descriptor["version"],
            "documents": [one.document for one in told],
            "levels": {
                level: {"zh": LEVELS[level], "all": whole[level], "each": [one.tallies[level] for one in told]}
                for level in LEVELS
            },
            "formats": formats,
        }
        chosen.record.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

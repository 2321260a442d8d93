"""What drafts propose: of some invented plans every row, every doubt and every block, of all others how many.

What the edition knows takes part, so that a change of its rows may change a proposal: `make fmt` keeps the new one,
for whoever reads the difference.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import rendered
from judged import NOTICE, PLAN
from layouts import Layout, printed
from syrupy.assertion import SnapshotAssertion
from unseen import SHEETS
from wordings import wordings

from plandata.package.folder import SCORES, Folder
from plandata.schema import home
from plandata.tables import Tables
from plandata.texts.draft import draft
from plandata.texts.draft.model import Draft

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from draft_score import scores

KNOWN = Tables.of(Folder(home()))
TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))
SHOWN = (
    "a notice with numbered paragraphs, and two annexes",
    "a table of indicators with heads of two rows",
    "key figures among the goals",
    "sentences of the bodies at the end of each item",
)
WHOLE = "made-up-women-2021.health."
DOMAIN = ["云汀县妇女发展规划（2021—2025年）", "一、发展领域", "（一）妇女与健康", "主要目标"]


def drafted(folder: Path, lines: Sequence[rendered.Paragraph]) -> Draft:
    path = folder / "plan.docx"
    path.write_bytes(rendered.as_docx(lines))
    return draft([path], KNOWN, "made-up")


def told(made: Draft) -> list[str]:
    """Rows, doubts and blocks, a line each; cells without a value and fingerprints are left out."""
    return [*rows(made), *doubts(made), *blocks(made)]


def rows(made: Draft) -> Iterator[str]:
    for table, own in made.tables.items():
        for row in own:
            cells = (f"{name}={value}" for name, value in row.items() if value and "sha256" not in name)
            yield " ".join([table, *cells])


def doubts(made: Draft) -> Iterator[str]:
    yield from (f"? {doubt.row} {doubt.column}: {doubt.value} ({doubt.why})" for doubt in made.doubts)


def blocks(made: Draft) -> Iterator[str]:
    yield from (f"{block.place}: {block.role or '-'} {block.row} ({len(block.text)})" for block in made.blocks)


def counted(made: Draft) -> dict[str, dict[str, int]]:
    return {
        "rows": {table: len(own) for table, own in made.tables.items() if own},
        "doubts": dict(sorted(Counter(f"{doubt.table}.{doubt.column}" for doubt in made.doubts).items())),
        "blocks": dict(sorted(Counter(block.role for block in made.blocks).items())),
        "values": dict(sorted(Counter(row["comparator"] for row in made.tables["targets"]).items())),
    }


@pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])
def test_drafts_of_plain_texts(snapshot: SnapshotAssertion, path: Path) -> None:
    assert told(draft([path], KNOWN)) == snapshot


def test_a_draft_of_a_plan_with_its_notice(snapshot: SnapshotAssertion, tmp_path: Path) -> None:
    assert told(drafted(tmp_path, [*NOTICE, *printed(PLAN, Layout())])) == snapshot


@pytest.mark.parametrize("name", SHOWN)
def test_drafts_of_unseen_layouts(snapshot: SnapshotAssertion, tmp_path: Path, name: str) -> None:
    assert told(drafted(tmp_path, SHEETS[name]().lines)) == snapshot


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in SHEETS if name not in SHOWN])
def test_how_many_there_are_in_other_layouts(snapshot: SnapshotAssertion, tmp_path: Path, name: str) -> None:
    assert counted(drafted(tmp_path, SHEETS[name]().lines)) == snapshot


def test_targets_of_all_wordings(snapshot: SnapshotAssertion, tmp_path: Path) -> None:
    made = drafted(tmp_path, [*DOMAIN, *(f"{n}.{one.text}" for n, one in enumerate(wordings(), 1))])
    targets = ([*row.values()] for row in made.tables["targets"])
    others = ([*row.values()] for row in made.tables["non_targets"])
    assert [" ".join(filter(None, cells)).replace(WHOLE, "") for cells in (*targets, *others)] == snapshot


@pytest.mark.skipif("PLANDATA_SOURCES" not in os.environ, reason="PLANDATA_SOURCES names no folder of texts")
def test_drafts_of_the_documents_are_as_good_as_is_told() -> None:
    """Where this fails, `make draft-score` tells how good they are now, and records it for the quality page."""
    recorded = json.loads((home() / SCORES).read_text(encoding="utf-8"))
    found = {one.document: one.tallies for one in scores(Folder(home()), Path(os.environ["PLANDATA_SOURCES"]))}
    assert list(found) == recorded["documents"]
    for level, kept in recorded["levels"].items():
        assert [tallies[level] for tallies in found.values()] == kept["each"], level


def test_a_heading_that_tells_no_theme_leaves_it_to_the_items_below_it(tmp_path: Path) -> None:
    health = "孕产妇死亡率控制在9/10万以下，婴儿死亡率控制在3‰以下，新生儿死亡率控制在2‰以下。"
    education = "学前教育毛入园率达到95%以上，九年义务教育巩固率达到97%以上，高中阶段教育毛入学率达到95%以上。"
    headings = ["（一）明天更好", "主要目标", f"1.{health}", "（二）天天向上", "主要目标", f"1.{education}"]
    made = drafted(tmp_path, [*DOMAIN[:2], *headings])
    themes = {domain["title_zh"]: domain["theme"] for domain in made.tables["domains"]}
    assert themes == {"明天更好": "health", "天天向上": "education"}

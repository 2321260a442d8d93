"""The documentation names what exists, and its generated pages are up to date."""

import json
import re
from pathlib import Path

import pytest

import plandata
from plandata.cli.monitor import monitor
from plandata.package.folder import MISTAKES, Folder
from plandata.rules import RULES
from plandata.schema import edition
from plandata.site.edition import Edition
from plandata.site.pages.texts import COMPUTED, computed
from plandata.text import LANGS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
MARKED = re.compile(r"<!--=\w+-->([0-9]*)<!--/-->")
PAGES = sorted([*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
ROW_ID = re.compile(r"`([a-z]+(?:-[a-z]+)*-(?:women|children|both)-[0-9]{4}[a-z0-9.-]*)`")


def all_ids() -> set[str]:
    """The ids of all rows, and those that were retired."""
    package = plandata.open(ROOT)
    return set(package.tables["retired_ids"]["old_id"]) | {
        row_id
        for name, table in edition().tables.items()
        if len(table.primary_key) == 1
        for row_id in package.tables[name][table.primary_key[0]]
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_row_that_a_page_names_exists(path: Path) -> None:
    named = set(ROW_ID.findall(path.read_text(encoding="utf-8")))
    assert named <= all_ids()


def test_the_codebook_names_rows() -> None:
    for lang in LANGS:
        assert len(ROW_ID.findall((ROOT / f"docs/codebook.{lang}.md").read_text(encoding="utf-8"))) > 20


def test_the_first_page_counts_the_rules() -> None:
    assert re.findall(r"checked by (\d+) rules", (ROOT / "README.md").read_text(encoding="utf-8")) == [str(len(RULES))]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_codes_has_every_code(lang: str) -> None:
    written = (ROOT / f"docs/codes.{lang}.md").read_text(encoding="utf-8")
    for name, codes in edition().codes.items():
        assert f"## {name}\n" in written
        for code in codes:
            assert f"| `{code}` |" in written


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_on_the_year_of_an_office_names_every_command_of_it(lang: str) -> None:
    written = (ROOT / f"docs/monitor.{lang}.md").read_text(encoding="utf-8")
    commands = [command.callback.__name__ for command in monitor.registered_commands if command.callback]
    assert commands
    for name in commands:
        assert f"`plandata monitor {name}` |" in written


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("CHANGELOG.md", r"of ([\d,]+), with each.*?finds ([\d.]+) %, with `verify` ([\d.]+) %"),
        ("docs/changelog.zh.md", r"([\d,]+) 处错误中，`validate` 单独查出 ([\d.]+)%，加上 `verify` 共查出 ([\d.]+)%"),
    ],
)
def test_the_release_notes_tell_the_share_of_mistakes_that_are_found(name: str, told: str) -> None:
    figures = json.loads((ROOT / MISTAKES).read_text(encoding="utf-8"))
    shares = [f"{100 * figures[by][0]:.1f}" for by in ("by_validate", "by_either")]
    found = re.search(told, (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert found.groups() == (f"{figures['made']:,}", *shares)


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_marked_numbers_are_those_of_the_tables(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert computed(text, Edition(Folder(ROOT))) == MARKED.sub(r"\1", text)
    if name.startswith("method-assessment"):
        assert set(COMPUTED.findall(text)) >= {"midterm_evaluation", "final_evaluation", "early_warning"}


def test_a_marked_number_is_computed_anew() -> None:
    shown = Edition(Folder(ROOT))
    assert computed("<!--=plans-->0<!--/--> of them", shown) == f"{len(shown.plans)} of them"

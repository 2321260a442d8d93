"""The page of errata: what it tells is what the record of changes holds, in each language its own."""

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from conftest import Bench
from site_pages import LANGS, ROOT

from plandata.package.folder import Folder
from plandata.package.published import Published, read_edition
from plandata.read import changes as kinds
from plandata.read.changes import Changes, kept_as, kept_changes
from plandata.read.diff import difference
from plandata.site.edition import Edition
from plandata.site.page import with_kept
from plandata.site.pages.errata import errata, rewording

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]

CHANGED = re.compile(r"<li>(.*?)<br><del>(.*?)</del> → <ins>(.*?)</ins></li>", re.DOTALL)
LIMIT = 100_000


def shown(html: str) -> str:
    return unescape(re.sub("<[^>]*>", "", html)).strip()


@pytest.fixture(scope="module")
def made() -> Changes:
    return kept_changes(ROOT)[0]


@pytest.fixture(scope="module")
def record(made: Changes) -> str:
    return "errata-{}-to-{}".format(*made.edition(kinds.VERSION))


@pytest.mark.parametrize("lang", LANGS)
def test_every_corrected_cell_is_on_the_page_with_its_row(site: Path, made: Changes, lang: str) -> None:
    html = (site / LANGS[lang] / "errata/index.html").read_text(encoding="utf-8")
    cells = made.cells(wording=False)
    listed = CHANGED.findall(html)
    assert len(listed) == cells.height > 0
    rows = [" ".join(shown(part) for part in re.findall("<code>(.*?)</code>", head)) for head, _, _ in listed]
    assert rows == [row_id.replace("/", " ") for row_id in cells["row_id"]]
    say = Edition(Folder(ROOT)).say(lang)
    for (_, old, new), cell in zip(listed, cells.to_dicts(), strict=True):
        if cell["column"] == "comparator":
            assert (shown(old), shown(new)) == tuple(say.label("comparator", cell[side]) for side in ("old", "new"))


@pytest.mark.parametrize("lang", LANGS)
def test_each_page_has_the_rewording_of_its_language(site: Path, made: Changes, record: str, lang: str) -> None:
    html = (site / LANGS[lang] / record / "index.html").read_text(encoding="utf-8")
    wording = [cell for cell in made.cells(wording=True).to_dicts() if cell["column"].endswith(f"_{lang}")]
    values = [(shown(old), shown(new)) for _, old, new in CHANGED.findall(html)]
    empty = {"en": "empty", "zh": "空"}[lang]
    assert len(values) == len(wording) > 0
    squeezed = [tuple(" ".join(value.split()) for value in pair) for pair in values]
    assert squeezed == [(cell["old"] or empty, cell["new"] or empty) for cell in wording]


@pytest.mark.parametrize("lang", LANGS)
def test_pages_of_errata_are_small_and_lead_to_rows_and_to_the_record(
    site: Path, made: Changes, record: str, lang: str
) -> None:
    for name in ("errata", record):
        content = (site / LANGS[lang] / name / "index.html").read_bytes()
        assert len(gzip.compress(content)) < LIMIT
        assert b'<a href="../plans/' in content
        kept = kept_as(*made.edition(kinds.VERSION)).removeprefix("docs/")
        assert f'{kept}" download'.encode() in content
        assert (site / kept).read_bytes() == (ROOT / "docs" / kept).read_bytes()


@pytest.mark.parametrize("lang", LANGS)
def test_withdrawn_ids_stand_with_what_replaces_them_and_why(site: Path, made: Changes, lang: str) -> None:
    html = (site / LANGS[lang] / "errata/index.html").read_text(encoding="utf-8")
    rows = {row["old_id"]: row for row in Edition(Folder(ROOT)).tables.rows("retired_ids")}
    gone = made.of(kinds.ID_REMOVED).to_dicts()
    assert gone
    for row in gone:
        (entry,) = re.findall(f'<li id="{re.escape(row["row_id"])}">(.*?)</li>', html, re.DOTALL)
        assert row["new"] in entry
        assert rows[row["row_id"]][f"reason_{lang}"] in unescape(entry)


def test_the_page_says_where_the_tables_are_newer_than_the_record(bench: Bench) -> None:
    def stale(since: Changes) -> bool:
        path = bench.root / kept_as("0.1.0", "0.2.0")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(since.csv, encoding="utf-8")
        (page,) = errata.pages(Edition(Folder(bench.root)), "en")
        return "The tables were changed after this list was made" in page.text

    made = recorded(bench)
    assert not stale(made)
    bench.patch("goals", 0, label_en="Another")
    bench.settle()
    assert stale(made)


def recorded(bench: Bench) -> Changes:
    """The changes from an edition 0.1.0 that only bears another version."""
    new = read_edition(bench.root)
    old = Published({**new.descriptor, "version": "0.1.0"}, new.files)
    return kinds.changes(difference(old, new))


def test_a_package_without_records_says_so(bench: Bench) -> None:
    edition = Edition(Folder(bench.root))
    (page,) = errata.pages(edition, "en")
    assert "No changes since an earlier edition are recorded." in with_kept(page.text)
    assert list(rewording.pages(edition, "zh")) == []

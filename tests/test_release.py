"""A release: what keeps a package from being released, what its notes tell, its site read from disk."""

import os
import re
import sys
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from site_pages import ROOT

from plandata import __version__
from plandata.files import PackageError
from plandata.package.folder import Folder
from plandata.read.changes import VERSION, kept_as, kept_changes
from plandata.text import LANGS, Text

sys.path.insert(0, str(ROOT / "tools"))
import release

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]

HREF = re.compile(r'<(?:a|link)\b[^>]*?\shref="([^"]*)"')
LOG = f"# Changelog\n\n## {__version__} (2026-11-24)\n\nNew.\n\n## 0.1.0 (2026-11-22)\n\nFirst.\n"
LOGS = Text(LOG, LOG.replace(" (", "（").replace(")", "）"))


def test_a_package_is_ready_or_told_what_is_missing() -> None:
    package = Folder(ROOT)
    kept = release.changelogs()
    assert not [reason for reason in release.unready(package, kept, "") if "older than the tables" not in reason]
    said = list(release.unready(package, Text(LOGS.en.replace(__version__, "9.0.0"), LOGS.zh), " M data/goals.csv"))
    assert said[:2] == [
        "the tree is not clean; commit first",
        f"CHANGELOG.md has no section {__version__} with its day",
    ]
    assert "docs/changelog.zh.md has no section" in next(release.unready(package, Text(LOGS.en, ""), ""))


def test_each_release_after_the_first_needs_the_changes_since_the_last() -> None:
    package = Folder(ROOT)
    silent = [reason for reason in release.unready(package, LOGS, "") if "older than the tables" not in reason]
    assert [reason.split(" ")[0] for reason in silent] == [release.CHANGELOGS[lang] for lang in LANGS]
    assert all("does not tell of the data what docs/data/changes-0.1.0-to-" in reason for reason in silent)
    other = Text(LOGS.en.replace("## 0.1.0", "## 0.1.5"), LOGS.zh)
    assert next(release.unready(package, other, "")).startswith(f"{kept_as('0.1.5', __version__)} is missing")
    first = Text(LOG[: LOG.index("## 0.1.0")], LOGS.zh)
    assert list(release.unready(package, first, "")) == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_changelog_tells_of_the_data_what_the_kept_changes_have(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = next(made for made in kept_changes(ROOT) if made.edition(VERSION)[1] == __version__)
    whole = release.changelogs()
    assert release.with_data(lang, made) == whole[lang]
    emptied = Text(*(release.DATA.sub("old words\n", whole[lang]) for lang in LANGS))
    monkeypatch.setattr(release, "changelogs", lambda: emptied)
    assert "old words" in emptied[lang]
    assert release.with_data(lang, made) == whole[lang]
    monkeypatch.setattr(release, "changelogs", lambda: LOGS)
    with pytest.raises(PackageError, match=f"section {__version__} needs two lines"):
        release.with_data(lang, made)


def test_every_check_runs_and_each_failure_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ends = {"good": "0", "bad": "1", "worse": "2"}
    commands = {name: (sys.executable, "-c", f"raise SystemExit({code})") for name, code in ends.items()}
    monkeypatch.setattr(release, "CHECKED", commands)
    monkeypatch.setattr(release, "unready", lambda *told: iter(["a reason"]))
    monkeypatch.delenv("PLANDATA_SOURCES", raising=False)
    assert release.main(["check"]) == 1
    out = capsys.readouterr().out
    assert re.findall("^not ready: (.*)$", out, re.MULTILINE) == ["bad", "worse", "a reason"]
    assert "== good" in out


@pytest.mark.parametrize("lang", LANGS)
def test_the_notes_tell_rows_quality_changes_and_checksums(lang: str) -> None:
    package = Folder(ROOT)
    notes = release.notes(package, "0" * 64 + "  a.zip\n", lang)
    for name, frame in package.tables.items():
        assert f"| `{name}` | {frame.height:,} |" in notes
    assert "0" * 64 in notes
    since = next(made for made in kept_changes(ROOT) if made.edition(VERSION)[1] == __version__)
    assert f"{since.cells(wording=False).height:,}" in notes
    assert "5,086" in notes
    heads = re.findall("^## (.*)", notes, re.MULTILINE)
    assert heads == [release.HEADS[name][lang] for name in release.HEADS]
    if lang == "zh":
        assert not re.search("[a-z]{3,} [a-z]{3,} [a-z]{2,}", re.sub("`[^`]*`", "", notes))


def test_the_site_of_a_release_can_be_read_from_disk(site: Path) -> None:
    content = release.site_archive(Folder(ROOT), site)
    assert content == release.site_archive(Folder(ROOT), site)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert len({entry.date_time for entry in archive.infolist()}) == 1
        pages = [name for name in names if name.endswith(".html") and not name.endswith("404.html")]
        broken = {link for name in pages for link in dead(name, archive.read(name).decode("utf-8"), {*names})}
    assert broken == set()


def dead(name: str, html: str, names: set[str]) -> Iterator[str]:
    """The links of a page that lead to no file."""
    for link in map(unescape, HREF.findall(html)):
        path = link.split("#")[0].split("?")[0]
        if path and not re.match("[a-z]+:", path):
            target = os.path.normpath(os.path.join(os.path.dirname(name), path))  # noqa: PTH118, PTH120
            if target not in names:
                yield f"{name}: {link}"


def test_wrong_usage_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["publish"]) == 2
    assert "tools/release.py build" in capsys.readouterr().out
    assert release.main(["changes", "no-such-commit"]) == 2
    assert capsys.readouterr().err.startswith("release: ")

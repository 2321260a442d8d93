"""plandata monitor collect: what is read of whatever offices send, and what is refused with the cell and a reason."""

import csv
import html
import io
import zipfile
from pathlib import Path

import pytest
from messy import FILES, Messy

from plandata.assess import assess
from plandata.files import write_folder
from plandata.monitor.collect import collect
from plandata.monitor.returns import Collected, Results
from plandata.monitor.sheets import Reader
from plandata.package.folder import Folder
from plandata.schema import home

PLACE, YEAR = "weining", 2023
SECRETS = ("13800000000", "13900000000", "6220000", "199001011234", "某甲", "某乙", "某丙", "某丁", "〔姓名〕")
Row = dict[str, str]


@pytest.fixture(scope="module")
def reader():  # noqa: ANN201
    with Reader() as reader:
        yield reader


@pytest.fixture(scope="module")
def package() -> Folder:
    return Folder(home())


@pytest.fixture
def collected(reader: Reader, package: Folder, tmp_path: Path):  # noqa: ANN201
    """Collects files by name and content, and gives what was found and the folder that was written."""

    def run(**files: bytes) -> tuple[Collected, Path]:
        folder = tmp_path / "in"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        found = collect(package, [folder], PLACE, YEAR, reader)
        write_folder(Results(found, reader, "zh"), tmp_path / "out")
        return found, tmp_path / "out"

    return run


def rows(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def values(out: Path) -> dict[tuple[str, str, str, str, str, int], str]:
    """The values by key, the highest revision of each."""
    listed = sorted(rows(out / "observations.csv"), key=lambda row: int(row["revision"] or 0))
    parts = ("indicator_id", "scope", "sex", "age_group", "area")
    return {(*(row[part] for part in parts), int(row["year"])): row["value"] for row in listed}  # type: ignore[misc]


def everything(content: bytes) -> str:
    """The text of a file, or of all parts of a workbook."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(html.unescape(book.read(name).decode()) for name in book.namelist())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_messy_files_are_read_as_they_are_meant(file: Messy, collected, package: Folder) -> None:  # noqa: ANN001
    _, out = collected(**{file.name: file.content()})
    told = {row["cell"]: row for row in rows(out / "returns.csv") if row["cell"]}
    refused = {cell: row["why_zh"] for cell, row in told.items() if row["what"] == "refused"}
    assert values(out) == dict(file.taken)
    assert refused.keys() == file.refused.keys()
    assert [cell for cell, words in file.refused.items() if words not in refused[cell]] == []
    assert {cell: told[cell]["what"] for cell in file.what} == dict(file.what)
    if file.taken:
        assert assess(package, out / "observations.csv").report.findings == []


def test_every_file_at_once_gives_the_same_bytes_twice_and_no_person(
    collected, reader: Reader, package: Folder, tmp_path: Path  # noqa: ANN001
) -> None:
    files = {file.name: file.content() for file in FILES}
    found, out = collected(**files)
    write_folder(Results(collect(package, [tmp_path / "in"], PLACE, YEAR, reader), reader, "zh"), tmp_path / "again")
    written = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    again = tmp_path / "again"
    assert written == {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert {path.name for path in (out / "annotated").iterdir()} < files.keys()
    for content in written.values():
        assert not [secret for secret in SECRETS if secret in everything(content)]
    assert all((tmp_path / "in" / name).read_bytes() == content for name, content in files.items())
    assert not found.clean

"""plandata monitor collect: what is read of whatever offices send, and what is refused with the cell and a reason."""

import csv
import html
import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from messy import FILES, HEAD, RETENTION, Messy, separated
from refused_files import GOOD, REFUSED, bomb, claiming

from plandata.assess import assess
from plandata.assess.model import load_targets
from plandata.files import PackageError, write_folder
from plandata.monitor.collect import collect
from plandata.monitor.forms import forms
from plandata.monitor.returns import Collected, Results
from plandata.monitor.sheets import Reader
from plandata.package.folder import Folder
from plandata.schema import home
from plandata.tables import Tables

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


def test_what_cannot_be_read_costs_one_line_each_and_the_rest_goes_on(collected, tmp_path: Path) -> None:  # noqa: ANN001
    _, out = collected(**{name: content for name, (content, _) in REFUSED.items()}, **{"好.xlsx": GOOD})
    told = {Path(row["file"]).name: row for row in rows(out / "returns.csv") if row["file"] and not row["cell"]}
    assert {name for name, row in told.items() if row["what"] == "refused"} == REFUSED.keys()
    assert [name for name, (_, words) in REFUSED.items() if words not in told[name]["why_zh"]] == []
    assert list(values(out).values()) == ["97"]


def test_a_bomb_is_not_unpacked_and_a_claim_of_cells_is_not_believed(collected) -> None:  # noqa: ANN001
    _, out = collected(**{"炸弹.xlsx": bomb(), "虚报.xlsx": claiming()})
    told = {Path(row["file"]).name: row["why_zh"] for row in rows(out / "returns.csv") if not row["cell"]}
    assert "200 MiB" in told["炸弹.xlsx"]
    assert list(values(out).values()) == ["97"]


def test_links_pipes_loops_and_lock_files_are_told_and_not_opened(
    reader: Reader, package: Folder, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(GOOD)
    (folder / "~$a.xlsx").write_bytes(b"x")
    (folder / ".~lock.a.xlsx#").write_bytes(b"x")
    (folder / "b.xlsx").symlink_to(folder / "a.xlsx")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "c.xlsx")
    found = collect(package, [folder, Path("/dev/null")], PLACE, YEAR, reader)
    assert {file.path.name: file.line.what for file in found.files} == {
        "a.xlsx": "read",
        "~$a.xlsx": "skipped",
        ".~lock.a.xlsx#": "skipped",
        "b.xlsx": "refused",
        "c.xlsx": "refused",
        "null": "refused",
    }
    with pytest.raises(PackageError, match="nowhere"):
        collect(package, [tmp_path / "nowhere"], PLACE, YEAR, reader)


def test_a_reading_process_that_dies_is_started_anew(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(GOOD)
    first = reader.grids(tmp_path / "a.xlsx")
    assert reader.process is not None
    reader.process.kill()
    reader.process.wait()
    assert reader.grids(tmp_path / "a.xlsx") == first


def test_control_characters_reach_no_output(collected) -> None:  # noqa: ANN001
    row = [RETENTION, "%", "2023", "97\x07", "年\x1b[31m报\u202e", "\x00"]
    found, out = collected(**{"控制.csv": separated([HEAD, row], "utf-8")})
    assert rows(out / "observations.csv")[0]["source"] == "年[31m报"
    text = (out / "returns.csv").read_text(encoding="utf-8") + "".join(found.summary("zh"))
    assert not set("\x07\x1b\u202e\x00") & set(text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_filled_forms_come_back_as_they_were_filled(
    lang: str, reader: Reader, package: Folder, tmp_path: Path
) -> None:
    filled = write_forms(package, tmp_path / "in", lang)
    found = collect(package, [tmp_path / "in"], PLACE, YEAR, reader)
    write_folder(Results(found, reader, lang), tmp_path / "out")
    written = rows(tmp_path / "out" / "observations.csv")
    assert len(written) > 150
    assert {tuple(row[name] for name in ("indicator_id", "scope", "sex", "area", "value")) for row in written} == filled
    assert not found.missing
    assert {row.what for row in found.rows} == {"taken"}


def test_filled_forms_come_back_from_libreoffice(reader: Reader, package: Folder, tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice (soffice)")
    filled = write_forms(package, tmp_path / "in", "zh", only="health")
    home_of_office = f"-env:UserInstallation=file://{tmp_path}/office"
    for form in ("ods", "xls"):
        command = ["soffice", home_of_office, "--headless", "--convert-to", form, "--outdir", tmp_path / form]
        subprocess.run([*command, *(tmp_path / "in").iterdir()], check=True, capture_output=True, timeout=120)
        found = collect(package, [tmp_path / form], PLACE, YEAR, reader)
        kept = {(line.indicator, *line.values[2:4], line.values[5], line.values[7]) for line in found.rows if line.kept}
        assert kept == filled


def write_forms(package: Folder, folder: Path, lang: str, only: str = "") -> set[tuple[str, ...]]:
    """Writes the forms of the year, every yellow cell of the first sheets filled, and tells what was filled in."""
    folder.mkdir()
    filled = set()
    observations = package.schemas.observations
    targets = load_targets(Tables.of(package))
    scopes = {text[lang]: text.zh for target in targets for text in (target.scope, target.benchmark)}
    parts = {code.label[lang]: code.code for name in ("sex", "area") for code in package.schemas.codes[name].values()}
    for name, content in forms(package, PLACE, YEAR, lang=lang).items():
        if only not in name:
            continue
        book = openpyxl.load_workbook(io.BytesIO(content))
        for sheet in book.worksheets:
            heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
            at = {field.name: heads.get(field.title[lang]) for field in observations.fields}
            if not at["value"] or at["age_group"]:
                continue
            for row in sheet.iter_rows(min_row=4):
                told = {name: row[place - 1].value or "" for name, place in at.items() if place}
                if told["indicator_id"] and told["place_id"] == PLACE:
                    value = f"{len(filled) % 9 + 1}.{len(filled) % 7 + 1}"
                    row[at["value"] - 1].value = float(value)
                    row[at["source"] - 1].value = "年报"
                    key = (scopes[told["scope"]], parts.get(told.get("sex", ""), ""), parts.get(told.get("area", ""), ""))
                    filled.add((told["indicator_id"], *key, value))
        book.save(folder / name)
    return filled

"""The Python interface, and the wheel and sdist: what they ship, and that it works in a fresh folder."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import polars as pl
import pytest
from damaged import change, copy_package

import plandata
from plandata.schema import edition, home

pytestmark = pytest.mark.slow

BY_HAND = ("fmt", "verify", "draft", "adopt", "diff")

ROOT = Path(__file__).parents[1]
TABLES = list(edition().tables)


@pytest.fixture(scope="module")
def shipped() -> plandata.Package:
    return plandata.open(home())


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_typed_frame(shipped: plandata.Package, name: str) -> None:
    kinds = {"integer": pl.Int64, "number": pl.Float64, "date": pl.Date, "boolean": pl.Boolean, "string": pl.String}
    table = edition().tables[name]
    assert dict(shipped[name].schema) == {field.name: kinds[field.type] for field in table.fields}
    assert shipped[name].height == (home() / "data" / f"{name}.csv").read_bytes().count(b"\n") - 1
    for field in table.fields:
        typed = shipped[name][field.name].null_count()
        assert typed == shipped.tables[name][field.name].null_count(), f"a cast lost cells of {field.name}"


def test_open_takes_a_folder_a_descriptor_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_package(tmp_path)
    assert plandata.open(root).root == plandata.open(str(root / "datapackage.json")).root == root
    monkeypatch.chdir(tmp_path)
    assert plandata.open().root == home()
    monkeypatch.chdir(root)
    assert plandata.open().root == root


def test_validate_gives_a_report(tmp_path: Path) -> None:
    root = copy_package(tmp_path)
    report = plandata.open(root).validate()
    assert (report.valid, report.findings, list(report.rows)) == (True, [], list(TABLES))
    change(root, "data/places.csv", lambda content: content.replace(b"\n", b"\r\n"))
    report = plandata.open(root).validate()
    assert (report.valid, report.counts) == (False, {"line_ends_are_lf": 1})


def test_unknown_and_unreadable_tables(tmp_path: Path) -> None:
    root = copy_package(tmp_path)
    (root / "data/units.csv").unlink()
    package = plandata.open(root)
    with pytest.raises(KeyError, match="places, documents"):
        package["towns"]
    with pytest.raises(plandata.PackageError, match=r"data/units\.csv: cannot be read"):
        package["units"]
    with pytest.raises(plandata.PackageError, match="not found"):
        plandata.open(tmp_path)
    with pytest.raises(AttributeError, match="has no attribute 'shut'"):
        plandata.shut  # noqa: B018 - the access is the test


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the sdist, built as `pip` would, without a network."""
    pytest.importorskip("hatchling", reason="hatchling builds the wheel and is not installed")
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def test_the_wheel_ships_data_schemas_and_descriptor(built: tuple[Path, Path]) -> None:
    names = set(zipfile.ZipFile(built[0]).namelist())
    edition = "plandata/edition"
    assert {f"{edition}/data/{name}.csv" for name in TABLES} <= names
    assert {f"{edition}/schemas/{path.name}" for path in (ROOT / "schemas").iterdir()} <= names
    lists = ROOT / "src/plandata/rules/lists"
    assert {f"plandata/rules/lists/{path.name}" for path in lists.iterdir()} <= names
    assert {f"{edition}/datapackage.json", f"{edition}/package.yaml", "plandata/py.typed"} <= names
    assert any(name.endswith("licenses/LICENSE-DATA") for name in names)
    assert not [
        name for name in names if name.startswith(("tests/", "data/")) or (name.endswith(".txt") and "texts" in name)
    ]


def test_the_sdist_ships_what_a_build_and_the_tests_need(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[1]) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {
        "pyproject.toml",
        "datapackage.json",
        "data/targets.csv",
        "schemas/codes.yaml",
        "src/plandata/cli/check.py",
    } <= names
    assert {"tests/test_package.py", "docs/data/ids.txt", "tests/texts/table.txt"} <= names
    assert not [name for name in names if name.startswith((".venv", ".git/", "site/")) or "__pycache__" in name]


INSTALLED = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import plandata
assert plandata.open().root.name == "edition", plandata.open().root
"""


def installed(built: tuple[Path, Path], folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs code in a fresh folder where plandata is that of the wheel."""
    with zipfile.ZipFile(built[0]) as wheel:
        wheel.extractall(folder / "site")
    (folder / "fresh").mkdir()
    program = [sys.executable, "-c", INSTALLED + code, str(folder / "site"), *arguments]
    return subprocess.run(
        program, cwd=folder / "fresh", capture_output=True, timeout=120, check=False, encoding="utf-8"
    )


def test_an_installed_wheel_validates_in_a_fresh_folder(built: tuple[Path, Path], tmp_path: Path) -> None:
    code = "from plandata.cli import run; run()"
    result = installed(built, tmp_path, code, "validate", "--lang", "en")
    assert (result.returncode, result.stderr) == (0, "")
    assert "edition: valid. " in result.stdout
    assert list((tmp_path / "fresh").iterdir()) == []


def test_the_examples_of_the_commands_run_from_an_installed_wheel(built: tuple[Path, Path], tmp_path: Path) -> None:
    """All but those that need a package under work (fmt), a document (draft, adopt), another edition (diff), texts."""
    from test_cli import example_of, registered

    examples = [example_of(command) for command in registered() if command not in BY_HAND]
    code = (
        "from plandata import cli\n"
        "from typer.testing import CliRunner\n"
        f"for example in {examples!r}:\n"
        "    result = CliRunner().invoke(cli.app, example)\n"
        "    if result.exit_code: print(example, result.output, result.exception)\n"
    )
    result = installed(built, tmp_path, code)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr

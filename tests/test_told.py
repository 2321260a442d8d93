"""What commands print of the small package, whole: each against what was read and found good.

What is worded anew on purpose is read, and kept with `make looks`.
"""

import shutil
from pathlib import Path

import observed
import pytest
from conftest import Bench
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner

from plandata.cli import app
from plandata.package.folder import Folder

ITEM = "weining-women-2021.health.g01"
CITATION = """cff-version: 1.2.0
message: Please cite this.
type: dataset
title: A small package
authors:
  - name: the authors of the small package
version: 0.2.0
date-released: 2026-01-02
license: CC-BY-4.0
"""
# What is asked of the package PACKAGE, of CHANGED and BROKEN, and of the observations EARLIER and LATER.
ASKED = {
    "show an item": f"show {ITEM} --package PACKAGE --lang en",
    "show a target in Chinese": f"show {ITEM}.t1 --package PACKAGE --lang zh",
    "show an indicator": "show maternal-mortality --package PACKAGE --lang en",
    "show a place": "show weining --package PACKAGE --lang en",
    "show a record": f"show {ITEM} --json --package PACKAGE",
    "search": "search 健康 --package PACKAGE --lang en --limit 5",
    "search in a table": "search 卫生健康局 --in units --package PACKAGE --lang zh --format csv",
    "search for a code": "search maternal --package PACKAGE --format json",
    "compare": "compare maternal-mortality --package PACKAGE --lang en",
    "compare in Chinese": "compare under5-mortality --package PACKAGE --lang zh",
    "compare as a table": "compare under5-mortality --package PACKAGE --format csv",
    "cite": "cite --package PACKAGE --style apa",
    "cite a row": f"cite {ITEM}.t1 --package PACKAGE --style gb7714",
    "assess": "assess LATER --package PACKAGE --lang en",
    "assess in Chinese": "assess LATER --package PACKAGE --lang zh --decimals 2 --publish",
    "assess as a table": "assess LATER --package PACKAGE --format csv",
    "assess for machines": "assess LATER --package PACKAGE --format json --as-of 2022",
    "diff": "diff PACKAGE CHANGED --lang en",
    "diff in Chinese": "diff PACKAGE CHANGED --lang zh --format md",
    "diff as a table": "diff PACKAGE CHANGED --format csv",
    "changes": "monitor changes EARLIER LATER --place weining --package PACKAGE --lang en",
    "changes as a table": "monitor changes EARLIER LATER --place weining --package PACKAGE --format csv --lang zh",
    "validate": "validate BROKEN --lang en",
    "validate in Chinese": "validate BROKEN --lang zh",
    "validate for machines": "validate BROKEN --format json --lang en",
    "validate for code hosts": "validate BROKEN --format sarif --lang en",
    "explain": "explain value_stands_in_value_text --lang en",
    "explain in Chinese": "explain cell_has_its_type --lang zh",
    "a package that is none": "validate PACKAGE/data --lang en",
    "an id that is none": "show nothing --package PACKAGE --lang en",
    "an indicator that is none": "compare maternal --package PACKAGE --lang en",
}


@pytest.fixture(scope="module")
def folder(small_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("told")
    root = Path(shutil.copytree(small_package, made / "PACKAGE"))
    targets = observed.one_each(Folder(root))
    for name, step in (("EARLIER", 1), ("LATER", 2)):
        years = (2020, 2021, 2022, 2023)[: step + 2]
        rows = [observed.row(target, year, 9 + n * step) for target in targets for n, year in enumerate(years)]
        observed.write(made / name, rows[step:])
    (root / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    changed, broken = (Bench(Path(shutil.copytree(root, made / name))) for name in ("CHANGED", "BROKEN"))
    changed.patch("targets", 0, value="8", value_text="8/10万以下")
    changed.patch("goals", 2, label_en="Health knowledge of women")
    broken.patch("targets", 0, value="7.5x", comparator="less")
    broken.patch("units", 0, name_zh="=SUM(A1)", kind="")
    return made


@pytest.mark.parametrize("name", ASKED)
def test_what_is_printed(snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, folder: Path, name: str) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "100")
    done = CliRunner().invoke(app, ASKED[name].split())
    assert done.exit_code in (0, 1, 2)
    assert {"exit": done.exit_code, "printed": done.stdout.splitlines(), "said": done.stderr.splitlines()} == snapshot

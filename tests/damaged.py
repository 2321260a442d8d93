"""Copies of the shipped package that tests may damage, and what validation says of them."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result
from typer.testing import CliRunner

from plandata.schema import home

# The command line as a program, and one that dies as by kill -9 at the move of a file that is counted down to.
PROGRAM = "from plandata.cli import run; run()"
KILLED = """
import os, signal, sys
left, move = int(sys.argv.pop(1)), os.{move}
def counted(source, target):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    move(source, target)
os.{move} = counted
from plandata.cli import run
run()
"""


def started(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    """A process of its own that runs some code."""
    program = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def copy_package(folder: Path) -> Path:
    """A copy of the shipped package in a new folder."""
    root = folder / "package"
    root.mkdir()
    shutil.copytree(home() / "data", root / "data")
    for name in ("datapackage.json", "package.yaml", "CITATION.cff"):
        if (home() / name).exists():
            shutil.copy(home() / name, root / name)
    return root


def change(root: Path, path: str, damage: Callable[[bytes], bytes]) -> None:
    """Rewrites a file and brings its size and hash in the descriptor up to date."""
    file = root / path
    content = damage(file.read_bytes())
    file.write_bytes(content)

    def stated(descriptor: Any) -> None:
        for resource in descriptor["resources"]:
            if resource["path"] == path:
                resource["bytes"], resource["hash"] = len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"

    change_descriptor(root, stated)


def change_descriptor(root: Path, damage: Callable[[Any], object]) -> None:
    path = root / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    damage(descriptor)
    path.write_text(json.dumps(descriptor), encoding="utf-8")


def put(root: Path, table: str, column: str, row: int, cell: str) -> None:
    """Writes a cell, raw as it is given, into a row (from 0) of a table, which has one line a row so far."""

    def damage(content: bytes) -> bytes:
        lines = content.decode("utf-8").split("\n")
        place = lines[0].split(",").index(column)
        cells = next(csv.reader([lines[row + 1]]))
        lines[row + 1] = ",".join(cell if i == place else quoted(old) for i, old in enumerate(cells))
        return "\n".join(lines).encode("utf-8")

    change(root, f"data/{table}.csv", damage)


def quoted(cell: str) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([cell, ""])
    return text.getvalue()[:-1]


def plandata(*arguments: object) -> Result:
    """Runs a command in this process. Fails where anything but an exit came out of it."""
    from plandata.cli import app

    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


def found(root: Path) -> list[tuple[str, str, int, str]]:
    """What `plandata validate` finds, each as rule, path, line and column; its exit code is checked too."""
    result = plandata("validate", root, "--format", "json", "--lang", "en")
    report = json.loads(result.stdout)
    assert result.exit_code == (1 if report["findings"] else 0)
    return [(f["rule"], f["path"], f["line"], f["column"]) for f in report["findings"]]


def contents(root: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its content, to prove that a command left it as it was."""
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in root.rglob("*")}

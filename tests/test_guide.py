"""The guide's code runs and prints what the guide says it prints."""

import contextlib
import io
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import plandata
from plandata.cli import app, read
from plandata.export.sqlite import database

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GUIDES = ("guide.en.md", "guide.zh.md")
assert read.cite  # the commands are registered by importing their module


def blocks(name: str) -> list[tuple[str, str]]:
    """The blocks of a guide as (language, content)."""
    return BLOCK.findall((ROOT / "docs" / name).read_text(encoding="utf-8"))


def printed(code: str, space: dict[str, object]) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(code, "guide", "exec"), space)  # the code of our own page
    return output.getvalue()


def answered(query: str) -> str:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database(plandata.open(ROOT)))
    return "".join("|".join(map(str, row)) + "\n" for row in connection.execute(query))


def outcomes(name: str) -> Iterator[tuple[str, str]]:
    """What each block gives, and what stands below it."""
    found, space = blocks(name), dict[str, object]()
    for i, (kind, content) in enumerate(found):
        below = found[i + 1][1] if i + 1 < len(found) else ""
        if kind == "python":
            yield printed(content, space), below
        elif kind == "sql":
            yield answered(content), below
        elif kind == "console":
            line, _, shown = content.partition("\n")
            yield CliRunner().invoke(app, line.removeprefix("$ plandata ").split()).stdout, shown


@pytest.mark.parametrize("name", GUIDES)
def test_the_guide_prints_what_it_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    compared = list(outcomes(name))
    assert len(compared) == 7
    for got, told in compared:
        assert got == told


def test_both_guides_have_the_same_blocks() -> None:
    kinds = [[kind for kind, _ in blocks(name)] for name in GUIDES]
    assert kinds[0] == kinds[1]
    assert kinds[0].count("python") == 5

"""What the guide's code prints, compared with what stands below it; `python tests/guide.py` writes it anew.

Only this checkout's own pages are run; `plandata fmt` never executes what a package contains.
"""

import contextlib
import io
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from typer.testing import CliRunner

import plandata
from plandata.cli import app
from plandata.export.sqlite import database

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GUIDES = ("guide.en.md", "guide.zh.md")
# The language of a block whose code is run, and which group of the block its output is.
RUN = ("python", "sql", "console")


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


def outcomes(name: str) -> Iterator[tuple[int, str, str]]:
    """For each block that is run the block of its output (counted from 0), what stands there, and what should."""
    listed, space = blocks(name), dict[str, object]()
    for i, (kind, content) in enumerate(listed):
        below = listed[i + 1][1] if i + 1 < len(listed) else ""
        if kind == "python":
            yield i + 1, below, printed(content, space)
        elif kind == "sql":
            yield i + 1, below, answered(content)
        elif kind == "console":
            command, _, _ = content.partition("\n")
            result = CliRunner().invoke(app, command.removeprefix("$ plandata ").split())
            yield i, content, f"{command}\n{result.stdout}"


def renewed(name: str) -> str:
    """A guide with the output of all its blocks as it is now."""
    right = {place: output for place, _, output in outcomes(name)}
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    places = iter(range(len(blocks(name))))

    def block(found: re.Match[str]) -> str:
        place = next(places)
        return f"```{found[1]}\n{right.get(place, found[2])}```"

    return BLOCK.sub(block, text)


def main() -> None:
    os.chdir(ROOT)
    for name in GUIDES:
        path, text = ROOT / "docs" / name, renewed(name)
        if text != path.read_text(encoding="utf-8"):
            path.write_text(text, encoding="utf-8")
            print(f"rewritten: docs/{name}")


if __name__ == "__main__":
    main()

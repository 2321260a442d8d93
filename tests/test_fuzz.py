"""Whatever stands in the files of a package, a command ends with its exit code and, where it cannot run, one line.

    python tests/test_fuzz.py 10

runs for ten minutes with seeds of the clock, tells each kind of failure once, and how to see it again.
"""

import copy
import csv
import io
import json
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from damaged import change
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packages import write_package
from typer.testing import CliRunner

from plandata import cli
from plandata.cli import check, read
from plandata.cli.assess import Form as Assessed
from plandata.schema import Schemas, edition, home
from plandata.text import CONTROLS, fingerprint
from plandata.texts.agreement import SETS

pytestmark = pytest.mark.slow

TEXTS = Path(__file__).parent / "texts"
OBSERVATIONS = "examples/observations.csv"
GONE, TWICE = object(), object()
VALUES: list[object] = [
    *(
        GONE,
        TWICE,
        None,
        True,
        0,
        -1,
        7,
        1.5,
        10**30,
        float("inf"),
        [],
        {},
        [None],
        ["x"],
        [5],
        [[]],
        {"a": "b"},
        {"a": 1},
    ),
    *(
        "",
        " ",
        "x",
        "(",
        "[a-",
        "a{1000}{1000}",
        "(?<=a)b",
        "(?x) #",
        "a)|(b",
        "{0}",
        "{nothing}",
        "{year!r}",
        "2026-02-30",
    ),
    *("../x", "/etc/hosts", "\x1b[31m", "‮", "规划", "=1+1", "data/places.csv", "places", "value", "x" * 3000),
]
CELLS = [
    *(
        "",
        " ",
        "x",
        "0",
        "-1",
        "1e400",
        "1e5",
        "9" * 40,
        "0.0",
        "NaN",
        "inf",
        "１２",
        "2020",
        "99999",
        "2025-02-30",
        "true",
    ),
    *(
        '"',
        '"a',
        'a"b',
        '"a,b"',
        '"a\nb"',
        "a,b",
        "\x1b[31m",
        "\x07",
        "\x9b",
        "‮",
        " ",
        "\ufeff",
        "\0",
        "\r",
        "=1",
        "@x",
    ),
    *(
        "规",
        "ⅷ",
        "/",
        "..",
        "t1",
        ".t1",
        "{x}",
        "%s",
        "percent",
        "women",
        "lead",
        "goal",
        "weining",
        "x" * 3000,
        "\U0010ffff",
    ),
]
ODD_IDS = [
    "",
    " ",
    "x",
    "\x1b[31m",
    "\x1b]8;;http://x\x07",
    "‮",
    "%s{0}",
    "规",
    "../x",
    "\0",
    "x" * 3000,
    "\ud800",
    "[red]",
]
INDICATORS = ("under5-mortality", "training", "死亡率", "s", "talks")
IDS = (
    *("weining", "weining-women-2021", "weining-women-2021.health", "weining-women-2021.health.g02", "weining-2021"),
    *(
        "weining-women-2021.health.g02.t1",
        "xuyou-both-2021.women-health.g01.t1",
        "under5-mortality",
        "weining-2021.a02",
    ),
    *("weining.members", "weining-women-2021.health.m01"),
)
PLACES = ("xuyou", "xuyou", "xuyou", "", "x", "../x", "\x1b[31m", "‮")
# What an office got back and keeps from year to year, beside the package.
RETURNS, REGISTER = "returns", "kept/register.csv"
EXPORTS = ("croissant", "csvw", "excel-csv", "parquet", "sqlite", "xlsx", "zip")


class World(NamedTuple):
    """A package that fuzzing starts from, whose files are never changed, and a folder for changed copies."""

    package: Path
    work: Path


def made_world(folder: Path) -> World:
    """The small package with every file that a package may hold, and what an office keeps beside it; the text of one of
    its documents is known.
    """
    root = write_package(folder / "package", Schemas(edition().folder))
    for name in ("CITATION.cff", "LICENSE-DATA"):
        shutil.copy(home() / name, root / name)
    for path in ("docs/data", "examples"):
        (root / path).mkdir(parents=True)
    documents = (root / "data/documents.csv").read_text(encoding="utf-8")
    known = fingerprint((TEXTS / "damaged.txt").read_text(encoding="utf-8"))
    (root / "data/documents.csv").write_text(re.sub("[0-9a-f]{64}", known, documents, count=1), encoding="utf-8")
    done = CliRunner().invoke(cli.app, ["fmt", str(root), "--sources", str(TEXTS)])
    assert done.exit_code == 0, done.output
    keep_a_year(root)
    keep_codings(root)
    return World(root, folder / "work")


def keep_codings(root: Path) -> None:
    """Adds two codings that agree with the tables, and a decision."""
    (root / "coding").mkdir()
    (root / "coding/adjudication.csv").write_text("item_id,what\nx,target\n", encoding="utf-8")
    for name, column in SETS.items():
        rows = list(csv.DictReader((root / f"data/{name}.csv").open(encoding="utf-8")))
        # What serves a goal is the measure; what names a group may be a goal.
        items = (row["measure_id"] if column == "goal_id" else row.get("goal_id") or row["measure_id"] for row in rows)
        lines = "".join(f"{item},{row[column]}\n" for item, row in zip(items, rows, strict=True))
        for coder in ("first", "second"):
            (root / f"coding/{coder}_{name}.csv").write_text(f"item_id,{column}\n{lines}", encoding="utf-8")


def keep_a_year(root: Path) -> None:
    """Adds the workbooks of a year, a table that came back instead of one, and the register of the notices."""
    at = ("--package", str(root), "--place", "xuyou", "--out")
    name = next(csv.DictReader((root / "data/indicators.csv").open(encoding="utf-8")))["name_zh"]
    for words in (
        ["forms", *at, str(root / RETURNS), "--year", "2022"],
        ["notices", str(root / OBSERVATIONS), *at, str(root.parent / "notices")],
    ):
        done = CliRunner().invoke(cli.app, ["monitor", *words])
        assert done.exit_code == 0, done.output
    (root / RETURNS / "returned.csv").write_text(f"指标,2022年数值,来源\n{name},12.5,年报\n", encoding="utf-8")
    (root / REGISTER).parent.mkdir()
    shutil.copy(root.parent / "notices" / "register.csv", root / REGISTER)


def files_of(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


# Changes of a parsed tree


def places(tree: object, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a tree, from the root."""
    yield at
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inside:
        yield from places(value, (*at, key))


def replaced(tree: Any, at: Sequence[Any], value: object) -> Any:
    """A tree with another value in a place."""
    if not at:
        return None if value in (GONE, TWICE) else value
    changed = copy.deepcopy(tree)
    around = changed
    for key in at[:-1]:
        around = around[key]
    if value is GONE:
        del around[at[-1]]
    elif value is TWICE and isinstance(around, list):
        around.append(around[at[-1]])
    else:
        around[at[-1]] = "x" if value is TWICE else value
    return changed


def change_tree(draw: Callable[[Sequence[Any]], Any], path: Path) -> str:
    """Replaces a value in the tree of a JSON or YAML file, the outer ones as often as the many inner ones."""
    text = path.read_text(encoding="utf-8")
    tree = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    every = list(places(tree))
    depth = draw(sorted({len(at) for at in every}))
    at, value = draw([at for at in every if len(at) == depth]), draw(VALUES)
    changed = replaced(tree, at, value)
    written = json.dumps(changed) if path.suffix == ".json" else yaml.safe_dump(changed, sort_keys=False)
    path.write_text(written, encoding="utf-8")
    return f"{at} = {'gone' if value is GONE else 'twice' if value is TWICE else repr(value)[:60]}"


def change_cells(draw: Callable[[Sequence[Any]], Any], path: Path) -> str:
    """Replaces a cell, a row or all rows of a CSV file; raw, or as a CSV writer quotes it."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    row, column = draw(range(len(rows))), draw(range(len(rows[0])))
    kind, cell = draw(["cell", "cell", "cell", "raw", "double", "none", "drop", "column"]), draw(CELLS)
    if kind in ("cell", "raw"):
        rows[row][column] = cell
    elif kind == "column":
        rows[1:] = [[*cells[:column], cell, *cells[column + 1 :]] for cells in rows[1:]]
    elif kind != "none":
        rows[row : row + 1] = [rows[row]] * 2 * (kind == "double")
    lines = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\n").writerows(rows[:1] if kind == "none" else rows)
    text = "".join(f"{','.join(cells)}\n" for cells in rows) if kind == "raw" else lines.getvalue()
    path.write_text(text, encoding="utf-8", newline="", errors="surrogatepass")
    return f"{kind}, row {row}, column {column}: {cell[:40]!r}"


def change_bytes(draw: Callable[[Sequence[Any]], Any], path: Path) -> str:
    """Flips, cuts, inserts or doubles bytes."""
    content = path.read_bytes()
    kind, at, length = (
        draw(["flip", "cut", "end", "insert", "double"]),
        draw(range(len(content) + 1)),
        draw([1, 2, 9, 400]),
    )
    part = content[at : at + length]
    put = {
        "flip": bytes(byte ^ draw([1, 2, 16, 128, 255]) for byte in part[:1]) + part[1:],
        "cut": b"",
        "end": b"",
        "insert": draw(
            [
                b"\0",
                b"\xff",
                b"\xef\xbb\xbf",
                b"\n",
                b"\r\n",
                b'"',
                b",",
                b"[",
                b"{",
                b"&a ",
                b"*a",
                b"!!x ",
                b": ",
                b"\t",
            ]
        )
        + part,
        "double": part * 2,
    }[kind]
    path.write_bytes(content[:at] + put + (b"" if kind == "end" else content[at + length :]))
    return f"{kind} {length} bytes at {at}"


# Commands


def commands(root: Path, out: Path) -> dict[str, Callable[[Callable[[Sequence[Any]], Any]], list[object]]]:
    """The arguments of every command, as drawn."""
    package = ("--package", root)
    langs = ["en", "zh"]
    return {
        "validate": lambda draw: [
            *(root, "--format", draw(list(check.Form)).value, "--lang", draw(langs)),
            *draw([(), (), ("--sources", TEXTS)]),
        ],
        "fmt": lambda draw: [root, *draw([(), ("--check",), ("--sources", TEXTS)])],
        "verify": lambda draw: [root, "--sources", TEXTS],
        "explain": lambda draw: ["--lang", draw(langs), *draw([(), ("key_is_unique",), ("rule_can_run",)])],
        "search": lambda draw: [
            *(*package, "--lang", draw(langs), "--format", draw(list(read.ListForm)).value),
            *draw([(), ("--in", "units"), ("--place", "weining"), ("--limit", "0")]),
            *("--", draw([*IDS, *INDICATORS, *ODD_IDS])),
        ],
        "show": lambda draw: [
            *(*package, "--lang", draw(langs), *draw([(), (), ("--json",), ("--sources", TEXTS)])),
            *("--", draw([*IDS, *IDS, *ODD_IDS])),
        ],
        "compare": lambda draw: [
            *(*package, "--lang", draw(langs), "--format", draw(["text", "text", "csv", "json", "svg"])),
            *("--", draw([*INDICATORS, *INDICATORS, *INDICATORS, *ODD_IDS])),
        ],
        "cite": lambda draw: [
            *package,
            "--style",
            draw(list(read.Style)).value,
            "--",
            *draw([(), *((i,) for i in IDS)]),
        ],
        "assess": lambda draw: [
            *(root / OBSERVATIONS, *package, "--lang", draw(langs), "--format", draw(list(Assessed)).value),
            *draw([(), ("--as-of", "2025"), ("--as-of", "2022")]),
        ],
        "diff": lambda draw: [
            *draw([(root, home()), (home(), root), (root / "datapackage.json", root)]),
            *("--lang", draw(langs), "--format", draw(list(read.DiffForm)).value),
        ],
        "export": lambda draw: [*package, "--to", draw(EXPORTS), "--out", out],
        "paper": lambda draw: [root, "--out", out, "--lang", draw(langs)],
        "draft": lambda draw: [*package, draw(sorted(TEXTS.glob("*.txt"))), "--out", out, "--lang", draw(langs)],
        "adopt": lambda draw: [draw([root, root, TEXTS]), "--into", root],
        **{f"monitor {name}": arguments for name, arguments in of_an_office(root, out).items()},
    }


def of_an_office(root: Path, out: Path) -> dict[str, Callable[[Callable[[Sequence[Any]], Any]], list[object]]]:
    """The arguments of the commands for a year of monitoring."""
    observed = root / OBSERVATIONS

    def common(draw: Callable[[Sequence[Any]], Any], place: str = "") -> list[object]:
        return ["--package", root, "--lang", draw(["en", "zh"]), "--place", place or draw(PLACES)]

    def published(draw: Callable[[Sequence[Any]], Any]) -> tuple[str, ...]:
        return draw([(), ("--publish",), ("--year", "2022"), ("--latest", "5")])

    return {
        "responsibilities": lambda draw: [*common(draw), "--out", out],
        "forms": lambda draw: [*common(draw), "--out", out, "--year", 2023, *draw([(), ("--last", observed)])],
        "collect": lambda draw: [
            *(draw([root / RETURNS, root / RETURNS / "returned.csv", observed]), *common(draw, "xuyou")),
            *("--out", out, "--year", 2022, *draw([(), ("--last", observed)])),
        ],
        "report": lambda draw: [
            *(observed, *common(draw, "xuyou"), "--out", out, *published(draw)),
            *draw([(), ("--stage", "midterm"), ("--stage", "final")]),
        ],
        "notices": lambda draw: [
            *(observed, *common(draw, "xuyou"), "--out", out),
            *draw([(), ("--register", root / REGISTER), ("--issued-on", "2024-05-10")]),
        ],
        "changes": lambda draw: [
            *(observed, observed, *common(draw), "--format", draw(["text", "json", "csv"])),
            *draw([(), ("--each-own-year",)]),
        ],
        "dashboard": lambda draw: [observed, *common(draw, "xuyou"), "--out", out, *published(draw)],
    }


# What no terminal gets: raw control characters. These forms are data, or a page with its own escapes.
RAW = ("csv", "html", "svg")


# What `show` says of a word that several rows fit: the rows, below one line.
LISTED = re.compile(r"\d+ rows fit |“.*”对应 \d+ 行")


def fault(arguments: Sequence[object]) -> str:
    """What is wrong with how a command ended, "" where nothing is."""
    result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
    error = result.exception
    if error is not None and not isinstance(error, SystemExit):
        own = [f for f in traceback.extract_tb(error.__traceback__) if "plandata" in f.filename][-1]
        return f"{type(error).__name__} in {Path(own.filename).name} {own.name}: {str(error)[:200]}"
    if result.exit_code not in (0, 1, 2):
        return f"exit code {result.exit_code}"
    if LISTED.match(result.stderr):
        return ""
    if result.exit_code == 2 and (result.stderr.count("\n") != 1 or not result.stderr.startswith("plandata: ")):
        return f"not one line: {result.stderr[:300]!r}"
    if re.search(r'rule_can_run("|:|,|</)', result.stdout) and arguments[0] != "explain":
        return "a rule could not run: " + re.findall(r"[^\n]*rule_can_run[^\n]*", result.stdout)[-1][:400]
    if "Traceback" in result.output or "plandata: unforeseen" in result.output:
        return f"a traceback: {result.output[-300:]!r}"
    shown = result.stderr + ("" if set(RAW) & set(map(str, arguments)) else result.stdout)
    return f"a control character: {CONTROLS.findall(shown)}" if CONTROLS.search(shown) else ""


def attack(world: World, draw: Callable[[Sequence[Any]], Any]) -> tuple[str, str]:
    """Changes one file of a copy of the package and runs a command on it: what was done, and what is wrong then."""
    shutil.rmtree(world.work, ignore_errors=True)
    root = Path(shutil.copytree(world.package, world.work / "package"))
    groups = {
        top: [f for f in files_of(root) if f.split("/")[0] == top] for top in {f.split("/")[0] for f in files_of(root)}
    }
    name = draw(groups[draw(sorted(groups))])
    path = root / name
    structured = {".csv": change_cells, ".json": change_tree, ".yaml": change_tree, ".cff": change_tree}
    done = draw([structured.get(path.suffix, change_bytes)] * 3 + [change_bytes])(draw, path)
    if draw([True, False]) and name.startswith("data/"):
        change(root, name, lambda content: content)
    every = commands(root, world.work / "out")
    command = draw(sorted(every))
    arguments = [*command.split(), *every[command](draw)]
    return f"{name}: {done}; {' '.join(map(str, arguments))}", fault(arguments)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return made_world(tmp_path_factory.mktemp("fuzz"))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_file_of_a_package_makes_a_command_fail(world: World, data: st.DataObject) -> None:
    done, wrong = attack(world, lambda choices: data.draw(st.sampled_from(choices)))
    assert not wrong, f"{done}\n{wrong}"


def test_every_command_is_attacked(world: World) -> None:
    groups = {f"{group.typer_instance.info.name} ": group.typer_instance for group in cli.app.registered_groups}
    known = {
        before + (command.name or command.callback.__name__)
        for before, app in {"": cli.app, **groups}.items()
        for command in (app.registered_commands if app else ())
        if command.callback
    }
    assert known == set(commands(world.package, world.work))


def main(minutes: float) -> int:
    """Attacks until the time is over. Prints each kind of failure once, with the seed that shows it again."""
    end, seen, count = time.monotonic() + 60 * minutes, set(), 0
    with tempfile.TemporaryDirectory() as folder:
        world = made_world(Path(folder))
        seed = int(time.time() * 1000)
        while time.monotonic() < end:
            seed, count = seed + 1, count + 1
            done, wrong = attack(world, random.Random(seed).choice)
            kind = re.sub(r"[0-9']+.*", "", wrong)[:120]
            if wrong and kind not in seen:
                seen.add(kind)
                print(f"seed {seed}: {done}\n    {wrong}", flush=True)
    print(f"{count:,} attacks, {len(seen)} kinds of failure")
    return bool(seen)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))

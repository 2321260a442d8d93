"""Changes the code of the package one place at a time and counts which changes the tests notice.

The mutants are made and tried by cosmic-ray, which changes any source as it stands; mutmut 3 changes functions only
and passes over the decorated ones, which all rules are. A mutant is one slip: a neighbouring comparison or operator,
a number one off, an inverted condition or boolean. Each module has the same weight, and in it each place. All happens
in copies of the checkout, one for each processor. Quick tests are tried: those that run the changed statement, of a
constant those that run what names it, which coverage.py tells, the shortest first, then the others of their files, the
files that are nearest by name, and those that run most of the module. What these do not notice counts as unnoticed,
and what they notice without any mutant too ends the run, so that the figure is too low rather than too high. Each
mutant has a process of its own, a fork of one that has loaded all but this package.

    python benchmarks/code_mutants.py --seed 2021 --draw 60 texts assess/method
"""

import argparse
import ast
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, NoReturn
from xml.etree import ElementTree

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_item import MutationSpec
from coverage import CoverageData

CHECKOUT = Path(__file__).parents[1]
SOURCE = Path("src", "plandata")
SEED, DRAW = 2021, 60
# A mutant that has not ended by then runs in a circle: seconds, more than all quick tests take on a busy machine.
PATIENCE = 1800
# What the tests load that takes long and is none of ours.
LOADED = (
    "_pytest.assertion.rewrite", "altair", "csvw", "docx", "frictionless", "hypothesis", "jinja2", "lxml.html",
    "markdown_it", "openpyxl", "pandas", "pandera.polars", "polars", "pypdfium2", "pypinyin", "pytest",
    "python_calamine", "reportlab.pdfgen.canvas", "rich.console", "syrupy", "typer", "vl_convert", "xlsxwriter", "yaml",
)  # fmt: skip
# So many files of tests that are about a module by their names are tried for each of its slips, and so many that run
# most of it.
NEAREST = WIDEST = 3
# So many characters are told of tests that are red without any mutant.
TOLD = 3000
# What the copy needs not, and how a file says that all of its tests are slow.
LEFT_OUT = (".git", ".venv", "__pycache__", ".*_cache", ".hypothesis")
SLOW = "\npytestmark = pytest.mark.slow\n"
SWAPPED = {
    "ReplaceComparisonOperator": ("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Eq_NotEq", "NotEq_Eq", "Is_IsNot",
                                  "IsNot_Is"),
    "ReplaceBinaryOperator": ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Div", "Mod_FloorDiv", "Pow_Mul",
                              "BitOr_BitAnd", "BitAnd_BitOr"),
    "ReplaceUnaryOperator": ("Delete_Not", "Delete_USub", "Delete_Invert"),
}  # fmt: skip
OPERATORS = (
    *(f"core/{name}_{pair}" for name, pairs in SWAPPED.items() for pair in pairs),
    *("core/ReplaceAndWithOr", "core/ReplaceOrWithAnd", "core/ReplaceTrueWithFalse", "core/ReplaceFalseWithTrue"),
    *("core/AddNot", "core/NumberReplacer"),
)


def sources(names: Sequence[str]) -> list[Path]:
    """The modules below src/plandata, the site's aside; with names those whose path begins with one."""
    paths = sorted(path.relative_to(CHECKOUT) for path in (CHECKOUT / SOURCE).rglob("*.py"))
    inside = {path: path.relative_to(SOURCE).as_posix() for path in paths}
    wanted = [path for path, name in inside.items() if not names or name.startswith(tuple(names))]
    return [path for path in wanted if not inside[path].startswith("site/")]


@cache
def text(path: Path) -> str:
    return (CHECKOUT / path).read_text(encoding="utf-8")


def slips(path: Path) -> Iterator[MutationSpec]:
    """Every slip that a module allows. Those are none that mypy holds (types, frozen classes), that only ever stop what
    is wrong already (zip's strict, fields by name), or that are no Python.
    """
    tree, told = get_ast(text(path)), annotations(path)
    for name in OPERATORS:
        operator = get_operator(name)()
        places = (place for node in ast_nodes(tree) for place in operator.mutation_positions(node))
        for occurrence, (start, end) in enumerate(places):
            if not any(first <= start < last for first, last in told):
                yield MutationSpec(path, name, occurrence, start, end)


def annotations(path: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where the types of a module stand, what it imports for them alone, whether its classes are frozen or take fields
    by name only, and where zip is told that lengths agree.
    """
    nodes = list(ast.walk(ast.parse(text(path))))
    told = [getattr(node, name, None) for node in nodes for name in ("annotation", "returns")]
    told += [node.test for node in nodes if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    told += [
        node for node in nodes if isinstance(node, ast.keyword) and node.arg in ("frozen", "kw_only", "slots", "strict")
    ]
    return [((n.lineno, n.col_offset), (n.end_lineno or 0, n.end_col_offset or 0)) for n in told if n is not None]


def draw(paths: Sequence[Path], count: int, chance: random.Random) -> list[MutationSpec]:
    """Slips of all modules in turn, no place twice; fewer than count where the modules allow no more."""
    by_place: dict[Path, list[list[MutationSpec]]] = {}
    for path in paths:
        places = defaultdict(list)
        for slip in slips(path):
            places[slip.start_pos].append(slip)
        by_place[path] = chance.sample(list(places.values()), len(places))
    drawn: list[MutationSpec] = []
    while any(by_place.values()) and len(drawn) < count:
        for path in chance.sample(list(paths), len(paths)):
            slip = chance.choice(by_place[path].pop()) if by_place[path] else None
            drawn += [slip] if slip and is_python(slip) else []
    return drawn[:count]


def changed(slip: MutationSpec) -> str:
    return str(mutate_code(text(slip.module_path), get_operator(slip.operator_name)(), slip.occurrence))


def is_python(slip: MutationSpec) -> bool:
    try:
        ast.parse(changed(slip))
    except SyntaxError:
        return False
    return True


def quick() -> list[Path]:
    tests = sorted(Path("tests").glob("test_*.py"))
    return [test for test in tests if SLOW not in test.read_text(encoding="utf-8")]


# Of a module that is named itself pytest takes every function for a test whose name begins with test.
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-o", "python_functions=test_*")


def covering(slips: Sequence[MutationSpec]) -> list[list[list[str]]]:
    """For each slip the tests to try: those that run what it is in or changes, those about its module and the shortest
    first, then others.

    Runs the quick tests in the present folder, under coverage and without any mutant.

    Raises:
        RuntimeError: where a test is red.

    """
    measured = ["-n", "auto", "--cov=plandata", "--cov-context=test", "--cov-report=", "--junitxml=times.xml"]
    modules = sorted({slip.module_path for slip in slips})
    command = [sys.executable, "-m", "pytest", *OPTIONS, *measured, *map(str, (*modules, *quick()))]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    if told.returncode:
        raise RuntimeError(f"tests are red without any mutant, mend them first\n{told.stdout[-TOLD:]}")
    data = CoverageData()
    data.read()
    runs = {path: data.contexts_by_lineno(str(path.resolve())) for path in modules}
    cases = ElementTree.parse("times.xml").iter("testcase")
    took = {f"{case.get('classname')}::{case.get('name')}": float(case.get("time", 0)) for case in cases}
    return [tests_for(slip, runs[slip.module_path], took) for slip in slips]


def tests_for(slip: MutationSpec, runs: dict[int, list[str]], took: dict[str, float]) -> list[list[str]]:
    """The tests for one slip, those that tell most in a list of their own.

    runs gives the contexts of each line of its module: the name of a test, and its phase. took gives the seconds of
    each test, by the name of its file as a module.
    """
    path = slip.module_path
    nearest = [str(path), *map(str, sorted(quick(), key=lambda test: nearness(test, path), reverse=True)[:NEAREST])]
    widest = Counter(file for ran in runs.values() for file in {run.partition("::")[0] for run in ran} - {""})
    nearest += [file for file, _ in widest.most_common(WIDEST) if file not in nearest]
    names = {run.rpartition("|")[0] for line in concerned(slip) for run in runs.get(line, ())} - {""}
    if names:
        near = {file: nearness(Path(file), path) for file in {name.partition("::")[0] for name in names}}
        files = sorted(near, key=lambda file: near[file], reverse=True)

        def cost(name: str) -> float:
            file, _, test = name.partition("::")
            return took.get(f"{file.removesuffix('.py').replace('/', '.')}::{test}", 1.0) - near[file][0]

        # The others may see what a fixture of theirs made, or what a function remembers of the first who asked.
        return [sorted(names, key=lambda name: (cost(name), name)), [*files, *nearest]]
    return [nearest]


def concerned(slip: MutationSpec) -> set[int]:
    """The lines that a slip is in or changes: those of the innermost statement around it, without the statements that
    it holds. What is read once, when the module is loaded, changes other lines too: the head of a function its body,
    a constant or a field the lines that name it.
    """
    row = slip.start_pos[0]
    tree = ast.parse(text(slip.module_path))
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    around = [node for node in statements if node.lineno <= row <= (node.end_lineno or 0)]
    if not around:
        return set()
    innermost = max(around, key=lambda node: (node.lineno, -(node.end_lineno or 0)))
    end = (innermost.end_lineno or 0) + 1
    if isinstance(innermost, ast.FunctionDef):
        return set(range(innermost.lineno, end))
    held = (node.lineno for node in ast.walk(innermost) if isinstance(node, ast.stmt))
    lines = set(range(innermost.lineno, min((line for line in held if line > innermost.lineno), default=end)))
    if any(isinstance(node, ast.FunctionDef) for node in around):
        return lines
    stored = (node for node in ast.walk(innermost) if isinstance(getattr(node, "ctx", None), ast.Store))
    named = {getattr(node, "id", None) for node in stored} - {None}
    uses = (node for node in ast.walk(tree) if getattr(node, "id", getattr(node, "attr", None)) in named)
    return lines | {node.lineno for node in uses if isinstance(node, ast.expr)}


def nearness(test: Path, path: Path) -> tuple[int, int]:
    """How far a file of tests is about a module: told by its name, then by what it imports."""
    parts = path.relative_to("src").with_suffix("").parts
    imports = (".".join(parts[:end]) in test.read_text(encoding="utf-8") for end in range(1, len(parts) + 1))
    return sum(part in test.stem for part in parts), sum(imports)


def shown(slip: MutationSpec) -> str:
    """A slip as one line: where, and the changed line before and after."""
    row = slip.start_pos[0] - 1
    before, after = (source.split("\n")[row].strip() for source in (text(slip.module_path), changed(slip)))
    return f"{slip.module_path}:{row + 1}: {before}  ->  {after}"


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("modules", nargs="*", help="how their path below src/plandata begins; without, all")
    ask.add_argument("--seed", type=int, default=SEED)
    ask.add_argument("--draw", type=int, default=DRAW)
    asked = ask.parse_args()
    drawn = draw(sources(asked.modules), asked.draw, random.Random(asked.seed))
    with tempfile.TemporaryDirectory(prefix="plandata-mutants-") as folder:
        settle(folder)
        print("the quick tests without any mutant first", file=sys.stderr, flush=True)
        tests = covering(drawn)
        with ProcessPoolExecutor(initializer=prepare, initargs=(folder,)) as pool:
            killed = len(drawn) - sum(pool.map(outlives, drawn, tests))
    # Not before: it loads the package, which each mutant must load anew.
    from mistakes import wilson

    low, high = wilson(killed / len(drawn), len(drawn))
    print(f"killed {killed} of {len(drawn)}: {killed / len(drawn):.0%} [{low:.0%} to {high:.0%}], seed {asked.seed}")
    return 0


def settle(folder: str) -> None:
    """Makes a copy of the checkout for this process, and enters it."""
    copy = Path(folder, str(os.getpid()))
    shutil.copytree(CHECKOUT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    os.chdir(copy)
    inside = [str(copy / "src"), str(copy / "tests")]
    sys.path[:0] = inside
    os.environ["PYTHONPATH"] = os.pathsep.join(inside)
    # Without them every command that a test runs compiles the package anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def prepare(folder: str) -> None:
    """A copy for this process, which loads what all tests load but this package."""
    settle(folder)
    for name in LOADED:
        import_module(name)
    if "plandata" in sys.modules:
        raise RuntimeError("the package is loaded already: no mutant of it would be seen")


def outlives(slip: MutationSpec, tests: Sequence[Sequence[str]]) -> bool:
    """Whether no one of some tests notices a slip; they are tried list by list."""
    source, survives = text(slip.module_path), True
    for some in tests:
        put(slip.module_path, changed(slip))
        red = red_tests(some)
        put(slip.module_path, source)
        if red is not None:
            # Where the tests could not even be read, none is named.
            if red_tests(red or some) is not None:
                raise RuntimeError(f"red without any mutant: {' '.join(red or some)[:TOLD]}")
            survives = False
            break
    print(f"{'survived' if survives else 'killed':<9} {shown(slip)}", flush=True)
    return survives


def put(path: Path, source: str) -> None:
    """Writes a module. One that was compiled of another source of the same size in the same second is taken for it."""
    path.write_text(source, encoding="utf-8")
    Path(cache_from_source(str(path))).unlink(missing_ok=True)


def red_tests(asked: Sequence[str]) -> list[str] | None:
    """The first of some tests that is red, in a list that is empty where none could be run; None where all are green.

    They are run in a fork of this process.
    """
    # Pytest reads a file of arguments, which may be more than a command holds.
    Path("tests.txt").write_text("\n".join(asked), encoding="utf-8")
    red = Path("red.txt")
    red.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        run(red, "@tests.txt")
    if exit_code(child) == 0:
        return None
    return red.read_text(encoding="utf-8").splitlines() if red.exists() else []


def run(red: Path, asked: str) -> NoReturn:
    """Runs tests in this process and ends it; the name of a red one is written to a file."""

    class Reds:
        """What pytest tells of each test."""

        def pytest_runtest_logreport(self, report: Any) -> None:
            if report.failed:
                red.write_text(report.nodeid, encoding="utf-8")

    os.setsid()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    code = 1
    try:
        code = import_module("pytest").main([*OPTIONS, asked], plugins=[Reds()])
    finally:
        os._exit(code)


def exit_code(child: int) -> int:
    """How a process ended, which is ended after PATIENCE, and what it started with it."""
    until = time.monotonic() + PATIENCE
    done, status = 0, 0
    while not done and time.monotonic() < until:
        time.sleep(0.02)
        done, status = os.waitpid(child, os.WNOHANG)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(status if done else os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main())

"""Changes the rules one place at a time and says which changes no test case notices.

A mutant is a rule module with one place changed: a comparison, a number, an and or an or, a member of a list, a word
of a pattern. It is put in the place of the module in this process and asked about the packages of rule_cases, so that
hundreds take a minute. A mutant that survives is a boundary without a case, or a change that changes nothing.

    python tests/mutants.py targets wording
"""

import ast
import inspect
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

import polars as pl
from conftest import Bench, Where, findings_by, where
from packages import write_package
from test_rules import BOUNDARIES, CHANGES, OBSERVED, findings_on

from plandata.finding import Rule
from plandata.package.folder import Folder
from plandata.rules import RULES

OBSERVATIONS = "observations"
MODULES = (
    *(
        "schemas",
        "cells",
        "keys",
        "items",
        "wording",
        "spelling",
        "official",
        "titles",
        "targets",
        "indicators",
        "units",
        "policy",
    ),
    *("sources", "exceptions", OBSERVATIONS),
)
CONSTANTS = (int, float, str, tuple, dict, list, re.Pattern, pl.Expr)
SWAPPED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


class Case(NamedTuple):
    """A package that breaks a rule, one that keeps it, and where the finding must be."""

    rule: Rule
    bad: Folder
    good: Folder
    expected: Where
    touched: frozenset[str]


@cache
def small_package() -> Path:
    """The small package, written once."""
    return write_package(Path(tempfile.mkdtemp(prefix="plandata-small-")) / "package")


@cache
def cases(group: str) -> list[Case]:
    """The cases of the rules of a module, written once and read once."""
    folder = Path(tempfile.mkdtemp(prefix="plandata-mutants-"))
    return [write_case(name, folder) for name, (rule, _) in CHANGES.items() if RULES[rule].group == group]


def write_case(name: str, folder: Path) -> Case:
    rule, write = CHANGES[name]
    bad, good = (Bench(shutil.copytree(small_package(), folder / f"{name}-{side}")) for side in ("bad", "good"))
    expected = write(bad, True)
    write(good, False)
    packages = [Folder(bench.root) for bench in (bad, good)]
    assert all(package.sheets for package in packages)
    return Case(RULES[rule], *packages, expected, frozenset(bad.touched | good.touched))


def noticed(group: str) -> bool:
    """Whether some case of a module's rules goes wrong now."""
    if group == OBSERVATIONS:
        return any(misjudged(*boundary) for boundary in BOUNDARIES) or any(example_misjudged(name) for name in OBSERVED)
    return any(wrong(case) for case in cases(group))


def wrong(case: Case) -> bool:
    bad = map(where, findings_by(case.rule, case.bad, case.touched))
    return case.expected not in bad or bool(findings_by(case.rule, case.good, case.touched))


def misjudged(rule: str, line: str, bad: str, good: str) -> bool:
    return not findings_on(rule, line.format(bad)) or bool(findings_on(rule, line.format(good)))


def example_misjudged(name: str) -> bool:
    told = RULES[name].prose
    return not findings_on(name, str(told.bad)) or bool(findings_on(name, str(told.good)))


def module(group: str) -> ModuleType:
    return import_module(f"plandata.rules.{group}")


def source(group: str) -> str:
    return Path(str(module(group).__file__)).read_text(encoding="utf-8")


@contextmanager
def in_place(group: str, changed: str | ast.Module) -> Iterator[None]:
    """Lets a changed source act as the module; every function keeps its name and gets the changed code."""
    own = module(group)
    made: dict[str, Any] = {"__name__": own.__name__, "__file__": own.__file__}
    exec(compile(changed, str(own.__file__), "exec"), made)
    undo: list[Callable[[], object]] = []
    for name, new in made.items():
        old = vars(own).get(name)
        for before, after in functions(old, new):
            undo.append(lambda before=before, code=before.__code__: setattr(before, "__code__", code))
            before.__code__ = after.__code__
        if isinstance(new, CONSTANTS) and not name.startswith("__") and plain(new):
            undo.append(lambda name=name, old=old: setattr(own, name, old))
            setattr(own, name, new)
    try:
        yield
    finally:
        for step in reversed(undo):
            step()


def functions(old: object, new: object) -> Iterator[tuple[FunctionType, FunctionType]]:
    """The functions that two values of one name hold: themselves, the check of a rule, the methods of a class."""
    if isinstance(old, Rule) and isinstance(new, Rule):
        old, new = old.check, new.check
    if isinstance(old, type) and isinstance(new, type) and old.__module__ == new.__module__:
        for name, own in vars(new).items():
            yield from functions(getattr(vars(old).get(name), "fget", None), getattr(own, "fget", None))
    elif isinstance(old, FunctionType) and isinstance(new, FunctionType) and old.__module__ == new.__module__:
        before, after = inspect.unwrap(old), inspect.unwrap(new)
        if isinstance(before, FunctionType) and isinstance(after, FunctionType):
            yield before, after


def plain(value: object) -> bool:
    """Whether a constant holds no rules."""
    inside = list(value.values()) if isinstance(value, dict) else list(value) if isinstance(value, tuple | list) else []
    return not isinstance(value, Rule) and all(plain(part) for part in inside)


def mutants(group: str) -> Iterator[tuple[int, str, ast.Module]]:
    """Every mutant of a module: the line, the place as it becomes, the changed source."""
    tree = ast.parse(source(group))
    types = {id(inner) for node in ast.walk(tree) for hint in hints(node) for inner in ast.walk(hint)}
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in types:
            continue
        for number in range(len(list(changes(node)))):
            copy = deepcopy(tree)
            place = next(other for n, other in enumerate(ast.walk(copy)) if n == index)
            list(changes(place))[number]()
            yield (
                getattr(node, "lineno", 0),
                f"{ast.unparse(node)} -> {ast.unparse(place)}",
                ast.fix_missing_locations(copy),
            )


def hints(node: ast.AST) -> list[ast.AST]:
    """The types that a node is annotated with, and the tables that a rule needs, which a test of their own proves."""
    needs = [word.value for word in getattr(node, "keywords", ()) if word.arg == "needs"]
    return needs + [
        hint for name in ("annotation", "returns") if isinstance(hint := getattr(node, name, None), ast.AST)
    ]


def changes(node: ast.AST) -> Iterator[Callable[[], object]]:
    """What can be changed in one place, each as a function that changes it."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPPED:
        yield lambda: setattr(node, "ops", [SWAPPED[type(node.ops[0])](), *node.ops[1:]])
    if isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in SWAPPED:
        yield lambda: setattr(node, "op", SWAPPED[type(node.op)]())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert | ast.Not):
        yield lambda: setattr(node, "operand", ast.UnaryOp(deepcopy(node.op), node.operand))
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield lambda: setattr(node, "value", node.value + 1)
    if isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield from (lambda n=n: node.elts.pop(n) for n, e in enumerate(node.elts) if isinstance(e, ast.Constant))
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value:
        words = node.value.split("|")
        yield from (lambda n=n: setattr(node, "value", "|".join(words[:n] + words[n + 1 :])) for n in range(len(words)))
    if isinstance(node, ast.Constant) and node.value in ("anti", "semi"):
        yield lambda: setattr(node, "value", "semi" if node.value == "anti" else "anti")


def survives(group: str, changed: str | ast.Module) -> bool:
    """Whether no case notices a changed module; one that cannot be loaded or run is noticed."""
    try:
        with in_place(group, changed):
            return not noticed(group)
    except Exception:
        return False


def main() -> None:
    for group in sys.argv[1:] or MODULES:
        assert not noticed(group), f"{group}: a case goes wrong without any mutant"
        outcomes = [(line, place, survives(group, changed)) for line, place, changed in mutants(group)]
        alive = [f"{group}.py:{line}: {' '.join(place.split())[:230]}" for line, place, lives in outcomes if lives]
        print("\n".join([*alive, f"{group}: {len(outcomes)} mutants, {len(alive)} survived"]), flush=True)


if __name__ == "__main__":
    main()

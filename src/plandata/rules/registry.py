"""What a rule is, and the list of all rules.

A rule is one function named for what must hold; its docstring is the sentence that users read. It gets
the tables and returns the rows of its own table that break it, as a frame with the column `row` and,
where it has more to say, `detail`. Rules that the reader, the schema compiler or the package itself
checks are declared with `declare` and have no function.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    import polars as pl

    from plandata.rules.tables import Tables

Check = Callable[["Tables"], "pl.DataFrame"]
FrameCheck = Callable[["pl.DataFrame"], "pl.DataFrame"]
# Cells that make an example: {table: {column: cell}}, or a text for rules about files.
Example = Mapping[str, Mapping[str, str]] | str

GROUPS = (
    "files",
    "cells",
    "keys",
    "form",
    "items",
    "labels",
    "targets",
    "indicators",
    "units",
    "exceptions",
    "observations",
)
RULES: dict[str, "Rule"] = {}


class Texts(TypedDict):
    """Why a rule is there and how to mend what breaks it, where several rules share the words."""

    why: str
    why_zh: str
    mend: str
    mend_zh: str


@dataclass(frozen=True)
class Rule:
    """One rule with all that `plandata explain`, the reports and the site say of it."""

    id: str
    group: str
    tables: tuple[str, ...]
    column: str
    severity: str
    must: str
    must_zh: str
    why: str
    why_zh: str
    mend: str
    mend_zh: str
    bad: Example
    good: Example
    needs: tuple[str, ...] = ()
    check: Check | None = None
    frame_check: FrameCheck | None = None


def declare(
    name: str,
    group: str,
    must: str,
    must_zh: str,
    *,
    why: str,
    why_zh: str,
    mend: str,
    mend_zh: str,
    bad: Example,
    good: Example,
    severity: str = "error",
) -> None:
    """Adds a rule that another module checks while it reads."""
    RULES[name] = Rule(name, group, (), "", severity, must, must_zh, why, why_zh, mend, mend_zh, bad, good)


def rule(
    table: str,
    column: str,
    must_zh: str,
    *,
    why: str,
    why_zh: str,
    mend: str,
    mend_zh: str,
    bad: Example,
    good: Example,
    needs: tuple[str, ...] = (),
    severity: str = "error",
) -> Callable[[Check], Check]:
    """Adds the decorated check to the rules; its group is the name of its module."""

    def register(check: Check) -> Check:
        name, group, must = described(check)
        texts = (must, must_zh, why, why_zh, mend, mend_zh)
        RULES[name] = Rule(name, group, (table,), column, severity, *texts, bad, good, (table, *needs), check)
        return check

    return register


def frame_rule(
    tables: tuple[str, ...],
    column: str,
    must_zh: str,
    *,
    why: str,
    why_zh: str,
    mend: str,
    mend_zh: str,
    bad: Example,
    good: Example,
    severity: str = "error",
) -> Callable[[FrameCheck], FrameCheck]:
    """Adds the decorated check, which judges each of several tables alone, to the rules."""

    def register(check: FrameCheck) -> FrameCheck:
        name, group, must = described(check)
        texts = (must, must_zh, why, why_zh, mend, mend_zh)
        RULES[name] = Rule(name, group, tables, column, severity, *texts, bad, good, frame_check=check)
        return check

    return register


def described(check: Callable[..., object]) -> tuple[str, str, str]:
    """The id, the group and the sentence of a rule, read off its function."""
    return check.__name__, check.__module__.rpartition(".")[2], " ".join((check.__doc__ or "").split())

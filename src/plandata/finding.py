"""Rules and what they find: a rule is one thing that must hold, a finding one place where it does not.

A rule is defined beside the check that finds it broken; `plandata.rules.RULES` lists them all. What must hold is
the English sentence in the code; why, how to mend, the examples and all Chinese stand in rules/rules.yaml.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from plandata.files import PackageError, read_yaml
from plandata.text import Text

PROSE = Path(__file__).parent / "rules" / "rules.yaml"
# A frame of broken rows may name the column of each here, where the rule is about several.
COLUMN = "column"
# Cells that make an example: {table: {column: cell}}, or a text where cells cannot show it.
Example = Mapping[str, Mapping[str, str]] | str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    path is relative to the package; line counts from 1 (0: the file as a whole); row is the id of the
    row; column may be "" where the row as a whole is meant; value is the cell as read; detail adds what
    the rule saw, in figures and codes.
    """

    rule: str
    severity: str
    table: str
    path: str
    line: int
    row: str
    column: str
    value: str
    detail: str = ""


@dataclass(frozen=True)
class Prose:
    """All that is told of a rule."""

    must: Text
    why: Text
    mend: Text
    bad: Example
    good: Example


@dataclass(frozen=True)
class Rule:
    """One thing that must hold: `must` is the sentence that users read.

    check is what finds it broken, for rules that the validation calls: it gets the tables and returns the rows
    of tables[0] that break it, as a frame with the column `row` and, where it has more to say, `detail`. Where
    alone is set, it gets the frame of each of its tables by itself. needs are further tables that it looks at.
    """

    id: str
    group: str
    must: str
    tables: tuple[str, ...] = ()
    column: str = ""
    needs: tuple[str, ...] = ()
    check: Callable[..., Any] | None = None
    alone: bool = False
    severity: str = "error"

    def __call__(self, *about: object) -> Any:
        """What the rule's check gives for what it looks at. Raises TypeError for a rule without one."""
        if self.check is None:
            raise TypeError(f"{self.id} is found broken while files are read; it has no check to call")
        return self.check(*about)

    def finding(
        self, table: str, path: str, line: int = 0, row: str = "", column: str = "", value: str = "", detail: str = ""
    ) -> Finding:
        """A finding by this rule."""
        return Finding(self.id, self.severity, table, path, line, row, column, value, detail)

    @property
    def prose(self) -> Prose:
        """What is told of the rule. Raises PackageError that names it where rules.yaml does not tell."""
        told = prose().get(self.id)
        if told is None:
            raise PackageError(f"{PROSE.name}: tells nothing of the rule {self.id}; add why, mend, bad and good there")
        texts = {name: Text(**told[name]) for name in ("why", "mend")}
        return Prose(Text(self.must, told["zh"]), **texts, bad=told["bad"], good=told["good"])


@cache
def prose() -> Mapping[str, Any]:
    """The prose of all rules by their ids."""
    content: Mapping[str, Any] = read_yaml(PROSE, aliases=True)
    return {name: told for group in content.values() for name, told in group.items()}


def rule(
    *tables: str, column: str = "", needs: tuple[str, ...] = (), alone: bool = False, severity: str = "error"
) -> Callable[[Callable[..., Any]], Rule]:
    """Makes a rule of a function named for what must hold; its docstring is the sentence, its module the group."""

    def made(check: Callable[..., Any]) -> Rule:
        group = check.__module__.rpartition(".")[2]
        must = " ".join((check.__doc__ or "").split())
        read = needs if alone else (*tables, *needs)
        return Rule(check.__name__, group, must, tables, column, read, check, alone, severity)

    return made


@dataclass
class Report:
    """All findings of one run, the number of rows read per table, and what could not be checked."""

    root: str
    findings: list[Finding] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    unchecked: dict[str, list[str]] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether there is no error; warnings alone leave a package valid."""
        return not any(finding.severity == "error" for finding in self.findings)

    @property
    def counts(self) -> Mapping[str, int]:
        """Findings per rule, most first."""
        return dict(Counter(finding.rule for finding in self.findings).most_common())

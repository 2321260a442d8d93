"""Findings and reports: what validation says, apart from how it is shown."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


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

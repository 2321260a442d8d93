"""The monitoring that the plans prescribe: reported values held against the targets.

docs/method-assessment tells the method with worked examples and its limits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plandata.assess.settings import Settings

if TYPE_CHECKING:
    from plandata.assess.counting import Count
    from plandata.assess.judgement import Judgement
    from plandata.finding import Finding, Report
    from plandata.package import Package

__all__ = ["Assessment", "Settings", "assess", "example"]


@dataclass(frozen=True)
class Assessment:
    """An assessment: one judgement for every target of the package, counts, and the rows that were refused.

    report holds the findings on the file; where any of them is in form, keys or values, nothing was judged
    (judgements is empty). labels names plans, domains, themes and lead units in Chinese and English.
    """

    as_of: int
    settings: Settings
    report: "Report"
    refused: "Sequence[Finding]"
    judgements: "Sequence[Judgement]"
    counts: "Sequence[Count]"
    labels: Mapping[tuple[str, str], tuple[str, str]]
    later: int

    @property
    def assessed(self) -> bool:
        """Whether the file was sound enough to judge anything by."""
        return bool(self.judgements)

    @property
    def clean(self) -> bool:
        """Whether there is no finding at all."""
        return not self.report.findings


def example() -> Path:
    """The shipped example: the values of the base year that the plans themselves print.

    >>> example().name
    'observations.csv'
    """
    from plandata.schema import home

    inside = home() / "observations.csv"
    return inside if inside.is_file() else home() / "examples" / "observations.csv"


def assess(
    package: "Package", observations: str | Path, as_of: int | None = None, settings: Settings | None = None
) -> Assessment:
    """Holds the observations in a CSV file against every target of a package, as of a year.

    Without a year it is the last observed one.

    Raises OSError where the file cannot be opened, PackageError where a table of the package cannot be read.

    >>> from plandata.package import open_package
    >>> done = assess(open_package(), example())
    >>> done.as_of, sum(done.counts[0].by_status.values()) == done.counts[0].total == len(done.judgements)
    (2020, True)
    """
    from plandata.assess.run import run

    return run(package, Path(observations), as_of, settings or Settings())

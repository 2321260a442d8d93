"""The monitoring that the plans prescribe: reported values held against the targets.

docs/method-assessment tells the method with worked examples and its limits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from plandata.assess.count import DOMAIN, LEAD_UNIT, Count, counts
from plandata.assess.judge import judge_all
from plandata.assess.model import Judgement, Settings, load_targets
from plandata.finding import Finding, Report
from plandata.schema import Schemas, home
from plandata.text import Text, paired

if TYPE_CHECKING:
    from plandata.package.folder import Folder
    from plandata.tables import Tables

__all__ = ["Assessment", "Settings", "assess", "example"]
Labels = Mapping[tuple[str, str], Text]


@dataclass(frozen=True)
class Assessment:
    """An assessment: one judgement for every target of the package, counts, and the rows that were refused.

    report holds the findings on the file; where any of them is in form, keys or values, nothing was judged
    (judgements is empty). labels names plans, domains, themes and lead units by group and key; later is the
    number of observations of years after the judged one; schemas say it all.
    """

    schemas: Schemas
    as_of: int
    settings: Settings
    report: Report
    refused: Sequence[Finding] = ()
    judgements: Sequence[Judgement] = ()
    counts: Sequence[Count] = ()
    labels: Labels = field(default_factory=dict)
    later: int = 0

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
    inside = home() / "observations.csv"
    return inside if inside.is_file() else home() / "examples" / "observations.csv"


def assess(
    package: "Folder", observations: str | Path, as_of: int | None = None, settings: Settings | None = None
) -> Assessment:
    """Holds the observations in a CSV file against every target of a package, as of a year.

    Without a year it is the last observed one.

    Raises OSError where the file cannot be opened, PackageError where a table of the package cannot be read.

    >>> from plandata.package.folder import Folder
    >>> done = assess(Folder(home()), example())
    >>> done.as_of, sum(done.counts[0].by_status.values()) == done.counts[0].total == len(done.judgements)
    (2020, True)
    """
    # Polars loads when something is assessed, so that the command can tell of its settings without it.
    from plandata.assess.observations import observe
    from plandata.tables import Tables

    t, settings, path = Tables.of(package), settings or Settings(), Path(observations)
    targets = load_targets(t)
    seen = observe(path, t, targets)
    report = Report(str(path), seen.findings, {"observations": seen.rows})
    if not seen.sound:
        return Assessment(t.schemas, as_of or 0, settings, report)
    chosen = max(seen.years) if as_of is None else as_of
    judgements = judge_all(targets, seen.series, chosen, settings, seen.benchmarks)
    counted = counts(judgements, t.schemas.assessment["status"])
    later = sum(year > chosen for year in seen.years)
    return Assessment(t.schemas, chosen, settings, report, seen.findings, judgements, counted, labels(t), later)


def labels(t: "Tables") -> Labels:
    """The names of plans, domains, themes and lead units by group and key."""
    named = {("theme", code.code): code.label for code in t.schemas.codes.get("theme", {}).values()}
    sources = (("plan", "plans", "title"), (DOMAIN, "domains", "title"), (LEAD_UNIT, "units", "name"))
    for group, table, column in sources:
        named |= {(group, key): paired(row, column) for key, row in t.keyed(table).items()}
    return named

"""The monitoring that the plans prescribe: reported values held against the targets.

docs/method-assessment tells the method with worked examples and its limits.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from plandata.assess.count import DOMAIN, LEAD_UNIT, Count, counts
from plandata.assess.judge import judge_all
from plandata.assess.model import Judgement, load_targets
from plandata.files import PackageError
from plandata.finding import Finding, Report
from plandata.schema import Schemas, home
from plandata.settings import Settings
from plandata.text import Text, paired

if TYPE_CHECKING:
    from plandata.package.folder import Folder
    from plandata.tables import Tables

__all__ = ["Assessment", "Settings", "as_of", "assess", "example"]
Labels = Mapping[tuple[str, str], Text]


@dataclass(frozen=True)
class Assessment:
    """An assessment: one judgement for every target that was asked for, counts, and the rows that were refused.

    year is the judged one. report holds the findings on the file; where any of them is in form, keys or values, nothing
    was judged (judgements is empty). labels names plans, domains, themes and lead units by group and key; years has the
    number of observations of each year; schemas say it all.
    """

    schemas: Schemas
    year: int
    settings: Settings
    report: Report
    refused: Sequence[Finding] = ()
    judgements: Sequence[Judgement] = ()
    counts: Sequence[Count] = ()
    labels: Labels = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)

    @property
    def later(self) -> int:
        """The number of observations of years after the judged one."""
        return sum(times for year, times in self.years.items() if year > self.year)

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
    package: "Folder",
    observations: str | Path,
    year: int | None = None,
    settings: Settings | None = None,
    places: Collection[str] = (),
    plans: Collection[str] = (),
) -> Assessment:
    """Holds the observations in a CSV file against every target of a package, or those of some places or plans.

    Without a year the newest is judged that has at least half as many values as the fullest one.

    Raises OSError where the file cannot be opened, PackageError where a table of the package cannot be read, and for a
    place or a plan that the package does not have.

    >>> from plandata.package.folder import Folder
    >>> done = assess(Folder(home()), example())
    >>> done.year, sum(done.counts[0].by_status.values()) == done.counts[0].total == len(done.judgements)
    (2020, True)
    """
    # Polars loads when something is assessed, so that the command can tell of its settings without it.
    from plandata.assess.observations import observe
    from plandata.tables import Tables

    t, settings, path = Tables.of(package), settings or Settings(), Path(observations)
    check_known(t, "places", "place_id", places)
    check_known(t, "plans", "plan_id", plans)
    targets = load_targets(t)
    found = observe(path, t, targets)
    report = Report(str(path), found.findings, {"observations": found.rows})
    if not found.sound:
        return Assessment(t.schemas, year or 0, settings, report)
    asked = [
        target
        for target in targets
        if (not places or target.place_id in places) and (not plans or target.plan_id in plans)
    ]
    chosen = fullest_year(found.years) if year is None else year
    judgements = judge_all(asked, found.seen, chosen, settings)
    counted = counts(judgements, t.schemas.assessment["status"], settings.decimals)
    return Assessment(t.schemas, chosen, settings, report, found.findings, judgements, counted, labels(t), found.years)


def as_of(done: Assessment, year: int) -> Assessment:
    """The same observations and targets judged as of another year, without reading them again."""
    seen = {judgement.target.target_id: judgement.seen for judgement in done.judgements}
    targets = [judgement.target for judgement in done.judgements]
    judgements = judge_all(targets, seen, year, done.settings)
    counted = counts(judgements, done.schemas.assessment["status"], done.settings.decimals)
    return replace(done, year=year, judgements=judgements, counts=counted)


def check_known(t: "Tables", table: str, column: str, wanted: Collection[str]) -> None:
    """Raises PackageError for a key that a table does not have."""
    known = set(t[table][column])
    strange = sorted(set(wanted) - known)
    if strange:
        raise PackageError(f"{strange[0]}: no row of {table}; there are {', '.join(sorted(known))}")


def fullest_year(years: Mapping[int, int]) -> int:
    """The newest year with at least half as many values as the fullest one; 0 where there is none.

    >>> fullest_year({2021: 90, 2022: 100, 2023: 50, 2024: 49})
    2023
    """
    return max((year for year, times in years.items() if 2 * times >= max(years.values())), default=0)


def labels(t: "Tables") -> Labels:
    """The names of items, plans, domains, themes and lead units by group and key."""
    named = {("item", table): t.schemas.tables[table].title for table in ("goals", "measures")}
    named |= {("theme", code.code): code.label for code in t.schemas.codes.get("theme", {}).values()}
    sources = (("plan", "plans", "title"), (DOMAIN, "domains", "title"), (LEAD_UNIT, "units", "name"))
    for group, table, column in sources:
        named |= {(group, key): paired(row, column) for key, row in t.keyed(table).items()}
    return named

"""Runs an assessment: reads, matches, judges, counts."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from plandata.assess import Assessment
from plandata.assess.counting import counts
from plandata.assess.judge import first_year, judge
from plandata.assess.judgement import Judgement
from plandata.assess.observations import match, read_observations
from plandata.assess.settings import Settings
from plandata.assess.targets import Target, load_targets
from plandata.package import Package
from plandata.rules import all_rules
from plandata.schema import schemas

Labels = dict[tuple[str, str], tuple[str, str]]


def run(package: Package, path: Path, as_of: int | None, settings: Settings) -> Assessment:
    """The assessment of one file of observations."""
    all_rules()  # so that the reports can tell what each finding means
    targets = load_targets(package)
    sheet, report = read_observations(path, package)
    if report.findings:
        return Assessment(as_of or 0, settings, report, (), (), (), {}, 0)
    matched = match(sheet, targets)
    report.findings += matched.refused
    if any(found.rule == "key_is_unique" for found in matched.refused):
        return Assessment(as_of or 0, settings, report, (), (), (), {}, 0)
    years = [int(year) for year in sheet.frame["year"]]
    chosen = max(years) if as_of is None else as_of
    judged = judge_all(targets, matched.series, chosen, settings)
    later = sum(year > chosen for year in years)
    return Assessment(chosen, settings, report, matched.refused, judged, counts(judged), labels(package), later)


def judge_all(
    targets: Sequence[Target], series: Mapping[str, Mapping[int, Fraction]], as_of: int, settings: Settings
) -> list[Judgement]:
    """The judgement of every target."""
    reporting = {
        target.plan_id
        for target in targets
        if any(first_year(target) <= year <= as_of for year in series.get(target.target_id, ()))
    }
    return [judge(t, series.get(t.target_id, {}), t.plan_id in reporting, as_of, settings) for t in targets]


def labels(package: Package) -> Labels:
    """The names of plans, domains, themes and lead units, Chinese and English, by group and key."""
    named: Labels = {("theme", code.code): (code.label_zh, code.label_en) for code in schemas().codes["theme"].values()}
    for group, table, key, zh, en in (
        ("plan", "plans", "plan_id", "title_zh", "title_en"),
        ("domain", "domains", "domain_id", "title_zh", "title_en"),
        ("lead_unit", "units", "unit_id", "name_zh", "name_en"),
    ):
        named |= {
            (group, row[0]): (row[1] or "", row[2] or "")
            for row in package.tables[table].select(key, zh, en).iter_rows()
        }
    return named

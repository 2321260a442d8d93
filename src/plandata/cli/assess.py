"""The command that holds reported values against the targets: assess."""

from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import typer

from plandata.cli.common import LANG, OUTPUT, PACKAGE, Lang, app, deliver, language, plain_errors, refuse
from plandata.settings import LONGEST_LAG, Settings

SHARE = "a share from 0 to 1"
USUAL = Settings()


class Form(StrEnum):
    """The forms of an assessment."""

    text = "text"
    json = "json"
    csv = "csv"
    html = "html"


def share(usual: Fraction, told: str) -> float:
    """An option for a share."""
    option: float = typer.Option(float(usual), min=0, max=1, help=told)
    return option


def exact(share: float) -> Fraction:
    """A share as it was written on the command line."""
    return Fraction(str(share))


LATEST = typer.Option(
    USUAL.latest, min=0, max=LONGEST_LAG, help="How many years older a value may be that stands in; 0 for none."
)
PATH_TOLERANCE = share(USUAL.path_tolerance, f"How far behind the line still is up to it, {SHARE} of the way.")
BASIC_TOLERANCE = share(
    USUAL.basic_tolerance, f"How far from the target counts as met in the main (基本实现), {SHARE}; 0 for none."
)
PUBLISH = typer.Option(
    False, "--publish", help="Hide counts under five, what is computed from them and what would give them away."
)
DECIMALS = typer.Option(USUAL.decimals, min=1, max=2, help="Decimals of the rates.")


@app.command()
def assess(
    observations: Path | None = typer.Argument(None, help="CSV file of observed values (schemas/observations.yaml)."),
    example: bool = typer.Option(
        False, "--example", help="Use the shipped example: the values of 2020 that the plans print."
    ),
    year: int | None = typer.Option(
        None,
        "--year",
        "--as-of",
        min=1990,
        max=2100,
        help="The year to judge. Default: the newest with at least half the values of the fullest.",
    ),
    latest: int = LATEST,
    place: list[str] = typer.Option([], help="Judge the plans of this place alone; may be repeated."),
    plan: list[str] = typer.Option([], help="Judge this plan alone; may be repeated."),
    publish: bool = PUBLISH,
    package: Path | None = PACKAGE,
    form: Form = typer.Option(Form.text, "--format", help="Form of the report."),
    output: Path | None = OUTPUT,
    min_points: int = typer.Option(USUAL.min_points, min=2, help="Points that a trend needs."),
    approx_tolerance: float = share(USUAL.approx_tolerance, f"How far from an approximate value meets it, {SHARE}."),
    path_tolerance: float = PATH_TOLERANCE,
    basic_tolerance: float = BASIC_TOLERANCE,
    decimals: int = DECIMALS,
    volatile_share: float = share(USUAL.volatile_share, f"Movement that cancels out in a volatile series, {SHARE}."),
    volatile_range: float = share(
        USUAL.volatile_range, f"Range below which no series is volatile, {SHARE} of the median."
    ),
    lang: Lang | None = LANG,
) -> None:
    """Hold observed values against every target: status, reason, early warnings, rate of targets met.

    Exit code 1: the file has findings, or rows that fit no target were refused.

    Example: plandata assess --example --format html -o assessment.html
    """
    if (observations is None) != example:
        refuse("name one CSV file of observations, or --example for the shipped one")
    with plain_errors():
        from plandata.api import open_package
        from plandata.assess import assess as run
        from plandata.assess import example as shipped
        from plandata.assess.publish import published, published_counts
        from plandata.report.assessment import render

        shares = {
            "approx_tolerance": approx_tolerance,
            "path_tolerance": path_tolerance,
            "basic_tolerance": basic_tolerance,
            "volatile_share": volatile_share,
            "volatile_range": volatile_range,
        }
        exactly = {name: exact(value) for name, value in shares.items()}
        settings = Settings(latest=latest, min_points=min_points, decimals=decimals, **exactly)
        done = run(open_package(package), observations or shipped(), year, settings, place, plan)
        if publish:
            judgements = published(done.judgements)
            counted = published_counts(done.counts, judgements, settings.decimals)
            done = replace(done, judgements=judgements, counts=counted)
        deliver(render(done, form.value, language(lang)), output)
    if not done.clean:
        raise typer.Exit(1)

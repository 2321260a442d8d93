"""The commands of an office's year of monitoring: plandata monitor …"""

from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import typer

from plandata.assess.model import LONGEST_LAG, Settings
from plandata.cli.common import PACKAGE, Lang, app, deliver, plain_errors, tell
from plandata.text import Text

monitor = typer.Typer(
    name="monitor",
    help="A year of monitoring for one place: workbooks out and back, the report, notices, what changed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(monitor)

PLACE = typer.Option(..., help="The place: its id in the table places.")
CHINESE = typer.Option(Lang.zh, "--lang", help="Language of what is said and written.")
OUT = typer.Option(..., help="The folder to write to: a new or an empty one.")
USUAL = Settings()
WRITTEN = Text("written: {path}", "已写入：{path}")
FILL = Text(
    "Next: fill in causes, measures, issuer and date in report.docx; plandata monitor notices writes to the bodies.",
    "下一步：在 report.docx 中填写原因与对策、署名和日期；plandata monitor notices 生成发给各单位的提示。",
)


class Stage(StrEnum):
    """What a report is drawn up for."""

    annual = "annual"
    midterm = "midterm"
    final = "final"


@monitor.command()
def report(
    observations: Path = typer.Argument(..., help="CSV file of observed values (schemas/observations.yaml)."),
    place: str = PLACE,
    out: Path = OUT,
    year: int | None = typer.Option(
        None,
        min=1990,
        max=2100,
        help="The year to report on. Default: the newest with at least half the values of the fullest.",
    ),
    stage: Stage = typer.Option(Stage.annual, help="A report of the year, of the middle or of the end of the plans."),
    publish: bool = typer.Option(
        False, "--publish", help="Hide counts under five, what is computed from them and what would give them away."
    ),
    dashboard: str = typer.Option("", "--with-dashboard", help="File name of a dashboard that the page links to."),
    latest: int = typer.Option(
        USUAL.latest, min=0, max=LONGEST_LAG, help="How many years older a value may be that stands in; 0 for none."
    ),
    path_tolerance: float = typer.Option(
        float(USUAL.path_tolerance), min=0, max=1, help="How far behind the line still is up to it, a share of the way."
    ),
    basic_tolerance: float = typer.Option(
        float(USUAL.basic_tolerance),
        min=0,
        max=1,
        help="How far from the target counts as met in the main (基本实现), a share of it; 0 for none.",
    ),
    decimals: int = typer.Option(USUAL.decimals, min=1, max=2, help="Decimals of the rates."),
    package: Path | None = PACKAGE,
    lang: Lang = CHINESE,
) -> None:
    """Write the monitoring report of a place: Word, HTML, Excel and JSON, all with the same numbers.

    Exit code 1: the observations have findings, which are printed; then nothing is written.

    Example: plandata monitor report observations.csv --place weining --year 2023 --out report-2023
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.files import check_folder, write_folder
        from plandata.monitor.report import report as run
        from plandata.report.assessment import render

        check_folder(out)
        settings = Settings(
            latest=latest,
            path_tolerance=Fraction(str(path_tolerance)),
            basic_tolerance=Fraction(str(basic_tolerance)),
            decimals=decimals,
        )
        opened = open_package(package)
        made = run(opened, observations, place, year, settings, stage.value, lang.value, publish, dashboard)
        if not made.files:
            deliver(render(made.done, "text", lang.value), None)
            raise typer.Exit(1)
        for path in write_folder(made.files, out):
            tell(WRITTEN[lang.value].format(path=path), aside=True)
        tell(FILL[lang.value], aside=True)

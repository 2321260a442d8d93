"""The commands of an office's year of monitoring: plandata monitor …"""

from datetime import datetime
from enum import StrEnum
from pathlib import Path

import typer

from plandata.cli.common import OUTPUT, PACKAGE, Lang, app, deliver, plain_errors, refuse, tell

monitor = typer.Typer(
    name="monitor",
    help="A year of monitoring for one place: workbooks out and back, the report, notices, what changed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(monitor)

PLACE = typer.Option(..., help="The place: its id in the table places.")
CHINESE = typer.Option(Lang.zh, "--lang", help="Language of what is said and written.")
INTO = typer.Option(..., "--out", help="A new or empty folder for the files.")


class ChangesForm(StrEnum):
    """The forms in which changes are told."""

    text = "text"
    json = "json"
    csv = "csv"


@monitor.command()
def changes(
    old: Path = typer.Argument(..., help="CSV file of the observations before."),
    new: Path = typer.Argument(..., help="CSV file of the observations now."),
    place: str = PLACE,
    year: int | None = typer.Option(
        None, min=1990, max=2100, help="The year to judge both files at. Default: the newest full one of NEW."
    ),
    each_own_year: bool = typer.Option(
        False, "--each-own-year", help="Judge each file at its own year: last year's verdicts beside this year's."
    ),
    package: Path | None = PACKAGE,
    form: ChangesForm = typer.Option(ChangesForm.text, "--format", help="Form of the comparison."),
    output: Path | None = OUTPUT,
    lang: Lang = CHINESE,
) -> None:
    """Compare two files of observations: revised values, new and lost rows, moved verdicts.

    Exit code 0: nothing moved; 1: something did; 2: a file cannot be read, or has findings (which are printed).

    Example: plandata monitor changes observations-2023-05.csv observations-2023-09.csv --place weining
    """
    if year and each_own_year:
        refuse("--year judges both files at one year, --each-own-year each at its own; name one of them")
    with plain_errors():
        from plandata.api import open_package
        from plandata.monitor.changes import changes as run
        from plandata.monitor.changes import render

        moved = run(open_package(package), old, new, place, year, each_own_year)
        deliver(render(moved, form.value, lang.value), output)
    if not moved.equal:
        raise typer.Exit(1 if moved.compared else 2)


@monitor.command()
def notices(
    observations: Path = typer.Argument(..., help="CSV file of observed values (schemas/observations.yaml)."),
    place: str = PLACE,
    out: Path = INTO,
    year: int | None = typer.Option(None, min=1990, max=2100, help="The year to judge. Default: the newest full one."),
    register: Path | None = typer.Option(None, help="register.csv of the year before; it is read, never written to."),
    issued_on: datetime | None = typer.Option(
        None, formats=["%Y-%m-%d"], help="The day of the notices, 2024-05-10. Default: left blank."
    ),
    package: Path | None = PACKAGE,
    lang: Lang = CHINESE,
) -> None:
    """Write a warning notice or feedback to each lead body, and the register of warnings.

    Exit code 1: the file has findings, or rows that fit no target were refused; with findings nothing is written.

    Example: plandata monitor notices observations.csv --place weining --year 2023 --issued-on 2024-05-10 --out notices
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.files import check_folder, write_folder
        from plandata.monitor.notices import notices as run
        from plandata.report.findings import render

        check_folder(out)
        day = issued_on.date() if issued_on else None
        made = run(open_package(package), observations, place, year, register, day, lang.value)
        if made.files:
            write_folder(made.files, out)
            for line in made.summary(out, lang.value):
                tell(line)
        if not made.done.clean:
            tell(render(made.done.report, "text", lang.value), aside=bool(made.files))
    if not made.done.clean:
        raise typer.Exit(1)

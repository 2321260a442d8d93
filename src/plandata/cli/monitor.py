"""The commands of an office's year of monitoring: plandata monitor …"""

from datetime import datetime
from enum import StrEnum
from pathlib import Path

import typer

from plandata.cli.assess import BASIC_TOLERANCE, DECIMALS, LATEST, PATH_TOLERANCE, PUBLISH, exact
from plandata.cli.common import OUTPUT, PACKAGE, Lang, app, deliver, plain_errors, progress, refuse, tell
from plandata.settings import Settings
from plandata.text import Text

monitor = typer.Typer(
    name="monitor",
    help="A year of monitoring for one place: workbooks out and back, the report, notices, what changed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(monitor)

OBSERVATIONS = typer.Argument(..., help="CSV file of observed values (schemas/observations.yaml).")
PLACE = typer.Option(..., help="The place: its id in the table places.")
CHINESE = typer.Option(Lang.zh, "--lang", help="Language of what is said and written.")
INTO = typer.Option(..., "--out", help="A new or empty folder for the files.")
YEAR = typer.Option(
    None,
    min=1990,
    max=2100,
    help="The year to judge. Default: the newest with at least half the values of the fullest.",
)
THE_YEAR = typer.Option(..., "--year", min=1990, max=2100, help="The year that the values are of.")
HANDED_OUT = Text(
    "{n} files written into {out}. index.xlsx lists who fills which; send each body its workbook, "
    "and run plandata monitor collect on what comes back.",
    "已在 {out} 写入{n}个文件。index.xlsx 列明各单位填报哪个文件；"
    "请分送各单位填报，收回后运行 plandata monitor collect。",
)
ALLOTTED = Text(
    "{n} files written into {out}: the table of responsibilities as workbook and as document. "
    "Next: allot what has no lead unit, then plandata monitor forms.",
    "已在 {out} 写入{n}个文件：责任分解表（表格和文档各一份）。"
    "下一步：落实没有牵头单位的条目，再运行 plandata monitor forms。",
)
SHOWN = Text(
    "written: {page} ({n} targets, {met} met). It needs no network: open it in a browser, or send it as it is.",
    "已写入 {page}（目标 {n} 项，达标 {met} 项）。页面不需要网络：用浏览器打开，或直接发送此文件。",
)
WRITTEN = Text("written: {path}", "已写入：{path}")
NOT_COMPARED = Text(
    "the files were not compared; mend what is found in them first", "两个文件未作比较；请先按所列问题修改"
)
FILL = Text(
    "Next: fill in causes, measures, issuer and date in report.docx; plandata monitor notices writes to the bodies.",
    "下一步：在 report.docx 中填写原因与对策、署名和日期；plandata monitor notices 生成发给各单位的提示。",
)


class Stage(StrEnum):
    """What a report is drawn up for."""

    annual = "annual"
    midterm = "midterm"
    final = "final"


class ChangesForm(StrEnum):
    """The forms in which changes are told."""

    text = "text"
    json = "json"
    csv = "csv"


def thresholds(latest: int, path_tolerance: float, basic_tolerance: float, decimals: int) -> Settings:
    """The settings that the options of a command ask for."""
    return Settings(
        latest=latest,
        path_tolerance=exact(path_tolerance),
        basic_tolerance=exact(basic_tolerance),
        decimals=decimals,
    )


@monitor.command()
def responsibilities(
    place: str = PLACE,
    out: Path = INTO,
    package: Path | None = PACKAGE,
    lang: Lang = CHINESE,
) -> None:
    """Write who leads and who shares which goals and measures (责任分解表), as workbook and as document.

    Example: plandata monitor responsibilities --place weining --out responsibilities
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.files import check_folder, write_folder
        from plandata.monitor.responsibilities import responsibilities as run

        check_folder(out)
        written = write_folder(run(open_package(package), place, lang.value), out)
        tell(ALLOTTED.format(n=len(written), out=out)[lang.value])


@monitor.command()
def forms(
    place: str = PLACE,
    year: int = THE_YEAR,
    last: Path | None = typer.Option(
        None, help="CSV file of earlier observations: its newest values stand beside the cells to fill."
    ),
    out: Path = INTO,
    package: Path | None = PACKAGE,
    lang: Lang = CHINESE,
) -> None:
    """Write the workbooks that the lead units fill for a year, one a body, and the list of them.

    Example: plandata monitor forms --place weining --year 2023 --out forms
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.files import check_folder, write_folder
        from plandata.monitor.forms import forms as run

        check_folder(out)
        written = write_folder(run(open_package(package), place, year, last, lang.value), out)
        tell(HANDED_OUT.format(n=len(written), out=out)[lang.value])


@monitor.command()
def report(
    observations: Path = OBSERVATIONS,
    place: str = PLACE,
    out: Path = INTO,
    year: int | None = YEAR,
    stage: Stage = typer.Option(Stage.annual, help="A report of the year, of the middle or of the end of the plans."),
    publish: bool = PUBLISH,
    latest: int = LATEST,
    path_tolerance: float = PATH_TOLERANCE,
    basic_tolerance: float = BASIC_TOLERANCE,
    decimals: int = DECIMALS,
    package: Path | None = PACKAGE,
    lang: Lang = CHINESE,
) -> None:
    """Write the monitoring report of a place: Word, HTML, Excel and JSON, all with the same numbers, and a dashboard.

    Exit code 1: the observations have findings, which are printed; then nothing is written.

    Example: plandata monitor report observations.csv --place weining --year 2023 --out report-2023
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.files import check_folder, write_folder
        from plandata.monitor.report import report as run
        from plandata.report.assessment import render

        check_folder(out)
        settings = thresholds(latest, path_tolerance, basic_tolerance, decimals)
        opened = open_package(package)
        made = run(opened, observations, place, year, settings, stage.value, lang.value, publish)
        if not made.files:
            deliver(render(made.done, "text", lang.value), None)
            raise typer.Exit(1)
        for path in write_folder(made.files, out):
            tell(WRITTEN[lang.value].format(path=path), aside=True)
        tell(FILL[lang.value], aside=True)


@monitor.command()
def collect(
    files: list[Path] = typer.Argument(..., help="What came back: workbooks, CSV files, folders of them."),
    place: str = PLACE,
    year: int = THE_YEAR,
    last: Path | None = typer.Option(
        None, help="CSV file of earlier observations: its rows are kept, and another value becomes a revision."
    ),
    out: Path = INTO,
    package: Path | None = PACKAGE,
    lang: Lang = CHINESE,
) -> None:
    """Read what came back (.xlsx .xlsm .xls .ods .csv .tsv .txt) into one file of observations.

    Nothing is guessed: a row is taken exactly, or refused with the cell and how to mend it. returns.csv tells what
    became of each row; copies of the workbooks bear the findings as notes. The files themselves are never written to.

    Exit code 1: rows or files were refused, values or bodies are missing.

    Example: plandata monitor collect returned --place weining --year 2023 --out collected
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.files import check_folder, write_folder
        from plandata.monitor.collect import collect as run
        from plandata.monitor.returns import Results
        from plandata.monitor.sheets import Reader

        check_folder(out)
        with Reader() as reader, progress() as show:
            found = run(open_package(package), files, place, year, reader, show, last)
            results = Results(found, reader, lang.value)
            write_folder(results, out)
        for line in found.summary(lang.value):
            tell(line)
        tell(found.written(out, len(results.copies), lang.value))
    if not found.clean:
        raise typer.Exit(1)


@monitor.command()
def dashboard(
    observations: Path = OBSERVATIONS,
    place: str = PLACE,
    out: Path = INTO,
    year: int | None = YEAR,
    publish: bool = PUBLISH,
    latest: int = LATEST,
    path_tolerance: float = PATH_TOLERANCE,
    basic_tolerance: float = BASIC_TOLERANCE,
    decimals: int = DECIMALS,
    package: Path | None = PACKAGE,
    lang: Lang = CHINESE,
) -> None:
    """Write a page of all targets of a place, to be filtered and searched in a browser without a network.

    Exit code 1: the file has findings, or rows that fit no target were refused; with findings nothing is written.

    Example: plandata monitor dashboard observations.csv --place weining --year 2023 --out dashboard
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.files import check_folder, write_folder
        from plandata.monitor.dashboard import dashboard as run
        from plandata.report.findings import render

        check_folder(out)
        settings = thresholds(latest, path_tolerance, basic_tolerance, decimals)
        done, files = run(open_package(package), observations, place, year, settings, publish, lang.value)
        for page in write_folder(files, out) if files else ():
            tell(SHOWN.format(page=page, n=done.counts[0].total, met=done.counts[0].met)[lang.value])
        if not done.clean:
            tell(render(done.report, "text", lang.value), aside=bool(files))
    if not done.clean:
        raise typer.Exit(1)


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
    latest: int = LATEST,
    path_tolerance: float = PATH_TOLERANCE,
    basic_tolerance: float = BASIC_TOLERANCE,
    decimals: int = DECIMALS,
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

        settings = thresholds(latest, path_tolerance, basic_tolerance, decimals)
        moved = run(open_package(package), old, new, place, year, each_own_year, settings)
        deliver(render(moved, form.value, lang.value), output)
    if not moved.compared:
        refuse(NOT_COMPARED[lang.value])
    if not moved.equal:
        raise typer.Exit(1)


@monitor.command()
def notices(
    observations: Path = OBSERVATIONS,
    place: str = PLACE,
    out: Path = INTO,
    year: int | None = YEAR,
    register: Path | None = typer.Option(None, help="register.csv of the year before; it is read, never written to."),
    issued_on: datetime | None = typer.Option(
        None, formats=["%Y-%m-%d"], help="The day of the notices, 2024-05-10. Default: left blank."
    ),
    latest: int = LATEST,
    path_tolerance: float = PATH_TOLERANCE,
    basic_tolerance: float = BASIC_TOLERANCE,
    decimals: int = DECIMALS,
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
        settings = thresholds(latest, path_tolerance, basic_tolerance, decimals)
        made = run(open_package(package), observations, place, year, register, day, lang.value, settings)
        if made.files:
            write_folder(made.files, out)
            for line in made.summary(out, lang.value):
                tell(line)
        if not made.done.clean:
            tell(render(made.done.report, "text", lang.value), aside=bool(made.files))
    if not made.done.clean:
        raise typer.Exit(1)

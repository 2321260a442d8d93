"""The commands of an office's year of monitoring: plandata monitor …"""

from pathlib import Path

import typer

from plandata.cli.common import PACKAGE, Lang, app, plain_errors, progress, tell
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
INTO = typer.Option(..., "--out", help="A new or empty folder for the files.")
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
    year: int = typer.Option(..., min=1990, max=2100, help="The year that the values are of."),
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
def collect(
    files: list[Path] = typer.Argument(..., help="What came back: workbooks, CSV files, folders of them."),
    place: str = PLACE,
    year: int = typer.Option(..., min=1990, max=2100, help="The year that is collected."),
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
            found = run(open_package(package), files, place, year, reader, show)
            results = Results(found, reader, lang.value)
            write_folder(results, out)
        for line in found.summary(lang.value):
            tell(line)
        tell(found.written(out, len(results.copies), lang.value))
    if not found.clean:
        raise typer.Exit(1)


@monitor.command()
def dashboard(
    observations: Path = typer.Argument(..., help="CSV file of observed values (schemas/observations.yaml)."),
    place: str = PLACE,
    year: int | None = typer.Option(
        None,
        min=1990,
        max=2100,
        help="The year to judge. Default: the newest with at least half of the fullest's values.",
    ),
    out: Path = INTO,
    publish: bool = typer.Option(False, "--publish", help="Keep back values that rest on counts under five."),
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
        done, files = run(open_package(package), observations, place, year, publish=publish, lang=lang.value)
        for page in write_folder(files, out) if files else ():
            tell(SHOWN.format(page=page, n=done.counts[0].total, met=done.counts[0].met)[lang.value])
        if not done.clean:
            tell(render(done.report, "text", lang.value), aside=bool(files))
    if not done.clean:
        raise typer.Exit(1)

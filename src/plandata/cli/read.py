"""Commands that read the dataset: show, compare, cite, export."""

from datetime import date
from enum import StrEnum
from pathlib import Path

import typer

import plandata
from plandata.cli.common import LANG, OUTPUT, PACKAGE, Lang, app, deliver, language, plain_errors, tell
from plandata.text import LANGS

# The formats are the modules of plandata.export; their names are read off the files, since importing them takes time.
FORMATS = sorted(path.stem.replace("_", "-") for path in (Path(plandata.__file__).parent / "export").glob("[a-z]*.py"))


class Form(StrEnum):
    """The forms of a comparison."""

    text = "text"
    csv = "csv"
    json = "json"
    svg = "svg"
    png = "png"


class Style(StrEnum):
    """The styles of a citation; gb7714 is its form in force, that of 2025."""

    bibtex = "bibtex"
    apa = "apa"
    ris = "ris"
    csl_json = "csl-json"
    gb7714 = "gb7714"
    gb7714_2015 = "gb7714-2015"
    gb7714_2025 = "gb7714-2025"


@app.command()
def show(
    row_id: str = typer.Argument(..., metavar="ID", help="The id of a row of any table."),
    package: Path | None = PACKAGE,
    sources: Path | None = typer.Option(None, help="Also print the original wording, from the texts in this folder."),
    lang: Lang | None = LANG,
) -> None:
    """Show one row with all that hangs on it: targets in words, bodies, anomalies, neighbours.

    Example: plandata show maternal-mortality
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.read.show import show as find
        from plandata.report.rows import show_text

        opened, chosen = open_package(package), language(lang)
        text = "\n".join(show_text(row) for row in find(opened, row_id, chosen))
        if sources is not None:
            from plandata.report.rows import original_text
            from plandata.texts.original import original

            text += "\n" + original_text(*original(opened, sources, row_id), chosen)
        deliver(text, None)


@app.command()
def compare(
    indicator: str = typer.Argument("", help="The id of an indicator, or a word of its name in either language."),
    group: str = typer.Option("", help="Only targets about this target group, such as rural or 农村."),
    package: Path | None = PACKAGE,
    form: Form = typer.Option(Form.text, "--format", help="Form of the comparison; svg and png are dot plots."),
    output: Path | None = OUTPUT,
    lang: Lang | None = LANG,
) -> None:
    """Compare an indicator's targets over places and populations, the strictest first.

    With --group and no indicator, all targets about the group.

    Example: plandata compare maternal-mortality --format csv
    """
    with plain_errors():
        from plandata.api import open_package

        opened = open_package(package)
        comparison, say = opened.compare(indicator, group), opened.words(language(lang))
        if form in (Form.svg, Form.png):
            from plandata.charts.dots import comparison as dot_plots
            from plandata.charts.figure import credit, png_file, svg_file

            drawn = svg_file(dot_plots(comparison, say), credit(opened.descriptor, say))
            deliver(drawn if form is Form.svg else png_file(drawn), output)
        else:
            from plandata.report.rows import render

            deliver(render(comparison, form.value, say), output)


@app.command()
def cite(
    row_id: str | None = typer.Argument(None, metavar="[ID]", help="A plan or other row. Default: the whole dataset."),
    package: Path | None = PACKAGE,
    style: Style = typer.Option(Style.apa, help="Style; gb7714 is GB/T 7714-2025."),
    output: Path | None = OUTPUT,
) -> None:
    """Print how to cite the dataset, one plan or one row.

    Example: plandata cite --style bibtex
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.read.cite import cite as run

        deliver(run(open_package(package), style.value, row_id, date.today()), output)


@app.command()
def export(
    to: str = typer.Option(..., help=f"Formats, parted by commas: {', '.join(FORMATS)}."),
    out: Path = typer.Option(..., help="A new or empty folder to write into."),
    package: Path | None = PACKAGE,
    lang: Lang | None = typer.Option(
        None, help="Language of what is in one: excel, spss, stata. Default: a file for each."
    ),
) -> None:
    """Write the dataset in other formats, each with all tables and one flat table; excel is for reading and printing.

    Example: plandata export --to sqlite,parquet --out exported
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.export import export as run

        formats = [name.strip() for name in to.split(",") if name.strip()]
        written = run(open_package(package), formats, out, LANGS if lang is None else (lang.value,))
    for path in written:
        tell(path)

"""Commands that read the dataset: show, compare, cite."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path

import typer

from plandata.cli import app
from plandata.cli.common import Lang, deliver, language, plain_errors, refuse

PACKAGE = typer.Option(None, help="The folder of a package. Default: the one in this folder, else the shipped edition.")
LANG = typer.Option(None, help="Language of labels and words. Default: that of the locale.")
OUTPUT = typer.Option(None, "--output", "-o", help="Write to this file.")
WORDING = {
    "en": "Original wording, its figures in ⟦ ⟧ with the target or the reason",
    "zh": "原文，数值以⟦ ⟧标出，后为目标值或理由",
}


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
        from plandata.package import open_package
        from plandata.show import show as find
        from plandata.show import show_text

        opened, chosen = open_package(package), language(lang)
        text = "\n".join(show_text(found) for found in find(opened, row_id, chosen))
        if sources is not None:
            from plandata.original import marked, original

            text += f"\n{WORDING[chosen]}\n  {marked(*original(opened, sources, row_id))}\n"
        deliver(text, None)


@app.command()
def compare(
    indicator: str = typer.Argument(..., help="The id of an indicator, or a word of its name in either language."),
    package: Path | None = PACKAGE,
    form: Form = typer.Option(Form.text, "--format", help="Form of the comparison; svg and png are dot plots."),
    output: Path | None = OUTPUT,
    lang: Lang | None = LANG,
) -> None:
    """Compare an indicator's targets over places and populations, the strictest first.

    Example: plandata compare maternal-mortality --format csv
    """
    with plain_errors():
        from plandata.compare import compare as run
        from plandata.package import open_package

        frame, chosen = run(open_package(package), indicator), language(lang)
        if form in (Form.svg, Form.png):
            from plandata import charts

            picture = charts.svg(frame, chosen) if form is Form.svg else charts.png(frame, chosen)
            deliver_bytes(picture, output)
        else:
            from plandata.compared import render

            deliver(render(frame, form.value, chosen), output)


def deliver_bytes(content: bytes, output: Path | None) -> None:
    """Writes a picture to a file, whole or not at all, or to a pipe; not onto a terminal."""
    if output is not None:
        from plandata.descriptor import write_whole

        write_whole(output, content)
        typer.echo(f"written: {output}", err=True)
    elif sys.stdout.isatty():
        refuse("a picture cannot be shown on a terminal; name a file with --output")
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()


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
        from plandata.cite import cite as run
        from plandata.package import open_package

        deliver(run(open_package(package), style.value, row_id, date.today()), output)

"""Commands that read the dataset: search, show, compare, cite, diff, export, paper."""

import shutil
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

import plandata
from plandata.cli.common import (
    DEFAULT_PACKAGE,
    LANG,
    OUTPUT,
    PACKAGE,
    PATH,
    Lang,
    app,
    deliver,
    language,
    on_terminal,
    plain_errors,
    refuse,
    room,
    tell,
)
from plandata.text import LANGS, Text

if TYPE_CHECKING:
    from plandata.api import Package
    from plandata.read.show import ManyNamedError

# The formats are the modules of plandata.export; their names are read off the files, since importing them takes time.
FORMATS = sorted(path.stem.replace("_", "-") for path in (Path(plandata.__file__).parent / "export").glob("[a-z]*.py"))


# So many of the rows that share a name are listed.
MOST = 20
NOTHING_FOUND = Text("nothing is found for {asked}", "没有找到“{asked}”")
MORE_FOUND = Text("… {n} more; --limit 0 shows all", "……另有 {n} 条；--limit 0 显示全部")
SEVERAL = Text(
    "{n} rows fit {asked}; show one by its id, or by a longer name:",
    "“{asked}”对应 {n} 行；请用标识或更完整的名称指定其中一行：",
)


class ListForm(StrEnum):
    """The forms of a list of hits."""

    text = "text"
    csv = "csv"
    json = "json"


class Form(StrEnum):
    """The forms of a comparison."""

    text = "text"
    csv = "csv"
    json = "json"
    svg = "svg"
    png = "png"


class DiffForm(StrEnum):
    """The forms of a difference: json holds all of it, csv a line for each change, md what a changelog tells."""

    text = "text"
    json = "json"
    csv = "csv"
    md = "md"


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
def search(
    words: list[str] = typer.Argument(..., metavar="WORD...", help="A word, a name, an id or a sentence."),
    table: str = typer.Option(
        "", "--in", metavar="TABLE", help="Only rows of this table, such as units or goals; codes for codes."
    ),
    place: str = typer.Option("", help="Only what belongs to this place: its id or name."),
    limit: int = typer.Option(20, min=0, help="So many hits at most; 0 for all."),
    package: Path | None = PACKAGE,
    form: ListForm = typer.Option(ListForm.text, "--format", help="Form of the list."),
    output: Path | None = OUTPUT,
    lang: Lang | None = LANG,
) -> None:
    """Find places, indicators, bodies, plans, goals, measures, targets and codes by words of either language.

    Chinese is found wherever it stands, English where a word begins; synonyms count (卫健委, MMR). A pasted sentence
    finds what shares most with it.

    Exit code 1: nothing is found.

    Example: plandata search 卫健委
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.report.rows import render_hits

        opened, asked = open_package(package), " ".join(words)
        hits = opened.search(asked, table, place)
        shown = hits.head(limit or hits.height)
        say = opened.words(language(lang))
        if not hits.is_empty() or form is not ListForm.text:
            deliver(render_hits(shown, form.value, say, opened.schemas, room(output)), output)
    if shown.height < hits.height:
        tell(say(MORE_FOUND, n=hits.height - shown.height), aside=True)
    if hits.is_empty():
        tell(say(NOTHING_FOUND, asked=asked), aside=True)
        raise typer.Exit(1)


@app.command()
def show(
    asked: list[str] = typer.Argument(
        ..., metavar="ID", help="The id of a row of any table, or its name in either language."
    ),
    package: Path | None = PACKAGE,
    sources: Path | None = typer.Option(None, help="Also print the original wording, from the texts in this folder."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON: the records of the static API, rows/ID.json."),
    lang: Lang | None = LANG,
) -> None:
    """Show one row with all that hangs on it: targets in words, bodies, anomalies, neighbours.

    A name that several rows have is answered with the list of them, and exit code 2.

    Example: plandata show maternal-mortality
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.read.show import ManyNamedError
        from plandata.read.show import show as find
        from plandata.report.rows import show_text

        if as_json and sources is not None:
            refuse("--json prints the tables, which have no wording; take --sources without it")
        opened, chosen = open_package(package), language(lang)
        try:
            rows = find(opened, " ".join(asked), chosen)
        except ManyNamedError as several:
            refuse_with(several, opened, chosen)
        if as_json:
            from plandata.files import json_text
            from plandata.read.record import Records

            records = Records(opened)
            deliver(json_text([records[row_id] for row_id in dict.fromkeys(row.id for row in rows)]), None)
            return
        text = "\n".join(show_text(row, room()) for row in rows)
        if sources is not None:
            from plandata.report.rows import original_text
            from plandata.texts.original import original

            text += "\n" + original_text(*original(opened, sources, rows[0].id), chosen)
        deliver(text, None)


def refuse_with(several: "ManyNamedError", package: "Package", lang: str) -> NoReturn:
    """Says which rows have a name, a line each, and stops with exit code 2."""
    from plandata.read.search import hit_rows
    from plandata.report.rows import render_hits

    say, hits = package.words(lang), hit_rows(several.hits)
    tell(say(SEVERAL, asked=several.name, n=hits.height), aside=True)
    width = shutil.get_terminal_size().columns if on_terminal(sys.stderr) else None
    tell(render_hits(hits.head(MOST), "text", say, package.schemas, width).rstrip("\n"), aside=True)
    raise typer.Exit(2)


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

            deliver(render(comparison, form.value, say, room(output)), output)


@app.command()
def cite(
    row_id: str | None = typer.Argument(None, metavar="ID", help="A plan or other row. Default: the whole dataset."),
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


EDITION = "The folder of a package, its datapackage.json, or a zip of plandata export."


@app.command()
def diff(
    old: Path = typer.Argument(..., help=f"The old edition. {EDITION}"),
    new: Path | None = typer.Argument(None, help=f"The new edition. {EDITION} {DEFAULT_PACKAGE}"),
    form: DiffForm = typer.Option(DiffForm.text, "--format", help="Form; json makes the new edition of the old one."),
    output: Path | None = OUTPUT,
    lang: Lang | None = LANG,
) -> None:
    """Tell what a new edition changes, row by row, and the version that it must bear.

    Exit code 0: equal; 1: different, or ids are gone that retired_ids does not name, which are then all that is told.

    Example: plandata diff older.zip . --format md
    """
    with plain_errors():
        from plandata.package.published import read_edition
        from plandata.read.changes import changes
        from plandata.read.diff import difference, lost
        from plandata.report.changes import FORMS as RENDER
        from plandata.report.changes import refused
        from plandata.schema import edition
        from plandata.words import Words

        editions, say = (read_edition(old), read_edition(new)), Words(edition().labels, language(lang))
        gone = lost(*editions)
        for line in refused(gone, say):
            tell(line, aside=True)
        if gone:
            raise typer.Exit(1)
        made = difference(*editions)
        found = changes(made)
        deliver(RENDER[form.value](found, made, say), output)
        if found.differ:
            raise typer.Exit(1)


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


@app.command()
def paper(
    path: Path | None = PATH,
    out: Path = typer.Option(..., help="A new or empty folder to write into."),
    lang: Lang | None = LANG,
) -> None:
    """Write a data descriptor, a datasheet and DataCite metadata, with every number computed from the package.

    What only the authors know stays an open field in the text, and is listed at the end.

    Example: plandata paper --out paper
    """
    with plain_errors():
        from plandata.api import open_package
        from plandata.paper import OPEN_FIELDS
        from plandata.paper import paper as run

        opened, chosen = open_package(path), language(lang)
        written, fields = run(opened, out, chosen)
        for file in written:
            tell(file)
        if fields:
            tell(opened.words(chosen)(OPEN_FIELDS, n=len(fields)), aside=True)
        for field in fields:
            tell(f"- {field}", aside=True)

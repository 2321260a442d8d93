"""The command export."""

from pathlib import Path

import typer

from plandata.cli import app
from plandata.cli.common import plain_errors
from plandata.cli.read import PACKAGE


@app.command()
def export(
    to: str = typer.Option(
        ..., help="Forms, parted by commas: parquet, sqlite, xlsx, excel-csv, csvw, croissant, zip."
    ),
    out: Path = typer.Option(..., help="A new or empty folder to write into."),
    package: Path | None = PACKAGE,
) -> None:
    """Write the dataset in other forms, each with all tables and one flat table.

    Example: plandata export --to sqlite,parquet --out exported
    """
    with plain_errors():
        from plandata.export import export as run
        from plandata.package import open_package

        forms = [form.strip() for form in to.split(",") if form.strip()]
        written = run(open_package(package), forms, out)
    for path in written:
        typer.echo(path)

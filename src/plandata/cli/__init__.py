"""The command line. Each command is a few lines over the library; heavy modules load inside them."""

import typer

app = typer.Typer(
    name="plandata",
    help="The open dataset of Chinese local women's and children's development plans: check it, read it, use it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def version(wanted: bool) -> None:
    if wanted:
        from plandata import __version__

        typer.echo(f"plandata {__version__}")
        raise typer.Exit


@app.callback()
def main(
    show: bool = typer.Option(False, "--version", help="Print the version and stop.", callback=version, is_eager=True),
) -> None:
    """The options before a command."""


def run() -> None:
    """The entry point of the `plandata` command: exit 0 = fine, 1 = findings, 2 = cannot run."""
    from plandata.cli import assess, check, export, read  # noqa: F401 - registers its commands

    app()

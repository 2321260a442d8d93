"""The commands of an office's year of monitoring: plandata monitor …"""

import typer

from plandata.cli.common import app

monitor = typer.Typer(
    name="monitor",
    help="A year of monitoring for one place: workbooks out and back, the report, notices, what changed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(monitor)

"""The command line itself, and what every command shares: the language, the way to say no, and where output goes.

Each command is a few lines over the library; heavy modules load inside the commands.
"""

import contextlib
import locale
import os
import sys
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

import typer

from plandata import __version__

app = typer.Typer(
    name="plandata",
    help="The open dataset of Chinese local women's and children's development plans: check it, read it, use it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


class Lang(StrEnum):
    """The language of what is said."""

    en = "en"
    zh = "zh"


DEFAULT_PACKAGE = "Default: the one in this folder, else the shipped edition."
PATH = typer.Argument(None, help=f"The folder of a package. {DEFAULT_PACKAGE}")
PACKAGE = typer.Option(None, help=f"The folder of a package. {DEFAULT_PACKAGE}")
LANG = typer.Option(None, help="Language of what is said. Default: that of the locale.")
OUTPUT = typer.Option(None, "--output", "-o", help="Write to this file.")


def version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"plandata {__version__}")
        raise typer.Exit


@app.callback()
def main(
    show: bool = typer.Option(False, "--version", help="Print the version and stop.", callback=version, is_eager=True),
) -> None:
    """The options before a command."""


def language(lang: Lang | None) -> str:
    """The chosen language, else that of the locale: zh or en."""
    if lang is not None:
        return lang.value
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0]
    return "zh" if (named or "").lower().startswith(("zh", "chinese")) else "en"


def refuse(message: str) -> NoReturn:
    """Says in one line why the command cannot run, and stops with exit code 2."""
    typer.echo(f"plandata: {message}", err=True)
    raise typer.Exit(2)


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what a user can mend (an unreadable package, a full disk) into one line and exit code 2."""
    from plandata.files import PackageError

    try:
        yield
    except PackageError as error:
        refuse(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    except OSError as error:
        refuse(f"{error.filename or ''}: {error.strerror or error}".removeprefix(": "))


def deliver(content: str | bytes, output: Path | None) -> None:
    """Writes a text (as UTF-8) or a picture to a file, whole or not at all, or to standard output.

    File names that are no UTF-8 are in texts as lone surrogates; they are written as escapes. No picture is
    written onto a terminal.
    """
    raw = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    if output is not None:
        from plandata.files import write_whole

        write_whole(output, raw)
        typer.echo(f"written: {output}", err=True)
        return
    if isinstance(content, bytes) and sys.stdout.isatty():
        refuse("a picture cannot be shown on a terminal; name a file with --output")
    sys.stdout.flush()
    sys.stdout.buffer.write(raw)
    sys.stdout.flush()


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A function that shows the current step on a terminal once the work takes longer than a second."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    started, status = time.monotonic(), Console(stderr=True).status("")

    def show(step: str) -> None:
        if time.monotonic() - started > 1:
            status.update(f"checking {step}")
            status.start()

    try:
        yield show
    finally:
        status.stop()

"""The command line itself, and what every command shares: the language, the way to say no, and where output goes.

Each command is a few lines over the library; heavy modules load inside the commands.
"""

import codecs
import contextlib
import io
import locale
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TextIO

import typer

from plandata import __version__
from plandata.text import harmless

# The variable that asks for tracebacks, as --traceback does.
TRACEBACK = "PLANDATA_TRACEBACK"
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


def want_traceback(wanted: bool) -> None:
    if wanted:
        os.environ[TRACEBACK] = "1"


@app.callback()
def main(
    show: bool = typer.Option(False, "--version", help="Print the version and stop.", callback=version, is_eager=True),
    traceback: bool = typer.Option(
        False,
        "--traceback",
        envvar=TRACEBACK,
        help="For developers: show all of an error that nobody foresaw.",
        callback=want_traceback,
        is_eager=True,
    ),
) -> None:
    """The options before a command."""


def language(lang: Lang | None) -> str:
    """The chosen language, else that of the locale: zh or en."""
    if lang is not None:
        return lang.value
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0]
    return "zh" if (named or "").lower().startswith(("zh", "chinese")) else "en"


def tell(message: object, aside: bool = False) -> None:
    """Prints a message (aside: to standard error); control characters in it, from data or a name, become escapes."""
    typer.echo(harmless(str(message)), err=aside)


def refusal(message: str) -> str:
    """Why the command cannot run, as the one line that is said of it."""
    return harmless(f"plandata: {' '.join(message.split())}")


def refuse(message: str) -> NoReturn:
    """Says in one line why the command cannot run, and stops with exit code 2."""
    typer.echo(refusal(message), err=True)
    raise typer.Exit(2)


def failed_io(error: OSError) -> str:
    """What the system says of a file, with its name where it has one."""
    return f"{error.filename or ''}: {error.strerror or error}".removeprefix(": ")


@contextlib.contextmanager
def net() -> Iterator[None]:
    """Turns what nobody foresaw into one line and exit code 2, unless --traceback (or its variable) asks for all of it.

    What is foreseen is said where it arises, with file, line and column; what comes here is a bug to report.
    """
    try:
        yield
    except SystemExit:
        raise
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        message = failed_io(error)
    except MemoryError:
        message = "not enough memory; take fewer or smaller files"
    except BaseException as error:
        if os.environ.get(TRACEBACK):
            raise
        kind = f"{type(error).__name__}: {str(error)[:300]}".removesuffix(": ")
        message = f"unforeseen {kind}. Please report it; plandata --traceback COMMAND shows more"
    print_line(refusal(message))
    sys.exit(2)


def print_line(line: str) -> None:
    """A line on standard error, where there is one that can be written to."""
    with contextlib.suppress(OSError, AttributeError):
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - the command may have failed before typer


class Harmless(io.TextIOWrapper):
    """A text stream on which control characters become escapes: usage errors repeat what was typed."""

    def write(self, text: str, /) -> int:
        super().write(harmless(text))
        return len(text)


@contextlib.contextmanager
def streams() -> Iterator[None]:
    """Standard streams that no text can break, and that are silent about panics.

    What a stream cannot encode is written as an escape. A stream that is closed is the null device, or else the next
    file that is opened would take its place and get what is written there.
    """
    null = os.open(os.devnull, os.O_RDWR)
    while null <= 2:
        null = os.dup(null)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    if sys.stderr is not None:
        sys.stderr = errors_only(sys.stderr.encoding, null)
    try:
        yield
    finally:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            settle(stream, null)


def errors_only(encoding: str, null: int) -> Harmless:
    """Standard error for what Python says: native code (Polars) prints its panics to the second descriptor itself.

    So Python gets a copy of that, and the second descriptor goes nowhere, unless tracebacks are wanted.
    """
    copy = Harmless(
        os.fdopen(os.dup(2), "wb"),
        "utf-8" if codecs.lookup(encoding).name == "ascii" else encoding,
        "backslashreplace",
        line_buffering=True,
    )
    if TRACEBACK not in os.environ and "--traceback" not in sys.argv:
        os.dup2(null, 2)
    return copy


def settle(stream: TextIO, null: int) -> None:
    """Writes what a stream still holds; where it cannot (a full disk), Python shall not try, and tell, at its end."""
    try:
        stream.flush()
    except OSError:
        os.dup2(null, stream.fileno())


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
        refuse(failed_io(error))


def on_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is there and shown on a terminal."""
    return stream is not None and stream.isatty()


def room(output: Path | None = None) -> int | None:
    """How many cells a line of the terminal has; None where the output goes elsewhere, to be read by programs."""
    return shutil.get_terminal_size().columns if output is None and on_terminal(sys.stdout) else None


def deliver(content: str | bytes, output: Path | None) -> None:
    """Writes a text (as UTF-8) or a picture to a file, whole or not at all, or to standard output.

    File names that are no UTF-8 are in texts as lone surrogates; they are written as escapes. No picture is
    written onto a terminal.
    """
    raw = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    if output is not None:
        from plandata.files import write_whole

        write_whole(output, raw)
        tell(f"written: {output}", aside=True)
        return
    if sys.stdout is None:
        refuse("standard output is closed; open it, or name a file with --output")
    if isinstance(content, bytes) and on_terminal(sys.stdout):
        refuse("a picture cannot be shown on a terminal; name a file with --output")
    sys.stdout.flush()
    sys.stdout.buffer.write(raw)
    sys.stdout.flush()


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A function that shows the current step on a terminal once the work takes longer than a second."""
    if not on_terminal(sys.stderr):
        yield lambda step: None
        return
    from rich.console import Console
    from rich.markup import escape

    # A stream of its own: the control characters of the display are meant.
    display = os.fdopen(os.dup(sys.stderr.fileno()), "w")
    started, status = time.monotonic(), Console(file=display).status("")

    def show(step: str) -> None:
        if time.monotonic() - started > 1:
            status.update(f"checking {escape(harmless(step))}")
            status.start()

    try:
        yield show
    finally:
        status.stop()

"""What every command shares: the language, the way to say no, and where output goes."""

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


class Lang(StrEnum):
    """The language of messages."""

    en = "en"
    zh = "zh"


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
    from plandata.package import PackageError

    try:
        yield
    except PackageError as error:
        refuse(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    except OSError as error:
        refuse(f"{error.filename or ''}: {error.strerror or error}".removeprefix(": "))


def deliver(text: str, output: Path | None) -> None:
    """Writes text to a file, whole or not at all, or to standard output as UTF-8.

    File names that are no UTF-8 are in the text as lone surrogates; they are written as escapes.
    """
    content = text.encode("utf-8", "backslashreplace")
    if output is not None:
        from plandata.descriptor import write_whole

        write_whole(output, content)
        typer.echo(f"written: {output}", err=True)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
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

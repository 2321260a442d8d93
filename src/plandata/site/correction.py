"""How a reader reports an error in a row: a text that is copied without any network, and where it may be sent."""

from typing import NamedTuple
from urllib.parse import quote

from plandata.read.record import Record
from plandata.text import Text
from plandata.words import COLON, Words

REPORT = Text("Error in row {id}, version {version}", "数据行 {id} 的差错（版本 {version}）")
# What a report tells and asks: its parts, their headings, and what stands below each.
REPORTED = (
    ("page", Text("Page", "页面"), "page"),
    ("cells", Text("The row as it is", "该行现状"), "cells"),
    ("text", Text("What the text says", "原文写作"), ""),
    ("source", Text("Source of the correction (document, page or address)", "更正依据（文件、页码或网址）"), ""),
)


class Correction(NamedTuple):
    """What a reader reports an error with: a text to be completed, and the address that takes it, "" for none."""

    text: str
    address: str


def correction(record: Record, say: Words, page: str, feedback: str) -> Correction:
    """The report of an error in a row; feedback is where errors are reported, "" where nowhere.

    The address leaves out the cells: it must be short, and id and version tell them.
    """
    title = say(REPORT, id=record["id"], version=record["version"])
    given = {name: value for name, value in record.get("cells", {}).items() if value is not None}
    cells = "".join(f"  {name}{say(COLON)}{as_cell(value)}\n" for name, value in given.items())
    parts = {"page": f" {page}\n", "cells": f"\n{cells}", "": "\n\n"}
    asked = [part for part in REPORTED if given or part[0] != "cells"]
    told = {what: f"{say(heading)}{say(COLON).rstrip()}{parts[kind]}" for what, heading, kind in asked}
    brief = "".join(text for what, text in told.items() if what != "cells")
    address = report_address(feedback, title, brief) if feedback else ""
    return Correction(f"{title}\n{''.join(told.values())}", address)


def as_cell(value: object) -> object:
    """A value as its cell has it.

    >>> as_cell(True), as_cell(12)
    ('true', 12)
    """
    return str(value).lower() if isinstance(value, bool) else value


def report_address(feedback: str, title: str, text: str) -> str:
    """The address at which a report is filled in: where it has {title} and {text} there, else in the fields of a mail.

    >>> report_address("mailto:a@example.org", "x y", "z")
    'mailto:a@example.org?subject=x%20y&body=z'
    >>> report_address("https://example.org/new?t={title}", "x&y", "z")
    'https://example.org/new?t=x%26y'
    """
    fields = {"{title}": quote(title, safe=""), "{text}": quote(text, safe="")}
    if feedback.startswith("mailto:") and not any(name in feedback for name in fields):
        feedback += f"{'&' if '?' in feedback else '?'}subject={{title}}&body={{text}}"
    for name, value in fields.items():
        feedback = feedback.replace(name, value)
    return feedback

"""What holds for drafts: a person has judged what was doubted in them."""

from collections.abc import Iterator

from plandata.files import unsafe
from plandata.finding import Finding, rule
from plandata.package.doubts import read_doubts
from plandata.package.folder import DOUBTS, Folder


@rule(severity="warning")
def doubt_is_settled(package: Folder) -> Iterator[Finding]:
    """Every doubt of a draft is settled: a person has judged the cell, and says so in doubts.csv."""
    readable = package.is_draft and not unsafe(package.root, DOUBTS)
    for doubt in read_doubts(package.root) if readable else []:
        if doubt.is_open:
            yield doubt_is_settled.finding(
                doubt.table, DOUBTS, doubt.line, doubt.row, doubt.column, doubt.value, doubt.why
            )


DRAFT_RULES = [doubt_is_settled]

"""The report as a CSV table, one finding a row."""

import csv
import io

from plandata.finding import Finding, Report
from plandata.reports import as_record


def render(report: Report, lang: str) -> str:
    text = io.StringIO(newline="")
    columns = list(as_record(Finding("key_is_unique", "", "", "", 0, "", "", ""), lang))
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(defused(as_record(finding, lang)) for finding in report.findings)
    return text.getvalue()


def defused(record: dict[str, str | int]) -> dict[str, str | int]:
    """A record none of whose cells a spreadsheet would run: a cell that begins like a formula gets an apostrophe."""
    return {k: f"'{v}" if isinstance(v, str) and v.startswith(("=", "+", "-", "@")) else v for k, v in record.items()}

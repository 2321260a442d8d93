"""The report as one JSON object."""

import json

from plandata.finding import Report
from plandata.reports import as_record


def render(report: Report, lang: str) -> str:
    content = {
        "package": report.root,
        "valid": report.valid,
        "rows": report.rows,
        "counts": dict(report.counts),
        "unchecked": report.unchecked,
        "findings": [as_record(finding, lang) for finding in report.findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

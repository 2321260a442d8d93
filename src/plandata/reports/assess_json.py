"""An assessment as one JSON object."""

import json
from dataclasses import asdict
from typing import Any

from plandata.assess import Assessment
from plandata.assess.codes import codes
from plandata.reports import as_record
from plandata.reports.assess_record import count_record, grouped, judgement_record


def render(done: Assessment, lang: str) -> str:
    return json.dumps(content(done, lang), ensure_ascii=False, indent=1) + "\n"


def content(done: Assessment, lang: str) -> dict[str, Any]:
    """The assessment as plain values; numbers that were computed are decimal text, so that none loses a digit."""
    return {
        "as_of": done.as_of,
        "settings": {name: float(value) for name, value in asdict(done.settings).items()},
        "definitions": {
            name: {c.code: asdict(c) for c in codes()[name].values()} for name in ("status", "warning", "method")
        },
        "observations": {
            "file": done.report.root,
            "rows": done.report.rows.get("observations", 0),
            "after_the_year": done.later,
            "refused": [as_record(found, lang) for found in done.refused],
        },
        "counts": {
            group: [count_record(count, done.labels) for count in grouped(done.counts, group)]
            for group in codes()["group"]
        },
        "targets": [judgement_record(judgement) for judgement in done.judgements],
    }

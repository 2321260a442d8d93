"""The report as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a file."""

import json
from typing import Any
from urllib.parse import quote

from plandata import __version__
from plandata.finding import Finding, Report
from plandata.reports import must, shown, why
from plandata.rules.registry import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, lang: str) -> str:
    used = list(report.counts)
    rules = [
        {
            "id": rule,
            "name": "".join(word.capitalize() for word in rule.split("_")),
            "shortDescription": {"text": must(rule, lang)},
            "fullDescription": {"text": why(rule, lang)},
            "help": {"text": RULES[rule].mend_zh if lang == "zh" else RULES[rule].mend},
        }
        for rule in used
    ]
    index = {rule: i for i, rule in enumerate(used)}
    results = [result(finding, index[finding.rule], lang) for finding in report.findings]
    driver = {"name": "plandata", "version": __version__, "rules": rules}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def result(finding: Finding, rule_index: int, lang: str) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.path, errors="backslashreplace")}}
    if finding.line:
        location["region"] = {"startLine": finding.line}
    texts = (finding.row, finding.column, finding.value, finding.detail)
    cell = " ".join(shown(text) for text in texts if text)
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": finding.severity,
        "message": {"text": f"{must(finding.rule, lang)} {cell}".strip()},
        "locations": [{"physicalLocation": location}],
    }

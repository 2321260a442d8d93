"""Validation reports as text, JSON, CSV, SARIF 2.1.0 (OASIS, which code hosts show beside the lines) and HTML."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from plandata import __version__
from plandata.files import csv_text, json_text
from plandata.finding import Finding, Prose, Report
from plandata.report import page
from plandata.rules import RULES
from plandata.text import Text, visible

SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# How much of a cell a report for machines holds, and of a path one for people.
LONGEST_CELL, LONGEST_PATH = 1000, 200
FINE = Text(
    "{root}: valid. {rows} rows in {tables} tables, no findings.", "{root}：有效。{tables} 张表 {rows} 行，没有问题。"
)
SUMMARY = Text(
    "{root}: {findings} by {rules}, in {rows} rows of {tables} tables.",
    "{root}：{rules}发现 {findings}，共检查 {tables} 张表 {rows} 行。",
)
FINDINGS, FINDING = Text("{n} findings", "{n} 处问题"), Text("{n} finding", "{n} 处问题")
BY_RULES, BY_RULE = Text("{n} rules", "{n} 条规则"), Text("{n} rule", "{n} 条规则")
UNCHECKED = Text("Not checked, for want of their tables: {rules}", "因缺少所需的表而未检查：{rules}")
NEXT = Text("plandata explain RULE tells more of a rule.", "plandata explain 规则 可查看规则说明。")
MEND = Text("mend", "改法")
WORDS = {
    "title": Text("Validation report", "验证报告"),
    "valid": Text("Valid: no findings.", "有效：没有问题。"),
    "rule": Text("Rule", "规则"),
    "file": Text("File", "文件"),
    "line": Text("Line", "行"),
    "row": Text("Row", "标识"),
    "column": Text("Column", "列"),
    "cell": Text("Cell", "单元格"),
    "mend": Text("Mend", "改法"),
    "unchecked": Text("Not checked, for want of their tables", "因缺少所需的表而未检查"),
}


def render(report: Report, form: str, lang: str) -> str:
    """A report as text in one of FORMS. Raises KeyError for an unknown form."""
    return FORMS[form](report, lang)


def prose(finding: Finding) -> Prose:
    """All that is told of the rule that a finding breaks."""
    return RULES[finding.rule].prose


def counted(n: int, one: Text, more: Text) -> Text:
    """A number with its noun."""
    return (one if n == 1 else more).format(n=f"{n:,}")


def text(report: Report, lang: str) -> str:
    """The report as plain text: a summary by rule, then every finding."""
    return "\n".join(lines(report, lang)) + "\n"


def lines(report: Report, lang: str) -> Iterator[str]:
    read = {"root": report.root, "rows": f"{sum(report.rows.values()):,}", "tables": len(report.rows)}
    yield (summary(report, read) if report.findings else FINE.format(**read))[lang]
    if report.findings:
        yield ""
        yield from rule_lines(report, lang)
        yield ""
        yield from map(one, report.findings)
    if report.unchecked:
        yield ""
        yield UNCHECKED.format(rules=", ".join(report.unchecked))[lang]
    if report.findings:
        yield ""
        yield NEXT[lang]


def summary(report: Report, read: dict[str, object]) -> Text:
    findings = counted(len(report.findings), FINDING, FINDINGS)
    return SUMMARY.format(findings=findings, rules=counted(len(report.counts), BY_RULE, BY_RULES), **read)


def rule_lines(report: Report, lang: str) -> Iterator[str]:
    """For each broken rule how often, what it says, and how to mend."""
    for rule, count in report.counts.items():
        told = RULES[rule].prose
        yield f"{count:>9,}  {rule}: {told.must[lang]} {told.why[lang]}"
        yield f"{'':>9}  {MEND[lang]}: {told.mend[lang]}"


def one(finding: Finding) -> str:
    """A finding on one line: where it is, which rule, what is there.

    >>> one(Finding("percent_is_within_100", "error", "targets", "data/targets.csv", 7, "a.t1", "value", "120"))
    'data/targets.csv:7: percent_is_within_100: a.t1 value=120'
    """
    path = visible(finding.path, LONGEST_PATH)
    place = f"{path}:{finding.line}" if finding.line else path
    value = visible(finding.value)
    cell = f" {visible(finding.column)}={value}" if finding.column else f" {value}".rstrip()
    detail = f" ({visible(finding.detail, LONGEST_PATH)})" if finding.detail else ""
    row = f" {visible(finding.row)}" if finding.row else ""
    return f"{place}: {finding.rule}:{row}{cell}{detail}"


def record(finding: Finding, lang: str) -> dict[str, str | int]:
    """A finding with its texts, for reports that machines read."""
    told = prose(finding)
    cells = ("table", "path", "line", "row", "column", "value", "detail")
    seen = {name: getattr(finding, name) for name in cells}
    safe = {name: visible(cell, LONGEST_CELL) if isinstance(cell, str) else cell for name, cell in seen.items()}
    texts = {"message": told.must[lang], "why": told.why[lang], "mend": told.mend[lang]}
    return {"rule": finding.rule, "severity": finding.severity, **safe, **texts}


def json(report: Report, lang: str) -> str:
    content = {
        "package": report.root,
        "valid": report.valid,
        "rows": report.rows,
        "counts": dict(report.counts),
        "unchecked": report.unchecked,
        "findings": [record(finding, lang) for finding in report.findings],
    }
    return json_text(content, indent=1)


def csv(report: Report, lang: str) -> str:
    """One finding a row."""
    columns = list(record(Finding("key_is_unique", "", "", "", 0, "", "", ""), lang))
    return csv_text(columns, (record(finding, lang).values() for finding in report.findings), safe=True)


def sarif(report: Report, lang: str) -> str:
    index = {rule: i for i, rule in enumerate(report.counts)}
    results = [sarif_result(finding, index[finding.rule], lang) for finding in report.findings]
    driver = {"name": "plandata", "version": __version__, "rules": [sarif_rule(rule, lang) for rule in index]}
    log = {"$schema": SARIF, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return json_text(log, indent=1)


def sarif_rule(rule: str, lang: str) -> dict[str, Any]:
    told = RULES[rule].prose
    return {
        "id": rule,
        "name": "".join(word.capitalize() for word in rule.split("_")),
        "shortDescription": {"text": told.must[lang]},
        "fullDescription": {"text": told.why[lang]},
        "help": {"text": told.mend[lang]},
    }


def sarif_result(finding: Finding, rule_index: int, lang: str) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.path, errors="backslashreplace")}}
    if finding.line:
        location["region"] = {"startLine": finding.line}
    cells = (finding.row, finding.column, finding.value, finding.detail)
    seen = " ".join(visible(cell) for cell in cells if cell)
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": finding.severity,
        "message": {"text": f"{prose(finding).must[lang]} {seen}".strip()},
        "locations": [{"physicalLocation": location}],
    }


def html(report: Report, lang: str) -> str:
    """One self-contained page."""
    rules = [
        {
            "id": rule,
            "count": count,
            "prose": {name: getattr(RULES[rule].prose, name)[lang] for name in ("must", "why", "mend")},
            "rows": [cells(finding) for finding in report.findings if finding.rule == rule],
        }
        for rule, count in report.counts.items()
    ]
    words = {name: word[lang] for name, word in WORDS.items()}
    total = counted(len(report.findings), FINDING, FINDINGS)[lang]
    return page("findings.html.j2", lang=lang, report=report, rules=rules, words=words, total=total)


def cells(finding: Finding) -> list[str]:
    """A finding as the cells of a line of its table."""
    seen = (finding.row, finding.column, finding.value, finding.detail)
    return [visible(finding.path, LONGEST_PATH), str(finding.line or ""), *map(visible, seen)]


FORMS: dict[str, Callable[[Report, str], str]] = {"text": text, "json": json, "csv": csv, "sarif": sarif, "html": html}

"""Validation reports as text, JSON, CSV, SARIF 2.1.0 (OASIS, which code hosts show beside the lines) and HTML."""

import json as standard
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from plandata import __version__
from plandata.files import csv_text, json_text
from plandata.finding import Finding, Report
from plandata.report import page
from plandata.rules import RULES
from plandata.text import Text, harmless, visible
from plandata.words import COLON, SPACE

SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# How much of a cell a report for machines holds, and of a path one for people.
LONGEST_CELL, LONGEST_PATH = 1000, 200
# How many findings of each rule a report for people lists. GitHub shows 5,000 results of a SARIF run and takes no file
# with more than 25,000, so that one shares 5,000 among its rules.
MOST_LISTED, MOST_RESULTS = 100, 5_000
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
CUT = Text(
    "Listed are the first {most} of {total}; --format csv or json gives all.",
    "以下只列 {total} 处中的前 {most} 处；--format csv 或 json 给出全部。",
)
CUT_RUN = Text(
    "{rule}: first {most} of {total}; --format csv or json gives all.",
    "{rule}：{total} 处中的前 {most} 处；--format csv 或 json 给出全部。",
)
WORDS = {
    "title": Text("Validation report", "验证报告"),
    "valid": Text("Valid: no findings.", "有效：没有问题。"),
    "rule": Text("Rule", "规则"),
    "file": Text("File", "文件"),
    "line": Text("Line", "行"),
    "row": Text("Row", "标识"),
    "column": Text("Column", "列"),
    "cell": Text("Cell", "单元格"),
    "detail": Text("Detail", "说明"),
    "mend": Text("Mend", "改法"),
    "unchecked": Text("Not checked, for want of their tables", "因缺少所需的表而未检查"),
}


def render(report: Report, form: str, lang: str) -> str:
    """A report as text in one of FORMS. Raises KeyError for an unknown form."""
    return FORMS[form](report, lang)


@cache
def prose(rule: str, lang: str) -> dict[str, str]:
    """What is told of a rule to those whose data break it: what must hold, why, how to mend."""
    told = RULES[rule].prose
    return {"must": told.must[lang], "why": told.why[lang], "mend": told.mend[lang]}


def first(findings: Iterable[Finding], most: int = MOST_LISTED) -> list[Finding]:
    """The first so many findings of each rule, in their order."""
    seen: Counter[str] = Counter()
    kept = []
    for finding in findings:
        seen[finding.rule] += 1
        if seen[finding.rule] <= most:
            kept.append(finding)
    return kept


def cut(count: int, most: int = MOST_LISTED) -> Text | None:
    """What is said where not all findings of a rule are listed; None where they are."""
    return CUT.format(most=f"{most:,}", total=f"{count:,}") if count > most else None


def counted(n: int, one: Text, more: Text) -> Text:
    """A number with its noun."""
    return (one if n == 1 else more).format(n=f"{n:,}")


def text(report: Report, lang: str) -> str:
    """The report as plain text: a summary by rule, then every finding."""
    return harmless("\n".join(lines(report, lang)) + "\n")


def lines(report: Report, lang: str) -> Iterator[str]:
    read = {"root": report.root, "rows": f"{sum(report.rows.values()):,}", "tables": len(report.rows)}
    yield (summary(report, read) if report.findings else FINE.format(**read))[lang]
    if report.findings:
        yield ""
        yield from rule_lines(report, lang)
        yield ""
        yield from map(one, first(report.findings))
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
        told, shortened = prose(rule, lang), cut(count)
        yield f"{count:>9,}  {rule}: {told['must']}{SPACE[lang]}{told['why']}"
        yield f"{'':>9}  {MEND[lang]}{COLON[lang]}{told['mend']}"
        if shortened:
            yield f"{'':>9}  {shortened[lang]}"


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
    told = prose(finding.rule, lang)
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "table": visible(finding.table, LONGEST_CELL),
        "path": visible(finding.path, LONGEST_CELL),
        "line": finding.line,
        "row": visible(finding.row, LONGEST_CELL),
        "column": visible(finding.column, LONGEST_CELL),
        "value": visible(finding.value, LONGEST_CELL),
        "detail": visible(finding.detail, LONGEST_CELL),
        "message": told["must"],
        "why": told["why"],
        "mend": told["mend"],
    }


def json(report: Report, lang: str) -> str:
    """One JSON object, a finding a line: all of them at once would take the slow way of Python's json."""
    content = {
        "package": report.root,
        "valid": report.valid,
        "rows": report.rows,
        "counts": dict(report.counts),
        "unchecked": report.unchecked,
    }
    head = json_text(content, indent=1).rstrip().removesuffix("}").rstrip()
    write = standard.JSONEncoder(ensure_ascii=False).encode
    rows = ",\n  ".join(write(record(finding, lang)) for finding in report.findings)
    return f'{head},\n "findings": [{rows}]\n}}\n'


def csv(report: Report, lang: str) -> str:
    """One finding a row."""
    columns = list(record(Finding("key_is_unique", "", "", "", 0, "", "", ""), lang))
    return csv_text(columns, (record(finding, lang).values() for finding in report.findings), safe=True)


def sarif(report: Report, lang: str) -> str:
    """SARIF, at most MOST_RESULTS results; what is left out is told as a notification of the run."""
    index = {rule: i for i, rule in enumerate(report.counts)}
    most = MOST_RESULTS // max(len(index), 1)
    results = [sarif_result(finding, index[finding.rule], lang) for finding in first(report.findings, most)]
    driver = {"name": "plandata", "version": __version__, "rules": [sarif_rule(rule, lang) for rule in index]}
    run: dict[str, Any] = {"tool": {"driver": driver}}
    notes = [
        {"level": "note", "message": {"text": CUT_RUN.format(rule=rule, most=f"{most:,}", total=f"{count:,}")[lang]}}
        for rule, count in report.counts.items()
        if count > most
    ]
    if notes:
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": notes}]
    return json_text({"$schema": SARIF, "version": "2.1.0", "runs": [run | {"results": results}]}, indent=1)


def sarif_rule(rule: str, lang: str) -> dict[str, Any]:
    told = prose(rule, lang)
    return {
        "id": rule,
        "name": "".join(word.capitalize() for word in rule.split("_")),
        "shortDescription": {"text": told["must"]},
        "fullDescription": {"text": told["why"]},
        "help": {"text": told["mend"]},
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
        "message": {"text": f"{prose(finding.rule, lang)['must']} {seen}".strip()},
        "locations": [{"physicalLocation": location}],
    }


def html(report: Report, lang: str) -> str:
    """One self-contained page."""
    listed: dict[str, list[list[str]]] = defaultdict(list)
    for finding in first(report.findings):
        listed[finding.rule].append(cells(finding))
    rules = [
        {"id": rule, "count": count, "prose": prose(rule, lang), "cut": cut(count), "rows": listed[rule]}
        for rule, count in report.counts.items()
    ]
    words = {name: word[lang] for name, word in WORDS.items()}
    total = counted(len(report.findings), FINDING, FINDINGS)[lang]
    folder = visible(Path(report.root).resolve().name or report.root)
    told = {"folder": folder, "unchecked": report.unchecked, "total": total}
    return page("findings.html.j2", lang=lang, rules=rules, words=words, **told)


def cells(finding: Finding) -> list[str]:
    """A finding as the cells of a line of its table."""
    seen = (finding.row, finding.column, finding.value, finding.detail)
    return [visible(finding.path, LONGEST_PATH), str(finding.line or ""), *map(visible, seen)]


FORMS: dict[str, Callable[[Report, str], str]] = {"text": text, "json": json, "csv": csv, "sarif": sarif, "html": html}

"""The report as plain text: a summary by rule, then every finding."""

from collections.abc import Iterator

from plandata.finding import Finding, Report
from plandata.reports import mend, must, shown, why

WORDS = {
    "en": {
        "fine": "{root}: valid. {rows:,} rows in {tables} tables, no findings.",
        "found": "{root}: {count:,} {findings} by {rules} {by}, in {rows:,} rows of {tables} tables.",
        "unchecked": "Not checked, because tables could not be read: {rules}",
        "next": "plandata explain RULE tells more of a rule.",
        "mend": "mend",
        "file": "file",
    },
    "zh": {
        "fine": "{root}：有效。{tables} 张表 {rows:,} 行，没有问题。",
        "found": "{root}：{rules} 条规则发现 {count:,} 处问题，共检查 {tables} 张表 {rows:,} 行。",
        "unchecked": "因表无法读取而未检查：{rules}",
        "next": "plandata explain 规则 可查看规则说明。",
        "mend": "改法",
        "file": "文件",
    },
}


def render(report: Report, lang: str) -> str:
    return "\n".join(lines(report, lang)) + "\n"


def lines(report: Report, lang: str) -> Iterator[str]:
    words, counts = WORDS[lang], report.counts
    numbers = {
        "root": report.root,
        "rows": sum(report.rows.values()),
        "tables": len(report.rows),
        "count": len(report.findings),
        "findings": "finding" if len(report.findings) == 1 else "findings",
        "rules": len(counts),
        "by": "rule" if len(counts) == 1 else "rules",
    }
    if not report.findings:
        yield words["fine"].format(**numbers)
        return
    yield words["found"].format(**numbers)
    yield ""
    for rule, count in counts.items():
        yield f"{count:>9,}  {rule}: {must(rule, lang)} {why(rule, lang)}"
        yield f"{'':>9}  {words['mend']}: {mend(rule, lang)}"
    yield ""
    for finding in report.findings:
        yield one(finding)
    if report.unchecked:
        yield ""
        yield words["unchecked"].format(rules=", ".join(report.unchecked))
    yield ""
    yield words["next"]


def one(finding: Finding) -> str:
    """A finding on one line: where it is, which rule, what is there.

    >>> one(Finding("percent_is_within_100", "error", "targets", "data/targets.csv", 7, "a.t1", "value", "120"))
    'data/targets.csv:7: percent_is_within_100: a.t1 value=120'
    """
    path = shown(finding.path, 200)
    place = f"{path}:{finding.line}" if finding.line else path
    value = shown(finding.value)
    cell = f" {shown(finding.column)}={value}" if finding.column else f" {value}".rstrip()
    detail = f" ({shown(finding.detail, 200)})" if finding.detail else ""
    row = f" {shown(finding.row)}" if finding.row else ""
    return f"{place}: {finding.rule}:{row}{cell}{detail}"

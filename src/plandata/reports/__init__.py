"""Validation reports in the forms that people and tools read."""

from collections.abc import Callable
from importlib import import_module

from plandata.finding import Finding, Report
from plandata.rules.registry import RULES

FORMATS = ("text", "json", "csv", "sarif", "html")
Render = Callable[[Report, str], str]


def render(report: Report, form: str, lang: str) -> str:
    """A report as text in one of FORMATS; lang is en or zh.

    Raises KeyError for an unknown form.
    """
    if form not in FORMATS:
        raise KeyError(form)
    renderer: Render = import_module(f"plandata.reports.{form}_report").render
    return renderer(report, lang)


def must(rule: str, lang: str) -> str:
    """What a rule says must hold."""
    return RULES[rule].must_zh if lang == "zh" else RULES[rule].must


def why(rule: str, lang: str) -> str:
    """What follows where a rule is broken."""
    return RULES[rule].why_zh if lang == "zh" else RULES[rule].why


def mend(rule: str, lang: str) -> str:
    """How to mend what breaks a rule."""
    return RULES[rule].mend_zh if lang == "zh" else RULES[rule].mend


def shown(value: str, longest: int = 60) -> str:
    """A cell for display: its control characters visible, and cut where it is long."""
    visible = "".join(c if c.isprintable() else repr(c)[1:-1] for c in value[: longest + 1])
    return visible if len(value) <= longest else f"{visible[:longest]}… ({len(value):,})"


def as_record(finding: Finding, lang: str) -> dict[str, str | int]:
    """A finding with its texts, for reports that machines read."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "table": shown(finding.table, 1000),
        "path": shown(finding.path, 1000),
        "line": finding.line,
        "row": shown(finding.row, 1000),
        "column": shown(finding.column, 1000),
        "value": shown(finding.value, 1000),
        "detail": shown(finding.detail, 1000),
        "message": must(finding.rule, lang),
        "why": why(finding.rule, lang),
        "mend": mend(finding.rule, lang),
    }

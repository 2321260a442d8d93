"""Rules and findings: what a rule is made of, what it is called with, and when a report is valid."""

import polars as pl
import pytest

from plandata.files import PackageError
from plandata.finding import Finding, Report, Rule, rule
from plandata.rules import RULES


def found(severity: str, name: str = "a") -> Finding:
    return Rule(name, "group", "Must.", severity=severity).finding("places", "data/places.csv")


@pytest.mark.parametrize(
    ("severities", "valid"), [((), True), (("warning",), True), (("warning", "error"), False), (("error",), False)]
)
def test_a_report_is_valid_without_errors(severities: tuple[str, ...], valid: bool) -> None:
    assert Report("root", [found(severity) for severity in severities]).valid == valid


def test_findings_are_counted_by_rule_the_most_first() -> None:
    report = Report("root", [found("error", name) for name in "abbcbc"])
    assert list(report.counts.items()) == [("b", 3), ("c", 2), ("a", 1)]


def test_a_finding_is_about_a_file_as_a_whole_unless_it_says_where() -> None:
    one = found("error")
    assert (one.line, one.row, one.column, one.value, one.detail) == (0, "", "", "", "")


def test_a_rule_is_made_of_its_function() -> None:
    @rule("goals", "measures", column="kind", needs=("plans",), severity="warning")
    def kinds_agree(*frames: pl.DataFrame) -> int:
        """Kinds
        agree.
        """
        return len(frames)

    assert (kinds_agree.id, kinds_agree.must, kinds_agree.group) == ("kinds_agree", "Kinds agree.", "test_finding")
    assert (kinds_agree.tables, kinds_agree.needs) == (("goals", "measures"), ("goals", "measures", "plans"))
    assert (kinds_agree.column, kinds_agree.severity, kinds_agree.alone) == ("kind", "warning", False)
    assert kinds_agree(pl.DataFrame(), pl.DataFrame()) == 2

    @rule("goals", needs=("plans",), alone=True)
    def each_is_fine(frame: pl.DataFrame) -> None:
        """Each."""

    assert (each_is_fine.needs, each_is_fine.alone, each_is_fine.severity) == (("plans",), True, "error")


def test_a_rule_without_a_check_is_not_called() -> None:
    with pytest.raises(TypeError, match="a is found broken while files are read"):
        Rule("a", "group", "Must.")()


def test_the_prose_of_a_rule_is_told_or_missed_by_name() -> None:
    told = RULES["key_is_unique"].prose
    assert told.must.en == RULES["key_is_unique"].must
    assert all((told.must.zh, told.why.en, told.why.zh, told.mend.en, told.mend.zh, told.bad, told.good))
    with pytest.raises(PackageError, match="tells nothing of the rule a; add why, mend, bad and good"):
        _ = Rule("a", "group", "Must.").prose

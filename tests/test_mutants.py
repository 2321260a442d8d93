"""Small changes of the rules, each at another boundary, do not pass unnoticed; `make rule-mutants` tries them all."""

import pytest
from mutants import source, survives

pytestmark = pytest.mark.slow

# Module, what stands there, and what a slip of the pen would make of it.
SLIPS = [
    ("wording", "WORDS_AT_MOST = 15", "WORDS_AT_MOST = 16"),
    ("wording", "words > WORDS_AT_MOST", "words >= WORDS_AT_MOST"),
    ("targets", '(pl.col("x") > 100)', '(pl.col("x") > 101)'),
    ("targets", '(pl.col("base") > 100)', '(pl.col("base") >= 100)'),
    ("targets", 'due <= as_number("reference_year")', 'due < as_number("reference_year")'),
    ("targets", 'due <= as_number("baseline_year")', 'due < as_number("baseline_year")'),
    ("targets", "due > end", "due >= end"),
    ("targets", 'pl.col("x") > pl.col("top")', 'pl.col("x") >= pl.col("top")'),
    ("targets", '("time_per_year", "time_per_term", "hour_per_day")', '("time_per_year", "time_per_term")'),
    ("targets", "以上|不低于|不少于", "以上|不低于"),
    ("items", 'as_number("end_year") < as_number("start_year")', 'as_number("end_year") <= as_number("start_year")'),
    ("items", '("project", "implementation", "monitoring")', '("project", "implementation")'),
    ("cells", "figure <= high", "figure < high"),
    ("cells", "above = figure >= low", "above = figure > low"),
    ("exceptions", 'up & (pl.col("x") < pl.col("base"))', 'up & (pl.col("x") <= pl.col("base"))'),
    ("exceptions", 'pl.col("printed") != before.fill_null(0) + 1', 'pl.col("printed") != before.fill_null(0) + 2'),
    ("observations", '"hour_per_day": 24.0', '"hour_per_day": 25.0'),
    ("observations", "(value < 0)", "(value <= 0)"),
    ("schemas", '"maximum": lambda own, limit: own > limit', '"maximum": lambda own, limit: own < limit'),
    ("units", '(pl.col("role") == "lead")', '(pl.col("role") != "lead")'),
    ("policy", "(issued <= home)", "(issued < home)"),
    ("policy", "strange[0] | strange[1]", "strange[0] & strange[1]"),
    ("policy", ".fill_null(True)", ".fill_null(False)"),
    ("policy", 'pl.col("title_en").n_unique().over(same) > 1', 'pl.col("title_en").n_unique().over(same) > 2'),
    ("keys", "is_not_null() & row_meant", "is_not_null() | row_meant"),
]


@pytest.mark.parametrize(("group", "old", "new"), SLIPS)
def test_a_slip_is_noticed(group: str, old: str, new: str) -> None:
    text = source(group)
    assert text.count(old) == 1, f"rules/{group}.py no longer has {old!r} once: choose another slip"
    assert not survives(group, text.replace(old, new))


def test_what_changes_nothing_is_not_noticed() -> None:
    assert survives("wording", source("wording").replace("WORDS_AT_MOST = 15", "WORDS_AT_MOST = 14 + 1"))

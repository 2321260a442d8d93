"""A judgement as plain values, for the reports that machines read."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from plandata.assess.codes import codes
from plandata.assess.counting import Count
from plandata.assess.judgement import Judgement
from plandata.assess.method import Answer
from plandata.assess.reasons import Required, rounded, say, words
from plandata.schema import schemas

PLACES = 6
COPIED = (
    "target_id", "plan_id", "place_id", "domain_id", "theme", "indicator_id", "name_zh", "name_en",
    "scope_zh", "scope_en", "comparator", "basis", "better", "unit", "target_year",
)  # fmt: skip


def plain(value: Fraction | float | None) -> str | None:
    """A number as machines read it: without separators, at most six decimals.

    >>> plain(Fraction("8.50")), plain(Fraction(1, 3)), plain(Fraction(0)), plain(None)
    ('8.5', '0.333333', '0', None)
    """
    if value is None:
        return None
    text = f"{rounded(Fraction(value), PLACES):f}"
    return text.rstrip("0").rstrip(".")


def required(judgement: Judgement, lang: str) -> str:
    """What the target asks for: the levels that meet it, else the name of its comparator."""
    target = judgement.target
    if judgement.band is not None:
        return words("band", Required(judgement.band, target.unit), lang)
    comparator = schemas().codes["comparator"][target.comparator]
    name = comparator.label_zh if lang == "zh" else comparator.label_en
    if target.value is None:
        return name
    basis = schemas().codes["basis"][target.basis]
    kind = "" if target.basis == "level" else f" ({basis.label_zh if lang == 'zh' else basis.label_en})"
    unit = schemas().codes["unit_of_measure"][target.change_unit or target.unit]
    return f"{comparator.symbol} {plain(target.value)} {unit.label_zh if lang == 'zh' else unit.label_en}{kind}"


def judgement_record(judgement: Judgement) -> dict[str, Any]:
    """Everything said of one target, nested, numbers as decimal text."""
    target, status = judgement.target, codes()["status"][judgement.status]
    return {name: getattr(target, name) for name in COPIED} | {
        "lead_units": list(target.leads),
        "required_zh": required(judgement, "zh"),
        "required_en": required(judgement, "en"),
        "judged_year": judgement.year,
        "value": plain(judgement.value),
        "status": judgement.status,
        "status_zh": status.label_zh,
        "status_en": status.label_en,
        "measurable": judgement.measurable,
        "reason_zh": say(judgement.reason, "zh"),
        "reason_en": say(judgement.reason, "en"),
        "warnings": [warning_record(w.code, say(w.reason, "zh"), say(w.reason, "en")) for w in judgement.warnings],
        "base": None if judgement.base is None else {"year": judgement.base[0], "value": plain(judgement.base[1])},
        "observations": {str(year): plain(value) for year, value in (judgement.points or {}).items()},
        "methods": {answer.method: answer_record(answer) for answer in judgement.answers},
        "methods_agree": judgement.agree,
    }


def warning_record(code: str, reason_zh: str, reason_en: str) -> dict[str, str]:
    label = codes()["warning"][code]
    return {
        "code": code,
        "label_zh": label.label_zh,
        "label_en": label.label_en,
        "reason_zh": reason_zh,
        "reason_en": reason_en,
    }


def answer_record(answer: Answer) -> dict[str, Any]:
    """What one method found. Changes are per year: amounts in the unit of the target, or rates (0.02 is 2 % a year)."""
    return {
        "applies": answer.applies,
        "path": plain(answer.path),
        "required_change": plain(answer.required),
        "observed_change": plain(answer.observed),
        "needed_change": plain(answer.needed),
        "projected": plain(answer.projected),
        "up_to_path": answer.up_to_path,
        "verdict": answer.verdict,
    }


def count_record(count: Count, labels: Mapping[tuple[str, str], tuple[str, str]]) -> dict[str, Any]:
    """One group of the counting."""
    zh, en = labels.get((count.group, count.key), ("", ""))
    return {
        "key": count.key,
        "label_zh": zh,
        "label_en": en,
        "total": count.total,
        "measurable": count.measurable,
        "met": count.met,
        "rate": None if count.rate is None else str(count.rate),
        "by_status": count.by_status,
    }


def grouped(counts: Sequence[Count], group: str) -> list[Count]:
    return [count for count in counts if count.group == group]

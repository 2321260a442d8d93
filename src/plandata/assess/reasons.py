"""Reasons in words and numbers, in both languages, made from codes and exact values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from plandata.assess.codes import codes, templates
from plandata.schema import schemas

if TYPE_CHECKING:
    from plandata.assess.band import Band

ATTACHED = ("percent", "per_mille")
# Units whose name reads ill after a number.
BARE = {"en": ("count", "ratio"), "zh": ("ratio",)}


@dataclass(frozen=True)
class Amount:
    """A number with its unit of measure; a value of None stands for the unit alone."""

    value: Fraction | None
    unit: str


@dataclass(frozen=True)
class Required:
    """A band with the unit of its levels."""

    band: "Band"
    unit: str


@dataclass(frozen=True)
class Reason:
    """A reason: the code of its template and what goes into it (years, amounts, bands, codes)."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def say(reason: Reason, lang: str) -> str:
    """A reason in one language.

    >>> say(Reason("met", {"value": Amount(Fraction("99.6"), "percent"), "year": 2025, "band": "≥ 99%"}), "en")
    '99.6% in 2025 meets ≥ 99%.'
    """
    return templates()[reason.code][lang].format(**{k: words(k, v, lang) for k, v in reason.values.items()})


def words(name: str, value: object, lang: str) -> str:
    """One value of a reason in words."""
    if isinstance(value, Amount):
        return amount(value.value, value.unit, lang)
    if isinstance(value, Required):
        return band_words(value, lang)
    if isinstance(value, tuple):
        return ("、" if lang == "zh" else ", ").join(words(name, part, lang) for part in value)
    if name == "comparator":
        return label(schemas().codes["comparator"][str(value)], lang)
    if name == "basis":
        return label(schemas().codes["basis"][str(value)], lang)
    if name in ("linear", "compound"):
        return label(codes()["status"][str(value)], lang)
    return str(value)


def label(code: object, lang: str) -> str:
    """The label of a code in one language."""
    return str(getattr(code, "label_zh" if lang == "zh" else "label_en"))


def amount(value: Fraction | None, unit: str, lang: str) -> str:
    """A number with its unit.

    >>> amount(Fraction("8.5"), "per_100k", "en"), amount(Fraction(1, 3), "percent", "zh")
    ('8.5 per 100,000', '0.333%')
    """
    name = label(schemas().codes["unit_of_measure"][unit], lang)
    if value is None:
        return name
    if unit in BARE[lang]:
        return figure(value)
    if lang == "zh" and unit.startswith("per_1"):
        return f"{figure(value)}/10万" if unit == "per_100k" else f"{name}{figure(value)}"
    return f"{figure(value)}{'' if lang == 'zh' or unit in ATTACHED else ' '}{name}"


def band_words(required: Required, lang: str) -> str:
    """A band as signs and numbers: ≥ 99%, or two ends joined."""
    band, ends = required.band, []
    if band.low is not None and band.low == band.high:
        return f"= {amount(band.low, required.unit, lang)}"
    for end, closed, opened, is_open in ((band.low, "≥", ">", band.low_open), (band.high, "≤", "<", band.high_open)):
        if end is not None:
            ends.append(f"{opened if is_open else closed} {amount(end, required.unit, lang)}")
    return ("且" if lang == "zh" else " and ").join(ends)


def figure(value: Fraction | float) -> str:
    """A number for people: exact up to four decimals, else rounded to three significant digits or two decimals.

    >>> [figure(value) for value in (Fraction(1180100), Fraction("0.8"), Fraction(2, 3), Fraction(-175, 3), 0.0)]
    ['1,180,100', '0.8', '0.667', '-58.33', '0']
    """
    exact = Fraction(value)
    if abs(exact) >= 10**16:
        return f"{float(exact):.2e}"
    if (exact * 10000).denominator == 1:
        places = next(n for n in range(5) if (exact * 10**n).denominator == 1)
        return f"{rounded(exact, places):,}"
    places = 2
    while abs(exact) * 10**places < 100 and places < 8:
        places += 1
    short = rounded(exact, places)
    return f"{short:,}"


def rounded(value: Fraction, places: int) -> Decimal:
    """A fraction as a decimal with so many places, a half rounded away from zero as official statistics do.

    >>> rounded(Fraction(4400, 54), 1)
    Decimal('81.5')
    """
    scaled = abs(value) * 10**places
    whole = int(scaled + Fraction(1, 2))
    return (
        (Decimal(whole) * (-1 if value < 0 else 1)).scaleb(-places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    )

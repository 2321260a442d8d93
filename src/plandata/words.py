"""All that is put into words: labels of codes, numbers, amounts, targets, bands, changes; each in one place.

>>> from plandata.schema import edition
>>> say = Words(edition().labels, "zh")
>>> say.amount(8.5, "per_100k"), say.label("role", "lead")
('8.5/10万', '牵头单位')
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from plandata.schema import CodeLists
from plandata.text import Text

Number = Fraction | Decimal | float | str
Row = Mapping[str, Any]
SENTENCES = {
    "level": Text("{amount}, by {year}", "到{year}年，{amount}"),
    "rate_per_period": Text("{amount}, by {year}", "到{year}年，{amount}"),
    "cumulative": Text("{amount} in all, by {year}", "到{year}年，累计{amount}"),
    "relative_decrease": Text("{amount} below {reference}, by {year}", "到{year}年，比{reference}年下降{amount}"),
    "relative_increase": Text("{amount} above {reference}, by {year}", "到{year}年，比{reference}年提高{amount}"),
    "annual_decrease": Text("down by {amount} a year, until {year}", "至{year}年，每年下降{amount}"),
    "annual_increase": Text("up by {amount} a year, until {year}", "至{year}年，每年提高{amount}"),
}
IN_EACH_YEAR = Text("{figure} in each year", "逐年{figure}")
AT_AN_EVENT = Text("{amount}, {timing}", "{timing}，{amount}")
FIGURES = {
    "relative_decrease": Text("down {figure} on {reference}", "比{reference}年下降{gap}{figure}"),
    "relative_increase": Text("up {figure} on {reference}", "比{reference}年提高{gap}{figure}"),
    "annual_decrease": Text("down {figure} a year", "每年下降{gap}{figure}"),
    "annual_increase": Text("up {figure} a year", "每年提高{gap}{figure}"),
    "cumulative": Text("{figure} in total", "累计{gap}{figure}"),
}
# How a comparator stands before a benchmark; the words of the others are put before it.
AGAINST = {
    "eq": Text("the same as {benchmark}", "达到{benchmark}"),
    "approx": Text("in keeping with {benchmark}", "与{benchmark}相适应"),
    "eliminate": Text("eliminate, by the standard of {benchmark}", "消除（标准：{benchmark}）"),
}
BESIDE = Text("{word} {benchmark}", "{word}{benchmark}")
BASELINE = Text("{figure} in {year}", "{year}年为{figure}")
UNKNOWN_YEAR = Text("the base year", "基")
SPACE, AND, COMMA, SEMICOLON = Text(" ", ""), Text(" and ", "且"), Text(", ", "、"), Text("; ", "、")
# The word before the last of several names.
AND_LAST = Text(" and ", "和")
AGED = Text("aged {ages}", "{ages}岁")
SHORT, TOO_HIGH = Text("{amount} short", "差{amount}"), Text("{amount} too high", "高出{amount}")
ON_THE_LIMIT = Text("exactly on the limit, which does not count", "恰在界限上，不算达到")
BRACKETS, COLON, STOP = Text(" ({text})", "（{text}）"), Text(": ", "："), Text(".", "。")


class Ends(Protocol):
    """A range of levels: its ends, None for no limit, and whether an end is outside it."""

    @property
    def low(self) -> Fraction | None: ...
    @property
    def high(self) -> Fraction | None: ...
    @property
    def low_open(self) -> bool: ...
    @property
    def high_open(self) -> bool: ...


@dataclass(frozen=True)
class Amount:
    """A number with its unit of measure; a value of None stands for the unit alone."""

    value: Number | None
    unit: str


@dataclass(frozen=True)
class Gap:
    """What a level lacks to a target, in a unit of measure; above tells that it is too high. 0 is on an end that is not
    in the range.
    """

    value: Fraction
    unit: str
    above: bool = False


@dataclass(frozen=True)
class Moved:
    """How far a level has moved: an amount with its sign, in the unit of the change."""

    value: Fraction
    unit: str


@dataclass(frozen=True)
class Compared:
    """A comparator with the quantity that is compared with."""

    comparator: str
    benchmark: Text


@dataclass(frozen=True)
class Required:
    """A range of levels with their unit of measure; word is that for the change which leads into it."""

    band: Ends
    unit: str
    word: "Coded | None" = None


@dataclass(frozen=True)
class Coded:
    """A code with the list that it is of."""

    codes: str
    code: str


@dataclass(frozen=True)
class Words:
    """What codes, figures and targets are called in one language; codes are the lists of a package."""

    codes: CodeLists
    lang: str

    def __call__(self, text: Text, /, **values: object) -> str:
        """A text in this language, its {places} filled with values as `said` says them.

        >>> from plandata.schema import edition
        >>> say = Words(edition().labels, "en")
        >>> say(Text("{a} meets {b}.", ""), a=Amount(Fraction("99.6"), "percent"), b="≥ 99%")
        '99.6% meets ≥ 99%.'
        """
        wording = text[self.lang]
        return wording.format(**{name: self.said(value) for name, value in values.items()}) if values else wording

    def said(self, value: object) -> str:
        """A value in words: amounts, ranges, codes, texts, and lists of them; anything else as it is."""
        if isinstance(value, Amount):
            return self.amount(value.value, value.unit)
        if isinstance(value, Required):
            band = self.band(value.band, value.unit)
            return self.said(value.word) + self.bracketed(band) if value.word else band
        if isinstance(value, Gap):
            return self.gap(value)
        if isinstance(value, Moved):
            return f"{'+' if value.value > 0 else ''}{self.amount(value.value, value.unit)}"
        if isinstance(value, Compared):
            return self.compared(value.comparator, None, None, self(value.benchmark))
        if isinstance(value, Coded):
            return self.label(value.codes, value.code)
        if isinstance(value, Text):
            return value[self.lang]
        if isinstance(value, tuple):
            return self(COMMA).join(map(self.said, value))
        return str(value)

    def of(self, row: Row, stem: str = "name") -> str:
        """The cell of a bilingual column, whose name is given without its language; "" where it is empty."""
        return row[f"{stem}_{self.lang}"] or ""

    def label(self, codes: str, code: str | None) -> str:
        """The label of a coded value: "" for an empty cell, the code itself where it is not in the list."""
        if not code:
            return ""
        entry = self.codes.get(codes, {}).get(code)
        return entry.label[self.lang] if entry else code

    def listed(self, names: Iterable[str]) -> str:
        """Names one after the other, with the sign that parts them in this language."""
        return self(SEMICOLON).join(names)

    def series(self, names: Iterable[str], last: Text = AND_LAST) -> str:
        """Names one after the other, the last one behind a word; "" for none.

        >>> Words({}, "en").series(["a", "b", "c"]), Words({}, "zh").series(["a", "b"])
        ('a, b and c', 'a和b')
        """
        *before, end = [*names] or [""]
        return self(last).join(filter(None, [self(COMMA).join(before), end]))

    def bracketed(self, text: str | None) -> str:
        """A text in brackets, to stand after a name; nothing for none."""
        return self(BRACKETS, text=text) if text else ""

    def amount(self, value: Number | None, unit: str | None, word: str = "") -> str:
        """A number with its unit of measure, and before it the word or sign that compares with it.

        >>> from plandata.schema import edition
        >>> say = Words(edition().labels, "en")
        >>> say.amount(1, "person"), say.amount(0.5, "per_mille"), say.amount(1.5, "ratio"), say.amount(None, "hour")
        ('1 person', '0.5‰', '1.5', 'hours')
        """
        if value is None:
            return self.label("unit_of_measure", unit)
        figure = f"{number(value)}{self.sign(value, unit)}" if unit else number(value)
        return f"{word}{self(SPACE) if word else ''}{figure}"

    def sign(self, value: Number, unit: str) -> str:
        """How a unit is written after a number: %, /10万, person after 1 or -1 and persons after any other."""
        entry = self.codes.get("unit_of_measure", {}).get(unit)
        if entry is None:
            return f" {unit}"
        if self.lang == "en" and entry.one and abs(exact(value)) == 1:
            return entry.one
        return entry.sign[self.lang] if entry.sign else f"{self(SPACE)}{entry.label[self.lang]}"

    def compared(self, comparator: str, value: Number | None, unit: str | None, benchmark: str = "") -> str:
        """A comparator in words with its value and unit, or with its benchmark; alone where it has neither.

        A bare value (eq) stands without a word, as it is printed.

        >>> from plandata.schema import edition
        >>> Words(edition().labels, "zh").compared("approx", 60, "percent")
        '60%左右'
        """
        word = self.label("comparator", comparator)
        if benchmark:
            return self(AGAINST.get(comparator, BESIDE), word=word, benchmark=benchmark)
        if value is None:
            return word
        if comparator == "eq":
            return self.amount(value, unit)
        if comparator == "approx" and self.lang == "zh":
            return self.amount(value, unit) + word
        return self.amount(value, unit, word)

    def target(self, target: Row) -> str:
        """What a target demands, as a sentence without its subject, from a row of the table `targets`.

        >>> from plandata.schema import edition
        >>> row = {"comparator": "le", "value": 12.0, "unit_of_measure": "per_100k"}
        >>> row |= {"basis": "level", "target_year": 2025}
        >>> Words(edition().labels, "en").target(row), Words(edition().labels, "zh").target(row)
        ('at most 12 per 100,000, by 2025', '到2025年，不高于12/10万')
        """
        year, value, basis = filled(target["target_year"]), filled(target["value"]), target["basis"]
        amount = self.compared(target["comparator"], value, target["unit_of_measure"], self.benchmark(target))
        if value is None:
            basis, amount = "level", self.each_year(basis, amount)
        return self(
            SENTENCES.get(basis, SENTENCES["level"]) if year else AT_AN_EVENT,
            amount=amount,
            year=year,
            timing=self.label("timing", target.get("timing")),
            reference=target.get("reference_year") or self(UNKNOWN_YEAR),
        )

    def figure(self, target: Row) -> str:
        """What a target demands in a few signs: ≤ 12 per 100,000; down ≥ 20% on 2020.

        >>> from plandata.schema import edition
        >>> row = {"comparator": "ge", "value": "20", "unit_of_measure": "percent", "basis": "relative_decrease"}
        >>> Words(edition().labels, "zh").figure(row | {"reference_year": "2020"})
        '比2020年下降 ≥ 20%'
        """
        if filled(target["value"]) is None:
            figure = self.compared(target["comparator"], None, None, self.benchmark(target))
            return self.each_year(target["basis"], figure)
        amount = self.amount(target["value"], target["unit_of_measure"])
        return self.changed(target, f"{self.symbol(target['comparator'])} {amount}", gap=" ")

    def phrase(self, target: Row) -> str:
        """What a target demands in a few words, for a sentence: at most 12 per 100,000; a bare value stands alone.

        >>> from plandata.schema import edition
        >>> row = {"comparator": "ge", "value": 20.0, "unit_of_measure": "percent", "basis": "relative_decrease"}
        >>> Words(edition().labels, "en").phrase(row | {"reference_year": 2020})
        'down at least 20% on 2020'
        """
        value = filled(target["value"])
        if value is None:
            return self.figure(target)
        return self.changed(target, self.compared(target["comparator"], value, target["unit_of_measure"]))

    def changed(self, target: Row, figure: str, gap: str = "") -> str:
        """A figure with what its basis says of it: a change, or the sum of all years; gap parts Chinese from a sign."""
        form = FIGURES.get(target["basis"])
        if form is None:
            return figure
        return self(form, figure=figure, gap=gap, reference=target.get("reference_year") or self(UNKNOWN_YEAR))

    def each_year(self, basis: str | None, figure: str) -> str:
        """A direction in words, with the word for each year where its basis is a yearly change."""
        return self(IN_EACH_YEAR, figure=figure) if (basis or "").startswith("annual_") else figure

    def benchmark(self, target: Row) -> str:
        """The quantity that a target is compared with instead of a number, or ""."""
        return target.get(f"benchmark_{self.lang}") or ""

    def symbol(self, comparator: str | None) -> str:
        """The sign of a comparator."""
        entry = self.codes.get("comparator", {}).get(comparator or "")
        return entry.symbol if entry else comparator or ""

    def baseline(self, target: Row) -> str:
        """The printed baseline of a target with its year, or "" where it has none."""
        if filled(target["baseline_value"]) is None:
            return ""
        figure = self.amount(target["baseline_value"], target["unit_of_measure"])
        year = target["baseline_year"]
        return self(BASELINE, figure=figure, year=year) if year else figure

    def band(self, band: Ends, unit: str) -> str:
        """A range of levels as signs and numbers: ≥ 99%, or two ends joined."""
        if band.low is not None and band.low == band.high:
            return f"= {self.amount(band.low, unit)}"
        ends = ((band.low, "≥", ">", band.low_open), (band.high, "≤", "<", band.high_open))
        limits = [(past if is_open else sign, end) for end, sign, past, is_open in ends if end is not None]
        return self(AND).join(f"{sign} {self.amount(end, unit)}" for sign, end in limits)

    def gap(self, gap: Gap) -> str:
        """What a level lacks to a target.

        >>> from plandata.schema import edition
        >>> say = Words(edition().labels, "en")
        >>> say.gap(Gap(Fraction(3, 10), "percent")), say.gap(Gap(Fraction(0), "percent"))
        ('0.3% short', 'exactly on the limit, which does not count')
        """
        form = ON_THE_LIMIT if not gap.value else TOO_HIGH if gap.above else SHORT
        return self(form, amount=self.amount(gap.value, gap.unit))

    def change(self, value: Number, unit: str) -> str:
        """A change with its sign; a change of a percentage is told in percentage points."""
        exactly = exact(value)
        return f"{'+' if exactly > 0 else ''}{self.amount(exactly, unit_between(unit))}"

    def distance(self, value: Fraction, unit: str) -> str:
        """How far two levels lie apart; two percentages do so in percentage points.

        >>> from plandata.schema import edition
        >>> Words(edition().labels, "en").distance(Fraction(-3, 10), "percent")
        '0.3 percentage points'
        """
        return self.amount(abs(value), unit_between(unit))

    def part(self, sex: str, age_group: str, area: str) -> tuple[str, ...]:
        """What a part of the population is told apart by, in words: 女, 0-6岁, 乡村."""
        ages = self(AGED, ages=age_group) if age_group else ""
        return tuple(filter(None, (self.label("sex", sex), ages, self.label("area", area))))


def unit_between(unit: str) -> str:
    """The unit of the distance between two levels: that of the levels, of percentages percentage points."""
    return "percentage_point" if unit == "percent" else unit


def filled(cell: Any) -> Any:
    """A cell, or None where it is empty, as a text or as a typed value."""
    return None if cell == "" else cell


def exact(value: Number) -> Fraction:
    """A number as an exact fraction; a float is the decimal that it is written as.

    >>> exact(0.1), exact("8.5")
    (Fraction(1, 10), Fraction(17, 2))
    """
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def number(value: Number) -> str:
    """A number for people: exact up to four decimals, else rounded to three significant digits or two decimals.

    >>> [number(value) for value in (1180100, 0.8, Fraction(2, 3), Fraction(-175, 3), "85.02", 0.0, 1e-9)]
    ['1,180,100', '0.8', '0.667', '-58.33', '85.02', '0', '0']
    """
    exactly = exact(value)
    if abs(exactly) >= 10**16:
        return f"{Decimal(exactly.numerator) / Decimal(exactly.denominator):.2e}"
    if (exactly * 10000).denominator == 1:
        places = next(n for n in range(5) if (exactly * 10**n).denominator == 1)
        return f"{rounded(exactly, places):,}"
    places = 2
    while abs(exactly) * 10**places < 100 and places < 8:
        places += 1
    shown = rounded(exactly, places)
    return f"{shown:,f}" if shown else "0"


def plain(value: Number | None, places: int = 6) -> str | None:
    """A number as machines read it: without separators, at most six decimals.

    >>> plain(Fraction("8.50")), plain(Fraction(1, 3)), plain(0), plain(None)
    ('8.5', '0.333333', '0', None)
    """
    if value is None:
        return None
    text = f"{rounded(exact(value), places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Fraction, places: int) -> Decimal:
    """A fraction as a decimal with so many places, a half rounded away from zero as official statistics do; zero has no
    sign.

    >>> rounded(Fraction(4400, 54), 1), rounded(Fraction(-1, 50), 1)
    (Decimal('81.5'), Decimal('0.0'))
    """
    whole = int(abs(value) * 10**places + Fraction(1, 2))
    # From its digits, as arithmetic of decimals would cut a long one.
    return Decimal((int(value < 0 < whole), tuple(map(int, str(whole))), -places))

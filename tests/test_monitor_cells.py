"""What an office writes in one cell: a number, a unit, a year, ages, a note; read exactly, or told what to mend."""

from decimal import Decimal

import pytest

from plandata.monitor.cells import (
    COMMA,
    DATE,
    FORMULA_ONLY,
    FORMULA_TEXT,
    FRACTION,
    FROM_PERCENT,
    GROUPS,
    MULTIPLIED,
    NO_NUMBER,
    NO_VALUE,
    NOISE,
    PHONE,
    PLAIN_AGES,
    PLAIN_YEAR,
    ROUNDED,
    SPACED,
    SPAN,
    STRANGE,
    STRANGE_WORDS,
    STRIPPED_UNIT,
    TOO_FINE,
    TOO_LONG,
    TRUTH,
    WAS_ERROR,
    WIDTH,
    YEAR_AS_VALUE,
    Cell,
    Dated,
    ages_of,
    figure,
    is_blank,
    is_whole,
    one_of,
    prose,
    shortest,
    unit_of,
    unit_words,
    written,
    year_of,
)
from plandata.schema import edition
from plandata.text import Text

WORDS = unit_words(edition().codes)
MYRIAD = MULTIPLIED.format(word="万", times=10_000)


@pytest.mark.parametrize(
    ("cell", "value", "changes"),
    [
        ("95.5", "95.5", ()),
        ("+5", "5", ()),
        ("-2.5", "-2.5", ()),
        ("-0", "0", ()),
        (".5", "0.5", ()),
        ("'95", "95", ()),
        ("007", "7", ()),
        ("0000000000000000008", "8", ()),
        ("1,234.5", "1234.5", (GROUPS,)),
        ("12 345", "12345", ()),
        ("９６", "96", (WIDTH,)),
        ("96.4%", "96.4", (STRIPPED_UNIT.format(sign="%"),)),
        ("百分之92.5", "92.5", (STRIPPED_UNIT.format(sign="百分之"),)),
        ("1.2万", "12000", (MYRIAD,)),
        ("1.2万人", "12000", (MYRIAD, STRIPPED_UNIT.format(sign="人"))),
        ("1.2(万)", "12000", (MYRIAD,)),
        ("999999999999999", "999999999999999", ()),
        ("99999999999万", "999999999990000", (MYRIAD,)),
        ("0.1234567890", "0.1234567890", ()),
        (95.0, "95", ()),
        (1200.0, "1200", ()),
        (-0.0, "0", ()),
        (999999999999999.0, "999999999999999", ()),
        (1000000000001.0, "1000000000001", ()),
        (5.6000000000000005, "5.6", (NOISE,)),
        (0.12345678905, "0.123456789", (ROUNDED,)),
        (1 / 3, "0.3333333333", (NOISE, ROUNDED)),
    ],
)
def test_a_number_is_read_with_all_that_was_done_to_it(cell: Cell, value: str, changes: tuple[Text, ...]) -> None:
    found = figure(cell, WORDS)
    assert (str(found.value), found.changes, found.fault) == (value, changes, None)
    assert not found.blank
    assert found.times == (10_000 if MYRIAD in changes else 1)


def test_a_cell_that_is_shown_in_percent_is_multiplied_and_another_one_is_not() -> None:
    shown, bare = figure(0.964, WORDS, "percent"), figure(0.964, WORDS)
    assert (shown.value, shown.units, shown.changes) == (Decimal("96.4"), {"percent"}, (FROM_PERCENT,))
    assert (bare.value, bare.units, bare.changes) == (Decimal("0.964"), frozenset(), ())


@pytest.mark.parametrize(
    ("cell", "mark", "fault"),
    [
        (True, "", TRUTH),
        (Dated("2023-05-06"), "", DATE),
        (None, "formula", FORMULA_ONLY),
        ("x", "error#N/A", WAS_ERROR.format(sign="#N/A")),
        (1e15, "", TOO_LONG),
        (-1e15, "", TOO_LONG),
        (float("inf"), "", TOO_LONG),
        (float("nan"), "", TOO_LONG),
        (13800000000.0, "", PHONE),
        ("13800000000", "", PHONE),
        ("1000000000000000", "", TOO_LONG),
        ("100000000000万", "", TOO_LONG),
        ("0.12345678901", "", TOO_FINE),
        ("1000000000000000.5", "", TOO_LONG),
        ("1000000000000000.1234567890", "", TOO_LONG),
        ("12,34", "", COMMA),
        ("1,2345", "", COMMA),
        ("4 .1", "", SPACED),
        ("12 34", "", SPACED),
        ("=95", "", FORMULA_TEXT),
        ("@95", "", FORMULA_TEXT),
        ("5月6日", "", DATE),
        ("2023-5-6", "", DATE),
        ("2023年", "", YEAR_AS_VALUE),
        ("3-5", "", SPAN),
        ("3%~5%", "", SPAN),
        ("95以上", "", NO_VALUE),
        ("约92", "", NO_VALUE),
        ("很好", "", NO_NUMBER),
        ("3/26549", "", FRACTION),
        ("95kg", "", STRANGE.format(words="kg")),
        ("95abcdef", "", STRANGE.format(words="abcdef")),
        ("95abcdefg", "", STRANGE_WORDS),
        ("abc95", "", STRANGE_WORDS),
        ("%95", "", STRANGE_WORDS),
        ("百分之95%", "", STRANGE_WORDS),
    ],
)
def test_what_is_no_number_has_the_fault_that_says_how_to_mend_it(cell: Cell, mark: str, fault: Text) -> None:
    found = figure(cell, WORDS, mark)
    assert (found.fault, found.value, found.blank) == (fault, None, False)


@pytest.mark.parametrize("cell", [None, "", " ", "—", "……", "无", "N/A"])
def test_a_cell_with_nothing_to_say_is_blank_and_has_no_fault(cell: Cell) -> None:
    assert is_blank(cell)
    assert figure(cell, WORDS).blank


@pytest.mark.parametrize(("cell", "blank"), [("0", False), (0.0, False), (False, False), ("x", False)])
def test_a_zero_says_something(cell: Cell, blank: bool) -> None:
    assert is_blank(cell) is blank


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0.1234567890001, "0.123456789"),
        (0.1234567891001, "0.1234567891001"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_a_tail_of_noise_is_taken_off_a_short_decimal_alone(number: float, shown: str) -> None:
    assert shortest(number) == Decimal(shown)


@pytest.mark.parametrize(
    ("text", "codes", "times"),
    [
        ("（%）", {"percent"}, 1),
        ("万人次", {"person_time"}, 10_000),
        ("百人", {"person"}, 100),
        ("千人", {"person"}, 1_000),
        ("百万元", {"yuan"}, 1_000_000),
        ("千万元", {"yuan"}, 10_000_000),
        ("亿元", {"yuan"}, 100_000_000),
        ("万", set(), 10_000),
        ("百分点", {"percentage_point"}, 1),
    ],
)
def test_a_unit_tells_what_is_counted_and_by_how_much_to_multiply(text: str, codes: set[str], times: int) -> None:
    unit = unit_of(text, WORDS)
    assert unit is not None
    assert (unit.codes, unit.times) == (codes, times)


@pytest.mark.parametrize("text", ["公斤", "万公斤", "x"])
def test_a_unit_that_nobody_knows_is_none(text: str) -> None:
    assert unit_of(text, WORDS) is None


@pytest.mark.parametrize(
    ("cell", "year", "changed"),
    [
        (2023.0, 2023, None),
        (1900.0, 1900, None),
        (1899.0, None, None),
        (2099.0, 2099, None),
        (2100.0, None, None),
        (2023.5, None, None),
        ("2023", 2023, None),
        ("2023年度", 2023, PLAIN_YEAR),
        ("二〇二三年", 2023, PLAIN_YEAR),
        ("2023年（2023年底）", 2023, PLAIN_YEAR),
        ("2022和2023", None, None),
        ("2022-2023学年", None, None),
        ("2023年1-9月", None, None),
        ("今年", None, None),
        ("12023", None, None),
        (True, None, None),
        (None, None, None),
        (Dated("2023-12-31"), 2023, PLAIN_YEAR),
        (Dated("12:30:00"), None, PLAIN_YEAR),
        (Dated("100 days, 6:00:00"), None, PLAIN_YEAR),
    ],
)
def test_a_year_is_read_where_a_cell_names_one_alone(cell: Cell, year: int | None, changed: Text | None) -> None:
    assert year_of(cell) == (year, changed)


@pytest.mark.parametrize(
    ("cell", "ages", "changed"),
    [
        ("0-6", "0-6", None),
        ("65+", "65+", None),
        ("06-12岁", "6-12", PLAIN_AGES),
        ("7～17周岁", "7-17", PLAIN_AGES),
        ("65岁及以上", "65+", PLAIN_AGES),
        ("35-100", "35-100", None),
        ("5岁以下", None, None),
        ("老年", None, None),
        (6.0, None, None),
        (None, None, None),
    ],
)
def test_ages_are_from_to_or_from_on(cell: Cell, ages: str | None, changed: Text | None) -> None:
    assert ages_of(cell) == (ages, changed)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (Dated("2023-05-06"), "2023-05-06"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        ("电话：13800000000", "〔略〕"),
        ("负责人：", "负责人："),
        ("负责人：：某甲", "负责人：：〔略〕"),
        ("热线：１３９００００００００", "热线：〔略〕"),
        ("热线：１９９００００００００", "热线：〔略〕"),
    ],
)
def test_a_cell_is_repeated_as_it_is_shown_without_numbers_of_persons(cell: Cell, text: str) -> None:
    assert written(cell) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a<b+1=c", "a<b+1=c"),
        ("a\x07b", "ab"),
        ("占比≥5％", "占比≥5%"),
        ("☆一★二€", "一二"),
        ("（一）；ＡＢ", "（一）；AB"),
    ],
)
def test_a_note_keeps_letters_and_the_signs_of_a_keyboard(text: str, told: str) -> None:
    assert prose(text) == told


@pytest.mark.parametrize(("text", "whole"), [("", True), ("合计", True), ("Total", True), ("—", True), ("女", False)])
def test_all_of_the_people_is_said_by_a_word_or_by_none(text: str, whole: bool) -> None:
    assert is_whole(text) is whole


def test_of_many_names_the_first_five_are_told_or_as_many_as_are_asked_for() -> None:
    names = ["a", Text("b", "乙"), "c", "d", "e", "f"]
    assert one_of(names) == Text("a, b, c, d, e", "a、乙、c、d、e")
    assert one_of(names, most=2) == Text("a, b", "a、乙")

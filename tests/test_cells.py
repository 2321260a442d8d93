"""Pandera judges the cells: with a scan before it and without, on text and on typed columns."""

import re
import unicodedata
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

import pandera.errors
import polars as pl
import pytest
from damaged import copy_package, put
from hypothesis import given, settings
from hypothesis import strategies as st

from plandata.alphabet import MOST, STRANGE, listed, named, strangers
from plandata.api import Package, open_package
from plandata.files import FORMULA, RUNS
from plandata.rules import cells
from plandata.rules.cells import OFTEN, SAMPLE, Failure, by_pandera, column_tests, compiled, failures, told_once
from plandata.schema import BOTH, CHINESE, LATIN, edition, home
from plandata.text import SPACES

TABLES = edition().tables
# Each is amiss in some column, or in none though it looks so.
ODD = [
    *(
        "",
        "x",
        "-1",
        "0",
        "1e400",
        "１２",
        " a ",
        "a  b",
        "9" * 40,
        "=1",
        "NaN",
        "true",
        "True",
        "2021-02-30",
        "percent",
    ),
    *("a,b", 'a"b', "\n", "Cafe\u0301", "Café", "\u200b", "\u0080", "理", "％", "Ｋ", "很" * 400, "520526"),
    *(
        "\u2028",
        "\u2003",
        "\u3000",
        "\x1b[0m",
        "\x7f",
        "\ufffd",
        "\u3164",
        "\ufb01",
        "\u2f08",
        "\u0430",
        "Ⅲ",
        "’",
        "\ufffe",
        "\ue000",
    ),
    *("＝1", "'=1", '"@', " +1", "\ufeff-1", "\t1", "we\u0456ning", "〇", "\U0002a6df", "Ü", "a\xa0b"),
]
CELL = st.sampled_from(ODD) | st.text(max_size=6)
SPOTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), CELL), max_size=12)


# How a scan looks at tables that are small, and at large ones part by part, each cell once.
SMALL: dict[str, int] = {}
PARTED = {"LARGE": 0, "OFTEN": 1, "AT_ONCE": 3}


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(st.sampled_from(list(TABLES)), SPOTS, st.sampled_from([SMALL, PARTED]))
def test_the_scan_before_pandera_changes_no_verdict(
    small_package: Path, name: str, spots: list[tuple[int, int, str]], sizes: dict[str, int]
) -> None:
    table, package = TABLES[name], open_package(small_package)
    rows = [list(row) for row in package.text(name).select(table.columns).iter_rows()]
    for row, column, cell in spots:
        rows[row % len(rows)][column % len(table.columns)] = cell or None
    frame = pl.DataFrame(rows, schema=dict.fromkeys(table.columns, pl.String), orient="row")
    with mock.patch.multiple(cells, **sizes) if sizes else nullcontext():
        assert scanned(frame, name) == judged(frame, name)


def test_cells_that_are_often_the_same_are_looked_at_once() -> None:
    few = SAMPLE // OFTEN
    often, seldom = (pl.Series([str(n % values) for n in range(2 * SAMPLE)]) for values in (few, few + 1))
    assert told_once(often).sort().to_list() == sorted(str(n) for n in range(few))
    assert told_once(seldom) is seldom


def scanned(frame: pl.DataFrame, name: str) -> set[tuple[str, str, int]]:
    """The rule, the column and the row of every failing cell, as they are told."""
    return verdicts(failures(frame, TABLES[name], edition().codes))


def judged(frame: pl.DataFrame, name: str) -> set[tuple[str, str, int]]:
    """The same, by Pandera alone."""
    return verdicts(by_pandera(frame, compiled(name, column_tests(TABLES[name], edition().codes), {})))


def verdicts(failed: list[Failure]) -> set[tuple[str, str, int]]:
    return {(failure.rule.id, failure.column, row) for failure in failed for row in failure.rows}


@pytest.mark.slow
@pytest.mark.parametrize("cell", ODD)
def test_an_odd_cell_in_every_row_is_judged_alike(small_package: Path, cell: str) -> None:
    package = open_package(small_package)
    for name in TABLES:
        frame = package.text(name).with_columns(pl.lit(cell or None, pl.String).alias(c) for c in TABLES[name].columns)
        assert scanned(frame, name) == judged(frame, name)


@pytest.fixture(scope="module")
def shipped() -> Package:
    return open_package(home())


@pytest.mark.parametrize("name", TABLES)
def test_the_typed_schema_of_a_table_takes_its_typed_frame(shipped: Package, name: str) -> None:
    judged = shipped.pandera(name).validate(shipped[name], lazy=True)
    assert judged.equals(shipped[name])


@pytest.mark.parametrize("name", TABLES)
def test_the_typed_schema_of_a_table_refuses_a_missing_cell(shipped: Package, name: str) -> None:
    column = next(field.name for field in TABLES[name].fields if field.required)
    kind = shipped[name].schema[column]
    with pytest.raises(pandera.errors.SchemaErrors, match="cell_is_present"):
        shipped.pandera(name).validate(shipped[name].with_columns(pl.lit(None, kind).alias(column)), lazy=True)


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("comparator", ">=", "code_is_known"),
        ("target_id", "t1", "cell_matches_its_pattern"),
        ("target_year", 2101, "number_is_within_bounds"),
        ("value", -0.5, "number_is_within_bounds"),
        ("value_text", "约" * 25, "cell_is_within_its_length"),
        ("value_text", "１２%", "characters_belong_to_the_column"),
        ("value_text", "=1", "cell_does_not_run_in_a_spreadsheet"),
        ("target_year", "2025", "dtype"),
    ],
)
def test_the_typed_schema_refuses_a_wrong_cell(shipped: Package, column: str, cell: object, rule: str) -> None:
    wrong = shipped["targets"].with_columns(pl.lit(cell).alias(column))
    with pytest.raises(pandera.errors.SchemaErrors, match=rule):
        shipped.pandera("targets").validate(wrong, lazy=True)


def test_a_table_that_is_none_has_no_schema(shipped: Package) -> None:
    with pytest.raises(KeyError):
        shipped.pandera("towns")


# The blocks of ideographs, and the twelve among those for compatibility that are ordinary ones.
IDEOGRAPH = re.compile("[㐀-䶿一-鿿﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧-﨩\U00020000-\U0002f7ff\U00030000-\U0003ffff]")
# Every character that UTF-8 can hold.
ALL = pl.Series([chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000])
# What belongs though it has a compatible form: the punctuation of Chinese, the ellipsis, classes of water.
WIDE = set("，：；？！（）～…ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ")


def belonging(script: str) -> list[str]:
    return [c for c in ALL.filter(~ALL.str.contains(STRANGE[script])) if c not in SPACES]


@pytest.mark.parametrize("script", [LATIN, CHINESE, BOTH])
def test_what_belongs_is_plain_visible_and_stays_as_it_is_beside_anything_that_belongs(script: str) -> None:
    characters = belonging(script)
    # An ideograph may be younger than the Unicode of this Python.
    assert {unicodedata.category(c)[0] for c in characters if not IDEOGRAPH.match(c)} <= set("LNPS")
    assert not any(unicodedata.combining(c) for c in characters)
    assert {c for c in characters if unicodedata.normalize("NFKC", c) != c} <= WIDE
    text = "".join(f"{c}{c}" for c in characters)
    assert unicodedata.normalize("NFC", text) == text


def test_each_script_has_its_letters_and_no_others() -> None:
    letters = {s: {c for c in belonging(s) if c.isalpha()} for s in (LATIN, CHINESE, BOTH)}
    ascii_letters = {c for c in letters[LATIN] if c.isascii()}
    assert all(unicodedata.name(c).startswith("LATIN ") for c in letters[LATIN])
    ideographs = letters[CHINESE] - ascii_letters
    assert all(map(IDEOGRAPH.match, ideographs))
    assert {"\u3400", "\U00020000", "\U0002a700", "\U00030000", "\ufa0e"} <= ideographs
    assert letters[BOTH] == letters[LATIN] | ideographs


HOSTILE = [
    *(
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x85",
        "\x9d",
        "\ufffd",
        "\u200b",
        "\u202e",
        "\u2066",
        "\xad",
        "\ufeff",
        "\u061c",
    ),
    *("\u3164", "\u115f", "\u1160", "\uffa0", "\u2800", "\ufe0f", "\U000e0100", "\u180b", "\u034f", "\U000e0041"),
    *(
        "\ue000",
        "\U000f0000",
        "\U0010fffd",
        "\ufdd0",
        "\ufffe",
        "\U0010ffff",
        "\u0378",
        "\U000e0fff",
        "\u2028",
        "\u2029",
    ),
    *(
        "\u2f00",
        "\u2e80",
        "\uf900",
        "\U0002f800",
        "\ufb01",
        "\u01c6",
        "\u2460",
        "\uff21",
        "\uff11",
        "\u2126",
        "\u212a",
        "\u212b",
    ),
    *(
        "\u0430",
        "\u0410",
        "\u03bf",
        "\u0391",
        "\u0578",
        "\u13aa",
        "\u2c9f",
        "\u0251",
        "\u017f",
        "\u0131",
        "\u3127",
        "\u30cb",
    ),
]


@pytest.mark.parametrize("character", HOSTILE, ids=ascii)
def test_what_belongs_nowhere_is_named_with_its_place_in_every_script(character: str) -> None:
    for script, text in ((LATIN, "Rate"), (CHINESE, "死亡率"), (BOTH, "Rate死亡")):
        told = strangers(pl.Series([f"{text}{character}"]), script)
        assert told[0].startswith(f"{named(character)} at {len(text) + 1}")
    assert named(character).startswith(f"U+{ord(character):04X} ")


def test_a_finding_names_each_character_once_with_its_places_and_what_to_write(tmp_path: Path) -> None:
    root = copy_package(tmp_path)
    put(root, "units", "name_en", 0, "Ｗomen\u200b and m\u0435n\u200b")
    told = "U+FF37 FULLWIDTH LATIN CAPITAL LETTER W at 1, write W; U+200B ZERO WIDTH SPACE at 6, 15; "
    told += "U+0435 CYRILLIC SMALL LETTER IE at 13"
    report = open_package(root).validate()
    assert [f.detail for f in report.findings if f.rule == "characters_belong_to_the_column"] == [told]


def test_a_cell_full_of_strange_characters_is_told_in_short() -> None:
    told = strangers(pl.Series(["\u0430" * 300 + "".join(map(chr, range(0x3B1, 0x3BB)))]), LATIN)[0]
    assert told.startswith("U+0430 CYRILLIC SMALL LETTER A at 1, 2, 3, 4, 5, 6, 7, 8 and 292 more; U+03B1 ")
    assert told.endswith(" and 3 more")
    assert len(told) < 500


def test_every_form_of_a_formula_sign_is_one() -> None:
    signs = [c for c in ALL if unicodedata.normalize("NFKC", c)[0] in "=+-@"]
    assert len(signs) > 15
    assert all(RUNS.match(f"{before}{sign}1") for sign in signs for before in ("", " ", "'", '"', "\u3000\ufeff"))


@given(st.text(max_size=5))
def test_the_scan_and_the_exports_know_the_same_formulas(text: str) -> None:
    assert pl.Series([text]).str.contains(FORMULA)[0] == bool(RUNS.match(text))


@pytest.mark.parametrize("count", [0, 1, MOST, MOST + 1, MOST + 30])
def test_of_several_parts_the_first_are_told_and_how_many_more_there_are(count: int) -> None:
    parts = [str(n) for n in range(count)]
    more = f" and {count - MOST} more" if count > MOST else ""
    assert listed(parts, "; ") == "; ".join(parts[:MOST]) + more


@pytest.mark.parametrize(
    ("cell", "script", "told"),
    [
        ("Ａ", LATIN, "U+FF21 FULLWIDTH LATIN CAPITAL LETTER A at 1, write A"),
        ("ﬁ", LATIN, "U+FB01 LATIN SMALL LIGATURE FI at 1, write fi"),
        ("a\u2009b", LATIN, "U+2009 THIN SPACE at 2"),
        ("\ue000\uffff", CHINESE, "U+E000 PRIVATE USE CHARACTER at 1; U+FFFF UNASSIGNED OR NO CHARACTER at 2"),
        ("妇女é妇é", CHINESE, "U+00E9 LATIN SMALL LETTER E WITH ACUTE at 3, 5"),
        ("妇女", LATIN, "U+5987 CJK UNIFIED IDEOGRAPH-5987 at 1; U+5973 CJK UNIFIED IDEOGRAPH-5973 at 2"),
        ("妇女 (women)", BOTH, ""),
    ],
)
def test_a_strange_character_is_told_with_its_place_and_its_plain_form(cell: str, script: str, told: str) -> None:
    assert strangers(pl.Series([cell, "a"]), script) == [told, ""]

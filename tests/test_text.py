"""Texts: their two languages, the forms in which they are compared, and what terminals and pages may get of them."""

import pytest

from plandata.text import (
    Text,
    fingerprint,
    folded,
    harmless,
    inert,
    latin,
    normalise,
    paired,
    pairs,
    printable,
    shared,
    visible,
)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({"name_en": "Goals", "name_zh": "目标"}, ("Goals", "目标")),
        ({"name": "Goals", "name_en": "Aims"}, ("Aims", "")),
        ({"name": "Goals", "name_en": ""}, ("Goals", "")),
        ({"name_en": None, "name_zh": 5}, ("", "5")),
        ({}, ("", "")),
    ],
)
def test_the_two_cells_of_a_text_are_a_pair(source: dict[str, object], told: tuple[str, str]) -> None:
    assert paired(source, "name") == Text(*told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("１２．５％ 以上", "12.5%以上"),
        ("a\u200bb\ufeff", "ab"),
        ("a\x07b", "ab"),
        ("一\u3000\u00a0二\r\n三", "一二三"),
        ("Ⅲ类", "III类"),
    ],
)
def test_texts_are_compared_without_spaces_forms_and_unseen_signs(text: str, told: str) -> None:
    assert normalise(text) == told
    assert fingerprint(text) == fingerprint(told)
    assert len(fingerprint(text)) == 64


@pytest.mark.parametrize(("text", "told"), [("A-b C", "a b c"), ("规划 1", ""), ("people\u2019s", "people s")])
def test_of_a_text_the_latin_words_are_kept(text: str, told: str) -> None:
    assert latin(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1,234,567", "1234567"),
        ("1,23", "1,23"),
        ("1,2345", "1,2345"),
        ("a,100", "a,100"),
        ("People\u2019s ÉCOLE", "people's ecole"),
        ("Straße", "strasse"),
        ("a\u200bb", "ab"),
    ],
)
def test_texts_are_searched_without_capitals_accents_and_commas_in_numbers(text: str, told: str) -> None:
    assert folded(text) == told


@pytest.mark.parametrize(
    ("text", "others", "share"),
    [
        ("孕产妇", "孕产妇死亡率", 1.0),
        ("孕产妇", "孕产", 0.5),
        ("孕产妇", "儿童", 0.0),
        ("妇", "儿童", 1.0),
        (", a", "儿童", 1.0),
        ("１０岁", "10岁", 1.0),
    ],
)
def test_what_texts_share_is_told_by_neighbours(text: str, others: str, share: float) -> None:
    assert shared(text, others) == share


def test_neighbours_stand_in_one_run_of_ideographs_or_digits() -> None:
    assert pairs("目标1个，个体a体育") == {"目标", "标1", "1个", "个体", "体育"}
    assert pairs("a") == frozenset()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\nb\r\n", "a\nb\\u000d\n"),
        ("a\tb\x7f\x9f\xa0", "a\\u0009b\\u007f\\u009f\xa0"),
        ("\u200e\u202a\u2066\u2028\ud800", "\\u200e\\u202a\\u2066\\u2028\\ud800"),
        ("规划 – é\u200b", "规划 – é\u200b"),
    ],
)
def test_a_terminal_gets_lines_and_no_other_control(text: str, told: str) -> None:
    assert harmless(text) == told


@pytest.mark.parametrize(
    ("text", "longest", "told"),
    [
        ("a" * 60, 60, "a" * 60),
        ("a" * 61, 60, f"{'a' * 60}… (61)"),
        ("ab\t", 3, "ab\\t"),
        ("ab\tcd", 3, "ab\\… (5)"),
        ("\u200b" * 1500, 1, "\\… (1,500)"),
        ("", 0, ""),
    ],
)
def test_a_cell_is_cut_where_it_is_longer_than_what_is_shown(text: str, longest: int, told: str) -> None:
    assert visible(text, longest) == told


def test_a_cell_is_shown_with_sixty_signs_at_most() -> None:
    assert visible("a" * 60) == "a" * 60
    assert visible("a" * 61).endswith("… (61)")
    assert printable("a" * 61 + "\n") == "a" * 61 + "\\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a_b 1_2 妇_女", "a_b 1_2 妇_女"),
        ("_a b_ _", "&#95;a b&#95; &#95;"),
        ("\"'&`", "&#34;&#39;&#38;&#96;"),
        ("a*b#c|d", "a&#42;b&#35;c&#124;d"),
        ("(规划)", "(规划)"),
    ],
)
def test_a_page_reads_nothing_as_its_own_in_a_text(text: str, told: str) -> None:
    assert inert(text) == told

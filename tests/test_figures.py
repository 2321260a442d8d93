"""Numbers in print: where they stand and what they are worth."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plandata.text import fingerprint, normalise
from plandata.texts.figures import numeral, occurrences, tokens, values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("孕产妇死亡率控制在８．５/10万以下", ["8.5/10万"]),
        ("死亡率分别降至2‰、3‰和4‰以下", ["2", "3", "4"]),
        ("一半以上的班子", ["一半"]),
        ("每村至少配备1名", ["1"]),
        ("每村不少于一家", ["不少于一家"]),
        ("未满十六周岁的人", ["十六周岁"]),
        ("一体化、三孩、两癌", []),
        ("35—64岁", ["35", "64"]),
        ("", []),
    ],
)
def test_tokens(text: str, found: list[str]) -> None:
    assert [token.text for token in tokens(text)] == found


@pytest.mark.parametrize(
    ("phrase", "worth"),
    [
        ("控制在8.5/10万以下", ["8.5"]),
        ("达4万人次", ["40000"]),
        ("3:2", ["1.5"]),
        ("3：2", ["1.5"]),
        ("１２％", ["12"]),
        ("一半以上", ["50"]),
        ("不少于两家", ["2"]),
        ("全部达标", ["100"]),
        ("达到9成", ["90"]),
        ("翻一番", ["100"]),
        ("翻三番", ["700"]),
        ("12:5、三成以上、5%", ["2.4", "30", "5"]),
        ("3:0", []),
        ("2‰、3‰和4‰", ["2", "3", "4"]),
        ("稳步提高", []),
    ],
)
def test_values(phrase: str, worth: list[str]) -> None:
    assert values(phrase) == [Decimal(figure) for figure in worth]


@pytest.mark.parametrize(
    ("words", "worth"),
    [
        ("百", "100"), ("二百三十", "230"), ("一百零五", "105"), ("十", "10"), ("三点零五", "3.05"), ("人", "0"),
    ],
)  # fmt: skip
def test_a_numeral_in_words(words: str, worth: str) -> None:
    assert numeral(words) == Decimal(worth)


@pytest.mark.parametrize(
    ("phrase", "text", "count"),
    [
        ("5%以下", "控制在35%以下、5%以下", 1),
        ("5%", "5%、5%和55%", 2),
        ("８５％", "85 %", 1),
        ("10万", "8.5/10万", 0),
        ("", "5%", 0),
        ("6%", "5%", 0),
    ],
)
def test_occurrences_never_cut_a_number(phrase: str, text: str, count: int) -> None:
    assert len(occurrences(phrase, text)) == count


@settings(deadline=None)
@given(st.text(alphabet="0123456789.%:/万人次一二两半至少每年名家 ，、。（）８", max_size=40))
def test_numbers_of_any_text(text: str) -> None:
    clean = normalise(text)
    found = tokens(text)
    assert all(clean[token.start : token.end] == token.text for token in found)
    assert all(first.start <= second.start for first, second in pairwise(found))
    assert all(value >= 0 for value in values(text))


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "Z"]), max_size=60))
def test_normal_form_is_stable(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert fingerprint(f" {text}\n") == fingerprint(text)

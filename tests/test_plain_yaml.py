"""YAML that is built from its events: what it says, and what is refused."""

from typing import Any

import pytest
import yaml

from plandata.plain_yaml import DEPTH, EVENTS, NUMBER_SIGNS, EndlessError, NotPlainError, load


@pytest.mark.parametrize(
    "text",
    [
        *("", "# nothing\n", "a", "'1'", "1", "0x1f", "2021-02-03", "yes", "~", "[]", "{}", '"a b": "\\u4e00"'),
        *("a:\nb: ''\n", "- a\n- [b, {c: 1.5}]", "? a\n: b\n", "- - - a\n    - b\n", ),
        "a: |\n  one\n  two\nb: >\n  three\n",
        *("{a: {b: [1, 2, {c: d}]}, e: f}", "2: a\ntrue: b\n2021-02-03: c\n", "a: 1_000\nb: 1e3\nc: 1.0e+3\n"),
        "a: &x [1]\nb: *x\nc: [*x, *x]\n",
    ],
)  # fmt: skip
def test_it_says_what_the_library_reads(text: str) -> None:
    assert load(text, aliases=True) == yaml.safe_load(text)


@pytest.mark.parametrize(
    ("text", "problem", "place"),
    [
        ("a: 1\nb: *x\n", "an alias", (2, 4)),
        ("a: &x\n  b: *x\n", "an alias", (2, 6)),
        ("a: 1\na: 2\n", "the key 'a' stands twice", (2, 1)),
        ("1: a\n0x1: b\n", "the key '0x1' stands twice", (2, 1)),
        (f"{'k' * 50}: 1\n{'k' * 50}: 2\n", f"the key '{'k' * 40}' stands twice", (2, 1)),
        ("a: b\n? [c]\n: d\n", "a list or a mapping as a key", (2, 3)),
        ("? {c: d}\n: d\n", "a list or a mapping as a key", (1, 3)),
        ("<<: {a: 1}\n", "a key << that merges others", (1, 1)),
        ("a: !x b\n", "the tag !x", (1, 4)),
        ("a\n---\nb\n", "a second document", (2, 1)),
        ("a: .inf\n", "a number that is not finite; put a text into quotes", (1, 4)),
        (f"a: {'1' * (NUMBER_SIGNS + 1)}\n", "a number too long; put a text into quotes", (1, 4)),
        ("a: 2021-02-30\n", "day is out of range for month", (1, 4)),
        ("a: 1\n%b\n", "a line begins with %", (2, 1)),
    ],
)
def test_what_is_not_plain_is_told_with_its_place(text: str, problem: str, place: tuple[int, int]) -> None:
    with pytest.raises(NotPlainError) as told:
        load(text, aliases=True)
    assert (str(told.value), told.value.place) == (problem, place)


def test_aliases_are_for_files_of_our_own() -> None:
    with pytest.raises(NotPlainError, match="an alias"):
        load("a: &x 1\nb: *x\n", aliases=False)


def test_a_text_as_a_whole_has_no_place() -> None:
    with pytest.raises(NotPlainError) as told:
        load("a\0b", aliases=False)
    assert told.value.place == ()


def test_a_number_may_have_as_many_signs_as_are_allowed() -> None:
    number = "1" * NUMBER_SIGNS
    assert load(number, aliases=False) == int(number)


# The documents themselves are held by one list more.
def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def long(events: int) -> str:
    """A list with so many events, those of the stream, the document and the list itself among them."""
    return "[" + "a," * (events - 6) + "]"


@pytest.mark.parametrize(("allowed", "refused"), [(nested(DEPTH - 1), nested(DEPTH)), (long(EVENTS - 1), long(EVENTS))])
def test_limits(allowed: str, refused: str) -> None:
    assert load(allowed, aliases=False) == yaml_loaded(allowed)
    with pytest.raises(EndlessError):
        load(refused, aliases=False)


def yaml_loaded(text: str) -> Any:
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))

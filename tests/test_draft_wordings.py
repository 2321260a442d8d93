"""Drafts of invented items, in other words than those of the known plans, compared with the rows demanded of them."""

from collections import Counter

import pytest
from wordings import Wording, matched, wordings

from plandata.texts.draft.dictionary import Dictionary
from plandata.texts.draft.targets import Context, Drafted, drafted
from plandata.texts.segment import Item

CONTEXT = Context(2030, Dictionary([], []), first_year=2021)
FIGURE = ("comparator", "value", "unit_of_measure")
ALL = wordings()


def draft(wording: Wording) -> Drafted:
    return drafted(Item(wording.kind, "1", 0, 1, wording.text), CONTEXT)


def differences(wording: Wording) -> list[str]:
    """What a draft has otherwise than the codebook demands."""
    out = draft(wording)
    pairs, missed, added = matched(wording.targets, out.targets, FIGURE)
    other = [
        f"{column} {row[column]!r} for {wanted[column]!r}"
        for wanted, row in pairs
        for column in wanted
        if wanted[column] not in ("?", row[column])
    ]
    non_targets = Counter((row["value_text"], row["reason"]) for row in out.non_targets)
    wanted_non_targets = Counter(wording.non_targets)
    return [
        *(f"missing {row}" for row in missed),
        *(f"added {row}" for row in added),
        *other,
        *(f"not rejected {row}" for row in wanted_non_targets - non_targets),
        *(f"rejected {row}" for row in non_targets - wanted_non_targets),
    ]


@pytest.mark.parametrize("wording", [one for one in ALL if not one.known], ids=lambda one: one.text[:30])
def test_a_draft_has_the_rows_that_the_codebook_demands(wording: Wording) -> None:
    assert differences(wording) == []


@pytest.mark.parametrize("wording", [one for one in ALL if one.known], ids=lambda one: one.text[:30])
def test_a_known_miss_is_still_one(wording: Wording) -> None:
    assert differences(wording), f"mended, so its line with ! can go: {wording.known}"


def f1(level: str) -> float:
    """How well all items are drafted at a level: figure, basis, direction or rejected."""
    right = drawn = coded = 0
    for wording in ALL:
        out = draft(wording)
        if level == "rejected":
            found = Counter((row["value_text"], row["reason"]) for row in out.non_targets)
            right += (found & Counter(wording.non_targets)).total()
            drawn, coded = drawn + found.total(), coded + len(wording.non_targets)
            continue
        numeric = level != "direction"
        wanted = [row for row in wording.targets if bool(row["value"]) == numeric]
        rows = [row for row in out.targets if bool(row["value"]) == numeric]
        right += len(matched(wanted, rows, (*FIGURE, "basis") if level == "basis" else FIGURE)[0])
        drawn, coded = drawn + len(rows), coded + len(wanted)
    return 2 * right / (drawn + coded)


@pytest.mark.parametrize(
    ("level", "floor"), [("figure", 0.99), ("basis", 0.98), ("direction", 0.98), ("rejected", 0.97)]
)
def test_how_well_the_items_are_drafted(level: str, floor: float) -> None:
    assert f1(level) >= floor

"""Drafts the rows of `targets` and `non_targets` of one item from its text, with what is doubtful about them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from plandata.text import normalise
from plandata.texts.draft.amounts import Figure, figures, read_table
from plandata.texts.draft.commitments import commitments
from plandata.texts.draft.dictionary import Dictionary
from plandata.texts.draft.doubt import Doubt
from plandata.texts.draft.refusals import Refusal, refusals
from plandata.texts.figures import Token, occurrences, tokens
from plandata.texts.notes import NOTE

SURE, GOOD_ENOUGH = 0.6, 0.4


class Printed(Protocol):
    """What is asked of an item: its kind, a code of goals.kind or measures.kind, and its text."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Context:
    """What the plan and the domain of an item say of its targets; theme and population may be empty."""

    end_year: int
    dictionary: Dictionary
    population: str = ""
    theme: str = ""
    baseline_year: str = ""


@dataclass
class Drafted:
    """The rows of one item: those of targets and non_targets without ids of items, and new indicators."""

    targets: list[dict[str, str]] = field(default_factory=list)
    non_targets: list[dict[str, str]] = field(default_factory=list)
    indicators: list[dict[str, str]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def drafted(item: Printed, context: Context) -> Drafted:
    out = Drafted()
    text = NOTE.split(normalise(item.text), maxsplit=1)[0]
    refused = refusals(text)
    found = figures(text, refused) if item.kind != "indicator" else read_table(text)[0]
    for figure in found:
        row = dict(comparator=figure.comparator, value=plain(figure.value), unit_of_measure=figure.unit, basis=figure.basis, name_text=figure.name, value_text=text[figure.begins:figure.ends], indicator_id='')
        c = context.dictionary.candidates(figure.whole, "" if figure.basis.startswith(("rel","ann")) else figure.unit, context.population, context.theme)
        row['indicator_id'] = c[0].indicator_id if c else ''
        out.targets.append(row)
    for c in commitments(text):
        ids = context.dictionary.candidates(c.whole, "", context.population, context.theme)
        out.targets.append(dict(comparator=c.comparator, value='', unit_of_measure='', basis='level', name_text=c.name, value_text=text[c.begins:c.ends], indicator_id=ids[0].indicator_id if ids else ''))
    return out

"""The targets with a number: which quantities of a text commit to a state or amount, of what, and in which sense."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from plandata.texts.draft.clauses import LONGEST_PHRASE, Clause, Figure, Place, Sentence, clauses, places
from plandata.texts.draft.naming import short, spoken_of, trimmed
from plandata.texts.draft.quantities import SHARES, Quantity, quantities
from plandata.texts.draft.refusals import Refusal
from plandata.texts.draft.senses import CHANGE, YEARLY, basis_in, change_in, commits, unit_in
from plandata.texts.draft.subjects import paired, subjects
from plandata.texts.draft.vocabulary import ALL_OF, BRINGS, NOT_ALL, TO_VALUE

LISTED_YEARS = re.compile(r"20\d\d年?(?:、20\d\d年?)*[和、及与]20\d\d年")
FROM = re.compile(r"[由从](?:(?:20\d\d)年底?的?|目前的?|现在的?)?$")
LEADS_ON = re.compile("[到至升增降减]")
ON_THE_BASE = ("的基础上", "基础上")
# What only tells how things are: an earlier year at the head of a clause, or a word of the present.
NOW = re.compile("目前|截至|现有|现已|已经?(?:达到?|有|建成|完成|为|占)|累计已")
ACTS = re.compile(f"{BRINGS}|{TO_VALUE}")
PAST = re.compile(r"(?:^|[,;])(?:截至|截止|到|至)?(20\d\d)年(?:底|末|全年)?(?!的?[^,。;]{0,6}基)")
BACK_TO_THE_BASE = re.compile(r"(?:[以在较比与](?=20\d\d年|上)|[由从])[^,。;由从]*$")


MOVES = re.compile(f"(?:平均)?(?:{YEARLY})?{CHANGE.pattern}")


class Baseline(NamedTuple):
    """The level from which a target starts, as its clause prints it."""

    value: Decimal
    year: str


def figures(text: str, refused: list[Refusal], first_year: int) -> tuple[list[Figure], list[Refusal]]:
    """The figures of a text in normal form that are targets, and its numbers that only tell how things are.

    refused are its numbers that are none by their print; first_year is the first one of the plan.
    """
    sentences: dict[int, Sentence] = {}
    taken = {at for refusal in refused for at in range(refusal.start, refusal.end)}
    numbers = [q for q in quantities(masked(text, refused)) if taken.isdisjoint(range(q.start, q.end))]
    for clause in clauses(text):
        sentences[clause.sentence.start] = clause.sentence
        inside = [number for number in numbers if clause.start <= number.start < clause.end]
        read_clause(clause, inside, first_year)
    found = [figure for sentence in sentences.values() for figure in sentence.figures]
    states = [Refusal(*span, "baseline") for sentence in sentences.values() for span in sentence.states]
    return found, states


def masked(text: str, refused: list[Refusal]) -> str:
    """The text with the numbers that are no targets made unreadable, so that they do not join lists."""
    signs = list(text)
    for refusal in refused:
        for at in range(refusal.start, refusal.end):
            signs[at] = "〇" if signs[at].isdigit() else signs[at]
    return "".join(signs)


def read_clause(clause: Clause, numbers: list[Quantity], first_year: int) -> None:
    """Adds the figures of one clause to its sentence."""
    sentence = clause.sentence
    if not numbers:
        sentence.figures += all_of(clause)
        sentence.name = spoken_of(clause.words) or sentence.name
        sentence.last = clause.words
    baseline: Baseline | None = None
    groups = [list(group) for _, group in groupby(numbers, key=lambda number: number.group)]
    for place in places(clause, groups):
        if starts(place) or only_tells(place, first_year):
            baseline = baseline_in(place)
            if not place.after.startswith(ON_THE_BASE):
                sentence.states.append((place.first.start, place.group[-1].end))
        elif found := read_place(place, baseline):
            sentence.figures += found
            sentence.name, baseline = found[-1].name, None


def starts(place: Place) -> bool:
    """Whether a number is the level that another one starts from."""
    rest = place.clause.text[place.group[-1].end : place.clause.end]
    more = place.rest != rest and LEADS_ON.search(rest)
    return place.after.startswith(ON_THE_BASE) or bool(more and FROM.search(place.before))


def baseline_in(place: Place) -> Baseline:
    year = re.search(r"(20\d\d)年", place.before)
    return Baseline(place.first.value, year[1] if year else "")


def only_tells(place: Place, first_year: int) -> bool:
    """Whether a number only tells how things are or were."""
    years = PAST.findall(place.said)[-1:]
    goes_on = NOW.search(place.said) and not place.comparator and not ACTS.search(place.near)
    return bool(goes_on or NOW.search(place.lead)) or any(int(year) < first_year for year in years)


def read_place(place: Place, baseline: Baseline | None) -> list[Figure]:
    """The figures of one list of numbers; none where the plan does not commit to it."""
    unit = unit_in(place)
    if not commits(place, unit):
        return []
    change, year = change_in(place, unit)
    due = years_of(place)
    begins, ends = phrase(place, bool(change), baseline is not None)
    text, clause = place.clause.text, place.clause
    return [
        Figure(
            begins, ends, number.comparator or place.comparator or "eq", number.value,
            number.unit if number.unit in SHARES else unit,
            change or basis_in(place, unit), subject.printed, subject.whole, subject.place,
            text[clause.sentence.start : ends], text[clause.start : ends], year,
            baseline.value if baseline else None, baseline.year if baseline else "", due.get(number.start, ""),
        )
        for number, subject in paired(place, subjects(place, unit))
    ]  # fmt: skip


def years_of(place: Place) -> dict[int, str]:
    """The years of a list of numbers by their places: 到2025年和2030年,筛查率分别达到50%和70%."""
    years = LISTED_YEARS.search(place.said) if place.apart else None
    printed = re.findall(r"20\d\d", years[0]) if years else []
    return dict(zip((number.start for number in place.group), printed, strict=False))


def phrase(place: Place, change: bool, based: bool) -> tuple[int, int]:
    """Where the printed phrase of a figure begins and ends, within the longest that a cell may hold."""
    text, start, ends = place.clause.text, place.clause.start, place.group[-1].end
    begins = place.first.first
    if place.comparator and not place.first.comparator and place.figure_before:
        begins = place.figure_before.begins
    if change and (verb := MOVES.search(text[start : place.first.start])):
        begins = start + verb.start()
    if (change or based) and (back := BACK_TO_THE_BASE.search(text[start:begins])):
        begins = max(start + back.start(), begins if start + back.start() < ends - LONGEST_PHRASE else 0)
    if begins == place.first.start and (verb := re.search(f"(?:{BRINGS})$", text[start:begins])):
        begins -= len(verb[0])
    return max(begins, min(ends - LONGEST_PHRASE, place.first.start)), ends


def all_of(clause: Clause) -> Iterator[Figure]:
    """全部 and 所有 of a group that must have or be something: 100 percent."""
    words = clause.words
    if "全部" not in words and "所有" not in words:
        return
    for found in () if NOT_ALL.search(words) else ALL_OF.finditer(words):
        before = trimmed(words[: found.start()])
        name = trimmed(re.sub(f"^(?:{BRINGS})", "", words[found.end() :])) or before
        begins, ends = clause.start + found.start(), clause.start + min(found.end(), found.start() + LONGEST_PHRASE)
        yield Figure(
            begins, ends, "eq", Decimal(100), "percent", "level", short(name), name, before,
            clause.text[clause.sentence.start : ends], words[: found.end()],
        )  # fmt: skip

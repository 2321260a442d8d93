"""What is not published: values that rest on counts under five, since they could tell of single people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from plandata.assess.model import Judgement, load_targets
from plandata.words import exact

if TYPE_CHECKING:
    from plandata.tables import Row, Tables

# A count below this one, and above nothing, is small: what has not happened tells of nobody.
FEWEST = 5
# The units whose values are counts of people themselves; few institutions tell of nobody.
PEOPLE = ("person", "person_time")
Years = Mapping[str, frozenset[int]]


@dataclass(frozen=True)
class Small:
    """The years of each target, by its id, whose value rests on a small count, and those where that of a part does."""

    values: Years = field(default_factory=dict)
    of_parts: Years = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is small."""
        return bool(self.values or self.of_parts)

    def has(self, target_id: str, year: int) -> bool:
        """Whether the value of a year is not published."""
        return year in self.values.get(target_id, ())

    def touches(self, judgement: Judgement) -> bool:
        """Whether a judgement rests on a value that is not published: its sentence, course, gap could tell it."""
        return any(self.has(judgement.target.target_id, year) for year in judgement.seen.levels)

    def parts(self, target_id: str, year: int) -> bool:
        """Whether the parts of a year are not published: one that is hidden alone could be told from the others."""
        return self.has(target_id, year) or year in self.of_parts.get(target_id, ())


NOTHING_SMALL = Small()


def small_counts(path: Path, t: "Tables") -> Small:
    """What rests on small counts in an observations file that was assessed without findings on its form.

    A value that was revised is small where any of its revisions is.
    """
    # Polars loads when a file is read, so that the command can tell of its settings without it.
    import polars as pl

    from plandata.assess.observations import LEVEL, PARTS, measured, read_observations
    from plandata.rules.observations import in_scope

    known = measured(load_targets(t))
    sheet, _ = read_observations(path, t, known)
    rows = in_scope(sheet.frame, known).filter(pl.col("unit_of_measure") == pl.col("unit"), pl.col("of") == LEVEL)
    found = [row for row in rows.iter_rows(named=True) if is_small(row)]
    of_parts = [row for row in found if any(row[part] for part in PARTS)]
    return Small(years(row for row in found if row not in of_parts), years(of_parts))


def is_small(row: "Row") -> bool:
    """Whether a count of an observation, or the observation where it counts people, is from 1 to 4.

    >>> row = dict.fromkeys(("numerator", "denominator", "unit_of_measure"), "")
    >>> is_small(row | {"numerator": "4"}), is_small(row | {"numerator": "5"}), is_small(row | {"numerator": "0"})
    (True, False, False)
    """
    counts = [row["numerator"], row["denominator"]]
    if row["unit_of_measure"] in PEOPLE:
        counts.append(row["value"])
    return any(0 < exact(count) < FEWEST for count in counts if count)


def years(rows: Iterable["Row"]) -> Years:
    """The years of some rows by the target that they are of."""
    held: dict[str, set[int]] = {}
    for row in rows:
        held.setdefault(row["target_id"], set()).add(int(row["year"]))
    return {target: frozenset(own) for target, own in held.items()}

"""What is not published: values that rest on counts under five, since they could tell of single people."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plandata.assess.model import Judgement


@dataclass(frozen=True)
class Small:
    """The years of each target, by its id, in which its value, or that of a part of it, rests on a small count."""

    values: Mapping[str, frozenset[int]] = field(default_factory=dict)
    of_parts: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values or self.of_parts)

    def has(self, target_id: str, year: int) -> bool:
        """Whether the value of a year is not published."""
        return year in self.values.get(target_id, ())

    def touches(self, judgement: Judgement) -> bool:
        """Whether a judgement tells anything by a value that is not published: its sentence, its course, its gap."""
        return any(self.has(judgement.target.target_id, year) for year in judgement.points)

    def parts(self, target_id: str, year: int) -> bool:
        """Whether the parts of a year are not published: one hidden alone could be told from the others."""
        return self.has(target_id, year) or year in self.of_parts.get(target_id, ())


NOTHING_SMALL = Small()

"""What is said of one target."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from plandata.assess.band import Band
from plandata.assess.method import Answer
from plandata.assess.reasons import Amount, Reason, Required
from plandata.assess.targets import Target


@dataclass(frozen=True)
class Warned:
    """An early warning with its reason."""

    code: str
    reason: Reason


@dataclass(frozen=True)
class Judgement:
    """What is said of one target.

    measurable tells whether the value of the judged year shows the target met or not met; points are the
    values that were used (year to level), base the level from which path or change counts.
    """

    target: Target
    status: str
    reason: Reason
    year: int
    measurable: bool = False
    value: Fraction | None = None
    points: Mapping[int, Fraction] | None = None
    base: tuple[int, Fraction] | None = None
    band: Band | None = None
    answers: tuple[Answer, ...] = ()
    warnings: tuple[Warned, ...] = ()

    @property
    def met(self) -> bool:
        return self.status in ("met", "met_early")

    @property
    def agree(self) -> bool | None:
        """Whether the two methods come to the same verdict; None where one of them comes to none."""
        verdicts = [answer.verdict for answer in self.answers]
        return None if len(verdicts) < 2 or None in verdicts else verdicts[0] == verdicts[1]


def revised(judgement: Judgement, **changes: object) -> Judgement:
    """A judgement with some of its fields changed."""
    return replace(judgement, **changes)  # type: ignore[arg-type]


def facts(judged: Judgement) -> dict[str, object]:
    """Value, year, band and target year as reasons name them."""
    unit = judged.target.unit
    found: dict[str, object] = {
        "value": Amount(judged.value, unit),
        "year": judged.year,
        "target_year": judged.target.target_year,
    }
    if judged.band is not None:
        found["band"] = Required(judged.band, unit)
    return found


def as_fraction(value: Fraction | float | None) -> Fraction | None:
    return None if value is None else Fraction(value)

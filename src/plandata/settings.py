"""What a person may set of an assessment, and what is usual.

It stands apart, since the help of a command tells it and needs nothing else of the assessment.
"""

from dataclasses import dataclass
from fractions import Fraction

# The most years that a value may lag behind the judged one.
LONGEST_LAG = 5


@dataclass(frozen=True)
class Settings:
    """The thresholds, each settable; shares are between 0 and 1.

    latest: how many years before the judged one a value may be of that stands in for it; 0 for none.
    min_points: points that a trend needs (2 or more).
    approx_tolerance: how far from an approximate value (左右) still meets it, as a share of the value.
    path_tolerance: how far behind the straight line still counts as up to it, as a share of the whole way.
    basic_tolerance: how far from the target still is reached in the main (基本实现), as a share of it; 0 for none.
    volatile_share: share of all movement that must cancel out for a series to be volatile.
    volatile_range: highest minus lowest value, as a share of the median, below which no series is volatile.
    decimals: of the rates of targets met, 1 or 2.
    """

    latest: int = 1
    min_points: int = 2
    approx_tolerance: Fraction = Fraction(5, 100)
    path_tolerance: Fraction = Fraction(5, 100)
    basic_tolerance: Fraction = Fraction(0)
    volatile_share: Fraction = Fraction(1, 2)
    volatile_range: Fraction = Fraction(1, 10)
    decimals: int = 1

    def __post_init__(self) -> None:
        """Raises ValueError for a threshold out of its bounds."""
        if self.min_points < 2:
            raise ValueError(f"min_points is {self.min_points}; a trend needs 2 points or more")
        if not 0 <= self.latest <= LONGEST_LAG:
            raise ValueError(f"latest is {self.latest}; a value may stand in for 0 to {LONGEST_LAG} years")
        if self.decimals not in (1, 2):
            raise ValueError(f"decimals is {self.decimals}; a rate has 1 or 2")
        for name in ("approx_tolerance", "path_tolerance", "basic_tolerance", "volatile_share", "volatile_range"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is {float(getattr(self, name)):g}; it is a share from 0 to 1")

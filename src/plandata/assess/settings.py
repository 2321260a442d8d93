"""The thresholds of an assessment."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Settings:
    """The thresholds, each settable; shares are between 0 and 1.

    min_points: points that a trend needs (2 or more).
    approx_tolerance: how far from an approximate value (左右) still meets it, as a share of the value.
    path_tolerance: how far behind the straight line still counts as up to it, as a share of the whole way.
    volatile_share: share of all movement that must cancel out for a series to be volatile.
    volatile_range: highest minus lowest value, as a share of the median, below which no series is volatile.
    """

    min_points: int = 2
    approx_tolerance: Fraction = Fraction(5, 100)
    path_tolerance: Fraction = Fraction(0)
    volatile_share: Fraction = Fraction(1, 2)
    volatile_range: Fraction = Fraction(1, 10)

    def __post_init__(self) -> None:
        """Raises ValueError for a threshold out of its bounds."""
        if self.min_points < 2:
            raise ValueError(f"min_points is {self.min_points}; a trend needs 2 points or more")
        for name in ("approx_tolerance", "path_tolerance", "volatile_share", "volatile_range"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is {float(getattr(self, name)):g}; it is a share from 0 to 1")

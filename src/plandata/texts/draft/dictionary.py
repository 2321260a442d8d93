"""What known plans call their indicators: from a printed name to the indicators that it may mean."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from plandata.text import normalise, pairs
from plandata.texts.draft.lists import members

Row = Mapping[str, str]
POPULATION_WORDS = {"women": ("妇女", "女性", "女职工", "孕产妇"), "children": ("儿童", "学生", "未成年人", "婴儿")}
OTHER_POPULATION, OTHER_UNIT, OTHER_THEME = 0.85, 0.6, 0.97


class Candidate(NamedTuple):
    """An indicator that a name may mean, and how well its known names fit, from 0 to 1."""

    indicator_id: str
    score: float


class Dictionary:
    """The names of known indicators, the scopes of known targets, and how rare each pair of characters is in them."""

    def __init__(self, targets: Iterable[Row], indicators: Iterable[Row]) -> None:
        self.indicators = {row["indicator_id"]: row for row in indicators}
        self.scopes: dict[str, Counter[tuple[str, str]]] = {}
        self.names: dict[str, set[str]] = {}
        for row in self.indicators.values():
            self.learn(row["name_zh"], row["indicator_id"])
        for row in targets:
            self.learn(members(normalise(row["name_text"]))[0].full, row["indicator_id"])
            if row["scope_zh"]:
                scope = (row["scope_zh"], row["scope_en"])
                self.scopes.setdefault(row["indicator_id"], Counter())[scope] += 1
        self.cache: dict[str, list[tuple[str, float]]] = {}

    def learn(self, name: str, indicator_id: str) -> None:
        if indicator_id in self.indicators:
            self.names.setdefault(normalise(name), set()).add(indicator_id)

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much a pair of characters tells: the rarer it is in the known names, the more."""
        counts = Counter(pair for name in self.names for pair in pairs(name))
        return {pair: math.log(1 + len(self.names) / count) for pair, count in counts.items()}

    @cached_property
    def index(self) -> dict[str, list[str]]:
        """The known names that hold a pair of characters."""
        holding: dict[str, list[str]] = {}
        for name in self.names:
            for pair in pairs(name):
                holding.setdefault(pair, []).append(name)
        return holding

    def weight(self, found: Iterable[str]) -> float:
        unseen = math.log(1 + len(self.names))
        return sum(self.weights.get(pair, unseen) for pair in found)

    def alike(self, name: str) -> list[tuple[str, float]]:
        """The known names that share pairs of characters with a name, each with the share of what both tell."""
        if name not in self.cache:
            own = pairs(name)
            shared: Counter[str] = Counter()
            for pair in own:
                for known in self.index.get(pair, ()):
                    shared[known] += self.weights[pair]  # type: ignore[assignment]
            whole = self.weight(own)
            self.cache[name] = [
                (known, 2 * both / (whole + self.weight(pairs(known)))) for known, both in shared.items()
            ]
        return self.cache[name]

    def candidates(self, name: str, unit: str = "", population: str = "", theme: str = "") -> list[Candidate]:
        """The best three indicators for a name, the best first; unit is "" where no number is printed."""
        scores: dict[str, float] = {}
        for known, score in self.alike(normalise(name)):
            for indicator_id in self.names[known]:
                fit = score * self.fits(self.indicators[indicator_id], name, unit, population, theme)
                scores[indicator_id] = max(fit, scores.get(indicator_id, 0.0))
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
        return [Candidate(*pair) for pair in best]

    def fits(self, indicator: Row, name: str, unit: str, population: str, theme: str) -> float:
        """By how much the unit, the population and the theme of a target speak against an indicator."""
        factor = 1.0
        if unit and unit != indicator["unit_of_measure"]:
            factor *= OTHER_UNIT
        if theme and theme != indicator["theme"]:
            factor *= OTHER_THEME
        other = {"women": "children", "children": "women"}.get(population, "")
        words = POPULATION_WORDS.get(other, ())
        if any(word in indicator["name_zh"] for word in words) and not any(word in name for word in words):
            factor *= OTHER_POPULATION
        return factor

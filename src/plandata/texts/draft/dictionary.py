"""What known plans call their indicators: from a printed name to the indicators that it may mean."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from plandata.text import normalise, pairs
from plandata.texts.draft.lists import members
from plandata.texts.draft.vocabulary import SAME

Row = Mapping[str, str]
POPULATION_WORDS = {"women": ("妇女", "女性", "女职工", "孕产妇"), "children": ("儿童", "学生", "未成年人", "婴儿")}
OTHER_POPULATION, OTHER_UNIT, OTHER_THEME = 0.85, 0.6, 0.97
# How much the rest of the sentence counts beside the name.
SURROUNDINGS = 0.15
# Where an indicator says who is counted, so that a scope need not say it again.
SAYING = ("name_zh", "population_zh", "definition_zh", "denominator_zh")
TOWNS = re.compile(r"乡?镇\(街道\)|镇街|街镇|乡镇、街道|乡镇(?!\(|党|卫)")


class Candidate(NamedTuple):
    """An indicator that a name may mean, and how well its known names fit, from 0 to 1."""

    indicator_id: str
    score: float


def canonical(name: str) -> str:
    """A name in normal form, in one wording for what plans print in several.

    >>> canonical("村民委员会成员中女性比例")
    '村委会成员中的女性比例'
    """
    text = normalise(name)
    for printed, usual in SAME:
        text = text.replace(printed, usual)
    return text


def own_name(name_text: str) -> str:
    """The whole name of the member that a printed name is given for: the run begins with it, or ends with it where
    whole names stand side by side.

    >>> own_name("婴儿和5岁以下儿童死亡率"), own_name("5岁以下儿童贫血率和生长迟缓率")
    ('婴儿死亡率', '5岁以下儿童生长迟缓率')
    """
    text = normalise(name_text)
    return next((member.full for member in members(text) if member.end == len(text)), text)


def one_wording(words: str) -> str:
    """Words about places in the wording of scopes: 各镇(街道) is 每个乡镇(街道)."""
    return TOWNS.sub("乡镇(街道)", re.sub("^各|(?<=[市县区省])各", "每个", words))


def part_of_scope(part: str) -> str:
    """A part of a scope as a text may print it: without the word for each and the rank, and without brackets."""
    own = one_wording(part)
    if own.startswith(("每个", "以")):
        return own
    own = re.sub(r"\([^()]*\)", "", own).removeprefix("每所")
    return own.removesuffix("级") if len(own) > 2 else own if len(own) > 1 else part


def borne_out(scope: str, where: str, indicator: str) -> bool:
    """Whether all parts of a scope stand in some words, and the name of the indicator does not say them already."""
    parts = [part_of_scope(part) for part in re.split("[,;]", normalise(scope))]
    women = "妇女" in parts and "女" in indicator
    return not women and all(part in where for part in parts) and not all(part in indicator for part in parts)


class Dictionary:
    """The names of known indicators, the scopes of known targets, and how rare each pair of characters is in them."""

    def __init__(self, targets: Iterable[Row], indicators: Iterable[Row]) -> None:
        self.indicators = {row["indicator_id"]: row for row in indicators}
        self.scopes: dict[str, Counter[tuple[str, str]]] = {}
        self.names: dict[str, set[str]] = {}
        self.benchmarks: dict[str, str] = {}
        for row in self.indicators.values():
            self.learn(row["name_zh"], row["indicator_id"])
        for row in targets:
            self.learn(own_name(row["name_text"]), row["indicator_id"])
            if row.get("benchmark_zh"):
                self.benchmarks[row["benchmark_zh"]] = row["benchmark_en"]
            if row["scope_zh"]:
                scope = (row["scope_zh"], row["scope_en"])
                self.scopes.setdefault(row["indicator_id"], Counter())[scope] += 1
        self.cache: dict[str, list[tuple[str, float]]] = {}

    def learn(self, name: str, indicator_id: str) -> None:
        if indicator_id in self.indicators:
            self.names.setdefault(canonical(name), set()).add(indicator_id)

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

    def candidates(
        self, name: str, said: str = "", unit: str = "", population: str = "", theme: str = ""
    ) -> list[Candidate]:
        """The best three indicators for a name, the best first; unit is "" where no number is printed.

        said is the text around the name, in which more words of an indicator may stand.
        """
        scores: dict[str, float] = {}
        around = pairs(canonical(said))
        for known, score in self.alike(canonical(name)):
            for indicator_id in self.names[known]:
                indicator = self.indicators[indicator_id]
                beside = SURROUNDINGS * self.standing(canonical(indicator["name_zh"]), around)
                fit = (score * (1 - SURROUNDINGS) + beside) * self.fits(indicator, name, unit, population, theme)
                scores[indicator_id] = max(fit, scores.get(indicator_id, 0.0))
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
        return [Candidate(*pair) for pair in best]

    def scope(self, indicator_id: str, name: str, place: str, said: str) -> tuple[str, str]:
        """The scope in both languages that the words of a target bear out, in the wording of known targets."""
        if indicator_id not in self.indicators:
            return "", ""
        own = " ".join(self.indicators[indicator_id].get(column, "") for column in SAYING)
        usual = list(self.scopes.get(indicator_id, ()))
        ageless = [scope for scope in usual if not re.search(r"\d", scope[0])]
        clause = said.rsplit(",", 1)[-1]
        for listed, where in ((usual, name), (usual, place), (ageless, clause), (self.vocabulary, f"{place} {name}")):
            borne = [scope for scope in listed if borne_out(scope[0], one_wording(where), normalise(own))]
            if borne:
                return max(borne, key=lambda scope: (len(scope[0]), scope))
        return "", ""

    @cached_property
    def vocabulary(self) -> list[tuple[str, str]]:
        """Every scope of the known targets."""
        return sorted({scope for scopes in self.scopes.values() for scope in scopes})

    def standing(self, name: str, around: set[str]) -> float:
        """The share of a name that stands in the text around."""
        own = pairs(name)
        whole = self.weight(own)
        return self.weight(pair for pair in own if pair in around) / whole if whole else 0.0

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

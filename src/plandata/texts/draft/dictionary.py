"""What known plans call their indicators: from a printed name to the indicators and the scope that it may mean."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from functools import cache
from heapq import nlargest
from typing import NamedTuple

from plandata.text import normalise, pairs
from plandata.texts.draft.lists import members
from plandata.texts.draft.vocabulary import SAME

Row = Mapping[str, str]
POPULATION_WORDS = {"women": ("妇女", "女性", "女职工", "孕产妇"), "children": ("儿童", "学生", "未成年人", "婴儿")}
OTHER_POPULATION, OTHER_UNIT, OTHER_THEME = 0.85, 0.6, 0.97
# How much the rest of the sentence counts beside the name.
SURROUNDINGS = 0.15
# How many known names are looked at more closely, and how many indicators are given.
LIKELY, BEST = 12, 3
# Where an indicator says who is counted, so that a scope need not say it again.
SAYING = ("name_zh", "population_zh", "definition_zh", "denominator_zh")
TOWNS = re.compile(r"乡?镇\(街道\)|镇街|街镇|乡镇、街道|乡镇(?!\(|党|卫)")
EACH_PLACE = re.compile("^各|(?<=[市县区省])各")
IN_BRACKETS = re.compile(r"\([^()]*\)")


class Candidate(NamedTuple):
    """An indicator that a name may mean, and how well its known names fit, from 0 to 1."""

    indicator_id: str
    score: float


class Scope(NamedTuple):
    """A scope in both languages, and its parts as a text may print them."""

    zh: str
    en: str
    parts: tuple[str, ...]


def canonical(name: str) -> str:
    """A name in normal form, in one wording for what plans print in several.

    >>> canonical("村民委员会成员中女性比例")
    '村委会成员中的女性比例'
    """
    text = normalise(name)
    for printed, usual in SAME:
        text = text.replace(printed, usual)
    return text


def one_wording(words: str) -> str:
    """Words about places in the wording of scopes.

    >>> one_wording("各镇(街道)")
    '每个乡镇(街道)'
    """
    return TOWNS.sub("乡镇(街道)", EACH_PLACE.sub("每个", words))


def own_name(name_text: str) -> str:
    """The whole name of the member that a printed name is given for: the run begins with it, or ends with it where
    whole names stand side by side.

    >>> own_name("婴儿和5岁以下儿童死亡率"), own_name("5岁以下儿童贫血率和生长迟缓率")
    ('婴儿死亡率', '5岁以下儿童生长迟缓率')
    """
    text = normalise(name_text)
    return next((member.full for member in members(text) if member.end == len(text)), text)


@cache
def scope_of(zh: str, en: str) -> Scope:
    return Scope(zh, en, tuple(map(part_of_scope, re.split("[,;]", normalise(zh)))))


def part_of_scope(part: str) -> str:
    """A part of a scope as a text may print it: without its rank and brackets where it does not name each place."""
    own = one_wording(part)
    if own.startswith(("每个", "以")):
        return own
    own = IN_BRACKETS.sub("", own).removeprefix("每所").removesuffix("之间")
    return own.removesuffix("级") if len(own) > 2 else own if len(own) > 1 else part


def borne_out(scope: Scope, where: str, indicator: str) -> bool:
    """Whether all parts of a scope stand in some words, and the texts of the indicator do not say them already."""
    # A loop: most scopes of the vocabulary fail on their first part, and there are as many as known targets.
    for part in scope.parts:
        if part not in where:
            return False
    women = "妇女" in scope.parts and "女" in indicator
    return not women and not all(part in indicator for part in scope.parts)


class Dictionary:
    """The names of known indicators, the scopes of known targets, and how rare each pair of characters is in them.

    targets and indicators are rows of the tables; an indicator is known by its name and by what its targets print.
    """

    def __init__(self, targets: Iterable[Row], indicators: Iterable[Row]) -> None:
        self.indicators = {row["indicator_id"]: row for row in indicators}
        self.scopes: dict[str, set[Scope]] = {}
        self.names: dict[str, set[str]] = {}
        self.benchmarks: dict[str, str] = {}
        for row in self.indicators.values():
            self.learn(row["name_zh"], row["indicator_id"])
        for row in targets:
            self.learn(own_name(row["name_text"]), row["indicator_id"])
            self.benchmarks[row.get("benchmark_zh", "")] = row.get("benchmark_en", "")
            if row["scope_zh"]:
                scope = scope_of(row["scope_zh"], row["scope_en"])
                self.scopes.setdefault(row["indicator_id"], set()).add(scope)
        self.vocabulary: dict[str, list[Scope]] = {}
        for scope in sorted({scope for scopes in self.scopes.values() for scope in scopes}):
            self.vocabulary.setdefault(scope.parts[0][:1], []).append(scope)
        self.weigh()

    def learn(self, name: str, indicator_id: str) -> None:
        if indicator_id in self.indicators:
            self.names.setdefault(canonical(name), set()).add(indicator_id)

    def weigh(self) -> None:
        """Sets how much each pair of characters tells (the rarer in the known names the more), which names hold it,
        and how much each name tells.
        """
        held = {name: pairs(name) for name in self.names}
        counts = Counter(pair for own in held.values() for pair in own)
        self.unseen = math.log(1 + len(self.names))
        self.weights = {pair: math.log(1 + len(self.names) / count) for pair, count in counts.items()}
        self.holding: dict[str, list[str]] = {}
        for name, own in held.items():
            for pair in own:
                self.holding.setdefault(pair, []).append(name)
        self.whole = {name: self.weight(own) for name, own in held.items()}
        self.titles = {key: pairs(canonical(row["name_zh"])) for key, row in self.indicators.items()}
        self.title_weights = {key: self.weight(own) for key, own in self.titles.items()}
        self.said = {
            key: normalise(" ".join(row.get(column, "") for column in SAYING)) for key, row in self.indicators.items()
        }

    def weight(self, found: Iterable[str]) -> float:
        return sum(self.weights.get(pair, self.unseen) for pair in found)

    def alike(self, name: str) -> list[tuple[float, str]]:
        """The known names most like a name, each with the share of all pairs that both have."""
        own = pairs(name)
        shared: dict[str, float] = {}
        for pair in own & self.holding.keys():
            weight = self.weights[pair]
            for known in self.holding[pair]:
                shared[known] = shared.get(known, 0.0) + weight
        whole = self.weight(own)
        scores = ((2 * both / (whole + self.whole[known]), known) for known, both in shared.items())
        return nlargest(LIKELY, scores)

    def candidates(
        self, name: str, said: str = "", unit: str = "", population: str = "", theme: str = ""
    ) -> list[Candidate]:
        """The best three indicators for a name, the best first; unit is "" where no number is printed.

        said is the text around the name, in which more words of an indicator may stand.
        """
        scores: dict[str, float] = {}
        around = pairs(canonical(said))
        for score, known in self.alike(canonical(name)):
            for indicator_id in self.names[known]:
                beside = SURROUNDINGS * self.standing(indicator_id, around)
                fit = self.fits(self.indicators[indicator_id], name, unit, population, theme)
                scores[indicator_id] = max((score * (1 - SURROUNDINGS) + beside) * fit, scores.get(indicator_id, 0.0))
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:BEST]
        return [Candidate(*pair) for pair in best]

    def standing(self, indicator_id: str, around: Set[str]) -> float:
        """The share of the name of an indicator that stands in the text around."""
        whole = self.title_weights[indicator_id]
        return self.weight(self.titles[indicator_id] & around) / whole if whole else 0.0

    def fits(self, indicator: Row, name: str, unit: str, population: str, theme: str) -> float:
        """By how much the unit, the population and the theme of a target speak against an indicator."""
        factor = OTHER_UNIT if unit and unit != indicator["unit_of_measure"] else 1.0
        if theme and theme != indicator["theme"]:
            factor *= OTHER_THEME
        words = POPULATION_WORDS.get({"women": "children", "children": "women"}.get(population, ""), ())
        if any(word in indicator["name_zh"] for word in words) and not any(word in name for word in words):
            factor *= OTHER_POPULATION
        return factor

    def scope(self, indicator_id: str, name: str, place: str, said: str) -> tuple[str, str]:
        """The scope in both languages that the words of a target bear out, in the wording of known targets."""
        if indicator_id not in self.indicators:
            return "", ""
        usual = list(self.scopes.get(indicator_id, ()))
        ageless = [scope for scope in usual if not re.search(r"\d", scope.zh)]
        clause = said.rsplit(",", 1)[-1]
        own, told = normalise(self.indicators[indicator_id]["name_zh"]), self.said[indicator_id]
        around = f"{place} {name}"
        signs = {"", *one_wording(around)}
        begun = [scope for sign in signs for scope in self.vocabulary.get(sign, ())]
        anywhere = begun, around, told
        for listed, where, known in ((usual, name, own), (usual, place, own), (ageless, clause, own), anywhere):
            words = one_wording(where)
            borne = [scope for scope in listed if borne_out(scope, words, known)]
            if borne:
                best = max(borne, key=lambda scope: (len(scope.zh), scope))
                return best.zh, best.en
        return "", ""

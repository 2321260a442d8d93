"""Drafts the rows of `targets` and `non_targets` of one item from its text, with what is doubtful about them."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Protocol

from plandata.text import normalise, shared
from plandata.texts.draft.amounts import figures
from plandata.texts.draft.clauses import LONGEST_PHRASE, Figure
from plandata.texts.draft.commitments import Commitment, commitments
from plandata.texts.draft.dictionary import Candidate, Dictionary
from plandata.texts.draft.doubt import Doubt
from plandata.texts.draft.lines import read_line
from plandata.texts.draft.manner import commitment, target_year, timing
from plandata.texts.draft.naming import has_head
from plandata.texts.draft.quantities import quantities
from plandata.texts.draft.refusals import Refusal, refusals
from plandata.texts.figures import Token, occurrences, tokens, values
from plandata.texts.notes import before_note

# From which score on an indicator is taken without a doubt, and from which at all.
SURE, GOOD_ENOUGH = 0.65, 0.4
# How much of a direction's name stands in that of a target which says the same with a number.
SAME_NAME = 0.8
# How many years a plan has that does not say.
USUAL_LENGTH = 5
# What no two targets of an item have in common.
SAME = ("indicator_id", "scope_zh", "comparator", "value", "benchmark_zh", "basis", "unit_of_measure", "target_year")
BASED = re.compile(r"在(20\d\d)年(\d+(?:\.\d+)?)%的?基础上")
GAP = re.compile("(?:城乡|区域|地区|校际|男女|性别|两性)+差距")
YEARLY = {"increase": "annual_increase", "decrease": "annual_decrease"}


class Printed(Protocol):
    """What is asked of an item: its kind, a code of goals.kind or measures.kind, and its text."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Context:
    """What the plan and the domain of an item say of its targets.

    first_year is the first one of the plan, 0 for that of a plan of five years; population is women, children or "";
    theme is a code or ""; baseline_year is that of the column of an indicator table, "" where none is printed.
    """

    end_year: int
    dictionary: Dictionary
    population: str = ""
    theme: str = ""
    baseline_year: str = ""
    first_year: int = 0

    @property
    def begins(self) -> int:
        """The first year of the plan."""
        return self.first_year or self.end_year - USUAL_LENGTH + 1

    @property
    def before(self) -> str:
        """The year of a baseline for which none is printed: the last one before the plan."""
        return self.baseline_year or str(self.begins - 1)

    def due(self, said: str) -> str:
        """The year by which a target must hold."""
        return target_year(said, self.begins, self.end_year)


@dataclass
class Drafted:
    """The rows of one item: targets and non_targets without the ids that the caller sets, new indicators, doubts.

    A doubt names its row as t1, t2 … in the order of the targets, or by the text of the row.
    """

    targets: list[dict[str, str]] = field(default_factory=list)
    non_targets: list[dict[str, str]] = field(default_factory=list)
    indicators: list[dict[str, str]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True)
class Claim:
    """One target on its way to a row: the columns that the text gives, and what its indicator is found by."""

    begins: int
    ends: int
    row: dict[str, str]
    whole: str
    place: str
    said: str
    doubt: str = ""

    def words(self, text: str) -> str:
        return text[self.begins : self.ends]

    @property
    def phrase(self) -> str:
        return self.said[self.begins - self.ends :]

    def on(self, numbers: list[Token]) -> "Claim":
        """The same with a phrase that cuts none of these numbers in two."""
        begins, ends = on_whole_numbers(self.begins, self.ends, numbers)
        return replace(self, begins=begins, ends=ends)

    def longer(self, text: str, numbers: list[Token]) -> "Claim":
        """The same with one more sign in its phrase, where there is one and the phrase may be longer."""
        begins = max(0, self.begins - 1)
        ends = self.ends if begins < self.begins else min(len(text), self.ends + 1)
        longer = replace(self, begins=begins, ends=ends).on(numbers)
        return longer if longer.ends - longer.begins <= LONGEST_PHRASE else self


def drafted(item: Printed, context: Context) -> Drafted:
    """The rows of one item.

    Every number that `verify` asks for stands in the value_text of a target or of a non-target.

    >>> from types import SimpleNamespace
    >>> item = SimpleNamespace(kind="goal", text="到2025年,孕产妇死亡率控制在8/10万以下。")
    >>> out = drafted(item, Context(2025, Dictionary([], [])))
    >>> [(t["comparator"], t["value"], t["unit_of_measure"], t["value_text"]) for t in out.targets]
    [('le', '8', 'per_100k', '控制在8/10万以下')]
    >>> [(n["value_text"], n["reason"]) for n in out.non_targets]
    [('2025年', 'year')]
    """
    text = normalise(item.text)
    body = before_note(text)
    numbers = tokens(text)
    refused = refusals(text) if numbers else []
    line = item.kind == "indicator"
    told, states = ([], []) if line else figures(body, refused, context.begins)
    refused += states
    claims = line_claims(text, context) if line else text_claims(body, told, context)
    named = [replace(claim, row={**claim.row, "name_text": printed_name(claim, text)}) for claim in claims]
    claims = told_apart(text, [claim.on(numbers) for claim in named if claim.row["name_text"]])
    out = Drafted()
    for claim in claims:
        add_target(out, claim, text, context)
    baselines = {Decimal(row["baseline_value"]) for row in out.targets if row["baseline_value"]}
    for phrase, reason in rejected(text, refused, claims, baselines if line else set(), line):
        out.non_targets.append({"goal_id": "", "measure_id": "", "value_text": phrase, "reason": reason})
        if reason == "description":
            why = "a number that the words commit nobody to; is it a target?"
            out.doubts.append(Doubt("non_targets", phrase, "reason", reason, why))
    return out


def text_claims(body: str, told: list[Figure], context: Context) -> list[Claim]:
    """The targets of a text, with the numbers that are told and without a number, in its order."""
    found = [figure_claim(figure, body, context) for figure in told]
    numbered = {at for claim in found for at in range(claim.begins, claim.ends)}
    for asked in commitments(body):
        if numbered.isdisjoint(range(asked.begins, asked.ends)):
            phrase = body[asked.begins : asked.ends]
            basis = YEARLY.get(asked.comparator, "level") if "逐年" in phrase else "level"
            row = direction_row(asked.comparator, asked.name, phrase, basis, asked.said, context)
            row["benchmark_zh"] = asked.benchmark
            if based := BASED.search(asked.clause):
                row |= {
                    "baseline_year": based[1],
                    "baseline_value": plain(Decimal(based[2])),
                    "unit_of_measure": "percent",
                }
            claim = Claim(asked.begins, asked.ends, row, asked.whole, asked.clause, asked.said)
            gaps = (f"{rate}差距" for rate in gaps_of(asked, told))
            found += [replace(claim, whole=gap, place=asked.whole) for gap in gaps] or [claim]
    return sorted((claim for claim in found if not quantified(claim, found)), key=lambda claim: claim.begins)


def quantified(claim: Claim, others: list[Claim]) -> bool:
    """Whether a direction only heads what another target of the item says of the same, with a number or in full."""
    way = claim.row["comparator"]
    if way == "universal":
        full = (other for other in others if other.row.get("value") == "100")
        return any(shared(claim.whole, other.whole) >= SAME_NAME for other in full)
    if way not in YEARLY or claim.phrase.startswith("并") or claim.whole.endswith("差距"):
        return False
    later = (
        other for other in others
        if other.row.get("value") or other.row["comparator"] == "universal"
        or (other.row["comparator"] == way and other.begins > claim.begins and other.phrase != claim.phrase)
    )  # fmt: skip
    return any(shared(claim.whole, other.whole) >= SAME_NAME for other in later)


def gaps_of(asked: Commitment, told: list[Figure]) -> list[str]:
    """The rates of which a gap between places is meant that names none itself: those told before it in the item."""
    bare = GAP.fullmatch(asked.whole)
    return [figure.whole for figure in told if figure.ends <= asked.begins and has_head(figure.whole)] if bare else []


def direction_row(comparator: str, name: str, phrase: str, basis: str, said: str, context: Context) -> dict[str, str]:
    """The cells of a target without a number that the text gives."""
    when = timing(phrase, said.rsplit(",", 1)[-1], basis)
    if comparator == "maintain":
        when = "throughout"
    return {
        "comparator": comparator, "name_text": name, "basis": basis, "timing": when,
        "commitment": "firm" if comparator == "appropriate" else commitment(said, phrase, numeric=False),
        "target_year": "" if when == "event" else context.due(said),
    }  # fmt: skip


def figure_claim(figure: Figure, text: str, context: Context) -> Claim:
    """A figure with the cells that its words give."""
    phrase = text[figure.begins : figure.ends]
    when = timing(phrase, figure.clause, figure.basis)
    change = figure.basis.startswith(("relative", "annual"))
    usual = str(context.begins - 1)
    row = {
        "comparator": figure.comparator, "value": plain(figure.value), "unit_of_measure": figure.unit,
        "basis": figure.basis, "name_text": figure.name, "timing": when,
        "commitment": commitment(figure.said, phrase, numeric=True),
        "reference_year": figure.reference_year or usual * figure.basis.startswith("relative"),
        "target_year": "" if when == "event" else figure.due or context.due(figure.said),
    }  # fmt: skip
    if figure.baseline is not None:
        row["baseline_value"] = plain(figure.baseline)
        row["baseline_year"] = figure.baseline_year or context.before
    doubt = "no base year is printed" if change and row["reference_year"] and not figure.reference_year else ""
    return Claim(figure.begins, figure.ends, row, figure.whole, figure.place, figure.said, doubt)


def line_claims(text: str, context: Context) -> list[Claim]:
    """The targets of a line of an indicator table: its figures, or the direction that its target cell names."""
    line = read_line(text)
    found = [figure_claim(figure, text, context) for figure in line.figures]
    if found or not line.target:
        return found
    begins = len(text) - len(line.target)
    comparator = next((code for code, words in TABLE_WORDS if re.search(words, line.target)), "")
    if not comparator:
        return []
    basis = YEARLY.get(comparator, "level") if "逐年" in line.target else "level"
    row = direction_row(comparator, line.name, line.target, basis, line.target, context)
    if line.baseline is not None:
        row["baseline_value"], row["unit_of_measure"] = plain(line.baseline), line.unit
        row["baseline_year"] = context.before
    return [Claim(begins, len(text), row, line.name, "", text)]


def printed_name(claim: Claim, text: str) -> str:
    """The name of a claim as the item prints it without cutting a number in two; "" where there is none."""
    name = claim.row["name_text"]
    cuts = ((at, len(name) - end) for at in range(len(name)) for end in range(len(name) - at))
    for start, end in sorted(cuts, key=lambda cut: cut[0] + len(name) - cut[1]):
        if occurrences(name[start:end], text):
            return name[start:end]
    return ""


def on_whole_numbers(start: int, end: int, numbers: list[Token]) -> tuple[int, int]:
    """A phrase lengthened so that it cuts no number of its text in two, or shortened where it would be too long."""
    for token in (*numbers, *reversed(numbers)):
        if token.start < start < token.end:
            start = token.start if end - token.start <= LONGEST_PHRASE else token.end
        if token.start < end < token.end:
            end = token.end if token.end - start <= LONGEST_PHRASE else token.start
    return start, end


def told_apart(text: str, claims: list[Claim]) -> list[Claim]:
    """The claims with phrases that stand in the item as often as there are rows for them: a short one that also
    stands inside another is lengthened, to the left as far as it can be.
    """
    numbers = tokens(text)
    for _ in range(LONGEST_PHRASE):
        rows = Counter(claim.words(text) for claim in claims)
        often = {phrase for phrase, count in rows.items() if len(occurrences(phrase, text)) > count}
        longer = [
            claim.longer(text, numbers) if text[claim.begins : claim.ends] in often else claim for claim in claims
        ]
        if longer == claims:
            break
        claims = longer
    return claims


def add_target(out: Drafted, claim: Claim, text: str, context: Context) -> None:
    """Adds the row of a claim with its indicator and scope, and what is doubtful about them."""
    row = {**dict.fromkeys(TARGET_COLUMNS, ""), **claim.row, "value_text": text[claim.begins : claim.ends]}
    unit = "" if row["basis"].startswith(("relative", "annual")) else row["unit_of_measure"]
    ranked = context.dictionary.candidates(claim.whole, claim.said, unit, context.population, context.theme)
    number = f"t{len(out.targets) + 1}"
    if ranked and ranked[0].score >= GOOD_ENOUGH:
        row["indicator_id"] = ranked[0].indicator_id
        if ranked[0].score < SURE:
            out.doubts.append(Doubt("targets", number, "indicator_id", row["indicator_id"], told(ranked)))
    else:
        new = proposed(row, claim.whole, context)
        row["indicator_id"] = new["indicator_id"]
        if new["indicator_id"] not in {known["indicator_id"] for known in out.indicators}:
            out.indicators.append(new)
            why = f"no known indicator is named like {claim.whole}; {told(ranked)}"
            out.doubts.append(Doubt("indicators", new["indicator_id"], "indicator_id", new["indicator_id"], why))
    set_scope(out, row, claim, context, number)
    if claim.doubt:
        out.doubts.append(Doubt("targets", number, "reference_year", row["reference_year"], claim.doubt))
    if row["benchmark_zh"]:
        row["benchmark_en"] = context.dictionary.benchmarks.get(row["benchmark_zh"], "")
    out.targets.append(row)


def set_scope(out: Drafted, row: dict[str, str], claim: Claim, context: Context, number: str) -> None:
    """Gives a row the scope of known targets that its words bear out, or, where another row of the item would be the
    same, the printed words that tell them apart.
    """
    row["scope_zh"], row["scope_en"] = context.dictionary.scope(
        row["indicator_id"], claim.whole, claim.place, claim.said
    )
    among = claim.place and f"其中{claim.place}" in claim.said
    if among and not row["scope_zh"]:
        row["scope_zh"] = claim.place[:40]
        why = "the scope is in the printed words and needs its English"
        out.doubts.append(Doubt("targets", number, "scope_zh", row["scope_zh"], why))
    if twice(row, out.targets):
        row["scope_en"] = ""
        for words in filter(None, (claim.place, claim.whole, row["name_text"], row["value_text"])):
            row["scope_zh"] = words[:40]
            if not twice(row, out.targets):
                break
        why = "another target of the item would be the same; the scope is in the printed words and needs its English"
        out.doubts.append(Doubt("targets", number, "scope_zh", row["scope_zh"], why))


def twice(row: dict[str, str], others: list[dict[str, str]]) -> bool:
    """Whether a row says what one of the others says."""
    return any(all(row[name] == other[name] for name in SAME) for other in others)


def told(ranked: list[Candidate]) -> str:
    """The best candidates with their scores, as a doubt tells them."""
    return "nearest: " + (", ".join(f"{one.indicator_id} {one.score:.2f}" for one in ranked) or "none")


def proposed(row: dict[str, str], name: str, context: Context) -> dict[str, str]:
    """A new indicator for a target, with what its text gives; its English is for a person to write."""
    word = row["basis"].rsplit("_", 1)[-1] if "_" in row["basis"] else row["comparator"]
    return dict.fromkeys(INDICATOR_COLUMNS, "") | {
        "indicator_id": f"new-{hashlib.sha256(name.encode()).hexdigest()[:8]}",
        "theme": context.theme, "name_zh": name[:40],
        "unit_of_measure": row["unit_of_measure"] or ("percent" if name.endswith(("率", "比例")) else "count"),
        "better": BETTER.get(word, "higher"),
    }  # fmt: skip


def rejected(
    text: str, refused: list[Refusal], claims: list[Claim], baselines: set[Decimal], line: bool
) -> Iterator[tuple[str, str]]:
    """The numbers that no target's phrase holds, each with its phrase and reason, each phrase once.

    baselines are those of the targets of a line of a table, which account for their numbers.
    """
    held = {at for claim in claims for at in range(claim.begins, claim.ends)}
    spans = [(r.start, r.end, r.reason) for r in refused if not held.issuperset(range(r.start, r.end))]
    found = tokens(text)
    numbers = quantities(text) if found else []
    spans = [(*on_whole_numbers(start, end, found), reason) for start, end, reason in spans]
    left = {at for start, end, _ in spans for at in range(start, end)} | held
    for token in found:
        known = any(worth * scale in baselines for worth in values(token.text) for scale in (1, 10_000))
        if not known and not left.issuperset(range(token.start, token.end)):
            own = [q for q in numbers if q.start < token.end and token.start < q.end]
            start = min([token.start, *(q.start for q in own)])
            end = max([token.end, *(q.end for q in own)])
            start, end = (start, end) if end - start <= LONGEST_PHRASE else token[:2]
            start, end = on_whole_numbers(start, end, found)
            spans.append((start, end, "baseline" if line else "description"))
            left |= set(range(start, end))
    seen: set[str] = set()
    for start, end, reason in sorted(spans):
        phrase = text[start:end]
        if phrase not in seen:
            seen.add(phrase)
            yield phrase, reason


def plain(number: Decimal) -> str:
    """A number as the tables print it, without an exponent and zeros that say nothing."""
    text = f"{number.quantize(Decimal('0.0001')) if number != number.to_integral() else number.to_integral():f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


TARGET_COLUMNS = (
    "target_id", "goal_id", "measure_id", "indicator_id", "name_text", "scope_zh", "scope_en", "comparator", "value",
    "unit_of_measure", "basis", "benchmark_zh", "benchmark_en", "timing", "commitment", "reference_year", "target_year",
    "baseline_value", "baseline_year", "value_text", "note_zh", "note_en",
)  # fmt: skip
INDICATOR_COLUMNS = (
    "indicator_id", "theme", "name_zh", "name_en", "unit_of_measure", "better", "definition_zh", "definition_en",
    "sdg_indicator", "population_zh", "population_en", "numerator_zh", "numerator_en", "denominator_zh",
    "denominator_en", "function", "reference_id",
)  # fmt: skip
TABLE_WORDS = (
    ("universal", "应.{1,2}尽|全覆盖|全部"),
    ("eliminate", "消除|杜绝"),
    ("maintain", "保持|稳定|维持|不降低|控制"),
    ("increase", "提高|提升|增加|延长|扩大|增长|上升|有升"),
    ("decrease", "降低|下降|减少|缩小"),
    ("appropriate", "相?适应|适当|合理|均衡"),
)
BETTER = dict.fromkeys(("le", "lt", "decrease", "eliminate"), "lower") | dict.fromkeys(
    ("approx", "appropriate"), "none"
)

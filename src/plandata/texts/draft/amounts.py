"""The targets with a number: which quantities of an item commit to a state or amount, of what, and in which sense."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from plandata.texts.draft.lists import Member, members
from plandata.texts.draft.naming import GOES_ON, bodies, has_head, named, object_of, short, trimmed
from plandata.texts.draft.quantities import Quantity, quantities
from plandata.texts.draft.refusals import Refusal
from plandata.texts.draft.vocabulary import ADDED, BRINGS, CLAUSE_END, EACH, FALL, MONEY, RATE, RISE, SENTENCE_END

RATES = ("percent", "percentage_point", "per_mille", "per_100k", "per_10k", "per_1000", "ratio", "square_metre")
COUNTS = ("count", "person", "person_time", "time", "yuan")
PER = (
    ("per_1000", re.compile("每千(?:名|人|个|位)?[^,。;]*$")),
    ("per_10k", re.compile("每万(?:名|人|个|位)?[^,。;]*$")),
    ("per_100k", re.compile("每(?:10|十)万(?:名|人|个|位)?[^,。;]*$")),
)
PERIODS = (
    ("time", "time_per_term", re.compile("每个?学期|一?学期")),
    ("time", "time_per_year", re.compile("每年|每学年|一年|年度|年均")),
    ("hour", "hour_per_day", re.compile("每天|每日|日均")),
)
YEARS_OF = re.compile("年限|寿命|受教育")
FREE = re.compile("^的?(?:免费|义务)")
BASE = re.compile(r"[以在较比与](?:(20\d\d)年)[^,。;\d]{0,8}?(?:基数|基础上?|相比|水平|底|末)?[^,。;\d]{0,8}$")
CHANGE = re.compile(f"(?:(?P<rise>{RISE})|(?P<fall>{FALL}))(?:了|幅度)?(?:不低于|不少于|至少|超过|约|达到?|为)?$")
YEARLY = re.compile("(?:每年|年均|逐年)[^,。;]{0,8}$")
FROM = re.compile(r"[由从](?:(?:(20\d\d)年底?)的?|目前的?|现在的?)?$")
# What only tells how things are: an earlier year at the head of a clause, or a word of the present.
NOW = re.compile("目前|截至|现有|现已|已经?(?:达到?|有|建成|完成|为|占)|累计已")
PAST = re.compile(r"(?:^|[,;])(?:截至|截止|到|至)?(20\d\d)年(?:底|末|全年)?(?!的?[^,。;]{0,6}基)")
SHARED = re.compile("^(?:和|、|及|与|以及)$")
NEW = "新增|新建|累计"
TABLE_UNITS = (
    ("%|百分比", "percent"),
    ("‰", "per_mille"),
    ("1?/10万", "per_100k"),
    ("1?/1?万", "per_10k"),
    ("1?/千(?:人|名)?", "per_1000"),
    ("岁|年", "year"),
    ("人次", "person_time"),
    ("人|名|位", "person"),
    ("小时(?:/天)?", "hour_per_day"),
    ("平方米|m2", "square_metre"),
    ("元", "yuan"),
    ("次/年", "time_per_year"),
    ("次/学期", "time_per_term"),
)
PERIOD_OF_PLAN = re.compile("期间|五年|5年|累计|共|总计|合计")
LONGEST_PHRASE = 24
# How long before the end of its plan a baseline and a reference year lie where none is printed.
BEFORE_THE_PLAN = 5
LONG_VERB = "(?:" + "|".join(verb for verb in BRINGS.split("|") if len(verb) > 1) + ")(?:有|起|了)?"
# What is numbered only to describe it.
DESCRIBED = re.compile("^[^,。;]{0,8}(?:制度|行动|工程|机制|政策|措施|任务|原则|要求|权利|重点|领域|规定|职责|指标|基本|国策)")
ALL_OF = re.compile(
    "(?P<whole>(?:村\\(居\\))?全部)(?P<verb>达到|达标|配备|配有|建成|建立|设立|设置|纳入|实现|完成|持证|开设|覆盖|接入|安装|建有)"
    "|(?P<every>所有)(?P<group>[^,。;]{1,14}?)(?P<does>均|都|实现|建成|达到|配备|建有|设立|开设|专兼职)"
    "|(?P<listed>全部)(?P<members>[^,。;]{2,10}?)(?P<into>列入|纳入|建立|设立|建成|配备|达到|实现)"
)
NOT_ALL = re.compile("权利|享受|享有|保障待遇|应[保救助]|能够?")


@dataclass(frozen=True)
class Figure:
    """One printed figure that a plan commits to, with all that the words around it say.

    begins and ends are those of its phrase; said is the sentence as far as the phrase, clause the clause before the
    value; name is printed; whole is the name of the member; place is the words of the body or the place.
    """

    begins: int
    ends: int
    comparator: str
    value: Decimal
    unit: str
    basis: str
    name: str
    whole: str
    place: str
    said: str
    clause: str
    reference_year: str = ""
    baseline: Decimal | None = None
    baseline_year: str = ""
    doubts: tuple[tuple[str, str], ...] = ()


@dataclass
class Sentence:
    """A sentence as it is read: what its clauses have named so far."""

    text: str
    start: int
    name: str = ""
    bodies: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    states: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Clause:
    """Where a clause of a sentence begins and ends in the text."""

    text: str
    sentence: Sentence
    start: int
    end: int


@dataclass(frozen=True)
class Place:
    """One list of numbers in its clause: the words before it, since the last figure, and behind it, up to the next."""

    clause: Clause
    group: list[Quantity]
    before: str
    after: str
    behind_all: str

    @property
    def first(self) -> Quantity:
        return self.group[0]

    @property
    def lead(self) -> str:
        """The clause as far as the number."""
        return self.clause.text[self.clause.start : self.first.start]

    @property
    def said(self) -> str:
        """The sentence as far as the number."""
        return self.clause.text[self.clause.sentence.start : self.first.start]

    @property
    def near(self) -> str:
        """The words right before the number, since the last figure."""
        return self.before + self.clause.text[self.first.first : self.first.start]


def spans(text: str, ends: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a text between these signs begin and end."""
    start = 0
    for sign in (*re.finditer(ends, text), None):
        end = sign.start() if sign else len(text)
        if end > start:
            yield start, end
        start = sign.end() if sign else end


def figures(text: str, refused: list[Refusal], last_year: int) -> tuple[list[Figure], list[Refusal]]:
    """The figures of a text in normal form that are targets, and its numbers that only tell how things are.

    refused are its numbers that are none by their print; last_year is the last one of the plan.
    """
    found: list[Figure] = []
    states: list[Refusal] = []
    taken = {at for refusal in refused if refusal.reason != "year" for at in range(refusal.start, refusal.end)}
    numbers = [q for q in quantities(masked(text, refused)) if taken.isdisjoint(range(q.start, q.end))]
    for start, end in spans(text, SENTENCE_END):
        sentence = Sentence(text[start:end], start)
        inside = [q for q in numbers if start <= q.start < end]
        for first, last in spans(sentence.text, CLAUSE_END):
            clause = Clause(text, sentence, start + first, start + last)
            read_clause(clause, [q for q in inside if start + first <= q.start < start + last], last_year)
        found += sentence.figures
        states += [Refusal(*span, "baseline") for span in sentence.states]
    return found, states


def masked(text: str, refused: list[Refusal]) -> str:
    """The text with the numbers that are no targets made unreadable, so that they do not join lists."""
    signs = list(text)
    for refusal in refused:
        for at in range(refusal.start, refusal.end):
            if signs[at].isdigit():
                signs[at] = "〇"
    return "".join(signs)


def read_clause(clause: Clause, numbers: list[Quantity], last_year: int) -> None:
    """Adds the figures of one clause to its sentence."""
    groups: dict[int, list[Quantity]] = {}
    for number in numbers:
        groups.setdefault(number.group, []).append(number)
    lists = list(groups.values())
    floor = clause.start
    baseline: tuple[Quantity, str, int] | None = None
    for at, group in enumerate(lists):
        upto = lists[at + 1][0].first if at + 1 < len(lists) else clause.end
        before = clause.text[floor : group[0].first]
        last = lists[-1][-1].end
        place = Place(clause, group, before, clause.text[group[-1].end : max(upto, group[-1].end)], clause.text[last : clause.end])
        origin = FROM.search(before)
        if at + 1 < len(lists) and (origin or place.after.startswith(("的基础上", "基础上"))):
            year = re.search(r"(20\d\d)年", before)
            baseline = (group[0], year[1] if year else "", floor)
            clause.sentence.states.append((group[0].start, group[-1].end))
            continue
        if place.after.startswith(("的基础上", "基础上")):
            continue
        if NOW.search(place.lead) or any(int(year) <= last_year - BEFORE_THE_PLAN for year in PAST.findall(place.said)[-1:]):
            clause.sentence.states.append((group[0].start, group[-1].end))
            continue
        found = read_group(place, baseline)
        if found:
            clause.sentence.figures += found
            clause.sentence.name = found[-1].name
            floor, baseline = group[-1].end, None
    if not numbers:
        clause.sentence.figures += all_of(clause)


def unit_in(place: Place) -> str:
    """The code of the unit in which a quantity is counted, "" where it is none that a target may have."""
    unit = place.first.unit
    if unit in ("count", "person", ""):
        return next((code for code, words in PER if words.search(place.lead)), unit)
    if unit in ("time", "hour"):
        for of, code, words in PERIODS:
            if of == unit and (words.search(place.lead) or words.search(place.said)):
                return code
        return "count" if unit == "time" and place.first.comparator else ""
    if unit in ("year", "age"):
        return "year" if YEARS_OF.search(place.lead) or FREE.search(place.after) else ""
    return "" if unit in ("minute", "day", "month", "week") else unit


def commits(place: Place, unit: str) -> bool:
    """Whether the words make a quantity one that the plan commits to."""
    if not unit:
        return False
    if unit in (*RATES, "year", "hour_per_day"):
        return True
    if re.search("(?:等|这|其他|的|第|分为?|包括)$", place.near) or (not place.first.comparator and DESCRIBED.search(place.after)):
        return False
    if unit.startswith("time_per"):
        return True
    if unit == "yuan":
        return bool(re.search(MONEY, place.lead))
    if re.search("[为对向]$|帮助$", place.near) and re.search(BRINGS, place.after):
        return True
    if place.after.startswith("的") and not re.search(BRINGS, place.near):
        return False
    return bool(place.first.comparator or inherited(place) or goes_on(place)) or bool(re.search(BRINGS, place.near[-16:] or place.lead[-16:]))


def change_in(place: Place, unit: str) -> tuple[str, str]:
    """The basis of a change, and its reference year where one is printed; "" for a level."""
    near = place.near
    change = CHANGE.search(near)
    if not change or unit not in ("percent", "percentage_point"):
        return "", ""
    way = "increase" if change["rise"] else "decrease"
    earlier = near[: change.start()]
    base = re.search(r"(20\d\d)年[^,。;]*$", earlier)
    year = base[1] if base and re.search("[以在较比与]", earlier) else ""
    yearly = re.search("每年|年均|逐年", earlier)
    return f"{'annual' if yearly else 'relative'}_{way}", year


def basis_in(place: Place, unit: str) -> str:
    """The basis of a level, an amount or a rate per period."""
    if unit in ("time_per_year", "time_per_term", "hour_per_day"):
        return "rate_per_period"
    if unit in ("person_time", "yuan"):
        return "level" if re.search("每人|人均|标准", place.lead) else "cumulative"
    if unit in ("count", "person"):
        subject = bodies(place.before)[0]
        several = re.search(EACH, place.before) or re.search("乡镇|街道|社区|[县区村镇](?:\\(|$)", subject)
        if re.search(PERIOD_OF_PLAN, place.said):
            return "cumulative"
        if re.search(ADDED, place.near[-16:]) and not several:
            return "cumulative"
    return "level"


def read_group(place: Place, baseline: tuple[Quantity, str, int] | None) -> list[Figure]:
    """The figures of one list of numbers; none where the plan does not commit to it."""
    unit = unit_in(place)
    if not commits(place, unit):
        return []
    change, year = change_in(place, unit)
    names, places = said_of(place, unit)
    pairs = paired(place, names, places)
    begins, ends = phrase(place, change, baseline)
    text = place.clause.text
    lead = text[place.clause.start : ends]
    comparator = place.first.comparator or inherited(place)
    basis = place.clause.sentence.figures[-1].basis if inherited(place) or goes_on(place) else basis_in(place, unit)
    return [
        Figure(
            begins, ends, quantity.comparator or comparator or "eq", quantity.value, unit,
            change or basis, short(name), whole, where,
            text[place.clause.sentence.start : ends], lead, year,
            baseline[0].value if baseline else None, baseline[1] if baseline else "",
        )
        for quantity, (name, whole), where in pairs
    ]  # fmt: skip


def goes_on(place: Place) -> bool:
    """Whether a number only adds to the list that the figure before it began in the same clause."""
    figures = place.clause.sentence.figures
    listed = bool(figures) and figures[-1].ends > place.clause.start and figures[-1].unit in COUNTS
    return listed and bool(re.match("(?:、|和|及|与|以及)", place.before))


def inherited(place: Place) -> str:
    """The comparator of the figure before, where this one only adds to its list: 至少组织2次指导和1次活动."""
    figures = place.clause.sentence.figures
    joined = re.search("(?:和|及|与|以及|、)$", place.before) and place.first.unit not in RATES
    before = figures[-1].ends > place.clause.start if figures else False
    return figures[-1].comparator if joined and before and not place.first.comparator else ""


def said_of(place: Place, unit: str) -> tuple[list[tuple[str, str]], list[str]]:
    """What a quantity is about, as the printed and the whole name of each member, and the bodies that it holds for."""
    sentence = place.clause.sentence
    subject = trimmed(place.before)
    if unit in COUNTS or unit.startswith("time") or (unit == "hour_per_day" and not subject.endswith(("时间", "光"))):
        return counted(place, unit)
    listed = len({q.value for q in place.group}) if "分别" in place.before + place.near else 1
    several = len(place.group) if len(place.group) > 1 and place.first.start != place.group[-1].start else 1
    if unit == "year" and FREE.match(place.after):
        return [(trimmed(place.after), trimmed(place.after))], [subject]
    if (not has_head(subject) and GOES_ON.search(place.after) and object_of(place.after)) or place.after.startswith("的"):
        owner = place.after if place.after.startswith("的") else subject
        name = object_of(place.behind_all if place.after.rstrip("和、及与") != place.after else place.after)
        return [(short(name), name)], [trimmed(re.split(f"{BRINGS}|通过|达到", owner)[0])]
    if not subject or (sentence.name and not has_head(subject) and has_head(sentence.name) and unit == "ratio"):
        return ([(sentence.name, sentence.name)] if sentence.name else [(trimmed(place.after), trimmed(place.after))]), [subject]
    del listed
    apart = "分别" in place.near
    found = named(subject, several if apart or several > 1 else 1, apart)
    return [(short(subject[m.start : m.end]), m.full) for m in found.members], [""]


def counted(place: Place, unit: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The same for things, persons and times: the name stands behind the number, else before it."""
    sentence = place.clause.sentence
    behind = place.after if trimmed(place.after) else ""
    if re.match("[、和]", place.after):
        behind = place.behind_all
    name = trimmed(re.split(f"(?<=.)(?:{CLAUSE_END})", behind)[0]) if behind else ""
    if not name:
        verb = re.search(LONG_VERB, place.before)
        whole = trimmed(place.before)
        name = whole if has_head(whole) else trimmed(place.before[verb.end() :] if verb else "") or whole or sentence.name
        if unit == "hour_per_day" and (spent := re.search("([^,。;、每天日]{2,8}时间)", place.lead)):
            name = spent[1]
    own = [part for part in bodies(place.before, place.near) if trimmed(part)]
    if own:
        sentence.bodies = own
    owners = own or sentence.bodies or [""]
    objects = [m for m in re.split("和|、", name) if m]
    if len(objects) > 1 and len({part[-2:] for part in objects}) == 1 and all(len(part) > 3 for part in objects):
        return [(short(part), part) for part in objects], owners
    return [(short(name), name)], owners


def paired(place: Place, names: list[tuple[str, str]], places: list[str]) -> list[tuple[Quantity, tuple[str, str], str]]:
    """Which number is said of which member: one each with 分别, all of all where one number is printed."""
    group = place.group
    ranged = len(group) > 1 and group[0].start == group[1].start and group[0].comparator == "ge" and group[1].comparator == "le"
    if len(group) == 1 or ranged:
        return [(number, name, where) for name in names for where in places for number in group]
    if len(names) == len(group):
        return [(number, name, places[0]) for number, name in zip(group, names, strict=True)]
    return [(number, names[0], places[0]) for number in group]


def phrase(place: Place, change: str, baseline: tuple[Quantity, str, int] | None) -> tuple[int, int]:
    """Where the printed phrase of a figure begins and ends, within the longest that a cell may hold."""
    text, ends = place.clause.text, place.group[-1].end
    begins = place.first.first
    if inherited(place):
        begins = place.clause.sentence.figures[-1].begins
    if change:
        verb = re.search(f"(?:{RISE}|{FALL})(?:了|幅度)?(?:不低于|不少于|至少|超过|约|达到?|为)?$", text[place.clause.start : place.first.start])
        begins = place.clause.start + verb.start() if verb else begins
    if change or baseline:
        back = re.search(r"(?:[以在较比与](?=20\d\d年|上)|[由从])[^,。;由从]*$", text[place.clause.start : begins])
        if back and place.clause.start + back.start() >= ends - LONGEST_PHRASE:
            begins = place.clause.start + back.start()
    if not place.first.comparator and place.first.unit in ("count", "person", "time") and begins == place.first.start:
        verb = re.search(f"(?:{BRINGS})$", text[place.clause.start : begins])
        begins -= len(verb[0]) if verb else 0
    return max(begins, min(ends - LONGEST_PHRASE, place.first.start)), ends


@dataclass(frozen=True)
class Line:
    """A line of an indicator table: its name, its baseline with its unit, its target cell and the figures in it."""

    name: str
    unit: str
    baseline: Decimal | None
    target: str
    figures: list[Figure]


def read_table(text: str) -> Line:
    """A line of an indicator table: the name with its unit in brackets, a baseline where one is printed, the target.

    >>> line = read_table("婴儿死亡率(‰)|2.5|<5")
    >>> line.figures[0].comparator, line.figures[0].value, line.name, line.baseline, line.unit
    ('lt', Decimal('5'), '婴儿死亡率', Decimal('2.5'), 'per_mille')
    """
    cells = [(m.start(), m[0]) for m in re.finditer(r"[^|]+", text)]
    named_cell = cells[0][1] if cells else ""
    printed = re.search(r"[((]([^()]*)[))]$", named_cell)
    name = named_cell[: printed.start()] if printed else named_cell
    unit, scale = table_unit(printed[1] if printed else "", name)
    baseline = None
    if len(cells) > 2 and re.fullmatch(r"\d+(?:\.\d+)?[%‰]?", cells[1][1]):
        baseline = Decimal(cells[1][1].rstrip("%‰")) * scale
    found = []
    for at, cell in cells[1:][-1:]:
        for first, last in spans(cell, "[,;。]"):
            found += test_in(text, (at + first, at + last), name, unit, scale, baseline)
    return Line(name, unit, baseline, cells[-1][1] if len(cells) > 1 else "", found)


def table_unit(printed: str, name: str) -> tuple[str, int]:
    """The code of a unit as a table prints it, and how many of it the printed one is."""
    if re.match("每?千(?:名|人)", name):
        return "per_1000", 1
    scale = 10_000 if printed.startswith("万") else 1
    code = next((code for signs, code in TABLE_UNITS if re.fullmatch(signs, printed.removeprefix("万"))), "")
    return code or ("percent" if re.search(f"(?:{RATE})$", name) else "count"), scale


def test_in(
    text: str, span: tuple[int, int], name: str, unit: str, scale: int, baseline: Decimal | None
) -> Iterator[Figure]:
    """The figures of one test in a target cell."""
    cell = text[slice(*span)]
    for quantity in quantities(re.sub(r"20\d\d(?=年)", "〇〇〇〇", cell)):
        own = quantity.unit if quantity.unit in RATES else unit
        change = CHANGE.search(cell[: quantity.start])
        yearly = re.search("每年|年均|逐年", cell)
        way = ("increase" if change["rise"] else "decrease") if change else ""
        added = own in ("count", "person") and re.match(f"{NEW}", name)
        basis = f"{'annual' if yearly else 'relative'}_{way}" if way else "cumulative" if added else "level"
        year = re.search(r"(20\d\d)年", cell[: quantity.start])
        yield Figure(
            span[0], span[1], quantity.comparator or "eq", quantity.value * (scale if own == unit else 1), own, basis,
            short(name), name, "", cell, cell, year[1] if year and way else "", baseline,
        )  # fmt: skip


def all_of(clause: Clause) -> Iterator[Figure]:
    """全部 and 所有 of a group that must have or be something: 100 percent."""
    words = clause.text[clause.start : clause.end]
    if NOT_ALL.search(words):
        return
    for found in ALL_OF.finditer(words):
        before, after = trimmed(words[: found.start()]), words[found.end() :]
        name = trimmed(after) or before
        begins, ends = clause.start + found.start(), clause.start + min(found.end(), found.start() + LONGEST_PHRASE)
        yield Figure(
            begins, ends, "eq", Decimal(100), "percent", "level", short(name), name, before,
            clause.text[clause.sentence.start : ends], words[: found.end()],
        )  # fmt: skip

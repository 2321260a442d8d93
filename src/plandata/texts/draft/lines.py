"""A line of an indicator table: its name and unit, its baseline and the tests in its target cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from plandata.texts.draft.clauses import Figure, spans
from plandata.texts.draft.naming import short
from plandata.texts.draft.quantities import quantities
from plandata.texts.draft.senses import CHANGE, RATES, YEARLY
from plandata.texts.draft.vocabulary import NEW, RATE, TABLE_UNITS

UNIT = re.compile(r"\(([^()]*)\)$")
BASELINE = re.compile(r"(\d+(?:\.\d+)?)(?:[%‰岁年人个所名张]|平方米|/10万)?")
# In which unit a quantity in a cell counts, where the name of the line tells none.
IN_CELLS = {"age": "year", "year": "year", "person": "person", "person_time": "person_time", "yuan": "yuan"}
PERIODIC = ("hour_per_day", "time_per_year", "time_per_term")
# In which unit the name of a line counts where none is printed.
NAMED = ((f"(?:{RATE})$", "percent"), ("人次$", "person_time"), ("人数$", "person"))
PER = (
    ("per_1000", re.compile("每?(?:千|1000)(?:名|人)")),
    ("per_10k", re.compile("每(?:万|1万)(?:名|人)")),
    ("per_100k", re.compile("每(?:10|十)万(?:名|人)")),
)
TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class Line:
    """A line of an indicator table: its name, the unit as printed with it and as a code, its baseline, its target cell
    and the figures in it.
    """

    name: str
    printed: str
    unit: str
    scale: int
    baseline: Decimal | None
    target: str
    figures: list[Figure]


def read_line(text: str) -> Line:
    """A line of an indicator table: the name with its unit in brackets, a baseline where one is printed, the target.

    >>> line = read_line("婴儿死亡率(‰)|2.5|<5")
    >>> line.figures[0].comparator, line.figures[0].value, line.name, line.baseline, line.unit
    ('lt', Decimal('5'), '婴儿死亡率', Decimal('2.5'), 'per_mille')
    """
    cells = [cell for cell in text.split("|") if cell] or [""]
    printed = UNIT.search(cells[0])
    name = cells[0][: printed.start()] if printed else cells[0]
    unit, scale = unit_of(printed[1] if printed else "", name)
    baseline = None
    if len(cells) > 2 and (level := BASELINE.fullmatch(cells[1])):
        baseline = Decimal(level[1]) * scale
    target = cells[-1] if len(cells) > 1 else ""
    line = Line(name, printed[1] if printed else "", unit, scale, baseline, target, [])
    for span in spans(target, "[,;。]", len(text.rstrip("|")) - len(target)):
        line.figures.extend(tests(text, span, line))
    return line


def unit_of(printed: str, name: str) -> tuple[str, int]:
    """The code of a unit as a table prints it, and how many of it the printed one is.

    >>> unit_of("万人", "参保人数"), unit_of("", "入园率"), unit_of("个", "每千人口托位数")
    (('person', 10000), ('percent', 1), ('per_1000', 1))
    """
    for code, words in PER:
        if words.match(name):
            return code, 1
    scale = TEN_THOUSAND if printed.startswith("万") else 1
    code = next((code for signs, code in TABLE_UNITS if re.fullmatch(signs, printed.removeprefix("万"))), "")
    named = next((code for words, code in NAMED if re.search(words, name)), "count")
    return code or named, scale


def tests(text: str, span: tuple[int, int], line: Line) -> Iterator[Figure]:
    """The figures of one test in a target cell: 平时保持在85%以上."""
    cell = text[slice(*span)]
    for quantity in quantities(re.sub(r"20\d\d(?=年)", "〇〇〇〇", cell)):
        own = "" if line.printed else IN_CELLS.get(quantity.unit, "")
        unit = quantity.unit if quantity.unit in RATES else own or line.unit
        change = CHANGE.search(cell[: quantity.start])
        year = re.search(r"(20\d\d)年", cell[: quantity.start]) if change else None
        added = unit in ("count", "person", "person_time") and (re.match(NEW, line.name) or "累计" in cell)
        basis = "cumulative" if added else "rate_per_period" if unit in PERIODIC else "level"
        if change:
            way = "increase" if change["rise"] else "decrease"
            basis = f"{'annual' if re.search(YEARLY, cell) else 'relative'}_{way}"
        yield Figure(
            *span, quantity.comparator or "eq", quantity.value * (line.scale if unit == line.unit else 1), unit, basis,
            short(line.name), line.name, "", cell, cell, year[1] if year else "", line.baseline,
        )  # fmt: skip

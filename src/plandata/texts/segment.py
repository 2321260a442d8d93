"""Reads the text of a plan document into plans, domains and items.

A document is read line by line, each line in its normal form (`plandata.text`). Headings are told by
their numbering (一、 / （一） / 1. / （1）) and by the words that such plans share (主要目标, 策略措施,
组织实施 …); a number opens a heading or an item only where it continues its sequence, so a line that a
page break happened to start with a number is not mistaken for one. Nothing here knows a place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from plandata.text import fingerprint, normalise
from plandata.texts.notes import without_note

CHINESE_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
SECTION = re.compile(r"([一二三四五六七八九十]+)、(.+)")
SUBSECTION = re.compile(r"\(([一二三四五六七八九十]+)\)(.+)")
ITEM = re.compile(r"(?:\((\d+)\)|(\d+)\.)(.+)")
PART = re.compile(r"(?:\d+\.)?(主要目标|策略措施):?")
TITLE = re.compile(r"[^,。;:《》>]*?(妇女和?儿童|妇女|儿童)[^,。;:《》>]{0,14}规划(?:\(?\d{4,}.*)?")
TABLE_TITLE = re.compile(r"[^,。;]*指标[^,。;]*表")
CONTENTS = "目录"
# What a word processor or a web page leaves at the edges of a text.
DEBRIS = re.compile(r"^\[bookmark:[^\]]*\]")
CLOSING = re.compile(r"(抄送|附件|编辑|作者|信息来源|本(规划|纲要)由.*解释)")
SENTENCE_END = "。;!?)…"
CELL = "|"
DOMAIN_CELL = re.compile(r"(妇女|儿童)与")
BASELINE_CELL = re.compile(r"-|\d+(\.\d+)?")
POPULATIONS = {"妇女": "women", "儿童": "children"}
GOAL_KINDS = ("goal", "indicator", "overall")
SENTENCE = re.compile(r"[。:;]")
PUNCTUATION = re.compile(r"[^\w%‰<>≤≥/]")


@dataclass
class Item:
    """One goal, indicator line, measure or other numbered item, as printed.

    kind is a code of goals.kind or measures.kind; number is as printed ("" where none is printed);
    domain counts the domains of its plan from 0 (None: not in a domain); line counts from 1.
    """

    kind: str
    number: str
    domain: int | None
    line: int
    text: str

    @property
    def sha256(self) -> str:
        return fingerprint(self.text)


def wording(item: Item) -> str:
    """What items of the same wording share: of a goal all its words, of a measure its heading, the first sentence.

    Left out are numbers of items, the note of bodies and all punctuation.

    >>> wording(Item("goal", "1", 0, 7, "母婴安全得到保障。（牵头单位：县卫健局）"))
    'goal 母婴安全得到保障'
    """
    clean = without_note(item.text)
    if item.kind in GOAL_KINDS:
        return "goal " + PUNCTUATION.sub("", clean)
    return "measure " + PUNCTUATION.sub("", SENTENCE.split(clean, maxsplit=1)[0])


@dataclass
class Domain:
    """One domain of a plan: its name before the colon, its printed number and its population."""

    title: str
    number: str
    population: str
    line: int


@dataclass
class Plan:
    """One plan of a document: title as printed, population (women, children, both), domains, items."""

    title: str
    population: str
    line: int
    domains: list[Domain] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def of_kind(self, *kinds: str) -> list[Item]:
        return [item for item in self.items if item.kind in kinds]


def chinese_number(numeral: str) -> int:
    """The value of a Chinese numeral from 一 to 九十九.

    >>> [chinese_number(n) for n in ("一", "十", "十二", "二十", "三十一")]
    [1, 10, 12, 20, 31]
    """
    tens, ten, ones = numeral.rpartition("十")
    value = CHINESE_DIGITS.get(ones, 0)
    return value + 10 * CHINESE_DIGITS.get(tens, 1) if ten else value


def section_kind(title: str) -> str:
    """What a section of the first level holds, told by the words of its heading."""
    for word, kind in (
        ("领域", "domains"),
        ("项目", "project"),
        ("组织实施", "implementation"),
        ("监测评估", "monitoring"),
        ("总体目标", "overall"),
    ):
        if word in title:
            return kind
    return "other"


def population_of(text: str) -> str:
    """women, children, both or "", told by the words 妇女 and 儿童."""
    found = [code for word, code in POPULATIONS.items() if word in text]
    return "both" if len(found) == 2 else "".join(found)


def follows(value: int, last: int) -> bool:
    """Whether a printed number continues a sequence; one lost number is forgiven."""
    return last < value <= last + 2


def segment(text: str) -> list[Plan]:
    r"""The plans of one document, in their order.

    Returns an empty list where the text has no plan title. Raises nothing on odd input: what cannot
    be read as a heading or an item is left out, and `plandata verify` shows the gap.

    >>> plans = segment("某市妇女发展规划\n一、发展领域\n(一)妇女与健康\n主要目标:\n1.孕产妇死亡率下降。")
    >>> plans[0].items[0].number, plans[0].items[0].text
    ('1', '孕产妇死亡率下降。')
    """
    return Reader().read(text)


class Reader:
    """The state of one pass over a document; `segment` is its only user."""

    def __init__(self) -> None:
        self.plans: list[Plan] = []
        self.section = self.kind = self.part = ""
        self.section_number = self.subsection_number = self.item_number = 0
        self.open: Item | None = None
        self.pending = ""
        self.contents = False
        self.table: list[tuple[int, str]] = []
        self.in_table = False
        self.lead: list[tuple[int, str]] = []

    def read(self, text: str) -> list[Plan]:
        for number, raw in enumerate(text.split("\n"), 1):
            line = DEBRIS.sub("", normalise(raw))
            if line:
                self.read_line(number, line)
        self.close_plan()
        return [plan for plan in self.plans if plan.items]

    def read_line(self, number: int, line: str) -> None:
        if TITLE.fullmatch(line) and not self.continues(line):
            self.start_plan(number, line)
        elif self.plans:
            if line == CONTENTS:
                self.contents = True
            elif not (
                self.start_section(number, line)
                or self.read_table(number, line)
                or self.start_part(line)
                or self.start_subsection(number, line)
                or self.start_item(number, line)
            ):
                self.extend(number, line)

    def continues(self, line: str) -> bool:
        """Whether a line that looks like a title is the rest of a sentence cut by a page break."""
        return self.open is not None and self.open.text[-1:] not in SENTENCE_END

    def start_plan(self, number: int, line: str) -> None:
        self.close_plan()
        if self.plans and not self.plans[-1].items and not self.plans[-1].domains:
            self.plans.pop()
        self.plans.append(Plan(line, population_of(line), number))
        self.section = self.kind = self.part = ""
        self.section_number = self.subsection_number = self.item_number = 0
        self.contents = False

    def close_plan(self) -> None:
        """Ends the last plan; without a section of its own, the overall objective is what opens the domains."""
        if self.table:
            self.plans[-1].items.extend(self.table_items())
        self.table, self.in_table = [], False
        if self.plans and self.lead and not self.plans[-1].of_kind("overall"):
            opening = Item("overall", "", None, self.lead[0][0], "".join(text for _, text in self.lead))
            self.plans[-1].items.insert(0, opening)
        self.lead = []
        self.open = None

    def start_section(self, number: int, line: str) -> bool:
        match = SECTION.fullmatch(line)
        if not match:
            return False
        value = chinese_number(match[1])
        if self.contents and value == 1 and self.section_number > 1:
            self.contents, self.section_number = False, 0
        if not follows(value, self.section_number):
            return False
        self.section_number, self.subsection_number, self.item_number = value, 0, 0
        if not self.contents:
            self.section, self.part, self.open = match[2], "", None
            self.kind = section_kind(match[2])
            self.in_table = False
        return True

    def start_part(self, line: str) -> bool:
        match = PART.fullmatch(line)
        if not match or self.kind != "domains":
            return False
        self.part = {"主要目标": "goal", "策略措施": "measure"}[match[1]]
        self.item_number, self.open = 0, None
        return True

    def start_subsection(self, number: int, line: str) -> bool:
        match = SUBSECTION.fullmatch(line)
        if not match or self.contents or not follows(chinese_number(match[1]), self.subsection_number):
            return False
        self.subsection_number, self.item_number, self.open = chinese_number(match[1]), 0, None
        if self.kind == "domains":
            title = re.split(r"[:。]", match[2])[0]
            population = population_of(title) or population_of(self.section) or self.plans[-1].population
            self.plans[-1].domains.append(Domain(title, match[1], population, number))
            self.part = "measure"
        elif self.kind in ("project", "implementation", "monitoring"):
            self.add(Item(self.kind, match[1], None, number, match[2]))
        elif match[2].startswith("总体目标"):
            self.add(Item("overall", "", None, number, match[2].removeprefix("总体目标").lstrip("。:")))
        return True

    def start_item(self, number: int, line: str) -> bool:
        match = ITEM.fullmatch(line)
        if not match or self.kind != "domains" or not self.plans[-1].domains or self.contents:
            return False
        value = int(match[1] or match[2])
        decimal = match[2] and match[3][0].isdigit() and self.continues(line)
        if decimal or not follows(value, self.item_number):
            return False
        self.item_number = value
        self.add(Item(self.part, str(value), len(self.plans[-1].domains) - 1, number, match[3]))
        return True

    def add(self, item: Item) -> None:
        self.plans[-1].items.append(item)
        self.open, self.pending = item, ""

    def extend(self, number: int, line: str) -> None:
        """Adds a further paragraph to the open item, or drops what belongs to none.

        A paragraph that neither continues a sentence nor ends one waits: a page break may have cut it, and
        then its end follows; where none does, it was a line of the web page (编辑, 上一篇 …).
        """
        if CLOSING.match(line) or self.contents:
            self.open = None
        elif self.open is not None:
            if self.continues(line) or line[-1] in SENTENCE_END:
                self.open.text += self.pending + line
                self.pending = ""
            else:
                self.pending += line
        elif self.kind == "overall" and not self.subsection_number and line[-1] in SENTENCE_END:
            self.add(Item("overall", "", None, number, line))
        elif self.kind == "domains" and not self.subsection_number:
            self.lead.append((number, line))

    def read_table(self, number: int, line: str) -> bool:
        """Collects the cells of a flattened indicator table, from its title to the next section."""
        if self.in_table:
            self.table.append((number, line))
        elif TABLE_TITLE.fullmatch(line) and not self.contents and not self.continues(line):
            self.in_table, self.open = True, None
        return self.in_table

    def table_items(self) -> Iterator[Item]:
        """The lines of the plan's indicator table, each in the domain that the table names."""
        domains = self.plans[-1].domains
        for row in table_rows(self.table):
            place = next((i for i, d in enumerate(domains) if same_domain(row.domain, d.title)), None)
            yield Item("indicator", row.number, place, row.line, row.text)


@dataclass
class Row:
    """One line of an indicator table; target is that of the merged cell where the line has none."""

    line: int
    domain: str
    number: str
    name: str
    baseline: str
    target: str

    @property
    def text(self) -> str:
        return CELL.join(cell for cell in (self.name, self.baseline, self.target) if cell)


def table_rows(cells: list[tuple[int, str]]) -> Iterator[Row]:
    """The lines of a table whose cells were flattened to one text line each.

    Serial numbers count 1, 2, 3 … and stand before a name; a domain's name stands before the serial
    number of its first line; a name ends with its unit in brackets; a value without a second one is
    the baseline, and the target is then that of the merged cell above.
    """
    texts = [text for _, text in cells]
    starts = list(serials(texts))
    domain = target = ""
    for count, (start, end) in enumerate(zip(starts, [*starts[1:], len(cells)], strict=True), 1):
        domain = domain_before(texts[:start]) or domain
        body = texts[start + 1 : end]
        body = body[: next((i for i, text in enumerate(body) if DOMAIN_CELL.match(text)), None)]
        named = next((i for i, text in enumerate(body) if text.endswith(")")), 0) + 1
        values = body[named:]
        has_baseline = bool(values) and BASELINE_CELL.fullmatch(values[0]) is not None
        target = "".join(values[has_baseline:]) or target
        baseline = values[0] if has_baseline else ""
        yield Row(cells[start][0], domain, str(count), "".join(body[:named]), baseline, target)


def serials(texts: list[str]) -> Iterator[int]:
    """Where among the cells the serial numbers 1, 2, 3 … stand: each before a name with its unit."""
    expected = 1
    for i, text in enumerate(texts):
        if text == str(expected) and any(cell.endswith(")") for cell in texts[i + 1 : i + 3]):
            yield i
            expected += 1


def domain_before(texts: list[str]) -> str:
    """The domain's name, which may be cut in two, where these cells end with one, else ""."""
    for width in (1, 2):
        if len(texts) >= width and DOMAIN_CELL.match(texts[-width]):
            return "".join(texts[-width:])
    return ""


def same_domain(name: str, title: str) -> bool:
    """Whether a table's name of a domain and its heading mean the same one (与 and 参与 aside)."""
    return re.sub("参与|与|和", "", name) == re.sub("参与|与|和", "", title)

"""Reads a plan document into plans, domains and items.

The lines become paragraphs, the paragraphs an outline (`plandata.texts.outline`); here the headings of the outline are
told apart by the words that such plans share (`plandata.texts.roles`). Nothing here knows a place or a layout.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from plandata.text import PUNCTUATION, fingerprint
from plandata.texts.formats.document import Document, Line, Place
from plandata.texts.marks import mark, printed, worth
from plandata.texts.note_lines import Shared, shared, starts_note
from plandata.texts.notes import Named, before_note, read_note, without_note
from plandata.texts.outline import BLOCK, DOMAIN_RANK, TOP_STYLES, Node, Outline, outline
from plandata.texts.outline import Claim as Piece
from plandata.texts.paragraphs import SENTENCE_END, Paragraph, paragraphs
from plandata.texts.roles import (
    BACKGROUND,
    CONTENTS,
    OVERALL,
    TITLE,
    TITLE_END,
    block_kind,
    population_of,
    section_kind,
    theme_of,
)
from plandata.texts.tables import PLAN, Row, rows_of, with_tables

CELL = "|"
GOAL_KINDS = ("goal", "indicator", "overall")
SENTENCE = re.compile(r"[。:;]")
# What a word processor or a web page leaves at the edges of a text.
DEBRIS = re.compile(r"^\[bookmark:[^\]]*\]")
# What stands before the title of an annexed plan.
ANNEX = re.compile(r"^附件?\d{0,2}[:、.]?")
NO_TITLE = re.compile("印发|通知|批复|解读|说明|公告")
# What stands on a line of its own before the words of a title: the place, and the five years.
PLACE = re.compile(r"[一-鿿]{1,16}(?:省|市|区|县|旗|州|盟)(?:[“\"]?十[三四五六]五[”\"]?(?:时期)?)?")
# What stands before the name of a body in a note, by its role.
NOTE_LABELS = {"lead": "牵头单位", "responsible": "责任单位", "cooperating": "配合单位", "participating": "参与单位"}
# A heading that none but the first sections of a plan have.
FIRST_HEAD = re.compile("(?:规划|发展|编制)?(?:背景|现状|基础)|指导思想|总体要求|总体思路|总则")
# So many headings of one section that tell a theme each are its domains.
THEMED = 3
# What may stand around a heading.
FRAME = "【】〖〗:。"
# So many sentences parted by semicolons are goals of their own, none of them shorter.
CLAUSES, SHORTEST = 3, 6
LEADERS = re.compile(r"[.…·\d\-]+$")
# An entry of contents, which dots lead to the number of its page.
LED = re.compile(r"[^。;]{2,60}?(?:[.·…]{3,}|[-_─—]{4,})[(\-]?\d{1,3}[)\-]?")


@dataclass
class Item:
    """One goal, indicator line, measure or other numbered item, as printed.

    kind is a code of goals.kind or measures.kind; number is as printed ("" where none is printed);
    domain counts the domains of its plan from 0 (None: not in a domain); line counts from 1. shared holds the notes
    of bodies that stand apart from it and hold for it too.
    """

    kind: str
    number: str
    domain: int | None
    line: int
    text: str
    shared: tuple[str, ...] = ()

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
class Claim:
    """A piece of a plan's text and what it became: role is title, heading, table, an item's kind, or "" for nothing.

    item and domain are places in the plan's lists, None where it belongs to none; line counts from 1.
    """

    line: int
    text: str
    role: str = ""
    item: int | None = None
    domain: int | None = None


@dataclass
class Plan:
    """One plan of a document: title as printed, population (women, children, both), domains, items.

    claims holds all of its text in printed order, each piece with what it became; read has the numbers of all lines
    that stand in claims or in the title.
    """

    title: str
    population: str
    line: int
    domains: list[Domain] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    read: set[int] = field(default_factory=set)

    def of_kind(self, *kinds: str) -> list[Item]:
        return [item for item in self.items if item.kind in kinds]


def segment(text: str) -> list[Plan]:
    r"""The plans of one text, in their order.

    Returns an empty list where the text has no plan. Raises nothing on odd input: what cannot be read as a heading or
    an item is left out, and `plandata verify` shows the gap.

    >>> plans = segment("某市妇女发展规划\n一、发展领域\n(一)妇女与健康\n主要目标:\n1.孕产妇死亡率下降。")
    >>> plans[0].items[0].number, plans[0].items[0].text
    ('1', '孕产妇死亡率下降。')
    """
    lines = [Line(line, Place(paragraph=number)) for number, line in enumerate(text.split("\n"), 1)]
    return read_plans(Document("txt", lines))


def read_plans(document: Document) -> list[Plan]:
    """The plans of a document, in their order."""
    texts = paragraphs(document)
    for paragraph in texts:
        paragraph.text = DEBRIS.sub("", paragraph.text)
    texts = [paragraph for paragraph in texts if paragraph.text or paragraph.cells]
    texts = with_tables(texts)
    plans = []
    for title, body in titled(texts):
        plan = Plan(title.text, population_of(title.text), title.number)
        body = without_contents(body)
        read_plan(plan, outline(body))
        plan.read = {line.place.paragraph for part in (title, *body) for line in (*part.lines, *part.cells)}
        plans.append(plan)
    return [plan for plan in plans if plan.items]


def titled(texts: list[Paragraph]) -> Iterator[tuple[Paragraph, list[Paragraph]]]:
    """Each plan's title and the paragraphs below it.

    A title that stands once more while the sections go on is a running header: it is left out.
    """
    starts: list[tuple[int, int]] = []
    skipped: set[int] = set()
    times = Counter(paragraph.text for paragraph in texts)
    anew = {other: restarts(texts, other) for other in (False, True)}
    for i, paragraph in enumerate(texts):
        if not is_title(paragraph):
            continue
        other = bool(starts) and population_of(paragraph.text) != population_of(texts[starts[-1][0]].text)
        if not starts or anew[other][i + 1]:
            starts.append((title_start(texts, i), title_end(texts, i)))
        elif times[paragraph.text] > 1 or PLAN.search(paragraph.text):
            skipped.add(i)
    if texts and not starts:
        yield Paragraph("", texts[0].lines, cells=texts[0].cells), texts
        return
    for (start, end), (after, _) in zip(starts, [*starts[1:], (len(texts), 0)], strict=False):
        lines = [line for paragraph in texts[start:end] for line in paragraph.lines]
        title = Paragraph(ANNEX.sub("", "".join(p.text for p in texts[start:end])), lines)
        yield title, [texts[i] for i in range(end, after) if i not in skipped]


def is_title(paragraph: Paragraph) -> bool:
    text = ANNEX.sub("", paragraph.text)
    found = mark(text)
    listed = found is not None and found.value and found.style not in (*TOP_STYLES, "(numeral)")
    return bool(TITLE.fullmatch(text)) and not NO_TITLE.search(text) and not listed


def title_start(texts: list[Paragraph], named: int) -> int:
    """Where a title begins: at the line before where that is the name of the place, which the title itself lacks."""
    bare_title = TITLE.match(ANNEX.sub("", texts[named].text))
    lacks = bare_title is not None and bare_title.start(1) == 0
    return named - 1 if lacks and named and PLACE.fullmatch(texts[named - 1].text) else named


def title_end(texts: list[Paragraph], start: int) -> int:
    """Behind which paragraph a title of several lines ends."""
    following = texts[start + 1].text if start + 1 < len(texts) else ""
    return start + 2 if TITLE_END.fullmatch(following) else start + 1


def restarts(texts: list[Paragraph], other: bool) -> list[bool]:
    """For each paragraph, and the end, whether the sections of a plan begin with what follows from there on.

    other says that it follows the title of a plan for other people than the one before.
    """
    anew = [False]
    for paragraph in reversed(texts):
        told = begins_plan(paragraph, other)
        anew.append(anew[-1] if told is None else told)
    return anew[::-1]


def begins_plan(paragraph: Paragraph, other: bool) -> bool | None:
    """Whether a paragraph begins the sections of a plan: contents, a preface, the first one; None for no section.

    Below a title for other people a heading without number that none but a first section has begins them too.
    """
    found = mark(paragraph.text)
    if CONTENTS.fullmatch(paragraph.text) or re.fullmatch("前言|序言|引言", paragraph.text):
        return True
    if found and found.style in TOP_STYLES:
        return found.value == 1
    if other and FIRST_HEAD.fullmatch(paragraph.text):
        return True
    return False if block_kind(paragraph.text) else None


def without_contents(texts: list[Paragraph]) -> list[Paragraph]:
    """A plan's paragraphs without its table of contents.

    It runs from 目录 to where its first line stands again, or to the first sentence; without that heading it is a run
    of headings of which the first stands again behind it.
    """
    start = next((i for i, p in enumerate(texts[:40]) if CONTENTS.fullmatch(p.text)), None)
    if start is not None:
        texts = texts[:start] + texts[contents_end(texts, start + 1) :]
    texts = [p for p in texts if not LED.fullmatch(p.text)]
    if start is not None:
        return texts
    first = next((i for i, p in enumerate(texts) if (found := mark(p.text)) and found.style in TOP_STYLES), None)
    if first is None:
        return texts
    for i in range(first + 1, len(texts)):
        if not entry(texts[i]):
            return texts
        if bare(texts[i]) == bare(texts[first]):
            return texts[:first] + texts[i:]
    return texts


def contents_end(texts: list[Paragraph], start: int) -> int:
    """Where the entries of a table of contents end that begin at a paragraph.

    That is where its first line stands again before the first sentence, or behind the last line with dots and a page
    number; else, since a heading may differ a little from its entry, the last place there where the numbers of the
    sections begin anew.
    """
    end = next((i for i in range(start, len(texts)) if not entry(texts[i])), len(texts))
    same = next((i for i in range(start + 1, end) if bare(texts[i]) == bare(texts[start])), None)
    if same is not None:
        return same
    led = [i for i in range(start, end) if LED.fullmatch(texts[i].text)]
    if led:
        return led[-1] + 1
    marks = [(i, found) for i in range(start, end) if (found := mark(texts[i].text)) and found.style in TOP_STYLES]
    again = [i for i, found in marks[1:] if found.style == marks[0][1].style and found.value <= marks[0][1].value]
    return again[-1] if again else end if end < len(texts) else start


def entry(paragraph: Paragraph) -> bool:
    """Whether a paragraph may be an entry of contents: a heading, and no sentence."""
    led = LED.fullmatch(paragraph.text) is not None
    return led or (not paragraph.cells and len(paragraph.text) <= 60 and paragraph.text[-1] not in "。;")


def bare(paragraph: Paragraph) -> str:
    """A heading without the dots and the page number that contents print behind it."""
    return LEADERS.sub("", paragraph.text)


@dataclass(frozen=True)
class Where:
    """Where in a plan the reader is: the kind of the section, its heading, the domain, the block in it."""

    section: str = ""
    heading: str = ""
    domain: int | None = None
    block: str = ""


def read_plan(plan: Plan, read: Outline) -> None:
    """Fills a plan from its outline."""
    reader = PlanReader(plan)
    reader.sections(read.root, Where())
    reader.finish(read.root)
    plan.claims += reader.claims(read)


class PlanReader:
    """The state of one pass over an outline; `read_plan` is its only user."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.named: dict[tuple[str, str], int] = {}
        self.lead: list[tuple[Node, str]] = []
        # What became of a node, and of a paragraph of one: an item, or a domain with its place.
        self.made: dict[int | tuple[int, str], Item | int] = {}

    def finish(self, root: Node) -> None:
        """The lines of tables, and the overall objective where no section is named for it."""
        self.tables(root, None)
        self.share(root)
        if self.lead and not self.plan.of_kind("overall"):
            node = self.lead[0][0]
            self.plan.items.insert(0, self.item("overall", "", Where(), node.line, [text for _, text in self.lead]))
            self.made |= {(id(node), text): self.plan.items[0] for node, text in self.lead}

    def share(self, node: Node) -> None:
        """Gives the items below a node the lines on their bodies that stand apart from them."""
        if node.rank == BLOCK or isinstance(self.made.get(id(node)), int):
            bodies = [body for note in node.headed_notes for body in read_note(note)]
            for item in self.items_of(node) if bodies else ():
                item.shared += labelled(bodies)
        since = 0
        for until, note in node.notes:
            for told in shared(note):
                items = list({id(i): i for i in self.items_of(node, since if told.everything else 0, until)}.values())
                for item in items:
                    if meant(told, item, items):
                        item.shared += labelled(told.bodies)
            since = until
        for child in node.children:
            self.share(child)

    def items_of(self, node: Node, since: int = 0, until: int | None = None) -> Iterator[Item]:
        """The items that a node is, or that stand in a part of its content."""
        own = self.made.get(id(node))
        if isinstance(own, Item):
            yield own
            return
        for part in node.content[since:until]:
            if isinstance(part, Node):
                yield from self.items_of(part)
            elif isinstance(part, str) and isinstance(made := self.made.get((id(node), part)), Item):
                yield made

    def add(self, kind: str, number: str, where: Where, node: Node, text: str) -> None:
        """Adds the item that a node is, or that one of its paragraphs is."""
        item = self.item(kind, number, where, node.line, [text])
        self.plan.items.append(item)
        whole = next((body for body in node.body if text in body), None)
        self.made[(id(node), whole) if whole is not None else id(node)] = item

    def claims(self, read: Outline) -> Iterator[Claim]:
        """All pieces of the plan, each with what it became."""
        parents = dict(parents_of(read.root))
        places = {id(item): i for i, item in enumerate(self.plan.items)}
        lines = {item.line: i for i, item in enumerate(self.plan.items) if item.kind == "indicator"}
        cells = cells_of(read.root)
        for claim in read.claims:
            if claim.node is None:
                yield Claim(claim.line, printed(claim.text))
            elif claim.text in cells.get(id(claim.node), ()):
                yield Claim(claim.line, printed(claim.text), "table", lines.get(claim.line))
            else:
                yield self.claim(claim, parents, places)

    def claim(self, claim: Piece, parents: Mapping[int, Node], places: Mapping[int, int]) -> Claim:
        """A piece with what the nearest of its nodes became."""
        node = claim.node
        own = node is not None and claim.text.strip(FRAME) == (node.mark + node.text).strip(FRAME)
        while node is not None:
            made = self.made.get((id(node), claim.text), self.made.get(id(node)))
            if isinstance(made, Item):
                return Claim(claim.line, printed(claim.text), made.kind, places[id(made)], made.domain)
            if made is not None:
                return Claim(claim.line, printed(claim.text), "heading" if own else "", domain=made)
            node = parents.get(id(node))
        return Claim(claim.line, printed(claim.text), "heading" if own else "")

    def sections(self, node: Node, where: Where) -> None:
        """Reads the headings of the first level."""
        for child in node.children:
            title = child.text
            kind = section_kind(title)
            inside = Where(kind, f"{where.heading} {title}")
            if self.is_domain(child) or (self.themed(child) and self.themes(node) >= THEMED):
                self.domain(child, where)
            elif kind == "domains" or (block_kind(title) and self.has_domains(child)):
                self.domains(child, Where("domains", inside.heading, block=block_kind(title)))
            elif kind in ("project", "implementation", "monitoring"):
                self.listed(child, kind)
            else:
                self.overall(child, kind)
                if not BACKGROUND.search(title):
                    self.sections(child, inside)
                for below in child.children:
                    self.overall(below, section_kind(below.text))

    def themed(self, node: Node) -> bool:
        """Whether a heading tells a theme, and items stand below it."""
        other = section_kind(node.text) == "other" and not BACKGROUND.search(node.text)
        return node.heading and other and bool(node.children) and bool(theme_of(node.text))

    def themes(self, node: Node) -> int:
        return sum(map(self.themed, node.children))

    def is_domain(self, node: Node) -> bool:
        """Whether a heading outside a section of domains opens one: it holds goals or measures, or is named as one."""
        if any(child.rank == BLOCK and block_kind(child.text) in ("goal", "measure") for child in node.children):
            background = BACKGROUND.search(node.text) and not theme_of(node.text)
            return not background and not self.has_domains(node)
        return node.rank == DOMAIN_RANK and bool(node.children)

    def has_domains(self, node: Node) -> bool:
        named = any(child.rank == DOMAIN_RANK or self.is_domain(child) for child in node.children)
        parted = any(child.rank == BLOCK and self.has_domains(child) for child in node.children)
        return named or parted or self.themes(node) >= THEMED

    def domains(self, node: Node, where: Where) -> None:
        """Reads a section of domains."""
        self.lead += [(node, text) for text in node.body]
        for child in node.children:
            block = block_kind(child.text)
            if OVERALL.match(child.text):
                self.overall(child, "overall")
            elif block and self.has_domains(child):
                self.domains(child, Where("domains", where.heading, block=block))
            elif self.wraps(child):
                self.domains(child, Where("domains", f"{where.heading} {child.text}", block=where.block))
            elif block == "project" or section_kind(child.text) == "project":
                self.listed(child, "project")
            else:
                self.domain(child, where)

    def wraps(self, node: Node) -> bool:
        """Whether a heading in a section of domains only parts them, as for women and for children."""
        return node.heading and "领域" in node.text and not theme_of(node.text) and bool(node.children)

    def domain(self, node: Node, where: Where) -> None:
        """Reads one domain with its goals and measures."""
        title = re.split("[:。]", node.title)[0]
        population = population_of(title) or population_of(where.heading) or self.plan.population
        number = self.known(title, population)
        if number is None:
            number = self.named[title, population] = len(self.plan.domains)
            self.plan.domains.append(Domain(title, node.number, population, node.line))
        self.made[id(node)] = number
        inside = Where("domains", where.heading, number, where.block or "measure")
        for child in node.children:
            kind = block_kind(child.text) if child.rank == BLOCK else ""
            if kind == "project":
                self.listed(child, kind)
            elif child.rank == BLOCK:
                self.block(child, Where("domains", where.heading, number, kind or "measure"))
            else:
                self.one(child, inside)

    def known(self, title: str, population: str) -> int | None:
        """The domain of this name that was read before, in a section of its own for goals."""
        return self.named.get((title, population))

    def block(self, node: Node, where: Where) -> None:
        """Reads the items below 主要目标 or 策略措施: the marked ones, and where none is marked its paragraphs.

        Where each of several paragraphs has marked points below it, the paragraphs are the items.
        """
        if self.pointed(node, where):
            return
        for child in node.children:
            self.one(child, where)
        if not node.children:
            texts = with_notes(node.body)
            for text in clauses(texts[0]) if len(texts) == 1 and where.block == "goal" else texts:
                self.add(where.block, "", where, node, text)

    def pointed(self, node: Node, where: Where) -> bool:
        """Adds the paragraphs of a block as items where each has marked points below it; else says that none has."""
        parts = pointed(node)
        before = ""
        for owner, part in parts:
            text = part.mark + part.printed() if isinstance(part, Node) else part
            if not before or (isinstance(part, str) and heads(text, before)):
                self.plan.items.append(self.item(where.block, "", where, node.line, [text]))
            else:
                self.plan.items[-1].text += printed(text)
            self.made[id(part) if isinstance(part, Node) else (id(owner), part)] = self.plan.items[-1]
            self.made[id(node), text] = self.plan.items[-1]
            before = text
        if parts:
            held, node.content = len(node.content), [part for _, part in parts]
            node.notes = [(until + (until == held) * len(parts), note) for until, note in node.notes]
        return bool(parts)

    def one(self, node: Node, where: Where) -> None:
        """Adds the item that a node is."""
        kind = node.style.removeprefix("label ") if node.style.startswith("label ") else where.block
        self.add(kind, node.number, where, node, node.printed())

    def listed(self, node: Node, kind: str) -> None:
        """Reads a section whose items belong to no domain."""
        for child in node.children:
            self.add(kind, child.number, Where(), child, child.printed())
        if not node.children:
            for text in node.body:
                self.add(kind, "", Where(), node, text)

    def overall(self, node: Node, kind: str) -> None:
        """Adds the overall objective, where a heading says that it is one."""
        named = OVERALL.match(node.text)
        whole = replace(node, content=[p for p in node.content if not isinstance(p, Node) or p.style != "head"])
        text = whole.printed()[named.end() :] if named else "".join(node.body)
        own = named or (kind == "overall" and not any(OVERALL.match(child.text) for child in node.children))
        if own and text and not self.plan.of_kind("overall"):
            self.add("overall", "", Where(), node, text.lstrip("。:"))
            self.made[id(node)] = self.plan.items[-1]

    def item(self, kind: str, number: str, where: Where, line: int, texts: list[str]) -> Item:
        return Item(kind, number, where.domain, line, printed("".join(texts)))

    def tables(self, node: Node, domain: int | None) -> None:
        """Adds the lines of a node's tables, and of those below it; domain is the one in which it stands."""
        made = self.made.get(id(node), domain)
        domain = made if isinstance(made, int) else domain
        for table in node.tables:
            for row in rows_of(table):
                self.line(row, domain)
        for child in node.children:
            self.tables(child, domain)

    def line(self, row: Row, domain: int | None) -> None:
        """Adds a line of a table, in the domain that it names; of an item that was read before only its bodies."""
        named = self.domain_named(row.domain) if row.domain else domain
        notes = tuple(f"{head}:{cell}" for head, cell in row.bodies)
        item = Item(row.kind, row.number, named, row.line, printed(row.text), notes)
        same = next(
            (i for i in self.plan.items if row.kind != "indicator" and words_of(i.text) == words_of(item.text)), None
        )
        if same is not None:
            same.shared += notes
        else:
            self.plan.items.append(item)

    def domain_named(self, name: str) -> int | None:
        """The domain of a name in a table; one that the text does not have is new where it tells a theme."""
        found = next((i for i, d in enumerate(self.plan.domains) if same_domain(name, d.title)), None)
        theme = theme_of(name)
        if found is None and theme:
            alike = [i for i, d in enumerate(self.plan.domains) if theme_of(d.title) == theme]
            if alike:
                return alike[0]
            self.plan.domains.append(Domain(name, "", population_of(name) or self.plan.population, 0))
            return len(self.plan.domains) - 1
        return found


def labelled(bodies: Sequence[Named]) -> tuple[str, ...]:
    """Bodies as notes, each with the word for its role."""
    return tuple(f"{NOTE_LABELS[body.role]}:{body.name}" for body in bodies)


def meant(told: Shared, item: Item, items: Sequence[Item]) -> bool:
    """Whether a line on bodies is about an item: of its kind, and by its number, or its place where none is printed."""
    if told.kind and told.kind != item.kind:
        return False
    number = worth(item.number) if item.number else items.index(item) + 1
    return told.everything or number in told.numbers


def words_of(text: str) -> str:
    """The words of an item, without its note of bodies and its punctuation."""
    return PUNCTUATION.sub("", without_note(text))


def cells_of(node: Node) -> dict[int, set[str]]:
    """The texts of the cells of the tables in a node and in those below it, by the identity of the node."""
    own = {cell.text for table in node.tables for cell in table}
    found = {id(node): own} if own else {}
    for child in node.children:
        found |= cells_of(child)
    return found


def parents_of(node: Node) -> Iterator[tuple[int, Node]]:
    """Each node below one, by its identity, with the node that it stands in."""
    for child in node.children:
        yield id(child), node
        yield from parents_of(child)


def with_notes(texts: list[str]) -> list[str]:
    """Paragraphs, each with the notes of bodies that stand below it; what a page break cut is joined again."""
    made: list[str] = []
    sentences = 2 * sum(text[-1] in SENTENCE_END for text in texts) >= len(texts)
    noted = False
    for text in texts:
        note = starts_note(text)
        goes_on = sentences and bool(made) and made[-1][-1] not in SENTENCE_END
        if made and (note or (goes_on and not (noted and text[-1] in "。;"))):
            made[-1] += text
        else:
            made.append(text)
        noted = note
    return made


def pointed(node: Node) -> list[tuple[Node, str | Node]]:
    """The parts of a block whose unmarked paragraphs have points 1, 2 … below them, each with the node that held it.

    Empty where the points begin but once: then they are the items. Else each part is taken out of what held it.
    """
    first = next(iter(node.children), None)
    if first is None or not isinstance(node.content[0], str) or worth(first.number or "0") != 1:
        return []
    if any(child.style != first.style for child in node.children):
        return []
    return list(leveled(node, first.style)) if any(begins_anew(child) for child in node.children) else []


def begins_anew(node: Node) -> bool:
    """Whether the numbers that a node belongs to begin anew below it, behind a paragraph."""
    points = [i for i, part in enumerate(node.content) if isinstance(part, Node) and part.style == node.style]
    return bool(points) and any(isinstance(part, str) for part in node.content[: points[0]])


def leveled(node: Node, style: str) -> Iterator[tuple[Node, str | Node]]:
    """The parts of a node and, behind each point, the paragraphs and points that only stand below it by its order."""
    for part in node.content:
        if not isinstance(part, list):
            yield node, part
        if isinstance(part, Node) and part.style == style:
            texts = [part.text, *(below if isinstance(below, str) else "。" for below in part.content)]
            since = next((n for n, text in enumerate(texts[1:]) if heads(text, texts[n])), len(part.content))
            rest = replace(part, content=part.content[since:])
            del part.content[since:]
            yield from ((part if owner is rest else owner, below) for owner, below in leveled(rest, style))


def heads(text: str, before: str) -> bool:
    """Whether a paragraph behind another one begins something: it goes on with no sentence, and is no note."""
    return before[-1:] in SENTENCE_END and text != "。" and not starts_note(text)


def clauses(text: str) -> list[str]:
    """The goals of a paragraph that semicolons part, a note of bodies behind the last; the paragraph where none do."""
    parts = re.findall("[^;]+;?", before_note(text))
    if len(parts) < CLAUSES or min(map(len, parts)) < SHORTEST:
        return [text]
    return [*parts[:-1], parts[-1] + text[len(before_note(text)) :]]


def same_domain(name: str, title: str) -> bool:
    """Whether a table's name of a domain and its heading mean the same one (与 and 参与 aside)."""
    return re.sub("参与|与|和", "", name) == re.sub("参与|与|和", "", title)

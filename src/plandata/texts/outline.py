"""The outline of a plan's text: a tree of headings and items, found by their marks, their order and their words.

No layout is known beforehand. A mark opens something where it continues a sequence that is open, from the deepest to
the highest; where none does, a first number begins a level of its own. Headings without a number take the rank that
their words have: sections above domains, domains above the goals and measures in them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from plandata.texts.formats.document import Line
from plandata.texts.marks import BULLETS, INNER, NUMERAL, RINGS, Mark, alike, mark, unmarked
from plandata.texts.note_lines import is_shared, shared, starts_note
from plandata.texts.paragraphs import SENTENCE_END, Paragraph
from plandata.texts.roles import (
    BACKGROUND,
    BEHIND,
    BLOCK_WORDS,
    CLOSING,
    DOMAIN,
    OVERALL,
    PROJECTS,
    block_kind,
    section_kind,
    theme_of,
)

SECTION, DOMAIN_RANK, BLOCK, ITEM = 1, 2, 3, 4
# What numbers are counted by that run through all blocks.
ALL = "*"
HEADING = 40
# No plan has more levels; a text that repeats a first number without end would open one for each.
DEEPEST = 12
# The styles that number the sections of a plan.
TOP_STYLES = ("part", "chapter", "section", "numeral")
# A heading without number of a section: nothing but such words.
SECTION_HEAD = re.compile(
    "(?:[一-龥]{0,6})?(?:指导思想|基本原则|总体要求|总体目标|总体思路|组织实施|监测评估|监测与评估|保障措施|实施保障|组织保障|发展领域|优先领域"
    "|重点实事项目|重点项目|重大项目|重点工程|前言|序言|引言)(?:[、和与及][一-龥、和与及]{2,20})?"
    "|(?:妇女|儿童)(?:发展)?(?:(?:优先|重点|主要|发展|策略)?(?:篇|部分|领域|目标|任务|措施|举措)[、和与及]?)*"
)
BLOCK_HEAD = rf"[【〖]?(?:{BLOCK_WORDS}|{PROJECTS})[】〗]?"
# What follows a block's heading that stands in one line with what it heads: 主要目标:1.…, 主要目标(1)….
HEADED = rf"(?::|[(]?\d|[{RINGS}(第]|{NUMERAL}是)"
FRAMED = rf"[【〖](?:{BLOCK_WORDS}|{PROJECTS})[】〗]"
GLUED = re.compile(rf"(?<!总)(?<!总体)(?={BLOCK_HEAD}{HEADED}|{FRAMED})")
BLOCK_START = re.compile(rf"(?:[(]?(?:{NUMERAL}|\d{{1,2}})[)、.]|[{BULLETS}])?{BLOCK_HEAD}:?")
# A block's heading with sentences behind it in one paragraph.
SPOKEN_HEAD = re.compile(
    rf"(?:{NUMERAL}、|[(]{NUMERAL}[)]|\d{{1,2}}[.、]|[(]\d{{1,2}}[)])?(?=..[^:]{{0,4}}目标|..[^:]{{0,4}}[措任])(?:{BLOCK_WORDS})[:。].{{6,}}"
)
# Where in a paragraph something may open: at a mark or a block's heading, behind the end of a sentence or of a heading;
# a bracket that closes a mark is no such end.
INSIDE = re.compile(
    rf"(?:(?<=[。;!?】:])|(?<=[^\d一二三四五六七八九十]\)))(?={INNER}|(?:[(]?(?:{NUMERAL}|\d{{1,2}})[)、.]|[{BULLETS}])?{BLOCK_HEAD}{HEADED}|{FRAMED})"
)
# A bracket of bodies behind a heading.
NOTED = re.compile(r"[(〔\[](?=[^()]{0,4}(?:牵头|责任|配合|主责)(?:单位|部门):[^()]*[)〕\]]$)")
# The title of a table is none.
TABLE_TITLE = re.compile(r"(?:附?表\d*[:、.]?)?[^。;:]{2,30}(?<!代)表(?:\([^)]*\))?")
# A number with nothing behind it but the heading.
BARE_NUMBER = re.compile(r"\d{1,2}")
# Words of a block's heading that more often are the rest of a sentence, which a page cut.
TAIL = re.compile(rf"(?:{BLOCK_WORDS}|{PROJECTS})。|项目|工程|任务|目标|措施|举措|行动|指标")
# What no heading lacks: words, and not only a number.
WORDS = re.compile("[\u3400-\u9fff]{2}")
BRACKETED = re.compile("[【〖]([^】〗]{2,30})[】〗](.*)")


@dataclass
class Node:
    """A heading or an item: its mark as printed, its text behind that, and what stands below it, in printed order."""

    style: str
    mark: str
    number: str
    text: str
    line: int
    rank: int = 0
    level: int = 0
    content: "list[str | Node | list[Line]]" = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    waiting: str = ""
    # Lines that name the bodies of several items, each with how much of the content stood before it.
    notes: "list[tuple[int, str]]" = field(default_factory=list)

    @property
    def children(self) -> "list[Node]":
        return [part for part in self.content if isinstance(part, Node)]

    @property
    def last_child(self) -> "Node | None":
        return next((part for part in reversed(self.content) if isinstance(part, Node)), None)

    @property
    def body(self) -> list[str]:
        """The paragraphs of its own, without those of its children."""
        return [part for part in self.content if isinstance(part, str)]

    @property
    def tables(self) -> list[list[Line]]:
        return [part for part in self.content if isinstance(part, list)]

    def printed(self) -> str:
        """The text with all that stands below it, in `plain` form, without its own mark.

        >>> Node("digit.", "1.", "1", "甲:", 1, content=[Node("(digit)", "(1)", "1", "乙;", 2), "丙。"]).printed()
        '甲:(1)乙;丙。'
        """
        parts = [part.mark + part.printed() if isinstance(part, Node) else part for part in self.content if part]
        return self.text + "".join(part for part in parts if isinstance(part, str))

    @property
    def ending(self) -> str:
        """The last of what stands in it."""
        last = self.content[-1] if self.content else self.text
        return last.ending if isinstance(last, Node) else last if isinstance(last, str) else "。"

    @property
    def heading(self) -> bool:
        """Whether its text looks like a heading: short, and no sentence."""
        title = self.title.strip("【】〖〗")
        return len(title) <= HEADING and title[-1:] not in SENTENCE_END and not re.search("[。;]", title)

    @property
    def title(self) -> str:
        """Its text without the bodies that brackets behind a heading name."""
        return NOTED.split(self.text, maxsplit=1)[0]

    @property
    def headed_notes(self) -> list[str]:
        """The bodies named for all that stands below: behind its heading, and before the first item."""
        first = next((i for i, part in enumerate(self.content) if isinstance(part, Node)), 0)
        before = [part for part in self.content[:first] if isinstance(part, str) and starts_note(part)]
        return [self.text[len(self.title) :], *before] if self.heading else []


class Claim(NamedTuple):
    """A piece of text and the node that took it, None where it was left out; line counts from 1."""

    line: int
    text: str
    node: Node | None


def outline(texts: list[Paragraph]) -> "Outline":
    """The tree of a plan's paragraphs, in `root`, which has no text itself, and in `claims` what took each piece."""
    maker = Outline()
    after = ["", ""]
    for paragraph in reversed(texts):
        after.append(paragraph.text or after[-1])
    for paragraph, following in zip(texts, after[-2::-1], strict=False):
        maker.read(paragraph, following)
    return maker


class Outline:
    """The state of one pass over a plan's paragraphs; `outline` is its only user."""

    def __init__(self) -> None:
        self.root = Node("", "", "", "", 0)
        self.open = [self.root]
        self.counted: dict[tuple[str, str], int] = {}
        self.closed = self.ended = False
        self.claims: list[Claim] = []

    @property
    def top(self) -> Node:
        return self.open[-1]

    def read(self, paragraph: Paragraph, following: str) -> None:
        if paragraph.cells:
            self.top.content.append(paragraph.cells)
            self.claims += [Claim(cell.place.paragraph, cell.text, self.top) for cell in paragraph.cells]
            return
        if is_shared(paragraph.text):
            holder = self.holder(paragraph.text)
            holder.notes.append((len(holder.content), paragraph.text))
            self.claims.append(Claim(paragraph.number, paragraph.text, holder))
            return
        parts = list(cut(paragraph.text))
        for i, (piece, after) in enumerate(zip(parts, [*parts[1:], following], strict=True)):
            level = paragraph.level if i == 0 else 0
            if not (self.numbered(piece, paragraph.number, level) or self.headed(piece, paragraph, level, after)):
                self.extend(piece)
            self.claims.append(Claim(paragraph.number, piece, None if self.closed else self.top))

    def holder(self, note: str) -> Node:
        """The node whose items a line on bodies is about: the block that is open, or the domain of it."""
        kinds = {one.kind for one in shared(note)} - {""}
        both = "领域" in note or re.search("目标[和与及、].{0,4}(?:措施|举措)", note)
        for depth in range(len(self.open) - 1, 0, -1):
            node = self.open[depth]
            if node.rank == BLOCK and not both and kinds <= {block_kind(node.text)}:
                return node
            if node.rank == DOMAIN_RANK or any(child.rank == BLOCK for child in node.children):
                return node
        return self.open[-2:][0]

    def ends(self) -> bool:
        """Whether what was read last ends a sentence, or nothing is open."""
        ending = self.top.ending
        return len(self.open) == 1 or ending[-1:] in SENTENCE_END or starts_note(ending)

    def begins(self) -> bool:
        """Whether an item may begin here: behind a sentence, or behind a heading of goals or measures."""
        return self.ends() or (self.top.rank == BLOCK and not self.top.content)

    def numbered(self, piece: str, line: int, level: int) -> bool:
        """Opens what a mark begins, where the mark fits."""
        found = mark(piece)
        if self.ended and not (found and found.style in TOP_STYLES[:2]):
            return False
        if found is None or len(piece) == found.end or (found.loose and not self.begins()):
            return False
        node = Node(found.style, piece[: found.end], found.printed, piece[found.end :], line, level=level)
        node.rank = rank_of(node)
        depth = self.parent(found, node)
        if depth is None:
            return False
        if depth == 0 and node.rank == BLOCK:
            node.rank = SECTION
        self.place(depth, node)
        self.open[depth].last[found.style] = found.value
        self.counted[self.sequence(found, depth)] = self.counted[found.style, ALL] = found.value
        return True

    def sequence(self, found: Mark, depth: int = -1) -> tuple[str, str]:
        """What numbers that run through all domains are counted by: their style and the block in which they stand."""
        return found.style, block_kind(self.open[depth].text)

    def runs_on(self, found: Mark) -> bool:
        """Whether a mark is the next of numbers that run through all domains, by blocks or through all of them."""
        before = {self.counted.get(self.sequence(found), 0)}
        if found.style == "article" or found.style.startswith("label") or (self.top.heading and not self.top.content):
            before.add(self.counted.get((found.style, ALL), 0))
        return found.value - 1 in before

    def parent(self, found: Mark, node: Node) -> int | None:
        """How deep the node stands below which a mark opens another, None where it opens nothing."""
        depths = range(len(self.open) - 1, -1, -1)
        own = [depth for depth in depths if self.continues(found, node, self.open[depth], {found.style})]
        fitting = own or [d for d in depths if self.continues(found, node, self.open[d], alike(found.style))]
        if fitting:
            ranks = {d: last.rank for d in fitting if (last := self.open[d].last_child)}
            akin = (d for d in fitting if node.rank and ranks.get(d) == node.rank)
            depth = next(akin, fitting[0])
            # A block's heading and its items may bear the same bullet.
            below = not found.value and not node.rank and ranks.get(depth) == BLOCK
            return depth + below
        first = found.value <= 1 or (found.value == 2 and not self.top.content)
        if len(self.open) > DEEPEST:
            return None
        if not first and not self.runs_on(found):
            return None
        if found.style in TOP_STYLES and self.top.style == "head" and BACKGROUND.search(self.top.text):
            return self.rank_depth(Node("", "", "", "", 0, SECTION))
        empty = self.top.heading and not self.top.content
        if node.rank and not empty:
            return self.rank_depth(node)
        if self.closed and not empty and len(self.open) > 1 and found.style not in TOP_STYLES:
            return None
        return self.restarted(found) or len(self.open) - 1

    def continues(self, found: Mark, node: Node, above: Node, styles: set[str]) -> bool:
        """Whether a mark is the next of the sequence that stands below a node; one lost number is forgiven."""
        last = max((above.last[style] for style in styles if style in above.last), default=None)
        if last is None:
            return False
        if found.value == 0 or last < found.value <= last + 2:
            return True
        if found.value == last > 1 and styles == {found.style} and not node.heading:
            return True
        misprint = found.value == last and styles == {found.style} and node.rank in (SECTION, DOMAIN_RANK)
        return node.heading and (misprint or (0 < node.rank < ITEM and found.value > last))

    def restarted(self, found: Mark) -> int:
        """Makes the heading that was lost where the numbers of goals begin anew; 0 where they do not."""
        for depth in range(len(self.open) - 1, 1, -1):
            block = self.open[depth]
            if found.style in block.last and block.rank == BLOCK and block_kind(block.text) == "goal" and self.ends():
                self.place(depth - 1, Node("", "", "", "", block.line, BLOCK))
                return len(self.open) - 1
        return 0

    def rank_depth(self, node: Node) -> int:
        """How deep the heading stands below which one of a rank opens."""
        depth = len(self.open) - 1
        if node.rank <= DOMAIN_RANK:
            # What stands below an open heading of such a rank is none that this one could stand below.
            depth = max((d for d in range(1, depth + 1) if self.open[d].rank >= node.rank), default=depth)
        while depth and self.passes(depth, node):
            depth -= 1
        return depth

    def passes(self, depth: int, node: Node) -> bool:
        """Whether the open node at a depth is none that a heading of this rank could stand below."""
        above = self.open[depth]
        if above.rank:
            return above.rank >= node.rank
        if above.level and node.level:
            return above.level >= node.level
        if node.rank == BLOCK and any(one.rank == BLOCK for one in self.open[:depth]):
            # What stands in a block is an item or a point of one, and no domain.
            return True
        last = above.last_child
        if node.rank == BLOCK and len(above.text) <= HEADING and (last is None or last.rank == BLOCK):
            return False
        return not above.heading or node.rank == SECTION

    def place(self, depth: int, node: Node) -> None:
        """Opens a node below the one at a depth, and closes all that was open deeper."""
        del self.open[depth + 1 :]
        self.top.content.append(node)
        self.open.append(node)
        self.closed = self.ended = False

    def headed(self, piece: str, paragraph: Paragraph, level: int, following: str) -> bool:
        """Opens a heading without a number, told by its words, its brackets, its style or the heading behind it."""
        framed = BRACKETED.fullmatch(piece)
        text, rest = (framed[1], framed[2]) if framed else (piece, "")
        number = BARE_NUMBER.match(text)
        text = text[number.end() :] if number and SECTION_HEAD.fullmatch(text[number.end() :]) else text
        # In a paragraph that holds a whole domain its heading ends like a sentence.
        whole = len(piece) < len(paragraph.text) and bool(block_kind(unmarked(following)))
        node = Node("head", "", "", text.rstrip(":。" if whole else ":"), paragraph.number, level=level)
        node.rank = self.unnumbered_rank(node, bool(framed), following)
        if not node.rank or starts_note(piece) or TABLE_TITLE.fullmatch(piece):
            return False
        self.place(self.rank_depth(node), node)
        if rest:
            self.extend(rest)
        return True

    def unnumbered_rank(self, node: Node, framed: bool, following: str) -> int:
        """The rank of a heading without number, 0 for what is none."""
        if self.ended or not WORDS.search(node.text):
            return 0
        if block_kind(node.text):
            if TAIL.fullmatch(node.text) and not self.begins() and (self.top.content or not self.top.heading):
                return 0
            return BLOCK if self.in_domain() else SECTION
        if not node.heading:
            return 0
        if not self.ends() and not self.top.heading:
            return 0
        if DOMAIN.fullmatch(node.text):
            return DOMAIN_RANK
        if SECTION_HEAD.fullmatch(node.text):
            return SECTION
        other = section_kind(self.top.text) == "other" and not SECTION_HEAD.fullmatch(self.top.text)
        titled = self.top.heading and not self.top.content and other
        introduces = block_kind(unmarked(following)) and not titled
        if (introduces and len(self.open) > 1) or (node.level and section_kind(node.text) == "other"):
            return DOMAIN_RANK
        if node.level:
            return SECTION
        return DOMAIN_RANK if framed and theme_of(node.text) else 0

    def in_domain(self) -> bool:
        """Whether a heading is open that may be a domain's, or goals or measures are."""
        short = (node for node in self.open[1:] if not node.rank and len(node.text) <= HEADING)
        ranked = any(node.rank in (DOMAIN_RANK, BLOCK) for node in self.open)
        return ranked or not all(BACKGROUND.search(node.text) or OVERALL.fullmatch(node.text) for node in short)

    def extend(self, text: str) -> None:
        """Adds a further paragraph to what is open, or drops what belongs to none.

        A paragraph that neither continues a sentence nor ends one waits: a page break may have cut it, and then its
        end follows; where none does, it was a line of the web page (编辑, 上一篇 …).
        """
        self.ended = self.ended or BEHIND.fullmatch(text) is not None
        if self.ended or CLOSING.match(text.lstrip("【〖[(")):
            self.closed = True
        if self.closed:
            self.top.waiting = ""
            return
        node = self.top
        if TABLE_TITLE.fullmatch(text) and (self.ends() or (node.heading and not node.content)):
            return
        if not self.ends() or text[-1] in SENTENCE_END or starts_note(text):
            node.content.append(node.waiting + text)
            node.waiting = ""
        else:
            node.waiting += text


def cut(text: str) -> Iterator[str]:
    """A paragraph in the pieces that may each open something: at marks, and at headings of goals and measures.

    >>> list(cut("(一)妇女与健康主要目标:1.死亡率下降到2.5%。2.贫血率下降。策略措施1.宣传。"))
    ['(一)妇女与健康', '主要目标:', '1.死亡率下降到2.5%。', '2.贫血率下降。', '策略措施', '1.宣传。']
    """
    starts = [0, *(found.start() for found in INSIDE.finditer(text) if found.start()), len(text)]
    for start, end in pairwise(starts):
        if end > start:
            yield from unglued(text[start:end])


def unglued(piece: str) -> Iterator[str]:
    """A piece, and apart from it a block's heading at the end of a heading or before a mark."""
    glued = GLUED.search(piece)
    head = piece[: glued.start()] if glued else ""
    found = mark(f"{head}某")
    if (
        glued
        and head
        and len(head) <= HEADING
        and not re.search("[。;,]", head)
        and not (found and found.end == len(head))
    ):
        yield head
        piece = piece[len(head) :]
    block = BLOCK_START.match(piece)
    if block and (mark(piece[block.end() :]) or SPOKEN_HEAD.fullmatch(piece)):
        yield block[0]
        piece = piece[block.end() :]
    yield piece


def rank_of(node: Node) -> int:
    """The rank that the words of a numbered heading tell; 0 where they tell none."""
    if node.style.startswith("label"):
        return ITEM
    title = re.split("[:。]", node.text)[0]
    if node.style == "domain" or DOMAIN.fullmatch(title):
        return DOMAIN_RANK
    if block_kind(node.text):
        return BLOCK
    if not node.heading:
        return 0
    return SECTION if node.style in TOP_STYLES and section_kind(title) != "other" else 0

"""The lines of a document as paragraphs: what a fixed width of lines had cut is joined again, cells make tables.

Lines that only a page break cut are left as they are; the outline joins them, since it knows where a sentence stands.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from plandata.texts.formats.document import Document, Line
from plandata.texts.marks import mark, plain
from plandata.texts.roles import CLOSING, DOMAIN, TITLE, block_kind, section_kind

OPENING = "(〔[【《“"
LONGEST_TITLE = 80
SENTENCE_END = "。;!?)】〕]…"
# Of lines that are cut, the share that must end at one width, and of all lines the share that must be cut.
AT_WIDTH, CUT, FEWEST = 0.6, 0.05, 4
# A heading of fewer signs tells nothing of the width.
SHORT = 15
# Of paragraphs that are the cut lines of another text, more than this share are full.
CUT_ALL = 0.4
# No text is cut narrower, and no more lines than this share are longer.
NARROWEST, LONGER = 10, 0.03
# A line counts as full up to so many signs before the width: no line begins with a closing sign.
SLACK = 2
# How a line on the bodies of several items begins, which is no rest of a paragraph.
FOR_SEVERAL = re.compile(
    r"[(〔【\[]?(?:第?\d{1,2}(?:[—~\-、,至和]+第?\d{1,2})*项|以上|上述|本领域)(?:目标|措施|各项|(?:牵头|责任|配合|主责)单位)"
)
# Where this share of the cut lines is of one width, none is shorter.
EXACT = 0.97
SPACES = "  \u3000\t\xa0"


@dataclass
class Paragraph:
    """A paragraph in `plain` form, or a table: the lines that it was made of, and the level of a styled heading."""

    text: str
    lines: list[Line]
    level: int = 0
    cells: list[Line] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The line or paragraph of the file where it begins."""
        return (self.lines or self.cells)[0].place.paragraph


def indented(line: Line) -> bool:
    return (line.indent + line.text)[:1] in SPACES


def printed(line: Line) -> str:
    """A line with the white space before it, which counts for its width."""
    return line.indent + line.text.rstrip()


def columns(text: str) -> int:
    """How many columns a text is wide: a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def paragraphs(document: Document) -> list[Paragraph]:
    """The paragraphs and tables of a document, in its order, empty lines left out."""
    made: list[Paragraph] = []
    lines = freed(document.lines)
    full = full_line(lines)
    begun = sum(indented(line) for line in lines if line.text.strip())
    indents = 0.1 < begun / max(1, sum(bool(line.text.strip()) for line in lines)) < 0.95
    before: Line | None = None
    for line in lines:
        text = plain(line.text)
        if line.place.table:
            join_cell(made, line)
        elif text:
            last = made[-1] if made and before is not None and not made[-1].cells else None
            if last and (
                number_alone(last.text)
                or (full(before) and not (indents and indented(line)) and goes_on(last.text, text, line))
            ):
                last.text += text
                last.lines.append(line)
            else:
                made.append(Paragraph(text, [line], line.level))
        before = line if text and not line.place.table else None if line.place.table else before
    return made


def number_alone(text: str) -> bool:
    """Whether a line is a mark without anything behind it, as some pages print it."""
    found = mark(text + "某")
    return found is not None and found.end == len(text) and not found.style.startswith(("label", "bullet —"))


def join_cell(made: list[Paragraph], line: Line) -> None:
    """Adds a cell to the table that is being read, or begins one."""
    if not (made and made[-1].cells and made[-1].cells[0].place.table == line.place.table):
        made.append(Paragraph("", [], 0, []))
    made[-1].cells.append(line)


def goes_on(text: str, following: str, line: Line) -> bool:
    """Whether a line that follows a full one is the rest of its paragraph."""
    rest = text[-1] not in f"{SENTENCE_END}:" and following[-1] == "。"
    if line.whole or line.level or (block_kind(following) and not rest) or TITLE.fullmatch(following):
        return False
    if len(text) <= LONGEST_TITLE and TITLE.fullmatch(text) and not TITLE.fullmatch(text + following):
        return False
    if text[-1] in OPENING:
        return True
    if DOMAIN.fullmatch(following) and text[-1] not in "、,":
        return False
    if text[-1] in SENTENCE_END and (CLOSING.match(following.lstrip("【〖[(")) or FOR_SEVERAL.match(following)):
        return False
    number = mark(following)
    if number is None:
        return not (text[-1] in SENTENCE_END and section_kind(following) != "other" and len(following) < SLACK * 8)
    return number.loose and text[-1] not in SENTENCE_END


def freed(lines: list[Line]) -> list[Line]:
    """The lines of a file whose paragraphs are the cut lines of another one, as lines; else as they are.

    Word documents and pages that were made of a printed text have such.
    """
    told = [line for line in lines if not line.place.table]
    if not told or not all(line.whole for line in told):
        return lines
    loose = [line if line.place.table else replace(line, whole=False) for line in lines]
    full = full_line(loose)
    return loose if sum(map(full, loose)) > CUT_ALL * len(told) else lines


def full_line(lines: list[Line]) -> Callable[[Line | None], bool]:
    """A test whether a line reaches the width at which a text was cut; false for all where it was not."""
    usable = [line for line in lines if line.text.strip() and not line.whole and not line.place.table]
    cut = [
        line
        for line, after in pairwise(usable)
        if plain(line.text)[-1:] not in f"{SENTENCE_END}:" and mark(plain(after.text)) is None and not headed(line)
    ]
    if len(cut) < max(FEWEST, CUT * len(usable)):
        return lambda line: False
    measures: tuple[Callable[[str], int], ...] = (len, columns)
    found = [(*widest(cut, measure), measure) for measure in measures]
    share, width, measure = max(found, key=lambda one: one[0])
    longer = sum(measure(printed(line)) > width + SLACK for line in usable)
    if share < AT_WIDTH or width < NARROWEST or longer > LONGER * len(usable):
        return lambda line: False
    exact = sum(measure(printed(line)) == width for line in cut)
    slack = 0 if exact >= EXACT * share * len(cut) else SLACK
    least = width - slack * (1 if measure is len else 2)
    return lambda line: line is not None and not line.whole and measure(printed(line)) >= least


def headed(line: Line) -> bool:
    """Whether a line is a short heading, which ends where it ends and not at a width."""
    text = plain(line.text)
    return len(text) < SHORT and (mark(text) is not None or bool(block_kind(text)))


def widest(lines: list[Line], measure: Callable[[str], int]) -> tuple[float, int]:
    """The share of lines that end at the most common width, or up to SLACK signs before it, and that width."""
    step = 1 if measure is len else 2
    widths = Counter(measure(printed(line)) for line in lines)

    def near(width: int) -> int:
        return sum(widths[width - i] for i in range(SLACK * step + 1))

    best = max(widths, key=lambda width: (near(width), -width))
    return near(best) / len(lines), best


def cells_of(table: list[Line]) -> Iterator[list[Line]]:
    """The rows of a table, each its own cells."""
    rows: dict[int, list[Line]] = {}
    for cell in table:
        rows.setdefault(cell.place.row, []).append(cell)
    yield from (rows[row] for row in sorted(rows))

"""The Markdown of a paper as a Word document, on the page and with the tables that the documents of offices have."""

import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from rich.cells import cell_len

from plandata.monitor.document import BODY, CAPTION, CELL, HEAD, LOOKS, TITLE, Document, Look
from plandata.paper.markdown import Block, Run, blocks
from plandata.paper.page import OPEN
from plandata.text import LANGS

SONG, HEI = "宋体", "黑体"
# A Chinese article: body in 小四 with lines of one and a half, headings in 黑体, tables in 五号.
CHINESE = {
    BODY: Look(SONG, 12, line=400, indent=True, after=60, grid=False),
    TITLE: Look(HEI, 18, bold=True, align="center", line=0, after=240, keep=True, grid=False),
    "heading 1": Look(HEI, 14, align="left", line=0, before=320, after=120, outline=0, keep=True, grid=False),
    "heading 2": Look(HEI, 12, align="left", line=0, before=200, after=80, outline=1, keep=True, grid=False),
    CAPTION: Look(HEI, 10.5, align="left", line=0, before=200, after=80, keep=True, grid=False),
    CELL: Look(SONG, 10.5, align="left", line=0, grid=False),
    HEAD: Look(HEI, 10.5, align="center", line=0, grid=False),
    "footer": Look(SONG, 11, line=0, grid=False),
}
# Over columns of numbers, which end on the right, a head in the middle reads best.
ENGLISH = {**LOOKS["en"], HEAD: replace(LOOKS["en"][HEAD], align="center")}
ARTICLE: Mapping[str, Mapping[str, Look]] = {"en": ENGLISH, "zh": CHINESE}
# Where something is still to be filled in, a marker is drawn over it.
RUNS = {
    "open": '<w:b/><w:highlight w:val="yellow"/>',
    "": "",
    "bold": "<w:b/>",
    "italic": "<w:i/>",
    "code": '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>',
}
# Lists hang by this much, in twips; a picture has three pixels a point, of which 96 are an inch.
HANGING = '<w:ind w:left="480" w:hanging="480" w:firstLineChars="0"/><w:jc w:val="left"/>'
FLUSH, LOOSE = '<w:ind w:firstLineChars="0" w:firstLine="0"/>', '<w:keepNext w:val="0"/>'
SCALE, INCH, DOTS = 3, 25.4, 96
# Latin characters of a line of a table, of a column at most, of a cell that stays on a line, and the room beside them.
LINE, LONGEST, SHORT, ROOM = 92, 120, 18, 2
UNBROKEN = re.compile("[^\\s\u3000-\u9fff\uff00-\uffef]+")


def as_docx(text: str, pictures: Mapping[str, bytes], lang: str, day: datetime) -> bytes:
    """A text as a document; its first heading is the title, pictures are PNG files by the paths that it names.

    Raises PackageError where python-docx is not installed.
    """
    title, *body = blocks(text)
    document = Document(title.text, lang, day, ARTICLE[lang])
    # What stands between the title and the first section names the authors.
    named = [block.kind for block in body].index("heading")
    for n, (before, block) in enumerate(zip([title, *body], body, strict=False)):
        add(document, block, pictures, FLUSH if n < named else LOOSE if before.kind == "picture" else "")
    return document.content()


def add(document: Document, block: Block, pictures: Mapping[str, bytes], properties: str) -> None:
    """Adds a block; properties are those of a paragraph that its style does not have, as XML."""
    parts = [(run.text, RUNS["open" if is_open(run) else run.look]) for run in block.runs]
    if block.kind == "heading":
        document.add(block.text, f"heading {block.level - 1}", FLUSH)
    elif block.kind == "picture":
        document.picture(pictures[block.path], block.text, width_mm(pictures[block.path]))
    elif block.kind == "table":
        document.table(block.rows[0], block.rows[1:], widths(block.rows), block.right)
    elif block.kind == "item":
        document.runs(parts, BODY, HANGING)
    else:
        document.runs(parts, CAPTION if block.is_caption else BODY, properties)


def is_open(run: Run) -> bool:
    """Whether a piece of text is an open field."""
    return run.look == "bold" and run.text.startswith(tuple(OPEN[lang].partition("{")[0] for lang in LANGS))


def widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """The widths of columns in Latin characters: what cannot be broken fits, the rest goes to the long texts.

    >>> widths([["File", "One row is"], ["targets.csv", "a " * 100]])
    [13, 79]
    """
    columns = list(zip(*rows, strict=True))
    least = [max(map(unbreakable, column)) + ROOM for column in columns]
    wanted = [min(max(map(cell_len, column)), LONGEST) + ROOM for column in columns]
    lacking = [max(want - need, 0) for want, need in zip(wanted, least, strict=True)]
    spare = max(LINE - sum(least), 0) / max(sum(lacking), 1)
    return [need + round(lack * min(spare, 1)) for need, lack in zip(least, lacking, strict=True)]


def unbreakable(text: str) -> int:
    """The Latin characters that the longest piece of a text takes which no line should break.

    >>> unbreakable("measure_id, goal_id"), unbreakable("聊政发〔2021〕9号")
    (11, 17)
    """
    if cell_len(text) <= SHORT and " " not in text:
        return cell_len(text)
    return max((cell_len(piece) for piece in UNBROKEN.findall(text)), default=2)


def width_mm(png: bytes) -> float:
    """The width at which a picture's type is as large as it was drawn."""
    (pixels,) = struct.unpack(">I", png[16:20])
    return float(pixels / SCALE / DOTS * INCH)

"""The Markdown of a paper as a Word document, on the page and with the tables that the documents of offices have."""

import struct
from collections.abc import Mapping
from datetime import datetime

from plandata.monitor.document import BODY, CAPTION, CELL, HEAD, LOOKS, TITLE, Document, Look
from plandata.paper.markdown import Block, blocks

SONG, HEI = "宋体", "黑体"
# A Chinese article: body in 小四 with lines of one and a half, headings in 黑体, tables in 五号.
CHINESE = {
    BODY: Look(SONG, 12, line=400, indent=True, after=60, grid=False),
    TITLE: Look(HEI, 18, bold=True, align="center", line=0, after=240, keep=True, grid=False),
    "heading 1": Look(HEI, 14, align="left", line=0, before=320, after=120, outline=0, keep=True, grid=False),
    "heading 2": Look(HEI, 12, align="left", line=0, before=200, after=80, outline=1, keep=True, grid=False),
    CAPTION: Look(HEI, 10.5, align="left", line=0, before=200, after=80, keep=True, grid=False),
    CELL: Look(SONG, 10.5, align="left", line=0, grid=False),
    HEAD: Look(HEI, 10.5, align="left", line=0, grid=False),
    "footer": Look(SONG, 11, line=0, grid=False),
}
ARTICLE: Mapping[str, Mapping[str, Look]] = {"en": LOOKS["en"], "zh": CHINESE}
RUNS = {
    "": "",
    "bold": "<w:b/>",
    "italic": "<w:i/>",
    "code": '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>',
}
# Lists hang by this much, in twips; a picture has three pixels a point, of which 96 are an inch.
HANGING = '<w:ind w:left="480" w:hanging="480" w:firstLineChars="0"/>'
FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
SCALE, INCH, DOTS = 3, 25.4, 96


def as_docx(text: str, pictures: Mapping[str, bytes], lang: str, day: datetime) -> bytes:
    """A text as a document; its first heading is the title, pictures are PNG files by the paths that it names.

    Raises PackageError where python-docx is not installed.
    """
    title, *body = blocks(text)
    document = Document(title.text, lang, day, ARTICLE[lang])
    indent = FLUSH
    for block in body:
        # What stands between the title and the first section names the authors.
        indent = "" if block.kind == "heading" else indent
        add(document, block, pictures, indent)
    return document.content()


def add(document: Document, block: Block, pictures: Mapping[str, bytes], indent: str) -> None:
    """Adds a block; indent is that of a paragraph, as XML, where it has another than its style."""
    parts = [(run.text, RUNS[run.look]) for run in block.runs]
    if block.kind == "heading":
        document.add(block.text, f"heading {block.level - 1}")
    elif block.kind == "picture":
        document.picture(pictures[block.path], block.text, width_mm(pictures[block.path]))
    elif block.kind == "table":
        document.table(block.rows[0], block.rows[1:], right=block.right)
    elif block.kind == "item":
        document.runs(parts, BODY, HANGING)
    elif block.is_caption:
        document.runs(parts, CAPTION)
    else:
        document.runs(parts, BODY, indent)


def width_mm(png: bytes) -> float:
    """The width at which a picture's type is as large as it was drawn."""
    (pixels,) = struct.unpack(">I", png[16:20])
    return float(pixels / SCALE / DOTS * INCH)

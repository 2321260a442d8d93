"""Plain texts in UTF-8, UTF-16 and GB 18030, without page numbers and running headers among their lines."""

import codecs
import re
from collections.abc import Sequence

from plandata.files import PackageError, encoding_of
from plandata.text import SPACES
from plandata.texts.formats.document import Document, Line, Place
from plandata.texts.formats.furniture import among_lines, at_edges

LINES, SNIFFED = 1_000_000, 2**18
# What editors leave at the ends of lines and files.
MARKS = "\x00\x1a\u200b\ufeff"
# Of a thousand signs: so many may be damaged before what is read is no text.
DAMAGED = 20
ENDS = re.compile("\r\n|[\r\v\u0085\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\ufffd]")
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(content: bytes) -> str:
    """The text that bytes hold, in UTF-8, UTF-16 or GB 18030; what is damaged in it is U+FFFD.

    >>> decoded("规划".encode("gbk")), decoded("规划".encode("utf-8-sig"))
    ('规划', '规划')
    """
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace").lstrip("\ufeff")
    return content.decode(guessed(content), "replace")


def guessed(content: bytes) -> str:
    """The encoding of bytes without a mark; one of UTF-8 that is damaged here and there stays UTF-8."""
    name = encoding_of(content)
    if name == "UTF-16":
        return "utf-16-le" if content[1:512:2].count(0) >= content[:512:2].count(0) else "utf-16-be"
    if not name:
        return "utf-8"
    sample = content[: 2**20].decode("utf-8", "replace")
    wide = sum(sign > "\x7f" for sign in sample)
    return "utf-8" if sample.count("\ufffd") * 50 < wide else "gb18030"


def is_text(text: str) -> bool:
    """Whether what was decoded is text and not the bytes of something else."""
    sample = text[:100_000]
    return len(CONTROLS.findall(sample)) <= max(len(sample) * DAMAGED / 1000, min(2, len(sample) / 20))


def looks(content: bytes, names: Sequence[str], ending: str) -> bool:
    """Whether bytes that no other format knows are a text."""
    return not names and is_text(decoded(content[:SNIFFED]))


def read(content: bytes, file: int) -> Document:
    """The lines of a text; form feeds part its pages.

    Raises PackageError, without the name of the file, for one of more lines than any text has.
    """
    text = ENDS.sub("\n", decoded(content))
    if text.count("\n") > LINES:
        raise PackageError(f"has more than {LINES:,} lines; ask for a file that holds the plan only")
    lines = placed(text, file)
    texts = [line.text for line in lines]
    pages: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        pages.setdefault(line.place.page, []).append(i)
    dropped = at_edges(texts, list(pages.values())) if len(pages) > 1 else among_lines(texts)
    document = Document("txt")
    for i, line in enumerate(lines):
        (document.furniture if i in dropped else document.lines).append(line)
    return document


def placed(text: str, file: int) -> list[Line]:
    """The lines that hold something, each with its number and, where there are form feeds, its page."""
    lines: list[Line] = []
    page = 1 if "\f" in text else 0
    for number, raw in enumerate(text.split("\n"), 1):
        for turned, piece in enumerate(raw.split("\f")):
            page += turned > 0
            clean = piece.strip(SPACES + MARKS)
            if clean:
                indent = piece[: len(piece) - len(piece.lstrip())]
                lines.append(Line(clean, Place(file, page, number), indent=indent))
    return lines

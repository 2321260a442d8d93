"""The text of a draft as the page of its review shows it: its blocks, with the phrases of their rows marked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from plandata.report.draft_rows import Shelf, plainly
from plandata.text import Text, normalise
from plandata.texts.draft.model import Block, Row
from plandata.texts.figures import occurrences
from plandata.words import Words

ROLES = {
    "title": Text("Title", "标题"),
    "heading": Text("Heading", "小标题"),
    "goal": Text("Goal", "目标"),
    "measure": Text("Measure", "措施"),
    "table": Text("Table", "表格"),
    "note": Text("Note", "说明"),
    "furniture": Text("Page furniture", "页眉页脚等"),
    "": Text("Unclaimed", "未认领"),
}
# The words of a place in a file, as plandata.texts.formats.document writes them.
PLACES = {
    "file": Text("file {n}", "文件{n}"),
    "page": Text("page {n}", "第{n}页"),
    "paragraph": Text("paragraph {n}", "第{n}段"),
    "table": Text("table {n}", "表{n}"),
    "row": Text("row {n}", "第{n}行"),
    "column": Text("column {n}", "第{n}列"),
}
FOLDED = Text("{n} lines of page furniture", "页眉页脚等 {n} 行")
FOLDED_ONE = Text("1 line of page furniture", "页眉页脚等 1 行")


@dataclass(frozen=True)
class Piece:
    """A part of a block: kinds are value, name, number; tags the targets it is of, and ends those it is the end of."""

    text: str
    kinds: tuple[str, ...] = ()
    tags: str = ""
    ends: str = ""


@dataclass(frozen=True)
class Span:
    """Where a phrase of a row stands in a block, characters start to end (exclusive)."""

    start: int
    end: int
    kind: str
    tag: str = ""


def runs(shelf: Shelf) -> Iterator[dict[str, Any]]:
    """The blocks in their order, neighbours that are furniture together."""
    doubts = Counter(shelf.doubted)
    numbered = enumerate(shelf.draft.blocks)
    for furniture, run in groupby(numbered, lambda named: named[1].role == "furniture"):
        blocks = [block_shown(shelf, n, block, doubts) for n, block in run]
        folded = FOLDED_ONE if len(blocks) == 1 else FOLDED.format(n=len(blocks))
        yield {"folded": shelf.say(folded) if furniture else "", "blocks": blocks}


def block_shown(shelf: Shelf, n: int, block: Block, doubts: Counter[int]) -> dict[str, Any]:
    role = block.role if block.role in ROLES else "note"
    own = shelf.at.get(block.row) if block.row else None
    return {
        "n": n,
        "role": role or "unclaimed",
        "label": shelf.say(ROLES[role]),
        "place": place_words(block.place, shelf.say),
        "lines": lines(list(pieces(block.text, spans(shelf, block)))),
        "doubts": 0 if own is None else doubts[own],
    }


def place_words(place: str, say: Words) -> str:
    """Where a block stands, in words of the page's language; a place that is told otherwise stays as it is.

    >>> place_words("page 3, paragraph 41", Words({}, "zh"))
    '第3页 第41段'
    """
    told = [part.split(" ") for part in place.split(", ")]
    if not all(len(part) == 2 and part[0] in PLACES and part[1].isdecimal() for part in told):
        return plainly(place)
    return {"zh": " "}.get(say.lang, ", ").join(say(PLACES[name], n=number) for name, number in told)


def spans(shelf: Shelf, block: Block) -> list[Span]:
    """Where the phrases of the rows that hang on a block's item stand in its text."""
    hanging = shelf.hanging.get(block.row, {}) if block.row else {}
    phrases: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in hanging.get("targets", []):
        phrases[row["value_text"], "value"].append(tag(row))
        phrases[row["name_text"], "name"].append(tag(row))
    for row in hanging.get("non_targets", []):
        phrases[row["value_text"], "number"].append("")
    if not phrases:
        return []
    letters = [(letter, i) for i, char in enumerate(block.text) for letter in normalise(char)]
    text, at = "".join(letter for letter, _ in letters), [i for _, i in letters]
    return [
        Span(at[start], at[end - 1] + 1, kind, own)
        for (phrase, kind), tags in phrases.items()
        for (start, end), own in dealt(occurrences(phrase, text), tags)
        if end <= len(at)
    ]


def dealt(places: list[tuple[int, int]], tags: list[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Where a phrase stands, with the targets that it is of: each its own where it stands as often, else all.

    >>> list(dealt([(0, 2), (5, 7)], ["t1", "t2"])), list(dealt([(0, 2)], ["t1", "t2"]))
    ([((0, 2), 't1'), ((5, 7), 't2')], [((0, 2), 't1 t2')])
    """
    shared = joined(tags)
    return zip(places, tags if len(places) == len(tags) else [shared] * len(places), strict=True)


def pieces(text: str, found: list[Span]) -> Iterator[Piece]:
    """A text cut wherever a span begins or ends.

    >>> [(piece.text, piece.kinds) for piece in pieces("达到93%。", [Span(0, 5, "value", "t1")])]
    [('达到93%', ('value',)), ('。', ())]
    """
    cuts = sorted({0, len(text), *(span.start for span in found), *(span.end for span in found)})
    for start, end in pairwise(cuts):
        over = [span for span in found if span.start <= start and end <= span.end]
        ended = [span.tag for span in over if span.kind == "value" and span.end == end]
        kinds = tuple(dict.fromkeys(span.kind for span in over))
        yield Piece(text[start:end], kinds, joined(span.tag for span in over), joined(ended))


def joined(tags: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(tags).split()))


def lines(found: list[Piece]) -> list[list[Piece]]:
    """Pieces by the lines of the text, each without signs that cannot be seen."""
    made: list[list[Piece]] = [[]]
    for piece in found:
        first, *others = piece.text.replace("\r", "").split("\n")
        ends = piece.ends if not others else ""
        made[-1].append(Piece(plainly(first), piece.kinds, piece.tags, ends))
        made += [[Piece(plainly(line), piece.kinds, piece.tags, piece.ends)] for line in others]
    return made


def tag(row: Row) -> str:
    """The short name of a target within its item."""
    return plainly(row["target_id"].rpartition(".")[2])

"""The Markdown of a paper as a list of blocks: what a document is made from and words are counted in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

# A word as people count them: what stands between spaces, or one Chinese character; a lone mark is none.
WORD = re.compile(r"[\u3400-\u9fff]|[^\W_](?:(?![\u3400-\u9fff])\S)*")
STYLES = {"strong": "bold", "em": "italic", "code_inline": "code"}


@dataclass(frozen=True)
class Run:
    """A piece of text with one look: "", bold, italic or code."""

    text: str
    look: str = ""


@dataclass(frozen=True)
class Block:
    """A heading (with its level), a paragraph, a list item (its number is in the text), a picture or a table.

    A picture has its path as text and what it shows as runs; a table has rows of texts, the head first, and the columns
    of numbers.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    right: tuple[int, ...] = ()
    path: str = ""

    @property
    def text(self) -> str:
        """The text without looks."""
        return "".join(run.text for run in self.runs)

    @property
    def is_caption(self) -> bool:
        """Whether it is a paragraph that begins in bold: those are captions of tables and figures."""
        return self.kind == "paragraph" and len(self.runs) > 1 and self.runs[0].look == "bold"


def blocks(text: str) -> Iterator[Block]:
    r"""The blocks of a text, from top to bottom.

    >>> [(block.kind, block.text) for block in blocks("# A\n\nb *c*\n\n1. d")]
    [('heading', 'A'), ('paragraph', 'b c'), ('item', '1. d')]
    """
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
    numbers: list[int | None] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type in ("ordered_list_open", "bullet_list_open"):
            numbers.append(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            numbers.pop()
        elif token.type == "table_open":
            end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
            yield table(tokens[at:end])
            at = end
        elif token.type == "inline":
            yield block(tokens[at - 1], token, numbers)
        at += 1


def block(opened: Token, inline: Token, numbers: list[int | None]) -> Block:
    """A heading, a paragraph, a picture or an item of a list."""
    children = inline.children or []
    if opened.type == "heading_open":
        return Block("heading", tuple(runs(children)), level=int(opened.tag[1:]))
    if len(children) == 1 and children[0].type == "image":
        return Block("picture", (Run(children[0].content),), path=str(children[0].attrs["src"]))
    if not numbers:
        return Block("paragraph", tuple(runs(children)))
    number = numbers[-1]
    if number is None:
        return Block("item", (Run("• "), *runs(children)))
    numbers[-1] = number + 1
    return Block("item", (Run(f"{number}. "), *runs(children)))


def runs(tokens: Sequence[Token]) -> Iterator[Run]:
    """The pieces of a line; emphasis in emphasis takes the inner look, and an address is its text."""
    looks = [""]
    for token in tokens:
        if token.type in ("strong_open", "em_open"):
            looks.append(STYLES[token.type.removesuffix("_open")])
        elif token.type in ("strong_close", "em_close"):
            looks.pop()
        elif token.type == "code_inline":
            yield Run(token.content, STYLES[token.type])
        elif token.type == "softbreak":
            yield Run(" ")
        elif token.content:
            yield Run(token.content, looks[-1])


def table(tokens: Sequence[Token]) -> Block:
    """A table from its tokens."""
    rows: list[list[str]] = []
    right: set[int] = set()
    for i, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            if "right" in str(token.attrs.get("style", "")):
                right.add(len(rows[-1]))
            rows[-1].append("".join(run.text for run in runs(tokens[i + 1].children or [])))
    return Block("table", rows=tuple(map(tuple, rows)), right=tuple(sorted(right)))


def words(text: str) -> int:
    """How many words a text has, as word processors count them.

    >>> words("Krippendorff's alpha is 0.9 – good"), words("妇女plan")
    (5, 3)
    """
    return len(WORD.findall(text))

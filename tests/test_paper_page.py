"""The page of a paper: its Markdown as blocks, the sentences of its templates, and the Word document made of them."""

import io
import struct
from datetime import datetime

import docx
import pytest

from plandata.paper.markdown import Block, Run, blocks, words
from plandata.paper.page import Page, grid, shown
from plandata.paper.references import References
from plandata.paper.word import as_docx, is_open, unbreakable, width_mm, widths
from plandata.text import LANGS, Text
from plandata.words import Words

DAY = datetime(2024, 5, 6)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# A *b* `c`", [Block("heading", (Run("A "), Run("b", "italic"), Run(" "), Run("c", "code")), level=1)]),
        ("### A", [Block("heading", (Run("A"),), level=3)]),
        ("a\nb", [Block("paragraph", (Run("a"), Run(" "), Run("b")))]),
        ("**a *b* c** d", [
            Block("paragraph", (Run("a ", "bold"), Run("b", "italic"), Run(" c", "bold"), Run(" d"))),
        ]),
        ("![what it shows](a.png)", [Block("picture", (Run("what it shows"),), path="a.png")]),
        ("see ![x](a.png)", [Block("paragraph", (Run("see "), Run("x")))]),
        ("3. a\n4. b", [Block("item", (Run("3. "), Run("a"))), Block("item", (Run("4. "), Run("b")))]),
        ("- a\n\n  1. b\n  2. c\n\n- d", [
            *(Block("item", (Run("• "), Run("a"))), Block("item", (Run("1. "), Run("b")))),
            *(Block("item", (Run("2. "), Run("c"))), Block("item", (Run("• "), Run("d")))),
        ]),
        ("- a\n\nb", [Block("item", (Run("• "), Run("a"))), Block("paragraph", (Run("b"),))]),
        ("| a | *b* |\n| --- | ---: |\n| c | 1 |\n\nd", [
            Block("table", rows=(("a", "b"), ("c", "1")), right=(1,)), Block("paragraph", (Run("d"),)),
        ]),
        ("| a |\n| --- |\n\n| b |\n| ---: |", [
            Block("table", rows=(("a",),)), Block("table", rows=(("b",),), right=(0,)),
        ]),
        ("<b>", [Block("paragraph", (Run("<b>"),))]),
    ],
)  # fmt: skip
def test_markdown_is_read_as_blocks(text: str, told: list[Block]) -> None:
    assert list(blocks(text)) == told


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [("**Table 1.** Rows", True), ("**alone**", False), ("*Table* 1", False), ("# **a** b", False), ("a **b**", False)],
)
def test_a_paragraph_that_begins_in_bold_is_a_caption(text: str, is_caption: bool) -> None:
    assert [block.is_caption for block in blocks(text)] == [is_caption]


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("– &", 0), ("one two", 2), ("妇女", 2), ("a妇b", 3), ("1,028 rows (25%)", 3), ("_x", 1)],
)
def test_a_word_stands_between_spaces_or_is_one_ideograph(text: str, count: int) -> None:
    assert words(text) == count


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (True, "True"),
        (2.5, "2.5"),
        ("1000", "1000"),
        ("a_b", "a_b"),
        ("*", "&#42;"),
    ],
)
def test_numbers_have_separators_and_texts_are_inert(value: object, told: str) -> None:
    assert shown(value) == told


def test_an_empty_cell_of_a_table_has_a_dash() -> None:
    lines = grid(["a", "b", "c"], [["x", "", 0], ["", 1234, "z"]], right=(1, 2)).splitlines()
    assert lines == ["| a | b | c |", "| --- | ---: | ---: |", "| x | – | 0 |", "| – | 1,234 | z |"]


def page(lang: str) -> Page:
    return Page(Words({}, lang), References({"id": name, "type": "book", "title": name} for name in "abc"), {"n": 1234})


def test_a_sentence_is_filled_with_its_values() -> None:
    assert [page(lang).text("{n} rows", "{n}行") for lang in LANGS] == ["1,234 rows", "1,234行"]
    assert page("en").text("{n} of {x}", "", x="<b>", n=1) == "1 of &#60;b>"


def test_what_is_asked_twice_is_one_open_field() -> None:
    own = page("en")
    assert own.ask("who paid", "") == own.ask("who paid", "") == "**[to be filled by the authors: who paid]**"
    own.ask("who coded", "")
    assert own.open == ["who paid", "who coded"]
    assert own.told(Text("a fund", "基金"), "who gave", "") == "a fund"
    assert own.told(None, "who gave", "") == "**[to be filled by the authors: who gave]**"
    assert own.open == ["who paid", "who coded", "who gave"]


def test_tables_figures_and_references_are_numbered_at_their_first_mention() -> None:
    own = page("en")
    asked = [("table", "x"), ("table", "y"), ("figure", "x"), ("table", "x")]
    form = Text("{n}", "{n}")
    assert [own.number(kind, form, name) for kind, name in asked] == ["1", "2", "1", "1"]
    assert [own.cite("c"), own.cite("a", "c")] == [" \\[1\\]", " \\[1, 2\\]"]
    assert [line[:6] for line in own.listed().splitlines()] == ["1. *c*", "2. *a*"]
    assert page("zh").cite("a", "b", "c") == "\\[1-3\\]"


@pytest.mark.parametrize(
    ("look", "text", "told"),
    [
        ("bold", "[to be filled by the authors: x]", True),
        ("bold", "[待作者填写：x]", True),
        ("", "[to be filled by the authors: x]", False),
        ("bold", "Table 1", False),
    ],
)
def test_an_open_field_is_known_by_its_beginning(look: str, text: str, told: bool) -> None:
    assert is_open(Run(text, look)) == told


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a b", 1),
        ("a" * 18, 18),
        ("a" * 19, 19),
        ("规" * 9, 18),
        ("规" * 10, 2),
        ("规 划", 2),
        ("规划targets规划规划规划规划", 7),
        ("", 0),
    ],
)
def test_what_no_line_should_break(text: str, cells: int) -> None:
    assert unbreakable(text) == cells


def test_what_cannot_be_broken_fits_its_column_and_the_rest_is_shared() -> None:
    wide = "word " * 40
    assert widths([["a", "bcd"], ["ab", "c"]]) == [4, 5]
    first, second, third = widths([["x" * 30, wide, wide], ["y", "z", "z"]])
    assert first == 32
    assert second == third
    assert 90 <= first + second + third <= 94
    # What fits in the line as it is takes its room and no more.
    assert widths([["two words", "and three more"]]) == [11, 16]
    # Where nothing can give way, all have what they need.
    assert widths([["x" * 80, "y" * 80]]) == [82, 82]


def png(pixels: int) -> bytes:
    """The head of a picture of so many pixels."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", pixels, 1)


def test_three_pixels_of_a_picture_are_one_of_a_page() -> None:
    assert width_mm(png(288)) == 25.4
    assert width_mm(png(576)) == 50.8


def test_authors_stand_flush_under_the_title_and_lists_hang() -> None:
    text = (
        "# A title\n\nAda Bee\n\nA University\n\n## Methods\n\nWe read.\n\n- one\n\n"
        "**Table 1.** Rows\n\n| a | b |\n| --- | ---: |\n| c | 1 |\n"
    )
    made = docx.Document(io.BytesIO(as_docx(text, {}, "zh", DAY)))
    told = {paragraph.text: paragraph for paragraph in made.paragraphs}
    first_lines = {
        name: 'w:firstLineChars="0"' in told[name]._p.xml for name in ("Ada Bee", "A University", "We read.", "• one")
    }
    assert first_lines == {"Ada Bee": True, "A University": True, "We read.": False, "• one": True}
    assert told["Methods"].style.name == "Heading 1"
    assert told["Table 1. Rows"].style.name == "Caption"
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [["a", "b"], ["c", "1"]]
    alignments = [cell.paragraphs[0].alignment for cell in made.tables[0].rows[1].cells]
    assert alignments[0] != alignments[1]


def test_looks_of_the_text_are_looks_of_the_document() -> None:
    text = "# A\n\nA *b* **c** `d` **[to be filled by the authors: e]**\n\n## B\n"
    made = docx.Document(io.BytesIO(as_docx(text, {}, "en", DAY)))
    runs = {run.text: run for paragraph in made.paragraphs for run in paragraph.runs}
    assert [runs["b"].italic, runs["c"].bold, runs["d"].font.name] == [True, True, "Courier New"]
    assert runs["[to be filled by the authors: e]"].font.highlight_color is not None
    assert runs["c"].font.highlight_color is None

"""Lines and paragraphs: at which width a text was cut, and what is the rest of a paragraph."""

import pytest

from plandata.texts.formats.document import Document, Line, Place
from plandata.texts.paragraphs import full_line, goes_on, number_alone, paragraphs


def line(text: str, **kinds: bool) -> Line:
    return Line(text, Place(), **kinds)


@pytest.mark.parametrize(
    ("widths", "full"),
    [
        ([20] * 10, 20),
        ([20] * 4, 20),
        ([20] * 3, None),
        ([20] * 8 + [18] * 2, 18),
        ([20] * 97 + [19] * 3, 20),
        ([20] * 96 + [19] * 4, 18),
        ([10] * 10, 10),
        ([9] * 10, None),
        ([20] * 6 + [8, 11, 14, 17], 20),
        ([20] * 5 + [5, 8, 11, 14, 17], None),
        ([20] * 96 + [23] * 3, 20),
        ([20] * 96 + [23] * 4, None),
    ],
)
def test_the_width_at_which_the_lines_of_a_text_were_cut(widths: list[int], full: int | None) -> None:
    """The last line ends the text and tells nothing."""
    is_full = full_line([*(line("字" * width) for width in widths), line("完。")])
    found = [width for width in range(1, 30) if is_full(line("字" * width))]
    assert found == ([] if full is None else list(range(full, 30)))


@pytest.mark.parametrize(("digits", "full"), [(8, True), (4, True), (3, False)])
def test_a_width_may_be_counted_in_columns_of_which_a_chinese_sign_takes_two(digits: int, full: bool) -> None:
    texts = [f"{'字' * (20 - n)}{'ab' * n}" for n in range(8)] + ["字" * 18] * 2
    is_full = full_line([*map(line, texts), line("完。")])
    assert is_full(line(f"{'字' * 16}{'7' * digits}")) == full


def test_lines_that_are_whole_paragraphs_or_ends_of_sentences_tell_no_width() -> None:
    for lines in ([line("字" * 20, whole=True)] * 9, [line("字" * 19 + "。")] * 9, [line("1." + "字" * 18)] * 9):
        assert not full_line([*lines, line("完。")])(line("字" * 20))


@pytest.mark.parametrize(
    ("text", "following", "on"),
    [
        ("云汀县妇女发展规划", "让大家都来看一看", False),
        ("云汀县妇女发展规划", "(2021—2025年)", True),
        ("大家都来看一看", "云汀县妇女发展规划", False),
        ("大家都来看一看,", "主要目标", False),
        ("大家都来看一看,完成", "主要目标。", True),
        ("大家都来看一看。", "主要目标。", False),
        ("大家都来看一看(", "1.完成", True),
        ("大家都来看一看", "妇女与健康", False),
        ("大家都来看一看、", "妇女与健康", True),
        ("大家都来看一看。", "组织实施", False),
        ("大家都来看一看。", "组织实施的时候要请大家都来看一看", True),
        ("大家都来看一看,", "组织实施", True),
        ("大家都来看一看。", "每年都来看一看", True),
        ("大家都来看一看,到", "2.5%的村里去", True),
        ("大家都来看一看。", "2.5%的村里去", False),
        ("大家都来看一看,", "2.到村里去", False),
        ("大家都来看一看。", "抄送：县妇联", False),
        ("大家都来看一看。", "【打印】", False),
    ],
)
def test_what_is_the_rest_of_a_paragraph(text: str, following: str, on: bool) -> None:
    assert goes_on(text, following, line(following)) == on


@pytest.mark.parametrize("kind", [Line("看一看", Place(), whole=True), Line("看一看", Place(), level=1)])
def test_a_whole_paragraph_or_a_heading_is_no_rest_of_another(kind: Line) -> None:
    assert not goes_on("大家都来", kind.text, kind)


@pytest.mark.parametrize(
    ("text", "alone"),
    [("1.", True), ("(一)", True), ("●", True), ("目标1:", False), ("——", False), ("1.甲", False), ("", False)],
)
def test_a_mark_that_stands_alone_belongs_to_the_line_below(text: str, alone: bool) -> None:
    assert number_alone(text) == alone
    if text:
        found = [paragraph.text for paragraph in paragraphs(Document("txt", [line(text), line("甲提高。")]))]
        assert found == ([f"{text}甲提高。"] if alone else [text, "甲提高。"])

"""Page numbers and running lines are dropped, and what repeats by right stays: both sides, in texts and on pages."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plandata.texts.formats import Document, read
from plandata.texts.formats.furniture import (
    among_lines,
    at_edges,
    beside,
    cuts,
    cutting,
    key_of,
    may_run,
    numbers_beside,
    page_number,
    stands,
)

SENTENCE = "坚持以人民为中心的发展思想，健全妇女权益保障制度机制，提升公共服务均等化水平"
TITLE = "云汀县妇女发展规划"


def of(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("- 3 -", (3, True)),
        ("— 3 —", (3, True)),
        ("—12—", (12, True)),
        ("－3－", (3, True)),
        ("第 3 页", (3, True)),
        ("第3页 共20页", (3, True)),
        ("第3页/共20页", (3, True)),
        ("共20页 第3页", (3, True)),
        ("3/20", (3, True)),
        ("Page 3 of 20", (3, True)),
        ("3", (3, False)),
        ("3.5", None),
        ("3%", None),
        ("（3）", None),
        ("1.", None),
        ("2025年", None),
        ("第3页的说明", None),
        ("—" * 38 + "3—", (3, True)),
        ("—" * 39 + "3—", None),
    ],
)
def test_what_says_the_number_of_a_page(text: str, number: tuple[int, bool] | None) -> None:
    assert page_number(text) == number


@pytest.mark.parametrize(
    ("text", "may"),
    [
        (TITLE, True),
        ("青禾区人民政府公报", True),
        ("云汀县妇女发展规划（2021—2025年）", True),
        ("主要目标", False),
        ("策略措施：", False),
        ("【发展目标】", False),
        ("责任单位：县教育局", False),
        ("（牵头单位：县妇联）", False),
        ("1.健康", False),
        ("一、总则", False),
        ("健全制度。", False),
        ("100", False),
        ("公报", False),
        ("政公报", True),
        ("健" * 40, True),
        ("健" * 41, False),
        ("健全（制度）的公报", True),
        ("健全制度）的公报", False),
        ("健全（制度的公报", True),
    ],
)
def test_what_may_run_over_the_pages(text: str, may: bool) -> None:
    assert may_run(text) is may


def test_numbers_that_count_up_cut_no_sentence(tmp_path: Path) -> None:
    document = of(tmp_path, f"{TITLE}\n{SENTENCE}\n- 1 -\n再上台阶。\n{SENTENCE}。\n— 2 —\n二、领域\n")
    assert texts(document) == [TITLE, SENTENCE, "再上台阶。", f"{SENTENCE}。", "二、领域"]
    assert [line.text for line in document.furniture] == ["- 1 -", "— 2 —"]
    assert [line.place.paragraph for line in document.furniture] == [3, 6]


def test_headers_beside_the_numbers_go_too(tmp_path: Path) -> None:
    page = "{n}年{s}\n青禾区人民政府公报 第{n}页\n—{n}—\n"
    document = of(tmp_path, TITLE + "\n" + "".join(page.format(s=SENTENCE, n=n) for n in range(1, 5)) + "完。")
    assert texts(document) == [TITLE, *(f"{n}年{SENTENCE}" for n in range(1, 5)), "完。"]


def test_a_running_title_goes_but_its_first_occurrence(tmp_path: Path) -> None:
    body = "".join(f"{SENTENCE}，{n}\n{TITLE}\n持续改善，成效明显。\n" for n in range(4))
    document = of(tmp_path, f"{TITLE}\n{body}")
    assert texts(document).count(TITLE) == 1
    assert texts(document)[0] == TITLE
    assert len(document.furniture) == 4


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    pages = [f"{TITLE}\n到{n}年{SENTENCE}\n{n}" for n in range(1, 6)]
    document = of(tmp_path, "\f".join(pages))
    assert texts(document) == [TITLE, *(f"到{n}年{SENTENCE}" for n in range(1, 6))]
    assert [line.place.page for line in document.lines] == [1, 1, 2, 3, 4, 5]


def test_the_cells_of_a_flattened_table_are_no_page_numbers(tmp_path: Path) -> None:
    cells = [cell for n in range(1, 30) for cell in (str(n), f"某项指标的比例（{n}）（%）", "98", "≥95")]
    lines = [TITLE, "主要指标表", "领域", "序号", *cells]
    assert texts(of(tmp_path, "\n".join(lines))) == lines


def test_bare_numbers_far_apart_that_cut_sentences_are(tmp_path: Path) -> None:
    document = of(tmp_path, "".join(f"{SENTENCE * 8}\n{n}\n再上台阶。\n" for n in range(1, 5)))
    assert [line.text for line in document.furniture] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("number", ["— {n} —", "{n}", "第{n}页"])
def test_a_text_without_pages_that_a_pdf_became(tmp_path: Path, number: str) -> None:
    """Lines are cut at the margin; header and number stand between any two of them."""
    lines = [f"{n}年{SENTENCE[n % 9 :]}" for n in range(200)]
    printed: list[str] = []
    for n in range(0, 200, 20):
        printed += ["青禾区人民政府公报", *lines[n : n + 20], number.format(n=n // 20 + 1)]
    document = of(tmp_path, "\n".join(printed))
    assert texts(document) == lines
    assert len(document.furniture) == 20


def test_what_plans_repeat_by_right_stays(tmp_path: Path) -> None:
    part = [
        "（一）妇女与健康",
        "主要目标",
        f"1.{SENTENCE}",
        "责任单位：县教育局",
        "【策略措施】",
        f"1.{SENTENCE}",
        "牵头单位：县妇联",
        "目标解读",
    ]
    lines = [TITLE, *(part * 8), "- 1 -"]
    assert texts(of(tmp_path, "\n".join(lines))) == lines[:-1]
    unended = [TITLE, *(["主要目标", SENTENCE, "策略措施", SENTENCE, "主要措施", SENTENCE] * 8)]
    assert texts(of(tmp_path, "\n".join(unended))) == unended


def test_headings_at_the_head_of_pages_stay(tmp_path: Path) -> None:
    pages = ["\n".join(["主要目标", f"{SENTENCE}。", f"（{n}）{SENTENCE}", "策略措施"]) for n in range(6)]
    document = of(tmp_path, "\f".join(pages))
    assert len(document.lines) == 24
    assert document.furniture == []


WORDS = st.text("妇女儿童发展健康教育权益保障机制完善", min_size=12, max_size=40)


@given(st.lists(WORDS.map(lambda text: text + "。"), min_size=2, max_size=30, unique=True))
def test_without_repetition_nothing_is_furniture(lines: list[str]) -> None:
    assert among_lines(lines) == set()
    assert at_edges(lines, [list(range(len(lines) // 2)), list(range(len(lines) // 2, len(lines)))]) == set()


@given(st.lists(st.lists(WORDS, min_size=4, max_size=8), min_size=3, max_size=12), st.integers(1, 50))
def test_headers_and_numbers_are_found_on_all_pages(pages: list[list[str]], first: int) -> None:
    lines: list[str] = []
    numbers: list[list[int]] = []
    for n, page in enumerate(pages):
        begin = len(lines)
        lines += ["青禾区人民政府公报", *(f"{n}{i}{text}，" for i, text in enumerate(page)), f"— {first + n} —"]
        numbers.append(list(range(begin, len(lines))))
    found = {i for page in numbers for i in (page[0], page[-1])}
    assert at_edges(lines, numbers) == found


@given(st.integers(1, 3), st.lists(st.integers(1, 300), min_size=5, max_size=60))
def test_short_cells_are_never_numbers_of_pages(first: int, values: list[int]) -> None:
    cells = [text for n, value in enumerate(values, first) for text in (str(n), "某项比例（%）", str(value))]
    assert among_lines(cells) == set()


def paged(lasts: list[str]) -> tuple[list[str], list[list[int]]]:
    """Pages of two lines, of which the last is given, and which lines each has."""
    lines = [line for n, last in enumerate(lasts) for line in (f"到{n}年{SENTENCE}", last)]
    return lines, [[2 * n, 2 * n + 1] for n in range(len(lasts))]


@pytest.mark.parametrize(
    ("numbered", "pages", "dropped"),
    [((3, 4), 10, 0), ((3, 4, 5), 10, 3), ((1, 2), 4, 2), ((1,), 4, 0), ((0,), 1, 1)],
)
def test_bare_numbers_are_those_of_pages_where_enough_pages_have_them(
    numbered: tuple[int, ...], pages: int, dropped: int
) -> None:
    lasts = [str(n + 1) if n in numbered else f"第{n}项内容，{SENTENCE}。" for n in range(pages)]
    assert len(at_edges(*paged(lasts))) == dropped


@pytest.mark.parametrize(
    ("headed", "pages", "runs"),
    [
        ((0, 1), 2, True),
        ((0, 2), 3, True),
        ((0, 3), 4, False),
        ((0, 1, 3), 4, True),
        ((0, 3, 6, 9), 10, True),
        ((0, 4, 9), 10, False),
        ((0, 4, 7, 10), 11, False),
        ((5, 6, 9), 10, True),
        ((5, 9, 14), 20, False),
        ((0,), 3, False),
        ((0, 1, 2), 10, True),
    ],
)
def test_a_line_runs_over_the_pages_where_enough_of_those_that_it_spans_have_it(
    headed: tuple[int, ...], pages: int, runs: bool
) -> None:
    lasts = ["青禾区人民政府公报" if n in headed else f"第{n}项内容，{SENTENCE}。" for n in range(pages)]
    assert at_edges(*paged(lasts)) == ({2 * n + 1 for n in headed} if runs else set())


@pytest.mark.parametrize(("apart", "dropped"), [(100, {1, 3, 5, 7, 9}), (20, {1, 3, 5, 7})])
def test_once_numbers_are_known_as_those_of_pages_a_page_may_be_short(apart: int, dropped: set[int]) -> None:
    pages = [
        SENTENCE * 8,
        "1",
        SENTENCE * 8,
        "2",
        SENTENCE * 8,
        "3",
        SENTENCE * 8,
        "4",
        "实" * apart,
        "5",
        "再上台阶。",
    ]
    assert among_lines(pages) == dropped


def test_a_running_line_without_a_number_at_the_end_of_the_text_goes_too(tmp_path: Path) -> None:
    page = "{n}年{s}\n青禾区人民政府公报\n- {n} -\n"
    text = "".join(page.format(s=SENTENCE, n=n) for n in range(1, 5)) + "完。\n青禾区人民政府公报"
    assert texts(of(tmp_path, text)) == [*(f"{n}年{SENTENCE}" for n in range(1, 5)), "完。"]


@pytest.mark.parametrize(("pages", "cut", "left"), [(2, 1, 3), (2, 2, 1), (3, 1, 4), (3, 2, 1), (3, 3, 1)])
def test_a_title_that_repeats_is_no_text_where_it_cuts_two_sentences(
    tmp_path: Path, pages: int, cut: int, left: int
) -> None:
    parts = [f"{SENTENCE}{'，' if n < cut else '。'}\n{TITLE}\n持续改善，成效明显。\n" for n in range(pages)]
    document = of(tmp_path, f"{TITLE}\n说明如下。\n{''.join(parts)}")
    assert texts(document).count(TITLE) == left


@pytest.mark.parametrize(
    ("lines", "index", "cut"),
    [
        ([SENTENCE, "3", "再上台阶。"], 1, True),
        ([f"{SENTENCE}。", "3", "再上台阶。"], 1, False),
        ([SENTENCE, "3", "二、再上台阶。"], 1, False),
        ([SENTENCE, "3", "主要目标"], 1, False),
        (["3", "再上台阶。", SENTENCE], 0, False),
        ([SENTENCE, "再上台阶。", "3"], 2, False),
        (["人民群众和妇女儿童和", "3", "再上台阶。"], 1, True),
        (["人民群众和妇女儿童", "3", "再上台阶。"], 1, False),
    ],
)
def test_a_line_cuts_a_sentence_that_goes_on_behind_it(lines: list[str], index: int, cut: bool) -> None:
    assert cuts(lines, index) is cut


def test_the_number_in_a_running_line_is_left_out_of_what_its_occurrences_share_unless_it_is_long() -> None:
    assert [key_of(f"{'健' * signs}3") for signs in (29, 30)] == [f"{'健' * 29}#", f"{'健' * 30}3"]


@pytest.mark.parametrize(("lines", "gone"), [(3, 3), (4, 3)])
@pytest.mark.parametrize("end", ["head", "foot"])
def test_three_lines_at_each_end_of_a_page_may_be_furniture(lines: int, gone: int, end: str) -> None:
    running = [f"{'甲乙丙丁'[n]}区人民政府公报" for n in range(lines)]
    texts: list[str] = []
    pages: list[list[int]] = []
    for n in range(5):
        own = [f"第{n}项内容，{SENTENCE}。"] * 2
        page = [*running, *own] if end == "head" else [*own, *running]
        pages.append(list(range(len(texts), len(texts) + len(page))))
        texts += page
    kept = running[gone:] if end == "head" else running[: lines - gone]
    assert {texts[i] for page in pages for i in page if i not in at_edges(texts, pages)} & {*running} == {*kept}


@pytest.mark.parametrize(
    ("lasts", "dropped"), [(["i", "ii", "", "v"], 2), (["- iv -", "V", "", "", "", "IX"], 2), (["i", "", "ii"], 0)]
)
def test_a_roman_number_is_one_of_pages_beside_another(lasts: list[str], dropped: int) -> None:
    lines, pages = paged([last or f"第{n}项内容，{SENTENCE}。" for n, last in enumerate(lasts)])
    assert len(at_edges(lines, pages)) == dropped


@pytest.mark.parametrize(
    ("pages", "elsewhere", "runs"),
    [(3, 2, True), (4, 2, True), (4, 3, False), (8, 4, True), (8, 5, False), (9, 4, True)],
)
def test_a_line_that_stands_within_pages_too_runs_over_them_where_it_is_at_their_edge_more_often(
    pages: int, elsewhere: int, runs: bool
) -> None:
    lines, numbers = paged(["青禾区人民政府公报"] * pages)
    inside = list(range(len(lines), len(lines) + elsewhere + 2))
    lines += ["最后一页", *["青禾区人民政府公报"] * elsewhere, "完。"]
    assert at_edges(lines, [*numbers, inside]) == ({2 * n + 1 for n in range(pages)} if runs else set())


@pytest.mark.parametrize(
    ("lines", "do"),
    [
        (["云汀县", "妇女", "发展", "规划"], True),
        (["云汀县", "妇女", "发展", "规", "划"], False),
        (["目录", "云汀县", "云汀县妇女", "发展规划"], True),
        (["", "云汀县妇女发展规划"], True),
        (["云汀县", "", "妇女发展规划"], True),
        (["云汀县妇女发展"], False),
        (["妇女发展规划"], False),
        ([], False),
    ],
)
def test_a_title_stands_on_one_line_or_on_up_to_four(lines: list[str], do: bool) -> None:
    assert stands(TITLE, list(enumerate(lines))) is do


@pytest.mark.parametrize(
    ("lines", "dropped"),
    [
        (["- 1 -", SENTENCE, "- 2 -", SENTENCE], {0, 2}),
        (["- 1 -", SENTENCE, "- 3 -", SENTENCE], {0, 2}),
        (["- 1 -", SENTENCE, "- 4 -", SENTENCE], set()),
        (["- 2 -", SENTENCE, "- 2 -", SENTENCE], set()),
        (["- 2 -", SENTENCE, "- 1 -", SENTENCE], set()),
        (["- 1 -", SENTENCE], set()),
        ([SENTENCE, "- 1 -"], {1}),
        (["第1页", SENTENCE], {0}),
    ],
)
def test_a_decorated_number_is_one_of_pages_beside_the_next_or_at_the_end(lines: list[str], dropped: set[int]) -> None:
    assert among_lines(lines) == dropped


def numbered(*sizes: int, first: int = 1, end: str = "") -> list[str]:
    """Bare numbers that count up, each behind text of a size, and what follows the last."""
    texts = [text for n, size in enumerate(sizes, first) for text in ("实" * size + end, str(n))]
    return [*texts, "再上台阶。"]


@pytest.mark.parametrize(
    ("lines", "dropped"),
    [
        (numbered(10, 199, 199), {1, 3, 5}),
        (numbered(10, 198, 199), set()),
        (numbered(10, 199, 198), set()),
        (numbered(10, 199), set()),
        (numbered(10, 50, 199, 199), set()),
        (numbered(10, 199, 199, end="。"), set()),
        (numbered(10, 199, 199, 100), set()),
        (numbered(10, 199, 199, 199, 39), {1, 3, 5, 7, 9}),
        (numbered(10, 199, 199, 199, 38), {1, 3, 5, 7}),
        ([*numbered(10, 199, 199)[:-1], *numbered(199, 199, 199, first=7)], {1, 3, 5, 7, 9, 11}),
        ([*numbered(10, 199, 199)[:-1], *numbered(199, first=7)], {1, 3, 5}),
        ([*numbered(10, 199, 199, 199)[:-1], "实" * 300, "9", *numbered(60, first=5)], {1, 3, 5, 7}),
    ],
)
def test_three_bare_numbers_in_a_row_that_stand_far_apart_and_cut_a_sentence_are_those_of_pages(
    lines: list[str], dropped: set[int]
) -> None:
    assert among_lines(lines) == dropped


def pages_of(pages: int, inside: int = 0) -> list[str]:
    """A line above each number of a page, and elsewhere too."""
    numbered = [text for n in range(pages) for text in (f"第{n}项，{SENTENCE}。", "青禾区人民政府公报", f"— {n} —")]
    return [*numbered, *["健全制度。", "青禾区人民政府公报"] * inside, "完。"]


@pytest.mark.parametrize(
    ("pages", "inside", "found"), [(3, 0, 3), (2, 0, 0), (3, 3, 6), (3, 4, 0), (4, 4, 8), (4, 5, 0)]
)
def test_what_stands_beside_three_numbers_of_pages_is_furniture_wherever_it_stands(
    pages: int, inside: int, found: int
) -> None:
    lines = pages_of(pages, inside)
    numbers = {n for n, text in enumerate(lines) if "—" in text}
    assert len(beside(lines, numbers)) == found


def test_a_bare_number_where_the_line_beside_it_has_numbers_of_pages_is_one() -> None:
    lines = pages_of(5)
    numbers = {n for n, text in enumerate(lines) if "—" in text}
    lines[8] = "3"
    assert beside(lines, numbers - {8}) == {1, 4, 7, 8, 10, 13}


def test_a_text_begins_and_ends_with_a_page() -> None:
    line = "青禾区人民政府公报"
    head = [line, SENTENCE, "— 1 —", line, SENTENCE, "— 2 —", line, "完。"]
    assert (beside(head, {2, 5}), beside(head[::-1], {2, 5})) == ({0, 3, 6}, {1, 4, 7})
    assert (beside(head[1:], {1, 4}), beside(head[:0:-1], {2, 5})) == (set(), set())


@pytest.mark.parametrize(
    ("known", "side", "found"),
    [((0, 2, 4), 1, {1, 3, 5, 7, 9}), ((0, 2), 1, set()), ((0, 2, 4), -1, set()), ((2, 4, 6), -1, {1, 3, 5, 7})],
)
def test_a_bare_number_beside_a_running_line_is_one_of_a_page_where_most_are(
    known: tuple[int, ...], side: int, found: set[int]
) -> None:
    texts = [text for n in range(5) for text in ("青禾区人民政府公报", str(n))]
    lines = range(0, 10, 2)
    assert numbers_beside(texts, {line + side for line in known}, lines, side) == found
    assert numbers_beside(texts[:-1], {line + side for line in known}, lines, side) == found - {9}
    assert numbers_beside(texts[1:], {2, 4, 6}, range(1, 8, 2), -1) == {0, 2, 4, 6}


def repeated(line: str, before: Sequence[int], cut: int) -> list[str]:
    """A line behind texts of these sizes, of which the first go on behind it."""
    texts = [
        text
        for n, size in enumerate(before)
        for text in ("实" * (size - 1) + ("，" if n < cut else "。"), line, "再上台阶。")
    ]
    return [*texts, "完。"]


@pytest.mark.parametrize(
    ("line", "before", "cut", "runs"),
    [
        ("青禾区人民政府公报", [66, 66, 66], 3, True),
        ("青禾区人民政府公报", [66, 65, 65], 3, False),
        ("青禾区人民政府公报", [66, 66], 2, False),
        ("青禾区人民政府公报", [66, 66, 66], 2, True),
        ("青禾区人民政府公报", [66, 66, 66], 1, False),
        ("青禾区人民政府公报", [66] * 6, 2, True),
        ("青禾区人民政府公报", [66] * 7, 2, False),
        ("青禾区人民政府公报", [66] * 7, 3, True),
        ("青禾区人民政府公报", [66, 600, 66, 186], 4, True),
        ("青禾区人民政府公报", [66, 600, 66, 187], 4, False),
        ("青禾区人民政府公报", [66, 66, 600], 3, True),
        ("县规划", [12, 12, 12], 3, True),
        ("县规划", [12, 11, 11], 3, False),
        ("县规划", [12, 12, 600, 12], 3, True),
    ],
)
def test_a_line_that_cuts_sentences_again_and_again_runs_over_pages_a_title_at_any_distances(
    line: str, before: list[int], cut: int, runs: bool
) -> None:
    lines = repeated(line, before, cut)
    assert cutting(lines, set()) == ({n for n, text in enumerate(lines) if text == line} if runs else set())
    assert cutting(["- 1 -", *lines], {0}) == ({n + 1 for n in cutting(lines, set())})

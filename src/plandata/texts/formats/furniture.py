"""The furniture of pages: page numbers, and headers and footers that repeat; told from lines that repeat by right.

A number alone may be a cell of a table that lost its frame, and 主要目标 stands in a plan twenty times: so a bare
number is one of a page only where it counts up from page to page, and a line that repeats is furniture only where it
repeats at the edge of pages or cuts sentences.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise
from statistics import median

from plandata.text import normalise
from plandata.texts.formats.numbering import STARTS

# Lines from the edge of a page that may be furniture: a header of two lines and a number.
EDGE = 3
DASH = "[-—–―‐‑−─━ー~·•.|]"
DECORATED = (
    re.compile(rf"{DASH}+(\d{{1,4}}){DASH}+"),
    re.compile(r"第?(\d{1,4})页?[/共，,]*(?:共?\d{1,4}页|/\d{1,4})"),
    re.compile(r"共\d{1,4}页[,/]?第(\d{1,4})页"),
    re.compile(r"第(\d{1,4})页"),
    re.compile(r"(?:page|p\.?)(\d{1,4})(?:(?:of|/)\d{1,4})?", re.IGNORECASE),
)
BARE = re.compile(r"(\d{1,4})")
ROMAN = re.compile(rf"{DASH}*([ivxIVX]{{1,5}}){DASH}*")
# Lines by which plans are divided and which each of their parts has; they end a heading or a label.
STRUCTURE = re.compile(
    r"[【〔\[(]?.{0,6}(?:目标|措施|任务|举措|要求|单位|项目|内容|指标|保障|机制|原则|思想|领域|序号|名称|类别)[】〕\])]?:?|目录|附件\d*"
)
LABELLED = re.compile(r"[(【\[]|[^,。]{1,12}:")
ENDS = "。;!?:,、…)】》"
SENTENCE_END = "。;!?:…)】"
TITLE = re.compile(r".*(?:规划|纲要|计划|方案|通知|意见)(?:\(.*\)|\d.*)?")
LONGEST, LONGEST_NUMBERED, SHORTEST = 40, 30, 3
PAGE_IN_LINE = re.compile(
    rf"^{DASH}*\d{{1,4}}{DASH}*(?![\d年月日.%])|(?<![\d.—]){DASH}*\d{{1,4}}{DASH}*$|(?<=[第共])\d{{1,4}}(?=页)"
)
# Signs between two bare numbers of pages of a text without pages; cells of a table are closer together.
PAGE_SIGNS, SHORT_PAGE_SIGNS = 200, 40
CUT_SIGNS = 10


def page_number(text: str) -> tuple[int, bool] | None:
    """The number of a page that a line says and nothing else, and whether it is decorated; None for other lines.

    >>> page_number("— 3 —"), page_number("第 3 页 共 20 页"), page_number("3"), page_number("3.5")
    ((3, True), (3, True), (3, False), None)
    """
    if len(text) > 40:
        return None
    plain = normalise(text)
    for form in DECORATED:
        found = form.fullmatch(plain)
        if found:
            return int(found[1]), True
    bare = BARE.fullmatch(plain)
    return (int(bare[1]), False) if bare else None


def key_of(text: str) -> str:
    """What the occurrences of a running line share: all but the number of a page at one of its ends.

    >>> key_of("云汀县妇女发展规划 - 3 -"), key_of("2022年公报 第3页")
    ('云汀县妇女发展规划#', '2022年公报第#页')
    """
    plain = normalise(text)
    if len(plain) > LONGEST_NUMBERED:
        return plain
    return PAGE_IN_LINE.sub("#", plain)


def may_run(text: str) -> bool:
    """Whether a line may be a header or footer by its words: no sentence, item, label or heading that plans repeat.

    >>> may_run("云汀县妇女发展规划"), may_run("主要目标："), may_run("责任单位：县教育局"), may_run("（一）总体目标")
    (True, False, False, False)
    >>> may_run("工负责〕")
    False
    """
    plain = normalise(text)
    # The rest of a note that lines cut repeats where bodies do.
    if sum(map(plain.count, ")]】〕")) > sum(map(plain.count, "([【〔")):
        return False
    if not SHORTEST <= len(plain) <= LONGEST or STRUCTURE.fullmatch(plain) or STARTS.match(text):
        return False
    is_title = TITLE.fullmatch(plain) is not None
    return is_title or (
        plain[-1] not in ENDS and not LABELLED.match(plain) and re.search(r"[^\W\d]", plain) is not None
    )


def at_edges(
    texts: Sequence[str], pages: Sequence[Sequence[int]], allowed: Callable[[int], bool] = lambda index: True
) -> set[int]:
    """Which lines are furniture, told by their place at the edge of pages.

    pages holds for each page which lines it has, from its top; allowed says whether a line may be furniture by where
    it stands, where a format knows. Of a title that runs the first stays where it stands nowhere else.
    """
    dropped: set[int] = set()
    for end in (0, -1):
        for _ in range(EDGE):
            outer = {
                number: left[end]
                for number, page in enumerate(pages)
                if (left := [i for i in page if i not in dropped]) and allowed(left[end])
            }
            found = numbers_at(texts, outer, len(pages)) | running_at(texts, outer, len(pages))
            if not found:
                break
            dropped |= found
    return dropped - first_titles(texts, dropped)


def numbers_at(texts: Sequence[str], outer: dict[int, int], pages: int) -> set[int]:
    """The page numbers among the outermost lines of pages; bare ones must count up with the pages."""
    found: set[int] = set()
    bare: dict[int, list[int]] = defaultdict(list)
    for page, index in outer.items():
        number = page_number(texts[index])
        if number and number[1]:
            found.add(index)
        elif number:
            bare[number[0] - page].append(index)
    for indexes in bare.values():
        if len(indexes) >= max(2, 0.3 * pages) or pages == 1:
            found.update(indexes)
    romans = {page: index for page, index in outer.items() if ROMAN.fullmatch(normalise(texts[index]))}
    return found | {index for page, index in romans.items() if {page - 1, page + 1} & romans.keys()}


def running_at(texts: Sequence[str], outer: dict[int, int], pages: int) -> set[int]:
    """The headers or footers among the outermost lines: those of most pages from the first to the last of them."""
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for page, index in outer.items():
        if may_run(texts[index]):
            groups[key_of(texts[index])].append((page, index))
    everywhere: dict[str, int] = defaultdict(int)
    for text in texts:
        everywhere[key_of(text) if len(text) <= 2 * LONGEST else ""] += 1
    found: set[int] = set()
    for key, places in groups.items():
        reach = places[-1][0] - places[0][0] + 1
        enough = len(places) >= (3 if pages > 3 else 2) and len(places) >= 0.4 * reach
        elsewhere = everywhere[key] - len(places)
        if enough and elsewhere <= max(2, len(places) // 2):
            found.update(index for _, index in places)
    return found


def first_titles(texts: Sequence[str], dropped: Iterable[int]) -> set[int]:
    """The first occurrences of titles that run over the pages, where the title would be gone without them."""
    gone = set(dropped)
    groups: dict[str, int] = {}
    for index in sorted(gone):
        groups.setdefault(key_of(texts[index]), index)
    titles = {index for index in groups.values() if TITLE.fullmatch(normalise(texts[index]))}
    left = [(i, normalise(text)) for i, text in enumerate(texts) if i not in gone and len(text) <= LONGEST]
    return {index for index in titles if not stands(normalise(texts[index]), left)}


def stands(title: str, lines: Sequence[tuple[int, str]]) -> bool:
    """Whether a title stands among lines, on one or broken into some."""
    for at, (_, first) in enumerate(lines):
        if not title.startswith(first):
            continue
        text = ""
        for _, line in lines[at : at + 4]:
            text += line
            if text == title:
                return True
    return False


def among_lines(texts: Sequence[str]) -> set[int]:
    """Which lines of a text without pages are furniture: numbers that count up, what repeats beside them or cuts."""
    numbers = counting_numbers(texts)
    dropped = set(numbers)
    for _ in range(EDGE):
        found = beside(texts, dropped) if dropped else set()
        if not found:
            break
        dropped |= found
    dropped |= cutting(texts, dropped)
    return dropped - first_titles(texts, dropped)


def counting_numbers(texts: Sequence[str]) -> set[int]:
    """The numbers of pages among the lines of a text.

    A decorated one counts up with another; a bare one with two others, each a page apart, of which one cuts a sentence.
    """
    told = [(i, number) for i, text in enumerate(texts) if (number := page_number(text))]
    decorated = [(i, value) for i, (value, is_decorated) in told if is_decorated]
    found = {i for pair in pairwise(decorated) if 0 < pair[1][1] - pair[0][1] <= 2 for i, _ in pair}
    found |= {i for i, _ in decorated if i == len(texts) - 1 or "页" in texts[i]}
    return found | bare_numbers(texts, [(i, value) for i, (value, is_decorated) in told if not is_decorated])


def bare_numbers(texts: Sequence[str], bare: Sequence[tuple[int, int]]) -> set[int]:
    """The bare numbers that are those of pages: three and more that count up one by one, all far apart.

    Once they are known, the pages behind them may be shorter.
    """
    sizes = [0, *accumulate(map(len, texts))]
    found: set[int] = set()
    chain: list[int] = []
    for at, (index, value) in enumerate(bare):
        counts_on = bool(chain) and value == bare[chain[-1]][1] + 1
        around = [abs(sizes[index] - sizes[bare[n][0]]) for n in (at - 1, at + 1) if 0 <= n < len(bare)]
        is_alone = all(distance >= PAGE_SIGNS for distance in around)
        is_next = counts_on and len(chain) >= 3 and chain[-1] == at - 1 and around[0] >= SHORT_PAGE_SIGNS
        if not (is_alone or is_next):
            continue
        if not counts_on:
            found |= chain_of_pages(texts, bare, chain)
            chain = []
        chain.append(at)
    return found | chain_of_pages(texts, bare, chain)


def chain_of_pages(texts: Sequence[str], bare: Sequence[tuple[int, int]], chain: Sequence[int]) -> set[int]:
    """The lines of a chain of numbers, if it is one of pages: three and more, one of which cuts a sentence."""
    indexes = {bare[at][0] for at in chain}
    return indexes if len(chain) >= 3 and any(cuts(texts, index) for index in indexes) else set()


def beside(texts: Sequence[str], dropped: set[int]) -> set[int]:
    """The lines that repeat next to what is known as furniture, three times on the same side of it.

    The text begins and ends with a page, too.
    """
    found: set[int] = set()
    everywhere: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        everywhere[key_of(text) if len(text) <= 2 * LONGEST else ""].append(index)
    for side, edge in ((-1, len(texts)), (1, -1)):
        groups: dict[str, list[int]] = defaultdict(list)
        for index in sorted({*dropped, edge}):
            near = index + side
            if 0 <= near < len(texts) and near not in dropped and may_run(texts[near]):
                groups[key_of(texts[near])].append(near)
        for key, indexes in groups.items():
            if len(indexes) >= 3 and len(everywhere[key]) <= 2 * len(indexes):
                found.update(everywhere[key])
                found |= numbers_beside(texts, dropped, everywhere[key], -side)
    return found - dropped


def numbers_beside(texts: Sequence[str], dropped: set[int], lines: Sequence[int], side: int) -> set[int]:
    """The bare numbers next to a running line, on the side where most of its occurrences have the number of a page."""
    near = [line + side for line in lines if 0 <= line + side < len(texts)]
    if sum(index in dropped for index in near) < 0.6 * len(near):
        return set()
    return {index for index in near if page_number(texts[index])}


def cutting(texts: Sequence[str], dropped: set[int]) -> set[int]:
    """The lines that repeat and cut sentences: a title wherever it does, another line only at regular distances."""
    left = [i for i in range(len(texts)) if i not in dropped]
    groups: dict[str, list[int]] = defaultdict(list)
    for at, index in enumerate(left):
        if may_run(texts[index]):
            groups[key_of(texts[index])].append(at)
    kept = [texts[i] for i in left]
    sizes = [0, *accumulate(map(len, kept))]
    found: set[int] = set()
    for places in groups.values():
        cut = [at for at in places if cuts(kept, at)]
        if len(places) < 3 or len(cut) < 2 or len(cut) < 0.4 * (len(places) - 1):
            continue
        apart = [sizes[b] - sizes[a] for a, b in pairwise(places)]
        title = TITLE.fullmatch(normalise(kept[places[0]])) is not None
        if median(apart) >= (20 if title else 80) and (
            title or max(apart[1:] or apart) <= 2.5 * min(apart[1:] or apart)
        ):
            found.update(left[at] for at in places)
    return found


def cuts(texts: Sequence[str], index: int) -> bool:
    """Whether a line stands within a sentence: the line before ends none, and the one behind begins nothing."""
    if not 0 < index < len(texts) - 1:
        return False
    before, after = normalise(texts[index - 1]), texts[index + 1]
    if len(before) < CUT_SIGNS or before[-1] in SENTENCE_END or not normalise(after):
        return False
    return not (STARTS.match(after) or STRUCTURE.fullmatch(normalise(after)))

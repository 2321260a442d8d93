"""One plan printed in many layouts: other numbers, headings, notes, widths of lines, with what pages add.

Readers of texts are held to this: whatever the layout, the plan that is read is the same.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

DIGITS = ["", *"一二三四五六七八九"]


def numeral(number: int) -> str:
    """A number below 1,000 in Chinese numerals."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{DIGITS[hundreds]}百" if hundreds else ""
    if not tens:
        return head + ("零" if hundreds and ones else "") + DIGITS[ones]
    return head + ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十" + DIGITS[ones]


STYLES = {
    "part": lambda n: f"第{numeral(n)}部分 ",
    "chapter": lambda n: f"第{numeral(n)}章　",
    "section": lambda n: f"第{numeral(n)}节 ",
    "article": lambda n: f"第{numeral(n)}条　",
    "numeral": lambda n: f"{numeral(n)}、",
    "(numeral)": lambda n: f"（{numeral(n)}）",
    "digit.": lambda n: f"{n}.",
    "wide": lambda n: f"{n}．",
    "digit、": lambda n: f"{n}、",
    "digit)": lambda n: f"{n}）",
    "(digit)": lambda n: f"（{n}）",
    "ring": lambda n: chr(ord("①") + n - 1) if n <= 20 else f"（{n}）",
    "is": lambda n: f"{numeral(n)}是",
    "goal": lambda n: f"目标{n}：",
    "measure": lambda n: f"措施{n}：",
    "◆": lambda n: "◆",
    "●": lambda n: "● ",
    "—": lambda n: "——",
    "none": lambda n: "",
}


@dataclass
class Source:
    """What a plan says without a layout: domains as (title, population, goals, measures), each item with its note."""

    title: str
    overall: str
    domains: list[tuple[str, str, list[tuple[str, str]], list[tuple[str, str]]]]
    projects: list[str] = field(default_factory=list)
    implementation: list[str] = field(default_factory=list)
    monitoring: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Layout:
    """How a plan is printed; the defaults are the most common layout."""

    section: str = "numeral"
    domain: str = "(numeral)"
    block: str = "none"
    goal: str = "digit."
    measure: str = "digit."
    goals_head: str = "主要目标："
    measures_head: str = "策略措施："
    domains_head: str = "发展领域、主要目标和策略措施"
    implementation_head: str = "组织实施"
    monitoring_head: str = "监测评估"
    project_head: str = "重点实事项目"
    note: str = "（{}）"
    continuous: bool = False
    one_paragraph: bool = False
    sentences: bool = False
    width: int = 0
    wide_digits: bool = False
    spaced: bool = False
    contents: bool = False
    header: bool = False
    web: bool = False
    title_lines: bool = False
    unwrapped_domains: bool = False
    apart: bool = False


def printed(source: Source, layout: Layout, seed: int = 0) -> list[str]:
    """The paragraphs of a plan in a layout."""
    made = list(body(source, layout))
    if layout.contents:
        made = ["目 录", *(line for line in made if is_heading(line, source)), *made]
    title = [source.title]
    if layout.title_lines:
        place, _, rest = source.title.partition("妇女" if "妇女" in source.title else "儿童")
        title = [place, ("妇女" if "妇女" in source.title else "儿童") + rest]
    made = [*title, "我县的工作走过了五年，成绩很大。", *made]
    if layout.sentences:
        made = [sentence for line in made for sentence in sentences(line)]
    if layout.spaced:
        made = [spaced(line, random.Random(seed)) for line in made]
    if layout.wide_digits:
        made = [line.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}) for line in made]
    if layout.width:
        made = [cut for line in made for cut in wrapped(line, layout.width)]
    if layout.header:
        made = with_headers(made, source.title)
    if layout.web:
        made = [
            "首页 > 政务公开 > 规划计划",
            "索引号：000014349/2023",
            "字体：大 中 小",
            *made,
            "扫一扫在手机打开当前页",
            "【打印本页】 【关闭窗口】",
        ]
    return made


def is_heading(line: str, source: Source) -> bool:
    return len(line) < 30 and line[-1] not in "。；）" and "：" not in line


def sentences(line: str) -> Iterator[str]:
    start = 0
    for i, char in enumerate(line):
        if char == "。" and i + 1 < len(line) and line[i + 1] not in "（)）":
            yield line[start : i + 1]
            start = i + 1
    yield line[start:]


def spaced(line: str, chance: random.Random) -> str:
    return "".join(char + (" " if chance.random() < 0.1 else "") for char in line)


def wrapped(line: str, width: int) -> list[str]:
    indented = "　　" + line
    return [indented[i : i + width] for i in range(0, len(indented), width)]


def with_headers(lines: Sequence[str], title: str) -> list[str]:
    made: list[str] = []
    for i, line in enumerate(lines):
        if i and i % 23 == 0:
            made += [f"- {i // 23} -", title]
        made.append(line)
    return made


def body(source: Source, layout: Layout) -> Iterator[str]:
    count = 1

    def section(title: str) -> str:
        nonlocal count
        count += 1
        return STYLES[layout.section](count - 1) + title

    yield section("指导思想")
    yield "以人为本，稳步推进。"
    yield section("总体目标")
    yield source.overall
    counters = {"goal": 0, "measure": 0}
    if layout.apart:
        for head, only in ((layout.goals_head, "goal"), (layout.measures_head, "measure")):
            yield section(head.strip("：【】"))
            yield from domains(source, layout, counters, only)
    elif layout.unwrapped_domains:
        for title, _, goals, measures in source.domains:
            yield section(title)
            yield from domain(layout, goals, measures, counters)
    else:
        yield section(layout.domains_head)
        yield from domains(source, layout, counters)
    for head, items in (
        (layout.project_head, source.projects),
        (layout.implementation_head, source.implementation),
        (layout.monitoring_head, source.monitoring),
    ):
        if items:
            yield section(head)
            style = layout.domain if layout.domain not in ("none",) else "(numeral)"
            for n, item in enumerate(items, 1):
                yield STYLES[style](n) + item


def domains(source: Source, layout: Layout, counters: dict[str, int], only: str = "") -> Iterator[str]:
    for n, (title, _, goals, measures) in enumerate(source.domains, 1):
        head = STYLES[layout.domain](n) + title
        parts = list(domain(layout, goals, measures, counters, only))
        if layout.one_paragraph:
            yield head + ("。" if head[-1] not in "。：" else "") + "".join(parts)
        else:
            yield head
            yield from parts


def domain(
    layout: Layout,
    goals: list[tuple[str, str]],
    measures: list[tuple[str, str]],
    counters: dict[str, int],
    only: str = "",
) -> Iterator[str]:
    blocks = [
        ("goal", layout.goals_head, layout.goal, goals),
        ("measure", layout.measures_head, layout.measure, measures),
    ]
    n = 0
    for kind, head, style, items in blocks:
        if (only and kind != only) or not items:
            continue
        n += 1
        if head and not only:
            yield STYLES[layout.block](n) + head
        if not layout.continuous:
            counters[kind] = 0
        for text, note in items:
            counters[kind] += 1
            line = STYLES[style](counters[kind]) + text
            if not note:
                yield line
            elif layout.note == "line":
                yield line
                yield from note.split("；")
            else:
                yield line + layout.note.format(note)

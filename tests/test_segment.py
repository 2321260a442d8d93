"""The segmenter on the five real texts (when their folder is named) and on invented texts in the same layouts."""

import os
from pathlib import Path

import pytest

from plandata.text import fingerprint
from plandata.texts.formats.document import Line, Place
from plandata.texts.marks import Mark, mark, plain, printed, worth
from plandata.texts.paragraphs import Paragraph, goes_on
from plandata.texts.roles import population_of, section_kind
from plandata.texts.segment import (
    Item,
    Plan,
    clauses,
    contents_end,
    entry,
    heads,
    is_title,
    same_domain,
    segment,
    titled,
    with_notes,
    without_contents,
    wording,
)
from plandata.texts.tables import table_rows

TEXTS = Path(__file__).parent / "texts"

# Counted in the texts by their printed numbers: per plan the goals/measures of each domain, then the
# indicator lines, projects, implementation and monitoring items. Every plan has one overall objective.
COUNTED = {
    "changping-2021": [
        ("both", "7/6 5/5 8/7 9/5 7/6 7/6 7/7 8/7 9/9 5/7 7/8 7/8 7/7 5/6 7/8", (0, 0, 7, 6)),
    ],
    "baodi-2021": [
        ("women", "10/12 11/9 10/13 12/9 10/11 9/10 10/12 9/12", (0, 0, 3, 0)),
        ("children", "12/15 11/8 9/13 11/13 9/9 9/10 10/10", (0, 0, 3, 0)),
    ],
    "jiaxing-2021": [
        ("women", "0/7 0/8 0/7 0/8 0/7 0/7 0/12 0/6", (21, 5, 5, 0)),
        ("children", "0/7 0/9 0/6 0/4 0/7 0/13 0/6", (19, 6, 5, 0)),
    ],
    "weining-2021": [
        ("women", "10/13 9/9 7/10 6/8 10/10 10/11 9/10 9/12 9/12", (0, 0, 12, 5)),
        ("children", "12/12 10/12 11/16 10/14 10/10 8/11 9/14", (0, 0, 12, 5)),
    ],
    "liaocheng-2021": [
        ("women", "9/13 12/13 10/13 12/10 8/11 10/13 9/10 9/10", (0, 0, 10, 5)),
        ("children", "12/14 8/11 7/12 8/11 11/14 9/9 7/9", (0, 0, 10, 5)),
    ],
}


@pytest.fixture(scope="module")
def real_texts() -> dict[str, str]:
    """The real texts by document id, told by their fingerprints."""
    import plandata

    folder = os.environ.get("PLANDATA_SOURCES")
    if not folder:
        pytest.skip("PLANDATA_SOURCES names no folder with the texts of the documents")
    known = dict(plandata.open()["documents"].select("sha256", "document_id").iter_rows())
    texts = [path.read_text(encoding="utf-8") for path in Path(folder).iterdir() if path.suffix == ".txt"]
    return {known[fingerprint(text)]: text for text in texts if fingerprint(text) in known}


def counts(plan: Plan) -> tuple[str, str, tuple[int, ...]]:
    def number(kind: str, domain: int) -> int:
        return sum(item.kind == kind and item.domain == domain for item in plan.items)

    domains = " ".join(f"{number('goal', i)}/{number('measure', i)}" for i in range(len(plan.domains)))
    rest = tuple(len(plan.of_kind(kind)) for kind in ("indicator", "project", "implementation", "monitoring"))
    return plan.population, domains, rest


@pytest.mark.parametrize("document", COUNTED)
def test_counts_of_a_real_text(real_texts: dict[str, str], document: str) -> None:
    plans = segment(real_texts[document])
    assert [counts(plan) for plan in plans] == COUNTED[document]
    assert [len(plan.of_kind("overall")) for plan in plans] == [1] * len(plans)


@pytest.mark.parametrize("document", COUNTED)
def test_numbers_of_a_real_text_run_without_repetition(real_texts: dict[str, str], document: str) -> None:
    for plan in segment(real_texts[document]):
        for kind in ("goal", "measure"):
            for domain in range(len(plan.domains)):
                numbers = [int(i.number) for i in plan.items if (i.kind, i.domain) == (kind, domain)]
                assert numbers == sorted(set(numbers))
                lost = set(range(1, len(numbers) + 1)) - set(numbers)
                assert not lost or (document, kind, lost) == ("weining-2021", "goal", {5})


def outline(name: str) -> list[str]:
    """The items of an invented text, a line each: population, kind, domain and number."""
    return [
        f"{plan.population} {item.kind} {'' if item.domain is None else plan.domains[item.domain].title}{item.number}"
        for plan in read(name)
        for item in plan.items
    ]


def read(name: str) -> list[Plan]:
    return segment((TEXTS / f"{name}.txt").read_text(encoding="utf-8"))


def test_one_combined_plan_with_headings_without_colon() -> None:
    assert outline("combined") == [
        "both overall ",
        *(f"both goal 妇女与健康{i}" for i in (1, 2)),
        *(f"both measure 妇女与健康{i}" for i in (1, 2)),
        "both goal 妇女与教育1",
        "both measure 妇女与教育1",
        *(f"both goal 儿童与健康{i}" for i in (1, 2)),
        "both measure 儿童与健康1",
        *("both implementation 一", "both implementation 二", "both monitoring 一"),
    ]
    (plan,) = read("combined")
    assert [(d.number, d.population) for d in plan.domains] == [("一", "women"), ("二", "women"), ("一", "children")]


def test_a_line_that_a_page_break_started_with_a_number_is_no_item() -> None:
    (plan,) = read("combined")
    goals = [item.text for item in plan.of_kind("goal")]
    assert goals[1] == "体检率达到90%,其中2025年新增体检点3个。"
    assert goals[3] == "龋齿率每年降低1个百分点以上。"


def test_web_page_lines_before_and_after_are_left_out() -> None:
    for name in ("combined", "table", "damaged", "contents"):
        text = "".join(item.text for plan in read(name) for item in plan.items)
        for debris in ("编辑", "分享", "下载附件", "打印本页", "上一篇", "政策解读", "抄送", "负责解释", "首页"):
            assert debris not in text, (name, debris)


def test_two_plans_in_one_file_with_full_width_numbers() -> None:
    women, children = read("two_plans")
    assert (women.population, counts(women)) == ("women", ("women", "2/2", (0, 0, 1, 0)))
    assert (children.population, counts(children)) == ("children", ("children", "1/2", (0, 0, 1, 0)))
    assert women.of_kind("goal")[0].text == "孕产妇死亡率控制在8.5/10万以下。"
    assert women.of_kind("measure")[0].text == "完善制度。"


def test_an_indicator_table_with_merged_cells() -> None:
    (plan,) = read("table")
    lines = [(item.number, item.domain, item.text) for item in plan.of_kind("indicator")]
    assert lines == [
        ("1", 0, "平均预期寿命(岁)|84.5|延长"),
        ("2", 0, "体质合格率(%)|≥90"),
        ("3", 1, "养老保险参保人数(万人)|12.5|应保尽保"),
        ("4", 1, "失业保险参保人数(万人)|3|应保尽保"),
        ("5", 2, "建有活动中心的镇(街道)比例(%)|-|换届后当年达到100%,平时保持在85%以上"),
        ("6", 2, "公厕男女厕位比例达标率(%)|70|换届后当年达到100%,平时保持在85%以上"),
    ]
    assert counts(plan) == ("women", "0/2 0/1 0/1", (6, 2, 1, 0))
    assert plan.of_kind("project")[0].text == "筛查项目。每年筛查2万人。到2025年覆盖所有镇。"


def test_a_missing_number_and_unclosed_brackets() -> None:
    women, children = read("damaged")
    assert [item.number for item in women.of_kind("goal")] == ["1", "2", "4"]
    assert women.of_kind("goal")[1].text == "体检率达到85%以上,2.5%的乡镇先行。(牵头单位:自治县卫生健康局"
    assert women.of_kind("overall")[0].text == "妇女事业稳步发展。"
    assert women.of_kind("monitoring")[0].text.endswith("评估组由妇儿工委办公室牵头。")
    assert (children.title, children.population) == ("云岭自治县儿童发展规划20212025年)", "children")
    assert children.of_kind("goal")[0].text == "伤害死亡率下降20%。(责任单位:各成员单位"


def test_a_table_of_contents_is_not_the_plan() -> None:
    (plan,) = read("contents")
    assert [domain.title for domain in plan.domains] == ["妇女与健康", "妇女与教育"]
    assert counts(plan) == ("women", "2/2 1/1", (0, 0, 1, 0))
    assert (
        plan.of_kind("goal")[1].text
        == "常见病筛查率达到85%以上,其中乡镇不低于80%。(牵头单位:市卫生健康委;责任单位:市妇联)"
    )
    assert plan.of_kind("measure")[1].text == "建设2家保健院,覆盖全部乡镇。"


def test_a_heading_that_holds_goals_is_a_domain_whatever_it_is_called() -> None:
    text = """云汀县妇女发展规划（2021—2025年）
一、总体要求
妇女的日子一年比一年好。
二、把身体养好
（一）主要目标
1．体检点的覆盖率达到80%以上。
（二）主要措施
1．办好体检点。
三、组织实施
1．每年听一次汇报。
"""
    (plan,) = segment(text)
    assert [(domain.title, item.kind) for domain in plan.domains for item in plan.items if item.domain is not None] == [
        ("把身体养好", "goal"),
        ("把身体养好", "measure"),
    ]


@pytest.mark.parametrize("following", ["附件：指标表", "以上目标由县教育局牵头", "(本规划由县妇儿工委办公室负责解释)"])
def test_what_stands_below_an_item_is_no_rest_of_its_paragraph(following: str) -> None:
    line = Line(following, Place())
    assert not goes_on("给每个村配上车。", following, line)
    assert goes_on("给每个村配上车,", "让大家都来看一看", Line("让大家都来看一看", Place()))


@pytest.mark.parametrize("name", [path.stem for path in sorted(TEXTS.glob("*.txt"))])
def test_line_numbers_lead_to_the_items(name: str) -> None:
    from plandata.text import normalise

    lines = (TEXTS / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    for plan in read(name):
        for item in plan.items:
            printed = normalise("".join(lines[item.line - 1 : item.line + 3]))
            assert item.text[:4] in printed


@pytest.mark.parametrize("text", ["", "\n\n", "没有规划", "规划" * 5000, "\0\x1b[2J"])
def test_a_text_without_a_plan_has_no_plans(text: str) -> None:
    assert segment(text) == []


def test_items_are_the_same_for_all_line_ends_and_widths() -> None:
    text = (TEXTS / "two_plans.txt").read_text(encoding="utf-8")
    items = [item.sha256 for plan in segment(text) for item in plan.items]
    changed = text.replace("\n", "\r\n").translate({ord(c): ord(c) - 0xFEE0 for c in "１２５８．（）：，；"})
    assert [item.sha256 for plan in segment(changed) for item in plan.items] == items


@pytest.mark.parametrize("line", ["1.死亡率下降。", "（1）死亡率下降。", "①死亡率下降。", "主要目标", "妇女发展规划"])
def test_no_repetition_makes_a_tower_of_levels(line: str) -> None:
    head = ["云汀县妇女发展规划", "一、发展领域", "（一）妇女与健康", "主要目标：", "1.贫血率下降。"]
    (plan,) = segment("\n".join([*head, *[line] * 3000]))
    assert plan.of_kind("goal")[0].text.startswith("贫血率下降。")


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("二〇", 20), ("一〇五", 105), ("二百", 200)],
)
def test_chinese_numbers(numeral: str, value: int) -> None:
    assert worth(numeral) == value


@pytest.mark.parametrize("number", [1, 2, 9, 10, 11, 12, 19, 20])
def test_a_number_in_a_circle_is_that_number_and_no_digit(number: int) -> None:
    circle = chr(ord("①") + number - 1)
    found = mark(plain(f"{circle}3所学校"))
    assert found is not None
    assert (found.style, found.value, found.printed, found.end) == ("ring", number, str(number), 1)
    assert printed(plain(f"{circle}％")) == f"{number}%"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2.3推进就业", Mark("dotted", 3, "3", 3, parent=2)),
        ("2.1.3推进就业", Mark("dotted three", 3, "3", 5, parent=2)),
        ("12.推进就业", Mark("digit.", 12, "12", 3)),
        ("2.5%的乡镇", Mark("digit.", 2, "2", 2, loose=True)),
        ("二、推进就业", Mark("numeral", 2, "二", 2)),
        ("●推进就业", Mark("bullet ●", 0, "", 1)),
        ("B.推进就业", Mark("letter.", 2, "B", 2)),
    ],
)
def test_what_the_mark_before_a_line_says(text: str, told: Mark) -> None:
    assert mark(text) == told


def test_kinds_of_sections_and_populations() -> None:
    headings = ("发展领域、主要目标和策略措施", "重点实事项目", "组织实施", "监测评估", "总体目标", "前言")
    assert [section_kind(heading) for heading in headings] == [
        *("domains", "project", "implementation", "monitoring", "overall", "other")
    ]
    assert [population_of(text) for text in ("妇女", "儿童", "妇女儿童", "老人")] == ["women", "children", "both", ""]


def test_a_figure_of_an_indicator_table_is_no_serial_number() -> None:
    cells = [
        *("妇女与健康", "1", "平均预期", "寿命(岁)", "2", "延长"),
        *("2", "体质合格率(%)", "90", "3", "参保率(%)", "应保尽保"),
    ]
    rows = [(row.line, row.number, row.text) for row in table_rows(list(enumerate(cells, 10)))]
    assert rows == [
        (11, "1", "平均预期寿命(岁)|2|延长"),
        (16, "2", "体质合格率(%)|90|延长"),
        (19, "3", "参保率(%)|应保尽保"),
    ]


def below(text: str) -> list[Paragraph]:
    """The words of a text, each a paragraph of its own."""
    lines = [Line(word, Place(paragraph=number)) for number, word in enumerate(text.split(), 1)]
    return [Paragraph(plain(line.text), [line]) for line in lines]


def words(texts: list[Paragraph]) -> str:
    return " ".join(paragraph.text for paragraph in texts)


WOMEN, CHILDREN = "云汀县妇女发展规划", "云汀县儿童发展规划"


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        (f"{WOMEN} 一、总则 二、实施", [(WOMEN, 1, "一、总则 二、实施")]),
        (f"首页 {WOMEN} 一、总则", [(WOMEN, 2, "一、总则")]),
        (f"{WOMEN} 一、总则 {WOMEN} 二、实施", [(WOMEN, 1, "一、总则 二、实施")]),
        (f"{WOMEN} 一、总则 {CHILDREN} 二、实施", [(WOMEN, 1, "一、总则 二、实施")]),
        (f"{WOMEN} 一、总则 儿童工作计划 二、实施", [(WOMEN, 1, "一、总则 儿童工作计划 二、实施")]),
        (f"{WOMEN} 一、总则 {CHILDREN} 一、总则", [(WOMEN, 1, "一、总则"), (CHILDREN, 3, "一、总则")]),
        (f"{WOMEN} 一、总则 {CHILDREN} 目录 二、实施", [(WOMEN, 1, "一、总则"), (CHILDREN, 3, "目录 二、实施")]),
        (f"{WOMEN} 一、总则 {CHILDREN} 序言 二、实施", [(WOMEN, 1, "一、总则"), (CHILDREN, 3, "序言 二、实施")]),
        (
            f"{WOMEN} 一、总则 {CHILDREN} 指导思想 二、实施",
            [(WOMEN, 1, "一、总则"), (CHILDREN, 3, "指导思想 二、实施")],
        ),
        (f"{WOMEN} 一、总则 {WOMEN} 指导思想 二、实施", [(WOMEN, 1, "一、总则 指导思想 二、实施")]),
        (f"{WOMEN} 一、总则 {CHILDREN} 主要目标 一、总则", [(WOMEN, 1, "一、总则 主要目标 一、总则")]),
        (f"{WOMEN} 一、总则 {CHILDREN} 好。 一、总则", [(WOMEN, 1, "一、总则"), (CHILDREN, 3, "好。 一、总则")]),
        (f"附件1:{WOMEN} 一、总则", [(WOMEN, 1, "一、总则")]),
        ("云汀县 妇女发展规划 一、总则", [(WOMEN, 1, "一、总则")]),
        ("云汀县“十四五” 妇女发展规划 一、总则", [("云汀县“十四五”妇女发展规划", 1, "一、总则")]),
        (f"云汀县 {WOMEN} 一、总则", [(WOMEN, 2, "一、总则")]),
        ("首页 妇女发展规划 一、总则", [("妇女发展规划", 2, "一、总则")]),
        ("妇女发展规划 一、总则 云汀县", [("妇女发展规划", 1, "一、总则 云汀县")]),
        (f"{WOMEN} (2021-2025年) 一、总则", [(f"{WOMEN}(2021-2025年)", 1, "一、总则")]),
        (f"{WOMEN} (2021-2025年)", [(f"{WOMEN}(2021-2025年)", 1, "")]),
        (WOMEN, [(WOMEN, 1, "")]),
        (f"{WOMEN} 一、总则 {CHILDREN}", [(WOMEN, 1, "一、总则")]),
        ("妇女工作规划 一、总则 妇女工作规划 二、实施", [("妇女工作规划", 1, "一、总则 二、实施")]),
        (
            f"{WOMEN} 一、总则 {CHILDREN} 一、总则 {CHILDREN} 指导思想 二、实施",
            [(WOMEN, 1, "一、总则"), (CHILDREN, 3, "一、总则 指导思想 二、实施")],
        ),
        (
            f"一、{WOMEN} 一、总则 二、{CHILDREN} 一、总则",
            [(f"一、{WOMEN}", 1, "一、总则"), (f"二、{CHILDREN}", 3, "一、总则")],
        ),
        ("一、总则 二、实施", [("", 1, "一、总则 二、实施")]),
        ("", []),
    ],
)
def test_where_a_plan_begins_and_what_is_its_title(text: str, plans: list[tuple[str, int, str]]) -> None:
    assert [(title.text, title.number, words(texts)) for title, texts in titled(below(text))] == plans


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *((f"{mark}{WOMEN}", True) for mark in ("", "附件2", "附件2:", "一、", "(一)", "第一章", "●")),
        *((f"{mark}{WOMEN}", False) for mark in ("1.", "(1)", "①", "《", "关于印发")),
        *((f"{WOMEN}{rest}", False) for rest in ("的通知", "解读", "。")),
        *(("妇女发展目标", False), ("发展规划", False)),
    ],
)
def test_what_is_the_title_of_a_plan(text: str, is_one: bool) -> None:
    assert is_title(below(text)[0]) == is_one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("目录 一、总则 二、发展 一、总则 好。 二、发展", "一、总则 好。 二、发展"),
        ("目录 一、总则…1 二、发展…2 一、总则 好。 二、发展", "一、总则 好。 二、发展"),
        ("目录 一、总则……1 二、发展……2 一、总体 好。 二、发展", "一、总体 好。 二、发展"),
        ("目录 一、总则 二、发展……2 三、实施 好。", "三、实施 好。"),
        ("目录 一、总则 二、发展 一、总体 好。 二、发展", "一、总体 好。 二、发展"),
        ("目录 一、总则 二、发展 一、总则篇 二、推进 一、总体 好。", "一、总体 好。"),
        ("目录 序言 一、总则 二、发展 好。", "好。"),
        ("目录 总则 总则 好。", "总则 好。"),
        ("目录 一、总则 一、总体 好。", "一、总体 好。"),
        ("目录 一、总则……1 二、发展 三、实施……3 一、总体 好。", "一、总体 好。"),
        ("目录 第一章总则 第一节健康 第一章总体 第一节身体 好。", "第一章总体 第一节身体 好。"),
        ("目录 序言 一、总则 二、发展 一、总体 好。", "一、总体 好。"),
        ("目录 总则 发展 总体 好。 发展", "好。 发展"),
        ("目录 一、总则 二、发展", "一、总则 二、发展"),
        ("前言 目录 一、总则 一、总则 好。", "前言 一、总则 好。"),
        ("一、总则 二、发展 一、总则 好。", "一、总则 好。"),
        ("前言 一、总则 (一)健康 一、总则 好。", "前言 一、总则 好。"),
        ("一、总则 二、发展。 一、总则 好。", "一、总则 二、发展。 一、总则 好。"),
        ("一、总则 二、发展 三、实施", "一、总则 二、发展 三、实施"),
        ("(一)总则 (二)发展 (一)总则", "(一)总则 (二)发展 (一)总则"),
        ("总则……12 发展-----(13) 二、好。", "二、好。"),
        ("总则..1 总则——1 好。", "总则..1 总则——1 好。"),
        (f"{'好。 ' * 39}目录 一、总则 好。", f"{'好。 ' * 39}好。"),
        (f"{'好。 ' * 40}目录 一、总则 好。", f"{'好。 ' * 40}目录 一、总则 好。"),
    ],
)
def test_contents_are_left_out_up_to_where_the_text_begins(text: str, expected: str) -> None:
    assert words(without_contents(below(text))) == expected


def test_a_text_without_a_title_may_begin_with_a_table() -> None:
    table = Paragraph("", [], cells=[Line("指标", Place(paragraph=4, table=1, row=1, column=1))])
    ((title, texts),) = titled([table, *below("一、总则")])
    assert (title.text, title.number, len(texts)) == ("", 4, 2)


def test_lines_count_from_1() -> None:
    (plan,) = segment(f"首页\n{WOMEN}\n一、发展领域\n（一）妇女与健康\n主要目标：\n1.死亡率下降。\n2.体检率提高。")
    assert (plan.line, plan.domains[0].line, [item.line for item in plan.items]) == (2, 4, [6, 7])


def test_a_table_is_no_entry_of_contents() -> None:
    cell = Line("指标", Place(table=1, row=1, column=1))
    texts = [*below("一、总则 二、发展"), Paragraph("", [], cells=[cell])]
    assert [entry(paragraph) for paragraph in texts] == [True, True, False]
    assert contents_end(texts, 0) == 2
    assert contents_end(below("一、总则……1 二、发展……2 一、总体 好。"), 0) == 2


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("总" * 60, True), ("总" * 61, False), ("总则。", False), ("总则;", False), (f"{'总' * 60}……1", True)],
)
def test_a_heading_of_up_to_60_signs_may_be_an_entry_of_contents(text: str, is_one: bool) -> None:
    assert entry(below(text)[0]) == is_one


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("goal", "母婴平安,人人知晓。体检方便。(牵头单位:县卫生健康局)", "goal 母婴平安人人知晓体检方便"),
        ("overall", "日子更好。人更健康。", "goal 日子更好人更健康"),
        ("indicator", "体检率(%)|80|90", "goal 体检率%8090"),
        ("measure", "宣传。到村里去。", "measure 宣传"),
        ("project", "体检点:每村一处。", "measure 体检点"),
    ],
)
def test_items_share_their_wording_by_their_words_or_their_first_sentence(kind: str, text: str, expected: str) -> None:
    assert wording(Item(kind, "1", 0, 7, text)) == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("体检率提高;参保率提高;入学率提高。", ["体检率提高;", "参保率提高;", "入学率提高。"]),
        ("体检率提高;参保率提高。", ["体检率提高;参保率提高。"]),
        ("体检率升;参保率提高;入学率提高。", ["体检率升;参保率提高;入学率提高。"]),
        (
            "体检率提高;参保率提高;入学率提高。(牵头单位:县妇联)",
            ["体检率提高;", "参保率提高;", "入学率提高。(牵头单位:县妇联)"],
        ),
    ],
)
def test_three_sentences_that_semicolons_part_are_goals_of_their_own(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ("甲提高。 责任单位:县妇联 乙提高。", "甲提高。责任单位:县妇联 乙提高。"),
        ("责任单位:县妇联 乙提高。", "责任单位:县妇联 乙提高。"),
        ("甲提高。 乙提 高。", "甲提高。 乙提高。"),
        ("甲提 高。", "甲提高。"),
        ("甲提高 乙提高 丙提高。", "甲提高 乙提高 丙提高。"),
        ("甲提高。 责任单位:县妇联 乙提高; 丙提高。", "甲提高。责任单位:县妇联 乙提高; 丙提高。"),
    ],
)
def test_a_note_below_a_goal_and_the_rest_of_its_sentence_belong_to_it(texts: str, expected: str) -> None:
    assert with_notes(texts.split()) == expected.split()


@pytest.mark.parametrize(
    ("name", "title", "same"),
    [
        ("妇女与健康", "妇女健康", True),
        ("妇女参与决策", "妇女和决策", True),
        ("妇女与健康", "儿童与健康", False),
        ("妇女与健康", "妇女与教育", False),
    ],
)
def test_a_table_may_name_a_domain_without_its_and(name: str, title: str, same: bool) -> None:
    assert same_domain(name, title) == same


@pytest.mark.parametrize(
    ("before", "text", "begins"),
    [
        ("甲提高。", "乙提高。", True),
        ("甲提高", "乙提高。", False),
        ("甲提高。", "。", False),
        ("甲提高。", "责任单位:县妇联", False),
        ("", "乙提高。", True),
    ],
)
def test_what_begins_something_behind_a_paragraph(before: str, text: str, begins: bool) -> None:
    assert heads(text, before) == begins


def told(body: str, title: str = WOMEN) -> list[str]:
    """The items of a plan, a line each: kind, domain, number, text, and the bodies named apart from it."""
    (plan,) = segment(f"{title}\n{body.replace(' ', chr(10))}")
    titles = [domain.title for domain in plan.domains]
    return [
        " ".join([i.kind, "" if i.domain is None else titles[i.domain], i.number, i.text, *i.shared])
        for i in plan.items
    ]


HEALTH = "(一)妇女与健康 主要目标: 1.死亡率下降。"
GOAL = "goal 妇女与健康 1 死亡率下降。"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "一、奋斗方向 (一)提升健康水平 1.体检。 (二)办好教育 1.讲课。 (三)促进就业 1.培训。",
            ["measure 提升健康水平 1 体检。", "measure 办好教育 1 讲课。", "measure 促进就业 1 培训。"],
        ),
        (
            "一、奋斗方向 (一)健康现状 1.很好。 (二)办好教育 1.讲课。 (三)促进就业 1.培训。 二、组织实施 1.听汇报。",
            ["implementation  1 听汇报。"],
        ),
        ("一、奋斗方向 (一)健康 1.体检。 (二)教育 1.讲课。 二、组织实施 1.听汇报。", ["implementation  1 听汇报。"]),
        (
            "一、奋斗方向 (一)健康 1.体检。 (二)教育 1.讲课。 (三)就业 二、组织实施 1.听汇报。",
            ["implementation  1 听汇报。"],
        ),
        (f"一、发展领域 {HEALTH}", [GOAL]),
        (
            f"一、发展领域 {HEALTH} (1)孕妇。 (2)产妇。 策略措施: 1.宣传。",
            [f"{GOAL}(1)孕妇。(2)产妇。", "measure 妇女与健康 1 宣传。"],
        ),
        (f"一、发展领域 人人参与。 妇女领域 齐心协力。 {HEALTH}", ["overall   人人参与。齐心协力。", GOAL]),
        ("一、发展领域 (一)其他方面 1.宣传。", ["measure 其他方面 1 宣传。"]),
        ("一、主要任务 (一)把身体养好 主要目标: 1.死亡率下降。", ["goal 把身体养好 1 死亡率下降。"]),
        (
            "一、主要目标 (一)妇女与健康 1.死亡率下降。 二、主要措施 (一)妇女与健康 1.宣传。",
            [GOAL, "measure 妇女与健康 1 宣传。"],
        ),
        (
            f"一、发展领域 {HEALTH} (二)重点工程建设 1.建医院。 (三)实事项目 1.建学校。",
            [GOAL, "project  1 建医院。", "project  1 建学校。"],
        ),
        (
            f"一、发展领域 {HEALTH} 二、组织实施 加强领导。 每年评估。 三、监测评估 按年监测。 1.建立数据库。",
            [GOAL, "implementation   加强领导。", "implementation   每年评估。", "monitoring  1 建立数据库。"],
        ),
        (
            f"一、总体目标 日子更好。 1.身体更好。 二、发展领域 {HEALTH}",
            ["overall   日子更好。1.身体更好。", GOAL],
        ),
        *(
            (f"一、总体要求 (一){head}日子更好。 二、发展领域 {HEALTH}", ["overall   日子更好。", GOAL])
            for head in ("总体目标 ", "总体目标:", "总体目标。", "总目标:", "发展总目标:")
        ),
    ],
)
def test_what_the_headings_of_a_plan_hold(body: str, expected: list[str]) -> None:
    assert told(body) == expected


def test_a_heading_around_domains_tells_their_population() -> None:
    (plan,) = segment("云汀县妇女儿童发展规划\n一、发展领域\n(一)儿童领域\n1.把身体养好\n主要目标:\n(1)死亡率下降。")
    assert [(domain.title, domain.population) for domain in plan.domains] == [("把身体养好", "children")]


NAMED = "责任单位:县教育局"


@pytest.mark.parametrize(
    ("goals", "shared"),
    [
        (f"1.甲提高。 2.乙提高。 以上目标{NAMED} 3.丙提高。 4.丁提高。 以上目标责任单位:县妇联", "教教妇妇"),
        (f"1.甲提高。 2.乙提高。 第1项目标{NAMED} 3.丙提高。 第2-3项目标责任单位:县妇联", "教妇妇"),
        (f"甲提高。 乙提高。 第2项目标{NAMED}", "-教"),
        (f"甲提高。 乙提高。 丙提高。 第1项目标{NAMED}", "教--"),
        (f"2.乙提高。 3.丙提高。 第2项目标{NAMED}", "教-"),
        (f"{NAMED} 1.甲提高。 2.乙提高。", "教教"),
    ],
)
def test_a_line_of_bodies_holds_for_the_goals_that_it_names(goals: str, shared: str) -> None:
    (plan,) = segment(
        f"{WOMEN}\n一、发展领域\n(一)妇女与健康\n主要目标:\n{goals}\n策略措施:\n1.宣传。".replace(" ", "\n")
    )
    found = ["-" if not item.shared else "教" if item.shared == (NAMED,) else "妇" for item in plan.of_kind("goal")]
    assert "".join(found) == shared
    assert [item.shared for item in plan.of_kind("measure")] == [()]


@pytest.mark.parametrize(("line", "shared"), [("第2项措施", [(), (NAMED,)]), ("以上措施", [(NAMED,), (NAMED,)])])
def test_paragraphs_with_points_below_them_are_the_measures(line: str, shared: list[tuple[str, ...]]) -> None:
    points = "办好学校。 1.建校舍。 2.请老师。 办好医院。 1.建病房。 2.请医生。"
    body = f"一、发展领域 {HEALTH} 策略措施: {points} {line}{NAMED} 二、组织实施 1.听汇报。"
    (plan,) = segment(f"{WOMEN}\n{body}".replace(" ", "\n"))
    measures = plan.of_kind("measure")
    assert [item.text for item in measures] == ["办好学校。1.建校舍。2.请老师。", "办好医院。1.建病房。2.请医生。"]
    assert [item.shared for item in measures] == shared
    assert [c.item for c in plan.claims if c.role == "measure"] == [1, 1, 1, 2, 2, 2]


def test_bodies_in_the_heading_of_a_domain_hold_for_all_below_it() -> None:
    head = HEALTH.replace("健康", "健康(牵头单位:县妇联)")
    assert told(f"一、发展领域 {head} 策略措施: 1.宣传。 二、组织实施 1.听汇报。") == [
        f"{GOAL} 牵头单位:县妇联",
        "measure 妇女与健康 1 宣传。 牵头单位:县妇联",
        "implementation  1 听汇报。",
    ]


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("妇女与健康", ("妇女与健康", "women", 3)),
        ("妇女与卫生", ("妇女与卫生", "women", 6)),
        ("妇女卫生", ("妇女与卫生", "women", 6)),
        ("妇女和医疗", ("妇女与健康", "women", 3)),
        ("就业", ("就业", "women", 0)),
        ("儿童与就业", ("儿童与就业", "children", 0)),
    ],
)
def test_a_line_of_a_table_is_in_the_domain_that_it_names(name: str, domain: tuple[str, str, int]) -> None:
    table = f"指标表 序号 领域 主要指标 2020年 2025年 1 {name} 平均体检率 80 90"
    body = f"一、发展领域 {HEALTH} (二)妇女与卫生 主要目标: 1.体检率提高。 二、附表 {table}"
    (plan,) = segment(f"{WOMEN}\n{body}".replace(" ", "\n"))
    (indicator,) = plan.of_kind("indicator")
    assert indicator.domain is not None
    found = plan.domains[indicator.domain]
    assert (indicator.number, indicator.text) == ("1", "平均体检率|80|90")
    assert (found.title, found.population, found.line) == domain


def test_all_of_a_plan_is_told_with_what_it_became() -> None:
    table = "指标表 序号 主要指标 2025年 1 平均体检率 90"
    domain = f"{HEALTH} 2.体检率提高。 责任单位:县妇联 策略措施: 宣传。 {table}"
    closing = "二、组织实施 按年听汇报。 1.开好例会。 三、总体目标 日子更好。 本规划由县妇联负责解释。"
    (plan,) = segment(f"{WOMEN}\n一、发展领域 {domain} {closing}".replace(" ", "\n"))
    kinds = [item.kind for item in plan.items]
    assert kinds == ["goal", "goal", "measure", "implementation", "overall", "indicator"]
    assert [(c.text, c.line, c.role, c.item, c.domain) for c in plan.claims] == [
        ("一、发展领域", 2, "heading", None, None),
        ("(一)妇女与健康", 3, "heading", None, 0),
        ("主要目标:", 4, "heading", None, 0),
        ("1.死亡率下降。", 5, "goal", 0, 0),
        ("2.体检率提高。", 6, "goal", 1, 0),
        ("责任单位:县妇联", 7, "goal", 1, 0),
        ("策略措施:", 8, "heading", None, 0),
        ("宣传。", 9, "measure", 2, 0),
        ("指标表", 10, "", None, 0),
        *((head, 11, "table", None, None) for head in ("序号", "主要指标", "2025年")),
        ("1", 14, "table", 5, None),
        ("平均体检率", 15, "table", None, None),
        ("90", 16, "table", None, None),
        ("二、组织实施", 17, "heading", None, None),
        ("按年听汇报。", 18, "", None, None),
        ("1.开好例会。", 19, "implementation", 3, None),
        ("三、总体目标", 20, "overall", 4, None),
        ("日子更好。", 21, "overall", 4, None),
        ("本规划由县妇联负责解释。", 22, "", None, None),
    ]

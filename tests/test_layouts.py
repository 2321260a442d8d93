"""The same plan in many layouts, widths and formats is read and drafted as the same rows."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rendered
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import Layout, Source, printed

import plandata
from plandata.tables import Tables
from plandata.text import normalise
from plandata.texts import formats
from plandata.texts.draft import draft
from plandata.texts.notes import read_note, without_note
from plandata.texts.roles import theme_of
from plandata.texts.segment import Plan, read_plans, segment

CARE, TEACH = "牵头单位：县卫生健康局；责任单位：县妇联、县财政局", "牵头单位：县教育局；责任单位：县妇联"
PLAN = Source(
    "云汀县妇女发展规划（2021—2025年）",
    "到2025年，全县妇女的日子一年比一年好。",
    [
        (
            "妇女与健康",
            "women",
            [
                ("孕产妇死亡率控制在9/10万以下。", CARE),
                ("适龄妇女的体检率达到85%以上，其中乡镇不低于80%。", CARE),
                ("妇女贫血率逐年降低。", ""),
            ],
            [
                ("办好镇卫生院。每个镇至少有1名妇科医生，并给村里配上体检车。", ""),
                ("讲好健康课。到学校、工厂和村里去讲，每年不少于20场。", ""),
            ],
        ),
        (
            "妇女与教育",
            "women",
            [("夜校结业率保持在90%以上。", TEACH), ("3岁以上女童入园率达到95%。", TEACH)],
            [("夜校办到家门口。请退休教师上课。", ""), ("图书车下乡。每月一次，村村都到。", "")],
        ),
        (
            "妇女与家庭建设",
            "women",
            [("社区家长学校覆盖率达到100%。", "")],
            [("评选好家庭。让大家都来讲家风。", ""), ("开设亲子课堂。请父母都来听课。", "")],
        ),
    ],
    ["体检车项目。五年内添置6辆体检车。"],
    ["加强领导。各部门分工负责。", "保障经费。经费列入预算。"],
    ["年度监测。每年报送一次数据。"],
)
TASKS = {
    "妇女与健康": "提升妇女健康服务水平",
    "妇女与教育": "促进妇女接受优质教育",
    "妇女与家庭建设": "建设和睦家庭",
}
BARE: dict[str, Any] = {"goals_head": "主要目标", "measures_head": "策略措施"}
LAYOUTS = {
    "the usual one": Layout(),
    "chapters and sections": Layout(
        section="chapter", domain="section", block="numeral", goal="(numeral)", measure="(numeral)",
        goals_head="发展目标", measures_head="主要举措",
    ),
    "parts": Layout(
        section="part", domain="numeral", block="(numeral)", goal="digit、", measure="digit、",
        goals_head="工作目标", measures_head="主要措施",
    ),
    "framed headings": Layout(goals_head="【发展目标】", measures_head="【主要举措】"),
    "numbered framed headings": Layout(
        block="(digit)", goal="ring", measure="ring", goals_head="【主要目标】", measures_head="【主要举措】"
    ),
    "rings": Layout(goal="ring", measure="ring"),
    "half brackets": Layout(goal="digit)", measure="digit)"),
    "brackets": Layout(block="digit.", goal="(digit)", measure="(digit)", **BARE),
    "one number for headings and items": Layout(block="digit.", **BARE),
    "first, second": Layout(goal="is", measure="is"),
    "labels": Layout(goal="goal", measure="measure", goals_head="", measures_head=""),
    "diamonds": Layout(goal="◆", measure="◆"),
    "dashes": Layout(goal="—", measure="—"),
    "items without a number": Layout(goal="none", measure="none"),
    "nothing numbered": Layout(section="none", domain="none", goal="none", measure="none", **BARE),
    "articles that run on": Layout(
        section="chapter", domain="section", goal="article", measure="article", continuous=True
    ),
    "a domain a paragraph": Layout(one_paragraph=True),
    "a sentence a line": Layout(sentences=True),
    "narrow lines": Layout(width=20),
    "wide lines": Layout(width=41, section="chapter", domain="section"),
    "full-width digits": Layout(wide_digits=True),
    "spaces inside words": Layout(spaced=True),
    "contents": Layout(contents=True),
    "a web page": Layout(web=True),
    "a title on two lines": Layout(title_lines=True),
    "domains as sections": Layout(unwrapped_domains=True, goals_head="主要目标", measures_head="主要任务"),
    "goals apart from measures": Layout(apart=True),
    "tasks": Layout(domains_head="主要任务"),
    "notes on lines": Layout(note="line"),
    "notes in other brackets": Layout(note="【{}】"),
}  # fmt: skip


def rows(plan: Plan) -> list[tuple[Any, ...]]:
    """What a plan says, without what its layout adds: numbers, notes, where lines end."""

    def place(domain: int | None) -> tuple[str, str]:
        return ("", "") if domain is None else (plan.domains[domain].population, theme_of(plan.domains[domain].title))

    return [
        (item.kind, *place(item.domain), without_note(item.text).rstrip("。"), [tuple(n) for n in read_note(item.text)])
        for item in sorted(plan.items, key=lambda item: (item.kind, item.text))
    ]


def read(source: Source, layout: Layout) -> list[tuple[Any, ...]]:
    (plan,) = segment("\n".join(printed(source, layout)))
    return rows(plan)


@pytest.fixture(scope="module")
def usual() -> list[tuple[Any, ...]]:
    return read(PLAN, Layout())


def test_the_usual_layout_is_read_whole(usual: list[tuple[Any, ...]]) -> None:
    kinds = [row[0] for row in usual]
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "goal": 6, "implementation": 2, "measure": 6, "monitoring": 1, "overall": 1, "project": 1,
    }  # fmt: skip
    assert ("goal", "women", "health", "妇女贫血率逐年降低", []) in usual
    note = [("lead", "县教育局"), ("responsible", "县妇联")]
    assert ("goal", "women", "education", "夜校结业率保持在90%以上", note) in usual


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_changes_no_row(name: str, usual: list[tuple[Any, ...]]) -> None:
    assert read(PLAN, LAYOUTS[name]) == usual


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name != "nothing numbered"])
def test_headings_that_are_tasks_change_no_row(name: str, usual: list[tuple[Any, ...]]) -> None:
    tasks = replace(PLAN, domains=[(TASKS[title], *rest) for title, *rest in PLAN.domains])
    assert read(tasks, LAYOUTS[name]) == usual


SECTIONS, DOMAINS = ("numeral", "chapter", "part"), ("(numeral)", "section", "numeral", "none")
ITEMS = ("digit.", "wide", "digit、", "digit)", "(digit)", "ring", "is", "◆", "●", "none")
HEADS = [
    ("主要目标：", "策略措施："),
    ("发展目标", "主要举措"),
    ("【工作目标】", "【主要任务】"),
    ("具体目标：", "重点任务："),
]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(SECTIONS),
    st.sampled_from(DOMAINS),
    st.sampled_from(ITEMS),
    st.sampled_from(HEADS),
    st.sampled_from(["（{}）", "【{}】", "〔{}〕", "[{}]", "line"]),
    st.sampled_from([0, 0, 22, 30, 37]),
    st.fixed_dictionaries(dict.fromkeys(["wide_digits", "contents", "web", "title_lines"], st.booleans())),
)
def test_any_numbers_headings_notes_and_widths_give_the_same_rows(
    section: str, domain: str, item: str, heads: tuple[str, str], note: str, width: int, more: dict[str, bool]
) -> None:
    if section == domain or (item == "none" and width):
        return
    layout = Layout(
        section=section, domain=domain, goal=item, measure=item, goals_head=heads[0], measures_head=heads[1],
        note=note, width=width, **more,
    )  # fmt: skip
    assert read(PLAN, layout) == read(PLAN, Layout())


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("1—2项责任单位：县卫生健康局、县妇联", {"1", "2"}),
        ("（第1、3条责任单位：县卫生健康局、县妇联）", {"1", "3"}),
        ("以上目标责任单位：县卫生健康局、县妇联", {"1", "2", "3"}),
        ("责任单位：县卫生健康局、县妇联", {"3"}),
    ],
)
def test_a_line_on_bodies_holds_for_the_items_that_it_names(line: str, numbers: set[str]) -> None:
    health = PLAN.domains[0]
    bare = replace(PLAN, domains=[(*health[:2], [(text, "") for text, _ in health[2]], health[3]), *PLAN.domains[1:]])
    lines = printed(bare, Layout())
    lines.insert(lines.index("策略措施："), line)
    (plan,) = segment("\n".join(lines))
    goals = [item for item in plan.of_kind("goal") if item.domain == 0]
    told = {goal.number for goal in goals if "县妇联" in goal.text or any("县妇联" in note for note in goal.shared)}
    assert told == numbers
    assert all("单位" not in goal.text for goal in goals[:2])


def test_a_running_header_that_is_the_title_opens_no_plan(usual: list[tuple[Any, ...]]) -> None:
    lines = printed(PLAN, Layout())
    for i in (30, 22, 15, 9):
        lines.insert(i, PLAN.title)
    plans = segment("\n".join(lines))
    assert [rows(plan) for plan in plans] == [usual]


def test_two_plans_of_a_document_and_one_for_both() -> None:
    children = replace(PLAN, title="云汀县儿童发展规划（2021—2025年）")
    children.domains = [(title.replace("妇女", "儿童"), "children", *rest) for title, _, *rest in PLAN.domains]
    plans = segment("\n".join(printed(PLAN, Layout()) + printed(children, Layout())))
    assert [(plan.population, len(plan.items)) for plan in plans] == [("women", 17), ("children", 17)]
    both = replace(PLAN, title="云汀县妇女儿童发展规划（2021—2025年）", domains=PLAN.domains + children.domains)
    (plan,) = segment("\n".join(printed(both, Layout())))
    assert [domain.population for domain in plan.domains] == ["women"] * 3 + ["children"] * 3


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_cut_lines_and_page_numbers_in_a_file_of_paragraphs_change_no_row(
    ending: str, tmp_path: Path, usual: list[tuple[Any, ...]]
) -> None:
    lines = printed(PLAN, Layout(width=22, header=True))
    path = tmp_path / f"plan.{ending}"
    path.write_bytes(getattr(rendered, f"as_{ending}")(lines))
    (plan,) = read_plans(formats.read(path))
    assert rows(plan) == usual


def test_a_summary_with_the_same_title_is_no_second_plan(tmp_path: Path) -> None:
    short = replace(PLAN, domains=PLAN.domains[:1])
    lines = printed(short, Layout()) + printed(PLAN, Layout())
    (tmp_path / "plan.txt").write_text("\n".join(lines), encoding="utf-8")
    made = draft([tmp_path / "plan.txt"], Tables.of(plandata.open()))
    assert [row["plan_id"] for row in made.tables["plans"]] == ["yunting-women-2021"]
    assert len(made.tables["domains"]) == 3


def test_every_piece_of_the_text_is_told_with_what_it_became() -> None:
    lines = printed(PLAN, Layout(web=True))
    (plan,) = segment("\n".join(lines))
    told = "".join(claim.text for claim in plan.claims)
    for item in plan.items:
        assert item.text in told
    roles = {claim.role for claim in plan.claims}
    assert {"heading", "goal", "measure", "project", "implementation", "monitoring", "overall", ""} == roles
    unclaimed = [claim.text for claim in plan.claims if not claim.role]
    assert "以人为本,稳步推进。" in unclaimed
    assert not any("死亡率" in text for text in unclaimed)


@pytest.mark.parametrize("name", ["the usual one", "narrow lines", "contents", "a web page", "a title on two lines"])
def test_every_character_stands_in_one_block(name: str, tmp_path: Path) -> None:
    lines = printed(PLAN, LAYOUTS[name])
    (tmp_path / "plan.txt").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "more.txt").write_text("（此件公开发布）\n云汀县人民政府办公室", encoding="utf-8")
    made = draft([tmp_path / "plan.txt", tmp_path / "more.txt"], Tables.of(plandata.open()))
    whole = Counter("".join(normalise(line) for line in [*lines, "（此件公开发布）云汀县人民政府办公室"]))
    blocks = Counter("".join(normalise(block.text) for block in made.blocks))
    # Headings lose the colon behind them.
    assert {sign: n for sign, n in (whole - blocks).items() if sign != ":"} == {}
    assert blocks - whole == Counter()
    assert not any(normalise(block.text) in "策略措施主要目标" for block in made.blocks if not block.role)


@pytest.mark.parametrize("ending", ["txt", "html", "docx", "pdf", "ofd"])
def test_every_format_gives_the_same_draft(tmp_path: Path, ending: str) -> None:
    known = Tables.of(plandata.open())
    made = []
    for name in dict.fromkeys(("txt", ending)):
        path = tmp_path / f"plan.{name}"
        path.write_bytes(getattr(rendered, f"as_{name}")(printed(PLAN, Layout())))
        tables = dict(draft([path], known).tables)
        tables.pop("documents")
        made.append(tables)
    assert made[0] == made[-1]
    assert len(made[0]["goals"]) == 7
    assert {row["unit_id"] for row in made[0]["units"]} >= {"yunting.womens-federation"}

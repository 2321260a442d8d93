"""The notes in which items name their bodies: roles, brackets, lines of their own, sentences, cells of tables."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plandata.text import normalise
from plandata.texts.names import is_body
from plandata.texts.note_lines import shared
from plandata.texts.notes import Named, first_leads, names, read_cell, read_note, read_roles_header, without_note

PRINTED = """
市教育局 市教育和体育局 市卫生健康委 市卫生健康委员会 市发展和改革委 市发展改革委 市人力资源和社会保障局
市住房和城乡建设局 市工业和信息化局 市文化和旅游局 市农业农村和水务局 市市场监管局 市自然资源和规划局
市粮食和物资储备局 市医保局 市生态环境局青禾分局 市妇联 市残联 市总工会 团市委 共青团云汀市委 市委宣传部
市委组织部 市委网信办 市委编办 市委市直机关工委 市纪委监委 市人大常委会办公室 市政协办公室 市政府办公室 市法院
市中级人民法院 市检察院 市红十字会 市妇儿工委办公室 国家税务总局云汀市税务局 国家统计局云汀调查队 市疾控中心
市妇幼保健院 市融媒体中心 各县（市、区）人民政府 各镇（街道） 各乡镇 各乡镇、街道 各有关部门 有关部门
市直有关部门 市妇儿工委成员单位 区教委 县教体局 自治县民族宗教事务局 市教育局（市委教育工委）
市委宣传部（市文明办）
"""
BODIES = PRINTED.split()
TEXT = "孕产妇死亡率下降。"
LEAD = ("牵头", "主责", "第一责任", "牵头责任", "主要责任")
OTHERS = {
    "责任": "responsible", "负责": "responsible", "落实": "responsible",
    "配合": "cooperating", "协办": "cooperating", "参与": "participating",
}  # fmt: skip
ENDS = ("单位", "部门", "")
BRACKETS = ("（）", "()", "【】", "〔〕", "［］", "[]", "〈〉", "（", "", "\n")
SIGNS = ("、", "，", ",", ";", "；", "\n", " ")
SENTENCES = (
    ("（{a}牵头，{b}配合）", "lead", "cooperating"),
    ("（{a}牵头，{b}按职责分工负责）", "lead", "responsible"),
    ("（由{a}牵头负责，{b}等单位参与）", "lead", "participating"),
    ("（{a}负责；{b}协助）", "responsible", "cooperating"),
    ("由{a}牵头，{b}等有关部门配合。", "lead", "cooperating"),
    ("（责任部门：{a}牵头，{b}共同落实）", "lead", "responsible"),
    ("【牵头单位】{a}【配合单位】{b}", "lead", "cooperating"),
    ("（牵头单位{a}，责任单位{b}）", "lead", "responsible"),
    ("牵头单位（{a}）、责任单位（{b}）", "lead", "responsible"),
    ("（{a}、{b}按职责分工负责）", "responsible", "responsible"),
    ("（{a}、{b}）", "responsible", "responsible"),
    ("（责任单位：{a}和{b}）。", "responsible", "responsible"),
)


def note(text: str) -> list[tuple[str, str]]:
    return [(named.role, named.name) for named in read_note(text)]


def rows(role: str, bodies: list[str]) -> list[tuple[str, str]]:
    return [(role, normalise(body)) for body in bodies]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("贫血率下降。", []),
        ("由(县妇联)办理。", []),
        ("率下降。（牵头单位：市教育局）", [("lead", "市教育局")]),
        ("率下降。(牵头单位:市教育局、市妇联)", [("lead", "市教育局"), ("lead", "市妇联")]),
        (
            "率下降。（牵头单位：市教育局；责任单位：市妇联，市残联）",
            [("lead", "市教育局"), ("responsible", "市妇联"), ("responsible", "市残联")],
        ),
        ("率下降。（责任单位：各成员单位", [("responsible", "各成员单位")]),
        ("率(含农村)下降。(责任单位:市妇联", [("responsible", "市妇联")]),
        ("率下降。(牵头单位:市教\n育局;责任单位:市 妇联)", [("lead", "市教育局"), ("responsible", "市妇联")]),
        ("率下降。责任单位：市教育局（牵头）、市妇联", [("lead", "市教育局"), ("responsible", "市妇联")]),
        (
            "率下降。(责任单位:市教育局:负责学校;市妇联:负责家庭)",
            [("responsible", "市教育局"), ("responsible", "市妇联")],
        ),
        ("率下降。(责任单位及分工:市教育局负责学校)", [("responsible", "市教育局")]),
        ("率下降。(牵头单位:市教育局;完成时限:2025年;责任人:某某)", [("lead", "市教育局")]),
        ("率下降。(市教育局等14个部门负责)", [("responsible", "市教育局")]),
        ("率下降。(市教育局会同市妇联落实)", [("responsible", "市教育局"), ("cooperating", "市妇联")]),
        ("率下降。责任单位∶市教育局市妇联", [("responsible", "市教育局"), ("responsible", "市妇联")]),
        ("率下降。(责任单位:1.市教育局2.市妇联)", [("responsible", "市教育局"), ("responsible", "市妇联")]),
        ("率下降。(责任单位:无)", []),
        ("率下降。(责任单位:市教育局、市妇联,下同)", [("responsible", "市教育局"), ("responsible", "市妇联")]),
        ("率下降。牵头单位市教育局责任单位市妇联", [("lead", "市教育局"), ("responsible", "市妇联")]),
        ("率下降。——市教育局、市妇联", [("responsible", "市教育局"), ("responsible", "市妇联")]),
        ("率下降。责任单位：市教育局。到2025年达到95%。", [("responsible", "市教育局")]),
    ],
)
def test_a_note_is_read_in_print_order(text: str, units: list[tuple[str, str]]) -> None:
    assert note(text) == units


@pytest.mark.parametrize(
    "text",
    [
        "达到标准（国家卫生健康委）。",
        "各级领导班子（党委、人大、政府、政协）。",
        "建立基层组织（村委会、居委会）。",
        "普及教育（幼儿园、学校、医院）。",
        "明确责任主体：政府各部门承担。",
        "落实责任：加强管理",
        "各级政府负责规划实施工作。",
        "以下简称市妇儿工委（市妇联、市教育局）的工作。",
    ],
)
def test_what_names_no_responsible_body_is_no_note(text: str) -> None:
    assert note(text) == []
    assert without_note(text) == normalise(text)


def test_what_a_page_break_printed_twice_is_read_once() -> None:
    assert note("率下降。(责任单位:县妇联、残联)残联)") == [("responsible", "县妇联"), ("responsible", "残联")]
    assert names("县妇联、残联)残联、县教育局)") == ["县妇联", "残联", "县教育局"]
    assert names("县妇联、残联、县教育局)县教育局、县财政局)") == ["县妇联", "残联", "县教育局", "县财政局"]
    assert without_note("率下降。(责任单位:县中级人民法院)法院、县司法局)") == "率下降。"


@pytest.mark.parametrize(
    ("listed", "apart"),
    [
        ("县妇联)县教育局、县财政局)", ["县妇联", "县教育局", "县财政局"]),
        ("县教育局(县招生办公室)和县民政局", ["县教育局(县招生办公室)", "县民政局"]),
        ("县教育局和妇联", ["县教育局", "妇联"]),
    ],
)
def test_what_parts_two_names(listed: str, apart: list[str]) -> None:
    assert names(listed) == apart


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("局", False), ("局(招生)", False), ("妇联", True), ("水局", True),
        (f"县{'水' * 38}局", True), (f"县{'水' * 39}局", False),
    ],
)  # fmt: skip
def test_a_body_has_a_name_of_2_to_40_signs_that_is_more_than_its_end(text: str, is_one: bool) -> None:
    assert is_body(text) is is_one


def test_groups_stay_whole() -> None:
    assert names("市司法局等市妇儿工委有关成员单位、特邀单位)") == ["市司法局", "市妇儿工委有关成员单位、特邀单位"]
    assert names("县教育局、各乡镇、街道、县妇联") == ["县教育局", "各乡镇、街道", "县妇联"]
    assert names("各有关部门和单位、各县、市、区人民政府") == ["各有关部门和单位", "各县、市、区人民政府"]


def test_the_etc_inside_a_name_does_not_cut_it() -> None:
    assert names("高等教育局、市妇联)") == ["高等教育局", "市妇联"]


@pytest.mark.parametrize("body", BODIES)
def test_a_body_is_one_body(body: str) -> None:
    assert names(body) == [normalise(body)]
    assert is_body(normalise(body)) or "、" in body


@pytest.mark.parametrize(
    "text", ["市发展", "率达到布局", "市民", "委员会", "办公室", "的市教育局", "加强教育局", "董事会"]
)
def test_what_is_no_body_is_none(text: str) -> None:
    assert not is_body(text)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(BODIES), min_size=2, max_size=6, unique=True), st.sampled_from(LEAD),
    st.sampled_from(sorted(OTHERS)), st.sampled_from(ENDS), st.sampled_from(BRACKETS), st.sampled_from(SIGNS),
)  # fmt: skip
def test_any_role_word_bracket_and_sign_gives_the_same_rows(
    bodies: list[str], lead: str, other: str, end: str, brackets: str, sign: str
) -> None:
    first = lead + (end or "单位") if lead not in ("牵头", "主责") else lead + end
    second = other + end
    text = f"{brackets[:1]}{first}：{sign.join(bodies[:1])}；{second}：{sign.join(bodies[1:])}{brackets[1:]}"
    want = rows("lead", bodies[:1]) + rows(OTHERS[other], bodies[1:])
    assert note(TEXT + text) == want
    assert without_note(TEXT + text) == TEXT


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(BODIES), min_size=2, max_size=6, unique=True),
    st.sampled_from(SENTENCES),
    st.randoms(use_true_random=False),
)
def test_any_sentence_gives_the_rows_of_its_verbs(
    bodies: list[str], sentence: tuple[str, str, str], chance: random.Random
) -> None:
    printed, role, other = sentence
    cut = chance.randint(1, len(bodies) - 1)
    if "和{b}" in printed:
        bodies = [body for body in bodies if "、" not in body] or ["市教育局"]
        cut = max(1, min(cut, len(bodies) - 1))
    text = printed.format(a="、".join(bodies[:cut]), b="、".join(bodies[cut:]) or "市妇联")
    want = rows(role, bodies[:cut]) + rows(other, bodies[cut:] or ["市妇联"])
    assert note(TEXT + text) == want
    assert without_note(TEXT + text) == TEXT


@pytest.mark.parametrize(
    ("line", "numbers", "everything", "kind", "bodies"),
    [
        ("1—2项责任单位：市教育局", {1, 2}, False, "", [("responsible", "市教育局")]),
        ("（第1-3条牵头单位：市教育局；配合单位：市妇联）", {1, 2, 3}, False, "",
         [("lead", "市教育局"), ("cooperating", "市妇联")]),
        ("以上各项责任单位：市教育局", set(), True, "", [("responsible", "市教育局")]),
        ("目标1、2、4牵头单位：市教育局。", {1, 2, 4}, False, "goal", [("lead", "市教育局")]),
        ("1.3.5项由市教育局牵头，市妇联配合", {1, 3, 5}, False, "", [("lead", "市教育局"), ("cooperating", "市妇联")]),
        ("上述目标责任单位：市教育局", set(), True, "goal", [("responsible", "市教育局")]),
        ("以上措施由各有关部门负责落实", set(), True, "measure", [("responsible", "各有关部门")]),
        ("目标①②③责任单位：市教育局", {1, 2, 3}, False, "goal", [("responsible", "市教育局")]),
        ("（一）至（三）项责任单位：市教育局", {1, 2, 3}, False, "", [("responsible", "市教育局")]),
        ("第1条、第2条责任单位：市教育局", {1, 2}, False, "", [("responsible", "市教育局")]),
        ("主要目标责任单位：市教育局", set(), True, "goal", [("responsible", "市教育局")]),
        ("健康领域责任单位：市卫健委", set(), True, "", [("responsible", "市卫健委")]),
        ("牵头单位：市教育局", set(), False, "", [("lead", "市教育局")]),
        ("●【责任单位】市教育局", set(), False, "", [("responsible", "市教育局")]),
        ("市卫健委牵头，市教育局配合", set(), False, "", [("lead", "市卫健委"), ("cooperating", "市教育局")]),
    ],
)  # fmt: skip
def test_a_line_of_its_own_says_which_items_it_is_for(
    line: str, numbers: set[int], everything: bool, kind: str, bodies: list[tuple[str, str]]
) -> None:
    (read,) = shared(line)
    assert (set(read.numbers), read.everything, read.kind) == (numbers, everything, kind)
    assert [tuple(named) for named in read.bodies] == bodies


def test_a_line_may_speak_of_several_groups_of_items() -> None:
    read = shared("（1-5项：市教育局牵头；6、7项：市卫健委负责）")
    assert read == shared("1-5项由市教育局牵头，6、7项由市卫健委负责。")
    assert [(sorted(one.numbers), one.bodies) for one in read] == [
        ([1, 2, 3, 4, 5], (Named("lead", "市教育局"),)),
        ([6, 7], (Named("responsible", "市卫健委"),)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "第1项责任单位：市委宣传部（市文明办）、市妇联",
        "（第1项责任单位：市委宣传部（市文明办）、市妇联）",
        "【第1项责任单位】市委宣传部（市文明办）、市妇联",
    ],
)
def test_brackets_in_a_line_of_bodies_stay_with_their_body(line: str) -> None:
    assert [(sorted(one.numbers), [body.name for body in one.bodies]) for one in shared(line)] == [
        ([1], ["市委宣传部(市文明办)", "市妇联"])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("率下降（市妇联负责）。", "率下降。"),
        ("率下降（市教育局牵头，市妇联配合），人人参加。", "率下降,人人参加。"),
        ("率下降。责任单位：市妇联", "率下降。"),
        ("责任单位：市妇联（", ""),
        ("（责任单位：市教育局）率下降。", "率下降。"),
        ("率下降（每年一次）。", "率下降(每年一次)。"),
    ],
)
def test_without_its_note_a_text_keeps_all_its_signs(text: str, expected: str) -> None:
    assert without_note(text) == expected


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("市教育局会同市民政局；市妇联", "responsible cooperating responsible"),
        ("市教育局会同市民政局、市妇联", "responsible cooperating cooperating"),
        ("市教育局牵头；市民政局、市妇联配合", "lead cooperating cooperating"),
        ("市教育局；市民政局、市妇联配合", "responsible cooperating cooperating"),
        ("市教育局、监测：市统计局、市妇联", "responsible"),
    ],
)
def test_a_verb_holds_up_to_the_semicolon(listed: str, expected: str) -> None:
    assert [role for role, _ in note(f"率下降。（责任单位：{listed}）")] == expected.split()


@pytest.mark.parametrize(
    "line", ["1.孕产妇死亡率下降。", "责任单位应当加强协调。", "率下降。责任单位：市教育局", "（一）妇女与健康"]
)
def test_a_line_that_says_more_or_something_else_is_no_shared_line(line: str) -> None:
    assert shared(line) == []


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("牵头单位", "lead"), ("牵 头\n部 门", "lead"), ("主责单位", "lead"), ("牵头（责任）单位", "lead"),
        ("责任单位", "responsible"), ("责任部门", "responsible"), ("落实单位", "responsible"),
        ("完成单位", "responsible"), ("责任单位及分工", "responsible"), ("配合单位", "cooperating"),
        ("责任单位（排第一的为牵头单位）", "responsible"), ("协同配合单位", "cooperating"),
        ("参与部门", "participating"), ("序号", None), ("责任领导", None), ("目标", None),
    ],
)  # fmt: skip
def test_a_heading_of_a_column_gives_a_role(heading: str, role: str | None) -> None:
    assert read_roles_header(heading) == role


def test_a_cell_parts_its_bodies_at_its_line_ends_but_no_name() -> None:
    assert names("市委\n宣传部、市教\n育局\n各县（市、区）\n市妇联") == [
        "市委宣传部",
        "市教育局",
        "各县(市、区)",
        "市妇联",
    ]
    assert read_cell("市教育局牵头\n市妇联配合", "responsible") == [
        Named("lead", "市教育局"),
        Named("cooperating", "市妇联"),
    ]
    assert read_cell("牵头单位：市教育局", "responsible") == [Named("lead", "市教育局")]


def test_a_text_may_say_that_the_first_body_leads() -> None:
    assert first_leads("注：责任单位中排在首位的为牵头单位")
    assert not first_leads("牵头单位：市教育局")

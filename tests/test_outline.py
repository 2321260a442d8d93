"""The outline of a plan's text: what opens what, told by marks, their order and the words of headings."""

import pytest

from plandata.texts.formats.document import Line, Place
from plandata.texts.marks import plain
from plandata.texts.outline import Node, Outline, cut, outline
from plandata.texts.paragraphs import Paragraph


def shown(node: Node) -> str:
    """A node and in braces what stands below it: a paragraph with ~, a table as #, a line of bodies with how much
    stands before it."""
    parts = [shown(p) if isinstance(p, Node) else "#" if isinstance(p, list) else f"~{p}" for p in node.content]
    parts += [f"@{before}:{note}" for before, note in node.notes]
    return f"{node.mark}{node.text}" + (f"{{{' '.join(parts)}}}" if parts else "")


def read(text: str) -> Outline:
    """The outline of words, each a paragraph; a digit and ^ before one are the level of its style."""
    texts = []
    for number, word in enumerate(text.split(), 1):
        level, _, rest = word.rpartition("^")
        texts.append(Paragraph(plain(rest), [Line(rest, Place(paragraph=number))], int(level or 0)))
    return outline(texts)


def tree(text: str) -> str:
    return shown(read(text).root)[1:-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、领域 (一)妇女与健康 主要目标: 1.甲。 策略措施: 1.乙。 (二)妇女与教育 1.丙。 二、实施 1.丁。",
            "一、领域{(一)妇女与健康{主要目标{1.甲。} 策略措施{1.乙。}} (二)妇女与教育{1.丙。}} 二、实施{1.丁。}",
        ),
        ("主要目标: 1.甲。 3.乙。 5.丙。", "主要目标{1.甲。 3.乙。 5.丙。}"),
        ("主要目标: 1.甲。 2.乙。 5.丙。", "主要目标{1.甲。 2.乙。{~5.丙。}}"),
        ("主要目标: 1.甲。 2.乙。 2.丙。 3.丁。", "主要目标{1.甲。 2.乙。 2.丙。 3.丁。}"),
        ("主要目标: 1.甲。 1.乙。 2.丙。", "主要目标{1.甲。{1.乙。 2.丙。}}"),
        ("主要目标: 1.甲。 2.乙。 2、丙。", "主要目标{1.甲。 2.乙。{2、丙。}}"),
        ("主要目标: 1.甲。 3.乙。 2.丙。", "主要目标{1.甲。 3.乙。{2.丙。}}"),
        ("主要目标: 2.甲。 3.乙。", "主要目标{2.甲。 3.乙。}"),
        ("主要目标: 3.甲。 4.乙。", "主要目标{~3.甲。 ~4.乙。}"),
        ("主要目标: 甲。 2.乙。", "主要目标{~甲。 ~2.乙。}"),
        ("1.甲。 2、乙。 (1)丙。 2)丁。", "1.甲。 2、乙。{(1)丙。 2)丁。}"),
        (
            "一、总则 (一)妇女与健康 1.甲。 (一)妇女与教育 1.乙。",
            "一、总则{(一)妇女与健康{1.甲。} (一)妇女与教育{1.乙。}}",
        ),
        ("一、总则 甲。 五、组织实施 1.乙。", "一、总则{~甲。} 五、组织实施{1.乙。}"),
        ("一、总则 甲。 一、组织实施 1.乙。", "一、总则{~甲。} 一、组织实施{1.乙。}"),
        ("一、总则 甲。 五、乙。", "一、总则{~甲。 ~五、乙。}"),
        ("一、总则 甲。 五、推进 乙。", "一、总则{~甲。 ~五、推进乙。}"),
        ("二、总则 甲。 一、组织实施 1.乙。", "二、总则{~甲。} 一、组织实施{1.乙。}"),
        ("主要目标: 1.甲。 2.5%的乡镇。", "主要目标{1.甲。 2.5%的乡镇。}"),
        ("主要目标: 1.甲, 2.5%的乡镇。", "主要目标{1.甲,{~2.5%的乡镇。}}"),
        (
            "一、领域 (一)妇女与健康 ◆主要目标 ◆甲。 ◆乙。 ◆主要措施 ◆丙。",
            "一、领域{(一)妇女与健康{◆主要目标{◆甲。 ◆乙。} ◆主要措施{◆丙。}}}",
        ),
        (
            "一、领域 (一)妇女与健康 ●主要目标 ◆甲。 ◆乙。 ●主要措施 ◆丙。",
            "一、领域{(一)妇女与健康{●主要目标{◆甲。 ◆乙。} ●主要措施{◆丙。}}}",
        ),
    ],
)
def test_a_mark_opens_what_continues_a_sequence_or_begins_one(text: str, expected: str) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("goals", "measures", "second", "expected"),
    [
        ("1.甲。 2.乙。", "1.丙。", "3.丁。", "{主要目标{1.甲。 2.乙。} 策略措施{1.丙。}} {主要目标{3.丁。}}"),
        ("1.甲。 2.乙。", "3.丙。", "4.丁。", "{主要目标{1.甲。 2.乙。} 策略措施{3.丙。}} {主要目标{4.丁。}}"),
        ("1.甲。 2.乙。", "3.丙。", "6.丁。", "{主要目标{1.甲。 2.乙。} 策略措施{3.丙。}} {主要目标{~6.丁。}}"),
        (
            "第一条甲。",
            "第二条乙。",
            "第三条丙。",
            "{主要目标{第一条甲。} 策略措施{第二条乙。}} {主要目标{第三条丙。}}",
        ),
    ],
)
def test_numbers_may_run_on_through_all_domains(goals: str, measures: str, second: str, expected: str) -> None:
    body = f"(一)妇女与健康 主要目标: {goals} 策略措施: {measures} (二)妇女与教育 主要目标: {second}"
    whole = f"一、领域{{(一)妇女与健康{expected.replace('} {', '} (二)妇女与教育{')}}}"
    assert tree(f"一、领域 {body}") == whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主要目标: 1.甲。 2.乙。 1.丙。 2.丁。", "主要目标{1.甲。 2.乙。} {1.丙。 2.丁。}"),
        ("主要目标: 1.甲。 2.乙, 1.丙。 2.丁。", "主要目标{1.甲。 2.乙,{1.丙。 2.丁。}}"),
        ("主要措施: 1.甲。 2.乙。 1.丙。", "主要措施{1.甲。 2.乙。{1.丙。}}"),
        ("主要目标: 1.甲。 ①乙。 1.丙。", "主要目标{1.甲。{❶乙。}} {1.丙。}"),
    ],
)
def test_where_the_numbers_of_goals_begin_anew_the_heading_of_the_measures_was_lost(text: str, expected: str) -> None:
    assert tree(f"一、领域 (一)妇女与健康 {text}") == f"一、领域{{(一)妇女与健康{{{expected}}}}}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "妇女与健康 主要目标 1.甲。 妇女与教育 主要目标 1.乙。",
            "妇女与健康{主要目标{1.甲。}} 妇女与教育{主要目标{1.乙。}}",
        ),
        ("2^总则 甲。 2^妇女与健康 3^主要目标 1.甲。", "总则{~甲。} 妇女与健康{主要目标{1.甲。}}"),
        (
            "1^领域 2^健康 3^主要目标 1.甲。 3^主要措施 1.乙。 2^教育 3^主要目标 1.丙。",
            "领域{健康{主要目标{1.甲。} 主要措施{1.乙。}} 教育{主要目标{1.丙。}}}",
        ),
        ("【健康领域】 主要目标: 1.甲。", "健康领域{主要目标{1.甲。}}"),
        ("【总体要求】甲。", "总体要求{~甲。}"),
        ("【健康成果】 甲。 【妇女健康】 乙。", "健康成果{~甲。} 妇女健康{~乙。}"),
        ("01总体要求 甲。 02组织实施 乙。", "总体要求{~甲。} 组织实施{~乙。}"),
        ("指导思想 一、甲。 二、乙。", "指导思想 一、甲。 二、乙。"),
        ("一、领域 总体要求 甲。", "一、领域 总体要求{~甲。}"),
    ],
)
def test_a_heading_without_number_is_told_by_its_words_its_style_or_what_follows(text: str, expected: str) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主要目标: 1.甲 乙。", "主要目标{1.甲{~乙。}}"),
        ("主要目标: 1.甲。 乙 丙。", "主要目标{1.甲。{~乙丙。}}"),
        ("主要目标: 1.甲。 编辑 2.丙。", "主要目标{1.甲。 2.丙。}"),
        ("主要目标: 1.甲。 上一页 2.丙。", "主要目标{1.甲。 2.丙。}"),
        ("主要目标: 1.甲。 责任单位:县妇联 2.丙。", "主要目标{1.甲。{~责任单位:县妇联} 2.丙。}"),
        ("一、总则 甲。 指标表 二、丙。", "一、总则{~甲。} 二、丙。"),
        ("一、总则 指标表 二、丙。", "一、总则 二、丙。"),
        ("一、总则 甲,见 指标表 二、丙。", "一、总则{~甲,见 ~指标表} 二、丙。"),
        ("一、总则 甲。 抄送:乙 丙。 1.丁。 二、戊。", "一、总则{~甲。} 二、戊。"),
        ("一、总则 甲。 【打印】 丙。 二、戊。", "一、总则{~甲。} 二、戊。"),
        ("一、总则 甲。 名词解释 1.丙。 (一)戊。 二、己。", "一、总则{~甲。}"),
        ("第一章总则 甲。 名词解释 1.丙。 第二章己。 1.庚。", "第一章总则{~甲。} 第二章己。{1.庚。}"),
        ("第一节总则 甲。 名词解释 第二节己。", "第一节总则{~甲。}"),
    ],
)
def test_what_belongs_to_nothing_is_left_out(text: str, expected: str) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("note", "holder"),
    [
        ("(第1项责任单位:县妇联)", "策略措施"),
        ("第1项措施责任单位:县妇联", "策略措施"),
        ("第1项目标责任单位:县妇联", "(一)妇女与健康"),
        ("本领域责任单位:县妇联", "(一)妇女与健康"),
        ("以上措施责任单位:县妇联", "策略措施"),
        ("以上目标和措施责任单位:县妇联", "(一)妇女与健康"),
    ],
)
def test_a_line_of_bodies_stands_with_the_items_that_it_is_about(note: str, holder: str) -> None:
    text = f"一、领域 (一)妇女与健康 主要目标: 1.甲。 2.乙。 策略措施: 1.乙。 {note}"
    told = {"策略措施": f"{{1.乙。 @1:{note}}}}}", "(一)妇女与健康": f"{{1.乙。}} @2:{note}}}"}
    assert tree(text) == f"一、领域{{(一)妇女与健康{{主要目标{{1.甲。 2.乙。}} 策略措施{told[holder]}}}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、组织实施 1.甲。 2.乙。 第1项责任单位:县妇联", "一、组织实施{1.甲。 2.乙。 @2:第1项责任单位:县妇联}"),
        ("一、组织实施 第1项责任单位:县妇联", "一、组织实施 @1:第1项责任单位:县妇联"),
        ("第1项责任单位:县妇联", "@0:第1项责任单位:县妇联"),
        (
            "一、领域 (一)把身体养好 主要目标: 1.甲。 (二)家庭 1.乙。 第1项责任单位:县妇联",
            "一、领域{(一)把身体养好{主要目标{1.甲。}} (二)家庭{1.乙。 @1:第1项责任单位:县妇联}}",
        ),
    ],
)
def test_a_line_of_bodies_outside_a_domain_stands_above_what_was_read_last(text: str, expected: str) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("1.甲。2.乙。", "1.甲。 2.乙。"),
        ("1.甲,2.乙。", "1.甲,2.乙。"),
        ("甲(见附件)1.乙。", "甲(见附件) 1.乙。"),
        ("(一)妇女与健康主要目标:1.甲。", "(一)妇女与健康 主要目标: 1.甲。"),
        ("(一)总体目标:甲。", "(一)总体目标:甲。"),
        ("(一)总目标:甲。", "(一)总目标:甲。"),
        ("(一)主要目标:1.甲。", "(一)主要目标: 1.甲。"),
        ("妇女与健康【主要目标】1.甲。", "妇女与健康 【主要目标】 1.甲。"),
        ("妇女健康,主要目标:1.甲。", "妇女健康,主要目标: 1.甲。"),
        (f"{'健' * 40}主要目标:1.甲。", f"{'健' * 40} 主要目标: 1.甲。"),
        (f"{'健' * 41}主要目标:1.甲。", f"{'健' * 41}主要目标: 1.甲。"),
        ("主要目标:妇女健康水平提高。", "主要目标: 妇女健康水平提高。"),
        ("主要目标:健康提高。", "主要目标:健康提高。"),
        ("甲。主要目标:1.乙。策略措施:一是丙。二是丁。", "甲。 主要目标: 1.乙。 策略措施: 一是丙。 二是丁。"),
    ],
)
def test_a_paragraph_is_cut_where_something_may_open(text: str, pieces: str) -> None:
    assert list(cut(text)) == pieces.split()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("妇女与健康", True),
        ("【妇女与健康】", True),
        ("健" * 40, True),
        ("健" * 41, False),
        ("健康。", False),
        ("健康;教育", False),
        ("健康)", False),
        ("妇女与健康(责任单位:县妇联)", True),
        ("妇女与健康(含保健)", False),
    ],
)
def test_a_heading_is_short_and_no_sentence(text: str, is_one: bool) -> None:
    assert Node("head", "", "", text, 1).heading == is_one


def test_each_piece_of_a_text_is_told_with_its_line_and_what_took_it() -> None:
    claims = read("一、总则 甲。 【打印】 二、组织实施 1.乙。2.丙。").claims
    assert [(c.line, c.text, c.node and c.node.mark + c.node.text) for c in claims] == [
        (1, "一、总则", "一、总则"),
        (2, "甲。", "一、总则"),
        (3, "【打印】", None),
        (4, "二、组织实施", "二、组织实施"),
        (5, "1.乙。", "1.乙。"),
        (5, "2.丙。", "2.丙。"),
    ]

"""Tables in texts: which cells make a grid, what its columns hold, and where a table begins and ends."""

import re
from collections.abc import Sequence

import pytest

from plandata.texts.flat_tables import aligned, fits, gridded
from plandata.texts.formats.document import Line, Place
from plandata.texts.marks import plain
from plandata.texts.paragraphs import Paragraph
from plandata.texts.tables import head_of, rows_of, table_rows, with_tables

HEADS = "序号 主要指标 2020年 2025年"
FIRST = "1 孕产妇死亡率 12.5 ≤12"
SECOND = "2 婴儿死亡率 3.5 下降"


def cells(text: str) -> list[Line]:
    return [Line(word, Place(2, 3, number)) for number, word in enumerate(text.split(), 11)]


def rows(table: Sequence[Line]) -> list[str]:
    """The rows of a grid, a line each: its number and its cells, a dot for each column without one."""
    found: dict[int, dict[int, str]] = {}
    for cell in table:
        found.setdefault(cell.place.row, {})[cell.place.column] = cell.text.replace("\n", "+")
    return [f"{row} " + " ".join(own.get(n, "·") for n in range(1, max(own) + 1)) for row, own in found.items()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEADS} {FIRST} {SECOND}", [f"1 {HEADS}", f"3 {FIRST}", f"5 {SECOND}"]),
        (
            f"{HEADS} (一)妇女与健康 {FIRST} (二)妇女与教育 {SECOND}",
            [f"1 {HEADS}", "2 妇女与健康", f"3 {FIRST}", "4 妇女与教育", f"5 {SECOND}"],
        ),
        (f"{HEADS} {FIRST} {HEADS} {SECOND} {HEADS}", [f"1 {HEADS}", f"3 {FIRST}", f"5 {SECOND}"]),
        ("序号 主要指标 数值 2020年 2025年 1 死亡率 5 4", ["1 序号 主要指标 2020年 2025年", "3 1 死亡率 5 4"]),
        (
            "序号 指标值 主要指标 单位 2020年 2025年 1 5 4 死亡率 %",
            ["1 序号 2020年 2025年 主要指标 单位", "3 1 5 4 死亡率 %"],
        ),
        (
            "序号 主要指标 指标值 2020年 2023年 2025年 1 死亡率 5 4 3",
            ["1 序号 主要指标 2020年 2023年 2025年", "3 1 死亡率 5 4 3"],
        ),
        (
            "序号 主要指标 数值 2020年 单位 1 死亡率 长期 4 %",
            ["1 序号 主要指标 数值 2020年 单位", "3 1 死亡率 长期 4 %"],
        ),
        ("序号 主要指标 数值 2025年 1 死亡率 长期 4", ["1 序号 主要指标 数值 2025年", "3 1 死亡率 长期 4"]),
        ("序号 2020年 主要指标 1 2 死亡率 2 3 体检率", ["1 序号 2020年 主要指标", "3 1 2 死亡率", "5 2 3 体检率"]),
        (
            "序号 主要指标 2025年 1 死亡率 5 2 体检率 7 注:数据来自年报",
            ["1 序号 主要指标 2025年", "3 1 死亡率 5", "5 2 体检率 7"],
        ),
        (
            "序号 领域 主要指标 2020年 责任单位 1 妇女与健康 死亡率 5 县卫生健康局 2 体检率 3 参保率 7 县医保局",
            [
                "1 序号 领域 主要指标 2020年 责任单位",
                "3 1 妇女与健康 死亡率 5 县卫生健康局",
                "5 2 妇女与健康 体检率 · 县卫生健康局",
                "7 3 妇女与健康 参保率 7 县医保局",
            ],
        ),
        (
            "序号 主要目标 措施 配合单位 1 死亡率逐年下降 逐村巡诊 县妇联 2 送医到家 3 体检率逐年提高 增设病床 县妇联",
            [
                "1 序号 主要目标 措施 配合单位",
                "3 1 死亡率逐年下降 逐村巡诊 县妇联",
                "5 2 死亡率逐年下降 送医到家 县妇联",
                "7 3 体检率逐年提高 增设病床 县妇联",
            ],
        ),
        (f"{HEADS} {FIRST} 2 平均 预期 寿命 (岁) 80 81", [f"1 {HEADS}", f"3 {FIRST}", "5 2 平均+预期+寿命+(岁) 80 81"]),
    ],
)
def test_the_cells_of_a_flat_table_find_their_columns(text: str, expected: list[str]) -> None:
    assert rows(gridded(cells(text), head_of)) == expected


def test_a_cell_of_a_flat_table_is_found_where_it_is_printed() -> None:
    heads = "序号 领域 主要指标"
    table = gridded(cells(f"{heads} (一)妇女与健康 1 妇女与健康 死亡率 2 体检率"), head_of)
    found = [(cell.text, cell.place.paragraph, cell.place.columns) for cell in table]
    assert found == [
        *((head, 11, 1) for head in heads.split()),
        ("妇女与健康", 14, 3),
        *(("1", 15, 1), ("妇女与健康", 16, 1), ("死亡率", 17, 1)),
        *(("2", 18, 1), ("妇女与健康", 18, 1), ("体检率", 19, 1)),
    ]
    assert {(cell.place.file, cell.place.page, cell.place.table, cell.place.rows) for cell in table} == {(2, 3, 1, 1)}


@pytest.mark.parametrize(
    ("heads", "is_one"),
    [
        ("序号 主要指标", False),
        ("序号 主要指标 2025年", True),
        ("序号 主要目标 备注", True),
        ("序号 主要措施 备注", True),
        ("序号 领域 备注", False),
        ("领域 序号 主要指标", False),
        (f"序号 主要指标 {'备注 ' * 10}", True),
        (f"序号 主要指标 {'备注 ' * 11}", False),
        (f"序号 主要指标 备{'注' * 13}", True),
        (f"序号 主要指标 备{'注' * 14}", False),
    ],
)
def test_what_heads_make_a_flat_table(heads: str, is_one: bool) -> None:
    assert bool(gridded(cells(f"{heads} 1 死亡率"), head_of)) == is_one


@pytest.mark.parametrize("text", ["", "序号", "序号 主要指标 2020年 2025年", "1 死亡率 5"])
def test_cells_without_heads_and_rows_make_no_table(text: str) -> None:
    assert gridded(cells(text), head_of) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("县卫生健康局", "bodies"),
        ("孕产妇健康水平", "goal measure name domain"),
        ("妇女与健康。", "goal measure name"),
        ("妇女健康水平和健康素养的提高", "goal measure name domain"),
        ("妇女健康水平和健康素养再有提高", "goal measure name"),
        ("12", "serial baseline target"),
        ("12.5", "goal measure name baseline target"),
        ("12.5%", "goal measure name baseline target"),
        ("降到12.5以下", "goal measure name baseline target"),
        ("—", "unit baseline target"),
        ("%", "unit"),
        ("1/10万", "goal measure name unit baseline target"),
        ("万人", "unit"),
        ("约束性", "goal measure name unit other"),
        ("2025年", "other baseline target"),
        ("长期坚持", "unit other"),
        ("逐步", "unit"),
        ("逐步提高", "goal measure name unit"),
        ("逐步提高,人人参加", "goal measure name"),
    ],
)
def test_what_columns_a_cell_fits(text: str, kinds: str) -> None:
    asked = ("serial", "bodies", "goal", "measure", "name", "domain", "unit", "baseline", "target", "other")
    assert {kind for kind in asked if fits(text, kind) > 0} == set(kinds.split())


@pytest.mark.parametrize(
    ("texts", "kinds", "last", "expected"),
    [
        ("1 死亡率 5 4", "serial name baseline target", False, [1, 1, 1, 1]),
        ("1 死亡率", "serial name baseline target", False, [1, 1, 0, 0]),
        ("1 平均预期寿命 (周岁) 5", "serial name baseline", False, [1, 2, 1]),
        ("1 死亡率 5 说明", "serial name baseline", False, [1, 1, 2]),
        ("1 死亡率 5 说明", "serial name baseline", True, [1, 1, 1]),
        ("1 死亡率 说明书", "serial name", False, [1, 2]),
        ("1 死亡率 说明书", "serial name", True, [1, 1]),
        ("1 死亡率 县妇联", "serial name bodies bodies", False, [1, 1, 0, 1]),
        ("1 死亡率 县妇联 县教育局", "serial name bodies bodies", False, [1, 1, 1, 1]),
        ("1 死亡率 县妇联 县教育局", "serial name bodies", False, [1, 1, 2]),
        ("1 妇女与健康 死亡率", "serial domain name", False, [1, 1, 1]),
        ("1 死亡率 下降", "serial name target", False, [1, 1, 1]),
        ("", "serial name", False, [0, 0]),
    ],
)
def test_how_the_cells_of_a_row_part_among_its_columns(texts: str, kinds: str, last: bool, expected: list[int]) -> None:
    assert aligned(texts.split(), kinds.split(), last) == expected


def grid(text: str) -> list[Line]:
    """The cells of rows that semicolons part; an arrow and a digit say how many rows or columns a cell spans."""
    made: list[Line] = []
    taken: set[tuple[int, int]] = set()
    for row, words in enumerate(text.split(";"), 1):
        column = 1
        for word in words.split():
            column = next(n for n in range(column, 99) if (row, n) not in taken)
            parts = re.fullmatch(r"(.*?)(?:↓(\d))?(?:→(\d))?", word)
            assert parts is not None
            tall, wide = int(parts[2] or 1), int(parts[3] or 1)
            place = Place(paragraph=len(made) + 1, table=1, row=row, column=column, rows=tall, columns=wide)
            made.append(Line(parts[1].replace("·", "").replace("+", "\n"), place))
            taken |= {(row + i, column + k) for i in range(tall) for k in range(wide)}
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "序号 主要指标 2020年 2025年;1 死亡率 5 4;2 体检率 80 90",
            ["indicator  1 死亡率|5|4", "indicator  2 体检率|80|90"],
        ),
        (
            "序号 领域 主要指标 单位 2025年;1 妇女与健康↓3 死亡率 1/10万 4;2 体检率 % 90;3 参保率(%) % 95;"
            "妇女与教育→5;4 · 升学率 % 99",
            [
                "indicator 妇女与健康 1 死亡率(1/10万)|4",
                "indicator 妇女与健康 2 体检率(%)|90",
                "indicator 妇女与健康 3 参保率(%)|95",
                "indicator 妇女与教育 4 升学率(%)|99",
            ],
        ),
        (
            "序号↓2 主要指标↓2 指标值→2;2020年 2025年;1 死亡率 5 4↓2;2 体检率 5",
            ["indicator  1 死亡率|5|4", "indicator  2 体检率|5|4"],
        ),
        ("序号 主要指标 2020年 2023年 2025年;1 死亡率 5 4 3", ["indicator  1 死亡率|4|3"]),
        ("序号 主要指标 2025年;1 死亡率 4", ["indicator  1 死亡率|4"]),
        ("序号 主要指标 2023年 规划值;1 死亡率 5 4", ["indicator  1 死亡率|5|4"]),
        ("序号 主要指标 基期值 2025年;1 死亡率 5 4", ["indicator  1 死亡率|5|4"]),
        ("序号 主要指标 发展目标;1 死亡率 4", ["indicator  1 死亡率|4"]),
        (
            "序号 主要指标 2025年;1 死亡率 5;序号 主要指标 2025年;2 体检率 4;· · ·",
            ["indicator  1 死亡率|5", "indicator  2 体检率|4"],
        ),
        ("序号 主要指标 措施;1 体检率 宣传", ["indicator  1 体检率"]),
        (
            "序号 主要目标 牵头单位 配合单位;1 死亡率下降 县卫健局 县妇联;2 体检率提高 县卫健局 ·",
            ["goal  1 死亡率下降 牵头单位:县卫健局 配合单位:县妇联", "goal  2 体检率提高 牵头单位:县卫健局"],
        ),
        (
            "序号 主要目标 措施 责任单位;1 死亡率下降↓2 1.宣传 县卫健局;2 2.体检 县妇联;3 升学 讲课 县教育局",
            [
                "goal  1 死亡率下降 责任单位:县妇联",
                "measure  1 宣传 责任单位:县卫健局",
                "measure  2 体检 责任单位:县妇联",
                "goal  3 升学",
                "measure   讲课 责任单位:县教育局",
            ],
        ),
        ("主要目标 责任单位;一、死亡率下降 县卫健局", ["goal  一 死亡率下降 责任单位:县卫健局"]),
        (
            "序号 主要指标;123 甲率;1234 乙率;十二 丙率;12a 丁率",
            ["indicator  123 甲率", "indicator   乙率", "indicator  十二 丙率", "indicator   丁率"],
        ),
        ("序号 主要目标;1 死亡率下降", []),
        ("序号 备注;1 甲", []),
        ("甲 ·;乙 ·;丙 ·;序号 主要指标;1 体检率", ["indicator  1 体检率"]),
        ("甲 ·;乙 ·;丙 ·;丁 ·;序号 主要指标;1 体检率", []),
    ],
)
def test_the_lines_of_a_table_are_read_by_the_heads_of_its_columns(text: str, expected: list[str]) -> None:
    found = [
        " ".join([row.kind, row.domain, row.number, row.text, *(f"{a}:{b}" for a, b in row.bodies)])
        for row in rows_of(grid(text))
    ]
    assert found == expected


def test_a_line_of_a_table_is_found_where_its_first_cell_stands() -> None:
    table = grid("序号 主要指标 2020年 2025年;1 死亡率 5 4;2 体检率 80 90")
    assert [row.line for row in rows_of(table)] == [5, 9]
    assert [row.line for row in rows_of(list(reversed(table)))] == [5, 9]
    merged = grid("领域 序号 主要指标 2025年;妇女与健康↓2 1 死亡率 4;2 体检率 90")
    assert [row.line for row in rows_of(merged)] == [5, 9]


def parted(text: str) -> list[str]:
    """Words as paragraphs, and their tables: the cells of each behind a #."""
    texts = [Paragraph(plain(word), [Line(word.replace("+", "\t"), Place())]) for word in text.split()]
    return ["#" + " ".join(cell.text for cell in p.cells) if p.cells else p.text for p in with_tables(texts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "甲。 序号 主要指标 2025年 1 死亡率 5 策略措施 1.宣传。",
            "甲。|#序号 主要指标 2025年 1 死亡率 5|策略措施|1.宣传。",
        ),
        (
            "序号 主要目标 责任单位 1 死亡率下降 县妇联 序号 主要目标 责任单位 2 体检率提高 县妇联",
            "#序号 主要目标 责任单位 1 死亡率下降 县妇联 2 体检率提高 县妇联",
        ),
        (
            "序号 主要指标 2025年 1 死亡率 5 1.主要措施 (1)宣传。",
            "#序号 主要指标 2025年 1 死亡率 5|1.主要措施|(1)宣传。",
        ),
        (
            "序号 主要指标 2025年 (一)妇女与健康 1 死亡率 5 (二)妇女与教育 2 升学率 6 (三)妇女与法律 甲。",
            "#序号 主要指标 2025年 妇女与健康 1 死亡率 5 妇女与教育 2 升学率 6|(三)妇女与法律|甲。",
        ),
        ("指标表 序号 主要指标 2025年 1 死亡率 5 二、实施", "指标表|#序号 主要指标 2025年 1 死亡率 5|二、实施"),
        ("序号+主要指标+2025年 1+死亡率+5 2+体检率+6 二、实施", "#序号 主要指标 2025年 1 死亡率 5 2 体检率 6|二、实施"),
        ("指标表 领域 主要指标 1 死亡率(%) 5 二、实施", "指标表|#领域 主要指标 1 死亡率(%) 5|二、实施"),
        ("指标表 1 死亡率(%) 5 抄送:乙", "指标表|#1 死亡率(%) 5|抄送:乙"),
        ("指标表 1 死亡率(%) 5 名词解释", "指标表|#1 死亡率(%) 5|名词解释"),
        ("指标表 1 死亡率(%) 5 云汀县儿童发展规划 一、总则", "指标表|#1 死亡率(%) 5|云汀县儿童发展规划|一、总则"),
        ("指标表 1 死亡率(%) 5 儿童工作计划", "指标表|#1 死亡率(%) 5 儿童工作计划"),
        ("指标表 没有 二、实施", "指标表|没有|二、实施"),
        ("甲。 指标表", "甲。|指标表"),
        ("序号 备注 1 甲 二、实施", "序号|备注|1|甲|二、实施"),
    ],
)
def test_where_a_table_in_plain_text_begins_and_ends(text: str, expected: str) -> None:
    assert parted(text) == expected.split("|")


def test_a_table_that_only_frames_text_is_the_lines_of_its_cells() -> None:
    frame = [Line("甲。\n\n乙。", Place(table=1, row=1, column=1)), Line("丙。", Place(table=1, row=2, column=1))]
    indicators = grid("序号 主要指标;1 体检率")
    texts = [Paragraph("", [], cells=frame), Paragraph("", [], cells=indicators)]
    assert [p.text or [cell.text for cell in p.cells] for p in with_tables(texts)] == [
        *("甲。", "乙。", "丙。"),
        ["序号", "主要指标", "1", "体检率"],
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("责任部门", "bodies"),
        ("单位", "unit"),
        ("完成单位", "bodies"),
        ("完成值", "baseline"),
        ("目标任务", "goal"),
        ("目标", "target"),
        ("指标值", ""),
        ("2025年", "year"),
        ("备注", ""),
        (f"目标{'值' * 17}", "target"),
        (f"目标{'值' * 18}", ""),
    ],
)
def test_what_the_head_of_a_column_says(text: str, kind: str) -> None:
    assert head_of(text) == kind


def test_the_target_of_merged_cells_holds_for_the_rows_below() -> None:
    cells = "妇女与 健康 1 死亡率(%) 5 4 2 体检率(%) 80 儿童与健康 3 就诊率(%) 应诊尽诊 4 接种率(%) 99 100 备注"
    rows = [(row.line, row.domain, row.number, row.text) for row in table_rows(list(enumerate(cells.split(), 1)))]
    assert rows == [
        (3, "妇女与健康", "1", "死亡率(%)|5|4"),
        (7, "妇女与健康", "2", "体检率(%)|80|4"),
        (11, "儿童与健康", "3", "就诊率(%)|应诊尽诊"),
        (14, "儿童与健康", "4", "接种率(%)|99|100备注"),
    ]

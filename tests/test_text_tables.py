"""Tables in texts: which cells make a grid, what its columns hold, and where a table begins and ends."""

from collections.abc import Sequence

import pytest

from plandata.texts.flat_tables import aligned, fits, gridded
from plandata.texts.formats.document import Line, Place
from plandata.texts.tables import head_of

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

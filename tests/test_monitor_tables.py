"""The tables in what an office sends: which file is read, where a header stands, what its columns and rows mean."""

import base64
import datetime
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from messy import book, opened, saved
from openpyxl.comments import Comment
from refused_files import changed

from plandata.monitor.cells import Cell
from plandata.monitor.headers import Block, Meaning, Vocabulary, blocks
from plandata.monitor.reading import (
    annotate,
    answered,
    content_of,
    decoded,
    kind_of,
    marked_cells,
    separator,
    serve,
    table_rows,
    told_cell,
    troubled,
    under,
    workbook_grids,
)
from plandata.monitor.sheets import Grid, UnreadableError, address
from plandata.schema import edition

WORDS = Vocabulary(edition().observations)
FEMALE = (("sex", "female"),)


def tables(*rows: Sequence[Cell]) -> list[Block]:
    return list(blocks(Grid("", rows), WORDS))


# What the header of a column means


@pytest.mark.parametrize(
    ("cell", "meaning"),
    [
        ("指标名称", Meaning("indicator_id")),
        ("*数值：", Meaning("value", known=True)),
        ("实际值", Meaning("value")),
        ("数值（%）", Meaning("value", unit="%", known=True)),
        ("指标名称（全称）", Meaning("indicator_id")),
        ("2023年", Meaning("value", year=2023)),
        (2023.0, Meaning("value", year=2023)),
        ("实际值（2022年）", Meaning("value", year=2022)),
        ("2022年分子", Meaning("numerator", year=2022, known=True)),
        ("经办人及电话", Meaning("person")),
        ("2025年目标值", None),
        ("2023年度年份", None),
        ("无名（%）", None),
        ("", None),
        (None, None),
        ("联系人" + "长" * 37, Meaning("person")),
        ("联系人" + "长" * 38, None),
    ],
)
def test_a_header_is_known_by_its_name_its_year_and_what_stands_in_brackets(
    cell: Cell, meaning: Meaning | None
) -> None:
    assert WORDS.meaning(cell) == meaning


@pytest.mark.parametrize(
    ("top", "bottom", "meaning"),
    [
        ("实际值", None, Meaning("value")),
        ("实际值", "女", Meaning("value", parts=FEMALE)),
        ("实际值", "合计", Meaning("value")),
        ("指标名称", "女", None),
        (None, "女", None),
        ("实际值", "2022年", Meaning("value", year=2022)),
        ("2022年", "实际值", Meaning("value", year=2022)),
        ("※2022年", "实际值", Meaning("value", year=2022)),
        ("2022年", "分子", Meaning("numerator", year=2022, known=True)),
        ("2022年", "2021年", Meaning("value", year=2021)),
        ("分子", "2022年", Meaning("numerator", year=2022, known=True)),
        ("来源", "2022年", Meaning("value", year=2022)),
        ("目标值", "2025年", None),
        ("基期", "实际值", None),
        ("目标值", "来源", Meaning("source", known=True)),
        ("2022年统计", "来源", Meaning("source", year=2022, known=True)),
        ("实际值", "无名", None),
    ],
)
def test_a_header_of_two_rows_says_both(top: Cell, bottom: Cell, meaning: Meaning | None) -> None:
    assert WORDS.combined(top, bottom) == meaning


# Where a table stands


@pytest.mark.parametrize(("above", "found"), [(0, 1), (29, 1), (30, 0)])
def test_a_first_header_stands_in_the_first_thirty_rows(above: int, found: int) -> None:
    assert len(tables(*[[None]] * above, ["指标", "数值"], ["某率", 1.0])) == found


def test_a_second_table_may_stand_lower() -> None:
    first, second = tables(["指标", "数值"], ["某率", 1.0], *[[None]] * 40, ["表二"], ["指标", "数值"], ["另一率", 2.0])
    assert (first.rows[:1], first.skipped) == ([1], {"empty": 40})
    assert (second.header, second.rows) == (43, [44])
    assert "表二" in second.titles


def test_a_header_without_a_value_is_none() -> None:
    assert tables(["指标", "来源"], ["某率", "年报"]) == []


def test_the_row_below_goes_on_with_a_header_where_all_of_it_are_names_or_parts() -> None:
    (double,) = tables(["指标", "实际值", None, "来源"], [None, "女", "男", None], ["某率", 1.0, 2.0, "x"])
    assert (double.header, double.rows) == (0, [2])
    assert [(dict(meaning.parts)["sex"], at) for meaning, at in double.values] == [("female", 1), ("male", 2)]
    (single,) = tables(["指标", "实际值"], [None, "1.5"], ["某率", 1.0])
    assert single.rows == [1, 2]
    (named,) = tables(["指标", "实际值"], ["女", "男"])
    assert named.rows == [1]


@pytest.mark.parametrize(
    ("above", "below", "values"),
    [
        (["指标", "实际值", None], [None, "女", None], [(None, "female", 1)]),
        (
            ["指标", "2021年", None, "2022年", None],
            [None, "女", "男", "女", "男"],
            [(2021, "female", 1), (2021, "male", 2), (2022, "female", 3), (2022, "male", 4)],
        ),
        ([None, "指标", "实际值", None], ["来源", None, "女", "男"], [(None, "female", 2), (None, "male", 3)]),
    ],
)
def test_an_upper_header_goes_on_to_the_right_as_far_as_something_stands_below(
    above: Sequence[Cell], below: Sequence[Cell], values: list[tuple[int | None, str, int]]
) -> None:
    (block,) = tables(above, below, [None, "某率", 1.0, 2.0])
    assert [(meaning.year, dict(meaning.parts)["sex"], at) for meaning, at in block.values] == values
    assert block.rows == [2]


def test_a_header_in_the_last_row_has_no_rows_and_an_empty_row_below_one_is_none_of_it() -> None:
    (last,) = tables(["x"], ["指标", "数值"])
    assert (last.header, last.rows, last.skipped) == (1, [], {})
    (double,) = tables(["指标", "实际值"], [None, "女"])
    assert (double.rows, [meaning.parts for meaning, _ in double.values]) == ([], [FEMALE])
    (block,) = tables(["指标", "数值"], [None, None], ["某率", 1.0])
    assert (block.rows, block.skipped) == ([2], {"empty": 1})


def test_of_two_columns_for_one_thing_that_with_the_name_of_the_schema_holds_else_the_first() -> None:
    for head, held, other in (
        (["指标", "实际值", "数值"], 2, 1),
        (["指标", "数值", "实际值"], 1, 2),
        (["指标", "完成值", "实际值"], 1, 2),
        (["指标", "数值", "value"], 1, 2),
    ):
        (block,) = tables(head, ["某率", 1.0, 2.0])
        assert [at for _, at in block.values] == [held]
        assert [at for _, at in block.beside] == [other]


def test_a_cell_under_a_merged_one_says_what_that_says() -> None:
    grid = Grid("", [["指标", "数值"], ["某率", 1.0], [None, 2.0], ["", 3.0]], merged={(2, 0): (1, 0), (3, 0): (1, 0)})
    (block,) = blocks(grid, WORDS)
    assert [block.cell(row, "indicator_id") for row in block.rows] == ["某率"] * 3
    assert block.cell(1, "note") is None
    assert [grid.cell(*place) for place in ((3, 1), (4, 0), (3, 2))] == [3.0, None, None]


# What its rows are


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ([1.0, "某率", 1.0], ""),
        ([None, "", None], "empty"),
        (["—", None, None], "empty"),
        (["填表人", "x", None], "signature"),
        (["负责人：", "x", None], "signature"),
        ([None, "负责人培训率", 1.0], ""),
        (["注：见附表", None, None], "remark"),
        ([1.0, "合 计", 1.0], "total"),
        (["小计", None, 1.0], "total"),
        ([None, "合计生育率", 1.0], ""),
        (["合计", "某率", 1.0], ""),
        (["甲", "乙", None], "numbering"),
        (["甲", "乙", 1.0], "numbering"),
        (["甲", None, None], ""),
    ],
)
def test_a_row_that_holds_no_value_is_skipped_and_counted(row: Sequence[Cell], kind: str) -> None:
    (block,) = tables(["序号", "指标", "数值"], row)
    assert (list(block.rows), dict(block.skipped)) == (([], {kind: 1}) if kind else ([1], {}))


def test_from_the_signatures_on_nothing_is_read_and_all_may_name_persons() -> None:
    (block,) = tables(["填表人：某甲"], ["指标", "数值", "联系人"], ["某率", 1.0, "某乙"], ["审核人", "某丙"], ["某丁"])
    assert (block.rows, block.skipped) == ([2], {"signature": 2})
    assert block.people == {"A1": "填表人：", "A4": "审核人：", "B4": "", "A5": "", "C3": ""}


def test_signatures_go_on_beyond_an_empty_row_to_the_end_of_a_sheet() -> None:
    (block,) = tables(["指标", "数值"], ["某率", 1.0], ["审核人", "某甲"], [None], ["某乙"])
    assert block.people == {"A3": "审核人：", "B3": "", "A5": ""}


def test_above_a_table_persons_may_be_named_from_the_first_label_on() -> None:
    (block,) = tables(["监测表", None, "填表人：", "某甲"], ["指标", "数值"], ["某率", 1.0])
    assert block.people == {"C1": "填表人：", "D1": ""}


def test_signatures_end_at_an_empty_row_where_another_table_follows() -> None:
    first, second = tables(
        ["指标", "数值"], ["某率", 1.0], ["审核人", "某甲"], [None], ["表二"], ["指标", "数值"], ["另一率", 2.0]
    )
    assert first.people == {"A3": "审核人：", "B3": ""}
    assert (second.people, second.titles[-1]) == (first.people, "表二")


# Which file is read


def zipped(*names: str, size: int = 0, flag: int = 0) -> bytes:
    """An archive of empty parts; each claims to unpack to a size, and bears a flag."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in names:
            # With a day of its own: the names of tests must not depend on the hour.
            file.writestr(zipfile.ZipInfo(name), "")
        for part in file.infolist():
            part.file_size, part.flag_bits = size, flag
    return content.getvalue()


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARTS = tuple(f"xl/{n}" for n in range(2001))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", b"a,b", "text"),
        ("a.TXT", b"a,b", "text"),
        ("a.xls", COMPOUND, "xls"),
        ("a.csv", zipped("xl/workbook.xml"), "xlsx"),
        ("a.ods", zipped("content.xml"), "ods"),
        ("a.xlsx", zipped(*PARTS[:2000]), "xlsx"),
        ("a.xlsx", zipped("xl/a", "xl/b", size=100 * 2**20, flag=2), "xlsx"),
    ],
)
def test_a_file_is_what_its_content_is(name: str, content: bytes, kind: str) -> None:
    assert kind_of(Path(name), content) == kind


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", COMPOUND + "EncryptedPackage".encode("utf-16-le"), "locked"),
        ("a.xls", COMPOUND + "WordDocument".encode("utf-16-le"), "document"),
        ("a.xlsx", b"PK but no archive", "broken"),
        ("a.xlsx", zipped(*PARTS), "bomb"),
        ("a.xlsx", zipped("xl/a", size=200 * 2**20 + 1), "bomb"),
        ("a.xlsx", zipped("xl/a", flag=1), "locked"),
        ("a.xlsx", zipped("xl/a", flag=3), "locked"),
        ("a.xlsx", zipped("word/document.xml"), "document"),
        ("a.xlsx", zipped("ppt/x"), "document"),
        ("a.xlsx", zipped("x"), "archive"),
        ("a.csv", b"%PDF-1.7", "document"),
        ("a.doc", b"x", "document"),
        ("a.rar", b"x", "archive"),
        ("a.xlsx", b"\xef\xbb\xbf <html>", "page"),
        ("a.xlsx", b"x", "broken"),
        ("a.bin", b"x", "unknown"),
    ],
)
def test_a_file_that_is_no_table_is_refused_for_what_it_is(name: str, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        kind_of(Path(name), content)
    assert raised.value.code == code


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (20 * 2**20 + 1, "large")])
def test_a_file_without_a_byte_and_one_of_more_than_twenty_megabytes_are_refused(
    tmp_path: Path, size: int, code: str
) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(size)
    with pytest.raises(UnreadableError) as raised:
        content_of(path)
    assert raised.value.code == code


def test_a_file_of_twenty_megabytes_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(20 * 2**20)
    assert len(content_of(path)) == 20 * 2**20


def test_the_reasons_name_the_bounds() -> None:
    told = {code: UnreadableError(code).why.en for code in ("large", "bomb", "wide", "heavy")}
    bounds = {"large": "20 MiB", "bomb": "200 MiB", "wide": "1,000,000 cells", "heavy": "2048 MiB and 60 seconds"}
    assert [code for code, bound in bounds.items() if bound not in told[code]] == []


def failing(error: BaseException) -> Callable[..., dict[str, Any]]:
    def work(path: Path) -> dict[str, Any]:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UnreadableError("locked"), {"refused": "locked"}),
        (FileNotFoundError(2, "No such file"), {"missing": "No such file", "errno": 2}),
        (OSError("odd"), {"missing": "odd", "errno": 0}),
        (MemoryError(), {"refused": "heavy"}),
        (RecursionError(), {"refused": "heavy"}),
        (ValueError("x"), {"refused": "broken"}),
        (BaseException("panic"), {"refused": "broken"}),
    ],
)
def test_what_a_library_dies_of_is_told_and_not_raised(error: BaseException, told: dict[str, object]) -> None:
    assert answered(failing(error), Path("a.xlsx"), []) == told


def test_an_interruption_is_none_of_a_file() -> None:
    with pytest.raises(KeyboardInterrupt):
        answered(failing(KeyboardInterrupt()), Path("a.xlsx"), [])


def test_each_question_is_answered_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n")
    answers: list[bytes] = []
    serve([json.dumps(["read", str(tmp_path / name)]).encode() for name in ("a.csv", "b.csv")], answers.append)
    assert all(answer.endswith(b"\n") for answer in answers)
    (grid,), missing = json.loads(answers[0])["grids"], json.loads(answers[1])
    assert (grid["rows"], grid["hidden"], grid["formatted"]) == ([["a", "b"]], False, False)
    assert missing["errno"] == 2


# Workbooks


def workbook(*rows: Sequence[Any], **formats: str) -> bytes:
    """A workbook of one sheet; formats are those of numbers, by cell."""
    made = opened(book(表1=rows))
    for cell, form in formats.items():
        made.active[cell].number_format = form
    return saved(made)


@pytest.mark.parametrize(
    ("rows", "formats", "marks"),
    [
        ([["x", 0.5]], {}, []),
        ([["x", 0.5]], {"B1": "0.0%"}, [(0, 1, "percent")]),
        ([[None], ["x", 0.5]], {"B2": '0.0"%"'}, []),
        ([[None], ["x", "y"]], {"B2": "0%"}, []),
        ([["x", "=1+1"]], {}, [(0, 1, "formula")]),
        ([["x", "#N/A"]], {}, [(0, 1, "error#N/A")]),
        ([[None], [None, "x", "=1/0"]], {"A1": "0%"}, [(1, 2, "formula")]),
    ],
)
def test_percent_formats_errors_and_formulas_without_a_result_are_marked(
    rows: Sequence[Sequence[Any]], formats: dict[str, str], marks: list[tuple[int, int, str]]
) -> None:
    (grid,) = workbook_grids(workbook(*rows, **formats), "xlsx")
    assert (grid["marks"], grid["formatted"], grid["sheet"]) == (marks, True, "表1")


def test_a_workbook_is_looked_at_twice_only_where_its_cells_need_it() -> None:
    contents = (workbook(["x", 0.5]), workbook(["x", 0.5], B1="0.0%"), workbook(["=1+1"]), workbook(["#N/A"]))
    assert [troubled(content) for content in contents] == [False, True, True, True]


def test_a_formula_that_has_its_result_is_as_good_as_a_number() -> None:
    content = changed(rb'<c r="D2"[^>]*><v>97</v>', b'<c r="D2"><f>90+7</f><v>97</v>')
    assert marked_cells(content) == {"Sheet1": []}


def test_a_sheet_is_told_from_its_first_cell_on_with_what_is_merged() -> None:
    made = opened(book(表1=[[], [None, "x"], [None, None, "y"]]))
    made.active.merge_cells("B2:C2")
    (grid,) = workbook_grids(saved(made), "xlsx")
    assert grid["rows"] == [["", "", ""], ["", "x", ""], ["", "", "y"]]
    assert grid["merged"] == [(1, 2, 1, 1)]


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    made = opened(book(明=[["x"]], 暗=[["y"]], 空=[]))
    made["暗"].sheet_state = "hidden"
    shown, hidden, empty = workbook_grids(saved(made), "xlsx")
    assert (shown["rows"], shown["hidden"]) == ([["x"]], False)
    assert (hidden["sheet"], hidden["rows"], hidden["hidden"]) == ("暗", [], True)
    assert (empty["rows"], empty["hidden"]) == ([], False)


@pytest.mark.parametrize(("corner", "rows"), [("ALL1", 1), ("ALL2", 0), ("ALM1", 0)])
def test_the_sheets_of_a_workbook_have_a_million_cells_together(corner: str, rows: int) -> None:
    """The first has 999 rows of 1,000 columns, the last row of them all is left to the second."""
    made = opened(book(大=[["x"]], 小=[["y"]]))
    made["大"]["ALL999"], made["小"][corner] = "x", "y"
    read = workbook_grids(saved(made), "xlsx")
    assert len(next(read)["rows"]) == 999
    if rows:
        assert len(next(read)["rows"]) == rows
    else:
        with pytest.raises(UnreadableError, match="wide"):
            next(read)


def annotated(tmp_path: Path, content: bytes, notes: Any, covered: Any) -> tuple[bytes, list[str]]:
    (tmp_path / "a.xlsx").write_bytes(content)
    told = annotate(tmp_path / "a.xlsx", notes, covered)
    return base64.b64decode(told["book"]), told["lost"]


def test_a_copy_bears_coloured_notes_of_ours_and_nothing_of_a_person(tmp_path: Path) -> None:
    made = opened(book(表1=[["填表人：某甲", "13800000000", 1], ["x", "y", 2]], 表2=[["z"]]))
    made["表1"]["A2"].comment = Comment("某乙", "某乙")
    made["表1"]["B2"].comment = Comment("【退回】", "plandata")
    made["表1"].merge_cells("C1:D1")
    made.properties.creator = "某丁"
    notes = {"表1": {"C2": ("refused", "约数"), "D1": ("changed", "整理")}}
    content, lost = annotated(tmp_path, saved(made), notes, {"表1": {"A1": "填表人：", "D1": ""}})
    copy = opened(content)
    sheet = copy["表1"]
    assert [cell.value for row in sheet.iter_rows(max_col=3) for cell in row] == [
        *("填表人：", "〔略〕", 1),
        *("x", "y", 2),
    ]
    assert {cell: sheet[cell].comment and sheet[cell].comment.text for cell in ("A2", "B2", "C2")} == {
        "A2": None,
        "B2": "【退回】",
        "C2": "约数",
    }
    assert sheet["C2"].fill.fgColor.rgb[-6:] == "FFC7CE"
    assert (copy.properties.creator, copy["表2"]["A1"].value, lost) == ("plandata", "z", [])


def test_a_copy_bears_no_other_day_than_that_of_all_copies(tmp_path: Path) -> None:
    content, _ = annotated(tmp_path, workbook(["x"]), {}, {})
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {part.date_time for part in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    told = opened(content).properties
    assert (told.created, told.modified) == (datetime.datetime(1980, 1, 1), datetime.datetime(1980, 1, 1))


def test_what_a_copy_loses_is_told_once(tmp_path: Path) -> None:
    lists = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    _, lost = annotated(tmp_path, changed(b"</worksheet>", lists), {}, {})
    assert lost == ["Data Validation extension is not supported and will be removed"]


# The text of a file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_any_usual_encoding(encoding: str) -> None:
    text = "指标,数值\nmaternal mortality,11\n"
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["a,b", "a\nb", "a\tb"])
def test_a_text_with_any_sign_between_its_cells_is_one(text: str) -> None:
    assert decoded(text.encode()) == text


def test_bytes_that_separate_nothing_are_in_no_known_encoding() -> None:
    with pytest.raises(UnreadableError, match="encoding"):
        decoded(b"abc")


@pytest.mark.parametrize(
    ("lines", "sign"),
    [
        (["a;b", "c;1,5", "d;2,5"], ";"),
        (["a\tb", "c\t1", "x", "y"], "\t"),
        (["a\tb", "x", "y"], ","),
        (["a,b,c", "d;1,2"], ","),
        (["", "a;b", "", ""], ";"),
        (["abc"], ","),
    ],
)
def test_cells_are_separated_by_the_sign_that_stands_in_half_of_the_lines(lines: Sequence[str], sign: str) -> None:
    assert separator("\n".join(lines)) == sign


def test_a_text_gives_its_cells_up_to_a_million() -> None:
    assert table_rows(b'a,b\n"x, y",\x001\n') == [["a", "b"], ["x, y", "1"]]
    with pytest.raises(UnreadableError, match="wide"):
        table_rows(b"," * 1_000_000)
    (row,) = table_rows(b"," * 999_999)
    assert len(row) == 1_000_000


# Single cells


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (None, None),
        ("x", "x"),
        (True, True),
        (1, 1.0),
        (datetime.date(2023, 5, 6), ["2023-05-06"]),
        (datetime.time(12, 30), ["12:30:00"]),
        (datetime.timedelta(hours=30), ["1 day, 6:00:00"]),
    ],
)
def test_a_cell_is_told_as_json_holds_it(cell: object, told: object) -> None:
    assert (told_cell(cell), type(told_cell(cell))) == (told, type(told))


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (6, 1, "B7"), (0, 25, "Z1"), (9, 26, "AA10"), (0, 52, "BA1")]
)
def test_a_cell_is_named_as_spreadsheets_name_it(row: int, column: int, name: str) -> None:
    assert address(row, column) == name


def test_every_cell_of_a_merged_range_but_the_one_that_shows_is_under_it_as_far_as_the_sheet_goes() -> None:
    assert list(under([((0, 0), (1, 1))], 5, 5)) == [(0, 1, 0, 0), (1, 0, 0, 0), (1, 1, 0, 0)]
    assert list(under([((1, 1), (9, 9))], 3, 2)) == [(2, 1, 1, 1)]
    assert list(under([((1, 1), (9, 9))], 2, 3)) == [(1, 2, 1, 1)]

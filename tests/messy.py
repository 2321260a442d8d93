"""Files as offices send them, built in code, each with what must be read of it.

All are of Weining and of 2023. A value stands under (indicator, scope, sex, ages, area, year); refused cells are told
with words that must be in the Chinese reason.
"""

import csv
import datetime
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.worksheet.protection import SheetProtection

MORTALITY, UNDER5 = "孕产妇死亡率", "5岁以下儿童死亡率"
RETENTION, NURSERY, UPPER = "九年义务教育巩固率", "学前三年毛入园率", "高中阶段教育毛入学率"
LIFE, YEARS = "妇女人均预期寿命", "女性平均受教育年限"
VENUES, MYOPIA = "公益性儿童校外活动场所数量", "儿童青少年总体近视率"
ANAEMIA, STUNTING = "5岁以下儿童贫血率", "5岁以下儿童生长迟缓率"
HEAD = ["指标名称", "计量单位", "年份", "数值", "数据来源", "备注"]
SIGNED = [["填表人：", "〔姓名〕", "审核人：", "〔姓名〕", "联系电话：", "0857-6220000"], ["单位（盖章）："]]
Key = tuple[str, str, str, str, str, int]


def of(indicator: str, year: int = 2023, scope: str = "", sex: str = "", ages: str = "", area: str = "") -> Key:
    return indicator, scope, sex, ages, area, year


@dataclass(frozen=True)
class Messy:
    """A file: its name, what makes its bytes, the values that are read, and the cells that are refused."""

    name: str
    content: Callable[[], bytes]
    taken: Mapping[Key, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    what: Mapping[str, str] = field(default_factory=dict)


def separated(rows: Sequence[Sequence[str]], encoding: str, sign: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=sign).writerows(rows)
    return text.getvalue().encode(encoding)


def book(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of sheets of rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(made)


def saved(made: Any) -> bytes:
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def gbk() -> bytes:
    rows = [
        ["威宁自治县2023年妇女儿童发展规划监测表", "", "", "", "", ""],
        ["填报单位：自治县卫生健康局", "", "", "", "填表人：〔姓名〕", ""],
        HEAD,
        ["一、妇女与健康", "", "", "", "", ""],
        [MORTALITY, "/10万", "2023年", "11.3", "妇幼健康年报", ""],
        [UNDER5, "‰", "2023", "4.81‰", "妇幼健康年报", "初步"],
        ["合计", "", "", "2", "", ""],
        ["注：空格为未统计。", "", "", "", "", ""],
        *SIGNED,
    ]
    return separated(rows, "gbk")


def wide() -> bytes:
    rows = [
        ["监测指标", "单位", "年度", "实际值", "资料来源"],
        ["１．孕产妇 死亡率", "每１０万", "２０２３", "１２．５", "年报"],
        ["２．妇女人均预期寿命", "岁", "２０２３年", "７８．３６", "普查推算"],
    ]
    return separated(rows, "utf-16", "\t")


def semicolons() -> bytes:
    rows = [
        ["指标", "完成值", "数据来源", "备注"],
        [RETENTION, "97.5", "教育年报，表3", "含特教；不含民办"],
        [UPPER, "96,1", "教育年报", ""],
        [VENUES, "12，500", "台账", ""],
    ]
    return separated(rows, "utf-8-sig", "；")


def year_columns() -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["威宁自治县儿童发展规划（2021—2025年）监测指标"])
    sheet.append(["指标名称", "单位", "数值", None, None, None, "目标值", "数据来源"])
    sheet.append([None, None, "2021年", "2022年", 2023, "2025年", "2025年", None])
    sheet.append([NURSERY, "%", 90.1, 91.25, 92, None, 95, "教育年报"])
    sheet.append([UPPER, "%", 93, "—", 94.5, None, 95, "教育年报"])
    for cells in ("A1:H1", "A2:A3", "B2:B3", "C2:F2", "H2:H3"):
        sheet.merge_cells(cells)
    return saved(made)


def percent_formats() -> bytes:
    made = opened(book(表1=[HEAD, [RETENTION, "%", 2023, 0.964, "年报"], [NURSERY, None, 2023, 0.9125, "年报"],
                            [UPPER, "%", 2023, 1.01, "年报"], [UNDER5, "‰", 2023, 0.0056, "年报"]]))  # fmt: skip
    for row in (2, 3, 4, 5):
        made.active.cell(row, 4).number_format = "0.00%"
    return saved(made)


def several_tables() -> bytes:
    first = [
        ["表一 妇女"],
        HEAD,
        [MORTALITY, "1/10万", 2023, 10, "年报", None],
        *SIGNED,
        [],
        ["表二 儿童"],
        ["序号", "指标名称", "2022年实际值", "2023年实际值", "2025年目标值", "来源"],
        ["甲", "乙", 1, 2, 3, 4],
        [1, NURSERY, 90, 91, 95, "教育年报"],
    ]
    second = [[], [None, "指标名称", "数值（%）", "来源"], [None, RETENTION, 97.9, "教育年报"]]
    return book(汇总=first, 教育=second, 说明=[["本表由各单位填报"]])


def noise() -> bytes:
    rows = [
        HEAD,
        [UNDER5, "‰", 2023, 5.6000000000000005, "年报"],
        [LIFE, "岁", 2023, "'78.4", "年报"],
        [VENUES, "个", 2023, "1.2万", "台账"],
        ["中职与普通高中在校生之比", None, 2023, " 0.62 ", "年报"],
        [MORTALITY, "/10万", 2023, 100 / 3, "年报"],
    ]
    return book(Sheet1=rows)


def no_values() -> bytes:
    rows = [
        ["指标名称", "数值", "来源", "备注"],
        [RETENTION, "97.5%以上", "年报"],
        [NURSERY, "约92", "年报"],
        [UPPER, ">95", "年报"],
        [UNDER5, datetime.datetime(2023, 5, 6), "年报"],
        [MORTALITY, "3/26549", "年报"],
        [LIFE, True, "年报"],
        [VENUES, "=1+1", "台账"],
        [YEARS, "#DIV/0!", "年报"],
        [ANAEMIA, "3～5", "年报"],
        [STUNTING, "4 .1", "年报"],
        [MYOPIA, "13800000000", "年报"],
    ]
    made = opened(book(Sheet1=rows))
    made.active["B9"].data_type = "e"
    return saved(made)


def units() -> bytes:
    rows = [
        HEAD,
        [MORTALITY, None, 2023, "11.1/10万", "年报"],
        [UNDER5, "%", 2023, 0.56, "年报"],
        [f"{RETENTION}（%）", None, 2023, 97.6, "年报"],
        [ANAEMIA, "‰", 2023, 8, "年报"],
        [STUNTING, "百分比", 2023, "4.9％", "年报"],
        [VENUES, "所", 2023, 14, "台账"],
        [LIFE, "公斤", 2023, 78, "年报"],
        [YEARS, "年", 2023, "8.3年", "年报"],
        [NURSERY, "自治县教育科技局", 2023, "百分之92.5", "年报"],
    ]
    return book(Sheet1=rows)


def places() -> bytes:
    rows = [
        ["地区", "指标", "数值", "单位", "年份", "来源"],
        ["全县", RETENTION, 97, "%", 2023, "年报"],
        ["嘉兴市", NURSERY, 99, "%", 2023, "年报"],
        ["weining", "maternal-mortality", 9, "/10万", 2023, "年报"],
        ["威宁县", UPPER, 95, "%", 2023, "年报"],
        ["威宁彝族回族苗族自治县", "Maternal mortality ratio", 9, "/10万", 2023, "年报"],
        ["", "孕产妇死亡", 8, "/10万", 2023, "年报"],
        ["", "粮食产量", 8, "万吨", 2023, "年报"],
        ["", "", 8, "%", 2023, "年报"],
        ["", LIFE, 78, "岁", "2022-2023", "年报"],
        ["", YEARS, 8, "年", 2025, "规划"],
    ]
    return book(Sheet1=rows)


def parts() -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["指标名称", "单位", "数值", None, None, "数据来源"])
    sheet.append([None, None, "合计", "男", "女", None])
    sheet.append([UNDER5, "‰", 5, 5.5, 4.4, "年报"])
    sheet.append([f"{MYOPIA}（初中生）", "%", 60, None, None, "年报"])
    sheet.append([f"{RETENTION}（女生）", "%", 98, None, None, "年报"])
    sheet.append([f"{MYOPIA}（大学生）", "%", 60, None, None, "年报"])
    for cells in ("A1:A2", "B1:B2", "C1:E1", "F1:F2"):
        sheet.merge_cells(cells)
    more = made.create_sheet("分组")
    more.append(["指标名称", "性别", "年龄", "城乡", "数值", "来源"])
    more.append([RETENTION, "女性", None, "农村", "97.1%", "年报"])
    more.append([None, "男性", "合计", "城镇", "97.2%", "年报"])
    more.append([MYOPIA, "合计", "6～12岁", "", "40%", "年报"])
    more.append([MYOPIA, "", "6岁以下", "", "40%", "年报"])
    more.append([UNDER5, "", "", "", "7", "年报"])
    more.merge_cells("A2:A3")
    return saved(made)


def doubled() -> bytes:
    rows = [
        [*HEAD[:5], "修订次数"],
        [RETENTION, "%", "2023", "97.5", "年报", ""],
        [RETENTION, "%", "2023", "97.50", "台账", ""],
        [NURSERY, "%", "2023", "92", "年报", ""],
        [NURSERY, "%", "2023", "93", "台账", ""],
        [UPPER, "%", "2023", "95", "年报", ""],
        [UPPER, "%", "2023", "94", "台账", "1"],
    ]
    return separated(rows, "gb18030")


def persons() -> bytes:
    rows = [
        ["指标名称", "数值", "来源", "备注", "联系人", "经办人及电话"],
        [RETENTION, 97, "年报，咨询电话0857-6220000", "联系人：〔姓名〕，13800000000", "〔某甲〕", 13800000000],
        [NURSERY, 92, "年报", "520000199001011234", "〔某甲〕", ""],
        [UPPER, 95, "=cmd|' /C calc'!A0", "", "", ""],
        ["审核人", "〔某乙〕", None, None, None, None],
        [None, "〔某丙〕", "13900000000"],
    ]
    made = opened(book(Sheet1=rows))
    made.active["C4"].data_type = "s"
    made.properties.creator = "〔某丁〕"
    return saved(made)


def blanks() -> bytes:
    rows = [
        ["指标名称", "数值", "分子", "分母", "来源", "备注"],
        [RETENTION, "—", "", "", "", "台账未建"],
        [NURSERY, "暂无", "", "", "", ""],
        [UPPER, None, None, None, None, None],
        [UNDER5, "N/A", "", "", "", ""],
        [MORTALITY, "", 3, 26549, "年报", ""],
        [LIFE, 78, 3, "", "年报", ""],
        [ANAEMIA, 8.1, "81人", "1,000", "年报", ""],
        ["", "", "", "", "", ""],
    ]
    return book(Sheet1=rows)


def counted() -> bytes:
    rows = [
        ["指标名称", "计量单位", "数值", "分子", "分母", "修订次数", "状态", "来源"],
        [MORTALITY, "/10万", 10, 1, 10000, 99, "最终数", "年报"],
        [UNDER5, "‰", 5, 5, 1000, 100, "", "年报"],
        [RETENTION, "%", 97, "97%", 100, "", "", "年报"],
        [NURSERY, "%", 92, -92, 100, "", "", "年报"],
        [UPPER, "%", 95, "", 100, "", "", "年报"],
        [MYOPIA, "%", 0, 0, 100, 0, "", "年报"],
        [LIFE, "岁", 78, "", "", "一", "", "年报"],
        [YEARS, "年", 8, "", "", "", "待定", "年报"],
        [ANAEMIA, "%", None, 8, 100, "", "", "年报"],
        [STUNTING, "%", None, 0, 0, "", "", "年报"],
        [VENUES, "万个", 1.5, "", "", 1.0, "", "台账"],
        [f"{VENUES}（万个）", "", "1万", "", "", "", "", "台账"],
    ]
    return book(Sheet1=rows)


def later() -> bytes:
    rows = [
        ["指标名称", "计量单位", "年份", "数值", "来源"],
        [MORTALITY, "/10万", 2023, 10, "年报"],
        [UNDER5, "‰", 2024, 5, "年报"],
        [RETENTION, "%", "去年", 97, "年报"],
        [NURSERY, "%", "", 92, "年报"],
        [UPPER, "%", 2022, 95, "年报"],
    ]
    return book(监测表=rows)


def shares() -> bytes:
    rows = [
        ["指标名称", "单位", "数值", "来源"],
        [RETENTION, "%", "0.975", "年报"],
        [NURSERY, "%", "0.92", "年报"],
        [UNDER5, "‰", "0.9", "年报"],
    ]
    return separated(rows, "utf-8")


def old_title() -> bytes:
    return book(Sheet1=[["2022年监测数据"], ["指标名称", "数值", "来源"], [RETENTION, 97, "年报"]])


def protected() -> bytes:
    made = opened(book(Sheet1=[HEAD, [RETENTION, "%", 2023, 97.1, "年报", ""], [UPPER, "%", 2023, "近95", "年报", ""]]))
    made.active.protection = SheetProtection(sheet=True, password="x")
    made.active["A9"] = "备查"
    return saved(made)


FILES = (
    Messy("卫健局上报.csv", gbk, {of("maternal-mortality"): "11.3", of("under5-mortality"): "4.81"}),
    Messy("妇幼.txt", wide, {of("maternal-mortality"): "12.5", of("life-expectancy-women"): "78.36"}),
    Messy(
        "教育.csv",
        semicolons,
        {of("compulsory-retention"): "97.5", of("childrens-venues"): "12500"},
        {"B3": "千分位"},
    ),
    Messy(
        "分年.xlsx",
        year_columns,
        {
            of("kindergarten-enrolment", 2021): "90.1",
            of("kindergarten-enrolment", 2022): "91.25",
            of("kindergarten-enrolment"): "92",
            of("upper-secondary-enrolment", 2021): "93",
            of("upper-secondary-enrolment"): "94.5",
        },
        what={"D5": "not_reported", "F2": "skipped"},
    ),
    Messy(
        "百分比格式.xlsx",
        percent_formats,
        {
            of("compulsory-retention"): "96.4",
            of("kindergarten-enrolment"): "91.25",
            of("upper-secondary-enrolment"): "101",
        },
        {"B5": "单位"},
    ),
    Messy(
        "多表.xlsx",
        several_tables,
        {
            of("maternal-mortality"): "10",
            of("kindergarten-enrolment", 2022): "90",
            of("kindergarten-enrolment"): "91",
            of("compulsory-retention"): "97.9",
        },
    ),
    Messy(
        "尾差.xlsx",
        noise,
        {
            of("under5-mortality"): "5.6",
            of("life-expectancy-women"): "78.4",
            of("childrens-venues"): "12000",
            of("vocational-general-enrolment-ratio"): "0.62",
            of("maternal-mortality"): "33.3333333333",
        },
        what={"D4": "changed", "D6": "changed"},
    ),
    Messy(
        "非数值.xlsx",
        no_values,
        {},
        {
            "B2": "不是实际值",
            "B3": "约数",
            "B4": "界限",
            "B5": "日期",
            "B6": "分数",
            "B7": "逻辑值",
            "B8": "公式没有计算结果",
            "B9": "#DIV/0!",
            "B10": "区间",
            "B11": "空格",
            "B12": "电话",
        },
    ),
    Messy(
        "单位.xlsx",
        units,
        {
            of("maternal-mortality"): "11.1",
            of("compulsory-retention"): "97.6",
            of("under5-stunting-prevalence"): "4.9",
            of("childrens-venues"): "14",
            of("mean-years-schooling-women"): "8.3",
            of("kindergarten-enrolment"): "92.5",
        },
        {"B3": "‰", "B5": "%", "B8": "无法识别"},
    ),
    Messy(
        "地区.xlsx",
        places,
        {of("compulsory-retention"): "97", of("maternal-mortality"): "9"},
        {
            "A3": "其他地方",
            "A5": "没有这个名称的地方",
            "B7": "是否为：孕产妇死亡率",
            "B8": "没有这个名称的指标；",
            "B9": "没有写指标名称",
            "E10": "不明确",
            "E11": "晚于",
        },
        {"C6": "skipped"},
    ),
    Messy(
        "分组.xlsx",
        parts,
        {
            of("under5-mortality"): "5",
            of("under5-mortality", sex="male"): "5.5",
            of("under5-mortality", sex="female"): "4.4",
            of("child-myopia-rate", scope="初中生"): "60",
            of("compulsory-retention", sex="female"): "98",
            of("compulsory-retention", sex="female", area="rural"): "97.1",
            of("compulsory-retention", sex="male", area="urban"): "97.2",
            of("child-myopia-rate", ages="6-12"): "40",
        },
        {"C6": "没有这个范围", "C5": "年龄组", "E6": "未填年龄组"},
    ),
    Messy(
        "重复.csv",
        doubled,
        {of("compulsory-retention"): "97.5", of("upper-secondary-enrolment"): "94"},
        {"D4": "另有数值", "D5": "另有数值"},
        {"D3": "skipped"},
    ),
    Messy(
        "联系人.xlsx",
        persons,
        {of("compulsory-retention"): "97", of("kindergarten-enrolment"): "92"},
        {"C4": "公式"},
        {"B2": "changed", "B3": "changed"},
    ),
    Messy(
        "空格.xlsx",
        blanks,
        {of("under5-anaemia-prevalence"): "8.1"},
        {"B6": "11.3", "D7": "同时填写"},
        dict.fromkeys(("B2", "B3", "B4", "B5"), "not_reported"),
    ),
    Messy(
        "计数.xlsx",
        counted,
        {of("maternal-mortality"): "10", of("child-myopia-rate"): "0", of("childrens-venues"): "15000"},
        {
            "F3": "修订次数为0至99的整数",
            "D4": "分子：是比率，不是计数",
            "D5": "分子：是负数",
            "D6": "须同时填写",
            "F8": "修订次数为0至99的整数",
            "G9": "“待定”不在可选范围内",
            "C10": "推算为8）",
            "C13": "都含“万”“亿”等倍数",
        },
        {"C2": "changed", "C11": "not_reported"},
    ),
    Messy(
        "年份.xlsx",
        later,
        {
            of("maternal-mortality"): "10",
            of("kindergarten-enrolment"): "92",
            of("upper-secondary-enrolment", 2022): "95",
        },
        {"C3": "2024年晚于本次收集的年份", "C4": "年份“去年”不明确"},
        {"D5": "changed"},
    ),
    Messy("小数.csv", shares, {of("under5-mortality"): "0.9"}, {"C2": "97.5%", "C3": "是否指"}),
    Messy("旧表.xlsx", old_title, {}, {"B3": "2022"}),
    Messy("保护.xlsx", protected, {of("compulsory-retention"): "97.1"}, {"D3": "约数"}),
)

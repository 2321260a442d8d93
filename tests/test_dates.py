"""Dates, periods, titles and numbers as documents print them."""

import pytest

from plandata.texts.dates import has_title, heading_years, periods, printed_dates, printed_numbers, years

ISSUED, PUBLISHED = "issued_on", "published_on"
HEADS = {
    "2022年8月4日        \n": {(ISSUED, "2022-08-04")},
    "二〇二一年十二月三十一日": {(ISSUED, "2021-12-31")},
    "二○二二年三月十日": {(ISSUED, "2022-03-10")},
    "２０２１年１２月３日": {(ISSUED, "2021-12-03")},
    "2023-05-22": {(PUBLISHED, "2023-05-22")},
    "•  生成日期：\n•  2023-05-22": {(PUBLISHED, "2023-05-22")},
    "时间:2022-10-12   来源:市妇儿工委办": {(PUBLISHED, "2022-10-12")},
    "发布日期:2022-11-1 16:12": {(PUBLISHED, "2022-11-01")},
    "发布时间：2021/12/06": {(PUBLISHED, "2021-12-06")},
    "成文日期：2021-12-03\n发布日期：2021-12-06": {(ISSUED, "2021-12-03"), (PUBLISHED, "2021-12-06")},
    "成文日期：\n2021-12-03": {(ISSUED, "2021-12-03")},
    "某县人民政府\n202355": {(ISSUED, "2023-05-05")},
    "某县人民政府\n20211213": {(ISSUED, "2021-12-13")},
    "某县人民政府\n2021112": {(ISSUED, "2021-01-12"), (ISSUED, "2021-11-02")},
    "某县人民政府\n2021101": {(ISSUED, "2021-10-01")},
    "某县人民政府\n2021931": {(ISSUED, "2021-09-31")},
    "某县人民政府\n2021932": set(),
    "某县人民政府\n2021135": set(),
    "某县人民政府\n2021125": {(ISSUED, "2021-01-25"), (ISSUED, "2021-12-05")},
    "邮编\n202355": set(),
    "2021年12月6日印发": set(),
    "自2021年12月6日起施行。": set(),
}


@pytest.mark.parametrize("text", HEADS)
def test_a_date_is_of_the_column_that_its_line_says(text: str) -> None:
    assert printed_dates(text) == HEADS[text]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("妇女发展规划（2021-2030年）", {(2021, 2030)}),
        ("妇女发展规划（2021年至2025年）", {(2021, 2025)}),
        ("“十五五”时期妇女发展规划", {(2026, 2030)}),
        ("十三五规划", {(2016, 2020)}),
        ("Plan in the 15th Five-Year Period", {(2026, 2030)}),
        ("The 3rd Five-Year Plan", {(1966, 1970)}),
        ("The 2nd Five-Year Plan", set()),
        ("二〇三五年远景目标（2035年）", set()),
        ("第十五次会议", set()),
        ("1234-20255号", set()),
    ],
)
def test_a_title_says_its_period(title: str, said: set[tuple[int, int]]) -> None:
    assert periods(title) == said


def test_a_title_is_one_to_four_whole_lines() -> None:
    page = "首页\n某市人民政府\n关于印发某市妇女\n发展规划（2021—2025年）\n的通知\n正文"
    assert has_title("某市人民政府关于印发某市妇女发展规划（2021－2025年）的通知", page)
    assert has_title("某市妇女发展规划（2021—2025年）", "首页\n某市妇女发展规划(2021-2025年)\n正文")
    assert not has_title("关于印发某市妇女", "首页\n关于印发某市妇女发展")
    assert not has_title("甲乙丙丁戊", "甲\n乙\n丙\n丁\n戊")


def test_a_document_number_stands_on_a_line_of_its_own() -> None:
    assert (
        printed_numbers("文号：\n威府发〔2023〕4号")
        == printed_numbers("文号：威府发〔2023〕4号")
        == {"威府发〔2023〕4号"}
    )
    assert printed_numbers("依照《意见》（国发〔2021〕3号）制定") == set()


def test_years_of_an_item_and_of_the_columns_of_a_table() -> None:
    assert years("到2023年，比“十三五”末下降，见120213号") == {"2023", "2020"}
    assert heading_years("2020年\n2025年目标值\n2021年以来，成绩明显。") == {"2020", "2025"}

"""The drafted place, document and plans: names, codes, dates and periods, of invented texts."""

import sys

import pytest

from plandata.texts.draft import numbers_of
from plandata.texts.draft.facts import (
    document_row,
    english_notice,
    english_stem,
    found_code,
    notice_title,
    own_name,
    period_of,
    place_name,
    place_row,
    plan_rows,
)
from plandata.texts.segment import Item, Plan

TITLE = "云汀县妇女发展规划（2021—2030年）"
PLACE = {"place_id": "yunting", "name_zh": "云汀县", "name_en": "Yunting County"}
NOTICE = "云汀县人民政府关于印发云汀县妇女发展规划的通知"
TEXT = f"{NOTICE}\n云政发〔2021〕9号\n各乡镇人民政府：\n云汀县人民政府\n2021年12月1日\n"


def plan(title: str, population: str = "women") -> Plan:
    return Plan(title, population, 1)


def document(text: str, *titles: str) -> tuple[dict[str, str], dict[str, str]]:
    """The row of a document and why its cells are doubted."""
    plans, _ = plan_rows([plan(title) for title in titles or (TITLE,)], PLACE, text)
    row, doubts = document_row(plans, PLACE, text, "ab")
    return row, {doubt.column: doubt.why for doubt in doubts}


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("云汀县", "云汀县"),
        ("贵州省威宁自治县", "威宁自治县"),
        ("贵州省毕节市威宁自治县", "威宁自治县"),
        ("黔南州三都水族自治县", "三都水族自治县"),
        ("广西壮族自治区云汀县", "云汀县"),
        ("恩施土家族苗族自治州云汀市", "云汀市"),
        ("云汀市城中区", "城中区"),
        ("云汀市中区", "云汀市中区"),
        ("市中区", "市中区"),
    ],
)
def test_the_last_of_the_places_that_a_name_lists_is_its_own(name: str, own: str) -> None:
    assert own_name(name) == own


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("云汀县妇女发展规划", "青禾县人民政府关于印发规划的通知", "云汀县"),
        ("妇女发展规划", "青禾县人民政府关于印发规划的通知", "青禾县"),
        ("妇女发展规划", "根据《青禾县妇女发展规划》", "青禾县"),
        ("妇女发展规划", "前言\n青禾县\n说明", "青禾县"),
        ("妇女发展规划", "青禾县政府，云汀县妇联，云汀县委", "云汀县"),
        ("妇女发展规划", "没有地名", ""),
    ],
)
def test_a_place_is_named_by_titles_else_by_its_government_else_by_what_the_text_names_most(
    title: str, text: str, name: str
) -> None:
    assert place_name([plan(title)], text) == name


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("威宁彝族回族苗族自治县", "", ("520526", "贵州省")),
        ("鼓楼区", "", ("", "")),
        ("鼓楼区", "地处河南省", ("410204", "河南省")),
        ("鼓楼区", "地处江苏省", ("", "江苏省")),
        ("云汀县", "贵州省的河流流入河南省，贵州省居上游", ("", "贵州省")),
    ],
)
def test_a_code_is_that_of_the_only_place_of_the_name_or_the_only_one_in_a_province_of_the_text(
    name: str, text: str, found: tuple[str, str]
) -> None:
    assert found_code(name, text) == found


@pytest.mark.parametrize(
    ("name", "row", "doubted"),
    [
        ("鼓楼区", ("gulou", "Gulou District", "district"), {"name_en", "gb_code", "province_zh", "province_en"}),
        ("云汀市", ("yunting", "Yunting", "prefecture"),
         {"name_en", "gb_code", "province_zh", "province_en", "level"}),
        ("天津市宝坻区", ("baodi", "Baodi District", "district"), {"name_en"}),
        ("昆山市", ("kunshan", "Kunshan", "county"), {"name_en"}),
        ("武汉市", ("wuhan", "Wuhan", "prefecture"), {"name_en"}),
    ],
)  # fmt: skip
def test_the_row_of_a_place_and_what_is_unsure_in_it(name: str, row: tuple[str, ...], doubted: set[str]) -> None:
    place, doubts = place_row([plan(f"{name}妇女发展规划")], "")
    assert (place["place_id"], place["name_en"], place["level"]) == row
    assert {doubt.column for doubt in doubts} == doubted


def test_a_province_is_told_in_both_languages() -> None:
    place, _ = place_row([plan("威宁彝族回族苗族自治县妇女发展规划")], "")
    assert (place["province_zh"], place["province_en"]) == ("贵州省", "Guizhou")


def test_a_place_without_a_name_needs_an_id_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    place, doubts = place_row([plan("妇女发展规划")], "没有地名", "made-up")
    assert (place["place_id"], place["name_zh"], place["name_en"]) == ("made-up", "", "")
    assert "name_zh" in {doubt.column for doubt in doubts}


@pytest.mark.parametrize(("name", "stem"), [("云县", "Yunxian"), ("云汀县", "Yunting"), ("绿汀县", "Lvting")])
def test_a_name_of_two_signs_keeps_its_kind_in_pinyin(name: str, stem: str) -> None:
    assert english_stem(name) == stem


@pytest.mark.parametrize(
    ("title", "text", "period"),
    [
        (TITLE, "2016—2020年", (2021, 2030)),
        ("云汀县妇女发展规划", "2016—2020年\n2021—2030年\n2021—2030年", (2021, 2030)),
        ("云汀县妇女发展规划", "2018—2022年\n2018—2022年\n2016—2020年", (2016, 2020)),
        ("云汀县妇女发展规划", "没有年份", (0, 0)),
    ],
)
def test_a_period_is_that_of_the_title_else_the_one_of_five_year_plans_that_the_text_names_most(
    title: str, text: str, period: tuple[int, int]
) -> None:
    assert period_of(plan(title), text) == period


def test_the_document_is_told_by_its_notice() -> None:
    row, doubted = document(TEXT)
    assert row == {
        "document_id": "yunting-2021",
        "place_id": "yunting",
        "title_zh": NOTICE,
        "title_en": english_notice([{"population": "women", "title_zh": NOTICE}], "Yunting County", dated=False),
        "issuer_zh": "云汀县人民政府",
        "issuer_en": "People's Government of Yunting County",
        "document_number": "云政发〔2021〕9号",
        "issued_on": "2021-12-01",
        "published_on": "",
        "sha256": "ab",
    }
    assert doubted == {
        "title_zh": "read off the text; check it",
        "title_en": "put together from the place and the plans",
        "issuer_zh": "read off the text; check it",
        "issuer_en": "translated by its pattern",
    }


def test_of_several_numbers_and_dates_the_first_is_taken_and_doubted() -> None:
    row, doubted = document(f"{TEXT}云政发〔2022〕3号\n2022年1月5日\n")
    assert (row["document_number"], row["issued_on"]) == ("云政发〔2021〕9号", "2021-12-01")
    assert (doubted["document_number"], doubted["issued_on"]) == ("several are printed", "several dates are printed")


def test_without_a_notice_the_title_of_the_plan_stands_for_it() -> None:
    row, doubted = document(TITLE)
    assert (row["title_zh"], row["issuer_zh"], row["issuer_en"]) == (TITLE, "", "")
    assert row["title_en"] == "Plan for Women's Development in Yunting County (2021-2030)"
    assert doubted["issuer_zh"] == "no issuer is printed in a title"
    assert "issuer_en" not in doubted


def test_a_committee_that_issues_a_plan_has_no_english_of_the_government() -> None:
    row, _ = document(TEXT.replace("人民政府关于", "妇女儿童工作委员会关于"))
    assert (row["issuer_zh"], row["issuer_en"]) == ("云汀县妇女儿童工作委员会", "")


def test_a_notice_may_stand_on_several_lines() -> None:
    assert notice_title("云汀县人民政府\n关于印发\n\n云汀县妇女发展规划的通知\n正文") == NOTICE
    assert notice_title(TITLE) == ""


@pytest.mark.parametrize(
    ("titles", "dated", "english"),
    [
        ([TITLE], True, "the Plan for Women's Development in Yunting County (2021-2030)"),
        ([TITLE], False, "the Plan for Women's Development in Yunting County"),
        (["云汀县“十四五”妇女发展规划"], True, "the 14th Five-Year Plan for Women's Development in Yunting County"),
        ([TITLE, "云汀县儿童发展规划（2021—2030年）"], True,
         "the Plans for Women's Development and for Children's Development in Yunting County (2021-2030)"),
    ],
)  # fmt: skip
def test_the_english_of_a_notice_names_all_plans_and_their_years_once(
    titles: list[str], dated: bool, english: str
) -> None:
    plans, _ = plan_rows([plan(title, "children" if "儿童" in title else "women") for title in titles], PLACE, "")
    told = f"Notice of the People's Government of Yunting County on Issuing {english}"
    assert english_notice(plans, "Yunting County", dated) == told


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        (["1", "2", "3"], [1, 2, 3]),
        (["3", "5"], [3, 5]),
        (["一", "二"], [1, 2]),
        (["1", "1", "2"], [1, 2, 3]),
        (["2", "1"], [1, 2]),
        (["98", "99"], [98, 99]),
        (["99", "100"], [1, 2]),
        (["0", "1"], [1, 2]),
        (["", "2"], [1, 2]),
        (["1"], [1]),
        ([""], [1]),
    ],
)
def test_items_keep_their_printed_numbers_where_these_rise(printed: list[str], numbers: list[int]) -> None:
    assert numbers_of([Item("goal", number, 0, 1, "入园率提高。") for number in printed]) == numbers

"""What offices call places, bodies, indicators, scopes and units, matched to what the tables of Weining call them."""

from dataclasses import replace

import pytest

from plandata.monitor.cells import Cell, unit_of, unit_words
from plandata.monitor.matching import (
    AS_PART,
    IN_BRACKETS,
    NUMBER_OFF,
    PRINTED,
    Named,
    Of,
    Place,
    RefusedError,
    place_of,
    years_in,
)
from plandata.monitor.reporting import reporting
from plandata.package.folder import Folder
from plandata.schema import edition, home
from plandata.tables import Tables

WORDS = unit_words(edition().codes)
MATERNAL, RETENTION, MYOPIA = "maternal-mortality", "compulsory-retention", "child-myopia-rate"
SEX, AREA, AGES = (edition().observations.field(name).title for name in ("sex", "area", "age_group"))
SCOPE = edition().observations.field("scope").title


@pytest.fixture(scope="module")
def place() -> Place:
    t = Tables.of(Folder(home()))
    return place_of(t, reporting(t, "weining", 2023))


def why(raised: pytest.ExceptionInfo[RefusedError]) -> tuple[str, str]:
    return raised.value.why.zh, raised.value.column


# Places and bodies


@pytest.mark.parametrize("name", [None, "", "全县", "本县", "weining", "威宁彝族回族苗族自治县"])
def test_the_place_is_named_by_itself_or_by_nothing(place: Place, name: Cell) -> None:
    place.of_place(name)


@pytest.mark.parametrize(
    ("name", "told"), [("嘉兴市", "本行属于其他地方（嘉兴市）"), ("威宁县", "没有这个名称的地方（威宁县）")]
)
def test_another_place_and_an_unknown_one_are_told_apart(place: Place, name: str, told: str) -> None:
    with pytest.raises(RefusedError) as raised:
        place.of_place(name)
    assert why(raised)[0].startswith(told)
    assert why(raised)[1] == "place_id"


@pytest.mark.parametrize(
    ("texts", "body"),
    [
        (["威宁自治县卫生健康局上报"], "weining.health-bureau"),
        (["卫生健康局"], "weining.health-bureau"),
        (["weining.health-bureau"], "weining.health-bureau"),
        (["", "自治县妇联"], "weining.womens-federation"),
        (["卫生健康局", "自治县妇联"], "weining.health-bureau"),
        (["weining-office"], ""),
        (["关工委"], "weining.next-generation-committee"),
        (["妇联"], ""),
        (["妇儿工委成员单位"], ""),
        (["某局"], ""),
        ([], ""),
    ],
)
def test_a_body_is_named_within_the_first_text_that_has_one(place: Place, texts: list[str], body: str) -> None:
    assert place.body(texts) == body


def test_every_body_that_is_one_is_known_and_no_collective_one(place: Place) -> None:
    rows = [row for row in place.t.rows("units") if row["place_id"] == place.place_id]
    assert {row["collective"] for row in rows} == {"true", "false"}
    assert set(place.bodies.values()) == {"", *(row["unit_id"] for row in rows if row["collective"] == "false")}


def test_of_two_bodies_in_one_text_that_with_the_longer_name_is_meant(place: Place) -> None:
    nested = replace(place, bodies={"甲局": "short", "大甲局": "long", "乙局": "other"})
    assert nested.body(["大甲局报"]) == "long"


# Indicators


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("孕产妇死亡率", Named(MATERNAL)),
        ("孕产妇 死亡率", Named(MATERNAL)),
        (MATERNAL, Named(MATERNAL)),
        ("Maternal Mortality Ratio", Named(MATERNAL)),
        ("1.孕产妇死亡率", Named(MATERNAL, changes=(NUMBER_OFF,))),
        ("（12）孕产妇死亡率", Named(MATERNAL, changes=(NUMBER_OFF,))),
        ("三、孕产妇死亡率", Named(MATERNAL, changes=(NUMBER_OFF,))),
        ("5岁以下儿童死亡率", Named("under5-mortality")),
        ("孕产妇死亡率（/10万）", Named(MATERNAL, unit="/10万")),
        ("孕产妇死亡率（农村）", Named(MATERNAL, scope="农村")),
    ],
)
def test_an_indicator_is_known_by_its_id_and_by_its_names(place: Place, name: str, named: Named) -> None:
    assert place.indicator(name) == named


def test_the_printed_name_of_a_target_means_its_indicator_and_of_one_scope_that_scope(place: Place) -> None:
    income = PRINTED.format(name=place.text("income-women"))
    assert place.indicator("增收") == Named("income-women", changes=(income,))
    assert place.named("城乡差距") is None
    scoped = {name: next(iter(found)) for name, found in place.indicators.items() if len(found) == 1}
    told = {name: place.named(name) for name, (_, scope) in scoped.items() if scope}
    assert len(told) > 5
    assert [name for name, named in told.items() if named and (named.indicator_id, named.scope) != scoped[name]] == []


def test_no_printed_name_of_a_target_means_the_quantity_that_it_is_compared_with(place: Place) -> None:
    listed = [one for scopes in place.series.values() for series in scopes.values() for one in series]
    compared = {(one.indicator["indicator_id"], one.scope.zh) for one in listed if one.benchmark}
    assert compared
    assert not compared & {named for found in place.indicators.values() for named in found}


def test_at_most_three_near_names_are_suggested(place: Place) -> None:
    with pytest.raises(RefusedError) as raised:
        place.indicator("村委会中女性比例")
    near = why(raised)[0].partition("是否为：")[2].partition("）；请")[0].split("、")
    assert len(near) == 3
    assert "村委会主任中的女性比例" in near


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "本行没有写指标名称"),
        ("—", "本行没有写指标名称"),
        ("其中：女", "“其中”行未写指标；请在每行写明指标名称"),
        ("孕产妇死亡", "本地没有这个名称的指标（孕产妇死亡；是否为：孕产妇死亡率、孕产妇死亡率差距）；"),
        ("粮食", "本地没有这个名称的指标；"),
        ("粮食（农村）", "本地没有这个名称的指标；"),
        ("maternal mortal", "本地没有这个名称的指标（maternal mortal；是否为：maternal-mortality、"),
    ],
)
def test_a_name_that_is_none_is_told_with_near_ones(place: Place, name: str, told: str) -> None:
    with pytest.raises(RefusedError) as raised:
        place.indicator(name)
    assert why(raised)[0].startswith(told)
    assert why(raised)[1] == "indicator_id"


# Scopes and parts


@pytest.mark.parametrize(
    ("named", "cells", "of"),
    [
        (Named(MATERNAL), {}, Of("")),
        (Named(MATERNAL), {"scope": "全县"}, Of("")),
        (Named(MYOPIA), {"scope": "初中生"}, Of("初中生")),
        (Named(MYOPIA), {"scope": "junior secondary pupils"}, Of("初中生")),
        (
            Named(MYOPIA, scope="初中生"),
            {},
            Of("初中生", changes=(IN_BRACKETS.format(inside="初中生", column=SCOPE),)),
        ),
        (Named(MYOPIA, scope="小学生"), {"scope": "初中生"}, Of("初中生")),
        (Named(MATERNAL, scope="全县"), {}, Of("")),
        (Named(RETENTION), {"sex": "女", "area": "urban", "age_group": "6-12"}, Of("", "female", "6-12", "urban")),
        (Named(RETENTION), {"sex": "合计", "area": "", "age_group": "全部"}, Of("")),
        (Named(RETENTION), {"sex": "女生"}, Of("", "female", changes=(AS_PART.format(name="女生", column=SEX),))),
        (
            Named(RETENTION, scope="女生"),
            {"sex": "女"},
            Of("", "female", changes=(AS_PART.format(name="女生", column=SEX),)),
        ),
        (
            Named(RETENTION),
            {"scope": "农村"},
            Of("", area="rural", changes=(AS_PART.format(name="农村", column=AREA),)),
        ),
        (
            Named(RETENTION),
            {"scope": "6～12岁"},
            Of("", age_group="6-12", changes=(AS_PART.format(name="6～12岁", column=AGES),)),
        ),
    ],
)
def test_what_a_value_is_of_is_a_scope_or_a_part(place: Place, named: Named, cells: dict[str, Cell], of: Of) -> None:
    assert place.of(named, cells) == of


@pytest.mark.parametrize(
    ("named", "cells", "told", "column"),
    [
        (Named(MYOPIA), {"scope": "大学生"}, "该指标没有这个范围（大学生）；可填：不写范围（留空）、小学生", "scope"),
        (Named(RETENTION, scope="女生"), {"sex": "男"}, "该指标没有这个范围（女生）；", "scope"),
        (Named("science-literacy"), {}, "该指标须写明范围：", "scope"),
        (Named("science-literacy"), {"scope": "女"}, "该指标没有这个范围（女）；", "scope"),
        (Named(RETENTION), {"sex": "学生"}, "性别：“学生”不在可选范围内；可填：女、男", "sex"),
        (Named(RETENTION), {"age_group": "6岁以下"}, "年龄组：“6岁以下”不在可选范围内；可填：0-6、65+", "age_group"),
    ],
)
def test_a_part_or_scope_that_the_indicator_does_not_have_is_refused(
    place: Place, named: Named, cells: dict[str, Cell], told: str, column: str
) -> None:
    with pytest.raises(RefusedError) as raised:
        place.of(named, cells)
    assert why(raised)[0].startswith(told)
    assert why(raised)[1] == column


@pytest.mark.parametrize(
    ("text", "code"), [("", ""), ("初步数", "preliminary"), ("Final", "final"), ("final", "final")]
)
def test_a_code_is_known_by_itself_and_by_its_labels(place: Place, text: str, code: str) -> None:
    assert place.code("status", text) == code


def test_a_code_that_is_none_is_refused_with_those_that_there_are(place: Place) -> None:
    with pytest.raises(RefusedError) as raised:
        place.code("status", "待定")
    assert "“待定”不在可选范围内；可填：" in why(raised)[0]
    assert why(raised)[1] == "status"


# Units


@pytest.mark.parametrize("stated", [[], ["/10万"], ["每10万"], ["万"]])
def test_the_unit_of_a_value_is_that_of_its_series(place: Place, stated: list[str]) -> None:
    series = place.series[MATERNAL][""]
    assert place.unit(series, {text: unit_of(text, WORDS) for text in stated}) == "per_100k"


@pytest.mark.parametrize(
    ("stated", "told"),
    [("公斤", "无法识别的计量单位（公斤）；应为"), ("%", "单位（%）与指标单位（"), ("人", "单位（人）与指标单位（")],
)
def test_a_unit_that_is_unknown_or_another_one_is_refused(place: Place, stated: str, told: str) -> None:
    with pytest.raises(RefusedError) as raised:
        place.unit(place.series[MATERNAL][""], {stated: unit_of(stated, WORDS)})
    assert why(raised)[0].startswith(told)
    assert why(raised)[1] == "unit_of_measure"


def test_of_series_in_two_units_one_must_be_named(place: Place) -> None:
    (one,) = place.series[MATERNAL][""]
    both = (one, replace(one, unit="per_mille"))
    assert place.unit(both, {"‰": unit_of("‰", WORDS)}) == "per_mille"
    with pytest.raises(RefusedError) as raised:
        place.unit(both, {})
    assert why(raised)[0].startswith("目标用不同单位计量；请写明单位：")


# Years in titles


@pytest.mark.parametrize(
    ("texts", "years"),
    [
        (["2023年监测表"], {2023}),
        (["妇女规划（2021—2025年）"], set()),
        (["填报日期：2024年3月"], set()),
        (["2022、2023年数据", "2021"], {2021, 2022, 2023}),
        (["编号120230"], set()),
        (["1999年", "2100年", "1899年"], {1999}),
    ],
)
def test_a_year_in_a_title_is_none_of_a_plan_and_none_of_a_day(texts: list[str], years: set[int]) -> None:
    assert years_in(texts) == years

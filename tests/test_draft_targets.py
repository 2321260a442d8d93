"""Drafting targets and non-targets from the text of an item; all sentences and places are invented."""

import re
from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plandata.schema import edition
from plandata.texts import verify
from plandata.texts.draft.clauses import clauses, places
from plandata.texts.draft.commitments import commitments
from plandata.texts.draft.dictionary import Dictionary, part_of_scope
from plandata.texts.draft.lines import read_line
from plandata.texts.draft.lists import members, members_of, parts
from plandata.texts.draft.naming import bodies, object_of, short, trimmed
from plandata.texts.draft.quantities import quantities
from plandata.texts.draft.refusals import refusals
from plandata.texts.draft.targets import INDICATOR_COLUMNS, TARGET_COLUMNS, Context, Drafted, drafted
from plandata.texts.figures import numeral, tokens, values
from plandata.texts.segment import Item

END = 2030


def indicator(indicator_id: str, name: str, unit: str = "percent", theme: str = "health") -> dict[str, str]:
    return {"indicator_id": indicator_id, "name_zh": name, "unit_of_measure": unit, "theme": theme, "better": "higher"}


def known(indicator_id: str, name: str, scope: str = "", scope_en: str = "") -> dict[str, str]:
    return {"indicator_id": indicator_id, "name_text": name, "scope_zh": scope, "scope_en": scope_en}


INDICATORS = [
    indicator("infant-mortality", "婴儿死亡率", "per_mille"),
    indicator("under5-mortality", "5岁以下儿童死亡率", "per_mille"),
    indicator("maternal-mortality", "孕产妇死亡率", "per_100k"),
    indicator("myopia-rate", "儿童近视率"),
    indicator("toilets", "农村卫生厕所普及率", theme="environment"),
    indicator("health-literacy-women", "妇女健康素养水平"),
    indicator("health-literacy-children", "儿童健康素养水平"),
]
TARGETS = [
    known("under5-mortality", "5岁以下儿童死亡率"),
    known("myopia-rate", "近视率", "小学生", "primary pupils"),
    known("maternal-mortality", "孕产妇死亡率", "流动人口", "migrants"),
]
DICTIONARY = Dictionary(TARGETS, INDICATORS)


def draft(text: str, kind: str = "goal", population: str = "") -> Drafted:
    return drafted(Item(kind, "1", 0, 1, text), Context(END, DICTIONARY, population, "health"))


def figures(text: str, kind: str = "goal") -> list[tuple[str, str, str]]:
    """The numeric targets of a text as comparator, value and unit."""
    return [(t["comparator"], t["value"], t["unit_of_measure"]) for t in draft(text, kind).targets if t["value"]]


def rejected(text: str, kind: str = "measure") -> list[tuple[str, str]]:
    return [(n["value_text"], n["reason"]) for n in draft(text, kind).non_targets]


def only(text: str, kind: str = "goal") -> dict[str, str]:
    """The one target of a text."""
    (target,) = draft(text, kind).targets
    return target


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("夜诊开放率达到85%以上。", ("ge", "85", "percent")),
        ("夜诊开放率达到85%。", ("eq", "85", "percent")),
        ("夜诊开放率不低于85%。", ("ge", "85", "percent")),
        ("夜诊开放率超过85%。", ("gt", "85", "percent")),
        ("误诊率不超过0.5‰。", ("le", "0.5", "per_mille")),
        ("误诊率不高于3%。", ("le", "3", "percent")),
        ("误诊率低于3%。", ("lt", "3", "percent")),
        ("误诊率控制在3%以内。", ("le", "3", "percent")),
        ("误诊率≤3%。", ("le", "3", "percent")),
        ("夜诊开放率保持在40%左右。", ("approx", "40", "percent")),
        ("误诊率降至十万分之九以下。", ("le", "9", "per_100k")),
        ("误诊率降到 9 / 10 万以下。", ("le", "9", "per_100k")),
        ("误诊率控制在３/万以内。", ("le", "3", "per_10k")),
        ("夜诊开放率达到百分之九十五点五。", ("eq", "95.5", "percent")),
        ("三分之一以上的学校建立图书角。", ("ge", "33.33", "percent")),
        ("2/3以上的学校建立图书角。", ("ge", "66.67", "percent")),
        ("八成以上的学校建立图书角。", ("ge", "80", "percent")),
        ("一半以上的学校建立图书角。", ("ge", "50", "percent")),
        ("图书角建立率不低于全区平均水平的60%。", ("ge", "60", "percent")),
        ("女浴位与男浴位的比例不小于3∶2。", ("ge", "1.5", "ratio")),
        ("女职工人均预期寿命达到81.5岁以上。", ("ge", "81.5", "year")),
        ("平均受教育年限达到12年。", ("eq", "12", "year")),
        ("人均绿地面积达到15平方米。", ("eq", "15", "square_metre")),
        ("每千人口拥有助浴床位4.5个。", ("eq", "4.5", "per_1000")),
        ("每万名儿童拥有校医2名。", ("eq", "2", "per_10k")),
        ("每村至少配备1名校医。", ("ge", "1", "person")),
        ("每村设立不少于一家书屋。", ("ge", "1", "count")),
        ("每学期至少开展2次心理讲座。", ("ge", "2", "time_per_term")),
        ("对辅导员每年轮训一次。", ("eq", "1", "time_per_year")),
        ("学生每天户外活动不少于2小时。", ("ge", "2", "hour_per_day")),
        ("培训女骨干达4万人次。", ("eq", "40000", "person_time")),
        ("投入资金350万元。", ("eq", "3500000", "yuan")),
        ("所有乡镇均建成助浴点。", ("eq", "100", "percent")),
        ("校车全部达到安全标准。", ("eq", "100", "percent")),
        ("每千人口托位数量稳步增加，达到4.5个。", ("eq", "4.5", "per_1000")),
        ("每千人口托位数量稳步增加，校医达到4名。", ("eq", "4", "person")),
    ],
)
def test_a_figure_has_its_comparator_value_and_unit(text: str, found: tuple[str, str, str]) -> None:
    assert figures(text) == [found]


def test_a_shared_ending_and_list_give_one_row_each() -> None:
    rows = draft("婴儿和5岁以下儿童死亡率分别降至3.5‰和4‰以下。").targets
    assert [(t["indicator_id"], t["comparator"], t["value"]) for t in rows] == [
        ("infant-mortality", "le", "3.5"),
        ("under5-mortality", "le", "4"),
    ]
    assert {t["value_text"] for t in rows} == {"分别降至3.5‰和4‰以下"}
    assert rows[0]["name_text"] == "婴儿和5岁以下儿童死亡率"
    assert rows[1]["name_text"] == "5岁以下儿童死亡率"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("小学生近视率降到36%以下、初中生近视率降到58%以下。", [("le", "36", "percent"), ("le", "58", "percent")]),
        ("孕产妇死亡率和婴儿死亡率分别控制在9/10万和4‰以内。", [("le", "9", "per_100k"), ("le", "4", "per_mille")]),
        ("掌握2-3项技能。", [("ge", "2", "count"), ("le", "3", "count")]),
        ("培训2-3万人次。", [("ge", "20000", "person_time"), ("le", "30000", "person_time")]),
        ("男女厕位比例达到1:0。", []),
        ("女校医3名、20%以上的学校建立书屋。", [("eq", "3", "person"), ("ge", "20", "percent")]),
        ("在人员不低于往年各项条件和服务的情况下入园率为90%。", [("eq", "90", "percent")]),
        ("不超过往年且入园率达到90%。", [("eq", "90", "percent")]),
        ("入园率大约不低于90%。", [("ge", "90", "percent")]),
        ("建设10个基地、100个站点。", [("eq", "10", "count"), ("eq", "100", "count")]),
        ("至少组织2次讲座和1次参观。", [("ge", "2", "count"), ("ge", "1", "count")]),
        ("每所小学、幼儿园至少配备1名校医。", [("ge", "1", "person")] * 2),
        ("市、县均设1所特教中心。", [("eq", "1", "count")] * 2),
        ("艾滋病、梅毒和乙肝检测率达到98%以上。", [("ge", "98", "percent")] * 3),
        ("90%的城区和80%的村庄建立书屋。", [("eq", "90", "percent"), ("eq", "80", "percent")]),
        ("到2028年，入园率达到88%；到2030年，达到90%以上。", [("eq", "88", "percent"), ("ge", "90", "percent")]),
        ("入园率逐年提高，达到90%。", [("eq", "90", "percent")]),
        ("宫颈癌、乳腺癌检查率分别达到80%以上。", [("ge", "80", "percent")] * 2),
        ("宫颈癌、乳腺癌检查率达到80%以上。", [("ge", "80", "percent")]),
        ("2020年，入园率为80%，2030年，入园率达到90%。", [("eq", "90", "percent")]),
        ("2025年，入园率达到80%。", []),
        ("2026年，入园率达到80%。", [("eq", "80", "percent")]),
    ],
)
def test_several_figures_in_one_item(text: str, found: list[tuple[str, str, str]]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    ("text", "basis", "year"),
    [
        ("儿童近视率以2025年为基数下降20%。", "relative_decrease", "2025"),
        ("儿童近视率比2025年下降20%。", "relative_decrease", "2025"),
        ("与2025年相比，儿童近视率下降20%。", "relative_decrease", "2025"),
        ("儿童近视率比2023年下降20%。", "relative_decrease", "2023"),
        ("与2023年相比，儿童近视率下降20%。", "relative_decrease", "2023"),
        ("助浴覆盖率在2025年基础上提高20%。", "relative_increase", "2025"),
        ("儿童近视率每年降低1个百分点以上。", "annual_decrease", ""),
        ("儿童近视率下降到20%以下。", "level", ""),
        ("新建助浴点20个。", "cumulative", ""),
        ("每个乡镇建成1个助浴点。", "level", ""),
        ("规划期间培训骨干2000人次。", "cumulative", ""),
        ("每年至少开展2次讲座。", "rate_per_period", ""),
    ],
)
def test_the_basis_and_its_year(text: str, basis: str, year: str) -> None:
    target = only(text)
    assert (target["basis"], target["reference_year"]) == (basis, year)


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("儿童近视率、肥胖率分别下降10%和20%。", ["relative_decrease", "relative_decrease"]),
        ("每个乡镇建成1个助浴点并培训骨干20名。", ["level", "cumulative"]),
        ("每个乡镇建成1个助浴点、2个书屋。", ["level", "level"]),
    ],
)
def test_each_figure_has_its_basis(text: str, bases: list[str]) -> None:
    assert [target["basis"] for target in draft(text).targets] == bases


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("12338、90%以上的来电得到办理。", ["90%以上"]),
        ("小学至少组织3次参观，幼儿园至少组织1次指导和2次活动。",
         ["至少组织3次", "至少组织1次", "至少组织1次指导和2次"]),
        ("以2025年为基数儿童近视率下降20%。", ["以2025年为基数儿童近视率下降20%"]),
        ("儿童近视率与2025年同期本地门诊的普查结果相比下降20%。", ["与2025年同期本地门诊的普查结果相比下降20%"]),
        ("儿童近视率与2025年同期本区各门诊的普查结果相比下降20%。", ["下降20%"]),
        ("基本消除女童辍学现象。", ["基本消除女童辍学现象"]),
        ("基本消除农村和社区青壮年妇女文盲现象以及女童辍学现象。",
         ["基本消除农村和社区青壮年妇女文盲现象以及女童辍学"]),
        ("提供更多活动场所。", ["更多活动场所"]),
        ("提供更多安全、友好、方便、免费的校外文化体育娱乐活动场所。",
         ["更多安全、友好、方便、免费的校外文化体育娱乐活动"]),
        ("提高康复服务质量和覆盖率。", ["提高康复服务质量和覆盖率"]),
        ("夜诊率达到90%，午诊率达到90%以上。", ["夜诊率达到90%", "达到90%以上"]),
        ("90%的学校建立书屋，90%以上的村建立操场。", ["90%的", "90%以上"]),
        ("2030年90%的学校建立书屋。", ["90%"]),
    ],
)  # fmt: skip
def test_a_phrase_holds_all_that_says_it_and_no_more_than_a_cell_may_hold(text: str, phrases: list[str]) -> None:
    assert [target["value_text"] for target in draft(text).targets] == phrases


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("建设2个儿童活动中心和妇女服务中心。", ["儿童活动中心", "妇女服务中心"]),
        ("建设6个儿童活动中心和妇女服务中心。", ["儿童活动中心和妇女服务中心"]),
        ("建设2个儿童活动室和妇女图书室。", ["儿童活动室和妇女图书室"]),
        ("建设2个儿童之家和妇女之家。", ["儿童之家", "妇女之家"]),
        ("建设2个红书屋和蓝书屋。", ["红书屋和蓝书屋"]),
        ("入园率稳步提高，高达90%。", ["入园率"]),
        ("提供12年免费教育。", ["免费教育"]),
        ("白班和夜班误诊率为3%和5%。", ["白班误诊率", "夜班误诊率"]),
        ("白班误诊率、夜班误诊率均为3%-5%。", ["白班误诊率", "白班误诊率", "夜班误诊率", "夜班误诊率"]),
        ("小学生每天睡眠时间不少于10小时，初中生不少于9小时。", ["小学生每天睡眠时间", "小学生每天睡眠时间"]),
        ("学生户外活动时间每天不少于2小时。", ["学生户外活动时间"]),
    ],
)  # fmt: skip
def test_what_each_figure_is_said_of(text: str, names: list[str]) -> None:
    out = draft(text)
    proposed = {row["indicator_id"]: row["name_zh"] for row in out.indicators}
    assert [proposed[target["indicator_id"]] for target in out.targets] == names


def test_a_change_without_a_base_year_is_doubted() -> None:
    out = draft("儿童近视率下降20%。")
    assert out.targets[0]["reference_year"] == "2025"
    assert [(doubt.column, doubt.row) for doubt in out.doubts] == [("reference_year", "t1")]
    assert not draft("儿童近视率比2025年下降20%。").doubts
    assert not draft("儿童近视率每年降低1个百分点。").doubts


def test_from_one_level_to_another() -> None:
    target = only("入园率由2024年的92%提高到96%以上。")
    cells = ("comparator", "value", "baseline_value", "baseline_year", "name_text")
    assert [target[cell] for cell in cells] == ["ge", "96", "92", "2024", "入园率"]


@pytest.mark.parametrize(("column", "year"), [("", "2025"), ("2023", "2023")])
def test_a_baseline_without_a_year_is_that_of_its_table_or_of_the_last_year_before_the_plan(
    column: str, year: str
) -> None:
    item = Item("goal", "1", 0, 1, "入园率由92%提高到96%。")
    (target,) = drafted(item, Context(END, DICTIONARY, baseline_year=column)).targets
    assert (target["baseline_value"], target["baseline_year"]) == ("92", year)


def test_a_direction_may_have_a_baseline() -> None:
    target = only("宫颈癌筛查率在2024年45%的基础上逐步提高。")
    cells = ("comparator", "unit_of_measure", "baseline_value", "baseline_year")
    assert [target[cell] for cell in cells] == ["increase", "percent", "45", "2024"]


@pytest.mark.parametrize("text", ["目前全区已建成助浴点120个。", "2024年，入园率为92%，比2019年提高5个百分点。"])
def test_what_only_tells_how_things_are_is_a_baseline(text: str) -> None:
    assert not draft(text).targets
    assert "baseline" in {reason for _, reason in rejected(text)}


def test_a_list_of_what_is_there_already_is_one_baseline() -> None:
    assert rejected("目前入园率、巩固率分别为90%和92%。") == [("90%和92%", "baseline")]


@pytest.mark.parametrize(
    ("text", "timing", "commitment", "year"),
    [
        ("入园率保持在90%以上。", "throughout", "firm", "2030"),
        ("儿童近视率每年降低1个百分点。", "yearly", "firm", "2030"),
        ("力争到2028年，入园率达到90%。", "end", "strive", "2028"),
        ("鼓励学校每年举办2次讲座。", "end", "encourage", "2030"),
        ("女干部一般不少于3人。", "end", "general", "2030"),
        ("换届后当年女干部配备率达到100%。", "event", "firm", ""),
        ("推动学校每年举办2次讲座。", "end", "encourage", "2030"),
        ("推动实现助浴点全覆盖。", "end", "firm", "2030"),
        ("到2026年，入园率达到90%。", "end", "firm", "2026"),
        ("到2028年开工，到2030年，入园率达到90%。", "end", "firm", "2030"),
        ("入园率适当提高到90%。", "end", "firm", "2030"),
        ("适当提高入园率。", "end", "general", "2030"),
        ("做好换届工作，女代表比例逐步提高。", "end", "firm", "2030"),
    ],
)
def test_when_and_how_firmly(text: str, timing: str, commitment: str, year: str) -> None:
    target = only(text)
    assert (target["timing"], target["commitment"], target["target_year"]) == (timing, commitment, year)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("婴儿死亡率(‰)|2.5|<5", ("lt", "5", "per_mille", "2.5")),
        ("入园率(%)|≥90", ("ge", "90", "percent", "")),
        ("参保人数(万人)|32.5|35", ("eq", "350000", "person", "325000")),
        ("每千人口托位数(个)|-|4.5以上", ("ge", "4.5", "per_1000", "")),
        ("孕产妇死亡率(1/10万)|8|8以内", ("le", "8", "per_100k", "8")),
        ("儿童近视率(%)|52|比2025年下降10%", ("eq", "10", "percent", "52")),
        ("入园率(%)|90", ("eq", "90", "percent", "")),
    ],
)
def test_a_line_of_a_table(line: str, found: tuple[str, ...]) -> None:
    target = only(line, "indicator")
    assert tuple(target[cell] for cell in ("comparator", "value", "unit_of_measure", "baseline_value")) == found


@pytest.mark.parametrize(("cell", "year"), [("比2023年下降10%", "2023"), ("下降10%", "2025"), ("2028年达到10%", "")])
def test_a_change_in_a_cell_has_its_base_year(cell: str, year: str) -> None:
    assert only(f"儿童近视率(%)|52|{cell}", "indicator")["reference_year"] == year


def test_two_tests_in_one_cell_and_a_direction() -> None:
    assert figures("女干部配备率(%)|90|换届后当年达到100%,平时保持在85%以上", "indicator") == [
        ("eq", "100", "percent"),
        ("ge", "85", "percent"),
    ]
    target = only("儿童近视率(%)|52|逐年降低", "indicator")
    assert (target["comparator"], target["basis"], target["baseline_value"]) == ("decrease", "annual_decrease", "52")
    assert read_line("").target == ""
    assert read_line("入园率达到90%").target == ""
    assert read_line("入园率(%)|达到90%").printed == "%"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到2028年底完成。", ("2028年", "year")),
        ("第3年开展评估。", ("第3年", "year")),
        ("关爱0—3岁婴幼儿。", ("0—3岁", "age")),
        ("关爱百岁老人。", ("百岁老人", "age")),
        ("不得招用未满16周岁的人。", ("未满16周岁", "legal")),
        ("帮助未满16周岁的人。", ("未满16周岁", "age")),
        ("产假158天。", ("158天", "legal")),
        ("印发后1个月内报送。", ("1个月内", "deadline")),
        ("依据甲政发〔2021〕9号文件。", ("〔2021〕9号", "document")),
        ("落实《甲州规划（2021—2025年）》。", ("2021—2025年", "document")),
        ("拨打12338。", ("12338", "name")),
        ("打造15分钟健身圈。", ("15分钟健身圈", "name")),
        ("关注生命早期1000天。", ("1000天", "name")),
        ("推广“1530”教育。", ("1530", "name")),
        ("落实8项制度。", ("8项", "description")),
        ("女职工在100人以上的应当建立母婴室。", ("100人以上", "description")),
        ("未来3年不得涨价。", ("未来3年", "year")),
        ("禁止向3岁以下儿童出售。", ("3岁以下", "age")),
        ("帮助未满16周岁的人。不得招用。", ("未满16周岁", "age")),
        ("全县各类场所内未满16周岁的人不得留宿。加强管理。", ("未满16周岁", "legal")),
        ("关爱28天内婴儿。", ("28天内", "age")),
    ],
)
def test_a_number_that_is_no_target_has_its_reason(text: str, found: tuple[str, str]) -> None:
    assert rejected(text) == [found]
    assert not [t for t in draft(text).targets if t["value"]]


def test_a_length_of_life_is_no_age() -> None:
    assert refusals("人均预期寿命达到82岁,3岁以下儿童") == [(12, 16, "age")]
    assert refusals("寿命达到82岁") == []


def test_only_a_number_that_just_describes_may_be_a_target_after_all() -> None:
    assert [(doubt.table, doubt.row, doubt.column) for doubt in draft("落实8项制度。").doubts] == [
        ("non_targets", "8项", "reason")
    ]
    assert not draft("关爱0—3岁婴幼儿。").doubts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("提高妇女健康素养水平。", [("increase", "妇女健康素养水平")]),
        ("男女收入差距逐步缩小。", [("decrease", "男女收入差距")]),
        ("持续增加书屋机构和托位数量。", [("increase", "书屋机构和托位数量")]),
        ("儿童肥胖上升趋势得到有效控制。", [("decrease", "儿童肥胖上升趋势")]),
        ("女性比例保持稳定。", [("maintain", "女性比例")]),
        ("助浴点实现应建尽建。", [("universal", "助浴点")]),
        ("各乡镇设立助浴点。", [("universal", "助浴点")]),
        ("基本普及卫生厕所。", [("universal", "卫生厕所")]),
        ("消除女童辍学现象。", [("eliminate", "女童辍学现象")]),
        ("女代表保持合理比例。", [("appropriate", "女代表")]),
        ("女代表比例不低于全州平均水平。", [("ge", "女代表比例")]),
        ("女代表比例与女职工比例相适应。", [("approx", "女代表比例")]),
        ("艾滋病、梅毒检测率提高。", [("increase", "艾滋病、梅毒检测率"), ("increase", "梅毒检测率")]),
        ("性别平等教育全面推进，实现全覆盖。", [("universal", "性别平等教育全面推进")]),
        ("性别平等教育全面推进。实现全覆盖。", []),
        ("推动社会保险参保扩面，实现妇女应保尽保。", [("universal", "社会保险参保扩面")]),
        ("救助困难妇女，实行应保尽保、应救尽救。", [("universal", "救助困难妇女")]),
        ("建设助浴点，村全覆盖。", [("universal", "建设助浴点")]),
        ("书屋全覆盖。", [("universal", "书屋")]),
        ("各村设立3个助浴点。", []),
        ("到2030年3岁以下儿童近视率逐步降低。", [("decrease", "3岁以下儿童近视率")]),
        ("女厕位比例不低于实际需求的比例。", []),
        ("助浴服务达到全市平均水平。", []),
        ("提高女代表比例与女职工比例。", [("increase", "女代表比例"), ("increase", "女职工比例")]),
        ("儿童近视率居高不下，逐步下降。", [("decrease", "儿童近视率")]),
        ("降低援助费用、扩大法律援助覆盖面。", [("increase", "法律援助覆盖面")]),
        ("减少出生缺陷、提高出生人口素质。", [("decrease", "出生缺陷")]),
        ("享有社会保障权益，缩小男女差距。", []),
        ("提高就业率，缩小男女差距。", [("increase", "就业率"), ("decrease", "男女差距")]),
        ("提高康复服务质量和覆盖率。", [("increase", "覆盖率")]),
        ("提供更多活动场所。", [("increase", "活动场所")]),
        ("让更多妇女进入管理层。", [("increase", "管理层")]),
        ("增加校外活动场所。", [("increase", "校外活动场所")]),
        ("提高服务能力和水平。", []),
        ("消除性别歧视。", []),
        ("扩大公共服务覆盖面。", []),
        ("提高生态意识。", []),
    ],
)  # fmt: skip
def test_commitments_without_a_number(text: str, found: list[tuple[str, str]]) -> None:
    assert [(told.comparator, told.name) for told in commitments(text.replace("，", ","))] == found


def test_a_benchmark_is_named() -> None:
    target = only("女代表比例不低于全州平均水平。")
    assert (target["benchmark_zh"], target["value"], target["value_text"]) == ("全州平均水平", "", "不低于全州平均水平")


def test_a_heading_that_its_item_quantifies_is_drafted_once() -> None:
    assert [t["comparator"] for t in draft("提高妇女健康素养，妇女健康素养水平达到30%。").targets] == ["eq"]


def test_a_direction_that_its_item_repeats_in_full_is_drafted_once() -> None:
    targets = draft("降低儿童近视率，力争儿童近视率持续降低。").targets
    assert [(t["comparator"], t["value_text"]) for t in targets] == [("decrease", "力争儿童近视率持续降低")]


def test_a_gap_without_a_name_is_that_of_the_rates_before_it() -> None:
    out = draft("婴儿死亡率降到3‰以下，城乡、区域差距逐步缩小。")
    assert [t["comparator"] for t in out.targets] == ["le", "decrease", "decrease"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("助浴点达到20个，婴儿死亡率降到3‰以下，城乡差距逐步缩小。", ["infant-mortality"]),
        ("城乡差距逐步缩小，婴儿死亡率降到3‰以下。", []),
    ],
)
def test_a_gap_is_that_of_no_number_and_of_no_rate_behind_it(text: str, named: list[str]) -> None:
    gaps = [target for target in draft(text).targets if target["comparator"] == "decrease"]
    known = {row["indicator_id"] for row in INDICATORS}
    assert len(gaps) == 1
    assert [target["indicator_id"] for target in gaps if target["indicator_id"] in known] == named


def test_the_indicator_is_told_by_name_unit_and_population() -> None:
    assert (
        draft("健康素养水平达到30%。", population="children").targets[0]["indicator_id"] == "health-literacy-children"
    )
    assert draft("健康素养水平达到30%。", population="women").targets[0]["indicator_id"] == "health-literacy-women"


@pytest.mark.parametrize(
    ("text", "around"),
    [
        (
            "近视率、肥胖率分别为30%、10%并且吸烟率、饮酒率分别为5%、4%和往年一样",
            [
                ("近视率、肥胖率", "并且吸烟率、饮酒率", "和往年一样"),
                ("近视率、肥胖率分别为30%、10%并且吸烟率、饮酒率", "和往年一样", "和往年一样"),
            ],
        ),
        (
            "近视率为30%而吸烟率为5%而饮酒率为4%和往年一样",
            [
                ("近视率", "而吸烟率", "和往年一样"),
                ("近视率为30%而吸烟率", "而饮酒率", "和往年一样"),
                ("近视率为30%而吸烟率为5%而饮酒率", "和往年一样", "和往年一样"),
            ],
        ),
    ],
)
def test_each_list_of_numbers_has_the_words_around_it(text: str, around: list[tuple[str, str, str]]) -> None:
    (clause,) = clauses(text)
    groups = [list(group) for _, group in groupby(quantities(text), key=lambda number: number.group)]
    assert [(place.before, place.after, place.rest) for place in places(clause, groups)] == around


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("宫颈癌和乳腺癌筛查率", [("宫颈癌和乳腺癌筛查率", "宫颈癌和乳腺癌筛查率")]),
        ("儿童、婴儿家长培训率",
         [("儿童、婴儿家长培训率", "儿童培训率"), ("婴儿家长培训率", "婴儿家长培训率")]),
        ("入园率、", [("入园率", "入园率")]),
    ],
)  # fmt: skip
def test_the_members_of_a_name_and_the_words_that_hold_them(name: str, told: list[tuple[str, str]]) -> None:
    assert [(name[one.start : one.end], one.full) for one in members(name)] == told


def test_a_separator_at_either_end_of_a_list_parts_nothing() -> None:
    assert [parts(text) for text in ("甲", "甲、乙", "、甲", "甲、")] == [
        [(0, 1)],
        [(0, 1), (2, 3)],
        [(1, 2)],
        [(0, 1)],
    ]


def test_a_word_and_that_in_brackets_behind_it_are_two_members_of_the_whole_name() -> None:
    name = "社区(村)建立书屋比例"
    found = [(name[one.start : one.end], one.full) for one in members_of(name, 2)]
    assert found == [(name, "社区建立书屋比例"), (name, "村建立书屋比例")]


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("书" * 30, "书" * 30),
        ("报" + "书" * 30, "书" * 30),
        (f"农村、{'书' * 13}、{'画' * 12}覆盖率", f"{'书' * 13}、{'画' * 12}覆盖率"),
        (f"农村、{'书' * 14}、{'画' * 12}覆盖率", f"{'书' * 14}、{'画' * 12}覆盖率"),
        (f"农村、{'书' * 15}、{'画' * 12}覆盖率", f"{'画' * 12}覆盖率"),
    ],
)
def test_a_name_that_is_too_long_begins_with_its_first_part_that_leaves_room(name: str, end: str) -> None:
    assert short(name) == end


@pytest.mark.parametrize(("text", "name"), [("床达到", "床"), ("增长", "增长"), ("收入增长", "收入")])
def test_a_word_of_two_signs_is_no_ending_of_a_name(text: str, name: str) -> None:
    assert trimmed(text) == name


@pytest.mark.parametrize(("after", "name"), [("的幼儿园设有书屋", "书屋"), ("的幼儿园设有床", "")])
def test_what_is_brought_about_has_a_name_of_two_signs_or_more(after: str, name: str) -> None:
    assert object_of(after) == name


@pytest.mark.parametrize(
    ("before", "near", "named"),
    [
        ("市、县妇联", "均", ["市妇联", "县妇联"]),
        ("市、县妇联", "", ["市、县妇联"]),
        ("市、县", "均", ["市", "县"]),
    ],
)
def test_each_level_has_the_body_that_is_named_for_all(before: str, near: str, named: list[str]) -> None:
    assert bodies(before, near) == named


@pytest.mark.parametrize(("sign", "unit"), [("%", "percent"), ("‰", "per_mille")])
def test_two_figures_between_which_a_sign_was_lost_are_two(sign: str, unit: str) -> None:
    told = [(one.value, one.unit) for one in quantities(f"误诊率7.58.5{sign}")]
    assert told == [(Decimal("7.5"), unit), (Decimal("8.5"), unit)]


def test_what_stands_in_few_names_weighs_more() -> None:
    names = [indicator("a", "夜诊覆盖率"), indicator("b", "校车覆盖率"), indicator("c", "书屋覆盖率")]
    weights = Dictionary([], names).weights
    assert weights["夜诊"] > weights["覆盖"] > 0


def test_a_name_of_one_sign_stands_in_no_text_around() -> None:
    assert Dictionary([], [indicator("crib", "床")]).standing("crib", {"托床"}) == 0


@pytest.mark.parametrize(
    ("text", "doubted"), [("儿童近视率达到30%。", []), ("儿童近视发生率达到30%。", [("t1", "indicator_id")])]
)
def test_an_indicator_whose_name_is_only_somewhat_like_the_printed_one_is_doubted(
    text: str, doubted: list[tuple[str, str]]
) -> None:
    out = draft(text)
    assert [target["indicator_id"] for target in out.targets] == ["myopia-rate"]
    assert [(doubt.row, doubt.column) for doubt in out.doubts] == doubted


def test_a_name_that_would_begin_inside_a_number_begins_behind_it() -> None:
    name = "岁以下山区牧区林区库区边境地区寄宿制学校住校女生健康体检率"
    assert only(f"15{name}达到90%。")["name_text"] == name


def test_an_unknown_name_proposes_an_indicator() -> None:
    out = draft("午休床位铺设率达到90%以上，误诊率控制在2%以下。")
    assert [(row["name_zh"], row["unit_of_measure"], row["better"], row["name_en"]) for row in out.indicators] == [
        ("午休床位铺设率", "percent", "higher", ""),
        ("误诊率", "percent", "lower", ""),
    ]
    assert [t["indicator_id"] for t in out.targets] == [row["indicator_id"] for row in out.indicators]
    assert {doubt.table for doubt in out.doubts} == {"indicators"}
    assert set(out.indicators[0]) == set(INDICATOR_COLUMNS)


def test_the_name_of_a_proposed_indicator_is_no_longer_than_a_cell_may_be() -> None:
    name = "山区、" + "林区牧区库区边境地区寄宿制学校住校女生" * 2 + "体检率"
    (row,) = draft(f"{name}达到90%。").indicators
    assert row["name_zh"] == name[:40]


def test_a_scope_has_the_wording_of_known_targets() -> None:
    target = only("小学生近视率控制在36%以下。")
    assert (target["indicator_id"], target["scope_zh"], target["scope_en"]) == (
        "myopia-rate",
        "小学生",
        "primary pupils",
    )


@pytest.mark.parametrize(
    ("part", "printed"),
    [
        ("各镇(街道)", "每个乡镇(街道)"),
        ("每所幼儿园", "幼儿园"),
        ("区域之间", "区域"),
        ("儿童(男)", "儿童"),
        ("市州级", "市州"),
        ("县级", "县级"),
        ("村(社区)", "村(社区)"),
        ("以乡镇(街道)为单位", "以乡镇(街道)为单位"),
    ],
)
def test_a_part_of_a_scope_is_looked_for_as_a_text_prints_it(part: str, printed: str) -> None:
    assert part_of_scope(part) == printed


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("流动人口孕产妇死亡率控制在9/10万以下。", "流动人口"),
        ("面向流动人口，孕产妇死亡率控制在9/10万以下。", ""),
    ],
)
def test_a_scope_stands_in_the_clause_of_the_figure(text: str, scope: str) -> None:
    assert only(text)["scope_zh"] == scope


def test_rows_that_would_be_the_same_are_told_apart_by_print() -> None:
    out = draft("每所小学、幼儿园至少配备1名校医。")
    assert len({t["scope_zh"] for t in out.targets}) == 2
    assert "scope_zh" in {doubt.column for doubt in out.doubts}


def test_rows_have_the_columns_of_the_schema() -> None:
    tables = edition().tables
    assert list(TARGET_COLUMNS) == tables["targets"].columns
    assert list(INDICATOR_COLUMNS) == tables["indicators"].columns
    assert set(only("入园率达到90%。")) == set(TARGET_COLUMNS)


def test_members_of_lists() -> None:
    assert [m.full for m in members("5岁以下儿童贫血率、生长迟缓率")] == ["5岁以下儿童贫血率", "5岁以下儿童生长迟缓率"]
    assert len(members("艾滋病和梅毒感染孕产妇及所生儿童治疗率")) == 4
    assert len(members("党委、政府工作部门中女性比例")) == 1
    assert len(members("农村自来水普及率")) == 1


def test_numerals_and_shares_in_words() -> None:
    assert [numeral(words) for words in ("十", "九十五", "一百二十", "三点五")] == [10, 95, 120, Decimal("3.5")]
    assert values("百分之九十以上") == [90]
    assert values("1/3以上") == [Decimal("33.33")]
    assert values("达三成") == [30]
    assert values("投入3亿元") == [300_000_000]
    assert [token.text for token in tokens("三分之一以上")] == ["三分之一"]


WORDS = "助浴率 死亡率 达到 控制在 分别 以上 以下 至少 配备 名 每学期 次 全部 所有 每千 万 人次 提高 下降"
MORE_WORDS = "由 基础上 有 的 社区 保持 逐步 应建尽建 更多 比例 差距 一半 三分之一 不少于一家 每年轮训一次 百岁"
NEW_WORDS = (
    "翻一番 两成 其中农村 年均 享受 均 20余 场 清零 零增长 较上年 罚款 由 各自 2025年和2030年 百分之百 亿元 /万 哺乳"
)
SIGNS = "十六周岁 以2025年为基数 2028年 3岁 至 8.5 /10万 % ‰ 1 1/3 0 - 5 3:2 12338 、 和 ， 。 ； 《 》 “ ” ( )"
PARTS = [*WORDS.split(), *MORE_WORDS.split(), *NEW_WORDS.split(), *SIGNS.split()]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join), st.sampled_from(["goal", "measure"]))
def test_verify_finds_every_number_phrase_and_name(text: str, kind: str) -> None:
    item = Item(kind, "1", 0, 1, text)
    out = drafted(item, Context(END, DICTIONARY))
    proof = verify.Proof("p")
    verify.prove_numbers(proof, "i", item, out.targets, out.non_targets)
    verify.prove_figures(proof, "i", item, out.targets, out.non_targets)
    verify.prove_names(proof, "i", item, out.targets)
    assert proof.gaps == []


@settings(deadline=None, max_examples=300)
@given(
    st.text(st.sampled_from("0123456789.%‰/:万人次一二两半以上下达到至少每年率比例、，。；（）《》〔〕-"), max_size=24)
)
def test_any_text_is_drafted_alike_twice(text: str) -> None:
    first, second = draft(text), draft(text)
    assert first == second
    assert all(re.fullmatch(r"\d+(\.\d+)?", t["value"]) for t in first.targets if t["value"])
    assert all(0 < len(row["value_text"]) <= 24 for row in (*first.targets, *first.non_targets))

"""The notes in which goals name their lead and responsible units."""

import pytest

from plandata.texts.notes import names, read_note


def note(text: str) -> list[tuple[str, str]]:
    return [(named.role, named.name) for named in read_note(text)]


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
    ],
)
def test_a_note_is_read_in_print_order(text: str, units: list[tuple[str, str]]) -> None:
    assert note(text) == units


def test_what_a_page_break_printed_twice_is_read_once() -> None:
    assert note("率下降。(责任单位:县妇联、残联)残联)") == [("responsible", "县妇联"), ("responsible", "残联")]
    assert names("县妇联、残联)残联、县教育局)") == ["县妇联", "残联", "县教育局"]
    assert names("县妇联、残联、县教育局)县教育局、县财政局)") == ["县妇联", "残联", "县教育局", "县财政局"]


def test_groups_stay_whole() -> None:
    assert names("市司法局等市妇儿工委有关成员单位、特邀单位)") == ["市司法局", "市妇儿工委有关成员单位、特邀单位"]


def test_the_etc_inside_a_name_does_not_cut_it() -> None:
    assert names("高等教育局、市妇联)") == ["高等教育局", "市妇联"]

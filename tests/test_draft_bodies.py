"""The drafted units and assignments: names restored, variants joined, facts told or doubted, bodies of sentences."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plandata.schema import edition, home
from plandata.texts.draft.bodies import Bodies, bodies
from plandata.texts.draft.body_names import Naming, place_of, prefix_of, vocabulary
from plandata.texts.draft.spoken import spoken
from plandata.texts.notes import Named, read_note
from plandata.texts.segment import segment

COUNTY = {"place_id": "yunting", "name_zh": "云汀县", "name_en": "Yunting County"}
SOURCES = os.environ.get("PLANDATA_SOURCES", "")
FACTS = ("kind", "function", "collective")
Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (home() / "data" / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def drafted(*notes: str, place: Row = COUNTY, text: str = "") -> Bodies:
    items = {f"{place['place_id']}-women-2021.health.g{n:02}": read_note(note) for n, note in enumerate(notes, 1)}
    return bodies(items, place, table("units"), table("places"), text)


def names(*notes: str, place: Row = COUNTY) -> list[str]:
    """The names of the units in the order of the assignments of the last note."""
    found = drafted(*notes, place=place)
    by_id = {row["unit_id"]: row["name_zh"] for row in found.units}
    last = f"g{len(notes):02}"
    return [by_id[row["unit_id"]] for row in found.assignments if row["goal_id"].endswith(last)]


def of_place(name: str, level_en: str = "") -> Row:
    return {"place_id": "yunting", "name_zh": name, "name_en": level_en}


@pytest.mark.parametrize(
    ("place", "note", "units"),
    [
        ("云汀县", "（责任单位：县卫健局、教育局、妇联）", ["县卫健局", "县教育局", "县妇联"]),
        ("云汀县", "（牵头单位：县委宣传部、组织部、总工会）", ["县委宣传部", "县委组织部", "县总工会"]),
        ("云汀县", "（责任单位：县委网信办、编办，县民政局、文明办）",
         ["县委网信办", "县委编办", "县民政局", "县文明办"]),
        ("云汀县", "（责任单位：县总工会、团委）", ["县总工会", "共青团县委"]),
        ("云汀县", "（责任单位：县法院、检察院，团县委）", ["县法院", "县检察院", "团县委"]),
        ("云汀县", "（责任单位：县教育局、各乡镇、街道、有关部门）", ["县教育局", "各乡镇、街道", "有关部门"]),
        ("云汀县", "（责任单位：县教育局、市生态环境局云汀分局、云汀经开区管委会）",
         ["县教育局", "市生态环境局云汀分局", "云汀经开区管委会"]),
        ("云汀县", "（责任单位：县妇儿工委、各成员单位）", ["县妇儿工委", "县妇儿工委成员单位"]),
        ("云汀县", "（责任单位：县妇儿工委办公室、县教育局、各成员单位）",
         ["县妇儿工委办公室", "县教育局", "县妇儿工委成员单位"]),
        ("云汀县", "（责任单位：教育局、乡村振兴局、市场监管局）", ["县教育局", "县乡村振兴局", "县市场监管局"]),
        ("云汀市", "（责任单位：市教育局、市场监管局、市市场监管局）", ["市教育局", "市市场监管局"]),
        ("云汀市", "（责任单位：云汀市教育局、卫健局）", ["云汀市教育局", "云汀市卫健局"]),
        ("云汀彝族自治县", "（责任单位：自治县总工会、妇联）", ["自治县总工会", "自治县妇联"]),
        ("云汀彝族自治县", "（责任单位：县教育局、县卫健局、妇联）", ["县教育局", "县卫健局", "县妇联"]),
        ("云汀旗", "（责任单位：旗教育局、妇联、团旗委）", ["旗教育局", "旗妇联", "团旗委"]),
        ("云汀县", "（责任单位：县政府、县教育局）", ["县人民政府", "县教育局"]),
        ("云汀县", "（责任单位：县教育局、市水利局、生态环境局云汀分局）",
         ["县教育局", "市水利局", "生态环境局云汀分局"]),
    ],
)  # fmt: skip
def test_an_elided_beginning_is_restored(place: str, note: str, units: list[str]) -> None:
    assert names(note, place=of_place(place)) == units


@pytest.mark.parametrize(
    ("place", "name", "head"),
    [
        ("青禾自治县", "自治民政局", "自治"),
        ("青禾自治县", "自治县民政局", "自治县"),
        ("青禾自治县", "青禾县民政局", "青禾县"),
        ("云汀县", "自治州民政局", ""),
        ("云汀县", "云汀县民政局", "云汀县"),
        ("云汀市", "市政设施中心", ""),
    ],
)
def test_a_name_of_a_body_of_the_place_begins_as_the_place_does(place: str, name: str, head: str) -> None:
    assert Naming(place_of(of_place(place)), []).head(name) == head


def test_the_youth_league_of_the_place_is_its_own_however_it_is_called() -> None:
    naming = Naming(place_of(COUNTY), ["县教育局"])
    assert naming.key("团县委") == naming.key("共青团云汀县委")
    assert naming.key("团县委").own


def test_the_beginning_is_read_from_the_document() -> None:
    place = place_of(of_place("青禾自治县"))
    assert prefix_of(["县教育局", "县妇联", "自治县民政局"], place) == "县"
    assert prefix_of(["青禾县教育局", "青禾县妇联", "自治县民政局"], place) == "青禾县"
    assert prefix_of(["市场监管局", "各县（市、区）", "市生态环境局青禾分局"], place) == "自治县"


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("县卫健局", "县卫生健康局", "县卫生健康局"),
        ("县卫健委", "县卫生健康委员会", "县卫生健康委员会"),
        ("县发改局", "县发展和改革局", "县发展和改革局"),
        ("县发展改革局", "县发展和改革局", "县发展和改革局"),
        ("县人社局", "县人力资源社会保障局", "县人力资源社会保障局"),
        ("县住建局", "县住房和城乡建设局", "县住房和城乡建设局"),
        ("县市监局", "县市场监督管理局", "县市场监督管理局"),
        ("县文旅局", "县文化旅游局", "县文化旅游局"),
        ("县文旅局", "县文化广电旅游局", "县文化广电旅游局"),
        ("县教体局", "县教育和体育局", "县教育和体育局"),
        ("县检察院", "县人民检察院", "县人民检察院"),
        ("县妇儿工委办", "县妇女儿童工作委员会办公室", "县妇女儿童工作委员会办公室"),
        ("县人大办", "县人大常委会办公室", "县人大常委会办公室"),
        ("县委编办", "县委机构编制委员会办公室", "县委机构编制委员会办公室"),
        ("团县委", "共青团云汀县委", "共青团云汀县委"),
        ("县税务局", "国家税务总局云汀县税务局", "国家税务总局云汀县税务局"),
        ("公安局", "县公安局", "县公安局"),
        ("云汀县公安局", "县公安局", "县公安局"),
        ("县退役军人局", "县退役军人事务局", "县退役军人事务局"),
        ("县统计部门", "县统计局", "县统计局"),
        ("县委宣传部", "县委宣传部（县文明办）", "县委宣传部（县文明办）"),
    ],
)
def test_variants_of_a_name_are_one_unit_with_the_fullest_name(one: str, other: str, name: str) -> None:
    beside = "县教育局、县民政局、县妇联" if "教" not in one else "县民政局、县司法局、县妇联"
    for first, second in ((one, other), (other, one)):
        found = drafted(f"（责任单位：{beside}、{first}）", f"（责任单位：{second}）")
        assert [row["name_zh"] for row in found.units].count(name) == 1
        assert len(found.units) == 4
        printed = {row["printed_as"] for row in found.assignments if row["printed_as"]}
        assert printed == ({one, other} - {name})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("县政府办公室", "县政府妇儿工委办公室"), ("县妇儿工委", "县妇儿工委办公室"), ("县公安局", "县公安局青禾分局"),
        ("县委宣传部", "县委统战部"), ("县教育局", "县体育局"), ("县妇儿工委成员单位", "县妇儿工委有关成员单位"),
        ("县委办公室", "县委网信办公室"), ("县法院", "县检察院"), ("各乡镇", "各乡镇人民政府"),
        ("县水利局", "市水利局"),
    ],
)  # fmt: skip
def test_different_bodies_stay_apart(one: str, other: str) -> None:
    assert len(drafted(f"（责任单位：县民政局、县妇联、{one}、{other}）").units) == 4


def test_a_joint_bureau_does_not_swallow_one_that_stands_beside_what_it_joins() -> None:
    assert "县教育局" in names("（责任单位：县教育局、县体育局、县教育体育局）")


def test_each_body_stands_once_on_an_item_with_its_first_role() -> None:
    found = drafted("（牵头单位：县卫健局；责任单位：县卫生健康局、县妇联）")
    assert [(row["unit_id"], row["role"], row["position"], row["printed_as"]) for row in found.assignments] == [
        ("yunting.health-bureau", "lead", "1", "县卫健局"),
        ("yunting.womens-federation", "responsible", "2", ""),
    ]


def test_the_first_body_leads_where_the_text_says_so() -> None:
    notes = ("（责任单位：县教育局、县妇联）", "（牵头单位：县妇联；责任单位：县教育局）")
    roles = [row["role"] for row in drafted(*notes, text="责任单位中排在首位的为牵头单位").assignments]
    assert roles == ["lead", "responsible", "lead", "responsible"]
    assert [row["role"] for row in drafted(notes[0]).assignments] == ["responsible", "responsible"]


def test_a_measure_hangs_in_its_own_column() -> None:
    found = bodies({"yunting-women-2021.health.m02": [Named("lead", "县妇联")]}, COUNTY)
    assert [(row["goal_id"], row["measure_id"]) for row in found.assignments] == [("", "yunting-women-2021.health.m02")]


def test_the_committee_is_named_in_full_where_the_text_does() -> None:
    found = drafted("（责任单位：县妇儿工委办公室）", text="报县妇女儿童工作委员会办公室备案")
    assert [row["name_zh"] for row in found.units] == ["县妇女儿童工作委员会办公室"]
    assert found.assignments[0]["printed_as"] == "县妇儿工委办公室"


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("县卫健局", ("health-bureau", "Yunting County Health Bureau", "government", "health", "false")),
        ("县委组织部", ("organisation-department", "Organisation Department of the CPC Yunting County Committee",
                    "party",
                    "personnel", "false")),
        ("县妇联", ("womens-federation", "Yunting County Women's Federation", "mass_organisation", "womens-federation",
                 "false")),
        ("县教育和体育局", ("education-sports-bureau", "Yunting County Education and Sports Bureau", "government",
                      "education", "false")),
        ("县文化体育旅游局", ("culture-sports-tourism-bureau", "Yunting County Culture, Sports and Tourism Bureau",
                       "government", "culture", "false")),
        ("县融媒体中心", ("media-centre", "Yunting County Convergence Media Centre", "government", "publicity",
                    "false")),
        ("各乡镇", ("township-governments", "Township governments", "government", "government", "true")),
        ("县纪委监委", ("discipline-supervision-commission",
                  "Yunting County Commission for Discipline Inspection and Supervision", "party", "party-leadership",
                  "false")),
    ],
)  # fmt: skip
def test_facts_are_told_by_known_units_and_the_dictionary(name: str, facts: tuple[str, ...]) -> None:
    found = drafted(f"（责任单位：{name}、县民政局）")
    row = next(row for row in found.units if row["name_zh"] == name)
    assert row["unit_id"] == f"yunting.{facts[0]}"
    assert (row["name_en"], row["kind"], row["function"], row["collective"]) == facts[1:]
    assert not [doubt for doubt in found.doubts if doubt.row == row["unit_id"]]


@pytest.mark.parametrize(
    ("name", "unit_id", "kind", "function"),
    [
        ("市生态环境局云汀分局", "environment-bureau", "government", "environment"),
        ("市水利局", "water-bureau", "government", "water"),
        ("市教育体育局云汀分局", "body", "government", "education"),
        ("市水利站", "body", "government", "water"),
        ("云汀供电公司", "body", "other", ""),
    ],
)
def test_a_body_of_another_level_is_told_by_the_words_of_its_function(
    name: str, unit_id: str, kind: str, function: str
) -> None:
    row = next(row for row in drafted(f"（责任单位：县教育局、县民政局、{name}）").units if row["name_zh"] == name)
    assert (row["unit_id"], row["kind"], row["function"]) == (f"yunting.{unit_id}", kind, function)


@pytest.mark.parametrize(
    ("name", "collective"),
    [
        ("县民政局", "false"), ("有关部门", "true"), ("各级部门", "true"), ("各级政府", "false"),
        ("县级各部门", "false"), ("乡镇人民政府", "true"), ("县妇儿工委成员单位", "true"),
    ],
)  # fmt: skip
def test_a_name_that_several_bodies_share_is_collective(name: str, collective: str) -> None:
    found = {row["name_zh"]: row["collective"] for row in drafted(f"（责任单位：县教育局、县妇联、{name}）").units}
    assert found[name] == collective


def test_a_body_has_the_id_and_the_english_of_one_of_its_name_elsewhere() -> None:
    place = {"place_id": "qinghe", "name_zh": "青禾县", "name_en": "Qinghe County"}
    known = {
        "unit_id": "qinghe.evening-office", "place_id": "qinghe", "name_zh": "县夜校办",
        "name_en": "Qinghe County Evening School Office", "kind": "other", "function": "education",
    }  # fmt: skip
    named = [Named("responsible", name) for name in ("县夜校办", "县教育局", "县民政局")]
    found = bodies({"yunting-women-2021.overall": named}, COUNTY, [known], [place])
    row = next(row for row in found.units if row["name_zh"] == "县夜校办")
    cells = (row["unit_id"], row["name_en"], row["kind"], row["function"])
    assert cells == ("yunting.evening-office", "Yunting County Evening School Office", "other", "education")


def test_bodies_that_nothing_tells_are_numbered() -> None:
    found = drafted("（责任单位：县某某服务站、县另外服务队、县民政局、县审计局、县教育局）")
    assert {row["unit_id"] for row in found.units} >= {"yunting.body", "yunting.body-2"}


def test_what_nothing_tells_is_left_empty_and_doubted() -> None:
    found = drafted("（责任单位：县某某服务站、县民政局、县审计局）")
    odd = next(row for row in found.units if row["name_zh"] == "县某某服务站")
    assert odd["name_en"] == odd["function"] == ""
    columns = {(doubt.row, doubt.column) for doubt in found.doubts}
    assert {(odd["unit_id"], column) for column in ("unit_id", "name_zh", "name_en", "function", "kind")} <= columns
    assert ("yunting.audit-bureau", "function") in columns
    assert ("yunting.audit-bureau", "name_en") not in columns


def test_a_beginning_that_the_text_never_prints_is_doubted() -> None:
    found = drafted("（责任单位：教育局、妇联）")
    assert {doubt.row for doubt in found.doubts if doubt.column == "name_zh"} == {row["unit_id"] for row in found.units}


def test_names_that_only_their_likeness_joins_are_doubted() -> None:
    found = drafted("（责任单位：县民政局、县某服局、县某某服务局）")
    assert any("likeness" in doubt.why for doubt in found.doubts)


def test_units_of_the_same_place_keep_their_ids() -> None:
    place = next(row for row in table("places") if row["place_id"] == "liaocheng")
    found = drafted("（牵头单位：市商务投资促进局）", place=place)
    assert [row["unit_id"] for row in found.units] == ["liaocheng.commerce-bureau"]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["县卫健局", "教育局", "县妇联", "团委", "各乡镇", "县委宣传部", "某某", "市气象局"]),
        min_size=1,
    )
)
def test_rows_fit_the_schemas(listed: list[str]) -> None:
    found = bodies({"yunting-women-2021.overall": [Named("responsible", name) for name in listed]}, COUNTY)
    schemas = edition().tables
    assert all(list(row) == [field.name for field in schemas["units"].fields] for row in found.units)
    assert all(list(row) == [field.name for field in schemas["assignments"].fields] for row in found.assignments)
    ids = [row["unit_id"] for row in found.units]
    assert ids == sorted(set(ids))
    assert {row["unit_id"] for row in found.assignments} == set(ids)
    assert [row["position"] for row in found.assignments] == [str(n + 1) for n in range(len(found.assignments))]
    assert {doubt.row for doubt in found.doubts} <= set(ids)


def test_the_dictionary_names_only_known_codes() -> None:
    codes, words = edition().codes, vocabulary()
    entries = [*words.words.values(), *words.wholes.values(), *(group for _, group in words.groups)]
    assert {entry["function"] for entry in entries if entry.get("function")} <= set(codes["function"])
    assert {entry["kind"] for entry in entries if entry.get("kind")} <= set(codes["unit_kind"])
    naming = Naming(place_of(COUNTY), ["县教育局"])
    assert all(naming.key(f"县{whole}").own for whole in words.wholes)


@pytest.mark.parametrize(
    ("text", "assigned"),
    [
        ("县妇儿工委办公室负责日常工作，各成员单位要将任务纳入本部门计划。",
         [("lead", "县妇儿工委办公室"), ("responsible", "各成员单位")]),
        ("县统计局牵头开展监测，县妇儿工委会同有关部门组织评估。", [("lead", "县统计局"), ("lead", "县妇儿工委")]),
        ("监测组由县统计局牵头，由相关部门负责监测的人员组成。", [("lead", "县统计局")]),
        ("各乡镇人民政府、各街道办事处结合实际，制定方案。",
         [("responsible", "各乡镇人民政府"), ("responsible", "各街道办事处")]),
        ("县政府应将所需经费纳入预算。", [("responsible", "县政府")]),
        ("由县妇联牵头，县统计局配合。", [("lead", "县妇联"), ("cooperating", "县统计局")]),
        ("成员单位、特邀单位及有关部门向县妇儿工委报送数据。",
         [("responsible", "成员单位"), ("responsible", "特邀单位"), ("responsible", "有关部门")]),
        ("县委宣传部（县文明办）、县民政局负责宣传。",
         [("lead", "县委宣传部"), ("lead", "县文明办"), ("lead", "县民政局")]),
        ("县教育局和大家负责落实。", []),
        ("形成党委领导、政府主责、妇儿工委协调、多部门合作的工作机制。", []),
        ("鼓励社会组织参与。监测组成员负责统筹本部门工作。推动有关部门落实责任。", []),
        ("规划目标分解到责任单位，并报送县妇儿工委。", []),
    ],
)  # fmt: skip
def test_sentences_assign_the_bodies_that_they_begin_with(text: str, assigned: list[tuple[str, str]]) -> None:
    assert [tuple(named) for named in spoken(text)] == assigned


def printed_items() -> list[tuple[str, str, str]]:
    """Each known item with its kind and its text, where the texts are."""
    rows = [(row["goal_id"], row) for row in table("goals")] + [(row["measure_id"], row) for row in table("measures")]
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(SOURCES).iterdir())]
    printed = {item.sha256: item.text for text in texts for plan in segment(text) for item in plan.items}
    return [(item, row["kind"], printed[row["text_sha256"]]) for item, row in rows]


def assigned_by(place: Row, items: list[tuple[str, str, str]]) -> Bodies:
    """What is drafted for a known place from its items, when only the other places are known."""
    own = [item for item in items if item[0].startswith(f"{place['place_id']}-")]
    in_sentences = ("implementation", "monitoring")
    notes = {item: read_note(text) or (spoken(text) if kind in in_sentences else []) for item, kind, text in own}
    units = [row for row in table("units") if row["place_id"] != place["place_id"]]
    places = [row for row in table("places") if row != place]
    return bodies(notes, place, units, places, "".join(text for _, _, text in own))


def triples(rows: list[Row], units: list[Row], column: str) -> set[tuple[str, str, str]]:
    """Item, name of the unit and role of the assignments that hang in a column."""
    named = {row["unit_id"]: row["name_zh"] for row in units}
    return {
        (row[column], named[row["unit_id"]], row["role"]) for row in rows if row[column] and row["unit_id"] in named
    }


@pytest.mark.skipif(not SOURCES, reason="the texts are not here: set PLANDATA_SOURCES")
def test_each_known_place_is_drafted_from_what_the_others_tell() -> None:
    items, coded, all_units = printed_items(), table("assignments"), table("units")
    missed, wrong = 0, 0
    for place in table("places"):
        found = assigned_by(place, items)
        units = [row for row in all_units if row["place_id"] == place["place_id"]]
        assert triples(found.assignments, found.units, "goal_id") == triples(coded, units, "goal_id")
        drafted_rows, true = triples(found.assignments, found.units, "measure_id"), triples(coded, units, "measure_id")
        missed += len(true - drafted_rows)
        wrong += len(drafted_rows - true)
        by_name = {row["name_zh"]: row for row in units}
        for row in found.units:
            same = by_name[row["name_zh"]]
            assert [row[column] for column in FACTS] == [same[column] for column in FACTS]
            assert row["name_en"] in ("", same["name_en"]) or "直" in row["name_zh"]
    assert (missed, wrong) == (2, 0)

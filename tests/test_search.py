"""plandata search: what a query means, which hit comes first, synonyms, pasted sentences, and what is refused."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Bench
from damaged import plandata as plandata_says
from rich.cells import cell_len

import plandata
from plandata.package.folder import Folder
from plandata.read.search import (
    EXACT,
    LONGEST,
    NAMED,
    PARTLY,
    RANK,
    TABLES,
    TOLD,
    Entry,
    Part,
    asked,
    county,
    cut,
    entries,
    found,
    longest,
    part_of,
    pattern,
    place_named,
    search,
)
from plandata.report.rows import render_hits
from plandata.schema import Schemas, edition
from plandata.tables import Tables
from plandata.text import Text, folded


@pytest.fixture(scope="module")
def package() -> plandata.Package:
    return plandata.open()


@pytest.fixture(scope="module")
def everything(package: plandata.Package) -> list[Any]:
    return entries(Tables.of(package))


FIRST = [
    ("maternal-mortality", "maternal-mortality"),
    ("Maternal Mortality Ratio", "maternal-mortality"),
    ("孕产妇死亡率", "maternal-mortality"),
    ("MMR", "maternal-mortality"),
    ("ｍｍｒ", "maternal-mortality"),
    ("孕产妇死亡", "maternal-mortality"),
    ("婴儿死亡率", "infant-mortality"),
    ("５岁以下儿童死亡率", "under5-mortality"),
    ("两癌", "cervical-breast-screening-rate"),
    ("两癌筛查", "cervical-breast-screening-rate"),
    ("cervical cancer screening", "cervical-screening-rate"),
    ("家暴", "domestic-violence-cases"),
    ("校园霸凌", "school-bullying-cases"),
    ("聊城", "liaocheng"),
    ("威宁县", "weining"),
    ("Weining", "weining"),
    ("Beijing", "changping"),
    ("371500", "liaocheng"),
    ("农村", "target_group.rural"),
    ("train", "instrument.train"),
    ("民法典", "changping-both-2021.women-family.m03"),
    ("聊城卫健委", "liaocheng.health-commission"),
    ("聊城 妇联", "liaocheng.womens-federation"),
    ("威宁县教育局", "weining.education-science-bureau"),
    ("HPV", "jiaxing-women-2021.health.m06.d1"),
    ("weining-women-2021.health.g03.t1", "weining-women-2021.health.g03.t1"),
    ("how many childcare places for under-3s are there per 1000 population", "childcare-places-per-1000"),
    ("要求：全市每千人口３岁以下婴幼儿\n托位数做到 4.6 个", "jiaxing-children-2021.health.i06.t1"),
]


@pytest.mark.parametrize(("query", "first"), FIRST)
def test_the_first_hit(package: plandata.Package, query: str, first: str) -> None:
    assert package.search(query)["id"][0] == first


def test_places_indicators_and_bodies_stand_before_items_and_these_before_targets(package: plandata.Package) -> None:
    tables = package.search("孕产妇死亡率")["table"].to_list()
    assert tables.index("indicators") < tables.index("goals") < tables.index("targets")


def test_of_two_titles_the_shorter_comes_first(package: plandata.Package) -> None:
    hits = package.search("乳腺癌", "indicators")["title_zh"].to_list()
    assert hits == sorted(hits, key=len)
    assert len(hits) > 3


def test_a_title_that_begins_with_the_words_comes_before_a_shorter_one(package: plandata.Package) -> None:
    hits = package.search("childcare", "indicators")["title_en"].to_list()
    later = next(i for i, title in enumerate(hits) if not title.startswith("Childcare"))
    assert all(title.startswith("Childcare") for title in hits[:later])
    assert len(hits[later]) < len(hits[later - 1]), "only the beginning put it behind"


def test_chinese_is_found_wherever_it_stands_and_latin_where_a_word_begins(package: plandata.Package) -> None:
    assert "maternal-mortality" in package.search("产妇死亡")["id"].to_list()
    assert package.search("ortality")["id"].to_list() == []
    assert "maternal-mortality" in package.search("mort rat")["id"].to_list()


def test_a_plural_finds_the_singular(package: plandata.Package) -> None:
    assert package.search("mortality rates")["id"].to_list() == package.search("mortality rate")["id"].to_list()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ａ", "a"), ("Café", "cafe"), ("１，０００", "1000"), ("a\u3000 b", "a b"), ("women’s", "women's"), ("ﬁ", "fi")],
)
def test_what_is_alike_when_texts_are_searched(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_a_decimal_comma_is_no_separator_of_thousands() -> None:
    assert folded("8,5") != folded("85")


def test_every_table_that_is_searched_is_found(package: plandata.Package, everything: list[Any]) -> None:
    """Each by the name of one of its rows, among its own."""
    for table in TABLES:
        entry = next(entry for entry in everything if entry.table == table)
        assert entry.id in package.search(entry.names[0], table)["id"].to_list(), table


def test_only_rows_of_a_table_and_of_a_place(package: plandata.Package) -> None:
    hits = package.search("妇联", "units", "聊城")
    assert set(hits["table"]) == {"units"}
    assert set(hits["place_id"]) == {"liaocheng"}
    assert package.search("妇联", "units", "Liaocheng").equals(hits)
    assert set(package.search("妇联", "units")["place_id"]) > {"liaocheng"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("  ",), "name what to search for"),
        (("a", "nix"), "nothing is searched in 'nix'; tables: places, "),
        (("a", "", "上海"), "'上海' is no place; name one of baodi, "),
        (("a", "", "district"), "'district' is several places; name one of baodi, changping"),
    ],
)
def test_what_cannot_be_searched_is_told(package: plandata.Package, arguments: tuple[str, ...], told: str) -> None:
    with pytest.raises(plandata.PackageError, match=told):
        package.search(*arguments)


@pytest.mark.parametrize("query", ["。，！", "(", "[a", "\\", "*", "?q", "\x00", "<b>", "很" * 5000, "the " * 2000])
def test_signs_mean_nothing_to_the_search(package: plandata.Package, query: str) -> None:
    package.search(query)


def test_a_sentence_keeps_what_shares_most_with_it(package: plandata.Package) -> None:
    hits = package.search("请问哪里写了婴幼儿的托位数量和女干部的比例")
    assert 0 < hits.height < 200
    assert not package.search("请问天气怎么样啊")["id"].is_in(["maternal-mortality"]).any()


# Synonyms


def test_every_synonym_leads_somewhere(everything: list[Any]) -> None:
    """But for those of pages, which the site's queries prove: an alternative that no name has is a slip."""
    names = "\n".join(entry.called for entry in everything)
    pages = {folded(page) for page in ("下载", "download", "引用", "cite", "引用文件", "citations", "责任分工")}
    pages |= {folded(page) for page in ("responsibility", "public security", "经费投入", "funding")}
    pages |= {folded(page) for page in ("中期评估", "mid-term evaluation")}
    lost = {
        (word, other)
        for word, others in edition().synonyms.items()
        for other in others
        if other not in names and other not in pages
    }
    assert lost == set()


def test_no_synonym_is_found_by_itself_already_as_its_own_alternative() -> None:
    assert [word for word, others in edition().synonyms.items() if others == (word,)] == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- a\n", "is no list of synonyms"),
        ("a: [b]\n", "is no list of synonyms"),
        ("a: 1\n", "is no list of synonyms"),
        ("a / : b\n", "is no list of synonyms"),
        ("a: b / / c\n", "is no list of synonyms"),
        ("a: b\nc / Ａ: d\n", "'a' stands in two lines of synonyms"),
    ],
)
def test_synonyms_that_cannot_be_read_are_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "synonyms.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(plandata.PackageError, match=rf"synonyms\.yaml: .*{message}"):
        Schemas(tmp_path).synonyms  # noqa: B018 - the access is the test


def test_a_package_may_have_synonyms_of_its_own(bench: Bench) -> None:
    name = bench.rows("places")[0]["name_zh"]
    bench.schema("synonyms", lambda synonyms: synonyms.update({"老家": name}))
    bench.settle()
    hits = search(Folder(bench.root), "老家")
    assert hits["title_zh"][0] == name
    assert plandata_says("validate", bench.root).exit_code == 0, "the list is no table"


def test_a_package_without_synonyms_has_those_of_the_edition(bench: Bench) -> None:
    bench.schema("codes", lambda codes: None)
    (bench.root / "schemas/synonyms.yaml").unlink()
    assert Folder(bench.root).schemas.synonyms == edition().synonyms


# The command


def test_the_command_tells_id_kind_name_and_place() -> None:
    result = plandata_says("search", "卫健委", "--lang", "zh")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "标识                         类别  名称              所在",
        "liaocheng.health-commission  单位  市卫生健康委      聊城市",
        "weining.health-bureau        单位  自治县卫生健康局  威宁彝族回族苗族自治县",
    ]


def test_the_command_shows_the_first_hits_and_tells_how_many_more_there_are(package: plandata.Package) -> None:
    count = package.search("儿童").height
    result = plandata_says("search", "儿童", "--limit", "3", "--lang", "en")
    assert (result.stdout.count("\n"), result.stderr) == (4, f"… {count - 3} more; --limit 0 shows all\n")
    whole = plandata_says("search", "儿童", "--limit", "0", "--lang", "en")
    assert (whole.stdout.count("\n"), whole.stderr) == (count + 1, "")


def test_nothing_found_is_said_with_exit_code_1() -> None:
    result = plandata_says("search", "qqqq", "--lang", "zh")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "没有找到“qqqq”\n")
    machine = plandata_says("search", "qqqq", "--format", "json")
    assert (machine.exit_code, json.loads(machine.stdout)) == (1, [])


def test_machines_read_hits_as_json_and_csv(package: plandata.Package) -> None:
    expected = package.search("宫颈癌", place="weining").to_dicts()
    arguments = ("search", "宫颈癌", "--place", "威宁", "--limit", "0", "--format")
    assert json.loads(plandata_says(*arguments, "json").stdout) == expected
    rows = list(csv.DictReader(io.StringIO(plandata_says(*arguments, "csv").stdout.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [row["id"] for row in expected]


@pytest.mark.parametrize("room", [60, 80])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hits_fit_the_terminal_and_ids_stay_whole(package: plandata.Package, room: int, lang: str) -> None:
    hits = package.search("宫颈癌").head(20)
    lines = render_hits(hits, "text", package.words(lang), package.schemas, room).splitlines()
    assert max(map(cell_len, lines)) <= room
    assert set(hits["id"]) <= {line.split(" ")[0] for line in lines}


def test_words_need_no_quotes() -> None:
    quoted, bare = plandata_says("search", "maternal mortality"), plandata_says("search", "maternal", "mortality")
    assert quoted.stdout == bare.stdout
    assert quoted.exit_code == 0


def test_a_hit_of_a_name_is_told_from_one_of_a_text(everything: list[Any]) -> None:
    hits = found(everything, "山东", edition().synonyms)
    assert hits[0].entry.id == "liaocheng"
    assert {hit.level <= NAMED for hit in hits} == {True, False}


def entry_of(row_id: str, *names: str, table: str = "goals", told: str = "") -> Entry:
    """An entry with its names, folded as they are, and what else its text has."""
    title = Text(names[0], names[0])
    return Entry(table, row_id, title, Text("", ""), names, "\n".join([*names, row_id, told]))


def ids_found(query: str, *some: Entry, synonyms: dict[str, tuple[str, ...]] | None = None) -> list[tuple[str, int]]:
    return [(hit.entry.id, hit.level) for hit in found(some, query, synonyms or {})]


def test_a_name_comes_before_a_part_of_one_and_that_before_a_text() -> None:
    some = (
        entry_of("d", "other", told="birth rate"),
        entry_of("c", "birth", told="rate"),
        entry_of("b", "birth rate of all"),
        entry_of("a", "birth rate"),
    )
    assert ids_found("birth rate", *some) == [("a", EXACT), ("b", NAMED), ("c", PARTLY), ("d", TOLD)]
    assert ids_found("d", *some)[0] == ("d", EXACT)


def test_hits_that_fit_as_well_stand_by_rank_then_literally_then_by_beginning_and_length() -> None:
    by_rank = [entry_of(table, "rate of x", table=table) for table in reversed(TABLES)]
    ranks = [table for table, _ in ids_found("rate", *by_rank)]
    assert [RANK[table] for table in ranks] == sorted(RANK[table] for table in ranks)
    some = (
        entry_of("synonym", "ratio"),
        entry_of("long", "rate of them all"),
        entry_of("inside", "a rate"),
        entry_of("short", "rate of"),
    )
    told = ids_found("rate", *some, synonyms={"rate": ("ratio",)})
    assert told == [("synonym", EXACT), ("short", NAMED), ("long", NAMED), ("inside", NAMED)]
    # What has the words themselves comes before what has a synonym.
    some = (entry_of("synonym", "the ratio"), entry_of("literal", "the very rate"))
    assert [row for row, _ in ids_found("rate", *some, synonyms={"rate": ("ratio",)})] == ["literal", "synonym"]


def test_of_texts_that_tell_it_the_shorter_comes_first() -> None:
    some = (entry_of("long", "a", told="rate and much more"), entry_of("short", "b", told="rate"))
    assert ids_found("rate", *some) == [("short", TOLD), ("long", TOLD)]


def test_a_sentence_finds_what_shares_most_with_it_and_leaves_the_rest_out() -> None:
    some = (
        entry_of("both", "托位数量"),
        entry_of("one", "托位"),
        entry_of("none", "道路"),
        entry_of("aside", "规划", told="托位"),
    )
    assert next(row for row, _ in ids_found("请问托位和数量", *some)) == "both"
    assert "none" not in [row for row, _ in ids_found("请问托位和数量", *some)]
    assert ids_found("请问天气", *some) == []


@pytest.mark.parametrize(
    ("words", "text", "fits"),
    [
        ("rates", "the rate", True),
        ("was", "a wa", False),
        ("rows", "row", True),
        ("row", "arrow", False),
        ("率", "死亡率", True),
        ("5", "15", False),
        ("5岁", "15岁", False),
        ("a.b", "axb", False),
        ("bodys", "body", True),
    ],
)
def test_latin_is_found_where_a_word_begins_also_without_its_plural(words: str, text: str, fits: bool) -> None:
    assert (pattern([words]).search(text) is not None) == fits


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("a b c", ["a b c"]),
        ("a b d", ["a b", "d"]),
        ("x a b", ["x", "a b"]),
        ("a", ["a"]),
        ("b a", ["b", "a"]),
    ],
)
def test_the_longest_words_that_have_synonyms_are_one_part(query: str, parts: list[str]) -> None:
    assert [part.words for part in asked(query, {"a b": ("y",), "a b c": ("z",)})] == parts


def test_in_chinese_words_the_longest_that_has_synonyms_is_exchanged() -> None:
    synonyms = {"两癌": ("癌症", "cancers"), "两癌筛查": ("普查",), "hpv": ("疫苗",), "癌症": ()}
    assert part_of("农村两癌筛查率", synonyms).others == ("农村普查率",)
    assert part_of("两癌率", synonyms).others == ("癌症率",)
    assert part_of("两癌", synonyms).others == ("癌症", "cancers")
    assert part_of("hpv接种", synonyms).others == ()
    assert part_of("道路", synonyms).others == ()


def test_a_query_is_cut_into_the_longest_parts_that_are_known() -> None:
    known = {"托", "托位", "托位数", "rate", "4.6"}
    parts = [Part("请问托位数和a4.6rate的托")]
    assert [part.words for part in cut(parts, known.__contains__, {})] == ["托位数"]
    assert [part.words for part in cut([Part("rate，4.6个")], known.__contains__, {})] == ["rate", "4.6"]
    assert [part.words for part in cut([Part("卫健委")], known.__contains__, {"卫健委": ("x",)})] == ["卫健委"]


def test_the_longest_known_text_is_looked_for_as_far_as_it_can_be() -> None:
    known = {"a", "ab"}.__contains__
    assert [longest(list(words), known, {}) for words in ("abc", "a", "x", "")] == [2, 1, 0, 0]
    assert longest(list("xyz"), known, {"xyz": ()}) == 3
    assert longest(list("xyz"), known, {"xyzz": ()}) == 0
    # What is not known itself, and begins nothing, ends the text.
    assert longest(list("axb"), {"a", "axb"}.__contains__, {}) == 1


def test_only_the_beginning_of_a_pasted_text_is_looked_at() -> None:
    some = (entry_of("early", "one"), entry_of("late", "two"))
    assert [row for row, _ in ids_found(f"{'x' * (LONGEST - 4)} one", *some)] == ["early"]
    assert ids_found(f"{'x' * LONGEST} two", *some) == []


def test_an_autonomous_county_has_a_short_name(package: plandata.Package) -> None:
    assert county("威宁彝族回族苗族自治县") == ("威宁县",)
    assert county("威宁县") == ()
    t = Tables.of(package)
    assert [place_named(t, name) for name in ("威宁县", "weining", "Weining")] == ["weining"] * 3


def test_a_hit_stands_where_its_row_does(small_package: Path) -> None:
    known = plandata.open(small_package)
    columns = ("id", "where_en", "place_id")
    told = {row[0]: row[1:] for row in known.search("健康").select(columns).iter_rows()}
    assert told["talks"] == ("health", None)
    assert told["weining.health-bureau"][1] == told["weining-women-2021.health"][1] == "weining"
    place = known.search("虚有区", "places").row(0, named=True)
    assert (place["id"], place["place_id"], place["where_zh"]) == ("xuyou", "xuyou", known["places"]["province_zh"][1])
    assert set(known.search("健康", place="虚有区")["place_id"]) == {"xuyou"}

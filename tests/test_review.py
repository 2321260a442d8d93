"""The page on which a person judges a draft: what it holds, in both languages, and that nothing in it is code."""

import json
import re
from collections import Counter
from typing import Any

import pytest
from drafts import FILLER, draft, hostile_draft, large_draft
from hostile import PARTS, RUNS
from test_reports import Page

from plandata.files import FORMULA
from plandata.report.draft_rows import Shelf, plainly
from plandata.report.draft_text import ROLES, Piece, lines, pieces, place_words, runs, spans
from plandata.report.review import KEYS, WORDS, data, groups, heading, keys_of, review
from plandata.schema import edition
from plandata.texts.draft.doubt import Doubt
from plandata.texts.draft.model import Block, Draft
from plandata.texts.formats.document import Document
from plandata.words import Words

DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
LANGS = ("en", "zh")
EMPTY = Draft({}, [], [], Document("txt"))


@pytest.fixture(scope="module", params=LANGS)
def made(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The page of a draft, with its language."""
    return request.param, review(draft(), request.param)


def held(html: str) -> dict[str, Any]:
    """What the page's script reads."""
    (text,) = DATA.findall(html)
    return dict(json.loads(text))


def shelf(made_of: Draft, lang: str = "en") -> Shelf:
    return Shelf(made_of, Words(edition().labels, lang))


def test_one_page_that_asks_for_nothing(made: tuple[str, str]) -> None:
    lang, html = made
    page = Page(html)
    assert page.open == []
    assert page.references == []
    assert f'<html lang="{"zh-Hans" if lang == "zh" else "en"}">' in html
    assert len(page.ids) == len(set(page.ids))
    assert not {"link", "img", "iframe", "object"} & set(page.tags)
    assert "url(" not in html
    assert not re.search(r"\sstyle=|\son[a-z]+=", re.sub("(?s)<script.*?</script>", "", html))


def test_only_its_own_script_and_style_may_work(made: tuple[str, str]) -> None:
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]*)"', made[1])
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert policy.count("'sha256-") == 2


def test_text_and_doubts_stand_there_without_the_script(made: tuple[str, str]) -> None:
    _, html = made
    text = Page(re.sub("(?s)<script.*?</script>", "", html)).text
    source = draft()
    assert html.count('<li class="block') == len(source.blocks)
    assert html.count('<li class="doubt"') == len(source.doubts)
    assert all(doubt.why in text for doubt in source.doubts)
    assert text.count(FILLER) >= len(source.tables["goals"])


def test_the_languages_speak_their_own_words() -> None:
    pages = {lang: re.sub("(?s)<script.*?</script>", "", review(draft(), lang)) for lang in LANGS}
    for lang, other in (LANGS, LANGS[::-1]):
        for word in (WORDS["save"], WORDS["open"], WORDS["legend"], *(told for _, told in KEYS)):
            assert word[lang] in pages[lang]
            assert word[other] not in pages[lang]
    assert "第1页 第1段" in pages["zh"]
    assert "page 1, paragraph 1" in pages["en"]
    with pytest.raises(KeyError):
        review(EMPTY, "de")


@pytest.mark.parametrize("lang", LANGS)
def test_the_legend_names_each_role_of_a_part_of_the_text_beside_its_colour(lang: str) -> None:
    legend = re.findall(r'<li><span class="swatch r-([a-z]+)"></span>([^<]+)</li>', review(draft(), lang))
    assert legend == [(role or "unclaimed", word[lang]) for role, word in ROLES.items() if role != "furniture"]


def test_the_same_draft_gives_the_same_bytes(made: tuple[str, str]) -> None:
    lang, html = made
    assert review(draft(), lang) == html


def test_the_script_gets_the_doubts_as_they_are(made: tuple[str, str]) -> None:
    data, source = held(made[1]), draft()
    assert data["doubts"] == [[d.table, d.row, d.column, d.value, d.why] for d in source.doubts]
    assert data["keys"] == list(keys_of(source.doubts))
    assert len(set(data["keys"])) == len(source.doubts)
    assert (data["digest"], data["formula"]) == (source.digest, FORMULA)
    assert data["header"] == ["table", "row", "column", "value", "why", "settled"]


def test_the_script_gets_every_row_of_every_table(made: tuple[str, str]) -> None:
    data, source = held(made[1]), draft()
    subjects = data["subjects"]
    tables = ("documents", "places", "plans", "domains", "indicators", "units", "goals", "measures")
    assert Counter(s["table"] for s in subjects) == {name: len(source.tables[name]) for name in tables}
    parts = [part for s in subjects for part in s.get("parts", [])]
    cards = [card for part in parts for card in part.get("cards", [])]
    hanging = ("targets", "non_targets")
    counted = Counter(card["table"] for card in cards if card["table"] in hanging)
    assert counted == {name: len(source.tables[name]) for name in hanging}
    bodies = [body for part in parts for role in part.get("roles", []) for body in role["bodies"]]
    assert len(bodies) == len(source.tables["assignments"])


def test_a_target_is_told_with_all_its_cells() -> None:
    data, source = held(review(draft(), "zh")), draft()
    row = next(row for row in source.tables["targets"] if row["value"] and row["goal_id"])
    own = next(s for s in data["subjects"] if s.get("row") == row["goal_id"])
    card = next(c for c in own["parts"][0]["cards"] if c["row"] == row["target_id"])
    cells = {cell[0]: cell[1] for cell in card["fields"]}
    for column in ("comparator", "value", "timing", "commitment", "name_text", "value_text"):
        assert cells[column] == row[column]
    labels = {cell[0]: cell[2] for cell in card["fields"] if len(cell) > 2}
    assert labels["comparator"] == edition().codes["comparator"][row["comparator"]].label.zh
    assert card["tag"] == row["target_id"].rpartition(".")[2]
    assert row["value"] in card["figure"]
    assert data["blocks"][own["blocks"][0]] == data["subjects"].index(own)


def test_each_doubt_finds_its_subject() -> None:
    source = draft()
    data = held(review(source, "en"))
    named = [data["subjects"][at]["row"] if at >= 0 else "" for at in data["of"]]
    for doubt, row in zip(source.doubts, named, strict=True):
        assert doubt.row.startswith(row)
        assert bool(row) == (doubt.row != "nowhere.t1")
        # A row with an id is found itself, one that hangs on an item through the item.
        assert doubt.table in ("targets", "non_targets") or doubt.row == row


@pytest.mark.parametrize("row", ["{}.9", "{} 35%", "{}/unit"])
def test_a_row_without_an_id_is_found_by_what_its_name_begins_with(row: str) -> None:
    source = draft()
    goal = source.tables["goals"][3]["goal_id"]
    source.doubts = [Doubt("assignments", row.format(goal), "role", "lead", "why")]
    data = held(review(source, "en"))
    assert data["subjects"][data["of"][0]]["row"] == goal
    source = Draft(
        {"goals": [{"goal_id": "g"}]}, [Doubt("assignments", row.format("g"), "role", "", "")], [], EMPTY.document
    )
    assert shelf(source).doubted == [0]


def test_coded_columns_are_judged_first_and_english_words_last() -> None:
    html = review(draft(), "en")
    order = re.findall('data-table="([a-z_]+)" data-column="([a-z_]+)"', html)
    assert order[0] == ("targets", "indicator_id")
    assert order[-1] == ("goals", "label_en")
    assert order.index(("targets", "comparator")) < order.index(("targets", "scope_zh"))
    # What stands in no schema is shown all the same.
    odd = Draft({}, [Doubt("x", "y", "z", "1", "odd")], [], Document("txt"))
    assert 'data-table="x" data-column="z"' in review(odd, "zh")


def test_what_hangs_on_no_item_hangs_on_its_document() -> None:
    row = {"anomaly_id": "x-2021.a01", "document_id": "x-2021", "kind": "ambiguous"}
    doubts = [Doubt("anomalies", "x-2021.a01", "kind", "ambiguous", "why")]
    tables = {"documents": [{"document_id": "x-2021"}], "anomalies": [row]}
    data = held(review(Draft(tables, doubts, [], Document("txt")), "en"))
    assert data["of"] == [0]
    assert data["subjects"][0]["parts"][0]["cards"][0]["row"] == "x-2021.a01"


@pytest.mark.parametrize("other", ["documents", "places", "indicators", "units", "bibliography"])
def test_a_block_is_what_the_text_prints_where_two_rows_have_one_id(other: str) -> None:
    tables = {other: [{edition().tables[other].key[0]: "x"}], "plans": [{"plan_id": "x"}]}
    data = held(review(Draft(tables, [], [Block("x", "", "title", "x")], Document("txt")), "en"))
    assert data["subjects"][data["blocks"][0]]["table"] == "plans"


def marked(block: Block, made_of: Draft) -> list[tuple[str, tuple[str, ...], str]]:
    found = spans(shelf(made_of), block)
    return [(piece.text, piece.kinds, piece.ends) for piece in pieces(block.text, found) if piece.kinds]


def test_figures_and_names_are_marked_in_the_text_as_printed() -> None:
    row = {"target_id": "p.d.g01.t1", "goal_id": "p.d.g01", "name_text": "巩固率", "value_text": "95%以上"}
    tables = {"targets": [row, row | {"target_id": "p.d.g01.t2", "name_text": "入园率", "value_text": "9%"}]}
    tables["non_targets"] = [{"goal_id": "p.d.g01", "value_text": "5岁"}]
    text = "５岁，巩 固率达到９５％\n以上，入园率35%、9%。"
    block = Block(text, "", "goal", "p.d.g01")
    assert marked(block, Draft(tables, [], [block], Document("txt"))) == [
        ("５岁", ("number",), ""),
        ("巩 固率", ("name",), ""),
        ("９５％\n以上", ("value",), "t1"),
        ("入园率", ("name",), ""),
        ("9%", ("value",), "t2"),
    ]


def test_a_figure_that_stands_twice_belongs_to_one_target_each() -> None:
    both = [{"target_id": f"g.t{n}", "goal_id": "g", "name_text": "", "value_text": "9%"} for n in (1, 2)]
    twice, once = (Block(text, "", "goal", "g") for text in ("9%和9%", "均为9%"))
    source = Draft({"targets": both}, [], [twice, once], Document("txt"))
    assert [ends for *_, ends in marked(twice, source)] == ["t1", "t2"]
    assert [ends for *_, ends in marked(once, source)] == ["t1 t2"]


def test_furniture_is_folded_and_unclaimed_text_is_told(made: tuple[str, str]) -> None:
    lang, html = made
    furniture = sum(block.role == "furniture" for block in draft().blocks)
    assert html.count("block r-furniture") == furniture
    assert html.count('<li class="furniture"><details>') == furniture / 2
    assert f'<span class="role">{ROLES[""][lang]}</span>' in html


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_texts_stay_texts(lang: str) -> None:
    html = review(hostile_draft(), lang)
    page = Page(html)
    assert page.open == []
    assert page.tags.count("script") == 2
    assert not {"img", "iframe"} & set(page.tags)
    assert not any(part in html for part in PARTS[:2])
    assert f'"{RUNS}' not in re.sub("(?s)<script.*?</script>", "", html)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]", html)
    (text,) = DATA.findall(html)
    assert not set(text) & set("<>&\u2028\u2029")
    shown = json.dumps(json.loads(text)["subjects"], ensure_ascii=False)
    assert r"\\x1b[31m\\x07" in shown
    assert "\\u001b" not in shown


def test_a_draft_of_nothing_is_a_page_too() -> None:
    html = review(EMPTY, "en")
    assert WORDS["no_doubts"].en in html
    assert held(html)["subjects"] == []
    half = Draft({"targets": [{"target_id": "a.t1"}], "goals": [{"goal_id": "a"}]}, [], [], Document("txt"))
    assert held(review(half, "zh"))["subjects"][0]["row"] == "a"


def test_cells_that_make_no_figure_are_told_as_they_are() -> None:
    row = {"target_id": "a.t1", "goal_id": "a", "comparator": "ge", "value": "1/0", "unit_of_measure": "percent"}
    data = held(review(Draft({"targets": [row], "goals": [{"goal_id": "a"}]}, [], [], Document("txt")), "en"))
    assert data["subjects"][0]["parts"][0]["cards"][0]["figure"] == "ge 1/0 percent"


def test_the_largest_draft_is_not_too_large() -> None:
    assert len(review(large_draft(), "en")) < 4_000_000


def test_invisible_signs_are_told() -> None:
    assert plainly("a\u3000b\u202ec") == "a b\\u202ec"


# A draft of a few rows, of which each is told


GOAL, MEASURE = "p.h.g01", "p.h.m01"
FEW = {
    "documents": [{"document_id": "d", "title_zh": "规划"}],
    "plans": [{"plan_id": "p", "document_id": "d", "title_zh": "妇女规划", "title_en": "Plan for women"}],
    "domains": [{"domain_id": "p.h", "plan_id": "p", "title_en": "Health"}],
    "indicators": [{"indicator_id": "i", "name_zh": "死亡率"}],
    "units": [{"unit_id": "u", "name_zh": "卫健局"}, {"unit_id": "v"}],
    "goals": [{"goal_id": GOAL, "plan_id": "p", "domain_id": "p.h", "kind": "goal", "number": "1", "label_zh": "健康"}],
    "measures": [{"measure_id": MEASURE, "plan_id": "p", "domain_id": "p.lost", "kind": "measure", "position": "1"}],
    "targets": [
        {
            "target_id": f"{GOAL}.t1",
            "goal_id": GOAL,
            "indicator_id": "i",
            "comparator": "le",
            "value": "12",
            "unit_of_measure": "per_100k",
            "value_text": "12",
        },
        {"target_id": f"{GOAL}.t2", "goal_id": GOAL, "indicator_id": "lost", "comparator": "increase"},
    ],
    "non_targets": [{"goal_id": GOAL, "value_text": "5岁", "reason": "age"}],
    "assignments": [
        {"goal_id": GOAL, "unit_id": "u", "role": "lead", "printed_as": "卫健"},
        {"goal_id": GOAL, "unit_id": "lost", "role": "responsible"},
    ],
    "duties": [{"duty_id": f"{MEASURE}.d1", "measure_id": MEASURE, "from_unit_id": "v", "kind": "funding"}],
    "citations": [{"plan_id": "p", "title_zh": "纲要"}],
}
DOUBTS = [
    Doubt("goals", GOAL, "label_en", "", "no English"),
    Doubt("duties", f"{MEASURE}.d1", "name_text", "", "not printed"),
    Doubt("units", "lost", "name_zh", "", "no such unit"),
    Doubt("x", "a b", "z", "", "no such table"),
    Doubt("targets", f"{GOAL}.t2", "value", "", "no value"),
    Doubt("documents", "d", "place_id", "", "no place"),
    Doubt("units", "u", "kind", "party", "two kinds"),
    Doubt("goals", GOAL, "lost", "", "no such column"),
]
BLOCKS = [
    Block("规划", "page 1, paragraph 1", "title", "p"),
    Block("— 1 —", "", "furniture"),
    Block("健康 12/10万\n以下12", "", "goal", GOAL),
    Block("前言", "", "note", "lost"),
    Block("— 2 —", "", "furniture"),
    Block("规划", "", "furniture"),
    Block("附", "", "of no known role", "d"),
    Block("后记", ""),
]


@pytest.fixture(scope="module")
def few() -> Shelf:
    return shelf(Draft(FEW, DOUBTS, BLOCKS, Document("txt")))


def test_a_subject_tells_its_cells_what_they_stand_for_and_which_subject_they_name(few: Shelf) -> None:
    told = {subject["row"]: subject for subject in data(few)["subjects"]}
    fields = {row: subject.get("fields", []) for row, subject in told.items()}
    assert fields == {
        "d": [["place_id", ""], ["title_zh", "规划"]],
        "p": [["document_id", "d", "规划", 0], ["title_zh", "妇女规划"], ["title_en", "Plan for women"]],
        "p.h": [["plan_id", "p", "Plan for women", 1], ["title_en", "Health"]],
        "i": [["name_zh", "死亡率"]],
        "u": [["name_zh", "卫健局"], ["kind", ""]],
        "v": [],
        GOAL: [["kind", "goal", "goal"], ["number", "1"], ["label_zh", "健康"], ["label_en", ""]],
        MEASURE: [["kind", "measure", "measure"]],
    }
    assert [told[row]["name"] for row in ("p", "p.h", GOAL, "v")] == ["Plan for women", "Health", "健康", "v"]
    assert [told[row]["kind"] for row in ("p", GOAL, MEASURE)] == ["Plans", "goal 1", "measure"]


def test_a_subject_tells_what_it_stands_in_what_became_it_and_what_names_it(few: Shelf) -> None:
    subjects = data(few)["subjects"]
    rows = [subject["row"] for subject in subjects]
    links = {
        subject["row"]: [[rows[at] for at in subject.get(name, [])] for name in ("above", "members")]
        for subject in subjects
    }
    assert links == {
        "d": [[], ["p"]],
        "p": [[], ["p.h", GOAL, MEASURE]],
        "p.h": [["p"], [GOAL]],
        "i": [[], [GOAL]],
        "u": [[], [GOAL]],
        "v": [[], [MEASURE]],
        GOAL: [["p", "p.h"], []],
        MEASURE: [["p"], []],
    }
    assert {row: subject["blocks"] for row, subject in zip(rows, subjects, strict=True) if "blocks" in subject} == {
        "p": [0],
        GOAL: [2],
        "d": [6],
    }
    assert data(few)["blocks"] == [rows.index("p"), -1, rows.index(GOAL), -1, -1, -1, 0, -1]


def test_what_hangs_on_an_item_is_told_by_its_kind(few: Shelf) -> None:
    parts = {subject["row"]: subject.get("parts", []) for subject in data(few)["subjects"]}
    targets, others, bodies = parts[GOAL]
    shown = [[card[name] for name in ("row", "tag", "name", "figure")] for card in targets["cards"]]
    assert shown == [
        [f"{GOAL}.t1", "t1", "死亡率", "≤ 12 per 100,000"],
        [f"{GOAL}.t2", "t2", "lost", "increase"],
    ]
    assert targets["cards"][0]["fields"][0] == ["indicator_id", "i", "死亡率", 3]
    assert targets["cards"][1]["fields"] == [
        ["indicator_id", "lost"],
        ["comparator", "increase", "increase"],
        ["value", ""],
    ]
    (number,) = others["cards"]
    assert (number["name"], number["figure"], number["quiet"]) == ("5岁", "age", True)
    assert bodies["roles"] == [
        {"role": "lead unit", "bodies": [["u", "卫健局", "卫健", 4]]},
        {"role": "responsible unit", "bodies": [["lost", "lost", "", -1]]},
    ]
    assert parts[MEASURE] == [
        {
            "title": "Duties",
            "cards": [
                {
                    "table": "duties",
                    "row": f"{MEASURE}.d1",
                    "fields": [["kind", "funding", "funding"], ["from_unit_id", "v", "v", 5], ["name_text", ""]],
                }
            ],
        }
    ]
    assert parts["p"] == [
        {"title": "Citations", "cards": [{"table": "citations", "row": "", "fields": [["title_zh", "纲要"]]}]}
    ]


def test_doubts_stand_by_column_the_coded_first_each_with_its_subject(few: Shelf) -> None:
    listed = [
        (
            group["table"],
            group["column"],
            group["column_title"],
            [(doubt["n"], doubt["name"]) for doubt in group["doubts"]],
        )
        for group in groups(few)
    ]
    assert listed == [
        ("documents", "place_id", "Place", [(5, "规划")]),
        ("targets", "value", "Value", [(4, "健康")]),
        ("units", "kind", "Kind", [(6, "卫健局")]),
        ("goals", "lost", "lost", [(7, "健康")]),
        ("units", "name_zh", "Name (Chinese)", [(2, "")]),
        ("duties", "name_text", "Telling words", [(1, MEASURE)]),
        ("x", "z", "z", [(3, "")]),
        ("goals", "label_en", "Label (English)", [(0, "健康")]),
    ]


def test_doubts_about_one_column_stand_in_the_order_of_the_text_and_those_without_a_place_first() -> None:
    names = ("unread", "second", "first", "lost")
    tables = {"goals": [{"goal_id": name} for name in names[:3]]}
    doubts = [Doubt("goals", name, "kind", "goal", "why") for name in names]
    blocks = [Block("", "", "goal", name) for name in ("first", "second", "first")]
    (group,) = groups(shelf(Draft(tables, doubts, blocks, Document("txt"))))
    assert [(doubt["row"], doubt["label"]) for doubt in group["doubts"]] == [
        (name, "goal") for name in ("lost", "first", "second", "unread")
    ]


def test_the_first_of_all_rows_is_named_too_where_a_target_or_a_body_refers_to_it() -> None:
    tables = {
        "indicators": [{"indicator_id": "i", "name_en": "Rate"}],
        "goals": [{"goal_id": "g"}],
        "targets": [{"target_id": "g.t1", "goal_id": "g", "indicator_id": "i"}],
    }
    told = data(shelf(Draft(tables, [], [], Document("txt"))))
    assert told["subjects"][1]["parts"][0]["cards"][0]["name"] == "Rate"
    tables = {
        "units": [{"unit_id": "u", "name_en": "Bureau"}],
        "goals": [{"goal_id": "g"}],
        "assignments": [{"goal_id": "g", "unit_id": "u"}],
    }
    told = data(shelf(Draft(tables, [], [], Document("txt"))))
    assert told["subjects"][1]["parts"][0]["roles"][0]["bodies"] == [["u", "Bureau", "", 0]]


def test_the_page_is_headed_by_the_titles_of_its_documents_in_its_language_where_they_have_one() -> None:
    rows = [{"title_zh": "甲"}, {"title_zh": "乙", "title_en": "B"}]
    source = Draft({"documents": rows}, [], [], Document("txt"))
    assert [heading(source, Words({}, lang)) for lang in ("en", "zh")] == ["甲; B", "甲、乙"]


def test_the_text_is_told_in_its_parts_with_their_doubts_and_furniture_is_counted(few: Shelf) -> None:
    told = list(runs(few))
    folded = [(run["folded"], [block["n"] for block in run["blocks"]]) for run in told]
    assert folded == [
        ("", [0]),
        ("1 line of page furniture", [1]),
        ("", [2, 3]),
        ("2 lines of page furniture", [4, 5]),
        ("", [6, 7]),
    ]
    blocks = [block for run in told for block in run["blocks"]]
    assert [block["doubts"] for block in blocks] == [0, 0, 3, 0, 0, 0, 1, 0]
    assert [block["role"] for block in blocks[::2]] == ["title", "goal", "furniture", "note"]
    assert (blocks[-1]["role"], blocks[0]["place"]) == ("unclaimed", "page 1, paragraph 1")
    assert blocks[2]["lines"] == [[Piece("健康 12/10万")], [Piece("以下"), Piece("12", ("value",), "t1", "t1")]]


def test_a_phrase_over_two_lines_ends_in_the_second() -> None:
    found = lines([Piece("至"), Piece("95%\n以上", ("value",), "t1", "t1"), Piece("。")])
    assert found == [
        [Piece("至"), Piece("95%", ("value",), "t1")],
        [Piece("以上", ("value",), "t1", "t1"), Piece("。")],
    ]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("file 2, page 3", "文件2 第3页"),
        ("table 1, row 2, column 3", "表1 第2行 第3列"),
        ("page three", "page three"),
        ("page 3 4", "page 3 4"),
        ("sheet 3", "sheet 3"),
    ],
)
def test_a_place_is_told_in_the_language_of_the_page_where_its_words_are_known(place: str, said: str) -> None:
    assert place_words(place, Words({}, "zh")) == said
    assert place_words(place, Words({}, "en")) == place

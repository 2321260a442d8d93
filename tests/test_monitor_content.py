"""The parts of a monitoring report before it has a form: numbers of sections and tables, cells, what JSON holds."""

from decimal import Decimal

import pytest
from test_assess_method import target

from plandata.assess.model import Judgement, Reason
from plandata.monitor.content import (
    Blanks,
    Block,
    Cell,
    Chart,
    Charts,
    Column,
    Content,
    Definitions,
    Paragraph,
    Row,
    Section,
    Table,
    figure,
    record,
    settled,
    share,
    words,
)
from plandata.monitor.facts import by_domain
from plandata.schema import edition
from plandata.words import Words

LEVELS = (1, 2, 3, 3, 2, 3, 1, 2, 3)
FULL = Table("t", "数", (Column("a", "甲"), Column("b", "乙")), (Row("x", (words("w", "met"), figure(1))),), "表")
BARE = Table("e", "空", (Column("a", "甲"),), (), "表", note="注")
DRAWN = Charts("图", (Chart("", "all", "<svg/>"), Chart("x", "one", "<svg/>")), "told")


def section(*blocks: Block, level: int = 1, annex: bool = False) -> Section:
    return Section("s", "题", level, blocks, annex=annex)


@pytest.mark.parametrize(
    ("lang", "numbers"),
    [
        ("zh", ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）", "1.", ""]),
        ("en", ["1. ", "1.1 ", "1.1.1 ", "1.1.2 ", "1.2 ", "1.2.1 ", "2. ", "2.1 ", "2.1.1 ", ""]),
    ],
)
def test_sections_are_numbered_anew_below_each_higher_one_and_an_annex_is_not(lang: str, numbers: list[str]) -> None:
    sections = [*(section(level=level) for level in LEVELS), section(annex=True)]
    assert [one.number for one in settled(sections, Words(edition().labels, lang))] == numbers


@pytest.mark.parametrize(
    ("lang", "captions"),
    [
        ("zh", [["表1  数", "图1  图", "表2  数"], ["表3  数", "图2  图"]]),
        ("en", [["Table 1. 数", "Figure 1. 图", "Table 2. 数"], ["Table 3. 数", "Figure 2. 图"]]),
    ],
)
def test_tables_and_charts_are_counted_apart_and_empty_ones_are_left_out(lang: str, captions: list[list[str]]) -> None:
    sections = [section(BARE, FULL, DRAWN, Charts("leer", ()), FULL), section(FULL, DRAWN)]
    made = settled(sections, Words(edition().labels, lang))
    assert [[block.caption for block in one.blocks if isinstance(block, Table | Charts)] for one in made] == captions
    assert [len(one.blocks) for one in made] == [3, 2]


def test_a_paragraph_stays_as_it_is() -> None:
    (one,) = settled([section(Paragraph("x"), Blanks(("y",)))], Words(edition().labels, "zh"))
    assert one.blocks == (Paragraph("x"), Blanks(("y",)))


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        (figure(1180.5), "1,180.5", "1180.5"),
        (figure(Decimal("-0.5"), "*"), "-0.5*", "-0.5"),
        (figure(0), "0", "0"),
        (figure(None, "*"), "—", None),
        (share(Decimal("60.0")), "60.0", "60.0"),
        (share(Decimal(0)), "0", "0"),
        (share(None), "—", None),
        (words(""), "—", None),
        (words("x"), "x", None),
    ],
)
def test_a_cell_has_its_text_and_the_number_that_is_read_off_it(cell: Cell, text: str, value: str | None) -> None:
    assert cell == Cell(text, value)


def test_json_holds_every_block_and_says_nothing_of_what_is_not_there() -> None:
    blocks = (FULL, DRAWN, Blanks(("p",)), Definitions((("term", "told"),)), Paragraph("text"))
    made = Content("题名", "zh", {"year": 2023}, settled([section(*blocks)], Words(edition().labels, "zh")))
    told = record(made)
    assert (told["title"], told["lang"], told["year"]) == ("题名", "zh", 2023)
    (one,) = told["sections"]
    table, charts, *others = one["blocks"]
    assert (one["level"], one["number"]) == (1, "一、")
    assert (table["kind"], table["key"], table["caption"], table["note"], table["group"]) == (
        "table",
        "t",
        "表1  数",
        None,
        [],
    )
    assert table["columns"] == [{"key": "a", "title": "甲"}, {"key": "b", "title": "乙"}]
    cells = {"a": {"text": "w", "value": None, "status": "met"}, "b": {"text": "1", "value": "1"}}
    assert table["rows"] == [{"about": "x", "cells": cells}]
    assert charts["charts"] == [{"about": None, "title": "all"}, {"about": "x", "title": "one"}]
    assert others == [
        {"kind": "blanks", "prompts": ["p"]},
        {"kind": "definitions", "entries": [{"term": "term", "told": "told"}]},
        {"kind": "paragraph", "text": "text"},
    ]
    noted = Table("n", "n", FULL.columns, FULL.rows, "表", ("计划", "领域"), "注")
    (told_table,) = record(Content("", "zh", {}, (section(noted),)))["sections"][0]["blocks"]
    assert (told_table["note"], told_table["group"]) == ("注", ["计划", "领域"])


def test_targets_stand_by_domain_as_they_come_and_those_outside_every_domain_last() -> None:
    ids = {"a": "p.x", "b": "", "c": "p.y", "d": "p.x"}
    judged = [
        Judgement(target(target_id=name, domain_id=of), "met", Reason("no_data"), 2023) for name, of in ids.items()
    ]
    found = {domain: [one.target.target_id for one in own] for domain, own in by_domain(judged).items()}
    assert list(found.items()) == [("p.x", ["a", "d"]), ("p.y", ["c"]), ("", ["b"])]

"""Rules about slips of the pen in Chinese texts: a character that is lost, a wording that differs by one."""

from itertools import combinations

import polars as pl

from plandata.finding import rule
from plandata.rules.wording import HAN, TEXTS, beside, one_slip, texts
from plandata.tables import Tables, once

# Stems of columns that carry what the plans print; two plans may print nearly the same.
PRINTED = ("title",)
# The tables whose texts tell which characters stand side by side; without one of them others would look strange.
EVIDENCE = ("plans", "goals", "measures", "indicators", "targets", "units", "anomalies")
# Characters that join words; a text says the same without them.
JOINING = "的之与和及或而"
# What stands for all that is no ideograph, and for both ends of a text.
OTHER = "|"
# What one text alone has is looked for in the others through this many neighbours.
WINDOW = 5


@once
def translated_twice(t: Tables) -> pl.DataFrame:
    """The texts whose Chinese has another English text too: stem, zh, en, detail."""
    ways = pl.col("en").sort().str.join(" / ").over("stem", "zh")
    return texts(t).with_columns(detail=ways).filter(pl.struct("stem", "zh").is_duplicated())


@once
def nearly_alike(t: Tables) -> pl.DataFrame:
    """The texts with one English whose Chinese is one slip of the pen apart: stem, zh, en, side, detail."""
    own = texts(t).filter(~pl.col("stem").is_in(PRINTED) & pl.struct("stem", "en").is_duplicated())
    faults = [
        {"stem": stem, "zh": zh, "en": en, "side": "zh", "detail": f"{one} / {other}"}
        for (stem, en), rows in own.group_by("stem", "en", maintain_order=True)
        for one, other in combinations(sorted(rows["zh"]), 2)
        if one_slip(one, other)
        for zh in (one, other)
    ]
    return pl.DataFrame(faults, schema=dict.fromkeys(("stem", "zh", "en", "side", "detail"), pl.String))


@once
def neighbours(t: Tables) -> pl.DataFrame:
    """Each character of each Chinese text with those after it: text (a number), c0 to c4."""
    bounded = pl.concat_str(pl.lit(OTHER), pl.col("zh").str.replace_all(f"[^{HAN[1:-1]}]+", OTHER), pl.lit(OTHER))
    each = chinese(t).select("text", c0=bounded.str.split("")).explode("c0")
    return each.with_columns(pl.col("c0").shift(-n).alias(f"c{n}") for n in range(1, WINDOW))


@once
def chinese(t: Tables) -> pl.DataFrame:
    """Every Chinese text once: zh, text (its number)."""
    return texts(t).select(pl.col("zh").unique(maintain_order=True)).with_row_index("text")


@once
def lost_characters(t: Tables) -> pl.DataFrame:
    """The Chinese texts in which a character seems to be lost between two others: zh, detail.

    No other text has the two side by side, and others have a character between them, with the same neighbour before
    the two and with the same neighbour after them. Joining characters are left out freely.
    """
    every = neighbours(t)
    inside = pl.all_horizontal(pl.col("c1", "c2") != OTHER)
    alone = pl.col("text").n_unique().over("c1", "c2") == 1
    known = pl.concat_str("c1", "c2").is_in(sorted(t.schemas.lexicon.neighbours))
    gaps = every.filter(inside).filter(alone & ~known).select("text", "c0", "c1", "c2", "c3").unique()
    around = every.filter(inside & (pl.col("c3") != OTHER) & ~pl.col("c2").is_in(list(JOINING)))
    before = gaps.join(around, left_on=["c0", "c1", "c2"], right_on=["c0", "c1", "c3"], suffix="_other")
    after = gaps.join(around, left_on=["c1", "c2", "c3"], right_on=["c1", "c3", "c4"], suffix="_other")
    between = [
        side.filter(pl.col("text") != pl.col("text_other")).select("text", "c1", "c2", lost="c2_other").unique()
        for side in (before, after)
    ]
    both = between[0].join(between[1], on=["text", "c1", "c2", "lost"])
    told = both.with_columns(detail=pl.concat_str("c1", "c2", pl.lit(": "), "c1", "lost", "c2", pl.lit("?")))
    return chinese(t).join(told.group_by("text").agg(pl.col("detail").sort().str.join("; ")), on="text")


@rule(*TEXTS, alone=True)
def texts_have_one_translation(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """A Chinese label, name, note or other text has one English text wherever it stands."""
    return beside(rows, translated_twice(t))


@rule(*TEXTS, alone=True)
def wordings_are_more_than_a_slip_apart(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """Two Chinese texts of one English text are alike or more than one character apart; printed titles aside."""
    return beside(rows, nearly_alike(t))


@rule(*TEXTS, alone=True, needs=EVIDENCE)
def no_character_seems_lost(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """No two characters stand side by side in one Chinese text alone where others have one more between them, in the
    same surroundings.
    """
    return beside(rows, texts(t).join(lost_characters(t), on="zh").with_columns(side=pl.lit("zh")))

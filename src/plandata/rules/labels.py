"""Rules about texts in the two languages: labels, and all that stands in a pair of columns."""

import re
from collections.abc import Sequence
from functools import partial

import polars as pl

from plandata.finding import COLUMN, rule
from plandata.package.reader import ROW
from plandata.tables import Tables, alike, judged

DIGITS = re.compile(r"\d+(?:\.\d+)?")
HAN = r"[\x{3400}-\x{9fff}]"
WORDS_AT_MOST = 15

PAIR = ["label_zh", "label_en"]


def different_numbers(zh: str | None, en: str | None) -> str | None:
    """What is amiss where the two labels do not name the same numbers."""
    numbers = [sorted(set(DIGITS.findall(text or ""))) for text in (zh, en)]
    return None if numbers[0] == numbers[1] else f"{', '.join(numbers[0]) or '-'} / {', '.join(numbers[1]) or '-'}"


def missing_terms(glossary: Sequence[tuple[str, str]], zh: str | None, en: str | None) -> str | None:
    """The terms of a glossary that the Chinese label holds and its English does not use."""
    english = (en or "").lower()
    missing = [f"{term} = {wanted}" for term, wanted in glossary if term in (zh or "") and wanted not in english]
    return "; ".join(missing) or None


@rule("goals", "measures", column="label_en", alone=True)
def labels_name_the_same_numbers(items: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """Both labels of an item name the same numbers."""
    return judged(items.filter(pl.any_horizontal(pl.col(PAIR).str.contains(r"\d"))), PAIR, different_numbers)


@rule("goals", "measures", column="label_en", alone=True)
def labels_use_the_glossary(items: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """The English label of an item uses the glossary's word for each recurring term."""
    return judged(items, PAIR, partial(missing_terms, t.schemas.glossary))


@rule("goals", "measures", column="label_en", alone=True)
def labels_are_in_their_language(items: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """The Chinese label of an item is Chinese, and the English one has no Chinese characters."""
    english = pl.col("label_en")
    beyond_ascii = pl.when(english.str.len_bytes() > english.str.len_chars()).then(english)
    mixed = beyond_ascii.str.contains(HAN).fill_null(False)
    return items.filter(mixed | ~pl.col("label_zh").str.contains(HAN))


@rule("goals", "measures", column="label_en", alone=True)
def labels_are_short(items: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """The English label of an item has at most 15 words."""
    words = pl.col("label_en").str.count_matches(" ", literal=True) + 1
    return items.filter(words > WORDS_AT_MOST).with_columns(pl.concat_str(words, pl.lit(" words")).alias("detail"))


@rule("goals", "measures", column="label_en", alone=True)
def labels_differ_among_siblings(items: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """No two items of one kind in one domain have the same label."""
    siblings = ("plan_id", "domain_id", "kind")
    return pl.concat(alike(items, [*siblings, label]) for label in PAIR)


@rule("documents", "indicators", "targets", alone=True)
def texts_are_in_both_languages(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """A text is given in Chinese and in English, or in neither."""
    stems = [name.removesuffix("_zh") for name in rows.columns if name.endswith("_zh")]
    halves = [(f"{stem}_{one}", f"{stem}_{other}") for stem in stems for one, other in (("zh", "en"), ("en", "zh"))]
    return pl.concat(
        rows.filter(pl.col(missing).is_null() & pl.col(given).is_not_null()).select(ROW, pl.lit(missing).alias(COLUMN))
        for missing, given in halves
    )

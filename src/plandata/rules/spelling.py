"""Rules about slips of the pen: English words, characters that are lost, wordings that differ by one."""

import re
from functools import partial
from itertools import combinations

import polars as pl

from plandata.finding import rule
from plandata.rules.wording import ALIKE, HAN, TEXTS, beside, latin_texts, single, texts
from plandata.schema import Lexicon
from plandata.tables import AT_ONCE, Tables, judged, once
from plandata.text import latin

# A slip is looked for in words of the edition that are as long; of a word as short as a fragment in all of them.
SLIP_FROM, FRAGMENT = 4, 2
WORD = re.compile("[A-Za-z]+")
# An article before a sound that asks for the other one; an hour and a unit are right.
MISPLACED = (
    r"(?:^An|\ban) (?:h(?:[^eo]|e[^i]|o[^nu])|[b-dfgj-np-tv-z]|[B-DFGJ-NP-TV-Z][a-z])[a-z]*"
    r"|(?:^A|\ba) (?:[ai]|e[^u]|o[^n]|u(?:n[^ia]|[^nst]))[a-z]*"
)
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
def misspelled(t: Tables) -> pl.DataFrame:
    """The texts with an English word that is a slip of one that the lexicon has."""
    return pl.concat(slips_of(part, t) for part in latin_texts(t).iter_slices(AT_ONCE))


def slips_of(part: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """The texts of a part with a word that is a slip."""
    spelled = pl.col("en").str.replace_all(r"['’]s\b|\d[A-Za-z]+", " ").str.extract_all(WORD.pattern)
    lexicon = t.schemas.lexicon
    passed = lexicon.known | proper_words(t)
    small = pl.col("en").str.slice(0, 1).str.to_lowercase() + pl.col("en").str.slice(1)
    words = part.with_columns(en=small).select("text", word=spelled).explode("word")
    strange = words["word"].drop_nulls().unique()
    strange = strange.filter(~strange.str.to_lowercase().is_in(sorted(passed)))
    meant = {word: found for word in strange if (found := slip_of(word, lexicon))}
    slips = words.filter(pl.col("word").is_in(list(meant))).unique().sort("text", "word").group_by("text").agg("word")
    details = ["; ".join(f"{word}: {meant[word]}?" for word in words) for words in slips["word"]]
    slipped = slips.select("text", detail=pl.Series(details, dtype=pl.String))
    return part.join(slipped, on="text").select("stem", "zh", "en", "detail")


def proper_words(t: Tables) -> set[str]:
    """The words of the English names of places."""
    if "places" not in t.frames:
        return set()
    names = t["places"].select("name_en", "province_en").unpivot()["value"].drop_nulls()
    return {word for name in names for word in latin(name).split()}


def slip_of(word: str, lexicon: Lexicon) -> str | None:
    """The word of a lexicon that another one is a slip of: a letter lost, added or changed, or two exchanged.

    Of one or two small letters that are no word any word that they are a slip of is meant; the caller writes the first
    word of a text small.

    >>> lexicon = Lexicon(frozenset({"mortality", "birth", "of"}), frozenset())
    >>> slip_of("Mortalty", lexicon), slip_of("brith", lexicon), slip_of("f", lexicon)
    ('mortality', 'birth', 'of')
    >>> slip_of("births", lexicon), slip_of("violin", lexicon), slip_of("Yi", lexicon)
    (None, None, None)
    """
    small = word.lower()
    longest = 1 if len(word) <= FRAGMENT and word == small else SLIP_FROM
    meant = sorted(other for other in lexicon.edition if len(other) >= longest and one_slip(small, other))
    return None if any(inflected(small, other) for other in meant) else next(iter(meant), None)


def slips_in(lexicon: Lexicon, text: str) -> str | None:
    """The words of a name that are slips, with what is meant.

    >>> slips_in(Lexicon(frozenset({"health"}), frozenset()), "World Helth Organization")
    'Helth: health?'
    """
    strange = [word for word in WORD.findall(text) if word.lower() not in lexicon.known]
    return "; ".join(f"{word}: {meant}?" for word in strange if (meant := slip_of(word, lexicon))) or None


def inflected(word: str, other: str) -> bool:
    """Whether a word is a known one with another ending.

    >>> inflected("birth", "births"), inflected("shared", "share"), inflected("familie", "families")
    (True, True, False)
    """
    if len(word) > FRAGMENT and other == f"{word}s":
        return not word.endswith(("ie", "s"))
    return word[:-1] == other and (word[-1] in "sy" or (word[-1] in "dr" and other.endswith("e")))


def one_slip(word: str, other: str) -> bool:
    """Whether two different words are one slip of the pen apart."""
    if abs(len(word) - len(other)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, wanted = word[same:], other[same:]
    if len(rest) != len(wanted):
        return rest[1:] == wanted or rest == wanted[1:]
    return rest[1:] == wanted[1:] or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])


@once
def translated_twice(t: Tables) -> pl.DataFrame:
    """The texts whose Chinese has another English text too: stem, zh, en, detail."""
    several = single(t).filter(pl.struct("stem", "zh").is_duplicated())
    return several.with_columns(detail=pl.col("en").sort().str.join(" / ").over("stem", "zh"))


@once
def nearly_alike(t: Tables) -> pl.DataFrame:
    """The texts with one English whose Chinese is one slip of the pen apart: stem, zh, en, side, detail."""
    own = single(t).filter(~pl.col("stem").is_in(PRINTED) & pl.struct("stem", "en").is_duplicated())
    faults = [
        {"stem": stem, "zh": zh, "en": en, "side": "zh", "detail": f"{one} / {other}"}
        for (stem, en), rows in own.group_by("stem", "en", maintain_order=True)
        for one, other in combinations(sorted(rows["zh"]), 2)
        if one_slip(one, other)
        for zh in (one, other)
    ]
    return pl.DataFrame(faults, schema=dict.fromkeys(("stem", "zh", "en", "side", "detail"), pl.String))


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
    """The texts whose Chinese seems to have lost a character between two others: stem, zh, en, side, detail.

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
    faults = chinese(t).join(told.group_by("text").agg(pl.col("detail").sort().str.join("; ")), on="text")
    return texts(t).join(faults, on="zh").with_columns(side=pl.lit("zh"))


@rule(*TEXTS, alone=True)
def english_words_have_no_slip(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """No English word is one slip of the pen away from a word that the lexicon has."""
    return beside(rows, misspelled(t))


@once
def misarticled(t: Tables) -> pl.DataFrame:
    """The texts with an article that does not fit the word after it: stem, zh, en, detail."""
    return texts(t).with_columns(detail=pl.col("en").str.extract(f"({MISPLACED})")).drop_nulls("detail")


@rule(*TEXTS, alone=True)
def articles_fit_their_words(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """In English, an stands before a vowel and a before a consonant."""
    return beside(rows, misarticled(t))


@rule("bibliography", column="publisher")
def publisher_has_no_slip(t: Tables) -> pl.DataFrame:
    """No word of a publisher's name is one slip of the pen away from a word that the lexicon has."""
    return judged(t["bibliography"].drop_nulls("publisher"), ["publisher"], partial(slips_in, t.schemas.lexicon))


@rule(*ALIKE, alone=True)
def texts_have_one_translation(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """A Chinese label, name, note or other text has one English text wherever it stands; names of bodies aside."""
    return beside(rows, translated_twice(t))


@rule(*ALIKE, alone=True)
def wordings_are_more_than_a_slip_apart(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """Two Chinese texts of one English text are alike or more than one character apart; printed titles aside."""
    return beside(rows, nearly_alike(t))


@rule(*TEXTS, alone=True, needs=EVIDENCE)
def no_character_seems_lost(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """No two characters stand side by side in one Chinese text alone where others have one more between them, in the
    same surroundings.
    """
    return beside(rows, lost_characters(t))

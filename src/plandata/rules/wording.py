"""Rules about the texts in two languages, which stand in pairs of columns X_zh and X_en: labels, names, definitions."""

import re
from collections.abc import Iterable, Mapping

import polars as pl

from plandata.finding import COLUMN, rule
from plandata.package.reader import ROW
from plandata.tables import AT_ONCE, Tables, alike, distinct, judged, once
from plandata.text import latin

# The tables that have texts; a test names one that is missing here.
TEXTS = (
    *("places", "documents", "plans", "domains", "goals", "measures", "indicators"),
    *("targets", "units", "anomalies", "retired_ids", "bibliography", "citations", "duties"),
)
# The tables in which one text means one thing everywhere, and that of bodies: 区统计局 is another one in each place.
BODIES = ("units",)
ALIKE = tuple(name for name in TEXTS if name not in BODIES)
# Columns that name a thing, where a term has one translation, and columns that may quote the print in English too.
NAMES = ("label", "name", "title", "issuer", "province", "scope", "benchmark")
QUOTING = ("description", "resolution", "note", "definition")
PAIR = ["label_zh", "label_en"]
HAN = r"[\x{3400}-\x{9fff}]"
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
WORDS_AT_MOST = 15
# Of the words that a glossary knows one in so many may be left to the context.
LEFT_TO_CONTEXT = 4
# So many ways to put a word are told.
TOLD = 5
COUNTED = re.compile(r"(\d+(?:\.\d+)?)([千万亿]?)")
WORTH = {"": 1, "千": 1_000, "万": 10_000, "亿": 100_000_000}
LATIN = re.compile("[A-Za-z]{2,}")
ENGLISH = re.compile(r"\d+(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?")
DIGITS = "〇一二三四五六七八九"
YEAR = re.compile(f"[{DIGITS}]{{4}}")
TENS = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")
ALONE = {numeral: float(n) for n, numeral in enumerate("零一二三四五六七八九十")}
ALONE |= {"两": 2.0, "百": 100.0, "千": 1_000.0, "万": 10_000.0}
CARDINALS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
IN_WORDS = {word: float(n) for n, word in enumerate(CARDINALS.split())}
IN_WORDS |= {"first": 1.0, "once": 1.0, "second": 2.0, "twice": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0}


def stems(rows: pl.DataFrame) -> list[str]:
    """The texts of a table: X for a pair of columns X_zh and X_en."""
    ours = [name.removesuffix("_zh") for name in rows.columns if name.endswith("_zh")]
    return [stem for stem in ours if f"{stem}_en" in rows.columns]


@once
def texts(t: Tables) -> pl.DataFrame:
    """Every text that a table holds in both languages, once: stem, zh, en."""
    return distinct(pl.concat([single(t), texts_of(t, BODIES)]))


@once
def single(t: Tables) -> pl.DataFrame:
    """The texts that mean one thing wherever they stand: stem, zh, en."""
    return texts_of(t, ALIKE)


def texts_of(t: Tables, tables: Iterable[str]) -> pl.DataFrame:
    """The texts of some tables, each once: stem, zh, en."""
    frames = [t[name] for name in tables if name in t.frames]
    told = [
        distinct(frame.select(zh=f"{stem}_zh", en=f"{stem}_en").drop_nulls()).select(
            pl.lit(stem).alias("stem"), "zh", "en"
        )
        for frame in frames
        for stem in stems(frame)
    ]
    none = pl.DataFrame(schema=dict.fromkeys(("stem", "zh", "en"), pl.String))
    return distinct(pl.concat([none, *told]))


def beside(rows: pl.DataFrame, faults: pl.DataFrame) -> pl.DataFrame:
    """The rows of a table that hold a text at fault, with the column (that of side, else English) and the detail."""
    if faults.is_empty():
        return rows.clear()
    sided = faults if "side" in faults.columns else faults.with_columns(side=pl.lit("en"))
    named = sided.with_columns(pl.concat_str("stem", "side", separator="_").alias(COLUMN))
    return pl.concat(
        rows.join(named.filter(stem=stem), left_on=[f"{stem}_zh", f"{stem}_en"], right_on=["zh", "en"]).select(
            ROW, COLUMN, "detail"
        )
        for stem in stems(rows)
    )


@once
def latin_texts(t: Tables) -> pl.DataFrame:
    """The texts with a number (text) and the Latin words of the English between single spaces (english)."""
    words = pl.col("en").str.to_lowercase().str.replace_all("[^a-z]+", " ").str.strip_chars(" ")
    return texts(t).with_columns(english=pl.concat_str(pl.lit(" "), words, pl.lit(" "))).with_row_index("text")


def held(part: pl.DataFrame, column: str, patterns: pl.Series, overlapping: bool = True) -> pl.DataFrame:
    """Which of some patterns each text holds: text, pattern. Overlapping ones too, else the first and longest."""
    longest = sorted(patterns.unique().cast(pl.String), key=lambda pattern: (-len(pattern), pattern))
    found = pl.col(column).str.extract_many(longest, overlapping=overlapping, leftmost=not overlapping)
    return part.select("text", pattern=found).explode("pattern").drop_nulls().cast({"pattern": patterns.dtype}).unique()


@once
def unglossed(t: Tables) -> pl.DataFrame:
    """The names whose English does not use the glossary's word for a Chinese term."""
    terms: Mapping[str, tuple[str, ...]] = {**t.schemas.glossary.terms, **place_names(t)}
    pairs = paired_ways((zh, f" {en}") for zh, ways in terms.items() for en in ways)
    faults = [
        lacking(part, held(part, "zh", pairs["pattern"], overlapping=False), held(part, "english", pairs["way"]), pairs)
        for part in latin_texts(t).filter(pl.col("stem").is_in(NAMES)).iter_slices(AT_ONCE)
    ]
    told = {zh: f"{zh} = {' / '.join(ways)}" for zh, ways in terms.items()}
    return detailed(faults, told, "or add its English to schemas/glossary.yaml")


def paired_ways(pairs: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """Each pattern beside each of its ways: pattern, way."""
    patterns, ways = zip(*pairs, strict=True)
    kinds = {name: pl.Enum(list(dict.fromkeys(texts))) for name, texts in (("pattern", patterns), ("way", ways))}
    return pl.DataFrame({"pattern": patterns, "way": ways}, schema=kinds)


def place_names(t: Tables) -> dict[str, tuple[str, ...]]:
    """The places of a package by the first two characters of their names, with the first word of the English."""
    if "places" not in t.frames:
        return {}
    named = t["places"].select("name_zh", "name_en").drop_nulls().iter_rows()
    return {zh[:2]: (latin(en).partition(" ")[0],) for zh, en in named if latin(en)}


def lacking(part: pl.DataFrame, asked: pl.DataFrame, given: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The texts of a part that have a pattern and none of its ways: what they lack, in a list, and how many they have.

    asked: text, pattern. given: the ways that each text holds. pairs: pattern, way.
    """
    ways = given.rename({"pattern": "way"})
    answered = asked.join(pairs, on="pattern").join(ways, on=["text", "way"], how="semi")
    lacks = asked.join(answered, on=["text", "pattern"], how="anti").group_by("text").agg(lacks="pattern")
    counts = asked.group_by("text").len("known")
    return part.join(lacks, on="text").join(counts, on="text").select("stem", "zh", "en", "lacks", "known")


def detailed(faults: Iterable[pl.DataFrame], told: Mapping[str, str], advice: str) -> pl.DataFrame:
    """Texts at fault with a detail: what is told of all that they lack, and advice."""
    faulty = pl.concat(faults).drop("known")
    details = ["; ".join([*sorted(told[lack] for lack in lacks), advice]) for lacks in faulty["lacks"]]
    return faulty.drop("lacks").with_columns(detail=pl.Series(details, dtype=pl.String))


@once
def unsaid(t: Tables) -> pl.DataFrame:
    """The texts whose Chinese lacks a phrase of the English, or more of its words than context can tell."""
    glossary = t.schemas.glossary
    known = {**plural(glossary.words), **plural(glossary.phrases)}
    pairs = paired_ways((f" {en} ", zh) for en, ways in known.items() for zh in ways)
    phrases = [f" {en} " for en in plural(glossary.phrases)]
    faults = [
        lacking(part, held(part, "english", pairs["pattern"]), held(part, "zh", pairs["way"]), pairs)
        for part in latin_texts(t).iter_slices(AT_ONCE)
    ]
    always = pl.col("lacks").list.eval(pl.element().is_in(phrases)).list.any()
    many = pl.col("lacks").list.len() * LEFT_TO_CONTEXT > pl.col("known")
    told = {f" {en} ": f"{en} = {' / '.join(zh[:TOLD])}{' …' * (len(zh) > TOLD)}" for en, zh in known.items()}
    return detailed(
        [fault.filter(always | many) for fault in faults], told, "or add its Chinese to schemas/glossary.yaml"
    )


def plural(entries: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The entries of a glossary with their plurals in s."""
    return {f"{en}s": ways for en, ways in entries.items()} | dict(entries)


def different_numbers(zh: str, en: str) -> str | None:
    """What is amiss where two texts do not name the same numbers; a figure may stand as a word in the other one.

    >>> different_numbers("每10万人3个，一次", "3 per 100,000, once"), different_numbers("5岁", "Age 3")
    (None, '5 / 3')
    """
    chinese = {float(number) * WORTH[unit] for number, unit in COUNTED.findall(zh)}
    english = {float(number.replace(",", "")) for number in ENGLISH.findall(en)}
    only_zh = chinese - english - {IN_WORDS[word] for word in latin(en).split() if word in IN_WORDS}
    only_en = english - chinese - numerals(zh)
    if not only_zh and not only_en:
        return None
    return " / ".join(", ".join(f"{n:.10g}" for n in sorted(only)) or "-" for only in (only_zh, only_en))


def numerals(zh: str) -> set[float]:
    """The numbers that a Chinese text names in characters.

    >>> sorted(numerals("十四五"))
    [4.0, 5.0, 10.0, 14.0]
    >>> max(numerals("二〇三五年"))
    2035.0
    """
    years = {float("".join(str(DIGITS.index(sign)) for sign in year)) for year in YEAR.findall(zh)}
    tens = {10 * ALONE.get(ten, 1.0) + ALONE.get(one, 0.0) for ten, one in TENS.findall(zh)}
    return years | tens | {ALONE[character] for character in zh if character in ALONE}


@once
def misnumbered(t: Tables) -> pl.DataFrame:
    """The texts that do not name the same numbers in both languages."""
    with_digits = texts(t).filter(pl.any_horizontal(pl.col("zh", "en").str.contains(r"\d")))
    return judged(with_digits, ["zh", "en"], different_numbers)


def missing_words(zh: str, en: str) -> str | None:
    """The Latin words of a Chinese text that do not stand in the English one.

    >>> missing_words("危重新生儿转入NICU", "To the NICU"), missing_words("APP使用", "Use of programs")
    (None, 'app')
    """
    return ", ".join(sorted(set(LATIN.findall(zh.lower())) - set(latin(en).split()))) or None


@once
def untold(t: Tables) -> pl.DataFrame:
    """The texts whose English lacks a Latin word of the Chinese."""
    with_words = texts(t).filter(pl.col("zh").str.contains(LATIN.pattern))
    return judged(with_words, ["zh", "en"], missing_words)


@rule(*TEXTS, alone=True)
def texts_name_the_same_numbers(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """A text names the same numbers in both languages."""
    return beside(rows, misnumbered(t))


@rule(*TEXTS, alone=True)
def texts_name_the_same_latin_words(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """A Latin word of a Chinese text, such as an abbreviation, stands in the English text too."""
    return beside(rows, untold(t))


@rule(*TEXTS, alone=True)
def texts_use_the_glossary(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """English labels, names, titles and scopes use the glossary's word for each of its Chinese terms."""
    return beside(rows, unglossed(t))


@rule(*TEXTS, alone=True)
def texts_say_the_same(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """A Chinese text has a word for each phrase of its English that the glossary lists, and for three in four of its
    words.
    """
    return beside(rows, unsaid(t))


@rule(*TEXTS, alone=True)
def texts_are_in_their_language(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """A Chinese text has Chinese characters; an English one has none, unless it quotes what the print has."""
    return beside(rows, in_the_wrong_language(t))


@once
def in_the_wrong_language(t: Tables) -> pl.DataFrame:
    """The texts without Chinese in the Chinese, or with Chinese in the English."""
    english, quoting = pl.col("en"), pl.col("stem").is_in(QUOTING)
    beyond_ascii = pl.when(english.str.len_bytes() > english.str.len_chars()).then(english)
    foreign = texts(t).filter(~pl.col("zh").str.contains(HAN)).with_columns(side=pl.lit("zh"), detail=pl.lit(""))
    mixed = texts(t).filter(beyond_ascii.str.contains(HAN)).with_columns(side=pl.lit("en"))
    quotes = judged(mixed.filter(quoting), ["zh", "en"], misquoted).select(*mixed.columns, "detail")
    return pl.concat([foreign, mixed.filter(~quoting).with_columns(detail=pl.lit("")), quotes])


def misquoted(zh: str, en: str) -> str | None:
    """The Chinese that an English text quotes, where none of it stands in the Chinese text."""
    quoted = HAN_RUN.findall(en)
    bare = re.sub("[“”‘’]", "", zh)
    return None if not quoted or any(run in bare for run in quoted) else ", ".join(quoted)


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
    halves = [
        (f"{stem}_{one}", f"{stem}_{other}") for stem in stems(rows) for one, other in (("zh", "en"), ("en", "zh"))
    ]
    return pl.concat(
        rows.filter(pl.col(missing).is_null() & pl.col(given).is_not_null()).select(ROW, pl.lit(missing).alias(COLUMN))
        for missing, given in halves
    )

"""Rules about titles, dates and printed years: what they say of a place, a population, a period."""

import re
from itertools import pairwise

import polars as pl

from plandata.finding import COLUMN, rule
from plandata.package.reader import ROW
from plandata.tables import Tables, as_number, judged
from plandata.texts.dates import periods

TITLES = ["title_zh", "title_en"]
ISSUING = "关于印发"
NUMBER_YEAR = r"[〔\[(（]([0-9]{4})[〕\])）]"
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
# The words for a population of plans in each title.
POPULATIONS = {"women": ("妇女", "women"), "children": ("儿童", "children")}
BOTH = "both"
DATES = ("issued_on", "published_on")


def not_named(title: str, word: str) -> str | None:
    """What is amiss where a title does not hold a word that no Latin letter continues on either side."""
    whole = any(
        not latin_letter(before[-1:]) and not latin_letter(after[:1]) for before, after in pairwise(title.split(word))
    )
    return None if whole else f"not named: {word}"


def latin_letter(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def of_place(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """The rows whose titles do not name their place: its first two characters, the first word of its English name."""
    zh, en = pl.col("name_zh").str.slice(0, 2), pl.col("name_en").str.extract("^([^ ,]+)")
    places = t["places"].select("place_id", zh.alias(TITLES[0]), en.alias(TITLES[1])).unique("place_id")
    joined = rows.join(places, on="place_id", maintain_order="left", suffix="_word")
    pairs = {title: [title, f"{title}_word"] for title in TITLES}
    return pl.concat(
        judged(joined.drop_nulls(pair), pair, not_named).select(ROW, pl.lit(title).alias(COLUMN), "detail")
        for title, pair in pairs.items()
    )


@rule("documents", needs=("places",))
def document_title_names_its_place(t: Tables) -> pl.DataFrame:
    """Both titles of a document name its place."""
    return of_place(t["documents"], t)


@rule("plans", needs=("places",))
def plan_title_names_its_place(t: Tables) -> pl.DataFrame:
    """Both titles of a plan name its place."""
    return of_place(t["plans"], t)


def unnamed(population: str, zh: str, en: str) -> set[str]:
    """The populations of a plan that one of two titles does not name."""
    wanted = set(POPULATIONS) if population == BOTH else {population}
    return wanted - named(zh, 0) | wanted - named(en, 1)


def named(title: str, lang: int) -> set[str]:
    return {code for code, words in POPULATIONS.items() if words[lang] in title.lower()}


def other_populations(population: str, zh: str, en: str) -> str | None:
    strange = {code for lang, title in enumerate((zh, en)) for code in named(title, lang)} - {population}
    wrong = unnamed(population, zh, en) | (set() if population == BOTH else strange)
    return f"amiss: {', '.join(sorted(wrong))}" if wrong else None


@rule("plans", column="population")
def plan_title_names_its_population(t: Tables) -> pl.DataFrame:
    """Both titles of a plan name its population, and no other."""
    return judged(t["plans"].drop_nulls(["population", *TITLES]), ["population", *TITLES], other_populations)


def with_plans(t: Tables) -> pl.DataFrame:
    """The documents, each once for each of its plans."""
    plans = t["plans"].select("document_id", "population", "start_year", "end_year", home="place_id")
    return t["documents"].join(plans, on="document_id", maintain_order="left")


def missing_populations(population: str, zh: str, en: str) -> str | None:
    return f"not named: {', '.join(sorted(missing))}" if (missing := unnamed(population, zh, en)) else None


@rule("documents", column="title_zh", needs=("plans",))
def document_title_names_its_populations(t: Tables) -> pl.DataFrame:
    """Both titles of a document name the populations of its plans."""
    return judged(with_plans(t).drop_nulls(["population", *TITLES]), ["population", *TITLES], missing_populations)


def other_years(title: str, start: str, end: str) -> str | None:
    """What is amiss where a title names periods, and none from start to end."""
    said = {f"{first}-{last}" for first, last in periods(title)}
    return f"the title says {', '.join(sorted(said))}" if said and f"{start}-{end}" not in said else None


@rule("plans", column="end_year")
def plan_years_are_those_of_its_title(t: Tables) -> pl.DataFrame:
    """A plan's first and last year are those of its title, printed or as a five-year plan."""
    return judged(t["plans"].drop_nulls("title_zh"), ["title_zh", "start_year", "end_year"], other_years)


@rule("documents", column="title_zh", needs=("plans",))
def document_title_says_the_years_of_its_plans(t: Tables) -> pl.DataFrame:
    """A period that a document's title names is that of its plans."""
    return judged(
        with_plans(t).drop_nulls(["title_zh", "start_year"]), ["title_zh", "start_year", "end_year"], other_years
    )


def different_years(zh: str, en: str) -> str | None:
    both = [", ".join(f"{first}-{last}" for first, last in sorted(periods(title))) or "-" for title in (zh, en)]
    return None if both[0] == both[1] else " / ".join(both)


@rule("documents", "plans", column="title_en", alone=True)
def titles_say_the_same_years(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """The Chinese and the English title name the same periods."""
    return judged(rows.drop_nulls(TITLES), TITLES, different_years)


@rule("documents")
def title_begins_with_its_issuer(t: Tables) -> pl.DataFrame:
    """A title that names who issues (…关于印发…) names the issuer, in both languages."""
    before = pl.col("title_zh").str.extract(f"^(.+?){ISSUING}")
    zh = t["documents"].filter(before != pl.col("issuer_zh").fill_null(""))
    en = t["documents"].filter(
        before.is_not_null() & ~pl.col("title_en").str.contains(pl.col("issuer_en"), literal=True).fill_null(True)
    )
    return pl.concat(
        rows.select(ROW, pl.lit(name).alias(COLUMN)) for rows, name in ((zh, "issuer_zh"), (en, "issuer_en"))
    )


@rule("documents", column="document_number")
def document_number_is_of_its_year(t: Tables) -> pl.DataFrame:
    """The year in a document's number is the year in which it was issued."""
    issued = pl.col("issued_on").str.slice(0, 4)
    return t["documents"].filter(pl.col("document_number").str.extract(NUMBER_YEAR) != issued)


@rule("documents", column="published_on")
def document_is_issued_before_it_is_published(t: Tables) -> pl.DataFrame:
    """A document is published on the day on which it is issued, or later."""
    return t["documents"].filter(pl.col("published_on") < pl.col("issued_on"))


@rule("documents", needs=("plans",))
def document_is_of_its_plans_time(t: Tables) -> pl.DataFrame:
    """A document is issued from the year before its plans begin to their last, and published no earlier."""
    first, last = as_number("start_year") - 1, as_number("end_year")
    issued, published = (pl.col(name).str.slice(0, 4).cast(pl.Float64, strict=False) for name in DATES)
    faults = zip(DATES, ((issued < first) | (issued > last), published < first), strict=True)
    return pl.concat(with_plans(t).filter(fault).select(ROW, pl.lit(name).alias(COLUMN)) for name, fault in faults)


@rule("documents", column="document_id", needs=("plans",))
def document_is_of_the_place_and_year_of_its_plans(t: Tables) -> pl.DataFrame:
    """A document's place is that of its plans, and the year in its id their first."""
    year = pl.col("document_id").str.extract("([0-9]{4})$")
    return with_plans(t).filter((pl.col("home") != pl.col("place_id")) | (pl.col("start_year") != year))


def uncoded_year(phrase: str, reference: str | None, baseline: str | None, target: str | None) -> str | None:
    missing = [year for year in YEAR.findall(phrase) if year not in (reference, baseline, target)]
    return f"printed: {', '.join(missing)}" if missing else None


@rule("targets", column="value_text")
def year_in_value_text_is_coded(t: Tables) -> pl.DataFrame:
    """A year in the printed figure is the target's reference year, the year of its baseline, or its own year."""
    years = ["reference_year", "baseline_year", "target_year"]
    dated = t["targets"].filter(pl.col("value_text").str.contains("[0-9]年"))
    return judged(dated, ["value_text", *years], uncoded_year)

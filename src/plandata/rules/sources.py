"""Rules about the sources outside the texts, and about ids that a release withdrew."""

import re

import polars as pl

from plandata.finding import rule
from plandata.tables import Tables, judged, told_otherwise

WORD = re.compile("[a-z0-9]+")
JOINING = ("of", "the", "for", "and", "in", "as")
YEAR = re.compile("(?:19|20)[0-9]{2}")
# How a reason says that another row holds what a retired id told.
REPLACED = ("其后", "已有", "并入", "合并", "改用", "改为", "归入")
# A source may be published in the year after the one that it is about.
LATER = 1


def words(text: str | None) -> list[str]:
    return [word for word in WORD.findall((text or "").lower()) if word not in JOINING]


def initials(text: str | None) -> str:
    return "".join(word[0] for word in words(text))


def unnamed(reference_id: str, title: str | None, publisher: str | None) -> str | None:
    """The parts of an id that neither title nor publisher has as a word or as initials; one is of the publisher."""
    told = words(title) + words(publisher)
    short = f"{initials(title)} {initials(publisher)}"
    parts = words(reference_id)
    strange = [part for part in parts if part not in short and not any(stem(part) == stem(word) for word in told)]
    of_publisher = any(part in words(publisher) or initials(publisher).startswith(part) for part in parts)
    return ", ".join(strange) or (None if of_publisher else "no part is of the publisher")


def stem(word: str) -> str:
    return word.removesuffix("s")


@rule("bibliography", column="reference_id")
def reference_id_names_its_source(t: Tables) -> pl.DataFrame:
    """The id of a source is made of words of its English title and of its publisher's name or initials."""
    return judged(t["bibliography"], ["reference_id", "title_en", "publisher"], unnamed)


@rule("bibliography", column="kind")
def kind_of_a_source_fits_its_title(t: Tables) -> pl.DataFrame:
    """A source is of the kind that the words of its title or its publisher say."""
    named = t["bibliography"].with_columns(
        source=pl.concat_str("title_zh", "publisher", separator=" ", ignore_nulls=True)
    )
    return told_otherwise(named, ("kind", "source"), t.schemas.codes["reference_kind"].values())


def unfit_year(year: str | None, title: str | None) -> str | None:
    """What is amiss where the year of publication is neither the last year that a title names nor the next, or where
    only one of year and title says one.
    """
    last = max(map(int, YEAR.findall(title or "")), default=None)
    if year is not None and not year.isdigit():
        return None
    if year is None or last is None:
        return None if year is None and last is None else f"the title says {last or 'none'}"
    return None if 0 <= int(year) - last <= LATER else f"the title says {last}"


@rule("bibliography", column="year")
def year_of_a_source_fits_its_title(t: Tables) -> pl.DataFrame:
    """A source whose title names a year is published in the last one that it names, or in the next; what has no year
    in its title, such as a page that is renewed, has none.
    """
    return judged(t["bibliography"], ["year", "title_zh"], unfit_year)


@rule("retired_ids", column="replaced_by")
def replaced_id_names_its_replacement(t: Tables) -> pl.DataFrame:
    """An id whose reason says that other rows hold what it told names the id that does."""
    told = pl.col("reason_zh").str.contains_any(list(REPLACED))
    return t["retired_ids"].filter(pl.col("replaced_by").is_null() & told)


@rule("retired_ids", column="replaced_by")
def replacement_stands_beside_the_retired_id(t: Tables) -> pl.DataFrame:
    """What replaces a retired id has the same parent: a target is replaced by one of its item."""
    parent = [pl.col(name).str.replace(r"\.[^.]*$", "") for name in ("old_id", "replaced_by")]
    return t["retired_ids"].filter(pl.col("old_id").str.contains(".", literal=True) & (parent[0] != parent[1]))

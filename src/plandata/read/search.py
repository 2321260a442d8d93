"""Rows and codes found by words: what a query asks for, and which hit comes first.

A word of Latin letters is found where a word begins, any other wherever it stands, whatever its capitals, accents and
widths; for a word of `schemas/synonyms.yaml` its alternatives count too. What has all parts of a query is a hit. Where
no name has any, as with a pasted sentence, the query is cut into the longest parts that names have, and what has all of
them, or else shares most of them, comes first. The search of the site does the same (docs/assets/search.js), with the
ranks, names and synonyms that this module gives its index.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import polars as pl

from plandata.files import PackageError
from plandata.package.folder import Folder
from plandata.read.ids import name_in
from plandata.rules.policy import stems
from plandata.tables import Row, Tables
from plandata.text import LANGS, Text, folded
from plandata.words import COLON, Words

# What can be found, by ranks: what stands in an earlier line comes first. CODES are the codes of CODED, with the table
# that they stand in.
CODES = "codes"
RANKS = (
    ("places", "indicators", "units", "plans", "documents"),
    (CODES, "domains", "citations"),
    ("goals", "measures"),
    ("targets", "duties"),
)
TABLES = tuple(chain(*RANKS))
RANK = {table: rank for rank, tables in enumerate(RANKS) for table in tables}
CODED = {"target_group": "target_groups", "instrument": "instruments"}
# How well a hit fits: its name is what is asked for; its name has all parts of it, or some, or only its text has.
EXACT, NAMED, PARTLY, TOLD = range(4)
# What is searched of a row beside its names.
BESIDE = {
    "places": ("gb_code",),
    "documents": ("document_number", "issuer_zh", "issuer_en"),
    "indicators": ("sdg_indicator",),
    "targets": ("name_text", "value_text"),
}
LATIN = "[a-z0-9]"
# A run of letters and figures; what is Latin in it is not cut.
RUN, WORD = re.compile(r"[^\W_]+(?:[.'%‰-][^\W_]+)*"), re.compile(r"[a-z0-9.'%‰-]+|.")
ALL_LATIN = re.compile(r"[a-z0-9.'%‰-]+")
# So much of a pasted text is looked at, and parts of a single character are not.
LONGEST, SHORTEST = 400, 2
# What a part counts that only the text of a hit has; hits that share less than this part of the best are left out.
ASIDE, LEAST = 0.3, 0.5
# What shares most is parted into so many steps by how much it shares.
NEAR = 10
Synonyms = Mapping[str, tuple[str, ...]]
COLUMNS = ("id", "table", "title_zh", "title_en", "where_zh", "where_en", "place_id")


@dataclass(frozen=True)
class Entry:
    """A row or a code, and where it stands. names are folded; text is all of it that is searched."""

    table: str
    id: str
    title: Text
    where: Text
    names: tuple[str, ...]
    text: str
    place_id: str = ""

    @cached_property
    def called(self) -> str:
        """All names of it."""
        return "\n".join(self.names)


@dataclass(frozen=True)
class Part:
    """A part of a query: its words, and what counts as much."""

    words: str
    others: tuple[str, ...] = ()

    @cached_property
    def own(self) -> re.Pattern[str]:
        return pattern([self.words])

    @cached_property
    def any(self) -> re.Pattern[str]:
        return pattern([self.words, *self.others])


@dataclass(frozen=True)
class Hit:
    """An entry, and how well it fits: EXACT, NAMED …"""

    entry: Entry
    level: int


def search(package: Folder, query: str, table: str = "", place: str = "") -> pl.DataFrame:
    """What a package holds under some words of either language, the best hit first; columns COLUMNS.

    table: only hits of this one of TABLES. place: only hits of a place, its id or name. The id of a code is that of its
    list and its own (instrument.fund), that of what is cited the item, or the plan, that cites it. Raises PackageError
    for an empty query, for a table or a place that there is not.

    >>> from plandata.schema import home
    >>> search(Folder(home()), "MMR")["id"][0]
    'maternal-mortality'
    """
    t = Tables.of(package)
    if table and table not in TABLES:
        raise PackageError(f"nothing is searched in {table!r}; tables: {', '.join(TABLES)}")
    place_id = place_named(t, place) if place else ""
    some = [e for e in entries(t) if table in ("", e.table) and place_id in ("", e.place_id)]
    return hit_rows(found(some, query, t.schemas.synonyms))


def hit_rows(hits: Iterable[Hit]) -> pl.DataFrame:
    """Hits as rows of COLUMNS."""
    own = ((e, e.title, e.where) for e in (hit.entry for hit in hits))
    cells = [(e.id, e.table, title.zh, title.en, where.zh, where.en, e.place_id or None) for e, title, where in own]
    return pl.DataFrame(cells, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def place_named(t: Tables, name: str) -> str:
    """The id of the place that is meant. Raises PackageError where it is none, or not one alone."""
    hits = found(list(Source(t).rows("places")), name, t.schemas.synonyms)
    best = [hit.entry.id for hit in hits if hit.level == hits[0].level <= NAMED]
    if len(best) != 1:
        known = ", ".join(best or t["places"]["place_id"].drop_nulls())
        raise PackageError(f"{name!r} is {'several places' if best else 'no place'}; name one of {known}")
    return best[0]


def found(some: Collection[Entry], query: str, synonyms: Synonyms) -> list[Hit]:
    """The entries that a query finds, the best first. Raises PackageError for an empty query."""
    whole = folded(query)[:LONGEST].strip()
    if not whole:
        raise PackageError("name what to search for: a word, a name, an id or a sentence")
    parts = asked(whole, synonyms)
    hits = with_all(some, whole, parts)
    if hits and hits[0].level != TOLD:
        return hits
    known = list(cut(parts, known_in(some), synonyms))
    better = with_all(some, whole, known) if known else []
    if hits and (not better or better[0].level == TOLD):
        return hits
    told = {hit.entry for hit in better}
    return [*better, *(hit for hit in hits if hit.entry not in told)] or with_most(some, whole, known)


def known_in(some: Collection[Entry]) -> Callable[[str], bool]:
    """Whether a name of some entries has words; of Latin words and figures, whether anything of an entry has them."""
    names, everything = ("\n".join(texts) for texts in ((e.called for e in some), (e.text for e in some)))
    return lambda words: pattern([words]).search(everything if ALL_LATIN.fullmatch(words) else names) is not None


def with_all(some: Iterable[Entry], whole: str, parts: list[Part]) -> list[Hit]:
    """The entries that have all parts of a query."""
    having = [entry for entry in some if entry.id == whole or all(part.any.search(entry.text) for part in parts)]
    ordered = sorted(((order(entry, whole, parts), entry) for entry in having), key=lambda pair: pair[0])
    return [Hit(entry, level) for (level, *_), entry in ordered]


def with_most(some: Iterable[Entry], whole: str, parts: list[Part]) -> list[Hit]:
    """The entries that share most with a query; a part counts the more, the fewer entries have it."""
    held = {entry: [part for part in parts if part.any.search(entry.text)] for entry in some}
    times = Counter(chain(*held.values()))
    worth = {part: math.log(1 + len(held) / times[part]) for part in times}
    scores = {
        entry: sum(worth[part] * (1 if part.any.search(entry.called) else ASIDE) for part in own)
        for entry, own in held.items()
    }
    most = max(scores.values(), default=0)
    best = sorted(
        (entry for entry, score in scores.items() if score and score >= LEAST * most),
        # Hits that share about as much are told apart by their rank.
        key=lambda entry: (-round(scores[entry] / most * NEAR), order(entry, whole, parts)),
    )
    return [Hit(entry, TOLD) for entry in best]


def order(entry: Entry, whole: str, parts: list[Part]) -> tuple[int, ...]:
    """A key that sorts the best hit first: by how well it fits, by its rank, what has the words themselves before what
    has a synonym, a name that begins with them before others, and the shorter title before the longer one. What only
    the text tells is told best by the text that tells little else.
    """
    alone = parts[0].others if len(parts) == 1 else ()
    named = sum(part.any.search(entry.called) is not None for part in parts)
    itself = whole in (entry.id, *entry.names)
    exact = itself or any(other in entry.names for other in alone)
    level = EXACT if exact else NAMED if named == len(parts) else PARTLY if named else TOLD
    literal = itself if exact else all(part.own.search(entry.text) for part in parts)
    if level == TOLD:
        return level, not literal, len(entry.text)
    begins = any(name.startswith((parts[0].words, *alone)) for name in entry.names)
    length = len(entry.title["en" if latin(whole) else "zh"])
    return level, RANK[entry.table], not literal, not begins, length


def asked(whole: str, synonyms: Synonyms) -> list[Part]:
    """The parts of a folded query: the longest runs of words that have synonyms, and each other word.

    >>> [part.words for part in asked("child mortality liaocheng", {"child mortality": ("under-5 mortality",)})]
    ['child mortality', 'liaocheng']
    """
    words, parts = whole.split(), []
    while words:
        ends = (end for end in range(len(words), 1, -1) if " ".join(words[:end]) in synonyms)
        end = next(ends, 1)
        parts.append(part_of(" ".join(words[:end]), synonyms))
        words = words[end:]
    return parts


def part_of(words: str, synonyms: Synonyms) -> Part:
    """Words with their synonyms. In Chinese words the longest one that has synonyms is exchanged: 两癌 in 两癌筛查.

    >>> part_of("两癌筛查", {"两癌": ("宫颈癌和乳腺癌", "cancers")}).others
    ('宫颈癌和乳腺癌筛查',)
    """
    if words in synonyms or latin(words):
        return Part(words, synonyms.get(words, ()))
    inside = max((word for word in synonyms if word in words and not latin(word)), key=len, default="")
    others = (words.replace(inside, other) for other in synonyms.get(inside, ()) if not latin(other))
    return Part(words, tuple(others))


def cut(parts: Iterable[Part], known: Callable[[str], bool], synonyms: Synonyms) -> Iterator[Part]:
    """The parts of a query cut into the longest ones that are known or have synonyms; what else it has is dropped.

    >>> synonyms = {"卫健委": ("卫生健康委",)}
    >>> [part.words for part in cut([Part("聊城的卫健委")], lambda words: words in "聊城市", synonyms)]
    ['聊城', '卫健委']
    """
    for part in parts:
        if part.words in synonyms:
            yield part
            continue
        for run in RUN.findall(part.words):
            words = WORD.findall(run)
            while words:
                size = longest(words, known, synonyms)
                told = "".join(words[:size])
                if len(told) >= SHORTEST:
                    yield part_of(told, synonyms)
                words = words[max(size, 1) :]


def longest(words: list[str], known: Callable[[str], bool], synonyms: Synonyms) -> int:
    """How many of the first words make the longest text that is known or has synonyms; 0 for none."""
    best = 0
    for size in range(1, len(words) + 1):
        text = "".join(words[:size])
        told = known(text)
        if told or text in synonyms:
            best = size
        elif not any(word.startswith(text) for word in synonyms):
            break
    return best


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """What finds any of some folded words; one that begins with a Latin letter or a figure begins a word there.

    >>> bool(pattern(["rates"]).search("the rate of")), bool(pattern(["rate"]).search("a separate row"))
    (True, False)
    """
    return re.compile("|".join(map(sought, words)))


def sought(words: str) -> str:
    stem = words[:-1] if latin(words) and len(words) > 3 and words.endswith("s") else words
    return (f"(?<!{LATIN})" if latin(words) else "") + re.escape(stem)


def latin(words: str) -> bool:
    """Whether words begin with a Latin letter or a figure."""
    return re.match(LATIN, words) is not None


def entries(t: Tables) -> list[Entry]:
    """All that can be found in a package."""
    source = Source(t)
    return list(chain.from_iterable(source.entries(table) for table in TABLES if table in (CODES, *t.frames)))


@dataclass(frozen=True)
class Source:
    """The tables of a package, of whose rows and codes entries are made."""

    t: Tables

    @cached_property
    def around(self) -> Mapping[str, Mapping[str, Row]]:
        """The tables that rows are told with, by their ids."""
        told = ("places", "plans", "indicators")
        return {name: self.t.keyed(name) if name in self.t.frames else {} for name in told}

    def entries(self, table: str) -> Iterator[Entry]:
        """The entries of one of TABLES."""
        return self.codes() if table == CODES else self.citations() if table == "citations" else self.rows(table)

    def rows(self, table: str) -> Iterator[Entry]:
        """The rows of a table that have ids."""
        key = self.t.schemas.tables[table].key[0]
        for row in self.t.rows(table):
            if row[key]:
                place_id = row.get("place_id") or self.row("plans", row).get("place_id", "")
                beside = [*(row[column] for column in BESIDE.get(table, ())), *self.names_of_places.get(place_id, ())]
                yield entry(table, row[key], self.names(table, row), self.where(table, row), beside, place_id)

    def row(self, table: str, row: Row) -> Row:
        """The row of another table that a row names; {} for none."""
        return self.around[table].get(row.get(self.t.schemas.tables[table].key[0], ""), {})

    def names(self, table: str, row: Row) -> list[Text]:
        """What a row is called, first the title that it is shown with."""
        named = both(row)
        if table == "targets":
            indicator = both(self.row("indicators", row))
            return [Text(*(self.target(row, indicator[lang], lang) for lang in LANGS)), indicator]
        if table == "places":
            known = (*stems(row["name_zh"]), *stems(row["province_zh"]), *county(row["name_zh"]))
            return [named, *(Text(row["province_en"], alias) for alias in known)]
        return [named]

    @cached_property
    def names_of_places(self) -> Mapping[str, list[str]]:
        """All that each place is called."""
        places = self.around["places"]
        return {
            key: [name[lang] for name in self.names("places", row) for lang in LANGS] for key, row in places.items()
        }

    def target(self, row: Row, indicator: str, lang: str) -> str:
        say = Words(self.t.schemas.labels, lang)
        return f"{indicator}{say.bracketed(say.of(row, 'scope'))}{say(COLON)}{say.target(row)}"

    def where(self, table: str, row: Row) -> Text:
        """Where a row stands: in a plan, in a place, in a province; of an indicator the theme."""
        if table == "places":
            return Text(row["province_en"], row["province_zh"])
        if table == "indicators":
            return self.label("theme", row["theme"])
        return both(self.row("places", row) if table == "plans" else self.row("plans", row) or self.row("places", row))

    def label(self, codes: str, code: str) -> Text:
        known = self.t.schemas.codes.get(codes, {})
        return known[code].label if code in known else Text(code, code)

    def codes(self) -> Iterator[Entry]:
        """The codes of CODED, told apart by their list: instrument.fund."""
        for name, table in CODED.items():
            where = self.t.schemas.tables[table].title if table in self.t.schemas.tables else Text(name, name)
            for code in self.t.schemas.codes.get(name, {}).values():
                yield entry(CODES, f"{name}.{code.code}", [code.label], where, [])

    def citations(self) -> Iterator[Entry]:
        """What is cited, once for each plan; the id is that of the first item that does so, or of the plan."""
        for row in (
            self.t.joined("citations").unique(["plan_id", "title_en"], keep="first", maintain_order=True).to_dicts()
        ):
            place_id = self.row("plans", row).get("place_id", "")
            yield entry(
                "citations", row["item_id"] or row["plan_id"], [both(row)], self.where("citations", row), [], place_id
            )


def county(name: str) -> tuple[str, ...]:
    """An autonomous county as people call it.

    >>> county("威宁彝族回族苗族自治县"), county("聊城市")
    (('威宁县',), ())
    """
    return (f"{stems(name)[-1]}县",) if name.endswith("自治县") else ()


def both(row: Mapping[str, str | None]) -> Text:
    """What a row is called in both languages."""
    return Text(*(name_in(row, lang) for lang in LANGS))


def entry(table: str, row_id: str, names: list[Text], where: Text, beside: Iterable[str], place_id: str = "") -> Entry:
    own = tuple(dict.fromkeys(folded(name[lang]) for name in names for lang in LANGS))
    text = "\n".join([*own, row_id, *(folded(told) for told in (where.en, where.zh, *beside))])
    return Entry(table, row_id, names[0], where, own, text, place_id)

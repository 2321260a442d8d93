"""The search index: the sections of all pages, a file per language, as plain text that our search script scans.

Material's own search cuts Chinese into words when the index is made and finds a word only where it begins one: 健康
is not found in 身心健康. Ours looks for the query as it stands, so every word inside a sentence is found, and
needs neither a dictionary of Chinese nor stemmers. What a query means and which hit comes first is the business of
`plandata.read.search`: the index holds its ranks, names and synonyms.

`?q=WORDS` behind the address of any page but the explorer's opens the search with these words there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from plandata.read.policy import cited_documents
from plandata.read.search import RANK, RANKS, Entry, entries
from plandata.site.edition import Edition
from plandata.site.page import Page, data_script
from plandata.tables import as_rows
from plandata.text import LANGS, Text, folded

Section = tuple[str, str, str]
# Address, title, text, rank and folded names of what can be found.
Indexed = tuple[str, str, str, int, list[str]]
# The ranks of a page that stands in the navigation; of its sections, of a page that has names; of all else but rows.
ENTRANCE, PART, OTHER = 0, 1, len(RANKS)
# The tables whose rows have pages of their own, and those whose rows have headings.
PAGES, HEADINGS = ("places", "indicators", "plans"), ("indicators", "domains", "goals", "measures")
# What the box of the search says.
SAID = {
    "search": Text("Search", "搜索"), "ready": Text("Type to search", "输入文字即可搜索"),
    "none": Text("No matching page", "没有相符的页面"),
    "one": Text("1 matching page", "找到1个页面"), "some": Text("{n} matching pages", "找到{n}个页面"),
    "more": Text("{n} more on this page", "本页还有{n}处"),
    "failed": Text("The search could not be loaded. Load this page anew.", "搜索未能加载，请刷新本页。"),
}  # fmt: skip
HEADING = re.compile(r'<h([1-6])[^>]* id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
UNREAD = re.compile(
    r"<(script|style|svg)\b.*?</\1>|<a class=\"(?:headerlink|pd-anchor)\".*?</a>"
    # An explained term is read, its meaning is not; of a figure the sentence and the note, not what stands below it.
    r"|<button(?! type=\"button\" class=\"pd-term\").*?</button>|<span class=\"pd-meaning\".*?</span>"
    r"|<div class=\"pd-take\">.*?(?=</figure>)|<details class=\"pd-rest\">.*?</details>",
    re.DOTALL,
)
TAGS = re.compile(r"<[^>]+>")


def sections(html: str, url: str, title: str) -> Iterator[Section]:
    """Address, title and text of the parts of a page, all given as HTML: its beginning, then each heading with an id.

    >>> list(sections('<h1 id="a">A</h1><p>first</p><h2 id="b">B &amp; C</h2><p>next</p>', "x/", "A"))
    [('x/', 'A', 'first'), ('x/#b', 'B & C', 'next')]
    """
    read = UNREAD.sub(" ", html)
    heads = [head for head in HEADING.finditer(read) if head[1] != "1"]
    ends = [head.start() for head in heads] + [len(read)]
    first = HEADING.match(read.lstrip())
    yield url, plain(title), plain(read.lstrip()[first.end() : ends[0]] if first else read[: ends[0]])
    for head, end in zip(heads, ends[1:], strict=True):
        yield f"{url}#{unescape(head[2])}", plain(head[3]), plain(read[head.end() : end])


def plain(html: str) -> str:
    """HTML as text in one line.

    >>> plain("<p>孕产妇<b>死亡率</b> &lt; 7</p>")
    '孕产妇死亡率 < 7'
    """
    spaced = re.sub(r"</?(?:p|li|td|th|dd|dt|tr|br|h[1-6]|div)\b[^>]*>", " ", html)
    return " ".join(unescape(TAGS.sub("", spaced)).split())


@dataclass(frozen=True)
class Catalogue:
    """What the index of a package holds beside the texts of pages."""

    synonyms: Mapping[str, tuple[str, ...]]
    headed: Mapping[str, Entry]
    others: Mapping[str, list[Indexed]]

    @classmethod
    def of(cls, edition: Edition) -> "Catalogue":
        """The rows that have a heading in pages, by their ids, and for each language the others."""
        rows = entries(edition.tables)
        headed = {entry.id: entry for entry in rows if entry.table in {*PAGES, *HEADINGS}}
        bodies = [entry for entry in rows if entry.table == "units"]
        others = {lang: [*listed_bodies(edition, bodies, lang), *listed_citations(edition, lang)] for lang in LANGS}
        return cls(edition.schemas.synonyms, headed, others)

    def indexed(self, found: Iterable[Section], page: Page) -> Iterator[Indexed]:
        """The sections of a page with their ranks and names."""
        for place, (address, title, text) in enumerate(found):
            entry = self.headed.get(re.split("[#/]", address.rstrip("/"))[-1])
            if entry and entry.table in (HEADINGS if place else PAGES):
                yield address, title, text, RANK[entry.table], list(entry.names)
            elif place:
                yield address, title, text, PART if page.entrance else OTHER, []
            else:
                names = [folded(name) for name in (title, *page.names)]
                rank = ENTRANCE if page.entrance else PART if page.names else OTHER
                yield address, title, text, rank, names


def listed_bodies(edition: Edition, bodies: Iterable[Entry], lang: str) -> Iterator[Indexed]:
    """The bodies, which stand in the tables of their places."""
    for entry in bodies:
        text = f"{entry.where[lang]} · {entry.title[other(lang)]}"
        yield rooted(edition.addresses[entry.id], lang), entry.title[lang], text, RANK[entry.table], list(entry.names)


def listed_citations(edition: Edition, lang: str) -> Iterator[Indexed]:
    """What is cited, which stands in tables by its level."""
    for row in as_rows(cited_documents(edition.tables)):
        titles = {own: row[f"title_{own}"] for own in LANGS}
        address, names = f"citations/#{row['level'] or 'untold'}", [folded(title) for title in titles.values()]
        yield rooted(address, lang), titles[lang], titles[other(lang)], RANK["citations"], names


def other(lang: str) -> str:
    return LANGS[1 - LANGS.index(lang)]


def rooted(address: str, lang: str) -> str:
    """An address below the language's root as one below that of the site."""
    return address if lang == LANGS[0] else f"{lang}/{address}"


def write_index(site: Path, lang: str, pages: list[Indexed], catalogue: Catalogue) -> None:
    """Writes the index of one language."""
    path = site / "search" / f"{lang}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    index = {"synonyms": catalogue.synonyms, "sections": [*pages, *catalogue.others[lang]]}
    path.write_bytes(data_script("pdIndex", index))

"""The search index: the sections of all pages, a file per language, as plain text that our search script scans.

Material's own search cuts Chinese into words when the index is made and finds a word only where it begins one: 健康
is not found in 身心健康. Ours looks for the query as it stands, so every word inside a sentence is found, and
needs neither a dictionary of Chinese nor stemmers.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

Section = tuple[str, str, str]
SCRIPT = "assets/search.js"
HEADING = re.compile(r'<h([1-6])[^>]* id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
UNREAD = re.compile(
    r"<(script|style|svg)\b.*?</\1>|<a class=\"(?:headerlink|pd-anchor)\".*?</a>"
    # An explained term is read, its meaning is not; of a figure the sentence and the note, not what stands below it.
    r"|<button(?! type=\"button\" class=\"pd-term\").*?</button>|<span class=\"pd-meaning\".*?</span>"
    r"|<div class=\"pd-take\">.*?(?=</figure>)|<details class=\"pd-rest\">.*?</details>",
    re.DOTALL,
)
TAGS = re.compile(r"<[^>]+>")
OWN_SEARCH = re.compile(r'("search": ?")([^"]*?)assets/javascripts/workers/search\.[0-9a-f]+\.min\.js"')


def sections(html: str, url: str, title: str) -> Iterator[Section]:
    """The address, title and text of the parts of a page, all given as HTML: its beginning, then each heading with an id.

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


def write_index(site: Path, lang: str, pages: list[Section]) -> None:
    """Writes the index of one language."""
    path = site / "search" / f"{lang}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(pages, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def with_own_search(html: str, lang: str) -> str:
    """A page whose search runs our script. Raises ValueError where Material's settings do not look as expected.

    >>> with_own_search('{"search": "../assets/javascripts/workers/search.a7.min.js"}', "zh")
    '{"search": "../assets/search.js?lang=zh"}'
    """
    changed, count = OWN_SEARCH.subn(rf'\1\2{SCRIPT}?lang={lang}"', html)
    if count != 1:
        raise ValueError("the page's settings name no search script of Material")
    return changed

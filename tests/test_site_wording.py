"""What pages say: no English sentence in Chinese, signs and plurals as people write them, no value of a program."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from site_pages import LANGS, ROOT

from plandata.package.folder import Folder

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]
HAN = "\u3400-\u9fff"
# What is no text of a page in its language: code, what scripts use, and permalinks.
SKIPPED = {"script", "style", "code", "pre", "svg", "kbd", "template", "textarea"}
# What is shown as the document prints it.
PRINTED, PRINTED_AS = "pd-printed", "printed_as"
# Elements that stand in a line with the text around them.
INLINE = {"a", "b", "i", "em", "strong", "span", "small", "abbr", "time", "mark", "sup", "sub", "label"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Half-width signs beside Chinese that a person would write full-width; the brackets of names are as they are printed.
NARROW = re.compile(rf"[{HAN}」』》）]\s?[,;:!?](?![\d/])|[{HAN}]\.(?![\w/”])|[{HAN}]\s\((?![a-zA-Z0-9_/. -]*\))")
# So many words of Latin letters, and one among them that only sentences have: nobody translated it.
WORDS = re.compile(r"(?:[A-Za-z][A-Za-z'’-]*[ ,;:]+){5,}[A-Za-z]+")
ONLY_IN_SENTENCES = re.compile(r"\b(?:is|are|was|has|have|had|must|may|that|which|not|it)\b")
AROUND = 15
PROGRAM = re.compile(r"\b(?:None(?! (?:is|of)\b)|False|True|nan|undefined|\[object)\b")
PLURAL = re.compile(
    r"(?<![\d.,/–-])1 (?:persons|places|plans|goals|targets|measures|bodies|rows|anomalies|indicators|times|hours)\b"
)


class Reader(HTMLParser):
    """The text of the article of a page in the language of the page, a line for each block."""

    def __init__(self, lang: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lang, self.open, self.lines = lang, [], [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.lines.append("")
        if tag not in VOID:
            given = dict(attrs)
            foreign = (given.get("lang") or self.lang).partition("-")[0] != self.lang
            skipped = foreign or tag in SKIPPED or PRINTED in (given.get("class") or "").split()
            self.open.append((tag, skipped, tag == "article"))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.lines.append("")
        while self.open and any(tag == name for name, _, _ in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(article for _, _, article in self.open) and not any(skipped for _, skipped, _ in self.open):
            self.lines[-1] += data


def lines(page: Path, lang: str) -> Iterator[str]:
    reader = Reader(lang)
    reader.feed(page.read_text(encoding="utf-8"))
    return (" ".join(line.split()) for line in reader.lines if line.strip())


def pages(site: Path, lang: str) -> list[Path]:
    own = sorted((site / LANGS[lang]).rglob("index.html"))
    return own if lang == "zh" else [page for page in own if page.relative_to(site).parts[0] != "zh"]


@cache
def as_printed() -> re.Pattern[str]:
    """Words that cells have as the document prints them, with signs that our own words do not have."""
    frames = Folder(ROOT).tables.values()
    columns = [
        frame[name] for frame in frames for name in frame.columns if name.endswith("_text") or name == PRINTED_AS
    ]
    told = {cell for column in columns for cell in column.drop_nulls() if NARROW.search(cell)}
    return re.compile("|".join(map(re.escape, told)))


def plain(line: str) -> str:
    """A line without the words that stand in it as printed."""
    return as_printed().sub("", line)


def hits(lang: str, line: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a line of a page: what it is, and the words with some before and behind them."""
    patterns = {"zh": {"sign": NARROW, "program": PROGRAM}, "en": {"program": PROGRAM, "plural": PLURAL}}[lang]
    for what, pattern in patterns.items():
        for hit in pattern.finditer(line):
            yield what, line[max(0, hit.start() - AROUND) : hit.end() + AROUND]
    for hit in WORDS.finditer(line) if lang == "zh" else ():
        if ONLY_IN_SENTENCES.search(hit[0]):
            yield "English", hit[0]


@pytest.mark.parametrize("lang", LANGS)
def test_pages_are_worded_as_people_write(site: Path, lang: str) -> None:
    found = {
        hit: page.relative_to(site).as_posix()
        for page in pages(site, lang)
        for line in lines(page, lang)
        for hit in hits(lang, plain(line))
    }
    assert dict(list(found.items())[:20]) == {}


@pytest.mark.parametrize(
    ("lang", "line", "what"),
    [
        ("zh", "牵头单位: 教育局", "sign"),
        ("zh", "共3条 (含附表)", "sign"),
        ("zh", "共有三条.", "sign"),
        ("zh", "集合单位 False", "program"),
        ("zh", "It is the same in all the places", "English"),
        ("en", "1 persons", "plural"),
        ("en", "lead None", "program"),
    ],
)
def test_what_nobody_would_write_is_seen(lang: str, line: str, what: str) -> None:
    assert [told for told, _ in hits(lang, line)] == [what]


def test_what_people_write_is_left_alone() -> None:
    assert list(hits("zh", "到2025年，不高于12/10万（Civil Code of the PRC）。见 schemas/codes.yaml")) == []
    assert list(hits("en", "21 persons, 1 person; None is left")) == []

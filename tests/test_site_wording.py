"""What pages say: no English sentence in Chinese, signs and plurals as people write them, no value of a program."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from site_pages import LANGS, ROOT

from plandata.package.folder import Folder

HAN = "\u3400-\u9fff"
# What is no text of a page in its language: code, what scripts use, and permalinks.
SKIPPED = {"script", "style", "code", "pre", "svg", "kbd", "template", "textarea"}
# What is shown as the document prints it.
PRINTED, PRINTED_AS = "pd-printed", "printed_as"
# Elements that stand in a line with the text around them.
INLINE = {"a", "b", "i", "em", "strong", "span", "small", "abbr", "time", "mark", "sup", "sub", "label"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Half-width signs beside Chinese that a person would write full-width; the brackets of names are as they are printed.
NARROW = re.compile(rf"[{HAN}」』》）]\s?[,;:!?](?![\d/])|[{HAN}]\.(?![\w/”])|[{HAN}]\s\((?![\w/. -]*\))")
# So many words of Latin letters, and one among them that only sentences have: nobody translated it.
WORDS = re.compile(r"(?:[A-Za-z][A-Za-z'’-]*[ ,;:]+){5,}[A-Za-z]+")
SENTENCE = re.compile(
    rf"(?=[^\u3400-\u9fff]*\b(?:is|are|was|has|have|had|must|may|that|which|not|it)\b){WORDS.pattern}"
)
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


def found(site: Path, lang: str, pattern: re.Pattern[str], around: int = 15) -> Counter[str]:
    """What a pattern finds in the pages of a language, with some characters around it and a page where it stands."""
    counted: Counter[str] = Counter()
    where: dict[str, str] = {}
    for page in pages(site, lang):
        for line in (as_printed().sub("", line) for line in lines(page, lang)):
            for hit in pattern.finditer(line):
                told = line[max(0, hit.start() - around) : hit.end() + around]
                where.setdefault(told, page.relative_to(site).parent.as_posix())
                counted[told] += 1
    return Counter({f"{where[told]}: {told}": n for told, n in counted.items()})


def test_chinese_pages_have_full_width_signs(site: Path) -> None:
    assert found(site, "zh", NARROW).most_common(20) == []


def test_chinese_pages_have_no_english_sentence(site: Path) -> None:
    assert found(site, "zh", SENTENCE, 0).most_common(20) == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_page_shows_a_value_of_a_program(site: Path, lang: str) -> None:
    assert found(site, lang, PROGRAM).most_common(20) == []


def test_one_thing_is_no_plural(site: Path) -> None:
    assert found(site, "en", PLURAL).most_common(20) == []

"""The figures of the built site: each has its files, its table and its own page, and explained terms open and close."""

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from site_pages import LANGS, Visit

from plandata.charts.drawing import NARROW, ROOT, WIDE
from plandata.files import PackageError
from plandata.package.folder import Folder
from plandata.schema import home
from plandata.site.edition import Edition
from plandata.site.page import context
from plandata.site.search import sections
from plandata.site.terms import Explained
from plandata.text import inert

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]

FIGURE = re.compile(r'<figure class="pd-chart" id="figure\.([^"]+)">(.*?)</figure>', re.DOTALL)
ADDRESS = re.compile(r'(?:href|data-svg)="([^"]+\.(?:svg|csv|html))"')
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


def figures(site: Path, lang: str) -> Iterator[tuple[Path, str, str]]:
    """Each figure of the pages of a language: its page, its key and its HTML."""
    root = site / LANGS[lang]
    for page in sorted(root.rglob("index.html")):
        if lang == "zh" or page.relative_to(site).parts[0] != "zh":
            for key, html in FIGURE.findall(page.read_text(encoding="utf-8")):
                yield page, key, html


def title_of(html: str) -> str:
    found = re.search(r"<figcaption>(.*?)</figcaption>", html)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("lang", LANGS)
def test_every_figure_has_its_files_and_they_say_what_it_says(site: Path, lang: str) -> None:
    keys = []
    for page, key, html in figures(site, lang):
        keys.append(key)
        files = {(page.parent / path).resolve() for path in ADDRESS.findall(html)}
        folder = site / LANGS[lang] / "embed"
        assert files == {folder / f"{key}.{end}" for end in ("svg", "csv", "html")}
        title = title_of(html)
        assert ElementTree.parse(folder / f"{key}.svg").getroot()[0].text == title
        embedded = (folder / f"{key}.html").read_text(encoding="utf-8")
        assert title_of(embedded) == title
        assert len(list(csv.reader((folder / f"{key}.csv").read_text(encoding="utf-8-sig").splitlines()))) > 1
    assert len(keys) == len(set(keys)) > 50
    assert {"home.promise", "where", "cascade", "responsibility", "instruments", "groups"} <= set(keys)
    assert {path.stem for path in (site / LANGS[lang] / "embed").iterdir()} == set(keys)


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_of_a_figure_is_its_csv(site: Path, lang: str) -> None:
    compared = 0
    for _, key, html in figures(site, lang):
        if "<tbody>" not in html:
            continue
        shown = [
            [unescape(cell) for cell in CELL.findall(row)] for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
        ]
        text = (site / LANGS[lang] / "embed" / f"{key}.csv").read_text(encoding="utf-8-sig")
        told = list(csv.reader(io.StringIO(text, newline="")))
        assert len(shown) == len(told)
        for cells, written in zip(shown, told, strict=True):
            # A count of nothing stays empty in the page.
            assert all(cell == text or (cell, text) == ("", "0") for cell, text in zip(cells, written, strict=True))
        compared += 1
    assert compared > 10


@pytest.mark.parametrize("lang", LANGS)
def test_no_chart_is_blown_up(site: Path, lang: str) -> None:
    for page, key, html in figures(site, lang):
        widths = [float(width) * ROOT for width in re.findall(r'class="pd-svg pd-at-\w+"[^>]*width:([\d.]+)rem', html)]
        assert len(widths) == 2, (page, key)
        assert widths[0] <= WIDE
        assert widths[1] <= NARROW
        sizes = [float(side) for side in re.findall(r'class="pd-svg pd-at-\w+" viewBox="0 0 ([\d.]+)', html)]
        # A drawing is as wide as it is shown: its text is as large as it says.
        assert all(abs(size - width) < 1 for size, width in zip(sizes, widths, strict=True))


@pytest.mark.parametrize("lang", LANGS)
def test_an_embedded_page_stands_alone(site: Path, lang: str) -> None:
    for path in (site / LANGS[lang] / "embed").glob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "<script" not in html
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)
        assert "default-src 'none'" in html
        assert "CC-BY-4.0" in html
        back = re.search(r'<a href="([^"]+)" target="_blank" rel="noopener">', html)
        assert back
        assert f'id="figure.{path.stem}"' in (path.parent / back[1] / "index.html").read_text(encoding="utf-8")


def shown(lang: str, homepage: str | None) -> Any:
    """The figures of a page of a package with an address, or without."""
    edition = Edition(Folder(home()))
    edition.about["homepage"] = homepage
    return context(edition, edition.say(lang), "compare/x")["figure"]


@pytest.mark.parametrize(
    ("homepage", "address"),
    [("https://example.org/data/", "https://example.org/data/zh/embed/a.html"), (None, "zh/embed/a.html")],
)
def test_the_address_of_an_embedded_page_is_whole_where_that_of_the_site_is_known(
    homepage: str | None, address: str
) -> None:
    from test_pictures import FIGURE as DRAWN

    assert f'src="{address}"' in shown("zh", homepage).snippet(DRAWN, "embed/a")


def test_a_page_has_no_two_figures_of_one_name_and_none_that_is_a_path() -> None:
    from dataclasses import replace

    from test_pictures import FIGURE as DRAWN

    put = shown("en", None)
    put(DRAWN)
    for key in (DRAWN.key, "../x", "a/b", ""):
        with pytest.raises(PackageError, match="needs a key of its own"):
            put(replace(DRAWN, key=key))


@pytest.mark.parametrize("lang", LANGS)
def test_a_term_is_explained_where_it_stands_first(lang: str) -> None:
    edition = Edition(Folder(home()))
    term = Explained(edition.schemas, edition.say(lang))
    code = edition.schemas.codes["role"]["lead"]
    first, second = term("role", "lead"), term("role", "lead")
    assert code.definition[lang] in first
    assert second == code.label[lang]
    assert (term("role", "nothing"), term("role", "")) == ("nothing", "")
    column, table = term.column("targets", "value_text", "<Printed>"), term.table("goals", "goals")
    fields = {field.name: field for field in edition.schemas.tables["targets"].fields}
    assert inert(fields["value_text"].description[lang]) in column
    assert inert(edition.schemas.tables["goals"].description[lang]) in table
    assert inert("<Printed>") in column
    assert "<Printed>" not in column
    assert term.table("goals", "goals") == "goals"
    with pytest.raises(KeyError):
        term.column("targets", "nothing", "x")


@pytest.mark.parametrize("lang", LANGS)
def test_a_meaning_opens_by_keyboard_pointer_and_touch_and_closes(visit: Visit, lang: str) -> None:
    page = visit.open(f"{LANGS[lang]}compare/maternal-mortality/")
    word = page.locator("dd .pd-term").first
    meaning = page.locator(f"[id='{word.get_attribute('aria-describedby')}']")
    page.keyboard.press("Tab")
    for _ in range(200):
        if word.evaluate("word => word === document.activeElement"):
            break
        page.keyboard.press("Tab")
    meaning.wait_for(state="visible")
    page.keyboard.press("Escape")
    meaning.wait_for(state="hidden")
    page.set_viewport_size({"width": 360, "height": 700})
    word.click()
    meaning.wait_for(state="visible")
    box = meaning.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert visit.troubles == []


def test_a_picture_is_saved_as_png_of_twice_its_size(visit: Visit, site: Path) -> None:
    page = visit.open("where/")
    with page.expect_download() as started:
        page.locator(".pd-png").first.click()
    assert started.value.suggested_filename == "where.png"
    content = Path(started.value.path()).read_bytes()
    assert content.startswith(b"\x89PNG")
    drawn = ElementTree.parse(site / "embed/where.svg").getroot()
    assert int.from_bytes(content[16:20], "big") == pytest.approx(2 * float(drawn.get("width", "0")), abs=2)
    assert visit.troubles == []


def test_one_drawing_is_shown_as_there_is_room(visit: Visit) -> None:
    page = visit.open("responsibility/")
    figure = page.locator(".pd-chart").first
    for width, kind in ((1280, "pd-at-desk"), (360, "pd-at-hand")):
        page.set_viewport_size({"width": width, "height": 800})
        seen = figure.locator("svg[role=img]:visible")
        assert seen.count() == 1
        assert kind in seen.get_attribute("class")
        box, text = seen.bounding_box(), seen.locator("text:not([transform])").first
        assert box["width"] <= width
        # As large as the tables of the page, however wide the screen.
        assert text.evaluate("text => text.getBoundingClientRect().height") == pytest.approx(16.5, abs=2.5)


@pytest.mark.parametrize("key", ["where", "cascade", "responsibility", "home.promise"])
def test_an_embedded_page_fits_its_frame(visit: Visit, key: str) -> None:
    visit.page.goto(f"{visit.address}embed/{key}.html")
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for width in (360, 800):
        visit.page.set_viewport_size({"width": width, "height": 700})
        assert visit.page.evaluate(wider) == 0
        assert visit.page.locator("svg[role=img]:visible").count() == 1
    assert visit.troubles == []


def test_the_search_reads_a_term_but_neither_its_meaning_nor_what_stands_below_a_figure() -> None:
    from test_pictures import FIGURE as DRAWN

    edition = Edition(Folder(home()))
    term = Explained(edition.schemas, edition.say("en"))
    html = f'<h1 id="a">A</h1><p>Each is a {term("role", "lead")}.</p>{shown("en", None)(DRAWN)}'
    ((_, _, text),) = sections(html, "x/", "A")
    assert text.startswith("Each is a lead unit")
    assert "A sentence" in text
    assert "A note" in text
    assert not [word for word in ("A body that leads", "CSV", "iframe", "=1+1") if word in text]

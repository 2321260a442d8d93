"""The search of the site: what readers ask in their own words finds first what they mean, in both languages.

tests/search_queries.csv holds the queries with the first hit that each expects, below the root of its language.
"""

import csv
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from site_pages import Visit, data_of

from plandata.read.search import RANKS
from plandata.schema import edition
from plandata.site.search import OTHER

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]
QUERIES = Path(__file__).with_name("search_queries.csv")
ROOTS = {"en": "", "zh": "zh/"}
# Asks the worker as the box of the search does.
ASK = """async ([worker, queries]) => {
  const search = new Worker(worker)
  const ask = query => new Promise((done, fail) => {
    search.onmessage = ({ data }) => done(data)
    search.onerror = ({ message }) => fail(message)
    search.postMessage({ turn: 0, query })
  })
  const answers = []
  for (const query of queries) answers.push(await ask(query))
  search.terminate()
  return answers
}"""


def queries(lang: str) -> list[dict[str, str]]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["lang"] == lang]


def answers(visit: Visit, lang: str, asked: list[str]) -> list[dict[str, Any]]:
    """What the search worker answers each query with."""
    page = visit.open("")
    found: list[dict[str, Any]] = page.evaluate(ASK, [f"/assets/search.js?index=/search/{lang}.js", asked])
    return found


def titles(answer: dict[str, Any]) -> list[str]:
    hits = [hit for page in answer["pages"] for hit in (page["page"], *page["sections"])]
    return [hit["title"].replace("<mark>", "").replace("</mark>", "") for hit in hits]


@pytest.mark.parametrize("lang", ROOTS)
def test_readers_find_first_what_they_mean(visit: Visit, lang: str) -> None:
    asked = queries(lang)
    assert len({row["query"] for row in asked}) == len(asked) >= 50
    found = answers(visit, lang, [row["query"] for row in asked])
    wrong = {
        row["query"]: (answer["best"], row["first"])
        for row, answer in zip(asked, found, strict=True)
        if answer["best"] != ROOTS[lang] + row["first"]
    }
    assert wrong == {}


def test_signs_and_long_texts_break_nothing(visit: Visit) -> None:
    strange = ["", "  ", "。，！", "(", "[a", "\\", "*", "<b>", "a" * 5000, "很" * 5000, "妇女 " * 500, "０"]
    assert len(answers(visit, "zh", [*strange, "聊城"])) == len(strange) + 1


def test_chinese_is_found_in_words_and_latin_where_a_word_begins(visit: Visit) -> None:
    inside, latin, wide = answers(visit, "zh", ["产妇死亡率下", "ortality", "ｍｏｒｔａｌｉｔｙ"])
    assert any("产妇死亡率下" in title for title in titles(inside))
    assert latin == {"turn": 0, "best": None, "total": 0, "pages": []}
    assert wide["total"]


@pytest.mark.parametrize("lang", ROOTS)
def test_every_address_of_the_index_is_in_the_site(site: Path, lang: str) -> None:
    index = data_of(site / f"search/{lang}.js")
    assert index["synonyms"] == {word: list(others) for word, others in edition().synonyms.items()}
    pages: dict[str, str] = {}
    lost = []
    for address, title, _, rank, names in index["sections"]:
        path, _, anchor = address.partition("#")
        html = pages.setdefault(path, (site / path / "index.html").read_text(encoding="utf-8"))
        if (anchor and f'id="{anchor}"' not in html) or not title or not 0 <= rank <= OTHER or "" in names:
            lost.append((address, title, rank, names))
    assert lost == []
    assert {rank for *_, rank, _ in index["sections"]} == {*range(len(RANKS) - 1), OTHER}, "targets stand in items"


@pytest.mark.parametrize(("path", "query", "link"), [
    ("", "Liaocheng", "places/liaocheng/"),
    ("zh/", "聊城卫健委", "zh/places/liaocheng/#liaocheng.health-commission"),
])  # fmt: skip
def test_an_address_opens_the_search_with_a_query_and_enter_its_best_hit(
    visit: Visit, path: str, query: str, link: str
) -> None:
    """So any page can lead to what was sought."""
    page = visit.open(f"{path}?q={query}")
    page.wait_for_selector(".md-search-result__item mark")
    assert page.input_value(".md-search__input") == query
    page.press(".md-search__input", "Enter")
    page.wait_for_url(lambda url: urlsplit(url).path != f"/{path}")
    split = urlsplit(page.url)
    assert split.path.removeprefix("/") + (f"#{split.fragment}" if split.fragment else "") == link


def test_the_arrows_go_from_hit_to_hit(visit: Visit) -> None:
    page = visit.open("zh/?q=家暴")
    page.wait_for_selector(".md-search-result__item mark")
    page.press(".md-search__input", "ArrowDown")
    address = page.evaluate("document.activeElement.getAttribute('href')")
    assert "zh/compare/domestic-violence-cases/" in address
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.className").startswith("md-search__input")


@pytest.mark.parametrize("path", ROOTS.values())
def test_the_open_search_fits_a_phone(visit: Visit, path: str) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 700})
    page = visit.open(f"{path}?q=HPV")
    page.wait_for_selector(".md-search-result__item mark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".md-search__input").bounding_box()["width"] > 250


@pytest.mark.parametrize("path", ["index.html", "zh/plans/weining-women-2021/index.html"])
def test_the_search_works_on_a_page_that_is_opened_as_a_file(chromium: Any, site: Path, path: str) -> None:
    page = chromium.new_page()
    page.goto((site / path).as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("孕产妇死亡率")
    page.wait_for_selector(".md-search-result__item mark")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/maternal-mortality/index.html")
    assert page.locator("h1").count() == 1
    page.close()


@pytest.mark.parametrize(("lang", "query"), [("en", "maternal mortality"), ("zh", "孕产妇死亡率")])
def test_the_page_of_a_row_leads_to_the_search(visit: Visit, lang: str, query: str) -> None:
    page = visit.open(f"{ROOTS[lang]}id/weining-women-2021.health.g03/")
    page.fill("[name=q]", query)
    page.press("[name=q]", "Enter")
    page.wait_for_selector(".md-search-result__item mark")
    assert page.input_value(".md-search__input") == query
    assert visit.troubles == []


def test_a_search_that_cannot_be_loaded_says_so(visit: Visit) -> None:
    visit.page.route("**/search/zh.js", lambda route: route.abort())
    page = visit.open("zh/")
    page.fill(".md-search__input", "孕产妇")
    page.locator(".md-search-result__meta", has_text="搜索未能加载").wait_for()


def test_the_search_opens_and_closes_by_keyboard(visit: Visit) -> None:
    page = visit.open("compare/")
    page.keyboard.press("Control+k")
    assert page.is_checked("#__search")
    page.keyboard.type("maternal")
    page.wait_for_selector(".md-search-result__item mark")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "/compare/maternal-mortality/" in page.evaluate("document.activeElement.href")
    page.keyboard.press("Escape")
    assert not page.is_checked("#__search")

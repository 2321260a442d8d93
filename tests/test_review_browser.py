"""The review page in a real browser, as a file: keys, marks that stay, the saved file, hostile texts, accessibility."""

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drafts import draft, hostile_draft, large_draft
from site_pages import Visit
from test_hostile import BECOME

from plandata.files import FORMULA, csv_text
from plandata.report.review import COLUMNS, WORDS, review

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]

LANGS = ("en", "zh")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FAULTS = """async wanted => (await axe.run(document, {runOnly: wanted, resultTypes: ["violations"]})).violations
    .map(found => `${found.id}: ${found.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")}`)"""


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page of a draft, of a hostile one and of a large one."""
    folder = tmp_path_factory.mktemp("review")
    for name, made in (("plain", draft()), ("hostile", hostile_draft()), ("large", large_draft())):
        for lang in LANGS:
            (folder / f"{name}-{lang}.html").write_text(review(made, lang), encoding="utf-8")
    return folder


@pytest.fixture
def visited(chromium: Any, pages: Path) -> Iterator[Visit]:
    """A fresh window, to which nothing but the files of the pages is its own."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    yield Visit(context.new_page(), f"{pages.as_uri()}/")
    context.close()


def current(page: Any) -> str:
    """The row of the selected doubt."""
    return str(page.inner_text(".doubt.now .row"))


def saved(page: Any) -> str:
    with page.expect_download() as started:
        page.click("#save")
    assert started.value.suggested_filename == "doubts.csv"
    return Path(started.value.path()).read_bytes().decode("utf-8")


@pytest.mark.parametrize("lang", LANGS)
def test_the_keys_lead_through_doubts_and_text(visited: Visit, lang: str) -> None:
    page = visited.open(f"plain-{lang}.html")
    rows = page.locator(".doubt .row").all_inner_texts()
    assert current(page) == rows[0]
    for key, at in (("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0), ("k", 0), ("j", 1)):
        page.keyboard.press(key)
        assert current(page) == rows[at]
    assert page.evaluate("document.activeElement.closest('.doubt').dataset.n") == page.get_attribute(
        ".doubt.now", "data-n"
    )
    assert rows[1].startswith(page.inner_text("#panel .ids code"))
    before = int(page.get_attribute(".block.now", "data-n"))
    page.keyboard.press("n")
    assert int(page.get_attribute(".block.now", "data-n")) > before
    page.keyboard.press("p")
    assert int(page.get_attribute(".block.now", "data-n")) == before
    page.keyboard.press("?")
    assert page.locator("dialog[open] dd").count() == 7
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("jkn")
    assert page.input_value("#word") == "jkn"
    assert page.is_visible("#none")
    assert visited.troubles == []


def test_marks_are_counted_and_stay(visited: Visit) -> None:
    page = visited.open("plain-en.html")
    total = len(draft().doubts)
    page.keyboard.press(" ")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.inner_text("#progress") == f"2 of {total} judged"
    page.keyboard.press(" ")
    assert page.inner_text("#progress") == f"1 of {total} judged"
    page.locator(".tick").nth(5).click()
    page.reload()
    assert page.inner_text("#progress") == f"2 of {total} judged"
    assert page.locator(".doubt.judged").count() == 2
    page.check("#only")
    assert page.locator(".doubt:visible").count() == total - 2
    page.keyboard.press("j")
    page.click("#judge")
    assert page.inner_text("#judge") == WORDS["unjudge"].en
    assert page.locator(".doubt:visible").count() == total - 2
    page.click("#on")
    assert page.locator(".doubt:visible").count() == total - 3
    assert visited.troubles == []


def test_a_browser_without_memory_still_judges_and_saves(visited: Visit) -> None:
    visited.page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page = visited.open("plain-en.html")
    page.keyboard.press(" ")
    assert page.inner_text("#progress").startswith("1 of")
    assert saved(page).count(",yes\n") == 1
    assert visited.troubles == []


@pytest.mark.parametrize("name", ["plain", "hostile"])
def test_the_saved_file_is_the_one_that_python_would_write(visited: Visit, name: str) -> None:
    page = visited.open(f"{name}-zh.html")
    page.keyboard.press(" ")
    settled = int(page.get_attribute(".doubt.now", "data-n"))
    doubts = {"plain": draft, "hostile": hostile_draft}[name]().doubts
    rows = [[d.table, d.row, d.column, d.value, d.why, "yes" if n == settled else ""] for n, d in enumerate(doubts)]
    text = saved(page)
    assert text == csv_text(COLUMNS, rows, safe=True)
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    assert page.inner_text("#said") == WORDS["saved"].zh


def test_filters_keep_what_fits(visited: Visit) -> None:
    page = visited.open("plain-en.html")
    page.select_option("#by-table", "units")
    assert page.locator("#by-column option").all_inner_texts()[1:] == ["Function"]
    assert page.locator(".doubt:visible").count() == 8
    assert page.inner_text("#shown") == "8 shown"
    page.select_option("#by-table", "")
    page.fill("#word", "QUOTED readings")
    assert page.locator(".doubt:visible").count() == 1
    page.locator(".doubt:visible .pick").click()
    assert 'two, "quoted" readings' in page.inner_text("#panel")


def test_a_click_shows_the_rows_of_a_block_a_doubt_and_a_list(visited: Visit) -> None:
    page = visited.open("plain-en.html")
    page.locator(".block.r-measure").nth(2).click()
    own = page.inner_text("#panel .ids code")
    assert ".m" in own
    page.locator(".block.r-unclaimed").first.click()
    assert page.inner_text("#panel") == WORDS["unclaimed"].en
    page.click("#lists button[data-table=indicators]")
    page.locator("#panel .members .link").first.click()
    assert page.get_attribute("#lists [aria-pressed=true]", "data-table") == "indicators"
    page.locator("#panel .members .link").first.click()
    assert page.locator(".block.now").count() == 1
    card = page.locator(".card", has=page.locator(".tag")).first
    card.hover()
    assert page.locator(".block.now mark.lit").count() > 0
    assert visited.troubles == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_of_a_hostile_draft_is_read_as_code(visited: Visit, lang: str) -> None:
    page = visited.open(f"hostile-{lang}.html")
    for n in range(page.locator(".doubt").count()):
        page.evaluate("n => document.querySelectorAll('.pick')[n].click()", n)
        if n % 20 == 0:
            assert page.evaluate(BECOME) == []
    for table in ("units", "indicators", "domains"):
        page.click(f"#lists button[data-table={table}]")
        page.locator("#panel .link").first.click()
        assert page.evaluate(BECOME) == []
    assert page.evaluate("window.hit") is None
    assert page.locator(".doubt").count() == len(hostile_draft().doubts)
    assert visited.troubles == []


def test_what_gets_into_the_page_all_the_same_does_not_run(visited: Visit) -> None:
    page = visited.open("plain-en.html")
    page.evaluate("""() => {
        document.body.append(Object.assign(document.createElement("script"), {textContent: "window.hit=1"}))
        document.body.insertAdjacentHTML("beforeend", "<a id=run href='javascript:window.hit=1'>run</a>")
        document.getElementById("run").click()
    }""")
    assert page.evaluate("window.hit") is None


@pytest.mark.parametrize("lang", LANGS)
def test_on_a_phone_the_panes_are_tabs(visited: Visit, lang: str) -> None:
    visited.page.set_viewport_size({"width": 390, "height": 844})
    page = visited.open(f"plain-{lang}.html")
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0
    assert [page.is_visible(f"#{pane}") for pane in ("doubts", "text", "rows")] == [True, False, False]
    page.locator(".pick").nth(3).click()
    assert [page.is_visible(f"#{pane}") for pane in ("doubts", "text", "rows")] == [False, False, True]
    assert page.is_visible("#panel blockquote")
    assert page.evaluate(wider) == 0
    page.focus("#tab-rows")
    page.keyboard.press("ArrowLeft")
    assert page.is_visible("#text")
    assert page.evaluate(wider) == 0


def test_without_the_script_text_and_doubts_are_read(chromium: Any, pages: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((pages / "plain-en.html").as_uri())
    assert page.locator(".doubt:visible").count() == len(draft().doubts)
    assert page.locator(".block.r-goal:visible").count() > 20
    assert page.is_visible(".no-script")
    assert not page.is_visible("#save")
    context.close()


def test_print_lists_the_doubts_and_then_the_text(visited: Visit) -> None:
    page = visited.open("plain-en.html")
    page.emulate_media(media="print")
    assert not page.is_visible("#rows")
    last, first = (page.locator(name).bounding_box() for name in (".doubt >> nth=-1", "#text-list"))
    assert last["y"] + last["height"] <= first["y"]


def test_the_largest_draft_answers_at_once(visited: Visit) -> None:
    """A tenth of a second is what a reader feels as at once; five times that holds on a busy machine too."""
    page = visited.open("large-en.html")
    for key in ("j", "n", " ", "j", "k"):
        started = time.perf_counter()
        page.keyboard.press(key)
        page.evaluate("new Promise(requestAnimationFrame)")
        assert time.perf_counter() - started < 2.5, key
    started = time.perf_counter()
    page.fill("#word", "(2999)")
    assert page.inner_text("#shown") == "1 shown"
    assert time.perf_counter() - started < 2.5


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_problem_of_accessibility(chromium: Any, pages: Path, axe: str, lang: str, scheme: str, width: int) -> None:
    # The policy of the page would not let the checker in.
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto((pages / f"plain-{lang}.html").as_uri())
    page.keyboard.press(" ")
    page.locator(".pick").nth(20).click()
    page.evaluate(axe)
    found = page.evaluate(FAULTS, WCAG)
    context.close()
    assert found == []

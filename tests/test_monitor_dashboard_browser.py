"""The page of a place in a real browser, as a file: filters, the address that keeps them, keys, widths, print."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from simulated import PLACE
from site_pages import Visit
from test_hostile import BECOME
from test_monitor_dashboard import YEAR, hostile_page, written
from test_review_browser import FAULTS, WCAG

from plandata.api import open_package
from plandata.assess import Assessment, assess
from plandata.monitor.dashboard import place_page, small_in
from plandata.text import Text

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]

LANGS = ("en", "zh")
NAME = Text("Weining Yi, Hui and Miao Autonomous County", "威宁彝族回族苗族自治县")
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Goes to another address in the page, as somebody does who pastes one, and waits until the page has read it.
GO = """hash => new Promise(done => {
    addEventListener("hashchange", done, {once: true})
    location.hash = hash
})"""
# What is cut off or broken: what is wider than its box, a figure over two lines.
CUT = """() => [...document.querySelectorAll("main *, header *")].filter(element => {
    const own = element.clientWidth && !element.closest(".hidden, select, svg, thead")
    const wide = element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline"
    return own && (wide || (element.matches(".whole") && element.getClientRects().length > 1))
}).map(element => element.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="session")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("dashboard"))


@pytest.fixture(scope="session")
def done(observed: Path) -> Assessment:
    return assess(open_package(), observed, YEAR, places=(PLACE,))


@pytest.fixture(scope="session")
def folder(observed: Path, done: Assessment) -> Path:
    """A folder with the page of the place as it is and as it is published, and that of one plan, in each language."""
    small = small_in(done.judgements)
    one = assess(open_package(), observed, YEAR, plans=(done.judgements[0].target.plan_id,))
    for lang in LANGS:
        for name, publish in (("plain", False), ("published", True)):
            html = place_page(done, NAME, lang, publish, *([small] if publish else []))
            (observed.parent / f"{name}-{lang}.html").write_text(html, encoding="utf-8")
        (observed.parent / f"plan-{lang}.html").write_text(place_page(one, NAME, lang), encoding="utf-8")
    return observed.parent


@pytest.fixture
def visited(chromium: Any, folder: Path) -> Iterator[Visit]:
    """A fresh window, to which nothing but the files of the pages is its own."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield Visit(context.new_page(), f"{folder.as_uri()}/")
    context.close()


def shown(page: Any) -> list[str]:
    """The ids of the targets that are shown, in their order."""
    return list(page.evaluate("[...document.querySelectorAll('.target:not([hidden])')].map(row => row.id)"))


def expected(done: Assessment, *tests: Any) -> list[str]:
    return [j.target.target_id for j in done.judgements if all(test(j) for test in tests)]


def state(code: str) -> str:
    return f".states [data-status={code}]"


@pytest.mark.parametrize("lang", LANGS)
def test_filters_combine_and_are_counted(visited: Visit, done: Assessment, lang: str) -> None:
    page = visited.open(f"plain-{lang}.html")
    assert shown(page) == expected(done)
    page.click(state("off_track"))
    page.click(state("regressed"))
    late = ("off_track", "regressed")
    assert shown(page) == expected(done, lambda j: j.status in late)
    assert page.get_attribute(state("off_track"), "aria-pressed") == "true"
    plan = done.judgements[-1].target.plan_id
    page.select_option("#plan", plan)
    of_plan = expected(done, lambda j: j.status in late, lambda j: j.target.plan_id == plan)
    assert shown(page) == of_plan
    hits = {"zh": f"显示 {len(of_plan)} 项，共 226 项", "en": f"{len(of_plan)} of 226 targets"}
    assert page.inner_text("#hits") == hits[lang]
    met = expected(done, lambda j: j.status == "met_early", lambda j: j.target.plan_id == plan)
    assert page.inner_text(f"{state('met_early')} b") == str(len(met))
    page.check("#warned")
    assert shown(page) == expected(done, lambda j: j.status in late and j.target.plan_id == plan and j.warnings)
    page.click("#clear")
    assert shown(page) == expected(done)
    assert page.evaluate("document.activeElement.id") == "word"
    assert visited.troubles == []


def test_body_domain_and_words_find_their_targets(visited: Visit, done: Assessment) -> None:
    page = visited.open("plain-zh.html")
    body = next(j.target.leads[0] for j in done.judgements if j.target.leads)
    page.select_option("#body", body)
    assert shown(page) == expected(done, lambda j: body in j.target.leads)
    page.select_option("#body", "-")
    assert shown(page) == expected(done, lambda j: not j.target.leads)
    page.select_option("#body", "")
    page.fill("#word", "死亡率")
    found = shown(page)
    assert set(expected(done, lambda j: "死亡率" in j.target.name.zh)) <= set(found)
    assert 0 < len(found) < 226
    page.fill("#word", "死亡率 孕产妇")
    assert 0 < len(shown(page)) < len(found)
    page.fill("#word", "没有这样的文字")
    assert shown(page) == []
    assert page.is_visible("#none")
    assert page.inner_text("#hits") == "显示 0 项，共 226 项"
    assert visited.troubles == []


def test_a_cell_of_the_table_chooses_domain_and_status(visited: Visit, done: Assessment) -> None:
    page = visited.open("plain-zh.html")
    cell = page.locator(".matrix td button").first
    domain, status = (cell.get_attribute(f"data-{name}") for name in ("domain", "status"))
    times = int(cell.locator("b").inner_text())
    cell.click()
    assert shown(page) == expected(done, lambda j: j.target.domain_id == domain, lambda j: j.status == status)
    assert len(shown(page)) == times
    assert cell.get_attribute("aria-pressed") == "true"
    cell.click()
    assert shown(page) == expected(done)
    page.locator(".matrix th button").nth(2).click()
    assert len({name.rsplit(".", 2)[0] for name in shown(page)}) == 1


def test_the_address_keeps_what_is_chosen(visited: Visit, done: Assessment) -> None:
    page = visited.open("plain-zh.html")
    page.click(state("off_track"))
    page.fill("#word", "率")
    page.select_option("#sort", "gap")
    kept, address = shown(page), page.url
    assert "#" in address
    visited.page.goto("about:blank")
    page.goto(address)
    assert shown(page) == kept
    assert page.input_value("#word") == "率"
    assert page.get_attribute(state("off_track"), "aria-pressed") == "true"
    page.evaluate(GO, "status=met_early,strange&plan=none&body=%22x&other=1")
    assert page.input_value("#word") == ""
    assert shown(page) == expected(done, lambda j: j.status == "met_early")
    page.evaluate(GO, "%E0%A4%A")
    assert shown(page) == expected(done)
    assert visited.troubles == []


def test_an_address_that_names_a_target_hides_none(visited: Visit, done: Assessment) -> None:
    page = visited.open(f"plain-zh.html#{done.judgements[40].target.target_id}")
    assert shown(page) == expected(done)
    assert page.evaluate("scrollY") > 1000


def test_the_largest_gap_stands_first(visited: Visit, done: Assessment) -> None:
    page = visited.open("plain-en.html")
    page.select_option("#sort", "gap")
    ordered = shown(page)
    assert sorted(ordered) == sorted(expected(done))
    shares = [float(share) for share in page.evaluate(
        "[...document.querySelectorAll('.target')].map(row => row.dataset.gap === '' ? -1 : row.dataset.gap)"
    )]  # fmt: skip
    assert shares == sorted(shares, reverse=True)
    page.select_option("#sort", "")
    assert shown(page) == expected(done)


def test_the_keyboard_reaches_everything(visited: Visit) -> None:
    page = visited.open("plain-zh.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "list"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "word"
    page.keyboard.type("率")
    page.focus(state("met_early"))
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Space")
    assert page.get_attribute(state("met_early"), "aria-pressed") == "true"
    assert outline == "solid"
    page.focus("summary")
    page.keyboard.press("Enter")
    assert page.is_visible("#method dl")
    assert visited.troubles == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("width", "name"), [(360, "plain"), (360, "published"), (700, "plain"), (1280, "plain")])
def test_nothing_is_cut_at_any_width(visited: Visit, name: str, lang: str, width: int) -> None:
    visited.page.set_viewport_size({"width": width, "height": 800})
    page = visited.open(f"{name}-{lang}.html")
    assert page.evaluate(WIDER) == 0
    page.evaluate("document.querySelectorAll('.target').forEach(row => row.style.contentVisibility = 'visible')")
    assert page.evaluate(CUT) == []
    assert page.evaluate(WIDER) == 0
    assert visited.troubles == []


def test_without_the_script_all_targets_are_read(chromium: Any, folder: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "plain-zh.html").as_uri())
    assert page.locator(".target:visible").count() == 226
    assert page.is_visible(".no-script")
    assert not page.is_visible("#filters")
    assert page.locator("button:enabled:visible").count() == 0
    context.close()


def test_print_shows_what_is_chosen_without_the_filters(visited: Visit) -> None:
    page = visited.open("plain-zh.html")
    page.click(state("not_met"))
    page.emulate_media(media="print")
    assert page.locator(".target:visible").count() == len(shown(page)) > 0
    assert not page.is_visible("#word")
    assert page.inner_text("#chosen") == "未达标"
    page.emulate_media(media="screen")


def test_what_gets_into_the_page_all_the_same_does_not_run(visited: Visit) -> None:
    page = visited.open("plain-en.html")
    page.evaluate("""() => {
        document.body.append(Object.assign(document.createElement("script"), {textContent: "window.hit=1"}))
        document.body.insertAdjacentHTML("beforeend", "<a id=run href='javascript:window.hit=1'>run</a>")
        document.getElementById("run").click()
    }""")
    assert page.evaluate("window.hit") is None


def test_no_text_of_a_hostile_package_is_read_as_code(visited: Visit, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(hostile_page(tmp_path), encoding="utf-8")
    visited.address = f"{tmp_path.as_uri()}/"
    page = visited.open(path.name)
    for name in ("plan", "domain", "body"):
        page.select_option(f"#{name}", index=1)
    page.fill("#word", "<script>")
    page.evaluate(GO, "q=<img src=x onerror=window.hit=1>&status=<b>")
    assert page.evaluate(BECOME) == []
    assert page.evaluate("window.hit") is None
    assert visited.troubles == []


def test_the_page_answers_at_once(visited: Visit) -> None:
    """A tenth of a second is what a reader feels as at once; five times that holds on a busy machine too."""
    page = visited.open("plain-zh.html")
    for act in (lambda: page.fill("#word", "率"), lambda: page.click(state("off_track"))):
        started = time.perf_counter()
        act()
        page.evaluate("new Promise(requestAnimationFrame)")
        assert time.perf_counter() - started < 2.5


@pytest.mark.parametrize(
    ("lang", "scheme", "width"),
    [("zh", "light", 1280), ("en", "dark", 1280), ("zh", "dark", 360), ("en", "light", 360)],
)
def test_no_problem_of_accessibility(chromium: Any, folder: Path, axe: str, lang: str, scheme: str, width: int) -> None:
    # The policy of the page would not let the checker in.
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    # Of one plan: the checker takes its time over every element.
    page.goto((folder / f"plan-{lang}.html").as_uri())
    page.click(state("off_track"))
    page.click("#method summary")
    page.evaluate(axe)
    found = page.evaluate(FAULTS, WCAG)
    context.close()
    assert found == []

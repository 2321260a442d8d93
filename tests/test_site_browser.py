"""The built site in a real browser: scripts, search, explorer, language switch, keyboard, phone, accessibility."""

import csv
import io
import re
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from site_pages import LANGS, ROOT, Visit, data_of, visits

from plandata.files import cell_text
from plandata.package.folder import Folder
from plandata.read.flat import flat
from plandata.site.page import data_script
from plandata.tables import Tables
from plandata.text import fingerprint

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]

# Words of two to four characters as they stand inside longer ones, and English words.
SEARCHES = {
    "zh": ["健康", "产妇", "入园率", "亡率", "留守儿童", "家庭教育", "妇联"],
    "en": ["maternal mortality", "kindergarten", "Women's Federation", "myopia"],
}
FILTERED = "place_id=weining&theme=health&comparator=ge"


@pytest.mark.parametrize("lang", LANGS)
def test_pages_run_without_errors_ask_nobody_else_and_fit_a_phone(visit: Visit, site: Path, lang: str) -> None:
    wider, over = "document.documentElement.scrollWidth - document.documentElement.clientWidth", {}
    for kind, path in visits(site, lang).items():
        page = visit.open(path)
        page.set_viewport_size({"width": 390, "height": 844})
        over[kind] = page.evaluate(wider)
        page.set_viewport_size({"width": 1280, "height": 900})
    assert visit.troubles == []
    assert {kind: pixels for kind, pixels in over.items() if pixels > 0} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_search_finds_words_inside_sentences(visit: Visit, lang: str) -> None:
    for query in SEARCHES[lang]:
        page = visit.open(LANGS[lang])
        page.fill(".md-search__input", query)
        page.press(".md-search__input", "Shift")
        page.wait_for_selector(".md-search-result__item mark")
        marked = {text.lower() for text in page.locator(".md-search-result__item mark").all_inner_texts()}
        # A plural is found by its singular; words that have synonyms together are marked together.
        assert all(any(term.lower().removesuffix("s") in text for text in marked) for term in query.split())
        links = [urlsplit(link.get_attribute("href")).path for link in page.locator(".md-search-result__link").all()]
        assert links
        assert all(link.startswith("/zh/") == (lang == "zh") for link in links)


def test_search_leads_to_the_row(visit: Visit) -> None:
    page = visit.open("zh/")
    page.fill(".md-search__input", "孕产妇死亡率")
    page.press(".md-search__input", "Shift")
    page.wait_for_selector(".md-search-result__item mark")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/compare/maternal-mortality/**")
    assert visit.troubles == []


def test_search_that_finds_nothing_says_so(visit: Visit) -> None:
    page = visit.open("")
    page.fill(".md-search__input", "qqqqxyz")
    page.press(".md-search__input", "Shift")
    page.locator(".md-search-result__meta", has_text="No matching").wait_for()
    assert page.locator(".md-search-result__item").count() == 0


def flat_rows() -> list[dict[str, Any]]:
    """The targets with all that belongs to them, by the library."""
    return flat(Tables.of(Folder(ROOT))).to_dicts()


def wanted() -> list[str]:
    """The targets that the filter of FILTERED must keep, by the library."""
    frame = flat(Tables.of(Folder(ROOT)))
    kept = frame.filter(place_id="weining", theme="health", comparator="ge")
    return sorted(kept["target_id"].to_list())


def csv_rows(page: Any) -> list[dict[str, str]]:
    with page.expect_download() as started:
        page.locator(".pd-bar button").last.click()
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("lang", LANGS)
def test_a_shared_address_gives_the_rows_of_its_filter(visit: Visit, lang: str) -> None:
    rows = csv_rows(visit.open(f"{LANGS[lang]}explore/?{FILTERED}"))
    assert sorted(row["target_id"] for row in rows) == wanted()
    assert str(len(rows)) in visit.page.inner_text(".pd-count")


def choose(page: Any, name: str, value: str) -> None:
    """Opens the list of a filter with the keyboard and takes a value, or gives it back."""
    if page.locator(f".pd-filter[data-filter={name}][open]").count() == 0:
        page.locator(f".pd-filter[data-filter={name}] > summary").press("Enter")
    page.locator(f"input[name={name}][value={value}]").press("Space")


def counts(page: Any, name: str) -> dict[str, int]:
    """How many rows each value of an open filter says it would leave, without those that say none."""
    told = page.locator(f".pd-filter[data-filter={name}] label")
    told.first.wait_for()
    shown = told.evaluate_all("all => all.map(one => [one.querySelector('input').value, one.lastChild.textContent])")
    return {value: int(n) for value, n in shown if n != "0"}


def test_several_values_of_a_filter_widen_it_and_the_others_count_what_they_would_leave(visit: Visit) -> None:
    page = visit.open("explore/?theme=health&theme=education&measurable=yes")
    rows = [row for row in flat_rows() if row["theme"] in ("health", "education")]
    numeric = [row for row in rows if row["value"] is not None]
    assert sorted(row["target_id"] for row in csv_rows(page)) == sorted(row["target_id"] for row in numeric)
    page.locator(".pd-filter[data-filter=place_id] > summary").click()
    assert counts(page, "place_id") == dict(Counter(row["place_id"] for row in numeric))
    page.locator(".pd-filter[data-filter=measurable] > summary").click()
    # What a filter chose itself does not hide its other values.
    assert counts(page, "measurable") == {"yes": len(numeric), "no": len(rows) - len(numeric)}
    assert page.locator(".pd-filter[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".pd-filter[open]").count() == 0
    page.locator(".pd-filter[data-filter=target_groups] > summary").click()
    named = Counter(group for row in numeric for group in (row["target_groups"] or "").split(";") if group)
    assert counts(page, "target_groups") == dict(named)
    box = page.locator(".pd-filter[data-filter=target_groups] fieldset").bounding_box()
    assert box["x"] + box["width"] <= 1280


def test_the_way_back_undoes_a_filter_and_chips_take_it_back(visit: Visit) -> None:
    page = visit.open("explore/?theme=health")
    choose(page, "population", "women")
    assert urlsplit(page.url).query == "population=women&theme=health"
    page.go_back()
    page.wait_for_url("**/explore/?theme=health")
    assert page.locator(".pd-chips button").count() == 1
    assert not page.locator("input[name=population][value=women]").is_checked()
    page.locator(".pd-chips button").click()
    assert urlsplit(page.url).query == ""
    page.go_back()
    page.wait_for_url("**/explore/?theme=health")
    page.get_by_role("button", name="Clear all filters").click()
    assert urlsplit(page.url).query == ""


def test_an_address_with_unknown_or_hostile_values_is_read_without_them(visit: Visit) -> None:
    hostile = "theme=__proto__&theme=%3Cimg%20src=x%3E&constructor=x&sort=__proto__.asc&cols=toString.figure"
    page = visit.open(f"explore/?theme=law&{hostile}&sort=figure.constructor")
    assert page.locator(".pd-chips button").all_inner_texts() == ["Theme: law ×"]
    assert page.locator(".pd-rows thead th").all_inner_texts() == ["Target"]
    assert parse_qs(urlsplit(page.url).query) == {"theme": ["law"], "cols": ["figure"]}
    assert visit.troubles == []


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_targets_sort_by_value_among_those_of_their_unit(visit: Visit, direction: str) -> None:
    page = visit.open(f"explore/?sort=figure.{direction}")
    rows = csv_rows(page)
    kinds = [(row["unit_of_measure"], row["basis"]) if row["value"] else None for row in rows]
    # Each unit and basis stands together, what has no number last, in either direction.
    assert len(list(groupby(kinds))) == len(set(kinds))
    assert kinds[-1] is None
    for kind, own in groupby(rows, key=lambda row: (row["unit_of_measure"], row["basis"]) if row["value"] else None):
        values = [float(row["value"]) for row in own if kind]
        assert values == sorted(values, reverse=direction == "desc")


@pytest.mark.parametrize("lang", LANGS)
def test_no_value_of_the_explorer_is_cut_or_broken_on_a_phone(visit: Visit, site: Path, lang: str) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 780})
    page = visit.open(f"{LANGS[lang]}explore/?measurable=yes")
    rows = data_of(site / "assets/rows/targets.js")
    at = {name: n for n, name in enumerate(rows["columns"])}
    figures = sorted({row[at[f"figure_{lang}"]] for row in rows["rows"] if row[at["value"]]})
    assert len(figures) > 100
    broken = page.locator(".pd-rows .pd-figure").first.evaluate(
        """(shown, figures) => figures.filter(figure => {
            shown.textContent = figure
            const pieces = shown.getClientRects(), card = shown.closest("td").getBoundingClientRect()
            return pieces.length > 1 || pieces[0].left < card.left || pieces[0].right > Math.min(card.right, innerWidth)
        })""",
        figures,
    )
    assert broken == []
    assert page.locator(".pd-rows tbody tr").first.get_attribute("role") == "row"


def test_filters_chosen_by_hand_stand_in_the_address(visit: Visit) -> None:
    page = visit.open("explore/")
    for name, value in (pair.split("=") for pair in FILTERED.split("&")):
        choose(page, name, value)
    assert urlsplit(page.url).query == FILTERED
    again = visit.open(page.url.removeprefix(visit.address))
    assert sorted(row["target_id"] for row in csv_rows(again)) == wanted()


def test_the_csv_of_a_filter_has_the_cells_of_the_flat_table(visit: Visit) -> None:
    rows = {row["target_id"]: row for row in csv_rows(visit.open(f"explore/?{FILTERED}"))}
    frame = flat(Tables.of(Folder(ROOT))).filter(place_id="weining", theme="health", comparator="ge")
    for row in frame.iter_rows(named=True):
        own = rows[row["target_id"]]
        assert own["indicator_zh"] == row["indicator_zh"]
        assert float(own["value"]) == row["value"]
        assert own["note_zh"] == (row["note_zh"] or "")


def test_the_csv_of_the_explorer_runs_in_no_spreadsheet(visit: Visit) -> None:
    texts = ["=1+1", "＝1", " +1", "'=1", '"@a"', "\t1", "1=1", "妇女", ""]
    rows = {"columns": ["target_id", "place_en", "value"], "rows": [[f"t{n}", t, -1] for n, t in enumerate(texts)]}
    script = data_script("pdRows", rows)
    visit.page.route(
        "**/assets/rows/targets.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
    )
    read = sorted(csv_rows(visit.open("explore/")), key=lambda row: row["target_id"])
    assert [row["place_en"] for row in read] == [cell_text(text, safe=True) for text in texts]
    assert {row["value"] for row in read} == {"-1"}


def test_the_explorer_searches_both_languages_and_tells_its_state(visit: Visit) -> None:
    page = visit.open("explore/")
    counts = []
    for query in ("孕产妇死亡率", "maternal mortality ratio"):
        page.fill(".pd-search", query)
        page.wait_for_url(lambda url, query=query: parse_qs(urlsplit(url).query).get("q") == [query])
        counts.append(page.inner_text(".pd-count"))
    assert counts[0] == counts[1]
    assert not counts[0].startswith("0")


def test_columns_can_be_sorted_and_chosen_by_keyboard(visit: Visit) -> None:
    page = visit.open("explore/")
    head = page.locator(".pd-rows thead th", has_text="Indicator")
    head.locator("[tabindex]").or_(head.locator("xpath=self::*[@tabindex]")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=indicator.asc**")
    assert head.get_attribute("aria-sort") == "ascending"
    page.locator(".pd-chooser summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Value", exact=True).check()
    assert "cols=" in page.url
    assert page.locator(".pd-rows thead th", has_text="Value").count() == 1


def test_the_language_switch_keeps_page_and_row(visit: Visit) -> None:
    row = "weining-women-2021.health.g03"
    page = visit.open(f"plans/weining-women-2021/#{row}")
    page.hover(".md-select")
    page.click(".md-select__link[hreflang=zh]")
    page.wait_for_url(f"**/zh/plans/weining-women-2021/#{row}")
    page.hover(".md-select")
    page.click(".md-select__link[hreflang=en]")
    page.wait_for_url(f"{visit.address}plans/weining-women-2021/#{row}")


def test_the_language_switch_keeps_the_view_of_the_explorer(visit: Visit) -> None:
    page = visit.open(f"explore/?{FILTERED}")
    page.hover(".md-select")
    page.click(".md-select__link[hreflang=zh]")
    page.wait_for_url(f"**/zh/explore/?{FILTERED}")


@pytest.mark.parametrize("row", ["weining-women-2021.health.g03", "jiaxing-children-2021.project.m04"])
def test_a_permanent_link_opens_on_its_row(visit: Visit, row: str) -> None:
    page = visit.open(f"plans/{row.split('.')[0]}/#{row}")
    from playwright.sync_api import expect

    target = page.locator(f"[id='{row}']:target")
    expect(target).to_be_in_viewport()
    box = target.bounding_box()
    assert 40 < box["y"] < 500


@pytest.mark.parametrize("lang", LANGS)
def test_a_row_can_be_cited_with_its_link(visit: Visit, lang: str) -> None:
    row = "weining-women-2021.health.g03"
    page = visit.open(f"{LANGS[lang]}plans/weining-women-2021/")
    page.click(f".pd-cite[data-id='{row}']")
    texts = page.locator(".pd-dialog pre").all_inner_texts()
    assert len(texts) == 4
    assert all(f"{visit.address}{LANGS[lang]}id/{row}/" in text for text in texts)
    assert not any("@" in text.replace("@misc", "") for text in texts)
    page.keyboard.press("Escape")
    assert page.locator(".pd-dialog[open]").count() == 0


PASTED = "#pd-pasted"


def answer(page: Any, text: str) -> Any:
    """What the check answers to a pasted text."""
    page.fill(PASTED, text)
    page.wait_for_selector("#pd-answer[aria-busy=false]", state="attached")
    return page.locator("#pd-answer")


@pytest.mark.parametrize("lang", LANGS)
def test_a_pasted_figure_leads_to_the_targets_that_carry_it(visit: Visit, lang: str) -> None:
    told = answer(visit.open(f"{LANGS[lang]}check/"), "１２/10 万")
    linked = {urlsplit(href).fragment for href in told.locator("a").evaluate_all("all => all.map(one => one.href)")}
    carried = {row["target_id"] for row in flat_rows() if re.search(r"(?<![\d.])12/10万", row["value_text"] or "")}
    assert linked == carried
    assert carried
    visit.page.locator("#pd-answer a").first.click()
    visit.page.wait_for_url("**/plans/**")
    visit.page.locator(f"[id='{urlsplit(visit.page.url).fragment}']").wait_for()
    assert visit.troubles == []


def test_a_pasted_text_is_told_and_never_read_as_a_page(visit: Visit) -> None:
    item, hostile = "甲达到95%。<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"
    known = {
        "documents": [{"id": "a-2021", "sha256": fingerprint(hostile), "en": hostile, "zh": hostile, "items": 1}],
        "plans": {"a": {"en": hostile, "zh": hostile}},
        "items": [{"id": "a.m1", "plan": "a", "document": 0, "number": "<b>", "en": hostile, "zh": hostile}
                  | {"sha256": fingerprint(item)}],
        "figures": [["95%", 0, "a.m1.t1", {"en": hostile, "zh": hostile}], ["95%", 0, "", "age"]],
        "reasons": {"age": {"en": hostile, "zh": hostile}}, "names": {"<img": [0]},
    }  # fmt: skip
    script = data_script("pdTexts", known)
    visit.page.route("**/assets/texts.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page = visit.open("documents/weining-2021/")
    told = answer(page, f"2. {item}\n<b>又一句</b>95%")
    assert [one.split("#")[1] for one in told.locator("a").evaluate_all("all => all.map(one => one.href)")] == [
        "a.m1", "a.m1.t1", "a.m1", "a.m1",
    ]  # fmt: skip
    assert page.locator("#pd-check [role=status]").inner_text().startswith("As a whole it is none")
    assert answer(page, hostile).locator("strong").inner_text().startswith("This is a text that was coded, but")
    assert told.locator("img, b").count() == 0
    assert answer(page, " \n\u3000").inner_text() == ""
    assert visit.troubles == []


def test_the_check_works_on_a_page_that_is_opened_as_a_file(chromium: Any, site: Path) -> None:
    page = chromium.new_page()
    page.goto((site / "check/index.html").as_uri())
    told = answer(page, "12/10万")
    links = told.locator("a").evaluate_all("all => all.map(one => one.href)")
    assert links
    assert all(Path(unquote(urlsplit(link).path)).is_file() for link in links)
    page.close()


def test_the_explorer_works_on_a_page_that_is_opened_as_a_file(chromium: Any, site: Path) -> None:
    page = chromium.new_page()
    page.goto(f"{(site / 'explore/index.html').as_uri()}?theme=health&measurable=yes")
    page.wait_for_selector(".pd-rows tbody tr")
    links = page.locator(".pd-rows tbody a").evaluate_all("all => all.map(one => one.href)")
    assert links
    assert all(Path(unquote(urlsplit(link).path)).is_file() for link in links)
    assert page.inner_text(".pd-count").startswith(
        str(sum(row["theme"] == "health" and row["value"] is not None for row in flat_rows()))
    )
    page.close()


def test_an_explorer_whose_rows_are_not_loaded_says_so(visit: Visit) -> None:
    visit.page.route("**/assets/rows/targets.js", lambda route: route.abort())
    visit.page.goto(f"{visit.address}explore/")
    visit.page.locator("[role=alert]", has_text="could not be loaded").wait_for()


def scheme(page: Any) -> str | None:
    return page.get_attribute("body", "data-md-color-scheme")


def test_light_and_dark_follow_the_system_until_they_are_chosen_and_are_kept(visit: Visit) -> None:
    page = visit.page
    page.emulate_media(color_scheme="dark")
    visit.open("compare/")
    assert scheme(page) == "slate"
    page.click("label[for=__palette_1]:visible")
    assert scheme(page) == "default"
    visit.open("zh/id/weining-women-2021.health.g03/")
    assert scheme(page) == "default"
    visit.open("indicators/")
    page.click("label[for=__palette_2]:visible")
    assert scheme(page) == "slate"
    page.click("label[for=__palette_0]:visible")
    page.emulate_media(color_scheme="light")
    page.wait_for_selector("body[data-md-color-scheme=default]")
    assert page.locator(".md-header__option label:visible").count() == 1


@pytest.mark.parametrize("width", [1280, 1700, 2100])
def test_the_contents_follow_the_reader_and_a_button_leads_back_up(visit: Visit, width: int) -> None:
    """The theme's letters grow with the window, and with them the place of a heading that is led to."""
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.open("codebook/")
    link = page.locator(".md-sidebar--secondary .md-nav__link").nth(5)
    link.click()
    page.locator(".md-sidebar--secondary .md-nav__link--active", has_text=link.inner_text().strip()).wait_for()
    page.wait_for_timeout(300)
    assert page.locator(".md-sidebar--secondary .md-nav__link--active").all_inner_texts() == [link.inner_text()]
    assert page.locator(".md-top:not([hidden])").count() == 0
    page.mouse.wheel(0, -60)
    page.click(".md-top:not([hidden])")
    page.wait_for_function("scrollY === 0")


def test_code_can_be_copied_and_tabs_are_chosen(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("download/")
    tabs = page.locator(".tabbed-labels label")
    tabs.nth(1).click()
    code = page.locator(".tabbed-block pre").nth(1)
    code.locator(".pd-copy").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.length)")
    assert page.evaluate("navigator.clipboard.readText()") == code.locator("code").text_content()
    line = page.evaluate("document.querySelector('.tabbed-labels').style.getPropertyValue('--md-indicator-x')")
    assert float(line.removesuffix("px")) > 0


# The criteria of WCAG 2.0 to 2.2, levels A and AA.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async wanted => (await axe.run(document, {runOnly: wanted, resultTypes: ["violations"]})).violations
    .filter(found => ["serious", "critical"].includes(found.impact))
    .map(found => `${found.id}: ${found.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")}`)"""


@pytest.mark.parametrize("lang", LANGS)
def test_no_serious_problem_of_accessibility(chromium: Any, site: Path, address: str, axe: str, lang: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    visit, found = Visit(context.new_page(), address), {}
    for kind, path in visits(site, lang).items():
        visit.page.emulate_media(color_scheme="light")
        page = visit.open(path)
        page.evaluate(axe)
        found[kind] = page.evaluate(RUN, WCAG)
        page.emulate_media(color_scheme="dark")
        page.wait_for_selector("body[data-md-color-scheme=slate]")
        # The scheme changes nothing but colours.
        found[f"{kind}, dark"] = page.evaluate(RUN, ["color-contrast"])
    context.close()
    assert {kind: problems for kind, problems in found.items() if problems} == {}

"""Six questions of readers, answered on the site in at most three clicks from the home page, in both languages.

PLANDATA_SHOTS names a folder for pictures of the answers on a desktop and on a phone.
"""

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from site_pages import LANGS, ROOT, Visit

from plandata.package.folder import Folder
from plandata.site.edition import Edition

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]
MOST = 3
SIZES = {"desktop": (1280, 900), "phone": (360, 740)}


class Reader:
    """Somebody at the home page, whose clicks are counted."""

    def __init__(self, visit: Visit, lang: str) -> None:
        self.visit, self.lang, self.clicks = visit, lang, 0
        self.page = visit.open(LANGS[lang])

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def search(self, words: str) -> None:
        """Types into the search of the home page and opens the first hit."""
        self.click(".pd-find")
        # The page listens to keys, which an input method presses too.
        self.page.keyboard.insert_text(words)
        self.page.keyboard.press("Shift")
        self.page.wait_for_selector(".md-search-result__item")
        self.click(".md-search-result__link")
        self.page.wait_for_load_state()


def strictest(reader: Reader, edition: Edition) -> None:
    indicator = edition.indicators["maternal-mortality"]
    reader.search(edition.say(reader.lang).of(indicator))
    first = edition.comparisons["maternal-mortality"][0]
    row = reader.page.locator("table.pd-stacked tbody tr").first.inner_text()
    assert edition.say(reader.lang).figure(first) in row


def leads(reader: Reader, edition: Edition) -> None:
    unit = edition.units["liaocheng.health-commission"]
    led = [row for row in edition.assignments if row["unit_id"] == unit["unit_id"] and row["role"] == "lead"]
    reader.search({"en": "Liaocheng health commission", "zh": "聊城卫健委"}[reader.lang])
    row = f'[id="{unit["unit_id"]}"]'
    reader.click(f"{row} summary")
    told = reader.page.locator(row).inner_text()
    assert all(edition.say(reader.lang).of(edition.items[duty["item_id"]], "label") in told for duty in led)


def unmeasurable(reader: Reader, edition: Edition) -> None:
    reader.click('a[href$="explore/?measurable=no"]')
    reader.page.wait_for_selector(".pd-rows tbody tr")
    count = sum(not row["value"] for row in edition.targets)
    assert str(count) in reader.page.locator(".pd-count").inner_text().replace(",", "")


def stands_in(reader: Reader, edition: Edition) -> None:
    target = next(row for row in edition.targets if row["target_id"] == "weining-women-2021.health.g03.t1")
    reader.click('article a[href$="check/"]')
    reader.page.wait_for_load_state()
    reader.page.locator("article textarea").fill(target["value_text"])
    reader.page.wait_for_selector(f'article a[href*="{target["target_id"]}"]')


def workbook(reader: Reader, edition: Edition) -> None:
    with reader.page.expect_download() as download:
        reader.click('article a[href$=".xlsx"]')
    book = load_workbook(BytesIO(download.value.path().read_bytes()), read_only=True)
    assert book.worksheets[1].max_row > len(edition.targets)


def cited(reader: Reader, edition: Edition) -> None:
    reader.click(".pd-whole .pd-share")
    reader.page.wait_for_selector(".pd-rows tbody tr")
    reader.click(".pd-rows tbody td:last-child a")
    reader.page.wait_for_load_state()
    reader.click(".pd-targets .pd-cite")
    assert edition.about["version"] in reader.page.locator("dialog.pd-dialog").inner_text()


QUESTIONS: list[Callable[[Reader, Edition], None]] = [strictest, leads, unmeasurable, stands_in, workbook, cited]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Edition(Folder(ROOT))


@pytest.fixture(params=SIZES)
def sized(request: pytest.FixtureRequest, chromium: Any, address: str) -> Iterator[tuple[str, Visit]]:
    """A window of a size, by the name of the size."""
    width, height = SIZES[request.param]
    context = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    yield request.param, Visit(context.new_page(), address)
    context.close()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.__name__)
def test_a_question_is_answered_in_three_clicks(
    asked: Callable[[Reader, Edition], None], lang: str, sized: tuple[str, Visit], edition: Edition
) -> None:
    size, visit = sized
    reader = Reader(visit, lang)
    asked(reader, edition)
    assert reader.clicks <= MOST
    assert visit.troubles == []
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if folder := os.environ.get("PLANDATA_SHOTS"):
        reader.page.wait_for_timeout(300)
        reader.page.screenshot(path=Path(folder, f"{asked.__name__}-{lang}-{size}.png"))

"""The pages of instruments, named groups, citations and duties say what the tables hold."""

import re
from collections import Counter
from html import unescape

import pytest
from site_pages import ROOT

from plandata.package.folder import Folder
from plandata.read.policy import CLASSES, plans_with
from plandata.site.edition import Edition
from plandata.site.page import with_kept
from plandata.site.pages import policy
from plandata.text import LANGS

pytestmark = pytest.mark.slow

CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
TAG = re.compile("<[^>]+>")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Edition(Folder(ROOT))


# The tables of figures are folded, the meanings of terms hidden.
UNSEEN = re.compile(r'<figure\b.*?</figure>|<span class="pd-meaning".*?</span>', re.DOTALL)


def shown(edition: Edition, name: str, lang: str) -> str:
    (page,) = getattr(policy, name).pages(edition, lang)
    return unescape(UNSEEN.sub("", with_kept(page.body)))


def lines(html: str) -> list[list[str]]:
    """The cells of each row of the tables of a page, as a reader sees them."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    return [[unescape(TAG.sub(" ", cell)).split("\n")[0].strip() for cell in CELL.findall(row)] for row in rows]


@pytest.mark.parametrize("lang", LANGS)
def test_every_instrument_stands_with_its_count_and_two_examples_of_different_places(
    edition: Edition, lang: str
) -> None:
    html = shown(edition, "instruments", lang)
    counted = Counter(row["instrument"] for row in edition.tables.rows("instruments"))
    for code, n in counted.items():
        row = re.search(rf'<tr id="{code}">.*?</tr>', html, re.DOTALL)
        assert row
        assert CELL.findall(row[0])[1] == str(n)
        linked = re.findall(r'href="[^"]*#([^"]+)"', row[0])
        assert len({edition.items[item]["place_id"] for item in linked}) == len(linked) == 2
        assert all(any(own["instrument"] == code for own in edition.instruments_of[item]) for item in linked)


def test_classes_stand_with_the_share_of_each_place(edition: Edition) -> None:
    html = shown(edition, "instruments", "en")
    for name in CLASSES:
        cells = policy.shares(edition, "place_id", name)
        part = html[html.index(f"#{name}") :]
        for code in edition.schemas.codes[name].values():
            row = next(row for row in lines(part) if row and row[0] == code.label.en)
            assert row[1:] == [f"{100 * cells[code.code, place]:.0f} %" for place in edition.places]


def test_a_group_without_targets_is_only_named(edition: Edition) -> None:
    rows = {row[0].split("  ")[0]: row for row in lines(shown(edition, "groups", "en")) if len(row) > 6}
    assert rows["women entrepreneurs"][4] == "only named"
    assert int(rows["pupils"][4]) > 0


@pytest.mark.parametrize("kind", ["midterm_evaluation", "early_warning", "final_evaluation"])
def test_duties_say_how_many_plans_prescribe_each(edition: Edition, kind: str) -> None:
    label = edition.say("en").label("duty_kind", kind)
    row = next(row for row in lines(shown(edition, "duties", "en")) if row and row[0] == label)
    having = plans_with(edition.tables, kind)
    assert row[-1] == f"{len(having)} / {len(edition.plans)}"
    assert [bool(cell) for cell in row[1:-1]] == [plan in having for plan in edition.plans]


@pytest.mark.parametrize("lang", LANGS)
def test_every_cited_document_and_every_duty_stands_once_with_its_place(edition: Edition, lang: str) -> None:
    cited = shown(edition, "citations", lang)
    titles = {row["title_en"] for row in edition.tables.rows("citations")}
    assert len(re.findall(r'<tr><th scope="row">', cited)) == len(titles)
    owed = shown(edition, "duties", lang)
    assert all(owed.count(f'#{row["duty_id"]}"') == 1 for row in edition.duties)


def test_an_item_shows_what_it_does_names_cites_and_owes(edition: Edition) -> None:
    from plandata.site.pages.places import plan

    html = with_kept(next(p for p in plan.pages(edition, "en") if p.path == "plans/weining-women-2021").body)
    section = html[html.index('id="weining-women-2021.monitoring.m01"') :].partition("</section>")[0]
    assert "survey and assess" in section
    assert 'id="weining-women-2021.monitoring.m01.d4"' in section
    assert "Statistics departments at all levels" in section
    law = html[html.index('id="weining-women-2021.law.m04"') :].partition("</section>")[0]
    assert "Anti-Domestic Violence Law" in law
    served = html[html.index('id="weining-women-2021.health.m08"') :].partition("</section>")[0]
    assert 'href="#weining-women-2021.health.g06"' in served

"""The pages of documents, and the check of a pasted text: its normal form and fingerprint are those of Python."""

import gzip
import hashlib
import os
import unicodedata
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from site_pages import ROOT

from plandata.package.folder import Folder
from plandata.site.edition import Edition
from plandata.site.page import Page, with_kept
from plandata.site.pages import documents, places, quality
from plandata.site.pages.documents import index, script
from plandata.text import LANGS, fingerprint, normalise
from plandata.texts.published import found, sources_in
from plandata.texts.verify import read_record

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]

# What Python's and the browser's editions of Unicode both know, in lots that are compared by one fingerprint each.
KNOWN = [point for point in range(0x110000) if unicodedata.category(chr(point)) not in ("Cn", "Co", "Cs")]
LOT = 1000
# Forms that collapse, marks that combine, what cannot be seen, astral characters, halves of them.
ODD = (
    "（１）％‰／：；Ａｂ①⑳㎡ﬁｶﾞ가각é\u0301\u0323\u3000\xa0\u2028\x85\x1c\r\n\t\u200b\u200d\ufeff\u00ad\u202e"
    "𠮷😀🏽\U000e0001\ud800\udc00\ufffd"
)
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cn", "Co"])), max_size=150)


@pytest.fixture(scope="module")
def scripts(chromium: Any) -> Iterator[Any]:
    """An empty page with the scripts of the check."""
    page = chromium.new_page()
    for name in ("text.js", "check.js"):
        page.add_script_tag(path=ROOT / "docs/assets" / name)
    yield page
    page.close()


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Edition(Folder(ROOT))


def as_in_a_file(text: str) -> str:
    """A text whose halves of characters are what a browser and a file have instead: U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def units(text: str) -> list[int]:
    """A text as the numbers that JavaScript has it in, which no transport mends."""
    data = text.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]


def test_every_character_has_the_normal_form_of_python(scripts: Any) -> None:
    lots = [KNOWN[at : at + LOT] for at in range(0, len(KNOWN), LOT)]
    told = scripts.evaluate(
        """lots => lots.map(lot => lot.map(point => pdText.normalise(String.fromCodePoint(point))).join("|"))
        .map(pdText.fingerprint)""",
        lots,
    )
    own = [fingerprint("|".join(normalise(chr(point)) for point in lot)) for lot in lots]
    assert [hex(lot[0]) for lot, a, b in zip(lots, told, own, strict=True) if a != b] == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(TEXTS, min_size=1, max_size=20))
def test_any_text_has_the_fingerprint_of_python(scripts: Any, texts: list[str]) -> None:
    told = scripts.evaluate(
        "texts => texts.map(units => pdText.fingerprint(String.fromCharCode(...units)))",
        [units(text) for text in texts],
    )
    assert told == [fingerprint(as_in_a_file(text)) for text in texts]


def test_a_hash_may_be_fed_in_parts_and_read_on_the_way(scripts: Any) -> None:
    told = scripts.evaluate(
        """sizes => {
            const hash = pdText.hashing()
            const { feed, digest, hex } = pdText
            return sizes.map((size, n) => (feed(hash, new Uint8Array(size).fill(n)), hex(digest(hash))))
        }""",
        sizes := [0, 1, 54, 1, 7, 1, 63, 64, 65, 0, 127, 128, 200, 3],
    )
    fed = [b"".join(bytes([n]) * size for n, size in enumerate(sizes[: last + 1])) for last in range(len(sizes))]
    assert told == [hashlib.sha256(data).hexdigest() for data in fed]


def texts_of(edition: Edition) -> dict[str, str]:
    """The texts of the documents, by id, as they are in their files."""
    folder = os.environ.get("PLANDATA_SOURCES")
    if not folder:
        pytest.skip("PLANDATA_SOURCES names no folder with the texts")
    shas = {key: row["sha256"] for key, row in edition.documents.items()}
    sources = found(sources_in(Path(folder))[0], shas, {})
    return {key: source.path.read_text(encoding="utf-8") for key, source in sources.items()}


def whole_items(scripts: Any, texts: list[str], data: Any) -> list[list[str]]:
    """The ids of the items that the check finds whole in each text."""
    told = scripts.evaluate(
        """async ([texts, data]) => {
            const known = pdCheck.byFingerprint(data)
            const found = texts.map(text => pdCheck.wholeItems(pdCheck.pieces(text), known))
            return (await Promise.all(found)).map(own => own.flatMap(({ items }) => items))
        }""",
        [texts, data],
    )
    return [[data["items"][place]["id"] for place in places] for places in told]


def test_the_texts_have_the_fingerprints_of_their_documents(scripts: Any, edition: Edition) -> None:
    texts = texts_of(edition)
    assert texts.keys() == edition.documents.keys()
    told = scripts.evaluate("texts => texts.map(pdText.fingerprint)", list(texts.values()))
    assert told == [edition.documents[key]["sha256"] for key in texts]


def test_nearly_every_item_is_found_in_the_text_of_its_document(scripts: Any, edition: Edition) -> None:
    texts, data = texts_of(edition), index(edition)
    fingerprints = {"items": [{"sha256": item["sha256"], "id": item["id"]} for item in data["items"]]}
    for document, ids in zip(texts, whole_items(scripts, list(texts.values()), fingerprints), strict=True):
        own = {key for key, item in edition.items.items() if edition.plans[item["plan_id"]]["document_id"] == document}
        # Left are lines of tables whose cells were merged, and objectives that headings part.
        assert len(own & set(ids)) > 0.94 * len(own), document


def made_up(*texts: str) -> dict[str, Any]:
    """What the check knows of items with made-up wordings."""
    return {"items": [{"id": f"i{n}", "sha256": fingerprint(text)} for n, text in enumerate(texts)]}


ONE, TWO, LINE = "甲指标达到95％以上。（责任单位：乙局）", "丙：（1）丁；（2）戊。", "己率（%）|92.5|>95"


@pytest.mark.parametrize(
    ("pasted", "wanted"),
    [
        (ONE, ["i0"]),
        ("1. 甲指标达到\n95%以上。(责任单位:乙局)", ["i0"]),
        ("（三）" + ONE + TWO, ["i0", "i1"]),
        ("前言。\r\n2．" + TWO + "\r\n目标3：" + ONE + "\r\n", ["i1", "i0"]),
        ("①" + ONE + "后记", ["i0"]),
        ("12\t己率（％）\t92.5\t＞95\n", ["i2"]),
        ("己率(%)|92.5|>95", ["i2"]),
        (ONE + ONE, ["i0", "i0"]),
        (ONE[:-1], []),
        ("甲指标达到95％以上", []),
        ("", []),
    ],
)
def test_whole_items_are_found_with_and_without_their_numbers(scripts: Any, pasted: str, wanted: list[str]) -> None:
    assert whole_items(scripts, [pasted], made_up(ONE, TWO, LINE)) == [wanted]


def test_items_are_found_at_the_lines_of_a_long_text_and_inside_its_only_line(scripts: Any) -> None:
    filler = "无关的一句话。" * 500
    texts = [f"{filler}\n1.{ONE}\n{filler}\n{TWO}", f"{filler}1.{ONE}{filler}{TWO}"]
    assert whole_items(scripts, texts, made_up(ONE, TWO)) == [["i0", "i1"], ["i0", "i1"]]


@pytest.mark.parametrize(
    ("pasted", "same", "near"),
    [
        ("12/10万", ["12/10万以下"], []),
        ("12", ["12/10万以下"], []),
        ("率降到12/10万以下,且一半以上的县做到", ["12/10万以下", "一半以上"], []),
        ("率降到112/10万以下,12.5%,到2012/10万", [], []),
        ("≤12/10万", [], ["12/10万以下"]),
        ("≤ 5 per 100", [], ["5%以上"]),
        ("不超过12/10万", [], ["12/10万以下"]),
        ("5%", ["5%以上"], []),
        ("95.5%", ["95.5%"], []),
        ("提高", ["提高"], []),
        ("不断提高各方面的水平,并继续努力把它做好做实做到位", [], []),
    ],
)
def test_a_figure_is_found_where_it_cuts_no_number(scripts: Any, pasted: str, same: list[str], near: list[str]) -> None:
    figures = [[phrase, 0, "", ""] for phrase in ("12/10万以下", "5%以上", "95.5%", "一半以上", "提高")]
    figures[1][2:] = ["t1", {"en": "Rate: ≤ 5 per 100", "zh": ""}]
    told = scripts.evaluate("([text, figures]) => pdCheck.figuresIn(text, figures)", [normalise(pasted), figures])
    assert {name: [own[0] for own in told[name]] for name in told} == {"same": same, "near": near}


def test_a_part_of_an_item_leads_to_the_items_that_share_its_rarest_names(scripts: Any) -> None:
    names = {"县妇联": [0, 1, 2], "宫颈癌筛查": [1], "筛查": [0, 1], "儿童": [3]}
    data = {"items": [{}] * 4, "figures": [["90%", 1, "", ""], ["90%", 2, "", ""]], "names": names}
    told = scripts.evaluate("([text, data]) => pdCheck.likely(text, data)", ["县妇联组织宫颈癌筛查,覆盖90%的人", data])
    assert told[0]["item"] == 1
    assert told[0]["phrases"] == ["县妇联", "宫颈癌筛查", "筛查", "90%"]
    assert 3 not in [own["item"] for own in told]


def test_the_index_has_every_figure_and_is_small(edition: Edition) -> None:
    data, t = index(edition), edition.tables
    targets = [own[2] for own in data["figures"] if own[2]]
    assert targets == [row["target_id"] for row in t.rows("targets")]
    assert len(data["figures"]) - len(targets) == len(t.rows("non_targets"))
    assert {item["id"]: item["sha256"] for item in data["items"]} == {
        key: row["text_sha256"] for key, row in edition.items.items()
    }
    assert sum(document["items"] for document in data["documents"]) == len(data["items"])
    # A name is a name and a figure a figure: no sentence of a text may come into the site with them.
    assert max(map(len, [*data["names"], *(own[0] for own in data["figures"])])) <= 40
    assert len(gzip.compress(script(edition))) < 300_000


def pages(edition: Edition, lang: str) -> dict[str, Page]:
    return {page.path.rpartition("/")[2]: page for page in documents.document.pages(edition, lang)}


def shown(page: Page) -> str:
    return unescape(with_kept(page.body))


@pytest.mark.parametrize("lang", LANGS)
def test_a_document_tells_what_it_is_and_what_hangs_on_it(edition: Edition, lang: str) -> None:
    told = pages(edition, lang)
    assert told.keys() == edition.documents.keys()
    for key, row in edition.documents.items():
        html = shown(told[key])
        cells = (row[f"title_{lang}"], row[f"issuer_{lang}"], row["document_number"], row["issued_on"], row["sha256"])
        assert [cell for cell in cells if cell not in html] == []
        plans = [plan for plan, own in edition.plans.items() if own["document_id"] == key]
        assert [plan for plan in plans if f'plans/{plan}/"' not in html] == []
        odd = [own["anomaly_id"] for own in edition.anomalies if own["document_id"] == key]
        assert [own for own in odd if f"quality/#{own}" not in html] == []
        record = read_record(ROOT)["plans"]
        proven = sum(record[plan]["fingerprints"][1] for plan in plans)
        assert f'<td class="n">{proven:,}</td>' in html


def test_plans_places_and_the_page_of_quality_lead_to_the_documents(edition: Edition) -> None:
    plans = {page.path: shown(page) for page in places.plan.pages(edition, "zh")}
    towns = {page.path: shown(page) for page in places.place.pages(edition, "zh")}
    (proven,) = (shown(page) for page in quality.quality.pages(edition, "zh"))
    for plan in edition.plans.values():
        link = f'href="../../documents/{plan["document_id"]}/"'
        assert link in plans[f"plans/{plan['plan_id']}"]
        assert link in towns[f"places/{plan['place_id']}"]
        assert link.replace("../../", "../") in proven


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/a?b&c", 'href="https://example.org/a?b&c"'),
        ("javascript:alert(1)", ""),
        (["x"], ""),
        (None, ""),
    ],
)
def test_the_published_page_is_a_link_only_where_it_is_an_address(address: object, link: str) -> None:
    edition = Edition(Folder(ROOT))
    first = next(iter(edition.documents))
    edition.about = {**edition.about, "published": {first: address}}
    html = shown(pages(edition, "en")[first])
    assert link in html
    assert 'href="javascript:' not in html
    assert ("not recorded" in html) == (not isinstance(address, str))

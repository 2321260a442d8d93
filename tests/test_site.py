"""The built site as files: strict build, links and anchors, what every page must show."""

import hashlib
import json
import os
import re
import shutil
from html import unescape
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from conftest import Bench
from damaged import change_descriptor, copy_package
from mkdocs.exceptions import PluginError
from site_pages import LANGS, ROOT, broken, html_of, ids_of, page_file, visits

from plandata.charts.dots import axes, headline
from plandata.files import PackageError
from plandata.package.folder import RECORD, Folder
from plandata.rules import RULES
from plandata.schema import edition as shipped
from plandata.site import hook, jsonld
from plandata.site.edition import CITATION_STYLES, Edition
from plandata.site.page import TEMPLATES, Kind, with_kept
from plandata.site.pages import all_files, all_pages, check_templates, check_written, kinds, kinds_in, reference
from plandata.text import LANGS as LANGUAGES
from plandata.text import Text, paired
from plandata.texts.verify import CHECKS, read_record, tables_hash

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]

LOADED = re.compile(
    r'<(?:script|img|source|iframe)\b[^>]*?\ssrc="([^"]*)"|<link\b[^>]*?rel="(?:stylesheet|icon|preconnect|preload)"[^>]*?href="([^"]*)"'
)


def html_pages(site: Path) -> list[Path]:
    """All pages but that for unknown addresses, whose links depend on where the site will stand, and those of rows,
    which are thousands and have tests of their own.
    """
    return [path for path in sorted(site.rglob("*.html")) if path.name != "404.html" and path.parts[-3] != "id"]


def test_every_internal_link_and_anchor_resolves(site: Path) -> None:
    pages = html_pages(site)
    assert len(pages) > 400
    assert [link for page in pages for link in broken(site, page)] == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = {(page, "".join(found)) for page in html_pages(site) for found in LOADED.findall(html_of(page))}
    assert [(page, link) for page, link in loaded if urlsplit(link).netloc] == []
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", styles) == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_row_has_a_permanent_link(site: Path, lang: str) -> None:
    edition = Edition(Folder(ROOT))
    known = edition.addresses
    tables = ("plans", "domains", "goals", "measures", "targets", "units", "anomalies", "indicators")
    for name in tables:
        key = edition.schemas.tables[name].primary_key[0]
        assert {row[key] for row in edition.tables.rows(name)} <= known.keys()
    missing = [row for row, url in known.items() if row not in ids_of(page_file(site, LANGS[lang] + url))]
    assert missing == []
    assert set(edition.places) <= ids_of(site / LANGS[lang] / "places/index.html")
    assert set(edition.documents) <= ids_of(site / LANGS[lang] / "quality/index.html")


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_column_and_code_has_an_anchor(site: Path, lang: str) -> None:
    root = site / LANGS[lang]
    assert set(RULES) <= ids_of(root / "rules/index.html")
    for table in shipped().tables.values():
        found = ids_of(root / f"dictionary/{table.name}/index.html")
        assert set(table.columns) <= found
        assert {f"{f.codes}.{code}" for f in table.fields if f.codes for code in shipped().codes[f.codes]} <= found


@pytest.mark.parametrize("lang", LANGS)
def test_pages_of_data_describe_a_dataset(site: Path, lang: str) -> None:
    paths = ["", "download/", *(f"dictionary/{name}/" for name in shipped().tables)]
    for path in paths:
        page = site / LANGS[lang] / path / "index.html"
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html_of(page), re.DOTALL)
        described = json.loads(text)
        assert described["@type"] == "Dataset"
        assert described["license"].startswith("https://creativecommons.org/")
        for file in described["distribution"]:
            where = page.relative_to(site).parent.as_posix() + "/"
            content = page_file(site, urljoin(f"http://site/{where}", file["contentUrl"])).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"]


def json_ld(page: Path) -> dict[str, Any]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html_of(page), re.DOTALL)
    described: dict[str, Any] = json.loads(text)
    return described


@pytest.mark.parametrize("lang", LANGS)
def test_pages_of_plans_places_and_indicators_describe_their_part(site: Path, lang: str) -> None:
    edition = Edition(Folder(ROOT))
    say, root = edition.say(lang), site / LANGS[lang]
    for key, plan in edition.plans.items():
        told, place = json_ld(root / f"plans/{key}/index.html"), edition.places[plan["place_id"]]
        assert told["temporalCoverage"] == f"{plan['start_year']}/{plan['end_year']}"
        assert [(p["name"], p["identifier"]["value"]) for p in told["spatialCoverage"]] == [
            (say.of(place), place["gb_code"])
        ]
        own = {row["indicator_id"] for row in edition.targets if row["plan_id"] == key}
        assert len(told["variableMeasured"]) == len(own)
        assert told["isBasedOn"]["name"] == say.of(edition.documents[plan["document_id"]], "title")
    for key, place in edition.places.items():
        told = json_ld(root / f"places/{key}/index.html")
        assert [p["identifier"]["value"] for p in told["spatialCoverage"]] == [place["gb_code"]]
    for key in edition.compared:
        told = json_ld(root / f"compare/{key}/index.html")
        codes = {edition.places[row["place_id"]]["gb_code"] for row in edition.targets_for[key]}
        assert {p["identifier"]["value"] for p in told["spatialCoverage"]} == codes
        assert [v["name"] for v in told["variableMeasured"]] == [say.of(edition.indicators[key])]


@pytest.mark.parametrize("lang", LANGS)
def test_the_whole_dataset_is_described_with_where_when_and_how(site: Path, lang: str) -> None:
    edition = Edition(Folder(ROOT))
    for path in ("", "download/"):
        told = json_ld(site / LANGS[lang] / path / "index.html")
        assert {p["identifier"]["value"] for p in told["spatialCoverage"]} == {
            place["gb_code"] for place in edition.places.values()
        }
        assert told["measurementTechnique"] == paired(edition.about, "method")[lang]
        assert len(told["variableMeasured"]) == len(edition.compared)
        assert "url" not in told
        assert "identifier" not in told


ADDRESSED = {"homepage": "https://example.org/plans", "doi": "10.1234/example"}


@pytest.mark.parametrize(
    ("given", "url"), [(ADDRESSED, "https://example.org/plans/"), ({"homepage": "javascript:x()", "doi": "<b>"}, "")]
)
def test_descriptions_have_addresses_where_the_package_has(tmp_path: Path, given: dict[str, str], url: str) -> None:
    root = copy_package(tmp_path)
    change_descriptor(root, lambda descriptor: descriptor.update(given))
    edition = Edition(Folder(root))
    whole = jsonld.dataset_json(edition, "zh", "download")
    assert (whole.get("url", ""), whole.get("identifier", "")) == (
        url,
        "https://doi.org/10.1234/example" if url else "",
    )
    assert all(file["contentUrl"].startswith(url or "../../downloads/") for file in whole["distribution"])
    key, plan = next(iter(edition.plans.items()))
    for lang, between in (("en", ""), ("zh", "zh/")):
        part = jsonld.plan_json(edition, plan, lang, f"plans/{key}")
        assert part.get("url", "") == (f"{url}{between}plans/{key}/" if url else "")
        assert "identifier" not in part
        assert part["isPartOf"].get("url", "") == url


def test_a_site_without_an_address_has_no_sitemap(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(site.glob("sitemap*")) == []
    assert not any("None" in page for page in re.findall(r'rel="canonical"[^>]*', html_of(site / "index.html")))
    for stated in ("", "https://example.org/plans/"):
        monkeypatch.setattr(hook.Work, "address", stated)
        assert hook.on_post_template("<urlset/>", hook.SITEMAP, None) == ("<urlset/>" if stated else "")


def test_the_number_of_an_indicator_of_the_un_is_linked_without_its_mark(site: Path) -> None:
    edition = Edition(Folder(ROOT))
    marked = [key for key in edition.compared if edition.indicators[key]["sdg_indicator"].startswith("~")]
    assert marked
    for key in marked:
        page = html_of(site / f"compare/{key}/index.html")
        number = edition.indicators[key]["sdg_indicator"].removeprefix("~")
        assert f'?Text={number}">{number}</a> (a close one)' in page


@pytest.mark.parametrize("lang", LANGS)
def test_the_workbook_in_the_language_of_the_page_is_offered_first(site: Path, lang: str) -> None:
    name = Folder(ROOT).descriptor["name"]
    offered = re.findall(r'href="[^"]*downloads/([^"]+\.xlsx)"', html_of(site / LANGS[lang] / "download/index.html"))
    other = next(told for told in LANGUAGES if told != lang)
    assert offered[:2] == [f"{name}-{lang}.xlsx", f"{name}-{other}.xlsx"]
    home = re.findall(r'href="[^"]*downloads/([^"]+)"', html_of(site / LANGS[lang] / "index.html"))
    assert home == [f"{name}-{lang}.xlsx"]


def test_downloads_have_the_hashes_that_are_told(site: Path) -> None:
    lines = (site / "downloads/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = dict(reversed(line.split("  ")) for line in lines)
    assert {Path(path).suffix for path in told} >= {".csv", ".parquet", ".sqlite", ".xlsx", ".zip", ".json"}
    for path, digest in told.items():
        assert hashlib.sha256((site / "downloads" / path).read_bytes()).hexdigest() == digest


def test_every_chart_has_a_title_an_alt_text_and_a_table(site: Path) -> None:
    charts = 0
    for page in html_pages(site):
        drawn = re.findall(
            r'<figcaption>([^<]+)</figcaption>.*?<svg [^>]*role="img" aria-label="([^"]+)"', html_of(page), re.DOTALL
        )
        charts += len(drawn)
        assert [unescape(title) for title, _ in drawn] == [unescape(alt) for _, alt in drawn]
        # The targets of an indicator stand in one table, whatever axes they are drawn on.
        assert html_of(page).count("<table") >= (bool(drawn) if "compare" in page.parts else len(drawn))
    assert charts > 100


@pytest.mark.parametrize("lang", LANGS)
def test_every_shared_indicator_has_a_page(site: Path, lang: str) -> None:
    edition = Edition(Folder(ROOT))
    for indicator in edition.compared:
        page = html_of(site / LANGS[lang] / f"compare/{indicator}/index.html")
        assert all(f"#{row['target_id']}" in page for row in edition.targets_for[indicator])


@pytest.mark.parametrize("lang", LANGS)
def test_the_way_to_cite_is_told_in_each_style(site: Path, lang: str) -> None:
    page = html_of(site / LANGS[lang] / "cite/index.html")
    assert all(style in page for style in CITATION_STYLES.values())


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_page_is_there_in_its_language(site: Path, lang: str) -> None:
    for path in visits(site, lang).values():
        assert f'<html lang="{lang}"' in html_of(site / path / "index.html")


@pytest.mark.parametrize("lang", LANGS)
def test_the_navigation_leads_to_every_page_that_stands_in_it(site: Path, lang: str) -> None:
    page = html_of(site / LANGS[lang] / "index.html")
    for kind in kinds():
        if kind.nav:
            assert f'href="{kind.path.removesuffix("index")}' in page or kind.path == "index"
            assert kind.nav.title[lang] in page


def test_a_package_without_findings_has_nothing_said_of_findings(site: Path) -> None:
    assert "md-banner" not in html_of(site / "index.html")
    assert "findings" not in ids_of(site / "quality/index.html")


# Cells that leave a row without a place, in each of the ways in which they can.
UNPLACED = {
    "places xuyou": {"place_id": "../../../xuyou"},
    "domains weining-women-2021.law": {"position": "second"},
    "goals weining-women-2021.health.g03": {"plan_id": "nothing-women-2021"},
    "indicators talks": {"unit_of_measure": "<b>"},
    "targets weining-women-2021.health.g01.t1": {"goal_id": ""},
    "units weining.members": {"function": "nothing"},
}


def test_pages_are_made_of_a_package_whose_rows_have_lost_their_place(bench: Bench) -> None:
    bench.apply(UNPLACED)
    bench.settle()
    shutil.copy(ROOT / "CITATION.cff", bench.root)
    shutil.copytree(ROOT / "docs", bench.root / "docs", ignore=shutil.ignore_patterns("data"))
    for name in ("CHANGELOG.md", "CONTRIBUTING.md"):
        shutil.copy(ROOT / name, bench.root / name)
    edition = Edition(Folder(bench.root))
    pages = list(all_pages(kinds(), edition))
    assert all(".." not in page.path for page in pages)
    assert all_files(kinds(), edition)
    assert edition.places.keys() == {"weining"}
    assert not edition.items.keys() & {"weining-women-2021.health.g03"}
    # The plan of the lost place goes with it, and all that hangs on the plan.
    assert edition.plans.keys() == {"weining-women-2021"}
    assert edition.unplaced > len(UNPLACED)
    (quality, _) = (with_kept(page.body) for page in pages if page.path == "quality")
    assert "reference_exists" in quality


# One of a thing has no plural.
ONE = re.compile(r"\b1 (persons|hours|times|years|percentage points|person-times)\b")


def test_no_page_says_one_of_many(site: Path) -> None:
    texts = [*html_pages(site), *site.glob("assets/rows/*.js"), *site.glob("search/*.js")]
    assert len(texts) > 400
    assert [(path, ONE.search(html_of(path))) for path in texts if ONE.search(html_of(path))] == []


def page_kind(path: str, template: str) -> Kind:
    return Kind(path, template, Text("", ""), Text("", ""), lambda edition, say: iter(()))


def test_a_page_without_its_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"templates/new\.md\.j2: not found; the page new is made from it"):
        check_templates([page_kind("new", "new.md.j2")], tmp_path)


def test_every_group_of_rules_has_a_heading() -> None:
    assert list(reference.GROUPS) == list(dict.fromkeys(rule.group for rule in RULES.values()))


def test_a_template_without_a_page_is_told(tmp_path: Path) -> None:
    (tmp_path / "new.md.j2").write_text("# New")
    with pytest.raises(PackageError, match=r"templates/new\.md\.j2: no page is made from it; declare one"):
        check_templates([], tmp_path)
    check_templates(kinds(), TEMPLATES)


def test_a_module_without_a_page_is_told() -> None:
    with pytest.raises(PackageError, match=r"pages\.new: declares no page; declare one with"):
        kinds_in(ModuleType("plandata.site.pages.new"))


def test_a_written_page_without_a_place_in_the_navigation_is_told(tmp_path: Path) -> None:
    check_written(ROOT / "docs", kinds())
    (tmp_path / "new.en.md").write_text("# New")
    told = r"docs/new\.en\.md: has no place in the navigation; add it to WRITTEN in site/pages/texts\.py"
    with pytest.raises(PackageError, match=told):
        check_written(tmp_path, kinds())
    config = SimpleNamespace(docs_dir=str(tmp_path), config_file_path=str(ROOT / "mkdocs.yml"))
    with pytest.raises(PluginError, match=told):
        hook.on_config(config)
    hook.on_shutdown()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_and_table_rank_as_the_command_does(site: Path, lang: str) -> None:
    edition, say = Edition(Folder(ROOT)), Edition(Folder(ROOT)).say(lang)
    for indicator in edition.compared:
        rows = edition.comparisons[indicator]
        page = html_of(site / LANGS[lang] / f"compare/{indicator}/index.html")
        links = re.findall(r'href="[^"]*plans/[^"]*#([^"]+)"', page)
        assert links == [row["target_id"] for row in rows]
        drawn = [axis for axis in axes(rows) if len(axis) > 1]
        assert [unescape(title) for title in re.findall("<figcaption>([^<]+)<", page)] == [
            headline(a, say) for a in drawn
        ]


def test_the_committed_figures_prove_the_rows_as_they_are() -> None:
    package, figures = Folder(ROOT), read_record(ROOT)
    hint = f"run plandata fmt --sources FOLDER to write {RECORD} anew"
    fresh = figures["tables_sha256"] == tables_hash(package.descriptor)
    if not fresh and not os.environ.get("PLANDATA_SOURCES"):
        pytest.skip(f"{RECORD} is older than the tables, and PLANDATA_SOURCES names no folder with the texts")
    assert fresh, hint
    assert figures["gaps"] == 0
    assert list(figures["plans"]) == package["plans"]["plan_id"].to_list()
    assert all(held == total for plan in figures["plans"].values() for held, total in (plan[check] for check in CHECKS))

"""Texts that try to be read as code: on every kind of page, in each chart and in each HTML report they stay texts."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hostile import PARTS
from site_pages import LANGS, ROW, Visit, visits

from plandata.assess import assess
from plandata.charts.dots import comparison
from plandata.charts.figure import png_file, svg_file
from plandata.files import FORMULA
from plandata.package.folder import Folder
from plandata.read.compare import compare
from plandata.report import assessment, findings
from plandata.rules import validate
from plandata.text import printable
from plandata.words import Words

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]

DATA = re.compile(r'<script type="application/(?:ld\+)?json"[^>]*>(.*?)</script>', re.DOTALL)
# Pages whose heading is a text of the package.
HEADED = {
    "index", "places/{place[place_id]}", "plans/{plan[plan_id]}", "compare/{indicator[indicator_id]}",
    "dictionary/{table.name}", "responsibility/{function.code}", ROW,
}  # fmt: skip
HEADER = "place_id,indicator_id,scope,year,value,unit_of_measure,source"
SHORT = "<img src=x onerror=window.hit=1>"
# The second fits no target by its scope, and is refused.
OBSERVED = (
    f"weining,maternal-mortality,,{{year}},10,per_100k,{SHORT}",
    f"weining,maternal-mortality,{SHORT},{{year}},10,per_100k,{SHORT}",
    f"weining,under5-mortality,,{{year}},5,per_mille,{SHORT}",
)
# What a text could have become: a thing that is loaded or run, an address that runs, an attribute.
BECOME = """() => [...document.querySelectorAll("*")].flatMap(element => {
    const loaded = "img:not(.md-logo > *), iframe, object, embed, base, article script:not([src], [type$=json])"
    const made = element.matches(loaded)
    const runs = at => /^on/i.test(at.name) || /^\\s*javascript:/i.test(at.value) || !/^[\\w:.-]+$/.test(at.name)
    return made || [...element.attributes].some(runs) ? [element.outerHTML.slice(0, 300)] : []
})"""
WHOLE = "() => ({hit: window.hit, head: document.querySelector('h1').textContent})"


@pytest.fixture(scope="session")
def package(hostile_site: Path) -> Folder:
    """The package that the hostile site was built from."""
    return Folder(hostile_site.with_name("hostile-package"))


@pytest.fixture(scope="session")
def drawn(package: Folder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every HTML report and a chart as a file, in a folder for each language."""
    folder = tmp_path_factory.mktemp("drawn")
    done = assess(package, observations(folder))
    assert done.assessed
    assert done.refused
    for lang in LANGS:
        say = Words(package.schemas.labels, lang)
        chart = svg_file(comparison(compare(package, "under5-mortality"), say), "Source").decode()
        reports = {
            "findings.html": findings.render(validate(package), "html", lang),
            "assessment.html": assessment.render(done, "html", lang),
        }
        (folder / lang).mkdir()
        for name, text in {**reports, "dots.svg": chart}.items():
            (folder / lang / name).write_text(text, encoding="utf-8")
    return folder


def observations(folder: Path) -> Path:
    """Values of the package's targets in two years, from a hostile source."""
    rows = [row.format(year=year) for row in OBSERVED for year in (2022, 2023)]
    path = folder / "observations.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return path


def open_and_look(visit: Visit, path: str) -> dict[str, Any]:
    """A page as a reader has it: what ran, and its heading. Fails where a text became anything else."""
    page = visit.open(path)
    assert page.evaluate(BECOME) == [], path
    seen = page.evaluate(WHOLE)
    assert seen["hit"] is None, path
    return dict(seen)


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_of_a_page_is_read_as_code(hostile_visit: Visit, hostile_site: Path, lang: str) -> None:
    for kind, path in visits(hostile_site, lang).items():
        seen = open_and_look(hostile_visit, path)
        if kind in HEADED:
            assert all(printable(part) in seen["head"].replace("\xa0", " ") for part in PARTS), kind
    assert hostile_visit.troubles == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_hostile_row_is_cited_found_and_filtered_as_text(hostile_visit: Visit, lang: str) -> None:
    page = hostile_visit.open(f"{LANGS[lang]}plans/weining-women-2021/")
    page.locator(".pd-cite").first.click()
    assert all("<script>" in text for text in page.locator(".pd-dialog pre").all_inner_texts())
    page = hostile_visit.open(LANGS[lang])
    page.fill(".md-search__input", "onerror")
    page.press(".md-search__input", "Shift")
    page.wait_for_selector(".md-search-result__item mark")
    assert "<img src=x" in page.locator(".md-search-result__list").inner_text()
    page = hostile_visit.open(f"{LANGS[lang]}explore/?q=onerror")
    assert "<img src=x" in page.locator(".pd-rows tbody").inner_text()
    assert page.evaluate(BECOME) == []
    assert page.evaluate(WHOLE)["hit"] is None
    assert hostile_visit.troubles == []


def test_what_gets_into_a_page_all_the_same_does_not_run(hostile_visit: Visit) -> None:
    page = hostile_visit.open("")
    page.evaluate("""() => {
        const got = "<img src=x onerror='window.hit=1'><a id=run href='javascript:window.hit=1'>run</a>"
        document.body.insertAdjacentHTML("beforeend", got)
        document.body.append(Object.assign(document.createElement("script"), {textContent: "window.hit=1"}))
        document.getElementById("run").click()
        return new Promise(done => document.querySelector("img[src=x]").addEventListener("error", done))
    }""")
    assert page.evaluate("window.hit") is None


def test_rows_of_the_explorer_run_in_no_spreadsheet(hostile_visit: Visit) -> None:
    page = hostile_visit.open("explore/goals/")
    with page.expect_download() as started:
        page.locator(".pd-bar button").last.click()
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []


@pytest.mark.parametrize("name", ["findings.html", "assessment.html", "dots.svg"])
def test_no_text_of_a_report_or_chart_is_read_as_code(hostile_visit: Visit, drawn: Path, name: str) -> None:
    for lang in LANGS:
        page = hostile_visit.page
        page.goto((drawn / lang / name).as_uri())
        assert page.evaluate(BECOME) == []
        assert page.evaluate("window.hit") is None
        assert "window.hit=1" in page.evaluate("document.documentElement.textContent")
    assert [told for told in hostile_visit.troubles if not told.startswith("asks file:")] == []


def test_json_inside_scripts_ends_no_script(hostile_site: Path) -> None:
    for path in hostile_site.rglob("*.html"):
        for text in DATA.findall(path.read_text(encoding="utf-8")):
            assert json.loads(text)
            assert not set(text) & set("<>&\u2028\u2029"), path


def test_every_page_of_a_package_with_findings_says_so(hostile_site: Path, package: Folder) -> None:
    n = len(validate(package).findings)
    for path in hostile_site.rglob("*/index.html"):
        text = path.read_text(encoding="utf-8")
        zh = path.relative_to(hostile_site).parts[0] == "zh"
        assert (f"本数据包有 {n} 处问题" if zh else f"This package has {n} findings") in text


def test_charts_draw_control_characters_as_escapes(package: Folder) -> None:
    file = svg_file(comparison(compare(package, "under5-mortality"), Words(package.schemas.labels, "zh")), "来源")
    drawn = ElementTree.fromstring(file)
    assert r"\x07" in "".join(drawn.itertext())
    assert png_file(file).startswith(b"\x89PNG")

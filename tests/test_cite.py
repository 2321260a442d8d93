"""plandata cite, and CITATION.cff which it reads."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml
from conftest import Bench
from typer.testing import CliRunner

import plandata
from plandata.cli import app
from plandata.cli.read import Style
from plandata.read.cite import STYLES, Citation, citation, cite

ROOT = Path(__file__).parents[1]
SCHEMA = Path(__file__).parent / "data" / "citation-file-format-1.2.0.json"
GOAL = "weining-women-2021.health.g03"
SAMPLE = Citation(("A Group", "Li, Wei"), "Rates & shares", "比率", "1.2.0", date(2026, 7, 5), "CC-BY-4.0")
ONLINE = Citation(
    ("A Group",), "Rates", "比率", "1.2.0", date(2026, 7, 5), "CC-BY-4.0", "https://example.org/d", "10.1/x",
    accessed=date(2026, 8, 1),
)  # fmt: skip


@pytest.fixture(scope="module")
def package() -> plandata.Package:
    return plandata.open(ROOT)


def stated() -> dict[str, object]:
    """CITATION.cff with every value as text, as its schema wants dates."""
    return yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def test_the_citation_file_is_valid_by_its_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(stated(), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(stated() | {"date-released": "22 November"}, schema)


def test_the_citation_file_says_what_the_package_says(package: plandata.Package) -> None:
    about, file = package.descriptor, stated()
    assert file["version"] == about["version"]
    assert file["date-released"] == about["created"][:10]
    assert file["title"] == about["title"]
    assert file["abstract"] == about["description"]
    assert file["keywords"] == about["keywords"]
    assert file["license"] == about["licenses"][0]["name"]
    assert [author["name"] for author in file["authors"]] == [c["title"] for c in about["contributors"]]  # type: ignore[index,attr-defined]


def test_no_address_and_no_doi_is_invented(package: plandata.Package) -> None:
    assert not {"doi", "url", "repository-code", "identifiers"} & set(stated()) or package.descriptor.get("homepage")
    if not any(package.descriptor.get(key) for key in ("homepage", "repository", "doi")):
        assert not any("http" in cite(package, style) or "doi" in cite(package, style).lower() for style in STYLES)


def test_the_styles_of_the_command_are_those_of_the_library() -> None:
    assert [style.value for style in Style] == list(STYLES)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "row_id", [None, "weining-women-2021", GOAL, f"{GOAL}.t1", "maternal-mortality", "weining.health-bureau"]
)
def test_every_style_names_author_year_title_version_and_part(
    package: plandata.Package, style: str, row_id: str | None
) -> None:
    text = cite(package, style, row_id)
    title = package.descriptor["title_zh" if style.startswith("gb") else "title"]
    for told in (
        "plandata contributors",
        package.descriptor["created"][:4],
        title,
        package.descriptor["version"],
        row_id or "",
    ):
        assert told in text


def test_apa() -> None:
    assert STYLES["apa"](SAMPLE) == "A Group, & Li, Wei. (2026). Rates & shares (Version 1.2.0) [Data set]."
    assert STYLES["apa"](ONLINE).endswith("[Data set]. https://doi.org/10.1/x")


def test_gb7714_of_2025_follows_the_examples_of_the_standard() -> None:
    assert STYLES["gb7714-2025"](SAMPLE) == "A Group，Li, Wei. 比率[DS]. V1.2.0. （2026-07-05）."
    assert STYLES["gb7714-2025"](ONLINE) == (
        "A Group. 比率[DS/OL]. V1.2.0. （2026-07-05）[2026-08-01]. https://example.org/d. DOI:10.1/x."
    )
    assert STYLES["gb7714"] is STYLES["gb7714-2025"]


@pytest.mark.parametrize("address", [{"url": "https://example.org/d"}, {"doi": "10.1/x"}])
def test_what_has_one_address_is_online(address: dict[str, str]) -> None:
    assert "比率[DS/OL]" in STYLES["gb7714"](replace(SAMPLE, **address))


def test_gb7714_of_2015_has_half_width_punctuation(package: plandata.Package) -> None:
    assert STYLES["gb7714-2015"](ONLINE).startswith("A Group. 比率[DS/OL]. V1.2.0. (2026-07-05)[2026-08-01]. ")
    text = cite(package, "gb7714-2015", GOAL)
    assert f": {GOAL}[DS]//plandata contributors. " in text


def test_bibtex_is_one_balanced_entry_with_its_signs_escaped(package: plandata.Package) -> None:
    text = STYLES["bibtex"](SAMPLE)
    assert text.startswith("@misc{plandata2026,\n")
    assert r"Rates \& shares" in text
    assert "author = {{A Group} and {Li, Wei}}" in text
    assert "month = jul" in text
    for row_id in (None, GOAL):
        entry = cite(package, "bibtex", row_id)
        assert entry.count("{") == entry.count("}")
        assert re.fullmatch(r"@misc\{[^,{}\s]+,\n(?:  [a-z]+ = .+,\n)+\}\n", entry)


def test_ris_is_a_record_of_tagged_lines(package: plandata.Package) -> None:
    lines = cite(package, "ris", GOAL).splitlines()
    assert lines[0] == "TY  - DATA"
    assert lines[-1] == "ER  - "
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert f"AN  - {GOAL}" in lines
    assert "UR  - https://example.org/d" in STYLES["ris"](ONLINE)


def test_csl_json_is_a_list_of_one_data_set(package: plandata.Package) -> None:
    (item,) = json.loads(cite(package, "csl-json", GOAL))
    assert (item["type"], item["number"], item["container-title"]) == ("dataset", GOAL, package.descriptor["title"])
    assert item["issued"]["date-parts"] == [[int(part) for part in package.descriptor["created"][:10].split("-")]]
    assert item["author"] == [{"literal": "plandata contributors"}]
    assert json.loads(STYLES["csl-json"](ONLINE))[0]["DOI"] == "10.1/x"


def test_the_day_of_access_is_told_only_with_an_address(package: plandata.Package) -> None:
    assert citation(package, accessed=date(2026, 8, 1)).accessed is None or citation(package).url


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["cite", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_command(package: plandata.Package, tmp_path: Path) -> None:
    assert run("--package", str(ROOT)) == (0, cite(package), "")
    file = tmp_path / "a.bib"
    assert run(GOAL, "--package", str(ROOT), "--style", "bibtex", "-o", str(file))[0] == 0
    assert file.read_text(encoding="utf-8") == cite(package, "bibtex", GOAL)


def test_a_wrong_id_a_wrong_style_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    code, out, err = run("weining-woman-2021", "--package", str(ROOT))
    assert (code, out) == (2, "")
    assert "weining-women-2021" in err
    assert run("--style", "mla")[0] == 2
    (tmp_path / "datapackage.json").write_text('{"resources": []}')
    code, _, err = run("--package", str(tmp_path))
    assert code == 2
    assert "CITATION.cff: not found" in err


def test_a_target_whose_indicator_is_missing_is_cited_by_its_id(bench: Bench) -> None:
    shutil.copy(ROOT / "CITATION.cff", bench.root)
    bench.patch("targets", 0, indicator_id="no-such-indicator")
    target = bench.rows("targets")[0]["target_id"]
    code, out, _ = run(target, "--package", str(bench.root), "--style", "apa")
    assert code == 0
    assert f"{target} [{target}]. In " in out


@pytest.mark.parametrize("content", ["title: [", "- a", "title: x", b"\xff\xfe"])
def test_a_broken_citation_file_is_refused_in_one_line(tmp_path: Path, content: str | bytes) -> None:
    (tmp_path / "datapackage.json").write_text('{"resources": []}')
    (tmp_path / "CITATION.cff").write_bytes(content if isinstance(content, bytes) else content.encode())
    code, _, err = run("--package", str(tmp_path))
    assert code == 2
    assert err.count("\n") == 1
    assert "CITATION.cff" in err


IN_FULL = {
    "apa": "A Group, & Li, Wei. (2026). Row [x.g1]. In Rates & shares (Version 1.2.0) [Data set].\n",
    "bibtex": (
        "@misc{plandata2026-x.g1,\n  author = {{A Group} and {Li, Wei}},\n  title = {{Row}},\n  year = {2026},\n"
        "  month = jul,\n  howpublished = {In: Rates \\& shares},\n  note = {Data set, version 1.2.0, row x.g1},\n}\n"
    ),
    "ris": (
        "TY  - DATA\nAU  - A Group\nAU  - Li, Wei\nTI  - Row\nT2  - Rates & shares\nAN  - x.g1\nPY  - 2026\n"
        "DA  - 2026/07/05\nET  - 1.2.0\nER  - \n"
    ),
    "gb7714": "A Group，Li, Wei. 行：x.g1[DS]//A Group，Li, Wei. 比率. V1.2.0. （2026-07-05）.\n",
    "gb7714-2015": "A Group, Li, Wei. 行: x.g1[DS]//A Group, Li, Wei. 比率. V1.2.0. (2026-07-05).\n",
}


@pytest.mark.parametrize("style", IN_FULL)
def test_a_row_is_cited_in_full_in_each_style(style: str) -> None:
    part = replace(SAMPLE, part_id="x.g1", part="Row", part_zh="行")
    assert STYLES[style](part) == IN_FULL[style].removesuffix("\n")


@pytest.mark.parametrize(("month", "told"), [(1, "jan"), (12, "dec")])
def test_a_month_is_told_by_its_name(month: int, told: str) -> None:
    assert f"\n  month = {told},\n" in STYLES["bibtex"](replace(SAMPLE, issued=date(2026, month, 1)))


def test_the_whole_is_cited_without_a_part() -> None:
    assert STYLES["bibtex"](ONLINE) == (
        "@misc{plandata2026,\n  author = {{A Group}},\n  title = {{Rates}},\n  year = {2026},\n  month = jul,\n"
        "  note = {Data set, version 1.2.0},\n  doi = {10.1/x},\n  url = {https://example.org/d},\n}"
    )
    assert STYLES["ris"](ONLINE).splitlines()[2:] == [
        *(
            "TI  - Rates",
            "PY  - 2026",
            "DA  - 2026/07/05",
            "ET  - 1.2.0",
            "DO  - 10.1/x",
            "UR  - https://example.org/d",
        ),
        "ER  - ",
    ]
    (item,) = json.loads(STYLES["csl-json"](SAMPLE))
    assert (item["id"], item["issued"]) == ("plandata2026", {"date-parts": [[2026, 7, 5]]})
    assert not {"container-title", "number", "DOI", "URL"} & set(item)
    assert STYLES["apa"](replace(ONLINE, doi="")).endswith("[Data set]. https://example.org/d")


def test_a_citation_of_a_package_tells_its_address_else_that_of_its_code(bench: Bench) -> None:
    shutil.copy(ROOT / "CITATION.cff", bench.root)
    day = date(2026, 8, 1)
    bench.describe(lambda d: [d.pop(name, None) for name in ("homepage", "repository", "doi")])
    told = citation(plandata.open(bench.root), accessed=day)
    assert (told.url, told.doi, told.accessed, told.part_id) == ("", "", None, "")
    bench.describe(lambda d: d.update(repository="https://example.org/code", doi="10.1/x"))
    told = citation(plandata.open(bench.root), "maternal-mortality", day)
    assert (told.url, told.doi, told.accessed) == ("https://example.org/code", "10.1/x", day)
    assert (told.part_id, told.part, told.part_zh) == ("maternal-mortality", "Maternal mortality", "孕产妇死亡率")
    bench.describe(lambda d: d.update(homepage="https://example.org/"))
    assert citation(plandata.open(bench.root)).url == "https://example.org/"
    target = citation(plandata.open(bench.root), "weining-women-2021.health.g01.t1")
    assert (target.part_id[-3:], target.part) == (".t1", "Maternal mortality")


def test_csl_json_keeps_other_scripts_readable() -> None:
    text = STYLES["csl-json"](replace(SAMPLE, authors=("规划编者",), part_id="x.g1", part="Row"))
    assert "规划编者" in text
    (item,) = json.loads(text)
    assert (item["title"], item["container-title"], item["number"]) == ("Row", "Rates & shares", "x.g1")


def test_a_package_is_cited_with_its_first_licence_or_told_what_it_lacks(bench: Bench) -> None:
    shutil.copy(ROOT / "CITATION.cff", bench.root)
    bench.describe(lambda d: d.update(licenses=[{"name": "first", "path": "a"}, {"name": "second", "path": "b"}]))
    assert citation(plandata.open(bench.root)).licence == "first"
    bench.describe(lambda d: d.update(licenses=[], title=""))
    with pytest.raises(plandata.PackageError, match=r"datapackage\.json: title must be a text; mend package\.yaml"):
        citation(plandata.open(bench.root))

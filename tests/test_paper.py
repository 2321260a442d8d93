"""The paper about a package: sections, limits, numbers, open fields, references, metadata, documents."""

import io
import json
import re
import struct
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import docx
import pytest
import yaml
from conftest import Bench
from datacite import schema45
from hostile import hostile
from typer.testing import CliRunner

from plandata import cli
from plandata.files import PackageError
from plandata.package.folder import MISTAKES, RECORD, SCORES, Folder
from plandata.paper import LIMITS, TITLE_CHARACTERS, Made, datacite, over, paper, paper_files
from plandata.paper.authors import About, Person, about, faults, person
from plandata.paper.datacite import covered, creator, kind_of, missing, places, record, related, right
from plandata.paper.facts import commonest, ends, facts, period, phrase
from plandata.paper.markdown import Block, blocks, words
from plandata.paper.page import TEMPLATES
from plandata.paper.references import literature
from plandata.schema import edition, home
from plandata.site.edition import Edition
from plandata.text import LANGS, printable
from plandata.texts.agreement import CODING

SECTIONS = (
    "Abstract", "Background & Summary", "Methods", "Data Records", "Data Overview", "Technical Validation",
    "Usage Notes", "Data Availability", "Code Availability", "References", "Author contributions",
    "Competing interests", "Acknowledgements", "Funding",
)  # fmt: skip
# Names that have a digit: of algorithms, forms of text, data models, and the share of an interval.
NAMES = re.compile(r"SHA-256|UTF-8|F1|95( percent|%)|\{[a-z_]+\}|\[\d\]|#{2,3} ")
QUESTIONS = {"Motivation": 4, "Composition": 16, "Collection Process": 12, "Preprocessing, Cleaning and Labelling": 4}
QUESTIONS |= {"Uses": 6, "Distribution": 7, "Maintenance": 8}
OPEN = {"en": "[to be filled by the authors: ", "zh": "[待作者填写："}
FILLED = {
    "motivation": "To learn what plans promise.",
    "motivation_zh": "了解规划的承诺。",
    "related_work": "None is known.",
    "coders": "Two programs of 2026.",
    "ethics": "None is needed.",
    "acknowledgements": "Thanks to all.",
    "author_contributions": "A. B. did all.",
    "competing_interests": "None.",
    "publisher": "An Archive",
    "funding": [{"funder": "A Fund", "award": "F-7", "title": "Plans"}],
}
PERSON = {
    "title": "Ada Bee", "givenName": "Ada", "familyName": "Bee", "email": "ada@example.org",
    "organization": "A University", "path": "https://orcid.org/0000-0002-1825-0097", "roles": ["author"],
}  # fmt: skip


@pytest.fixture(scope="module")
def made() -> dict[str, Made]:
    """The paper about the edition, in both languages."""
    return {lang: paper_files(Folder(home()), lang) for lang in LANGS}


def text(made: Made, name: str = "descriptor") -> str:
    return made.files[f"{name}.md"].decode()


def document(made: Made, name: str = "descriptor") -> docx.document.Document:
    return docx.Document(io.BytesIO(made.files[f"{name}.docx"]))


def headings(text: str, level: int) -> list[str]:
    return [block.text for block in blocks(text) if block.kind == "heading" and block.level == level]


def sections(text: str) -> dict[str, list[Block]]:
    """The blocks of each section."""
    made: dict[str, list[Block]] = {}
    for block in blocks(text):
        if block.kind == "heading" and block.level == 2:
            made[block.text] = []
        elif made:
            made[next(reversed(made))].append(block)
    return made


def tell(bench: Bench, **stated: object) -> None:
    """Adds what authors tell to package.yaml."""
    path = bench.root / "package.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8")) | stated
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def test_a_descriptor_has_the_sections_of_the_journal_in_its_order(made: dict[str, Made]) -> None:
    assert tuple(headings(text(made["en"]), 2)) == SECTIONS
    assert len(headings(text(made["zh"]), 2)) == len(SECTIONS)


def test_both_languages_have_the_same_tables_figures_and_numbers(made: dict[str, Made]) -> None:
    en, zh = ([block.kind for block in blocks(text(made[lang]))] for lang in LANGS)
    assert en == zh
    numbers = [re.findall(r"\d{1,3}(?:,\d{3})+", text(made[lang])) for lang in LANGS]
    assert sorted(numbers[0]) == sorted(numbers[1])
    assert len(numbers[0]) > 20


def test_a_version_is_of_a_day(made: dict[str, Made]) -> None:
    day = Folder(home()).descriptor["created"].partition("T")[0]
    assert f" of {day} is deposited at" in text(made["en"])
    assert f"This version is of {day}." in text(made["en"], "datasheet")


def test_a_picture_stays_with_the_paragraph_below_it_and_that_one_with_none(made: dict[str, Made]) -> None:
    paragraphs = document(made["en"]).paragraphs
    below = [one for before, one in pairwise(paragraphs) if "<pic:pic" in before._p.xml]
    free = [one for one in paragraphs if one.paragraph_format.keep_with_next is False]
    assert below
    assert [one.text for one in free] == [one.text for one in below]


def test_the_abstract_has_no_references_and_keeps_its_limit(made: dict[str, Made]) -> None:
    (abstract,) = sections(text(made["en"]))["Abstract"]
    assert not re.search(r"\[\d", abstract.text)
    assert 120 < words(abstract.text) <= LIMITS["Abstract"]


@pytest.mark.parametrize("section", LIMITS)
def test_a_section_may_reach_its_limit_and_not_go_beyond(section: str) -> None:
    most = LIMITS[section]
    assert list(over(f"# Title\n\n## {section}\n\n{'word ' * most}")) == []
    assert list(over(f"# Title\n\n## {section}\n\n{'word ' * (most - 1)}\n\nand more")) == [
        f"{section} has {most + 1} words, Scientific Data takes at most {most}"
    ]


def test_a_title_may_reach_its_limit_and_not_go_beyond() -> None:
    assert list(over(f"# {'t' * TITLE_CHARACTERS}")) == []
    assert len(list(over(f"# {'t' * (TITLE_CHARACTERS + 1)}"))) == 1
    assert len(list(over("# Plans (and more)"))) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_text_over_its_limit_is_refused_and_nothing_written(bench: Bench, tmp_path: Path, lang: str) -> None:
    tell(bench, paper={"motivation": "word " * 800})
    with pytest.raises(PackageError, match=r"Background & Summary has \d+ words, .* at most 700; mend"):
        paper(Folder(bench.root), tmp_path / "out", lang)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.j2")), ids=lambda path: path.name)
def test_no_template_says_a_number_itself(path: Path) -> None:
    said = re.sub(r"right=\[[\d, ]+\]", "", path.read_text(encoding="utf-8"))
    assert re.findall(r".{0,20}\d.{0,20}", NAMES.sub("", said)) == []


def test_numbers_are_those_of_the_tables(made: dict[str, Made]) -> None:
    package = Folder(home())
    numbered = package["targets"]["value"].drop_nulls().len()
    told = text(made["en"])
    for name, noun in (("targets", "targets"), ("goals", "goals"), ("anomalies", "anomalies"), ("units", "bodies")):
        assert f"{package[name].height:,} {noun}" in told
    assert f"of which {numbered:,} have a number" in told
    rows = {block.rows[0][0]: block.rows for block in blocks(told) if block.kind == "table"}
    assert {row[0]: row[2] for row in rows["File"][1:]} == {
        f"{name}.csv": f"{package[name].height:,}" for name in package.schemas.tables
    }


def test_the_outlines_that_plans_name_are_those_of_the_state(made: dict[str, Made]) -> None:
    rows = Folder(home()).tables["citations"].filter(kind="national_outline")
    naming, titles = rows["plan_id"].n_unique(), set(rows["title_en"])
    told = text(made["en"]).split(f"{naming} plans name an outline of the State, above all ", 1)[1].split(". Such")[0]
    # Of two outlines each is named alone; no other document is.
    assert {part.removeprefix("the ").replace("–", "-") for part in told.split(" and the ")} <= {
        title.replace("–", "-") for title in titles
    }


def test_a_row_more_changes_what_is_said(bench: Bench) -> None:
    before = text(paper_files(Folder(bench.root), "en"))
    rows = bench.rows("anomalies")
    bench.write("anomalies", [*rows, rows[0] | {"anomaly_id": f"{rows[0]['anomaly_id']}9"}])
    after = text(paper_files(Folder(bench.root), "en"))
    count = len(rows)
    assert re.search(rf"\b{count} anomal", before)
    assert re.search(rf"\b{count + 1} anomal", after)
    assert not re.search(rf"\b{count} anomal", after)


def test_one_thing_is_no_plural(bench: Bench) -> None:
    told = [text(paper_files(Folder(bench.root), "en"), name) for name in ("descriptor", "datasheet")]
    assert not re.search(
        r"(?<![\d,.])1 (?:places|plans|documents|goals|measures|targets|bodies|duties|anomalies)\b", "".join(told)
    )


def test_the_datasheet_asks_every_question_and_answers_it(made: dict[str, Made]) -> None:
    for lang in LANGS:
        own = sections(text(made[lang], "datasheet"))
        counts = [sum(block.kind == "heading" for block in told) for told in own.values()]
        assert counts == [*QUESTIONS.values(), 0]
        for told in own.values():
            for question, answer in zip(told, [*told[1:], None], strict=True):
                assert question.kind != "heading" or (answer is not None and answer.kind != "heading" and answer.text)
    assert tuple(sections(text(made["en"], "datasheet")))[:-1] == tuple(QUESTIONS)
    assert sum(QUESTIONS.values()) == 57


@pytest.mark.parametrize("lang", LANGS)
def test_open_fields_are_marked_and_listed(made: dict[str, Made], lang: str) -> None:
    told = text(made[lang]) + text(made[lang], "datasheet")
    shown = [run.text for one in document(made[lang]).paragraphs for run in one.runs if run.font.highlight_color]
    assert shown
    assert {field.removeprefix(OPEN[lang]).removesuffix("]") for field in shown} <= set(made[lang].open)
    marked = set(re.findall(re.escape(OPEN[lang]) + r"(.+?)\]\*\*", told))
    assert marked <= set(made[lang].open)
    # What only the metadata need stands in no text.
    assert len(made[lang].open) - len(marked) == 2


def test_what_authors_tell_fills_the_fields(bench: Bench) -> None:
    bench.describe(lambda d: d.update(contributors=[PERSON], doi="10.1234/plans", homepage="https://example.org/"))
    bench.describe(lambda d: d.update(repository="https://example.org/code"))
    tell(bench, paper=FILLED)
    done = paper_files(Folder(bench.root), "en")
    told = text(done) + text(done, "datasheet")
    # The small package keeps no second coding and no verification.
    assert all("package" in field for field in done.open)
    for value in ("Ada Bee", "A University", "0000-0002-1825-0097", "ada@example.org", "A Fund, grant F-7 (Plans)"):
        assert value in told
    assert "https://doi.org/10.1234/plans" in told
    metadata = json.loads(done.files["datacite.json"])
    assert metadata["creators"][0]["nameIdentifiers"][0]["nameIdentifier"].endswith("0000-0002-1825-0097")
    assert metadata["fundingReferences"] == [{"funderName": "A Fund", "awardNumber": "F-7", "awardTitle": "Plans"}]
    assert list(schema45.validator.iter_errors(metadata)) == []
    assert re.search(r"\n\d+\. Bee, A\. \*.*\*, version \S+, An Archive, https://doi\.org/10\.1234/plans", text(done))
    chinese = text(paper_files(Folder(bench.root), "zh"))
    assert FILLED["motivation_zh"] in chinese
    assert FILLED["ethics"] in chinese


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({"paper": "x"}, "paper must be a mapping"),
        ({"paper": {"motivation": [1]}}, "paper.motivation must be a text"),
        ({"paper": {"thanks": "x"}}, "paper.thanks is none of"),
        ({"paper": {"funding": ["x"]}}, "paper.funding must be a list of objects with funder"),
        ({"paper": {"funding": [{"funder": "x", "sum": "1"}]}}, "paper.funding must be a list of objects with funder"),
    ],
)
def test_what_is_not_of_its_kind_is_refused(bench: Bench, tmp_path: Path, stated: object, told: str) -> None:
    tell(bench, **stated)
    with pytest.raises(PackageError, match=re.escape(told)):
        paper(Folder(bench.root), tmp_path / "out", "en")
    assert not (tmp_path / "out").exists()


def draft(bench: Bench, out: Path) -> None:
    bench.describe(lambda d: d.update(draft=True))


def invalid(bench: Bench, out: Path) -> None:
    bench.patch("places", 0, place_id="Not An Id")


def held(bench: Bench, out: Path) -> None:
    out.mkdir()
    (out / "mine.txt").write_text("mine")


@pytest.mark.parametrize(
    ("spoil", "told"), [(draft, "is a draft"), (invalid, "is not valid"), (held, "already holds mine.txt")]
)
def test_the_command_refuses_in_one_line(
    bench: Bench, tmp_path: Path, spoil: Callable[[Bench, Path], None], told: str
) -> None:
    spoil(bench, tmp_path / "out")
    result = CliRunner().invoke(cli.app, ["paper", str(bench.root), "--out", str(tmp_path / "out"), "--lang", "en"])
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists() or [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("path", [MISTAKES, SCORES, RECORD])
@pytest.mark.parametrize("content", ["[]", "5", '{"made": "many", "levels": 3, "plans": {"a": 1}}'])
def test_figures_that_no_benchmark_wrote_are_refused_in_one_line(
    bench: Bench, tmp_path: Path, path: str, content: str
) -> None:
    (bench.root / path).parent.mkdir(parents=True, exist_ok=True)
    (bench.root / path).write_text(content, encoding="utf-8")
    done = CliRunner().invoke(cli.app, ["paper", str(bench.root), "--out", str(tmp_path / "out"), "--lang", "en"])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert path in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_writes_all_and_lists_what_is_open(bench: Bench, tmp_path: Path, lang: str) -> None:
    result = CliRunner().invoke(cli.app, ["paper", str(bench.root), "--out", str(tmp_path / "out"), "--lang", lang])
    assert result.exit_code == 0, result.stderr
    there = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert there == [
        "datacite.json", "datasheet.docx", "datasheet.md", "descriptor.docx", "descriptor.md", "figure-numbers.png",
        "figure-themes.png", "references.json",
    ]  # fmt: skip
    assert [Path(line).name for line in result.stdout.splitlines()] == there
    first, *fields = result.stderr.splitlines()
    assert str(len(fields)) in first
    assert all(field.startswith("- ") for field in fields)


def test_without_a_second_coding_nobody_is_said_to_have_coded(bench: Bench) -> None:
    assert not (bench.root / CODING).exists()
    bench.describe(lambda d: [d.pop(name, None) for name in ("method", "method_zh")])
    done = paper_files(Folder(bench.root), "en")
    assert "anguage model" not in text(done) + text(done, "datasheet")
    assert any("who coded the texts" in field for field in done.open)
    assert any("coded twice" in field for field in done.open)
    assert any("verification against the texts" in field for field in done.open)


@pytest.mark.parametrize(("lang", "said"), [("en", "No person has read all rows"), ("zh", "尚无人通读全部数据行")])
def test_who_coded_is_said_openly(made: dict[str, Made], lang: str, said: str) -> None:
    assert said in text(made[lang])
    assert said.lower() in text(made[lang], "datasheet").lower()


def test_the_metadata_are_valid_but_for_what_nobody_knows(made: dict[str, Made]) -> None:
    metadata = json.loads(made["en"].files["datacite.json"])
    assert [error.message for error in schema45.validator.iter_errors(metadata)] == [
        "'publisher' is a required property"
    ]
    assert len(missing(metadata)) == 2
    assert list(schema45.validator.iter_errors(metadata | {"publisher": {"name": "An Archive"}})) == []
    assert schema45.tostring(metadata | {"publisher": {"name": "An Archive"}, "doi": "10.1234/x"})


def test_the_metadata_tell_places_without_coordinates_and_documents_by_title(made: dict[str, Made]) -> None:
    metadata = json.loads(made["zh"].files["datacite.json"])
    package = Folder(home())
    assert [set(place) for place in metadata["geoLocations"]] == [{"geoLocationPlace"}] * package["places"].height
    titles = [item["titles"][0]["title"] for item in metadata["relatedItems"]]
    assert titles == package["documents"]["title_zh"].to_list()
    assert "relatedIdentifiers" not in metadata
    assert f"{sum(package[name].height for name in package.schemas.tables)} rows" in metadata["sizes"]


@pytest.mark.parametrize(
    ("days", "years"),
    [
        (("2021-12-01", "2022-01-15"), ["2021"]),
        (("", "2022-01-15"), ["2022"]),
        (("2021-12-01", ""), ["2021"]),
        (("", ""), []),
    ],
)
def test_a_document_is_of_the_year_in_which_it_was_issued_else_published(
    bench: Bench, days: tuple[str, str], years: list[str]
) -> None:
    made = datacite.document(bench.rows("documents")[0] | {"issued_on": days[0], "published_on": days[1]})
    assert [made[name] for name in ("publicationYear",) if name in made] == years


def test_an_address_of_a_document_is_told_where_it_is_known(bench: Bench) -> None:
    title = bench.rows("documents")[0]["title_zh"]
    known = {"title": title, "path": "https://example.org/plan.html"}
    bench.describe(lambda d: d.update(sources=[known, {"title": title, "path": "javascript:x()"}, {"title": "?"}]))
    package = Folder(bench.root)
    told = record(package, about(package))
    assert [one["relatedIdentifier"] for one in told["relatedIdentifiers"]] == ["https://example.org/plan.html"]


def test_a_contributor_who_is_no_author_is_a_contributor(bench: Bench) -> None:
    editor = {"title": "An Office", "roles": ["contact"]}
    bench.describe(lambda d: d.update(contributors=[PERSON, editor]))
    package = Folder(bench.root)
    told = record(package, about(package))
    assert [one["name"] for one in told["creators"]] == ["Bee, Ada"]
    assert told["contributors"] == [
        {"name": "An Office", "nameType": "Organizational", "contributorType": "ContactPerson"}
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_references_are_numbered_as_they_are_cited_and_all_of_them_are(made: dict[str, Made], lang: str) -> None:
    own = sections(text(made[lang]))
    listed = next(told for title, told in own.items() if title in ("References", "参考文献"))
    said = "\n".join(block.text for told in own.values() for block in told if block.kind == "paragraph")
    runs = [run for found in re.findall(r"\[([\d, –-]+)\]", said) for run in found.split(", ")]
    ends = [[int(n) for n in re.split("[–-]", run)] for run in runs]
    cited = [n for run in ends for n in range(run[0], run[-1] + 1)]
    assert list(dict.fromkeys(cited)) == list(range(1, len(listed) + 1))
    assert [int(block.text.partition(".")[0]) for block in listed] == list(range(1, len(listed) + 1))
    kept = json.loads(made[lang].files["references.json"])
    assert len(kept) == len(listed)
    assert {item["id"] for item in literature()} <= {item["id"] for item in kept}
    assert all(block.text.endswith(".") and ".." not in block.text for block in listed)


def test_the_literature_on_instruments_is_that_of_the_bibliography() -> None:
    rows = {row["reference_id"]: row for row in Folder(home())["bibliography"].iter_rows(named=True)}
    known = {item["id"]: item for item in literature()}
    own = {name for name, row in rows.items() if row["kind"] == "literature"}
    assert own
    for name in own:
        assert str(known[name]["issued"]["date-parts"][0][0]) == str(rows[name]["year"])
        assert rows[name]["publisher"] == known[name]["publisher"]


def cells(file: docx.document.Document) -> Iterator[str]:
    yield from (paragraph.text for paragraph in file.paragraphs)
    yield from (cell.text for table in file.tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("name", ["descriptor", "datasheet"])
@pytest.mark.parametrize("lang", LANGS)
def test_the_document_says_what_the_markdown_says(made: dict[str, Made], lang: str, name: str) -> None:
    file = document(made[lang], name)
    told = list(blocks(text(made[lang], name)))
    styles = [paragraph.style.name for paragraph in file.paragraphs]
    for level in (1, 2):
        count = sum(block.kind == "heading" and block.level == level + 1 for block in told)
        assert styles.count(f"Heading {level}") == count > 0
    assert len(file.tables) == sum(block.kind == "table" for block in told)
    assert len(file.inline_shapes) == sum(block.kind == "picture" for block in told)
    assert styles.count("Caption") == (len(file.tables) + len(file.inline_shapes) if name == "descriptor" else 0)
    # Nothing of the markup is left to be read.
    assert [cell for cell in cells(file) if re.search(r"\*\*|^#|&#|\\n|`|\]\(", cell)] == []


def test_pictures_have_texts_and_are_pictures(made: dict[str, Made]) -> None:
    for lang in LANGS:
        drawn = [content for name, content in made[lang].files.items() if name.endswith(".png")]
        assert len(drawn) == 2
        assert all(content.startswith(b"\x89PNG") and struct.unpack(">I", content[16:20])[0] > 500 for content in drawn)
        shapes = document(made[lang]).inline_shapes
        assert all(shape._inline.docPr.get("descr") for shape in shapes)


def test_a_chinese_text_is_chinese(made: dict[str, Made]) -> None:
    own = sections(text(made["zh"])) | sections(text(made["zh"], "datasheet"))
    said = [block for title, told in own.items() if title != "参考文献" for block in told if block.kind != "picture"]
    prose = [cell for block in said for cell in (block.text, *(cell for row in block.rows for cell in row))]
    ours = [
        re.sub(r"plandata contributors|measure_id|goal_id|[a-z_]+\.csv|[a-z]+_id|title_zh|value_text", "", cell)
        for cell in prose
    ]
    assert [cell for cell in ours if re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", cell)] == []
    assert [cell for cell in prose if re.search(r"[\u4e00-\u9fff][,;:?!]|[，。；：、] ", cell)] == []


def test_the_same_package_makes_the_same_bytes(bench: Bench) -> None:
    first, again = (paper_files(Folder(bench.root), "zh") for _ in range(2))
    assert first.files == again.files


def test_hostile_texts_are_texts(bench: Bench) -> None:
    evil = hostile(3)
    person = {"title": evil, "organization": hostile(1), "roles": ["author"]}
    other = {"title": "B", "familyName": hostile(4), "givenName": hostile(6), "roles": ["author"]}
    bench.describe(lambda d: d.update(contributors=[person, other], description=evil, doi="10.1/[x](y)<b>"))
    bench.patch("documents", 0, document_number=evil)
    tell(bench, paper={"motivation": hostile(2), "funding": [{"funder": hostile(5)}]})
    done = paper_files(Folder(bench.root), "en")
    told = list(blocks(text(done)))
    said = [*(block.text for block in told), *(cell for block in told for row in block.rows for cell in row)]
    for value in (evil, hostile(1), hostile(2), hostile(4), hostile(5), "10.1/[x](y)<b>"):
        assert any(printable(value).strip() in cell for cell in said), value
    assert {block.path for block in told} == {"", "figure-themes.png", "figure-numbers.png"}
    file = document(done)
    assert any(printable(evil) in cell for cell in cells(file))
    assert json.loads(done.files["datacite.json"])["creators"][0]["name"] == evil.strip()


def without(bench: Bench, *names: str) -> None:
    """Leaves tables out of the package."""
    bench.schema("codes", lambda codes: None)
    for name in names:
        (bench.root / f"schemas/{name}.yaml").unlink()
        bench.path(name).unlink()
    bench.describe(lambda d: d.update(resources=[r for r in d["resources"] if r["name"] not in names]))


def test_a_package_may_leave_tables_out_that_a_paper_can_do_without(bench: Bench) -> None:
    without(bench, "serves", "citations", "duties", "retired_ids", "bibliography", "anomalies")
    told = text(paper_files(Folder(bench.root), "en"))
    assert "No anomaly of the texts is recorded." in told
    assert "name an outline of the State" not in told
    assert "bibliography.csv" not in told


def test_a_package_without_targets_is_refused_in_one_line(bench: Bench) -> None:
    without(bench, "targets")
    with pytest.raises(PackageError, match="has no table targets, of which a paper tells"):
        paper_files(Folder(bench.root), "en")


def test_empty_tables_have_no_figures(bench: Bench) -> None:
    for table in ("targets", "places", "documents", "plans", "goals", "measures", "domains"):
        bench.write(table, [])
    done = paper_files(Folder(bench.root), "zh")
    assert not any(name.endswith(".png") for name in done.files)
    assert document(done).paragraphs


def test_figures_of_paragraphs_are_counted_as_word_processors_do() -> None:
    assert words("A well-known rate of 8.5 – at most.") == 7


@pytest.mark.parametrize(
    ("stated", "people", "told"),
    [
        ({}, [], []),
        ([], [], ["paper must be a mapping"]),
        ({"motivation": "", "ethics": None, "funding": None}, [{"title": "A", "path": None}], []),
        ({"ethics_zh": 5}, [], ["paper.ethics_zh must be a text"]),
        ({"publisher": ["x"], "coders": {}}, [], ["paper.publisher must be a text"]),
        ({"thanks": "x", "funding_zh": []}, [], ["paper.thanks is none of", "paper.funding_zh is none of"]),
        ({"funding": [{"funder": "A", "award": "1", "title": "T"}, {"funder": "B"}]}, [], []),
        (
            {"funding": {"funder": "A"}},
            [],
            ["paper.funding must be a list of objects with funder, award and title as texts"],
        ),
        ({"funding": [{"award": "1"}]}, [], ["paper.funding must be a list"]),
        ({"funding": [{"funder": "A", "award": 1}]}, [], ["paper.funding must be a list"]),
        ({"funding": [{"funder": "A"}, {"funder": "B", "year": "1"}]}, [], ["paper.funding must be a list"]),
        ({}, [{"title": "A"}, {"email": 5, "path": ["x"]}], ["contributor 2: email must", "contributor 2: path must"]),
    ],
)
def test_what_authors_tell_is_of_its_kind(stated: object, people: list[dict[str, object]], told: list[str]) -> None:
    found = list(faults(stated, people))
    assert len(found) == len(told)
    assert all(one.startswith(start) for one, start in zip(found, told, strict=True))


@pytest.mark.parametrize(
    ("path", "orcid"),
    [
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("http://orcid.org/0000-0002-1694-233X/", "0000-0002-1694-233X"),
        ("https://orcid.org/0000-0002-1825-00977", ""),
        ("https://example.org/0000-0002-1825-0097", ""),
        (None, ""),
    ],
)
def test_a_path_to_orcid_is_the_orcid_of_a_person(path: str | None, orcid: str) -> None:
    assert person({"title": " Ada Bee ", "path": path}) == Person("Ada Bee", orcid=orcid)


@pytest.mark.parametrize(
    ("roles", "authors", "others"),
    [
        ((("author",), ("contact",)), ["A"], ["B"]),
        (((), ("contact",)), ["A", "B"], []),
        ((("contact", "author"), ("author",)), ["A", "B"], []),
        ((), [], []),
    ],
)
def test_all_are_authors_where_none_is_said_to_be_one(
    roles: tuple[tuple[str, ...], ...], authors: list[str], others: list[str]
) -> None:
    told = About(tuple(Person(name, roles=own) for name, own in zip("AB", roles, strict=False)), {}, ())
    assert [[one.name for one in group] for group in (told.authors, told.others)] == [authors, others]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"ethics": "None."}, ("None.", "None.")),
        ({"ethics_zh": "无。"}, ("无。", "无。")),
        ({"ethics": "None.", "ethics_zh": "无。"}, ("None.", "无。")),
        ({"coders": "Two."}, None),
    ],
)
def test_a_text_in_one_language_stands_for_both(texts: dict[str, str], told: tuple[str, str] | None) -> None:
    found = About((), texts, ()).text("ethics")
    assert (found and (found.en, found.zh)) == told


def test_what_is_told_is_trimmed_and_what_is_empty_is_not_told(bench: Bench) -> None:
    tell(bench, paper={"ethics": " None. ", "coders": "", "funding": [{"funder": "A"}]})
    told = about(Folder(bench.root))
    assert told.texts == {"ethics": "None."}
    assert told.funding == ({"funder": "A", "award": "", "title": ""},)
    tell(bench, paper=None)
    assert (about(Folder(bench.root)).texts, about(Folder(bench.root)).funding) == ({}, ())
    (bench.root / "package.yaml").unlink()
    assert about(Folder(bench.root)).texts == {}


@pytest.mark.parametrize(
    ("told", "made"),
    [
        (Person("A Group"), {"name": "A Group", "nameType": "Organizational"}),
        (Person("A. Bee", given="Ada"), {"name": "A. Bee", "nameType": "Organizational"}),
        (Person("Bee", family="Bee"), {"name": "Bee", "nameType": "Personal", "familyName": "Bee"}),
        (
            Person("Ada Bee", given="Ada", family="Bee", organization="A University"),
            {
                "name": "Bee, Ada", "nameType": "Personal", "familyName": "Bee", "givenName": "Ada",
                "affiliation": [{"name": "A University"}],
            },
        ),
    ],
)  # fmt: skip
def test_only_who_has_a_family_name_is_one_person(told: Person, made: dict[str, object]) -> None:
    assert creator(told) == made


@pytest.mark.parametrize(
    ("roles", "kind"),
    [
        ((), "Other"),
        (("poet",), "Other"),
        (("poet", "contact"), "ContactPerson"),
        (("editor",), "Editor"),
        (("projectLeader", "editor"), "ProjectLeader"),
        (("publisher",), "Distributor"),
        (("",), "Other"),
    ],
)
def test_the_first_role_that_datacite_knows_is_told(roles: tuple[str, ...], kind: str) -> None:
    assert kind_of(Person("A", roles=roles)) == kind


def test_the_years_that_plans_cover_run_from_the_first_to_the_last() -> None:
    plans = [{"start_year": "2021", "end_year": "2030"}, {"start_year": "2016", "end_year": ""}]
    assert [one["date"] for one in covered(plans)] == ["2016/2030"]
    assert list(covered([])) == list(covered([{"start_year": "", "end_year": ""}])) == []


def test_a_document_names_its_issuer_and_its_number_where_they_are_known(bench: Bench) -> None:
    row = bench.rows("documents")[0] | {"issuer_zh": "县政府", "document_number": "9号"}
    told = datacite.document(row)
    assert told["creators"] == [{"name": "县政府", "nameType": "Organizational", "lang": "zh"}]
    assert (told["number"], told["numberType"]) == ("9号", "Other")
    assert not {"creators", "number", "numberType"} & set(
        datacite.document(row | {"issuer_zh": "", "document_number": ""})
    )


def test_a_dataset_without_documents_is_related_to_none(bench: Bench) -> None:
    assert related({"sources": [{"title": "x", "path": "https://example.org/"}]}, [], {}) == {}
    assert list(related({}, bench.rows("documents"), {})) == ["relatedItems"]


def test_a_place_without_an_english_name_is_left_out_of_the_metadata() -> None:
    row = {"name_en": "", "province_en": "A Province", "name_zh": "甲市", "province_zh": "乙省"}
    assert places([row, row | {"name_en": "A City"}]) == ["A City, A Province, China (乙省甲市)"]


def test_a_licence_tells_its_address_where_it_has_one_of_the_web() -> None:
    licence = {"name": "CC-BY-4.0", "title": "Attribution", "path": "https://example.org/by"}
    told = right(licence)
    assert (told["rights"], told["rightsIdentifier"], told["rightsUri"]) == (
        "Attribution",
        "CC-BY-4.0",
        licence["path"],
    )
    bare = right({"name": "CC0-1.0", "path": "LICENSE"})
    assert bare["rights"] == "CC0-1.0"
    assert "rightsUri" not in bare


def test_the_metadata_leave_out_what_the_package_does_not_tell(bench: Bench) -> None:
    bench.describe(lambda d: [d.pop(name, None) for name in ("doi", "homepage")])
    bench.describe(lambda d: d.update(keywords=["a", "b", "a"], contributors=[PERSON], created="2024-05-06T07:08:09Z"))
    package = Folder(bench.root)
    told = record(package, about(package))
    assert not {"doi", "url", "publisher", "contributors", "fundingReferences", "relatedIdentifiers"} & set(told)
    assert [one["subject"] for one in told["subjects"]] == ["a", "b"]
    assert (told["publicationYear"], told["dates"][0]) == ("2024", {"date": "2024-05-06", "dateType": "Created"})
    assert len(missing(told)) == 2
    assert told["sizes"][0] == f"{len(package.schemas.tables)} tables"
    assert told["sizes"][2] == f"{sum(path.stat().st_size for path in (bench.root / 'data').glob('*.csv'))} bytes"
    bench.describe(lambda d: d.update(doi="10.1/x", homepage="https://example.org/"))
    tell(bench, paper={"publisher": "An Archive", "funding": [{"funder": "A Fund"}]})
    package = Folder(bench.root)
    told = record(package, about(package))
    assert (told["doi"], told["url"], told["publisher"]) == ("10.1/x", "https://example.org/", {"name": "An Archive"})
    assert told["fundingReferences"] == [{"funderName": "A Fund"}]
    assert missing(told) == []


@pytest.mark.parametrize(
    ("name", "n", "english", "chinese"),
    [
        ("plans", 0, "0 plans", "0个规划"),
        ("plans", 1, "1 plan", "1个规划"),
        ("duties", 2, "2 duties", "2项实施责任"),
        ("rows", 12345, "12,345 rows", "12,345行"),
    ],
)
def test_a_number_stands_with_its_noun(name: str, n: int, english: str, chinese: str) -> None:
    assert [phrase(name, n, lang) for lang in LANGS] == [english, chinese]


@pytest.mark.parametrize(
    ("text", "short"),
    [("One.", "One."), ("One. Two.", "One. Two."), ("One. 2.5 of it. Three!", "One. Three!"), ("一。二。三", "一。三")],
)
def test_a_text_is_shortened_to_its_first_and_its_last_sentence(text: str, short: str) -> None:
    assert ends(text) == short


def test_the_facts_are_counted_in_the_tables(bench: Bench) -> None:
    bench.patch("plans", 0, start_year="2016")
    for row, title in enumerate(("Outline A", "Outline B", "Outline A")):
        bench.patch("citations", row, kind="national_outline", title_en=title, title_zh=title)
    bench.write("citations", [*bench.rows("citations"), bench.rows("citations")[1] | {"plan_id": "xuyou-both-2021"}])
    bench.write("citations", [*bench.rows("citations"), bench.rows("citations")[0] | {"title_en": "Outline C"}])
    made = Edition(Folder(bench.root))
    told = {lang: facts(made, made.say(lang)) for lang in LANGS}
    assert [told[lang]["period"] for lang in LANGS] == ["2016–2025", "2016—2025"]
    assert told["en"]["n"]["numbered"] == 11
    assert told["en"]["n"]["items"] == len(bench.rows("goals")) + len(bench.rows("measures"))
    assert told["en"]["n"]["rows"] == sum(len(bench.rows(name)) for name in edition().tables)
    assert told["en"]["n"]["decided"] == told["en"]["n"]["recoded"] == 0
    # Two plans name one outline, one plan two others, of which the first by its title is told.
    assert told["en"]["naming"] == "2 plans"
    assert told["en"]["outlines"] == "the Outline B and the Outline A"
    assert [row[5:] for row in told["en"]["document_rows"]] == [[1, "weining-2021"], [1, "xuyou-2021"]]
    assert [row[0] for row in told["en"]["table_rows"]] == [f"{name}.csv" for name in edition().tables]
    assert not told["en"]["stale"]


def test_without_plans_there_is_no_period(bench: Bench) -> None:
    made = Edition(Folder(bench.root))
    made.plans.clear()
    assert period(made, made.say("en")) == ""


def test_codes_are_told_with_how_often_they_stand_the_commonest_first(bench: Bench) -> None:
    made = Edition(Folder(bench.root))
    rows = [{"role": role} for role in ("responsible", "lead", "", "responsible")]
    assert commonest(rows, "role", "role", made.say("zh")) == "责任单位（2）和牵头单位（1）"
    assert commonest([], "role", "role", made.say("zh")) == ""

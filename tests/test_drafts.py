"""Drafts on disk: written, validated, judged, taken over into a package; and everything that is refused."""

import csv
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import rendered
from conftest import Bench
from damaged import contents, copy_package, plandata
from judged import LABELS, NOTICE, PLAN, judge, settle
from layouts import Layout, printed

from plandata import fmt
from plandata.api import open_package
from plandata.cli.drafts import told
from plandata.drafts import TOLD, RefusedError, adopt, frame, held, merge, new_findings, take_over
from plandata.files import PackageError
from plandata.package.doubts import read_doubts
from plandata.package.folder import Folder
from plandata.rules import validate
from plandata.schema import edition, home
from plandata.tables import Tables
from plandata.texts.draft import draft
from plandata.texts.draft.doubt import Doubt, said
from plandata.texts.draft.facts import english_stem, plan_rows
from plandata.texts.draft.model import Block, Draft
from plandata.texts.formats.document import Document
from plandata.texts.segment import Plan
from plandata.texts.verify import verify

LINES = [*NOTICE, *printed(PLAN, Layout())]
HELD = ("data", "schemas", "docs/data", "examples", "datapackage.json", "package.yaml", "LICENSE-DATA", "CITATION.cff")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "plan.docx"
    path.write_bytes(rendered.as_docx(LINES))
    return path


@pytest.fixture
def drafted(tmp_path: Path, document: Path) -> Path:
    out = tmp_path / "drafted"
    done = plandata("draft", document, "--out", out)
    assert done.exit_code == 1, done.stderr
    return out


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A copy of the edition that may be changed."""
    root = tmp_path / "collection"
    root.mkdir()
    for name in HELD:
        source = home() / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        elif source.is_file():
            shutil.copy(source, root / name)
    return root


def test_a_draft_is_a_package_with_doubts_and_a_page(drafted: Path) -> None:
    assert {path.name for path in drafted.iterdir()} == {
        "data", "datapackage.json", "doubts.csv", "package.yaml", "review.html", "unclaimed.csv"
    }  # fmt: skip
    package = Folder(drafted)
    assert package.is_draft
    stated = [package.descriptor[key] for key in ("name", "title_zh", "version", "created")]
    known = open_package().descriptor["created"]
    assert stated == ["yunting-2021-draft", "云汀县妇女发展规划（2021—2025年）（草稿）", "0.0.1", known]
    assert package["goals"].height == 4
    assert package["targets"]["indicator_id"].to_list() == [
        "upper-secondary-enrolment", "maternal-mortality", "health-literacy-women", "health-literacy-women"
    ]  # fmt: skip
    doubts = read_doubts(drafted)
    assert {"goals", "measures", "documents", "places"} <= {doubt.table for doubt in doubts}
    assert all(doubt.is_open and doubt.why for doubt in doubts)


def test_a_package_that_is_no_draft_may_keep_a_file_of_that_name(drafted: Path, tmp_path: Path) -> None:
    root = copy_package(tmp_path)
    shutil.copy(drafted / "doubts.csv", root / "doubts.csv")
    assert not [finding for finding in validate(Folder(root)).findings if finding.rule == "doubt_is_settled"]


def test_what_validate_finds_in_a_draft_are_warnings(drafted: Path) -> None:
    report = validate(Folder(drafted))
    assert report.valid
    assert report.findings
    assert {finding.severity for finding in report.findings} == {"warning"}
    assert sum(f.rule == "doubt_is_settled" for f in report.findings) == len(read_doubts(drafted))
    done = plandata("validate", drafted)
    assert done.exit_code == 0
    assert "doubt_is_settled" in done.stdout


def test_a_damaged_draft_has_errors(drafted: Path) -> None:
    (drafted / "data" / "goals.csv").write_text("goal_id\nx\n", encoding="utf-8")
    assert not validate(Folder(drafted)).valid


def test_the_same_file_gives_the_same_bytes(drafted: Path, document: Path, tmp_path: Path) -> None:
    plandata("draft", document, "--out", tmp_path / "again")
    assert contents(tmp_path / "again") == contents(drafted)


def test_no_sentence_of_the_text_lands_in_a_label(drafted: Path) -> None:
    text = "".join(LINES)
    labels = [row for name in ("goals", "measures") for row in Folder(drafted)[name]["label_zh"].to_list() if row]
    assert labels
    known = {row for name in ("goals", "measures") for row in open_package()[name]["label_zh"].to_list()}
    names = set(open_package()["indicators"]["name_zh"].to_list())
    assert all(label in known | names or label not in text for label in labels)


def test_what_became_no_row_is_listed(drafted: Path) -> None:
    with (drafted / "unclaimed.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [row["text"] for row in rows]
    assert "以人为本,稳步推进。" in texts
    assert not any("死亡率" in text for text in texts)
    assert all(row["place"].startswith("paragraph ") for row in rows)


def test_a_judged_draft_is_taken_over(drafted: Path, collection: Path, document: Path, tmp_path: Path) -> None:
    judge(drafted)
    texts = tmp_path / "texts"
    texts.mkdir()
    shutil.copy(document, texts)
    done = plandata("adopt", drafted, "--into", collection)
    assert done.exit_code == 0, done.stdout + done.stderr
    assert "data/goals.csv: 4 rows added" in done.stdout
    assert plandata("fmt", "--check", collection).exit_code == 0
    left = {(found.rule, found.detail) for found in validate(Folder(collection)).findings}
    assert left == {("plan_is_coded_for_policy", "no instruments"), ("plan_is_coded_for_policy", "no duties")}
    proof = next(proof for proof in verify(Folder(collection), texts) if proof.plan == "yunting-women-2021")
    assert (proof.gaps, proof.fingerprints.total) == ([], 9)
    goal = Folder(collection)["goals"].filter(Folder(collection)["goals"]["goal_id"] == "yunting-women-2021.overall")
    assert goal["label_zh"].to_list() == [LABELS["overall"][0]]


def test_a_draft_is_taken_over_once(drafted: Path, collection: Path) -> None:
    judge(drafted)
    adopt(drafted, collection)
    before = contents(collection)
    with pytest.raises(RefusedError) as refused:
        adopt(drafted, collection)
    assert refused.value.reasons == ["every row stands in the package already"]
    assert contents(collection) == before


def test_open_doubts_are_refused_one_by_one(drafted: Path, collection: Path) -> None:
    before = contents(collection)
    done = plandata("adopt", drafted, "--into", collection)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("doubts.csv:2: yunting name_en: ")
    assert lines[-1].endswith("drafted: not taken over, nothing was changed; mend that and run it again")
    assert contents(collection) == before


def test_what_the_rules_forbid_is_refused(drafted: Path, collection: Path) -> None:
    settle(drafted)
    before = contents(collection)
    with pytest.raises(RefusedError) as refused:
        adopt(drafted, collection)
    assert any("cell_is_present: yunting-women-2021.overall label_zh=" in reason for reason in refused.value.reasons)
    assert contents(collection) == before


def test_a_table_that_cannot_be_read_is_not_passed_over(drafted: Path, collection: Path) -> None:
    judge(drafted)
    (drafted / "data" / "goals.csv").write_text("goal_id\nx\n", encoding="utf-8")
    before = contents(collection)
    with pytest.raises(PackageError, match="cannot be read as table goals"):
        adopt(drafted, collection)
    assert contents(collection) == before


def test_an_id_that_means_something_else_is_refused(drafted: Path, collection: Path) -> None:
    judge(drafted)
    path = collection / "data" / "places.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("weining,", "yunting,"), encoding="utf-8")
    before = contents(collection)
    with pytest.raises(RefusedError) as refused:
        adopt(drafted, collection)
    assert refused.value.reasons == [
        f"data/places.csv: yunting is another row in {collection}; give it another id, or drop it"
    ]
    assert contents(collection) == before


def test_what_the_text_does_not_bear_out_is_refused(drafted: Path, collection: Path, tmp_path: Path) -> None:
    judge(drafted)
    (tmp_path / "texts").mkdir()
    other = [line.replace("9/10万", "8/10万") for line in LINES]
    (tmp_path / "texts" / "other.txt").write_bytes(rendered.as_txt(other))
    with pytest.raises(RefusedError) as refused:
        adopt(drafted, collection, tmp_path / "texts")
    assert any(reason.startswith("yunting-women-2021.health.g01: ") for reason in refused.value.reasons)


@pytest.mark.parametrize("name", ["a package", "nothing"])
def test_only_drafts_are_taken_over(name: str, collection: Path, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="is no draft" if name == "a package" else "not found"):
        adopt(collection if name == "a package" else tmp_path / "nowhere", collection)


def test_a_list_of_doubts_that_draft_did_not_write_is_told_with_its_line(drafted: Path, collection: Path) -> None:
    path = drafted / "doubts.csv"
    path.write_text(path.read_text(encoding="utf-8") + "goals,a\n", encoding="utf-8")
    done = plandata("adopt", drafted, "--into", collection)
    assert done.exit_code == 2
    assert "has 2 cells, not 6; mend the line" in done.stderr


def test_a_folder_that_holds_something_is_left_alone(drafted: Path, document: Path) -> None:
    before = contents(drafted)
    done = plandata("draft", document, "--out", drafted)
    assert done.exit_code == 2
    assert "already holds" in done.stderr
    assert contents(drafted) == before


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.txt", "今天天气很好。\n".encode(), "no plan is found in it; is it a plan for women or children?"),
        ("plan.docx", b"%PDF-1.7\n%%EOF\n", "ends in .docx, but holds a PDF; rename it to .pdf"),
        ("plan.pdf", b"", "is empty; ask for the file again"),
        ("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is a document of Word before 2007 (.doc)"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_one_line(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    done = plandata("draft", tmp_path / name, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_place_that_only_sounds_like_a_known_one_has_an_id_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("\n".join(LINES).replace("云汀县", "佳幸县"), encoding="utf-8")
    made = draft([path], Tables.of(open_package()))
    assert [row["place_id"] for row in made.tables["places"]] == ["jiaxing-county"]
    assert {row["unit_id"].partition(".")[0] for row in made.tables["units"]} == {"jiaxing-county"}
    known = next(row for row in Tables.of(open_package()).rows("places") if row["place_id"] == "weining")
    path.write_text("\n".join(LINES).replace("云汀县", "威宁自治县"), encoding="utf-8")
    assert draft([path], Tables.of(open_package())).tables["places"] == [known]
    path.write_text("\n".join(LINES), encoding="utf-8")
    assert draft([path], Tables.of(open_package()), "weining").tables["places"] == [known]


def test_an_id_of_a_place_is_checked(document: Path, tmp_path: Path) -> None:
    done = plandata("draft", document, "--out", tmp_path / "out", "--place", "../x")
    assert done.exit_code == 2
    assert "an id has small letters" in done.stderr


def test_every_doubt_is_said_in_chinese(document: Path, tmp_path: Path) -> None:
    plandata("draft", document, "--out", tmp_path / "zh", "--lang", "zh")
    known = Tables.of(open_package())
    texts = sorted((Path(__file__).parent / "texts").glob("*.txt"))
    doubts = [doubt for path in texts for doubt in draft([path], known).doubts]
    whys = [said(doubt, "zh").why for doubt in doubts] + [doubt.why for doubt in read_doubts(tmp_path / "zh")]
    assert len(whys) > 100
    assert [why for why in whys if not re.match("[“\\u3400-\\u9fff]", why)] == []


def test_a_domain_whose_heading_tells_all_of_it_is_not_doubted(drafted: Path) -> None:
    assert Folder(drafted)["domains"].height > 0
    assert not [doubt for doubt in read_doubts(drafted) if doubt.table == "domains"]


def test_a_name_is_spelled_out_only_where_the_library_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert english_stem("云汀县") == "Yunting"
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    assert english_stem("云汀县", needed=False) == ""
    with pytest.raises(PackageError, match="names of places need pypinyin"):
        english_stem("云汀县")


@pytest.mark.parametrize(
    ("population", "title"),
    [("women", "云汀县妇女发展规划"), ("children", "云汀县儿童发展规划"), ("", "云汀县妇女儿童发展规划")],
)
def test_a_plan_without_a_title_is_called_by_its_place_and_doubted(population: str, title: str) -> None:
    place = {"place_id": "yunting", "name_zh": "云汀县", "name_en": "Yunting County"}
    (row,), doubts = plan_rows([Plan("", population, 1)], place, "没有年份的文字")
    assert (row["title_zh"], row["start_year"], row["end_year"]) == (title, "2021", "2025")
    told = {doubt.column for doubt in doubts}
    assert told == {"title_en", "title_zh", "start_year"} | ({"population"} if not population else set())


@pytest.mark.parametrize("count", [1, TOLD, TOLD + 1, TOLD + 2000])
def test_so_many_reasons_are_told_one_by_one(count: int) -> None:
    refused = RefusedError(Path("drafted"), [f"reason {n}" for n in range(count)])
    more = [f"and {count - TOLD:,} more"] if count > TOLD else []
    assert refused.reasons == [f"reason {n}" for n in range(min(count, TOLD))] + more
    assert str(refused) == "drafted: not taken over, nothing was changed"


@pytest.fixture
def other(bench: Bench, tmp_path: Path) -> Bench:
    """A second package with the same rows."""
    shutil.copytree(bench.root, tmp_path / "other")
    return Bench(tmp_path / "other")


def test_rows_that_a_package_lacks_are_merged_in_their_order(bench: Bench, other: Bench) -> None:
    other.write("places", [bench.rows("places")[0] | {"place_id": "x1"}, bench.rows("places")[1]])
    other.describe(lambda d: d["resources"].remove(next(r for r in d["resources"] if r["name"] == "serves")))
    merged, clashes, added = merge(Folder(other.root), Folder(bench.root))
    assert (clashes, added) == ([], {"places": 1})
    assert merged["places"]["place_id"].to_list() == ["weining", "x1", "xuyou"]
    assert {name: rows.height for name, rows in merged.items() if name != "places"} == {
        name: len(bench.rows(name)) for name in edition().tables if name != "places"
    }


def test_an_id_of_several_columns_that_means_something_else_is_told_with_all_of_them(
    bench: Bench, other: Bench
) -> None:
    goal, unit = "weining-women-2021.health.g01", "weining.health-bureau"
    other.patch("assignments", other.find("assignments", goal_id=goal, unit_id=unit), role="cooperating")
    other.patch("assignments", other.find("assignments", goal_id=goal, position="2"), unit_id="weining.members")
    _, clashes, added = merge(Folder(other.root), Folder(bench.root))
    assert clashes == [
        f"data/assignments.csv: {goal}//{unit} is another row in {bench.root}; give it another id, or drop it"
    ]
    assert added == {"assignments": 2}


def test_a_draft_of_other_columns_is_drafted_anew(bench: Bench, other: Bench) -> None:
    def add(schema: Any) -> None:
        texts = dict.fromkeys(("title", "title_zh", "description", "description_zh", "example"), "x")
        schema["fields"].append({"name": "remark", "type": "string", **texts})

    other.schema("places", add)
    lines = other.path("places").read_text(encoding="utf-8").splitlines()
    other.path("places").write_text(
        "".join(f"{line}\n" for line in (lines[0] + ",remark", *lines[1:])).replace("Guizhou\n", "Guizhou,\n"),
        encoding="utf-8",
    )
    with pytest.raises(PackageError, match="places has other columns than"):
        merge(Folder(other.root), Folder(bench.root))


def test_only_the_errors_that_rows_bring_stand_against_them(bench: Bench, other: Bench) -> None:
    bench.patch("places", 0, level="town")
    first, second = bench.rows("places")
    other.write("places", [first, first, second | {"level": "town"}])
    for one in (bench, other):
        one.settle()
    brought = [found for found in new_findings(Folder(bench.root), Folder(other.root)) if "code_is_known" in found]
    assert [found.partition(" (")[0] for found in brought] == [
        f"data/places.csv: code_is_known: {place} level=town" for place in ("weining", "xuyou")
    ]


def test_rows_of_a_draft_have_every_column_and_stand_in_order() -> None:
    made = frame(
        [{"place_id": "t10"}, {"place_id": "t2", "name_zh": "", "level": "county"}], edition().tables["places"]
    )
    assert made.columns == edition().tables["places"].columns
    assert made.select("place_id", "name_zh", "level").rows() == [("t2", None, "county"), ("t10", None, None)]


def test_what_is_taken_over_is_what_differs_unless_somebody_saved_it_meanwhile(tmp_path: Path) -> None:
    stage, root = tmp_path / "stage", tmp_path / "root"
    for folder, files in ((stage, {"a": "1", "deep/b": "3", "c": "4"}), (root, {"a": "1", "deep/b": "2", "d": "5"})):
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    before = {path: fmt.digest_in(root, path) for path in ("a", "deep/b")}
    (root / "deep/b").write_text("saved", encoding="utf-8")
    kept = contents(root)
    with pytest.raises(PackageError, match="was saved by somebody"):
        take_over(stage, root, before)
    assert contents(root) == kept
    (root / "deep/b").write_text("2", encoding="utf-8")
    (root / "a").write_text("mine", encoding="utf-8")
    take_over(stage, root, before)
    assert contents(root) == kept | {"a": b"mine", "deep/b": b"3", "c": b"4"}


def test_the_files_that_a_package_holds_of_those_that_are_renewed(bench: Bench) -> None:
    own = {"datapackage.json", "package.yaml", *(f"data/{name}.csv" for name in edition().tables)}
    assert own <= set(held(bench.root, edition()))
    assert "docs/data/ids.txt" not in held(bench.root, edition())
    bench.schema("places", lambda schema: None)
    bench.path("units").unlink()
    assert {"schemas/places.yaml", "schemas/codes.yaml"} <= set(held(bench.root, edition()))
    assert "data/units.csv" not in held(bench.root, edition())


def test_a_draft_is_told_in_figures_with_what_to_do_next(capsys: pytest.CaptureFixture[str]) -> None:
    tables = {"plans": [{"plan_id": "p", "title_zh": "规划"}], "goals": [{}, {}], "targets": [{}], "measures": []}
    names = ("plans", "domains", "goals", "measures", "targets", "non_targets", "units", "assignments", "indicators")
    blocks = [Block("a", "page 1", "goal"), Block("b", "page 1"), Block("c", "page 2")]
    doubts = [Doubt("goals", "g", "label_zh", "", "why")] * 1234
    told(Draft({name: tables.get(name, []) for name in names}, doubts, blocks, Document("txt")), Path("out"))
    assert capsys.readouterr().out.splitlines() == [
        "p: 规划",
        "plans 1, goals 2, targets 1",
        "1,234 doubts; 2 of 3 pieces of the text became no row",
        f"Open {Path('out/review.html')} to judge them, mend data/, then: plandata adopt out --into PACKAGE",
    ]

"""Schemas belong to a package: it may add to those of the edition, leave out by name, and weaken nothing."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Bench
from damaged import contents, plandata
from packages import write_package

from plandata.api import open_package
from plandata.files import PackageError
from plandata.finding import Report
from plandata.package.folder import Folder
from plandata.rules import validate, wording
from plandata.schema import Schemas, edition, home
from plandata.tables import Tables

TEXTS = dict.fromkeys(("title", "title_zh", "description", "description_zh", "example"), "x")


def renewed(b: Bench) -> Report:
    """What is found once plandata fmt has listed what the schemas describe."""
    done = plandata("fmt", b.root)
    assert done.exit_code == 0, done.stderr
    return validate(Folder(b.root))


def broken(report: Report) -> set[tuple[str, str, str]]:
    return {(finding.rule, finding.table, finding.column) for finding in report.findings}


def column(**cells: object) -> Callable[[Any], None]:
    """Adds a column to a schema."""
    return lambda schema: schema["fields"].append({"name": "remark", "type": "string", **TEXTS, **cells})


def fill(b: Bench, table: str, name: str, cell: str) -> None:
    """Writes a new column into a table, the same cell in every row."""
    with b.path(table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with b.path(table).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([[*row, cell if n else name] for n, row in enumerate(rows)])


def test_the_small_package_is_valid_and_canonical(bench: Bench) -> None:
    assert renewed(bench).findings == []
    assert plandata("fmt", "--check", bench.root).exit_code == 0


def test_a_new_table_is_its_schema_and_its_rows(bench: Bench) -> None:
    key = {"name": "town_id", "type": "string", **TEXTS, "constraints": {"required": True}}
    place = {"fields": "place_id", "reference": {"resource": "places", "fields": "place_id"}}
    fields = [key, {"name": "place_id", "type": "string", **TEXTS}]
    towns = {**TEXTS, "order": 15, "primaryKey": ["town_id"], "foreignKeys": [place], "fields": fields}
    bench.schema("towns", lambda schema: schema.update(towns))
    bench.path("towns").write_text("town_id,place_id\nb,xuyou\na,weining\n", encoding="utf-8")
    assert renewed(bench).findings == []
    package = open_package(bench.root)
    assert package["towns"].rows() == [("a", "weining"), ("b", "xuyou")]
    assert list(package.schemas.tables)[:3] == ["places", "towns", "documents"]
    bench.path("towns").write_text("town_id,place_id\na,nowhere\na,weining\n", encoding="utf-8")
    wrong = {("reference_exists", "towns", "place_id"), ("key_is_unique", "towns", "town_id")}
    assert wrong <= broken(renewed(bench))


def test_a_new_optional_column_is_its_field_and_its_cells(bench: Bench) -> None:
    bench.schema("places", column(type="integer", example="7"))
    fill(bench, "places", "remark", "7")
    assert renewed(bench).findings == []
    assert open_package(bench.root)["places"]["remark"].to_list() == [7, 7]
    bench.damage("places", lambda content: content.replace(b",7\n", b",seven\n"))
    assert ("cell_has_its_type", "places", "remark") in broken(renewed(bench))


def test_a_new_code_is_known_where_its_list_has_it(bench: Bench) -> None:
    bench.patch("places", 0, level="town")
    assert ("code_is_known", "places", "level") in broken(renewed(bench))
    entry = {"label_en": "town", "label_zh": "镇", "definition_en": "A town.", "definition_zh": "镇。"}
    bench.schema("codes", lambda codes: codes["level"].update(town=entry))
    assert renewed(bench).findings == []
    assert open_package(bench.root).words("zh").label("level", "town") == "镇"


def test_a_schema_of_users_is_no_table_of_the_package(bench: Bench) -> None:
    bench.schema(
        "surveys",
        lambda schema: schema.update({**TEXTS, "of_users": True, "fields": [{"name": "a", "type": "string", **TEXTS}]}),
    )
    assert renewed(bench).findings == []
    assert "surveys" not in Folder(bench.root).schemas.tables


def test_a_missing_column_is_told_unless_it_is_left_out(bench: Bench) -> None:
    last = edition().tables["assignments"].columns[-1]
    bench.schema("assignments", lambda schema: schema["fields"].pop())
    bench.damage(
        "assignments", lambda content: b"".join(line.rpartition(b",")[0] + b"\n" for line in content.splitlines())
    )
    assert broken(renewed(bench)) == {("edition_is_described", "assignments", last)}
    bench.leave_out(f"assignments.{last}")
    assert renewed(bench).findings == []
    assert Tables.of(Folder(bench.root))["assignments"][last].null_count() == len(bench.rows("assignments"))


def drop_anomalies(b: Bench) -> None:
    """Takes the anomalies out of the package, and what they excuse."""
    b.schema("codes", lambda codes: None)
    (b.root / "schemas/anomalies.yaml").unlink()
    b.path("anomalies").unlink()


def test_a_missing_table_is_told_unless_it_is_left_out(bench: Bench) -> None:
    drop_anomalies(bench)
    report = renewed(bench)
    assert broken(report) == {("edition_is_described", "anomalies", "")}
    bench.leave_out("anomalies")
    report = renewed(bench)
    assert report.findings == []
    assert report.unchecked["goal_has_a_lead_unit"] == ["anomalies"]
    assert plandata("validate", bench.root).exit_code == 0


def test_what_is_left_out_is_not_there(bench: Bench) -> None:
    drop_anomalies(bench)
    bench.leave_out("anomalies", "targets", "targets.value", "towns", "targets.colour")
    wrong = {finding.value for finding in renewed(bench).findings if finding.rule == "left_out_is_not_there"}
    assert wrong == {"targets", "targets.value", "towns", "targets.colour"}


def test_a_folder_without_schemas_is_read_with_those_of_the_edition(bench: Bench) -> None:
    assert Folder(bench.root).schemas is edition()
    assert Folder(home()).schemas is edition()


def test_the_maker_of_packages_gives_a_new_table_a_row(bench: Bench, tmp_path: Path) -> None:
    names = {"goal_id": "goals", "measure_id": "measures"}
    keys = [{"fields": n, "reference": {"resource": table, "fields": n}} for n, table in names.items()]
    fields = [{"name": name, "type": "string", **TEXTS} for name in (*names, "law")]
    laws = {**TEXTS, "uniqueKeys": [[*names, "law"]], "foreignKeys": keys, "fields": fields}
    bench.schema("laws", lambda schema: schema.update(laws))
    made = Folder(write_package(tmp_path / "made", Schemas(bench.root / "schemas")))
    assert validate(made).findings == []
    assert made["laws"].rows() == [("weining-women-2021.health.g01", None, "x")]


def replace(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


def edited(change: Callable[[Any], object]) -> Callable[[Path], object]:
    return lambda path: Bench(path.parents[1]).schema(path.stem, change)


DEEP, BOMB = "[" * 20_000, "a: &a [x, x]\nb: &b [*a, *a]\nfields: *b\n"
HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no fields": (edited(lambda s: s.pop("fields")), "is no Table Schema"),
    "fields that are no list": (edited(lambda s: s.update(fields=5)), "is no Table Schema"),
    "an empty list of fields": (edited(lambda s: s.update(fields=[])), "is no Table Schema"),
    "a field that is a text": (edited(lambda s: s["fields"].append("x")), "is no Table Schema"),
    "a field without a type": (edited(lambda s: s["fields"][0].pop("type")), "is no Table Schema"),
    "constraints that are a list": (edited(lambda s: s["fields"][0].update(constraints=[1])), "is no Table Schema"),
    "a limit that is a text": (edited(lambda s: s["fields"][1]["constraints"].update(maxLength="x")), "maxLength"),
    "a code list that is a list": (edited(lambda s: s["fields"][1].update(codes=["a"])), ""),
    "a foreign key of no column": (
        edited(lambda s: s.update(foreignKeys=[{"fields": ["a"], "reference": {"resource": "a", "fields": "a"}}])),
        "a key names",
    ),
    "a foreign key of nothing": (edited(lambda s: s.update(foreignKeys=[{}])), "is no Table Schema"),
    "no fields and no key": (edited(lambda s: (s.pop("primaryKey"), s.update(fields=[]))), "is no Table Schema"),
    "a column twice": (
        edited(lambda s: s["fields"].append(dict(s["fields"][1], constraints={}))),
        "is no Table Schema",
    ),
    "a key of no column": (edited(lambda s: s.update(primaryKey="place_id")), "a key names p"),
    "a unique key of no column": (edited(lambda s: s.update(uniqueKeys=[["place"]])), "a key names place"),
    "an order by no column": (edited(lambda s: s.update(sortedBy=["place"])), "a key names place"),
    "a bad pattern": (edited(lambda s: s["fields"][0]["constraints"].update(pattern="(")), "pattern cannot be read"),
    "a text": (replace("places"), "is no Table Schema"),
    "nothing": (replace(""), "is no Table Schema"),
    "broken YAML": (replace("fields: ["), "is not plain YAML"),
    "a YAML bomb": (replace(BOMB), "an alias"),
    "a deep YAML": (replace(DEEP), "is nested too deeply"),
    "an object": (replace("!!python/object/apply:os.system ['true']"), "is not plain YAML"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_schema_is_one_line(bench: Bench, name: str) -> None:
    damage, message = HOSTILE[name]
    bench.schema("codes", lambda codes: None)
    damage(bench.root / "schemas/places.yaml")
    before = contents(bench.root)
    for command in ("validate", "fmt"):
        result = plandata(command, bench.root)
        if name == "a code list that is a list":
            assert "code_list_is_there" in plandata("validate", bench.root).stdout
            break
        if command == "validate" or name != "a bad pattern":
            assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1), result.output
            assert "places.yaml" in result.stderr
            assert message in result.stderr
            assert contents(bench.root) == before


def test_schemas_that_lead_out_of_the_package_are_refused(bench: Bench) -> None:
    (bench.root / "schemas").symlink_to(home() / "schemas")
    outside = bench.root.parent / "elsewhere"
    outside.mkdir()
    assert Folder(bench.root).schemas is edition(), "a link to the edition's own schemas is the edition"
    (bench.root / "schemas").unlink()
    (bench.root / "schemas").symlink_to(outside)
    result = plandata("validate", bench.root)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "leads out of the package over a link" in result.stderr


def test_a_linked_schema_is_not_read(bench: Bench) -> None:
    bench.schema("codes", lambda codes: None)
    path = bench.root / "schemas/places.yaml"
    path.rename(bench.root.parent / "places.yaml")
    path.symlink_to(bench.root.parent / "places.yaml")
    assert "places" not in Folder(bench.root).schemas.tables
    path.unlink()
    path.symlink_to("places.yaml")
    assert "places" not in Folder(bench.root).schemas.tables


def test_a_schema_that_is_no_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "places.yaml").mkdir()
    assert Schemas(tmp_path).tables == {}
    with pytest.raises(PackageError, match=r"codes\.yaml: not found"):
        Schemas(tmp_path).codes  # noqa: B018 - the access is the test


def test_every_table_that_has_texts_is_looked_at() -> None:
    shipped = Folder(home()).tables
    assert {name for name, frame in shipped.items() if wording.stems(frame)} == set(wording.TEXTS)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("glossary", "terms: {孤儿: orphans}\n", "is no glossary of terms, phrases and words"),
        ("glossary", "[]\n", "is no glossary"),
        ("glossary", "{terms: [], phrases: {}, words: {}}\n", "is no glossary"),
        ("lexicon", "edition: a b\n", "is no lexicon of edition and others"),
        ("lexicon", "{edition: [a], others: b}\n", "is no lexicon"),
    ],
)
def test_a_list_of_words_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(PackageError, match=rf"{name}\.yaml: {message}"):
        getattr(Schemas(tmp_path), name)


def test_words_of_the_glossary_are_taken_once_and_told_apart(bench: Bench) -> None:
    """A package may have a glossary of its own; an entry covers its plural."""
    bench.schema("codes", lambda codes: None)
    bench.schema(
        "glossary", lambda lists: lists.update(terms={"孤儿": "orphan"}, phrases={"kite": "风筝"}, words={"x": "乙"})
    )
    bench.patch("goals", 0, label_zh="孤儿", label_en="Orphan kites")
    found = [f for f in validate(Folder(bench.root)).findings if f.rule == "texts_say_the_same"]
    assert [(f.table, f.column) for f in found] == [("goals", "label_en")]
    assert found[0].detail == "kites = 风筝; or add its Chinese to schemas/glossary.yaml"

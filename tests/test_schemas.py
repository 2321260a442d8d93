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
from plandata.assess.observations import baseline_observations
from plandata.files import PackageError
from plandata.finding import Report
from plandata.package.folder import Folder
from plandata.rules import validate, wording
from plandata.schema import (
    Field,
    ForeignKey,
    Schemas,
    Table,
    check_references,
    edition,
    field_descriptor,
    home,
    places,
    read_code,
    read_glossary,
    read_lexicon,
    read_reasons,
    read_synonyms,
    read_table,
    schemas_of,
    table_schema,
)
from plandata.tables import Tables
from plandata.text import Text

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


@pytest.mark.parametrize(
    ("name", "script", "cell", "fine"),
    [
        ("remark_en", {}, "Women", True),
        ("remark_en", {}, "妇女", False),
        ("remark_en", {"script": "both"}, "妇女 (women)", True),
        ("remark_en", {"script": "both"}, "\u0430", False),
        ("remark", {}, "妇女", True),
        ("remark", {}, "Zürich", False),
        ("remark", {"script": "latin"}, "Zürich", True),
        ("remark", {"constraints": {"pattern": ".*"}}, "Zürich", False),
    ],
)
def test_the_script_of_a_column_follows_from_its_name_or_is_said(
    bench: Bench, name: str, script: dict[str, object], cell: str, fine: bool
) -> None:
    bench.schema("units", column(name=name, **script))
    fill(bench, "units", name, cell)
    found = {("characters_belong_to_the_column", "units", name)}
    assert broken(renewed(bench)) & found == (set() if fine else found)


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
    "a script that is none": (
        edited(lambda s: s["fields"][0].update(script="greek")),
        "latin, chinese, both, not 'greek'",
    ),
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
    "a pattern that only Python reads": (
        edited(lambda s: s["fields"][0]["constraints"].update(pattern="(?<=a)b")),
        "pattern cannot be read",
    ),
    "a pattern that reads its own end": (
        edited(lambda s: s["fields"][0]["constraints"].update(pattern="a)|(?:b")),
        "pattern cannot be read",
    ),
    "a pattern without end": (
        edited(lambda s: s["fields"][0]["constraints"].update(pattern="a{1000}{1000}")),
        "pattern cannot be read",
    ),
    "an unknown type": (edited(lambda s: s["fields"][0].update(type="colour")), "no type 'colour'; types: string"),
    "an order that is a text": (edited(lambda s: s.update(order="first")), "order cannot be 'first'"),
    "a foreign key of no table": (
        edited(lambda s: s.update(foreignKeys=[{"fields": "level", "reference": {"resource": 5, "fields": "a"}}])),
        "a key names 5",
    ),
    "a foreign key of no column there": (
        edited(
            lambda s: s.update(foreignKeys=[{"fields": "level", "reference": {"resource": "plans", "fields": "a"}}])
        ),
        "the foreign key of level names a, which is no column of plans",
    ),
    "a text": (replace("places"), "is no Table Schema"),
    "nothing": (replace(""), "is no Table Schema"),
    "broken YAML": (replace("fields: ["), "is not plain YAML"),
    "a YAML bomb": (replace(BOMB), "an alias"),
    "a deep YAML": (replace(DEEP), "is nested too deeply"),
    "an object": (replace("!!python/object/apply:os.system ['true']"), "is not plain YAML"),
}


@pytest.mark.slow
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


@pytest.mark.parametrize("target", ["../../places.yaml", "places.yaml"], ids=["out of the package", "in a circle"])
def test_a_schema_that_is_a_link_is_refused_and_not_read(bench: Bench, target: str) -> None:
    """Passed over, its table would be gone from the descriptor with the next fmt."""
    bench.schema("codes", lambda codes: None)
    path = bench.root / "schemas/places.yaml"
    path.rename(bench.root.parent / "places.yaml")
    path.symlink_to(target)
    for command in ("validate", "fmt"):
        refused = plandata(command, bench.root)
        assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
        assert f"{path}: " in refused.stderr
        assert "link" in refused.stderr


def test_a_schema_that_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "places.yaml").mkdir()
    with pytest.raises(PackageError, match=r"places\.yaml: is a folder, no file"):
        Schemas(tmp_path).tables  # noqa: B018 - the access is the test
    with pytest.raises(PackageError, match=r"codes\.yaml: not found"):
        Schemas(tmp_path).codes  # noqa: B018 - the access is the test


def put_reason(**texts: object) -> Callable[[Any], object]:
    return lambda lists: lists["reason"]["no_data"].update(texts)


LISTS: dict[str, tuple[str, Callable[[Any], object], str]] = {
    "a glossary that is a list": ("glossary", lambda terms: terms.clear(), "is no glossary"),
    "a reason that is a number": ("assessment_codes", lambda lists: lists["reason"].update(no_data=5), "is no list of"),
    "a reason in one language": ("assessment_codes", lambda lists: lists["reason"]["no_data"].pop("zh"), "of reasons"),
    "a reason with another place": (
        "assessment_codes",
        put_reason(en="None in {town}."),
        "no_data has no place {town}",
    ),
    "a reason with half a place": ("assessment_codes", put_reason(en="None in {year"), "of reasons"),
    "a reason with an attribute": ("assessment_codes", put_reason(en="None in {year!r}"), "a place is its name alone"),
    "a code that is a text": ("codes", lambda lists: lists["level"].update(county="county"), "is no list of codes"),
    "a list that is a number": ("codes", lambda lists: lists.update(level=5), "is no list of codes"),
    "a class that its list does not have": (
        "codes",
        lambda lists: lists["instrument"]["fund"].update(nato="gold"),
        "fund has the nato gold, which that list does not have",
    ),
    "words that are a number": ("codes", lambda lists: lists["level"]["county"].update(words=5), "is no list of codes"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_a_hostile_list_is_one_line(bench: Bench, name: str) -> None:
    schema, damage, message = LISTS[name]
    observed = bench.root.with_name("observed.csv")
    observed.write_text(baseline_observations(Tables.of(Folder(bench.root))), encoding="utf-8")
    bench.schema(schema, damage)
    if schema == "glossary":
        (bench.root / "schemas/glossary.yaml").write_text("- 规划\n", encoding="utf-8")
    judged = ("assess", observed, "--package", bench.root, "--lang", "en")
    result = plandata(*(judged if schema == "assessment_codes" else ("validate", bench.root)))
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1), result.output
    assert f"{schema}.yaml: " in result.stderr
    assert message in result.stderr


def test_a_column_of_no_list_is_one_line(bench: Bench) -> None:
    bench.schema("codes", lambda lists: lists.pop("level"))
    result = plandata("fmt", bench.root)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "codes.yaml: has no list 'level', which the column level names" in result.stderr


def test_a_schema_that_forgets_its_foreign_keys_breaks_no_join(bench: Bench) -> None:
    """The joins stand on the keys of the edition; that they are missing is a finding."""
    bench.schema("targets", lambda schema: schema.pop("foreignKeys"))
    assert {rule for rule, _, _ in broken(renewed(bench))} == {"constraint_is_no_weaker_than_the_editions"}
    assert Tables.of(Folder(bench.root)).rows("targets")[0]["item_id"]


def test_every_table_that_has_texts_is_looked_at() -> None:
    shipped = Folder(home()).tables
    assert {name for name, frame in shipped.items() if wording.stems(frame)} == set(wording.TEXTS)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("glossary", "terms: {孤儿: orphans}\n", "is no glossary of terms, phrases and words"),
        ("glossary", "[]\n", "is no glossary"),
        ("glossary", "{terms: [], phrases: {}, words: {}}\n", "is no glossary"),
        ("lexicon", "edition: a b\n", "is no lexicon of edition, others and neighbours"),
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


def test_a_class_of_a_code_stands_in_its_list_or_is_refused_with_both_named() -> None:
    """What a code has under a name that is no list is no class."""
    lists = {"nato": {"treasure": {}}, "instrument": {}}
    read = read_code("coin", {"label_en": "coin", "nato": "treasure", "colour": "red"}, lists)
    assert (read.label.en, read.classes) == ("coin", {"nato": "treasure"})
    assert read_code("coin", {"colour": "red"}, lists).classes == {}
    with pytest.raises(ValueError, match="coin has the nato gold, which that list does not have"):
        read_code("coin", {"nato": "gold"}, lists)


CLASSES = ("rothwell_zegveld", "mcdonnell_elmore", "nato")


@pytest.mark.parametrize(
    ("code", "classes"),
    [
        ("regulate", ("environment", "mandate", "authority")),
        ("fund", ("supply", "inducement", "treasure")),
        ("train", ("supply", "capacity_building", "organisation")),
        ("inform", ("environment", "exhortation", "nodality")),
        ("mobilise", ("demand", "exhortation", "nodality")),
        ("coordinate", ("environment", "system_change", "organisation")),
    ],
)
def test_the_classes_of_an_instrument(code: str, classes: tuple[str, ...]) -> None:
    assert dict(edition().codes["instrument"][code].classes) == dict(zip(CLASSES, classes, strict=True))


def test_every_instrument_has_a_class_of_each_list_and_every_class_an_instrument() -> None:
    instruments = edition().codes["instrument"].values()
    assert {tuple(sorted(code.classes)) for code in instruments} == {tuple(sorted(CLASSES))}
    for name in CLASSES:
        assert {code.classes[name] for code in instruments} == set(edition().codes[name])
    others = {name for name, codes in edition().codes.items() for code in codes.values() if code.classes}
    assert others == {"instrument"}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"primary_key": ("a",), "unique_keys": (("b",),)}, ("a",)),
        ({"unique_keys": (("b",), ("a", "b"))}, ("b",)),
        ({}, ("a", "b")),
    ],
)
def test_a_row_is_known_by_its_primary_key_else_the_first_unique_one_else_by_all_of_it(
    keys: dict[str, Any], expected: tuple[str, ...]
) -> None:
    text = Text("", "")
    fields = (Field("a", "string", text, text), Field("b", "string", text, text))
    assert Table("t", text, text, fields, **keys).key == expected


NAMED = {"fields": [{"name": "a", "type": "string"}, {"name": "b_en", "type": "integer"}]}


def table(**source: object) -> Table:
    return read_table(Path("schemas"), "t", NAMED | source)


def field(**source: object) -> Field:
    return table(fields=[{"name": "a", "type": "string"} | source]).fields[0]


def test_a_table_has_what_its_schema_says_and_is_sorted_by_its_key_else_its_first_column() -> None:
    plain = table()
    assert (plain.columns, plain.sorted_by, plain.order, plain.of_users) == (["a", "b_en"], ("a",), None, False)
    assert table(primaryKey=["b_en"]).sorted_by == ("b_en",)
    full = table(primaryKey=["a"], uniqueKeys=[["a", "b_en"]], sortedBy=["b_en", "a"], order=0, of_users=True)
    assert (full.sorted_by, full.unique_keys, full.order, full.of_users) == (("b_en", "a"), (("a", "b_en"),), 0, True)
    assert (full.field("b_en").script, full.field("a").script) == ("latin", "chinese")
    with pytest.raises(KeyError):
        full.field("c")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({"order": "1"}, "order cannot be '1'; it is a whole number"),
        ({"order": True}, "order cannot be True; it is a whole number"),
        ({"fields": []}, "fields: there must be some, and each stands once"),
        ({"fields": [*NAMED["fields"], NAMED["fields"][0]]}, "fields: there must be some, and each stands once"),
        ({"primaryKey": ["c"]}, "a key names c, which is no column"),
        ({"uniqueKeys": [["a"], ["a", "c"]]}, "a key names c, which is no column"),
        ({"sortedBy": ["c"]}, "a key names c, which is no column"),
        (
            {"foreignKeys": [{"fields": "c", "reference": {"resource": "t", "fields": "a"}}]},
            "a key names c, which is no column",
        ),
        (
            {"foreignKeys": [{"fields": ["a"], "reference": {"resource": "t", "fields": "a"}}]},
            "a key names ['a']; a foreign key here names one column, one table and its column",
        ),
    ],
)
def test_what_is_no_table_schema_is_told(source: dict[str, object], told: str) -> None:
    with pytest.raises(PackageError) as error:
        table(**source)
    assert str(error.value) == f"schemas/t.yaml: is no Table Schema (ValueError: {told})"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({"constraints": {"minimum": 0, "maximum": 1.5}}, ""),
        ({"constraints": {"minimum": True}}, "a: minimum cannot be True"),
        ({"constraints": {"minLength": 1.0}}, "a: minLength cannot be 1.0"),
        ({"constraints": {"required": 1}}, "a: required cannot be 1"),
        ({"constraints": {"unique": False}}, ""),
        ({"constraints": {"pattern": 5}}, "a: pattern cannot be 5"),
        ({"constraints": {"pattern": "["}}, "a: the pattern cannot be read"),
        ({"constraints": {"pattern": "(?=a)"}}, "a: the pattern cannot be read"),
        ({"script": "greek"}, "a: script is one of latin, chinese, both, not 'greek'"),
        ({"type": "any"}, "a: no type 'any'; types: string, integer, number, boolean, date"),
    ],
)
def test_a_column_is_of_its_kind(source: dict[str, object], told: str) -> None:
    if not told:
        assert field(**source).constraints == source["constraints"]
        return
    with pytest.raises(PackageError) as error:
        field(**source)
    assert told in str(error.value)
    assert len(str(error.value)) < 250


def test_a_column_is_optional_and_required_only_where_that_is_said() -> None:
    assert [field(optional=said).optional for said in (True, False, "yes", None)] == [True, False, False, False]
    assert [field(constraints=said).required for said in ({"required": True}, {"required": False}, {})] == [
        *(True, False, False)
    ]
    assert (field(example=0).example, field(example=None).example) == ("0", "")
    assert table(fields=[{"name": "a", "type": "string", "optional": True}, NAMED["fields"][1]]).needed == ["b_en"]


def test_a_key_of_another_table_leads_to_a_column_that_is_there() -> None:
    keys = [
        {"fields": "a", "reference": {"resource": "places", "fields": "place_id"}},
        {"fields": "b_en", "reference": {"resource": "units", "fields": "name_zh"}},
    ]
    own = table(foreignKeys=keys)
    assert own.foreign("b_en") == ForeignKey("b_en", "units", "name_zh")
    assert (own.refers("places"), own.refers("plans")) == (["a"], [])
    tables = {"t": own, "units": edition().tables["units"]}
    check_references(tables, Path("schemas"))
    keys[1]["reference"] = {"resource": "units", "fields": "none"}
    with pytest.raises(PackageError, match="the foreign key of b_en names none, which is no column of units"):
        check_references(tables | {"t": table(foreignKeys=keys)}, Path("schemas"))


def test_a_published_schema_says_what_the_table_has_and_no_more() -> None:
    bare = table_schema(table(), {})
    assert list(bare) == ["$schema", "fields", "missingValues"]
    assert list(bare["fields"][0]) == ["name", "type", "title", "title_zh", "description", "description_zh"]
    key = {"fields": "a", "reference": {"resource": "places", "fields": "place_id"}}
    full = table_schema(table(primaryKey=["a"], uniqueKeys=[["b_en"]], foreignKeys=[key]), {})
    assert (full["primaryKey"], full["uniqueKeys"]) == (["a"], [["b_en"]])
    assert full["foreignKeys"] == [{"fields": ["a"], "reference": {"resource": "places", "fields": ["place_id"]}}]
    codes = {"sign": {code: read_code(code, {"label_en": code.upper()}, {}) for code in ("x", "y")}}
    told = field_descriptor(field(codes="sign", example="x", constraints={"required": True}), codes)
    assert told["constraints"] == {"required": True, "enum": ["x", "y"]}
    assert told["categories"] == [{"value": "x", "label": "X"}, {"value": "y", "label": "Y"}]
    assert told["example"] == "x"
    with pytest.raises(PackageError, match="has no list 'sign', which the column a names"):
        field_descriptor(field(codes="sign"), {})


def test_a_unit_has_a_sign_where_one_is_told() -> None:
    assert read_code("a", {"label_en": "a"}, {}).sign is None
    told = read_code("a", {"sign_en": "%", "sign_zh": "％", "one_en": " a", "words": ["x", 1], "symbol": 5}, {})
    assert (told.sign, told.one, told.words, told.symbol) == (Text("%", "％"), " a", ("x", "1"), "5")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (Text("{a} and {b}", "{a}"), {"a", "b"}),
        (Text("none", "无"), set()),
        (Text("{{a}}", ""), set()),
        (Text("", "{c}"), {"c"}),
    ],
)
def test_a_text_has_the_places_of_both_languages(text: Text, found: set[str]) -> None:
    assert places(text) == found


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({"reason": {"x": {"en": "{a}", "zh": "{a}"}}}, ""),
        ({"reason": {"x": {"en": "{a}", "zh": "{b}"}}}, "x has no place {b}"),
        ({"reason": {"x": {"en": "{a:d}", "zh": ""}}}, "a place is its name alone"),
        ({"reason": {"x": {"en": "{a!r}", "zh": ""}}}, "a place is its name alone"),
        ({"reason": {"x": {"en": "{a", "zh": ""}}}, "is no list of reasons"),
        ({"reason": {"x": {"en": "a"}}}, "is no list of reasons"),
        ({"reason": {"new": {"en": "{z}", "zh": ""}}}, ""),
        ({}, ""),
    ],
)
def test_a_reason_fills_the_places_that_are_known(source: dict[str, Any], told: str) -> None:
    known = {"x": Text("{a} is low", "{a}低")}
    if not told:
        assert read_reasons(Path("a.yaml"), source, known).keys() == source.get("reason", {}).keys()
        return
    with pytest.raises(PackageError, match=r"a\.yaml: is no list of reasons") as error:
        read_reasons(Path("a.yaml"), source, known)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({"Ａ / b": "C / d"}, {"a": ("c", "d"), "b": ("c", "d")}),
        ({"a": "b", "b": "a"}, {"a": ("b",), "b": ("a",)}),
        ({"a": "b", "A / c": "d"}, "'a' stands in two lines of synonyms"),
        ({"a": 5}, "is no list of synonyms"),
        ({"a / ": "b"}, "is no list of synonyms"),
        ({"a": "b / / c"}, "is no list of synonyms"),
        ([], "is no list of synonyms"),
    ],
)
def test_synonyms_stand_in_one_line_between_slashes(source: Any, told: object) -> None:
    if isinstance(told, dict):
        assert read_synonyms(Path("a.yaml"), source) == told
        return
    with pytest.raises(PackageError, match=f"a.yaml: {told}"):
        read_synonyms(Path("a.yaml"), source)


def test_a_package_without_schemas_has_those_of_the_edition(tmp_path: Path) -> None:
    assert schemas_of(tmp_path) is edition()
    assert schemas_of(home()) is edition()
    (tmp_path / "schemas").mkdir()
    own = schemas_of(tmp_path)
    assert (own.tables, own.observations) == ({}, edition().observations)
    assert own.assessment == edition().assessment
    assert own.reasons == edition().reasons
    with pytest.raises(PackageError, match="not found; a folder of schemas lists its codes there"):
        _ = own.codes


def test_tables_stand_in_their_order_and_those_without_one_after_them(tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    folder.mkdir()
    orders = {"b": "order: 2", "z": "order: 0", "c": "", "a": "", "u": "order: 1\nof_users: true"}
    for name, order in orders.items():
        (folder / f"{name}.yaml").write_text(f"fields:\n- name: x\n  type: string\n{order}\n", encoding="utf-8")
    own = Schemas(folder)
    assert (list(own.described), list(own.tables)) == (["z", "b", "a", "c", "u"], ["z", "b", "a", "c"])


def test_a_glossary_has_each_form_with_all_that_may_stand_beside_it() -> None:
    source = {
        "terms": {"村": "village / hamlet"},
        "phrases": {"old age / the aged": "老龄 高龄"},
        "words": {"law": "法"},
    }
    told = read_glossary(Path("glossary.yaml"), source)
    assert told.terms == {"村": ("village", "hamlet")}
    assert told.phrases == {"old age": ("老龄", "高龄"), "the aged": ("老龄", "高龄")}
    assert told.words == {"law": ("法",)}


def test_the_words_of_the_edition_and_the_others_are_no_slip() -> None:
    told = read_lexicon(Path("lexicon.yaml"), {"edition": "a b", "others": "b\nc", "neighbours": "妇儿 "})
    assert (told.known, told.neighbours) == ({"a", "b", "c"}, {"妇儿"})


def test_a_package_may_say_codes_of_an_assessment_in_its_words_and_keeps_those_that_it_leaves_out(bench: Bench) -> None:
    texts = {"label_en": "Done", "label_zh": "已达", "definition_en": "x", "definition_zh": "x"}
    first = next(iter(edition().reasons))

    def say(lists: Any) -> None:
        lists.clear()
        lists |= {"status": {"met": texts}, "reason": {first: {"en": "Nothing", "zh": "无"}}}

    bench.schema("assessment_codes", say)
    own, known = schemas_of(bench.root), edition()
    assert own.assessment["status"]["met"].label.en == "Done"
    assert own.assessment["status"]["behind"] == known.assessment["status"]["behind"]
    assert own.assessment.keys() == known.assessment.keys()
    assert "reason" not in known.assessment
    changed = [code for code, text in own.reasons.items() if text != known.reasons[code]]
    assert (changed, own.reasons.keys()) == ([first], known.reasons.keys())
    assert own.labels["status"]["met"].label.zh == "已达"
    assert own.labels["comparator"] == own.codes["comparator"]

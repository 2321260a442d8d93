"""Rows as records and as they are shown: names, neighbours, what hangs on them, ids that are gone; tables of codes."""

import shutil
from pathlib import Path

import polars as pl
import pytest
from conftest import Bench
from packages import BOTH, HEALTH, LAW, WOMEN

from plandata.api import Package, open_package
from plandata.files import PackageError
from plandata.finding import Rule
from plandata.read.explain import code_row, columns_of, example_text, explained, first_use, listing, near, quoted
from plandata.read.flat import coded, codes, flat, value_labels
from plandata.read.ids import Ids, name_in
from plandata.read.record import Records, plain
from plandata.read.search import Entry, Hit
from plandata.read.show import FEW, LONGEST, ManyNamedError, show
from plandata.rules import RULES
from plandata.schema import home
from plandata.tables import Tables
from plandata.text import Text
from plandata.words import Words


@pytest.fixture
def package(bench: Bench) -> Package:
    """The small package with a citation, as records need one."""
    shutil.copy(home() / "CITATION.cff", bench.root)
    return open_package(bench.root)


@pytest.fixture
def records(package: Package) -> Records:
    return Records(package)


@pytest.mark.parametrize(
    ("value", "told"),
    [(8.0, 8), (8.5, 8.5), (-0.0, 0), (True, True), ("a", "a"), (None, None), (7, 7)],
)
def test_a_whole_number_is_told_without_a_fraction(value: object, told: object) -> None:
    assert plain(value) == told
    assert type(plain(value)) is type(told)


def test_a_row_has_the_names_of_what_it_names_and_its_neighbours(records: Records) -> None:
    goal = records[f"{HEALTH}.g02"]
    assert (goal["status"], goal["table"], goal["cells"]["position"]) == ("current", "goals", 2)
    assert goal["names"]["domain_id"]["en"] == "Women and health"
    assert goal["labels"]["kind"]["en"] == "goal"
    beside = {side: link and link["id"] for side, link in goal["neighbours"].items()}
    assert beside == {"previous": f"{HEALTH}.g01", "next": f"{HEALTH}.g03"}
    first, last = (records[f"{HEALTH}.g0{n}"]["neighbours"] for n in (1, 3))
    assert (first["previous"], last["next"]) == (None, None)
    assert [target["id"] for target in goal["related"]["targets"]] == [f"{HEALTH}.g02.t1", f"{HEALTH}.g02.t2"]
    assert "baseline" not in goal


def test_a_target_has_its_figure_its_baseline_and_what_hangs_on_its_item(records: Records) -> None:
    told = records[f"{HEALTH}.g02.t1"]
    assert told["figure"]["en"] == "at least 90%, by 2025"
    assert told["baseline"]["en"] == "80.5% in 2020"
    assert set(told["of_item"]) == {"assignments"}
    assert records[f"{HEALTH}.g01.t1"]["baseline"] is None
    assert set(records[f"{HEALTH}.g01.t1"]["of_item"]) == {"assignments", "target_groups"}
    assert told["citation"]["apa"].startswith("plandata contributors. (")


def test_rows_in_no_plan_tell_the_plan_of_what_names_them(records: Records) -> None:
    (first, *_) = records["maternal-mortality"]["related"]["targets"]
    assert (first["id"], first["plan"]["id"]) == (f"{HEALTH}.g01.t1", WOMEN)
    assert "plan" not in records[f"{HEALTH}.g01"]["related"]["targets"][0]
    bodies = records["weining.health-bureau"]["related"]["assignments"]
    assert [(one["plan"]["id"], one["cells"]["role"]) for one in bodies] == [(WOMEN, "lead"), (WOMEN, "responsible")]
    assert "by" not in bodies[0]


def test_a_row_that_is_named_in_two_columns_is_listed_once_with_both(bench: Bench, package: Package) -> None:
    bench.patch("duties", 0, from_unit_id="weining.members", to_unit_id="weining.members")
    bench.patch("duties", 1, from_unit_id="", to_unit_id="weining.members")
    told = Records(Package(bench.root))["weining.members"]["related"]["duties"]
    first, second = (row["duty_id"] for row in bench.rows("duties"))
    assert {one["id"]: one["by"] for one in told} == {
        first: ["from_unit_id", "to_unit_id"],
        second: ["to_unit_id"],
    }


def test_an_id_that_is_gone_tells_what_took_its_place(records: Records) -> None:
    gone = f"{HEALTH}.g03.t2"
    told = records[gone]
    assert (told["status"], told["table"]) == ("retired", "targets")
    assert [one["replaced_by"]["id"] for one in told["retired"]] == [f"{HEALTH}.g03.t1"]
    assert [*records][-1] == gone
    assert len([*records]) == len({*records})
    with pytest.raises(KeyError):
        _ = records["none"]


def test_a_record_is_cited_by_its_address_where_that_is_known(package: Package) -> None:
    told = Records(package, "https://example.org/")["maternal-mortality"]["citation"]
    assert told["apa"].endswith("https://example.org/id/maternal-mortality/")
    assert "https://example.org" not in Records(package)["maternal-mortality"]["citation"]["apa"]


def test_a_row_is_shown_with_what_hangs_on_it(package: Package) -> None:
    (goal,) = show(package, f"{HEALTH}.g02")
    assert [key for key, _ in goal.related["Neighbours"]] == [f"{HEALTH}.g01", f"{HEALTH}.g03"]
    assert [key for key, _ in goal.related["Targets"]] == [f"{HEALTH}.g02.t1", f"{HEALTH}.g02.t2"]
    (target,) = show(package, f"{HEALTH}.g02.t2")
    assert dict(target.fields)["in words"] == "99%, by 2025"
    assert "baseline" not in dict(target.fields)
    assert dict(show(package, f"{HEALTH}.g02.t1")[0].fields)["baseline"] == "80.5% in 2020"
    assert "Assignments" in target.related
    (overall,) = show(package, f"{WOMEN}.overall")
    assert "Neighbours" not in overall.related


def test_duties_name_who_owes_them_and_to_whom(bench: Bench, package: Package) -> None:
    row = bench.rows("duties")[0]
    members, bureau = ("Member bodies of the women and children committee", "Health Bureau of the Autonomous County")
    owed = {"from_unit_id": "weining.members", "to_unit_id": "weining.health-bureau"}
    cases = {
        "Funds": {},
        f"Funds, yearly, 3月底: {members} → {bureau}": owed | {"frequency": "yearly", "deadline_text": "3月底"},
        f"Funds: {members}": owed | {"to_unit_id": ""},
        f"Funds: → {bureau}": owed | {"from_unit_id": ""},
    }
    for told, cells in cases.items():
        empty = dict.fromkeys(("from_unit_id", "to_unit_id", "frequency", "deadline_text"), "")
        bench.write("duties", [row | empty | {"label_en": "Funds"} | cells])
        assert show(Package(bench.root), row["duty_id"])[0].heading == f"Duties: {told} ({row['duty_id']})"


@pytest.mark.parametrize("count", [LONGEST, LONGEST + 1])
def test_a_list_is_cut_beyond_its_longest(bench: Bench, count: int) -> None:
    row = bench.rows("units")[0]
    bench.write("units", [row | {"unit_id": f"weining.u{n}", "name_en": f"Unit {n}"} for n in range(count)])
    listed = show(Package(bench.root), "weining")[0].related["Units"]
    more = [("", "… 1 more")] if count > LONGEST else []
    assert listed == [(f"weining.u{n}", f"Unit {n}") for n in range(LONGEST)] + more


@pytest.mark.parametrize("count", [FEW, FEW + 1])
def test_of_rows_that_share_a_name_the_first_ids_are_told(count: int) -> None:
    texts = Text("", "")
    hits = [Hit(Entry("units", f"u{n}", texts, texts, (), ""), 0) for n in range(count)]
    ids = ", ".join(f"u{n}" for n in range(FEW))
    more = " …" if count > FEW else ""
    assert str(ManyNamedError("x", hits)) == f"'x' fits {count} rows; name one by its id: {ids}{more}"


def test_near_ids_are_those_that_look_alike_then_whole_names_then_parts(bench: Bench) -> None:
    rows = bench.rows("indicators")[:1]
    named = {"abcdef": "Odd", "zz1": "The word", "zz2": "word", "zz3": "Words", "zz4": "A word", "zz5": "word by word"}
    bench.write("indicators", [rows[0] | {"indicator_id": key, "name_en": name} for key, name in named.items()])
    ids = Ids(Tables.of(Package(bench.root)))
    assert ids.near("abcdeg")[0] == "abcdef"
    near_word = ids.near("Word ")
    assert (near_word[0], len(near_word)) == ("zz2", 5)
    assert ids.near("w") == []
    assert ids.unknown("§§") == "no row has the id or name '§§'. Near: none"


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"name_en": "N", "title_en": "T", "label_en": "L"}, "N"),
        ({"name_en": None, "title_en": "T", "label_en": "L"}, "T"),
        ({"label_en": "L"}, "L"),
        ({"name_zh": "甲"}, ""),
    ],
)
def test_a_row_is_called_by_its_name_else_its_title_else_its_label(row: dict[str, object], name: str) -> None:
    assert name_in(row, "en") == name


def test_the_items_of_a_package_are_asked_for_their_targets_and_bodies(package: Package) -> None:
    targets = package.targets_of(f"{HEALTH}.g02")
    assert targets["target_id"].to_list() == [f"{HEALTH}.g02.t1", f"{HEALTH}.g02.t2"]
    assert targets["better"].to_list() == ["higher", "higher"]
    bodies = package.bodies_of(f"{HEALTH}.m01")
    assert bodies.select("unit_id", "position").rows() == [
        ("weining.womens-federation", 1),
        ("weining.health-bureau", 2),
    ]
    assert "item_id" not in bodies.columns
    for unknown in ("weining", ""):
        with pytest.raises(KeyError, match="no goal or measure"):
            package.bodies_of(unknown)


def test_a_list_of_codes_has_the_columns_that_hold_something(package: Package) -> None:
    listed = package.codes("role")
    assert listed.columns == ["code", "label_zh", "label_en", "definition_zh", "definition_en"]
    assert listed["code"][0] == "lead"
    with pytest.raises(KeyError):
        package.codes("none")


def test_a_target_stands_in_one_row_with_what_belongs_to_it(package: Package) -> None:
    rows = {row["target_id"]: row for row in flat(Tables.of(package)).to_dicts()}
    first, shared = rows[f"{HEALTH}.g01.t1"], rows[f"{BOTH}.women-health.g01.t1"]
    assert (first["lead_en"], first["item_kind_en"], first["population"]) == (
        *("Health Bureau of the Autonomous County", "goal", "women"),
    )
    assert (first["target_groups"], first["instruments"]) == ("pregnant", None)
    assert (shared["population"], shared["place_id"], shared["lead_en"]) == ("women", "xuyou", None)
    assert rows[f"{HEALTH}.m03.t1"]["instruments"] == "inform;serve"
    assert rows[f"{HEALTH}.m03.t1"]["item_number"] == "3"
    assert rows[f"{LAW}.g01.t1"]["theme_en"] == package.words().label("theme", "law")


def test_codes_are_numbered_from_one_in_each_column(package: Package) -> None:
    labels = value_labels(package.schemas).filter(
        pl.col("table_name") == "assignments", pl.col("column_name") == "role"
    )
    assert labels["number"].to_list() == list(range(1, labels.height + 1))
    assert labels["code"].to_list() == list(package.schemas.codes["role"])
    assert codes(package.schemas).height == sum(map(len, package.schemas.codes.values()))
    assert set(coded(package.schemas, package.schemas.tables["assignments"])) == {"role"}


def test_a_code_is_told_with_the_first_row_that_uses_it(package: Package) -> None:
    t, say = Tables.of(package), Words(package.schemas.labels, "en")
    used = columns_of(t, "unit_of_measure")
    assert used[0][0] == "targets"
    assert sorted(used[1:]) == sorted(pair for pair in used if pair[0] != "targets")
    assert first_use(t, used, "per_100k") == f"{HEALTH}.g01.t1"
    assert first_use(t, [("targets", "unit_of_measure"), *used], "nothing") == ""
    assert first_use(t, [("assignments", "role")], "lead") == f"{HEALTH}.g01 / weining.health-bureau"
    row = code_row(t, used, say, package.schemas.codes["unit_of_measure"]["per_100k"])
    assert row.startswith("| `per_100k` | per 100,000 | ")
    assert row.endswith(f" | `{HEALTH}.g01.t1` |")
    assert quoted("") == ""


def test_a_rule_is_explained_line_by_line() -> None:
    lines = explained(RULES["percent_is_within_100"], "en").splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        *("percent_is_within_100", "Where", "Why", "Mend", "Bad", "Good"),
    ]
    assert "Where" not in explained(RULES["file_is_plain_utf8"], "en")
    assert example_text({"a": {"x": "", "y": "1"}, "b": {"z": "2"}}) == "a: x=(empty), y=1; b: z=2"
    assert example_text("as it is") == "as it is"


def test_rules_are_listed_under_their_groups() -> None:
    some = [RULES[name] for name in ("file_is_plain_utf8", "line_ends_are_lf", "percent_is_within_100")]
    lines = listing(some, "en").splitlines()
    assert (lines[0], lines[3], lines[4]) == ("[files]", "", f"[{some[2].group}]")
    assert [line.partition(":")[0] for line in (lines[1], lines[2], lines[5])] == [rule.id for rule in some]


def test_at_most_three_rules_are_near_a_name() -> None:
    rules = {name: Rule(name, "g", "Must.") for name in ("alpha_one", "alpha_two", "alpha_three", "alpha_four")}
    assert near("alpha_onee", rules)[0] == "alpha_one"
    assert near("alph", {f"{'x' * 20}_alph{n}": rule for n, rule in enumerate(rules.values())}) == [
        f"{'x' * 20}_alph{n}" for n in range(3)
    ]
    assert near("zzz", rules) == []


def test_a_table_that_cannot_be_read_is_told(bench: Bench) -> None:
    bench.damage("goals", lambda content: b"")
    with pytest.raises(PackageError, match="cannot be read as table goals; run plandata validate"):
        _ = Package(bench.root)["goals"]
    with pytest.raises(KeyError, match="no table 'none'"):
        _ = Package(Path(bench.root))["none"]

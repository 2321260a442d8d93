"""The joins that users need, and the flat table."""

import polars as pl
import pytest

import plandata
from plandata.package.reader import ROW, TYPES
from plandata.read.flat import flat_table
from plandata.schema import Code, edition
from plandata.tables import (
    AT_ONCE,
    CARRIED,
    ITEM_TABLES,
    Tables,
    alike,
    as_rows,
    distinct,
    grouped,
    in_sequence,
    judged,
    linked,
    miscounted,
    once,
    places_in_runs,
    told_otherwise,
    whole_number,
    wrong_row_ids,
)
from plandata.text import Text

Row = tuple[str | None, ...]
GOAL = "weining-women-2021.health.g03"


@pytest.fixture(scope="module")
def package() -> plandata.Package:
    return plandata.open()


@pytest.fixture(scope="module")
def joined(package: plandata.Package) -> pl.DataFrame:
    return package.flat()


def test_what_is_found_once_is_kept_by_what_it_is_asked_about() -> None:
    asked: list[str] = []

    @once
    def length(t: Tables, word: str) -> int:
        asked.append(word)
        return len(word)

    t = Tables({}, edition())
    assert [length(t, "a"), length(t, "bc"), length(t, word="a"), length(t, "bc")] == [1, 2, 1, 2]
    assert length(Tables({}, edition()), "bc") == 2
    assert asked == ["a", "bc", "bc"]


def test_items_are_all_goals_and_measures(package: plandata.Package) -> None:
    found = package.items()
    assert found.height == package["goals"].height + package["measures"].height
    assert found["item_id"].is_unique().all()
    assert found["place_id"].null_count() == found["population"].null_count() == 0


def test_targets_of_a_goal_and_of_a_measure(package: plandata.Package) -> None:
    assert package.targets_of(GOAL)["target_id"].to_list()[0] == f"{GOAL}.t1"
    assert package.targets_of(GOAL)["name_zh"][0] == "孕产妇死亡率"
    measure = package["targets"]["measure_id"].drop_nulls()[0]
    assert package.targets_of(measure)["measure_id"].unique().to_list() == [measure]


def test_an_item_without_targets_has_an_empty_frame(package: plandata.Package) -> None:
    with_targets = package["targets"]["goal_id"].drop_nulls().implode()
    bare = package["goals"].filter(~pl.col("goal_id").is_in(with_targets))["goal_id"][0]
    assert package.targets_of(bare).is_empty()


@pytest.mark.parametrize("join", ["targets_of", "bodies_of"])
def test_an_unknown_item_is_refused(package: plandata.Package, join: str) -> None:
    with pytest.raises(KeyError, match="no goal or measure 'weining'"):
        getattr(package, join)("weining")


def test_bodies_stand_in_the_order_of_the_print(package: plandata.Package) -> None:
    most = package.bodies().group_by("item_id").len().sort("len")["item_id"][-1]
    positions = package.bodies_of(most)["position"].to_list()
    assert positions == list(range(1, len(positions) + 1))
    assert package.bodies_of(most)["name_zh"].null_count() == 0


def test_the_flat_table_has_a_row_for_each_target_in_its_order(package: plandata.Package, joined: pl.DataFrame) -> None:
    targets = package["targets"]
    assert joined["target_id"].to_list() == targets["target_id"].to_list()
    for column in ("value", "comparator", "unit_of_measure", "target_year", "value_text", "note_en", "timing"):
        assert joined[column].equals(targets[column])


def test_the_flat_table_is_as_it_is_described(joined: pl.DataFrame) -> None:
    table = flat_table(edition())
    assert joined.columns == table.columns
    for field in table.fields:
        assert joined.schema[field.name] == TYPES.get(field.type, pl.String())
        assert all(text for text in (field.title.en, field.title.zh, field.description.en, field.description.zh))


def test_the_flat_table_has_no_gap_where_every_target_has_a_value(joined: pl.DataFrame) -> None:
    always = [name for name in joined.columns if name.startswith(("place", "plan", "population", "indicator"))]
    for name in [*always, "item_zh", "item_kind_en", "target_zh", "target_en", "comparator_zh", "basis_en"]:
        assert joined[name].null_count() == 0, name
    coded = [field for field in flat_table(edition()).fields if field.codes]
    assert {"population", "theme", "unit_of_measure", "better"} <= {field.name for field in coded}
    for field in coded:
        gaps = [joined[name].null_count() for name in (field.name, f"{field.name}_zh", f"{field.name}_en")]
        assert len(set(gaps)) == 1


def test_population_is_that_of_the_domain_in_a_plan_for_both(package: plandata.Package, joined: pl.DataFrame) -> None:
    both = package["plans"].filter(pl.col("population") == "both")["plan_id"].implode()
    rows = joined.filter(pl.col("plan_id").is_in(both), pl.col("domain_id").is_not_null())
    assert set(rows["population"]) == {"women", "children"}


def test_lead_bodies_are_named_in_order(package: plandata.Package, joined: pl.DataFrame) -> None:
    for row in joined.filter(pl.col("lead_zh").is_not_null()).head(40).iter_rows(named=True):
        named = package.bodies_of(row["goal_id"] or row["measure_id"]).filter(pl.col("role") == "lead")
        assert row["lead_zh"] == "、".join(named["name_zh"])
        assert row["lead_en"] == "; ".join(named["name_en"])


def test_labels_come_from_the_code_lists(joined: pl.DataFrame) -> None:
    row = joined.filter(pl.col("target_id") == f"{GOAL}.t1").row(0, named=True)
    assert row["unit_of_measure_zh"] == edition().codes["unit_of_measure"]["per_100k"].label.zh
    assert row["item_kind_zh"] == edition().codes["goal_kind"]["goal"].label.zh
    assert row["target_en"] == "at most 12 per 100,000, by 2025"


@pytest.mark.parametrize(
    "table", ["targets", "assignments", "non_targets", "anomalies", "target_groups", "citations", "duties"]
)
def test_what_hangs_on_items_is_joined_with_them_in_every_view(package: plandata.Package, table: str) -> None:
    t = Tables.of(package)
    items = {row["item_id"]: row for row in t.placed.rename({"kind": "item_kind"}).to_dicts()}
    typed, rows = t.typed(table), t.rows(table)
    assert typed.height == len(rows) == package[table].height
    for cells, row in zip(typed.iter_rows(named=True), rows, strict=True):
        assert row["item_id"] == (row["goal_id"] or row["measure_id"])
        for name in CARRIED if row["item_id"] else ():
            assert cells[name] == items[row["item_id"]][name]
            assert row[name] == (cells[name] or "")


def test_a_table_that_hangs_on_nothing_is_as_it_is(package: plandata.Package) -> None:
    t = Tables.of(package)
    assert t.joined("places").equals(t["places"])
    assert not any(t.hangs(name) for name in (*ITEM_TABLES, "units", "domains"))


def test_a_table_that_cannot_be_read_is_refused_in_one_line(package: plandata.Package) -> None:
    with pytest.raises(plandata.PackageError, match="table units cannot be read; run plandata validate"):
        Tables({}, package.schemas)["units"]


def test_typed_cells_say_what_the_text_says(package: plandata.Package) -> None:
    t = Tables.of(package)
    said = [{"true": True, "false": False}[cell] for cell in t["units"]["collective"]]
    assert t.typed("units")["collective"].to_list() == said
    assert set(said) == {True, False}


def test_only_what_has_a_goal_or_a_measure_hangs_on_items(package: plandata.Package) -> None:
    """What a measure serves is a goal, and both are always there: its rows hang on neither."""
    t = Tables.of(package)
    assert {name for name in package.schemas.tables if t.hangs(name)} == {
        *("targets", "assignments", "non_targets", "anomalies", "target_groups", "citations", "duties")
    }
    assert t.joined("serves").equals(t["serves"])
    assert t.joined("instruments").equals(t["instruments"])


@pytest.mark.parametrize(
    ("places", "wrong"),
    [
        ([("a", "1"), ("a", "2"), ("b", "1")], set()),
        ([("a", "2"), ("b", "1"), ("a", "1")], set()),
        ([("a", "1"), ("a", "2"), ("a", "4")], {2}),
        ([("a", "2")], {0}),
        ([("a", "1"), ("a", "1")], {0, 1}),
        ([("a", "1"), ("b", "1"), ("b", "3"), ("a", "2")], {2}),
        ([], set()),
    ],
)
def test_places_count_from_one_within_their_parent_in_whatever_order(places: list[Row], wrong: set[int]) -> None:
    frame = pl.DataFrame(places, schema={"parent": pl.String, "place": pl.String}, orient="row").with_row_index(ROW)
    assert set(miscounted(frame, "parent", "place")[ROW]) == wrong


def duties(*named: tuple[str, str], retired: tuple[str, ...] = (), of: str = "duties") -> Tables:
    """Duties, each with its id and its item, m… a measure; and ids that are no more."""
    rows = [(key, *((None, item) if item.startswith("m") else (item, None))) for key, item in named]
    text = pl.String
    frame = pl.DataFrame(rows, {"duty_id": text, "goal_id": text, "measure_id": text}, orient="row")
    gone = pl.DataFrame([(old, of) for old in retired], {"old_id": text, "table_name": text}, orient="row")
    return Tables({"duties": frame.with_row_index(ROW), "retired_ids": gone.with_row_index(ROW)}, edition())


@pytest.mark.parametrize(
    ("named", "wrong"),
    [
        ([("m1.d1", "m1"), ("m1.d2", "m1"), ("g1.d1", "g1")], set()),
        ([("m1.d1", "m1"), ("m1.d3", "m1")], {1}),
        ([("m1.d2", "m1")], {0}),
        ([("m1.t1", "m1")], {0}),
        ([("m2.d1", "m1")], {0}),
        ([("m1.d2", "m1"), ("m1.d1", "m1")], set()),
    ],
)
def test_ids_of_rows_are_their_item_a_letter_and_a_number(named: list[tuple[str, str]], wrong: set[int]) -> None:
    assert set(wrong_row_ids(duties(*named), "duties", "d")[ROW]) == wrong


def test_a_gap_of_ids_is_filled_by_one_that_was_retired_of_the_same_item_and_table() -> None:
    named = (("m1.d1", "m1"), ("m1.d3", "m1"))
    assert wrong_row_ids(duties(*named, retired=("m1.d2",)), "duties", "d").is_empty()
    for other in (duties(*named, retired=("m2.d2",)), duties(*named, retired=("m1.d2",), of="targets")):
        assert wrong_row_ids(other, "duties", "d")[ROW].to_list() == [1]
    assert wrong_row_ids(duties(("m1.d4", "m1"), retired=("m1.d1", "m1.d2")), "duties", "d")[ROW].to_list() == [0]


def frame(*rows: Row, columns: str = "ab") -> pl.DataFrame:
    """Rows of text with the columns a, b …"""
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


@pytest.mark.parametrize(
    ("rows", "columns", "same"),
    [
        ([("x", "1"), ("x", "2"), ("y", "1")], ["a"], [("x", "1"), ("x", "2")]),
        ([("x", "1"), ("x", "2"), ("y", "1")], ["a", "b"], []),
        ([("x", "1"), ("y", "2"), ("x", "1")], ["a", "b"], [("x", "1"), ("x", "1")]),
        ([(None, "1"), (None, "2")], ["a"], [(None, "1"), (None, "2")]),
        # The sum of their hashes is the same, their cells are not.
        ([("x", "y"), ("y", "x")], ["a", "b"], []),
        ([], ["a"], []),
    ],
)
def test_rows_are_alike_whose_cells_are_those_of_another(rows: list[Row], columns: list[str], same: list[Row]) -> None:
    assert alike(frame(*rows), columns).rows() == same


@pytest.mark.parametrize(
    ("rows", "in_order"),
    [
        ([("x", "1"), ("x", "2"), ("y", "1")], True),
        ([("x", "1"), ("y", "1"), ("x", "2")], False),
        ([("x", "1"), ("y", "1"), ("x", "1")], False),
        ([("x", "2")], False),
        ([("x", "1"), ("x", None)], False),
        ([], True),
    ],
)
def test_siblings_in_sequence_stand_together_and_count_from_one(rows: list[Row], in_order: bool) -> None:
    assert in_sequence(frame(*rows), ["a"], "b") == in_order
    both = [(parent, "z", place) for parent, place in rows]
    assert in_sequence(frame(*both, columns="abc"), ["a", "b"], "c") == in_order


def test_places_in_runs_begin_anew_where_a_run_does() -> None:
    assert places_in_runs(pl.Series([0, 1, 1, 2])).to_list() == [1, 1, 2, 1]
    assert places_in_runs(pl.Series([], dtype=pl.UInt32)).to_list() == []


def test_of_equal_rows_the_first_is_kept_also_where_there_are_many() -> None:
    assert distinct(frame(("y", "1"), ("x", "1"), ("y", "1"))).rows() == [("y", "1"), ("x", "1")]
    assert distinct(frame()).rows() == []
    many = pl.DataFrame({"a": pl.Series(["y", "x"]).append(pl.Series(["y"]).new_from_index(0, AT_ONCE))})
    assert distinct(many)["a"].to_list() == ["y", "x"]


def test_a_link_leads_to_the_first_row_that_a_key_names() -> None:
    keys = pl.DataFrame({"key": ["a", "b", "a"], "linked": [0, 1, 2]})
    cells = pl.DataFrame({"key": ["b", "a", "c", None]})
    assert linked(cells, keys, "key").to_list() == [1, 0, None, None]
    assert linked(cells, keys.head(2), "key").to_list() == [1, 0, None, None]


def test_rows_as_text_have_empty_cells() -> None:
    assert as_rows(frame(("x", None))) == [{"a": "x", "b": ""}]


def test_rows_are_grouped_in_their_order() -> None:
    rows = [{"a": "x", "n": 1}, {"a": "y", "n": 2}, {"a": "x", "n": 3}]
    groups = grouped(rows, "a")
    assert [row["n"] for row in groups["x"]] == [1, 3]
    assert groups["z"] == []


@pytest.mark.parametrize("cell", ["", "1.0", "01", "-1", "x"])
def test_a_cell_that_is_computed_with_is_a_whole_number(cell: str) -> None:
    with pytest.raises(
        plandata.PackageError, match=f"^m1: position '{cell}' is no whole number; run plandata validate"
    ):
        whole_number({"empty": "", "measure_id": "m1", "position": cell}, "position")
    assert whole_number({"position": "10"}, "position") == 10


def test_each_case_is_judged_once_and_told_beside_all_of_its_rows() -> None:
    asked: list[tuple[str | None, ...]] = []

    def judge(*cells: str | None) -> str | None:
        asked.append(cells)
        return None if cells[0] == "fine" else f"odd {cells[0]}"

    rows = frame(("fine", "1"), ("x", "2"), (None, "3"), ("x", "4"))
    assert judged(rows, ["a"], judge).rows() == [("x", "2", "odd x"), (None, "3", "odd None"), ("x", "4", "odd x")]
    assert asked == [("fine",), ("x",), (None,)]
    fine = judged(rows.head(1), ["a"], judge)
    assert (fine.rows(), fine.columns) == ([], ["a", "b", "detail"])
    assert judged(rows, ["a"], judge, combined=rows.head(2)).rows() == [("x", "2", "odd x"), ("x", "4", "odd x")]


WORDS = {"up": ("提高", "上升"), "down": ("下降",), "much": ("大幅提高",), "none": ()}


@pytest.mark.parametrize(
    ("code", "text", "needed", "fault"),
    [
        ("up", "提高", True, None),
        ("up", "稳定", True, "no 提高 or 上升"),
        ("up", "稳定", False, None),
        ("up", "大幅提高", True, "大幅提高 says much"),
        ("up", "下降", True, "no 提高 or 上升"),
        ("up", "下降", False, "下降 says down"),
        ("down", "提高后下降", True, None),
        ("none", "下降", True, "下降 says down"),
        ("none", "上升和下降", True, "上升 says up; 下降 says down"),
        ("none", "稳定", True, None),
        ("other", "下降", True, None),
        ("up", None, True, None),
        (None, "下降", True, None),
    ],
)
def test_the_longest_word_of_a_text_tells_its_code(
    code: str | None, text: str | None, needed: bool, fault: str | None
) -> None:
    codes = [Code(name, Text("", ""), Text("", ""), words=words) for name, words in WORDS.items()]
    found = told_otherwise(frame((code, text)), ("a", "b"), codes, needed)
    assert found.rows() == ([] if fault is None else [(code, text, fault)])


def test_an_id_of_two_tables_or_a_retired_one_is_shared() -> None:
    places = frame(("x",), ("y",), columns="p").rename({"p": "place_id"})
    units = frame(("x",), ("z",), ("z",), columns="u").rename({"u": "unit_id"})
    gone = pl.DataFrame({"old_id": ["y", "w"]})
    tables = {"places": places, "units": units}
    t = Tables({name: own.with_row_index(ROW) for name, own in tables.items()}, edition())
    assert set(t.shared_ids.select("table", ROW, "id").rows()) == {("places", 0, "x"), ("units", 0, "x")}
    tables["retired_ids"] = gone
    t = Tables({name: own.with_row_index(ROW) for name, own in tables.items()}, edition())
    assert set(t.shared_ids.select("table", "id").rows()) == {
        *(("places", "x"), ("units", "x"), ("places", "y"), ("retired_ids", "y"))
    }
    assert Tables({}, edition()).shared_ids.rows() == []

"""The joins that users need, and the flat table."""

import polars as pl
import pytest

import plandata
from plandata.package.reader import ROW, TYPES
from plandata.read.flat import flat_table
from plandata.schema import edition
from plandata.tables import CARRIED, ITEM_TABLES, Tables, miscounted, wrong_row_ids

Row = tuple[str | None, ...]
GOAL = "weining-women-2021.health.g03"


@pytest.fixture(scope="module")
def package() -> plandata.Package:
    return plandata.open()


@pytest.fixture(scope="module")
def joined(package: plandata.Package) -> pl.DataFrame:
    return package.flat()


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

"""The joins that users need, and the flat table."""

import polars as pl
import pytest

import plandata
from plandata.flat import flat, flat_table
from plandata.joins import bodies, bodies_of, items, targets_of
from plandata.schema import schemas
from plandata.typed import TYPES

GOAL = "weining-women-2021.health.g03"


@pytest.fixture(scope="module")
def package() -> plandata.Package:
    return plandata.open()


@pytest.fixture(scope="module")
def joined(package: plandata.Package) -> pl.DataFrame:
    return flat(package)


def test_items_are_all_goals_and_measures(package: plandata.Package) -> None:
    found = items(package)
    assert found.height == package["goals"].height + package["measures"].height
    assert found["item_id"].is_unique().all()
    assert found["kind_zh"].null_count() == found["kind_en"].null_count() == 0


def test_targets_of_a_goal_and_of_a_measure(package: plandata.Package) -> None:
    assert targets_of(package, GOAL)["target_id"].to_list()[0] == f"{GOAL}.t1"
    assert targets_of(package, GOAL)["name_zh"][0] == "孕产妇死亡率"
    measure = package["targets"]["measure_id"].drop_nulls()[0]
    assert targets_of(package, measure)["measure_id"].unique().to_list() == [measure]


def test_an_item_without_targets_has_an_empty_frame(package: plandata.Package) -> None:
    with_targets = package["targets"]["goal_id"].drop_nulls().implode()
    bare = package["goals"].filter(~pl.col("goal_id").is_in(with_targets))["goal_id"][0]
    assert targets_of(package, bare).is_empty()


@pytest.mark.parametrize("join", [targets_of, bodies_of])
def test_an_unknown_item_is_refused(package: plandata.Package, join: object) -> None:
    with pytest.raises(KeyError, match="no goal or measure 'weining'"):
        join(package, "weining")  # type: ignore[operator]


def test_bodies_stand_in_the_order_of_the_print(package: plandata.Package) -> None:
    most = bodies(package).group_by("item_id").len().sort("len")["item_id"][-1]
    positions = bodies_of(package, most)["position"].to_list()
    assert positions == list(range(1, len(positions) + 1))
    assert bodies_of(package, most)["name_zh"].null_count() == 0


def test_the_flat_table_has_a_row_for_each_target_in_its_order(package: plandata.Package, joined: pl.DataFrame) -> None:
    targets = package["targets"]
    assert joined["target_id"].to_list() == targets["target_id"].to_list()
    for column in ("value", "comparator", "unit_of_measure", "target_year", "value_text", "note"):
        assert joined[column].equals(targets[column])


def test_the_flat_table_is_as_it_is_described(joined: pl.DataFrame) -> None:
    table = flat_table()
    assert joined.columns == table.columns
    for field in table.fields:
        assert joined.schema[field.name] == TYPES.get(field.type, pl.String())
        assert field.title
        assert field.title_zh
        assert field.description
        assert field.description_zh


def test_the_flat_table_has_no_gap_where_every_target_has_a_value(joined: pl.DataFrame) -> None:
    always = [name for name in joined.columns if name.startswith(("place", "plan", "population", "indicator"))]
    for name in [*always, "item_zh", "item_kind_en", "target_zh", "target_en", "comparator_zh", "basis_en"]:
        assert joined[name].null_count() == 0, name
    coded = [field for field in flat_table().fields if field.codes]
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
        named = bodies_of(package, row["goal_id"] or row["measure_id"]).filter(pl.col("role") == "lead")
        assert row["lead_zh"] == "、".join(named["name_zh"])
        assert row["lead_en"] == "; ".join(named["name_en"])


def test_labels_come_from_the_code_lists(joined: pl.DataFrame) -> None:
    row = joined.filter(pl.col("target_id") == f"{GOAL}.t1").row(0, named=True)
    assert row["unit_of_measure_zh"] == schemas().codes["unit_of_measure"]["per_100k"].label_zh
    assert row["item_kind_zh"] == schemas().codes["goal_kind"]["goal"].label_zh
    assert row["target_en"] == "at most 12 per 100,000, by 2025"

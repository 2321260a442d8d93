"""For each rule whose example is no cell that can be written as it is: a package that breaks it, and one that does not.

A case is a function named for its rule. It changes a valid package so that the rule is broken and returns
where the finding must be; told that nothing is to be broken, it makes the like change that breaks nothing.
"""

from collections.abc import Callable

from conftest import Bench, Where

Case = Callable[[Bench, bool], Where]
CASES: dict[str, Case] = {}
PERCENT = {"comparator": "ge", "unit_of_measure": "percent", "basis": "level"}
PARENTS = ("goal_id", "measure_id")


def case(function: Case) -> Case:
    CASES[function.__name__] = function
    return function


def anomaly(b: Bench, kind: str, item: dict[str, str]) -> None:
    """Records an anomaly on the goal or measure that a row names."""
    document = b.rows("documents")[0]["document_id"]
    texts = dict.fromkeys(("description_zh", "description_en", "resolution"), "test")
    parent = {name: item.get(name, "") for name in PARENTS}
    b.add("anomalies", anomaly_id=f"{document}.a90", document_id=document, kind=kind, **parent, **texts)


def last(b: Bench, table: str, column: str) -> Where:
    return b.at(table, len(b.rows(table)) - 1, column)


# Files


@case
def table_is_listed(b: Bench, broken: bool) -> Where:
    b.describe(lambda d: d["resources"].pop() if broken else None)
    return Where("anomalies")


@case
def table_is_known(b: Bench, broken: bool) -> Where:
    b.describe(lambda d: d["resources"].append({"name": "goals2", "path": "data/goals.csv"}) if broken else None)
    return Where("goals2")


@case
def path_stays_in_the_package(b: Bench, broken: bool) -> Where:
    (b.root.parent / "places.csv").write_bytes(b.path("places").read_bytes())
    b.describe(lambda d: d["resources"][0].update(path="../places.csv" if broken else "data/places.csv"))
    return Where("places")


@case
def listed_file_exists(b: Bench, broken: bool) -> Where:
    if broken:
        b.path("units").unlink()
    return Where("units")


@case
def file_is_listed(b: Bench, broken: bool) -> Where:
    (b.root / ("data/notes.csv" if broken else "notes.csv")).write_text("a\n", encoding="utf-8")
    return Where("")


@case
def file_matches_its_hash(b: Bench, broken: bool) -> Where:
    b.patch("places", 0, name_en="Elsewhere" if broken else b.rows("places")[0]["name_en"])
    return Where("places")


@case
def file_is_plain_utf8(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: content.decode("utf-8").encode("gb18030" if broken else "utf-8"))
    return Where("places", 2)


@case
def file_has_no_byte_order_mark(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: b"\xef\xbb\xbf" * broken + content)
    return Where("places", 1)


@case
def file_has_no_nul(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: content[:-1] + b"\0" * broken + b"\n")
    return Where("places", 2)


@case
def line_ends_are_lf(b: Bench, broken: bool) -> Where:
    b.damage("units", lambda content: content[:-1] + (b"\r\n" if broken else b"\n"))
    return Where("units", len(b.rows("units")) + 1)


@case
def file_ends_with_a_line_end(b: Bench, broken: bool) -> Where:
    b.damage("units", lambda content: content.rstrip() + (b"" if broken else b"\n"))
    return Where("units", len(b.rows("units")) + 1)


@case
def file_is_not_empty(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: b"" if broken else content)
    return Where("places")


@case
def table_has_rows(b: Bench, broken: bool) -> Where:
    b.write("non_targets", [] if broken else b.rows("non_targets"))
    return Where("non_targets", 1)


@case
def column_is_present(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: content.replace(b"gb_code", b"code") if broken else content)
    return Where("places", 1, "", "gb_code")


@case
def column_is_known(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: content.replace(b"\n", b",remark\n", 1) if broken else content)
    return Where("places", 1, "", "remark")


@case
def column_stands_once(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: content.replace(b"\n", b",level\n", 1) if broken else content)
    return Where("places", 1, "", "level")


@case
def columns_are_in_order(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: content.replace(b"name_zh,name_en", b"name_en,name_zh") if broken else content)
    return Where("places", 1)


@case
def row_has_every_cell(b: Bench, broken: bool) -> Where:
    b.damage("units", lambda content: content[:-1] + b"," * broken + b"\n")
    return Where("units", len(b.rows("units")) + 1)


@case
def quotes_are_closed(b: Bench, broken: bool) -> Where:
    place = b.rows("places")[0]["place_id"].encode()
    b.damage("places", lambda c: c.replace(b"\n" + place, b'\n"' + place + (b"" if broken else b'"'), 1))
    return Where("places", 2)


# Keys and order


@case
def key_is_unique(b: Bench, broken: bool) -> Where:
    rows = b.rows("places")
    b.write("places", rows * (1 + broken))
    return Where("places", 3, rows[0]["place_id"], "place_id")


@case
def reference_exists(b: Bench, broken: bool) -> Where:
    b.patch("targets", 0, indicator_id="nowhere" if broken else b.rows("targets")[1]["indicator_id"])
    return b.at("targets", 0, "indicator_id")


@case
def rows_are_sorted(b: Bench, broken: bool) -> Where:
    b.write("goals", b.rows("goals")[:: -1 if broken else 1])
    return b.at("goals", 0, "goal_id")


# Items


@case
def plan_id_is_built_from_its_parts(b: Bench, broken: bool) -> Where:
    name = b.rows("plans")[0]["plan_id"]
    b.patch("plans", 0, plan_id=name.replace("2021", "2016") if broken else name)
    return b.at("plans", 0, "plan_id")


@case
def domain_population_fits_its_plan(b: Bench, broken: bool) -> Where:
    b.patch("domains", 0, population="women" if broken else "children")
    return b.at("domains", 0, "population")


@case
def plan_has_one_overall_objective(b: Bench, broken: bool) -> Where:
    plan = b.rows("plans")[0]["plan_id"]
    b.write("goals", [row for row in b.rows("goals") if not broken or row["goal_id"] != f"{plan}.overall"])
    return b.at("plans", 0, "plan_id")


@case
def domain_has_items(b: Bench, broken: bool) -> Where:
    new = b.rows("domains")[0]
    new |= {"domain_id": f"{new['plan_id']}.law", "theme": "law", "position": "2", "number": "二"}
    b.add("domains", **new)
    if not broken:
        b.add("goals", **{**b.rows("goals")[0], "goal_id": f"{new['domain_id']}.g01", "domain_id": new["domain_id"]})
    return last(b, "domains", "domain_id")


@case
def labels_differ_among_siblings(b: Bench, broken: bool) -> Where:
    b.patch("goals", 1, label_zh=b.rows("goals")[0]["label_zh"] if broken else "无人使用的标签")
    return b.at("goals", 1, "label_en")


# Targets


@case
def target_id_is_built_from_its_item(b: Bench, broken: bool) -> Where:
    b.patch("targets", 0, target_id=f"{b.rows('targets')[0]['goal_id']}.t{9 if broken else 1}")
    return b.at("targets", 0, "target_id")


@case
def scope_has_one_wording(b: Bench, broken: bool) -> Where:
    b.patch("targets", 0, scope_zh="山区", scope_en="upland")
    b.patch("targets", 1, scope_zh="山区", scope_en="mountain" if broken else "upland")
    return b.at("targets", 1, "scope_en")


@case
def target_stands_once_in_its_item(b: Bench, broken: bool) -> Where:
    first, second = b.rows("targets")[:2]
    scope = {} if broken else {"scope_zh": "山区", "scope_en": "upland"}
    b.patch("targets", 1, **{**first, "target_id": second["target_id"], **scope})
    return b.at("targets", 1, "target_id")


@case
def range_is_the_right_way_up(b: Bench, broken: bool) -> Where:
    first, second = b.rows("targets")[:2]
    ends = ("2", "1") if broken else ("1", "2")
    b.patch("targets", 0, comparator="ge", value=ends[0], value_text="1-2项")
    ids = {"target_id": second["target_id"]}
    b.patch("targets", 1, **{**first, **ids, "comparator": "le", "value": ends[1], "value_text": "1-2项"})
    return b.at("targets", 0, "value")


@case
def indicator_has_targets(b: Bench, broken: bool) -> Where:
    new = b.rows("indicators")[0] | {"indicator_id": "new", "name_zh": "新", "name_en": "New"}
    b.add("indicators", **new)
    if not broken:
        b.add("targets", **{**b.rows("targets")[0], "target_id": "new.t1", "indicator_id": "new"})
    return last(b, "indicators", "indicator_id")


# Units


@case
def unit_has_assignments(b: Bench, broken: bool) -> Where:
    new = b.rows("units")[0]
    new |= {"unit_id": f"{new['place_id']}.new", "name_zh": "新单位", "collective": "false"}
    b.add("units", **new)
    if not broken:
        b.patch("assignments", 0, unit_id=new["unit_id"])
    return last(b, "units", "unit_id")


@case
def collective_unit_is_only_responsible(b: Bench, broken: bool) -> Where:
    group = b.rows("units")[b.find("units", collective="true")]["unit_id"]
    row = b.find("assignments", unit_id=group)
    b.patch("assignments", row, role="lead" if broken else "responsible")
    return b.at("assignments", row, "role")


@case
def unit_is_of_the_plans_place(b: Bench, broken: bool) -> Where:
    place = "elsewhere" if broken else b.rows("places")[0]["place_id"]
    b.add("units", **{**b.rows("units")[0], "unit_id": f"{place}.new", "place_id": place, "name_zh": "新单位"})
    b.patch("assignments", 0, unit_id=f"{place}.new")
    return b.at("assignments", 0, "unit_id")


@case
def printed_name_differs_from_the_units(b: Bench, broken: bool) -> Where:
    unit = b.find("units", unit_id=b.rows("assignments")[0]["unit_id"])
    name = b.rows("units")[unit]["name_zh"]
    b.patch("assignments", 0, printed_as=name if broken else name[1:])
    return b.at("assignments", 0, "printed_as")


@case
def printed_name_means_one_unit(b: Bench, broken: bool) -> Where:
    first, second = b.rows("assignments")[:2]
    b.patch("assignments", 0, printed_as="某单位")
    b.patch("assignments", 1, printed_as="某单位", unit_id=(second if broken else first)["unit_id"])
    return b.at("assignments", 1, "printed_as")


# Doubts


def rivals(b: Bench) -> tuple[int, dict[str, str]]:
    """Gives two items of a plan different values of one indicator: the row of one, and cells that name the other."""
    row = b.find("targets", **PERCENT)
    rows = b.rows("targets")
    plan, item = rows[row]["target_id"].split(".")[0], rows[row]["goal_id"]
    other = next(i for i, r in enumerate(rows) if r["target_id"].startswith(plan) and r["goal_id"] not in ("", item))
    own = {name: rows[other][name] for name in ("target_id", *PARENTS)}
    b.patch("targets", other, **{**rows[row], **own, "value": "1", "value_text": "达到1%以上"})
    return row, own


@case
def contradiction_is_recorded(b: Bench, broken: bool) -> Where:
    row, other = rivals(b)
    if not broken:
        anomaly(b, "contradiction", other)
    return b.at("targets", row, "value")


@case
def contradiction_is_one(b: Bench, broken: bool) -> Where:
    row, other = (b.find("targets", **PERCENT), None) if broken else rivals(b)
    anomaly(b, "contradiction", other or b.rows("targets")[row])
    return last(b, "anomalies", "kind")


@case
def weak_target_is_recorded(b: Bench, broken: bool) -> Where:
    row = b.find("targets", **PERCENT)
    b.patch("targets", row, baseline_value="100", baseline_year="2020")
    if not broken:
        anomaly(b, "weaker_than_baseline", b.rows("targets")[row])
    return b.at("targets", row, "value")


@case
def weak_target_is_weak(b: Bench, broken: bool) -> Where:
    row = b.find("targets", **PERCENT)
    b.patch("targets", row, baseline_value="1" if broken else "100", baseline_year="2020")
    anomaly(b, "weaker_than_baseline", b.rows("targets")[row])
    return last(b, "anomalies", "kind")


@case
def goal_has_a_lead_unit(b: Bench, broken: bool) -> Where:
    row = b.find("assignments", role="lead", goal_id=b.rows("goals")[1]["goal_id"])
    b.patch("assignments", row, role="responsible")
    if not broken:
        anomaly(b, "no_lead_unit", b.rows("assignments")[row])
    return b.at("goals", 1, "goal_id")


@case
def missing_lead_is_missing(b: Bench, broken: bool) -> Where:
    row = b.find("assignments", role="lead", goal_id=b.rows("goals")[1]["goal_id"])
    anomaly(b, "no_lead_unit", b.rows("assignments")[row])
    if not broken:
        b.patch("assignments", row, role="responsible")
    return last(b, "anomalies", "kind")


@case
def missing_number_is_missing(b: Bench, broken: bool) -> Where:
    anomaly(b, "missing_number", b.rows("goals")[1])
    if not broken:
        b.patch("goals", 1, number="3")
    return last(b, "anomalies", "kind")


@case
def non_target_is_no_target(b: Bench, broken: bool) -> Where:
    item = b.rows("non_targets")[0]["goal_id"]
    printed = b.rows("targets")[b.find("targets", goal_id=item)]["value_text"]
    b.patch("non_targets", 0, value_text=printed if broken else "5岁以下")
    return b.at("non_targets", 0, "value_text")

"""Makes a small valid package, row by row, for tests to change.

A row names the cells that tell it from others. What it leaves out is filled in: a required reference with the key of
the first row of the other table, another required cell with the column's example in the schema; the rest is empty. A
table that is not made here gets one row of examples, so that a new table of the edition needs nothing done here.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from plandata.package.canonical import package_files
from plandata.package.folder import METADATA
from plandata.package.order import ordered
from plandata.rules.indicators import FRACTIONS
from plandata.schema import Schemas, Table, edition, home

Cells = dict[str, str]
WOMEN, BOTH = "weining-women-2021", "xuyou-both-2021"
HEALTH, LAW = f"{WOMEN}.health", f"{WOMEN}.law"

PLACES: list[Cells] = [
    {"gb_code": "520526"},
    {"place_id": "xuyou", "name_zh": "虚有区", "name_en": "“Made-up” Xuyou District", "level": "district"},
]
TITLED = {
    "title_zh": "虚有区“十四五”妇女儿童发展规划",
    "title_en": "14th Five-Year Plan for Women's and Children's Development in “Made-up” Xuyou District",
}
DOCUMENTS: list[Cells] = [
    {
        "issuer_zh": "威宁自治县人民政府",
        "issuer_en": "People’s Government of Weining Autonomous County",
        "issued_on": "2021-12-01",
        "published_on": "2022-01-15",
    },
    {"document_id": "xuyou-2021", "place_id": "xuyou", "sha256": "1" * 64, **TITLED},
]
PLANS: list[Cells] = [
    {},
    {"plan_id": BOTH, "document_id": "xuyou-2021", "place_id": "xuyou", "population": "both", **TITLED},
]
DOMAINS: list[Cells] = [
    {},
    {
        "domain_id": LAW,
        "theme": "law",
        "position": "2",
        "number": "二",
        "title_zh": "妇女与法律",
        "title_en": "Women and the law",
    },
    {"domain_id": f"{BOTH}.children-health", "plan_id": BOTH, "population": "children"},
    {"domain_id": f"{BOTH}.women-health", "plan_id": BOTH},
]
GOALS = {
    f"{HEALTH}.g01": ("孕产妇死亡率", "Maternal mortality"),
    f"{HEALTH}.g02": ("宫颈癌筛查与住院分娩", "Screening for cervical cancer, and births in hospitals"),
    f"{HEALTH}.g03": ("妇女健康素养", "Health literacy of women"),
    f"{HEALTH}.i01": ("5岁以下儿童死亡率", "Mortality of children under 5"),
    f"{LAW}.g01": ("家庭暴力案件", "Cases of domestic violence"),
    f"{WOMEN}.overall": ("妇女全面发展", "The development of women"),
    f"{BOTH}.children-health.g01": ("5岁以下儿童死亡率", "Mortality of children under 5"),
    f"{BOTH}.women-health.g01": ("妇女常见病筛查", "Screening for common diseases"),
    f"{BOTH}.overall": ("妇女儿童发展", "The development of women and children"),
}
MEASURES = {
    f"{HEALTH}.m01": ("健康培训", "Health training"),
    f"{HEALTH}.m03": ("健康讲座", "Health lectures"),
    f"{WOMEN}.implementation.m01": ("组织领导", "Leadership"),
    f"{WOMEN}.monitoring.m01": ("年度监测", "Annual monitoring"),
    f"{BOTH}.women-health.m01": ("门诊建设", "Clinics"),
}
# Each indicator: its Chinese name, its unit, the direction that is better.
INDICATORS = {
    "maternal-mortality": ("孕产妇死亡率", "per_100k", "lower"),
    "rural-clinics": ("农村门诊数", "count", "higher"),
    "womens-health-literacy": ("健康素养水平", "percent", "higher"),
    "safe-births": ("安全住院分娩率", "percent", "higher"),
    "under5-mortality": ("5岁以下儿童死亡率", "per_mille", "lower"),
    "talks": ("健康讲座次数", "time_per_year", "higher"),
    "gynaecological-screening-rate": ("妇科筛查率", "percent", "higher"),
    "training": ("培训人次", "person_time", "higher"),
    "violence-cases": ("暴力案件数", "count", "lower"),
}
SDG = {"maternal-mortality": "3.1.1", "under5-mortality": "3.2.1"}
# Each target: its indicator, comparator, value, unit, basis and printed figure, and what else it has.
TARGETS: dict[str, tuple[str, str, str, str, str, str, Cells]] = {
    f"{HEALTH}.g01.t1": ("maternal-mortality", "le", "12", "per_100k", "level", "12/10万以下", {}),
    f"{HEALTH}.g02.t1": (
        *("gynaecological-screening-rate", "ge", "90", "percent", "level", "达到90%以上"),
        {"baseline_value": "80.5", "baseline_year": "2020"},
    ),
    f"{HEALTH}.g02.t2": (
        *("safe-births", "eq", "99", "percent", "level", "99%"),
        {"scope_zh": "农村", "scope_en": "rural"},
    ),
    f"{HEALTH}.g03.t1": ("womens-health-literacy", "increase", "", "", "level", "不断提高", {}),
    f"{HEALTH}.i01.t1": (
        *("under5-mortality", "le", "4", "per_mille", "level", "4‰以下"),
        {"baseline_value": "4.5", "baseline_year": "2020"},
    ),
    f"{HEALTH}.m01.t1": ("training", "eq", "40000", "person_time", "cumulative", "达4万人次", {}),
    f"{HEALTH}.m03.t1": ("talks", "ge", "2", "time_per_year", "rate_per_period", "每年至少2次", {}),
    f"{LAW}.g01.t1": (
        *("violence-cases", "eq", "20", "percent", "relative_decrease", "以2020年为基数下降20%"),
        {"reference_year": "2020"},
    ),
    f"{BOTH}.children-health.g01.t1": ("under5-mortality", "le", "3.5", "per_mille", "level", "3.5‰以下", {}),
    f"{BOTH}.women-health.g01.t1": (
        *("gynaecological-screening-rate", "ge", "1", "percentage_point", "annual_increase", "每年提高1个百分点以上"),
        {"timing": "yearly"},
    ),
    f"{BOTH}.women-health.m01.t1": ("rural-clinics", "ge", "1", "count", "level", "1-2个", {}),
    f"{BOTH}.women-health.m01.t2": ("rural-clinics", "le", "2", "count", "level", "1-2个", {}),
}
# The theme and the function of the indicators that are not about health.
OTHERS = {"violence-cases": {"theme": "law", "function": "public-security"}}
COUNTED_BY = {
    "per_100k": ("（以10万计）", ", in units of 100,000"),
    "per_mille": ("（以每千计）", ", in thousands"),
}
TARGET_CELLS = ("indicator_id", "comparator", "value", "unit_of_measure", "basis", "value_text")
MEMBERS = {"name_zh": "妇儿工委成员单位", "name_en": "Member bodies of the women and children committee"}
FEDERATION = {"name_zh": "自治县妇联", "name_en": "Women's federation of the autonomous county"}
UNITS: list[Cells] = [
    {},
    {"unit_id": "weining.members", **MEMBERS, "kind": "other", "function": "coordination", "collective": "true"},
    {
        "unit_id": "weining.womens-federation",
        **FEDERATION,
        "kind": "mass_organisation",
        "function": "womens-federation",
    },
    {"unit_id": "xuyou.health-bureau", "place_id": "xuyou", "name_zh": "区卫生健康局", "name_en": "Health Bureau"},
]
# The bodies of each item, in their order: the first of a goal leads, where a plan names lead units.
BODIES = {
    f"{HEALTH}.g01": ("weining.health-bureau", "weining.womens-federation"),
    f"{HEALTH}.g02": ("weining.womens-federation", "weining.members"),
    f"{HEALTH}.g03": ("weining.womens-federation",),
    f"{HEALTH}.m01": ("weining.womens-federation", "weining.health-bureau"),
    f"{LAW}.g01": ("weining.womens-federation",),
    f"{BOTH}.children-health.g01": ("xuyou.health-bureau",),
}
LEADERLESS = (f"{HEALTH}.g03", f"{HEALTH}.m01", f"{BOTH}.children-health.g01")
NON_TARGETS: list[Cells] = [
    {"goal_id": f"{HEALTH}.g01", "value_text": "35-64岁"},
    {"goal_id": f"{BOTH}.children-health.g01", "value_text": "5岁以下"},
    {"measure_id": f"{HEALTH}.m01", "value_text": "12338热线", "reason": "name"},
]
ANOMALIES: list[Cells] = [
    {
        "kind": "no_lead_unit",
        "goal_id": f"{HEALTH}.g03",
        "description_zh": "只列责任单位。",
        "description_en": "Only responsible units are listed.",
        "resolution_zh": "只登记责任单位。",
        "resolution_en": "Only responsible units are assigned.",
    },
    {
        "anomaly_id": "weining-2021.a02",
        "kind": "missing_number",
        "measure_id": f"{HEALTH}.m03",
        "description_zh": "缺第2条。",
        "description_en": "Item 2 is missing.",
    },
    {
        "anomaly_id": "weining-2021.a03",
        "kind": "ambiguous",
        "description_zh": "未说明“两者”何指。",
        "description_en": 'It says "both", with a comma',
    },
]
RETIRED_IDS: list[Cells] = [{"old_id": f"{HEALTH}.g03.t2", "table_name": "targets", "replaced_by": f"{HEALTH}.g03.t1"}]
INSTRUMENTS: list[Cells] = [
    {"measure_id": f"{HEALTH}.m01", "instrument": "train", "position": "1", "name_text": "培训"},
    {"measure_id": f"{HEALTH}.m03", "instrument": "inform", "position": "1", "name_text": "宣传"},
    {"measure_id": f"{HEALTH}.m03", "instrument": "serve", "position": "2", "name_text": "咨询"},
    {"measure_id": f"{BOTH}.women-health.m01", "instrument": "build", "position": "1", "name_text": "门诊"},
]
TARGET_GROUPS: list[Cells] = [
    {"goal_id": f"{HEALTH}.g01", "target_group": "pregnant", "name_text": "孕产妇"},
    {"measure_id": f"{HEALTH}.m01", "target_group": "rural", "name_text": "农村妇女"},
    {"goal_id": f"{HEALTH}.i01", "target_group": "preschool", "name_text": "5岁以下儿童"},
    {"goal_id": f"{BOTH}.children-health.g01", "target_group": "preschool", "name_text": "5岁以下儿童"},
]
LAWS = {"title_en": "Anti-Domestic Violence Law", "kind": "law", "level": "national"}
OUTLINE = {"title_en": "Outline on the Development of Women", "kind": "national_outline", "level": "national"}
CITATIONS: list[Cells] = [
    {"plan_id": WOMEN, "position": "1", "title_zh": "中华人民共和国反家庭暴力法", **LAWS},
    {"plan_id": WOMEN, "position": "2", "title_zh": "中国妇女发展纲要", **OUTLINE},
    {"plan_id": WOMEN, "goal_id": f"{LAW}.g01", "position": "1", "title_zh": "反家庭暴力法", **LAWS},
]
YEARLY = {"label_zh": "年度监测", "label_en": "Annual monitoring"}
DUTIES: list[Cells] = [
    {
        "duty_id": f"{WOMEN}.monitoring.m01.d1",
        "measure_id": f"{WOMEN}.monitoring.m01",
        "kind": "monitoring",
        "frequency": "yearly",
        "from_unit_id": "weining.members",
        "name_text": "年度监测",
        **YEARLY,
    },
    {
        "duty_id": f"{BOTH}.women-health.m01.d1",
        "measure_id": f"{BOTH}.women-health.m01",
        "kind": "funding",
        "name_text": "门诊经费",
        "label_zh": "门诊经费",
        "label_en": "Funds for clinics",
    },
]
SERVES: list[Cells] = [{"measure_id": f"{HEALTH}.m01", "goal_id": f"{HEALTH}.g03"}]
KINDS = {"g": "goal", "i": "indicator", "m": "measure"}


def parent(item: str) -> Cells:
    """The cell by which a row hangs on an item."""
    return {"measure_id" if item.rpartition(".")[2].startswith("m") else "goal_id": item}


def items(named: Mapping[str, tuple[str, str]]) -> Iterator[Cells]:
    """Goals or measures; their kind, domain and number are read from their ids, and their places counted."""
    places: dict[str, int] = {}
    for item, (zh, en) in named.items():
        stem, _, last = item.rpartition(".")
        inside = stem.count(".") == 1 and stem.rpartition(".")[2] not in ("implementation", "monitoring")
        kind = KINDS.get(last[0], "") if inside else (last if last == "overall" else stem.rpartition(".")[2])
        group = f"{stem} {kind}"
        places[group] = places.get(group, 0) + 1
        number = "" if kind == "overall" else str(int(last[1:]))
        cells = {"plan_id": item.partition(".")[0], "domain_id": stem if inside else "", "kind": kind}
        yield parent(item) | cells | {"position": str(places[group]), "number": number, "label_zh": zh, "label_en": en}


def indicators() -> Iterator[Cells]:
    for name, (zh, unit, better) in INDICATORS.items():
        english = name.replace("-", " ").capitalize()
        told = {"definition_zh": f"{zh}的年度数值。", "definition_en": f"{english} in a year."}
        told |= {"population_zh": f"{zh}所涉人群", "population_en": f"Whom {english} concerns"}
        if unit in FRACTIONS:
            told |= {"numerator_zh": f"{zh}的分子", "numerator_en": f"What {english} counts"}
            by = COUNTED_BY.get(unit, ("", ""))
            told |= {"denominator_zh": f"{zh}的分母{by[0]}", "denominator_en": f"What {english} is divided by{by[1]}"}
        yield {
            "indicator_id": name,
            "name_zh": zh,
            "name_en": english,
            "unit_of_measure": unit,
            "better": better,
            "sdg_indicator": SDG.get(name, ""),
            **told,
            **OTHERS.get(name, {}),
        }


def targets() -> Iterator[Cells]:
    for name, (*told, rest) in TARGETS.items():
        yield {
            "target_id": name,
            "target_year": "2025",
            "name_text": INDICATORS[told[0]][0],
            **parent(name.rpartition(".")[0]),
            **dict(zip(TARGET_CELLS, told, strict=True)),
            **rest,
        }


def assignments() -> Iterator[Cells]:
    for item, bodies in BODIES.items():
        for place, unit in enumerate(bodies, start=1):
            leads = place == 1 and item not in LEADERLESS
            role = "lead" if leads else "responsible"
            yield parent(item) | {"unit_id": unit, "role": role, "position": str(place)}


def rows() -> dict[str, list[Cells]]:
    """The rows of every table that is made here, with the cells that they name."""
    return {
        "places": PLACES,
        "documents": DOCUMENTS,
        "plans": PLANS,
        "domains": DOMAINS,
        "goals": list(items(GOALS)),
        "measures": list(items(MEASURES)),
        "indicators": list(indicators()),
        "targets": list(targets()),
        "units": UNITS,
        "assignments": list(assignments()),
        "non_targets": NON_TARGETS,
        "anomalies": ANOMALIES,
        "instruments": INSTRUMENTS,
        "target_groups": TARGET_GROUPS,
        "citations": CITATIONS,
        "duties": DUTIES,
        "serves": SERVES,
        "retired_ids": RETIRED_IDS,
    }


def filled(table: Table, cells: Cells, made: Mapping[str, pl.DataFrame]) -> Cells:
    """A row with every cell: those that it names, and what must stand in the others."""
    firsts = {key.field: made[key.table][key.reference][0] for key in table.foreign_keys if key.table in made}
    examples = {field.name: firsts.get(field.name, field.example) for field in table.fields if field.required}
    return {**dict.fromkeys(table.columns, ""), **examples, **cells}


def example_row(table: Table) -> Cells:
    """The cells of the one row of a table that is not made here: its key, on the first goal where it hangs on items."""
    examples = {field.name: field.example for field in table.fields if field.name in table.key}
    return examples | ({"goal_id": f"{HEALTH}.g01", "measure_id": ""} if "measure_id" in table.columns else {})


def frame(table: Table, cells: Sequence[Cells], made: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The rows of a table as a text frame in canonical order."""
    complete = [[filled(table, row, made)[column] or None for column in table.columns] for row in cells]
    text = pl.DataFrame(complete, schema=dict.fromkeys(table.columns, pl.String), orient="row")
    return ordered(text, table)


def frames(schemas: Schemas) -> dict[str, pl.DataFrame]:
    """The tables that schemas describe, each after those that it refers to."""
    named, made = rows(), {}
    for name, table in schemas.tables.items():
        made[name] = frame(table, named.get(name) or [example_row(table)], made)
    return made


def write_package(root: Path, schemas: Schemas | None = None) -> Path:
    """Writes the small package into a folder; with schemas of its own it gets their files too."""
    (root / "data").mkdir(parents=True)
    shutil.copy(home() / METADATA, root / METADATA)
    if schemas is not None:
        shutil.copytree(schemas.folder, root / "schemas")
    described = schemas or edition()
    for path, content in package_files(root, described, frames(described)).items():
        (root / path).write_bytes(content)
    return root

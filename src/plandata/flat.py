"""One flat table for those who do not join: every target with its place, plan, domain, item, indicator and lead bodies.

Its columns are defined by the columns they come from, so the dictionary of an export describes them too.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import polars as pl

from plandata.joins import bodies, item_key, items, labels
from plandata.package import Package
from plandata.schema import Field, Table, schemas
from plandata.wording import target_words

NAME = "flat"
# (column, table it comes from, its name there); coded columns are followed by their labels.
COLUMNS = (
    ("target_id", "targets", "target_id"),
    ("place_id", "plans", "place_id"),
    ("place_zh", "places", "name_zh"),
    ("place_en", "places", "name_en"),
    ("province_zh", "places", "province_zh"),
    ("province_en", "places", "province_en"),
    ("plan_id", "plans", "plan_id"),
    ("plan_zh", "plans", "title_zh"),
    ("plan_en", "plans", "title_en"),
    ("population", "plans", "population"),
    ("domain_id", "domains", "domain_id"),
    ("domain_zh", "domains", "title_zh"),
    ("domain_en", "domains", "title_en"),
    ("theme", "domains", "theme"),
    ("goal_id", "targets", "goal_id"),
    ("measure_id", "targets", "measure_id"),
    ("item_number", "goals", "number"),
    ("item_zh", "goals", "label_zh"),
    ("item_en", "goals", "label_en"),
    ("indicator_id", "targets", "indicator_id"),
    ("indicator_zh", "indicators", "name_zh"),
    ("indicator_en", "indicators", "name_en"),
    ("better", "indicators", "better"),
    ("scope_zh", "targets", "scope_zh"),
    ("scope_en", "targets", "scope_en"),
    ("comparator", "targets", "comparator"),
    ("value", "targets", "value"),
    ("unit_of_measure", "targets", "unit_of_measure"),
    ("basis", "targets", "basis"),
    ("reference_year", "targets", "reference_year"),
    ("target_year", "targets", "target_year"),
    ("baseline_value", "targets", "baseline_value"),
    ("baseline_year", "targets", "baseline_year"),
    ("value_text", "targets", "value_text"),
    ("note", "targets", "note"),
)
LANGUAGES = {"zh": ("Chinese", "中文"), "en": ("English", "英文")}
# What only the flat table has: title, title_zh, description, description_zh.
OWN = {
    "item_kind": ("Kind of item", "条目类别", "Kind of the goal or measure.", "目标或措施的类别。"),
    "target": ("Target in words", "目标（文字）", "The target in plain words.", "用文字写出的目标值。"),
    "lead": ("Lead bodies", "牵头单位", "The lead bodies of the item, in order.", "条目的牵头单位，依次。"),
}
SEPARATORS = {"zh": "、", "en": "; "}


def flat(package: Package) -> pl.DataFrame:
    """Every target, one row each, in the order of `targets`, with all that belongs to it in both languages.

    population is that of the domain, else that of the plan; domain and theme are empty where the item
    stands in no domain. value and baseline_value are in unit_of_measure. Columns: flat_table().

    >>> from plandata.package import open_package
    >>> package = open_package()
    >>> flat(package).height == package["targets"].height
    True
    """
    coded = [named for field in sources().values() if field.codes for named in labels(field.name, field.codes)]
    return joined(package).with_columns(*coded).with_columns(*worded()).select(flat_table().columns)


def joined(package: Package) -> pl.DataFrame:
    """The targets with the columns of the tables around them, by their flat names."""
    listed = items(package).select(
        "item_id",
        "domain_id",
        pl.col("plan_id"),
        pl.col("number").alias("item_number"),
        pl.col("label_zh").alias("item_zh"),
        pl.col("label_en").alias("item_en"),
        pl.col("^kind.*$").name.prefix("item_"),
    )
    frame = package["targets"].with_columns(item_key()).join(listed, on="item_id", how="left", maintain_order="left")
    for table, key in (("plans", "plan_id"), ("places", "place_id"), ("indicators", "indicator_id")):
        frame = frame.join(renamed(package, table, key), on=key, how="left", maintain_order="left")
    domains = renamed(package, "domains", "domain_id", pl.col("population").alias("domain_population"))
    frame = frame.join(domains, on="domain_id", how="left", maintain_order="left")
    return with_leads(frame.with_columns(pl.coalesce("domain_population", "population").alias("population")), package)


def renamed(package: Package, table: str, key: str, *more: pl.Expr) -> pl.DataFrame:
    """The columns of a table that the flat one takes, by their flat names, with its key."""
    wanted = [pl.col(column).alias(name) for name, source, column in COLUMNS if source == table and name != key]
    return package[table].select(key, *wanted, *more)


def with_leads(frame: pl.DataFrame, package: Package) -> pl.DataFrame:
    """The frame with the names of each item's lead bodies."""
    leads = bodies(package).filter(pl.col("role") == "lead").sort("item_id", "position")
    named = leads.group_by("item_id", maintain_order=True).agg(
        pl.col(f"name_{lang}").str.join(sign).alias(f"lead_{lang}") for lang, sign in SEPARATORS.items()
    )
    return frame.join(named, on="item_id", how="left", maintain_order="left")


def worded() -> Iterator[pl.Expr]:
    """The target in words, in each language."""
    for lang in LANGUAGES:
        words = partial(target_words, lang=lang)
        yield pl.struct(pl.all()).map_elements(words, return_dtype=pl.String).alias(f"target_{lang}")


def sources() -> dict[str, Field]:
    """The field that defines each column taken from a table, by its flat name."""
    tables = schemas().tables
    return {name: replace(tables[table].field(column), name=name) for name, table, column in COLUMNS}


def flat_table() -> Table:
    """The definition of the flat table, made from the definitions of the tables it joins.

    >>> flat_table().primary_key
    ('target_id',)
    """
    return Table(
        name=NAME,
        title="Targets with all that belongs to them",
        title_zh="目标值宽表",
        description="Every target joined with place, plan, domain, goal or measure, indicator and lead bodies.",
        description_zh="每项目标值与其地区、规划、领域、目标或措施、指标和牵头单位合为一行。",
        fields=tuple(fields()),
        primary_key=("target_id",),
        unique_keys=(),
        foreign_keys=(),
        sorted_by=("target_id",),
    )


def fields() -> Iterator[Field]:
    for name, field in sources().items():
        yield replace(field, constraints={})
        yield from in_languages(field) if field.codes else ()
        if name == "measure_id":
            title, title_zh, description, description_zh = OWN["item_kind"]
            kind = Field("item_kind", "string", title, title_zh, description, description_zh, {})
            yield from (kind, *in_languages(kind))
        if name == "note":
            for own in ("target", "lead"):
                yield from in_languages(Field(own, "string", *OWN[own], {}))


def in_languages(field: Field) -> Iterator[Field]:
    """The two columns that say a coded value in words."""
    for lang, (english, chinese) in LANGUAGES.items():
        yield replace(
            field,
            name=f"{field.name}_{lang}",
            title=f"{field.title} ({english})",
            title_zh=f"{field.title_zh}（{chinese}）",
            constraints={},
            codes="",
            example="",
            bad_example="",
        )

"""One indicator's targets side by side over all places and populations, the strictest first."""

import difflib
from collections.abc import Iterator
from typing import Any

import polars as pl

from plandata.files import PackageError
from plandata.package.folder import Folder
from plandata.read.flat import flat
from plandata.read.policy import groups_of_targets
from plandata.tables import Tables
from plandata.text import Text
from plandata.words import Words, number

Row = dict[str, Any]
# A word that fits more indicators is too wide to compare.
MOST = 12
CHANGES = ("relative_decrease", "relative_increase", "annual_decrease", "annual_increase")
BASES = ("level", "rate_per_period", "cumulative", *CHANGES)
# How strict a comparator is at one and the same value, towards either side.
TIGHTNESS = {"gt": 0, "lt": 0, "ge": 1, "le": 1, "eq": 1, "approx": 2}
TOWARDS = {"ge": "higher", "gt": "higher", "le": "lower", "lt": "lower"}
MET_AT_BASELINE = Text("met at baseline", "基期已达到")
WORDLESS = ("eliminate", "universal", "increase", "decrease", "maintain", "appropriate")
COLUMNS = (
    "indicator_id", "indicator_zh", "indicator_en", "rank", "place_id", "place_zh", "place_en", "population",
    "scope_zh", "scope_en", "target_zh", "target_en", "comparator", "value", "unit_of_measure", "basis",
    "benchmark_zh", "benchmark_en", "timing", "commitment", "reference_year", "target_year", "baseline_value",
    "baseline_year", "change", "change_percent", "change_per_year", "better", "plan_id", "lead_zh", "lead_en",
    "target_id",
)  # fmt: skip


def indicators_named(package: Folder, name: str, most: int | None = MOST) -> list[str]:
    """The ids of the indicators with this id or name, else of those whose id or name holds the word.

    Raises PackageError where there is none, or where there are more than can be compared (most; None: any number).

    >>> from plandata.schema import home
    >>> indicators_named(Folder(home()), "孕产妇死亡率")
    ['maternal-mortality']
    """
    table = package["indicators"].select("indicator_id", "name_zh", "name_en")
    wanted = name.strip().casefold()
    rows = table.drop_nulls("indicator_id").iter_rows()
    texts = [(row[0], [text.casefold() for text in row if text]) for row in rows]
    fitting = [key for key, row in texts if wanted in row] or [
        key for key, row in texts if wanted and any(wanted in text for text in row)
    ]
    if not fitting:
        near = difflib.get_close_matches(wanted, [text for _, row in texts for text in row], n=3, cutoff=0.5)
        raise PackageError(f"no indicator is named {name!r}. Near: {', '.join(near) or 'none'}")
    if most and len(fitting) > most:
        raise PackageError(f"{name!r} fits {len(fitting)} indicators, {', '.join(fitting[:most])} …; name one of them")
    return fitting


def group_named(package: Folder, name: str) -> str:
    """The target group with this code or label.

    Raises PackageError, with those that look like it, where there is none.

    >>> from plandata.schema import home
    >>> group_named(Folder(home()), "农村")
    'rural'
    """
    wanted = name.strip().casefold()
    codes = package.schemas.codes.get("target_group", {}).values()
    known = {text.casefold(): code.code for code in codes for text in (code.label.en, code.label.zh, code.code)}
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    raise PackageError(
        f"no target group is named {name!r}. Near: {', '.join(near) or ', '.join(c.code for c in codes)}"
    )


def compare(package: Folder, name: str = "", group: str = "") -> pl.DataFrame:
    """The targets of the indicators that a name stands for, the strictest first; columns COLUMNS.

    group: only the targets about a target group (its code or label), of all indicators where no name is given.

    rank counts from 1 within the targets that can be compared: same indicator, basis, unit and scope, a number,
    and a limit on the side that the indicator's direction asks for. It is empty elsewhere: also for indicators
    without a direction, and for a target that has no other to be compared with. change is what is required
    from the baseline to the value, in unit_of_measure (below 0: a fall); change_percent is that in percent of
    the baseline; change_per_year is spread evenly over the years from baseline_year to target_year. They are
    empty where the baseline is not printed or the value is no level. Raises PackageError for a name that fits
    no indicator or group, or where none is given.

    >>> from plandata.schema import home
    >>> compare(Folder(home()), "maternal-mortality")["rank"][0]
    1
    """
    if not name and not group:
        raise PackageError("name an indicator or a target group to compare")
    t = Tables.of(package)
    indicators = (
        indicators_named(package, name, None if group else MOST) if name else t["indicators"]["indicator_id"].to_list()
    )
    joined = flat(t)
    chosen = joined.filter(pl.col("indicator_id").is_in(indicators))
    if group:
        about = groups_of_targets(t).filter(pl.col("target_group") == group_named(package, group))
        chosen = chosen.join(about, on="target_id", how="semi", maintain_order="left")
    rows = chosen.to_dicts()
    ordered = sorted(rows, key=lambda row: (indicators.index(row["indicator_id"]), *strictness(row)))
    return pl.DataFrame(list(ranked(ordered)), schema=result_schema(joined.schema)).select(COLUMNS)


def result_schema(known: pl.Schema) -> dict[str, Any]:
    added = {"rank": pl.Int64, "change": pl.Float64, "change_percent": pl.Float64, "change_per_year": pl.Float64}
    return {name: added.get(name) or known[name] for name in COLUMNS}


def rank_class(row: Row) -> tuple[Any, ...]:
    """What, beside the indicator, must be the same for two targets to be compared by their value."""
    basis = BASES.index(row["basis"]) if row["basis"] in BASES else len(BASES)
    return basis, row["unit_of_measure"] or "", row["scope_en"] or ""


def comparable(row: Row) -> bool:
    """Whether a target's value says how strict it is."""
    if row["value"] is None or row["better"] == "none":
        return False
    side = "higher" if row["basis"] in CHANGES else row["better"]
    return TOWARDS.get(row["comparator"], side) == side


def strictness(row: Row) -> tuple[Any, ...]:
    """A key that sorts the strictest target first: by basis, unit and scope, then value, then comparator.

    Targets that cannot be compared follow, those without a number last.
    """
    if row["value"] is None:
        # A benchmark is stricter than a mere direction, but how strict only its value could say.
        first = WORDLESS.index(row["comparator"]) if row["comparator"] in WORDLESS else -1
        return (2, first, rank_class(row), 0.0, 0)
    if not comparable(row):
        return (1, 0, rank_class(row), row["value"], 0)
    falling = row["better"] == "lower" and row["basis"] not in CHANGES
    return (
        0,
        0,
        rank_class(row),
        row["value"] if falling else -row["value"],
        TIGHTNESS.get(row["comparator"], len(TIGHTNESS)),
    )


def ranked(rows: list[Row]) -> Iterator[Row]:
    """The rows in their order with rank and required change; equally strict targets share a rank."""
    classes = [(row["indicator_id"], *rank_class(row)) if comparable(row) else None for row in rows]
    for i, row in enumerate(rows):
        beside = [strictness(other) for other, kind in zip(rows, classes, strict=True) if kind == classes[i]]
        alone = classes[i] is None or len(beside) == 1
        rank = None if alone else 1 + sum(other < strictness(row) for other in beside)
        yield {name: row.get(name) for name in COLUMNS} | {"rank": rank} | change(row)


def change(row: Row) -> dict[str, float | None]:
    """What is required from the baseline to the value, where both are levels.

    >>> change({"basis": "level", "value": 7.2, "baseline_value": 8.0, "baseline_year": 2020, "target_year": 2025})
    {'change': -0.8, 'change_percent': -10.0, 'change_per_year': -0.16}
    """
    start, value = row["baseline_value"], row["value"]
    if start is None or value is None or row["basis"] != "level":
        return {"change": None, "change_percent": None, "change_per_year": None}
    difference = round(value - start, 10)
    years = row["target_year"] - row["baseline_year"] if row["target_year"] and row["baseline_year"] else 0
    return {
        "change": difference,
        "change_percent": round(100 * difference / start, 2) if start else None,
        "change_per_year": round(difference / years, 4) if years > 0 else None,
    }


def met_at_baseline(row: Row) -> bool:
    """Whether the printed baseline already fulfils the target, as far as the two can be compared."""
    if row["change"] is None or not comparable(row):
        return False
    beyond = row["change"] > 0 if row["better"] == "lower" else row["change"] < 0
    return beyond or (row["change"] == 0 and row["comparator"] not in ("gt", "lt"))


def change_words(row: Row, say: Words) -> str:
    """The required change as it is shown.

    >>> row = {"change": -0.8, "change_percent": -10.0, "better": "lower", "comparator": "le"}
    >>> row |= {"value": 7.2, "basis": "level"}
    >>> change_words(row, Words({}, "en")), change_words(row | {"change": 0.8}, Words({}, "zh"))
    ('-0.8 (-10%)', '基期已达到')
    """
    if row["change"] is None:
        return ""
    if met_at_baseline(row):
        return say(MET_AT_BASELINE)
    sign = "+" if row["change"] > 0 else ""
    share = "" if row["change_percent"] is None else f" ({sign}{number(row['change_percent'])}%)"
    return f"{sign}{number(row['change'])}{share}"

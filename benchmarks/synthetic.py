"""Makes a synthetic data package of any size that is valid by construction.

Every place has the same shape: one document with a women's and a children's plan, their domains, goals and
measures, bodies, assignments, targets, rejected numbers and anomalies. The rows of one place are laid out
once as small frames; a cross join with the places then makes them many.

    python benchmarks/synthetic.py --rows 200000 --out /tmp/package
"""

import argparse
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from wording import ASPECTS, FIGURES, GROUPS, NUMERALS, SCOPES, THEMES, TOPICS, UNITS

from plandata.package.canonical import package_files, sort_keys
from plandata.package.folder import METADATA
from plandata.schema import edition, home

POPULATIONS = (("women", "妇女", "Women"), ("children", "儿童", "Children"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Shape:
    """How many rows one plan has, and how many bodies a place has besides its group of member bodies."""

    domains: int
    goals: int
    measures: int
    units: int
    indicators: int


SMALL = Shape(domains=1, goals=5, measures=3, units=3, indicators=12)
FULL = Shape(domains=8, goals=6, measures=10, units=18, indicators=240)


def tables(rows: int, seed: int = 0) -> dict[str, pl.DataFrame]:
    """The twelve tables as text frames in canonical order, with about that many rows in all, though not below 116."""
    shape = SMALL if rows < 4000 else FULL
    per_place = sum(frame.height for name, frame in grown(shape, 1, seed).items() if name != "indicators")
    frames = grown(shape, max(1, (rows - shape.indicators) // per_place), seed)
    return {name: canonical(frames[name], name) for name in edition().tables}


def canonical(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    table = edition().tables[name]
    text = frame.select(pl.col(column).cast(pl.String) for column in table.columns)
    return text.sort(sort_keys(table), maintain_order=True)


def grown(shape: Shape, count: int, seed: int) -> dict[str, pl.DataFrame]:
    """The tables of a number of places, unsorted."""
    place = places(count)
    plan = plans(place)
    domain = domains(plan, shape)
    item = labelled(items(plan, shape), seed)
    goal, measure = item.filter(pl.col("goal_id").is_not_null()), item.filter(pl.col("measure_id").is_not_null())
    unit = units(place, shape)
    indicator = indicators(shape)
    return {
        "places": place,
        "documents": documents(place),
        "plans": plan,
        "domains": domain,
        "goals": goal,
        "measures": measure,
        "indicators": indicator,
        "targets": targets(item, indicator, seed),
        "units": unit,
        "assignments": assignments(item, shape),
        "non_targets": non_targets(item),
        "anomalies": anomalies(item),
    }


def draw(seed: int, salt: int, most: int) -> pl.Expr:
    """Numbers from 0 to most - 1 that look random, from the row number in `i` (the steps of a linear congruence)."""
    start = (seed * 1_000_003 + salt * 7_919 + 1) * 2_654_435_761 % 2**63
    mixed = pl.col("i").cast(pl.UInt64) * pl.lit(6_364_136_223_846_793_005, pl.UInt64) + pl.lit(start, pl.UInt64)
    return (mixed // 2**33 % most).cast(pl.Int64)


def picked(words: Iterable[str | None], index: pl.Expr) -> pl.Expr:
    """The word at each index."""
    return pl.lit(pl.Series(list(words), dtype=pl.String)).gather(index)


def fingerprints(ids: pl.Series) -> pl.Series:
    return pl.Series([hashlib.sha256(name.encode()).hexdigest() for name in ids], dtype=pl.String)


def letters(index: pl.Expr) -> pl.Expr:
    """A number as four letters: 0 is aaaa, 27 is aabb."""
    return pl.concat_str(picked(LETTERS, index // 26**power % 26) for power in (3, 2, 1, 0))


def places(count: int) -> pl.DataFrame:
    n = pl.int_range(count, dtype=pl.Int64)
    code = letters(n)
    return pl.select(
        n.alias("p"),
        place_id="made-" + code,
        name_zh="虚构" + (n + 1).cast(pl.String) + "县",
        name_en=pl.lit("Made-up County, No. ") + (n + 1).cast(pl.String),
        gb_code=pl.when(n < 800_000).then(n + 100_000),
        level=picked(("county", "district", "prefecture"), n % 3),
        province_zh=pl.lit("虚构省"),
        province_en=pl.lit("Made-up Province"),
    )


def documents(place: pl.DataFrame) -> pl.DataFrame:
    made = place.with_columns(
        document_id=pl.col("place_id") + "-2021",
        title_zh=pl.format("{}妇女儿童发展规划", "name_zh"),
        title_en=pl.format('Notice of {} on "Women, Children and Development"', "name_en"),
        issuer_zh=pl.format("{}人民政府", "name_zh"),
        issuer_en=pl.format("People's Government of {}", "name_en"),
        document_number=pl.lit(None),
        issued_on=pl.lit("2021-12-01"),
        published_on=pl.when(pl.col("p") % 2 == 0).then(pl.lit("2022-01-15")),
    )
    return made.with_columns(sha256=fingerprints(made["document_id"]))


def plans(place: pl.DataFrame) -> pl.DataFrame:
    kinds = pl.DataFrame(POPULATIONS, schema=["population", "zh", "en"], orient="row")
    return place.join(kinds, how="cross").with_columns(
        plan_id=pl.format("{}-{}-2021", "place_id", "population"),
        document_id=pl.col("place_id") + "-2021",
        title_zh=pl.format("{}{}发展规划（2021—2025年）", "name_zh", "zh"),
        title_en=pl.format("Plan for the Development of {} in {} (2021-2025)", "en", "name_en"),
        start_year=pl.lit("2021"),
        end_year=pl.lit("2025"),
    )


def domains(plan: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    rows = [(*theme, n + 1, NUMERALS[n]) for n, theme in enumerate(THEMES[: shape.domains])]
    themes = pl.DataFrame(rows, schema=["theme", "theme_zh", "theme_en", "position", "number"], orient="row")
    return plan.join(themes, how="cross").with_columns(
        domain_id=pl.format("{}.{}", "plan_id", "theme"),
        title_zh=pl.format("{}与{}", "zh", "theme_zh"),
        title_en=pl.format("{} and {}", "en", "theme_en"),
    )


def item_layout(shape: Shape) -> pl.DataFrame:
    """The items of one plan: theme, kind, position, printed number, the end of the id, the anomaly if there is one."""
    rows: list[tuple[str | None, str, int, str]] = [(None, "overall", 1, "overall")]
    for theme, _, _ in THEMES[: shape.domains]:
        rows += [(theme, "goal", n, f"{theme}.g{n:02}") for n in range(1, shape.goals + 1)]
        rows += [(theme, "indicator", 1, f"{theme}.i01")]
        rows += [(theme, "measure", n, f"{theme}.m{n:02}") for n in range(1, shape.measures + 1)]
    rows += [(None, section, 1, f"{section}.m01") for section in ("implementation", "monitoring")]
    layout = pl.DataFrame(rows, schema=["theme", "kind", "position", "ending"], orient="row", infer_schema_length=None)
    odd = {"health.g01": "no_lead_unit", f"health.m{shape.measures:02}": "missing_number"}
    skips = pl.col("anomaly").eq_missing(pl.lit("missing_number"))
    return layout.with_columns(
        anomaly=pl.col("ending").replace_strict(odd, default=None, return_dtype=pl.String)
    ).with_columns(number=pl.when(pl.col("kind") != "overall").then(pl.col("position") + skips))


def items(plan: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    """Goals and measures; e counts the items of a plan, i all of them."""
    made = plan.with_row_index("plan").join(item_layout(shape).with_row_index("e"), how="cross")
    name = pl.format("{}.{}", "plan_id", "ending")
    aims = pl.col("kind").is_in(["goal", "indicator", "overall"])
    return made.with_row_index("i").with_columns(
        domain_id=pl.format("{}.{}", "plan_id", "theme"),
        goal_id=pl.when(aims).then(name),
        measure_id=pl.when(~aims).then(name),
        item_id=name,
    )


def labelled(item: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Items with labels; siblings have different topics."""
    topic = (pl.col("e") + pl.col("p")) % len(TOPICS)
    parts = ((GROUPS, draw(seed, 1, len(GROUPS))), (TOPICS, topic), (ASPECTS, draw(seed, 2, len(ASPECTS))))
    zh, en = ([picked([word[side] for word in words], index) for words, index in parts] for side in (0, 1))
    english = pl.format("{} {}: {}", *en).str.strip_chars()
    return item.with_columns(
        label_zh=pl.concat_str(zh),
        label_en=english.str.slice(0, 1).str.to_uppercase() + english.str.slice(1),
        text_sha256=fingerprints(item["item_id"]),
    )


def units(place: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    group = (
        "妇儿工委成员单位",
        "Member Bodies of the Women and Children Committee",
        "committee-members",
        "other",
        "coordination",
    )
    rows = [(u, *unit, "false") for u, unit in enumerate(UNITS[: shape.units])] + [(shape.units, *group, "true")]
    bodies = pl.DataFrame(rows, schema=["u", "zh", "en", "stem", "kind", "function", "collective"], orient="row")
    return place.join(bodies, how="cross").with_columns(
        unit_id=pl.format("{}.{}", "place_id", "stem"),
        name_zh="县" + pl.col("zh"),
        name_en=pl.format("{} of {}", "en", "name_en"),
    )


def assignments(item: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    """Three bodies for each goal, the first leading; one for a section's item and for every second measure."""
    kind, e = pl.col("kind"), pl.col("e") % shape.units
    stems = [unit[2] for unit in UNITS[: shape.units]] + ["committee-members"]
    names = [unit[0] for unit in UNITS[: shape.units]] + ["妇儿工委成员单位"]
    bodies = pl.when(kind.is_in(["goal", "indicator"])).then(3).when(kind == "measure").then(pl.col("position") % 2)
    named = item.filter(kind != "overall").with_columns(k=pl.int_ranges(bodies.otherwise(1))).explode("k")
    index = (e + pl.col("k")) % (shape.units + 1)
    leads = (pl.col("k") == 0) & (kind != "measure") & pl.col("anomaly").ne_missing("no_lead_unit")
    return named.filter(pl.col("k").is_not_null()).with_columns(
        unit_id=pl.format("{}.{}", "place_id", picked(stems, index)),
        role=pl.when(leads).then(pl.lit("lead")).otherwise(pl.lit("responsible")),
        position=pl.col("k") + 1,
        printed_as=pl.when(pl.col("k") == 2).then(picked(names, index)),
    )


def indicators(shape: Shape) -> pl.DataFrame:
    rows = []
    for n in range(shape.indicators):
        figure, theme = FIGURES[n % len(FIGURES)], THEMES[n % len(THEMES)]
        rows.append({
            "figure": n % len(FIGURES),
            "indicator_id": f"indicator-{n:03}",
            "theme": theme[0],
            "name_zh": f"第{n + 1}项指标",
            "name_en": f"Indicator {n + 1}, {theme[2]}",
            "unit_of_measure": figure.own or figure.unit,
            "better": figure.better,
            "definition_zh": f"第{n + 1}项指标，用于测试。",
            "definition_en": f'What indicator {n + 1} would measure, "if it were real", in one year.',
            "sdg_indicator": None,
        })  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"sdg_indicator": pl.String})


def targets(item: pl.DataFrame, indicator: pl.DataFrame, seed: int) -> pl.DataFrame:
    """A target for each goal and indicator line, two for the first goal of a domain, and one for its first measure.

    No indicator stands twice in a plan, so that no two values contradict each other.
    """
    first, kind = pl.col("position") == 1, pl.col("kind")
    aims = item.filter(kind.is_in(["goal", "indicator"]))
    aims = aims.with_columns(t=pl.int_ranges(pl.when((kind == "goal") & first).then(2).otherwise(1))).explode("t")
    rows = pl.concat([aims, item.filter((kind == "measure") & first).with_columns(t=pl.lit(0, pl.Int64))])
    slot = pl.int_range(pl.len()).over("plan_id")
    stride = rows["plan_id"].value_counts()["count"].max()
    index = (slot + pl.col("plan") * stride) % indicator.height
    rows = rows.drop("i").with_row_index("i").with_columns(indicator_id=picked(indicator["indicator_id"], index))
    measured = indicator.select("figure", "indicator_id")
    figures = pl.DataFrame(FIGURES).with_row_index("figure").join(measured, on="figure")
    rows = rows.join(figures, on="indicator_id", how="left", maintain_order="left")
    return valued(rows.filter((pl.col("kind") != "measure") | (pl.col("comparator") != "increase")), seed)


def valued(rows: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Targets with their values, counted in tenths, and baselines on the side that the target improves on."""
    most = pl.col("most").cast(pl.Int64)
    tenths = pl.when("decimals").then(draw(seed, 3, 2**20) % (most * 10 - 19) + 10)
    tenths = tenths.otherwise((draw(seed, 4, 2**20) % most + 1) * 10)
    step = pl.col("i").cast(pl.Int64) % 9
    numbered, based = pl.col("comparator") != "increase", (pl.col("basis") == "level") & (draw(seed, 5, 3) == 0)
    scope = draw(seed, 6, len(SCOPES))
    return rows.with_columns(
        v=tenths,
        base=pl.when(pl.col("better") == "higher").then(tenths - step).otherwise(tenths + step),
        numbered=numbered,
        based=numbered & based,
    ).with_columns(
        target_id=pl.format("{}.t{}", "item_id", pl.col("t") + 1),
        scope_zh=picked([zh for zh, _ in SCOPES], scope),
        scope_en=picked([en for _, en in SCOPES], scope),
        value=pl.when("numbered").then(decimal(pl.col("v") * pl.col("factor"))),
        unit_of_measure=pl.when("numbered").then(pl.col("unit")),
        reference_year="reference",
        target_year=pl.lit("2025"),
        baseline_value=pl.when("based").then(decimal(pl.col("base"))),
        baseline_year=pl.when("based").then(pl.lit("2020")),
        value_text=pl.col("text").str.replace("{v}", decimal(pl.col("v")), literal=True),
        note=pl.when(draw(seed, 7, 10) == 0).then(pl.lit("Benchmark: average of the province, as printed")),
    )


def decimal(tenths: pl.Expr) -> pl.Expr:
    """A number of tenths as it is printed: 125 is 12.5, 120 is 12."""
    whole, rest = (tenths // 10).cast(pl.String), (tenths % 10).cast(pl.String)
    return pl.when(rest == "0").then(whole).otherwise(whole + "." + rest)


def non_targets(item: pl.DataFrame) -> pl.DataFrame:
    rejected = (("35-64岁", "age"), ("2020年", "year"), ("12338热线", "name"), ("15分钟圈，“两癌”", "name"))
    index = pl.col("e") % len(rejected)
    chosen = item.filter((pl.col("position") == 2) & pl.col("kind").is_in(["goal", "measure"]))
    return chosen.with_columns(
        value_text=picked([text for text, _ in rejected], index), reason=picked([why for _, why in rejected], index)
    )


def anomalies(item: pl.DataFrame) -> pl.DataFrame:
    """One on the document as a whole (ambiguous), and those of the items."""
    whole = item.filter(pl.col("kind") == "overall")
    whole = whole.with_columns(anomaly=pl.lit("ambiguous"), goal_id=pl.lit(None, pl.String))
    rows = pl.concat([whole, item.filter(pl.col("anomaly").is_not_null())])
    number = (pl.int_range(pl.len()).over("document_id") + 1).cast(pl.String).str.zfill(2)
    return rows.with_columns(
        anomaly_id=pl.format("{}.a{}", "document_id", number),
        kind="anomaly",
        description_zh=pl.lit("虚构的异常，用于测试。"),
        description_en=pl.lit('A made-up anomaly, "for tests", with commas, and quotes.'),
        resolution=pl.lit("None needed, nothing is printed."),
    )


def write_package(folder: Path, rows: int, seed: int = 0) -> dict[str, pl.DataFrame]:
    """Writes a synthetic package into a folder and returns its tables."""
    frames = tables(rows, seed)
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / METADATA).write_bytes((home() / METADATA).read_bytes())
    for path, content in package_files(folder, frames).items():
        (folder / path).write_bytes(content)
    return frames


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a synthetic data package that is valid by construction.")
    parser.add_argument("--rows", type=int, default=200_000, help="about that many rows in all twelve tables")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    options = parser.parse_args()
    frames = write_package(options.out, options.rows, options.seed)
    print(f"{options.out}: {sum(frame.height for frame in frames.values()):,} rows")


if __name__ == "__main__":
    main()

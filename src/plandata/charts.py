"""Dot plots of comparisons, made by Vega-Altair without a network. Needs the extra `charts`."""

import json
from typing import Any

import polars as pl

from plandata.compare import CHANGES
from plandata.extras import need
from plandata.package import PackageError
from plandata.wording import baseline_words, label

WIDTH, STEP = 420, 22
# Fonts that hold Chinese come first, since a renderer takes the first that it finds.
FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
TARGET, BASELINE = "#0b5fa5", "#8a8a8a"
WORDS = {
    "en": {"target": "target", "baseline": "baseline", "none": "no number: {n} more targets"},
    "zh": {"target": "目标值", "baseline": "基期", "none": "另有 {n} 项无数值"},
}


def dot_plot(frame: pl.DataFrame, lang: str) -> Any:
    """An Altair chart of a comparison: a panel for each indicator, basis and unit, a line for each target.

    A dot is the target, a diamond the printed baseline. Targets without a number are told in the subtitle.
    Raises PackageError where no target has a number, or Altair is not installed.
    """
    alt = need("altair", "charts")
    groups = frame.filter(pl.col("value").is_not_null()).partition_by(
        "indicator_id", "basis", "unit_of_measure", maintain_order=True
    )
    if not groups:
        raise PackageError("no target of this indicator has a number to draw; --format text shows them")
    wordless = frame.filter(pl.col("value").is_null())["indicator_id"].value_counts()
    missing = dict(wordless.iter_rows())
    panels = [panel(alt, group, missing.get(group["indicator_id"][0], 0), lang) for group in groups]
    return alt.vconcat(*panels).configure(font=FONT).configure_view(stroke=None)


def panel(alt: Any, group: pl.DataFrame, missing: int, lang: str) -> Any:
    """The plot of targets that share one axis."""
    first = group.row(0, named=True)
    rows = [point for row in group.iter_rows(named=True) for point in points_of(row, lang)]
    values = alt.Data(values=rows)
    # Two targets of one place would fall onto one line if its name were the key.
    names = f"({json.dumps({point['id']: point['target'] for point in rows}, ensure_ascii=False)})[datum.value]"
    words = WORDS[lang]
    axis = alt.X("value:Q", title=unit_title(first, lang), scale=alt.Scale(domain=domain(rows), nice=False))
    kinds = [words["target"], words["baseline"]]
    points = (
        alt.Chart(values)
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            x=axis,
            y=alt.Y("id:N", sort=None, title=None, axis=alt.Axis(labelExpr=names, labelLimit=360, grid=True)),
            color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[TARGET, BASELINE]), title=None),
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond"]), title=None),
            tooltip=["target:N", "kind:N", "words:N"],
        )
    )
    subtitle = [f"{label('better', first['better'], lang)}"] + ([words["none"].format(n=missing)] if missing else [])
    title = alt.Title(first[f"indicator_{lang}"], subtitle=subtitle, anchor="start")
    return points.properties(width=WIDTH, height=alt.Step(STEP), title=title)


def points_of(row: dict[str, Any], lang: str) -> list[dict[str, Any]]:
    """The points of one target: its value and, where printed for the same thing, its baseline."""
    scope, words = row[f"scope_{lang}"], WORDS[lang]
    key = {"id": row["target_id"], "target": f"{row[f'place_{lang}']}{f' ({scope})' if scope else ''}"}
    points = [key | {"kind": words["target"], "value": row["value"], "words": row[f"target_{lang}"]}]
    if row["baseline_value"] is not None and row["basis"] == "level":
        points.append(
            key | {"kind": words["baseline"], "value": row["baseline_value"], "words": baseline_words(row, lang)}
        )
    return points


def domain(points: list[dict[str, Any]]) -> list[float]:
    """From where to where the axis runs: a little beyond the points, never below zero.

    >>> domain([{"value": 90.0}, {"value": 100.0}]), domain([{"value": 0.0}])
    ([89.0, 101.0], [0.0, 0.5])
    """
    low, high = min(p["value"] for p in points), max(p["value"] for p in points)
    room = (high - low) / 10 or max(high / 10, 0.5)
    return [max(0.0, low - room), high + room]


def unit_title(row: dict[str, Any], lang: str) -> str:
    """The axis: the unit, and what kind of value it is where it is not a level."""
    unit = label("unit_of_measure", row["unit_of_measure"], lang)
    return f"{label('basis', row['basis'], lang)}, {unit}" if row["basis"] in CHANGES else unit


def svg(frame: pl.DataFrame, lang: str) -> bytes:
    """The dot plot as an SVG file."""
    return str(need("vl_convert", "charts").vegalite_to_svg(dot_plot(frame, lang).to_dict())).encode("utf-8")


def png(frame: pl.DataFrame, lang: str) -> bytes:
    """The dot plot as a PNG file, two pixels a point."""
    return bytes(need("vl_convert", "charts").vegalite_to_png(dot_plot(frame, lang).to_dict(), scale=2))

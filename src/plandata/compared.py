"""A comparison as text, CSV or JSON. Charts are made by plandata.charts."""

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from plandata.columns import aligned
from plandata.compare import change_words
from plandata.wording import baseline_words, label

HEADS = {
    "en": ("rank", "place", "population", "scope", "target", "baseline", "required change", "id"),
    "zh": ("序", "地区", "人群", "范围", "目标值", "基期", "所需变化", "标识"),
}
RIGHT = (0, 5, 6)


def render(frame: pl.DataFrame, form: str, lang: str) -> str:
    """A comparison as text in a form: text, csv or json. Raises KeyError for any other."""
    return {"text": as_text, "csv": as_csv, "json": as_json}[form](frame, lang)


def as_csv(frame: pl.DataFrame, lang: str) -> str:
    return frame.write_csv()


def as_json(frame: pl.DataFrame, lang: str) -> str:
    return json.dumps(frame.to_dicts(), ensure_ascii=False, indent=2) + "\n"


def as_text(frame: pl.DataFrame, lang: str) -> str:
    return "\n".join(lines(frame, lang)) + "\n"


def lines(frame: pl.DataFrame, lang: str) -> Iterator[str]:
    """One block an indicator: its name and direction, then a line for each target."""
    for i, group in enumerate(frame.partition_by("indicator_id", maintain_order=True)):
        if i:
            yield ""
        first = group.row(0, named=True)
        yield f"{first[f'indicator_{lang}']} ({label('better', first['better'], lang)})  {first['indicator_id']}"
        yield ""
        yield from aligned([HEADS[lang], *(cells(row, lang) for row in group.iter_rows(named=True))], RIGHT)


def cells(row: dict[str, Any], lang: str) -> tuple[str, ...]:
    """One target as the cells of its line."""
    return (
        str(row["rank"] or ""),
        row[f"place_{lang}"],
        label("plan_population", row["population"], lang),
        row[f"scope_{lang}"] or "",
        row[f"target_{lang}"],
        baseline_words(row, lang),
        change_words(row, lang),
        row["target_id"],
    )

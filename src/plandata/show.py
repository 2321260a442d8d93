"""One row of the dataset with all that hangs on it, as `plandata show` prints it."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from rich.cells import cell_len

from plandata.columns import pad
from plandata.joins import ITEM_TABLES
from plandata.package import Package, PackageError
from plandata.schema import Table, schemas
from plandata.wording import baseline_words, label, target_words

Row = dict[str, Any]
# The rows that share these columns are neighbours.
SIBLINGS = {
    "plans": ("place_id",),
    "domains": ("plan_id",),
    "goals": ("plan_id", "domain_id", "kind"),
    "measures": ("plan_id", "domain_id", "kind"),
    "indicators": ("theme",),
    "targets": ("goal_id", "measure_id"),
    "units": ("place_id",),
    "anomalies": ("document_id",),
}
NAMES = {"zh": ("name_zh", "title_zh", "label_zh"), "en": ("name_en", "title_en", "label_en")}
# What hangs on a target's goal or measure is shown with the target too.
ITEM_ROWS = ("assignments", "anomalies")
# A list of more rows is cut, its total told.
LONGEST = 20
WORDS = {
    "en": {"target": "in words", "baseline": "baseline", "before": "before", "after": "after", "more": "… {n} more"},
    "zh": {"target": "文字", "baseline": "基期", "before": "上一条", "after": "下一条", "more": "……另有 {n} 条"},
}


@dataclass
class Shown:
    """A row with what hangs on it. fields and the lists of related hold (name, text) in one language."""

    table: str
    id: str
    heading: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    related: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def show(package: Package, row_id: str, lang: str = "en") -> list[Shown]:
    """What the dataset holds of an id; two rows where a document and a plan share it.

    Raises PackageError, with the ids that look like it, where there is no such row.

    >>> from plandata.package import open_package
    >>> show(open_package(), "maternal-mortality")[0].heading
    'Indicators: maternal-mortality'
    """
    found = [shown(package, table, row, lang) for table in keyed() for row in rows_of(package, table, row_id)]
    if not found:
        near = ", ".join(near_ids(package, row_id)) or "none"
        raise PackageError(f"no row has the id {row_id!r}. Near: {near}")
    return found


def keyed() -> list[Table]:
    """The tables whose rows have an id."""
    return [table for table in schemas().tables.values() if table.primary_key]


def rows_of(package: Package, table: Table, row_id: str) -> list[Row]:
    frame = package[table.name]
    return list(frame.filter(pl.col(table.primary_key[0]) == row_id).iter_rows(named=True))


def near_ids(package: Package, row_id: str) -> list[str]:
    """The ids that look like one, or that hold it in id or name, whole names first; at most five.

    >>> from plandata.package import open_package
    >>> near_ids(open_package(), "maternal-mortalty")[0]
    'maternal-mortality'
    """
    wanted = row_id.strip().casefold()
    named = {name: texts for table in keyed() for name, texts in names_of(package, table)}
    close = difflib.get_close_matches(wanted, named, n=5, cutoff=0.6)
    held = [name for name, texts in named.items() if len(wanted) > 1 and any(wanted in text for text in texts)]
    held.sort(key=lambda name: wanted not in named[name])
    return list(dict.fromkeys([*close, *held]))[:5]


def names_of(package: Package, table: Table) -> Iterator[tuple[str, list[str]]]:
    """Each id of a table with all that its row is called, in lower case."""
    columns = [table.primary_key[0], *(name for names in NAMES.values() for name in names if name in table.columns)]
    for row in package[table.name].select(columns).iter_rows():
        yield row[0], [text.casefold() for text in row if text]


def shown(package: Package, table: Table, row: Row, lang: str) -> Shown:
    row_id = row[table.primary_key[0]]
    title = table.title_zh if lang == "zh" else table.title
    result = Shown(table.name, row_id, f"{title}: {row_id}", list(field_texts(package, table, row, lang)))
    item = row["goal_id"] or row["measure_id"] if table.name == "targets" else None
    for other in schemas().tables.values():
        hanging = list(hanging_rows(package, table.name, row_id, other, lang))
        if item and other.name in ITEM_ROWS:
            hanging = [row for held in ITEM_TABLES for row in hanging_rows(package, held, item, other, lang)]
        if hanging:
            result.related[other.title_zh if lang == "zh" else other.title] = hanging
    beside = list(neighbours(package, table, row, lang))
    if beside:
        result.related["邻近" if lang == "zh" else "Neighbours"] = beside
    return result


def field_texts(package: Package, table: Table, row: Row, lang: str) -> Iterator[tuple[str, str]]:
    """Every cell that is not empty: codes with their labels, keys with the names they stand for."""
    names = {key.field: key for key in table.foreign_keys}
    for column in table.fields:
        value = row[column.name]
        if value is None:
            continue
        text = str(value)
        if column.codes:
            text = f"{label(column.codes, text, lang)} ({text})"
        elif column.name in names:
            text = f"{text}  {name_of(package, names[column.name].table, text, lang)}".rstrip()
        elif isinstance(value, float):
            text = f"{value:.10g}"
        yield column.title_zh if lang == "zh" else column.title, text
    if table.name == "targets":
        yield WORDS[lang]["target"], target_words(row, lang)
        if row["baseline_value"] is not None:
            yield WORDS[lang]["baseline"], baseline_words(row, lang)


def name_of(package: Package, table: str, row_id: str, lang: str) -> str:
    """The name, title or label of a row, or ""."""
    found = rows_of(package, schemas().tables[table], row_id)
    return brief(package, table, found[0], lang) if found else ""


def brief(package: Package, table: str, row: Row, lang: str) -> str:
    """What a row is, in a few words.

    >>> from plandata.package import open_package
    >>> brief(open_package(), "non_targets", {"value_text": "0-6岁", "reason": "age"}, "en")
    '0-6岁: age'
    """
    if table == "targets":
        name = name_of(package, "indicators", row["indicator_id"], lang)
        scope = row[f"scope_{lang}"]
        return f"{name}{f' ({scope})' if scope else ''}: {target_words(row, lang)}"
    if table == "assignments":
        return f"{label('role', row['role'], lang)}: {name_of(package, 'units', row['unit_id'], lang)}"
    if table == "non_targets":
        return f"{row['value_text']}: {label('reason', row['reason'], lang)}"
    if table == "anomalies":
        return f"{label('anomaly_kind', row['kind'], lang)}: {row[f'description_{lang}']}"
    return next((row[name] for name in NAMES[lang] if row.get(name)), "")


def hanging_rows(package: Package, table: str, row_id: str, other: Table, lang: str) -> Iterator[tuple[str, str]]:
    """The rows of another table that name a row of this one, the first ones where there are many."""
    columns = [key.field for key in other.foreign_keys if key.table == table]
    if not columns:
        return
    frame = package[other.name].filter(pl.any_horizontal(pl.col(*columns) == row_id))
    for row in frame.head(LONGEST).iter_rows(named=True):
        yield str(row[key_column(other, columns)] or ""), brief(package, other.name, row, lang)
    if frame.height > LONGEST:
        yield "", WORDS[lang]["more"].format(n=frame.height - LONGEST)


def key_column(table: Table, used: list[str]) -> str:
    """The column that tells the rows of a table apart for a reader: the id, else the other end of the row."""
    if table.primary_key:
        return table.primary_key[0]
    ends = [key.field for key in table.foreign_keys if key.field not in used]
    return "unit_id" if "unit_id" in ends else "goal_id"


def neighbours(package: Package, table: Table, row: Row, lang: str) -> Iterator[tuple[str, str]]:
    """The rows before and after among the row's siblings."""
    columns = SIBLINGS.get(table.name)
    if not columns:
        return
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.lit(row[name])) for name in columns)
    siblings = list(package[table.name].filter(same).iter_rows(named=True))
    key = table.primary_key[0]
    place = next(i for i, sibling in enumerate(siblings) if sibling[key] == row[key])
    for word, i in (("before", place - 1), ("after", place + 1)):
        if 0 <= i < len(siblings):
            yield siblings[i][key], f"{WORDS[lang][word]}: {brief(package, table.name, siblings[i], lang)}"


def show_text(found: Shown) -> str:
    """A shown row as text, its values below each other."""
    width = max((cell_len(name) for name, _ in found.fields), default=0)
    lines = [found.heading, ""]
    lines += [f"  {pad(name, width)}  {text}" for name, text in found.fields]
    for title, rows in found.related.items():
        lines += ["", title]
        wide = max(cell_len(name) for name, _ in rows)
        lines += [f"  {pad(name, wide)}  {text}".rstrip() for name, text in rows]
    return "\n".join(lines) + "\n"

"""Makes a synthetic data package of any size: the shipped package, and its places many times over.

A copy has every place of the shipped package under an id and a name of its own; what belongs to no place stands
once. The places themselves stay, for titles that the plans cite name them. Which columns hold ids of places is seen in
the cells, what must be unique is read from the Table Schemas: a new table, column or rule needs no change here as long
as copies of valid rows are valid.

    python benchmarks/synthetic.py --rows 200000 --out /tmp/package
"""

import argparse
import hashlib
from collections.abc import Mapping
from itertools import islice, product
from pathlib import Path

import polars as pl

from plandata.files import json_text
from plandata.package.canonical import described, metadata
from plandata.package.folder import DESCRIPTOR, METADATA, Folder
from plandata.package.order import ordered
from plandata.package.reader import ROW
from plandata.schema import Table, edition, home

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# The columns of a fingerprint; each copy of a text has another one.
FINGERPRINT = "[0-9a-f]{64}"
STAMPED = 16
# Names of places, and what a copy's number stands behind: titles of plans name a place by its first two characters, or
# by its first word. The official list has no such name, so that a copy has no code either.
NAMES = {"name_zh": "^(..)", "name_en": "^([^ ]+)"}
# What stands in every row of some columns of a broken package: codes and a fingerprint that cannot be, a stray space.
BROKEN: Mapping[str, Mapping[str, pl.Expr]] = {
    "assignments": {"role": pl.lit("chief")},
    "goals": {"text_sha256": pl.lit("unknown")},
    "measures": {"text_sha256": pl.lit("unknown")},
    "targets": {"timing": pl.lit("soon"), "value_text": pl.col("value_text") + " "},
}


def tables(rows: int, seed: int = 0) -> dict[str, pl.DataFrame]:
    """The tables as text frames in canonical order, with about that many rows in all: the shipped ones, and a copy."""
    shipped = {name: frame.drop(ROW) for name, frame in Folder(home()).tables.items()}
    ids = shipped["places"]["place_id"].to_list()
    own = {name: of_places(frame, ids) for name, frame in shipped.items()}
    copied = sum(rows.sum() for rows in own.values())
    several = copies(max(1, round((rows - sum(frame.height for frame in shipped.values())) / copied)), seed)
    return {name: grown(frame, edition().tables[name], ids, several) for name, frame in shipped.items()}


def copies(count: int, seed: int) -> pl.DataFrame:
    """What the copies of a place differ by: letters for its ids, a number for its name, a stamp for fingerprints."""
    codes = ["-" + "".join(letters) for letters in islice(product(LETTERS, repeat=4), count)]
    stamps = [hashlib.sha256(f"{seed} {n}".encode()).hexdigest()[:STAMPED] for n in range(count)]
    numbers = [str(n + 1) for n in range(count)]
    own = {"id": codes, "stamp": stamps, "name_zh": numbers, "name_en": [f" {number}" for number in numbers]}
    return pl.DataFrame({f"copy.{what}": cells for what, cells in own.items()})


def place_prefix(ids: list[str]) -> str:
    """The pattern of an id that begins with that of a place."""
    return f"^({'|'.join(ids)})(?:[.-].*)?$"


def of_places(frame: pl.DataFrame, ids: list[str]) -> pl.Series:
    """Whether each row belongs to a place: some cell begins with its id."""
    return frame.select(pl.any_horizontal(pl.all().str.contains(place_prefix(ids)).fill_null(False))).to_series()


def grown(frame: pl.DataFrame, table: Table, ids: list[str], several: pl.DataFrame) -> pl.DataFrame:
    """A table and the copies of its rows that belong to places, in canonical order."""
    copied = [copied_cell(frame[column], table, ids) for column in frame.columns]
    several_times = frame.filter(of_places(frame, ids)).join(several, how="cross").select(copied)
    return ordered(pl.concat([frame, several_times]), table)


def copied_cell(cells: pl.Series, table: Table, ids: list[str]) -> pl.Expr:
    """The cell of a column in a copy: ids and names of places are its own, and so is what must be unique."""
    name, cell, limits = cells.name, pl.col(cells.name), table.field(cells.name).constraints
    if cells.str.contains(place_prefix(ids)).any():
        place = cell.str.extract(place_prefix(ids))
        return pl.coalesce(pl.concat_str(place, "copy.id", cell.str.slice(place.str.len_chars())), cell).alias(name)
    if table.name == "places" and name in NAMES:
        first = cell.str.extract(NAMES[name])
        return pl.concat_str(first, f"copy.{name}", cell.str.slice(first.str.len_chars())).alias(name)
    if limits.get("pattern") == FINGERPRINT:
        return pl.concat_str("copy.stamp", cell.str.slice(STAMPED)).alias(name)
    return pl.lit(None, pl.String).alias(name) if limits.get("unique") else cell


def write_package(folder: Path, rows: int, seed: int = 0, broken: bool = False) -> int:
    """Writes a synthetic package into a folder and returns the number of its rows."""
    frames = tables(rows, seed)
    if broken:
        frames = {name: frame.with_columns(**BROKEN.get(name, {})) for name, frame in frames.items()}
    files = {f"data/{name}.csv": frame.write_csv().encode() for name, frame in frames.items()}
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / METADATA).write_bytes((home() / METADATA).read_bytes())
    files[DESCRIPTOR] = json_text(described(metadata(folder), edition(), files)).encode()
    for path, content in files.items():
        (folder / path).write_bytes(content)
    return sum(frame.height for frame in frames.values())


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a synthetic data package: the shipped one many times over.")
    parser.add_argument("--rows", type=int, default=200_000, help="about that many rows in all tables")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--broken", action="store_true", help="break every cell of some columns")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    options = parser.parse_args()
    rows = write_package(options.out, options.rows, options.seed, options.broken)
    print(f"{options.out}: {rows:,} rows")


if __name__ == "__main__":
    main()

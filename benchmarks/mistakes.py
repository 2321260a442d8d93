"""Makes mistakes in the data as a careless coder would, one package each, and counts which of them the commands find.

A mistake is drawn from what a column is in its Table Schema (its type, its code list, the table it refers to), never
from the rules: another code, a figure one off, the text of another row, a lost character, an emptied cell, a lost row.
All are valid in their type. Each table has the same weight, and in a table each column and the rows as a whole. A
mistake is found where `plandata fmt` refuses, or `plandata validate` (or `plandata verify`) ends with exit code 1.

    python benchmarks/mistakes.py --sources TEXTS --each 30 --record docs/data/mistakes.json
    python benchmarks/mistakes.py --each 1 --sample 12 --least 0.75

A run takes an hour. Rules that came after it are asked about what had survived, --again FILE, where FILE is what the
run printed: what they find is added to its record. What was found then, rules that are only added find again.
"""

import argparse
import contextlib
import csv
import datetime
import io
import json
import math
import os
import random
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from typer.testing import CliRunner

from plandata.cli import app
from plandata.files import csv_text, json_text
from plandata.schema import Field, Table, edition, home

Row = dict[str, str]
Rows = dict[str, list[Row]]
ROW = "(row)"
SEED, EACH = 2021, 30
# How often a draw is tried anew where it hits a mistake that is none or was made before.
TRIES = 400
# What a package consists of; the texts of the site are not needed to judge it. Without schemas of its own it is judged
# by those of the edition, which are read once for all mistakes.
PARTS = ("data", "coding", "examples", "docs/data/ids.txt")
FILES = ("package.yaml", "datapackage.json", "CITATION.cff", "LICENSE-DATA", "CHANGELOG.md")
KINDS_ZH = {
    "two agreeing cells": "两个相互吻合的单元格",
    "emptied": "清空",
    "filled": "空格误填",
    "another code": "换成别的代码",
    "another key": "换成别的行的标识",
    "another id": "标识改动",
    "flipped": "真假颠倒",
    "one off": "数字差一",
    "another digit": "改动一位数字",
    "tenfold": "差十倍",
    "a day off": "日期差一天",
    "another year": "年份差一年",
    "another row's": "填入他行内容",
    "another character": "改动一个字符",
    "a character lost": "丢一个字",
    "a row lost": "丢行",
    "a row doubled": "重行",
}


class Mistake(NamedTuple):
    """One mistake: what kind, in which column (ROW for a whole row), and the cells before and after, or the rows."""

    kind: str
    table: str
    column: str
    row: int
    cells: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


class Place(NamedTuple):
    """Where a mistake is made: the table, its column, all rows, the row."""

    table: Table
    field: Field
    rows: Rows
    row: int

    @property
    def own(self) -> list[Row]:
        return self.rows[self.table.name]

    @property
    def cell(self) -> str:
        return self.own[self.row][self.field.name]


Change = Callable[[Place, random.Random], str | dict[str, str] | None]


def other_code(place: Place, draw: random.Random) -> str | None:
    return draw.choice(list(edition().codes[place.field.codes])) if place.cell else None


def flipped(place: Place, draw: random.Random) -> str:
    return "false" if place.cell == "true" else "true"


def one_off(place: Place, draw: random.Random) -> str | None:
    if not place.cell:
        return None
    whole, dot, part = place.cell.partition(".")
    changed = int(whole + part) + draw.choice((-1, 1))
    if changed < 0:
        return None
    digits = str(changed).rjust(len(whole + part), "0")
    return plain(digits[: len(digits) - len(part)] + dot + digits[len(digits) - len(part) :])


def other_digit(place: Place, draw: random.Random) -> str | None:
    """One digit of a figure becomes another."""
    spots = [i for i, c in enumerate(place.cell) if c.isascii() and c.isdigit()]
    if not spots:
        return None
    spot = draw.choice(spots)
    changed = place.cell[:spot] + draw.choice("0123456789") + place.cell[spot + 1 :]
    return plain(changed) if place.field.type in ("integer", "number") else changed


def tenfold(place: Place, draw: random.Random) -> str | None:
    return plain(f"{float(place.cell) * draw.choice((0.1, 10)):.10g}") if place.cell else None


def plain(figure: str) -> str:
    """A figure in the plain form of its type, so that only its worth is wrong."""
    whole, dot, part = figure.partition(".")
    return (whole.lstrip("0") or "0") + (dot + part if part else "")


def day_off(place: Place, draw: random.Random) -> str | None:
    if not place.cell:
        return None
    return str(datetime.date.fromisoformat(place.cell) + datetime.timedelta(draw.choice((-1, 1))))


def other_year(place: Place, draw: random.Random) -> str | None:
    return str(int(place.cell[:4]) + draw.choice((-1, 1))) + place.cell[4:] if place.cell else None


def other_row(place: Place, draw: random.Random) -> str | None:
    """The cell of another row; half the time of a row near by, which is likelier to be mistaken for it."""
    return draw.choice(near(place, draw))[place.field.name] or None if place.cell else None


def near(place: Place, draw: random.Random) -> list[Row]:
    around = place.own[max(0, place.row - 8) : place.row + 9]
    return draw.choice((around, place.own))


def other_key(place: Place, draw: random.Random) -> str | None:
    """The key of another row of the table that the column refers to."""
    foreign = place.table.foreign(place.field.name)
    keys = [row[foreign.reference] for row in place.rows[foreign.table]]
    if not place.cell or place.cell not in keys:
        return None
    at = keys.index(place.cell)
    return draw.choice(draw.choice((keys[max(0, at - 8) : at + 9], keys)))


def other_number(place: Place, draw: random.Random) -> str | None:
    """An id whose number is another, or that has one more word where it has no number."""
    stem = place.cell.rstrip("0123456789")
    digits = place.cell[len(stem) :]
    return stem + str(int(digits) + draw.choice((-1, 1, 10))).rjust(len(digits), "0") if digits else f"{place.cell}-two"


def lost_character(place: Place, draw: random.Random) -> str | None:
    """A letter, ideograph or digit is left out."""
    spots = [i for i, c in enumerate(place.cell) if c.isalnum()]
    spot = draw.choice(spots) if len(spots) > 2 else None
    return place.cell[:spot] + place.cell[spot + 1 :] if spot is not None else None


def changed_character(place: Place, draw: random.Random) -> str | None:
    """A digit or small letter becomes another one."""
    spots = [i for i, c in enumerate(place.cell) if c in "0123456789abcdef"]
    spot = draw.choice(spots) if spots else None
    return None if spot is None else place.cell[:spot] + draw.choice("0123456789abcdef") + place.cell[spot + 1 :]


def emptied(place: Place, draw: random.Random) -> str | None:
    return "" if place.cell and not place.field.required else None


def filled(place: Place, draw: random.Random) -> str | None:
    """An empty cell gets what stands in another row."""
    given = [row[place.field.name] for row in place.own if row[place.field.name]]
    return draw.choice(given) if given and not place.cell else None


def two_agreeing(place: Place, draw: random.Random) -> dict[str, str] | None:
    """Two cells come from one other row: the text in both languages, else the cell and one more."""
    other = draw.choice(near(place, draw))
    names = [name for name in place.table.columns if name != place.field.name]
    twin = place.field.name[:-3] + {"_zh": "_en", "_en": "_zh"}.get(place.field.name[-3:], "")
    second = twin if twin in names else draw.choice(names)
    changed = {name: other[name] for name in (place.field.name, second)}
    return changed if all(changed.values()) and changed[place.field.name] != place.cell else None


def kinds(table: Table, field: Field) -> dict[str, Change]:
    """The kinds of mistakes that can be made in a column, by what its schema says of it."""
    made: dict[str, Change] = {"two agreeing cells": two_agreeing} if len(table.columns) > 2 else {}
    made |= {} if field.required else {"emptied": emptied, "filled": filled}
    if field.codes:
        return made | {"another code": other_code}
    if any(key.field == field.name for key in table.foreign_keys):
        return made | {"another key": other_key}
    if table.primary_key == (field.name,):
        return {"another id": other_number}
    if field.type == "boolean":
        return made | {"flipped": flipped}
    if field.type == "integer":
        return made | {"one off": one_off, "another digit": other_digit}
    if field.type == "number":
        return made | {"one off": one_off, "another digit": other_digit, "tenfold": tenfold}
    if field.type == "date":
        return made | {"a day off": day_off, "another year": other_year}
    if "pattern" in field.constraints:
        return made | {"another row's": other_row, "another character": changed_character}
    return made | {"another row's": other_row, "a character lost": lost_character, "another digit": other_digit}


def lost_row(table: Table, rows: Sequence[Row], draw: random.Random, row: int) -> list[Row]:
    return [own for i, own in enumerate(rows) if i != row]


def doubled_row(table: Table, rows: Sequence[Row], draw: random.Random, row: int) -> list[Row]:
    """A row stands twice, the second time under the next free id or place where it has one."""
    again = dict(rows[row])
    for name in table.primary_key[-1:]:
        taken, stem = {own[name] for own in rows}, again[name].rstrip("0123456789")
        digits = again[name][len(stem) :]
        free = (f"{stem}{n:0{max(1, len(digits))}d}" for n in range(1, 10_000))
        again[name] = next(key for key in free if key not in taken)
    return [*rows[: row + 1], again, *rows[row + 1 :]]


ROW_KINDS = {"a row lost": lost_row, "a row doubled": doubled_row}


@cache
def package_rows() -> Rows:
    rows = {}
    for name in edition().tables:
        with (home() / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows[name] = list(csv.DictReader(file))
    return rows


def drawn(each: int, only: str = "", seed: int = SEED) -> list[Mistake]:
    """The mistakes of a run: `each` in every column and among the rows of every table, as far as there are so many."""
    made: list[Mistake] = []
    for table in edition().tables.values():
        for field in table.fields:
            if only in f"{table.name}.{field.name}":
                draw = random.Random(f"{seed} {table.name}.{field.name}")
                made += column_mistakes(table, field, draw, each)
        if only in f"{table.name}.{ROW}":
            draw = random.Random(f"{seed} {table.name}")
            made += row_mistakes(table, draw, each)
    return made


def sampled(mistakes: Sequence[Mistake], size: int) -> list[Mistake]:
    """A sample of some mistakes that is the same each time, evenly from all tables."""
    return [mistakes[n * len(mistakes) // size] for n in range(size)]


def column_mistakes(table: Table, field: Field, draw: random.Random, each: int) -> Iterator[Mistake]:
    rows, made, able = package_rows(), set(), kinds(table, field)
    for _ in range(TRIES):
        kind = draw.choice(list(able))
        place = Place(table, field, rows, draw.randrange(len(rows[table.name])))
        changed = able[kind](place, draw)
        cells = {field.name: changed} if isinstance(changed, str) else changed or {}
        own = place.own[place.row]
        new = tuple((name, cell) for name, cell in cells.items() if cell != own[name])
        mistake = Mistake(kind, table.name, field.name, place.row, new)
        if new and any(name == field.name for name, _ in new) and mistake not in made:
            made.add(mistake)
            yield mistake
        if len(made) == each:
            return


def row_mistakes(table: Table, draw: random.Random, each: int) -> Iterator[Mistake]:
    height, made = len(package_rows()[table.name]), set()
    for _ in range(TRIES):
        mistake = Mistake(draw.choice(list(ROW_KINDS)), table.name, ROW, draw.randrange(height), ())
        if mistake not in made:
            made.add(mistake)
            yield mistake
        if len(made) == each:
            return


def mistaken(mistake: Mistake) -> list[Row]:
    """The rows of the mistake's table once it is made."""
    rows = package_rows()[mistake.table]
    if mistake.column == ROW:
        table = edition().tables[mistake.table]
        return ROW_KINDS[mistake.kind](table, rows, random.Random(0), mistake.row)
    return [row | dict(mistake.cells) if i == mistake.row else row for i, row in enumerate(rows)]


class Outcome(NamedTuple):
    """Whether validate found a mistake, and whether validate or verify did."""

    mistake: Mistake
    by_validate: bool
    by_either: bool


def judged(mistake: Mistake, sources: Path | None) -> Outcome:
    """Makes a mistake in a package of its own, brings that into form, and asks the commands."""
    root = workshop(os.getpid())
    table = edition().tables[mistake.table]
    path = root / "data" / f"{mistake.table}.csv"
    path.write_text(csv_text(table.columns, (row.values() for row in mistaken(mistake))), encoding="utf-8")
    try:
        found = objects("fmt", root) or objects("validate", root)
        return Outcome(mistake, found, found or (sources is not None and objects("verify", root, "--sources", sources)))
    finally:
        path.write_bytes((home() / "data" / f"{mistake.table}.csv").read_bytes())
        shutil.copy(home() / "docs/data/ids.txt", root / "docs/data/ids.txt")


def clean(sources: Path | None) -> None:
    """Stops where the package has findings without any mistake: then every mistake would count as found."""
    root = workshop(os.getpid())
    asked = [("fmt", root), ("validate", root), *([("verify", root, "--sources", sources)] if sources else [])]
    for words in asked:
        if objects(*words):
            raise SystemExit(f"the package is not clean: plandata {' '.join(map(str, words))}")


def objects(*words: object) -> bool:
    """Whether a command ends with another code than 0."""
    with contextlib.redirect_stderr(io.StringIO()):
        return CliRunner().invoke(app, [str(word) for word in words]).exit_code != 0


@cache
def workshop(process: int) -> Path:
    """A copy of the package, one for each process."""
    root = Path(tempfile.mkdtemp(prefix="plandata-mistakes-"))
    for part in PARTS:
        target = root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (home() / part).is_dir() else shutil.copy)(home() / part, target)
    for name in FILES:
        if (home() / name).is_file():
            shutil.copy(home() / name, root / name)
    return root


class Rate(NamedTuple):
    """How many of some mistakes were found, by validate and by either command."""

    made: int
    by_validate: int
    by_either: int

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Rate":
        told = list(outcomes)
        return cls(len(told), sum(o.by_validate for o in told), sum(o.by_either for o in told))


def grouped(outcomes: Iterable[Outcome], key: Callable[[Mistake], str]) -> dict[str, Rate]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[key(outcome.mistake)].append(outcome)
    return {name: Rate.of(own) for name, own in groups.items()}


def overall(columns: Mapping[str, Rate], found: str) -> tuple[float, float, float]:
    """The share found, each table and in it each column with the same weight, with Wilson's interval of 95 percent.

    The interval is that of as many mistakes as would tell as much if they were drawn alike (Kish, Survey Sampling).
    """
    of_table = Counter(name.partition(".")[0] for name in columns)
    weights = {name: 1 / len(of_table) / of_table[name.partition(".")[0]] for name in columns}
    share = sum(weights[name] * getattr(rate, found) / rate.made for name, rate in columns.items())
    n = 1 / sum(weights[name] ** 2 / rate.made for name, rate in columns.items())
    return (share, *wilson(share, n))


def wilson(share: float, n: float, z: float = 1.96) -> tuple[float, float]:
    """Wilson's score interval (Wilson, JASA 22, 1927)."""
    middle, spread = share + z * z / 2 / n, z * math.sqrt(share * (1 - share) / n + z * z / 4 / n / n)
    return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


def survivor(outcome: Outcome) -> str:
    """A mistake that no command found: where it is, and the cells before and after."""
    mistake = outcome.mistake
    own = package_rows()[mistake.table][mistake.row]
    cells = "; ".join(f"{name}: {own[name]!r} -> {cell!r}" for name, cell in mistake.cells)
    return f"survived  {mistake.name} row {mistake.row + 2} ({mistake.kind}) {next(iter(own.values()))} {cells}"


def told(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The outcome as lines: the shares by kind and by column, then all together."""
    for title, key in (("kind", lambda m: m.kind), ("column", lambda m: m.name)):
        yield f"\n{title:<34}{'made':>6}{'validate':>10}{'either':>10}"
        for name, rate in sorted(grouped(outcomes, key).items(), key=lambda item: item[1].by_either / item[1].made):
            yield f"{name:<34}{rate.made:>6}{rate.by_validate / rate.made:>10.0%}{rate.by_either / rate.made:>10.0%}"
    columns = grouped(outcomes, lambda mistake: mistake.name)
    for found in ("by_validate", "by_either"):
        share, low, high = overall(columns, found)
        yield f"{found:<34}{len(outcomes):>6}{share:>10.1%}   [{low:.1%} to {high:.1%}]"


def record(outcomes: Sequence[Outcome], seed: int) -> dict[str, Any]:
    """What the quality page tells."""
    descriptor = json.loads((home() / "datapackage.json").read_text(encoding="utf-8"))
    by_kind = grouped(outcomes, lambda mistake: mistake.kind)
    columns = grouped(outcomes, lambda mistake: mistake.name)
    return {
        "version": descriptor["version"],
        "seed": seed,
        "made": len(outcomes),
        **{found: overall(columns, found) for found in ("by_validate", "by_either")},
        "kinds": by_kind,
        "kinds_zh": {kind: KINDS_ZH[kind] for kind in by_kind},
        "columns": columns,
    }


def survived(mistakes: Sequence[Mistake], printed: Path) -> list[Mistake]:
    """Those of some mistakes that a run printed as survivors."""
    lines = set(printed.read_text(encoding="utf-8").splitlines())
    return [mistake for mistake in mistakes if survivor(Outcome(mistake, False, False)) in lines]


def added(kept: Mapping[str, Any], made: int, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """A record with what is found by now of that which had survived."""
    if kept["made"] != made:
        raise SystemExit(f"the record is of {kept['made']} mistakes, not of {made}: draw as it was drawn")
    rates: dict[str, dict[str, Rate]] = {}
    for group, key in (("kinds", lambda m: m.kind), ("columns", lambda m: m.name)):
        new = grouped(outcomes, key)
        rates[group] = {
            name: Rate(old[0], *(n + m for n, m in zip(old[1:], new.get(name, Rate(0, 0, 0))[1:], strict=True)))
            for name, old in kept[group].items()
        }
    shares = {found: overall(rates["columns"], found) for found in ("by_validate", "by_either")}
    return {**kept, **shares, **rates}


def run(mistakes: Sequence[Mistake], sources: Path | None, processes: int) -> list[Outcome]:
    # On tables as small as these a second thread of Polars takes more than it gives.
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    # A process that is forked while threads of Polars run may wait for them for ever.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        done = []
        for outcome in pool.map(judged, mistakes, [sources] * len(mistakes), chunksize=4):
            done.append(outcome)
            if not outcome.by_either:
                print(survivor(outcome), flush=True)
            if len(done) % 100 == 0:
                print(f"{len(done)} of {len(mistakes)}", file=sys.stderr, flush=True)
    return done


def verdict(outcomes: Sequence[Outcome], least: float) -> None:
    """Tells how many were found, and fails where they are fewer than wanted."""
    found = sum(outcome.by_either for outcome in outcomes)
    print(f"{found} of {len(outcomes)} mistakes found, wanted {least:.0%}")
    if found < least * len(outcomes):
        raise SystemExit(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, help="the folder of the texts; without it validate alone is asked")
    parser.add_argument("--each", type=int, default=EACH, help="mistakes in each column")
    parser.add_argument("--only", default="", help="only columns whose TABLE.COLUMN holds this")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--record", type=Path, help="write the shares to this JSON file")
    parser.add_argument("--again", type=Path, help="judge only what survived a run, which printed this, again")
    parser.add_argument("--sample", type=int, help="make so many of them only")
    parser.add_argument("--least", type=float, help="fail where a smaller share of them is found")
    asked = parser.parse_args()
    mistakes = drawn(asked.each, asked.only, asked.seed)
    if nameless := {mistake.kind for mistake in mistakes} - KINDS_ZH.keys():
        raise SystemExit(f"no Chinese name in KINDS_ZH: {', '.join(sorted(nameless))}")
    if asked.sample:
        mistakes = sampled(mistakes, min(asked.sample, len(mistakes)))
    made = len(mistakes)
    if asked.again:
        mistakes = survived(mistakes, asked.again)
    clean(asked.sources)
    outcomes = run(mistakes, asked.sources, asked.processes)
    if asked.least is not None:
        verdict(outcomes, asked.least)
        return
    print("\n".join(told(outcomes)))
    if asked.record:
        kept = json.loads(asked.record.read_text(encoding="utf-8")) if asked.again else {}
        new = added(kept, made, outcomes) if asked.again else record(outcomes, asked.seed)
        asked.record.write_text(json_text(new), encoding="utf-8")


if __name__ == "__main__":
    main()

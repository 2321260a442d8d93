"""What moved between two files of observations of a place: values, rows, states of the data, and the verdicts.

Two rows are the same where place, indicator, scope (in either language), sex, ages, area and year are. Of several
revisions the highest counts, so that a file which keeps the first report beside its revision says the same as one
that replaced it. A row whose value stays and of which only source, note or counts are told anew is counted, and is
no difference.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plandata.assess import Assessment, Settings, assess
from plandata.assess.count import Count
from plandata.assess.model import Judgement, Target, load_targets
from plandata.files import OBSERVATIONS_BYTES, PackageError, csv_text, json_text, read_file
from plandata.package.reader import read_sheet
from plandata.report import columns, findings
from plandata.report.assessment import COUNTED, count_name, decimal, figures, in_both, pair, reason_text, target_name
from plandata.schema import Schemas, Table
from plandata.tables import Tables
from plandata.text import Text, harmless
from plandata.words import COMMA, Words, plain

if TYPE_CHECKING:
    from plandata.package.folder import Folder

KEY = ("place_id", "indicator_id", "scope", "sex", "age_group", "area", "year")
# What else a row may be told anew in without that its value changes.
PARTICULARS = ("source", "note", "numerator", "denominator")
REVISED, SETTLED, NEW, LOST = "revised", "status", "new", "lost"
KINDS = {
    REVISED: Text("revised values", "修正的数值"),
    SETTLED: Text("changed state of the data", "数据状态的变化"),
    NEW: Text("new rows", "新增的行"),
    LOST: Text("lost rows", "缺失的行"),
}
MOVED = Text("moved verdicts", "判断的变化")
HEAD = Text("{old} → {new}", "{old} → {new}")
JUDGED = Text("verdicts of {year}", "按{year}年判断")
EACH = Text("verdicts as each was judged: {before} and {after}", "各按其年判断：{before}年与{after}年")
SAME = Text("Nothing moved.", "没有变化。")
RETOLD = Text(
    "Rows that tell only source, note or counts anew: {count}.", "另有 {count} 行数值未变，只改了来源、备注或分子分母。"
)
MISFITS = Text(
    "Rows that fit no target, before and now: {refused}; plandata assess tells why.",
    "没有对应目标的行（原为与现为）：{refused}；plandata assess 说明理由。",
)
EARLIER = Text(
    "The old file ends in {last}; --each-own-year compares the verdicts as each was judged.",
    "原文件止于{last}年；加 --each-own-year 可比较各自年度的判断。",
)
# Of what is counted: those with a value, measurable, met, and the rate.
TOLD = slice(1, 5)
ARROW = "{} → {}"
NO_VALUE = "–"
HEADS = {
    "indicator": Text("indicator", "指标"),
    "year": Text("year", "年份"),
    "before": Text("before", "原为"),
    "after": Text("now", "现为"),
    "difference": Text("difference", "差额"),
    "source": Text("source", "来源"),
    "value": Text("value", "数值"),
    "status": Text("verdict", "判断"),
    "warnings": Text("early warnings", "预警"),
    "target": Text("target", "目标"),
    "reason": Text("reason now", "现在的理由"),
}
# The columns of each kind in the text after indicator and year, and how many of them are numbers.
KIND_HEADS = {
    REVISED: (("before", "after", "difference", "source"), 3),
    SETTLED: (("value", "before", "after"), 1),
    NEW: (("value", "source"), 1),
    LOST: (("value", "source"), 1),
}
TABLE = (
    "change", *KEY, "target_id", "name_zh", "name_en", "unit", "value_before", "value_after", "difference",
    "source_before", "source_after", "status_before", "status_after", "verdict_before", "verdict_after",
    "warnings_before", "warnings_after",
    "reason_zh", "reason_en",
)  # fmt: skip


@dataclass(frozen=True)
class Observation:
    """A row of a file in its highest revision. key are the cells of KEY, scope in Chinese; value is in unit."""

    key: tuple[str, ...]
    value: Fraction
    unit: str
    source: str
    status: str
    particulars: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What became of one row; before is None for a new one, after for a lost one. kind is one of KINDS."""

    kind: str
    before: Observation | None
    after: Observation | None

    @property
    def row(self) -> Observation:
        """The row as it is now, a lost one as it was."""
        row = self.after or self.before
        assert row is not None
        return row

    @property
    def difference(self) -> Fraction | None:
        """The value now less the value before, in the unit of both; None where there are no two of one unit."""
        if self.before is None or self.after is None or self.before.unit != self.after.unit:
            return None
        return self.after.value - self.before.value


@dataclass(frozen=True)
class Move:
    """A target of which status, value or early warnings are others than before."""

    before: Judgement
    after: Judgement


@dataclass(frozen=True)
class Changes:
    """All that moved between two files. last is the last year of the old file's rows of the place, 0 without any.

    retold counts the rows of which only particulars are told anew. Where a file was not sound enough to judge by
    (its assessment tells the findings), nothing was compared.
    """

    place: str
    before: Assessment
    after: Assessment
    rows: Sequence[Change] = ()
    moves: Sequence[Move] = ()
    retold: int = 0
    last: int = 0

    @property
    def compared(self) -> bool:
        """Whether both files were sound enough to compare."""
        return self.before.assessed and self.after.assessed

    @property
    def equal(self) -> bool:
        """Whether both were compared and no value, row, state or verdict moved."""
        return self.compared and not self.rows and not self.moves

    @property
    def schemas(self) -> Schemas:
        return self.after.schemas

    @cached_property
    def names(self) -> Mapping[str, Text]:
        """What the indicators of all rows are called; by their ids where no target has them."""
        known = {judgement.target.indicator_id: judgement.target.name for judgement in self.after.judgements}
        ids = {change.row.key[1] for change in self.rows}
        return {name: known.get(name, Text(name, name)) for name in ids}

    @cached_property
    def scopes(self) -> Mapping[str, Text]:
        """The scopes and benchmarks of the targets by their Chinese, which a row keeps."""
        targets = [judgement.target for judgement in self.after.judgements]
        return {text.zh: text for target in targets for text in (target.scope, target.benchmark)}

    def of_kind(self, kind: str) -> list[Change]:
        return [change for change in self.rows if change.kind == kind]


def changes(
    package: "Folder",
    old: str | Path,
    new: str | Path,
    place: str,
    year: int | None = None,
    each_own_year: bool = False,
    settings: Settings | None = None,
) -> Changes:
    """What moved from one file of observations to another for one place.

    Both are judged as of a year, by default that of the new file; with each_own_year the old one as of its own. The
    moves of statuses come before those of values alone.

    Raises PackageError for a place that has no target, and as assess does.
    """
    t = Tables.of(package)
    targets = targets_of(t, place)
    after = assess(package, new, year, settings, places=(place,))
    before = assess(package, old, None if each_own_year else after.year or year, settings, places=(place,))
    if not (before.assessed and after.assessed):
        return Changes(place, before, after)
    was, now = (rows_of(Path(path), t.schemas.observations, targets, place) for path in (old, new))
    last = max((int(key[-1]) for key in was), default=0)
    moves = sorted(moved(before.judgements, after.judgements), key=lambda move: move.before.status == move.after.status)
    return Changes(place, before, after, list(changed(was, now)), moves, retold(was, now), last)


def targets_of(t: Tables, place: str) -> list[Target]:
    """The targets of a place. Raises PackageError for a place that has none, or that the package does not have."""
    targets = [target for target in load_targets(t) if target.place_id == place]
    if not targets:
        raise PackageError(f"{place}: has no target in this package; places: {', '.join(t.keyed('places'))}")
    return targets


def rows_of(path: Path, schema: Table, targets: Sequence[Target], place: str) -> dict[tuple[str, ...], Observation]:
    """The rows of a place in a sound file, each in its highest revision, in the order of the file."""
    sheet = read_sheet(read_file(path, OBSERVATIONS_BYTES), str(path), schema)
    names = [(target, text) for target in targets for text in (target.scope, target.benchmark)]
    in_chinese = {(target.indicator_id, text.en): text.zh for target, text in names if text.en}
    kept: dict[tuple[str, ...], tuple[int, Observation]] = {}
    for cells in sheet.frame.iter_rows(named=True):
        if cells["place_id"] == place:
            row, revision = observation(cells, in_chinese), int(cells["revision"] or 0)
            if row.key not in kept or kept[row.key][0] < revision:
                kept[row.key] = revision, row
    return {key: row for key, (_, row) in kept.items()}


def observation(cells: dict[str, Any], in_chinese: dict[tuple[str, str], str]) -> Observation:
    """A row of a file."""
    cells = {name: cell or "" for name, cell in cells.items() if isinstance(cell, str | None)}
    scope = in_chinese.get((cells["indicator_id"], cells["scope"]), cells["scope"])
    key = tuple((cells | {"scope": scope})[name] for name in KEY)
    particulars = tuple(cells[name] for name in PARTICULARS)
    return Observation(
        key, Fraction(cells["value"]), cells["unit_of_measure"], cells["source"], cells["status"], particulars
    )


def changed(was: dict[tuple[str, ...], Observation], now: dict[tuple[str, ...], Observation]) -> Iterator[Change]:
    """What became of each row, by kind and then by key; a row may be revised and settled in one."""
    both = sorted(was.keys() & now.keys())
    for key in both:
        if (was[key].value, was[key].unit) != (now[key].value, now[key].unit):
            yield Change(REVISED, was[key], now[key])
    yield from (Change(SETTLED, was[key], now[key]) for key in both if was[key].status != now[key].status)
    yield from (Change(NEW, None, now[key]) for key in sorted(now.keys() - was.keys()))
    yield from (Change(LOST, was[key], None) for key in sorted(was.keys() - now.keys()))


def retold(was: dict[tuple[str, ...], Observation], now: dict[tuple[str, ...], Observation]) -> int:
    """How many rows have the value and the state that they had, but other particulars."""
    same = [(was[key], now[key]) for key in was.keys() & now.keys()]
    told = [(a, b) for a, b in same if (a.value, a.unit, a.status) == (b.value, b.unit, b.status)]
    return sum(a.particulars != b.particulars for a, b in told)


def moved(before: Sequence[Judgement], after: Sequence[Judgement]) -> Iterator[Move]:
    """The targets whose status, value or early warnings are others, in the order of the package."""
    was = {judgement.target.target_id: judgement for judgement in before}
    for judgement in after:
        earlier = was.get(judgement.target.target_id)
        if earlier is not None and verdict(earlier) != verdict(judgement):
            yield Move(earlier, judgement)


def verdict(judgement: Judgement) -> tuple[object, ...]:
    """What of a judgement must not change for it to be the same."""
    return judgement.status, judgement.value, warned(judgement)


def warned(judgement: Judgement) -> tuple[str, ...]:
    """The codes of the early warnings of a target."""
    return tuple(warning.code for warning in judgement.warnings)


# What every form says in the same words


def row_name(row: Observation, moved: Changes, say: Words) -> str:
    """The indicator of a row with what it is of: scope, sex, ages, area."""
    _, indicator, scope, sex, ages, area, _ = row.key
    told = [*filter(None, [say(moved.scopes.get(scope, Text(scope, scope)))]), *say.part(sex, ages, area)]
    return f"{say(moved.names[indicator])}{say.bracketed(say(COMMA).join(told))}"


def arrow(before: str, after: str) -> str:
    """Two texts with an arrow between them, one where they are the same."""
    return before if before == after else ARROW.format(before or NO_VALUE, after or NO_VALUE)


def counts_of(done: Assessment) -> list[Count]:
    """The counts of all targets and of each plan."""
    return [count for count in done.counts if count.group in ("overall", "plan")]


# Text


def text(moved: Changes, say: Words) -> str:
    """What moved as plain text: a summary, then each kind as aligned columns."""
    return harmless("\n".join(lines(moved, say)) + "\n")


def lines(moved: Changes, say: Words) -> Iterator[str]:
    yield from judged_lines(moved, say)
    yield ""
    yield from summary_lines(moved, say)
    yield ""
    yield from count_lines(moved, say)
    if moved.moves:
        yield from ("", say(MOVED))
        yield from columns([*move_rows(moved, say)], indent="  ")
    yield from row_lines(moved, say)


def judged_lines(moved: Changes, say: Words) -> Iterator[str]:
    """The files, and the years that their verdicts are of."""
    before, after = moved.before.year, moved.after.year
    yield say(HEAD, old=moved.before.report.root, new=moved.after.report.root)
    yield say(JUDGED, year=after) if before == after else say(EACH, before=before, after=after)
    if 0 < moved.last < before:
        yield say(EARLIER, last=moved.last)


def summary_lines(moved: Changes, say: Words) -> Iterator[str]:
    """How much moved of each kind, and what is no difference but must be known."""
    numbers = [(len(moved.of_kind(kind)), say(name)) for kind, name in KINDS.items()]
    yield from (f"{count:>8,}  {name}" for count, name in [*numbers, (len(moved.moves), say(MOVED))])
    if moved.equal:
        yield say(SAME)
    if moved.retold:
        yield say(RETOLD, count=moved.retold)
    if moved.before.refused or moved.after.refused:
        yield say(MISFITS, refused=arrow(*(f"{len(done.refused):,}" for _, done in sides(moved))))


def count_lines(moved: Changes, say: Words) -> Iterator[str]:
    """What is counted, before and now, of all targets and of each plan."""
    was = {(count.group, count.key): figures(count)[TOLD] for count in counts_of(moved.before)}
    head = [say.label("group", "plan"), *(say(name) for name in list(COUNTED)[TOLD])]
    table = [head]
    for count in counts_of(moved.after):
        both = zip(was[count.group, count.key], figures(count)[TOLD], strict=True)
        table.append([count_name(count, moved.after, say), *(arrow(before, now) for before, now in both)])
    yield from columns(table, right=range(1, len(head)))


def row_lines(moved: Changes, say: Words) -> Iterator[str]:
    """The rows of each kind, the first so many as reports list."""
    for kind, (heads, numeric) in KIND_HEADS.items():
        own = moved.of_kind(kind)
        if own:
            rows = [
                [row_name(c.row, moved, say), c.row.key[-1], *row_cells(c, say)] for c in own[: findings.MOST_LISTED]
            ]
            table = [[say(HEADS[name]) for name in ("indicator", "year", *heads)], *rows]
            yield from ("", say(KINDS[kind]))
            yield from columns(table, range(2, 2 + numeric), indent="  ")
            shortened = findings.cut(len(own))
            yield from [f"  {say(shortened)}"] if shortened else []


def row_cells(change: Change, say: Words) -> list[str]:
    """The cells of a change after indicator and year, as KIND_HEADS names them."""
    before, after = change.before, change.after
    if before is None or after is None:
        return [say.amount(change.row.value, change.row.unit), change.row.source]
    if change.kind == SETTLED:
        states = (say.label("observation_status", row.status) or NO_VALUE for row in (before, after))
        return [say.amount(after.value, after.unit), *states]
    moved_by = "" if change.difference is None else say.change(change.difference, after.unit)
    values = (say.amount(row.value, row.unit) for row in (before, after))
    return [*values, moved_by, arrow(before.source, after.source)]


def move_rows(moved: Changes, say: Words) -> Iterator[list[str]]:
    """The moved verdicts with their head."""
    yield [say(HEADS[name]) for name in ("target", "indicator", "status", "value", "warnings", "reason")]
    for move in moved.moves:
        both = (move.before, move.after)
        target = move.after.target
        states = (say.label("status", judgement.status) for judgement in both)
        values = ("" if judgement.value is None else say.amount(judgement.value, target.unit) for judgement in both)
        warnings = (say.listed(say.label("warning", code) for code in warned(judgement)) for judgement in both)
        reason = reason_text(moved.after, move.after.reason, say)
        cells = (arrow(*states), arrow(*values), arrow(*warnings))
        yield [target.target_id, target_name(target, say), *cells, reason]


# JSON and CSV


def json(moved: Changes, say: Words) -> str:
    """One JSON object, in both languages; numbers are decimal text, so that none loses a digit."""
    files = {
        name: {"file": done.report.root, "judged_year": done.year, "refused": len(done.refused)}
        for name, done in sides(moved)
    }
    content = {
        "place_id": moved.place,
        **files,
        "equal": moved.equal,
        "retold": moved.retold,
        "rows": [row_record(change, moved) for change in moved.rows],
        "verdicts": [move_record(move, moved) for move in moved.moves],
        "counts": {name: [count_record(count, done) for count in counts_of(done)] for name, done in sides(moved)},
    }
    return json_text(content, indent=1)


def sides(moved: Changes) -> tuple[tuple[str, Assessment], ...]:
    return ("before", moved.before), ("after", moved.after)


def row_record(change: Change, moved: Changes) -> dict[str, Any]:
    """What became of one row."""
    before, after = change.before, change.after
    return {
        "change": change.kind,
        **dict(zip(KEY, change.row.key, strict=True)),
        **pair("name", moved.names[change.row.key[1]]),
        "unit": change.row.unit,
        "value_before": plain(before.value if before else None),
        "value_after": plain(after.value if after else None),
        "difference": plain(change.difference),
        "source_before": before and before.source,
        "source_after": after and after.source,
        "status_before": before and before.status,
        "status_after": after and after.status,
    }


def move_record(move: Move, moved: Changes) -> dict[str, Any]:
    """A moved verdict, with the sentence of the one that holds now."""
    target = move.after.target
    return {
        "change": "verdict",
        "place_id": target.place_id,
        "indicator_id": target.indicator_id,
        "scope": target.scope.zh,
        "year": str(move.after.year),
        "target_id": target.target_id,
        **pair("name", target.name),
        "unit": target.unit,
        "value_before": plain(move.before.value),
        "value_after": plain(move.after.value),
        "verdict_before": move.before.status,
        "verdict_after": move.after.status,
        "warnings_before": list(warned(move.before)),
        "warnings_after": list(warned(move.after)),
        **pair("reason", in_both(moved.after, lambda say: reason_text(moved.after, move.after.reason, say))),
    }


def count_record(count: Count, done: Assessment) -> dict[str, Any]:
    """One group of the counting."""
    name = in_both(done, lambda say: count_name(count, done, say))
    rate = None if count.rate is None else str(count.rate)
    counted = {"total": count.total, "reported": count.reported, "measurable": count.measurable, "met": count.met}
    return {"group": count.group, "key": count.key, **pair("label", name), **counted, "rate": rate}


def csv(moved: Changes, say: Words) -> str:
    """One changed row or moved verdict a line, in both languages."""
    records = (*(row_record(c, moved) for c in moved.rows), *(move_record(m, moved) for m in moved.moves))
    return csv_text(TABLE, ([table_cell(name, record.get(name)) for name in TABLE] for record in records), safe=True)


def table_cell(name: str, value: Any) -> object:
    """A value of a record as a cell: numbers as numbers, several codes joined with a semicolon."""
    if isinstance(value, list):
        return "; ".join(value)
    return decimal(value) if name in ("value_before", "value_after", "difference") else value


FORMS: dict[str, Callable[[Changes, Words], str]] = {"text": text, "json": json, "csv": csv}


def render(moved: Changes, form: str, lang: str) -> str:
    """What moved as text in one of FORMS; where a file is not sound, the findings of the first such one.

    Raises KeyError for an unknown form.
    """
    for _, done in sides(moved):
        if not done.assessed:
            return findings.render(done.report, form, lang)
    return FORMS[form](moved, Words(moved.schemas.labels, lang))

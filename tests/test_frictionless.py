"""What frictionless finds in a damaged package is found here too."""

from collections.abc import Callable

import frictionless
import pytest
from conftest import Bench

from plandata.package.folder import Folder
from plandata.rules import validate

pytestmark = pytest.mark.slow


def test_frictionless_finds_nothing_in_it_either(bench: Bench) -> None:
    assert by_frictionless(bench) == set()


def by_frictionless(bench: Bench) -> set[tuple[str, int]]:
    """Path and line of what frictionless finds; line 0 for a file or its header as a whole."""
    report = frictionless.Package(str(bench.root / "datapackage.json")).validate()
    return {
        (str(task.place), error.get("rowNumber", 0))
        for task in report.tasks
        for error in (e.to_descriptor() for e in task.errors)
    }


def by_plandata(bench: Bench) -> set[tuple[str, int]]:
    return {(found.path, found.line) for found in validate(Folder(bench.root)).findings}


def cell(table: str, column: str, value: str) -> Callable[[Bench], None]:
    return lambda b: b.patch(table, 3, **{column: value})


# One of each kind of error that frictionless knows and that can stand in a table of ours.
DAMAGE: dict[str, Callable[[Bench], None]] = {
    "type": cell("goals", "position", "two"),
    "required": cell("goals", "label_en", ""),
    "enumeration": cell("targets", "comparator", ">="),
    "pattern": cell("goals", "text_sha256", "abc"),
    "minimum": cell("measures", "position", "0"),
    "maximum": cell("targets", "target_year", "3025"),
    "maxLength": cell("units", "name_en", "x" * 200),
    "minLength": cell("measures", "label_zh", "短"),
    "unique": lambda b: b.patch("indicators", 1, name_en=b.rows("indicators")[0]["name_en"]),
    "foreign key": cell("assignments", "unit_id", "nowhere.court"),
    "primary key": lambda b: b.write("units", [*b.rows("units"), b.rows("units")[0]]),
    "blank line": lambda b: b.damage("units", lambda content: content + b"\n"),
    "extra cell": lambda b: b.damage("units", lambda content: content[:-1] + b",x\n"),
    "missing cell": lambda b: b.damage("units", lambda content: content[: content.rindex(b",")] + b"\n"),
    "date": lambda b: b.patch("documents", 0, issued_on="2021-02-30"),
    "boolean": cell("units", "collective", "perhaps"),
}
# What makes a whole table unsound. Where its columns are wrong, its rows are not judged, nor those that refer to them.
WHOLE: dict[str, Callable[[bytes], bytes]] = {
    "hash": lambda content: content.replace(b"Made-up", b"Make-up"),
    "header": lambda content: content.replace(b"gb_code", b"code"),
    "missing column": lambda content: content.replace(b",province_en", b"", 1),
    "extra column": lambda content: content.replace(b"\n", b",more\n", 1),
    "encoding": lambda content: content.decode("utf-8").encode("gb18030"),
    "no rows": lambda content: content[: content.index(b"\n") + 1],
    "empty": lambda content: b"",
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_every_row_that_frictionless_rejects_is_a_finding(bench: Bench, kind: str) -> None:
    DAMAGE[kind](bench)
    theirs, ours = by_frictionless(bench), by_plandata(bench)
    assert theirs, "frictionless finds nothing, so there is nothing to compare"
    assert theirs <= ours


@pytest.mark.parametrize("kind", WHOLE)
def test_every_file_that_frictionless_rejects_is_a_finding(bench: Bench, kind: str) -> None:
    bench.damage("places", WHOLE[kind])
    assert "data/places.csv" in {path for path, _ in by_frictionless(bench)} & {path for path, _ in by_plandata(bench)}


def test_a_missing_file_is_a_finding_of_both(bench: Bench) -> None:
    bench.path("places").unlink()
    assert ("data/places.csv", 0) in by_frictionless(bench) & by_plandata(bench)


def test_all_errors_at_once_are_all_found(bench: Bench) -> None:
    for kind in ("type", "required", "enumeration", "pattern", "minimum", "foreign key"):
        DAMAGE[kind](bench)
    theirs = by_frictionless(bench)
    assert len({path for path, _ in theirs}) >= 4
    assert {(path, line) for path, line in theirs if line} <= by_plandata(bench)

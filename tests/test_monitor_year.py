"""A year of an office from end to end, as commands: forms out and back, collected, judged, reported, told."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from simulated import rows, write
from typer.testing import CliRunner

from plandata.cli import app
from plandata.schema import edition
from plandata.words import plain

pytestmark = pytest.mark.slow

PLACE, YEAR = "weining", 2023
VALUE, SOURCE, ABOVE, BELOW = ("value", "source", "numerator", "denominator")


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["monitor", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result.output


def title(column: str) -> str:
    return edition().observations.field(column).title.zh


def fill(path: Path, values: dict[tuple[str, str], dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Fills a form with what is known of its whole series; tells the indicator and scope of each value."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        head: dict[str, int] = {}
        for row in sheet.iter_rows():
            texts = {str(cell.value): cell.column - 1 for cell in row if cell.value is not None}
            if title(VALUE) in texts and title(SOURCE) in texts:
                head = texts
            elif head and row[head[title("indicator_id")]].value and title("age_group") not in head:
                parts = (row[head[title(part)]].value for part in ("sex", "area") if title(part) in head)
                key = (row[head[title("indicator_id")]].value, row[head[title("scope")]].value or "")
                if key in values and not any(parts):
                    for column in (VALUE, SOURCE, ABOVE, BELOW):
                        cell = values[key].get(column, "")
                        number = column != SOURCE and cell
                        row[head[title(column)]].value = float(cell) if number else cell or None
                    yield key
    book.save(path)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a year: earlier observations, forms that were filled, and all that was made of them."""
    root = tmp_path_factory.mktemp("year")
    simulated = [row for row in rows(PLACE) if not row.get("sex")]
    write(root / "earlier.csv", [row for row in simulated if row["year"] != str(YEAR)])
    known = {(row["indicator_id"], row["scope"]): row for row in simulated if row["year"] == str(YEAR)}
    run("forms", "--place", PLACE, "--year", YEAR, "--last", root / "earlier.csv", "--out", root / "forms")
    filled = [key for path in sorted((root / "forms").glob(f"{PLACE}*.xlsx")) for key in fill(path, known)]
    assert sorted(filled) == sorted(known)
    collected = ("--place", PLACE, "--year", YEAR, "--last", root / "earlier.csv", "--out", root / "collected")
    run("collect", root / "forms", *collected, code=1)
    observations = root / "collected" / "observations.csv"
    for command in ("report", "dashboard", "notices"):
        run(command, observations, "--place", PLACE, "--year", YEAR, "--out", root / command)
    return root


def test_what_was_filled_in_is_what_was_collected(year: Path) -> None:
    with (year / "collected" / "observations.csv").open(encoding="utf-8") as file:
        collected = {(row["indicator_id"], row["scope"], row["year"]): row for row in csv.DictReader(file)}
    expected = [row for row in rows(PLACE) if not row.get("sex")]
    assert len(collected) == len(expected)
    for row in expected:
        got = collected[row["indicator_id"], row["scope"], row["year"]]
        assert [got[name] for name in (VALUE, ABOVE, BELOW)] == [
            plain(row.get(name) or None) or "" for name in (VALUE, ABOVE, BELOW)
        ]


def test_report_dashboard_and_notices_tell_of_the_same_judgements(year: Path) -> None:
    told = json.loads((year / "report" / "report.json").read_text(encoding="utf-8"))
    assert told["year"] == YEAR
    page = (year / "dashboard" / "dashboard.html").read_text(encoding="utf-8")
    with (year / "notices" / "register.csv").open(encoding="utf-8") as file:
        warned = {row["target_id"] for row in csv.DictReader(file)}
    assert warned
    assert all(f'id="{target}"' in page for target in warned)
    assert sorted(path.name for path in (year / "notices").iterdir()) == [
        "feedback", "register.csv", "register.xlsx", "warning",
    ]  # fmt: skip


def test_the_next_look_at_the_same_values_moves_nothing(year: Path) -> None:
    observations = year / "collected" / "observations.csv"
    assert "没有变化" in run("changes", observations, observations, "--place", PLACE)

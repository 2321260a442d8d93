"""What moved between two files of observations: rows, states of the data, verdicts, counts; and what does not count."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import simulated
from observed import PLACE, Row, row, targets, write
from typer.testing import CliRunner, Result

from plandata.assess.model import Target
from plandata.cli import app
from plandata.monitor.changes import LOST, NEW, REVISED, SETTLED, Changes, changes, render
from plandata.package.folder import Folder
from plandata.schema import edition, home
from plandata.text import LANGS


@pytest.fixture(scope="module")
def package() -> Folder:
    return Folder(home())


@pytest.fixture(scope="module")
def maternal() -> Target:
    return next(target for target in targets() if target.indicator_id == "maternal-mortality")


@pytest.fixture(scope="module")
def retention() -> Target:
    return next(target for target in targets() if target.indicator_id == "compulsory-retention")


class Pair:
    """Two files of observations."""

    def __init__(self, package: Folder, folder: Path) -> None:
        self.package, self.old, self.new = package, folder / "old.csv", folder / "new.csv"

    def of(self, old: Iterable[Row], new: Iterable[Row], each_own_year: bool = False) -> Changes:
        write(self.old, old), write(self.new, new)
        return changes(self.package, self.old, self.new, PLACE, each_own_year=each_own_year)

    def command(self, *options: str) -> Result:
        files = ("monitor", "changes", str(self.old), str(self.new), "--place", PLACE)
        return CliRunner().invoke(app, [*files, *options])


@pytest.fixture
def pair(package: Folder, tmp_path: Path) -> Pair:
    return Pair(package, tmp_path)


def kinds(moved: Changes) -> list[tuple[str, str]]:
    return [(change.kind, change.row.key[-1]) for change in moved.rows]


def test_equal_files_have_no_changes(pair: Pair) -> None:
    moved = pair.of(simulated.rows(), simulated.rows())
    assert moved.compared
    assert moved.equal
    assert moved.retold == 0
    done = pair.command()
    assert done.exit_code == 0
    assert "没有变化。" in done.stdout


def test_a_renamed_source_is_counted_and_no_difference(pair: Pair, maternal: Target) -> None:
    moved = pair.of([row(maternal, 2023, 15)], [row(maternal, 2023, 15, source="年鉴")])
    assert moved.equal
    assert moved.retold == 1
    assert "source, note or counts anew: 1" in render(moved, "text", "en")


def test_a_revised_value_is_told_with_both_values_the_difference_and_both_sources(pair: Pair, maternal: Target) -> None:
    moved = pair.of([row(maternal, 2022, 18)], [row(maternal, 2022, "16.5", source="年鉴")])
    assert kinds(moved) == [(REVISED, "2022")]
    (cells,) = (line for line in render(moved, "text", "zh").splitlines() if "report 2022" in line)
    assert cells.split() == ["孕产妇死亡率", "2022", "18/10万", "16.5/10万", "-1.5/10万", "report", "2022", "→", "年鉴"]


@pytest.mark.parametrize("kept", [True, False], ids=["beside the first report", "instead of it"])
def test_the_highest_revision_is_the_value(pair: Pair, maternal: Target, kept: bool) -> None:
    first, second = row(maternal, 2022, 18), row(maternal, 2022, 17, revision="1")
    moved = pair.of([first], [first, second] if kept else [second])
    assert [(change.kind, change.difference) for change in moved.rows] == [(REVISED, -1)]
    assert pair.of([first, second], [second]).equal
    assert pair.of([second, first], [second]).equal


def test_a_value_written_otherwise_is_the_same(pair: Pair, maternal: Target) -> None:
    assert pair.of([row(maternal, 2022, "18.0")], [row(maternal, 2022, "18.00")]).equal


def test_a_scope_in_the_other_language_is_the_same(pair: Pair) -> None:
    scoped = next(target for target in targets() if target.scope.zh and target.unit == "percent")
    assert pair.of([row(scoped, 2022, 50)], [row(scoped, 2022, 50, scope=scoped.scope.en)]).equal


def test_new_and_lost_rows_and_parts_by_sex_are_told_apart(pair: Pair, retention: Target) -> None:
    whole, girls = row(retention, 2022, 95), row(retention, 2022, 94, sex="female", area="rural", age_group="6-15")
    moved = pair.of([whole, row(retention, 2021, 94)], [whole, girls])
    assert kinds(moved) == [(NEW, "2022"), (LOST, "2021")]
    assert "九年义务教育巩固率（女、6-15岁、乡村）" in render(moved, "text", "zh")
    assert "(female, aged 6-15, rural)" in render(moved, "text", "en")


def test_values_of_two_units_have_no_difference(pair: Pair, maternal: Target) -> None:
    moved = pair.of([row(maternal, 2022, 18)], [row(maternal, 2022, "0.18", unit_of_measure="per_mille")])
    assert [(change.kind, change.difference) for change in moved.rows] == [(REVISED, None)]
    assert "18/10万  0.18‰" in render(moved, "text", "zh")


def test_rows_that_fit_no_target_are_counted(pair: Pair, maternal: Target) -> None:
    good, misfit = row(maternal, 2022, 18), row(maternal, 2022, 18, scope="某村")
    moved = pair.of([good], [good, misfit])
    assert "（原为与现为）：0 → 1；" in render(moved, "text", "zh")
    assert kinds(moved) == [(NEW, "2022")]
    assert "（原为与现为）：1 → 0；" in render(pair.of([good, misfit], [good]), "text", "zh")
    assert "原为与现为" not in render(pair.of([good], [good]), "text", "zh")


def test_a_value_that_became_final_is_told(pair: Pair, maternal: Target) -> None:
    before = row(maternal, 2022, 18, status="preliminary")
    moved = pair.of([before], [row(maternal, 2022, 17, status="final")])
    assert kinds(moved) == [(REVISED, "2022"), (SETTLED, "2022")]
    settled = pair.of([before], [row(maternal, 2022, 18, status="final")])
    assert kinds(settled) == [(SETTLED, "2022")]
    assert "初步数  最终数" in render(settled, "text", "zh")
    first = pair.of([row(maternal, 2022, 18)], [row(maternal, 2022, 18, status="final")])
    assert render(first, "text", "zh").split()[-2:] == ["–", "最终数"]


# A target that asks for at most 12 per 100,000 by 2025: its values of 2020 to 2023, and the verdict of 2023.
VERDICTS = {
    "met early": ((18, 16, 14, 11), "met_early"),
    "on track": ((18, 16, 14, 13), "on_track"),
    "off track": ((18, 17.8, 17.6, 17), "off_track"),
    "regressed": ((18, 18, 18, 19), "regressed"),
    "fell back": ((18, 11, 11, 13), "fell_back"),
    "not reported": ((18, 16, None, None), "not_reported"),
}


@pytest.mark.parametrize("after", [name for name in VERDICTS if name != "on track"])
def test_each_moved_verdict_is_told_with_the_sentence_of_now(pair: Pair, maternal: Target, after: str) -> None:
    """From on track to every other verdict."""

    def series(case: str) -> list[Row]:
        other = next(target for target in targets() if target.indicator_id == "compulsory-retention")
        levels = zip(range(2020, 2024), VERDICTS[case][0], strict=True)
        return [row(other, 2023, 95), *(row(maternal, year, level) for year, level in levels if level is not None)]

    moved = pair.of(series("on track"), series(after))
    (move,) = moved.moves
    assert (move.before.status, move.after.status) == ("on_track", VERDICTS[after][1])
    told = json.loads(render(moved, "json", "zh"))["verdicts"]
    assert [(verdict["verdict_before"], verdict["verdict_after"]) for verdict in told] == [
        ("on_track", VERDICTS[after][1])
    ]
    assert told[0]["reason_zh"] in render(moved, "text", "zh")
    assert told[0]["reason_en"] in render(moved, "text", "en")


def test_a_verdict_that_lost_its_value_has_none_now(pair: Pair, maternal: Target, retention: Target) -> None:
    old, other = [row(maternal, 2020, 18), row(maternal, 2023, 13)], row(retention, 2023, 95)
    moved = pair.of([*old, other], [old[0], other])
    assert "13/10万 → –" in render(moved, "text", "zh")
    (told,) = json.loads(render(moved, "json", "zh"))["verdicts"]
    assert (told["value_before"], told["value_after"], told["warnings_after"]) == ("13", None, [])


def test_rows_or_verdicts_alone_make_a_difference(pair: Pair, maternal: Target) -> None:
    moved = pair.of([row(maternal, 2023, 13)], [row(maternal, 2023, 11)])
    assert [len(moved.rows), len(moved.moves)] == [1, 1]
    alone = [replace(moved, **kept) for kept in ({"rows": []}, {"moves": []}, {"rows": [], "moves": []})]
    assert [one.equal for one in alone] == [False, False, True]


@pytest.mark.parametrize(("rows", "cut"), [(100, False), (101, True)])
def test_the_first_hundred_rows_of_a_kind_are_listed(pair: Pair, maternal: Target, rows: int, cut: bool) -> None:
    moved = pair.of([row(maternal, 2023, 13)], [row(maternal, 2023, 11)])
    text = render(replace(moved, rows=[*moved.rows] * rows), "text", "en")
    assert text.count("report 2023") == 100
    assert ("101" in text.rpartition("report 2023")[2]) is cut


def test_a_warning_alone_moves_a_verdict(pair: Pair, retention: Target) -> None:
    calm, falling = dict.fromkeys(range(2020, 2024), 98), {2020: 99.8, 2021: 99.2, 2022: 98.6, 2023: 98}
    old, new = ([row(retention, year, level) for year, level in own.items()] for own in (calm, falling))
    moves = [move for move in pair.of(old, new).moves if move.after.target == retention]
    assert [(move.before.status, move.after.status, move.before.value == move.after.value) for move in moves] == [
        ("met_early", "met_early", True)
    ]
    assert [len(move.before.warnings) < len(move.after.warnings) for move in moves] == [True]


def test_the_judged_year_is_that_of_the_new_file_or_each_its_own(pair: Pair, maternal: Target) -> None:
    old, new = [row(maternal, year, 18) for year in (2020, 2021)], [row(maternal, 2023, 11)]
    same, own = pair.of(old, new), pair.of(old, new, each_own_year=True)
    assert (same.before.year, same.after.year) == (2023, 2023)
    assert (own.before.year, own.after.year) == (2021, 2023)
    assert "--each-own-year" in render(same, "text", "zh")
    assert "--each-own-year" not in render(own, "text", "zh")
    assert pair.command("--each-own-year", "--year", "2023").exit_code == 2
    asked = changes(pair.package, pair.old, pair.new, PLACE, year=2024)
    assert (asked.before.year, asked.after.year, asked.last) == (2024, 2024, 2021)


def test_the_end_of_the_old_file_is_told_where_it_lies_before_the_judged_year(pair: Pair, maternal: Target) -> None:
    now = [row(maternal, 2023, 11)]
    for old, told in (([], False), ([row(maternal, 2022, 12)], True), ([row(maternal, 2023, 12)], False)):
        assert ("--each-own-year" in render(pair.of(old, now), "text", "zh")) is told


def test_counts_are_told_before_and_now(pair: Pair, maternal: Target) -> None:
    moved = pair.of([row(maternal, 2023, 13)], [row(maternal, 2023, 11)])
    assert "0.0% → 100.0%" in render(moved, "text", "zh")
    counts = json.loads(render(moved, "json", "zh"))["counts"]
    assert [counts[side][0]["met"] for side in ("before", "after")] == [0, 1]
    assert [{count["rate"] for count in counts[side]} for side in ("before", "after")] == [
        {"0.0", None},
        {"100.0", None},
    ]
    heads = [line.split()[-4:] for line in render(moved, "text", "en").splitlines()]
    assert ["reported", "measurable", "met", "rate"] in heads


def test_the_table_has_every_change_and_numbers_as_numbers(pair: Pair, maternal: Target) -> None:
    moved = pair.of([row(maternal, 2023, 13)], [row(maternal, 2023, 11), row(maternal, 2021, 14)])
    done = pair.command("--format", "csv")
    assert done.exit_code == 1
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [line["change"] for line in lines] == [REVISED, NEW, *["verdict"] * len(moved.moves)]
    assert (lines[0]["value_before"], lines[0]["difference"], lines[1]["value_before"]) == ("13", "-2", "")


@pytest.mark.parametrize("broken", ["old", "new"])
def test_a_file_with_findings_cannot_be_compared(pair: Pair, maternal: Target, broken: str) -> None:
    pair.of([row(maternal, 2023, 13)], [row(maternal, 2023, 13)])
    write(getattr(pair, broken), [row(maternal, 2023, "-3")])
    done = pair.command()
    assert done.exit_code == 2
    assert done.stderr == "plandata: 两个文件未作比较；请先按所列问题修改\n"
    moved = changes(pair.package, pair.old, pair.new, PLACE)
    assert (moved.equal, list(moved.rows), list(moved.moves)) == (False, [], [])
    for told in (done.stdout, *(render(moved, form, "en") for form in ("text", "json", "csv"))):
        assert "value_is_possible_in_its_unit" in told
        assert f"{broken}.csv" in told


def test_an_unknown_place_and_a_missing_file_are_one_line(pair: Pair, maternal: Target) -> None:
    pair.of([row(maternal, 2023, 13)], [row(maternal, 2023, 13)])
    for options in (("--place", "atlantis"), ("--package", "nowhere")):
        done = pair.command(*options)
        assert done.exit_code == 2
        assert done.stderr.count("\n") == 1
    pair.old.unlink()
    assert pair.command().exit_code == 2


def test_control_characters_of_a_source_reach_no_terminal(pair: Pair, maternal: Target) -> None:
    moved = pair.of([row(maternal, 2023, 13)], [row(maternal, 2023, 12)])
    strange = [replace(change, after=replace(change.row, source="a\x1b[31m")) for change in moved.rows]
    assert "a\\u001b[31m" in render(replace(moved, rows=strange), "text", "zh")


def test_both_languages_say_all_of_it_and_the_same_twice(pair: Pair) -> None:
    old, new = simulated.rows(years=(2020, 2021, 2022)), simulated.rows()
    moved, again = pair.of(old, new), pair.of(old, new)
    assert not moved.equal
    same = [move.before.status == move.after.status for move in moved.moves]
    assert same == sorted(same)
    assert len(set(same)) == 2
    own = {"zh": "修正的数值", "en": "revised values"}
    for lang in LANGS:
        text = render(moved, "text", lang)
        assert text == render(again, "text", lang)
        assert [own[name] in text for name in LANGS] == [name == lang for name in LANGS]
        assert edition().labels["status"]["on_track"].label[lang] in text

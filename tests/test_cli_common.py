"""What every command shares: the language, the one line of a refusal, terminals, and where output goes."""

import gc
import io
import os
import shutil
import sys
from pathlib import Path

import pytest
import typer
from conftest import Bench
from damaged import contents
from typer.testing import CliRunner

from plandata import cli
from plandata.cli.assess import exact
from plandata.cli.check import Form, coloured, uncollected
from plandata.cli.common import (
    TRACEBACK,
    Harmless,
    Lang,
    deliver,
    failed_io,
    language,
    net,
    on_terminal,
    plain_errors,
    progress,
    refusal,
    room,
)
from plandata.files import PackageError

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Terminal(io.TextIOWrapper):
    """A stream that is shown on a terminal, and keeps what it gets."""

    def __init__(self) -> None:
        self.kept = io.BytesIO()
        super().__init__(self.kept, "utf-8")

    def isatty(self) -> bool:
        return True


def say(*arguments: object) -> tuple[int, str, str]:
    """What a command answers: exit code, standard output, standard error."""
    result = CliRunner().invoke(cli.app, [*map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        (("zh_CN.UTF-8", "", "en_GB"), "zh"),
        (("", "zh_TW", "en_GB"), "zh"),
        (("", "", "ZH_cn"), "zh"),
        (("", "", "Chinese (Simplified)_China.936"), "zh"),
        (("en_GB", "zh_CN", "zh_CN"), "en"),
        (("", "de_DE", "zh_CN"), "en"),
        (("", "", "en_ZH"), "en"),
    ],
)
def test_the_first_variable_that_is_set_names_the_language(
    monkeypatch: pytest.MonkeyPatch, locale: tuple[str, ...], told: str
) -> None:
    for name, value in zip(VARIABLES, locale, strict=True):
        monkeypatch.setenv(name, value)
    assert language(None) == told
    assert [language(lang) for lang in Lang] == ["en", "zh"]


def test_a_refusal_is_one_line() -> None:
    assert refusal(" a\n b\x1b ") == "plandata: a b\\u001b"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left"), "No space left"),
        (OSError(2, "No such file", "a.csv"), "a.csv: No such file"),
        (OSError("odd"), "odd"),
    ],
)
def test_what_the_system_says_names_its_file(error: OSError, told: str) -> None:
    assert failed_io(error) == told


def test_a_terminal_has_a_width_and_a_file_has_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COLUMNS", "77")
    assert not on_terminal(None)
    assert not on_terminal(io.StringIO())
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert room() is None
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert room() == 77
    assert room(tmp_path / "report.txt") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("valid", "\x1b[32m\x1b[1mvalid\x1b[0m\n"),
        ("valid\n", "\x1b[32m\x1b[1mvalid\x1b[0m\n"),
        ("2 errors\na\nb\n", "\x1b[31m\x1b[1m2 errors\x1b[0m\na\nb\n"),
    ],
)
def test_the_head_of_a_report_is_coloured_on_a_terminal(monkeypatch: pytest.MonkeyPatch, text: str, told: str) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert coloured(text, Form.text, None) == told
    assert coloured(text, Form.json, None) == coloured(text, Form.text, Path("a")) == text
    monkeypatch.setenv("NO_COLOR", "1")
    assert coloured(text, Form.text, None) == text
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert coloured(text, Form.text, None) == text


def test_no_picture_is_written_onto_a_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(b"\x89PNG", tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes() == b"\x89PNG"
    assert capsys.readouterr() == ("", f"written: {tmp_path / 'a.png'}\n")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    with pytest.raises(typer.Exit) as stopped:
        deliver(b"\x89PNG", None)
    assert stopped.value.exit_code == 2
    assert "cannot be shown on a terminal" in capsys.readouterr().err
    deliver("a 规划 \udc80\n", None)
    assert terminal.kept.getvalue() == "a 规划 \\udc80\n".encode()


@pytest.mark.parametrize("collects", [True, False])
def test_what_looks_for_garbage_is_as_before_afterwards(collects: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if collects else gc.disable)()
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() == collects
    finally:
        (gc.enable if before else gc.disable)()


@pytest.mark.parametrize(
    ("processors", "threads"), [(1, "2"), (cli.FEW, str(cli.FEW + 1)), (cli.FEW + 1, None), (64, None)]
)
def test_few_processors_have_a_thread_more(processors: int, threads: str | None) -> None:
    told = cli.settings(processors)
    assert told.get("POLARS_MAX_THREADS") == threads
    assert "_RJEM_MALLOC_CONF" in told


def test_there_is_a_processor_at_least() -> None:
    assert 1 <= cli.processors() <= (os.cpu_count() or 1)


def test_a_share_is_exactly_what_was_written() -> None:
    assert [str(exact(share)) for share in (0.1, 0.05, 1.0)] == ["1/10", "1/20", "1"]


@pytest.mark.parametrize(
    ("options", "shown", "more"),
    [(("--limit", 1), 1, 12), (("--limit", 12), 12, 1), (("--limit", 13), 13, 0), (("--limit", 0), 13, 0), ((), 13, 0)],
)
def test_search_tells_how_many_hits_are_not_shown(
    small_package: Path, options: tuple[object, ...], shown: int, more: int
) -> None:
    code, out, told = say("search", "率", "--package", small_package, "--lang", "en", *options)
    assert (code, len(out.splitlines())) == (0, 1 + shown)
    assert told == (f"… {more} more; --limit 0 shows all\n" if more else "")


def test_what_is_not_found_is_said_in_one_line_beside_an_empty_list(small_package: Path) -> None:
    asked = ("search", "zzz", "zz", "--package", small_package, "--lang", "en")
    assert say(*asked) == (1, "", "nothing is found for zzz zz\n")
    code, out, told = say(*asked, "--format", "csv")
    assert (code, out.count("\n"), told) == (1, 1, "nothing is found for zzz zz\n")


def test_a_name_of_several_rows_is_answered_with_them(bench: Bench) -> None:
    code, out, told = say("show", "健康", "--package", bench.root, "--lang", "en")
    assert (code, out, told.count("\n")) == (2, "", 6)
    assert told.startswith("4 rows fit 健康; ")
    first = bench.rows("units")[0]
    bench.write("units", [first | {"unit_id": f"weining.u{n}"} for n in range(25)])
    told = say("show", first["name_zh"], "--package", bench.root, "--lang", "en")[2]
    assert told.startswith("25 rows fit ")
    assert len(told.splitlines()) == 22


def test_the_wording_is_not_asked_for_with_the_tables(small_package: Path, tmp_path: Path) -> None:
    asked = ("show", "weining-women-2021", "--package", small_package)
    assert say(*asked)[0] == 0
    assert "--json prints" not in say(*asked, "--json")[2]
    code, out, told = say(*asked, "--json", "--sources", tmp_path)
    assert (code, out, told.count("\n")) == (2, "", 1)
    assert "--json prints the tables" in told


def test_a_package_with_findings_ends_with_1(bench: Bench) -> None:
    assert say("validate", bench.root)[0] == 0
    bench.patch("places", 0, place_id="Not An Id")
    assert say("validate", bench.root)[0] == 1


@pytest.mark.parametrize(
    ("place", "fits"), [("yun-ting", True), ("Yunting", False), ("yun--ting", False), ("x1", False)]
)
def test_the_id_of_a_place_has_small_letters(small_package: Path, tmp_path: Path, place: str, fits: bool) -> None:
    asked = ("draft", tmp_path / "none.txt", "--out", tmp_path / "out", "--package", small_package, "--place", place)
    code, _, told = say(*asked)
    assert code == 2
    assert ("an id has small letters" in told) != fits


@pytest.mark.parametrize("asked", [("--example", "a.csv"), ()])
def test_an_assessment_is_of_one_file_or_of_the_example(asked: tuple[str, ...]) -> None:
    code, out, told = say("assess", *asked)
    assert (code, out, told.count("\n")) == (2, "", 1)
    assert "name one CSV file of observations, or --example" in told


def test_changes_are_judged_at_one_year_or_each_at_its_own(tmp_path: Path) -> None:
    files = (tmp_path / "a.csv", tmp_path / "b.csv")
    both = say("monitor", "changes", *files, "--place", "weining", "--year", 2023, "--each-own-year")
    assert (both[0], "name one of them" in both[2]) == (2, True)
    for one in (("--year", 2023), ("--each-own-year",), ()):
        told = say("monitor", "changes", *files, "--place", "weining", *one)
        assert (told[0], "name one of them" in told[2]) == (2, False)


def test_a_draft_that_brings_no_row_is_refused_with_the_reason(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(bench.root, tmp_path / "draft")
    other = Bench(tmp_path / "draft")
    other.describe(lambda d: d.update(draft=True))
    monkeypatch.chdir(bench.root)
    code, out, told = say("adopt", other.root)
    assert (code, told) == (1, "")
    assert out.splitlines() == [
        "every row stands in the package already",
        f"{other.root}: not taken over, nothing was changed; mend that and run it again",
    ]


def test_a_judged_draft_is_taken_over_in_full_or_not_at_all(bench: Bench, tmp_path: Path) -> None:
    shutil.copytree(bench.root, tmp_path / "draft")
    other = Bench(tmp_path / "draft")
    other.describe(lambda d: d.update(draft=True))
    women = "weining-women-2021.health"
    other.add("serves", measure_id=f"{women}.m03", goal_id=f"{women}.g01")
    code, out, told = say("adopt", other.root, "--into", bench.root)
    assert (code, told) == (0, ""), out
    assert out.splitlines() == [
        "data/serves.csv: 1 rows added",
        f"{bench.root}: in canonical form, and valid as before",
    ]
    assert [row["measure_id"] for row in bench.rows("serves")] == [f"{women}.m01", f"{women}.m03"]
    before = contents(bench.root)
    other.add("serves", measure_id=f"{women}.m03", goal_id=f"{women}.g99")
    code, out, _ = say("adopt", other.root, "--into", bench.root)
    reason, last = out.splitlines()
    assert (code, reason.split(": ")[:2]) == (1, ["data/serves.csv", "reference_exists"])
    assert last.endswith("not taken over, nothing was changed; mend that and run it again")
    assert contents(bench.root) == before


def test_files_that_differ_are_named_and_rewritten(bench: Bench) -> None:
    assert say("fmt", bench.root) == (
        0, f"{bench.root}: in canonical form, all that is made from the tables up to date\n", ""
    )  # fmt: skip
    bench.damage("places", lambda content: content.replace(b"\n", b"\r\n"))
    said = "differs: data/places.csv\nRun plandata fmt to rewrite them.\n"
    assert [say("fmt", bench.root, "--check") for _ in range(2)] == [(1, said, "")] * 2
    assert say("fmt", bench.root) == (0, "rewritten: data/places.csv\n", "")
    assert say("fmt", bench.root, "--check")[0] == 0


UNFORESEEN = ". Please report it; plandata --traceback COMMAND shows more"


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (OSError(2, "No such file", "a.csv"), 2, "plandata: a.csv: No such file\n"),
        (MemoryError(), 2, "plandata: not enough memory; take fewer or smaller files\n"),
        (ValueError("odd\nvalue"), 2, f"plandata: unforeseen ValueError: odd value{UNFORESEEN}\n"),
        (ValueError("x" * 301), 2, f"plandata: unforeseen ValueError: {'x' * 300}{UNFORESEEN}\n"),
        (ValueError(), 2, f"plandata: unforeseen ValueError{UNFORESEEN}\n"),
        (KeyboardInterrupt(), 130, ""),
        (SystemExit(3), 3, ""),
    ],
    ids=repr,
)
def test_what_nobody_foresaw_is_one_line_and_a_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException, code: int, told: str
) -> None:
    monkeypatch.delenv(TRACEBACK, raising=False)
    with pytest.raises(SystemExit) as stopped, net():
        raise error
    assert (stopped.value.code, capsys.readouterr()) == (code, ("", told))


def test_developers_get_the_error_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TRACEBACK, "1")
    with pytest.raises(ValueError, match="odd"), net():
        raise ValueError("odd")
    with pytest.raises(SystemExit), net():
        raise OSError("odd")


@pytest.mark.parametrize("error", [PackageError("a.csv: is odd"), OSError(2, "is odd", "a.csv")])
def test_what_a_user_can_mend_is_one_line(capsys: pytest.CaptureFixture[str], error: Exception) -> None:
    with pytest.raises(typer.Exit) as stopped, plain_errors():
        raise error
    assert (stopped.value.exit_code, capsys.readouterr()) == (2, ("", "plandata: a.csv: is odd\n"))


def test_a_stream_escapes_control_characters_and_counts_what_it_was_given() -> None:
    kept = io.BytesIO()
    with Harmless(kept, "utf-8") as stream:
        assert stream.write("a\x1b规\n") == 4
        stream.flush()
        assert kept.getvalue() == "a\\u001b规\n".encode()


def test_steps_are_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress() as step:
        step("files")
    assert stream.getvalue() == ""

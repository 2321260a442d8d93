"""The Chinese help: how its lines are laid out; and the ranges of the options that the help of a command tells."""

import re

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from plandata import cli
from plandata.cli.help import WIDEST, cells, chinese, option, table, wrapped


@pytest.mark.parametrize(("text", "count"), [("", 0), ("ab", 2), ("规划", 4), ("Ｆ，", 4), ("a–b…", 4)])
def test_an_ideograph_takes_two_cells(text: str, count: int) -> None:
    assert cells(text) == count == cell_len(text)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 10, []),
        ("   ", 10, []),
        ("规划目标", 8, ["规划目标"]),
        ("规划目标", 7, ["规划目", "标"]),
        ("规划，目标", 6, ["规划，", "目标"]),
        ("ab cd", 5, ["ab cd"]),
        ("ab cd", 4, ["ab", "cd"]),
        ("plandata规划", 4, ["plandata", "规划"]),
        ("规（目）标", 6, ["规", "（目）", "标"]),
    ],
)
def test_a_text_is_broken_where_the_line_is_full(text: str, room: int, lines: list[str]) -> None:
    assert wrapped(text, room) == lines


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([("ab", "规划"), ("abcd", "目标")], ["  ab    规划", "  abcd  目标"]),
        # A line of 40 cells has room for a name of 16 beside its text.
        ([("a" * 16, "规划")], [f"  {'a' * 16}  规划"]),
        ([("a" * 17, "规划")], [f"  {'a' * 17}", f"{' ' * 20}规划"]),
        ([("a" * 17, "规划"), ("ab", "目标")], [f"  {'a' * 17}", "      规划", "  ab  目标"]),
        ([("ab", "")], ["  ab"]),
        ([("ab", "规" * 17 + "划" * 3)], ["  ab  " + "规" * 17, "      " + "划" * 3]),
    ],
)
def test_names_stand_beside_their_texts_or_above_them(rows: list[tuple[str, str]], lines: list[str]) -> None:
    assert list(table(rows, 40)) == lines


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Write to this file.", "写入此文件。"),
        ("Write to this file.  [required]", "写入此文件。[必填]"),
        ("Write to this file.  [env var: A; default: b; 0<=x<=1]", "写入此文件。[环境变量：A；默认：b；0<=x<=1]"),
        ("Of no known wording.  [default: 1]", "Of no known wording.[默认：1]"),
    ],
)
def test_what_the_library_says_behind_an_option_is_chinese(told: str, said: str) -> None:
    assert option(told) == said


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        ("", ""),
        ("Of no known wording.", ""),
        ("Write to\n    this file.", "写入此文件。"),
        ("Example: plandata fmt", "示例：plandata fmt"),
        ("Formats, parted by commas: csv, zip.", "格式，以英文逗号分隔：csv, zip。"),
    ],
)
def test_a_paragraph_has_its_chinese(paragraph: str, said: str) -> None:
    assert chinese(paragraph) == said


def test_chinese_help_is_no_wider_than_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("COLUMNS", "160")
    wide = CliRunner().invoke(cli.app, ["validate", "--help"]).stdout
    monkeypatch.setenv("COLUMNS", str(WIDEST))
    assert CliRunner().invoke(cli.app, ["validate", "--help"]).stdout == wide
    assert max(cell_len(line) for line in wide.splitlines()) <= WIDEST


def test_chinese_help_has_the_sections_of_a_group_and_of_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    group = CliRunner().invoke(cli.app, ["--help"]).stdout
    assert re.findall(r"(?m)^\S.*：$", group) == ["选项：", "命令："]
    assert re.search("(?m)^  cite +显示如何引用", group)
    command = CliRunner().invoke(cli.app, ["cite", "--help"]).stdout
    assert re.findall(r"(?m)^\S.*：$", command) == ["参数：", "选项："]
    assert command.startswith("用法：plandata cite [选项] ")
    assert command.splitlines()[1:3] == ["", "  显示如何引用本数据集、某一规划或某一行。"]
    assert re.search("(?m)^ +示例：plandata cite --style bibtex$", command)


def test_english_help_is_that_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    for command in ([], ["cite"], ["monitor"], ["monitor", "forms"]):
        assert CliRunner().invoke(cli.app, [*command, "--help"]).stdout.startswith("Usage: ")


RANGES = {
    "assess": {
        "--as-of": "1990<=x<=2100",
        "--latest": "default: 1; 0<=x<=5",
        "--min-points": "default: 2; x>=2",
        "--approx-tolerance": "default: 0.05; 0<=x<=1",
        "--path-tolerance": "default: 0.05; 0<=x<=1",
        "--basic-tolerance": "default: 0.0; 0<=x<=1",
        "--decimals": "default: 1; 1<=x<=2",
        "--volatile-share": "default: 0.5; 0<=x<=1",
        "--volatile-range": "default: 0.1; 0<=x<=1",
    },
    "search": {"--limit": "default: 20; x>=0"},
    "monitor forms": {"--year": "1990<=x<=2100; required"},
    "monitor collect": {"--year": "1990<=x<=2100; required"},
    "monitor report": {"--year": "1990<=x<=2100", "--decimals": "default: 1; 1<=x<=2"},
    "monitor dashboard": {"--year": "1990<=x<=2100"},
    "monitor notices": {"--year": "1990<=x<=2100"},
    "monitor changes": {"--year": "1990<=x<=2100"},
}


@pytest.mark.parametrize("command", RANGES)
def test_help_tells_the_range_and_the_default_of_a_number(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    said = " ".join(CliRunner().invoke(cli.app, [*command.split(), "--help"]).stdout.split())
    own = {part.split(maxsplit=1)[0].rstrip(","): part for part in re.split(r" (?=--[a-z])", said)}
    told = {name: re.findall(r"\[([^\[\]]*x[<>]=[^\[\]]*)\]", text) for name, text in own.items()}
    assert {name: told.get(name) for name in RANGES[command]} == {
        name: [text] for name, text in RANGES[command].items()
    }

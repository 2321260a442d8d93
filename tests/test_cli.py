"""The commands: their help, the examples in it, languages, exit codes and what they load."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from damaged import change, copy_package
from damaged import plandata as plandata_says
from typer.testing import CliRunner

from plandata import __version__, cli
from plandata.cli import check
from plandata.report import findings
from plandata.rules import RULES


def registered() -> list[str]:
    """The names of all commands."""
    return [command.name or command.callback.__name__ for command in cli.app.registered_commands if command.callback]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The installed command as a process of its own."""
    program = [sys.executable, "-c", "from plandata.cli import run; run()", *arguments]
    env = {**os.environ, **environment}
    return subprocess.run(program, capture_output=True, env=env, timeout=60, check=False, encoding="utf-8")


def help_of(command: str) -> str:
    result = CliRunner().invoke(cli.app, [command, "--help"])
    assert result.exit_code == 0
    return " ".join(result.stdout.split())


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    """As a process, since the tests themselves load everything."""
    code = (
        "import sys, atexit\n"
        "heavy = ('polars', 'pandera', 'altair', 'numpy', 'pandas', 'rich', 'yaml')\n"
        "atexit.register(lambda: print('LOADED', *[name for name in heavy if name in sys.modules]))\n"
        "from plandata.cli import run\n"
        "sys.argv = ['plandata', '--help']\n"
        "run()\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8", timeout=60)
    assert result.stdout.splitlines()[-1] == "LOADED"
    for command in registered():
        assert re.search(rf"^\s+{command} ", result.stdout, re.MULTILINE), command


@pytest.mark.parametrize("command", registered())
def test_help_describes_every_option_and_has_an_example(command: str) -> None:
    text = help_of(command)
    assert re.search(rf"Example: plandata {command}\b", text)
    assert "Usage: " in text


def example_of(command: str) -> list[str]:
    """The arguments of the example that the help of a command gives."""
    found = re.search(rf"Example: plandata ({command}\b.*?)(?= (?:Arguments|Options|Usage|╭)|$)", help_of(command))
    assert found
    return shlex.split(found[1])


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds a package and, where they are known, the texts of its documents in `texts`."""
    root = copy_package(tmp_path)
    sources = os.environ.get("PLANDATA_SOURCES")
    if sources:
        (root / "texts").symlink_to(sources)
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize("command", registered())
def test_the_example_in_the_help_runs(workplace: Path, command: str) -> None:
    arguments = example_of(command)
    if "texts" in arguments and not (workplace / "texts").exists():
        pytest.skip("PLANDATA_SOURCES names no folder with the texts of the documents")
    result = CliRunner().invoke(cli.app, arguments)
    assert result.exit_code == 0, (arguments, result.output, result.exception)


def test_version() -> None:
    assert plandata_says("--version").stdout == f"plandata {__version__}\n"


def test_no_command_shows_help_and_exits_2() -> None:
    result = run()
    assert result.returncode == 2
    assert "validate" in result.stdout + result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("validate", "--format", "pdf"),
        ("validate", "--lang", "fr"),
        ("validate", "--nonsense"),
        ("verify",),
    ],
)
def test_wrong_usage_exits_2(arguments: tuple[str, ...]) -> None:
    assert plandata_says(*arguments).exit_code == 2


@pytest.mark.parametrize(("lang", "word"), [("en", "Why: "), ("zh", "理由: ")])
def test_messages_in_both_languages(lang: str, word: str) -> None:
    assert word in plandata_says("explain", "key_is_unique", "--lang", lang).stdout


@pytest.mark.parametrize(
    ("variables", "lang"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_GB"}, "zh"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "C"}, "en"),
    ],
)
def test_the_language_follows_the_locale(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], lang: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert RULES["key_is_unique"].prose.must[lang] in plandata_says("explain", "key_is_unique").stdout


def test_chinese_is_written_as_utf8_whatever_the_locale() -> None:
    result = run("explain", "--lang", "zh", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (result.returncode, result.stderr) == (0, "")
    assert RULES["key_is_unique"].prose.must.zh in result.stdout


def test_explain_lists_every_rule() -> None:
    text = plandata_says("explain", "--lang", "en").stdout
    assert re.findall(r"^([a-z_0-9]+): ", text, re.MULTILINE) == list(RULES)


def test_explain_of_an_unknown_id_lists_near_ones() -> None:
    result = plandata_says("explain", "percent_within_100")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Near: percent_is_within_100" in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Near: none" in plandata_says("explain", "zzzzzz").stderr


def test_validate_takes_the_package_of_this_folder_else_the_shipped_one(
    workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(workplace, "data/places.csv", lambda content: content.replace(b"\n", b"\r\n"))
    assert plandata_says("validate").exit_code == 1
    (workplace / "empty").mkdir()
    monkeypatch.chdir(workplace / "empty")
    result = plandata_says("validate", "--lang", "en")
    assert (result.exit_code, ": valid. " in result.stdout) == (0, True)


def test_validate_writes_its_report_to_a_file(workplace: Path) -> None:
    result = plandata_says("validate", "--format", "html", "--output", "reports/report.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (workplace / "reports/report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_descriptor_itself_names_its_package(workplace: Path) -> None:
    assert plandata_says("validate", str(workplace / "datapackage.json")).exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="a pipe of a POSIX shell")
def test_a_closed_pipe_is_no_error(workplace: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -c 'from plandata.cli import run; run()' explain | head -n 1"
    result = subprocess.run(["/bin/sh", "-c", command], capture_output=True, timeout=60, check=False)
    assert result.stdout.count(b"\n") == 1
    assert result.stderr == b""


def test_validate_offers_the_forms_of_the_library() -> None:
    assert [form.value for form in check.Form] == list(findings.FORMS)

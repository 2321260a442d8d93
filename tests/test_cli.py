"""The commands: their help, the examples in it, languages, exit codes and what they load."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import rendered
from damaged import change, change_descriptor, copy_package
from damaged import plandata as plandata_says
from judged import NOTICE, PLAN, judge
from layouts import Layout, printed
from rich.cells import cell_len
from typer.main import get_command
from typer.testing import CliRunner

from plandata import __version__, cli
from plandata.cli import check
from plandata.cli.help import CHINESE, chinese, wrapped
from plandata.export import format_files
from plandata.package.folder import Folder
from plandata.read.explain import near
from plandata.report import findings
from plandata.rules import RULES
from plandata.text import CONTROLS


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


def all_help() -> Iterator[tuple[str, str]]:
    """Each paragraph of help of every command, group, argument and option, with the command."""
    waiting = [("plandata", get_command(cli.app))]
    while waiting:
        name, command = waiting.pop()
        waiting += [(f"{name} {own}", found) for own, found in getattr(command, "commands", {}).items()]
        for told in (command.help, *(getattr(param, "help", "") for param in command.params)):
            yield from ((name, paragraph) for paragraph in (told or "").split("\n\n") if paragraph.strip())


def test_every_help_has_chinese_and_no_chinese_is_left_over() -> None:
    told = list(all_help())
    assert len(told) > 150
    assert [pair for pair in told if not chinese(pair[1])] == []
    said = {chinese(paragraph) for _, paragraph in told} | {chinese("Show this message and exit.")}
    assert [zh for zh in CHINESE.values() if "{}" not in zh and zh not in said] == []


@pytest.mark.parametrize("command", [[], *([name] for name in registered()), ["monitor"], ["monitor", "collect"]])
def test_help_is_chinese_under_a_chinese_locale_and_fits_the_terminal(
    monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    for columns in (60, 100):
        monkeypatch.setenv("COLUMNS", str(columns))
        text = CliRunner().invoke(cli.app, [*command, "--help"]).stdout
        assert text.startswith("用法：")
        # A name with its values is one piece.
        assert max(cell_len(line) for line in text.splitlines() if not line.startswith("  -")) <= columns
        words = re.sub(r"(?m)^\s*示例：.*|^\s+-.*?(?=  |$)|<.*?>", "", text)
        assert not re.search("(?:[A-Za-z]{2,} ){3}", words.split("\n", 1)[1]), "English is left"


def test_help_breaks_no_line_before_a_closing_sign() -> None:
    lines = wrapped("规划（2021—2025年）的目标，措施。" * 20, 31)
    assert all(line[0] not in "，。；：、）”》" and line[-1] not in "（“《" for line in lines)
    assert "".join(lines) == "规划（2021—2025年）的目标，措施。" * 20


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
    (root / "older.zip").write_bytes(next(iter(format_files(Folder(root), ["zip"]).values())))
    (root / "plan.docx").write_bytes(rendered.as_docx([*NOTICE, *printed(PLAN, Layout())]))
    monkeypatch.chdir(root)
    return root


@pytest.mark.slow
@pytest.mark.parametrize("command", registered())
def test_the_example_in_the_help_runs(workplace: Path, command: str) -> None:
    arguments = example_of(command)
    if "texts" in arguments and command != "adopt" and not (workplace / "texts").exists():
        pytest.skip("PLANDATA_SOURCES names no folder with the texts of the documents")
    if command == "adopt":
        CliRunner().invoke(cli.app, example_of("draft"))
        judge(workplace / "drafted")
        (workplace / "judged").mkdir()
        (workplace / "plan.docx").rename(workplace / "judged" / "plan.docx")
        arguments[-1] = "judged"
    result = CliRunner().invoke(cli.app, arguments)
    # A draft has doubts.
    assert result.exit_code == (command == "draft"), (arguments, result.output, result.exception)


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


@pytest.mark.parametrize(("lang", "word"), [("en", "Why: "), ("zh", "理由：")])
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


def test_a_part_of_the_names_of_rules_lists_three_that_hold_it() -> None:
    named = near("unit", RULES)
    assert len(named) == 3
    assert all("unit" in name for name in named)


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


# What nobody foresees


def failing(damage: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a process in which `explain` fails in some way."""
    broken = f"import plandata.read.explain as e\ndef fail(*_):\n    {damage}\ne.listing = fail\n"
    code = f"{broken}from plandata.cli import run\nrun()"
    program = [sys.executable, "-c", code, *arguments, "explain"]
    env = {**os.environ, **environment}
    return subprocess.run(program, capture_output=True, env=env, timeout=60, check=False, encoding="utf-8")


PANIC = "import polars; raise polars.exceptions.PanicException('assert')"
FAILURES = {
    "an exception": (
        r"raise ValueError('odd\n\x1b[31mcell')",
        r"unforeseen ValueError: odd \u001b[31mcell. Please report",
    ),
    "a panic": (PANIC, "unforeseen PanicException: assert. Please report"),
    "no end": ("return fail()", "unforeseen RecursionError: maximum recursion depth"),
    "no memory": ("raise MemoryError", "not enough memory"),
    "a missing file": ("raise FileNotFoundError(2, 'No such file', 'a')", "a: No such file"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_what_nobody_foresaw_is_one_line(name: str) -> None:
    damage, message = FAILURES[name]
    result = failing(damage)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1), result.stderr
    assert result.stderr.startswith(f"plandata: {message}")


def test_developers_see_the_traceback() -> None:
    damage = FAILURES["an exception"][0]
    for result in (failing(damage, "--traceback"), failing(damage, PLANDATA_TRACEBACK="1")):
        assert result.returncode == 1
        assert "Traceback (most recent call last)" in result.stderr
        assert "\x1b" not in result.stderr


def test_an_interrupt_ends_quietly() -> None:
    result = failing("raise KeyboardInterrupt")
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "")


def test_the_message_of_a_panic_does_not_reach_the_user() -> None:
    """Polars prints it to the second descriptor itself; only with --traceback it goes on."""
    damage = "import os; os.write(2, b'thread panicked'); raise ValueError"
    assert failing(damage).stderr.startswith("plandata: ")
    assert failing(damage, "--traceback").stderr.startswith("thread panicked")


posix = pytest.mark.skipif(os.name == "nt", reason="descriptors of a POSIX shell")


def in_shell(redirection: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a shell that closes or redirects its standard streams."""
    program = shlex.join([sys.executable, "-c", "from plandata.cli import run; run()", *arguments])
    shell, env = ["/bin/sh", "-c", f"{program} {redirection}"], {**os.environ, **environment}
    return subprocess.run(
        shell, capture_output=True, env=env, timeout=60, check=False, encoding="utf-8", errors="replace"
    )


SHELL = [
    (">&-", 2, "plandata: standard output is closed; open it, or name a file with --output\n"),
    (">/dev/full", 2, "plandata: No space left on device\n"),
    (">/dev/full 2>/dev/full", 2, ""),
    (">/dev/null 2>&-", 0, ""),
    (">&- 2>&- <&-", 2, ""),
]


@pytest.mark.slow
@posix
@pytest.mark.parametrize(("redirection", "code", "told"), SHELL)
@pytest.mark.parametrize("command", ["explain", "validate"])
def test_streams_that_are_closed_or_full(command: str, redirection: str, code: int, told: str) -> None:
    result = in_shell(redirection, command)
    assert (result.returncode, result.stdout, result.stderr) == (code, "", told)


@posix
def test_closed_streams_are_taken_by_no_other_file(workplace: Path) -> None:
    """The next file that is opened would get the descriptor of a closed stream, and what is written to it."""
    code = "import os; from plandata.cli.common import streams\nwith streams():\n    print(os.open('a', os.O_CREAT))"
    shell = ["/bin/sh", "-c", f"{shlex.join([sys.executable, '-c', code])} 2>&- <&-"]
    result = subprocess.run(shell, capture_output=True, timeout=60, check=False, encoding="utf-8")
    assert int(result.stdout) > 2
    assert in_shell(">&- 2>&-", "fmt", "--check").returncode == 0
    assert in_shell(">/dev/full", "--help").stderr == "plandata: No space left on device\n"


@pytest.mark.slow
@posix
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_a_locale_that_lacks_characters(tmp_path: Path, encoding: str) -> None:
    out = str(tmp_path / "规划 𠀀")
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    written = in_shell("", "export", "--to", "zip", "--out", out, **env)
    assert (written.returncode, written.stderr, written.stdout.count("\n")) == (0, "", 1)
    for arguments in (("show", "规𠀀"), ("export", "--to", "规𠀀", "--out", "a")):
        refused = in_shell("", *arguments, **env)
        assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
        assert refused.stderr.startswith("plandata: no ")


# Control characters

HOSTILE = "\x1b[31m\x1b]8;;http://x\x07\x9b\u202e"


@pytest.fixture
def hostile(workplace: Path) -> Path:
    """A package whose names, labels and version have control characters."""
    for table in ("places", "indicators", "plans", "targets", "units"):
        change(workplace, f"data/{table}.csv", spoil)
    change_descriptor(workplace, lambda descriptor: descriptor.update(version=f"0.2.0{HOSTILE}"))
    return workplace


def spoil(content: bytes) -> bytes:
    """Puts control characters behind the Chinese and the English names of a table."""
    head, _, rest = content.decode("utf-8").partition("\n")
    names = re.compile("[\u4e00-\u9fff]{2,}|[A-Z][a-z]{3,}")
    return f"{head}\n{names.sub(lambda name: name[0] + HOSTILE, rest)}".encode()


SHOWN = [
    ("show", "maternal-mortality"),
    ("show", "weining-women-2021.health.g01"),
    ("compare", "maternal-mortality"),
    ("compare", "maternal-mortality", "--format", "json"),
    ("cite", "weining-women-2021"),
    ("cite", "weining-women-2021", "--style", "csl-json"),
    ("cite", "--style", "gb7714"),
    ("validate",),
    ("validate", "--format", "json"),
    ("validate", "--format", "sarif"),
    ("assess", "--example"),
    ("assess", "--example", "--format", "json"),
    ("search", "孕产妇死"),
    ("search", "孕产妇死", "--format", "json"),
    ("search", f"x{HOSTILE}"),
    ("show", "死"),
    ("show", f"x{HOSTILE}"),
    ("compare", f"x{HOSTILE}"),
    ("explain", f"x{HOSTILE}"),
    ("validate", f"x{HOSTILE}"),
    ("assess", f"x{HOSTILE}"),
    ("fmt", f"x{HOSTILE}"),
    ("verify", "--sources", f"x{HOSTILE}"),
    ("export", "--out", "out", "--to", f"x{HOSTILE}"),
    ("export", "--out", "out", "--to", "zip", "--package", f"x{HOSTILE}"),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments", SHOWN, ids=lambda arguments: " ".join(arguments).encode("ascii", "ignore").hex()[:40]
)
def test_no_control_character_reaches_a_terminal(hostile: Path, arguments: tuple[str, ...]) -> None:
    result = plandata_says(*arguments)
    assert CONTROLS.findall(result.output) == []
    assert re.search(r"\\(x1b|u001b)\[31m", result.output)
    if "json" in arguments[-1]:
        json.loads(result.stdout)


def test_a_file_name_shows_no_control_character(workplace: Path) -> None:
    name = f"observed{HOSTILE.replace('/', '')}.csv"
    (workplace / name).write_text("a\n", encoding="utf-8")
    (workplace / "data" / name).write_text("a\n", encoding="utf-8")
    for arguments in (("assess", name), ("validate",), ("validate", "-o", f"report{name}")):
        result = plandata_says(*arguments)
        assert re.search(r"\\(x1b|u001b)\[31m", result.output)
        assert CONTROLS.findall(result.output) == []


@pytest.mark.parametrize("arguments", [("show", "a", f"b{HOSTILE}"), (f"c{HOSTILE}",), ("validate", f"--{HOSTILE}")])
def test_usage_errors_show_no_control_character(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert CONTROLS.findall(result.stderr) == []

"""Times `plandata validate` against `frictionless validate` and against only reading the same files with Polars.

    python benchmarks/run.py --rows 2000000

Every time is that of a fresh process, start included, the best of several. CPU seconds are printed beside,
since they tell more on a machine that has other work. frictionless takes minutes for millions of rows and is
run once there; with --frictionless-rows it reads a smaller package, and the ratio is then one of times per row.
Besides: a package as large as all of China would be, one with a finding in every second row and more, and, where
PLANDATA_SOURCES names the texts, their verification.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import rendered
from layouts import Layout, Source, printed

from plandata.schema import home

READ = """
import pathlib, sys, polars
for file in sorted(pathlib.Path(sys.argv[1]).glob("data/*.csv")):
    polars.read_csv(file, infer_schema=False)
"""
SLOW = 60.0
# As after an installation, which compiles what it installs: from a checkout ours alone would be compiled at each start.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
# Rows of all of China, and of the package that is broken all over.
CHINA, BROKEN = 4_500_000, 1_000_000


class Run(NamedTuple):
    """What a process took: seconds on the clock, seconds of all processors, peak memory in megabytes."""

    seconds: float
    cpu: float
    megabytes: float


def script(name: str) -> str:
    """A command that is installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def plandata(root: Path) -> list[str]:
    return [script("plandata"), "validate", str(root)]


def frictionless(root: Path) -> list[str]:
    return [script("frictionless"), "validate", str(root / "datapackage.json")]


def bare_read(root: Path) -> list[str]:
    return [sys.executable, "-c", READ, str(root)]


def write_package(folder: Path, rows: int, *options: str) -> None:
    """Writes a synthetic package in a process of its own: the peak of a process counts what its parent held."""
    program = Path(__file__).with_name("synthetic.py")
    subprocess.run([sys.executable, str(program), "--rows", str(rows), "--out", str(folder), *options], check=True)


def timed(command: Sequence[str], exits: int = 0) -> Run:
    """Runs a command that must end with an exit code."""
    started = os.times().elapsed
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        if process.returncode != exits:
            sys.exit(f"{' '.join(command)}: exit {process.returncode}\n{output.read(2000).decode(errors='replace')}")
    return Run(os.times().elapsed - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(commands: Sequence[Sequence[str]], repeat: int) -> list[Run]:
    """The fastest run of each command; they take turns, so that other work on the machine slows them alike."""
    runs: list[list[Run]] = [[] for _ in commands]
    for _ in range(repeat):
        for command, own in zip(commands, runs, strict=True):
            if not own or own[0].seconds < SLOW:
                own.append(timed(command))
    return [Run(*(min(figures) for figures in zip(*own, strict=True))) for own in runs]


def show(what: str, rows: int, run: Run) -> None:
    print(f"{what:<38}{rows:>11,}{run.seconds:>10.2f}{run.cpu:>10.2f}{run.megabytes:>10,.0f}", flush=True)


def verdict(what: str, figure: float, wanted: float, most: bool) -> None:
    met = figure <= wanted if most else figure >= wanted
    print(f"{what:<58}{figure:>8.2f}   wanted: {'≤' if most else '≥'} {wanted:g}   {'met' if met else 'NOT MET'}")


def count(root: Path) -> int:
    """The rows of all tables of a package; a row of ours never has a line end inside a cell."""
    return sum(file.read_bytes().count(b"\n") - 1 for file in root.glob("data/*.csv"))


def synthetic(folder: Path, rows: int, frictionless_rows: int | None, repeat: int) -> None:
    """Compares the three on a synthetic package."""
    large, small = folder / "large", folder / "small"
    write_package(large, rows)
    if frictionless_rows is not None:
        write_package(small, frictionless_rows)
    theirs_on = large if frictionless_rows is None else small
    ours, theirs, bare = best([plandata(large), frictionless(theirs_on), bare_read(large)], repeat)
    show("plandata validate", count(large), ours)
    show("frictionless validate", count(theirs_on), theirs)
    show("Polars, only reading", count(large), bare)
    scale = count(large) / count(theirs_on)
    words = "frictionless / plandata" if scale == 1 else "frictionless / plandata, per row of packages of unlike size"
    verdict(words, theirs.seconds * scale / ours.seconds, 30, most=False)
    verdict("plandata / only reading", ours.seconds / bare.seconds, 4, most=True)
    verdict("plandata / only reading, CPU seconds", ours.cpu / bare.cpu, 4, most=True)


def china(folder: Path) -> None:
    """Times the validation of a package as large as all of China."""
    write_package(folder, CHINA)
    run = timed(plandata(folder))
    show("all of China: plandata validate", count(folder), run)
    verdict("all of China, seconds", run.seconds, 5, most=True)
    verdict("all of China, megabytes", run.megabytes, 1_500, most=True)


def broken(folder: Path) -> None:
    """Times the validation of a package with a finding in every row and more."""
    write_package(folder, BROKEN, "--broken")
    for form in ("text", "csv"):
        run = timed([*plandata(folder), "--format", form], exits=1)
        show(f"broken all over: plandata validate, {form}", count(folder), run)
        verdict(f"broken all over, {form}, seconds", run.seconds, 20, most=True)


def verified(sources: str, repeat: int) -> None:
    """Times the verification of the shipped package against the texts."""
    (run,) = best([[script("plandata"), "verify", str(home()), "--sources", sources]], repeat)
    show("shipped package: plandata verify", count(home()), run)
    verdict("plandata verify, seconds", run.seconds, 2, most=True)


def drafts(folder: Path) -> None:
    """Times the drafting of a document of a hundred pages, in each format."""
    folder.mkdir()
    for ending in ("pdf", "docx", "ofd", "html", "txt"):
        path = folder / f"plan.{ending}"
        path.write_bytes(getattr(rendered, f"as_{ending}")(printed(hundred_pages(), Layout())))
        run = timed([script("plandata"), "draft", str(path), "--out", str(folder / ending)], exits=1)
        show(f"a hundred pages: plandata draft, {ending}", count(folder / ending), run)
        verdict(f"a hundred pages, {ending}, seconds", run.seconds, 3, most=True)
        verdict(f"a hundred pages, {ending}, megabytes", run.megabytes, 300, most=True)


def hundred_pages() -> Source:
    """An invented plan that fills a hundred pages, with a figure and bodies in every goal."""
    note = "牵头单位：县卫生健康局；责任单位：县妇联、县教育局、县财政局"
    goals = [(f"第{n}类体检点的覆盖率达到{60 + n}%以上，其中乡镇不低于{50 + n}%。", note) for n in range(1, 15)]
    text = "办好体检点。给每个村配上车，请老师傅教新手，把道理讲明白，把账目贴出来，让大家都来看一看、评一评。" * 17
    measures = [(text, "") for _ in range(12)]
    titles = ("健康", "教育", "经济", "社会保障", "家庭建设", "环境", "法律")
    domains = [(f"妇女与{title}", "women", goals, measures) for title in titles]
    return Source("云汀县妇女发展规划（2021—2025年）", "妇女的日子一年比一年好。", domains)


def shipped(repeat: int) -> None:
    """Compares plandata and frictionless on the shipped package, and times the help."""
    root = home()
    ours, theirs, words = best([plandata(root), frictionless(root), [script("plandata"), "--help"]], repeat)
    show("shipped package: plandata validate", count(root), ours)
    show("shipped package: frictionless validate", count(root), theirs)
    show("plandata --help", 0, words)
    verdict("shipped package, plandata / frictionless", ours.seconds / theirs.seconds, 1, most=True)
    verdict("shipped package, megabytes", ours.megabytes, 250, most=True)
    verdict("plandata --help, seconds", words.seconds, 0.15, most=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000_000, help="rows of the synthetic package")
    parser.add_argument("--frictionless-rows", type=int, help="time frictionless on a package of so many rows instead")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each command, of which the best counts")
    parser.add_argument("--drafts", action="store_true", help="time only the drafting of documents")
    options = parser.parse_args()
    if options.drafts:
        with tempfile.TemporaryDirectory() as folder:
            drafts(Path(folder, "drafts"))
        return
    if find_spec("pandas"):
        print("pandas is installed here: Pandera then loads it too, which costs validate about 0.4 s at its start")
    print(f"{'':<38}{'rows':>11}{'seconds':>10}{'CPU s':>10}{'peak MB':>10}")
    shipped(options.repeat)
    if os.environ.get("PLANDATA_SOURCES"):
        verified(os.environ["PLANDATA_SOURCES"], options.repeat)
    with tempfile.TemporaryDirectory() as folder:
        drafts(Path(folder, "drafts"))
        synthetic(Path(folder, "many"), options.rows, options.frictionless_rows, options.repeat)
        china(Path(folder, "china"))
        broken(Path(folder, "broken"))


if __name__ == "__main__":
    main()

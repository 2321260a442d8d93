"""A release, made in dist/ and published nowhere: `check` looks at everything, `build` makes the files.

    python tools/release.py check
    python tools/release.py build [FOLDER]     wheel, sdist, data, site, notes in both languages, checksums
    python tools/release.py changes OLD        docs/data/changes-*.csv since an earlier edition (folder, zip or commit),
                                               and what both changelogs tell of the data

The same commit makes the same bytes: dates are those of the commit and of the edition, entries are sorted, and the
libraries are those of constraints.txt.
"""

import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any

import plandata
from plandata.export import format_files
from plandata.export.zip import archive
from plandata.files import PackageError, read_json, write_whole
from plandata.package.folder import MISTAKES, Folder, numbers
from plandata.package.published import read_edition
from plandata.read.changes import VERSION, Changes, changes, kept_as, kept_changes
from plandata.read.diff import difference, lost
from plandata.report.changes import begun, markdown
from plandata.text import LANGS, Text
from plandata.texts.agreement import CODING, figures
from plandata.texts.verify import CHECKS, read_record
from plandata.words import Words

ROOT = Path(__file__).parents[1]
CHANGELOGS = Text("CHANGELOG.md", "docs/changelog.zh.md")
PYTHON = (sys.executable, "-m")
PLANDATA = (sys.executable, "-c", "from plandata.cli import run; run()")
# What each check runs; a failed one stops none of the others.
CHECKED = {
    "lint": (*PYTHON, "ruff", "check", "."),
    "format": (*PYTHON, "ruff", "format", "--check", "."),
    "types": (*PYTHON, "mypy"),
    "canonical form": (*PLANDATA, "fmt", "--check", "."),
    "data": (*PLANDATA, "validate", "."),
    "tests": (*PYTHON, "pytest", "-n", "2"),
}
# A link, and in an address the way to a folder of the site, which a browser that reads from disk does not follow to the
# page in it, with what stands after the way.
HREF, TO_FOLDER = (
    re.compile(r'(?<=\shref=")[^"]*'),
    re.compile(r"(?![a-z]+:|//)((?:[^#?]*/)?(?:\.\.?)?)(?<=[/.])([#?].*)?"),
)
# The section of a version in a changelog: version, day, what it tells.
SECTION = re.compile(r"^## (\S+?) ?[(（](\d{4}-\d\d-\d\d)[)）]\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
# What stands between these in the section of a version is written by `changes`.
FROM, TO = "<!-- plandata diff -->\n", "<!-- end of plandata diff -->\n"
DATA = re.compile(f"(?<={FROM}).*?(?={TO})", re.DOTALL)
HEADS = {
    "rows": Text("Rows", "行数"), "quality": Text("Quality", "质量"),
    "agreement": Text("Agreement of two codings by language models", "两次编码的一致性（语言模型编码）"),
    "data": Text("Data", "数据改动"),
    "changes": Text("Changes", "更新说明"), "sums": Text("Checksums (SHA-256)", "校验和（SHA-256）"),
}  # fmt: skip
TABLE = Text("| table | rows |\n|---|---:|", "| 数据表 | 行数 |\n|---|---:|")
PROVEN = Text("{check}: {held} of {total} proven against the texts", "{check}：{total} 项中 {held} 项经原文核验")
AGREED = Text(
    "| what | | value | 95 % interval |\n|---|---|---:|---|", "| 内容 | | 数值 | 95% 区间 |\n|---|---|---:|---|"
)
FOUND = Text(
    "Of {made} mistakes made on purpose validate finds {validate} %, with verify {either} % are found (weighted alike)",
    "有意制造的 {made} 处错误，validate 查出 {validate} %，加 verify 共查出 {either} %（等权）",
)
CORRECTED = Text(
    "Found since {old} and corrected: {facts} figures, codes and links; {wording} texts reworded",
    "自 {old} 版以来发现并更正：数值、代码与行间关系 {facts} 处；文字修改 {wording} 处",
)
OPEN = Text(
    "The site in one file: unpack it and open index.html; search and explorer work without a server and a network.",
    "整个网站一个压缩包：解压后打开 index.html；搜索和数据浏览无需服务器，也无需联网。",
)


def main(arguments: list[str]) -> int:
    try:
        match arguments:
            case ["check"]:
                return check()
            case ["build", *out] if len(out) < 2:
                return build(Path(*out or ["dist"]))
            case ["changes", old]:
                return keep_changes(old)
    except (PackageError, subprocess.CalledProcessError) as error:
        print(f"release: {error}", file=sys.stderr)
        return 2
    print(__doc__)
    return 2


def check() -> int:
    """Runs every check and names those that fail; the exit code."""
    failed = [name for name, command in CHECKED.items() if not passes(name, command)]
    sources = os.environ.get("PLANDATA_SOURCES")
    if sources and not passes("texts", (*PLANDATA, "verify", ".", "--sources", sources)):
        failed.append("texts")
    failed += list(unready(Folder(ROOT), changelogs(), git("status", "--porcelain")))
    for reason in failed:
        print(f"not ready: {reason}")
    return 1 if failed else 0


def passes(name: str, command: tuple[str, ...]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def changelogs() -> Text:
    """The changelog in both languages."""
    return Text(*((ROOT / CHANGELOGS[lang]).read_text(encoding="utf-8") for lang in LANGS))


def sections(changelog: str) -> dict[str, tuple[str, str]]:
    """The day and the text of each version in a changelog, the newest first.

    >>> sections("# 更新日志\\n\\n## 0.2.0（2026-11-24）\\n\\n数据。\\n")
    {'0.2.0': ('2026-11-24', '数据。')}
    """
    return {version: (day, text.strip()) for version, day, text in SECTION.findall(changelog)}


def unready(package: Folder, logs: Text, status: str) -> Iterator[str]:
    """What keeps a package from being released: its tree, its version, its changelogs, its record of changes."""
    version = str(package.descriptor.get("version"))
    if status:
        yield "the tree is not clean; commit first"
    if version != plandata.__version__:
        yield f"the data are of version {version}, the package is of {plandata.__version__}"
    for lang in LANGS:
        if version not in sections(logs[lang]):
            yield f"{CHANGELOGS[lang]} has no section {version} with its day"
    earlier = [name for name in sections(logs.en) if (numbers(name) or ()) < (numbers(version) or ())]
    if earlier:
        yield from unrecorded(package, logs, earlier[0], version)


def unrecorded(package: Folder, logs: Text, last: str, version: str) -> Iterator[str]:
    """What is wrong with the kept changes since the last release, and with what the changelogs tell of them."""
    kept = next((made for made in kept_changes(package.root) if made.edition(VERSION) == (last, version)), None)
    renew = "run make changes OLD=<that edition>"
    if kept is None:
        yield f"{kept_as(last, version)} is missing; {renew}"
    elif not kept.leads_to(package.descriptor):
        yield f"{kept_as(last, version)} is older than the tables; {renew}"
    elif not kept.satisfied:
        yield f"the changes since {last} demand version {kept.demanded} or higher"
    else:
        for lang in LANGS:
            _, told = sections(logs[lang]).get(version, ("", ""))
            if markdown(kept, package_words(package, lang)) not in told:
                yield f"{CHANGELOGS[lang]} does not tell of the data what {kept_as(last, version)} has; {renew}"


def keep_changes(old: str) -> int:
    """Writes the changes since an earlier edition (a folder, a zip or a commit) into the package and its changelogs."""
    with tempfile.TemporaryDirectory() as name:
        if not Path(old).exists():
            with tarfile.open(fileobj=io.BytesIO(git_bytes("archive", old))) as files:
                files.extractall(name, filter="data")
        editions = read_edition(old if Path(old).exists() else name), read_edition(ROOT)
    for table, row_id in lost(*editions):
        print(f"not recorded: {table} {row_id} is gone, and retired_ids does not name it")
        return 1
    made = changes(difference(*editions))
    files = {kept_as(*made.edition(VERSION)): made.csv} | {CHANGELOGS[lang]: with_data(lang, made) for lang in LANGS}
    for path, content in files.items():
        write_whole(ROOT / path, content.encode("utf-8"))
        print(f"written: {path}")
    return 0


def with_data(lang: str, made: Changes) -> str:
    """A changelog that tells of the data what changed. Raises PackageError where it has no place for that."""
    log, version = changelogs()[lang], made.edition(VERSION)[1]
    own = next((section for section in SECTION.finditer(log) if section[1] == version), None)
    place = DATA.search(log, own.start(), own.end()) if own else None
    if place is None:
        raise PackageError(f"{CHANGELOGS[lang]}: section {version} needs two lines: {FROM.strip()} {TO.strip()}")
    return log[: place.start()] + markdown(made, package_words(Folder(ROOT), lang)) + log[place.end() :]


def build(out: Path) -> int:
    """Makes the files of a release in a folder."""
    package = Folder(ROOT)
    os.environ["SOURCE_DATE_EPOCH"] = git("log", "-1", "--format=%ct")
    with tempfile.TemporaryDirectory() as name:
        run(*PYTHON, "hatchling", "build", "-d", f"{name}/python")
        run(*PYTHON, "mkdocs", "build", "--strict", "-q", "-d", f"{name}/site", NO_MKDOCS_2_WARNING="1")
        made = {path.name: path.read_bytes() for path in sorted(Path(name, "python").iterdir())}
        made |= {f"{stem(package)}-site.zip": site_archive(package, Path(name, "site"))}
    made |= format_files(package, ["zip"])
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(made.items()))
    made |= {f"release-notes.{lang}.md": notes(package, sums, lang).encode("utf-8") for lang in LANGS}
    made["SHA256SUMS"] = sums.encode("ascii")
    for path, content in made.items():
        write_whole(out / path, content)
        print(out / path)
    return 0


def run(*command: str, **environment: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True, env=os.environ | environment)


def git(*arguments: str) -> str:
    return git_bytes(*arguments).decode("utf-8").strip()


def git_bytes(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout


def stem(package: Folder) -> str:
    return f"{package.stated('name')}-{package.stated('version')}"


def site_archive(package: Folder, site: Path) -> bytes:
    """A built site as one archive, whose links lead to pages also when they are opened from disk."""
    paths = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    files = {name: on_disk(name, path.read_bytes()) for name, path in paths.items()}
    return archive(f"{stem(package)}-site", files, package.stated("created"), zipfile.ZIP_DEFLATED)


def on_disk(name: str, content: bytes) -> bytes:
    """A file of the site as it is read from disk."""
    up = "../" * name.count("/") or "./"
    return to_pages(content.decode("utf-8"), up).encode("utf-8") if name.endswith(".html") else content


def to_pages(html: str, up: str) -> str:
    """HTML whose links to folders name the page in them; up is the way to the root of the site.

    >>> to_pages('<a href="/"> <a href="../x/&#35;g01"> <a href=".."> <a href="https://a.org/"> <a href="#g01">', "./")
    '<a href="./index.html"> <a href="../x/index.html#g01"> <a href="../index.html"> <a href="https://a.org/"> <a href="#g01">'
    """  # noqa: E501 - in one line
    return HREF.sub(lambda link: to_page(link[0], up), html)


def to_page(link: str, up: str) -> str:
    """A link that names the page in the folder it leads to; any other as it stands."""
    address = re.sub("^/(?!/)", up, unescape(link))
    folder = TO_FOLDER.fullmatch(address)
    return escape(f"{folder[1].removesuffix('/')}/index.html{folder[2] or ''}") if folder else link


def notes(package: Folder, sums: str, lang: str) -> str:
    """What is told of a release."""
    version, say = package.stated("version"), package_words(package, lang)
    day, text = sections(changelogs()[lang]).get(version, (package.stated("created")[:10], ""))
    since = next((made for made in kept_changes(package.root) if made.edition(VERSION)[1] == version), None)
    parts = {
        "rows": "\n".join([say(TABLE), *rows(package)]),
        "quality": "\n".join(f"- {begun(line)}" for line in quality(package, since, say)),
        "agreement": "\n".join(agreement(package, say)),
        "data": markdown(since, say).strip() if since else "",
        "changes": text,
        "sums": f"```text\n{sums}```\n\n{say(OPEN)}",
    }
    told = [f"## {say(HEADS[name])}\n\n{part}" for name, part in parts.items() if part]
    return "\n\n".join([f"# plandata {version} ({day})", *told]) + "\n"


def package_words(package: Folder, lang: str) -> Words:
    return Words(package.schemas.labels, lang)


def rows(package: Folder) -> Iterator[str]:
    """The rows of each table as lines of a table."""
    for name, frame in package.tables.items():
        yield f"| `{name}` | {frame.height:,} |"


def quality(package: Folder, since: Changes | None, say: Words) -> Iterator[str]:
    """What is known of the quality of the rows: proofs, mistakes that are found, errors found since."""
    plans = read_record(package.root).get("plans", {}).values()
    for name, title in CHECKS.items():
        held, total = (sum(plan[name][i] for plan in plans) for i in (0, 1))
        if total:
            yield say(PROVEN, check=title, held=f"{held:,}", total=f"{total:,}")
    mistakes = kept_figures(package, MISTAKES)
    if mistakes:
        shares = {by: f"{100 * mistakes[f'by_{by}'][0]:.1f}" for by in ("validate", "either")}
        yield say(FOUND, made=f"{mistakes['made']:,}", **shares)
    if since:
        cells = {"facts": since.cells(wording=False).height, "wording": since.cells(wording=True).height}
        yield say(CORRECTED, old=since.edition(VERSION)[0], **{name: f"{n:,}" for name, n in cells.items()})


def agreement(package: Folder, say: Words) -> Iterator[str]:
    """How far two codings agree, as lines of a table; none of a package that was coded once."""
    if (package.root / CODING).is_dir():
        yield say(AGREED)
        for figure in figures(package.root / CODING):
            value, interval = f"{figure.value:.3f}", f"{figure.low:.3f}–{figure.high:.3f}"
            yield f"| {say(figure.group)} | {say(figure.what)} | {value} | {interval} |"


def kept_figures(package: Folder, path: str) -> dict[str, Any]:
    """The figures that a benchmark wrote into the package; empty where none did."""
    return dict(read_json(package.root / path)) if (package.root / path).is_file() else {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

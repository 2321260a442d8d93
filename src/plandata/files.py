"""The one door to the disk: safe paths, YAML and JSON from strangers, CSV text, and writing that is all or nothing."""

import contextlib
import csv
import errno
import io
import json
import math
import os
import re
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any, BinaryIO

from plandata.text import harmless

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
MIB = 1024**2
# How much is read of a file; what is far beyond its kind was made to hurt, and is refused before it fills the memory.
# All of China is 4.5 million rows, 2 GB over all tables: one table is at most half of it.
TABLE_BYTES = 2048 * MIB
# The descriptor has 0.1 MB; with each document of all of China among its sources it would have 2 MB.
JSON_BYTES = 16 * MIB
# A YAML file of ours has 49 kB; half a second reads what is allowed here.
YAML_BYTES = 4 * MIB
# The texts have 0.2 MB; other files that lie among them (scans) are no texts.
TEXT_BYTES = 4 * MIB
# 100 bytes a row: every indicator of every county of China in one year.
OBSERVATIONS_BYTES = 256 * MIB
# An archive of a package has 50 files; unpacked they are as large as tables may be.
ARCHIVE_FILES, ARCHIVE_BYTES = 2000, 2 * TABLE_BYTES
PARTIAL = ".plandata-partial-"
# What a spreadsheet may skip before it looks for a formula: spaces, controls, format characters, quotes.
SKIPPED = r"\x00-\x20\x22\x27\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\uff02\uff07"
# By what it knows one: = + - @, and all that becomes such a sign by compatibility (Unicode NFKC).
SIGNS = r"=+@\-⁺⁼₊₌⩵⩶﬩﹢﹣﹦﹫＋－＝＠"
# A text that it would run, as the regular expressions of Python, Polars and JavaScript read it.
FORMULA = rf"^(?:[\t\n\r]|[{SKIPPED}]*[{SIGNS}])"
RUNS = re.compile(FORMULA)


class PackageError(Exception):
    """The command cannot go on; the message names the file or the library and says what to do."""


def need(module: str, extra: str) -> ModuleType:
    """A module of an extra. Raises PackageError that names the extra where it is not installed.

    >>> need("json", "export").__name__
    'json'
    """
    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise PackageError(f"needs {module}, which is not installed: {installing(extra)}") from None


def installing(extra: str) -> str:
    """The command that brings an extra. pip knows an installed plandata by its name, also one that no index has; a
    checkout that is not installed it knows by its folder.

    >>> installing("export").startswith("pip install ")
    True
    """
    # Loaded here, since it takes time and few ask.
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        distribution("plandata")
        return f"pip install 'plandata[{extra}]'"
    except PackageNotFoundError:
        return f"pip install '{Path(__file__).parents[2]}[{extra}]'"


def unsafe(root: Path, path: object) -> str:
    """Why a path that a package states may not be opened below its root, or "" where it may."""
    reason = unsafe_name(path)
    if reason:
        return reason
    try:
        within = (root / str(path)).resolve().is_relative_to(root.resolve())
    except RuntimeError:
        return "is a link that leads in a circle"
    return "" if within else "leads out of the package over a link"


def unsafe_name(path: object) -> str:
    """Why a path leads out of whatever folder it is put below, or "" where it does not.

    >>> unsafe_name("data/../../x.csv"), unsafe_name("data/x.csv")
    ('climbs out of the package', '')
    """
    if not isinstance(path, str) or not path:
        return "is no path"
    if ADDRESS.match(path) or path.startswith("//"):
        return "is an address"
    pure = PurePosixPath(path)
    if pure.is_absolute() or path.startswith("~"):
        return "is absolute"
    if "\\" in path or not path.isprintable():
        return "has a backslash or an invisible character"
    return "climbs out of the package" if ".." in pure.parts else ""


def inside(root: Path, name: str) -> Path:
    """The path of a file of a package, to be read or written.

    Raises PackageError that says why for one that leads out of the package.
    """
    reason = unsafe(root, name)
    if reason:
        raise PackageError(f"{root / name}: {reason}; the files of a package lie in its own folder")
    return root / name


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of a regular file.

    Raises PackageError for a folder, a device, a pipe, a socket and for a file of more bytes than limit: none of them
    is read; FileNotFoundError and OSError as the system does.
    """
    with open_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        content = file.read(size + 1) if size <= limit else b""
        # A file may have grown meanwhile, and some that the system makes up state no size.
        content += file.read(limit + 1 - len(content)) if len(content) > size else b""
    if max(size, len(content)) > limit:
        raise PackageError(f"{path}: is larger than {limit / MIB:,.4g} MiB, the most that such a file may have")
    return content


def open_file(path: Path) -> BinaryIO:
    """A regular file, opened. Raises PackageError that says what stands in its place."""
    # Without waiting for the other end of a pipe, and without taking over a terminal.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise PackageError(f"{path}: is a socket or a device, no file") from None
        raise
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise PackageError(f"{path}: is {kind_of(mode)}, no file")
    return os.fdopen(handle, "rb")


def kind_of(mode: int) -> str:
    """What there is in place of a regular file."""
    kinds = {stat.S_ISDIR: "a folder", stat.S_ISFIFO: "a pipe", stat.S_ISSOCK: "a socket"}
    return next((kind for test, kind in kinds.items() if test(mode)), "a device")


def encoding_of(content: bytes) -> str:
    """The encoding that a text most likely has, where it is not UTF-8; "" where it is, "unknown" for no text.

    >>> encoding_of("规划".encode()), encoding_of("规划".encode("gbk")), encoding_of("规划".encode("utf-16"))
    ('', 'GBK', 'UTF-16')
    """
    wide = (("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"))
    for encoding, name in wide if is_utf16(content) else (("utf-8", ""), ("gb18030", "GBK")):
        with contextlib.suppress(UnicodeDecodeError):
            content.decode(encoding)
            return name
    return "unknown"


def is_utf16(content: bytes) -> bool:
    """Whether bytes begin as a text in UTF-16 does (or in UTF-32)."""
    return content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:512].count(0) > 16


def utf8(path: Path, limit: int) -> str:
    """The text of a UTF-8 file. Raises PackageError for another encoding, and as read_file does."""
    try:
        return read_file(path, limit).decode("utf-8")
    except UnicodeDecodeError:
        raise PackageError(f"{path}: is not UTF-8; save it as UTF-8") from None


def is_file(path: Path) -> bool:
    """Whether a regular file can be reached there; a name that no file system takes reaches none."""
    try:
        return path.is_file()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise


def read_yaml(path: Path, aliases: bool = False) -> Any:
    """The content of a YAML file.

    Raises PackageError with file and line for what is no plain YAML: tags, directives, merge keys, aliases (their text
    could multiply; only our own files may have them), a key that stands twice, a number or a date that is none,
    nesting without end, another encoding; and as read_file does.
    """
    # Loaded here, so that the help of the command line loads no YAML.
    from plandata import plain_yaml

    try:
        return plain_yaml.load(utf8(path, YAML_BYTES), aliases)
    except plain_yaml.EndlessError as error:
        raise PackageError(f"{path}: {error}") from None
    except plain_yaml.NotPlainError as error:
        place = "".join(f":{n}" for n in error.place)
        raise PackageError(f"{path}{place}: is not plain YAML ({error})") from None


def read_json(path: Path) -> Any:
    """The content of a JSON file.

    Raises PackageError with file and line for what is none, for a name that stands twice, for a number that is too
    long or not finite; and as read_file does.
    """
    try:
        return json.loads(utf8(path, JSON_BYTES), object_pairs_hook=once, parse_float=finite, parse_constant=finite)
    except json.JSONDecodeError as error:
        raise PackageError(
            f"{path}:{error.lineno}:{error.colno}: is not JSON ({error.msg}); mend it, or run plandata fmt"
        ) from None
    except ValueError as error:
        raise PackageError(f"{path}: is no descriptor ({error}); mend it, or run plandata fmt") from None
    except RecursionError:
        raise PackageError(f"{path}: is nested too deeply to be a descriptor") from None


# In a shape: whatever name.
ANY = "*"


def fits(value: object, shape: Any) -> bool:
    """Whether a value of JSON has a shape: a type, a list of one shape, a tuple with one for each, names with shapes.

    >>> plans = {"plans": {ANY: (int, int)}}
    >>> fits({"plans": {"a": [1, 2]}}, plans), fits({"plans": {"a": [1, "2"]}}, plans), fits({}, plans)
    (True, False, False)
    """
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(part, shape[0]) for part in value)
    if isinstance(shape, tuple):
        return isinstance(value, list) and len(value) == len(shape) and all(map(fits, value, shape))
    if isinstance(shape, dict):
        if not isinstance(value, dict) or not shape.keys() - {ANY} <= value.keys():
            return False
        return all(fits(part, shape.get(name, shape.get(ANY, object))) for name, part in value.items())
    return isinstance(value, shape) and not (isinstance(value, bool) and shape is not bool and shape is not object)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Raises ValueError for a name that stands twice: one of the values would be lost unseen."""
    made = dict(pairs)
    if len(made) < len(pairs):
        name, times = Counter(name for name, _ in pairs).most_common(1)[0]
        raise ValueError(f"{name[:40]!r} stands {times} times in one object")
    return made


def finite(number: str) -> float:
    """A number of JSON. Raises ValueError for NaN, Infinity and what is too large to be none of them."""
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number[:40]} is no number")
    return value


def json_text(content: object, indent: int | None = 2) -> str:
    """A value as JSON text that ends with a line end; Chinese stays readable, control characters are escapes."""
    separators = (",", ":") if indent is None else None
    return harmless(json.dumps(content, ensure_ascii=False, indent=indent, separators=separators)) + "\n"


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The files of a zip archive in a folder that is gone afterwards; of an archive that holds one folder, that one.

    Raises PackageError for what is no zip archive, is locked, would unpack to more than a package may have, or holds
    a path that leads out of it; then nothing is unpacked.
    """
    with tempfile.TemporaryDirectory(prefix="plandata-") as name:
        folder = Path(name)
        try:
            with open_file(path) as file, zipfile.ZipFile(file) as archive:
                parts = [part for part in archive.infolist() if not part.is_dir()]
                check_archive(path, parts)
                for part in parts:
                    target = folder / part.filename
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(part))
        except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError) as error:
            raise PackageError(f"{path}: is no zip archive that can be read ({error})") from None
        held = list(folder.iterdir())
        yield held[0] if len(held) == 1 and held[0].is_dir() else folder


def check_archive(path: Path, parts: Sequence[zipfile.ZipInfo]) -> None:
    """Looks over what a zip archive says it holds, before anything is unpacked."""
    if any(part.flag_bits & 1 for part in parts):
        raise PackageError(f"{path}: is locked with a password")
    if len(parts) > ARCHIVE_FILES or sum(part.file_size for part in parts) > ARCHIVE_BYTES:
        raise PackageError(f"{path}: would unpack to more than a package may have")
    for part in parts:
        if unsafe_name(part.filename):
            raise PackageError(f"{path}: {part.filename!r} {unsafe_name(part.filename)}; nothing was unpacked")


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[object]], line_end: str = "\n", safe: bool = False) -> str:
    r"""Rows as CSV: commas, quotes only where they are needed, empty for None, true, 12 and not 12.0.

    safe puts an apostrophe before a text that a spreadsheet would run, in the header too; a number stays a number.

    >>> csv_text(["a", "b"], [[12.0, "=A1"], [True, None]], safe=True)
    "a,b\n12,'=A1\ntrue,\n"
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow([cell_text(name, safe) for name in columns])
    writer.writerows([cell_text(value, safe) for value in row] for row in rows)
    return text.getvalue()


def cell_text(value: object, safe: bool = False) -> str:
    """A value as it is written in a cell of the tables."""
    # Texts first, and none that begins with a letter or a digit is looked at closely: a report of a million findings
    # has ten million.
    if isinstance(value, str):
        return f"'{value}" if safe and not value[:1].isalnum() and RUNS.match(value) else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def write_whole(path: Path, content: bytes, before: Callable[[], None] = lambda: None) -> None:
    """Writes a file so that it is there whole or not at all, also when the writing is cut off.

    A link is written through; what is there and is no regular file (a device, a pipe) is written to as it is. before
    is called in the last moment before the file is replaced; what it raises leaves the file as it is.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)
        before()
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def check_folder(out: Path) -> None:
    """Raises PackageError unless a folder is new or empty; what an interrupted writing left does not count."""
    if out.exists() and not out.is_dir():
        raise PackageError(f"{out}: is a file; name a new or empty folder")
    held = sorted(path.name for path in out.iterdir() if not path.name.startswith(PARTIAL)) if out.exists() else []
    if held:
        more = f" and {len(held) - 1} more" if len(held) > 1 else ""
        raise PackageError(f"{out}: already holds {held[0]}{more}; name a new or empty folder")


def write_folder(files: Mapping[str, bytes], out: Path) -> list[Path]:
    """Writes files below a folder: all of them under a temporary name there first, then each moved in one step.

    Raises PackageError for a path that leads out of the folder, and for one that somebody wrote there meanwhile; then
    nothing is written.
    """
    for path in files:
        if unsafe(out, path):
            raise PackageError(f"{out}: {path!r} {unsafe(out, path)}; nothing was written")
    made = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    moved: list[Path] = []
    try:
        with tempfile.TemporaryDirectory(dir=out, prefix=PARTIAL) as name:
            partial = Path(name)
            for path, content in files.items():
                target = partial / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            for top in sorted({path.split("/")[0] for path in files}):
                if (out / top).exists():
                    raise PackageError(f"{out / top}: was written by somebody else meanwhile; name another folder")
                moved.append((partial / top).rename(out / top))
            return moved
    except BaseException:
        with contextlib.suppress(OSError):
            for there in moved:
                shutil.rmtree(there) if there.is_dir() else there.unlink()
            if made:
                out.rmdir()
        raise

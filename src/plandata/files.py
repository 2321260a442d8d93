"""The one door to the disk: safe paths, YAML and JSON from strangers, CSV text, and writing that is all or nothing."""

import contextlib
import csv
import errno
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

from plandata.text import harmless

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# A YAML file of ours has at most 12,000 events and is 8 deep; what is far beyond was made to hurt.
YAML_EVENTS, YAML_DEPTH = 1_000_000, 100
PARTIAL = ".plandata-partial-"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
        raise PackageError(f"needs {module}, which is not installed: pip install 'plandata[{extra}]'") from None


def unsafe(root: Path, path: object) -> str:
    """Why a path that a package states may not be opened below its root, or "" where it may."""
    if not isinstance(path, str) or not path:
        return "is no path"
    if ADDRESS.match(path) or path.startswith("//"):
        return "is an address"
    pure = PurePosixPath(path)
    if pure.is_absolute() or path.startswith("~"):
        return "is absolute"
    if "\\" in path or not path.isprintable():
        return "has a backslash or an invisible character"
    if ".." in pure.parts:
        return "climbs out of the package"
    try:
        inside = (root / path).resolve().is_relative_to(root.resolve())
    except RuntimeError:
        return "is a link that leads in a circle"
    return "" if inside else "leads out of the package over a link"


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

    Raises PackageError with file and line for what is no plain YAML: tags, aliases (their text could multiply;
    only our own files may have them), nesting without end, another encoding.
    """
    # Loaded here, so that the help of the command line loads no YAML.
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = path.read_text(encoding="utf-8")
        check_events(yaml.parse(text, Loader=loader), path, aliases)
        return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        raise PackageError(f"{path}{at(error.problem_mark)}: is not plain YAML ({error.problem})") from None
    except UnicodeDecodeError:
        raise PackageError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except (yaml.YAMLError, ValueError) as error:
        raise PackageError(f"{path}: is not plain YAML ({' '.join(str(error).split())})") from None


def check_events(events: Iterable[Any], path: Path, aliases: bool) -> None:
    """Looks at the events of a YAML text before anything is built from them: the builder recurses, in C."""
    depth = 0
    for count, event in enumerate(events):
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if depth > YAML_DEPTH or count > YAML_EVENTS:
            raise PackageError(f"{path}: is nested too deeply, or longer than any file of a package")
        if kind == "AliasEvent" and not aliases:
            raise PackageError(f"{path}{at(event.start_mark)}: is not plain YAML (an alias)")


def at(mark: Any) -> str:
    """A place in a YAML file, as messages name it."""
    return f":{mark.line + 1}:{mark.column + 1}" if mark else ""


def read_json(path: Path) -> Any:
    """The content of a JSON file. Raises PackageError with file and line for what is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise PackageError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise PackageError(
            f"{path}:{error.lineno}:{error.colno}: is not JSON ({error.msg}); mend it, or run plandata fmt"
        ) from None
    except ValueError as error:
        raise PackageError(f"{path}: is no descriptor ({error})") from None
    except RecursionError:
        raise PackageError(f"{path}: is nested too deeply to be a descriptor") from None


def json_text(content: object, indent: int | None = 2) -> str:
    """A value as JSON text that ends with a line end; Chinese stays readable, control characters are escapes."""
    separators = (",", ":") if indent is None else None
    return harmless(json.dumps(content, ensure_ascii=False, indent=indent, separators=separators)) + "\n"


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[object]], line_end: str = "\n", safe: bool = False) -> str:
    r"""Rows as CSV: commas, quotes only where they are needed, empty for None, true, 12 and not 12.0.

    safe puts an apostrophe before a text that a spreadsheet would run; a number stays a number.

    >>> csv_text(["a", "b"], [[12.0, "=A1"], [True, None]], safe=True)
    "a,b\n12,'=A1\ntrue,\n"
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows([cell_text(value, safe) for value in row] for row in rows)
    return text.getvalue()


def cell_text(value: object, safe: bool = False) -> str:
    """A value as it is written in a cell of the tables."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    if safe and isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return str(value)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that it is there whole or not at all, also when the writing is cut off.

    A link is written through; what is there and is no regular file (a device, a pipe) is written to as it is.
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

    Raises PackageError for a path that leads out of the folder; then nothing is written.
    """
    for path in files:
        if unsafe(out, path):
            raise PackageError(f"{out}: {path!r} {unsafe(out, path)}; nothing was written")
    made = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=out, prefix=PARTIAL) as name:
            partial = Path(name)
            for path, content in files.items():
                target = partial / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            tops = sorted({path.split("/")[0] for path in files})
            return [(partial / top).rename(out / top) for top in tops]
    except BaseException:
        if made:
            with contextlib.suppress(OSError):
                shutil.rmtree(out)
        raise

"""A small package, and the folder that its site is built from, in which every text tries to be read as code."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import yaml
from packages import frames

from plandata.files import csv_text
from plandata.package.canonical import package_files
from plandata.package.folder import METADATA
from plandata.package.reader import ROW
from plandata.read.changes import COLUMNS, CREATED, LEVEL, VERSION, kept_as
from plandata.read.explain import codes_page
from plandata.rules.cells import Column
from plandata.schema import Schemas, Table, edition, home
from plandata.tables import Tables
from plandata.text import LANGS

PARTS = (
    "<script>window.hit=1</script>",
    """"><img src=x onerror="window.hit=1">""",
    "</title></script><script>window.hit=1</script>",
    "{{ 7*7 }}{% raw %}{n}$&@id@__proto__",
    "[x](javascript:window.hit=1)`b`**c**_d_ | e",
    "'onmouseover='window.hit=1'<!--&amp;\\*{: onclick=window.hit=1 }",
    "=cmd|'/c calc'!a0",
    "\x1b[31m\x07\u2028\ufffe\U00029d98",
)
RUNS = "javascript:window.hit=1"
# What stands beside the tables in a folder that the site is built from.
BESIDE = ("mkdocs.yml", "src", "CHANGELOG.md", "CONTRIBUTING.md")


def hostile(turn: int = 0) -> str:
    """All that could be read as code in one text; turn says what it begins with."""
    first = turn % len(PARTS)
    return "".join([*PARTS[first:], *PARTS[:first]])


def write_hostile(root: Path) -> Path:
    """Writes the package into a new folder, and links all else that its site is built from."""
    (root / "data").mkdir(parents=True)
    shutil.copytree(edition().folder, root / "schemas")
    for path in (root / "schemas").glob("*.yaml"):
        rewrite(path, told)
    shutil.copy(home() / METADATA, root / METADATA)
    rewrite(root / METADATA, about)
    write_yaml(root / "CITATION.cff", {"title": hostile(), "authors": [{"name": hostile(1)}]})
    schemas = Schemas(root / "schemas")
    made = {name: hostile_cells(frame, schemas.tables[name], schemas) for name, frame in frames(schemas).items()}
    for path, content in package_files(root, schemas, made).items():
        (root / path).write_bytes(content)
    write_docs(root, Tables({name: frame.with_row_index(ROW) for name, frame in made.items()}, schemas))
    return root


def write_docs(root: Path, t: Tables) -> None:
    """What the site is built from beside the package; its page of codes is that of the package."""
    for name in BESIDE:
        (shutil.copytree if (home() / name).is_dir() else shutil.copy)(home() / name, root / name)
    shutil.copytree(home() / "docs", root / "docs", ignore=shutil.ignore_patterns("data"))
    write_changes(root)
    for lang in LANGS:
        (root / f"docs/codes.{lang}.md").write_text(codes_page(t, lang), encoding="utf-8")


def write_changes(root: Path) -> None:
    """The changes since an earlier edition, in which all is hostile but the versions."""
    new = str(yaml.safe_load((root / METADATA).read_text(encoding="utf-8"))["version"])
    rows = [["", "", "", VERSION, "", "0.0.1", new], ["", "", "", CREATED, "", hostile(), hostile(1)]]
    for kind in LEVEL:
        named = [hostile(2), "targets", "serves"]
        columns = [hostile(3), f"{hostile(4)}_zh", f"{hostile(5)}_en", "comparator", "goal_id"]
        rows += [
            [table, hostile(), hostile(1), kind, column, hostile(6), hostile(7)]
            for table in named
            for column in columns
        ]
    path = root / kept_as("0.0.1", new)
    path.parent.mkdir(parents=True)
    path.write_text(csv_text(COLUMNS, rows), encoding="utf-8")


def hostile_cells(frame: pl.DataFrame, table: Table, schemas: Schemas) -> pl.DataFrame:
    """A frame whose texts are hostile, each its own; what is empty stays so, and what has a form its form."""
    referring = {key.field for key in table.foreign_keys}
    free = [f.name for f in table.fields if Column(f, schemas.codes, f.name in referring).free and f.name != "number"]
    texts = pl.Series([f"{hostile(row)} {row}" for row in range(frame.height)], dtype=pl.String)
    return frame.with_columns(pl.when(pl.col(name).is_not_null()).then(texts).alias(name) for name in free)


def told(thing: Any) -> Any:
    """A schema whose titles, descriptions, labels and definitions are hostile."""
    if isinstance(thing, list):
        return [told(part) for part in thing]
    if not isinstance(thing, Mapping):
        return thing
    texts = [f"{name}{tail}" for name in ("title", "description", "label", "definition") for tail in ("", "_zh", "_en")]
    return {
        name: hostile(len(name)) if isinstance(part, str) and name in texts else told(part)
        for name, part in thing.items()
    }


def about(stated: dict[str, Any]) -> dict[str, Any]:
    """A package.yaml whose texts are hostile, and whose addresses would run."""
    texts = {name: hostile(turn) for turn, name in enumerate(("title", "title_zh", "description", "description_zh"))}
    people = [{"title": hostile(2), "roles": ["author"]}]
    licences = [{"name": hostile(3), "title": hostile(4), "path": RUNS}]
    addresses = dict.fromkeys(("homepage", "repository"), RUNS)
    return stated | texts | addresses | {"contributors": people, "licenses": licences, "keywords": [hostile(5)]}


def rewrite(path: Path, change: Any) -> None:
    write_yaml(path, change(yaml.safe_load(path.read_text(encoding="utf-8"))))


def write_yaml(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")

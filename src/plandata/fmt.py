"""All that a package holds and that follows from its tables: the one door by which it is renewed, or found stale.

Tables and descriptor are brought into canonical form. Where the package has the file, or the folder that it belongs
into, the pages of codes, the list of ids and the example of observations are made anew; with the texts of the
documents also the record of their verification. Nothing that a package contains is ever executed.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from plandata.assess.observations import baseline_observations
from plandata.files import TABLE_BYTES, PackageError, inside, json_text, read_file, utf8, write_whole
from plandata.package.canonical import canonical_frames, package_files
from plandata.package.folder import DESCRIPTOR, EXAMPLE, IDS, RECORD, Folder
from plandata.package.reader import ROW
from plandata.read.explain import codes_page
from plandata.schema import Schemas, schemas_of
from plandata.tables import Tables
from plandata.text import LANGS
from plandata.texts.verify import prove, read_record, record, tables_hash

OLD_RECORD = "{path}: older than the tables; renew it with plandata fmt --sources FOLDER"
Maker = Callable[[Path, Tables], str]


def codes(root: Path, t: Tables, lang: str) -> str:
    return codes_page(t, lang)


def example(root: Path, t: Tables) -> str:
    return baseline_observations(t)


def ids_list(root: Path, t: Tables) -> str:
    """Every id and code that the package has or ever had, a line each with its table.

    Ids are promises: one that is no longer there stays listed, and a rule or a test then asks what became of it.
    """
    path = inside(root, IDS)
    known = utf8(path, TABLE_BYTES).splitlines() if path.exists() else []
    return "".join(f"{entry}\n" for entry in sorted({*known, *current_ids(t), *retired_ids(t)}))


def retired_ids(t: Tables) -> list[str]:
    """Each id that a release withdrew, with its table."""
    rows = t.rows("retired_ids") if "retired_ids" in t.frames else []
    return [f"{row['table_name']} {row['old_id']}" for row in rows]


def current_ids(t: Tables) -> list[str]:
    """Each id of the tables with its table, and each code of each list."""
    keyed = [(name, table.primary_key[0]) for name, table in t.schemas.tables.items() if len(table.primary_key) == 1]
    ids = [f"{name} {row_id}" for name, key in keyed for row_id in t[name][key] if row_id]
    return ids + [f"codes {name}.{code}" for name, codes in t.schemas.codes.items() for code in codes]


DERIVED: Mapping[str, Maker] = {
    **{f"docs/codes.{lang}.md": partial(codes, lang=lang) for lang in LANGS},
    IDS: ids_list,
    EXAMPLE: example,
}


def files(root: Path, schemas: Schemas, sources: Path | None = None) -> dict[str, bytes]:
    """Path and content of every file that follows from the tables, as it should be.

    Raises PackageError where a table cannot be read safely, or a file would lie outside of the package; then nothing
    may be written.
    """
    frames = canonical_frames(root, schemas)
    made = package_files(root, schemas, frames)
    descriptor = json.loads(made[DESCRIPTOR])
    check_descriptor(root, descriptor)
    t = Tables({name: frame.with_row_index(ROW) for name, frame in frames.items()}, schemas, root)
    wanted = [path for path in DERIVED if inside(root, path).parent.is_dir()]
    made |= {path: DERIVED[path](root, t).encode("utf-8") for path in wanted if readable(schemas)}
    if sources is not None:
        made[RECORD] = verification(root, t, descriptor, sources)
    return made


def readable(schemas: Schemas) -> bool:
    """Whether the package has the tables that the derived files are made from; a draft may leave some out."""
    return {"places", "plans", "goals", "measures", "indicators", "targets"} <= schemas.tables.keys()


def verification(root: Path, t: Tables, descriptor: Mapping[str, Any], sources: Path) -> bytes:
    """The record of a verification; that of the same tables with the same outcome keeps its day."""
    new = record(prove(t, sources), descriptor, datetime.date.today())
    old = read_record(root)
    holds = {**new, "verified_on": old.get("verified_on")} == dict(old)
    return json_text(old if holds else new).encode("utf-8")


def check_descriptor(root: Path, descriptor: dict[str, Any]) -> None:
    """Has frictionless' own model judge the descriptor, where it is installed (the extra `curate`).

    Raises PackageError with what it finds.
    """
    try:
        import frictionless
    except ModuleNotFoundError:
        return
    try:
        frictionless.Package.from_descriptor(descriptor)
    except frictionless.FrictionlessException as error:
        first = (error.reasons or [error.error])[0]
        raise PackageError(f"{root / DESCRIPTOR}: {first.message}; mend package.yaml or schemas/") from None


def stale(root: Path, sources: Path | None = None, schemas: Schemas | None = None) -> dict[str, bytes]:
    """The right content of each file that is not as it should be; the schemas are those of the package."""
    made = files(root, schemas or schemas_of(root), sources)
    return {path: content for path, content in made.items() if digest_in(root, path) != digest_of(content)}


def renew(root: Path, sources: Path | None = None) -> list[str]:
    """Brings every such file into its right form; returns the paths that were rewritten.

    Raises PackageError that names a file which somebody saved while this ran: what was saved stays. Where that is seen
    before the first file is rewritten, none is.
    """
    schemas = schemas_of(root)
    before = {path: digest_in(root, path) for path in written(schemas)}
    changed = stale(root, sources, schemas)
    guards = {path: partial(unchanged, root, path, before[path], content) for path, content in changed.items()}
    for guard in guards.values():
        guard()
    for path, content in changed.items():
        write_whole(inside(root, path), content, guards[path])
    return list(changed)


def written(schemas: Schemas) -> list[str]:
    """The path of every file that may be rewritten."""
    return [*(f"data/{name}.csv" for name in schemas.tables), DESCRIPTOR, *DERIVED, RECORD]


def digest_in(root: Path, path: str) -> str:
    """The SHA-256 of a file of the package as it is now, "" where there is none."""
    file = inside(root, path)
    return digest_of(read_file(file, TABLE_BYTES)) if file.exists() else ""


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def unchanged(root: Path, path: str, before: str, content: bytes) -> None:
    """Raises PackageError where a file holds neither what it held nor what it is to hold (another fmt wrote it)."""
    if digest_in(root, path) not in (before, digest_of(content)):
        raise PackageError(f"{root / path}: was saved by somebody while plandata fmt ran; run it again")


def unproven(root: Path) -> str:
    """What is said where the record of a verification is older than the tables; "" where it is not."""
    kept = read_record(root)
    if not kept or kept.get("tables_sha256") == tables_hash(Folder(root).descriptor):
        return ""
    return OLD_RECORD.format(path=root / RECORD)

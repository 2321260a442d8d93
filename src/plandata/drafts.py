"""Drafts on disk: writes one into a folder of its own, and takes a judged one over into a package."""

import datetime
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from plandata import fmt
from plandata.files import (
    TABLE_BYTES,
    PackageError,
    check_folder,
    csv_text,
    inside,
    json_text,
    read_file,
    write_folder,
    write_whole,
)
from plandata.finding import Finding
from plandata.package.canonical import described, metadata, table_csv
from plandata.package.doubts import doubts_text, read_doubts
from plandata.package.folder import BESIDE, DESCRIPTOR, DOUBTS, DRAFT, METADATA, Folder
from plandata.package.order import ordered
from plandata.package.reader import ROW
from plandata.report.findings import one
from plandata.report.review import review
from plandata.rules import validate
from plandata.schema import FOLDER, Schemas, Table
from plandata.texts.draft.doubt import said
from plandata.texts.draft.model import Draft, Row
from plandata.texts.verify import verify

REVIEW = "review.html"
# The pieces of the text that became no row, each with its place.
UNCLAIMED = "unclaimed.csv"
# A draft is of no edition yet.
VERSION = "0.0.1"
# So many reasons against taking a draft over are told one by one.
TOLD = 40


def write(draft: Draft, known: Folder, out: Path, lang: str) -> list[Path]:
    """Writes a draft into a new or empty folder: a package that `validate` reads, its doubts, a page to review it.

    Raises PackageError where the folder already holds something.
    """
    check_folder(out)
    return write_folder(files(draft, known, lang), out)


def files(draft: Draft, known: Folder, lang: str) -> dict[str, bytes]:
    """Path and content of the files of a draft."""
    schemas = known.schemas
    tables = {name: frame(draft.tables.get(name, []), table) for name, table in schemas.tables.items()}
    made = {f"data/{name}.csv": table_csv(rows) for name, rows in tables.items()}
    about = about_draft(draft, known)
    made[DESCRIPTOR] = json_text(described(about, schemas, made)).encode("utf-8")
    made[METADATA] = yaml_text({**about, "created": about["created"].strftime("%Y-%m-%dT%H:%M:%SZ")}).encode("utf-8")
    draft = replace(draft, doubts=[said(doubt, lang) for doubt in draft.doubts])
    made[DOUBTS] = doubts_text(draft.doubts).encode("utf-8")
    unclaimed = ((block.place, block.text) for block in draft.blocks if not block.role)
    made[UNCLAIMED] = csv_text(("place", "text"), unclaimed, safe=True).encode("utf-8")
    made[REVIEW] = review(draft, lang).encode("utf-8")
    return made


def frame(rows: list[Row], table: Table) -> pl.DataFrame:
    """Rows as a text frame in canonical order, empty cells null."""
    cells = {name: [row.get(name) or None for row in rows] for name in table.columns}
    return ordered(pl.DataFrame(cells, schema=dict.fromkeys(table.columns, pl.String)), table)


def about_draft(draft: Draft, known: Folder) -> dict[str, Any]:
    """What package.yaml says of a draft; its day is that of the edition it was drafted with, for equal bytes."""
    plans = draft.tables["plans"]
    document = draft.tables["documents"][0]["document_id"]
    created = datetime.datetime.fromisoformat(str(known.descriptor["created"]).replace("Z", "+00:00"))
    titles = "、".join(plan["title_zh"] for plan in plans)
    return {
        DRAFT: True,
        "name": f"{document}-draft",
        "title": f"Draft of {document}",
        "title_zh": f"{titles}（草稿）",
        "description": "Drafted by plandata from the text of the document; not yet judged by a person.",
        "description_zh": "由 plandata 依据原文起草，尚未经人判断。",
        "version": VERSION,
        "created": created,
        "keywords": ["draft"],
        "contributors": [{"title": "plandata draft", "roles": ["tool"]}],
        "licenses": known.descriptor["licenses"],
    }


def yaml_text(content: Mapping[str, Any]) -> str:
    import yaml

    text: str = yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False)
    return text


class RefusedError(PackageError):
    """A draft that is not taken over; reasons has a line for each thing that stands against it."""

    def __init__(self, draft: Path, reasons: list[str]) -> None:
        more = f"and {len(reasons) - TOLD:,} more" if len(reasons) > TOLD else ""
        self.reasons = [*reasons[:TOLD], *([more] if more else [])]
        super().__init__(f"{draft}: not taken over, nothing was changed")


def adopt(draft: Path, into: Path, sources: Path | None = None) -> dict[str, int]:
    """Takes the rows of a judged draft over into a package, all of them or none; how many each table got.

    Rows that the package already has, cell for cell, are left as they are. With sources the rows are proven against
    the texts as well. Afterwards the package is in canonical form, and validate finds nothing that it did not before.

    Raises RefusedError, with a line for each doubt that is open, each id that means something else in the package, and
    each finding that the rows would bring; PackageError where one of the two cannot be read.
    """
    drafted, package = Folder(draft), Folder(into)
    if not drafted.is_draft:
        raise PackageError(f"{draft}: is no draft; name the folder that plandata draft wrote")
    metadata(into)
    open_doubts = [str(doubt) for doubt in read_doubts(draft) if doubt.is_open]
    merged, clashes, added = merge(drafted, package)
    if open_doubts or clashes:
        raise RefusedError(draft, [*open_doubts, *clashes])
    if not any(added.values()):
        raise RefusedError(draft, ["every row stands in the package already"])
    before = {path: fmt.digest_in(into, path) for path in held(into, package.schemas)}
    with tempfile.TemporaryDirectory() as name:
        stage = Path(name)
        staged(into, stage, before, {f"data/{table}.csv": table_csv(rows) for table, rows in merged.items()})
        fmt.renew(stage)
        reasons = list(new_findings(package, Folder(stage)))
        if sources is not None:
            reasons += unproven(stage, drafted, sources)
        if reasons:
            raise RefusedError(draft, reasons)
        take_over(stage, into, before)
    return added


def merge(draft: Folder, package: Folder) -> tuple[dict[str, pl.DataFrame], list[str], dict[str, int]]:
    """The tables of a package with the rows of a draft, the ids that clash, and how many rows each table gets."""
    merged, clashes, added = {}, [], {}
    for name, table in package.schemas.tables.items():
        own = package.text(name).drop(ROW)
        rows = draft.text(name).drop(ROW) if name in draft.paths else own.clear()
        if rows.columns != own.columns:
            raise PackageError(f"{draft.root}: {name} has other columns than {package.root}; draft it anew")
        held_rows = set(own.iter_rows())
        fresh = [row for row in rows.iter_rows() if row not in held_rows]
        keys = {tuple(row) for row in own.select(table.key).iter_rows()}
        places = [rows.columns.index(column) for column in table.key]
        for row in fresh:
            if tuple(row[place] for place in places) in keys:
                shown = "/".join(row[place] or "" for place in places)
                clashes.append(
                    f"data/{name}.csv: {shown} is another row in {package.root}; give it another id, or drop it"
                )
        added[name] = len(fresh)
        merged[name] = ordered(pl.concat([own, pl.DataFrame(fresh, schema=own.schema, orient="row")]), table)
    return merged, clashes, {name: count for name, count in added.items() if count}


def held(root: Path, schemas: Schemas) -> list[str]:
    """The files of a package that are read or renewed when rows are taken over."""
    own = [f"{FOLDER}/{path.name}" for path in sorted((root / FOLDER).glob("*.yaml"))]
    named = [*BESIDE, DESCRIPTOR, *fmt.DERIVED, *own, *(f"data/{name}.csv" for name in schemas.tables)]
    return [path for path in dict.fromkeys(named) if inside(root, path).is_file()]


def staged(root: Path, stage: Path, paths: Mapping[str, str], tables: Mapping[str, bytes]) -> None:
    """A copy of a package in a folder of its own, with other tables."""
    for path in paths:
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        (stage / path).write_bytes(tables.get(path) or read_file(inside(root, path), TABLE_BYTES))
    for folder in {str(Path(path).parent) for path in fmt.DERIVED}:
        if inside(root, folder).is_dir():
            (stage / folder).mkdir(parents=True, exist_ok=True)


def new_findings(package: Folder, merged: Folder) -> Iterator[str]:
    """The errors that validate finds in the merged tables and did not find in the package, a line each.

    A warning, such as of tables that a draft does not fill, keeps no plan out.
    """

    def same(found: Finding) -> tuple[str, str, str, str, str]:
        return found.rule, found.table, found.row, found.column, found.value

    before = Counter(map(same, validate(package).findings))
    for found in (found for found in validate(merged).findings if found.severity == "error"):
        if before[same(found)]:
            before[same(found)] -= 1
        else:
            # The line is that of the merged table, which nobody can open.
            yield one(replace(found, line=0))


def unproven(stage: Path, drafted: Folder, sources: Path) -> list[str]:
    """What the texts do not bear out of the drafted plans, a line each; that a text is not there is told as well.

    Where the texts of all plans are there, the record of their verification is renewed in the stage.
    """
    proofs = verify(Folder(stage), sources)
    own = set(drafted["plans"]["plan_id"].to_list())
    if not any(gap.check == "document" for proof in proofs for gap in proof.gaps):
        fmt.renew(stage, sources)
    gaps = [(proof.plan, gap) for proof in proofs if proof.plan in own for gap in proof.gaps]
    return [f"{gap.item or plan}: {gap.check}: {gap.detail}" for plan, gap in gaps]


def take_over(stage: Path, root: Path, before: Mapping[str, str]) -> None:
    """Writes the files of a stage that differ into the package, unless somebody saved one of them meanwhile."""
    made = {path.relative_to(stage).as_posix(): path.read_bytes() for path in stage.rglob("*") if path.is_file()}
    changed = {path: content for path, content in made.items() if fmt.digest_of(content) != before.get(path, "")}
    guards = {
        path: partial(fmt.unchanged, root, path, before.get(path, ""), content) for path, content in changed.items()
    }
    for guard in guards.values():
        guard()
    for path, content in changed.items():
        write_whole(inside(root, path), content, guards[path])

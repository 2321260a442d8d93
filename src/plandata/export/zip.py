"""One zip archive of the data package as it is, with the tables made from it; the same data makes the same bytes.

Nothing in it is compressed: the bytes of a compressed archive depend on the library that made them.
"""

import io
import zipfile
from pathlib import PurePosixPath

from plandata.files import PackageError, csv_text, unsafe_name
from plandata.package.about import CITATION
from plandata.package.folder import DESCRIPTOR, LICENCE, METADATA, Folder
from plandata.read.flat import derived
from plandata.schema import FOLDER
from plandata.text import Text

TITLE = Text("Data package: all tables as CSV, schemas, licence", "数据包：全部CSV表、结构定义与许可")
BESIDE = (METADATA, LICENCE, CITATION)


def files(package: Folder) -> dict[str, bytes]:
    """One archive, named as the dataset with its version, holding one folder of the dataset's name."""
    named = f"{package.stated('name')}-{package.stated('version')}"
    return {f"{named}.zip": archive(named, content(package), package.stated("created"))}


def content(package: Folder) -> dict[str, bytes]:
    """The files of the archive: descriptor, tables, schemas, derived tables, licence, citation, as far as there are."""
    schemas = [f"{FOLDER}/{path.name}" for path in sorted(package.schemas.folder.glob("*.yaml"))]
    paths = [DESCRIPTOR, *package.paths.values(), *schemas, *BESIDE]
    held = {path: read for path in paths if (read := package.beside(path)) is not None}
    made = {f"{table.name}.csv": csv_text(frame.columns, frame.iter_rows()) for table, frame in derived(package)}
    return held | {path: text.encode("utf-8") for path, text in made.items()}


def archive(folder: str, held: dict[str, bytes], created: str) -> bytes:
    """Files as a zip archive, in the order of their names, all of one date (an ISO date and time).

    Raises PackageError for a name that would lead out of the folder into which somebody unpacks it.
    """
    year, month, day = (int(part) for part in created[:10].split("-"))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as file:
        for path in sorted(held):
            name = str(PurePosixPath(folder, path))
            if unsafe_name(path) or unsafe_name(name):
                raise PackageError(f"{name}: {unsafe_name(path) or unsafe_name(name)}; no archive was made")
            entry = zipfile.ZipInfo(name, (year, month, day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            file.writestr(entry, held[path])
    return made.getvalue()

"""One zip archive of the data package as it is, with the flat table beside it; the same data makes the same bytes.

Nothing in it is compressed: the bytes of a compressed archive depend on the library that made them.
"""

import io
import zipfile
from pathlib import PurePosixPath

from plandata.export.plain_csv import plain_csv
from plandata.flat import flat
from plandata.package import DESCRIPTOR, Package

BESIDE = ("LICENSE-DATA", "CITATION.cff")


def files(package: Package) -> dict[str, bytes]:
    """One archive, named as the dataset with its version, holding one folder of the dataset's name."""
    name, version = package.descriptor["name"], package.descriptor["version"]
    return {f"{name}-{version}.zip": archive(f"{name}-{version}", content(package), package.descriptor["created"])}


def content(package: Package) -> dict[str, bytes]:
    """The files of the archive: descriptor, tables, the flat table, licence and citation where the package has them."""
    paths = [DESCRIPTOR, *package.paths.values(), *BESIDE]
    held = {path: (package.root / path).read_bytes() for path in paths if (package.root / path).is_file()}
    return held | {"flat.csv": plain_csv(flat(package))}


def archive(folder: str, held: dict[str, bytes], created: str) -> bytes:
    """Files as a zip archive, in the order of their names, all of one date (an ISO date and time)."""
    year, month, day = (int(part) for part in created[:10].split("-"))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as file:
        for path in sorted(held):
            entry = zipfile.ZipInfo(str(PurePosixPath(folder, path)), (year, month, day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            file.writestr(entry, held[path])
    return made.getvalue()

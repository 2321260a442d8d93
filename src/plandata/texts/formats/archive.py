"""The parts of a document that is a zip archive of XML (docx, ofd), read without trusting what the archive says."""

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from plandata.files import MIB, PackageError

# A plan has 0.1 MB of XML in 20 parts; a gazette of a year with all its pictures stays below these.
PART_BYTES, ALL_BYTES, ENTRIES = 64 * MIB, 256 * MIB, 10_000
# XML of a table that repeats itself shrinks to a 100th; beyond this a part was made to swell.
RATIO, RATIO_FROM = 300, MIB
# The first bytes of an archive, and of one without parts.
MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
DAMAGED = "is a damaged zip archive; ask for the file again"


def part_names(content: bytes) -> list[str]:
    """The names of the parts of an archive. Raises PackageError as unpack does."""
    with open_archive(content) as archive:
        return archive.namelist()


def unpack(content: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The parts of an archive whose name is wanted, by their names; nothing is written to disk.

    Raises PackageError, without the name of the file, for what is no whole archive, for one that is locked, for a name
    that leads out of it, and for one that unpacks to more than a document has.
    """
    with open_archive(content) as archive:
        parts: dict[str, bytes] = {}
        room = ALL_BYTES
        for entry in archive.infolist():
            if wanted(entry.filename) and not entry.is_dir():
                parts[entry.filename] = read_part(archive, entry, min(PART_BYTES, room))
                room -= len(parts[entry.filename])
    return parts


def open_archive(content: bytes) -> zipfile.ZipFile:
    """An archive whose list of parts is fit to be read."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OverflowError):
        raise PackageError(DAMAGED) from None
    entries = archive.infolist()
    if len(entries) > ENTRIES:
        raise PackageError(f"is a zip archive of more than {ENTRIES:,} parts, no document; ask for the file again")
    for entry in entries:
        pure = PurePosixPath(entry.orig_filename.replace("\\", "/"))
        if pure.is_absolute() or ".." in pure.parts or ":" in entry.orig_filename:
            raise PackageError(
                f"holds a part named {entry.orig_filename[:60]!r}, which leads out of the archive; do not open it"
            )
        if entry.flag_bits & 1:
            raise PackageError("is locked with a password; ask for the file without one")
    return archive


def read_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """A part, of which no more than limit is unpacked, whatever its size is said to be."""
    try:
        with archive.open(entry) as part:
            content = part.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise PackageError(DAMAGED) from None
    swollen = len(content) > RATIO_FROM and len(content) > RATIO * max(entry.compress_size, 1)
    if len(content) > limit or swollen:
        raise PackageError("unpacks to far more than a document has; do not open it, ask for the file again")
    return content


def read_xml(content: bytes) -> Any:
    """The root element of a part. Raises PackageError for what is no XML, or has a DOCTYPE; ImportError for no lxml."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise PackageError("holds XML that is damaged or nested too deeply; ask for the file again") from None
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise PackageError("holds XML with a DOCTYPE, which no such document has; do not open it")
    return root

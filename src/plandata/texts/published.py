"""The files of a folder that hold the documents of a package, found by content: whatever their format and names.

A document is told by the fingerprint of its whole text, or, where that differs (another format, another web page around
it), by the fingerprints of its items.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from plandata.files import PackageError
from plandata.text import fingerprint
from plandata.texts import formats
from plandata.texts.segment import Plan, read_plans

# Of the items of a document so many must stand in a file that is taken for it.
ALIKE = 0.5


@dataclass
class Source:
    """A file as it was read: its document, all of its text, and its plans."""

    path: Path
    document: formats.Document

    @cached_property
    def text(self) -> str:
        return formats.text_of(self.document)

    @cached_property
    def sha256(self) -> str:
        return fingerprint(self.text)

    @cached_property
    def plans(self) -> list[Plan]:
        return read_plans(self.document)

    @cached_property
    def items(self) -> set[str]:
        """The fingerprints of its items."""
        return {item.sha256 for plan in self.plans for item in plan.items}


def sources_in(folder: Path) -> tuple[list[Source], list[str]]:
    """The files of a folder that can be read, and for each other why it was not.

    Raises PackageError where the folder cannot be read; a file that is no text (a scan) is no reason to stop.
    """
    if not folder.is_dir():
        raise PackageError(f"{folder}: is no folder; name the one that holds the texts of the documents")
    read, unread = [], []
    for path in sorted(folder.iterdir()):
        if not path.is_dir():
            try:
                read.append(Source(path, formats.read(path)))
            except PackageError as error:
                unread.append(str(error))
    return read, unread


def found(sources: Iterable[Source], documents: Mapping[str, str], items: Mapping[str, set[str]]) -> dict[str, Source]:
    """The source of each document: documents are their fingerprints by id, items the fingerprints of their items.

    Documents that no fingerprint finds are looked for by their items among the sources that are left.
    """
    by_text = {source.sha256: source for source in sources}
    told = {document: by_text[sha] for document, sha in documents.items() if sha in by_text}
    left = [source for source in by_text.values() if source not in told.values()]
    for document in documents:
        own = items.get(document, set())
        if document not in told and own:
            best = max(left, key=lambda source: len(source.items & own), default=None)
            if best is not None and len(best.items & own) >= ALIKE * len(own):
                told[document] = best
    return told

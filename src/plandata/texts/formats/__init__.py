"""The door to texts in files: plain text, web pages, Word, PDF and OFD, all read into the same lines.

A format is one module here and one line in FORMATS. What a file is, its content says; its ending must agree.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from plandata.files import MIB, PackageError, installing, read_file
from plandata.texts.formats import archive, docx, html, ofd, pdf, txt
from plandata.texts.formats.document import Document, Line, Place
from plandata.texts.formats.furniture import among_lines

__all__ = ["FORMATS", "Document", "Line", "Place", "kind_of", "read", "text_of"]

# A plan with a hundred pages of pictures has 20 MB.
FILE_BYTES = 64 * MIB
OCR = "is a picture; have it recognised (OCR), or ask for the file with text"
OLD_WORD = "is a document of Word before 2007 (.doc) or of another old program; save it as .docx"
# What people send instead, by the first bytes.
OLD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRANGERS = (
    (OLD_FILE, OLD_WORD),
    (b"{\\rtf", "is a rich text (RTF); save it as .docx"),
    (b"\x89PNG", OCR),
    (b"\xff\xd8\xff", OCR),
    (b"GIF8", OCR),
    (b"II*\x00", OCR),
    (b"MM\x00*", OCR),
    (b"Rar!", "is an archive; unpack it and name the document in it"),
    (b"7z\xbc\xaf\x27\x1c", "is an archive; unpack it and name the document in it"),
    (b"\x1f\x8b", "is an archive; unpack it and name the document in it"),
    (b"MIME-Version:", "is a web archive; save it as .docx or as a web page (.html)"),
)
# What lies in archives that are none of ours.
PACKED = (
    ("xl/workbook.xml", "is an Excel workbook; save the plan as .docx, .pdf or .txt"),
    ("ppt/presentation.xml", "is a PowerPoint presentation; save the plan as .docx, .pdf or .txt"),
    ("content.xml", "is an OpenDocument file; save it as .docx"),
)
NO_DOCUMENT = "is a zip archive, but no document; unpack it and name the document in it"
# Formats whose lines may be those of the pages of another file.
PAGELESS = ("html", "docx")
UNPRINTABLE = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
NO_TEXT = "is no text in UTF-8, UTF-16 or GB 18030, nor a docx, pdf or ofd file; save it as one of them"


@dataclass(frozen=True)
class Format:
    """A format: the endings that its files may have, its name in messages, what tells it, and what reads it.

    looks is asked with the bytes, the names of the parts where they are an archive, and the ending; the first format
    that says yes is it.
    """

    endings: tuple[str, ...]
    title: str
    looks: Callable[[bytes, Sequence[str], str], bool]
    read: Callable[[bytes, int], Document]


FORMATS = {
    "docx": Format(("docx", "docm", "dotx", "dotm"), "a Word document", docx.looks, docx.read),
    "ofd": Format(("ofd",), "an OFD file", ofd.looks, ofd.read),
    "pdf": Format(("pdf",), "a PDF", pdf.looks, pdf.read),
    "html": Format(html.ENDINGS, "a web page", html.looks, html.read),
    "txt": Format(("txt", "text"), "plain text", txt.looks, txt.read),
}


def read(*paths: Path) -> Document:
    """The lines of a document, of which several files are read one after another.

    Raises PackageError, one line that names the file, what is wrong and what to do: for a file that is not there, is
    larger than FILE_BYTES, empty, damaged, locked, made to hurt, of no format of FORMATS, of another one than its
    ending says, without text, or whose format needs a library that is not installed.

    For example `read(Path("plan-1.docx"), Path("plan-2.docx")).lines`.
    """
    if not paths:
        raise PackageError("no file of a document is named; name one or several")
    document = read_one(Path(paths[0]), 1)
    for number, path in enumerate(paths[1:], 2):
        more = read_one(Path(path), number)
        before = max(line.place.paragraph for line in [*document.lines, *document.furniture])
        document.lines += [counted_on(line, before) for line in more.lines]
        document.furniture += [counted_on(line, before) for line in more.furniture]
    return document


def counted_on(line: Line, before: int) -> Line:
    """A line of a further file, its paragraph counted on from those of the files before."""
    return replace(line, place=replace(line.place, paragraph=before + line.place.paragraph))


def text_of(document: Document) -> str:
    """All text of a document in the order of its places, furniture too: what its fingerprint is made of.

    For a plain text it has the same normal form as the file.
    """
    lines = [*document.lines, *document.furniture]
    ordered = sorted(lines, key=lambda line: (line.place.file, line.place.page, line.place.paragraph))
    return "\n".join(line.text for line in ordered)


def read_one(path: Path, number: int) -> Document:
    """The lines of one file; whatever goes wrong in reading it is told in one line that names it."""
    try:
        content = read_file(path, FILE_BYTES)
    except OSError as error:
        raise PackageError(f"{path}: cannot be read ({error.strerror or error}); name a file that is there") from None
    try:
        kind = kind_of(content, path.suffix.lower().lstrip("."))
        document = FORMATS[kind].read(content, number)
        if not document.lines:
            raise PackageError("holds no text; ask for the file with text")
        document = replace(document, lines=[clean(line) for line in document.lines])
        return without_furniture(document) if kind in PAGELESS else document
    except PackageError as error:
        raise PackageError(f"{path}: {error}") from None
    except ImportError as error:
        raise PackageError(
            f"{path}: needs {error.name or 'a library'}, which is not installed: {installing('draft')}"
        ) from None
    except RecursionError:
        raise PackageError(f"{path}: is nested too deeply; save it anew, or ask for the file again") from None
    # What the libraries raise on damaged files has no common name; a traceback would help nobody.
    except Exception as error:
        raise PackageError(f"{path}: is damaged ({type(error).__name__}); ask for the file again") from None


def kind_of(content: bytes, ending: str) -> str:
    """The format of a file by its content; its ending decides between a text and a page without a head.

    Raises PackageError, without the name of the file, for what is none of FORMATS, and for an ending of another one.
    """
    if not content.strip():
        raise PackageError("is empty; ask for the file again")
    kind = recognised(content, ending)
    told = next((name for name, form in FORMATS.items() if ending in form.endings), kind)
    if ending == "doc" or told != kind:
        raise PackageError(
            f"ends in .{ending}, but holds {FORMATS[kind].title}; rename it to .{kind}, or ask for the right file"
        )
    return kind


def recognised(content: bytes, ending: str) -> str:
    """The format that a content has."""
    if content.startswith(OLD_FILE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise PackageError("is locked with a password; ask for the file without one")
    stranger = next((problem for magic, problem in STRANGERS if content.startswith(magic)), "")
    if stranger:
        raise PackageError(stranger)
    is_archive = content.startswith(archive.MAGICS)
    names = archive.part_names(content) if is_archive else []
    kind = next((name for name, form in FORMATS.items() if form.looks(content, names, ending)), "")
    if not kind:
        packed = next((problem for name, problem in PACKED if name in names), NO_DOCUMENT)
        raise PackageError(packed if is_archive else NO_TEXT)
    return kind


def without_furniture(document: Document) -> Document:
    """A document of a format without pages, without the numbers and headers of pages that stand among its lines."""
    loose = [line for line in document.lines if not line.place.table]
    dropped = {id(loose[i]) for i in among_lines([line.text for line in loose])}
    kept = [line for line in document.lines if id(line) not in dropped]
    return replace(document, lines=kept, furniture=document.furniture + [line for line in loose if id(line) in dropped])


def clean(line: Line) -> Line:
    """A line without what is no text in any format: zero bytes and halves of characters."""
    return replace(line, text=UNPRINTABLE.sub("", line.text)) if UNPRINTABLE.search(line.text) else line

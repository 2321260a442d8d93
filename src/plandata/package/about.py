"""What a package tells of itself, beside its tables: which properties, and of which kind each must be."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from plandata.files import PackageError, inside, read_yaml

CITATION = "CITATION.cff"
# What an author in it is named by.
AUTHOR = ("name", "family-names", "given-names")
TEXTS = ("name", "title", "title_zh", "description", "description_zh", "version")
# The pages on which the documents were published, by the ids of the documents.
PUBLISHED = "published"
# The texts that may be left out.
OPTIONAL_TEXTS = ("method", "method_zh", "homepage", "repository", "doi")
# The terms of Croissant-RAI that a package may tell under responsible_ai: each is one text, or a list of them.
RESPONSIBLE: Mapping[str, type] = {
    **dict.fromkeys(("annotationsPerItem", "dataSocialImpact", "dataReleaseMaintenancePlan"), str),
    **dict.fromkeys(
        ("dataCollectionType", "dataAnnotationPlatform", "annotatorDemographics", "machineAnnotationTools"), list
    ),
    **dict.fromkeys(("dataBiases", "dataLimitations", "dataUseCases", "personalSensitiveInformation"), list),
}
# An address of the web and a DOI without any sign that a page or a script could read as its own.
WEB = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
DOI = re.compile(r"10\.[0-9]{4,9}/[A-Za-z0-9._;()/:-]+")
# Where readers report an error: a page or a mail address; {title} and {text} in it take what they report.
FEEDBACK, FEEDBACK_ADDRESS = "feedback", re.compile(r"""(?:https://|mailto:)[^\s<>"'\\]+""")
# All that may be left out.
OPTIONAL = (*OPTIONAL_TEXTS, "responsible_ai", PUBLISHED, FEEDBACK)
# The address of a published page of a document.
HTTPS = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?(?:[/?#][^\s<>\"'\\^`{|}]*)?", re.IGNORECASE)
# The lists, and the texts that each entry of them has.
LISTS: Mapping[str, tuple[str, ...]] = {"keywords": (), "contributors": ("title",), "licenses": ("name", "path")}


def faults(about: Mapping[str, Any], documents: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """The properties of a descriptor that are not of their kind, and what each must be.

    documents are the ids that addresses of published pages may be given for; None where they are not known.

    >>> list(faults({"name": 5}))[0]
    ('name', 'must be a text')
    """
    for name in TEXTS:
        if not is_text(about.get(name)):
            yield name, "must be a text"
    for name in OPTIONAL_TEXTS:
        if about.get(name) is not None and not is_text(about[name]):
            yield name, "must be a text, or left out"
    if about.get("responsible_ai") is not None and not is_responsible(about["responsible_ai"]):
        yield "responsible_ai", f"must tell of {', '.join(RESPONSIBLE)}, in texts or lists of texts, or be left out"
    if about.get(FEEDBACK) is not None and not is_feedback(about[FEEDBACK]):
        yield FEEDBACK, "must be an address that begins with https:// or mailto:, or left out"
    if not is_day(about.get("created")):
        yield "created", "must be a day and time such as 2026-11-24T00:00:00Z"
    for name, texts in LISTS.items():
        if not is_list(about.get(name), texts):
            yield name, f"must be a list of {'objects with ' + ' and '.join(texts) if texts else 'texts'}"
    for what in unpublished(about.get(PUBLISHED), documents):
        yield PUBLISHED, what


def unpublished(told: object, documents: Collection[str] | None) -> Iterator[str]:
    """What is wrong with the addresses of the published pages; nothing where there are none.

    >>> list(unpublished({"a-2021": "http://a.org/", "b-2021": "https://a.org/1.html"}, ["a-2021"]))
    ['must give a-2021 an address that begins with https://', 'names b-2021, which is no document_id']
    """
    if told is None:
        return
    if not isinstance(told, dict):
        yield "must give addresses by document_id, or be left out"
        return
    for document, address in told.items():
        if not isinstance(address, str) or not address.isprintable() or not HTTPS.fullmatch(address):
            yield f"must give {document} an address that begins with https://"
        if documents is not None and document not in documents:
            yield f"names {document}, which is no document_id"


def address(about: Mapping[str, Any]) -> str:
    """The address at which a descriptor says that its dataset is published, with a slash at its end.

    "" where it states none, or what is no address that a page may have.

    >>> address({"homepage": "https://example.org/plans"}), address({"homepage": "javascript:x()"}), address({})
    ('https://example.org/plans/', '', '')
    """
    stated = str(about.get("homepage") or "")
    return f"{stated.rstrip('/')}/" if WEB.fullmatch(stated) else ""


def doi(about: Mapping[str, Any]) -> str:
    """The DOI that a descriptor states; "" for none."""
    stated = str(about.get("doi") or "")
    return stated if DOI.fullmatch(stated) else ""


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_responsible(value: object) -> bool:
    """Whether a value tells terms of RESPONSIBLE, each as it should be.

    >>> is_responsible({"dataBiases": ["few places"]}), is_responsible({"dataBiases": "few places"})
    (True, False)
    """
    if not isinstance(value, dict) or not value.keys() <= RESPONSIBLE.keys():
        return False
    return all(is_text(told) if RESPONSIBLE[name] is str else is_list(told, ()) for name, told in value.items())


def is_feedback(value: object) -> bool:
    """Whether a value is an address that readers can report an error to.

    >>> is_feedback("mailto:data@example.org"), is_feedback("javascript:x()")
    (True, False)
    """
    return isinstance(value, str) and value.isprintable() and bool(FEEDBACK_ADDRESS.fullmatch(value))


def is_day(value: object) -> bool:
    """Whether a value begins with a day that exists."""
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value[:10]))
    except ValueError:
        return False


def is_list(value: object, texts: tuple[str, ...]) -> bool:
    """Whether a value is a list with entries that are texts, or objects with some texts."""
    if not isinstance(value, list) or not value:
        return False
    if not texts:
        return all(map(is_text, value))
    return all(isinstance(entry, dict) and all(is_text(entry.get(name)) for name in texts) for entry in value)


def citation_file(root: Path) -> dict[str, Any]:
    """The content of CITATION.cff (Citation File Format 1.2.0) in the folder of a package.

    Raises PackageError where it is missing or no plain YAML, or lacks a title or authors with names.
    """
    path = inside(root, CITATION)
    if not path.exists():
        raise PackageError(f"{path}: not found; it names the authors and the title to cite")
    stated = read_yaml(path)
    if not isinstance(stated, dict) or not stated.get("title") or not isinstance(stated.get("authors"), list):
        raise PackageError(f"{path}: lacks title or authors")
    if not is_text(stated["title"]):
        raise PackageError(f"{path}: title must be a text")
    for n, author in enumerate(stated["authors"], start=1):
        if not isinstance(author, dict) or not author_name(author):
            raise PackageError(f"{path}: author {n} must have a name, or family-names and given-names, as texts")
    if not stated["authors"]:
        raise PackageError(f"{path}: lacks authors")
    return stated


def author_name(author: Mapping[str, Any]) -> str:
    """An author of a CITATION.cff: a group has a name, a person a family and given names; "" where none is a text."""
    name, *parts = (str(author[key]) if is_text(author.get(key)) else "" for key in AUTHOR)
    return name or ", ".join(filter(None, parts))

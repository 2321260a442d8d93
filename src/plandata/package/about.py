"""What a package tells of itself, beside its tables: which properties, and of which kind each must be."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from plandata.files import PackageError, inside, read_yaml

CITATION = "CITATION.cff"
# What an author in it is named by.
AUTHOR = ("name", "family-names", "given-names")
TEXTS = ("name", "title", "title_zh", "description", "description_zh", "version")
# What may be left out: addresses, and who coded the rows and what of them people have checked.
OPTIONAL = ("homepage", "repository", "doi", "coding", "coding_zh")
# The lists, and the texts that each entry of them has.
LISTS: Mapping[str, tuple[str, ...]] = {"keywords": (), "contributors": ("title",), "licenses": ("name", "path")}


def faults(about: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The properties of a descriptor that are not of their kind, and what each must be.

    >>> list(faults({"name": 5}))[0]
    ('name', 'must be a text')
    """
    for name in TEXTS:
        if not is_text(about.get(name)):
            yield name, "must be a text"
    for name in OPTIONAL:
        if about.get(name) is not None and not is_text(about[name]):
            yield name, "must be a text, or left out"
    if not is_day(about.get("created")):
        yield "created", "must be a day and time such as 2026-11-24T00:00:00Z"
    for name, texts in LISTS.items():
        if not is_list(about.get(name), texts):
            yield name, f"must be a list of {'objects with ' + ' and '.join(texts) if texts else 'texts'}"


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


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

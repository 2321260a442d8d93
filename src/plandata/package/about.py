"""What a package tells of itself, beside its tables: which properties, and of which kind each must be."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

TEXTS = ("name", "title", "title_zh", "description", "description_zh", "version")
ADDRESSES = ("homepage", "repository", "doi")
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
    for name in ADDRESSES:
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

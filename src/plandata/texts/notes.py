"""Reads the bracketed note at the end of a goal that names its lead and responsible units."""

import re
from typing import NamedTuple

from plandata.text import normalise

ROLES = {"牵头单位": "lead", "责任单位": "responsible"}
NOTE = re.compile(r"\((?=(?:牵头|责任)单位:)")
PART = re.compile(r"(牵头单位|责任单位):([^;]*)")
# One group in print although it holds the list sign.
GROUP = re.compile(r"成员单位、特邀单位")
SEPARATOR = re.compile(r"[、,]|(?<=[局委院联协会室])等(?=.*单位)")


class Named(NamedTuple):
    """A unit as a note names it: its role code and its name as printed (normalised)."""

    role: str
    name: str


def read_note(text: str) -> list[Named]:
    """The units that an item's note names, in print order; empty without a note.

    A bracket that never closes ends with the text. What a page break printed twice is read once.

    >>> [tuple(named) for named in read_note("贫血率下降。(牵头单位:县卫健局;责任单位:县妇联、残联")]
    [('lead', '县卫健局'), ('responsible', '县妇联'), ('responsible', '残联')]
    """
    clean = normalise(text)
    start = NOTE.search(clean)
    if not start:
        return []
    return [Named(ROLES[part[1]], name) for part in PART.finditer(clean[start.end() :]) for name in names(part[2])]


def names(listed: str) -> list[str]:
    """The names of one list, its groups whole.

    >>> names("市检察院、市司法局等市妇儿工委有关成员单位、特邀单位)")
    ['市检察院', '市司法局', '市妇儿工委有关成员单位、特邀单位']
    """
    listed_names: list[str] = []
    for piece in listed.rstrip(")").split(")"):
        whole = GROUP.sub(lambda m: m[0].replace("、", "\0"), piece)
        cut = [name.replace("\0", "、") for name in SEPARATOR.split(whole) if name]
        repeated = bool(listed_names and cut and listed_names[-1].endswith(cut[0]))
        listed_names += cut[1:] if repeated else cut
    return listed_names


def starts_note(text: str) -> bool:
    """Whether a paragraph is a note of bodies by itself."""
    return bool(re.match(r"[(\[【〔]?(?:牵头|主责|责任|负责|配合|协办|参与)(?:单位|部门)?[】]?:", text))

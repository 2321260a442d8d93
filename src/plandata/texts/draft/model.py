"""What a draft is: the drafted tables, what is doubted in them, and the text that they were drafted from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plandata.texts.draft.doubt import Doubt
from plandata.texts.formats.document import Document

Row = dict[str, str]


@dataclass(frozen=True)
class Block:
    """A part of the text and what was made of it: role is title, heading, goal, measure, table, note, furniture or "".

    row is the id of the goal, measure, domain or plan that it became, "" for none; place is where it stands in the
    file, for people ("page 3, paragraph 41"). A block without a role is unclaimed: nothing was drafted from it.
    """

    text: str
    place: str
    role: str = ""
    row: str = ""


@dataclass
class Draft:
    """The tables of a drafted package by their names, the doubts, and the whole text in its order.

    digest is the SHA-256 of the file's own text in its normal form.
    """

    tables: Mapping[str, list[Row]]
    doubts: list[Doubt]
    blocks: list[Block]
    document: Document
    digest: str = ""
    notes: list[str] = field(default_factory=list)

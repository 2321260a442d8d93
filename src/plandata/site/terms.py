"""Terms that a page explains where they stand first: coded values, with the definitions that their lists give."""

from dataclasses import dataclass, field

from markupsafe import Markup, escape

from plandata.words import Words


@dataclass
class Explained:
    """The terms of one page: each is explained once, at its first occurrence, and plain text after it."""

    say: Words
    told: set[tuple[str, str]] = field(default_factory=set)

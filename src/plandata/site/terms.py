"""Terms that a page explains where they stand first: coded values, with the definitions that their lists give, and what
tables and columns hold, as their schemas describe it.

A definition opens over the page when its word is pointed at, reached by the keyboard, or tapped, and is read out with
it. Nothing of it needs a script but that it also opens without a click (docs/assets/pictures.js).
"""

from dataclasses import dataclass, field

from markupsafe import Markup

from plandata.schema import Schemas
from plandata.text import Text, inert
from plandata.words import Words

TERM = (
    '<button type="button" class="pd-term" popovertarget="{id}" aria-describedby="{id}">{label}</button>'
    '<span class="pd-meaning" role="tooltip" id="{id}" popover>{meaning}</span>'
)


@dataclass
class Explained:
    """The terms of one page, which a template calls as `term`: each is explained once, and is plain text after that."""

    schemas: Schemas
    say: Words
    told: set[str] = field(default_factory=set)

    def __call__(self, codes: str, code: str | None) -> Markup:
        """The label of a code of a list, with its definition where it stands first."""
        entry = self.schemas.codes.get(codes, {}).get(code or "")
        label = self.say.label(codes, code)
        return self.explained(f"{codes}.{code}", label, entry.definition) if entry else Markup(inert(label))  # noqa: S704 - inert

    def column(self, table: str, column: str, label: str) -> Markup:
        """A word for a column of a table, with what the column holds. Raises KeyError where the table has none such."""
        return self.explained(f"{table}.{column}", label, self.schemas.tables[table].field(column).description)

    def table(self, name: str, label: str) -> Markup:
        """A word for the rows of a table, with what a row is. Raises KeyError for none of the tables."""
        return self.explained(name, label, self.schemas.tables[name].description)

    def explained(self, key: str, label: str, meaning: Text) -> Markup:
        """A word with its meaning where it stands first; key is what is told only once."""
        if key in self.told:
            return Markup(inert(label))  # noqa: S704 - inert
        self.told.add(key)
        values = {"id": inert(f"term.{key}"), "label": inert(label), "meaning": inert(self.say(meaning))}
        return Markup(TERM.format(**values))  # noqa: S704 - inert

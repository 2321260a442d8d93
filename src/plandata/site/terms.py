"""Terms that a page explains where they stand first: coded values, with the definitions that their lists give.

A definition opens over the page when its word is pointed at, reached by the keyboard, or tapped, and is read out with
it. Nothing of it needs a script but that it also opens without a click (docs/assets/pictures.js).
"""

from dataclasses import dataclass, field

from markupsafe import Markup

from plandata.schema import CodeLists
from plandata.text import inert
from plandata.words import Words

TERM = (
    '<button type="button" class="pd-term" popovertarget="{id}" aria-describedby="{id}">{label}</button>'
    '<span class="pd-meaning" role="tooltip" id="{id}" popover>{meaning}</span>'
)


@dataclass
class Explained:
    """The terms of one page, which a template calls as `term`: each is explained once, and is plain text after that.

    codes are the lists of the package.
    """

    codes: CodeLists
    say: Words
    told: set[tuple[str, str]] = field(default_factory=set)

    def __call__(self, codes: str, code: str | None) -> Markup:
        """The label of a code of a list, with its definition where it stands first."""
        label = inert(self.say.label(codes, code))
        entry = self.codes.get(codes, {}).get(code or "")
        if entry is None or (codes, entry.code) in self.told:
            return Markup(label)  # noqa: S704 - inert
        self.told.add((codes, entry.code))
        values = {
            "id": inert(f"term.{codes}.{entry.code}"),
            "label": label,
            "meaning": inert(self.say(entry.definition)),
        }
        return Markup(TERM.format(**values))  # noqa: S704 - inert

"""A text for a paper: templates that speak both languages and fill in numbers, which are never written in them.

The texts are Markdown without HTML. What comes from data is inert in it; what an author must still tell stands as an
open field, and is kept for the list at the end.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from plandata.paper.references import References, entry, ranges
from plandata.text import MARKDOWN, Text, inert
from plandata.words import Words

TEMPLATES = Path(__file__).parent / "templates"
OPEN = Text("[to be filled by the authors: {what}]", "[待作者填写：{what}]")
CITED, DASH = Text(" \\[{numbers}\\]", "\\[{numbers}\\]"), Text("–", "-")
TABLE, FIGURE = Text("Table {n}", "表{n}"), Text("Figure {n}", "图{n}")
EMPTY, NAMED = "–", re.compile(r"\{(\w+)\}")
# Beside full-width punctuation stands no space, and between blocks one empty line.
STRAY_SPACE, BLANK_LINES = re.compile(" +(?=[，。；：、（）])|(?<=[，。；：、（）]) +"), re.compile("\n{3,}")


class Page:
    """A text in the making: what it has cited, numbered and left open so far.

    values are what every sentence may name in {braces}: phrases such as "5 places".
    """

    def __init__(self, say: Words, references: References, values: Mapping[str, object]) -> None:
        self.say, self.references, self.values = say, references, values
        self.open: list[str] = []
        self.numbers: dict[str, dict[str, int]] = {"table": {}, "figure": {}}

    def render(self, template: str, **more: object) -> str:
        """The text of a template."""
        own: dict[str, object] = {"t": self.text, "cite": self.cite, "open": self.ask, "told": self.told}
        own |= {"table": lambda name: self.number("table", TABLE, name), "grid": grid, "say": self.say}
        own |= {"figure": lambda name: self.number("figure", FIGURE, name), "references": self.listed}
        text = environment().get_template(template).render({**self.values, **own, **more})
        lines = (STRAY_SPACE.sub("", line).rstrip() for line in text.strip().splitlines())
        return BLANK_LINES.sub("\n\n", "\n".join(lines)) + "\n"

    def text(self, en: str, zh: str, **more: object) -> Markup:
        """A sentence in the language of the text, with its values."""
        wording, values = Text(en, zh)[self.say.lang], {**self.values, **more}
        named = {name: shown(values[name]) for name in NAMED.findall(wording)}
        return Markup(wording.format_map(named))  # noqa: S704 - values are inert

    def cite(self, *names: str) -> Markup:
        """The numbers of references, as they stand in the text."""
        told = ranges([self.references.number(name) for name in names], self.say(DASH))
        return Markup(self.say(CITED, numbers=told))  # noqa: S704 - numbers

    def ask(self, en: str, zh: str, **more: object) -> Markup:
        """An open field, which is kept: only the authors know what belongs there."""
        what = self.text(en, zh, **more)
        if str(what) not in self.open:
            self.open.append(str(what))
        return Markup(f"**{OPEN[self.say.lang].format(what=what)}**")  # noqa: S704 - what is inert

    def told(self, text: Text | None, en: str, zh: str) -> Markup:
        """What the authors tell, else an open field for it."""
        return Markup(shown(text[self.say.lang])) if text else self.ask(en, zh)  # noqa: S704 - inert

    def number(self, kind: str, form: Text, name: str) -> Markup:
        """What a table or a figure is called: its number is given at its first mention."""
        known = self.numbers[kind]
        return Markup(form[self.say.lang].format(n=known.setdefault(name, len(known) + 1)))  # noqa: S704 - a number

    def listed(self) -> Markup:
        """The references that were cited, as a numbered list."""
        lines = (f"{n}. {entry(item, self.say.lang)}" for n, item in enumerate(self.references.cited(), start=1))
        return Markup("\n".join(lines))  # noqa: S704 - entries are inert


@cache
def environment() -> Environment:
    """The templates; a value is inert in Markdown, and a misspelt one is an error."""
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, undefined=StrictUndefined, finalize=shown, autoescape=False)  # noqa: S701 - no HTML


def shown(value: object) -> str:
    r"""What a text shows of a value: our own Markdown as it is, numbers with separators, texts inert.

    >>> shown(1028), shown("a|b\nc"), shown(Markup("*a*"))
    ('1,028', 'a&#124;b&#92;nc', '*a*')
    """
    if isinstance(value, Markup):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return inert(str(value), MARKDOWN)


def grid(head: Iterable[object], rows: Iterable[Iterable[object]], right: Iterable[int] = ()) -> Markup:
    """A table as Markdown; right names the columns of numbers, and an empty cell has a dash.

    >>> print(grid(["a", "b"], [["x|y", 1]], right=[1]))
    | a | b |
    | --- | ---: |
    | x&#124;y | 1 |
    """
    columns, numbers = list(head), set(right)
    rule = ["---:" if i in numbers else "---" for i in range(len(columns))]
    lines = [map(shown, columns), rule, *([shown(cell) or EMPTY for cell in row] for row in rows)]
    return Markup("\n".join(f"| {' | '.join(line)} |" for line in lines))  # noqa: S704 - cells are inert

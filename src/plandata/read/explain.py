"""What `plandata explain` and the rules page of the site say of a rule, and the reference pages of all codes."""

import difflib
from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

import polars as pl

from plandata.finding import Example, Rule
from plandata.schema import Code
from plandata.tables import Tables
from plandata.text import MARKDOWN, Text, inert
from plandata.words import COLON, COMMA, Words

WHERE, WHY, MEND = Text("Where", "范围"), Text("Why", "理由"), Text("Mend", "改法")
BAD, GOOD = Text("Bad", "错例"), Text("Good", "正例")
EMPTY = "(empty)"
CODES_TITLE = Text("Codes", "代码")
CODES_INTRO = Text(
    "Every code, its definition and the first row that uses it, from `schemas/codes.yaml` and the data.",
    "每个代码的定义，以及最先使用它的数据行。由 `schemas/codes.yaml` 与数据生成。",
)
CODES_HEAD = Text("| code | label | definition | example |", "| 代码 | 标签 | 定义 | 例子 |")
CODES_OF = Text("Column {column} of {tables}.", "用于 {tables} 的 {column} 列。")
UNUSED = Text("No column of this package names it.", "本数据包没有引用它的列。")


class Part(NamedTuple):
    """One thing that is told of a rule: what it is, and the text."""

    title: Text
    text: Text


def parts(rule: Rule) -> list[Part]:
    """All that is told of a rule below what must hold."""
    prose = rule.prose
    where = [Part(WHERE, both(", ".join(filter(None, (*rule.tables, rule.column)))))] if rule.tables else []
    examples = [Part(title, both(example_text(own))) for title, own in ((BAD, prose.bad), (GOOD, prose.good))]
    return [*where, Part(WHY, prose.why), Part(MEND, prose.mend), *examples]


def both(text: str) -> Text:
    return Text(text, text)


def explained(rule: Rule, lang: str) -> str:
    """A rule in full, as lines of text.

    >>> from plandata.rules import RULES
    >>> print(explained(RULES["code_is_known"], "en").splitlines()[0])
    code_is_known: A coded cell holds one of the codes of its list.
    """
    lines = [f"{rule.id}: {rule.prose.must[lang]}"]
    return "\n".join(lines + [f"{part.title[lang]}{COLON[lang]}{part.text[lang]}" for part in parts(rule)])


def example_text(example: Example) -> str:
    """An example as one line.

    >>> example_text({"targets": {"value": "120", "unit_of_measure": "percent"}})
    'targets: value=120, unit_of_measure=percent'
    """
    if isinstance(example, str):
        return example
    return "; ".join(
        f"{table}: " + ", ".join(f"{column}={cell or EMPTY}" for column, cell in cells.items())
        for table, cells in example.items()
    )


def listing(rules: Iterable[Rule], lang: str) -> str:
    """All rules, a line each, by group."""
    lines, group = [], ""
    for rule in rules:
        if rule.group != group:
            group = rule.group
            lines += ["", f"[{group}]"]
        lines.append(f"{rule.id}: {rule.prose.must[lang]}")
    return "\n".join(lines).lstrip()


def near(name: str, rules: Mapping[str, Rule]) -> list[str]:
    """The ids of rules that look like a name.

    >>> from plandata.rules import RULES
    >>> near("percent_within_100", RULES)[0]
    'percent_is_within_100'
    """
    close = difflib.get_close_matches(name, rules, n=3, cutoff=0.5)
    return close or [rule for rule in rules if name in rule][:3]


def codes_page(t: Tables, lang: str) -> str:
    """The page of all codes in one language, each with its definition and the first row that uses it, as Markdown."""
    say = Words(t.schemas.labels, lang)
    sections = [codes_section(t, name, codes, say) for name, codes in t.schemas.codes.items()]
    return "\n\n".join([f"# {say(CODES_TITLE)}", say(CODES_INTRO), *sections]) + "\n"


def codes_section(t: Tables, name: str, codes: Mapping[str, Code], say: Words) -> str:
    used = columns_of(t, name)
    tables = say(COMMA).join(f"`{table}`" for table, _ in used)
    named = say(COMMA).join(f"`{column}`" for column in dict.fromkeys(column for _, column in used))
    about = say(CODES_OF, column=named, tables=tables) if used else say(UNUSED)
    rows = map(partial(code_row, t, used, say), codes.values())
    return "\n".join([f"## {name}", "", about, "", say(CODES_HEAD), "|---|---|---|---|", *rows])


def code_row(t: Tables, used: list[tuple[str, str]], say: Words, code: Code) -> str:
    example = first_use(t, used, code.code)
    told = [inert(say(text), MARKDOWN) for text in (code.label, code.definition)]
    return f"| `{code.code}` | {' | '.join(told)} | {quoted(example)} |"


def quoted(text: str) -> str:
    """A text as code in Markdown; one with signs that would end the code, or a row of a table, as HTML.

    >>> quoted("a-2021.g01"), quoted("a`|")
    ('`a-2021.g01`', '<code>a&#96;&#124;</code>')
    """
    shown = inert(text)
    return "" if not text else f"`{text}`" if shown == text else f"<code>{shown}</code>"


def columns_of(t: Tables, codes: str) -> list[tuple[str, str]]:
    """The (table, column) pairs that take their values from a code list; targets first, as they teach most."""
    pairs = [(table.name, f.name) for table in t.schemas.tables.values() for f in table.fields if f.codes == codes]
    return sorted(pairs, key=lambda pair: pair[0] != "targets")


def first_use(t: Tables, used: list[tuple[str, str]], code: str) -> str:
    """The id of the first row that holds a code, or "" where none does."""
    for table, column in used:
        rows = t[table].filter(pl.col(column) == code)
        if rows.height:
            cells = rows.row(0, named=True)
            return " / ".join(str(cells[key]) for key in t.schemas.tables[table].key if cells[key])
    return ""

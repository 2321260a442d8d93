"""A page for every id in each language, and the static API: a JSON for every id, their schema and their index.

MkDocs reads and writes a page in milliseconds, which would be minutes for all ids: these are made after it, from one
template, and stand neither in its list of pages nor in the search, which leads to the rows where they stand.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment

from plandata.files import json_text
from plandata.package.about import FEEDBACK, address
from plandata.read.record import CURRENT, Record, Records
from plandata.read.record_schema import record_schema
from plandata.report import as_script, said, with_policy
from plandata.rules import rules_of
from plandata.schema import Field, Table
from plandata.site.correction import correction
from plandata.site.edition import CITATION_STYLES, Edition
from plandata.site.jsonld import row_json
from plandata.site.page import TAGS, Values, context, environment
from plandata.tables import grouped
from plandata.text import LANGS, Text
from plandata.texts.verify import CHECKS, PROVEN, read_record, tables_hash
from plandata.words import COLON, Words

FOLDER, PAGES, SCHEMA, INDEX = "rows", "id", "schema", "index"
TEMPLATE, PARTS = "row.html.j2", "row_parts.html.j2"
# An id that is the name of a file and of a folder on every system; those of the API's own files are none.
ADDRESSABLE, RESERVED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}"), (SCHEMA, INDEX)
# What a page calls the place that its row has on other pages, by the beginning of its address.
PLACES = {
    "plans": Text("Where it stands in its plan", "在规划中的位置"),
    "places": Text("Where it stands among the bodies of its place", "在该地责任单位中的位置"),
    "compare": Text("Compare the places", "各地对比"),
    "quality": Text("Where it stands among the anomalies and documents", "在异常与文件清单中的位置"),
    "indicators": Text("Where it stands among the sources", "在参考文献中的位置"),
    "documents": Text("The page of the document", "该文件的页面"),
}
OWN_PAGE = Text("Its own page with all that it holds", "专页与全部内容")
# What a row of another table tells beside its few words.
BESIDE = ("printed_as", "level")
OF_ITEM = Text("{title} of its goal or measure", "所在条目的{title}")
OWES, IS_OWED = Text("Owes", "承担的实施责任"), Text("Is owed", "接收的实施责任")
LEADS_WITH, IN_COMMON, ONE = (
    Text("Leads together with", "共同牵头的单位"), Text("{n} goals and measures", "{n}条"),
    Text("1 goal or measure", "1条"),
)  # fmt: skip
SERVES, SERVED_BY = Text("Serves", "服务目标"), Text("Served by", "对应措施")
YES, NO = Text("yes", "是"), Text("no", "否")


class Frame(NamedTuple):
    """What surrounds the pages of a language: the site's name, what its foot says, the sections with their addresses,
    what is said of findings with an address and its name, the theme's style sheets and the attributes of its body,
    what may run, and the script that comes before a page is drawn.
    """

    lang: str
    name: str
    foot: str
    sections: list[tuple[str, str]]
    found: tuple[str, str, str] | None
    styles: list[str]
    body: str
    policy: str
    early: str


class Cell(NamedTuple):
    """A cell as a page shows it: the column's title, the text, the id that it leads to, the code, the language."""

    title: str
    text: str
    row_id: str = ""
    code: str = ""
    tag: str = ""


class Entry(NamedTuple):
    """A row as the page of another lists it: the id that it leads to, its few words, more, and its plan."""

    row_id: str
    text: str
    more: str
    plan: str


class Rows:
    """The records of an edition with all that their pages say."""

    def __init__(self, edition: Edition) -> None:
        """Raises PackageError where the package does not tell what a citation needs, or states no such address."""
        self.edition = edition
        self.address = address(edition.about)
        self.feedback = str(edition.about.get(FEEDBACK) or "")
        self.known = Records(edition.package, self.address)
        self.records = {row_id: self.known[row_id] for row_id in self.known if is_addressable(row_id)}

    @cached_property
    def proven(self) -> Values:
        """When the rows were last verified, "" for never, what held in each plan, and whether rows changed since."""
        kept = read_record(self.edition.package.root)
        return {
            "on": kept.get("verified_on", ""),
            "plans": kept.get("plans", {}),
            "stale": kept.get("tables_sha256") != tables_hash(self.edition.about),
        }

    @cached_property
    def index(self) -> Values:
        """What the API has: for each table its ids, the rules that judge its rows and the checks that prove them."""
        ids = grouped(
            ({"table": r["table"], "id": i} for i, r in self.records.items() if r["status"] == CURRENT), "table"
        )
        tables = {
            name: {
                "title": both(table.title),
                "ids": [row["id"] for row in ids[name]],
                "rules": [rule.id for rule in rules_of(name)],
                "checks": list(PROVEN.get(name, ())),
            }
            for name, table in self.edition.schemas.tables.items()
            if name in ids
        }
        retired = [row_id for row_id, record in self.records.items() if record["status"] != CURRENT]
        return {"version": str(self.edition.about["version"]), "tables": tables, "retired": retired}

    def files(self) -> Iterator[tuple[str, str]]:
        """Path and content of each file of the API."""
        yield f"{FOLDER}/{SCHEMA}.json", json_text(record_schema(self.edition.schemas))
        yield f"{FOLDER}/{INDEX}.json", json_text(self.index)
        for row_id, record in self.records.items():
            yield f"{FOLDER}/{row_id}.json", json_text(record, indent=None)

    def pages(self, frame: Frame) -> Iterator[tuple[str, str]]:
        """Path and content of each page of a language."""
        say, templates = self.edition.say(frame.lang), plain_templates()
        template = templates.get_template(TEMPLATE)
        folder = "" if frame.lang == LANGS[0] else f"{frame.lang}/"
        printed: Any = templates.get_template(PARTS).module
        known = context(self.edition, say, f"{PAGES}/x")
        shared = known | {
            "frame": frame,
            "t": lambda en, zh: en if frame.lang == LANGS[0] else zh,
            "tags": TAGS,
            "styles": CITATION_STYLES,
            "forms": as_script(self.edition.row_citations),
            "known": self.records.keys(),
            "proven": self.proven,
            "checks": CHECKS,
            # They are the same on thousands of pages, which take half of the time without them.
            "sections_of_site": printed.site(frame.sections, known["up"]),
            "rules": cache(lambda table: printed.judging(rules_of(table), known["up"])),
        }
        for row_id, record in self.records.items():
            path = f"{folder}{PAGES}/{row_id}/"
            html = template.render(shared, **self.values(record, say, path))
            yield f"{path}index.html", with_policy(html, frame.policy)

    def values(self, record: Record, say: Words, path: str) -> Values:
        """What the page of a record says in a language."""
        table = self.edition.schemas.tables.get(record["table"])
        current = record["status"] == CURRENT
        cells = list(cells_shown(table, record, say)) if current and table else []
        where = self.edition.addresses.get(record["id"], "") if current else ""
        row = self.known.row(record["id"]) if current else {}
        plan = row.get("plan_id") or ""
        return {
            "record": record,
            "names": self.known.cited_name(table, row) if current and table else {},
            "title": record["text"][say.lang] if current else record["id"],
            "table": table,
            "cells": [cell for cell in cells if cell.text],
            "empty": [cell.title for cell in cells if not cell.text],
            "sections": list(self.sections(record, say)) if current else [],
            "where": (where, say(PLACES[where.partition("/")[0]] if "#" in where else OWN_PAGE)) if where else None,
            "plan": plan if record["table"] != "plans" else "",
            "proofs": self.proofs(record["table"], plan),
            "canonical": self.address and self.address + path,
            "json_ld": row_json(self.edition, record, say.lang, self.address and self.address + path),
            "correction": correction(record, say, self.address + path, self.feedback),
            "address": path,
        }

    def proofs(self, table: str, plan: str) -> list[tuple[str, list[int] | None]]:
        """The checks that look at the rows of a table, with how many hold in a plan; None where that is not known."""
        tallies = self.proven["plans"].get(plan, {})
        return [(check, tallies.get(check)) for check in PROVEN.get(table, ())]

    def sections(self, record: Record, say: Words) -> Iterator[tuple[str, list[Entry]]]:
        """The rows that hang on a row, under their headings."""
        for name, entries in record["related"].items():
            for title, own in self.split(record["table"], name, entries, say):
                if own:
                    yield title, [self.entry(name, entry, say, f"{title}{say(COLON)}") for entry in own]
        if record["table"] == "units" and self.edition.leads_with[record["id"]]:
            yield say(LEADS_WITH), list(self.leads_with(record["id"], say))
        for name, entries in record.get("of_item", {}).items():
            title = say(OF_ITEM, title=say(self.edition.schemas.tables[name].title))
            yield title, [self.entry(name, entry, say) for entry in entries]

    def split(self, table: str, name: str, entries: list[Record], say: Words) -> Iterator[tuple[str, list[Record]]]:
        """The rows of a table that hang on a row of another, parted where they mean different things to it."""
        if table == "units" and name == "assignments":
            for role in self.edition.schemas.codes["role"]:
                yield say.label("role", role), [entry for entry in entries if entry["cells"]["role"] == role]
        elif table == "units" and name == "duties":
            for title, column in ((OWES, "from_unit_id"), (IS_OWED, "to_unit_id")):
                yield say(title), [entry for entry in entries if column in entry["by"]]
        elif name == "serves":
            yield say(SERVED_BY if table == "goals" else SERVES), entries
        else:
            yield say(self.edition.schemas.tables[name].title), entries

    def leads_with(self, unit: str, say: Words) -> Iterator[Entry]:
        """The bodies with which a body leads, those with the most in common first."""
        for other, n in self.edition.leads_with[unit].most_common():
            yield Entry(other, say.of(self.edition.units[other]), say(IN_COMMON, n=n) if n > 1 else say(ONE), "")

    def entry(self, name: str, entry: Record, say: Words, said: str = "") -> Entry:
        """A row as the page of another lists it; said is what its heading says before it."""
        table, own = self.edition.schemas.tables[name], entry.get("cells", {})
        told = [(column, shown(entry["labels"].get(column), own[column], say)) for column in BESIDE if own.get(column)]
        more = [f"{say(table.field(column).title)}{say(COLON)}{text}" for column, text in told]
        plan = entry["plan"]["text"][say.lang] if "plan" in entry else ""
        return Entry(entry.get("id", ""), entry["text"][say.lang].removeprefix(said), " · ".join(more), plan)


@cache
def plain_templates() -> Environment:
    """The templates for pages that are no Markdown: values are escaped for HTML alone, which takes half of the time."""
    return environment().overlay(finalize=said)


def is_addressable(row_id: str) -> bool:
    """Whether an id can be the name of a file.

    >>> [is_addressable(row_id) for row_id in ("weining.g01", "../x", "schema")]
    [True, False, False]
    """
    return bool(ADDRESSABLE.fullmatch(row_id)) and row_id.lower() not in RESERVED


def both(text: Text) -> dict[str, str]:
    return {lang: text[lang] for lang in LANGS}


def cells_shown(table: Table, record: Record, say: Words) -> Iterator[Cell]:
    """The cells of a record but its id, as a page shows them."""
    for field in table.fields:
        value = record["cells"][field.name]
        if field.name in table.primary_key:
            continue
        if value is None:
            yield Cell(say(field.title), "")
        elif field.name in record["names"]:
            yield Cell(say(field.title), record["names"][field.name][say.lang], row_id=value)
        elif field.name in record["labels"]:
            yield Cell(say(field.title), record["labels"][field.name][say.lang], code=value)
        else:
            yield Cell(say(field.title), shown(None, value, say), tag=tag(field, value, say.lang))


def tag(field: Field, value: object, lang: str) -> str:
    """The language of a cell's text where it is not that of the page."""
    if field.type != "string" or str(value).isascii():
        return TAGS["en"] if field.name.endswith("_en") and lang != "en" else ""
    own = "en" if field.name.endswith("_en") else "zh"
    return TAGS[own] if own != lang else ""


def shown(label: dict[str, str] | None, value: object, say: Words) -> str:
    """A cell in words."""
    if label:
        return label[say.lang]
    return say(YES if value else NO) if isinstance(value, bool) else str(value)


def write_files(site: Path, files: Iterable[tuple[str, str]]) -> None:
    """Writes files below the folder of the site."""
    for path, content in files:
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")

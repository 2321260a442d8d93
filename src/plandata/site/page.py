"""A page of the site, and a kind of page: where it stands, what it is called, its template, and what fills it.

A kind is declared in a module of `plandata.site.pages`, beside the function that yields the values of each page.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from plandata.charts.dots import short_place
from plandata.files import cell_text
from plandata.report import as_script
from plandata.site.edition import Edition
from plandata.site.figures import Shown
from plandata.site.terms import Explained
from plandata.tables import ITEM_KINDS
from plandata.text import LANGS, Text, inert
from plandata.words import COLON, COMMA, STOP, Words

TEMPLATES = Path(__file__).parent / "templates"
TAGS = {"en": "en", "zh": "zh-Hans"}
# An address that a link may have: any other could run a script (javascript:).
WEB = re.compile("https?://", re.IGNORECASE)
# The values of a template, by their names.
Values = dict[str, Any]
Make = Callable[[Edition, Words], Iterator[Values]]
Files = dict[str, bytes]


@dataclass(frozen=True)
class Nav:
    """Where a page stands in the navigation: entries and sections go by order, a section with its first page."""

    order: int
    title: Text
    section: Text | None = None


# The section of the navigation that several modules fill.
DATA = Text("Data", "数据")


@dataclass(frozen=True)
class Page:
    """A page as Markdown: path is the address below the language's root, without its ending ("plans/index").

    entrance: whether it stands in the navigation. names: by which the search finds it, beside its title.
    """

    path: str
    lang: str
    body: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    entrance: bool = False
    names: tuple[str, ...] = ()
    # What is written beside the page once the site is built, by path below the language's root.
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The file it is written to, with the language in its name."""
        return f"{self.path}.{self.lang}.md"

    @property
    def text(self) -> str:
        """The page with its front matter: each value as JSON, and texts as HTML, for the theme prints them as such."""
        html = {name: inert(value) if isinstance(value, str) else value for name, value in self.meta.items() if value}
        told = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in html.items()]
        return "\n".join(["---", *told, "---", "", self.body.strip(), ""])


@dataclass(frozen=True)
class Kind:
    """A kind of page: one page, or one for each thing of its sort.

    path, title and description hold {places} for values of the page ("places/{place[place_id]}"). hide: the sides
    of the layout that are left out. linked: whether ids of rows in its text become links. files: what its pages
    load, by path. make yields the values of each page; none where the language has no such page. Among them `names` are
    other names by which the search finds the page.
    """

    path: str
    template: str
    title: Text
    description: Text
    make: Make = field(repr=False)
    nav: Nav | None = None
    hide: tuple[str, ...] = ("navigation",)
    linked: bool = False
    files: Callable[[Edition], Files] | None = field(default=None, repr=False)

    def pages(self, edition: Edition, lang: str) -> Iterator[Page]:
        """The pages of this kind in a language."""
        say = edition.say(lang)
        return (self.page(edition, say, values) for values in self.make(edition, say))

    def page(self, edition: Edition, say: Words, values: Values) -> Page:
        path = self.path.format(**values)
        head = {"title": self.title[say.lang].format(**values)}
        head["description"] = self.description[say.lang].format(**values)
        told = context(edition, say, path) | head | values
        body = environment().get_template(self.template).render(told)
        meta = head | {"hide": list(self.hide), "linked": self.linked}
        names = tuple(values.get("names", ()))
        return Page(path, say.lang, body, meta, self.nav is not None, names, told["figure"].files)


def kind(path: str, template: str, title: Text, description: Text, **more: Any) -> Callable[[Make], Kind]:
    """Makes a kind of page of the function that yields the values of its pages."""
    return lambda make: Kind(path, template, title, description, make, **more)


def context(edition: Edition, say: Words, path: str) -> Values:
    """What every template may use: `up` is the way to the language's root, `root` that to the site's."""
    up, root = ways(path, say.lang)
    other = LANGS[1 - LANGS.index(say.lang)]
    told = {
        "edition": edition,
        "say": say,
        # What templates say themselves is Markdown.
        "t": lambda en, zh: Markup(escape(say(Text(en, zh)))),  # noqa: S704 - escaped
        # How this language parts a list and a title from its text, ends a sentence, and adds in brackets.
        "comma": say(COMMA),
        "colon": say(COLON),
        "stop": say(STOP),
        "in_brackets": say.bracketed,
        "link": link,
        "item_kinds": ITEM_KINDS,
        "short_place": lambda place: short_place(place, say, "name"),
        "other": edition.say(other),
        "other_tag": TAGS[other],
        "tag": TAGS[say.lang],
        "up": up,
        "root": root,
    }
    render = lambda template, **values: environment().get_template(template).render(told | values)  # noqa: E731
    address = "" if path == "index" else f"{path.removesuffix('index').rstrip('/')}/"
    return told | {"figure": Shown(edition, say, address, up, render), "term": Explained(edition.schemas, say)}


def ways(path: str, lang: str) -> tuple[str, str]:
    """The ways from a page to the root of its language and to that of the site.

    >>> ways("plans/x", "zh"), ways("index", "en")
    (('../../', '../../../'), ('./', './'))
    """
    depth = 0 if path == "index" else path.removesuffix("/index").count("/") + 1
    return "../" * depth or "./", "../" * (depth + (lang != LANGS[0])) or "./"


@cache
def environment() -> Environment:
    """The templates; every value is escaped for HTML and Markdown alike, and a misspelt one is an error."""
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, finalize=said)
    made.trim_blocks = made.lstrip_blocks = True
    made.filters["number"] = lambda value: f"{int(value):,}"
    made.filters["cell"] = cell_text
    made.filters["keep"] = keep
    made.filters["json"] = as_script
    return made


def said(value: object) -> object:
    """What a template prints for a value: a text in which nothing is read; HTML of our own as it is."""
    return Markup(inert(value)) if type(value) is str else value  # noqa: S704 - inert


def link(text: str, address: str) -> Markup:
    """A text that leads to an address of the web; the text alone where the address is none.

    >>> link("CC0", "javascript:x()"), link("CC0", "https://a.org/?b&c")
    (Markup('CC0'), Markup('<a href="https://a.org/?b&#38;c">CC0</a>'))
    """
    shown = inert(text)
    return Markup(f'<a href="{inert(address)}">{shown}</a>' if WEB.match(address) else shown)  # noqa: S704 - inert


# HTML that Markdown need not read, by the digest of its text: reading it would take longer than all the rest.
KEPT: dict[str, str] = {}
MARK = re.compile(r'<div data-kept="([0-9a-f]+)"></div>')


def keep(html: str) -> Markup:
    """Puts HTML aside and leaves a mark in its place."""
    key = hashlib.sha256(html.encode()).hexdigest()[:20]
    KEPT[key] = html
    return Markup(f'<div data-kept="{key}"></div>')  # noqa: S704 - a digest


def data_script(name: str, data: object) -> bytes:
    r"""A script that sets a global name to data, which a page opened as a file can load too; it could fetch no JSON.

    The data are parsed as such, so that no key is special.

    >>> data_script("pdRows", {"省": [1]})
    b'globalThis.pdRows = JSON.parse("{\\"\xe7\x9c\x81\\":[1]}")\n'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.{name} = JSON.parse({json.dumps(text, ensure_ascii=False)})\n".encode()


def with_kept(html: str) -> str:
    """A page's HTML with what was put aside back in its place.

    >>> with_kept(str(keep("<p>a</p>")))
    '<p>a</p>'
    """
    return MARK.sub(lambda mark: KEPT[mark[1]], html)

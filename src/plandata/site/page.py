"""A page of the site in one language, and how it is made from a template."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from plandata.site import words
from plandata.site.edition import Edition

LANGS = ("en", "zh")


@dataclass(frozen=True)
class Page:
    """A page as Markdown: path is the address below the language's root, without its ending ("plans/index")."""

    path: str
    lang: str
    title: str
    description: str
    body: str
    hide: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The file it is written to, with the language in its name."""
        return f"{self.path}.{self.lang}.md"

    @property
    def text(self) -> str:
        head = {"title": self.title, "description": self.description}
        lines = [f'{key}: "{value}"' for key, value in ((k, v.replace('"', "'")) for k, v in head.items())]
        hidden = [f"hide: [{', '.join(self.hide)}]"] if self.hide else []
        return "\n".join(["---", *lines, *hidden, "---", "", self.body.strip(), ""])


Maker = Callable[[Edition, str], Iterator[Page]]


def make(
    edition: Edition,
    lang: str,
    path: str,
    title: str,
    description: str,
    template: str,
    hide: tuple[str, ...] = ("navigation",),
    **more: Any,
) -> Page:
    """A page from its template; `up` is the way to the language's root, `root` that to the site's."""
    up, root = ways(path, lang)
    texts = {"lang": lang, "other": LANGS[1 - LANGS.index(lang)], "up": up, "root": root, "title": title}
    helpers = {
        "t": partial(pick, lang),
        "code": partial(coded, lang),
        "phrase": lambda target: words.phrase(target, lang),
        "plain": lambda target: words.plain(target, lang),
        "name": lambda row, stem="name": words.named(row, stem, lang),
        "other_name": lambda row, stem="name": words.named(row, stem, LANGS[1 - LANGS.index(lang)]),
        "short_place": lambda row: words.short_place(row, lang),
    }
    body = environment().get_template(template).render(edition=edition, **texts, **helpers, **more)
    return Page(path, lang, title, description, body, hide)


def ways(path: str, lang: str) -> tuple[str, str]:
    """The ways from a page to the root of its language and to that of the site.

    >>> ways("plans/x", "zh"), ways("index", "en")
    (('../../', '../../../'), ('./', './'))
    """
    depth = 0 if path == "index" else path.removesuffix("/index").count("/") + 1
    return "../" * depth or "./", "../" * (depth + (lang != LANGS[0])) or "./"


def pick(lang: str, en: str, zh: str) -> str:
    return zh if lang == "zh" else en


def coded(lang: str, codes: str, value: str) -> str:
    return words.code(codes, value, lang)


@cache
def environment() -> Environment:
    """The templates; every value is escaped, and a misspelt one is an error."""
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["number"] = lambda value: f"{int(value):,}"
    made.filters["keep"] = keep
    made.filters["json"] = as_script
    return made


# HTML that Markdown need not read, by the digest of its text: reading it would take longer than all the rest.
KEPT: dict[str, str] = {}
PLACE = re.compile(r'<div data-kept="([0-9a-f]+)"></div>')


def keep(html: str) -> Markup:
    """Puts HTML aside and leaves a mark in its place."""
    key = hashlib.sha256(html.encode()).hexdigest()[:20]
    KEPT[key] = html
    return Markup(f'<div data-kept="{key}"></div>')  # noqa: S704 - a digest


def with_kept(html: str) -> str:
    """A page's HTML with what was put aside back in its place.

    >>> with_kept(str(keep("<p>a</p>")))
    '<p>a</p>'
    """
    return PLACE.sub(lambda mark: KEPT[mark[1]], html)


def as_script(value: object) -> Markup:
    """A value as JSON that can stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - what could end the element is escaped

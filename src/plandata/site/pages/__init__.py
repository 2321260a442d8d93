"""The pages of the site. A page is registered by being there: a module here declares its kinds of pages, and all else
(the files that are written, the navigation in both languages, the pages that the browser tests visit) reads them.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from plandata.files import PackageError
from plandata.site.edition import Edition
from plandata.site.page import TEMPLATES, Files, Kind, Page
from plandata.text import LANGS

PAGE_TEMPLATE = "*.md.j2"


def kinds() -> list[Kind]:
    """Every kind of page, those of the navigation first in its order.

    Raises PackageError for a module that declares none, and where templates and kinds do not fit together.
    """
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    listed = sorted((kind for module in modules for kind in kinds_in(module)), key=order)
    check_templates(listed, TEMPLATES)
    return listed


def kinds_in(module: ModuleType) -> list[Kind]:
    """The kinds that a module declares, alone or in lists. Raises PackageError for a module without any."""
    values = [value if isinstance(value, list) else [value] for value in vars(module).values()]
    own = [kind for listed in values for kind in listed if isinstance(kind, Kind)]
    if not own:
        raise PackageError(
            f"{module.__name__}: declares no page; declare one with plandata.site.page.kind, or remove it"
        )
    return own


def order(kind: Kind) -> float:
    """The place of a kind in the navigation; those that do not stand there come last."""
    return kind.nav.order if kind.nav else float("inf")


def check_templates(kinds: Iterable[Kind], folder: Path) -> None:
    """Raises PackageError for a kind without its template, and for a template that no kind takes."""
    taken = {kind.template: kind.path for kind in kinds}
    there = {path.name for path in folder.glob(PAGE_TEMPLATE)}
    for template in sorted(taken.keys() - there):
        raise PackageError(
            f"site/templates/{template}: not found; the page {taken[template]} is made from it, so write it"
        )
    for template in sorted(there - taken.keys()):
        raise PackageError(
            f"site/templates/{template}: no page is made from it; declare one in a module of site/pages/, or remove it"
        )


def all_pages(kinds: Iterable[Kind], edition: Edition) -> Iterator[Page]:
    """Every page in both languages."""
    for kind in kinds:
        for lang in LANGS:
            yield from kind.pages(edition, lang)


def all_files(kinds: Iterable[Kind], edition: Edition) -> Files:
    """What the pages load, by path."""
    return {path: content for kind in kinds if kind.files for path, content in kind.files(edition).items()}


def check_written(docs: Path, kinds: Iterable[Kind]) -> None:
    """Raises PackageError for a hand-written page that no kind declares: it would stand in no navigation."""
    declared = {f"{kind.path}.{lang}.md" for kind in kinds for lang in LANGS}
    for name in sorted({path.name for path in docs.glob("*.md")} - declared):
        raise PackageError(f"docs/{name}: has no place in the navigation; add it to WRITTEN in site/pages/texts.py")


def navigation(kinds: Iterable[Kind], lang: str) -> list[dict[str, Any]]:
    """The navigation of a language as MkDocs takes it.

    >>> [list(entry) for entry in navigation(kinds(), "zh")][:2]
    [['首页'], ['地方与规划']]
    """
    entries: dict[str, Any] = {}
    for kind in sorted(kinds, key=order):
        if kind.nav is None:
            continue
        entry = {kind.nav.title[lang]: f"{kind.path}.md"}
        if kind.nav.section is None:
            entries |= entry
        else:
            entries.setdefault(kind.nav.section[lang], []).append(entry)
    return [{title: target} for title, target in entries.items()]

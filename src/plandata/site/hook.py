"""The door to MkDocs: fills a temporary folder with pages before the build, then mends pages and makes the index."""

import logging
import re
import tempfile
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from plandata.package import PackageError, open_package
from plandata.site.edition import Edition
from plandata.site.folder import fill
from plandata.site.links import addresses, with_links
from plandata.site.page import LANGS, pick, with_kept
from plandata.site.search import Section, sections, with_own_search, write_index

# Material asks each of these for a sitemap, which a site without an address does not have.
ALTERNATE = re.compile(r'<link rel="alternate"[^>]*hreflang=[^>]*>')
# A dialog without a name says nothing to a screen reader.
SEARCH_BOX = 'data-md-component="search" role="dialog"'
log = logging.getLogger("mkdocs.plandata")


class Work:
    """What the running command holds; one command builds one site, one language after the other.

    written: the names of the hand-written pages, whose row ids become links; rows: where each row stands.
    """

    folders: list[tempfile.TemporaryDirectory[str]] = []  # noqa: RUF012 - one for all
    written: frozenset[str] = frozenset()
    rows: dict[str, str] = {}  # noqa: RUF012 - one for all
    sections: dict[str, list[Section]] = {lang: [] for lang in LANGS}  # noqa: RUF012 - one for all


def on_config(config: Any) -> Any:
    """Makes the pages and lets MkDocs build from them; the second language finds them made.

    `mkdocs serve` comes again with a new configuration. The folder of the first build stays, since it is watched.
    """
    if config.docs_dir not in {made.name for made in Work.folders}:
        docs, root = Path(config.docs_dir), Path(config.config_file_path).parent
        made = tempfile.TemporaryDirectory(prefix="plandata-site-")
        Work.folders.append(made)
        try:
            edition = Edition(open_package(root))
            fill(Path(made.name), docs, edition)
        except PackageError as error:
            raise PluginError(str(error)) from None
        Work.written = frozenset(path.name for path in docs.glob("*.md"))
        Work.rows = addresses(edition)
        config.docs_dir = made.name
        config.watch += [str(docs), str(root / "data"), str(root / "schemas")]
        config.nav = existing(config.nav, Path(made.name))
    return config


def existing(nav: list[Any], folder: Path) -> list[Any]:
    """A navigation without the entries whose pages are not written yet; a section without entries goes too.

    >>> existing([{"A": "a.md"}, {"B": [{"C": "c.md"}]}], Path("nowhere"))
    []
    """
    kept: list[Any] = []
    for entry in nav:
        (title, target), *_ = entry.items()
        if isinstance(target, list):
            inner = existing(target, folder)
            kept += [{title: inner}] if inner else []
        elif (folder / target.replace(".md", f".{LANGS[0]}.md")).is_file():
            kept.append(entry)
        else:
            log.info("no page %s: left out of the navigation", target)
    return kept


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:
    """Completes a page and takes its sections for the search; Material's own index stays empty."""
    whole = with_kept(html)
    if page.file.src_uri in Work.written:
        whole = with_links(whole, Work.rows, "../")
    Work.sections[config.theme["language"]] += sections(whole, page.url, str(page.title))
    page.meta["search"] = {"exclude": True}
    return whole


def on_post_page(output: str, page: Any, config: Any) -> str:
    lang = config.theme["language"]
    named = output.replace(SEARCH_BOX, f'{SEARCH_BOX} aria-label="{pick(lang, "Search", "搜索")}"')
    return ALTERNATE.sub("", with_own_search(named, lang))


def on_post_build(config: Any) -> None:
    """Writes the index of the language that was built."""
    lang = config.theme["language"]
    write_index(Path(config.site_dir), lang, Work.sections[lang])
    Work.sections[lang] = []


def on_shutdown() -> None:
    while Work.folders:
        Work.folders.pop().cleanup()

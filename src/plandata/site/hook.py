"""The door to MkDocs: fills a temporary folder with pages before the build, then mends pages and makes the index."""

import re
import shutil
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from plandata.charts.drawing import page_style
from plandata.files import PackageError
from plandata.package.about import address
from plandata.package.folder import Folder
from plandata.report import hashes, with_policy
from plandata.report.findings import FINDING, FINDINGS, counted
from plandata.site.edition import Edition
from plandata.site.page import Kind, Page, with_kept
from plandata.site.pages import all_files, all_pages, check_written, kinds, navigation
from plandata.site.pages.quality import quality
from plandata.site.rows import Frame, Rows, write_files
from plandata.site.search import SAID, Catalogue, Indexed, sections, write_index
from plandata.text import LANGS, Text

# Material asks each of these for a sitemap, which a site without an address does not have.
ALTERNATE = re.compile(r'<link rel="alternate"[^>]*hreflang=[^>]*>')
# What every page says of a package that has findings, and where more is told.
FOUND, TOLD = Text("This package has {findings}; see ", "本数据包有 {findings}，见"), "quality/#findings"
# Only the theme's own inline scripts run, known by their hashes, and files of the site: what else gets into a page
# stays still. Styles are inline in every chart and in the explorer.
POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'"
)
NO_DATA, SITEMAP = "404.html", "sitemap.xml"
# The style of drawings, which charts tell.
DRAWINGS = "assets/drawings.css"
# What the pages of rows take from it: the style sheets of the theme, and how its body begins.
STYLE, BODY = re.compile(r'<link rel="stylesheet" href="/?(assets/[^"]+)">'), re.compile("<body ([^>]*)>")
# The script that comes before a page is drawn; it stands in each page, since a file would keep all pages waiting.
EARLY = Path(__file__).with_name("early.js").read_text(encoding="utf-8")
# What the theme brings of scripts: nothing of it is loaded.
THEME_SCRIPTS = "assets/javascripts/"
# A table that Markdown made, which may be wider than the page: it scrolls, also by keyboard.
TABLE, SCROLLED = (
    re.compile("<table>.*?</table>", re.DOTALL),
    r'<div class="md-typeset__scrollwrap" tabindex="0"><div class="md-typeset__table">\g<0></div></div>',
)
ROW_ID = re.compile(r"<code>([a-z0-9]+(?:[-.][a-z0-9]+)+)</code>")


class Work:
    """What the running command holds; one command builds one site, one language after the other.

    pages: by their files. rows: where each row stands. row_pages: the pages of rows, made once MkDocs has made
    all others. address: where the site will stand, "" where that is not known. catalogue: what can be searched beside
    pages. found: what is said of findings, None where there are none. policy: what may run in a page, "" for the server
    of `mkdocs serve`, which adds a script of its own. drawn: the files of figures, by path below the root of their
    language. styles, body: how the theme looks.
    """

    folders: list[tempfile.TemporaryDirectory[str]] = []  # noqa: RUF012 - one for all
    kinds: list[Kind] = []  # noqa: RUF012 - one for all
    pages: dict[str, Page] = {}  # noqa: RUF012 - one for all
    rows: dict[str, str] = {}  # noqa: RUF012 - one for all
    found: Text | None = None
    address = ""
    served = False
    policy = ""
    drawn: dict[str, dict[str, bytes]] = {lang: {} for lang in LANGS}  # noqa: RUF012 - one for all
    styles: list[str] = []  # noqa: RUF012 - one for all
    body = ""
    row_pages: Rows
    catalogue: Catalogue
    sections: dict[str, list[Indexed]] = {lang: [] for lang in LANGS}  # noqa: RUF012 - one for all


def on_startup(command: str, dirty: bool) -> None:
    Work.served = command == "serve"


@event_priority(-200)
def on_config(config: Any) -> Any:
    """Makes the pages, lets MkDocs build from them, and gives it the navigation of the language that is built.

    It comes after the plugin of languages, which says what that is. The second language finds the pages made;
    `mkdocs serve` comes again with a new configuration. The folder of the first build stays, since it is watched.
    """
    if config.docs_dir not in {made.name for made in Work.folders}:
        docs, root = Path(config.docs_dir), Path(config.config_file_path).parent
        made = tempfile.TemporaryDirectory(prefix="plandata-site-")
        Work.folders.append(made)
        try:
            fill(Path(made.name), docs, Edition(Folder(root)))
        except PackageError as error:
            raise PluginError(str(error)) from None
        config.docs_dir = made.name
        config.watch += [str(docs), str(root / "data"), str(root / "schemas")]
    lang = config.theme["language"]
    config.nav = navigation(Work.kinds, lang)
    config.extra["early"] = EARLY
    config.extra["search"] = {"lang": lang} | {name: said[lang] for name, said in SAID.items()}
    config.site_url = Work.address or None
    return config


def fill(folder: Path, docs: Path, edition: Edition) -> None:
    """Writes all that the site is built from into a folder: what docs/ has beside pages, the pages, what they load."""
    Work.kinds, Work.rows, Work.found = kinds(), edition.addresses, found(edition)
    Work.address = address(edition.about)
    Work.row_pages = Rows(edition)
    Work.catalogue = Catalogue.of(edition)
    check_written(docs, Work.kinds)
    shutil.copytree(docs, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.md"))
    Work.pages = {page.source: page for page in all_pages(Work.kinds, edition)}
    for source, page in Work.pages.items():
        write(folder / source, page.text.encode())
        Work.drawn[page.lang] |= page.files
    write(folder / DRAWINGS, page_style().encode())
    for path, content in all_files(Work.kinds, edition).items():
        write(folder / path, content)


def found(edition: Edition) -> Text | None:
    """What every page says of a package that has findings; None for one without."""
    n = len(edition.report.findings)
    return FOUND.format(findings=counted(n, FINDING, FINDINGS)) if n else None


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def on_files(files: Any, config: Any) -> Any:
    """Leaves out what the pages load nothing of."""
    for file in [file for file in files if file.src_uri.startswith(THEME_SCRIPTS)]:
        files.remove(file)
    return files


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:
    """Completes a page and takes its sections for the search; Material's own index stays empty."""
    whole = TABLE.sub(SCROLLED, with_kept(html))
    if page.meta.get("linked"):
        whole = with_links(whole, Work.rows, "../")
    parts = sections(whole, page.url, str(page.title))
    Work.sections[config.theme["language"]] += Work.catalogue.indexed(parts, Work.pages[page.file.src_uri])
    page.meta["search"] = {"exclude": True}
    return whole


def with_links(html: str, rows: dict[str, str], up: str) -> str:
    """HTML whose ids in code link to their rows; up is the way to the language's root.

    >>> with_links("<code>a-2021.a01</code> <code>b-c</code>", {"a-2021.a01": "quality/#a-2021.a01"}, "../")
    '<a href="../quality/#a-2021.a01"><code>a-2021.a01</code></a> <code>b-c</code>'
    """

    def link(named: re.Match[str]) -> str:
        address = rows.get(named[1])
        return f'<a href="{up}{escape(address)}">{named[0]}</a>' if address else named[0]

    return ROW_ID.sub(link, html)


def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:
    """Gives the page what it says of findings."""
    lang = config.theme["language"]
    if Work.found is not None:
        link = ("" if lang == LANGS[0] else f"{lang}/") + TOLD
        context["found"] = {"said": Work.found[lang], "link": link, "where": quality.title[lang]}
    return context


def on_post_template(output: str, template_name: str, config: Any) -> str:
    """Takes the look of the theme, and the scripts that may run, from the page that no data reaches, which is built
    before the others.

    Of a site without an address no sitemap is written: each of its lines would begin with None.
    """
    if template_name == SITEMAP and not Work.address:
        return ""
    if template_name != NO_DATA:
        return output
    Work.styles, Work.body = STYLE.findall(output), "".join(BODY.findall(output))
    if Work.served:
        return output
    Work.policy = policy(output)
    return with_policy(output, Work.policy)


def policy(html: str) -> str:
    """The policy that lets the inline scripts of a page run.

    >>> policy("<script>a()</script>").split("; ")[1]
    "script-src 'self' 'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='"
    """
    return POLICY.format(scripts=hashes(html, "script"))


def on_post_page(output: str, page: Any, config: Any) -> str:
    return with_policy(ALTERNATE.sub("", output), Work.policy)


def on_post_build(config: Any) -> None:
    """Writes what MkDocs need not copy: index, figures and rows of the language that was built, and once the JSON."""
    lang, site = config.theme["language"], Path(config.site_dir)
    write_index(site, lang, Work.sections[lang], Work.catalogue)
    for path, content in Work.drawn[lang].items():
        write(site / ("" if lang == LANGS[0] else lang) / path, content)
    Work.sections[lang] = []
    if lang == LANGS[0]:
        write_files(site, Work.row_pages.files())
    write_files(site, Work.row_pages.pages(frame(config, lang)))


def frame(config: Any, lang: str) -> Frame:
    """What surrounds the pages of rows in a language: as on the pages of the theme."""
    top = [next(iter(entry.items())) for entry in navigation(Work.kinds, lang)]
    first = [(title, place if isinstance(place, str) else next(iter(place[0].values()))) for title, place in top]
    sections = [(title, path.removesuffix(".md").removesuffix("index") or "./") for title, path in first]
    slashed = [(title, path if path.endswith("/") else f"{path}/") for title, path in sections]
    found = (Work.found[lang], TOLD, quality.title[lang]) if Work.found is not None else None
    return Frame(
        lang, config.site_name, config.copyright or "", slashed, found, Work.styles, Work.body, Work.policy, EARLY
    )


def on_shutdown() -> None:
    while Work.folders:
        Work.folders.pop().cleanup()

"""The folder that MkDocs builds from: the hand-written pages of docs/ and all that is made from the package."""

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from plandata.site.edition import Edition
from plandata.site.explorer import views
from plandata.site.page import LANGS, Maker, Page
from plandata.site.pages import (
    cite,
    compare,
    dictionary,
    download,
    explore,
    home,
    places,
    plans,
    quality,
    responsibility,
    rules,
    texts,
)


def fill(folder: Path, docs: Path, edition: Edition) -> None:
    """Writes all that the site is built from into a folder: docs/ first, then pages, rows, downloads, scripts."""
    shutil.copytree(docs, folder, dirs_exist_ok=True)
    downloads = download.downloads(edition)
    for page in pages(edition, download.maker(downloads)):
        write(folder / page.source, page.text.encode())
    for view in views(edition):
        rows = json.dumps(view.data, ensure_ascii=False, separators=(",", ":"))
        write(folder / "assets" / "rows" / f"{view.table}.json", rows.encode())
    for path, content in downloads.items():
        write(folder / "downloads" / path, content)
    # DataTables as itables ships it: an ES module with all that it needs.
    write(folder / "assets" / "datatables.js", files("itables").joinpath("html/dt_bundle.js").read_bytes())


def pages(edition: Edition, downloads: Maker) -> Iterator[Page]:
    """Every page that is made, in both languages."""
    makers: list[Maker] = [
        home.pages, places.pages, plans.pages, compare.pages, responsibility.pages, explore.pages,
        downloads, dictionary.pages, rules.pages, quality.pages, texts.pages, cite.pages,
    ]  # fmt: skip
    for lang in LANGS:
        for maker in makers:
            yield from maker(edition, lang)


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)

"""One page of each kind of the built site, what its pages link to, and a visit that notes what goes wrong."""

import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from plandata.site.pages import kinds

ROOT = Path(__file__).parents[1]
LANGS = {"en": "", "zh": "zh/"}
# The pages of rows, which no kind declares.
ROW = "id/{id}"
LINK = re.compile(r'<(?:a|link|script|img|source)\b[^>]*?\s(?:href|src)="([^"]*)"')
ID = re.compile(r'\sid="([^"]+)"')


def data_of(path: Path) -> Any:
    """What a script of the site sets a global name to."""
    return json.loads(json.loads(path.read_text(encoding="utf-8").split(" = JSON.parse(", 1)[1].removesuffix(")\n")))


def visits(site: Path, lang: str) -> dict[str, str]:
    """The address of one page of each kind that a module of the site declares, by the kind's own path, and of a row."""
    paths = [*(kind.path for kind in kinds()), ROW]
    return {path: LANGS[lang] + address(site / LANGS[lang], path) for path in paths}


def address(root: Path, path: str) -> str:
    """Where the first page of a kind stands in a folder; its path may hold {places}."""
    pattern = re.sub(r"\{[^}]*\}", "*", re.sub("/?index$", "", path))
    pages = sorted(page.parent for page in root.glob(f"{pattern}/index.html".lstrip("/")))
    assert pages, f"{path}: the site has no page of this kind"
    return "" if pages[0] == root else f"{pages[0].relative_to(root).as_posix()}/"


@cache
def html_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def ids_of(path: Path) -> frozenset[str]:
    return frozenset(unescape(found) for found in ID.findall(html_of(path)))


def page_file(site: Path, url: str) -> Path:
    path = site / unquote(urlsplit(url).path).lstrip("/")
    return path / "index.html" if path.is_dir() else path


def broken(site: Path, page: Path) -> Iterator[str]:
    """The links of a page to files and anchors that the site does not have."""
    here = "http://site/" + page.relative_to(site).as_posix()
    for link in {unescape(found) for found in LINK.findall(html_of(page))}:
        whole = urljoin(here, link)
        if urlsplit(whole).netloc != "site":
            continue
        target, anchor = page_file(site, whole), unquote(urlsplit(whole).fragment)
        if not target.is_file() or (anchor and target.suffix == ".html" and anchor not in ids_of(target)):
            yield f"{page.relative_to(site)}: {link}"


class Visit:
    """A page of the browser that notes errors of scripts, failed answers and requests to other machines."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.troubles: list[str] = []
        page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        page.on("dialog", self.asks)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda asked: self.leaves(asked.url))
        page.on("response", lambda got: self.troubles.append(f"{got.status} {got.url}") if got.status >= 400 else None)

    def asks(self, dialog: Any) -> None:
        self.troubles.append(f"asks the reader: {dialog.message}")
        dialog.dismiss()

    def leaves(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.troubles.append(f"asks {url}")

    def open(self, path: str) -> Any:
        self.page.goto(self.address + path)
        if "explore/" in path:
            self.page.wait_for_selector(".pd-rows tbody tr")
        return self.page

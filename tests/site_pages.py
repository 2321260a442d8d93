"""One page of each kind of the built site, and a visit to them that notes what goes wrong."""

import re
from pathlib import Path
from typing import Any

from plandata.site.pages import kinds

ROOT = Path(__file__).parents[1]
LANGS = {"en": "", "zh": "zh/"}


def visits(site: Path, lang: str) -> dict[str, str]:
    """The address of one page of each kind that a module of the site declares, by the kind's own path."""
    return {kind.path: LANGS[lang] + address(site / LANGS[lang], kind.path) for kind in kinds()}


def address(root: Path, path: str) -> str:
    """Where the first page of a kind stands in a folder; its path may hold {places}."""
    pattern = re.sub(r"\{[^}]*\}", "*", re.sub("/?index$", "", path))
    pages = sorted(page.parent for page in root.glob(f"{pattern}/index.html".lstrip("/")))
    assert pages, f"{path}: the site has no page of this kind"
    return "" if pages[0] == root else f"{pages[0].relative_to(root).as_posix()}/"


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

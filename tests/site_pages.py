"""The kinds of pages of the site, and a visit to them that notes what goes wrong."""

from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# One page of each kind, below a language's root.
KINDS = {
    "home": "",
    "places": "places/",
    "place": "places/weining/",
    "plans": "plans/",
    "plan": "plans/jiaxing-women-2021/",
    "matrix": "compare/",
    "indicator": "compare/maternal-mortality/",
    "responsibility": "responsibility/",
    "function": "responsibility/finance/",
    "explorer": "explore/",
    "duties": "explore/assignments/",
    "download": "download/",
    "dictionary": "dictionary/",
    "table": "dictionary/targets/",
    "codebook": "codebook/",
    "codes": "codes/",
    "rules": "rules/",
    "quality": "quality/",
    "guide": "guide/",
    "contribute": "contribute/",
    "changelog": "changelog/",
    "cite": "cite/",
}
LANGS = {"en": "", "zh": "zh/"}


class Visit:
    """A page of the browser that notes errors of scripts, failed answers and requests to other machines."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.troubles: list[str] = []
        page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda asked: self.leaves(asked.url))
        page.on("response", lambda got: self.troubles.append(f"{got.status} {got.url}") if got.status >= 400 else None)

    def leaves(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.troubles.append(f"asks {url}")

    def open(self, path: str) -> Any:
        self.page.goto(self.address + path)
        if "explore/" in path:
            self.page.wait_for_selector(".pd-rows tbody tr")
        return self.page

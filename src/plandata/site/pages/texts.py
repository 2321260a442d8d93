"""Pages from the texts at the root of the repository: the changelog, and how to take part."""

import re
from collections.abc import Iterator

from plandata.site.edition import Edition
from plandata.site.page import Page, pick

# The texts link to the pages by their files; on the site they stand beside them.
TO_DOCS = re.compile(r"\]\(docs/([a-z-]+)\.[a-z]+\.md")


def pages(edition: Edition, lang: str) -> Iterator[Page]:
    title = pick(lang, "Changelog", "更新日志")
    yield page(
        edition, lang, "changelog", "CHANGELOG.md", title, pick(lang, "What each version changed.", "各版本的变化。")
    )
    if lang == "en":
        yield page(
            edition,
            lang,
            "contribute",
            "CONTRIBUTING.md",
            "Contribute",
            "How to correct a row, add a plan, a code or a rule.",
        )


def page(edition: Edition, lang: str, path: str, file: str, title: str, description: str) -> Page:
    text = (edition.package.root / file).read_text(encoding="utf-8")
    return Page(path, lang, title, description, TO_DOCS.sub(r"](\1.md", text))

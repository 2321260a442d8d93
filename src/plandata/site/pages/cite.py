"""How to cite the dataset; a single row is cited from its own place."""

from collections.abc import Iterator

from plandata.site.citing import dataset_citations
from plandata.site.edition import Edition
from plandata.site.page import Page, make, pick


def pages(edition: Edition, lang: str) -> Iterator[Page]:
    title = pick(lang, "Cite", "引用")
    described = pick(lang, "How to cite the dataset, a plan or a row.", "如何引用数据集、规划或单行数据。")
    yield make(edition, lang, "cite", title, described, "cite.md.j2", hide=(), citations=dataset_citations(edition))

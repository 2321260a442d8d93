"""The rules page: one anchor per rule, from the same texts as `plandata explain`."""

from collections.abc import Iterator
from itertools import groupby

from plandata.explain import WORDS, example_text, texts
from plandata.rules import all_rules
from plandata.site.edition import Edition
from plandata.site.page import Page, make, pick


def pages(edition: Edition, lang: str) -> Iterator[Page]:
    title = pick(lang, "Rules", "规则")
    described = pick(
        lang, "What plandata validate checks, why, and how to mend it.", "plandata validate 检查的内容、理由与改法。"
    )
    groups = [(group, list(found)) for group, found in groupby(all_rules().values(), key=lambda rule: rule.group)]
    yield make(
        edition, lang, "rules", title, described, "rules.md.j2",
        hide=(), groups=groups, texts=lambda rule: texts(rule, lang), example=example_text, words=WORDS[lang],
    )  # fmt: skip

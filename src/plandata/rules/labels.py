"""Rules about labels in the two languages."""

import re
from functools import cache

import polars as pl

from plandata.rules.registry import frame_rule
from plandata.rules.tables import alike, judged
from plandata.schema import home, read_yaml

DIGITS = re.compile(r"\d+(?:\.\d+)?")
HAN = r"[\x{3400}-\x{9fff}]"
WORDS_AT_MOST = 15

ENGLISH = {
    "why": "Readers of one language would read something else than readers of the other.",
    "why_zh": "两种语言的读者会读到不同的内容。",
}


@cache
def glossary() -> list[tuple[str, str]]:
    """The recurring terms: Chinese, and what its English must hold (lower case)."""
    terms = read_yaml(home() / "schemas" / "glossary.yaml")
    return [(str(zh), str(en).lower()) for zh, en in terms.items()]


def different_numbers(zh: str | None, en: str | None) -> str | None:
    """What is amiss where the two labels do not name the same numbers."""
    found = [sorted(set(DIGITS.findall(text or ""))) for text in (zh, en)]
    return None if found[0] == found[1] else f"{', '.join(found[0]) or '-'} / {', '.join(found[1]) or '-'}"


def missing_terms(zh: str | None, en: str | None) -> str | None:
    """The glossary terms of the Chinese label that its English does not use."""
    english = (en or "").lower()
    missing = [f"{term} = {wanted}" for term, wanted in glossary() if term in (zh or "") and wanted not in english]
    return "; ".join(missing) or None


ITEMS = ("goals", "measures")
PAIR = ["label_zh", "label_en"]


@frame_rule(
    ITEMS, "label_en", "中英文标签中的数字相同。",
    mend="Write the same figures in both labels, or none.", mend_zh="两处写相同的数字，或都不写。",
    bad={"goals": {"label_zh": "5岁以下儿童死亡率", "label_en": "Mortality of children under 3"}},
    good={"goals": {"label_zh": "5岁以下儿童死亡率", "label_en": "Mortality of children under 5"}}, **ENGLISH,
)  # fmt: skip
def labels_name_the_same_numbers(items: pl.DataFrame) -> pl.DataFrame:
    """Both labels of an item name the same numbers."""
    return judged(items.filter(pl.any_horizontal(pl.col(PAIR).str.contains(r"\d"))), PAIR, different_numbers)


@frame_rule(
    ITEMS, "label_en", "英文标签采用术语表的译法。",
    mend="Use the word that the finding names, from schemas/glossary.yaml.", mend_zh="按提示采用 schemas/glossary.yaml 中的译法。",
    bad={"goals": {"label_zh": "妇联参与立法", "label_en": "The women's union in legislation"}},
    good={"goals": {"label_zh": "妇联参与立法", "label_en": "The women's federation in legislation"}}, **ENGLISH,
)  # fmt: skip
def labels_use_the_glossary(items: pl.DataFrame) -> pl.DataFrame:
    """The English label of an item uses the glossary's word for each recurring term."""
    return judged(items, PAIR, missing_terms)


@frame_rule(
    ITEMS, "label_en", "中文标签用中文，英文标签不含汉字。",
    mend="Write each label in its own language.", mend_zh="各用其语言书写。",
    bad={"goals": {"label_zh": "产假制度", "label_en": "Maternity 产假"}},
    good={"goals": {"label_zh": "产假制度", "label_en": "Maternity leave"}}, **ENGLISH,
)  # fmt: skip
def labels_are_in_their_language(items: pl.DataFrame) -> pl.DataFrame:
    """The Chinese label of an item is Chinese, and the English one has no Chinese characters."""
    english = pl.col("label_en")
    beyond_ascii = pl.when(english.str.len_bytes() > english.str.len_chars()).then(english)
    mixed = beyond_ascii.str.contains(HAN).fill_null(False)
    return items.filter(mixed | ~pl.col("label_zh").str.contains(HAN))


@frame_rule(
    ITEMS, "label_en", "英文标签至多 15 词。",
    why="A label is a name, not a sentence; tables and charts cut longer ones.", why_zh="标签是名称而非句子；过长会在表格和图中被截断。",
    mend="Say it in fewer words.", mend_zh="缩短。",
    bad={"goals": {"label_zh": "产假制度", "label_en": "Maternity leave " * 8 + "pay"}},
    good={"goals": {"label_zh": "产假制度", "label_en": "Maternity leave pay"}},
)  # fmt: skip
def labels_are_short(items: pl.DataFrame) -> pl.DataFrame:
    """The English label of an item has at most 15 words."""
    words = pl.col("label_en").str.count_matches(" ", literal=True) + 1
    return items.filter(words > WORDS_AT_MOST).with_columns(pl.format("{} words", words).alias("detail"))


@frame_rule(
    ITEMS, "label_en", "同一领域内的标签互不相同。",
    why="Readers cannot tell the two items apart.", why_zh="读者无法区分两条。",
    mend="Say in the label what tells the two apart.", mend_zh="在标签中写出区别。",
    bad="two goals of one domain labelled 妇女健康水平 / Women's health", good="妇幼健康服务 / Maternal health services beside 妇女健康素养 / Health literacy of women",
)  # fmt: skip
def labels_differ_among_siblings(items: pl.DataFrame) -> pl.DataFrame:
    """No two items of one kind in one domain have the same label."""
    siblings = ("plan_id", "domain_id", "kind")
    return pl.concat(alike(items, [*siblings, label]) for label in PAIR)

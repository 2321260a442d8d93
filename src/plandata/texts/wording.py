"""What the words of a text prove beyond its figures: labels, scopes, timing, commitment, quotations, brackets.

Each check yields, for each thing that it looked at, the item, whether its text (in normal form) bears it out, and
what is amiss. How much of a label or a scope must stand in the text was set by the edition: its own rows pass, most
others do not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from plandata.schema import CodeLists
from plandata.tables import Row, grouped
from plandata.text import normalise, shared
from plandata.texts.figures import occurrences

Outcome = tuple[str, bool, str]
# What the sentence of a target says beside the words of the codes, which stand in the printed figure.
BESIDE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "timing": {"yearly": ("每年",), "throughout": ("控制", "不降低")},
    "commitment": {"general": ("具备条件",)},
}
USUAL = {"timing": "end", "commitment": "firm"}
SENTENCE_END = re.compile("[。;]")
# What tells of a bracket that has no partner.
BROKEN = ("unclosed_bracket", "page_break")
QUOTED = re.compile("[“「]([^”」]{2,})[”」]")
CUT = re.compile("…+")
# What every scope may end with and no text prints.
RANK = re.compile("之间$|级$")
LEAST_LABEL, LEAST_SCOPE, LEAST_SIGNS, LEAST_NAME = 0.25, 0.3, 0.5, 0.4
# By how much more a label may fit another item of its domain: headings of one subject share their words.
MARGIN = 0.25
# What a plan asks of a rate, share or number.
DIRECTION = re.compile(
    "(?:提高|提升|降低|减少|增加)[^,。;]{2,14}(?<!效)(?:率|比例|人数)"
    "|[\u4e00-\u9fff]{2,12}(?<!效)(?:率|比例|人数)[^,。;、\\d]{0,6}(?:提高|提升|下降|降低|减少|增加)"
    "|应(.{1,2})尽\\1"
)


def labels(texts: Mapping[str, str], rows: Mapping[str, Row]) -> Iterator[Outcome]:
    """A label shares words with its item, and not many more with another item of the domain and kind."""
    siblings = grouped(({"group": place(rows[item_id]), "id": item_id} for item_id in texts), "group")
    for item_id, text in texts.items():
        label = normalise(rows[item_id]["label_zh"])
        own = shared(label, text)
        others = (sibling["id"] for sibling in siblings[place(rows[item_id])] if sibling["id"] != item_id)
        better = [other for other in others if own < 1 - MARGIN and shared(label, texts[other]) > own + MARGIN]
        told = (
            f"label {rows[item_id]['label_zh']} fits {better[0]} better" if better else "label: not in the item's words"
        )
        yield item_id, not better and own >= LEAST_LABEL, told


def place(row: Row) -> str:
    """What items have in common that could be taken for each other."""
    return f"{row['domain_id'] or row['plan_id']} {row['kind']}"


def scopes(item_id: str, context: str, targets: Iterable[Row]) -> Iterator[Outcome]:
    """The scope of a target stands in its item, or in the title of the domain or the plan."""
    for scope in {row["scope_zh"] for row in targets if row["scope_zh"]}:
        own = RANK.sub("", normalise(scope))
        signs = {sign for sign in own if sign.isalnum()}
        standing = sum(sign in context for sign in signs) / len(signs)
        holds = shared(own, context) >= LEAST_SCOPE or standing >= LEAST_SIGNS
        yield item_id, holds, f"scope {scope} is not in the item's words"


def sentences_to(phrase: str, text: str) -> Iterator[str]:
    """The sentences of a text in which a phrase stands, each as far as the phrase."""
    for start, end in occurrences(phrase, text):
        begins = [0, *(cut.end() for cut in SENTENCE_END.finditer(text) if cut.end() <= start)]
        yield text[begins[-1] : end]


def manner(item_id: str, text: str, targets: Iterable[Row], codes: CodeLists) -> Iterator[Outcome]:
    """A timing or commitment other than the usual is told by a word in the sentence, before the figure or the name."""
    for row in targets:
        said = [part for phrase in (row["value_text"], row["name_text"]) for part in sentences_to(phrase, text)]
        for column, usual in USUAL.items():
            code = row[column]
            if code and code != usual and code in codes[column]:
                words = (*codes[column][code].words, *BESIDE[column].get(code, ()))
                holds = any(word in part for word in words for part in said)
                yield item_id, holds, f"{column} {code}: none of its words stands before {row['value_text']!r}"


def quoted(remark: str) -> list[str]:
    """What a note or a description quotes from the print, cut where it leaves words out.

    >>> quoted("“已列入……为重点”的“已”应为“以”。")
    ['已列入', '为重点']
    """
    return [part for quote in QUOTED.findall(remark) for part in CUT.split(quote) if part]


def quotations(item_id: str, text: str, told: Iterable[str]) -> Iterator[Outcome]:
    """Of what a note or a description quotes from the print something stands in the item."""
    for parts in filter(None, map(quoted, told)):
        holds = any(normalise(part) in text for part in parts)
        yield item_id, holds, f"“{parts[0]}” is not in the item"


def of_no_item(texts: Mapping[str, str], told: Iterable[str]) -> Iterator[Outcome]:
    """What is quoted in an anomaly of a document as a whole stands in none of its items."""
    for part in (part for remark in told for part in quoted(remark)):
        standing = next((item_id for item_id, text in texts.items() if normalise(part) in text), "")
        yield standing, not standing, f"“{part}” stands in the item, but the anomaly that quotes it names none"


def brackets(texts: Mapping[str, str], rows: Mapping[str, Row], recorded: Iterable[Row]) -> Iterator[Outcome]:
    """A bracket without its partner is recorded as an anomaly of the item, or once for the items of its domain."""
    told = {place(rows[row["item_id"]]) for row in recorded if row["kind"] in BROKEN and row["item_id"] in rows}
    for item_id, text in texts.items():
        if any(text.count(first) != text.count(second) for first, second in ("()", "“”", "《》", "〔〕")):
            yield item_id, place(rows[item_id]) in told, "a bracket without its partner is not recorded"


def directions(item_id: str, text: str, targets: Iterable[Row]) -> Iterator[Outcome]:
    """Where an item asks a rate, share or number to rise or fall, or all to be covered, a target is coded there, or
    one that names the same: a heading that the item then quantifies is not coded twice.
    """
    rows = list(targets)
    spans = [
        span for row in rows for phrase in (row["value_text"], row["name_text"]) for span in occurrences(phrase, text)
    ]
    for asked in DIRECTION.finditer(text):
        coded = any(start < asked.end() and asked.start() < end for start, end in spans)
        quantified = any(shared(row["name_text"], asked[0]) >= LEAST_NAME for row in rows)
        yield item_id, coded or quantified, f"{asked[0]} is no target"

"""Proposes labels of items: those of the same text, of the indicators that an item sets, or of a near item.

A label is our own wording, so nothing of the text is taken into one. Where nothing is near enough it stays empty.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from plandata.text import pairs
from plandata.texts.notes import without_note

Row = Mapping[str, str]
# How near a known label must be to the words of an item: the share of its pairs of characters that stand there, and of
# the pairs of the item's heading that it has.
NEAR, COVERED = 0.75, 0.35
LONGEST_ZH, MOST_WORDS = 40, 15
SAME_TEXT = "that of the same text"
HEADING = re.compile("[。:;]")


class Labels:
    """The labels of known items, to be looked up by text and by words."""

    def __init__(self, items: Iterable[Row]) -> None:
        self.by_text: dict[str, Row] = {}
        self.distinct: dict[tuple[str, str], Row] = {}
        for row in items:
            self.by_text.setdefault(row["text_sha256"], row)
            self.distinct.setdefault((row["kind"], row["label_zh"]), row)
        self.index: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.pairs = {key: pairs(key[1]) for key in self.distinct}
        for key, own in self.pairs.items():
            for pair in own:
                self.index[pair].append(key)

    def of(self, kind: str, text: str, sha256: str, indicators: Sequence[Row]) -> tuple[str, str, str]:
        """A Chinese and an English label of an item and where they come from; empty ones where nothing is near."""
        known = self.by_text.get(sha256)
        if known is not None:
            return known["label_zh"], known["label_en"], SAME_TEXT
        if indicators and kind in ("goal", "indicator", "overall"):
            label = of_indicators(indicators)
            if label:
                return *label, "the names of its indicators"
        return self.near(kind, without_note(text))

    def near(self, kind: str, text: str) -> tuple[str, str, str]:
        """The label of the known item whose words are nearest, where it is near enough."""
        heading = pairs(HEADING.split(text, maxsplit=1)[0])
        words = pairs(text)
        shared: dict[tuple[str, str], int] = defaultdict(int)
        for pair in heading:
            for key in self.index.get(pair, ()):
                shared[key] += 1
        best: tuple[float, str, tuple[str, str] | None] = (0.0, "", None)
        for key, count in shared.items():
            own = self.pairs[key]
            within = sum(pair in words for pair in own) / len(own)
            covered = count / max(1, len(heading))
            if within >= NEAR and covered >= COVERED and (key[0] == kind or kind not in ("goal", "measure")):
                best = max(best, (within + covered, key[1], key), key=lambda one: one[:2])
        if best[2] is None:
            return "", "", ""
        row = self.distinct[best[2]]
        return row["label_zh"], row["label_en"], f"that of a near item, {row['id']}"


def of_indicators(indicators: Sequence[Row]) -> tuple[str, str] | None:
    """A label of the names of up to two indicators, None where it would be too long or a name is missing."""
    names = list(dict.fromkeys((row["name_zh"], row["name_en"]) for row in indicators))
    if not names or len(names) > 2 or not all(zh and en for zh, en in names):
        return None
    zh, en = "与".join(zh for zh, _ in names), " and ".join([names[0][1], *(lower(en) for _, en in names[1:])])
    return (zh, en) if len(zh) <= LONGEST_ZH and len(en.split()) <= MOST_WORDS else None


def lower(text: str) -> str:
    """An English name inside of a label: its first word small unless it is an abbreviation.

    >>> lower("Infant mortality rate"), lower("HPV vaccination coverage"), lower("TVs in clinics"), lower("")
    ('infant mortality rate', 'HPV vaccination coverage', 'TVs in clinics', '')
    """
    return text if text[:2].isupper() else text[:1].lower() + text[1:]

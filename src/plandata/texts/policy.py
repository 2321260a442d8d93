"""What the text proves of what measures do, whom items name, what is cited and what is owed.

Each check yields, for each thing that it looked at, the item, whether its text (in normal form) bears it out, and
what is amiss.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from plandata.schema import Code
from plandata.tables import Row
from plandata.text import normalise, shared
from plandata.texts.wording import Outcome

SENTENCE = re.compile("[。]")
TITLE = re.compile("《([^《》]+)》")
# How a text calls its own plan, and what is filled in: neither is cited.
NO_CITATION = re.compile("^规划$|单$|表$")
# How much of a body's name must stand in the item that lays a duty on it, and the place and rank that it leaves away.
LEAST_BODY = 0.6
RANK = re.compile("^(?:自治县|[各上下同]级|[省市县区])")


def telling(item_id: str, text: str, rows: Iterable[Row]) -> Iterator[Outcome]:
    """The telling words of a row, and its deadline, stand in the item."""
    for row in rows:
        for column in ("name_text", "deadline_text"):
            if words := row.get(column):
                yield item_id, normalise(words) in text, f"{column} {words} is not in the item"


def often(item_id: str, text: str, duties: Iterable[Row], codes: Mapping[str, Code]) -> Iterator[Outcome]:
    """A word that says how often a duty is owed stands in the item."""
    for row in duties:
        code = codes.get(row["frequency"])
        if code and code.words:
            said = any(word in text for word in code.words)
            yield item_id, said, f"{row['duty_id']}: no word of the item says {code.code}"


def demanded(item_id: str, text: str, coded: Iterable[str], codes: Mapping[str, Code]) -> Iterator[Outcome]:
    """An item that prints a word which never stands there without a code has this code."""
    present = set(coded)
    for code in codes.values():
        word = next((word for word in code.demanding_words if word in text), "")
        if word:
            yield item_id, code.code in present, f"{word} is printed, but {code.code} is not coded"


def body(text: str) -> str:
    """A measure's text behind its heading, the first sentence; all of it where there is no other.

    >>> body("加强宣传。开展培训。")
    '开展培训。'
    """
    heading, _, rest = text.partition("。")
    return rest or heading


def cited(item_id: str, text: str, rows: Iterable[Row], own: str) -> Iterator[Outcome]:
    """Each title that is cited stands in the item or the preamble, and each one printed in 《》 is cited, but for forms
    and for the plan's own, which stands in own.
    """
    titles = {normalise(row["title_zh"]) for row in rows}
    for title in titles:
        yield item_id, title in text, f"{title} is not in the text"
    for printed in TITLE.findall(text):
        if not NO_CITATION.search(printed) and printed not in own:
            yield item_id, any(title in printed for title in titles), f"《{printed}》 is not cited"


def owed(item_id: str, text: str, rows: Iterable[Row], names: Mapping[str, Iterable[str]]) -> Iterator[Outcome]:
    """The bodies of a duty are named in the item that prescribes it, by any of their names."""
    for row in rows:
        for unit in filter(None, (row["from_unit_id"], row["to_unit_id"])):
            known = [RANK.sub("", normalise(name)) for name in names.get(unit, ())]
            named = any(len(name) > 1 and shared(name, text) >= LEAST_BODY for name in known)
            yield item_id, named, f"{unit} is not named in the item"

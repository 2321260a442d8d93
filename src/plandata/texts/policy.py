"""What the text proves of what measures do, whom items name, what is cited and what is owed.

Each check yields, for each thing that it looked at, the item, whether its text (in normal form) bears it out, and
what is amiss.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from plandata.schema import Code
from plandata.tables import Row
from plandata.text import normalise, shared
from plandata.texts.wording import Outcome

# What parts sentences, and the parts of one that have subjects of their own.
FULL_STOP, STOPS = "。", "。;"
CLAUSE, JOINED = re.compile("[,:]"), re.compile("以及|[、和及与(]")
# Who is told: 向…报送 around what is told, 报送… behind it.
TOLD_TO = re.compile("向([^,。;]{2,24}?)((?:报送|报告|提交|汇报|反馈|通报|报备))")
SENT_TO = re.compile("(?:报送?|分解到)([^,。;]{2,24})")
TITLE = re.compile("《([^《》]+)》")
# How a text calls its own plan, and what is filled in: neither is cited.
NO_CITATION = re.compile("^规划$|单$|表$")
# How much of a body's name must stand in the item that lays a duty on it, and the place and rank that it leaves away.
LEAST_BODY = 0.6
RANK = re.compile("^(?:自治县|[各上下同]级|[省市县区])")


def around(text: str, words: str, stops: str) -> str:
    """The part of a text between two stops in which some words stand; all of it where they do not.

    >>> around("定期会商。每年报送数据;通报结果。", "报送", "。;")
    '每年报送数据'
    """
    at = text.find(words)
    if at < 0:
        return text
    start = max(text.rfind(stop, 0, at) for stop in stops) + 1
    return re.split(f"[{stops}]", text[start:], maxsplit=1)[0]


def telling(item_id: str, text: str, rows: Iterable[Row]) -> Iterator[Outcome]:
    """The telling words of a row stand in the item, and the deadline of a duty beside them."""
    for row in rows:
        words = normalise(row.get("name_text", ""))
        if words:
            yield item_id, words in text, f"name_text {row['name_text']} is not in the item"
        if deadline := row.get("deadline_text"):
            held = normalise(deadline) in around(text, words, STOPS)
            yield item_id, held, f"deadline_text {deadline} is not beside {row['name_text']}"


def often(item_id: str, text: str, duties: Iterable[Row], codes: Mapping[str, Code]) -> Iterator[Outcome]:
    """A word that says how often a duty is owed stands in its sentence."""
    for row in duties:
        code = codes.get(row["frequency"])
        if code and code.words:
            sentence = around(text, normalise(row["name_text"]), FULL_STOP)
            said = any(word in sentence for word in code.words)
            yield item_id, said, f"{row['duty_id']}: no word of its sentence says {code.code}"


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
            yield item_id, named(names.get(unit, ()), text), f"{unit} is not named in the item"


def named(names: Iterable[str], text: str) -> bool:
    """Whether a body of some names is named in a text, its rank and place aside."""
    known = [RANK.sub("", normalise(name)) for name in names]
    return any(len(name) > 1 and shared(name, text) >= LEAST_BODY for name in known)


def prescribed(item_id: str, text: str, duties: Iterable[Row], codes: Mapping[str, Code]) -> Iterator[Outcome]:
    """A clause that prints a word which never stands in one without a duty of a kind holds such a duty."""
    spots = [(row["kind"], text.find(words), len(words)) for row in duties for words in [normalise(row["name_text"])]]
    for clause in re.finditer("[^,。;]+", text):
        kinds = {kind for kind, start, size in spots if start < clause.end() and start + size > clause.start()}
        for code in codes.values():
            word = next((word for word in code.demanding_words if word in clause[0]), "")
            if word:
                yield item_id, code.code in kinds, f"{word} is printed in {clause[0]}, but no duty of kind {code.code}"


def borne(item_id: str, text: str, duties: Iterable[Row], names: Mapping[str, Iterable[str]]) -> Iterator[Outcome]:
    """In a sentence whose subject are bodies of the place each duty is owed by one, and each of them owes one.

    The subject is what a clause begins with, for a duty up to its own clause; names are those of each body.
    """
    told = [(row, normalise(row["name_text"])) for row in duties]
    known = {normalise(name) for own in names.values() for name in own} if told else set()
    for row, words in told:
        before, found, _ = around(text, words, STOPS).partition(words)
        told_of = [one for clause in CLAUSE.split(before + found) for one in subjects(clause, known)]
        if told_of:
            detail = f"{row['duty_id']}: owed by none, but {told_of[0][0]} is its subject"
            yield item_id, bool(row["from_unit_id"]), detail
    for sentence in re.split(f"[{STOPS}]", text):
        owing = [row["from_unit_id"] for row, words in told if words in sentence]
        owed_by = {normalise(name) for unit in owing for name in names.get(unit, ())}
        for named_as in (one for clause in CLAUSE.split(sentence if owing else "") for one in subjects(clause, known)):
            yield item_id, not owed_by.isdisjoint(named_as), f"{named_as[0]} owes nothing of {sentence}"


def subjects(clause: str, names: Collection[str]) -> list[list[str]]:
    """The bodies that a clause begins with, each by the names that it may be known by, the longest first.

    >>> subjects("各成员单位、妇联和工会报告", {"成员单位", "妇联", "工会"})
    [['成员单位'], ['妇联'], ['工会']]
    """
    found: list[list[str]] = []
    while True:
        either = [name for name in names if clause.startswith((name, f"各{name}"))]
        if not either:
            return found
        found.append(sorted(either, key=lambda name: (-len(name), name)))
        longest = max(len(name) + (not clause.startswith(name)) for name in either)
        joint = JOINED.match(clause, longest)
        if not joint:
            return found
        clause = clause[joint.end() :]


def addressed(item_id: str, text: str, duties: Iterable[Row], names: Mapping[str, Iterable[str]]) -> Iterator[Outcome]:
    """A duty to report to a body, or to lay goals on it, is owed to this body; names are those of each body."""
    for row in duties:
        words = normalise(row["name_text"])
        clause = around(text, words, f"{STOPS},")
        start = clause.find(words)
        end = start + len(words)
        told = [m[1] for m in TOLD_TO.finditer(clause) if m.start(2) < end and m.end() > start]
        told += [m[1] for m in SENT_TO.finditer(clause) if start <= m.start() < end]
        known = [name for own in names.values() for name in map(normalise, own) if any(name in part for part in told)]
        if not known and not (told and row["to_unit_id"]):
            continue
        unit = row["to_unit_id"]
        fits = unit and any(named(names.get(unit, ()), part) for part in told)
        yield item_id, bool(fits), f"{row['duty_id']}: owed to {unit or 'none'}, but told to {' and '.join(told)}"

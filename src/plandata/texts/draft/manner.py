"""When a target must hold and how firmly, in the words of its phrase and of the sentence before it."""

import re

from plandata.texts.draft.vocabulary import (
    AT_EVENT,
    CLAUSE_END,
    ENCOURAGING,
    FALLS,
    GENTLY,
    LOOSE,
    NEARLY,
    RISES,
    STRIVING,
    THROUGHOUT,
)

# A verb of government's own, so near behind a word that encourages, ends its reach.
OWN_VERB, REACH = re.compile("实现|确保|推进|保证|保障|落实"), 24
GOES_ON = re.compile(f"(?:进一步|逐步|不断)?(?:每年|每学期|至少|{RISES}|{FALLS})")
HEADED = re.compile(f"^(?:积极|大力|进一步|不断|继续)?(?:{ENCOURAGING})")
# A clause that only names a year carries the effort on: 力争到2025年,….
CARRIES_ON = re.compile(rf"(?:{STRIVING})(?:[到至在]?20\d\d年(?:底|末)?(?:前|时)?|期末|通过[^,。;]{{2,8}}),[^,。;]*$")
DUE = re.compile(r"(20\d\d)年")


def clause_of(said: str) -> str:
    return re.split(CLAUSE_END, said)[-1]


def timing(phrase: str, clause: str, basis: str) -> str:
    """The code of when a target must hold.

    >>> timing("保持在90%以上", "覆盖率保持在90%以上", "level"), timing("逐年降低", "比例逐年降低", "annual_decrease")
    ('throughout', 'yearly')
    """
    if re.search(AT_EVENT, clause):
        return "event"
    if "平均每年" in clause:
        return "end"
    if basis.startswith("annual") or "逐年" in phrase or (basis == "cumulative" and "每年" in clause):
        return "yearly"
    return "throughout" if re.search(THROUGHOUT, phrase) else "end"


def commitment(said: str, phrase: str, numeric: bool) -> str:
    """The code of how firmly a sentence commits, as far as its phrase.

    >>> commitment("力争到2025年,覆盖率达到90%", "达到90%", True), commitment("鼓励学校每年组织1次", "组织1次", True)
    ('strive', 'encourage')
    """
    clause = clause_of(said)
    if re.search(STRIVING, clause) or CARRIES_ON.search(said):
        return "strive"
    if encouraged(said, clause):
        return "encourage"
    if re.search(LOOSE, clause) or re.search(NEARLY, phrase):
        return "general"
    gently = re.search(f"(?:{GENTLY})(?:有序)?(?:{RISES}|{FALLS}|控制)", clause)
    return "general" if gently and not numeric else "firm"


def encouraged(said: str, clause: str) -> bool:
    """Whether others are only encouraged, by a word that heads the clause, or the sentence where it has no subject."""
    if heads := HEADED.match(clause):
        return "倡导" in heads[0] or not OWN_VERB.search(clause, heads.end(), heads.end() + REACH)
    first = re.split(CLAUSE_END, said)[0]
    return bool(first != clause and HEADED.match(first) and GOES_ON.match(clause))


def target_year(said: str, first: int, last: int) -> str:
    """The year by which a target must hold: the last one of the plan unless an earlier one is printed before it."""
    due = [year for year in DUE.findall(said) if first <= int(year) <= last]
    return due[-1] if due else str(last)

"""What a quantity is said of: the names in its clause, the members of their lists, and the bodies that it holds for."""

import re
from typing import NamedTuple

from plandata.texts.draft.clauses import Place
from plandata.texts.draft.lists import members, members_of, parts
from plandata.texts.draft.naming import GOES_ON, bodies, has_head, object_of, short, trimmed
from plandata.texts.draft.quantities import Quantity
from plandata.texts.draft.senses import FREE
from plandata.texts.draft.vocabulary import BRINGS, DOES

COUNTS = ("count", "person", "person_time", "time", "yuan", "time_per_year", "time_per_term")
LONG_VERB = "(?:" + "|".join(verb for verb in BRINGS.split("|") if len(verb) > 1) + ")(?:有|起|了)?"
ENDS_IN_VERB = re.compile(f"(?:{LONG_VERB})$")
VERBS = re.compile(f"^(?:[、和及]{LONG_VERB}|新建|改建|扩建|迁建|续建)+")
LEVEL = re.compile("的(?:水平|比例|标准|目标)?$")
TIME = re.compile("时间|睡眠|运动|锻炼|光")
SPENT_ON = re.compile(f"{TIME.pattern}|活动|阅读|节目|课")
# How many may be meant of each of two things; more are the sum of both.
FEW = 5
# What begins a part of the group that the clause before it speaks of.
AMONG = re.compile("其中")
DOING = re.compile(f"(?:{DOES})(?![^,。;]*的)")
SPENT = re.compile("([^,。;、每天日]{2,8}时间)")


class Subject(NamedTuple):
    """A name as printed, the whole name of the member of the list in it, and the body or place that is meant."""

    printed: str
    whole: str
    place: str


def subjects(place: Place, unit: str) -> list[Subject]:
    """What a list of numbers is said of."""
    own = trimmed(place.before)
    own = own if len(own) > 1 else ""
    if unit in COUNTS or (unit == "hour_per_day" and not own.endswith(("时间", "光"))):
        return counted(place, unit)
    if unit == "year" and FREE.match(place.after):
        return [subject(trimmed(place.after), own)]
    if (place.after.startswith("的") and not LEVEL.match(place.after)) or (
        not has_head(own) and GOES_ON.search(place.after) and object_of(place.after)
    ):
        return [shared(place, own)]
    carried = place.clause.sentence.name
    if unit.startswith("per_") and ENDS_IN_VERB.search(own) and (name := trimmed(place.after)):
        return [subject(name, ENDS_IN_VERB.sub("", own))]
    if not own or (unit == "ratio" and not has_head(own) and has_head(carried)):
        return [subject(carried or trimmed(place.after), own)]
    if AMONG.search(place.before) and not has_head(own) and has_head(carried):
        return [Subject(short(carried), carried, own)]
    apart = place.apart
    listed = place.first.start != place.group[-1].start
    found = members_of(own, len(place.group)) if apart or listed else members(own)
    if len(found) == 1 and re.search("(?<!人)均", place.near) and (each := len(parts(own))) > 1:
        found = members_of(own, each)
    return [Subject(short(own[m.start : m.end]), m.full, "") for m in found]


def subject(name: str, place: str) -> Subject:
    return Subject(short(name), name, place)


def shared(place: Place, own: str) -> Subject:
    """The subject of a share of bodies or persons that do or have something: 90%的社区建立家长学校."""
    owner = place.after if place.after.startswith("的") else own
    listed = place.after.rstrip("和、及与") != place.after
    name = object_of(place.rest if listed else place.after)
    return subject(name or own, trimmed(re.split(f"{BRINGS}|通过|达到", owner)[0]))


def counted(place: Place, unit: str) -> list[Subject]:
    """What things, persons and times are counted: the name stands behind the number, else before it."""
    sentence = place.clause.sentence
    name = name_behind(place) or name_before(place, unit)
    own = [] if place.adds else [body for body in bodies(place.before, place.near) if trimmed(body)]
    sentence.bodies = own or sentence.bodies
    if unit == "hour_per_day" and not SPENT_ON.search(name) and TIME.search(sentence.name):
        return [subject(sentence.name, name)]
    objects = [part for part in re.split("和|、", name) if part]
    few = place.first.value <= FEW
    alike = (
        few
        and len(objects) > 1
        and len({part[-2:] for part in objects}) == 1
        and all(len(part) > 3 for part in objects)
    )
    return [subject(part, body) for part in (objects if alike else [name]) for body in sentence.bodies or [""]]


def name_behind(place: Place) -> str:
    """The words behind a number that say what is counted; those of the whole list where only a separator follows."""
    behind = place.rest if re.match("[、和]", place.after) else place.after
    return trimmed(DOING.split(behind)[0])


def name_before(place: Place, unit: str) -> str:
    """The words before a number that say what is counted."""
    if unit == "hour_per_day" and (spent := SPENT.search(place.lead)):
        return spent[1]
    sentence = place.clause.sentence
    carried = sentence.name or object_of(sentence.last)
    whole = trimmed(place.before)
    verb = None if has_head(whole) else re.search(LONG_VERB, place.before)
    return (trimmed(VERBS.sub("", place.before[verb.end() :])) if verb else "") or whole or carried


def paired(place: Place, named: list[Subject]) -> list[tuple[Quantity, Subject]]:
    """Which number is said of which subject: one each with 分别, all of all where one number or range is printed."""
    group = place.group
    if len({number.start for number in group}) == 1 and (len(group) == 1 or group[0].comparator == "ge"):
        return [(number, subject) for subject in named for number in group]
    if len(named) == len(group):
        return list(zip(group, named, strict=True))
    return [(number, named[0]) for number in group]

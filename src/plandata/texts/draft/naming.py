"""The words of a clause by which it names what a quantity is about, and for whom."""

import re
from functools import lru_cache

from plandata.texts.draft.lists import parts
from plandata.texts.draft.vocabulary import ADVERB, BRINGS, FALL, HEAD, INSTITUTIONS, LEAD, RATE, RISE, TO_VALUE

LEADING = re.compile(f"^(?:{LEAD})(?!标准|水平|服务|工程|性|化|急|式)")
TRAILING = re.compile(
    "(?:以[^,、]{1,12}为单位|(?:[在较比与同]|以(?![上下内]))[^,、在较比与同以]{2,14}(?:基础上|相比|为基数)"
    "|[比较](?:20\\d\\d年|上年|去年|往年|上一?届|基期)|[到至在]?20\\d\\d年(?:底|末)?"
    f"|按照?[^,、]{{2,10}}人均|(?:供水)?期间|{ADVERB}|{TO_VALUE}|总体|由|从|:"
    f"|[由从](?:20\\d\\d年的?)?\\d[^,。;]*|(?:每年|平均|年均)?(?:{RISE}|{FALL})(?:了|幅度)?|每年)$"
)
VERB = re.compile(f"(?:{BRINGS})(?:有|起|了|并)?(?:至少|不少于)?")
OBTAINS = re.compile(f"通过|获得|得到|{TO_VALUE}|(?:(?!发展)(?:{BRINGS}))(?:有|起|了|并)?(?:至少|不少于)?")
GOES_ON = re.compile(f"^(?:{ADVERB})*(?:{BRINGS}|{TO_VALUE}|通过|获得|得到|创建|成功)")
LEVELS = re.compile("(?:[省市县区乡镇](?:\\([^()]*\\))?、)+[市县区乡镇村](?:\\([^()]*\\))?(?:[两三]级|级)?")
EACH = re.compile("每[个所家处村社县乡镇]|各|均|都")
SPOKEN_OF = re.compile(f"(.*(?:{RATE}|数量|人数|干部|女性|代表|委员))")
PLACE_ENDS = re.compile(f"(?:每(?:年|学期|学年|天|月|季度)|平均|{ADVERB}|{BRINGS}|各|应).*$")
LONGEST = 30


@lru_cache(maxsize=10_000)
def trimmed(text: str) -> str:
    """The words of a name without what leads up to it and what follows.

    >>> trimmed("力争全区适龄儿童入园率分别"), trimmed("适龄儿童疫苗接种率以镇(街道)为单位")
    ('适龄儿童入园率', '适龄儿童疫苗接种率')
    """
    before = ""
    while before != text:
        before = text
        text = LEADING.sub("", text.strip("、,和及与的"))
        text = TRAILING.sub("", text) if len(text) > 2 else text
    return text


def short(name: str) -> str:
    """The end of a name that is not longer than a cell may be, cut where one of its parts begins."""
    if len(name) <= LONGEST:
        return name
    starts = [start for start, _ in parts(name) if len(name) - start <= LONGEST]
    return name[starts[0] :] if starts else name[-LONGEST:]


def object_of(after: str) -> str:
    """What is to be brought about, in the words behind a number: 的城市社区建立家长学校 names 家长学校."""
    verb = OBTAINS.search(after)
    found = trimmed(after[verb.end() :] if verb else after)
    return found if len(found) > 1 else ""


def spoken_of(clause: str) -> str:
    """What a clause without a number speaks of, for one behind it that does not say it again; "" where unclear."""
    found = SPOKEN_OF.match(clause)
    return trimmed(found[1]) if found else ""


def has_head(text: str) -> bool:
    return bool(re.search(f"{HEAD}(?:\\([^()]*\\))?$", text))


def bodies(before: str, near: str = "") -> list[str]:
    """The bodies that must each have a number, as listed before it; one where they are pooled or not listed.

    near is what stands between them and the number.

    >>> bodies("每所乡镇卫生院、社区卫生服务中心至少配备"), bodies("各县(市、区)至少设有")
    (['每所乡镇卫生院', '社区卫生服务中心'], ['各县(市、区)'])
    """
    if levels := LEVELS.match(before):
        ranks = re.findall("[省市县区乡镇村](?:\\([^()]*\\))?", levels[0])
        rest = bodies(before[levels.end() :], near) if before[levels.end() :] else [""]
        return [rank + body for rank in ranks for body in rest] if EACH.search(before + near) else [before]
    subject = PLACE_ENDS.sub("", before) or before
    if before.startswith(("每", "各")):
        subject = before[0] + (PLACE_ENDS.sub("", before[1:]) or before[1:])
    listed = [subject[start:end] for start, end in parts(subject)]
    apart = EACH.search(before + near) or all(re.search(f"(?:{INSTITUTIONS})$", part) for part in listed)
    return listed if apart and "等" not in subject and listed else [subject]

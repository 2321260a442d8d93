"""Reads from the sentences on the running of a plan which bodies lead and which are responsible.

Items on implementation and monitoring assign bodies in prose (codebook, Bodies): a body that leads, heads, organises,
sets up or is in charge leads; one that carries out, reports, submits or pays is responsible; a group never leads.
Read are the sentences and parts of sentences that begin with bodies, and those by whom a working group is led. What is
only named (praise, addressees, members of working groups) is left out.
"""

import re
from collections.abc import Iterator

from plandata.text import normalise
from plandata.texts.names import BOXED, LEVEL, is_body, split_name
from plandata.texts.notes import Named

# What may stand between the bodies that begin a sentence and its verb.
BETWEEN = (
    r"(?:每年|定期|高度重视,?|应当|应该|应|要|须|需|将|积极|具体|认真|切实|及时|分别|共同|统一|负有|进一步|本着"
    r"|(?:按照?|根据|依据|结合|围绕|对照|立足|针对|对)[^,。;]{1,24}?,?(?=[承落制开组牵负每报提要应将向把完履纳加审保收按根依结]|认真|各司|实施|抓好|积极|及时|切实|分别))*"
)
LEADS = (
    r"(?:牵头|负责(?!人)|负总责|下设|是[^,。;]{0,10}(?:责任主体|第一责任人)|组织(?!实施)|设立|成立|主管|统筹|召集|召开|领导|审定|指导[^,。;]*(?:评估|监测)|制定[^,。;]{0,6}(?:评估|监测)[^,。;]*方案"
    r"|会同|协调)"
)
SERVES = (
    r"(?:承担|落实|制定|制订|编制|出台|报送|报告|上报|提交|向|把|将|加大|提供|保障|开展|收集|履行|完成|执行|实施|组织实施|抓好|做好|纳入|审评|审议"
    r"|各司其职|加强|建立|健全|明确|发挥|安排|支持|推进|推动|细化|分解|确保|主动|密切|研究)"
)
VERB = re.compile(rf"{BETWEEN}(?:(?P<leads>{LEADS})|(?P<helps>配合|协助)|(?P<serves>{SERVES}))")
# A working group and the body that leads it, and whoever is said to do something.
BY = re.compile(
    r"(?:(?:监测组|评估组|领导小组|协调组|工作组|专家组|监测|评估|规划|工作|实施|项目)[^,。;由]{0,12})?由(?P<bodies>[^,。;]{2,30}?)"
    r"(?P<verb>牵头|负责(?!人)|组织|承担)"
)
# Groups of bodies that only prose names.
NAMED = re.compile(
    r"(?:本[市县区州旗])?各级(?:人民)?(?:政府|财政|部门)(?:有关部门|各部门|部门)?|各地(?:各部门)?|各有关方面|责任单位|各责任单位|特邀单位|人民团体|社会团体|社会组织"
    r"|(?:有关|相关|各有关|各相关)(?:部门|单位|机构|方面)|政府各?(?:有关|相关)部门|(?:乡镇|镇|乡|县级|市级|区级)(?:人民)?政府|街道办事处"
    rf"|(?:各级|{LEVEL})(?:\w{{2,6}})部门|{LEVEL}级财政"
    r"|(?:财政|统计|教育|卫生健康|民政|宣传|公安|司法)(?:行政)?部门"
    r"|(?:各级|下级)\w{2, 20}(?:委员会|妇儿工委|妇联)(?:办公室|成员单位|办)?"
)
GROUP = re.compile(
    r"各(?!级)|有关|相关|政府[各有相]|.*成员单位|.*特邀单位|.*(?:团体|机构|组织)$|.*责任单位|下级|各级.*[有相]关部门|[镇乡街]"
)
# Whom a working group is made of.
MEMBERS = re.compile("[^,。;]*(?:人员|负责人|专家)组成")
LONGEST = 60
TASKED = re.compile("^承担[^,。;]{2,12}的(?=有关|相关|各)")
# How a body that begins a sentence begins; anything else before its end is no name.
BEGINNING = re.compile(
    rf"各|本[市县区州旗]|有关|相关|政府[各有相]|{LEVEL}|自治|[上下]级|妇儿工委|妇女儿童工作委员会|成员单位|特邀|责任单位|承担|团[市县区州旗]|共青团"
)
SHORT = re.compile(r"\((?:以下)?(?:统|简)称[^()]*\)")
JOINED = re.compile("、|以及|[和及与]")


def spoken(text: str) -> list[Named]:
    """The bodies that an item's sentences assign, as printed, each once, in print order.

    >>> [tuple(named) for named in spoken("加强领导。县妇儿工委负责组织协调，各成员单位按照职责落实任务。")]
    [('lead', '县妇儿工委'), ('responsible', '各成员单位')]
    """
    found: dict[str, str] = {}
    for clause in clauses(SHORT.sub("", normalise(text))):
        for named in [*subject(clause), *agents(clause)]:
            found.setdefault(named.name, named.role)
    return [Named(role, name) for name, role in found.items()]


def clauses(clean: str) -> Iterator[str]:
    """The text from the beginning of each sentence, and of each part of one, to the end of the sentence."""
    for sentence in re.split("[。;!?]", clean):
        start = 0
        for comma in [*re.finditer(",", sentence), None]:
            yield sentence[start:]
            start = comma.end() if comma else start


def subject(clause: str) -> list[Named]:
    """The bodies that a clause begins with, where a verb of duty follows them."""
    for verb in VERB.finditer(clause):
        head = TASKED.sub("", clause[: verb.start()])
        if (named := listed(head)) and not MEMBERS.match(clause, verb.end()):
            return [Named(role_of(verb, name), name) for name in named]
        if len(head) > LONGEST:
            break
    return []


def role_of(verb: re.Match[str], name: str) -> str:
    """The role that a verb gives to a body; a group never leads."""
    if verb["helps"]:
        return "cooperating"
    return "lead" if verb["leads"] and not GROUP.match(name) else "responsible"


def agents(clause: str) -> list[Named]:
    """The bodies by whom a working group is led, or a work done, in the first part of a clause."""
    by = BY.match(clause)
    named = listed(by["bodies"]) if by and not MEMBERS.match(clause, by.end()) else []
    return [Named("responsible" if GROUP.match(name) else "lead", name) for name in named]


def listed(head: str) -> list[str]:
    """The bodies of a list; empty where it holds anything else."""
    names: list[str] = []
    blank = BOXED.sub(lambda box: "_" * len(box[0]), head)
    start = 0
    for end, following in [*((joint.start(), joint.end()) for joint in JOINED.finditer(blank)), (len(head), len(head))]:
        if not named(head[start:end]) and end < len(head):
            continue
        names += apart(head[start:end])
        start = following
    return names if names and all(map(named, names)) else []


def apart(name: str) -> list[str]:
    """The names in a piece of a list: one, or with that in brackets behind it two, without 等部门."""
    box = BOXED.search(name)
    if box and box.end() == len(name) and is_body(name[: box.start()]) and named(box[1]):
        return [name[: box.start()], box[1]]
    return split_name(name)


def named(name: str) -> bool:
    return NAMED.fullmatch(name) is not None or (is_body(name) and BEGINNING.match(name) is not None)

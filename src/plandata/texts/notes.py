"""Reads how an item names its bodies: notes in brackets, lines of their own, short sentences, cells of tables.

A note is a label and a list (牵头单位:…;责任单位:…), a list with verbs (…牵头,…配合), or a bare list in brackets at the
end. A line may hold for several items (1-3项责任单位:…). Everything is read in the normal form of `plandata.text`.
Nothing here knows a place: what is a body is told by the ends of its name.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plandata.text import normalise

ROLES = {
    "lead": "牵头 主责 主办 领办 第一责任 主要责任",
    "cooperating": "配合 协办 协同 协助 协作 支持 会办",
    "participating": "参与 参加 参办",
    "responsible": "责任 负责 落实 承办 实施 完成 承担 执行 推进",
}
WORDS = {word: role for role, words in ROLES.items() for word in words.split()}
WORD = "|".join(WORDS)
OPEN, CLOSE = "([{【〔〈<「『", ")]}】〕〉>」』"
EDGE = re.escape(OPEN + CLOSE + "。;,、:!?")
BODIES = "单位|部门|机构|主体|科室|处室|股室|方"
LABEL = (
    rf"(?:主要|第一|第二|共同|具体|其他|主体|市级|县级|区级)?(?:{WORD})(?:[、和及与/]?(?:{WORD}))*"
    rf"(?:\((?:单位|部门|主体|责任|牵头|配合)\))?(?:{BODIES})(?:[、和及与/(](?:{BODIES})\)?)?"
    r"(?:及其?(?:职责|任务|工作)?分工|及其?职责)?"
)
SHORT = "牵头|主责|主办|责任|负责|落实|配合|协办|协同|协助|参与"
BEHIND = (
    r"(?:责任|牵头|分管|联系|配合)(?:领导|人|科室)|完成时[限间]|时间(?:节点|进度)|进度安排|(?:督办|督导|监督|考核)单位"
)
# What opens a part of a note, by the signs that show it: a bracket of its own, a colon, a place behind an edge.
MARK = re.compile(
    rf"[{re.escape(OPEN)}](?P<boxed>{LABEL})[{re.escape(CLOSE)}]:?(?![{EDGE}]|$)"
    rf"|(?P<colon>{LABEL})(?:为|是)?:+"
    rf"|(?:^|(?<=[{EDGE}]))(?P<short>{SHORT}):+"
    rf"|(?P<behind>{BEHIND}):+"
    rf"|(?:^|(?<=[{EDGE}]))(?P<plain>{LABEL})(?:为|是)?(?=(?P<first>[^{EDGE}]{{2,30}}))"
)
# The verbs that close a list, with what may stand before and behind them.
MANNER = r"(?:(?:按照?|依照?|根据|结合)?(?:各自|部门|工作|有关|本部门)*(?:职责|职能|任务)+(?:分工|范围)?内?|按?分工)?"
MANNER += r"(?:共同|分别|各自|具体|协同|协调|联合|组织|统一|各司其职|积极|密切)*"
VERB = re.compile(
    rf"(?P<name>.*?)(?:,?{MANNER})(?:(?:作?为|是)(?P<noun>{LABEL})|(?P<verb>{WORD}))"
    rf"(?P<tail>(?:{WORD}|组织|完成|工作|抓好|做好|此项|该项|本项|好|并|开展|建设|予以|相关|以?下)*)"
)
LINK = re.compile(
    r"(?:并|具体|分别|主要|其中)?由(?!于)|(?P<with>会同|联合|协同|商)(?!会)|以及|[和与及](?=各|市|县|区|有关)"
)
ETC = re.compile(r"(?<=[局委院联协会室部办团府门社心位镇乡道区县街队馆店站校行司台处)])等(?P<rest>.*)")
GENERIC = re.compile(
    r"(?:市级|县级|区级|市直|县直|区直)?(?:\d+个?|多个?|其他|各|有|相)*关?"
    r"(?:(?:职能|责任|业务|行业)?主?管?(?:部门|单位|机构|方面|委办局))?(?:[和及与、](?:部门|单位|机构))?"
)
# Groups in print that hold the list sign in their name.
AREA = r"(?:乡镇|镇乡|镇街|乡|镇|街道|县|市|区|旗|苏木|农场|团场|园区|开发区|工业园区|新区|县区|市区|县市区|区县)"
AREA_END = r"(?:办事处|办|(?:人民)?政府|管委会|党(?:工)?委)?"
GROUP = re.compile(
    rf"成员单位、特邀单位|各{AREA}(?:\([^()]*\))?(?:、{AREA}(?:\([^()]*\))?)+{AREA_END}(?=$|[^\w(]|等|[和及与按分共]|{WORD})"
)
HARD, SOFT = "、,;。!|", re.compile(r"以及|[和与及/·.]")
LEVEL = r"(?:自治[县州旗]|特区|林区|新区|[市县区州盟旗省师])"
OPENING = re.compile(rf"各|有关|相关|{LEVEL}|团[市县区州盟旗]|共青团|驻")
ENDINGS = re.compile(
    r"(?:(?<![布格结大全])局|(?<![常村居两家校班])委|委员会|(?<![举创开主承督新筹停])办|办公室|督查室|研究室|督导室"
    r"|(?:宣传|组织|统战|统一战线工作|社会工作|武装|人武|政治|联络|农工)部|法院|中院|检察院|保健院|党校|行政学院|干部学院"
    r"|[妇残文侨社科商台企]联|(?:联合|工|协|学|商|红十字|基金|管委|总|常委|促进)会|[科作生]协|书店|共青团|政府|办事处|政协|人大"
    r"|(?:管理|服务|媒体|发展|保障|控制|疾控|指导|监测|交易|救助|活动|事务|数据|培训)中心|公司|银行|集团|[总支大查援]队|消防队"
    r"|电视台|广播台|报社|[供合]作?社|供销社|海关|档案馆|图书馆|行署|纪委监委|税务分?局|气象台|[博文科体]+馆|少年宫|分行|支行)$"
)
GROUPS = re.compile(
    rf"(?:各|有关|相关|其他|全[市县区]|{LEVEL}(?:直|级|属|管)|{LEVEL}?(?:政府)?(?:妇儿工委|妇女儿童工作委员会)|成员|特邀)"
    rf".*(?:{AREA}|单位|部门|机构|组织|团体|学校|院校|医院|企业|\)){AREA_END}|成员单位|(?:人民|群众|社会|群)团体?组?织?"
)
# Signs and words that no name of a body holds, and those that none begins with.
FOREIGN = re.compile(
    r"[的了率达向%“”\"《》:;,。?!\d]|(?<!自)由|简称|[董监理]事会|[村居]民?委|^(?:含|如|即|指|见|按|与|和|或|在|对|以|国家(?!税务总局\w|统计局\w)|通过|加强"
    r"|建立|完善|发挥|推动|开展|鼓励|依托|根据|包括|健全|强化)"
)
# A label whose list stands in brackets behind it.
HELD = re.compile(
    rf"(?:^|(?<=[{EDGE}]))({LABEL})[{re.escape(OPEN)}]((?:[^()]|\([^()]*\))+)[{re.escape(CLOSE)}](?:[;,、]|$)"
)
ORDINAL = re.compile(r"(?<![\w:])\(?\d{1,2}[.、)](?=\D)|(?<=[局委院联会部办室])\(?\d{1,2}[.、)](?=\D)")
TOGETHER = re.compile("(?<=[局委院联会办部室])(?=会同|协同|联合(?!会))")
# Where a second body may begin without a sign before it, and what is then no body but the beginning of the name.
JOINT = re.compile(
    rf"(?<=\w\w|.\))(?=各|有关|相关|团[市县区州旗]|共青团|国网|国家|人民银行|{LEVEL}\w\w)|(?<=[^分总安]局)(?=\w+[局联会委]$)"
)
WHOLE = re.compile(rf"共青团|.*(?<!团){LEVEL}委|各\w|国家\w*总局|.*[级直]")
OWNER = re.compile(
    rf"(?:(?<!团){LEVEL}委|政府)(?:各|有关|相关)+(?:部门|单位|机构|委)|(?:妇儿工委|妇女儿童工作委员会)(?:各|有关|相关)*成员"
)
BOXED = re.compile(r"\(([^()]*)\)")
CIRCLED = {ord(sign): f"{number}、" for number, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}
NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
NUMBERS = rf"\(?{NUMERAL}\)?(?:[、,.和及与至到~—–―-]+第?\(?{NUMERAL}\)?)*[、.]?"
ITEMS = "主要目标|重点目标|具体目标|发展目标|目标任务|目标|指标|策略措施|主要措施|具体措施|主要任务"
ITEMS += "|任务|措施|内容|工作|事项|领域"
SHARED = re.compile(
    rf"[{re.escape(OPEN)}]?(?:(?:以上|上述|上列|其中|本领域|该领域)?(?:{ITEMS})?中?的?"
    rf"第?(?P<numbers>{NUMBERS})[项条点款个]?(?:{ITEMS})?"
    rf"|(?P<all>(?:以上|上述|上列|本|该|此|全部|所有|各)(?:领域|部分|板块|章|节|方面)?(?:的?(?:各项?|所有|全部)*)*(?:{ITEMS}|条款|项)*"
    r"|(?:妇女|儿童)与\w{2,8}?|\w{2,10}(?:领域|方面)))"
    rf"(?:的|均|都)?(?:[,:]?(?=由|{LABEL}|(?:{SHORT}):)|(?<=[项条点款个标施]):)(?P<rest>.+)"
)
FIRST = re.compile(
    r"(?:排(?:名|列)?|列|位)?[在于居]?(?:第一|首)[位个]?的?(?:单位|部门)?,?(?:的|均)?(?:作?为|是)(?:牵头|主责)"
)


class Named(NamedTuple):
    """A unit as a note names it: its role code and its name as printed (normalised)."""

    role: str
    name: str


class Shared(NamedTuple):
    """The bodies that a line of its own names, and for which items: their numbers, all, or the item before it.

    kind is goal or measure where the line says so, else "". Without numbers it is for all items that it follows
    (everything) or for the item right before it.
    """

    numbers: frozenset[int]
    everything: bool
    kind: str
    bodies: tuple[Named, ...]


class Span(NamedTuple):
    """Where a note stands in a normalised text, and whom it names."""

    start: int
    end: int
    named: list[Named]


def read_note(text: str) -> list[Named]:
    """The units that an item's note names, in print order; empty without a note.

    A bracket that never closes ends with the text. What a page break printed twice is read once.

    >>> [tuple(named) for named in read_note("贫血率下降。(牵头单位:县卫健局;责任单位:县妇联、残联")]
    [('lead', '县卫健局'), ('responsible', '县妇联'), ('responsible', '残联')]
    >>> [tuple(named) for named in read_note("贫血率下降。（县卫健局牵头，县妇联等配合）")]
    [('lead', '县卫健局'), ('cooperating', '县妇联')]
    """
    return [named for span in spans(spaced(text)) for named in span.named]


def without_note(text: str) -> str:
    """The normalised text of an item without what names its bodies.

    >>> without_note("贫血率下降。（责任单位：县卫健局）")
    '贫血率下降。'
    """
    clean = spaced(text)
    kept, at = [], 0
    for span in spans(clean):
        kept.append(clean[at : span.start])
        at = max(at, span.end)
        if clean[at : at + 1] in ("。", ";") and clean[: span.start].endswith("。"):
            at += 1
    return "".join([*kept, clean[at:]])


def names(listed: str) -> list[str]:
    r"""The names of one list or of a table's cell, its groups whole; line ends and spaces between bodies part them.

    >>> names("市检察院、市司法局等市妇儿工委有关成员单位、特邀单位)")
    ['市检察院', '市司法局', '市妇儿工委有关成员单位、特邀单位']
    >>> names("市教育局\n市发展和\n改革委")
    ['市教育局', '市发展和改革委']
    """
    return [named.name for named in entries(spaced(listed), "responsible")]


def read_cell(cell: str, role: str) -> list[Named]:
    """The bodies of a table's cell under a heading of this role; a verb or a (牵头) in it gives another.

    >>> [tuple(named) for named in read_cell("市教育局（牵头）、市妇联", "responsible")]
    [('lead', '市教育局'), ('responsible', '市妇联')]
    """
    clean = spaced(cell)
    labelled = spans(clean)
    if labelled and labelled[0].start == 0:
        return [named for span in labelled for named in span.named]
    return entries(clean, role)


def read_roles_header(cell: str) -> str | None:
    r"""The role that a heading of a table's column gives to the bodies below it; None for another heading.

    >>> read_roles_header("牵 头\n单位"), read_roles_header("责任部门"), read_roles_header("目标")
    ('lead', 'responsible', None)
    """
    clean = normalise(cell)
    heading = re.fullmatch(rf"({LABEL}|{SHORT})(?:\([^()]*\))?[:*]?", clean)
    return role_of(heading[1]) if heading else None


def first_leads(text: str) -> bool:
    """Whether a text says that of the bodies of each list the first leads.

    >>> first_leads("注：各项责任单位中，排在第一位的为牵头单位。")
    True
    """
    return FIRST.search(normalise(text)) is not None


def shared(line: str) -> list[Shared]:
    """What a line of its own says on the bodies of other items; empty for a line that says more or something else.

    >>> [(sorted(one.numbers), one.bodies[0].name) for one in shared("（第1—3项责任单位：市教育局）")]
    [([1, 2, 3], '市教育局')]
    >>> shared("责任单位：市教育局")[0].everything, shared("以上目标责任单位：市教育局")[0].everything
    (False, True)
    """
    clean = spaced(line.translate(CIRCLED))
    starts = list(part_starts(clean))
    if not starts:
        return [Shared(frozenset(), False, "", tuple(read_note(line)))] if is_note(clean) else []
    if starts[0].start():
        return []
    read = []
    ends = [*(match.start() for match in starts[1:]), len(clean)]
    for match, end in zip(starts, ends, strict=True):
        bodies = read_rest(clean[match.start("rest") : end])
        if not bodies:
            return []
        kind = "goal" if re.search("目标|指标", match[0]) else "measure" if "措施" in match[0] else ""
        read.append(Shared(numbers_of(match["numbers"] or ""), match["all"] is not None, kind, tuple(bodies)))
    return read


def part_starts(clean: str) -> Iterator[re.Match[str]]:
    """Where in a line what is said on numbered items, or on all, begins."""
    edges = [0, *(match.end() for match in re.finditer(r"[;。)】\]]", clean))]
    yield from filter(None, (SHARED.match(clean, at) for at in edges))


def read_rest(rest: str) -> list[Named]:
    """The bodies of a shared line behind what it is for; empty where not all of it names bodies."""
    bare = rest.rstrip("。;,)】]〕")
    if re.match(rf"{LABEL}[】〕\]]", bare):
        bare = f"【{bare}"
    whole = bare + ")" * (bare.count("(") - bare.count(")"))
    return [named for span in spans(whole) for named in span.named] if is_note(whole) else entries(whole, "", True)


def is_note(clean: str) -> bool:
    """Whether a line is a note and nothing else."""
    found = spans(clean)
    between = zip([0, *(span.end for span in found)], [*(span.start for span in found), len(clean)], strict=True)
    return not re.search(r"\w", "".join(clean[end:start] for end, start in between).replace("注", ""))


def numbers_of(printed: str) -> frozenset[int]:
    """The numbers of a printed list with its ranges.

    >>> sorted(numbers_of("1、3-5,(七)"))
    [1, 3, 4, 5, 7]
    """
    found: list[int] = []
    for sign, numeral in re.findall(rf"([至到~—–―-]?)第?\(?({NUMERAL})", printed):
        number = int(numeral) if numeral.isdigit() else chinese(numeral)
        found += range(found[-1] + 1, number + 1) if sign and found else [number]
    return frozenset(found)


def chinese(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return DIGITS.get(ones, 0) + (10 * DIGITS.get(tens, 1) if ten else 0)


def role_of(label: str) -> str:
    """The role that the words of a label give; the first of ROLES that any of them has."""
    return next(role for role, words in ROLES.items() if any(word in label for word in words.split()))


def spaced(text: str) -> str:
    """The normal form of a text, with a list sign where only white space parts two bodies."""
    clean = ""
    for raw in text.replace("∶", ":").split():
        chunk = normalise(raw)
        left, right = last_name(clean), first_name(chunk)
        ended = speaks(left) or re.fullmatch(rf"(?!.$){AREA}{AREA_END}", left)
        parted = ended and speaks(right) and not belongs(left, right)
        clean += "、" + chunk if parted else chunk
    return HELD.sub(lambda held: f"{held[1]}:{held[2]};" if entries(held[2], "", strict=True) else held[0], clean)


def speaks(text: str) -> bool:
    """Whether a text is the name of a body, alone or with a verb of its role behind it."""
    verb = VERB.fullmatch(text)
    return is_body(text) or (verb is not None and is_body(verb["name"]))


def last_name(text: str) -> str:
    """What stands behind the last list sign, colon or open bracket of a text."""
    blank = BOXED.sub(lambda box: "_" * len(box[0]), text)
    return text[len(blank) - len(re.split(rf"[{EDGE}]", blank)[-1]) :]


def first_name(text: str) -> str:
    blank = BOXED.sub(lambda box: "_" * len(box[0]), text)
    return text[: len(re.split(rf"[{EDGE}]", blank)[0])]


def belongs(left: str, right: str) -> bool:
    """Whether the end of a body's name, as 宣传部 after 市委, was parted from its beginning."""
    return re.fullmatch(rf"(?:\w*{LEVEL})?(?:委|政府|人民政府)", left) is not None and not OPENING.match(right)


def is_body(name: str) -> bool:
    """Whether a text reads as the name of a body or of a group of bodies, and as nothing else.

    >>> is_body("市发展和改革委"), is_body("各县(市、区)"), is_body("市发展"), is_body("率达到布局")
    (True, True, False, False)
    """
    if not 2 <= len(name) <= 40 or FOREIGN.search(BOXED.sub("", name)):
        return False
    return bool(GROUPS.fullmatch(name) or ends_as_body(BOXED.sub("", name)))


def ends_as_body(name: str) -> bool:
    """Whether a name ends as bodies do, and has more than the end."""
    ending = ENDINGS.search(name)
    return ending is not None and (ending.start() > 0 or len(ending[0]) > 1) and name not in ("委员会", "办公室")


def spans(clean: str) -> list[Span]:
    """The notes of a normalised text: those with labels; without any, those that are told by verbs or brackets."""
    return list(labelled(clean)) or list(bracketed(clean)) or list(last_sentence(clean))


def labelled(clean: str) -> Iterator[Span]:
    """The parts of notes that a label opens, each to the next label or to the end of its bracket or sentence."""
    found = [mark for mark in MARK.finditer(clean) if opens(mark)]
    limit = 0
    for i, mark in enumerate(found):
        boxed = mark.start() > 0 and clean[mark.start() - 1] in OPEN
        start = mark.start() - boxed
        if boxed:
            limit = closing(clean, start)
        elif mark.start() >= limit:
            limit = sentence_end(clean, mark.end())
        following = found[i + 1].start() if i + 1 < len(found) else len(clean)
        end = min(limit, following)
        listed = clean[mark.end() : end].rstrip(OPEN)
        if end == limit:
            torn = torn_off(clean[limit + 1 : following].rstrip(OPEN)) if limit < len(clean) else ""
            listed, end = listed + torn and f"{listed}){torn}", min(limit + 1 + len(torn), len(clean))
            limit = end
        label = mark["boxed"] or mark["colon"] or mark["short"] or mark["plain"]
        yield Span(start, end, entries(listed, role_of(label)) if label else [])


def opens(mark: re.Match[str]) -> bool:
    """Whether a label opens a list: one without a colon, or in the middle of a sentence, only before a body."""
    before, text = mark.string[: mark.start()], mark["first"] or mark.string[mark.end() :]
    if mark["plain"] or (mark["colon"] and before and before[-1] not in OPEN + CLOSE + "。;,、:!?"):
        first = entries(re.split("[;。,、]", text, maxsplit=1)[0], "responsible", strict=True)
        return bool(first) or (not mark["plain"] and (not text or OPENING.match(text) is not None))
    return True


def closing(clean: str, start: int) -> int:
    """Where the bracket that opens at start closes, of whatever kind; the end of the text where it never does."""
    depth = 0
    for at in range(start, len(clean)):
        depth += (clean[at] in OPEN) - (clean[at] in CLOSE)
        if not depth:
            return at
    return len(clean)


def sentence_end(clean: str, start: int) -> int:
    """Where a list without a bracket ends: at a full stop, or at a bracket that closes what it did not open."""
    depth = 0
    for at in range(start, len(clean)):
        depth += (clean[at] in OPEN) - (clean[at] in CLOSE)
        if depth < 0 or (clean[at] in "。!" and not depth):
            return at
    return len(clean)


def torn_off(tail: str) -> str:
    """The rest of a list that a page break printed behind its closing bracket; "" where something else follows."""
    listed = tail.rstrip("。")
    return tail if listed and entries(listed.rstrip(CLOSE), "responsible", strict=True, torn=True) else ""


def bracketed(clean: str) -> Iterator[Span]:
    """Brackets that hold bodies with verbs, anywhere, or nothing but bodies, at the end."""
    at = 0
    while (opened := next((i for i in range(at, len(clean)) if clean[i] in OPEN), None)) is not None:
        closed = closing(clean, opened)
        inside = clean[opened + 1 : closed]
        last = not clean[closed + 1 :].strip("。;")
        if named := entries(inside, "", strict=True) if last or VERB.search(inside) else []:
            spoken = any(VERB.fullmatch(piece) for piece in pieces(inside))
            if spoken or (last and bare_list(named)):
                yield Span(opened, closed + 1, named)
        at = closed + 1


def bare_list(named: list[Named]) -> bool:
    """Whether names without any word on their role are those of responsible bodies, and no remark on the text."""
    sure = re.compile(rf"(?:{OPENING.pattern}).*|.*(?:局|妇联|总工会|健委|改革?委|团委)")
    return any(sure.fullmatch(one.name) and len(one.name) > 2 for one in named)


def last_sentence(clean: str) -> Iterator[Span]:
    """The last sentence, where it says of bodies that they lead or are responsible, and nothing more."""
    body = clean.rstrip("。;")
    start = max(body.rfind(sign) for sign in "。;!?") + 1
    listed = body[start:]
    if listed and VERB.fullmatch(pieces(listed)[-1]) and (named := entries(listed, "", strict=True)):
        yield Span(start, len(clean), named)


def entries(listed: str, role: str, strict: bool = False, torn: bool = False) -> list[Named]:
    """The bodies of a list; role is that of those to which no verb gives one ("": responsible).

    A verb holds for all names before it back to the verb or semicolon before. strict: all must be bodies, else none is
    read. torn: the first piece may be the end of a name.
    """
    found: list[list[str]] = []
    since, default = 0, ""
    for clause in clauses(listed):
        for at, piece in enumerate(clause):
            default = "cooperating" if (link := LINK.match(piece)) and link["with"] else default
            name, given, alone = role_in(piece[link.end() :] if link else piece, strict)
            own = [one for one in split_name(name) if usable(one)]
            if strict and not all(map(is_body, own)) and not (torn and at == 0):
                return []
            if not own and ":" in name and not given:
                break
            found += [[one, given if alone else default] for one in own]
            if given and not alone:
                for one in found[since:]:
                    one[0:] = [one[0], one[1] or given]
                since, default = len(found), ""
        since, default = len(found), ""
    return [Named(given or role or "responsible", name) for name, given in found]


def usable(name: str) -> bool:
    """Whether a piece of a list may be a name: it holds a word, and no colon, which shows another label."""
    return re.search(r"\w\w", name) is not None and ":" not in name and not re.fullmatch(r"无|其他|\d+", name)


def clauses(listed: str) -> list[list[str]]:
    """The pieces of a list, clause by clause; a semicolon or a full stop ends a clause."""
    found: list[list[str]] = [[]]
    for piece in pieces(listed):
        for i, part in enumerate(re.split("[;。]", piece)):
            if i:
                found.append([])
            if part:
                found[-1].append(part)
    return found


def pieces(listed: str) -> list[str]:
    """A list cut at its signs outside of brackets; what a page break printed twice once. Ends of clauses stay."""
    whole = GROUP.sub(lambda m: m[0].replace("、", "\0"), TOGETHER.sub(",", ORDINAL.sub("、", listed)))
    found: list[str] = []
    for part in unopened(whole):
        cut = [piece.replace("\0", "、") for piece in outside(part) if piece]
        repeated = bool(found and cut and found[-1].endswith(cut[0]))
        found += cut[1:] if repeated else cut
    return found


def unopened(text: str) -> Iterator[str]:
    """A text cut where a bracket closes that was not opened."""
    depth = start = 0
    for at, sign in enumerate(text):
        depth += (sign in OPEN) - (sign in CLOSE)
        if depth < 0:
            yield text[start:at]
            depth, start = 0, at + 1
    yield text[start:]


def outside(text: str) -> Iterator[str]:
    """A text cut at the list signs outside of brackets; a semicolon or full stop stays, at the beginning of a piece."""
    depth = start = 0
    for at, sign in enumerate(text):
        depth += (sign in OPEN) - (sign in CLOSE)
        if depth <= 0 and sign in HARD:
            yield text[start:at]
            start = at if sign in ";。" else at + 1
    yield text[start:]


def role_in(piece: str, strict: bool = False) -> tuple[str, str, bool]:
    """The name of a piece, the role that a verb or a bracket gives it or "", and whether it gives it to it alone."""
    for box in BOXED.finditer(piece):
        if re.fullmatch(rf"(?:{LABEL}|(?:{WORD})+)", box[1]):
            return piece[: box.start()] + piece[box.end() :], role_of(box[1]), True
        if re.match(r"负责|按|含|包括|见|注|分管|具体|涉及|其中", box[1]):
            return role_in(piece[: box.start()] + piece[box.end() :], strict)
    verb = VERB.fullmatch(piece)
    if verb and (not verb["name"] or named_before(verb["name"])):
        return verb["name"].removesuffix("等"), role_of(verb["noun"] or verb["verb"] + verb["tail"]), False
    duty = re.match(rf"(?P<name>.+?)(?::|{MANNER}(?P<verb>{WORD}))", piece)
    if duty and not strict and is_body(duty["name"]):
        return duty["name"], role_of(duty["verb"]) if duty["verb"] else "", True
    return piece, "", False


def named_before(name: str) -> bool:
    """Whether what stands before a verb is a body, or several, with or without 等 and its noun."""
    return all(map(is_body, split_name(name)))


def split_name(piece: str) -> list[str]:
    """The names in a piece between two list signs: parted at 等, at a word that joins bodies, or at nothing."""
    if etc := ETC.search(piece):
        rest = "" if GENERIC.fullmatch(etc["rest"]) else etc["rest"]
        return [*split_name(piece[: etc.start()]), *(split_name(rest) if rest else [])]
    for joint in SOFT.finditer(BOXED.sub(lambda box: "\0" * len(box[0]), piece)):
        left, right = piece[: joint.start()], piece[joint.end() :]
        if is_body(left) and is_body(right) and (OPENING.match(right) or not GROUPS.fullmatch(piece)):
            return [*split_name(left), *split_name(right)]
    return glued(piece)


def glued(piece: str) -> list[str]:
    """The names of a piece in which nothing stands between two bodies but the level of the second.

    >>> glued("市教育局市妇联"), glued("市委市直机关工委"), glued("市生态环境局云汀分局")
    (['市教育局', '市妇联'], ['市委市直机关工委'], ['市生态环境局云汀分局'])
    """
    for joint in reversed([*JOINT.finditer(piece)]):
        left, right = piece[: joint.start()], piece[joint.start() :]
        apart = (
            not WHOLE.fullmatch(left)
            and not spans_joint(OWNER, piece, joint.start())
            and not re.search("分局$|总局", right)
        )
        if apart and is_body(right) and all(map(is_body, glued(left))):
            return [*glued(left), right]
    return [piece]


def spans_joint(pattern: re.Pattern[str], piece: str, joint: int) -> bool:
    """Whether a pattern matches across a place in a piece."""
    return any(found.start() < joint < found.end() for found in pattern.finditer(piece))

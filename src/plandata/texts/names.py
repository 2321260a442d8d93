"""What in a text is the name of a body, and where a list of such names is cut.

Everything is told by how names of bodies begin and end, in the normal form of `plandata.text`; no place is known here.
"""

import re
from collections.abc import Iterator

OPEN, CLOSE = "([{【〔〈<「『", ")]}】〕〉>」』"
EDGE = re.escape(OPEN + CLOSE + "。;,、:!?")
ETC = re.compile(r"(?<=[局委院联协会室部办团府门社心位镇乡道区县街队馆店站校行司台处)])等(?P<rest>.*)")
GENERIC = re.compile(
    r"(?:市级|县级|区级|市直|县直|区直)?(?:\d+个?|多个?|其他|各|有|相)*关?"
    r"(?:(?:职能|责任|业务|行业)?主?管?(?:部门|单位|机构|方面|委办局))?(?:[和及与、](?:部门|单位|机构))?"
)
# Groups in print that hold the list sign in their name.
AREA = r"(?:乡镇|镇乡|镇街|乡|镇|街道|县|市|区|旗|苏木|农场|团场|园区|开发区|工业园区|新区|县区|市区|县市区|区县)"
AREA_END = r"(?:办事处|办|(?:人民)?政府|管委会|党(?:工)?委)?"
GROUP = re.compile(
    rf"成员单位、特邀单位|各{AREA}(?:\([^()]*\))?(?:、{AREA}(?:\([^()]*\))?)+{AREA_END}(?=$|[^\w(]|等|[和及与按分共牵主领第配协支会参责负落承实完执推])"
)
HARD, SOFT = "、,;。!|", re.compile(r"以及|[和与及/·.]")
LEVEL = r"(?:自治[县州旗]|特区|林区|新区|[市县区州盟旗省师])"
OPENING = re.compile(rf"各|有关|相关|{LEVEL}|团[市县区州盟旗]|共青团|驻|国家|国网|中国|人民银行")
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
ORDINAL = re.compile(r"(?:(?<![\w:])|(?<=[局委院联会部办室]))\(?\d{1,2}[.、)](?=[^\W\d_])")
TOGETHER = re.compile("(?<=[局委院联会办部室])(?=会同|协同|联合(?!会))")
# Where a second body may begin without a sign before it, and what is then no body but the beginning of the name.
JOINT = re.compile(
    rf"(?<=\w\w|.\))(?=各|有关|相关|团[市县区州旗]|共青团|国网|国家|人民银行|{LEVEL}\w\w)|(?<=[^分总安]局)(?=\w+[局联会委]$)"
)
WHOLE = re.compile(
    rf"共青团|(?!共青团).*(?<!团){LEVEL}委|各\w|国家\w*总局|.*[级直]|.*(?:单位|部门|机构|组织|学校)[市县区]"
)
OWNER = re.compile(
    rf"(?:(?<!团){LEVEL}委|政府)(?:各|有关|相关)+(?:部门|单位|机构|委)|(?:妇儿工委|妇女儿童工作委员会)(?:各|有关|相关)*成员"
)
BOXED = re.compile(r"\(([^()]*)\)")


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
            and not re.search("^[^局]*分局$", right)
        )
        if apart and is_body(right) and all(map(is_body, glued(left))):
            return [*glued(left), right]
    return [piece]


def spans_joint(pattern: re.Pattern[str], piece: str, joint: int) -> bool:
    """Whether a pattern matches across a place in a piece."""
    return any(found.start() < joint < found.end() for found in pattern.finditer(piece))


def belongs(left: str, right: str) -> bool:
    """Whether the end of a body's name, as 宣传部 after 市委, was parted from its beginning."""
    return re.fullmatch(rf"(?!.*团)(?:\w*{LEVEL})?(?:委|政府|人民政府)", left) is not None and not OPENING.match(right)


def last_name(text: str) -> str:
    """What stands behind the last list sign, colon or open bracket of a text."""
    blank = BOXED.sub(lambda box: "_" * len(box[0]), text)
    return text[len(blank) - len(re.split(rf"[{EDGE}]", blank)[-1]) :]


def first_name(text: str) -> str:
    blank = BOXED.sub(lambda box: "_" * len(box[0]), text)
    return text[: len(re.split(rf"[{EDGE}]", blank)[0])]

"""Reads how an item names its bodies: notes in brackets, lines of their own, short sentences, cells of tables.

A note is a label and a list (牵头单位:…;责任单位:…), a list with verbs (…牵头,…配合), or a bare list in brackets at the
end. Everything is read in the normal form of `plandata.text`. Nothing here knows a place.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from plandata.text import normalise
from plandata.texts.names import (
    AREA,
    AREA_END,
    BOXED,
    CLOSE,
    EDGE,
    FOREIGN,
    OPEN,
    OPENING,
    belongs,
    first_name,
    is_body,
    last_name,
    pieces,
    split_name,
)

ROLES = {
    "lead": "牵头 主责 主办 领办 第一责任 主要责任",
    "cooperating": "配合 协办 协同 协助 协作 支持 会办",
    "participating": "参与 参加 参办",
    "responsible": "责任 负责 落实 承办 实施 完成 承担 执行 推进",
}
WORDS = {word: role for role, words in ROLES.items() for word in words.split()}
WORD = "|".join(WORDS)
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
    rf"|(?:^|(?<=[{EDGE}局委院联会部办室府协]))(?P<plain>{LABEL})(?:为|是)?(?=(?P<first>[^{EDGE}]{{2,30}}))"
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
# A label whose list stands in brackets behind it.
HELD = re.compile(
    rf"(?:^|(?<=[{EDGE}]))({LABEL})[{re.escape(OPEN)}]((?:[^()]|\([^()]*\))+)[{re.escape(CLOSE)}](?:[;,、]|$)"
)
BULLETS = "▲●◆■★☆※*·—-"
# What a list says beside its bodies.
REMARK = re.compile("[下同]同|.*(?:第一|首)[位个].*(?:牵头|主责).*|(?:长期|持续)(?:推进|坚持|实施)|.*\\d年.*")
FIRST = re.compile(
    r"(?:排(?:名|列)?|列|位)?[在于居]?(?:第一|首)[位个]?的?(?:单位|部门)?,?(?:的|均)?(?:作?为|是)(?:牵头|主责)"
)


class Named(NamedTuple):
    """A unit as a note names it: its role code and its name as printed (normalised)."""

    role: str
    name: str


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


def before_note(text: str) -> str:
    """The normalised text of an item up to the note of its bodies that ends it.

    >>> before_note("贫血率下降。（责任单位：县卫健局）"), before_note("由县妇联牵头，每年培训5次。")
    ('贫血率下降。', '由县妇联牵头,每年培训5次。')
    """
    clean = normalise(text)
    found = spans(clean)
    return clean[: found[0].start] if found and found[-1].end >= len(clean.rstrip("。;")) else clean


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


# The note of an item is asked for by its bodies, its words and its targets.
@lru_cache(maxsize=4096)
def spans(clean: str) -> tuple[Span, ...]:
    """The notes of a normalised text: those with labels; without any, those that are told by verbs or brackets."""
    return tuple(labelled(clean)) or tuple(bracketed(clean)) or tuple(last_sentence(clean))


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
            torn = torn_off(clean[limit + 1 : following].rstrip(OPEN)) if clean[limit : limit + 1] in CLOSE else ""
            listed, end = listed + torn and f"{listed}){torn}", min(limit + 1 + len(torn), len(clean))
            limit = end
        label = mark["boxed"] or mark["colon"] or mark["short"] or mark["plain"]
        yield Span(start, end, entries(listed, role_of(label)) if label else [])


def opens(mark: re.Match[str]) -> bool:
    """Whether a label opens a list: one without a colon, or in the middle of a sentence, only before a body."""
    before, text = mark.string[: mark.start()], mark["first"] or mark.string[mark.end() :]
    if mark["plain"] or (mark["colon"] and before and before[-1] not in OPEN + CLOSE + "。;,、:!?"):
        first = entries(re.split(rf"[;。,、]|{LABEL}", text, maxsplit=1)[0], "responsible", strict=True)
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
    dash = re.match("[—–-]+", body[start:])
    listed = body[start + (dash.end() if dash else 0) :]
    named = entries(listed, "", strict=True) if listed else []
    if named and (VERB.fullmatch(pieces(listed)[-1]) or (dash and bare_list(named))):
        yield Span(start, len(clean), named)


def entries(listed: str, role: str, strict: bool = False, torn: bool = False) -> list[Named]:
    """The bodies of a list; role is that of those to which no verb gives one ("": responsible).

    A verb holds for all names before it back to the verb or semicolon before. strict: all must be bodies, else none is
    read. torn: the first piece may be the end of a name.
    """
    found: list[list[str]] = []
    since, default = 0, ""
    for clause in clauses(listed):
        for at, piece in enumerate(piece for piece in clause if not REMARK.fullmatch(piece)):
            default = "cooperating" if (link := LINK.match(piece)) and link["with"] else default
            name, given, alone = role_in(piece[link.end() :] if link else piece, strict)
            own = [one.strip(BULLETS) for one in split_name(name) if usable(one)]
            if strict and not all(map(is_body, own)) and not (torn and at == 0 and not FOREIGN.search(piece)):
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

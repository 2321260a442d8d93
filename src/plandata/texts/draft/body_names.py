"""Names of bodies: whose they are, an elided beginning restored, and the one form that all variants of print share.

The level word of a place (市, 县, 自治县 …) and how a document begins names of bodies are read from the document.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from plandata.files import read_yaml
from plandata.text import normalise
from plandata.texts.names import GROUPS, LEVEL, is_body

DICTIONARY = Path(__file__).parent / "bodies.yaml"
PLACE_LEVEL = re.compile("(?:自治[县州旗]|特区|林区|新区|地区|[市县区州盟旗省])$")
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌"
    "|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
# Words that begin with the sign of a level and are no level.
NO_LEVEL = "市场监|市政(?!府|协)|市容|区域|县域|县市区|市县|区县|县区|市区|旗县|州县|省级"
YOUTH = re.compile(r"(?:中国)?共(?:产主义)?青(?:年)?团(?!体).*|团委|团(?:工委|\w{1,8}委)|(?:自治.|[市县区州盟旗])团委")
# What is no body of this place alone: groups, bodies of other levels, branches of national ones, zones.
UNOWNED = re.compile(
    r"各|有关|相关|其他|全|下级|上级|[市县区乡镇]级|本|镇|乡(?!村)|街道|村|社区|社会|人民团体|群团|群众|责任单位|特邀单位|基层|国家|中国|国网|中央|中共|武警"
    r"|人民银行|驻|省|承担|政府[各有相]|.*(?:公司|银行|分行|支行|海关|医院|学校|学院|大学|经开区|高新区|开发区|园区|新区|示范区|度假区)(?:管委会)?$"
)
MEMBERS = re.compile("(?P<which>各|有关|相关)?(?P<group>成员单位.*)")
COMMITTEE = re.compile(r"(.*(?:妇女儿童工作委员会|妇儿工委))(?:办公室|办|.*成员单位.*)?")
BRACKET = re.compile(r"\([^()]*\)")
NATIONAL_TAX = re.compile("国家税务总局.*(税务局)")


class Place(NamedTuple):
    """A place: its id, its whole name, the part before its level word (云汀), the level word (县), its English name."""

    place_id: str
    name: str
    core: str
    level: str
    english: str


class Key(NamedTuple):
    """What all variants of a name share: whether the place owns it, its words or its text, and its ending."""

    own: bool
    stem: str
    ending: str

    @property
    def loose(self) -> "Key":
        """The key with bureaus and commissions alike, as of one function a place has one of them; courts as well."""
        stem = re.sub("^政府(?=妇儿工委)|常委会", "", self.stem).replace("中院", "法院")
        return Key(self.own, stem, "局" if self.ending in ("委", "厅", "部门") else self.ending)


class Vocabulary(NamedTuple):
    """The dictionary of names of bodies, ready for use: words by what is printed, one pattern for any of them."""

    words: dict[str, dict[str, Any]]
    pattern: re.Pattern[str]
    endings: dict[str, dict[str, str]]
    shorter: list[tuple[str, str]]
    committee: frozenset[str]
    either: frozenset[str]
    wholes: dict[str, dict[str, str]]
    groups: list[tuple[re.Pattern[str], dict[str, str]]]


@cache
def vocabulary() -> Vocabulary:
    """The dictionary of the package."""
    content: dict[str, Any] = read_yaml(DICTIONARY)
    words = {printed: entry for entry in content["words"] for printed in entry["zh"]}
    longest = sorted(words, key=len, reverse=True)
    return Vocabulary(
        words, re.compile("|".join(longest)), content["endings"], [(a, b) for a, b in content["shorter"]],
        frozenset(content["party"]["committee"]), frozenset(content["party"]["either"]), content["wholes"],
        [(re.compile(group["zh"]), group) for group in content["groups"]],
    )  # fmt: skip


def place_of(row: Mapping[str, str]) -> Place:
    """The place of a row of the table places; its English name for bodies is that of its id where the row has none.

    >>> place_of({"place_id": "yunting", "name_zh": "云汀回族自治县", "name_en": ""})
    Place(place_id='yunting', name='云汀回族自治县', core='云汀', level='自治县', english='Yunting Autonomous County')
    """
    name = normalise(row["name_zh"])
    level = PLACE_LEVEL.search(name)
    word = level[0] if level else ""
    core = name.removesuffix(word)
    if word.startswith("自治"):
        core = re.sub(rf"(?<=..)(?:(?:{PEOPLES})族|蒙古|哈萨克)+$", "", core)
    return Place(row["place_id"], name, core, word, f"{english_core(row)} {LEVELS_EN.get(word, '')}".strip())


LEVELS_EN = {
    "市": "Municipal", "区": "District", "县": "County", "州": "Prefecture", "盟": "League", "旗": "Banner",
    "自治县": "Autonomous County", "自治州": "Autonomous Prefecture", "自治旗": "Autonomous Banner",
    "地区": "Prefecture", "省": "Provincial", "新区": "New Area",
    "林区": "Forestry District", "特区": "Special District",
}  # fmt: skip


def english_core(row: Mapping[str, str]) -> str:
    """The English name of a place without its level and its peoples."""
    name = row.get("name_en", "") or row["place_id"].replace("-", " ").title()
    generic = r" (?:City|Municipality|District|County|Prefecture|Banner|League|New Area|Province|Autonomous .*)$"
    core = re.sub(generic, "", name)
    return core.split(" ")[0] if "Autonomous" in name else core


def prefix_of(printed: Iterable[str], place: Place) -> str:
    """How a document begins the names of the bodies of its place, most often; its level word where none begins so.

    >>> place = place_of({"place_id": "yunting", "name_zh": "云汀县", "name_en": ""})
    >>> prefix_of(["县教育局", "妇联", "市生态环境局云汀分局", "县民政局"], place)
    '县'
    """
    beginning = re.compile(rf"(?:(?:{place.name}|{place.core}{place.level[-1:]}|{place.level})|{LEVEL})")
    counted: Counter[str] = Counter()
    for name in printed:
        found = beginning.match(name)
        if found and not re.match(NO_LEVEL, name) and not UNOWNED.match(name) and is_body(name):
            counted[found[0]] += not (place.core and place.core in name[found.end() :])
    return max(counted, key=lambda word: counted[word], default=place.level) if +counted else place.level


class Naming:
    """How the bodies of one document are named: its place, the beginning of their names, their committee."""

    def __init__(self, place: Place, printed: Sequence[str]) -> None:
        self.place = place
        self.prefix = prefix_of(printed, place)
        self.told = any(name.startswith(self.prefix) for name in printed) and bool(self.prefix)
        heads = (place.name, f"{place.core}{place.level}", f"{place.core}{place.level[-1:]}", self.prefix, place.level)
        own = {head for head in heads if head} | ({"自治"} if place.level.startswith("自治") else set())
        self.heads = sorted(own, key=len, reverse=True)
        committees = Counter(match[1] for name in printed if (match := COMMITTEE.fullmatch(name)))
        committee = max(committees, key=lambda name: committees[name], default="妇儿工委")
        self.committee = self.uniform(committee if self.head(committee) else self.prefix + committee)
        self.printed = set(printed)

    def head(self, name: str) -> str:
        """What a name begins with that shows that its body is of this place; "" for none."""
        if re.match(NO_LEVEL, name):
            return ""
        return next((head for head in self.heads if name.startswith(head)), "")

    def restored(self, name: str, before: str = "") -> str:
        """A printed name with its elided beginning; before is the restored name before it in the list.

        >>> place = place_of({"place_id": "yunting", "name_zh": "云汀县", "name_en": ""})
        >>> naming = Naming(place, ["县委宣传部", "组织部", "妇联"])
        >>> naming.restored("组织部", "县委宣传部"), naming.restored("妇联"), naming.restored("各乡镇")
        ('县委组织部', '县妇联', '各乡镇')
        """
        if members := MEMBERS.fullmatch(name):
            which = "" if members["which"] == "各" else members["which"] or ""
            committee = before if re.search("(?:妇儿工委|妇女儿童工作委员会)$", before) else self.committee
            return f"{committee}{which}{members['group']}"
        if YOUTH.fullmatch(name):
            return f"共青团{self.prefix}委" if name in ("团委", "共青团") else name
        if self.head(name) or UNOWNED.match(name) or self.elsewhere(name):
            return name
        if self.of_party(name, before):
            return f"{self.prefix}委{name}"
        return self.prefix + name

    def elsewhere(self, name: str) -> bool:
        """Whether a name says that its body is of another level, or holds the name of its place further on."""
        level = re.match(LEVEL, name) if not re.match(NO_LEVEL, name) else None
        return level is not None or bool(self.place.core and self.place.core in name)

    def of_party(self, name: str, before: str) -> bool:
        """Whether an elided name is that of a body of the party committee."""
        short, known = shortened(BRACKET.sub("", name)), vocabulary()
        after_party = re.match(rf"{re.escape(self.prefix)}委", before) is not None
        whole = f"{self.prefix}委{name}" in self.printed
        return short in known.committee or whole or (short in known.either and after_party)

    def key(self, name: str) -> Key:
        """What all variants of a restored name share.

        >>> place = place_of({"place_id": "yunting", "name_zh": "云汀县", "name_en": ""})
        >>> naming = Naming(place, ["县教育局"])
        >>> naming.key("县文旅局") == naming.key("云汀县文化和旅游局")
        True
        """
        clean = normalise(name)
        if not GROUPS.fullmatch(clean):
            clean = BRACKET.sub("", clean) or clean
        if YOUTH.fullmatch(clean):
            return Key(True, "共青团", "")
        clean = NATIONAL_TAX.sub(self.prefix + r"\1", clean)
        clean = clean.removeprefix("中共")
        head = self.head(clean)
        rest = re.sub("^府办", "政府办", clean.removeprefix(head))
        return Key(bool(head), *stem_of(shortened(rest)))

    def uniform(self, name: str) -> str:
        """A restored name with the beginning that most names of the document have."""
        head = self.head(name)
        return self.prefix + name.removeprefix(head) if head else name


def shortened(name: str) -> str:
    """A name in the shortest of its common prints, without the words that join its parts.

    >>> shortened("妇女儿童工作委员会办公室"), shortened("人民检察院")
    ('妇儿工委办', '检察院')
    """
    short = re.sub("[和与](?!成员)|(?<=妇儿工委)各(?=成员)|(?<=委员会)各(?=成员)", "", name)
    for full, brief in vocabulary().shorter:
        short = short.replace(full, brief)
    return short


def stem_of(short: str) -> tuple[str, str]:
    """The words of a short name, each in its fullest print, and its ending; the name itself where it holds others."""
    found = re.fullmatch(f"(.+?)({'|'.join(vocabulary().endings)})", short)
    parsed = words_of(found[1]) if found else []
    if found and parsed:
        return "、".join(word["zh"][0] for word in parsed), found[2]
    return short, ""


def words_of(stem: str) -> list[dict[str, Any]]:
    """The words of function that a stem is made of and nothing else; empty where it holds others."""
    known = vocabulary()
    if not re.fullmatch(f"(?:{known.pattern.pattern})+", stem):
        return []
    ways: dict[int, list[str]] = {0: []}
    for start in range(len(stem)):
        for end in range(start + 1, len(stem) + 1) if start in ways else ():
            way = [*ways[start], stem[start:end]]
            if stem[start:end] in known.words and (end not in ways or len(way) < len(ways[end])):
                ways[end] = way
    return [known.words[word] for word in ways.get(len(stem), [])]


def abbreviates(short: str, full: str) -> bool:
    """Whether a name leaves out signs of a fuller one, begins and ends as it does, and of no other body in it.

    >>> abbreviates("文旅局", "文化广电旅游局"), abbreviates("公安局", "公安局云汀分局")
    (True, False)
    """
    bodies = [re.findall("[局委办部会府院站队]", shortened(name)) for name in (short, full)]
    rest = iter(full)
    alike = len(short) < len(full) and short[:1] == full[:1] and bodies[0] == bodies[1] != [] and "成员" not in full
    return (
        alike
        and shortened(short) not in vocabulary().wholes
        and shortened(short)[-1] == shortened(full)[-1]
        and all(sign in rest for sign in short)
    )

"""What a person must look at in a drafted row, and how it is said in either language."""

import re
from dataclasses import dataclass, replace
from functools import cache

# Why cells are doubted, and the Chinese of it; what stands in braces is taken over as it is.
WHYS = {
    "the reading of the characters is a guess": "汉字读音为推测",
    "the text names no place; choose its id with --place SLUG": "原文未写地名，请用 --place 指定标识",
    "the official list has no such place, or several; left empty": "官方代码表中没有该地名或有多个，留空",
    "another known place has the plain id": "不带后缀的标识已属于另一已知地方",
    "no province is told": "未写明所属省份",
    "a city may be a prefecture or a county": "“市”可能是地级市，也可能是县级市",
    "put together from the place and the period": "由地名和规划期拼成",
    "put together from the place and the plans": "由地名和规划名称拼成",
    "the text prints no title; this one is made up of the place": "原文未印标题，此处由地名拼成",
    "the title names neither women nor children": "标题未写妇女或儿童",
    "neither title nor text names a period": "标题和正文都未写规划期",
    "read off the text; check it": "取自原文，请核对",
    "no notice is printed; the title of the plan stands for it": "原文未印通知，以规划标题代替",
    "no issuer is printed in a title": "标题中未写发文机关",
    "translated by its pattern": "按固定格式译出",
    "several are printed": "原文印有多个",
    "several dates are printed": "原文印有多个日期",
    "its heading tells no theme": "标题看不出主题",
    "the English of its theme; the heading is another": "用的是同主题的英文，标题用词不同",
    "neither women nor children are named above it": "上级标题未写妇女或儿童",
    "no known label is near; write one in your own words": "没有相近的已知标签，请用自己的话写",
    "proposed: the names of its indicators": "建议：取自本条指标的名称",
    "proposed: that of a near item, {}": "建议：取自相近条目 {}",
    "the text does not say to which domain it belongs": "原文未写属于哪个领域",
    "no known plan and no word of the dictionary tells what to call it": "已知规划和词典都没有这一单位的叫法",
    "does not end as names of bodies do": "结尾不像单位名称",
    "{} are read as one body, by their likeness alone": "{} 仅因相似被视为同一单位",
    "the text prints no name that begins with {}": "原文没有以“{}”开头的单位名称",
    "not told by known plans or the dictionary": "已知规划和词典都没有",
    "told by the end of the name alone": "仅凭名称结尾判断",
    "a number that the words commit nobody to; is it a target?": "文字未作承诺的数字，是不是指标？",
    "another target of the item would be the same; the scope is in the printed words and needs its English": (
        "否则与本条另一指标相同；范围照原文，须补英文"
    ),
    "the scope is in the printed words and needs its English": "范围照原文，须补英文",
    "no base year is printed": "原文未印基期年份",
    "nearest: {}": "相近指标：{}",
    "no known indicator is named like {}; nearest: none": "没有名称与“{}”相近的已知指标",
    "no known indicator is named like {}; nearest: {}": "没有名称像“{}”的已知指标；相近：{}",
}


@dataclass(frozen=True)
class Doubt:
    """One cell of a draft that may be wrong: its table, row and column, the drafted value, and why it is doubted."""

    table: str
    row: str
    column: str
    value: str
    why: str


def said(doubt: Doubt, lang: str) -> Doubt:
    """A doubt with its reason in a language; one that WHYS does not know stays in English.

    >>> said(Doubt("plans", "a", "title_en", "", "put together from the place and the period"), "zh").why
    '由地名和规划期拼成'
    """
    if lang != "zh":
        return doubt
    matches = ((pattern.fullmatch(doubt.why), chinese) for pattern, chinese in patterns())
    return next((replace(doubt, why=chinese.format(*found.groups())) for found, chinese in matches if found), doubt)


@cache
def patterns() -> list[tuple[re.Pattern[str], str]]:
    """What each of WHYS looks like, with its Chinese."""
    return [(re.compile(re.escape(english).replace(r"\{\}", "(.+?)")), chinese) for english, chinese in WHYS.items()]

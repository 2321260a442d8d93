"""What the words of a heading say: which part of a plan it opens, whose domain it is, and of which theme.

All words that such plans share stand here, and nowhere a place.
"""

import re

from plandata.text import normalise

POPULATIONS = {"妇女": "women", "女性": "women", "儿童": "children", "未成年人": "children"}
GOALS = "主要目标|发展目标|工作目标|具体目标|重点目标|目标任务|目标要求|主要指标|目标"
MEASURES = (
    "策略措施|策略与措施|策略和措施|主要策略|实施策略|主要举措|重点举措|工作举措|具体举措|主要措施|重点措施|工作措施|具体措施|"
    "对策措施|主要任务与措施|主要任务和措施|主要任务和举措|任务措施|任务举措|主要任务|重点任务|工作任务|任务|举措|措施"
)
PROJECTS = "重点实事项目|实事项目|重点项目|重大项目|重点工程|重大工程|重点行动|专项行动|项目|工程|专栏"
BLOCKS = {"goal": re.compile(GOALS), "measure": re.compile(MEASURES), "project": re.compile(PROJECTS)}
BLOCK_WORDS = f"{GOALS}|{MEASURES}"
# A heading of goals may name its domain: 妇女与健康主要目标, 健康领域发展目标.
OWNED = re.compile(rf"(?:[^,。;:、]{{0,18}}(?:领域|与[^,。;:、]{{2,6}}|的|”))?(?P<word>{BLOCK_WORDS}|{PROJECTS})")
# How many goals or measures a heading says it has.
COUNTED = re.compile(r"\(共?\d{1,3}[项条个]?\)(?=:?$)")
MANY = re.compile("领域[、和与及]|目标[、和与及]")
# Of a section of the first level, the first that its heading holds.
SECTIONS = (
    ("领域", "domains"),
    ("监测评估|监测与评估|监测和评估|统计监测|评估监测|监测、评估|评估督导", "monitoring"),
    ("组织实施|实施保障|保障措施|组织保障|保障机制|实施机制|组织领导|保障实施|规划实施", "implementation"),
    ("实事项目|重点项目|重大项目|重点工程|重大工程|项目|工程", "project"),
    ("任务|举措|目标[和与、及].*措施", "domains"),
    ("总体目标|总目标|^主要目标$|^发展目标$|^工作目标$", "overall"),
)
SECTION_KINDS = tuple((re.compile(words), kind) for words, kind in SECTIONS)
# What a section of the first level may be that neither sets goals nor carries them out.
BACKGROUND = re.compile(
    "指导思想|基本原则|总体要求|总体思路|总则|形势|背景|基础|现状|回顾|成效|成就|问题|挑战|机遇|意义|趋势|前言|序言|引言|附则|附件|名词解释|远景|展望"
)
OVERALL = re.compile("(?:总体目标|总目标|发展总目标)[。:]?")
CONTENTS = re.compile("目录|目次")
DOMAIN = re.compile(r"(?:妇女儿童|妇女|女性|儿童|未成年人)(?:与|和(?!儿童)|参与|享有|平等参与)[^,。;:]{2,12}")
TITLE = re.compile(
    r"[^,。;:《》>|]*?(妇女和?儿童|妇女|儿童)[^,。;:《》>|]{0,14}(?:规划|纲要|计划)(?:\(?\d{4,}.*|\([^)]{2,8}\))?"
)
TITLE_END = re.compile(r"\(?(?:\d{4}年?)?[—\-~至―–−]*\d{4}年?\)?")
TABLE_TITLE = re.compile(r"[^,。;]*指标[^,。;]*表")
# What stands behind a plan in its file, numbered or not.
BEHIND = re.compile(
    r"(?:附[件录]?\d*[:、.]?)?(?:名词解释|名词注释|相关(?:链接|阅读|文档|文件|解读|新闻|稿件)|推荐阅读|热点推荐)[:]?"
)
CLOSING = re.compile(
    r"(\d{4}年\d{1,2}月\d{1,2}日(?:印发|发布)?$|此件|抄送|抄报|附件|附表|编辑|作者|信息来源|来源:|责任编辑|审核|主办|承办|版权所有|打印|关闭|上一篇|下一篇|分享|扫一扫"
    r"|本(规划|纲要)由.*解释|本(规划|纲要)自.*(施行|实施))"
)
# The themes of domains, each with the words of a heading that tell it; those that are plain beyond doubt weigh three.
THEMES = {
    "health": ({"健康", "卫生", "保健", "医疗", "妇幼"}, {"体质", "孕产", "疾病", "营养"}),
    "education": ({"教育", "受教育"}, {"素质", "学习", "办学", "科学素养", "课堂", "同一起跑线"}),
    "economy": ({"经济", "就业"}, {"创业", "劳动", "职场", "收入", "巾帼建功", "生产"}),
    "rural": ({"乡村振兴", "农村", "乡村"}, {"农业", "脱贫"}),
    "participation": ({"决策", "参政", "政治"}, {"管理", "议政", "社会治理", "参与"}),
    "social-security": ({"社会保障", "社会保险"}, {"养老", "保障体系", "社保", "待遇"}),
    "welfare": ({"福利", "福祉"}, {"救助", "关爱", "困境", "孤儿", "兜底"}),
    "family": ({"家庭", "家教", "家风"}, {"家校", "父母", "亲子", "养育", "婚姻", "纽扣"}),
    "environment": ({"环境", "友好"}, {"文化", "社会氛围", "生态", "空间", "网络环境", "宣传"}),
    "law": ({"法律", "司法", "法治"}, {"权益", "维权", "依法", "普法", "权利"}),
    "safety": ({"安全", "伤害"}, {"屏障", "防护", "溺水", "交通"}),
}
# What such words do not mean: a healthy growth is no domain of health.
IDLE = re.compile("健康成长|健康发展|全面发展|安全感|获得感|幸福感|公共服务|政府|保护儿童|优先发展")


def population_of(text: str) -> str:
    """women, children, both or "", told by the words for them.

    >>> population_of("妇女与健康"), population_of("妇女儿童发展规划"), population_of("老人")
    ('women', 'both', '')
    """
    found = {code for word, code in POPULATIONS.items() if word in text}
    return "both" if len(found) == 2 else "".join(found)


def section_kind(title: str) -> str:
    """What a section of the first level holds: domains, project, implementation, monitoring, overall or other."""
    return next((kind for words, kind in SECTION_KINDS if words.search(title)), "other")


def block_kind(title: str) -> str:
    """What a heading inside a domain opens: goal, measure, project, or "" for another heading.

    >>> block_kind("【发展目标】"), block_kind("主要举措:"), block_kind("妇女与健康"), block_kind("目标和措施")
    ('goal', 'measure', '', '')
    """
    title = COUNTED.sub("", title)
    found = None if MANY.search(title) else OWNED.fullmatch(title.strip("【】〖〗[]()<>:。 "))
    return next((kind for kind, words in BLOCKS.items() if found and words.fullmatch(found["word"])), "")


def theme_scores(title: str) -> dict[str, int]:
    """How much the words of a domain's heading speak for each theme; what stands behind 与 weighs double.

    >>> theme_scores("妇女与健康"), theme_scores("营养"), theme_scores("妇女健康与营养")
    ({'health': 6}, {'health': 1}, {'health': 4})
    """
    clean = IDLE.sub("", normalise(title))
    behind = re.sub(r"^.*?(?:与|和|参与)", "", clean) if DOMAIN.match(clean) else ""
    scores = {
        theme: 3 * sum(word in clean for word in plain_words)
        + sum(word in clean for word in hints)
        + 3 * sum(word in behind for word in plain_words)
        for theme, (plain_words, hints) in THEMES.items()
    }
    return {theme: score for theme, score in scores.items() if score}


def theme_of(title: str) -> str:
    """The theme that the words of a domain's heading tell, "" for none or where two are told alike.

    >>> theme_of("妇女与社会保障"), theme_of("构建儿童友好环境,促进儿童健康成长"), theme_of("其他")
    ('social-security', 'environment', '')
    """
    scores = theme_scores(title)
    best = max(scores.values(), default=0)
    leaders = [theme for theme, score in scores.items() if score == best]
    return leaders[0] if len(leaders) == 1 else ""

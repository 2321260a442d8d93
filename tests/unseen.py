"""Invented plans, each printed in a layout of its own, with what a reader must find in them.

sheet = SHEETS["two plans in annexes"]()
sheet.lines, sheet.domains, sheet.items
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from layouts import numeral
from rendered import Paragraph, Table

Bodies = tuple[tuple[str, str], ...]
# Per theme the usual heading behind 与, goals, and measures as (heading, text, text).
POOL: dict[str, tuple[str, list[str], list[tuple[str, str, str]]]] = {
    "health": (
        "健康",
        [
            "{p}体检率达到86%以上，山区乡镇不低于72%",
            "{p}贫血率控制在8%以下",
            "每个乡镇卫生院至少配备1名{p}保健医生",
            "{p}心理咨询热线接通率提高到95%",
            "{p}经常参加体育锻炼的比例持续提高",
            "{p}健康知识知晓率年均提高2个百分点",
        ],
        [
            ("办好乡镇卫生院", "每年为卫生院添置一批设备，并把巡诊车开进山里。", "巡诊情况按季公布。"),
            ("讲好健康课", "到学校、工厂和村里去讲，每年不少于24场。", "课后发放问卷。"),
            ("管好心理热线", "热线全天有人接听，接线员持证上岗。", "来电按规定保密。"),
            ("开展体检", "体检结果一人一册，异常情况7日内告知本人。", "对行动不便的上门服务。"),
        ],
    ),
    "education": (
        "教育",
        [
            "{p}夜校结业率保持在90%以上",
            "乡村图书屋覆盖率达到100%",
            "{p}数字技能培训人数累计达到3000人次",
            "{p}科学素养水平逐年提高",
            "辍学现象基本消除",
        ],
        [
            ("夜校办到家门口", "请退休教师上课，教材免费发放。", "每期结束有考核。"),
            ("图书车下乡", "每月一次，村村都到，新书占三成。", "读者可以点单。"),
            ("开设科学营", "假期里组织参观实验室和气象站。", "名额向山区倾斜。"),
            ("补上数字课", "学会挂号、缴费和防骗，由志愿者一对一辅导。", "课程每年更新。"),
        ],
    ),
    "economy": (
        "经济",
        [
            "新增就业人员中女性占比不低于45%",
            "{p}创业贷款余额年均增长6%",
            "女职工特殊保护协议签订率达到88%",
            "灵活就业{p}参加工伤保险的人数增加",
        ],
        [
            ("发放创业贷款", "贷款三日内办结，贴息一半。", "逾期的先提醒。"),
            ("办好招聘会", "每季度举办一场专场招聘会，岗位提前公布。", "现场有法律顾问。"),
            ("保护女职工", "推广休息室和弹性上下班。", "企业每年自查一次。"),
            ("扶持手工作坊", "为作坊提供场地、样品和销路。", "优秀作品参加展销。"),
        ],
    ),
    "participation": (
        "参与决策和管理",
        [
            "村委会成员中女性比例达到32%以上",
            "居委会成员中女性比例保持在50%左右",
            "企业董事会中女性比例逐步提高",
        ],
        [
            ("培养女干部", "每年选派20名女干部到村里挂职。", "挂职期满有考评。"),
            ("听取意见", "重大事项公示前征求妇女代表的意见。", "意见逐条答复。"),
            ("办好议事会", "村里的事请姐妹们来商量，一事一记。", "记录存档五年。"),
        ],
    ),
    "social-security": (
        "社会保障",
        [
            "{p}基本医疗保险参保率稳定在97%以上",
            "{p}养老保险待遇水平逐步提高",
            "失能{p}护理补贴发放率达到100%",
        ],
        [
            ("扩大参保", "上门办理参保登记，缴费可以分期。", "困难的由财政代缴。"),
            ("办好日间照料", "每个街道设一处照料点，提供午餐。", "收费标准公开。"),
            ("落实补贴", "补贴按月到账，不经手现金。", "名单公示五日。"),
        ],
    ),
    "welfare": (
        "福利",
        [
            "孤残{p}基本生活费标准年均增长5%",
            "每个社区建成1个{p}之家",
            "留守{p}关爱台账建档率达到100%",
            "0至3岁托位数每千人达到4.5个",
        ],
        [
            ("提高补助", "补助标准随物价调整。", "每年公布一次。"),
            ("建好社区之家", "每周开放不少于20小时，备有图书和玩具。", "配1名专职社工。"),
            ("记好台账", "村干部每月走访一次，变化随时记下。", "台账上报乡镇。"),
        ],
    ),
    "family": (
        "家庭",
        [
            "社区家长学校覆盖率达到98%",
            "家庭教育指导每年不少于4次",
            "婚前教育宣讲实现乡镇全覆盖",
        ],
        [
            ("评选好家庭", "让大家都来讲家风，事迹印成小册子。", "每两年评一次。"),
            ("开设亲子课堂", "请父母都来听课，周末也开放。", "讲师持证上岗。"),
            ("调解家事", "每个村有一名家事调解员，随叫随到。", "调解结果回访。"),
        ],
    ),
    "environment": (
        "环境",
        [
            "农村卫生厕所普及率达到92%",
            "公共场所母婴室配置率达到90%以上",
            "{p}友好公园建成6处",
            "网络不良信息举报办结率达到100%",
        ],
        [
            ("改造厕所", "旧厕所三年内改完，由村民验收。", "管护经费列入预算。"),
            ("设置母婴室", "车站、商场和医院都要有，标志统一。", "每日清洁两次。"),
            ("净化网络", "定期清查不良信息，举报三日内答复。", "结果向社会公布。"),
        ],
    ),
    "law": (
        "法律保护",
        [
            "家庭暴力告诫书发出后回访率达到100%",
            "{p}法律援助申请办结率达到98%",
            "侵害{p}权益的案件发案率下降",
        ],
        [
            ("送法进村", "每年巡回讲课30场，用身边的事说法。", "讲稿用方言。"),
            ("做好援助", "援助申请当日受理，行动不便的上门受理。", "结案后回访。"),
            ("强化告诫", "接到求助立即出警，告诫书当日送达。", "社区网格员回访。"),
        ],
    ),
    "safety": (
        "安全",
        [
            "{p}溺水死亡率比2020年下降20%",
            "校园周边交通事故明显减少",
            "校车安全带使用率达到100%",
        ],
        [
            ("看住水塘", "水塘边设护栏和警示牌，汛期有人巡查。", "巡查记录每周上报。"),
            ("教会自救", "每学期上两次自救课，人人动手。", "教具由县里配发。"),
            ("整治路口", "学校路口装减速带和信号灯，放学时有人值守。", "一处一策。"),
        ],
    ),
}  # fmt: skip
WHO = {"women": "妇女", "children": "儿童"}
LEADS = {
    "health": ("县卫生健康局", "县妇联", "县财政局"), "education": ("县教育局", "县妇联", "团县委"),
    "economy": ("县人力资源社会保障局", "县妇联", "县总工会"), "participation": ("县委组织部", "县民政局", "县妇联"),
    "social-security": ("县医保局", "县民政局", "县财政局"), "welfare": ("县民政局", "县残联", "县财政局"),
    "family": ("县妇联", "县教育局", "县民政局"), "environment": ("县住房城乡建设局", "县委网信办", "县妇联"),
    "law": ("县公安局", "县司法局", "县妇联"), "safety": ("县公安局", "县教育局", "县水利局"),
}  # fmt: skip


@dataclass
class Gold:
    """What a reader must find of one item: its kind, the place of its domain or None, its text without its note."""

    kind: str
    domain: int | None
    text: str
    bodies: Bodies = ()


@dataclass
class Sheet:
    """A document as printed, and what a reader must find: domains as (title, population, theme), and items."""

    lines: list[Paragraph] = field(default_factory=list)
    domains: list[tuple[str, str, str]] = field(default_factory=list)
    items: list[Gold] = field(default_factory=list)
    plans: int = 1

    def say(self, *lines: Paragraph) -> "Sheet":
        self.lines += lines
        return self

    def glue(self, text: str) -> None:
        self.lines[-1] = f"{self.lines[-1]}{text}"

    def domain(self, mark: str, title: str, population: str, theme: str, behind: str = "") -> None:
        """A domain's heading; behind is what the line has behind the title."""
        self.say(f"{mark}{title}{behind}")
        self.silent_domain(title, population, theme)

    def silent_domain(self, title: str, population: str, theme: str) -> None:
        self.domains.append((title, population, theme))

    def item(
        self,
        kind: str,
        mark: str,
        text: str,
        note: str = "",
        bodies: Bodies = (),
        more: Sequence[str] = (),
        glued: bool = False,
        domain: int | None = -1,
    ) -> Gold:
        """An item with its note and the paragraphs that follow it and belong to it."""
        if glued:
            self.glue(mark + text + note)
        else:
            self.say(mark + text + note)
        self.say(*more)
        return self.gold(kind, "".join([text, *more]), bodies, domain)

    def gold(self, kind: str, text: str, bodies: Bodies = (), domain: int | None = -1) -> Gold:
        place = (
            (len(self.domains) - 1 if domain == -1 else domain) if kind in ("goal", "measure", "indicator") else None
        )
        self.items.append(Gold(kind, place, text, bodies))
        return self.items[-1]


def goals(theme: str, population: str, many: int = 9) -> list[str]:
    return [text.format(p=WHO[population]) for text in POOL[theme][1][:many]]


def measures(theme: str, population: str, many: int = 9) -> list[tuple[str, str, str]]:
    return [tuple(part.format(p=WHO[population]) for part in each) for each in POOL[theme][2][:many]]  # type: ignore[misc]


def titled(theme: str, population: str) -> str:
    word = "" if theme == "participation" else "与"
    return f"{WHO[population]}{word}{POOL[theme][0]}"


def three(theme: str) -> tuple[str, Bodies]:
    """A note of a lead and two others, and its bodies."""
    lead, *others = LEADS[theme]
    return f"牵头单位：{lead}；责任单位：{'、'.join(others)}", (("lead", lead), *(("responsible", o) for o in others))


def usual(
    sheet: Sheet, theme: str, population: str, heads: tuple[str, str] = ("主要目标", "策略措施"), mark: str = "{}."
) -> None:
    """The goals and measures of a domain, in the most common layout."""
    sheet.say(heads[0])
    for n, text in enumerate(goals(theme, population), 1):
        sheet.item("goal", mark.format(n), text + "。")
    sheet.say(heads[1])
    for n, (head, text, more) in enumerate(measures(theme, population), 1):
        sheet.item("measure", mark.format(n), f"{head}。{text}{more}")


WOMEN = ["health", "education", "economy", "participation"]
CHILDREN = ["health", "education", "welfare", "safety"]
SHEETS: dict[str, Callable[[], Sheet]] = {}


def sheet(name: str) -> Callable[[Callable[[], Sheet]], Callable[[], Sheet]]:
    def keep(make: Callable[[], Sheet]) -> Callable[[], Sheet]:
        SHEETS[name] = make
        return make

    return keep


def dotted(entries: Iterable[str]) -> list[str]:
    """Entries of contents with dots and page numbers."""
    return [f"{entry}{'.' * 20}{n + 3}" for n, entry in enumerate(entries)]


@sheet("contents with dots that list all headings")
def _() -> Sheet:
    s = Sheet()
    s.say("澜坞县妇女发展规划", "（2021—2025年）", "目  录")
    s.say(*dotted(["前言", "一、总体要求", "（一）指导思想", "（二）总体目标", "二、发展领域、主要目标和策略措施"]))
    for n, theme in enumerate(WOMEN, 1):
        s.say(*dotted([f"（{numeral(n)}）{titled(theme, 'women')}", "主要目标", "策略措施"]))
    s.say(*dotted(["三、组织实施", "四、监测评估"]))
    s.say("前言", "妇女是建设家乡的重要力量。过去五年，澜坞县的各项工作都有进步。")
    s.say("一、总体要求", "（一）指导思想", "坚持以人为本，稳步推进各项工作。", "（二）总体目标")
    s.say("到2025年，全县妇女的生活更加美好。")
    s.gold("overall", "到2025年，全县妇女的生活更加美好。")
    s.say("二、发展领域、主要目标和策略措施")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        usual(s, theme, "women")
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。各部门分工负责，每年开会两次。")
    s.item("implementation", "（二）", "保障经费。经费列入预算。")
    s.say("四、监测评估")
    s.item("monitoring", "（一）", "年度监测。每年报送一次数据。")
    return s


@sheet("contents without a heading, worded otherwise than the text")
def _() -> Sheet:
    s = Sheet()
    s.say("柳澍市儿童发展规划（2021-2025年）")
    s.say("一、现状与形势……1", "二、总体要求……2", "三、发展领域……3")
    s.say(*[f"（{numeral(n)}）{titled(theme, 'children')}……{n + 3}" for n, theme in enumerate(CHILDREN, 1)])
    s.say("四、保障措施……12")
    s.say("一、现状和面临的形势", "五年来，全市儿童工作取得明显进步。", "（一）儿童健康水平不断提升。新建卫生室15个。")
    s.say("（二）儿童教育更加公平。新建学校3所。", "（三）儿童福利更有温度。新建社区之家20个。")
    s.say("二、总体要求", "（一）指导思想。以人为本。", "（二）总体目标。到2025年，全市儿童都有书读、有人疼。")
    s.gold("overall", "到2025年，全市儿童都有书读、有人疼。")
    s.say("三、发展领域及主要目标、策略措施")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        usual(s, theme, "children", ("1．主要目标", "2．策略措施"), "（{}）")
    s.say("四、保障措施")
    s.item("implementation", "（一）", "压实责任。各部门各负其责。")
    s.item("implementation", "（二）", "广泛宣传。办好宣传周。")
    return s


@sheet("a notice with numbered paragraphs, and two annexes")
def _() -> Sheet:
    s = Sheet(plans=2)
    s.say("栖梧县人民政府关于印发栖梧县妇女发展规划（2021—2025年）和栖梧县儿童发展规划（2021—2025年）的通知")
    s.say("栖政发〔2022〕7号", "各乡镇人民政府，县直各单位：")
    s.say("现将两个规划印发给你们，并提出以下要求，请一并贯彻执行。")
    s.say("一、提高认识。各单位要把妇女儿童工作摆上重要位置。", "二、明确责任。县卫生健康局等部门要制定分工方案。")
    s.say("三、强化督导。县妇儿工委办公室要定期通报进度。", "栖梧县人民政府", "2022年3月18日", "（此件公开发布）")
    for number, (population, themes) in enumerate((("women", WOMEN[:3]), ("children", CHILDREN[:3])), 1):
        s.say(f"附件{number}", f"栖梧县{WHO[population]}发展规划", "（2021—2025年）")
        s.say(
            "为促进发展，制定本规划。", "一、规划背景", f"（一）{WHO[population]}健康水平不断提升", "卫生院全部翻新。"
        )
        s.say(
            f"（二）{WHO[population]}受教育水平明显提高", "夜校办了40期。", "（三）存在的问题", "山区的服务还跟不上。"
        )
        s.say("二、总体目标", "到2025年，各项指标走在全省前列。")
        s.gold("overall", "到2025年，各项指标走在全省前列。")
        s.say("三、发展领域、主要目标和策略措施")
        for n, theme in enumerate(themes, 1):
            s.domain(f"（{numeral(n)}）", titled(theme, population), population, theme, "。")
            usual(s, theme, population, ("主要目标：", "策略措施："), "{}．")
        s.say("四、组织实施")
        s.item("implementation", "（一）", "加强组织领导。县长任主任。")
        s.item("implementation", "（二）", "加强经费保障。专款专用。")
    s.say("抄送：县委各部门，县人大办公室。", "栖梧县人民政府办公室 2022年3月19日印发")
    return s


@sheet("four parts, women's and children's in one plan")
def _() -> Sheet:
    s = Sheet()
    s.say("枫洛区妇女儿童发展规划", "（2021—2025年）", "（征求意见稿）")
    s.say(
        "第一部分  总论",
        "一、发展基础",
        "（一）妇女工作成绩显著",
        "1.健康水平不断提升。",
        "2.教育更加公平。",
        "（二）主要问题",
    )
    s.say("城乡差距仍然存在。", "二、指导思想", "以人为本。", "三、总体目标", "到2025年，妇女儿童的日子更好。")
    s.gold("overall", "到2025年，妇女儿童的日子更好。")
    for part, (population, themes) in enumerate((("women", WOMEN), ("children", CHILDREN)), 2):
        s.say(f"第{numeral(part)}部分  {WHO[population]}发展")
        for n, theme in enumerate(themes, 1):
            s.domain(f"{numeral(n)}、", titled(theme, population), population, theme)
            usual(s, theme, population, ("（一）主要目标", "（二）策略措施"))
    s.say("第四部分  组织实施", "一、加强领导")
    s.gold("implementation", "加强领导区长任主任。")
    s.say("区长任主任。", "二、监测评估", "（一）建立监测制度", "每年报送一次数据。")
    s.gold("implementation", "监测评估（一）建立监测制度每年报送一次数据。")
    return s


@sheet("a women's book and a children's book with chapters")
def _() -> Sheet:
    s = Sheet()
    s.say("云岫自治县“十四五”妇女儿童发展规划", "总 则")
    s.say("以人为本，妇女儿童优先。")
    for population, themes in (("women", WOMEN), ("children", CHILDREN)):
        s.say(f"{WHO[population]}篇")
        for n, theme in enumerate(themes, 1):
            s.domain(f"第{numeral(n)}章 ", titled(theme, population), population, theme)
            s.say("第一节 发展目标")
            for k, text in enumerate(goals(theme, population), 1):
                s.item("goal", f"{k}、", text + "。")
            s.say("第二节 主要举措")
            for k, (head, text, more) in enumerate(measures(theme, population), 1):
                s.item("measure", f"{k}、", f"{head}。", more=[text, f"{more}"])
    s.say("保障篇", "第一章 组织领导")
    s.item("implementation", "", "县长任主任，每年开会两次。")
    return s


@sheet("measures with parts, their headings on lines of their own")
def _() -> Sheet:
    s = Sheet()
    s.say("澜坞县妇女发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        s.say("1.发展目标")
        for k, text in enumerate(goals(theme, "women"), 1):
            s.item("goal", f"（{k}）", text + "。", more=["这一目标以2020年为基数，逐年接近。"] if k == 1 else [])
        s.say("2.主要举措")
        for k, (head, text, more) in enumerate(measures(theme, "women"), 1):
            parts = ([f"①{text}", f"②{more}"], [f"一是{text[:-1]}；", f"二是{more}"], [text, more])[k % 3]
            s.item("measure", f"（{k}）", head, more=parts)
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。", more=["1.县长任主任。", "2.每年开会两次。"])
    s.item("implementation", "（二）", "保障经费。", more=["1.列入预算。", "2.专款专用。"])
    return s


@sheet("parts in brackets below measures with full stops")
def _() -> Sheet:
    s = Sheet()
    s.say("柳澍市妇女发展规划（2021—2025年）", "第一章 总体要求", "以人为本。", "第二章 发展领域、主要目标与策略措施")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"第{numeral(n)}节 ", titled(theme, "women"), "women", theme)
        s.say("一、主要目标")
        for k, text in enumerate(goals(theme, "women"), 1):
            s.item("goal", f"{k}.", text + ("；" if k < len(goals(theme, "women")) else "。"))
        s.say("二、策略措施")
        for k, (head, text, more) in enumerate(measures(theme, "women"), 1):
            s.item(
                "measure",
                f"{k}.",
                f"{head}。{text}",
                more=[f"（1）{more}", "（2）各乡镇每半年报送一次进度。", "（3）进度不快的要说明原因。"],
            )
    s.say("第三章 组织实施", "第一节 组织领导")
    s.gold("implementation", "组织领导市长任主任。")
    s.say("市长任主任。", "第二节 监测评估", "市统计局每年监测一次。")
    s.gold("implementation", "监测评估市统计局每年监测一次。")
    return s


@sheet("domains as tasks with goals in one sentence")
def _() -> Sheet:
    s = Sheet()
    s.say("栖梧县儿童发展规划（2021—2025年）", "一、指导思想", "以人为本。", "二、重点任务")
    tasks = {
        "health": "提升儿童健康素养和水平",
        "education": "促进儿童教育优质公平",
        "welfare": "完善儿童福利保障体系",
        "safety": "筑牢儿童安全防护网",
    }
    for n, (theme, title) in enumerate(tasks.items(), 1):
        s.domain(f"（{numeral(n)}）", title, "children", theme)
        own = goals(theme, "children")
        s.say("主要目标：")
        for k, text in enumerate(own, 1):
            s.item("goal", chr(ord("①") + k - 1), text + ("；" if k < len(own) else "。"), glued=True)
        s.say("策略措施：")
        for k, (head, text, _) in enumerate(measures(theme, "children"), 1):
            s.item("measure", f"{k}.", f"{head}。{text}")
    s.say("三、保障措施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    return s


@sheet("decimal numbers on all levels")
def _() -> Sheet:
    s = Sheet()
    s.say("枫洛区妇女发展规划（2021—2025年）", "1 总体要求", "以人为本。", "2 发展领域")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"2.{n} ", titled(theme, "women"), "women", theme)
        s.say(f"2.{n}.1 主要目标")
        for k, text in enumerate(goals(theme, "women"), 1):
            s.item("goal", f"（{k}）", text + "。")
        s.say(f"2.{n}.2 策略措施")
        for k, (head, text, _) in enumerate(measures(theme, "women"), 1):
            s.item("measure", f"（{k}）", f"{head}。{text}")
    s.say("3 组织实施")
    s.item("implementation", "3.1 ", "加强领导。区长任主任。")
    s.item("implementation", "3.2 ", "保障经费。列入预算。")
    return s


@sheet("headings with a colon and a slogan, projects in boxes")
def _() -> Sheet:
    s = Sheet()
    s.say(
        "云岫自治县妇女发展规划（2021—2025年）",
        "一、指导思想",
        "以人为本。",
        "二、发展领域、主要目标、策略措施及重点工程",
    )
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme, "：同心同向，共建共享")
        usual(s, theme, "women", ("◆主要目标", "◆策略措施"))
        s.say("◆重点工程")
        s.item("project", "1.", f"{POOL[theme][0]}暖心工程。五年内建成{n + 2}个服务点。")
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    return s


@sheet("boxes in tables of one cell")
def _() -> Sheet:
    s = Sheet()
    s.say("澜坞县儿童发展规划（2021—2025年）", "一、总体目标", "到2025年，儿童都能快乐长大。")
    s.gold("overall", "到2025年，儿童都能快乐长大。")
    s.say("二、发展领域")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        usual(s, theme, "children", ("主要目标：", "策略措施："))
        s.gold(
            "project", f"{POOL[theme][0]}行动1.服务点建设。建成{n + 2}个服务点。2.流动车。添置{n}辆流动车。"
        ).domain = n - 1
        s.say(
            [[f"专栏{n}  {POOL[theme][0]}行动"], [f"1.服务点建设。建成{n + 2}个服务点。\n2.流动车。添置{n}辆流动车。"]]
        )
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    return s


@sheet("a line for the bodies of the whole domain")
def _() -> Sheet:
    s = Sheet()
    s.say("柳澍市妇女发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        since = len(s.items)
        usual(s, theme, "women", ("主要目标：", "策略措施："))
        note, bodies = three(theme)
        s.say(f"（本领域{note}）" if n % 2 else f"以上目标和措施{note}")
        for item in s.items[since:]:
            item.bodies = bodies
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。市长任主任。")
    return s


@sheet("lines for the bodies of some items")
def _() -> Sheet:
    s = Sheet()
    s.say("栖梧县妇女发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        lead, second, third = LEADS[theme]
        s.say("1.主要目标")
        made = [s.item("goal", f"（{k}）", text + "。") for k, text in enumerate(goals(theme, "women", 3), 1)]
        s.say(f"（第1—2项由{lead}牵头，第3项由{second}牵头，{third}配合）")
        made[0].bodies = made[1].bodies = (("lead", lead),)
        made[2].bodies = (("lead", second), ("cooperating", third))
        s.say("2.策略措施")
        for k, (head, text, _) in enumerate(measures(theme, "women"), 1):
            s.item(
                "measure",
                f"（{k}）",
                f"{head}。{text}",
                f"由{lead}牵头，{second}、{third}配合。",
                (("lead", lead), ("cooperating", second), ("cooperating", third)),
            )
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    return s


@sheet("bodies on a line below each item")
def _() -> Sheet:
    s = Sheet()
    s.say("枫洛区儿童发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        note, bodies = three(theme)
        s.say("主要目标")
        for k, text in enumerate(goals(theme, "children"), 1):
            s.item("goal", f"{k}.", text + "。", bodies=bodies)
            s.say(*(note.split("；") if n % 2 else [f"（{note}）"]))
        s.say("策略措施")
        for k, (head, text, more) in enumerate(measures(theme, "children"), 1):
            s.item("measure", f"{k}.", head, more=[text, more], bodies=bodies)
            s.say(f"【{note}】" if n % 2 else note)
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。区长任主任。")
    return s


def table_of(themes: Sequence[str], population: str, heads: Sequence[str], sheet: Sheet, start: int = 0) -> Table:
    """A table of goals with their bodies; domain and lead stand in merged cells."""
    rows: list[list[str | tuple[str, int, int]]] = [list(heads)]
    count = 0
    for n, theme in enumerate(themes):
        own = goals(theme, population)
        lead, *others = LEADS[theme]
        for k, text in enumerate(own):
            count += 1
            merged = [(titled(theme, population), len(own), 1)] if not k else []
            leads = [(lead, len(own), 1)] if not k else []
            rows.append([str(count), *merged, text + "。", *leads, "、".join(others), "2025年"])
            bodies = (("lead", lead), *(("responsible", o) for o in others))
            known = next(
                (i for i in sheet.items if i.kind == "goal" and i.text.rstrip("。") == text and i.domain == start + n),
                None,
            )
            if known:
                known.bodies = bodies
            else:
                sheet.gold("goal", text + "。", bodies, start + n)
    return rows


DIVISION = ("序号", "领域", "主要目标", "牵头单位", "责任单位", "完成时限")


@sheet("a table of goals that were listed before")
def _() -> Sheet:
    s = Sheet()
    s.say("云岫自治县儿童发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        usual(s, theme, "children")
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    s.say("附件", "目标责任分解表", table_of(CHILDREN, "children", DIVISION, s))
    return s


@sheet("a table of goals that stand nowhere else")
def _() -> Sheet:
    s = Sheet()
    s.say("澜坞县妇女发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、主要目标")
    for theme in WOMEN:
        s.silent_domain(titled(theme, "women"), "women", theme)
    s.say("表1 目标任务分解表", table_of(WOMEN, "women", DIVISION, s))
    s.say("三、策略措施")
    for n, theme in enumerate(WOMEN):
        s.say(f"（{numeral(n + 1)}）{titled(theme, 'women')}")
        for k, (head, text, _) in enumerate(measures(theme, "women"), 1):
            s.item("measure", f"{k}.", f"{head}。{text}", domain=n)
    s.say("四、组织实施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    return s


INDICATOR_HEADS = ("序号", "领域", "指标名称", "单位", "指标值", "指标属性", "责任单位")
INDICATORS: Table = [
    [(one, 1 if one == "指标值" else 2, 2 if one == "指标值" else 1) for one in INDICATOR_HEADS],
    ["2020年基数", "2025年目标"],
    ["1", ("儿童与健康", 2, 1), "儿童体检率", "%", "80.5", "≥86", "约束性", "县卫生健康局"],
    ["2", "儿童贫血率", "%", "10.2", "≤8", "预期性", "县卫生健康局"],
    ["3", ("儿童与教育", 2, 1), "夜校结业率", "%", "85", "≥90", "预期性", "县教育局"],
    ["4", "图书屋覆盖率", "%", "—", "100", "约束性", "县教育局、县妇联"],
    ["5", "儿童与安全", "溺水死亡率", "1/10万", "3.1", "下降20%", "约束性", "县公安局"],
]  # fmt: skip


@sheet("a table of indicators with heads of two rows")
def _() -> Sheet:
    s = Sheet()
    s.say(
        "柳澍市儿童发展规划（2021—2025年）",
        "一、总体要求",
        "（一）指导思想",
        "以人为本。",
        "（二）总体目标",
        "到2025年，儿童都能快乐长大。",
    )
    s.gold("overall", "到2025年，儿童都能快乐长大。")
    s.say("二、发展领域")
    themes = ["health", "education", "safety"]
    for n, theme in enumerate(themes, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        usual(s, theme, "children")
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。市长任主任。")
    s.say("附表", "柳澍市儿童发展主要指标表", INDICATORS)
    for place, text, *names in (
        (0, "儿童体检率（%）|80.5|≥86", "县卫生健康局"), (0, "儿童贫血率（%）|10.2|≤8", "县卫生健康局"),
        (1, "夜校结业率（%）|85|≥90", "县教育局"), (1, "图书屋覆盖率（%）|—|100", "县教育局", "县妇联"),
        (2, "溺水死亡率（1/10万）|3.1|下降20%", "县公安局"),
    ):  # fmt: skip
        s.gold("indicator", text, tuple(("responsible", name) for name in names), place)
    return s


@sheet("goals and measures in chapters of their own, numbered through")
def _() -> Sheet:
    s = Sheet()
    s.say("栖梧县妇女发展规划（2021—2025年）", "第一章 总体要求", "以人为本。", "第二章 主要目标")
    count = 0
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"{numeral(n)}、", titled(theme, "women"), "women", theme)
        for text in goals(theme, "women"):
            count += 1
            s.item("goal", f"{count}.", text + "。")
    s.say("第三章 策略措施")
    count = 0
    for n, theme in enumerate(WOMEN, 1):
        s.say(f"{numeral(n)}、{titled(theme, 'women')}")
        for head, text, more in measures(theme, "women"):
            count += 1
            s.item("measure", f"{count}.", f"{head}。{text}{more}", domain=n - 1)
    s.say("第四章 保障措施")
    s.item("implementation", "一、", "加强领导。县长任主任。")
    s.item("implementation", "二、", "加强监测。每年报送数据。")
    return s


@sheet("misprinted numbers")
def _() -> Sheet:
    s = Sheet()
    s.say("枫洛区妇女发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
    marks = ["一）", "(二)", "（三", "（四）"]
    for n, theme in enumerate(WOMEN):
        s.domain(marks[n], titled(theme, "women"), "women", theme)
        s.say("主要目标：")
        own = goals(theme, "women")
        signs = [
            ["1.", "2、", "4.", "5．", "６.", "7."],
            ["１．", "2.", "2.", "4、", "5."],
            ["1、", "2．", "3.", "4."],
            ["1.", "3.", "4."],
        ][n]
        for mark, text in zip(signs, own, strict=False):
            s.item("goal", mark, text + "。")
        s.say("策略措施:")
        for k, (head, text, _) in enumerate(measures(theme, "women"), 1):
            s.item("measure", f"{k}、" if k % 2 else f"{k}．", f"{head}。{text}")
    s.say("三、组织实施")
    s.item("implementation", "(一）", "加强领导。区长任主任。")
    return s


@sheet("letters and articles")
def _() -> Sheet:
    s = Sheet()
    s.say(
        "云岫自治县儿童发展规划（2021—2025年）",
        "第一章 总则",
        "第1条 为促进儿童发展，制定本规划。",
        "第2条 本规划适用于全县。",
        "第二章 发展领域",
    )
    count = 2
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"第{numeral(n)}节 ", titled(theme, "children"), "children", theme)
        s.say("A.主要目标")
        for text in goals(theme, "children"):
            count += 1
            s.item("goal", f"第{count}条 ", text + "。")
        s.say("B.策略措施")
        for head, text, more in measures(theme, "children"):
            count += 1
            s.item("measure", f"第{count}条 ", f"{head}。{text}", more=[f"（a）{more}", "（b）每半年检查一次。"])
    s.say("第三章 组织实施")
    s.item("implementation", f"第{count + 1}条 ", "加强领导。县长任主任。")
    return s


@sheet("domains of women and children in turn, eleven of them")
def _() -> Sheet:
    s = Sheet()
    s.say("澜坞县妇女儿童发展规划（2021—2025年）", "一、发展基础", "成绩很大。", "二、主要任务")
    pairs = [(p, t) for t in ("health", "education", "environment", "law", "family") for p in ("women", "children")]
    for n, (population, theme) in enumerate([*pairs, ("women", "rural")], 1):
        title = "妇女与乡村振兴" if theme == "rural" else titled(theme, population)
        s.domain(f"（{numeral(n)}）", title, population, theme)
        usual(s, "economy" if theme == "rural" else theme, population, ("【工作目标】", "【工作措施】"), "{}）")
    s.say("三、重点实事项目")
    s.item("project", "（一）", "暖心车项目。五年内添置6辆暖心车。")
    s.item("project", "（二）", "夜灯项目。巷子里都装上路灯。")
    s.say("四、保障措施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    s.say("五、监测评估")
    s.item("monitoring", "（一）", "年度监测。每年报送一次数据。")
    s.say("名词解释", "1.两纲：指两个发展纲要。", "2.托位：指能够提供的照护名额。")
    return s


@sheet("goals as one sentence without numbers")
def _() -> Sheet:
    s = Sheet()
    s.say("柳澍市妇女发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        own = goals(theme, "women")
        s.say("主要目标：" + "；".join(own) + "。")
        for k, text in enumerate(own):
            s.gold("goal", text + ("；" if k < len(own) - 1 else "。"))
        s.say("策略措施：")
        for k, (head, text, _) in enumerate(measures(theme, "women"), 1):
            s.item("measure", f"{k}.", f"{head}。{text}")
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。市长任主任。")
    return s


@sheet("only measures, with no heading for them")
def _() -> Sheet:
    s = Sheet()
    s.say(
        "栖梧县“十四五”儿童发展规划",
        "一、发展现状",
        "（一）主要成效",
        "儿童健康水平显著提升，教育更加公平。",
        "（二）存在问题",
        "儿童福利设施不足。",
    )
    s.say(
        "二、总体要求",
        "（一）指导思想",
        "以人为本。",
        "（二）基本原则",
        "1.坚持党的领导。",
        "2.坚持儿童优先。",
        "（三）总体目标",
        "到2025年，儿童工作走在前列。",
    )
    s.gold("overall", "到2025年，儿童工作走在前列。")
    s.say("三、主要任务")
    tasks = {
        "health": "实施儿童健康提升行动",
        "education": "实施儿童教育提质行动",
        "welfare": "实施儿童福利提标行动",
        "safety": "实施儿童安全守护行动",
    }
    for n, (theme, title) in enumerate(tasks.items(), 1):
        s.domain(f"（{numeral(n)}）", title, "children", theme)
        note, bodies = three(theme)
        for k, (head, text, more) in enumerate(measures(theme, "children"), 1):
            s.item("measure", f"{k}.", f"{head}。{text}{more}", f"（{note}）", bodies)
    s.say("四、保障措施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    return s


@sheet("a web page with furniture amid the text")
def _() -> Sheet:
    s = Sheet()
    s.say(
        "枫洛区人民政府",
        "首页 | 政务公开 | 办事服务 | 互动交流",
        "当前位置：首页 > 政务公开 > 规划计划",
        "枫洛区妇女发展规划（2021—2025年）",
    )
    s.say(
        "发布时间：2022-05-06 浏览次数：312",
        "字号：【大 中 小】 分享到：",
        "一、总体要求",
        "以人为本。",
        "二、发展领域、主要目标和策略措施",
    )
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        usual(s, theme, "women")
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。区长任主任。")
    s.say(
        "枫洛区妇女儿童工作委员会",
        "2022年5月6日",
        "（此件公开发布）",
        "责任编辑：小王",
        "扫一扫在手机打开当前页",
        "相关链接",
        "1.枫洛区儿童工作动态",
        "2.妇女权益热线",
        "上一篇：关于放假的通知",
        "下一篇：无",
    )
    return s


@sheet("old women and families as domains, one without goals")
def _() -> Sheet:
    s = Sheet()
    s.say("云岫自治县妇女发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、重点领域及措施")
    for n, (theme, title) in enumerate(
        [
            ("health", "健康促进"),
            ("social-security", "老年妇女社会保障"),
            ("family", "家庭建设"),
            ("environment", "妇女与环境"),
            ("law", "权益维护"),
        ],
        1,
    ):
        s.domain(f"（{numeral(n)}）", title, "women", theme)
        if n != 3:
            s.say("发展目标")
            for k, text in enumerate(goals(theme, "women"), 1):
                s.item("goal", f"{k}.", text + "。")
        s.say("工作举措")
        for k, (head, text, _) in enumerate(measures(theme, "women"), 1):
            s.item("measure", f"{k}.", f"{head}。{text}")
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    return s


@sheet("a table of measures with their bodies")
def _() -> Sheet:
    s = Sheet()
    s.say("澜坞县儿童发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        s.say("主要目标")
        for k, text in enumerate(goals(theme, "children"), 1):
            s.item("goal", f"{k}.", text + "。")
    s.say("三、组织实施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    rows: list[list[str | tuple[str, int, int]]] = [["序号", "重点领域", "策略措施", "牵头单位", "配合单位"]]
    count = 0
    for n, theme in enumerate(CHILDREN):
        lead, *others = LEADS[theme]
        own = measures(theme, "children")
        for k, (head, text, _) in enumerate(own):
            count += 1
            first = [(titled(theme, "children"), len(own), 1)] if not k else []
            rows.append([str(count), *first, f"{head}。{text}", lead, "\n".join(others)])
            s.gold("measure", f"{head}。{text}", (("lead", lead), *(("cooperating", o) for o in others)), n)
    s.say("附件：任务分解表", rows)
    return s


@sheet("slogans as domains")
def _() -> Sheet:
    s = Sheet()
    s.say("柳澍市儿童发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、优先领域")
    for n, (theme, title) in enumerate(
        [
            ("health", "身心健康更有保障"),
            ("education", "人人都能受到好教育"),
            ("family", "好家风伴成长"),
            ("environment", "网络空间更清朗"),
            ("law", "法治阳光照童年"),
        ],
        1,
    ):
        s.domain(f"{n}.", title, "children", theme)
        rings(s, theme)
    s.say("三、组织实施")
    s.item("implementation", "1.", "加强领导。市长任主任。")
    return s


def rings(s: Sheet, theme: str) -> None:
    s.say("（1）主要目标")
    for k, text in enumerate(goals(theme, "children")):
        s.item("goal", chr(ord("①") + k), text + "。")
    s.say("（2）策略措施")
    for k, (head, text, more) in enumerate(measures(theme, "children")):
        s.item("measure", chr(ord("①") + k), f"{head}。{text}{more}")


@sheet("an overview of goals before the domains")
def _() -> Sheet:
    s = Sheet()
    s.say(
        "栖梧县妇女发展规划（2021—2025年）",
        "一、发展环境",
        "（一）发展成就",
        "1.妇女健康状况不断改善。",
        "2.妇女受教育程度显著提高。",
        "3.妇女就业规模持续扩大。",
        "（二）面临挑战",
    )
    s.say(
        "发展还不平衡。",
        "二、指导思想和总体目标",
        "（一）指导思想",
        "以人为本。",
        "（二）总体目标",
        "到2025年，妇女发展走在前列。具体实现以下目标：",
    )
    s.say("——健康更有保障。", "——教育更加公平。")
    s.gold("overall", "到2025年，妇女发展走在前列。具体实现以下目标：——健康更有保障。——教育更加公平。")
    s.say("三、发展领域和主要措施")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        s.say("健康是幸福的基础，各乡镇都要重视。")
        usual(s, theme, "women", ("1.主要目标。", "2.主要措施。"), "（{}）")
    s.say("四、组织保障")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    s.item("implementation", "（二）", "加强监测评估。每年报送数据。")
    s.say("附件：名词解释", "1.托位：指能够提供的照护名额。", "2.告诫书：指公安机关出具的文书。")
    return s


def opened(title: str, *more: str) -> Sheet:
    """A document that begins with a plan's title and its overall requirements."""
    return Sheet().say(title, *more, "一、总体要求", "以人为本。", "二、发展领域、主要目标和策略措施")


def closing(s: Sheet, number: int = 3) -> Sheet:
    s.say(f"{numeral(number)}、组织实施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    s.item("implementation", "（二）", "保障经费。列入预算。")
    return s


@sheet("domains named in the background too")
def _() -> Sheet:
    s = Sheet().say("澜坞县", "妇女发展规划", "（2021—2025年）", "一、规划背景", "（一）主要成就")
    for n, theme in enumerate(WOMEN, 1):
        s.say(f"{n}.{titled(theme, 'women')}。各项指标全部完成。")
    s.say(
        "（二）存在问题",
        "1.妇女与健康方面。山区的服务跟不上。",
        "2.妇女与教育方面。夜校还不够。",
        "二、总体要求",
        "以人为本。",
        "三、发展领域",
    )
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        usual(s, theme, "women", ("主要目标", "策略措施"))
    return closing(s, 4)


@sheet("annexes listed in the notice and named on their first lines")
def _() -> Sheet:
    s = Sheet(plans=2).say(
        "柳澍市人民政府",
        "关于印发柳澍市妇女发展规划和儿童发展规划的通知",
        "各区人民政府：",
        "现印发给你们，请认真组织实施。",
    )
    s.say(
        "附件：1.柳澍市妇女发展规划（2021—2025年）",
        "2.柳澍市儿童发展规划（2021—2025年）",
        "柳澍市人民政府",
        "2022年4月2日",
    )
    for number, (population, themes) in enumerate((("women", WOMEN), ("children", CHILDREN)), 1):
        s.say(
            f"附件{number}：柳澍市{WHO[population]}发展规划（2021—2025年）",
            "一、总体要求",
            "以人为本。",
            "二、发展领域",
        )
        for n, theme in enumerate(themes, 1):
            s.domain(f"（{numeral(n)}）", titled(theme, population), population, theme)
            usual(s, theme, population, ("主要目标：", "策略措施："))
        closing(s)
    return s


@sheet("bodies beside the heading of a domain")
def _() -> Sheet:
    s = opened("栖梧县妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        note, bodies = three(theme)
        since = len(s.items)
        if n % 2:
            s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
            s.say(note)
        else:
            s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme, f"（{note}）")
        usual(s, theme, "women")
        for item in s.items[since:]:
            item.bodies = bodies
    return closing(s)


@sheet("each goal with its measures")
def _() -> Sheet:
    s = opened("枫洛区儿童发展规划（2021—2025年）")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        for k, (goal, (head, text, _)) in enumerate(
            zip(goals(theme, "children"), measures(theme, "children"), strict=False), 1
        ):
            s.item("goal", f"目标{numeral(k)}：", goal + "。")
            s.item("measure", f"措施{numeral(k)}：", f"{head}。{text}")
    return closing(s)


@sheet("goals and measures apart within each population")
def _() -> Sheet:
    s = Sheet().say("云岫自治县妇女儿童发展规划", "（2021—2025年）", "第一章 总体要求", "以人为本。")
    for chapter, (population, themes) in enumerate((("women", WOMEN), ("children", CHILDREN)), 2):
        s.say(f"第{numeral(chapter)}章 {WHO[population]}发展", "一、主要目标")
        since = len(s.domains)
        for n, theme in enumerate(themes, 1):
            s.domain(f"（{numeral(n)}）", titled(theme, population), population, theme)
            for k, text in enumerate(goals(theme, population), 1):
                s.item("goal", f"{k}.", text + "。")
        s.say("二、策略措施")
        for n, theme in enumerate(themes, 1):
            s.say(f"（{numeral(n)}）{titled(theme, population)}")
            for k, (head, text, _) in enumerate(measures(theme, population), 1):
                s.item("measure", f"{k}.", f"{head}。{text}", domain=since + n - 1)
    s.say("第四章 保障措施", "一、加强领导。县长任主任。")
    s.gold("implementation", "加强领导。县长任主任。")
    return s


@sheet("domains numbered through women and children")
def _() -> Sheet:
    s = Sheet().say("澜坞县“十四五”", "妇女儿童发展规划", "一、总体要求", "以人为本。")
    count = 0
    for part, (population, themes) in enumerate((("women", WOMEN), ("children", CHILDREN)), 2):
        s.say(f"{numeral(part)}、促进{WHO[population]}全面发展")
        for theme in themes:
            count += 1
            s.domain(f"（{numeral(count)}）", titled(theme, population), population, theme)
            usual(s, theme, population, ("1.主要目标", "2.策略措施"), "（{}）")
    return closing(s, 4)


@sheet("measures without numbers, their headings on lines of their own")
def _() -> Sheet:
    s = opened("柳澍市妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        s.say("主要目标")
        for text in goals(theme, "women"):
            s.item("goal", "", text + "。")
        s.say("策略措施")
        for head, text, _ in measures(theme, "women"):
            s.item("measure", "", f"{head}。{text}")
    return closing(s)


@sheet("page numbers and running headers amid the text")
def _() -> Sheet:
    s = opened("栖梧县妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        usual(s, theme, "women")
        s.say(f"— {n} —", "栖梧县妇女发展规划（2021—2025年）") if n % 2 else s.say(f"第{n}页 共4页")
    return closing(s)


@sheet("projects as a section, with bodies")
def _() -> Sheet:
    s = opened("枫洛区儿童发展规划（2021—2025年）")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        usual(s, theme, "children")
    s.say("三、重点实事项目")
    s.item(
        "project",
        "项目1：",
        "暖心车项目。五年内添置6辆暖心车。",
        "（牵头单位：区卫生健康局）",
        (("lead", "区卫生健康局"),),
    )
    s.item("project", "项目2：", "夜灯项目。巷子里都装上路灯。", "（牵头单位：区民政局）", (("lead", "区民政局"),))
    return closing(s, 4)


@sheet("a domain in one paragraph with goals and measures in words")
def _() -> Sheet:
    s = opened("云岫自治县妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme, "。")
        s.say("主要目标：")
        for k, text in enumerate(goals(theme, "women"), 1):
            s.item("goal", f"（{k}）", text + "；", glued=True)
        s.say("策略措施：")
        for k, (head, text, _) in enumerate(measures(theme, "women"), 1):
            s.item("measure", f"{numeral(k)}是", f"{head}。{text}", glued=True)
    return closing(s)


@sheet("bodies for several numbers in one line")
def _() -> Sheet:
    s = opened("澜坞县儿童发展规划（2021—2025年）")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        lead, second, third = LEADS[theme]
        since = len(s.items)
        usual(s, theme, "children", ("主要目标", "策略措施"))
        own = [item for item in s.items[since:] if item.kind == "measure"]
        s.say(f"（牵头单位：第1、2项{lead}；第3项{second}）") if n == 9 else s.say(
            f"第1、2项责任单位：{lead}、{third}；第3项责任单位：{second}"
        )
        for item in own[:2]:
            item.bodies = (("responsible", lead), ("responsible", third))
        own[2].bodies = (("responsible", second),)
    return closing(s)


@sheet("sentences of the bodies at the end of each item")
def _() -> Sheet:
    s = opened("柳澍市妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        lead, second, third = LEADS[theme]
        s.say("◎主要目标")
        for k, text in enumerate(goals(theme, "women"), 1):
            s.item(
                "goal",
                f"{k}.",
                text + "。",
                f"〔{lead}牵头，{second}、{third}按职责分工负责〕",
                (("lead", lead), ("responsible", second), ("responsible", third)),
            )
        s.say("◎策略措施")
        for k, (head, text, _) in enumerate(measures(theme, "women"), 1):
            s.item(
                "measure",
                f"{k}.",
                f"{head}。{text}",
                f"（责任单位：{lead} {second} {third}）",
                tuple(("responsible", one) for one in (lead, second, third)),
            )
    return closing(s)


@sheet("a preamble before contents, and an annex of terms")
def _() -> Sheet:
    s = Sheet().say(
        "栖梧县儿童发展规划",
        "（2021—2025年）",
        "栖梧县人民政府",
        "二〇二二年三月",
        "目 录",
        "一、规划背景 1",
        "二、总体要求 2",
        "三、发展领域 3",
    )
    s.say(
        *[f"（{numeral(n)}）{titled(theme, 'children')} {n + 2}" for n, theme in enumerate(CHILDREN, 1)],
        "四、组织实施 9",
        "附录：名词解释 11",
    )
    s.say("一、规划背景", "成绩很大。", "二、总体要求", "以人为本。", "三、发展领域")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        usual(s, theme, "children")
    closing(s, 4)
    return s.say(
        "附录：名词解释",
        "（一）托位：指能够提供的照护名额。",
        "（二）告诫书：指公安机关出具的文书。",
        "（三）台账：指记录的册子。",
    )


@sheet("measures that are headings with numbered parts in full sentences")
def _() -> Sheet:
    s = opened("枫洛区妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        s.say("1.主要目标")
        for k, text in enumerate(goals(theme, "women"), 1):
            s.item("goal", f"（{k}）", text + "。")
        s.say("2.主要任务")
        for k, (head, text, more) in enumerate(measures(theme, "women"), 1):
            s.item("measure", f"（{k}）", f"{head}。", more=[f"——{text}", f"——{more}"])
        s.say("3.重点项目")
        s.item("project", "（1）", f"暖心项目。五年内建成{n + 2}个服务点。")
    return closing(s)


@sheet("lists of dashes in the overall objective, domains as chapters")
def _() -> Sheet:
    s = Sheet().say(
        "澜坞县妇女发展规划（2021-2025年）",
        "前  言",
        "过去五年成绩很大。",
        "第一章  总体要求",
        "第一节  指导思想",
        "以人为本。",
        "第二节  基本原则",
    )
    s.say(
        "（一）坚持党的领导。把好方向。",
        "（二）坚持妇女优先。一视同仁。",
        "第三节  总体目标",
        "到2025年，妇女的日子更好。",
    )
    s.gold("overall", "到2025年，妇女的日子更好。")
    for n, theme in enumerate(WOMEN, 2):
        s.domain(f"第{numeral(n)}章  ", titled(theme, "women"), "women", theme)
        usual(s, theme, "women", ("第一节  主要目标", "第二节  策略措施"))
    s.say("第六章  组织实施", "第一节  加强组织领导")
    s.gold("implementation", "加强组织领导县长任主任。")
    s.say("县长任主任。", "第七章  监测评估", "第一节  开展年度监测")
    s.gold("monitoring", "开展年度监测每年报送数据。")
    return s.say("每年报送数据。")


@sheet("a sentence before the goals and one before the measures")
def _() -> Sheet:
    s = opened("柳澍市儿童发展规划（2021—2025年）")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        s.say("主要目标：", "围绕这一领域，到2025年实现以下目标：")
        for k, text in enumerate(goals(theme, "children"), 1):
            s.item("goal", f"{k}.", text + "。")
        s.say("策略措施：", "为实现上述目标，采取以下措施：")
        for k, (head, text, _) in enumerate(measures(theme, "children"), 1):
            s.item("measure", f"{k}.", f"{head}。{text}")
    return closing(s)


@sheet("headings of blocks that name their domain")
def _() -> Sheet:
    s = opened("栖梧县妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        name = POOL[theme][0]
        usual(s, theme, "women", (f"“{name}”发展目标", f"{titled(theme, 'women')}领域的策略措施"))
    return closing(s)


@sheet("goals and measures in a table for each domain")
def _() -> Sheet:
    s = opened("枫洛区儿童发展规划（2021—2025年）")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        s.say("1.主要目标")
        lead, *others = LEADS[theme]
        rows: list[list[str]] = [["序号", "目标内容", "牵头单位", "责任单位"]]
        for k, text in enumerate(goals(theme, "children"), 1):
            rows.append([str(k), text + "。", lead, "、".join(others)])
            s.gold("goal", text + "。", (("lead", lead), *(("responsible", o) for o in others)))
        s.say(rows, "2.策略措施")
        for k, (head, text, _) in enumerate(measures(theme, "children"), 1):
            s.item("measure", f"（{k}）", f"{head}。{text}")
    return closing(s)


@sheet("a division of work with goals and measures side by side")
def _() -> Sheet:
    s = Sheet().say("云岫自治县妇女发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
    count = 0
    for theme in WOMEN:
        s.silent_domain(titled(theme, "women"), "women", theme)
    rows: list[list[str | tuple[str, int, int]]] = [["序号", "领域", "主要目标", "策略措施", "责任单位"]]
    for n, theme in enumerate(WOMEN):
        pairs = list(zip(goals(theme, "women"), measures(theme, "women"), strict=False))
        lead, *others = LEADS[theme]
        for k, (goal, (head, text, _)) in enumerate(pairs):
            first = [(titled(theme, "women"), len(pairs), 1)] if not k else []
            count += 1
            rows.append([str(count), *first, goal + "。", f"{head}。{text}", f"{lead}、{others[0]}"])
            s.gold("goal", goal + "。", (), n)
            s.gold("measure", f"{head}。{text}", (("responsible", lead), ("responsible", others[0])), n)
    s.say("附表 工作分工表", rows)
    return closing(s)


@sheet("boxes in lines between the domains")
def _() -> Sheet:
    s = opened("澜坞县妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        usual(s, theme, "women", ("主要目标", "主要任务"))
        s.say(f"专栏{n}：{POOL[theme][0]}暖心工程", f"建成{n + 2}个服务点，配齐设备。")
        s.gold("project", f"{POOL[theme][0]}暖心工程建成{n + 2}个服务点，配齐设备。").domain = n - 1
    return closing(s)


@sheet("the last of the bodies on the line behind a measure of several paragraphs")
def _() -> Sheet:
    s = opened("柳澍市妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        note, bodies = three(theme)
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme, "。")
        s.say("1.发展目标：")
        for k, text in enumerate(goals(theme, "women"), 1):
            s.item("goal", f"（{k}）", text + "；")
        s.say("2.策略措施：")
        for k, (head, text, more) in enumerate(measures(theme, "women"), 1):
            s.item("measure", f"（{k}）", f"{head}。", more=[f"①{text}", f"②{more}"], bodies=bodies)
            s.say(f"（{note}）")
    return closing(s)


@sheet("signed in the middle, the children's plan behind it without an annex")
def _() -> Sheet:
    s = Sheet(plans=2)
    for population, themes in (("women", WOMEN), ("children", CHILDREN)):
        s.say(
            f"栖梧县{WHO[population]}发展规划",
            "（2021—2025年）",
            "前言",
            "成绩很大。",
            "一、总体要求",
            "以人为本。",
            "二、发展领域、主要目标、策略措施",
        )
        for n, theme in enumerate(themes, 1):
            s.domain(f"（{numeral(n)}）", titled(theme, population), population, theme)
            usual(s, theme, population, ("★主要目标", "★策略措施"), "{}、")
        closing(s)
        s.say("栖梧县妇女儿童工作委员会", "2022年6月1日")
    return s


@sheet("population told by the section only")
def _() -> Sheet:
    s = Sheet().say("枫洛区妇女儿童发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
    for part, (population, themes) in enumerate((("women", WOMEN), ("children", CHILDREN)), 1):
        s.say(f"（{numeral(part)}）{WHO[population]}发展领域")
        for n, theme in enumerate(themes, 1):
            s.domain(f"{n}.", f"{POOL[theme][0]}领域", population, theme)
            s.say("主要目标：")
            for k, text in enumerate(goals(theme, population), 1):
                s.item("goal", f"（{k}）", text + "。")
            s.say("策略措施：")
            for k, (head, text, _) in enumerate(measures(theme, population), 1):
                s.item("measure", f"（{k}）", f"{head}。{text}")
    return closing(s)


@sheet("goals that begin with numbers and years")
def _() -> Sheet:
    s = opened("云岫自治县儿童发展规划（2021—2025年）")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        s.say("主要目标")
        for k, text in enumerate(
            [
                "3岁以下儿童系统管理率达到90%",
                "2025年前建成5个儿童之家",
                "90%以上的学校有心理老师",
                "5至6岁儿童入园率达到95%",
                "“三减”知识人人知晓",
                "15分钟内到达卫生室",
            ],
            1,
        ):
            s.item("goal", f"{k}.", f"{text}。")
        s.say("策略措施")
        for k, (head, text, _) in enumerate(measures(theme, "children"), 1):
            s.item("measure", f"{k}.", f"{head}。2022年起，{text}")
    return closing(s)


@sheet("a plan without a title of its own, signed at its end")
def _() -> Sheet:
    s = Sheet().say("妇女发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        usual(s, theme, "women")
    closing(s)
    return s.say("澜坞县妇女儿童工作委员会", "2022年1月5日")


@sheet("chapters in digits, domains in bracketed digits")
def _() -> Sheet:
    s = Sheet().say("柳澍市儿童发展规划（2021—2025年）", "1．总体要求", "以人为本。", "2．发展领域与目标措施")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{n}）", titled(theme, "children"), "children", theme)
        s.say("主要目标")
        for k, text in enumerate(goals(theme, "children")):
            s.item("goal", chr(ord("①") + k), text + "。")
        s.say("策略措施")
        for k, (head, text, _) in enumerate(measures(theme, "children")):
            s.item("measure", chr(ord("①") + k), f"{head}。{text}")
    s.say("3．组织实施")
    s.item("implementation", "（1）", "加强领导。市长任主任。")
    s.item("implementation", "（2）", "保障经费。列入预算。")
    return s


@sheet("goals and measures as tasks with an aim in the first sentence")
def _() -> Sheet:
    s = Sheet().say(
        "栖梧县“十四五”妇女发展规划",
        "一、规划基础",
        "（一）妇女健康水平持续提高。建成卫生院6个。",
        "（二）妇女受教育程度显著提升。办夜校40期。",
        "（三）妇女就业创业更加活跃。新增就业3000人。",
    )
    s.say(
        "二、总体要求", "（一）指导思想。以人为本。", "（二）发展目标。到2025年，妇女发展水平走在前列。", "三、重点任务"
    )
    s.gold("overall", "到2025年，妇女发展水平走在前列。")
    for n, (theme, title) in enumerate(
        [
            ("health", "着力提升妇女健康水平"),
            ("education", "全面提高妇女受教育水平"),
            ("economy", "促进妇女平等就业创业"),
            ("law", "依法维护妇女合法权益"),
        ],
        1,
    ):
        s.domain(f"（{numeral(n)}）", title, "women", theme, "。")
        for k, (head, text, more) in enumerate(measures(theme, "women"), 1):
            s.item(
                "measure",
                f"{k}.",
                f"{head}。{text}{more}",
                f"责任单位：{LEADS[theme][0]}",
                (("responsible", LEADS[theme][0]),),
            )
    return closing(s, 4)


@sheet("a chapter of domains for each population with its own goals heading")
def _() -> Sheet:
    s = Sheet().say("枫洛区妇女儿童发展规划（2021—2025年）", "第一章 总则", "以人为本。")
    for chapter, (population, themes) in enumerate((("women", WOMEN), ("children", CHILDREN)), 2):
        s.say(f"第{numeral(chapter)}章 {WHO[population]}发展领域、主要目标和策略措施")
        for n, theme in enumerate(themes, 1):
            s.domain(f"第{numeral(n)}节 ", titled(theme, population), population, theme)
            s.say("一、主要目标")
            for k, text in enumerate(goals(theme, population), 1):
                s.item("goal", f"（{numeral(k)}）", text + "。")
            s.say("二、策略措施")
            for k, (head, text, more) in enumerate(measures(theme, population), 1):
                s.item("measure", f"（{numeral(k)}）", f"{head}。", more=[f"1.{text}", f"2.{more}"])
    s.say("第四章 组织实施", "第一节 组织领导", "一、区长任主任。", "二、每年开会两次。")
    s.gold("implementation", "组织领导一、区长任主任。二、每年开会两次。")
    return s


@sheet("questions and figures by domain before the plan's domains")
def _() -> Sheet:
    s = Sheet().say(
        "云岫自治县儿童发展规划（2021—2025年）",
        "一、上一周期实施情况",
        "（一）主要成效",
        "儿童与健康领域：体检率提高。",
        "儿童与教育领域：夜校开班。",
        "（二）面临的形势",
        "1.儿童与健康",
        "山区医生少。",
        "2.儿童与福利",
        "托位不够。",
    )
    s.say(
        "二、总体思路",
        "（一）总体目标",
        "到2025年，儿童都有书读。",
        "三、发展领域",
        "（共4个领域，目标18项，措施14条）",
    )
    s.gold("overall", "到2025年，儿童都有书读。")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        usual(
            s,
            theme,
            "children",
            (f"主要目标（{len(goals(theme, 'children'))}项）", f"策略措施（{len(measures(theme, 'children'))}条）"),
        )
    return closing(s, 4)


@sheet("a draft for comment with line ends of half-width signs")
def _() -> Sheet:
    s = Sheet().say("澜坞县妇女发展规划(2021-2025年)(征求意见稿)", "一,总体要求", "以人为本.", "二,发展领域")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"({numeral(n)})", titled(theme, "women"), "women", theme)
        s.say("主要目标:")
        for k, text in enumerate(goals(theme, "women"), 1):
            s.item("goal", f"{k}, ", text + "。")
        s.say("策略措施:")
        for k, (head, text, _) in enumerate(measures(theme, "women"), 1):
            s.item("measure", f"{k}, ", f"{head}。{text}")
    s.say("三,组织实施")
    s.item("implementation", "(一)", "加强领导。县长任主任。")
    return s


@sheet("projects in a table, and a division of work by numbers")
def _() -> Sheet:
    s = opened("柳澍市妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        usual(s, theme, "women", ("主要目标", "策略措施"))
        lead, second, _ = LEADS[theme]
        own = [item for item in s.items if item.domain == n - 1]
        s.say(f"（主要目标1-2由{lead}负责，3由{second}负责。）")
        for item in own[:2]:
            item.bodies = (("responsible", lead),)
        own[2].bodies = (("responsible", second),)
    return closing(s)


@sheet("measures in three levels with goals in Chinese numerals")
def _() -> Sheet:
    s = Sheet().say("栖梧县儿童发展规划（2021—2025年）", "一、总体要求", "以人为本。", "二、主要目标和策略措施")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme, "：用心呵护，向阳成长。")
        s.say("▲主要目标：")
        for k, text in enumerate(goals(theme, "children"), 1):
            s.item("goal", f"{k}.", text + "。")
        s.say("▲策略措施：")
        for k, (head, text, more) in enumerate(measures(theme, "children"), 1):
            s.item(
                "measure",
                f"{k}.",
                f"{head}。",
                more=[f"（1）工作内容。{text}", "①镇里每月查一次。", "②县里每季查一次。", f"（2）工作要求。{more}"],
            )
    return closing(s)


@sheet("two lists of goals in one domain")
def _() -> Sheet:
    s = opened("枫洛区妇女儿童发展规划（2021—2025年）")
    for n, theme in enumerate(["health", "education", "environment"], 1):
        s.domain(
            f"（{numeral(n)}）",
            {"health": "妇女儿童与健康", "education": "妇女儿童与教育", "environment": "妇女儿童与环境"}[theme],
            "both",
            theme,
        )
        usual(s, theme, "women", ("1.主要目标", "2.策略措施"), "（{}）")
    return closing(s)


@sheet("implementation with parts and monitoring inside it")
def _() -> Sheet:
    s = opened("云岫自治县妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        usual(s, theme, "women")
    s.say("三、组织实施")
    s.item("implementation", "（一）", "坚持党的全面领导。", more=["各级党委要重视。", "每年专题研究一次。"])
    s.item(
        "implementation", "（二）", "落实规划实施责任。", more=["县妇儿工委负责督促。", "1.制定方案。", "2.分解任务。"]
    )
    s.say("四、监测评估")
    s.item("monitoring", "（一）", "完善监测评估机制。", more=["县统计局牵头成立监测组。"])
    s.item("monitoring", "（二）", "开展年度监测。", more=["1.报送数据。", "2.发布报告。"])
    return s.say("本规划由澜坞县妇女儿童工作委员会负责解释。")


@sheet("a slogan above each domain and a heading in brackets")
def _() -> Sheet:
    s = opened("澜坞县儿童发展规划（2021—2025年）")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"领域{numeral(n)}：", titled(theme, "children"), "children", theme)
        usual(s, theme, "children", ("[主要目标]", "[策略措施]"))
    return closing(s)


@sheet("key figures among the goals")
def _() -> Sheet:
    s = opened("柳澍市妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        s.say("主要目标")
        for k, text in enumerate(goals(theme, "women"), 1):
            s.item("goal", f"{k}.", f"{text}，其中：山区2.5%以上，城区3.8个百分点（2020年为1.2%）。")
        s.say("策略措施")
        for k, (head, text, more) in enumerate(measures(theme, "women"), 1):
            s.item(
                "measure", f"{k}.", f"{head}。{text}到2025年：（1）村里1.5公里有站点；（2）镇里2.0公里有站点。{more}"
            )
    return closing(s)


@sheet("goals and measures in lower-case headings of levels turned round")
def _() -> Sheet:
    s = Sheet().say("栖梧县妇女发展规划（2021—2025年）", "第一部分 总体要求", "以人为本。", "第二部分 发展领域")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"第{numeral(n)}领域 ", titled(theme, "women"), "women", theme)
        usual(s, theme, "women", ("一、主要目标", "二、策略措施"), "（{}）")
    s.say("第三部分 组织实施")
    s.item("implementation", "一、", "加强领导。县长任主任。")
    return s


@sheet("a web page with furniture between title and text and between plans")
def _() -> Sheet:
    s = Sheet(plans=2)
    for population, themes in (("women", WOMEN), ("children", CHILDREN)):
        s.say(
            "索 引 号：000/2022-001",
            "发布机构：枫洛区人民政府办公室",
            f"枫洛区{WHO[population]}发展规划（2021—2025年）",
            "时间：2022-03-04 来源：区妇联 点击：120",
            "【字体：大 中 小】",
            "分享：",
        )
        s.say("一、总体要求", "以人为本。", "二、发展领域")
        for n, theme in enumerate(themes, 1):
            s.domain(f"（{numeral(n)}）", titled(theme, population), population, theme)
            usual(s, theme, population)
        closing(s)
        s.say("打印 关闭", "上一篇：无", "下一篇：关于开会的通知")
    return s


@sheet("domains with roman bullets and goals as paragraphs with notes")
def _() -> Sheet:
    s = opened("云岫自治县儿童发展规划（2021—2025年）")
    for n, theme in enumerate(CHILDREN, 1):
        note, bodies = three(theme)
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        s.say("发展目标：")
        for text in goals(theme, "children"):
            s.item("goal", "——", text + "。", f"（{note}）", bodies)
        s.say("主要措施：")
        for head, text, _ in measures(theme, "children"):
            s.item("measure", "——", f"{head}。{text}", f"（{note}）", bodies)
    return closing(s)


@sheet("a table whose heads are printed again on each page")
def _() -> Sheet:
    s = opened("澜坞县儿童发展规划（2021—2025年）")
    for n, theme in enumerate(CHILDREN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "children"), "children", theme)
        usual(s, theme, "children")
    closing(s)
    rows = list(table_of(CHILDREN, "children", DIVISION, s))
    since = len(goals("health", "children")) + 1
    return s.say("附件2", "澜坞县儿童发展规划目标任务分解表", [*rows[:since], list(DIVISION), *rows[since:]])


@sheet("a table of indicators with bodies and a remark, domains on rows of their own")
def _() -> Sheet:
    s = opened("柳澍市妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN[:2], 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        usual(s, theme, "women")
    closing(s)
    s.say("附件：", "“十四五”妇女发展主要指标")
    s.say([
        ["序号", "主要指标", "2020年", "2025年", "属性", "牵头单位"],
        [("一、妇女与健康", 1, 6)],
        ["1", "妇女体检率（%）", "80.5", "86以上", "约束性", "市卫生健康局"],
        ["2", "妇女贫血率（%）", "10.2", "＜8", "预期性", "市卫生健康局"],
        [("二、妇女与教育", 1, 6)],
        ["3", "夜校结业率（%）", "85", "90", "预期性", "市教育局"],
    ])  # fmt: skip
    for place, text, body in (
        (0, "妇女体检率（%）|80.5|86以上", "市卫生健康局"), (0, "妇女贫血率（%）|10.2|＜8", "市卫生健康局"),
        (1, "夜校结业率（%）|85|90", "市教育局"),
    ):  # fmt: skip
        s.gold("indicator", text, (("lead", body),), place)
    return s


@sheet("contents with dots right before the first section, whose first heading has no entry of its own")
def _() -> Sheet:
    s = Sheet().say("溪桐县妇女发展规划（2021—2025年）", "目 录")
    s.say(*dotted(["第一章 总体要求", *(f"第{numeral(n)}节 {titled(t, 'women')}" for n, t in enumerate(WOMEN, 1))]))
    s.say("第一章　总体要求", "第一节 指导思想", "以人为本。", "第二章　发展领域")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"第{numeral(n)}节 ", titled(theme, "women"), "women", theme)
        usual(s, theme, "women", ("（1）主要目标", "（2）策略措施"), "◆")
    s.say("第三章　组织实施")
    s.item("implementation", "第一节 ", "加强领导。县长任主任。")
    return s


@sheet("measures on lines of their own whose titles sound like titles of plans")
def _() -> Sheet:
    s = Sheet().say("禾岭县妇女发展规划（2021—2025年）", "第一部分 总体要求", "以人为本。", "第二部分 发展领域")
    for n, theme in enumerate(WOMEN, 1):
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        s.say("一、主要目标")
        for m, text in enumerate(goals(theme, "women"), 1):
            s.item("goal", f"{m}）", text + "。")
        s.say("二、策略措施")
        s.item("measure", "1）", "实施妇女儿童素质提升计划", more=["每年办班十期，学员自愿报名。"])
        for m, (head, text, more) in enumerate(measures(theme, "women"), 2):
            s.item("measure", f"{m}）", head, more=[text + more])
    s.say("第三部分 组织实施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    return s


@sheet("sections without numbers in two plans, domains behind an overall objective")
def _() -> Sheet:
    s = Sheet(plans=2)
    for population, themes in (("women", WOMEN), ("children", CHILDREN)):
        s.say(f"梨湾县{WHO[population]}发展规划（2021—2025年）", "总体要求", "（一）指导思想", "以人为本。")
        s.say("（二）总体目标")
        s.item("overall", "", "事业全面进步，环境更加友好。")
        s.say("主要任务")
        for n, theme in enumerate(themes, 1):
            s.domain(f"（{numeral(n)}）", titled(theme, population), population, theme)
            usual(s, theme, population)
        s.say("组织实施")
        s.item("implementation", "（一）", "加强领导。县长任主任。")
    return s


@sheet("one plan for both with sections for each of them without numbers")
def _() -> Sheet:
    s = Sheet().say("榆汀县妇女儿童发展规划（2021—2025年）", "总体要求", "以人为本。")
    for population, themes in (("women", WOMEN), ("children", CHILDREN)):
        s.say(f"{WHO[population]}发展目标与措施")
        for n, theme in enumerate(themes, 1):
            s.domain(f"（{numeral(n)}）", titled(theme, population), population, theme)
            usual(s, theme, population)
    s.say("组织实施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    return s


@sheet("domains without number behind measures whose titles stand on lines of their own")
def _() -> Sheet:
    s = opened("蓼洲县儿童发展规划（2021—2025年）")
    for theme in CHILDREN:
        s.domain("", titled(theme, "children"), "children", theme)
        s.say("1.重点任务")
        for n, (head, text, more) in enumerate(measures(theme, "children")):
            s.item("measure", chr(ord("①") + n), head, more=[text + more])
    return closing(s)


@sheet("measures without mark that have numbered points, and a note for each domain")
def _() -> Sheet:
    s = opened("葭水县妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        bodies = (("responsible", LEADS[theme][0]),)
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        s.say("1.主要目标")
        for text in goals(theme, "women"):
            s.item("goal", "", text + "。", bodies=bodies)
        s.say("2.策略措施")
        for head, text, more in measures(theme, "women"):
            s.item("measure", "", f"{head}。", bodies=bodies, more=[f"（1）{text}", f"（2）{more}"])
        s.say(f"（本领域责任单位：{LEADS[theme][0]}）")
    return closing(s)


@sheet("goals without mark, each with a line on its bodies that has no full stop")
def _() -> Sheet:
    s = opened("蕙溪县妇女发展规划（2021—2025年）")
    for n, theme in enumerate(WOMEN, 1):
        note, bodies = three(theme)
        s.domain(f"（{numeral(n)}）", titled(theme, "women"), "women", theme)
        s.say("主要目标")
        for text in goals(theme, "women"):
            s.item("goal", "", text + "。", bodies=bodies, more=[note])
            s.items[-1].text = text + "。"
        s.say("策略措施")
        for m, (head, text, more) in enumerate(measures(theme, "women"), 1):
            s.item("measure", f"{m}.", f"{head}。{text}{more}")
    return closing(s)


@sheet("a table of indicators with heads in two rows between two plans")
def _() -> Sheet:
    s = Sheet(plans=2)
    for population, themes in (("women", WOMEN), ("children", CHILDREN)):
        s.say(f"芦汀县{WHO[population]}发展规划", "（2021—2025年）", "一、总体要求", "以人为本。", "二、发展领域")
        for n, theme in enumerate(themes, 1):
            s.domain(f"（{numeral(n)}）", titled(theme, population), population, theme)
            usual(s, theme, population)
        closing(s)
        first = len(s.domains) - len(themes)
        s.say("附表", f"{WHO[population]}发展主要指标表")
        s.say([
            [("序号", 2, 1), ("领域", 2, 1), ("指标名称", 2, 1), ("指标值", 1, 2), ("属性", 2, 1)],
            ["2020年", "2025年"],
            ["1", (titled(themes[0], population), 2, 1), "体检率（%）", "81", "≥89", "预期性"],
            ["2", "巡诊覆盖率（%）", "82", "≥90", "预期性"],
        ])  # fmt: skip
        for text in ("体检率（%）|81|≥89", "巡诊覆盖率（%）|82|≥90"):
            s.gold("indicator", text, domain=first)
    return s


@sheet("one plan for both in parts, its domains task sentences without number")
def _() -> Sheet:
    s = Sheet().say("槐浦县妇女儿童发展规划（2021—2025年）", "第一部分 总体要求", "以人为本。")
    for n, (population, themes) in enumerate((("women", WOMEN), ("children", CHILDREN)), 2):
        s.say(f"第{numeral(n)}部分 {WHO[population]}发展")
        for theme in themes:
            s.domain("", f"提升{WHO[population]}{POOL[theme][0]}水平", population, theme)
            usual(s, theme, population, ("一、【发展目标】", "二、【主要举措】"), "{}）")
    s.say("第四部分 组织实施")
    s.item("implementation", "（一）", "加强领导。县长任主任。")
    return s

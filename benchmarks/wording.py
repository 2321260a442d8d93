"""Words for synthetic rows: short labels whose English keeps the glossary rule, and figures as plans print them."""

from typing import NamedTuple

GROUPS = (
    ("", ""),
    ("农村", "rural"),
    ("城镇", "urban"),
    ("山区", "upland"),
    ("新市民", "new-resident"),
    ("低收入", "low-income"),
    ("青年", "young"),
    ("老年", "older"),
    ("独居", "single"),
    ("少数民族", "minority"),
    ("边远", "remote"),
    ("新就业", "newly employed"),
    ("3岁以下", "under-3"),
)
TOPICS = (
    ("孕产妇保健", "care of pregnant women"),
    ("出生缺陷防治", "prevention of birth defects"),
    ("宫颈癌筛查", "screening for cervical cancer"),
    ("乳腺癌筛查", "screening for breast cancer"),
    ("近视防控", "myopia control"),
    ("母乳喂养", "breastfeeding"),
    ("托育设施", "childcare sites"),
    ("家庭教育", "family education"),
    ("女干部培养", "training of women cadres"),
    ("法律援助", "legal aid"),
    ("家庭暴力防治", "prevention of domestic violence"),
    ("留守儿童关爱", "care for left-behind children"),
    ("困境儿童保障", "support of children in difficulty"),
    ("孤儿养育", "care of orphans"),
    ("学前教育", "preschool education"),
    ("义务教育", "compulsory education"),
    ("职业教育", "vocational education"),
    ("科学素质", "science literacy"),
    ("心理健康", "mental health"),
    ("生育保险", "maternity insurance"),
    ("养老服务", "elderly care"),
    ("社会救助", "social assistance"),
    ("校园欺凌治理", "action on bullying"),
    ("儿童友好空间", "child-friendly places"),
    ("监护制度", "guardianship"),
    ("媒介素养", "media literacy"),
    ("就业服务", "job services"),
    ("饮水安全", "safe water"),
    ("体育锻炼", "exercise"),
    ("疫苗接种", "vaccination"),
)
ASPECTS = (
    ("覆盖率", "coverage"),
    ("服务能力", "capacity"),
    ("经费投入", "funding"),
    ("人才队伍", "staff"),
    ("信息平台", "data platform"),
    ("试点建设", "pilots"),
    ("质量标准", "quality standards"),
    ("部门协作", "cooperation"),
    ("宣传普及", "publicity"),
    ("城乡差距", "urban-rural gap"),
    ("资源布局", "siting"),
    ("评估机制", "review"),
    ("绩效考核", "appraisal"),
    ("社会参与", "participation"),
    ("激励政策", "incentives"),
    ("设施改造", "refits"),
    ("档案管理", "records"),
    ("热线回应", "helpline"),
    ("志愿服务", "volunteers"),
    ("研究支持", "research"),
)
UNITS = (
    ("卫生健康局", "Health Bureau", "health-bureau", "government", "health"),
    ("教育体育局", "Bureau of Education and Sports", "education-bureau", "government", "education"),
    ("妇联", "Women's Federation", "womens-federation", "mass_organisation", "womens-federation"),
    ("民政局", "Civil Affairs Bureau", "civil-affairs-bureau", "government", "civil-affairs"),
    (
        "人力资源社会保障局",
        "Bureau of Human Resources and Social Security",
        "human-resources-bureau",
        "government",
        "human-resources",
    ),
    ("公安局", "Public Security Bureau", "public-security-bureau", "government", "public-security"),
    ("法院", "People's Court", "court", "judiciary", "court"),
    ("检察院", "People's Procuratorate", "procuratorate", "judiciary", "procuratorate"),
    ("司法局", "Justice Bureau", "justice-bureau", "government", "justice"),
    ("财政局", "Finance Bureau", "finance-bureau", "government", "finance"),
    ("农业农村局", "Bureau of Agriculture and Rural Affairs", "agriculture-bureau", "government", "agriculture"),
    ("总工会", "Federation of Trade Unions", "trade-union-federation", "mass_organisation", "trade-union"),
    ("团委", "Youth League Committee", "youth-league", "mass_organisation", "youth-league"),
    ("残联", "Disabled Persons' Federation", "disabled-federation", "mass_organisation", "disabled-federation"),
    ("宣传部", "Publicity Department", "publicity-department", "party", "publicity"),
    ("组织部", "Organisation Department", "organisation-department", "party", "personnel"),
    ("住房城乡建设局", "Bureau of Housing and Urban-Rural Development", "housing-bureau", "government", "housing"),
    ("统计局", "Statistics Bureau", "statistics-bureau", "government", "statistics"),
)
THEMES = (
    ("health", "健康", "health"),
    ("education", "教育", "education"),
    ("economy", "经济", "the economy"),
    ("participation", "决策管理", "decision-making"),
    ("social-security", "社会保障", "social security"),
    ("family", "家庭", "the family"),
    ("environment", "环境", "the environment"),
    ("law", "法律", "the law"),
)
SCOPES = ((None, None), ("农村", "rural"), ("城镇", "urban"), ("女性", "women"))
NUMERALS = "一二三四五六七八九十"


class Figure(NamedTuple):
    """How one kind of indicator is measured and its figure printed, {v} being the number.

    factor is what one printed unit is worth; without a unit of its own the indicator has that of the target.
    """

    text: str
    comparator: str
    unit: str
    basis: str
    better: str
    most: int = 99
    decimals: bool = True
    factor: int = 1
    own: str = ""
    reference: str | None = None


FIGURES = (
    Figure("达到{v}%以上", "ge", "percent", "level", "higher"),
    Figure("控制在{v}%以下", "le", "percent", "level", "lower"),
    Figure("降至{v}‰以下", "le", "per_mille", "level", "lower"),
    Figure("{v}/10万以下", "le", "per_100k", "level", "lower"),
    Figure("超过{v}%", "gt", "percent", "level", "higher"),
    Figure("新建{v}个", "eq", "count", "cumulative", "higher", most=900, decimals=False),
    Figure("培训{v}万人次", "eq", "person_time", "cumulative", "higher", decimals=False, factor=10000),
    Figure("下降{v}%", "eq", "percent", "relative_decrease", "lower", own="per_100k", reference="2020"),
    Figure("每年提高{v}个百分点以上", "ge", "percentage_point", "annual_increase", "higher", most=9, own="percent"),
    Figure("每年至少{v}次", "ge", "time_per_year", "rate_per_period", "higher", most=12, decimals=False),
    Figure("{v}年左右", "approx", "year", "level", "none", most=85),
    Figure("逐步提高", "increase", "", "level", "higher", own="percent"),
)

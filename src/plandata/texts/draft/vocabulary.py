"""The words by which plans say how much, of what and how firmly: every word list of the drafting of targets.

Each name holds alternatives of a regular expression, the longer before the shorter, on texts in normal form.
"""

import re

# What a clause ends with, and what a sentence ends with.
CLAUSE_END = "[,。;!?]|:(?!\\d)"
SENTENCE_END = "[。;!?]"
SEPARATOR = "、|以及|(?<!共)和(?![谐睦平解])|(?<![普以])及(?!格|时|其他|以[上下])|(?<!参)与"

# Words before a number that compare with it, and endings behind it; negated ones stand first.
BEFORE = (
    ("ge", "达到或超过|不得?低于|不得?少于|不小于|至少|最少|最低|≥|>="),
    ("le", "不得?超过|不得?高于|不得?大于|不多于|最多|最高|≤|<="),
    ("gt", "超过|超出|高于|大于|多于|突破|>"),
    ("lt", "低于|少于|小于|<"),
    ("approx", "大约|约为|约|接近"),
)
BEHIND = (
    ("ge", "及?以上|及其以上|\\(含\\)以上"),
    ("le", "及?以下|及其以下|以内|之内|\\(含\\)以下"),
    ("approx", "左右|上下"),
)

# Adverbs and verbs that lead from the name of an indicator to its value.
ADVERB = (
    "分别|各自|均|都|也|要|应当|应该|应|须|需|能够|能|将|力争|争取|努力|基本|总体|稳步|逐步|逐年|进一步|持续|不断|平均|至少|力求|累计|全部|普遍"
    "|稳定|始终|一般|原则上"
)
TO_VALUE = (
    "达到或超过|达到|达成|提高到|提高至|提升到|提升至|上升到|上升至|增长到|增长至|增加到|增加至|扩大到|扩大至|延长到|延长至|下降到|下降至"
    "|降低到|降低至|减少到|减少至|缩小到|缩小至|降到|降至|增至|升至|控制到|控制在|保持在|稳定在|维持在|巩固在|稳定保持在|保持|维持|稳定"
    "|实现|不得?低于|不得?少于|不得?超过|不得?高于|超过|高于|低于|少于|大于|小于|约为|约|至少为|为|达(?!标)|在|至|占|≥|≤|<|>|=|提高|增长"
)
RISE = "提高|提升|增长|增加|上升|扩大|延长|增"
FALL = "下降|降低|减少|缩小|减"

# Verbs by which a body is to bring something about, so that a number behind them is an amount and not a description.
BRINGS = (
    "配备|配有|配齐|设立|设有|设置|建立|建成|建有|建设|新建|改建|扩建|新增|增设|增加|打造|培育|引入|孵化|创建|完成|开展|组织|举办|开设|接受"
    "|参加|提供|培训|轮训|培养|选树|评选|命名|掌握|覆盖|帮扶|救助|资助|扶持|发放|补助|投入|安排|筹集|改造|实施|选派|招募|发展|推出|创作"
    "|出版|认定|进行|召开|走访|拥有(?!量)|确保|保证|保障|达到|不少于|至少|落实|设|建|有|办"
)
# What is counted over the whole plan when it is brought about, unless a number holds for each place.
ADDED = "新建|改建|扩建|新增|增设|累计|培训|轮训|建设|建成|完成|打造|培育|创建|评选|选树|培养|帮扶|救助|资助|发放|投入|改造|新培育|孵化"
EACH = "每[个所家处名村社区县市乡镇街]|各|均|都"
MONEY = "救助|资助|奖励|每人|标准|投入|安排|补助|资金|经费|投资|筹集|发放|财政|拨付|列支|预算|奖补"

# The last words of names of what can be measured; the ends of rates and amounts.
RATE = "率|比例|比重|占比|份额"
AMOUNT = (
    "人数|人次|数量|床位数|托位数|件数|次数|个数|总数|总量|总人数|籍数|数|年限|寿命|时间|时长|面积|标准|差距|程度|指数|水平|覆盖面|覆盖范围|规模"
)
HEAD = f"(?:{RATE}|{AMOUNT})"

# Words in lists whose members are measured apart, one list for each kind of thing.
LISTED = (
    ("艾滋病", "梅毒", "乙型肝炎", "乙肝", "丙肝"),
    ("焦虑障碍", "焦虑症", "抑郁症", "抑郁障碍"),
    ("超重", "肥胖"),
    ("职业病", "职业伤害"),
    ("孕产妇", "所生儿童", "所生婴儿", "所生子女"),
    ("新生儿", "婴儿", "\\d+岁以下儿童", "儿童"),
    ("董事会", "监事会", "管理层"),
    ("党委", "党代会", "人大", "政府", "政协", "纪委"),
    ("养老", "医疗", "失业", "工伤", "生育"),
    ("城乡", "区域", "地区", "校际"),
    ("儿童", "其?照护人", "父母或其他监护人", "其?监护人", "家长"),
    ("[^、和及与,()]{0,8}?(?:人大代表|政协委员|人大常委|政协常委|党组织成员|党组织书记|委会成员|委会主任)",),
)
# Lists that are measured apart only where the sentence says 分别.
APART = (("宫颈癌", "乳腺癌"),)
# What makes one pool of the bodies listed before it.
POOLED = "工作部门|部门|所属|机关|办公室|联席"
# What a clause may say before the name of what it is about.
LEAD = (
    "到?20\\d\\d年(?:底|末)?|其中|同时|并且|并|且|确保|保证|保障|使得|使|让|将|力争|争取|努力|实现|推动|推进|促进|进一步|逐步|全面|不断|持续"
    "|切实|积极|有效|稳步|大力|倡导|鼓励|支持|敦促|引导|加快|巩固|以[^,、]{1,10}为单位的?"
    "|[全我本][省市县区州旗]|辖区内?|各地|要|应|达到"
)
INSTITUTIONS = "中小学校?|小学|初中|高中|幼儿园|高校|学校|托育机构"

# --- Commitments without a number.
MANNER = (
    "进一步|逐步|逐年|不断|持续|明显|显著|稳步|有效|切实|大幅|全面|大力|着力|普遍|巩固|积极|努力|加快|适当|适度|合理|有序|稳定|极大|最大限度|得到|有所"
    "|实现|更加|明显|快速|逐渐|较快|总体|平稳|重视|不断|并"
)
RISES = "提高|提升|增加|扩大|延长|增长|上升|壮大|增设|加大|拓展|有升|升高"
FALLS = "降低|减少|下降|缩小|减轻|减缓|少"
# What a direction may be asked of. Plans also ask it of skills, awareness and services, which nothing counts.
DIRECTED = (
    f"(?<!效)(?:{RATE})|人数|数量|件数|总量|籍数|病种|频次|规模|覆盖面|覆盖范围|年限|寿命|上升趋势|起付线"
    "|(?:睡眠|运动|锻炼|闲暇|支配|家务劳动|用眼|亲子活动的?|户外活动|阅读|陪伴|休息)时间|绿地面积|体育场地面积"
    "|(?:收入|就业率|素[质养]水平|时间|转移就业|普职比|死亡率|科学素[质养])差距"
    "|(?:健康|科学|中医药健康文化)素[养质](?:水平)?|待遇水平|福利待遇|补贴待遇|津贴|(?:生活|生育医疗费用)保障水平|补贴水平|(?:巩固|残疾儿童[^,。;]{0,8}普及)水平"
    "|(?:保障|救助|补贴|补助|低保|福利|生活费)标准|就业岗位|学位|托位|床位|收入"
)
# Things that are counted, so that more of them is a direction.
COUNTED = "场所|公共设施|队伍|机构|站点|学位|学位供给|托位|床位|岗位|托幼班|台位|场馆|托育点|职业农民|人才"
# Harm that is counted, so that less of it is a direction.
HARM = (
    "死亡|死亡和残疾|致残|残疾|妊娠|贫血|出生缺陷|缺陷的发生|文盲|犯罪|性骚扰|儿童伤害|伤害的发生|伤害|溺水|传播|留守儿童现象|事故发生|拐卖|辍学"
    "|早孕|流产|欺凌|家庭暴力"
)
NO_HARM = "污染|灾害|风险|隐患|意识"
NOT_DIRECTED = "公共服务覆盖面|服务覆盖面|供给|能力|意识"
ALL_COVERED = "全覆盖|应(?P<one>[\u4e00-\u9fff]{1,2})尽(?P=one)|愿读尽读|全员覆盖|开[齐足]开[足齐]|配[齐足]"
NEARLY = "基本普及|基本实现|基本完成|基本消除"
NONE_LEFT = "消除|消灭|杜绝|清零"
UNCOUNTED = "歧视|偏见|观念|障碍|隐患|影响|差异|因素|意识|盲区|顾虑|风险|现状|不利|死角|贫困"
FITTING = (
    "(?:保持|保证|确保|有|要有|应有|应当有|安排|占|提名)?(?:适当|合理|一定|适宜)(?:的)?(?:女性)?(?:比例|数量|规模)"
    "|与实际需求相适应|大体相当|趋于平衡|保持均衡|逐步优化|的均衡"
)
BENCHMARK = "平均水平|平均数|的?要求|比例|平均值|上一?届(?:水平)?|上年(?:水平)?"
ENCOURAGING = "鼓励|倡导|支持|推动|敦促|引导|督促|探索|提倡"
STRIVING = "力争|争取|努力|力求"
LOOSE = "一般|原则上|有条件|具备条件"
GENTLY = "适当|适度|合理"
THROUGHOUT = "保持|稳定在|维持|始终|平时"
AT_EVENT = "换届|逐届|新一届"

# --- Names. One wording for what plans print in several.
SAME = (
    ("村民委员会", "村委会"), ("居民委员会", "居委会"), ("中国共产党", "中共"), ("龋齿", "龋"), ("九年制", "九年"), ("“两癌”", "宫颈癌和乳腺癌"),
    ("两癌", "宫颈癌和乳腺癌"), ("学前3年", "学前三年"), ("9年义务", "九年义务"), ("科学素养", "科学素质"), ("公办园", "公办幼儿园"), ("民办园", "民办幼儿园"),
    ("村级党组织", "村党组织"), ("女性所占比例", "女性比例"), ("女性占比", "女性比例"), ("中女性比例", "中的女性比例"), ("托位数量", "托位数"), ("城乡区域", "城乡、区域"),
)  # fmt: skip

# --- Groups of which all must have or be something.
ALL_OF = re.compile(
    "(?:村\\(居\\))?全部(?:达到|达标|配备|配有|建成|建立|设立|设置|纳入|实现|完成|持证|开设|覆盖|接入|安装|建有)"
    "|所有[^,。;]{1,14}?(?:均|都|实现|建成|达到|配备|建有|设立|开设|专兼职)"
    "|全部[^,。;]{2,10}?(?:列入|纳入|建立|设立|建成|配备|达到|实现)"
)
NOT_ALL = re.compile("权利|享受|享有|保障待遇|应[保救助]|能够?")
# What is numbered only to describe it.
DESCRIBED = re.compile(
    "^[^,。;]{0,8}(?:制度|行动|工程|机制|政策|措施|任务|原则|要求|权利|重点|领域|规定|职责|指标|基本|国策)"
)
# How indicator tables print units.
NEW = "新增|新建|累计"
TABLE_UNITS = (
    ("%|百分比", "percent"),
    ("‰", "per_mille"),
    ("1?/10万", "per_100k"),
    ("1?/1?万", "per_10k"),
    ("1?/千(?:人|名)?", "per_1000"),
    ("岁|年", "year"),
    ("人次", "person_time"),
    ("人|名|位", "person"),
    ("小时(?:/天)?", "hour_per_day"),
    ("平方米|m2", "square_metre"),
    ("元", "yuan"),
    ("次/年", "time_per_year"),
    ("次/学期", "time_per_term"),
)

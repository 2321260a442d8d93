"""Rules about the observations that `plandata assess` reads; `plandata.assess.observations` checks them."""

from plandata.rules.registry import declare

declare(
    "value_is_possible_in_its_unit", "observations",
    "A value is one that its unit allows: not negative, at most 1000 per mille, 100,000 per 100,000, 24 hours a day.",
    "数值是其单位所允许的：不为负，千分数不超过 1000，每十万不超过 100000，每天不超过 24 小时。",
    why="No population and no day can show such a value; it is a slip of the pen or of the unit.", why_zh="不可能出现这样的数值，应是笔误或单位有误。",
    mend="Check value and unit_of_measure against the source. Differences in percentage points alone may be negative.", mend_zh="与来源核对数值和单位；只有以百分点计的差可以为负。",
    bad="weining,maternal-mortality,,2023,-3,per_100k,…", good="weining,maternal-mortality,,2023,11.3,per_100k,…",
)  # fmt: skip
declare(
    "observation_has_a_target", "observations",
    "An observation is of an indicator for which a plan of its place has a target.", "监测值的指标在该地规划中有目标。",
    why="It can be held against nothing, and is refused.", why_zh="没有可比对的目标，故不采用。",
    mend="Check place_id and indicator_id against data/targets.csv.", mend_zh="对照 data/targets.csv 核对 place_id 和 indicator_id。",
    bad="weining,anxiety-prevalence-rise,,2023,0.1,percentage_point,…", good="weining,maternal-mortality,,2023,11.3,per_100k,…",
)  # fmt: skip
declare(
    "observation_has_the_scope_of_a_target", "observations",
    "An observation has the scope of a target, in Chinese or in English.", "监测值的范围与某一目标的范围（中文或英文）相同。",
    why="A value of another population says nothing about the target, and is refused.", why_zh="其他人群的数值不能说明该目标，故不采用。",
    mend="Write scope as the target has it, or leave it empty where the target has none.", mend_zh="按目标的写法填 scope；目标没有范围的留空。",
    bad="jiaxing,upper-secondary-enrolment,男生,2023,99,percent,…", good="jiaxing,upper-secondary-enrolment,女生,2023,99,percent,…",
)  # fmt: skip
declare(
    "observation_has_the_unit_of_its_target", "observations",
    "An observation is in the unit of its target.", "监测值的单位与其目标相同。",
    why="A value in another unit would be wrong by a factor, so it is refused and never converted.", why_zh="单位不同会相差若干倍，故不采用，也不换算。",
    mend="Report the value in the unit that the finding names.", mend_zh="按提示的单位填报。",
    bad="weining,infant-mortality,,2023,0.4,percent,…", good="weining,infant-mortality,,2023,4,per_mille,…",
)  # fmt: skip

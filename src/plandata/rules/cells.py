"""Rules about single cells, which follow from the Table Schemas; `plandata.compiler` checks them."""

from plandata.rules.registry import declare

declare(
    "cell_is_present", "cells",
    "A required cell is not empty.", "必填单元格不为空。",
    why="Without it the row cannot be used.", why_zh="缺少它，该行无法使用。",
    mend="Fill the cell from the document; if it is unknown, the row is not ready.", mend_zh="据原文填写；未知则该行尚不能收录。",
    bad={"targets": {"comparator": ""}}, good={"targets": {"comparator": "ge"}},
)  # fmt: skip
declare(
    "cell_has_its_type", "cells",
    "A cell is written in the plain form of its type.", "单元格符合其类型的规范写法。",
    why="Commas, full-width digits, signs, NaN or dates that do not exist are read differently by every tool.",
    why_zh="千分位逗号、全角数字、正负号、NaN 或不存在的日期，各工具读法不一。",
    mend="Write 1234.5 for numbers, 2025-12-31 for dates, true or false.", mend_zh="数写作 1234.5，日期写作 2025-12-31，布尔写作 true 或 false。",
    bad={"plans": {"start_year": "２０２１"}}, good={"plans": {"start_year": "2021"}},
)  # fmt: skip
declare(
    "cell_matches_its_pattern", "cells",
    "A cell has the form that its column prescribes.", "单元格符合该列规定的格式。",
    why="Ids and codes of another form cannot be joined.", why_zh="格式不同的标识和代码无法关联。",
    mend="Compare it with the example of the column in the data dictionary.", mend_zh="对照数据字典中该列的示例。",
    bad={"places": {"gb_code": "5205"}}, good={"places": {"gb_code": "520526"}},
)  # fmt: skip
declare(
    "code_is_known", "cells",
    "A coded cell holds one of the codes of its list.", "编码单元格取自其代码表。",
    why="An unknown code is lost to every count and filter.", why_zh="未知代码会被所有统计和筛选遗漏。",
    mend="Use a listed code; a new one is added to schemas/codes.yaml first.", mend_zh="使用已有代码；新代码先加入 schemas/codes.yaml。",
    bad={"targets": {"comparator": ">="}}, good={"targets": {"comparator": "ge"}},
)  # fmt: skip
declare(
    "number_is_within_bounds", "cells",
    "A number lies within the bounds of its column.", "数值在该列的界限之内。",
    why="A year or count out of bounds is a slip of the pen.", why_zh="越界的年份或计数是笔误。",
    mend="Check the number against the document.", mend_zh="与原文核对。",
    bad={"plans": {"end_year": "20225"}}, good={"plans": {"end_year": "2025"}},
)  # fmt: skip
declare(
    "cell_is_within_its_length", "cells",
    "A text is neither shorter nor longer than its column allows.", "文本长度在该列的限度之内。",
    why="Labels are names, not sentences; a long one may carry the document's wording.", why_zh="标签是名称而非句子；过长可能照搬原文。",
    mend="Say it in fewer words.", mend_zh="缩短。",
    bad={"goals": {"label_zh": "很" * 41}}, good={"goals": {"label_zh": "孕产妇死亡率"}},
)  # fmt: skip

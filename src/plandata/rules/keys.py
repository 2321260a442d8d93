"""Rules about keys and the relations between tables; `plandata.compiler` checks them from the schemas."""

from plandata.rules.registry import declare

declare(
    "key_is_unique", "keys",
    "The key of a row stands in no other row of its table.", "同表内主键不重复。",
    why="Whatever refers to it cannot tell which row is meant.", why_zh="引用它的行无法确定所指。",
    mend="Remove the doubled row, or give one of the two its own id.", mend_zh="删除重复行，或另给标识。",
    bad="weining,… twice in places.csv", good="weining,… once",
)  # fmt: skip
declare(
    "reference_exists", "keys",
    "A cell that refers to another table holds a key of that table.", "引用其他表的单元格是该表已有的主键。",
    why="The row drops out of every join.", why_zh="关联时该行会丢失。",
    mend="Correct the id, or add the row that it refers to.", mend_zh="改正标识，或补上被引用的行。",
    bad={"targets": {"indicator_id": "maternal-mortalty"}}, good={"targets": {"indicator_id": "maternal-mortality"}},
)  # fmt: skip

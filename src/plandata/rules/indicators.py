"""Rules about indicators."""

import polars as pl

from plandata.rules.registry import rule
from plandata.rules.tables import Tables


@rule(
    "indicators", "indicator_id", "每个指标至少有一个目标值。", needs=("targets",),
    why="An indicator without targets is an empty page on the site and mostly a misspelt id.", why_zh="没有目标值的指标是空页，多半是标识写错。",
    mend="Remove it, or correct the targets that mean it.", mend_zh="删除，或改正应引用它的目标值。",
    bad="an indicator that no target names", good="maternal-mortality with its targets",
)  # fmt: skip
def indicator_has_targets(t: Tables) -> pl.DataFrame:
    """An indicator has at least one target."""
    return t["indicators"].join(t["targets"].select("indicator_id").unique(), on="indicator_id", how="anti")


@rule(
    "indicators", "definition_en", "定义是完整的句子，不只是重复名称。",
    why="Without numerator, denominator and population nobody can tell whether two places measure the same thing.", why_zh="不写分子、分母、人群，就无法判断两地是否同口径。",
    mend="Define it in a sentence of our own that ends with a full stop, in both languages.", mend_zh="中英文各用自拟的完整句子定义，以句号结尾。",
    bad={"indicators": {"name_en": "Tap water coverage", "definition_en": "Tap water coverage."}}, good={"indicators": {"name_en": "Tap water coverage", "definition_en": "Share of rural residents with tap water."}},
)  # fmt: skip
def definition_says_more_than_the_name(t: Tables) -> pl.DataFrame:
    """A definition is a sentence that says more than the name."""
    unfinished = ~pl.col("definition_en").str.ends_with(".") | ~pl.col("definition_zh").str.ends_with("。")
    repeated = pl.col("definition_en").str.strip_chars_end(".") == pl.col("name_en")
    return t["indicators"].filter(
        unfinished | repeated | (pl.col("definition_zh").str.strip_chars_end("。") == pl.col("name_zh"))
    )

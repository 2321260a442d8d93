"""For every rule: changes of the small package that break it by as little as can be, and the like that break nothing.

PAIRS change cells, told as in the examples of rules.yaml: {"TABLE" or "TABLE KEY": {column: cell}}, the first row of
the table without a key. What cells cannot show is a case: a function named for its rule (a second one after two
underscores for its boundary) that returns where the finding must be; told that nothing is to be broken, it makes the
like change that breaks nothing.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from conftest import Bench, Where
from packages import BOTH, HEALTH, LAW, LAWS, WOMEN

from plandata.package.folder import Folder
from plandata.rules import RULES
from plandata.schema import edition

Case = Callable[[Bench, bool], Where]
Changes = Mapping[str, Mapping[str, str]]
CASES: dict[str, Case] = {}
PARENTS = ("goal_id", "measure_id")
OTHER = f"{BOTH}.women-health"
CLINICS = f"{OTHER}.m01.t1"
AVERAGE = {"value": "", "benchmark_zh": "全省平均水平", "benchmark_en": "the provincial average"}
SAME = {"indicator_id": "safe-births", "comparator": "ge", "unit_of_measure": "", "scope_zh": "", "scope_en": ""}
STANDARD = {"value": "", "benchmark_zh": "国家消除标准", "benchmark_en": "the national elimination standard"}


class Pair(NamedTuple):
    """Cells that break a rule and cells that keep it, in the same places; both are the cells that both have."""

    rule: str
    bad: Changes
    good: Changes
    both: Changes = MappingProxyType({})


def target(rule: str, bad: dict[str, str], good: dict[str, str], **both: str) -> Pair:
    """A pair in the first target."""
    return Pair(rule, {"targets": bad}, {"targets": good}, {"targets": both})


def goal(rule: str, bad: dict[str, str], good: dict[str, str], **both: str) -> Pair:
    """A pair in the first goal."""
    return Pair(rule, {"goals": bad}, {"goals": good}, {"goals": both})


def formal(column: str, rule: str, bad: str, good: str) -> Pair:
    """A pair in one cell; column is TABLE.COLUMN."""
    table, _, name = column.partition(".")
    return Pair(rule, {table: {name: bad}}, {table: {name: good}})


TYPE, SPACE, SIGNS = "cell_has_its_type", "cell_has_no_stray_space", "characters_belong_to_the_column"
RUNS = "cell_does_not_run_in_a_spreadsheet"
PATTERN, BOUNDS, LENGTH = "cell_matches_its_pattern", "number_is_within_bounds", "cell_is_within_its_length"
CELLS = (
    formal("targets.value", TYPE, "012.5", "12.5"),
    formal("targets.value", TYPE, "1.", "1.0"),
    formal("targets.value", TYPE, "-1", "1"),
    formal("targets.target_year", TYPE, "2024.0", "2024"),
    formal("documents.issued_on", TYPE, "2021-02-29", "2020-02-29"),
    formal("documents.issued_on", TYPE, "2021-04-31", "2021-04-30"),
    formal("units.collective", TYPE, "True", "true"),
    formal("places.gb_code", PATTERN, "5205000", "520500"),
    formal("targets.target_id", PATTERN, f"{HEALTH}.g01.t0", f"{HEALTH}.g01.t2"),
    formal("places.level", "code_is_known", "countries", "prefecture"),
    formal("plans.start_year", BOUNDS, "1989", "1990"),
    formal("targets.value", BOUNDS, "-0.1", "0"),
    formal("goals.position", BOUNDS, "0", "2"),
    formal("goals.label_zh", LENGTH, "短", "短短"),
    formal("targets.value_text", LENGTH, f"{'约' * 23}12", f"{'约' * 22}12"),
    formal("goals.label_en", SPACE, "Maternal deaths ", "Maternal deaths."),
    formal("goals.label_en", SPACE, " Maternal deaths", "-Maternal deaths"),
    formal("goals.label_en", SPACE, "Maternal\tdeaths", "Maternal deaths"),
    formal("goals.label_en", SPACE, "Maternal\u00a0deaths", "Maternal deaths"),
    formal("goals.label_zh", SPACE, "孕产妇\u3000死亡率", "孕产妇死亡率。"),
    # What is printed alike, or not at all: invisible, of another script, for compatibility.
    *(
        formal(f"goals.label_{lang}", SIGNS, f"{before}{odd}{after}", f"{before}{plain}{after}")
        for lang, before, odd, plain, after in (
            ("zh", "孕产妇", "\u200b", "", "死亡"),
            ("zh", "孕产妇", "\u0080", "", "死亡"),
            ("zh", "孕产妇", "\x1b", "[", "死亡"),
            ("zh", "孕产妇", "\u3164", " ", "死亡"),
            ("zh", "孕产妇", "\uf9e4", "理", "死亡"),
            ("zh", "孕产妇", "\u2f08", "人", "死亡"),
            ("zh", "孕产妇", "\u2e85", "亻", "死亡"),
            ("zh", "妇女", "\ufe00", "", "死亡"),
            ("zh", "妇女", "\u0410", "A", "型"),
            ("zh", "妇女", "\u03bf", "o", "型"),
            ("zh", "妇女", "\uff21", "A", "型"),
            ("zh", "妇女", "\uff05", "%", ""),
            ("zh", "妇女", "\u2460", "(1)", "型"),
            ("zh", "水质", "\u216c", "\u216b", "类"),
            ("zh", "在", "\U0002a6e0", "\U0002a6df", "村"),
            ("zh", "在", "\u9fff\u312d", "\u9fff", "村"),
            ("zh", "在", "\u33ff", "\u3400", "村"),
            ("zh", "在", "\U000323b0", "\U000323af", "村"),
            ("zh", "比例", "\u2264\u0338", "\u2264", "3"),
            ("en", "M", "\u0430", "a", "ternal"),
            ("en", "M", "\u0251", "a", "ternal"),
            ("en", "", "\ufb01", "fi", "rst"),
            ("en", "th", "\u0131", "i", "rd"),
            ("en", "Caf", "e\u0301", "\u00e9", ""),
            ("en", "Rate", "\u2028", " ", "of"),
            ("en", "Rate", "\u2003", " ", "of"),
            ("en", "Rate", "\u0085", " ", "of"),
            ("en", "Rate", "\u00ad", "-", "of"),
            ("en", "Rate", "\uff0c", ",", " so"),
            ("en", "Rate of ", "妇", "women", ""),
            ("en", "5 k", "\u2126", "W", ""),
            ("en", "Rate", "\x7f", "~", ""),
            ("en", "9", "\uff10", "0", ""),
            ("en", "", "\uff3a", "Z", ""),
            ("en", "", "\uff41", "a", ""),
        )
    ),
    # English that quotes the print takes both scripts, no third one.
    formal("targets.note_en", SIGNS, "printed \u041c\u041e", "printed 妇女，“Ü”"),
    # In a column of a pattern, the character is named beside the broken pattern.
    formal("places.place_id", SIGNS, "we\u0456ning", "Weining"),
    *(
        Pair(SPACE, {"targets": {"value_text": "12 "}}, {"targets": {column: cell}})
        for column, cell in (("comparator", "le "), ("value", "12 "), ("target_id", "x "), ("goal_id", "x "))
    ),
    *(
        formal("goals.label_en", RUNS, f"{before}{sign}SUM", f"SUM{before}{sign}")
        for before, sign in (
            *(("", sign) for sign in "+-@＝＋－＠﹢﹣﹦﹫⁺"),
            (" ", "="),
            ("'", "="),
            ('"', "="),
            ("\ufeff", "@"),
        )
    ),
    formal("goals.label_en", RUNS, "\tSUM", "SUM\t"),
    formal("goals.label_en", RUNS, "=SUM", "≥SUM"),
)
ITEMS = (
    Pair(
        "plan_id_is_built_from_its_parts",
        {"plans": {"population": "women"}},
        {"plans": {"population": "children"}},
        {"plans": {"plan_id": "weining-children-2021"}},
    ),
    Pair(
        "plan_id_is_built_from_its_parts",
        {"plans": {"place_id": "weining"}},
        {"plans": {"place_id": "xuyou"}},
        {"plans": {"plan_id": "xuyou-women-2021"}},
    ),
    Pair(
        "domain_id_is_built_from_its_parts",
        {f"domains {OTHER}": {"population": "women", "domain_id": f"{BOTH}.law"}},
        {f"domains {OTHER}": {"population": "women", "domain_id": f"{BOTH}.women-law"}},
        {f"domains {OTHER}": {"theme": "law"}},
    ),
    Pair(
        "domain_id_is_built_from_its_parts",
        {f"domains {OTHER}": {"population": "children"}},
        {f"domains {OTHER}": {"population": "women"}},
        {f"domains {OTHER}": {"theme": "law", "domain_id": f"{BOTH}.women-law"}},
    ),
    Pair(
        "domain_id_is_built_from_its_parts",
        {"domains": {"domain_id": f"{WOMEN}.women-law"}},
        {"domains": {"domain_id": f"{WOMEN}.law"}},
        {"domains": {"theme": "law"}},
    ),
    goal("goal_id_is_built_from_its_parts", {"domain_id": ""}, {"domain_id": LAW}, goal_id=f"{LAW}.g09"),
    goal(
        "goal_id_is_built_from_its_parts",
        {"domain_id": HEALTH},
        {"domain_id": ""},
        goal_id=f"{WOMEN}.overall",
        kind="overall",
    ),
    *(
        goal("goal_id_is_built_from_its_parts", {"goal_id": f"{HEALTH}.{bad}"}, {"goal_id": f"{HEALTH}.g07"})
        for bad in ("g007", "m07", "x.g07", "g7")
    ),
    Pair(
        "goal_id_is_built_from_its_parts",
        {f"goals {WOMEN}.overall": {"goal_id": f"{WOMEN}.overall"}},
        {f"goals {WOMEN}.overall": {"goal_id": f"{BOTH}.overall"}},
        {f"goals {WOMEN}.overall": {"plan_id": BOTH}},
    ),
    goal(
        "goal_id_is_built_from_its_parts",
        {"plan_id": WOMEN},
        {"plan_id": BOTH},
        goal_id=f"{OTHER}.g07",
        domain_id=OTHER,
    ),
    Pair(
        "measure_id_is_built_from_its_parts",
        {f"measures {WOMEN}.monitoring.m01": {"measure_id": f"{WOMEN}.monitoring.m02", "domain_id": HEALTH}},
        {f"measures {WOMEN}.monitoring.m01": {"measure_id": f"{WOMEN}.monitoring.m02", "domain_id": ""}},
    ),
    *(
        Pair(
            "measure_id_is_built_from_its_parts",
            {"measures": {"kind": "measure"}},
            {"measures": {"kind": section}},
            {"measures": {"measure_id": f"{WOMEN}.{section}.m02", "domain_id": ""}},
        )
        for section in ("project", "implementation", "monitoring")
    ),
)
NUMBERS, GLOSSARY, SAME_WORDS = "texts_name_the_same_numbers", "texts_use_the_glossary", "texts_say_the_same"
LANGUAGE, SLIP = "texts_are_in_their_language", "english_words_have_no_slip"
DOUBT = "anomalies weining-2021.a03"
LOST, ARTICLE = "no_character_seems_lost", "articles_fit_their_words"
SPELLING = (
    goal(LOST, {"label_zh": "孕产死亡率"}, {"label_zh": "孕产死去率"}),
    goal(LOST, {"label_zh": "孕产死亡率"}, {"label_zh": "某产死亡率"}),
    *(
        goal(ARTICLE, {"label_en": f"In {bad}"}, {"label_en": f"In {good}"})
        for bad, good in (
            ("an hospital", "an hour"),
            ("an helper", "an heir"),
            ("an unit and an school", "an uncle and a school"),
            ("Women's an Children's Year", "an NGO"),
            ("a office", "a one-stop office"),
            ("a elder", "a European"),
            ("a uncle", "a unit, a use and a utility"),
        )
    ),
    Pair(
        "year_of_a_source_fits_its_title",
        {"bibliography": {"year": "2020"}},
        {"bibliography": {"year": ""}},
        {"bibliography": {"title_zh": "术语表"}},
    ),
    Pair(
        "year_of_a_source_fits_its_title",
        {"bibliography": {"year": ""}},
        {"bibliography": {"year": "2020"}},
        {"bibliography": {"title_zh": "2020年术语表"}},
    ),
    Pair(
        "texts_of_an_indicator_share_their_words",
        {"indicators talks": {"population_zh": "在园幼儿，参加健康讲座者"}},
        {"indicators talks": {"population_zh": "参加健康讲座者，在园幼儿"}},
    ),
    Pair(
        "texts_of_an_indicator_share_their_words",
        {"indicators talks": {"population_zh": "县（市、区）"}},
        {"indicators talks": {"population_zh": "健（讲、座）"}},
    ),
)
WORDING = (
    *(
        goal(NUMBERS, {"label_en": f"Up {bad}"}, {"label_en": f"Up {good}"}, label_zh=f"提高{zh}")
        for bad, good, zh in (
            ("5.1", "1.5", "1.5"),
            ("", "1.5", "1.5"),
            ("3", "3, 2, 3", "从2到3"),
            ("10", "100,000", "10万"),
            ("1,000", "2,000", "2千"),
            ("200000", "200,000,000", "2亿"),
            ("13", "14", "十四五"),
            ("3", "2", "两项"),
            ("three", "two", "2项"),
            *((bad, good, f"{n}项") for n, good, bad in ((1, "first", "third"), (1, "once", "twice"))),
            *((bad, good, f"{n}项") for n, good, bad in ((2, "second", "first"), (2, "twice", "once"))),
            *((bad, good, f"{n}项") for n, good, bad in ((3, "third", "fourth"), (4, "fourth", "fifth"))),
            *((bad, good, f"{n}项") for n, good, bad in ((5, "fifth", "sixth"), (12, "twelve", "eleven"))),
            *((bad, good, zh) for zh, good, bad in (("百项", "100", "101"), ("千项", "1,000", "1,001"))),
            *((bad, good, zh) for zh, good, bad in (("万项", "10,000", "10,001"), ("二十项", "20", "21"))),
        )
    ),
    Pair(
        NUMBERS,
        {"indicators safe-births": {"definition_en": "In 2 years."}},
        {"indicators safe-births": {"definition_en": "In 3 years."}},
        {"indicators safe-births": {"definition_zh": "3年之内。"}},
    ),
    goal(GLOSSARY, {"label_en": "Orphan"}, {"label_en": "ORPHANS"}, label_zh="孤儿"),
    goal(GLOSSARY, {"label_en": "Prelocation"}, {"label_en": "Relocation"}, label_zh="易地扶贫搬迁"),
    goal(GLOSSARY, {"label_en": "Weining"}, {"label_en": "Made-up"}, label_zh="虚有"),
    goal(GLOSSARY, {"label_en": "Bodies"}, {"label_en": "Women and children committee"}, label_zh="妇女儿童工作委员会"),
    *(
        Pair(GLOSSARY, {row: {f"{stem}_en": "Bodies"}}, {row: {f"{stem}_en": "Orphans"}}, {row: {f"{stem}_zh": "孤儿"}})
        for row, stem in (
            *(("units", "name"), ("plans", "title"), ("documents", "issuer")),
            *(("places", "province"), ("targets", "scope"), ("targets", "benchmark")),
        )
    ),
    goal(SAME_WORDS, {"label_en": "Syphilis, orphans"}, {"label_en": "Orphans and so on"}, label_zh="孤儿"),
    goal(SAME_WORDS, {"label_en": "Orphans of towns"}, {"label_en": "Orphans"}, label_zh="孤儿"),
    goal(
        SAME_WORDS,
        {"label_en": "Education and training of orphans: capacity, rural schools"},
        {"label_en": "Education and training of orphans: capacity, schools"},
        label_zh="孤儿教育与培训能力",
    ),
    goal(LANGUAGE, {"label_zh": "ABC"}, {"label_zh": "AB假"}, label_en="Leave"),
    goal(LANGUAGE, {"label_en": "Leave (\u3400)"}, {"label_en": "Leave (\u33ff)"}),
    *(
        Pair(
            LANGUAGE,
            {row: {f"{stem}_en": "Printed 孤人"}},
            {row: {f"{stem}_en": "Printed 孤儿"}},
            {row: {f"{stem}_zh": "印作“孤”儿"}},
        )
        for row, stem in (
            *((DOUBT, "description"), (DOUBT, "resolution")),
            *(("targets", "note"), ("indicators", "definition")),
        )
    ),
    *(
        goal(SLIP, {"label_en": f"Of {bad}"}, {"label_en": f"Of {good}"})
        for bad, good in (
            ("mortalty", "violins"),
            ("mortallity", "mortality"),
            ("mortolity", "mortality"),
            ("moratlity", "mortality"),
            ("mortalit", "mortality"),
            ("Xmortality", "yymortality"),
            ("girz", "wiz"),
            ("womeen", "womxyn"),
            ("aginst", "againstxy"),
            ("congres", "birth"),
            ("familie", "families"),
            ("healthd", "shared"),
            ("healthr", "wider"),
            ("f", "F"),
            ("birty", "Xyz"),
            ("th", "children's"),
            ("ts", "3rd"),
        )
    ),
    *(
        Pair(
            SLIP, {"goals": {"label_en": "Mortalite"}}, {"goals": {"label_en": name}}, {"places xuyou": {column: name}}
        )
        for column, name in (("name_en", "Mortalitu"), ("province_en", "Mortaliti"))
    ),
)
PHRASES = {
    "ge": ("12以上", "不低于12", "不少于12", "至少12", "≥12"),
    "gt": ("超过12", "高于12", ">12"),
    "le": ("12以下", "12以内", "不超过12", "不高于12", "≤12"),
    "lt": ("低于12", "<12"),
    "approx": ("12左右",),
    "eq": ("达到12", "3岁以下的达到12", "6个月以内的达到12", "12周岁以上的达到12", "3年级以上的12"),
}
WRONG = {"ge": "gt", "gt": "ge", "le": "lt", "lt": "le", "approx": "eq", "eq": "ge"}
SIGNS = {
    "percentage_point": ("5个百分点", "percent"),
    "per_mille": ("5‰", "percent"),
    "per_100k": ("5/10万", "percent"),
    "person_time": ("5人次", "count"),
    "percent": ("5%", "percentage_point"),
}
BASED = {"baseline_year": "2020", "unit_of_measure": "percent"}
FIGURES = (
    *(
        target("comparator_fits_value_text", {"comparator": WRONG[right]}, {"comparator": right}, value_text=phrase)
        for right, phrases in PHRASES.items()
        for phrase in phrases
    ),
    *(
        target("comparator_fits_value_text", {"comparator": wrong}, {"comparator": right}, value_text=f"1{dash}2项")
        for wrong, right in (("eq", "ge"), ("gt", "le"))
        for dash in "-—~"
    ),
    target("value_stands_in_value_text", {"value": "4"}, {"value": "40000"}, value_text="4万人次"),
    target("value_stands_in_value_text", {"value": "15.05"}, {"value": "15.5"}, value_text="15.50%以内"),
    target("value_stands_in_value_text", {"value": "99"}, {"value": "100"}, value_text="全部"),
    *(
        target("unit_fits_value_text", {"unit_of_measure": wrong}, {"unit_of_measure": right}, value_text=text)
        for right, (text, wrong) in SIGNS.items()
    ),
    target("unit_fits_value_text", {"value_text": "5%人"}, {"value_text": "5人"}, unit_of_measure="count"),
)
TARGETS = (
    target(
        "amount_of_the_plan_is_counted",
        {"basis": "level"},
        {"basis": "cumulative"},
        value_text="新建3所",
        unit_of_measure="count",
    ),
    target(
        "numbers_of_a_figure_are_coded",
        {"value_text": "90%至95%"},
        {"value_text": "95%"},
        value="90",
    ),
    target("row_has_exactly_one_parent", {"measure_id": f"{HEALTH}.m01"}, {"measure_id": ""}, scope_zh="农村"),
    *(
        Pair(
            "row_has_exactly_one_parent",
            {table: {"goal_id": other, "measure_id": f"{HEALTH}.m01"}},
            {table: {"goal_id": "", "measure_id": f"{HEALTH}.m01"}},
        )
        for table, other in (("assignments", f"{HEALTH}.g01"), ("non_targets", f"{HEALTH}.g01"))
    ),
    target("target_id_is_built_from_its_item", {"goal_id": f"{HEALTH}.g01"}, {"goal_id": f"{LAW}.g01"})._replace(
        both={"targets": {"target_id": f"{LAW}.g01.t1"}, f"targets {LAW}.g01.t1": {"target_id": f"{LAW}.g01.t2"}}
    ),
    target("comparator_has_its_value", {"value": ""}, {"value": "0"}),
    *(
        target("comparator_has_its_value", {"value": "1"}, {"value": ""}, comparator=c)
        for c in ("decrease", "maintain")
    ),
    target("number_has_its_unit", {"unit_of_measure": "percent"}, {"unit_of_measure": ""}, value=""),
    target(
        "number_has_its_unit", {"unit_of_measure": ""}, {"unit_of_measure": "percent"}, value="", baseline_value="1"
    ),
    *(
        target("unit_fits_indicator_and_basis", {"unit_of_measure": wrong}, {"unit_of_measure": right}, basis=basis)
        for basis, wrong, right in (
            ("annual_increase", "per_100k", "percent"),
            ("annual_decrease", "per_100k", "percentage_point"),
            ("relative_increase", "percentage_point", "percent"),
        )
    ),
    target(
        "unit_fits_indicator_and_basis", {"unit_of_measure": "percent"}, {"unit_of_measure": "per_100k"}, value="13"
    ),
    Pair(
        "unit_fits_indicator_and_basis",
        {f"targets {HEALTH}.m03.t1": {"basis": "level"}},
        {f"targets {HEALTH}.m03.t1": {"basis": "rate_per_period"}},
        {f"targets {HEALTH}.m03.t1": {"unit_of_measure": "time_per_term"}},
    ),
    Pair(
        "unit_fits_indicator_and_basis",
        {f"targets {HEALTH}.m03.t1": {"indicator_id": "maternal-mortality"}},
        {f"targets {HEALTH}.m03.t1": {"indicator_id": "talks"}},
        {f"targets {HEALTH}.m03.t1": {"unit_of_measure": "hour_per_day"}},
    ),
    *(
        target("rate_names_its_period", {"basis": "level"}, {"basis": "rate_per_period"}, unit_of_measure=unit)
        for unit in ("time_per_year", "time_per_term", "hour_per_day")
    ),
    target("rate_names_its_period", {"basis": "rate_per_period"}, {"basis": "level"}, unit_of_measure=""),
    target("direction_is_a_level", {"comparator": "increase"}, {"comparator": "lt"}, basis="cumulative"),
    target("direction_is_a_level", {"comparator": "maintain"}, {"comparator": "increase"}, basis="annual_increase"),
    target("direction_is_a_level", {"basis": "annual_increase"}, {"basis": "annual_decrease"}, comparator="decrease"),
    *(
        target("comparator_has_its_value", {"comparator": comparator}, {"comparator": "eliminate"}, **STANDARD)
        for comparator in ("increase", "universal")
    ),
    target("comparator_has_its_value", {"value": "13"}, {"value": ""}, **STANDARD | {"comparator": "approx"}),
    target("target_year_goes_with_timing", {"timing": "end"}, {"timing": "event"}, target_year=""),
    *(
        target("timing_fits_value_text", {"timing": "end"}, {"timing": right}, value_text=phrase)
        for phrase, right in (
            ("逐年降低", "yearly"),
            ("维持在12/10万以下", "throughout"),
            ("换届后12/10万以下", "event"),
        )
    ),
    *(
        target("commitment_fits_value_text", {"commitment": wrong}, {"commitment": right}, value_text=phrase)
        for phrase, wrong, right in (
            ("努力降至12/10万以下", "firm", "strive"),
            ("鼓励降至12/10万以下", "firm", "encourage"),
            ("一般降至12/10万以下", "encourage", "general"),
        )
    ),
    target(
        "commitment_fits_value_text",
        {"comparator": "increase"},
        {"comparator": "appropriate"},
        value_text="保持适当比例",
    ),
    *(
        Pair("fraction_has_its_parts", {"indicators": {part: ""}}, {"indicators": {part: "some"}})
        for part in ("numerator_zh", "numerator_en", "denominator_zh", "denominator_en")
    ),
    *(
        Pair("retired_id_is_in_no_table", {"retired_ids": {"replaced_by": bad}}, {"retired_ids": {"replaced_by": good}})
        for bad, good in ((f"{HEALTH}.g01.t7", f"{HEALTH}.g01.t1"), (f"{HEALTH}.g01", ""))
    ),
    *(
        target("comparator_fits_value_text", {"comparator": wrong}, {"comparator": right}, value_text=phrase, **AVERAGE)
        for phrase, wrong, right in (
            ("达到或超过全省平均水平", "gt", "ge"),
            ("与女职工比例相适应", "eq", "approx"),
            ("与男性相当", "eq", "approx"),
            ("与男性同步", "eq", "approx"),
        )
    ),
    Pair(
        "target_stands_once_in_its_item",
        {f"targets {HEALTH}.g02.t2": {"benchmark_zh": "全省平均水平"}},
        {f"targets {HEALTH}.g02.t2": {"benchmark_zh": "全市平均水平"}},
        {f"targets {HEALTH}.g02.t1": SAME | AVERAGE, f"targets {HEALTH}.g02.t2": SAME | AVERAGE},
    ),
    *(
        Pair(
            "fraction_has_its_parts",
            {"indicators": {"unit_of_measure": "count"}},
            {"indicators": {"unit_of_measure": unit}},
        )
        for unit in ("per_mille", "per_10k", "per_1000", "ratio")
    ),
    *(
        Pair(
            "retired_id_is_in_no_table",
            {"retired_ids": {"old_id": used}},
            {"retired_ids": {"old_id": f"{used}-gone"}},
            {"retired_ids": {"table_name": table, "replaced_by": ""}},
        )
        for table, used in (
            ("plans", WOMEN),
            ("domains", HEALTH),
            ("goals", f"{HEALTH}.g01"),
            ("measures", f"{HEALTH}.m01"),
            ("indicators", "safe-births"),
            ("targets", f"{HEALTH}.g01.t1"),
            ("units", "weining.members"),
            ("anomalies", "weining-2021.a02"),
        )
    ),
    Pair(
        "retired_id_is_in_no_table",
        {"retired_ids": {"table_name": "places"}},
        {"retired_ids": {"table_name": "goals"}},
        {"retired_ids": {"replaced_by": ""}},
    ),
    *(
        Pair("id_is_unique_in_the_package", {table: {column: used}}, {table: {column: f"{used}-2"}})
        for table, column, used in (
            ("units", "unit_id", f"{HEALTH}.g01"),
            ("bibliography", "reference_id", "safe-births"),
            ("retired_ids", "old_id", "weining"),
        )
    ),
    Pair(
        "target_id_is_built_from_its_item",
        {"retired_ids": {"old_id": f"{HEALTH}.g02.t1"}},
        {"retired_ids": {"old_id": f"{HEALTH}.g01.t1"}},
        {"targets": {"target_id": f"{HEALTH}.g01.t2"}},
    ),
    target("percent_is_within_100", {"baseline_value": "100.01"}, {"baseline_value": "100"}, unit_of_measure="percent"),
    target("percent_is_within_100", {"value": "101"}, {"value": "100"}, unit_of_measure="percentage_point"),
    target("percent_is_within_100", {"unit_of_measure": "percent"}, {"unit_of_measure": "count"}, value="101"),
    target(
        "percent_is_within_100",
        {"basis": "relative_decrease"},
        {"basis": "relative_increase"},
        value="101",
        unit_of_measure="percent",
    ),
    *(
        target("reference_year_goes_with_a_change", {"reference_year": ""}, {"reference_year": "2020"}, basis=basis)
        for basis in ("relative_decrease", "relative_increase")
    ),
    *(
        target("reference_year_goes_with_a_change", {"basis": other}, {"basis": basis}, reference_year="2020")
        for basis, other in (("annual_increase", "rate_per_period"), ("annual_decrease", "level"))
    ),
    target("reference_year_goes_with_a_change", {"basis": "relative_increase"}, {"basis": "annual_increase"}),
    target("reference_year_goes_with_a_change", {"basis": "relative_decrease"}, {"basis": "annual_decrease"}),
    target("baseline_has_its_year", {"baseline_year": "2020"}, {"baseline_year": ""}, scope_zh="农村"),
    Pair(
        "target_year_is_within_its_plan",
        {"targets": {"target_year": "2027"}},
        {"targets": {"target_year": "2026"}},
        {"plans": {"end_year": "2026"}},
    ),
    target("target_year_is_within_its_plan", {"target_year": "2026"}, {"target_year": "2025"}, scope_zh="农村"),
    target("target_year_is_within_its_plan", {"reference_year": "2025"}, {"reference_year": "2024"}),
    target("target_year_is_within_its_plan", {"baseline_year": "2025"}, {"baseline_year": "2024"}),
    *(
        target("texts_are_in_both_languages", {zh: ""}, {zh: "农村"}, **{en: "rural"})
        for zh, en in (("scope_zh", "scope_en"), ("benchmark_zh", "benchmark_en"), ("note_zh", "note_en"))
    ),
    *(
        Pair("definition_says_more_than_the_name", {"indicators": {column: bad}}, {"indicators": {column: good}}, both)
        for column, bad, good, both in (
            ("definition_en", "Deaths", "Deaths.", {}),
            ("definition_zh", "死亡人数", "死亡人数。", {}),
            ("definition_zh", "死亡率。", "死亡率的定义。", {"indicators": {"name_zh": "死亡率"}}),
        )
    ),
)
UNITS = (
    Pair(
        "unit_id_names_its_place",
        {"units": {"unit_id": "weiningx.office"}},
        {"units": {"unit_id": "weining.office"}},
    ),
    Pair(
        "collective_unit_is_only_responsible",
        {"units": {"collective": "true"}},
        {"units": {"collective": "false"}},
        {"assignments": {"role": "lead", "printed_as": "某局"}},
    ),
)
DOUBTS = (
    Pair(
        "anomaly_is_in_its_items_document",
        {"anomalies": {"goal_id": f"{HEALTH}.g03"}},
        {"anomalies": {"goal_id": f"{BOTH}.overall"}},
        {"anomalies": {"anomaly_id": "xuyou-2021.a01", "document_id": "xuyou-2021"}},
    ),
    Pair(
        "anomaly_is_in_its_items_document",
        {"anomalies": {"measure_id": f"{HEALTH}.m01"}},
        {"anomalies": {"measure_id": f"{OTHER}.m01"}},
        {"anomalies": {"anomaly_id": "xuyou-2021.a01", "document_id": "xuyou-2021", "goal_id": ""}},
    ),
    Pair(
        "non_target_is_no_target",
        {"non_targets": {"goal_id": f"{HEALTH}.g01"}},
        {"non_targets": {"goal_id": f"{HEALTH}.g02"}},
        {"non_targets": {"value_text": "12/10万以下"}},
    ),
    Pair("non_target_has_a_number", {"non_targets": {"value_text": "周岁"}}, {"non_targets": {"value_text": "三周岁"}}),
)


def place(rule: str, bad: dict[str, str], good: dict[str, str], **both: str) -> Pair:
    """A pair in the first place."""
    return Pair(rule, {"places": bad}, {"places": good}, {"places": both})


def numbered(rule: str, name: str, bad: str, good: str) -> Pair:
    """A pair in the SDG number of the first indicator, which gets a name."""
    changes = ({"indicators": {"sdg_indicator": number}} for number in (bad, good))
    return Pair(rule, *changes, {"indicators": {"name_zh": name}})


CODE, LEVEL, KIND = "gb_code_is_that_of_the_place", "level_fits_name_and_code", "name_en_says_the_kind_of_place"
SDG, SAME_SDG = "sdg_number_fits_the_name", "sdg_number_without_mark_is_the_same_indicator"
OFFICIAL = (
    place(CODE, {"gb_code": "520599"}, {"gb_code": "520527"}, name_zh="赫章县"),
    place(CODE, {"gb_code": "450126"}, {"gb_code": "450127"}, name_zh="横县"),
    place(CODE, {"name_zh": "赫章县"}, {"name_zh": "虚无县"}, gb_code=""),
    place(CODE, {"province_zh": "贵州省"}, {"province_zh": "山东省"}, gb_code="", name_zh="赫章县"),
    *(
        place(LEVEL, {"level": wrong}, {"level": right}, name_zh=name, gb_code=code)
        for name, code, wrong, right in (
            ("神农架林区", "", "district", "county"),
            ("六枝特区", "", "district", "county"),
            ("鄂伦春自治旗", "", "prefecture", "county"),
            ("克什克腾旗", "", "prefecture", "county"),
            ("昌平区", "", "county", "district"),
            ("赫章县", "", "district", "county"),
            ("阿坝藏族羌族自治州", "", "county", "prefecture"),
            ("喀什地区", "", "district", "prefecture"),
            ("锡林郭勒盟", "", "county", "prefecture"),
            ("临清市", "371581", "prefecture", "county"),
            ("聊城市", "371500", "county", "prefecture"),
            ("临清市", "", "district", "county"),
            ("聊城市", "", "district", "prefecture"),
        )
    ),
    place("province_fits_gb_code", {"province_zh": "贵州"}, {"province_zh": "山西省"}, gb_code=""),
    place("province_fits_gb_code", {"gb_code": "990000"}, {"gb_code": "520500"}),
    *(
        place(KIND, {"name_en": f"Aba {wrong}"}, {"name_en": f"Aba {right}".strip()}, name_zh=name)
        for name, wrong, right in (
            ("神农架林区", "District", "Forestry District"),
            ("六枝特区", "District", "Special District"),
            ("赫章县", "Autonomous County", "County"),
            ("威宁自治县", "County", "Autonomous County"),
            ("鄂伦春自治旗", "Banner", "Autonomous Banner"),
            ("克什克腾旗", "County", "Banner"),
            ("阿坝自治州", "Prefecture", "Autonomous Prefecture"),
            ("喀什地区", "District", "Prefecture"),
            ("锡林郭勒盟", "Banner", "League"),
            ("聊城市", "County", ""),
        )
    ),
    numbered("sdg_number_is_in_the_un_list", "疫苗接种率", "3.b.9", "3.b.1"),
    numbered(SDG, "婴儿死亡率", "~3.2.2", "~3.2.1"),
    numbered(SDG, "疫苗接种率", "3.c.1", "3.b.1"),
    numbered(SAME_SDG, "婴儿死亡率", "3.2.1", "~3.2.1"),
    numbered(SAME_SDG, "九年义务教育巩固率", "4.1.2", "~4.1.2"),
    numbered(SAME_SDG, "婴儿死亡率", "3.2.1", ""),
    numbered(SAME_SDG, "自杀死亡率", "", "3.4.2"),
)
XUYOU = "documents xuyou-2021"


def document(rule: str, bad: dict[str, str], good: dict[str, str], **both: str) -> Pair:
    """A pair in the first document."""
    return Pair(rule, {"documents": bad}, {"documents": good}, {"documents": both})


def plan(rule: str, bad: dict[str, str], good: dict[str, str], **both: str) -> Pair:
    """A pair in the first plan."""
    return Pair(rule, {"plans": bad}, {"plans": good}, {"plans": both})


TITLES = (
    document(
        "document_title_names_its_place",
        {"title_en": "Plan for Women and Children"},
        {"title_en": "Plan for Women and Children of Weining"},
    ),
    *(
        plan("plan_title_names_its_place", {"title_en": wrong}, {"title_en": "Plan for Women (Weining)"})
        for wrong in ("Plan for Women", "Plan for Women (Weinings)", "Plan for Women (Aweining, AWeining)")
    ),
    *(
        plan("plan_title_names_its_population", {column: wrong}, {column: right})._replace(
            bad={"plans": {"population": "women", column: wrong}},
            good={"plans": {"population": "women", column: right}},
        )
        for column, wrong, right in (
            ("title_zh", "妇女和儿童规划", "妇女规划"),
            ("title_zh", "规划", "妇女规划"),
            ("title_en", "Plan for Women and Children", "Plan for women"),
            ("title_en", "Plan", "Plan for Women"),
        )
    ),
    *(
        Pair(
            "plan_title_names_its_population",
            {f"plans {BOTH}": {"population": "both", "title_zh": wrong}},
            {f"plans {BOTH}": {"population": "both", "title_zh": "妇女儿童规划"}},
        )
        for wrong in ("妇女规划", "儿童规划")
    ),
    *(
        Pair(
            "document_title_names_its_populations",
            {XUYOU: {"title_zh": "妇女儿童规划", "title_en": wrong}},
            {XUYOU: {"title_zh": "妇女儿童规划", "title_en": "Plan for Women and Children"}},
        )
        for wrong in ("Plan for Women", "Plan for Children")
    ),
    *(
        plan("plan_years_are_those_of_its_title", {"end_year": wrong}, {"end_year": right}, title_zh=title)
        for title, wrong, right in (
            ("妇女发展规划（2021-2030年）", "2025", "2030"),
            ("“十四五”妇女发展规划", "2026", "2025"),
            ("“十四五”妇女发展规划（2021—2030年）", "2031", "2030"),
        )
    ),
    plan(
        "plan_years_are_those_of_its_title", {"start_year": "2020"}, {"start_year": "2021"}, title_zh="十四五时期规划"
    ),
    plan(
        "plan_years_are_those_of_its_title", {"title_zh": "规划（2021-2030年）"}, {"title_zh": "规划（2035年）"}
    )._replace(
        bad={"plans": {"end_year": "2025", "title_zh": "规划（2021-2030年）"}},
        good={"plans": {"end_year": "2025", "title_zh": "规划（2035年）"}},
    ),
    document(
        "titles_say_the_same_years",
        {"title_en": "Plan in the 13th Five-Year Period"},
        {"title_en": "Plan (2021-2025)"},
        title_zh="“十四五”规划",
    ),
    Pair(
        "title_begins_with_its_issuer",
        {"documents": {"issuer_zh": ""}},
        {"documents": {"issuer_zh": "威宁自治县人民政府办公室"}},
        {"documents": {"title_zh": "威宁自治县人民政府办公室关于印发规划的通知"}},
    ),
    document(
        "title_begins_with_its_issuer",
        {"issuer_en": "Government of Weining County"},
        {"issuer_en": "Weining Autonomous County"},
    ),
    document("title_begins_with_its_issuer", {"issuer_en": "Government of Weining County"}, {"issuer_en": ""}),
    document(
        "title_begins_with_its_issuer",
        {"issuer_zh": "某市", "title_zh": "某县关于印发规划的通知"},
        {"issuer_zh": "某市", "title_zh": "规划"},
    ),
    *(
        document("document_number_is_of_its_year", {"document_number": f"府发{wrong}号"}, {"document_number": right})
        for wrong, right in (("[2022]4", "府发[2021]4号"), ("（2020）4", "府发（2021）4号"), ("〔2022〕4", "府发4号"))
    ),
    document("document_is_of_its_plans_time", {"issued_on": "2026-01-01"}, {"issued_on": "2025-12-31"}),
    *(
        target("year_in_value_text_is_coded", {year: "2019"}, {year: "2020"}, value_text="比2020年下降20%")
        for year in ("reference_year", "baseline_year", "target_year")
    ),
)


def cited(rule: str, bad: dict[str, str], good: dict[str, str], **both: str) -> Pair:
    """A pair in the first citation."""
    return Pair(rule, {"citations": bad}, {"citations": good}, {"citations": both})


def duty(rule: str, bad: dict[str, str], good: dict[str, str], **both: str) -> Pair:
    """A pair in the first duty."""
    return Pair(rule, {"duties": bad}, {"duties": good}, {"duties": both})


CITED_LEVEL, OWN_LEVEL = "citation_level_fits_its_title", "cited_plan_is_of_its_level"
ONE_KIND = "cited_document_is_of_one_kind_and_level"
POLICY = (
    *(
        duty("duty_label_shares_words_with_its_text", {"name_text": "年监度测"}, {"name_text": shares})
        for shares in ("度监", "用监测")
    ),
    cited("citation_is_in_its_items_plan", {"goal_id": f"{BOTH}.overall"}, {"goal_id": f"{WOMEN}.overall"}),
    cited("citation_is_in_its_items_plan", {"plan_id": BOTH}, {"plan_id": WOMEN}, measure_id=f"{HEALTH}.m01"),
    *(
        cited(CITED_LEVEL, {"level": wrong}, {"level": right}, title_zh=title)
        for title, right, wrong in (
            ("威宁彝族回族苗族自治县规划", "county", "national"),
            ("威宁自治县规划", "county", "prefecture"),
            ("虚有区条例", "county", "national"),
            ("虚有条例", "county", "provincial"),
            ("贵州省条例", "provincial", "county"),
            ("贵州条例", "provincial", "national"),
            ("国家标准", "national", "county"),
            ("全国大纲", "national", "provincial"),
        )
    ),
    cited(CITED_LEVEL, {"title_zh": "中国条例"}, {"title_zh": "某条例"}, level="county"),
    cited(CITED_LEVEL, {"level": "county"}, {"level": "national"}, title_zh="某某法"),
    cited(CITED_LEVEL, {"level": ""}, {"level": "national"}, title_zh="某法典"),
    cited(CITED_LEVEL, {"level": "national"}, {"level": ""}, title_zh="某办法细则"),
    cited(ONE_KIND, {"title_en": LAWS["title_en"]}, {"title_en": "Norms"}, kind="standard", title_zh="某标准"),
    cited(ONE_KIND, {"title_en": LAWS["title_en"]}, {"title_en": "Act"}, level="", title_zh="某办法"),
    *(
        cited(OWN_LEVEL, {"level": wrong}, {"level": right}, kind=kind, title_zh="某规划")
        for kind, right, wrong in (
            ("own_plan", "county", "prefecture"),
            ("own_plan", "", "national"),
            ("higher_plan", "prefecture", "county"),
        )
    ),
    cited(OWN_LEVEL, {"kind": "higher_plan"}, {"kind": "law"}, level="county", title_zh="某规划法"),
    cited(
        "cited_document_has_one_english_title",
        {"title_en": "Law on violence"},
        {"title_en": "Anti-Domestic Violence Law"},
        goal_id=f"{HEALTH}.g01",
    ),
    duty(
        "duty_is_owed_among_bodies_of_its_place",
        {"to_unit_id": "xuyou.health-bureau"},
        {"to_unit_id": "weining.members"},
    ),
    *(
        duty("evaluation_is_by_stage", {"frequency": wrong}, {"frequency": "by_stage"}, kind=kind, name_text=words)
        for kind, words, wrong in (
            ("midterm_evaluation", "中期评估", ""),
            ("midterm_evaluation", "中期评估", "regular"),
            ("final_evaluation", "终期评估", "once"),
        )
    ),
    duty("evaluation_is_by_stage", {"kind": "final_evaluation"}, {"kind": "evaluation"}, name_text="终期评估"),
    duty("frequency_fits_the_telling_words", {"name_text": "定期监测"}, {"name_text": "每年监测"}),
    duty("frequency_fits_the_telling_words", {"name_text": "年度监测"}, {"name_text": "监测"}, frequency=""),
    Pair(
        "group_in_the_label_is_coded",
        {"measures": {"label_zh": "留守儿童关爱"}},
        {"measures": {"label_zh": "儿童关爱"}},
        {"measures": {"label_en": "Care"}},
    ),
    goal("group_in_the_label_is_coded", {"label_zh": "流浪儿童"}, {"label_zh": "儿童"}, label_en="Children"),
    *(
        Pair(rule, {table: {code: bad}}, {table: {code: good}}, {table: {"name_text": words}})
        for rule, table, code, bad, good, words in (
            ("instrument_is_told_by_its_words", "instruments", "instrument", "sanction", "recognise", "表彰"),
            ("group_is_told_by_its_words", "target_groups", "target_group", "girls", "pupils", "学生"),
            ("duty_is_told_by_its_words", "duties", "kind", "publication", "reporting", "报告年度数据"),
        )
    ),
    Pair(
        "served_goal_is_of_the_measures_domain",
        {"serves": {"measure_id": f"{OTHER}.m01"}},
        {"serves": {"measure_id": f"{HEALTH}.m03"}},
    ),
)
PAIRS = (*CELLS, *ITEMS, *SPELLING, *WORDING, *OFFICIAL, *TITLES, *FIGURES, *TARGETS, *UNITS, *DOUBTS, *POLICY)


def write_pair(b: Bench, pair: Pair, broken: bool) -> Where:
    """Writes the cells of a pair; where the finding must then be."""
    rule = RULES[pair.rule]
    name = next((name for name in pair.bad if name.partition(" ")[0] in rule.tables), next(iter(pair.bad)))
    written = (pair.both, pair.bad if broken else pair.good)
    rows = {key: b.row(key) for cells in written for key in cells}
    for cells in written:
        for key, own in cells.items():
            b.patch(*rows[key], **own)
    table, row = rows[name]
    place = (table, row) if table in rule.tables or not rule.tables else (rule.tables[0], 0)
    return b.at(*place, rule.column or next(iter(pair.bad[name])))


def case(function: Case) -> Case:
    CASES[function.__name__] = function
    return function


def both_ways(rule: str, told: Case) -> None:
    """A case under the name of a rule and the boundary that it stands at."""
    CASES[rule] = told


def anomaly(b: Bench, kind: str, item: Mapping[str, str]) -> None:
    """Records an anomaly on the goal or measure that a row names."""
    document = b.rows("documents")[0]["document_id"]
    cells = {field.name: field.example for field in edition().tables["anomalies"].fields if field.required}
    parent = {name: item.get(name, "") for name in PARENTS}
    b.add("anomalies", **{**cells, "anomaly_id": f"{document}.a90", "document_id": document, "kind": kind, **parent})


def last(b: Bench, table: str, column: str) -> Where:
    return b.at(table, len(b.rows(table)) - 1, column)


# Schemas


def described(**changes: str) -> Callable[[Any], None]:
    """Adds a column to a schema that tells all of itself but for some changes."""
    texts = dict.fromkeys(("title", "title_zh", "description", "description_zh", "example"), "x")
    return lambda schema: schema["fields"].append({"name": "remark", "type": "string", **texts, **changes})


@case
def schema_describes_itself(b: Bench, broken: bool) -> Where:
    b.schema("places", described(example="" if broken else "x"))
    return Where("places", 0, "", "remark")


@case
def code_list_is_there(b: Bench, broken: bool) -> Where:
    b.schema("places", described(codes="levels" if broken else "level"))
    return Where("places", 0, "", "remark")


@case
def edition_is_described(b: Bench, broken: bool) -> Where:
    b.schema("targets", lambda schema: schema["fields"].pop(-2))
    gone = edition().tables["targets"].columns[-2]
    b.leave_out(f"targets.{gone}x" if broken else f"targets.{gone}")
    return Where("targets", 0, "", gone)


@case
def edition_is_described__table(b: Bench, broken: bool) -> Where:
    b.schema("codes", lambda codes: None)
    (b.root / "schemas/anomalies.yaml").unlink()
    b.leave_out("anomaly" if broken else "anomalies")
    return Where("anomalies")


@case
def package_tells_of_itself(b: Bench, broken: bool) -> Where:
    b.describe(lambda d: d.update(version=2 if broken else "2"))
    return Where("", 0, "", "version")


@case
def citation_file_can_be_cited(b: Bench, broken: bool) -> Where:
    authors = "[]" if broken else "[{family-names: Lin}]"
    (b.root / "CITATION.cff").write_text(f"title: Plans\nauthors: {authors}\n", encoding="utf-8")
    return Where("")


@case
def left_out_is_not_there(b: Bench, broken: bool) -> Where:
    b.schema("codes", lambda codes: None)
    (b.root / "schemas/anomalies.yaml").unlink()
    b.leave_out("non_targets" if broken else "anomalies")
    return Where("")


@case
def left_out_is_not_there__name(b: Bench, broken: bool) -> Where:
    b.schema("codes", lambda codes: None)
    (b.root / "schemas/anomalies.yaml").unlink()
    b.leave_out("anomalies.kinds" if broken else "anomalies.kind")
    return Where("")


def field(schema: Any, name: str) -> Any:
    """A column of a schema."""
    return next(field for field in schema["fields"] if field["name"] == name)


def limit(table: str, column: str, name: str, weaker: object, stronger: object) -> Case:
    """A constraint of the edition, once weaker in the package, once stronger."""

    def changed(b: Bench, broken: bool) -> Where:
        value = weaker if broken else stronger
        b.schema(table, lambda schema: field(schema, column)["constraints"].update({name: value}))
        return Where(table, 0, "", column)

    return changed


WEAKER = "constraint_is_no_weaker_than_the_editions"
both_ways(WEAKER, limit("goals", "label_zh", "maxLength", 41, 39))
both_ways(f"{WEAKER}__shortest", limit("goals", "label_zh", "minLength", 1, 3))
both_ways(f"{WEAKER}__lowest", limit("plans", "start_year", "minimum", 1989, 1991))
both_ways(f"{WEAKER}__highest", limit("plans", "start_year", "maximum", 2101, 2099))
both_ways(f"{WEAKER}__required", limit("plans", "start_year", "required", False, True))
both_ways(f"{WEAKER}__unique", limit("indicators", "name_zh", "unique", False, True))


def remade(table: str, column: str, weaker: Callable[[Any], object], stronger: Callable[[Any], object]) -> Case:
    """A schema of the edition, once with a weaker key, type or reference, once with a stronger one."""

    def changed(b: Bench, broken: bool) -> Where:
        b.schema(table, weaker if broken else stronger)
        return Where(table, 0, "", column)

    return changed


FOREIGN = {"fields": "unit_id", "reference": {"resource": "places", "fields": "place_id"}}
both_ways(
    f"{WEAKER}__primary_key",
    remade("units", "", lambda s: s.pop("primaryKey"), lambda s: s["uniqueKeys"].append(["name_en"])),
)
both_ways(
    f"{WEAKER}__unique_keys",
    remade("units", "", lambda s: s["uniqueKeys"].pop(), lambda s: s["uniqueKeys"].append(["place_id"])),
)
both_ways(
    f"{WEAKER}__foreign_key",
    remade("units", "place_id", lambda s: s["foreignKeys"].pop(), lambda s: s["foreignKeys"].append(FOREIGN)),
)
both_ways(
    f"{WEAKER}__type",
    remade("units", "collective", lambda s: field(s, "collective").update(type="string"), lambda s: s.update(order=95)),
)
both_ways(
    f"{WEAKER}__codes",
    remade(
        "units", "kind", lambda s: field(s, "kind").pop("codes"), lambda s: field(s, "kind").update(example="party")
    ),
)
both_ways(
    f"{WEAKER}__script",
    remade("units", "name_en", lambda s: field(s, "name_en").update(script="both"), lambda s: s.update(order=95)),
)
both_ways(
    f"{WEAKER}__pattern",
    remade(
        "units",
        "unit_id",
        lambda s: field(s, "unit_id")["constraints"].update(pattern=".*"),
        lambda s: field(s, "unit_id")["constraints"].update(maxLength=80),
    ),
)


def untold(name: str, of_table: bool) -> Case:
    """A table or a column that does not tell one thing of itself."""

    def changed(b: Bench, broken: bool) -> Where:
        told = "" if broken else "x"
        change = (lambda schema: schema.update({name: told})) if of_table else described(**{name: told})
        b.schema("places", change)
        return Where("places", 0, "", "" if of_table else "remark")

    return changed


for name in ("title", "title_zh", "description", "description_zh"):
    both_ways(f"schema_describes_itself__{name}", untold(name, of_table=False))
    both_ways(f"schema_describes_itself__table_{name}", untold(name, of_table=True))


# Drafts


@case
def doubt_is_settled(b: Bench, broken: bool) -> Where:
    b.describe(lambda d: d.update(draft=True))
    settled = "" if broken else "yes"
    line = f"goals,{HEALTH}.g01,label_zh,,no known label is near,{settled}"
    (b.root / "doubts.csv").write_text(f"table,row,column,value,why,settled\n{line}\n", encoding="utf-8")
    return Where("goals", 2, f"{HEALTH}.g01", "label_zh")


# Files


@case
def table_is_listed(b: Bench, broken: bool) -> Where:
    last = list(edition().tables)[-1]
    b.describe(lambda d: d["resources"][-1].update(name=last[:-1] if broken else last, title="Doubts"))
    return Where(last)


@case
def table_is_listed__twice(b: Bench, broken: bool) -> Where:
    b.describe(lambda d: d["resources"].insert(0, d["resources"][-1] if broken else d["resources"].pop()))
    return Where(list(edition().tables)[-1])


def new_table(schema: Any) -> None:
    texts = {"title": "New", "title_zh": "新", "description": "New.", "description_zh": "新。"}
    schema |= {**texts, "primaryKey": ["id"], "fields": [{"name": "id", "type": "string", "example": "a", **texts}]}


@case
def table_is_known(b: Bench, broken: bool) -> Where:
    b.schema("goals3" if broken else "goals2", new_table)
    b.path("goals2").write_text("id\na\n", encoding="utf-8")
    b.describe(lambda d: d["resources"].append({"name": "goals2", "path": "data/goals2.csv"}))
    return Where("goals2")


@case
def path_stays_in_the_package(b: Bench, broken: bool) -> Where:
    (b.root.parent / "places.csv").write_bytes(b.path("places").read_bytes())
    b.describe(lambda d: d["resources"][0].update(path="../places.csv" if broken else "data/./places.csv"))
    return Where("places")


@case
def path_stays_in_the_package__link(b: Bench, broken: bool) -> Where:
    (b.root / "licence.txt").write_text("Mine.\n", encoding="utf-8")
    (b.root.parent / "licence.txt").write_text("Not mine.\n", encoding="utf-8")
    (b.root / "LICENSE-DATA").symlink_to("../licence.txt" if broken else "licence.txt")
    return Where("")


def stated(key: str, bad: str, good: str) -> Case:
    """What the descriptor states of the whole."""

    def make(b: Bench, broken: bool) -> Where:
        b.describe(lambda d: d.update({key: bad if broken else good}))
        return Where("", column=key)

    return make


STATED = {
    "name": ("name", ".county-plans", "county-plans.2"),
    "name_folder": ("name", "..", "a..b"),
    "name_path": ("name", "county/plans", "county-plans"),
    "name_length": ("name", "a" * 101, "a" * 100),
    "version": ("version", "1.2", "1.2.10"),
    "version_path": ("version", "1.0.0/../..", "1.0.0-draft.1+x"),
    "created": ("created", "2026-02-30", "2026-02-28"),
    "created_year": ("created", "1979-12-31T00:00:00Z", "1980-01-01T00:00:00Z"),
    "created_last_year": ("created", "2108-01-01", "2107-12-31"),
}
CASES.update({f"metadata_fits_file_names__{name}": stated(*told) for name, told in STATED.items()})
PUBLISHED = {
    "scheme": ({"weining-2021": "http://example.org/"}, {"weining-2021": "https://example.org/"}),
    "document": ({"weining-2026": "https://example.org/"}, {"weining-2021": "https://example.org/"}),
}
CASES.update({f"package_tells_of_itself__{name}": stated("published", *told) for name, told in PUBLISHED.items()})


@case
def listed_file_exists(b: Bench, broken: bool) -> Where:
    b.path("units").rename(b.path("offices" if broken else "bodies"))
    units = next(i for i, name in enumerate(edition().tables) if name == "units")
    b.describe(lambda d: d["resources"][units].update(path="data/bodies.csv"))
    return Where("units")


@case
def id_is_kept_or_retired(b: Bench, broken: bool) -> Where:
    (b.root / "docs/data").mkdir(parents=True)
    ids = f"targets {HEALTH}.g03.t2\nunits weining.{'nobody' if broken else 'members'}\n"
    (b.root / "docs/data/ids.txt").write_text(ids, encoding="utf-8")
    return Where("units", 2, "weining.nobody")


@case
def id_is_retired_by_a_release(b: Bench, broken: bool) -> Where:
    major, minor, patch = Folder(b.root).descriptor["version"].split(".")
    b.patch("retired_ids", 0, version=f"{major}.{minor}.{int(patch) + 1}" if broken else "0.0.9")
    return b.at("retired_ids", 0, "version")


@case
def file_is_listed(b: Bench, broken: bool) -> Where:
    (b.root / ("data/notes.csv" if broken else "notes.csv")).write_text("a\n", encoding="utf-8")
    return Where("")


@case
def file_matches_its_hash(b: Bench, broken: bool) -> Where:
    b.patch("places", 0, name_en="Elsewhere")
    b.settle()
    if broken:
        b.patch("places", 0, name_en="Elsewhen.")
    return Where("places")


@case
def file_matches_its_hash__size(b: Bench, broken: bool) -> Where:
    size = len(b.path("places").read_bytes())
    b.describe(lambda d: d["resources"][0].update(bytes=size + broken, title="Cities"))
    return Where("places")


NAME, BOM = b"Xuyou District", b"\xef\xbb\xbf"


@case
def file_is_plain_utf8(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: content.replace(NAME, b"Xuyo\xe9" if broken else b"Xuyo\xc3\xa9"))
    return Where("places", 3)


@case
def file_is_plain_utf8__utf16(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: content.replace(NAME, b"\0" * (17 if broken else 16)))
    return Where("places", 1)


@case
def file_has_no_byte_order_mark(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda c: c.replace(b"place_id", BOM + b"place_id" if broken else b"place_id" + BOM, 1))
    return Where("places", 1)


@case
def file_has_no_nul(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: content.replace(NAME, b"Xuyou\0" if broken else b"Xuyou\1"))
    return Where("places", 3)


@case
def line_ends_are_lf(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: content.replace(NAME, b"Xuyou\r" if broken else b"Xuyou\v"))
    return Where("places", 3)


@case
def file_ends_with_a_line_end(b: Bench, broken: bool) -> Where:
    b.damage("units", lambda content: content.removesuffix(b"false\n") + (b"true" if broken else b"true\n"))
    return Where("units", len(b.rows("units")) + 1)


@case
def file_is_not_empty(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda content: b" \n" if broken else b" x\n")
    return Where("places")


@case
def table_has_rows(b: Bench, broken: bool) -> Where:
    b.write("non_targets", b.rows("non_targets")[: 0 if broken else 1])
    return Where("non_targets", 1)


def header(b: Bench, old: bytes, new: bytes) -> None:
    """Changes the first line of places.csv."""
    b.damage("places", lambda content: content.replace(old, new, 1))


@case
def column_is_present(b: Bench, broken: bool) -> Where:
    header(b, b"gb_code", b"gbcode" if broken else b'"gb_code"')
    return Where("places", 1, "", "gb_code")


@case
def column_is_known(b: Bench, broken: bool) -> Where:
    b.schema("places", described(name="remarks" if broken else "remark"))
    b.damage("places", lambda content: content.replace(b"\n", b",x\n").replace(b",x\n", b",remark\n", 1))
    return Where("places", 1, "", "remark")


@case
def column_stands_once(b: Bench, broken: bool) -> Where:
    header(b, b"gb_code", b"level" if broken else b'"gb_code"')
    return Where("places", 1, "", "level")


@case
def columns_are_in_order(b: Bench, broken: bool) -> Where:
    b.schema("places", lambda schema: schema["fields"].insert(1, schema["fields"].pop(2)))
    header(b, b"name_zh,name_en", b'"name_zh",name_en' if broken else b"name_en,name_zh")
    return Where("places", 1)


@case
def row_has_every_cell(b: Bench, broken: bool) -> Where:
    b.damage("units", lambda content: content.removesuffix(b"false\n") + (b"x,y\n" if broken else b'"x,y"\n'))
    return Where("units", len(b.rows("units")) + 1)


@case
def row_has_every_cell__fewer(b: Bench, broken: bool) -> Where:
    b.damage("units", lambda content: content.removesuffix(b",false\n") + (b"\n" if broken else b",\n"))
    return Where("units", len(b.rows("units")) + 1)


@case
def quotes_are_closed(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda c: c.replace(b"\nweining,", b'\n"weining,' if broken else b'\n"weining",', 1))
    return Where("places", 2)


@case
def quotes_are_closed__inside(b: Bench, broken: bool) -> Where:
    b.damage("places", lambda c: c.replace(b"\nweining,", b'\nwei"ning,' if broken else b'\n"wei""ning",', 1))
    return Where("places", 2)


# Keys and order


@case
def rows_are_sorted(b: Bench, broken: bool) -> Where:
    b.patch("anomalies", 1, anomaly_id="weining-2021.a04" if broken else "weining-2021.a02")
    b.patch("anomalies", 2, kind="missing_words")
    return b.at("anomalies", 1, "anomaly_id")


@case
def rows_are_sorted__by_number(b: Bench, broken: bool) -> Where:
    row = b.find("targets", target_id=CLINICS)
    b.patch("targets", row, target_id=CLINICS.replace("t1", "t10" if broken else "t2"))
    b.patch("targets", row + 1, target_id=CLINICS.replace("t1", "t9"))
    return b.at("targets", row, "target_id")


@case
def rows_are_sorted__empty_cells_last(b: Bench, broken: bool) -> Where:
    b.patch("non_targets", 0, goal_id="" if broken else f"{HEALTH}.g02", measure_id=f"{HEALTH}.m01")
    return b.at("non_targets", 0, "goal_id")


@case
def key_is_unique(b: Bench, broken: bool) -> Where:
    b.patch("units", 1, unit_id=b.rows("units")[0]["unit_id"] if broken else "weining.mayor")
    return b.at("units", 1, "unit_id")


@case
def key_is_unique__column(b: Bench, broken: bool) -> Where:
    b.patch("places", 1, gb_code="520526" if broken else "520527")
    return b.at("places", 1, "gb_code")


@case
def key_is_unique__empty(b: Bench, broken: bool) -> Where:
    for row in (0, 1):
        b.patch("places", row, gb_code="520500" if broken else "")
    return b.at("places", 1, "gb_code")


@case
def key_is_unique__several_columns(b: Bench, broken: bool) -> Where:
    first, second = b.rows("assignments")[:2]
    b.patch("assignments", 1, unit_id=first["unit_id"], measure_id="" if broken else f"{HEALTH}.m01")
    assert first["goal_id"] == second["goal_id"]
    return b.at("assignments", 1, "unit_id")


@case
def reference_exists__empty(b: Bench, broken: bool) -> Where:
    b.patch("anomalies", 0, goal_id=f"{HEALTH}.g99" if broken else "")
    return b.at("anomalies", 0, "goal_id")


# Titles


@case
def document_is_of_its_plans_time__published(b: Bench, broken: bool) -> Where:
    b.patch("documents", 0, issued_on="", published_on="2019-12-31" if broken else "2020-01-01")
    return b.at("documents", 0, "published_on")


@case
def document_is_of_the_place_and_year_of_its_plans(b: Bench, broken: bool) -> Where:
    b.patch("plans", 0, start_year="2022" if broken else "2021", end_year="2026")
    return b.at("documents", 0, "document_id")


@case
def document_is_of_the_place_and_year_of_its_plans__place(b: Bench, broken: bool) -> Where:
    b.patch("plans", 0, place_id="xuyou" if broken else "weining", end_year="2026")
    return b.at("documents", 0, "document_id")


# Items


def positions(table: str, stem: str) -> Case:
    """The places of two siblings the other way round, or with a gap."""

    def changed(b: Bench, broken: bool) -> Where:
        rows = [i for i, row in enumerate(b.rows(table)) if row[edition().tables[table].key[0]].startswith(stem)][:2]
        b.patch(table, rows[1], position="1")
        b.patch(table, rows[0], position="3" if broken else "2")
        if table == "goals":
            b.patch(table, rows[1] + 1, position="4" if broken else "3")
        return b.at(table, rows[0], "position")

    return changed


both_ways("domain_positions_have_no_gaps", positions("domains", WOMEN))
both_ways("measure_positions_have_no_gaps", positions("measures", f"{HEALTH}.m"))


@case
def goal_positions_have_no_gaps(b: Bench, broken: bool) -> Where:
    for row, place in enumerate(("3", "1", "4" if broken else "2")):
        b.patch("goals", row, position=place)
    return b.at("goals", 2, "position")


def apart(table: str, first: str, other: str, column: str) -> Case:
    """Two items at one position, which may be where a column keeps them apart."""

    def changed(b: Bench, broken: bool) -> Where:
        b.patch(*b.row(f"{table} {other}"), position="1", **{} if broken else {column: "apart"})
        return b.at(table, b.row(f"{table} {other}")[1], "position")

    return changed


both_ways("domain_positions_have_no_gaps__population", apart("domains", HEALTH, LAW, "population"))
for column in ("plan_id", "domain_id", "kind"):
    both_ways(f"goal_positions_have_no_gaps__{column}", apart("goals", f"{HEALTH}.g01", f"{HEALTH}.g03", column))
    both_ways(f"measure_positions_have_no_gaps__{column}", apart("measures", f"{HEALTH}.m01", f"{HEALTH}.m03", column))
both_ways("domain_positions_have_no_gaps__plan", apart("domains", HEALTH, LAW, "plan_id"))


@case
def plan_has_one_overall_objective(b: Bench, broken: bool) -> Where:
    gone = f"{WOMEN}.overall" if broken else f"{LAW}.g01"
    b.write("goals", [row for row in b.rows("goals") if row["goal_id"] != gone])
    return b.at("plans", 0, "plan_id")


@case
def plan_has_one_overall_objective__two(b: Bench, broken: bool) -> Where:
    b.patch("goals", 0, kind="overall" if broken else "indicator")
    return b.at("plans", 0, "plan_id")


def new_domain(b: Bench) -> str:
    """Adds a domain without items."""
    name = f"{WOMEN}.rural"
    b.add("domains", **{**b.rows("domains")[0], "domain_id": name, "theme": "rural", "position": "3", "number": "三"})
    return name


@case
def domain_has_items(b: Bench, broken: bool) -> Where:
    name = new_domain(b)
    b.add("goals", **{**b.rows("goals")[0], "goal_id": f"{name}.g01", "domain_id": HEALTH if broken else name})
    return last(b, "domains", "domain_id")


@case
def domain_has_items__measure(b: Bench, broken: bool) -> Where:
    name = new_domain(b)
    b.add("measures", **{**b.rows("measures")[0], "measure_id": f"{name}.m01", "domain_id": HEALTH if broken else name})
    return last(b, "domains", "domain_id")


def same_label(b: Bench, **cells: str) -> Where:
    """Gives the second goal a label of the first, and changes other cells of it."""
    b.patch("goals", 1, **cells)
    return b.at("goals", 1, "label_en")


@case
def labels_differ_among_siblings(b: Bench, broken: bool) -> Where:
    label = b.rows("goals")[0]["label_zh"]
    return same_label(b, label_zh=label if broken else f"{label}二")


@case
def labels_differ_among_siblings__english(b: Bench, broken: bool) -> Where:
    label = b.rows("goals")[0]["label_en"]
    return same_label(b, label_en=label if broken else f"{label} II")


def sibling(column: str, other: str) -> Case:
    def changed(b: Bench, broken: bool) -> Where:
        first = b.rows("goals")[0]
        return same_label(b, label_zh=first["label_zh"], **{column: first[column] if broken else other})

    return changed


for column, value in (("kind", "indicator"), ("domain_id", LAW), ("plan_id", BOTH)):
    both_ways(f"labels_differ_among_siblings__{column}", sibling(column, value))


# Targets


@case
def target_id_is_built_from_its_item(b: Bench, broken: bool) -> Where:
    first = b.rows("targets")[0]
    b.add("targets", **{**first, "target_id": f"{HEALTH}.g01.t{3 if broken else 2}"})
    return last(b, "targets", "target_id")


@case
def target_id_is_built_from_its_item__order(b: Bench, broken: bool) -> Where:
    row = b.find("targets", target_id=CLINICS)
    b.patch("targets", row + 1, target_id=CLINICS)
    b.patch("targets", row, target_id=CLINICS.replace("t1", "t3" if broken else "t2"))
    return b.at("targets", row, "target_id")


@case
def value_stands_in_value_text__damaged(b: Bench, broken: bool) -> Where:
    b.patch("targets", 0, value="13")
    anomaly(b, "damaged_text" if broken else "damaged_figure", b.rows("targets")[0])
    return b.at("targets", 0, "value")


@case
def numbers_of_a_figure_are_coded(b: Bench, broken: bool) -> Where:
    row = b.find("targets", target_id=CLINICS)
    b.patch("targets", row + 1, value="1" if broken else "2.0")
    return b.at("targets", row, "value")


@case
def numbers_of_a_figure_are_coded__year(b: Bench, broken: bool) -> Where:
    """A year, a baseline and an age that the figure names are no value."""
    b.patch("targets", 0, value_text=f"{'13' if broken else '12'}/10万以下，2025年5岁以下80.5", baseline_value="80.5")
    return b.at("targets", 0, "value")


@case
def texts_have_one_translation__scope(b: Bench, broken: bool) -> Where:
    b.patch("targets", 0, scope_zh="农村", scope_en="countryside" if broken else "rural")
    return b.at("targets", 0, "scope_en")


@case
def no_character_seems_lost__elsewhere(b: Bench, broken: bool) -> Where:
    """What two texts have side by side is no slip."""
    b.patch("goals", 0, label_zh="孕产死亡率")
    b.patch("measures", 0, label_zh="健康培训" if broken else "产死培训")
    return b.at("goals", 0, "label_zh")


@case
def no_character_seems_lost__two_ways(b: Bench, broken: bool) -> Where:
    """What stands between the two must be one character with either neighbour."""
    b.patch("goals", 0, label_zh="某产死亡率")
    b.patch("measures", 0, label_zh="某产妇死去" if broken else "某产期死去")
    return b.at("goals", 0, "label_zh")


@case
def theme_is_that_of_most_plans__level(b: Bench, broken: bool) -> Where:
    """Of two themes in which as many plans set targets either is right."""
    row = b.find("indicators", indicator_id="violence-cases")
    b.patch("indicators", row, theme="family" if broken else "health")
    b.patch("targets", b.find("targets", target_id=f"{HEALTH}.g03.t1"), indicator_id="violence-cases")
    return b.at("indicators", row, "theme")


# Cells that make another commitment of a target of the first place.
APART = {"indicator_id": "talks", "basis": "cumulative", "unit_of_measure": "count", "target_year": "2024"}


def doubled(column: str, value: str) -> Case:
    """Two targets of one item that are the same, or the same but for one column."""

    def changed(b: Bench, broken: bool) -> Where:
        first, second = b.rows("targets")[1:3]
        b.patch("targets", 2, **{**first, "target_id": second["target_id"], **({} if broken else {column: value})})
        return b.at("targets", 2, "target_id")

    return changed


both_ways("target_stands_once_in_its_item", doubled("scope_zh", "农村"))
for column, value in {**APART, "goal_id": f"{HEALTH}.g01", "comparator": "gt", "value": "91"}.items():
    both_ways(f"target_stands_once_in_its_item__{column}", doubled(column, value))


@case
def range_is_the_right_way_up(b: Bench, broken: bool) -> Where:
    row = b.find("targets", target_id=CLINICS)
    b.patch("targets", row, value="2.1" if broken else "2")
    return b.at("targets", row, "value")


def ends(column: str, value: str) -> Case:
    """The ends of a range that is upside down, or of two ranges that a column keeps apart."""

    def changed(b: Bench, broken: bool) -> Where:
        row = b.find("targets", target_id=CLINICS)
        b.patch("targets", row, value="3")
        b.patch("targets", row + 1, **({} if broken else {column: value}))
        return b.at("targets", row, "value")

    return changed


for column, value in (("scope_zh", "农村"), ("indicator_id", "talks"), ("value_text", "0-2个"), ("comparator", "lt")):
    both_ways(f"range_is_the_right_way_up__{column}", ends(column, value))
both_ways("range_is_the_right_way_up__measure_id", ends("measure_id", f"{HEALTH}.m01"))


@case
def indicator_has_targets(b: Bench, broken: bool) -> Where:
    b.add("indicators", **{**b.rows("indicators")[0], "indicator_id": "new", "name_zh": "新", "name_en": "New"})
    b.patch("targets", 1, indicator_id="news" if broken else "new")
    return last(b, "indicators", "indicator_id")


# Units


@case
def unit_has_assignments(b: Bench, broken: bool) -> Where:
    b.add("units", **{**b.rows("units")[0], "unit_id": "weining.new", "name_zh": "新单位"})
    b.patch("assignments", 0, unit_id="weining.news" if broken else "weining.new")
    return last(b, "units", "unit_id")


def body(parent: str, item: str) -> Case:
    def changed(b: Bench, broken: bool) -> Where:
        row = b.find("assignments", **{parent: item})
        b.patch("assignments", row, unit_id="xuyou.health-bureau" if broken else "weining.members")
        return b.at("assignments", row, "unit_id")

    return changed


both_ways("unit_is_of_the_plans_place", body("goal_id", f"{HEALTH}.g01"))
both_ways("unit_is_of_the_plans_place__measure", body("measure_id", f"{HEALTH}.m01"))


def bodies(first: str, gap: str) -> Case:
    """The places of an item's two bodies the other way round, or wrong in the first."""

    def changed(b: Bench, broken: bool) -> Where:
        b.patch("assignments", 1, position="1")
        b.patch("assignments", 0, position=gap if broken else first)
        return b.at("assignments", 0, "position")

    return changed


both_ways("assignment_positions_have_no_gaps", bodies("2", "3"))
both_ways("assignment_positions_have_no_gaps__twice", bodies("2", "1"))


def counted(table: str, row: int, *places: str) -> Case:
    """A case in the places of rows that stand together: right and wrong of the first, then those of the rest."""
    first, gap, *rest = places

    def changed(b: Bench, broken: bool) -> Where:
        for other, place in enumerate(rest, start=row + 1):
            b.patch(table, other, position=place)
        b.patch(table, row, position=gap if broken else first)
        return b.at(table, row, "position")

    return changed


both_ways("instrument_positions_have_no_gaps", counted("instruments", 1, "2", "3", "1"))
both_ways("instrument_positions_have_no_gaps__twice", counted("instruments", 1, "2", "1", "1"))
both_ways("citation_positions_have_no_gaps", counted("citations", 1, "2", "3", "1"))
both_ways("citation_positions_have_no_gaps__twice", counted("citations", 1, "2", "1", "1"))


@case
def plan_is_coded_for_policy(b: Bench, broken: bool) -> Where:
    row = b.find("instruments", measure_id=f"{OTHER}.m01")
    b.patch("instruments", row, measure_id=f"{HEALTH}.m02" if broken else f"{OTHER}.m01", name_text="门诊部")
    return b.at("plans", 1, "plan_id")


@case
def plan_is_coded_for_policy__duties(b: Bench, broken: bool) -> Where:
    row = b.find("duties", measure_id=f"{OTHER}.m01")
    b.patch("duties", row, measure_id=f"{HEALTH}.m01" if broken else f"{OTHER}.m01", name_text="经费")
    return b.at("plans", 1, "plan_id")


@case
def duty_id_is_built_from_its_item(b: Bench, broken: bool) -> Where:
    first = b.rows("duties")[0]
    b.add("duties", **{**first, "duty_id": f"{WOMEN}.monitoring.m01.d{3 if broken else 2}"})
    return last(b, "duties", "duty_id")


def second_duty(b: Bench, column: str, **cells: str) -> Where:
    """Another duty of the item of the first one, with all its cells but some."""
    b.add("duties", **{**b.rows("duties")[0], "duty_id": f"{WOMEN}.monitoring.m01.d2", **cells})
    return last(b, "duties", column)


def coded_twice(b: Bench, first: str, second: str, decided: str = "") -> None:
    """Keeps two codings of the goals that the first measure serves, one goal each or "", and one decision."""
    item = b.rows("serves")[0]["measure_id"]
    (b.root / "coding").mkdir()
    for coder, goal in (("first", first), ("second", second)):
        (b.root / f"coding/{coder}_serves.csv").write_text(f"item_id,goal_id\n{item},{goal}\n", encoding="utf-8")
    (b.root / "coding/adjudication.csv").write_text(f"item_id,what\n{item},{decided}\n", encoding="utf-8")


@case
def what_both_coders_gave_stands(b: Bench, broken: bool) -> Where:
    served = b.rows("serves")[0]
    lost = f"{served['goal_id']}\n{served['measure_id']},{HEALTH}.g02"
    coded_twice(b, lost, lost if broken else served["goal_id"])
    return Where("serves", 0, served["measure_id"], "goal_id")


@case
def what_both_coders_gave_stands__neither(b: Bench, broken: bool) -> Where:
    served = b.rows("serves")[0]
    coded_twice(b, "", "" if broken else served["goal_id"])
    return Where("serves", 2, served["measure_id"], "goal_id")


@case
def what_both_coders_gave_stands__decided(b: Bench, broken: bool) -> Where:
    served = b.rows("serves")[0]
    coded_twice(b, "", "", decided="target" if broken else "serves")
    return Where("serves", 2, served["measure_id"], "goal_id")


@case
def what_both_coders_gave_stands__unreadable(b: Bench, broken: bool) -> Where:
    served = b.rows("serves")[0]
    coded_twice(b, served["goal_id"], served["goal_id"])
    if broken:
        path = b.root / "coding/first_serves.csv"
        path.write_text(path.read_text(encoding="utf-8").replace("item_id", "item"), encoding="utf-8")
    return Where("")


@case
def duty_stands_once_in_its_item(b: Bench, broken: bool) -> Where:
    return second_duty(b, "duty_id", to_unit_id="" if broken else "weining.members")


@case
def duties_of_a_label_are_of_one_kind(b: Bench, broken: bool) -> Where:
    return second_duty(b, "label_zh", kind="reporting" if broken else "monitoring", name_text="报告监测")


@case
def duties_of_a_label_are_of_one_kind__label(b: Bench, broken: bool) -> Where:
    return second_duty(b, "label_zh", kind="reporting", label_zh="年度监测" if broken else "年度监测报告")


@case
def duties_of_the_same_words_have_one_label(b: Bench, broken: bool) -> Where:
    return second_duty(b, "label_zh", label_zh="监测情况", name_text="年度监测" if broken else "监测情况")


@case
def duties_of_the_same_words_have_one_label__kind(b: Bench, broken: bool) -> Where:
    return second_duty(b, "label_zh", label_zh="监测报告", kind="monitoring" if broken else "reporting")


@case
def duty_id_is_built_from_its_item__item(b: Bench, broken: bool) -> Where:
    b.patch(
        "duties",
        0,
        measure_id=f"{WOMEN}.monitoring.m01",
        duty_id=f"{WOMEN}.{'implementation' if broken else 'monitoring'}.m01.d1",
    )
    b.patch("duties", 0, label_zh="监测")
    return b.at("duties", 0, "duty_id")


@case
def cited_document_has_one_english_title(b: Bench, broken: bool) -> Where:
    b.patch(
        "citations",
        1,
        title_zh="中华人民共和国反家庭暴力法" if broken else "中华人民共和国反家庭暴力条例",
        title_en="Act",
    )
    return b.at("citations", 1, "title_en")


@case
def unit_has_assignments__duties(b: Bench, broken: bool) -> Where:
    b.add("units", **{**b.rows("units")[0], "unit_id": "weining.new", "name_zh": "新单位"})
    b.patch("duties", 0, to_unit_id="" if broken else "weining.new")
    return last(b, "units", "unit_id")


@case
def printed_name_means_one_unit(b: Bench, broken: bool) -> Where:
    b.patch("assignments", 0, printed_as="某单位")
    b.patch("assignments", 2, printed_as="某单位", unit_id="weining.members" if broken else "weining.health-bureau")
    return b.at("assignments", 0, "printed_as")


@case
def printed_name_means_one_unit__places(b: Bench, broken: bool) -> Where:
    b.patch("assignments", 0, printed_as="某单位")
    row = b.find("assignments", unit_id="xuyou.health-bureau")
    b.patch("assignments", row, printed_as="某单位", unit_id="weining.members" if broken else "xuyou.health-bureau")
    return b.at("assignments", 0, "printed_as")


# Doubts


RIVAL = ("indicator_id", "comparator", "value", "unit_of_measure", "basis", "value_text", "scope_zh", "target_year")


def rivals(b: Bench, **cells: str) -> None:
    """Gives a target of another item of the plan what the second target has, but for cells."""
    second = b.rows("targets")[1]
    row = b.find("targets", target_id=f"{LAW}.g01.t1")
    b.patch("targets", row, **{**{name: second[name] for name in RIVAL}, **cells})


@case
def resolution_that_codes_a_target_has_one(b: Bench, broken: bool) -> Where:
    coded = {row["goal_id"] for row in b.rows("targets")}
    goals = {(row["goal_id"] in coded): row for row in b.rows("goals")}
    anomaly(b, "misprint", goals[not broken])
    b.patch("anomalies", -1, resolution_zh="照印刷编码。", resolution_en="Coded as printed.")
    return last(b, "anomalies", "resolution_zh")


@case
def resolution_that_codes_a_target_has_one__words(b: Bench, broken: bool) -> Where:
    coded = {row["goal_id"] for row in b.rows("targets")}
    anomaly(b, "misprint", next(row for row in b.rows("goals") if row["goal_id"] not in coded))
    b.patch("anomalies", -1, resolution_zh="照印刷编码。" if broken else "照印刷登记。", resolution_en="As printed.")
    return last(b, "anomalies", "resolution_zh")


@case
def contradiction_is_recorded(b: Bench, broken: bool) -> Where:
    rivals(b, value="91" if broken else "90.0")
    return b.at("targets", 1, "value")


@case
def contradiction_is_recorded__benchmark(b: Bench, broken: bool) -> Where:
    rivals(b, value="91" if broken else "")
    return b.at("targets", 1, "value")


@case
def contradiction_is_recorded__anomaly(b: Bench, broken: bool) -> Where:
    rivals(b, value="91")
    anomaly(b, "ambiguous" if broken else "contradiction", {"goal_id": f"{LAW}.g01"})
    return b.at("targets", 1, "value")


def rival(**apart: str) -> Case:
    """Different values, which other cells keep apart."""

    def changed(b: Bench, broken: bool) -> Where:
        rivals(b, value="91", **({} if broken else apart))
        return b.at("targets", 1, "value")

    return changed


for column, value in {**APART, "scope_zh": "农村", "goal_id": f"{HEALTH}.g02", "comparator": "increase"}.items():
    both_ways(f"contradiction_is_recorded__{column}", rival(**{column: value}))


@case
def contradiction_is_recorded__comparator_alone(b: Bench, broken: bool) -> Where:
    rivals(b, comparator="gt" if broken else "ge")
    return b.at("targets", 1, "value")


@case
def contradiction_is_recorded__plan(b: Bench, broken: bool) -> Where:
    rivals(b, value="91", goal_id=f"{LAW}.g01" if broken else f"{OTHER}.g01")
    return b.at("targets", 1, "value")


# A second pair of targets that stands beside the contradiction of the first, told apart by one column.
PAIRS_APART = {
    "indicator_id": ("talks", HEALTH),
    "scope_zh": ("城镇", HEALTH),
    "basis": ("cumulative", HEALTH),
    "unit_of_measure": ("count", HEALTH),
    "target_year": ("2024", HEALTH),
    "plan_id": ("", OTHER),
}


def second_pair(b: Bench, column: str, values: tuple[str, str]) -> Where:
    """Gives two further targets of one plan what the second has, but for a column and their values."""
    value, domain = PAIRS_APART[column]
    same = {name: b.rows("targets")[1][name] for name in RIVAL} | ({column: value} if value else {})
    for item, figure in zip(("i01", "m01") if domain == HEALTH else ("g01", "m01"), values, strict=True):
        b.apply({f"targets {domain}.{item}.t1": {**same, "value": figure}})
    return b.at(*b.row(f"targets {domain}.m01.t1"), "value")


def second_contradiction(column: str) -> Case:
    """Two contradictions, told apart by a column, of which an anomaly records one or both."""

    def changed(b: Bench, broken: bool) -> Where:
        rivals(b, value="91")
        expected = second_pair(b, column, ("80", "81"))
        anomaly(b, "contradiction", {"goal_id": f"{LAW}.g01"})
        anomaly(b, "ambiguous" if broken else "contradiction", {"measure_id": expected.row.rpartition(".")[0]})
        return expected

    return changed


def second_agreement(column: str) -> Case:
    """Two pairs of targets, told apart by a column, that agree each in itself, or do not."""

    def changed(b: Bench, broken: bool) -> Where:
        rivals(b, value="90")
        return second_pair(b, column, ("80", "81" if broken else "80"))

    return changed


for column in PAIRS_APART:
    both_ways(f"contradiction_is_recorded__second_{column}", second_contradiction(column))
    both_ways(f"contradiction_is_recorded__agreeing_{column}", second_agreement(column))


@case
def contradiction_is_one(b: Bench, broken: bool) -> Where:
    rivals(b, value="90" if broken else "91")
    anomaly(b, "contradiction", {"goal_id": f"{LAW}.g01"})
    return last(b, "anomalies", "kind")


SCREENED = f"targets {HEALTH}.g02.t1"


@case
def weak_target_is_recorded(b: Bench, broken: bool) -> Where:
    b.apply({SCREENED: {"baseline_value": "90.1" if broken else "90"}})
    return b.at(*b.row(SCREENED), "value")


@case
def weak_target_is_recorded__lower_is_better(b: Bench, broken: bool) -> Where:
    b.apply({"targets": {"baseline_value": "11.9" if broken else "12", "baseline_year": "2020"}})
    return b.at("targets", 0, "value")


@case
def weak_target_is_recorded__basis(b: Bench, broken: bool) -> Where:
    b.apply({SCREENED: {"baseline_value": "95", "basis": "level" if broken else "cumulative"}})
    return b.at(*b.row(SCREENED), "value")


@case
def weak_target_is_recorded__neither_better(b: Bench, broken: bool) -> Where:
    b.apply({SCREENED: {"baseline_value": "95"}})
    b.apply({"indicators gynaecological-screening-rate": {"better": "higher" if broken else "none"}})
    return b.at(*b.row(SCREENED), "value")


@case
def better_is_what_its_targets_ask__everybody(b: Bench, broken: bool) -> Where:
    """Nothing is above everybody, so that more is better; another share may be meant exactly."""
    screening = "indicators gynaecological-screening-rate"
    b.patch("targets", b.find("targets", unit_of_measure="percentage_point"), indicator_id="talks")
    b.apply({SCREENED: {"comparator": "eq", "value": "100" if broken else "99"}, screening: {"better": "lower"}})
    return b.at(*b.row(screening), "better")


@case
def better_is_what_its_targets_ask__ends_of_a_range(b: Bench, broken: bool) -> Where:
    """The two ends of a range ask for neither direction, so that the other target of their indicator decides."""
    clinics = "indicators rural-clinics"
    b.apply({SCREENED: {"indicator_id": "rural-clinics"}, clinics: {"better": "lower" if broken else "higher"}})
    return b.at(*b.row(clinics), "better")


@case
def weak_target_is_recorded__anomaly(b: Bench, broken: bool) -> Where:
    b.apply({SCREENED: {"baseline_value": "95"}})
    anomaly(b, "ambiguous" if broken else "weaker_than_baseline", {"goal_id": f"{HEALTH}.g02"})
    return b.at(*b.row(SCREENED), "value")


@case
def weak_target_is_weak(b: Bench, broken: bool) -> Where:
    b.apply({SCREENED: {"baseline_value": "90" if broken else "90.1"}})
    anomaly(b, "weaker_than_baseline", {"goal_id": f"{HEALTH}.g02"})
    return last(b, "anomalies", "kind")


@case
def goal_has_a_lead_unit(b: Bench, broken: bool) -> Where:
    b.patch("assignments", 0, role="responsible")
    anomaly(b, "ambiguous" if broken else "no_lead_unit", {"goal_id": f"{HEALTH}.g01"})
    return b.at("goals", 0, "goal_id")


@case
def goal_has_a_lead_unit__another_body(b: Bench, broken: bool) -> Where:
    b.patch("assignments", 0, role="responsible")
    b.patch("assignments", 1, role="responsible" if broken else "lead")
    return b.at("goals", 0, "goal_id")


@case
def goal_has_a_lead_unit__no_plan_with_leads(b: Bench, broken: bool) -> Where:
    row = b.find("assignments", unit_id="xuyou.health-bureau")
    b.patch("assignments", row, role="lead" if broken else "responsible", printed_as="卫健局")
    return b.at("goals", b.find("goals", goal_id=f"{OTHER}.g01"), "goal_id")


@case
def goal_has_a_lead_unit__kind(b: Bench, broken: bool) -> Where:
    row = b.find("goals", goal_id=f"{HEALTH}.i01")
    b.patch("goals", row, kind="goal" if broken else "indicator", label_en="Mortality under 5")
    return b.at("goals", row, "goal_id")


@case
def missing_lead_is_missing(b: Bench, broken: bool) -> Where:
    b.patch("assignments", 0, role="lead" if broken else "responsible")
    anomaly(b, "no_lead_unit", {"goal_id": f"{HEALTH}.g01"})
    return last(b, "anomalies", "kind")


@case
def missing_number_is_recorded(b: Bench, broken: bool) -> Where:
    row = b.find("goals", goal_id=f"{HEALTH}.g03")
    b.patch("goals", row, number="4")
    anomaly(b, "ambiguous" if broken else "missing_number", {"goal_id": f"{HEALTH}.g03"})
    return b.at("goals", row, "number")


@case
def missing_number_is_recorded__measure(b: Bench, broken: bool) -> Where:
    row = b.find("measures", measure_id=f"{WOMEN}.monitoring.m01")
    b.patch("measures", row, number="2" if broken else "1", label_en="Monitoring in a year")
    return b.at("measures", row, "number")


@case
def missing_number_is_recorded__first(b: Bench, broken: bool) -> Where:
    row = b.find("goals", goal_id=f"{LAW}.g01")
    b.patch("goals", row, number="2" if broken else "1", label_en="Cases of violence")
    return b.at("goals", row, "number")


@case
def missing_number_is_recorded__order(b: Bench, broken: bool) -> Where:
    for row, number in enumerate(("3", "2", "1" if not broken else "4")):
        b.patch("goals", row, position=str(3 - row), number=number)
    return b.at("goals", 2, "number")


@case
def missing_number_is_recorded__kind(b: Bench, broken: bool) -> Where:
    row = b.find("goals", goal_id=f"{HEALTH}.i01")
    b.patch("goals", row, kind="goal" if broken else "indicator", position="4" if broken else "1", number="7")
    return b.at("goals", row, "number")


@case
def missing_number_is_missing(b: Bench, broken: bool) -> Where:
    row = b.find("goals", goal_id=f"{HEALTH}.g03")
    b.patch("goals", row, number="3" if broken else "4")
    anomaly(b, "missing_number", {"goal_id": f"{HEALTH}.g03"})
    return last(b, "anomalies", "kind")


@case
def missing_number_is_missing__document(b: Bench, broken: bool) -> Where:
    anomaly(b, "missing_number", {"goal_id": f"{HEALTH}.g03"} if broken else {})
    return last(b, "anomalies", "kind")

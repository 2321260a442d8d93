"""The tables that exports have beside those of the package: the flat table, the codes and the value labels.

The flat table is for those who do not join: every target with its place, plan, domain, item, indicator and lead bodies.
Its columns are defined by the columns they come from, so the dictionary of an export describes them too. The table of
codes is for those who do: a code leads to its label, its definition and its classes. The table of value labels is for
programs of statistics, which want the labels by the column that they belong to.
"""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from plandata.package.folder import Folder
from plandata.schema import Code, Field, Schemas, Table
from plandata.tables import ITEM, Row, Tables
from plandata.text import LANGS, Text
from plandata.words import SEMICOLON, Words

NAME, CODE_TABLE, LABEL_TABLE = "flat", "codes", "labels"
# (column, table it comes from, its name there); coded columns are followed by their labels.
COLUMNS = (
    ("target_id", "targets", "target_id"),
    ("place_id", "plans", "place_id"),
    ("place_zh", "places", "name_zh"),
    ("place_en", "places", "name_en"),
    ("province_zh", "places", "province_zh"),
    ("province_en", "places", "province_en"),
    ("plan_id", "plans", "plan_id"),
    ("plan_zh", "plans", "title_zh"),
    ("plan_en", "plans", "title_en"),
    ("population", "plans", "population"),
    ("domain_id", "domains", "domain_id"),
    ("domain_zh", "domains", "title_zh"),
    ("domain_en", "domains", "title_en"),
    ("theme", "domains", "theme"),
    ("goal_id", "targets", "goal_id"),
    ("measure_id", "targets", "measure_id"),
    ("item_number", "goals", "number"),
    ("item_zh", "goals", "label_zh"),
    ("item_en", "goals", "label_en"),
    ("indicator_id", "targets", "indicator_id"),
    ("indicator_zh", "indicators", "name_zh"),
    ("indicator_en", "indicators", "name_en"),
    ("name_text", "targets", "name_text"),
    ("better", "indicators", "better"),
    ("scope_zh", "targets", "scope_zh"),
    ("scope_en", "targets", "scope_en"),
    ("comparator", "targets", "comparator"),
    ("value", "targets", "value"),
    ("unit_of_measure", "targets", "unit_of_measure"),
    ("basis", "targets", "basis"),
    ("benchmark_zh", "targets", "benchmark_zh"),
    ("benchmark_en", "targets", "benchmark_en"),
    ("timing", "targets", "timing"),
    ("commitment", "targets", "commitment"),
    ("reference_year", "targets", "reference_year"),
    ("target_year", "targets", "target_year"),
    ("baseline_value", "targets", "baseline_value"),
    ("baseline_year", "targets", "baseline_year"),
    ("value_text", "targets", "value_text"),
    ("note_zh", "targets", "note_zh"),
    ("note_en", "targets", "note_en"),
)
# The tables around a target, with the keys that lead to them.
AROUND = (("plans", "plan_id"), ("places", "place_id"), ("indicators", "indicator_id"), ("domains", "domain_id"))
# The names of the two languages, behind the title of a column that is in one of them.
LANGUAGES = {"zh": Text(" (Chinese)", "（中文）"), "en": Text(" (English)", "（英文）")}
# The table of codes: title and description.
CODES = (
    Text("Codes", "代码"),
    Text("Every code with its label, its definition and its classes.", "全部代码及其标签、定义和归类。"),
)
# The table of value labels: title and description.
LABELS = (
    Text("Value labels", "值标签"),
    Text("For each coded column its codes with their labels.", "各编码列的代码及其标签。"),
)
# What only these tables have: title and description.
OWN = {
    "table_name": (Text("Table", "所在表"), Text("The table of the column.", "该列所在的表。")),
    "column_name": (Text("Column", "列"), Text("The coded column.", "编码列。")),
    "number": (
        Text("Number", "序号"),
        Text("The number that stands for the code in Stata and SPSS.", "在Stata和SPSS文件中代表该代码的数字。"),
    ),
    "list": (Text("List", "代码表"), Text("The list that the code stands in.", "代码所在的代码表。")),
    "code": (Text("Code", "代码"), Text("The code, as the tables have it.", "表中使用的代码。")),
    "label": (Text("Label", "标签"), Text("What the code is called.", "代码的名称。")),
    "definition": (Text("Definition", "定义"), Text("What the code means.", "代码的含义。")),
    "class": (Text("Class: {name}", "归类：{name}"), Text("Its code in the list {name}.", "在 {name} 表中的归类。")),
    "item_kind": (Text("Kind of item", "条目类别"), Text("Kind of the goal or measure.", "目标或措施的类别。")),
    "target": (Text("Target in words", "目标（文字）"), Text("The target in plain words.", "用文字写出的目标值。")),
    "lead": (Text("Lead bodies", "牵头单位"), Text("The lead bodies of the item, in order.", "条目的牵头单位，依次。")),
    "target_groups": (
        Text("Target groups", "特定群体"),
        Text("The codes of the groups that the item names.", "条目点名的群体代码。"),
    ),
    "instruments": (
        Text("Instruments", "政策工具"),
        Text("The codes of what the measure does.", "措施所用政策工具的代码。"),
    ),
}
KIND_LISTS = ("goal_kind", "measure_kind")
# The tables of which an item has any number of codes: their column and the list of its codes.
MANY = {"target_groups": "target_group", "instruments": "instrument"}


def flat(t: Tables) -> pl.DataFrame:
    """Every target, one row each, in the order of `targets`, with all that belongs to it in both languages.

    population is that of the domain, else that of the plan; domain and theme are empty where the item
    stands in no domain. value and baseline_value are in unit_of_measure. Columns: flat_table(t.schemas).

    >>> from plandata.package.folder import Folder
    >>> from plandata.schema import home
    >>> t = Tables.of(Folder(home()))
    >>> flat(t).height == t["targets"].height
    True
    """
    fields = sources(t.schemas)
    coded = [named for field in fields.values() if field.codes for named in labels(t.schemas, field.name, field.codes)]
    kinds = labels(t.schemas, "item_kind", *KIND_LISTS)
    frame = joined(t).with_columns(*coded, *kinds)
    worded = [in_words(frame, Words(t.schemas.labels, lang)) for lang in LANGS]
    return frame.with_columns(worded).select(flat_table(t.schemas).columns)


def labels(schemas: Schemas, column: str, *lists: str) -> list[pl.Expr]:
    """The Chinese and the English label of a coded column, as columns NAME_zh and NAME_en."""
    codes = [code for name in lists for code in schemas.codes.get(name, {}).values()]
    return [
        pl.col(column)
        .replace_strict({c.code: c.label[lang] for c in codes}, default=None, return_dtype=pl.String)
        .alias(f"{column}_{lang}")
        for lang in LANGUAGES
    ]


def joined(t: Tables) -> pl.DataFrame:
    """The targets with the columns of the tables around them, by their flat names."""
    of_items = [pl.col(column).alias(name) for name, table, column in COLUMNS if table == "goals"]
    items = t.placed.select("item_id", *of_items)
    frame = t.typed("targets").join(items, on="item_id", how="left", maintain_order="left")
    for table, key in AROUND:
        frame = frame.join(renamed(t, table, key, frame.columns), on=key, how="left", maintain_order="left")
    return with_codes(with_leads(frame, t), t)


def renamed(t: Tables, table: str, key: str, known: list[str]) -> pl.DataFrame:
    """The columns of a table that the flat one takes and does not know yet, by their flat names, with its key."""
    wanted = [pl.col(column).alias(name) for name, source, column in COLUMNS if source == table and name not in known]
    return t.typed(table).select(key, *wanted)


def with_leads(frame: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """The frame with the names of each item's lead bodies."""
    leads = t.bodies().filter(pl.col("role") == "lead").sort("item_id", "position")
    named = leads.group_by("item_id", maintain_order=True).agg(
        pl.col(f"name_{lang}").str.join(SEMICOLON[lang]).alias(f"lead_{lang}") for lang in LANGUAGES
    )
    return frame.join(named, on="item_id", how="left", maintain_order="left")


def with_codes(frame: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """The frame with each item's codes of MANY, and with their labels, in the order of their tables."""
    for table, column in MANY.items():
        coded = t[table].select(item_of(t, table), column).drop_nulls()
        said = coded.with_columns(labels(t.schemas, column, column))
        parts = [(column, table, ";"), *((f"{column}_{own}", f"{table}_{own}", SEMICOLON[own]) for own in LANGUAGES)]
        texts = [pl.col(part).str.join(mark).alias(name) for part, name, mark in parts]
        named = said.group_by("item_id", maintain_order=True).agg(texts)
        frame = frame.join(named, on="item_id", how="left", maintain_order="left")
    return frame


def item_of(t: Tables, table: str) -> pl.Expr:
    """The item that each row of a table hangs on."""
    return ITEM if t.hangs(table) else pl.col("measure_id").alias("item_id")


def in_words(frame: pl.DataFrame, say: Words) -> pl.Series:
    """The targets in words, in one language."""
    return pl.Series(f"target_{say.lang}", [say.target(row) for row in frame.iter_rows(named=True)], pl.String)


def sources(schemas: Schemas) -> dict[str, Field]:
    """The field that defines each column taken from a table, by its flat name."""
    tables = schemas.tables
    return {name: replace(tables[table].field(column), name=name) for name, table, column in COLUMNS}


def flat_table(schemas: Schemas) -> Table:
    """The definition of the flat table, made from the definitions of the tables it joins.

    >>> from plandata.schema import edition
    >>> flat_table(edition()).primary_key
    ('target_id',)
    """
    return Table(
        name=NAME,
        title=Text("Targets with all that belongs to them", "目标值宽表"),
        description=Text(
            "Every target joined with place, plan, domain, goal or measure, indicator and lead bodies.",
            "每项目标值与其地方、规划、领域、目标或措施、指标和牵头单位合为一行。",
        ),
        fields=tuple(fields(schemas)),
        primary_key=("target_id",),
        sorted_by=("target_id",),
    )


def fields(schemas: Schemas) -> Iterator[Field]:
    for name, field in sources(schemas).items():
        yield replace(field, constraints={})
        yield from in_languages(field) if field.codes else ()
        if name == "measure_id":
            kind = Field("item_kind", "string", *OWN["item_kind"])
            yield from (kind, *in_languages(kind))
        if name == COLUMNS[-1][0]:
            for own in ("target", "lead"):
                yield from in_languages(Field(own, "string", *OWN[own]))
            for own in MANY:
                coded = Field(own, "string", *OWN[own])
                yield from (coded, *in_languages(coded))


def in_languages(field: Field) -> Iterator[Field]:
    """The two columns that say a coded value in words."""
    for lang, language in LANGUAGES.items():
        title = Text(field.title.en + language.en, field.title.zh + language.zh)
        yield replace(
            field, name=f"{field.name}_{lang}", title=title, constraints={}, codes="", example="", bad_example=""
        )


def codes(schemas: Schemas) -> pl.DataFrame:
    """Every code of every list with its labels, its definitions and, in the columns of their lists, its classes.

    >>> from plandata.schema import edition
    >>> codes(edition()).row(by_predicate=pl.col("code") == "fund", named=True)["nato"]
    'treasure'
    """
    rows = [
        {"list": name, "code": c.code, **told(c), **c.classes}
        for name, entries in schemas.codes.items()
        for c in entries.values()
    ]
    return pl.DataFrame(rows, dict.fromkeys(codes_table(schemas).columns, pl.String))


def told(code: Code) -> Row:
    """What a code is called and what it means, by the columns of the table of codes."""
    texts = {"label": code.label, "definition": code.definition}
    return {f"{name}_{lang}": text[lang] for name, text in texts.items() for lang in LANGUAGES}


def codes_table(schemas: Schemas) -> Table:
    """The definition of the table of codes: it has a column for each list of classes."""
    fields = [Field(name, "string", *OWN[name]) for name in ("list", "code")]
    fields += [named for name in ("label", "definition") for named in in_languages(Field(name, "string", *OWN[name]))]
    classes = {name: None for listed in schemas.codes.values() for code in listed.values() for name in code.classes}
    title, description = OWN["class"]
    fields += [Field(name, "string", title.format(name=name), description.format(name=name)) for name in classes]
    return Table(CODE_TABLE, *CODES, fields=tuple(fields), primary_key=("list", "code"), sorted_by=("list", "code"))


def coded(schemas: Schemas, table: Table) -> dict[str, list[Code]]:
    """The codes that each coded column of a table may hold, in the order of their lists.

    >>> from plandata.schema import edition
    >>> [code.code for code in coded(edition(), edition().tables["targets"])["commitment"]]
    ['firm', 'strive', 'encourage', 'general']
    """
    lists = {field.name: KIND_LISTS if field.name == "item_kind" else (field.codes,) for field in table.fields}
    found = {
        column: [c for name in names for c in schemas.codes.get(name, {}).values()] for column, names in lists.items()
    }
    return {column: codes for column, codes in found.items() if codes}


def value_labels(schemas: Schemas) -> pl.DataFrame:
    """The codes of every coded column with their labels; number counts them from 1.

    >>> from plandata.schema import edition
    >>> value_labels(edition()).row(0)
    ('places', 'level', 1, 'prefecture', '地级市', 'prefecture-level city')
    """
    rows = [
        (table.name, column, number, c.code, *(c.label[lang] for lang in LANGUAGES))
        for table in (*schemas.tables.values(), flat_table(schemas))
        for column, codes in coded(schemas, table).items()
        for number, c in enumerate(codes, start=1)
    ]
    columns = labels_table(schemas).columns
    return pl.DataFrame(rows, {name: pl.Int64 if name == "number" else pl.String for name in columns}, orient="row")


def labels_table(schemas: Schemas) -> Table:
    """The definition of the table of value labels."""
    fields = [Field(name, "string", *OWN[name]) for name in ("table_name", "column_name")]
    fields += [Field("number", "integer", *OWN["number"]), Field("code", "string", *OWN["code"])]
    fields += in_languages(Field("label", "string", *OWN["label"]))
    key = ("table_name", "column_name", "number")
    return Table(LABEL_TABLE, *LABELS, fields=tuple(fields), primary_key=key, sorted_by=key)


def derived(package: Folder) -> list[tuple[Table, pl.DataFrame]]:
    """The tables that are made from those of a package: the flat one, that of the codes, that of the value labels."""
    schemas = package.schemas
    return [
        (flat_table(schemas), flat(Tables.of(package))),
        (codes_table(schemas), codes(schemas)),
        (labels_table(schemas), value_labels(schemas)),
    ]


def all_tables(package: Folder) -> list[tuple[Table, pl.DataFrame]]:
    """Every table of a package with its typed rows, and after them those that are made from them.

    Raises PackageError for a table that cannot be read.
    """
    return [(table, package[name]) for name, table in package.schemas.tables.items()] + derived(package)

"""The reference of the data: a dictionary from the Table Schemas, a page per table, and the rules of validation."""

from collections.abc import Iterator
from itertools import groupby

from plandata.read.explain import BAD, GOOD, WHERE, parts
from plandata.rules import RULES
from plandata.schema import Field
from plandata.site.edition import Edition
from plandata.site.jsonld import table_json
from plandata.site.page import DATA, Nav, Values, kind
from plandata.text import Text
from plandata.words import Words

SHOWN_ROWS = 5
# The headings of the groups of rules; a test names a group without one.
GROUPS = {
    "files": Text("Files", "文件"),
    "schemas": Text("Schemas", "表结构"),
    "cells": Text("Cells", "单元格"),
    "keys": Text("Keys and references", "主键与引用"),
    "items": Text("Plans, domains, goals and measures", "规划、领域、目标与措施"),
    "wording": Text("Chinese and English", "中英文对应"),
    "spelling": Text("Spelling", "文字正误"),
    "official": Text("Official lists", "官方代码表"),
    "titles": Text("Titles, dates and years", "标题、日期与年份"),
    "targets": Text("Targets", "目标值"),
    "indicators": Text("Indicators", "指标"),
    "units": Text("Bodies", "责任单位"),
    "policy": Text("Instruments, groups, citations, duties", "工具、人群、引用与责任"),
    "sources": Text("Sources and retired ids", "来源与停用标识"),
    "exceptions": Text("Anomalies and other numbers", "异常与非目标数字"),
    "codings": Text("Two codings", "两次编码"),
    "observations": Text("Observations", "观测值"),
    "drafts": Text("Drafts", "草稿"),
    "guard": Text("The rules themselves", "规则本身"),
}


@kind(
    "dictionary/index", "dictionary.md.j2",
    Text("Data dictionary", "数据字典"), Text("All tables and columns.", "全部数据表与列。"),
    nav=Nav(52, Text("Data dictionary", "数据字典"), DATA), hide=(),
)  # fmt: skip
def dictionary(edition: Edition, say: Words) -> Iterator[Values]:
    """The tables with the number of their rows."""
    yield {"tables": [(table, edition.tables[table.name].height) for table in edition.schemas.tables.values()]}


@kind("dictionary/{table.name}", "table.md.j2", Text("{table.title.en}", "{table.title.zh}"),
    Text("{table.description.en}", "{table.description.zh}"))  # fmt: skip
def table(edition: Edition, say: Words) -> Iterator[Values]:
    """A table with its columns, codes and first rows."""
    codes = edition.schemas.codes
    for name, table in edition.schemas.tables.items():
        rows = edition.tables[name]
        first = rows.head(SHOWN_ROWS).select(table.columns).fill_null("")
        yield {
            "table": table, "constraints": constraints, "links": {key.field: key for key in table.foreign_keys},
            "lists": {f.codes: list(codes[f.codes].values()) for f in table.fields if f.codes},
            "first": list(first.iter_rows()), "count": rows.height,
            "json_ld": table_json(edition, table, say.lang, f"dictionary/{name}"),
        }  # fmt: skip


def constraints(field: Field) -> list[str]:
    """The constraints of a column, each as a short text; required first."""
    rest = [f"{name} {value}" for name, value in field.constraints.items() if name != "required" and value is not False]
    return (["required"] if field.required else []) + [text.replace(" True", "") for text in rest]


@kind(
    "rules", "rules.md.j2", Text("Rules", "规则"),
    Text("What plandata validate checks, why, and how to mend it.", "plandata validate 检查的内容、理由与改法。"),
    nav=Nav(55, Text("Rules", "规则"), DATA), hide=(),
)  # fmt: skip
def rules(edition: Edition, say: Words) -> Iterator[Values]:
    """The rules by group, one anchor each, from the same texts as `plandata explain`."""
    groups = [
        (group, GROUPS[group], list(rules)) for group, rules in groupby(RULES.values(), key=lambda rule: rule.group)
    ]
    yield {"groups": groups, "parts": parts, "cells": (WHERE, BAD, GOOD)}

"""The data dictionary: every table and column from the Table Schemas, a page per table."""

from collections.abc import Iterator

from plandata.schema import Field, Table, schemas
from plandata.site.edition import Edition
from plandata.site.jsonld import table_json
from plandata.site.page import Page, make, pick, ways


def pages(edition: Edition, lang: str) -> Iterator[Page]:
    title = pick(lang, "Data dictionary", "数据字典")
    described = pick(lang, "All tables and columns.", "全部数据表与列。")
    tables = list(schemas().tables.values())
    counts = {table.name: edition.package.tables[table.name].height for table in tables}
    yield make(
        edition, lang, "dictionary/index", title, described, "dictionary.md.j2", hide=(), tables=tables, counts=counts
    )
    for table in tables:
        yield table_page(edition, lang, table)


def table_page(edition: Edition, lang: str, table: Table) -> Page:
    title = table.title_zh if lang == "zh" else table.title
    described = table.description_zh if lang == "zh" else table.description
    path = f"dictionary/{table.name}"
    return make(
        edition, lang, path, title, described, "table.md.j2",
        table=table, constraints=constraints, links={key.field: key for key in table.foreign_keys},
        lists={f.codes: list(schemas().codes[f.codes].values()) for f in table.fields if f.codes},
        first=edition.rows(table.name)[:5], count=edition.package.tables[table.name].height,
        json_ld=table_json(edition, table, lang, ways(path, lang)[1]),
    )  # fmt: skip


def constraints(field: Field) -> list[str]:
    """The constraints of a column, each as a short text; required first."""
    rest = [f"{name} {value}" for name, value in field.constraints.items() if name != "required" and value is not False]
    return (["required"] if field.required else []) + [text.replace(" True", "") for text in rest]

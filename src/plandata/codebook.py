"""Writes the pages of the codebook that list every code with its definition and a real example.

`python -m plandata.codebook [FOLDER]` writes codes.en.md and codes.zh.md into FOLDER (default: docs).
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from plandata.package import Package, open_package
from plandata.schema import Code, schemas

WORDS = {
    "en": {
        "title": "Codes",
        "intro": "Every code, its definition and the first row that uses it, from `schemas/codes.yaml` and the data.",
        "head": "| code | label | definition | example |",
        "of": "Column {column} of {tables}.",
        "and": ", ",
    },
    "zh": {
        "title": "代码",
        "intro": "每个代码的定义，以及最先使用它的数据行。由 `schemas/codes.yaml` 与数据生成。",
        "head": "| 代码 | 标签 | 定义 | 例子 |",
        "of": "用于 {tables} 的 {column} 列。",
        "and": "、",
    },
}  # fmt: skip


def page(package: Package, lang: str) -> str:
    """The page of all codes in one language (en, zh), as Markdown."""
    words = WORDS[lang]
    sections = [section(package, name, codes, lang) for name, codes in schemas().codes.items()]
    return "\n\n".join([f"# {words['title']}", words["intro"], *sections]) + "\n"


def section(package: Package, name: str, codes: Mapping[str, Code], lang: str) -> str:
    words, used = WORDS[lang], list(columns(name))
    tables = words["and"].join(f"`{table}`" for table, _ in used)
    named = words["and"].join(f"`{column}`" for column in dict.fromkeys(column for _, column in used))
    lines = [f"## {name}", "", words["of"].format(column=named, tables=tables), "", words["head"], "|---|---|---|---|"]
    for code in codes.values():
        label, definition = (code.label_zh, code.definition_zh) if lang == "zh" else (code.label_en, code.definition_en)
        example = first_use(package, used, code.code)
        lines.append(f"| `{code.code}` | {label} | {definition} | {f'`{example}`' if example else ''} |")
    return "\n".join(lines)


def columns(codes: str) -> Iterator[tuple[str, str]]:
    """The (table, column) pairs that take their values from a code list; targets first, as they teach most."""
    pairs = [(t.name, f.name) for t in schemas().tables.values() for f in t.fields if f.codes == codes]
    yield from sorted(pairs, key=lambda pair: pair[0] != "targets")


def first_use(package: Package, used: list[tuple[str, str]], code: str) -> str:
    """The id of the first row that holds a code, or "" where none does."""
    for table, column in used:
        rows = package.tables[table].filter(pl.col(column) == code)
        if rows.height:
            cells = rows.row(0, named=True)
            return " / ".join(str(cells[key]) for key in schemas().tables[table].key if cells[key])
    return ""


def main(folder: Path) -> None:
    for lang in WORDS:
        (folder / f"codes.{lang}.md").write_text(page(open_package(), lang), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))

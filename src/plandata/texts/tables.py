"""The tables of a plan: indicators with baseline and target, and goals or measures with the bodies that answer for them.

A table comes as a grid of cells with their spans, or flattened to one text line each, as web pages and plain texts
leave it; then its serial numbers tell where its lines begin.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from plandata.texts.formats.document import Line, Place
from plandata.texts.marks import mark, plain
from plandata.texts.paragraphs import Paragraph
from plandata.texts.roles import TABLE_TITLE

CELL = "|"
DOMAIN_CELL = re.compile(r"(妇女|儿童)(与|参与|和)")
BASELINE_CELL = re.compile(r"[-—/]+|\d+(\.\d+)?[%‰]?")
# What the heads of columns say; the first that fits, in this order.
HEADS = (
    ("bodies", re.compile("(责任|牵头|配合|负责|主责|落实|完成|实施|协办|参与)(单位|部门)|单位分工")),
    ("serial", re.compile("序号|编号|序列")),
    ("domain", re.compile("领域|类别|类型|维度|方面")),
    ("goal", re.compile("主要目标|目标任务|目标内容|工作目标|发展目标")),
    ("measure", re.compile("措施|任务|举措|事项|内容")),
    ("name", re.compile("指标")),
    ("unit", re.compile("^(计量)?单位$")),
    ("baseline", re.compile("基期|基数|基准|现状|现值|完成|实际")),
    ("target", re.compile("目标|规划值|预期|属性值")),
    ("year", re.compile(r"(\d{4})年?")),
)
ENDS_TABLE = ("part", "chapter", "numeral", "(numeral)")


@dataclass
class Row:
    """One line of a table; target is that of the merged cell where the line has none.

    kind is indicator, goal or measure; bodies are the cells of the columns of bodies with their heads.
    """

    line: int
    domain: str
    number: str
    name: str
    baseline: str = ""
    target: str = ""
    kind: str = "indicator"
    bodies: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return CELL.join(cell for cell in (self.name, self.baseline, self.target) if cell)


def with_tables(texts: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs of which those that are the cells of a flattened table are one.

    It begins at its title and ends at the next heading of a section; rows whose cells tabs part are tables as well.
    """
    made: list[Paragraph] = []
    i = 0
    while i < len(texts):
        end = table_end(texts, i)
        if end:
            made += [texts[i], Paragraph("", [], 0, list(flat_cells(texts[i + 1 : end])))]
            i = end
        else:
            made.append(texts[i])
            i += 1
    return made


def table_end(texts: list[Paragraph], start: int) -> int:
    """Behind which paragraph the flattened table ends whose title stands at start; 0 where none begins there."""
    if texts[start].cells or not TABLE_TITLE.fullmatch(texts[start].text):
        return 0
    end = start + 1
    while end < len(texts) and not texts[end].cells and not ends_table(texts[end]):
        end += 1
    return end if next(serials([cell.text for cell in flat_cells(texts[start + 1 : end])]), None) is not None else 0


def ends_table(paragraph: Paragraph) -> bool:
    found = mark(paragraph.text)
    return found is not None and found.style in ENDS_TABLE


def flat_cells(texts: list[Paragraph]) -> Iterator[Line]:
    """The cells of flattened lines, all in row 0; tabs part them too."""
    for paragraph in texts:
        for line in paragraph.lines:
            for cell in re.split(r"\t+| ?\| ?", line.text.strip()):
                if plain(cell):
                    yield Line(plain(cell), Place(line.place.file, line.place.page, line.place.paragraph, 1))


def rows_of(table: list[Line]) -> Iterator[Row]:
    """The lines of a table of indicators, goals or measures; none of a table whose heads name nothing of the kind."""
    if all(cell.place.row == 0 for cell in table):
        yield from table_rows([(cell.place.paragraph, cell.text) for cell in table])
    else:
        yield from grid_rows(table)


def grid_rows(table: list[Line]) -> Iterator[Row]:
    """The lines of a table with its cells in a grid; a merged cell holds for each line that it spans."""
    grid = spread(table)
    heads, first = heads_of(grid)
    if "name" not in heads and "bodies" not in heads:
        return
    kind = next((k for k in ("name", "goal", "measure") if k in heads), "")
    if not kind:
        return
    domain = ""
    for number in sorted(row for row in grid if row > first):
        row = grid[number]
        texts = {column: plain(cell.text) for column, cell in row.items()}
        if len(set(map(id, row.values()))) == 1 and len(row) > 1:
            domain = next(iter(texts.values()))
            continue
        made = grid_row(texts, heads, kind, domain, min(cell.place.paragraph for cell in row.values()))
        domain = made.domain
        if made.name:
            yield made


def grid_row(texts: dict[int, str], heads: dict[str, list[int]], kind: str, domain: str, line: int) -> Row:
    """One line of a grid, read by the heads of its columns."""

    def cell(head: str) -> str:
        return next((texts.get(column, "") for column in heads.get(head, [])), "")

    name = cell(kind)
    unit = cell("unit")
    name += f"({unit})" if unit and unit not in name else ""
    found = mark(name) if kind != "name" else None
    number = cell("serial") or (found.printed if found else "")
    made = Row(line, cell("domain") or domain, number, name[found.end :] if found else name)
    made.kind = "indicator" if kind == "name" else kind
    if kind == "name":
        made.baseline, made.target = cell("baseline"), cell("target")
    return made


def spread(table: list[Line]) -> dict[int, dict[int, Line]]:
    """The cell of each row and column, merged ones in all that they span."""
    grid: dict[int, dict[int, Line]] = {}
    for cell in table:
        for row in range(cell.place.row, cell.place.row + cell.place.rows):
            for column in range(cell.place.column, cell.place.column + cell.place.columns):
                grid.setdefault(row, {})[column] = cell
    return grid


def heads_of(grid: dict[int, dict[int, Line]]) -> tuple[dict[str, list[int]], int]:
    """Which columns hold what, by the heads of a table, and the last row of these; the heads of two rows are one."""
    for first in sorted(grid)[:4]:
        texts = {column: plain(cell.text) for column, cell in grid[first].items()}
        heads = named(texts)
        if len(heads) >= 2:
            last = max(cell.place.row + cell.place.rows - 1 for cell in grid[first].values())
            return heads, last
    return {}, 0


def named(texts: dict[int, str]) -> dict[str, list[int]]:
    """The columns of each head; of columns that name only years the last is the target, the one before the baseline."""
    heads: dict[str, list[int]] = {}
    for column, text in sorted(texts.items()):
        head = next((name for name, words in HEADS if words.search(text)), "")
        if head and not (head == "goal" and any("指标" in other for other in texts.values())):
            heads.setdefault(head, []).append(column)
        elif head:
            heads.setdefault("target", []).append(column)
    years = heads.pop("year", [])
    if years and "target" not in heads:
        heads["target"] = [years.pop()]
    if years and "baseline" not in heads:
        heads["baseline"] = [years[-1]]
    return heads


def table_rows(cells: list[tuple[int, str]]) -> Iterator[Row]:
    """The lines of a table whose cells were flattened to one text line each.

    Serial numbers count 1, 2, 3 … and stand before a name; a domain's name stands before the serial
    number of its first line; a name ends with its unit in brackets; a value without a second one is
    the baseline, and the target is then that of the merged cell above.
    """
    texts = [text for _, text in cells]
    starts = list(serials(texts))
    domain = target = ""
    for count, (start, end) in enumerate(zip(starts, [*starts[1:], len(cells)], strict=True), 1):
        domain = domain_before(texts[:start]) or domain
        body = texts[start + 1 : end]
        body = body[: next((i for i, text in enumerate(body) if DOMAIN_CELL.match(text)), None)]
        named_to = next((i for i, text in enumerate(body) if text.endswith(")")), 0) + 1
        values = body[named_to:]
        has_baseline = bool(values) and BASELINE_CELL.fullmatch(values[0]) is not None
        target = "".join(values[has_baseline:]) or target
        baseline = values[0] if has_baseline else ""
        yield Row(cells[start][0], domain, str(count), "".join(body[:named_to]), baseline, target)


def serials(texts: list[str]) -> Iterator[int]:
    """Where among the cells the serial numbers 1, 2, 3 … stand: each before a name with its unit."""
    expected = 1
    for i, text in enumerate(texts):
        if text == str(expected) and any(cell.endswith(")") for cell in texts[i + 1 : i + 3]):
            yield i
            expected += 1


def domain_before(texts: list[str]) -> str:
    """The domain's name, which may be cut in two, where these cells end with one, else ""."""
    for width in (1, 2):
        if len(texts) >= width and DOMAIN_CELL.match(texts[-width]):
            return "".join(texts[-width:])
    return ""

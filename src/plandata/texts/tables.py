"""The tables of a plan: indicators with baseline and target, and goals or measures with their bodies.

A table comes as a grid of cells with their spans, or flattened to one text line each, as web pages and plain texts
leave it; then its serial numbers tell where its lines begin.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from plandata.texts.flat_tables import gridded
from plandata.texts.formats.document import Line, Place
from plandata.texts.marks import NUMERAL, mark, plain, unmarked
from plandata.texts.paragraphs import Paragraph
from plandata.texts.roles import BEHIND, CLOSING, DOMAIN, TABLE_TITLE, TITLE, block_kind

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
    ("name", re.compile("指标(?!值|属性|性质|类型|类别)")),
    ("unit", re.compile("^(计量)?单位$")),
    ("baseline", re.compile("基期|基数|基准|现状|现值|完成|实际")),
    ("target", re.compile("目标|规划值|预期|属性值")),
    ("year", re.compile(r"(\d{4})年?")),
)
LONGEST_HEAD = 20
INDICATOR_HEAD = dict(HEADS)["name"]
# What the title of a plan holds, behind a table, and no cell.
PLAN = re.compile("发展(?:规划|纲要|计划)")
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
    texts = [part for paragraph in texts for part in unframed(paragraph)]
    while i < len(texts):
        titled = not texts[i].cells and TABLE_TITLE.fullmatch(texts[i].text) is not None and i + 1 < len(texts)
        end, grid = flat_table(texts, i + titled)
        if grid:
            made += [*texts[i : i + titled], Paragraph("", [], 0, grid)]
            i = end
            continue
        end = table_end(texts, i)
        if end:
            made += [texts[i], Paragraph("", [], 0, list(flat_cells(texts[i + 1 : end])))]
            i = end
        else:
            made.append(texts[i])
            i += 1
    return made


def unframed(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph as it is; of a table whose heads name nothing, which only frames text, the lines of its cells."""
    if not paragraph.cells or any(True for _ in rows_of(paragraph.cells)):
        yield paragraph
        return
    for cell in paragraph.cells:
        for text in filter(None, map(plain, cell.text.split("\n"))):
            yield Paragraph(text, [cell])


def table_end(texts: list[Paragraph], start: int) -> int:
    """Behind which paragraph the flattened table ends whose title stands at start; 0 where none begins there."""
    if texts[start].cells or not TABLE_TITLE.fullmatch(texts[start].text):
        return 0
    end = start + 1
    while end < len(texts) and not texts[end].cells and not ends_table(texts[end]):
        end += 1
    return end if next(serials([cell.text for cell in flat_cells(texts[start + 1 : end])]), None) is not None else 0


def flat_table(texts: list[Paragraph], start: int) -> tuple[int, list[Line]]:
    """Behind which paragraph a flat table ends whose heads begin at start, and its cells in a grid; or (0, [])."""
    if (
        texts[start].cells
        or head_of(plain(re.split(r"\t|\|", texts[start].lines[0].text.strip(), maxsplit=1)[0])) != "serial"
    ):
        return 0, []
    end, counted, heads = start + 1, False, set[str]()
    while end < len(texts) and not texts[end].cells and (heads_rows(texts, end) or not ends_table(texts[end])):
        counted = counted or plain(texts[end].lines[0].text.split("\t")[0]) == "1"
        if not counted:
            heads.add(texts[end].text)
        if block_kind(unmarked(texts[end].text)) and (mark(texts[end].text) or texts[end].text not in heads):
            break
        end += 1
    return end, gridded(list(flat_cells(texts[start:end])), head_of)


def heads_rows(texts: list[Paragraph], at: int) -> bool:
    """Whether a domain's name stands on a row of its own here: the next row begins with its serial number."""
    following = texts[at + 1].lines[0].text if at + 1 < len(texts) and texts[at + 1].lines else ""
    return re.match(r"\d+\s*(?:\t|$)", following) is not None and DOMAIN.fullmatch(unmarked(texts[at].text)) is not None


def head_of(text: str) -> str:
    """What the head of a column says that it holds, "" for nothing known."""
    return next((name for name, words in HEADS if words.search(text)), "") if len(text) < LONGEST_HEAD else ""


def ends_table(paragraph: Paragraph) -> bool:
    found = mark(paragraph.text)
    text = paragraph.text
    behind = CLOSING.match(text) or BEHIND.fullmatch(text) or (TITLE.fullmatch(text) and PLAN.search(text))
    return behind is not None or (found is not None and found.style in ENDS_TABLE)


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
    heads, last, texts = heads_of(grid)
    kinds = [kind for kind in ("name", "goal", "measure") if kind in heads]
    if not kinds or ("name" not in kinds and "bodies" not in heads):
        return
    domain = ""
    seen: dict[int, Row] = {}
    for number in sorted(row for row in grid if row > last):
        cells = grid[number]
        if printed_again(cells, texts):
            continue
        if len(cells) > 1 and len({id(cell) for cell in cells.values()}) == 1:
            domain = plain(next(iter(cells.values())).text)
            continue
        for kind in kinds[:1] if kinds[0] == "name" else kinds:
            own = next((cells[column] for column in heads[kind] if column in cells), None)
            if own is None or not plain(own.text):
                continue
            if kind != "name" and id(own) in seen:
                seen[id(own)].bodies += bodies_of(cells, heads, texts)
                continue
            # A domain that is merged over lines stands on the first of them.
            line = min([own.place.paragraph, *(c.place.paragraph for c in cells.values() if c.place.row == number)])
            row = grid_row(cells, heads, kind, domain, line)
            domain = row.domain
            # The bodies of a line answer for what stands last in it.
            row.bodies = bodies_of(cells, heads, texts) if kind in (kinds[-1], "name") else []
            seen[id(own)] = row
    yield from seen.values()


def printed_again(cells: dict[int, Line], heads: dict[int, str]) -> bool:
    """Whether a row is that of the heads once more, as each page of a long table begins with it."""
    texts = {column: plain(cell.text) for column, cell in cells.items()}
    return all(text in heads.get(column, "") for column, text in texts.items()) and any(texts.values())


def grid_row(cells: dict[int, Line], heads: dict[str, list[int]], kind: str, domain: str, line: int) -> Row:
    """One line of a grid, read by the heads of its columns."""

    def cell(head: str) -> str:
        return next((plain(cells[column].text) for column in heads.get(head, []) if column in cells), "")

    serial = cell("serial") if re.fullmatch(rf"\d{{1,3}}|{NUMERAL}", cell("serial")) else ""
    domain = cell("domain") or domain
    if kind == "name":
        unit = cell("unit")
        name = cell(kind) + (f"({unit})" if unit and unit not in cell(kind) else "")
        return Row(line, domain, serial, name, cell("baseline"), cell("target"))
    found = mark(cell(kind))
    number = found.printed if found and found.printed else serial if kind == "goal" else ""
    return Row(line, domain, number, cell(kind)[found.end if found else 0 :], kind=kind)


def bodies_of(cells: dict[int, Line], heads: dict[str, list[int]], texts: dict[int, str]) -> list[tuple[str, str]]:
    """The cells of a line in the columns of bodies, with the heads of these."""
    columns = [column for column in heads.get("bodies", []) if column in cells and plain(cells[column].text)]
    return [(texts[column], cells[column].text) for column in columns]


def spread(table: list[Line]) -> dict[int, dict[int, Line]]:
    """The cell of each row and column, merged ones in all that they span."""
    grid: dict[int, dict[int, Line]] = {}
    for cell in table:
        for row in range(cell.place.row, cell.place.row + cell.place.rows):
            for column in range(cell.place.column, cell.place.column + cell.place.columns):
                grid.setdefault(row, {})[column] = cell
    return grid


def heads_of(grid: dict[int, dict[int, Line]]) -> tuple[dict[str, list[int]], int, dict[int, str]]:
    """Which columns hold what, the last row of the heads, and their texts; heads of two rows are read as one."""
    for first in sorted(grid)[:4]:
        last = max(cell.place.row + cell.place.rows - 1 for cell in grid[first].values())
        texts: dict[int, str] = {}
        for row in range(first, last + 1):
            for column, cell in grid.get(row, {}).items():
                text = plain(cell.text)
                texts[column] = texts.get(column, "") + ("" if text in texts.get(column, "") else text)
        heads = named(texts)
        if len(heads) >= 2:
            return heads, last, texts
    return {}, 0, {}


def named(texts: dict[int, str]) -> dict[str, list[int]]:
    """The columns of each head; of columns that name only years the last is the target, the one before the baseline."""
    heads: dict[str, list[int]] = {}
    for column, text in sorted(texts.items()):
        head = next((name for name, words in HEADS if words.search(text)), "")
        if head and not (head == "goal" and any(INDICATOR_HEAD.search(other) for other in texts.values())):
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

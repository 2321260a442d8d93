"""The table of who is responsible for what (责任分解表) of one place, as a workbook and as a document.

Items stand in the order of the plans, those with a lead unit first; those for which no plan names one come last,
counted, to be allotted. A sheet for each body holds all that it leads and shares.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count, groupby
from operator import attrgetter

from plandata.monitor.bodies import LEAD, Assigned, Body, Item, assigned, named
from plandata.monitor.document import Document
from plandata.package.folder import Folder
from plandata.report.workbook import Book, Column, Sheet, fitted
from plandata.tables import Tables
from plandata.text import Text
from plandata.words import Words

NAME = "responsibilities"
TITLE = Text("Who is responsible for what: {place}", "{place}妇女儿童发展规划目标任务责任分解表")
OF_BODY = Text("Goals and measures of {body}", "{body}目标任务清单")
OVERVIEW, NUMBER = Text("Responsibilities", "责任分解表"), Text("No.", "序号")
DOMAIN, KIND, GOAL = Text("Domain", "领域"), Text("Kind", "类别"), Text("Goal or measure", "目标（措施）")
FIGURES, ROLE = Text("Targets", "目标值"), Text("Role", "承担角色")
OTHERS = Text("Responsible units", "责任单位")
WHOLE = Text("The plan as a whole", "规划整体")
COUNTED = Text(
    "{items} goals and measures, {led} of them with a lead unit, {rest} without; {targets} targets, "
    "{targets_led} of them with a lead unit; {bodies} bodies.",
    "共{items}条目标和措施，其中明确牵头单位的{led}条，未明确的{rest}条；目标值{targets}项，"
    "其中有牵头单位的{targets_led}项；涉及单位{bodies}个。",
)
UNNAMED = Text(
    "No lead unit is named: {n} goals and measures to be allotted", "未明确牵头单位、有待分解的目标和措施：{n}条"
)
NOTHING = Text(
    "The plans of {place} name no lead unit for any goal or measure. All {n} are listed below, to be allotted.",
    "{place}的规划没有为任何一条目标、措施明确牵头单位。以下列出全部{n}条，供分解落实。",
)
COLLECTIVE = Text(
    "Stands for several bodies; who of them does what is to be settled.",
    "为多个单位的统称，具体由哪个单位承担有待明确。",
)
SUMMARY = Text(
    "Leads {led}, shares {shared}; {targets} targets in what it leads.",
    "牵头{led}条，参与{shared}条；所牵头的目标和措施含目标值{targets}项。",
)
AS_ROLE = Text("{role}: {plan}", "{role}：{plan}")
IN_ROLE = Text("{name} ({role})", "{name}（{role}）")
# Shares of the columns of the document.
WIDTHS, BODY_WIDTHS = (2, 6, 4, 5), (2, 2, 5, 6)
APART = Text("; ", "；")
RESPONSIBLE = "responsible"
# The number that the plan prints, behind the kind of an item.
NUMBERED = Text(" {number}", "{number}")


def responsibilities(package: Folder, place_id: str, lang: str = "zh") -> dict[str, bytes]:
    """The table of responsibilities of a place: a workbook and a document, by file name.

    Raises PackageError for a place that the package does not have, a table that cannot be read, a library that is
    not installed.
    """
    t = Tables.of(package)
    found, say, day = assigned(t, place_id), Words(t.schemas.labels, lang), dated(t, place_id)
    return {
        f"{NAME}.xlsx": workbook(found, say, day),
        f"{NAME}.docx": document(found, say, day),
    }


def dated(t: Tables, place_id: str) -> datetime:
    """The first day of the newest plan of a place, by which its files are dated: the clock would change their bytes."""
    years = [
        int(row["start_year"])
        for row in t.rows("plans")
        if row["place_id"] == place_id and row["start_year"].isdecimal()
    ]
    return datetime(min(max([1990, *years]), 9999), 1, 1)


def workbook(found: Assigned, say: Words, day: datetime) -> bytes:
    """The workbook: all items, then a sheet for each body."""
    book = Book(say(TITLE, place=found.place), day, say.lang)
    write_overview(book, found, say)
    for body in found.bodies:
        write_body(book, body, say)
    return book.content()


def write_overview(book: Book, found: Assigned, say: Words) -> None:
    """The sheet of all items: plan by plan those with a lead unit, then those without, whose leads may be filled in."""
    rows = [cells(item, say) for item in found.items]
    sheet = book.sheet(say(OVERVIEW), fitted(columns(say), rows, keep=("leads",)), frozen=2)
    sheet.title(say(TITLE, place=found.place))
    for line in told(found, say):
        sheet.line(line)
    sheet.head()
    write_items(sheet, found.led, say)
    if found.led and found.leaderless:
        sheet.band(say(UNNAMED, n=len(found.leaderless)))
    write_items(sheet, found.leaderless, say, len(found.led))


def columns(say: Words) -> list[Column]:
    """The columns of the sheet of all items."""
    return [
        Column("n", say(NUMBER), 6, "middle"),
        Column("domain", say(DOMAIN), 18),
        Column("kind", say(KIND), 14, "middle"),
        Column("item", say(GOAL), 28),
        Column("figures", say(FIGURES), 36),
        Column("leads", heading(LEAD, say), 22),
        Column("others", say(OTHERS), 32),
    ]


def told(found: Assigned, say: Words) -> Iterator[str]:
    """What is said of the whole before its rows: how much there is, and that nothing is assigned where that is so."""
    aims = [aim for item in found.items for aim in item.aims]
    counts = {"items": len(found.items), "led": len(found.led), "rest": len(found.leaderless), "targets": len(aims)}
    led = sum(len(item.aims) for item in found.led)
    yield say(COUNTED, **counts, targets_led=led, bodies=len(found.bodies))
    if not found.led:
        yield say(NOTHING, place=found.place, n=len(found.items))


def write_items(sheet: Sheet, items: Sequence[Item], say: Words, before: int = 0) -> None:
    """Rows of items, each plan under a line with its title; before is how many rows have been counted."""
    numbers = count(before + 1)
    for _, group in groupby(items, key=attrgetter("plan_id")):
        own = list(group)
        sheet.band(own[0].plan[say.lang])
        for item in own:
            sheet.row({"n": next(numbers), **cells(item, say)}, {} if item.leads else {"leads": "fill"})


def cells(item: Item, say: Words) -> dict[str, str]:
    """The cells of an item."""
    return {
        "domain": item.domain[say.lang] or say(WHOLE),
        "kind": f"{say.label(item.kind_codes, item.kind)}{say(NUMBERED, number=item.number) if item.number else ''}",
        "item": item.label[say.lang],
        "figures": "\n".join(aim.short(say) for aim in item.aims),
        "leads": named(item.leads, say),
        "others": others(item, say),
    }


def others(item: Item, say: Words) -> str:
    """The units that share an item; those that are not simply responsible with their role."""
    return say.listed(
        share.unit.called(say)
        if share.role == RESPONSIBLE
        else say(IN_ROLE, name=share.unit.called(say), role=say.label("role", share.role))
        for share in item.shares
        if share.role != LEAD
    )


def write_body(book: Book, body: Body, say: Words) -> None:
    """The sheet of a body: what it leads, then what it shares, plan by plan."""
    rows = [cells(item, say) for _, item in body.duties]
    sheet = book.sheet(body.unit.name[say.lang], fitted(columns(say), rows), frozen=2)
    sheet.title(say(OF_BODY, body=body.unit.name))
    sheet.line(summary(body, say))
    if body.unit.collective:
        sheet.line(say(COLLECTIVE))
    sheet.head()
    numbers = count(1)
    for role in roles(body, say):
        for _, group in groupby(body.having(role), key=attrgetter("plan_id")):
            items = list(group)
            sheet.band(say(AS_ROLE, role=heading(role, say), plan=items[0].plan))
            for item in items:
                sheet.row({"n": next(numbers), **cells(item, say)})


def summary(body: Body, say: Words) -> str:
    """How much a body leads and shares."""
    led = body.having(LEAD)
    shared, targets = len(body.duties) - len(led), sum(len(item.aims) for item in led)
    return say(SUMMARY, led=len(led), shared=shared, targets=targets)


def roles(body: Body, say: Words) -> list[str]:
    """The roles that a body has, in the order of their code list."""
    had = {role for role, _ in body.duties}
    return sorted(had, key=[*say.codes.get("role", {}), *sorted(had)].index)


def heading(role: str, say: Words) -> str:
    """The label of a role as it heads a column."""
    label = say.label("role", role)
    return label[:1].upper() + label[1:]


def document(found: Assigned, say: Words, day: datetime) -> bytes:
    """The document: a table of the items of each plan, then what each body leads and shares."""
    doc = Document(say(TITLE, place=found.place), say.lang, day)
    for line in told(found, say):
        doc.paragraph(line)
    for title, items in parts(found, say):
        doc.heading(title, 1)
        doc.table(head(say), [row(item, say) for item in items], WIDTHS)
    for body in found.bodies:
        doc.heading(body.unit.called(say), 1)
        doc.paragraph(summary(body, say))
        doc.table([say(ROLE), say(DOMAIN), say(GOAL), say(FIGURES)], list(body_rows(body, say)), BODY_WIDTHS)
    return doc.content()


def parts(found: Assigned, say: Words) -> Iterator[tuple[str, list[Item]]]:
    """The parts of the document with their headings: each plan's items with a lead unit, then all without."""
    for plan_id in dict.fromkeys(item.plan_id for item in found.led):
        own = [item for item in found.led if item.plan_id == plan_id]
        yield own[0].plan[say.lang], own
    if found.leaderless:
        yield say(UNNAMED, n=len(found.leaderless)), list(found.leaderless)


def head(say: Words) -> list[str]:
    return [say(DOMAIN), say(GOAL), heading(LEAD, say), say(OTHERS)]


def row(item: Item, say: Words) -> list[str]:
    """An item as a row of the document: its targets stand behind its label."""
    cell = cells(item, say)
    return [cell["domain"], cell["item"] + say.bracketed(figures(item, say)), cell["leads"], cell["others"]]


def figures(item: Item, say: Words) -> str:
    """The targets of an item in one line."""
    return say(APART).join(aim.short(say) for aim in item.aims)


def body_rows(body: Body, say: Words) -> Iterator[list[str]]:
    """What a body leads and shares as rows of the document."""
    for role in roles(body, say):
        for item in body.having(role):
            cell = cells(item, say)
            yield [say.label("role", role), cell["domain"], cell["item"], figures(item, say)]

"""Plans that no layout was made for are read whole: domains, items and bodies, in files of every kind."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import rendered
from unseen import SHEETS, Sheet
from unseen_files import FILES, txt_wrapped

from plandata.text import normalise
from plandata.texts import formats
from plandata.texts.notes import read_note, without_note
from plandata.texts.roles import theme_of
from plandata.texts.segment import Item, Plan, read_plans

Row = tuple[object, ...]
ALWAYS = ("txt", "docx")
MAKERS = {**rendered.RENDERED, **FILES}


def bare(text: str) -> str:
    return without_note(normalise(text)).rstrip("。;")


def bodies(item: Item) -> tuple[tuple[str, str], ...]:
    named = [one for note in (item.text, *item.shared) for one in read_note(note)]
    return tuple(dict.fromkeys((one.role, one.name) for one in named))


def found(plans: list[Plan]) -> tuple[list[Row], Counter[Row]]:
    """The domains and the items of the plans, the domains counted through all of them."""
    domains: list[Row] = []
    items: Counter[Row] = Counter()
    for plan in plans:
        since = len(domains)
        domains += [(domain.title, domain.population, theme_of(domain.title)) for domain in plan.domains]
        for item in plan.items:
            place = None if item.domain is None else since + item.domain
            items[item.kind, place, bare(item.text), bodies(item)] += 1
    return domains, items


def expected(sheet: Sheet) -> tuple[list[Row], Counter[Row]]:
    items: Counter[Row] = Counter((gold.kind, gold.domain, bare(gold.text), gold.bodies) for gold in sheet.items)
    return [(normalise(title), population, theme) for title, population, theme in sheet.domains], items


def makers(name: str) -> list[tuple[str, Callable[[Sequence[rendered.Paragraph]], bytes]]]:
    """Plain text, Word, and two of the other kinds of files in turn: all of them for each would take too long."""
    others = [kind for kind in MAKERS if kind not in ALWAYS]
    since = 2 * list(SHEETS).index(name)
    return [(kind, MAKERS[kind]) for kind in (*ALWAYS, *(others[(since + n) % len(others)] for n in range(2)))]


@pytest.mark.parametrize("name", SHEETS)
def test_an_unseen_layout_is_read_whole(tmp_path: Path, name: str) -> None:
    sheet = SHEETS[name]()
    for kind, maker in makers(name):
        path = tmp_path / f"plan.{kind}"
        path.write_bytes(maker(sheet.lines))
        plans = read_plans(formats.read(path))
        assert len(plans) == sheet.plans, kind
        domains, items = found(plans)
        wanted = expected(sheet)
        assert domains == wanted[0], kind
        assert items == wanted[1], kind


@pytest.mark.parametrize("width", [20, 23, 30])
def test_goals_without_mark_are_parted_by_their_indentation(tmp_path: Path, width: int) -> None:
    """A line may end with its sentence at the very width: only what stands before the next one parts them."""
    texts = [
        f"参加第{n}类活动的妇女比例逐步提高{'很多' * (n % 4)}，第{n}类活动第{n}次举办时内容{'更' * (n % 3)}丰富。"
        for n in range(1, 30)
    ]
    lines = ["竹溆县妇女发展规划", "一、发展领域", "（一）妇女与健康", "主要目标", *texts]
    path = tmp_path / "plan.txt"
    path.write_bytes(txt_wrapped(width, 2)(lines))
    items = read_plans(formats.read(path))[0].items
    assert [item.text for item in items] == [normalise(text) for text in texts]

"""PDF and OFD: lines, paragraphs, columns and tables from the places of signs and drawn lines."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendered import OFD, as_ofd, as_pdf, ofd, ofd_line, ofd_page, ofd_text

from plandata.files import PackageError
from plandata.text import normalise
from plandata.texts.formats import Document, read
from plandata.texts.formats.layout import folded

for library in ("lxml", "pypdfium2", "reportlab"):
    pytest.importorskip(library)
TITLE = "云汀县妇女发展规划"
LONG = (
    "坚持以人民为中心的发展思想，健全妇女权益保障的制度机制，持续提升公共服务均等化水平，促进妇女和经济社会同步协调发展"
)
PLAN = [
    TITLE,
    *(
        text
        for n in range(1, 41)
        for text in (f"{n}.{LONG}，到{2000 + n}年取得实效。", f"第{n}项工作由各部门负责，{LONG}。")
    ),
]
EXPECTED = [normalise(text) for text in PLAN]
RENDER = {"pdf": as_pdf, "ofd": as_ofd}


@pytest.fixture(params=["pdf", "ofd"])
def render(request: Any, tmp_path: Path) -> Callable[..., Document]:
    """Renders paragraphs in a format of pages, and reads them."""

    def render_it(paragraphs: list[Any], **options: Any) -> Document:
        path = tmp_path / f"plan.{request.param}"
        path.write_bytes(RENDER[request.param](paragraphs, **options))
        return read(path)

    return render_it


def of(folder: Path, content: bytes, form: str = "ofd") -> Document:
    path = folder / f"plan.{form}"
    path.write_bytes(content)
    return read(path)


def texts(document: Document) -> list[str]:
    return [normalise(line.text) for line in document.lines]


def test_paragraphs_come_out_as_printed_over_pages_with_header_and_footer(render: Callable[..., Document]) -> None:
    document = render(PLAN, header="青禾区人民政府公报", footer="— {page} —")
    assert texts(document) == EXPECTED
    assert all(line.whole for line in document.lines)
    assert {line.text for line in document.furniture if "—" not in line.text} == {"青禾区人民政府公报"}
    assert document.lines[-1].place.page > 3


@pytest.mark.parametrize("footer", ["- {page} -", "第 {page} 页 共 {pages} 页", "{page}", "{page}/{pages}"])
def test_numbers_of_pages(render: Callable[..., Document], footer: str) -> None:
    assert texts(render(PLAN, footer=footer)) == EXPECTED


def test_a_title_that_runs_over_the_pages_stays_once(render: Callable[..., Document]) -> None:
    assert texts(render(PLAN, header=TITLE, footer="{page}")) == EXPECTED


def test_what_geometry_does_not_say_stays_apart_and_is_not_called_whole(render: Callable[..., Document]) -> None:
    line = "一二三四五六七八九十" * 3
    flush = render([f"{line[:-1]}。{line[:-1]}。", f"{line[:9]}。"] * 3, indent=0)
    joined = "".join(texts(flush))
    assert joined == "".join(normalise(t) for t in [f"{line[:-1]}。{line[:-1]}。", f"{line[:9]}。"] * 3)
    wrong = [
        each.text
        for each in flush.lines
        if each.whole and normalise(each.text) not in (f"{line[:-1]}。{line[:-1]}。", f"{line[:9]}。")
    ]
    assert wrong == []


ITEMS = st.text("妇女儿童发展健康教育权益保障", min_size=1, max_size=90)
STARTED = st.tuples(st.sampled_from(["", "1.", "（一）", "二、", "（3）", "①"]), ITEMS).map("".join)


@settings(max_examples=25, deadline=None)
@given(st.lists(STARTED.map(lambda text: text + "。"), min_size=4, max_size=25), st.sampled_from([0, 2]))
def test_no_sign_is_lost_and_what_is_called_whole_is(tmp_path_factory: Any, paragraphs: list[str], indent: int) -> None:
    folder = tmp_path_factory.mktemp("pages")
    for form, render_it in RENDER.items():
        document = of(folder, render_it([TITLE, *paragraphs], indent=indent), form)
        expected = [normalise(text) for text in (TITLE, *paragraphs)]
        assert "".join(texts(document)) == "".join(expected)
        assert {normalise(line.text) for line in document.lines if line.whole} <= set(expected)


HEAD = ["领域", "序号", "指标", "2025年"]


def long_table(rows: int) -> list[Any]:
    return [HEAD, *(["妇女与健康", str(n), f"某项指标的比例（{n}）（%）", f"≥{n}"] for n in range(1, rows + 1))]


def test_a_table_over_pages_is_one(render: Callable[..., Document]) -> None:
    document = render([TITLE, *PLAN[1:4], long_table(40), "二、组织实施"], footer="— {page} —")
    cells = [line for line in document.lines if line.place.table]
    assert {line.place.table for line in cells} == {1}
    assert [(line.text, line.place.row) for line in cells if line.place.column == 2] == [
        ("序号", 1),
        *((str(n), n + 1) for n in range(1, 41)),
    ]
    assert len({line.place.page for line in cells}) > 1
    assert document.lines[-1].text == "二、组织实施"


def test_a_merged_cell_over_pages_is_one(render: Callable[..., Document]) -> None:
    table = [HEAD, [("健康", 30, 1), "1", "率（%）", "≥1"], *([str(n), "率（%）", f"≥{n}"] for n in range(2, 31))]
    document = render([TITLE, PLAN[1], table])
    spans = [(line.place.rows, line.place.row) for line in document.lines if line.text == "健康"]
    assert spans == [(30, 2)]


def test_a_header_that_is_printed_again_is_furniture_and_a_cut_cell_is_joined(tmp_path: Path) -> None:
    def grid(rows: list[list[str]], top: float) -> str:
        xs = (30, 50, 70, 140, 180)
        made = "".join(ofd_line(30, top + 12 * n, 180, top + 12 * n) for n in range(len(rows) + 1))
        made += "".join(ofd_line(x, top, x, top + 12 * len(rows)) for x in xs)
        for n, row in enumerate(rows):
            made += "".join(
                ofd_text(text, x + 2, top + 12 * n + 7, 5) for text, x in zip(row, xs, strict=False) if text
            )
        return made

    first = grid([HEAD, ["健康", "1", "率（%）", "≥1"], ["健康", "2", "孕产妇死亡率", "下降"]], 200)
    second = ofd_text("续表", 160, 25, 5) + grid([HEAD, ["", "", "（1/10万）", ""], ["教育", "3", "率（%）", "≥3"]], 30)
    document = of(tmp_path, ofd([first, second]))
    rows = [(line.text, line.place.row, line.place.column) for line in document.lines]
    assert ("孕产妇死亡率（1/10万）", 3, 3) in rows
    assert ("教育", 4, 1) in rows
    assert [line.text for line in document.furniture] == ["续表", *HEAD]


def test_radicals_in_place_of_characters_are_folded_and_nothing_else() -> None:
    assert folded("⼀⼥⼉⻓⺠㈠①／") == "一女儿长民㈠①／"


# Where the lower left corner of the page, as it is seen, lies in the file, which has width and height changed about.
@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (842, 0)), (180, (595, 842)), (270, (0, 595))])
def test_a_turned_page_is_read_as_it_is_seen(tmp_path: Path, rotation: int, corner: tuple[int, int]) -> None:
    canvas, made = canvas_of()
    canvas.setPageRotation(rotation)
    canvas.translate(*corner)
    canvas.rotate(rotation)
    canvas.drawString(100, 400, "横向的页面")
    for x in (100, 300, 500):
        canvas.line(x, 200, x, 300)
    for y in (200, 250, 300):
        canvas.line(100, y, 500, y)
    canvas.drawString(110, 270, "甲")
    canvas.drawString(310, 220, "乙")
    canvas.save()
    document = of(tmp_path, made.getvalue(), "pdf")
    places = [(line.text, line.place.row, line.place.column) for line in document.lines]
    assert places == [("横向的页面", 0, 0), ("甲", 1, 1), ("乙", 2, 2)]


@pytest.mark.parametrize("turned", [45, 90, 180, 270])
def test_text_that_is_turned_is_left_out(tmp_path: Path, turned: int) -> None:
    canvas, made = canvas_of()
    canvas.drawString(100, 700, "云汀县妇女发展规划")
    canvas.translate(300, 300)
    canvas.rotate(turned)
    canvas.drawString(0, 0, "内部资料")
    canvas.save()
    assert [line.text for line in of(tmp_path, made.getvalue(), "pdf").lines] == ["云汀县妇女发展规划"]


def canvas_of() -> tuple[Any, io.BytesIO]:
    """A page to draw on with a Chinese font, and what becomes its file."""
    from rendered import pdf_font
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(595, 842))
    canvas.setFont(pdf_font(), 14)
    return canvas, made


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = "".join(ofd_text(f"左栏第{n:02}行一二三四五六七八九", 20, 40 + 8 * n, 5) for n in range(12))
    right = "".join(ofd_text(f"右栏第{n:02}行一二三四五六七八九", 112, 40 + 8 * n, 5) for n in range(12))
    joined = "".join(texts(of(tmp_path, ofd([ofd_text(TITLE, 80, 25, 5) + left + right]))))
    assert joined.startswith(TITLE + "左栏第00行")
    assert joined.index("左栏第11行") < joined.index("右栏第00行")


def text_object(code: str, attributes: str) -> str:
    return f'<ofd:TextObject {attributes}><ofd:TextCode X="0" {code}</ofd:TextCode></ofd:TextObject>'


def test_steps_matrices_blocks_graphics_and_hidden_objects_of_ofd(tmp_path: Path) -> None:
    steps = text_object('Y="5" DeltaX="g 2 5 6 g 1 5">甲乙丙丁戊', 'Boundary="30 30 90 6" Size="5"')
    matrix = text_object('Y="1" DeltaX="1 1">己庚辛', 'Boundary="30 50 90 9" CTM="5 0 0 5 0 0" Size="1"')
    turned = text_object('Y="5" DeltaX="5">斜的', 'Boundary="30 70 90 9" CTM="0 1 -1 0 0 0" Size="5"')
    downwards = text_object('Y="5" DeltaX="0" DeltaY="5">竖的', 'Boundary="30 70 9 90" Size="5"')
    hidden = text_object('Y="5" DeltaX="5">藏的', 'Visible="false" Boundary="30 80 90 9" Size="5"')
    block = f"<ofd:PageBlock>{ofd_text('块内', 30, 100, 5)}</ofd:PageBlock>"
    shown = '<ofd:CompositeObject ResourceID="9" Boundary="30 120 50 50"/>'
    inner = f"<ofd:Content>{ofd_text('图内', 0, 5, 5)}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="9" Width="9" Height="9">{inner}</ofd:CompositeGraphicUnit>'
    resources = f"<ofd:Res {OFD}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    page = steps + matrix + turned + downwards + hidden + block + shown
    document = of(tmp_path, ofd([page], common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", Res=resources))
    assert "".join(texts(document)) == "甲乙丙丁戊己庚辛块内图内"


def test_templates_are_content_on_one_page_and_furniture_on_many(tmp_path: Path) -> None:
    common = '<ofd:TemplatePage ID="7" BaseLoc="T.xml"/>'
    inner = '<ofd:Template TemplateID="7"/>'
    template = ofd_page(ofd_text("青禾区公报", 30, 30, 5))
    pages = [ofd_text(f"第{n}段内容", 30, 100, 5) for n in "甲乙"]
    one = of(tmp_path, ofd(pages[:1], common, inner, T=template))
    assert texts(one) == ["青禾区公报", "第甲段内容"]
    two = of(tmp_path, ofd(pages, common, inner, T=template))
    assert texts(two) == ["第甲段内容", "第乙段内容"]
    assert [line.text for line in two.furniture] == ["青禾区公报"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (ofd(["<ofd:ImageObject/>"]), "holds pictures of pages and no text"),
        (ofd(["x"], common="</ofd:CommonData>"), "XML that is damaged"),
        (ofd(["<ofd:PageBlock>" * 300 + "</ofd:PageBlock>" * 300]), "nested too deeply"),
    ],
)
def test_bad_ofd(tmp_path: Path, content: bytes, problem: str) -> None:
    with pytest.raises(PackageError, match=problem):
        of(tmp_path, content)


def test_a_graphic_that_shows_itself_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plandata.texts.formats.ofd.OBJECTS", 1_000)
    shown = '<ofd:CompositeObject ResourceID="9" Boundary="0 0 9 9"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{shown * 9}</ofd:Content></ofd:CompositeGraphicUnit>'
    resources = f"<ofd:Res {OFD}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    with pytest.raises(PackageError, match="more than 1,000 objects"):
        of(tmp_path, ofd([shown], common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", Res=resources))


def test_lines_that_gaps_or_dots_part_are_never_joined(tmp_path: Path) -> None:
    lines = ["前言" + "…" * 28, "目标" + "…" * 28, "措施" + "…" * 28]
    page = "".join(ofd_text(line + str(n), 20, 40 + 8 * n, 5) for n, line in enumerate(lines))
    assert len(of(tmp_path, ofd([page])).lines) == 3


def test_a_picture_among_pages_of_text_is_told(tmp_path: Path) -> None:
    import io

    from PIL import Image
    from rendered import pdf_font
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(595, 842))
    for n in range(3):
        canvas.setFont(pdf_font(), 14)
        if n == 1:
            canvas.drawImage(ImageReader(Image.new("RGB", (8, 8))), 0, 0, 500, 800)
        else:
            canvas.drawString(100, 700, LONG[:20])
        canvas.showPage()
    canvas.save()
    document = of(tmp_path, made.getvalue(), "pdf")
    assert [(line.text, line.place.page) for line in document.furniture] == [("[picture of a page, without text]", 2)]


def test_a_step_without_end_ends(tmp_path: Path) -> None:
    wild = text_object('Y="5" DeltaX="g 999999999999 1e999">甲乙', 'Boundary="0 0 9 9" Size="5"')
    assert "".join(texts(of(tmp_path, ofd([wild])))) == "甲乙"


def test_a_hundred_pages_are_read_whole(tmp_path: Path) -> None:
    content = as_pdf([TITLE, *(f"{n}.{LONG * 4}。" for n in range(1, 360))])
    (tmp_path / "plan.pdf").write_bytes(content)
    document = read(tmp_path / "plan.pdf")
    assert document.lines[-1].place.page >= 99
    assert [line.text.partition(".")[0] for line in document.lines[1:]] == [str(n) for n in range(1, 360)]


def test_a_page_holds_as_many_signs_as_are_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plandata.texts.formats.ofd.GLYPHS", 5)
    page = ofd_text("甲乙丙丁", 30, 40, 5) + ofd_text("戊己", 30, 60, 5)
    assert [line.text for line in of(tmp_path, ofd([page])).lines] == ["甲乙丙丁", "戊"]

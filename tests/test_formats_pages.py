"""PDF and OFD: lines, paragraphs, columns and tables from the places of signs and drawn lines."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rendered import OFD, as_ofd, as_pdf, draw_picture, ofd, ofd_line, ofd_page, ofd_text, pdf_font

from plandata.files import PackageError
from plandata.text import normalise
from plandata.texts.formats import Document, pdf, read
from plandata.texts.formats.layout import Glyph, Sheet, folded
from plandata.texts.formats.ofd import Reader, page_size, spread

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


# Lines that end in nearly one place by chance, and a title that ends there too.
@example(["保。", *["保" * 18 + "。"] * 2, f"1.{'保' * 18}。"], 2)
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
CORNERS = {0: (0, 0), 90: (842, 0), 180: (595, 842), 270: (0, 595)}


@pytest.mark.parametrize(("rotation", "corner"), CORNERS.items())
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
    assert (texts(one), one.furniture) == (["青禾区公报", "第甲段内容"], [])
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


def objects(inner: str, **graphics: str) -> Sheet:
    """What objects put on a sheet."""
    from lxml import etree

    sheet = Sheet(1, 210, 297)
    units = {name: etree.fromstring(ofd_page("", xml)) for name, xml in graphics.items()}
    Reader({}, graphics=units).read_content(etree.fromstring(ofd_page(f"<!-- -->{inner}")), sheet)
    return sheet


@pytest.mark.parametrize(
    ("code", "attributes", "signs"),
    [
        ('X="1" Y="5">甲乙', 'Size="4"', [("甲", 1, 5, 5, 4), ("乙", 5, 9, 5, 4)]),
        ('X="1" Y="5" DeltaX="6">甲乙丙', 'Size="4"', [("甲", 1, 5, 5, 4), ("乙", 7, 11, 5, 4), ("丙", 11, 15, 5, 4)]),
        ('X="1" Y="5" DeltaX="3">甲乙', 'Size="4"', [("甲", 1, 4, 5, 4), ("乙", 4, 8, 5, 4)]),
        ('X="1" Y="5" DeltaX="0">甲乙', 'Size="4"', [("甲", 1, 5, 5, 4), ("乙", 1, 5, 5, 4)]),
        ('X="1" Y="5">aɐ 甲', 'Size="4"', [("a", 1, 3, 5, 4), ("ɐ", 3, 7, 5, 4), ("甲", 9, 13, 5, 4)]),
        ('X="1" Y="5">甲乙', 'Size="4" HScale="0.5"', [("甲", 1, 3, 5, 4), ("乙", 3, 5, 5, 4)]),
        ('Y="5">甲', 'Size="4"', [("甲", 0, 4, 5, 4)]),
        ('X="2">甲', "", [("甲", 2, 3, 0, 1)]),
        (
            'X="1" Y="5">甲</ofd:TextCode><ofd:TextCode>乙</ofd:TextCode><ofd:TextCode X="9" Y="7">丙',
            'Size="4"',
            [("甲", 1, 5, 5, 4), ("乙", 5, 9, 5, 4), ("丙", 9, 13, 7, 4)],
        ),
        ('X="1" Y="5" DeltaY="0 0">甲', 'Size="4"', [("甲", 1, 5, 5, 4)]),
        ('X="1" Y="5" DeltaY="0 4">甲', 'Size="4"', []),
        ('X="1" Y="5">甲', 'Size="4" ReadDirection="0"', [("甲", 1, 5, 5, 4)]),
        ('X="1" Y="5">甲', 'Size="4" ReadDirection="90"', []),
        ('X="1" Y="5">甲', 'Size="4" Visible="0"', []),
        ('X="1" Y="5">甲', 'Size="4" Visible="true"', [("甲", 1, 5, 5, 4)]),
        ('X="1" Y="5">甲', 'Size="4" Boundary="30 40 9 9"', [("甲", 31, 35, 45, 4)]),
        ('X="1" Y="5">甲', 'Size="4" Boundary="30 40 9"', [("甲", 1, 5, 5, 4)]),
        ('X="1" Y="5">甲', 'Size="4" CTM="2 0 0 3 10 20"', [("甲", 12, 20, 35, 12)]),
        ('X="1" Y="5">甲', 'Size="4" CTM="2 0 0 3 10"', [("甲", 1, 5, 5, 4)]),
        ('X="1" Y="5">甲', 'Size="4" CTM="2 0 0 3 10 20" Boundary="30 40 9 9"', [("甲", 42, 50, 75, 12)]),
        ('X="0" Y="5">甲', 'Size="4" CTM="1 0.1 0 1 0 0"', [("甲", 0, 4, 5, 4)]),
        ('X="0" Y="5">甲', 'Size="4" CTM="2 0.2 0 1 0 0"', [("甲", 0, 8, 5, 4)]),
        *(
            ('X="0" Y="5">甲', f'Size="4" CTM="{matrix} 0 0"', [])
            for matrix in ("1 0.11 0 1", "1 -0.11 0 1", "0 0 0 1", "-0.5 0 0 1", "1 0 0 0", "1 0 0 -0.5")
        ),
    ],
)
def test_a_text_of_ofd_stands_where_its_places_steps_and_matrix_say(
    code: str, attributes: str, signs: list[tuple[str, float, float, float, float]]
) -> None:
    text = f"<ofd:TextObject {attributes}><ofd:TextCode {code}</ofd:TextCode></ofd:TextObject>"
    assert objects(text).glyphs == [Glyph(*sign, turn) for turn, sign in enumerate(signs)]


@pytest.mark.parametrize(
    ("attributes", "data", "across", "down"),
    [
        ("", "M 1 2 L 9 2 L 9 7", [(2, 1, 9)], [(9, 2, 7)]),
        ("", "M 1 2 L 9 2 L 9 7 L 1 7 C", [(2, 1, 9), (7, 1, 9)], [(9, 2, 7), (1, 2, 7)]),
        ("", "S 1 2 L 9 2 M 1 5 L 9 5", [(2, 1, 9), (5, 1, 9)], []),
        ("", "M 1 2 L 9 2 Q 9 3 9 7 L 20 7", [(2, 1, 9), (7, 9, 20)], []),
        ("", "L 1 2 L 9 2 M", [(2, 1, 9)], []),
        ("", "M 1 2 L 9 2 L 5", [(2, 1, 9)], []),
        ("", "", [], []),
        ('Stroke="false"', "M 1 2 L 9 2", [], []),
        ('Stroke="false" Fill="true"', "M 1 2 L 9 2 L 9 3 L 1 3 C", [(2.5, 1, 9)], []),
        ('Stroke="0" Fill="1"', "M 1 2 L 9 2 L 9 3.1 L 1 3.1 C", [], []),
        ('CTM="2 0 0 3 0 0" Boundary="10 20 9 9"', "M 1 2 L 9 2", [(26, 12, 28)], []),
    ],
)
def test_a_path_of_ofd_is_its_straight_lines(
    attributes: str, data: str, across: list[tuple[float, ...]], down: list[tuple[float, ...]]
) -> None:
    sheet = objects(f"<ofd:PathObject {attributes}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>")
    assert ([tuple(edge) for edge in sheet.across], [tuple(edge) for edge in sheet.down]) == (across, down)


@pytest.mark.parametrize(("depth", "is_read"), [(20, True), (21, False)])
def test_objects_within_objects_are_read_as_deep_as_they_ever_are(depth: int, is_read: bool) -> None:
    text = ofd_text("甲", 5, 9, 4)
    assert bool(objects("<ofd:PageBlock>" * depth + text + "</ofd:PageBlock>" * depth).glyphs) is is_read
    shown = '<ofd:CompositeObject ResourceID="{}" Boundary="1 2 9 9"/>'
    graphics = {f"n{n}": f"<ofd:Content>{shown.format(f'n{n + 1}') if n < depth else text}</ofd:Content>"
                for n in range(1, depth + 1)}  # fmt: skip
    made = objects(shown.format("n1"), **graphics).glyphs
    assert [(glyph.left, glyph.y) for glyph in made] == ([(5 + depth, 9 + 2 * depth)] if is_read else [])


@pytest.mark.parametrize(
    ("limit", "most", "problem"),
    [("PAGES", 2, "has more than 1 pages; take out"), ("OBJECTS", 4, "has more than 3 objects on its pages; take out")],
)
def test_an_ofd_file_has_as_much_as_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, problem: str
) -> None:
    content = ofd([ofd_text(text, 30, 40, 5) + "<ofd:ImageObject/>" for text in "甲乙"])
    monkeypatch.setattr(f"plandata.texts.formats.ofd.{limit}", most)
    document = of(tmp_path, content)
    assert [(line.text, line.place.page) for line in document.lines] == [("甲", 1), ("乙", 2)]
    monkeypatch.setattr(f"plandata.texts.formats.ofd.{limit}", most - 1)
    with pytest.raises(PackageError, match=problem):
        of(tmp_path, content)


@pytest.mark.parametrize(
    ("area", "size"),
    [
        ("<ofd:PhysicalBox>0 0 100 200</ofd:PhysicalBox>", (100, 200)),
        ("<ofd:PhysicalBox>9 9 0.5 0.5</ofd:PhysicalBox>", (0.5, 0.5)),
        ("<ofd:PhysicalBox>0 0 0 200</ofd:PhysicalBox>", (3, 4)),
        ("<ofd:PhysicalBox>0 0 100 0</ofd:PhysicalBox>", (3, 4)),
        ("<ofd:PhysicalBox>0 0 100</ofd:PhysicalBox>", (3, 4)),
        ("<ofd:PhysicalBox>0 0 100 1000000</ofd:PhysicalBox>", (3, 4)),
        ("<ofd:PhysicalBox>0 0 100 999999.5</ofd:PhysicalBox>", (100, 999999.5)),
        ("", (3, 4)),
    ],
)
def test_a_page_of_ofd_is_as_large_as_it_says(area: str, size: tuple[float, float]) -> None:
    from lxml import etree

    page = etree.fromstring(f"<ofd:Page {OFD}><ofd:Area>{area}</ofd:Area></ofd:Page>")
    assert page_size(page, (3, 4)) == size


def test_what_a_page_shows_of_its_own_resources_and_of_templates_that_are_missing(tmp_path: Path) -> None:
    content = f"<ofd:Content>{ofd_text('图内', 0, 5, 5)}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="9">{content}</ofd:CompositeGraphicUnit>'
    resources = f"<ofd:Res {OFD}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    inner = '<ofd:Template TemplateID="7"/><ofd:Template/>'
    inner += "<ofd:PageRes>../../Res.xml</ofd:PageRes><ofd:PageRes>No.xml</ofd:PageRes>"
    shown = '<ofd:CompositeObject ResourceID="9" Boundary="30 90 50 50"/><ofd:CompositeObject ResourceID="8"/>'
    page = ofd_text("正文", 30, 60, 5) + shown
    common = '<ofd:TemplatePage ID="7" BaseLoc="None.xml"/>'
    for pages in (1, 2):
        document = of(tmp_path, ofd([page] * pages, common, inner, Res=resources))
        assert (texts(document), document.furniture) == (["正文", "图内"] * pages, [])


@pytest.mark.parametrize(
    ("text", "steps"),
    [(None, []), ("3 4", [3, 4]), ("g 2 4 5", [4, 4, 5]), ("g 2", [2]), ("g 0 4 5", [5]), ("g -1 4 5", [5]),
     ("x 5", [5]), ("g x 4 5", [5]), ("g 2 x 5", [5]), ("3 g 2 4", [3, 4, 4])],
)  # fmt: skip
def test_the_steps_of_a_text_are_told_one_by_one_or_several_times(text: str | None, steps: list[float]) -> None:
    assert spread(text) == steps


def test_a_pdf_is_known_where_its_readers_look() -> None:
    assert [pdf.looks(b" " * before + b"%PDF-", [], "") for before in (0, 1019, 1020)] == [True, True, False]
    assert not pdf.looks(b"%PDF-", ["word/document.xml"], "")


@pytest.mark.parametrize(
    ("limit", "most", "problem"),
    [("PAGES", 2, "has 2 pages, more than 1; take out"), ("ALL_GLYPHS", 6, "has more than 5 signs; take out")],
)
def test_a_pdf_has_as_much_as_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, problem: str
) -> None:
    canvas, made = canvas_of()
    for text in ("甲乙丙", "丁戊己"):
        canvas.setFont(pdf_font(), 14)
        canvas.drawString(100, 700, text)
        canvas.showPage()
    canvas.save()
    monkeypatch.setattr(f"plandata.texts.formats.pdf.{limit}", most)
    document = of(tmp_path, made.getvalue() + b"\0\r\n" * 1000, "pdf")
    assert [(line.text, line.place.page) for line in document.lines] == [("甲乙丙", 1), ("丁戊己", 2)]
    monkeypatch.setattr(f"plandata.texts.formats.pdf.{limit}", most - 1)
    with pytest.raises(PackageError, match=problem):
        of(tmp_path, made.getvalue(), "pdf")


@pytest.mark.parametrize(
    ("pages", "signs", "is_read"),
    [("b", 20, True), ("b", 19, False), ("t", 1, True), ("bppptt", 20, True), ("bppppt", 20, False)],
)
def test_pages_of_pictures_with_little_text_are_no_text(tmp_path: Path, pages: str, signs: int, is_read: bool) -> None:
    """Pages with text (t), with a picture (p), and with both (b)."""
    canvas, made = canvas_of()
    for page in pages:
        canvas.setFont(pdf_font(), 14)
        if page in "tb":
            canvas.drawString(100, 700, "健" * signs)
        if page in "pb":
            draw_picture(canvas)
        canvas.showPage()
    canvas.save()
    if is_read:
        document = of(tmp_path, made.getvalue(), "pdf")
        assert {line.text for line in document.lines} == {"健" * signs}
        assert [line.place.page for line in document.furniture] == [n for n, page in enumerate(pages, 1) if page == "p"]
    else:
        with pytest.raises(PackageError, match="holds pictures of pages and no text"):
            of(tmp_path, made.getvalue(), "pdf")


@pytest.mark.parametrize(
    ("untold", "count", "is_text"),
    [("\ue000", 3, True), ("\ue000", 4, False), ("\uf8ff", 4, False), ("\ufffd", 4, False), ("\x1f", 4, False),
     ("\udfff", 4, True), ("\uf900", 4, True), (" ", 4, True)],
)  # fmt: skip
def test_fonts_that_do_not_tell_a_third_of_their_characters_are_refused(untold: str, count: int, is_text: bool) -> None:
    glyphs = [Glyph(text, 0, 9, 9, 9) for text in [untold] * count + ["健"] * (10 - count)]
    sheets = [Sheet(1, 100, 100, glyphs[:5]), Sheet(2, 100, 100, glyphs[5:])]
    if is_text:
        pdf.check_text(sheets, [])
    else:
        with pytest.raises(PackageError, match="has fonts that do not tell their characters"):
            pdf.check_text(sheets, [])


@pytest.mark.parametrize(
    ("rotation", "point", "along"),
    [(0, (5, 170), (1, 0)), (90, (30, 5), (0, 1)), (180, (95, 30), (-1, 0)), (270, (170, 95), (0, -1))],
)
def test_a_page_is_seen_from_its_upper_left_corner_as_it_is_turned(
    rotation: int, point: tuple[float, float], along: tuple[float, float]
) -> None:
    view = pdf.View(rotation, 10, 20, 100, 200)
    assert view.point(15, 50) == point
    a, b = along
    assert view.is_upright(a, b)
    assert not view.is_upright(-a, -b)
    for aside, is_upright in ((0.09, True), (-0.09, True), (0.1, False), (-0.1, False)):
        assert view.is_upright(a or aside, b or aside) is is_upright
    assert not view.is_upright(b, a)


def test_what_lies_beside_the_page_is_seen_by_nobody(tmp_path: Path) -> None:
    canvas, made = canvas_of()
    for text, x, y in (("甲", 300, 400), ("乙", -20, 400), ("丙", 600, 420), ("丁", 300, -20), ("戊", 300, 850)):
        canvas.drawString(x, y, text)
    canvas.save()
    assert [line.text for line in of(tmp_path, made.getvalue(), "pdf").lines] == ["甲"]


@pytest.mark.parametrize(("forms", "is_table"), [(0, True), (1, True), (5, True), (6, False)])
def test_lines_within_forms_are_drawn_where_these_stand(tmp_path: Path, forms: int, is_table: bool) -> None:
    canvas, made = canvas_of()
    canvas.beginForm("f0")
    for n in range(3):
        canvas.line(100 + 100 * n, 500, 100 + 100 * n, 600)
        canvas.rect(100, 500 + 50 * n, 200, 0.5, stroke=0, fill=1)
    canvas.endForm()
    for n in range(1, forms):
        canvas.beginForm(f"f{n}")
        canvas.translate(10, 0)
        canvas.doForm(f"f{n - 1}")
        canvas.endForm()
    canvas.setFont(pdf_font(), 14)
    aside = 10 * max(forms - 1, 0)
    canvas.drawString(101 + aside, 570, "甲")
    canvas.drawString(286 + aside, 510, "乙")
    if forms:
        canvas.doForm(f"f{forms - 1}")
    else:
        for n in range(3):
            canvas.line(100 + 100 * n, 500, 100 + 100 * n, 600)
            canvas.line(100, 500 + 50 * n, 300, 500 + 50 * n)
    canvas.save()
    lines = of(tmp_path, made.getvalue(), "pdf").lines
    cells = [(1, 1), (2, 2)] if is_table else [(0, 0), (0, 0)]
    assert [(line.text, line.place.row, line.place.column) for line in lines] == [
        (text, *cell) for text, cell in zip("甲乙", cells, strict=True)
    ]


@pytest.mark.parametrize(("segments", "is_table"), [(5, True), (4, False)])
def test_a_path_of_more_segments_than_a_table_has_is_a_drawing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, segments: int, is_table: bool
) -> None:
    monkeypatch.setattr("plandata.texts.formats.pdf.SEGMENTS", segments)
    canvas, made = canvas_of()
    for aside in (-100, 100):
        path = canvas.beginPath()
        path.moveTo(200, 600)
        for x, y in ((aside, 600), (aside, 500), (0, 500)):
            path.lineTo(200 + x, y)
        path.close()
        canvas.drawPath(path)
    canvas.drawString(110, 550, "甲")
    canvas.save()
    (line,) = of(tmp_path, made.getvalue(), "pdf").lines
    assert (line.place.table == 1) is is_table


@pytest.mark.parametrize(("stroke", "fill", "is_table"), [(1, 0, True), (0, 1, False), (0, 0, False)])
def test_a_path_that_is_not_stroked_draws_no_frame(tmp_path: Path, stroke: int, fill: int, is_table: bool) -> None:
    canvas, made = canvas_of()
    canvas.setFillColorRGB(0.9, 0.9, 0.9)
    for n in range(2):
        canvas.rect(100 + 100 * n, 500, 100, 100, stroke=stroke, fill=fill)
    canvas.drawString(110, 550, "甲")
    canvas.save()
    (line,) = of(tmp_path, made.getvalue(), "pdf").lines
    assert (line.place.table == 1) is is_table


def test_a_page_holds_as_many_signs_of_a_pdf_as_are_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plandata.texts.formats.pdf.GLYPHS", 3)
    canvas, made = canvas_of()
    canvas.drawString(100, 700, "甲乙丙丁")
    canvas.save()
    assert [line.text for line in of(tmp_path, made.getvalue(), "pdf").lines] == ["甲乙丙"]


@pytest.mark.parametrize(("rotation", "corner"), CORNERS.items())
def test_a_sign_of_a_pdf_is_as_large_as_it_is_printed(rotation: int, corner: tuple[int, int]) -> None:
    import pypdfium2

    canvas, made = canvas_of()
    canvas.setPageRotation(rotation)
    canvas.translate(*corner)
    canvas.rotate(rotation)
    canvas.scale(2, 3)
    canvas.drawString(50, 100, "甲")
    canvas.save()
    document = pypdfium2.PdfDocument(made.getvalue())
    sheet = pdf.read_page(document, 1, [])
    document.close()
    assert [(g.sign, *(round(at) for at in g[1:5])) for g in sheet.glyphs] == [("甲", 100, 128, 842 - 300, 42)]
    assert (round(sheet.width), round(sheet.height)) == (595, 842)

"""The Word document of offices: page, type, numbering, hostile texts, the same bytes each time."""

import io
import shutil
import subprocess
import zipfile
from datetime import datetime

import docx
import pytest
from docx.oxml.ns import qn

from plandata.charts.drawing import Drawing, standalone
from plandata.charts.figure import png_file
from plandata.monitor.document import SERIF, Document, chinese, title_lines, unbroken

ROWS = [["县卫生健康局", "12", "66.7%"], ["县教育局", "3", "33.3%"]]
HOSTILE = '<w:t>&amp;\x07\x1b[31m\u202e\ud800\ufffe"=1+1'


def made(lang="zh", title="年度报告"):
    document = Document(title, lang, datetime(2024, 1, 1))
    for text, level in (("总体", 1), ("健康", 2), ("死亡率", 3), ("分析", 4), ("教育", 2), ("预警", 1), ("甲", 2)):
        document.heading(text, level)
    document.paragraph("正文。")
    document.table(["单位", "总数", "比例"], ROWS, right=(1, 2), caption="表1")
    document.blank("原因", 2)
    document.signature(["妇女儿童工作委员会办公室", "2024年1月1日"])
    return document.content()


def opened(content):
    return docx.Document(io.BytesIO(content))


def texts(content):
    return [paragraph.text for paragraph in opened(content).paragraphs]


def test_the_page_is_that_of_the_standard():
    section = opened(made()).sections[0]
    millimetres = [getattr(section, f"{side}_margin").mm for side in ("top", "left", "right", "bottom")]
    assert [round(side) for side in millimetres] == [37, 28, 26, 35]
    assert round(section.page_width.mm - 28 - 26) == 156
    assert round(section.page_height.mm - 37 - 35) == 225


def test_the_type_is_that_of_the_standard():
    styles = {style.name: style for style in opened(made()).styles}
    fonts = {name: style.element.rPr.rFonts.get(qn("w:eastAsia")) for name, style in styles.items() if style.type == 1}
    assert (fonts["Normal"], fonts["Title"]) == ("仿宋_GB2312", "方正小标宋简体")
    assert (fonts["Heading 1"], fonts["Heading 2"], fonts["Heading 3"]) == ("黑体", "楷体_GB2312", "仿宋_GB2312")
    assert (styles["Normal"].font.size.pt, styles["Title"].font.size.pt) == (16, 22)
    assert 22 * styles["Normal"].paragraph_format.line_spacing.mm <= 225 < 23 * 10.22
    assert styles["Normal"].element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert styles["Heading 3"].font.bold
    assert styles["Normal"].font.name == SERIF


def test_fonts_that_are_missing_have_others_in_their_stead():
    with zipfile.ZipFile(io.BytesIO(made())) as file:
        table = file.read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in table


@pytest.mark.parametrize(
    ("lang", "numbers"),
    [
        ("zh", ["一、总体", "（一）健康", "1.死亡率", "（1）分析", "（二）教育", "二、预警", "（一）甲"]),
        ("en", ["1. 总体", "1.1 健康", "1.1.1 死亡率", "1.1.1.1 分析", "1.2 教育", "2. 预警", "2.1 甲"]),
    ],
)
def test_headings_are_numbered_as_text(lang, numbers):
    assert texts(made(lang))[1:8] == numbers


def test_numbers_go_on_beyond_ten():
    assert [chinese(n) for n in (9, 10, 11, 19, 20, 21, 99)] == ["九", "十", "十一", "十九", "二十", "二十一", "九十九"]


def test_a_table_repeats_its_head_and_cuts_no_row():
    table = opened(made()).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == ROWS
    kept = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows]
    assert all(kept)
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    aligned = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert aligned == [None, 2, 2]


@pytest.mark.parametrize(("columns", "points"), [(4, None), (5, 10.5), (6, 9)])
def test_a_table_of_many_columns_is_set_in_smaller_type(columns: int, points: float | None) -> None:
    document = Document("t", "zh")
    document.table(["甲"] * columns, [["1"] * columns])
    (run,) = opened(document.content()).tables[0].rows[1].cells[0].paragraphs[0].runs
    assert (run.font.size and run.font.size.pt) == points


@pytest.mark.parametrize(("lang", "widths", "millimetres"), [("zh", (1, 3), [39, 117]), ("zh", None, [78, 78]),
                                                             ("en", (1, 3), [39, 117])])  # fmt: skip
def test_the_columns_of_a_table_share_the_type_area(
    lang: str, widths: tuple[int, int] | None, millimetres: list[int]
) -> None:
    document = Document("t", lang)
    document.table(["甲", "乙"], [["1", "2"]], widths)
    assert [round(column.width.mm) for column in opened(document.content()).tables[0].columns] == millimetres


@pytest.mark.parametrize(
    ("columns", "words", "widths"),
    [
        ([100, 100], ["a", "b"], [100, 100]),
        ([201, 201], ["a", "b"], [201, 201]),
        ([101, 301], ["a", "b"], [201, 201]),
        ([100, 301], ["a", "b"], [100, 301]),
        ([100, 301], ["", "b"], [100, 301]),
        ([101, 401, 301], ["a", "b", "c"], [201, 334, 268]),
    ],
)
def test_a_column_grows_to_its_longest_word_where_the_others_have_room(
    columns: list[int], words: list[str], widths: list[int]
) -> None:
    assert unbroken(columns, [words], 9) == pytest.approx(widths, abs=1)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("长" * 20, ["长" * 20]),
        ("市" + "长" * 19, ["市" + "长" * 19]),
        ("市" + "长" * 20, ["市", "长" * 20]),
        ("市" + "长" * 21, ["市" + "长" * 21]),
        ("长" * 20 + "市", ["长" * 20 + "市"]),
        ("某省某市" + "长" * 18, ["某省某市", "长" * 18]),
    ],
)
def test_a_long_title_is_broken_behind_a_place_where_both_lines_fit(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines
    assert texts(Document(title, "zh").content())[0] == "\n".join(lines)
    assert texts(Document(title, "en").content())[0] == title


@pytest.mark.parametrize(
    ("lines", "free"),
    [
        (["长" * 12, "2024年1月1日"], [8, 14]),
        (["长" * 18, "长" * 17], [8, 9]),
        (["长" * 18 + "a", "长"], [4, 21]),
    ],
)
def test_a_signature_is_centred_and_its_longest_line_ends_before_the_margin(lines: list[str], free: list[int]) -> None:
    """In halves of a character of 16 points."""
    document = Document("t", "zh")
    document.signature(lines)
    empty, *signed = opened(document.content()).paragraphs[1:]
    assert (empty.text, [line.text for line in signed]) == ("", lines)
    assert [line._p.pPr.ind.right.pt / 8 for line in signed] == free


def test_pictures_stand_side_by_side_each_under_its_title() -> None:
    document, point = Document("t", "zh"), png_file(standalone(Drawing(9, 9), "point"))
    document.pictures([(point, "甲"), (point, "乙"), (point, "丙")], 2, "图1")
    file = opened(document.content())
    cells = [[cell.text.strip() for cell in row.cells] for row in file.tables[0].rows]
    assert cells == [["甲", "乙"], ["丙", ""]]
    assert [shape._inline.docPr.get("descr") for shape in file.inline_shapes] == ["甲", "乙", "丙"]
    assert [round(shape.width.mm) for shape in file.inline_shapes] == [74, 74, 74]
    assert [paragraph.text for paragraph in file.paragraphs][1:] == ["图1"]


def test_a_file_tells_its_title_its_language_and_the_day_that_it_is_given() -> None:
    about = opened(made("en", "长" * 251)).core_properties
    assert (about.title, about.language, about.created.replace(tzinfo=None)) == (
        "长" * 250,
        "en-GB",
        datetime(2024, 1, 1),
    )
    assert (about.author, about.last_modified_by, about.revision) == ("", "", 1)


def test_the_page_number_is_a_field_on_the_outer_side():
    section = opened(made()).sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        assert "PAGE" in footer.paragraphs[0]._p.xml
        assert footer.paragraphs[0]._p.pPr.jc.get(qn("w:val")) == side
        assert footer.paragraphs[0].text.startswith("— ")


def test_a_blank_is_a_ruled_line_and_the_date_stands_under_its_issuer():
    ruled = [p for p in opened(made()).paragraphs if 'w:leader="underscore"' in p._p.xml]
    assert [p.text for p in ruled] == ["原因：\t", "\t"]
    issuer, date = opened(made()).paragraphs[-2:]
    assert date._p.pPr.ind.right > issuer._p.pPr.ind.right


def test_the_same_calls_make_the_same_bytes():
    assert made() == made()
    with zipfile.ZipFile(io.BytesIO(made())) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "python-docx" not in file.read("docProps/core.xml").decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_characters_are_text(lang):
    document = Document(HOSTILE, lang)
    document.heading(HOSTILE, 1)
    document.paragraph(HOSTILE)
    document.table([HOSTILE], [[HOSTILE]], caption=HOSTILE)
    document.picture(png_file(standalone(Drawing(9, 9), "point")), HOSTILE, 20, HOSTILE)
    document.blank(HOSTILE)
    document.signature([HOSTILE])
    content = document.content()
    shown = texts(content)
    assert all("<w:t>&amp;\\x07\\x1b[31m\\u202e\\ud800\\ufffe" in text for text in shown if text.strip())
    assert opened(content).tables[0].rows[1].cells[0].text == shown[0]


def test_a_picture_has_its_text():
    document = Document("t", "zh")
    for width in (500, 20):
        document.picture(png_file(standalone(Drawing(9, 9), "point")), "一点", width)
    shapes = opened(document.content()).inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shapes] == ["一点", "一点"]
    assert [round(shape.width.mm) for shape in shapes] == [156, 20]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path):
    (tmp_path / "a.docx").write_bytes(made())
    home = f"-env:UserInstallation=file://{tmp_path}/lo"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")

"""Word documents: tracked changes accepted, automatic numbers restored, tables, and what is not printed left out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendered import docx, docx_paragraph, docx_table, packed, run

from plandata.files import PackageError
from plandata.texts.formats import Document, read
from plandata.texts.formats.numbering import printed, whole_number
from plandata.texts.marks import worth

pytest.importorskip("lxml")
Read = Callable[..., Document]


@pytest.fixture
def word(tmp_path: Path) -> Read:
    """Reads the XML of a body and of other parts as a Word document."""

    def read_it(body: str, **parts: str) -> Document:
        path = tmp_path / "plan.docx"
        path.write_bytes(docx(body, **parts))
        return read(path)

    return read_it


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def deleted(text: str) -> str:
    return f'<w:del w:id="1"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def field_char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(code: str) -> str:
    return f"<w:r><w:instrText> {code} </w:instrText></w:r>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"<w:ins>{run('增加')}</w:ins>{run('内容')}", "增加内容"),
        (f"{deleted('删去')}{run('内容')}", "内容"),
        (f"<w:moveTo>{run('移入')}</w:moveTo><w:moveFrom>{run('移出')}</w:moveFrom>", "移入"),
        (f"<w:ins><w:del><w:r><w:delText>先增后删</w:delText></w:r></w:del></w:ins>{run('内容')}", "内容"),
        (f"<w:hyperlink>{run('链接')}</w:hyperlink><w:smartTag>{run('标记')}</w:smartTag>", "链接标记"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f'<w:fldSimple w:instr="DATE">{run("2021年")}</w:fldSimple>', "2021年"),
        (field_char("begin") + instruction("PAGE") + field_char("separate") + run("3") + field_char("end"), "3"),
        (field_char("begin") + instruction("XE 词") + run("代码") + field_char("end") + run("正文"), "正文"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\n丙"),
        ('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t><w:lastRenderedPageBreak/></w:r>', "甲乙"),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/></w:r>", "A-B"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r>', "≥95%"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B1"/><w:t>5%</w:t></w:r>', "±5%"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F001"/><w:t>项</w:t></w:r>', "●项"),
        ('<w:r><w:sym w:font="Arial" w:char="0041"/><w:t>项</w:t></w:r>', "A项"),
        ('<w:r><w:sym w:font="Arial" w:char="0007"/><w:t>项</w:t></w:r>', "项"),
        ('<w:r><w:sym w:font="Arial" w:char="D800"/><w:t>项</w:t></w:r>', "项"),
        (f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>{run('显示')}", "显示"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显示</w:t></w:r>', "显示"),
        (f"{run('正文')}<w:r><w:footnoteReference w:id='1'/></w:r>", "正文"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>qing</w:t></w:r></w:rt><w:rubyBase>"
            + run("青")
            + "</w:rubyBase></w:ruby></w:r>",
            "青",
        ),
        (f"{run('率')}<m:oMath><m:r><m:t>1/10</m:t></m:r></m:oMath>", "率1/10"),
    ],
)
def test_what_is_printed_of_a_paragraph(word: Read, inner: str, text: str) -> None:
    assert texts(word(paragraph(inner))) == [text]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(word: Read) -> None:
    mark = '<w:rPr><w:del w:id="3"/></w:rPr>'
    body = (
        paragraph(run("健全"), mark) + paragraph(run("制度")) + paragraph(deleted("全删"), mark) + paragraph(run("后"))
    )
    assert texts(word(body)) == ["健全制度", "后"]
    assert texts(word(paragraph(run("健全"), mark) + docx_table([["甲", "乙"]]))) == ["健全", "甲", "乙"]
    assert texts(word(paragraph(run("健全"), mark))) == ["健全"]


def test_a_deleted_row_and_a_deleted_cell_are_gone(word: Read) -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    gone = row.format("<w:trPr><w:del w:id='1'/></w:trPr>", docx_paragraph("甲"), docx_paragraph("乙"))
    kept = row.format("", docx_paragraph("丙"), docx_paragraph("丁"))
    lines = word(f"<w:tbl>{gone}{kept}</w:tbl>").lines
    assert [(line.text, line.place.row, line.place.column) for line in lines] == [("丙", 1, 1), ("丁", 1, 2)]


def test_a_text_box_is_read_once_and_margins_are_furniture(word: Read) -> None:
    box = "<wps:txbx><w:txbxContent>" + docx_paragraph("框内") + "</w:txbxContent></wps:txbx>"
    old = "<w:pict><w:txbxContent>" + docx_paragraph("框内") + "</w:txbxContent></w:pict>"
    alternate = f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
    alternate += f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    document = word(
        paragraph(run("正文") + f"<w:r>{alternate}</w:r>"),
        header1=docx_paragraph("页眉"),
        footer1=docx_paragraph("— 1 —"),
    )
    assert texts(document) == ["正文", "框内"]
    assert [line.text for line in document.furniture] == ["页眉", "— 1 —"]


def test_hidden_by_its_style(word: Read) -> None:
    style = '<w:style w:type="character" w:styleId="H"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    inner = f'<w:r><w:rPr><w:rStyle w:val="H"/></w:rPr><w:t>藏</w:t></w:r>{run("显")}'
    assert texts(word(paragraph(inner), styles=style)) == ["显"]


def heading(style: str, name: str, properties: str = "", based: str = "") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    inner = f'<w:name w:val="{name}"/>{base}<w:pPr>{properties}</w:pPr>'
    return f'<w:style w:type="paragraph" w:styleId="{style}">{inner}</w:style>'


def test_levels_of_headings(word: Read) -> None:
    styles = heading("1", "heading 1") + heading("b", "标题 2") + heading("c", "own", '<w:outlineLvl w:val="2"/>')
    styles += heading("d", "child", based="c") + heading("e", "Normal")
    body = "".join(paragraph(run(f"标题{s}"), f'<w:pStyle w:val="{s}"/>') for s in "1bcde")
    body += paragraph(run("直接"), '<w:outlineLvl w:val="0"/>') + paragraph(run("正文"), '<w:outlineLvl w:val="9"/>')
    assert [line.level for line in word(body, styles=styles).lines] == [1, 2, 3, 3, 0, 1, 0]


def test_a_table_of_contents_is_furniture_with_its_heading(word: Read) -> None:
    styles = heading("10", "toc 1")
    body = docx_paragraph("规划") + docx_paragraph("目  录")
    body += paragraph(
        field_char("begin") + instruction("TOC \\o") + field_char("separate") + run("一、总则\t1"),
        '<w:pStyle w:val="10"/>',
    )
    body += paragraph(run("二、领域\t3")) + paragraph(field_char("end")) + docx_paragraph("一、总则")
    document = word(body, styles=styles)
    assert texts(document) == ["规划", "一、总则"]
    assert [line.text for line in document.furniture] == ["目  录", "一、总则\t1", "二、领域\t3"]


def test_a_line_of_contents_is_known_by_its_style_alone(word: Read) -> None:
    body = docx_paragraph("规划") + paragraph(run("一、总则\t1"), '<w:pStyle w:val="10"/>')
    document = word(body, styles=heading("10", "toc 1"))
    assert texts(document) == ["规划"]
    assert [line.text for line in document.furniture] == ["一、总则\t1"]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["甲", "乙"]], [("甲", 0), ("乙", 0)]),
        ([["甲"]], [("甲", 1)]),
        ([["甲", "乙"], ["丙", "丁"]], [("甲\n乙", 1), ("丙\n丁", 1)]),
    ],
)
def test_one_cell_around_several_paragraphs_is_a_frame_and_no_table(
    word: Read, rows: list[list[str]], lines: list[tuple[str, int]]
) -> None:
    cells = "".join(f"<w:tr><w:tc>{''.join(map(docx_paragraph, row))}</w:tc></w:tr>" for row in rows)
    assert [(line.text, line.place.table) for line in word(f"<w:tbl>{cells}</w:tbl>").lines] == lines


def test_cells_have_their_places(word: Read) -> None:
    document = word(
        docx_table([["领域", "序号", ("指标", 1, 2)], [("健康", 2, 1), "1", "死亡率", "8.5"], ["2", "筛查率", "75"]])
    )
    places = [
        (line.text, line.place.row, line.place.column, line.place.rows, line.place.columns) for line in document.lines
    ]
    assert places == [
        ("领域", 1, 1, 1, 1),
        ("序号", 1, 2, 1, 1),
        ("指标", 1, 3, 1, 2),
        ("健康", 2, 1, 2, 1),
        ("1", 2, 2, 1, 1),
        ("死亡率", 2, 3, 1, 1),
        ("8.5", 2, 4, 1, 1),
        ("2", 3, 2, 1, 1),
        ("筛查率", 3, 3, 1, 1),
        ("75", 3, 4, 1, 1),
    ]
    assert str(document.lines[4].place) == "paragraph 5, table 1, row 2, column 2"


def test_a_cell_keeps_its_line_ends_and_holds_a_nested_table(word: Read) -> None:
    nested = docx_table([["内", "层"]])
    cell = docx_paragraph("甲") + docx_paragraph("乙") + nested
    assert texts(word(f"<w:tbl><w:tr><w:tc>{cell}</w:tc><w:tc>{docx_paragraph('丙')}</w:tc></w:tr></w:tbl>")) == [
        "甲\n乙\n内\n层",
        "丙",
    ]


def test_an_absurd_span_is_capped(word: Read) -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>' + docx_paragraph("甲") + "</w:tc>"
    assert word(f"<w:tbl><w:tr>{wide}{wide}</w:tr></w:tbl>").lines[0].place.columns == 200


def level(number: int, style: str, text: str, more: str = "", suffix: str = "nothing") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *inner: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(inner)}</w:abstractNum>'


def num(number: int, abstract_number: int, inner: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_number}"/>{inner}</w:num>'


def item(text: str, number: int, at: int = 0) -> str:
    return paragraph(run(text), f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


PLAN = abstract(
    0,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
)


def test_levels_count_and_restart_below_a_higher_one(word: Read) -> None:
    steps = [
        ("总则", 0),
        ("思想", 1),
        ("原则", 1),
        ("领域", 0),
        ("健康", 1),
        ("甲", 2),
        ("乙", 2),
        ("丙", 3),
        ("教育", 1),
        ("丁", 2),
    ]
    document = word("".join(item(text, 1, at) for text, at in steps), numbering=PLAN + num(1, 0))
    assert texts(document) == [
        *(
            "一、总则",
            "（一）思想",
            "（二）原则",
            "二、领域",
            "（一）健康",
            "1.甲",
            "2.乙",
            "（1）丙",
            "（二）教育",
            "1.丁",
        ),
    ]


def test_lists_of_one_kind_count_on_unless_one_starts_anew(word: Read) -> None:
    anew = '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbers = PLAN + num(1, 0) + num(2, 0) + num(3, 0, anew)
    body = item("甲", 1, 2) + item("乙", 2, 2) + item("丙", 3, 2) + item("丁", 3, 2)
    assert texts(word(body, numbering=numbers)) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_an_override_may_replace_a_level(word: Read) -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimalEnclosedCircle", "%1")}</w:lvlOverride>'
    body = item("甲", 1) + item("乙", 1)
    assert texts(word(body, numbering=PLAN + num(1, 0, own))) == ["①甲", "②乙"]


def test_a_level_may_never_restart_or_only_behind_one(word: Read) -> None:
    never = abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'))
    body = item("甲", 1) + item("乙", 1, 1) + item("丙", 1) + item("丁", 1, 1)
    assert texts(word(body, numbering=never + num(1, 0))) == ["1.甲", "1)乙", "2.丙", "2)丁"]
    first = abstract(
        0,
        level(0, "decimal", "%1."),
        level(1, "decimal", "%2)"),
        level(2, "decimal", "%3]", '<w:lvlRestart w:val="1"/>'),
    )
    body = item("甲", 1, 2) + item("乙", 1, 1) + item("丙", 1, 2) + item("丁", 1) + item("戊", 1, 2)
    assert texts(word(body, numbering=first + num(1, 0))) == ["1]甲", "1)乙", "2]丙", "1.丁", "1]戊"]


def test_a_number_of_several_levels_and_in_digits_only(word: Read) -> None:
    levels = level(0, "chineseCounting", "第%1章", suffix="space"), level(1, "decimal", "%1.%2", "<w:isLgl/>", "space")
    body = item("总则", 1) + item("目的", 1, 1) + item("任务", 1, 1)
    assert texts(word(body, numbering=abstract(0, *levels) + num(1, 0))) == ["第一章 总则", "1.1 目的", "1.2 任务"]


def test_numbers_through_styles_and_switched_off(word: Read) -> None:
    linked = abstract(
        0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="S2"/>')
    )
    styles = heading("S1", "one", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    styles += heading("S2", "two", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>') + heading(
        "S3", "three", based="S2"
    )
    body = "".join(paragraph(run(s), f'<w:pStyle w:val="{s}"/>') for s in ("S1", "S2", "S3"))
    body += paragraph(run("无号"), '<w:pStyle w:val="S2"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts(word(body, numbering=linked + num(1, 0), styles=styles)) == ["一、S1", "（一）S2", "（二）S3", "无号"]


def test_a_list_may_lie_behind_a_style_of_lists(word: Read) -> None:
    numbers = abstract(0, '<w:styleLink w:val="L"/>', level(0, "upperRoman", "%1.")) + abstract(
        1, '<w:numStyleLink w:val="L"/>'
    )
    inner = '<w:name w:val="l"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    style = f'<w:style w:type="numbering" w:styleId="L">{inner}</w:style>'
    body = item("甲", 2) + item("乙", 1)
    assert texts(word(body, numbering=numbers + num(1, 0) + num(2, 1), styles=style)) == ["I.甲", "II.乙"]
    circle = abstract(0, '<w:numStyleLink w:val="L"/>')
    assert texts(word(item("甲", 1), numbering=circle + num(1, 0), styles=style)) == ["甲"]


@pytest.mark.parametrize(
    ("text", "font", "bullet"),
    [("\uf06c", "Wingdings", "●"), ("l", "Wingdings", "●"), ("◆", "宋体", "◆"), ("", "宋体", "")],
)
def test_bullets(word: Read, text: str, font: str, bullet: str) -> None:
    more = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    kind = level(0, "bullet", text).replace("</w:lvl>", more + "</w:lvl>")
    assert texts(word(item("甲", 1), numbering=abstract(0, kind) + num(1, 0))) == [bullet + "甲"]


def test_a_deleted_item_counts_nothing_and_a_number_alone_fills_a_cell(word: Read) -> None:
    mark = '<w:rPr><w:del w:id="3"/></w:rPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'
    body = item("甲", 1, 2) + paragraph(deleted("旧"), mark) + item("乙", 1, 2)
    assert texts(word(body, numbering=PLAN + num(1, 0))) == ["1.甲", "2.乙"]
    row = f"<w:tr><w:tc>{item('', 1, 2)}</w:tc><w:tc>{docx_paragraph('率')}</w:tc></w:tr>"
    assert texts(word(f"<w:tbl>{row}{row}</w:tbl>", numbering=PLAN + num(1, 0))) == ["1.", "率", "2.", "率"]


def test_a_tab_stands_behind_a_number_that_says_nothing_else(word: Read) -> None:
    kind = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    assert texts(word(item("甲", 1), numbering=abstract(0, kind) + num(1, 0))) == ["1.\t甲"]


@pytest.mark.parametrize(
    ("style", "values"),
    [
        ("decimalZero", {1: "01", 9: "09", 10: "10"}),
        ("upperRoman", {4: "IV", 444: "CDXLIV", 888: "DCCCLXXXVIII", 1999: "MCMXCIX"}),
        ("upperRoman", {5: "V", 10: "X", 40: "XL", 50: "L", 90: "XC", 100: "C", 400: "CD", 500: "D", 900: "CM"}),
        ("lowerRoman", {9: "ix", 2000: "mm", 9999: "mmmmmmmmmcmxcix", 10_000: "10000", 0: "0"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB", 52: "ZZ", 53: "AAA"}),
        ("lowerLetter", {3: "c"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 19: "十九", 20: "二十", 99: "九十九", 100: "一〇〇"}),
        ("chineseCountingThousand", {10: "十", 100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一"}),
        ("chineseCountingThousand", {1010: "一千零一十", 2020: "二千零二十", 3300: "三千三百", 9999: "九千九百九十九"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹", 105: "壹佰零伍"}),
        ("ideographDigital", {9: "九", 10: "一〇", 21: "二一"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 100: "百", 101: "百一", 1110: "千百十"}),
        ("japaneseDigitalTenThousand", {10: "一〇"}),
        ("taiwaneseCountingThousand", {105: "一百零五"}),
        ("taiwaneseDigital", {10: "一〇"}),
        ("ideographLegalTraditional", {1010: "壹仟零壹拾"}),
        ("taiwaneseCounting", {10: "十", 12: "十二"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 35: "㉟", 36: "㊱", 50: "㊿", 51: "51"}),
        ("decimalEnclosedCircleChinese", {2: "②"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛", 21: "21"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalFullWidth2", {90: "９０"}),
        ("numberInDash", {3: "- 3 -"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 14: "14th"}),
        ("ordinal", {21: "21st", 22: "22nd", 33: "33rd", 111: "111th", 121: "121st"}),
        ("none", {5: "", 0: "", 10_000: ""}),
        ("of another planet", {5: "5"}),
    ],
)
def test_styles_of_numbers(style: str, values: dict[int, str]) -> None:
    assert {value: printed(value, style) for value in values} == values


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), (" -1 ", -1), ("-7", -1), ("9999", 9999), ("123456789", 9999), ("1234567890", 5), ("x", 5), ("", 5)],
)
def test_a_number_of_a_file_is_none_that_nobody_uses(text: str, value: int) -> None:
    assert whole_number(text, 5) == value
    assert whole_number("x") == 0


def test_a_list_has_nine_levels(word: Read) -> None:
    levels = abstract(0, *(level(n, "decimal", f"%{n + 1})") for n in range(10)))
    assert texts(word(item("甲", 1, 8) + item("乙", 1, 9), numbering=levels + num(1, 0))) == ["1)甲", "乙"]


def test_a_number_names_a_level_above_that_has_not_counted_yet_by_its_first_value(word: Read) -> None:
    first = level(0, "chineseCounting", "%1、").replace('start w:val="1"', 'start w:val="3"')
    body = item("甲", 1, 1) + item("乙", 1, 1) + item("丙", 1)
    numbers = abstract(0, first, level(1, "decimal", "%1.%2.%3 ")) + num(1, 0)
    assert texts(word(body, numbering=numbers)) == ["三.1. 甲", "三.2. 乙", "三、丙"]


@pytest.mark.parametrize(("value", "told"), [("1", "1.1"), ("on", "1.1"), ("0", "一.1"), ("false", "一.1")])
def test_levels_are_in_digits_where_the_list_says_so(word: Read, value: str, told: str) -> None:
    own = level(1, "decimal", "%1.%2", f'<w:isLgl w:val="{value}"/>')
    numbers = abstract(0, level(0, "chineseCounting", "%1"), own) + num(1, 0)
    assert texts(word(item("甲", 1) + item("乙", 1, 1), numbering=numbers)) == ["一甲", f"{told}乙"]


def test_a_number_of_its_own_form_has_as_many_digits_as_it(word: Read) -> None:
    own = '<w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    own += '<w:suff w:val="nothing"/><w:lvlText w:val="%1."/></w:lvl>'
    assert texts(word(item("甲", 1) + item("乙", 1), numbering=abstract(0, own) + num(1, 0))) == ["009.甲", "010.乙"]


@given(st.integers(1, 99))
def test_counted_numbers_are_what_the_reader_of_plans_reads(value: int) -> None:
    for style in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"):
        assert worth(printed(value, style)) == value


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_numbers_count_as_a_person_would(steps: list[int]) -> None:
    from lxml import etree

    from plandata.texts.formats.numbering import W, read_numbering

    levels = "".join(level(n, "decimal", f"%{n + 1}") for n in range(4))
    root = etree.fromstring(f'<w:numbering xmlns:w="{W[1:-1]}">{abstract(0, levels)}{num(1, 0)}</w:numbering>')
    numbering = read_numbering(root, {})
    for n, at in enumerate(steps):
        since = max((m for m in range(n) if steps[m] < at), default=-1)
        assert numbering.label("1", at) == str(1 + sum(steps[m] == at for m in range(since + 1, n)))


def test_the_strict_form_and_a_part_with_macros_are_read(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    path, body = tmp_path / "plan.docm", docx_paragraph("甲")
    path.write_bytes(
        packed(
            {
                "word/document.xml": f'<w:document xmlns:w="{strict}"><w:body>{body}</w:body></w:document>',
                "word/vbaProject.bin": b"\xd0\xcf macro",
            }
        )
    )
    assert texts(read(path)) == ["甲"]


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"word/document.xml": "<w:document"}, "XML that is damaged"),
        ({"word/document.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}, "DOCTYPE"),
        ({"word/document.xml": "<a/>"}, "no body"),
        ({"word/document.xml": "<a/>", "../evil.xml": "x"}, "leads out of the archive"),
        ({"word/document.xml": "<a/>", "/evil.xml": "x"}, "leads out of the archive"),
        ({"word/document.xml": b"<a>" + b" " * 5_000_000 + b"</a>"}, "unpacks to far more"),
        ({"word/document.xml": "<a>" * 100_000}, "XML that is damaged or nested too deeply"),
        (
            {"word/document.xml": docx_paragraph("x"), **{f"word/{n}.xml": "" for n in range(10_001)}},
            "more than 10,000 parts",
        ),
    ],
)
def test_an_archive_made_to_hurt_is_refused(tmp_path: Path, parts: dict[str, str | bytes], problem: str) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(packed(parts))
    with pytest.raises(PackageError, match=problem) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)

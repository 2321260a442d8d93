"""A Word document as offices write it: page, type and numbering of GB/T 9704-2012 in Chinese, plain in English.

The figures are those of the national standard GB/T 9704-2012, Layout key for official document of Party and government
organs (its clauses 5.2.1 to 5.2.3, 7.3.1, 7.3.3, 7.3.5 and 7.5; read in the reprints at m.dfix.cn/dadarbeb/rbehhvbb,
laobiganzi.top/179873.html and m.lw881.com/qikan/313492.html): A4; 37 mm above, 28 mm left, a type area of 156 mm by
225 mm; 22 lines of 28 characters; body in 3号 (16 pt) 仿宋; title in 2号 (22 pt) 小标宋, centred; first level 黑体
"一、", second 楷体 "（一）", third "1." and fourth "（1）" in 仿宋; page number in 4号 (14 pt) 宋体 between two dashes,
on the outer side 7 mm below the type area; issuer centred over the date, which ends four characters from the right.
Bold for the third level is not in the standard but usual. Numbers of headings are text, so that no other program counts
anew.
"""

import io
import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from rich.cells import cell_len

from plandata.files import need
from plandata.text import Text, printable

# Lengths in the units of the format: twentieths of a point, and the units of drawings, 36,000 a millimetre.
TWIPS, DRAWN = 1440 / 25.4, 36_000
PAGE = {"width": 210, "height": 297, "top": 37, "left": 28, "right": 26, "bottom": 35, "footer": 22}
# Between pictures side by side some room is left.
TYPE_AREA, GUTTER = 156, 4
# 225 mm are 12,756 twips: 22 lines of 579 fill them. 28 characters of 16 pt on 156 mm stand a quarter of a point
# closer; said as a spacing of the text, since some programs pull a page with a grid of characters apart.
LINE, CLOSER, GRID = 579, -5, '<w:docGrid w:type="lines" w:linePitch="579"/>'
DIGITS = "〇一二三四五六七八九十"
LEVELS, BODY, TITLE, CAPTION, CELL, HEAD, SIGNATURE = 4, "Normal", "Title", "caption", "Cell", "Head", "Signature"
# From how many columns on a table has smaller type: 五号, and the 小五 of notes.
FULL, DENSE = 5, 6
# The sizes in points at which the cells of a table are set, by their look; how wide a letter is as a share of its size,
# twips to a point, and the room beside a text in twips.
SIZES = {"": 12.0}
LETTER, POINT, MARGIN = 0.56, 20, 50
MIDDLE, SMALL = (f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' for size in (21, 18))
SIZES |= {MIDDLE: 10.5, SMALL: 9.0}
# What stands where the standard's font is not installed; Word takes the first that it finds.
INSTEAD = {
    "仿宋_GB2312": "仿宋,FangSong,华文仿宋",
    "楷体_GB2312": "楷体,KaiTi,华文楷体",
    "方正小标宋简体": "方正小标宋_GBK,华文中宋,宋体",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
SERIF = "Times New Roman"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
UNNAMED_DAY = datetime(2000, 1, 1)
TO_THE_RIGHT = '<w:jc w:val="right"/>'
MADE_AT = (1980, 1, 1, 0, 0, 0)
LEFT_OUT = ("thumbnail", "customXml", "stylesWithEffects", "numbering")
COLON = Text(": ", "：")
# The room of a line of a title, in halves of a character, and after what a title is broken.
TITLE_CELLS, TITLE_BREAK = 40, re.compile("[省州市县]|规划|》")


@dataclass(frozen=True)
class Look:
    """How the paragraphs of a style look: sizes in points, lines, gaps and spacing in twips.

    A line of 0 is as high as its text; grid tells whether its lines stand on those of the page.
    """

    font: str
    size: float
    bold: bool = False
    align: str = "both"
    line: int = LINE
    indent: bool = False
    before: int = 0
    after: int = 0
    outline: int | None = None
    keep: bool = False
    grid: bool = True
    spacing: int = 0


FANGSONG, KAI, HEI, SONG, TITLE_SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
CHINESE = {
    BODY: Look(FANGSONG, 16, indent=True, spacing=CLOSER),
    TITLE: Look(TITLE_SONG, 22, align="center", line=700, after=LINE, keep=True, grid=False),
    "heading 1": Look(HEI, 16, align="left", indent=True, outline=0, keep=True),
    "heading 2": Look(KAI, 16, align="left", indent=True, outline=1, keep=True),
    "heading 3": Look(FANGSONG, 16, bold=True, align="left", indent=True, outline=2, keep=True),
    "heading 4": Look(FANGSONG, 16, align="left", indent=True, outline=3, keep=True),
    CAPTION: Look(HEI, 12, align="center", line=0, before=160, after=80, keep=True, grid=False),
    CELL: Look(FANGSONG, 12, align="left", line=0, grid=False),
    HEAD: Look(HEI, 12, align="center", line=0, grid=False),
    SIGNATURE: Look(FANGSONG, 16, align="right", keep=True),
    "footer": Look(SONG, 14, line=0, grid=False),
}
ENGLISH = {
    BODY: Look(FANGSONG, 12, line=320, after=120, align="left"),
    TITLE: Look(TITLE_SONG, 20, bold=True, align="center", line=0, after=360, keep=True),
    "heading 1": Look(HEI, 14, bold=True, align="left", line=0, before=320, after=120, outline=0, keep=True),
    "heading 2": Look(HEI, 12, bold=True, align="left", line=0, before=240, after=100, outline=1, keep=True),
    "heading 3": Look(KAI, 12, bold=True, align="left", line=0, before=160, after=80, outline=2, keep=True),
    "heading 4": Look(FANGSONG, 12, align="left", line=0, before=120, after=60, outline=3, keep=True),
    CAPTION: Look(HEI, 10.5, bold=True, align="left", line=0, before=200, after=80, keep=True),
    CELL: Look(FANGSONG, 10.5, align="left", line=0),
    HEAD: Look(HEI, 10.5, bold=True, align="left", line=0),
    SIGNATURE: Look(FANGSONG, 12, line=320, align="right", keep=True),
    "footer": Look(SONG, 11, line=0),
}
LOOKS: Mapping[str, Mapping[str, Look]] = {"zh": CHINESE, "en": ENGLISH}


class Document:
    """A document that grows from top to bottom; texts may hold any characters, of which the format's own are escaped.

    Raises PackageError where python-docx (the extra `office`) is not installed.
    """

    def __init__(
        self, title: str, lang: str, day: datetime = UNNAMED_DAY, looks: Mapping[str, Look] | None = None
    ) -> None:
        """An empty document in a language, zh or en, with its title; day is told as that of its making.

        looks are those of its styles, by default those of offices.
        """
        self.lang, self.counters, self.looks = lang, [0] * LEVELS, looks or LOOKS[lang]
        self.parse = need("docx.oxml", "office").parse_xml
        self.file = need("docx", "office").Document()
        self.dress()
        self.describe(title, day)
        self.title(title)

    def dress(self) -> None:
        """Takes the template's styles and odd parts away and brings our own, with page and footers."""
        styles = self.file.styles.element
        for child in list(styles):
            styles.remove(child)
        for text in style_sheet(self.looks, self.lang):
            styles.append(self.parse(text))
        for part in (self.file.part, self.file.part.package):
            for key, rel in list(part.rels.items()):
                if rel.reltype.rsplit("/", 1)[-1] in LEFT_OUT:
                    del part.rels[key]
        self.file.element.body.replace(self.file.element.body.sectPr, self.parse(section(self.lang)))
        self.file.settings.odd_and_even_pages_header_footer = True
        sheet = self.file.sections[0]
        for footer, side in ((sheet.footer, "right"), (sheet.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            old = footer.paragraphs[0]._p
            old.getparent().replace(old, self.parse(page_number(side, self.lang)))

    def describe(self, title: str, day: datetime) -> None:
        """What the file tells of itself; nothing of the machine, the person or the hour."""
        about = self.file.core_properties
        about.title, about.author, about.last_modified_by, about.comments = printable(title)[:250], "", "", ""
        about.language, about.revision = {"zh": "zh-CN", "en": "en-GB"}[self.lang], 1
        about.created = about.modified = day

    def add(self, text: str, style: str, properties: str = "") -> None:
        """A paragraph of a style at the end; properties are further ones of its own, as XML."""
        self.file.element.body.sectPr.addprevious(self.parse(paragraph(text, style, properties)))

    def runs(self, parts: Sequence[tuple[str, str]], style: str, properties: str = "") -> None:
        """A paragraph of pieces of text, each with the properties of its run as XML."""
        pieces = "".join(
            f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r>'
            for text, run in parts
        )
        made = paragraph("", style, properties).replace("</w:p>", f"{pieces}</w:p>")
        self.file.element.body.sectPr.addprevious(self.parse(made))

    def title(self, text: str) -> None:
        """The title; in Chinese one too long for its line is broken between words."""
        lines = title_lines(printable(text)) if self.lang == "zh" else [text]
        made = paragraph(text, TITLE)
        if len(lines) > 1:
            made = made.replace(escape(printable(text)), "</w:t><w:br/><w:t>".join(map(escape, lines)))
        self.file.element.body.sectPr.addprevious(self.parse(made))

    def heading(self, text: str, level: int) -> None:
        """A heading of level 1 to 4 with its number; a heading of a higher level lets the lower ones begin anew."""
        self.counters[level - 1] += 1
        self.counters[level:] = [0] * (LEVELS - level)
        self.add(numbered(self.counters[:level], self.lang) + text, f"heading {level}")

    def part(self, text: str) -> None:
        """A heading without a number, as an annex has it."""
        self.add(text, "heading 1")

    def paragraph(self, text: str) -> None:
        """A paragraph of running text."""
        self.add(text, BODY)

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float] | None = None,
        right: Collection[int] = (),
        caption: str = "",
    ) -> None:
        """A table over the whole type area: its head on every page, no row cut; right names columns of numbers.

        widths are the shares of the columns, by default as their texts need it.
        """
        if caption:
            self.add(caption, CAPTION)
        shares = widths or shares_of([head, *rows])
        columns = [round(TYPE_AREA * TWIPS * share / sum(shares)) for share in shares]
        look = SMALL if len(head) >= DENSE else MIDDLE if len(head) >= FULL else ""
        if self.lang == "en":
            columns = unbroken(columns, [head, *rows], SIZES[look])
        lines = [row_of(head, columns, HEAD, (), look), *(row_of(row, columns, CELL, right, look) for row in rows)]
        self.file.element.body.sectPr.addprevious(self.parse(table_of(columns, lines)))
        self.add("", CELL)

    def picture(self, png: bytes, alt: str, width_mm: float, caption: str = "") -> None:
        """A picture in the middle, no wider than the type area, with the text for those who do not see it."""
        self.add("", CELL, '<w:keepNext/><w:jc w:val="center"/>')
        run = self.file.paragraphs[-1].add_run()
        drawn = run.add_picture(io.BytesIO(png), width=int(min(width_mm, TYPE_AREA) * DRAWN))
        drawn._inline.docPr.set("descr", printable(alt))
        if caption:
            self.add(caption, CAPTION)

    def pictures(self, drawn: Sequence[tuple[bytes, str]], abreast: int, caption: str = "") -> None:
        """Pictures side by side, so many in a row, each under its title, which is its alternative text too."""
        columns = [round(TYPE_AREA * TWIPS / abreast)] * abreast
        titles = [title for _, title in drawn] + [""] * (-len(drawn) % abreast)
        rows = [row_of(titles[at : at + abreast], columns, CELL, (), SMALL) for at in range(0, len(titles), abreast)]
        self.file.element.body.sectPr.addprevious(self.parse(table_of(columns, rows, "none")))
        grid = self.file.tables[-1]
        for place, (png, title) in enumerate(drawn):
            run = grid.cell(place // abreast, place % abreast).add_paragraph(style=CELL).add_run()
            shape = run.add_picture(io.BytesIO(png), width=int((TYPE_AREA / abreast - GUTTER) * DRAWN))
            shape._inline.docPr.set("descr", printable(title))
        if caption:
            self.add(caption, CAPTION)

    def note(self, text: str) -> None:
        """A remark in small type, under a table or a picture."""
        self.file.element.body.sectPr.addprevious(
            self.parse(paragraph(text, CELL, '<w:spacing w:after="160"/>', SMALL))
        )

    def blank(self, prompt: str, lines: int = 1, properties: str = "") -> None:
        """A prompt and so many ruled lines that only people can fill; properties are further ones of theirs, as XML."""
        end = round(TYPE_AREA * TWIPS)
        rule = f'<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{end}"/></w:tabs>'
        for line in range(lines):
            text = prompt + COLON[self.lang].strip() if not line else ""
            flush = '<w:ind w:firstLineChars="0" w:firstLine="0"/>' if line else ""
            ruled = paragraph(text, BODY, properties + rule + flush).replace("</w:p>", "<w:r><w:tab/></w:r></w:p>")
            self.file.element.body.sectPr.addprevious(self.parse(ruled))

    def signature(self, lines: Sequence[str]) -> None:
        """Issuer and date on the right, centred over each other, after an empty line."""
        self.add("", SIGNATURE)
        size = self.looks[SIGNATURE].size
        widest = max(map(cell_len, lines))
        for line in lines:
            # In halves of a character, as cells are counted: four characters free on the right, or two.
            free = (8 if widest <= 36 else 4) + (widest - cell_len(line)) // 2
            self.add(line, SIGNATURE, f'<w:ind w:firstLineChars="0" w:firstLine="0" w:right="{free * size * 10:.0f}"/>')

    def content(self) -> bytes:
        """The file; the same calls make the same bytes."""
        made, content = io.BytesIO(), io.BytesIO()
        self.file.save(made)
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                part = font_table() if name == "word/fontTable.xml" else old.read(name)
                new.writestr(zipfile.ZipInfo(name, MADE_AT), part, zipfile.ZIP_DEFLATED)
        return content.getvalue()


def chinese(n: int) -> str:
    """A number from 1 to 99 in Chinese.

    >>> [chinese(n) for n in (1, 10, 12, 20, 35)]
    ['一', '十', '十二', '二十', '三十五']
    """
    tens, ones = divmod(n, 10)
    before = f"{DIGITS[tens] if tens > 1 else ''}十" if tens else ""
    return before + (DIGITS[ones] if ones else "")


def numbered(counters: Sequence[int], lang: str) -> str:
    """The number before a heading, from the counters of its level and those above.

    >>> numbered([2], "zh"), numbered([2, 1], "zh"), numbered([2, 1, 3], "zh"), numbered([2, 1], "en")
    ('二、', '（一）', '3.', '2.1 ')
    """
    last = counters[-1]
    if lang == "en":
        return ".".join(map(str, counters)) + ("." if len(counters) == 1 else "") + " "
    return (f"{chinese(last)}、", f"（{chinese(last)}）", f"{last}.", f"（{last}）")[len(counters) - 1]


def title_lines(title: str) -> list[str]:
    """A Chinese title as one line, or as two that both fit and are most alike, broken after a place or its plans.

    >>> title_lines("威宁彝族回族苗族自治县妇女儿童发展规划2023年度统计监测报告")
    ['威宁彝族回族苗族自治县', '妇女儿童发展规划2023年度统计监测报告']
    """
    if cell_len(title) <= TITLE_CELLS:
        return [title]
    broken = [[title[: at.end()], title[at.end() :]] for at in TITLE_BREAK.finditer(title)]
    fitting = [lines for lines in broken if all(0 < cell_len(line) <= TITLE_CELLS for line in lines)]
    return min(fitting, key=lambda lines: abs(cell_len(lines[0]) - cell_len(lines[1])), default=[title])


def shares_of(rows: Sequence[Sequence[str]]) -> list[float]:
    """The shares of columns: a column of long texts gets more, but no column all.

    >>> shares_of([["name", "n"], ["a name of a body", "12"]])
    [16, 5]
    """
    return [min(max(max(map(cell_len, column)), 5), 40) for column in zip(*rows, strict=True)]


def style_sheet(looks: Mapping[str, Look], lang: str) -> list[str]:
    """The styles as XML, the defaults of the document first."""
    tongue = f'<w:lang w:val="{"en-US" if lang == "zh" else "en-GB"}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults = (
        f"<w:docDefaults {W}><w:rPrDefault><w:rPr>{fonts(FANGSONG)}{tongue}</w:rPr></w:rPrDefault></w:docDefaults>"
    )
    tables = (
        f'<w:style {W} w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        "<w:tblPr/></w:style>"
    )
    return [defaults, *(style_of(name, look) for name, look in looks.items()), tables]


def style_of(name: str, look: Look) -> str:
    """A paragraph style as XML. All are based on none: what a style says is all that there is."""
    line = f'w:line="{look.line}" w:lineRule="exact"' if look.line else 'w:line="240" w:lineRule="auto"'
    first = round(look.size * 40)
    paragraph_look = "".join(
        (
            "<w:keepNext/>" if look.keep else "",
            "" if look.grid else '<w:snapToGrid w:val="0"/>',
            f'<w:spacing w:before="{look.before}" w:after="{look.after}" {line}/>',
            f'<w:ind w:firstLineChars="200" w:firstLine="{first}"/>' if look.indent else "",
            f'<w:jc w:val="{look.align}"/>',
            "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>',
        )
    )
    default = 'w:default="1"' if name == BODY else ""
    sizes = f'<w:sz w:val="{round(look.size * 2)}"/><w:szCs w:val="{round(look.size * 2)}"/>'
    snap = "" if look.grid else '<w:snapToGrid w:val="0"/>'
    closer = f'<w:spacing w:val="{look.spacing}"/>' if look.spacing else ""
    return (
        f'<w:style {W} w:type="paragraph" {default} '
        f'w:styleId="{style_id(name)}"><w:name w:val="{name}"/><w:qFormat/><w:pPr>{paragraph_look}</w:pPr>'
        f"<w:rPr>{fonts(look.font)}{'<w:b/>' if look.bold else ''}{snap}{closer}{sizes}</w:rPr></w:style>"
    )


def style_id(name: str) -> str:
    """The id of a style: its name without a space."""
    return name.title().replace(" ", "")


def fonts(chinese_font: str) -> str:
    """The fonts of a run: one for Chinese, a serif one for Latin letters and figures."""
    return f'<w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:eastAsia="{chinese_font}" w:cs="{SERIF}"/>'


def font_table() -> bytes:
    """The fonts with those that may stand in for them."""
    named = (
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in INSTEAD.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {W}>{''.join(named)}</w:fonts>".encode()


def section(lang: str) -> str:
    """The page as XML: size, margins and, in Chinese, the grid of its lines and characters."""
    size = {name: round(length * TWIPS) for name, length in PAGE.items()}
    margins = " ".join(f'w:{name}="{size[name]}"' for name in ("top", "right", "bottom", "left", "footer"))
    return (
        f'<w:sectPr {W}><w:pgSz w:w="{size["width"]}" w:h="{size["height"]}"/>'
        f'<w:pgMar {margins} w:header="851" w:gutter="0"/>{GRID if lang == "zh" else ""}</w:sectPr>'
    )


def page_number(side: str, lang: str) -> str:
    """The line with the page number, one character from the outer edge."""
    size = round(LOOKS[lang]["footer"].size * 20)
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    place = f'<w:ind w:{side}="{size}"/><w:jc w:val="{side}"/>'
    return f'<w:p {W}><w:pPr><w:pStyle w:val="Footer"/>{place}</w:pPr>{field}</w:p>'


def paragraph(text: str, style: str, properties: str = "", run: str = "") -> str:
    """A paragraph as XML; properties of the paragraph and of its run go over those of its style."""
    shown = f'<w:t xml:space="preserve">{escape(printable(text))}</w:t>' if text else ""
    looks = f"<w:rPr>{run}</w:rPr>" if run else ""
    head = f'<w:pPr><w:pStyle w:val="{style_id(style)}"/>{properties}</w:pPr>'
    return f"<w:p {W}>{head}{f'<w:r>{looks}{shown}</w:r>' if text else ''}</w:p>"


def unbroken(columns: Sequence[int], rows: Sequence[Sequence[str]], size: float) -> list[int]:
    """The widths of columns, no narrower than their longest word at a size in points; the others give what they can.

    >>> unbroken([300, 1700], [["measurable", "a b"]], 9)
    [1108, 892]
    """
    longest = [max(len(word) for text in texts for word in text.split() or [""]) for texts in zip(*rows, strict=True)]
    needed = [round(letters * size * LETTER * POINT + 2 * MARGIN) for letters in longest]
    lacking = sum(max(need - width, 0) for need, width in zip(needed, columns, strict=True))
    spare = sum(max(width - need, 0) for need, width in zip(needed, columns, strict=True))
    if lacking > spare:
        return list(columns)
    return [
        need if width < need else width - round((width - need) * lacking / spare) if spare else width
        for need, width in zip(needed, columns, strict=True)
    ]


def row_of(cells: Sequence[str], columns: Sequence[int], style: str, right: Collection[int], run: str) -> str:
    """A row as XML, which no page cuts; that of the head stands on every page."""
    head = "<w:tblHeader/>" if style == HEAD else ""
    made = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(text, style, TO_THE_RIGHT if i in right else '', run)}</w:tc>"
        for i, (text, width) in enumerate(zip(cells, columns, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(made)}</w:tr>"


def table_of(columns: Sequence[int], rows: Sequence[str], line: str = "single") -> str:
    """A table as XML, with thin lines, or with none."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="{line}" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl {W}><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{lines}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="25" w:type="dxa"/>'
        f'<w:left w:w="{MARGIN}" w:type="dxa"/><w:bottom w:w="25" w:type="dxa"/><w:right w:w="{MARGIN}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )

"""Files as people make them, beyond plain paragraphs: pages with layout tables, lists, automatic numbers, contents."""

import html as markup
import re
from collections.abc import Callable, Sequence

from rendered import Paragraph, as_ofd, as_pdf, as_txt, docx, docx_paragraph, docx_table, html_table, run

MENU = "<ul><li><a href='/'>首页</a></li><li><a href='/zw'>政务公开</a></li><li><a href='/fw'>办事服务</a></li></ul>"
FOOT = "<div>主办：某某人民政府办公室　网站标识码：0000000000</div><div>扫一扫在手机打开当前页</div>"


def page(inner: str) -> bytes:
    head = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>规划</title></head>'
    return f"{head}<body>{inner}</body></html>".encode()


def html_breaks(lines: Sequence[Paragraph]) -> bytes:
    """A web page with its whole text in one paragraph, lines ended by br and indented by hard spaces."""
    made = [
        f"&nbsp;&nbsp;&nbsp;&nbsp;{markup.escape(each)}<br/>" if isinstance(each, str) else f"</p>{html_table(each)}<p>"
        for each in lines
    ]
    return page(f"{MENU}<div id='zoom'><p>{''.join(made)}</p></div>{FOOT}")


def html_framed(lines: Sequence[Paragraph]) -> bytes:
    """An old web page: all in nested tables, each paragraph in fonts and spans that part its words."""
    made = ""
    for each in lines:
        if isinstance(each, str):
            middle = len(each) // 2
            first, second = markup.escape(each[:middle]), markup.escape(each[middle:])
            made += f"<p style='text-indent:2em'><font face='仿宋'>{first}</font><span><b>{second}</b></span></p>\n"
        else:
            made += html_table(each)
    frame = f"<table><tr><td>{MENU}</td></tr><tr><td><table><tr><td>{made}</td></tr></table></td></tr></table>"
    return page(frame + FOOT)


def html_lists(lines: Sequence[Paragraph]) -> bytes:
    """A web page whose items with full stops are lists of HTML, headings h2 and h3."""
    made, listed = "", False
    for each in lines:
        number = re.match(r"([0-9]+)\.(?!\d)", each) if isinstance(each, str) else None
        if number and (int(number[1]) == 1 or not listed):
            made += "</ol>" * listed + f"<ol start='{number[1]}'>"
            listed = True
        elif not number:
            made += "</ol>" * listed
            listed = False
        if not isinstance(each, str):
            made += html_table(each)
        elif number:
            made += f"<li value='{number[1]}'>{markup.escape(each[number.end() :])}</li>"
        elif re.match("[一二三四五六七八九]、", each) and len(each) < 30:
            made += f"<h2>{markup.escape(each)}</h2>"
        elif re.match("（[一二三四五六七八九十]+）", each) and len(each) < 16:
            made += f"<h3>{markup.escape(each)}</h3>"
        else:
            made += f"<p>{markup.escape(each)}</p>"
    return page(made + "</ol>" * listed)


LEVELS = (
    (0, "chineseCounting", "%1、", r"([一二三四五六七八九十]+)、"),
    (1, "chineseCounting", "（%2）", r"（([一二三四五六七八九十]+)）"),
    (2, "decimal", "%3.", r"(\d+)[.．](?!\d)"),
    (3, "decimal", "（%4）", r"（(\d+)）"),
)


def docx_numbered(lines: Sequence[Paragraph]) -> bytes:
    """A Word document that numbers by itself: each list is one of its own, from the number that was printed."""
    body, numbers = "", ""
    own: dict[int, int] = {}
    count = 0
    for each in lines:
        if not isinstance(each, str):
            body += docx_table(each)
            continue
        found = next(((at, m) for at, _, _, words in LEVELS if (m := re.match(words, each))), None)
        if not found:
            body += docx_paragraph(each)
            continue
        at, match = found
        value = ordinal(match[1])
        if own.get(at, 0) + 1 != value or value == 1:
            count += 1
            numbers += (
                f'<w:num w:numId="{count}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="{at}">'
                f'<w:startOverride w:val="{value}"/></w:lvlOverride></w:num>'
            )
            own[at + 10] = count
        own[at] = value
        properties = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{own[at + 10]}"/></w:numPr>'
        body += docx_paragraph(each[match.end() :], properties)
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="nothing"/>'
        f'<w:lvlRestart w:val="0"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, style, text, _ in LEVELS
    )
    return docx(body, numbering=f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{numbers}')


def ordinal(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    tens, ten, ones = printed.rpartition("十")
    signs = "零一二三四五六七八九"
    return (10 * (signs.index(tens) if tens else 1) if ten else 0) + (signs.index(ones) if ones else 0)


def docx_styled(lines: Sequence[Paragraph]) -> bytes:
    """A Word document with a field of contents, headings by style, and a tracked change in each paragraph."""
    heads = [each for each in lines if isinstance(each, str) and level_of(each)]
    body = docx_paragraph("目录") * bool(heads) + "".join(
        f'<w:p><w:pPr><w:pStyle w:val="TOC{level_of(each)}"/></w:pPr>{run(each)}'
        f"<w:r><w:tab/></w:r>{run(str(n + 1))}</w:p>"
        for n, each in enumerate(heads)
    )
    body = docx_paragraph(lines[0] if isinstance(lines[0], str) else "") + body
    for each in lines[1:]:
        if not isinstance(each, str):
            body += docx_table(each)
            continue
        level = level_of(each)
        style = f'<w:pPr><w:pStyle w:val="H{level}"/></w:pPr>' if level else ""
        gone = '<w:del w:id="1" w:author="a"><w:r><w:delText>删去的字</w:delText></w:r></w:del>'
        added = f'<w:ins w:id="2" w:author="a">{run(each[4:])}</w:ins>'
        body += f"<w:p>{style}{run(each[:4])}{gone}{added}</w:p>"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/>'
        f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
        f'<w:style w:type="paragraph" w:styleId="TOC{n}"><w:name w:val="toc {n}"/></w:style>'
        for n in (1, 2)
    )
    return docx(body, styles=styles)


def level_of(text: str) -> int:
    if len(text) > 30 or text[-1] in "。；：":
        return 0
    return (
        1
        if re.match("[一二三四五六七八九]、|第[一二三四五]章", text)
        else 2
        if re.match("（[一二三四五六七八九十]+）", text)
        else 0
    )


def txt_wrapped(width: int, indent: int) -> Callable[[Sequence[Paragraph]], bytes]:
    def made(lines: Sequence[Paragraph]) -> bytes:
        cut: list[Paragraph] = []
        for each in lines:
            text = "　" * indent + each if isinstance(each, str) else each
            cut += [text[i : i + width] for i in range(0, len(text), width)] if isinstance(text, str) else [text]
        return as_txt(cut)

    return made


def txt_tabs(lines: Sequence[Paragraph]) -> bytes:
    """Plain text with the rows of tables on one line each, their cells parted by tabs, merged ones empty."""
    from rendered import placed

    made = []
    for each in lines:
        if isinstance(each, str):
            made.append(each)
            continue
        cells = {(row, column): text for text, row, column, _, _ in placed(each)}
        wide = 1 + max(column for _, column in cells)
        made += ["\t".join(cells.get((row, n), "").replace("\n", "") for n in range(wide)) for row in range(len(each))]
    return "\n".join(made).encode()


FILES: dict[str, Callable[[Sequence[Paragraph]], bytes]] = {
    "breaks.html": html_breaks,
    "framed.html": html_framed,
    "lists.html": html_lists,
    "numbered.docx": docx_numbered,
    "styled.docx": docx_styled,
    "cut-30.txt": txt_wrapped(30, 2),
    "cut-36.txt": txt_wrapped(36, 0),
    "cut-40.txt": txt_wrapped(40, 2),
    "tabs.txt": txt_tabs,
    "headers.pdf": lambda lines: as_pdf(lines, header="某地发展规划", footer="— {page} —"),
    "headers.ofd": lambda lines: as_ofd(lines, header="某地发展规划", footer="第 {page} 页 共 {pages} 页"),
}

"""Web pages: the encodings they come in, what a browser shows, lists, tables and what stands around the text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plandata.files import PackageError
from plandata.texts.formats import Document, read

pytest.importorskip("lxml")
Read = Callable[..., Document]
PLAN = "云汀县妇女发展规划"


@pytest.fixture
def page(tmp_path: Path) -> Read:
    """Reads the body of a page, or the bytes of a whole one."""

    def read_it(body: str | bytes) -> Document:
        path = tmp_path / "plan.html"
        whole = body if isinstance(body, bytes) else f"<!DOCTYPE html><html><body>{body}</body></html>".encode()
        path.write_bytes(whole)
        return read(path)

    return read_it


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


@pytest.mark.parametrize(
    "content",
    [
        f"<html><body><p>{PLAN}</p></body></html>".encode("gb18030"),
        f"<html><head><meta charset=gb2312></head><body><p>{PLAN}</p></body></html>".encode("gbk"),
        f'<html><meta http-equiv="Content-Type" content="text/html; charset=GBK"><p>{PLAN}</p></html>'.encode("gbk"),
        f"<html><meta charset='utf-8'><p>{PLAN}</p></html>".encode(),
        f"<html><meta charset='utf-8'><p>{PLAN}</p></html>".encode("gbk"),
        f"<html><meta charset='iso-8859-1'><p>{PLAN}</p></html>".encode("gbk"),
        f"<html><p>{PLAN}</p></html>".encode("utf-8-sig"),
        f"<html><p>{PLAN}</p></html>".encode("utf-16"),
        f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><p>{PLAN}</p></html>'.encode(),
        f"<html><meta charset='big5'><p>{PLAN}</p></html>".encode(),
        b"<html><meta charset='punycode'><p>" + PLAN.encode() + b"</p></html>",
        b"<html><meta charset='gbk'><p>" + PLAN.encode("gbk") + b"</p><p>\xff</p></html>",
    ],
)
def test_encodings(page: Read, content: bytes) -> None:
    assert texts(page(content))[0] == PLAN


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
        ("<div>甲<p>乙</p>丙</div>", ["甲", "乙", "丙"]),
        ("<p>甲<b>乙</b><span>丙</span></p>", ["甲乙丙"]),
        ("<p>&nbsp;&nbsp;甲&amp;乙&lt;丙<wbr>丁&shy;戊&#12288;</p>", ["甲&乙<丙丁戊"]),
        ("<p>甲\n   乙</p>", ["甲 乙"]),
        ("<script>x</script><style>y</style><noscript>z</noscript><template>t</template><p>甲</p>", ["甲"]),
        ("<p hidden>藏</p><p style='DISPLAY: none'>藏</p><svg><text>图</text></svg><p>甲</p>", ["甲"]),
        ("<button>打印</button><select><option>大</select><textarea>t</textarea><input value=x><p>甲</p>", ["甲"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<!-- 注 --><p>甲<!-- 注 -->乙</p>", ["甲乙"]),
        ("<center><font size=5>甲</font></center>乙", ["甲", "乙"]),
        ("<p><span style='mso-list:Ignore'>一、<span>&nbsp;&nbsp;</span></span>总则</p>", ["一、\xa0\xa0总则"]),
        ("<ol><li>甲<li>乙</ol>", ["1.甲", "2.乙"]),
        ("<ol start=3><li>甲</li><li value=9>乙</li><li>丙</li></ol>", ["3.甲", "9.乙", "10.丙"]),
        ("<ol type=a><li>甲</ol><ol type=I><li>乙</ol>", ["a.甲", "I.乙"]),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲</ol>", ["一、甲"]),
        ("<ol style='list-style: simp-chinese-informal'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
        ("<ol><li>1.甲<li>（二）乙<li><p>丙</p></ol>", ["1.甲", "（二）乙", "3.丙"]),
        ("<ul><li>甲<ol><li>乙</ol></li></ul>", ["●甲", "1.乙"]),
        ("<ul style='list-style:none'><li>甲</ul>", ["甲"]),
        ("<ol><li style='list-style-type:Upper-Roman'>甲<li>乙</ol>", ["I.甲", "2.乙"]),
        ("<ol type=a start=0><li>甲<li>乙</ol>", ["0.甲", "a.乙"]),
        ("<ol start=9999><li>甲<li>乙</ol>", ["9999.甲", "10000.乙"]),
        ("<ol><li><b>甲</b>乙</ol>", ["1.甲乙"]),
        ("<ul><li></li></ul><p>甲</p>", ["甲"]),
    ],
)
def test_what_a_browser_shows(page: Read, body: str, lines: list[str]) -> None:
    assert texts(page(body)) == lines


def test_pieces_between_line_breaks_are_whole_and_headings_have_levels(page: Read) -> None:
    assert [line.level for line in page("<h2>甲<div><h4>乙</h4></div>丙</h2>丁").lines] == [2, 4, 2, 0]
    document = page("<h1>甲</h1><h3>乙</h3><p>丙<br>丁</p>")
    assert [(line.text, line.level, line.whole) for line in document.lines] == [
        *(("甲", 1, True), ("乙", 3, True), ("丙", 0, True), ("丁", 0, True)),
    ]
    assert [line.place.paragraph for line in document.lines] == [1, 2, 3, 4]


def test_what_stands_around_the_text_is_furniture(page: Read) -> None:
    body = "<nav>首页</nav><header><h1>网站</h1></header><article><header><h1>规划</h1></header><p>甲</p></article>"
    document = page(body + "<aside>相关</aside><footer>版权</footer>")
    assert texts(document) == ["规划", "甲"]
    assert [line.text for line in document.furniture] == ["首页", "网站", "相关", "版权"]


def test_cells_have_their_places(page: Read) -> None:
    rows = "<tr><th>领域<th>序号<th colspan=2>指标<tbody><tr><td rowspan=2>健康<td>1<td>死亡率<td>8.5"
    rows += "<tr><td>2<td>筛查<br>率<td>75"
    document = page(f"<table><caption>指标表</caption>{rows}</table>")
    places = [
        (line.text, *(getattr(line.place, name) for name in ("table", "row", "column", "rows", "columns")))
        for line in document.lines
    ]
    assert places == [
        ("指标表", 0, 0, 0, 1, 1),
        ("领域", 1, 1, 1, 1, 1),
        ("序号", 1, 1, 2, 1, 1),
        ("指标", 1, 1, 3, 1, 2),
        ("健康", 1, 2, 1, 2, 1),
        ("1", 1, 2, 2, 1, 1),
        ("死亡率", 1, 2, 3, 1, 1),
        ("8.5", 1, 2, 4, 1, 1),
        ("2", 1, 3, 2, 1, 1),
        ("筛查\n率", 1, 3, 3, 1, 1),
        ("75", 1, 3, 4, 1, 1),
    ]


def test_a_hidden_cell_takes_no_column(page: Read) -> None:
    lines = page("<table><tr><td>甲<td hidden>藏<td>乙<tr><td>丙<td>丁</table>").lines
    assert [(line.text, line.place.column) for line in lines] == [("甲", 1), ("乙", 2), ("丙", 1), ("丁", 2)]


def test_a_table_that_only_lays_out_a_page_is_read_as_blocks(page: Read) -> None:
    plan = "".join(f"<p>{n}.推进妇女事业全面发展，健全各项保障制度。</p>" for n in range(1, 30))
    document = page(f"<table><tr><td>菜单<td>{plan}</table><table><tr><td><p>框内</p></table>")
    assert len(document.lines) == 31
    assert {line.place.table for line in document.lines} == {0}
    inner = page(f"<table><tr><td>左<td>{plan}<table><tr><td>甲<td>乙</table></table>").lines[-2:]
    assert [(line.text, line.place.table, line.place.column) for line in inner] == [("甲", 1, 1), ("乙", 1, 2)]


def test_absurd_spans_are_capped(page: Read) -> None:
    cell = page("<table><tr><td colspan=999999999 rowspan=999999999>甲<td>乙<tr><td>丙</table>").lines[0]
    assert (cell.place.rows, cell.place.columns) == (2, 200)


def test_deep_tags_never_crash(page: Read) -> None:
    assert texts(page("<font>" * 1500 + "甲" + "</font>" * 1500)) == ["甲"]
    with pytest.raises(PackageError, match=r"plan.html: has tags nested too deeply; save the page anew"):
        page("<div>" * 100_000 + "甲")
    assert texts(page("<table><tr><td>" * 200 + "甲")) == ["甲"]


def test_nothing_is_fetched_or_expanded(page: Read) -> None:
    entity = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><p>a&x;</p><img src="http://127.0.0.1:9/x"></html>'
    assert [text.replace("&x;", "").replace("]>", "") for text in texts(page(entity))][-1] == "a"

"""Files that give nothing, or were made to hurt: each with words of the reason for which it is refused."""

import io
import re
import zipfile
from collections.abc import Mapping

from messy import HEAD, RETENTION, book

GOOD = book(Sheet1=[HEAD, [RETENTION, "%", 2023, 97, "年报", ""]])
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return content.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        return {name: read.read(name) for name in read.namelist()}


def changed(pattern: bytes, by: bytes) -> bytes:
    """The good workbook with something in its sheet changed."""
    parts = parts_of(GOOD)
    sheet = "xl/worksheets/sheet1.xml"
    made, times = re.subn(pattern, by, parts[sheet], flags=re.DOTALL)
    assert times
    return zipped({**parts, sheet: made})


def claiming() -> bytes:
    """A workbook whose sheet claims to fill all of the grid, and does not."""
    return changed(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"')


def cornered() -> bytes:
    """A workbook with a cell in the first and in the last corner of the grid."""
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return changed(b"</sheetData>", corner)


def bomb() -> bytes:
    return zipped({**parts_of(GOOD), "xl/media/image1.png": bytes(210 * 1024**2)})


def locked() -> bytes:
    return COMPOUND + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


REFUSED = {
    "加密.xlsx": (locked(), "打开密码"),
    "半截.xlsx": (GOOD[: len(GOOD) // 2], "损坏"),
    "坏表.xlsx": (changed(b"</sheetData>.*", b"</row>"), "损坏"),
    "假表.xlsx": (b"not a workbook", "损坏"),
    "旧版坏.xls": (COMPOUND + bytes(4096), "损坏"),
    "空.xlsx": (b"", "文件为空"),
    "满角.xlsx": (cornered(), "无法读取"),
    "通知.docx": (zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"}), "文档"),
    "扫描.pdf": (b"%PDF-1.7\n", "文档"),
    "旧文档.doc": (COMPOUND + bytes(512) + "WordDocument".encode("utf-16-le"), "文档"),
    "打包.zip": (zipped({"a.txt": b"x"}), "压缩包"),
    "网页.xls": (b"<html><table></table></html>", "网页"),
    "图.bin": (b"\x00\x01\x02", "不是工作簿"),
    "无表.xlsx": (book(Sheet1=[["工作总结"]]), "没有找到表头"),
}

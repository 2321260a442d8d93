"""The door to files: the same lines from every format, and one clear sentence for each file that cannot be read."""

import builtins
import hashlib
import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendered import RENDERED, as_docx, as_html, as_ofd, as_pdf, as_txt, packed

from plandata.files import PackageError
from plandata.text import normalise
from plandata.texts.formats import FORMATS, Document, read, txt
from plandata.texts.formats.archive import unpack
from plandata.texts.formats.document import Line, Place
from plandata.texts.formats.txt import decoded, is_text

for library in ("lxml", "pypdfium2", "reportlab"):
    pytest.importorskip(library)
PLAN = [
    "云汀县妇女发展规划（2021—2025年）",
    "为推进全县妇女事业全面发展，依据《青禾区妇女发展规划》和有关法律法规，结合本县实际，制定本规划，规划期限为2021—2025年。",
    "一、发展领域",
    "（一）妇女与健康",
    "主要目标：",
    "1.孕产妇死亡率控制在8.5/10万以下，妇女的人均预期寿命逐步提高，保持在82岁以上，城乡之间的差距缩小到百分之五以内，服务更加便捷。",
    "2.宫颈癌和乳腺癌筛查率达到75%以上。（责任单位：县卫生健康局、县妇联）",
    "策略措施：",
    "（1）完善保障妇女健康的制度机制。",
    "妇女发展主要指标表",
    [
        ["领域", "序号", "指标", "2020年", "2025年"],
        [("妇女与健康", 2, 1), "1", "孕产妇死亡率（1/10万）", "8.5", ("控制在适当水平", 2, 1)],
        ["2", "筛查率（%）", "75"],
        ["妇女与教育", "3", "毛入学率（%）", ("≥99", 1, 2)],
    ],
    "二、组织实施",
]
CELLS = [
    ("妇女与健康", 2, 1, 2, 1),
    ("孕产妇死亡率(1/10万)", 2, 3, 1, 1),
    ("控制在适当水平", 2, 5, 2, 1),
    ("2", 3, 2, 1, 1),
    ("≥99", 4, 4, 1, 2),
]


def normal(document: Document) -> list[str]:
    return [normalise(line.text) for line in document.lines]


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "txt"])
def test_every_format_gives_the_same_paragraphs_and_cells(tmp_path: Path, form: str) -> None:
    document = read(put(tmp_path, f"plan.{form}", RENDERED[form](PLAN * 5)))
    assert document.format == form
    assert normal(document) == normal(read(put(tmp_path, "plan.txt", as_txt(PLAN * 5))))
    assert all(line.whole for line in document.lines)
    names = ("row", "column", "rows", "columns")
    cells = [
        (normalise(line.text), *(getattr(line.place, n) for n in names))
        for line in document.lines
        if line.place.table == 5
    ]
    assert set(CELLS) <= set(cells)
    assert [line.place.paragraph for line in document.lines] == list(range(1, len(document.lines) + 1))


@pytest.mark.parametrize("form", FORMATS)
def test_reading_twice_gives_the_same(tmp_path: Path, form: str) -> None:
    path = put(tmp_path, f"plan.{form}", RENDERED[form](PLAN))
    assert read(path) == read(path)


def test_several_files_are_one_document(tmp_path: Path) -> None:
    one, two = put(tmp_path, "1.txt", as_txt(["甲", "乙"])), put(tmp_path, "2.docx", as_docx(["丙"]))
    document = read(one, two)
    assert [(line.text, line.place.file) for line in document.lines] == [("甲", 1), ("乙", 1), ("丙", 2)]
    assert str(document.lines[2].place) == "file 2, paragraph 3"
    assert document.format == "txt"
    with pytest.raises(PackageError, match="no file of a document is named"):
        read()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_encodings_of_texts(tmp_path: Path, encoding: str) -> None:
    path = put(tmp_path, "plan.txt", "云汀县妇女发展规划 2021-2025\r\n\r\n　　一、总则\r".encode(encoding))
    lines = read(path).lines
    assert [(line.text, line.place.paragraph, line.whole) for line in lines] == [
        ("云汀县妇女发展规划 2021-2025", 1, False),
        ("一、总则", 3, False),
    ]


@pytest.mark.parametrize(
    ("signs", "controls", "is_one"),
    [
        *((10_000, 200, True), (10_000, 201, False), (20, 1, True), (20, 2, False)),
        *((40, 2, True), (39, 2, False), (100, 2, True), (100, 3, False)),
    ],
)
def test_a_text_may_have_few_damaged_signs(signs: int, controls: int, is_one: bool) -> None:
    assert is_text("\x01" * controls + "规" * (signs - controls)) is is_one


def test_a_text_with_a_damaged_byte_keeps_its_encoding(tmp_path: Path) -> None:
    content = ("妇女发展规划" * 50).encode()
    assert "妇女发展规划" in read(put(tmp_path, "plan.txt", content[:300] + b"\xff" + content[300:])).lines[0].text


@pytest.mark.parametrize(("signs", "is_utf8"), [(50, True), (49, False)])
def test_a_text_is_utf8_where_few_of_its_signs_are_damaged(signs: int, is_utf8: bool) -> None:
    damaged = "妇".encode() * signs + b"\xff"
    assert (decoded(damaged) == "妇" * signs + "\ufffd") is is_utf8
    assert decoded(b"ascii " * 99 + damaged).endswith("妇\ufffd") is is_utf8


def test_the_lines_of_a_text_are_counted_and_those_without_signs_are_none(tmp_path: Path) -> None:
    ends = "甲\r\n\n\t　 \n　　乙\u2028丙\v\u0085丁\x1a\n"
    lines = read(put(tmp_path, "plan.txt", ends.encode())).lines
    told = [(line.text, line.indent, line.place.paragraph, line.place.page) for line in lines]
    assert told == [("甲", "", 1, 0), ("乙", "　　", 4, 0), ("丙", "", 5, 0), ("丁", "", 7, 0)]
    turned = read(put(tmp_path, "pages.txt", "\f甲\f\f乙\n丙\f".encode())).lines
    assert [(line.text, line.place.paragraph, line.place.page) for line in turned] == [
        ("甲", 1, 2), ("乙", 1, 4), ("丙", 2, 4)
    ]  # fmt: skip


@pytest.mark.parametrize(("lines", "fits"), [(3, True), (4, False)])
def test_a_text_has_as_many_lines_as_are_allowed(monkeypatch: pytest.MonkeyPatch, lines: int, fits: bool) -> None:
    monkeypatch.setattr("plandata.texts.formats.txt.LINES", 3)
    if fits:
        assert txt.read("甲\n".encode() * lines, 1).format == "txt"
    else:
        with pytest.raises(PackageError, match="has more than 3 lines"):
            txt.read("甲\n".encode() * lines, 1)


def test_one_page_of_a_text_is_no_page_that_repeats(tmp_path: Path) -> None:
    for end in ("", "\f"):
        document = read(put(tmp_path, "plan.txt", f"1\n健全制度。{end}".encode()))
        assert [line.text for line in document.lines] == ["1", "健全制度。"]


def encrypted_zip() -> bytes:
    content = bytearray(as_docx(["甲"]))
    for header, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(header)
        while at >= 0:
            content[at + flag] |= 1
            at = content.find(header, at + 4)
    return bytes(content)


def without_main() -> bytes:
    return packed({"word/document.xml": "<a/>"})


WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
LOCKED = "is locked with a password; ask for the file without one"
OLD = "is a document of Word before 2007 (.doc) or of another old program; save it as .docx"
BROKEN, CUT = "is a damaged PDF; ask for the file again", "is a PDF whose end is missing; ask for the file again"
PICTURE = "holds pictures of pages and no text; have it recognised (OCR), or ask for the file with text"
ZIP = "is a damaged zip archive; ask for the file again"
BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("plan.txt", bytes, "is empty; ask for the file again"),
    "only spaces": ("plan.html", lambda: b" \n ", "is empty; ask for the file again"),
    "a docx that is a PDF": (
        "plan.docx",
        lambda: as_pdf(["甲"]),
        "ends in .docx, but holds a PDF; rename it to .pdf, or ask for the right file",
    ),
    "a pdf that is a text": (
        "plan.pdf",
        lambda: as_txt(["甲"]),
        "ends in .pdf, but holds plain text; rename it to .txt, or ask for the right file",
    ),
    "a txt that is a page": (
        "plan.txt",
        lambda: as_html(["甲"]),
        "ends in .txt, but holds a web page; rename it to .html, or ask for the right file",
    ),
    "a picture of pages": ("plan.pdf", lambda: as_pdf([""], picture=True), PICTURE),
    "a scan with a stamp": ("plan.pdf", lambda: as_pdf([""], footer="- {page} -", picture=True), PICTURE),
    "a pdf without text": ("plan.pdf", lambda: as_pdf([""]), "is a PDF without text; ask for the file with text"),
    "a locked pdf": ("plan.pdf", lambda: as_pdf(["甲"], password="x"), LOCKED),
    "rubbish": ("plan.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) + b"%%EOF", BROKEN),
    "half a pdf": ("plan.pdf", lambda: as_pdf(["甲" * 500])[:600], CUT),
    "old word": ("plan.doc", lambda: WORD, OLD),
    "locked word": ("plan.docx", lambda: WORD + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    "half a docx": ("plan.docx", lambda: as_docx(["甲"])[:300], ZIP),
    "half an ofd": ("plan.ofd", lambda: as_ofd(["甲"])[:-30], ZIP),
    "a locked zip": ("plan.docx", encrypted_zip, LOCKED),
    "no body": ("plan.docx", without_main, "has no body of a Word document; ask for the file again"),
    "no text": ("plan.docx", lambda: as_docx([""]), "holds no text; ask for the file with text"),
    "a workbook": (
        "plan.xlsx",
        lambda: packed({"xl/workbook.xml": ""}),
        "is an Excel workbook; save the plan as .docx, .pdf or .txt",
    ),
    "a zip": (
        "plan.zip",
        lambda: packed({"plan.txt": "甲"}),
        "is a zip archive, but no document; unpack it and name the document in it",
    ),
    "a photo": (
        "plan.png",
        lambda: b"\x89PNG\r\n\x1a\n",
        "is a picture; have it recognised (OCR), or ask for the file with text",
    ),
    "bytes": (
        "plan.txt",
        lambda: bytes(range(256)) * 9,
        "is no text in UTF-8, UTF-16 or GB 18030, nor a docx, pdf or ofd file; save it as one of them",
    ),
    "an empty ofd": ("plan.ofd", lambda: as_ofd([""]), "is an OFD file without text; ask for the file with text"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    file, content, problem = BAD[name]
    path = put(tmp_path, file, content())
    with pytest.raises(PackageError) as caught:
        read(path)
    assert str(caught.value) == f"{path}: {problem}"


def test_a_file_that_is_not_there_a_folder_and_one_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PackageError, match=r"none\.txt: cannot be read \(No such file or directory\); name a file"):
        read(tmp_path / "none.txt")
    with pytest.raises(PackageError, match="is a folder, no file"):
        read(tmp_path)
    monkeypatch.setattr("plandata.texts.formats.FILE_BYTES", 10)
    with pytest.raises(PackageError, match="is larger than"):
        read(put(tmp_path, "plan.txt", b"x" * 11))


@pytest.mark.parametrize(
    ("form", "library"), [("html", "lxml"), ("docx", "lxml"), ("ofd", "lxml"), ("pdf", "pypdfium2")]
)
def test_a_missing_library_is_told_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, library: str
) -> None:
    path = put(tmp_path, f"plan.{form}", RENDERED[form](["甲"]))
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.split(".")[0] == library:
            raise ModuleNotFoundError(f"No module named {name!r}", name=library)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PackageError) as caught:
        read(path)
    assert str(caught.value) == f"{path}: needs {library}, which is not installed: pip install 'plandata[draft]'"


def test_what_a_header_says_of_its_size_is_not_trusted(tmp_path: Path) -> None:
    content = bytearray(packed({"word/document.xml": "<a>" + "x" * 5_000_000 + "</a>"}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(PackageError, match=r"plan\.docx: "):
        read(put(tmp_path, "plan.docx", bytes(content)))


def test_parts_are_read_into_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plandata.texts.formats.archive.PART_BYTES", 100)
    with pytest.raises(PackageError, match="unpacks to far more than a document has"):
        read(put(tmp_path, "plan.docx", as_docx(["甲" * 100])))


@pytest.mark.parametrize(("most", "fits"), [(4, True), (3, False)])
def test_a_part_may_be_as_large_as_is_allowed(monkeypatch: pytest.MonkeyPatch, most: int, fits: bool) -> None:
    monkeypatch.setattr("plandata.texts.formats.archive.PART_BYTES", most)
    content = packed({"word/a.xml": b"abcd"})
    if fits:
        assert unpack(content, lambda name: True) == {"word/a.xml": b"abcd"}
    else:
        with pytest.raises(PackageError, match="unpacks to far more than a document has"):
            unpack(content, lambda name: True)


def test_a_large_part_that_shrinks_as_texts_do_is_read() -> None:
    part = "".join(hashlib.sha256(str(n).encode()).hexdigest() for n in range(30_000)).encode()
    assert unpack(packed({"word/document.xml": part}), lambda name: True) == {"word/document.xml": part}


def test_only_the_parts_that_are_wanted_are_unpacked() -> None:
    content = packed({"word/": b"", "word/a.xml": b"a", "media/b.png": b"b"})
    assert unpack(content, lambda name: name.startswith("word/")) == {"word/a.xml": b"a"}


@pytest.mark.parametrize("form", ["docx", "html", "txt"])
def test_zero_bytes_and_numbers_of_pages_are_no_text(tmp_path: Path, form: str) -> None:
    sentence = "坚持以人民为中心的发展思想，健全妇女权益保障制度机制，提升公共服务均等化水平"
    printed = ["云汀县妇女发展规划", sentence, "- 1 -", "再上台阶。", f"{sentence}。", "— 2 —", "二、领域"]
    content = RENDERED[form](printed)
    if form == "txt":
        content = content.replace("台阶".encode(), "台\x00阶".encode())
    document = read(put(tmp_path, f"plan.{form}", content))
    assert [line.text for line in document.lines] == [line for line in printed if line[0] not in "-—"]
    assert [line.text for line in document.furniture] == ["- 1 -", "— 2 —"]


def test_the_cells_of_a_table_are_no_numbers_of_pages(tmp_path: Path) -> None:
    rows = [["指标", "2025年"], ["— 1 —", "— 2 —"], ["— 3 —", "— 4 —"]]
    document = read(put(tmp_path, "plan.docx", as_docx([rows])))
    assert [line.text for line in document.lines] == [cell for row in rows for cell in row]


def test_a_line_is_where_it_stands_in_its_file_whatever_is_not_told() -> None:
    place = Place(paragraph=7)
    assert (place.file, place.page, place.table, place.rows, place.columns) == (1, 0, 0, 1, 1)
    assert str(Place()) == ""
    assert Line("甲", place, indent="　　") == Line("甲", place)
    assert not Line("甲", place).whole


def test_no_external_entity_reaches_a_text(tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.txt", b"SECRET")
    for name, part in (("plan.docx", "word/document.xml"), ("plan.ofd", "OFD.xml")):
        xml = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'
        with pytest.raises(PackageError, match="DOCTYPE"):
            read(put(tmp_path, name, packed({part: xml})))


CORPUS = {form: RENDERED[form](PLAN) for form in FORMATS}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(FORMATS)), st.integers(0, 2**32), st.integers(1, 30))
def test_damage_ends_in_lines_or_in_one_line(tmp_path_factory: Any, form: str, seed: int, times: int) -> None:
    chance = random.Random(seed)
    content = bytearray(CORPUS[form])
    for _ in range(times):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if seed % 3 == 0:
        content = content[: chance.randrange(1, len(content))]
    path = put(tmp_path_factory.mktemp("damaged"), f"plan.{form}", bytes(content))
    assert re.fullmatch(rf"{re.escape(str(path))}: [^\n]+|", told(path))


def told(path: Path) -> str:
    """What is said of a file that cannot be read, "" of one that can."""
    try:
        return "" if read(path).lines else "nothing"
    except PackageError as error:
        return str(error)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["docx", "ofd"]), st.integers(0, 2**32))
def test_damaged_xml_ends_in_lines_or_in_one_line(tmp_path_factory: Any, form: str, seed: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(CORPUS[form])) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    content = parts[name]
    words = re.findall(rb'"[^"]*"|<[^<>]*>', content if isinstance(content, bytes) else b"")
    old, new = (
        chance.choice(words),
        chance.choice([b'"999999999"', b'"-1"', b'""', b'"g 999999999 1e300"', b"<a>", b"</a>"]),
    )
    parts[name] = content.replace(old, new, 1) if isinstance(content, bytes) else content
    path = put(tmp_path_factory.mktemp("damaged"), f"plan.{form}", packed(parts))
    assert re.fullmatch(rf"{re.escape(str(path))}: (?!is damaged \()[^\n]+|", told(path))

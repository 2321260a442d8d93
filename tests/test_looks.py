"""How pictures, workbooks and documents look: each against what was looked at and found good.

What changes on purpose is looked at, and kept with `make looks`.
"""

import base64
import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import looks
import observed
import openpyxl
import pytest
from syrupy.assertion import SnapshotAssertion
from test_assess_method import judged, target
from test_dots import WORDS, row
from test_monitor_document import made as document

from plandata.assess.count import Count, Tally
from plandata.charts import Spec, look
from plandata.charts import course as courses
from plandata.charts.arcs import arcs
from plandata.charts.counts import bars, matrix, pairs
from plandata.charts.dots import dots
from plandata.charts.drawing import NARROW, WIDE, standalone
from plandata.charts.figure import Figure, png_file, svg_file, swatch
from plandata.charts.flow import flow
from plandata.charts.spark import part_bars, spark
from plandata.charts.tiles import tiles
from plandata.export import excel, xlsx
from plandata.monitor.dashboard import dashboard
from plandata.monitor.forms import forms
from plandata.monitor.notices import notices
from plandata.monitor.reading import FILL, annotate
from plandata.monitor.report import report
from plandata.monitor.responsibilities import responsibilities
from plandata.monitor.returns import listed
from plandata.package.folder import Folder
from plandata.paper.word import as_docx

BODIES = {"a": "Bureau of this", "b": "Bureau of that and of all the other things", "c": "卫生健康局", "d": "Office"}
SHARED = {("a", "d"): 4, ("b", "c"): 1, ("a", "c"): 2}
COUNTS = {("n", "x"): 3, ("n", "y"): 1, ("p", "y"): 20, ("孕产妇死亡率的降低与妇女常见病的筛查", "x"): 7}
ROWS, COLUMNS = ["n", "p", "孕产妇死亡率的降低与妇女常见病的筛查"], ["x", "y"]
AXIS = [
    row(baseline_value=9.0, scope_en="rural", scope_zh="农村"),
    row(comparator="lt", value=8.0),
    row(comparator="eq", population="children", value=9.5),
    row(comparator="approx", population="both", place_id="c", place_zh="丙市", value=10.0),
]
DRAWINGS = {
    "arcs": arcs({"a": 5, "b": 2, "c": 1, "d": 4}, SHARED, BODIES),
    "bands": flow(COUNTS, ROWS, COLUMNS),
    "tiles": tiles({"11": (10, 4), "52": (3, 0), "81": (123, 100)}, "en"),
    "matrix": matrix(COUNTS, ROWS, COLUMNS),
    "matrix of many rows": matrix({(str(n), "x"): n for n in range(20)}, [str(n) for n in range(20)], ["x"]),
    "pairs": pairs(COUNTS, {("n", "x"): 2, ("p", "x"): 1}, ROWS, COLUMNS),
    "bars": bars(COUNTS, COLUMNS),
    "dots": dots(AXIS, WORDS["en"], "k").draw,
    "dots in Chinese": dots(AXIS[:1], WORDS["zh"], "k").draw,
}


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings(snapshot: SnapshotAssertion, name: str, width: float) -> None:
    assert looks.drawing(DRAWINGS[name](width)) == snapshot


def test_a_file_of_figures_and_the_signs_of_its_key(snapshot: SnapshotAssertion) -> None:
    signs = [("women", "women"), ("children", "children"), ("both", "both"), ("first", "first"), ("second", "second")]
    figure = Figure("k", "A title " * 12, DRAWINGS["bars"], [], [], signs, "A note " * 20)
    assert looks.svg(svg_file([figure, figure], "Source")) == snapshot
    assert [looks.svg(swatch(code)) for code, _ in signs] == snapshot


COURSES = {
    "towards its target": (target(baseline="50", baseline_year=2020), {2020: "50", 2021: "53", 2023: "61"}, 2023),
    "one year": (target(), {2025: "61"}, 2025),
    "less is better": (target("lt", "7", "per_100k", better="lower"), {2021: "9.5", 2022: "8", 2023: "6.4"}, 2023),
    "large": (target("ge", "1000000000000000", "yuan"), {2021: "20", 2022: "900000000000000"}, 2022),
}


@pytest.mark.parametrize("name", COURSES)
def test_courses(snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    judgement = judged(*COURSES[name])
    assert looks.svg(spark(judgement, WORDS["en"])) == snapshot
    monkeypatch.setattr(courses, "in_page", lambda form, rows, told: [form["params"], *rows, told])
    assert courses.course(judgement, WORDS["en"]) == snapshot


@pytest.mark.parametrize("form", [courses.course_form, courses.bars_form])
def test_forms_of_charts(snapshot: SnapshotAssertion, form: Callable[[], Spec]) -> None:
    sizes = [(name, value) for name, value in form().items() if name in ("width", "height", "padding")]
    assert [*sizes, *((layer["mark"], layer["encoding"]) for layer in form()["layer"])] == snapshot


def test_the_look_of_charts(snapshot: SnapshotAssertion) -> None:
    assert look("INK") == snapshot


def count(**statuses: int) -> Count:
    total = sum(statuses.values())
    tally = {"total": total, "reported": total, "measurable": total, "met": statuses.get("met", 0)}
    own = {"group": "plan", "key": "p", "by_status": statuses, "attainment": None, "attained": 0}
    return Count(**tally, **own, indicators=Tally(**tally))


def test_bars_of_statuses(snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [count(met=12, on_track=5, no_data=1), count(not_met=2)]
    monkeypatch.setattr(courses, "in_page", lambda form, rows, told: [form["height"], form["padding"], *rows, told])
    assert courses.status_bars(counts, ["Women and health", "妇女与健康"], WORDS["en"]) == snapshot


def test_bars_of_the_parts_of_a_population(snapshot: SnapshotAssertion) -> None:
    levels = [("all", Fraction(90)), ("女性", Fraction(181, 2)), ("men in the countryside", Fraction(-3))]
    assert looks.svg(part_bars(levels, "percent", WORDS["zh"])) == snapshot


@pytest.fixture(scope="module")
def small(small_package: Path) -> Folder:
    return Folder(small_package)


@pytest.fixture(scope="module")
def values(small: Folder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Values of each target of a place for three years, far from what is wanted."""
    years = (2020, 2022, 2023)
    rows = [observed.row(one, year, 9 + n) for one in observed.one_each(small) for n, year in enumerate(years)]
    return observed.write(tmp_path_factory.mktemp("looks") / "observations.csv", rows)


def book(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    return {name: looks.workbook(content) for name, content in sorted(files.items()) if name.endswith(".xlsx")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_forms(snapshot: SnapshotAssertion, small: Folder, lang: str) -> None:
    assert book(forms(small, observed.PLACE, 2023, lang=lang)) == snapshot


def test_responsibilities(snapshot: SnapshotAssertion, small: Folder) -> None:
    files = responsibilities(small, observed.PLACE)
    assert book(files) == snapshot
    (paper,) = (content for name, content in files.items() if name.endswith(".docx"))
    assert looks.outline(paper) == snapshot


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reports(snapshot: SnapshotAssertion, small: Folder, values: Path, lang: str) -> None:
    files = report(small, values, observed.PLACE, 2023, lang=lang).files
    assert book(files) == snapshot
    assert looks.outline(files["report.docx"]) == snapshot


def test_notices(snapshot: SnapshotAssertion, small: Folder, values: Path) -> None:
    files = notices(small, values, observed.PLACE, 2023, issued_on=date(2024, 5, 10)).files
    assert book(files) == snapshot
    papers = [content for name, content in sorted(files.items()) if name.endswith(".docx")]
    assert [looks.outline(paper) for paper in papers] == snapshot


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_documents(snapshot: SnapshotAssertion, lang: str) -> None:
    parts = ("document", "styles", "settings", "footer1", "footer2")
    assert {part: looks.document(document(lang), f"word/{part}.xml") for part in parts} == snapshot


def test_a_report_of_the_parts_of_a_population(snapshot: SnapshotAssertion, small: Folder, tmp_path: Path) -> None:
    asked = next(one for one in observed.one_each(small) if one.unit == "percent")
    parts = (("80", "8", "10", ""), ("75", "3", "4", "female"), ("83.3", "5", "6", "male"))
    rows = [
        observed.row(asked, 2023, value, numerator=count, denominator=of, sex=sex) for value, count, of, sex in parts
    ]
    files = report(small, observed.write(tmp_path / "parts.csv", rows), observed.PLACE, 2023).files
    assert looks.outline(files["report.docx"]) == snapshot


def test_a_list_of_what_is_to_mend(snapshot: SnapshotAssertion) -> None:
    assert looks.workbook(listed({"表1": {"B2": ("refused", "which " * 30), "C2": ("doubt", "?")}}, "zh")) == snapshot


def test_workbooks_for_programs(snapshot: SnapshotAssertion, small: Folder) -> None:
    assert book(xlsx.files(small)) == snapshot


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_workbooks_of_the_tables(snapshot: SnapshotAssertion, small: Folder, lang: str) -> None:
    assert book(excel.files_in(small, lang)) == snapshot


PAPER = """# A title

Somebody

## Methods

A sentence with *stress*, `code` and **weight** [1].

1. One
2. Two

- a
- b

Table 1. Places

| Place | Rows |
|---|---:|
| Here | 12 |
| A place with a long name that needs two lines in a narrow column | 3 |

![What it shows](a.png)

A last sentence.
"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_papers(snapshot: SnapshotAssertion, lang: str) -> None:
    pytest.importorskip("vl_convert")
    picture = png_file(standalone(DRAWINGS["bars"](NARROW), "Bars"))
    paper = as_docx(PAPER, {"a.png": picture}, lang, datetime(2026, 1, 1))
    assert looks.document(paper, "word/document.xml", "word/styles.xml") == snapshot


def test_copies_with_notes(snapshot: SnapshotAssertion, small: Folder, tmp_path: Path) -> None:
    for name, content in forms(small, observed.PLACE, 2023).items():
        (tmp_path / name).write_bytes(content)
    (sheet, *_) = openpyxl.load_workbook(tmp_path / name).sheetnames
    notes = {sheet: {f"{column}4": (what, f"{what} note") for column, what in zip("ABC", FILL, strict=True)}}
    copy = annotate(tmp_path / name, notes, {sheet: {"D4": "kept", "E4": ""}})
    content = base64.b64decode(copy["book"])
    told = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    shown = [(cell.coordinate, cell.value, cell.fill.fgColor.rgb) for cell in told[4]]
    assert shown == snapshot
    with zipfile.ZipFile(io.BytesIO(content)) as inside:
        assert {part.date_time for part in inside.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        (drawn,) = (inside.read(part) for part in inside.namelist() if part.endswith(".vml"))
    assert looks.svg(drawn) == snapshot


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_of_a_year(snapshot: SnapshotAssertion, small: Folder, values: Path, lang: str) -> None:
    (_, board) = dashboard(small, values, observed.PLACE, 2023, lang=lang)
    told = report(small, values, observed.PLACE, 2023, lang=lang)
    pages = {name: looks.page(content.decode()) for name, content in (board | told.files).items() if ".html" in name}
    assert pages == snapshot

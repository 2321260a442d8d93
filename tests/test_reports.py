"""Validation reports in their five forms and two languages, and what all reports share: text tables and pages."""

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from damaged import plandata

from plandata.files import json_text
from plandata.finding import Finding, Report
from plandata.report import CHARSET, columns, with_policy
from plandata.report.findings import FORMS, cells, record, render
from plandata.report.rows import proof_text
from plandata.rules import RULES
from plandata.schema import edition, home
from plandata.text import CONTROLS, harmless, visible
from plandata.texts.verify import Proof

FOUND = [
    Finding("code_is_known", "error", "places", "data/places.csv", 2, "a-place", "level", "<b>planet</b>"),
    Finding("code_is_known", "error", "places", "data/places.csv", 3, "b-place", "level", "=1+1", "@detail"),
    Finding("file_is_listed", "warning", "", "data/新 notes.csv", 0, "", "", "data/新 notes.csv"),
    Finding("cell_is_within_its_length", "error", "goals", "data/goals.csv", 9, "\x1b[31mred", "label_zh", "很" * 5000),
]


@pytest.fixture
def report() -> Report:
    return Report("folder", list(FOUND), {"places": 5, "goals": 7}, {"some_rule": ["units"]})


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_form_names_every_finding(report: Report, form: str, lang: str) -> None:
    text = render(report, form, lang)
    for finding in FOUND[:2]:
        assert finding.rule in text
        assert finding.row in text
    must = RULES["code_is_known"].prose.must[lang]
    assert must in text
    assert "\x1b" not in text
    assert len(text) < 20_000


@pytest.mark.parametrize("form", FORMS)
def test_a_report_without_findings(form: str) -> None:
    text = render(Report("folder", [], {"places": 5}), form, "en")
    assert text.endswith("\n")
    if form in ("json", "sarif"):
        json.loads(text)


def test_an_unknown_form_is_refused(report: Report) -> None:
    with pytest.raises(KeyError):
        render(report, "pdf", "en")


def test_text_sums_up_by_rule_and_then_lists(report: Report) -> None:
    lines = render(report, "text", "en").splitlines()
    assert lines[0] == "folder: 4 findings by 3 rules, in 12 rows of 2 tables."
    assert lines[2].startswith("        2  code_is_known: ")
    assert "data/places.csv:2: code_is_known: a-place level=<b>planet</b>" in lines
    assert "Not checked, for want of their tables: some_rule" in lines
    alone = render(Report("folder", FOUND[:1], {"places": 1}), "text", "en")
    assert alone.startswith("folder: 1 finding by 1 rule, ")


@pytest.mark.parametrize(("form", "lang"), [("text", "en"), ("html", "zh"), ("json", "en")])
def test_what_was_not_checked_is_told_of_a_valid_package_too(form: str, lang: str) -> None:
    told = render(Report("folder", [], {"places": 5}, {"some_rule": ["units"]}), form, lang)
    assert "some_rule" in told


def test_json(report: Report) -> None:
    content = json.loads(render(report, "json", "en"))
    assert (content["valid"], content["rows"]) == (False, {"places": 5, "goals": 7})
    assert content["counts"] == {"code_is_known": 2, "file_is_listed": 1, "cell_is_within_its_length": 1}
    assert content["findings"][0] == record(FOUND[0], "en")
    assert content["findings"][3]["value"].endswith("… (5,000)")


def test_csv_runs_in_no_spreadsheet(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(render(report, "csv", "en"))))
    assert [row["line"] for row in rows] == ["2", "3", "0", "9"]
    assert (rows[1]["value"], rows[1]["detail"]) == ("'=1+1", "'@detail")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_sarif_has_the_structure_that_code_hosts_read(report: Report) -> None:
    """What the SARIF 2.1.0 schema requires, and what GitHub reads of it."""
    log = json.loads(render(report, "sarif", "en"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "plandata"
    assert len(run["results"]) == len(FOUND)
    for result, finding in zip(run["results"], FOUND, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
        assert result["level"] in ("error", "warning", "note", "none")
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"].isascii()
        region = location["physicalLocation"].get("region")
        assert region == ({"startLine": finding.line} if finding.line else None)
    assert " " not in run["results"][2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


class Page(HTMLParser):
    """What an HTML page opens, closes, refers to and says."""

    VOID = ("meta", "br", "link", "img", "hr", "input")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.references: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name in ("src", "href", "srcset", "data", "action"):
                self.references.append(value or "")
            if name == "id":
                self.ids.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_html_is_one_self_contained_page(report: Report, lang: str) -> None:
    text = render(report, "html", lang)
    page = Page(text)
    assert page.open == []
    assert page.references
    assert all(reference.removeprefix("#") in page.ids and reference[0] == "#" for reference in page.references)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "url(" not in text
    assert "@import" not in text
    assert f'<html lang="{"zh-Hans" if lang == "zh" else "en"}">' in text
    assert "<b>planet</b>" in page.text
    assert "b" not in page.tags


def many(n: int) -> Report:
    """A report with n findings of one rule, and with one of another rule behind them."""
    rows = [
        Finding("code_is_known", "error", "places", "data/places.csv", i, f"row-{i}.", "level", "x") for i in range(n)
    ]
    return Report("folder", [*rows, FOUND[2]], {"places": n})


LISTED = [("text", 100), ("html", 100), ("sarif", 2500), ("csv", 3000), ("json", 3000)]


@pytest.mark.parametrize(("form", "listed"), LISTED)
def test_reports_for_people_list_the_first_of_each_rule_and_count_all(form: str, listed: int) -> None:
    text = render(many(3000), form, "en")
    assert f"row-{listed - 1}." in text
    assert f"row-{listed}." not in text
    assert "notes.csv" in text
    if listed < 3000:
        assert f"first {listed:,} of 3,000; --format csv or json gives all." in text


@pytest.mark.parametrize("form", ["text", "html"])
def test_as_many_as_are_listed_are_not_cut(form: str) -> None:
    assert "--format csv or json" not in render(many(100), form, "en")
    assert "--format csv or json" in render(many(101), form, "en")


def test_a_sarif_file_has_no_more_results_than_code_hosts_show() -> None:
    (run,) = json.loads(render(many(6000), "sarif", "en"))["runs"]
    assert len(run["results"]) == 2501
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("code_is_known: first 2,500 of 6,000")


@pytest.mark.parametrize(("n", "notes"), [(5000, []), (5001, ["code_is_known: first 5,000 of 5,001"])])
def test_one_rule_alone_has_all_the_results_that_code_hosts_show(n: int, notes: list[str]) -> None:
    alone = Report("folder", many(n).findings[:n], {"places": n})
    (run,) = json.loads(render(alone, "sarif", "en"))["runs"]
    told = [note for part in run.get("invocations", []) for note in part["toolExecutionNotifications"]]
    assert len(run["results"]) == 5000
    assert [note["message"]["text"].partition(";")[0] for note in told] == notes


def test_a_page_tells_the_name_of_the_folder_and_the_line_where_there_is_one(report: Report) -> None:
    assert [cells(finding)[:2] for finding in (FOUND[0], FOUND[2])] == [
        ["data/places.csv", "2"],
        ["data/新 notes.csv", ""],
    ]
    for root, name in (("some/folder", "folder"), ("/", "/")):
        page = Page(render(replace(report, root=root), "html", "en"))
        assert f"Validation report: {name}\n" in page.text


@pytest.mark.parametrize(("form", "listed"), [("text", 100), ("html", 100), ("json", 150)])
def test_an_assessment_lists_the_first_refused_rows_and_counts_all(tmp_path: Path, form: str, listed: int) -> None:
    head = ",".join(edition().observations.columns)
    cells = {"place_id": "weining", "indicator_id": "maternal-mortality", "year": "2023", "value": "1"}
    cells |= {"unit_of_measure": "per_100k", "source": "report"}
    rows = [",".join({**cells, "scope": f"s{n}."}.get(name, "") for name in head.split(",")) for n in range(150)]
    (tmp_path / "observed.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    result = plandata("assess", tmp_path / "observed.csv", "--format", form, "--lang", "en", "--package", home())
    assert result.exit_code == 1
    assert sum(f"s{n}." in result.stdout for n in range(150)) == listed
    assert ("first 100 of 150" in result.stdout) == (form != "json")


CONTROL = "a\x1b[31m\x07\x9b\x7f\t\u202eb\u2066\u2028\u200f\rc\nd"


def test_a_terminal_gets_visible_escapes_and_json_the_same_data() -> None:
    assert harmless(CONTROL) == ("a\\u001b[31m\\u0007\\u009b\\u007f\\u0009\\u202eb\\u2066\\u2028\\u200f\\u000dc\nd")
    written = json_text({"a": CONTROL})
    assert json.loads(written) == {"a": CONTROL}
    assert CONTROLS.findall(written) == []
    assert harmless("规划 é “” … ⅷ 𠀀") == "规划 é “” … ⅷ 𠀀"


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), ("a\nb\t", "a\\nb\\t"), ("\x1b[31m", "\\x1b[31m"), ("很" * 61, "很" * 60 + "… (61)"), ("", "")],
)
def test_cells_are_shown_safely(value: str, text: str) -> None:
    assert visible(value) == text


def test_a_proof_reads_100_only_when_it_is_full() -> None:
    proof = Proof("plan")
    for i in range(1000):
        proof.numbers.count(i > 0)
    proof.missed("plan.d.g01", "number", "12 is neither")
    lines = proof_text([proof]).splitlines()
    assert "999/1000 99.9 %" in lines[1]
    assert lines[2:] == ["plan.d.g01: number: 12 is neither"]


# What all reports share


@pytest.mark.parametrize(
    ("room", "indent", "whole", "lines"),
    [
        (None, "", (), ["ab  c d", "e   fgh"]),
        (7, "", (), ["ab  c d", "e   fgh"]),
        (6, "", (0,), ["ab  c", "    d", "e   fg", "    h"]),
        (6, "", (1,), ["a  c d", "b", "e  fgh"]),
        (8, " ", (), [" ab  c d", " e   fgh"]),
        (7, " ", (0,), [" ab  c", "     d", " e   fg", "     h"]),
    ],
)
def test_a_table_takes_no_more_room_than_there_is(
    room: int | None, indent: str, whole: tuple[int, ...], lines: list[str]
) -> None:
    assert columns([["ab", "c d"], ["e", "fgh"]], indent=indent, room=room, whole=whole) == lines


def test_without_a_bound_a_row_of_a_table_is_one_line_however_long() -> None:
    long = "w" * 100_001
    assert columns([[long, "a\nb"], ["c", "d"]], right=[0]) == [f"{long}  a\\nb", f"{'c':>100001}  d"]
    assert columns([["a"]]) == ["a"]
    assert columns([]) == []


def test_a_page_tells_the_browser_its_policy_once_and_before_all_else() -> None:
    html = f"<head>{CHARSET}</head><pre>{CHARSET}</pre>"
    assert with_policy(html, "img-src 'none'") == (
        f'<head>{CHARSET}<meta http-equiv="Content-Security-Policy" content="img-src \'none\'"></head>'
        f"<pre>{CHARSET}</pre>"
    )
    assert with_policy(html, "") == html

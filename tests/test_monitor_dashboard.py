"""The page of a place: its numbers are those of the assessment, nothing in it runs, small counts are kept back."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hostile import PARTS, write_hostile
from simulated import PLACE, YEARS, rows, write
from typer.testing import CliRunner

from plandata.api import open_package
from plandata.assess import Assessment, Settings, assess
from plandata.assess.count import LEAD_UNIT
from plandata.assess.model import Band
from plandata.charts.spark import spark
from plandata.cli import app
from plandata.files import PackageError
from plandata.monitor.dashboard import (
    PAGE,
    SETTINGS,
    WORDS,
    age_of,
    bodies,
    dashboard,
    gap_share,
    head,
    held,
    place_page,
    plans,
    setting,
    small_in,
)
from plandata.report.assessment import reason_text, required_text, words
from plandata.tables import Row, Tables
from plandata.text import Text

LANGS = ("en", "zh")
YEAR = YEARS[-1]
NAME = Text("A place", "某地")
# Elements that have no end.
VOID = ("meta", "input", "link", "br")


class Read(HTMLParser):
    """What stands in a page: its elements with their attributes, and which of them were left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.crossed.append(tag)

    def of(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of each element of a class."""
        return [told for _, told in self.found if name in (told.get("class") or "").split()]


def observations() -> Iterator[Row]:
    """The simulated observations, with parts by area and age beside those by sex."""
    for row in rows():
        if not row.get("sex"):
            yield row
        else:
            # Without their counts, which would have to add up to those of the whole.
            row |= {"numerator": "", "denominator": ""}
            yield row
            other = {"female": ("urban", "0-6"), "male": ("rural", "7-17")}[row["sex"]]
            yield row | {"sex": "", "area": other[0]}
            yield row | {"sex": "", "age_group": other[1]}


def written(folder: Path) -> Path:
    """The file of these observations."""
    return write(folder / "observations.csv", list(observations()))


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("observed"))


@pytest.fixture(scope="module")
def done(observed: Path) -> Assessment:
    return assess(open_package(), observed, YEAR, places=(PLACE,))


@pytest.fixture(scope="module")
def pages(done: Assessment) -> dict[str, str]:
    return {lang: place_page(done, NAME, lang) for lang in LANGS}


def card(html: str, target: str) -> str:
    """The part of a page that tells of one target."""
    return re.search(rf'<li class="target [^>]*id="{re.escape(target)}".*?\n</article>', html, re.DOTALL)[0]


@pytest.mark.parametrize("lang", LANGS)
def test_every_target_stands_once_with_its_status_and_sentence(
    done: Assessment, pages: dict[str, str], lang: str
) -> None:
    cards = Read(pages[lang]).of("target")
    assert [(told["id"], told["data-status"]) for told in cards] == [
        (judgement.target.target_id, judgement.status) for judgement in done.judgements
    ]
    say = words(done, lang)
    for judgement in done.judgements:
        told = card(pages[lang], judgement.target.target_id)
        sentence = reason_text(done, judgement.reason, say)
        assert (
            f'<p class="reason">{sentence.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}</p>' in told
        )
        assert f"<span>{say.label('status', judgement.status)}</span>" in told
        assert ("data-warned" in told) == bool(judgement.warnings)
        assert told.count('<p class="warn">') == len(judgement.warnings)
        shown = unescape(told)
        assert all(reason_text(done, warned.reason, say) in shown for warned in judgement.warnings)
        assert required_text(judgement, say) in shown
        assert told.count('<p class="remark">') == len(judgement.remarks)
        assert ('class="chart"' in told) == (judgement.band is not None and judgement.value is not None)


def test_the_numbers_of_the_page_are_those_of_the_assessment(done: Assessment, pages: dict[str, str]) -> None:
    html, whole = pages["zh"], done.counts[0]
    for name in ("total", "reported", "measurable", "met"):
        assert re.search(rf'class="h-{name}"><dt>[^<]*</dt><dd>([\d,]+)', html)[1] == f"{getattr(whole, name):,}"
    assert f"达标率 {whole.rate}%，占全部 {whole.rate_of_all}%" in html
    assert f"覆盖率 {whole.coverage}%" in html
    states = re.findall(
        r'data-status="(\w+)" aria-pressed="false" disabled[^>]*><i[^>]*></i><span>[^<]*</span> <b>(\d+)', html
    )
    by_status = dict(states[: len(whole.by_status)])
    assert {code: int(times) for code, times in by_status.items()} == whole.by_status
    cells = states[len(whole.by_status) :]
    for code, times in whole.by_status.items():
        assert sum(int(count) for of, count in cells if of == code) == times
    shares = [float(share) for share in re.findall(r'<rect class="s-\w+"[^>]* width="([\d.]+)%"', html)]
    assert sum(shares) == pytest.approx(100, abs=0.1)
    starts = [float(start) for start in re.findall(r'<rect class="s-\w+"[^>]* x="([\d.]+)%"', html)]
    assert starts == [pytest.approx(sum(shares[:place]), abs=0.1) for place in range(len(shares))]
    met = re.findall(r"达标/可监测</span> (\d+)/(\d+)", html)
    assert [sum(int(row[place]) for row in met) for place in (0, 1)] == [whole.met, whole.measurable]


def test_figures_and_lead_bodies_are_told(done: Assessment, pages: dict[str, str]) -> None:
    say = words(done, "zh")
    late = [judgement for judgement in done.judgements if judgement.lags]
    assert late
    for judgement in late:
        assert f"上年数，{judgement.value_year}年" in card(pages["zh"], judgement.target.target_id)
    for judgement in done.judgements:
        told = card(pages["zh"], judgement.target.target_id)
        assert told.count('class="f-gap"') == bool(judgement.gap)
        assert told.count('class="f-change"') == (judgement.change is not None)
        assert told.count('class="f-attainment"') == (judgement.attainment is not None)
        if judgement.value is not None:
            assert say.amount(judgement.value, judgement.target.unit) in told
        for unit in judgement.target.leads:
            assert f"<span>{say(done.labels[LEAD_UNIT, unit])}</span>" in told


def test_each_plan_has_its_own_domains_and_the_matrix_the_statuses_that_any_target_has(
    done: Assessment, few: Path
) -> None:
    for plan in plans(done, words(done, "zh")):
        own = Counter(j.target.domain_id or plan["id"] for j in done.judgements if j.target.plan_id == plan["id"])
        assert {domain["id"]: domain["total"] for domain in plan["domains"]} == own
        assert own.total() == plan["total"]
    for judged in (done, dashboard(open_package(), few, PLACE, YEAR)[0]):
        assert set(held(judged)) == {judgement.status for judgement in judged.judgements}


def test_the_page_lists_lead_bodies_by_their_number_of_targets_and_last_those_without(done: Assessment) -> None:
    listed = bodies(done, words(done, "zh"))
    totals = [own["total"] for own in listed[:-1]]
    assert totals == sorted(totals, reverse=True)
    assert len(set(totals)) > 3
    led = Counter(unit for judgement in done.judgements for unit in judgement.target.leads)
    assert {own["id"]: own["total"] for own in listed[:-1]} == led
    free = sum(not judgement.target.leads for judgement in done.judgements)
    assert listed[-1] == {"id": "-", "name": WORDS["no_body"].zh, "total": free}


@pytest.mark.parametrize(
    ("year", "told"), [(2023, "2023年"), (2022, "上年数，2022年"), (2021, "2021年数"), (None, "2023年")]
)
def test_a_value_tells_its_year_where_it_is_another_than_the_judged_one(
    done: Assessment, year: int | None, told: str
) -> None:
    assert age_of(replace(done.judgements[0], year=2023, value_year=year), words(done, "zh")) == told


@pytest.mark.parametrize(
    ("low", "value", "gap", "share"),
    [
        ("50", "40", "-10", "0.2000"),
        ("-50", "-60", "-10", "0.2000"),
        ("0", "-3", "-3", "3.0000"),
        ("50", None, None, ""),
    ],
)
def test_a_gap_is_ordered_by_its_share_of_the_level_that_it_is_measured_to(
    done: Assessment, low: str, value: str | None, gap: str | None, share: str
) -> None:
    told = replace(
        done.judgements[0],
        band=Band(low=Fraction(low)),
        value=None if value is None else Fraction(value),
        gap=None if gap is None else Fraction(gap),
    )
    assert gap_share(told) == share
    assert gap_share(replace(told, band=None)) == ""


def test_the_settings_are_told_as_shares_and_numbers(done: Assessment) -> None:
    say = words(done, "zh")
    assert [setting(value, say) for value in (Fraction(1, 20), 3)] == ["5%", "3"]


def test_the_head_tells_of_later_observations_and_of_shares_that_cannot_be_told(observed: Path, few: Path) -> None:
    done, _ = dashboard(open_package(), observed, PLACE, YEARS[-2])
    say = words(done, "zh")
    assert done.later
    assert head(done, NAME, say)["later"].startswith(f"{done.later} 条监测值晚于 {YEARS[-2]} 年")
    bare = assess(open_package(), few, 2021, places=(PLACE,))
    told = {figure["name"]: figure for figure in head(bare, NAME, say)["figures"]}
    assert (bare.counts[0].measurable, told["met"]["note"]) == (0, "达标率 –%，占全部 0.0%")
    assert (told["total"]["share"], told["met"]["share"]) == (100, 0)


def test_parts_stand_with_the_distance_between_them(done: Assessment, pages: dict[str, str]) -> None:
    parted = [j for j in done.judgements if j.value_year and j.seen.by_kind(j.value_year)]
    assert len(parted) > 5
    for judgement in parted:
        assert judgement.value_year is not None
        kinds = judgement.seen.by_kind(judgement.value_year)
        (women, men), say = kinds[True, False, False].values(), words(done, "zh")
        told = card(pages["zh"], judgement.target.target_id)
        both = f"女 {say.amount(women, 'percent')}; 男 {say.amount(men, 'percent')}"
        assert f'role="img" aria-label="{both}"' in told
        assert f'<td class="n">{say.change(abs(women - men), "percent").removeprefix("+")}</td>' in told
        assert told.count('<th scope="row">') == len(kinds)


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_is_well_formed_and_needs_nothing_else(pages: dict[str, str], lang: str) -> None:
    html = pages[lang]
    read = Read(html)
    assert (read.open, read.crossed) == ([], [])
    ids = [told["id"] for _, told in read.found if told.get("id")]
    assert len(ids) == len(set(ids))
    named = {name for _, told in read.found for name in (told.get("aria-labelledby") or "").split()}
    assert named <= set(ids)
    assert not [told for _, told in read.found if {"style", "src"} & told.keys() or "http" in (told.get("href") or "")]
    tables = [tag for tag, _ in read.found if tag == "table"]
    assert len(tables) == sum(tag == "caption" for tag, _ in read.found)
    assert all("scope" in told for tag, told in read.found if tag == "th")
    assert "default-src 'none'" in html
    assert "&lt;built-in" not in html
    assert len(html.encode()) < 1_000_000


def test_every_setting_has_a_name() -> None:
    assert list(SETTINGS) == list(Settings.__dataclass_fields__)


def test_a_link_to_the_report_stands_where_one_is_told(done: Assessment, pages: dict[str, str]) -> None:
    told = place_page(done, NAME, "zh", report_href="report.html")
    assert '<a href="report.html">' in told
    assert '<a href="report.html">' not in pages["zh"]
    for address in ("javascript:window.hit=1", "https://example.org/", "../report.html"):
        with pytest.raises(PackageError, match="name a file beside the page"):
            place_page(done, NAME, "zh", report_href=address)


# What is not published

SMALL = (
    # target, year, sex, value, numerator, denominator
    ("maternal-mortality", 2022, "", "10.1", "8", "79000"),
    ("maternal-mortality", 2023, "", "3.7", "3", "81000"),
    ("under5-mortality", 2022, "", "7.1", "4", "560"),
    ("under5-mortality", 2023, "", "6.3", "90", "14200"),
    ("infant-mortality", 2023, "", "2.75", "39", "14200"),
    ("infant-mortality", 2023, "female", "5.14", "36", "7000"),
    ("infant-mortality", 2023, "male", "0.42", "3", "7200"),
)


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Observations that rest on small counts: in the judged year, in the year before, in a part."""
    columns = ("indicator_id", "year", "sex", "value", "numerator", "denominator")
    units = {"maternal-mortality": "per_100k"}
    made = [dict(zip(columns, map(str, cells), strict=True)) for cells in SMALL]
    told = {"place_id": PLACE, "source": "simulated"}
    units_of = [{"unit_of_measure": units.get(row["indicator_id"], "per_mille")} for row in made]
    return write(tmp_path / "few.csv", [row | told | unit for row, unit in zip(made, units_of, strict=True)])


def published(few: Path, publish: bool) -> tuple[Assessment, str]:
    done, files = dashboard(open_package(), few, PLACE, YEAR, publish=publish)
    return done, files[PAGE].decode("utf-8")


def of_indicator(done: Assessment, html: str, name: str) -> list[str]:
    return [card(html, j.target.target_id) for j in done.judgements if j.target.indicator_id == name]


def test_a_value_of_a_small_count_is_nowhere_in_the_published_page(few: Path) -> None:
    done, html = published(few, True)
    shown = of_indicator(done, html, "maternal-mortality")
    assert shown
    for told in shown:
        assert "&lt;5 例" in told
        assert WORDS["hidden"].zh in told
        assert "3.7" not in told
        assert "<svg" not in told
        assert 'data-gap=""' in told
        assert not re.search('class="f-(?:gap|change|attainment)"', told)
    assert "3.7" in "".join(of_indicator(*published(few, False), "maternal-mortality"))


def test_a_small_count_of_another_year_takes_course_and_sentence_but_not_the_value(few: Path) -> None:
    done, html = published(few, True)
    for told in of_indicator(done, html, "under5-mortality"):
        assert "6.3‰" in told
        assert WORDS["rests"].zh in told
        assert "7.1" not in told
        assert "<svg" not in told
        assert 'class="f-change"' not in told


def test_no_part_is_shown_where_one_rests_on_a_small_count(few: Path) -> None:
    done, html = published(few, True)
    for told in of_indicator(done, html, "infant-mortality"):
        assert "2.75‰" in told
        assert "5.14" not in told
        assert "0.42" not in told
        assert told.count(f"<b>{WORDS['withheld'].zh}</b>") == 2
    assert "5.14‰" in published(few, False)[1]


def test_small_counts_are_found_by_target_and_year(few: Path) -> None:
    done, _ = published(few, False)
    small = small_in(done.judgements)
    named = {j.target.target_id: j.target.indicator_id for j in done.judgements}
    assert {named[target]: sorted(years) for target, years in small.values.items()} == {
        "maternal-mortality": [2023],
        "under5-mortality": [2022],
    }
    assert {named[target] for target in small.of_parts} == {"infant-mortality"}


# Texts that try to be read as code

SHORT = "<img src=x onerror=window.hit=1>"


def hostile_page(folder: Path) -> str:
    """The page of a place of a package in which every text tries to be read as code."""
    package = open_package(write_hostile(folder / "package"))
    tables = Tables.of(package)
    target = next(row for row in tables.rows("targets") if not row["scope_zh"])
    unit = tables.keyed("indicators")[target["indicator_id"]]["unit_of_measure"]
    row = {"place_id": target["place_id"], "indicator_id": target["indicator_id"], "value": "90", "source": SHORT}
    made = [row | {"unit_of_measure": unit, "year": str(year)} for year in (2021, 2022)]
    done, files = dashboard(package, write(folder / f"{SHORT}.csv", made), target["place_id"], 2022)
    assert done.assessed, done.report.findings
    return files[PAGE].decode("utf-8")


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    html = hostile_page(tmp_path)
    read = Read(html)
    assert [tag for tag, _ in read.found if tag in ("img", "iframe", "object", "base")] == []
    assert sum(tag == "script" for tag, _ in read.found) == 2
    assert [name for _, told in read.found for name in told if name.startswith("on")] == []
    assert not [told for _, told in read.found if "javascript:" in (told.get("href") or "")]
    assert "\x1b" not in html
    assert PARTS[0].replace("<", "&lt;").replace(">", "&gt;") in html


# The command


def run(*arguments: Any) -> Any:
    return CliRunner().invoke(app, ["monitor", "dashboard", *map(str, arguments)])


def test_the_command_writes_the_page_and_says_so(observed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run(observed, "--place", PLACE, "--year", YEAR, "--out", out)
    assert ran.exit_code == 0, ran.output
    assert [path.name for path in out.iterdir()] == [PAGE]
    assert "目标 226 项" in ran.output
    assert 'lang="zh-Hans"' in (out / PAGE).read_text(encoding="utf-8")
    assert run(observed, "--place", PLACE, "--out", out).exit_code == 2


def test_the_same_observations_make_the_same_bytes(observed: Path) -> None:
    made = [dashboard(open_package(), observed, PLACE, YEAR, lang="en")[1] for _ in range(2)]
    assert made[0] == made[1]
    assert b'<html lang="en">' in made[0][PAGE]


def test_what_cannot_be_judged_is_told_in_one_line_or_as_findings(observed: Path, tmp_path: Path) -> None:
    strange = run(observed, "--place", "nowhere", "--out", tmp_path / "a")
    assert strange.exit_code == 2
    assert "nowhere" in strange.output
    broken = tmp_path / "broken.csv"
    broken.write_text(observed.read_text(encoding="utf-8").replace(",percent,", ",percnt,", 1), encoding="utf-8")
    ran = run(broken, "--place", PLACE, "--out", tmp_path / "b")
    assert ran.exit_code == 1
    assert "percnt" in ran.output
    assert not (tmp_path / "b").exists()


# The small chart


def test_a_small_chart_shows_band_values_and_limit(done: Assessment) -> None:
    say = words(done, "zh")
    for judgement in done.judgements:
        drawn = spark(judgement, say)
        assert (drawn == "") == (judgement.band is None)
        if drawn:
            assert drawn.count("<circle") == len(judgement.points)
            numbers = map(float, re.findall(r'(?:c?[xy])="([-\d.]+)"', drawn))
            assert all(-1 <= number <= 260 for number in numbers)
            assert drawn.count('role="img"') == 1

"""The page and the JSON of every id: all are there, keep their schema, lead somewhere, and let no text of data out."""

import csv
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from decimal import Decimal
from html import unescape
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from conftest import Bench
from jsonschema import Draft202012Validator
from packages import HEALTH
from site_pages import LANGS, ROOT, Visit, broken, html_of

from plandata.files import PackageError
from plandata.package.folder import Folder
from plandata.read.record import Records
from plandata.read.record_schema import record_schema
from plandata.rules import RULES
from plandata.schema import edition as shipped
from plandata.site.correction import correction
from plandata.site.edition import Edition
from plandata.site.rows import Frame, Rows, is_addressable
from plandata.text import Text
from plandata.texts.verify import CHECKS, PROVEN
from plandata.words import Words

pytestmark = pytest.mark.slow

pytest_plugins = ["built_site"]

# Every so many of the pages and files that are alike is read.
EACH = 25
RETIRED = f"{HEALTH}.g01.t9"
PYTHON = re.compile(r'=== "Python"\n\n    ```python\n(.*?)\n    ```', re.DOTALL)


@pytest.fixture(scope="module")
def records() -> Records:
    return Records(Folder(ROOT))


@pytest.fixture(scope="module")
def sample(records: Records) -> list[str]:
    """Some ids of every table, and all that were retired."""
    every = list(records)
    firsts = {records.table_of[row_id].name: row_id for row_id in every if row_id in records.table_of}
    return [*firsts.values(), *records.retired, *every[::EACH]]


def ids_in_tables() -> set[str]:
    """Every id as the CSV files have them, without the library that the site is made by."""
    found: set[str] = set()
    for table in shipped().tables.values():
        column = table.primary_key[0] if table.primary_key else "old_id" if table.name == "retired_ids" else None
        found |= {row[column] for row in cells(table.name)} if column else set()
    return found


def cells(table: str) -> Iterator[dict[str, str]]:
    with (ROOT / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def record_of(site: Path, row_id: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((site / f"rows/{row_id}.json").read_text(encoding="utf-8"))
    return record


def test_every_id_has_a_page_in_each_language_and_a_file(site: Path) -> None:
    ids = ids_in_tables()
    assert len(ids) > 3000
    for lang in LANGS.values():
        assert {path.parent.name for path in site.glob(f"{lang}id/*/index.html")} == ids
    assert {path.stem for path in site.glob("rows/*.json")} == ids | {"schema", "index"}


def test_a_file_holds_the_cells_of_its_row(site: Path) -> None:
    for table in shipped().tables.values():
        for row in list(cells(table.name))[::EACH] if table.primary_key else ():
            record = record_of(site, row[table.primary_key[0]])
            assert record["table"] == table.name
            assert {name: as_text(value) for name, value in record["cells"].items()} == {
                name: as_text(Decimal(cell)) if cell and table.field(name).type == "number" else cell
                for name, cell in row.items()
            }


def as_text(value: object) -> str:
    """A value of JSON as the CSV files write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | Decimal):
        return format(Decimal(str(value)).normalize(), "f")
    return "" if value is None else str(value)


def test_files_keep_the_published_schema(site: Path, sample: list[str]) -> None:
    schema = json.loads((site / "rows/schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    assert {row_id: [e.message for e in judge.iter_errors(record_of(site, row_id))] for row_id in sample} == {
        row_id: [] for row_id in sample
    }


@pytest.mark.parametrize(
    "change",
    [
        {"cells": {}},
        {"status": "lost"},
        {"retired": [{"replaced_by": None, "reason": {"en": "", "zh": ""}, "since": "1"}]},
        {"text": {"en": "only"}},
        {"more": 1},
        {"related": {"places": [{"text": {"en": "", "zh": ""}}]}},
        {"table": "targets"},
    ],
)
def test_the_schema_refuses_what_is_no_record(records: Records, change: Mapping[str, Any]) -> None:
    judge = Draft202012Validator(record_schema(shipped()))
    record = records["weining-women-2021.health.g03"]
    assert judge.is_valid(record)
    assert not judge.is_valid(record | change)


def test_the_index_lists_every_id_with_what_judges_and_proves_it(site: Path) -> None:
    index = json.loads((site / "rows/index.json").read_text(encoding="utf-8"))
    listed = [row_id for table in index["tables"].values() for row_id in table["ids"]] + index["retired"]
    assert len(listed) == len(set(listed))
    assert set(listed) == ids_in_tables()
    for name, table in index["tables"].items():
        assert {rule for rule in RULES if name in RULES[rule].tables} < set(table["rules"]) <= set(RULES)
        assert tuple(table["checks"]) == PROVEN.get(name, ())


def test_every_check_of_verify_looks_at_some_table() -> None:
    assert {check for checks in PROVEN.values() for check in checks} == set(CHECKS)
    assert set(PROVEN) <= set(shipped().tables)


@pytest.mark.parametrize("lang", LANGS)
def test_links_of_the_pages_of_rows_resolve(site: Path, sample: list[str], lang: str) -> None:
    pages = [site / LANGS[lang] / f"id/{row_id}/index.html" for row_id in sample]
    assert [link for page in pages for link in broken(site, page)] == []


def test_every_link_between_rows_leads_to_one(records: Records) -> None:
    ids = set(records)
    for record in map(records.__getitem__, ids):
        near = [
            *record.get("neighbours", {}).values(),
            *(change["replaced_by"] for change in record.get("retired", ())),
        ]
        hanging = [row for part in ("related", "of_item") for rows in record.get(part, {}).values() for row in rows]
        plans = [row["plan"] for row in hanging if "plan" in row]
        assert {link["id"] for link in (*near, *hanging, *plans) if link and "id" in link} <= ids


def test_what_hangs_on_a_row_is_what_names_it(records: Records) -> None:
    """Counted from the CSV files."""
    goal, unit = "weining-women-2021.health.g03", "weining.health-bureau"
    for table, rows in records[goal]["related"].items():
        assert len(rows) == sum(row["goal_id"] == goal for row in cells(table))
    duties = [row for row in cells("duties") if unit in (row["from_unit_id"], row["to_unit_id"])]
    assert len(records[unit]["related"].get("duties", ())) == len(duties)
    assigned = [row["cells"]["role"] for row in records[unit]["related"]["assignments"]]
    assert assigned == [row["role"] for row in cells("assignments") if row["unit_id"] == unit]
    following = records[goal]["neighbours"]["next"]["id"]
    assert records[following]["neighbours"]["previous"]["id"] == goal


@pytest.mark.parametrize("lang", LANGS)
def test_pages_lead_to_the_pages_of_their_rows(site: Path, lang: str) -> None:
    root, edition = site / LANGS[lang], Edition(Folder(ROOT))
    for plan in edition.plans:
        page = html_of(root / f"plans/{plan}/index.html")
        ids = [row_id for row_id, url in edition.addresses.items() if url.startswith(f"plans/{plan}/")]
        assert [row_id for row_id in ids if f'href="../../id/{row_id}/"' not in page] == []
    for place in edition.places:
        page = html_of(root / f"places/{place}/index.html")
        assert all(f"../../id/{unit}/" in page for unit, row in edition.units.items() if row["place_id"] == place)
    for indicator in edition.compared:
        page = html_of(root / f"compare/{indicator}/index.html")
        assert all(f"../../id/{row['target_id']}/" in page for row in edition.targets_for[indicator])


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_a_body_tells_with_whom_it_leads(site: Path, lang: str) -> None:
    led: dict[str, set[str]] = {}
    for row in cells("assignments"):
        if row["role"] == "lead":
            led.setdefault(row["unit_id"], set()).add(row["goal_id"] or row["measure_id"])
    one, other = max(combinations(led, 2), key=lambda pair: len(led[pair[0]] & led[pair[1]]))
    n = len(led[one] & led[other])
    assert n > 1
    page = html_of(site / LANGS[lang] / f"id/{one}/index.html")
    together = page.split({"en": "Leads together with", "zh": "共同牵头的单位"}[lang], 1)[1].split("</ul>", 1)[0]
    told = {"en": f"{n} goals and measures", "zh": f"{n}条"}[lang]
    assert re.search(
        rf'<li><a href="\.\./{re.escape(other)}/">[^<]+</a> <span class="pd-quiet">{told}</span>', together
    )
    assert together.count("<li>") == sum(bool(led[one] & own) for unit, own in led.items() if unit != one)


def test_item_boxes_show_all_of_their_rows(site: Path) -> None:
    edition = Edition(Folder(ROOT))
    for lang, say in ((lang, edition.say(lang)) for lang in LANGS):
        for plan in edition.plans:
            page = unescape(html_of(site / LANGS[lang] / f"plans/{plan}/index.html"))
            own = {row_id for row_id, row in edition.items.items() if row["plan_id"] == plan}
            told = [edition.items[row_id]["text_sha256"] for row_id in own]
            told += [row["name_text"] for item in own for row in edition.instruments_of[item]]
            told += [row["name_text"] for item in own for row in edition.groups_of[item]]
            told += [row["name_text"] for row in (*edition.targets, *edition.duties) if row["plan_id"] == plan]
            told += [say.of(row, "resolution") for row in edition.anomalies if row["item_id"] in own]
            assert [text for text in told if text not in page] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_retired_id_says_what_became_of_it(site: Path, lang: str) -> None:
    rows = list(cells("retired_ids"))
    assert rows
    for row in rows:
        page = html_of(site / LANGS[lang] / f"id/{row['old_id']}/index.html")
        assert f'href="../{row["replaced_by"]}/"' in page
        assert row[f"reason_{lang}"] in unescape(page)
        assert row["version"] in page
        assert 'http-equiv="refresh"' not in page
        (change,) = record_of(site, row["old_id"])["retired"]
        assert (change["replaced_by"]["id"], change["since"]) == (row["replaced_by"], row["version"])


def test_no_address_of_the_site_begins_with_none(site: Path) -> None:
    assert not list(site.rglob("sitemap.xml*"))
    assert [path for path in site.rglob("*.xml") if "None" in path.read_text(encoding="utf-8")] == []


def frame(lang: str = "en") -> Frame:
    return Frame(lang, "site", "", [("Home", "./")], None, [], "", "default-src 'self'", "")


def settled(bench: Bench, **about: str) -> Rows:
    """The rows of a changed small package whose descriptor states more."""
    bench.settle()
    bench.describe(lambda descriptor: descriptor.update(about))
    shutil.copy(ROOT / "CITATION.cff", bench.root)
    return Rows(Edition(Folder(bench.root)))


def test_an_id_that_was_split_lists_all_that_took_its_place(bench: Bench) -> None:
    (bench.path("retired_ids")).write_text(bench.path("retired_ids").read_text(encoding="utf-8").splitlines()[0] + "\n")
    for target in ("t1", "t2"):
        bench.add(
            "retired_ids", old_id=f"{HEALTH}.g02.t9", table_name="targets", replaced_by=f"{HEALTH}.g02.{target}",
            reason_zh="拆分。", reason_en="It was split.", version="0.1.0",
        )  # fmt: skip
    rows = settled(bench)
    page = dict(rows.pages(frame()))[f"id/{HEALTH}.g02.t9/index.html"]
    assert all(f'href="../{HEALTH}.g02.{target}/"' in page for target in ("t1", "t2"))
    record = rows.records[f"{HEALTH}.g02.t9"]
    assert [change["replaced_by"]["id"] for change in record["retired"]] == [f"{HEALTH}.g02.t1", f"{HEALTH}.g02.t2"]
    assert Draft202012Validator(record_schema(shipped())).is_valid(record)


@pytest.mark.parametrize(
    "path", ["../../../evil", "/evil", "a/../../b", "..", "index", "SCHEMA", "a\\b", "a" * 300, ""]
)
def test_an_id_that_is_a_path_writes_nothing_outside_its_folder(bench: Bench, path: str) -> None:
    assert not is_addressable(path)
    bench.patch("retired_ids", 0, old_id=path)
    rows = settled(bench)
    written = [name for name, _ in [*rows.files(), *rows.pages(frame()), *rows.pages(frame("zh"))]]
    assert len(written) == len(set(written)) > 50
    name = re.compile(r"rows/[\w.-]+\.json|(?:zh/)?id/[\w.-]+/index\.html", re.ASCII)
    assert [one for one in written if not name.fullmatch(one) or "/../" in one] == []
    assert json.loads(dict(rows.files())["rows/index.json"])["version"]


def test_addresses_stand_in_pages_only_once_they_are_set(bench: Bench) -> None:
    row = f"{HEALTH}.g01"
    unset = dict(settled(bench).pages(frame("zh")))[f"zh/id/{row}/index.html"]
    assert 'rel="canonical"' not in unset
    assert not any(f'"{name}":' in unset for name in ("url", "feedback"))
    assert "mailto:" not in unset
    rows = settled(bench, homepage="https://example.org/data", feedback="mailto:data@example.org")
    page = dict(rows.pages(frame("zh")))[f"zh/id/{row}/index.html"]
    address = f"https://example.org/data/zh/id/{row}/"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'"url":"{address}"' in page
    assert f"https://example.org/data/id/{row}/" in rows.records[row]["citation"]["apa"]
    (mail,) = re.findall(r'href="(mailto:[^"]+)"', page)
    asked = parse_qs(urlsplit(unescape(mail)).query)
    assert row in asked["subject"][0]
    assert address in asked["body"][0]
    assert len(mail) < 2000


@pytest.mark.parametrize("address", ["javascript:x()", '"><script>', "https://a.org/\"onclick='x'"])
def test_an_address_that_could_run_does_not(bench: Bench, address: str) -> None:
    page = dict(settled(bench, homepage=address).pages(frame()))[f"id/{HEALTH}.g01/index.html"]
    assert not re.search(r"""(?:href|src)="(?!https:)[^"]*(?:javascript|script>|onclick)|\sonclick=""", page)
    assert 'rel="canonical"' not in page
    with pytest.raises(PackageError, match="feedback must be an address that begins with https:// or mailto:"):
        settled(bench, feedback=address)


def test_a_report_tells_the_row_the_version_and_the_page(records: Records) -> None:
    row = "weining-women-2021.health.g03.t1"
    for lang in LANGS:
        say = Words(shipped().labels, lang)
        asked = correction(
            records[row], say, "https://example.org/x/", "https://example.org/new?title={title}&body={text}"
        )
        filled = {name: value for name, value in records[row]["cells"].items() if value is not None}
        assert all(f"{name}{say(Text(': ', '：'))}{value}" in asked.text for name, value in filled.items())
        assert records[row]["version"] in asked.text
        assert asked.address.startswith(
            f"https://example.org/new?title={quote(asked.text.splitlines()[0], safe='')}&body="
        )
        assert quote("https://example.org/x/", safe="") in asked.address
        assert correction(records[row], say, "", "").address == ""


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_of_a_row_is_cited_and_reported_where_it_is_read(visit: Visit, lang: str) -> None:
    row = "weining-women-2021.health.g03.t1"
    page = visit.open(f"{LANGS[lang]}id/{row}/")
    address = f"{visit.address}{LANGS[lang]}id/{row}/"
    texts = page.locator(".pd-citations pre").all_inner_texts()
    assert len(texts) == 4
    assert all(address in text for text in texts)
    assert not any("@" in text.replace("@misc", "") for text in texts)
    assert address in page.locator(".pd-report").input_value()
    page.click(f'a[hreflang="{"en" if lang == "zh" else "zh"}"]')
    page.wait_for_url(f"**/{LANGS['en' if lang == 'zh' else 'zh']}id/{row}/")
    assert visit.troubles == []


def test_a_page_of_a_row_is_as_dark_as_the_reader_chose(visit: Visit) -> None:
    page = visit.open("id/weining/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("body[data-md-color-scheme=slate]")
    chosen = '{"index":1,"color":{"media":"(prefers-color-scheme: light)","scheme":"default"}}'
    page.evaluate("chosen => localStorage.setItem('/.__palette', chosen)", chosen)
    page.reload()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"


@pytest.mark.parametrize("lang", LANGS)
def test_the_static_api_is_documented_whole(lang: str) -> None:
    text = (ROOT / f"docs/api.{lang}.md").read_text(encoding="utf-8")
    known = record_schema(shipped())["properties"]
    told = set(re.findall(r"`(\$?\w+)`", text))
    assert set(known) <= told
    assert set(known["citation"]["properties"]) <= told


@pytest.mark.parametrize("lang", LANGS)
def test_the_example_of_the_static_api_runs(address: str, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    (block,) = PYTHON.findall((ROOT / f"docs/api.{lang}.md").read_text(encoding="utf-8"))
    code = re.sub("^    ", "", block, flags=re.MULTILINE).replace("https://example.org/", address)
    exec(compile(code, "api", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == sum(row["indicator_id"] == "maternal-mortality" for row in cells("targets"))
    assert all(line.count(" | ") == 2 for line in lines)

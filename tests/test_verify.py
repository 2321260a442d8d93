"""`verify` on the real texts, and on an invented document whose rows are damaged one by one."""

import csv
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from damaged import plandata

import plandata as library
from plandata.files import PackageError
from plandata.schema import edition
from plandata.text import fingerprint
from plandata.texts.segment import segment
from plandata.texts.verify import CHECKS, Gap, Proof, Tally, misplaced, verify

TEXTS = Path(__file__).parent / "texts"
Rows = dict[str, list[dict[str, str]]]
NAMES = {"women": "妇女", "children": "儿童"}


def test_the_shipped_rows_are_proven_by_the_real_texts() -> None:
    folder = os.environ.get("PLANDATA_SOURCES")
    if not folder:
        pytest.skip("PLANDATA_SOURCES names no folder with the texts of the documents")
    proofs = verify(library.open(), Path(folder))
    assert [proof.gaps for proof in proofs] == [[]] * 9
    for name in CHECKS:
        tallies = [getattr(proof, name) for proof in proofs]
        assert all(tally.complete for tally in tallies)
        assert sum(tally.total for tally in tallies) > 100
    package = library.open()
    assert sum(proof.fingerprints.total for proof in proofs) == package["goals"].height + package["measures"].height
    assert sum(proof.assignments.total for proof in proofs) == package["assignments"].height


def slip(fingerprint: str, characters: int) -> str:
    """A fingerprint whose first characters are others."""
    return "".join("0" if c != "0" else "1" for c in fingerprint[:characters]) + fingerprint[characters:]


def coded() -> Rows:
    """The rows of the invented document `damaged.txt`: its items, two figures, a non-target, the units of its notes."""
    text = (TEXTS / "damaged.txt").read_text(encoding="utf-8")
    rows: Rows = {name: [] for name in edition().tables}
    head = {"title_zh": "云岭自治县人民政府关于印发《云岭自治县妇女发展规划（2021—2025年）》的通知"}
    dated = {"issuer_zh": "云岭自治县人民政府", "published_on": "2023-01-02"}
    rows["documents"] = [{"document_id": "yunling-2021", "sha256": fingerprint(text), **head, **dated}]
    for plan in segment(text):
        plan_id = f"yunling-{plan.population}-2021"
        title = f"云岭自治县{NAMES[plan.population]}发展规划（2021—2025年）"
        period = {"title_zh": title, "start_year": "2021", "end_year": "2025"}
        cells = {"plan_id": plan_id, "document_id": "yunling-2021", "population": plan.population}
        rows["plans"].append(cells | period)
        for position, domain in enumerate(plan.domains, 1):
            cells = {"domain_id": f"{plan_id}.d{position}", "plan_id": plan_id, "position": str(position)}
            title_of = {"title_zh": domain.title, "number": domain.number}
            rows["domains"].append(cells | title_of | {"population": domain.population})
        for i, item in enumerate(plan.items):
            domain_id = "" if item.domain is None else f"{plan_id}.d{item.domain + 1}"
            cells = {"plan_id": plan_id, "domain_id": domain_id, "kind": item.kind, "number": item.number}
            table, key = ("goals", "goal_id") if item.kind in ("goal", "overall") else ("measures", "measure_id")
            rows[table].append({key: f"{plan_id}.i{i}", **cells, "text_sha256": item.sha256})
    women, children = "yunling-women-2021", "yunling-children-2021"
    units = ("自治县卫生健康局", "自治县妇联", "自治县残联", "各成员单位")
    rows["units"] = [{"unit_id": f"u{i}", "name_zh": name} for i, name in enumerate(units)]
    for goal_id, names in {
        f"{women}.i1": ("lead u0", "responsible u1", "responsible u2 残联"),
        f"{women}.i2": ("lead u0",),
        f"{women}.i3": ("lead u0", "responsible u1", "responsible u2 残联"),
        f"{children}.i1": ("responsible u3",),
    }.items():
        for position, (role, unit_id, *printed) in enumerate((name.split(" ") for name in names), 1):
            cells = {"goal_id": goal_id, "unit_id": unit_id, "role": role, "position": str(position)}
            rows["assignments"].append(cells | {"printed_as": "".join(printed)})
    rows["targets"] = [
        {"goal_id": goal_id, "name_text": name, "value": value, "value_text": phrase, "target_year": "2025"}
        for goal_id, name, value, phrase in (
            (f"{women}.i1", "孕产妇死亡率", "12", "下降到12/10万以下"),
            (f"{women}.i2", "体检率", "85", "85%以上"),
            (f"{women}.i3", "贫血率", "", "贫血率下降"),
            (f"{children}.i1", "死亡率", "20", "下降20%"),
        )
    ]
    broken = {"anomaly_id": "yunling-2021.a01", "document_id": "yunling-2021", "kind": "unclosed_bracket"}
    rows["anomalies"] = [
        broken | {"goal_id": goal_id, "description_zh": "“自治县卫生健康局”或“各成员单位”之后缺后括号"}
        for goal_id in (f"{women}.i2", f"{children}.i1")
    ]
    rows["non_targets"] = [{"goal_id": f"{women}.i2", "value_text": "2.5%", "reason": "other"}]
    rows["instruments"] = [
        {"measure_id": f"{women}.i{i}", "instrument": code, "position": "1", "name_text": words}
        for i, code, words in ((5, "inform", "宣传"), (8, "organise", "评估组"), (7, "fund", "资金"))
    ]
    rows["target_groups"] = [{"goal_id": f"{women}.i1", "target_group": "pregnant", "name_text": "孕产妇"}]
    rows["citations"] = [{"plan_id": women, "position": "1", "title_zh": "云岭自治县妇女发展规划（2016—2020年）"}]
    rows["duties"] = [
        {"duty_id": f"{women}.i7.d1", "measure_id": f"{women}.i7", "kind": "funding", "name_text": "多渠道筹集资金"},
        {"duty_id": f"{women}.i8.d1", "measure_id": f"{women}.i8", "kind": "monitoring", "name_text": "按年监测"},
    ]
    return rows


def package_of(rows: Rows, folder: Path) -> library.Package:
    """A package on disk with the given rows."""
    (folder / "data").mkdir()
    for name, table in edition().tables.items():
        with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[name])
    resources = [{"name": name, "path": f"data/{name}.csv"} for name in edition().tables]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    return library.open(folder)


def gaps_after(damage: Callable[[Rows], object], folder: Path) -> list[Gap]:
    rows = coded()
    damage(rows)
    return [gap for proof in verify(package_of(rows, folder), TEXTS) for gap in proof.gaps]


def test_an_invented_document_is_proven(tmp_path: Path) -> None:
    proofs = verify(package_of(coded(), tmp_path), TEXTS)
    assert [(proof.plan, proof.gaps) for proof in proofs] == [("yunling-women-2021", []), ("yunling-children-2021", [])]
    tallies = [[getattr(proof, check) for check in CHECKS] for proof in proofs]
    held = [[9, 4, 3, 7, 3, 0, 15, 11, 10], [3, 1, 1, 1, 1, 0, 7, 0, 3]]
    assert tallies == [[Tally(n, n) for n in counts] for counts in held]


GOAL = "yunling-women-2021.i1"
DOCUMENT = "yunling-2021"
DAMAGES: dict[str, tuple[Callable[[Rows], object], list[tuple[str, str]]]] = {
    "a title that is not printed": (
        lambda rows: rows["documents"][0].update(title_zh="云岭自治县妇女发展规划的通知"),
        [(DOCUMENT, "date")],
    ),
    "an issuer that is not printed": (
        lambda rows: rows["documents"][0].update(issuer_zh="云岭县人民政府"),
        [(DOCUMENT, "date")],
    ),
    "another date than the printed one": (
        lambda rows: rows["documents"][0].update(published_on="2023-01-03"),
        [(DOCUMENT, "date")],
    ),
    "a printed date left out": (lambda rows: rows["documents"][0].pop("published_on"), [(DOCUMENT, "date")]),
    "a date of another column": (
        lambda rows: rows["documents"][0].update(issued_on="2023-01-02"),
        [(DOCUMENT, "date")],
    ),
    "a document number that is not printed": (
        lambda rows: rows["documents"][0].update(document_number="云府发〔2021〕4号"),
        [(DOCUMENT, "date")],
    ),
    "a plan's title that is a part of the printed one": (
        lambda rows: rows["plans"][1].update(title_zh="云岭自治县儿童发展规划"),
        [("", "date")],
    ),
    "a period that is not printed": (lambda rows: rows["plans"][0].update(start_year="2020"), [("", "date")]),
    "a target year that is not printed": (
        lambda rows: rows["targets"][0].update(target_year="2024"),
        [(GOAL, "year")],
    ),
    "a reference year that is not printed": (
        lambda rows: rows["targets"][0].update(reference_year="2020"),
        [(GOAL, "year")],
    ),
    "a baseline year that is not printed": (
        lambda rows: rows["targets"][0].update(baseline_year="2020"),
        [(GOAL, "year")],
    ),
    "a corrupted digit in a figure": (
        lambda rows: rows["targets"][0].update(value_text="下降到13/10万以下"),
        [(GOAL, "figure"), (GOAL, "number")],
    ),
    "a figure that cuts a number in two": (
        lambda rows: rows["targets"][0].update(value_text="2/10万以下"),
        [(GOAL, "figure"), (GOAL, "number")],
    ),
    "a name that is not printed": (
        lambda rows: rows["targets"][0].update(name_text="婴儿死亡率"),
        [(GOAL, "name")],
    ),
    "a name that cuts a number in two": (
        lambda rows: rows["targets"][0].update(name_text="2/10万"),
        [(GOAL, "name")],
    ),
    "a number that nothing accounts for": (
        lambda rows: rows["non_targets"].clear(),
        [("yunling-women-2021.i2", "number")],
    ),
    "a wrong unit": (lambda rows: rows["assignments"][0].update(unit_id="u1"), [(GOAL, "unit")]),
    "a wrong role": (lambda rows: rows["assignments"][0].update(role="responsible"), [(GOAL, "unit")]),
    "units in another order": (
        lambda rows: [row.update(position=str(4 - int(row["position"]))) for row in rows["assignments"][:3]],
        [(GOAL, "unit"), (GOAL, "unit")],
    ),
    "a missing unit": (lambda rows: rows["assignments"].pop(2), [(GOAL, "unit")]),
    "a unit too many": (
        lambda rows: rows["assignments"].append(
            {"goal_id": "yunling-children-2021.i1", "unit_id": "u0", "role": "lead", "position": "2"}
        ),
        [("yunling-children-2021.i1", "unit")],
    ),
    "an item that is not coded": (
        lambda rows: rows["measures"].pop(0),
        [("", "item")],
    ),
    "an item that is not printed": (
        lambda rows: rows["measures"].append(
            rows["measures"][0] | {"measure_id": "yunling-women-2021.x", "number": "9"}
        ),
        [("yunling-women-2021.x", "number")],
    ),
    "a domain's title that is not printed": (
        lambda rows: rows["domains"][0].update(title_zh="妇女与教育"),
        [("yunling-women-2021.d1", "words")],
    ),
    "a domain's number that is not printed": (
        lambda rows: rows["domains"][0].update(number="二"),
        [("yunling-women-2021.d1", "words")],
    ),
    "a label of another item": (
        lambda rows: rows["goals"][1].update(label_zh="体检率达到"),
        [(GOAL, "words")],
    ),
    "telling words of a means that are not printed": (
        lambda rows: rows["instruments"][0].update(name_text="宣讲"),
        [("yunling-women-2021.i5", "policy")],
    ),
    "a means whose word is printed and that is not coded": (
        lambda rows: rows["instruments"].pop(),
        [("yunling-women-2021.i7", "policy")],
    ),
    "no means at all, for which the plan was not coded": (lambda rows: rows["instruments"].clear(), []),
    "no groups at all, for which the plan was not coded": (lambda rows: rows["target_groups"].clear(), []),
    "no duties at all, for which the plan was not coded": (lambda rows: rows["duties"].clear(), []),
    "no citations at all, for which the plan was not coded": (lambda rows: rows["citations"].clear(), []),
    "a body that an item without a note names": (
        lambda rows: (
            rows["units"].append({"unit_id": "u4", "name_zh": "妇儿工委办公室"})
            or rows["assignments"].append(
                {"measure_id": "yunling-women-2021.i8", "unit_id": "u4", "role": "lead", "position": "1"}
            )
        ),
        [],
    ),
    "a body that an item without a note does not name": (
        lambda rows: rows["assignments"].append(
            {"measure_id": "yunling-women-2021.i8", "unit_id": "u0", "role": "lead", "position": "1"}
        ),
        [("yunling-women-2021.i8", "unit")],
    ),
    "a group that is not named": (
        lambda rows: rows["target_groups"][0].update(name_text="女童"),
        [(GOAL, "policy")],
    ),
    "a group that hangs on another item": (
        lambda rows: rows["target_groups"][0].update(goal_id="yunling-women-2021.i3"),
        [("yunling-women-2021.i3", "policy")],
    ),
    "a title that the preamble does not print": (
        lambda rows: rows["citations"].append(
            {"plan_id": "yunling-women-2021", "position": "2", "title_zh": "妇女权益保障法"}
        ),
        [("yunling-women-2021", "policy")],
    ),
    "a printed title that is another": (
        lambda rows: rows["citations"][0].update(title_zh="云岭自治县妇女发展规划（2011—2015年）"),
        [("yunling-women-2021", "policy"), ("yunling-women-2021", "policy")],
    ),
    "a title in another item": (
        lambda rows: rows["citations"].append(
            {"plan_id": "yunling-women-2021", "goal_id": GOAL, "position": "1", "title_zh": "妇女发展规划"}
        ),
        [(GOAL, "policy")],
    ),
    "a deadline that is not printed": (
        lambda rows: rows["duties"][1].update(deadline_text="1个月内"),
        [("yunling-women-2021.i8", "policy")],
    ),
    "a frequency that no word says": (
        lambda rows: rows["duties"][1].update(frequency="regular"),
        [("yunling-women-2021.i8", "policy")],
    ),
    "a body that owes nothing there": (
        lambda rows: rows["duties"][1].update(from_unit_id="u2"),
        [("yunling-women-2021.i8", "policy")],
    ),
    "a body to which nothing is owed there": (
        lambda rows: rows["duties"][1].update(to_unit_id="u0"),
        [("yunling-women-2021.i8", "policy")],
    ),
    "a label of another plan": (lambda rows: rows["goals"][1].update(label_zh="护栏安装"), [(GOAL, "words")]),
    "a scope that is not printed": (
        lambda rows: rows["targets"][0].update(scope_zh="城镇职工"),
        [(GOAL, "words")],
    ),
    "a timing that no word says": (lambda rows: rows["targets"][0].update(timing="throughout"), [(GOAL, "words")]),
    "a commitment that no word says": (
        lambda rows: rows["targets"][0].update(commitment="encourage"),
        [(GOAL, "words")],
    ),
    "a note that quotes what is not printed": (
        lambda rows: rows["targets"][0].update(note_zh="原文为“婴儿死亡率”"),
        [(GOAL, "words")],
    ),
    "an anomaly of another item": (
        lambda rows: rows["anomalies"].append(
            rows["anomalies"][0] | {"goal_id": GOAL, "description_zh": "“体检率达到”缺字"}
        ),
        [(GOAL, "words")],
    ),
    "an anomaly of the whole document that quotes an item": (
        lambda rows: rows["anomalies"].append(
            rows["anomalies"][0] | {"goal_id": "", "description_zh": "“体检率达到”缺字"}
        ),
        [("yunling-women-2021.i2", "words")],
    ),
    "a bracket that is not recorded": (
        lambda rows: rows["anomalies"].pop(),
        [("yunling-children-2021.i1", "words")],
    ),
    "a direction that is not coded": (
        lambda rows: rows["targets"].pop(2),
        [("yunling-women-2021.i3", "words")],
    ),
    "another wording": (lambda rows: rows["goals"][1].update(text_sha256="0" * 64), [(GOAL, "fingerprint")]),
    "a slip in the fingerprint of the document": (
        lambda rows: rows["documents"][0].update(sha256=slip(rows["documents"][0]["sha256"], 8)),
        [("yunling-2021", "document")],
    ),
    "the fingerprint of another copy of the document": (
        lambda rows: rows["documents"][0].update(sha256=slip(rows["documents"][0]["sha256"], 9)),
        [],
    ),
    "a wrong number": (
        lambda rows: rows["goals"][1].update(number="3"),
        [("", "item"), (GOAL, "number")],
    ),
    "a plan for another population": (
        lambda rows: rows["plans"][1].update(population="both"),
        [("", "document")],
    ),
    "an unknown document": (
        lambda rows: (
            rows["documents"].append({"document_id": "other-2021", "sha256": "1" * 64})
            or rows["plans"][1].update(document_id="other-2021")
        ),
        [("", "document")],
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_every_damage_is_reported(tmp_path: Path, name: str) -> None:
    damage, expected = DAMAGES[name]
    assert sorted((gap.item, gap.check) for gap in gaps_after(damage, tmp_path)) == sorted(expected)


def test_items_of_the_same_words_have_the_same_label_in_every_plan(tmp_path: Path) -> None:
    """The note of bodies, the number and punctuation tell nothing; a measure is told by its first sentence."""
    text = (TEXTS / "damaged.txt").read_text(encoding="utf-8")
    text = text.replace("1.伤害死亡率下降20%。（责任单位：各成员单位", "1.贫血率下降（责任单位：各成员单位")
    text = text.replace("1.安装护栏。", "1.健全服务网络：安装护栏。")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/alike.txt").write_text(text, encoding="utf-8")
    rows = coded()
    items = [row for row in (*rows["goals"], *rows["measures"]) if row["kind"] in ("goal", "measure")]
    for row in items:
        row.update(label_zh=f"标签{row['kind']}", label_en=f"label {row['kind']}")

    def labels() -> list[tuple[str, str]]:
        written = [rows["documents"][0].update(sha256=fingerprint(text)), (tmp_path / "p").mkdir()]
        assert written
        proofs = verify(package_of(rows, tmp_path / "p"), tmp_path / "texts")
        shutil.rmtree(tmp_path / "p")
        return [(gap.item, gap.detail) for proof in proofs for gap in proof.gaps if gap.check == "label"]

    assert labels() == []
    items[-1]["label_en"] = "another"
    first = next(row["measure_id"] for row in rows["measures"] if row["kind"] == "measure")
    assert labels() == [(items[-1]["measure_id"], f"{first} has the same words and another label")]


def test_the_years_of_a_line_of_a_table_may_stand_in_its_heads(tmp_path: Path) -> None:
    text = (TEXTS / "table.txt").read_text(encoding="utf-8")
    (plan,) = segment(text)
    rows: Rows = {name: [] for name in edition().tables}
    rows["documents"] = [{"document_id": "other-2021", "sha256": fingerprint(text)}]
    told = {"plan_id": "other-women-2021", "document_id": "other-2021", "population": "women", "end_year": "2025"}
    rows["plans"] = [told]
    for position, domain in enumerate(plan.domains, 1):
        cells = {"domain_id": f"d{position}", "plan_id": told["plan_id"], "position": str(position)}
        rows["domains"].append(cells | {"population": domain.population})
    for i, item in enumerate(plan.items):
        own = {"kind": item.kind, "number": item.number, "plan_id": told["plan_id"], "measure_id": f"i{i}"}
        rows["measures"].append(own | {"domain_id": "" if item.domain is None else f"d{item.domain + 1}"})
    asked = [(f"i{i}", item.kind) for i, item in enumerate(plan.items) if item.kind in ("indicator", "measure")]
    rows["targets"] = [{"measure_id": item, "baseline_year": "2020", "target_year": "2025"} for item, _ in asked]
    (proof,) = verify(package_of(rows, tmp_path), TEXTS)
    missed = [(gap.item, gap.detail) for gap in proof.gaps if gap.check == "year"]
    wrong = "baseline_year 2020 does not stand in the item"
    assert missed == [(item, wrong) for item, kind in asked if kind == "measure"]


def test_gaps_say_what_is_printed_and_what_is_coded(tmp_path: Path) -> None:
    def damage(rows: Rows) -> None:
        rows["assignments"][0]["unit_id"] = "u3"
        rows["non_targets"].clear()

    details = [gap.detail for gap in gaps_after(damage, tmp_path)]
    assert "print: lead 自治县卫生健康局; coded: lead 各成员单位" in details
    assert any(detail.startswith("2.5 in …") and "neither a target's figure" in detail for detail in details)


@pytest.mark.parametrize("name", ["", "nowhere", "file.txt"])
def test_a_folder_without_the_texts_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/file.txt").write_bytes(b"\xff\x00")
    with pytest.raises(PackageError, match=r"holds the text of none|is no folder"):
        verify(library.open(), tmp_path / "empty" / name)


def test_a_document_is_found_in_any_encoding_and_told_where_it_is_not(tmp_path: Path) -> None:
    rows = coded()
    text = (TEXTS / "table.txt").read_text(encoding="utf-8")
    rows["documents"].append({"document_id": "other-2021", "sha256": fingerprint(text)})
    rows["plans"].append({"plan_id": "other-women-2021", "document_id": "other-2021", "population": "women"})
    package, sources = package_of(rows, tmp_path), tmp_path / "sources"
    sources.mkdir()
    shutil.copy(TEXTS / "damaged.txt", sources)
    (sources / "table.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    missed = f"no text in {sources} has the fingerprint of other-2021; {sources / 'table.txt'}: is a picture"
    (told,) = [gap.detail for proof in verify(package, sources) for gap in proof.gaps]
    assert told.startswith(missed)
    for encoding in ("gbk", "utf-16", "utf-8"):
        (sources / "table.txt").write_bytes(text.encode(encoding))
        assert not [gap for proof in verify(package, sources) for gap in proof.gaps if gap.check == "document"]


def test_the_command_exits_1_for_a_gap_and_2_without_texts(tmp_path: Path) -> None:
    rows = coded()
    rows["assignments"].pop()
    package = package_of(rows, tmp_path)
    result = plandata("verify", package.root, "--sources", TEXTS)
    assert result.exit_code == 1
    assert "yunling-children-2021.i1: unit: print: responsible 各成员单位; coded:" in result.stdout
    refused = plandata("verify", package.root, "--sources", tmp_path / "nowhere")
    assert (refused.exit_code, "is no folder" in refused.stderr) == (2, True)


def test_proofs_stand_beside_a_report_for_machines(tmp_path: Path) -> None:
    package = package_of(coded(), tmp_path)
    result = plandata("validate", package.root, "--format", "json", "--sources", TEXTS)
    assert json.loads(result.stdout)["package"] == str(package.root)
    assert "numbers accounted for" in result.stderr


def test_an_empty_tally_is_complete() -> None:
    assert (Tally().percent, Tally().complete, Tally(1, 2).percent) == (100.0, True, 50.0)
    assert Proof("plan").complete


LEADS, UNSAID = "leads, as the item says", "has a role that no word of the item says"


@pytest.mark.parametrize(
    ("role", "text", "expected"),
    [
        ("lead", "县妇联负责。", ""),
        ("responsible", "县妇联负责。", LEADS),
        ("responsible", "县妇联每年牵头开会,通报结果。", LEADS),
        ("responsible", "县妇联通报结果,组织开会。", ""),
        ("responsible", "县妇联通报结果。各部门负责。", ""),
        ("responsible", "县妇联办公室负责。", ""),
        ("responsible", "县妇联办公室负责,县妇联统筹。", LEADS),
        ("cooperating", "县妇联通报结果。", UNSAID),
        ("cooperating", "县妇联配合。", ""),
        ("participating", "县妇联配合。", UNSAID),
        ("participating", "县妇联参加。", ""),
    ],
)
def test_a_body_that_a_text_says_leads_has_no_other_role(role: str, text: str, expected: str) -> None:
    assert misplaced(role, "县妇联", ["县妇联", "县妇联办公室"], text) == expected

"""An assessment as a CSV table, one target a row."""

import csv
import io
from typing import Any

from plandata.assess import Assessment
from plandata.assess.codes import codes
from plandata.assess.judgement import Judgement
from plandata.reports.assess_record import judgement_record
from plandata.reports.csv_report import defused

ANSWER = ("path", "required_change", "observed_change", "needed_change", "projected", "verdict")
PLAIN = (
    "target_id", "plan_id", "place_id", "domain_id", "theme", "indicator_id", "name_zh", "name_en",
    "scope_zh", "scope_en",
    "required_zh", "required_en", "unit", "target_year", "judged_year", "value",
    "status", "status_zh", "status_en", "measurable", "reason_zh", "reason_en",
)  # fmt: skip


def render(done: Assessment, lang: str) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(safe(flat(judgement)) for judgement in done.judgements)
    return text.getvalue()


def safe(row: dict[str, Any]) -> dict[str, Any]:
    """A row no text of which a spreadsheet would run; a negative number stays a number."""
    return row | defused({name: cell for name, cell in row.items() if not is_number(cell)})


def is_number(cell: object) -> bool:
    try:
        float(str(cell))
    except ValueError:
        return False
    return True


def columns() -> list[str]:
    """The columns of the table."""
    return [
        *PLAIN, "warnings", "warnings_zh", "warnings_en", "base_year", "base_value", "observations", "lead_units",
        *(f"{method}_{name}" for method in codes()["method"] for name in ANSWER), "methods_agree",
    ]  # fmt: skip


def flat(judgement: Judgement) -> dict[str, Any]:
    """A judgement as one row; several values in a cell are joined with a semicolon."""
    record = judgement_record(judgement)
    row = {name: record[name] for name in PLAIN}
    warned, base = record["warnings"], record["base"] or {}
    row["warnings"] = "; ".join(w["code"] for w in warned)
    row["warnings_zh"] = "；".join(f"{w['label_zh']}：{w['reason_zh']}" for w in warned)
    row["warnings_en"] = "; ".join(f"{w['label_en']}: {w['reason_en']}" for w in warned)
    row |= {"base_year": base.get("year"), "base_value": base.get("value")}
    row["observations"] = "; ".join(f"{year}: {value}" for year, value in record["observations"].items())
    row["lead_units"] = "; ".join(record["lead_units"])
    for method in codes()["method"]:
        answer = record["methods"].get(method, {})
        row |= {f"{method}_{name}": answer.get(name) for name in ANSWER}
    row["methods_agree"] = record["methods_agree"]
    return {name: str(cell).lower() if isinstance(cell, bool) else cell for name, cell in row.items()}

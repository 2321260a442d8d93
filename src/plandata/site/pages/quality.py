"""Method and quality: sources, what verify proved, agreement of two coders, anomalies, known limits."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plandata.site.edition import Edition, grouped
from plandata.site.page import Page, make, pick
from plandata.site.verification import CHECKS, read_verification, tables_hash

CODING = "coding"


def pages(edition: Edition, lang: str) -> Iterator[Page]:
    title = pick(lang, "Method and quality", "方法与质量")
    described = pick(
        lang, "Sources, coverage, agreement, anomalies and limits.", "来源、覆盖率、编码一致性、异常与局限。"
    )
    root = edition.package.root
    figures = read_verification(root)
    kinds = sorted(grouped(edition.anomalies, "kind").items(), key=lambda pair: -len(pair[1]))
    yield make(
        edition, lang, "quality", title, described, "quality.md.j2", hide=(),
        figures=figures,
        checks=CHECKS,
        stale=bool(figures) and figures["tables_sha256"] != tables_hash(edition.package),
        totals=totals(figures),
        agreement=agreement(root / CODING),
        kinds=kinds,
    )  # fmt: skip


def totals(figures: Mapping[str, Any]) -> dict[str, list[int]]:
    """For each check how many hold and how many there are over all plans."""
    plans = figures["plans"].values() if figures else ()
    return {check: [sum(plan[check][i] for plan in plans) for i in (0, 1)] for check in CHECKS}


def agreement(folder: Path) -> str:
    """The table of agreement between two coders, "" without their codings."""
    if not (folder / "second_targets.csv").is_file():
        return ""
    from plandata.agreement import table

    return table(folder)

"""Method and quality: sources, what verify proved, agreement of two codings, anomalies, known limits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from plandata.files import ANY, PackageError, fits, inside, read_json
from plandata.package.folder import MISTAKES, SCORES
from plandata.report.findings import one
from plandata.rules import RULES
from plandata.site.edition import Edition
from plandata.site.page import DATA, Nav, Values, kind
from plandata.tables import grouped
from plandata.text import Text, paired
from plandata.texts.agreement import CODING, GROUPS, RECODED, mistaken_for
from plandata.texts.reliability import Figure
from plandata.texts.verify import CHECKS, read_record, tables_hash
from plandata.words import Words

# How many findings the page lists.
SHOWN = 50
# So many codes on which coders agree least are told.
WORST = 3
# The columns are told in which a smaller share of mistakes is found, and how the rows as a whole are named among them.
MOST_FOUND, WHOLE_ROWS = 0.9, "(row)"


@kind(
    "quality", "quality.md.j2", Text("Method and quality", "方法与质量"),
    Text("Sources, coverage, agreement, anomalies and limits.", "来源、覆盖率、编码一致性、异常与局限。"),
    nav=Nav(56, Text("Method and quality", "方法与质量"), DATA), hide=(),
)  # fmt: skip
def quality(edition: Edition, say: Words) -> Iterator[Values]:
    """What is known of the quality of the rows."""
    root = edition.package.root
    proven, told = read_record(root), kept(root, MISTAKES)
    kinds = sorted(grouped(edition.anomalies, "kind").items(), key=lambda pair: -len(pair[1]))
    yield {
        "method": paired(edition.about, "method")[say.lang],
        "figures": proven,
        "checks": CHECKS,
        "groups": GROUPS,
        "stale": bool(proven) and proven["tables_sha256"] != tables_hash(edition.about),
        "totals": totals(proven),
        "agreement": [(group, list(own)) for group, own in groupby(edition.agreement, key=lambda told: told.group)],
        "confused": {name: confused(edition, name) for name in RECODED},
        "mistakes": told,
        "least_found": least_found(told.get("kinds", {})),
        "weak_columns": weak_columns(told.get("columns", {})),
        "untried": untried(told.get("columns", ()), edition.schemas.tables),
        "drafts": drafts(kept(root, SCORES)),
        "report": edition.report,
        "shown": [one(finding) for finding in edition.report.findings[:SHOWN]],
        "rules": RULES,
        "kinds": kinds,
    }


def totals(proven: Mapping[str, Any]) -> dict[str, list[int]]:
    """For each check how many hold and how many there are over all plans."""
    plans = proven["plans"].values() if proven else ()
    return {check: [sum(plan.get(check, (0, 0))[i] for plan in plans) for i in (0, 1)] for check in CHECKS}


# What the benchmarks keep: how many mistakes of each kind and column were made and found, with shares and their
# intervals; how many rows of drafts are right, drafted and coded.
SHAPES = {
    MISTAKES: {
        "made": int, "by_validate": (float, float, float), "by_either": (float, float, float),
        "kinds": {ANY: (int, int, int)}, "kinds_zh": {ANY: str}, "columns": {ANY: (int, int, int)},
    },
    SCORES: {
        "documents": [str], "levels": {ANY: {"zh": str, "all": (int, int, int), "each": [(int, int, int)]}},
        "formats": {ANY: [str]},
    },
}  # fmt: skip


def kept(root: Path, name: str) -> Mapping[str, Any]:
    """The figures that a benchmark wrote into the package, empty where none were.

    Raises PackageError for a file that no benchmark wrote.
    """
    path = inside(root, name)
    figures: Mapping[str, Any] = read_json(path) if path.is_file() else {}
    if figures != {} and not fits(figures, SHAPES[name]):
        raise PackageError(f"{path}: holds no figures of a benchmark; delete it, or have it written anew")
    return figures


def drafts(scores: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is told of the drafts: the documents, F1 of each level for all and each of them, formats that differ.

    >>> goals = {"zh": "目标", "all": [9, 10, 10], "each": [[9, 10, 10]]}
    >>> drafts({"documents": ["a"], "levels": {"goals": goals}})["levels"]
    [('goals', '目标', 0.9, [0.9])]
    """
    levels = [
        (name, own["zh"], f1(own["all"]), [*map(f1, own["each"])]) for name, own in scores.get("levels", {}).items()
    ]
    return {**scores, "levels": levels}


def f1(tally: Sequence[int]) -> float:
    """F1 of how many rows are right, drafted and coded; 1 where there are none."""
    right, drawn, coded = tally
    return 2 * right / (drawn + coded) if drawn + coded else 1.0


def least_found(kinds: Mapping[str, Sequence[int]]) -> list[tuple[str, Sequence[int]]]:
    """The kinds of mistakes, those first of which either command finds the least, then those of which validate does.

    >>> least_found({"b": [9, 5, 9], "a": [9, 9, 9], "c": [9, 2, 8]})
    [('c', [9, 2, 8]), ('b', [9, 5, 9]), ('a', [9, 9, 9])]
    """
    return sorted(kinds.items(), key=lambda kind: (kind[1][2] / kind[1][0], kind[1][1] / kind[1][0], kind[0]))


def weak_columns(columns: Mapping[str, Sequence[int]]) -> list[tuple[str, str, float]]:
    """The columns in which fewer than MOST_FOUND of the mistakes are found: table, column ("" for rows), share.

    >>> weak_columns({"goals.number": [20, 1, 19], "serves.(row)": [20, 10, 10], "serves.goal_id": [20, 9, 17]})
    [('serves', '', 0.5), ('serves', 'goal_id', 0.85)]
    """
    told = []
    for name, (made, _, found) in columns.items():
        table, _, column = name.partition(".")
        told.append((table, "" if column == WHOLE_ROWS else column, found / made))
    weak = (one for one in told if one[2] < MOST_FOUND)
    return sorted(weak, key=lambda one: (one[2], one))


def untried(columns: Iterable[str], tables: Iterable[str]) -> list[str]:
    """The tables in no column of which mistakes were made.

    >>> untried(["goals.label_zh", "goals.(row)"], ["goals", "duties"])
    ['duties']
    """
    tried = {column.partition(".")[0] for column in columns}
    return [table for table in tables if table not in tried]


def confused(edition: Edition, name: str) -> list[tuple[Figure, list[tuple[str, int]]]]:
    """The codes of a table on which two coders agree least, and what the other one had instead; "" is nothing."""
    worst = edition.agreed_codes.get(name, [])[:WORST]
    instead = mistaken_for(edition.package.root / CODING, name) if worst else {}
    return [(figure, instead.get(figure.what.en, [])) for figure in worst]

"""The invented items of data/wordings.txt with the rows that the codebook demands of each, and how drafts compare."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).parent / "data" / "wordings.txt"
# The short names of columns that a row gives as key=value, and what stands where it gives none.
COLUMNS = {
    "scope": "scope_zh", "timing": "timing", "commitment": "commitment", "ref": "reference_year",
    "year": "target_year", "baseline": "baseline_value", "byear": "baseline_year", "bench": "benchmark_zh",
}  # fmt: skip
USUAL = {"timing": "end", "commitment": "firm"}


@dataclass
class Wording:
    """One item: its kind and text, its targets as rows of columns, its non-targets, and why a miss is known."""

    kind: str
    text: str
    targets: list[dict[str, str]] = field(default_factory=list)
    non_targets: list[tuple[str, str]] = field(default_factory=list)
    known: str = ""


def wordings() -> list[Wording]:
    """All items of the file."""
    found: list[Wording] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("  - "):
            found[-1].non_targets.append(tuple(line[4:].rsplit(" ", 1)))
        elif line.startswith("  ! "):
            found[-1].known = line[4:]
        elif line.startswith("  "):
            found[-1].targets.append(target(line))
        elif line and not line.startswith("#"):
            kind, _, text = line.partition(": ")
            found.append(Wording(kind, text))
    return found


def target(line: str) -> dict[str, str]:
    """The columns that a row gives: comparator, value, unit and basis, then name, phrase and others behind bars."""
    first, name, phrase, others = ([part.strip() for part in line.split("|")] + [""] * 3)[:4]
    words = first.split()
    row = (
        dict(zip(("comparator", "value", "unit_of_measure", "basis"), words, strict=True))
        if len(words) == 4
        else {"comparator": words[0], "value": "", "basis": words[1]}
    )
    row |= {"name_text": name, "value_text": phrase}
    row |= {COLUMNS[key]: value for key, _, value in (one.partition("=") for one in others.split())}
    return USUAL | {key: value for key, value in row.items() if value or key == "value"}


def same(wanted: Mapping[str, str], drawn: Mapping[str, str], columns: tuple[str, ...]) -> bool:
    """Whether a drafted row has what is wanted of some columns; ? stands for anything."""
    return all(wanted.get(column, "?") in ("?", drawn[column]) for column in columns)


def matched(
    wanted: list[dict[str, str]], drawn: list[dict[str, str]], columns: tuple[str, ...]
) -> tuple[list[tuple[dict[str, str], dict[str, str]]], list[dict[str, str]], list[dict[str, str]]]:
    """The pairs of rows that agree in some columns, then what was wanted and what was drawn without a partner."""
    pairs, missed, left = [], [], list(drawn)
    for row in wanted:
        own = [one for one in left if same(row, one, columns)]
        if own:
            best = max(own, key=lambda one: sum(row.get(column) == one[column] for column in row))
            left.remove(best)
            pairs.append((row, best))
        else:
            missed.append(row)
    return pairs, missed, left

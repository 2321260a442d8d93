"""Proves the rows of a package against the texts of its documents.

The texts are found by content, segmented, and compared item by item: fingerprints, printed numbers,
figure phrases, the units that notes name, and whether every number is accounted for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from plandata.figures import occurrences, tokens, values
from plandata.notes import read_note
from plandata.package import Package, PackageError
from plandata.segment import Item, Plan, segment
from plandata.text import fingerprint, normalise

Row = dict[str, Any]


@dataclass
class Tally:
    """How many of a thing there are and how many of them hold."""

    held: int = 0
    total: int = 0

    def count(self, holds: bool) -> bool:
        self.total += 1
        self.held += holds
        return holds

    @property
    def complete(self) -> bool:
        return self.held == self.total

    @property
    def percent(self) -> float:
        return 100.0 * self.held / self.total if self.total else 100.0


@dataclass
class Gap:
    """One thing that the text and the rows do not agree on."""

    plan: str
    item: str
    check: str
    detail: str


@dataclass
class Proof:
    """What was proven for one plan; gaps lists all that was not."""

    plan: str
    fingerprints: Tally = field(default_factory=Tally)
    figures: Tally = field(default_factory=Tally)
    assignments: Tally = field(default_factory=Tally)
    numbers: Tally = field(default_factory=Tally)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not self.gaps

    def missed(self, item: str, check: str, detail: str) -> None:
        self.gaps.append(Gap(self.plan, item, check, detail))


def verify(package: Package, sources: Path) -> list[Proof]:
    """One proof for each plan of the package, in its order.

    Raises PackageError where the folder cannot be read or holds none of the documents.
    """
    texts = source_texts(sources)
    documents = {row["sha256"]: row["document_id"] for row in rows(package, "documents")}
    found = {documents[sha]: text for sha, text in texts.items() if sha in documents}
    if not found:
        raise PackageError(f"{sources}: holds the text of none of the {len(documents)} documents")
    proofs = []
    for plan in rows(package, "plans"):
        proof = Proof(plan["plan_id"])
        if plan["document_id"] in found:
            prove_plan(proof, plan, segment(found[plan["document_id"]]), package)
        else:
            proof.missed("", "document", f"no text in {sources} has the fingerprint of {plan['document_id']}")
        proofs.append(proof)
    return proofs


def source_texts(folder: Path) -> dict[str, str]:
    """The UTF-8 texts of a folder by their fingerprint."""
    if not folder.is_dir():
        raise PackageError(f"{folder}: is no folder; name the one that holds the texts of the documents")
    texts = [path.read_bytes().decode("utf-8", errors="replace") for path in sorted(folder.iterdir()) if path.is_file()]
    return {fingerprint(text): text for text in texts}


def rows(package: Package, table: str) -> list[Row]:
    """The rows of a table as text cells, empty cells as ""."""
    if table not in package.tables:
        raise PackageError(f"{package.root}: table {table} cannot be read; run plandata validate")
    return [{k: v or "" for k, v in row.items()} for row in package.tables[table].iter_rows(named=True)]


def prove_plan(proof: Proof, plan: Row, segmented: list[Plan], package: Package) -> None:
    """Compares one plan of the package with the segmented plan of its population."""
    text = next((p for p in segmented if p.population == plan["population"]), None)
    if text is None:
        proof.missed("", "document", "its text has no plan for this population")
        return
    items = coded_items(package, plan["plan_id"])
    printed = matched(proof, items, text, domain_ids(package, plan["plan_id"], text))
    hanging = {table: by_item(package, table) for table in ("targets", "non_targets", "assignments")}
    names = {row["unit_id"]: row["name_zh"] for row in rows(package, "units")}
    for item_id, item in printed.items():
        targets, rejected = hanging["targets"][item_id], hanging["non_targets"][item_id]
        prove_figures(proof, item_id, item, targets, rejected)
        prove_numbers(proof, item_id, item, targets, rejected)
        prove_assignments(proof, item_id, item, hanging["assignments"][item_id], names)


def coded_items(package: Package, plan_id: str) -> dict[str, Row]:
    keyed = (("goals", "goal_id"), ("measures", "measure_id"))
    return {row[key]: row for table, key in keyed for row in rows(package, table) if row["plan_id"] == plan_id}


def by_item(package: Package, table: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows(package, table):
        grouped[row["goal_id"] or row["measure_id"]].append(row)
    return grouped


def domain_ids(package: Package, plan_id: str, text: Plan) -> list[str]:
    """The domain id for each segmented domain, told by population and position."""
    coded = {
        (row["population"], int(row["position"])): row["domain_id"]
        for row in rows(package, "domains")
        if row["plan_id"] == plan_id
    }
    seen: Counter[str] = Counter()
    ids = []
    for domain in text.domains:
        seen[domain.population] += 1
        ids.append(coded.get((domain.population, seen[domain.population]), ""))
    return ids


def matched(proof: Proof, items: dict[str, Row], text: Plan, domains: list[str]) -> dict[str, Item]:
    """The printed item of each coded one, told by domain, kind and printed number; counts matching fingerprints."""
    printed: dict[tuple[str, str, str], Item] = {}
    for item in text.items:
        domain = domains[item.domain] if item.domain is not None else ""
        key = (domain, item.kind, item.number)
        if key in printed:
            where = domain or "the plan"
            proof.missed("", "text", f"line {item.line}: {item.kind} {item.number} stands twice in {where}")
        printed[key] = item
    found = {}
    for item_id, row in items.items():
        item_or_none = printed.pop((row["domain_id"], row["kind"], row["number"]), None)
        if item_or_none is None:
            proof.fingerprints.count(False)
            proof.missed(item_id, "number", f"the text has no {row['kind']} {row['number']} there")
            continue
        found[item_id] = item_or_none
        if not proof.fingerprints.count(item_or_none.sha256 == row["text_sha256"]):
            proof.missed(item_id, "fingerprint", f"the item at line {item_or_none.line} has another text")
    for (domain, kind, number), item in printed.items():
        proof.fingerprints.count(False)
        proof.missed("", "item", f"line {item.line}: {kind} {number} of {domain or 'the plan'} is not coded")
    return found


def prove_figures(proof: Proof, item_id: str, item: Item, targets: list[Row], rejected: list[Row]) -> None:
    """Every figure phrase stands in its item, and as often as there are rows for a target's phrase."""
    phrases = Counter(row["value_text"] for row in (*targets, *rejected))
    for row in (*targets, *rejected):
        places = len(occurrences(row["value_text"], item.text))
        if not proof.figures.count(places > 0):
            proof.missed(item_id, "figure", f"{row['value_text']!r} does not stand in the item")
    for phrase in {row["value_text"] for row in targets}:
        places = len(occurrences(phrase, item.text))
        if places > phrases[phrase]:
            proof.missed(item_id, "figure", f"{phrase!r} stands {places} times but has {phrases[phrase]} rows")


def prove_numbers(proof: Proof, item_id: str, item: Item, targets: list[Row], rejected: list[Row]) -> None:
    """Every number of the item stands in a figure phrase, or is the baseline of its indicator line."""
    spans = [span for row in (*targets, *rejected) for span in occurrences(row["value_text"], item.text)]
    baselines = {Decimal(row["baseline_value"]) for row in targets if row["baseline_value"]}
    for token in tokens(item.text):
        covered = any(start <= token.start and token.end <= end for start, end in spans)
        if not covered and item.kind == "indicator":
            covered = any(worth * scale in baselines for worth in values(token.text) for scale in (1, 10_000))
        if not proof.numbers.count(covered):
            near = normalise(item.text)[max(0, token.start - 8) : token.end + 8]
            proof.missed(item_id, "number", f"{token.text} in …{near}… is neither a target's figure nor a non-target")


def prove_assignments(proof: Proof, item_id: str, item: Item, assigned: list[Row], names: dict[str, str]) -> None:
    """The units of a goal's note are the assigned ones, in order and role; other items hold each assigned name."""
    coded = sorted(assigned, key=lambda row: int(row["position"]))
    shown = [(row["role"], normalise(row["printed_as"] or names.get(row["unit_id"], ""))) for row in coded]
    note = read_note(item.text)
    if item.kind == "goal" or note:
        first = dict(reversed([(named.name, named.role) for named in note]))
        read = [(first[name], name) for name in dict.fromkeys(named.name for named in note)]
        for i in range(max(len(read), len(shown))):
            pair = tuple(listed[i] if i < len(listed) else ("", "nothing") for listed in (read, shown))
            if not proof.assignments.count(pair[0] == pair[1]):
                printed, coded_as = (" ".join(filter(None, named)) for named in pair)
                proof.missed(item_id, "unit", f"print: {printed}; coded: {coded_as}")
    else:
        for role, name in shown:
            if not proof.assignments.count(name in normalise(item.text)):
                proof.missed(item_id, "unit", f"{role} {name} is not named in the item")


def gaps(proofs: list[Proof]) -> Iterator[Gap]:
    for proof in proofs:
        yield from proof.gaps

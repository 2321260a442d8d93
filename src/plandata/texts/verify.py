"""Proves the rows of a package against the texts of its documents.

The texts are found by content, segmented, and compared item by item: fingerprints, printed numbers,
figure phrases, names of indicators, the units that notes name, whether every number is accounted for, and
whether items of the same wording have the same labels.
"""

import datetime
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from plandata.files import ANY, PackageError, fits, inside, read_json
from plandata.package.folder import RECORD, Folder, resources
from plandata.schema import LEXICAL
from plandata.tables import ITEM_TABLES, Row, Tables, grouped, whole_number
from plandata.text import Text, normalise
from plandata.texts import policy, wording
from plandata.texts.dates import has_title, heading_years, periods, printed_dates, printed_numbers, years
from plandata.texts.figures import occurrences, tokens, values
from plandata.texts.notes import ROLES, read_note, without_note
from plandata.texts.published import Source, found, sources_in
from plandata.texts.segment import Domain, Item, Plan
from plandata.texts.segment import wording as heading

# How many files that are no texts are named.
TOLD = 5
# So many of the 64 characters of a fingerprint may be mistyped; two of different texts agree in four.
SLIPS = 8
# What is counted for each plan, and its heading, in the order of the columns of every table of it.
CHECKS = {
    "fingerprints": Text("fingerprints", "条目指纹"),
    "figures": Text("figures", "原文数字"),
    "names": Text("names of indicators", "指标名称"),
    "assignments": Text("bodies", "责任单位"),
    "numbers": Text("numbers accounted for", "数字归属"),
    "labels": Text("same words, same label", "同文同标签"),
    "words": Text("words of the text", "原文用语"),
    "policy": Text("instruments, groups, citations, duties", "工具、群体、引用与责任"),
    "dates": Text("titles, dates and years", "标题、日期和年份"),
}
NUMBER = re.compile(LEXICAL["number"])
# What a body does that leads, behind its name; and the roles that the text says where a body has them.
LEADING = re.compile("负责|牵头|组织|设立|协调|统筹")
SAID_ROLES = ("cooperating", "participating")
LABELS = ("label_zh", "label_en")
# The tables on what plans do, and those whose rows hang on items.
POLICY = ("instruments", "target_groups", "citations", "duties")
# The kinds of items that tell how a plan is run: each of their clauses is read for duties.
RUNNING = ("implementation", "monitoring")
HANGING = ("targets", "non_targets", "assignments", "anomalies", *POLICY)
# The tables whose rows are proven, or by which others are, each with the checks that look at its rows.
PROVEN: Mapping[str, tuple[str, ...]] = {
    "documents": ("dates",),
    "plans": ("dates",),
    "domains": ("words",),
    **dict.fromkeys(ITEM_TABLES, ("fingerprints", "numbers", "labels", "words", "policy")),
    "targets": ("figures", "names", "numbers", "words", "dates"),
    "units": ("assignments", "policy"),
    "assignments": ("assignments",),
    "non_targets": ("figures", "numbers"),
    "anomalies": ("words",),
    **dict.fromkeys(POLICY, ("policy",)),
}


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
    names: Tally = field(default_factory=Tally)
    assignments: Tally = field(default_factory=Tally)
    numbers: Tally = field(default_factory=Tally)
    labels: Tally = field(default_factory=Tally)
    words: Tally = field(default_factory=Tally)
    policy: Tally = field(default_factory=Tally)
    dates: Tally = field(default_factory=Tally)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not self.gaps

    def tally(self, check: str) -> list[int]:
        """How many of one of CHECKS hold, and how many there are."""
        tally: Tally = getattr(self, check)
        return [tally.held, tally.total]

    def missed(self, item: str, check: str, detail: str) -> None:
        self.gaps.append(Gap(self.plan, item, check, detail))


def verify(package: Folder, sources: Path) -> list[Proof]:
    """One proof for each plan of the package, in its order.

    Raises PackageError where the folder cannot be read or holds none of the documents.
    """
    return prove(Tables.of(package), sources)


def prove(t: Tables, sources: Path) -> list[Proof]:
    """The proofs for some tables."""
    coded = Coded(t)
    documents = {row["document_id"]: row["sha256"] for row in t.rows("documents")}
    read, unread = sources_in(sources)
    known = found(read, documents, coded.fingerprints(t))
    told = reasons(unread)
    if not known:
        raise PackageError(f"{sources}: holds the text of none of the {len(documents)} documents{told}")
    beside = told if len(known) < len(documents) else ""
    proofs, printed, unproven = [], {}, t.keyed("documents")
    for plan in t.rows("plans"):
        proof = Proof(plan["plan_id"])
        if plan["document_id"] in known:
            source = known[plan["document_id"]]
            text = source.text
            printed[plan["plan_id"]] = prove_plan(proof, plan, source.plans, coded)
            if document := unproven.pop(plan["document_id"], None):
                prove_document(proof, document, source)
            prove_years(proof, plan, printed[plan["plan_id"]], text, coded)
        else:
            proof.missed("", "document", f"no text in {sources} has the fingerprint of {plan['document_id']}{beside}")
        proofs.append(proof)
    prove_labels({proof.plan: proof for proof in proofs}, printed, coded)
    return proofs


class Coded:
    """The rows that are proven, as they hang together."""

    def __init__(self, t: Tables) -> None:
        self.domains = t.rows("domains")
        self.items = {table: t.rows(table) for table in ITEM_TABLES}
        self.names = {row["unit_id"]: row["name_zh"] for row in t.rows("units")}
        self.homes = {row["unit_id"]: row["place_id"] for row in t.rows("units")}
        self.codes = t.schemas.codes
        self.hanging = {table: grouped(hung(t, table), "item_id") for table in HANGING}

    def plans_in(self, table: str) -> set[str]:
        """The plans of which a table has rows."""
        return {row["plan_id"] for rows in self.hanging[table].values() for row in rows}

    @cached_property
    def printed_names(self) -> dict[str, set[str]]:
        """Each body's name, and how it is printed in whatever item."""
        names = {unit: {name} for unit, name in self.names.items()}
        for row in (row for rows in self.hanging["assignments"].values() for row in rows if row["printed_as"]):
            names.setdefault(row["unit_id"], set()).add(row["printed_as"])
        return names

    def bodies(self, place: str) -> dict[str, set[str]]:
        """The bodies of a place with their names."""
        return {unit: names for unit, names in self.printed_names.items() if self.homes.get(unit) == place}

    def plan(self, plan_id: str) -> dict[str, Row]:
        """The items of a plan by their ids."""
        return {
            row[key]: row
            for table, key in ITEM_TABLES.items()
            for row in self.items[table]
            if row["plan_id"] == plan_id
        }

    def fingerprints(self, t: Tables) -> dict[str, set[str]]:
        """The fingerprints of the items of each document."""
        documents = {row["plan_id"]: row["document_id"] for row in t.rows("plans")}
        found: dict[str, set[str]] = defaultdict(set)
        for rows in self.items.values():
            for row in rows:
                found[documents.get(row["plan_id"], "")].add(row["text_sha256"])
        return found

    def on(self, item_id: str) -> tuple[list[Row], list[Row]]:
        """The targets of an item, and its numbers that are none."""
        return self.hanging["targets"][item_id], self.hanging["non_targets"][item_id]


def hung(t: Tables, table: str) -> list[Row]:
    """The rows of a table with the items that they hang on, and their plans."""
    if t.hangs(table):
        return t.rows(table)
    plans = {row["measure_id"]: row["plan_id"] for row in t.rows("measures")}
    return [row | {"item_id": row["measure_id"], "plan_id": plans.get(row["measure_id"], "")} for row in t.rows(table)]


def reasons(unread: list[str]) -> str:
    """What is said of the files that no text was read from; "" where there are none."""
    more = [f"and {len(unread) - TOLD} more files cannot be read"] if len(unread) > TOLD else []
    return "".join(f"; {reason}" for reason in (*unread[:TOLD], *more))


def prove_plan(proof: Proof, plan: Row, segmented: list[Plan], coded: Coded) -> dict[str, Item]:
    """Compares one plan of the package with the segmented plan of its population; gives its printed items."""
    text = next((p for p in segmented if p.population == plan["population"]), None)
    if text is None:
        proof.missed("", "document", "its text has no plan for this population")
        return {}
    domains = domain_ids(coded.domains, plan["plan_id"], text)
    prove_domains(proof, coded.domains, dict(zip(domains, text.domains, strict=True)))
    printed = matched(proof, coded.plan(plan["plan_id"]), text, domains)
    for item_id, item in printed.items():
        targets, rejected = coded.on(item_id)
        prove_figures(proof, item_id, item, targets, rejected)
        prove_names(proof, item_id, item, targets)
        prove_numbers(proof, item_id, item, targets, rejected)
        prove_assignments(proof, item_id, item, coded.hanging["assignments"][item_id], coded.names)
    for item_id, holds, told in worded(plan, printed, coded):
        if not proof.words.count(holds):
            proof.missed(item_id, "words", told)
    for item_id, holds, told in political(plan, printed, preamble(text), coded):
        if not proof.policy.count(holds):
            proof.missed(item_id, "policy", told)
    return printed


def prove_domains(proof: Proof, rows: list[Row], printed: Mapping[str, Domain]) -> None:
    """Titles and numbers of the domains are the printed ones."""
    for row in rows:
        if row["domain_id"] in printed:
            domain = printed[row["domain_id"]]
            same = normalise(row["title_zh"]) == normalise(domain.title) and row["number"] == domain.number
            if not proof.words.count(same):
                proof.missed(row["domain_id"], "words", f"print: {domain.number} {domain.title}")


def worded(plan: Row, printed: Mapping[str, Item], coded: "Coded") -> Iterator[wording.Outcome]:
    """What the words of a plan's items bear out of its rows."""
    rows, titles = coded.plan(plan["plan_id"]), {row["domain_id"]: row["title_zh"] for row in coded.domains}
    told = [row for item_id in printed for row in coded.hanging["anomalies"][item_id]]
    texts = {item_id: normalise(item.text) for item_id, item in printed.items()}
    yield from wording.labels(texts, rows)
    yield from wording.brackets(texts, rows, told)
    whole = (row for row in coded.hanging["anomalies"][""] if row["document_id"] == plan["document_id"])
    yield from wording.of_no_item(texts, (row["description_zh"] for row in whole))
    for item_id, text in texts.items():
        targets = coded.hanging["targets"][item_id]
        context = f"{text} {titles.get(rows[item_id]['domain_id'], '')} {plan['title_zh']}"
        remarks = [row["note_zh"] for row in targets]
        remarks += [row["description_zh"] for row in coded.hanging["anomalies"][item_id]]
        yield from wording.scopes(item_id, context, targets)
        yield from wording.manner(item_id, text, targets, coded.codes)
        yield from wording.quotations(item_id, text, remarks)
        yield from wording.directions(item_id, text, targets)


def preamble(text: Plan) -> str:
    """What a plan prints outside its domains and items, in normal form: why it is made, on what grounds, its aims."""
    return normalise("".join(claim.text for claim in text.claims if claim.item is None and claim.domain is None))


def political(plan: Row, printed: Mapping[str, Item], before: str, coded: "Coded") -> Iterator[wording.Outcome]:
    """What the items of a plan, and the text before them, bear out of instruments, groups, citations and duties.

    Of a table in which the plan has no row nothing is asked: the plan was not coded for it.
    """
    own, codes, bodies = normalise(plan["title_zh"]), coded.codes, coded.bodies(plan["place_id"])
    asked = {table for table in POLICY if plan["plan_id"] in coded.plans_in(table)}
    if "citations" in asked:
        of_plan = [row for row in coded.hanging["citations"][""] if row["plan_id"] == plan["plan_id"]]
        yield from policy.cited(plan["plan_id"], before, of_plan, own)
    for item_id, item in printed.items():
        text = normalise(without_note(item.text))
        rows = {table: coded.hanging[table][item_id] for table in POLICY}
        for told in rows.values():
            yield from policy.telling(item_id, text, told)
        if "target_groups" in asked:
            groups = (row["target_group"] for row in rows["target_groups"])
            yield from policy.demanded(item_id, text, groups, codes["target_group"])
        if "instruments" in asked and item.kind in codes["measure_kind"]:
            means = (row["instrument"] for row in rows["instruments"])
            yield from policy.demanded(item_id, policy.body(text), means, codes["instrument"])
        if "citations" in asked:
            yield from policy.cited(item_id, text, rows["citations"], own)
        yield from policy.owed(item_id, text, rows["duties"], coded.printed_names)
        if "duties" in asked and item.kind in RUNNING:
            yield from policy.prescribed(item_id, text, rows["duties"], codes["duty_kind"])
        yield from policy.borne(item_id, text, rows["duties"], bodies)
        yield from policy.addressed(item_id, text, rows["duties"], bodies)
        yield from policy.often(item_id, text, rows["duties"], codes["frequency"])


def prove_document(proof: Proof, document: Row, source: Source) -> None:
    """The title, the issuer, the number and the dates of a document are what its text prints as its own, and its
    fingerprint is not mistyped.
    """
    text = source.text
    if slipped(document["sha256"], source.sha256):
        proof.missed(document["document_id"], "document", f"its sha256 is a slip; the text has {source.sha256}")
    title, issuer, number = (document[name] for name in ("title_zh", "issuer_zh", "document_number"))
    numbers = printed_numbers(text)
    dated = printed_dates(text)
    shown = {name: {found.date for found in dated if found.column == name} for name in ("issued_on", "published_on")}
    facts = [
        ("title_zh", title, has_title(title, text), []),
        ("issuer_zh", issuer, normalise(issuer) in normalise(text), []),
        ("document_number", number, own(normalise(number), numbers), numbers),
        *((name, document[name], own(document[name], dates), dates) for name, dates in shown.items()),
    ]
    for name, cell, holds, printed in facts:
        if not proof.dates.count(holds):
            told = f"the text prints {' and '.join(sorted(printed)) or 'none such'}"
            proof.missed(document["document_id"], "date", f"{name} is {cell or 'empty'}; {told}")


def slipped(fingerprint: str, printed: str) -> bool:
    """Whether a fingerprint is that of the text but for some characters; that of another copy is another one all over.

    >>> slipped("a" * 64, "a" * 63 + "b"), slipped("a" * 64, "b" * 64), slipped("a" * 64, "a" * 64)
    (True, False, False)
    """
    return 0 < sum(one != other for one, other in zip(fingerprint, printed, strict=False)) <= SLIPS


def own(cell: str, printed: set[str]) -> bool:
    """Whether a cell is one of what is printed, or empty where nothing is."""
    return cell in printed if printed else not cell


def prove_years(proof: Proof, plan: Row, items: Mapping[str, Item], text: str, coded: Coded) -> None:
    """The title and the period of a plan stand in its text, the years of its targets in their items."""
    period = f"{plan['start_year']}-{plan['end_year']}"
    for name, cell, holds in (
        ("title_zh", plan["title_zh"], has_title(plan["title_zh"], text)),
        ("the period", period, period in {f"{first}-{last}" for first, last in periods(text)}),
    ):
        if not proof.dates.count(holds):
            proof.missed("", "date", f"{name} is {cell}; the text prints none such")
    columns = heading_years(text)
    for item_id, item in items.items():
        printed = years(item.text) | (columns if item.kind == "indicator" else set())
        for row in coded.on(item_id)[0]:
            prove_target_years(proof, row, printed, plan["end_year"])


def prove_target_years(proof: Proof, target: Row, printed: set[str], last: str) -> None:
    """Each year of a target stands in its item, or is the last one of its plan."""
    for name in ("reference_year", "baseline_year", "target_year"):
        year = target[name]
        if year and not proof.dates.count(year in printed or (name == "target_year" and year == last)):
            proof.missed(target["item_id"], "year", f"{name} {year} does not stand in the item")


def domain_ids(domains: list[Row], plan_id: str, text: Plan) -> list[str]:
    """The domain id for each segmented domain, told by population and position."""
    coded = {
        (row["population"], whole_number(row, "position")): row["domain_id"]
        for row in domains
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
    by_id = {}
    for item_id, row in items.items():
        item_or_none = printed.pop((row["domain_id"], row["kind"], row["number"]), None)
        if item_or_none is None:
            proof.fingerprints.count(False)
            proof.missed(item_id, "number", f"the text has no {row['kind']} {row['number']} there")
            continue
        by_id[item_id] = item_or_none
        if not proof.fingerprints.count(item_or_none.sha256 == row["text_sha256"]):
            proof.missed(item_id, "fingerprint", f"the item at line {item_or_none.line} has another text")
    for (domain, kind, number), item in printed.items():
        proof.fingerprints.count(False)
        proof.missed("", "item", f"line {item.line}: {kind} {number} of {domain or 'the plan'} is not coded")
    return by_id


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


def prove_names(proof: Proof, item_id: str, item: Item, targets: list[Row]) -> None:
    """The words by which a target's indicator is named stand in its item."""
    for row in targets:
        if not proof.names.count(bool(occurrences(row["name_text"], item.text))):
            proof.missed(item_id, "name", f"{row['name_text']!r} does not stand in the item")


def prove_numbers(proof: Proof, item_id: str, item: Item, targets: list[Row], rejected: list[Row]) -> None:
    """Every number of the item stands in a figure phrase, or is the baseline of its indicator line."""
    spans = [span for row in (*targets, *rejected) for span in occurrences(row["value_text"], item.text)]
    baselines = {Decimal(row["baseline_value"]) for row in targets if NUMBER.fullmatch(row["baseline_value"])}
    for token in tokens(item.text):
        covered = any(start <= token.start and token.end <= end for start, end in spans)
        if not covered and item.kind == "indicator":
            covered = any(worth * scale in baselines for worth in values(token.text) for scale in (1, 10_000))
        if not proof.numbers.count(covered):
            near = normalise(item.text)[max(0, token.start - 8) : token.end + 8]
            proof.missed(item_id, "number", f"{token.text} in …{near}… is neither a target's figure nor a non-target")


def prove_assignments(proof: Proof, item_id: str, item: Item, assigned: list[Row], names: dict[str, str]) -> None:
    """The units of a goal's note are the assigned ones, in order and role; other items hold each assigned name, and a
    body of which they say that it leads does.
    """
    coded = sorted(assigned, key=lambda row: whole_number(row, "position"))
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
        text, named = normalise(item.text), [name for _, name in shown]
        for role, name in shown:
            wrong = "is not named in the item" if name not in text else misplaced(role, name, named, text)
            if not proof.assignments.count(not wrong):
                proof.missed(item_id, "unit", f"{role} {name} {wrong}")


def misplaced(role: str, name: str, named: Sequence[str], text: str) -> str:
    """What a text without a note says against the role of a body, "" where nothing does; named are all its bodies.

    >>> [misplaced(role, "县妇联", ["县妇联"], "县妇联负责。") for role in ("responsible", "lead")]
    ['leads, as the item says', '']
    """
    if role in SAID_ROLES and not any(word in text for word in ROLES[role].split()):
        return "has a role that no word of the item says"
    for spot in re.finditer(re.escape(name), text):
        # What 妇儿工委办公室 does is not done by 妇儿工委.
        another = any(len(other) > len(name) and text.startswith(other, spot.start()) for other in named)
        clause = re.split("[,。;]", text[spot.end() :], maxsplit=1)[0]
        if role != "lead" and not another and LEADING.search(clause):
            return "leads, as the item says"
    return ""


def prove_labels(proofs: Mapping[str, Proof], printed: Mapping[str, Mapping[str, Item]], coded: Coded) -> None:
    """Items of the same wording, in whatever plan, have the same labels in both languages."""
    alike: dict[str, list[tuple[str, str, Row]]] = {}
    for plan_id, items in printed.items():
        rows = coded.plan(plan_id)
        for item_id, item in items.items():
            if item.kind != "indicator":
                alike.setdefault(heading(item), []).append((plan_id, item_id, rows[item_id]))
    for same in alike.values():
        first = same[0]
        for plan_id, item_id, row in same[1:]:
            if not proofs[plan_id].labels.count(all(row[label] == first[2][label] for label in LABELS)):
                proofs[plan_id].missed(item_id, "label", f"{first[1]} has the same words and another label")


def gaps(proofs: list[Proof]) -> Iterator[Gap]:
    for proof in proofs:
        yield from proof.gaps


def record(proofs: list[Proof], descriptor: Mapping[str, Any], day: datetime.date) -> dict[str, Any]:
    """What was proven of which edition: for each plan and check how many hold and how many there are."""
    return {
        "verified_on": day.isoformat(),
        "version": descriptor["version"],
        "tables_sha256": tables_hash(descriptor),
        "plans": {proof.plan: {check: proof.tally(check) for check in CHECKS} for proof in proofs},
        "gaps": sum(len(proof.gaps) for proof in proofs),
    }


def tables_hash(descriptor: Mapping[str, Any]) -> str:
    """One hash over the hashes of the tables that are proven: it changes when any of their rows does."""
    hashes = {resource.get("name"): resource.get("hash") for resource in resources(descriptor)}
    listed = "\n".join(f"{name} {hashes.get(name)}" for name in PROVEN)
    return hashlib.sha256(listed.encode()).hexdigest()


# What is kept of a verification; for each check of a plan how many hold, and how many there are.
KEPT = {"verified_on": str, "tables_sha256": str, "gaps": int, "plans": {ANY: {ANY: (int, int)}}}


def read_record(root: Path) -> Mapping[str, Any]:
    """The record of a package's last verification; empty where there is none."""
    path = inside(root, RECORD)
    kept: Mapping[str, Any] = read_json(path) if path.exists() else {}
    if kept != {} and not fits(kept, KEPT):
        raise PackageError(
            f"{path}: is no record of a verification; delete it, and renew it with plandata fmt --sources"
        )
    return kept

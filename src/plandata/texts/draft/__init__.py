"""Drafts the tables of a plan that was never seen, from the file as it was published, with every doubt listed.

What is drafted is a proposal: a person judges it (`review.html`), and `plandata adopt` takes it into a package.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from plandata.files import PackageError
from plandata.rules.official import KINDS
from plandata.tables import Tables
from plandata.text import fingerprint
from plandata.texts import formats
from plandata.texts.dates import heading_years
from plandata.texts.draft.bodies import bodies
from plandata.texts.draft.dictionary import Dictionary
from plandata.texts.draft.doubt import Doubt
from plandata.texts.draft.facts import document_row, period_of, place_row, plan_rows
from plandata.texts.draft.labels import SAME_TEXT, Labels
from plandata.texts.draft.model import Block, Draft
from plandata.texts.draft.spoken import spoken
from plandata.texts.draft.targets import Context, Drafted, drafted
from plandata.texts.marks import worth
from plandata.texts.notes import Named, read_note
from plandata.texts.roles import theme_scores
from plandata.texts.segment import GOAL_KINDS, Item, Plan, read_plans

Row = dict[str, str]
# The letters of items in ids, and the part of a plan that holds items outside of its domains.
LETTERS = {"goal": "g", "indicator": "i"}
OUTSIDE = ("project", "implementation", "monitoring")
POPULATIONS = {"women": "妇女", "children": "儿童"}
LETTER = "abcdefghijklmnopqrstuvwxyz"
TAKEN = "another known place has the plain id"
UNLABELLED = "no known label is near; write one in your own words"


def draft(paths: Sequence[Path], known: Tables, slug: str = "") -> Draft:
    """The drafted tables of the plans in a document of one or several files.

    known are the tables of the plans that are known: their names of indicators, bodies and labels are proposed. slug is
    the id of the place, "" for one made of its name. The same files give the same rows.

    Raises PackageError for a file that cannot be read, and where no plan or no place is found in it.
    """
    document = formats.read(*paths)
    plans = read_plans(document)
    if not plans:
        named = ", ".join(str(path) for path in paths)
        raise PackageError(f"{named}: no plan is found in it; is it a plan for women or children?")
    text = formats.text_of(document)
    return Maker(known, distinct(plans, text), text, slug).draft(document)


def distinct(plans: list[Plan], text: str) -> list[Plan]:
    """The plans without those of a population and period that another one has more items of, as a summary has."""
    best: dict[tuple[str, tuple[int, int]], Plan] = {}
    for plan in plans:
        key = (plan.population or "both", period_of(plan, text))
        if key not in best or len(plan.items) > len(best[key].items):
            best[key] = plan
    return [plan for plan in plans if any(plan is kept for kept in best.values())]


@dataclass(frozen=True)
class Entry:
    """An item of a plan with its drafted id, the plan's row, and its domain's row or an empty one."""

    row_id: str
    item: Item
    plan: Row
    domain: Row


@dataclass
class Maker:
    """The state of one drafting; `draft` is its only user."""

    known: Tables
    plans: list[Plan]
    text: str
    slug: str
    tables: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    doubts: list[Doubt] = field(default_factory=list)

    def draft(self, document: formats.Document) -> Draft:
        digest = fingerprint(self.text)
        place = self.take("places", *self.place())
        rows, doubts = plan_rows(self.plans, place, self.text)
        issued = self.take("documents", *document_row(rows, place, self.text, digest))
        self.doubts += doubts
        self.tables["plans"] = [{**row, "document_id": issued["document_id"]} for row in rows]
        entries = [entry for plan, row in zip(self.plans, rows, strict=True) for entry in self.entries(plan, row)]
        self.targets(entries)
        self.items(entries)
        self.bodies(entries, place)
        blocks = [*self.blocks(entries, document)]
        tables = {name: self.rows(name) for name in self.known.schemas.tables}
        return Draft(tables, self.doubts, blocks, document, digest)

    def place(self) -> tuple[Row, list[Doubt]]:
        """The row of the place: a known one as it is, else one made of the text, with an id that no other place has."""
        row, doubts = place_row(self.plans, self.text, self.slug)
        known = self.known.keyed("places")
        kept = next((own for own in known.values() if self.slug == own["place_id"] or same_place(row, own)), None)
        if kept:
            return dict(kept), []
        if row["place_id"] in known:
            row["place_id"] += f"-{row['level'] or 'place'}"
            doubts = [replace(doubt, row=row["place_id"]) for doubt in doubts]
            doubts.append(Doubt("places", row["place_id"], "place_id", row["place_id"], TAKEN))
        return row, doubts

    def take(self, table: str, row: Row, doubts: list[Doubt]) -> Row:
        self.tables[table].append(row)
        self.doubts += doubts
        return row

    def rows(self, name: str) -> list[Row]:
        """The rows of a table with all of its columns, in the order of its key."""
        table = self.known.schemas.tables[name]
        rows = [{column: row.get(column, "") for column in table.columns} for row in self.tables[name]]
        return sorted(rows, key=lambda row: [row[column] for column in table.key])

    def doubt(self, table: str, row: str, column: str, value: str, why: str) -> None:
        self.doubts.append(Doubt(table, row, column, value, why))

    def entries(self, plan: Plan, row: Row) -> Iterator[Entry]:
        """The items of a plan with their ids, its domains drafted on the way."""
        domains = list(self.domains(plan, row))
        groups: dict[tuple[str, int | None], list[Item]] = defaultdict(list)
        for item in plan.items:
            groups[item.kind, item.domain].append(item)
        for (kind, place), items in groups.items():
            letter = LETTERS.get(kind, "m")
            domain = domains[place] if place is not None else {}
            for item, number in zip(items, numbers_of(items), strict=True):
                stem = domain.get("domain_id", f"{row['plan_id']}.{item.kind if item.kind in OUTSIDE else 'other'}")
                whole = f"{row['plan_id']}.overall" if item.kind == "overall" else f"{stem}.{letter}{number:02}"
                yield Entry(whole, item, row, domain)

    def domains(self, plan: Plan, row: Row) -> Iterator[Row]:
        """The rows of a plan's domains, in their order."""
        titles = {(d["title_zh"], d["population"]): d["title_en"] for d in self.known.rows("domains")}
        themed = themed_titles(self.known.rows("domains"))
        themes = self.themes(plan)
        seen: Counter[str] = Counter()
        positions: Counter[str] = Counter()
        for domain, theme in zip(plan.domains, themes, strict=True):
            population = domain.population if domain.population in POPULATIONS else "women"
            positions[population] += 1
            part = f"{population}-{theme or 'domain'}" if row["population"] == "both" else theme or "domain"
            seen[part] += 1
            name = part if seen[part] == 1 else f"{part}-{LETTER[seen[part] % 26]}"
            english = titles.get((domain.title, population), themed.get((theme, population), ""))
            made = {
                "domain_id": f"{row['plan_id']}.{name}",
                "plan_id": row["plan_id"],
                "population": population,
                "position": str(positions[population]),
                "number": domain.number,
                "theme": theme,
                "title_zh": domain.title,
                "title_en": english,
            }
            self.tables["domains"].append(made)
            for column, doubted, why in (
                ("theme", not theme, "its heading tells no theme"),
                (
                    "title_en",
                    (domain.title, population) not in titles,
                    "the English of its theme; the heading is another",
                ),
                ("population", domain.population not in POPULATIONS, "neither women nor children are named above it"),
            ):
                if doubted:
                    self.doubt("domains", made["domain_id"], column, made[column], why)
            yield made

    def themes(self, plan: Plan) -> list[str]:
        """The theme of each domain: by its heading, and where that tells two alike by what its items are about."""
        told = []
        for i, domain in enumerate(plan.domains):
            scores = dict(theme_scores(domain.title))
            best = max(scores.values(), default=0)
            leading = [theme for theme, score in scores.items() if score == best]
            if len(leading) != 1:
                votes = self.votes([item.text for item in plan.items if item.domain == i])
                leading = sorted(leading or votes, key=lambda theme: (-votes[theme], theme))[:1]
            told.append(leading[0] if leading else "")
        return told

    def votes(self, texts: Sequence[str]) -> Counter[str]:
        """How many names of indicators of each theme stand in some texts."""
        joined = "".join(texts)
        names = {row["name_zh"]: row["theme"] for row in self.known.rows("indicators")}
        return Counter(theme for name, theme in names.items() if name in joined)

    def targets(self, entries: Sequence[Entry]) -> None:
        """The rows of targets, non-targets and new indicators of all items."""
        dictionary = Dictionary(self.known.rows("targets"), self.known.rows("indicators"))
        years = sorted(heading_years(self.text))
        added: dict[str, Row] = {}
        for entry in entries:
            population = entry.domain.get("population", entry.plan["population"])
            context = Context(
                int(entry.plan["end_year"]),
                dictionary,
                population if population in POPULATIONS else "",
                entry.domain.get("theme", ""),
                next((year for year in years if year < entry.plan["end_year"]), ""),
                int(entry.plan["start_year"]),
            )
            self.item_targets(entry, drafted(entry.item, context), added)
        self.tables["indicators"] = list(added.values())
        self.used(dictionary.indicators)

    def used(self, known: Mapping[str, Mapping[str, str]]) -> None:
        """Adds the known indicators that the targets name, and the references of these, so that a draft is whole."""
        own = {row["indicator_id"] for row in self.tables["indicators"]}
        named = {row["indicator_id"] for row in self.tables["targets"]} - own
        rows = [dict(known[indicator_id]) for indicator_id in sorted(named) if indicator_id in known]
        self.tables["indicators"] += rows
        references = {row["reference_id"] for row in rows if row.get("reference_id")}
        known_references = self.known.rows("bibliography") if references else []
        self.tables["bibliography"] = [row for row in known_references if row["reference_id"] in references]

    def item_targets(self, entry: Entry, out: Drafted, added: dict[str, Row]) -> None:
        """Adds what is drafted from one item."""
        key = "goal_id" if entry.item.kind in GOAL_KINDS else "measure_id"
        for i, row in enumerate(out.targets, 1):
            self.tables["targets"].append({**row, key: entry.row_id, "target_id": f"{entry.row_id}.t{i}"})
        self.tables["non_targets"] += [{**row, key: entry.row_id} for row in out.non_targets]
        for row in out.indicators:
            added.setdefault(row["indicator_id"], row)
        own = {f"t{i}" for i in range(1, len(out.targets) + 1)}
        for doubt in out.doubts:
            if doubt.row in own:
                doubt = replace(doubt, row=f"{entry.row_id}.{doubt.row}")
            elif doubt.table == "non_targets":
                doubt = replace(doubt, row=f"{entry.row_id}/{doubt.row}")
            self.doubts.append(doubt)

    def items(self, entries: Sequence[Entry]) -> None:
        """The rows of goals and measures, with proposed labels."""
        labels = Labels(known_items(self.known))
        indicators = {
            **self.known.keyed("indicators"),
            **{row["indicator_id"]: row for row in self.tables["indicators"]},
        }
        aimed: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables["targets"]:
            aimed[row.get("goal_id") or row["measure_id"]].append(indicators[row["indicator_id"]])
        positions: Counter[tuple[str, str, str]] = Counter()
        for entry in entries:
            table = "goals" if entry.item.kind in GOAL_KINDS else "measures"
            domain = entry.domain.get("domain_id", "")
            group = (entry.plan["plan_id"], domain, entry.item.kind)
            positions[group] += 1
            zh, en, source = labels.of(entry.item.kind, entry.item.text, entry.item.sha256, aimed[entry.row_id])
            row = {
                f"{table[:-1]}_id": entry.row_id,
                "plan_id": entry.plan["plan_id"],
                "domain_id": domain,
                "kind": entry.item.kind,
                "position": str(positions[group]),
                "number": entry.item.number,
                "label_zh": zh,
                "label_en": en,
                "text_sha256": entry.item.sha256,
            }
            self.tables[table].append(row)
            # Items of the same text have the same label: there is nothing to judge.
            if source != SAME_TEXT:
                why = f"proposed: {source}" if source else UNLABELLED
                self.doubt(table, entry.row_id, "label_zh", zh, why)
                self.doubt(table, entry.row_id, "label_en", en, why)
            if entry.item.domain is None and entry.item.kind in ("goal", "indicator", "measure"):
                self.doubt(table, entry.row_id, "domain_id", "", "the text does not say to which domain it belongs")

    def bodies(self, entries: Sequence[Entry], place: Row) -> None:
        """The rows of units and assignments."""
        notes: dict[str, list[Named]] = {}
        for entry in entries:
            named = list(read_note(entry.item.text))
            for note in entry.item.shared:
                named += [one for one in read_note(note) if one not in named]
            if not named and entry.item.kind in OUTSIDE:
                named = spoken(entry.item.text)
            if named:
                notes[entry.row_id] = named
        made = bodies(notes, place, self.known.rows("units"), self.known.rows("places"), self.text)
        known = self.known.keyed("units")
        self.tables["units"] += [dict(known.get(row["unit_id"], row)) for row in made.units]
        self.tables["assignments"] += made.assignments
        self.doubts += [doubt for doubt in made.doubts if doubt.row not in known]

    def blocks(self, entries: Sequence[Entry], document: formats.Document) -> Iterator[Block]:
        """The whole text in its order, each piece with what it became."""
        places = {line.place.paragraph: str(line.place) for line in document.lines}
        by_item = {id(entry.item): entry.row_id for entry in entries}
        domains: dict[str, list[str]] = {plan["plan_id"]: [] for plan in self.tables["plans"]}
        for row in self.tables["domains"]:
            domains[row["plan_id"]].append(row["domain_id"])
        pieces: list[tuple[int, int, Block]] = []
        for plan, row in zip(self.plans, self.tables["plans"], strict=True):
            pieces.append((plan.line, 0, Block(plan.title, places.get(plan.line, ""), "title", row["plan_id"])))
            for n, claim in enumerate(plan.claims, 1):
                own = by_item.get(id(plan.items[claim.item]), "") if claim.item is not None else ""
                own = own or (domains[row["plan_id"]][claim.domain] if claim.domain is not None else "")
                pieces.append((claim.line, n, Block(claim.text, places.get(claim.line, ""), claim.role, own)))
        taken = {line for plan in self.plans for line in plan.read}
        left = [(line, "") for line in document.lines if line.place.paragraph not in taken]
        left += [(line, "furniture") for line in document.furniture]
        pieces += [(line.place.paragraph, 0, Block(line.text, str(line.place), role)) for line, role in left]
        yield from (block for _, _, block in sorted(pieces, key=lambda piece: piece[:2]))


def same_place(row: Row, known: Mapping[str, str]) -> bool:
    """Whether a drafted place is a known one, whose name may be longer: 威宁自治县 is 威宁彝族回族苗族自治县."""
    name, whole = row["name_zh"], known["name_zh"]
    kind = next((end for end, _, _ in KINDS if name.endswith(end)), "")
    longer = row["place_id"] == known["place_id"] and bool(kind) and whole.endswith(kind)
    return bool(name) and (name == whole or (longer and whole.startswith(name.removesuffix(kind))))


def numbers_of(items: Sequence[Item]) -> list[int]:
    """The numbers of items in their ids: as printed where these rise without repetition, else counted."""
    told = [worth(item.number) if item.number.isalnum() and item.number else 0 for item in items]
    rising = all(0 < a < b for a, b in pairwise(told)) and told[:1] > [0] and told[-1] <= 99
    return told if rising else list(range(1, len(items) + 1))


def themed_titles(rows: Sequence[Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """The English title that most domains of a theme and population have."""
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        counted[row["theme"], row["population"]][row["title_en"]] += 1
    return {key: titles.most_common(1)[0][0] for key, titles in counted.items()}


def known_items(known: Tables) -> Iterator[Row]:
    """The goals and measures that are known, each with its id as `id`."""
    for table in ("goals", "measures"):
        for row in known.rows(table):
            yield {**row, "id": row[f"{table[:-1]}_id"]}

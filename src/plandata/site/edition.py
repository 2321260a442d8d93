"""What several pages say of a package: its rows by id and by what they hang on, where each stands, how it is cited."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import combinations, permutations
from typing import Any

import polars as pl

from plandata.finding import Report
from plandata.package.folder import Folder
from plandata.package.reader import ROW
from plandata.read.cite import STYLES, citation
from plandata.read.compare import ranked, strictness
from plandata.read.flat import flat
from plandata.read.record import CITED_IN
from plandata.rules import validate
from plandata.rules.cells import cell_has_its_type, cell_matches_its_pattern, code_is_known, column_tests
from plandata.rules.targets import row_has_exactly_one_parent
from plandata.schema import Schemas, Table
from plandata.tables import Row, Tables, as_rows, grouped
from plandata.texts.agreement import CODING, RECODED, by_code, figures
from plandata.texts.reliability import Figure
from plandata.words import Words

# No style changes these signs, and no label has them.
NAME, NAME_ZH, ID, ADDRESS, DAY = "@en@", "@zh@", "@id@", "@url@", "@day@"
# Stands for the day of reading, which only the reader's page knows.
SOME_DAY = date(1000, 1, 1)
CITATION_STYLES = {
    "bibtex": "BibTeX", "apa": "APA", "ris": "RIS", "gb7714": "GB/T 7714", "gb7714-2015": "GB/T 7714-2015",
    "csl-json": "CSL-JSON",
}  # fmt: skip
ROW_STYLES = {style: CITATION_STYLES[style] for style in CITED_IN}


# What a cell must be to be read; what breaks another rule is shown as it stands.
READABLE = {rule.id for rule in (cell_has_its_type, cell_matches_its_pattern, code_is_known)}
Frames = Mapping[str, pl.DataFrame]


class Placed(Folder):
    """A package without what has no place in pages, so that they can be made of one that has findings.

    A cell that is not of its type, form or code list, or names a row that is not there, is empty; a row that then
    lacks a cell which it must have, or whose key stands before, is left out.
    """

    @cached_property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The readable tables with the rows that have a place."""
        schemas, given = self.schemas, super().tables
        own = placed({name: readable(frame, schemas.tables[name], schemas) for name, frame in given.items()}, schemas)
        # The joins count the rows of a frame from 0.
        return {name: frame.drop(ROW).with_row_index(ROW) for name, frame in own.items()}


def readable(frame: pl.DataFrame, table: Table, schemas: Schemas) -> pl.DataFrame:
    """A text frame whose cells are empty where they are not of their type, form or code list."""
    tests = column_tests(table, schemas.codes)
    fine = {
        column: [test(pl.col(column)) for name, test in own.items() if name in READABLE]
        for column, own in tests.items()
    }
    return frame.with_columns(
        pl.when(pl.all_horizontal(own)).then(pl.col(column)).alias(column) for column, own in fine.items() if own
    )


def placed(frames: Frames, schemas: Schemas) -> dict[str, pl.DataFrame]:
    """Frames without the rows that lack what they must have; leaving out a row may take the place of others."""
    kept = {name: complete(frame, schemas.tables[name], frames) for name, frame in frames.items()}
    same = all(kept[name].height == frame.height for name, frame in frames.items())
    return kept if same else placed(kept, schemas)


def complete(frame: pl.DataFrame, table: Table, frames: Frames) -> pl.DataFrame:
    """The rows of a text frame that have all their cells, those that name a row which is there among them."""
    known = {key.field: frames[key.table][key.reference] for key in table.foreign_keys if key.table in frames}
    linked = frame.with_columns(
        pl.when(pl.col(column).is_in(keys.drop_nulls().implode())).then(pl.col(column)).alias(column)
        for column, keys in known.items()
    )
    whole = linked.drop_nulls([field.name for field in table.fields if field.required])
    if table.name in row_has_exactly_one_parent.tables:
        whole = whole.join(row_has_exactly_one_parent(whole, None).select(ROW), on=ROW, how="anti")
    key = list(table.primary_key)
    return whole.unique(key, keep="first", maintain_order=True) if key else whole


def led_together(assignments: Iterable[Row]) -> dict[tuple[str, str], list[str]]:
    """The items that each two bodies share, of given assignments; a pair in the order of its ids.

    >>> led_together({"item_id": "g01", "unit_id": unit} for unit in ("b", "a", "c"))
    {('a', 'b'): ['g01'], ('a', 'c'): ['g01'], ('b', 'c'): ['g01']}
    """
    shared: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for item, rows in grouped(assignments, "item_id").items():
        for pair in combinations(sorted({row["unit_id"] for row in rows}), 2):
            shared[pair].append(item)
    return dict(shared)


class Edition:
    """A package as the site reads it. Cells are texts, empty cells "".

    >>> from plandata.schema import home
    >>> edition = Edition(Folder(home()))
    >>> {target["place_id"] for target in edition.targets} <= set(edition.places)
    True
    """

    def __init__(self, package: Folder) -> None:
        self.given = package
        self.package = Placed(package.root)
        self.tables = Tables.of(self.package)
        self.schemas = package.schemas
        self.about = package.descriptor

    @cached_property
    def report(self) -> Report:
        """What validation finds in the package."""
        return validate(self.given)

    @cached_property
    def agreement(self) -> list[Figure]:
        """How far two codings of the package agree; empty for one that was coded once."""
        return figures(self.package.root / CODING) if self.coded_twice("targets") else []

    @cached_property
    def agreed_codes(self) -> dict[str, list[Figure]]:
        """The like for each code of a table, by tables, the codes that fewest agree on first."""
        return {name: by_code(self.package.root / CODING, name) for name in RECODED if self.coded_twice(name)}

    def coded_twice(self, name: str) -> bool:
        """Whether a second coding of something is kept."""
        return (self.package.root / CODING / f"second_{name}.csv").is_file()

    @property
    def unplaced(self) -> int:
        """How many rows of the package have no place in pages."""
        given, own = (sum(frame.height for frame in p.tables.values()) for p in (self.given, self.package))
        return given - own

    def say(self, lang: str) -> Words:
        """The words of the package in a language."""
        return Words(self.schemas.labels, lang)

    @cached_property
    def places(self) -> dict[str, Row]:
        return self.tables.keyed("places")

    @cached_property
    def documents(self) -> dict[str, Row]:
        return self.tables.keyed("documents")

    @cached_property
    def plans(self) -> dict[str, Row]:
        return self.tables.keyed("plans")

    @cached_property
    def domains(self) -> dict[str, Row]:
        return self.tables.keyed("domains")

    @cached_property
    def indicators(self) -> dict[str, Row]:
        return self.tables.keyed("indicators")

    @cached_property
    def references(self) -> dict[str, Row]:
        """The sources outside the documents."""
        return self.tables.keyed("bibliography")

    @cached_property
    def units(self) -> dict[str, Row]:
        return self.tables.keyed("units")

    @cached_property
    def items(self) -> dict[str, Row]:
        """Goals and measures by id, with their place, population and theme ("" without a domain)."""
        return {row["item_id"]: row for row in as_rows(self.tables.placed)}

    @cached_property
    def targets(self) -> list[Row]:
        return self.tables.rows("targets")

    @cached_property
    def assignments(self) -> list[Row]:
        """The assignments with the function of their body."""
        return [row | {"function": self.units[row["unit_id"]]["function"]} for row in self.tables.rows("assignments")]

    @cached_property
    def anomalies(self) -> list[Row]:
        return self.tables.rows("anomalies")

    @cached_property
    def targets_of(self) -> Mapping[str, list[Row]]:
        """The targets of each item."""
        return grouped(self.targets, "item_id")

    @cached_property
    def assigned_to(self) -> Mapping[str, list[Row]]:
        """The assignments of each item, in the order in which the plan names the bodies."""
        return grouped(sorted(self.assignments, key=lambda row: int(row["position"])), "item_id")

    @cached_property
    def rejected_of(self) -> Mapping[str, list[Row]]:
        """The numbers of each item that are no targets."""
        return grouped(self.tables.rows("non_targets"), "item_id")

    @cached_property
    def anomalies_of(self) -> Mapping[str, list[Row]]:
        return grouped(self.anomalies, "item_id")

    @cached_property
    def instruments_of(self) -> Mapping[str, list[Row]]:
        """What each measure does, in the order of its text."""
        rows = sorted(self.tables.rows("instruments"), key=lambda row: int(row["position"]))
        return grouped(rows, "measure_id")

    @cached_property
    def groups_of(self) -> Mapping[str, list[Row]]:
        """The groups that each item names."""
        return grouped(self.tables.rows("target_groups"), "item_id")

    @cached_property
    def cited_by(self) -> Mapping[str, list[Row]]:
        """What each item cites, and each plan in its preamble."""
        rows = [row | {"on": row["item_id"] or row["plan_id"]} for row in self.tables.rows("citations")]
        return grouped(sorted(rows, key=lambda row: int(row["position"])), "on")

    @cached_property
    def duties(self) -> list[Row]:
        return self.tables.rows("duties")

    @cached_property
    def duties_of(self) -> Mapping[str, list[Row]]:
        """The duties that each item prescribes."""
        return grouped(self.duties, "item_id")

    @cached_property
    def leads_with(self) -> Mapping[str, Counter[str]]:
        """With which bodies each body leads something, and how many items."""
        with_whom: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for pair, items in led_together(row for row in self.assignments if row["role"] == "lead").items():
            for one, other in permutations(pair):
                with_whom[one][other] = len(items)
        return with_whom

    @cached_property
    def served_by(self) -> Mapping[str, list[Row]]:
        """The measures that serve each goal, and the goals that each measure serves."""
        pairs = [(row["goal_id"], row["measure_id"]) for row in self.tables.rows("serves")]
        both = (*pairs, *(pair[::-1] for pair in pairs))
        return grouped(({"on": one} | self.items[other] for one, other in both), "on")

    @cached_property
    def targets_for(self) -> Mapping[str, list[Row]]:
        """The targets of each indicator."""
        return grouped(self.targets, "indicator_id")

    @cached_property
    def compared(self) -> list[str]:
        """The indicators that two or more plans set a target for, in the order of the table."""
        plans = {key: {row["plan_id"] for row in rows} for key, rows in self.targets_for.items()}
        return [indicator for indicator in self.indicators if len(plans.get(indicator, ())) > 1]

    @cached_property
    def flat(self) -> pl.DataFrame:
        """The flat table."""
        return flat(self.tables)

    @cached_property
    def comparisons(self) -> dict[str, list[dict[str, Any]]]:
        """The targets of each indicator as plandata compare gives them, the strictest first; cells are typed."""
        rows = sorted(self.flat.to_dicts(), key=strictness)
        return {indicator: list(ranked(own)) for indicator, own in grouped(rows, "indicator_id").items()}

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Where each row stands, by its id, below the language's root."""
        places = {plan: f"plans/{plan}/" for plan in self.plans}
        targets = {row["target_id"]: row for row in self.targets}
        for rows in (self.domains, self.items, targets, self.tables.keyed("duties")):
            places |= {key: f"plans/{row['plan_id']}/#{key}" for key, row in rows.items()}
        places |= {place: f"places/{place}/" for place in self.places}
        places |= {document: f"quality/#{document}" for document in self.documents}
        places |= {source: f"indicators/#{source}" for source in self.references}
        places |= {unit: f"places/{row['place_id']}/#{unit}" for unit, row in self.units.items()}
        places |= {document: f"documents/{document}/" for document in self.documents}
        places |= {row["anomaly_id"]: f"quality/#{row['anomaly_id']}" for row in self.anomalies}
        return places | {indicator: f"compare/#{indicator}" for indicator in self.indicators}

    @cached_property
    def row_citations(self) -> dict[str, str]:
        """For each style the citation of a row: @en@, @zh@, @id@, @url@ and @day@ are to be filled in.

        >>> from plandata.schema import home
        >>> forms = Edition(Folder(home())).row_citations
        >>> list(forms), "@en@" in forms["APA"], "@day@" in forms["GB/T 7714"]
        (['BibTeX', 'APA', 'RIS', 'GB/T 7714'], True, True)
        """
        whole = citation(self.package)
        row = replace(whole, part=NAME, part_zh=NAME_ZH, part_id=ID, url=ADDRESS, accessed=SOME_DAY)
        return {title: STYLES[style](row).replace(SOME_DAY.isoformat(), DAY) for style, title in ROW_STYLES.items()}

    @cached_property
    def citations(self) -> dict[str, str]:
        """For each style the citation of the whole dataset."""
        whole = citation(self.package)
        return {title: STYLES[style](whole) for style, title in CITATION_STYLES.items()}

"""The Table Schemas and code lists of a package: the one definition of every table, column and code.

`schemas/<table>.yaml` holds a Frictionless Table Schema with Chinese titles beside the English ones; a field
with `codes: LIST` takes its values from that list of `schemas/codes.yaml`. A column named *_en is in Latin script,
any other in Chinese, unless it says `script: both`, as English that quotes Chinese does. Tables stand in their
`order`, those without one after them by name; a schema that is `of_users` describes files of users, and no table of
the package.
Everything else (validation, descriptor, dictionary, exports, site) is made from what this module returns.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from string import Formatter
from typing import Any

from plandata.files import PackageError, inside, read_yaml
from plandata.text import LANGS, Text, folded, latin, paired

FOLDER = "schemas"
PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
CODES, ASSESSMENT, GLOSSARY, LEXICON = "codes", "assessment_codes", "glossary", "lexicon"
SYNONYMS = "synonyms"
# What the lexical form of each type is in our files: stricter than what readers accept.
LEXICAL = {
    "integer": r"(?:0|[1-9][0-9]*)",
    "number": r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?",
    "boolean": "(?:true|false)",
    "date": r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])",
}
# The scripts that the texts of a column are written in: English, Chinese as printed, English that quotes Chinese.
LATIN, CHINESE, BOTH = SCRIPTS = ("latin", "chinese", "both")
TYPES = ("string", *LEXICAL)
# The constraints of a column that are minded, and what each may be.
LIMITS: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("required", "unique"), (bool,)),
    **dict.fromkeys(("minimum", "maximum"), (int, float)),
    **dict.fromkeys(("minLength", "maxLength"), (int,)),
    "pattern": (str,),
}


@dataclass(frozen=True)
class Code:
    """One coded value with its label and definition.

    words: what a text says where the code applies; indicator_words: the like in names of indicators, and
    resolution_words in what was done about an anomaly; demanding_words: what stands in no text without the code.
    symbol: the sign of a comparator. sign and one: how a unit of measure is written after a number, and after 1.
    classes: the code of each list of broader classes that it belongs to, by the name of the list.
    """

    code: str
    label: Text
    definition: Text
    symbol: str = ""
    sign: Text | None = None
    one: str = ""
    words: tuple[str, ...] = ()
    indicator_words: tuple[str, ...] = ()
    resolution_words: tuple[str, ...] = ()
    demanding_words: tuple[str, ...] = ()
    classes: Mapping[str, str] = field(default_factory=dict, hash=False)


CodeLists = Mapping[str, Mapping[str, Code]]


@dataclass(frozen=True)
class Field:
    """One column. codes names its code list; constraints are those of the Table Schema; script is one of SCRIPTS.

    An optional column may be missing in a file of users.
    """

    name: str
    type: str
    title: Text
    description: Text
    constraints: Mapping[str, Any] = field(default_factory=dict)
    codes: str = ""
    example: str = ""
    bad_example: str = ""
    script: str = CHINESE
    optional: bool = False

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required", False))


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values are keys of another table."""

    field: str
    table: str
    reference: str


@dataclass(frozen=True)
class Table:
    """One table: its columns in order, keys, and the columns that its rows are sorted by."""

    name: str
    title: Text
    description: Text
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    sorted_by: tuple[str, ...] = ()
    order: int | None = None
    of_users: bool = False

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields]

    @property
    def needed(self) -> list[str]:
        """The columns that a file must have; only a file of users may leave out the others."""
        return [field.name for field in self.fields if not field.optional]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row to a reader: the primary key, else the first unique key, else all."""
        return self.primary_key or (self.unique_keys or (tuple(self.columns),))[0]

    def field(self, name: str) -> Field:
        """A column by its name. Raises KeyError where the table has none such."""
        for column in self.fields:
            if column.name == name:
                return column
        raise KeyError(name)

    def foreign(self, column: str) -> ForeignKey:
        """The foreign key of a column."""
        return next(key for key in self.foreign_keys if key.field == column)

    def refers(self, table: str) -> list[str]:
        """The columns that name rows of another table."""
        return [key.field for key in self.foreign_keys if key.table == table]


@dataclass(frozen=True)
class Glossary:
    """Words of one language, each with those of the other of which one must stand beside it.

    terms: Chinese, and its English. phrases and words: English, and its Chinese; words may be left to the context.
    """

    terms: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Lexicon:
    """How texts are spelled: the English words of the edition, others that look like a slip of one of them, and the
    neighbours in Chinese that look as if a character were lost between them.
    """

    edition: frozenset[str]
    others: frozenset[str]
    neighbours: frozenset[str] = frozenset()

    @cached_property
    def known(self) -> frozenset[str]:
        """The words that are no slip."""
        return self.edition | self.others


@dataclass(frozen=True)
class Schemas:
    """All that a folder of schemas describes."""

    folder: Path

    @cached_property
    def sources(self) -> dict[str, Any]:
        """The content of the YAML files that were read so far, by their names."""
        return {}

    def source(self, name: str) -> Any:
        """The content of a YAML file of the folder, read once."""
        if name not in self.sources:
            self.sources[name] = read_yaml(self.folder / f"{name}.yaml")
        return self.sources[name]

    def listed(self, name: str) -> tuple[Path, Any]:
        """The path and the content of a list of the folder, or of the shipped edition's where the folder has none."""
        path = self.folder / f"{name}.yaml"
        return (path, self.source(name)) if path in yaml_files(self.folder) else edition().listed(name)

    @cached_property
    def described(self) -> dict[str, Table]:
        """Every Table Schema of the folder by its name: those of the package in their order, then those of users."""
        names = [path.stem for path in yaml_files(self.folder) if path.stem not in LISTS]
        tables = [read_table(self.folder, name, self.source(name)) for name in names]
        tables.sort(key=lambda table: (table.of_users, table.order is None, table.order or 0, table.name))
        named = {table.name: table for table in tables}
        check_references(named, self.folder)
        return named

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables of the package, in their order."""
        return {name: table for name, table in self.described.items() if not table.of_users}

    @cached_property
    def codes(self) -> CodeLists:
        """The code lists that columns name."""
        path = self.folder / f"{CODES}.yaml"
        try:
            return read_codes(path, self.source(CODES))
        except FileNotFoundError:
            raise PackageError(f"{path}: not found; a folder of schemas lists its codes there") from None

    @cached_property
    def assessment(self) -> CodeLists:
        """The code lists that an assessment speaks in: status, warning, method, group."""
        known = {} if self.folder == edition().folder else edition().assessment
        lists = {**known, **read_codes(*self.listed(ASSESSMENT))}
        # A package may say its codes in other words; a code that it leaves out keeps those of the edition.
        return {name: {**known.get(name, {}), **codes} for name, codes in lists.items() if name != "reason"}

    @cached_property
    def reasons(self) -> Mapping[str, Text]:
        """The wording of every reason of an assessment, by its code."""
        known = {} if self.folder == edition().folder else edition().reasons
        return {**known, **read_reasons(*self.listed(ASSESSMENT), known)}

    @cached_property
    def labels(self) -> CodeLists:
        """Every code list, for those who put codes into words."""
        return {**self.assessment, **self.codes}

    @cached_property
    def glossary(self) -> Glossary:
        """What must stand in the text of one language where that of the other has a word."""
        return read_glossary(*self.listed(GLOSSARY))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words that texts are spelled with."""
        return read_lexicon(*self.listed(LEXICON))

    @cached_property
    def synonyms(self) -> Mapping[str, tuple[str, ...]]:
        """What else is looked for where a word is: each word, folded as texts are searched, with its alternatives.

        >>> edition().synonyms["mmr"]
        ('孕产妇死亡率', 'maternal mortality ratio')
        """
        return read_synonyms(*self.listed(SYNONYMS))

    @cached_property
    def observations(self) -> Table:
        """The Table Schema of users' files of observations.

        >>> edition().observations.columns[:2]
        ['place_id', 'indicator_id']
        """
        return self.described.get("observations") or edition().described["observations"]


LISTS = (CODES, ASSESSMENT, GLOSSARY, LEXICON, SYNONYMS)


def home() -> Path:
    """The folder of the shipped edition: inside an installed wheel, else the root of the checkout."""
    shipped = Path(__file__).parent / "edition"
    return shipped if shipped.is_dir() else Path(__file__).parents[2]


@cache
def edition() -> Schemas:
    """The schemas of the shipped edition.

    >>> edition().tables["goals"].primary_key
    ('goal_id',)
    >>> edition().codes["comparator"]["ge"].symbol
    '≥'
    """
    return Schemas(home() / FOLDER)


def schemas_of(root: Path) -> Schemas:
    """The schemas of a package: those of its own folder schemas/, else those of the shipped edition."""
    own = root / FOLDER
    if not own.is_dir() or own.resolve() == (home() / FOLDER).resolve():
        return edition()
    if not own.resolve().is_relative_to(root.resolve()):
        raise PackageError(f"{own}: leads out of the package over a link; put the schemas into the package")
    return Schemas(own)


def yaml_files(folder: Path) -> list[Path]:
    """The files of a folder of schemas. Raises PackageError for one that leads out of the package over a link."""
    return [inside(folder.parent, f"{folder.name}/{path.name}") for path in sorted(folder.glob("*.yaml"))]


def read_codes(path: Path, source: Any) -> CodeLists:
    """The code lists of a YAML file."""
    try:
        return {
            name: {str(code): read_code(str(code), entry, source) for code, entry in entries.items()}
            for name, entries in source.items()
        }
    except (AttributeError, TypeError, ValueError) as error:
        raise PackageError(f"{path}: is no list of codes ({error})") from None


def read_reasons(path: Path, source: Any, known: Mapping[str, Text]) -> dict[str, Text]:
    """The wording of the reasons in a YAML file; known are those of the edition, whose {places} they may fill.

    Raises PackageError for what is no wording.
    """
    try:
        reasons = {str(code): Text(**texts) for code, texts in source.get("reason", {}).items()}
        for code, text in reasons.items():
            strange = places(text) - places(known.get(code, text))
            if strange:
                raise ValueError(f"{code} has no place {{{min(strange)}}}")
    except (AttributeError, TypeError, ValueError) as error:
        raise PackageError(f"{path}: is no list of reasons ({' '.join(str(error).split())})") from None
    return reasons


def places(text: Text) -> set[str]:
    """The {places} of a text, in both languages. Raises ValueError for a text that cannot be filled."""
    parsed = [part for lang in LANGS for part in Formatter().parse(text[lang])]
    if any(spec or conversion for _, _, spec, conversion in parsed):
        raise ValueError("a place is its name alone, as in {year}")
    return {name for _, name, _, _ in parsed if name is not None}


def read_code(code: str, entry: Mapping[str, Any], lists: Mapping[str, Any]) -> Code:
    """A code; what it has under the name of another list is its class there. Raises ValueError for no code of that."""
    classes = {name: str(entry[name]) for name in entry if name in lists}
    for name, broader in classes.items():
        if broader not in lists[name]:
            raise ValueError(f"{code} has the {name} {broader}, which that list does not have")
    return Code(
        code,
        paired(entry, "label"),
        paired(entry, "definition"),
        symbol=str(entry.get("symbol", "")),
        sign=paired(entry, "sign") if "sign_en" in entry else None,
        one=str(entry.get("one_en", "")),
        words=tuple(map(str, entry.get("words", ()))),
        indicator_words=tuple(map(str, entry.get("indicator_words", ()))),
        resolution_words=tuple(map(str, entry.get("resolution_words", ()))),
        demanding_words=tuple(map(str, entry.get("demanding_words", ()))),
        classes=classes,
    )


def read_glossary(path: Path, source: Any) -> Glossary:
    """The glossary of a YAML file. Raises PackageError for what is none."""
    try:
        named = ((str(zh), str(en).split(" / ")) for zh, en in source["terms"].items())
        terms = {zh: tuple(map(latin, en)) for zh, en in named}
        return Glossary(terms, *(english_entries(source[section]) for section in ("phrases", "words")))
    except (AttributeError, KeyError, TypeError) as error:
        raise PackageError(f"{path}: is no glossary of terms, phrases and words ({error})") from None


def english_entries(section: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {latin(form): tuple(str(zh).split()) for en, zh in section.items() for form in str(en).split(" / ")}


def read_lexicon(path: Path, source: Any) -> Lexicon:
    """The lexicon of a YAML file. Raises PackageError for what is none."""
    try:
        return Lexicon(*(frozenset(source[name].split()) for name in ("edition", "others", "neighbours")))
    except (AttributeError, KeyError, TypeError) as error:
        raise PackageError(f"{path}: is no lexicon of edition, others and neighbours ({error})") from None


def read_synonyms(path: Path, source: Any) -> dict[str, tuple[str, ...]]:
    """The synonyms of a YAML file. Raises PackageError for what is none, and for a word that stands there twice."""
    try:
        lines = [(slashed(words), slashed(others)) for words, others in source.items()]
    except (AttributeError, TypeError) as error:
        raise PackageError(f"{path}: is no list of synonyms, WORD / WORD: WORD / WORD ({error})") from None
    twice = [word for word, lines_with in Counter(word for own, _ in lines for word in own).items() if lines_with > 1]
    if twice:
        raise PackageError(f"{path}: {twice[0]!r} stands in two lines of synonyms; make one line of them")
    return {word: others for own, others in lines for word in own}


def slashed(words: object) -> tuple[str, ...]:
    """The folded words of a line, between slashes. Raises TypeError for what is no text, or holds an empty word."""
    if not isinstance(words, str) or not all(map(str.strip, words.split("/"))):
        raise TypeError(f"{words!r} is no words between slashes")
    return tuple(folded(word) for word in words.split(" / "))


def read_table(folder: Path, name: str, source: Mapping[str, Any]) -> Table:
    """A table from its YAML source. Raises PackageError for what is no Table Schema."""
    try:
        return table_of(name, source)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise PackageError(f"{folder / name}.yaml: is no Table Schema ({type(error).__name__}: {error})") from None


def table_of(name: str, source: Mapping[str, Any]) -> Table:
    if type(source.get("order")) not in (int, type(None)):
        raise ValueError(f"order cannot be {source['order']!r}; it is a whole number")
    primary = tuple(source.get("primaryKey", ()))
    unique = tuple(tuple(key) for key in source.get("uniqueKeys", ()))
    fields = tuple(field_of(field) for field in source["fields"])
    table = Table(
        name=name,
        title=paired(source, "title"),
        description=paired(source, "description"),
        fields=fields,
        primary_key=primary,
        unique_keys=unique,
        foreign_keys=tuple(foreign_key(key) for key in source.get("foreignKeys", ())),
        sorted_by=tuple(source.get("sortedBy") or primary or [field.name for field in fields[:1]]),
        order=source.get("order"),
        of_users=bool(source.get("of_users", False)),
    )
    check_keys(table)
    return table


def foreign_key(source: Mapping[str, Any]) -> ForeignKey:
    """A foreign key of one column. Raises ValueError where it names another thing than texts."""
    named = (source["fields"], source["reference"]["resource"], source["reference"]["fields"])
    strange = [name for name in named if not isinstance(name, str)]
    if strange:
        raise ValueError(f"a key names {strange[0]!r}; a foreign key here names one column, one table and its column")
    return ForeignKey(*named)


def check_references(tables: Mapping[str, Table], folder: Path) -> None:
    """Raises PackageError where a foreign key names a column that its table does not have.

    A table that is not there at all is one that the package leaves out.
    """
    for table in tables.values():
        for key in table.foreign_keys:
            if key.table in tables and key.reference not in tables[key.table].columns:
                raise PackageError(
                    f"{folder / table.name}.yaml: is no Table Schema (the foreign key of {key.field} names "
                    f"{key.reference}, which is no column of {key.table})"
                )


def check_keys(table: Table) -> None:
    """Raises ValueError where a table has no column, one twice, or a key of columns that it does not have."""
    if not table.fields or len(set(table.columns)) != len(table.columns):
        raise ValueError("fields: there must be some, and each stands once")
    foreign = [key.field for key in table.foreign_keys]
    named = [*table.primary_key, *table.sorted_by, *foreign, *(name for key in table.unique_keys for name in key)]
    strange = [str(name) for name in named if name not in table.columns]
    if strange:
        raise ValueError(f"a key names {strange[0]}, which is no column")


def field_of(source: Mapping[str, Any]) -> Field:
    told = {
        name: str(filled) for name in ("codes", "example", "bad_example") if (filled := source.get(name)) is not None
    }
    constraints = dict(source.get("constraints", {}))
    wrong = [name for name, kinds in LIMITS.items() if name in constraints and type(constraints[name]) not in kinds]
    if wrong:
        raise ValueError(f"{source['name']}: {wrong[0]} cannot be {constraints[wrong[0]]!r}")
    script = str(source.get("script") or (LATIN if str(source["name"]).endswith("_en") else CHINESE))
    if script not in SCRIPTS:
        raise ValueError(f"{source['name']}: script is one of {', '.join(SCRIPTS)}, not {script!r}")
    if source["type"] not in TYPES:
        raise ValueError(f"{source['name']}: no type {source['type']!r}; types: {', '.join(TYPES)}")
    if "pattern" in constraints:
        check_pattern(str(source["name"]), constraints["pattern"])
    return Field(
        name=str(source["name"]),
        type=str(source["type"]),
        title=paired(source, "title"),
        description=paired(source, "description"),
        constraints=constraints,
        script=script,
        optional=source.get("optional") is True,
        **told,
    )


def check_pattern(name: str, pattern: str) -> None:
    """Raises ValueError where Polars, which judges the cells, or Python, whose readers do, cannot read a pattern."""
    # Loaded here, so that help loads no Polars.
    import polars as pl

    forms = (pattern, f"^(?:{pattern})$")
    try:
        for form in forms:
            re.compile(form)
        pl.DataFrame({"cell": [""]}).select(pl.col("cell").str.contains(form).alias(form) for form in forms)
    except (re.error, OverflowError, RecursionError, pl.exceptions.ComputeError) as error:
        raise ValueError(f"{name}: the pattern cannot be read ({' '.join(str(error).split())[:100]})") from None


def table_schema(table: Table, codes: CodeLists) -> dict[str, Any]:
    """The published Table Schema of a table, its code lists written out as enumerations.

    >>> described = table_schema(edition().tables["assignments"], edition().codes)
    >>> [f["constraints"]["enum"] for f in described["fields"] if f["name"] == "role"]
    [['lead', 'responsible', 'cooperating', 'participating']]
    """
    described: dict[str, Any] = {"$schema": PROFILE}
    described["fields"] = [field_descriptor(field, codes) for field in table.fields]
    described["missingValues"] = [""]
    if table.primary_key:
        described["primaryKey"] = list(table.primary_key)
    if table.unique_keys:
        described["uniqueKeys"] = [list(key) for key in table.unique_keys]
    if table.foreign_keys:
        described["foreignKeys"] = [
            {"fields": [key.field], "reference": {"resource": key.table, "fields": [key.reference]}}
            for key in table.foreign_keys
        ]
    return described


def titled(thing: Table | Field) -> dict[str, str]:
    """Title and description of a table or column, under the names that descriptors use."""
    title, about = thing.title, thing.description
    return {"title": title.en, "title_zh": title.zh, "description": about.en, "description_zh": about.zh}


def field_descriptor(field: Field, codes: CodeLists) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type, **titled(field)}
    constraints = dict(field.constraints)
    if field.codes and field.codes not in codes:
        raise PackageError(f"{FOLDER}/{CODES}.yaml: has no list {field.codes!r}, which the column {field.name} names")
    if field.codes:
        constraints["enum"] = list(codes[field.codes])
        described["categories"] = [{"value": c.code, "label": c.label.en} for c in codes[field.codes].values()]
    if constraints:
        described["constraints"] = constraints
    if field.example:
        described["example"] = field.example
    return described

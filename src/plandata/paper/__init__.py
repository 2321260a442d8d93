"""A paper about a package: a data descriptor, a datasheet and DataCite metadata, with every number computed.

The descriptor has the sections of a Data Descriptor of Scientific Data and keeps its limits. Read in its submission
guidelines (nature.com/sdata/publish/submission-guidelines, as the journal's template and authors who followed them in
2026 tell of them): title at most 110 characters with spaces, without colon and parentheses; abstract at most 170 words,
without references; Background & Summary at most 700 words; no limit for Methods, Data Records, Technical Validation,
Usage Notes; an optional Data Overview of one or two figures or tables; numbered references after Data and Code
Availability, then author contributions, competing interests, acknowledgements, funding. The journal takes English: the
limits are those of the English text, also where the Chinese one is asked for. The datasheet answers the 57 questions of
Gebru et al. (Communications of the ACM 64(12), 2021), asked in our own short words.

What nobody can compute (affiliations, funding, a DOI) is taken from package.yaml (`plandata.paper.authors`), or stays
an open field.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from plandata.charts.figure import png_file
from plandata.export import check_package
from plandata.files import PackageError, check_folder, json_text, write_folder
from plandata.package.folder import METADATA, Folder
from plandata.paper.authors import PAPER, About, about
from plandata.paper.datacite import missing, record
from plandata.paper.facts import Picture, facts, pictures, rows
from plandata.paper.markdown import blocks, words
from plandata.paper.page import Page
from plandata.paper.references import References, issued, literature, of_bibliography, of_document
from plandata.paper.word import as_docx
from plandata.read.cite import described
from plandata.site.edition import Edition
from plandata.text import Text
from plandata.texts.reliability import DRAWS

TITLE_CHARACTERS, NOT_IN_TITLES = 110, re.compile(r"[:()：（）]")
LIMITS = {"Abstract": 170, "Background & Summary": 700}
DATASET = "dataset"
# The tables that a paper cannot do without; others may be left out.
NEEDED = ("places", "documents", "plans", "domains", "goals", "measures", "indicators", "targets")
SHEET = Text("Datasheet", "数据集说明书")
OPEN_FIELDS = Text(
    "What only the authors can tell ({n}); much of it can stand in package.yaml:",
    "只有作者能够填写的内容（{n}项），多数可写入 package.yaml：",
)


@dataclass(frozen=True)
class Made:
    """The files of a paper by path, and what only the authors can tell."""

    files: dict[str, bytes]
    open: list[str]


def paper(package: Folder, out: Path, lang: str) -> tuple[list[Path], list[str]]:
    """Writes the paper about a package into a new or empty folder, all of it or nothing; returns the paths and the open
    fields.

    Raises PackageError for a draft, a package that is not valid, a text over its limit, and a folder that holds files
    or cannot be written.
    """
    try:
        check_folder(out)
        if package.is_draft:
            raise PackageError(f"{package.root}: is a draft; judge its rows and adopt it first (plandata adopt)")
        check_package(package)
        made = paper_files(package, lang)
        return write_folder(made.files, out), made.open
    except OSError as error:
        raise PackageError(f"{out}: cannot be written ({error.strerror or error})") from None


def paper_files(package: Folder, lang: str) -> Made:
    """The files of the paper in a language. Raises PackageError for a text over its limit, or not of its kind."""
    described(package)
    lacking = [name for name in NEEDED if name not in package.schemas.tables]
    if lacking:
        raise PackageError(f"{package.root}: has no table {' and no '.join(lacking)}, of which a paper tells")
    told, edition = about(package), Edition(package)
    drawn = pictures(edition, edition.say(lang))
    # Figures stand in none of the sections that have limits.
    english = descriptor(edition, told, "en", drawn if lang == "en" else {})
    too_long = list(over(english[0]))
    if too_long:
        raise PackageError(
            f"{package.root / METADATA}: {'; '.join(too_long)}; mend title or paper.motivation and the like"
        )
    text, page = english if lang == "en" else descriptor(edition, told, lang, drawn)
    sheet, asked = datasheet(edition, told, lang)
    figures = {f"figure-{name}.png": png_file(one.svg) for name, one in drawn.items()}
    day = datetime.fromisoformat(edition.about["created"][:10])
    metadata = record(package, told)
    files = {"descriptor.md": text.encode(), "datasheet.md": sheet.encode(), **figures}
    files |= {"descriptor.docx": as_docx(text, figures, lang, day), "datasheet.docx": as_docx(sheet, {}, lang, day)}
    files |= {
        "references.json": json_text(page.references.cited()).encode(),
        "datacite.json": json_text(metadata).encode(),
    }
    lacking = [what[lang] for what in missing(metadata)]
    return Made(files, list(dict.fromkeys([*page.open, *asked.open, *lacking])))


def over(text: str) -> Iterator[str]:
    r"""What the journal would send back: a title or a section that is too long, a sign that no title may have.

    >>> list(over("# Plans: an overview\n\n## Abstract\n\nShort."))
    ['the title has a colon or parentheses, which Scientific Data does not take']
    """
    title, section, counted = "", "", dict.fromkeys(LIMITS, 0)
    for block in blocks(text):
        if block.kind == "heading" and block.level == 1:
            title = block.text
        elif block.kind == "heading" and block.level == 2:
            section = block.text
        elif section in counted and block.kind == "paragraph":
            counted[section] += words(block.text)
    if len(title) > TITLE_CHARACTERS:
        yield f"the title has {len(title)} characters, Scientific Data takes at most {TITLE_CHARACTERS}"
    if NOT_IN_TITLES.search(title):
        yield "the title has a colon or parentheses, which Scientific Data does not take"
    for name, most in LIMITS.items():
        if counted[name] > most:
            yield f"{name} has {counted[name]} words, Scientific Data takes at most {most}"


def descriptor(edition: Edition, told: About, lang: str, drawn: Mapping[str, Picture]) -> tuple[str, Page]:
    """The data descriptor with its figures as Markdown, and the page that knows what it cites and leaves open."""
    say = edition.say(lang)
    page = Page(say, references(edition, told, lang), facts(edition, say))
    corresponding = next((one for one in told.authors if one.email), None)
    sources = page.values["document_rows"]
    assert isinstance(sources, list)
    return (
        page.render(
            "descriptor.md.j2",
            authors=told.authors,
            corresponding=corresponding,
            funding=told.funding,
            draws=DRAWS,
            pictures=drawn,
            sources=[row[:-1] for row in sources],
            document_ids=[row[-1] for row in sources],
            outside=outside(edition),
            **stated(told),
        ),
        page,
    )


def datasheet(edition: Edition, told: About, lang: str) -> tuple[str, Page]:
    """The datasheet as Markdown, and the page that knows what it leaves open."""
    say = edition.say(lang)
    page = Page(say, references(edition, told, lang), facts(edition, say))
    return page.render("datasheet.md.j2", authors=told.authors, funding=told.funding, sheet=SHEET, **stated(told)), page


def stated(told: About) -> dict[str, Text | None]:
    """The texts that only authors can tell."""
    return {name: told.text(name) for name in PAPER}


def references(edition: Edition, told: About, lang: str) -> References:
    """All that the paper may cite; an entry of the literature goes before the row of the bibliography of its id."""
    of_tables = [of_bibliography(row, lang) for row in rows(edition, "bibliography")]
    of_tables += [of_document(row, lang) for row in edition.documents.values()]
    return References([*of_tables, *literature(), dataset(edition, told, lang)])


def dataset(edition: Edition, told: About, lang: str) -> dict[str, Any]:
    """The dataset itself as a CSL item."""
    stated = edition.about
    authors = [
        {"family": one.family, "given": one.given} if one.is_one else {"literal": one.name} for one in told.authors
    ]
    item: dict[str, Any] = {"id": DATASET, "type": "dataset", "author": authors, "version": stated["version"]}
    item |= {"title": stated["title" if lang == "en" else "title_zh"]} | issued(stated["created"][:4])
    item |= {"publisher": told.texts["publisher"]} if "publisher" in told.texts else {}
    return item | ({"DOI": stated["doi"]} if stated.get("doi") else {})


def outside(edition: Edition) -> list[str]:
    """The sources outside the texts that are no literature on instruments: those on which cells stand."""
    return [row["reference_id"] for row in rows(edition, "bibliography") if row["kind"] != "literature"]

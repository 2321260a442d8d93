"""How to cite the dataset, one plan or one row, in BibTeX, APA, RIS, CSL-JSON and GB/T 7714.

Authors and title come from CITATION.cff, version, date and Chinese title from the package's descriptor. An address
or a DOI stands in a citation only where the descriptor has one. GB/T 7714 (rules for bibliographic references of
China) is given in the 2015 form and in the 2025 form, in force since 1 July 2026, which first regulates data sets:
author. title[DS/OL]. version. platform（date）[date of access]. address. The standard's text was not at hand; the
2025 form follows its examples 8.14.3 as the style tests of the zotero-chinese/styles project reproduce them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from plandata.files import PackageError
from plandata.package.about import author_name, citation_file, faults
from plandata.package.folder import DESCRIPTOR, Folder
from plandata.read.ids import Ids, name_in
from plandata.tables import Tables
from plandata.text import LANGS, harmless

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LATEX = {"\\": r"\textbackslash{}", **{sign: f"\\{sign}" for sign in "&%$#_{}"}}


@dataclass(frozen=True)
class Citation:
    """What a citation is made of; part_id and its names where one plan or one row is cited."""

    authors: tuple[str, ...]
    title: str
    title_zh: str
    version: str
    issued: date
    licence: str
    url: str = ""
    doi: str = ""
    part_id: str = ""
    part: str = ""
    part_zh: str = ""
    accessed: date | None = None

    @property
    def key(self) -> str:
        """A BibTeX key and CSL id: the year, and the part's id.

        >>> Citation(("a",), "t", "t", "1.0", date(2026, 1, 2), "CC0", part_id="x-2021.law.g01").key
        'plandata2026-x-2021.law.g01'
        """
        return f"plandata{self.issued.year}" + (f"-{self.part_id}" if self.part_id else "")


def bibtex(cited: Citation) -> str:
    """A BibTeX entry; @misc, since classic styles know no data sets."""
    fields = {
        "author": " and ".join(f"{{{latex(name)}}}" for name in cited.authors),
        "title": f"{{{latex(cited.part or cited.title)}}}",
        "year": str(cited.issued.year),
        "howpublished": f"In: {latex(cited.title)}" if cited.part else "",
        "note": f"Data set, version {cited.version}" + (f", row {latex(cited.part_id)}" if cited.part else ""),
        "doi": cited.doi,
        "url": cited.url,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    lines.insert(3, f"  month = {MONTHS[cited.issued.month - 1]},")
    return "\n".join([f"@misc{{{cited.key},", *lines, "}"])


def latex(text: str) -> str:
    r"""A text with the signs escaped that TeX reads as commands.

    >>> latex("50% & more_")
    '50\\% \\& more\\_'
    """
    return "".join(LATEX.get(sign, sign) for sign in text)


def apa(cited: Citation) -> str:
    """APA, seventh edition, as plain text: data set (10.9)."""
    whole = f"{cited.title} (Version {cited.version}) [Data set]."
    title = f"{cited.part} [{cited.part_id}]. In {whole}" if cited.part else whole
    address = f"https://doi.org/{cited.doi}" if cited.doi else cited.url
    return f"{', & '.join(cited.authors)}. ({cited.issued.year}). {title} {address}".rstrip()


def ris(cited: Citation) -> str:
    """A RIS record."""
    tags = [("TY", "DATA"), *(("AU", name) for name in cited.authors), ("TI", cited.part or cited.title)]
    tags += [("T2", cited.title), ("AN", cited.part_id)] if cited.part else []
    tags += [("PY", str(cited.issued.year)), ("DA", cited.issued.strftime("%Y/%m/%d")), ("ET", cited.version)]
    tags += [(tag, value) for tag, value in (("DO", cited.doi), ("UR", cited.url)) if value]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in tags), "ER  - "])


def csl_json(cited: Citation) -> str:
    """A list with one CSL-JSON item."""
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "dataset",
        "title": cited.part or cited.title,
        "author": [{"literal": name} for name in cited.authors],
        "issued": {"date-parts": [[cited.issued.year, cited.issued.month, cited.issued.day]]},
        "version": cited.version,
        "license": cited.licence,
    }
    item |= {"container-title": cited.title, "number": cited.part_id} if cited.part else {}
    item |= {name: value for name, value in (("DOI", cited.doi), ("URL", cited.url)) if value}
    return json.dumps([item], ensure_ascii=False, indent=2)


def gb7714_2025(cited: Citation) -> str:
    """GB/T 7714-2025, data set: full-width punctuation but for the full stop and square brackets."""
    return gb7714(cited, colon="：", brackets="（）", comma="，")


def gb7714_2015(cited: Citation) -> str:
    """GB/T 7714-2015, electronic resource of type DS, in half-width punctuation."""
    return gb7714(cited, colon=": ", brackets="()", comma=", ")


def gb7714(cited: Citation, colon: str, brackets: str, comma: str) -> str:
    """Both forms of GB/T 7714; [DS] is a data set, [DS/OL] one that has an address."""
    kind = "[DS/OL]" if cited.url or cited.doi else "[DS]"
    authors = comma.join(cited.authors)
    title = f"{authors}. {cited.title_zh}{kind}."
    if cited.part:
        title = f"{authors}. {cited.part_zh}{colon}{cited.part_id}{kind}//{authors}. {cited.title_zh}."
    access = f"[{cited.accessed.isoformat()}]" if cited.accessed else ""
    dated = f"{brackets[0]}{cited.issued.isoformat()}{brackets[1]}{access}."
    address = [cited.url, f"DOI:{cited.doi}" if cited.doi else ""]
    return " ".join([title, f"V{cited.version}.", dated, *(f"{part}." for part in address if part)])


# gb7714 is the form in force.
STYLES: dict[str, Callable[[Citation], str]] = {
    "bibtex": bibtex,
    "apa": apa,
    "ris": ris,
    "csl-json": csl_json,
    "gb7714": gb7714_2025,
    "gb7714-2015": gb7714_2015,
    "gb7714-2025": gb7714_2025,
}


def cite(package: Folder, style: str = "apa", row_id: str | None = None, accessed: date | None = None) -> str:
    """A citation as text in one of STYLES, ending with a line end. Raises KeyError for another style.

    >>> from plandata.schema import home
    >>> cite(Folder(home()), "ris").splitlines()[0]
    'TY  - DATA'
    """
    return harmless(STYLES[style](citation(package, row_id, accessed)) + "\n")


def citation(package: Folder, row_id: str | None = None, accessed: date | None = None) -> Citation:
    """The citation of a package, or of the plan or other row with an id.

    accessed is told only where there is an address. Raises PackageError for an unknown id and for a
    CITATION.cff that is missing or no YAML.

    >>> from plandata.schema import home
    >>> citation(Folder(home())).authors
    ('plandata contributors',)
    """
    stated, about = citation_file(package.root), described(package)
    url = str(about.get("homepage") or about.get("repository") or "")
    return Citation(
        authors=tuple(author_name(author) for author in stated["authors"]),
        title=str(stated["title"]),
        title_zh=str(about["title_zh"]),
        version=str(about["version"]),
        issued=date.fromisoformat(about["created"][:10]),
        licence=str(about["licenses"][0]["name"]),
        url=url,
        doi=str(about.get("doi") or ""),
        accessed=accessed if url else None,
        **(part_of(package, row_id) if row_id else {}),
    )


def described(package: Folder) -> Mapping[str, Any]:
    """The descriptor of a package. Raises PackageError where it does not tell what a citation needs."""
    for name, what in faults(package.descriptor):
        raise PackageError(f"{package.root / DESCRIPTOR}: {name} {what}; mend package.yaml and run plandata fmt")
    return package.descriptor


def part_of(package: Folder, row_id: str) -> dict[str, str]:
    """The id and names of the row that is cited."""
    ids = Ids(Tables.of(package))
    for table in reversed(ids.keyed):
        for row in ids.rows(table, row_id):
            # A target has no name of its own: it is cited by that of its indicator.
            named = row
            if table.name == "targets":
                named = next(iter(ids.rows(package.schemas.tables["indicators"], row["indicator_id"])), row)
            names = {lang: name_in(named, lang) or row_id for lang in LANGS}
            return {"part_id": row_id, "part": names["en"], "part_zh": names["zh"]}
    raise PackageError(ids.unknown(row_id))

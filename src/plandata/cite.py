"""How to cite the dataset, one plan or one row.

Authors and title come from CITATION.cff, version, date and Chinese title from the package's descriptor.
An address or a DOI stands in a citation only where the descriptor has one.
"""

from datetime import date
from typing import Any

import yaml

from plandata.citation_styles import STYLES, Citation
from plandata.package import Package, PackageError
from plandata.schema import read_yaml, schemas
from plandata.show import NAMES, keyed, near_ids, rows_of

CITATION = "CITATION.cff"


def citation(package: Package, row_id: str | None = None, accessed: date | None = None) -> Citation:
    """The citation of a package, or of the plan or other row with an id.

    accessed is told only where there is an address. Raises PackageError for an unknown id and for a
    CITATION.cff that is missing or no YAML.

    >>> from plandata.package import open_package
    >>> citation(open_package()).authors
    ('plandata contributors',)
    """
    stated, about = citation_file(package), package.descriptor
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


def citation_file(package: Package) -> dict[str, Any]:
    """The content of CITATION.cff (Citation File Format 1.2.0)."""
    path = package.root / CITATION
    if not path.is_file():
        raise PackageError(f"{path}: not found; it names the authors and the title to cite")
    try:
        stated = read_yaml(path)
    except (yaml.YAMLError, UnicodeDecodeError):
        raise PackageError(f"{path}: is not plain YAML in UTF-8") from None
    if not isinstance(stated, dict) or not stated.get("title") or not isinstance(stated.get("authors"), list):
        raise PackageError(f"{path}: lacks title or authors")
    return stated


def author_name(author: dict[str, str]) -> str:
    """An author of a CITATION.cff: a group has a name, a person a family and given names."""
    return author.get("name") or ", ".join(filter(None, [author.get("family-names"), author.get("given-names")]))


def part_of(package: Package, row_id: str) -> dict[str, str]:
    """The id and names of the row that is cited."""
    for table in reversed(keyed()):
        for row in rows_of(package, table, row_id):
            # A target has no name of its own: it is cited by that of its indicator.
            named = row
            if table.name == "targets":
                named = rows_of(package, schemas().tables["indicators"], row["indicator_id"])[0]
            names = {lang: next((str(named[n]) for n in NAMES[lang] if named.get(n)), row_id) for lang in NAMES}
            return {"part_id": row_id, "part": names["en"], "part_zh": names["zh"]}
    raise PackageError(f"no row has the id {row_id!r}. Near: {', '.join(near_ids(package, row_id)) or 'none'}")


def cite(package: Package, style: str = "apa", row_id: str | None = None, accessed: date | None = None) -> str:
    """A citation as text in one of STYLES, ending with a line end. Raises KeyError for another style.

    >>> from plandata.package import open_package
    >>> cite(open_package(), "ris").splitlines()[0]
    'TY  - DATA'
    """
    return STYLES[style](citation(package, row_id, accessed)) + "\n"

"""The citations that pages show, by plandata.cite; that of a row has marks that the page fills in."""

from dataclasses import replace
from datetime import date

from plandata.citation_styles import STYLES
from plandata.cite import citation
from plandata.site.edition import Edition

TITLES = {"bibtex": "BibTeX", "apa": "APA", "ris": "RIS", "gb7714": "GB/T 7714"}
MORE = {"gb7714-2015": "GB/T 7714-2015", "csl-json": "CSL-JSON"}
# No style changes these signs, and no label has them.
NAME, NAME_ZH, ID, ADDRESS, DAY = "@en@", "@zh@", "@id@", "@url@", "@day@"
# Stands for the day of reading, which only the reader's page knows.
SOME_DAY = date(1000, 1, 1)


def row_citations(edition: Edition) -> dict[str, str]:
    """For each style the citation of a row: @en@, @zh@, @id@, @url@ and @day@ are to be filled in.

    >>> from plandata.package import open_package
    >>> forms = row_citations(Edition(open_package()))
    >>> list(forms), "@en@" in forms["APA"], "@day@" in forms["GB/T 7714"]
    (['BibTeX', 'APA', 'RIS', 'GB/T 7714'], True, True)
    """
    cited = citation(edition.package)
    row = replace(cited, part=NAME, part_zh=NAME_ZH, part_id=ID, url=ADDRESS, accessed=SOME_DAY)
    return {title: STYLES[style](row).replace(SOME_DAY.isoformat(), DAY) for style, title in TITLES.items()}


def dataset_citations(edition: Edition) -> dict[str, str]:
    """For each style the citation of the whole dataset."""
    cited = citation(edition.package)
    return {title: STYLES[style](cited) for style, title in (TITLES | MORE).items()}

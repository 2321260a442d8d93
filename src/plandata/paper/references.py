"""The references of a paper: CSL-JSON items, numbered as they are first cited, in the style that each language uses.

English follows Nature Portfolio (numbered; all authors up to five, else the first and "et al."), Chinese the numeric
style of GB/T 7714-2015 (three authors, half-width punctuation, a sign for the kind of source). The literature stands in
`references.json`, with the facts that its publishers tell; the sources outside the texts come from the table
`bibliography`, the government documents from `documents`, the dataset from what it tells of itself. An own renderer:
citeproc-py is not among the packages that the project installs from, and the styles of CSL come under another licence.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from plandata.files import read_json
from plandata.tables import Row
from plandata.text import MARKDOWN, inert

Item = Mapping[str, Any]
LITERATURE = Path(__file__).with_name("references.json")
# How many authors are named before the others are "et al.".
NATURE_AUTHORS, CHINESE_AUTHORS = 5, 3
# What a given name begins with: IJ of IJsbrand.
CAPITALS = re.compile("[^\\W\\d_a-z]+|.")
ETC = "et al."
# The signs of GB/T 7714 for kinds of sources.
SIGNS = {
    "article-journal": "J",
    "book": "M",
    "report": "R",
    "paper-conference": "C",
    "webpage": "EB",
    "dataset": "DS",
    "legislation": "Z",
}


class References:
    """The items that may be cited, and the numbers of those that are, in the order of their first mention."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = {str(item["id"]): item for item in items}
        self.numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of an item, given at its first mention. Raises KeyError for an item that is not there."""
        return self.numbers.setdefault(self.items[name]["id"], len(self.numbers) + 1)

    def cited(self) -> list[Item]:
        """The cited items in the order of their numbers."""
        return [self.items[name] for name in self.numbers]


def literature() -> list[Item]:
    """The literature that the methods stand on.

    >>> [item["id"] for item in literature()][:2]
    ['wilkinson-fair', 'gebru-datasheets']
    """
    items: list[Item] = read_json(LITERATURE)
    return items


def of_bibliography(row: Row, lang: str) -> Item:
    """A source outside the texts as a CSL item."""
    kind = {"literature": "book", "codes": "dataset"}.get(row["kind"], "webpage")
    return {
        "id": row["reference_id"],
        "type": kind,
        "author": [{"literal": row["publisher"]}],
        "title": row[f"title_{lang}"],
    } | issued(row["year"])


def of_document(row: Row, lang: str) -> Item:
    """A government document as a CSL item."""
    issuer = row[f"issuer_{lang}"]
    item: dict[str, Any] = {"id": row["document_id"], "type": "legislation", "title": row[f"title_{lang}"]}
    item |= {"author": [{"literal": issuer}]} if issuer else {}
    item |= {"number": row["document_number"]} if row["document_number"] else {}
    return item | issued((row["issued_on"] or row["published_on"])[:4])


def issued(year: str) -> dict[str, Any]:
    """The year of an item, where it is known."""
    return {"issued": {"date-parts": [[int(year)]]}} if year else {}


def year_of(item: Item) -> str:
    """The year of an item, or ""."""
    return str(item["issued"]["date-parts"][0][0]) if "issued" in item else ""


def entry(item: Item, lang: str) -> str:
    """A reference as Markdown, in the style of a language.

    >>> item = literature()[0]
    >>> entry(item, "en").partition(". *")[2]
    'Sci. Data* **3**, 160018, https://doi.org/10.1038/sdata.2016.18 (2016).'
    """
    return (nature if lang == "en" else gb7714)(
        {name: plain(value) if isinstance(value, str) else value for name, value in item.items()}
    )


def ranges(numbers: Sequence[int], dash: str) -> str:
    """Numbers as they stand in a text, three and more that follow each other as a range.

    >>> ranges([1, 3, 4, 6, 7, 8], "–")
    '1, 3, 4, 6–8'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = ([f"{run[0]}{dash}{run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return ", ".join(number for run in told for number in run)


def plain(text: str) -> str:
    """A text in which Markdown reads nothing."""
    return inert(text, MARKDOWN)


def nature(item: Item) -> str:
    """A reference as Nature Portfolio prints it."""
    authors = people(item, NATURE_AUTHORS, "en")
    year = f" ({year_of(item)})" if year_of(item) else ""
    address = f", {address_of(item)}" if address_of(item) else ""
    if item["type"] == "article-journal":
        where = f"*{item.get('container-title-short', item['container-title'])}* **{item['volume']}**, {pages(item)}"
        return f"{authors}{item['title']}. {where}{address}{year}."
    if item["type"] == "paper-conference":
        return f"{authors}{item['title']}. In *{item['container-title']}* {pages(item)} ({imprint(item)})."
    if item["type"] in ("book", "report"):
        edition = f" {item['edition']}th edn" if "edition" in item else ""
        number = f" ({item['number']})" if "number" in item else ""
        return f"{authors}*{item['title']}*{number}{edition} ({imprint(item)}){address}."
    told = ", ".join(filter(None, [item.get("number", ""), versioned(item), item.get("publisher", "")]))
    return f"{authors}*{item['title']}*{f', {told}' if told else ''}{address}{year}."


def gb7714(item: Item) -> str:
    """A reference in the numeric style of GB/T 7714-2015."""
    authors = people(item, CHINESE_AUTHORS, "zh")
    online = "/OL" if item["type"] in ("webpage", "dataset") and address_of(item) else ""
    sign = f"\\[{SIGNS[item['type']]}{online}\\]"
    title = item["title"]
    if item["type"] == "report" and "number" in item:
        title = f"{title}: {item['number']}"
    parts = [f"{authors}{title}{sign}"]
    if item["type"] == "article-journal":
        issue = f"({item['issue']})" if "issue" in item else ""
        parts.append(f"{item['container-title']}, {year_of(item)}, {item['volume']}{issue}: {pages(item)}")
    elif item["type"] == "paper-conference":
        place = f"{item['publisher-place']}: {item['publisher']}, {year_of(item)}: {pages(item)}"
        parts = [f"{parts[0]}//{item['container-title']}", place]
    elif item["type"] in ("book", "report"):
        parts += [f"{item['edition']}th ed"] if "edition" in item else []
        printed = ": ".join(filter(None, [item.get("publisher-place", ""), item.get("publisher", "")]))
        parts.append(", ".join(filter(None, [printed, year_of(item)])))
    else:
        parts += filter(None, [item.get("number", ""), versioned(item), item.get("publisher", ""), year_of(item)])
    return ". ".join(filter(None, [*parts, address_of(item)])) + "."


def people(item: Item, most: int, lang: str) -> str:
    """The authors with the full stop after them; the first alone where English has too many."""
    names = [name(author, lang) for author in item.get("author", [])]
    if len(names) > most:
        names = [*(names[:1] if lang == "en" else names[:most]), ETC]
        joined = (" " if lang == "en" else ", ").join(names)
    else:
        joined = ", ".join(names) if lang == "zh" or len(names) < 2 else f"{', '.join(names[:-1])} & {names[-1]}"
    return f"{joined.removesuffix('.')}. " if joined else ""


def name(author: Mapping[str, str], lang: str) -> str:
    """An author with initials: Passonneau, R. in English, Passonneau R in GB/T 7714.

    >>> name({"family": "Vaughan", "given": "Jennifer Wortman"}, "en")
    'Vaughan, J. W.'
    """
    if "literal" in author:
        return plain(author["literal"])
    family, suffix = plain(author["family"]), f" {author['suffix']}" if "suffix" in author else ""
    initials = [plain(CAPITALS.findall(part)[0]) for part in author["given"].split()]
    if lang == "zh":
        return " ".join([family, *initials]) + suffix
    return ", ".join(filter(None, [family, " ".join(f"{initial}." for initial in initials)])) + suffix


def pages(item: Item) -> str:
    """The pages of an article, or its number."""
    return str(item.get("page") or item.get("number", ""))


def imprint(item: Item) -> str:
    """Publisher, place and year, as far as they are known."""
    return ", ".join(filter(None, [item.get("publisher", ""), item.get("publisher-place", ""), year_of(item)]))


def versioned(item: Item) -> str:
    """The version of a dataset or a standard."""
    return f"version {item['version']}" if "version" in item else ""


def address_of(item: Item) -> str:
    """The DOI of an item as an address, else its own; "" where it has none."""
    return f"https://doi.org/{item['DOI']}" if item.get("DOI") else str(item.get("URL", ""))

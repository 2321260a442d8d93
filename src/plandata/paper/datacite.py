"""The metadata of a dataset for a DOI: DataCite 4.5, in the JSON of its REST API.

What the package does not tell is left out, also where DataCite demands it: `missing` says what a registration still
needs. No place has coordinates, and a document is told by its title where its address is not known. A date of the kind
Coverage came with version 4.6; here it is another date, so that both versions take the record.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from plandata.package.folder import Folder
from plandata.paper.authors import About, Person
from plandata.tables import Row, Tables
from plandata.text import Text

SCHEMA = "http://datacite.org/schema/kernel-4"
ORCID_SCHEME = {"nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}
SPDX = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
# The roles of Data Package 2.0 (DataCite's in camel case) that are not the same word; any other is a kind of its own.
ROLES = {"contact": "ContactPerson", "wrangler": "DataCurator", "curator": "DataCurator", "publisher": "Distributor"}
KINDS = ("ContactPerson", "DataCollector", "DataCurator", "DataManager", "Distributor", "Editor", "Producer",
         "ProjectLeader", "ProjectManager", "ProjectMember", "Researcher", "RightsHolder", "Sponsor")  # fmt: skip
WEB = re.compile(r"https?://\S+")
# What DataCite demands, and where it is told.
DEMANDED = {
    "doi": Text("a DOI (doi in package.yaml)", "DOI（package.yaml 的 doi）"),
    "publisher": Text("a publisher (paper.publisher in package.yaml)", "出版者（package.yaml 的 paper.publisher）"),
}


def missing(record: Mapping[str, Any]) -> list[Text]:
    """What a DOI cannot be registered without, and the record lacks."""
    return [what for name, what in DEMANDED.items() if name not in record]


def record(package: Folder, about: About) -> dict[str, Any]:
    """The record of a package."""
    told, t = package.descriptor, Tables.of(package)
    day = told["created"][:10]
    made: dict[str, Any] = {"doi": told["doi"]} if told.get("doi") else {}
    made |= {"url": told["homepage"]} if told.get("homepage") else {}
    made |= {
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
        "creators": [creator(person) for person in about.authors],
        "titles": [
            {"title": told["title"], "lang": "en"},
            {"title": told["title_zh"], "titleType": "TranslatedTitle", "lang": "zh"},
        ],
    }
    made |= {"publisher": {"name": about.texts["publisher"]}} if "publisher" in about.texts else {}
    contributors = [creator(one) | {"contributorType": kind_of(one)} for one in about.others]
    return (
        made
        | {"publicationYear": day[:4], "subjects": [{"subject": word, "lang": "en"} for word in keywords(told)]}
        | ({"contributors": contributors} if contributors else {})
        | {
            "dates": [{"date": day, "dateType": "Created"}, *covered(t.rows("plans"))],
            "language": "zh",
            **related(told, t.rows("documents"), t.keyed("documents")),
            "sizes": sizes(package, t),
            "formats": ["text/csv", "application/json", "application/yaml"],
            "version": told["version"],
            "rightsList": [right(licence) for licence in told["licenses"]],
            "descriptions": [
                {"description": told["description"], "descriptionType": "Abstract", "lang": "en"},
                {"description": told["description_zh"], "descriptionType": "Abstract", "lang": "zh"},
            ],
            "geoLocations": [{"geoLocationPlace": place} for place in places(t.rows("places"))],
        }
        | ({"fundingReferences": list(map(grant, about.funding))} if about.funding else {})
        | {"schemaVersion": SCHEMA}
    )


def creator(person: Person) -> dict[str, Any]:
    """A person or a group."""
    made: dict[str, Any] = {"name": person.name, "nameType": "Personal" if person.is_one else "Organizational"}
    if person.is_one:
        made |= {"name": f"{person.family}, {person.given}".removesuffix(", "), "familyName": person.family}
        made |= {"givenName": person.given} if person.given else {}
    if person.orcid:
        made["nameIdentifiers"] = [{"nameIdentifier": f"https://orcid.org/{person.orcid}", **ORCID_SCHEME}]
    return made | ({"affiliation": [{"name": person.organization}]} if person.organization else {})


def kind_of(person: Person) -> str:
    """What DataCite calls the first role of a contributor that it knows.

    >>> kind_of(Person("a", roles=("wrangler",))), kind_of(Person("a", roles=("poet",)))
    ('DataCurator', 'Other')
    """
    told = (ROLES.get(role, role[:1].upper() + role[1:]) for role in person.roles)
    return next((kind for kind in told if kind in KINDS), "Other")


def keywords(about: Mapping[str, Any]) -> list[str]:
    """The keywords, each once."""
    return list(dict.fromkeys(about["keywords"]))


def covered(plans: list[Row]) -> Iterator[dict[str, str]]:
    """The years that the plans cover, in one date."""
    years = [int(plan[end]) for plan in plans for end in ("start_year", "end_year") if plan[end]]
    if years:
        span = f"{min(years)}/{max(years)}"
        yield {"date": span, "dateType": "Other", "dateInformation": "Period of the plans (coverage)"}


def related(about: Mapping[str, Any], documents: list[Row], known: Mapping[str, Row]) -> dict[str, Any]:
    """The documents: those whose address a source of the descriptor tells by that, all by their titles."""
    by_title = {row["title_zh"]: row for row in known.values()}
    addresses = [source["path"] for source in about.get("sources", []) if is_address(source, by_title)]
    identifiers = [
        {"relatedIdentifier": address, "relatedIdentifierType": "URL", "relationType": "IsDerivedFrom"}
        for address in dict.fromkeys(addresses)
    ]
    items = {"relatedItems": list(map(document, documents))} if documents else {}
    return ({"relatedIdentifiers": identifiers} if identifiers else {}) | items


def is_address(source: Mapping[str, Any], by_title: Mapping[str, Row]) -> bool:
    """Whether a source is one of the documents and tells its address of the web."""
    return source.get("title") in by_title and bool(WEB.fullmatch(str(source.get("path") or "")))


def document(row: Row) -> dict[str, Any]:
    """A government document that the dataset was made from."""
    made: dict[str, Any] = {
        "relatedItemType": "Text",
        "relationType": "IsDerivedFrom",
        "titles": [{"title": row["title_zh"]}, {"title": row["title_en"], "titleType": "TranslatedTitle"}],
    }
    if row["issuer_zh"]:
        made["creators"] = [{"name": row["issuer_zh"], "nameType": "Organizational", "lang": "zh"}]
    day = row["issued_on"] or row["published_on"]
    made |= {"publicationYear": day[:4]} if day else {}
    return made | ({"number": row["document_number"], "numberType": "Other"} if row["document_number"] else {})


def sizes(package: Folder, t: Tables) -> list[str]:
    """How large the dataset is: tables, rows, bytes of the tables."""
    rows = sum(t[name].height for name in package.tables)
    held = sum(len(package.beside(path) or b"") for path in package.paths.values())
    return [f"{len(package.tables)} tables", f"{rows} rows", f"{held} bytes"]


def right(licence: Mapping[str, str]) -> dict[str, str]:
    """A licence; what it is named is an identifier of SPDX."""
    made = {"rights": licence.get("title") or licence["name"], "rightsIdentifier": licence["name"], **SPDX}
    return made | ({"rightsUri": licence["path"]} if WEB.fullmatch(licence["path"]) else {})


def places(rows: list[Row]) -> list[str]:
    """The places with their provinces, by name only.

    >>> places([{"name_en": "A City", "province_en": "A Province", "name_zh": "甲市", "province_zh": "乙省"}])
    ['A City, A Province, China (乙省甲市)']
    """
    return [
        f"{row['name_en']}, {row['province_en']}, China ({row['province_zh']}{row['name_zh']})"
        for row in rows
        if row["name_en"]
    ]


def grant(told: Mapping[str, str]) -> dict[str, str]:
    """A grant."""
    named = {"funder": "funderName", "award": "awardNumber", "title": "awardTitle"}
    return {named[name]: value for name, value in told.items() if value}

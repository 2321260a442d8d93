"""schema.org/Dataset descriptions for search engines, from the descriptor; files are named relative to the page."""

from collections.abc import Mapping
from typing import Any

from plandata.read.record import Record
from plandata.schema import Table
from plandata.site.edition import Edition
from plandata.site.page import TAGS
from plandata.text import paired


def dataset_json(edition: Edition, lang: str, root: str) -> dict[str, Any]:
    """The whole dataset; root is the way from the page to the root of the site.

    >>> from plandata.package.folder import Folder
    >>> from plandata.schema import home
    >>> dataset_json(Edition(Folder(home())), "en", "../")["@type"]
    'Dataset'
    """
    about = edition.about
    files = [download(resource, root) for resource in about["resources"]]
    return described(about, lang, about) | {"temporalCoverage": period(edition), "distribution": files}


def table_json(edition: Edition, table: Table, lang: str, root: str) -> dict[str, Any]:
    """One table as a part of the dataset, with its columns."""
    resource = next(r for r in edition.about["resources"] if r["name"] == table.name)
    columns = [
        {"@type": "PropertyValue", "name": field.name, "description": field.description[lang]} for field in table.fields
    ]
    whole = {"@type": "Dataset", "name": paired(edition.about, "title")[lang]}
    about = described(resource, lang, edition.about)
    return about | {"isPartOf": whole, "variableMeasured": columns, "distribution": [download(resource, root)]}


def row_json(edition: Edition, record: Record, lang: str, url: str) -> dict[str, Any]:
    """One row as a part of the dataset; url is the address of its page, "" where that is not known."""
    whole = {"@type": "Dataset", "name": paired(edition.about, "title")[lang]}
    return {
        "@context": "https://schema.org/",
        "@type": "CreativeWork",
        "identifier": record["id"],
        "name": record["text"][lang] if "text" in record else record["id"],
        **({"url": url} if url else {}),
        "inLanguage": TAGS[lang],
        "version": record["version"],
        "license": edition.about["licenses"][0]["path"],
        "isPartOf": whole,
    }


def described(thing: Mapping[str, Any], lang: str, about: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": paired(thing, "title")[lang],
        "description": paired(thing, "description")[lang],
        "inLanguage": ["zh-Hans", "en"],
        "version": about["version"],
        "datePublished": about["created"][:10],
        "license": about["licenses"][0]["path"],
        "keywords": about["keywords"],
        "isAccessibleForFree": True,
        "creator": [{"@type": "Organization", "name": person["title"]} for person in about["contributors"]],
    }


def download(resource: Mapping[str, Any], root: str) -> dict[str, Any]:
    name = resource["path"].rpartition("/")[2]
    size = {"contentSize": f"{resource['bytes']} B", "sha256": resource["hash"].removeprefix("sha256:")}
    return {
        "@type": "DataDownload",
        "encodingFormat": resource["mediatype"],
        "contentUrl": f"{root}downloads/{name}",
        **size,
    }


def period(edition: Edition) -> str:
    plans = edition.plans.values()
    return f"{min(plan['start_year'] for plan in plans)}/{max(plan['end_year'] for plan in plans)}"

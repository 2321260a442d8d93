"""schema.org/Dataset descriptions for search engines, from the descriptor; files are named relative to the page."""

from collections.abc import Mapping
from typing import Any

from plandata.schema import Table
from plandata.site.edition import Edition


def dataset_json(edition: Edition, lang: str, root: str) -> dict[str, Any]:
    """The whole dataset; root is the way from the page to the root of the site.

    >>> from plandata.package import open_package
    >>> dataset_json(Edition(open_package()), "en", "../")["@type"]
    'Dataset'
    """
    about = edition.about
    files = [download(resource, root) for resource in about["resources"]]
    return described(about, lang, about) | {"temporalCoverage": period(edition), "distribution": files}


def table_json(edition: Edition, table: Table, lang: str, root: str) -> dict[str, Any]:
    """One table as a part of the dataset, with its columns."""
    resource = next(r for r in edition.about["resources"] if r["name"] == table.name)
    columns = [
        {
            "@type": "PropertyValue",
            "name": field.name,
            "description": field.description_zh if lang == "zh" else field.description,
        }
        for field in table.fields
    ]
    whole = {"@type": "Dataset", "name": edition.about["title_zh" if lang == "zh" else "title"]}
    about = described(resource, lang, edition.about)
    return about | {"isPartOf": whole, "variableMeasured": columns, "distribution": [download(resource, root)]}


def described(thing: Mapping[str, Any], lang: str, about: Mapping[str, Any]) -> dict[str, Any]:
    zh = "_zh" if lang == "zh" else ""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": thing[f"title{zh}"],
        "description": thing[f"description{zh}"],
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

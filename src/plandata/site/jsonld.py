"""schema.org/Dataset descriptions for search engines: of the whole, of a table, a plan, a place, an indicator.

An address stands in them only where package.yaml has one; without it files are named relative to the page.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from plandata.package.about import address, doi
from plandata.read.record import Record
from plandata.schema import Table
from plandata.site.edition import Edition
from plandata.site.page import TAGS, ways
from plandata.tables import Row
from plandata.text import LANGS, Text, paired

JsonLd = dict[str, Any]
# What a code of a place is a code of.
GB_CODES = "GB/T 2260"
OF_PLACE = Text("Plans for women's and children's development: {place}", "{place}妇女儿童发展规划")
OF_PLANS = Text("Goals, targets, measures and bodies of {plans}.", "{plans}的目标、目标值、措施与责任单位。")
OF_INDICATOR = Text("Targets for an indicator: {name}", "指标的目标值：{name}")


def dataset_json(edition: Edition, lang: str, path: str) -> JsonLd:
    """The whole dataset, on a page.

    >>> from plandata.package.folder import Folder
    >>> from plandata.schema import home
    >>> told = dataset_json(Edition(Folder(home())), "en", "download")
    >>> told["@type"], told["spatialCoverage"][0]["@type"]
    ('Dataset', 'Place')
    """
    about, plans = edition.about, edition.plans.values()
    own = described(edition, paired(about, "title")[lang], paired(about, "description")[lang], lang)
    return own | {
        **({"url": address(about)} if address(about) else {}),
        **identified(about),
        **covered(edition, plans, lang),
        "variableMeasured": [variable(edition, edition.indicators[key], lang) for key in edition.compared],
        "distribution": [download(edition, resource, lang, path) for resource in about["resources"]],
    }


def table_json(edition: Edition, table: Table, lang: str, path: str) -> JsonLd:
    """One table as a part of the dataset, with its columns."""
    resource = next(r for r in edition.about["resources"] if r["name"] == table.name)
    columns = [
        {"@type": "PropertyValue", "name": field.name, "description": field.description[lang]} for field in table.fields
    ]
    own = part(edition, table.title[lang], table.description[lang], lang, path)
    return own | {
        **covered(edition, edition.plans.values(), lang),
        "variableMeasured": columns,
        "distribution": [download(edition, resource, lang, path)],
    }


def plan_json(edition: Edition, plan: Row, lang: str, path: str) -> JsonLd:
    """One plan, with its indicators and the document that it stands in."""
    say, document = edition.say(lang), edition.documents[plan["document_id"]]
    title = say.of(plan, "title")
    based = {"@type": "CreativeWork", "name": say.of(document, "title"), "inLanguage": TAGS["zh"]}
    stated = {"identifier": document["document_number"], "datePublished": document["published_on"]}
    targets = (row for row in edition.targets if row["plan_id"] == plan["plan_id"])
    return part(edition, title, say(OF_PLANS, plans=title), lang, path) | {
        **covered(edition, [plan], lang),
        "variableMeasured": variables(edition, targets, lang),
        "isBasedOn": based | {name: value for name, value in stated.items() if value},
    }


def place_json(edition: Edition, place: Row, lang: str, path: str) -> JsonLd:
    """The plans of one place."""
    say = edition.say(lang)
    plans = [plan for plan in edition.plans.values() if plan["place_id"] == place["place_id"]]
    text = say(OF_PLANS, plans=say.listed(say.of(plan, "title") for plan in plans))
    own = part(edition, say(OF_PLACE, place=say.of(place)), text, lang, path)
    return own | (covered(edition, plans, lang) if plans else {"spatialCoverage": [located(edition, place, lang)]})


def indicator_json(edition: Edition, indicator: Row, lang: str, path: str) -> JsonLd:
    """The targets of all plans for one indicator."""
    say, targets = edition.say(lang), edition.targets_for[indicator["indicator_id"]]
    plans = [edition.plans[key] for key in dict.fromkeys(row["plan_id"] for row in targets)]
    own = part(edition, say(OF_INDICATOR, name=say.of(indicator)), say.of(indicator, "definition"), lang, path)
    return own | covered(edition, plans, lang) | {"variableMeasured": [variable(edition, indicator, lang)]}


def row_json(edition: Edition, record: Record, lang: str, url: str) -> JsonLd:
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


def described(edition: Edition, name: str, description: str, lang: str) -> JsonLd:
    """What is said of the whole as of any part."""
    about = edition.about
    method = paired(about, "method")[lang]
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": name,
        # Search engines want at least 50 characters, so that a short one says of what it is a part.
        "description": description if len(description) >= 50 else f"{description} {paired(about, 'description')[lang]}",
        "inLanguage": [TAGS[lang] for lang in reversed(LANGS)],
        "version": about["version"],
        "datePublished": about["created"][:10],
        "license": about["licenses"][0]["path"],
        "keywords": about["keywords"],
        "isAccessibleForFree": True,
        "creator": [{"@type": "Organization", "name": person["title"]} for person in about["contributors"]],
        **({"measurementTechnique": method} if method else {}),
    }


def part(edition: Edition, name: str, description: str, lang: str, path: str) -> JsonLd:
    """A part of the dataset, with the address of its page."""
    about = edition.about
    whole = {"@type": "Dataset", "name": paired(about, "title")[lang]}
    whole |= {"url": address(about)} if address(about) else {}
    page = f"{address(about)}{'' if lang == LANGS[0] else f'{lang}/'}{path.removesuffix('index').rstrip('/')}/"
    own = described(edition, name, description, lang) | {"isPartOf": whole | identified(about)}
    return own | ({"url": page} if address(about) else {})


def identified(about: Mapping[str, Any]) -> JsonLd:
    """The DOI of the dataset as an address, where it has one."""
    return {"identifier": f"https://doi.org/{doi(about)}"} if doi(about) else {}


def covered(edition: Edition, plans: Iterable[Row], lang: str) -> JsonLd:
    """The places and the years of plans; nothing for none."""
    own = list(plans)
    if not own:
        return {}
    places = dict.fromkeys(plan["place_id"] for plan in own)
    years = min(plan["start_year"] for plan in own), max(plan["end_year"] for plan in own)
    return {
        "spatialCoverage": [located(edition, edition.places[key], lang) for key in places],
        "temporalCoverage": "/".join(years),
    }


def located(edition: Edition, place: Row, lang: str) -> JsonLd:
    """A place with its names, its administrative code and its province."""
    say, other = (edition.say(named) for named in (lang, LANGS[1 - LANGS.index(lang)]))
    return {
        "@type": "Place",
        "name": say.of(place),
        "alternateName": other.of(place),
        "identifier": {"@type": "PropertyValue", "propertyID": GB_CODES, "value": place["gb_code"]},
        "containedInPlace": {"@type": "AdministrativeArea", "name": say.of(place, "province")},
    }


def variables(edition: Edition, targets: Iterable[Row], lang: str) -> list[JsonLd]:
    """The indicators of targets, each once."""
    keys = dict.fromkeys(row["indicator_id"] for row in targets)
    return [variable(edition, edition.indicators[key], lang) for key in keys]


def variable(edition: Edition, indicator: Row, lang: str) -> JsonLd:
    """An indicator as what is measured, with its unit."""
    say = edition.say(lang)
    unit = say.label("unit_of_measure", indicator["unit_of_measure"])
    return {"@type": "PropertyValue", "name": say.of(indicator), "unitText": unit}


def download(edition: Edition, resource: Mapping[str, Any], lang: str, path: str) -> JsonLd:
    """The file of a table, as a page leads to it."""
    name = resource["path"].rpartition("/")[2]
    return {
        "@type": "DataDownload",
        "name": paired(resource, "title")[lang],
        "encodingFormat": resource["mediatype"],
        "contentUrl": f"{address(edition.about) or ways(path, lang)[1]}downloads/{name}",
        "contentSize": f"{resource['bytes']} B",
        "sha256": resource["hash"].removeprefix("sha256:"),
    }

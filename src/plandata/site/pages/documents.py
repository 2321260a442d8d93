"""Documents: their list, a page for each, and a page that says of a pasted text which document or item it is.

The check runs in the reader's browser (docs/assets/check.js); what it knows of the texts is made here, once for the
site: fingerprints, figures and names, never sentences.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plandata.package.about import PUBLISHED
from plandata.site.edition import Edition
from plandata.site.page import Nav, Values, data_script, kind
from plandata.site.pages.places import COUNTS, SECTION, numbers
from plandata.tables import Row, grouped
from plandata.text import LANGS, Text, normalise
from plandata.texts.verify import CHECKS, read_record, tables_hash
from plandata.words import COLON, COMMA, Words

INDEX = "assets/texts.js"
# What the script says.
SAID = {
    "lang": Text("en", "zh"), "comma": COMMA,
    "looking": Text("Looking …", "正在比对……"),
    "failed": Text(
        "The list of fingerprints could not be loaded. Load this page anew.", "指纹清单未能加载，请刷新本页。"
    ),
    "fingerprint": Text("Its fingerprint (SHA-256):", "指纹（SHA-256）："),
    "same": Text("This is the text that was coded:", "与编码所用的原文一致："),
    "another": Text(
        "This is a text that was coded, but that of another document:", "是编码所用的原文，但属于另一份文件："
    ),
    "part": Text(
        "As a whole it is none of the coded texts, but items of them stand in it, to the letter.",
        "整体与各份原文均不一致，但其中有与原文逐字一致的条目。",
    ),
    "different": Text(
        "As a whole it is none of the coded texts, and no item of them stands whole in it.",
        "整体与各份原文均不一致，也没有与原文逐字一致的完整条目。",
    ),
    "items": Text("Items that stand in it whole: {n}", "完整条目：{n}条"),
    "of": Text("{n} of {all} items of: {title}", "{title}：{all}条中的{n}条"),
    "carried": Text("Figures in it that are coded: {n}", "已编码的数字：{n}处"),
    "near": Text("Coded figures with the same number in other words: {n}", "数字相同、写法不同：{n}处"),
    "figures": Text("Figures", "数字"),
    "nowhere": Text(
        "No goal and no measure of the coded texts has this figure. Preambles and headings are not searched.",
        "各份原文的目标和措施中都没有这个数字；前言和标题不在检索之内。",
    ),
    "rejected": Text("no target:", "不是目标值："),
    "more": Text("{n} more; paste a longer phrase.", "另有{n}处，请粘贴更长的片段。"),
    "likely": Text("Perhaps a part of these items", "可能出自以下条目"),
    "hash": Text(
        "A fingerprint finds whole items only. These items share the most figures and names with the rest of the text.",
        "指纹只能查出完整条目。以下条目与其余文字共有的数字和名称最多。",
    ),
    "shares": Text("shares", "共有："),
    "long": Text(
        "For single figures and sentences, paste a shorter passage.", "如需查找单个数字或句子，请粘贴较短的片段。"
    ),
}  # fmt: skip


@kind(
    "documents/index", "documents.md.j2",
    Text("Documents", "文件"), Text("The government documents that were coded.", "编码所用的政府文件。"),
    nav=Nav(12, Text("Documents", "文件"), SECTION),
)  # fmt: skip
def documents(edition: Edition, say: Words) -> Iterator[Values]:
    """The documents with their places and plans."""
    yield {"documents": [(row, plans_in(edition, row)) for row in edition.documents.values()]}


@kind(
    "documents/{document[document_id]}", "document.md.j2", Text("{document[title_en]}", "{document[title_zh]}"),
    Text(
        "Issuer, number, dates, fingerprint, plans and anomalies: {document[title_en]}.",
        "{document[title_zh]}的印发机关、文号、日期、指纹、规划与异常。",
    ),
)  # fmt: skip
def document(edition: Edition, say: Words) -> Iterator[Values]:
    """A document with its plans, what of it is proven and what is odd in it, and the box for its text."""
    record = read_record(edition.package.root)
    anomalies = grouped(edition.anomalies, "document_id")
    for key, row in edition.documents.items():
        counted = [(plan, numbers(edition, plan)) for plan in plans_in(edition, row)]
        yield {
            "document": row,
            "place": edition.places[row["place_id"]],
            "published": addresses(edition).get(key, ""),
            "plans": counted,
            "counts": [(sum(count[name] for _, count in counted), name, word) for name, word in COUNTS.items()],
            "proven": proven(record, [plan["plan_id"] for plan, _ in counted]),
            "record": record,
            "stale": bool(record) and record["tables_sha256"] != tables_hash(edition.about),
            "kinds": grouped(anomalies[key], "kind"),
            "said": said(say),
        }


@kind(
    "check", "check.md.j2",
    Text("Is this in a text?", "核对原文"),
    Text(
        "Paste a text, an item or a figure: which document, item or target it is.",
        "粘贴全文、条目或数字，查出是哪份文件、哪一条、哪个目标值。",
    ),
    nav=Nav(13, Text("Is this in a text?", "核对原文"), SECTION), files=lambda edition: {INDEX: script(edition)},
)  # fmt: skip
def check(edition: Edition, say: Words) -> Iterator[Values]:
    """The box for any text."""
    yield {"said": said(say)}


def said(say: Words) -> dict[str, str]:
    return {name: say(text) for name, text in SAID.items()}


def plans_in(edition: Edition, document: Row) -> list[Row]:
    return [plan for plan in edition.plans.values() if plan["document_id"] == document["document_id"]]


def addresses(edition: Edition) -> Mapping[str, str]:
    """The addresses of the published pages by document, as far as they are known; what else stands there is none."""
    told = edition.about.get(PUBLISHED)
    return {key: text for key, text in told.items() if isinstance(text, str)} if isinstance(told, dict) else {}


def proven(record: Mapping[str, Any], plans: Iterable[str]) -> list[tuple[Text, int, int]]:
    """For each check of a verification that applies to a document how many hold and how many there are.

    >>> proven({"plans": {"a": dict.fromkeys(CHECKS, [2, 2]) | {"labels": [0, 0]}}}, ["a"])[0][1:]
    (2, 2)
    """
    own = [record["plans"][plan] for plan in plans if plan in record.get("plans", {})]
    tallies = [(title, *(sum(plan[name][i] for plan in own) for i in (0, 1))) for name, title in CHECKS.items()]
    return [tally for tally in tallies if tally[2]]


def script(edition: Edition) -> bytes:
    """The index as the check loads it."""
    return data_script("pdTexts", index(edition))


def index(edition: Edition) -> dict[str, Any]:
    """What the check knows. Items are named by their place in the list.

    figures: phrase, item, target and what it demands, or no target and the code of the reason. names: the printed words
    by which items name indicators, bodies, means, groups, duties and documents, each with its items. All phrases are in
    normal form.
    """
    place = {key: n for n, key in enumerate(edition.items)}
    document_of = {plan["plan_id"]: plan["document_id"] for plan in edition.plans.values()}
    documents = list(edition.documents)
    counted = grouped(edition.items.values(), "plan_id")
    return {
        "documents": [
            {"id": key, "sha256": row["sha256"], **told(row, "title")}
            | {"items": sum(len(counted[plan["plan_id"]]) for plan in plans_in(edition, row))}
            for key, row in edition.documents.items()
        ],
        "plans": {key: told(row, "title") for key, row in edition.plans.items()},
        "items": [
            {"id": key, "plan": row["plan_id"], "document": documents.index(document_of[row["plan_id"]])}
            | {"sha256": row["text_sha256"], "number": row["number"], **told(row, "label")}
            for key, row in edition.items.items()
        ],
        "figures": [*coded(edition, place), *rejected(edition, place)],
        "reasons": {key: in_languages(code.label) for key, code in edition.schemas.codes["reason"].items()},
        "names": names(edition, place),
    }


def told(row: Row, stem: str) -> dict[str, str]:
    """The cells of a bilingual column by language."""
    return {lang: row[f"{stem}_{lang}"] for lang in LANGS}


def in_languages(text: Text) -> dict[str, str]:
    return {lang: text[lang] for lang in LANGS}


def coded(edition: Edition, place: Mapping[str, int]) -> Iterator[list[object]]:
    """The printed figures of targets, with what each demands."""
    words = [edition.say(lang) for lang in LANGS]
    for row in edition.targets:
        indicator = edition.indicators[row["indicator_id"]]
        what = {
            say.lang: say.of(indicator) + say.bracketed(say.of(row, "scope")) + say(COLON) + say.figure(row)
            for say in words
        }
        yield [normalise(row["value_text"]), place[row["item_id"]], row["target_id"], what]


def rejected(edition: Edition, place: Mapping[str, int]) -> Iterator[list[object]]:
    """The printed numbers that are no targets, each with the code of its reason."""
    for item, rows in edition.rejected_of.items():
        yield from ([normalise(row["value_text"]), place[item], "", row["reason"]] for row in rows)


def names(edition: Edition, place: Mapping[str, int]) -> dict[str, list[int]]:
    """The items of each name that is printed in any; a sign alone is none."""
    found: dict[str, set[int]] = {}
    for name, item in printed(edition):
        if len(normalise(name)) > 1 and item in place:
            found.setdefault(normalise(name), set()).add(place[item])
    return {name: sorted(found[name]) for name in sorted(found)}


def printed(edition: Edition) -> Iterator[tuple[str, str]]:
    """The printed names of the tables, each with its item."""
    rows = (edition.targets, edition.duties, edition.tables.rows("target_groups"))
    yield from ((row["name_text"], row["item_id"]) for table in rows for row in table)
    yield from ((row["name_text"], row["measure_id"]) for row in edition.tables.rows("instruments"))
    yield from ((row["title_zh"], row["item_id"]) for row in edition.tables.rows("citations"))
    for row in edition.assignments:
        yield row["printed_as"] or edition.units[row["unit_id"]]["name_zh"], row["item_id"]

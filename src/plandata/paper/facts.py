"""All that a paper says of a package: counts as phrases, tables, figures. Every number is computed here or above."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plandata import __version__
from plandata.charts.counts import bars, matrix
from plandata.charts.dots import short_place
from plandata.charts.drawing import WIDE, standalone
from plandata.export import FORMATS
from plandata.files import read_yaml
from plandata.package.about import OPTIONAL
from plandata.package.folder import MISTAKES, SCORES
from plandata.rules import RULES
from plandata.site.edition import Edition
from plandata.site.pages.home import WITH, WITHOUT, split
from plandata.site.pages.quality import drafts, kept, least_found, totals, weak_columns
from plandata.tables import Row, grouped
from plandata.text import Text, paired
from plandata.texts.agreement import CODING, read
from plandata.texts.reliability import Figure
from plandata.texts.verify import CHECKS, read_record, tables_hash
from plandata.words import Words

# What is counted: one, several, and in Chinese behind the number.
NOUNS = {
    "places": ("place", "places", "个地方"),
    "documents": ("government document", "government documents", "份政府文件"),
    "plans": ("plan", "plans", "个规划"),
    "domains": ("domain", "domains", "个领域"),
    "goals": ("goal", "goals", "条目标"),
    "measures": ("measure", "measures", "条措施"),
    "items": ("item", "items", "个条目"),
    "indicators": ("indicator", "indicators", "个指标"),
    "compared": ("indicator", "indicators", "个指标"),
    "targets": ("target", "targets", "个目标值"),
    "numbered": ("target", "targets", "个目标值"),
    "units": ("body", "bodies", "个责任单位"),
    "assignments": ("assignment", "assignments", "项责任分工"),
    "instruments": ("policy instrument", "policy instruments", "项政策工具"),
    "target_groups": ("mention of a group of people", "mentions of groups of people", "处特定群体"),
    "citations": ("citation of a law, plan or programme", "citations of laws, plans and programmes", "条引用文件"),
    "duties": ("duty", "duties", "项实施责任"),
    "serves": ("link", "links", "项服务关系"),
    "non_targets": ("number", "numbers", "处数字"),
    "anomalies": ("anomaly", "anomalies", "处异常"),
    "bibliography": ("source", "sources", "种来源"),
    "retired_ids": ("identifier", "identifiers", "个标识"),
    "tables": ("table", "tables", "张表"),
    "columns": ("column", "columns", "列"),
    "rows": ("row", "rows", "行"),
    "rules": ("rule", "rules", "条规则"),
    "decided": ("difference", "differences", "处差异"),
    "recoded": ("domain", "domains", "个领域"),
    "gaps": ("gap", "gaps", "处差异"),
    "naming": ("plan", "plans", "个规划"),
}
# A sentence with the space behind it, and how many a text is shortened to.
SENTENCE, ENDS = re.compile(r".+?(?:。|[.!?](?:\s|$)|$)", re.DOTALL), ("first", "last")
# Of what is agreed on least and of the outlines that most plans name, so many are told.
LEAST, FIRST = 3, 2
ADJUDICATION, SAMPLE = "adjudication.csv", "sample.yaml"
# How the figures of agreement on a column are called, and how they are shown.
ALPHA_OF = {"en": "alpha ", "zh": "α "}
ALPHA = Text("alpha, {column}", "α，{column}")
LEAST_AGREED = Text("{column} ({group}: {value})", "{column}（{group}：{value}）")
DASH = Text("–", "—")
SHARE = Text("{share} ({low}–{high})", "{share}（{low}–{high}）")
IN_PROVINCE = Text("{place}, {province}", "{province}{place}")
BY_THEME = Text("Targets by place and theme", "各地各主题的目标值数")
BY_NUMBER = Text("Targets with and without a number, by place", "各地有数值与无数值的目标值数")
TITLE = Text("the {title}", "《{title}》")
# Which coding a decision on a difference found right, and what is said of the others.
RIGHT = {
    "first": Text("the first coding was right in {n}", "第一次编码正确的 {n} 处"),
    "second": Text("the second in {n}", "第二次编码正确的 {n} 处"),
    "neither": Text("neither in {n}", "均不正确的 {n} 处"),
    "wording": Text("only the wording differed in {n}", "仅措辞不同的 {n} 处"),
}


@dataclass(frozen=True)
class Picture:
    """A figure: a chart as an SVG file, and the text for those who do not see it."""

    svg: bytes
    alt: str


def phrase(name: str, n: int, lang: str) -> str:
    """A number with its noun.

    >>> phrase("units", 1, "en"), phrase("units", 155, "en"), phrase("units", 155, "zh")
    ('1 body', '155 bodies', '155个责任单位')
    """
    one, many, chinese = NOUNS[name]
    return f"{n:,} {one if n == 1 else many}" if lang == "en" else f"{n:,}{chinese}"


def facts(edition: Edition, say: Words) -> dict[str, Any]:
    """What the templates may name, in a language: phrases with numbers, and lists of rows for their tables."""
    counted = counts(edition)
    return {
        **{name: phrase(name, n, say.lang) for name, n in counted.items()},
        "n": counted,
        "about": dict.fromkeys(OPTIONAL, "") | dict(edition.about),
        "title": edition.about["title" if say.lang == "en" else "title_zh"],
        "description": edition.about["description" if say.lang == "en" else "description_zh"],
        "method": paired(edition.about, "method")[say.lang],
        "method_in_short": ends(paired(edition.about, "method")[say.lang]),
        "version": edition.about["version"],
        "day": edition.about["created"][:10],
        "software": __version__,
        "period": period(edition, say),
        "place_names": say.series([short_place(place, say, "name") for place in edition.places.values()]),
        **outlines(edition, say),
        "document_rows": document_rows(edition, say),
        "table_rows": table_rows(edition, say),
        "formats": say.listed(f"{made.name}{say.bracketed(say(made.title))}" for made in FORMATS.values()),
        "kinds_of_anomalies": commonest(rows(edition, "anomalies"), "kind", "anomaly_kind", say),
        "roles": commonest(rows(edition, "assignments"), "role", "role", say),
        "comparators": commonest(edition.targets, "comparator", "comparator", say),
        **quality(edition, say),
    }


def counts(edition: Edition) -> dict[str, int]:
    """How many rows each table has, and what else is counted."""
    tables = {name: edition.tables[name].height for name in edition.schemas.tables}
    numbered, _ = split(edition.targets)
    return (
        dict.fromkeys(NOUNS, 0)
        | tables
        | {
            "items": len(edition.items),
            "compared": len(edition.compared),
            "numbered": numbered,
            "tables": len(tables),
            "rows": sum(tables.values()),
            "columns": sum(len(table.fields) for table in edition.schemas.tables.values()),
            "rules": len(RULES),
            "decided": len(coded(edition, ADJUDICATION)),
            "recoded": len(sample(edition)),
        }
    )


def rows(edition: Edition, name: str) -> list[Row]:
    """The rows of a table; none where the package leaves it out."""
    return edition.tables.rows(name) if name in edition.schemas.tables else []


def coded(edition: Edition, name: str) -> list[dict[str, str]]:
    """A table of the codings that a package keeps; none where it keeps none."""
    path = edition.package.root / CODING / name
    return read(path) if path.is_file() else []


def sample(edition: Edition) -> list[str]:
    """The domains that were coded a second time; none where the package does not tell."""
    path = edition.package.root / CODING / SAMPLE
    told = read_yaml(path) if path.is_file() else {}
    domains = told.get("domains") if isinstance(told, dict) else None
    return domains if isinstance(domains, list) else []


def period(edition: Edition, say: Words) -> str:
    """The years from the first to the last of the plans."""
    years = [int(row[end]) for row in edition.plans.values() for end in ("start_year", "end_year") if row[end]]
    return say(DASH).join(map(str, sorted({min(years), max(years)}))) if years else ""


def ends(text: str) -> str:
    """The first and the last sentence of a text: what was done, and what was not.

    >>> ends("A did it. B helped. C did not."), ends("甲编码。乙核对。无人通读。"), ends("")
    ('A did it. C did not.', '甲编码。无人通读。', '')
    """
    sentences = SENTENCE.findall(text)
    return "".join(sentences if len(sentences) <= len(ENDS) else [sentences[0], sentences[-1]])


def outlines(edition: Edition, say: Words) -> dict[str, str]:
    """How many plans name a national outline, and the titles of those that most plans name; a title is known by its
    translation, since its print varies.
    """
    named: dict[str, set[str]] = {}
    titles: dict[str, str] = {}
    for row in rows(edition, "citations"):
        if row["kind"] == "national_outline":
            named.setdefault(row["title_en"], set()).add(row["plan_id"])
            titles.setdefault(row["title_en"], say(TITLE, title=say.of(row, "title")))
    first = sorted(named, key=lambda title: (-len(named[title]), title))[:FIRST]
    plans: set[str] = set().union(*named.values())
    return {
        "naming": phrase("naming", len(plans), say.lang) if plans else "",
        "outlines": say.series([titles[title] for title in first]),
    }


def document_rows(edition: Edition, say: Words) -> list[list[object]]:
    """The documents: place, title, number, the days, how many plans, the id by which it is cited."""
    plans = grouped(edition.plans.values(), "document_id")
    return [
        [
            whereabouts(edition.places[row["place_id"]], say),
            say.of(row, "title"),
            row["document_number"],
            row["issued_on"],
            row["published_on"],
            len(plans.get(document, ())),
            document,
        ]
        for document, row in edition.documents.items()
    ]


def whereabouts(place: Row, say: Words) -> str:
    """A place with its province."""
    return say(IN_PROVINCE, place=short_place(place, say, "name"), province=say.of(place, "province"))


def table_rows(edition: Edition, say: Words) -> list[list[object]]:
    """The tables: file, what one row is, rows, columns, the key."""
    return [
        [
            f"{name}.csv",
            table.description[say.lang],
            edition.tables[name].height,
            len(table.fields),
            ", ".join(table.key),
        ]
        for name, table in edition.schemas.tables.items()
    ]


def commonest(own: list[Row], column: str, codes: str, say: Words) -> str:
    """The codes of a column with how often each stands, the commonest first."""
    tally = Counter(row[column] for row in own if row[column]).most_common()
    return say.series([f"{say.label(codes, code)}{say.bracketed(f'{n:,}')}" for code, n in tally])


def quality(edition: Edition, say: Words) -> dict[str, Any]:
    """What is known of the quality of the rows, as the page on quality tells it."""
    root = edition.package.root
    proven, mistakes, scores = read_record(root), kept(root, MISTAKES), drafts(kept(root, SCORES))
    return {
        "proven": proven,
        "stale": bool(proven) and proven["tables_sha256"] != tables_hash(edition.about),
        "gaps": phrase("gaps", proven["gaps"], say.lang) if proven else "",
        "proven_rows": [[capital(say(CHECKS[check])), *tally] for check, tally in totals(proven).items()]
        if proven
        else [],
        "agreement": edition.agreement,
        "agreement_rows": [agreed(figure, edition, say) for figure in edition.agreement],
        "least_agreed": say.series(list(worst(edition.agreement, edition, say))),
        "decisions": say.series(list(decisions(edition, say))),
        "mistakes": mistakes,
        "mistake_rows": list(mistake_rows(mistakes, say)),
        "mistake_shares": [shares(mistakes[by], say) for by in ("by_validate", "by_either")] if mistakes else [],
        "weak": weak_columns(mistakes.get("columns", {})),
        "score_rows": [[capital(Text(en, zh)[say.lang]), f"{whole:.3f}"] for en, zh, whole, _ in scores["levels"]],
        "scores": scores,
    }


def agreed(figure: Figure, edition: Edition, say: Words) -> list[object]:
    """A figure of agreement as a row: coding, what, rows, differing rows, value, interval."""
    column, told = column_of(figure, edition, say), capital(say(figure.what))
    what = say(ALPHA, column=column) if column else told
    interval = f"{figure.low:.3f}–{figure.high:.3f}"
    return [capital(say(figure.group)), capital(what), figure.rows, figure.differ, f"{figure.value:.3f}", interval]


def column_of(figure: Figure, edition: Edition, say: Words) -> str:
    """The title of the column that a figure of agreement is about; "" for one about whole rows or sets."""
    titles = {field.name: say(field.title) for table in edition.schemas.tables.values() for field in table.fields}
    told = say(figure.what)
    name = told.removeprefix(ALPHA_OF[say.lang])
    title = titles.get(name) or titles.get(f"{name}_id") or ""
    return f"{title[:1].lower()}{title[1:]}" if told != name else ""


def worst(figures: list[Figure], edition: Edition, say: Words) -> Iterator[str]:
    """What two codings agree on least, with the values."""
    for figure in sorted(figures, key=lambda figure: figure.value)[:LEAST]:
        column = column_of(figure, edition, say) or say(figure.what)
        yield say(LEAST_AGREED, column=column, group=figure.group, value=f"{figure.value:.3f}")


def decisions(edition: Edition, say: Words) -> Iterator[str]:
    """How the differences between two codings were decided."""
    tally = Counter(row.get("right") for row in coded(edition, ADJUDICATION))
    yield from (say(text, n=tally[code]) for code, text in RIGHT.items() if tally[code])


def capital(text: str) -> str:
    """A text with a capital at its beginning, as a cell of a table has it; a sign of another alphabet stays.

    >>> capital("bodies"), capital("α")
    ('Bodies', 'α')
    """
    return text[:1].upper() + text[1:] if text.isascii() else text


def mistake_rows(mistakes: Mapping[str, Any], say: Words) -> Iterator[list[object]]:
    """The kinds of mistakes made on purpose: how many, and the shares that are found."""
    for kind, (made, alone, either) in least_found(mistakes.get("kinds", {})):
        yield [
            capital(Text(kind, mistakes["kinds_zh"][kind])[say.lang]),
            made,
            f"{alone / made:.0%}",
            f"{either / made:.0%}",
        ]


def shares(told: list[float], say: Words) -> str:
    """A share with its interval."""
    share, low, high = told
    return say(SHARE, share=f"{100 * share:.1f}%", low=f"{100 * low:.1f}", high=f"{100 * high:.1f}%")


def pictures(edition: Edition, say: Words) -> dict[str, Picture]:
    """The figures by name: targets by place and theme, and how many of them have a number."""
    if not edition.targets:
        return {}
    of_place = {place: short_place(row, say, "name") for place, row in edition.places.items()}
    themes = Counter(row["theme"] for row in edition.targets if row["theme"])
    columns = [say.label("theme", theme) for theme, _ in themes.most_common()]
    cells = Counter((of_place[row["place_id"]], say.label("theme", row["theme"])) for row in edition.targets)
    parts = [say(WITH), say(WITHOUT)]
    by_place = grouped(edition.targets, "place_id")
    tally = {
        (label, part): n
        for place, label in of_place.items()
        for part, n in zip(parts, split(by_place.get(place, [])), strict=True)
    }
    by_theme, by_number = say(BY_THEME), say(BY_NUMBER)
    return {
        "themes": Picture(standalone(matrix(cells, list(of_place.values()), columns)(WIDE), by_theme), by_theme),
        "numbers": Picture(standalone(bars(tally, parts)(WIDE), by_number), by_number),
    }

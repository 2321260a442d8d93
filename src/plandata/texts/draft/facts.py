"""Drafts the place, the document and the plans of a text: names, codes, dates, periods."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from plandata.files import PackageError, installing
from plandata.rules.official import CITY, KINDS, codes_of_names, divisions, provinces
from plandata.text import normalise
from plandata.texts.dates import periods, printed_dates, printed_numbers
from plandata.texts.draft.doubt import Doubt
from plandata.texts.segment import Plan

Row = dict[str, str]
DIVISION = "自治县|自治旗|自治州|林区|特区|地区|省|自治区|市|区|县|旗|州|盟"
ENDS = re.compile(rf"(?:{DIVISION})")
# What a name of a place goes before: the words of a title, or the body that issues it.
TITLED = re.compile(rf"^([一-鿿]{{1,20}}?(?:{DIVISION}))(?=[“\"'”]|妇女|儿童|国民|未成年|“?十[四五六])")
ISSUER = re.compile(rf"([一-鿿]{{1,24}}?(?:{DIVISION}))(人民政府|妇女儿童工作委员会)(?=办公室|关于|$|文件|妇女)")
# A line that is a place, or signs for one.
SIGNED = re.compile(rf"([一-鿿]{{1,14}}?(?:{DIVISION}))(?:(?:人民政府|妇女儿童工作委员会)(?:办公室)?)?")
NAMED = rf"([一-鿿]{{2,4}}(?:{DIVISION}))(?:委|政府|妇联)"
NOTICE = re.compile(r"[^,。;:]{2,30}(?:人民政府|委员会|办公室)[^,。;:]{0,12}关于印发[^。;]{4,120}?的?通知")
OWNERS = {"women": "Women's", "children": "Children's", "both": "Women's and Children's"}
GUESS = "read off the text; check it"


def place_row(plans: Sequence[Plan], text: str, slug: str = "") -> tuple[Row, list[Doubt]]:
    """The row of the place that plans are for, and its doubts; slug is the id that the user chose, "" for none.

    The name comes from the titles, else from the body that issues the document, else it is the one that the text names
    most; code and province from the official list where it has the name once, or once in a province that the text
    names.
    """
    name = place_name(plans, text)
    code, province = found_code(name, text)
    kind = next(((level, english) for end, level, english in KINDS if name.endswith(end)), None)
    level = kind[0] if kind else ("county" if code and not code.endswith("00") else "prefecture")
    stem = english_stem(name, needed=not slug)
    listed = divisions()[code].name_en if code else ""
    english = listed or (f"{stem} {kind[1]}" if kind and stem else stem)
    row = {
        "place_id": slug or re.sub("[^a-z]+", "-", stem.lower()).strip("-"),
        "name_zh": name,
        "name_en": english,
        "gb_code": code,
        "level": level,
        "province_zh": province,
        "province_en": next((p.name_en for p in provinces().values() if p.name_zh == province), ""),
    }
    doubts = [("name_en", "the reading of the characters is a guess")] if not listed else []
    doubts += [] if name else [("name_zh", "the text names no place; choose its id with --place SLUG")]
    doubts += [] if code else [("gb_code", "the official list has no such place, or several; left empty")]
    doubts += [] if province else [("province_zh", "no province is told"), ("province_en", "no province is told")]
    doubts += [("level", "a city may be a prefecture or a county")] if name.endswith(CITY) and not code else []
    return row, [Doubt("places", row["place_id"], column, row[column], why) for column, why in doubts]


def place_name(plans: Sequence[Plan], text: str) -> str:
    """The name of the place in the titles of its plans, else that of the government that issued them."""
    clean = normalise(text[:4000])
    told = [found[1] for plan in plans if (found := TITLED.match(normalise(plan.title)))]
    told += [] if told else [found[1] for found in ISSUER.finditer(clean)]
    told += [] if told else [m[1] for m in re.finditer(rf"《([一-鿿]{{1,12}}?(?:{DIVISION}))(?:妇女|儿童)", clean)]
    told += [] if told else [found[1] for line in text.split("\n") if (found := SIGNED.fullmatch(normalise(line)))]
    told += [] if told else [m[1] for m in re.finditer(NAMED, normalise(text))]
    return own_name(Counter(told).most_common(1)[0][0]) if told else ""


def own_name(name: str) -> str:
    """The last of the places that a name lists from the province down.

    >>> own_name("天津市宝坻区"), own_name("威宁自治县"), own_name("市中区")
    ('宝坻区', '威宁自治县', '市中区')
    """
    ends = [found.end() for found in ENDS.finditer(name) if found.end() < len(name)]
    # 市中区: what is left must be a name of its own.
    cuts = [end for end in ends if len(name) - end >= 3 and end >= 3]
    return name[cuts[-1] :] if cuts and not name.startswith("自治", cuts[-1]) else name


def found_code(name: str, text: str) -> tuple[str, str]:
    """The code of a place and its province; without the code that of a province alone that the text names."""
    codes = codes_of_names().get(name, [])
    clean = normalise(text)
    named = Counter({p.name_zh: clean.count(p.name_zh) for p in provinces().values() if p.name_zh in clean})
    inside = [code for code in codes if provinces()[code[:2]].name_zh in named]
    chosen = codes if len(codes) == 1 else inside if len(inside) == 1 else []
    if chosen:
        return chosen[0], provinces()[chosen[0][:2]].name_zh
    return "", named.most_common(1)[0][0] if named else ""


def english_stem(name: str, needed: bool = True) -> str:
    """The name of a place without its kind in pinyin, as one word.

    Where the library for it is not installed: "", or PackageError if the name is needed for the id.
    """
    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        if not needed:
            return ""
        told = f"names of places need pypinyin: {installing('draft')}, or name one with --place"
        raise PackageError(told) from None
    kind = next((end for end, _, _ in KINDS if name.endswith(end)), CITY if name.endswith(CITY) else "")
    stem = name.removesuffix(kind) if len(name) > len(kind) + 1 else name
    return re.sub("[^a-z]", "", "".join(lazy_pinyin(stem)).lower().replace("ü", "v")).capitalize() or "Place"


def period_of(plan: Plan, text: str) -> tuple[int, int]:
    """The period of a plan by its title, else that which the text names most; (0, 0) where none is named."""
    own = sorted(periods(plan.title))
    if own:
        return own[0]
    counted = Counter(period for line in text.split("\n") for period in periods(line) if period[0] % 10 in (1, 6))
    return counted.most_common(1)[0][0] if counted else (0, 0)


def plan_rows(plans: Sequence[Plan], place: Row, text: str) -> tuple[list[Row], list[Doubt]]:
    """The rows of plans, and their doubts."""
    rows: list[Row] = []
    doubts: list[Doubt] = []
    for plan in plans:
        start, end = period_of(plan, text)
        population = plan.population or "both"
        start, end = (start, end) if start else (2021, 2025)
        plan_id = f"{place['place_id']}-{population}-{start}"
        title = (
            printed_title(plan.title)
            or f"{place['name_zh']}{'妇女' * (population != 'children')}{'儿童' * (population != 'women')}发展规划"
        )
        row = {
            "plan_id": plan_id,
            "place_id": place["place_id"],
            "population": population,
            "title_zh": title,
            "title_en": english_title(title, population, place["name_en"], (start, end)),
            "start_year": str(start),
            "end_year": str(end),
        }
        rows.append(row)
        doubts += [
            Doubt("plans", plan_id, column, row[column], why)
            for column, why, doubted in (
                ("title_en", "put together from the place and the period", True),
                ("title_zh", "the text prints no title; this one is made up of the place", not plan.title),
                ("population", "the title names neither women nor children", not plan.population),
                ("start_year", "neither title nor text names a period", period_of(plan, text) == (0, 0)),
            )
            if doubted
        ]
    return rows, doubts


def printed_title(title: str) -> str:
    """A title in full-width signs, as the tables have it.

    >>> printed_title("云汀县妇女发展规划(2021-2030年)")
    '云汀县妇女发展规划（2021—2030年）'
    """
    wide = title.replace("(", "（").replace(")", "）")
    return re.sub(r"(?<=\d{4})[-~至–−―]+(?=\d{4})", "—", wide)


def english_title(title: str, population: str, place: str, period: tuple[int, int]) -> str:
    """The English title of a plan by the pattern of the edition."""
    what = f"{OWNERS[population]} Development in {place}"
    five = five_year_plan(title)
    return f"{five} for {what}" if five else f"Plan for {what} ({period[0]}-{period[1]})"


def five_year_plan(title: str) -> str:
    """What the English calls a plan whose title says of which five years it is; "" where it does not.

    >>> five_year_plan("云汀县“十四五”妇女发展规划"), five_year_plan("云汀县“十六五”妇女发展规划")
    ('14th Five-Year Plan', '16th Five-Year Plan')
    """
    five = re.search("十([三四五六])五", title)
    return f"{13 + '三四五六'.index(five[1])}th Five-Year Plan" if five else ""


def document_row(plans: list[Row], place: Row, text: str, digest: str) -> tuple[Row, list[Doubt]]:
    """The row of the document that issues plans, and its doubts."""
    notice = notice_title(text)
    issuer = re.match(r"(.{2,30}?(?:人民政府办公室|人民政府|妇女儿童工作委员会))", notice)
    dates = sorted(printed_dates(text))
    numbers = sorted(printed_numbers(text[:3000]))
    name = place["name_en"]
    row = {
        "document_id": f"{place['place_id']}-{plans[0]['start_year']}",
        "place_id": place["place_id"],
        "title_zh": printed_title(notice) or plans[0]["title_zh"],
        "title_en": english_notice(plans, name, bool(periods(notice))) if notice else plans[0]["title_en"],
        "issuer_zh": issuer[1] if issuer else "",
        "issuer_en": f"People's Government of {name}" if issuer and "政府" in issuer[1] else "",
        "document_number": numbers[0] if numbers else "",
        "issued_on": next((d.date for d in dates if d.column == "issued_on"), ""),
        "published_on": next((d.date for d in dates if d.column == "published_on"), ""),
        "sha256": digest,
    }
    doubts = list(document_doubts(row, bool(notice), [d.column for d in dates], len(numbers)))
    return row, doubts


def document_doubts(row: Row, notice: bool, dated: list[str], numbers: int) -> Iterator[Doubt]:
    """What must be looked at in the row of a document."""
    reasons = [
        ("title_zh", GUESS if notice else "no notice is printed; the title of the plan stands for it"),
        ("title_en", "put together from the place and the plans"),
        ("issuer_zh", GUESS if row["issuer_zh"] else "no issuer is printed in a title"),
    ]
    reasons += [("issuer_en", "translated by its pattern")] if row["issuer_zh"] else []
    reasons += [("document_number", "several are printed")] if numbers > 1 else []
    reasons += [(column, "several dates are printed") for column in sorted(set(dated)) if dated.count(column) > 1]
    return (Doubt("documents", row["document_id"], column, row[column], why) for column, why in reasons)


def notice_title(text: str) -> str:
    """The title of the notice that issued plans, which may stand on several lines; "" where none is printed."""
    lines = [normalise(line) for line in text.split("\n")[:120]]
    lines = [line for line in lines if line][:60]
    joined = ("".join(lines[i : i + n]) for i in range(len(lines)) for n in range(1, 6))
    return min((title for title in joined if len(title) < 140 and NOTICE.fullmatch(title)), key=len, default="")


def english_notice(plans: list[Row], place: str, dated: bool) -> str:
    """The English title of a notice by the pattern of the edition; dated says whether the Chinese one has the years."""
    owners = " and ".join(f"for {OWNERS[plan['population']]} Development" for plan in plans)
    five = five_year_plan(plans[0]["title_zh"])
    what = five or "Plan"
    many = "s" if len(plans) > 1 else ""
    years = "" if five or not dated else f" ({plans[0]['start_year']}-{plans[0]['end_year']})"
    return f"Notice of the People's Government of {place} on Issuing the {what}{many} {owners} in {place}{years}"

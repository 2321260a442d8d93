"""The page of one place: how its targets stand in a year, to be filtered and searched without a network.

Everything stands in the page as it is read without JavaScript; its script only hides, counts and sorts what is there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from plandata.assess import Assessment, Settings, assess
from plandata.assess.count import DOMAIN, LEAD_UNIT, NONE, Count, count
from plandata.assess.model import PARTS, Judgement, Kind, Part, Warned
from plandata.assess.publish import NOTHING_SMALL, Small, small_in
from plandata.charts.course import COLOURS
from plandata.charts.spark import part_bars, spark
from plandata.files import PackageError, unsafe_name
from plandata.report import assessment, findings, hashes, page, with_policy
from plandata.report.assessment import (
    LATER,
    count_name,
    in_group,
    reason_text,
    required_text,
    row_count,
    rule_text,
    words,
)
from plandata.text import Text, paired
from plandata.words import COLON, Words, number, rounded

if TYPE_CHECKING:
    from plandata.package.folder import Folder

PAGE = "dashboard.html"
# Nothing but what is in the page: its one script and its one style, by their hashes.
POLICY = "default-src 'none'; script-src {scripts}; style-src {styles}; base-uri 'none'; form-action 'none'"
WORDS = {
    "dashboard": Text("Monitoring dashboard", "监测看板"),
    "title": Text("{place}: targets of the plans, {year}", "{place}规划目标监测（{year}年）"),
    "judged": Text("Judged year {year}", "评估年：{year}年"),
    "source": Text("{rows} observations from {file}", "监测值 {rows} 条，来自 {file}"),
    "report": Text("Read the report", "查看监测报告"),
    "skip": Text("Skip to the targets", "跳到目标列表"),
    "overview": Text("Overview", "概览"),
    "targets": Text("Targets", "目标"),
    "by_status": Text("Targets by status", "目标的状态"),
    "by_domain": Text("By plan and domain", "按规划和领域"),
    "matrix": Text(
        "Number of targets by domain and status; met is counted of the measurable",
        "各领域各状态的目标数；达标数按可监测数计",
    ),
    "met_of": Text("Met of measurable", "达标/可监测"),
    "domain": Text("Domain", "领域"),
    "plan": Text("Plan", "规划"),
    "body": Text("Lead body", "牵头单位"),
    "all_plans": Text("All plans", "全部规划"),
    "all_domains": Text("All domains", "全部领域"),
    "all_bodies": Text("All lead bodies", "全部牵头单位"),
    "no_domain": Text("Outside the domains", "不属任何领域"),
    "no_body": Text("No lead body", "未明确牵头单位"),
    "warned": Text("Only with early warnings", "只看有预警的"),
    "filters": Text("Filter the targets", "筛选目标"),
    "search": Text("Search indicator, body, words", "搜索指标、单位、文字"),
    "sort": Text("Order", "排序"),
    "by_plan": Text("As in the plans", "按规划顺序"),
    "by_gap": Text("Largest gap first", "差距由大到小"),
    "reset": Text("Clear filters", "清除筛选"),
    "hits": Text("{n} of {all} targets", "显示 {n} 项，共 {all} 项"),
    "none": Text("No target fits these filters.", "没有符合筛选条件的目标。"),
    "gap_order": Text("All plans, largest gap first", "全部规划，差距由大到小"),
    "target": Text("Target", "目标"),
    "value": Text("Value", "数值"),
    "gap": Text("Gap", "差距"),
    "change": Text("On the year before", "较上年"),
    "attainment": Text("Attained", "实现程度"),
    "by": Text("by {year}", "{year}年"),
    "of_year": Text("{year}", "{year}年"),
    "earlier": Text("of {year}", "{year}年数"),
    "last_year": Text("last year's, {year}", "上年数，{year}年"),
    "lead": Text("Lead", "牵头"),
    "warning": Text("Early warning", "预警"),
    "remark": Text("Remark", "提示"),
    "small": Text("under 5 cases", "<5 例"),
    "hidden": Text(
        "The value rests on a count under five and is not published.", "该值由不足5例的计数算得，公布时不列数值。"
    ),
    "rests": Text(
        "The verdict rests on a value of another year that comes from a count under five and is not published.",
        "判断所依据的其他年份数值由不足5例的计数算得，公布时不列出。",
    ),
    "withheld": Text("not published", "不公布"),
    "parts": Text("By sex, age and area, {year}", "分性别、年龄、城乡（{year}年）"),
    "part": Text("By", "分组"),
    "apart": Text("Apart", "相差"),
    "key": assessment.WORDS["chart"],
    "method": Text("Method and definitions", "方法与说明"),
    "statuses": Text("Statuses", "状态"),
    "warnings": Text("Early warnings", "预警"),
    "settings": Text("Settings", "参数"),
    "counted": Text("How it is counted", "计数方法"),
    "refused": Text("{n} observations fit no target and were not used", "有 {n} 条监测值与目标不符，未采用"),
    "no_script": Text(
        "Without JavaScript all targets are shown and nothing can be filtered.",
        "未启用 JavaScript：显示全部目标，不能筛选。",
    ),
    "top": Text("Back to the top", "回到顶部"),
    "published": Text(
        "For publication: values that rest on counts under five are not shown.",
        "公布用：由不足5例的计数算得的数值不予列出。",
    ),
}
COUNTED = Text(
    "Measurable: the value of the judged year shows the target met or not. Rate: those met of the measurable. "
    "The gap is the distance to the nearest level that meets the target; targets of different units are ordered by "
    "the gap as a share of that level.",
    "可监测数为评估年数值足以判断达标与否的目标数；达标率为其中达标的比例。差距为与符合目标的最近水平的距离；计量单位不同的目标按差距占该水平的比例排序。",
)
# The figures at the head: what is counted, and what is said of it.
FIGURES = (
    ("total", Text("targets", "目标值"), Text("", "")),
    ("reported", Text("with a value", "有数值"), Text("", "")),
    ("measurable", Text("measurable", "可监测"), Text("coverage {coverage}%", "覆盖率 {coverage}%")),
    ("met", Text("met", "达标"), Text("{rate}% of the measurable, {rate_of_all}% of all",
                                     "达标率 {rate}%，占全部 {rate_of_all}%")),
)  # fmt: skip
SETTINGS = {
    "latest": Text("years before the judged one whose value may stand in", "可沿用之前几年的数值"),
    "min_points": Text("points that a trend needs", "趋势所需的点数"),
    "approx_tolerance": Text("tolerance of an approximate value", "“左右”的容差"),
    "path_tolerance": Text("tolerance of the straight line", "直线的容差"),
    "basic_tolerance": Text("tolerance of the basically met", "基本实现的容差"),
    "volatile_share": Text("movement that cancels out", "相互抵消的变动比例"),
    "volatile_range": Text("range of a volatile series", "波动序列的极差"),
    "decimals": Text("decimals of rates", "比率的小数位数"),
}
# A figure of at most so many characters is kept on one line.
UNBROKEN = 22


def dashboard(
    package: "Folder",
    observations: str | Path,
    place: str,
    year: int | None = None,
    settings: Settings | None = None,
    publish: bool = False,
    lang: str = "zh",
    report_href: str = "",
) -> tuple[Assessment, dict[str, bytes]]:
    """The assessment of a place, and its page as the bytes of dashboard.html; no page where nothing could be judged.

    publish keeps back what rests on counts under five; report_href is a file beside the page that it leads to.

    Raises what assess does, KeyError for a language that we do not speak, PackageError for a link that leads elsewhere.
    """
    # Polars loads when a page is made, so that the command can tell of itself without it.
    from plandata.tables import Tables

    done = assess(package, observations, year, settings, places=(place,))
    if not done.assessed:
        return done, {}
    t = Tables.of(package)
    small = small_in(done.judgements) if publish else NOTHING_SMALL
    html = place_page(done, paired(t.keyed("places")[place], "name"), lang, publish, small, report_href)
    return done, {PAGE: html.encode("utf-8")}


def place_page(
    done: Assessment,
    place: Text,
    lang: str,
    publish: bool = False,
    small: Small = NOTHING_SMALL,
    report_href: str = "",
) -> str:
    """The page of a place from an assessment of its targets alone; small names the values that are kept back."""
    if report_href and unsafe_name(report_href):
        raise PackageError(f"{report_href!r} {unsafe_name(report_href)}; name a file beside the page")
    say = words(done, lang)
    told = {name: say(word) for name, word in WORDS.items()}
    html = page(
        "dashboard.html.j2",
        lang=lang,
        say=say,
        words=told,
        said={"hits": told["hits"]},
        head=head(done, place, say),
        publish=publish,
        report_href=report_href,
        colours=COLOURS,
        statuses=statuses(done, say),
        shown=held(done),
        plans=list(plans(done, say)),
        bodies=bodies(done, say),
        groups=list(groups([card(done, judgement, say, small) for judgement in done.judgements])),
        refused=[(findings.one(finding), rule_text(finding, say)) for finding in findings.first(done.refused)],
        method=method(done, say),
    )
    return with_policy(html, POLICY.format(scripts=hashes(html, "script"), styles=hashes(html, "style")))


# The head


def head(done: Assessment, place: Text, say: Words) -> dict[str, Any]:
    """What the page is about, and its figures."""
    whole = done.counts[0]
    return {
        "title": say(WORDS["title"], place=place, year=done.year),
        "place": say(place),
        "judged": say(WORDS["judged"], year=done.year),
        "plans": [count_name(own, done, say) for own in in_group(done, "plan")],
        "source": say(WORDS["source"], rows=row_count(done), file=Path(done.report.root).name),
        "later": say(LATER, count=done.later, year=done.year) if done.later else "",
        "refused": say(WORDS["refused"], n=len(done.refused)),
        "hits": say(WORDS["hits"], n=whole.total, all=whole.total),
        "figures": [figure(whole, *told, say) for told in FIGURES],
    }


def figure(whole: Count, name: str, label: Text, note: Text, say: Words) -> dict[str, Any]:
    """One of the figures at the head, with its share of all targets in percent."""
    shares = {"coverage": whole.coverage, "rate": whole.rate, "rate_of_all": whole.rate_of_all}
    known = {share: "–" if value is None else value for share, value in shares.items()}
    value = getattr(whole, name)
    return {
        "name": name,
        "value": f"{value:,}",
        "label": say(label),
        "note": say(note, **known),
        "share": percent(value, whole.total),
    }


def percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0


def statuses(done: Assessment, say: Words) -> list[dict[str, Any]]:
    """Every status with its number, and where its part of the strip of all targets begins and how long it is."""
    whole, shown, start = done.counts[0], [], 0
    for code in COLOURS:
        times = whole.by_status[code]
        place = {"start": percent(start, whole.total), "share": percent(times, whole.total)}
        shown.append({"code": code, "label": say.label("status", code), "count": times, **place})
        start += times
    return shown


def held(done: Assessment) -> list[str]:
    """The statuses that any target has, from the best on."""
    return [code for code in COLOURS if done.counts[0].by_status[code]]


# Plans and domains


def plans(done: Assessment, say: Words) -> Iterator[dict[str, Any]]:
    """Each plan with the counts of its domains, in the order of their first targets."""
    for own in in_group(done, "plan"):
        of_plan = [judgement for judgement in done.judgements if judgement.target.plan_id == own.key]
        keys = dict.fromkeys(domain_key(judgement) for judgement in of_plan)
        rows = [
            domain_row(done, key, [judgement for judgement in of_plan if domain_key(judgement) == key], say)
            for key in keys
        ]
        yield {"id": own.key, "name": count_name(own, done, say), "total": own.total, "domains": rows}


def domain_key(judgement: Judgement) -> str:
    """The id of a target's domain; of a target outside every domain that of its plan."""
    return judgement.target.domain_id or judgement.target.plan_id


def domain_name(done: Assessment, domain_id: str, say: Words) -> str:
    """What a domain is called; of no domain, that it is none."""
    return say(done.labels.get((DOMAIN, domain_id), WORDS["no_domain"]))


def domain_row(done: Assessment, key: str, own: Sequence[Judgement], say: Words) -> dict[str, Any]:
    """The counts of a domain by status."""
    counted = count(DOMAIN, own[0].target.domain_id, own, done.schemas.assessment["status"], done.settings.decimals)
    cells = [
        {"code": code, "label": say.label("status", code), "count": times, "heat": heat(times, counted.total)}
        for code, times in ((code, counted.by_status[code]) for code in held(done))
    ]
    return {
        "id": key,
        "name": domain_name(done, own[0].target.domain_id, say),
        "cells": cells,
        "total": counted.total,
        "met": counted.met,
        "measurable": counted.measurable,
    }


def heat(times: int, total: int) -> int:
    """How strongly a cell is coloured, from 0 to 4.

    >>> [heat(times, 10) for times in (0, 1, 3, 5, 6, 10)], [heat(times, 7) for times in (1, 2, 7)]
    ([0, 1, 2, 2, 3, 4], [1, 2, 4])
    """
    return 1 + 4 * times // (total + 1) if times else 0


def bodies(done: Assessment, say: Words) -> list[dict[str, Any]]:
    """The lead bodies with their numbers of targets, the one with most first."""
    counted = [own for own in in_group(done, LEAD_UNIT) if own.key != NONE]
    counted.sort(key=lambda own: -own.total)
    named = [{"id": own.key, "name": count_name(own, done, say), "total": own.total} for own in counted]
    free = sum(own.total for own in in_group(done, LEAD_UNIT) if own.key == NONE)
    return [*named, {"id": "-", "name": say(WORDS["no_body"]), "total": free}] if free else named


# Targets


def groups(cards: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The cards by plan and domain."""
    for (plan, domain), own in groupby(cards, key=lambda shown: (shown["plan"], shown["domain"])):
        held = list(own)
        yield {"plan": plan, "domain": domain, "cards": held, **held[0]["of"]}


def card(done: Assessment, judgement: Judgement, say: Words, small: Small) -> dict[str, Any]:
    """All that the page says of a target."""
    target, masked = judgement.target, small.touches(judgement)
    return {
        "id": target.target_id,
        "of": {
            "plan_name": say(done.labels["plan", target.plan_id]),
            "domain_name": domain_name(done, target.domain_id, say),
        },
        "plan": target.plan_id,
        "domain": domain_key(judgement),
        "status": judgement.status,
        "status_label": say.label("status", judgement.status),
        "name": say(target.name),
        "scope": say(target.scope),
        "figures": list(figures(done, judgement, say, small)),
        "reason": sentence(done, judgement, say, small),
        # Markup: our own SVG, in which every text was escaped.
        "chart": "" if masked or judgement.value is None else Markup(spark(judgement, say)),  # noqa: S704
        "warnings": [told(done, warned, "warning", say, masked) for warned in judgement.warnings],
        "remarks": [told(done, remark, "remark", say, masked) for remark in judgement.remarks],
        "leads": [(unit, say(done.labels.get((LEAD_UNIT, unit), Text(unit, unit)))) for unit in target.leads],
        "gap": "" if masked else gap_share(judgement),
        "parts": parts_of(done, judgement, say, small),
    }


def sentence(done: Assessment, judgement: Judgement, say: Words, small: Small) -> str:
    """The verdict in one sentence; where that would tell a value that is not published, that it is kept back."""
    if not small.touches(judgement):
        return reason_text(done, judgement.reason, say)
    own = judgement.value_year is not None and small.has(judgement.target.target_id, judgement.value_year)
    return say(WORDS["hidden" if own else "rests"])


def told(done: Assessment, warned: Warned, codes: str, say: Words, masked: bool) -> str:
    """A warning or a remark with its reason; without it where that would tell a value that is not published."""
    label = say.label(codes, warned.code)
    return label if masked else f"{label}{say(COLON)}{reason_text(done, warned.reason, say)}"


def figures(done: Assessment, judgement: Judgement, say: Words, small: Small) -> Iterator[dict[str, Any]]:
    """What a card shows in numbers: target, value, gap, change, attainment, each where it is known."""
    target, year = judgement.target, judgement.value_year
    # The levels that a hidden value leads to would tell it, what is printed does not.
    asked = replace(judgement, band=None) if small.touches(judgement) else judgement
    yield shown("target", required_text(asked, say), say(WORDS["by"], year=target.target_year), say)
    if judgement.value is None or year is None:
        return
    if small.has(target.target_id, year):
        yield shown("value", say(WORDS["small"]), age_of(judgement, say), say)
        return
    yield shown("value", say.amount(judgement.value, target.unit), age_of(judgement, say), say)
    if small.touches(judgement):
        return
    if judgement.gap:
        yield shown("gap", say.distance(judgement.gap, target.unit), "", say)
    if judgement.change is not None:
        yield shown("change", say.change(judgement.change, target.unit), "", say)
    if judgement.attainment is not None:
        yield shown("attainment", say.amount(rounded(judgement.attainment, done.settings.decimals), "percent"), "", say)


def shown(name: str, value: str, note: str, say: Words) -> dict[str, Any]:
    return {"name": name, "label": say(WORDS[name]), "value": value, "note": note, "whole": len(value) <= UNBROKEN}


def age_of(judgement: Judgement, say: Words) -> str:
    """The year that a value is of, where it is not the judged one said as such."""
    year = judgement.value_year
    if year is None or year == judgement.year:
        return say(WORDS["of_year"], year=judgement.year)
    return say(WORDS["last_year" if year == judgement.year - 1 else "earlier"], year=year)


def gap_share(judgement: Judgement) -> str:
    """The gap as a share of the level that it is measured to, by which targets of all units are ordered; "" unknown."""
    if judgement.gap is None or judgement.band is None or judgement.value is None:
        return ""
    end = judgement.band.nearest(judgement.value)
    return f"{float(abs(judgement.gap) / (abs(end) or 1)):.4f}"


# Parts by sex, age and area


def parts_of(done: Assessment, judgement: Judgement, say: Words, small: Small) -> dict[str, Any]:
    """The values of the parts of a target in the year of its value, and how far they lie apart; {} without any."""
    target, year = judgement.target, judgement.value_year
    if year is None:
        return {}
    masked = small.parts(target.target_id, year)
    gaps = judgement.seen.apart(year)
    rows = [
        part_row(
            done, kind, own, say.distance(gaps[kind], target.unit) if kind in gaps else "", target.unit, say, masked
        )
        for kind, own in judgement.seen.by_kind(year).items()
    ]
    return {"caption": say(WORDS["parts"], year=year), "rows": rows} if rows else {}


def part_row(
    done: Assessment, kind: Kind, levels: Mapping[Part, Fraction], apart: str, unit: str, say: Words, masked: bool
) -> dict[str, Any]:
    """The parts of one kind, by sex or by sex and area, with their values and the widest distance between two."""
    columns = (done.schemas.observations.field(name).title for name in PARTS)
    told = [(say.listed(say.part(*part)), say(WORDS["withheld"]) if masked else say.amount(level, unit))
            for part, level in levels.items()]  # fmt: skip
    named = [(say.listed(say.part(*part)), level) for part, level in levels.items()]
    return {
        "kind": say.listed(say(title) for title, has in zip(columns, kind, strict=True) if has),
        "levels": told,
        "chart": "" if masked or len(named) < 2 else Markup(part_bars(named, unit, say)),  # noqa: S704 - our own SVG
        "apart": "" if masked else apart,
    }


# Method


def method(done: Assessment, say: Words) -> dict[str, Any]:
    """What statuses, warnings and methods mean, and the settings of this assessment."""
    codes = done.schemas.assessment
    return {
        "counted": say(COUNTED),
        "statuses": [(code.code, say(code.label), say(code.definition)) for code in codes["status"].values()],
        "warnings": list(defined(codes["warning"].values(), say)),
        "settings": [(say(name), setting(getattr(done.settings, field), say)) for field, name in SETTINGS.items()],
    }


def setting(value: Fraction | int, say: Words) -> str:
    """A setting in words: a share in percent, a number as it is."""
    return say.amount(100 * value, "percent") if isinstance(value, Fraction) else number(value)


def defined(codes: Iterable[Any], say: Words) -> Iterator[tuple[str, str]]:
    """Codes by label and definition."""
    yield from ((say(code.label), say(code.definition)) for code in codes)

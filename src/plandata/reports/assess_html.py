"""An assessment as one self-contained HTML page with charts."""

from collections.abc import Iterator
from html import escape

from plandata.assess import Assessment
from plandata.assess.codes import codes
from plandata.assess.judgement import Judgement
from plandata.assess.reasons import say
from plandata.reports import must
from plandata.reports.assess_record import grouped, required
from plandata.reports.assess_svg import course, status_bars
from plandata.reports.assess_text import COLUMNS, count_cells, label, method_lines, name_of, scope_words
from plandata.reports.html_report import STYLE
from plandata.reports.text_report import one

COLOURS = {
    "met_early": "#1a7f4b", "met": "#2f9e68", "on_track": "#2b6cb0", "lagging": "#c2760c",
    "not_met": "#b3261e", "cannot_be_judged": "#8a6fb0", "not_reported": "#8b8f96", "no_data": "#c3c6cb",
}  # fmt: skip
CHART_STYLE = """
main > p { max-width: 48rem; } svg { max-width: 100%; height: auto; } svg text { font-size: 12px; fill: currentColor; }
svg text.n { text-anchor: middle; } .bars { max-width: 46rem; }
.bars text.n { fill: #fff; paint-order: stroke; stroke: #0006; stroke-width: 2px; }
.key span { display: inline-block; width: .8em; height: .8em; margin: 0 .35em 0 1em; border-radius: 2px; }
.key b { font-weight: normal; white-space: nowrap; }
.band { fill: #1a7f4b22; } .path { stroke: currentColor; stroke-dasharray: 4 3; opacity: .6; }
.trend { stroke: #c2760c; stroke-width: 2; stroke-dasharray: 1 3; stroke-linecap: round; } .dot { fill: #2b6cb0; }
.target { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; border-top: 1px solid #8886; padding: .6rem 0; }
.target > div { flex: 1 1 26rem; } .target p { margin: .15rem 0; } .target p.small { font-size: .85rem; opacity: .85; }
.status { display: inline-block; color: #fff; border-radius: 3px; padding: 0 .5em; } .warn { font-weight: 600; }
.s-no_data.status { color: #222; }
"""
WORDS = {
    "en": {
        "title": "Assessment as of {year}",
        "head": "{rows} observations from {file}; {targets} targets.",
        "bars": "Targets by status and plan", "counts": "Counts",
        "targets": "Targets with a value", "refused": "Refused observations",
        "chart": "Charts: green, the levels that meet the target; dashed, the straight line to it; dotted, the trend.",
        "how": "Measurable: the value of the judged year shows the target met or not. Rate: those met of these.",
        "defined": "What the statuses mean",
    },
    "zh": {
        "title": "评估（{year}年）",
        "head": "监测值 {rows} 条，来自 {file}；目标值 {targets} 项。",
        "bars": "各规划目标值的状态", "counts": "计数", "targets": "有数值的目标", "refused": "不采用的监测值",
        "chart": "图例：绿色为符合目标的水平；虚线为至目标的直线；点线为趋势。",
        "how": "可监测数为评估年数值足以判断达标与否的目标数；达标率为其中达标的比例。",
        "defined": "状态说明",
    },
}  # fmt: skip


def render(done: Assessment, lang: str) -> str:
    said = WORDS[lang]
    title = escape(said["title"].format(year=done.as_of))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    colours = "".join(f".s-{code} {{ fill: {colour}; background: {colour}; }}\n" for code, colour in COLOURS.items())
    body = "\n".join(parts(done, lang))
    code = "zh-Hans" if lang == "zh" else "en"
    top = f"<head>{head}<style>{STYLE}{CHART_STYLE}{colours}</style></head>"
    main = f"<main><h1>{title}</h1>\n{body}\n</main>"
    return f'<!doctype html>\n<html lang="{code}">{top}\n<body>{main}</body></html>\n'


def parts(done: Assessment, lang: str) -> Iterator[str]:
    said, rows = WORDS[lang], done.report.rows.get("observations", 0)
    yield f"<p>{escape(said['head'].format(rows=rows, file=done.report.root, targets=len(done.judgements)))}</p>"
    if done.refused:
        yield f"<h2>{said['refused']}</h2><ul>"
        yield from (
            f"<li><code>{escape(one(found))}</code> {escape(must(found.rule, lang))}</li>" for found in done.refused
        )
        yield "</ul>"
    yield f"<h2>{said['bars']}</h2>"
    yield from key(lang)
    plans = grouped(done.counts, "plan")
    if plans:
        yield status_bars(plans, [name_of(done, "plan", count.key, lang) for count in plans], lang)
    yield f"<h2>{said['counts']}</h2><p>{said['how']}</p>"
    for group in codes()["group"]:
        yield from count_table(done, group, lang)
    yield f"<h2>{said['targets']}</h2><p>{said['chart']}</p>"
    yield from (target(judgement, lang) for judgement in done.judgements if judgement.value is not None)
    yield f"<h2>{said['defined']}</h2><dl>"
    for found in [*codes()["status"].values(), *codes()["warning"].values()]:
        name, meaning = (found.label_en, found.definition_en) if lang == "en" else (found.label_zh, found.definition_zh)
        yield f"<dt>{name}</dt><dd>{escape(meaning)}</dd>"
    yield "</dl>"


def key(lang: str) -> Iterator[str]:
    """The key of the colours."""
    yield '<p class="key">'
    yield from (f'<b><span class="s-{code}"></span>{label("status", code, lang)}</b>' for code in COLOURS)
    yield "</p>"


def count_table(done: Assessment, group: str, lang: str) -> Iterator[str]:
    """The groups with a measurable target, with all their statuses; scrolls sideways where it is too wide."""
    counts = [count for count in grouped(done.counts, group) if count.measurable or group == "overall"]
    if not counts:
        return
    statuses = [label("status", code, lang) for code in codes()["status"]]
    heads = [label("group", group, lang), *COLUMNS[lang], *statuses]
    yield f'<div class="table"><table><tr>{"".join(f"<th>{head}</th>" for head in heads)}</tr>'
    for count in counts:
        name, *figures = count_cells(count, done, lang)
        first = label("group", "overall", lang) if group == "overall" else name
        cells = [*figures, *(f"{number:,}" for number in count.by_status.values())]
        yield f"<tr><td>{escape(first)}</td>{''.join(f'<td class=n>{cell}</td>' for cell in cells)}</tr>"
    yield "</table></div>"


def target(judgement: Judgement, lang: str) -> str:
    """One target with its words and its chart."""
    about = judgement.target
    zh = lang == "zh"
    scope = about.scope_zh if zh else about.scope_en
    name = f"{about.name_zh if zh else about.name_en}{scope_words(scope, lang)}"
    status = f'<span class="status s-{judgement.status}">{label("status", judgement.status, lang)}</span>'
    asked, ident = escape(required(judgement, lang)), f"<code>{escape(about.target_id)}</code>"
    lines = [f"<p>{status} <strong>{escape(name)}</strong> {asked} {ident}</p>"]
    lines.append(f"<p>{escape(say(judgement.reason, lang))}</p>")
    for warned in judgement.warnings:
        text = f"{label('warning', warned.code, lang)}{'：' if zh else ': '}{say(warned.reason, lang)}"
        lines.append(f'<p class="warn">⚠ {escape(text)}</p>')
    lines += [f'<p class="small">{escape(line)}</p>' for line in method_lines(judgement, lang)]
    return f'<div class="target"><div>{"".join(lines)}</div>{course(judgement, name)}</div>'

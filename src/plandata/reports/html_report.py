"""The report as one self-contained HTML page."""

from collections.abc import Iterator
from html import escape

from plandata.finding import Report
from plandata.reports import mend, must, shown, why

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .25rem; }
.table { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8886; vertical-align: top; }
td.n { text-align: right; font-variant-numeric: tabular-nums; } code { font-size: .95em; overflow-wrap: anywhere; }
.fine { color: #17783a; } @media (prefers-color-scheme: dark) { .fine { color: #6fd392; } }
"""
WORDS = {
    "en": [
        *("Validation report", "Valid: no findings.", "findings"),
        *("File", "Line", "Row", "Column", "Cell", "Rule", "Mend", "Not checked"),
    ],
    "zh": ["验证报告", "有效：没有问题。", "处问题", "文件", "行", "标识", "列", "单元格", "规则", "改法", "未检查"],
}


def render(report: Report, lang: str) -> str:
    title = f"{WORDS[lang][0]}: {escape(report.root)}"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    code = "zh-Hans" if lang == "zh" else "en"
    body = "\n".join(parts(report, lang))
    return (
        f'<!doctype html>\n<html lang="{code}"><head>{head}<style>{STYLE}</style></head>\n'
        f"<body><main><h1>{title}</h1>\n{body}\n</main></body></html>\n"
    )


def parts(report: Report, lang: str) -> Iterator[str]:
    _, fine, found, file, line, row, column, cell, rule_word, mend_word, unchecked = WORDS[lang]
    if not report.findings:
        yield f'<p class="fine">{fine}</p>'
        return
    yield f"<p>{len(report.findings):,} {found}</p>"
    yield f'<div class="table"><table><tr><th>{rule_word}</th><th>#</th></tr>'
    for rule, count in report.counts.items():
        yield f'<tr><td><a href="#{rule}">{escape(must(rule, lang))}</a></td><td class="n">{count:,}</td></tr>'
    yield "</table></div>"
    header = "".join(f"<th>{word}</th>" for word in (file, line, row, column, cell, ""))
    for rule in report.counts:
        yield f'<h2 id="{rule}"><code>{rule}</code> {escape(must(rule, lang))}</h2>'
        yield f"<p>{escape(why(rule, lang))} {mend_word}: {escape(mend(rule, lang))}</p>"
        yield f'<div class="table"><table><tr>{header}</tr>'
        for finding in report.findings:
            if finding.rule == rule:
                texts = (finding.row, finding.column, finding.value, finding.detail)
                cells = (shown(finding.path, 200), str(finding.line or ""), *map(shown, texts))
                yield "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in cells) + "</tr>"
        yield "</table></div>"
    if report.unchecked:
        yield f"<p>{unchecked}: {escape(', '.join(report.unchecked))}</p>"

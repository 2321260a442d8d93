"""The explorer: one page per table, whose rows a script loads, filters and sorts."""

from collections.abc import Iterator

from plandata.schema import schemas
from plandata.site.edition import Edition
from plandata.site.explorer import View, titles, views
from plandata.site.page import Page, make, pick
from plandata.site.words import code, short_place

LISTS = {
    "population": "plan_population",
    "theme": "theme",
    "role": "role",
    "function": "function",
    "comparator": "comparator",
}
KINDS = {"goals": "goal_kind", "measures": "measure_kind"}


def pages(edition: Edition, lang: str) -> Iterator[Page]:
    titled = {
        "targets": pick(lang, "Explore targets", "浏览目标值"),
        "goals": pick(lang, "Explore goals", "浏览目标"),
        "measures": pick(lang, "Explore measures", "浏览措施"),
        "assignments": pick(lang, "Explore duties", "浏览责任分工"),
    }
    listed = views(edition)
    short = dict(zip(titled, pick(lang, "Targets Goals Measures Duties", "目标值 目标 措施 责任").split(), strict=True))
    tabs = [(view.table, "" if view.table == "targets" else f"{view.table}/", short[view.table]) for view in listed]
    for view in listed:
        path = "explore/index" if view.table == "targets" else f"explore/{view.table}"
        described = pick(lang, "Search, filter, sort and download the table.", "检索、筛选、排序并下载数据表。")
        yield make(
            edition, lang, path, titled[view.table], described, "explore.md.j2", ("navigation", "toc"),
            view=view, settings=settings(edition, view, lang), tabs=tabs,
        )  # fmt: skip


def settings(edition: Edition, view: View, lang: str) -> dict[str, object]:
    """What the script needs to know: columns, filters with the labels of their values, and words."""
    titled = titles(view, lang)
    return {
        "table": view.table,
        "columns": [
            {
                "name": stem,
                "data": own_language(view, stem, lang),
                "title": titled[stem],
                "visible": stem in view.shown,
                "link": view.links.get(stem, ""),
            }
            for stem in (*view.shown, *view.hidden)
        ],
        "filters": [
            {"name": name, "title": titled[name], "labels": filter_labels(edition, view, name, lang)}
            for name in view.filters
        ],
        "words": WORDS[lang],
    }


def own_language(view: View, stem: str, lang: str) -> str:
    """The data column behind a shown one."""
    return f"{stem}_{lang}" if f"{stem}_{lang}" in view.columns else stem


def filter_labels(edition: Edition, view: View, name: str, lang: str) -> dict[str, str]:
    """The label of each value that the rows have in a filter's column, in the order of their list."""
    used = {value for row in view.rows for value in (row[name].split() if name == "function" else [row[name]])}
    if name == "place_id":
        labels = {key: short_place(place, lang) for key, place in edition.places.items()}
    elif name == "indicator_id":
        labels = dict(
            sorted(((key, row[f"name_{lang}"]) for key, row in edition.indicators.items()), key=lambda pair: pair[1])
        )
    else:
        codes = KINDS[view.table] if name == "kind" else LISTS[name]
        labels = {key: code(codes, key, lang) for key in schemas().codes[codes]}
    return {key: label for key, label in labels.items() if key in used}


WORDS = {
    "en": {
        "search": "Search in both languages",
        "all": "all",
        "shown": "{n} of {all} rows",
        "csv": "Download these rows as CSV",
        "columns": "Columns",
        "reset": "Clear all filters",
        "link": "Copy link to this view",
        "copied": "Link copied",
        "none": "No row matches.",
        "previous": "previous page",
        "next": "next page",
        "first": "first page",
        "last": "last page",
        "loading": "Loading …",
        "sort": "sort",
        "failed": "The rows could not be loaded. Download the table instead.",
    },
    "zh": {
        "search": "中英文检索",
        "all": "全部",
        "shown": "{all}行中的{n}行",
        "csv": "下载当前结果（CSV）",
        "columns": "列",
        "reset": "清除筛选",
        "link": "复制本视图链接",
        "copied": "已复制",
        "none": "没有符合条件的行。",
        "previous": "上一页",
        "next": "下一页",
        "first": "首页",
        "last": "末页",
        "loading": "加载中……",
        "sort": "排序",
        "failed": "数据未能加载，请改为下载数据表。",
    },
}

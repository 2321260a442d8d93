"""Assessments in the forms that people and tools read."""

from importlib import import_module

from plandata.assess import Assessment
from plandata.reports import render as render_findings

FORMATS = ("text", "json", "csv", "html")


def render(done: Assessment, form: str, lang: str) -> str:
    """An assessment as text in one of FORMATS; the findings alone where the file was not sound enough to assess.

    Raises KeyError for an unknown form.
    """
    if form not in FORMATS:
        raise KeyError(form)
    if not done.assessed:
        return render_findings(done.report, form, lang)
    rendered: str = import_module(f"plandata.reports.assess_{form}").render(done, lang)
    return rendered

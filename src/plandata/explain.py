"""What `plandata explain` and the rules page of the site say of a rule."""

import difflib
from collections.abc import Iterable, Mapping

from plandata.rules.registry import Example, Rule

WORDS = {
    "en": {"why": "Why", "mend": "Mend", "bad": "Bad", "good": "Good", "where": "Where"},
    "zh": {"why": "理由", "mend": "改法", "bad": "错例", "good": "正例", "where": "范围"},
}


def explained(rule: Rule, lang: str) -> str:
    """A rule in full, as lines of text.

    >>> from plandata.rules import all_rules
    >>> print(explained(all_rules()["code_is_known"], "en").splitlines()[0])
    code_is_known: A coded cell holds one of the codes of its list.
    """
    words = WORDS[lang]
    must, why, mend = texts(rule, lang)
    lines = [f"{rule.id}: {must}"]
    if rule.tables:
        lines.append(f"{words['where']}: {', '.join(rule.tables)}, {rule.column}")
    lines += [f"{words['why']}: {why}", f"{words['mend']}: {mend}"]
    lines += [f"{words['bad']}: {example_text(rule.bad)}", f"{words['good']}: {example_text(rule.good)}"]
    return "\n".join(lines)


def texts(rule: Rule, lang: str) -> tuple[str, str, str]:
    """What must hold, why, and how to mend, in one language."""
    return (rule.must_zh, rule.why_zh, rule.mend_zh) if lang == "zh" else (rule.must, rule.why, rule.mend)


def example_text(example: Example) -> str:
    """An example as one line.

    >>> example_text({"targets": {"value": "120", "unit_of_measure": "percent"}})
    'targets: value=120, unit_of_measure=percent'
    """
    if isinstance(example, str):
        return example
    return "; ".join(
        f"{table}: " + ", ".join(f"{column}={cell or '(empty)'}" for column, cell in cells.items())
        for table, cells in example.items()
    )


def listing(rules: Iterable[Rule], lang: str) -> str:
    """All rules, a line each, by group."""
    lines, group = [], ""
    for rule in rules:
        if rule.group != group:
            group = rule.group
            lines += ["", f"[{group}]"]
        lines.append(f"{rule.id}: {texts(rule, lang)[0]}")
    return "\n".join(lines).lstrip()


def near(name: str, rules: Mapping[str, Rule]) -> list[str]:
    """The ids of rules that look like a name.

    >>> from plandata.rules import all_rules
    >>> near("percent_within_100", all_rules())[0]
    'percent_is_within_100'
    """
    close = difflib.get_close_matches(name, rules, n=3, cutoff=0.5)
    return close or [rule for rule in rules if name in rule][:3]

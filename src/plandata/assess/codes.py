"""The codes that an assessment speaks in, and the schema of the file that it reads."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from plandata.schema import Code, Table, home, read_table, read_yaml

REASON = "reason"


@cache
def codes() -> Mapping[str, Mapping[str, Code]]:
    """The code lists of an assessment: status, warning, method, group.

    >>> codes()["status"]["met_early"].label_zh
    '提前达标'
    """
    return {
        name: {code: Code(code, **entry) for code, entry in entries.items()}
        for name, entries in source().items()
        if name != REASON
    }


def templates() -> Mapping[str, Mapping[str, str]]:
    """The wording of every reason, by code and language (en, zh)."""
    found: Mapping[str, Mapping[str, str]] = source()[REASON]
    return found


@cache
def source() -> Any:
    return read_yaml(home() / "schemas" / "assessment_codes.yaml")


@cache
def observation_table() -> Table:
    """The Table Schema of an observations file.

    >>> observation_table().columns
    ['place_id', 'indicator_id', 'scope', 'year', 'value', 'unit_of_measure', 'source']
    """
    return read_table("observations", read_yaml(home() / "schemas" / "observations.yaml"))

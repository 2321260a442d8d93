"""The guard that every rule runs behind: what goes wrong inside one is a finding about it, and ends no run."""

import traceback
from collections.abc import Callable, Iterable, Sequence

import polars as pl

from plandata.files import PackageError
from plandata.finding import Finding, Rule

rule_can_run = Rule("rule_can_run", "guard", "A rule can be asked of whatever the tables hold.")
# What Polars raises where its own code fails an assertion; it is no Exception.
FAULTS = (Exception, pl.exceptions.PanicException)
# What no rule can be blamed for: a file that cannot be read, and a machine at its end.
OTHERS = (PackageError, OSError, MemoryError)


def guarded(rule: Rule, path: str, tables: Sequence[str], find: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What a rule finds; where it fails, one finding that names it, the tables that it read and the error.

    path is that of the file that it looked at. An interrupt, a lack of memory, an unreadable file
    are raised.

    >>> fails = Rule("percent_is_within_100", "targets", "A percentage is at most 100.")
    >>> guarded(fails, "data/targets.csv", ["targets"], lambda: [1 // 0])[0].value
    'percent_is_within_100'
    """
    try:
        return list(find())
    except OTHERS:
        raise
    except FAULTS as error:
        return [rule_can_run.finding(tables[0] if tables else "", path, value=rule.id, detail=told(error, tables))]


def told(error: BaseException, tables: Sequence[str]) -> str:
    """An error in one line: its kind, its words, the function that failed, and the tables that were read."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "plandata" in frame.filename] or frames
    where = f" in {own[-1].name}, line {own[-1].lineno}" if own else ""
    words = " ".join(str(error).split()) or "no message"
    return f"{type(error).__name__}{where}: {words[:200]}; tables: {', '.join(tables) or 'none'}"

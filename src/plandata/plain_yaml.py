"""YAML from strangers: plain values, lists and mappings, and nothing that costs more than its bytes.

The events of the parser are taken one after the other and built into values here: the builders of the library recurse
in C, keep the last of two like keys, and need twice the time.
"""

import math
import re
from typing import Any

import yaml

# A YAML file of ours has 49 kB, 12,000 events, is 8 deep; half a second reads what is allowed here.
EVENTS, DEPTH = 100_000, 100
# A number has at most 20 signs anywhere; longer ones take quadratic time.
NUMBER_SIGNS = 64
# In place of a key that has not come yet.
AWAITED = object()
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ENDLESS = "is nested too deeply, or longer than any file of a package"


class NotPlainError(Exception):
    """What a text has that plain YAML has not; place is its line and column from 1, () where it is the whole text."""

    def __init__(self, problem: object, mark: Any = None) -> None:
        super().__init__(str(problem))
        self.place = () if mark is None else (mark.line + 1, mark.column + 1)


class EndlessError(Exception):
    """A text is longer or deeper than any of ours."""


def load(text: str, aliases: bool) -> Any:
    """What a YAML text says. Aliases, whose text could multiply, are for files of our own.

    Raises NotPlainError for tags, directives, merge keys, keys that stand twice, numbers and dates that are none, and
    what is no YAML; EndlessError.

    >>> load("a: [1, yes]", aliases=False)
    {'a': [1, True]}
    """
    # The parser takes quadratic time over many of them, and no file of ours has any.
    directive = re.search("^%", text, re.MULTILINE)
    if directive:
        line = text.count("\n", 0, directive.start())
        raise NotPlainError("a line begins with %", yaml.Mark("", directive.start(), line, 0, "", 0))
    loader = LOADER(text)
    try:
        return Builder(loader, aliases).built()
    except yaml.MarkedYAMLError as error:
        raise NotPlainError(error.problem, error.problem_mark) from None
    except yaml.YAMLError as error:
        raise NotPlainError(" ".join(str(error).split())) from None
    finally:
        loader.dispose()


class Held:
    """A list or a mapping that is not closed yet; key is that of the value to come, AWAITED before, None in a list."""

    def __init__(self, values: Any, anchor: str | None = None) -> None:
        self.values, self.anchor = values, anchor
        self.key = AWAITED if isinstance(values, dict) else None

    def put(self, value: Any) -> None:
        """Takes the next value, or the key of one."""
        if isinstance(self.values, list):
            self.values.append(value)
        elif self.key is AWAITED:
            self.key = value
        else:
            self.values[self.key] = value
            self.key = AWAITED


class Builder:
    """Builds the values of a text from its events; held are the lists and mappings that are open, innermost last."""

    def __init__(self, loader: Any, aliases: bool) -> None:
        self.loader, self.aliases = loader, aliases
        self.documents = Held([])
        self.held = [self.documents]
        self.known: dict[str | None, Any] = {}

    def built(self) -> Any:
        """The one document, None for an empty text."""
        for _ in range(EVENTS):
            if not self.loader.check_event():
                return self.documents.values[0] if self.documents.values else None
            self.take(self.loader.get_event())
            if len(self.held) > DEPTH:
                break
        raise EndlessError(ENDLESS)

    def take(self, event: Any) -> None:
        """Builds on by one event."""
        if getattr(event, "tag", None):
            raise NotPlainError(f"the tag {event.tag[:40]}", event.start_mark)
        match type(event).__name__:
            case "ScalarEvent":
                self.close(self.scalar(event), event.anchor)
            case "SequenceStartEvent":
                self.open([], event)
            case "MappingStartEvent":
                self.open({}, event)
            case "SequenceEndEvent" | "MappingEndEvent":
                inner = self.held.pop()
                self.close(inner.values, inner.anchor)
            case "AliasEvent":
                self.held[-1].put(self.named(event))
            case "DocumentStartEvent" if self.documents.values:
                raise NotPlainError("a second document", event.start_mark)

    def open(self, values: Any, event: Any) -> None:
        if self.held[-1].key is AWAITED:
            raise NotPlainError("a list or a mapping as a key", event.start_mark)
        self.held.append(Held(values, event.anchor))

    def close(self, value: Any, anchor: str | None) -> None:
        self.held[-1].put(value)
        if anchor:
            self.known[anchor] = value

    def named(self, event: Any) -> Any:
        """The value that an alias names; it is closed, so that none holds itself."""
        if not self.aliases or event.anchor not in self.known:
            raise NotPlainError("an alias", event.start_mark)
        return self.known[event.anchor]

    def scalar(self, event: Any) -> Any:
        """The value of a scalar, which may be the key of a mapping."""
        tag = self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        kind, holder = tag.rpartition(":")[2], self.held[-1]
        if kind == "merge":
            raise NotPlainError("a key << that merges others", event.start_mark)
        value = event.value if kind == "str" else self.converted(event, tag, kind)
        if holder.key is AWAITED and value in holder.values:
            raise NotPlainError(f"the key {event.value[:40]!r} stands twice", event.start_mark)
        return value

    def converted(self, event: Any, tag: str, kind: str) -> Any:
        """The value of a scalar that is no text: a number, a day, a truth, nothing."""
        if kind in ("int", "float", "timestamp") and len(event.value) > NUMBER_SIGNS:
            raise NotPlainError("a number too long; put a text into quotes", event.start_mark)
        try:
            value = self.loader.construct_object(yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark))
        except ValueError as error:
            raise NotPlainError(error, event.start_mark) from None
        if isinstance(value, float) and not math.isfinite(value):
            raise NotPlainError("a number that is not finite; put a text into quotes", event.start_mark)
        return value

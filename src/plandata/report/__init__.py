"""Reports: what was found, judged, compared and proven, in the forms that people and tools read.

All HTML comes from the templates beside this file, in which every value is escaped, control characters too; all text
tables from rich.
"""

import io
import json
import re
import sys
from base64 import b64encode
from collections.abc import Collection, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from plandata.text import harmless, printable

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

CHARSET = '<meta charset="utf-8">'
# What could end a script element, or is no text at all (half of a surrogate pair).
UNSAFE_IN_SCRIPT = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def columns(
    rows: Sequence[Sequence[str]],
    right: Collection[int] = (),
    indent: str = "",
    room: int | None = None,
    whole: Collection[int] = (),
) -> list[str]:
    """Rows of cells as lines whose columns stand below each other; right names the columns that end there.

    room: so many cells of a line are taken at most, and what is longer goes on below, but in the columns that are
    whole; None: lines of any length, one a row. A Chinese character counts as the two cells it takes; no sign of a cell
    means anything to rich or to a terminal.

    >>> columns([["地方", "value"], ["Baodi", "93%"]], right=[1])
    ['地方   value', 'Baodi    93%']
    """
    # Loaded here, as most reports have no table and rich takes as long as to check one.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return []
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for i in range(len(rows[0])):
        table.add_column(justify="right" if i in right else "left", no_wrap=i in whole, overflow="fold")
    for row in rows:
        table.add_row(*(Text(harmless(cell).replace("\n", "\\n")) for cell in row))
    text = io.StringIO()
    Console(file=text, width=room - len(indent) if room else sys.maxsize, color_system=None).print(table)
    return [f"{indent}{line}".rstrip() for line in text.getvalue().splitlines()]


def said(value: object) -> object:
    r"""What a template prints for a value: a text without control characters; HTML of our own as it is.

    >>> said("a\x1b"), said(7)
    ('a\\x1b', 7)
    """
    return printable(value) if type(value) is str else value


@cache
def environment() -> "Environment":
    """The templates; every value is escaped, and a misspelt one is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).parent / "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, finalize=said)
    made.trim_blocks = made.lstrip_blocks = made.keep_trailing_newline = True
    made.filters["json"] = as_script
    return made


def page(template: str, **values: object) -> str:
    """An HTML page from its template."""
    return environment().get_template(template).render(**values)


def as_script(value: object) -> "Markup":
    r"""A value as JSON that can stand inside a script element.

    >>> as_script({"值": "</script>"})
    Markup('{"值":"\\u003c/script\\u003e"}')
    """
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(UNSAFE_IN_SCRIPT.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text))  # noqa: S704 - escaped


def hashes(html: str, element: str) -> str:
    """The sources of a policy that let the inline scripts or styles of a page work, and no others.

    >>> hashes("<script>a()</script>", "script")
    "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='"
    """
    found = re.findall(f"<{element}>(.*?)</{element}>", html, re.DOTALL)
    digests = (b64encode(sha256(text.encode()).digest()).decode() for text in found)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def with_policy(html: str, policy: str) -> str:
    """A page that tells the browser a policy before all else; "" tells none."""
    told = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
    return html.replace(CHARSET, CHARSET + told, 1)

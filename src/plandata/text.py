"""Texts: in two languages, in the normal form in which they are compared, and as terminals and pages may show them.

Government texts reach us with full-width and half-width forms mixed, line breaks inside words and
invisible characters. All comparison happens on a form without these: Unicode NFKC (Unicode
Standard Annex 15), no white space, no format characters.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

LANGS = ("en", "zh")
RUN = re.compile(r"[\u3400-\u9fff\d]+")
THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
# Spaces by which a text loses nothing when they are trimmed or made one: plain, tab, line ends, no-break, ideographic.
SPACES = " \t\n\r\xa0\u3000"
# The categories of Unicode of what is never seen: formats and controls.
UNSEEN = ("Cf", "Cc")
# A space at an end, two in a row, any but the plain one; also in the regular expressions of Polars.
STRAY_SPACE = f"^ | $|  |[{SPACES.strip(' ')}]"
# What lines that say the same may differ by: all signs but those of figures and of cells.
PUNCTUATION = re.compile(r"[^\w%‰<>≤≥/]")
# What Markdown, and HTML in it, reads as its own; an underscore between letters or digits, as ids have it, is not.
MARKDOWN = r"""[&<`*#|{}\[\]\\]|(?<![^\W_])_|_(?![^\W_])"""
# That, and what an attribute of HTML reads.
SIGNS = rf"""{MARKDOWN}|[>"']"""


@dataclass(frozen=True, slots=True)
class Text:
    """What is said to readers, in both languages.

    >>> Text("{n} plans", "{n}个规划").format(n=9)["zh"]
    '9个规划'
    """

    en: str
    zh: str

    def __getitem__(self, lang: str) -> str:
        """The text in one of LANGS; KeyError for another."""
        if lang not in LANGS:
            raise KeyError(lang)
        return str(getattr(self, lang))

    def format(self, **values: object) -> "Text":
        """The text with its {places} filled, in both languages alike; a Text as value gives each its own."""
        return Text(*(self[lang].format(**inside(values, lang)) for lang in LANGS))


def inside(values: Mapping[str, object], lang: str) -> dict[str, object]:
    return {name: value[lang] if isinstance(value, Text) else value for name, value in values.items()}


def paired(source: Mapping[str, Any], name: str) -> Text:
    """The two cells of a mapping that hold a text in English and in Chinese, NAME_en (or NAME) and NAME_zh.

    >>> paired({"title": "Goals", "title_zh": "目标"}, "title").zh
    '目标'
    """
    return Text(str(source.get(f"{name}_en") or source.get(name) or ""), str(source.get(f"{name}_zh") or ""))


# The texts of items are compared with each of their phrases: verify takes 1.6 s without the cache and 0.6 s with it.
@lru_cache(maxsize=10_000)
def normalise(text: str) -> str:
    r"""The text in NFKC form without white space and without invisible (Cf, Cc) characters.

    >>> normalise("（１）孕产妇 死亡率\n控制在８．５/10万以下")
    '(1)孕产妇死亡率控制在8.5/10万以下'
    """
    joined = "".join(unicodedata.normalize("NFKC", text).split())
    # Printable texts, nearly all, have none of the others.
    return joined if joined.isprintable() else "".join(c for c in joined if unicodedata.category(c) not in UNSEEN)


def latin(text: str) -> str:
    """The Latin words of a text in lower case, one space between them.

    >>> latin("Parents' schools, 3-6")
    'parents schools'
    """
    return " ".join(re.findall("[a-z]+", text.lower()))


def folded(text: str) -> str:
    r"""A text as it is searched: capitals, accents, full-width forms, kinds of spaces and commas in numbers are alike.

    >>> folded("  ５岁以下　Café\n1,000 "), folded("（Ⅱ）")
    ('5岁以下 cafe 1000', '(ii)')
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    plain = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf")).casefold()
    return " ".join(THOUSANDS.sub("", plain).split())


def fingerprint(text: str) -> str:
    """The SHA-256 of the normalised text, as 64 hexadecimal digits.

    >>> fingerprint("一 半") == fingerprint("一半")
    True
    """
    return hashlib.sha256(normalise(text).encode("utf-8")).hexdigest()


@lru_cache(maxsize=10_000)
def pairs(text: str) -> frozenset[str]:
    """Each two neighbouring ideographs or digits of a text: what texts about one thing share.

    >>> sorted(pairs("孕产妇，5岁"))
    ['5岁', '产妇', '孕产']
    """
    runs = RUN.findall(unicodedata.normalize("NFKC", text))
    return frozenset(one + other for run in runs for one, other in pairwise(run))


def shared(text: str, others: str) -> float:
    """The share of the pairs of a text that stand in others; 1 for a text without any."""
    own = pairs(text)
    return sum(map(others.__contains__, own)) / len(own) if own else 1.0


def inert(text: str, signs: str = SIGNS) -> str:
    r"""A text for a page: every sign that it could read as its own as an entity, control characters as escapes.

    signs is MARKDOWN for a text that stands in no HTML of ours.

    >>> inert("<b> [x](y) a_b"), inert("a\x1b")
    ('&#60;b&#62; &#91;x&#93;(y) a_b', 'a&#92;x1b')
    """
    return re.sub(signs, lambda sign: f"&#{ord(sign[0])};", printable(text))


def printable(text: str) -> str:
    r"""A whole text with its control and invisible characters as escapes.

    >>> printable("a\x1b[31m"), printable("很" * 100) == "很" * 100
    ('a\\x1b[31m', True)
    """
    return visible(text, len(text))


# What moves the cursor, rings, recolours or reorders a terminal: C0 but the line end, DEL, C1, the signs that turn the
# direction of writing, and the separators of lines and paragraphs; lone halves of a character stand for odd bytes.
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")


def harmless(text: str) -> str:
    r"""A text as a terminal may get it: its lines as they are, every other control character as an escape.

    The escape is one of JSON too, so that JSON text stays the same data.

    >>> harmless("\x1b]8;;http://x\x07a\u202eb\n")
    '\\u001b]8;;http://x\\u0007a\\u202eb\n'
    """
    return CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def visible(value: str, longest: int = 60) -> str:
    r"""A cell for display: its control characters as escapes, and cut where it is long.

    >>> visible("a\tb"), visible("很" * 5000, longest=2)
    ('a\\tb', '很很… (5,000)')
    """
    if len(value) <= longest and value.isprintable():
        return value
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in value[: longest + 1])
    return shown if len(value) <= longest else f"{shown[:longest]}… ({len(value):,})"

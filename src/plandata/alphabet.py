"""The characters that a column may have, by the script of its texts, and how all others are named.

An alphabet lists what belongs, so that whatever nobody thought of is found: control and format characters, private
use, look-alikes of other scripts, forms that exist for compatibility. No character that belongs changes under Unicode
NFC or joins with its neighbour: a text of them is in normal form, and one regular expression judges it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

import polars as pl

from plandata.schema import BOTH, CHINESE, LATIN
from plandata.text import SPACES

# Letters with the accents of names, in pinyin too; none that looks like another letter (dotless i, long s, ligatures).
ACCENTED = "À-ÖØ-öø-ÿĀ-İĴ-ķĹ-ľŁ-ňŌ-žƠơƯưǍ-ǜǸǹȘ-țẠ-ỹ"
# Ideographs of every extension, rare ones in names of places too, but no radicals and no compatibility ideographs;
# the punctuation of GB/T 15834 as the plans print it; Ⅲ as in classes of water.
PRINTED = r"\p{Unified_Ideograph}〇、。，；：？！（）〔〕【】《》〈〉·～Ⅰ-Ⅻ"
COMMON = f" -~{SPACES}–—‘’“”…‰≥≤"
LETTERS = {LATIN: ACCENTED, CHINESE: PRINTED, BOTH: ACCENTED + PRINTED}
# Whatever does not belong, by script, in the language of the regular expressions of Polars. SPACES have a rule of
# their own.
STRANGE = {script: f"[^{COMMON}{letters}]" for script, letters in LETTERS.items()}
NAMELESS = {"Cc": "CONTROL CHARACTER", "Co": "PRIVATE USE CHARACTER", "Cn": "UNASSIGNED OR NO CHARACTER"}
# How many characters of a cell, and how many places of each, are told one by one.
MOST = 8


def strangers(cells: pl.Series, script: str) -> list[str]:
    r"""What does not belong in each cell: code points, names, and the positions from 1.

    >>> strangers(pl.Series(["1３/10", "M\u0430y"]), LATIN)
    ['U+FF13 FULLWIDTH DIGIT THREE at 2, write 3', 'U+0430 CYRILLIC SMALL LETTER A at 2']
    """
    strange = cells.str.extract_all(STRANGE[script]).explode().drop_nulls().unique().to_list()
    known = plain_forms(strange, script)
    # Looked for among those that are there alone: of a million failing cells each is told in microseconds.
    them = re.compile(f"[{re.escape(''.join(known))}]" if known else "(?!)")
    told = {character: (f"{named(character)} at ", f", write {form}" * bool(form)) for character, form in known.items()}
    return [told_of(cell, them, told) for cell in cells]


def plain_forms(strange: Iterable[str], script: str) -> Mapping[str, str]:
    """For each character the compatible text that belongs into its place, "" where there is none."""
    forms = {character: unicodedata.normalize("NFKC", character) for character in strange}
    broken = pl.Series(list(forms.values()), dtype=pl.String).str.contains(f"{STRANGE[script]}|[{SPACES}]")
    return {character: "" if bad else form for (character, form), bad in zip(forms.items(), broken, strict=True)}


def told_of(cell: str, them: re.Pattern[str], told: Mapping[str, tuple[str, str]]) -> str:
    """The characters of a cell that do not belong, each with what is told before and after its places."""
    places: dict[str, list[str]] = {}
    for found in them.finditer(cell):
        places.setdefault(found[0], []).append(str(found.start() + 1))
    return listed([f"{told[c][0]}{listed(at, ', ')}{told[c][1]}" for c, at in places.items()], "; ")


def listed(parts: list[str], between: str) -> str:
    """The first of several, and how many more.

    >>> listed(list("abcdefghij"), ", ")
    'a, b, c, d, e, f, g, h and 2 more'
    """
    more = f" and {len(parts) - MOST} more" if len(parts) > MOST else ""
    return between.join(parts[:MOST]) + more


def named(character: str) -> str:
    r"""The code point and the Unicode name of a character.

    >>> named("\u200b"), named("\x1b")
    ('U+200B ZERO WIDTH SPACE', 'U+001B CONTROL CHARACTER')
    """
    name = unicodedata.name(character, "") or NAMELESS.get(unicodedata.category(character), "CHARACTER")
    return f"U+{ord(character):04X} {name}"

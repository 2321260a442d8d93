"""The normal form in which texts are compared, and its fingerprint.

Government texts reach us with full-width and half-width forms mixed, line breaks inside words and
invisible characters. All comparison happens on a form without these: Unicode NFKC (Unicode
Standard Annex 15), no white space, no format characters.
"""

import hashlib
import unicodedata


def normalise(text: str) -> str:
    r"""The text in NFKC form without white space and without invisible (Cf, Cc) characters.

    >>> normalise("（１）孕产妇 死亡率\n控制在８．５/10万以下")
    '(1)孕产妇死亡率控制在8.5/10万以下'
    """
    composed = unicodedata.normalize("NFKC", text)
    return "".join(c for c in composed if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))


def fingerprint(text: str) -> str:
    """The SHA-256 of the normalised text, as 64 hexadecimal digits.

    >>> fingerprint("一 半") == fingerprint("一半")
    True
    """
    return hashlib.sha256(normalise(text).encode("utf-8")).hexdigest()

"""Which encoding a page declares in its own head, and which one a few words seem to have.

The way in which browsers find it (WHATWG, HTML standard, "prescan a byte stream"): the first 1024 bytes or a little
more, a ``charset`` in a ``meta`` tag or in the XML declaration, and the labels mapped as they map them, since pages
that say ``iso-8859-1`` or ``gb2312`` are written in the larger Windows-1252 and GB 18030.
"""

from __future__ import annotations

import codecs
import re

from provcheck.patterns import late
from provcheck.readers.magic import BOMS

_HEAD = 4096
# charset=, either as an attribute of its own or inside content="text/html; charset=…"; or the XML declaration's
# encoding="…". The label has at most 40 of the characters that labels are made of.
_LABEL = late(
    rb"""(?:<meta[^>]{0,400}?\bcharset|<\?xml[^>]{0,100}?\bencoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""",
    re.IGNORECASE,
)

LARGER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",
}  # fmt: skip
"""What a declared encoding is read as: a superset of it, or UTF-8 where the declaration could not be read if true."""


def declared(raw: bytes) -> str | None:
    """The encoding that a page's byte order mark or head declares, by Python's name for it; None if none or unknown.

    >>> declared(b'<html><meta charset="ISO-8859-1">'), declared(b"<p>no word of it")
    ('cp1252', None)
    """
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return encoding
    match = _LABEL.search(raw, 0, _HEAD)
    return named(match[1].decode("ascii", "replace")) if match else None


def named(label: str) -> str | None:
    """The encoding that a label stands for on the web, by Python's name for it; None for one that is not known.

    >>> named("ISO-8859-1"), named("utf8mb4")
    ('cp1252', None)
    """
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, UnicodeError):
        return None
    return LARGER.get(name, name)


def likely(raw: bytes) -> str:
    """The encoding of some words that are not UTF-8, by a guess."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  heavy, and only for files that are not UTF-8

    best = from_bytes(raw[:65536]).best()
    return best.encoding if best else "cp1252"

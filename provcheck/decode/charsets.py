"""The encodings worth trying, and how likely each is in each language.

The lists follow what the web and the desktops of the last decades used: Windows code pages first, then ISO 8859, then
the Mac and DOS. A prior is in nats: 0 is the usual encoding of its languages, 7 is one in a thousand. Without priors
a German page with one Czech name would be read as Czech.
"""

from __future__ import annotations

import codecs
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.text import charset

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEST = "en de fr es it pt nl sv nb da fi is ca id fil et"
CENTRAL = "pl cs sk hu sl sh ro"
BALTIC = "lt lv et"
CYRILLIC = "ru uk bg mk sr be"


class Charset(NamedTuple):
    """A single-byte codec, the script that it is for, its usual languages, and its price in nats in them.

    In all other languages of the script it costs `UNUSUAL` more.
    """

    codec: str
    script: str
    languages: frozenset[str]
    price: float


UNUSUAL = 10.0

_ROWS = (
    ("cp1252", "latin", WEST, 0.0),
    ("latin-1", "latin", WEST, 2.5),
    ("iso8859-15", "latin", WEST, 2.5),
    ("mac-roman", "latin", WEST, 3.5),
    ("cp850", "latin", WEST, 4.5),
    ("cp437", "latin", WEST, 6.0),
    ("cp1250", "latin", CENTRAL, 0.0),
    ("iso8859-2", "latin", CENTRAL, 1.0),
    ("cp852", "latin", CENTRAL, 4.0),
    ("mac-latin2", "latin", CENTRAL, 4.5),
    ("iso8859-16", "latin", "ro", 9.0),
    ("cp1254", "latin", "tr", 0.0),
    ("iso8859-9", "latin", "tr", 1.0),
    ("mac-turkish", "latin", "tr", 4.5),
    ("cp857", "latin", "tr", 4.5),
    ("cp1257", "latin", BALTIC, 0.0),
    ("iso8859-13", "latin", BALTIC, 1.5),
    ("iso8859-4", "latin", BALTIC, 3.0),
    ("cp775", "latin", BALTIC, 4.5),
    ("mac-iceland", "latin", "is", 4.5),
    ("cp1258", "latin", "vi", 0.0),
    ("cp1251", "cyrillic", CYRILLIC, 0.0),
    ("koi8-r", "cyrillic", "ru bg", 1.5),
    ("koi8-u", "cyrillic", "uk be", 1.5),
    ("iso8859-5", "cyrillic", CYRILLIC, 3.0),
    ("cp866", "cyrillic", "ru uk be bg", 2.5),
    ("cp855", "cyrillic", "sr mk bg", 4.5),
    ("mac-cyrillic", "cyrillic", CYRILLIC, 4.0),
    ("cp1253", "greek", "el", 0.0),
    ("iso8859-7", "greek", "el", 1.0),
    ("cp737", "greek", "el", 4.0),
    ("mac-greek", "greek", "el", 4.5),
    ("cp1255", "hebrew", "he", 0.0),
    ("iso8859-8", "hebrew", "he", 1.0),
    ("cp862", "hebrew", "he", 7.0),
    ("cp1256", "arabic", "ar fa ur", 0.0),
    ("iso8859-6", "arabic", "ar", 1.5),
    ("cp720", "arabic", "ar", 4.5),
    ("cp874", "thai", "th", 0.0),
    ("tis-620", "thai", "th", 1.0),
)
CHARSETS = tuple(Charset(codec, script, frozenset(names.split()), price) for codec, script, names, price in _ROWS)

MULTIBYTE = {"shift_jis": 0.0, "cp932": 0.5, "euc_jp": 0.5, "gbk": 0.0, "gb18030": 0.5, "big5": 0.0, "cp950": 0.5,
             "big5hkscs": 4.0, "euc_kr": 0.0, "cp949": 0.5, "euc_jis_2004": 2.0, "shift_jis_2004": 2.0,
             "johab": 12.0}  # fmt: skip
"""Codecs of more than one byte a character for Chinese, Japanese and Korean, with their price."""

ESCAPED = ("iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_jp_2004", "iso2022_kr", "hz")
"""Codecs that write all in seven bits, and so pass for ASCII."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, the longer before those that begin them."""

_SPELLINGS = {"iso8859-1": "latin-1", "utf_8_sig": "utf-8-sig", "utf_8": "utf-8", "ascii": "ascii"}


@cache
def canonical(name: str | None) -> str | None:
    """The name under which a codec goes here, or None where Python has no such text codec.

    >>> canonical("ISO-8859-1"), canonical("windows-1252"), canonical("UTF8"), canonical("no such")
    ('latin-1', 'cp1252', 'utf-8', None)
    """
    found = charset(name) if name else None
    if found is None:
        return None
    dashed = found.replace("_", "-") if found.startswith(("utf", "mac", "koi")) else found
    return _SPELLINGS.get(found, dashed)


@cache
def table(codec: str) -> NDArray[np.uint16]:
    """The code point of each of the 256 bytes; U+FFFD where the codec leaves a byte undefined.

    >>> int(table("cp1252")[0x80]), int(table("cp1252")[0x81])
    (8364, 65533)
    """
    text = "".join(bytes([byte]).decode(codec, "replace") for byte in range(256))
    return np.array([ord(char) for char in text], dtype=np.uint16)


@cache
def priors(charset: Charset) -> dict[str, float]:
    """What each language costs in a charset, with ``""`` for all others; see `Charset`."""
    return {"": charset.price + UNUSUAL, **dict.fromkeys(sorted(charset.languages), charset.price)}

"""Encodings that pass for something else: UTF-16 and UTF-32 without a mark, and those that hide in seven bits.

The bytes of ``UTF-16`` text in Latin letters are valid UTF-8 (every second is NUL), and those of ISO-2022-JP are
valid ASCII; whoever tries UTF-8 first never sees either.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from provcheck.decode.charsets import BOMS, ESCAPED
from provcheck.plausible.judge import SAMPLE, pairs_of, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAUSIBLE = 9.0
"""Above so many nats for each pair outside ASCII, a text is no language that we know."""

_NUL_SHARE = 0.01

LOOKED_AT = 4096
"""Characters of a text in a script without tables that are looked at."""

CONTROLS = "\t\n\r\f"
NEVER = frozenset({"Cc", "Cn", "Co", "Cs"})
"""Kinds of characters that no such text has: controls, and what is not assigned."""

WORD = 25
"""Characters to a space or line end, at most."""

MOSTLY = 0.9
"""The share of its letters that belongs to one script, at least."""


def bom(raw: bytes) -> tuple[str, str] | None:
    """The encoding that a byte order mark states, and the text with the mark, or None where there is none or it lies.

    >>> bom(b"\\xff\\xfeh\\0i\\0")
    ('utf-16-le', '\\ufeffhi')
    """
    for mark, codec in BOMS:
        if raw.startswith(mark):
            text = strict(raw, "utf-8" if codec == "utf-8-sig" else codec)
            if text is not None and not ("16" in codec and "\0" in text):
                return codec, text
    return None


def strict(raw: bytes, codec: str) -> str | None:
    """The text, or None where the codec cannot read all of it; Python's UTF-7 reads half pairs, which are no text."""
    try:
        text = raw.decode(codec)
        if codec == "utf-7":
            text.encode()
    except (UnicodeError, LookupError):
        return None
    return text


def escaped(raw: bytes) -> tuple[str, str] | None:
    """A seven-bit encoding of Japanese, Korean or Chinese, and its text; None where it is none of them.

    >>> escaped(b"\\x1b$B$3$l\\x1b(B")
    ('iso2022_jp', 'これ')
    """
    if not raw.isascii() or not (b"\x1b" in raw or b"~{" in raw):
        return None
    for codec in ESCAPED:
        if (codec == "hz") != (b"\x1b" not in raw):
            continue
        text = strict(raw, codec)
        if text is not None and not text.isascii() and "\x1b" not in text and is_plausible(text):
            return codec, text
    return None


def unmarked(raw: bytes) -> tuple[str, str] | None:
    """UTF-16 or UTF-32 without a mark, and its text; None where it is neither.

    >>> unmarked("Grüße".encode("utf-16-be"))[0]
    'utf-16-be'
    """
    if b"\0" not in raw:
        return None
    found = sorted(_readings(raw), key=lambda r: r[0])
    return (found[0][1], found[0][2]) if found else None


def _readings(raw: bytes) -> Iterator[tuple[float, str, str]]:
    head = raw[: 1 << 16]
    for codec, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        if len(raw) % width or (len(raw) <= len(head) and strict(raw, codec) is None):
            continue
        text = strict(raw, codec)
        if text is None or text.count("\0") > _NUL_SHARE * len(text) or not text:
            continue
        cost = verdict(pairs_of(text)).cost / min(len(text), SAMPLE)
        if cost < PLAUSIBLE or _spelt(text):
            yield cost, codec, text


def _spelt(text: str) -> bool:
    """Tell whether a text is words of one script with spaces between them: one of those that have no tables here.

    Read from the wrong end, or out of other bytes, there would be no plain spaces, and characters that do not exist.
    """
    part = text[:LOOKED_AT]
    scripts = Counter(unicodedata.name(each, "").partition(" ")[0] for each in part if each.isalpha())
    most, letters = max(scripts.values(), default=0), scripts.total()
    kinds = {unicodedata.category(each) for each in set(part) - set(CONTROLS)}
    return kinds.isdisjoint(NEVER) and letters * MOSTLY <= most and len(part) <= WORD * sum(map(part.count, " \n"))


def is_plausible(text: str) -> bool:
    """Tell whether the characters outside ASCII are those of some language."""
    pairs = pairs_of(text)
    high = float(pairs.times[(pairs.first >= 0x80) | (pairs.second >= 0x80)].sum())
    return not high or verdict(pairs).cost / high < PLAUSIBLE

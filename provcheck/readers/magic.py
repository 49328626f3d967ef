"""Whether a file is text at all, and if so, in units of how many bytes.

Text in a legacy encoding has next to no control characters; binary data is full of them. A NUL byte alone proves
nothing: UTF-16 and UTF-32 without a byte order mark are half NULs or more, but always at the same places of each
unit, while binary data has them anywhere. The names of what is not text come from ``data/magic.json``.
"""

from __future__ import annotations

import codecs
from collections import Counter
from functools import cache
from typing import NamedTuple

from provcheck import shipped

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
"""Byte order marks, the longer before those that they begin with."""

# Controls that no text holds. Left out: tab to carriage return (9-13), shift out and in and escape (14, 15, 27: they
# switch character sets in ISO-2022 and colour terminals), and the end-of-file mark of DOS (26).
_CONTROLS = bytes([*range(9), *range(16, 26), *range(28, 32), 127])
CONTROL_SHARE = 0.02
"""Random bytes have a tenth of control characters; texts with a few stray ones stay far below this share."""

_SAMPLE = 4096

_WIDE = (("\u3000", "\u9fff"), ("\uac00", "\ud7a3"), ("\uff00", "\uffef"))
"""Ideographs, kana and their marks, Korean syllables, and ASCII as wide as these."""

_WORD = 25
"""Characters to a space or line end, at most, in a script that has spaces."""


class _Magic(NamedTuple):
    name: str
    magic: bytes
    at: int
    nul: bool


@cache
def _table(first: bytes) -> tuple[_Magic, ...]:
    """What a file can be that begins with this byte: a corpus has a million files, and hardly one of these."""
    return tuple(row for row in _rows() if row.at or row.magic.startswith(first))


@cache
def _rows() -> tuple[_Magic, ...]:
    rows = shipped.table("readers", "magic.json")["rows"]
    return tuple(_Magic(r["name"], r["magic"].encode("latin-1"), r.get("at", 0), r.get("nul", False)) for r in rows)


def binary(head: bytes) -> str | None:
    """What the first bytes of a file are, where they are not text; None for text in any encoding.

    >>> binary(b"%PDF-1.7 ..."), binary("Ein Text für alle".encode("utf-16-le")), binary(b"caf\\xe9")
    ('a PDF document', None, None)
    """
    if head.isascii() and not head.translate(None, _printable()):
        return "a PDF document" if head.startswith(b"%PDF-") else None
    has_nul = b"\0" in head
    for row in _table(head[:1]):
        if head.startswith(row.magic, row.at) and (has_nul or not row.nul):
            return row.name
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls <= CONTROL_SHARE * len(head) or wide(head):
        return None
    return "nothing but NUL bytes" if not head.strip(b"\0") else "binary data"


@cache
def _printable() -> bytes:
    return bytes([9, 10, 13, *range(32, 127)])


def wide(head: bytes) -> str | None:
    """The encoding of text in units of two or four bytes, by its mark or by where its NULs stand; else None.

    >>> wide("день".encode("utf-16-be") + "\\n1".encode("utf-16-be")), wide(b"plain")
    ('utf-16-be', None)
    """
    for bom, encoding in BOMS:
        if head.startswith(bom) and encoding != "utf-8-sig":
            return encoding
    if head.isascii() and b"\0" not in head:
        return None
    sample = head[:_SAMPLE]
    sample = sample[: len(sample) // 4 * 4] if len(sample) >= 4 else sample
    if len(sample) % 2 or not sample:
        return None
    foreign = len(sample.translate(None, _printable()))
    if foreign <= 0.2 * len(sample):  # a text of one byte a character with a few stray NULs, or one of India
        return _one_script(sample)
    if b"\0" not in sample:
        return _ideographs(sample)
    nuls = [sample[i::4].count(0) for i in range(4)]
    quarter = len(sample) / 4
    if nuls[2] > 0.9 * quarter and nuls[3] > 0.9 * quarter and nuls[0] < 0.02 * quarter:
        return _if_text(sample, "utf-32-le")
    if nuls[0] > 0.9 * quarter and nuls[1] > 0.9 * quarter and nuls[3] < 0.02 * quarter:
        return _if_text(sample, "utf-32-be")
    even, odd = nuls[0] + nuls[2], nuls[1] + nuls[3]
    if even <= 0.02 * odd:
        return _if_text(sample, "utf-16-le")
    if odd <= 0.02 * even:
        return _if_text(sample, "utf-16-be")
    return _ideographs(sample) or _one_script(sample)  # U+4E00 and U+0600 have their NULs at the other place


def narrow(head: bytes) -> bytes:
    """The first bytes as UTF-8, for tests of content that need to read them."""
    encoding = wide(head) if b"\0" in head else None
    return head.decode(encoding, "replace").encode() if encoding else head


def _if_text(sample: bytes, encoding: str) -> str | None:
    """The encoding, if the sample reads as text in it: a half pair at the cut is no fault."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    odd = sum(
        not ch.isprintable() and not ch.isspace() and ch not in "\ufeff\u200b\u200c\u200d\u200e\u200f" for ch in text
    )
    return encoding if odd + text.count("\ufffd") <= 0.05 * len(text) else None


def _ideographs(sample: bytes) -> str | None:
    """UTF-16 in Chinese, Japanese or Korean, with hardly a space, a digit or a line end.

    Random bytes read as UTF-16 fall into these scripts too, but one in seven of their characters is private,
    unassigned or half a pair, and legacy text has hardly a control character.
    """
    if len(sample) - len(sample.translate(None, _CONTROLS)) <= CONTROL_SHARE * len(sample):
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        wide = sum(any(first <= ch <= last for first, last in _WIDE) for ch in text)
        if wide > 0.9 * len(text):
            return _if_text(sample, encoding)
    return None


def _one_script(sample: bytes) -> str | None:
    """UTF-16 whose words are of one script, such as Hindi, whose bytes are tabs and letters of ASCII one by one.

    Nine characters of ten are of one block of 256 or of ASCII, and there are spaces. Other bytes, and UTF-16 read from
    the wrong end, fall into many blocks.
    """
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        blocks = Counter(ord(ch) >> 8 for ch in text if not ch.isascii())
        plain, spaces = (
            sum(ch.isprintable() or ch.isspace() for ch in text if ch.isascii()),
            sum(map(str.isspace, text)),
        )
        most = max(blocks.values(), default=0)
        if most > plain and most + plain > 0.9 * len(text) and len(text) < _WORD * spaces:
            return _if_text(sample, encoding)
    return None

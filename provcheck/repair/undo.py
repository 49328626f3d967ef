"""The two ways of undoing a wrong decoding, exactly as they are replayed.

UTF-8 that was read by a single-byte codec comes back by turning each character into the byte it was and reading the
bytes as UTF-8. Programs that decode "sloppily" (browsers do, by the WHATWG Encoding Standard; see also
`ftfy.bad_codecs.sloppy`) turn a byte that the codec leaves undefined into the control character of that number, so
the tables here do so too. Texts that passed through a web form or an editor often have plain spaces where U+00A0
stood: a space after a leading byte can only have been one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from provcheck.patterns import late
from provcheck.plausible.judge import points

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from numpy.typing import NDArray

UTF8_CODECS = (
    "cp1252", "latin-1", "cp1251", "mac-roman", "cp437", "cp1250", "cp1254", "cp1257", "iso8859-2", "iso8859-15",
    "cp850", "cp866", "koi8-r", "cp1253", "cp1255", "cp1256", "cp852", "mac-cyrillic", "mac-latin2", "iso8859-16",
    "koi8-u", "cp1258",
)  # fmt: skip
"""Codecs by which UTF-8 is read wrongly, the usual first: of two that undo alike the first is named."""

NO_BYTE = 0x100
"""What stands for a character that no byte of the codec gives."""

_TAIL = "[\x80-\xbf]"
SEQUENCE = late(
    f"[\xc2-\xdf]{_TAIL}"  # two bytes: U+0080 to U+07FF
    f"|\xe0[\xa0-\xbf]{_TAIL}|[\xe1-\xec\xee\xef]{_TAIL}{{2}}|\xed[\x80-\x9f]{_TAIL}"  # three: no surrogates
    f"|\xf0[\x90-\xbf]{_TAIL}{{2}}|[\xf1-\xf3]{_TAIL}{{3}}|\xf4[\x80-\x8f]{_TAIL}{{2}}"  # four: to U+10FFFF
)
"""One character of UTF-8, as characters of the same numbers as its bytes."""

_TAIL_ = "[\x80-\xbf ]"
SPACED = late(
    f"[\xc2-\xdf]{_TAIL_}"
    f"|\xe0[\xa0-\xbf ]{_TAIL_}|[\xe1-\xec\xee\xef]{_TAIL_}{{2}}|\xed[\x80-\x9f]{_TAIL_}"
    f"|\xf0[\x90-\xbf ]{_TAIL_}{{2}}|[\xf1-\xf3]{_TAIL_}{{3}}|\xf4[\x80-\x8f]{_TAIL_}{{2}}"
)
"""The same where any byte A0 may have become a space."""


@cache
def byte_table(codec: str) -> NDArray[np.uint16]:
    """The byte that each code point was, `NO_BYTE` where it was none."""
    found = np.full(0x10000, NO_BYTE, dtype=np.uint16)
    found[points_of(codec)] = np.arange(0x100)
    return found


def points_of(codec: str) -> NDArray[np.uint32]:
    """The code point that each byte is in a single-byte codec: the byte itself where the codec has none.

    >>> [hex(point) for point in points_of("cp1252")[[0x41, 0x80, 0x81]]]
    ['0x41', '0x20ac', '0x81']
    """
    text = bytes(range(0x100)).decode(codec, "replace")
    found = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    return np.where(found == 0xFFFD, np.arange(0x100, dtype=np.uint32), found)


def as_bytes(text: str, codec: str) -> str:
    """The text as characters of the same numbers as the bytes it was; U+0100 where a character was no byte.

    >>> as_bytes("Ã©", "cp1252")
    'Ã©'
    """
    return byte_table(codec)[points(text)].astype("<u2").tobytes().decode("utf-16-le")


def undo_utf8(text: str, codec: str) -> str:
    """The text that UTF-8 was before `codec` read it; raises `UnicodeError` where it cannot have been UTF-8.

    >>> undo_utf8("GrÃ¼ÃŸe", "cp1252")
    'Grüße'
    """
    raw = as_bytes(text, codec)
    return SPACED.sub(_restore, raw).encode("latin-1").decode("utf-8")


def _restore(match: re.Match[str]) -> str:
    return match.group().replace(" ", "\xa0")


def undo_single(text: str, wrong: str, right: str) -> str:
    """The text as `right` reads the bytes that `wrong` made it of; raises `UnicodeError` where there is none.

    >>> undo_single("Ïðèâåò", "cp1252", "cp1251")
    'Привет'
    """
    return as_bytes(text, wrong).encode("latin-1").decode(right)


def mojibake(text: str, codec: str, *spans: str | int) -> str:
    """The step that undoes UTF-8 read as `codec` in spans of the text: start, end, start, end, in order.

    >>> mojibake("Ã© Ã©", "cp1252", 0, 2)
    'é Ã©'
    """
    return _in_spans(text, spans, lambda part: undo_utf8(part, codec))


def transcode(text: str, wrong: str, right: str, *spans: str | int) -> str:
    """The step that reads spans by another codec than before.

    >>> transcode("Ïðèâåò", "cp1252", "cp1251", 0, 6)
    'Привет'
    """
    return _in_spans(text, spans, lambda part: undo_single(part, wrong, right))


def _in_spans(text: str, spans: tuple[str | int, ...], undo: Callable[[str], str]) -> str:
    pieces, at = [], 0
    for start, end in zip(map(int, spans[::2]), map(int, spans[1::2]), strict=True):
        pieces += [text[at:start], undo(text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])

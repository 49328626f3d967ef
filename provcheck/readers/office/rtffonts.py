"""By which encoding the bytes of an RTF are read: that of their font, else that of the document.

A font whose character set is the "ANSI" of Windows is read as Windows-1252, as Word means it, where the document has
fonts of other character sets too; programs that know only one write it for the code page of the document as well.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from provcheck import shipped
from provcheck.readers.office.symbols import symbol
from provcheck.text import charset

if TYPE_CHECKING:
    from collections.abc import Mapping

ANSI, DEFAULT, SYMBOL = 0, 1, 2
"""The character sets that name no code page."""

FONTS = 10_000
"""Fonts that are known by their numbers; programs list some dozens."""

USUAL = "cp1252"

HEAD = frozenset(("ansi", "mac", "pc", "pca", "ansicpg", "deff"))
"""Words by which a document says of its encoding."""

_DOCUMENTS = {"ansi": USUAL, "mac": "mac-roman", "pc": "cp437", "pca": "cp850"}


@cache
def table() -> Mapping[str, Any]:
    """What the control words do."""
    rows: Mapping[str, Any] = shipped.table("readers", "rtf.json")
    return rows


def page(number: int) -> str | None:
    """The encoding of a code page, None for one that Python has not.

    >>> page(1251), page(65001), page(4711)
    ('cp1251', 'utf-8', None)
    """
    return charset(table()["pages"].get(str(number), f"cp{number}"))


class Font(NamedTuple):
    """A row of the table of fonts."""

    charset: int = DEFAULT
    page: str | None = None
    name: str = ""


_UNKNOWN = Font()
_ODD = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}


class Fonts:
    """The fonts of a document, and the encoding of what is written in none."""

    def __init__(self) -> None:
        """Know none yet."""
        self.document = USUAL
        self.usual: int | None = None
        self._fonts: dict[int, Font] = {}
        self._many = False

    def says(self, word: str, number: int | None) -> None:
        """Take in what the head of a document says of its encoding."""
        if word == "ansicpg":
            self.document = page(number or 0) or self.document
        elif word == "deff":
            self.usual = number
        else:
            self.document = _DOCUMENTS.get(word, self.document)

    def add(self, number: int, font: Font) -> None:
        """Take in a row of the table of fonts."""
        if len(self._fonts) < FONTS:
            self._fonts[number] = font
        self._many = self._many or font.charset not in (ANSI, DEFAULT, SYMBOL)

    def name(self, number: int | None) -> str:
        """The name of a font, empty for one that is not in the table."""
        return self._font(number).name

    def decoded(self, raw: bytes, number: int | None) -> str:
        """Bytes of a font as text; a byte that its encoding has not is read as Latin-1.

        >>> Fonts().decoded(b"caf\\xe9 \\x81", None)
        'café \\x81'
        """
        font = self._font(number)
        if font.charset == SYMBOL:
            return "".join(symbol(font.name, byte) if byte >= 0x20 else chr(byte) for byte in raw)
        if raw.isascii():
            return raw.decode()
        text = raw.decode(self._encoding(font), "surrogateescape")
        return text.translate(_ODD)

    def _font(self, number: int | None) -> Font:
        own = self.usual if number is None else number
        return _UNKNOWN if own is None else self._fonts.get(own, _UNKNOWN)

    def _encoding(self, font: Font) -> str:
        own = font.page or charset(table()["charsets"].get(str(font.charset), ""))
        return own or (USUAL if font.charset == ANSI and self._many else self.document)

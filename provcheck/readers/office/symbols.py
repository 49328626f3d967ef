"""Characters of symbol fonts, which stand for letters in the file and for signs on paper."""

from __future__ import annotations

from provcheck.readers.office.package import table

PRIVATE = 0xF000
"""What Word adds to the codes of symbol fonts, so that they stand in an area of no characters."""


def symbol(font: str, code: int) -> str:
    """The character that a symbol font shows for a code, with or without what Word adds to it.

    What is not known stays in the private area, where it can be seen that something stood there.

    >>> symbol("Symbol", 0xF061), symbol("Wingdings", 0xA7), symbol("Webdings", 0x21), symbol("Arial", 0x2713)
    ('α', '▪', '\\uf021', '✓')
    """
    if not code < 0x100 and not PRIVATE <= code < PRIVATE + 0x100:
        return chr(code) if code <= 0x10FFFF else "\ufffd"
    low, unknown = code & 0xFF, chr(PRIVATE + (code & 0xFF))
    found = table("symbols")[low - 0x20] if font.casefold().startswith("symbol") and low >= 0x20 else ""
    if not found or (found == "?" and low != 0x3F):
        found = table("bullets").get(f"{ord(unknown):x}", unknown)
    return str(found)

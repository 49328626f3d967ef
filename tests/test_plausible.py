"""The tables of surprise: each character is what Unicode and the lists of blocks say of it."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from provcheck import characters, shipped
from provcheck.plausible import tables
from provcheck.repair.undo import NO_BYTE, UTF8_CODECS, byte_table

ALL = [chr(point) for point in range(tables.POINTS)]
KNOWN = np.array([unicodedata.category(each) != "Cn" for each in ALL]) & ~characters.having("Cn")
"""Characters that both the tables and this Python know: either may be of a newer Unicode than the other."""


def plain_kind(char: str) -> str:
    """The kind of a character, asked one by one."""
    category = unicodedata.category(char)
    if any(first <= char <= last for first, last in tables.DEAD):
        return "private"
    if any(first <= char <= last for first, last in tables.PHONETIC):
        return "phonetic"
    if category in ("Lu", "Ll", "Lt", "Lo", "Mc") or (category == "Mn" and "\u0590" <= char < "\u0f00"):
        start = unicodedata.name(char, "").split(" ", 1)[0].split("-", 1)[0]
        return next((script for script, name in tables.SCRIPT_STARTS.items() if name == start), "stranger")
    if char in tables.NOTATION:
        return "notation"
    if "\u2500" <= char < "\u25a0":
        return "box"
    if category[0] == "C":
        return "control" if category in ("Cc", "Cf") else "private"
    return "mark" if category[0] == "M" else "symbol"


def plain_fold(char: str, *, latin: bool) -> str:
    """What stands for a character in the tables of a script, asked one by one."""
    if char.isascii():
        if char.isalpha():
            return char.lower() if latin else tables.ASCII_LETTER
        blank, visible = char in " \t\n\r\f", " " <= char < "\x7f"
        return " " if blank else "0" if char.isdigit() else "." if visible else char
    return "i" if char == "İ" else char.lower()


def test_kinds() -> None:
    """Kinds that are told for all characters at once are those of each character."""
    names = (*tables.KINDS, *tables.SCRIPT_STARTS)
    told = np.array([names.index(plain_kind(each)) for each in ALL])
    assert not (tables.kind_of() != told)[KNOWN].any()


def test_cases() -> None:
    """Small letters and capitals are those of `str`."""
    told = np.array([tables.SMALL if c.islower() else tables.CAPITAL if c.isupper() else 0 for c in ALL])
    told[tables.HIGH :] = 0
    assert not (tables.case_of() != told)[KNOWN].any()


@pytest.mark.parametrize("number", range(6))
def test_symbols(number: int) -> None:
    """A character has the symbol of what stands for it where the file lists that, and else its kind."""
    script = tables.scripts()[number]
    entry = shipped.table("plausible", "bigrams.json")["scripts"][script.name]
    listed = {*entry["foreign"]["symbols"], *(s for table in entry["languages"].values() for s in table["symbols"])}
    for point in KNOWN[: tables.HIGH].nonzero()[0].tolist():
        folded = plain_fold(chr(point), latin=script.name == "latin")
        symbol = script.symbol_of[point]
        assert (symbol >= len(tables.KINDS)) == (folded in listed), chr(point)
        assert folded not in listed or symbol == script.symbol_of[ord(folded)], chr(point)


@pytest.mark.parametrize("codec", UTF8_CODECS)
def test_bytes_of_characters(codec: str) -> None:
    """Every byte is that of its character, or of the control character of its number."""
    table = byte_table(codec)
    assert np.count_nonzero(table != NO_BYTE) == 256
    for byte in range(256):
        char = bytes([byte]).decode(codec, "replace")
        assert table[byte if char == "\ufffd" else ord(char)] == byte

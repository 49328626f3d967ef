"""Letters without case and accents, by tables instead of a look at each character in Python.

What a table gives for all characters at once is what the simple expressions give that the docstrings name. Tables for
short texts are strings: `str.translate` asks one for each character, and what it lacked would cost an exception.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LAST = 0xFFFF
"""The last character of the basic plane: the tables go so far, and the few beyond are looked at one by one."""

BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""A character that no table holds."""

_SPACE = ord(" ")


def apart(text: str) -> str:
    """A text in small letters without marks, with a space in place of what no word has; line ends (``\\n``) stay.

    >>> apart("It's 5 o'clock,\\nMüller_2!")
    'it s 5 o clock \\nmuller 2 '
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    shown = _small().take(codes, mode="clip")
    if not text.isascii() and (rest := (codes > _LAST).nonzero()[0]).size:
        shown[rest] = [ord(char.lower()) for char in far("".join(map(chr, codes[rest].tolist())))]
    return shown.tobytes().decode("utf-32-le")


def far(text: str) -> str:
    """A text with a space in place of each character beyond the basic plane that no word has."""
    return BEYOND.sub(lambda found: found[0] if found[0].isalnum() else " ", text)


def _letters() -> dict[int, str]:
    """Each letter with marks, or a capital, of the alphabets with case, and its plain small letter."""
    table = {}
    for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)):
        plain = "".join(c for c in unicodedata.normalize("NFKD", chr(code).lower()) if not "\u0300" <= c <= "\u036f")
        if len(plain) == 1 and plain.isalpha():
            table[code] = plain
    # й and ё are letters of their own only in dictionaries; ı and ø have no decomposition.
    table.update({ord("ı"): "i", ord("İ"): "i", ord("ø"): "o", ord("Ø"): "o", ord("ł"): "l", ord("Ł"): "l"})
    table.update({code: chr(code + 32) for code in range(65, 91)})
    return table


@cache
def folds() -> str:
    """For each character of the basic plane what it is without case and marks, in the alphabets that have them."""
    plain = np.arange(_LAST + 1, dtype=np.uint32)
    letters = _letters()
    plain[list(letters)] = list(map(ord, letters.values()))
    return plain.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def words() -> str:
    """The same, and spaces for what no word has."""
    return re.sub(r"[\W_]+", lambda found: " " * len(found[0]), folds())


@cache
def _small() -> NDArray[np.uint32]:
    """The same in small letters, as numbers; line ends stay."""
    # The capitals whose small letter is two characters, or depends on those around it, are folded already.
    table = np.frombuffer(words().lower().encode("utf-32-le"), np.uint32).copy()
    table[ord("\n")] = ord("\n")
    return table

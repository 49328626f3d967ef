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
    from collections.abc import Callable

    from numpy.typing import NDArray

_LAST = 0xFFFF
"""The last character of the basic plane: the tables go so far, and the few beyond are looked at one by one."""

BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""A character that no table holds."""

_OTHERS, _NO_DIGIT = re.compile(r"[\W\d_]"), re.compile(r"\D")
"""What is no letter, and what is no digit."""


def apart(text: str) -> str:
    """A text in small letters without marks, with a space in place of what no word has; line ends (``\\n``) stay.

    >>> apart("It's 5 o'clock,\\nMüller_2!")
    'it s 5 o clock \\nmuller 2 '
    """
    return _shown(text, _small(), lambda rest: far(rest).lower())


def alphabetic(text: str) -> str:
    """A text with a space in place of what is no letter; line ends (``\\n``) stay.

    >>> alphabetic("It's 5 o'clock,\\nMüller_2!")
    'It s   o clock \\nMüller   '
    """
    return _shown(text, _kept(_OTHERS), lambda rest: _OTHERS.sub(" ", rest))


def decimal(text: str) -> str:
    """A text with a space in place of what is no digit; line ends (``\\n``) stay.

    >>> decimal("It's 5 o'clock,\\nMüller_2!").split()
    ['5', '2']
    """
    return _shown(text, _kept(_NO_DIGIT), lambda rest: _NO_DIGIT.sub(" ", rest))


def _shown(text: str, table: NDArray[np.uint32], others: Callable[[str], str]) -> str:
    """Each character as the table has it; `others` says what becomes of those beyond it, one for one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    shown = table.take(codes, mode="clip")
    if not text.isascii() and (rest := (codes > _LAST).nonzero()[0]).size:
        shown[rest] = list(map(ord, others("".join(map(chr, codes[rest].tolist())))))
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
    return _numbers(words().lower())


@cache
def _kept(others: re.Pattern[str]) -> NDArray[np.uint32]:
    """For each character of the basic plane itself, or a space if it is one of the others; line ends stay."""
    every = np.arange(_LAST + 1, dtype=np.uint32).tobytes().decode("utf-32-le", "surrogatepass")
    return _numbers(re.sub(f"(?:{others.pattern})+", lambda found: " " * len(found[0]), every))


def _numbers(table: str) -> NDArray[np.uint32]:
    numbers = np.frombuffer(table.encode("utf-32-le"), np.uint32).copy()
    numbers[ord("\n")] = ord("\n")
    return numbers

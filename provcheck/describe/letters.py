"""Letters without case and accents, by tables instead of a look at each character in Python.

What a table gives for all characters at once is what the simple expressions give that the docstrings name. Tables for
short texts are strings: `str.translate` asks one for each character, and what it lacked would cost an exception.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from provcheck import characters
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

BEYOND = late("[\U00010000-\U0010ffff]")
"""A character that no table holds."""

_LETTERS, _DIGITS = ("L", "Nl", "No"), ("Nd",)
"""The kinds of characters that expressions count among the letters (``[^\\W\\d_]``) and the digits (``\\d``)."""

_VOWELS = ("Mn", "Mc")
"""The kinds of the vowel signs, which are parts of words too; ``writing.VOWELS`` has them for expressions."""

_NO_VOWELS = ((0x20D0, 0x20FF), (0xFE00, 0xFE0F))
"""What is of these kinds and stands on symbols, or chooses between two pictures of one."""

_OTHERS, _NO_DIGIT = late(r"[\W\d_]"), late(r"\D")
"""What is none of these."""


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
    return _shown(text, _kept(_LETTERS, vowels=True), lambda rest: _OTHERS.sub(" ", rest))


def decimal(text: str) -> str:
    """A text with a space in place of what is no digit; line ends (``\\n``) stay.

    >>> decimal("It's 5 o'clock,\\nMüller_2!").split()
    ['5', '2']
    """
    return _shown(text, _kept(_DIGITS), lambda rest: _NO_DIGIT.sub(" ", rest))


def _shown(text: str, table: NDArray[np.uint32], others: Callable[[str], str]) -> str:
    """Each character as the table has it; `others` says what becomes of those beyond it, one for one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    shown = table.take(codes, mode="clip")
    if not text.isascii() and (rest := (codes >= characters.POINTS).nonzero()[0]).size:
        shown[rest] = list(map(ord, others("".join(map(chr, codes[rest].tolist())))))
    return shown.tobytes().decode("utf-32-le")


def far(text: str) -> str:
    """A text with a space in place of each character beyond the basic plane that no word has."""
    return BEYOND.sub(lambda found: found[0] if found[0].isalnum() else " ", text)


@cache
def folds() -> str:
    """For each character of the basic plane what it is without case and marks, in the alphabets that have them."""
    return _string(characters.plain())


@cache
def words() -> str:
    """The same, and spaces for what no word has."""
    plain = characters.plain()
    return _string(np.where((characters.having("L", "N") | _vowels())[plain], plain, ord(" ")))


@cache
def _small() -> NDArray[np.uint32]:
    """The same in small letters, as numbers; line ends stay."""
    # The capitals whose small letter is two characters, or depends on those around it, are folded already.
    return _lines_kept(np.frombuffer(words().lower().encode("utf-32-le"), np.uint32).copy())


@cache
def _kept(kinds: tuple[str, ...], *, vowels: bool = False) -> NDArray[np.uint32]:
    """For each character of the basic plane itself, or a space if it is of no such kind; line ends stay."""
    every = np.arange(characters.POINTS, dtype=np.uint32)
    kept = characters.having(*kinds) | _vowels() if vowels else characters.having(*kinds)
    return _lines_kept(np.where(kept, every, np.uint32(ord(" "))))


def _vowels() -> NDArray[np.bool_]:
    """Whether a character of the basic plane is a vowel sign or another mark that is part of a word."""
    found = characters.having(*_VOWELS)
    for first, last in _NO_VOWELS:
        found[first : last + 1] = False
    return found


def _lines_kept(table: NDArray[np.uint32]) -> NDArray[np.uint32]:
    table[ord("\n")] = ord("\n")
    return table


def _string(table: NDArray[np.uint16]) -> str:
    return table.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

"""The words of a text in small letters, by a table instead of a look at each character in Python.

What a few steps give for all characters at once is what the simple expression in the docstring gives.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LAST = 0xFFFF
"""The last character of the basic plane: the tables go so far, and the few beyond are looked at one by one."""

_SPACE = ord(" ")
_SURROGATES = slice(0xD800, 0xE000)
_BY_NEIGHBOURS = "İΣ"
"""Capitals whose small letter is two characters, or depends on those around it: no table has them."""


def apart(text: str) -> str:
    """The text in small letters, with a space in place of each character that no word has; line ends (``\\n``) stay.

    What is left between spaces is what the pattern ``\\w+`` finds in ``text.lower()``.

    >>> apart("It's 5 o'clock,\\nMüller_2!").split()
    ['it', 's', '5', 'o', 'clock', 'müller_2']
    """
    if any(char in text for char in _BY_NEIGHBOURS):
        text = text.lower()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    shown = _words().take(codes, mode="clip")
    if not text.isascii() and (far := (codes > _LAST).nonzero()[0]).size:
        shown[far] = [ord(char.lower()) if char.isalnum() else _SPACE for char in map(chr, codes[far].tolist())]
    return shown.tobytes().decode("utf-32-le")


@cache
def _words() -> NDArray[np.uint32]:
    """For each character of the basic plane its small letter if words have it, or else a space."""
    every = np.arange(_LAST + 1, dtype=np.uint32)
    every[_SURROGATES] = _SPACE  # halves of a pair are no letters, and cannot be decoded
    every[list(map(ord, _BY_NEIGHBOURS))] = _SPACE
    kept = re.sub(r"[^\w\n]", " ", every.tobytes().decode("utf-32-le").lower())
    return np.frombuffer(kept.encode("utf-32-le"), np.uint32)

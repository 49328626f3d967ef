"""The shape of a text: where its digits stand, and the signs of dates, each in a byte.

In it a few plain searches find what could be a date many times faster than a pattern on the text itself.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from provcheck.describe.dates.calendars import ZEROS

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIGIT, FOREIGN, CURLY = b"0", b"1", b"`"
"""What stands for a digit from 0 to 9, for a digit of another script, and for a curly apostrophe."""

KEPT = b"./-'"
"""What stands for itself; all else is a space."""

_LAST = 0xFFFF
"""The last character of the basic plane, in which all of these are."""


def of(text: str) -> bytes:
    """The shape of a text, of the same length.

    >>> of("6/1/26, ’26, ٢٦")
    b'0/0/00  `00  11'
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _table().take(codes, mode="clip").tobytes()


@cache
def _table() -> NDArray[np.uint8]:
    table = np.full(_LAST + 1, ord(" "), np.uint8)
    table[list(KEPT)] = list(KEPT)
    table[ord("’")] = ord(CURLY)
    for zero in ZEROS:
        table[zero : zero + 10] = ord(FOREIGN)
    table[ord("0") : ord("9") + 1] = ord(DIGIT)
    return table

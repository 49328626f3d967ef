"""What Unicode says of the characters of its basic plane, as arrays that are indexed by code points.

To ask `unicodedata` for 65,536 characters takes as long as to examine several documents, and its answers change with
the version of Python. ``data/characters.json``, written by `ci/build_characters.py`, loads in a millisecond and is the
same everywhere.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from provcheck import shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

POINTS = 0x10000
"""How many characters the basic plane has; those beyond are in no table."""


def having(*kinds: str) -> NDArray[np.bool_]:
    """Whether a character is of one of these general categories (``Lu``) or families of them (``L``).

    >>> having("Lu", "N")[[ord("A"), ord("a"), ord("7")]].tolist()
    [True, False, True]
    """
    names, numbers = _runs("categories", "lengths")
    return np.array([name in kinds or name[0] in kinds for name in names])[numbers]


def cased(case: str) -> NDArray[np.bool_]:
    """Whether a character is what Unicode calls ``small`` or ``capital``, letter or not (``ª`` and ``Ⅷ`` are).

    >>> cased("small")[[ord("A"), ord("a"), ord("ª")]].tolist()
    [False, True, True]
    """
    return _told("cases", "case_lengths", case)


def named(script: str) -> NDArray[np.bool_]:
    """Whether the name of a character begins with a script: LATIN, CYRILLIC, GREEK, HEBREW, ARABIC or THAI.

    >>> named("GREEK")[[ord("a"), ord("α")]].tolist()
    [False, True]
    """
    return _told("scripts", "script_lengths", script)


@cache
def lower() -> NDArray[np.uint16]:
    """The code point of a character in small letters, of the first where there are several.

    >>> chr(lower()[ord("Ж")])
    'ж'
    """
    table = np.arange(POINTS, dtype=np.uint16)
    data = _data()
    table[_numbers(data["capitals"])] = _numbers(data["small"])
    return table


def version() -> str:
    """The version of Unicode that the tables are from."""
    return _data()["unicode"]


def _told(values: str, lengths: str, value: str) -> NDArray[np.bool_]:
    names, numbers = _runs(values, lengths)
    told: NDArray[np.bool_] = numbers == names.index(value)
    return told


@cache
def _runs(values: str, lengths: str) -> tuple[list[str], NDArray[np.uint8]]:
    """All that is said of characters, and the place therein of what is said of each."""
    data = _data()
    runs = data[values].split(" ")
    names = sorted(set(runs))
    place = {name: number for number, name in enumerate(names)}
    return names, np.repeat(np.array([place[name] for name in runs], np.uint8), _numbers(data[lengths]))


def _numbers(text: str) -> NDArray[np.int64]:
    return np.fromstring(text, dtype=np.int64, sep=" ")


@cache
def _data() -> dict[str, str]:
    data: dict[str, str] = shipped.table("", "characters.json")
    return data

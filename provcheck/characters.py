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
    names, numbers = _categories()
    return np.array([name in kinds or name[0] in kinds for name in names])[numbers]


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


@cache
def _categories() -> tuple[list[str], NDArray[np.uint8]]:
    """The names of the categories, and the place in them of each character's."""
    data = _data()
    runs = data["categories"].split(" ")
    names = sorted(set(runs))
    place = {name: number for number, name in enumerate(names)}
    return names, np.repeat(np.array([place[name] for name in runs], np.uint8), _numbers(data["lengths"]))


def _numbers(text: str) -> NDArray[np.int64]:
    return np.array(text.split(" "), dtype=np.int64)


@cache
def _data() -> dict[str, str]:
    data: dict[str, str] = shipped.table("", "characters.json")
    return data

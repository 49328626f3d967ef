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

PIECE = 1 << 16
"""Characters of a text that are looked at together: bounds the memory for a text of any length."""

SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""All characters for which `str.isspace` is true."""


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
    return _changed("capitals", "small")


@cache
def plain() -> NDArray[np.uint16]:
    """The code point of a character in small letters and without marks, in the alphabets that have case.

    >>> chr(plain()[ord("É")]), chr(plain()[ord("ʼ")])
    ('e', 'ʼ')
    """
    return _changed("marked", "plain")


def _changed(those: str, into: str) -> NDArray[np.uint16]:
    """All characters as they are, but some of them changed into others."""
    table, data = np.arange(POINTS, dtype=np.uint16), _data()
    table[_numbers(data[those])] = _numbers(data[into])
    return table


def count_words(text: str) -> int:
    """How many words there are between white space: as many as `str.split` makes, which takes four times as long.

    >>> count_words(" two\u2003words ")
    2
    """
    if len(text) > PIECE:
        return len(text.split())
    filled = _filled().take(units(text))
    return int(filled[:1].sum()) + int(np.count_nonzero(filled[1:] > filled[:-1]))


def units(text: str) -> NDArray[np.uint16]:
    """A text as UTF-16: the code points of its characters, and two units for each one beyond the basic plane."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")


@cache
def _filled() -> NDArray[np.bool_]:
    """Whether a character is no white space, as `str.isspace` has it."""
    table = np.ones(POINTS, dtype=np.bool_)
    table[[ord(space) for space in SPACES]] = False
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

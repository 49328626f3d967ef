"""Given names of people, by which a name on a line of its own is told from a heading or a label of the page.

Pages set ``Recent Posts`` and ``Drucken Versenden`` as they set the name of an author: two words with capitals above
a date. What tells them apart is that a name begins with a given name. The list holds those of some seventy countries,
so a name that it does not know may still be one: it proves names and refutes none.
"""

from __future__ import annotations

from functools import cache, lru_cache

from provcheck import shipped
from provcheck.describe.outlets.names import fold
from provcheck.patterns import late

FILE = "given_names.txt"
"""Written by `ci/build_given_names.py` from the lists of Faker (MIT)."""

SHORTEST = 3
"""Letters of the shortest given name: shorter ones are also little words in too many languages."""


_SHORT = frozenset(["đỗ", "hà", "hồ", "lê", "lý", "võ", "vũ"])
"""Shorter names, which only their marks tell from such words: family names of Vietnam, which come first."""

_TITLES = frozenset(
    ["dame", "dipl", "don", "doña", "dr", "frau", "herr", "ing", "lic", "mag", "med", "miss", "mr", "mrs", "ms", "phil",
     "prof", "professor", "rechtsanwalt", "rechtsanwältin", "sir"]
)  # fmt: skip
_INITIALS = late(r"(?:[^\W\d_a-z]\.-?){1,3}")
# an initial with a capital behind it: Г.Мөнхзул
_GLUED = late(r"[^\W\d_a-zа-џ]\.[^\W\d_a-zа-џ][^\W\d_.]{2}")


def begins_with_one(name: str) -> bool:
    """Tell whether the first word of a name behind its titles, or its part before a hyphen, is a given name.

    Initials stand for given names.

    >>> [begins_with_one(name) for name in ("Dr. Jane Example", "JOSÉ-MARIA EXAMPLE", "J. R. Example", "Recent Posts")]
    [True, True, True, False]
    """
    words = name.split()
    first = next((word for word in words if word.rstrip(".").casefold() not in _TITLES), "")
    if _INITIALS.fullmatch(first):
        return words[-1] != first
    if _GLUED.match(first):
        return True
    return first.casefold() in _SHORT or any(_known(fold(part)) for part in {first, first.partition("-")[0]})


@lru_cache(maxsize=1 << 12)
def _known(name: str) -> bool:
    return len(name) >= SHORTEST and shipped.holds(_names(), name.encode("utf-8", "surrogatepass"))


@cache
def _names() -> bytes:
    return shipped.raw("describe", FILE)

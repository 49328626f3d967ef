"""What the words at the head of a story are: places, news agencies, or labels that only look like places.

The names of places are those of GeoNames (CC BY 4.0), written by `ci/build_places.py`; agencies, labels and
prepositions are short lists of our own in ``data/datelines.json``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from provcheck import shipped
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTS = late(r"[\s,;&+]+")


def is_place(name: str) -> bool:
    """Tell whether a name is that of a city, in any of its spellings, whatever its capitals.

    >>> is_place("MÜNCHEN"), is_place("Нью-Йорк"), is_place("Update")
    (True, True, False)
    """
    folded = name.casefold()
    return _listed(folded) or ("i̇" in folded and _listed(folded.replace("i̇", "i")))


def is_agency(name: str) -> bool:
    """Tell whether a credit in a dateline names a news agency, alone or with others or a branch.

    >>> is_agency("AP"), is_agency("dpa/lby"), is_agency("Reuters, AFP"), is_agency("45")
    (True, True, True, False)
    """
    folded = name.casefold().strip(" ()/[].*_")
    known = _words()["agencies"]
    return folded in known or any(part.strip(".-/") in known for part in re.split(r"[\s,;&+/]+", folded))


def is_label(name: str) -> bool:
    """Tell whether a word before a colon or a dash is a label: all or the first of its words is.

    >>> is_label("EXCLUSIVE"), is_label("Breaking News"), is_label("Nairobi")
    (True, True, False)
    """
    labels = _words()["labels"]
    folded = name.casefold()
    return folded in labels or (_PARTS.split(folded, maxsplit=1)[0] in labels and not is_place(name))


def prepositions() -> frozenset[str]:
    """Words after which an article names its place."""
    return _words()["prepositions"]


@cache
def _words() -> Mapping[str, frozenset[str]]:
    return {kind: frozenset(words.split()) for kind, words in shipped.table("describe", "datelines.json").items()}


@lru_cache(maxsize=1 << 14)
def _listed(folded: str) -> bool:
    """Whether the table has a name; no name at all counts as one that it has."""
    wanted = folded.encode("utf-8", "surrogatepass")
    return not wanted or shipped.holds(_places(), wanted)


@cache
def _places() -> bytes:
    return shipped.raw("describe", "places.txt")

"""Names in scripts without capitals that something on their line sets off: ``القاهرة - محمود عبد الله``, ``(name)``.

A place or an outlet stands before a reporter's name, with a dash between them; so it does before the first sentence,
but there the line goes on. In brackets a name must begin with a given name that is known, as what else they hold is
mostly about pictures.
"""

from __future__ import annotations

from provcheck.describe.authors.alone import LONE, may_be_caseless
from provcheck.describe.authors.given_names import begins_with_one
from provcheck.describe.gazetteer import is_place
from provcheck.describe.outlets import gazetteer
from provcheck.patterns import late

# what stands before the name, a dash, a bar, or the Arabic sign that stretches words, and the name; perhaps a colon
_PARTED = late(r"(?P<before>[^-–—|/]{2,30}?)(?:\s[-–—|/]\s|\sـ\s?)(?P<name>[^-–—|/:]{4,40}?)\s?:?")
_BRACKETS = late(r"[(（\[](?P<name>[^()（）\[\]]{4,40})[)）\]]")


def name(raw: str) -> tuple[str, int] | None:
    """The name on a line that is nothing but a place or an outlet and the name, or the name in brackets; and its place.

    >>> name("القاهرة - محمود عبد الله"), name("القاهرة - محمود عبد الله في السوق اليوم")
    (('محمود عبد الله', 10), None)
    """
    bare = raw.strip()
    if len(bare) > LONE or bare.isascii():
        return None
    found = _PARTED.fullmatch(bare)
    known = found is not None and _is_origin(found["before"].strip())
    if not found:
        found = _BRACKETS.fullmatch(bare)
        known = found is not None and begins_with_one(found["name"])
    if not found or not known or not may_be_caseless(found["name"]):
        return None
    return found["name"], raw.index(bare) + found.start("name")


def _is_origin(text: str) -> bool:
    """Whether a text is a place, or begins with the name of an outlet."""
    return is_place(text) or any(match.start == 0 for match in gazetteer.load().find(text))

"""Names in scripts without capitals that something on their line sets off: ``القاهرة - محمود عبد الله``, ``(name)``.

A place or an outlet stands before a reporter's name, with a dash between them; so it does before the first sentence,
but there the line goes on. In brackets a name must begin with a given name that is known, as what else they hold is
mostly about pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.describe.alone import LONE, NEAR, candidate, may_be_caseless
from provcheck.describe.gazetteer import is_place
from provcheck.describe.given_names import begins_with_one
from provcheck.describe.outlets import gazetteer
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.model import Candidate, Document

# what stands before the name, a dash, a bar, or the Arabic sign that stretches words, and the name; perhaps a colon
_PARTED = late(r"(?P<before>[^-–—|/]{2,30}?)(?:\s[-–—|/]\s|\sـ\s?)(?P<name>[^-–—|/:]{4,40}?)\s?:?")
_BRACKETS = late(r"[(（\[](?P<name>[^()（）\[\]]{4,40})[)）\]]")

_SIGNS = (" - ", " – ", " — ", " | ", " / ", " ـ", "(", "（", "[")
"""What such lines hold."""


def promising(text: str, texts: Sequence[str], long: Sequence[int]) -> list[int]:
    """The places of short lines before the article's second paragraph that hold a sign which may set off a name."""
    if text.isascii():
        return []
    found = []
    for end, begin in zip(long[:2], [-1, *long], strict=False):
        near = range(max(begin + 1, end - NEAR), end)
        found += [n for n in near if _may_hold_one(texts[n])]
    return found


def _may_hold_one(line: str) -> bool:
    return len(line) <= LONE and not line.isascii() and any(sign in line for sign in _SIGNS)


def names(document: Document, start: int, raw: str, prose: Sequence[str]) -> Iterator[Candidate]:
    """The name on a line that is nothing but a place or an outlet and the name, or the name in brackets.

    Words that the first paragraphs, `prose`, hold too are what the text is about.
    """
    bare = raw.strip()
    if len(bare) > LONE or bare.isascii():
        return
    begin = start + raw.index(bare)
    if found := _PARTED.fullmatch(bare):
        sure = _is_origin(found["before"].strip())
    elif found := _BRACKETS.fullmatch(bare):
        sure = begins_with_one(found["name"])
    else:
        return
    name = found["name"]
    said = any(part in text for part in name.split() if len(part) > 1 for text in prose)
    if sure and not said and may_be_caseless(name):
        yield candidate(document, name, ("author.set-off", 0.7), begin + found.start("name"), begin + found.end("name"))


def _is_origin(text: str) -> bool:
    """Whether a text is a place, or begins with the name of an outlet."""
    return is_place(text) or any(match.start == 0 for match in gazetteer.load().find(text))

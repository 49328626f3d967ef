"""What copyright lines say beside their holder, in many languages: ``describe/data/rights.json``.

A phrase is taken out of a line as a whole. Of one that is taken out word by word, those words stay that nobody thought
of, and look like a holder: ``reserved by law`` in a language whose ``all rights`` alone is known.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from provcheck import shipped
from provcheck.describe.outlets.names import fold, telling, words
from provcheck.patterns import late
from provcheck.writing import HANGUL, UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable

# no space parts a phrase from the name beside it
_UNSPACED = late(rf"[{UNSPACED}{HANGUL}]")

_PREFIX = "+"
"""The end of a phrase whose last letter is a preposition that is written with the word behind it."""

_LAM = "ل"
"""The Arabic one, which takes the first letter of the article ``ال`` away."""

_ARTICLE = "\u0627"

SHORTEST_WORD = 4
"""Letters of a word of a phrase that no name has; shorter ones are prepositions and the like."""


def end(text: str) -> int:
    """Where that begins in a line which stands behind the holder: what is forbidden, and who made the site.

    >>> end("Harbour Herald. Powered by Example")
    16
    """
    plain = fold(text)
    whole = [found.span() for found in _table()["reserved"].finditer(plain)]
    begins = (found.start() for found in _table()["rest"].finditer(plain))
    return next((at for at in begins if not any(left <= at < right for left, right in whole)), len(text))


def bare(text: str) -> str:
    """A text without its phrases on rights.

    >>> bare("All rights reserved by Harbour Herald").strip()
    'Harbour Herald'
    """
    for kind in ("reserved", "marks"):
        begin, kept = 0, ""
        for found in _table()[kind].finditer(fold(text)):
            kept += text[begin : found.start()] + _instead(found)
            begin = found.end()
        text = kept + text[begin:]
    return text


def _instead(found: re.Match[str]) -> str:
    """A space; and the letter that an Arabic article has lost to the preposition before it."""
    follows = found.string[found.end() : found.end() + 1]
    return f" {_ARTICLE}" if found[0].endswith(_LAM) and follows == _LAM else " "


def is_reserved(text: str) -> bool:
    """Whether a text says that rights are reserved, or what is forbidden.

    >>> is_reserved("Tüm hakları saklıdır"), is_reserved("Human rights")
    (True, False)
    """
    plain = fold(text)
    if not text.isascii() and any(sign in plain for sign in signs()):
        return bool(_table()["reserved"].search(plain) or _table()["forbidden"].search(plain))
    return not cues().isdisjoint(words(plain)) and bool(_table()["reserved"].search(plain))


def is_marked(text: str) -> bool:
    """Whether a text begins with the word for copyright.

    >>> is_marked("Telif hakkı 2024"), is_marked("No copyright")
    (True, False)
    """
    return bool(_table()["first"].match(fold(text)))


@lru_cache(maxsize=1)
def left() -> frozenset[str]:
    """The telling word of each phrase: what still holds one of them once the phrases are out is no holder."""
    found = _phrases("reserved") + _phrases("marks")
    return frozenset(word for word in _telling(found) if len(word) >= SHORTEST_WORD)


@lru_cache(maxsize=1)
def cues() -> frozenset[str]:
    """A word of each phrase that is written in words: what a copyright line holds, where it holds no sign."""
    return frozenset(_telling(phrase for phrase in _every() if not _UNSPACED.search(phrase)))


@lru_cache(maxsize=1)
def signs() -> tuple[str, ...]:
    """The same where a phrase may be part of a longer run of letters: how the others begin, each in one of these."""
    firsts = {fold(phrase.split()[0]) for phrase in _every() if _UNSPACED.search(phrase)}
    return tuple(sorted(first for first in firsts if not any(other in first for other in firsts - {first})))


def _telling(phrases: Iterable[str]) -> set[str]:
    return {telling(parts) for phrase in phrases if (parts := words(phrase.removesuffix(_PREFIX)))}


def _every() -> list[str]:
    return _phrases("reserved") + _phrases("marks") + [p for p in _phrases("rest") if _UNSPACED.search(p)]


def _phrases(kind: str) -> list[str]:
    return [phrase for found in _data()[kind].values() for phrase in found]


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, list[str]]]:
    data: dict[str, dict[str, list[str]]] = shipped.table("describe", "rights.json")
    return data


@lru_cache(maxsize=1)
def _table() -> dict[str, re.Pattern[str]]:
    """The patterns of all phrases, the longest first."""
    marks, rest = _phrases("marks"), _phrases("rest")
    return {
        "reserved": _pattern(_phrases("reserved")),
        "marks": _pattern(marks),
        "first": _pattern(marks, before=r"\W{0,3}"),
        "rest": _pattern(rest),
        "forbidden": _pattern([phrase for phrase in rest if _UNSPACED.search(phrase)]),
    }


def _pattern(phrases: Iterable[str], before: str = "") -> re.Pattern[str]:
    """The pattern of folded phrases: no letter stands beside them where words are parted."""
    ordered = sorted({fold(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    run_on = [_one(phrase) for phrase in ordered if _UNSPACED.search(phrase)]
    parted = [_one(phrase) for phrase in ordered if not _UNSPACED.search(phrase)]
    # A lookbehind within each branch would have each of them tried at each letter.
    either = [f"(?:{'|'.join(run_on)})"] * bool(run_on) + [rf"(?<!\w)(?:{'|'.join(parted)})"] * bool(parted)
    return re.compile(f"{before}(?:{'|'.join(either)})")


def _one(phrase: str) -> str:
    """The pattern of a folded phrase: any space between its words, and its end where that is no part of a name."""
    text = r"[\s\u200b\u200c]+".join(map(re.escape, phrase.removesuffix(_PREFIX).split()))
    return text if _UNSPACED.search(phrase) or phrase.endswith(_PREFIX) else rf"{text}(?!\w)"

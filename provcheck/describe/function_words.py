"""Languages that the model of n-grams does not know or hardly knows, told by their small words.

The press of Africa writes in Hausa, Yoruba, Igbo, Zulu, Xhosa, Oromo or Kinyarwanda, of which the model has read
nothing, and in Somali, Swahili or Malagasy, of which it has read little; the same holds of Uzbek, Javanese and
Sundanese. Any page has a few dozen words at every turn: *and*, *that*, *said*, *government*. Those words decide, where
three of them or more stand in the text, make up a part of it that names and quotations never do, and no language of
the table has half as many of its own (Grefenstette, *Comparing two language identification schemes*, 1995: small words
tell a language as well as n-grams do from some fifteen words on).

Neighbours without a code of two letters, or without a press, stand in the table so that they are not taken for the
language next to them: Northern Sotho is no Tswana. Where they win, nothing is said.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck import shipped
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping

FEWEST, FEWEST_OWN = 3, 2
"""Different words that must be there, and how many of them no other language of the table may have."""

SHARE = 0.08
"""The share of the text that the words make up at least; running text of Zulu, with its long words, has a tenth."""

_AHEAD = 2
"""How many times as many words of its own as the next language the first must have."""

_SURENESS = ((4, 0.97), (FEWEST, 0.9))
"""The confidence by the number of different words, measured on texts of 500 languages, most of them in no table."""

_WORD = late(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
# Tones are marked by some writers and left out by others, hooked letters are typed plain, and apostrophes have six
# forms; dots below stay, for they make other letters.
_TONES = dict.fromkeys((0x300, 0x301, 0x304))
_PLAIN = str.maketrans("ƙɗɓƴ", "kdby", "'’‘ʻʼ`´ʹ")


class Vote(NamedTuple):
    """The language that the words speak for, the confidence, and the next one.

    A language of three letters, or one that has no press, is None.
    """

    code: str | None
    confidence: float
    second: str | None


def vote(text: str) -> Vote | None:
    """The language whose function words the text has, or None where they do not decide.

    >>> vote("Gwamnan jihar ya ce za a gyara hanyar kafin damina, domin mutane suna shan wahala.")[:2]
    ('ha', 0.97)
    >>> vote("The governor of Kano said that the road will be repaired before the rains.") is None
    True
    """
    words = Counter(_WORD.findall(_folded(text)))
    table = _languages_of()
    hits, kinds, own = Counter[str](), Counter[str](), Counter[str]()
    for word in words.keys() & table.keys():
        codes = table[word]
        for code in codes:
            hits[code] += words[word]
            kinds[code] += 1
        if len(codes) == 1:
            own[codes[0]] += 1
    ranked = sorted(kinds, key=lambda code: (-kinds[code], -hits[code], code))
    if not ranked:
        return None
    best, rest = ranked[0], ranked[1:]
    if kinds[best] < FEWEST or own[best] < FEWEST_OWN or hits[best] < SHARE * words.total():
        return None
    if any(hits[code] >= hits[best] or _AHEAD * own[code] > own[best] for code in rest):
        return None
    named = [code if code in _tables()["languages"] else None for code in ranked[:2]]
    sure = next(confidence for least, confidence in _SURENESS if kinds[best] >= least)
    return Vote(named[0], sure, named[1] if rest else None)


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower()).translate(_TONES)
    return unicodedata.normalize("NFC", bare).translate(_PLAIN)


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    tables: dict[str, dict[str, str]] = shipped.table("describe", "function_words.json")
    return tables


@cache
def _languages_of() -> Mapping[str, tuple[str, ...]]:
    """The languages that have a word, for each word of the tables."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for table in _tables().values():
        for code, words in table.items():
            for word in set(_folded(words).split()):
                found[word].append(code)
    return {word: tuple(codes) for word, codes in found.items()}

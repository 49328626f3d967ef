"""Names of outlets as keys: what is the same name, whatever its case, accents, hyphens and spaces.

A page writes its name in many ways (``DIE PRESSE``, ``Die Presse``, ``diepresse.com``), and a gazetteer can only list
some of them. Comparing words without case and accents joins most of the rest.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORDS = re.compile(r"[^\W_]+")
"""Words of any script: letters and digits, without hyphens, dots and apostrophes."""

# Han, kana and Hangul are written without spaces between a name and what follows it.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

ARTICLES = frozenset(
    "the der die das den dem des le la les el los las il lo i gli o os a as de het der an al the's l d".split()
)
"""Articles that begin names in the languages of the gazetteer; a name without its article is the same name."""


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """A word without case and without the marks of Latin letters.

    >>> fold("País"), fold("ÖSTERREICH"), fold("Правда")
    ('pais', 'osterreich', 'правда')
    """
    low = word.lower()
    if low.isascii():
        return low
    plain = unicodedata.normalize("NFKD", low)
    return "".join(ch for ch in plain if not "\u0300" <= ch <= "\u036f").replace("ı", "i")


def words(text: str) -> list[str]:
    """The folded words of a text.

    >>> words("Tages-Anzeiger App")
    ['tages', 'anzeiger', 'app']
    """
    return [fold(word) for word in WORDS.findall(text)]


def key(name: str) -> str:
    """What two spellings of one name share: their folded words, without a leading article.

    >>> key("The Daily Mirror") == key("DAILY MIRROR")
    True
    """
    parts = words(name)
    if len(parts) > 1 and parts[0] in ARTICLES:
        parts = parts[1:]
    return " ".join(parts)


def squash(name: str) -> str:
    """The name as a domain would write it.

    >>> squash("Lesotho Times")
    'lesothotimes'
    """
    return "".join(words(name))

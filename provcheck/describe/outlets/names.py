"""Names of outlets as keys: what is the same name, whatever its case, accents, hyphens and spaces.

A page writes its name in many ways (``DIE PRESSE``, ``Die Presse``, ``diepresse.com``), and a gazetteer can only list
some of them. Comparing words without case and accents joins most of the rest.
"""

from __future__ import annotations

from provcheck.describe import letters
from provcheck.patterns import late
from provcheck.writing import VOWELS

# letters and digits with vowel signs between them, or signs that stand first
WORDS = late(rf"[^\W_]+(?:[{VOWELS}]+[^\W_]*)*|(?:[{VOWELS}]+[^\W_]*)+")
"""Words of any script: letters, vowel signs and digits, without hyphens, dots and apostrophes."""

UNSPACED = late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Han, kana and Hangul, which are written without spaces between a name and what follows it."""

ARTICLES = {
    "en": ("the",), "de": ("der", "die", "das"), "fr": ("le", "la", "les", "l"), "es": ("el", "la", "los", "las"),
    "it": ("il", "la", "lo", "i", "l"), "pt": ("o", "a", "os", "as"), "nl": ("de", "het"), "ca": ("el", "la"),
    "lb": ("de", "d"), "el": ("η", "το", "τα", "ο"), "gl": ("o", "a"),
}  # fmt: skip
"""Articles that begin names, by language; a name without its article is the same name."""

_ANY_ARTICLE = frozenset(
    ["the", "der", "die", "das", "le", "la", "les", "el", "los", "las", "il", "lo", "het", "de", "o"]
)


def fold(text: str) -> str:
    """A text without case and without the marks of letters, character for character.

    >>> fold("País"), fold("ÖSTERREICH"), fold("Правда")
    ('pais', 'osterreich', 'правда')
    """
    return text.lower() if text.isascii() else text.translate(letters.folds())


def words(text: str) -> list[str]:
    """The folded words of a text: what `WORDS` finds in it once it is folded, by a table, which is faster.

    >>> words("Tages-Anzeiger App")
    ['tages', 'anzeiger', 'app']
    """
    shown = text.translate(letters.words())
    return (letters.far(shown) if letters.BEYOND.search(shown) else shown).split()


def key(name: str) -> str:
    """What two spellings of one name share: their folded words, without a leading article.

    >>> key("The Daily Mirror") == key("DAILY MIRROR")
    True
    """
    parts = words(name)
    if len(parts) > 1 and parts[0] in _ANY_ARTICLE:
        parts = parts[1:]
    return " ".join(parts)


def squash(name: str) -> str:
    """The name as a domain would write it.

    >>> squash("Lesotho Times")
    'lesothotimes'
    """
    return "".join(words(name))


def telling(parts: list[str]) -> str:
    """The longest of the words of a name, the last of several, in small letters: the rarest as a rule.

    >>> telling(["la", "nacion"]), telling(["the", "sun"])
    ('nacion', 'sun')
    """
    return fold(max(reversed(parts), key=len, default="").lower())

"""What the scripts of the press write words and sentences with: vowel signs, full stops, closing marks, capitals.

Python's ``\\w`` knows no vowel signs, so words in Hindi, Burmese or Khmer fall to pieces; ``str.islower`` is true for
every word in Georgian, which writes no capitals; and lists of full stops grow apart where each module has its own.
"""

from __future__ import annotations

VOWELS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u074a\u07a6-\u07b0\u07eb-\u07f3\u07fd\u0816-\u082d\u0859-\u085b"
    r"\u0898-\u08e1\u08e3-\u0963\u0981-\u0983\u09bc-\u09c4\u09c7\u09c8\u09cb-\u09cd\u09d7\u09e2\u09e3\u09fe"
    r"\u0a01-\u0a03\u0a3c\u0a3e-\u0a42\u0a47\u0a48\u0a4b-\u0a4d\u0a51\u0a70-\u0a75\u0a81-\u0a83\u0abc-\u0ac5"
    r"\u0ac7-\u0ac9\u0acb-\u0acd\u0ae2\u0ae3\u0afa-\u0aff\u0b01-\u0b03\u0b3c-\u0b44\u0b47\u0b48\u0b4b-\u0b4d"
    r"\u0b55-\u0b57\u0b62\u0b63\u0b82\u0bbe-\u0bc2\u0bc6-\u0bc8\u0bca-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c-\u0c44"
    r"\u0c46-\u0c48\u0c4a-\u0c4d\u0c55\u0c56\u0c62\u0c63\u0c81-\u0c83\u0cbc-\u0cc4\u0cc6-\u0cc8\u0cca-\u0ccd"
    r"\u0cd5\u0cd6\u0ce2\u0ce3\u0d00-\u0d03\u0d3b-\u0d44\u0d46-\u0d48\u0d4a-\u0d4d\u0d57\u0d62\u0d63\u0d81-\u0d83"
    r"\u0dca\u0dcf-\u0dd4\u0dd6\u0dd8-\u0ddf\u0df2\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd"
    r"\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f84\u0f86-\u0f97\u0f99-\u0fbc\u0fc6\u102b-\u103e"
    r"\u1056-\u108f\u109a-\u109d\u135d-\u135f\u1712-\u1715\u1732-\u1734\u1752\u1753\u1772\u1773\u17b4-\u17d3\u17dd"
    r"\u180b-\u180d\u180f\u1885-\u18a9\u1920-\u192b\u1930-\u193b\u1a17-\u1a1b\u1a55-\u1a5e\u1a60-\u1a7c\u1a7f"
    r"\u1ab0-\u1abd\u1abf-\u1ace\u1b00-\u1b44\u1b6b-\u1b73\u1b80-\u1bad\u1be6-\u1bf3\u1c24-\u1c37\u1cd0-\u1cd2"
    r"\u1cd4-\u1cf9\u1dc0-\u1dff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f\ua674-\ua67d"
    r"\ua69e\ua69f\ua6f0\ua6f1\ua802-\ua827\ua82c\ua880-\ua8c5\ua8e0-\ua8f1\ua8ff\ua926-\ua92d\ua947-\ua953"
    r"\ua980-\ua9c0\ua9e5\uaa29-\uaa36\uaa43-\uaa4d\uaa7b-\uaac1\uaaeb-\uaaef\uaaf5\uaaf6\uabe3-\uabea\uabec\uabed"
    r"\ufb1e\ufe20-\ufe2f"
)
"""For a class in a pattern: the signs that are parts of words, and letters between them.

They are Unicode's marks that take up a place of their own or none (Mn and Mc), but for those that choose between two
pictures of a sign and those that are set on symbols.
"""

UNSPACED = r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""For a class in a pattern: the scripts that set no space between words: Thai, Lao, Tibetan, Burmese, Khmer, kana, Han.

Korean sets spaces, but writes particles onto the word before them.
"""

HANGUL = r"\uac00-\ud7af"
"""For a class in a pattern: the syllables of Korean."""

JOINERS = r"\u200c\u200d"
"""For a class in a pattern: what parts and joins letters inside a word in Persian, Sinhala and Malayalam."""

STOPS = ".!?。！？．｡؟۔।॥։՜՞።፧፨‽⁇⁈⁉⸮჻။၊។៕༎།᠃᠉꓿܀"
"""Marks that end a sentence, over all scripts; see `DOUBLED` for one more."""

TIGHT = "。！？｡।॥։።፧፨။។៕༎꓿"
"""Those of them that end a sentence wherever they stand: no space need follow, and no abbreviation has them."""

DOUBLED = "፡፡"
"""Two word dividers of Ethiopic: most Amharic pages type the full stop so."""

QUOTES = "\"'”’»“‘«›‹」』〉》"
"""Marks that close what is quoted, in one language or another."""

CLOSERS = QUOTES + ")]}）】〕*_~"
"""What may follow the last full stop of a sentence."""

_CASELESS = ("\u10d0", "\u10ff")
"""Georgian letters: Unicode gives them capitals, which nobody writes."""


def has_case(letter: str) -> bool:
    """Whether a letter belongs to a script that writes names and sentences with capitals.

    >>> has_case("a"), has_case("Ж"), has_case("ა"), has_case("あ"), has_case("1")
    (True, True, False, False, False)
    """
    return letter.lower() != letter.upper() and not _CASELESS[0] <= letter <= _CASELESS[1]


def is_small(letter: str) -> bool:
    """Whether a letter is a small one, of a script that has capitals as well; false for no letter.

    >>> is_small("a"), is_small("A"), is_small("ა"), is_small("")
    (True, False, False, False)
    """
    return letter.islower() and not _CASELESS[0] <= letter <= _CASELESS[1]


def ends_sentence(line: str) -> bool:
    """Whether a line ends in a full stop, perhaps with closing marks behind it.

    >>> [ends_sentence(line) for line in ("He left.", "„Er ging.“", "He said: ‘no’", "ሄደ፡፡", "သွားသည်။")]
    [True, True, False, True, True]
    """
    bare = line.rstrip(CLOSERS)
    return bare[-1:] in _STOPS or bare.endswith(DOUBLED)


_STOPS = frozenset(STOPS + "…")

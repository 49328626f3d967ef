"""Scripts: which language a text is in where its letters alone tell.

The table covers scripts that one language of today's press writes (Unicode block names, Unicode 15.1); Han with kana
is Japanese and without is Chinese. Latin, Cyrillic, Arabic, Devanagari and Bengali letters are shared by many
languages, and Hebrew ones by two, so they decide nothing here.
"""

from __future__ import annotations

from provcheck.patterns import late

_OWN = (
    ("ko", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),  # Hangul
    ("el", "\u0370-\u03ff\u1f00-\u1fff"),  # Greek
    ("th", "\u0e00-\u0e7f"),
    ("ka", "\u10a0-\u10ff\u1c90-\u1cbf"),  # Georgian
    ("hy", "\u0530-\u058f"),  # Armenian
    ("km", "\u1780-\u17ff"),  # Khmer
    ("lo", "\u0e80-\u0eff"),
    ("my", "\u1000-\u109f"),  # Burmese
    ("si", "\u0d80-\u0dff"),  # Sinhala
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("kn", "\u0c80-\u0cff"),
    ("ml", "\u0d00-\u0d7f"),
    ("gu", "\u0a80-\u0aff"),
    ("pa", "\u0a00-\u0a7f"),  # Gurmukhi
    ("or", "\u0b00-\u0b7f"),
    ("dv", "\u0780-\u07bf"),  # Thaana
    ("am", "\u1200-\u137f"),  # Ethiopic; words tell Tigrinya from Amharic
    ("ja", "\u3041-\u30fa\u30fc-\u30ff"),  # kana, without the middle dot that Chinese uses in foreign names
    ("zh", "\u3400-\u4dbf\u4e00-\u9fff"),  # Han, where there is no kana
)
_SPLIT = late("|".join(f"([{block}])" for _, block in _OWN))
_ANY = late("[" + "".join(block for _, block in _OWN) + "]")
_LETTER = late(r"[^\W\d_]")

LEAST = 4
"""Letters that must be there: one Greek letter is a formula, and one ideograph a brand."""

KANA_SHARE = 0.08
"""Kana among kana and Han from which on a text is Japanese: below, a Chinese text quotes a Japanese name."""


def language_of_script(text: str) -> str | None:
    """The ISO 639-1 code of the language whose own script most of the letters belong to, or None.

    >>> language_of_script("東京で会議が開かれた"), language_of_script("北京召开会议"), language_of_script("Москва")
    ('ja', 'zh', None)
    """
    if not _ANY.search(text):
        return None
    counts = [0] * (len(_OWN) + 1)
    for found in _SPLIT.finditer(text):
        counts[found.lastindex or 0] += 1
    kana, han = counts[-2], counts[-1]
    if kana and kana >= KANA_SHARE * (kana + han):
        counts[-2], counts[-1] = kana + han, 0
    best = max(range(1, len(counts)), key=counts.__getitem__)
    # Scripts without spaces say more with a letter, so half as many letters as all others together are enough.
    others = len(_LETTER.findall(text)) - counts[best]
    return _OWN[best - 1][0] if counts[best] >= LEAST and counts[best] * 2 > others else None


def letters(text: str, enough: int) -> int:
    """How many letters the text has, counted no further than `enough`.

    >>> letters("12 Uhr", 20), letters("Guten Abend", 5)
    (3, 5)
    """
    count = 0
    for _ in _LETTER.finditer(text):
        count += 1
        if count >= enough:
            break
    return count

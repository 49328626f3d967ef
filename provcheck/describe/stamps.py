"""Lines that are the date of an article, or hold one, as pages print it beside the headline or the author."""

from __future__ import annotations

import re

from provcheck.patterns import late

LONGEST = 100
"""Longest line, in characters, that can be one."""

# The date of an article as pages print it below the author: a day with its year, a clock, or a word for published.
_DIGIT = late(r"\d")
_WHEN = late(
    r"\d{1,2}[:.hH]\d{2}\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b"
    r"|\b\d{1,2}\.?\s(?:de\s)?\w{3,12}\.?,?\s(?:de\s)?\d{4}\b|\w{3,12}\.?\s\d{1,2},?\s\d{4}\b"
)
_STAMP = late(
    r"\d{1,2}[:.hH]\d{2}\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b"
    r"|\b(?:19|20|١٩|٢٠|۱۳|۱۴|۱۹|۲۰|१९|२०|১৯|২০|၁၉|၂၀|๒๕)\d{2}(?!\d)"  # a year in the digits of several scripts
)
_STAMPED = late(
    r"\W*(?:published|updated|posted|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato"
    r"|publiziert|veröffentlicht|aktualisiert|publicerad|uppdaterad|publisert|oppdatert|offentliggjort|opdateret"
    r"|julkaistu|opublikowano|publikováno|gepubliceerd|опубликовано|опубліковано)\b",
    re.IGNORECASE,
)


def is_stamp(line: str) -> bool:
    """Whether a line is the date of an article as pages print it beside the author.

    >>> is_stamp("5 May 2024, 10:15"), is_stamp("Published yesterday"), is_stamp("May follows April")
    (True, True, False)
    """
    return len(line) <= LONGEST and bool((_DIGIT.search(line) and _STAMP.search(line)) or _STAMPED.match(line))


def says_when(text: str) -> bool:
    """Whether a text holds a clock, a date in digits, or a day with its month and year; a year alone says too little.

    >>> says_when("at 10:15"), says_when("5. Mai 2024"), says_when("Grand Prix 2021")
    (True, True, False)
    """
    return _DIGIT.search(text) is not None and _WHEN.search(text) is not None

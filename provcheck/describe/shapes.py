"""What a line looks like that could be a headline: its length, marks, words and end, in signs with one value each."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from provcheck.describe.letters import alphabetic, decimal
from provcheck.patterns import late
from provcheck.writing import CLOSERS, DOUBLED, HANGUL, TIGHT, UNSPACED, VOWELS, is_small

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SHORTEST, LONGEST = 12, 220
"""Length of a headline in characters; in scripts without spaces a third of `SHORTEST`."""

BULLETS = frozenset("•·▪●◦‣*>–-")
MARKS = BULLETS | frozenset("#0123456789")
_BLANK = " \t"
_FULL = TIGHT.replace("！？", "")
_STOPS = frozenset(_FULL + ".۔፡")
"""What ends a sentence that states something; headlines ask and exclaim as well."""
MARK = late(
    r"(?:[•·▪●◦‣*>–-]|\d{1,2}[.)]|#{1,6})"  # a bullet, a number in a list, or a heading's mark in Markdown
    r"[ \t]+"  # apart from the text
)
LETTERS = 4
"""Letters of a word that counts: shorter ones are mostly articles and prepositions."""

DIGITS = 2
"""Digits of a number that counts."""

STEM = 6
"""Letters of a word that count: what follows is mostly its ending."""

_DENSE = late(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_PAIRED = late(rf"[{UNSPACED}{HANGUL}]")
_PAIR = late(rf"(?=([{UNSPACED}{HANGUL}]{{2}}))")
"""Pairs of letters where words are not parted, or, in Korean, run on into their particles."""

_DATE = late(
    r"(?<!\d)(?:19|20)\d\d(?!\d)"  # a year
    r"|\d{1,2}[:.h]\d\d\b"  # a time, or the beginning of 6.01.
    r"|\d{1,2}[./-]\d{1,2}[./-]\d\d"  # a date in digits
    r"|\d月|\d일"  # a Japanese, Chinese or Korean date
    r"|\b\d+ (?:min|hour|hr|day|Minute|Stunde|heure)"  # 5 minutes ago, 3 min read
)
_DIGIT = late(r"\d")
_VOWEL = late(rf"[{VOWELS}]")
_LETTERS = late(rf"[^\W\d_](?:[^\W\d_]|[{VOWELS}])")
_BYLINES = (
    "by|von|par|por|di|door|av|af|autor|autore|author|text|foto|photo|bild|przez|reported|written|story|opinion by|"
    "yazan|oleh|tekst|szerző|kirjoittaja|автор|текст|от|από|बाय|द्वारा|記者|取材"
)
BYLINE = late(rf"(?:{_BYLINES})\b[ :]", re.IGNORECASE)
# a word for a picture before whose it is: "Photo: Ann Lee", "(Foto Ann Lee)", "Image credit: X"
CREDIT = late(
    r"(?i)(?:\b(?:photo|fotos?|foto|image|picture|picha|bild|kuva|zdjęcie|fot|photographe?|fotografia|imagen|immagine|credit"
    r"|crédit|courtesy|llun|grianghraf|argazkia|fotó|nuotr|ljósm)|[-\s]mynd|фото|снимка|φωτ[οό]|ảnh|तस्वीर|ছবি|صورة|عکس|תמונה|צילום)"
    r"(?:\.|\s?credit)?\s?[:/©]|\((?:photo|foto|image|picture|bild)\b"
)
_BYLINE_STARTS = frozenset(word[:2] for word in _BYLINES.split("|"))

_INSIDE = late(rf"[^\W\d_]{{3}}\.\s+[^\W\d_]|[{_FULL}].|{DOUBLED}.")
"""A sentence that ends inside a line."""

_FIGURE = late(r"[\d(]")
_PARTED = late(r"[:–—-] |[!?»“]")
"""What parts a headline from its kicker, a question from its answer, a quotation from its speaker."""


def bare_of(line: str) -> str:
    """The line without a list mark.

    >>> bare_of("2. Second"), bare_of("• Point")
    ('Second', 'Point')
    """
    first = line[:1]
    if first not in MARKS:
        return line
    if first in BULLETS:
        return line[1:].lstrip(_BLANK) if line[1:2] and line[1] in _BLANK else line
    mark = MARK.match(line)
    return line[mark.end() :] if mark else line


def words(text: str) -> set[str]:
    """The words that carry meaning, in lower case; pairs of letters in scripts without spaces.

    >>> sorted(words("The bridge is closed, 2024."))
    ['2024', 'bridge', 'closed']
    """
    return words_of([text.replace("\n", " ")])[0]


def words_of(texts: Sequence[str]) -> list[set[str]]:
    """The same of several lines at once, which is faster.

    The words are the first letters of what the patterns ``[^\\W\\d_]{4,}``, with vowel signs among the letters, and
    ``\\d{2,}`` find.
    """
    joined = "\n".join(texts).lower()
    rows = zip(texts, alphabetic(joined).split("\n"), decimal(joined).split("\n"), strict=False)
    found = []
    for text, letters, digits in rows:
        own = {word[:STEM] for word in letters.split() if len(word) >= LETTERS}
        own.update([number[:STEM] for number in digits.split() if len(number) >= DIGITS])
        own |= pairs(text)
        found.append(own)
    return found


def pairs(text: str) -> set[str]:
    """The pairs of letters of a text where words are not parted; none in other scripts.

    >>> sorted(pairs("閉鎖へ old")), pairs("Old bridge")
    (['鎖へ', '閉鎖'], set())
    """
    return set() if text.isascii() or not _PAIRED.search(text) else set(_PAIR.findall(text))


def bucket(*limits: float) -> Callable[[float], str]:
    """A function that names the greatest limit not above a value, or ``<`` below all."""
    names = ("<", *map(str, limits))
    return lambda value: names[bisect_right(limits, value)]


STEPS = bucket(0, 1, 2, 3, 4, 6, 9, 14, 25, 60)
RANKS = bucket(0, 1, 2, 4, 8, 20, 60)
COUNTS = bucket(0, 1, 2, 3, 4, 6, 9)
SHARES = bucket(0, 0.01, 0.2, 0.4, 0.6, 0.8, 1)
TIMES = bucket(1, 2, 3, 4)
_OPENING = bucket(40, 60, 75, 90, 110)
_SMALL = bucket(0.01, 0.15, 0.25, 0.35, 0.45)
_WORDS = bucket(2, 3, 4, 5, 7, 10, 15, 20, 26)


def is_byline(line: str) -> bool:
    """Whether the line begins with a word that bylines begin with.

    >>> is_byline("By Ann Lee"), is_byline("Bypass closed")
    (True, False)
    """
    return line[:2].lower() in _BYLINE_STARTS and bool(BYLINE.match(line))


def is_credit(line: str) -> bool:
    """Whether the line says whose picture it speaks of.

    >>> is_credit("The old bridge. Photo: Ann Lee"), is_credit("Photo shows old bridge")
    (True, False)
    """
    return (":" in line or "/" in line or "(" in line) and CREDIT.search(line) is not None


def _is_page(line: str) -> bool:
    """Whether the line holds what headlines do not: an address, a copyright, the bar before a site's name."""
    return "@" in line or "©" in line or "|" in line or "www." in line or "http:" in line or "https:" in line


def dated(line: str) -> bool:
    """Whether the line holds a date, a time or an age.

    >>> dated("Monday, 3 May 2021"), dated("Room 12")
    (True, False)
    """
    return bool(_DIGIT.search(line) and _DATE.search(line))


def shaped(line: str) -> bool:
    """Whether the line has the length of a headline, and more than a word or a date in figures.

    >>> shaped("Old bridge closes"), shaped("Bridge"), shaped("20/1/2026 18:30")
    (True, False, False)
    """
    size = len(line)
    if size > LONGEST or size * 3 < SHORTEST:
        return False
    if size >= SHORTEST and " " in line:
        return bool(_LETTERS.search(line))
    return not line.isascii() and bool(_DENSE.search(line))


def shape(line: str, bare: str) -> Mapping[str, str]:
    """Signs of the line alone."""
    split = bare.split()
    count = len(split)
    if not bare.isascii() and (dense := len(_DENSE.findall(bare))) > 4:
        count = max(count, dense * 2 // 5)
    end = bare[-1]
    signs = {
        "listed": "n" if line == bare else "number" if line[0].isdigit() else "mark",
        "dated": "y" if dated(bare) else "n",
        "mark": "byline" if is_byline(bare) else "sign" if _is_page(bare) else "credit" if is_credit(bare) else "n",
        "case": "mixed",
        "words": _WORDS(count),
        "small": _SMALL(sum([len(word) < 4 for word in split]) / len(split)),
        "end": "word"
        if end.isalnum() or _VOWEL.match(end)
        else "."
        if end in _STOPS
        else end
        if end in ',:;?!…"»”)'
        else "other",
    }
    if bare.isupper():
        signs["case"] = "upper"
    elif is_small(bare[0]):
        signs["case"] = "lower"
    elif count < 5 and all(word[0].isupper() for word in split):
        signs["case"] = "names"
    return signs


def is_name(bare: str) -> bool:
    """Whether the line could be no more than the name of a person: two to four words, all with a capital.

    >>> is_name("Ann van Example"), is_name("Old Mill Burns: 3 Hurt"), is_name("Bridge closed")
    (False, False, False)
    """
    split = bare.split()
    return 2 <= len(split) <= 4 and all(word[0].isupper() for word in split) and not _FIGURE.search(bare)


def opening(bare: str) -> str:
    """How long the first line of a text without a page around it is: there a lead looks like a headline.

    >>> opening("Bridge closed"), opening("Closed. For good")
    ('<', 'sentence')
    """
    if bare.rstrip(CLOSERS)[-1:] in _STOPS or bare.startswith(("...", "…")):
        return "sentence"
    if is_small(bare[0]) or _INSIDE.search(bare):
        return "sentence"
    return _OPENING(len(bare) * (2.5 if not bare.isascii() and _DENSE.search(bare) else 1))


def opening_signs(bare: str) -> dict[str, str]:
    """Signs of such a line: its length, how many of its words have a capital, and what parts it.

    >>> opening_signs("Old Mill Burns: 3 Hurt")
    {'opens': '<', 'caps': '0.8', 'comma': 'n', 'figure': 'y', 'parted': 'y'}
    """
    split = bare.split()
    return {
        "opens": opening(bare),
        "caps": SHARES(sum([word[0].isupper() for word in split]) / len(split)),
        "comma": "ny"["," in bare],
        "figure": "ny"[bool(_FIGURE.search(bare))],
        "parted": "ny"[bool(_PARTED.search(bare))],
    }

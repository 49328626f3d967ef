"""The lines above an article that have no label but a fixed place, in what databases set for people to read.

Nexis sets the paper above the day, with the headline above or below both. Factiva, where it shows no codes, sets the
number of words, the day, perhaps the hour, the paper, its code and the rights below headline and author, a line each.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from provcheck import shipped
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

ABOVE = 6
"""Filled lines from the top among which the day is looked for."""

NAME = 60
"""Characters of the longest name of a paper, with its place."""

TITLE = 250
"""Characters of the longest headline."""

FURNITURE = 7
"""Lines behind the paper's code at most: page, edition, language, rights."""

NAMES = 8
"""Words of the longest line that says who wrote an article."""

PLAIN = 5
"""Letters from which on a word in a headline in capitals has one too."""

BY = frozenset(("by", "von", "par", "por", "di", "door", "av", "af", "przez"))
SMALL = frozenset(
    ("and", "und", "et", "y", "e", "en", "i", "&", "de", "da", "di", "del", "van", "von", "der", "den", "la")
)
"""Words before the names of authors, and small ones between names and in them."""

_LINE = late(r"[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+\Z")
_DAY = late(r"(?=.*\b(?:19|20)\d\d\b)(?=.*\b\d{1,2}\b)[\w ,.\-/|ºª年月日년월일]{6,60}")
_WORDS = late(r"\d[\d.,]{0,6} ?(?:words?|Wörter|Worte|mots|palabras|parole|woorden|palavras|ord|słów|слов\w{0,2}|字)")
_HOUR = late(r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[A-Za-z.]{2,5}){0,2}")
_AT = late(r"\s\d{1,2}[:.]\d\d(?: ?[A-Za-z.]{2,5}){0,2}$")
_CODE = late(r"[A-Z][A-Z0-9]{2,9}")
# The foot of the page before, where an export was made by way of a printer.
_PAGE = late(r"(?:Page|Seite|Página|Pagina|Strona|Sida|Side) \d+ (?:of|von|de|di|sur|van|z|av|af) \d+\b")
_RIGHTS = late(r"copyright|©|\(c\)", re.IGNORECASE)


def lines_of(text: str) -> list[str]:
    """The lines with their ends, as editors count them: `str.splitlines` knows ends that are none in old encodings."""
    return _LINE.findall(text)


def end_of(line: str) -> str:
    """Nothing but the end of a line: what is left of one whose words are a field."""
    return line[len(line.rstrip("\r\n")) :]


def is_day(line: str) -> bool:
    """Tell whether a line is a day with its year, perhaps with the weekday or the edition, and nothing else.

    >>> is_day("March 12, 2024 Tuesday"), is_day("Dienstag 5. September 2023"), is_day("Budget 2024: 12 cuts")
    (True, True, False)
    """
    day = _AT.sub("", line)
    return _DAY.fullmatch(day) is not None and len(day.split()) <= 8


def above(lines: Sequence[str]) -> tuple[dict[str, str], list[int]]:
    """The day that stands alone near the top of the lines, the paper above it, and the headline around them.

    And the rows of paper and day, which are no part of the text.

    >>> above(["Bridge closes", "The Gazette", "March 12, 2024 Tuesday", "Copyright 2024 The Gazette"])
    ({'outlet': 'The Gazette', 'date': 'March 12, 2024 Tuesday', 'title': 'Bridge closes'}, [1, 2])
    >>> above(["   The Gazette", "", "  March 12, 2024 Tuesday", "     Final Edition", "", "Bridge closes"])[0]["title"]
    'Bridge closes'
    """
    rows = [row for row, line in enumerate(lines) if line.strip() and not _PAGE.match(line.strip())]
    filled = [lines[row].strip() for row in rows]
    for place, (paper, day) in enumerate(pairwise(filled[:ABOVE])):
        if is_day(day) and len(paper) <= NAME and not is_day(paper):
            # Below the day, what is set in the middle is the edition.
            below = [row for row in rows[place + 2 :] if not lines[row][:1].isspace()]
            own = [row for n, row in enumerate(below) if row - below[0] == n]
            over = [row for n, row in enumerate(rows[:place]) if rows[place] - row == place - n] or rows[:place][-1:]
            title = " ".join([lines[row].strip() for row in (over if place else own)])
            told = {"outlet": paper, "date": day} | ({"title": title} if 0 < len(title) <= TITLE else {})
            return told, rows[place : place + 2]
    return {}, []


@cache
def _languages() -> frozenset[str]:
    """The names of languages, without the codes of two and three letters, which are words as well."""
    names = (name for line in shipped.table("describe", "languages.json").values() for name in line.split(" | "))
    return frozenset(name for name in names if len(name) > 3 or not name.isascii())


def _author(line: str) -> str:
    """Who wrote an article, without the word before the name; it stays where it may be a part of it.

    >>> _author("By Ann Bee"), _author("Von Trapp"), _author("Von der Au, Ann")
    ('Ann Bee', 'Von Trapp', 'Von der Au, Ann')
    """
    first, _, rest = line.partition(" ")
    word = first.casefold()
    led = word in BY and rest[:1].isupper() and (word not in SMALL or " " in rest)
    return rest if led else line


def _is_byline(line: str, above: str) -> bool:
    """Tell whether a line right below a headline says who wrote it, and does not go on with the headline.

    >>> _is_byline("Ann Bee", "Ferry line returns after two winters"), _is_byline("By Cy Dee", "Rain")
    (True, True)
    >>> _is_byline("After Two Winters", "Ferry Line Returns to the Harbour")
    False
    """
    words = line.split()
    called = words[0].casefold() in BY
    named = [word for word in words[called:] if word not in SMALL]
    if not named or len(words) > NAMES or not all(word[0].isupper() for word in named) or re.search(r"\d", line):
        return False
    # Names alone are told from the second line of a headline in capitals only below one that is not in capitals.
    return called or (len(named) > 1 and any(len(word) >= PLAIN and word[0].islower() for word in above.split()))


def record(text: str) -> dict[str, str] | None:
    """The fields of an article as Factiva shows it, and its text with empty lines for them; None for any other.

    >>> record("Bridge closes\\n9 words\\n3 May 2024\\nThe Gazette\\nGAZ\\nEnglish\\n(c) 2024\\n\\nIt does.")["outlet"]
    'The Gazette'
    """
    lines = lines_of(text)
    filled = [row for row, line in enumerate(lines[:99]) if line.strip() and not _PAGE.match(line.strip())]
    bare = [lines[row].strip() for row in filled]
    at = next((place for place, line in enumerate(bare[: ABOVE * 2]) if _WORDS.fullmatch(line)), -1)
    if at < 1 or not is_day("".join(bare[at + 1 : at + 2])):
        return None
    timed = _HOUR.fullmatch("".join(bare[at + 2 : at + 3])) is not None
    name = at + 2 + timed
    if name + 1 >= len(bare) or not _CODE.fullmatch(bare[name + 1]) or len(bare[name]) > NAME:
        return None
    end = next((n for n in range(name + 2, min(len(bare), name + 2 + FURNITURE)) if _RIGHTS.match(bare[n])), name + 1)
    found = {"words": bare[at], "date": bare[at + 1], "outlet": bare[name], "source_code": bare[name + 1]}
    found |= {"time": bare[at + 2]} if timed else {}
    found |= {"rights": bare[end]} if end > name + 1 else {}
    spoken = next((n for n in range(name + 2, end) if bare[n].casefold() in _languages()), end)
    found |= {"language": bare[spoken]} if spoken < end else {}
    page = " · ".join(bare[name + 2 : spoken] + bare[spoken + 1 : end])
    found |= {"page": page} if page else {}
    # The headline ends the first lines that stand together; between it and the words stands who wrote it. Where all
    # lines stand apart, as the paragraphs of a Word file do, that says nothing.
    spaced = all(other - row > 1 for row, other in pairwise(filled[: name + 1]))
    head = next((n for n, (row, other) in enumerate(pairwise(filled[:at]), 1) if other - row > 1 and not spaced), at)
    head -= head == at > 1 and _is_byline(bare[at - 1], bare[at - 2])
    found |= {"title": bare[head - 1]} | ({"author": _author(bare[at - 1])} if at - head == 1 else {})
    for row in filled[at : end + 1]:
        lines[row] = end_of(lines[row])
    return {**found, "text": "".join(lines)}

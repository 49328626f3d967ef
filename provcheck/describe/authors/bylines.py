"""The parts of a byline: the words that it begins with, names, roles behind them, the date beside it.

Names are told by their shape: words with capitals, small ones between them (*van*, *de la*), several in a row. What
converters glue to a name (``MusterKorrespondent``, ``Muster05.05.2024``) is taken off again.
"""

from __future__ import annotations

import re
from functools import lru_cache

from provcheck import shipped
from provcheck.describe.authors.given_names import begins_with_one
from provcheck.describe.dates import lexicon
from provcheck.describe.gazetteer import is_agency, is_place
from provcheck.describe.outlets import gazetteer
from provcheck.describe.outlets.clue import is_paper
from provcheck.patterns import late
from provcheck.writing import JOINERS, VOWELS

LONGEST = 100
"""Longest line, in characters, that can be a byline."""

# One word of a name: a capital or a letter without case, then letters, vowel signs, apostrophes, dots of initials and
# hyphens.
_WORD = rf"(?:[^\W\d_a-zß-öø-ÿа-џα-ωա-ֆ][\w.'’{VOWELS}{JOINERS}-]*)"
_INITIAL = rf"[^\W\d_a-zß-öø-ÿа-џα-ωա-ֆ]\.[^\W\d_a-zß-öø-ÿа-џα-ωա-ֆ][^\W\d_.](?:[^\W\d_]|[{VOWELS}])+"
_PARTICLES = frozenset((
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "la", "le", "el", "al", "bin",
    "bint", "ibn", "ben", "af", "av", "zu", "zur", "ter", "ten", "y", "e",
))  # fmt: skip
_SMALL = rf"(?:{'|'.join(sorted(_PARTICLES))})"
# Thai, Lao, Burmese and Khmer part no words: a name may be one run of letters.
_RUN_ON = r"[\u0e01-\u0e4e\u0e81-\u0ecd\u1000-\u1049\u1050-\u109f\u1780-\u17d3]{4,40}"
# Two words or more; or one behind an initial, as in Mongolia: Г.Мөнхзул.
_NAME = rf"(?:{_WORD}(?:\s(?:{_SMALL}\s){{0,3}}{_WORD}){{1,3}}|{_INITIAL}|{_RUN_ON})"
# Names in a row: "A B, C D and E F".
AND = r"(?:\s*,\s*|\s+(?:and|und|et|y|e|ed|en|og|och|i|и|ve|dan|ja|a)\s+|\s*(?:&|/|;)\s*)"
NAMES = late(rf"(?P<names>{_NAME}(?:{AND}{_NAME}){{0,5}})")
# What may follow the names: a place, a date, a clock, an outlet, after a separator.
REST = late(
    r"\s*(?:$|[,，、|｜•·–—/／(（@~\-:*]|\b(?:in|for|für|pour|para|aus|am|on|at|um|à|às|klo|kl|pukul|jam|lúc|le|el|en"
    r"|a las|updated|published|Published|Updated)\b|\d)"
)

# "MusterKorrespondent", "ExampleJohn": a word that a converter glued to the end of a name; "McDonald" is one.
_GLUED = late(r"(?<=[a-zß-ÿ])[A-ZÀ-ÖØ-Þ][a-zß-ÿ]+$")
_OWN = 4
"""Least letters of a name to which another one is glued."""

_FULL = 5
"""Least letters of a weekday that is cut off: shorter ones are names, too."""

_PERSON = 2
"""Words that are left of a person's name, at least, where an outlet, a place or a weekday behind it is cut off."""

_LEADING = frozenset(["by", "oleh", "por", "par", "von"])
"""What leads to the next name of a line: ``Reported By: A, Edited By: B``."""

EDGES = " \t\xa0\u3000•·*_>|–—-:"
"""What may stand around a byline: white space, list marks, emphasis."""

_AFTER = " \t\xa0\u3000:：՝៖"
"""What may stand between a word that begins a byline and the name."""


def prefix(low: str) -> tuple[str, int]:
    """The words of a byline that a line begins with, the longest, and where the name begins."""
    before = tables()["before"]
    for cut in range(4, 0, -1):
        parts = low.split(None, cut)
        if len(parts) <= cut:
            continue
        size = len(low) - len(parts[cut])
        head = low[:size].strip().rstrip(_AFTER)
        if head in before:
            return head, size
    head, mark, tail = low.partition(":")
    if mark and head.strip() in before:
        return head.strip(), len(low) - len(tail.lstrip())
    return "", 0


def declared_names(said: str) -> str:
    """What a wrapper says of its author, without the word before a name and the paper behind.

    ``Von Trapp, Maria`` has no such word, and ``Example, Dawn`` no paper.

    >>> [declared_names(said) for said in ("By Jane Example, CNN", "Von Trapp, Maria", "Example, Dawn")]
    ['Jane Example', 'Von Trapp, Maria', 'Example, Dawn']
    """
    head, begin = prefix(said.lower())
    behind = said[begin:]
    if head in _PARTICLES and ("," in said or " " not in behind or not begins_with_one(behind)):
        behind = said
    names = [name.strip() for name in behind.split(",")]
    while len(names) > 1 and is_publisher(names[-1]) and not begins_with_one(names[-1]):
        names.pop()
        behind = ", ".join(names)
    return behind


def trimmed(names: str) -> str:
    """The names without what converters glue to their end: a date, a role, a month, the outlet behind ``for``."""
    table = tables()
    cut = re.search(r"\s(?:[Ff]or|[Ff]ür|[Pp]our|[Pp]ara)\s|\d", names)
    names = names[: cut.start()] if cut else names
    people = names.split(",")
    # "Jane Example, Political Editor": what ends in a role is no second person, nor is a place or what leads to one.
    end = next((n for n, one in enumerate(people) if n and one.split() and _is_beside(one)), None)
    kept = ",".join(people[:end]).split()
    for at, word in enumerate(kept):
        glued = _GLUED.search(word)
        if glued and (glued[0].lower() in table["ends"] or _is_glued(word[: glued.start()], glued[0])):
            kept = [*kept[:at], word[: glued.start()]]
            break
    kept = _without_role(kept)
    return _without_agency(" ".join(_without_outlet(kept)).rstrip(" .,-"))


def _without_role(kept: list[str]) -> list[str]:
    """The words without the role or the month behind the name, and without the place that is a part of the role."""
    size = len(kept)
    while size > 1:
        if is_role(kept[size - 1]) or (size > _PERSON and kept[size - 1].lower().strip(".,") in _weekdays()):
            size -= 1
        elif size > _PERSON + 1 and is_place(kept[size - 1]) and is_role(kept[size - 2]):
            size -= 2
        else:
            break
    return kept[:size]


def is_role(word: str) -> bool:
    """Whether a word ends the name before it: of a role, or a month.

    >>> is_role("Correspondent"), is_role("Example")
    (True, False)
    """
    return word.lower().strip(".,") in tables()["ends"]


def _without_outlet(kept: list[str]) -> list[str]:
    """The words without the outlet behind the name: ``Jane Example Harbour Herald``."""
    for size in range(_PERSON, len(kept)):
        behind = " ".join(kept[size:])
        if size + 1 < len(kept) and (is_paper(behind) or gazetteer.load().named(behind) is not None):
            return kept[:size]
    return kept


def _is_glued(name: str, glued: str) -> bool:
    """Whether a word with a capital is the next person's given name, or the article of the outlet behind the name."""
    return len(name) >= _OWN and not name.startswith("Mac") and (glued == "The" or begins_with_one(glued))


def _without_agency(names: str) -> str:
    """The names without an agency behind the last: ``Jane Example and AP``."""
    joints = list(re.finditer(AND, names))
    while joints and is_agency(names[joints[-1].end() :]):
        names = names[: joints.pop().start()]
    return names


def _is_beside(one: str) -> bool:
    """Whether what stands behind a comma is no second person: a role, a place, an outlet, ``Edited By``."""
    parts = one.split()
    if is_role(parts[-1]):
        return len(parts) <= _PERSON or not begins_with_one(one.strip())
    if parts[-1].lower() in _LEADING or is_place(one.strip()):
        return True
    return not begins_with_one(one.strip()) and (is_publisher(one.strip()) or is_paper(one))


def is_publisher(name: str) -> bool:
    """Whether a name is that of an outlet or of an agency.

    >>> is_publisher("Dawn"), is_publisher("Jane Example")
    (True, False)
    """
    return gazetteer.load().named(name) is not None or is_agency(name)


@lru_cache(maxsize=1)
def tables() -> dict[str, frozenset[str]]:
    """The word tables of ``describe/data/bylines.json``."""
    table = shipped.table("describe", "bylines.json")
    return {name: frozenset(words) for name, words in table.items() if name != "about"}


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    """The weekdays, which begin the date behind a name; some are names as well."""
    return frozenset(word for word in lexicon.weekday_words() if len(word) >= _FULL)


@lru_cache(maxsize=1)
def openings() -> dict[str, tuple[str, ...]]:
    """By three letters: the phrases that bylines and the lines above them begin with, none for a desk or a role."""
    alone = tables()["desks"] | tables()["roles"]
    found: dict[str, tuple[str, ...]] = {(phrase + end)[:3]: () for phrase in alone for end in ("", *EDGES)}
    for phrase in sorted(tables()["before"] | tables()["labels"]):
        for key in {(phrase + end)[:3] for end in ("", *_AFTER)}:
            found[key] = (*found.get(key, ()), phrase)
    return found

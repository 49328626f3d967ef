"""Names that stand alone on their lines, perhaps with what stands beside names: a role, a place, a date, an outlet.

Headings and labels of the page are set in the same way, so this tells only what has the shape of a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provcheck.describe.authors.bylines import NAMES, is_publisher, tables, trimmed
from provcheck.describe.authors.given_names import begins_with_one
from provcheck.describe.gazetteer import is_agency, is_place
from provcheck.describe.outlets import gazetteer
from provcheck.describe.outlets.names import fold
from provcheck.describe.stamps import is_stamp, says_when
from provcheck.patterns import late
from provcheck.writing import JOINERS, VOWELS, has_case

if TYPE_CHECKING:
    from collections.abc import Sequence

LONE = 60
"""Longest line, in characters, that can be nothing but a name and a role."""

_INITIAL = 2
"""Characters of an initial with its dot."""

# What may stand before a name, and a word of bylines that a converter glued to it: "ByJane Example".
_HEAD = late(r"[\s•·*_>|–—-]*(?:(?:By|Von|Par|Por)(?=[A-ZÀ-ÖØ-Þ]))?")
# what parts a name from what stands beside it on its line, and the parts of that from each other
_BESIDE = late(r"\s*[|｜/／,،·•()（）]\s*|\s*[–—]\s*|(?:^|\s)-\s*|\s-|^\s+(?:in|en|à|aus|em|di|at)\s+(?=\S)")
# or a host, or what a paper on the web calls itself: detikJateng
_HANDLE = late(r"@\w{2,30}|[\w-]{2,30}\.[a-z]{2,6}|[a-z]{3,12}[A-Z][a-z]{2,15}")
# two to four words of letters, vowel signs and joiners, perhaps with dots of initials
_CASELESS = late(rf"[^\W\d_](?:[^\W\d_]|[.{VOWELS}{JOINERS}])*(?:\s[^\W\d_](?:[^\W\d_]|[.{VOWELS}{JOINERS}])*){{1,3}}")
_UNPARTED = late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NO_NAMES = ("sections", "desks", "never", "not_names", "before", "roles")
_READING = late(r"\d{1,3}\s?[^\W\d_]{1,9}\.?(?:\s[^\W\d_]{2,9}){0,2}")
"""How long it takes to read, or how old it is: ``3 minutes``."""

# what joins an agency to a name: "Jane Example and AP"
_WITH = late(r"\s+(?:and|with|und|mit|et|avec|y|con|e|com|og|och|en)\s+(?=\S)")
_MAIL = late(r"\W*[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,24}){1,4}\W*")
WORDS = late(rf"(?:\w|[{VOWELS}{JOINERS}])+")
# one word with a capital behind a dash or a comma, or in brackets, such as a town that no list has
_TOWN = late(r"(?:\s?[-–—]\s|,\s|\s?\()[^\W\d_a-z][\w'’-]{2,24}\)?")
_HAN = late(r"[\u4e00-\u9fff々]{2,4}[ \u3000]?[\u4e00-\u9fff々]{0,3}")
"""A name in Chinese characters, perhaps with a blank between its parts."""

_FROM = "በ"
"""The Amharic word for *by*, which is written together with the name."""

_STAMP_WORDS = 6
"""Most words beside the name on a line that has the date too: a weekday, a month, a word for published."""


def is_mail(line: str) -> bool:
    """Whether a line is nothing but a mail address.

    >>> is_mail("jane@example.org"), is_mail("Write to jane@example.org")
    (True, False)
    """
    return "@" in line and len(line) <= LONE and _MAIL.fullmatch(line) is not None


def is_in_mail(name: str, mail: str) -> bool:
    """Whether a mail address holds a word of the name.

    >>> is_in_mail("Nor Contoh", "norcontoh@example.org"), is_in_mail("News Desk", "ads@example.org")
    (True, False)
    """
    local = fold(mail.partition("@")[0])
    return any(len(word) > _INITIAL and word in local for word in fold(name).split()[1:])


def lone(raw: str) -> tuple[str, int] | None:
    """The name that a line is, perhaps with what stands beside names, and where it begins; None for another line.

    >>> lone("Jane Example, Reporter"), lone("Jane Example went home")
    (('Jane Example', 0), None)
    """
    begin = _HEAD.match(raw).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    body = raw[begin:].rstrip(" *_|:,")
    found = NAMES.match(body)
    if not found:
        return (body, begin) if _HAN.fullmatch(body) else None
    if not tables()["never"].isdisjoint(WORDS.findall(body.lower())):
        return None
    names, rest = trimmed(found["names"]), body[found.end() :]
    if names[:1] == _FROM and begins_with_one(names[1:]):
        begin, names = begin + 1, names[1:]
    if (len(body) > LONE and not says_when(rest)) or not (rest[:1].isspace() or not rest[:1].isalnum()):
        return None
    parts = re.findall(r"[\w'’.-]+", names)
    named = (len(parts) > 1 or "." in names[1:2]) and not is_no_name(parts) and not is_place(names)
    return (names, begin) if named and may_stand_beside(rest) else None


def may_be_caseless(name: str) -> bool:
    """Whether a text is two to four words of a script without capitals, of which none is of sections, desks or places.

    >>> may_be_caseless("محمود عبد الله"), may_be_caseless("القاهرة"), may_be_caseless("Jane Example")
    (True, False, False)
    """
    if not _CASELESS.fullmatch(name) or len(name) > LONE // 2 or any(map(has_case, name)) or _UNPARTED.search(name):
        return False
    parts, table = name.split(), tables()
    if any(not table[kind].isdisjoint(parts) for kind in _NO_NAMES):
        return False
    return not (is_place(name) or any(map(is_place, parts)) or gazetteer.load().named(name) is not None)


def is_no_name(parts: Sequence[str]) -> bool:
    """Whether one of the words is no part of a name; some (*An*, *May*) are one behind others and with a capital.

    >>> is_no_name(["Nguyen", "Van", "An"]), is_no_name(["An", "Evening"]), is_no_name(["Jane", "News"])
    (False, True, True)
    """
    table = tables()
    for place, part in enumerate(parts):
        if part.endswith(".") and len(part) == _INITIAL:
            continue
        low = part.strip(".").lower()
        if low in table["not_names"]:
            behind = place > 0 and low in table["also_names"] and not part.islower()
            if not (behind and begins_with_one(" ".join(parts))):
                return True
    return False


def may_stand_beside(rest: str) -> bool:
    """Whether what follows a name on its line is a role, a place, a date, a handle, an outlet or an agency."""
    words = WORDS.findall(rest.lower())
    ends = tables()["ends"]
    if ends.issuperset(words):
        return True
    if says_when(rest) and (not rest.lstrip()[:1].isalpha() or words[0] in ends):
        return sum(not word.isdecimal() for word in words) <= _STAMP_WORDS
    joint = _WITH.match(rest)
    if joint and is_agency(rest[joint.end() :].strip()):
        return True
    parts = [part.strip() for part in _BESIDE.split(rest) if part and part.strip()]
    if len(parts) == 1 and _TOWN.fullmatch(rest.rstrip()):
        return True
    towns = [part for part in parts if is_place(part)]
    others = [part for part in parts if part not in towns and not _is_beside(part)]
    # A picture's credit is a name and an agency; a report's has the place as well.
    return all(is_publisher(part) if towns else _is_paper(part) for part in others)


def _is_beside(part: str) -> bool:
    """Whether a part of a line is a role, a handle, or says when.

    A year alone does not: it belongs to what stands before it, as in ``Grand Prix 2021``.
    """
    if _HANDLE.fullmatch(part) or _READING.fullmatch(part) or (is_stamp(part) and not part.isdecimal()):
        return True
    return tables()["ends"].issuperset(WORDS.findall(part.lower()))


def _is_paper(name: str) -> bool:
    """Whether a name is that of an outlet, and of no agency."""
    entry = gazetteer.load().named(name)
    return entry is not None and not is_agency(name) and not any(outlet.cited for outlet in entry.outlets)

"""Names of authors that stand alone on their lines, without a word such as ``by`` before them.

What shows that such a line is a byline stands beside it: the date of the article, a role, a mail address. As headings
and labels of the page are set in the same way, the name must begin with a given name that is known; where a script has
no capitals, a line of two to four words at the article's date will do, unless a word of it is one of sections.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from provcheck.describe.bylines import NAMES, is_stamp, tables, trimmed
from provcheck.describe.gazetteer import is_agency, is_place
from provcheck.describe.given_names import begins_with_one
from provcheck.describe.outlets import gazetteer
from provcheck.describe.outlets.names import fold
from provcheck.describe.shapes import BULLETS
from provcheck.model import Candidate
from provcheck.patterns import late
from provcheck.text import quote
from provcheck.writing import DOUBLED, JOINERS, QUOTES, STOPS, VOWELS, has_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.model import Document

NEAR = 12
"""How many written lines before the article's text a byline may stand to be near it."""

LONE = 60
"""Longest line, in characters, that can be nothing but a name and a role."""

CLOSE = 3
"""How many written lines may lie between a name below the date and the article's text."""

FAR = 8
"""The same for a name in a script without capitals, of which nothing else is known."""

MOST = 10
"""Written lines above the article of a text that has no page around it."""

_INITIAL = 2
"""Characters of an initial with its dot."""

_HEADLINE = 15
"""Fewest characters of the headline above a name in a script without capitals."""

# What may stand before a name, and a word of bylines that a converter glued to it: "ByJane Example".
_HEAD = late(r"[\s•·*_>|–—-]*(?:(?:By|Von|Par|Por)(?=[A-ZÀ-ÖØ-Þ]))?")
_ENDS = (*STOPS, *QUOTES, "…", DOUBLED)
# what parts a name from the place beside it
_PARTED = late(r"\s?[|/]\s|,\s")
# what parts a name from what stands beside it on its line, and the parts of that from each other
_BESIDE = late(r"\s*[|｜/／,،·•()（）]\s*|\s*[–—]\s*|(?:^|\s)-\s*|\s-|^\s+(?:in|en|à|aus|em|di|at)\s+(?=\S)")
# or a host, or what a paper on the web calls itself: detikJateng
_HANDLE = late(r"@\w{2,30}|[\w-]{2,30}\.[a-z]{2,6}|[a-z]{3,12}[A-Z][a-z]{2,15}")
# what joins an agency to a name: "Jane Example and AP"
_WITH = late(r"\s+(?:and|with|und|mit|et|avec|y|con|e|com|og|och|en)\s+(?=\S)")
_MAIL = late(r"\W*[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,24}){1,4}\W*")
# two to four words of letters, vowel signs and joiners, perhaps with dots of initials
_CASELESS = late(rf"[^\W\d_](?:[^\W\d_]|[.{VOWELS}{JOINERS}])*(?:\s[^\W\d_](?:[^\W\d_]|[.{VOWELS}{JOINERS}])*){{1,3}}")
_UNPARTED = late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORDS = late(rf"(?:\w|[{VOWELS}{JOINERS}])+")
# a clock, a date in digits, or a day with the name of its month and its year
_STAMP = late(
    r"\d{1,2}[:.hH]\d{2}\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b"
    r"|\b\d{1,2}\.?\s(?:de\s)?\w{3,12}\.?,?\s(?:de\s)?\d{4}\b|\w{3,12}\.?\s\d{1,2},?\s\d{4}\b"
)
_FROM = "በ"
"""The Amharic word for *by*, which is written together with the name."""

_DASHES = ("—", "–", "-")
"""What stands before the name of whom a post is quoted."""

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


def prose_follows(order: int, long: Sequence[int], within: int = NEAR) -> bool:
    """Whether one of the next lines is the article's text; `long` are the places of such lines."""
    at = bisect_right(long, order)
    return at < len(long) and long[at] <= order + within


def signed(texts: Sequence[str], long: Sequence[int]) -> frozenset[int]:
    """The places of lines that can be nothing but a name, of a text that has no page around it.

    It stands below the headline, near the article, or at its end. The first line is none: a headline may be the name of
    whom the text is about.
    """
    if not long or long[0] > MOST:
        return frozenset()
    last = [len(texts) - 1] if len(texts) > 1 and len(texts[-2]) >= LONE and texts[-2].endswith(_ENDS) else []
    near = (order for order in range(1, long[0]) if order == 1 or long[0] - order <= CLOSE)
    return frozenset([order for order in (*near, *last) if len(texts[order]) <= LONE and " " in texts[order]])


def signature(document: Document, start: int, raw: str) -> Iterator[Candidate]:
    """A name alone on its line, perhaps with a place: two or three words in capitals that begin with a given name."""
    name, *rest = _PARTED.split(raw.strip(), maxsplit=1)
    split = name.split()
    if not 2 <= len(split) <= 3 or (rest and not is_place(rest[0])):
        return
    if not all(word[0].isupper() and word[-1].isalpha() for word in split):
        return
    if begins_with_one(name) and not is_place(name) and gazetteer.load().named(name) is None:
        yield from lone(document, start + raw.index(name), name, ("author.signature", 0.75))


def beside_date(texts: Sequence[str], order: int, long: Sequence[int]) -> str | None:
    """The rule by which a line is looked at that stands above the date of the article, or between it and the text.

    An entry of a list is none: lists name the authors of other stories.
    """
    if not order or texts[order][:1] in BULLETS:
        return None
    if order + 1 < len(texts) and is_stamp(texts[order + 1]):
        return "author.above-date"
    close = prose_follows(order, long, CLOSE)
    if close and is_stamp(texts[order - 1]):
        return "author.below-date"
    with_date = close and is_early(order, long) and texts[order][:1] not in _DASHES and is_stamp(texts[order])
    return "author.with-date" if with_date else None


def is_early(order: int, long: Sequence[int]) -> bool:
    """Whether a line stands before the article's text or its second paragraph: further down it signs something else."""
    return bisect_right(long, order) <= 1


def caseless(document: Document, start: int, raw: str, around: Sequence[str]) -> Iterator[Candidate]:
    """A line at the article's date that can be a name in a script without capitals.

    `around` are the line above it, which is the headline or the date, and the first lines of the article's text.
    """
    name = raw.strip(" \t\xa0*_|:,()")
    above = around[0]
    if not may_be_caseless(name) or len(above) < _HEADLINE or above.endswith(_ENDS):
        return
    if any(len(part) > 1 and part in text for part in name.split() for text in around):
        return
    if document.text.count(name) > 2:
        return
    if name[0] == _FROM and not begins_with_one(name):
        name = name[1:] if begins_with_one(name[1:]) else ""
    if name:
        at = start + raw.index(name)
        yield candidate(document, name, ("author.caseless", 0.7), at, at + len(name))


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


_NO_NAMES = ("sections", "desks", "never", "not_names", "before", "roles")


def lone(document: Document, start: int, raw: str, why: tuple[str, float]) -> Iterator[Candidate]:
    """A line that is nothing but a name, perhaps with what stands beside names: role, place, date, outlet."""
    begin = _HEAD.match(raw).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    body = raw[begin:].rstrip(" *_|:,")
    found = NAMES.match(body)
    if not found or not tables()["never"].isdisjoint(re.findall(r"\w+", body.lower())):
        return
    names, rest = trimmed(found["names"]), body[found.end() :]
    if (len(body) > LONE and not _STAMP.search(rest)) or not (rest[:1].isspace() or not rest[:1].isalnum()):
        return
    parts = re.findall(r"[\w'’.-]+", names)
    if (len(parts) > 1 or "." in names[1:2]) and not is_no_name(parts) and _may_stand_beside(rest):
        yield candidate(document, names, why, start + begin, start + begin + len(names))


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


def _may_stand_beside(rest: str) -> bool:
    """Whether what follows a name on its line is a role, a place, a date, a handle, an outlet or an agency."""
    words = _WORDS.findall(rest.lower())
    ends = tables()["ends"]
    if ends.issuperset(words):
        return True
    if not rest.lstrip()[:1].isalpha() and _STAMP.search(rest):
        return sum(not word.isdecimal() for word in words) <= _STAMP_WORDS
    joint = _WITH.match(rest)
    if joint and is_agency(rest[joint.end() :].strip()):
        return True
    parts = [part.strip() for part in _BESIDE.split(rest) if part and part.strip()]
    shelf = gazetteer.load()
    towns = [part for part in parts if is_place(part)]
    others = [part for part in parts if part not in towns]
    # A picture's credit is a name and an agency; a report's has the place as well.
    return all(
        _HANDLE.fullmatch(part) or ends.issuperset(_WORDS.findall(part.lower()))
        or (shelf.named(part) is not None or is_agency(part) if towns else _is_paper(part))
        for part in others
    )  # fmt: skip


def _is_paper(name: str) -> bool:
    """Whether a name is that of an outlet, and of no agency."""
    entry = gazetteer.load().named(name)
    return entry is not None and not is_agency(name) and not any(outlet.cited for outlet in entry.outlets)


def candidate(document: Document, name: str, why: tuple[str, float], start: int, end: int) -> Candidate:
    """A name with its rule, its confidence and where it stands."""
    rule, confidence = why
    return Candidate(name.strip(), rule, round(confidence, 3), start, end, quote(document.text, start, end))

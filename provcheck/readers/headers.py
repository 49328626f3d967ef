"""The wrapper that a text carries inside itself: front matter, a block of ``Key: value`` lines, or an inline prefix.

What a header declares is provenance, and what looks like one and is none would cost an article its first lines and
give it a false date. So a block is a header only where its keys are known (``data/headers.json``), at the very top,
and either two of them say different things or one says a whole date or address by itself. A headline with a colon, a
dateline (``ISLAMABAD: …``), a desk credit, an interview and the announcement of an event are none.

Front matter is read by `provcheck.readers.frontmatter`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck import shipped
from provcheck.model import ROLES, Header
from provcheck.patterns import late
from provcheck.readers import frontmatter, memos
from provcheck.readers.frontmatter import LINE, article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 1 << 16
"""Characters that a header may have; longer ones are content."""

SECTIONS = frozenset({"rubrik"})
"""Keys that mean the headline in one language (Swedish) and the section in another (German)."""

HEADLINE = 4
"""Behind such a key, the fewest words of a headline."""

_MOST_LINES = 60
_BEGIN = late(r"[\ufeff\s]*")
_NONE = Header()

# One line of a block: a key of one to four words that begins with a letter, a colon (also the wide one of Chinese and
# Japanese), and the value up to the end of the line.
_PAIR = late(r"[ \t]{0,8}(?P<key>[^\W\d_][^\n\r:：]{0,38})[ \t]?[:：][ \t\u3000]*(?P<value>[^\n\r]*)")

# A whole date: year first or last with marks between, or day, month name and year in either order, or CJK signs;
# a weekday may stand before it and a time after it.
_WHOLE_DATE = late(
    r"(?:[^\W\d]{2,12}\.?,?\s{1,3})?"
    r"(?:\d{4}\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}\s?[日일]?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?\s{1,3}(?:de\s|of\s)?[^\W\d]{3,15}\.?,?\s{1,3}(?:de\s)?\d{4}"
    r"|[^\W\d]{3,15}\.?\s{1,3}\d{1,2}(?:st|nd|rd|th)?,?\s{1,3}\d{4}|\d{8})"
    r"(?:[T,;\s]\s{0,3}.{0,40})?"
)
_ADDRESS = late(r"https?://\S+")

# An inline prefix is a run of lower-case keys, each with a value that its kind allows, before the article on the same
# line. The values cannot hold a space, so nothing can be split in two ways.
_INLINE = late(
    r"(?:(?P<date>date|published|pubdate|publish_date|timestamp)[:=]?[ \t]+"
    r"(?P<date_value>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{8})"
    r"|(?P<url>url|link|source_url)[:=]?[ \t]+(?P<url_value>https?://\S{1,2000})"
    r"|(?P<outlet>source|site|domain|outlet)[:=]?[ \t]+(?P<outlet_value>(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,18})"
    r"|(?P<language>lang|language)[:=]?[ \t]+(?P<language_value>[a-z]{2})"
    r"|(?P<id>id|doc_id|uuid)[:=]?[ \t]+(?P<id_value>[0-9a-f-]{6,64}))(?=[ \t\r\n])[ \t]*"
)


class _Pair(NamedTuple):
    key: str
    role: str | None
    value: str
    start: int
    end: int


def unwrap(text: str) -> Header:
    """Find the header at the start of a text; an empty one where there is none. Never raises.

    >>> header = unwrap(" date 2018-03-15 KARACHI - The port was closed.")
    >>> header.declared, header.spans, header.end
    ({'date': '2018-03-15'}, {'date': (6, 16)}, 17)
    >>> unwrap("Date: a love story of our time\\n\\nIt was spring.").end
    0
    """
    begin = _BEGIN.match(text).end()  # type: ignore[union-attr]  # matches nothing at least
    if begin == len(text):
        return _NONE
    first = text[begin]
    if first in "-+{":
        return frontmatter.unwrap(text, begin)
    if not first.isalpha():
        return _NONE
    found = _inline(text, begin) if first.islower() else _NONE
    return found if found.end else _block(text, begin)


def _inline(text: str, begin: int) -> Header:
    at, declared, spans = begin, {}, {}
    while match := _INLINE.match(text, at):
        role = next(r for r in ("date", "url", "outlet", "language", "id") if match[r])
        if role in declared:
            break
        declared[role], spans[role] = match[f"{role}_value"], match.span(f"{role}_value")
        at = match.end()
    # The article must follow on this line, and not as the rest of a sentence: "date 2018-03-15 was chosen because".
    if not declared or at >= len(text) or text[at] in "\r\n" or text[at].islower():
        return _NONE
    return Header(at, declared, {}, spans) if "date" in declared or "url" in declared else _NONE


@cache
def _keys() -> Mapping[str, str]:
    """Every known key with its role; where two roles share one, the first in this order has it."""
    table = shipped.table("readers", "headers.json")
    order = (*ROLES, "text", "event", "other")
    return {key.casefold(): role for role in reversed(order) for key in table[role]}


def _block(text: str, begin: int) -> Header:
    line = LINE.match(text, begin)
    first = _PAIR.match(text, begin, line.end() if line else begin)
    mail = memos.keys(text, begin) if first else {}
    if not first or _role(first["key"], first["value"], mail) is None:
        return _NONE
    pairs = list(_pairs(text, begin, mail))
    while pairs and pairs[-1].role is None:
        pairs.pop()
    known = {p.role for p in pairs if p.role in ROLES}
    if any(p.role == "event" for p in pairs) or not _sound(pairs, known, text, sure=bool(mail)):
        return _NONE
    declared: dict[str, str] = {}
    spans: dict[str, tuple[int, int]] = {}
    extra: dict[str, str] = {}
    for pair in pairs:
        if pair.role in ROLES and pair.role not in declared and pair.value:
            declared[pair.role], spans[pair.role] = pair.value, (pair.start, pair.end)
        elif pair.value and pair.role != "text":
            extra[pair.key] = f"{extra[pair.key]}\n{pair.value}" if pair.key in extra else pair.value
    last = pairs[-1]
    return Header(article(text, last.start if last.role == "text" else last.end), declared, extra, spans)


def _role(key: str, value: str, mail: Mapping[str, str]) -> str | None:
    known = " ".join(key.casefold().split())
    if known in mail:
        return mail[known]
    if known in SECTIONS and len(value.split()) < HEADLINE:
        return "other"
    return _keys().get(known)


def _pairs(text: str, begin: int, mail: Mapping[str, str]) -> Iterator[_Pair]:
    """The lines of a block: pairs, with blank lines only between pairs that are known, up to the article.

    In a mail, the first blank line is the end.
    """
    at, blank = begin, False
    for _ in range(_MOST_LINES):
        line = LINE.match(text, at)
        if not line or line.end() == at or at - begin > LONGEST:
            return
        if not line[0].strip():
            if mail and at > begin:
                return
            at, blank = line.end(), True
            continue
        match = _PAIR.match(text, at, line.end())
        role = _role(match["key"], match["value"], mail) if match else None
        if not match or (role is None and (blank or len(match["key"].split()) > 3)):
            return
        value = match["value"].rstrip()
        pair = _Pair(match["key"].strip(), role, value, match.start("value"), match.start("value") + len(value))
        yield from _sender(pair) if mail and role == "author" else (pair,)
        if role == "text":
            return
        at, blank = line.end(), False


def _sender(pair: _Pair) -> Iterator[_Pair]:
    """The name of a sender, and beside it the whole line where an address stands there too."""
    place = memos.name(pair.value)
    if place:
        start, end = place
        yield _Pair(pair.key, pair.role, pair.value[start:end], pair.start + start, pair.start + end)
    if "@" in pair.value:
        yield pair._replace(role="other")


def _sound(pairs: list[_Pair], known: set[str], text: str, *, sure: bool) -> bool:
    """Tell whether pairs are a header: short values, a date that could be one, and enough of them, if not `sure`."""
    if not known or sum(p.role is None for p in pairs) > len(known) + 2:
        return False
    for pair in pairs:
        if len(pair.value) > (2000 if pair.role in ("url", "other", "text") else 300):
            return pair.role == "text"
        if pair.role == "date" and pair.value and not _could_be_date(pair.value):
            return False
    if sure or len(known) > 1:
        return True
    only = next(p for p in pairs if p.role in ROLES)
    alone = _WHOLE_DATE.fullmatch(only.value) if only.role == "date" else _ADDRESS.fullmatch(only.value)
    return alone is not None and (
        len(pairs) > 1
        or re.match(r"[ \t]*(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)", text[only.end : only.end + 99]) is not None
    )


def _could_be_date(value: str) -> bool:
    return any(ch.isdigit() for ch in value) and len(value.split()) <= 10

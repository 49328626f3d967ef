"""The lines ``From``, ``To``, ``Date`` and ``Subject`` above a text, as in mails that were saved or pasted as text.

The same words head timetables and announcements (``From: 7 pm``), so they count only together: a sender who is no
number, and a subject, in lines that follow each other at the very top. A file that is a mail as a whole, with its own
encoding and parts, is another matter.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from provcheck import shipped
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping

LINES = 12
"""Lines from the top among which sender and subject stand."""

_NONE: Mapping[str, str] = {}
_LINE = late(r"([^\W\d_][^\n\r:：]{0,30}?)[ \t]?[:：][ \t]*([^\n\r]*)(?:\r\n|\n|\r|\Z)")

# A name before its address in any kind of brackets, or behind it in round ones; quotation marks are no part of it.
_NAME = late(
    r"[\"']?(?P<before>[^\"<>@()\[\]]{1,99}?)[\"']?\s{0,9}[<(\[](?:mailto:)?[^\s<>@]{1,99}@[^\s<>@]{1,99}"
    r"|[^\s<>@]{1,99}@[^\s<>@()]{1,99}\s{1,9}\((?P<behind>[^()@]{1,99})\)"
)
_FIGURE = late(r"\d")


def keys(text: str, begin: int) -> Mapping[str, str]:
    """The keys of a mail with their roles, where a text begins with one; none where it does not.

    >>> keys("From: Ann Bee\\nSubject: Ferry\\n\\nIt is late.", 0)["subject"]
    'title'
    >>> keys("From: 7 pm\\nSubject: Choir\\n\\nIt sings.", 0)
    {}
    """
    known, found, at = _table(), set(), begin
    for _ in range(LINES):
        line = _LINE.match(text, at)
        if not line:
            return _NONE
        role = known.get(line[1].casefold())
        if role != "author" or is_sender(line[2]):
            found.add(role)
        if {"author", "title"} <= found:
            return known
        at = line.end()
    return _NONE


def is_sender(value: str) -> bool:
    """Tell whether a value may name who sends a mail, and is no hour, day or price."""
    return bool(value.strip()) and ("@" in value or not _FIGURE.search(value))


def name(value: str) -> tuple[int, int] | None:
    """Where the name stands in what a mail says of its sender; None where there is only an address.

    >>> value = '"Bee, Ann" <ann@example.org>'
    >>> value[slice(*name(value))], name("ann@example.org")
    ('Bee, Ann', None)
    """
    if "@" not in value:
        return 0, len(value)
    found = _NAME.match(value)
    return found.span(found.lastgroup or 0) if found else None


@cache
def _table() -> Mapping[str, str]:
    table = shipped.table("readers", "headers.json")["mail"]
    return {key: role for role, names in table.items() for key in names}

"""The lines between the articles of an export, and how a file is told to be one.

An article may quote any of these lines. So a file is an export only where they add up: counts rise one by one, a
closing line carries the database's own id or is not the only one, and rules part what has a database's labels.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal, NamedTuple

from provcheck.patterns import late
from provcheck.readers import labelled, streams

Style = Literal["counted", "closed", "ruled", "alone"]
"""Whether counts stand above the articles, closing lines below them, rules between them, or nothing."""

SHORT = 400
"""Bytes behind the last closing line up to which they are no article of their own."""

RULE = 20
"""Characters of the shortest rule."""

_LONGEST = 200
_WORDS = (b"document", b"dokument")
_COUNT = late(
    rb"(?P<plain>document|dokument|documento) (\d{1,5}) (?:of|von|de|di|van) (\d{1,5})"
    rb"|(\d{1,5}) (?:of|von|de|di|van) (\d{1,5}) (?:documents|dokumenten?|documentos|documenti|documenten)",
    re.IGNORECASE,
)
_CLOSED = late(
    rb"(?i:end of document|ende des dokuments|fin du document|fin del documento|fine del documento|fim do documento"
    rb"|einde van (?:het )?document)"
    rb"|(?:AN )?(?:Document|Dokument|Documento) (?P<id>[A-Z][A-Z0-9]{3,11}(?:19|20)\d{6}[a-z0-9]{6,12})"
)


class Mark(NamedTuple):
    """A line between two articles: which one begins, of how many; or, without a number, that one has ended.

    `plain` counts could stand in any article.
    """

    number: int = 0
    total: int = 0
    id: str = ""
    plain: bool = False


def mark(line: bytes) -> Mark | None:
    """The count or the closing line that a line is, or None.

    >>> mark(b"   3 of 40 DOCUMENTS\\r\\n").number, mark(b"Document 3 of 40").total, mark(b"See document 3 of 40")
    (3, 40, None)
    >>> mark(b"Document ABCD000020240312ek3c0001h").id
    'ABCD000020240312ek3c0001h'
    """
    if len(line) > _LONGEST:
        return None
    bare = b" ".join(line.split())
    if found := _COUNT.fullmatch(bare):
        number, total = (int(digits) for digits in found.groups()[1:] if digits)
        return Mark(number, total, plain=bool(found["plain"]))
    ended = _CLOSED.fullmatch(bare)
    return Mark(id=(ended["id"] or b"").decode()) if ended else None


def is_rule(line: bytes) -> bool:
    """Tell whether a line is nothing but a rule.

    >>> is_rule(b"_" * 60 + b"\\n"), is_rule(b"= 1")
    (True, False)
    """
    bare = line.strip()
    return len(bare) >= RULE and bare[:1] in (b"_", b"=") and not bare.strip(bare[:1])


def between(line: bytes, style: Style) -> Mark | None:
    """The mark of a style that a line is, or None."""
    if style == "ruled":
        return Mark() if is_rule(line) else None
    found = mark(line) if style != "alone" else None
    return found if found and bool(found.number) == (style == "counted") else None


def style_of(head: bytes) -> Style:
    """How an export that begins like this parts its articles.

    >>> style_of(b"1 of 2 DOCUMENTS\\n\\nThe Gazette\\n\\nIt rained.\\n\\n2 of 2 DOCUMENTS\\n\\nIt snowed.\\n")
    'counted'
    >>> style_of(b"The list has two entries.\\n\\nDocument 1 of 2\\n\\nIt was found in a drawer.\\n")
    'alone'
    """
    if style := marked(head):
        return style
    return "ruled" if labelled.may_be(head) and _is_ruled(head) else "alone"


def marked(head: bytes) -> Style | None:
    """The same, of an export that has counts or closing lines."""
    found = _marks(head)
    if _is_counted(head, [each for each in found if each[1].number]):
        return "counted"
    return "closed" if _is_closed(head, [each for each in found if not each[1].number]) else None


def _marks(head: bytes) -> list[tuple[int, Mark]]:
    """The marks in some bytes, in order, each with the place behind its line."""
    low, ends = head.lower(), set()
    for word in _WORDS:
        at = low.find(word)
        while at >= 0:
            end = head.find(b"\n", at) + 1 or len(head)
            ends.add(end)
            at = low.find(word, end)
    told = ((end, mark(head[head.rfind(b"\n", 0, end - 1) + 1 : end])) for end in sorted(ends))
    return [(end, found) for end, found in told if found]


def _is_counted(head: bytes, counts: list[tuple[int, Mark]]) -> bool:
    if not counts or counts[0][1].total == 1:
        return False
    above = head[: counts[0][0]].splitlines()[:-1]
    if counts[0][1].plain and not (labelled.has_sure(head) or any(is_rule(line) for line in above[-3:])):
        return False  # an article may have headings like that
    if len(counts) > 1:  # footers of pages say the same again and again
        return all(a.total == b.total and a.number + 1 == b.number for (_, a), (_, b) in pairwise(counts))
    return counts[0][1].number == 1 and len(head) >= streams.HEAD and not any(map(bytes.strip, above))


def _is_closed(head: bytes, ends: list[tuple[int, Mark]]) -> bool:
    if not ends:
        return False
    by_id = {told.id for _, told in ends if told.id}
    return len(ends) > 1 if not by_id else len(by_id) > 1 or len(head) - ends[0][0] > SHORT


def _is_ruled(head: bytes) -> bool:
    parts = [b""]
    for line in head.splitlines(keepends=True):
        if is_rule(line):
            parts.append(b"")
        else:
            parts[-1] += line
    return sum(map(labelled.looks_labelled, parts)) > 1

"""Exports of press databases: one text file that holds many articles, or articles among fields.

LexisNexis, ProQuest and Genios count the articles above each (``3 of 40 DOCUMENTS``, ``Document 3 of 40``); Nexis Uni
and Factiva say below each that it ends (``End of Document``, ``Document ABCD000020240312ek3c0001h``). Where an article
stands among named fields (see `provcheck.readers.coded` and `provcheck.readers.labelled`), it is a record as a row of a
table is, and is read as one.

An article may quote any of these lines. So a file is an export only where they add up: counts begin with one and rise,
and a closing line carries the database's own id or is not the only one. What stands before the first article (a table
of contents) or behind the last (a summary of the search) is kept as a field of that article.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late
from provcheck.readers import coded, labelled, streams
from provcheck.readers.blob import Blob, Desk, Fields, Place, tallied
from provcheck.readers.jsonlines import as_utf8
from provcheck.readers.records import Maker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.model import Envelope
    from provcheck.readers.ledger import Tally

SHORT = 400
"""Bytes behind the last closing line up to which they are no article of their own."""

_LONGEST_MARK = 200
_WORDS = (b"document", b"dokument")
_COUNT = late(
    rb"(?:document|dokument|documento) (\d{1,5}) (?:of|von|de|di|van) (\d{1,5})"
    rb"|(\d{1,5}) (?:of|von|de|di|van) (\d{1,5}) (?:documents|dokumenten?|documentos|documenti|documenten)",
    re.IGNORECASE,
)
_CLOSED = late(
    rb"(?i:end of document|ende des dokuments|fin du document|fin del documento|fine del documento|fim do documento"
    rb"|einde van (?:het )?document)"
    rb"|(?:Document|Dokument|Documento) (?P<id>[A-Z][A-Z0-9]{3,11}(?:19|20)\d{6}[a-z0-9]{6,12})"
)
# A blank line, or one that is nothing but a rule.
_BLANK = late(rb"(?:[ \t\f\v_=]*\r?\n)+")
_BACK = late(rb"\s{0,99}(?:search summary|(?:\xc2\xa9|\xa9|\(c\))\s?(?:19|20)\d\d factiva)", re.IGNORECASE)


class Mark(NamedTuple):
    """A line between two articles: which one begins, of how many; or, without a number, that one has ended."""

    number: int = 0
    total: int = 0
    id: str = ""


class _Part(NamedTuple):
    """What stands between two marks, and its first byte in the stream.

    Of what is too `long`, `raw` has the beginning; `length` counts all of it. `closed` tells that a mark stands behind
    it, which may give its `id`.
    """

    raw: bytes
    offset: int
    length: int
    long: bool = False
    closed: bool = False
    id: str = ""


def mark(line: bytes) -> Mark | None:
    """The mark that a line is, or None.

    >>> mark(b"   3 of 40 DOCUMENTS\\r\\n"), mark(b"Document 3 of 40"), mark(b"See document 3 of 40")
    (Mark(number=3, total=40, id=''), Mark(number=3, total=40, id=''), None)
    >>> mark(b"Document ABCD000020240312ek3c0001h").id
    'ABCD000020240312ek3c0001h'
    """
    if len(line) > _LONGEST_MARK:
        return None
    bare = b" ".join(line.split())
    if found := _COUNT.fullmatch(bare):
        number, total = (int(digits) for digits in found.groups() if digits)
        return Mark(number, total)
    ended = _CLOSED.fullmatch(bare)
    return Mark(id=(ended["id"] or b"").decode()) if ended else None


def looks_like_export(head: bytes) -> bool:
    """Tell whether a file, by its beginning, is an export of a press database.

    >>> looks_like_export(b"1 of 2 DOCUMENTS\\n\\nThe Gazette\\n\\nIt rained.\\n\\n2 of 2 DOCUMENTS\\n\\nIt snowed.\\n")
    True
    >>> looks_like_export(b"The list has two entries.\\n\\nDocument 1 of 2\\n\\nIt was found in a drawer.\\n")
    False
    """
    return coded.looks_coded(head) or _is_counted(head) or _is_closed(head) or labelled.looks_labelled(head)


def _marks(head: bytes) -> list[tuple[int, Mark]]:
    """The marks in some bytes, each with the place behind its line."""
    low = head.lower()
    if not any(word in low for word in _WORDS):
        return []
    found, at = [], 0
    for line in head.splitlines(keepends=True):
        at += len(line)
        if any(word in line.lower() for word in _WORDS) and (told := mark(line)):
            found.append((at, told))
    return found


def _is_counted(head: bytes) -> bool:
    counts = [(at, told) for at, told in _marks(head) if told.number]
    if not counts or counts[0][1].number != 1 or counts[0][1].total == 1:
        return False
    if len(counts) > 1:  # footers of pages say the same again and again
        return all(a.total == b.total and a.number + 1 == b.number for (_, a), (_, b) in pairwise(counts))
    first = head[: counts[0][0]].splitlines()[:-1]
    return len(head) >= streams.HEAD and not any(map(bytes.strip, first))


def _is_closed(head: bytes) -> bool:
    ends = [(at, told) for at, told in _marks(head) if not told.number]
    if not ends:
        return False
    by_id = [told.id for _, told in ends if told.id]
    return len(ends) > 1 if not by_id else len(set(by_id)) > 1 or len(head) - ends[0][0] > SHORT


def read(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read an export, article by article."""
    settings = replace(desk.settings, columns={})  # the columns of tables are none of these fields
    maker = Maker(blob, desk._replace(settings=settings), "export")
    stream, placed = as_utf8(blob)
    counted = _is_counted(stream.peek(streams.HEAD)[: streams.HEAD])
    encoding = None if placed else "utf-8"

    def articles(tally: Tally) -> Iterator[Envelope]:
        parts = _parts(streams.lines(stream, maker.limit), maker.limit, counted=counted)
        for number, (part, extra) in enumerate(_framed(parts, counted=counted), 1):
            tally.counted += 1
            tally.given += 1
            yield _article(maker, part, Place(number, part.offset if placed else None, part.length), extra, encoding)

    yield from tallied(blob, desk, "document", articles, "export")


def _article(maker: Maker, part: _Part, place: Place, extra: dict[str, str], encoding: str | None) -> Envelope:
    if part.long:
        detail = f"a document of more than {maker.limit} bytes (limits.document_bytes)"
        return maker.problem("PC108", detail, place, part.raw)
    if not part.raw.strip():
        return maker.problem("PC102", "", place)
    try:
        text, odd = part.raw.decode(), False
    except UnicodeDecodeError:
        text, odd = part.raw.decode("utf-8", "surrogateescape"), True
    told = {"id": part.id} if part.id else {}
    if fields := coded.record(text) or labelled.record(text):
        return maker.make({**fields, **told, **extra}, place, odd=odd)
    return maker.blob.envelope(maker.wrapper, part.raw, place, Fields(told, extra, encoding))


def _framed(parts: Iterable[_Part], *, counted: bool) -> Iterator[tuple[_Part, dict[str, str]]]:
    """The articles; with the first what stands before it, with the last what stands behind it."""
    extra: dict[str, str] = {}
    held: _Part | None = None
    for number, part in enumerate(parts):
        if counted and not number:
            extra = _kept("front_matter", part)
        elif not counted and held and not part.closed and _is_back(part):
            extra |= _kept("back_matter", part)
        else:
            if held:
                yield held, extra
                extra = {}
            held = part
    if held:
        yield held, extra


def _kept(name: str, part: _Part) -> dict[str, str]:
    text = part.raw.decode("utf-8", "backslashreplace").strip("\ufeff \t\r\n\f")
    return {name: text} if text else {}


def _is_back(part: _Part) -> bool:
    return len(part.raw.strip()) <= SHORT or _BACK.match(part.raw) is not None


def _parts(lines: Iterable[tuple[int, int, bytes | None]], limit: int, *, counted: bool) -> Iterator[_Part]:
    """What stands between the marks, in order; of a part that is too long, only its beginning."""
    held, begin, end, last = bytearray(), 0, 0, Mark()
    for offset, length, line in lines:
        found = mark(line) if line else None
        if found and _counts(found, last, counted=counted):
            if counted or held.strip():
                yield _bare(bytes(held), begin, end, limit)._replace(closed=True, id=found.id)
            held, begin, last = bytearray(), offset + length, found
        elif len(held) <= limit and line:
            held += line
        end = offset + length
    if last.number or held.strip():
        yield _bare(bytes(held), begin, end, limit)


def _counts(found: Mark, last: Mark, *, counted: bool) -> bool:
    """Whether a mark goes on from the last one, and is not quoted by an article."""
    if not counted:
        return not found.number
    return last.number < found.number <= found.total and last.total in (0, found.total)


def _bare(raw: bytes, begin: int, end: int, limit: int) -> _Part:
    """A part without the blank lines and the rules around it; one that is too long as it is."""
    if end - begin > limit:
        return _Part(raw, begin, end - begin, long=True)
    blank = _BLANK.match(raw)
    first = blank.end() if blank else 0
    shown = raw[first:].rstrip()
    while (rule := shown.rpartition(b"\n")[2].strip()) and len(rule) > 9 and not rule.strip(b"_="):
        shown = shown[: -len(rule)].rstrip()
    return _Part(shown, begin + first, len(shown), len(shown) > limit)

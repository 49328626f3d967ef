"""Exports of press databases: one text file that holds many articles, or an article among its fields.

LexisNexis, ProQuest and Genios count the articles above each (``3 of 40 DOCUMENTS``, ``Document 3 of 40``); Nexis Uni
and Factiva say below each that it ends (``End of Document``, ``Document ABCD000020240312ek3c0001h``). An article among
fields is a record, as a row of a table is: `provcheck.readers.coded`, `labelled` and `mastheads` tell them by codes, by
labels and by their place.

What such lines are, and when they are believed, stands in `provcheck.readers.marks`. What stands before the first
article (a table of contents) or behind the last (a summary of the search) is kept as a field of that article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from provcheck.model import ROLES
from provcheck.patterns import late
from provcheck.readers import coded, labelled, mastheads, streams
from provcheck.readers.blob import Blob, Desk, Fields, Place, tallied
from provcheck.readers.jsonlines import as_utf8
from provcheck.readers.marks import SHORT, Mark, Style, between, is_rule, marked, style_of
from provcheck.readers.records import Maker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.model import Envelope
    from provcheck.readers.ledger import Tally

# A blank line, or one that is nothing but a rule.
_BLANK = late(rb"(?:[ \t\f\v_=]*\r?\n)+")
_BACK = late(rb"\s{0,99}(?:search summary|(?:\xc2\xa9|\xa9|\(c\))\s?(?:19|20)\d\d factiva)", re.IGNORECASE)


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


def looks_like_export(head: bytes) -> bool:
    """Tell whether a file, by its beginning, is an export of a press database.

    >>> looks_like_export(b"It rained.\\n\\nEnd of Document\\n\\nIt snowed.\\n\\nEnd of Document\\n")
    True
    """
    if labelled.may_be(head):
        return labelled.looks_labelled(head) or style_of(head) != "alone"
    return coded.looks_coded(head) or marked(head) is not None


def read(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read an export, article by article."""
    maker = Maker(blob, desk, "export")
    stream, placed = as_utf8(blob)
    style = style_of(stream.peek(streams.HEAD)[: streams.HEAD])
    encoding = None if placed else "utf-8"

    def articles(tally: Tally) -> Iterator[Envelope]:
        parts = _parts(streams.lines(stream, maker.limit), maker.limit, style)
        for number, (part, extra) in enumerate(_framed(parts, style), 1):
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
    told = {"id": part.id} if part.id else {}
    fields, odd = _fields(part)
    if fields:
        declared = {role: fields.pop(role) for role in ROLES if role in fields}
        content = fields.pop("text")
        return maker.article(Fields({**declared, **told}, {**fields, **extra}), content, place, odd=odd)
    return maker.blob.envelope(maker.wrapper, part.raw, place, Fields(told, extra, encoding))


def _fields(part: _Part) -> tuple[dict[str, str] | None, bool]:
    """The fields of an article and its text, if it has any; and whether odd bytes stand in them as lone surrogates.

    Labels in an old encoding are read as latin-1, which most of them are, and their values then given back as bytes.
    """
    try:
        text, odd = part.raw.decode(), False
    except UnicodeDecodeError:
        text, odd = part.raw.decode("latin-1"), True
    found = coded.record(text) or labelled.record(text) or (mastheads.record(text) if part.id else None)
    if found and odd:
        found = {k: v.encode("latin-1", "replace").decode("utf-8", "surrogateescape") for k, v in found.items()}
    return found, odd


def _framed(parts: Iterable[_Part], style: Style) -> Iterator[tuple[_Part, dict[str, str]]]:
    """The articles; with the first what stands before it, with the last what stands behind it."""
    extra: dict[str, str] = {}
    held: _Part | None = None
    for number, part in enumerate(parts):
        if not number and (style == "counted" or (style == "ruled" and not labelled.looks_labelled(part.raw))):
            extra = _kept("front_matter", part)
        elif style != "counted" and held and not part.closed and _is_back(part):
            extra |= _kept("back_matter", part)
        else:
            if held:
                yield held, extra
                extra = {}
            held = part
            if style == "closed" and not number and (end := labelled.covered(part.raw.decode("latin-1"))):
                extra, held = _kept("front_matter", part._replace(raw=part.raw[:end])), _behind(part, end)
    if held and style == "counted" and (rule := _last_rule(held.raw)):
        extra |= _kept("back_matter", held._replace(raw=held.raw[rule:]))
        held = _bare(held.raw[:rule], held.offset, held.offset + rule, rule)
    if held:
        yield held, extra


def _behind(part: _Part, end: int) -> _Part:
    """An article that begins so many bytes further on."""
    rest = _bare(part.raw[end:], part.offset + end, part.offset + len(part.raw), len(part.raw))
    return rest._replace(long=part.long, closed=part.closed, id=part.id)


def _last_rule(raw: bytes) -> int:
    """Where the first rule of an article stands behind which is nothing that has a database's labels; 0 for none."""
    at = 0
    for line in raw.splitlines(keepends=True):
        if is_rule(line):
            return 0 if labelled.looks_labelled(raw[at:]) else at
        at += len(line)
    return 0


def _kept(name: str, part: _Part) -> dict[str, str]:
    text = part.raw.decode("utf-8", "backslashreplace").strip("\ufeff \t\r\n\f")
    return {name: text} if text else {}


def _is_back(part: _Part) -> bool:
    return len(part.raw.strip()) <= SHORT or _BACK.match(part.raw) is not None


def _parts(lines: Iterable[tuple[int, int, bytes | None]], limit: int, style: Style) -> Iterator[_Part]:
    """What stands between the marks, in order; of a part that is too long, only its beginning."""
    held, begin, end, last = bytearray(), 0, 0, Mark()
    for offset, length, line in lines:
        found = between(line, style) if line else None
        if found and (style != "counted" or _counts(found, last)):
            if style == "counted" or held.strip():
                yield _bare(bytes(held), begin, end, limit)._replace(closed=True, id=found.id)
            held, begin, last = bytearray(), offset + length, found
        elif len(held) <= limit and line:
            held += line
        end = offset + length
    if last.number or held.strip():
        yield _bare(bytes(held), begin, end, limit)


def _counts(found: Mark, last: Mark) -> bool:
    """Whether a count goes on from the last one, and is not quoted by an article."""
    return last.number < found.number <= found.total and last.total in (0, found.total)


def _bare(raw: bytes, begin: int, end: int, limit: int) -> _Part:
    """A part without the blank lines and the rules around it; one that is too long as it is."""
    if end - begin > limit:
        return _Part(raw, begin, end - begin, long=True)
    blank = _BLANK.match(raw)
    first, last = blank.end() if blank else 0, _filled_to(raw, len(raw))
    while is_rule(raw[raw.rfind(b"\n", 0, last) + 1 : last]):
        last = _filled_to(raw, raw.rfind(b"\n", 0, last) + 1)
    shown = raw[first:last]
    return _Part(shown, begin + first, len(shown), len(shown) > limit)


def _filled_to(raw: bytes, end: int) -> int:
    """Where the last character before `end` stands that is no white space."""
    while end and raw[end - 1] in b" \t\r\n\f\v":
        end -= 1
    return end

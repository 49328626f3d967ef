"""Markup in which wires, archives and corpora of news are exported: NITF, NewsML, feeds, TEI, and SGML told by <DOC>.

`kinds` tells which of them a file is, `cut` takes it apart into its records, `tree` and `sgml` parse one, `stories`
takes it apart once more where it holds several, `fields` says what it holds, by the XPaths of a table, and `prose`
writes down its text.

A file is read in the encoding that its bytes bear out: where they are not UTF-8, what the file declares is believed as
far as it makes text, as for any document (see `provcheck.readers.records`).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from provcheck.readers import streams
from provcheck.readers.blob import Blob, Desk, Fields, Place, tallied
from provcheck.readers.charset import declared
from provcheck.readers.jsonlines import as_utf8
from provcheck.readers.markup import fields, prose, sgml, stories, tree
from provcheck.readers.markup.cut import Cutter
from provcheck.readers.markup.fields import NO_FRONT
from provcheck.readers.markup.kinds import Kind, first_tag, kind_of
from provcheck.readers.records import Maker
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from lxml.etree import _Element

    from provcheck.model import Envelope
    from provcheck.readers.ledger import Tally
    from provcheck.readers.markup.cut import Piece

__all__ = ["kind_of", "read"]

_ESCAPED = ("iso2022", "hz")
"""Encodings in which characters are written with bytes of ASCII, ``<`` among them."""


class _Said(NamedTuple):
    """What holds for a whole file: its kind, the encoding that it declares, and whether places in it can be told."""

    kind: Kind
    encoding: str | None
    placed: bool


class _Above(NamedTuple):
    """What stands above the records: its fields, namespaces, and whether odd bytes are among them."""

    fields: fields.Front
    spaces: str
    odd: bool


class _Kept(NamedTuple):
    """What is known of a record besides its tree: its bytes, its place, and whether odd bytes are among them."""

    piece: Piece
    place: Place
    odd: bool


def read(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a file of markup, record by record; one that is itself a record is a document as a whole."""
    stream, said = _opened(blob)
    maker = Maker(blob, desk, said.kind.wrapper)
    cutter = Cutter(stream, said.kind, maker.limit)

    def documents(tally: Tally) -> Iterator[Envelope]:
        above, more = None, 0
        for piece, place in _placed(cutter, said):
            above = above or _above(cutter.front, said)
            made = _documents(maker, said, above, piece, place._replace(row=place.row and place.row + more))
            more += len(made) - 1
            tally.counted += len(made)
            tally.given += len(made)
            yield from made

    yield from tallied(blob, desk, "record", documents, said.kind.wrapper)


def _opened(blob: Blob) -> tuple[BufferedReader, _Said]:
    """The stream in an encoding whose ASCII is ASCII, and what the file says of itself."""
    encoding = declared(blob.stream.peek(streams.HEAD)[: streams.HEAD])
    stream, placed = as_utf8(blob)
    if placed and encoding and encoding.startswith(_ESCAPED):
        stream, placed = streams.recoded(stream, encoding), False
    kind = kind_of(stream.peek(streams.HEAD)[: streams.HEAD])
    if kind is None:  # other bytes than those that told the format: the file is being written to
        raise Refusal("PC110", "markup of no known kind", 0)
    return stream, _Said(kind, encoding if placed else "utf-8", placed)


def _placed(cutter: Cutter, said: _Said) -> Iterator[tuple[Piece, Place]]:
    """The records with their places: that of a record which is the whole file is the file's."""
    pieces, stop = cutter.pieces(), None
    first = next(pieces, None)
    if first is None:
        raise Refusal("PC105", f"<{said.kind.root}> holds no <{said.kind.records[0]}>", 0)
    try:
        second = next(pieces, None)
    except Refusal as refusal:  # what came before it is told first
        second, stop = None, refusal
    if said.kind.root in said.kind.records and second is None and stop is None:
        yield first, Place(None, 0, cutter.size)
        return
    for number, piece in enumerate(chain((first, second) if second else (first,), pieces), 1):
        yield piece, Place(number, piece.offset if said.placed else None, piece.length)
    if stop:
        raise stop


def _above(front: bytes, said: _Said) -> _Above:
    """What stands above the first record; nothing where that is damaged, since the records do not need it."""
    kind = said.kind
    raw = front[first_tag(front) : front.rfind(b">") + 1]
    source = tree.Source.of(raw, said.encoding)
    spaces = tree.spaces(tree.masked(source))
    if not raw or kind.loose or kind.root in kind.records:
        return _Above(NO_FRONT, spaces, odd=False)
    try:
        root = tree.parsed(tree.masked(source), whole=False)
    except tree.Damaged:
        return _Above(NO_FRONT, spaces, odd=False)
    for child in (*root, root):
        tree.homely(child)
    return _Above(fields.front(root, kind), spaces, source.odd)


def _documents(maker: Maker, said: _Said, above: _Above, piece: Piece, place: Place) -> list[Envelope]:
    """The documents of a record: one, or more where it holds several stories, which are rows at the same place."""
    where = _where(piece, place)
    if piece.raw is None:
        detail = f"{where} has more than {maker.limit} bytes (limits.document_bytes)"
        return [maker.problem("PC108", detail, place)]
    if not piece.complete:
        return [maker.problem("PC104", f"{where}: its end is missing", place, piece.raw)]
    source = tree.Source.of(piece.raw, said.encoding)
    odd = source.odd or above.odd
    made: list[Envelope] = []
    try:
        text = tree.masked(source)
        record = sgml.parsed(text) if said.kind.loose else tree.parsed(text, above.spaces)
        tree.homely(record)
        for number, story in enumerate(stories.apart(record) if said.kind.splits else (record,)):
            own = place._replace(row=place.row + number) if place.row else place
            made.append(_document(maker, said, above.fields, story, _Kept(piece, own, odd)))
    except tree.Damaged as damage:
        return [maker.problem("PC104", f"{where}, {damage}", place, piece.raw)]
    if len(made) > 1 and not place.row:
        return [replace(each, origin=replace(each.origin, row=n)) for n, each in enumerate(made, 1)]
    return made


def _document(maker: Maker, said: _Said, front: fields.Front, story: _Element, kept: _Kept) -> Envelope:
    piece, place, odd = kept
    found = fields.found(story, said.kind, front)
    if not found.text:
        told = fields.elsewhere(story, said.kind)
        why = f": its content is not in the file, but at or as {told}" if told else ""
        detail = f"{_where(piece, place)}: no text in its <{prose.local(story)}>{why}"
        return maker.problem("PC105", detail, place, piece.raw or b"")
    told_by = Fields(found.declared, found.extra, said.encoding, found.media)
    return maker.article(told_by, found.text, place, odd=odd)


def _where(piece: Piece, place: Place) -> str:
    return f"record {place.row} at byte {piece.offset}" if place.row else "the file"

"""JSON that is not one record a line: an array of records, a record alone, records in a wrapper, or one after another.

A file that fits into the limit of one document and holds a single object is parsed whole, since only then is it plain
whether the object is a document or a wrapper (``{"status": "ok", "articles": [...]}``). All else is cut by
`provcheck.readers.jsonscan`, however large, so that what stands before and behind a fault is read.
"""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from provcheck.readers import jsonscan, roles
from provcheck.readers.blob import Blob, Desk, Place, tallied
from provcheck.readers.jsonlines import BLANK, as_utf8, parsed
from provcheck.readers.records import Maker, Row, columns_shown, with_text
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provcheck.model import Envelope
    from provcheck.readers.ledger import Tally


def read(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a JSON file of any of these shapes."""
    maker = Maker(blob, desk, "json")
    stream, placed = as_utf8(blob)
    first = stream.read(maker.limit + 1)
    begin = first.lstrip(BLANK)
    found = parsed(maker, first, Place(None, 0, len(first)), "the file") if _one_value(first, maker.limit) else None
    if isinstance(found, Row):
        wrapped = _wrapped(maker, found)
        if wrapped is None:
            yield _single(maker, found)
            return
        rows = wrapped
    elif found is not None and not _holds_records(begin):
        yield found
        return
    else:
        depth = 1 if begin.startswith(b"[") else 2 if begin.startswith(b"{") and _holds_records(begin) else 0
        rows = _cut(maker, _Joined(first, stream), depth, placed=placed)

    def counted(tally: Tally) -> Iterator[Envelope]:
        return with_text(maker, _tallied(rows, tally), tally)

    yield from tallied(blob, desk, "record", counted, "json")


def _one_value(first: bytes, limit: int) -> bool:
    """Tell whether a file holds a single value that is no array, complete or not."""
    begin = first.lstrip(BLANK)
    if len(first) > limit or begin.startswith(b"["):
        return False
    return not begin.startswith(b"{") or len(list(islice(_scan(begin, 0), 2))) < 2


def _holds_records(raw: bytes) -> bool:
    """Tell whether an array at the start, or an array in the object at the start, has an object in it."""
    if raw.startswith(b"["):
        return True
    top = next(_scan(raw, 0), None)
    return top is not None and bool(top.raw) and next(_scan(top.raw or b"", 2), None) is not None


def _scan(raw: bytes, depth: int) -> Iterator[jsonscan.Piece]:
    """The pieces of some bytes; where they break off is no fault here."""
    scanner = jsonscan.pieces(io.BytesIO(raw), len(raw), depth)
    while True:
        try:
            yield next(scanner)
        except (StopIteration, Refusal):
            return


def _single(maker: Maker, row: Row) -> Envelope:
    if any(maker.plan(row.record)[:2]):
        return maker.make(row.record, row.place, odd=row.odd)
    return maker.problem("PC111", columns_shown(row.record), row.place)


class _List(NamedTuple):
    name: str
    records: list[Any]
    has_text: bool


def _wrapped(maker: Maker, row: Row) -> Iterator[Envelope | Row] | None:
    """The records of a wrapper, from the list that holds texts; None where the object is a document itself."""
    if any(maker.plan(row.record)[:2]):
        return None
    lists = _lists(maker, row.record)
    if not lists:
        return None
    usual = roles.table()["wrappers"]
    best = min(lists, key=lambda x: (not x.has_text, usual.index(x.name) if x.name in usual else len(usual)))
    around = {k: _outline(v) for k, v in row.record.items() if v is not best.records}
    return _unwrapped(maker, best.records, around, odd=row.odd)


def _lists(maker: Maker, record: Mapping[str, Any]) -> list[_List]:
    """The lists of objects in an object, or in an object inside it (``{"response": {"docs": [...]}}``)."""
    inner = [v for v in record.values() if isinstance(v, dict)]
    return [
        _List(name, value, any(maker.plan(value[0])[:2]))
        for home in (record, *inner)
        for name, value in home.items()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    ]


def _outline(value: object) -> object:
    """A wrapper's own field, for `extra`: lists are only counted, because they would be copied to every record."""
    return (
        f"a list of {len(value)}" if isinstance(value, list) else value if not isinstance(value, dict) else "an object"
    )


def _unwrapped(maker: Maker, records: list[Any], around: dict[str, Any], *, odd: bool) -> Iterator[Envelope | Row]:
    for number, record in enumerate(records, 1):
        place = Place(number, None)
        if isinstance(record, dict):
            yield Row({**record, "wrapper": around} if around else record, place, odd)
        else:
            yield maker.problem("PC104", f"record {number} is no object", place)


def _cut(maker: Maker, source: _Joined, depth: int, *, placed: bool) -> Iterator[Envelope | Row]:
    for number, piece in enumerate(jsonscan.pieces(source, maker.limit, depth), 1):
        place = Place(number, piece.offset if placed else None, piece.length)
        where = f"record {number} at byte {piece.offset}"
        if piece.raw is None:
            yield maker.problem("PC108", f"{where} has more than {maker.limit} bytes (limits.document_bytes)", place)
        elif not piece.complete:
            yield maker.problem("PC104", f"{where}: the file ends inside of it", place, piece.raw)
        else:
            yield parsed(maker, piece.raw, place, where)


def _tallied(rows: Iterator[Envelope | Row], tally: Tally) -> Iterator[Envelope | Row]:
    for row in rows:
        tally.counted += 1
        yield row


class _Joined:
    """The bytes that were read already, and then the rest of their stream."""

    def __init__(self, first: bytes, stream: io.BufferedReader) -> None:
        self._first, self._rest = first, stream

    def read(self, size: int, /) -> bytes:
        given, self._first = self._first, b""
        return given or self._rest.read(size)

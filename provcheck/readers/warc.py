"""WARC files: what a crawler saw (Heritrix, wget, browsertrix, Common Crawl), the texts made of it (WET), and old ARC.

A record is a row, as in a file of JSON lines, and its place is that of the whole record. Documents are the answers with
status 2xx that are a page or a plain text, and resources and conversions of these types. All else is no document by
its nature: requests, redirects, error pages, images, scripts, feeds. Two rows of three would be of that kind, so such
records have no rows; the ledger counts them by their sort. A body of another format (JSON, PDF) is not handed on to
its reader as a member of an archive would be: what a page fetches behind its scenes is no part of a corpus.

The day of the crawl says nothing of the day of publication, and neither does `Last-Modified`; both stay in `extra`. So
do the languages that Common Crawl identified, which are up to three and those of the whole page.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from provcheck.model import Problem
from provcheck.patterns import late
from provcheck.readers import charset, magic, plain, responses, streams, warcsorts
from provcheck.readers.blob import Fields, Place, tallied
from provcheck.readers.refusal import Refusal
from provcheck.readers.warcparts import joined
from provcheck.readers.warcscan import records
from provcheck.readers.warcshapes import ARC, WARC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.model import Envelope
    from provcheck.readers.blob import Blob, Desk
    from provcheck.readers.ledger import Tally
    from provcheck.readers.responses import Head
    from provcheck.readers.warcscan import Record

# A first line with a version, and a field below it: an article about WARC files may begin with the former.
_BEGIN = late(rb"\s{0,99}WARC/\d\.\d{1,2}[ \t]*\r?\n[A-Za-z][A-Za-z0-9-]{0,60}[ \t]*:")

_TAKEN = ("warc-target-uri", "warc-record-id", "content-length")
_KEPT = ("content-type", "content-language", "last-modified")
"""Fields of an answer that say something of the document; the other thirty speak of caches and cookies."""
_TEXT_OF = ("urn:text:", "urn:textfinal:")
"""What browsertrix writes before the address of a page whose text it keeps."""
_SHOWN = 200
_SHAPES = {"warc": WARC, "arc": ARC}
_SEGMENTS = "segments of other records (WARC)"


def looks_like_warc(head: bytes) -> bool:
    """Tell whether a file begins as a WARC does.

    >>> looks_like_warc(b"WARC/1.0\\r\\nWARC-Type: warcinfo\\r\\n"), looks_like_warc(b"WARC/1.0\\nA format, explained.")
    (True, False)
    """
    return _BEGIN.match(head) is not None


def read(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read the pages and texts of a crawl."""
    yield from tallied(blob, desk, "record", partial(_rows, blob, desk, "warc"), "warc")


def read_arc(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read the pages and texts of a crawl in the format of before 2009."""
    yield from tallied(blob, desk, "record", partial(_rows, blob, desk, "arc"), "arc")


def _rows(blob: Blob, desk: Desk, wrapper: str, tally: Tally) -> Iterator[Envelope]:
    left: Counter[str] = Counter()
    # A document of just the limit has the head of its answer before it.
    limit = desk.settings.limits.document_bytes + responses.HEAD_BYTES
    for record in joined(records(blob.stream, limit, _SHAPES[wrapper]), limit):
        for number in record.taken:
            desk.ledger.skip(f"{blob.where}#{number}", _SEGMENTS)
        place = Place(record.number, record.offset, record.length)
        if record.damage:
            tally.reasons += 1
            detail = f"{record.damage}, at bytes {record.offset:,} to {record.offset + record.length:,}"
            yield blob.refused(wrapper, Problem("PC106", detail), place, record.block)
            continue
        found = _row(blob, desk, wrapper, record)
        if isinstance(found, str):
            left[found] += 1
            address = _address(record.head)[:_SHOWN]
            desk.ledger.skip(f"{blob.where}#{record.number} {address}".rstrip(), f"{found} ({wrapper.upper()})")
        else:
            tally.counted += 1
            tally.given += 1
            yield found
    if left and not tally.given + tally.reasons:
        tally.reasons += 1
        sorts = ", ".join(f"{count:,} {sort}" for sort, count in sorted(left.items()))
        which = f"{'an' if wrapper == 'arc' else 'a'} {wrapper.upper()} file"
        yield blob.refused(wrapper, Problem("PC110", f"{which} without a page or a text, but with {sorts}"))


def _row(blob: Blob, desk: Desk, wrapper: str, record: Record) -> Envelope | str:
    """The row of a record, or the sort of what is no document."""
    place = Place(record.number, record.offset, record.length)
    try:
        found = _document(record, desk)
    except Refusal as refusal:
        code, detail = refusal.problem
        where = f"record {record.number}: {detail}" if code == "PC104" else detail
        return blob.refused(wrapper, Problem(code, where), place, record.block)
    return found if isinstance(found, str) else blob.envelope(wrapper, found[0], place, found[1])


def _document(record: Record, desk: Desk) -> tuple[bytes, Fields] | str:
    """The bytes of a document and its fields, or the sort of what is none; raises Refusal for one that is not read."""
    head, address = record.head, _address(record.head)
    kind = head.get("WARC-Type").lower()
    if kind == "continuation":
        raise Refusal("PC104", record.part)
    sort = warcsorts.of_record(kind, address)
    if sort:
        return sort
    if head.odd:
        raise Refusal("PC104", f"a line of its head is no field: {head.odd[:_SHOWN]!r}")
    said, raw = head, record.block
    if kind == "response" and (raw.startswith(b"HTTP/") or head.media == "application/http"):
        said, raw = responses.answer(raw)
        sort = warcsorts.of_status(said.status)
    sort = sort or warcsorts.of_media(said.media, address)
    if sort:
        return sort
    if record.part:
        raise Refusal("PC104", record.part)
    limit = desk.settings.limits.document_bytes
    if record.long and not warcsorts.is_document(said.media):
        return warcsorts.OTHER
    if record.long:
        raise Refusal("PC108", f"a document of more than {limit} bytes (limits.document_bytes)")
    raw = responses.body(said if said is not head else responses.NO_HEAD, raw, limit, desk.meter)
    sort = warcsorts.of_body(raw, said.media)
    if sort:
        return sort
    html = warcsorts.is_page(said.media) or plain.looks_like_page(raw[: streams.HEAD])
    encoding = _encoding(raw, said.charset, html=html)
    return raw, Fields(_declared(head, address), _extra(head, said), encoding, "html" if html else "text")


def _address(head: Head) -> str:
    """The address of what a record holds: wget wrote it in angle brackets once, and browsertrix marks texts."""
    address = head.get("WARC-Target-URI").removeprefix("<").removesuffix(">")
    mark = next((m for m in _TEXT_OF if address.lower().startswith(m)), "")
    return address[len(mark) :]


def _encoding(raw: bytes, label: str, *, html: bool) -> str | None:
    """The encoding as browsers find it: a byte order mark, then what the answer says, then what the page does."""
    if any(raw.startswith(bom) for bom, _ in magic.BOMS):
        return charset.declared(raw)
    return charset.named(label) or (charset.declared(raw) if html else None)


def _declared(head: Head, address: str) -> dict[str, str]:
    said = {"url": address, "id": head.get("WARC-Record-ID")}
    return {role: value for role, value in said.items() if value}


def _extra(head: Head, said: Head) -> dict[str, Any]:
    """The other fields of the record, and those of the answer that are of use."""
    extra: dict[str, Any] = {}
    for name, value in head.fields:
        if name.lower() not in _TAKEN:
            extra[name] = f"{extra[name]}, {value}" if name in extra else value
    if said is not head:
        kept = {name: value for name, value in said.fields if name.lower() in _KEPT}
        extra["HTTP"] = {"status": said.status, **kept}
    return extra

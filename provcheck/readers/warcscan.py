"""Cut a stream of WARC or ARC into its records, and go on behind what is damaged.

A record is a head of fields, a block of as many bytes as `Content-Length` says, and two line ends (ISO 28500). The
format has no other mark for its end, so a wrong length hits all that follows. Two libraries were tried on damaged
files. warcio (1.8) takes a record that ends early, a negative length or none for what it is, prints to standard error,
and reads head lines of any length into memory. fastwarc (2.0) ends at the first fault, or, with its quirks mode, passes
over bytes without a word. Here no byte may be passed over in silence, so this module reads the format itself: a record
is given only if its length leads to its end, and every byte between two records is told as damage.

After damage the next record is taken up where a line says its version and a whole head follows with the four fields
that each record must have. Such a head inside a page is no danger: pages are looked into only where a length is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late
from provcheck.readers import responses, streams
from provcheck.readers.blob import EVIDENCE
from provcheck.readers.refusal import Refusal
from provcheck.readers.warcshapes import WARC

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from provcheck.readers.gunzip import Gap
    from provcheck.readers.responses import Head
    from provcheck.readers.warcshapes import Shape

_BLANK = late(rb"[\r\n]*+")


class Record(NamedTuple):
    """A record: its number from 1, its place without the line ends behind it, its head, and its block.

    Of a block that is too `long`, the first bytes are there. With `damage`, what stands in the place is no record that
    can be read: this says why, and `block` has its first bytes. With `part` it is only a part of a record, which says
    of what; `taken` are the numbers of the records that were joined to it, or are parts as it is.
    """

    number: int
    offset: int
    length: int
    head: Head
    block: bytes
    long: bool = False
    damage: str = ""
    part: str = ""
    taken: tuple[int, ...] = ()


def records(stream: io.BufferedReader, limit: int, shape: Shape = WARC) -> Iterator[Record]:
    """The records of a stream of this shape and what is damaged between them, in order and without a gap.

    Blocks of more than `limit` bytes are not held. Time is linear in the stream. Where a gz that is packed record by
    record is damaged, the records behind the damage follow, and places there count what could be unpacked. Raises
    Refusal where a stream breaks off for good, behind what was whole.

    >>> import io
    >>> raw = b"WARC/1.1\\r\\nWARC-Type: resource\\r\\nContent-Length: 4\\r\\n\\r\\nRain\\r\\n\\r\\nSnow"
    >>> [(r.offset, r.block, r.damage) for r in records(io.BufferedReader(io.BytesIO(raw)), 100)]
    [(0, b'Rain', ''), (60, b'Snow', 'bytes of no record')]
    """
    window = _Window(stream, shape)
    number, more = 0, window.filled()
    while more or window.gap:
        number += 1
        record = _next(window, number, limit) if more else _nothing(window, number)
        window.holds(responses.HEAD_BYTES)  # as the next head will: so damage is known before the record is given
        more = window.filled()
        if window.doubts(record) if more else (record.damage or record.offset == window.doubt):
            record = window.passed(record)
            more = window.filled()
        yield record
    if window.refusal:
        raise _broken(window.refusal, window.begin)


def _broken(refusal: Refusal, offset: int) -> Refusal:
    code, detail = refusal.problem
    return Refusal(code, f"{detail}; from byte {offset:,} on there is no whole record", offset)


def _next(window: _Window, number: int, limit: int) -> Record:
    """The record at the beginning of the window, or the damage there; either is passed."""
    opened = window.head(0)
    if opened is None:
        begun = window.shape.mark.match(window.data)
        why = f"a record whose head has no end within {responses.HEAD_BYTES:,} bytes" if begun else "bytes of no record"
        return _damaged(window, number, why)
    head, begin = opened
    said = head.get("Content-Length")
    if not (said.isascii() and said.isdigit() and len(said) < 20):
        return _damaged(window, number, f"a record with the Content-Length {said[:40]!r}")
    size = int(said)
    if size > limit:
        return _large(window, number, head, (begin, size))
    end = begin + size
    if not window.holds(end):
        return _damaged(window, number, f"a record that ends early: its {window.shape.size} is {size:,}")
    if not window.closes(end):
        return _damaged(window, number, f"a record that does not end where its {window.shape.size} of {size:,} says")
    record = Record(number, window.begin, end, head, bytes(window.data[begin:end]))
    window.drop(end)
    return record


def _nothing(window: _Window, number: int) -> Record:
    """A record that is gone as a whole."""
    return Record(number, window.begin, 0, responses.NO_HEAD, b"", damage="a record is gone")


def _damaged(window: _Window, number: int, why: str) -> Record:
    """What stands between here and the next record."""
    offset, first = window.begin, bytes(window.data[:EVIDENCE])
    window.seek(None)
    length = window.begin - offset
    return Record(number, offset, length, responses.NO_HEAD, first[:length], damage=why)


def _large(window: _Window, number: int, head: Head, sizes: tuple[int, int]) -> Record:
    """A record that is passed without being held; `sizes` are those of its head and its block.

    A block so large that another record begins in it has a wrong length, or is a crawl itself. Both go on there.
    """
    begin, size = sizes
    window.holds(begin + responses.HEAD_BYTES + 1)  # with a byte more than the head of an answer may have
    offset, first = window.begin, bytes(window.data[: begin + responses.HEAD_BYTES + 1])
    end = offset + begin + size
    window.drop(begin)
    window.seek(end)
    if window.begin == end and window.closes(0):
        return Record(number, offset, begin + size, head, first[begin : begin + size], long=True)
    if window.begin == end:
        window.seek(None)
    why = f"a record that does not end where its {window.shape.size} of {size:,} says"
    return Record(number, offset, window.begin - offset, responses.NO_HEAD, first[: window.begin - offset], damage=why)


class _Window:
    """The part of a stream that is looked at: it can be looked into ahead of what has been passed.

    `begin` is the place of its first byte in the stream; `refusal` is why the stream breaks off, if it does. Where it
    can be gone on with behind the damage, `gap` says what is lost; `doubt` is the place from which on the bytes are
    those of what turned out to be damaged, -1 where there are none.
    """

    def __init__(self, stream: io.BufferedReader, shape: Shape) -> None:
        self._stream, self._ended, self.shape = stream, False, shape
        self.data, self.begin, self.doubt = bytearray(), 0, -1
        self.refusal: Refusal | None = None
        self.gap: Gap | None = None

    def holds(self, count: int) -> bool:
        """Tell whether so many bytes follow, which are then at hand."""
        while len(self.data) < count and not self._ended:
            try:
                # No more than one read, since a longer one would lose what came before the damage.
                part = self._stream.read1(responses.HEAD_BYTES)
            except Refusal as refusal:
                self.refusal, part = refusal, b""
            self._ended = not part
            self.data += part
            if self._ended:
                gap = streams.resumed(self._stream, self.shape.begins)
                self.gap = gap if gap and gap.follows else None
                self.doubt = self.begin + len(self.data) - gap.given if gap and gap.given else -1
        return len(self.data) >= count

    def doubts(self, record: Record) -> bool:
        """Tell whether a record stands in what turned out to be damaged, behind which the stream goes on."""
        return self.gap is not None and 0 <= self.doubt <= record.offset

    def passed(self, record: Record) -> Record:
        """Go on behind what is lost, from the record at hand on, which says so.

        Where nothing follows, it is told by the Refusal that is raised.
        """
        if self.gap is None:
            if self.refusal:
                raise _broken(self.refusal, record.offset)
            return record
        why = self.refusal.problem.detail if self.refusal else record.damage
        lost = f"bytes {self.gap.begin:,} to {self.gap.end:,} of the packed file are lost ({why})"
        self._ended, self.refusal, self.gap, self.doubt = False, None, None, -1
        self.drop(len(self.data))
        return record._replace(length=self.begin - record.offset, head=responses.NO_HEAD, long=False, damage=lost)

    def drop(self, count: int) -> None:
        """Pass so many bytes, all of which are at hand."""
        del self.data[:count]
        self.begin += count

    def filled(self) -> bool:
        """Pass blank lines; tell whether anything follows."""
        while self.holds(1):
            blank = _BLANK.match(self.data)
            end = blank.end() if blank else 0
            self.drop(end)
            if self.data:
                return True
        return False

    def head(self, at: int) -> tuple[Head, int] | None:
        """The head that begins here, and where its block does; None where no whole head begins."""
        self.holds(at + responses.HEAD_BYTES)
        return self.shape.head(self.data, at)

    def closes(self, at: int) -> bool:
        """Tell whether a record may end here: before line ends, another record, or the end."""
        length = 2 * self.shape.longest
        self.holds(at + length)
        after = bytes(self.data[at : at + length])
        rest = after.lstrip(b"\r\n")
        return not rest or after.startswith(self.shape.between) or self.shape.begins(rest)

    def seek(self, until: int | None) -> None:
        """Pass a byte, and what stands before the next head that has all that it must have; nothing from `until` on."""
        while True:
            found = self.shape.mark.search(self.data, 1)
            at = found.start() if found else len(self.data)
            if until is not None and self.begin + at >= until:
                return self.drop(until - self.begin)
            if found:
                opened = self.head(at)
                self.drop(at)
                if opened and all(map(opened[0].get, self.shape.must)):
                    return None
            elif not self.holds(len(self.data) + 1):
                return self.drop(len(self.data))
            else:  # a first line may be cut at the end of what was read
                self.drop(max(0, at - self.shape.longest))

"""Cut a stream of JSON into its records without parsing it.

The scanner knows only strings and brackets. It needs no more memory than the longest record may have, tells where
each one begins, and goes on behind a record that does not parse. A parser of the whole file (`json.load`, or a
streaming one such as ijson) gives up every record behind the first fault, and gives no places.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.readers.refusal import Source

# One token: a string up to its closing quote, or up to the end of the buffer (group "open": then it goes on in the
# next one); a bracket; or a run of anything else, which is a number or a word. Every repeat is possessive, so that a
# string without an end is read once and never tried again from its middle.
_TOKEN = late(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|(?P<open>\\?\Z))|[\[\]{}]|[^\s,:"\[\]{}]++', re.DOTALL)
_CHUNK = 1 << 20
_BOM = b"\xef\xbb\xbf"
"""A byte order mark, which is no value: some exports write one before every record."""


class Piece(NamedTuple):
    """A record's place and its bytes: None where they are more than a record may have."""

    offset: int
    length: int
    raw: bytes | None
    complete: bool = True


def pieces(source: Source, limit: int, depth: int) -> Iterator[Piece]:
    """The values at a depth of brackets, in order.

    `depth` 0 gives the values that follow each other in the stream, 1 the elements of an array, 2 the objects in the
    arrays of an object. Time is linear in the stream; no more than `limit` bytes and two chunks are held. Raises
    Refusal (PC104) where the stream ends between two records but inside of brackets.

    >>> import io
    >>> [p.raw for p in pieces(io.BytesIO(b'[{"a": "]"}, 7]'), 100, 1)]
    [b'{"a": "]"}', b'7']
    """
    scanner = _Scanner(limit, depth)
    while data := source.read(_CHUNK):
        yield from scanner.feed(data)
    yield from scanner.end()


class _Scanner:
    """The state between two chunks: how deep it is, and what it has of the record at hand."""

    def __init__(self, limit: int, wanted: int) -> None:
        self.limit, self.wanted = limit, wanted
        self.depth = self.base = self.held = 0
        self.tail = b""
        self.begin: int | None = None
        self.parts: list[bytes] = []

    def feed(self, data: bytes) -> Iterator[Piece]:
        buffer, start, cut = self.tail + data, 0, -1
        for match in _TOKEN.finditer(buffer):
            at, token = match.start(), buffer[match.start()]
            if match["open"] is not None:
                cut = at
                break
            if token in b"[{":
                if self.begin is None and self.depth == self.wanted and (token == 0x7B or self.wanted < 2):
                    self.begin, start = self.base + at, at
                self.depth += 1
            elif token in b"]}":
                self.depth = max(0, self.depth - 1)
                if self.begin is not None and self.depth <= self.wanted:
                    yield self._piece(buffer[start : match.end()])
            elif self.begin is None and self.depth == self.wanted < 2 and match[0].replace(_BOM, b""):
                yield Piece(self.base + at, match.end() - at, match[0])
        cut = len(buffer) if cut < 0 else cut
        if len(buffer) - cut > self.limit:  # what such a string holds does not matter: no record may be so long
            raise Refusal("PC108", f"a string of more than {self.limit} bytes (limits.document_bytes)", self.base + cut)
        if self.begin is not None:
            self._store(buffer[start:cut])
        self.tail = buffer[cut:]
        self.base += cut

    def end(self) -> Iterator[Piece]:
        if self.begin is not None:
            yield self._piece(self.tail)._replace(complete=False)
        elif self.depth > 0 or self.tail:
            raise Refusal("PC104", "the file ends before its last bracket is closed", self.base)

    def _store(self, part: bytes) -> None:
        self.held += len(part)
        if self.held > self.limit:
            self.parts.clear()
        else:
            self.parts.append(part)

    def _piece(self, last: bytes) -> Piece:
        self._store(last)
        raw = b"".join(self.parts) if self.held <= self.limit else None
        piece = Piece(self.begin or 0, self.held, raw)
        self.parts, self.held, self.begin = [], 0, None
        return piece

"""Unpack gz, member after member (RFC 1952), and go on behind a damaged one where somebody can tell the next.

Crawls are packed record by record, so that a member can be read without those before it. The library for gz gives up at
the first fault, and does not say which bytes it had begun with. So the members are followed here, and their bytes are
held as long as they may be asked for again.
"""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable

    from provcheck.readers.refusal import Source

HELD = 1 << 16
"""Packed bytes of a member that are looked through again for the next one.

The decoder may run on into members behind the damage before it notices, but hardly ever for more than some thousand
bytes: what it reads there makes no sense.
"""

_FEED = 1 << 14
_MARK = b"\x1f\x8b"
_FORMAT = 16 + zlib.MAX_WBITS
# The mark, deflate, flags of which three are never set, four bytes of time, how hard it was packed, and which system
# packed it: what programs write there. Deflated bytes look like that once in some hundred gigabytes.
_MEMBER = late(rb"(?s)\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]")
_SHORTEST = 9
_GLANCE = 1 << 12


class Gap(NamedTuple):
    """What could not be unpacked: the packed bytes from `begin` to `end`.

    `given` counts the unpacked bytes of it that were given before its fault was found; `follows` tells whether there is
    anything behind it.
    """

    begin: int
    end: int
    given: int = 0
    follows: bool = True


class Gunzip:
    """A gz stream; `more` tells that something else stands behind its last member.

    Zeros behind a member are padding.
    """

    def __init__(self, source: Source) -> None:
        """Read from `source`, whose first bytes are those of a member."""
        self._source, self.more = source, False
        self._codec, self._fault, self._given = zlib.decompressobj(_FORMAT), "", 0
        # The packed bytes of the member at hand, as many as are held; which is the first of them; which was the first
        # of the member; and what is to be unpacked next.
        self._held, self._at, self._begin, self._next = bytearray(), 0, 0, b""

    def read1(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end; raises EOFError or `gzip.BadGzipFile` where a member is damaged."""
        while not self.more:
            if self._fault:
                raise gzip.BadGzipFile(self._fault)
            if self._codec.eof and not self._follows():
                break
            self._next = self._next or self._fed()
            if not self._next:
                raise EOFError
            data = self._unpacked(size)
            if data:
                self._given += len(data)
                return data
        return b""

    read = read1

    def resume(self, begins: Callable[[bytes], bool]) -> Gap:
        """Go on at the next member whose text `begins` as it should, if one follows.

        To be called where a member was found to be damaged, or where `more` follows.
        """
        lost, given, at = self._begin, self._given if self._fault else 0, 0 if self.more else 1
        while True:
            found = _MEMBER.search(self._held, at)
            if found is None or found.start() + _GLANCE > len(self._held):
                self._drop(found.start() if found else max(at, len(self._held) - _SHORTEST))
                at = 0
                if self._fed():
                    continue
                found = _MEMBER.search(self._held)
            if found is None:
                return Gap(lost, self._at + len(self._held), given, follows=False)
            if begins(_glance(bytes(self._held[found.start() : found.start() + _GLANCE]))):
                self._drop(found.start())
                self._next, self.more = bytes(self._held), False
                self._start()
                return Gap(lost, self._begin, given)
            at = found.start() + 1

    def _unpacked(self, size: int) -> bytes:
        """At most `size` bytes more of the member: where it is damaged, all that stand before the fault."""
        before = self._codec.copy()
        try:
            data = self._codec.decompress(self._next, size)
        except zlib.error as error:
            self._fault = _told(error)
            return _rescued(before, self._next, size)
        self._next = self._codec.unconsumed_tail
        return data

    def _start(self) -> None:
        """Begin with the member at hand."""
        self._codec, self._fault, self._given, self._begin = zlib.decompressobj(_FORMAT), "", 0, self._at

    def _fed(self) -> bytes:
        """The next packed bytes, which are held as well."""
        block = self._source.read(_FEED)
        self._held += block
        if len(self._held) > HELD + _FEED:
            self._drop(len(self._held) - HELD)
        return block

    def _drop(self, count: int) -> None:
        count = min(count, len(self._held))
        del self._held[:count]
        self._at += count

    def _follows(self) -> bool:
        """Pass the zeros behind a member; tell whether another one follows."""
        rest = self._codec.unused_data.lstrip(b"\0")
        while len(rest) < len(_MARK) and (block := self._fed()):
            rest = (rest + block).lstrip(b"\0")
        self._next = rest
        self._drop(len(self._held) - len(rest))
        if rest:
            self._start()
            self.more = not _MARK.startswith(rest[: len(_MARK)])
        return bool(rest) and not self.more


def _rescued(codec: zlib._Decompress, packed: bytes, size: int) -> bytes:
    """What stands before a fault, which the library throws away: it is found byte by byte."""
    out = bytearray()
    try:
        for at in range(len(packed)):
            out += codec.decompress(packed[at : at + 1], size)
    except zlib.error:
        pass
    return bytes(out[:size])


def _glance(packed: bytes) -> bytes:
    """The first bytes of a member, none where it is none."""
    try:
        return zlib.decompressobj(_FORMAT).decompress(packed, _GLANCE)
    except zlib.error:
        return b""


def _told(error: zlib.error) -> str:
    """What is wrong, in words: zlib puts a number and what it was doing before them."""
    told = str(error).rpartition(": ")[2]
    return {"incorrect data check": "CRC check failed", "incorrect length check": "incorrect length"}.get(told, told)

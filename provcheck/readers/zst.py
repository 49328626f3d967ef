"""Zstandard frames, followed from block to block, so that a stream that breaks off is noticed.

The library's reader takes the end of its input for the end of the data, wherever it comes. The layout of frames and
blocks is that of RFC 8878, section 3.1: a magic number, a header whose first byte tells its length, blocks with a
header of three bytes each, and a checksum where the header says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from provcheck.readers.refusal import Source

_MAGIC = 0xFD2FB528
_SKIPPABLE = range(0x184D2A50, 0x184D2A60)


class Frames:
    """The bytes of a source, unchanged; raises EOFError where they end inside of a frame."""

    def __init__(self, source: Source) -> None:
        """Stand before the first frame."""
        self._source = source
        self._held, self._skip, self._checksum = b"", 0, 0
        self._step: Callable[[], bool] = self._magic

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""
        data = self._source.read(size)
        if not data and (self._skip or self._held or self._step != self._magic):
            raise EOFError
        self._held += data
        while self._passed() and self._step():
            pass
        return data

    def _passed(self) -> bool:
        """Let the bytes go that say nothing of the layout; False where more of them are to come."""
        gone = min(self._skip, len(self._held))
        self._held, self._skip = self._held[gone:], self._skip - gone
        return not self._skip

    def _take(self, count: int) -> int | None:
        if len(self._held) < count:
            return None
        value, self._held = int.from_bytes(self._held[:count], "little"), self._held[count:]
        return value

    def _magic(self) -> bool:
        value = self._take(4)
        if value is None:
            return False
        self._step = self._length if value in _SKIPPABLE else self._header if value == _MAGIC else self._alien
        return True

    def _alien(self) -> bool:
        """What is no frame is the library's to refuse."""
        self._held, self._step = b"", self._magic
        return False

    def _length(self) -> bool:
        value = self._take(4)
        if value is None:
            return False
        self._skip, self._step = value, self._magic
        return True

    def _header(self) -> bool:
        value = self._take(1)
        if value is None:
            return False
        single = value >> 5 & 1
        self._checksum = 4 if value >> 2 & 1 else 0
        self._skip = 1 - single + (0, 1, 2, 4)[value & 3] + (single, 2, 4, 8)[value >> 6]
        self._step = self._block
        return True

    def _block(self) -> bool:
        value = self._take(3)
        if value is None:
            return False
        last, kind, size = value & 1, value >> 1 & 3, value >> 3
        self._skip = 1 if kind == 1 else size
        if last:
            self._skip += self._checksum
            self._step = self._magic
        return True

"""Results that wait for the rest of the corpus: lines kept in order, in memory while they are few, then on disk.

What only the whole corpus can tell changes a few rows after all have been read. Keeping the rows as bytes here, and
not as objects, holds the memory flat however many there are.
"""

from __future__ import annotations

from array import array
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

MEMORY = 64 << 20
"""Bytes kept in memory before the spool goes to disk."""
BLOCK = 1 << 18
"""Bytes that are written at once."""


class Tail:
    """A temporary file that is written at its end, many small pieces at once; in memory while it is small.

    Raises OSError when the temporary disk is full.

    >>> tail = Tail(1000)
    >>> tail.append(b"one"), tail.append(b"two"), tail.read(3, 3)
    (0, 3, b'two')
    >>> tail.write(1, b"---")
    >>> tail.read(0, 6)
    b'o---wo'
    >>> tail.close()
    """

    def __init__(self, memory: int) -> None:
        """Use a file on disk beyond `memory` bytes."""
        self._file = SpooledTemporaryFile(max_size=memory)  # noqa: SIM115  # closed by close
        self._waiting: list[bytes] = []
        self._size = self._written = 0

    def close(self) -> None:
        """Free the memory or the file."""
        self._file.close()

    def append(self, data: bytes) -> int:
        """Add bytes at the end; gives their place."""
        place = self._size
        self._waiting.append(data)
        self._size += len(data)
        if self._size - self._written >= BLOCK:
            self._flush()
        return place

    def read(self, place: int, size: int) -> bytes:
        """So many bytes from a place on."""
        self._flush()
        self._file.seek(place)
        return self._file.read(size)

    def write(self, place: int, data: bytes) -> None:
        """Write over what stands at a place."""
        self._flush()
        self._file.seek(place)
        self._file.write(data)

    def _flush(self) -> None:
        if self._waiting:
            self._file.seek(self._written)
            self._file.write(b"".join(self._waiting))
            self._waiting.clear()
            self._written = self._size


class Spool:
    """A list of byte strings, readable by position and in order.

    Raises OSError when the temporary disk is full.

    >>> with Spool() as spool:
    ...     spool.append(b"one")
    ...     spool.append(b"two")
    ...     spool[1], list(spool)
    (b'two', [b'one', b'two'])
    """

    def __init__(self, memory: int = MEMORY) -> None:
        """Open an empty spool that holds at most `memory` bytes before it uses a temporary file."""
        self._file = Tail(memory)
        self._starts = array("Q")
        self._ends = array("Q")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Free the memory or the file."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._ends)

    def append(self, line: bytes) -> None:
        """Add a line at the end."""
        start, end = self._write(line)
        self._starts.append(start)
        self._ends.append(end)

    def __setitem__(self, position: int, line: bytes) -> None:
        """Put another line in the place of one; the room of the old one is not used again."""
        self._starts[position], self._ends[position] = self._write(line)

    def reorder(self, order: Sequence[int]) -> None:
        """Put the lines into another order: `order` has each position once.

        >>> with Spool() as spool:
        ...     for line in (b"a", b"b", b"c"):
        ...         spool.append(line)
        ...     spool.reorder([2, 0, 1])
        ...     list(spool)
        [b'c', b'a', b'b']
        """
        self._starts = array("Q", (self._starts[p] for p in order))
        self._ends = array("Q", (self._ends[p] for p in order))

    def __getitem__(self, position: int) -> bytes:
        """The line at a position from 0; raises IndexError beyond the last."""
        start = self._starts[position]
        return self._file.read(start, self._ends[position] - start)

    def blocks(self, lines: int) -> Iterator[tuple[int, bytes, list[int]]]:
        """So many lines at a time: the position of the first, all of them end to end, and the size of each.

        >>> with Spool() as spool:
        ...     for line in (b"a", b"bc", b"d"):
        ...         spool.append(line)
        ...     list(spool.blocks(2))
        [(0, b'abc', [1, 2]), (2, b'd', [1])]
        """
        for begin in range(0, len(self), lines):
            starts, ends = self._starts[begin : begin + lines], self._ends[begin : begin + lines]
            together = starts[1:] == ends[:-1]  # as they were appended, and so to be read at once
            sizes = [end - start for start, end in zip(starts, ends, strict=True)]
            if together:
                yield begin, self._file.read(starts[0], ends[-1] - starts[0]), sizes
            else:
                yield begin, b"".join(map(self._file.read, starts, sizes)), sizes

    def __iter__(self) -> Iterator[bytes]:
        """All lines in order; other reads may happen in between."""
        for position in range(len(self)):
            yield self[position]

    def _write(self, line: bytes) -> tuple[int, int]:
        start = self._file.append(line)
        return start, start + len(line)


class Notes:
    """Byte strings, any number of them for each position, in the order in which they came.

    >>> notes = Notes()
    >>> notes.add(7, b"one")
    >>> notes.add(2, b"two")
    >>> notes.add(7, b"three")
    >>> notes.of(7), notes.of(3)
    ([b'one', b'three'], [])
    >>> notes.close()
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._notes = Spool()
        self._positions = array("Q")
        self._order = self._starts = np.empty(0, np.int64)

    def close(self) -> None:
        """Free the memory or the file."""
        self._notes.close()

    def add(self, position: int, note: bytes) -> None:
        """Add a note to a position."""
        self._notes.append(note)
        self._positions.append(position)

    def of(self, position: int) -> list[bytes]:
        """The notes of a position."""
        if len(self._order) != len(self._positions):
            positions = np.array(self._positions, np.int64)
            self._order = np.argsort(positions, kind="stable")
            self._starts = np.searchsorted(positions[self._order], np.arange(int(positions.max(initial=-1)) + 2))
        if position + 1 >= len(self._starts):
            return []
        begin, end = self._starts[position], self._starts[position + 1]
        return [self._notes[number] for number in self._order[begin:end].tolist()] if begin < end else []

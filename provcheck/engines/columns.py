"""Columns that hold a million values without a million objects: names packed end to end, and records of fixed size."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import numpy as np

from provcheck.engines.spool import Tail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MEMORY = 16 << 20
"""Bytes of records kept in memory before they go to disk."""
BLOCK = 1 << 22
"""Bytes of records read at a time."""


class Strings:
    """A list of strings that can be None, as bytes end to end; one that comes again right after itself is kept once.

    >>> names = Strings()
    >>> for name in ("a/b.txt", "a/b.txt", None, "ü"):
    ...     names.append(name)
    >>> names[1], names[2], names[3], len(names)
    ('a/b.txt', None, 'ü', 4)
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self._which = array("I")
        self._last: str | None = None

    def __len__(self) -> int:
        return len(self._which)

    def append(self, text: str | None) -> None:
        """Add a string at the end."""
        if text is not None and (text != self._last or len(self._ends) == 1):
            self._bytes += text.encode("utf-8", "surrogatepass")
            self._ends.append(len(self._bytes))
            self._last = text
        self._which.append(0 if text is None else len(self._ends) - 1)

    def __getitem__(self, position: int) -> str | None:
        """The string at a position from 0."""
        which = self._which[position]
        if not which:
            return None
        return self._bytes[self._ends[which - 1] : self._ends[which]].decode("utf-8", "surrogatepass")

    def reorder(self, order: Sequence[int]) -> None:
        """Put the strings into another order: `order` has each position once."""
        self._which = array("I", (self._which[p] for p in order))
        self._last = None


class Words:
    """Strings that come again and again, as numbers.

    >>> words = Words()
    >>> [words.number(w) for w in ("utf-8", "cp1252", "utf-8")], words.all
    ([0, 1, 0], ['utf-8', 'cp1252'])
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._numbers: dict[str, int] = {}

    @property
    def all(self) -> list[str]:
        """All of them, by their numbers."""
        return list(self._numbers)

    def number(self, word: str) -> int:
        """The number of a word, a new one where it is new."""
        return self._numbers.setdefault(word, len(self._numbers))


class Records:
    """Records of one type of fixed size, on disk once they are many; a column is read when it is asked for.

    Raises OSError when the temporary disk is full.

    >>> records = Records(np.dtype([("a", "<u2"), ("b", "u1")]))
    >>> for record in (b"\\1\\0\\7", b"\\2\\0\\x08"):
    ...     records.append(record)
    >>> records["a"].tolist(), records["b"].tolist(), len(records)
    ([1, 2], [7, 8], 2)
    >>> records.close()
    """

    def __init__(self, dtype: np.dtype[np.void], memory: int = MEMORY) -> None:
        """Hold at most `memory` bytes before a temporary file is used."""
        self.dtype = dtype
        self._file = Tail(memory)
        self._places = array("Q")

    def __len__(self) -> int:
        return len(self._places)

    def close(self) -> None:
        """Free the memory or the file."""
        self._file.close()

    def append(self, record: bytes) -> None:
        """Add a record at the end, as the bytes of one element."""
        self._file.append(record)
        self._places.append(len(self._places))

    def __setitem__(self, position: int, record: bytes) -> None:
        """Put another record in the place of one."""
        self._file.write(self._places[position] * self.dtype.itemsize, record)

    def reorder(self, order: Sequence[int]) -> None:
        """Put the records into another order: `order` has each position once."""
        self._places = array("Q", (self._places[p] for p in order))

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One column, with an element for each record."""
        kind, shape = self.dtype[name].base, self.dtype[name].shape
        column = np.empty((len(self), *shape), kind)
        step, size = max(1, BLOCK // self.dtype.itemsize), self.dtype.itemsize
        for begin in range(0, len(self), step):
            block = self._file.read(begin * size, step * size)
            column[begin : begin + step] = np.frombuffer(block, self.dtype)[name]
        places = np.frombuffer(self._places, np.uint64)
        return column if bool((np.diff(places.astype(np.int64)) == 1).all()) else column[places]

"""The rows of a corpus while they wait for the rest of it: packed where they were made, and held in columns.

A row leaves its worker as bytes: what the corpus-wide steps need in fixed places, and the record as compressed JSON.
The same bytes stand in the cache. Here the records and the numbers of their lines go to spools and the fingerprints to
a file; only some eighty bytes a row and the names stay in memory, so that a million documents need no million objects.
"""

from __future__ import annotations

import struct
import threading
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import zstandard

from provcheck import examine
from provcheck.checks.corpus import FACT
from provcheck.duplicates import PRINT
from provcheck.engines.columns import Records, Strings, Words
from provcheck.engines.spool import Spool
from provcheck.model import Origin
from provcheck.today import Today

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from provcheck.config import Settings
    from provcheck.examine import Row
    from provcheck.model import Envelope

HEAD = struct.Struct("<IIQBBI")
"""Since and until which day of the check the row holds, the document's name, flags, and the bytes of the encoding and
of the lines' numbers."""
_DOUBTFUL, _READ = 1, 2
_LEVEL = 1
"""Of compression: the fastest halves the disk already."""


class _Codec(threading.local):
    """Compressors are costly to make, and not for two threads at once."""

    def __init__(self) -> None:
        self.pack = zstandard.ZstdCompressor(_LEVEL).compress
        self.unpack = zstandard.ZstdDecompressor().decompress


_codec = _Codec()


class Narrow(NamedTuple):
    """The fixed part of a packed row; see `provcheck.examine.Row`."""

    doc_id: int
    doubtful: bool
    read: bool
    encoding: str
    facts: bytes
    marks: bytes
    said: bytes


def packed(
    envelopes: Sequence[Envelope], settings: Settings, priors: Mapping[str, Mapping[str, float]] | None = None
) -> list[bytes]:
    """Examine documents, as `provcheck.examine.rows` does, and pack the rows, each with the days for which it holds."""
    opened = examine.opened(envelopes, settings, priors)
    days = [Today.of(settings.day) for _ in opened]
    found = examine.finished([(one, replace(settings, as_of=day)) for one, day in zip(opened, days, strict=True)])
    return [pack(row, day.since, day.until) for row, day in zip(examine.packed(found), days, strict=True)]


def pack(row: Row, since: int, until: int) -> bytes:
    """A row as bytes, which holds for the days of the check from `since` to before `until` (as ordinals)."""
    encoding = (row.encoding or "").encode()
    flags = _DOUBTFUL * row.doubtful | _READ * (row.fingerprint is not None)
    head = HEAD.pack(since, until, int(row.origin.doc_id, 16), flags, len(encoding), len(row.said))
    marks = row.fingerprint.packed() if row.fingerprint is not None else b""
    return b"".join((head, encoding, row.facts.packed(), marks, row.said, _codec.pack(row.line)))


def holds(packed: bytes, day: int) -> bool:
    """Tell whether a packed row holds for a day of the check, given as an ordinal."""
    since, until = struct.unpack_from("<II", packed)
    return bool(since <= day < until)


def unpack(packed: bytes) -> tuple[Narrow, bytes]:
    """The fixed part of a packed row, and its record, still compressed."""
    _, _, doc_id, flags, *sizes = HEAD.unpack_from(packed)
    parts = []
    at = HEAD.size
    for size in (sizes[0], FACT.itemsize, PRINT.itemsize if flags & _READ else 0, sizes[1]):
        parts.append(packed[at : at + size])
        at += size
    return Narrow(doc_id, bool(flags & _DOUBTFUL), bool(flags & _READ), parts[0].decode(), *parts[1:]), packed[at:]


class Rows:
    """The rows of a corpus, by position; free them with `close`.

    `doc_ids`, `facts` (of the type `FACT`), `read` and `doubtful` are columns; `prints` gives those of the type
    `PRINT`, read from disk at each call, and `said` the numbers of the lines of each.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.prints = Records(PRINT)
        self.said = Spool()
        self._lines = Spool()
        self._paths, self._members, self._records = Strings(), Strings(), array("Q")
        self._words = Words()
        self._folders, self._encodings = array("I"), array("I")
        self._ids, self._flags, self._facts = array("Q"), bytearray(), bytearray()
        self._last: tuple[str, str, int] | None = None
        self._in_order = True

    def __len__(self) -> int:
        return len(self._ids)

    def close(self) -> None:
        """Free the memory and the temporary files."""
        self._lines.close()
        self.prints.close()
        self.said.close()

    def append(self, origin: Origin, packed: bytes) -> None:
        """Add a row at the end."""
        narrow, line = unpack(packed)
        self._lines.append(line)
        self.prints.append(narrow.marks or bytes(PRINT.itemsize))
        self.said.append(narrow.said)
        self._paths.append(origin.path)
        self._members.append(origin.member)
        self._records.append(origin.row or 0)
        self._folders.append(self._words.number(origin.folder))
        self._encodings.append(self._words.number(narrow.encoding))
        self._ids.append(narrow.doc_id)
        self._flags.append(narrow.doubtful | narrow.read << 1)
        self._facts += narrow.facts
        key = (origin.path, origin.member or "", origin.row or 0)
        self._in_order = self._in_order and (self._last is None or self._last <= key)
        self._last = key

    def replace(self, position: int, packed: bytes) -> None:
        """Put another look at the same document in the place of a row."""
        narrow, line = unpack(packed)
        self._lines[position] = line
        self.prints[position] = narrow.marks or bytes(PRINT.itemsize)
        self.said[position] = narrow.said
        self._encodings[position] = self._words.number(narrow.encoding)
        self._flags[position] = narrow.doubtful | narrow.read << 1
        self._facts[position * FACT.itemsize : (position + 1) * FACT.itemsize] = narrow.facts

    def sort(self) -> None:
        """Order the rows by path, member and record: a tar gives its members in the order in which they were packed."""
        if self._in_order:
            return
        order = sorted(range(len(self)), key=self._key)
        for column in (self._lines, self.prints, self.said, self._paths, self._members):
            column.reorder(order)
        self._records = array("Q", (self._records[p] for p in order))
        self._folders = array("I", (self._folders[p] for p in order))
        self._encodings = array("I", (self._encodings[p] for p in order))
        self._ids = array("Q", (self._ids[p] for p in order))
        self._flags = bytearray(self._flags[p] for p in order)
        self._facts = bytearray(self.facts[np.array(order)].tobytes())
        self._in_order = True

    def identity(self, position: int) -> tuple[str, str]:
        """The path and the document's name, which two members of one name that differ do not share."""
        return self._paths[position] or "", f"{self._ids[position]:016x}"

    def _key(self, position: int) -> tuple[str, str, int]:
        return self._paths[position] or "", self._members[position] or "", self._records[position]

    def line(self, position: int) -> bytes:
        """The record at a position, as one line of JSON in UTF-8 without its line end."""
        return plain(self._lines[position])

    def packed(self, position: int) -> bytes:
        """The same, still compressed: for `plain`."""
        return self._lines[position]

    def name(self, position: int) -> str:
        """Where the document stands, in one word: path, member and record."""
        return Origin(self._paths[position] or "", "", self._members[position], self._records[position] or None).name

    @property
    def doc_ids(self) -> NDArray[np.uint64]:
        """The documents' names as numbers, before any is told from its namesakes."""
        return np.array(self._ids, np.uint64)

    @property
    def facts(self) -> NDArray[np.void]:
        """What the checks of the corpus need."""
        return np.frombuffer(bytes(self._facts), FACT)

    @property
    def readable(self) -> bool:
        """Whether any document could be read."""
        return any(flag & 2 for flag in self._flags)

    def doubtful(self) -> list[int]:
        """The positions of documents of doubtful encoding whose folder has any prior."""
        priors = self.priors()
        folders = self._words.all
        return [p for p, flag in enumerate(self._flags) if flag & 1 and folders[self._folders[p]] in priors]

    def priors(self) -> dict[str, dict[str, float]]:
        """For each folder the share of each encoding among its surely decoded documents that are not plain ASCII."""
        flags = np.frombuffer(self._flags, np.uint8)
        words = self._words.all
        plain = np.array([self._words.number(""), self._words.number("ascii")])
        encodings, folders = np.array(self._encodings, np.int64), np.array(self._folders, np.int64)
        sure = (flags & 1 == 0) & ~np.isin(encodings, plain)
        codes, counts = np.unique(folders[sure] << 32 | encodings[sure], return_counts=True)
        totals: dict[str, int] = {}
        found: dict[str, dict[str, float]] = {}
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
            folder = words[code >> 32]
            totals[folder] = totals.get(folder, 0) + count
            found.setdefault(folder, {})[words[code & 0xFFFFFFFF]] = count
        return {folder: {name: n / totals[folder] for name, n in each.items()} for folder, each in found.items()}


def plain(packed_line: bytes) -> bytes:
    """A record's line from its compressed form."""
    line: bytes = _codec.unpack(packed_line)
    return line


__all__ = ["Narrow", "Rows", "holds", "pack", "packed", "plain", "unpack"]

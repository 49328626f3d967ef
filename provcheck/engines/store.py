"""A store of bytes by key on disk, which may forget and never errs.

One SQLite file with a write-ahead log: several processes use it at once, and one that is killed loses at most the
batch that it was writing. Each value carries a checksum of itself and its key, so that a flipped bit is a value
that is not there, and never a wrong one. A file that SQLite cannot read is thrown away and begun anew; a disk
that is full or read-only ends the use of the store, and not the run: `fault` says why, in one sentence.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import time
import zlib
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

NAME = "rows-1.sqlite3"
"""The file in the folder; another layout gets another number."""
LIMIT = 8 << 30
"""Bytes of the file beyond which the entries that were used longest ago are dropped, at the end of a run."""
DAYS = 30
"""Entries that were not used for so many days are dropped."""
PATIENCE = 2.0
"""Seconds to wait for another process that writes; a batch that cannot be written then is not kept."""

_DAY = 86_400
_BATCH = 500
_APPLICATION = 0x70726F76
_SIDES = ("", "-wal", "-shm")
_LAYOUT = """
CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS uses (id INTEGER PRIMARY KEY, day INTEGER NOT NULL);
"""
_SWEEP = "DELETE FROM rows WHERE id IN (SELECT id FROM rows EXCEPT SELECT id FROM uses)"
"""Asks the index for the entries; a plain NOT IN would read every value."""
_OLDEST_TENTH = (
    "DELETE FROM uses WHERE id IN (SELECT id FROM uses ORDER BY day, id LIMIT (SELECT 1 + count(*) / 10 FROM uses))"
)
_TENTHS = 40
"""After so many a hundredth is left."""
_USE = "INSERT OR REPLACE INTO uses (id, day) VALUES (?, ?)"


class Store:
    """Values by key; use it as a context manager. `fault` is a sentence where it could not work as it should, or None.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Store(pathlib.Path(folder)) as store:
    ...     store.put([(b"k" * 16, b"value")])
    ...     store.get([b"k" * 16, b"x" * 16]), store.fault
    ([b'value', None], None)
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        """Open the store in a folder, which is made where it is missing; raises nothing."""
        self.file = folder / NAME
        self.fault: str | None = None
        self._limit = limit
        self._today = int(time.time()) // _DAY
        self._used: list[int] = []
        self._connection: sqlite3.Connection | None = None
        with self._careful():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = _opened(self.file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """The value of each key, or None where the store has none that is sound."""
        found: dict[bytes, bytes] = {}
        with self._careful():
            for begin in range(0, len(keys), _BATCH):
                found.update(self._read(keys[begin : begin + _BATCH]))
        return [found.get(key) for key in keys]

    def put(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep values, at once: whatever happens afterwards, they are there."""
        with self._careful(), self._writing() as connection:
            for key, value in items:
                sound = zlib.crc32(value, zlib.crc32(key)).to_bytes(4, "little")
                row = connection.execute("INSERT OR REPLACE INTO rows (key, value) VALUES (?, ?)", (key, sound + value))
                connection.execute(_USE, (row.lastrowid, self._today))

    def close(self, *, tidy: bool = True) -> None:
        """Let go of the file; before that, where `tidy`, note what was used and drop what was not for long."""
        with self._careful():
            if tidy:
                self._note_uses()
                self._prune()
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def clear(self) -> None:
        """Drop everything; other processes that use the store lose nothing but its help."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        for side in _SIDES:
            self.file.with_name(NAME + side).unlink(missing_ok=True)

    def size(self) -> tuple[int, int]:
        """How many entries there are, and the bytes of the files."""
        count = 0
        with self._careful():
            if self._connection is not None:
                count = self._connection.execute("SELECT count(*) FROM rows").fetchone()[0]
        sides = [self.file.with_name(NAME + side) for side in _SIDES]
        return count, sum(side.stat().st_size for side in sides if side.exists())

    def _read(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        if self._connection is None:
            return
        marks = ",".join("?" * len(keys))
        query = f"SELECT r.id, r.key, r.value, u.day FROM rows r LEFT JOIN uses u USING (id) WHERE r.key IN ({marks})"  # noqa: S608  # marks are question marks
        for number, key, value, day in self._connection.execute(query, list(keys)):
            kept = value[4:]
            if zlib.crc32(kept, zlib.crc32(key)).to_bytes(4, "little") == value[:4]:
                yield key, kept
                if day != self._today:
                    self._used.append(number)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction; what runs in it is kept whole or not at all."""
        if self._connection is None:
            raise _ClosedError
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _note_uses(self) -> None:
        if self._used and self._connection is not None:
            with self._writing() as connection:
                connection.executemany(_USE, ((number, self._today) for number in self._used))
            self._used.clear()

    def _prune(self) -> None:
        """Drop what was not used for long, once a day, and what is too much, a tenth at a time."""
        if self._connection is None:
            return
        if self._pragma("user_version") != self._today:
            with self._writing() as connection:
                connection.execute("DELETE FROM uses WHERE day < ?", (self._today - DAYS,))
                connection.execute(_SWEEP)
                connection.execute(f"PRAGMA user_version = {self._today}")
        for _ in range(_TENTHS):
            used = self._pragma("page_count") - self._pragma("freelist_count")
            if used * self._pragma("page_size") <= self._limit:
                break
            with self._writing() as connection:
                connection.execute(_OLDEST_TENTH)
                connection.execute(_SWEEP)
        if self._pragma("freelist_count"):
            self._connection.executescript("PRAGMA incremental_vacuum")  # frees a page a step: `execute` takes but one

    def _pragma(self, name: str) -> int:
        return 0 if self._connection is None else int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    @contextlib.contextmanager
    def _careful(self) -> Iterator[None]:
        """Let nothing that goes wrong with the file reach the run."""
        try:
            yield
        except _ClosedError:
            return
        except (sqlite3.Error, OSError) as error:
            if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                return  # another process writes: it is a cache, and the next batch comes soon
            damaged = _code(error) in _DAMAGE
            self._give_up(error if not damaged else None)
            if damaged:
                self._begin_anew()

    def _give_up(self, error: Exception | None) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None
        self._used.clear()
        if error is not None:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self.fault = f"the cache in {self.file.parent} cannot be used: {reason}"

    def _begin_anew(self) -> None:
        self.fault = f"the cache in {self.file.parent} was damaged, and was begun anew"
        try:
            for side in _SIDES:
                self.file.with_name(NAME + side).unlink(missing_ok=True)
            self._connection = _opened(self.file)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)


class _ClosedError(Exception):
    """There is no store to write to."""


_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_ERROR)


def _code(error: Exception) -> int:
    """The primary code of what SQLite said, or -1."""
    return getattr(error, "sqlite_errorcode", -1) & 0xFF if isinstance(error, sqlite3.Error) else -1


def _opened(file: Path) -> sqlite3.Connection:
    """The file, made where it is missing; raises sqlite3.Error or OSError."""
    if file.exists() and not os.access(file, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # counts only before the first table
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -16000")
        known = connection.execute("PRAGMA application_id").fetchone()[0]
        if known not in (0, _APPLICATION):
            raise sqlite3.DatabaseError("it belongs to another program")  # noqa: TRY301  # closed below, as on any other
        if not known:
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.executescript(_LAYOUT)
    except BaseException:
        connection.close()
        raise
    return connection

"""From paths to envelopes: every document below the paths, or the reason why there is none.

`read` is the whole of it; `files` and `opened` are its two halves, for those who may know a file by its bytes. What can
be read stands in `provcheck.readers.formats.FORMATS`; which files are found, in `provcheck.readers.sources`; how
nothing gets lost, in `provcheck.readers.ledger`.
"""

from __future__ import annotations

import io
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from provcheck.model import Problem
from provcheck.readers.blob import Blob, Desk, Place
from provcheck.readers.formats import FORMATS, SUFFIXES, open_blob, reason
from provcheck.readers.ledger import Ledger
from provcheck.readers.sources import Source, find
from provcheck.readers.streams import Meter, buffered

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from provcheck.config import Settings
    from provcheck.model import Envelope

__all__ = ["FORMATS", "SUFFIXES", "File", "Ledger", "Source", "files", "find", "opened", "passed", "read", "unpack"]

SMALL = 1 << 20
"""Bytes up to which a file is read at once; most documents are files of some thousand."""

_PLAINLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without waiting, since the file may have become a pipe, and without a change of line ends."""


class File(NamedTuple):
    """A file, with its bytes if it is small and could be read; `opened` opens any other."""

    source: Source
    raw: bytes | None = None


def read(
    paths: Iterable[str], settings: Settings, ledger: Ledger | None = None, *, only: Container[str] | None = None
) -> Iterator[Envelope]:
    """Every document below the paths, sorted by path, member (a tar's in its own order) and row.

    Files are opened one at a time and streamed, so memory does not grow with the corpus. `ledger` is the caller's
    books, filled on the way and even once the iterator is exhausted. With `only`, the files of other paths are passed
    over, for a second look at some. Raises SourceNotFoundError for a path that is
    not there and NoDocumentsError where there is no file at all, both before the first envelope.
    """
    books = Ledger() if ledger is None else ledger
    for file in files(paths, settings, books, only=only):
        yield from opened(file, settings, books)


def files(
    paths: Iterable[str], settings: Settings, ledger: Ledger, *, only: Container[str] | None = None
) -> Iterator[File]:
    """Every file below the paths, as `read` comes to it: each is to be `opened`, or `passed` if it is known."""
    for source in find(paths, settings.exclude, ledger, SUFFIXES, settings.own):
        if only is None or source.path in only:
            yield File(source, None if source.problem or source.size > SMALL else _bytes(source.location))


def opened(file: File, settings: Settings, ledger: Ledger) -> Iterator[Envelope]:
    """Every document of a file."""
    source, raw = file
    if raw is None:
        return _booked(source, _open(source, settings, ledger), ledger)
    return unpack(source, raw, settings, ledger)


def passed(file: File, ledger: Ledger) -> None:
    """Book a file that is one document, and known already."""
    ledger.rows += 1
    ledger.left(file.source.size, whole=True)


def unpack(source: Source, raw: bytes, settings: Settings, ledger: Ledger) -> Iterator[Envelope]:
    """Every document of one file whose bytes are at hand; for engines that have readers of their own.

    With a problem in `source`, and then with any bytes, it is the row that says so.
    """
    if source.problem:
        yield from _booked(source, iter([_closed(source, source.problem)]), ledger)
        return
    stream = buffered(io.BytesIO(raw))
    blob = Blob(source.path, source.relative, source.path.rpartition("/")[2], stream, size=len(raw))
    desk = Desk(settings, ledger, Meter(settings.limits, len(raw)), open_blob)
    yield from _booked(source, open_blob(blob, desk), ledger)


def _bytes(location: str) -> bytes | None:
    """All bytes of a small regular file; None where it is anything else by now, or cannot be read as a whole.

    Whoever opens it in the usual way then comes to the reason.
    """
    try:
        descriptor = os.open(location, _PLAINLY)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > SMALL:
            return None
        raw = os.read(descriptor, status.st_size + 1)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return raw if len(raw) == status.st_size else None


def _booked(source: Source, envelopes: Iterable[Envelope], books: Ledger) -> Iterator[Envelope]:
    """The envelopes of one file, counted as they pass; a file that gives none is a row that says so."""
    given = reasons = 0
    for envelope in envelopes:
        given += 1
        reasons += envelope.problem is not None
        books.rows += 1
        yield envelope
    if not given:
        books.rows += 1
        yield _closed(source, Problem("PC102"))
    books.left(source.size, whole=bool(given) and not reasons)


def _open(source: Source, settings: Settings, ledger: Ledger) -> Iterator[Envelope]:
    """The envelopes of one file. It is opened without waiting and looked at again, since it may have changed."""
    if source.problem:
        yield _closed(source, source.problem)
        return
    try:
        descriptor = os.open(source.location, _PLAINLY)
    except OSError as error:
        yield _closed(source, Problem("PC101", reason(error)))
        return
    with buffered(io.FileIO(descriptor)) as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            yield _closed(source, Problem("PC109", "not a regular file any more"))
            return
        desk = Desk(settings, ledger, Meter(settings.limits, status.st_size), open_blob)
        name = source.path.rpartition("/")[2]
        yield from open_blob(Blob(source.path, source.relative, name, stream, size=status.st_size), desk)


def _closed(source: Source, problem: Problem) -> Envelope:
    """A row for a file that was not opened."""
    stream = buffered(io.BytesIO())
    blob = Blob(source.path, source.relative, source.path.rpartition("/")[2], stream)
    return blob.refused("unread", problem, Place(None, None, source.size))

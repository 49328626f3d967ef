"""What a reader is given, and how it says no.

A `Blob` is a file, or a member of an archive, as a stream with its place; a reader makes envelopes of it. A reader
that cannot go on raises `Refusal`; it never leaves this package, because `provcheck.readers.formats.open_blob` makes
a row of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from provcheck.model import Envelope, Origin, Problem
from provcheck.readers.ledger import Ledger, Tally
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from io import BufferedReader

    from provcheck.config import Settings
    from provcheck.readers.streams import Meter

EVIDENCE = 1 << 16
"""Bytes of an unreadable input that its row keeps: the row's sha256 is theirs, so two damaged files differ."""


class Place(NamedTuple):
    """Where in a blob an envelope stands: the record's number from 1, its first byte, and its length in bytes."""

    row: int | None = None
    offset: int | None = 0
    length: int | None = None


WHOLE = Place()
"""The place of a document that is the whole blob."""


class Fields(NamedTuple):
    """What a wrapper says of a document besides its text: see `provcheck.model.Envelope`."""

    declared: Mapping[str, str] = {}
    extra: Mapping[str, Any] = {}
    encoding: str | None = None
    media: Literal["text", "html"] = "text"


NO_FIELDS = Fields()


class Blob(NamedTuple):
    """A file or a member, opened for reading.

    `name` is its own last name, whose ending helps to tell the format; `layers` are the wrappers around it, outermost
    first; `depth` counts archives in archives; `size` is the length in bytes where it is known beforehand.
    """

    path: str
    relative: str
    name: str
    stream: BufferedReader
    member: str | None = None
    layers: tuple[str, ...] = ()
    depth: int = 0
    size: int | None = None

    @property
    def where(self) -> str:
        """The path and the member, for messages."""
        return f"{self.path}!{self.member}" if self.member else self.path

    @property
    def suffix(self) -> str:
        """The ending of its name in lower case, without the dot; empty where there is none."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""

    def envelope(self, wrapper: str, raw: bytes, place: Place = WHOLE, fields: Fields = NO_FIELDS) -> Envelope:
        """An envelope that holds the document `raw`."""
        length = len(raw) if place.length is None else place.length
        origin = Origin(
            self.path, self.relative, self.member, place.row, place.offset, length, hashlib.sha256(raw).hexdigest()
        )
        name = "/".join((*self.layers, wrapper))
        return Envelope(origin, name, raw, fields.media, fields.encoding, fields.declared, fields.extra)

    def refused(self, wrapper: str, problem: Problem, place: Place = WHOLE, raw: bytes = b"") -> Envelope:
        """An envelope that holds the reason why there is no document; `raw` is what was read of it, cut to EVIDENCE."""
        length = len(raw) if place.length is None else place.length
        made = self.envelope(wrapper, raw[:EVIDENCE], place._replace(length=length))
        return replace(made, problem=problem)


class Read(Protocol):
    """A reader: every document in a blob, in order, as a stream."""

    def __call__(self, blob: Blob, desk: Desk) -> Iterator[Envelope]:
        """Yield at least one envelope, or raise Refusal."""


class Desk(NamedTuple):
    """What every reader of one file shares: the settings, the ledger, the meter of what was unpacked.

    `inner` reads a blob that was found inside another one; it is handed down here because the table of formats
    stands above the readers.
    """

    settings: Settings
    ledger: Ledger
    meter: Meter
    inner: Read


def tallied(
    blob: Blob, desk: Desk, unit: str, read: Callable[[Tally], Iterator[Envelope]], wrapper: str
) -> Iterator[Envelope]:
    """Run the reader of a container so that its ledger is closed and its end has a reason, whatever happens.

    A Refusal in the middle becomes the last row: what came before it was given.
    """
    tally = Tally(blob.where, unit)
    try:
        yield from read(tally)
    except Refusal as refusal:
        tally.reasons += 1
        yield blob.refused(wrapper, refusal.problem, Place(None, refusal.offset, 0))
    desk.ledger.close(tally)

"""What stands in an archive, or is attached to a message: members, on their way to the readers of their formats.

Their names are never used as paths. A name that leads out of its archive is refused all the same, since whoever
unpacks the archive later with another tool would be hit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck import globs
from provcheck.model import Problem
from provcheck.patterns import late
from provcheck.readers import sources, streams
from provcheck.readers.blob import Blob, Desk, Place

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from provcheck.model import Envelope
    from provcheck.readers.ledger import Tally
    from provcheck.readers.refusal import Source

NAMELESS = "(no name)"
"""How a member is shown whose archive gives it an empty name, as a damaged one may."""

_DRIVE = late(r"[A-Za-z]:")


class Members:
    """The members of one container on their way to their readers."""

    def __init__(self, blob: Blob, desk: Desk, layer: str, depth: int, tally: Tally) -> None:
        """`blob` is the container, `layer` the word for it in wrappers, `depth` that of what it holds."""
        self.blob, self.desk, self.layer, self.depth, self.tally = blob, desk, layer, depth, tally
        self.patterns = [globs.split(p) for p in desk.settings.exclude]
        self.seen: dict[str, int] = {}

    def _path(self, name: str) -> str:
        return f"{self.blob.member}!{name}" if self.blob.member else name

    def enters(self, name: str) -> bool:
        """Count a member, unless a rule leaves it out, which is booked."""
        parts = [] if unsafe(name) else name.split("/")
        rule = next((r for p in parts if p not in (".", "..") and (r := sources.skipped(p))), None)
        if rule is None and parts and self.patterns:
            prefixes = ("/".join(parts[: i + 1]) for i in range(len(parts)))
            rule = sources.EXCLUDED if any(globs.matches(p, self.patterns) for p in prefixes) else None
        if rule:
            self.skip(name, rule)
            return False
        self.desk.meter.member()
        self.tally.counted += 1
        return True

    def skip(self, name: str, rule: str) -> None:
        """Book a member that is left out by a stated rule."""
        self.desk.ledger.skip(f"{self.blob.path}!{self._path(name)}", rule)

    def refused(self, name: str, problem: Problem) -> Envelope:
        """A row for a member that is not opened."""
        self.tally.given += 1
        return self._inside(name, streams.tapped(_Nothing(), None), 0).refused("unread", problem, Place(None, None, 0))

    def member(self, name: str, stream: Source) -> Iterator[Envelope]:
        """Hand a member on to the reader of its format; the size that the archive claims for it is not asked for."""
        if why := unsafe(name):
            yield self.refused(name, Problem("PC109", f"the name {name!r} {why}"))
            return
        self.tally.given += 1
        inside = self._inside(name, streams.tapped(stream, self.desk.meter), None)
        empty = True
        for envelope in self.desk.inner(inside, self.desk):
            empty = False
            yield envelope
        if empty:  # a file of records, or an archive, without any: a row says so, as for such a file outside
            yield inside.refused("unread", Problem("PC102"), Place(None, None, 0))

    def _inside(self, name: str, stream: io.BufferedReader, size: int | None) -> Blob:
        count = self.seen[name] = self.seen.get(name, 0) + 1
        own = self._path(name if count == 1 else f"{name}#{count}")
        return self.blob._replace(
            name=name.rpartition("/")[2] or name, stream=stream, member=own, layers=(*self.blob.layers, self.layer),
            depth=self.depth, size=size,
        )  # fmt: skip


class _Nothing:
    def read(self, _: int, /) -> bytes:
        return b""


def unsafe(name: str) -> str | None:
    """Why a member's name must not be used as a path, or None.

    >>> unsafe("a/b.txt"), unsafe("../../x")
    (None, 'leads out of the archive')
    """
    parts = name.replace("\\", "/").split("/")
    if parts[0] == "" or _DRIVE.match(parts[0]):
        return "is absolute"
    return "leads out of the archive" if ".." in parts else None

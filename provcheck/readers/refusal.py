"""How a reader says no, and what it reads from: the two things that every module of the readers shares."""

from __future__ import annotations

from typing import Protocol

from provcheck.model import Problem


class Refusal(Exception):  # noqa: N818  it is an answer, not a fault of ours
    """An input that is not read further, with the reason and, where known, the place in bytes."""

    def __init__(self, code: str, detail: str, offset: int | None = None) -> None:
        """`code` is an ingest rule's, `detail` the phrase that fills its message."""
        super().__init__(detail)
        self.problem, self.offset = Problem(code, detail), offset


class Source(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""

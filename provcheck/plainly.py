"""To open a file that may be anything by now: a pipe that nobody writes to, a device without an end, a folder."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without waiting for a writer, and without a change of line ends."""


@contextmanager
def opened(location: str) -> Iterator[FileIO | None]:
    """The file, without a buffer, or None for what is no regular one. Raises OSError.

    >>> with opened("/") as file:
    ...     file is None
    True
    """
    descriptor = os.open(location, _FLAGS)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            yield None
        else:
            with open(descriptor, "rb", buffering=0, closefd=False) as file:
                yield file
    finally:
        os.close(descriptor)


def bounded(location: str, limit: int) -> bytes | None:
    """All bytes of a file, and of one that is longer than `limit` some more than that; None as in `opened`.

    Raises OSError.
    """
    with opened(location) as file:
        if file is None:
            return None
        parts, total = [], 0
        while total <= limit and (part := file.read(min(1 << 20, limit + 1 - total))):
            parts.append(part)
            total += len(part)
    return b"".join(parts)

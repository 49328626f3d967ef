"""Memory that a process keeps between two documents.

Each document takes a few hundred arrays of up to some megabytes, used once. The memory allocator of Linux (glibc)
gives such large pieces back to the system, which clears them page by page when they are asked for again: thirty pages
a document. It learns better from the first large piece that is given back: from then on, pieces up to that size are
kept, and twice as much is (mallopt(3), "Dynamic" under M_MMAP_THRESHOLD). Other allocators do not notice.
"""

from __future__ import annotations

from functools import cache

import numpy as np

LARGEST = 8 << 20
"""Bytes of the largest array that is made while documents of usual size are examined; the process keeps twice that."""


@cache
def keep() -> None:
    """Make the allocator keep the memory of arrays up to `LARGEST`, once a process.

    >>> keep()
    """
    np.empty(LARGEST, np.uint8)

"""Which publishers of the gold pages are kept out of training and tuning, so that a figure means something."""

from __future__ import annotations

import hashlib

SHARE = 4
"""One publisher in so many is held out."""


def held_out(publisher: str) -> bool:
    """Tell whether a publisher's pages are for measuring only; decided by its name, so the same everywhere.

    >>> held_out("Example Times") == held_out("Example Times")
    True
    """
    return int(hashlib.sha256(publisher.encode()).hexdigest(), 16) % SHARE == 0

"""Duplicates: fingerprint each document, find candidates, confirm them, group what is confirmed.

`fingerprint` looks at one content and can run anywhere; `find` sees fingerprints alone; `passages` shows, for two
contents that were linked, the words that both have.
"""

from __future__ import annotations

from provcheck.duplicates.corpus import packed
from provcheck.duplicates.find import find, search
from provcheck.duplicates.shared import passages
from provcheck.duplicates.sketch import fingerprint, fingerprints
from provcheck.duplicates.values import PRINT, Duplicates, Fingerprint, Found, Link, Links

__all__ = [
    "PRINT",
    "Duplicates",
    "Fingerprint",
    "Found",
    "Link",
    "Links",
    "find",
    "fingerprint",
    "fingerprints",
    "packed",
    "passages",
    "search",
]

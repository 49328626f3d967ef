"""Duplicates: fingerprint each document, find candidates, confirm them, group what is confirmed.

`fingerprint` looks at one content and can run anywhere; `find` sees fingerprints alone; `passages` shows, for two
contents that were linked, the words that both have.
"""

from __future__ import annotations

from provcheck.duplicates.find import find
from provcheck.duplicates.shared import passages
from provcheck.duplicates.sketch import fingerprint
from provcheck.duplicates.values import Duplicates, Fingerprint, Link

__all__ = ["Duplicates", "Fingerprint", "Link", "find", "fingerprint", "passages"]

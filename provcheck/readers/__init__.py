"""From paths to envelopes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from provcheck.model import Envelope, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.config import Settings


def read(paths: Iterable[str], settings: Settings) -> Iterator[Envelope]:
    """Every document below the paths, sorted by path and member."""
    for given in paths:
        root = Path(given)
        for path in [root] if root.is_file() else sorted(p for p in root.rglob("*") if p.is_file()):
            raw = path.read_bytes()
            relative = path.name if path == root else path.relative_to(root).as_posix()
            origin = Origin(path.as_posix(), relative, length=len(raw), sha256=hashlib.sha256(raw).hexdigest())
            yield Envelope(origin, "txt", raw)

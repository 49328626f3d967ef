"""The spine: every stage by its name, in order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from provcheck import duplicates, frame, readers
from provcheck.engines import local
from provcheck.examine import Examined, examine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.config import Settings


def scan(paths: Sequence[str], settings: Settings) -> list[dict[str, object]]:
    """Examine every document below the paths, and give the records."""
    results = list(
        local.run(
            partial(examine, settings=settings),
            readers.read(paths, settings),
            settings.processes,
            lambda e: len(e.raw),
            1 << 19,
        )
    )
    prints = [r.fingerprint for r in results if isinstance(r, Examined)]
    found = duplicates.find(prints)
    ids = [r.document.origin.doc_id for r in results if isinstance(r, Examined)]
    clusters = {ids[i]: ids[c] for i, c in enumerate(found.clusters) if c is not None}
    return [frame.record(r, clusters) for r in results]

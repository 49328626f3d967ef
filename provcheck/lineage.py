"""What a document gets from the rest of its corpus: a name of its own, its copies, and the signs of a common fault.

All of it is kept as amendments by row, so that the rows themselves need not be held.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from provcheck import duplicates
from provcheck.checks import corpus as corpus_checks
from provcheck.frame import Amendment
from provcheck.model import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.duplicates import Link
    from provcheck.engines.spool import Spool
    from provcheck.examine import Row
    from provcheck.frame import Record


def amendments(rows: Sequence[Row], spool: Spool) -> dict[int, Amendment]:
    """What the whole corpus adds to its rows, by position; `spool` holds the rows' records in the same order."""
    additions = _Additions(rows)
    _add_duplicates(additions, rows, spool)
    for position, findings in corpus_checks.corpus_findings([row.facts for row in rows]).items():
        additions.findings[position].extend(findings)
    return additions.amendments()


class _Additions:
    """Amendments in the making: what each row gets from the rest of the corpus."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.ids: list[str] = []
        self.renamed: dict[int, str] = {}
        self.clusters: dict[int, str] = {}
        self.findings: dict[int, list[Finding]] = defaultdict(list)
        seen: Counter[str] = Counter()
        for position, row in enumerate(rows):
            doc_id = row.origin.doc_id
            seen[doc_id] += 1
            if seen[doc_id] > 1:  # two sources hold the same file at the same relative path
                doc_id = self.renamed[position] = f"{doc_id}-{seen[doc_id]}"
            self.ids.append(doc_id)

    def amendments(self) -> dict[int, Amendment]:
        positions = {*self.renamed, *self.clusters, *self.findings}
        return {
            p: Amendment(self.clusters.get(p), tuple(self.findings.get(p, ())), self.renamed.get(p)) for p in positions
        }


def _add_duplicates(additions: _Additions, rows: Sequence[Row], spool: Spool) -> None:
    positions = [i for i, row in enumerate(rows) if row.fingerprint is not None]
    found = duplicates.find([row.fingerprint for row in rows if row.fingerprint is not None])
    for position, cluster in zip(positions, found.clusters, strict=True):
        if cluster is not None:
            additions.clusters[position] = additions.ids[positions[cluster]]
    for link in found.links:
        first, second = positions[link.first], positions[link.second]
        if link.code == "PC701":
            additions.findings[second].append(Finding.of("PC701", other=rows[first].origin.name))
            continue
        one, two = json.loads(spool[first]), json.loads(spool[second])
        shared = duplicates.passages(one["content"], two["content"])
        if link.code == "PC703":
            if not shared:  # the estimate was of passages that the texts do not have
                continue
            spans = [(p[0], p[1]) for p in shared]
            additions.findings[first].append(_shared(link, one, spans, rows[second].origin.name))
        additions.findings[second].append(_shared(link, two, [(p[2], p[3]) for p in shared], rows[first].origin.name))


def _shared(link: Link, record: Record, spans: Sequence[tuple[int, int]], other: str) -> Finding:
    """The finding of a document that shares text with another; the longest passage is its evidence."""
    characters = sum(end - start for start, end in spans)
    span = max(spans, key=lambda s: s[1] - s[0], default=(0, 0))
    passage = record["content"][slice(*span)].strip()
    start = max(0, record["text"].find(passage))
    place = (start, start + len(passage)) if record["text"].startswith(passage, start) else (0, 0)
    return Finding.of(link.code, record["text"], place, other=other, similarity=link.similarity, characters=characters)

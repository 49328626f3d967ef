"""What a report says of the corpus as a whole: counted while the rows go by, so that no row is kept."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

COLUMNS = ("doc_id", "path", "member", "row", "read", "n_bytes", "findings")
"""The columns of the frame that are counted."""
WORST = 5
"""How many documents a report names as the worst."""

_ORDER = {"critical": 0, "warning": 1, "info": 2}


class Worst(NamedTuple):
    """One of the worst documents: where it stands, and its findings, the heaviest first."""

    name: str
    doc_id: str
    findings: tuple[Mapping[str, Any], ...]


@dataclass(slots=True)
class Summary:
    """Counts over all rows: documents, those read, their bytes, and for each rule the documents that it found.

    Findings that the baseline knows or the configuration waives do not count; `by_status` says how many they are.

    >>> summary = Summary()
    >>> list(summary.watch([]))
    []
    >>> summary.documents
    0
    """

    documents: int = 0
    read: int = 0
    n_bytes: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)
    by_severity: Counter[str] = field(default_factory=Counter)
    by_status: Counter[str] = field(default_factory=Counter)
    _heap: list[tuple[tuple[int, ...], Worst]] = field(default_factory=list)

    def watch(self, records: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """Count the records as they pass; those of a next call follow those of the last."""
        for record in records:
            self._count(record)
            yield record

    @property
    def worst(self) -> list[Worst]:
        """The documents with the most critical findings, then warnings, then others; at most `WORST`, worst first."""
        return [worst for _, worst in sorted(self._heap, key=lambda item: item[0], reverse=True)]

    def _count(self, record: Mapping[str, Any]) -> None:
        self.documents += 1
        self.read += record["read"]
        self.n_bytes += record["n_bytes"]
        findings = [finding for finding in record["findings"] if not finding.get("status")]
        self.by_status.update(finding["status"] for finding in record["findings"] if finding.get("status"))
        self.by_rule.update({finding["code"] for finding in findings})
        levels = Counter(finding["severity"] for finding in findings)
        self.by_severity.update(levels)
        weight = (*(levels[level] for level in _ORDER), -self.documents)
        if not findings or (len(self._heap) == WORST and weight < self._heap[0][0]):
            return
        ranked = [  # without the status, which is null or missing, as the rows came from a table or not
            {name: value for name, value in finding.items() if name != "status"}
            for finding in sorted(findings, key=lambda f: (_ORDER[f["severity"]], f["start_line"] or 0))
        ]
        item = (weight, Worst(place(record), record["doc_id"], tuple(ranked)))
        (heapq.heappush if len(self._heap) < WORST else heapq.heapreplace)(self._heap, item)


def seen(observed: object, n_evaluated: int) -> str:
    """What a check found that looks at all documents together; values of documents it has none to show.

    >>> seen(0.5, 41), seen(None, 41)
    ('0.5', 'not so in the 41 documents taken together')
    """
    return f"not so in the {n_evaluated:,} documents taken together" if observed is None else str(observed)


def place(record: Mapping[str, Any]) -> str:
    """Where a record's document stands, in one word: path, member and record.

    >>> place({"path": "a.zip", "member": "b.csv", "row": 3})
    'a.zip!b.csv#3'
    """
    inside = f"{record['path']}!{record['member']}" if record["member"] else str(record["path"])
    return f"{inside}#{record['row']}" if record["row"] else inside

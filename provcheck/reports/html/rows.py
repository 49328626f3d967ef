"""The table of documents as columns: small numbers and shared words, so that 100,000 rows load in a moment."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from provcheck.reports.html.data import encode, put
from provcheck.reports.summary import place
from provcheck.rules import RULES
from provcheck.text import squeeze, visible

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

BLOCK = 5_000
"""Rows of a file of columns: the page stays alive while it reads one."""

LEVELS = ("critical", "warning", "info", "known", "waived")
"""What the findings of a row are counted by."""

_TITLE = 120
"""Characters of a title in the table."""

_SHARED = {"outlet": "outlet", "language": "language", "date": "date_day", "encoding": "encoding"}
"""The columns whose values come again, and the frame's columns that they show."""


class Words:
    """Values that come again: each gets a number when it comes first, and None is -1.

    >>> words = Words()
    >>> [words.number(v) for v in ("en", None, "de", "en")], words.values
    ([0, -1, 1, 0], ['en', 'de'])
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._numbers: dict[Hashable, int] = {}

    @property
    def values(self) -> list[Hashable]:
        """All values, by their numbers."""
        return list(self._numbers)

    def number(self, value: Hashable) -> int:
        """The value's number."""
        return -1 if value is None else self._numbers.setdefault(value, len(self._numbers))


class Rows:
    """The rows as they pass, in blocks of columns: ``rows/0.js`` and so on. Use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        """Write below this folder."""
        self._folder = folder
        self._words = {name: Words() for name in _SHARED}
        self._rules = Words()
        self._clusters: dict[str, int] = {}
        self._total = 0
        self._blocks = 0
        self._columns: dict[str, list[Any]] = {}
        self._fresh()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._columns = {}

    def _fresh(self) -> None:
        names = ("id", "folder", "file", "title", *_SHARED, "rules", "chars", "share", "levels", "cluster")
        self._columns = {name: [] for name in names}
        self._folders = Words()

    def add(self, record: Mapping[str, Any]) -> None:
        """Take the next row."""
        columns = self._columns
        folder, slash, file = visible(place(record)).rpartition("/")
        columns["id"].append(record["doc_id"])
        columns["folder"].append(self._folders.number(folder + slash))
        columns["file"].append(file)
        columns["title"].append(short(record["title"]) if record["title"] else 0)
        for name, source in _SHARED.items():
            columns[name].append(self._words[name].number(label(record[source])))
        columns["rules"].append(self._rules.number(tuple(sorted({said(f) for f in record["findings"]}))))
        columns["chars"].append(record["n_chars"])
        columns["share"].append(percent(record["boilerplate_share"]))
        columns["levels"].append(levels(record["findings"]))
        columns["cluster"].append(self._cluster(record))
        self._total += 1
        if len(columns["id"]) == BLOCK:
            self._flush()

    def close(self, texts: list[int]) -> None:
        """Write what waits, and the words; `texts` has the number of the first document of each chunk of texts."""
        if self._columns["id"]:
            self._flush()
        whole = {
            "total": self._total,
            "blocks": self._blocks,
            "texts": texts,
            "words": {name: words.values for name, words in self._words.items()},
            "rules": self._rules.values,
            "levels": LEVELS,
            "registry": [[rule.code, rule.name, rule.severity, rule.remedy] for rule in RULES.values()],
        }
        put(self._folder, "columns", encode(whole))

    def _cluster(self, record: Mapping[str, Any]) -> int:
        """The number of the first document of the row's cluster, which never comes after it; -1 where it has none."""
        head = record["duplicate_cluster"]
        return -1 if head is None else self._clusters.setdefault(head, self._total)

    def _flush(self) -> None:
        counts = self._columns["levels"]
        self._columns["levels"] = [number for row in counts for number in row] if any(map(any, counts)) else []
        put(self._folder, f"rows/{self._blocks}", encode({**self._columns, "folders": self._folders.values}))
        self._blocks += 1
        self._fresh()


def said(finding: Mapping[str, Any]) -> str:
    """A finding's rule, with its status where it does not count.

    >>> said({"code": "PC501", "status": "known"})
    'PC501 known'
    """
    return f"{finding['code']} {finding['status']}" if finding.get("status") else str(finding["code"])


def levels(findings: Sequence[Mapping[str, Any]]) -> list[int]:
    """How many findings there are of each of `LEVELS`: a finding that does not count has its status for a level."""
    counts = Counter(finding.get("status") or finding["severity"] for finding in findings)
    return [counts[level] for level in LEVELS]


@lru_cache(maxsize=4096)
def label(value: str | None) -> str | None:
    """A value as one harmless line; None stays."""
    return None if value is None else visible(squeeze(str(value)))


def short(title: str) -> str:
    """A title as one harmless line that is not too long."""
    shown = visible(squeeze(title[: 4 * _TITLE]))
    return shown if len(shown) <= _TITLE else f"{shown[: _TITLE - 1]}…"


def percent(share: float) -> int:
    """A share in whole percent, rounded up, so that 0 means none.

    >>> percent(0.0), percent(0.001), percent(1.0)
    (0, 1, 100)
    """
    return math.ceil(round(share * 100, 6))

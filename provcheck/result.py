"""How a validation ended: what the spine gives back, and what `results.json` says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provcheck import frame, gate
from provcheck._version import __version__
from provcheck.errors import EngineError
from provcheck.reports import folder, results
from provcheck.reports.html import Story

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from provcheck.config import Settings
    from provcheck.gate import Verdict
    from provcheck.readers.ledger import Ledger
    from provcheck.reports.summary import Summary
    from provcheck.settle import Settled

DOCUMENTS = "documents.parquet"
"""The frame in the report's folder."""


def frame_at(path: Path) -> Path | None:
    """The frame that a path is, or holds as a report; None for what is a corpus, or nothing.

    Raises EngineError for a report whose frame Spark wrote elsewhere.
    """
    if (path / folder.MARK).is_file() and (path / "data_docs").is_dir() and not (path / DOCUMENTS).exists():
        raise EngineError(f"the frame of the report {str(path)!r} lies elsewhere", "give the place that --frame named")
    place = path / DOCUMENTS if folder.is_report(path) else path
    return place if frame.is_frame(place) else None


@dataclass(frozen=True, slots=True)
class Result:
    """How a validation ended: the verdict of the gate, the ledger, what was counted, and the folder of the report.

    `notes` are sentences about the run itself, such as why its cache could not be used; `place` is where Spark wrote
    the frame, a path or a URI, if that is not in the report.
    """

    verdict: Verdict
    ledger: Ledger
    summary: Summary
    settled: Settled
    output: Path
    notes: tuple[str, ...] = ()
    place: str | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the corpus may not go on, a sentence each; empty if it may."""
        return (*self.ledger.faults(self.summary.documents), *self.verdict.reasons)

    @property
    def passed(self) -> bool:
        """Whether the corpus may go on."""
        return self.verdict.passed and not self.ledger.faults(self.summary.documents)

    @property
    def frame(self) -> pd.DataFrame:
        """The frame of the corpus, read from where it lies."""
        return frame.read_parquet(self._documents)

    def records(self, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Some columns of the rows, read from where they lie, a batch in memory at a time."""
        yield from frame.read_records(self._documents, columns)

    @property
    def _documents(self) -> Path:
        """The path of the frame; raises EngineError for one that only Spark can reach."""
        if self.place and "://" in self.place:
            raise EngineError(f"the frame lies at {self.place}", "copy it to this machine, or read it with Spark")
        return Path(self.place) if self.place else self.output / DOCUMENTS

    def story(self, settings: Settings) -> Story:
        """What the report for people tells."""
        run = {"provcheck": __version__, "as of": settings.day.isoformat()}
        since, verdict = self.settled.since(self.summary.by_severity.total()), self.verdict
        return Story(self.passed, verdict.fail_on, self.reasons, verdict.checks, self.summary, self.ledger, run, since)

    def as_json(self, settings: Settings) -> str:
        """The text of `results.json`."""
        run = {"provcheck": __version__, "as_of": settings.day.isoformat()}
        verdict = {**gate.as_json(self.verdict), "passed": self.passed, "reasons": list(self.reasons)}
        return results.as_json(run, {**verdict, **self.settled.as_json()}, self.summary, self.ledger.as_json())

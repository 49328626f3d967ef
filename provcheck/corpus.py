"""The spine: every stage by its name, in order.

Documents are examined in chunks, in as many processes as wanted, and their rows wait in columns and in a spool. What
the cache knows is not examined again. Then come the steps that need all of them: a second look at doubtful decodings
with the neighbours' encodings as evidence, duplicates, and the checks of the whole corpus. What those find is kept as
amendments, by row.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from provcheck import baseline, cache, frame, gate, lineage, readers
from provcheck._version import __version__
from provcheck.config import Settings
from provcheck.engines import local
from provcheck.readers.ledger import Ledger
from provcheck.reports import folder, html
from provcheck.reports.summary import COLUMNS as COUNTED
from provcheck.reports.summary import Summary
from provcheck.result import DOCUMENTS, Result
from provcheck.rows import Rows, packed
from provcheck.settle import Settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    import pandas as pd
    import pyarrow as pa

    from provcheck.engines.store import Store
    from provcheck.gate import Suite
    from provcheck.lineage import Amendments, Item
    from provcheck.model import Envelope, Origin

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""One path, or several."""

Watch = Callable[[Iterable[Any]], Iterable[Any]]
"""Passes on what comes, one thing a document, and may show how far the run has come."""

CHUNK = 1 << 19
"""Bytes of documents that go to a worker at once: some 70 articles, so that the trip costs little beside the work."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """An examined corpus: its rows in order of path, member and record, and the account of what came in.

    `readable` tells whether any document could be read; `notes` are sentences about the run for its user. Use it as a
    context manager, or call `close`, to free the temporary disk that holds the rows.
    """

    rows: Rows
    amendments: Amendments
    ledger: Ledger
    workers: local.Workers
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind:
            self.workers.stop()
        self.close()

    def close(self) -> None:
        """Free the rows."""
        self.rows.close()
        self.amendments.close()
        self.workers.close()

    @property
    def readable(self) -> bool:
        """Whether any document could be read."""
        return self.rows.readable

    def lines(self) -> Iterator[bytes]:
        """Each row as one line of JSON in UTF-8, without its line end."""
        for position in range(len(self.rows)):
            line = self.rows.line(position)
            amendment = self.amendments.get(position)
            yield frame.dump(frame.amend(json.loads(line), amendment)) if amendment else line

    def records(self) -> Iterator[frame.Record]:
        """Each row as a dictionary with the columns of `provcheck.frame.COLUMNS`."""
        for position in range(len(self.rows)):
            record: frame.Record = json.loads(self.rows.line(position))
            amendment = self.amendments.get(position)
            yield frame.amend(record, amendment) if amendment else record

    def tables(self) -> Iterator[pa.Table]:
        """The rows as Arrow tables with the schema of `provcheck.frame.COLUMNS`, made by the workers."""
        parts = (
            [(self.rows.packed(position), self.amendments.packed(position)) for position in range(begin, end)]
            for begin, end in frame.batches(len(self.rows))
        )
        return map(frame.from_ipc, self.workers.run(lineage.tabled, parts, chunk=1))


def examine_corpus(paths: Sequence[str], settings: Settings, watch: Watch = iter) -> Corpus:
    """Examine every document below the paths.

    `watch` passes on what comes, one thing a document, and may show how far the run has come. Raises
    SourceNotFoundError, NoDocumentsError and CacheError; whatever cannot be read is a row.
    """
    ledger = Ledger()
    with ExitStack() as failed, _Run.of(settings, paths) as run:
        rows = Rows()
        failed.callback(rows.close)
        failed.callback(run.workers.stop)
        for origin, row in watch(run.examined(readers.read(paths, settings, ledger))):
            rows.append(origin, row)
        rows.sort()
        _second_look(rows, paths, run)
        amendments = lineage.amendments(rows, run.answered)
        failed.pop_all()
    return Corpus(rows, amendments, ledger, run.workers, run.notes)


@dataclass(frozen=True, slots=True)
class _Run:
    """How functions are applied in this run: by how many workers, and what is known beforehand."""

    settings: Settings
    store: Store | None
    workers: local.Workers

    @classmethod
    def of(cls, settings: Settings, paths: Sequence[str]) -> Self:
        """Open the cache; the workers start when there is work."""
        return cls(settings, cache.opened(settings, paths), local.Workers(settings.processes))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.store:
            self.store.close(tidy=kind is None)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know of the cache."""
        return (self.store.fault,) if self.store and self.store.fault else ()

    def examined(
        self, envelopes: Iterable[Envelope], priors: Mapping[str, Mapping[str, float]] | None = None
    ) -> Iterator[tuple[Origin, bytes]]:
        """Each document's origin and its packed row, in order."""
        origins: deque[Origin] = deque()
        memo = cache.Documents(self.store, self.settings, priors) if self.store else None
        function = partial(packed, settings=self.settings, priors=priors)
        found = self.workers.run_chunks(function, _noted(envelopes, origins), lambda e: len(e.raw) + 512, CHUNK, memo)
        for row in found:
            yield origins.popleft(), row

    def answered(self, function: Callable[[Item], bytes], items: Iterable[Item]) -> Iterator[bytes]:
        """What a function of bytes gives for each item, in order."""
        memo = cache.Answers(self.store, function.__qualname__) if self.store else None
        return self.workers.run(function, items, lambda i: sum(map(len, i)) * 2, CHUNK, memo)


def _noted(envelopes: Iterable[Envelope], origins: deque[Origin]) -> Iterator[Envelope]:
    """Pass the envelopes on, and note where they stand: their bytes need not come back for that."""
    for envelope in envelopes:
        origins.append(envelope.origin)
        yield envelope


def _second_look(rows: Rows, paths: Sequence[str], run: _Run) -> None:
    """Examine the documents of doubtful encoding again, with the encodings of their neighbours as evidence."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position in rows.doubtful():
        places[rows.identity(position)].append(position)
    if not places:
        return
    envelopes = readers.read(paths, run.settings, only={path for path, _ in places})
    again = (envelope for envelope in envelopes if (envelope.origin.path, envelope.origin.doc_id) in places)
    for origin, row in run.examined(again, rows.priors()):
        for position in places[origin.path, origin.doc_id]:
            rows.replace(position, row)


def scan(paths: Paths, settings: Settings | None = None) -> pd.DataFrame:
    """Examine every document below a path or several, and give one row for each, with the columns of `frame.COLUMNS`.

    Without `settings` the defaults hold, with today as the day of the check and one process. More processes need the
    ``if __name__ == "__main__"`` guard in a script, as all of Python's worker processes do. Raises ProvcheckError
    for paths that are not there or hold nothing.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     text = "BERLIN (dpa) - Der Regen hört auch am Montag nicht auf, teilte der Wetterdienst in Potsdam mit."
    ...     _ = (pathlib.Path(folder) / "a.txt").write_text(text, encoding="utf-8")
    ...     scan([folder])["place"].tolist()
    ['BERLIN']
    """
    with examine_corpus(_listed(paths), settings or _default_settings()) as corpus:
        return frame.to_pandas(corpus.tables())


def validate(paths: Paths, settings: Settings | None = None, watch: Watch = iter) -> Result:
    """Examine a corpus, run the suites, and write the report to `settings.output`, whole or not at all.

    Raises ProvcheckError for what keeps the run from judging: paths, suites or an output that cannot be used. A
    corpus that is bad raises nothing: `Result.passed` is False and `Result.reasons` say why.
    """
    settings = settings or _default_settings()
    suites = gate.load(settings.suites, settings.suite_folder, columns=frame.NAMES)
    known = baseline.load(Path(settings.baseline)) if settings.baseline else None
    settle = partial(Settled, known, settings.waivers, settings.as_of)
    settled = settle()
    summary = Summary()
    with folder.whole(Path(settings.output)) as made:
        with examine_corpus(_listed(paths), settings, _preloading(watch, suites)) as corpus:
            if settled.settles:
                frame.write_parquet(summary.watch(settled.mark(corpus.records())), made / DOCUMENTS)
            else:
                frame.write_tables(_counted(corpus.tables(), summary), made / DOCUMENTS)
            columns = {"doc_id", *(name for suite in suites for name in suite.columns())}
            judged = frame.read_judged(made / DOCUMENTS, sorted(columns))
            verdict = gate.run(judged, suites, output=made, fail_on=settings.fail_on)
            result = Result(verdict, corpus.ledger, summary, settled, Path(settings.output), corpus.notes)
            html.write(made, _story(result, settings), settle().mark(corpus.records()))
        (made / folder.MARK).write_text(result.as_json(settings), encoding="utf-8")
    return result


def _counted(tables: Iterable[pa.Table], summary: Summary) -> Iterator[pa.Table]:
    for table in tables:
        deque(summary.watch(table.select(COUNTED).to_pylist()), maxlen=0)
        yield table


def _listed(paths: Paths) -> list[str]:
    """One path or several, as strings; a single string is one path, not a sequence of letters."""
    return [os.fspath(p) for p in ([paths] if isinstance(paths, str | os.PathLike) else paths)]


def _default_settings() -> Settings:
    return Settings(as_of=dt.datetime.now().astimezone().date(), workers=1)


def _preloading(watch: Watch, suites: Sequence[Suite]) -> Watch:
    """Import Great Expectations, which takes seconds, once the workers have something to do; then try the suites."""

    def rows(stream: Iterable[Any]) -> Iterator[Any]:
        for number, row in enumerate(watch(stream)):
            if number == 0:
                gate.verify(suites)
            yield row

    return rows


def _story(result: Result, settings: Settings) -> html.Story:
    verdict = result.verdict
    run = {"provcheck": __version__, "as of": settings.as_of.isoformat()}
    since = result.settled.since(result.summary.by_severity.total())
    return html.Story(
        result.passed, verdict.fail_on, result.reasons, verdict.checks, result.summary, result.ledger, run, since
    )

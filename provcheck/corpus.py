"""The spine: every stage by its name, in order.

Documents are examined one by one, in as many processes as wanted, and their rows wait in a spool. Then come the
steps that need all of them: a second look at doubtful decodings with the neighbours' encodings as evidence,
duplicates, and the checks of the whole corpus. What those find is kept as amendments, by row.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from provcheck import baseline, examine, frame, gate, lineage, readers
from provcheck._version import __version__
from provcheck.config import Settings
from provcheck.engines import local
from provcheck.engines.spool import Spool
from provcheck.readers.ledger import Ledger
from provcheck.reports import folder, html
from provcheck.reports.summary import Summary
from provcheck.result import DOCUMENTS, Result
from provcheck.settle import Settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    import pandas as pd

    from provcheck.examine import Row
    from provcheck.frame import Amendment
    from provcheck.gate import Suite
    from provcheck.model import Envelope

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""One path, or several."""

CHUNK = 1 << 19
"""Bytes of documents that go to a worker at once: some 70 articles, so that the trip costs little beside the work."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """An examined corpus: its rows in order of path, member and record, and the account of what came in.

    `relatives` has for each row its file's path below the given source; `readable` tells whether any document could be
    read. Use it as a context manager, or call `close`, to free the temporary disk that holds the rows.
    """

    spool: Spool
    amendments: Mapping[int, Amendment]
    ledger: Ledger
    relatives: tuple[str, ...]
    readable: bool

    def __len__(self) -> int:
        return len(self.spool)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Free the rows."""
        self.spool.close()

    def lines(self) -> Iterator[bytes]:
        """Each row as one line of JSON in UTF-8, without its line end."""
        for position, line in enumerate(self.spool):
            amendment = self.amendments.get(position)
            yield frame.dump(frame.amend(json.loads(line), amendment)) if amendment else line

    def records(self) -> Iterator[frame.Record]:
        """Each row as a dictionary with the columns of `provcheck.frame.COLUMNS`."""
        return map(json.loads, self.lines())


def examine_corpus(
    paths: Sequence[str], settings: Settings, watch: Callable[[Iterable[Row]], Iterable[Row]] = iter
) -> Corpus:
    """Examine every document below the paths.

    `watch` passes the rows on as they come, and may show how far the run has come. Raises SourceNotFoundError and
    NoDocumentsError; whatever cannot be read is a row.
    """
    ledger = Ledger()
    spool = Spool()
    try:
        rows = [_keep(row, spool) for row in watch(_rows(readers.read(paths, settings, ledger), settings))]
        rows = _sorted(rows, spool)
        _second_look(rows, spool, paths, settings)
        amendments = lineage.amendments(rows, spool)
    except BaseException:
        spool.close()
        raise
    readable = any(row.fingerprint is not None for row in rows)
    return Corpus(spool, amendments, ledger, tuple(row.origin.relative for row in rows), readable)


def _rows(
    envelopes: Iterable[Envelope], settings: Settings, priors: Mapping[str, Mapping[str, float]] | None = None
) -> Iterator[Row]:
    function = partial(examine.row, settings=settings, priors=priors)
    return local.run(function, envelopes, settings.processes, weight=lambda e: len(e.raw) + 512, chunk=CHUNK)


def _keep(row: Row, spool: Spool) -> Row:
    """Put the row's record into the spool, and keep only the narrow rest of it."""
    spool.append(row.line)
    return row._replace(line=b"")


def _sorted(rows: list[Row], spool: Spool) -> list[Row]:
    """The rows by path, member and record: a tar gives its members in the order in which they were packed."""
    order = sorted(
        range(len(rows)), key=lambda p: (rows[p].origin.path, rows[p].origin.member or "", rows[p].origin.row or 0)
    )
    spool.reorder(order)
    return [rows[p] for p in order]


def _second_look(rows: list[Row], spool: Spool, paths: Sequence[str], settings: Settings) -> None:
    """Examine the documents of doubtful encoding again, with the encodings of their neighbours as evidence."""
    priors = _priors(rows)
    places = {_place(row): i for i, row in enumerate(rows) if row.doubtful and row.origin.folder in priors}
    if not places:
        return
    files = {path for path, _, _ in places}
    envelopes = (
        e for e in readers.read(paths, settings, only=files) if (e.origin.path, e.origin.member, e.origin.row) in places
    )
    for row in _rows(envelopes, settings, priors):
        position = places[_place(row)]
        spool[position] = row.line
        rows[position] = row._replace(line=b"")


def _place(row: Row) -> tuple[str, str | None, int | None]:
    return row.origin.path, row.origin.member, row.origin.row


def _priors(rows: Iterable[Row]) -> dict[str, dict[str, float]]:
    """For each folder the share of each encoding among its surely decoded documents that are not plain ASCII."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.encoding and not row.doubtful and row.encoding != "ascii":
            counts[row.origin.folder][row.encoding] += 1
    return {folder: {name: n / count.total() for name, n in count.items()} for folder, count in counts.items()}


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
        return frame.pandas(corpus.records())


def validate(
    paths: Paths, settings: Settings | None = None, watch: Callable[[Iterable[Row]], Iterable[Row]] = iter
) -> Result:
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
            frame.write_parquet(summary.watch(settled.mark(corpus.records())), made / DOCUMENTS)
            columns = {"doc_id", *(name for suite in suites for name in suite.columns())}
            judged = frame.read_judged(made / DOCUMENTS, sorted(columns))
            verdict = gate.run(judged, suites, output=made, fail_on=settings.fail_on)
            result = Result(verdict, corpus.ledger, summary, settled, Path(settings.output))
            html.write(made, _story(result, settings), settle().mark(corpus.records()))
        (made / folder.MARK).write_text(result.as_json(settings), encoding="utf-8")
    return result


def _listed(paths: Paths) -> list[str]:
    """One path or several, as strings; a single string is one path, not a sequence of letters."""
    return [os.fspath(p) for p in ([paths] if isinstance(paths, str | os.PathLike) else paths)]


def _default_settings() -> Settings:
    return Settings(as_of=dt.datetime.now().astimezone().date(), workers=1)


def _preloading(
    watch: Callable[[Iterable[Row]], Iterable[Row]], suites: Sequence[Suite]
) -> Callable[[Iterable[Row]], Iterator[Row]]:
    """Import Great Expectations, which takes seconds, once the workers have something to do; then try the suites."""

    def rows(stream: Iterable[Row]) -> Iterator[Row]:
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

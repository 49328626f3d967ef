"""The spine: every stage by its name, in order.

Documents are examined in chunks, in as many processes as wanted, and their rows wait in columns and in a spool. What
the cache knows is not examined again. Then come the steps that need all of them: a second look at doubtful decodings
with the neighbours' encodings as evidence, duplicates, and the checks of the whole corpus. What those find is kept as
amendments, by row.
"""

from __future__ import annotations

import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Self

from provcheck import cache, frame, lineage, readers
from provcheck.config import Settings
from provcheck.engines import local, threads
from provcheck.readers.ledger import Ledger
from provcheck.rows import Rows, packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    import pandas as pd
    import pyarrow as pa

    from provcheck.cache import Known
    from provcheck.engines.store import Store
    from provcheck.lineage import Amendments, Item
    from provcheck.model import Envelope, Origin
    from provcheck.readers import File

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
"""One path, or several."""

Watch = Callable[[Iterable[Any]], Iterable[Any]]
"""Passes on what comes, one thing a document, and may show how far the run has come."""

CHUNK = 1 << 19
"""Bytes of documents that go to a worker at once: some 70 articles, so that the trip costs little beside the work."""


TOGETHER = 64
"""Files that the cache is asked for at once; each is small."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """An examined corpus: its rows in order of path, member and record, and the account of what came in.

    `processors` is how many may be used at once; `notes` are sentences about the run for its user. Use it as a context
    manager, or call `close`, to free the temporary disk that holds the rows.
    """

    rows: Rows
    amendments: Amendments
    ledger: Ledger
    processors: int = 1
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Free the rows."""
        self.rows.close()
        self.amendments.close()

    @property
    def readable(self) -> bool:
        """Whether any document could be read."""
        return self.rows.readable

    def lines(self) -> Iterator[bytes]:
        """Each row as one line of JSON in UTF-8, without its line end."""
        for position in range(len(self.rows)):
            line = self.rows.line(position)
            amendment = self.amendments.get(position)
            yield frame.dump(frame.amend(frame.load(line), amendment)) if amendment else line

    def records(self) -> Iterator[frame.Record]:
        """Each row as a dictionary with the columns of `provcheck.frame.COLUMNS`."""
        for position in range(len(self.rows)):
            record = frame.load(self.rows.line(position))
            amendment = self.amendments.get(position)
            yield frame.amend(record, amendment) if amendment else record

    def tables(self) -> Iterator[pa.Table]:
        """The rows as Arrow tables with the schema of `provcheck.frame.COLUMNS`, made while earlier ones are used."""
        parts = (
            [(self.rows.packed(position), self.amendments.packed(position)) for position in range(begin, end)]
            for begin, end in frame.batches(len(self.rows))
        )
        return threads.ahead(lineage.tabled, parts) if self.processors > 1 else map(lineage.tabled, parts)


def examine_corpus(paths: Sequence[str], settings: Settings, watch: Watch = iter, witness: Watch = iter) -> Corpus:
    """Examine every document below the paths.

    `watch` passes on what comes, one thing a document, and may show how far the run has come; `witness` passes on
    every file (`provcheck.readers.File`) before it is examined, and may note what it is. Raises
    SourceNotFoundError, NoDocumentsError and CacheError; whatever cannot be read is a row.
    """
    ledger = Ledger()
    with ExitStack() as failed, _Run.of(settings.dated(), paths) as run:
        rows = Rows()
        failed.callback(rows.close)
        for origin, row in watch(run.read(paths, ledger, witness)):
            rows.append(origin, row)
        rows.sort()
        _second_look(rows, paths, run)
        amendments = lineage.amendments(rows, run.answered)
        failed.pop_all()
    return Corpus(rows, amendments, ledger, settings.processes, run.notes)


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
        with self.workers:
            if kind:
                self.workers.stop()
        if self.store:
            self.store.close(tidy=kind is None)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know of the cache."""
        return (self.store.fault,) if self.store and self.store.fault else ()

    def read(self, paths: Sequence[str], ledger: Ledger, witness: Watch) -> Iterator[tuple[Origin, bytes]]:
        """The origin and the packed row of each document below the paths, in order."""
        files = iter(witness(readers.files(paths, self.settings, ledger)))
        if self.store is None:
            return self.examined(chain.from_iterable(readers.opened(file, self.settings, ledger) for file in files))
        return self.examined(self._looked_up(files, cache.Documents(self.store, self.settings), ledger))

    def examined(
        self, envelopes: Iterable[Envelope | Known], priors: Mapping[str, Mapping[str, float]] | None = None
    ) -> Iterator[tuple[Origin, bytes]]:
        """Each document's origin and its packed row, in order."""
        origins: deque[Origin] = deque()
        memo = cache.Documents(self.store, self.settings, priors) if self.store else None
        function = partial(packed, settings=self.settings, priors=priors)
        for row in self.workers.run_chunks(function, _noted(envelopes, origins), _weight, CHUNK, memo):
            yield origins.popleft(), row

    def _looked_up(self, files: Iterator[File], memo: cache.Documents, ledger: Ledger) -> Iterator[Envelope | Known]:
        """The documents of the files, but those that the cache knows as what they are."""
        while part := list(islice(files, TOGETHER)):
            for file, known in zip(part, memo.at_hand(part), strict=True):
                if known is None:
                    yield from readers.opened(file, self.settings, ledger)
                else:
                    readers.passed(file, ledger)
                    yield known

    def answered(self, function: Callable[[Item], bytes], items: Iterable[Item]) -> Iterator[bytes]:
        """What a function of bytes gives for each item, in order."""
        memo = cache.Answers(self.store, function.__qualname__) if self.store else None
        return self.workers.run(function, items, lambda i: sum(map(len, i)) * 2, CHUNK, memo)


def _weight(item: Envelope | Known) -> int:
    return 512 if isinstance(item, cache.Known) else 512 + len(item.raw)


def _noted(envelopes: Iterable[Envelope | Known], origins: deque[Origin]) -> Iterator[Envelope | Known]:
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

    Without `settings` the defaults hold: one process, and today as the day of the check. More processes need the
    ``if __name__ == "__main__"`` guard in a script, as all of Python's worker processes do. Raises ProvcheckError
    for paths that are not there or hold nothing.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     text = "BERLIN (dpa) - Der Regen hört auch am Montag nicht auf, teilte der Wetterdienst in Potsdam mit."
    ...     _ = (pathlib.Path(folder) / "a.txt").write_text(text, encoding="utf-8")
    ...     scan([folder])["place"].tolist()
    ['BERLIN']
    """
    with examine_corpus(listed(paths), settings or Settings()) as corpus:
        return frame.to_pandas(corpus.tables())


def listed(paths: Paths) -> list[str]:
    """One path or several, as strings; a single string is one path, not a sequence of letters.

    Raises TypeError for what is no path: bytes are the text of a document as often as the name of a file.
    """
    given = [paths] if isinstance(paths, str | bytes | os.PathLike) else list(paths)
    if wrong := [path for path in given if not isinstance(path, str | os.PathLike)]:
        raise TypeError(f"a path is a string or a Path, not {wrong[0]!r}")
    return [os.fspath(path) for path in given]

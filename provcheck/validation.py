"""The spine of `validate`: the corpus examined, then judged by its suites, then told in a report.

It stands above `provcheck.corpus`, which reads and examines, so that whoever only scans need not import the gate and
the report.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provcheck import baseline, frame, gate
from provcheck.config import Settings
from provcheck.corpus import examine_corpus, listed
from provcheck.reports import folder, html
from provcheck.reports.summary import COLUMNS as COUNTED
from provcheck.reports.summary import Summary
from provcheck.result import DOCUMENTS, Result
from provcheck.settle import Settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pyarrow as pa

    from provcheck.corpus import Paths, Watch
    from provcheck.gate import Suite


def validate(paths: Paths, settings: Settings | None = None, watch: Watch = iter, witness: Watch = iter) -> Result:
    """Examine a corpus, run the suites, and write the report to `settings.output`, whole or not at all.

    Raises ProvcheckError for what keeps the run from judging: paths, suites or an output that cannot be used. A
    corpus that is bad raises nothing: `Result.passed` is False and `Result.reasons` say why. `watch` and `witness` are
    as in `provcheck.corpus.examine_corpus`.
    """
    settings = (settings or Settings()).dated()
    suites = gate.load(settings.suites, settings.suite_folder, columns=frame.NAMES)
    known = baseline.load(Path(settings.baseline)) if settings.baseline else None
    settle = partial(Settled, known, settings.waivers, settings.as_of)
    settled = settle()
    summary = Summary()
    with folder.whole(Path(settings.output)) as made:
        with examine_corpus(listed(paths), settings, _preloading(watch, suites), witness) as corpus:
            if settled.settles:
                frame.write_parquet(summary.watch(settled.mark(corpus.records())), made / DOCUMENTS)
            else:
                frame.write_tables(_counted(corpus.tables(), summary), made / DOCUMENTS)
            columns = {"doc_id", *(name for suite in suites for name in suite.columns())}
            judged = frame.read_judged(made / DOCUMENTS, sorted(columns))
            verdict = gate.run(judged, suites, output=made, fail_on=settings.fail_on)
            result = Result(verdict, corpus.ledger, summary, settled, Path(settings.output), corpus.notes)
            html.write(made, result.story(settings), settle().mark(corpus.records()))
        (made / folder.MARK).write_text(result.as_json(settings), encoding="utf-8")
    return result


def _counted(tables: Iterable[pa.Table], summary: Summary) -> Iterator[pa.Table]:
    for table in tables:
        deque(summary.watch(table.select(COUNTED).to_pylist()), maxlen=0)
        yield table


def _preloading(watch: Watch, suites: Sequence[Suite]) -> Watch:
    """Import Great Expectations, which takes seconds, once the workers have something to do; then try the suites."""

    def rows(stream: Iterable[Any]) -> Iterator[Any]:
        for number, row in enumerate(watch(stream)):
            if number == 0:
                gate.verify(suites)
            yield row

    return rows

"""``scan`` and ``validate`` on a cluster."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from provcheck import baseline, frame, gate
from provcheck.distributed import pages, spine, totals
from provcheck.distributed.settled import counted, judged
from provcheck.engines import hadoop
from provcheck.engines.spark import session
from provcheck.errors import OutputError
from provcheck.reports import folder, html
from provcheck.result import DOCUMENTS, Result
from provcheck.settle import Settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame, SparkSession

    from provcheck.config import Settings
    from provcheck.engines.spark import Cluster
    from provcheck.gate import Suite
    from provcheck.readers import Ledger

MARKS = (folder.MARK, "data_docs")
"""The files by which a report is known that may be replaced: one whose frame lies elsewhere is one too."""

TAKEN = "something stands there already"


def scan(paths: Sequence[str], settings: Settings, cluster: Cluster, output: str) -> bool:
    """Examine a corpus and write its frame as a folder of Parquet files; tells whether any document could be read.

    `output` is a path or a URI that all workers reach. Raises OutputError where something stands there already.
    """
    with session(cluster) as spark:
        _, readable = _written(spark, paths, settings.dated(), Settled(), (output, "--output"))
        return readable


def validate(paths: Sequence[str], settings: Settings, cluster: Cluster, place: str | None = None) -> Result:
    """Examine a corpus, judge it on Spark, and write the report to `settings.output` on this machine.

    The frame goes to `place`, which all workers reach; without it into the report. The report is that of the local
    engine, but for the pages that show every document: those are made for at most `pages.MOST`, and a note says so.
    """
    settings = settings.dated()
    suites = gate.load(settings.suites, settings.suite_folder, columns=frame.NAMES)
    known = baseline.load(Path(settings.baseline)) if settings.baseline else None
    settled = Settled(known, settings.waivers, settings.as_of)
    with folder.whole(Path(settings.output), MARKS) as made, session(cluster) as spark:
        gate.verify_on_spark(suites, [c.name for c in frame.COLUMNS if c.type in ("int64", "double")])
        target = place or str(made / DOCUMENTS)
        ledger, _ = _written(spark, paths, settings, settled, (target, "--frame" if place else "--output"))
        table = totals.placed(spark, uri(target))
        verdict = gate.run_on_spark(
            _judged(table, suites, settled), suites, totals.order(), output=made, fail_on=settings.fail_on
        )
        summary = totals.summary(table)
        notes = pages.notes(summary.documents)
        result = Result(verdict, ledger, summary, counted(table, settled), Path(settings.output), notes, place)
        if not notes:
            html.write(made, result.story(settings), pages.records(spark, target))
        (made / folder.MARK).write_text(result.as_json(settings), encoding="utf-8")
    return result


def _judged(table: DataFrame, suites: Sequence[Suite], settled: Settled) -> DataFrame:
    columns = {"doc_id", *(name for suite in suites for name in suite.columns())}
    return judged(table, sorted(columns)) if settled.settles else table


def _written(
    spark: SparkSession, paths: Sequence[str], settings: Settings, settled: Settled, output: tuple[str, str]
) -> tuple[Ledger, bool]:
    """Write the frame; gives the ledger, and whether any document could be read.

    `output` is where to, and the option that names the place.
    """
    target = uri(output[0])
    if hadoop.look(spark, target) is not None:
        raise OutputError(output[0], TAKEN, output[1])
    work = f"{target}.work-{uuid.uuid4().hex[:8]}"
    with spine.examined(spark, paths, settings, work, settled) as corpus:
        if hadoop.look(spark, target) is not None:  # somebody else's by now
            raise OutputError(output[0], TAKEN, output[1])
        try:
            corpus.frame.write.parquet(target)
        except BaseException as error:
            if "PATH_ALREADY_EXISTS" not in str(error):
                hadoop.tidy(spark, target, error)
            raise
    return corpus.ledger, corpus.readable


def uri(place: str) -> str:
    """A place as Spark understands it, whatever its default file system: paths are paths of this machine.

    >>> uri("s3a://bucket/frame")
    's3a://bucket/frame'
    """
    return place if "://" in place else f"file:{Path(os.path.abspath(place)).as_posix()}"  # noqa: PTH100  # as in `listing`

"""``scan`` and ``validate`` on a cluster."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from provcheck import frame, gate
from provcheck.distributed import final, rows, spine, totals
from provcheck.engines.spark import reached, session
from provcheck.errors import EngineError, OutputError
from provcheck.reports import folder
from provcheck.result import DOCUMENTS, Result
from provcheck.settle import Settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import SparkSession

    from provcheck.config import Settings
    from provcheck.engines.spark import Cluster
    from provcheck.readers import Ledger


def scan(paths: Sequence[str], settings: Settings, cluster: Cluster, output: str) -> bool:
    """Examine a corpus and write its frame as a folder of Parquet files; tells whether any document could be read.

    `output` is a path or a URI that all workers reach. Raises OutputError where something stands there already.
    """
    with session(cluster) as spark:
        _, readable = _written(spark, paths, settings, output)
        return readable


def validate(paths: Sequence[str], settings: Settings, cluster: Cluster, place: str | None = None) -> Result:
    """Examine a corpus, judge it on Spark, and write the report to `settings.output` on this machine.

    The frame goes to `place`, which all workers reach; without it into the report. The report has the verdict, the
    Data Docs and the lists of failing documents; the pages that show every document are made by the local engine.
    """
    if settings.baseline or settings.waivers:
        raise EngineError("baselines and waivers are not known to the engine 'spark'", "leave them out, or use 'local'")
    suites = gate.load(settings.suites, settings.suite_folder, columns=frame.NAMES)
    with folder.whole(Path(settings.output)) as made, session(cluster) as spark:
        gate.verify_on_spark(suites)
        target = place or str(made / DOCUMENTS)
        ledger, _ = _written(spark, paths, settings, target)
        table = spark.read.schema(rows.spark_types(final.columns())).parquet(uri(target))
        verdict = gate.run_on_spark(table, suites, totals.order(), output=made, fail_on=settings.fail_on)
        settled = Settled(None, settings.waivers, settings.as_of)
        result = Result(verdict, ledger, totals.summary(table), settled, Path(settings.output))
        (made / folder.MARK).write_text(result.as_json(settings), encoding="utf-8")
    return result


def _written(spark: SparkSession, paths: Sequence[str], settings: Settings, output: str) -> tuple[Ledger, bool]:
    """Write the frame; gives the ledger, and whether any document could be read."""
    target = uri(output)
    system, path = reached(spark, target)
    if system.exists(path):
        raise OutputError(output, "something stands there already")
    work = f"{target}.work-{uuid.uuid4().hex[:8]}"
    with spine.examined(spark, paths, settings, work) as corpus:
        corpus.frame.write.parquet(target)
    return corpus.ledger, corpus.readable


def uri(place: str) -> str:
    """A place as Spark understands it, whatever its default file system: paths are paths of this machine.

    >>> uri("s3a://bucket/frame")
    's3a://bucket/frame'
    """
    return place if "://" in place else f"file:{Path(os.path.abspath(place)).as_posix()}"  # noqa: PTH100  # as in `listing`

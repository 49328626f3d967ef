"""The frame: the rows with what the whole corpus adds to them, in order, as Parquet that Spark writes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from provcheck import frame
from provcheck.distributed import rows
from provcheck.frame import Amendment
from provcheck.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark.sql import DataFrame

    from provcheck.settle import Settled

_ADDED = ("cluster", "uid", "found")


def unique(documents: DataFrame) -> DataFrame:
    """The documents with `uid`: their own id, and a number behind it where two sources hold the same file."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine
    from pyspark.sql.window import Window  # noqa: PLC0415  # as above

    turn = f.row_number().over(Window.partitionBy("doc_id").orderBy("_order"))
    numbered = documents.withColumn("turn", turn)
    uid = f.when(f.col("turn") > 1, f.concat_ws("-", "doc_id", "turn")).otherwise(f.col("doc_id"))
    return numbered.withColumn("uid", uid).drop("turn")


def amended(
    documents: DataFrame, narrow: DataFrame, clusters: DataFrame, findings: DataFrame, settled: Settled
) -> DataFrame:
    """The rows as the frame has them; `narrow` has the `uid` of each, `settled` says which findings do not count."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    renamed = narrow.filter("uid <> doc_id").select("_order", "uid")
    fields = [name for name in findings.columns if name != "_order"]
    told = findings.groupBy("_order").agg(f.collect_list(f.struct(*fields)).alias("found"))
    added = clusters.join(renamed, "_order", "full").join(told, "_order", "full")
    whole = documents.select(*frame.NAMES, "_order").join(added, "_order", "left")
    # What is larger than a megabyte, as a long baseline may be, Spark sends once to each machine and not to each task.
    mark = partial(_amended, settled=settled.fresh)
    return whole.orderBy("_order").drop("_order").mapInArrow(mark, rows.spark_types(columns()))


def columns() -> pa.Schema:
    """The frame's columns as Arrow, in the types that Spark knows."""
    return pa.schema([rows.schema().field(name) for name in frame.NAMES])


def _amended(batches: Iterable[pa.RecordBatch], *, settled: Settled) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        added = batch.select(_ADDED).to_pylist()
        kept = batch.select(frame.NAMES).cast(columns())
        if settled.settles or any(any(row.values()) for row in added):
            each = zip(kept.to_pylist(), added, strict=True)
            whole = (frame.amend(row, _amendment(more)) if any(more.values()) else row for row, more in each)
            changed = [_day_told(row) for row in settled.mark(whole)]
            yield from pa.Table.from_pylist(changed, schema=columns()).to_batches()
        else:
            yield kept


def _amendment(added: dict[str, Any]) -> Amendment:
    found = sorted(added["found"] or (), key=lambda each: each["turn"])
    findings = tuple(Finding(f["code"], f["message"], f["start"], f["end"], f["quote"]) for f in found)
    return Amendment(added["cluster"], findings, added["uid"])


def _day_told(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "date_day": rows.moment(row["date"] and row["date"][:10])}

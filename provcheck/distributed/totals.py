"""What a report says of the corpus as a whole, summed up on Spark: see `provcheck.reports.summary`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from provcheck.distributed import final, rows
from provcheck.reports.summary import COLUMNS, WORST, Summary

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

TURN = {name: pa.field(name, kind) for name, kind in (("_part", pa.string()), ("_turn", pa.int64()))}
"""Where a row of a frame that was read by `placed` lies: in which of its files, and where in it."""
PLACE = ("path", "member", "row", *TURN)
"""The columns by which such a frame is sorted."""


def placed(spark: SparkSession, place: str) -> DataFrame:
    """A frame that Spark wrote, with the place of each row in it: an archive may hold one name twice."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    table = spark.read.schema(rows.spark_types(final.columns())).parquet(place)
    return table.withColumns(dict(zip(TURN, (f.col("_metadata.file_name"), f.col("_metadata.row_index")), strict=True)))


def order() -> list[Column]:
    """What such a frame is sorted by."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    inside = [f.coalesce("member", f.lit("")), f.coalesce("row", f.lit(0))]
    return [f.col("path"), *inside, f.col("_part"), f.col("_turn")]


def summary(frame: DataFrame) -> Summary:
    """The counts over all rows of a frame; five rows come to the driver."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    whole = frame.agg(f.count("*"), f.count_if("read"), f.sum("n_bytes")).first() or (0, 0, 0)
    told = frame.select("doc_id", f.explode("findings").alias("one")).select("doc_id", "one.*")
    each = told.groupBy("code", "severity", "status").agg(
        f.count("*").alias("n"), f.count_distinct("doc_id").alias("documents")
    )
    by_rule: Counter[str] = Counter()
    by_severity: Counter[str] = Counter()
    by_status: Counter[str] = Counter()
    for row in each.collect():
        if row["status"]:
            by_status[row["status"]] += row["n"]
        else:
            by_rule[row["code"]] += row["documents"]
            by_severity[row["severity"]] += row["n"]
    first = Summary()
    list(first.watch(_worst(frame)))
    documents, read, n_bytes = (int(count or 0) for count in whole)
    return replace(
        first, documents=documents, read=read, n_bytes=n_bytes,
        by_rule=by_rule, by_severity=by_severity, by_status=by_status,
    )  # fmt: skip


def _worst(frame: DataFrame) -> list[dict[str, Any]]:
    """The rows with the heaviest findings that count, in the frame's order."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    counting = "filter(findings, one -> one.status IS NULL AND one.severity = '{}')"
    levels = [f.expr(f"size({counting.format(level)})").desc() for level in ("critical", "warning", "info")]
    found = frame.filter("n_findings > n_known + n_waived").orderBy(*levels, *order()).limit(WORST)
    few = found.select(*COLUMNS, f.struct(*order()).alias("_order")).collect()
    return [row.asDict(recursive=True) for row in sorted(few, key=lambda row: row["_order"])]

"""Lines that an outlet repeats, on Spark: the steps of `provcheck.checks.repeats`, as joins over the lines' numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from provcheck.checks.repeats import FEWEST, SHARE
from provcheck.distributed import evidence, rows
from provcheck.lineage import said_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from pyspark.sql import DataFrame

_LINES = pa.schema(
    [
        ("_order", pa.string()),
        ("text", pa.string()),
        ("outlet", pa.int64()),
        ("line", pa.int64()),
        ("inside", pa.bool_()),
    ]
)
"""A line of a document, or its outlet itself, by number; `text` names what its copies share with it."""


def findings(documents: DataFrame, narrow: DataFrame, clusters: DataFrame) -> DataFrame:
    """The findings of all documents; only those with such a line have their texts read."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    named = narrow.join(clusters, "_order", "left").select(
        "_order", f.coalesce("cluster", "uid").alias("text"), "_said"
    )
    every = named.mapInArrow(_spread, rows.spark_types(_LINES))
    counts = every.groupBy("line").agg(f.countDistinct("text").alias("count")).filter(f.col("count") >= FEWEST)
    totals = counts.select(f.col("line").alias("outlet"), f.col("count").alias("documents"))
    repeated = every.filter("inside").join(counts, "line").join(totals, "outlet")
    repeated = repeated.filter(f.col("count") >= f.col("documents") * SHARE)
    told = repeated.groupBy("_order").agg(
        f.max("documents").alias("documents"), f.collect_list(f.struct("line", "count")).alias("lines")
    )
    texts = documents.select("_order", f.struct("text", "outlet", "boilerplate").alias("record"))
    return told.join(texts, "_order").mapInArrow(_found, rows.spark_types(evidence.FOUND))


def _spread(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        said = [each or b"" for each in batch.column("_said").to_pylist()]
        sizes = np.array([len(each) // 8 for each in said])
        numbers = np.frombuffer(b"".join(said), np.uint64)
        which = np.repeat(np.arange(len(said)), sizes)
        lines = (numbers >> np.uint64(1)).astype(np.int64)
        outlets = lines[(np.cumsum(sizes) - sizes)[which]]
        inside = pa.array((numbers & np.uint64(1)).astype(bool))
        columns = [*(batch.column(name).take(pa.array(which)) for name in ("_order", "text")), outlets, lines, inside]
        yield pa.RecordBatch.from_arrays([pa.array(column) for column in columns], schema=_LINES)


def _found(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    def each() -> Iterator[dict[str, Any]]:
        for batch in batches:
            for told in batch.to_pylist():
                lines = {line["line"]: line["count"] for line in told["lines"]}
                for number, finding in enumerate(said_again(told["record"], told["documents"], lines)):
                    yield evidence.found(told["_order"], f"2\0{number:09}", finding)

    return rows.batches(each(), evidence.FOUND)

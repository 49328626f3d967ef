"""What a report says of the corpus as a whole, summed up on Spark: see `provcheck.reports.summary`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from provcheck.reports.summary import WORST, Summary

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


def order() -> list[Column]:
    """What the frame is sorted by."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    return [f.col("path"), f.coalesce("member", f.lit("")), f.coalesce("row", f.lit(0))]


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
    rows = found.select("path", "member", "row", "doc_id", "read", "n_bytes", "findings").collect()
    ordered = sorted(rows, key=lambda r: (r["path"], r["member"] or "", r["row"] or 0))
    return [row.asDict(recursive=True) for row in ordered]

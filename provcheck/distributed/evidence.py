"""From links between documents to findings, with the passages that both have as evidence: see `provcheck.lineage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from provcheck.distributed import rows
from provcheck.lineage import Told, compared
from provcheck.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from pyspark.sql import DataFrame

FOUND = pa.schema(
    [
        ("_order", pa.string()), ("turn", pa.string()), ("code", pa.string()), ("message", pa.string()),
        ("start", pa.int64()), ("end", pa.int64()), ("quote", pa.string()),
    ]
)  # fmt: skip
"""A finding for a document; `turn` sorts those of one document as the local engine makes them: links, then counts."""


def findings(links: DataFrame, documents: DataFrame) -> DataFrame:
    """The findings of all links; only the texts of linked documents are read."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    exact = links.filter("code = 'PC701'").select("first", "second", f.lit(None).cast("string").alias("text"))
    copies = exact.mapInArrow(_copies, rows.spark_types(FOUND))
    near = links.filter("code <> 'PC701'")
    for end in ("first", "second"):
        texts = documents.select(f.col("_order").alias("at"), f.struct("text", "content").alias(f"{end}_text"))
        near = near.join(texts, f.col(f"{end}.order") == f.col("at")).drop("at")
    return copies.unionByName(near.mapInArrow(_compared, rows.spark_types(FOUND)))


def found(order: str, turn: str, finding: Finding) -> dict[str, Any]:
    """A finding as a row of `FOUND`."""
    place = {"start": finding.start, "end": finding.end, "quote": finding.quote}
    return {"_order": order, "turn": turn, "code": finding.code, "message": finding.message, **place}


def _turn(link: dict[str, Any], code: str) -> str:
    # NUL sorts before what any name holds, so this sorts as (first, second, code) does.
    return f"0\0{link['first']['order']}\0\0{link['second']['order']}\0\0{code}"


def _copies(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    def each() -> Iterator[dict[str, Any]]:
        for batch in batches:
            for link in batch.to_pylist():
                finding = Finding.of("PC701", other=link["first"]["name"])
                yield found(link["second"]["order"], _turn(link, "PC701"), finding)

    return rows.batches(each(), FOUND)


def _compared(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    return rows.batches((row for batch in batches for link in batch.to_pylist() for row in _both(link)), FOUND)


def _both(link: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The findings of one link: on the later document, and for shared passages on the earlier one too."""
    told = [Told(link[end]["name"], **link[f"{end}_text"]) for end in ("first", "second")]
    turn = _turn(link, link["code"])
    pair = compared(link["code"], round(link["similarity"], 4), *told)
    for end, finding in zip(("first", "second"), pair, strict=True):
        if finding:
            yield found(link[end]["order"], turn, finding)

"""From links between documents to findings, with the passages that both have as evidence: see `provcheck.lineage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from provcheck import duplicates
from provcheck.distributed import rows
from provcheck.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
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
    one, two = link["first_text"], link["second_text"]
    shared = duplicates.passages(one["content"], two["content"])
    turn = _turn(link, link["code"])
    if link["code"] == "PC703":
        if not shared:  # the estimate was of passages that the texts do not have
            return
        spans = [(p[0], p[1]) for p in shared]
        yield found(link["first"]["order"], turn, _shared(link, one, spans, link["second"]["name"]))
    spans = [(p[2], p[3]) for p in shared]
    yield found(link["second"]["order"], turn, _shared(link, two, spans, link["first"]["name"]))


def _shared(link: dict[str, Any], texts: dict[str, str], spans: Sequence[tuple[int, int]], other: str) -> Finding:
    """The finding of a document that shares text with another; the longest passage is its evidence."""
    characters = sum(end - start for start, end in spans)
    span = max(spans, key=lambda s: s[1] - s[0], default=(0, 0))
    text, passage = texts["text"], texts["content"][slice(*span)].strip()
    start = max(0, text.find(passage))
    place = (start, start + len(passage)) if text.startswith(passage, start) else (0, 0)
    similarity = round(link["similarity"], 4)
    return Finding.of(link["code"], text, place, other=other, similarity=similarity, characters=characters)

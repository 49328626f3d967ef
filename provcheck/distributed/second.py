"""The second look at doubtful encodings, with those of the neighbours as evidence: see `provcheck.corpus`."""

from __future__ import annotations

import pickle
from functools import partial
from typing import TYPE_CHECKING

from provcheck.distributed import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    import pyarrow as pa
    from pyspark.sql import DataFrame

    from provcheck.config import Settings
    from provcheck.engines.spark import Shelf


def look(documents: DataFrame, settings: Settings, shelf: Shelf) -> DataFrame:
    """The documents, with those of doubtful encoding examined again where their folder has surely decoded ones."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    doubtful = documents.filter("decode_doubtful")
    if doubtful.select("_order").isEmpty():
        return documents
    sure = documents.filter("encoding IS NOT NULL AND NOT decode_doubtful AND encoding <> 'ascii'")
    counts = sure.groupBy("_folder", "encoding").count()
    priors = counts.groupBy("_folder").agg(f.collect_list(f.struct("encoding", "count")).alias("neighbours"))
    wanted = doubtful.select("_folder", "_envelope").join(priors, "_folder")
    again = shelf.put("again", wanted.mapInArrow(partial(_again, settings=settings), rows.spark_schema()))
    left = doubtful.join(again.select("_order"), "_order", "left_anti")
    return documents.filter("NOT decode_doubtful").unionByName(left).unionByName(again)


def _again(parts: Iterable[pa.RecordBatch], *, settings: Settings) -> Iterator[pa.RecordBatch]:
    def each() -> Iterator[dict[str, Any]]:
        for part in parts:
            found = part.to_pylist()
            priors = {row["_folder"]: _shares(row["neighbours"]) for row in found}
            numbered = [pickle.loads(row["_envelope"]) for row in found]  # noqa: S301  # written by `rows.examined` in this run
            yield from rows.examined(numbered, settings, priors)

    return rows.batches(each())


def _shares(neighbours: list[dict[str, Any]]) -> dict[str, float]:
    counts = {n["encoding"]: n["count"] for n in neighbours}
    return {name: count / sum(counts.values()) for name, count in counts.items()}

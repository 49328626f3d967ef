"""Files that are read whole: Spark brings the bytes, and the readers of the local engine do the rest."""

from __future__ import annotations

import pickle
from functools import partial
from typing import TYPE_CHECKING

from provcheck import readers
from provcheck.distributed import rows
from provcheck.distributed.listing import placed
from provcheck.readers import Ledger, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from provcheck.config import Settings
    from provcheck.distributed.listing import Listing
    from provcheck.model import Envelope

_GLOB = str.maketrans({letter: f"\\{letter}" for letter in "\\{}[]*?^"})


def escaped(sources: Sequence[Source]) -> list[str]:
    """URIs as Spark takes them: without the backslash it would read a name with brackets as a pattern."""
    return [source.location.translate(_GLOB) for source in sources]


def read(spark: SparkSession, listing: Listing, settings: Settings) -> DataFrame | None:
    """The rows of all files that are read whole; None where there are none."""
    if not listing.whole:
        return None
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(escaped(listing.whole))
    return files.select("path", "content").mapInArrow(
        partial(_opened, roots=listing.roots, settings=settings), rows.spark_schema()
    )


def closed(spark: SparkSession, listing: Listing, settings: Settings) -> DataFrame | None:
    """The rows of the files that need not be opened; None where there are none."""
    if not listing.closed:
        return None
    packed = [(bytearray(pickle.dumps(source)),) for source in listing.closed]
    table = spark.createDataFrame(packed, "source binary")
    return table.mapInArrow(partial(_told, settings=settings), rows.spark_schema())


def _opened(
    parts: Iterable[pa.RecordBatch], *, roots: Sequence[tuple[str, str]], settings: Settings
) -> Iterator[pa.RecordBatch]:
    def each() -> Iterator[tuple[int, Envelope] | rows.Page]:
        for part in parts:
            for uri, content in zip(part.column("path"), part.column("content"), strict=True):
                location, raw = uri.as_py(), content.as_py()
                path, relative = placed(location, roots)
                yield from _file(Source(location, path, relative, len(raw)), raw, settings)

    return rows.batches(rows.examined(each(), settings))


def _told(parts: Iterable[pa.RecordBatch], *, settings: Settings) -> Iterator[pa.RecordBatch]:
    sources = (pickle.loads(s.as_py()) for part in parts for s in part.column("source"))  # noqa: S301  # made by `closed`
    items = (item for source in sources for item in _file(source, b"", settings))
    return rows.batches(rows.examined(items, settings))


def _file(source: Source, raw: bytes, settings: Settings) -> Iterator[tuple[int, Envelope] | rows.Page]:
    """The documents of one file with their turns, and what was counted of it."""
    books = Ledger()
    yield from enumerate(readers.unpack(source, raw, settings, books))
    reasons = int(books.bytes_with_reason > 0 or not source.size)
    left_out = tuple(sorted(books.skipped.items())), tuple(books.names)
    yield rows.Page(source.path, books.documents, books.rows, reasons, tuple(books.uneven), *left_out)

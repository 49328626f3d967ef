"""Large Parquet files, read in parts through Spark's own reader.

The footers say beforehand which files Spark and pyarrow read to the same values: those whose columns are strings,
bytes, numbers, truth values, days, and lists and objects of these. Other files are read whole.
"""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq

from provcheck.distributed import rows
from provcheck.distributed.listing import Listing, placed, too_large
from provcheck.distributed.whole import escaped
from provcheck.engines.hadoop import head
from provcheck.readers import Ledger, roles
from provcheck.readers.blob import Blob, Desk, Place
from provcheck.readers.formats import open_blob
from provcheck.readers.records import Maker
from provcheck.readers.streams import Meter, buffered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from provcheck.config import Settings
    from provcheck.model import Envelope
    from provcheck.readers import Source

_ALIKE = (
    pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary, pa.types.is_boolean,
    pa.types.is_int8, pa.types.is_int16, pa.types.is_int32, pa.types.is_int64, pa.types.is_uint8, pa.types.is_uint16,
    pa.types.is_uint32, pa.types.is_float32, pa.types.is_float64, pa.types.is_date32,
)  # fmt: skip


def read(spark: SparkSession, listing: Listing, settings: Settings) -> tuple[Listing, list[DataFrame]]:
    """The rows of all Parquet files that can be cut; the listing comes back with the others among the whole."""
    alike: dict[str, tuple[pa.Schema, list[Source], list[int]]] = {}
    uncut = []
    for source in listing.parquet:
        metadata = _footer(spark, source)
        if metadata is None or not metadata.num_rows or not cuttable(metadata.schema.to_arrow_schema(), settings):
            too_large(source)
            uncut.append(source)
            continue
        columns = metadata.schema.to_arrow_schema()
        _, sources, counts = alike.setdefault(str(columns.remove_metadata()), (columns, [], []))
        sources.append(source)
        counts.append(metadata.num_rows)
    kept = tuple(s for _, sources, _ in alike.values() for s in sources)
    tables = [_table(spark, listing, settings, *group) for group in alike.values()]
    return listing._replace(whole=(*listing.whole, *uncut), parquet=kept), tables


def cuttable(columns: pa.Schema, settings: Settings) -> bool:
    """Whether Spark and pyarrow read the same values, and whether a column of the top level is the text.

    >>> from provcheck.config import Settings
    >>> cuttable(pa.schema([("text", pa.string()), ("seen", pa.timestamp("ns"))]), Settings())
    False
    """
    plan = roles.plan(columns.names, {}, settings.columns)
    return all(_alike(field.type) for field in columns) and any(plan[:2]) and len(set(columns.names)) == len(columns)


def _alike(kind: pa.DataType) -> bool:
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _alike(kind.value_type)
    if pa.types.is_struct(kind):
        return all(_alike(kind.field(n).type) for n in range(kind.num_fields))
    return any(fits(kind) for fits in _ALIKE)


def _footer(spark: SparkSession, source: Source) -> Any | None:  # noqa: ANN401  # pyarrow is untyped
    """What stands at the end of the file; None where it is damaged."""
    end = head(spark, source.location, source.size - 8, 8)
    length = int.from_bytes(end[:4], "little")
    if end[4:] != b"PAR1" or length + 8 > source.size:
        return None
    try:
        return pq.read_metadata(
            io.BytesIO(b"PAR1" + head(spark, source.location, source.size - 8 - length, length + 8))
        )
    except (pa.ArrowException, OSError):
        return None


def _table(  # a group of files, as `read` makes it
    spark: SparkSession,
    listing: Listing,
    settings: Settings,
    columns: pa.Schema,
    sources: list[Source],
    counts: list[int],
) -> DataFrame:
    """The rows of files of one schema, and the pages of the ledger by what their footers count."""
    files = spark.read.option("recursiveFileLookup", "true").parquet(*escaped(sources))
    record = f"named_struct({', '.join(_pair(name) for name in columns.names)})"
    found = files.selectExpr(f"{record} AS record", "_metadata.file_path AS uri", "_metadata.row_index AS number")
    examined = found.mapInArrow(partial(_examined, roots=listing.roots, settings=settings), rows.spark_schema())
    # A file counts as one document at the door; the rows that its footer tells take that place.
    pages = [rows.page(rows.Page(s.path, n - 1, 0, 0))["_page"] for s, n in zip(sources, counts, strict=True)]
    booked = spark.createDataFrame([(page,) for page in pages], "page string")
    return examined.unionByName(booked.selectExpr("page AS _page"), allowMissingColumns=True)


def _pair(name: str) -> str:
    quoted = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{quoted}', `{name.replace('`', '``')}`"


def _examined(
    parts: Iterable[pa.RecordBatch], *, roots: Sequence[tuple[str, str]], settings: Settings
) -> Iterator[pa.RecordBatch]:
    def each() -> Iterator[tuple[int, Envelope] | rows.Page]:
        maker: Maker | None = None
        counts: dict[str, list[int]] = {}
        for part in parts:
            for record, uri, number in zip(
                *(part.column(n).to_pylist() for n in ("record", "uri", "number")), strict=True
            ):
                path, relative = placed(unquote(uri), roots)
                if maker is None or maker.blob.path != path:
                    blob = Blob(path, relative, path.rpartition("/")[2], buffered(io.BytesIO()))
                    maker = Maker(blob, Desk(settings, Ledger(), Meter(settings.limits, 0), open_blob), "parquet")
                envelope = maker.make(record, Place(number + 1, None))
                yield 0, envelope
                counted = counts.setdefault(path, [0, 0])
                counted[0] += 1
                counted[1] += envelope.problem is not None
        yield from (rows.Page(path, 0, counted[0], counted[1]) for path, counted in counts.items())

    return rows.batches(rows.examined(each(), settings))

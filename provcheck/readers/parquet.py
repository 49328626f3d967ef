"""Parquet: row groups as a stream of small batches, with the footer's row count as the ledger's own count.

A row group that cannot be read is one row with the reason and the rows that it stands for; the other groups go on.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, cast

from provcheck.readers import roles
from provcheck.readers.blob import Blob, Desk, Place, tallied
from provcheck.readers.records import Maker, Row, with_text
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.model import Envelope
    from provcheck.readers.ledger import Tally

BATCH = 64
"""Rows held at a time: small, because an attacker's dictionary page can repeat one huge value in every row."""


def read(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a Parquet file; inside another archive it is held in memory, up to ``limits.nested_bytes``."""
    import pyarrow as pa  # noqa: PLC0415  heavy, and only for Parquet
    import pyarrow.parquet as pq  # noqa: PLC0415  heavy, and only for Parquet

    maker = Maker(blob, desk, "parquet")
    try:
        table = pq.ParquetFile(seekable(blob, desk))
    except (pa.ArrowException, OSError) as error:
        raise Refusal("PC104", _reason(error)) from error

    def rows(tally: Tally) -> Iterator[Envelope]:
        tally.counted = table.metadata.num_rows
        return with_text(maker, _groups(maker, table, tally, (pa.ArrowException, OSError, ValueError)), tally)

    yield from tallied(blob, desk, "row", rows, "parquet")


def _groups(maker: Maker, table: Any, tally: Tally, faults: tuple[type[Exception], ...]) -> Iterator[Envelope | Row]:  # noqa: ANN401  pyarrow is untyped
    start = 0
    for group in range(table.num_row_groups):
        expected, row = table.metadata.row_group(group).num_rows, start
        try:
            for batch in table.iter_batches(BATCH, row_groups=[group], use_threads=False):
                for record in _records(batch):
                    row += 1
                    yield Row(record, Place(row, None))
        except faults as error:
            rest = start + expected - row
            tally.behind += rest - 1
            detail = f"row group {group + 1}, rows {row + 1} to {start + expected}: {_reason(error)}"
            yield maker.problem("PC104", detail, Place(row + 1, None))
        start += expected


def _records(batch: Any) -> list[dict[str, Any]]:  # noqa: ANN401  pyarrow is untyped
    """The rows of a batch; of two columns with one name, each keeps its values."""
    names = batch.schema.names
    if len(set(names)) == len(names):
        return cast("list[dict[str, Any]]", batch.to_pylist())
    own, columns = roles.apart(names), [column.to_pylist() for column in batch.columns]
    return [dict(zip(own, values, strict=True)) for values in zip(*columns, strict=True)]


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def seekable(blob: Blob, desk: Desk) -> io.BufferedReader | io.BytesIO:
    """A stream that can be read from any place: the file itself, or a member held in memory."""
    if not blob.layers:
        return blob.stream
    limit = desk.settings.limits.nested_bytes
    held = blob.stream.read(limit + 1)
    if len(held) > limit:
        raise Refusal("PC108", f"more than {limit} bytes, to be held in memory (limits.nested_bytes)")
    return io.BytesIO(held)

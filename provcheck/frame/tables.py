"""Records as Arrow tables, as Parquet and as a pandas frame."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from provcheck.frame.columns import NAMES, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd


def tables(rows: Iterable[Mapping[str, Any]], size: int = 1000) -> Iterator[pa.Table]:
    """Records as Arrow tables of at most `size` rows with the schema of `COLUMNS`; at least one, perhaps empty."""
    stream = iter(rows)
    part = list(islice(stream, size))
    while True:
        yield pa.Table.from_pylist([{**row, "date_day": _day(row["date_day"])} for row in part], schema=SCHEMA)
        part = list(islice(stream, size))
        if not part:
            return


def pandas(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Records as a pandas frame: one row a document, a column for each of `COLUMNS`."""
    frame: pd.DataFrame = pa.concat_tables(tables(rows)).to_pandas()
    return frame


def write_parquet(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write records to a Parquet file, a batch at a time; raises OSError where the disk does not take them."""
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for part in tables(rows):
            writer.write_table(part)


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The frame, or some of its columns, from a file that `write_parquet` made."""
    names = None if columns is None else [name for name in NAMES if name in columns]
    frame: pd.DataFrame = pq.read_table(path, columns=names).to_pandas()
    return frame


def is_frame(path: Path) -> bool:
    """Whether a file is a frame that `write_parquet` made, in this version or an earlier one."""
    try:
        names = pq.read_schema(path).names
    except (pa.ArrowInvalid, OSError):
        return False
    return {"doc_id", "sha256", "findings", "n_words"} <= {*names}


def read_records(path: Path, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of such a file as dictionaries of some columns, a batch in memory at a time.

    A column that the file does not have, because an earlier version wrote it, is None in every row.
    """
    empty = dict.fromkeys(columns)
    for part in sorted(path.glob("part-*.parquet")) if path.is_dir() else [path]:  # Spark writes a folder of parts
        with pq.ParquetFile(part) as file:
            there = [name for name in columns if name in file.schema_arrow.names]
            for batch in file.iter_batches(batch_size=1000, columns=there):
                yield from ({**empty, **row} for row in batch.to_pylist())


def _day(day: str | None) -> dt.datetime | None:
    """The day as a naive moment: Great Expectations cannot compare zoned ones."""
    return None if day is None else dt.datetime.fromisoformat(day)

"""Records as Arrow tables, as Parquet and as a pandas frame.

Arrow is imported where it is used: a scan that prints JSON does not need it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from provcheck.frame.columns import COLUMNS, NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from provcheck.frame.columns import Type


@cache
def schema() -> pa.Schema:
    """The columns as an Arrow schema.

    >>> schema().field("repairs").type
    ListType(list<item: string>)
    """
    import pyarrow as pa

    return pa.schema([(column.name, _arrow(column.type)) for column in COLUMNS])


def _arrow(type_: Type) -> pa.DataType:
    import pyarrow as pa

    if isinstance(type_, str):
        return pa.type_for_alias(type_)
    if isinstance(type_, Mapping):
        return pa.struct([(name, _arrow(inner)) for name, inner in type_.items()])
    return pa.list_(_arrow(type_[0]))


SIZE = 1000
"""Rows of a table, and of a row group of the file."""


def tables(rows: Iterable[Mapping[str, Any]], size: int = SIZE) -> Iterator[pa.Table]:
    """Records as Arrow tables of at most `size` rows with the schema of `COLUMNS`; at least one, perhaps empty."""
    import pyarrow as pa

    stream = iter(rows)
    part = list(islice(stream, size))
    while True:
        yield pa.Table.from_pylist([{**row, "date_day": _day(row["date_day"])} for row in part], schema=schema())
        part = list(islice(stream, size))
        if not part:
            return


def batches(count: int, size: int = SIZE) -> Iterator[tuple[int, int]]:
    """The first position and the one after the last of each table that `count` rows make; at least one, perhaps empty.

    >>> list(batches(2500)), list(batches(0))
    ([(0, 1000), (1000, 2000), (2000, 2500)], [(0, 0)])
    """
    yield from ((begin, min(begin + size, count)) for begin in range(0, max(count, 1), size))


def pandas(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Records as a pandas frame: one row a document, a column for each of `COLUMNS`."""
    return to_pandas(tables(rows))


def to_pandas(parts: Iterable[pa.Table]) -> pd.DataFrame:
    """Tables as a pandas frame: one row a document, a column for each of `COLUMNS`."""
    import pyarrow as pa

    frame: pd.DataFrame = pa.concat_tables(parts).to_pandas()
    return _whole(frame)


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with whole numbers in `row`, which pandas would make floats of where it is null."""
    return frame.astype({"row": "Int64"}) if "row" in frame.columns else frame


def write_parquet(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write records to a Parquet file, a batch at a time; raises OSError where the disk does not take them."""
    write_tables(tables(rows), path)


def write_tables(parts: Iterable[pa.Table], path: Path) -> None:
    """Write tables to a Parquet file, a row group each; raises OSError where the disk does not take them."""
    from pyarrow import parquet as pq

    with pq.ParquetWriter(path, schema(), compression="zstd") as writer:
        for part in parts:
            writer.write_table(part)


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The frame, or some of its columns, from a file that `write_parquet` made."""
    return _whole(read_plain(path, columns))


def read_plain(path: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The same in the oldest types of pandas, by which the gate judges: whole numbers with gaps are floats."""
    from pyarrow import parquet as pq

    names = None if columns is None else [name for name in NAMES if name in columns]
    frame: pd.DataFrame = pq.read_table(_files(path), columns=names).to_pandas()
    return frame


def _files(path: Path) -> list[Path]:
    """The files of a frame in their order: itself, or the parts that Spark writes into a folder."""
    return sorted(path.glob("part-*.parquet")) if path.is_dir() else [path]


def is_frame(path: Path) -> bool:
    """Whether a file is a frame that `write_parquet` made, in this version or an earlier one, or a folder Spark's."""
    import pyarrow as pa
    from pyarrow import parquet as pq

    files = _files(path)
    try:
        names = pq.read_schema(files[0]).names if files else []
    except (pa.ArrowInvalid, OSError):
        return False
    return {"doc_id", "sha256", "findings", "n_words"} <= {*names}


def read_records(path: Path, columns: Sequence[str], size: int = SIZE) -> Iterator[dict[str, Any]]:
    """The rows of such a file as dictionaries of some columns, `size` of them in memory at a time.

    A column that the file does not have, because an earlier version wrote it, is None in every row.
    """
    from pyarrow import parquet as pq

    empty = dict.fromkeys(columns)
    for part in _files(path):
        with pq.ParquetFile(part) as file:
            there = [name for name in columns if name in file.schema_arrow.names]
            for batch in file.iter_batches(batch_size=size, columns=there):
                yield from ({**empty, **row} for row in batch.to_pylist())


def _day(day: str | None) -> dt.datetime | None:
    """The day as a naive moment: Great Expectations cannot compare zoned ones."""
    return None if day is None else dt.datetime.fromisoformat(day)

"""The frame: one row a document, and the only place that names its columns.

A row is first a record, a plain dictionary, made where the document was examined. What only the whole corpus can tell
(duplicates, length clamps) is added by `amend`. From records come the Arrow table that Parquet holds and the pandas
frame that people and the gate get.
"""

from __future__ import annotations

from provcheck.frame.columns import COLUMNS, DESCRIBED, FLAGS, MISSING, NAMES, Column
from provcheck.frame.judged import neutral, read_judged
from provcheck.frame.lines import load, table
from provcheck.frame.record import Amendment, Record, amend, dump, record, settle
from provcheck.frame.tables import (
    batches,
    is_frame,
    pandas,
    read_parquet,
    read_records,
    schema,
    tables,
    to_pandas,
    write_parquet,
    write_tables,
)

__all__ = [
    "COLUMNS",
    "DESCRIBED",
    "FLAGS",
    "MISSING",
    "NAMES",
    "Amendment",
    "Column",
    "Record",
    "amend",
    "batches",
    "dump",
    "is_frame",
    "load",
    "neutral",
    "pandas",
    "read_judged",
    "read_parquet",
    "read_records",
    "record",
    "schema",
    "settle",
    "table",
    "tables",
    "to_pandas",
    "write_parquet",
    "write_tables",
]

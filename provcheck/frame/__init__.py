"""The frame: one row a document, and the only place that names its columns.

A row is first a record, a plain dictionary, made where the document was examined. What only the whole corpus can tell
(duplicates, length clamps) is added by `amend`. From records come the Arrow table that Parquet holds and the pandas
frame that people and the gate get.
"""

from __future__ import annotations

from provcheck.frame.columns import COLUMNS, DESCRIBED, FLAGS, NAMES, SCHEMA, Column
from provcheck.frame.record import Amendment, Record, amend, dump, record
from provcheck.frame.tables import pandas, read_parquet, tables, write_parquet

__all__ = [
    "COLUMNS",
    "DESCRIBED",
    "FLAGS",
    "NAMES",
    "SCHEMA",
    "Amendment",
    "Column",
    "Record",
    "amend",
    "dump",
    "pandas",
    "read_parquet",
    "record",
    "tables",
    "write_parquet",
]

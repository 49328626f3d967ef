"""Lines of JSON, as `provcheck.frame.dump` writes them, back into records and straight into tables.

A row of the cache is such a line. To make a table of a thousand of them by way of Python's objects takes longer than
Arrow's own reader of JSON, and makes Arrow import pandas, half a second and 40 MB in each process.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import orjson

from provcheck.frame.tables import schema, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from provcheck.frame.record import Record

LARGEST = 1 << 30
"""Bytes of lines up to which Arrow reads them as one block."""


def load(line: bytes) -> Record:
    """The record of a line.

    >>> load('{"title":"Café","n":0.5}'.encode())
    {'title': 'Café', 'n': 0.5}
    """
    try:
        record: Record = orjson.loads(line)
    except orjson.JSONDecodeError:  # a lone surrogate
        record = json.loads(line)
    return record


def table(lines: Sequence[bytes]) -> pa.Table:
    """One table of all lines, with the schema of `COLUMNS`.

    Raises UnicodeEncodeError for a lone surrogate, for which Arrow has no form.
    """
    import pyarrow as pa
    from pyarrow import json as reader

    data = b"\n".join(lines)
    if data and len(data) < LARGEST:
        whole = reader.ReadOptions(use_threads=False, block_size=len(data) + 1)
        strict = reader.ParseOptions(explicit_schema=schema(), unexpected_field_behavior="error")
        try:
            return reader.read_json(pa.BufferReader(data), read_options=whole, parse_options=strict)
        except pa.ArrowInvalid:  # what Arrow's reader does not take, its makers of columns may
            pass
    return next(tables(map(load, lines), max(1, len(lines))))

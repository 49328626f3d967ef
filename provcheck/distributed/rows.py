"""What leaves a worker: the columns of the frame, and beside them the little that later steps need.

The rows of all files are one wide Parquet table; later steps read a few narrow columns of it and leave the texts
where they are. `order` sorts as the local engine sorts: by path, member, record and, for an archive that holds one
name twice, by turn.

Between the rows stand pages of the ledger: what a worker counted of one file, or of one part of it.
"""

from __future__ import annotations

import datetime as dt
import json
import pickle
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from provcheck import examine, frame
from provcheck.engines.local import chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyspark.sql.types import StructType

    from provcheck.config import Settings
    from provcheck.examine import Row
    from provcheck.model import Envelope, Origin

CHUNK = 1 << 19
"""Bytes of documents that are examined together."""

HELD_ROWS, HELD_BYTES = 256, 8 << 20
"""Rows, and about how many bytes of them, that go back to Spark at a time."""


class Page(NamedTuple):
    """What was counted of one file, or of a part: the documents that must come out, those that did, and reason rows.

    Besides faults of the count, and what was left out inside of an archive: how often by each rule, and by name.
    """

    path: str
    documents: int
    rows: int
    reasons: int
    uneven: tuple[str, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    names: tuple[str, ...] = ()


_OWN = (
    ("order", pa.string()), ("name", pa.string()), ("folder", pa.string()), ("envelope", pa.binary()),
    ("exact", pa.binary()), ("sketch", pa.binary()), ("passages", pa.binary()), ("numbers", pa.binary()),
    ("pairs", pa.int64()), ("characters", pa.int64()), ("utf8_bytes", pa.int64()), ("spaced", pa.int64()),
    ("said", pa.binary()), ("page", pa.string()),
)  # fmt: skip
OWN = tuple(f"_{name}" for name, _ in _OWN)
"""The columns that are not of the frame: where a row stands, its bytes if they must be looked at once more, its
fingerprint, the facts for the corpus checks, the numbers of its lines; and the page of the ledger, in rows that have
nothing else."""


@cache
def schema() -> pa.Schema:
    """The columns as Arrow has them; Spark knows one type of strings only."""
    return pa.schema([*map(_plain, frame.schema()), *(pa.field(f"_{name}", kind) for name, kind in _OWN)])


def _plain(field: pa.Field) -> pa.Field:
    return field.with_type(pa.string()) if field.type == pa.large_string() else field


@cache
def spark_schema() -> StructType:
    """The same columns as Spark declares them."""
    return spark_types(schema())


def spark_types(columns: pa.Schema) -> StructType:
    """An Arrow schema in Spark's types."""
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415  # heavy, and only for this engine

    made: StructType = from_arrow_schema(columns, prefer_timestamp_ntz=True)
    return made


def place(origin: Origin, turn: int) -> str:
    """A string that sorts as (path, member, row, turn) does; a path holds no NUL.

    >>> from provcheck.model import Origin
    >>> place(Origin("a", "a", row=2), 1) < place(Origin("a", "a", row=10), 0) < place(Origin("a.b", "a.b"), 0)
    True
    """
    return f"{origin.path}\0{origin.member or ''}\0{origin.row or 0:015}\0{turn:09}"


def examined(
    items: Iterable[tuple[int, Envelope] | Page],
    settings: Settings,
    priors: Mapping[str, Mapping[str, float]] | None = None,
) -> Iterator[dict[str, Any]]:
    """The rows of envelopes, each with its turn in its file, and between them pages of the ledger as they come.

    A document whose encoding is doubtful keeps its bytes at hand, for a second look without a second reading.
    """
    for part in chunks(items, lambda item: 512 if isinstance(item, Page) else 512 + len(item[1].raw), CHUNK):
        made = examine.rows([item[1] for item in part if not isinstance(item, Page)], settings, priors)
        for item in part:
            if isinstance(item, Page):
                yield page(item)
            else:
                row = next(made)
                yield _wide(row, item[0], pickle.dumps(item) if row.doubtful else None)


def _wide(row: Row, turn: int, kept: bytes | None) -> dict[str, Any]:
    print_, facts = row.fingerprint, row.facts
    return {
        **json.loads(row.line),
        "_order": place(row.origin, turn),
        "_name": row.origin.name,
        "_folder": row.origin.folder,
        "_envelope": kept,
        "_exact": print_.exact if print_ and print_.exact else None,
        "_sketch": print_.sketch if print_ and print_.sketch else None,
        "_passages": print_.passages if print_ else None,
        "_numbers": print_.numbers if print_ else None,
        "_pairs": print_.words if print_ else None,
        "_characters": facts.characters,
        "_utf8_bytes": facts.utf8_bytes,
        "_spaced": facts.words,
        "_said": row.said or None,
    }


def page(counted: Page) -> dict[str, Any]:
    """A row that is a page of the ledger."""
    return {"_page": json.dumps(counted)}


def batches(rows: Iterable[Mapping[str, Any]], columns: pa.Schema | None = None) -> Iterator[pa.RecordBatch]:
    """Rows as Arrow, a few at a time; a column that a row does not have is null."""
    chosen = columns or schema()
    empty = dict.fromkeys(chosen.names)
    held: list[Mapping[str, Any]] = []
    size = 0
    for row in rows:
        held.append({**empty, **row})
        size += len(row.get("text") or "") + len(row.get("content") or "")
        if len(held) >= HELD_ROWS or size >= HELD_BYTES:
            yield from _packed(held, chosen)
            held, size = [], 0
    if held:
        yield from _packed(held, chosen)


def _packed(held: list[Mapping[str, Any]], columns: pa.Schema) -> Iterator[pa.RecordBatch]:
    if "date_day" in columns.names:
        held = [{**row, "date_day": moment(row["date_day"])} for row in held]
    yield from pa.Table.from_pylist(held, schema=columns).to_batches()


def moment(day: str | None) -> dt.datetime | None:
    """A day as the frame holds it: a naive moment."""
    return dt.datetime.fromisoformat(day) if day else None

"""Baseline and waivers on many machines: see `provcheck.settle`, whose rules the workers apply.

Whether a finding counts depends on its own row alone, never on another one or on the order of rows: a baseline is a set
of identities and has no counts, and a waiver looks at rule and path. So rows are marked where they are made. What must
be told of the corpus as a whole (how many were known, which entries no longer occur, what each waiver spoke of) is
counted over the frame once it lies there, and not while it is made, because Spark makes a part again when a worker is
lost. To the driver come the counts, and of the baseline no more entries than it holds itself.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from provcheck import frame
from provcheck.distributed import rows, totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyspark.sql import DataFrame, Row

    from provcheck.settle import Settled

_COUNTED = pa.schema([("what", pa.string()), ("which", pa.string()), ("n", pa.int64())])


def counted(table: DataFrame, settled: Settled) -> Settled:
    """What `settled` has counted once all rows of a marked frame have passed."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    if not settled.settles:
        return settled
    found = table.filter("n_findings > 0").select("path", "relative", "sha256", "findings")
    told = found.mapInArrow(partial(counts_of, settled=settled.fresh), rows.spark_types(_COUNTED))
    return summed(settled, told.groupBy("what", "which").agg(f.sum("n").alias("n")).collect())


def summed(settled: Settled, counts: Iterable[tuple[str, str, int] | Row]) -> Settled:
    """The same with the counts of all parts, each added up already: what was counted, of what, how often."""
    by: dict[str, dict[str, int]] = {"known": {}, "waived": {}, "seen": {}, "hits": {}}
    for what, which, n in counts:
        by[what][which] = n
    hits = {settled.waivers[int(number)]: n for number, n in by["hits"].items()}
    return replace(
        settled, known=by["known"].get("", 0), waived=by["waived"].get("", 0), seen=set(by["seen"]), hits=hits
    )


def counts_of(batches: Iterable[pa.RecordBatch], *, settled: Settled) -> Iterator[pa.RecordBatch]:
    """What the baseline and the waivers settle in one part of a frame, as rows of counts."""
    settled = settled.fresh
    for batch in batches:
        for record in batch.to_pylist():
            settled.findings(record)
    told = [("known", "", settled.known), ("waived", "", settled.waived), *(("seen", name, 1) for name in settled.seen)]
    told += [("hits", str(settled.waivers.index(waiver)), n) for waiver, n in settled.hits.items()]
    yield from pa.Table.from_pylist(
        [dict(zip(_COUNTED.names, row, strict=True)) for row in told], schema=_COUNTED
    ).to_batches()


def judged(table: DataFrame, columns: Sequence[str]) -> DataFrame:
    """Some columns of a marked frame with settled findings taken out of them, as `frame.read_judged` gives them.

    With what the gate sorts by: see `totals.placed`.
    """
    names = tuple(dict.fromkeys((*columns, *totals.PLACE)))
    needed = table.select(*dict.fromkeys((*names, "findings", "n_known", "n_waived")))
    chosen = pa.schema([totals.TURN.get(name) or rows.schema().field(name) for name in names])
    return needed.mapInArrow(partial(neutral, chosen=chosen), rows.spark_types(chosen))


def neutral(batches: Iterable[pa.RecordBatch], *, chosen: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The columns of one part as the gate judges them."""
    for batch in batches:
        if any(n for name in ("n_known", "n_waived") for n in batch.column(name).to_pylist()):
            changed = [_neutral(row) for row in batch.to_pylist()]
            yield from pa.Table.from_pylist(changed, schema=chosen).to_batches()
        else:
            yield batch.select(chosen.names).cast(chosen)


def _neutral(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **dict(frame.neutral(row))} if row["n_known"] or row["n_waived"] else row

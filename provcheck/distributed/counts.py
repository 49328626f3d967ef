"""The checks of the whole corpus on counts alone: how many documents have each length, and each day.

A count for each length and day is all that the driver sees; `provcheck.checks.corpus` judges it by its own rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, cast, overload

from provcheck.checks import corpus
from provcheck.distributed import evidence, rows
from provcheck.model import Finding

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from pyspark.sql import Column, DataFrame

UNITS = (("characters", "_characters"), ("bytes", "_utf8_bytes"), ("words", "_spaced"))


class Lengths(Sequence[int]):
    """All lengths in order, as their counts: a list of a billion numbers that holds only the different ones.

    >>> list(Lengths({7: 2, 3: 1}))
    [3, 7, 7]
    """

    def __init__(self, counts: Mapping[int, int]) -> None:
        """`counts` has how many documents have each length."""
        self.values = sorted(counts)
        self._ends = list(accumulate(counts[value] for value in self.values))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int, /) -> int: ...
    @overload
    def __getitem__(self, at: slice, /) -> list[int]: ...
    def __getitem__(self, at: int | slice, /) -> int | list[int]:
        """The length at a place in the order."""
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self.values[bisect_right(self._ends, at)]


class Cap(NamedTuple):
    """Lengths above `start` and up to `length` that pile up, in how many documents."""

    column: str
    unit: str
    start: int
    length: int
    documents: int

    def condition(self) -> str:
        """The documents, as Spark writes it."""
        return f"({self.column} > {self.start} AND {self.column} <= {self.length})"


def findings(documents: DataFrame) -> DataFrame | None:
    """The findings of length clamps and date spikes; None where there are none."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    told = [(f.expr(cap.condition()), _clamp(cap)) for cap in _caps(documents)]
    told += [(f.expr(f"date_day = TIMESTAMP_NTZ '{day} 00:00:00'"), finding) for day, finding in _spikes(documents)]
    if not told:
        return None
    each = [_column(condition, number, finding) for number, (condition, finding) in enumerate(told)]
    listed = documents.select("_order", f.explode(f.array_compact(f.array(*each))).alias("one"))
    return listed.select("_order", "one.*").to(rows.spark_types(evidence.FOUND))


def _column(condition: Column, number: int, finding: Finding) -> Column:
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    told = evidence.found("", f"1\0{number:09}", finding)
    return f.when(condition, f.struct(*(f.lit(told[name]).alias(name) for name in evidence.FOUND.names[1:])))


def _clamp(cap: Cap) -> Finding:
    return Finding.of("PC801", count=cap.documents, length=cap.length, unit=cap.unit)


def _caps(documents: DataFrame) -> Iterator[Cap]:
    """The caps of each unit, without those that one before explains: in plain ASCII characters are bytes."""
    ordered, every = _measured(documents)
    explained: list[Cap] = []
    for unit, column in UNITS:
        found = list(_piled(ordered[column], every[column], unit, column))
        overlaps = _overlaps(documents, found, explained)
        new = [cap for cap, overlap in zip(found, overlaps, strict=True) if overlap * 2 < cap.documents]
        explained += new
        yield from new


def _overlaps(documents: DataFrame, found: list[Cap], explained: list[Cap]) -> list[int]:
    """How many documents of each cap one before has; those of one unit never overlap."""
    if not found or not explained:
        return [0] * len(found)
    before = " OR ".join(cap.condition() for cap in explained)
    counted = documents.selectExpr(*(f"count_if({cap.condition()} AND ({before}))" for cap in found)).first()
    return [int(n) for n in counted or ()]


def _piled(ordered: Lengths, every: Mapping[int, tuple[int, int]], unit: str, column: str) -> Iterator[Cap]:
    """Each length at which documents pile up, from the longest down, as the local engine finds them.

    `ordered` are the lengths with exact copies counted once; `every` has for each length how many documents have it,
    and how many of these look cut.
    """
    lengths = sorted(every)

    def counted(start: int, cap: int) -> tuple[int, int]:
        counts = [every[length] for length in lengths[bisect_right(lengths, start) : bisect_right(lengths, cap)]]
        return sum(n for n, _ in counts), sum(n for _, n in counts)

    listed = cast("list[int]", ordered)  # things are only looked up in it, by bisection
    for start, cap, documents in corpus.piles(listed, reversed(ordered.values), counted):
        yield Cap(column, unit, start, cap, documents)


def _measured(documents: DataFrame) -> tuple[dict[str, Lengths], dict[str, dict[int, tuple[int, int]]]]:
    """For each column of lengths the first copies by length, and all documents by length, with those that look cut."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    columns = [column for _, column in UNITS]
    alone = documents.filter("_exact IS NULL").select(*columns)
    first = f.min_by(f.struct(*columns), "_order").alias("first")
    copies = documents.filter("_exact IS NOT NULL").groupBy("_exact").agg(first).select("first.*")
    lengths: dict[str, dict[int, int]] = {column: {} for column in columns}
    for row in _long(alone.unionByName(copies), columns).groupBy("column", "length").count().collect():
        lengths[row["column"]][row["length"]] = row["count"]
    every: dict[str, dict[int, tuple[int, int]]] = {column: {} for column in columns}
    told = _long(documents, columns, "truncated").groupBy("column", "length")
    for row in told.agg(f.count("*").alias("documents"), f.count_if("truncated").alias("cut")).collect():
        every[row["column"]][row["length"]] = (row["documents"], row["cut"])
    return {column: Lengths(counts) for column, counts in lengths.items()}, every


def _long(table: DataFrame, columns: Sequence[str], *others: str) -> DataFrame:
    """A row for each document and each of its lengths."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    each = f.array(*(f.struct(f.lit(name).alias("column"), f.col(name).alias("length")) for name in columns))
    return table.select(f.explode(each).alias("one"), *others).select("one.*", *others)


def _spikes(documents: DataFrame) -> Iterator[tuple[dt.date, Finding]]:
    """Each day that holds more documents than its neighbours make probable."""
    days = documents.filter("date_day IS NOT NULL").groupBy("date_day").count().collect()
    return corpus.spikes(Counter({row["date_day"].date(): int(row["count"]) for row in days}))

"""Duplicates on Spark: the steps of `provcheck.duplicates.find`, as joins and windows over narrow tables.

A content is named by its digest, which also gives the order that the local engine sorts by. Every step takes the
same candidates, confirms them by the same code and cuts what hangs together into the same stars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from provcheck.distributed import graph, rows
from provcheck.duplicates import candidates, parts
from provcheck.duplicates.values import PASSAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark.sql import DataFrame

    from provcheck.engines.spark import Shelf

_BANDS = pa.schema([("exact", pa.binary()), ("band", pa.int16()), ("key", pa.int64()), ("following", pa.int64())])
_RUNS = pa.schema([("exact", pa.binary()), ("run", pa.int64())])
_EDGES = pa.schema([("one", pa.binary()), ("other", pa.binary())])
_STARS = pa.schema([("exact", pa.binary()), ("centre", pa.binary()), ("agreement", pa.float64())])
_BATCH = 4096


class Found(NamedTuple):
    """`clusters` has `_order` and `cluster`, the id of its first document, for each document that has copies.

    `links` has `code`, `similarity`, and for the `first` and the `second` document where they stand and their names.
    """

    clusters: DataFrame
    links: DataFrame


def find(documents: DataFrame, shelf: Shelf) -> Found:
    """The duplicates among documents with `_order`, `_name`, `uid` and the columns of their fingerprints."""
    contents = shelf.put("contents", _contents(documents))
    sketched = contents.filter("sketch IS NOT NULL")
    shared = shelf.put("shared", _sharing(sketched))
    pairs = _versions(sketched).unionByName(shared.select("one", "other")).distinct()
    edges = shelf.put("edges", _confirmed(pairs, sketched))
    stars = shelf.put("centres", _stars(graph.components(edges, shelf), sketched))
    return Found(_clusters(documents, contents, stars), _links(documents, contents, stars, shared))


def _contents(documents: DataFrame) -> DataFrame:
    """Each content once, by the first of its exact copies; that one's sketch counts, as spaces may differ."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    told = documents.filter("_exact IS NOT NULL").groupBy(f.col("_exact").alias("exact"))
    fields = ("_order", "_name", "uid", "_sketch", "_numbers", "_passages", "_pairs")
    first = f.min_by(f.struct(*fields), "_order")
    named = told.agg(first.alias("first"), f.count("*").alias("copies"))
    return named.select("exact", "copies", *(f.col(f"first.{name}").alias(name.lstrip("_")) for name in fields))


def _versions(contents: DataFrame) -> DataFrame:
    """Candidates for versions of one text: see `candidates.versions`."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine
    from pyspark.sql.window import Window  # noqa: PLC0415  # as above

    keys = contents.select("exact", "sketch").mapInArrow(_banded, rows.spark_types(_BANDS))
    group = Window.partitionBy("band", "key")
    before = f.lag("exact").over(group.orderBy("following", "exact"))
    met = keys.select("exact", f.min("exact").over(group).alias("head"), before.alias("before"))
    ends = f.explode(f.array_distinct(f.array("head", f.coalesce("before", "head")))).alias("end")
    return _ordered(met.select("exact", ends)).distinct()


def _ordered(pairs: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    apart = pairs.filter("exact <> end")
    return apart.select(f.least("exact", "end").alias("one"), f.greatest("exact", "end").alias("other"))


def _banded(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        sketches = np.frombuffer(b"".join(batch.column("sketch").to_pylist()), np.uint8).reshape(batch.num_rows, -1)
        keys = parts.bands(sketches)
        which = np.repeat(np.arange(batch.num_rows), parts.BANDS)
        band = np.tile(np.arange(parts.BANDS, dtype=np.int16), batch.num_rows)
        following = np.roll(keys, -1, axis=1)
        columns = [batch.column("exact").take(pa.array(which)), pa.array(band), pa.array(keys.ravel()),
                   pa.array(following.ravel())]  # fmt: skip
        yield pa.RecordBatch.from_arrays(columns, schema=_BANDS)


def _sharing(contents: DataFrame) -> DataFrame:
    """Candidates for shared passages, with the estimated `share` of runs of words: see `candidates.sharing`."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine
    from pyspark.sql.window import Window  # noqa: PLC0415  # as above

    runs = contents.select("exact", "passages").mapInArrow(_spread, rows.spark_types(_RUNS))
    group = Window.partitionBy("run")
    before = f.lag("exact").over(group.orderBy("exact"))
    met = runs.select("exact", f.min("exact").over(group).alias("head"), before.alias("before"))
    met = met.filter("before IS NOT NULL")
    far = met.filter("head <> before").select("exact", f.col("head").alias("end"))
    pairs = _ordered(met.select("exact", f.col("before").alias("end")).unionByName(far))
    counted = pairs.groupBy("one", "other").agg(f.count("*").alias("matches"))
    counted = counted.filter(f.col("matches") >= candidates.FEWEST_RUNS)
    for end, words in (("one", "left"), ("other", "right")):
        counted = counted.join(contents.select(f.col("exact").alias(end), f.col("pairs").alias(words)), end)
    possible = f.least(f.lit(PASSAGES), f.greatest("left", "right"))
    share = f.least(f.lit(1.0), f.col("matches") / possible)
    told = counted.select("one", "other", "left", "right", share.alias("share"))
    estimate = f.expr("share / (1 + share) * (left + right)")
    wide = estimate >= f.lit(candidates.WIDELY_SHARED) * f.least("left", "right")
    return told.filter((estimate >= candidates.FEWEST_SHARED) | wide).select("one", "other", "share")


def _spread(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        samples = batch.column("passages").to_pylist()
        which = np.repeat(np.arange(batch.num_rows), [len(sample) // 4 for sample in samples])
        runs = np.frombuffer(b"".join(samples), np.uint32).astype(np.int64)
        columns = [batch.column("exact").take(pa.array(which)), pa.array(runs)]
        yield pa.RecordBatch.from_arrays(columns, schema=_RUNS)


def _confirmed(pairs: DataFrame, contents: DataFrame) -> DataFrame:
    """The pairs that are versions of one text."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    for end in ("one", "other"):
        told = f.struct("sketch", "numbers", "pairs").alias(f"of_{end}")
        pairs = pairs.join(contents.select(f.col("exact").alias(end), told), end)
    return pairs.mapInArrow(_judged, rows.spark_types(_EDGES))


def _judged(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        good = parts.confirmed(*(_arrays(batch.column(f"of_{end}").to_pylist()) for end in ("one", "other")))
        yield batch.select(["one", "other"]).filter(pa.array(good)).cast(_EDGES)


def _arrays(fields: list[dict[str, object]]) -> parts.Contents:
    columns = ([each[name] for each in fields] for name in ("sketch", "numbers", "pairs"))
    return parts.Contents.of(*columns)  # type: ignore[arg-type]  # as `rows.schema` declares them


def _stars(hung: DataFrame, contents: DataFrame) -> DataFrame:
    """For each content that is a version of another its centre, and their agreement."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    roots = hung.select(f.col("root").alias("exact"), "root").distinct()
    members = hung.select(f.col("node").alias("exact"), "root").unionByName(roots)
    pieces = members.join(contents.select("exact", "sketch", "numbers", "pairs"), "exact")
    return pieces.groupBy("root").applyInArrow(_cut, rows.spark_types(_STARS))


def _cut(piece: pa.Table) -> pa.Table:
    fields = sorted(piece.to_pylist(), key=lambda row: row["exact"])
    names = [row["exact"] for row in fields]
    stars = [
        {"exact": names[member], "centre": names[centre], "agreement": agreement}
        for member, centre, agreement in parts.cut(_arrays(fields))
    ]
    return pa.Table.from_pylist(stars, schema=_STARS)


def _clusters(documents: DataFrame, contents: DataFrame, stars: DataFrame) -> DataFrame:
    """Each document that has copies, and the first document of its cluster."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    centres = stars.select(f.col("centre").alias("exact"), "centre").distinct()
    around = stars.select("exact", "centre").unionByName(centres)
    some = contents.select("exact", "copies", "order", "uid").join(around, "exact", "left")
    some = some.filter("copies > 1 OR centre IS NOT NULL")
    some = some.select("exact", "order", "uid", f.coalesce("centre", "exact").alias("centre"))
    heads = some.groupBy("centre").agg(f.min_by("uid", "order").alias("cluster"))
    named = some.join(heads, "centre").select(f.col("exact").alias("_exact"), "cluster")
    return documents.select("_order", "_exact").join(named, "_exact").select("_order", "cluster")


def _links(documents: DataFrame, contents: DataFrame, stars: DataFrame, shared: DataFrame) -> DataFrame:
    """All links, each from the document that comes first to the other."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    heads = contents.filter("copies > 1").select(f.col("exact").alias("_exact"), "order", "name")
    later = documents.select("_exact", "_order", "_name").join(heads, "_exact").filter("_order <> order")
    copies = later.select(
        f.lit("PC701").alias("code"), f.lit(1.0).alias("similarity"), f.struct("order", "name").alias("first"),
        f.struct(f.col("_order").alias("order"), f.col("_name").alias("name")).alias("second"),
    )  # fmt: skip
    versions = stars.select(
        f.lit("PC702").alias("code"), f.col("agreement").alias("similarity"), f.col("centre").alias("one"),
        f.col("exact").alias("other"),
    )  # fmt: skip
    linked = versions.unionByName(_strongest(shared, stars))
    for end in ("one", "other"):
        first = contents.select(f.col("exact").alias(end), f.struct("order", "name").alias(f"of_{end}"))
        linked = linked.join(first, end)
    ends = (f.least("of_one", "of_other").alias("first"), f.greatest("of_one", "of_other").alias("second"))
    return copies.unionByName(linked.select("code", "similarity", *ends))


def _strongest(shared: DataFrame, stars: DataFrame) -> DataFrame:
    """The strongest link between each two clusters."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    for end in ("one", "other"):
        centre = stars.select(f.col("exact").alias(end), f.col("centre").alias(f"at_{end}"))
        shared = shared.join(centre, end, "left").withColumn(f"at_{end}", f.coalesce(f"at_{end}", end))
    between = shared.filter("at_one <> at_other")
    best = f.min(f.struct((-f.col("share")).alias("less"), "one", "other")).alias("best")
    ends = (f.least("at_one", "at_other"), f.greatest("at_one", "at_other"))
    chosen = between.groupBy(*ends).agg(best)
    return chosen.select(
        f.lit("PC703").alias("code"), (-f.col("best.less")).alias("similarity"), "best.one", "best.other"
    )

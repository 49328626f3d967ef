"""Which contents hang together: connected components of a graph that no machine holds.

Alternating large stars and small stars (Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, 2014): each round
hangs every node to the least node around it, and after about the logarithm of the longest path all nodes of a
component hang to its least one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from provcheck.engines.spark import Shelf

ROUNDS = 64
"""More rounds than any graph of 2**32 nodes needs; beyond them something is wrong."""


def components(edges: DataFrame, shelf: Shelf) -> DataFrame:
    """For each node of the edges (`one`, `other`) but the least of its component: `node`, and that least one as `root`.

    Each round is put on the shelf, so that no plan grows and a lost worker costs no round.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    now = shelf.put(
        "stars", edges.select(f.greatest("one", "other").alias("node"), f.least("one", "other").alias("root"))
    )
    size: tuple[object, ...] = ()
    for _ in range(ROUNDS):
        now = shelf.put("stars", _small_star(_large_star(now)))
        # Roots only fall, so a round that changed nothing leaves the number of edges and the sum of roots alone.
        summed = f.sum(f.xxhash64("node", "root").cast("decimal(38,0)"))
        before, size = size, tuple(now.agg(f.count("*"), summed).first() or ())
        if size == before:
            return now
    message = f"the components did not settle in {ROUNDS} rounds"
    raise RuntimeError(message)


def _large_star(edges: DataFrame) -> DataFrame:
    """Every neighbour above a node goes to the least node around it."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine
    from pyspark.sql.window import Window  # noqa: PLC0415  # as above

    both = edges.unionByName(edges.select(f.col("root").alias("node"), f.col("node").alias("root")))
    least = f.least(f.min("root").over(Window.partitionBy("node")), f.col("node"))
    moved = both.select("node", "root", least.alias("low")).filter("root > node")
    return moved.select(f.col("root").alias("node"), f.col("low").alias("root")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """Every neighbour below a node, and the node, go to the least of them."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine
    from pyspark.sql.window import Window  # noqa: PLC0415  # as above

    least = f.min("root").over(Window.partitionBy("node"))
    moved = edges.select("node", "root", least.alias("low"))
    itself = moved.select("node", f.col("low").alias("root"))
    others = moved.filter("root <> low").select(f.col("root").alias("node"), f.col("low").alias("root"))
    return itself.unionByName(others).distinct()

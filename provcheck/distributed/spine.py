"""The spine on many machines: the stages of `provcheck.corpus` in the same order, each on all workers.

Every step reads what the one before put on the shelf, so a worker that is lost costs its own work and nothing else.
No text comes to the driver: it sees the names and sizes of files, and counts.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from provcheck.distributed import copies, counts, evidence, final, lines, listing, parquet, repeats, second, whole
from provcheck.engines.hadoop import denied, tidy
from provcheck.engines.spark import Shelf
from provcheck.errors import EngineError
from provcheck.readers import Ledger
from provcheck.readers.ledger import keep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from provcheck.config import Settings
    from provcheck.settle import Settled

_NARROW = ("_order", "_name", "_exact", "_sketch", "_passages", "_numbers", "_pairs", "_characters", "_utf8_bytes",
           "_spaced", "_said", "doc_id", "truncated", "date_day")  # fmt: skip
"""What the corpus-wide steps need of a document: about a kilobyte."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """An examined corpus: its frame, in order, the account of what came in, and whether any document could be read."""

    frame: DataFrame
    ledger: Ledger
    readable: bool


@contextmanager
def examined(
    spark: SparkSession, paths: Sequence[str], settings: Settings, work: str, settled: Settled
) -> Iterator[Corpus]:
    """Examine every document below the paths; `work` is a folder that all workers reach, removed afterwards.

    The frame is computed where it is written; `settled` says which findings do not count there. Raises
    SourceNotFoundError, NoDocumentsError and EngineError.
    """
    ledger = Ledger()
    listed = listing.listing(spark, paths, settings, ledger)
    shelf = Shelf(spark, work)
    try:
        shelf.open()
        first = _first(spark, listed, settings, shelf)
        _close(ledger, first, listed.sizes, work)
        documents = second.look(first.filter("_page IS NULL"), settings, shelf)
        narrow = shelf.put("narrow", final.unique(documents.select(*_NARROW)))
        found = copies.find(narrow, shelf)
        clusters = shelf.put("clusters", found.clusters)
        said = repeats.findings(documents, narrow, clusters)
        links = evidence.findings(found.links, documents)
        findings = shelf.put("findings", _findings(links.unionByName(said), counts.findings(narrow)))
        readable = not documents.filter("read").select("read").isEmpty()
        whole = final.amended(documents, narrow, clusters, findings, settled)
        yield Corpus(whole, ledger, readable)
    except BaseException as error:
        tidy(spark, work, error)
        raise
    shelf.close()


def _first(spark: SparkSession, listed: listing.Listing, settings: Settings, shelf: Shelf) -> DataFrame:
    """The rows of all files. One that may not be read is a row that says so, as it is on one machine.

    Which ones those are no listing of a store tells; to ask for each beforehand would cost more than to read it. So
    they are looked for only when one was met.
    """
    try:
        return shelf.put("examined", _read(spark, listed, settings))
    except Exception as error:
        allowed = listing.allowed(spark, listed) if denied(error) else listed
        if allowed == listed:
            raise
        return shelf.put("examined", _read(spark, allowed, settings))


def _read(spark: SparkSession, listed: listing.Listing, settings: Settings) -> DataFrame:
    """The rows of all files, and the pages of the ledger, by every way of reading that the listing calls for."""
    listed, cut = lines.read(spark, listed, settings)
    listed, tables = parquet.read(spark, listed, settings)
    ways = [whole.read(spark, listed, settings), whole.closed(spark, listed, settings), cut, *tables]
    return reduce(lambda one, other: one.unionByName(other), (way for way in ways if way is not None))


def _findings(links: DataFrame, counted: DataFrame | None) -> DataFrame:
    return links if counted is None else links.unionByName(counted)


def _close(ledger: Ledger, examined: DataFrame, sizes: dict[str, int], work: str) -> None:
    """Add up what the workers counted, and hold it against what the listing found; `work` is where it should lie."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # heavy, and only for this engine

    pages = examined.filter("_page IS NOT NULL").select(f.from_json("_page", "array<string>").alias("p"))
    number = [
        f.sum(f.expr(f"CAST(p[{n}] AS BIGINT)")).alias(name)
        for n, name in enumerate(("documents", "rows", "reasons"), 1)
    ]
    told = [f.collect_list(f.col("p")[n]).alias(name) for n, name in enumerate(("uneven", "skipped", "names"), 4)]
    by_file = pages.groupBy(f.col("p")[0].alias("path")).agg(*number, *told)
    for row in by_file.toLocalIterator():
        ledger.documents += row["documents"]
        ledger.rows += row["rows"]
        ledger.left(sizes.get(row["path"], 0), whole=not row["reasons"])
        for fault in _each(row["uneven"]):
            keep(ledger.uneven, fault)
        for rule, count in _each(row["skipped"]):
            ledger.skipped[rule] += count
        for name in _each(row["names"]):
            keep(ledger.names, name)
    if not ledger.rows:
        raise EngineError(f"nothing of what the workers wrote to {work!r} is there", "give a folder that all share")


def _each(told: list[str]) -> Iterator[Any]:
    """What stands in lists that each are JSON."""
    for one in told:
        yield from json.loads(one)


__all__ = ["Corpus", "examined"]

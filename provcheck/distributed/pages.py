"""The pages that show every document, from a frame that Spark wrote: its rows pass by the driver once, a few at a time.

A page of a billion rows is no page: no browser opens it, and its texts would fill the disk of the one machine that
writes them. So there is a number of documents beyond which Spark makes no pages.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from provcheck import frame
from provcheck.distributed import rows
from provcheck.engines.hadoop import fetch, reached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

    from provcheck.frame import Record

MOST = 100_000
"""Documents up to which the pages are made: the number for which docs/report.md measures them, some 430 MB."""

TOO_MANY = (
    "index.html shows every document and is made on Spark for at most {most:,}; these are {documents:,}. The verdict is"
    " in data_docs/index.html; for a part of the corpus, the local engine makes the pages"
)


def notes(documents: int) -> tuple[str, ...]:
    """Why a corpus of so many documents gets no pages; nothing where it gets them.

    >>> notes(MOST), len(notes(MOST + 1))
    ((), 1)
    """
    return () if documents <= MOST else (TOO_MANY.format(most=MOST, documents=documents),)


def records(spark: SparkSession, place: str) -> Iterator[Record]:
    """The rows of a frame in its order, as the local engine hands them to the report; some `HELD_ROWS` in memory.

    `place` is a path of this machine or a URI. What lies elsewhere is copied here one file of the frame at a time.
    """
    if "://" not in place:
        yield from _read(Path(place))
        return
    system, folder = reached(spark, place)
    names = sorted(str(status.getPath().getName()) for status in system.listStatus(folder))
    with tempfile.TemporaryDirectory(prefix="provcheck-") as here:
        copy = Path(here) / "part.parquet"
        for name in names:
            if name.startswith("part-") and name.endswith(".parquet"):
                fetch(spark, f"{place}/{name}", copy)
                yield from _read(copy)
                copy.unlink()


def _read(path: Path) -> Iterator[Record]:
    for row in frame.read_records(path, frame.NAMES, rows.HELD_ROWS):
        yield {**row, "date_day": row["date"] and row["date"][:10]}  # a moment in the frame, a day in a record

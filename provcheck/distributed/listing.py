"""Which files there are, and how each of them is read: what `provcheck.readers.sources` does, for Spark.

Paths of this machine's file system are listed by the local rules, links and all. URIs (``s3://``, ``hdfs://``,
``file://``) are walked through Hadoop's file systems by the same rules; such stores have no links and no devices.

Most files are read whole, by the very readers that the local engine uses. A file of more than `SPLIT` bytes is read
in parts where its format allows it: JSON lines and Parquet. Others are read whole up to `WHOLE` bytes, which is
Spark's own limit. What Spark would pass over or could only read otherwise is refused by name.
"""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from provcheck import globs, readers
from provcheck.engines.hadoop import AGAIN, denied, head, look, reached, reason
from provcheck.errors import EngineError, NoDocumentsError, SourceNotFoundError
from provcheck.model import Problem
from provcheck.readers import sources
from provcheck.readers.formats import format_of
from provcheck.readers.magic import wide
from provcheck.readers.sources import Source
from provcheck.readers.streams import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyspark.sql import SparkSession

    from provcheck.config import Settings
    from provcheck.readers import Ledger

SPLIT = 64 << 20
"""Bytes from which on a file is read in parts, if its format can be."""
WHOLE = 1 << 30
"""Bytes of the largest file that is read whole: Spark holds it in a few copies, none of which may pass 2 GiB."""

_FORBIDDEN = os.strerror(errno.EACCES)
_CLOSED = Problem("PC101", _FORBIDDEN)
"""What the row of a file says that may not be read: the word of this machine's system, whichever the store."""

_RENAME = "rename it or leave it out with --exclude, or use the local engine"

_AT_ONCE = 16
"""Files that a store is asked for at the same time."""

_PACKED = (".gz", ".bz2", ".xz", ".zst", ".lz4", ".snappy", ".deflate", ".zip")
"""Endings by which Hadoop would unpack a file before it gives its lines."""


class Listing(NamedTuple):
    """The files by the way they are read, each as a source whose `location` is a URI; and the `roots` of all of them.

    `closed` are those that need no reading: empty ones, and those with a problem. A root is the beginning of a URI,
    and the beginning of a path that takes its place in what people see.
    """

    whole: tuple[Source, ...]
    lines: tuple[Source, ...]
    parquet: tuple[Source, ...]
    closed: tuple[Source, ...]
    roots: tuple[tuple[str, str], ...]

    @property
    def sizes(self) -> dict[str, int]:
        """The bytes of each file, by its path."""
        return {s.path: s.size for s in (*self.whole, *self.lines, *self.parquet, *self.closed)}


def listing(spark: SparkSession, paths: Sequence[str], settings: Settings, ledger: Ledger) -> Listing:
    """List all files; `ledger` gets what was found and what was left out.

    Raises SourceNotFoundError, NoDocumentsError, and EngineError for files that Spark cannot read as they are.
    """
    remote = [p for p in paths if "://" in p]
    local = [p for p in paths if "://" not in p]
    found = list(readers.find(local, settings.exclude, ledger, readers.SUFFIXES, settings.own)) if local else []
    roots = {_root(s) for s in found}
    found = [s._replace(location=_uri(s.location)) for s in found]
    for place in _places(spark, remote, ledger):
        more, root = _walked(spark, place, settings, ledger)
        found += more
        roots.add(root)
    if not found:
        raise NoDocumentsError(paths, readers.SUFFIXES)
    ways: dict[str, list[Source]] = {"whole": [], "lines": [], "parquet": [], "closed": []}
    for source in found:
        way, settled = _settled(spark, source)
        ways[way].append(settled)
    return Listing(**{way: tuple(files) for way, files in ways.items()}, roots=tuple(sorted(roots)))


def _uri(location: str) -> str:
    return f"file:{Path(os.path.abspath(location)).as_posix()}"  # noqa: PTH100  # Hadoop takes ".." out of paths too


def _root(source: Source) -> tuple[str, str]:
    """What stands before the relative path: in the URI, and in the path that is shown."""
    short = len(source.relative)
    shown = source.path[:-short] if source.path.endswith(source.relative) else source.path
    return _uri(source.location)[:-short], shown


def placed(uri: str, roots: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The path and the relative path of a file, by the longest root that its URI begins with.

    >>> placed("file:/data/corpus/a/b.txt", [("file:/data/corpus/", "corpus/")])
    ('corpus/a/b.txt', 'a/b.txt')
    """
    uri = plain(uri)
    begin, shown = max((r for r in roots if uri.startswith(r[0])), key=lambda r: len(r[0]))
    return shown + uri[len(begin) :], uri[len(begin) :]


def plain(uri: str) -> str:
    """Hadoop writes local files as ``file:/a``, Spark as ``file:///a``, users as either.

    >>> plain("file:///a/b"), plain("s3a://bucket/b")
    ('file:/a/b', 's3a://bucket/b')
    """
    return f"file:/{uri[5:].lstrip('/')}" if uri.startswith("file:") else uri


def _settled(spark: SparkSession, source: Source) -> tuple[str, Source]:
    """How a file is read, and the file, with a problem if it turned out that it may not be."""
    try:
        return _way(spark, source), source
    except EngineError:
        raise
    except Exception as error:
        if not denied(error):
            raise
        return "closed", source._replace(problem=_CLOSED)


def _way(spark: SparkSession, source: Source) -> str:
    if source.problem or not source.size:
        return "closed"
    name = source.path.rpartition("/")[2]
    if name.startswith("_") or name.endswith("._COPYING_"):
        raise EngineError(f"Spark passes over files whose names begin with an underscore: {source.path!r}", _RENAME)
    if ":" in name and source.location.startswith("file:"):
        raise EngineError(f"Hadoop opens no file of this machine whose name has a colon: {source.path!r}", _RENAME)
    if any("\udc80" <= letter <= "\udcff" for letter in source.location):
        raise EngineError(f"Spark reads no file whose name is not UTF-8: {source.path!r}", "rename it")
    if source.size <= SPLIT:
        return "whole"
    begin = head(spark, source.location, 0, HEAD)
    kind = format_of(begin, name).name
    if kind in ("jsonl", "jsonl-by-ending") and not wide(begin) and not name.lower().endswith(_PACKED):
        return "lines"
    return "parquet" if kind == "parquet" else too_large(source)


def too_large(source: Source) -> str:
    """The way of a file that cannot be read in parts; raises EngineError where it is too large to be read whole."""
    if source.size > WHOLE:
        problem = f"{source.path!r} has {source.size:,} bytes and cannot be read in parts"
        raise EngineError(
            problem, f"give it as JSON lines in UTF-8 or as Parquet, or in files of at most {WHOLE:,} bytes"
        )
    return "whole"


class _Place(NamedTuple):
    """A URI as it was given and as Hadoop writes it, without a slash at the end, and what Hadoop knows of it."""

    given: str
    base: str
    status: Any


def _places(spark: SparkSession, uris: Sequence[str], ledger: Ledger) -> list[_Place]:
    """The places that URIs name, each once: one that another holds is left out, as among paths of this machine."""
    places = []
    for given in uris:
        status = look(spark, given)
        if status is None:
            raise SourceNotFoundError(given)
        places.append(_Place(given, plain(reached(spark, given)[1].toString()).rstrip("/"), status))
    kept: list[_Place] = []
    for place in sorted(places, key=lambda p: (len(p.base), p.given)):
        if any(f"{place.base}/".startswith(f"{k.base}/") for k in kept):
            ledger.skip(place.given, sources.TWICE)
        else:
            kept.append(place)
    return kept


def _walked(
    spark: SparkSession, place: _Place, settings: Settings, ledger: Ledger
) -> tuple[list[Source], tuple[str, str]]:
    """The files at or below a URI, and its root."""
    base, shown = place.base, place.given.rstrip("/")
    if not place.status.isDirectory():
        name = base.rpartition("/")[2]
        ledger.found(size := int(place.status.getLen()))
        return [Source(base, shown, name, size)], (base[: -len(name)], shown[: -len(name)])
    system, path = reached(spark, place.given)
    patterns = [globs.split(p) for p in settings.exclude]
    found = []
    own = [plain(_uri(place)).rstrip("/") for place in settings.own]
    for below, size, problem in _below(system, path, "", patterns, ledger, shown):
        location, seen = (f"{base}/{below}", f"{shown}/{below}") if below else (base, shown)
        if any(f"{location}/".startswith(f"{place}/") for place in own):
            ledger.skip(seen, sources.CONFIGURATION)
            continue
        ledger.found(size)
        found.append(Source(location, seen, below or ".", size, problem))
    return found, (f"{base}/", f"{shown}/")


def _below(
    system: Any,  # noqa: ANN401  # of the JVM
    folder: Any,  # noqa: ANN401  # as above
    below: str,
    patterns: Sequence[tuple[str, ...]],
    ledger: Ledger,
    shown: str,
) -> Iterator[tuple[str, int, Problem | None]]:
    """The relative path and the size of every file below a folder that no rule leaves out.

    A folder that may not be listed is given too, with its problem.
    """
    try:
        listed = [(str(s.getPath().getName()), s) for s in system.listStatus(folder)]
    except Exception as error:
        if denied(error):
            yield below, 0, Problem("PC101", f"the folder cannot be listed: {_FORBIDDEN}")
            return
        place = f"{shown}/{below}" if below else shown
        raise EngineError(f"{place!r} cannot be listed: {reason(error)}", AGAIN) from error
    names = {name for name, _ in listed}
    if below and {"results.json", "documents.parquet"} <= names:
        ledger.skip(f"{shown}/{below}", sources.REPORT)
        return
    for name, status in sorted(listed, key=lambda pair: pair[0]):
        relative = f"{below}/{name}" if below else name
        rule = sources.skipped(name) or (sources.EXCLUDED if patterns and globs.matches(relative, patterns) else None)
        if rule:
            ledger.skip(f"{shown}/{relative}", rule)
        elif status.isDirectory():
            yield from _below(system, status.getPath(), relative, patterns, ledger, shown)
        else:
            yield relative, int(status.getLen()), None


def allowed(spark: SparkSession, listing: Listing) -> Listing:
    """The listing with the files that may not be read among the closed ones; it asks for a byte of each."""

    def refused(source: Source) -> bool:
        try:
            head(spark, source.location, 0, 1)
        except Exception as error:  # noqa: BLE001  # the rest comes up where the file is read
            return denied(error)
        return False

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = list(pool.map(refused, listing.whole))
    closed = [s._replace(problem=_CLOSED) for s, no in zip(listing.whole, answers, strict=True) if no]
    left = tuple(s for s, no in zip(listing.whole, answers, strict=True) if not no)
    return listing._replace(whole=left, closed=(*listing.closed, *closed))

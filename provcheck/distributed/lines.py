"""Large files of JSON lines, read in parts through Spark's reader of text.

Two passes. The first counts the lines of each part and looks for the first record that has a text; with it each line
knows its number, and it is known that the file is one that can be cut: its lines are UTF-8, and hardly a record comes
before the first with a text. The local reader holds such records back until it knows the whole file; a file where
that would matter is read whole. The second pass examines.
"""

from __future__ import annotations

import io
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pyarrow as pa

from provcheck.distributed import rows
from provcheck.distributed.listing import Listing, placed, too_large
from provcheck.distributed.whole import escaped
from provcheck.readers import Ledger, jsonlines
from provcheck.readers.blob import Blob, Desk, Place
from provcheck.readers.formats import open_blob
from provcheck.readers.records import HELD, Maker, Row
from provcheck.readers.streams import Meter, buffered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from provcheck.config import Settings
    from provcheck.model import Envelope

_BOM = b"\xef\xbb\xbf"
_PARTS = pa.schema(
    [
        ("path", pa.string()), ("start", pa.int64()), ("lines", pa.int64()), ("octets", pa.int64()),
        ("utf8", pa.bool_()), ("before", pa.int64()), ("texted", pa.bool_()),
    ]
)  # fmt: skip


class Part(NamedTuple):
    """A part of a file as the first pass found it.

    `before` counts the records before the first one with a text; `texted` tells whether there is such a one.
    """

    path: str
    start: int
    lines: int
    octets: int
    utf8: bool
    before: int
    texted: bool


class Shape(NamedTuple):
    """What the second pass must know of a file: lines before each part, how many in all, and how it begins and ends."""

    first: Mapping[int, int]
    lines: int
    marked: bool
    ended: bool


def read(spark: SparkSession, listing: Listing, settings: Settings) -> tuple[Listing, DataFrame | None]:
    """The rows of all files of JSON lines that can be cut; the listing comes back with the others among the whole."""
    if not listing.lines:
        return listing, None
    text = _text(spark, listing.lines).mapInArrow(
        partial(_counted, roots=listing.roots, settings=settings), rows.spark_types(_PARTS)
    )
    parts: dict[str, list[Part]] = {}
    for found in text.collect():  # a few numbers for each 16 MiB
        parts.setdefault(found["path"], []).append(Part(*found))
    shapes = {s.path: shape for s in listing.lines if (shape := _shape(s.size, parts.get(s.path, [])))}
    uncut = [s for s in listing.lines if s.path not in shapes]
    for source in uncut:
        too_large(source)
    kept = tuple(s for s in listing.lines if s.path in shapes)
    changed = listing._replace(whole=(*listing.whole, *uncut), lines=kept)
    if not kept:
        return changed, None
    examined = partial(_examined, roots=listing.roots, shapes=shapes, settings=settings)
    # The same files as in the first pass, so that they are cut at the same places.
    return changed, _text(spark, listing.lines).mapInArrow(examined, rows.spark_schema())


def _text(spark: SparkSession, sources: Sequence[Any]) -> DataFrame:
    lines = spark.read.option("lineSep", "\n").option("recursiveFileLookup", "true").text(escaped(sources))
    # Spark takes the bytes of a line for a string without a look at them; as binary they come out as they are.
    return lines.selectExpr(
        "CAST(value AS BINARY) AS line", "_metadata.file_path AS uri", "_metadata.file_block_start AS start"
    )


def _shape(size: int, parts: list[Part]) -> Shape | None:
    """How a file can be cut; None where it cannot."""
    parts = sorted(parts, key=lambda p: p.start)
    first, lines, before, texted = {}, 0, 0, False
    for part in parts:
        first[part.start] = lines
        lines += part.lines
        before += 0 if texted else part.before
        texted = texted or part.texted
    rest = size - sum(p.octets for p in parts) - lines  # Spark leaves out line ends and a byte order mark
    if not texted or before > HELD or not all(p.utf8 for p in parts) or rest not in (0, -1, 3, 2):
        return None
    return Shape(first, lines, marked=rest > 0, ended=rest in (0, 3))


def _pieces(
    parts: Iterable[pa.RecordBatch], roots: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str, int, Iterator[bytes]]]:
    """Each part of a file: its path, relative path and first byte, and its lines; the parts come one by one."""

    def each() -> Iterator[tuple[tuple[str, int], bytes]]:
        for part in parts:
            for uri, start, line in zip(*(part.column(n).to_pylist() for n in ("uri", "start", "line")), strict=True):
                yield (uri, start), line

    for (uri, start), lines in groupby(each(), key=lambda pair: pair[0]):
        path, relative = placed(unquote(uri), roots)
        yield path, relative, start, (line for _, line in lines)


def _maker(path: str, relative: str, settings: Settings) -> Maker:
    blob = Blob(path, relative, path.rpartition("/")[2], buffered(io.BytesIO()))
    return Maker(blob, Desk(settings, Ledger(), Meter(settings.limits, 0), open_blob), "jsonl")


def _counted(
    parts: Iterable[pa.RecordBatch], *, roots: Sequence[tuple[str, str]], settings: Settings
) -> Iterator[pa.RecordBatch]:
    found = [_part(*piece, settings) for piece in _pieces(parts, roots)]
    yield pa.RecordBatch.from_pylist([part._asdict() for part in found], schema=_PARTS)


def _part(path: str, relative: str, start: int, lines: Iterable[bytes], settings: Settings) -> Part:
    maker = _maker(path, relative, settings)
    count = octets = before = 0
    utf8, texted = True, False
    for line in lines:
        count += 1
        octets += len(line)
        utf8 = utf8 and _is_utf8(line)
        if utf8 and not texted and line.strip(jsonlines.BLANK) and len(line) <= maker.limit:
            item = jsonlines.parsed(maker, line, Place(1, None), "")
            if isinstance(item, Row):
                texted = any(maker.plan(item.record)[:2])
                before += not texted
    return Part(path, start, count, octets, utf8, before, texted)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _examined(
    parts: Iterable[pa.RecordBatch],
    *,
    roots: Sequence[tuple[str, str]],
    shapes: Mapping[str, Shape],
    settings: Settings,
) -> Iterator[pa.RecordBatch]:
    def each() -> Iterator[tuple[int, Envelope] | rows.Page]:
        for path, relative, start, lines in _pieces(parts, roots):
            if path not in shapes:
                continue
            maker, shape = _maker(path, relative, settings), shapes[path]
            counts = [0, 0]
            envelopes = _envelopes(maker, shape, start, lines, counts)
            yield from ((0, envelope) for envelope in envelopes)
            # The file itself was counted as one document at the door; its records take that place.
            yield rows.Page(path, counts[0] - (start == 0), counts[0], counts[1])

    return rows.batches(rows.examined(each(), settings))


def _envelopes(maker: Maker, shape: Shape, start: int, lines: Iterable[bytes], counts: list[int]) -> Iterator[Envelope]:
    """The records of a part as `provcheck.readers.jsonlines` makes them; `counts` gets how many, and with a problem."""
    for number, bare in enumerate(lines, shape.first[start] + 1):
        line = (_BOM if number == 1 and shape.marked else b"") + bare
        line += b"\n" if number < shape.lines or shape.ended else b""
        item = _item(maker, line, number)
        if item is None:
            continue
        envelope = maker.make(item.record, item.place, odd=item.odd) if isinstance(item, Row) else item
        counts[0] += 1
        counts[1] += envelope.problem is not None
        yield envelope


def _item(maker: Maker, line: bytes, number: int) -> Envelope | Row | None:
    place = Place(number, None, len(line))
    if len(line) > maker.limit and not (len(line) == maker.limit + 1 and line.endswith(b"\n")):
        return maker.problem("PC108", f"line {number} has more than {maker.limit} bytes (limits.document_bytes)", place)
    return jsonlines.parsed(maker, line, place, f"line {number}") if line.strip(jsonlines.BLANK) else None

"""Streams that may be hostile: whatever is unpacked passes a meter, and every fault of a codec gets one name.

Declared sizes are never believed. The meter counts bytes as they come out, and stops at the limits of
`provcheck.config.Limits`; so a zip bomb costs no more than its limit, and nothing is ever written to disk.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, cast

import zstandard

from provcheck.readers.gunzip import Gap, Gunzip
from provcheck.readers.refusal import Refusal, Source
from provcheck.readers.zst import Frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import WriteableBuffer

    from provcheck.config import Limits

HEAD = 1 << 16
"""Bytes that are looked at before a format is chosen, and the size of every buffer."""

FREE = 16 << 20
"""Bytes that an archive may give before its ratio is asked for: small files pack very well without being bombs."""

XZ_MEMORY = 256 << 20
"""Bytes of dictionary that an xz stream may demand; the tool itself never asks for more than 64 MiB (xz -9)."""

DAMAGE = (
    EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, zstandard.ZstdError,
)  # fmt: skip
"""What the codecs raise where their input ends early or is not what it claims to be."""


class Meter:
    """Counts what comes out of one file's archives, all layers together.

    `packed` is the size of the file itself in bytes.
    """

    def __init__(self, limits: Limits, packed: int) -> None:
        """Start at nothing."""
        self.limits, self.packed = limits, max(packed, 1)
        self.unpacked = self.members = 0

    def take(self, count: int) -> None:
        """Book `count` unpacked bytes; raises Refusal where a limit is passed."""
        self.unpacked += count
        if self.unpacked > self.limits.archive_bytes:
            raise Refusal("PC108", f"unpacks to more than {self.limits.archive_bytes} bytes (limits.archive_bytes)")
        if self.unpacked > FREE and self.unpacked > self.limits.archive_ratio * self.packed:
            times = self.limits.archive_ratio
            raise Refusal("PC108", f"unpacks to more than {times} times its size (limits.archive_ratio)")

    def member(self) -> None:
        """Book one member; raises Refusal where there are too many."""
        self.members += 1
        if self.members > self.limits.archive_members:
            raise Refusal("PC108", f"more than {self.limits.archive_members} members (limits.archive_members)")


class Tap(io.RawIOBase):
    """The raw end of an unpacking stream: metered, and with each codec's errors as a Refusal.

    What was unpacked before the damage is given before the Refusal is raised, and it is raised again on every
    further read. Where the source has `read1` it is used, since `read` of the standard codecs throws away what it
    had when an error strikes.
    """

    def __init__(self, source: Source, meter: Meter | None) -> None:
        """Read from `source`; without a `meter` nothing is counted."""
        super().__init__()
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._meter, self._source = meter, source
        self._refusal: Refusal | None = None
        self._damaged = False

    def readable(self) -> bool:
        """Always."""
        return True

    def resume(self, begins: Callable[[bytes], bool]) -> Gap | None:
        """Go on behind damage, as `resumed` says."""
        if not isinstance(self._source, Gunzip) or not (self._damaged or self._source.more):
            return None
        gap = self._source.resume(begins)
        if gap.follows:
            self._refusal, self._damaged = None, False
        return gap

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer as far as the source goes."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and self._refusal is None:
            try:
                data = self._read(len(view) - filled)
                if self._meter:
                    self._meter.take(len(data))
            except Refusal as refusal:
                self._refusal = refusal
                break
            except DAMAGE as error:
                self._refusal, self._damaged = Refusal("PC106", damage(error)), True
                break
            if not data:
                return filled
            view[filled : filled + len(data)] = data
            filled += len(data)
        if self._refusal and not filled:
            raise self._refusal
        return filled


class Inflater:
    """Unpack bz2 or xz, stream after stream, never more at a time than is asked for.

    The classes of the standard library do this too, but give no way to bound the memory that an xz header demands.
    `more` tells that something else stands behind the last stream.
    """

    def __init__(
        self, source: Source, mark: bytes, make: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor]
    ) -> None:
        """`make` gives a fresh decompressor, one for each stream in the file; `mark` begins each of them."""
        self._source, self._mark, self._make, self._codec = source, mark, make, make()
        self.more = False

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none at the end; raises EOFError where the stream breaks off."""
        while True:
            if self._codec.eof:
                rest = self._behind()
                self.more = self.more or not self._mark.startswith(rest[: len(self._mark)])
                if not rest or self.more:
                    return b""
                self._codec = self._make()
            else:
                rest = self._source.read(HEAD) if self._codec.needs_input else b""
                if not rest and self._codec.needs_input:
                    raise EOFError
            data = self._codec.decompress(rest, size)
            if data:
                return data

    def _behind(self) -> bytes:
        """What follows a stream, without the zeros that pad it."""
        rest = self._codec.unused_data.lstrip(b"\0")
        while not rest and (data := self._source.read(HEAD)):
            rest = data.lstrip(b"\0")
        return rest


def unpacking(layer: str, mark: bytes, stream: io.BufferedReader) -> Source:
    """What unpacks a ``gz``, ``bz2``, ``xz`` or ``zst`` stream that begins with its `mark`."""
    if layer == "gz":
        return Gunzip(stream)
    if layer == "bz2":
        return Inflater(stream, mark, bz2.BZ2Decompressor)
    if layer == "xz":
        return Inflater(stream, mark, lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY))
    return zstandard.ZstdDecompressor().stream_reader(cast("Any", Frames(stream)), read_across_frames=True)


def buffered(raw: io.FileIO | io.BytesIO | Tap) -> io.BufferedReader:
    """A buffer of our size over any raw stream."""
    return io.BufferedReader(cast("Any", raw), HEAD)


def tapped(source: Source, meter: Meter | None) -> io.BufferedReader:
    """A buffered, metered stream over anything that gives bytes."""
    return buffered(Tap(source, meter))


def resumed(stream: io.BufferedReader, begins: Callable[[bytes], bool]) -> Gap | None:
    """Go on behind the place where a stream broke off, or ended before its file did.

    That can be done where it is a gz of many members, of which one follows that `begins` as it should: then the stream
    goes on. What was passed is given, None where nothing is amiss or it is no gz.
    """
    return stream.raw.resume(begins) if isinstance(stream.raw, Tap) else None


def damage(error: BaseException) -> str:
    """The reason in the words of the codec, or in ours where it has none."""
    if isinstance(error, EOFError) or "unexpected end of data" in str(error):
        return "it ends early"
    return str(error) or type(error).__name__


class _Recoded:
    """A stream of UTF-16 or UTF-32 as one of UTF-8."""

    def __init__(self, source: Source, encoding: str) -> None:
        self._source, self._decoder, self._ended = source, codecs.getincrementaldecoder(encoding)("replace"), False
        self._rest = b""

    def read(self, size: int) -> bytes:
        while not self._rest and not self._ended:
            data = self._source.read(HEAD)
            self._ended = not data
            self._rest = self._decoder.decode(data, self._ended).encode("utf-8", "replace")
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def recoded(stream: io.BufferedReader, encoding: str) -> io.BufferedReader:
    """The same text as UTF-8, without its byte order mark; what is no character becomes U+FFFD."""
    return buffered(Tap(_Recoded(stream, encoding), None))


def bounded(stream: io.BufferedReader, limit: int, size: int | None = None) -> bytes:
    """All of a stream, or its first `limit` + 1 bytes where it is longer; `size` is a hint that is not trusted."""
    first = stream.read(min(limit, HEAD if size is None else size) + 1)
    if (size is not None and len(first) <= size) or len(first) > limit:
        return first
    parts, total = [first], len(first)
    while total <= limit and (data := stream.read(min(1 << 20, limit + 1 - total))):
        parts.append(data)
        total += len(data)
    return b"".join(parts)


def lines(stream: io.BufferedReader, limit: int) -> Iterator[tuple[int, int, bytes | None]]:
    """Each line with its first byte's place and its length in bytes, line end included.

    A line longer than `limit` is read to its end in pieces and given as None.
    """
    offset = 0
    while line := stream.readline(limit + 1):
        length = len(line)
        if length > limit and not line.endswith(b"\n"):
            while piece := stream.readline(1 << 20):
                length += len(piece)
                if piece.endswith(b"\n"):
                    break
            yield offset, length, None
        else:
            yield offset, length, line
        offset += length

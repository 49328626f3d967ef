"""Compressed files and archives, read in place: members are streams, and nothing is unpacked to disk.

A tar is a stream, so its members come in its own order; those of a zip are sorted. How they go on to their readers
stands in `provcheck.readers.members`.
"""

from __future__ import annotations

import tarfile
import zipfile
from typing import TYPE_CHECKING, cast

from provcheck.model import Problem
from provcheck.readers import sources, streams
from provcheck.readers.blob import Blob, Desk, Place, tallied
from provcheck.readers.ledger import Tally
from provcheck.readers.members import NAMELESS, Members
from provcheck.readers.parquet import seekable
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from provcheck.model import Envelope

COMPRESSED = {"gz": b"\x1f\x8b", "bz2": b"BZh", "xz": b"\xfd7zXZ\x00", "zst": b"\x28\xb5\x2f\xfd"}
"""The first bytes of each compressed format."""

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
"""The first bytes of a zip: of a member, of the table of contents of an empty one, and of a part of one."""

UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)
"""What the standard library raises where a member of a zip is damaged, or packed in a way that it does not know."""

_ENDINGS = {"tgz": "tar", "tbz": "tar", "tbz2": "tar", "txz": "tar", "tzst": "tar"}
_HEADER_LIMIT = 1 << 20
_BROKEN = (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError)  # type: ignore[attr-defined]  # not in the stubs


def packed(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read what a gz, bz2, xz or zst file holds."""
    head = blob.stream.peek(8)[:8]
    layer = next(name for name, magic in COMPRESSED.items() if head.startswith(magic))
    # Only a compressed file in a compressed file counts as depth: tar.gz is one archive.
    depth = _deeper(blob, desk) if blob.layers and blob.layers[-1] in COMPRESSED else blob.depth
    stem, _, suffix = blob.name.rpartition(".")
    inner = _ENDINGS.get(suffix.lower())
    name = (
        f"{stem}.{inner}"
        if inner
        else stem
        if suffix.lower() in (*COMPRESSED, "gzip", "bz", "lzma", "zstd")
        else blob.name
    )
    source = streams.unpacking(layer, COMPRESSED[layer], blob.stream)
    stream = streams.tapped(source, desk.meter)
    yield from desk.inner(
        blob._replace(name=name or blob.name, stream=stream, layers=(*blob.layers, layer), depth=depth, size=None), desk
    )
    if getattr(source, "more", False):
        # What is inside has its own books; this row is one more, beside it.
        desk.ledger.close(Tally(blob.where, "stream", counted=1, given=1, reasons=1))
        problem = Problem("PC106", f"more follows behind the end of its {layer} stream")
        yield blob.refused(layer, problem, Place(None, None, 0))


def _deeper(blob: Blob, desk: Desk) -> int:
    if blob.depth >= desk.settings.limits.archive_depth:
        raise Refusal("PC108", f"archives in archives deeper than {blob.depth} (limits.archive_depth)")
    return blob.depth + 1


def opened(blob: Blob, desk: Desk) -> zipfile.ZipFile:
    """A zip by its table of contents; raises Refusal where it has none."""
    try:
        return zipfile.ZipFile(seekable(blob, desk))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        what = "it has no table of contents, so it ends early" if "not a zip" in str(error) else streams.damage(error)
        raise Refusal("PC106", what) from error


def zipped(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read the members of a zip, sorted by name."""
    depth = _deeper(blob, desk)
    archive = opened(blob, desk)

    def read(tally: Tally) -> Iterator[Envelope]:
        members = Members(blob, desk, "zip", depth, tally)
        for info in sorted((i for i in archive.infolist() if not _zip_name(i).endswith("/")), key=_zip_name):
            if members.enters(_zip_name(info)):
                yield from _zip_member(archive, info, members)

    with archive:
        yield from tallied(blob, desk, "member", read, "zip")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name; zip tools on other systems than Windows write UTF-8 without saying so."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename or NAMELESS
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, members: Members) -> Iterator[Envelope]:
    name = _zip_name(info)
    if info.flag_bits & 0x41:
        yield members.refused(name, Problem("PC107", f"{name} needs a password"))
        return
    if (info.external_attr >> 16) & 0o170000 == 0o120000:
        yield members.refused(name, Problem("PC109", f"{name} is a link inside an archive"))
        return
    try:
        stream = archive.open(info)
    except UNREADABLE as error:
        yield members.refused(name, Problem("PC106", f"{name}: {streams.damage(error)}"))
        return
    with stream:
        yield from members.member(name, stream)


class _StrictInfo(tarfile.TarInfo):
    """Headers that are damaged are faults, where the standard library takes them for the end; so are huge ones."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> _StrictInfo:
        try:
            return super().fromtarfile(tarfile_)
        except _BROKEN as error:
            raise Refusal("PC106", f"the header of an entry: {error}", tarfile_.offset) from error

    def _proc_member(self, tarfile_: tarfile.TarFile) -> tarfile.TarInfo:
        if (
            not (self.isreg() or self.isdir() or self.issym() or self.islnk() or self.isdev())
            and self.size > _HEADER_LIMIT
        ):
            raise Refusal("PC108", f"an entry header of {self.size} bytes, which would be held in memory")
        return super()._proc_member(tarfile_)  # type: ignore[misc,no-any-return]  # untyped


def tarred(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read the members of a tar, in its own order."""
    depth = _deeper(blob, desk)

    def read(tally: Tally) -> Iterator[Envelope]:
        members = Members(blob, desk, "tar", depth, tally)
        try:
            with tarfile.open(fileobj=blob.stream, mode="r|", tarinfo=_StrictInfo, errors="surrogateescape") as archive:
                for info in archive:
                    archive.members = []  # type: ignore[attr-defined]  # it would hold every header of a large archive
                    if not info.isdir() and members.enters(_tar_name(info)):
                        yield from _tar_member(archive, info, members)
                _refuse_more(cast("io.BufferedReader", archive.fileobj))
        except streams.DAMAGE as error:
            raise Refusal("PC106", streams.damage(error)) from error

    yield from tallied(blob, desk, "member", read, "tar")


def _refuse_more(stream: io.BufferedReader) -> None:
    """Raise Refusal where something stands behind the blocks of zeros that end a tar.

    Most often that is a second tar, joined to the first by ``cat``: no tool shows it unless it is asked to.
    """
    offset = stream.tell()
    while block := stream.read(streams.HEAD):
        if more := block.lstrip(b"\0"):
            at = offset + len(block) - len(more)
            raise Refusal("PC106", f"more follows behind its end, at byte {at}; unpack it with tar --ignore-zeros", at)
        offset += len(block)


def _tar_name(info: tarfile.TarInfo) -> str:
    return sources.printable(info.name) or NAMELESS


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, members: Members) -> Iterator[Envelope]:
    name = _tar_name(info)
    stream = archive.extractfile(info) if info.isreg() else None
    if stream is None:
        kind = "a link inside an archive" if info.issym() or info.islnk() else "a device or a pipe"
        yield members.refused(name, Problem("PC109", f"{name} is {kind}"))
        return
    with stream:
        yield from members.member(name, stream)

"""What a server answered: a first line, fields and a body, as HTTP and the heads of WARC records write them.

Crawlers keep answers as they came over the line: in chunks, and packed. Others undo that while they crawl and leave the
fields that speak of it in place. So a field is believed where the body bears it out; where it does not and the body
reads as text, the body is taken as it stands.
"""

from __future__ import annotations

import io
import zlib
from typing import NamedTuple

from provcheck.patterns import late
from provcheck.readers import magic, streams
from provcheck.readers.refusal import Refusal

HEAD_BYTES = 1 << 16
"""Bytes that a head may have. Servers send some hundred, and refuse to read more than these themselves."""

# The blank line behind a head, with the line ends of either kind.
_BLANK = late(rb"\r?\n\r?\n")
# The version, and a code of three digits: "HTTP/1.1 200 OK", "HTTP/2 200".
_STATUS = late(r"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
# The size of a chunk in hexadecimal digits, and an extension that nobody uses.
_CHUNK = late(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,99})?\r?\n")
_CLOSED = late(rb"\r?\n|\Z")
_CHARSET = late(r"""charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""")

_ZLIB = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""What zlib calls a format: with gzip's header, or with its own."""
_RAW = -15
"""Deflate without any header, which many servers send under that name."""
_PLAIN = ("", "identity", "none")
_MOST = 3
"""Encodings upon each other that are undone; a body that claims more was made to be a burden."""


class Head(NamedTuple):
    """A first line and the fields below it; `odd` is the first line that is no field."""

    first: str
    fields: tuple[tuple[str, str], ...]
    odd: str = ""

    def get(self, name: str) -> str:
        """The value of a field that has the name in any case; the first one of several, and "" where there is none."""
        wanted = name.lower()
        return next((value for own, value in self.fields if own.lower() == wanted), "")

    @property
    def status(self) -> int:
        """The status of an answer; 0 where the first line has none."""
        found = _STATUS.match(self.first)
        return int(found[1]) if found else 0

    @property
    def media(self) -> str:
        """The media type of the body in lower case, without its parameters; "" where none is named."""
        return self.get("Content-Type").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The label of the body's encoding; "" where none is named."""
        found = _CHARSET.search(self.get("Content-Type").lower())
        return found[1] if found else ""


NO_HEAD = Head("", ())
"""The head of what has none."""


def head(raw: bytes) -> Head:
    """Read a head. Fields are UTF-8, as WARC wants them, or Latin-1, as old servers write them.

    >>> head(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html;\\r\\n charset=koi8-r").fields
    (('Content-Type', 'text/html; charset=koi8-r'),)
    """
    first, *lines = map(_text, raw.split(b"\n"))
    fields: list[tuple[str, str]] = []
    odd = ""
    for line in lines:
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}".strip())
        elif colon and name.strip() and " " not in name.strip():
            fields.append((name.strip(), value.strip()))
        else:
            odd = odd or line.strip()
    return Head(first.strip(), tuple(fields), odd)


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def answer(raw: bytes) -> tuple[Head, bytes]:
    """The head of an answer, and its body as it came over the line; raises Refusal (PC104) for a head without an end.

    >>> answer(b"HTTP/1.1 404 Not Found\\r\\n\\r\\nNo such page.")[1]
    b'No such page.'
    """
    end = _BLANK.search(raw, 0, HEAD_BYTES)
    if end:
        return head(raw[: end.start()]), raw[end.end() :]
    if len(raw) > HEAD_BYTES:
        raise Refusal("PC104", f"the head of its answer does not end within {HEAD_BYTES:,} bytes")
    return head(raw.rstrip(b"\r\n")), b""


def body(said: Head, raw: bytes, limit: int, meter: streams.Meter) -> bytes:
    """The body of an answer as it was before it was sent, of at most `limit` bytes.

    Raises Refusal: PC108 for one that is larger, PC104 for one that is damaged or packed in a way that is not read.
    """
    if "chunked" in said.get("Transfer-Encoding").lower():
        raw = _joined(raw)
    names = [name.strip() for name in said.get("Content-Encoding").lower().split(",")]
    packed = [name for name in names if name not in _PLAIN]
    if len(packed) > _MOST:
        raise Refusal("PC104", f"its body was packed {len(packed)} times over")
    for name in reversed(packed):
        raw = _unpacked(name, raw, limit, meter)
    if len(raw) > limit:
        raise _too_large(limit)
    return raw


def _too_large(limit: int) -> Refusal:
    return Refusal("PC108", f"a document of more than {limit} bytes (limits.document_bytes)")


def _joined(raw: bytes) -> bytes:
    """The chunks of a body as one; the body as it is where it does not begin with a chunk: the crawler joined them.

    Of the chunk of no bytes that closes a body nothing is asked, because some crawlers leave it out.
    """
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK.match(raw, at):
        begin = found.end()
        end = begin + int(found[1], 16)
        if begin == end:
            return b"".join(parts)
        closed = _CLOSED.match(raw, end)
        if end > len(raw) or not closed:
            break
        parts.append(raw[begin:end])
        at = closed.end()
    if not at and (not found or end <= len(raw)):
        return raw
    if at < len(raw):
        raise Refusal("PC104", f"its body is damaged or ends early, in the chunk at its byte {at:,}")
    return b"".join(parts)


def _unpacked(name: str, raw: bytes, limit: int, meter: streams.Meter) -> bytes:
    try:
        return _opened(name, raw, limit, meter)
    except Refusal as refusal:
        if refusal.problem.code != "PC108" and raw and magic.binary(raw[: streams.HEAD]) is None:
            return raw  # it is text, so the crawler had unpacked it
        raise


def _opened(name: str, raw: bytes, limit: int, meter: streams.Meter) -> bytes:
    """A body unpacked once; raises Refusal where it cannot be, or would be too large."""
    if name in _ZLIB:
        try:
            found = _inflated(raw, _ZLIB[name], limit, meter)
        except zlib.error:
            found = _deflated(raw, limit, meter) if name == "deflate" else None
    elif name == "br":
        found = _brotli(raw, limit, meter)
    elif name == "zstd":
        found = _zstd(raw, limit, meter)
    else:
        raise Refusal("PC104", f"its body is packed as {name[:40]!r}, which is not read")
    if found is None:
        raise Refusal("PC104", f"its body, packed as {name}, is damaged or ends early")
    if len(found) > limit:
        raise _too_large(limit)
    return found


def _deflated(raw: bytes, limit: int, meter: streams.Meter) -> bytes | None:
    try:
        return _inflated(raw, _RAW, limit, meter)
    except zlib.error:
        return None


def _inflated(raw: bytes, kind: int, limit: int, meter: streams.Meter) -> bytes | None:
    """What zlib makes of a body, `limit` + 1 bytes at most; None where it ends early. Raises zlib.error for damage."""
    parts, room = [], limit + 1
    while raw and room:
        codec = zlib.decompressobj(kind)
        parts.append(codec.decompress(raw, room))
        meter.take(len(parts[-1]))
        room -= len(parts[-1])
        if room and not codec.eof:
            return None
        # Several gzip streams may follow each other; anything else behind one is what browsers pass over.
        raw = codec.unused_data if codec.unused_data.startswith(b"\x1f\x8b") else b""
    return b"".join(parts)


def _brotli(raw: bytes, limit: int, meter: streams.Meter) -> bytes | None:
    """As `_inflated`."""
    import brotli  # noqa: PLC0415  few bodies are packed so

    codec = brotli.Decompressor()
    found = bytearray()
    try:
        while len(found) <= limit and not codec.is_finished():
            part = codec.process(b"" if found else raw, output_buffer_limit=streams.HEAD)
            if not part and not codec.is_finished():
                return None
            meter.take(len(part))
            found += part
    except brotli.error:
        return None
    return bytes(found[: limit + 1])


def _zstd(raw: bytes, limit: int, meter: streams.Meter) -> bytes | None:
    """As `_inflated`."""
    source = streams.unpacking("zst", raw[:4], streams.buffered(io.BytesIO(raw)))
    try:
        return streams.bounded(streams.tapped(source, meter), limit)
    except Refusal as refusal:
        if refusal.problem.code == "PC106":
            return None
        raise

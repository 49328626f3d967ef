"""Compressed Rich Text, as Outlook writes it (Microsoft, MS-OXRTFCP): what is packed, and what only looks so.

The libraries that there are raise errors of no class of their own, have no limit, and take a microsecond for each byte.
What the format needs is a window of 4096 bytes that begins with the words of a usual file.
"""

from __future__ import annotations

import struct
import zlib

from provcheck.readers.refusal import Refusal

PACKED, PLAIN = b"LZFu", b"MELA"
"""The marks of a text that is packed, and of one that is not."""

_WINDOW = 4096
_FIRST = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_HEAD = struct.Struct("<II4sI")


def unpacked(raw: bytes, limit: int) -> bytes:
    r"""The Rich Text in `raw`, of at most `limit` bytes; also what is there beyond the length that it claims.

    Raises Refusal: PC106 for what is damaged, PC108 for what is larger.

    >>> unpacked(b"\x13\0\0\0\7\0\0\0MELA\0\0\0\0{\\rtf1}", 100)
    b'{\\rtf1}'
    """
    if len(raw) < _HEAD.size:
        raise Refusal("PC106", "the head of its Rich Text is cut")
    packed, size, mark, check = _HEAD.unpack_from(raw)
    body = raw[_HEAD.size : packed + 4]
    if mark not in (PACKED, PLAIN):
        raise Refusal("PC106", f"its Rich Text is packed as {mark!r}, which nobody knows")
    if size > limit:
        raise _too_large(limit)
    if mark == PLAIN:
        text = body
    elif zlib.crc32(body, 0xFFFFFFFF) ^ 0xFFFFFFFF != check:
        raise Refusal("PC106", "its Rich Text fails its checksum, or is cut")
    else:
        text = _unpacked(body, limit)
    if len(text) < size:
        raise Refusal("PC106", f"its Rich Text ends early: it has {len(text):,} bytes, and should have {size:,}")
    return text


def _too_large(limit: int) -> Refusal:
    return Refusal("PC108", f"its Rich Text has more than {limit} bytes (limits.document_bytes)")


def _unpacked(body: bytes, limit: int) -> bytes:
    """Runs of eight signs, before each of which a byte tells what they are: a byte, or a place in the window."""
    out = bytearray(_FIRST.rjust(_WINDOW))
    shift, most = len(_FIRST), limit + _WINDOW
    at, end = 0, len(body)
    while at < end and len(out) <= most:
        kinds, at = body[at], at + 1
        for bit in range(8):
            if not kinds >> bit & 1:
                out += body[at : at + 1]
                at += 1
                continue
            if at + 2 > end:
                return bytes(out[_WINDOW:])
            place, length = body[at] << 4 | body[at + 1] >> 4, (body[at + 1] & 15) + 2
            at += 2
            back = (len(out) + shift - place) % _WINDOW
            if not back:
                return bytes(out[_WINDOW:])
            piece = out[len(out) - back : len(out) - back + length]
            out += piece if back >= length else (piece * length)[:length]
    if len(out) > most:
        raise _too_large(limit)
    return bytes(out[_WINDOW:])

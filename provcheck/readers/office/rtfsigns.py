"""RTF as a stream of signs: control words, braces, and the bytes between them.

A file comes in blocks, and a sign may be cut by the end of one: so what stands behind the last backslash of a block
waits for the next. Binary data (``\\bin``) is passed over by its count and never looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late
from provcheck.readers import streams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.readers.refusal import Source

LONGEST = 64
"""Bytes of the longest sign but text: a backslash, a word of 32 letters, a number and a blank."""

# Behind a backslash: a word with its number and the blank that ends it; two digits of a byte; or any single sign.
# Else a brace, or text up to any of these. Line ends are layout of the file itself.
_SIGN = late(
    rb"\\(?:(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})? ?|'(?P<byte>[0-9A-Fa-f]{2})|(?P<sign>[\x00-\xff]))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]++)|[\r\n]++"
)


class Sign(NamedTuple):
    """A sign: its kind (``word``, ``byte``, ``sign``, ``brace`` or ``text``), itself, and the number of a word.

    `end` is the place behind it, in bytes of the file.
    """

    kind: str
    raw: bytes
    number: int | None
    end: int


def signs(stream: Source) -> Iterator[Sign]:
    """Every sign of a stream, in order.

    >>> import io
    >>> [(s.kind, s.raw, s.number) for s in signs(io.BytesIO(b"{\\\\b1 A\\\\'e9\\\\~}"))]
    [('brace', b'{', None), ('word', b'b', 1), ('text', b'A', None), ('byte', b'e9', None), ('sign', b'~', None), \
('brace', b'}', None)]
    """
    raw, begin, at, more = b"", 0, 0, True  # `begin` is the place of the block, `at` the place in it
    while more or at < len(raw):
        block = stream.read(streams.HEAD)
        more = bool(block)
        raw, begin, at = raw[at:] + block, begin + at, 0
        last = raw.rfind(b"\\", max(0, len(raw) - LONGEST)) if more else -1
        end = last if last >= 0 else len(raw)
        while at < end:
            match = _SIGN.match(raw, at)
            if match is None:  # a backslash is the last byte of the file
                at = len(raw)
                break
            at = match.end()
            kind = match.lastgroup
            if kind == "text":
                yield Sign("text", match[0], None, begin + at)
            elif kind in ("word", "number"):
                number = int(match["number"]) if kind == "number" else None
                if match["word"] == b"bin":
                    at += max(number or 0, 0)
                    begin += _passed(stream, at - len(raw))
                    at = min(at, len(raw))
                else:
                    yield Sign("word", match["word"], number, begin + at)
            elif kind:
                yield Sign(kind, match[kind], None, begin + at)


def _passed(stream: Source, count: int) -> int:
    """Pass over so many bytes, and give their number, which is less where the stream ends."""
    left = max(count, 0)
    while left and (block := stream.read(min(left, streams.HEAD))):
        left -= len(block)
    return max(count, 0) - left

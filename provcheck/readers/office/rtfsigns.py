"""RTF as a stream of signs: control words, braces, and the bytes between them.

A file comes in blocks, and a sign may be cut by the end of one: so what stands behind the last backslash of a block
waits for the next. Binary data (``\\bin``) is passed over by its count and never looked at.

Braces that follow each other are one sign, with the words between them that do nothing there: a file can be nothing
but groups, and each sign costs a microsecond or two.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck.readers import streams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.readers.refusal import Source

LONGEST = 64
"""Bytes of the longest sign but text: a backslash, a word of 32 letters, a number and a blank."""


@cache
def _sign(acting: frozenset[str]) -> re.Pattern[bytes]:
    """What a sign is: the words that are not `acting` are idle, which is to say that they only change the looks.

    Behind a backslash: a word with its number and the blank that ends it; two digits of a byte; or any single sign.
    Else text up to any of these, or braces: one, then more of them, and idle words that stand first in their group.
    Such a word counts only where a blank, a brace or a backslash ends it, so that none is cut by the end of a block.
    Line ends are layout of the file itself.
    """
    known = "|".join(sorted(acting)).encode()
    idle = rb"\\(?!(?:" + known + rb")(?![A-Za-z]))[A-Za-z]{1,32}+(?:-?[0-9]{1,10})?+(?: |(?=[\\{}]))"
    return re.compile(
        rb"\\(?:(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})? ?|'(?P<byte>[0-9A-Fa-f]{2})|(?P<sign>[\x00-\xff]))"
        rb"|(?P<brace>[{}](?:[{}]++|(?<=\{)(?:" + idle + rb")++)*+)|(?P<text>[^\\{}\r\n]++)|[\r\n]++"
    )


class Sign(NamedTuple):
    """A sign: its kind (``word``, ``byte``, ``sign``, ``brace`` or ``text``), itself, and the number of a word.

    The braces of one sign may have idle words between them. `end` is the place behind it, in bytes of the file.
    """

    kind: str
    raw: bytes
    number: int | None
    end: int


def signs(stream: Source, acting: frozenset[str]) -> Iterator[Sign]:
    """Every sign of a stream, in order; `acting` are the words that do something where they stand first in a group.

    >>> import io
    >>> [(s.kind, s.raw, s.number) for s in signs(io.BytesIO(b"{{\\\\b}{\\\\v0 A\\\\'e9\\\\~}"), frozenset("v"))]
    [('brace', b'{{\\\\b}{', None), ('word', b'v', 0), ('text', b'A', None), ('byte', b'e9', None), \
('sign', b'~', None), ('brace', b'}', None)]
    """
    pattern = _sign(acting | {"bin"})
    raw, begin, at, more = b"", 0, 0, True  # `begin` is the place of the block, `at` the place in it
    while more or at < len(raw):
        block = stream.read(streams.HEAD)
        more = bool(block)
        raw, begin, at = raw[at:] + block, begin + at, 0
        last = raw.rfind(b"\\", max(0, len(raw) - LONGEST)) if more else -1
        end = last if last >= 0 else len(raw)
        while at < end:
            match = pattern.match(raw, at)
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

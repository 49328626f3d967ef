"""TNEF, the form in which Outlook sends what its own mails hold (Microsoft, MS-OXTNEF): attributes and properties.

A file is a row of attributes, of the message and then of one attachment after the other. One attribute of each holds
properties, which say the same again and more. tnefparse, the library that there is, was last released in 2021; it
raises whatever strikes it on damaged files, and follows messages in messages without an end. RTFDE, which makes HTML of
Rich Text, brings a parser generator and the tools for old Office files. So this module takes them apart: no length is
believed beyond the bytes that are there, each step goes on by some bytes, and what is wrong is told.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = b"\x78\x9f\x3e\x22"
"""The first bytes of a file."""

MULTIPLE = 0x1000
STRING, WIDE, BINARY, OBJECT, MOMENT = 0x1E, 0x1F, 0x102, 0x0D, 0x40
"""Types of properties that are asked for."""

_HEAD = struct.Struct("<BHHI")
_BEGIN, _CHECK = 6, 2
_LENGTHS = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, MOMENT: 8, 0x48: 16, 0: 0, 1: 0}
_VARYING = (STRING, WIDE, BINARY, OBJECT)
_NAMED = 0x8000


class Attribute(NamedTuple):
    """An attribute: its number, its bytes, and what is wrong with it, "" for nothing."""

    id: int
    raw: bytes
    fault: str = ""


class Value(NamedTuple):
    """The value of a property: its type, and its bytes; of several values the first."""

    kind: int
    raw: bytes


def attributes(raw: bytes) -> Iterator[Attribute]:
    """Every attribute of a file, in order; the last one may tell of a file that ends early, or of what follows it.

    >>> list(attributes(MARK + b"\\1\\0" + b"\\1\\x04\\x80\\1\\0\\2\\0\\0\\0Hi\\xb1\\0"))
    [Attribute(id=32772, raw=b'Hi', fault='')]
    """
    at = _BEGIN
    while at < len(raw):
        if at + _HEAD.size > len(raw):
            if raw[at:].strip(b"\0"):
                yield Attribute(0, b"", f"it ends early, at byte {at:,}")
            return
        level, number, _, length = _HEAD.unpack_from(raw, at)
        begin = at + _HEAD.size
        end = begin + length
        if level not in (1, 2):
            if raw[at:].strip(b"\0"):
                yield Attribute(0, b"", f"bytes that are none of its attributes, from byte {at:,} on")
            return
        if end + _CHECK > len(raw):
            yield Attribute(0, b"", f"it ends early: at byte {at:,} begins an attribute of {length:,} bytes")
            return
        own, said = raw[begin:end], int.from_bytes(raw[end : end + _CHECK], "little")
        fault = "" if sum(own) & 0xFFFF == said else f"the attribute at byte {at:,} fails its checksum"
        yield Attribute(number, own, fault)
        at = end + _CHECK


def properties(raw: bytes) -> tuple[dict[int, Value], str]:
    """The properties of a message or an attachment by their numbers, and what is wrong with them.

    Those that have a name instead of a number are passed over.

    >>> properties(b"\\1\\0\\0\\0\\x1e\\0\\x37\\0\\1\\0\\0\\0\\2\\0\\0\\0Hi\\0\\0")
    ({55: Value(kind=30, raw=b'Hi')}, '')
    """
    reader, found = _Reader(raw), dict[int, Value]()
    count = reader.number()
    try:
        for _ in range(count):
            kind, number = reader.short(), reader.short()
            if number >= _NAMED:
                reader.name()
            value = reader.value(kind)
            if value is not None and number < _NAMED:
                found.setdefault(number, Value(kind & ~MULTIPLE, value))
    except EOFError as error:
        return found, str(error) or f"properties end early: {len(found):,} of {count:,} can be read"
    return found, ""


class _Reader:
    """Bytes that are taken from the front; raises EOFError where they are too few."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def take(self, count: int, *, padded: bool = False) -> bytes:
        """So many bytes; where they are `padded`, up to three more are passed."""
        end = self.at + count
        if end > len(self.raw):
            raise EOFError
        found, self.at = self.raw[self.at : end], end + (-count % 4 if padded else 0)
        return found

    def short(self) -> int:
        return int.from_bytes(self.take(2), "little")

    def number(self) -> int:
        """A number of four bytes; 0 where none is left."""
        return int.from_bytes(self.take(4), "little") if self.at + 4 <= len(self.raw) else 0

    def name(self) -> None:
        """Pass the name of a property."""
        self.take(16)
        if self.number():
            self.take(self.number(), padded=True)
        else:
            self.take(4)

    def value(self, kind: int) -> bytes | None:
        """The value of a property, of several the first, None where there is none."""
        own, several = kind & ~MULTIPLE, kind & MULTIPLE
        if own not in _VARYING:
            if own not in _LENGTHS:
                raise EOFError(f"a property of the type {kind:#06x}, which nobody knows")
            return self.take(_LENGTHS[own] * (self.number() if several else 1))[: _LENGTHS[own]]
        first = None
        for _ in range(self.number()):
            value = self.take(self.number(), padded=True)
            first = value if first is None else first
            if self.at >= len(self.raw):
                break
        return first

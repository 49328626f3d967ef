"""Files glued together: some lines in UTF-8, the others in an older encoding.

Each line is judged by whether it is valid UTF-8; runs of lines of one kind are one part. Lines in ASCII join the part
before them.
"""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """A range of bytes, and whether it is valid UTF-8."""

    start: int
    end: int
    valid: bool


def parts(raw: bytes) -> list[Part]:
    """The runs of lines that are valid UTF-8 and those that are not; none where there is but one kind.

    >>> parts(b"caf\\xc3\\xa9\\nok\\ncaf\\xe9\\n")
    [Part(start=0, end=9, valid=True), Part(start=9, end=14, valid=False)]
    """
    found: list[Part] = []
    begin, kind, position = 0, None, 0
    for line in raw.splitlines(keepends=True) if b"\n" not in raw else raw.split(b"\n"):
        width = len(line) + (0 if b"\n" not in raw else 1)
        new = None if line.isascii() else _valid(line)
        if new is not None and kind is not None and new != kind:
            found.append(Part(begin, position, kind))
            begin = position
        kind = kind if new is None else new
        position += width
    if not found or kind is None:
        return []
    return [*found, Part(begin, len(raw), kind)]


def split(raw: bytes) -> tuple[bytes, bytes]:
    """The lines that are not valid UTF-8, and those that are.

    >>> split(b"caf\\xc3\\xa9\\nok\\ncaf\\xe9\\n")
    (b'caf\\xe9\\n', b'caf\\xc3\\xa9\\nok\\n')
    """
    found = parts(raw) or [Part(0, len(raw), _valid(raw))]
    old, new = (b"".join(raw[part.start : part.end] for part in found if part.valid is kind) for kind in (False, True))
    return old, new


def _valid(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True

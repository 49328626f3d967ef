"""Files that stand inside a text as letters (uuencode), as mail and news programs sent them before MIME.

A block begins with its mode and name (``begin 644 report.txt``) and ends with ``end``; each line between tells first
how many bytes it holds. A sentence that begins with the same word is none, nor is a block with a line that cannot be
read: what is not certain stays text.
"""

from __future__ import annotations

import binascii
from typing import NamedTuple

from provcheck.patterns import late

# The first line, then lines that begin with a length, and the last one. No line of a block can be a first line, whose
# first letter is beyond all lengths; so a text of nothing but first lines is read once.
_BLOCK = late(
    rb"(?m)^begin [0-7]{3,4} (?P<name>[^\r\n]{1,200}?)[ \t]*\r?\n(?P<lines>(?:[ -`][^\r\n]{0,90}\r?\n){1,9999999}+)"
)
_END = late(rb"end[ \t]*(?:\r?\n|\Z)")
_NARROW = 61
"""Letters behind the length in a whole line, and some programs add one to check it."""


class File(NamedTuple):
    """A file that stood in a text: its name as it is written there, and its bytes."""

    name: bytes
    raw: bytes


def taken(text: bytes) -> tuple[bytes, list[File]]:
    """A text without the files that stand in it, and these.

    >>> taken(b"See below.\\nbegin 644 a.txt\\n#0V%T\\n`\\nend\\n")
    (b'See below.\\n', [File(name=b'a.txt', raw=b'Cat')])
    """
    kept, at = [], 0
    files = []
    for block in _BLOCK.finditer(text):
        end = _END.match(text, block.end())
        raw = _decoded(block["lines"]) if end else None
        if end and raw is not None:
            kept.append(text[at : block.start()])
            files.append(File(block["name"], raw))
            at = end.end()
    return b"".join([*kept, text[at:]]), files


def _decoded(lines: bytes) -> bytes | None:
    """The bytes of a block's lines, None where one cannot be read."""
    out = []
    try:
        for line in lines.splitlines():
            size = (((line[0] - 32) & 63) * 4 + 5) // 3
            # Spaces at the end are lost on the way; what stands behind the last letter is a check, or nothing.
            out.append(binascii.a2b_uu(line[: min(_NARROW, size)]))
    except binascii.Error:
        return None
    return b"".join(out)

"""Text whose lines a mail program broke, and marked so that they can be joined again (RFC 3676, ``format=flowed``).

A line that ends in a space goes on in the next one; a paragraph read line by line would be a heap of half sentences.
Quoted lines (``>``) go on in lines that are quoted as deep. What would look like a quotation or an envelope has a space
before it, which is taken off. The line above a signature, ``-- ``, ends in a space too, and goes on in nothing.
"""

from __future__ import annotations

_SIGNATURE = b"-- "


def unflowed(raw: bytes, *, spaced: bool = True) -> bytes:
    """A text with its paragraphs on one line each.

    `spaced` tells that the space at which a line was broken belongs to the text; with ``delsp=yes`` it does not.

    >>> unflowed(b"It rained so \\nmuch. \\n\\n> Did it \\n> really?\\n-- \\nAnn")
    b'It rained so much. \\n\\n> Did it really?\\n-- \\nAnn'
    """
    out: list[bytes] = []
    parts: list[bytes] = []
    before, after = -1, b""
    for line in raw.splitlines(keepends=True) if b"\n" in raw else [raw]:
        text = line.rstrip(b"\r\n")
        end = line[len(text) :]
        bare = text.lstrip(b">")
        depth = len(text) - len(bare)
        bare = bare.removeprefix(b" ")
        soft = bare.endswith(b" ") and bare != _SIGNATURE
        if before == depth and bare and bare != _SIGNATURE:
            parts[-1] = parts[-1] if spaced else parts[-1][:-1]
            parts.append(bare)
        else:
            out += [*parts, after]
            parts = [b">" * depth + b" " * bool(depth and bare), bare]
        before, after = (depth, end) if soft else (-1, end)
    return b"".join([*out, *parts, after])

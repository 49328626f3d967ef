"""Repairs told backwards: from the repaired text and the steps to what stood there before.

A repair step names its codecs and its spans in the text as it was. Each character there was one byte, so the repaired
characters that a span became are those whose bytes add up to its length, and reading these bytes by the wrong codec
gives what the file said. One thing the steps do not tell: whether a no-break space was a plain space in the file.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PAIRS = 200
"""How many repaired places of a step are shown one by one."""


def undone(text: str, steps: Iterable[str]) -> tuple[list[dict[str, Any]], str | None]:
    """For each step of repair (in order) its places before and after, and the text before all of them.

    `steps` are the frame's, as JSON; places are ``[before, after, start, end]`` with the span in the text that the
    step made. The text is None where no step of repair was taken, or where the steps do not fit the text.

    >>> undone("Grüße", ['["decode", "utf-8"]', '["mojibake", "cp1252", 2, 6]'])[1]
    'GrÃ¼ÃŸe'
    """
    told, now = [], text
    for step in reversed([json.loads(step) for step in steps]):
        codecs = _codecs(step)
        if codecs is None:
            continue
        wrong, right = codecs
        try:
            places, now = _undo(now, wrong, right, [n for n in step[1:] if isinstance(n, int)])
        except (UnicodeError, LookupError, ValueError):
            return [], None
        told.append({"wrong": wrong, "right": right, "places": places[:PAIRS], "count": len(places)})
    return told[::-1], now if told else None


def _codecs(step: Sequence[Any]) -> tuple[str, str] | None:
    if step[0] == "mojibake":
        return step[1], "utf-8"
    return (step[1], step[2]) if step[0] == "transcode" else None


def _undo(after: str, wrong: str, right: str, spans: Sequence[int]) -> tuple[list[list[Any]], str]:
    places, pieces, at, shift = [], [], 0, 0  # `shift`: how much further left a character stands in the text after
    for start, end in zip(spans[::2], spans[1::2], strict=True):
        begin = start - shift
        stop = _stop(after, begin, end - start, right)
        said = "".join(map(_table(wrong).__getitem__, after[begin:stop].encode(right)))
        places.append([said, after[begin:stop], begin, stop])
        pieces += [after[at:begin], said]
        shift += (end - start) - (stop - begin)
        at = stop
    return places, "".join([*pieces, after[at:]])


def _stop(text: str, begin: int, n_bytes: int, codec: str) -> int:
    """Where the characters from `begin` on that make so many bytes end."""
    left, stop = n_bytes, begin
    while left > 0:
        left -= len(text[stop : stop + 1].encode(codec)) or n_bytes + 1
        stop += 1
    if left < 0:
        raise ValueError(codec)
    return stop


@cache
def _table(codec: str) -> tuple[str, ...]:
    """The character for each byte; a byte that the codec leaves undefined is the control character of its number."""
    read = [bytes([byte]).decode(codec, "replace") for byte in range(256)]
    return tuple(chr(byte) if char == "\ufffd" else char for byte, char in enumerate(read))

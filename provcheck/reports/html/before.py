"""Repairs told backwards: which words a step of repair changed, and what stood there before.

A repair step names its codecs and its spans in the text as it was. Each character there was one byte, so the repaired
characters that a span became are those whose bytes add up to its length, and reading these bytes by the wrong codec
gives what stood there. One thing the bytes do not tell: whether a no-break space was a plain space. So the text before
the first step is given, and only what lies between two steps of one document is rebuilt.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PAIRS = 200
"""How many repaired words of a step are shown one by one."""

_WORD = late(r"[^ \t\n\r\f\v]+")
"""What stands between spaces of ASCII: a repair changes no character of ASCII, so each change lies in one word."""


class _Run(NamedTuple):
    """Characters that a step made: where they stand after it, and where before it stood what they were made of."""

    start: int
    end: int
    was_start: int
    was_end: int


def undone(text: str, steps: Iterable[str], came: str | None) -> list[dict[str, Any]]:
    """For each step of repair, in order, its codecs and the words that it changed.

    `steps` are the frame's, as JSON, and `came` is the text before the first step of repair. Places are
    ``[before, after, start, end]`` with the span of the word in the text that the step made; `count` tells how many
    there are, of which at most `PAIRS` are given. Steps that do not fit the text tell nothing.

    >>> undone("Viele Grüße", ['["decode", "utf-8"]', '["mojibake", "cp1252", 8, 12]'], "Viele GrÃ¼ÃŸe")[0]["places"]
    [['GrÃ¼ÃŸe', 'Grüße', 6, 11]]
    """
    repairs = [(step, codecs) for step in map(json.loads, steps) if (codecs := _codecs(step))]
    told: list[dict[str, Any]] = []
    for number, (step, (wrong, right)) in reversed(list(enumerate(repairs))):
        try:
            runs, was = _undo(text, wrong, right, [n for n in step[1:] if isinstance(n, int)])
        except (UnicodeError, LookupError, ValueError):
            return []
        if number == 0 and came is not None:
            if len(came) != len(was):
                return []
            was = came
        places = list(_words(text, was, runs))
        told.append({"wrong": wrong, "right": right, "places": places[:PAIRS], "count": len(places)})
        text = was
    return told[::-1]


def _codecs(step: Sequence[Any]) -> tuple[str, str] | None:
    if step[0] == "mojibake":
        return step[1], "utf-8"
    return (step[1], step[2]) if step[0] == "transcode" else None


def _undo(after: str, wrong: str, right: str, spans: Sequence[int]) -> tuple[list[_Run], str]:
    """The runs of characters that are not ASCII in the spans, and the text before the step."""
    table = _table(wrong)
    runs: list[_Run] = []
    pieces, at, shift = [], 0, 0  # `shift`: how much further left a character stands in the text after
    for start, end in zip(spans[::2], spans[1::2], strict=True):
        begin = stop = start - shift
        was = start
        while was < end:
            raw = after[stop : stop + 1].encode(right)
            if not raw.isascii():
                joins = bool(runs) and runs[-1].end == stop
                first = runs.pop() if joins else _Run(stop, stop, was, was)
                runs.append(_Run(first.start, stop + 1, first.was_start, was + len(raw)))
            was += len(raw) or end + 1  # past the end of the text nothing fits any more
            stop += 1
        if was != end:
            raise ValueError(right)
        pieces += [after[at:begin], "".join(map(table.__getitem__, after[begin:stop].encode(right)))]
        shift += (end - start) - (stop - begin)
        at = stop
    return runs, "".join([*pieces, after[at:]])


def _words(after: str, was: str, runs: Sequence[_Run]) -> Iterator[list[Any]]:
    """Each word with a run in it: as it was, as it is, and its span; what lies between the runs has not changed."""
    waiting = list(reversed(runs))
    for word in _WORD.finditer(after):
        start, end = word.span()
        said, at = "", start
        while waiting and waiting[-1].end <= end:
            run = waiting.pop()
            said += after[at : run.start] + was[run.was_start : run.was_end]
            at = run.end
        if at > start:
            yield [said + after[at:end], word.group(), start, end]


@cache
def _table(codec: str) -> tuple[str, ...]:
    """The character for each byte; a byte that the codec leaves undefined is the control character of its number."""
    read = [bytes([byte]).decode(codec, "replace") for byte in range(256)]
    return tuple(chr(byte) if char == "\ufffd" else char for byte, char in enumerate(read))

"""Is it broken, and is it better afterwards: the proof that a repair needs.

Two things must come together. The bytes must form whole characters of UTF-8, which text that was never broken seldom
does; and the outcome must be more plausible than what stands there, by `provcheck.plausible`. Either alone fails on
clean texts: ``«Â»`` is a proper sequence, and a page in a language without tables looks implausible as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from provcheck.plausible import surprise
from provcheck.repair.undo import SEQUENCE, SPACED, as_bytes, undo_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDED = 9.0
"""How many nats an undone text must be less surprising, at least."""

DOUBT = 3.0
"""How many nats more for each character of the same lines that does not fit, while the sequences are few."""

FEW = 6
BLOCKS = 200
"""In how many blocks of lines a text is judged, at most: bounds the work on hostile texts."""

_HIGH = re.compile(r"[^\x00-\x7f]")
_HIGH_RUN = re.compile(r"[^\x00-\x7f]+")


class Cure(NamedTuple):
    """A repair that is worth making: `spans` of the text in order, nats gained, and sequences undone."""

    codec: str
    spans: tuple[tuple[int, int], ...]
    gain: float
    count: int


class _Block(NamedTuple):
    start: int
    spans: tuple[tuple[int, int], ...]
    gain: float
    count: int
    strangers: int


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of whole lines: single lines in a text of normal size, more in a long one."""
    size = max(1, len(text) // BLOCKS)
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin + (size if len(text) > 20_000 else 0))
        end = len(text) if end < 0 else end + 1
        yield begin, end
        begin = end


def cure(text: str, codec: str) -> Cure | None:
    """What undoing UTF-8 read as `codec` would gain, or None where it is not proven."""
    raw = as_bytes(text, codec)
    found = [b for start, end in blocks(text) if (b := _block(text, raw, start, end, codec)) and b.gain > 0]
    if not found:
        return None
    gain = sum(b.gain for b in found)
    count = sum(b.count for b in found)
    strangers = sum(b.strangers for b in found)
    needed = NEEDED + (DOUBT * min(strangers, FEW) if count < FEW else 0.0)
    if gain < needed:
        return None
    return Cure(codec, tuple(span for b in found for span in b.spans), gain, count)


def _block(text: str, raw: str, start: int, end: int, codec: str) -> _Block | None:
    part = raw[start:end]
    if part.isascii():
        return None
    spans = [m.span() for m in SEQUENCE.finditer(part)]
    high = len(_HIGH.findall(part))
    strangers = high - sum(b - a for a, b in spans)
    if strangers:
        wide = [m.span() for m in SPACED.finditer(part)]
        if high == sum(len(_HIGH.findall(part, a, b)) for a, b in wide):
            spans, strangers = wide, 0
    if not spans:
        return None
    count = len(spans)
    spans = _joined(part, spans)
    before = text[start:end]
    pieces, at = [], 0
    for a, b in spans:
        pieces += [before[at:a], undo_utf8(before[a:b], codec)]
        at = b
    after = "".join([*pieces, before[at:]])
    return _Block(start, tuple((a + start, b + start) for a, b in spans), surprise(before) - surprise(after), count, strangers)


def _joined(part: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans with nothing but ASCII between them become one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and part[found[-1][1] : start].isascii():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found

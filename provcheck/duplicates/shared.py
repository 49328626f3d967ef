"""The passages that two contents share word for word, as evidence for a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provcheck.duplicates import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provcheck.duplicates.tokens import Tokens

Passage = tuple[int, int, int, int]

RUN = 8
"""Words that two texts must have in common on end: shorter runs are phrases of the language."""
GAP = 3
"""Words by which the copies of one passage may differ in its middle: an article dropped, a name respelt."""
SHORTEST = 40
"""Characters below which a passage is no evidence."""


def passages(one: str, other: str) -> tuple[Passage, ...]:
    """Where two contents say the same: half-open spans of characters in each, in the order of the first.

    Words are compared without case and punctuation. Takes time in proportion to the longer text; meant for pairs that
    `find` has linked, not for all pairs.

    >>> note = "the two sides agreed on Monday to hold further talks in the spring"
    >>> [(a, b) for a, b, _, _ in passages("He said " + note + " again.", note.upper())]
    [(8, 74)]
    """
    if other < one:  # the same passages, whichever content comes first
        return tuple(sorted((c, d, a, b) for a, b, c, d in passages(other, one)))
    left, right = tokens.tokenize(one), tokens.tokenize(other)
    runs = _joined(_runs(left, right))
    spans = ((*_span(one, left, a, a + m), *_span(other, right, b, b + n)) for a, m, b, n in runs)
    return tuple(sorted(s for s in spans if min(s[1] - s[0], s[3] - s[2]) >= SHORTEST))


def _runs(left: Tokens, right: Tokens) -> list[tuple[int, int, int]]:
    """Maximal runs of equal tokens: start in the left, start in the right, length."""
    ours, theirs = tokens.windows(left.hashes, RUN), tokens.windows(right.hashes, RUN)
    places: dict[int, int] = {}
    for at in np.flatnonzero(np.isin(ours, theirs)).tolist():
        places.setdefault(int(ours[at]), at)
    found, done, expected = [], 0, 0
    for at in np.flatnonzero(np.isin(theirs, ours)).tolist():
        if at < done:
            continue
        # Where a run stands more than once on the left, the copy that continues the last run is the likelier one.
        start = expected if expected < len(ours) and ours[expected] == theirs[at] else places[int(theirs[at])]
        length = _equal(left.hashes[start:], right.hashes[at:])
        found.append((start, at, length))
        done, expected = at + length, start + length
    return found


def _equal(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> int:
    """The length of the common beginning, looked for in steps that double, so that it costs what it finds."""
    limit, size = min(len(one), len(other)), RUN
    while size < limit and np.array_equal(one[size // 2 : size], other[size // 2 : size]):
        size *= 2
    size = min(size, limit)
    differs = np.flatnonzero(one[:size] != other[:size])
    return int(differs[0]) if differs.size else size


def _joined(runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Runs with small gaps between them on both sides become one passage: start and length in each text."""
    joined: list[tuple[int, int, int, int]] = []
    for start, at, length in runs:
        if joined:
            a, m, b, n = joined[-1]
            if 0 <= start - (a + m) <= GAP and 0 <= at - (b + n) <= GAP:
                joined[-1] = (a, start + length - a, b, at + length - b)
                continue
        joined.append((start, length, at, length))
    return joined


def _span(content: str, found: Tokens, first: int, last: int) -> tuple[int, int]:
    """From the first character of the first token to the last of the one before `last`."""
    end = int(found.starts[last]) if last < len(found.starts) else len(content)
    start = int(found.starts[first])
    return start, start + len(_trimmed(content[start:end]))


def _trimmed(passage: str) -> str:
    end = len(passage)
    while end and not passage[end - 1].isalnum():
        end -= 1
    return passage[:end]

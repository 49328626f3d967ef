"""What only the whole corpus can show: lengths that pile up at a cap, and days that hold too many documents.

A text cut at 5,000 characters may end in a full stop by chance; five hundred texts that end at just that length do
not. Likewise one wrong date looks like any other, and a thousand documents on the day of the crawl do not. Both are
spikes: a count that its neighbours make improbable. The neighbours' density gives the count to expect, the tail of
the Poisson distribution the probability of so many or more, and the bar is high enough that among all lengths and
days of a corpus none passes it by chance.
"""

from __future__ import annotations

import datetime as dt
import math
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.characters import count_words
from provcheck.model import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

FEWEST = 5
"""Documents that make a spike of lengths."""
FEWEST_DATED = 10
"""Documents that make a spike of dates."""
IMPROBABLE = -math.log(1e-9)
"""Minus the natural logarithm of how probable a spike may be; half of it where most of its texts look cut."""
SHORTEST = 50
"""Lengths below this are those of notices and headlines, which are alike without a cap."""
SLACK = 0.01
"""How far below a cap a text may end, as a share of the cap, if the cut goes back to the last whole word."""
BESIDE = 0.15
"""The neighbours of a length: so far on both sides, as a share of it."""
BEYOND = 0.2
"""Where a cap works, at most this share of the documents that reach it are longer by up to `BESIDE`."""
DAYS = 21
"""The neighbours of a day: so many days on both sides."""
TIMES = 6.0
"""A day is a spike only with so many times the documents of its neighbours' busiest like weekday."""
SHARE = 0.05
"""And with this share of all dated documents at least."""


FACT = np.dtype(
    [
        ("characters", "<u4"), ("utf8_bytes", "<u4"), ("words", "<u4"), ("day", "<i4"), ("digest", "<u8"),
        ("truncated", "?"),
    ]
)  # fmt: skip
"""The facts of a document in fixed places; `day` counts from the year 1, and 0 stands for none, as in `digest`."""


class Facts(NamedTuple):
    """What the corpus checks need of one document.

    `characters`, `utf8_bytes` and `words` (between white space) are those of its text without the wrapper's
    header; `truncated` is true where PC501 was found; `date` is ISO 8601 (a time is cut off) or None; `digest` tells
    exact copies, which count once; empty where unknown.
    """

    characters: int
    utf8_bytes: int
    words: int
    truncated: bool
    date: str | None
    digest: bytes = b""

    def packed(self) -> bytes:
        """The facts as one element of the type `FACT`.

        >>> np.frombuffer(Facts(5, 6, 1, False, "2026-01-31").packed(), FACT)["day"].tolist() == [739647]
        True
        """
        day = _day(self.date)
        digest = int.from_bytes(b"\1" + self.digest[:7]) if self.digest else 0
        sizes = (self.characters, self.utf8_bytes, self.words)
        return np.array([(*sizes, day.toordinal() if day else 0, digest, self.truncated)], FACT).tobytes()


def facts_of(text: str, *, truncated: bool = False, date: str | None = None, digest: bytes = b"") -> Facts:
    """The facts of a text.

    >>> facts_of("Für alle").utf8_bytes
    9
    """
    stripped = text.rstrip("\r\n")
    size = len(stripped.encode("utf-8", "surrogatepass"))
    return Facts(len(stripped), size, count_words(stripped), truncated, date, digest)


def corpus_findings(facts: Sequence[Facts]) -> dict[int, list[Finding]]:
    """The findings for each document, by its position; documents without any are left out.

    >>> capped = [facts_of("w" * 5000) for _ in range(40)] + [facts_of("w" * n) for n in range(1000, 4900, 100)]
    >>> corpus_findings([f._replace(digest=bytes([i])) for i, f in enumerate(capped)])[0][0].message
    '40 documents end at 5000 characters'
    """
    found: dict[int, list[Finding]] = {}
    for positions, finding in signals(np.frombuffer(b"".join(each.packed() for each in facts), FACT)):
        for position in positions.tolist():
            found.setdefault(position, []).append(finding)
    return {position: found[position] for position in sorted(found)}


def signals(facts: NDArray[np.void]) -> Iterator[tuple[NDArray[np.int64], Finding]]:
    """Each finding with the positions of the documents that have it, for facts in an array of the type `FACT`."""
    yield from _clamps(facts)
    yield from _spikes(facts["day"])


def _clamps(facts: NDArray[np.void]) -> Iterator[tuple[NDArray[np.int64], Finding]]:
    explained = np.zeros(len(facts), bool)
    firsts = _first_copies(facts["digest"])
    for unit, name in (("characters", "characters"), ("bytes", "utf8_bytes"), ("words", "words")):
        for cap, positions in _caps(facts[name], firsts, facts["truncated"]):
            # In plain ASCII characters are bytes: one finding is enough.
            if explained[positions].sum() * 2 < len(positions):
                explained[positions] = True
                yield positions, Finding.of("PC801", count=len(positions), length=cap, unit=unit)


def _caps(
    lengths: NDArray[np.uint32], firsts: NDArray[np.int64], truncated: NDArray[np.bool_]
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Each length at which documents pile up, and the documents that end at it or just below it."""

    def counted(start: int, cap: int) -> tuple[int, int]:
        chosen = (lengths > start) & (lengths <= cap)
        return int(chosen.sum()), int(truncated[chosen].sum())

    ordered = array("I", np.sort(lengths[firsts]).astype(np.uintc).tobytes())
    for start, cap, _ in piles(ordered, sorted(set(ordered), reverse=True), counted):
        yield cap, np.flatnonzero((lengths > start) & (lengths <= cap))


def piles(
    ordered: Sequence[int], distinct: Iterable[int], counted: Callable[[int, int], tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Each length at which documents pile up, the longest first: where its pile starts, the length, its documents.

    `ordered` are the lengths of all documents, exact copies once, and `distinct` the same, each once and from the
    longest down; `counted(start, cap)` gives how many documents have a length in (start, cap], and how many of these
    look cut.

    >>> list(piles([], [], lambda start, cap: (0, 0)))
    []
    """
    below = 0
    for cap in distinct:
        if cap < SHORTEST or (below and cap >= below):
            continue
        start = _start(ordered, cap)
        surprise = _surprise(ordered, start, cap)
        if surprise <= IMPROBABLE / 2:
            continue
        documents, cut = counted(start, cap)
        if cut * 2 >= documents or surprise > IMPROBABLE:
            yield start, cap, documents
            below = start + 1


def _start(ordered: Sequence[int], cap: int) -> int:
    """The length above which documents count for a cap: only its own, or those too that went back to a whole word."""
    wide = cap - max(1, int(SLACK * cap))
    if not _round(cap):
        return cap - 1
    own = bisect_right(ordered, cap) - bisect_right(ordered, cap - 1)
    near = bisect_right(ordered, cap) - bisect_right(ordered, wide)
    return wide if near > 2 * own else cap - 1


def _surprise(ordered: Sequence[int], start: int, cap: int) -> float:
    """How improbable the neighbours on both sides make so many lengths in (start, cap]; 0 where they are no pile."""
    count = bisect_right(ordered, cap) - bisect_right(ordered, start)
    if count < FEWEST:
        return 0.0
    reach = max(20, int(BESIDE * cap))
    before = bisect_right(ordered, start) - bisect_left(ordered, start - reach)
    after = bisect_right(ordered, cap + reach) - bisect_right(ordered, cap)
    wide = cap - start
    # A wide pile must be the last: a natural peak has documents above it.
    if wide > 1 and after > BEYOND * count:
        return 0.0
    expected = max(before, after, 1) / reach * wide
    return improbable(count, expected) if count > 3 * expected else 0.0


def _round(length: int) -> bool:
    """Tell whether a program's author may have chosen the length: round, or a power of two, or one less."""
    return any(each >= 64 and (each % 100 == 0 or each & (each - 1) == 0) for each in (length, length + 1, length + 3))


def _first_copies(digests: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Positions with exact copies counted once: a notice printed a hundred times is no cap."""
    firsts = np.unique(digests, return_index=True)[1]
    return np.concatenate([firsts[digests[firsts] != 0], np.flatnonzero(digests == 0)])


def _spikes(days: NDArray[np.int32]) -> Iterator[tuple[NDArray[np.int64], Finding]]:
    ordinals, sizes = np.unique(days[days > 0], return_counts=True)
    counts = Counter({dt.date.fromordinal(o): n for o, n in zip(ordinals.tolist(), sizes.tolist(), strict=True)})
    for day, finding in spikes(counts):
        yield np.flatnonzero(days == day.toordinal()), finding


def spikes(counts: Counter[dt.date]) -> Iterator[tuple[dt.date, Finding]]:
    """Each day, in order, that holds more documents than its neighbours make probable; `counts` are those of each day.

    >>> list(spikes(Counter({dt.date(2024, 5, 1): 900})))
    []
    """
    total = counts.total()
    for day, count in sorted(counts.items()):
        if count >= max(FEWEST_DATED, SHARE * total) and _crowded(day, counts):
            yield day, Finding.of("PC802", count=count, total=total, date=day.isoformat())


def _crowded(day: dt.date, counts: Counter[dt.date]) -> bool:
    """Tell whether a day holds more than its neighbours, and than the days of its kind, make probable.

    The days of its kind are the same weekday in the weeks around it, for weeklies, and the same day of the months
    around it, for monthlies; a corpus of too few other days has no neighbours to judge by.
    """
    others = [count for other, count in counts.items() if other != day]
    if len(others) < FEWEST_DATED:
        return False
    ordinal = day.toordinal()
    near = [
        counts[dt.date.fromordinal(ordinal + step)]
        for step in range(-DAYS, DAYS + 1)
        if step and _exists(ordinal + step)
    ]
    weekly = [
        counts[dt.date.fromordinal(ordinal + 7 * step)] for step in range(-8, 9) if step and _exists(ordinal + 7 * step)
    ]
    monthly = [count for other, count in counts.items() if other.day == day.day and other != day]
    typical = max(sum(near) / max(1, len(near)), *_largest(weekly), *_largest(monthly), sum(others) / len(others))
    return counts[day] >= TIMES * typical and improbable(counts[day], typical) > IMPROBABLE


def _largest(counts: list[int]) -> tuple[float]:
    """The second largest, since one other spike is no rhythm."""
    return (float(sorted(counts)[-2]) if len(counts) > 1 else 0.0,)


def _exists(ordinal: int) -> bool:
    return 1 <= ordinal <= dt.date.max.toordinal()


def _day(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def improbable(count: int, expected: float) -> float:
    """How improbable `count` or more are where `expected` (above 0) are: minus the natural logarithm, at least 0.

    The bound of Chernoff for the tail of the Poisson distribution.

    >>> improbable(3, 3.0), round(improbable(40, 4.0), 1)
    (0.0, 56.1)
    """
    if count <= expected:
        return 0.0
    return count * math.log(count / expected) - count + expected

"""Where the article stands among the lines of a page.

The article is the stretch of lines with the greatest sum of points, where a line of prose gains by its length and any
other line costs: menus, teasers and footers are many short lines, an article is few long ones (the idea of Finn,
Kushmerick and Smyth, "Fact or fiction", 2001, by lines in place of tags).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provcheck.writing import DOUBLED, QUOTES, STOPS, TIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

PROSE = 70
"""A line from so many characters on can be prose; half of it in scripts that need about half the characters."""

_WIDE = "\u2e80"
"""Characters from here on are those of Chinese, Japanese and Korean (and rarer ones)."""
_SAMPLE = 32
_COST = 0.5
_MOST = 4.0
_ENDS = frozenset(STOPS + QUOTES + "…)）፡")
_STOPS = (". ", "? ", "! ", "؟ ", "۔ ", *TIGHT, DOUBLED)
_UNSTOPPED = ("\u0e00", "\u0eff")
"""Thai and Lao, whose sentences end in no mark."""


class Body(NamedTuple):
    """The first and last line of the article as indices into the lines; both -1 where no line is prose."""

    first: int = -1
    last: int = -1


def find(lines: Sequence[str], kinds: Sequence[object] = (), filled: Sequence[int] = ()) -> Body:
    """The stretch of lines (stripped) that reads like an article; lines with a kind of boilerplate are not prose.

    Only lines of prose are looked at one by one: what the others cost follows from how many stand between two of them;
    blank lines cost nothing. `filled` are the indices of those that are not blank, where the caller has them.

    >>> find(["Menu", "Home", "A sentence that is long enough to be read as a line of prose in any article."])
    Body(first=2, last=2)
    """
    best, total, begin, before = 0.0, 0.0, 0, 0
    found = Body()
    filled = filled or [index for index, line in enumerate(lines) if line]
    for rank, index in enumerate(filled, 1):
        if len(lines[index]) < PROSE // 2 or (index < len(kinds) and kinds[index]):
            continue
        gain = points(lines[index])
        if not gain:
            continue
        total -= _COST * (rank - before - 1)
        before = rank
        if total <= 0:
            total, begin = 0.0, index
        total += gain
        if total > best:
            best, found = total, Body(begin, index)
    return found


def points(line: str) -> float:
    """What a line (stripped) of prose adds to the sum; 0 for any other."""
    length = len(line)
    if length >= PROSE // 2 and not line.isascii() and _dense(line):
        length *= 2
    if length < PROSE:
        return 0.0
    if line[-1] in _ENDS or _UNSTOPPED[0] <= line[-1] <= _UNSTOPPED[1] or any(stop in line for stop in _STOPS):
        return min(_MOST, length / 100)
    return 0.0


def _dense(line: str) -> bool:
    """Whether the line is in Chinese, Japanese or Korean: by three of its characters, by more if these disagree."""
    size = len(line)
    some = (line[size // 4] >= _WIDE) + (line[size // 2] >= _WIDE) + (line[size * 3 // 4] >= _WIDE)
    if some in (0, 3):
        return some > 0
    sample = line[:: max(1, size // _SAMPLE)]
    return 2 * sum(ch >= _WIDE for ch in sample) >= len(sample)

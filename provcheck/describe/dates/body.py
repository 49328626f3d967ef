"""Where the article stands among the lines of a page.

The article is the stretch of lines with the greatest sum of points, where a line of prose gains by its length and any
other line costs: menus, teasers and footers are many short lines, an article is few long ones (the idea of Finn,
Kushmerick and Smyth, "Fact or fiction", 2001, by lines in place of tags).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

PROSE = 70
"""A line from so many characters on can be prose; half of it in scripts that need about half the characters."""

_COST = 0.5
_MOST = 4.0
_ENDS = tuple(".!?。！？।۔…\"'”’»«)")
_STOPS = (". ", "。", "? ", "! ", "।", "۔ ")


class Body(NamedTuple):
    """The first and last line of the article as indices into the lines; both -1 where no line is prose."""

    first: int = -1
    last: int = -1


def find(lines: Sequence[str], kinds: Sequence[object] = ()) -> Body:
    """The stretch of lines that reads like an article; lines with a kind of boilerplate count as not prose.

    >>> find(["Menu", "Home", "A sentence that is long enough to be read as a line of prose in any article."])
    Body(first=2, last=2)
    """
    best, total, begin = 0.0, 0.0, 0
    found = Body()
    for index, line in enumerate(lines):
        if len(line) < PROSE // 2:
            if total > 0 and line and not line.isspace():
                total -= _COST
            continue
        gain = points(line)
        if gain > 0 and index < len(kinds) and kinds[index]:
            gain = -_COST
        if total <= 0:
            total, begin = 0.0, index
        total += gain
        if total > best:
            best, found = total, Body(begin, index)
    return found


def points(line: str) -> float:
    """What a line adds to the sum: above zero for prose, zero for a blank line, below for any other."""
    length = len(line.strip())
    if length >= PROSE // 2 and not line.isascii() and _dense(line):
        length *= 2
    if length >= PROSE and (line.rstrip().endswith(_ENDS) or any(stop in line for stop in _STOPS)):
        return min(_MOST, length / 100)
    return -_COST if length else 0.0


def _dense(line: str) -> bool:
    """Whether the line is in Chinese, Japanese or Korean, judged by three of its characters."""
    return sum(line[len(line) * part // 4] >= "\u2e80" for part in (1, 2, 3)) >= 2

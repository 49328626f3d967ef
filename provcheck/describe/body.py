"""Where the article is: the run of lines that holds the most sentences.

Pages are mostly short lines (menus, teasers, buttons) around one run of long ones. The run is found as the best scoring
segment of the sequence of lines (Bentley's maximum-sum problem, *Programming Pearls* 8), where a long line that ends
like a sentence earns its length and the lines between two long ones cost. It looks at text alone and knows no words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late
from provcheck.writing import DOUBLED, QUOTES, STOPS, TIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

_DENSE = late(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts without spaces, which say in one letter what others say in two or three."""

_DENSITY = 2.5
_ENDS = frozenset(STOPS + "…):፡")
"""What sentences end with, in the scripts of the press; a colon before a list, and half of an Ethiopic stop."""

_QUOTED = frozenset(QUOTES)
"""What closes behind the stop of a sentence; headlines end in it without a stop."""

_INSIDE = (
    ". ", "? ", "! ", ".”", '."', ".’", "?”", "!”", '?"', '!"', "”.", ",”", ',"', ".»", ".“", "۔", *TIGHT, DOUBLED,
)  # fmt: skip
"""What shows that a line holds a sentence: a stop with a space or a quotation mark behind it, or with no need of it."""

_OPEN = 0.3
"""The share of its length that a line without an end counts with."""

_LEAST = 60
"""Shortest line, in letters of a spaced script, that can be a sentence of the article."""

_SHORTEST = _LEAST / _DENSITY
_BASE, _MOST = 50, 500
"""What a line must exceed to earn anything, and what is counted of it at most: one endless line is no article."""

_GAP = 25
"""What each line without a sentence costs inside a run; the figure that put most titles near their run, of 15 to 40."""

_FLAGGED_GAP = 10
"""The same for a line of boilerplate: an offer that is set into an article interrupts it and seldom ends it."""

_SHARE = 0.35
"""The first run that earns this share of the best is the article: comments and other stories follow it."""


class Body(NamedTuple):
    """A range of line indices (from 0, both included), and what its sentences earned."""

    first: int
    last: int
    weight: float


def weight(line: str) -> float:
    """How much a line, stripped of white space, speaks for an article: 0 for short ones.

    >>> weight("Menu"), weight("The council said on Monday that the old bridge will close for repairs in July.") > 0
    (0.0, True)
    """
    size: float = len(line)
    if size < _SHORTEST:
        return 0.0
    if not line.isascii() and _DENSE.search(line, 0, 40):
        size *= _DENSITY
    if size < _LEAST:
        return 0.0
    earned = min(size, _MOST) - _BASE
    return earned if ends(line) else earned * _OPEN


def ends(line: str) -> bool:
    """Whether a line ends like a sentence of an article; one that closes a quotation has a stop before its end.

    >>> ends("‘It is,’ she said."), ends("He called it ‘home’. She ‘a cell’"), ends("Mayor on bridge: ‘It will stay’")
    (True, True, False)
    """
    last = line[-1:]
    return last in _ENDS or (last in _QUOTED and any(stop in line for stop in _INSIDE))


def find(lines: Sequence[str], kinds: Sequence[object] = ()) -> Body | None:
    """The article among the lines (stripped), or None where no line is a sentence.

    `kinds` are those of the layout: a line of boilerplate earns nothing, and costs less than another.
    """
    runs: list[Body] = []
    first = last = top_last = -1
    sum_ = top = 0.0
    for index in [i for i, size in enumerate(map(len, lines)) if size >= _SHORTEST]:
        if (index < len(kinds) and kinds[index]) or not (earned := weight(lines[index])):
            continue
        between = kinds[last + 1 : index]
        flagged = len(between) - between.count(None)
        sum_ -= _GAP * (index - last - 1 - flagged) + _FLAGGED_GAP * flagged
        if first < 0 or sum_ <= 0:
            if first >= 0:
                runs.append(Body(first, top_last, top))
            first, sum_, top = index, 0.0, 0.0
        sum_ += earned
        last = index
        if sum_ > top:
            top, top_last = sum_, index
    if first < 0:
        return None
    runs.append(Body(first, top_last, top))
    enough = _SHARE * max(run.weight for run in runs)
    return next(run for run in runs if run.weight >= enough)


def article(lines: Sequence[str], kinds: Sequence[object] = ()) -> Body | None:
    """The same; where the layout leaves no sentence, all lines are read."""
    return find(lines, kinds) or (find(lines) if kinds else None)

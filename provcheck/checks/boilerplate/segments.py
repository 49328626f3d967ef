"""From flagged lines to ranges: what stands together and is of one kind is reported once, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.model import Boilerplate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.checks.boilerplate.kinds import Named
    from provcheck.model import Kind

BY_SHAPE = {
    "navigation": "short lines without sentences, apart from the running text",
    "teaser": "stands apart from the running text, as teasers of other stories do",
    "repeated headline": "repeats the headline",
}
"""The reason where no phrase tells the kind."""

SUREST = 0.99


def ranges(
    numbers: Sequence[int],
    flagged: Sequence[bool],
    doubts: Sequence[float],
    named: Sequence[Named],
    phrases: Sequence[str],
) -> tuple[Boilerplate, ...]:
    """The ranges of the flagged lines among those at `numbers` (from 1), in order.

    `doubts` are the probabilities that a line belongs to the article, for all lines; `named` has an item for each
    flagged line. Lines with an unflagged line between them, or of two kinds, make two ranges.
    """
    places = [i for i, is_flagged in enumerate(flagged) if is_flagged]
    out, begin = [], 0
    for end in range(1, len(places) + 1):
        last = places[end - 1]
        if end == len(places) or places[end] != last + 1 or named[end].kind != named[begin].kind:
            first = places[begin]
            out.append(_range(numbers[first], numbers[last], doubts[first : last + 1], named[begin:end], phrases))
            begin = end
    return tuple(out)


def _range(
    first: int, last: int, doubts: Sequence[float], named: Sequence[Named], phrases: Sequence[str]
) -> Boilerplate:
    kind: Kind = named[0].kind
    said = list(dict.fromkeys(phrases[name.row - 1].removeprefix("=") for name in named if name.row))
    if said:
        reason = "says " + ", ".join(f"“{phrase}”" for phrase in said[:3])
    else:
        reason = BY_SHAPE.get(kind, "stands apart from the running text")
    doubt = sum(doubts) / len(doubts)
    return Boilerplate(first, last, kind, round(min(SUREST, max(0.5, 1 - doubt)), 2), reason)

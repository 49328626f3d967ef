"""From flagged lines to ranges: what stands together and is of one kind is reported once, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.model import Boilerplate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    return tuple(_range(group, phrases) for group in _groups(numbers, flagged, doubts, named))


_Line = tuple[int, float, "Named"]


def _groups(
    numbers: Sequence[int], flagged: Sequence[bool], doubts: Sequence[float], named: Sequence[Named]
) -> Iterator[list[_Line]]:
    group: list[_Line] = []
    names = iter(named)
    for number, is_flagged, doubt in zip(numbers, flagged, doubts, strict=True):
        line = (number, doubt, next(names)) if is_flagged else None
        if group and (line is None or line[2].kind != group[-1][2].kind):
            yield group
            group = []
        if line is not None:
            group.append(line)
    if group:
        yield group


def _range(group: Sequence[_Line], phrases: Sequence[str]) -> Boilerplate:
    kind: Kind = group[0][2].kind
    said = list(dict.fromkeys(phrases[name.row - 1].removeprefix("=") for _, _, name in group if name.row))
    if said:
        reason = "says " + ", ".join(f"“{phrase}”" for phrase in said[:3])
    else:
        reason = BY_SHAPE.get(kind, "stands apart from the running text")
    doubt = sum(doubt for _, doubt, _ in group) / len(group)
    return Boilerplate(group[0][0], group[-1][0], kind, round(min(SUREST, max(0.5, 1 - doubt)), 2), reason)

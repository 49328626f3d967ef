"""Lines that part the paragraphs of an article again and again, such as ``Advertisement`` and ``Article content``.

The model judges a line by what stands around it, and a page on which every second line is such a one looks like a list:
whole articles were lost to it. So the lines of a page are judged once more as they read without them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

FEWEST = 8
"""So often a line must stand in a text."""

BETWEEN = 0.6
"""The share of the times that it stands between paragraphs."""

LONGEST = 60
"""Characters of such a line."""

PARAGRAPH = 60
"""Bytes of a line that may be a paragraph: letters of scripts that say much in few take more of them."""

LIKELY = 0.4
"""How probable it is on average that the paragraphs beside it belong to the article: rows of a table do not."""


def fillers(lines: Sequence[str], probable: NDArray[np.float32]) -> list[int]:
    """The places of such lines among the lines of a text, which are stripped and not blank, in order.

    `probable` says of each line how likely it is of the article. What ends in a colon may be a speaker's name, and
    where two lines part the paragraphs in turn, two people speak.

    >>> import numpy as np
    >>> said = [f"The council heard on Monday what the {n}th of the tenants had to say." for n in range(10)]
    >>> lines = [line for each in said for line in (each, "Advertisement")]
    >>> fillers(lines, np.ones(20, np.float32)) == list(range(1, 20, 2))
    True
    """
    places: dict[str, list[int]] = {
        line: [] for line, count in Counter(lines).items() if count >= FEWEST and _can_part(line)
    }
    if not places:
        return []
    for place, line in enumerate(lines):
        if line in places:
            places[line].append(place)
    beside = _beside(lines)
    found = [some for some in places.values() if _part([beside[place] for place in some], lines, probable)]
    return found[0] if len(found) == 1 else []


def _can_part(line: str) -> bool:
    return len(line) <= LONGEST and not line.endswith((":", "：")) and any(map(str.isalpha, line))


def _beside(lines: Sequence[str]) -> list[tuple[int, int]]:
    """For each line the places of the nearest other lines before and behind it; -1 and the end where there is none."""
    before, behind = [-1] * len(lines), [len(lines)] * len(lines)
    for place in range(1, len(lines)):
        before[place] = before[place - 1] if lines[place] == lines[place - 1] else place - 1
    for place in range(len(lines) - 2, -1, -1):
        behind[place] = behind[place + 1] if lines[place] == lines[place + 1] else place + 1
    return list(zip(before, behind, strict=True))


def _part(beside: Sequence[tuple[int, int]], lines: Sequence[str], probable: NDArray[np.float32]) -> bool:
    """Whether a line that stands between these pairs of lines parts paragraphs."""
    parted = [
        place
        for before, behind in beside
        if before >= 0 and behind < len(lines) and _is_paragraph(lines[before]) and _is_paragraph(lines[behind])
        for place in (before, behind)
    ]
    return len(parted) >= 2 * BETWEEN * len(beside) and bool(probable[parted].mean() >= LIKELY)


def _is_paragraph(line: str) -> bool:
    return len(line.encode("utf-8", "surrogatepass")) >= PARAGRAPH

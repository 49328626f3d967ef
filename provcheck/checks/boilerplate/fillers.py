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
    often = [line for line, count in Counter(lines).items() if count >= FEWEST and _can_part(line)]
    found = [places for line in often if (places := _parting(line, lines, probable))]
    return found[0] if len(found) == 1 else []


def _can_part(line: str) -> bool:
    return len(line) <= LONGEST and not line.endswith((":", "：")) and any(map(str.isalpha, line))


def _parting(filler: str, lines: Sequence[str], probable: NDArray[np.float32]) -> list[int]:
    """The places of a line, if it parts paragraphs; else none."""
    places = [place for place, line in enumerate(lines) if line == filler]
    beside: list[int] = []
    for place in places:
        before = next((at for at in range(place - 1, -1, -1) if lines[at] != filler), place)
        behind = next((at for at in range(place + 1, len(lines)) if lines[at] != filler), place)
        if _is_paragraph(lines[before]) and _is_paragraph(lines[behind]):
            beside += [before, behind]
    if len(beside) < 2 * BETWEEN * len(places) or probable[beside].mean() < LIKELY:
        return []
    return places


def _is_paragraph(line: str) -> bool:
    return len(line.encode("utf-8", "surrogatepass")) >= PARAGRAPH

"""Where the layout may be wrong about the end of a text that is cut.

A layout is learned from whole pages, on which a short line behind the article is a menu's or a teaser's. In a text that
is cut it can be the article's own last words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.checks import tail
from provcheck.model import Layout

if TYPE_CHECKING:
    from provcheck.model import Boilerplate, Document

_SHAPED = ("navigation", "teaser", "other")
"""Kinds of boilerplate that a line can be taken for by its shape."""
_DOUBTED = 2
"""Lines of the longest closing range that is doubted."""
_SURE = 0.8
"""Confidence of a range from which on a heading in it speaks for a teaser, even where it is the only range."""
_UNSURE = 0.6
"""Confidence of a range below which it is hardly more than a guess."""
_FEWEST = 3
"""Words of a line with a number at its end, from which on it is doubted."""


def doubted(document: Document, layout: Layout) -> Layout | None:
    """The layout without its last range, where that may be the cut end of the article and not of the page.

    A line that breaks off looks like a menu entry or the headline of a teaser. So a closing range of one or two lines
    right behind the content, which nothing but its shape speaks for, is read as content once more; an offer to read
    on below it does not count. On a page with more boilerplate a heading in the range speaks for a teaser; in a text
    that has no other, it is the article's own, and the words below it are the beginning of its last paragraph.
    """
    lines, ranges = document.lines.stripped, _closing(document, layout)
    if not ranges or any(r.kind not in _SHAPED for r in ranges) or any(lines[ranges[-1].end_line :]):
        return None
    first = ranges[0]
    rows = [row for row in range(first.start_line - 1, ranges[-1].end_line) if lines[row]]
    while rows and _offers(lines[rows[-1]]):
        rows.pop()
    if not rows or (lines[rows[-1]][-1:].isdigit() and len(lines[rows[-1]].split()) < _FEWEST):
        return None  # a button that counts
    alone = len(layout.ranges) == 1 and first.confidence < _SURE
    if not alone and not all(tail.stopped(lines[row]) for row in rows[:-1]):
        return None  # a heading, and what belongs to it
    if tail.appended(lines[rows[-1]]):
        return None  # an agency or an author
    above = next((row for row in range(first.start_line - 2, -1, -1) if lines[row]), -1)
    if len(rows) > _DOUBTED or above < 0 or layout.kinds[above]:
        return None
    if document.lines.starts[above] < document.header_end:
        return None
    kinds = tuple(None if row in rows else kind for row, kind in enumerate(layout.kinds))
    return Layout(layout.ranges[: -len(ranges)], kinds)


def _closing(document: Document, layout: Layout) -> tuple[Boilerplate, ...]:
    """The last range, and the one right before it where the last is nothing but an offer to read on."""
    if not layout.ranges:
        return ()
    lines, last = document.lines.stripped, layout.ranges[-1]
    offer = all(_offers(line) for line in lines[last.start_line - 1 : last.end_line] if line)
    if len(layout.ranges) > 1 and offer and not any(lines[layout.ranges[-2].end_line : last.start_line - 1]):
        return layout.ranges[-2:]
    return (last,)


def _offers(line: str) -> bool:
    return line.strip(tail.DRESS).lower() in tail.words()["read_more"]


def sure(layout: Layout, doubted: Layout) -> bool:
    """Whether the layout was sure of the range that it has and `doubted` has not."""
    return layout.ranges[len(doubted.ranges)].confidence >= _UNSURE

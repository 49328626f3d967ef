"""Where the layout may be wrong about the end of a text that is cut.

A layout is learned from whole pages, on which a short line behind the article is a menu's or a teaser's. In a text that
is cut it can be the article's own last words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.checks import tail
from provcheck.model import Layout

if TYPE_CHECKING:
    from provcheck.model import Document

_SHAPED = ("navigation", "teaser", "other")
"""Kinds of boilerplate that a line can be taken for by its shape."""
_DOUBTED = 2
"""Lines of the longest closing range that is doubted."""
_SURE = 0.8
"""Confidence of a range from which on a heading in it speaks for a teaser, even where it is the only range."""
_FEWEST = 3
"""Words of a line with a number at its end, from which on it is doubted."""


def doubted(document: Document, layout: Layout) -> Layout | None:
    """The layout without its last range, where that may be the cut end of the article and not of the page.

    A line that breaks off looks like a menu entry or the headline of a teaser. So a closing range of one or two lines
    right behind the content, which nothing but its shape speaks for, is read as content once more; an offer to read
    on below it does not count. On a page with more boilerplate a heading in the range speaks for a teaser; in a text
    that has no other, it is the article's own, and the words below it are the beginning of its last paragraph.
    """
    lines, last = document.lines.stripped, layout.ranges[-1] if layout.ranges else None
    if last is None or last.kind not in _SHAPED or any(lines[last.end_line :]):
        return None
    rows = [row for row in range(last.start_line - 1, last.end_line) if lines[row]]
    while rows and lines[rows[-1]].strip(tail.DRESS).lower() in tail.words()["read_more"]:
        rows.pop()
    if not rows or (lines[rows[-1]][-1:].isdigit() and len(lines[rows[-1]].split()) < _FEWEST):
        return None  # a button that counts
    alone = len(layout.ranges) == 1 and last.confidence < _SURE
    if not alone and not all(tail.stopped(lines[row]) for row in rows[:-1]):
        return None  # a heading, and what belongs to it
    if tail.appended(lines[rows[-1]]):
        return None  # an agency or an author
    above = next((row for row in range(last.start_line - 2, -1, -1) if lines[row]), -1)
    if len(rows) > _DOUBTED or above < 0 or layout.kinds[above]:
        return None
    if document.lines.starts[above] < document.header_end:
        return None
    kinds = tuple(None if row in rows else kind for row, kind in enumerate(layout.kinds))
    return Layout(layout.ranges[:-1], kinds)

"""What is left of a document once the page around it is taken away: the article, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provcheck.model import Candidate, Document, Layout

ALONE = 0.6
"""A title has its line for itself if it is this share of it, or more: kickers and outlets stand beside headlines."""

SURE = 0.8
"""A title of less confidence stays in the content: it may be the first sentence of a text that has no headline."""


def content(document: Document, layout: Layout, title: Candidate | None = None) -> str:
    """The text without boilerplate, without the wrapper's own header, and without the line of the title.

    The headline has a column of its own. One that shares its line with more than a kicker or the outlet's name stays
    in the content, and so does one that is doubtful or all there is. Other lines are as they are.

    >>> from provcheck.model import Candidate, Document, Layout
    >>> page = Document.of("Bridge closed\\n\\nThe council closed the bridge.")
    >>> content(page, Layout.of((), page.lines), Candidate("Bridge closed", "title.headline-line", 0.9, 0, 13))
    '\\nThe council closed the bridge.'
    """
    text, lines = document.text, document.lines
    begins = (*lines.starts, len(text))  # of each line, and the end of the last
    spans = [(begins[r.start_line - 1], begins[r.end_line]) for r in layout.ranges]
    whole = _without(text, document.header_end, spans)
    if title is None or title.confidence < SURE or title.start < document.header_end:
        return whole
    number = lines.number_at(title.start)
    alone = title.end - title.start >= ALONE * len(lines.texts[number - 1].strip())
    if not alone or layout.kinds[number - 1]:
        return whole
    headline = begins[number - 1], begins[number]
    left = _without(text, document.header_end, sorted([*spans, headline]))
    return left if left.strip() else whole


def _without(text: str, begin: int, spans: list[tuple[int, int]]) -> str:
    """The text from `begin` on without the spans, which are in order and do not overlap."""
    kept = []
    for start, end in spans:
        if start > begin:
            kept.append(text[begin:start])
        begin = max(begin, end)
    return "".join([*kept, text[begin:]])

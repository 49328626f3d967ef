"""Boilerplate: lines that belong to the page and not to the article.

Each line is judged by its shape, its words and its surroundings (`features`) by a small model (`forest`) that
`ci/train` learns from pages whose body is known. `docs/models/boilerplate.md` says how well, and where it fails.
Titles, bylines and lines such as "Published in …" say where a text comes from, and are not flagged beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.checks.boilerplate import judge
from provcheck.checks.boilerplate.article import content
from provcheck.model import Finding, Layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.model import Document

__all__ = ["check", "content", "layout", "layouts"]

MOST = 0.5
"""From this share of the text on, the boilerplate is a finding of its own."""


def layout(document: Document) -> Layout:
    """Label the lines of a document.

    >>> from provcheck.model import Document
    >>> layout(Document.of("The council met on Monday and voted for the bridge, the mayor said.")).ranges
    ()
    """
    [made] = layouts([document])
    return made


def layouts(documents: Sequence[Document]) -> list[Layout]:
    """Label the lines of documents, each as if it came alone: many at once take less than half of the time."""
    found = judge.ranges(documents)
    return [Layout.of(ranges, document.lines) for ranges, document in zip(found, documents, strict=True)]


def check(document: Document, layout: Layout) -> Iterator[Finding]:
    """One finding a range, and one more where most of the text, or all of it, is boilerplate."""
    if not layout.ranges:
        return
    lines = document.lines
    sizes = list(map(len, lines.stripped))
    flagged = 0
    for found in layout.ranges:
        first, last = found.start_line - 1, found.end_line
        count = last - first - layout.kinds[first:last].count(None)
        flagged += sum(sizes[first:last])
        span = (lines.starts[first], lines.ends[last - 1])
        yield Finding.of("PC401", document.text, span, lines=count, kind=found.kind)
    if not content(document, layout).strip():
        yield Finding.of("PC403")
    elif flagged > MOST * sum(sizes):
        yield Finding.of("PC402", share=flagged / sum(sizes))

"""Boilerplate: lines that belong to the page and not to the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.model import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.model import Document, Finding


def layout(document: Document) -> Layout:
    """Label the lines of a document."""
    return Layout.of((), document.lines)


def check(document: Document, layout: Layout) -> Iterator[Finding]:
    """The findings of this family."""
    yield from ()

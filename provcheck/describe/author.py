"""The author of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.model import Described

if TYPE_CHECKING:
    from provcheck.model import Document, Layout


def describe(document: Document, layout: Layout, language: str | None) -> Described:
    """The best candidate for the author, with its evidence."""
    return Described()

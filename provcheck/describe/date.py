"""The publication date of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.model import Described

if TYPE_CHECKING:
    from provcheck.config import Settings
    from provcheck.model import Document, Finding, Layout


def describe(
    document: Document, layout: Layout, language: str | None, settings: Settings
) -> tuple[Described, tuple[Finding, ...]]:
    """The best candidate for the publication date with its evidence, and what is wrong with the document's dates."""
    return Described(), ()

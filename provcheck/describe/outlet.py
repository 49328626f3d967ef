"""The outlet of a document, and the news agency that it took the story from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.model import Described

if TYPE_CHECKING:
    from provcheck.model import Document, Layout


def describe(document: Document, layout: Layout, language: str | None) -> tuple[Described, Described]:
    """The outlet and the agency, each the best candidate with its evidence."""
    return Described(), Described()

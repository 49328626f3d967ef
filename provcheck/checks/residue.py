"""Check for residue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.model import Document, Finding, Layout


def check(document: Document, layout: Layout) -> Iterator[Finding]:
    """The findings of this family."""
    yield from ()

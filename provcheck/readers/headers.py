"""The wrapper that a text carries inside itself: front matter and inline headers."""

from __future__ import annotations

from provcheck.model import Header


def unwrap(text: str) -> Header:
    """Find the header at the start of a text; an empty one where there is none."""
    return Header()

"""HTML: the main text by an extractor, and the metadata of its tags as declared fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def extract(source: str) -> str:
    """The main text of a page."""
    return source


def declared(source: str) -> Mapping[str, str]:
    """What the tags of a page declare."""
    return {}


ACTIONS: dict[str, Callable[..., str]] = {"extract-html": extract}

"""What a document says of itself: title, publication date, outlet, author, agency, place and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.describe import author, date, language, outlet, place, title
from provcheck.model import Described, Description

if TYPE_CHECKING:
    from provcheck.config import Settings
    from provcheck.model import Document, Layout


def describe(document: Document, layout: Layout, settings: Settings) -> Description:
    """Describe a document: language first, because the reading of dates depends on it."""
    tongue = language.describe(document, layout)
    date_, findings = date.describe(document, layout, tongue.value, settings)
    outlet_, agency = outlet.describe(document, layout, tongue.value)
    return Description(
        title=title.describe(document, layout, tongue.value),
        date=date_,
        outlet=outlet_,
        author=author.describe(document, layout, tongue.value),
        agency=agency,
        place=place.describe(document, layout, tongue.value),
        language=tongue,
        findings=findings,
    )


__all__ = ["Described", "describe"]

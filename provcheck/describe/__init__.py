"""What a document says of itself: title, publication date, outlet, author, agency, place and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.describe import author, date, language, outlet, place, title
from provcheck.model import Description, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.config import Settings
    from provcheck.model import Described, Document, Layout

__all__ = ["describe"]

CERTAIN = 0.9
"""How sure a detected language must be before it speaks against the declared one."""


def describe(document: Document, layout: Layout, settings: Settings, tongue: Described | None = None) -> Description:
    """Describe a document: language first, because the reading of dates depends on it, unless `tongue` has it already.

    >>> from provcheck.config import Settings
    >>> from provcheck.model import Document, Layout
    >>> document = Document.of("LISBON: The bridge was closed on Monday because of strong winds from the west.")
    >>> describe(document, Layout.of((), document.lines), Settings()).place.value
    'LISBON'
    """
    tongue = tongue or language.describe(document, layout)
    headline = title.describe(document, layout, tongue.value)
    published, date_findings = date.describe(document, layout, tongue.value, settings)
    publisher, agency, outlet_findings = outlet.describe(document, layout, tongue.value)
    missing = {"PC301": headline, "PC303": publisher, "PC304": tongue}
    return Description(
        title=headline,
        date=published,
        outlet=publisher,
        author=author.describe(document, layout, tongue.value),
        agency=agency,
        place=place.describe(document, layout, tongue.value),
        language=tongue,
        findings=(
            *(Finding.of(code) for code, described in missing.items() if described.best is None),
            *date_findings,
            *outlet_findings,
            *_language_conflict(document, tongue),
        ),
    )


def _language_conflict(document: Document, tongue: Described) -> Iterator[Finding]:
    declared = document.declared.get("language", "")
    said = language.normalise(declared)
    if said and tongue.best and tongue.best.confidence >= CERTAIN and said != tongue.best.value:
        span = document.declared_spans.get("language", (0, 0))
        yield Finding.of("PC305", document.text, span, name="language", declared=declared, detected=tongue.best.value)

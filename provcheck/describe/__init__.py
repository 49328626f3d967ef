"""What a document says of itself: title, publication date, outlet, author, agency, place and language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe import author, body, date, language, outlet, place, title
from provcheck.model import Description, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.config import Settings
    from provcheck.model import Described, Document, Layout

__all__ = ["Asked", "describe", "descriptions"]

CERTAIN = 0.9
"""How sure a detected language must be before it speaks against the declared one."""


class Asked(NamedTuple):
    """A document to be described; its language where it is known already."""

    document: Document
    layout: Layout
    settings: Settings
    tongue: Described | None = None


def describe(document: Document, layout: Layout, settings: Settings) -> Description:
    """Describe a document: language first, because the reading of dates depends on it.

    >>> from provcheck.config import Settings
    >>> from provcheck.model import Document, Layout
    >>> document = Document.of("LISBON: The bridge was closed on Monday because of strong winds from the west.")
    >>> describe(document, Layout.of((), document.lines), Settings()).place.value
    'LISBON'
    """
    [description] = descriptions([Asked(document, layout, settings)])
    return description


def descriptions(asked: Sequence[Asked]) -> list[Description]:
    """Describe documents, in their order; nothing of one enters what is said of another.

    One value is read of all documents before the next: what reads it stays in the processor's cache.
    """
    tongues = [one.tongue or language.describe(one.document, one.layout) for one in asked]
    pages = [(one.document, one.layout, tongue.value) for one, tongue in zip(asked, tongues, strict=True)]
    articles = [body.article(one.document.lines.stripped, one.layout.kinds) for one in asked]
    titles = title.descriptions(pages, articles)
    heads = [one.best.start if one.best else -1 for one in titles]
    places = [place.describe(*page, article) for page, article in zip(pages, articles, strict=True)]
    outlets = outlet.descriptions(pages, articles)
    dates = date.descriptions(
        [
            date.Asked(one.document, one.layout, tongue.value, one.settings, head, outlet.home(publisher))
            for one, tongue, head, (publisher, _, _) in zip(asked, tongues, heads, outlets, strict=True)
        ]
    )
    authors = [
        author.describe(one.document, one.layout, article, head)
        for one, article, head in zip(asked, articles, heads, strict=True)
    ]
    columns = zip(asked, titles, dates, outlets, authors, places, tongues, strict=True)
    return [
        Description(
            headline, day, publisher, writer, agency, where, tongue,
            findings=(
                *_missing(headline, publisher, tongue), *odd_days, *odd_outlets,
                *_language_conflict(one.document, tongue),
            ),
        )
        for one, headline, (day, odd_days), (publisher, agency, odd_outlets), writer, where, tongue in columns
    ]  # fmt: skip


def _missing(headline: Described, publisher: Described, tongue: Described) -> Iterator[Finding]:
    missing = {"PC301": headline, "PC303": publisher, "PC304": tongue}
    return (Finding.of(code) for code, described in missing.items() if described.best is None)


def _language_conflict(document: Document, tongue: Described) -> Iterator[Finding]:
    declared = document.declared.get("language", "")
    said = language.normalise(declared)
    if said and tongue.best and tongue.best.confidence >= CERTAIN and said != tongue.best.value:
        span = document.declared_spans.get("language", (0, 0))
        yield Finding.of("PC305", document.text, span, name="language", declared=declared, detected=tongue.best.value)

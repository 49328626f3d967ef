"""The author of a document: a byline, a name near the headline or behind the last sentence, or the desk that signs.

Bylines are told by the word that they begin with, and yet ``By the numbers`` and ``By Tuesday evening`` begin like
one, and other stories on the page have their own. Many pages set the author's name alone on its line, as they set
sections, places and the people of other stories. So the signs of all names that may be the author's (the rule that
found them, where they stand, what stands beside them, where else they are said) are weighed by a small model, the one
of titles: a conditional logit over the names, with "none of them" as one choice. Weights: ``data/authors.json``; how
they came to be: ``ci/train_authors.py``; figures and limits: ``docs/models/authors.md``.

Initials such as ``(kas)`` sign many German articles; they name nobody to a reader outside the newsroom, so they give
no author.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from provcheck import shipped
from provcheck.describe.authors.bylines import declared_names, tables
from provcheck.describe.authors.candidates import is_outlet, names
from provcheck.describe.authors.signs import signs
from provcheck.describe.authors.written import Written
from provcheck.describe.odds import confidence, odds
from provcheck.describe.outlets.domains import is_host
from provcheck.describe.outlets.names import squash
from provcheck.model import Candidate, Described
from provcheck.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.describe.authors.written import Name
    from provcheck.describe.body import Body
    from provcheck.model import Document, Layout

LEAST = 0.6
"""No author is given with less confidence than this."""

DECLARED = 0.95
"""Confidence in an author that the wrapper declares."""


def describe(document: Document, layout: Layout, article: Body | None = None, headline: int = -1) -> Described:
    """The best candidate for the author, with its evidence; one that the wrapper declares wins.

    `article` is that of `bodies.article`, `headline` where the title begins in the document, -1 where it has none.

    >>> from provcheck.describe import body
    >>> from provcheck.model import Document, Layout
    >>> page = Document.of("A headline\\n\\nBy Jane Example\\n\\nThe council met.")
    >>> describe(page, Layout.of((), page.lines), body.article(page.lines.stripped, ())).value
    'Jane Example'
    """
    found = sorted(
        _candidates(document, layout, article, headline),
        key=lambda c: (c.rule != "author.declared", -c.confidence, c.start),
    )
    given = found and found[0].confidence >= LEAST
    best = found[0] if given else None
    return Described(best, next(iter(found[1:] if given else found), None))


def _candidates(document: Document, layout: Layout, article: Body | None, headline: int) -> Iterator[Candidate]:
    if declared := _declared(document):
        span = document.declared_spans.get("author", (-1, -1))
        yield Candidate(declared, "author.declared", DECLARED, *span, declared)
    written = Written(document, layout.kinds, article, headline)
    found = names(written)
    chances: dict[str, tuple[float, Name]] = {}
    weights, scale = _weights()["weights"], _weights()["calibration"]
    for name, shown in zip(found, signs(found, written), strict=True):
        before = chances.get(name.value, (0.0, name))
        chances[name.value] = (before[0] + odds(weights, shown), before[1])
    total = 1.0 + sum([share for share, _ in chances.values()])
    for share, name in chances.values():
        said = quote(document.text, name.start, name.end)
        sure = round(confidence(share / total, scale), 3)
        yield Candidate(name.value, name.rule, sure, name.start, name.end, said)


def _declared(document: Document) -> str:
    """Who the wrapper says wrote it; "" for what writes nothing.

    Pages declare their software's account, their host or themselves where they know no author.
    """
    said = document.declared.get("author", "").strip()
    if "@" in said or "//" in said:
        return ""
    said = declared_names(said)
    own = squash(said) == squash(document.declared.get("outlet", ""))
    return "" if own or is_host(said) or is_outlet(said) or said.lower() in tables()["accounts"] else said


@cache
def _weights() -> dict[str, Any]:
    """The weight of each value of each sign, and the calibration."""
    weights: dict[str, Any] = shipped.table("describe", "authors.json")
    return weights

"""The outlet of a document, and the news agency that it took the story from.

The outlet is who published the document, and never one that the article cites: ``told the Example Times`` says
nothing. So the article's own sentences are not searched. What is: credits (``Published in X``), copyright lines, the
outlet behind the headline, the names and domains on the page around the article, and what the wrapper declares. Clues
are ranked in `provcheck.describe.outlets.ranking`, and `provcheck.describe.outlets.choice` takes one, or none.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING

from provcheck.describe import body as bodies
from provcheck.describe import heading
from provcheck.describe.outlets import (
    agency,
    blogs,
    choice,
    conflict,
    cues,
    domains,
    gazetteer,
    mentions,
    ranking,
    rights,
    statements,
    unknown,
)
from provcheck.describe.outlets.clue import WEIGHTS, Clue
from provcheck.describe.outlets.lines import Page
from provcheck.describe.outlets.spelt import Spelt
from provcheck.describe.shapes import BULLETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.describe.body import Body
    from provcheck.describe.outlets.cues import Where
    from provcheck.describe.outlets.gazetteer import Gazetteer
    from provcheck.describe.outlets.lines import Line
    from provcheck.model import Described, Document, Finding, Layout

    Told = tuple[Described, Described, tuple[Finding, ...]]

TITLE_LINES = 3
"""How many lines of the page may hold the headline with the outlet behind it, or be its banner."""

OPENING = 2
"""How many of the page's first lines may be a banner that is no sure name."""

MENU = 6
"""Lines above the article from which on they are those of a page, and no headings."""

PAGED = 12
"""The least number of lines around an article that make a whole page."""


def describe(document: Document, layout: Layout, language: str | None) -> Told:
    """The outlet and the agency, each the best candidate with its evidence, and what contradicts a declared outlet.

    >>> from provcheck.model import Document, Finding, Layout
    >>> page = Document.of("A headline\\n\\nPublished in Dawn, April 25th, 2018")
    >>> describe(page, Layout.of((), page.lines), "en")[0].value
    'Dawn'
    """
    [told] = descriptions([(document, layout, language)], [bodies.article(document.lines.stripped, layout.kinds)])
    return told


def descriptions(asked: Sequence[tuple[Document, Layout, str | None]], articles: Sequence[Body | None]) -> list[Told]:
    """The same of many documents, given the article of each: each step goes through all of them before the next."""
    shelf = gazetteer.load()
    pages = [Page(document, layout) for document, layout, _ in asked]
    spelt = [Spelt(page) for page in pages]
    where = [cues.look(page.document, words, shelf) for page, words in zip(pages, spelt, strict=True)]
    lines = [_lines(page, at) for page, at in zip(pages, where, strict=True)]
    clues = [
        [
            *_declared(document, shelf, language),
            *statements.report_credit(document, shelf),
            *blogs.clues(page),
            *_clues(page, lines, at, shelf, language),
            *_banners(page, article, shelf),
        ]
        for (document, _, language), page, article, lines, at in zip(asked, pages, articles, lines, where, strict=True)
    ]
    heads = [_heads(one[0], one[2], article) for one, article in zip(asked, articles, strict=True)]
    clues = [[*own, *more] for own, more in zip(clues, heads, strict=True)]
    every = [[*own, *unknown.support(own, page, words)] for own, page, words in zip(clues, pages, spelt, strict=True)]
    ranked = [ranking.rank(found, language) for found, (_, _, language) in zip(every, asked, strict=True)]
    wires = [
        agency.describe(page.document, set(words.numbers) - at.marks)
        for page, words, at in zip(pages, spelt, where, strict=True)
    ]
    return [
        (choice.chosen(document, best, language), wire, conflict.findings(document, own))
        for (document, _, language), best, wire, own in zip(asked, ranked, wires, clues, strict=True)
    ]


def home(told: Described) -> str | None:
    """The country in which an outlet is published, in two small letters; None where several have one of its name.

    >>> from provcheck.model import Candidate, Described
    >>> home(Described(Candidate("Dawn", "outlet.declared", 0.9)))
    'pk'
    """
    entry = gazetteer.load().named(told.value) if told.value else None
    countries = {row.country for row in entry.outlets if row.name == told.value} if entry else set()
    return countries.pop() if len(countries) == 1 else None


def _lines(page: Page, where: Where) -> list[tuple[Line, bool]]:
    """The lines of the page that may hold a clue, and whether each may hold the headline."""
    top = page.first(TITLE_LINES)
    wanted = where.names.union(where.credits, where.hosts, top)
    return [(line, line.number in top) for line in page.chrome(sorted(wanted))]


def _banners(page: Page, article: Body | None, shelf: Gazetteer) -> Iterator[Clue]:
    """The outlet in the first lines of a page, but for links that leap over its menu; a bare text has none."""
    lines = page.document.lines
    menu = article is not None and bisect_left(lines.filled, article.first) >= MENU
    if not menu and len(page.readable) < PAGED:
        return
    # What is listed may be linked: a menu begins with sister titles on some pages.
    top = [number for number in page.first(TITLE_LINES) if lines.stripped[number][0] not in BULLETS]
    first = [line for line in page.chrome(top) if not heading.is_skip(line.text)]
    for place, line in enumerate(first):
        yield from mentions.banner(line, shelf, listed=not menu or place >= OPENING)


def _heads(document: Document, language: str | None, article: Body | None) -> Iterator[Clue]:
    """The paper in the headings above a text that has no page around it."""
    lines = document.lines
    rows = heading.above(lines.stripped, article)
    rows = [row for row in rows if lines.starts[row] >= document.header_end]
    for row, found in heading.papers(lines.stripped, rows, language):
        start = lines.starts[row] + len(lines.texts[row]) - len(lines.texts[row].lstrip())
        name = lines.stripped[row][found.start : found.end]
        outlets = found.entry.outlets if found.entry else ()
        span = start + found.start, start + found.end
        yield Clue(name, "outlet.heading", WEIGHTS["outlet.heading"], *span, outlets)


def _clues(
    page: Page, lines: list[tuple[Line, bool]], where: Where, shelf: Gazetteer, language: str | None
) -> Iterator[Clue]:
    for line, top in lines:
        if top:
            yield from statements.title_suffix(line, shelf)
        yield from _clues_of(page, line, where, shelf, language)


def _clues_of(page: Page, line: Line, where: Where, shelf: Gazetteer, language: str | None) -> Iterator[Clue]:
    if line.number in where.hosts:
        yield from domains.clues(line, shelf)
    if line.number in where.credits:
        if rights.is_candidate(line):
            holders = [*rights.clues(line, shelf), *rights.beside(line, page, shelf)]
            if holders:
                yield from holders
                return
        if statements.is_candidate(line):
            yield from chain(statements.published_in(line, shelf, language), statements.source_line(line, shelf))
    if line.number in where.names:
        yield from mentions.clues(line, shelf)


def _declared(document: Document, shelf: Gazetteer, language: str | None) -> Iterator[Clue]:
    """What the wrapper says: the outlet's name or domain, and the host of the document's link."""
    said = document.declared.get("outlet", "").strip()
    weight = WEIGHTS["outlet.declared"]
    told = heading.heading(said, language)
    if told and told.entry:
        # Databases give the day and the page with it.
        begin = document.declared_spans.get("outlet", (-1, -1))[0]
        span = (begin + told.start, begin + told.end) if begin >= 0 else (-1, -1)
        yield Clue(said[told.start : told.end], "outlet.declared", weight, *span, told.entry.outlets)
    elif said:
        entry, host = shelf.named(said), domains.of_url(said)
        owner = shelf.hosted(host) if host else None
        span = document.declared_spans.get("outlet", (-1, -1))
        yield Clue(said, "outlet.declared", weight, *span, entry.outlets if entry else (owner,) if owner else ())
    host = domains.of_url(document.declared.get("url", ""))
    if host and not domains.is_foreign(host):
        owner = shelf.hosted(host)
        span = document.declared_spans.get("url", (-1, -1))
        yield Clue(host, "outlet.domain", weight * (0.9 if owner else 0.5), *span, (owner,) if owner else ())

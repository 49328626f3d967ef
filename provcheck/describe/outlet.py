"""The outlet of a document, and the news agency that it took the story from.

The outlet is who published the document, and never one that the article cites: ``told the Example Times`` says
nothing. So the article's own sentences are not searched. What is: credits (``Published in X``), copyright lines, the
outlet behind the headline, the names and domains on the page around the article, and what the wrapper declares. Clues
are ranked in `provcheck.describe.outlets.ranking`; too little evidence, or as much for another outlet, gives none.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe import body as bodies
from provcheck.describe import heading
from provcheck.describe.outlets import (
    agency,
    blogs,
    confidence,
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
from provcheck.describe.outlets.clue import OWN, WEIGHTS, Clue, is_paper
from provcheck.describe.outlets.lines import Page, is_listed
from provcheck.describe.outlets.ranking import is_foreign
from provcheck.describe.outlets.spelt import Spelt
from provcheck.describe.shapes import bare_of
from provcheck.model import Candidate, Described
from provcheck.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.describe.body import Body
    from provcheck.describe.outlets.cues import Where
    from provcheck.describe.outlets.gazetteer import Gazetteer
    from provcheck.describe.outlets.lines import Line
    from provcheck.describe.outlets.ranking import Ranked
    from provcheck.model import Document, Finding, Layout

    Told = tuple[Described, Described, tuple[Finding, ...]]

ENOUGH = 1.7
"""The least score of an outlet that the gazetteer knows."""

ENOUGH_LONE = 2.4
"""The same where links or menu entries alone speak for it."""

ENOUGH_UNKNOWN = 3.4
"""The least score of a name that the gazetteer does not know, which needs two rules that agree."""

LONE_HOLDER = 3.5
"""The least weight of a copyright line that names a paper which nothing else on the page names."""

MARGIN = 1.15
"""How many times the score of the next outlet is asked for."""

UNKNOWN = 0.6
"""What the score of an unknown name counts beside that of a known one."""

STRANGER = 2.0
"""How many times the score of a listed outlet one that is not listed must have to make it doubtful."""

LONE_STRANGER = 1.3
"""The same where a line of rights alone speaks for that one, by a name of several words; one word may be its house."""

LINKED = frozenset(("outlet.banner", "outlet.domain", "outlet.masthead", "outlet.mention"))
"""Rules by which the entries of a list of links speak, and no other."""

SHOWN = frozenset(("outlet.banner", "outlet.masthead", "outlet.site-name", "outlet.domain", "outlet.email"))
"""Rules by which a site shows its own name."""

HELD = frozenset(("outlet.copyright-line", "outlet.mention"))
"""Rules by which the owner of an outlet is named, where that is an outlet itself."""

TITLE_LINES = 3
"""How many lines of the page may hold the headline with the outlet behind it, or be its banner."""

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
            *_clues(lines, at, shelf, language),
        ]
        for (document, _, language), page, lines, at in zip(asked, pages, lines, where, strict=True)
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
        (_described(document, best, language), wire, conflict.findings(document, own))
        for (document, _, language), best, wire, own in zip(asked, ranked, wires, clues, strict=True)
    ]


class Seen(NamedTuple):
    """A line that may hold a clue, whether it may hold the headline, and whether it may be the banner of a page."""

    line: Line
    top: bool
    banner: bool


def _lines(page: Page, where: Where) -> list[Seen]:
    top = page.first(TITLE_LINES)
    wanted = where.names.union(where.credits, where.hosts, top)
    # A menu begins with sister titles on some pages.
    banners = {n for n in top if not is_listed(page.document, n)} if len(page.readable) >= PAGED else set()
    return [Seen(line, line.number in top, line.number in banners) for line in page.chrome(sorted(wanted))]


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


def _clues(lines: list[Seen], where: Where, shelf: Gazetteer, language: str | None) -> Iterator[Clue]:
    for seen in lines:
        if seen.top:
            yield from statements.title_suffix(seen.line, shelf)
        yield from _clues_of(seen, where, shelf, language)


def _clues_of(seen: Seen, where: Where, shelf: Gazetteer, language: str | None) -> Iterator[Clue]:
    line = seen.line
    if line.number in where.hosts:
        yield from domains.clues(line, shelf)
    if line.number in where.credits:
        if rights.is_candidate(line):
            holders = list(rights.clues(line, shelf))
            if holders:
                yield from holders
                return
        if statements.is_candidate(line):
            yield from chain(statements.published_in(line, shelf, language), statements.source_line(line, shelf))
    if line.number in where.names:
        yield from mentions.clues(line, shelf, banner=seen.banner)


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


def _described(document: Document, ranked: list[Ranked], language: str | None) -> Described:
    good = [r for r in ranked if _is_enough(r) and not _is_linked(document, r) and not _is_parent(r, ranked, language)]
    if not good:
        return Described()
    # A name that the gazetteer knows is not outdone by a little more for one that it does not.
    first = max(good, key=lambda r: r.score * (1.0 if r.known else UNKNOWN))
    rival = max(
        (r.score * (1.0 if r.known or not first.known else UNKNOWN) for r in good if r is not first), default=0.0
    )
    if first.score < MARGIN * rival or _is_guest(first, ranked):
        return Described()
    second = next((r for r in ranked if r is not first), None)
    return Described(
        _candidate(document, first, confidence.of(document, first, rival)),
        _candidate(document, second, 0.0) if second else None,
    )


def _is_guest(first: Ranked, ranked: list[Ranked]) -> bool:
    """Whether a listed outlet is named beside one that is not listed, of which the page speaks as its own."""
    # Who only holds the rights may be the house of the one that shows itself.
    own = not first.rules.isdisjoint(OWN) and not first.rules <= HELD
    return first.known and any(
        r.score >= first.score * (STRANGER if own else 1.0)
        and not r.rules.isdisjoint(OWN)
        and (len(r.rules) > 1 or (" " in r.name and r.score >= LONE_STRANGER * first.score))
        for r in ranked
        if not r.known
    )


def _is_parent(one: Ranked, ranked: list[Ranked], language: str | None) -> bool:
    """Whether a listed outlet of another language only holds the rights, and the page names one of its own language."""
    if one.outlet is None or not one.rules <= HELD or not is_foreign(one.outlet, language):
        return False
    return any(
        r.outlet is not None and not r.outlet.cited and not is_foreign(r.outlet, language) and _is_named(r)
        for r in ranked
        if r is not one
    )


def _is_named(ranked: Ranked) -> bool:
    """Whether a name that is no ordinary word names an outlet."""
    return any(not clue.soft for clue in ranked.clues)


def _is_linked(document: Document, ranked: Ranked) -> bool:
    """Whether all that names the outlet is an entry in the midst of a list: the sites that a page links to."""
    if not ranked.rules <= LINKED or any(clue.start < 0 for clue in ranked.clues):
        return False
    lines = document.lines
    numbers = {bisect_right(lines.starts, clue.start) - 1 for clue in ranked.clues}
    number = min(numbers)
    if len(numbers) > 1 or not is_listed(document, number):
        return False
    return len(bare_of(lines.stripped[number])) <= len(ranked.best.name) + len(".org")


def _is_enough(ranked: Ranked) -> bool:
    if ranked.known:
        lone = len(ranked.rules) == 1 and ranked.best.rule in ("outlet.domain", "outlet.masthead")
        return ranked.score >= (ENOUGH_LONE if lone else ENOUGH)
    rule, weight = ranked.best.rule, ranked.best.weight
    if weight >= WEIGHTS["outlet.report-credit"] or rule == "outlet.blog":
        return True
    if rule == "outlet.copyright-line" and len(ranked.rules) == 1:
        # Many holders are companies; a name such as "Harbour Herald" is a paper's.
        return weight >= LONE_HOLDER and is_paper(ranked.name)
    if ranked.score < ENOUGH_UNKNOWN or len(ranked.rules) < 2:
        return False
    # A shop that a menu links to has a name and a host as well; it holds no rights and answers no letters.
    own = not ranked.rules.isdisjoint(("outlet.copyright-line", "outlet.email", "outlet.title-suffix"))
    # A company whose own name is the banner publishes what it says itself.
    own |= {"outlet.owner", "outlet.banner"} <= ranked.rules
    # Behind the headline stands whom the line of rights names.
    if {"outlet.copyright-line", "outlet.title-suffix"} <= ranked.rules:
        return True
    shown = not ranked.rules.isdisjoint(SHOWN)
    return (own and shown) or is_paper(ranked.name)


def _candidate(document: Document, ranked: Ranked, sure: float) -> Candidate:
    clue = ranked.best
    shown = quote(document.text, clue.start, clue.end) if clue.start >= 0 else clue.name
    return Candidate(ranked.name, clue.rule, sure, clue.start, clue.end, shown)

"""Which of the ranked outlets is the document's: enough must speak for it, and not as much for another.

A listed name is no answer where it is the sister, the owner or a guest of one that is not listed, or an entry in a
list of links.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from provcheck.describe.outlets import confidence
from provcheck.describe.outlets.clue import OWN, WEIGHTS, is_paper
from provcheck.describe.outlets.lines import is_listed
from provcheck.describe.outlets.names import squash
from provcheck.describe.outlets.ranking import is_foreign
from provcheck.describe.shapes import bare_of
from provcheck.model import Candidate, Described
from provcheck.text import quote

if TYPE_CHECKING:
    from provcheck.describe.outlets.ranking import Ranked
    from provcheck.model import Document

ENOUGH = 1.4
"""The least score of an outlet that the gazetteer knows."""

ENOUGH_FRAMED = 1.15
"""The same where a name of the page's language, and no ordinary word, stands beside words of the page's own."""

ENOUGH_LONE = 2.4
"""The same where links, menu entries or a word behind the headline alone speak for it."""

WEAK = frozenset(("outlet.domain", "outlet.masthead", "outlet.title-suffix"))
"""Rules by which they do."""

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

DAUGHTER = 0.6
"""What share of the score of a listed holder of rights another must have, of which the page speaks as its own."""

LINKED = frozenset(("outlet.banner", "outlet.domain", "outlet.masthead", "outlet.mention"))
"""Rules by which the entries of a list of links speak, and no other."""

SHOWN = frozenset(("outlet.banner", "outlet.masthead", "outlet.site-name", "outlet.domain", "outlet.email"))
"""Rules by which a site shows its own name."""

SAID = 3
"""Lines of the page in which a holder of rights is named that shows itself so as well."""

HELD = frozenset(("outlet.copyright-line", "outlet.mention"))
"""Rules by which the owner of an outlet is named, where that is an outlet itself."""


def chosen(document: Document, ranked: list[Ranked], language: str | None) -> Described:
    """The outlet that speaks loudest, and the next one; none where too little is said, or as much for another."""
    good = [
        r
        for r in ranked
        if _is_enough(r, language) and not _is_linked(document, r) and not _is_parent(r, ranked, language)
    ]
    if not good:
        return Described()
    # A name that the gazetteer knows is not outdone by a little more for one that it does not.
    first = max(good, key=lambda r: (r.score * (1.0 if r.known else UNKNOWN), len(r.name)))
    others = [r for r in good if r is not first and not _is_longer(first, r) and not _is_longer(r, first)]
    rival = max((r.score * (1.0 if r.known or not first.known else UNKNOWN) for r in others), default=0.0)
    if first.score < MARGIN * rival or _is_guest(first, ranked):
        return Described()
    second = next((r for r in ranked if r is not first), None)
    return Described(
        _candidate(document, first, confidence.of(document, first, rival)),
        _candidate(document, second, 0.0) if second else None,
    )


def _is_longer(one: Ranked, other: Ranked) -> bool:
    """Whether one listed name is another with words behind it, and its host the other's or a part of it: no rivals."""
    if one.outlet is None or other.outlet is None or not one.name.startswith(f"{other.name} "):
        return False
    return any(
        host == whole or host.endswith(f".{whole}") for host in one.outlet.domains for whole in other.outlet.domains
    )


def _is_guest(first: Ranked, ranked: list[Ranked]) -> bool:
    """Whether a listed outlet is named beside one that is not listed, of which the page speaks as its own."""
    # Who only holds the rights may be the house of the one that shows itself.
    own = not first.rules.isdisjoint(OWN) and not first.rules <= HELD
    framed = len({clue.start for clue in first.clues}) > 1 and "outlet.site-name" in first.rules
    name = squash(first.name)
    return first.known and any(
        not (framed and _is_house(r))
        and squash(r.name) not in name
        and r.score >= first.score * (STRANGER if own else 1.0)
        and not r.rules.isdisjoint(OWN)
        and (len(r.rules) > 1 or (" " in r.name and r.score >= LONE_STRANGER * first.score))
        for r in ranked
        if not r.known
    )


def _is_house(one: Ranked) -> bool:
    """Whether nothing but one line of rights speaks of a name as the page's: that of the house."""
    return one.rules <= HELD and sum(clue.rule == "outlet.copyright-line" for clue in one.clues) == 1


def _is_parent(one: Ranked, ranked: list[Ranked], language: str | None) -> bool:
    """Whether a listed outlet only holds the rights of another that the page names as its own.

    The house may be of another language; then any name of the page's language will do.
    """
    if one.outlet is None or not one.rules <= HELD:
        return False
    foreign = is_foreign(one.outlet, language)
    return any(
        r.outlet is not None
        and not r.outlet.cited
        and not is_foreign(r.outlet, language)
        and _is_named(r)
        and (foreign or ("outlet.site-name" in r.rules and r.score >= DAUGHTER * one.score))
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


def _is_enough(ranked: Ranked, language: str | None) -> bool:
    if ranked.outlet:
        lone = len(ranked.rules) == 1 and ranked.best.rule in WEAK
        framed = "outlet.site-name" in ranked.rules and _is_named(ranked) and not is_foreign(ranked.outlet, language)
        return ranked.score >= (ENOUGH_LONE if lone else ENOUGH_FRAMED if framed else ENOUGH)
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
    # A company whose own name is the banner publishes what it says itself, and so does a site whose host is.
    own |= "outlet.banner" in ranked.rules and not ranked.rules.isdisjoint(("outlet.owner", "outlet.domain"))
    # Behind the headline stands whom the line of rights names.
    if {"outlet.copyright-line", "outlet.title-suffix"} <= ranked.rules:
        return True
    lines = {clue.start for clue in ranked.clues if clue.rule == "outlet.mention"}
    shown = not ranked.rules.isdisjoint(SHOWN) or len(lines) >= SAID
    return (own and shown) or is_paper(ranked.name)


def _candidate(document: Document, ranked: Ranked, sure: float) -> Candidate:
    clue = ranked.best
    shown = quote(document.text, clue.start, clue.end) if clue.start >= 0 else clue.name
    return Candidate(ranked.name, clue.rule, sure, clue.start, clue.end, shown)

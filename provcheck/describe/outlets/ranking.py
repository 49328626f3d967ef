"""From clues to candidates: clues of one outlet are joined, weighed, and compared with those of the others.

Many clues of one rule count less each, because a menu can repeat; clues of different rules count in full. An outlet in
another language than the document's counts less, and a news agency or an organisation, whose name stands on everybody's
pages, counts only if the page is its own.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe.outlets.clue import OWN
from provcheck.describe.outlets.domains import label
from provcheck.describe.outlets.names import key, squash

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from provcheck.describe.outlets.clue import Clue
    from provcheck.describe.outlets.gazetteer import Outlet


class Ranked(NamedTuple):
    """An outlet's name, the sum of its clues, the clue that weighs most, the rules that speak for it, and all clues.

    `outlet` is its row of the gazetteer, None for a name that is not known.
    """

    name: str
    score: float
    best: Clue
    rules: frozenset[str]
    outlet: Outlet | None
    clues: tuple[Clue, ...]

    @property
    def known(self) -> bool:
        """Whether the gazetteer has the outlet."""
        return self.outlet is not None


FOREIGN = 0.45
"""What a clue is worth for an outlet whose language is not the document's."""

KIN = (frozenset(("id", "ms")), frozenset(("nb", "nn", "no")), frozenset(("bs", "hr", "sr")))
"""Languages that are near enough for a page in one of them to be read as of another."""

CITED = 0.25
"""What a clue is worth for a news agency or an organisation, unless the wrapper declares it."""


STATED = ("outlet.declared", "outlet.published-in", "outlet.heading")
"""Rules that give the name of an unknown outlet as it is."""

SHOWN = ("outlet.masthead", "outlet.mention")
"""Rules of a name that stands on the page, wherever that is."""

SOFT = 0.2
"""What clues are worth of which none is more than an ordinary word."""


def rank(clues: Iterable[Clue], language: str | None) -> list[Ranked]:
    """All outlets that the clues name, best first."""
    clues = _once(list(clues))
    votes = _votes(clues)
    groups: dict[str, list[Clue]] = {}
    owners: dict[str, Outlet] = {}
    for clue in clues:
        owner = _owner(clue, votes, language)
        name = f"={owner.name}/{owner.country}" if owner else squash(key(clue.name))
        if owner:
            owners[name] = owner
        groups.setdefault(name, []).append(clue)
    _join_hosts(groups)
    ranked = [_ranked(group, owners.get(name), language) for name, group in groups.items() if name]
    return sorted(ranked, key=lambda r: (-r.score, not r.known, r.best.start, r.name))


def _once(clues: list[Clue]) -> list[Clue]:
    """The clues without those that say of a banner that it is a name on the page: one line is one piece of evidence."""
    banners = {clue.start for clue in clues if clue.rule == "outlet.banner"}
    return [clue for clue in clues if clue.start not in banners or clue.rule not in SHOWN]


def _votes(clues: list[Clue]) -> dict[int, float]:
    """How much speaks for each outlet, by its `id`: settles names that several outlets share.

    There is one object a row of the gazetteer, and its cells are too many to be hashed for each clue.
    """
    votes: dict[int, float] = {}
    for clue in clues:
        for outlet in clue.outlets:
            votes[id(outlet)] = votes.get(id(outlet), 0.0) + clue.weight / len(clue.outlets)
    return votes


def _owner(clue: Clue, votes: dict[int, float], language: str | None) -> Outlet | None:
    if len(clue.outlets) < 2:
        return clue.outlets[0] if clue.outlets else None
    return max(
        enumerate(clue.outlets),
        key=lambda pair: (
            votes[id(pair[1])],
            language in pair[1].language.split("|"),
            pair[1].name.casefold() == clue.name.casefold(),
            -pair[0],
        ),
    )[1]


def _join_hosts(groups: dict[str, list[Clue]]) -> None:
    """An unknown host joins the unknown name that it spells: ``lestimes.example`` stays, ``thebugle.example`` joins."""
    for name in [n for n, group in groups.items() if n and n[0] != "=" and "." in group[0].name]:
        group = groups[name]
        hosts = [c for c in group if c.rule in ("outlet.domain", "outlet.email")]
        target = squash(key(label(hosts[0].name))) if hosts else name
        bare = target.removeprefix("the")
        for other in (target, bare):
            if other != name and other in groups and len(other) > 2:
                groups[other].extend(group)
                del groups[name]
                break


def _ranked(group: list[Clue], owner: Outlet | None, language: str | None) -> Ranked:
    hard = [c for c in group if not c.soft]
    by_rule: dict[str, list[Clue]] = {}
    for clue in group:
        by_rule.setdefault(clue.rule, []).append(clue)
    score = sum(max(c.weight for c in same) * (1 + 0.5 * math.log2(_spread(same))) for same in by_rule.values())
    if not hard:
        score *= SOFT
    if owner and owner.cited and not _is_its_page(by_rule.keys()):
        score *= CITED
    if owner and "outlet.declared" not in by_rule and is_foreign(owner, language):
        score *= FOREIGN
    best = max(group, key=lambda c: (c.weight, bool(c.outlets), -c.start))
    name = owner.name if owner else best.name if best.rule in STATED else _written(group)
    return Ranked(name, score, best, frozenset(by_rule), owner, tuple(group))


def _is_its_page(rules: AbstractSet[str]) -> bool:
    """Whether a page is an agency's own: the wrapper says so, or its first lines, and a host or a line of rights."""
    return "outlet.declared" in rules or ("outlet.banner" in rules and not rules.isdisjoint(OWN - {"outlet.banner"}))


def is_foreign(outlet: Outlet, language: str | None) -> bool:
    """Whether an outlet publishes in other languages than a document's, as far as both are known."""
    own = outlet.language.split("|") if outlet.language else []
    if not language or not own or language in own:
        return False
    return not any(language in kin and not kin.isdisjoint(own) for kin in KIN)


def _spread(clues: list[Clue]) -> int:
    """How many different lines speak: the same words at the same place count once."""
    return len({c.start for c in clues})


def _written(group: list[Clue]) -> str:
    """An unknown name as the page writes it: its most frequent spelling with a capital, or else its host."""
    hosts = [c for c in group if c.rule in ("outlet.domain", "outlet.email")]
    if hosts and all(" " not in c.name or "." in c.name for c in group):
        # One word that spells the host may be half of the name: "Herald" for herald.example. The host is exact.
        return min(hosts, key=lambda c: (-c.weight, c.start)).name
    counts: dict[str, int] = {}
    for clue in group:
        counts[clue.name] = counts.get(clue.name, 0) + 1
    return max(counts, key=lambda n: ("." not in n, counts[n], any(ch.isupper() for ch in n), not n.isupper(), n))

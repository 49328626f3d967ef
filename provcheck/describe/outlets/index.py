"""The gazetteer's index: where each name, each domain and each telling word leads.

To make it from the tables takes as long as to examine a dozen documents. So `ci/build_outlets.py` writes it into
``describe/data/outlets_index.json``, in long strings that load fast and that `provcheck.describe.outlets.gazetteer`
takes apart where a document asks; a test holds the file against the tables.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from provcheck import shipped
from provcheck.describe.outlets.names import UNSPACED, fold, telling, words
from provcheck.describe.outlets.table import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provcheck.describe.outlets.table import Outlet

FILE = "outlets_index.json"
"""In ``describe/data``."""


class Index(NamedTuple):
    """Strings that lead to strings; what stands in them is parted by spaces, and by tabs where names have spaces.

    `names` leads from the folded words of a name to the way it is written, ``~`` where it is weak, and the numbers of
    its outlets; `domains` from a domain to the number of its outlet, and `suffixes` are the last labels of the domains.
    `heads` tells of a word how many words the names have that begin with it, one digit each, the most first. `beside`
    leads from the telling word of names to the words of which one must stand with it, to none where it may be a name
    alone; `weak` are the telling words of weak names. `pairs` leads from the first two characters of names without
    spaces to these names, the longest first.
    """

    names: dict[str, str]
    domains: dict[str, int]
    suffixes: str
    heads: dict[str, str]
    beside: dict[str, str]
    weak: str
    pairs: dict[str, str]

    @classmethod
    def of(cls, outlets: Sequence[Outlet]) -> Index:
        """The index of outlets by their places in the sequence; where two share a name, it leads to both in order."""
        domains: dict[str, int] = {}
        found: dict[str, tuple[str, bool, list[int]]] = {}
        for number, outlet in enumerate(outlets):
            for domain in outlet.domains:
                domains.setdefault(domain, number)
            for surface, weak in spellings(outlet):
                name = " ".join(words(surface))
                first, was_weak, numbers = found.get(name, (surface, False, []))
                if number not in numbers:
                    found[name] = first, weak or was_weak, [*numbers, number]
        names = {
            name: f"{surface}\t{'~' * weak}\t{' '.join(map(str, numbers))}"
            for name, (surface, weak, numbers) in found.items()
        }
        beside = _cues(name for name, (_, weak, _) in found.items() if not weak)
        weak_cues = _cues(name for name, (_, weak, _) in found.items() if weak)
        return cls(
            names,
            domains,
            " ".join(sorted({domain.rpartition(".")[2] for domain in domains})),
            _heads(names),
            {cue: " ".join(sorted(beside[cue])) for cue in sorted(beside)},
            " ".join(sorted(weak_cues)),
            _pairs(names),
        )

    @classmethod
    def shipped(cls) -> Index:
        """The index of `provcheck.describe.outlets.table.Shipped`."""
        return cls(**shipped.table("describe", FILE))

    def as_json(self) -> str:
        """The text of the file, an entry a line."""
        return json.dumps(self._asdict(), ensure_ascii=False, indent=0) + "\n"


def _heads(names: Iterable[str]) -> dict[str, str]:
    lengths: dict[str, set[int]] = {}
    for parts in (name.split(" ") for name in names if name):
        lengths.setdefault(parts[0], set()).add(len(parts))
    return {head: "".join(str(size) for size in sorted(sizes, reverse=True)) for head, sizes in lengths.items()}


def _pairs(names: Iterable[str]) -> dict[str, str]:
    pairs: dict[str, list[str]] = {}
    unspaced = (name for name in names if not name.isascii() and " " not in name and UNSPACED.match(name))
    for name in sorted(unspaced, key=lambda each: (-len(each), each)):
        pairs.setdefault(name[:2], []).append(name)
    return {pair: " ".join(found) for pair, found in pairs.items()}


def _cues(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """The telling word of each name, and the words of which one must stand with it; none where it is a name alone."""
    beside: dict[str, set[str]] = {}
    alone: set[str] = set()
    for name in names:
        parts = [fold(part.lower()) for part in name.split()]
        cue = telling(parts)
        others = [part for part in parts if part != cue]
        beside.setdefault(cue, set()).update([telling(others)] if others else [])
        if not others:
            alone.add(cue)
    return {cue: frozenset() if cue in alone else frozenset(words) for cue, words in beside.items() if cue}

"""The gazetteer: outlets of the world by name, alias and domain, loaded once when first needed.

`provcheck.describe.outlets.table` reads its rows, and `provcheck.describe.outlets.index` says where names lead.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe.outlets.index import Index
from provcheck.describe.outlets.names import ARTICLES, UNSPACED, WORDS, fold, words
from provcheck.describe.outlets.table import Outlet, Shipped, rows, spellings
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

__all__ = ["Entry", "Gazetteer", "Match", "Outlet", "load", "rows", "spellings"]

# between the words of a name that is written as one: a small letter before a capital
_SQUEEZED = late(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")

LONGEST_UNSPACED = 40
"""No name that is written without spaces has more characters."""


class Entry(NamedTuple):
    """One way to write an outlet's name; `weak` where the same words mean other things too."""

    surface: str
    weak: bool
    outlets: tuple[Outlet, ...]


class Match(NamedTuple):
    """A name found in a line: its entry, and its characters in the line."""

    entry: Entry
    start: int
    end: int


class Gazetteer:
    """Outlets by domain, and by the folded words of their names.

    `entries` has the folded words of all names; `cues` the telling words of those that are not weak, and `weak_cues` of
    those that are. `leads` finds the characters that begin names without spaces, and `suffixes` are the last labels of
    domains.

    >>> shelf = Gazetteer((Outlet("The Example", ("~Example",), ("example.org",), "gb", "en"),))
    >>> [(m.entry.surface, m.start, m.end) for m in shelf.find("About The Example")]
    [('The Example', 6, 17)]
    """

    __slots__ = ("_index", "_known", "_outlets", "_pairs", "cues", "entries", "leads", "suffixes", "weak_cues")

    def __init__(self, outlets: Sequence[Outlet] | Shipped, index: Index | None = None) -> None:
        """Take `outlets` with their `index`, or make one."""
        self._index = Index.of(tuple(outlets)) if index is None else index
        self._outlets = outlets
        self._known: dict[str, Entry] = {}
        self.entries: Collection[str] = self._index.names
        self.cues = frozenset(self._index.beside)
        self.weak_cues = frozenset(self._index.weak.split())
        self.suffixes = frozenset(self._index.suffixes.split())
        self._pairs = {pair: tuple(names.split(" ")) for pair, names in self._index.pairs.items()}
        firsts = re.escape("".join(sorted({pair[0] for pair in self._pairs})))
        self.leads = late(f"[{firsts}]" if firsts else "(?!)")

    def beside(self, cue: str) -> frozenset[str] | None:
        """The words of which one must stand with one of `cues`, none where it may stand alone; None for other words."""
        words = self._index.beside.get(cue)
        return None if words is None else frozenset(words.split())

    def entry(self, name: str) -> Entry | None:
        """The entry of a name in folded words, or None."""
        known = self._known.get(name)
        if known is None and name in self._index.names:
            surface, weak, numbers = self._index.names[name].split("\t")
            outlets = tuple(self._outlets[int(number)] for number in numbers.split(" "))
            known = self._known[name] = Entry(surface, bool(weak), outlets)
        return known

    def named(self, name: str) -> Entry | None:
        """The entry of a whole name, however it is written, or None.

        >>> shelf = Gazetteer((Outlet("Harbour Herald", (), (), "gb", "en"),))
        >>> [entry.surface for name in ("The Harbour Herald", "HarbourHerald") if (entry := shelf.named(name))]
        ['Harbour Herald', 'Harbour Herald']
        """
        parts = words(name)
        entry = self.entry(" ".join(parts))
        if entry is None and len(parts) == 1:
            return self.entry(" ".join(words(_SQUEEZED.sub(" ", name))))
        if entry is None and len(parts) > 1 and parts[0] in ARTICLES["en"] + ARTICLES["de"]:
            entry = self.entry(" ".join(parts[1:]))
        return entry

    def hosted(self, host: str) -> Outlet | None:
        """The outlet of a host name such as ``www.example.org``: the longest listed domain that it ends in.

        >>> load().hosted("nowhere.invalid") is None
        True
        """
        labels = host.lower().removeprefix("www.").split(".")
        for begin in range(max(1, len(labels) - 1)):
            found = self._index.domains.get(".".join(labels[begin:]))
            if found is not None:
                return self._outlets[found]
        return None

    def find(self, line: str, found: list[str] | None = None) -> Iterator[Match]:
        """The names in a line from left to right, the longest at each place, without overlap.

        `found` are the line's folded words, where the caller has them already.
        """
        found = words(line) if found is None else found
        if not self._index.heads.keys().isdisjoint(found):
            yield from self._spaced(line, found)
        if not line.isascii() and UNSPACED.search(line):
            yield from self._unspaced(line)

    def unspaced_places(self, text: str) -> Iterator[int]:
        """Where the names stand that are written without spaces, overlapping ones too."""
        for found in self.leads.finditer(text):
            at = found.start()
            names = self._pairs.get(fold(text[at : at + 2]))
            if names and fold(text[at : at + LONGEST_UNSPACED]).startswith(names):
                yield at

    def _spaced(self, line: str, found: list[str]) -> Iterator[Match]:
        spans: list[tuple[int, int]] = []
        at, size, heads = 0, len(found), self._index.heads
        while at < size:
            step = 1
            for digit in heads.get(found[at], ""):
                length = int(digit)
                entry = self.entry(" ".join(found[at : at + length])) if at + length <= size else None
                if entry:
                    spans = spans or [m.span() for m in WORDS.finditer(fold(line))]
                    yield Match(entry, spans[at][0], spans[at + length - 1][1])
                    step = length
                    break
            at += step

    def _unspaced(self, line: str) -> Iterator[Match]:
        low, at = fold(line), 0
        while at < len(low) - 1:
            names = self._pairs.get(low[at : at + 2], ())
            name = next((n for n in names if low.startswith(n, at)), None)
            # A name that is a whole word was found as words already.
            entry = self.entry(name) if name else None
            if name and entry and (low[at - 1 : at].isalnum() or low[at + len(name) : at + len(name) + 1].isalnum()):
                yield Match(entry, at, at + len(name))
            at += len(name) if name else 1


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer that the package ships, agencies included."""
    return Gazetteer(Shipped(), Index.shipped())

"""The gazetteer: outlets of the world by name, alias and domain, loaded once when first needed.

The table is ``describe/data/outlets.tsv`` (docs/models/gazetteer.md says how it was made). An alias that begins with
``~`` is also an ordinary word or name (``Time``, ``Sun``, ``Dawn``): it counts only where a line can be nothing but a
publisher's, such as a copyright notice.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe.outlets.names import ARTICLES, UNSPACED, WORDS, fold, telling, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_UNSPACED = 40
"""No name that is written without spaces has more characters."""


class Outlet(NamedTuple):
    """One row: names as they are written, domains without ``www.``, ISO codes of country and language."""

    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    country: str
    language: str
    agency: bool = False


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

    >>> shelf = Gazetteer((Outlet("The Example", ("~Example",), ("example.org",), "gb", "en"),))
    >>> [(m.entry.surface, m.start, m.end) for m in shelf.find("About The Example")]
    [('The Example', 6, 17)]
    """

    __slots__ = ("beside", "cues", "domains", "entries", "heads", "leads", "pairs", "weak_cues")

    def __init__(self, outlets: tuple[Outlet, ...]) -> None:
        """Index `outlets`; where two share a name, the entry holds both in their order."""
        self.domains: dict[str, Outlet] = {}
        self.entries: dict[str, Entry] = {}
        lengths: dict[str, set[int]] = {}
        for outlet in outlets:
            for domain in outlet.domains:
                self.domains.setdefault(domain, outlet)
            for surface, weak in spellings(outlet):
                parts = words(surface)
                name = " ".join(parts)
                known = self.entries.get(name)
                if known is None:
                    self.entries[name] = Entry(surface, weak, (outlet,))
                    lengths.setdefault(parts[0] if parts else "", set()).add(len(parts))
                elif outlet not in known.outlets:
                    self.entries[name] = Entry(known.surface, weak or known.weak, (*known.outlets, outlet))
        self.heads = {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items() if head}
        self.beside = _cues(name for name, entry in self.entries.items() if not entry.weak)
        self.cues = frozenset(self.beside)
        self.weak_cues = frozenset(_cues(name for name, entry in self.entries.items() if entry.weak))
        self.pairs: dict[str, tuple[str, ...]] = {}
        unspaced = (k for k in self.entries if not k.isascii() and " " not in k and UNSPACED.match(k))
        for name in sorted(unspaced, key=lambda k: (-len(k), k)):
            self.pairs[name[:2]] = (*self.pairs.get(name[:2], ()), name)
        firsts = re.escape("".join(sorted({pair[0] for pair in self.pairs})))
        # A character that begins a name without spaces.
        self.leads = re.compile(f"[{firsts}]" if firsts else "(?!)")

    def named(self, name: str) -> Entry | None:
        """The entry of a whole name, however it is written, or None."""
        parts = words(name)
        entry = self.entries.get(" ".join(parts))
        if entry is None and len(parts) > 1 and parts[0] in ARTICLES["en"] + ARTICLES["de"]:
            entry = self.entries.get(" ".join(parts[1:]))
        return entry

    def hosted(self, host: str) -> Outlet | None:
        """The outlet of a host name such as ``www.example.org``: the longest listed domain that it ends in.

        >>> load().hosted("nowhere.invalid") is None
        True
        """
        labels = host.lower().removeprefix("www.").split(".")
        for begin in range(max(1, len(labels) - 1)):
            found = self.domains.get(".".join(labels[begin:]))
            if found:
                return found
        return None

    def find(self, line: str, found: list[str] | None = None) -> Iterator[Match]:
        """The names in a line from left to right, the longest at each place, without overlap.

        `found` are the line's folded words, where the caller has them already.
        """
        found = words(line) if found is None else found
        if not self.heads.keys().isdisjoint(found):
            yield from self._spaced(line, found)
        if not line.isascii() and UNSPACED.search(line):
            yield from self._unspaced(line)

    def unspaced_places(self, text: str) -> Iterator[int]:
        """Where the names stand that are written without spaces, overlapping ones too."""
        for found in self.leads.finditer(text):
            at = found.start()
            names = self.pairs.get(fold(text[at : at + 2]))
            if names and fold(text[at : at + LONGEST_UNSPACED]).startswith(names):
                yield at

    def _spaced(self, line: str, found: list[str]) -> Iterator[Match]:
        spans: list[tuple[int, int]] = []
        at, size, heads, entries = 0, len(found), self.heads, self.entries
        while at < size:
            step = 1
            for length in heads.get(found[at], ()):
                entry = entries.get(" ".join(found[at : at + length])) if at + length <= size else None
                if entry:
                    spans = spans or [m.span() for m in WORDS.finditer(fold(line))]
                    yield Match(entry, spans[at][0], spans[at + length - 1][1])
                    step = length
                    break
            at += step

    def _unspaced(self, line: str) -> Iterator[Match]:
        low, at = fold(line), 0
        while at < len(low) - 1:
            names = self.pairs.get(low[at : at + 2], ())
            name = next((n for n in names if low.startswith(n, at)), None)
            # A name that is a whole word was found as words already.
            if name and (low[at - 1 : at].isalnum() or low[at + len(name) : at + len(name) + 1].isalnum()):
                yield Match(self.entries[name], at, at + len(name))
            at += len(name) if name else 1


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


def spellings(outlet: Outlet) -> list[tuple[str, bool]]:
    """Each way to write an outlet's name, and whether it is weak: the name, its aliases, both without their article.

    >>> spellings(Outlet("The Daily Example", (), (), "gb", "en"))
    [('The Daily Example', False), ('Daily Example', False)]
    """
    out: dict[str, bool] = {}
    articles = ARTICLES.get(outlet.language, ())
    for given in (outlet.name, *outlet.aliases):
        surface = given.removeprefix("~")
        weak = f"~{surface}" in outlet.aliases
        out.setdefault(surface, weak)
        head, _, rest = surface.partition(" ")
        if rest and head.lower() in articles:
            # What is left of "The Sun" is an ordinary word; what is left of "The Daily Example" is a name.
            out.setdefault(rest, weak or " " not in rest)
    return list(out.items())


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer that the package ships, agencies included."""
    return Gazetteer((*rows("outlets.tsv"), *rows("agencies.tsv")))


def rows(table: str) -> Iterator[Outlet]:
    """The rows of a table of `describe/data`: name, aliases, domains, country, language; lists are joined by ``|``."""
    text = files("provcheck.describe").joinpath("data", table).read_text(encoding="utf-8")
    agency = table == "agencies.tsv"
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, aliases, domains, country, language = line.split("\t")[:5]
            yield Outlet(name, _list(aliases), _list(domains), country, language, agency)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()

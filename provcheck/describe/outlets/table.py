"""The tables as they are written: ``describe/data/outlets.tsv``, ``agencies.tsv`` and ``organisations.tsv``.

docs/models/gazetteer.md says how they were made. An alias that begins with ``~`` is also an ordinary word or name
(``Time``, ``Sun``, ``Dawn``): it counts only where a line can be nothing but a publisher's, such as a copyright notice.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck import shipped
from provcheck.describe.outlets.names import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator


class Outlet(NamedTuple):
    """One row: names as they are written, domains without ``www.``, ISO codes of country and language.

    `cited` says that others name it at every turn: a news agency, or an organisation of which articles speak.
    """

    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    country: str
    language: str
    cited: bool = False


class Shipped:
    """The outlets that the package ships, then its agencies and organisations; a row is read when it is asked for."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        """Nothing is read before a row is asked for: most documents name none."""
        self._known: dict[int, Outlet] = {}

    def __len__(self) -> int:
        return len(_shipped()[0])

    def __iter__(self) -> Iterator[Outlet]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> Outlet:
        """The outlet of a row, from 0; the same object each time. Raises IndexError beyond the last."""
        known = self._known.get(number)
        if known is None:
            lines, cited = _shipped()
            known = self._known[number] = _row(lines[number], cited=number >= cited)
        return known


@cache
def _shipped() -> tuple[list[str], int]:
    """The lines of the tables, and the number of the first agency."""
    outlets = _lines("outlets.tsv")
    return [*outlets, *_lines("agencies.tsv"), *_lines("organisations.tsv")], len(outlets)


def rows(table: str) -> Iterator[Outlet]:
    """The rows of a table of `describe/data`: name, aliases, domains, country, language; lists are joined by ``|``."""
    return (_row(line, cited=table != "outlets.tsv") for line in _lines(table))


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


def _lines(table: str) -> list[str]:
    return [line for line in shipped.text("describe", table).splitlines() if line and not line.startswith("#")]


def _row(line: str, *, cited: bool) -> Outlet:
    name, aliases, domains, country, language = line.split("\t")[:5]
    return Outlet(name, _list(aliases), _list(domains), country, language, cited)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()

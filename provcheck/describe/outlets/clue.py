"""A clue: one place in the document that names who published it, and how much that is worth."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck import shipped
from provcheck.describe.outlets.names import words

if TYPE_CHECKING:
    from provcheck.describe.outlets.gazetteer import Outlet


class Clue(NamedTuple):
    """A name as it is written, the rule that found it, its weight, and its characters in the document.

    `outlets` are the gazetteer's rows of that name, none for a name that is not known. A `start` of -1 says that the
    clue stands outside the text. A `soft` clue is a word that means other things too, and counts only beside one that
    is not soft.
    """

    name: str
    rule: str
    weight: float
    start: int
    end: int
    outlets: tuple[Outlet, ...] = ()
    soft: bool = False

    def moved(self, by: int) -> Clue:
        """The clue of a line for itself, in the document where that line begins at `by`.

        >>> Clue("Example", "outlet.mention", 0.5, 6, 13).moved(100).start
        106
        """
        name, rule, weight, start, end, outlets, soft = self
        return Clue(name, rule, weight, start + by, end + by, outlets, soft)


WEIGHTS = {
    "outlet.declared": 12.0,
    "outlet.published-in": 7.0,
    "outlet.heading": 7.0,
    "outlet.report-credit": 5.0,
    "outlet.copyright-line": 5.0,
    "outlet.title-suffix": 4.0,
    "outlet.blog": 4.0,
    "outlet.email": 2.5,
    "outlet.banner": 2.5,
    "outlet.site-name": 2.0,
    "outlet.domain": 2.0,
    "outlet.credit": 2.0,
    "outlet.masthead": 1.5,
    "outlet.owner": 1.5,
    "outlet.mention": 0.5,
}
"""What one clue of each kind is worth; set by hand, and checked against the pages of the training publishers."""

OWN = frozenset(("outlet.banner", "outlet.copyright-line", "outlet.domain", "outlet.email", "outlet.title-suffix"))
"""Rules of which each speaks of the page's own publisher; sister titles and partners stand in mastheads and menus."""


@lru_cache(maxsize=1)
def tables() -> dict[str, frozenset[str]]:
    """The word tables of ``describe/data/outlet_words.json``, and the ``first`` and ``last`` words of its phrases.

    Among those after a name are the buttons of networks: ``on Facebook``.
    """
    table = shipped.table("describe", "outlet_words.json")
    out = {name: frozenset(words) for name, words in table.items() if name != "about"}
    out["after"] |= {f"{on} {network}" for on in out["on"] for network in out["networks"]}
    return {
        **out,
        "first": frozenset(phrase.split()[0] for phrase in out["before"]),
        "last": frozenset(phrase.split()[-1] for phrase in out["after"]),
    }


def is_own(before: str, after: str) -> bool:
    """Whether only folded words of the page's own stand before or after a name: ``About X``, ``X newsletter``.

    >>> is_own("about", ""), is_own("", "newsletter"), is_own("told", "")
    (True, True, False)
    """
    table = tables()
    return (not after or after in table["after"]) and (not before or before in table["before"])


def is_paper(name: str) -> bool:
    """Whether a word of the name, its end, or in unspaced scripts a part of it is one that outlets are called by.

    >>> is_paper("Harbour Herald"), is_paper("Hafenzeitung"), is_paper("浜沢新報"), is_paper("Harbour Bakery")
    (True, True, True, False)
    """
    papers, own = tables()["papers"], words(name)
    if not papers.isdisjoint(own) or any(word.endswith(tuple(tables()["paper_ends"])) for word in own):
        return True
    return not name.isascii() and any(word in name for word in papers if not word.isascii())

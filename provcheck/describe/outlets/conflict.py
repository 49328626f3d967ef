"""Where the text says of its outlet what the wrapper does not: one paper declared, and another in the credit line.

Both must be in the gazetteer, which knows that ``nytimes.com`` and ``New York Times`` are one; names that nobody listed
differ in too many ways. Agencies do not count, because their credits stand on everybody's pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.describe.outlets.clue import WEIGHTS
from provcheck.describe.outlets.names import words
from provcheck.model import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.describe.outlets.clue import Clue
    from provcheck.describe.outlets.gazetteer import Outlet
    from provcheck.model import Document

STRONG = 0.9
"""The share of its full weight from which on a statement or a copyright line speaks against a declared outlet."""

_RULES = ("outlet.published-in", "outlet.copyright-line")


def findings(document: Document, clues: Sequence[Clue]) -> tuple[Finding, ...]:
    """PC305 where a statement of publication or a copyright line names another outlet than the wrapper declares."""
    told = next((clue for clue in clues if clue.rule == "outlet.declared"), None)
    if told is None or not told.outlets:
        return ()
    strong = [
        clue for clue in clues if clue.rule in _RULES and clue.outlets and clue.weight >= STRONG * WEIGHTS[clue.rule]
    ]
    if not strong or any(_are_one(told.outlets, clue.outlets) for clue in strong):
        return ()
    said = max(strong, key=lambda clue: (clue.weight, -clue.start))
    span = (said.start, said.end)
    detected = said.outlets[0].name
    return (Finding.of("PC305", document.text, span, name="outlet", declared=told.name, detected=detected),)


def _are_one(some: Sequence[Outlet], others: Sequence[Outlet]) -> bool:
    """Whether two names may mean one house: a row in common, an agency or organisation, or one name in the other."""
    return any(
        one is other or one.cited or other.cited or _is_part(one.name, other.name) or _is_part(other.name, one.name)
        for one in some
        for other in others
    )


def _is_part(one: str, other: str) -> bool:
    return set(words(one)) <= set(words(other))

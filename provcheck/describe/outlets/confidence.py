"""How sure an outlet is: a few steps that rise with the evidence, fitted on the pages of the training publishers.

`benchmarks/calibration.py` measures them. Each step is the lower bound of the share that was right, so that what
looks like certainty by chance is not sold as one. What is wrong is mostly another form of the right name (``NDR`` and
``Norddeutscher Rundfunk``); so a name of several words that stands on the page in full is worth more than initials.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.describe.outlets.clue import OWN
from provcheck.describe.outlets.names import key

if TYPE_CHECKING:
    from provcheck.describe.outlets.ranking import Ranked
    from provcheck.model import Document

STATED = 0.95
"""The page says by whom it was published, and when; or its wrapper does."""

FULL = 0.89
"""The page writes the name in full, and a line of its own speaks of it (26 of 26 right)."""

CLEAR = 0.84
"""Several rules agree, and no other outlet has half as much (59 of 69 right)."""

KNOWN = 0.8
"""The gazetteer knows the name, and enough speaks for it (17 of 18 right; no more sure than the step above)."""

UNKNOWN = 0.65
"""The page alone says that the name is an outlet's (too few to count)."""

_STATEMENTS = frozenset(("outlet.declared", "outlet.published-in"))
_STATEMENT_WEIGHT = 5.0  # "Published in X" with its date has more; "Published by X Ltd" less

_OTHER_SCRIPTS = frozenset((
    "am", "ar", "be", "bg", "bn", "ckb", "dv", "dz", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "kk", "km", "kn",
    "ko", "ky", "lo", "mk", "ml", "mn", "mr", "my", "ne", "or", "pa", "ps", "ru", "sd", "si", "sr", "ta", "te", "tg",
    "th", "ti", "ug", "uk", "ur", "yi", "zh",
))  # fmt: skip
"""Languages whose outlets call themselves otherwise than the gazetteer does, which has names in Latin letters."""


def of(document: Document, first: Ranked, rival: float) -> float:
    """How sure the outlet `first` is, from 0 to 1, where the next one has the score `rival`."""
    if first.best.rule in _STATEMENTS and first.best.weight >= _STATEMENT_WEIGHT:
        return STATED
    if not first.known:
        return UNKNOWN
    if first.best.rule == "outlet.heading":
        return STATED
    if first.score < 2 * rival or len(first.rules) < 2:
        return KNOWN
    return FULL if _is_own(first) and _is_in_full(document, first) else CLEAR


def _is_own(first: Ranked) -> bool:
    """Whether a line speaks of the page's own publisher, in a language that is written as the gazetteer's names are."""
    languages = {outlet.language for clue in first.clues for outlet in clue.outlets if outlet.name == first.name}
    return not first.rules.isdisjoint(OWN) and languages.isdisjoint(_OTHER_SCRIPTS)


def _is_in_full(document: Document, first: Ranked) -> bool:
    """Whether the page writes the canonical name out, and that is of more than one word."""
    name = key(first.name)
    return " " in name and any(
        key(document.text[clue.start : clue.end]) == name for clue in first.clues if clue.start >= 0
    )

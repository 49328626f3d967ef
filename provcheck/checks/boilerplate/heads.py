"""What stands around the text and says where it comes from: headline, byline, dateline, "Published in …".

Such lines look like boilerplate to a model that counts words of paragraphs, and a reader who misses the headline
in the content would not forgive it. So they are given back; and a headline that stands twice loses its copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provcheck.checks.boilerplate.names import AT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.features import Facts
    from provcheck.checks.boilerplate.lexicon import Tables

SHORT_HEAD = 4
"""So many lines before the text are its own headline, byline and date; more of them are a page's."""

HEADLINE_WORDS = float(np.log1p(3.5)), float(np.log1p(30.5))
"""A headline has four to thirty words, in the measure of the feature `words`."""

HEADLINE_REACH = 6
HEADLINE_TOPIC = 0.5
"""On a page, the headline is looked for in so many lines above the text, and shares so much of its words with it."""

CHROME_SHARE = 0.2
"""Nothing is left of a document only where this share of its lines holds words of a page."""

LAST_WORDS = float(np.log1p(2.5)), float(np.log1p(12.5))
"""A short last sentence has three to twelve words."""

ALIKE = [AT[name] for name in ("indent", "bullet", "blank_before")]
"""By these features two lines are set alike."""

REPEAT_REACH = 2
"""A copy of the headline is looked for in so many lines after it."""


def given_back(facts: Facts, flagged: NDArray[np.bool_], texts: Sequence[str], tables: Tables) -> NDArray[np.bool_]:
    """`flagged` without the lines that say where the text comes from."""
    chrome = facts.features[AT["chrome_words"]] > 0
    if flagged.all() and chrome.mean() < CHROME_SHARE:
        return np.zeros_like(flagged)
    text = (~flagged & (facts.features[AT["prose"]] > 0)).nonzero()[0]
    if not len(text):
        return flagged
    result = flagged.copy()
    first = int(text[0])
    if first <= SHORT_HEAD:
        result[:first] &= chrome[:first]
    else:
        headline = _headline(facts, first, chrome)
        if headline is not None:
            result[headline] = False
    _credits(result, facts, texts, tables)
    if len(result) > 1 and result[-1] and not result[-2] and _ends_like_text(facts, chrome, alone=result.sum() == 1):
        result[-1] = False
    return result


def _ends_like_text(facts: Facts, chrome: NDArray[np.bool_], *, alone: bool) -> bool:
    """Whether the last line is a short sentence without words of a page or a caption, set like the one before it.

    Where nothing else is flagged, the line is `alone`: then it may be a sentence that was cut short.
    """
    own = facts.features
    before, last = own[ALIKE, -2], own[ALIKE, -1]
    plain = not chrome[-1] and not own[AT["caption_words"], -1] and own[AT["times_here"], -1] == 0
    short = (alone or LAST_WORDS[0] < own[AT["words"], -1]) and own[AT["words"], -1] < LAST_WORDS[1]
    whole = (alone or own[AT["ends_sentence"], -1] > 0) and own[AT["prose"], -2] > 0
    return bool(plain and short and whole and (before == last).all())


def _credits(flagged: NDArray[np.bool_], facts: Facts, texts: Sequence[str], tables: Tables) -> None:
    """Give back lines right after kept ones that begin with words such as "Published in", one after the other."""
    rows, owner, _ = facts.hits
    told = (tables.provenance[rows] * flagged[owner]).nonzero()[0]
    for hit in told[owner[told].argsort(kind="stable")].tolist():
        line = int(owner[hit])
        if line and flagged[line] and not flagged[line - 1]:
            flagged[line] = not texts[line].lstrip(" (*_[").lower().startswith(tables.phrases[rows[hit] - 1])


def _headline(facts: Facts, first: int, chrome: NDArray[np.bool_]) -> int | None:
    """The line above the text that looks most like its headline, or None."""
    own = facts.features
    reach = np.arange(max(0, first - HEADLINE_REACH), first)
    low, high = HEADLINE_WORDS
    size, topic = own[AT["words"]][reach], own[AT["topic"]][reach]
    fits = (size > low) & (size < high) & (topic >= HEADLINE_TOPIC) & ~chrome[reach] & (own[AT["bullet"]][reach] == 0)
    if not fits.any():
        return None
    return int(reach[int(np.argmax(np.where(fits, topic, -1)))])


def repeats(facts: Facts, flagged: NDArray[np.bool_]) -> list[int]:
    """The lines that say the headline again, right after it and before the text."""
    own = facts.features
    kept = np.flatnonzero(~flagged)
    out: list[int] = []
    for place, line in enumerate(kept[:REPEAT_REACH].tolist()):
        if own[AT["words"]][line] <= HEADLINE_WORDS[0] or own[AT["ends_sentence"]][line]:
            continue
        for other in kept[place + 1 : place + 1 + REPEAT_REACH].tolist():
            follower = other + 1
            runs_on = follower < len(flagged) and own[AT["prose"]][follower] > 0
            if facts.lines[other] == facts.lines[line] and runs_on:
                out.append(other)
    return out

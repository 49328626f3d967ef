"""What stands around the text and says where it comes from: headline, byline, dateline, "Published in …".

Such lines look like boilerplate to a model that counts words of paragraphs, and a reader who misses the headline
in the content would not forgive it. So they are given back; and what stands twice, headline or paragraph, loses its
copy.
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

PARAGRAPH_WORDS = float(np.log1p(14.5))
"""Only an extractor that took a part of the page twice says fifteen words and more twice; fewer may be a refrain."""

REPEAT_REACH = 2
"""A copy of the headline is looked for in so many lines after it."""


def given_back(facts: Facts, flagged: NDArray[np.bool_], texts: Sequence[str], tables: Tables) -> NDArray[np.bool_]:
    """`flagged` without the lines that say where the text comes from."""
    bounds, document = facts.bounds, facts.bounds.document
    chrome = facts.features[AT["chrome_words"]] > 0
    bare = (bounds.count(flagged) == bounds.sizes) & (bounds.count(chrome) / bounds.sizes < CHROME_SHARE)
    result: NDArray[np.bool_] = flagged & ~bare[document]
    first = bounds.first(~result & (facts.features[AT["prose"]] > 0))
    has_text = (first < bounds.ends) & ~bare
    own_head = has_text & (first - bounds.begins <= SHORT_HEAD)
    before_text = bounds.line < first[document]
    result &= chrome | ~(own_head[document] & before_text)
    near = before_text & (bounds.line >= first[document] - HEADLINE_REACH)
    result[_headlines(facts, near & (has_text & ~own_head)[document] & ~chrome)] = False
    _credits(result, facts, texts, tables, has_text)
    _last(result, facts, chrome, has_text)
    return result


def _last(flagged: NDArray[np.bool_], facts: Facts, chrome: NDArray[np.bool_], has_text: NDArray[np.bool_]) -> None:
    """Give back the last line where it is a short sentence without words of a page, set like the one before it.

    Where nothing else is flagged, the line stands alone: then it may be a sentence that was cut short.
    """
    bounds = facts.bounds
    chosen = has_text & (bounds.sizes > 1)
    last, alone = bounds.ends[chosen] - 1, bounds.count(flagged)[chosen] == 1
    before, size = facts.features[:, last - 1], facts.features[AT["words"], last]
    own = facts.features[:, last]
    plain = ~chrome[last] & (own[AT["caption_words"]] == 0) & (own[AT["times_here"]] == 0)
    short = (alone | (LAST_WORDS[0] < size)) & (size < LAST_WORDS[1])
    whole = (alone | (own[AT["ends_sentence"]] > 0)) & (before[AT["prose"]] > 0)
    alike = (before[ALIKE] == own[ALIKE]).all(axis=0)
    follows = flagged[last] & ~flagged[last - 1]
    flagged[last[follows & plain & short & whole & alike]] = False


def _credits(
    flagged: NDArray[np.bool_], facts: Facts, texts: Sequence[str], tables: Tables, has_text: NDArray[np.bool_]
) -> None:
    """Give back lines right after kept ones that begin with words such as "Published in", one after the other."""
    rows, owner, _ = facts.hits
    begin, possible = facts.bounds.begin, flagged & has_text[facts.bounds.document]
    told = tables.provenance.take(rows).nonzero()[0]
    told = told[possible[owner[told]]]
    for hit in told[owner[told].argsort(kind="stable")].tolist():
        line = int(owner[hit])
        if line > begin[line] and flagged[line] and not flagged[line - 1]:
            flagged[line] = not texts[line].lstrip(" (*_[").lower().startswith(tables.phrases[rows[hit] - 1])


def _headlines(facts: Facts, possible: NDArray[np.bool_]) -> list[int]:
    """Of the possible lines of each document the one that looks most like a headline, the first of equals, if any."""
    own, bounds = facts.features, facts.bounds
    low, high = HEADLINE_WORDS
    size, topic = own[AT["words"]], own[AT["topic"]]
    fits = (size > low) & (size < high) & (topic >= HEADLINE_TOPIC) & possible & (own[AT["bullet"]] == 0)
    best: dict[int, int] = {}
    for line in fits.nonzero()[0].tolist():
        document = int(bounds.document[line])
        if document not in best or topic[line] > topic[best[document]]:
            best[document] = line
    return list(best.values())


def repeats(facts: Facts, flagged: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The lines that say the headline again, right after it and before the text, or behind the text, in order."""
    own, bounds = facts.features, facts.bounds
    kept = np.flatnonzero(~flagged)
    begins, ends = kept.searchsorted(bounds.begins), kept.searchsorted(bounds.ends)
    titles = (own[AT["words"]] > HEADLINE_WORDS[0]) & (own[AT["ends_sentence"]] == 0)
    runs_on = bounds.shifted(own[AT["prose"]], 1, 0) > 0
    found = np.zeros_like(flagged)
    for place in range(REPEAT_REACH):
        for other_place in range(place + 1, place + 1 + REPEAT_REACH):
            has = begins + other_place < ends
            line, other = kept[begins[has] + place], kept[begins[has] + other_place]
            found[other] |= titles[line] & runs_on[other] & (facts.lines[other] == facts.lines[line])
        has = begins + place < ends
        _behind(found, facts, kept, kept[begins[has] + place][titles[kept[begins[has] + place]]])
    return found.nonzero()[0]


def _behind(found: NDArray[np.bool_], facts: Facts, kept: NDArray[np.int64], headlines: NDArray[np.int64]) -> None:
    """Mark the kept lines that say a headline again behind the last paragraph: comment forms and counters do."""
    bounds = facts.bounds
    prose = np.zeros_like(found)
    prose[kept] = facts.features[AT["prose"], kept] > 0
    first, last = bounds.first(prose), bounds.begins - 1
    np.maximum.at(last, bounds.document[prose], bounds.line[prose])
    said = np.zeros(len(bounds), dtype=facts.lines.dtype)  # the number of a line without words
    # Without a paragraph there is nothing that a line could stand before and another behind.
    first[last < bounds.begins] = -1
    above = headlines[headlines < first[bounds.document[headlines]]]
    said[bounds.document[above]] = facts.lines[above]
    document = bounds.document[kept]
    closing = (kept > last[document]) & (said[document] > 0)
    found[kept[closing & (facts.lines[kept] == said[document])]] = True


def said_before(facts: Facts, flagged: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The kept paragraphs that say word for word what a kept one of their document has said before, in order."""
    long = np.flatnonzero(~flagged & (facts.features[AT["words"]] >= PARAGRAPH_WORDS))
    ordered = long[facts.lines[long].argsort(kind="stable")]  # equal lines stay in their order, document by document
    lines, document = facts.lines[ordered], facts.bounds.document[ordered]
    again = (lines[1:] == lines[:-1]) & (document[1:] == document[:-1])
    return np.sort(ordered[1:][again])

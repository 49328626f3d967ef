"""What a line looks like: the numbers that the model judges by, for all lines of a document at once.

Those of a line come from its characters, its words and its repeats in the document. `around` adds what stands before
and behind. Most documents have some thirty lines, so that what costs is the number of steps and not the arithmetic:
each step works on all lines, and the results go straight into one array.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.checks.boilerplate import around, chars, words
from provcheck.checks.boilerplate.names import AT, NAMES, OWN, SHAPE, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.lexicon import Tables

LONGEST_LINE = 2000
"""Characters of a line that are looked at: its beginning and its end, half of this each."""

MOST_TIMES = 8
MOST_INDENT = 12
PROSE_WORDS = 2.3
"""Running text has about nine words to the line or more, in the measure of the feature `words`."""


class Facts(NamedTuple):
    """The features (`NAMES` by lines), and what later steps ask for again.

    `lines` has the same number for lines of the same words, and 0 for lines without words.
    """

    features: NDArray[np.float32]
    hits: words.Hits
    lines: list[int]


def shortened(line: str) -> str:
    """The line without the white space around it, and of a very long one only its two ends.

    >>> len(shortened(" " + "x" * 9000)) == LONGEST_LINE
    True
    """
    line = line.strip()
    if len(line) <= LONGEST_LINE:
        return line
    half = LONGEST_LINE // 2
    return line[:half] + line[-half:]


def of_lines(texts: Sequence[str], numbers: Sequence[int], tables: Tables) -> Facts:
    """The features of the lines `texts`, none of them blank, that stand at `numbers` (from 1) in their document."""
    n = len(texts)
    short = [line if len(line) <= LONGEST_LINE else shortened(line) for line in map(str.strip, texts)]
    points, lengths = chars.joined(short)
    classes = chars.class_table().take(points)
    ends = np.cumsum(lengths)
    found = words.tokens(points, classes, ends)
    known = words.known(found, tables.lexicon)
    hits = known.hits
    lines = words.line_numbers(found, known.numbers)
    features = np.empty((len(NAMES), n), dtype=np.float32)
    _shape(features, classes, lengths, ends, found)
    _layout(features, texts, short, numbers)
    _vocabulary(features[len(SHAPE) : len(SHAPE) + len(VOCABULARY)], found, hits, tables)
    _repeats(features, found, lines)
    _prose(features)
    _topic(features, found, known.numbers, tables.function[known.rows])
    _style(features)
    kinds = tables.kinds[hits.rows]
    comments, teasers = (
        _flags(kinds == tables.names.index(kind), hits.owner, n) for kind in ("comment form", "teaser")
    )
    around.fill(features[len(OWN) :], features, comments, teasers)
    return Facts(features, hits, lines.tolist())


def _flags(hit: NDArray[np.bool_], owner: NDArray[np.int64], n: int) -> NDArray[np.bool_]:
    flags = np.zeros(n, dtype=np.bool_)
    flags[owner[hit]] = True
    return flags


def _shape(
    own: NDArray[np.float32],
    classes: NDArray[np.uint8],
    lengths: NDArray[np.int64],
    ends: NDArray[np.int64],
    found: words.Tokens,
) -> None:
    n = len(lengths)
    made = chars.counts(classes, lengths).T.astype(np.float32)
    before, after = classes[:-1], classes[1:]
    joins = ((before == chars.LOWER) & (after == chars.UPPER)).nonzero()[0]
    stops = ((before == chars.END) & (after <= chars.CONTROL)).nonzero()[0]
    count = found.per_line.astype(np.float32)
    each = 1 / np.maximum(count, 1)
    letters = made[chars.UPPER : chars.DIGIT].sum(axis=0)
    per_letter = 1 / np.maximum(letters, 1)
    starts, last = ends - lengths, ends - 2
    first_class, last_class = classes[starts], classes[last]
    before_last = classes[np.maximum(last - 1, starts)]
    own[AT["words"]] = np.log1p(count - 0.5 * made[chars.DENSE])  # two dense characters make about one word
    own[AT["upper"]] = made[chars.UPPER] * per_letter
    own[AT["digits"]] = made[chars.DIGIT] / lengths
    own[AT["ends_in_words"] : AT["ends_in_words"] + 8] = made[chars.END :] * each  # END to SYMBOL, in their order
    own[AT["sentences"]] = np.bincount(ends.searchsorted(stops, side="right"), minlength=n)
    own[AT["capitals"]] = np.bincount(found.owner, weights=found.capital, minlength=n) * each
    own[AT["joins"]] = np.bincount(ends.searchsorted(joins, side="right"), minlength=n) * each
    own[AT["word_length"]] = (letters - made[chars.DENSE]) * each
    own[AT["first_class"]], own[AT["last_class"]] = first_class, last_class
    dashed = (first_class == chars.DASH) & (classes[starts + 1] == chars.SPACE)
    own[AT["bullet"]] = (first_class == chars.MARK) | dashed
    own[AT["starts_lower"]] = first_class == chars.LOWER
    closed = ((last_class == chars.QUOTE) | (last_class == chars.BRACKET)) & (before_last == chars.END)
    own[AT["ends_sentence"]] = (last_class == chars.END) | closed
    own[AT["ends_colon"]] = last_class == chars.COLON
    own[AT["dense"]] = made[chars.DENSE] * per_letter
    own[AT["spaced_letters"]] = (made[chars.LETTER] + made[chars.HANGUL]) * per_letter


def _layout(own: NDArray[np.float32], texts: Sequence[str], short: Sequence[str], numbers: Sequence[int]) -> None:
    own[AT["length"]] = np.log1p(np.fromiter(map(len, texts), dtype=np.float32, count=len(texts)))
    own[AT["indent"]] = [text.find(line[0]) for text, line in zip(texts, short, strict=True)]
    np.minimum(own[AT["indent"]], MOST_INDENT, out=own[AT["indent"]])
    at = np.array([0, *numbers, numbers[-1] + 1])
    gaps = np.minimum(at[1:] - at[:-1] - 1, 3)
    own[AT["blank_before"]], own[AT["blank_after"]] = gaps[:-1], gaps[1:]


def _vocabulary(part: NDArray[np.float32], found: words.Tokens, hits: words.Hits, tables: Tables) -> None:
    rows, owner, whole = hits
    n = len(found.per_line)
    each = 1 / np.maximum(found.per_line, 1)
    weight = tables.weights[rows]
    total = np.bincount(owner, weights=weight, minlength=n)
    best, worst = np.zeros(n, dtype=np.float32), np.zeros(n, dtype=np.float32)
    np.maximum.at(best, owner, weight)
    np.minimum.at(worst, owner, weight)
    covered = tables.covers[rows]
    chrome = np.bincount(owner, weights=covered, minlength=n)
    part[0] = np.bincount(owner, weights=tables.function[rows], minlength=n) * each
    part[1], part[2], part[3], part[4] = total, total * each, best, worst
    part[5], part[6] = chrome, np.minimum(chrome * each, 1)
    part[7] = np.bincount(owner, weights=whole & (covered > 0), minlength=n)
    part[8] = np.bincount(owner, weights=tables.provenance[rows], minlength=n)


def _repeats(own: NDArray[np.float32], found: words.Tokens, lines: NDArray[np.uint64]) -> None:
    times, own[AT["first_time"]] = _times(lines)
    own[AT["times_here"]] = times
    same = own[AT["same_as_last"]]
    same[0], same[1:] = 0, (lines[1:] == lines[:-1]) & (lines[1:] != 0)
    openings = np.zeros(len(found.per_line), dtype=np.uint64)
    several = (found.per_line > 1).nonzero()[0]
    at = found.firsts[several]
    openings[several] = found.numbers[at] * np.uint64(31) + found.numbers[at + 1]
    own[AT["same_opening"]] = _times(openings)[0]


def _times(numbers: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """How many others are the same, up to `MOST_TIMES`, none for 0; and whether it is the first of its like."""
    order = numbers.argsort(kind="stable")
    ranked = numbers[order]
    begins = np.empty(len(ranked), dtype=np.bool_)
    begins[0] = True
    np.not_equal(ranked[1:], ranked[:-1], out=begins[1:])
    group = begins.cumsum() - 1
    others = np.minimum(np.bincount(group) - 1, MOST_TIMES)
    others[0] *= ranked[0] != 0
    times, first = np.empty_like(group), np.empty_like(begins)
    times[order], first[order] = others[group], begins
    return times, first


def _prose(own: NDArray[np.float32]) -> None:
    """How much running text a line is: its words, if it has enough of them and is built of sentences."""
    size = own[AT["words"]]
    sentence = own[AT["ends_sentence"]] + own[AT["sentences"]] + own[AT["commas"]] > 0
    own[AT["prose"]] = (size - 1.5) * ((size > PROSE_WORDS) & sentence & (own[AT["capitals"]] < 0.6))


def _topic(
    own: NDArray[np.float32], found: words.Tokens, numbers: NDArray[np.uint64], function: NDArray[np.float32]
) -> None:
    """The share of a line's words, function words left out, that running text elsewhere in the document has too.

    Words are told apart by the upper bits of their numbers; there are thirty-two times as many places as words, so
    that a word is taken for another in about three cases of a hundred.
    """
    n = own.shape[1]
    telling = (function == 0).nonzero()[0]
    owner = found.owner[telling]
    bits = max(8, len(telling).bit_length() + 5)
    place = (numbers[telling] >> np.uint64(64 - bits)).astype(np.int64)
    inside = (own[AT["prose"]] > 0)[owner]
    prose_place, prose_owner = place[inside], owner[inside]
    last = np.full(1 << bits, -1, dtype=np.int32)
    first = last.copy()
    last[prose_place] = prose_owner
    first[prose_place[::-1]] = prose_owner[::-1]
    first_line, last_line = first[place], last[place]
    elsewhere = (last_line >= 0) & ((first_line != owner) | (last_line != owner))
    count = np.bincount(owner, minlength=n)
    own[AT["topic"]] = np.bincount(owner, weights=elsewhere, minlength=n) / np.maximum(count, 1)


def _style(own: NDArray[np.float32]) -> None:
    """How much running text the lines hold that are set like this one, and how many lines these are."""
    key = own[AT["indent"]] * 64 + own[AT["bullet"]] * 16 + own[AT["blank_before"]] * 4 + own[AT["blank_after"]]
    group = key.astype(np.int64)
    times = np.bincount(group)
    prose = np.bincount(group, weights=own[AT["prose"]])
    own[AT["style_prose"]] = prose[group] / times[group]
    own[AT["style_share"]] = times[group] / own.shape[1]

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

START_WORDS, END_WORDS = 3, 6
"""Captions name the photographer or the agency among so many first or last words."""

OFTEN = 3
"""A word that running text elsewhere has so often is one of the story's own."""

MOST_TIMES = 8
MOST_INDENT = 12
PROSE_WORDS = 2.3
"""Running text has about nine words to the line or more, in the measure of the feature `words`."""


class Facts(NamedTuple):
    """The features (`NAMES` by lines), and what later steps ask for again.

    `lines` has the same number for lines of the same words, and 0 for lines without words. `telling` are the words
    that are no function words, `threes` the runs of three words.
    """

    features: NDArray[np.float32]
    hits: words.Hits
    lines: NDArray[np.uint64]
    telling: Items
    threes: Items


class Items(NamedTuple):
    """What lines are compared by: for each word or run of words a place out of `size`, and the line that it stands in.

    The place is the same for the same words. There are thirty-two times as many places as items, so that one is taken
    for another in about three cases of a hundred.
    """

    place: NDArray[np.int64]
    owner: NDArray[np.int64]
    size: int

    @classmethod
    def of(cls, numbers: NDArray[np.uint64], owner: NDArray[np.int64]) -> Items:
        """Items known by numbers whose upper bits are spread evenly."""
        bits = max(8, len(numbers).bit_length() + 5)
        return cls((numbers >> np.uint64(64 - bits)).astype(np.int64), owner, 1 << bits)


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
    _vocabulary(features[len(SHAPE) : len(SHAPE) + len(VOCABULARY)], found, known, tables)
    features[AT["times_here"]] = _times(lines)
    _prose(features)
    content = (tables.function[known.rows] == 0).nonzero()[0]
    telling = Items.of(known.numbers[content], found.owner[content])
    within = (found.owner[: len(known.threes)] == found.owner[2:]).nonzero()[0]
    threes = Items.of(known.threes[within], found.owner[within])
    _topic(features, telling)
    _echo(features, threes)
    _style(features)
    kinds = tables.kinds[hits.rows]
    comments, teasers = (
        _flags(kinds == tables.names.index(kind), hits.owner, n) for kind in ("comment form", "teaser")
    )
    around.fill(features[len(OWN) :], features, comments, teasers)
    return Facts(features, hits, lines, telling, threes)


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
    own[AT["word_length"]] = (letters - made[chars.DENSE]) * each
    own[AT["first_class"]], own[AT["last_class"]] = first_class, last_class
    dashed = (first_class == chars.DASH) & (classes[starts + 1] == chars.SPACE)
    own[AT["bullet"]] = (first_class == chars.MARK) | dashed
    own[AT["starts_lower"]] = first_class == chars.LOWER
    closed = ((last_class == chars.QUOTE) | (last_class == chars.BRACKET)) & (before_last == chars.END)
    own[AT["ends_sentence"]] = (last_class == chars.END) | closed
    own[AT["ends_colon"]] = last_class == chars.COLON
    own[AT["dense"]] = made[chars.DENSE] * per_letter


def _layout(own: NDArray[np.float32], texts: Sequence[str], short: Sequence[str], numbers: Sequence[int]) -> None:
    own[AT["length"]] = np.log1p(np.fromiter(map(len, texts), dtype=np.float32, count=len(texts)))
    own[AT["indent"]] = [text.find(line[0]) for text, line in zip(texts, short, strict=True)]
    np.minimum(own[AT["indent"]], MOST_INDENT, out=own[AT["indent"]])
    at = np.array([0, *numbers, numbers[-1] + 1])
    gaps = np.minimum(at[1:] - at[:-1] - 1, 3)
    own[AT["blank_before"]], own[AT["blank_after"]] = gaps[:-1], gaps[1:]


def _vocabulary(part: NDArray[np.float32], found: words.Tokens, known: words.Known, tables: Tables) -> None:
    rows, owner, _ = known.hits
    n = len(found.per_line)
    each = 1 / np.maximum(found.per_line, 1)
    weight = tables.weights[rows]
    total = np.bincount(owner, weights=weight, minlength=n)
    best, worst = np.zeros(n, dtype=np.float32), np.zeros(n, dtype=np.float32)
    np.maximum.at(best, owner, weight)
    np.minimum.at(worst, owner, weight)
    chrome = np.bincount(owner, weights=tables.covers[rows], minlength=n)
    left = (found.firsts + found.per_line)[owner] - known.last
    late = left <= END_WORDS
    at_edge = late | (known.first - found.firsts[owner] < START_WORDS)
    part[0] = np.bincount(owner, weights=tables.function[rows], minlength=n) * each
    part[1], part[2], part[3], part[4] = total, total * each, best, worst
    part[5] = np.bincount(owner, weights=weight * late, minlength=n)
    part[6], part[7] = chrome, np.minimum(chrome * each, 1)
    part[8] = np.bincount(owner, weights=tables.caption[rows] * at_edge, minlength=n)


def _times(numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
    """How many others are the same, up to `MOST_TIMES`, none for 0."""
    _, group, times = np.unique(numbers, return_inverse=True, return_counts=True)
    result: NDArray[np.int64] = np.minimum(times - 1, MOST_TIMES)[group] * (numbers != 0)
    return result


def _prose(own: NDArray[np.float32]) -> None:
    """How much running text a line is: its words, if it has enough of them and is built of sentences."""
    size = own[AT["words"]]
    sentence = own[AT["ends_sentence"]] + own[AT["sentences"]] + own[AT["commas"]] > 0
    own[AT["prose"]] = (size - 1.5) * ((size > PROSE_WORDS) & sentence & (own[AT["capitals"]] < 0.6))


def _topic(own: NDArray[np.float32], telling: Items) -> None:
    """The share of a line's telling words that running text elsewhere in the document has too, or has often."""
    place, owner, size = telling
    inside = (own[AT["prose"]] > 0)[owner]
    elsewhere = _in_others(telling, place[inside], owner[inside])
    often = np.bincount(place[inside], minlength=size)[place] - inside >= OFTEN
    n = own.shape[1]
    each = 1 / np.maximum(np.bincount(owner, minlength=n), 1)
    own[AT["topic"]] = np.bincount(owner, weights=elsewhere, minlength=n) * each
    own[AT["topic_often"]] = np.bincount(owner, weights=often, minlength=n) * each


def _echo(own: NDArray[np.float32], threes: Items) -> None:
    """The share of a line's runs of three words that stand in other lines too, and in earlier ones."""
    place, owner, size = threes
    n = own.shape[1]
    first, last = _ends(place, owner, size)
    first_line, last_line = first[place], last[place]
    each = 1 / np.maximum(np.bincount(owner, minlength=n), 1)
    own[AT["echo"]] = np.bincount(owner, weights=first_line != last_line, minlength=n) * each
    own[AT["echo_before"]] = np.bincount(owner, weights=first_line != owner, minlength=n) * each


def _in_others(items: Items, place: NDArray[np.int64], owner: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the items stand, in a line other than their own, among those at `place` and of `owner` too."""
    first, last = _ends(place, owner, items.size)
    last_line = last[items.place]
    found: NDArray[np.bool_] = (last_line >= 0) & ((first[items.place] != items.owner) | (last_line != items.owner))
    return found


def _ends(place: NDArray[np.int64], owner: NDArray[np.int64], size: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The first and the last line that has each place, -1 where none has it."""
    last = np.full(size, -1, dtype=np.int32)
    first = last.copy()
    last[place] = owner
    first[place[::-1]] = owner[::-1]
    return first, last


def _style(own: NDArray[np.float32]) -> None:
    """How much running text the lines hold that are set like this one, and how many lines these are."""
    key = own[AT["indent"]] * 64 + own[AT["bullet"]] * 16 + own[AT["blank_before"]] * 4 + own[AT["blank_after"]]
    group = key.astype(np.int64)
    times = np.bincount(group)
    prose = np.bincount(group, weights=own[AT["prose"]])
    own[AT["style_prose"]] = prose[group] / times[group]
    own[AT["style_share"]] = times[group] / own.shape[1]

"""What a line looks like: the numbers that the model judges by, for all lines of some documents at once.

Those of a line come from its characters, its words and its repeats in the document. `around` adds what stands before
and behind. Each step works on all lines of all documents (`bounds` says why), and the results go straight into one
array.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.checks.boilerplate import around, chars, words
from provcheck.checks.boilerplate.bounds import Bounds
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
SETTINGS = 1024
"""More than there are ways to set a line: by indent, bullet, and blank lines before and behind."""

PROSE_WORDS = 2.3
"""Running text has about nine words to the line or more, in the measure of the feature `words`."""


class Facts(NamedTuple):
    """The features (`NAMES` by lines) of the lines of some documents, and what later steps ask for again.

    `lines` has the same number for lines of the same words, and 0 for lines without words. `telling` are the words
    that are no function words, `threes` the runs of three words.
    """

    bounds: Bounds
    features: NDArray[np.float32]
    hits: words.Hits
    lines: NDArray[np.uint64]
    telling: Items
    threes: Items

    def of(self, wanted: NDArray[np.bool_]) -> Facts:
        """The facts of those documents that are wanted."""
        if wanted.all():
            return self
        bounds = Bounds.of(self.bounds.sizes[wanted])
        lines = wanted[self.bounds.document]
        now = np.cumsum(lines) - 1
        rows, owner, whole = self.hits
        here = lines[owner]
        hits = words.Hits(rows[here], now[owner[here]], whole[here])
        items = (Items(group[lines[owner]], now[owner[lines[owner]]]) for group, owner in (self.telling, self.threes))
        return Facts(bounds, self.features[:, lines], hits, self.lines[lines], *items)


class Items(NamedTuple):
    """What lines are compared by: words, or runs of words, of which each has a group and the line that it stands in.

    The same words of one document are of one group, which is known by a number below that of all items.
    """

    group: NDArray[np.int64]
    owner: NDArray[np.int64]

    @classmethod
    def of(cls, numbers: NDArray[np.uint64], owner: NDArray[np.int64], bounds: Bounds) -> Items:
        """Items known by numbers whose upper bits are spread evenly.

        In each document they fall into thirty-two times as many places as it has items, so that one is taken for
        another in about three cases of a hundred. A group is known by the last item that fell into its place.
        """
        upto = owner.searchsorted(bounds.ends)
        counts = np.diff(upto, prepend=0)
        bits = np.maximum(8, np.frexp(counts)[1] + 5)  # `frexp` has the length in bits
        place = (numbers >> np.repeat(64 - bits, counts).astype(np.uint64)).astype(np.int64)
        item = np.arange(len(place))
        group = np.empty_like(item)
        last = np.empty(1 << int(bits.max()), dtype=np.int64)
        for begin, end in zip((upto - counts).tolist(), upto.tolist(), strict=True):
            last[place[begin:end]] = item[begin:end]
            last.take(place[begin:end], out=group[begin:end], mode="wrap")  # all places are sound
        return cls(group, owner)


def shortened(line: str) -> str:
    """The line without the white space around it, and of a very long one only its two ends.

    >>> len(shortened(" " + "x" * 9000)) == LONGEST_LINE
    True
    """
    line = line.strip()
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE // 2] + line[-LONGEST_LINE // 2 :]


def of_lines(
    texts: Sequence[str],
    numbers: Sequence[int] | NDArray[np.int64],
    tables: Tables,
    sizes: Sequence[int] | None = None,
    stripped: Sequence[str] | None = None,
) -> Facts:
    """The features of the lines `texts`, none of them blank, that stand at `numbers` (from 1) in their document.

    The lines may be those of several documents, one after the other, of which `sizes` has the numbers of lines; what
    is found of a document does not depend on the others. `stripped` are the lines without the white space around them,
    where the caller has them at hand.
    """
    bounds = Bounds.of([len(texts)] if sizes is None else sizes)
    characters = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    short = list(map(str.strip, texts) if stripped is None else stripped)
    for line in (characters > LONGEST_LINE).nonzero()[0].tolist():
        short[line] = shortened(texts[line])
    points, lengths = chars.joined(short)
    classes = chars.class_table().take(points)
    ends = np.cumsum(lengths)
    found = words.tokens(points, classes, ends)
    known = words.known(found, tables.lexicon)
    lines = words.line_numbers(found, known.numbers)
    features = np.empty((len(NAMES), len(texts)), dtype=np.float32)
    _shape(features, classes, lengths, ends, found)
    features[AT["length"]] = np.log1p(characters.astype(np.float32))
    indents = characters - np.fromiter(map(len, map(str.lstrip, texts)), dtype=np.int64, count=len(texts))
    _setting(features, indents, np.asarray(numbers), bounds)
    _vocabulary(features[len(SHAPE) : len(SHAPE) + len(VOCABULARY)], found, known, tables)
    features[AT["times_here"]] = _times(lines, bounds)
    _prose(features)
    content = (tables.function.take(known.rows) == 0).nonzero()[0]
    telling = Items.of(known.numbers.take(content), found.owner.take(content), bounds)
    within = (found.owner[: len(known.threes)] == found.owner[2:]).nonzero()[0]
    threes = Items.of(known.threes.take(within), found.owner.take(within), bounds)
    _topic(features, telling)
    _echo(features, threes)
    _style(features, bounds)
    around.fill(features[len(OWN) :], features, _told(known.hits, tables, len(texts)), bounds)
    return Facts(bounds, features, known.hits, lines, telling, threes)


def _told(hits: words.Hits, tables: Tables, n: int) -> around.Told:
    kinds = tables.kinds.take(hits.rows)
    return around.Told(
        *(_flags(kinds == tables.names.index(kind), hits.owner, n) for kind in ("comment form", "teaser"))
    )


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


def _setting(own: NDArray[np.float32], indents: NDArray[np.int64], numbers: NDArray[np.int64], bounds: Bounds) -> None:
    own[AT["indent"]] = np.minimum(indents, MOST_INDENT)
    gap = np.minimum(numbers - bounds.shifted(numbers, -1, 0) - 1, 3)
    own[AT["blank_before"]], own[AT["blank_after"]] = gap, bounds.shifted(gap, 1, 0)


def _vocabulary(part: NDArray[np.float32], found: words.Tokens, known: words.Known, tables: Tables) -> None:
    rows, owner, n = known.hits.rows.astype(np.intp), known.hits.owner, len(found.per_line)
    each = 1 / np.maximum(found.per_line, 1)
    weight = tables.weights.take(rows)
    total = np.bincount(owner, weights=weight, minlength=n)
    best, worst = np.zeros(n, dtype=np.float32), np.zeros(n, dtype=np.float32)
    np.maximum.at(best, owner, weight)
    np.minimum.at(worst, owner, weight)
    chrome = np.bincount(owner, weights=tables.covers.take(rows), minlength=n)
    left = (found.firsts + found.per_line).take(owner) - known.last
    late = left <= END_WORDS
    at_edge = late | (known.first - found.firsts.take(owner) < START_WORDS)
    part[0] = np.bincount(owner, weights=tables.function.take(rows), minlength=n) * each
    part[1], part[2], part[3], part[4] = total, total * each, best, worst
    part[5] = np.bincount(owner, weights=weight * late, minlength=n)
    part[6], part[7] = chrome, np.minimum(chrome * each, 1)
    part[8] = np.bincount(owner, weights=tables.caption.take(rows) * at_edge, minlength=n)


def _times(numbers: NDArray[np.uint64], bounds: Bounds) -> NDArray[np.int64]:
    """How many others of the document are the same, up to `MOST_TIMES`, none for 0."""
    order = numbers.argsort(kind="stable")  # equal numbers stay in the order of their documents
    number, document = numbers[order], bounds.document[order]
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (number[1:] != number[:-1]) | (document[1:] != document[:-1])
    group = np.cumsum(begins) - 1
    times = np.empty(len(order), dtype=np.int64)
    times[order] = np.bincount(group)[group]
    result: NDArray[np.int64] = np.minimum(times - 1, MOST_TIMES) * (numbers != 0)
    return result


def _prose(own: NDArray[np.float32]) -> None:
    """How much running text a line is: its words, if it has enough of them and is built of sentences."""
    size = own[AT["words"]]
    sentence = own[AT["ends_sentence"]] + own[AT["sentences"]] + own[AT["commas"]] > 0
    own[AT["prose"]] = (size - 1.5) * ((size > PROSE_WORDS) & sentence & (own[AT["capitals"]] < 0.6))


def _topic(own: NDArray[np.float32], telling: Items) -> None:
    """The share of a line's telling words that running text elsewhere in the document has too, or has often."""
    group, owner = telling
    inside = (own[AT["prose"]] > 0).take(owner)
    elsewhere = _in_others(telling, group[inside], owner[inside])
    often = np.bincount(group[inside], minlength=len(group)).take(group) - inside >= OFTEN
    n = own.shape[1]
    each = 1 / np.maximum(np.bincount(owner, minlength=n), 1)
    own[AT["topic"]] = np.bincount(owner, weights=elsewhere, minlength=n) * each
    own[AT["topic_often"]] = np.bincount(owner, weights=often, minlength=n) * each


def _echo(own: NDArray[np.float32], threes: Items) -> None:
    """The share of a line's runs of three words that stand in other lines too, and in earlier ones."""
    group, owner = threes
    n = own.shape[1]
    first, last = _ends(group, owner, len(group))
    first_line, last_line = first.take(group), last.take(group)
    each = 1 / np.maximum(np.bincount(owner, minlength=n), 1)
    own[AT["echo"]] = np.bincount(owner, weights=first_line != last_line, minlength=n) * each
    own[AT["echo_before"]] = np.bincount(owner, weights=first_line != owner, minlength=n) * each


def _in_others(items: Items, group: NDArray[np.int64], owner: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the items stand, in a line other than their own, among those of `group` and `owner` too."""
    first, last = _ends(group, owner, len(items.group))
    first_line, last_line = first.take(items.group), last.take(items.group)
    found: NDArray[np.bool_] = (last_line >= 0) & ((first_line != items.owner) | (last_line != items.owner))
    return found


def _ends(group: NDArray[np.int64], owner: NDArray[np.int64], size: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The first and the last line that has each group, -1 where none has it."""
    last = np.full(size, -1, dtype=np.int32)
    first = last.copy()
    last[group] = owner
    first[group[::-1]] = owner[::-1]
    return first, last


def _style(own: NDArray[np.float32], bounds: Bounds) -> None:
    """How much running text the lines hold that are set like this one, and how many lines these are."""
    key = own[AT["indent"]] * 64 + own[AT["bullet"]] * 16 + own[AT["blank_before"]] * 4 + own[AT["blank_after"]]
    group = bounds.document * SETTINGS + key.astype(np.int64)
    times = np.bincount(group)
    prose = np.bincount(group, weights=own[AT["prose"]])
    own[AT["style_prose"]] = prose.take(group) / times.take(group)
    own[AT["style_share"]] = times.take(group) / bounds.sizes[bounds.document]

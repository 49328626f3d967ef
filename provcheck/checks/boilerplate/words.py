"""Words and phrases as numbers: found for all lines of a text at once, looked up in one table.

A token is a word of a spaced script, or a single character of a script without spaces. A phrase is one to four
tokens of one line. Both are known by a 64-bit number, so that the lookup is one indexing operation for a whole text.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.checks.boilerplate import chars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LONGEST = 4
"""Most tokens of a phrase."""

_STEP = 0x9E3779B97F4A7C15
_STEP_INVERSE = pow(_STEP, -1, 1 << 64)
_PHRASE = np.uint64(0xD6E8FEB86659FD93)
_WHOLE = np.uint64(0xA0761D6478BD642F)
_SPREAD = np.uint64(0xE7037ED1A0B428DB)
_SLOT_BITS = 19
_SHIFT = np.uint64(64 - _SLOT_BITS)


class Tokens(NamedTuple):
    """The tokens of some lines: the number of each, the line (from 0) it stands in, and tokens per line.

    `capital` tells of each token whether it begins with a capital letter, `firsts` where each line's tokens begin.
    """

    numbers: NDArray[np.uint64]
    owner: NDArray[np.int64]
    per_line: NDArray[np.int64]
    firsts: NDArray[np.int64]
    capital: NDArray[np.bool_]


@cache
def _powers(bits: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    size = 1 << bits
    out = []
    for base in (_STEP, _STEP_INVERSE):
        table = np.ones(size, dtype=np.uint64)
        table[1:] = np.uint64(base)
        out.append(np.multiply.accumulate(table))
    return out[0], out[1]


def tokens(points: NDArray[np.intp], classes: NDArray[np.uint8], ends: NDArray[np.int64]) -> Tokens:
    """The tokens of lines that stand one after the other, each up to its end in `ends`."""
    dense = classes == chars.DENSE
    word = (classes >= chars.UPPER) & (classes <= chars.DIGIT) & ~dense
    begins = word.copy()
    begins[1:] &= ~word[:-1]
    begins |= dense
    starts = np.flatnonzero(begins)
    bounds = np.searchsorted(starts, ends)
    per_line = np.diff(bounds, prepend=0)
    owner = np.repeat(np.arange(len(ends)), per_line)
    if not len(starts):
        return Tokens(np.zeros(0, np.uint64), owner, per_line, bounds - per_line, np.zeros(0, np.bool_))
    up, down = _powers(max(16, len(points).bit_length()))
    values = chars.value_table().take(points)
    values *= up[: len(points)]
    numbers = np.add.reduceat(values, starts) * down.take(starts)
    return Tokens(numbers, owner, per_line, bounds - per_line, classes.take(starts) == chars.UPPER)


class Hits(NamedTuple):
    """The phrases of some lines that the lexicon knows: their rows there, and the lines (from 0) they stand in.

    `whole` tells which of them are a line by themselves: they have rows of their own, since ``Share`` alone in a line
    is another thing than ``share`` in a sentence.
    """

    rows: NDArray[np.int16]
    owner: NDArray[np.int64]
    whole: NDArray[np.bool_]


class Known(NamedTuple):
    """What the lexicon says of the tokens: the `hits` of all phrases, and of each single token number and row.

    `first` and `last` are the places of the first and the last token of each hit. `threes` has the number of each run
    of three tokens by its first, those that run over the end of a line too.
    """

    hits: Hits
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    numbers: NDArray[np.uint64]
    rows: NDArray[np.int16]
    threes: NDArray[np.uint64]


def known(found: Tokens, lexicon: Lexicon) -> Known:
    """Look up all phrases of one to `LONGEST` tokens of one line, and the whole lines of no more.

    Most phrases are unknown. So even those that run over the end of a line are looked up, and only hits are checked.
    """
    count = len(found.numbers)
    grown, numbers, whole, whole_owner = found.numbers, [], [], []
    for n in range(1, LONGEST + 1):
        if n > 1:
            grown = grown[:-1] * _PHRASE + found.numbers[n - 1 :]
        numbers.append(grown)
        lines = (found.per_line == n).nonzero()[0]
        whole_owner.append(lines)
        whole.append(grown[found.firsts[lines]] ^ _WHOLE)
    mixed = final(np.concatenate(numbers + whole))
    rows = lexicon.rows(mixed)
    hit = (rows != 0).nonzero()[0]
    bounds = np.cumsum([0, *map(len, numbers)])
    longer = np.repeat(np.arange(LONGEST + 1), np.diff(hit.searchsorted(bounds), append=len(hit)))  # tokens, less one
    is_whole = longer == LONGEST
    begin = hit - bounds.take(longer)
    lines = np.concatenate(whole_owner)[begin[is_whole]]
    begin[is_whole] = found.firsts[lines]
    longer[is_whole] = found.per_line[lines] - 1
    end = begin + longer
    owner = found.owner.take(begin)
    fits = owner == found.owner.take(end)
    hits = Hits(rows[hit[fits]], owner[fits], is_whole[fits])
    return Known(hits, begin[fits], end[fits], mixed[:count], rows[:count], mixed[bounds[2] : bounds[3]])


def line_numbers(found: Tokens, mixed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number for each line that is the same for lines of the same words; 0 for lines without words.

    `mixed` are the tokens' numbers as the lexicon knows them.
    """
    result = np.zeros(len(found.per_line), dtype=np.uint64)
    if not len(mixed):
        return result
    up, down = _powers(max(16, len(mixed).bit_length()))
    has = found.per_line.nonzero()[0]
    firsts = found.firsts[has]
    result[has] = np.add.reduceat(mixed * up[: len(mixed)], firsts) * down.take(firsts)
    return result


def final(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The numbers with their bits spread evenly, as the lexicon knows them."""
    mixed = numbers ^ (numbers >> np.uint64(29))
    mixed *= _SPREAD
    return mixed


def numbers_of(entries: Sequence[str]) -> NDArray[np.uint64]:
    """The number of each phrase; ``=`` before it means a line that is this phrase and nothing else.

    A phrase without a word, or with more than `LONGEST` tokens, gets 0.

    >>> one, same, whole, none = numbers_of(["Read more", "read  MORE", "=read more", "!"]).tolist()
    >>> one == same, one == whole, none
    (True, False, 0)
    """
    points, lengths = chars.joined([entry.removeprefix("=") for entry in entries])
    found = tokens(points, chars.class_table()[points], np.cumsum(lengths))
    whole = np.array([entry.startswith("=") for entry in entries], dtype=np.bool_)
    result = np.zeros(len(entries), dtype=np.uint64)
    grown = found.numbers
    for n in range(1, LONGEST + 1):
        if n > 1:
            grown = grown[:-1] * _PHRASE + found.numbers[n - 1 :]
        of_length = np.flatnonzero(found.per_line == n)
        value = grown[found.firsts[of_length]]
        result[of_length] = final(np.where(whole[of_length], value ^ _WHOLE, value))
    return result


class Lexicon(NamedTuple):
    """Phrases and the row that each stands for, ready to be looked up.

    `slots` leads from the upper bits of a number to a row (0 where there is none); `known` holds each row's full
    number, so that two phrases that share a slot are not taken for each other.
    """

    slots: NDArray[np.int16]
    known: NDArray[np.uint64]

    @classmethod
    def of(cls, entries: Sequence[str]) -> Lexicon:
        """The lexicon of `entries`, which get the rows 1, 2, 3 … in their order; the first of a slot keeps it."""
        known = np.zeros(len(entries) + 1, dtype=np.uint64)
        numbers = numbers_of(entries)
        valid = numbers.nonzero()[0]
        rows = valid[np.unique(numbers[valid] >> _SHIFT, return_index=True)[1]] + 1
        known[rows] = numbers[rows - 1]
        return cls.stored(known)

    @classmethod
    def stored(cls, known: NDArray[np.uint64]) -> Lexicon:
        """The lexicon that has these full numbers by row, 0 where the row's slot is another's."""
        slots = np.zeros(1 << _SLOT_BITS, dtype=np.int16)
        rows = known.nonzero()[0]
        slots[known[rows] >> _SHIFT] = rows
        return cls(slots, known)

    def rows(self, numbers: NDArray[np.uint64]) -> NDArray[np.int16]:
        """The row of each number, 0 where it is unknown."""
        rows = self.slots.take((numbers >> _SHIFT).view(np.int64))
        hit = (rows != 0).nonzero()[0]
        rows[hit[self.known.take(rows.take(hit)) != numbers.take(hit)]] = 0
        return rows

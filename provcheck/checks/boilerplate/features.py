"""What a line looks like, and what stands around it: the numbers that the model judges by.

All features of all lines are computed at once. Those of a line come from its characters and words; those of its
surroundings are the same numbers of the lines before and behind, sums over windows, and the place relative to the
stretch of the document that holds the most running text (the maximum-sum segment, after Pasternack and Roth,
"Extracting article text from the web with maximum subsequence segmentation", WWW 2009).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.checks.boilerplate import chars, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.lexicon import Tables

LONGEST_LINE = 2000
"""Characters of a line that are looked at: its beginning and its end, half of this each."""

SHAPE = (
    "length", "words", "upper", "digits", "ends_in_words", "commas", "sentences", "marks", "symbols", "brackets",
    "quotes", "dashes", "colons", "capitals", "joins", "word_length", "first_class", "last_class", "bullet",
    "starts_lower", "ends_sentence", "ends_colon", "indent", "blank_before", "blank_after", "dense", "spaced_letters",
)  # fmt: skip
VOCABULARY = (
    "function_words", "learned_sum", "learned_mean", "learned_best", "learned_worst", "chrome_words", "chrome_share",
    "whole_line", "provenance_words",
)  # fmt: skip
REPEATS = ("times_here", "first_time", "same_as_last", "same_opening")
PROSE = ("prose", "topic", "style_prose", "style_share")
OWN = (*SHAPE, *VOCABULARY, *REPEATS, *PROSE)

SHIFTED = (
    "words", "capitals", "sentences", "ends_sentence", "bullet", "indent", "blank_before", "blank_after",
    "function_words", "learned_mean", "learned_sum", "chrome_share", "times_here", "prose", "digits", "topic", "style_prose",
)  # fmt: skip
SHIFTS = (-3, -2, -1, 1, 2, 3)
SUMMED = ("words", "ends_sentence", "bullet", "learned_sum", "chrome_words", "prose", "function_words", "times_here")
WINDOWS = (2, 5, 12)
PLACE = (
    "line_share", "text_share", "lines", "text", "prose_total", "before_main", "behind_main", "main_share",
    "prose_share", "last_prose", "next_prose", "lines_left", "bullets_total", "blank_total", "since_comment",
    "since_teaser", "until_teaser", "prose_length", "unlike_prose",
)  # fmt: skip
NAMES = (
    *OWN,
    *(f"{name}{shift:+d}" for shift in SHIFTS for name in SHIFTED),
    *(f"{name}_{side}_{window}" for window in WINDOWS for side in ("before", "behind") for name in SUMMED),
    *PLACE,
)
"""The features by name, in the order of the rows that `of_lines` gives."""

_AT = {name: i for i, name in enumerate(OWN)}
_SHIFTED_AT = np.array([_AT[name] for name in SHIFTED])
_SUMMED_AT = np.array([_AT[name] for name in SUMMED])


class Facts(NamedTuple):
    """What the features are made of and later steps ask for again: the lexicon's rows of all phrases, by line."""

    features: NDArray[np.float32]
    rows: NDArray[np.int16]
    owner: NDArray[np.int64]
    whole: NDArray[np.bool_]
    lines: NDArray[np.uint64]


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
    """The features of the lines `texts`, none of them blank, that stand at `numbers` (from 1) in their document.

    The features are an array of `NAMES` by lines.
    """
    short = [shortened(text) for text in texts]
    points, lengths = chars.joined(short)
    classes = chars.class_table()[points]
    ends = np.cumsum(lengths)
    found = words.tokens(points, classes, ends)
    rows, owner, whole = _lookup(found, tables)
    own = np.empty((len(OWN), len(texts)), dtype=np.float32)
    size = len(SHAPE)
    _shape(own, classes, lengths, ends, found)
    _layout(own, texts, short, np.asarray(numbers))
    _vocabulary(own[size : size + len(VOCABULARY)], found, rows, owner, whole, tables)
    same = words.line_numbers(found)
    _repeats(own[size + len(VOCABULARY) :], found, same)
    _prose(own)
    _topic(own, found, tables)
    _style(own)
    kinds = tables.kinds[rows]
    marks = [_lines_with(kinds == tables.names.index(kind), owner) for kind in ("comment form", "teaser")]
    return Facts(np.concatenate([own, _shifted(own), *_sums(own), _place(own, *marks)]), rows, owner, whole, same)


def _shape(
    own: NDArray[np.float32],
    classes: NDArray[np.uint8],
    lengths: NDArray[np.int64],
    ends: NDArray[np.int64],
    found: words.Tokens,
) -> None:
    n = len(lengths)
    made = chars.counts(classes, lengths).T.astype(np.float32)
    lower_upper = np.flatnonzero((classes[:-1] == chars.LOWER) & (classes[1:] == chars.UPPER))
    full_stop = np.flatnonzero((classes[:-1] == chars.END) & (classes[1:] <= chars.CONTROL))
    count = found.per_line.astype(np.float32)
    each = 1 / np.maximum(count, 1)
    letters = made[chars.UPPER : chars.DIGIT].sum(axis=0)
    per_letter = 1 / np.maximum(letters, 1)
    starts, last = ends - lengths, ends - 2
    first_class, last_class = classes[starts], classes[last]
    before_last = classes[np.maximum(last - 1, starts)]
    own[_AT["words"]] = np.log1p(count - 0.5 * made[chars.DENSE])  # two dense characters make about one word
    own[_AT["upper"]] = made[chars.UPPER] * per_letter
    own[_AT["digits"]] = made[chars.DIGIT] / lengths
    own[_AT["ends_in_words"]] = made[chars.END] * each
    own[_AT["commas"]] = made[chars.COMMA] * each
    own[_AT["sentences"]] = np.bincount(np.searchsorted(ends, full_stop, side="right"), minlength=n)
    for name, kind in (("marks", chars.MARK), ("symbols", chars.SYMBOL), ("brackets", chars.BRACKET),
                       ("quotes", chars.QUOTE), ("dashes", chars.DASH), ("colons", chars.COLON)):  # fmt: skip
        own[_AT[name]] = made[kind] * each
    own[_AT["capitals"]] = np.bincount(found.owner, weights=found.capital, minlength=n) * each
    own[_AT["joins"]] = np.bincount(np.searchsorted(ends, lower_upper, side="right"), minlength=n) * each
    own[_AT["word_length"]] = (letters - made[chars.DENSE]) * each
    own[_AT["first_class"]] = first_class
    own[_AT["last_class"]] = last_class
    own[_AT["bullet"]] = (first_class == chars.MARK) | (
        (first_class == chars.DASH) & (classes[starts + 1] == chars.SPACE)
    )
    own[_AT["starts_lower"]] = first_class == chars.LOWER
    closed = ((last_class == chars.QUOTE) | (last_class == chars.BRACKET)) & (before_last == chars.END)
    own[_AT["ends_sentence"]] = (last_class == chars.END) | closed
    own[_AT["ends_colon"]] = last_class == chars.COLON
    own[_AT["dense"]] = made[chars.DENSE] * per_letter
    own[_AT["spaced_letters"]] = (made[chars.LETTER] + made[chars.HANGUL]) * per_letter


def _layout(own: NDArray[np.float32], texts: Sequence[str], short: Sequence[str], at: NDArray[np.int64]) -> None:
    n = len(texts)
    own[_AT["length"]] = np.log1p(np.fromiter(map(len, texts), dtype=np.float32, count=n))
    indent = np.fromiter((text.find(line[0]) for text, line in zip(texts, short, strict=True)), np.float32, count=n)
    own[_AT["indent"]] = np.minimum(indent, 12)
    gaps = np.minimum(np.diff(at, prepend=0, append=at[-1] + 1) - 1, 3)
    own[_AT["blank_before"]], own[_AT["blank_after"]] = gaps[:-1], gaps[1:]


def _lookup(found: words.Tokens, tables: Tables) -> tuple[NDArray[np.int16], NDArray[np.int64], NDArray[np.bool_]]:
    """The lexicon's rows of all phrases that it knows, the lines (from 0) they stand in, and which are whole lines."""
    phrases = words.phrases(found)
    at = np.concatenate([places for places, _ in phrases])
    rows = tables.lexicon.rows(np.concatenate([numbers for _, numbers in phrases]))
    hit = np.flatnonzero(rows)
    return rows[hit], found.owner[at[hit]], hit >= len(at) - len(phrases[-1][0])


def _vocabulary(
    part: NDArray[np.float32],
    found: words.Tokens,
    rows: NDArray[np.int16],
    owner: NDArray[np.int64],
    whole: NDArray[np.bool_],
    tables: Tables,
) -> None:
    n = len(found.per_line)
    each = 1 / np.maximum(found.per_line, 1)
    weight = tables.weights[rows]
    total = np.bincount(owner, weights=weight, minlength=n)
    best, worst = np.zeros(n), np.zeros(n)
    np.maximum.at(best, owner, weight)
    np.minimum.at(worst, owner, weight)
    covered = tables.covers[rows]
    chrome = np.bincount(owner, weights=covered, minlength=n)
    part[0] = np.bincount(owner, weights=tables.function[rows], minlength=n) * each
    part[1], part[2], part[3], part[4] = total, total * each, best, worst
    part[5], part[6] = chrome, np.minimum(chrome * each, 1)
    part[7] = np.bincount(owner, weights=whole & (covered > 0), minlength=n)
    part[8] = np.bincount(owner, weights=tables.provenance[rows], minlength=n)


def _repeats(part: NDArray[np.float32], found: words.Tokens, lines: NDArray[np.uint64]) -> None:
    n = len(found.per_line)
    _, first, group, times = np.unique(lines, return_index=True, return_inverse=True, return_counts=True)
    again = lines != 0
    part[0] = np.where(again, np.minimum(times[group] - 1, 8), 0)
    part[1] = first[group] == np.arange(n)
    part[2] = 0
    part[2, 1:] = again[1:] & (lines[1:] == lines[:-1])
    opening = np.zeros(n, dtype=np.uint64)
    several = np.flatnonzero(found.per_line > 1)
    opening[several] = found.numbers[found.firsts[several]] * np.uint64(31) + found.numbers[found.firsts[several] + 1]
    _, group, times = np.unique(opening, return_inverse=True, return_counts=True)
    part[3] = np.where(opening != 0, np.minimum(times[group] - 1, 8), 0)


def _prose(own: NDArray[np.float32]) -> None:
    """How much running text a line is: its words, if it has enough of them and is built of sentences."""
    size = own[_AT["words"]]
    sentence = (own[_AT["ends_sentence"]] > 0) | (own[_AT["sentences"]] > 0) | (own[_AT["commas"]] > 0)
    own[_AT["prose"]] = np.where((size > 2.3) & sentence & (own[_AT["capitals"]] < 0.6), size - 1.5, 0)


def _topic(own: NDArray[np.float32], found: words.Tokens, tables: Tables) -> None:
    """The share of a line's words, function words left out, that running text elsewhere in the document has too."""
    n = own.shape[1]
    known = tables.lexicon.rows(words.final(found.numbers))
    telling = np.flatnonzero(tables.function[known] == 0)
    owner = found.owner[telling]
    _, group = np.unique(found.numbers[telling], return_inverse=True)
    in_prose = (own[_AT["prose"]] > 0)[owner]
    size = int(group.max()) + 1 if len(group) else 0
    pairs = np.unique(group[in_prose] * n + owner[in_prose])
    lines_with = np.bincount(pairs // n, minlength=size)
    elsewhere = (lines_with[group] - in_prose) > 0
    count = np.bincount(owner, minlength=n)
    own[_AT["topic"]] = np.bincount(owner, weights=elsewhere, minlength=n) / np.maximum(count, 1)


def _style(own: NDArray[np.float32]) -> None:
    """How much running text the lines hold that are set like this one, and how many lines these are."""
    n = own.shape[1]
    key = own[_AT["indent"]] * 64 + own[_AT["bullet"]] * 16 + own[_AT["blank_before"]] * 4 + own[_AT["blank_after"]]
    group = key.astype(np.int64)
    times = np.bincount(group)
    prose = np.bincount(group, weights=own[_AT["prose"]])
    own[_AT["style_prose"]] = prose[group] / times[group]
    own[_AT["style_share"]] = times[group] / n


def _lines_with(hit: NDArray[np.bool_], owner: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.unique(owner[hit])


def _since(spots: NDArray[np.int64], here: NDArray[np.float32], far: int) -> NDArray[np.float32]:
    """How many lines ago the last of `spots` was, counting the line itself; `far` where there was none."""
    last = np.concatenate([[-far], spots])[np.searchsorted(spots, here, side="right")]
    result: NDArray[np.float32] = np.minimum(here - last, far)
    return result


def _shifted(own: NDArray[np.float32]) -> NDArray[np.float32]:
    n, reach = own.shape[1], max(SHIFTS)
    chosen = np.full((len(SHIFTED), n + 2 * reach), -1, dtype=np.float32)
    chosen[:, reach : reach + n] = own[_SHIFTED_AT]
    return np.concatenate([chosen[:, reach + shift : reach + shift + n] for shift in SHIFTS])


def _sums(own: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    n = own.shape[1]
    running = np.zeros((len(SUMMED), n + 1), dtype=np.float32)
    np.cumsum(own[_SUMMED_AT], axis=1, out=running[:, 1:], dtype=np.float64)
    here = np.arange(n)
    out = []
    for window in WINDOWS:
        out.append(running[:, here] - running[:, np.maximum(here - window, 0)])
        out.append(running[:, np.minimum(here + 1 + window, n)] - running[:, here + 1])
    return out


def _place(own: NDArray[np.float32], comments: NDArray[np.int64], teasers: NDArray[np.int64]) -> NDArray[np.float32]:
    n = own.shape[1]
    here = np.arange(n, dtype=np.float32)
    prose = own[_AT["prose"]]
    begin, end = densest(np.where(prose > 0, prose, -1.0))
    text = np.cumsum(np.exp(own[_AT["length"]]), dtype=np.float64)
    total = np.cumsum(prose, dtype=np.float64)
    inside = total[end - 1] - (total[begin - 1] if begin else 0.0)
    spots = np.flatnonzero(prose > 0)
    size = own[_AT["words"]]
    usual = float(np.median(size[spots])) if len(spots) else 0.0
    backwards = n - 1 - here
    rows = [
        here / n, text / text[-1], np.full(n, np.log1p(n)), np.full(n, np.log1p(text[-1])), np.full(n, total[-1]),
        np.clip(begin - here, -50, 50), np.clip(here - (end - 1), -50, 50), np.full(n, (end - begin) / n),
        np.full(n, inside / max(total[-1], 1.0)), 
        _since(spots + 1, here, 50), _since(n - spots[::-1], backwards, 50),
        np.minimum(n - here, 50), np.full(n, own[_AT["bullet"]].mean()), np.full(n, own[_AT["blank_before"]].mean()),
        _since(comments, here, 200), _since(teasers, here, 50), _since(n - 1 - teasers[::-1], backwards, 50),
        np.full(n, usual), np.abs(size - usual),
    ]  # fmt: skip
    return np.array(rows, dtype=np.float32)


def densest(values: NDArray[np.float64]) -> tuple[int, int]:
    """The half-open range of largest sum, which is never empty.

    >>> densest(np.array([-1.0, 3.0, -1.0, 4.0, -9.0, 5.0]))
    (1, 4)
    """
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    lowest = np.minimum.accumulate(total[:-1])
    end = int(np.argmax(total[1:] - lowest)) + 1
    begin = int(np.argmax(total[:end] == lowest[end - 1]))
    return begin, end

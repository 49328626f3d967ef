"""From pages to weights: the words, then the trees over features that the words are part of, then the second look's.

Each must see the one before as it will be met later, on sites that it has not learned from. So each quarter of the
sites gets features from words that were weighed on the other three, and first opinions of trees grown on them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.holdout import held_out
from provcheck.checks.boilerplate import again, lexicon
from provcheck.checks.boilerplate.forest import Forest
from training import trees, vocabulary
from training.pages import Page, chance, load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

FOLDS = 4
THRESHOLD = 0.55
"""Chosen by cross-validation on the publishers that are not held out: .6 reads .001 more, and harms more bodies."""

Matrices = list["NDArray[np.float32] | None"]


def learn(folder: Path, *, without_held_out: bool, say: Callable[[str], None]) -> str:
    """The text of the data file that `provcheck` ships, learned from the pages in `folder`."""
    pages = [page for page in load(folder, held_out) if not (without_held_out and page.held_out)]
    say(f"{len(pages)} views of pages")
    grams = vocabulary.Grams()
    known = vocabulary.candidates(pages, grams)
    matrices = _matrices(pages, lambda others: vocabulary.learn(others, known, grams))
    say("features of the first look")
    looked = _looked(pages, matrices, say)
    words = vocabulary.learn(pages, known, grams)
    say(f"{len(words)} words; growing the trees that are kept")
    first, second = trees.fit(trees.FIRST, pages, matrices), trees.fit(trees.SECOND, pages, looked)
    return text({"threshold": THRESHOLD, "words": words, "first": first, "second": second})


def _matrices(pages: Sequence[Page], learned: Callable[[list[Page]], dict[str, int]]) -> Matrices:
    """The features of each page, by words that were weighed on other sites."""
    result: Matrices = [None] * len(pages)
    phrases = lexicon.data("boilerplate_words")
    for number in range(FOLDS):
        tables = lexicon.Tables.of(phrases, learned([page for page in pages if fold(page) != number]))
        for i, page in enumerate(pages):
            if fold(page) == number:
                result[i] = trees.matrix(page, tables)
    return result


def _looked(pages: Sequence[Page], matrices: Matrices, say: Callable[[str], None]) -> Matrices:
    """The features of the second look of each page, by first opinions of trees that were grown on other sites."""
    result: Matrices = [None] * len(pages)
    for number in range(FOLDS):
        others = [i for i, page in enumerate(pages) if fold(page) != number]
        grown = trees.fit(trees.FIRST, [pages[i] for i in others], [matrices[i] for i in others])
        forest = Forest.of(grown, trees.FIRST.names)
        for i, (page, matrix) in enumerate(zip(pages, matrices, strict=True)):
            if fold(page) == number and matrix is not None:
                result[i] = again.looks(matrix, forest.logits(matrix))
        say(f"first opinions on quarter {number + 1} of {FOLDS}")
    return result


def fold(page: Page) -> int:
    """Which quarter of the sites the page's belongs to."""
    return int(chance("fold" + page.site) * FOLDS)


def text(weights: dict[str, Any]) -> str:
    """The weights as JSON that a reviewer can read and a diff can show: one word, feature or tree a line."""
    words = ",\n".join(f"{_dump(word)}:{weight}" for word, weight in weights["words"].items())
    looks = ",\n".join(f'"{name}":{_look(weights[name])}' for name in ("first", "second"))
    return f'{{"threshold":{weights["threshold"]},\n"words":{{\n{words}\n}},\n{looks}}}\n'


def _look(grown: dict[str, Any]) -> str:
    borders = ",\n".join(f"{_dump(name)}:{_dump(values)}" for name, values in grown["borders"].items())
    listed = ",\n".join(_dump(tree) for tree in grown["trees"])
    return f'{{"bias":{grown["bias"]},\n"borders":{{\n{borders}\n}},\n"trees":[\n{listed}\n]}}'


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

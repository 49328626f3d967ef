"""From pages to weights: the words first, then the trees over features that the words are part of.

The trees must see the words as they will be met later, on sites that had no part in weighing them. So each quarter
of the sites gets features from words that were weighed on the other three.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.holdout import held_out
from provcheck.checks.boilerplate import lexicon
from training import trees, vocabulary
from training.pages import Page, chance, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOLDS = 4
THRESHOLD = 0.55
"""Chosen by cross-validation on the publishers that are not held out; between .4 and .7 little changes."""


def learn(folder: Path, *, without_held_out: bool, say: Callable[[str], None]) -> str:
    """The text of the data file that `provcheck` ships, learned from the pages in `folder`."""
    pages = [page for page in load(folder, held_out) if not (without_held_out and page.held_out)]
    say(f"{len(pages)} views of pages")
    grams = vocabulary.Grams()
    known = vocabulary.candidates(pages, grams)
    phrases = lexicon.data("boilerplate_words")
    matrices: list[Any] = [None] * len(pages)
    for number in range(FOLDS):
        words = vocabulary.learn([p for p in pages if fold(p) != number], known, grams)
        tables = lexicon.Tables.of(phrases, words)
        for i, page in enumerate(pages):
            if fold(page) == number:
                matrices[i] = trees.matrix(page, tables)
        say(f"features of quarter {number + 1} of {FOLDS}")
    words = vocabulary.learn(pages, known, grams)
    say(f"{len(words)} words; growing {trees.TREES} trees")
    return text({"threshold": THRESHOLD, "words": words, **trees.fit(pages, matrices)})


def fold(page: Page) -> int:
    """Which quarter of the sites the page's belongs to."""
    return int(chance("fold" + page.site) * FOLDS)


def text(weights: dict[str, Any]) -> str:
    """The weights as JSON that a reviewer can read and a diff can show: one word, feature or tree a line."""
    dump = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))  # noqa: E731  (a shorthand)
    words = ",\n".join(f"{dump(word)}:{weight}" for word, weight in weights["words"].items())
    borders = ",\n".join(f"{dump(name)}:{dump(values)}" for name, values in weights["borders"].items())
    grown = ",\n".join(dump(tree) for tree in weights["trees"])
    return (
        f'{{"threshold":{weights["threshold"]},"bias":{weights["bias"]},\n"words":{{\n{words}\n}},\n'
        f'"borders":{{\n{borders}\n}},\n"trees":[\n{grown}\n]}}\n'
    )

"""From pages to weights: the words, then the trees over features that the words are part of, then the second look's.

Each must see the one before as it will be met later, on sites that it has not learned from. So each quarter of the
sites gets features from words that were weighed on the other three, and first opinions of trees grown on them.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benchmarks.holdout import held_out
from provcheck.checks.boilerplate import again, judge, lexicon
from provcheck.checks.boilerplate.forest import Forest
from provcheck.checks.boilerplate.names import AT
from training import trees, vocabulary
from training.pages import KNOWN, Page, chance, load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.features import Facts

FOLDS = 4
THRESHOLD = 0.56
"""Times the F1 in reach (`model.thresholds`); chosen by cross-validation by site, where .5 to .7 read alike."""

AGREEMENT, DOUBTED = 0.6, 0.2
"""A silver page on which opinions formed on other sites reach less F1 than this weighs so much of its weight: there,
the extractor has failed more often than the opinions have. One page in twenty is such a one."""

Matrices = list["NDArray[np.float32] | None"]


class Prepared(NamedTuple):
    """What is learned from: the views of pages and, for each, what was found by means learned on other sites.

    `tables` are the words by quarter of the sites, weighed on the other three; `found` are the features by them, None
    for a page without lines; `opinions` are those of the first look, by the `forests` of each quarter, and `looked` the
    features of the second.
    """

    pages: list[Page]
    tables: list[lexicon.Tables]
    words: dict[str, int]
    found: list[Facts | None]
    forests: list[Forest]
    opinions: Matrices
    looked: Matrices

    def matrices(self) -> Matrices:
        """The features of the first look."""
        return [facts and facts.features for facts in self.found]


def learn(folder: Path, *, without_held_out: bool, say: Callable[[str], None]) -> str:
    """The text of the data file that `provcheck` ships, learned from the pages in `folder`."""
    made = prepare(folder, without_held_out=without_held_out, say=say)
    say(f"{len(made.words)} words; growing the trees that are kept")
    first, second = (
        trees.fit(look, made.pages, matrices)
        for look, matrices in ((trees.FIRST, made.matrices()), (trees.SECOND, made.looked))
    )
    return text({"threshold": THRESHOLD, "words": made.words, "first": first, "second": second})


def prepare(folder: Path, *, without_held_out: bool, say: Callable[[str], None]) -> Prepared:
    """Load the pages, weigh words and form first opinions, each quarter of the sites by the other three."""
    pages = [page for page in load(folder, held_out) if not (without_held_out and page.held_out)]
    say(f"{len(pages)} views of pages")
    grams = vocabulary.Grams()
    known = vocabulary.candidates(pages, grams)
    phrases = lexicon.data("boilerplate_words")
    tables, found = [], [None] * len(pages)
    for number in range(FOLDS):
        weighed = vocabulary.learn([page for page in pages if fold(page) != number], known, grams)
        tables.append(lexicon.Tables.of(phrases, weighed))
        for i, page in enumerate(pages):
            if fold(page) == number:
                found[i] = trees.facts(page, tables[number])
                pages[i] = _corrected(page, found[i], tables[number])
    say("features of the first look")
    looked: Matrices = [None] * len(pages)
    forests, formed = _opinions(pages, found, say)
    for i, opinions in enumerate(formed):
        facts = found[i]
        if facts is not None and opinions is not None:
            looked[i] = again.looks(facts, opinions)
            pages[i] = _weighed(pages[i], facts, opinions)
    return Prepared(pages, tables, vocabulary.learn(pages, known, grams), found, forests, formed, looked)


def _opinions(
    pages: Sequence[Page], found: Sequence[Facts | None], say: Callable[[str], None]
) -> tuple[list[Forest], Matrices]:
    """The trees for each quarter, grown on other sites, and their first opinions on the lines of each page."""
    result: Matrices = [None] * len(pages)
    forests = []
    for number in range(FOLDS):
        others = [i for i, page in enumerate(pages) if fold(page) != number]
        matrices = [facts and facts.features for facts in (found[i] for i in others)]
        forest = Forest.of(trees.fit(trees.FIRST, [pages[i] for i in others], matrices), trees.FIRST.names)
        for i, (page, facts) in enumerate(zip(pages, found, strict=True)):
            if fold(page) == number and facts is not None:
                result[i] = forest.logits(facts.features)
        forests.append(forest)
        say(f"first opinions on quarter {number + 1} of {FOLDS}")
    return forests, result


def _weighed(page: Page, facts: Facts, opinions: NDArray[np.float32]) -> Page:
    """The page, with less weight if its automatic labels are unlike the opinions formed on other sites."""
    if page.source in KNOWN:
        return page
    letters = np.array([label for line, label in zip(page.lines, page.labels, strict=True) if line.strip()])
    size = np.expm1(facts.features[AT["words"]])
    body = letters == "B"
    kept = (opinions > 0) & (body | (letters == "X"))
    both = float(size[kept].sum() + size[body].sum())
    agreement = 2 * float(size[kept & body].sum()) / max(both, 1.0)
    return page if agreement >= AGREEMENT else replace(page, weight=page.weight * DOUBTED)


def _corrected(page: Page, facts: Facts | None, tables: lexicon.Tables) -> Page:
    """The page, with the lines that only a page says as boilerplate where an extractor took them for the body."""
    if page.source in KNOWN or facts is None:
        return page
    lines = [i for i, line in enumerate(page.lines) if line.strip()]
    labels = list(page.labels)
    for place in judge.notices(facts, tables).tolist():
        if labels[lines[place]] == "B":
            labels[lines[place]] = "X"
    return replace(page, labels="".join(labels))


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

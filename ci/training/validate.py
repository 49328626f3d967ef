"""How well the two looks do on sites that they have not learned from: cross-validation by site, on all pages.

The held-out publishers are few, and one page of theirs moves a mean; here each page with a known body is judged once,
by trees that were grown on the other three quarters of the sites. Words and first opinions come from other sites as
well; that the trees of the second look have met first opinions formed with this quarter's help is all that leaks.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.boilerplate import f1
from provcheck.checks.boilerplate import judge, model
from provcheck.checks.boilerplate.forest import Forest
from training import learn, trees
from training.pages import KNOWN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from training.learn import Prepared
    from training.pages import Page


def validate(folder: Path, say: Callable[[str], None]) -> None:
    """Print for each view the mean F1, its standard error over sites, the means of the quarters, and more.

    What follows is the mean F1 without the line of the headline, which `content` leaves out where it knows it, and the
    ceiling. That is the F1 of whole lines labelled without a fault: some known bodies are not in the text at all. The
    last line says of how many texts no line is doubted, and of how many of these a second look would take one.
    """
    made = learn.prepare(folder, without_held_out=False, say=say)
    scores: dict[tuple[str, str], list[tuple[str, int, float]]] = defaultdict(list)
    headless: dict[tuple[str, str], list[float]] = defaultdict(list)
    ceilings: dict[tuple[str, str], list[float]] = defaultdict(list)
    clear: list[bool] = []
    for number in range(learn.FOLDS):
        others = [i for i, page in enumerate(made.pages) if learn.fold(page) != number]
        grown = trees.fit(trees.SECOND, [made.pages[i] for i in others], [made.looked[i] for i in others])
        forest = Forest.of(grown, trees.SECOND.names)
        for i, page in enumerate(made.pages):
            if learn.fold(page) == number and page.source in KNOWN and page.legible and made.found[i] is not None:
                first, second = made.opinions[i], forest.logits(made.looked[i])
                doubted = bool((first < model.NO_DOUBT).any())
                score, _, without = _judged(made, i, second if doubted else first, forest)
                scores[page.source, page.view].append((page.site, number, score))
                headless[page.source, page.view].append(without)
                ceilings[page.source, page.view].append(_ceiling(page))
                clear += [] if doubted else [_judged(made, i, second, forest)[1] > 0]
    say("| pages | view | number | F1 | standard error | by quarter | without the headline | ceiling |")
    say("|---|---|---|---|---|---|---|---|")
    for (source, view), rows in scores.items():
        by_site = defaultdict(list)
        for site, _, score in rows:
            by_site[site].append(score)
        means = [float(np.mean(found)) for found in by_site.values()]
        quarters = [np.mean([s for _, n, s in rows if n == number]) for number in range(learn.FOLDS)]
        mean, error = np.mean([s for _, _, s in rows]), np.std(means, ddof=1) / len(means) ** 0.5
        spread, rest = " ".join(f"{q:.3f}" for q in quarters), float(np.mean(headless[source, view]))
        ceiling = float(np.mean(ceilings[source, view]))
        say(f"| {source} | {view} | {len(rows)} | {mean:.4f} | {error:.4f} | {spread} | {rest:.4f} | {ceiling:.3f} |")
    say(f"no line doubted: {len(clear)} texts; a second look would take lines of {sum(clear)}")


def _ceiling(page: Page) -> float:
    body = [line for line, label in zip(page.lines, page.labels, strict=True) if label == "B"]
    return f1("\n".join(body), page.body)


def _judged(made: Prepared, place: int, opinions: NDArray[np.float32], second: Forest) -> tuple[float, int, float]:
    """The F1 that opinions on the lines of a page lead to, how many lines they take, and F1 without the headline.

    `second` are the trees of the second look, for a page that is judged once more without what parts its paragraphs.
    """
    page, facts = made.pages[place], made.found[place]
    if facts is None:
        raise ValueError(f"no lines in {page.ident}")
    rows = tuple(row for row, line in enumerate(page.lines) if line.strip())
    texts = [page.lines[row] for row in rows]
    tables, first = made.tables[learn.fold(page)], made.forests[learn.fold(page)]
    piece = judge.Piece(0, texts, [text.strip() for text in texts], rows, sum(map(len, texts)))
    again = partial(model.probabilities, forests=(first, second))
    probable = judge.past_fillers(piece, model.probability(opinions), tables, again)
    flagged = judge.decide(facts, probable, texts, tables, learn.THRESHOLD).flagged
    kept = [row for row, gone in zip(rows, flagged.tolist(), strict=True) if not gone]
    whole, headless = (
        f1("\n".join(page.lines[row] for row in kept if page.labels[row] not in without), page.body)
        for without in ("", "T")
    )
    return whole, int(flagged.sum()), headless

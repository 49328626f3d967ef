"""Which words speak for the article and which for the page: a linear model over words, pairs and whole lines."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from provcheck.checks.boilerplate import chars
from provcheck.checks.boilerplate.features import shortened
from provcheck.checks.boilerplate.words import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.pages import Page

LOOKED_AT = 600
"""Characters of a line whose words are learned from."""

SITES = 8
"""On so many sites a phrase must stand; what one publisher alone writes is of no use elsewhere."""

KEPT = 8000
REGULARISATION = 0.1


class Grams:
    """The phrases of lines, remembered, since menus repeat and every fold asks again."""

    def __init__(self) -> None:
        """Start with nothing remembered."""
        self._known: dict[str, frozenset[str]] = {}

    def of(self, line: str) -> frozenset[str]:
        """The words and pairs of a line, and, of a short one, the whole line behind ``=``."""
        line = shortened(line)[:LOOKED_AT]
        if line not in self._known:
            tokens = _tokens(line) if line else []
            found = {*tokens, *(f"{a} {b}" for a, b in itertools.pairwise(tokens))}
            if 0 < len(tokens) <= LONGEST:
                found.add("=" + " ".join(tokens))
            self._known[line] = frozenset(found)
        return self._known[line]


def _tokens(line: str) -> list[str]:
    points, _ = chars.joined([line])
    dense = chars.class_table()[points] == chars.DENSE
    word = (chars.value_table()[points] != 0) & ~dense
    out, begin = [], -1
    for i, (in_word, alone) in enumerate(zip(word.tolist(), dense.tolist(), strict=True)):
        if in_word and begin < 0:
            begin = i
        elif not in_word and begin >= 0:
            out.append(line[begin:i].lower())
            begin = -1
        if alone:
            out.append(line[i])
    return out


def candidates(pages: Iterable[Page], grams: Grams) -> list[str]:
    """The phrases that stand on at least `SITES` sites, sorted."""
    sites = defaultdict(set)
    for page in pages:
        if page.view == "full" and page.legible:
            for line, label in zip(page.lines, page.labels, strict=True):
                if label in "BX":
                    for gram in grams.of(line):
                        sites[gram].add(page.site)
    return sorted(gram for gram, found in sites.items() if len(found) >= SITES)


def learn(pages: Iterable[Page], known: list[str], grams: Grams) -> dict[str, int]:
    """The weight of each phrase worth keeping, in hundredths; above 0 speaks for the article."""
    place = {gram: i for i, gram in enumerate(known)}
    columns: list[int] = []
    bounds, body, weights = [0], [], []
    for page in pages:
        if page.view == "body" or not page.legible:
            continue
        for line, label in zip(page.lines, page.labels, strict=True):
            if label not in "BX":
                continue
            columns += sorted(place[gram] for gram in grams.of(line) if gram in place)
            bounds.append(len(columns))
            body.append(label == "B")
            weights.append(
                min(1 + len(line) / 80, 6) * (2 if page.source == "gold" else 1) * (1.5 if label == "B" else 1)
            )
    count = np.diff(bounds)
    values = np.repeat(1 / np.sqrt(np.maximum(count, 1)), count)
    table = csr_matrix((values, columns, bounds), shape=(len(body), len(known)))
    fitted = LogisticRegression(C=REGULARISATION, solver="liblinear", tol=1e-2, random_state=7)
    fitted.fit(table, body, sample_weight=weights)
    weight = fitted.coef_[0]
    useful = np.abs(weight) * np.sqrt(np.asarray((table > 0).sum(axis=0)).ravel())
    chosen = np.argsort(-useful, kind="stable")[:KEPT]
    return {known[i]: round(float(weight[i]) * 100) for i in sorted(chosen.tolist()) if round(float(weight[i]) * 100)}

"""Learning to choose one of the candidates of a document, or none: a conditional logit.

Each candidate's score is the sum of the weights of the signs that it shows, that of "none of them" is 0; candidates
with the same text share their chance. Training minimises the cross entropy plus a ridge, by L-BFGS from zero. The same
data gives the same weights.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDS = 5
"""Parts of the developers' publishers, by which is cross-validated."""


class Example(NamedTuple):
    """A document's candidates, the signs of each, which of them are right, and whose page it is."""

    kind: str
    publisher: str
    texts: tuple[str, ...]
    signs: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    weight: float


class Learning(NamedTuple):
    """How strongly weights are held near 0, and how many candidates must show a sign that gets one."""

    ridge: float
    rarest: int


def fit(data: list[Example], how: Learning) -> dict[str, float]:
    """The weights of the signs."""
    counts = Counter(sign for e in data for signs in e.signs for sign in signs)
    known = sorted(sign for sign, count in counts.items() if count >= how.rarest)
    column = {name: i for i, name in enumerate(known)}
    indices, starts, document, right, weights = [], [0], [], [], []
    for number, e in enumerate(data):
        for signs, is_right in zip(e.signs, e.right, strict=True):
            indices += [column[s] for s in signs if s in column]
            starts.append(len(indices))
            document.append(number)
            right.append(is_right)
        weights.append(e.weight)
    x = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(document), len(known)))
    doc, y, share = np.array(document), np.array(right, float), np.array(weights)
    none = 1.0 - np.minimum(1.0, np.bincount(doc, y, len(data)))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = np.exp(np.clip(x @ w, -30, 30))
        total = 1.0 + np.bincount(doc, score, len(data))
        good = none + np.bincount(doc, score * y, len(data))
        value = -(share * (np.log(good) - np.log(total))).sum() + how.ridge * (w @ w) / 2
        slope = share[doc] * (score / total[doc] - score * y / good[doc])
        return value, x.T @ slope + how.ridge * w

    found = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return {name: round(float(w), 3) for name, w in zip(known, found.x, strict=True) if abs(w) >= 0.005}


def choose(weights: dict[str, float], e: Example) -> tuple[str, float]:
    """The best text and its chance."""
    chance: dict[str, float] = {}
    for text, signs in zip(e.texts, e.signs, strict=True):
        chance[text] = chance.get(text, 0.0) + float(np.exp(sum(weights.get(s, 0.0) for s in signs)))
    total = 1.0 + sum(chance.values())
    best = max(chance, key=lambda t: chance[t], default="")
    return best, chance.get(best, 0.0) / total


def crossed(dev: list[Example], how: Learning) -> list[tuple[str, float]]:
    """For each example the best text and its chance, by weights that never saw its publisher."""
    fold = [int(hashlib.sha256(f"fold {e.publisher}".encode()).hexdigest(), 16) % FOLDS for e in dev]
    parts = [fit([e for e, own in zip(dev, fold, strict=True) if own != i], how) for i in range(FOLDS)]
    return [choose(parts[own], e) for e, own in zip(dev, fold, strict=True)]


def is_right(e: Example, text: str) -> bool:
    """Whether the text is the example's title."""
    return any(right for one, right in zip(e.texts, e.right, strict=True) if one == text)


def scale(got: Iterable[tuple[float, bool, float]]) -> list[float]:
    """Slope and shift that turn the odds of the model into those of being right: of each chance, whether it was."""
    rows = list(got)
    x = np.array([np.log(p / (1 - p)) for p, _, _ in rows]).clip(-6, 6)
    y = np.array([right for _, right, _ in rows], float)
    share = np.array([weight for _, _, weight in rows])

    def loss(w: np.ndarray) -> float:
        z = w[0] * x + w[1]
        return float((share * (np.logaddexp(0, z) - y * z)).sum())

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead")
    return [round(float(w), 3) for w in found.x]

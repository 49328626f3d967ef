"""The learned part, loaded once: the weights of words and the trees of both looks, as `ci/train` wrote them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from provcheck.checks.boilerplate import again, lexicon
from provcheck.checks.boilerplate.forest import Forest
from provcheck.checks.boilerplate.names import AGAIN, NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.bounds import Bounds
    from provcheck.checks.boilerplate.features import Facts

NO_DOUBT = 1.8
"""Log odds, about six to one. Of 216 texts whose lines all stand above, a second look would take lines of none
(`ci/train --validate`)."""

LIKELY = 0.5
"""A document without a line that is likelier article than not is taken to hold none."""

LOWEST = 0.2
"""No line below is kept, however unsure the model is of the whole document."""


@cache
def weights() -> dict[str, Any]:
    """The data file: `threshold` (see there), `words` in hundredths, the trees of the looks `first` and `second`."""
    return lexicon.data("boilerplate_model")


@cache
def tables() -> lexicon.Tables:
    """The words that the model knows, by hand and by learning."""
    return lexicon.Tables.stored()


@cache
def _forests() -> tuple[Forest, Forest]:
    return Forest.of(weights()["first"], NAMES), Forest.of(weights()["second"], AGAIN)


def share() -> float:
    """What the F1 in reach is multiplied with to get the threshold."""
    return float(weights()["threshold"])


def thresholds(
    probable: NDArray[np.float32], size: NDArray[np.float32], share: float, bounds: Bounds
) -> NDArray[np.float64]:
    """For each document the probability below which its lines are taken for boilerplate, for lines of `size` words.

    Where precision and recall count alike, the best threshold is half of the F1 that can be reached: a page on which
    the model is unsure everywhere should keep lines that it would drop on a clear one (Lipton, Elkan and Naryanaswamy,
    "Optimal thresholding of classifiers to maximize F1 measure", ECML PKDD 2014). The reach is estimated from the
    probabilities themselves; the half is replaced by `share`, which cross-validation chose.

    >>> from provcheck.checks.boilerplate.bounds import Bounds
    >>> clear, doubtful = [0.99, 0.98, 0.01], [0.6, 0.4, 0.3]
    >>> size = np.array([20.0, 20.0, 3.0] * 2)
    >>> of_clear, of_doubtful = thresholds(np.array(clear + doubtful), size, 0.5, Bounds.of([3, 3]))
    >>> bool(of_clear > of_doubtful)
    True
    """
    falling, order = -probable, np.empty(len(probable), dtype=np.int64)
    for begin, end in bounds.pairs:
        order[begin:end] = falling[begin:end].argsort(kind="stable")
    order += bounds.begin
    running = bounds.running(np.stack([size.take(order), (size * probable).take(order)]))
    (kept, right), (_, all_right) = running.upto, running.whole
    reach = np.maximum.reduceat(2 * right / (kept + all_right[bounds.document]), bounds.begins)
    likely = np.maximum.reduceat(probable, bounds.begins) >= LIKELY
    return np.where(likely, np.maximum(LOWEST, share * reach), share)


def probabilities(facts: Facts, forests: tuple[Forest, Forest] | None = None) -> NDArray[np.float32]:
    """For each line the probability that it belongs to the article, by the shipped trees or those of both looks given.

    Where the first look has no doubt about any line of a document, as in most texts without a page around, it is not
    repeated.
    """
    first, second = forests or _forests()
    opinions = first.logits(facts.features)
    doubted = np.minimum.reduceat(opinions, facts.bounds.begins) < NO_DOUBT
    if doubted.any():
        lines = doubted[facts.bounds.document]
        some = facts.of(doubted)
        opinions[lines] = second.logits(again.looks(some, opinions[lines]))
    return probability(opinions)


def probability(opinions: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log odds as probabilities.

    >>> probability(np.zeros(1, dtype=np.float32)).tolist()
    [0.5]
    """
    return (1 / (1 + np.exp(-np.clip(opinions, -30, 30)))).astype(np.float32)

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

    from provcheck.checks.boilerplate.features import Facts

NO_DOUBT = 1.4
"""Log odds, about four to one. Where all lines stood above, cross-validation saw the second look flag in 1 of 205."""

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
    return lexicon.Tables.of(lexicon.data("boilerplate_words"), weights()["words"])


@cache
def _forests() -> tuple[Forest, Forest]:
    return Forest.of(weights()["first"], NAMES), Forest.of(weights()["second"], AGAIN)


def share() -> float:
    """What the F1 in reach is multiplied with to get the threshold."""
    return float(weights()["threshold"])


def threshold(probable: NDArray[np.float32], size: NDArray[np.float32], share: float) -> float:
    """The probability below which a line of this document is taken for boilerplate, for lines of `size` words.

    Where precision and recall count alike, the best threshold is half of the F1 that can be reached: a page on which
    the model is unsure everywhere should keep lines that it would drop on a clear one (Lipton, Elkan and Naryanaswamy,
    "Optimal thresholding of classifiers to maximize F1 measure", ECML PKDD 2014). The reach is estimated from the
    probabilities themselves; the half is replaced by `share`, which cross-validation chose.

    >>> clear, doubtful = np.array([0.99, 0.98, 0.01]), np.array([0.6, 0.4, 0.3])
    >>> size = np.array([20.0, 20.0, 3.0])
    >>> threshold(clear, size, 0.5) > threshold(doubtful, size, 0.5)
    True
    """
    if probable.max() < LIKELY:
        return share
    order = (-probable).argsort(kind="stable")
    kept = size.take(order).cumsum(dtype=np.float64)
    right = (size * probable).take(order).cumsum(dtype=np.float64)
    reach = float((2 * right / (kept + right[-1])).max())
    return max(LOWEST, share * reach)


def probabilities(facts: Facts) -> NDArray[np.float32]:
    """For each line the probability that it belongs to the article.

    Where the first look has no doubt about any line of a document, as in most texts without a page around, it is not
    repeated.
    """
    first, second = _forests()
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

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


@cache
def weights() -> dict[str, Any]:
    """The data file: `threshold`, `words` in hundredths, and the trees of the looks `first` and `second`."""
    return lexicon.data("boilerplate_model")


@cache
def tables() -> lexicon.Tables:
    """The words that the model knows, by hand and by learning."""
    return lexicon.Tables.of(lexicon.data("boilerplate_words"), weights()["words"])


@cache
def _forests() -> tuple[Forest, Forest]:
    return Forest.of(weights()["first"], NAMES), Forest.of(weights()["second"], AGAIN)


def threshold() -> float:
    """The probability below which a line is taken for boilerplate."""
    return float(weights()["threshold"])


def probabilities(facts: Facts) -> NDArray[np.float32]:
    """For each line the probability that it belongs to the article.

    Where the first look has no doubt about any line, as in most texts without a page around, it is not repeated.
    """
    first, second = _forests()
    opinions = first.logits(facts.features)
    if opinions.min() < NO_DOUBT:
        opinions = second.logits(again.looks(facts.features, opinions))
    return (1 / (1 + np.exp(-np.clip(opinions, -30, 30)))).astype(np.float32)

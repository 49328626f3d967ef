"""The learned part, loaded once: the weights of words and the trees, as `ci/train` wrote them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from provcheck.checks.boilerplate import lexicon
from provcheck.checks.boilerplate.forest import Forest
from provcheck.checks.boilerplate.names import NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.features import Facts


@cache
def weights() -> dict[str, Any]:
    """The data file as it stands: `threshold`, `words` in hundredths, `borders`, `trees` and `bias` in thousandths."""
    return lexicon.data("boilerplate_model")


@cache
def tables() -> lexicon.Tables:
    """The words that the model knows, by hand and by learning."""
    return lexicon.Tables.of(lexicon.data("boilerplate_words"), weights()["words"])


@cache
def _forest() -> Forest:
    return Forest.of(weights(), NAMES)


def threshold() -> float:
    """The probability below which a line is taken for boilerplate."""
    return float(weights()["threshold"])


def probabilities(facts: Facts) -> NDArray[np.float32]:
    """For each line the probability that it belongs to the article."""
    logits = np.clip(_forest().logits(facts.features), -30, 30)
    return (1 / (1 + np.exp(-logits))).astype(np.float32)

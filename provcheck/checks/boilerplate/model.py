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


@cache
def weights() -> dict[str, Any]:
    """The data file: `thresholds`, `words` in hundredths, and the trees of the looks `first` and `second`."""
    return lexicon.data("boilerplate_model")


@cache
def tables() -> lexicon.Tables:
    """The words that the model knows, by hand and by learning."""
    return lexicon.Tables.of(lexicon.data("boilerplate_words"), weights()["words"])


@cache
def _forests() -> tuple[Forest, Forest]:
    return Forest.of(weights()["first"], NAMES), Forest.of(weights()["second"], AGAIN)


def judged(facts: Facts) -> tuple[NDArray[np.float32], float]:
    """For each line the probability that it belongs to the article, and below which it is taken for boilerplate.

    What is nearly all article asks for a surer sign than a whole page, where paragraphs stand among much else.
    """
    first, second = _forests()
    looked = again.looks(facts.features, first.logits(facts.features))
    logits = np.clip(second.logits(looked), -30, 30)
    rules = weights()["thresholds"]
    is_page = again.likely_share(looked) < rules["page_below"]
    return (1 / (1 + np.exp(-logits))).astype(np.float32), float(rules["page" if is_page else "text"])

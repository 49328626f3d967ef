"""From the weights of signs to a confidence: what the models that choose one candidate, or none, share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EDGE = 0.001
"""No chance is taken for nearer to 0 or 1 than this."""


def odds(weights: Mapping[str, Mapping[str, float]], signs: Mapping[str, str]) -> float:
    """What a candidate with these signs has against "none of them", from 0 on.

    >>> weights = {"bias": {"y": -1.0}, "next": {"byline": 1.0}}
    >>> odds(weights, {"next": "byline"}), odds(weights, {"next": "date"}) < 0.5
    (1.0, True)
    """
    told = sum([weights[sign].get(value, 0.0) for sign, value in signs.items() if sign in weights])
    return math.exp(weights["bias"]["y"] + told)


def confidence(chance: float, scale: Sequence[float]) -> float:
    """How often a model is right that gives a candidate this chance, by cross-validation; a line in the log odds.

    >>> confidence(0.5, (1.0, 0.0)), confidence(0.5, (1.0, 1.0)) > 0.7
    (0.5, True)
    """
    chance = min(max(chance, _EDGE), 1 - _EDGE)
    slope, shift = scale
    return 1 / (1 + math.exp(-slope * math.log(chance / (1 - chance)) - shift))

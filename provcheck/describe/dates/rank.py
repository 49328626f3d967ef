"""Candidates for the publication date among the dates of a text, each with its probability and the reason for it."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe.dates import features

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from provcheck.describe.dates.features import Scene
    from provcheck.describe.dates.scan import Expression

_RULES = (
    ("label_published", "date.label-published"),
    ("label_updated", "date.label-updated"),
    ("long_at_end", "date.credit-line"),
    ("long_at_start", "date.dateline"),
    ("masthead", "date.masthead"),
    ("above_3", "date.stamp-above-body"),
    ("above_8", "date.stamp-above-body"),
    ("above_20", "date.stamp-above-body"),
    ("inside_0", "date.stamp-in-lead"),
    ("inside_3", "date.stamp-in-lead"),
    ("below_3", "date.credit-line"),
)
"""The reason that is shown: that of the first of these features which a date has."""


class Ranked(NamedTuple):
    """A date of the text with the probability (0 to 1) that it is the publication date, and the rule's name."""

    expression: Expression
    days: tuple[dt.date, ...]
    probability: float
    rule: str
    labelled: bool


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the features, and from which probability on a date is given."""

    weights: Mapping[str, float]
    threshold: float


@cache
def model() -> Model:
    """The model that ``ci/train_dates.py`` writes; its card is ``docs/models/dates.md``."""
    text = (resources.files("provcheck.describe") / "data" / "date_weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Model(data["weights"], data["threshold"])


def ranked(scene: Scene, weights: Mapping[str, float]) -> list[Ranked]:
    """All dates of the scene, the most probable first; of equals the first in the text."""
    out = []
    for index, e in enumerate(scene.found):
        found = features.features(scene, index)
        rule = next((name for key, name in _RULES if found.get(key)), "date.stamp")
        labelled = bool(found.get("label_published") or found.get("label_updated"))
        if rule == "date.label-published" and features.names_an_issue(scene, index):
            rule = "date.published-in"
        out.append(Ranked(e, e.days, probability(features.weigh(found, weights)), rule, labelled))
    return sorted(out, key=lambda r: (-r.probability, r.expression.start))


def probability(log_odds: float) -> float:
    """The probability for log odds, safe for any size of them."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))

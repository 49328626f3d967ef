"""Candidates for the publication date among the dates of a text, each with its probability and the reason for it."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck import shipped
from provcheck.describe import heading
from provcheck.describe.dates import features, labels
from provcheck.describe.dates.scene import CLAUSE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from provcheck.describe.dates.scan import Expression
    from provcheck.describe.dates.scene import Scene

_RULES = (
    ("published_in", "date.published-in"),
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


BEHIND = 0.65
"""A date behind the article without a label, or whose label stands in the midst of a sentence: in extracted texts it is
a teaser's or a comment's more often than on the pages of the training, so its probability is held down by this factor.
So is that of a day without a time at the top of a page, far above the article: a masthead shows the day on which the
page was fetched."""

ASIDE = 0.5
"""The same for a day right behind a word that says that it is of something else (``Printed on``), for one in quotation
marks, as in examples of code and of forms, and for the first and the last day of a span: for want of others the model
takes a lone day. So is that of a day of long ago on a page, amid words that say of it neither that it is of publication
nor who wrote."""

SPANS = frozenset(("-", "–", "—", "‐", "−", "~", "～", "to", "until", "till", "bis", "au", "al", "do", "по"))
"""What stands alone between the first day of something and the last."""

ENTRIES = 3
"""So many different days, each alone on its line, are those of a programme or a chronicle."""

SEEN = 40
"""Days on lines of their own, from the top, in which such lists are looked for: time must stay linear."""

STATED = 0.92
"""The least probability of a day in a dateline that names an agency, and of one beside a newspaper's name in brackets:
forms that say what they mean, too rare on the pages of the training to have a weight. Set by hand: see the card."""

_LIMIT = 30.0
"""Sums of weights beyond it change nothing, and would overflow."""


class Ranked(NamedTuple):
    """A day with its best expression, the probability (0 to 1) that it is the publication date, and the rule's name.

    `labelled` tells that a word beside it speaks of publication or update.
    """

    expression: Expression
    days: tuple[dt.date, ...]
    probability: float
    rule: str
    labelled: bool


class Model(NamedTuple):
    """Weights of the features, and from which probability on a date is given."""

    weights: Mapping[str, float]
    threshold: float


@cache
def model() -> Model:
    """The model that ``ci/train_dates.py`` writes; its card is ``docs/models/dates.md``."""
    data = shipped.table("describe", "date_weights.json")
    return Model(data["weights"], data["threshold"])


def ranked(scene: Scene, days: Sequence[tuple[dt.date, ...]], weights: Mapping[str, float]) -> list[Ranked]:
    """The different days of the scene, the most probable first; of equals the first in the text.

    `days` are those of each expression once the order of day and month is settled. An expression's weight is the
    exponential of its features' sum, and stands against those of all others and against 1, the weight of "none of
    them" (a conditional logit model); a day has the weight of all its expressions, and the evidence of the strongest.
    """
    table = [features.features(scene, index) for index in range(len(scene.found))]
    powers = [math.exp(max(-_LIMIT, min(_LIMIT, weigh(found, weights)))) for found in table]
    total = 1.0 + sum(powers)
    shares = [power / total for power in powers]
    for index, (label, _) in enumerate(scene.labels):
        first = _updated_by(scene, index) if label == "updated" else None
        if first is not None:
            shares[first], shares[index] = shares[first] + shares[index], 0.0
    groups: dict[object, list[int]] = {}
    for index, meant in enumerate(days):
        groups.setdefault(meant or index, []).append(index)
    out = [_of(scene, days, table, shares, group) for group in groups.values()]
    return sorted(out, key=lambda r: (-r.probability, r.expression.start))


def _updated_by(scene: Scene, index: int) -> int | None:
    """The date beside an update that it is the update of: where the one is the article's, so is the other."""
    for place in (index - 1, index + 1):
        if features.updates(scene, place, index) and scene.labels[place][0] != "elsewhere":
            labelled = scene.labels[place][0] == "published"
            if scene.facts[scene.rows[place]].stamp and (labelled or place < index):
                return place
    return None


def _of(
    scene: Scene,
    days: Sequence[tuple[dt.date, ...]],
    table: Sequence[Mapping[str, float]],
    shares: Sequence[float],
    group: Sequence[int],
) -> Ranked:
    index = max(group, key=lambda place: (shares[place], -place))
    found = table[index]
    rule = next((name for key, name in _RULES if found.get(key)), "date.stamp")
    labelled = bool(found.get("label_published") or found.get("label_updated"))
    probability = sum([shares[place] for place in group])
    stated = next(filter(None, [_stated(scene, place) for place in group]), None)
    masthead = bool(found.get("masthead")) and not found["time"]
    told = labelled and (bool(found.get("label_opens")) or not scene.facts[scene.rows[index]].sentence)
    if not told and (masthead or any(name in found for name in ("below_3", "below_12", "below_far"))):
        probability *= BEHIND
    if _is_entry(scene, found) or _is_reviewed(scene, index):
        probability *= BEHIND
    if _is_aside(scene, index):
        probability *= ASIDE
    if stated:
        rule, probability = stated, max(STATED, probability)
    return Ranked(scene.found[index], days[index], probability, rule, labelled)


def _is_entry(scene: Scene, found: Mapping[str, float]) -> bool:
    """Whether a day alone on its line is one of several in a text without a page: a programme, a chronicle."""
    if "rest_none" not in found or found["time"] or not 0 < scene.first <= heading.MOST + 1:
        return False
    stamps = scene.stamps[:SEEN]
    alone = {scene.found[each].days for each in stamps if scene.facts[scene.rows[each]].rest <= features.BARE}
    return len(alone) >= ENTRIES


def _is_aside(scene: Scene, index: int) -> bool:
    """Whether a day is no more than quoted, or what stands beside it says that it is of something else."""
    label, distance = scene.labels[index]
    row = scene.facts[scene.rows[index]]
    if row.quoted or (label == "elsewhere" and not distance and row.rest <= CLAUSE) or _is_span(scene, index):
        return True
    told = label == "published" or row.byline or row.rest <= features.BARE
    days = scene.found[index].days
    return scene.first > features.PAGED and bool(days) and days[0].year < features.OLD and not told


def _is_span(scene: Scene, index: int) -> bool:
    """Whether a day and another one with nothing but a dash between are the first and the last of something."""
    found = scene.found
    pairs = [pair for pair in ((index - 1, index), (index, index + 1)) if pair[0] >= 0 and pair[1] < len(found)]
    return any(
        found[a].days < found[b].days
        and not (found[a].time or found[b].time)
        and scene.text[found[a].right : found[b].left].strip() in SPANS
        for a, b in pairs
    )


def _is_reviewed(scene: Scene, index: int) -> bool:
    """Whether a day stands in the heading of a paper, and others do: a review of the press has one for each."""
    if not _is_heading(scene, index):
        return False
    rows = {scene.rows[place]: scene.found[place].days for place in scene.stamps[:SEEN]}
    named = {days for row, days in rows.items() if (found := heading.heading(scene.lines[row].strip())) and found.end}
    return len(named) > 1


def _is_heading(scene: Scene, index: int) -> bool:
    return labels.is_heading(scene.lines[scene.rows[index]], scene.ranks[index], scene.first)


def _stated(scene: Scene, index: int) -> str | None:
    """The rule of a date in one of the forms that say what they mean, or None."""
    e, row = scene.found[index], scene.rows[index]
    if len(e.days) != 1:
        return None
    start, line = scene.starts[row], scene.lines[row]
    if labels.is_wire_dateline(line, e.left - start, e.right - start):
        return "date.dateline"
    if scene.labels[index][0] == "published" and labels.is_statement(line, e.left - start, e.right - start):
        return "date.published-in"
    if _is_heading(scene, index) and not _is_reviewed(scene, index):
        return "date.published-in"
    top = scene.ranks[index] <= scene.first <= heading.MOST + 1 and e.days[0].year >= features.OLD
    if top and labels.is_city_dateline(line, e.left - start, e.right - start):
        return "date.dateline"
    if scene.ranks[index] >= scene.last > 0 and labels.is_closing_note(line, e.left - start, e.right - start):
        return "date.published-in"
    return None


def weigh(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The sum of the features by their weights."""
    return sum([value * weights.get(name, 0.0) for name, value in found.items() if value])

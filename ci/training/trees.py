"""The trees over the features of lines, and how they are written down."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from catboost import CatBoostClassifier

from provcheck.checks.boilerplate import features, lexicon, names
from training.pages import KNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from training.pages import Page

SEED = 7
MENU_WORDS = 1.5
MENU_SHARE = 0.25
"""Pages hold ten lines of menu for one of text: only this share of such short lines is learned from, each for more."""


class Look(NamedTuple):
    """How the trees of one look are grown, over which features, and what the lines weigh that they learn from.

    A line weighs 1 and 1 more for every `unit` words, but no more than `most`; those of a page weigh its number of
    lines to the power of `breadth` together; pages whose body is known weigh `known` times as much as others.
    """

    names: tuple[str, ...]
    trees: int
    depth: int
    rate: float
    unit: float
    most: float
    breadth: float
    known: float


FIRST = Look(names.NAMES, trees=160, depth=6, rate=0.13, unit=12, most=6, breadth=0.5, known=2)
SECOND = Look(names.AGAIN, trees=120, depth=6, rate=0.1, unit=8, most=12, breadth=0.35, known=4)
"""Chosen by cross-validation by site on the publishers that are not held out; twice the trees gave no more."""


def facts(page: Page, tables: lexicon.Tables) -> features.Facts | None:
    """The features of the page's non-blank lines and what they were made from, or None where it has none."""
    at = [i for i, line in enumerate(page.lines) if line.strip()]
    if not at:
        return None
    return features.of_lines([page.lines[i] for i in at], [i + 1 for i in at], tables)


def examples(
    look: Look, pages: Sequence[Page], matrices: Sequence[NDArray[np.float32] | None]
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float64]]:
    """Features, whether it is body, and weight, of every line that has a label to learn from.

    Lines weigh by their words, since the measure counts words; `Look` says how.
    """
    rng = np.random.default_rng(SEED)
    rows, body, weights, words = [], [], [], look.names.index("words")
    for page, made in zip(pages, matrices, strict=True):
        if made is None:
            continue
        letters = np.array([label for line, label in zip(page.lines, page.labels, strict=True) if line.strip()])
        use = (letters == "B") | (letters == "X")
        if not use.any():
            continue
        weight = np.minimum(1 + np.expm1(made[words]) / look.unit, look.most)
        weight = weight / weight.sum() * len(weight) ** look.breadth * page.weight
        weight *= look.known if page.source in KNOWN else 1
        menu = (letters == "X") & (made[words] < MENU_WORDS)
        weight[menu] /= MENU_SHARE
        use &= ~menu | (rng.random(len(menu)) < MENU_SHARE)
        if not use.any():
            continue
        rows.append(made[:, use].T)
        body.append(letters[use] == "B")
        weights.append(weight[use])
    return np.concatenate(rows), np.concatenate(body), np.concatenate(weights)


def fit(look: Look, pages: Sequence[Page], matrices: Sequence[NDArray[np.float32] | None]) -> dict[str, Any]:
    """The trees as a data file holds them: bias, borders by feature, trees of splits and leaves in thousandths."""
    rows, body, weights = examples(look, pages, matrices)
    booster = CatBoostClassifier(
        iterations=look.trees, depth=look.depth, learning_rate=look.rate, l2_leaf_reg=8, random_seed=SEED,
        thread_count=2, border_count=64, bootstrap_type="Bernoulli", subsample=0.6, rsm=0.35, verbose=0,
        allow_writing_files=False,
    )  # fmt: skip
    booster.fit(rows, body, sample_weight=weights)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        booster.save_model(str(path), format="json")
        return written(look, json.loads(path.read_text(encoding="utf-8")))


def written(look: Look, trained: dict[str, Any]) -> dict[str, Any]:
    """CatBoost's own JSON, reduced to what inference needs."""
    asked = sorted({(s["float_feature_index"], s["border"]) for t in trained["oblivious_trees"] for s in t["splits"]})
    place = {pair: i for i, pair in enumerate(asked)}
    borders: dict[str, list[float]] = {}
    for feature, border in asked:
        borders.setdefault(look.names[feature], []).append(float(np.format_float_positional(np.float32(border))))
    trees = [
        {
            "splits": [place[s["float_feature_index"], s["border"]] for s in tree["splits"]],
            "leaves": [round(value * 1000) for value in tree["leaf_values"]],
        }
        for tree in trained["oblivious_trees"]
        if len(tree["splits"]) == look.depth
    ]
    scale, bias = trained["scale_and_bias"]
    if scale != 1:
        raise ValueError(f"leaves would have to be scaled by {scale}")
    return {"bias": round(bias[0] * 1000), "borders": borders, "trees": trees}

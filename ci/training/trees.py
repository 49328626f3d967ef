"""The trees over the features of lines, and how they are written down."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from catboost import CatBoostClassifier

from provcheck.checks.boilerplate import features, lexicon, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from training.pages import Page

SEED = 7
TREES = 320
DEPTH = 6
LEARNING_RATE = 0.08
MENU_WORDS = 1.5
MENU_SHARE = 0.4
"""Pages hold ten lines of menu for one of text: only this share of such short lines is learned from, each for more."""

_WORDS = names.NAMES.index("words")


def matrix(page: Page, tables: lexicon.Tables) -> NDArray[np.float32] | None:
    """The features of the page's non-blank lines, or None where it has none."""
    at = [i for i, line in enumerate(page.lines) if line.strip()]
    if not at:
        return None
    return features.of_lines([page.lines[i] for i in at], [i + 1 for i in at], tables).features


def examples(
    pages: Sequence[Page], matrices: Sequence[NDArray[np.float32] | None]
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float64]]:
    """Features, whether it is body, and weight, of every line that has a label to learn from.

    A line weighs by its words, since the measure counts words, and a page by the square root of its lines.
    """
    rng = np.random.default_rng(SEED)
    rows, body, weights = [], [], []
    for page, made in zip(pages, matrices, strict=True):
        if made is None:
            continue
        letters = np.array([label for line, label in zip(page.lines, page.labels, strict=True) if line.strip()])
        use = (letters == "B") | (letters == "X")
        if not use.any():
            continue
        weight = np.minimum(1 + np.expm1(made[_WORDS]) / 12, 6)
        weight = weight / weight.sum() * np.sqrt(len(weight)) * page.weight
        menu = (letters == "X") & (made[_WORDS] < MENU_WORDS)
        weight[menu] /= MENU_SHARE
        use &= ~menu | (rng.random(len(menu)) < MENU_SHARE)
        if not use.any():
            continue
        rows.append(made[:, use].T)
        body.append(letters[use] == "B")
        weights.append(weight[use])
    return np.concatenate(rows), np.concatenate(body), np.concatenate(weights)


def fit(pages: Sequence[Page], matrices: Sequence[NDArray[np.float32] | None]) -> dict[str, Any]:
    """The model as a data file holds it: borders by feature, trees of splits and leaves in thousandths, bias."""
    rows, body, weights = examples(pages, matrices)
    booster = CatBoostClassifier(
        iterations=TREES, depth=DEPTH, learning_rate=LEARNING_RATE, l2_leaf_reg=8, random_seed=SEED, thread_count=2,
        border_count=64, bootstrap_type="Bernoulli", subsample=0.6, rsm=0.25, verbose=0, allow_writing_files=False,
    )  # fmt: skip
    booster.fit(rows, body, sample_weight=weights)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        booster.save_model(str(path), format="json")
        return written(json.loads(path.read_text(encoding="utf-8")))


def written(trained: dict[str, Any]) -> dict[str, Any]:
    """CatBoost's own JSON, reduced to what inference needs."""
    known = names.NAMES
    asked = sorted({(s["float_feature_index"], s["border"]) for t in trained["oblivious_trees"] for s in t["splits"]})
    place = {pair: i for i, pair in enumerate(asked)}
    borders: dict[str, list[float]] = {}
    for feature, border in asked:
        borders.setdefault(known[feature], []).append(float(np.format_float_positional(np.float32(border))))
    trees = [
        {
            "splits": [place[s["float_feature_index"], s["border"]] for s in tree["splits"]],
            "leaves": [round(value * 1000) for value in tree["leaf_values"]],
        }
        for tree in trained["oblivious_trees"]
        if len(tree["splits"]) == DEPTH
    ]
    scale, bias = trained["scale_and_bias"]
    if scale != 1:
        raise ValueError(f"leaves would have to be scaled by {scale}")
    return {"bias": round(bias[0] * 1000), "borders": borders, "trees": trees}

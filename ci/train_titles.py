"""Train the weights of `provcheck.describe.title` and write them, the same bytes each time.

    python ci/train_titles.py GOLD_FOLDER [--measure]

GOLD_FOLDER holds ``pages.jsonl.gz`` and ``silver.jsonl.gz``. The model is a conditional logit: of all candidate lines
of a document and the choice "none of them", one is right; each candidate's score is the sum of the weights of its
signs, that of "none" is 0. Candidates with the same text share their chance. Training minimises the cross entropy
plus a ridge, by L-BFGS from zero. ``--measure`` cross-validates by publisher, and scores the publishers held out.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.holdout import held_out  # noqa: E402  # after the path
from provcheck.checks.boilerplate import layout  # noqa: E402  # after the path
from provcheck.describe.headlines import candidates  # noqa: E402  # after the path
from provcheck.describe.shapes import words  # noqa: E402  # after the path
from provcheck.describe.title import LEAST  # noqa: E402  # after the path
from provcheck.model import Document  # noqa: E402  # after the path

RIDGE = 1.0
RAREST = 8
"""A sign that fewer candidates show gets no weight."""

SILVER_WEIGHT = 0.5
"""What a silver page counts against a page whose title is known."""


class Example(NamedTuple):
    """A document's candidates, which of them are right, and whose page it is."""

    kind: str
    publisher: str
    texts: tuple[str, ...]
    signs: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    weight: float


def norm(text: str) -> str:
    """The text as `score.py` compares it."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text or "")).strip().lower()


def example(kind: str, publisher: str, text: str, title: str, weight: float) -> Example:
    """The candidates of a text, and which of them are its title; a whole page's other form of it counts if need be."""
    document = Document.of(text)
    found = candidates(document.lines.texts, layout(document).kinds)
    right = tuple(norm(c.text) == title for c in found)
    if not any(right) and kind != "body":  # the page shows another form of its title: with a kicker, or shortened
        right = tuple(alike(norm(c.text), title) for c in found)
    return Example(
        kind, publisher, tuple(norm(c.text) for c in found), tuple(names(c.signs) for c in found), right, weight
    )


def names(signs: Mapping[str, str]) -> tuple[str, ...]:
    """The signs as one word each."""
    return ("bias:y", *(f"{name}:{value}" for name, value in signs.items()))


def alike(one: str, other: str) -> bool:
    """Whether two headlines share most of their words."""
    a, b = words(one), words(other)
    return len(a & b) >= 0.6 * len(a | b) > 0


def examples(gold: Path) -> list[Example]:
    """Whole pages, pages without their menus, bodies without a title and bodies with one, and silver pages."""
    out = []
    for page in rows(gold / "pages.jsonl.gz"):
        title, publisher, body = norm(page["title"]), page["publisher"], "\n\n".join(page["body"])
        if not title or not body:
            continue
        if title in norm(page["full"]):
            out.append(example("full", publisher, page["full"], title, 1))
        out.append(example("residual", publisher, page["residual"], title, 0.5))
        out.append(example("body", publisher, body, title, 0.5))
        out.append(example("plain", publisher, page["title"] + "\n\n" + body, title, 0.25))
        out.append(example("twice", publisher, f"{page['title']}\n\n{page['title']}\n\n{body}", title, 0.1))
        out.append(example("tight", publisher, page["title"] + "\n" + body.replace("\n\n", "\n"), title, 0.15))
    for page in rows(gold / "silver.jsonl.gz"):
        marked = {
            norm(line) for line, label in zip(page["full"].split("\n"), page["labels"], strict=True) if label == "T"
        }
        titles = [t for t in marked if norm(page["title"]).startswith(t)]
        if len(titles) == 1 and len(titles[0]) > 15:
            out.append(example("silver", page["sitename"] or "", page["full"], titles[0], SILVER_WEIGHT))
    return out


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a compressed file, a JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fit(data: list[Example]) -> dict[str, float]:
    """The weights of the signs."""
    counts = Counter(sign for e in data for signs in e.signs for sign in signs)
    known = sorted(sign for sign, count in counts.items() if count >= RAREST)
    column = {name: i for i, name in enumerate(known)}
    indices, starts, document, right, weights = [], [0], [], [], []
    for number, e in enumerate(data):
        for signs, is_right in zip(e.signs, e.right, strict=True):
            indices += [column[s] for s in signs if s in column]
            starts.append(len(indices))
            document.append(number)
            right.append(is_right)
        weights.append(e.weight)
    x = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(document), len(known)))
    doc, y, share = np.array(document), np.array(right, float), np.array(weights)
    none = 1.0 - np.minimum(1.0, np.bincount(doc, y, len(data)))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = np.exp(np.clip(x @ w, -30, 30))
        total = 1.0 + np.bincount(doc, score, len(data))
        good = none + np.bincount(doc, score * y, len(data))
        value = -(share * (np.log(good) - np.log(total))).sum() + RIDGE * (w @ w) / 2
        slope = share[doc] * (score / total[doc] - score * y / good[doc])
        return value, x.T @ slope + RIDGE * w

    found = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return {name: round(float(w), 3) for name, w in zip(known, found.x, strict=True) if abs(w) >= 0.005}


def choose(weights: dict[str, float], e: Example) -> tuple[str, float]:
    """The best text and its chance."""
    chance: dict[str, float] = {}
    for text, signs in zip(e.texts, e.signs, strict=True):
        chance[text] = chance.get(text, 0.0) + float(np.exp(sum(weights.get(s, 0.0) for s in signs)))
    total = 1.0 + sum(chance.values())
    best = max(chance, key=lambda t: chance[t], default="")
    return best, chance.get(best, 0.0) / total


def main() -> None:
    """Train, write, and if asked measure."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("gold", type=Path)
    options.add_argument("--measure", action="store_true")
    arguments = options.parse_args()
    data = examples(arguments.gold)
    if arguments.measure:
        dev = [e for e in data if not held_out(e.publisher)]
        fold = {e.publisher: int(hashlib.sha256(f"fold {e.publisher}".encode()).hexdigest(), 16) % 5 for e in dev}
        parts = [fit([e for e in dev if fold[e.publisher] != i]) for i in range(5)]
        cross = [(parts[fold[e.publisher]], e) for e in dev]
        for kind in sorted({e.kind for e in dev}):
            merged: list[Example] = [e for _, e in cross if e.kind == kind]
            results = [choose(w, e) for w, e in cross if e.kind == kind]
            report("cross", kind, merged, results)
        weights = fit(dev)
        held = [e for e in data if held_out(e.publisher)]
        for kind in sorted({e.kind for e in held}):
            some = [e for e in held if e.kind == kind]
            report("held ", kind, some, [choose(weights, e) for e in some])
    weights = fit(data)
    path = ROOT / "provcheck" / "describe" / "data" / "titles.json"
    table: dict[str, dict[str, float]] = {}
    for sign, weight in weights.items():
        name, _, value = sign.partition(":")
        table.setdefault(name, {})[value] = weight
    path.write_text(json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def report(name: str, kind: str, some: list[Example], got: list[tuple[str, float]]) -> None:
    """Print how many titles were found, given wrongly, and what the sure ones are worth."""
    titled = [e for e in some if any(e.right) or kind in ("full", "silver")]
    right = [
        any(t == text and r for text, r in zip(e.texts, e.right, strict=True))
        for e, (t, _) in zip(some, got, strict=True)
    ]
    hit = [r and p >= LEAST for r, (_, p) in zip(right, got, strict=True)]
    sure = [r for r, (_, p) in zip(right, got, strict=True) if p >= 0.9]
    wrong = sum(p >= LEAST and not r for r, (_, p) in zip(right, got, strict=True))
    recall, best = sum(hit) / max(1, len(titled)), sum(right) / max(1, len(titled))
    shown = (
        f"n {len(some):4d} titled {len(titled):4d} recall {recall:.3f} best {best:.3f} wrong {wrong / len(some):.3f}"
    )
    print(f"{name} {kind:9s} {shown} sure {sum(sure)}/{len(sure)}")


if __name__ == "__main__":
    main()

"""Train the weights by which the dates of a document are ranked, and print how they do on unseen publishers.

    python ci/train_dates.py GOLD [--check | --spread]

GOLD is the folder with ``pages.jsonl.gz`` and ``silver.jsonl.gz``. The result is
``provcheck/describe/data/date_weights.json``, the same bytes on every run; ``--check`` compares instead of writing,
and ``--spread`` says how much the figures depend on which publishers are left out.
The method is told in ``docs/models/dates.md``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np
import py3langid
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from holdout import held_out  # noqa: E402  (stands in benchmarks/, which is no package)

from provcheck.checks.boilerplate import layout  # noqa: E402
from provcheck.describe import body as bodies  # noqa: E402
from provcheck.describe import title  # noqa: E402
from provcheck.describe.dates.features import features  # noqa: E402
from provcheck.describe.dates.scan import expressions  # noqa: E402
from provcheck.describe.dates.scene import stage  # noqa: E402
from provcheck.model import Document  # noqa: E402

TARGET = ROOT / "provcheck" / "describe" / "data" / "date_weights.json"
THRESHOLD = 0.56
TRIED = (0.5, 0.56, 0.6, 0.7)
PENALTY = 1.0
FOLDS, WAYS = 6, 5
SHARES = {"full": 3.0, "residual": 2.0, "body": 1.0, "silver": 1.0, "silver residual": 0.7}
"""How much one document of each kind weighs: known pages more than machine-labelled ones."""

NOT_WEIGHED = {"published_in"}
"""Features that only name the rule: the pages show too few of them for a weight."""

AGAINST = {"caption", "copyright", "duration", "label_elsewhere", "old_year", "others_near", "post", "sentence_end"}
"""Features that may not speak for a date, whatever few examples say; a film's date speaks clearly against."""

FOR = {"label_published", "time", "zone", "dateline"}
"""Features that may not speak against a date."""

CLEARLY = {"duration": -1.0, "post": -0.5, "caption": -0.5}


class Example(NamedTuple):
    """One text: its kind and publisher, the features and days of its dates, and the indices of the right ones."""

    kind: str
    publisher: str
    rows: list[dict[str, float]]
    days: list[tuple[str, ...]]
    right: frozenset[int]
    date: str | None


def example(kind: str, publisher: str, text: str, language: str, date: str | None) -> Example | None:
    """The example of a text, or None where it teaches nothing."""
    document = Document.of(text)
    shown = layout(document)
    article = bodies.article(document.lines.stripped, shown.kinds)
    [said] = title.descriptions([(document, shown, language)], [article])
    found = expressions(text, language)
    scene = stage(text, document.lines, found, shown.kinds, said.best.start if said.best else -1)
    kept = [index for index, e in enumerate(found) if e.days]
    rows = [features(scene, index) for index in kept]
    days = [tuple(day.isoformat() for day in found[index].days) for index in kept]
    right = [place for place, meant in enumerate(days) if date in meant]
    prose = all(
        rows[p].get("rest_long") and not rows[p].get("long_opens") and not rows[p].get("label_published") for p in right
    )
    if kind.startswith("silver") and prose:  # the day is told in the article: no sign that this is its publication
        if kind == "silver":
            return None
        right = []
    return Example(kind, publisher, rows, days, frozenset(right), date) if rows else None


def examples(gold: Path) -> list[Example]:
    """All texts of publishers that are not held out."""
    out: list[Example | None] = []
    for page in load(gold / "pages.jsonl.gz"):
        if held_out(page["publisher"]):
            continue
        body = "\n\n".join(page["body"])
        language = page["lang"] or py3langid.classify(body[:5000])[0]
        kinds = (("full", page["full"], True), ("residual", page["residual"], page["date_in_residual"]))
        for kind, text, there in (*kinds, ("body", body, False)):
            out.append(example(kind, page["publisher"], text, language, page["date"] if there else None))
    for page in load(gold / "silver.jsonl.gz"):
        if held_out(page["sitename"] or ""):
            continue
        host = ".".join((urlsplit(page["url"]).hostname or "").split(".")[-2:])
        language = py3langid.classify(page["full"][:5000])[0]
        date = page["date"] if isinstance(page["date"], str) else None
        if date is None:
            continue  # nobody looked for its date, or nobody found it: it teaches nothing
        kept = (
            line for line, letter in zip(page["full"].split("\n"), page["labels"], strict=False) if letter in "BT?_"
        )
        out.append(example("silver", host, page["full"], language, date))
        out.append(example("silver residual", host, "\n".join(kept), language, date))
    return [one for one in out if one]


def load(path: Path) -> list[dict[str, Any]]:
    """The rows of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def fit(train: list[Example]) -> dict[str, float]:
    """The weights of a conditional logit with the outcome "none": log of the right days' share, and an L2 penalty."""
    names = sorted({name for one in train for row in one.rows for name in row} - NOT_WEIGHED)
    matrix = np.array([[row.get(name, 0.0) for name in names] for one in train for row in one.rows])
    hit = np.array([place in one.right for one in train for place in range(len(one.rows))], dtype=float)
    sizes = np.array([len(one.rows) for one in train])
    begin = np.cumsum(sizes) - sizes
    owner = np.repeat(np.arange(len(train)), sizes)
    share = np.array([SHARES[one.kind] for one in train])
    some = np.add.reduceat(hit, begin) > 0

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        power = np.exp(np.clip(matrix @ weights, -30, 30))
        total = 1 + np.add.reduceat(power, begin)
        good = np.where(some, np.add.reduceat(power * hit, begin), 1.0)
        value = float((share * (np.log(total) - np.log(good))).sum() + PENALTY * (weights @ weights) / 2)
        pull = power / total[owner] - np.where(some[owner], power * hit / good[owner], 0.0)
        return value, matrix.T @ (pull * share[owner]) + PENALTY * weights

    bounds = [(0.0 if name in FOR else None, CLEARLY.get(name, 0.0) if name in AGAINST else None) for name in names]
    options = {"maxiter": 3000, "gtol": 1e-7, "ftol": 1e-14}
    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return {name: round(float(value), 2) for name, value in zip(names, best.x, strict=True)}


def decide(one: Example, weights: dict[str, float]) -> tuple[str, float]:
    """The most probable day and its probability."""
    sums = [sum(value * weights.get(name, 0.0) for name, value in row.items()) for row in one.rows]
    powers = np.exp(np.clip(sums, -30, 30))
    by_day: dict[str, float] = {}
    for days, power in zip(one.days, powers, strict=True):
        by_day[days[0]] = by_day.get(days[0], 0.0) + float(power / (1 + powers.sum()))
    return max(by_day.items(), key=lambda pair: pair[1])


def cross_validate(data: list[Example]) -> None:
    """Print right, wrong and missing days by kind, each publisher judged by weights that never saw it."""
    fold = [int(hashlib.sha256(one.publisher.encode()).hexdigest(), 16) % FOLDS for one in data]
    counts: dict[tuple[float, str, str], int] = {}
    bins: dict[int, list[bool]] = {}
    for number in range(FOLDS):
        weights = fit([one for one, f in zip(data, fold, strict=True) if f != number])
        for one, f in zip(data, fold, strict=True):
            if f != number:
                continue
            day, sure = decide(one, weights)
            bins.setdefault(min(9, int(sure * 10)), []).append(day == one.date)
            kind = one.kind + (" dated" if one.right else " undated")
            for threshold in TRIED:
                result = "null" if sure < threshold else "right" if day == one.date else "wrong"
                counts[threshold, kind, result] = counts.get((threshold, kind, result), 0) + 1
    for (threshold, kind, result), number in sorted(counts.items()):
        print(f"from {threshold:.2f}  {kind:24s} {result:6s} {number}")
    for tenth, hits in sorted(bins.items()):
        print(f"probability {tenth / 10:.1f}+   {sum(hits) / len(hits):.2f} of {len(hits)} right")


def spread(data: list[Example]) -> None:
    """Print how the shares of right and wrong days differ over all folds of several ways to part the publishers.

    Pages that hold their date, dates given from the threshold on; each fold judged by weights that never saw it.
    """
    shares: dict[tuple[str, str], list[float]] = {}
    for way in range(WAYS):
        fold = [int(hashlib.sha256(f"{way} {one.publisher}".encode()).hexdigest(), 16) % FOLDS for one in data]
        for number in range(FOLDS):
            weights = fit([one for one, f in zip(data, fold, strict=True) if f != number])
            for kind in ("full", "silver"):
                judged = [
                    (decide(one, weights), one.date)
                    for one, f in zip(data, fold, strict=True)
                    if f == number and one.kind == kind and one.right
                ]
                given = [day == date for (day, sure), date in judged if sure >= THRESHOLD]
                shares.setdefault((kind, "right"), []).append(sum(given) / len(judged))
                shares.setdefault((kind, "wrong"), []).append((len(given) - sum(given)) / len(judged))
    for (kind, what), values in shares.items():
        worst = min(values) if what == "right" else max(values)
        print(f"{kind:6s} {what:5s}  mean {np.mean(values):.3f}  spread {np.std(values):.3f}  worst fold {worst:.3f}")


def main() -> int:
    """Train, print the cross-validation, and write or check the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--spread", action="store_true", help="only print how the folds differ; a minute")
    arguments = parser.parse_args()
    data = examples(arguments.gold)
    if arguments.spread:
        spread(data)
        return 0
    cross_validate(data)
    about = "Log weights of what speaks for a date being the publication date, against 0 for none; docs/models/dates.md"
    made = {"about": about, "threshold": THRESHOLD, "weights": fit(data)}
    text = json.dumps(made, indent=1, sort_keys=True) + "\n"
    if arguments.check:
        same = TARGET.read_text(encoding="utf-8") == text
        print("the same weights" if same else "other weights than in the file")
        return 0 if same else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

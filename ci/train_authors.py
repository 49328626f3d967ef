"""Train the weights of `provcheck.describe.author` and write them, the same bytes each time.

    python ci/train_authors.py GOLD_FOLDER [--measure]

GOLD_FOLDER holds ``pages.jsonl.gz``. The model is a conditional logit over all names of a document that may be its
author's (`training.choice`). It learns from whole pages and from their residuals, known ones and invented ones, and
from the cases of the tests. ``--measure`` cross-validates by publisher, and scores the publishers held out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.choice import Example, Learning, choose, crossed, fit, is_right, scale

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import invented  # noqa: E402  # after the path
from benchmarks.calibration import parted  # noqa: E402  # after the path
from benchmarks.holdout import held_out  # noqa: E402  # after the path
from benchmarks.invented import norm  # noqa: E402  # after the path
from provcheck.checks.boilerplate import layout  # noqa: E402  # after the path
from provcheck.describe import body, title  # noqa: E402  # after the path
from provcheck.describe.author import LEAST  # noqa: E402  # after the path
from provcheck.describe.authors.candidates import names  # noqa: E402  # after the path
from provcheck.describe.authors.signs import signs  # noqa: E402  # after the path
from provcheck.describe.authors.written import Written  # noqa: E402  # after the path
from provcheck.describe.odds import confidence  # noqa: E402  # after the path
from provcheck.model import Document  # noqa: E402  # after the path

HOW = Learning(ridge=2.0, rarest=3)

RESIDUAL_WEIGHT, INVENTED_WEIGHT, CASE_WEIGHT = 0.5, 0.5, 1.0
"""What these count against a whole page whose author is known."""

CASES = ("negative", "in_the_wild", "synthetic")
"""Files of cases in ``fixtures/cases/authors`` that the model must know."""

STEPS = ((0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))


def example(kind: str, publisher: str, text: str, authors: list[str], weight: float) -> Example:
    """The names of a text that may be its author's; right are those that are all among its known authors."""
    document = Document.of(text)
    plan = layout(document)
    article = body.article(document.lines.stripped, plan.kinds)
    [headline] = title.descriptions([(document, plan, None)], [article])
    written = Written(document, plan.kinds, article, headline.best.start if headline.best else -1)
    found, known = names(written), {norm(author) for author in authors}
    shown = tuple(("bias:y", *(f"{sign}:{value}" for sign, value in one.items())) for one in signs(found, written))
    right = tuple({norm(one) for one in parted(name.value)} <= known for name in found)
    return Example(kind, publisher, tuple(name.value for name in found), shown, right, weight)


def examples(gold: Path) -> Iterator[Example]:
    """Whole pages and their residuals, and the cases of the tests."""
    with gzip.open(gold / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from _views(json.loads(line), "", 1.0)
    for page in invented.load():
        yield from _views(page, "invented ", INVENTED_WEIGHT)
    for name in CASES:
        path = ROOT / "fixtures" / "cases" / "authors" / f"{name}.json"
        for row in json.loads(path.read_text(encoding="utf-8")):
            authors = [] if row["author"] is None else [*parted(row["author"]), row["author"]]
            yield example("case", row["id"], row["text"], authors, CASE_WEIGHT)


def _views(page: dict[str, Any], kind: str, weight: float) -> Iterator[Example]:
    for view, share in (("full", 1.0), ("residual", RESIDUAL_WEIGHT)):
        said = any(norm(author) in norm(page[view]) for author in page["authors"])
        name = f"{kind}{view}{'' if said else ', unsaid'}"
        yield example(name, page["publisher"], page[view], page["authors"], weight * share)


def main() -> None:
    """Train, calibrate, write, and if asked measure."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("gold", type=Path)
    options.add_argument("--measure", action="store_true")
    arguments = options.parse_args()
    data = list(examples(arguments.gold))
    dev = [e for e in data if not held_out(e.publisher)]
    got = crossed(dev, HOW)
    rows = [(e, text, p) for e, (text, p) in zip(dev, got, strict=True) if text and e.kind != "case"]
    line = scale((p, is_right(e, text), e.weight) for e, text, p in rows)
    if arguments.measure:
        report("cross", dev, got, line)
        weights, held = fit(dev, HOW), [e for e in data if held_out(e.publisher)]
        report("held", held, [choose(weights, e) for e in held], line)
    table: dict[str, dict[str, float]] = {}
    for shown, weight in fit(data, HOW).items():
        sign, value = shown.split(":", 1)
        table.setdefault(sign, {})[value] = weight
    path = ROOT / "provcheck" / "describe" / "data" / "authors.json"
    made = {"calibration": line, "weights": table}
    path.write_text(json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def report(name: str, data: list[Example], got: list[tuple[str, float]], line: list[float]) -> None:
    """Print how many authors were found and given wrongly, and how often a confidence was right."""
    given = [(e, confidence(p, line), is_right(e, text)) for e, (text, p) in zip(data, got, strict=True)]
    for kind in sorted({e.kind for e in data}):
        rows = [(sure >= LEAST, right) for e, sure, right in given if e.kind == kind]
        found = sum(told and right for told, right in rows) / len(rows)
        wrong = sum(told and not right for told, right in rows)
        print(f"| {name} | {kind} | {len(rows)} | {found:.3f} | {wrong} of {sum(told for told, _ in rows)} |")
    for low, high in STEPS:
        hits = [right for e, sure, right in given if low <= sure < high and e.kind != "case"]
        print(f"| {name} | confidence {low} to {min(high, 1)} | {len(hits)} | {sum(hits) / max(1, len(hits)):.3f} |")


if __name__ == "__main__":
    main()

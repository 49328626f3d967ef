"""Boilerplate: provcheck beside what others do from text alone, on pages whose body is known, as a Markdown table.

    python benchmarks/boilerplate.py [--pages FILE] [--weights FILE] [--speed]

Token F1 of the content against the known body, averaged over pages; the publishers of `holdout` apart. Their figures
mean something only with weights that were learned without them: ``python ci/train --without-held-out --output FILE``.
The line rules are those of C4 (Raffel et al., "Exploring the limits of transfer learning", JMLR 2020): a line is kept
if it ends in terminal punctuation and has five words or more, and lines that speak of JavaScript go.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.holdout import held_out  # noqa: E402  (the path must be set first)
from provcheck.checks import boilerplate  # noqa: E402
from provcheck.checks.boilerplate import lexicon, model  # noqa: E402
from provcheck.config import Settings  # noqa: E402
from provcheck.describe import describe  # noqa: E402
from provcheck.model import Document  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

VIEWS = ("full", "residual", "body")
TERMINAL = (".", "!", "?", '"', "”")


def f1(got: str, want: str) -> float:
    """Token F1, counting each token as often as it stands."""
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (got, want))
    hit = sum((a & b).values())
    precision, recall = hit / max(1, sum(a.values())), hit / max(1, sum(b.values()))
    return 2 * precision * recall / max(1e-9, precision + recall)


def keep_all(text: str) -> str:
    """What doing nothing gives."""
    return text


def c4(text: str) -> str:
    """The line rules of C4."""
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(
        line
        for line in lines
        if line.endswith(TERMINAL) and len(line.split()) >= 5 and "javascript" not in line.lower()
    )


def ours(text: str) -> str:
    """The content as provcheck gives it: without the line of the headline, which known bodies do not have either."""
    document = Document.of(text)
    layout = boilerplate.layout(document)
    return boilerplate.content(document, layout, describe(document, layout, SETTINGS).title.best)


SETTINGS = Settings(as_of=dt.date(2026, 11, 22))

METHODS: dict[str, Callable[[str], str]] = {"keep all": keep_all, "C4 line rules": c4, "provcheck": ours}


def views(page: dict[str, Any]) -> dict[str, str]:
    """The page in each view, `body` being the article alone, from which nothing may be taken."""
    return {"full": page["full"], "residual": page["residual"], "body": "\n\n".join(page["body"])}


def quality(pages: list[dict[str, Any]]) -> None:
    """Print the table of methods, and that of languages."""
    found: dict[tuple[str, str, bool], list[float]] = defaultdict(list)
    languages: dict[tuple[str, str], list[float]] = defaultdict(list)
    for page in pages:
        want, apart = "\n".join(page["body"]), held_out(page["publisher"])
        for view, text in views(page).items():
            for name, method in METHODS.items():
                score = f1(method(text), want)
                found[name, view, apart].append(score)
                if name == "provcheck":
                    languages[page["lang"] or "unknown", view].append(score)
    columns = [(view, apart) for view in VIEWS for apart in (False, True)]
    print("| method | " + " | ".join(f"{view}, {'held out' if apart else 'dev'}" for view, apart in columns) + " |")
    print("|---|" + "---|" * len(columns))
    for name in METHODS:
        cells = [found[name, view, apart] for view, apart in columns]
        print(f"| {name} | " + " | ".join(f"{sum(cell) / max(1, len(cell)):.3f}" for cell in cells) + " |")
    print("\n| language | pages | full | residual |\n|---|---|---|---|")
    for language in sorted({language for language, _ in languages}):
        full, residual = languages[language, "full"], languages[language, "residual"]
        print(f"| {language} | {len(full)} | {sum(full) / len(full):.3f} | {sum(residual) / len(residual):.3f} |")


def reference() -> float:
    """Seconds that this machine takes, right now, for a fixed piece of work with arrays."""
    numbers = np.random.default_rng(0).random(20_000)
    begin = time.process_time()
    for _ in range(200):
        np.sort(numbers)
        numbers.cumsum()
        (numbers > 0.5).nonzero()
    return time.process_time() - begin


def speed(pages: list[dict[str, Any]]) -> None:
    """Print how fast the layout is made, on one core, as the best of three runs.

    The last column compares with `reference`, timed between the runs, since a loaded machine slows both.
    """
    print(
        "\n| view | bytes a document | ms a document | MB/s | MB in the time of the reference |\n|---|---|---|---|---|"
    )
    for view in VIEWS:
        documents = [Document.of(views(page)[view]) for page in pages]
        size, best, unit = sum(document.origin.length for document in documents), float("inf"), float("inf")
        for _ in range(3):
            begin = time.process_time()
            boilerplate.layouts(documents)
            best = min(best, time.process_time() - begin)
            unit = min(unit, reference())
        n, speed = len(documents), size / best / 1e6
        print(f"| {view} | {size // n} | {best / n * 1000:.2f} | {speed:.1f} | {speed * unit:.2f} |")


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "gold" / "pages.jsonl.gz")
    parser.add_argument("--speed", action="store_true", help="time the model only")
    parser.add_argument("--weights", type=Path, help="weights to measure in place of the shipped ones")
    arguments = parser.parse_args()
    if arguments.weights:
        loaded = json.loads(arguments.weights.read_text(encoding="utf-8"))
        tables = lexicon.Tables.of(lexicon.data("boilerplate_words"), loaded["words"])
        model.weights, model.tables = lambda: loaded, lambda: tables
    with gzip.open(arguments.pages, "rt", encoding="utf-8") as file:
        pages = [json.loads(line) for line in file]
    if not arguments.speed:
        quality(pages)
    speed(pages)


if __name__ == "__main__":
    main()

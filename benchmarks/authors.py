"""Measure authors on the gold pages, next to the rule that is commonly used.

    python benchmarks/authors.py [GOLD]

Prints a table in Markdown: of the pages that name one of their authors, how many times one was found, and of all that
was given, how much was none of the page's authors; by rule as well. A name counts if it is within a known one or holds
it. Bylines lead to desks and to other stories' authors, so both columns matter. The shipped weights are learned from
all of these pages; ``ci/train_authors.py --measure`` prints the figures of weights that never saw them.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.holdout import held_out  # after the path
from provcheck.checks.boilerplate import layout  # after the path
from provcheck.config import Settings  # after the path
from provcheck.describe import describe  # after the path
from provcheck.model import Document  # after the path

if TYPE_CHECKING:
    from collections.abc import Callable

GOLD = Path(__file__).parents[2] / "shared" / "gold"
BYLINE = re.compile(r"^(?:By|Von|Par|Por|Di) ([A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3})", re.MULTILINE)


def norm(text: str) -> str:
    """The words of a name or a text, in small letters, parted by spaces."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower()))


def first_byline(text: str) -> tuple[str, str] | None:
    """What follows the first ``By`` at the beginning of a line."""
    found = BYLINE.search(text)
    return (found[1], "byline") if found else None


def ours(text: str) -> tuple[str, str] | None:
    """What provcheck says, and by which rule."""
    document = Document.of(text)
    best = describe(document, layout(document), Settings()).author.best
    return (best.value, best.rule) if best else None


def is_right(given: str, known: list[str]) -> bool:
    """Whether the name is within one of those known, or holds one of them."""
    name = norm(given)
    return any(norm(each) in name or name in norm(each) for each in known)


def main() -> None:
    """Print the tables."""
    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD
    with gzip.open(gold / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages: list[dict[str, Any]] = [page for page in map(json.loads, lines) if page["authors"]]
    methods: dict[str, Callable[[str], tuple[str, str] | None]] = {
        "the first By, Von, Par …": first_byline, "provcheck": ours,
    }  # fmt: skip
    rules: dict[str, Counter[bool]] = defaultdict(Counter)
    print("| authors | dev: found | dev: wrong of given | held out: found | held out: wrong of given |")
    print("|---|---|---|---|---|")
    for name, method in methods.items():
        cells = []
        for part in (False, True):
            some = [page for page in pages if held_out(page["publisher"]) is part]
            named = hits = given = wrong = 0
            for page in some:
                told = method(page["full"])
                right = told is not None and is_right(told[0], page["authors"])
                said = f" {norm(page['full'])} "
                if any(f" {norm(each)} " in said for each in page["authors"]):
                    named, hits = named + 1, hits + right
                given, wrong = given + (told is not None), wrong + (told is not None and not right)
                if told and method is ours:
                    rules[told[1]][right] += 1
            cells += [f"{hits / named:.2f} of {named}", f"{wrong} of {given}"]
        print(f"| {name} | {' | '.join(cells)} |")
    print("\n| rule | given | right |\n|---|---|---|")
    for rule, counted in sorted(rules.items()):
        print(f"| {rule} | {counted.total()} | {counted[True]} |")


if __name__ == "__main__":
    main()

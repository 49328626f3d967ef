"""Dates of known pages: provcheck and dateparser in one run, on the same texts.

    python benchmarks/dates.py GOLD [--most N]

GOLD is the folder with ``pages.jsonl.gz``. `dateparser.search` gives every date of a text; the first one with a year
is taken, as most who use it do. Prints the share of dates right and wrong on whole pages that hold theirs, and of
dates invented on residual texts that do not, for publishers used in training ("dev") and held out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dateparser.search
from holdout import held_out

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from provcheck.checks.boilerplate import layout  # noqa: E402  (the checkout, not an installed copy)
from provcheck.config import Settings  # noqa: E402
from provcheck.describe import date, language, title  # noqa: E402
from provcheck.model import Document  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN = {"nb": "nb", "no": "nb", "zu": None}
"""Codes that dateparser names otherwise, or does not know."""


def by_provcheck(text: str, code: str | None) -> str:
    """The date that provcheck gives."""
    document = Document.of(text)
    shown = layout(document)
    tongue = language.describe(document, shown).value or code
    said = title.describe(document, shown, tongue)
    found, _ = date.describe(document, shown, tongue, Settings(), said.best.start if said.best else -1)
    return (found.value or "")[:10]


def by_dateparser(text: str, code: str | None) -> str:
    """The first date with a year that `dateparser.search` gives."""
    code = KNOWN.get(code or "", code)
    options = {"REQUIRE_PARTS": ["day", "month", "year"]}
    found = dateparser.search.search_dates(text[:20_000], languages=[code] if code else None, settings=options)
    return found[0][1].date().isoformat() if found else ""


def measure(pages: list[dict[str, Any]], tool: Callable[[str, str | None], str]) -> dict[str, float]:
    """Recall and wrong dates on whole pages, invented dates on residual texts, and milliseconds a text."""
    start = time.process_time()
    dated = [(page["date"], tool(page["full"], page["lang"])) for page in pages if page["date_in_full"]]
    undated = [tool(page["residual"], page["lang"]) for page in pages if not page["date_in_residual"]]
    spent = time.process_time() - start
    return {
        "date_recall_full": sum(got == want for want, got in dated) / len(dated),
        "date_wrong_full": sum(bool(got) and got != want for want, got in dated) / len(dated),
        "date_invented_residual": sum(map(bool, undated)) / len(undated),
        "ms_a_text": 1000 * spent / (len(dated) + len(undated)),
    }


def main() -> None:
    """Print a table of both tools on both parts."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--most", type=int, default=1000, help="pages of each part, for a quick look")
    arguments = parser.parse_args()
    with gzip.open(arguments.gold / "pages.jsonl.gz", "rt", encoding="utf-8") as file:
        pages = [json.loads(line) for line in file]
    warnings.simplefilter("ignore")  # dateparser warns of its own use of the standard library
    for part in ("dev", "held out"):
        chosen = [page for page in pages if held_out(page["publisher"]) == (part == "held out")][: arguments.most]
        for tool in (by_provcheck, by_dateparser):
            figures = measure(chosen, tool)
            print(f"{part:9s} {tool.__name__[3:]:11s}", *(f"{name} {value:.3f}" for name, value in figures.items()))


if __name__ == "__main__":
    main()

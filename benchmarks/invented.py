"""The invented pages of `fixtures/pages`: what provcheck finds in them, for anyone to measure against.

    python benchmarks/invented.py [--names GLOB] [--write FILE] [FOLDER]

Real pages with known bodies may not be passed on. These were written for provcheck by authors who had not seen its
code, after the habits of sites in dozens of languages: no story in them has happened, and none was published by the
outlet whose page it imitates. The models of titles and of authors learn from them, and that of boilerplate from those
of Asia, Africa and Oceania (``east-*.txt``), so these figures are of pages that they have seen: `ci/train --validate`,
`ci/train_titles.py --measure` and `ci/train_authors.py --measure` print them cross-validated. The boilerplate of the
pages of Europe and the Americas (``--names 'west-*.txt'``) no model has seen.

A file holds pages one after the other. ``@@`` and an object in JSON begin a page: what a careful reader finds in it.
Each further line is a line of the page behind a letter that says where it stands:

=====  ================================================================
``B``  article: a paragraph, a quotation, an item of a list
``S``  article: a heading inside it
``D``  article: the standfirst above it
``=``  no article, but left by an extractor that is bent on recall
``X``  no article, only in the whole page
``R``  no article, only in what the extractor leaves
``_``  a blank line of the whole page
=====  ================================================================

`--write` writes the pages as JSON lines, packed by gzip, with the fields ``id publisher country lang outlet
outlet_aliases url title date authors body full residual date_in_full date_in_residual outlet_in_full``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FOLDER = ROOT / "fixtures" / "pages"
BODY, FULL, RESIDUAL = "BSD", "BSD=X_", "BSD=R"
VALUES = ("date", "title", "outlet", "author", "language")

Page = dict[str, Any]


def load(folder: Path = FOLDER, names: str = "*.txt") -> list[Page]:
    """All pages of the files with such names, in their order.

    Raises ValueError for a line that is none of this form, with its place.
    """
    return [page for path in sorted(folder.glob(names)) for page in read(path.read_text(encoding="utf-8"), path.name)]


def read(text: str, name: str = "") -> Iterator[Page]:
    r"""The pages of a file; comments (``#``) and blank lines stand between them.

    >>> head = '@@ {"id": "x1", "publisher": "example.org", "country": "GB", "lang": "en", "outlet": null}'
    >>> [page] = read(head + "\nX Home\n= Old bridge closes\nB It rained.\n")
    >>> page["full"], page["residual"], page["body"]
    ('Home\nOld bridge closes\nIt rained.', 'Old bridge closes\nIt rained.', ['It rained.'])
    """
    head: dict[str, Any] | None = None
    lines: list[tuple[str, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("@@ "):
            if head is not None:
                yield _page(head, lines)
            head, lines = json.loads(line[3:]), []
            if not isinstance(head, dict):
                raise ValueError(f"{name}:{number}: the head is no object: {line[:60]!r}")
        elif head is not None and line[:1] in (*FULL, "R") and line[:1] and line[1:2] in ("", " "):
            lines.append((line[0], line[2:]))
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"{name}:{number}: neither the head nor a line of a page: {line[:60]!r}")
    if head is not None:
        yield _page(head, lines)


def _page(head: dict[str, Any], lines: list[tuple[str, str]]) -> Page:
    date = head.get("date")
    return {
        **{key: head[key] for key in ("id", "publisher", "country", "lang", "outlet")},
        "outlet_aliases": [head["outlet"], *head.get("aliases", [])],
        "url": head.get("url") or f"https://{head['publisher']}/",
        "title": head.get("title"),
        "date": date,
        "authors": head.get("authors", []),
        "body": [text.strip() for letter, text in lines if letter in BODY],
        "full": "\n".join(text for letter, text in lines if letter in FULL),
        "residual": "\n".join(text for letter, text in lines if letter in RESIDUAL),
        "date_in_full": head.get("date_in_full", date is not None),
        "date_in_residual": head.get("date_in_residual", date is not None),
        "outlet_in_full": head.get("outlet_in_full", head["outlet"] is not None),
    }


def norm(text: str | None) -> str:
    """The text without what only its setting differs in."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text or "")).strip().lower()


def f1(got: str, want: str) -> float:
    """The harmonic mean of precision and recall, over the words of two texts."""
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (got, want))
    hit = sum((a & b).values())
    return 2 * hit / max(1, sum(a.values()) + sum(b.values()))


def outcome(page: Page, record: dict[str, Any]) -> dict[str, str]:
    """For each value that the whole page says: whether it is right, wrong or missing in the record."""
    aliases, authors = {norm(name) for name in page["outlet_aliases"]}, [norm(name) for name in page["authors"]]
    title = norm(page["title"])
    asked: dict[str, tuple[bool, Callable[[str], bool]]] = {
        "date": (page["date_in_full"], lambda got: got[:10] == page["date"]),
        "title": (bool(title) and title in norm(page["full"]), lambda got: norm(got) == title),
        "outlet": (page["outlet_in_full"], lambda got: norm(got) in aliases),
        "author": (bool(authors), lambda got: all(name in norm(got) for name in authors)),
        "language": (True, lambda got: got == page["lang"]),
    }
    return {
        name: "missing" if not (value := record[name]) else "right" if right(value) else "wrong"
        for name, (said, right) in asked.items()
        if said
    }


def records(pages: list[Page], view: str) -> list[dict[str, Any]]:
    """The records of provcheck, for one view of each page."""
    from provcheck.config import Settings  # noqa: PLC0415  # the pages are read without it
    from provcheck.corpus import examine_corpus  # noqa: PLC0415  # as above

    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            (Path(folder) / f"{number:05}.txt").write_text(page[view], encoding="utf-8")
        with examine_corpus([folder], Settings()) as corpus:
            return list(corpus.records())


class Measured(NamedTuple):
    """How often each value came how, over all pages; and the scores of both views of each page, by language."""

    counts: dict[str, Counter[str]]
    scores: dict[str, list[tuple[float, float]]]

    def figures(self) -> dict[str, float]:
        """The figures that the ratchet holds, each between 0 and 1."""
        made = {f"{name}_{came}": self._share(name, came) for name in self.counts for came in ("right", "wrong")}
        full, residual = self.mean(pair for pairs in self.scores.values() for pair in pairs)
        return {name: round(value, 4) for name, value in {**made, "full": full, "residual": residual}.items()}

    def _share(self, name: str, came: str) -> float:
        return self.counts[name][came] / max(self.counts[name].total(), 1)

    @staticmethod
    def mean(pairs: Iterable[tuple[float, float]]) -> tuple[float, float]:
        """The means of the scores of the two views."""
        full, residual = zip(*pairs, strict=True)
        return sum(full) / len(full), sum(residual) / len(residual)

    def report(self) -> Iterator[str]:
        """The tables, line by line."""
        yield from ("| value | pages that say it | right | wrong | missing |", "|---|---|---|---|---|")
        for name, count in self.counts.items():
            shares = " | ".join(f"{self._share(name, came):.3f}" for came in ("right", "wrong", "missing"))
            yield f"| {name} | {count.total()} | {shares} |"
        yield from ("", "| language | pages | boilerplate, full | boilerplate, residual |", "|---|---|---|---|")
        every = [pair for pairs in self.scores.values() for pair in pairs]
        for language, pairs in [("all", every), *sorted(self.scores.items())]:
            full, residual = self.mean(pairs)
            yield f"| {language} | {len(pairs)} | {full:.3f} | {residual:.3f} |"


def measure(pages: list[Page]) -> Measured:
    """Run provcheck over the pages, and compare."""
    made = Measured({name: Counter() for name in VALUES}, defaultdict(list))
    for page, full, residual in zip(pages, records(pages, "full"), records(pages, "residual"), strict=True):
        for name, came in outcome(page, full).items():
            made.counts[name][came] += 1
        body = "\n".join(page["body"])
        made.scores[page["lang"]].append((f1(full["content"] or "", body), f1(residual["content"] or "", body)))
    return made


def main() -> None:
    """Read the arguments and print the tables, or write the pages."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print the figures of benchmarks/invented.json")
    parser.add_argument("--names", default="*.txt", metavar="GLOB", help="only the pages of files with such names")
    arguments = parser.parse_args()
    pages = load(arguments.folder, arguments.names)
    if arguments.write:
        with gzip.open(arguments.write, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(page, ensure_ascii=False) + "\n" for page in pages)
        return
    made = measure(pages)
    print(json.dumps(made.figures(), indent=1) if arguments.json else "\n".join(made.report()))


if __name__ == "__main__":
    main()

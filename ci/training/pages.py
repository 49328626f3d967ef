"""The pages to learn from: their lines, labelled, in the views and disguises in which documents arrive."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import string
import textwrap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks import invented
from training.align import labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

GOLD, INVENTED, SILVER = "gold", "invented", "silver"
LEARNED = "east-*.txt"
"""The invented pages that are learned from: those in languages that the gold ones have few of or none.

Those of Europe and the Americas are kept apart, for anyone to measure on what the model never saw; to learn from them
gained nothing on the gold pages (F1 .951 and .957 cross-validated with them, .950 and .956 without).
"""

KNOWN = (GOLD, INVENTED)
"""The pages whose body is known to the letter."""


@dataclass(frozen=True, slots=True)
class Page:
    """One view of a page: `labels` has a letter a line, B for body, X for boilerplate, others for what is not learned.

    `site` is the domain without subdomains, by which pages are parted for cross-validation; `weight` is what the page
    counts for in training. `body` is known of gold pages alone.
    """

    ident: str
    site: str
    source: str
    view: str
    lines: tuple[str, ...]
    labels: str
    weight: float
    held_out: bool
    legible: bool = True
    body: str = ""


def site(url: str) -> str:
    """The last two parts of the host: enough to keep pages of one publisher together."""
    return ".".join(urlsplit(url).netloc.split(".")[-2:])


def chance(key: str) -> float:
    """A number from 0 to 1 that depends on nothing but `key`."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def load(folder: Path, held_out: Callable[[str], bool]) -> list[Page]:
    """All pages in all views: the gold ones, those that were invented, and the silver ones."""
    gold, silver = (_records(folder / f"{name}.jsonl.gz") for name in ("pages", "silver"))
    apart = {site(p["url"]) for p in gold if held_out(p["publisher"])}
    made = [(p, GOLD) for p in gold] + [(p, INVENTED) for p in invented.load(names=LEARNED)]
    pages = [page for p, source in made for page in _gold(p, source, apart=site(p["url"]) in apart)]
    return pages + [page for p in silver for page in _silver(p, apart=site(p["url"]) in apart)]


def _records(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _body(paragraphs: list[str], gap: str) -> tuple[tuple[str, ...], str]:
    lines = tuple(gap.join(paragraphs).split("\n"))
    return lines, "".join("B" if line.strip() else "_" for line in lines)


def _gold(p: dict, source: str, *, apart: bool) -> Iterator[Page]:
    for view, weight in (("full", 3.0), ("residual", 2.4)):
        lines = tuple(p[view].split("\n"))
        found = labels(lines, p["body"], p["title"])
        page = Page(p["id"], site(p["url"]), source, view, lines, found, weight, apart, body="\n".join(p["body"]))
        yield page
        if chance(p["id"] + view) < 0.3:
            yield _disguised(page)
    lines, found = _body(p["body"], "\n\n")
    yield Page(p["id"], site(p["url"]), source, "body", lines, found, 1.0, apart, body="\n".join(p["body"]))


def _silver(p: dict, *, apart: bool) -> Iterator[Page]:
    lines = tuple(p["full"].split("\n"))
    page = Page(p["id"], site(p["url"]), SILVER, "full", lines, p["labels"], 1.0, apart)
    yield page
    which, rng = chance(p["id"]), random.Random(p["id"])  # noqa: S311  (seeded by the page, so that all runs are alike)
    if "B" not in page.labels:
        return
    if which < 0.5:
        yield _residual(page, rng)
    elif which < 0.75:
        yield _bare(page, rng)
    elif which < 0.95:
        yield _disguised(page)


def _residual(page: Page, rng: random.Random) -> Page:
    """What a careless extractor would leave: the stretch from the first to the last line of the body, and near it."""
    first, last = page.labels.find("B"), page.labels.rfind("B")
    kept = []
    for i, (line, label) in enumerate(zip(page.lines, page.labels, strict=True)):
        inside = first - 4 <= i <= last + 8
        if label == "T" or (inside and (label in "B_" or rng.random() < 0.5)):
            kept.append((line.strip(), label))
    if rng.random() < 0.7:
        kept = [pair for pair in kept if pair[1] != "_"]
    return replace(
        page, view="residual", lines=tuple(k for k, _ in kept), labels="".join(c for _, c in kept), weight=0.8
    )


def _bare(page: Page, rng: random.Random) -> Page:
    """The body alone: as paragraphs, as lines, hard-wrapped, or in short lines like verse."""
    body = [line.strip() for line, label in zip(page.lines, page.labels, strict=True) if label == "B"]
    how = rng.random()
    if how < 0.2:
        body = ["\n".join(textwrap.wrap(line, rng.choice((50, 60, 72, 80)))) or line for line in body]
    elif how < 0.3:
        body = [line.replace(", ", "\n").replace(". ", "\n") for line in body]
    lines, found = _body(body, "\n\n" if rng.random() < 0.6 else "\n")
    return replace(page, view="body", lines=lines, labels=found, weight=0.5)


def _disguised(page: Page) -> Page:
    """The same page in a language and a converter's style that nobody has seen: shape must do where words cannot."""
    rng = random.Random("disguise" + page.ident)  # noqa: S311  (seeded by the page, so that all runs are alike)
    letters = list(string.ascii_lowercase)
    if rng.random() < 0.25:
        table = {ord(c): chr(0x10D0 + i) for i, c in enumerate(letters)}
        table |= {ord(c.upper()): chr(0x10D0 + i) for i, c in enumerate(letters)}
    else:
        vowels, others = list("aeiou"), [c for c in letters if c not in "aeiou"]
        swapped = dict(zip("aeiou", rng.sample(vowels, 5), strict=True))
        swapped |= dict(zip(others, rng.sample(others, len(others)), strict=True))
        table = {ord(a): b for a, b in swapped.items()} | {ord(a.upper()): b.upper() for a, b in swapped.items()}
    pairs = [(_style(line, rng_style), label) for rng_style in [rng.random()]
             for line, label in zip(page.lines, page.labels, strict=True)]  # fmt: skip
    if rng.random() < 0.3:
        pairs = [pair for pair in pairs if pair[1] != "_"]
    lines = tuple(line.translate(table) for line, _ in pairs)
    return replace(page, lines=lines, labels="".join(c for _, c in pairs), weight=page.weight * 0.4, legible=False)


def _style(line: str, which: float) -> str:
    if which < 0.25:
        return line.strip()
    if which < 0.5:
        return line.replace("  • ", "- ").replace("    ", "")
    if which < 0.75:
        return line.replace("  • ", "")
    return line

"""Train the weights of `provcheck.describe.title` and write them, the same bytes each time.

    python ci/train_titles.py GOLD_FOLDER [--measure]

GOLD_FOLDER holds ``pages.jsonl.gz`` and ``silver.jsonl.gz``. The model is a conditional logit over all candidate lines
of a document (`training.choice`). ``--measure`` cross-validates by publisher, and scores the publishers held out.
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

    from provcheck.describe.headlines import Line

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import invented  # noqa: E402  # after the path
from benchmarks.holdout import held_out  # noqa: E402  # after the path
from benchmarks.invented import norm  # noqa: E402  # after the path
from provcheck.checks.boilerplate import layout  # noqa: E402  # after the path
from provcheck.describe import body as bodies  # noqa: E402  # after the path
from provcheck.describe import language  # noqa: E402  # after the path
from provcheck.describe.odds import confidence  # noqa: E402  # after the path
from provcheck.describe.shapes import words  # noqa: E402  # after the path
from provcheck.describe.title import candidates, least  # noqa: E402  # after the path
from provcheck.model import Document  # noqa: E402  # after the path

HOW = Learning(ridge=0.5, rarest=8)

SILVER_WEIGHT = 0.5
"""What a silver page counts against a page whose title is known."""


INVENTED_WEIGHT = 0.2
"""The same for an invented page: there are many of languages that most corpora have few of."""

SHORTEST, FEWEST = 15, 4
"""A silver page's title has more letters than this, and its body at least so many lines."""


SIGNED = ("{}", "By {}", "{} | Published", "Photo: {}")
"""How a body without its headline begins: with its author, whose name is no title."""


def example(kind: str, publisher: str, text: str, title: str, weight: float) -> Example:
    """The candidates of a text, and which of them are its title; a whole page's other form of it counts if need be."""
    document = Document.of(text)
    shown = layout(document)
    asked = document, shown, language.describe(document, shown).value
    [found] = candidates([asked], [bodies.article(document.lines.stripped, shown.kinds)])
    right = tuple(norm(c.text) == title for c in found)
    if not any(right) and not kind.endswith("body"):  # the page shows another form: with a kicker, or shortened
        right = tuple(alike(norm(c.text), title) for c in found)
    signs = tuple(names(c) for c in found)
    return Example(kind, publisher, tuple(norm(c.text) for c in found), signs, right, weight)


def names(line: Line) -> tuple[str, ...]:
    """The signs as one word each: those of pages and those of bare texts have weights of their own."""
    where, signs = "bare" if line.bare else "page", line.signs
    return (f"{where}:bias:y", *(f"{where}:{name}:{value}" for name, value in signs.items()))


def alike(one: str, other: str) -> bool:
    """Whether two headlines share most of their words."""
    a, b = words(one), words(other)
    return len(a & b) >= 0.6 * len(a | b) > 0


def examples(gold: Path) -> list[Example]:
    """Whole pages, pages without their menus, bodies without and with a title; known ones, invented ones and silver."""
    out = []
    for number, page in enumerate(rows(gold / "pages.jsonl.gz")):
        out.extend(known(page, number, ""))
    for number, page in enumerate(invented.load()):
        out.extend(e._replace(weight=e.weight * INVENTED_WEIGHT) for e in known(page, number, "invented "))
    for page in rows(gold / "silver.jsonl.gz"):
        out.extend(silver(page))
    return out


def known(page: dict[str, Any], number: int, kind: str) -> Iterator[Example]:
    """The texts of a page whose title and body are known; `kind` is what their names begin with."""
    title, publisher, body = norm(page["title"]), page["publisher"], "\n\n".join(page["body"])
    if not title or not body:
        return
    if title in norm(page["full"]):
        yield example(kind + "full", publisher, page["full"], title, 1)
    yield example(kind + "residual", publisher, page["residual"], title, 0.5)
    yield example(kind + "body", publisher, body, title, 0.5)
    if page["authors"]:
        signed = SIGNED[number % len(SIGNED)].format(", ".join(page["authors"]))
        yield example(kind + "signed body", publisher, f"{signed}\n\n{body}", title, 0.5)
        yield example(kind + "signed", publisher, f"{page['title']}\n\n{signed}\n\n{body}", title, 0.5)
    yield example(kind + "plain", publisher, page["title"] + "\n\n" + body, title, 1)
    yield example(kind + "twice", publisher, f"{page['title']}\n\n{page['title']}\n\n{body}", title, 0.1)
    yield example(kind + "tight", publisher, page["title"] + "\n" + body.replace("\n\n", "\n"), title, 0.3)


def silver(page: dict[str, Any]) -> Iterator[Example]:
    """A page whose lines were told by a program, and its body with and without its title."""
    lines = [(line.strip(), label) for line, label in zip(page["full"].split("\n"), page["labels"], strict=True)]
    titles = {norm(line): line for line, label in lines if label == "T" and norm(page["title"]).startswith(norm(line))}
    if len(titles) != 1 or len(*titles) <= SHORTEST:
        return
    title, shown = next(iter(titles.items()))
    publisher = page["sitename"] or ""
    yield example("silver", publisher, page["full"], title, SILVER_WEIGHT)
    body = [line for line, label in lines if label == "B"]
    if len(body) < FEWEST or alike(norm(body[0]), title) or title in map(norm, body):
        return
    yield example("silver plain", publisher, "\n\n".join([shown, *body]), title, SILVER_WEIGHT)
    if len(body[0]) >= 2 * SHORTEST:
        yield example("silver body", publisher, "\n\n".join(body), "", SILVER_WEIGHT / 2)


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a compressed file, a JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def calibrate(data: list[Example], got: list[tuple[str, float]]) -> dict[str, list[float]]:
    """For pages and for bare texts: slope and shift that turn the odds of the model into those of being right."""
    pairs = [(e, text, p) for e, (text, p) in zip(data, got, strict=True) if text]
    return {
        where: scale((p, is_right(e, text), e.weight) for e, text, p in pairs if e.signs[0][0].startswith(where))
        for where in ("bare", "page")
    }


def main() -> None:
    """Train, calibrate, write, and if asked measure."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("gold", type=Path)
    options.add_argument("--measure", action="store_true")
    arguments = options.parse_args()
    data = examples(arguments.gold)
    dev = [e for e in data if not held_out(e.publisher)]
    got = crossed(dev, HOW)
    scales = calibrate(dev, got)
    if arguments.measure:
        report("cross", dev, got, scales)
        weights, held = fit(dev, HOW), [e for e in data if held_out(e.publisher)]
        report("held", held, [choose(weights, e) for e in held], scales)
    path = ROOT / "provcheck" / "describe" / "data" / "titles.json"
    table: dict[str, Any] = {"calibration": scales}
    for sign, weight in fit(data, HOW).items():
        where, name, value = sign.split(":", 2)
        table.setdefault(where, {}).setdefault(name, {})[value] = weight
    path.write_text(json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def sureness(e: Example, p: float, scales: dict[str, list[float]]) -> float:
    """The confidence that `provcheck.describe.title` gives to such a chance."""
    where = e.signs[0][0].partition(":")[0] if e.signs else "page"
    return confidence(p, scales[where])


def report(name: str, data: list[Example], got: list[tuple[str, float]], scales: dict[str, list[float]]) -> None:
    """Print how many titles were found and given wrongly, and how often a confidence was right."""
    sure = [sureness(e, p, scales) for e, (_, p) in zip(data, got, strict=True)]
    right = [is_right(e, text) for e, (text, _) in zip(data, got, strict=True)]
    given = [c >= _least(e, text) for e, (text, _), c in zip(data, got, sure, strict=True)]
    for kind in sorted({e.kind for e in data}):
        rows = [(r, g, any(e.right)) for e, r, g in zip(data, right, given, strict=True) if e.kind == kind]
        titled = [r and g for r, g, has in rows if has or (not kind.endswith("residual") and not kind.endswith("body"))]
        wrong = sum(g and not r for r, g, _ in rows) / len(rows)
        recall = f"{sum(titled) / len(titled):.3f}" if titled else "–"
        print(f"| {name} | {kind} | {len(rows)} | {len(titled)} | {recall} | {wrong:.3f} |")
    for low, high in ((0.35, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        hits = [r for r, g, c in zip(right, given, sure, strict=True) if g and low <= c < high]
        share = sum(hits) / max(1, len(hits))
        print(f"| {name} | confidence {low} to {min(high, 1)} | {len(hits)} | right {share:.3f} |")


def _least(e: Example, text: str) -> float:
    """The confidence from which on a value is given; the first line of a bare text is asked more."""
    lone = bool(e.signs) and e.signs[0][0].startswith("bare") and text == e.texts[0] and e.texts.count(text) == 1
    return least(len(text), lone=lone)


if __name__ == "__main__":
    main()

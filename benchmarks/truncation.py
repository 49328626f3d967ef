"""Truncation against the rule "no final punctuation", on the pages of ../shared/gold, in one run.

    python benchmarks/truncation.py [GOLD]

Prints a markdown table: false alarms on whole bodies and recall for each kind of cut, for the publishers that were
seen in training, for those held out, and for all kinds of pages of the net whose bodies a program told (silver): lists,
blogs and shops end in many ways that are no sentence, and some of these bodies are cut indeed. The last row is of whole
bodies that a headline or button of their own page follows. With ``--fit`` it writes the weights of the package anew
from the seen ones, with ``--fit-teasers`` those that tell such a line from a cut sentence. The weights that are shipped
were fitted before vowel signs counted as letters; a fit of today misses more cuts at 500 characters, so they stay.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdout import held_out

from provcheck.checks import tail, teaser, truncation
from provcheck.model import Document, Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GOLD = Path(__file__).parents[2] / "shared" / "gold"
FINAL = '.!?"”’»“。！？।۔'
UNSPACED = ("ja", "zh", "th")
WEIGHTS = Path(tail.__file__).parent / "data" / "truncation_weights.json"
TEASERS = WEIGHTS.with_name("teaser_weights.json")
MAY_BE_LOST = 0.004
"""The share of cuts inside words and sentences, of those learned from, that may be taken for teasers."""

Page = tuple[str, list[str]]
"""The body of a page and its other lines."""


def ours(text: str) -> bool:
    """What provcheck says of a text without boilerplate."""
    document = Document.of(text)
    return any(found.code == "PC501" for found in truncation.check(document, Layout.of((), document.lines)))


def no_final_punctuation(text: str) -> bool:
    """The rule that is commonly used."""
    return text.rstrip()[-1:] not in FINAL


def cuts(body: str, rng: random.Random) -> dict[str, str]:
    """A body cut short in the ways in which articles arrive cut."""
    at = rng.randint(int(len(body) * 0.4), int(len(body) * 0.8))
    while at < len(body) - 2 and not (body[at - 1].isalnum() and body[at].isalnum()):
        at += 1
    space = body.rfind(" ", 0, at)
    clause = body[: space if space > 200 else at].rstrip(" ,;:.!?")
    made = {"inside a word": body[:at], "inside a sentence": clause, "…": clause + "…", "...": clause + "..."}
    made |= {"[+n chars]": f"{clause}… [+{rng.randint(300, 9000)} chars]", "read more": clause + "...\n\nRead more"}
    made |= {"continue reading": clause + "\nContinue reading →"}
    if not tail.stopped(body[:500].rstrip()):
        made["at 500 characters"] = body[:500]
    return made


def load(path: Path) -> list[dict[str, Any]]:
    """The rows of a compressed JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def measure(pages: list[Page], judge: Callable[[str], bool]) -> dict[str, float]:
    """The share of whole bodies flagged, of cut ones, by kind, and of those that a teaser follows."""
    rng, bodies = random.Random(7), [body for body, _ in pages]
    hits: dict[str, list[bool]] = {}
    for body in bodies:
        for kind, text in cuts(body, rng).items():
            hits.setdefault(kind, []).append(judge(text))
    every = [hit for each in hits.values() for hit in each]
    figures = {kind: sum(each) / len(each) for kind, each in hits.items()}
    figures = {"false alarms": sum(map(judge, bodies)) / len(bodies), "recall": sum(every) / len(every), **figures}
    teasers = [text for page in pages for text in with_teaser(page, random.Random(9))]
    return {**figures, "false alarms with a teaser": sum(map(judge, teasers)) / len(teasers)}


def parted(page: dict[str, Any]) -> Page:
    """The body of a gold page, and its other lines."""
    body = "\n\n".join(page["body"])
    return body, [line for line in page["full"].split("\n") if line.strip() and line.strip() not in body]


def told(page: dict[str, Any]) -> Page:
    """The body of a silver page and its other lines, as a program told them."""
    lines = zip(page["full"].split("\n"), page["labels"], strict=False)
    return told_body(page), [line for line, label in lines if label == "X"]


def with_teaser(page: Page, rng: random.Random, most: int = 3) -> list[str]:
    """The body, where it is finished, with one of the lines of its page behind it that look like a headline."""
    body, lines = page[0].strip(), [line.strip(" •-*\t") for line in page[1]]
    fit = [
        line for line in lines if teaser.FEWEST_WORDS <= len(line.split()) <= teaser.MOST_WORDS and line[0].isupper()
    ]
    fit = [line for line in fit if not tail.stopped(line) and line not in body]
    return [f"{body}\n\n{line}" for line in rng.sample(fit, min(most, len(fit)))] if tail.stopped(body) else []


def table(gold: Path) -> Iterator[str]:
    """The lines of the table."""
    pages = [page for page in load(gold / "pages.jsonl.gz") if page["lang"] not in UNSPACED]
    parts = {
        part: [parted(page) for page in pages if held_out(page["publisher"]) == wanted]
        for part, wanted in (("seen", False), ("held out", True))
    }
    columns, names = [], []
    for part, texts in {**parts, "silver": list(map(told, load(gold / "silver.jsonl.gz")))}.items():
        bodies = [text for text in texts if len(text[0]) >= 900]
        for name, judge in (("no final punctuation", no_final_punctuation), ("provcheck", ours)):
            names.append(f"{name}, {part} ({len(bodies)})")
            columns.append(measure(bodies, judge))
    yield "| measure | " + " | ".join(names) + " |"
    yield "|---|" + "---|" * len(names)
    for key in columns[0]:
        yield f"| {key} | " + " | ".join(f"{column[key]:.3f}" for column in columns) + " |"


def told_body(page: dict[str, Any]) -> str:
    """The body of a silver page, as a program told it."""
    lines = zip(page["full"].split("\n"), page["labels"], strict=False)
    return "\n".join(line.strip() for line, label in lines if label == "B" and line.strip())


def ends(gold: Path) -> Iterator[tuple[dict[str, float], bool, float]]:
    """Last lines without a stop of seen publishers: features, whether cut, and weight."""
    rng = random.Random(3)
    for page in load(gold / "pages.jsonl.gz"):
        if not held_out(page["publisher"]):
            yield from _ends("\n\n".join(page["body"]), rng, 2.0)
    for page in load(gold / "silver.jsonl.gz"):
        host = re.sub(r"^https?://(?:www\.)?|/.*", "", page.get("url") or page["id"])
        if not held_out(host):
            yield from _ends(told_body(page), rng, 1.0)


def _ends(body: str, rng: random.Random, weight: float) -> Iterator[tuple[dict[str, float], bool, float]]:
    body = body.strip()
    if len(body) < 600:
        return
    kinds = cuts(body, rng)
    chosen = {
        kind: kinds[kind].rstrip()
        for kind in ("inside a word", "inside a sentence", "at 500 characters")
        if kind in kinds
    }
    for text, cut in [(body, False), *((each, True) for each in chosen.values())]:
        document = Document.of(text)
        found = tail.tails(document, Layout.of((), document.lines))
        if found and not truncation.whole(found.text):
            yield tail.features(found, text), cut, weight if cut else 3.5 * weight


def fit(gold: Path) -> None:
    """Write the weights anew."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 (heavy, and only needed to fit)

    rows = list(ends(gold))
    names = list(rows[0][0])
    model = LogisticRegression(C=1.0, max_iter=3000)
    model.fit([list(row[0].values()) for row in rows], [row[1] for row in rows], sample_weight=[row[2] for row in rows])
    weights = {"(constant)": model.intercept_[0], **dict(zip(names, model.coef_[0], strict=True))}
    about = (
        f"Logistic regression of a cut end on the features of provcheck/checks/tail.py: {len(rows)} ends, the "
        "publishers of benchmarks/holdout.py left out. benchmarks/truncation.py --fit writes this file and measures it."
    )
    rounded = {name: round(float(value), 3) for name, value in weights.items()}
    WEIGHTS.write_text(json.dumps({"about": about, "weights": rounded}, indent=1) + "\n", encoding="utf-8")


def fit_teasers(gold: Path) -> None:
    """Write the weights anew that tell a left-over teaser from a cut sentence of its shape."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 (as above)

    rng = random.Random(3)
    pages = [parted(p) for p in load(gold / "pages.jsonl.gz") if p["lang"] not in UNSPACED and seen(p["publisher"])]
    pages += [told(p) for p in load(gold / "silver.jsonl.gz") if seen(p.get("url") or p["id"])]
    rows, made = [], 0
    for page in [page for page in pages if len(page[0]) >= 600]:
        cut = [cuts(page[0], rng)[kind] for _ in range(3) for kind in ("inside a word", "inside a sentence")]
        made += len(cut)
        texts = [*((text.rstrip(), False) for text in cut), *((text, True) for text in with_teaser(page, rng))]
        rows += [(values, left) for text, left in texts if (values := headline_features(text))]
    names = list(rows[0][0])
    samples, left = [[row[0][name] for name in names] for row in rows], [row[1] for row in rows]
    model = LogisticRegression(C=1.0, max_iter=5000).fit(samples, left)
    scores = sorted(
        (s for s, each in zip(model.decision_function(samples), left, strict=True) if not each), reverse=True
    )
    weights = {
        "(constant)": model.intercept_[0] - scores[int(MAY_BE_LOST * made)],
        **dict(zip(names, model.coef_[0], strict=True)),
    }
    about = (
        f"Logistic regression of a left-over teaser against a cut sentence on {len(rows)} last lines of the shape of a "
        "headline; the constant is set for the cuts that may be lost. benchmarks/truncation.py --fit-teasers writes it."
    )
    rounded = {name: round(float(value), 3) for name, value in weights.items()}
    TEASERS.write_text(json.dumps({"about": about, "weights": rounded}, indent=1) + "\n", encoding="utf-8")


def seen(place: str) -> bool:
    """Whether pages of a publisher, or of the host of an address, are learned from."""
    return not held_out(re.sub(r"^https?://(?:www\.)?|/.*", "", place))


def headline_features(text: str) -> dict[str, float]:
    """The features of the last line where it has the shape of a headline and looks cut, else none."""
    document = Document.of(text)
    found = tail.tails(document, Layout.of((), document.lines))
    if found is None or not teaser.headline(found) or not ours_by_shape(document):
        return {}
    values = {**tail.features(found, text), **teaser.features(found, text)}
    del values["caseless"]  # most texts without case that are learned from are Chinese
    return values


def ours_by_shape(document: Document) -> bool:
    """Whether a text without boilerplate looks cut by the shape of its last line, a teaser or not."""
    return any("ends in " not in found.message for found in truncation.check(document, Layout.of((), document.lines)))


if __name__ == "__main__":
    options = [each for each in sys.argv[1:] if each.startswith("--")]
    places = [Path(each) for each in sys.argv[1:] if not each.startswith("--")] or [GOLD]
    if "--fit" in options:
        fit(places[0])
    if "--fit-teasers" in options:
        fit_teasers(places[0])
    print("\n".join(table(places[0])))

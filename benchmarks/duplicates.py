"""Duplicates against datasketch's MinHash LSH (128 permutations, runs of 5 words, threshold .5), in one run.

    python benchmarks/duplicates.py [GOLD]

Prints a markdown table over the pages of ../shared/gold: the share of edited copies found, by kind of edit; how many
stories share a cluster with another, with composites of two halves in the corpus; and the time that both take.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from datasketch import MinHash, MinHashLSH

from provcheck import duplicates

if TYPE_CHECKING:
    from collections.abc import Callable

GOLD = Path(__file__).parents[2] / "shared" / "gold"
Clusters = list[int | None]
Case = tuple[list[str], list[tuple[str, int]]]


def ours(texts: list[str]) -> Clusters:
    """Clusters by provcheck."""
    return list(duplicates.find([duplicates.fingerprint(text) for text in texts]).clusters)


def minhash(texts: list[str]) -> Clusters:
    """Clusters by datasketch: each text joins the first that the index holds."""
    index, clusters = MinHashLSH(threshold=0.5, num_perm=128), []
    for number, text in enumerate(texts):
        words = re.findall(r"\w+", text.lower())
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[at : at + 5]).encode() for at in range(max(1, len(words) - 4))])
        near = sorted(index.query(sketch))
        clusters.append(clusters[near[0]] if near else number)
        index.insert(number, sketch)
    return list(clusters)


def corpus(gold: Path) -> Case:
    """Stories, one edited copy of each, and composites; and of which kind and story each text is."""
    rng = random.Random(11)
    with gzip.open(gold / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        bodies = [json.loads(line)["body"] for line in lines]
    vocabulary = [word for body in bodies for word in re.findall(r"\w{4,}", " ".join(body))]
    bodies = [body for body in bodies if len("\n\n".join(body)) > 1500]
    texts, names = [], []
    for number, body in enumerate(bodies):
        text = "\n\n".join(body)
        edits = {
            "retitled": f"Breaking: {body[0][:60]}\n\n{text}",
            "wrapped": f"From the wires\n\n{text}\n\nShare this",
        }
        edits |= {"cut to two thirds": "\n\n".join(body[: max(2, len(body) * 2 // 3)])}
        for share in (0.03, 0.1, 0.15):
            words = [rng.choice(vocabulary) if rng.random() < share else word for word in text.split(" ")]
            edits[f"{share:.0%} of the words changed"] = " ".join(words)
        kind = list(edits)[number % len(edits)]
        texts += [text, edits[kind]]
        names += [("", number), (kind, number)]
        if number % 4 == 3:
            other = "\n\n".join(bodies[number - 1])
            texts.append(f"{text[: len(text) // 2]}\n\n{other[: len(other) // 2]}")
            names.append(("composite", number))
    return texts, names


def measure(case: Case, find: Callable[[list[str]], Clusters]) -> dict[str, float]:
    """The share of copies found by kind, the stories wrongly joined, and the seconds taken."""
    texts, names = case
    begin = time.perf_counter()
    clusters = find(texts)
    seconds = time.perf_counter() - begin
    stories = {story: cluster for (kind, story), cluster in zip(names, clusters, strict=True) if not kind}
    hits, members = defaultdict(list), defaultdict(set)
    for (kind, story), cluster in zip(names, clusters, strict=True):
        if kind not in ("", "composite"):
            hits[kind].append(cluster is not None and cluster == stories[story])
        if kind != "composite" and cluster is not None:
            members[cluster].add(story)
    every = [hit for each in hits.values() for hit in each]
    figures = {"recall": sum(every) / len(every)} | {kind: sum(each) / len(each) for kind, each in hits.items()}
    return figures | {"wrongly joined": sum(len(each) - 1 for each in members.values()), "seconds": seconds}


def main(gold: Path) -> None:
    """Print the table."""
    case = corpus(gold)
    one, other = measure(case, minhash), measure(case, ours)
    print(f"| {len(case[0])} texts | datasketch | provcheck |\n|---|---|---|")
    for key, value in one.items():
        print(f"| {key} | {value:.3f} | {other[key]:.3f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD)
